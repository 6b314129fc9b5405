//! dechaff beside the tools that are on the path: the same text, one after another, every answer checked.
//!
//!     cargo bench --bench peers -- --sizes 100M,1G --corpus news=reuters.jsonl,bbc.jsonl --threads 1,2 --memory 1G
//!
//! Makes the texts (a made-up dump of each size, and any real one that is named), runs dechaff and each tool that it finds on
//! each, checks what came out, and writes a dated result into `--results`: JSON with every command line, tables, a plot.
//! What each tool is, and what a comparison with it is worth, stands in `peers/tools.rs`. Without `--sizes` and
//! `--corpus` it makes one round on a megabyte, as a check, and writes nothing.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

#[allow(dead_code, unused_imports, reason = "each user has its share of it")]
mod generator;
#[path = "peers/inputs.rs"]
mod inputs;
#[path = "peers/measure.rs"]
mod measure;
#[path = "peers/plot.rs"]
mod plot;
#[path = "peers/record.rs"]
mod record;
#[allow(dead_code, reason = "each user has its share of it")]
#[path = "dump/statistics.rs"]
mod statistics;
#[path = "peers/tools.rs"]
mod tools;

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;
use inputs::{Facts, Form, Origin};
use record::{Machine, Record, Run, Version, first_line};
use tools::{Job, TOOLS, Tool};
use xxhash_rust::xxh3::Xxh3;

/// Set in the process that makes the texts.
const CHILD: &str = "DECHAFF_PEERS_CHILD";

#[derive(Parser)]
struct Options {
    /// Sizes of made-up dumps in bytes, such as 100M,1G,10G
    #[arg(long, value_delimiter = ',')]
    sizes: Vec<String>,
    /// A text of your own: a name, and files of JSON lines with "text" (repeatable)
    #[arg(long, value_name = "NAME=FILE,FILE")]
    corpus: Vec<String>,
    /// Threads that dechaff is run with
    #[arg(long, value_delimiter = ',', default_value = "1")]
    threads: Vec<usize>,
    /// Memory budgets that dechaff is run with besides its default, on the first number of threads
    #[arg(long, value_delimiter = ',')]
    memory: Vec<String>,
    /// Other builds of dechaff, to stand beside this one (repeatable)
    #[arg(long)]
    dechaff: Vec<PathBuf>,
    /// Leave this build out
    #[arg(long)]
    not_this: bool,
    /// Run only tools whose name holds one of these
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Give every tool every size, however long it takes
    #[arg(long)]
    all: bool,
    /// Runs of each; the one with least processor time counts
    #[arg(long, default_value_t = 1)]
    runs: usize,
    /// Where texts are made and kept; runs clear up behind them
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Where the result goes
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/results"))]
    results: PathBuf,
    /// What the result's name begins with [default: the date]
    #[arg(long)]
    name: Option<String>,
    #[arg(long, hide = true)]
    bench: bool,
    #[arg(long, hide = true)]
    test: bool,
}

/// A program to run as a tool.
struct Found {
    tool: &'static Tool,
    /// What tells two builds apart.
    suffix: String,
    program: PathBuf,
}

type Texts = Vec<(String, Origin)>;

fn main() -> io::Result<()> {
    let options = Options::parse();
    let folder = options.folder.clone();
    let folder = folder.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers"));
    let (texts, found) = (texts(&options)?, found(&options));
    if std::env::var_os(CHILD).is_some() {
        let mut forms: Vec<Form> = found.iter().map(|f| f.tool.form).collect();
        forms.dedup();
        for (name, origin) in &texts {
            inputs::prepare(name, origin, &forms, &folder.join(name))?;
        }
        return Ok(());
    }
    let this = std::env::current_exe()?;
    let child = Command::new(this)
        .args(std::env::args_os().skip(1))
        .env(CHILD, "1")
        .status()?;
    if !child.success() {
        return Err(io::Error::other("the texts could not be made"));
    }
    let record = measure_all(&options, &texts, &found, &folder)?;
    println!("{}", record.markdown());
    let failed = record
        .runs
        .iter()
        .find_map(|r| r.failure.as_ref().map(|f| (r.label(), f)));
    match failed {
        // Other people's tools may fail for their own reasons; our own may not.
        Some((label, failure)) if label.starts_with("dechaff") => {
            Err(io::Error::other(format!("{label}: {failure}")))
        }
        _ => Ok(()),
    }
}

fn texts(options: &Options) -> io::Result<Texts> {
    let mut texts = Texts::new();
    for corpus in &options.corpus {
        let Some((name, files)) = corpus.split_once('=') else {
            return Err(io::Error::other(format!(
                "--corpus {corpus}: expected NAME=FILE,FILE"
            )));
        };
        let files = files.split(',').map(PathBuf::from).collect();
        texts.push((name.to_owned(), Origin::Files(files)));
    }
    for size in &options.sizes {
        let bytes = statistics::size(size).map_err(io::Error::other)?;
        texts.push((format!("made-up {size}"), Origin::MadeUp(bytes)));
    }
    if texts.is_empty() {
        texts.push(("made-up 1M".to_owned(), Origin::MadeUp(1_000_000)));
    }
    Ok(texts)
}

/// The tools that there are.
fn found(options: &Options) -> Vec<Found> {
    let wanted = |name: &str| {
        options.only.is_empty() || options.only.iter().any(|part| name.contains(part.as_str()))
    };
    let mut found = Vec::new();
    for tool in TOOLS.iter().filter(|t| wanted(t.name)) {
        let mut add = |program: PathBuf, suffix: String| {
            found.push(Found {
                tool,
                suffix,
                program,
            });
        };
        if tool.program == "dechaff" {
            if !options.not_this {
                add(env!("CARGO_BIN_EXE_dechaff").into(), String::new());
            }
            for build in &options.dechaff {
                add(build.clone(), format!(" ({})", build.display()));
            }
        } else if let Some(program) = on_path(tool) {
            add(program, String::new());
        }
    }
    found
}

/// The file of a tool, if it is on the path and tells its version.
fn on_path(tool: &Tool) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let files = std::env::split_paths(&path).map(|folder| folder.join(tool.program));
    let program = files.into_iter().find(|file| file.is_file())?;
    let asked = Command::new(&program).args(tool.version).output().ok()?;
    (tool.version.is_empty() || asked.status.success()).then_some(program)
}

fn version(found: &Found) -> String {
    let of = |program: &str, arguments: &[&str]| first_line(program, arguments);
    let version = match found.tool.program {
        // dolma has no option for it; the interpreter beside it knows.
        "dolma" => {
            let python = found.program.with_file_name("python3");
            let ask = "from importlib.metadata import version as v; print('dolma', v('dolma'))";
            of(&python.to_string_lossy(), &["-c", ask])
        }
        _ => of(&found.program.to_string_lossy(), found.tool.version),
    };
    version.unwrap_or_default()
}

fn measure_all(
    options: &Options,
    texts: &Texts,
    found: &[Found],
    folder: &Path,
) -> io::Result<Record> {
    let quoted = |argument: String| match argument.contains(' ') {
        true => format!("'{argument}'"),
        false => argument,
    };
    let arguments = std::env::args().skip(1).filter(|a| a != "--bench");
    let arguments: Vec<String> = arguments.map(quoted).collect();
    let mut record = Record {
        date: first_line("date", &["-u", "+%F"]).unwrap_or_default(),
        machine: Machine::this(),
        command: format!("cargo bench --bench peers -- {}", arguments.join(" ")),
        ..Record::default()
    };
    for tool in &TOOLS {
        let mut own = found.iter().filter(|f| f.tool.name == tool.name).peekable();
        let mut add = |name: String, version| {
            let (does, fair) = (tool.does.to_owned(), tool.fair.to_owned());
            record.tools.push(Version {
                tool: name,
                version,
                does,
                fair,
            });
        };
        if own.peek().is_none() {
            add(tool.name.to_owned(), None);
        }
        own.for_each(|f| add(format!("{}{}", tool.name, f.suffix), Some(version(f))));
    }
    for (name, _) in texts {
        let text = folder.join(name);
        let facts = Facts::read(&text)?;
        record.inputs.push(facts.clone());
        for found in found {
            for (threads, memory) in settings(options, found.tool) {
                let mut best: Option<Run> = None;
                for _ in 0..options.runs.max(1) {
                    let run = one(options, found, &facts, &text, (threads, memory))?;
                    eprintln!("{name}: {} {:?} {:?}", run.label(), run.cost, run.failure);
                    let cpu = |r: &Run| r.cost.as_ref().map_or(f64::MAX, |c| c.cpu_seconds);
                    if best.as_ref().is_none_or(|b| cpu(&run) < cpu(b)) {
                        best = Some(run);
                    }
                }
                record.runs.extend(best);
            }
        }
        one_answer(&mut record);
        // After every text: a large one may take hours, and a machine may not last as long.
        if !options.sizes.is_empty() || !options.corpus.is_empty() {
            write(&record, options)?;
        }
    }
    Ok(record)
}

/// Threads and budgets to run a tool with.
fn settings<'o>(options: &'o Options, tool: &Tool) -> Vec<(usize, Option<&'o str>)> {
    if !tool.scales {
        return vec![(1, None)];
    }
    let threads = options.threads.iter().map(|&t| (t, None));
    let first = options.threads.first().copied().unwrap_or(1);
    threads
        .chain(options.memory.iter().map(|m| (first, Some(m.as_str()))))
        .collect()
}

fn one(
    options: &Options,
    found: &Found,
    facts: &Facts,
    text: &Path,
    (threads, memory): (usize, Option<&str>),
) -> io::Result<Run> {
    let tool = found.tool;
    let place = tempfile::tempdir_in(text)?;
    let job = Job {
        facts,
        input: tool.form.path(text),
        folder: place.path(),
        program: found.program.clone(),
        threads,
        memory,
    };
    let call = (tool.call)(&job);
    let mut run = Run {
        input: facts.name.clone(),
        tool: format!("{}{}", tool.name, found.suffix),
        threads,
        memory_budget: memory.map(str::to_owned),
        command: shown(&job, tool, &call.arguments, call.stdin, call.stdout),
        text: facts.text,
        ..Run::default()
    };
    if facts.text > tool.most && !options.all {
        run.failure = Some(format!("not run: over {} MB", tool.most / 1_000_000));
        return Ok(run);
    }
    if tool.form == Form::Gzip {
        let documents = place.path().join("documents");
        std::fs::create_dir(&documents)?;
        std::fs::hard_link(&job.input, documents.join("input.jsonl.gz"))?;
    }
    match measure::run(&job, &call).and_then(|cost| Ok((cost, (tool.check)(&job)?))) {
        Ok((cost, count)) => (run.cost, run.found) = (Some(cost), Some(count)),
        Err(error) => run.failure = Some(error.to_string()),
    }
    run.output = hash(&place.path().join("cleaned/input.jsonl")).ok();
    Ok(run)
}

/// The command line without the folders of this machine.
fn shown(job: &Job<'_>, tool: &Tool, arguments: &[String], stdin: bool, stdout: bool) -> String {
    let mut out = tool.program.to_owned();
    for argument in arguments {
        let argument = match argument.contains('\n') {
            true => format!("\"$(cat benches/peers/{}.py)\"", tool.name),
            false => argument.clone(),
        };
        out = out + " " + &argument;
    }
    if stdin {
        out = out + " < " + &job.input.to_string_lossy();
    }
    if stdout {
        out += " > out";
    }
    let own = job.folder.to_string_lossy().into_owned() + "/";
    let text = job
        .input
        .parent()
        .unwrap_or(Path::new(""))
        .to_string_lossy()
        .into_owned()
        + "/";
    out.replace(&own, "").replace(&text, "")
}

/// The bytes that dechaff cleaned to may not depend on threads or memory.
fn one_answer(record: &mut Record) {
    let runs = record.runs.clone();
    for run in &mut record.runs {
        let same = |r: &&Run| r.input == run.input && r.tool == run.tool && r.output.is_some();
        let other = runs.iter().find(same);
        if run.output.is_some() && other.is_some_and(|o| o.output != run.output) {
            run.cost = None;
            run.failure = Some("the output differs from that of the first run".into());
        }
    }
}

fn hash(path: &Path) -> io::Result<String> {
    let (mut file, mut hash) = (BufReader::new(File::open(path)?), Xxh3::new());
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(format!("{:032x}", hash.digest128())),
            read => hash.update(&buffer[..read]),
        }
    }
}

fn write(record: &Record, options: &Options) -> io::Result<()> {
    std::fs::create_dir_all(&options.results)?;
    let name = options.name.as_ref().unwrap_or(&record.date);
    let path = |extension: &str| options.results.join(format!("{name}.{extension}"));
    std::fs::write(path("json"), serde_json::to_string_pretty(record)? + "\n")?;
    std::fs::write(path("md"), record.markdown())?;
    plot::draw(record, &path("svg")).map_err(|e| io::Error::other(e.to_string()))
}

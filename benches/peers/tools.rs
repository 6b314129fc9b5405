//! The tools: one row each, of how it is found, called and checked, and what a comparison with it is worth.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use dechaff::report::Report;
use flate2::read::GzDecoder;
use serde::Serialize;

use crate::inputs::{Facts, Form};

/// One run to make.
pub(crate) struct Job<'a> {
    pub(crate) facts: &'a Facts,
    /// The text in the tool's form.
    pub(crate) input: PathBuf,
    /// An empty folder for what the run leaves.
    pub(crate) folder: &'a Path,
    /// The file of the tool.
    pub(crate) program: PathBuf,
    pub(crate) threads: usize,
    /// A memory budget, where the tool has one.
    pub(crate) memory: Option<&'a str>,
}

impl Job<'_> {
    /// A path below the folder of the run, as an argument.
    fn at(&self, path: &str) -> String {
        self.folder.join(path).to_string_lossy().into_owned()
    }

    fn input(&self) -> String {
        self.input.to_string_lossy().into_owned()
    }
}

/// How a tool is called.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Call {
    pub(crate) arguments: Vec<String>,
    /// The input is its standard input.
    pub(crate) stdin: bool,
    /// Its standard output is a result, and goes to the file `out`; else it is thrown away.
    pub(crate) stdout: bool,
}

pub(crate) struct Tool {
    pub(crate) name: &'static str,
    /// The program it needs on the path.
    pub(crate) program: &'static str,
    /// What tells its version.
    pub(crate) version: &'static [&'static str],
    pub(crate) form: Form,
    /// What it decides, and what it leaves undone beside dechaff.
    pub(crate) does: &'static str,
    /// Is the comparison fair, and if not to whom?
    pub(crate) fair: &'static str,
    /// Most bytes of text it is given unless --all: what would take hours, or more memory than most machines have.
    pub(crate) most: u64,
    /// Makes use of threads and of a memory budget.
    pub(crate) scales: bool,
    pub(crate) call: fn(&Job<'_>) -> Call,
    /// Returns what it found (lines or records that stay or go, as `does` says), or how that is wrong.
    pub(crate) check: fn(&Job<'_>) -> io::Result<u64>,
}

const GIGA: u64 = 1_000_000_000;

/// All tools. dechaff stands first, in three ways.
pub(crate) const TOOLS: [Tool; 9] = [
    Tool {
        name: "dechaff",
        program: "dechaff",
        version: &["--version"],
        form: Form::Jsonl,
        does: "near-duplicates verified on the text, boilerplate, removal log, report; JSON lines in and out",
        fair: "the whole job",
        most: u64::MAX,
        scales: true,
        call: |job| dechaff(job, &[]),
        check: removed,
    },
    Tool {
        name: "dechaff, no boilerplate",
        program: "dechaff",
        version: &["--version"],
        form: Form::Jsonl,
        does: "near-duplicates alone",
        fair: "the part that near-duplicate tools do",
        most: u64::MAX,
        scales: false,
        call: |job| dechaff(job, &["--boilerplate", "off"]),
        check: removed,
    },
    Tool {
        name: "dechaff, exact",
        program: "dechaff",
        version: &["--version"],
        form: Form::Jsonl,
        does: "paragraphs equal after folding, verified; never a short line alone",
        fair: "the part that exact tools do",
        most: u64::MAX,
        scales: false,
        call: |job| dechaff(job, &["--boilerplate", "off", "--dedup", "exact"]),
        check: removed,
    },
    Tool {
        name: "huniq",
        program: "huniq",
        version: &["--version"],
        form: Form::Text,
        does: "distinct lines of plain text, by 64-bit hash; lines stay",
        fair: "unfair to dechaff: no documents, no near-duplicates, no log; the ceiling, not a rival",
        most: u64::MAX,
        scales: false,
        call: filter,
        check: distinct,
    },
    Tool {
        name: "runiq",
        program: "runiq",
        version: &["--version"],
        form: Form::Text,
        does: "distinct lines of plain text, by 64-bit hash; lines stay",
        fair: "unfair to dechaff: as huniq",
        most: u64::MAX,
        scales: false,
        call: |job| Call {
            arguments: vec![job.input()],
            stdout: true,
            ..Call::default()
        },
        check: distinct,
    },
    Tool {
        name: "sort -u",
        program: "sort",
        version: &["--version"],
        form: Form::Text,
        does: "distinct lines of plain text, compared in full, order lost; lines stay",
        fair: "unfair to dechaff: as huniq; on every machine",
        most: u64::MAX,
        scales: false,
        call: |job| {
            let mut arguments = vec!["-u".to_owned(), "--parallel=1".to_owned()];
            arguments.extend(["-T".to_owned(), job.at(""), job.input()]);
            Call {
                arguments,
                stdout: true,
                ..Call::default()
            }
        },
        check: distinct,
    },
    Tool {
        name: "dolma dedupe, paragraphs",
        program: "dolma",
        version: &[],
        form: Form::Gzip,
        does: "equal paragraphs by a Bloom filter; gzipped JSON lines in, spans out; paragraphs go",
        fair: "unfair to dechaff: a second command (dolma mix) writes the text; to dolma: gzip is read and Python started",
        most: GIGA,
        scales: false,
        call: |job| dolma(job, &[]),
        check: |job| {
            // One in ten thousand is a false positive of the filter, by the options above.
            about(spans(job)?, job.facts.copies(), 1000)
        },
    },
    Tool {
        name: "onion",
        program: "onion",
        version: &["-V"],
        form: Form::Vertical,
        does: "paragraphs half of whose 5-grams were seen; vertical text in and out; paragraphs go",
        fair: "unfair to dechaff: tokenising is not counted, nothing verified, no log; its input is several times larger",
        most: GIGA,
        scales: false,
        call: |job| Call {
            arguments: ["-n", "5", "-t", "0.5", "-m", &job.input()]
                .map(str::to_owned)
                .into(),
            stdout: true,
            ..Call::default()
        },
        check: |job| {
            let marked = |marks: &[&[u8]]| {
                let starts = move |line: &[u8]| marks.contains(&line);
                lines(&job.folder.join("out"), starts)
            };
            same(marked(&[b"0\t<p>", b"1\t<p>"])?, job.facts.paragraphs)?;
            marked(&[b"1\t<p>"])
        },
    },
    Tool {
        name: "rensa",
        program: "python3",
        version: &[
            "-c",
            "from importlib.metadata import version as v; print('rensa', v('rensa'))",
        ],
        form: Form::Jsonl,
        does: "near-duplicate documents, MinHash over words, estimated J 0.8, not verified; documents go",
        fair: "another job: whole documents, one thread of Python; no text written",
        most: GIGA / 10,
        scales: false,
        call: |job| Call {
            arguments: vec!["-c".into(), include_str!("rensa.py").into(), job.input()],
            stdout: true,
            ..Call::default()
        },
        check: |job| {
            let out = std::fs::read_to_string(job.folder.join("out"))?;
            let [all, gone]: [u64; 2] = serde_json::from_str(&out)?;
            same(all, job.facts.documents)?;
            Ok(gone)
        },
    },
];

fn dechaff(job: &Job<'_>, options: &[&str]) -> Call {
    let (out, temp, threads) = (job.at("cleaned"), job.at("temp"), job.threads.to_string());
    let mut arguments: Vec<String> = vec!["clean".into(), job.input(), "-o".into(), out];
    arguments.extend([
        "--temp-dir".into(),
        temp,
        "--threads".into(),
        threads,
        "-q".into(),
    ]);
    arguments.extend(options.iter().map(|&o| o.to_owned()));
    if let Some(memory) = job.memory {
        arguments.extend(["--memory".into(), memory.to_owned()]);
    }
    Call {
        arguments,
        ..Call::default()
    }
}

fn filter(_: &Job<'_>) -> Call {
    Call {
        stdin: true,
        stdout: true,
        ..Call::default()
    }
}

fn dolma(job: &Job<'_>, options: &[&str]) -> Call {
    let attributes = job.at("attributes.bin");
    let paragraphs = job.facts.paragraphs.to_string();
    // dolma writes beside its documents, so the run has a link to them in its own folder.
    let mut arguments: Vec<String> = ["dedupe", "--documents", &job.at("documents/*.gz")]
        .into_iter()
        .chain([
            "--dedupe.name",
            "found",
            "--dedupe.paragraphs.attribute_name",
            "copies",
        ])
        .chain(["--dedupe.skip_empty", "--bloom_filter.file", &attributes])
        .chain(["--no-bloom_filter.read_only", "--processes", "1"])
        .chain(["--bloom_filter.estimated_doc_count", &paragraphs])
        .chain(["--bloom_filter.desired_false_positive_rate", "0.0001"])
        .map(str::to_owned)
        .collect();
    arguments.extend(options.iter().map(|&o| o.to_owned()));
    Call {
        arguments,
        ..Call::default()
    }
}

/// The report adds up and has read the whole text. Returns the paragraphs that went.
fn removed(job: &Job<'_>) -> io::Result<u64> {
    let text = std::fs::read_to_string(job.folder.join("cleaned/_dechaff/report.json"))?;
    let report = Report::parse(&text).map_err(io::Error::other)?;
    same(report.bytes.r#in, report.bytes.out + report.bytes.removed)?;
    same(report.bytes.r#in + job.facts.documents, job.facts.text)?;
    Ok(report.paragraphs.removed)
}

/// A line each that is distinct.
fn distinct(job: &Job<'_>) -> io::Result<u64> {
    same(
        lines(&job.folder.join("out"), |_| true)?,
        job.facts.distinct,
    )
}

/// Spans that dolma marked.
fn spans(job: &Job<'_>) -> io::Result<u64> {
    let path = job.folder.join("attributes/found/input.jsonl.gz");
    let records = BufReader::new(GzDecoder::new(File::open(path)?));
    let mut count = 0;
    for record in records.lines() {
        let record: serde_json::Value = serde_json::from_str(&record?)?;
        let spans = record["attributes"]["copies"].as_array();
        count += spans.map_or(0, Vec::len) as u64;
    }
    Ok(count)
}

/// Lines of a file that are such, read in pieces.
fn lines(path: &Path, such: impl Fn(&[u8]) -> bool) -> io::Result<u64> {
    let (mut file, mut buffer) = (File::open(path)?, vec![0; 1 << 18]);
    let (mut count, mut rest) = (0, Vec::new());
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(count + u64::from(!rest.is_empty() && such(&rest)));
        }
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', &buffer[..read]) {
            rest.extend_from_slice(&buffer[start..end]);
            count += u64::from(such(&rest));
            rest.clear();
            start = end + 1;
        }
        rest.extend_from_slice(&buffer[start..read]);
    }
}

fn same(found: u64, expected: u64) -> io::Result<u64> {
    about(found, expected, u64::MAX)
}

/// Within one part in so many.
fn about(found: u64, expected: u64, part: u64) -> io::Result<u64> {
    match found.abs_diff(expected) <= expected / part + u64::from(part < u64::MAX) {
        true => Ok(found),
        false => Err(io::Error::other(format!(
            "found {found}, expected {expected}"
        ))),
    }
}

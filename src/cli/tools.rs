//! The commands beside `clean`: each reads, calls the library, prints.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anstream::{AutoStream, ColorChoice};
use clap::CommandFactory;
use dechaff::compare::PairJudge;
use dechaff::config::Level;
use dechaff::evaluate::{self, By};
use dechaff::explain::{Form, explain_as};
use dechaff::near::verdict::Floors;
use dechaff::report::{self, Report};
use dechaff::rules::{self, RULES};
use dechaff::text::visible;
use dechaff::{Error, Result, train};

use super::args::{
    Cli, Colour, Compare, ConfigAction, Evaluate, Explain, GenerateWhat, ReportCommand, Restore,
    Talk, Train,
};
use super::progress::Bar;
use super::voice::{Level as Gravity, Voice};
use super::{End, phases, settings, shown};

/// Standard output, which a reader may close early.
fn out() -> BufWriter<std::io::StdoutLock<'static>> {
    BufWriter::new(std::io::stdout().lock())
}

fn print(text: &str) -> Result<End> {
    let mut out = out();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(End::Done)
}

/// Opens a file, or standard input for `-`.
fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    Ok(Box::new(BufReader::with_capacity(
        1 << 20,
        File::open(path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => {
                Error::usage("no such file").at(path.display().to_string())
            }
            _ => Error::io(e, path),
        })?,
    )))
}

pub(super) fn compare(args: &Compare) -> Result<End> {
    let config = settings::config(&args.settings)?;
    let mut judge = PairJudge::new(&config, args.as_clean.then(|| Floors::from(&config)));
    let mut out = out();
    for (number, line) in open(&args.pairs)?.lines().enumerate() {
        let place = |e: Error| e.at(args.pairs.display().to_string()).record(number as u64);
        let line = line.map_err(|e| place(Error::from(e)))?;
        if line.trim().is_empty() {
            continue;
        }
        let verdict = judge.record(&line).map_err(place)?;
        writeln!(out, "{verdict}")?;
    }
    out.flush()?;
    Ok(End::Done)
}

pub(super) fn explain(args: &Explain) -> Result<End> {
    let stdout = std::io::stdout();
    let colour = match args.color {
        Colour::Always => true,
        Colour::Never => false,
        // Also asks NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM.
        Colour::Auto => AutoStream::choice(&stdout) != ColorChoice::Never,
    };
    let form = match (args.html, colour) {
        (true, _) => Form::Page,
        (false, true) => Form::Terminal { width: width() },
        (false, false) => Form::Plain,
    };
    let text = explain_as(&args.dir, &args.id, form)?;
    match form {
        // Old consoles of Windows need their colours told in another way than by escape sequences.
        Form::Terminal { .. } => {
            let mut out = AutoStream::new(stdout, ColorChoice::Always);
            out.write_all(text.as_bytes())?;
            out.flush()?;
            Ok(End::Done)
        }
        Form::Page | Form::Plain => print(&text),
    }
}

/// Columns of the terminal; 100 where there is none.
fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}

pub(super) fn restore(args: &Restore, voice: Voice) -> Result<End> {
    let summary = dechaff::restore::restore(&args.dir, args.output.as_deref())?;
    for (name, damage) in &summary.damaged {
        let (name, damage) = (visible::plain(name), visible::plain(damage));
        let message = format!("{name}: {damage}; what could be read of it is proved");
        voice.say(
            Gravity::Notice,
            "damaged",
            &message,
            serde_json::json!({"source": name}),
        );
    }
    let done = match &args.output {
        Some(folder) => format!("written to {}", shown(folder)),
        None => "nothing was written".into(),
    };
    voice.info(
        "restored",
        format!(
            "restored {} sources, {} records, {} bytes: all as the manifest says ({} removals, {} quarantined records); {done}",
            summary.sources,
            summary.records,
            summary.bytes,
            summary.removals,
            summary.quarantined
        ),
    );
    Ok(End::Done)
}

pub(super) fn evaluate(args: &Evaluate) -> Result<End> {
    let mut options = evaluate::Options {
        config: settings::config(&args.settings)?,
        ..evaluate::Options::default()
    };
    options.view = args.view.clone();
    options.tier = args.tier.clone();
    options.by = args.by.as_deref().map(By::parse).transpose()?;
    options.errors = args.errors;
    options.missed = args.missed;
    let mut predictions = match &args.predictions {
        Some(path) => Some(BufWriter::new(
            File::create(path).map_err(|e| Error::io(e, path))?,
        )),
        None => None,
    };
    let sink = predictions.as_mut().map(|p| p as &mut dyn Write);
    let found = evaluate::evaluate(open(&args.gold)?, &options, sink).map_err(|e| {
        match e.place().file {
            None => e.at(args.gold.display().to_string()),
            Some(_) => e,
        }
    })?;
    if let Some(mut predictions) = predictions {
        predictions.flush()?;
    }
    print(&found.render(options.by))
}

pub(super) fn train(args: &Train, talk: &Talk, stop: Arc<AtomicBool>) -> Result<End> {
    let resources = phases::resources(&args.limits, stop);
    let temp = resources
        .temp_dir
        .clone()
        .unwrap_or_else(std::env::temp_dir);
    let trained = train::train(
        &args.gold,
        &args.content,
        &temp,
        resources.threads,
        &Bar::new(talk),
    )?;
    let bytes = trained.model.encode()?;
    std::fs::write(&args.output, &bytes).map_err(|e| Error::io(e, &args.output))?;
    if let Some(folder) = &args.predictions {
        predictions(folder, &trained.predictions)?;
    }
    let mut text = format!(
        "{}: {} bytes\n\n{:12}{:12}{:>7}{:>8}{:>8}{:>8}{:>8}\n",
        shown(&args.output),
        bytes.len(),
        "view",
        "level",
        "pages",
        "P",
        "R",
        "LOSS%",
        "pg>1%"
    );
    for f in &trained.figures {
        text.push_str(&format!(
            "{:12}{:12}{:>7}{:>8.3}{:>8.3}{:>8.3}{:>8.1}\n",
            f.view,
            f.level.name(),
            f.pages,
            f.precision,
            f.recall,
            f.loss_percent,
            f.pages_over_1_percent
        ));
    }
    print(&text)
}

/// Writes one file of predictions for each level, as `evaluate` writes them.
fn predictions(folder: &Path, pages: &[train::Prediction]) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|e| Error::io(e, folder))?;
    for level in Level::ALL {
        let path = folder.join(format!("{}.jsonl", level.name()));
        let mut file = BufWriter::new(File::create(&path).map_err(|e| Error::io(e, &path))?);
        for page in pages {
            let row = serde_json::json!({
                "id": page.id,
                "view": page.view,
                "removed": page.removed[level as usize],
            });
            writeln!(file, "{row}")?;
        }
        file.flush()?;
    }
    Ok(())
}

pub(super) fn rules(name: Option<&str>) -> Result<End> {
    let Some(name) = name else {
        let width = RULES.iter().map(|r| r.name.len()).max().unwrap_or(0);
        let lines = RULES.iter().map(|r| {
            let first = r.doc.split("\n\n").next().unwrap_or("").replace('\n', " ");
            format!("{:width$}  {:13}  {first}\n", r.name, r.category.name())
        });
        return print(&lines.collect::<String>());
    };
    settings::check(&dechaff::config::Config {
        only: vec![name.to_owned()],
        ..Default::default()
    })?;
    let Some(rule) = rules::find(name) else {
        return print(&format!(
            "{name} is evidence that is no rule; it has no text of its own\n"
        ));
    };
    let mut text = format!(
        "{} ({})\n\n{}\n\nExamples (what goes stands between ⟦ and ⟧)\n",
        rule.name,
        rule.category.name(),
        rule.doc
    );
    for (level, example) in rule.examples {
        text.push_str(&format!("\n  at {}:\n{}", level.name(), indent(example)));
    }
    text.push_str("\nText that stays\n");
    for example in rule.counter_examples {
        text.push_str(&format!("\n{}", indent(example)));
    }
    print(&text)
}

fn indent(text: &str) -> String {
    text.lines().map(|l| format!("    {l}\n")).collect()
}

pub(super) fn report(command: &ReportCommand) -> Result<End> {
    let ReportCommand::Merge { reports } = command else {
        return print(report::SCHEMA);
    };
    let mut read = Vec::new();
    for path in reports {
        // Who names a folder of results means the report in it.
        let inside = path.join("_dechaff/report.json");
        let path = if path.is_dir() { &inside } else { path };
        let mut text = String::new();
        open(path)?
            .read_to_string(&mut text)
            .map_err(|e| Error::io(e, path))?;
        read.push(Report::parse(&text).map_err(|e| e.at(path.display().to_string()))?);
    }
    print(&report::merge(read)?.to_json())
}

pub(super) fn config(action: &ConfigAction, voice: Voice) -> Result<End> {
    match action {
        ConfigAction::Show { file, settings } => {
            let config = settings::over(file.as_deref(), settings)?;
            print(&toml::to_string(&config).map_err(|e| Error::config(e.to_string()))?)
        }
        ConfigAction::Schema => print(dechaff::config::SCHEMA),
        ConfigAction::Check { file } => {
            settings::read(file).and_then(|config| {
                settings::check(&config).map_err(|e| e.at(file.display().to_string()))
            })?;
            voice.info("checked", format!("{}: all is well", shown(file)));
            Ok(End::Done)
        }
    }
}

pub(super) fn generate(what: &GenerateWhat) -> Result<End> {
    let mut command = Cli::command();
    let mut bytes = Vec::new();
    match what {
        GenerateWhat::Man { output: None } => clap_mangen::Man::new(command).render(&mut bytes)?,
        GenerateWhat::Man { output: Some(dir) } => {
            std::fs::create_dir_all(dir).map_err(|e| Error::io(e, dir))?;
            clap_mangen::generate_to(command, dir).map_err(|e| Error::io(e, dir))?;
        }
        GenerateWhat::Completions { shell } => {
            clap_complete::generate(*shell, &mut command, "dechaff", &mut bytes)
        }
    }
    let mut out = out();
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(End::Done)
}

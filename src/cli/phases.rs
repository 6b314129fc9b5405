//! `clean` and its three phases.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use dechaff::config::Config;
use dechaff::estimate::Job;
use dechaff::files::work::Work;
use dechaff::io::{self, Source, output};
use dechaff::reference::{self, References};
use dechaff::report::{Meter, Report, Warning};
use dechaff::resources::Resources;
use dechaff::resume;
use dechaff::scan::Shard;
use dechaff::{Error, ErrorKind, Result};
use indicatif::BinaryBytes;
use serde_json::{Value, json};

use super::args::{self, Apply, Clean, Limits, Resolve, Scan, Talk};
use super::plan::{self, Planned};
use super::progress::Bar;
use super::voice::{Level, LogFormat, Voice};
use super::{End, settings, shown};

pub(super) fn resources(limits: &Limits, stop: Arc<AtomicBool>) -> Resources {
    let default = Resources::default();
    Resources {
        threads: limits.threads.map_or(default.threads, |n| n as usize),
        memory: limits.memory.unwrap_or(default.memory),
        temp_dir: limits.temp_dir.clone(),
        stop,
        ..default
    }
}

fn references(args: &args::References) -> References {
    References {
        read: args.reference.clone(),
        write: args.write_reference,
    }
}

pub(super) fn clean(args: &Clean, talk: &Talk, stop: Arc<AtomicBool>) -> Result<End> {
    let voice = Voice::new(talk);
    let config = settings::config(&args.settings)?;
    let resources = Resources {
        resume: args.resume,
        max_removed: args.max_removed,
        beside: args.tools.wanted(),
        ..resources(&args.limits, stop)
    };
    let references = references(&args.references);
    let inputs = match args.inputs.as_slice() {
        [] if std::io::stdin().is_terminal() => {
            return Err(Error::usage("no input").hint("name files, folders or globs, or pipe text into standard input; `dechaff clean --help` tells more"));
        }
        [] => vec![OsString::from("-")],
        inputs => inputs.to_vec(),
    };
    let Some(folder) = &args.output else {
        return piped(args, &inputs, &config, &references, &resources, talk);
    };
    let sources = io::expand(&inputs, args.limits.temp_dir.as_deref())?;
    if args.resume && resume::is_complete(folder) {
        resume::same_run(folder, &sources, &config, &references, &resources)?;
        dechaff::clean::clear_up(folder)?;
        voice.info("complete", format!("{} is complete already", shown(folder)));
        return Ok(End::Done);
    }
    if !args.resume && !args.overwrite && resume::is_unfinished(folder) {
        return Err(Error::usage("holds an unfinished run")
            .at(folder.display().to_string())
            .hint("pass --resume to go on with it, or --overwrite to begin anew"));
    }
    let goes_on = args.resume && resume::ledger_path(folder).exists();
    output::check(folder, &sources, args.overwrite || goes_on)?;
    reference::check(&references, &config, Some(folder))?;
    resources.beside.check(&config, &sources)?;
    let job = Planned {
        job: Job::Clean,
        sources: &sources,
        shard: Shard::default(),
        folder,
        config: &config,
        resources: &resources,
    };
    if args.dry_run {
        return plan::dry_run(&job, voice);
    }
    // What an earlier run left counts as room that is taken.
    if !goes_on {
        plan::check_room(&job, args.limits.no_space_check, voice)?;
    }
    plan::announce(&job, voice);
    let bar = Bar::new(talk);
    let report =
        dechaff::clean::clean_against(&sources, folder, &config, &references, &resources, &bar);
    drop(bar);
    let failed = report.as_ref().is_err_and(|e| e.kind() != ErrorKind::Busy);
    if failed && resume::is_unfinished(folder) {
        let folder = shown(folder);
        voice.info(
            "kept",
            format!("what is done is kept in {folder}; the same command with --resume goes on from there"),
        );
    }
    conclude(&report?, Some(folder), args.strict, voice)
}

/// Standard input to standard output: text only.
fn piped(
    args: &Clean,
    inputs: &[OsString],
    config: &Config,
    references: &References,
    resources: &Resources,
    talk: &Talk,
) -> Result<End> {
    let voice = Voice::new(talk);
    if inputs.len() != 1 || inputs[0] != "-" {
        return Err(Error::usage("files need a folder for their results")
            .hint("add -o DIR; only standard input may go to standard output"));
    }
    for (given, option) in [
        (args.dry_run, "--dry-run"),
        (args.resume, "--resume"),
        (args.tools.attributes.is_some(), "--attributes"),
        (args.tools.exclusions.is_some(), "--exclusions"),
    ] {
        if given {
            return Err(Error::usage(format!("{option} needs -o DIR")));
        }
    }
    if references.write {
        return Err(Error::usage("--write-reference needs -o DIR"));
    }
    let temp = match &resources.temp_dir {
        Some(dir) => tempfile::tempdir_in(dir).map_err(|e| Error::io(e, dir))?,
        None => tempfile::tempdir()?,
    };
    let sources = io::expand(inputs, args.limits.temp_dir.as_deref())?;
    let bar = Bar::new(talk);
    // All files of this run lie in one temporary folder, and go with it.
    let resources = &Resources {
        temp_dir: None,
        ..resources.clone()
    };
    let report =
        dechaff::clean::clean_against(&sources, temp.path(), config, references, resources, &bar)
            .map_err(|e| match e.kind() {
            // There is no folder that a later run could go on in.
            ErrorKind::Interrupted => Error::new(ErrorKind::Interrupted, "interrupted"),
            _ => e,
        })?;
    drop(bar);
    let mut file = std::fs::File::open(temp.path().join(&sources[0].name))?;
    let mut out = std::io::stdout().lock();
    std::io::copy(&mut file, &mut out)?;
    out.flush()?;
    voice.info(
        "unlogged",
        "no -o given, so no removal log and no report are kept",
    );
    conclude(&report, None, args.strict, voice)
}

/// Says what came of a run. The summary for people holds its warnings; for machines, and under `-q`, each stands alone.
fn conclude(report: &Report, folder: Option<&Path>, strict: bool, voice: Voice) -> Result<End> {
    if voice.quiet || voice.format == LogFormat::Json {
        for warning in report.warnings() {
            let (level, message) = match &warning {
                Warning::Alarm(alarm) => (Level::Alarm, alarm.to_string()),
                _ => (Level::Warning, warning.to_string()),
            };
            voice.say(level, "warning", &message, Value::Null);
        }
    }
    let fields = json!({
        "documents": report.documents,
        "paragraphs": report.paragraphs,
        "bytes": report.bytes,
        "removed": report.removed.by_reason,
        "quarantined": report.quarantined.count,
        "alarms": report.alarms.len(),
        "output": folder,
        "seconds": report.run.wall_ms as f64 / 1000.0,
        "peak_memory": report.run.peak_memory,
    });
    let message = match voice.format {
        LogFormat::Text => report.summary(folder),
        LogFormat::Json => format!(
            "{} documents, {} of {} of text removed",
            report.documents.r#in,
            BinaryBytes(report.bytes.removed),
            BinaryBytes(report.bytes.r#in)
        ),
    };
    voice.say(Level::Info, "summary", &message, fields);
    Ok(if strict && report.quarantined.count > 0 {
        End::Quarantined
    } else {
        End::Done
    })
}

pub(super) fn scan(args: &Scan, talk: &Talk, stop: Arc<AtomicBool>) -> Result<End> {
    let voice = Voice::new(talk);
    let config = settings::config(&args.settings)?;
    let resources = Resources {
        resume: args.resume,
        ..resources(&args.limits, stop)
    };
    let sources = io::expand(&args.inputs, args.limits.temp_dir.as_deref())?;
    let job = Planned {
        job: Job::Scan,
        sources: &sources,
        shard: args.shard,
        folder: &args.work,
        config: &config,
        resources: &resources,
    };
    if args.dry_run {
        return plan::dry_run(&job, voice);
    }
    if !args.resume {
        plan::check_room(&job, args.limits.no_space_check, voice)?;
    }
    plan::announce(&job, voice);
    let work = Work::create(&args.work)?;
    dechaff::scan::scan(
        &sources,
        args.shard,
        &config,
        &resources,
        &work,
        &Bar::new(talk),
    )?;
    let folder = shown(&args.work);
    let Shard { number, of } = args.shard;
    let message = match of {
        1 => format!("scanned into {folder}; `dechaff resolve -w {folder}` comes next"),
        _ => format!(
            "scanned shard {number} of {of} into {folder}; when all are there, `dechaff resolve -w {folder}` comes next"
        ),
    };
    voice.info("scanned", message);
    Ok(End::Done)
}

pub(super) fn resolve(args: &Resolve, talk: &Talk, stop: Arc<AtomicBool>) -> Result<End> {
    let work = Work::open(&args.work)?;
    dechaff::resolve::resolve_against(
        &work,
        &references(&args.references),
        &Resources {
            resume: args.resume,
            ..resources(&args.limits, stop)
        },
        &Bar::new(talk),
    )?;
    let folder = shown(&args.work);
    let message = format!("decided in {folder}; `dechaff apply` with the same inputs comes next");
    Voice::new(talk).info("decided", message);
    Ok(End::Done)
}

pub(super) fn apply(args: &Apply, talk: &Talk, stop: Arc<AtomicBool>) -> Result<End> {
    let voice = Voice::new(talk);
    let meter = Meter::start();
    let resources = Resources {
        resume: args.resume,
        max_removed: args.max_removed,
        beside: args.tools.wanted(),
        ..resources(&args.limits, stop)
    };
    let sources = io::expand(&args.inputs, args.limits.temp_dir.as_deref())?;
    let work = Work::open(&args.work)?;
    let mine: Vec<Source> = sources
        .iter()
        .filter(|s| args.shard.has(s.number))
        .cloned()
        .collect();
    if args.resume
        && resources.beside.is_there(&args.output, &mine)
        && dechaff::apply::is_finished(&sources, args.shard, &work, &args.output)?
    {
        let folder = shown(&args.output);
        voice.info("complete", format!("{folder} is complete already"));
        return Ok(End::Done);
    }
    // Shards share the folder, so each looks only for its own results.
    let goes_on = args.resume && dechaff::apply::is_begun(&work, &args.output)?;
    output::check(&args.output, &mine, args.overwrite || goes_on)?;
    let bar = Bar::new(talk);
    let report = dechaff::apply::apply(
        &sources,
        args.shard,
        &work,
        &args.output,
        &resources,
        &bar,
        &meter,
    )?;
    drop(bar);
    conclude(&report, Some(&args.output), args.strict, voice)
}

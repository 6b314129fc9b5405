//! `clean` and its three phases.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use dechaff::config::Config;
use dechaff::files::work::Work;
use dechaff::io::{self, Source, output};
use dechaff::reference::{self, References};
use dechaff::report::{Meter, Report};
use dechaff::resources::Resources;
use dechaff::resume;
use dechaff::{Error, ErrorKind, Result};

use super::args::{self, Apply, Clean, Limits, Resolve, Scan, Talk};
use super::progress::Bar;
use super::settings;
use super::{End, shown};

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
    let config = settings::config(&args.settings)?;
    let resources = Resources {
        resume: args.resume,
        max_removed: args.max_removed,
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
        if !talk.quiet {
            say!("dechaff: {} is complete already", shown(folder));
        }
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
    if args.dry_run {
        dry_run(&sources, folder, &config, &resources)?;
        return Ok(End::Done);
    }
    let bar = Bar::new(talk);
    let report =
        dechaff::clean::clean_against(&sources, folder, &config, &references, &resources, &bar);
    drop(bar);
    let kept = || resume::is_unfinished(folder) && !talk.quiet;
    if report.as_ref().is_err_and(|e| e.kind() != ErrorKind::Busy) && kept() {
        say!(
            "dechaff: what is done is kept in {}; the same command with --resume goes on from there",
            shown(folder)
        );
    }
    conclude(&report?, Some(folder), args.strict, talk)
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
    if inputs.len() != 1 || inputs[0] != "-" {
        return Err(Error::usage("files need a folder for their results")
            .hint("add -o DIR; only standard input may go to standard output"));
    }
    for (given, option) in [(args.dry_run, "--dry-run"), (args.resume, "--resume")] {
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
    if !talk.quiet {
        say!("dechaff: no -o given, so no removal log and no report are kept");
    }
    conclude(&report, None, args.strict, talk)
}

fn conclude(report: &Report, folder: Option<&Path>, strict: bool, talk: &Talk) -> Result<End> {
    match talk.quiet {
        false => say!("{}", report.summary(folder).trim_end_matches('\n')),
        // An alarm is no message that one can do without.
        true => report
            .alarms
            .iter()
            .for_each(|alarm| say!("dechaff: ALARM: {alarm}")),
    }
    Ok(if strict && report.quarantined.count > 0 {
        End::Quarantined
    } else {
        End::Done
    })
}

fn dry_run(
    sources: &[Source],
    folder: &Path,
    config: &Config,
    resources: &Resources,
) -> Result<()> {
    let mut total = 0;
    for source in sources {
        let opened = io::open(source, &config.input)?;
        let size = std::fs::metadata(&source.path)
            .map_err(|e| Error::io(e, &source.path))?
            .len();
        total += size;
        let to = folder.join(&source.name);
        say!(
            "{} ({}, {} bytes) -> {} ({})",
            shown(&source.path),
            opened.shape.format.name,
            size,
            shown(&to),
            opened.shape.output_format.name
        );
    }
    say!(
        "{} sources, {total} bytes; {} threads, {} MiB of memory; nothing was written",
        sources.len(),
        resources.threads,
        resources.memory >> 20
    );
    Ok(())
}

pub(super) fn scan(args: &Scan, talk: &Talk, stop: Arc<AtomicBool>) -> Result<End> {
    let config = settings::config(&args.settings)?;
    let resources = Resources {
        resume: args.resume,
        ..resources(&args.limits, stop)
    };
    let sources = io::expand(&args.inputs, args.limits.temp_dir.as_deref())?;
    let work = Work::create(&args.work)?;
    dechaff::scan::scan(
        &sources,
        args.shard,
        &config,
        &resources,
        &work,
        &Bar::new(talk),
    )?;
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
    Ok(End::Done)
}

pub(super) fn apply(args: &Apply, talk: &Talk, stop: Arc<AtomicBool>) -> Result<End> {
    let meter = Meter::start();
    let resources = Resources {
        resume: args.resume,
        max_removed: args.max_removed,
        ..resources(&args.limits, stop)
    };
    let sources = io::expand(&args.inputs, args.limits.temp_dir.as_deref())?;
    let work = Work::open(&args.work)?;
    let mine: Vec<Source> = sources
        .iter()
        .filter(|s| args.shard.has(s.number))
        .cloned()
        .collect();
    if args.resume && dechaff::apply::is_finished(&sources, args.shard, &work, &args.output)? {
        if !talk.quiet {
            say!("dechaff: {} is complete already", shown(&args.output));
        }
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
    conclude(&report, Some(&args.output), args.strict, talk)
}

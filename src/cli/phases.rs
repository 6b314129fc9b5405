//! `clean` and its three phases.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use dechaff::config::Config;
use dechaff::files::work::Work;
use dechaff::io::output::manifest_path;
use dechaff::io::{self, Source, output};
use dechaff::manifest::{self, Manifest};
use dechaff::reference::{self, References};
use dechaff::report::{Meter, Report};
use dechaff::resources::Resources;
use dechaff::{Error, Result};

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
    let resources = resources(&args.limits, stop);
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
    if args.resume && manifest_path(folder).exists() {
        return resumed(folder, &config, &references, talk);
    }
    // Nothing of an interrupted run counts as done yet, so to resume it is to write it anew.
    output::check(folder, &sources, args.overwrite || args.resume)?;
    reference::check(&references, &config, Some(folder))?;
    if args.dry_run {
        dry_run(&sources, folder, &config, &resources)?;
        return Ok(End::Done);
    }
    let bar = Bar::new(talk);
    let report =
        dechaff::clean::clean_against(&sources, folder, &config, &references, &resources, &bar)?;
    drop(bar);
    conclude(&report, Some(folder), args.strict, talk)
}

/// A run that is complete needs no resuming, if it was this one.
fn resumed(folder: &Path, config: &Config, references: &References, talk: &Talk) -> Result<End> {
    let manifest = Manifest::read(folder)?;
    let used = reference::used(references, config)?;
    let same = manifest.fingerprint == config.fingerprint()
        && used
            .iter()
            .map(manifest::Reference::from)
            .eq(manifest.references)
        && (!references.write || reference::is_there(folder));
    if !same {
        return Err(
            Error::usage("holds the results of a run with other options")
                .at(folder.display().to_string())
                .hint("choose another folder, or pass --overwrite"),
        );
    }
    if !talk.quiet {
        eprintln!("dechaff: {} is complete already", shown(folder));
    }
    Ok(End::Done)
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
    if args.dry_run {
        return Err(Error::usage("--dry-run needs -o DIR"));
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
    let report =
        dechaff::clean::clean_against(&sources, temp.path(), config, references, resources, &bar)?;
    drop(bar);
    let mut file = std::fs::File::open(temp.path().join(&sources[0].name))?;
    let mut out = std::io::stdout().lock();
    std::io::copy(&mut file, &mut out)?;
    out.flush()?;
    if !talk.quiet {
        eprintln!("dechaff: no -o given, so no removal log and no report are kept");
    }
    conclude(&report, None, args.strict, talk)
}

fn conclude(report: &Report, folder: Option<&Path>, strict: bool, talk: &Talk) -> Result<End> {
    if !talk.quiet {
        eprint!("{}", report.summary(folder));
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
        eprintln!(
            "{} ({}, {} bytes) -> {} ({})",
            shown(&source.path),
            opened.shape.format.name,
            size,
            shown(&to),
            opened.shape.output_format.name
        );
    }
    eprintln!(
        "{} sources, {total} bytes; {} threads, {} MiB of memory; nothing was written",
        sources.len(),
        resources.threads,
        resources.memory >> 20
    );
    Ok(())
}

pub(super) fn scan(args: &Scan, talk: &Talk, stop: Arc<AtomicBool>) -> Result<End> {
    let config = settings::config(&args.settings)?;
    let resources = resources(&args.limits, stop);
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
        &resources(&args.limits, stop),
        &Bar::new(talk),
    )?;
    Ok(End::Done)
}

pub(super) fn apply(args: &Apply, talk: &Talk, stop: Arc<AtomicBool>) -> Result<End> {
    let meter = Meter::start();
    let resources = resources(&args.limits, stop);
    let sources = io::expand(&args.inputs, args.limits.temp_dir.as_deref())?;
    let work = Work::open(&args.work)?;
    let mine: Vec<Source> = sources
        .iter()
        .filter(|s| args.shard.has(s.number))
        .cloned()
        .collect();
    // Shards share the folder, so each looks only for its own results.
    output::check(&args.output, &mine, args.overwrite)?;
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

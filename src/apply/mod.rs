//! APPLY: source + decisions → cleaned documents, removal log, report. Pure per source; judges nothing.

mod document;
mod done;
mod limit;
pub(crate) mod plan;
mod rows;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::beside::{self, Beside};
use crate::config::Config;
use crate::error::{Error, ErrorKind, Result};
use crate::files::lock::Lock;
use crate::files::sealed;
use crate::files::work::{ResolveInfo, Work, read_json};
use crate::io::output::Staged;
use crate::io::sink::Sink;
use crate::io::{Digest, Shape, Source, output};
use crate::manifest::{self, Manifest};
use crate::parallel;
use crate::read::{Job, Reader};
use crate::reference;
use crate::report::{Meter, Report, Run, Tally};
use crate::resources::{Progress, Resources, Unit};
use crate::scan::{Shard, listing};
use crate::text::hash;

use document::{Applier, Outcome};
use done::Done;
use rows::Decided;

/// The lock of an output folder, below `_dechaff`.
pub(crate) const LOCK: &str = "lock";

/// Files that are made durable and named together: one wait for the disk then serves them all.
const STAGED: usize = 512;

/// Bytes on disk of sources after which a batch is finished: so much is written again at most after a kill, and a source
/// that is larger.
const BATCH: u64 = 64 << 20;

/// Writes the outputs of one shard's sources into `folder`. Returns the report of this shard, and writes `report.json` and
/// `manifest.json` once all shards have done their part.
///
/// # Errors
/// Another process writes into the folder; more would be removed than allowed; the input is not the one that was scanned;
/// the system refuses a read or a write.
pub fn apply(
    sources: &[Source],
    shard: Shard,
    work: &Work,
    folder: &Path,
    resources: &Resources,
    progress: &dyn Progress,
    meter: &Meter,
) -> Result<Report> {
    let home = folder.join(output::FOLDER);
    if let Ok(_alone) = Lock::alone(&home.join(LOCK)) {
        output::sweep(folder)?;
    }
    let _held = [
        Lock::together(&home.join(LOCK))?,
        Lock::alone(&home.join(format!("lock-{}-of-{}", shard.number, shard.of)))?,
        work.hold_together()?,
    ];
    apply_held(sources, shard, work, folder, resources, progress, meter)
}

/// The same for a caller that holds the folders.
pub(crate) fn apply_held(
    sources: &[Source],
    shard: Shard,
    work: &Work,
    folder: &Path,
    resources: &Resources,
    progress: &dyn Progress,
    meter: &Meter,
) -> Result<Report> {
    let info = decided(sources, work)?;
    let config = &info.config;
    reference::apart(folder, info.references.iter().map(|r| r.name.as_str()))?;
    resources.beside.check(config, sources)?;
    let mine: Vec<&Source> = sources.iter().filter(|s| shard.has(s.number)).collect();
    limit::check(&mine, &info, work, resources, progress)?;
    let shares = Shares::begin(folder, shard, work)?;
    let done = Done::open(folder, shares.done(), resources)?;
    // What goes on keeps the rows of finished batches, as long as they are those that are asked for.
    if !resources.resume || resources.beside.is_none() {
        resources.beside.clear(folder, &mine, shard.of == 1)?;
    }
    let mut run = Writing::new(folder, config, resources.beside, &done);
    let size = |s: &Source| info.input[s.number as usize].1;
    progress.begin("apply", Unit::Bytes, mine.iter().map(|s| size(s)).sum());
    for batch in done.read()? {
        run.sum.merge(&batch.report)?;
        run.entries.extend(batch.entries);
    }
    let written: HashSet<u32> = run.entries.iter().map(|e| e.number).collect();
    let (ready, rest): (Vec<&Source>, Vec<&Source>) =
        mine.iter().partition(|s| written.contains(&s.number));
    progress.advance(ready.iter().map(|s| size(s)).sum());
    run.sizes = rest.iter().map(|s| size(s)).collect();
    run.sources = rest.clone();
    let mut reader = Feeding::new(&rest, config, work, &info, progress)?;
    let ended = parallel::ordered(
        resources.threads,
        || {
            resources.check_stop()?;
            reader.next()
        },
        || Applier::new(config, &info, resources.beside),
        |applier, job| applier.apply(job),
        |outcome| run.take(outcome),
    );
    match ended {
        // What is finished is kept for the run that goes on with this one.
        Err(stop) if stop.kind() == ErrorKind::Interrupted => return run.publish().and(Err(stop)),
        Err(error) => return Err(error),
        Ok(()) => run.publish()?,
    }
    let Writing {
        sum: mut report,
        mut entries,
        ..
    } = run;
    entries.sort_by_key(|e| e.number);
    if shard.number == 0 {
        report.candidates_capped += info.met_limit;
    }
    let mut stats = Run {
        threads: resources.threads as u32,
        memory: resources.memory,
        outputs: vec![folder.display().to_string()],
        ..Run::default()
    };
    stats.inputs = mine
        .iter()
        .map(|s| s.path.display().to_string())
        .take(100)
        .collect();
    meter.read(&mut stats);
    report.set_run(stats);
    report.check()?;
    shares.finish(folder, &info, work, &report, entries)?;
    done.clear()?;
    shares.clear()?;
    Ok(report)
}

/// True when an apply of these decisions into this folder was begun.
pub fn is_begun(work: &Work, folder: &Path) -> Result<bool> {
    let path = work.resolved();
    Ok(path.is_file() && Shares::of(&path, folder)?.is_dir())
}

/// True when this shard's share of the results of these decisions is there, or the whole of them.
pub fn is_finished(sources: &[Source], shard: Shard, work: &Work, folder: &Path) -> Result<bool> {
    let info = decided(sources, work)?;
    let shares = Shares {
        folder: Shares::of(&work.resolved(), folder)?,
        shard,
    };
    let mine = || sources.iter().filter(|s| shard.has(s.number));
    if !mine().all(|s| folder.join(&s.name).is_file()) {
        return Ok(false);
    }
    if shard.of > 1 {
        let share = |n| shares.path(n, "report").is_file();
        let whole = output::manifest_path(folder).is_file();
        return Ok(share(shard.number) && (whole || !(0..shard.of).all(share)));
    }
    let Ok(manifest) = Manifest::read(folder) else {
        return Ok(false);
    };
    let scanned = Decided::new(work, &info)?.scanned();
    let written = manifest.sources.iter();
    let written = written.map(|e| (e.number, e.bytes, format!("{:032x}", e.hash)));
    Ok(manifest.fingerprint == info.config.fingerprint()
        && info
            .references
            .iter()
            .map(manifest::Reference::from)
            .eq(manifest.references.clone())
        && written.eq(scanned))
}

/// The decisions, if they were made for these sources.
fn decided(sources: &[Source], work: &Work) -> Result<ResolveInfo> {
    let path = work.resolved();
    if !path.is_file() {
        return Err(Error::phase("nothing is decided yet")
            .at(path.display().to_string())
            .hint("run `dechaff resolve` first"));
    }
    let info: ResolveInfo = sealed::read(&path)?;
    let input = listing(sources)?;
    if info.input != input {
        let other = info.input.iter().zip(&input).find(|(a, b)| a != b);
        let what = match other {
            Some(((a, x), (b, y))) => {
                format!("{a} of {x} bytes was scanned, {b} of {y} bytes is given")
            }
            None => format!(
                "{} sources were scanned, {} are given",
                info.input.len(),
                input.len()
            ),
        };
        return Err(Error::phase(format!(
            "the input is not the one that was decided on: {what}"
        ))
        .hint("give the same inputs in the same order, or scan and resolve again"));
    }
    Ok(info)
}

/// A job with the rows of its documents.
pub(crate) struct Fed<'a> {
    job: Job,
    source: Option<&'a Source>,
    rows: rows::Batch,
}

/// Pairs what is read with what was decided; runs in the reader's thread.
struct Feeding<'a> {
    reader: Reader<'a>,
    sources: &'a [&'a Source],
    decided: Decided,
}

impl<'a> Feeding<'a> {
    fn new(
        sources: &'a [&'a Source],
        config: &'a Config,
        work: &Work,
        info: &ResolveInfo,
        progress: &'a dyn Progress,
    ) -> Result<Self> {
        Ok(Feeding {
            reader: Reader::new(sources.to_vec(), &config.input, progress),
            sources,
            decided: Decided::new(work, info)?,
        })
    }

    fn next(&mut self) -> Result<Option<Fed<'a>>> {
        let Some(job) = self.reader.next()? else {
            return Ok(None);
        };
        let mut source = None;
        let mut rows = rows::Batch::default();
        match &job {
            Job::Begin { source: at, .. } => {
                source = Some(self.sources[*at]);
                self.decided.begin(self.sources[*at].number)?;
            }
            Job::Frames {
                source: at, frames, ..
            } => {
                source = Some(self.sources[*at]);
                let last = frames.iter().rev().find_map(|f| f.record);
                if let Some(last) = last {
                    rows = self.decided.until(last as u32)?;
                }
            }
            Job::End { digest, .. } => self.decided.end(digest)?,
        }
        Ok(Some(Fed { job, source, rows }))
    }
}

/// The files being written; runs in the caller's thread.
struct Writing<'a> {
    folder: &'a Path,
    config: &'a Config,
    beside: Beside,
    done: &'a Done,
    sources: Vec<&'a Source>,
    sizes: Vec<u64>,
    open: Option<(Sink, beside::Files, Shape)>,
    at: usize,
    /// Of finished batches.
    sum: Report,
    entries: Vec<manifest::Entry>,
    /// Of the batch that is not finished yet: its counts, where its entries begin, its bytes on disk, and whole files that
    /// have not been given their names.
    tally: Tally,
    /// Counts of the source that is open.
    current: Tally,
    first: usize,
    bytes: u64,
    staged: Vec<Staged>,
}

impl<'a> Writing<'a> {
    fn new(folder: &'a Path, config: &'a Config, beside: Beside, done: &'a Done) -> Self {
        Writing {
            folder,
            config,
            beside,
            done,
            sources: Vec::new(),
            sizes: Vec::new(),
            open: None,
            at: 0,
            sum: Report::new(config),
            entries: Vec::new(),
            tally: Tally::new(config),
            current: Tally::new(config),
            first: 0,
            bytes: 0,
            staged: Vec::new(),
        }
    }

    fn take(&mut self, outcome: Outcome) -> Result<()> {
        match outcome {
            Outcome::Begin(shape) => {
                let name = &self.sources[self.at].name;
                let sink = Sink::create(self.folder, name, &shape, self.config.drop_empty)?;
                let files = beside::Files::create(self.folder, name, &shape, self.beside)?;
                self.open = Some((sink, files, shape));
            }
            Outcome::Records(records, tally) => {
                let (sink, files, _) = self
                    .open
                    .as_mut()
                    .expect("a source begins before its records");
                for record in records {
                    record.write(sink, files)?;
                }
                self.current += *tally;
            }
            Outcome::End(digest) => self.end(digest)?,
        }
        Ok(())
    }

    fn end(&mut self, digest: Digest) -> Result<()> {
        let (sink, files, shape) = self.open.take().expect("a source begins before it ends");
        let (written, staged) = sink.finish()?;
        self.tally += std::mem::replace(&mut self.current, Tally::new(self.config));
        if self.staged.is_empty() {
            self.first = self.entries.len();
        }
        // The output is named last.
        self.staged.extend(files.stage()?);
        self.staged.extend(staged);
        self.bytes += self.sizes[self.at];
        self.entries.push(manifest::Entry::new(
            self.sources[self.at],
            &shape,
            digest,
            &written,
        ));
        self.at += 1;
        match self.staged.len() >= STAGED || self.bytes >= BATCH {
            true => self.publish(),
            false => Ok(()),
        }
    }

    /// Finishes the batch: its files get their names, then it is noted down. A source that is open is no part of it.
    fn publish(&mut self) -> Result<()> {
        if self.staged.is_empty() {
            return Ok(());
        }
        let paths = self.staged.iter().map(|s| s.path().to_owned()).collect();
        output::publish(std::mem::take(&mut self.staged))?;
        let tally = std::mem::replace(&mut self.tally, Tally::new(self.config));
        let report = tally.finish(Run::default());
        self.done
            .write(&self.entries[self.first..], &report, paths)?;
        self.bytes = 0;
        self.sum.merge(&report)
    }
}

/// What shards leave for each other until all are there: a share of the report and of the manifest each, in a folder
/// that is named after the decisions, so that shares of an earlier run over the same folder are not taken for theirs.
struct Shares {
    folder: PathBuf,
    shard: Shard,
}

impl Shares {
    /// From here on outputs appear: what an earlier run left must not look like the result of this one.
    fn begin(folder: &Path, shard: Shard, work: &Work) -> Result<Self> {
        output::remove_stale(&output::manifest_path(folder))?;
        reference::discard(folder)?;
        Ok(Shares {
            folder: Shares::of(&work.resolved(), folder)?,
            shard,
        })
    }

    fn of(decisions: &Path, folder: &Path) -> Result<PathBuf> {
        let decisions = std::fs::read(decisions).map_err(|e| Error::io(e, decisions))?;
        let run = format!("{:032x}", hash::bytes128(&decisions));
        Ok(folder.join(output::FOLDER).join("shards").join(run))
    }

    /// Where the batches of this shard are noted.
    fn done(&self) -> PathBuf {
        let Shard { number, of } = self.shard;
        self.folder.join(format!("done-{number}-of-{of}"))
    }

    /// Removes the folder, when nothing is in it.
    fn clear(&self) -> Result<()> {
        let shards = self.folder.parent().expect("it lies in a folder of shards");
        for folder in [&*self.folder, shards] {
            match std::fs::remove_dir(folder) {
                Err(e) if e.kind() == std::io::ErrorKind::DirectoryNotEmpty => return Ok(()),
                Err(e) => return Err(Error::io(e, folder)),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    fn path(&self, number: u32, what: &str) -> PathBuf {
        self.folder
            .join(format!("{what}-{number}-of-{}.json", self.shard.of))
    }

    /// Writes the report and the manifest, or this shard's share of them until all are there.
    fn finish(
        &self,
        folder: &Path,
        info: &ResolveInfo,
        work: &Work,
        report: &Report,
        entries: Vec<manifest::Entry>,
    ) -> Result<()> {
        let home = folder.join(output::FOLDER);
        let Shard { number, of } = self.shard;
        let manifest = |entries| Manifest {
            references: info.references.iter().map(|r| r.into()).collect(),
            ..Manifest::new(&info.config, entries)
        };
        if of == 1 {
            write_report(&home, report)?;
            reference::publish(work, folder)?;
            return manifest(entries).write(folder);
        }
        output::write(
            &self.path(number, "manifest"),
            manifest(entries).to_json().as_bytes(),
        )?;
        output::write(&self.path(number, "report"), report.to_json().as_bytes())?;
        if !(0..of).all(|n| self.path(n, "report").is_file()) {
            return Ok(());
        }
        let mut sources = Vec::new();
        let mut reports = Vec::new();
        for number in 0..of {
            let path = self.path(number, "report");
            let text = std::fs::read_to_string(&path).map_err(|e| Error::io(e, &path))?;
            reports.push(Report::parse(&text).map_err(|e| e.at(path.display().to_string()))?);
            sources.extend(read_json::<Manifest>(&self.path(number, "manifest"))?.sources);
        }
        sources.sort_by_key(|s: &manifest::Entry| s.number);
        write_report(&home, &crate::report::merge(reports)?)?;
        reference::publish(work, folder)?;
        manifest(sources).write(folder)
    }
}

fn write_report(home: &Path, report: &Report) -> Result<()> {
    output::write(&home.join("report.json"), report.to_json().as_bytes())?;
    output::write(&home.join("report.html"), report.to_html().as_bytes())
}

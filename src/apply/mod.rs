//! APPLY: source + decisions → cleaned documents, removal log, report. Pure per source; judges nothing.

mod document;
mod plan;
mod rows;

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::work::{ResolveInfo, Work, read_json};
use crate::io::output::Staged;
use crate::io::sink::Sink;
use crate::io::{Digest, Shape, Source, output};
use crate::manifest::{self, Manifest};
use crate::parallel;
use crate::read::{Job, Reader};
use crate::reference;
use crate::report::{Meter, Report, Run, Tally};
use crate::resources::{Progress, Resources};
use crate::scan::{Shard, listing};
use crate::text::hash;

use document::{Applier, Outcome};
use rows::Decided;

/// Files that are made durable and named together: one wait for the disk then serves them all.
const STAGED: usize = 512;

/// Writes the outputs of one shard's sources into `folder`. Returns the report of this shard, and writes `report.json` and
/// `manifest.json` once all shards have done their part.
pub fn apply(
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
    let shares = Shares::begin(folder, shard, work)?;
    let mine: Vec<&Source> = sources.iter().filter(|s| shard.has(s.number)).collect();
    let sizes: Vec<u64> = mine
        .iter()
        .map(|s| info.input[s.number as usize].1)
        .collect();
    progress.begin("apply", sizes.iter().sum());
    let mut run = Writing::new(folder, config, &mine, sizes);
    let mut reader = Feeding {
        reader: Reader::new(mine.clone(), &config.input),
        sources: &mine,
        decided: Decided::new(work, &info)?,
    };
    parallel::ordered(
        resources.threads,
        || {
            resources.check_stop()?;
            reader.next()
        },
        || Applier::new(config, &info),
        |applier, job| applier.apply(job),
        |outcome| run.take(outcome, progress),
    )?;
    let Writing {
        mut tally,
        entries,
        staged,
        ..
    } = run;
    output::publish(staged)?;
    if shard.number == 0 {
        tally.candidates_capped(info.met_limit);
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
    let report = tally.finish(stats);
    report.check()?;
    shares.finish(folder, &info, work, &report, entries)?;
    Ok(report)
}

/// The decisions, if they were made for these sources.
fn decided(sources: &[Source], work: &Work) -> Result<ResolveInfo> {
    let path = work.resolved();
    if !path.is_file() {
        return Err(Error::phase("nothing is decided yet")
            .at(path.display().to_string())
            .hint("run `dechaff resolve` first"));
    }
    let info: ResolveInfo = read_json(&path)?;
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
            Job::End { .. } => self.decided.end()?,
        }
        Ok(Some(Fed { job, source, rows }))
    }
}

/// The files being written; runs in the caller's thread.
struct Writing<'a> {
    folder: &'a Path,
    config: &'a Config,
    sources: &'a [&'a Source],
    sizes: Vec<u64>,
    open: Option<(Sink, Shape)>,
    at: usize,
    tally: Tally,
    entries: Vec<manifest::Entry>,
    /// Whole files that have not been given their names yet.
    staged: Vec<Staged>,
}

impl<'a> Writing<'a> {
    fn new(
        folder: &'a Path,
        config: &'a Config,
        sources: &'a [&'a Source],
        sizes: Vec<u64>,
    ) -> Self {
        Writing {
            folder,
            config,
            sources,
            sizes,
            open: None,
            at: 0,
            tally: Tally::new(config),
            entries: Vec::new(),
            staged: Vec::new(),
        }
    }

    fn take(&mut self, outcome: Outcome, progress: &dyn Progress) -> Result<()> {
        match outcome {
            Outcome::Begin(shape) => {
                let sink = Sink::create(
                    self.folder,
                    &self.sources[self.at].name,
                    &shape,
                    self.config.drop_empty,
                )?;
                self.open = Some((sink, shape));
            }
            Outcome::Records(records, tally) => {
                let (sink, _) = self
                    .open
                    .as_mut()
                    .expect("a source begins before its records");
                for record in records {
                    record.write(sink)?;
                }
                self.tally += *tally;
                progress.tick();
            }
            Outcome::End(digest) => self.end(digest)?,
        }
        if self.open.is_none() {
            progress.advance(self.sizes[self.at - 1]);
        }
        Ok(())
    }

    fn end(&mut self, digest: Digest) -> Result<()> {
        let (sink, shape) = self.open.take().expect("a source begins before it ends");
        let (written, staged) = sink.finish()?;
        self.staged.extend(staged);
        if self.staged.len() >= STAGED {
            output::publish(std::mem::take(&mut self.staged))?;
        }
        self.entries.push(manifest::Entry::new(
            self.sources[self.at],
            &shape,
            digest,
            &written,
        ));
        self.at += 1;
        Ok(())
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
        let path = work.resolved();
        let decisions = std::fs::read(&path).map_err(|e| Error::io(e, &path))?;
        let run = format!("{:032x}", hash::bytes128(&decisions));
        Ok(Shares {
            folder: folder.join(output::FOLDER).join("shards").join(run),
            shard,
        })
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

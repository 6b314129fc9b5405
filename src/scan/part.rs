//! Scan of a part: reads its sources, scans their documents on all threads, writes the row files.

use super::document::{Batch, Scanner};
use super::draft::Draft;
use super::rows::Files;
use crate::boilerplate::Judge;
use crate::config::Config;
use crate::error::Result;
use crate::files::work::Work;
use crate::io::{self, Digest, Frame, Source};
use crate::parallel;
use crate::read::{Job, Reader};
use crate::resources::{Progress, Resources};
use crate::resume::Identity;

/// What a worker returns.
enum Done {
    Begin,
    Rows(Batch, Option<Digest>),
    End { digest: Digest, records: u64 },
}

/// Scans the sources of one part. Returns its number.
pub(super) fn scan(
    group: &[(&Source, u64)],
    config: &Config,
    resources: &Resources,
    judge: &Judge,
    work: &Work,
    progress: &dyn Progress,
) -> Result<u32> {
    let part = group[0].0.number;
    let sources: Vec<&Source> = group.iter().map(|g| g.0).collect();
    // Taken before they are read: a source that changes meanwhile does not pass for the one that was scanned.
    let identities = sources.iter().map(|s| Identity::of(s));
    let identities = identities.collect::<Result<Vec<_>>>()?;
    let mut reader = Reader::new(sources.clone(), &config.input, progress);
    let mut files = begin(
        part,
        &identities,
        &mut reader,
        &sources,
        config,
        resources,
        work,
    )?;
    parallel::ordered(
        resources.threads,
        || {
            resources.check_stop()?;
            reader.next()
        },
        || Scanner::new(config, judge),
        |scanner, job| {
            Ok(match job {
                Job::Begin { .. } => Done::Begin,
                Job::Frames {
                    source,
                    shape,
                    frames,
                    mark,
                } => {
                    let source = sources[source].number;
                    Done::Rows(batch(scanner, config, source, shape.format, &frames), mark)
                }
                Job::End { digest, records } => Done::End { digest, records },
            })
        },
        |done| {
            match done {
                Done::Begin => {}
                Done::Rows(batch, mark) => {
                    files.write(&batch)?;
                    if let Some(digest) = mark {
                        Draft::write(part, &mut files, &identities, digest, config, work)?;
                    }
                }
                Done::End { digest, records } => {
                    let at = files.sources.len();
                    let (source, _) = group[at];
                    files.end(source, &identities[at], digest, records)?;
                }
            }
            Ok(())
        },
    )?;
    files.finish(part, config.fingerprint(), work)
}

/// Begins the files of a part, or goes on with those that an earlier scan left.
fn begin(
    part: u32,
    identities: &[Identity],
    reader: &mut Reader<'_>,
    sources: &[&Source],
    config: &Config,
    resources: &Resources,
    work: &Work,
) -> Result<Files> {
    let fingerprint = config.fingerprint();
    if let (true, Some(draft)) = (
        resources.resume,
        Draft::find(part, identities, config, work)?,
    ) && let Some(files) = Files::reopen(part, &draft, fingerprint, work)?
    {
        draft.catch_up(reader, sources, resources)?;
        return Ok(files);
    }
    Files::create(part, fingerprint, work)
}

fn batch(
    scanner: &mut Scanner<'_>,
    config: &Config,
    source: u32,
    format: &io::Format,
    frames: &[Frame],
) -> Batch {
    let mut out = Batch::default();
    for frame in frames.iter().filter(|f| f.fault.is_none()) {
        let Some(record) = frame.record else { continue };
        // A record that cannot be parsed is quarantined by apply, which finds the same fault in the same bytes.
        if let Ok(document) = (format.parse)(frame, &config.input) {
            scanner.scan(source, record as u32, &document, &mut out);
        }
    }
    out
}

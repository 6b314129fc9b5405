//! Scan of a part: reads its sources, scans their documents on all threads, writes the row files.

use super::document::{Batch, Scanner};
use crate::boilerplate::Judge;
use crate::config::Config;
use crate::error::{Error, ErrorKind, Result};
use crate::files::container::{VERSION, Writer};
use crate::files::keys::Keys;
use crate::files::row::{CutRow, Doc, Line, Para, Text};
use crate::files::sealed;
use crate::files::work::{PartInfo, Rows, SourceInfo, Work};
use crate::io::{self, Digest, Frame, Source};
use crate::parallel;
use crate::read::{Job, Reader};
use crate::resources::{Progress, Resources};
use crate::resume::Identity;

/// What a worker returns.
enum Done {
    Begin,
    Rows(Batch),
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
    let mut files = Files::create(part, config.fingerprint(), work)?;
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
                } => Done::Rows(batch(
                    scanner,
                    config,
                    sources[source].number,
                    shape.format,
                    &frames,
                )),
                Job::End { digest, records } => Done::End { digest, records },
            })
        },
        |done| {
            match done {
                Done::Begin => {}
                Done::Rows(batch) => files.write(&batch)?,
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

/// The row files of a part, being written.
struct Files {
    docs: Writer<Doc>,
    paras: Writer<Para>,
    posts: Writer<Keys>,
    cuts: Writer<CutRow>,
    texts: Writer<Text>,
    lines: Writer<Line>,
    sources: Vec<SourceInfo>,
    /// Documents, paragraphs and cuts before the current source.
    before: (u64, u64, u64),
}

impl Files {
    fn create(part: u32, fingerprint: u128, work: &Work) -> Result<Self> {
        Ok(Files {
            docs: Writer::create(&work.rows(part, Rows::Docs), fingerprint)?,
            paras: Writer::create(&work.rows(part, Rows::Paras), fingerprint)?,
            posts: Writer::create(&work.rows(part, Rows::Posts), fingerprint)?,
            cuts: Writer::create(&work.rows(part, Rows::Cuts), fingerprint)?,
            texts: Writer::create(&work.rows(part, Rows::Texts), fingerprint)?,
            lines: Writer::create(&work.rows(part, Rows::Lines), fingerprint)?,
            sources: Vec::new(),
            before: (0, 0, 0),
        })
    }

    fn write(&mut self, batch: &Batch) -> Result<()> {
        let limit = |n: u64| {
            u32::try_from(n).map_err(|_| {
                Error::new(
                    ErrorKind::Limit,
                    "more than 4,294,967,295 paragraphs in one source; split the source",
                )
            })
        };
        limit(self.paras.len() + batch.paras.len() as u64)?;
        let doc = limit(self.docs.len() + batch.docs.len() as u64)? - batch.docs.len() as u32;
        for row in &batch.docs {
            self.docs.push(row)?;
        }
        for row in &batch.paras {
            self.paras.push(&Para {
                doc: row.doc + doc,
                ..*row
            })?;
        }
        for row in &batch.cuts {
            self.cuts.push(&CutRow {
                doc: row.doc + doc,
                ..*row
            })?;
        }
        for row in &batch.lines {
            self.lines.push(row)?;
        }
        self.posts.push_rows(&batch.keys)?;
        let mut start = 0;
        for &end in &batch.text_ends {
            self.texts.push_text(&batch.texts[start..end])?;
            start = end;
        }
        Ok(())
    }

    fn end(
        &mut self,
        source: &Source,
        identity: &Identity,
        digest: Digest,
        records: u64,
    ) -> Result<()> {
        let (docs, paras, cuts) = self.before;
        let hash = format!("{:032x}", digest.hash);
        self.sources.push(SourceInfo {
            number: source.number,
            name: source.name.clone(),
            size: identity.size,
            changed: identity.changed,
            bytes: digest.bytes,
            hash,
            records,
            docs,
            paras,
            cuts,
        });
        self.before = (self.docs.len(), self.paras.len(), self.cuts.len());
        Ok(())
    }

    fn finish(self, part: u32, fingerprint: u128, work: &Work) -> Result<u32> {
        let (docs, paras) = (self.docs.finish()?, self.paras.finish()?);
        self.posts.finish()?;
        self.cuts.finish()?;
        self.texts.finish()?;
        self.lines.finish()?;
        let fingerprint = format!("{fingerprint:032x}");
        sealed::write(
            &work.part(part),
            &PartInfo {
                version: VERSION,
                fingerprint,
                sources: self.sources,
                docs,
                paras,
                files: work.seal_part(part)?,
            },
        )?;
        Ok(part)
    }
}

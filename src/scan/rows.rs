//! The row files of a part, being written.

use super::document::Batch;
use super::draft::Draft;
use crate::error::{Error, ErrorKind, Result};
use crate::files::container::{Row, VERSION, Writer};
use crate::files::keys::Keys;
use crate::files::row::{CutRow, Doc, Line, Para, Text};
use crate::files::sealed;
use crate::files::work::{Counts, PartInfo, Rows, SourceInfo, Work};
use crate::io::{Digest, Source, output};
use crate::resume::Identity;

/// The row files of a part, being written.
pub(super) struct Files {
    docs: Writer<Doc>,
    paras: Writer<Para>,
    posts: Writer<Keys>,
    cuts: Writer<CutRow>,
    texts: Writer<Text>,
    lines: Writer<Line>,
    /// Sources that have ended.
    pub(super) sources: Vec<SourceInfo>,
    /// Rows before the source that is open.
    pub(super) before: Counts,
}

impl Files {
    /// Begins a part.
    pub(super) fn create(part: u32, fingerprint: u128, work: &Work) -> Result<Self> {
        fn new<R: Row>(part: u32, rows: Rows, fingerprint: u128, work: &Work) -> Result<Writer<R>> {
            Writer::create_kept(
                &work.rows(part, rows),
                &work.draft_rows(part, rows),
                fingerprint,
            )
        }
        output::remove_stale(&work.draft(part))?;
        Ok(Files {
            docs: new(part, Rows::Docs, fingerprint, work)?,
            paras: new(part, Rows::Paras, fingerprint, work)?,
            posts: new(part, Rows::Posts, fingerprint, work)?,
            cuts: new(part, Rows::Cuts, fingerprint, work)?,
            texts: new(part, Rows::Texts, fingerprint, work)?,
            lines: new(part, Rows::Lines, fingerprint, work)?,
            sources: Vec::new(),
            before: Counts::default(),
        })
    }

    /// Goes on with a part, if its drafts are there.
    pub(super) fn reopen(
        part: u32,
        draft: &Draft,
        fingerprint: u128,
        work: &Work,
    ) -> Result<Option<Self>> {
        let mut lengths = draft.lengths.iter().copied();
        macro_rules! go_on {
            ($rows:expr) => {{
                let (path, draft) = (work.rows(part, $rows), work.draft_rows(part, $rows));
                let length = lengths.next().unwrap_or_default();
                match Writer::reopen(&path, &draft, fingerprint, length)? {
                    Some(writer) => writer,
                    None => return Ok(None),
                }
            }};
        }
        Ok(Some(Files {
            docs: go_on!(Rows::Docs),
            paras: go_on!(Rows::Paras),
            posts: go_on!(Rows::Posts),
            cuts: go_on!(Rows::Cuts),
            texts: go_on!(Rows::Texts),
            lines: go_on!(Rows::Lines),
            sources: draft.sources.clone(),
            before: draft.before,
        }))
    }

    /// Ends the frames in hand; returns the length of each file.
    pub(super) fn mark(&mut self) -> Result<Vec<u64>> {
        Ok(vec![
            self.docs.mark()?,
            self.paras.mark()?,
            self.posts.mark()?,
            self.cuts.mark()?,
            self.texts.mark()?,
            self.lines.mark()?,
        ])
    }

    pub(super) fn write(&mut self, batch: &Batch) -> Result<()> {
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

    pub(super) fn end(
        &mut self,
        source: &Source,
        identity: &Identity,
        digest: Digest,
        records: u64,
    ) -> Result<()> {
        let Counts { docs, paras, cuts } = self.before;
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
        self.before = Counts {
            docs: self.docs.len(),
            paras: self.paras.len(),
            cuts: self.cuts.len(),
        };
        Ok(())
    }

    pub(super) fn finish(self, part: u32, fingerprint: u128, work: &Work) -> Result<u32> {
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
        output::remove_stale(&work.draft(part))?;
        Ok(part)
    }
}

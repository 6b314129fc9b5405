//! The rows that decide about a batch of records, read in step with the source.

use crate::error::{Error, Result};
use crate::files::container::{Reader, Row, Rows as Stream};
use crate::files::row::{Brief, CutRow, Doc, Drop, Spared};
use crate::files::sealed;
use crate::files::work::{PartInfo, ResolveInfo, Rows, SourceInfo, Work};
use crate::io::Digest;

/// The rows of the documents of some records. `doc` in cuts and drops counts within the part, as in `first`.
#[derive(Default)]
pub(super) struct Batch {
    /// Number within the part of the first document.
    pub(super) first: u32,
    /// Documents of the whole input before it.
    pub(super) before: u64,
    /// All documents of the input.
    pub(super) all: u64,
    /// The documents.
    pub(super) docs: Vec<Doc>,
    /// Their cuts, of scan and of resolve, in order.
    pub(super) cuts: Vec<CutRow>,
    /// Their drops, in order.
    pub(super) drops: Vec<Drop>,
    /// Those that keep their boilerplate.
    pub(super) spared: Vec<u32>,
}

/// A row stream with the next row in hand.
struct Ahead<R: Row> {
    rows: Stream<R>,
    next: Option<R>,
}

impl<R: Row> Ahead<R> {
    fn open(work: &Work, part: u32, rows: Rows, fingerprint: u128, start: u64) -> Result<Self> {
        let mut rows = Reader::open(&work.rows(part, rows), fingerprint)?.rows(start);
        let next = rows.next().transpose()?;
        Ok(Ahead { rows, next })
    }

    /// Takes the next row when it satisfies `wanted`.
    fn take(&mut self, wanted: impl Fn(&R) -> bool) -> Result<Option<R>> {
        if !self.next.as_ref().is_some_and(wanted) {
            return Ok(None);
        }
        let row = self.next.take();
        self.next = self.rows.next().transpose()?;
        Ok(row)
    }
}

/// Rows of a part before each of its sources.
struct Before {
    drops: Vec<u64>,
    frequent: Vec<u64>,
}

struct Open {
    source: u32,
    /// The source as scan saw it.
    scanned: SourceInfo,
    doc: u32,
    /// Documents of the source before the next one.
    own: u64,
    rows: Streams,
}

/// The rows of a part, from one of its documents on.
struct Streams {
    part: u32,
    docs: Ahead<Brief>,
    cuts: Ahead<CutRow>,
    frequent: Ahead<CutRow>,
    drops: Ahead<Drop>,
    spared: Ahead<Spared>,
}

/// All decisions of a work folder, source by source.
pub(super) struct Decided {
    work: Work,
    fingerprint: u128,
    parts: Vec<(PartInfo, Before)>,
    open: Option<Open>,
    /// The rows that follow the source before, and their first document: a folder of a million files opens them once a part.
    left: Option<(u32, Streams)>,
    /// Documents of all sources before each source, and of all.
    docs_before: Vec<u64>,
}

impl Decided {
    pub(super) fn new(work: &Work, info: &ResolveInfo) -> Result<Self> {
        let parts = info
            .parts
            .iter()
            .zip(info.drops.iter().zip(&info.frequency))
            .map(|(&number, (drops, frequent))| {
                let before = Before {
                    drops: drops.clone(),
                    frequent: frequent.clone(),
                };
                Ok((sealed::read(&work.part(number))?, before))
            })
            .collect::<Result<Vec<_>>>()?;
        let docs_before = docs_before(info.input.len(), parts.iter().map(|(part, _)| part));
        Ok(Decided {
            work: work.clone(),
            fingerprint: info.config.fingerprint(),
            parts,
            open: None,
            left: None,
            docs_before,
        })
    }

    /// All sources in order: number, length and hash of what was scanned.
    pub(super) fn scanned(&self) -> Vec<(u32, u64, String)> {
        let sources = self.parts.iter().flat_map(|(part, _)| &part.sources);
        let mut sources: Vec<_> = sources
            .map(|s| (s.number, s.bytes, s.hash.clone()))
            .collect();
        sources.sort_unstable();
        sources
    }

    /// Turns to a source.
    pub(super) fn begin(&mut self, source: u32) -> Result<()> {
        let found = self.parts.iter().find_map(|(part, before)| {
            let numbers = &part.sources;
            let at = numbers.binary_search_by_key(&source, |s| s.number).ok()?;
            Some((
                part,
                &part.sources[at],
                before.drops[at],
                before.frequent[at],
            ))
        });
        let (part, info, drops, frequent) =
            found.ok_or_else(|| Error::phase(format!("source {source} was not scanned")))?;
        let (work, number, fingerprint) = (&self.work, part.number(), self.fingerprint);
        let doc = info.docs as u32;
        let rows = match self.left.take() {
            Some((next, rows)) if (next, rows.part) == (doc, number) => rows,
            _ => {
                let mut spared = Ahead::open(work, number, Rows::Spared, fingerprint, 0)?;
                while spared.take(|s: &Spared| s.doc < doc)?.is_some() {}
                Streams {
                    part: number,
                    docs: Ahead::open(work, number, Rows::Docs, fingerprint, info.docs)?,
                    cuts: Ahead::open(work, number, Rows::Cuts, fingerprint, info.cuts)?,
                    frequent: Ahead::open(work, number, Rows::Frequency, fingerprint, frequent)?,
                    drops: Ahead::open(work, number, Rows::Drops, fingerprint, drops)?,
                    spared,
                }
            }
        };
        self.open = Some(Open {
            source,
            scanned: info.clone(),
            doc,
            own: 0,
            rows,
        });
        Ok(())
    }

    /// The rows of the documents up to and with this record.
    pub(super) fn until(&mut self, record: u32) -> Result<Batch> {
        let open = self.open.as_mut().expect("a source was begun");
        let mut batch = Batch {
            first: open.doc,
            before: self.docs_before[open.source as usize] + open.own,
            all: self.docs_before.last().copied().unwrap_or(0),
            ..Batch::default()
        };
        while let Some(doc) = open
            .rows
            .docs
            .take(|d: &Brief| d.0.source == open.source && d.0.record <= record)?
        {
            batch.docs.push(doc.0);
        }
        open.doc += batch.docs.len() as u32;
        open.own += batch.docs.len() as u64;
        let end = open.doc;
        while let Some(cut) = open.rows.cuts.take(|c| c.doc < end)? {
            batch.cuts.push(cut);
        }
        let from_scan = batch.cuts.len();
        while let Some(cut) = open.rows.frequent.take(|c| c.doc < end)? {
            batch.cuts.push(cut);
        }
        if batch.cuts.len() > from_scan {
            // A stable sort: where two cuts begin together, that of scan comes first.
            batch.cuts.sort_by_key(|c| (c.doc, c.start));
        }
        while let Some(drop) = open.rows.drops.take(|d| d.doc < end)? {
            batch.drops.push(drop);
        }
        while let Some(spared) = open.rows.spared.take(|s| s.doc < end)? {
            batch.spared.push(spared.doc);
        }
        Ok(batch)
    }

    /// Leaves the source; all its documents must have been met, and its bytes must be those that were scanned.
    pub(super) fn end(&mut self, digest: &Digest) -> Result<()> {
        let open = self.open.take().expect("a source was begun");
        let (then, hash) = (&open.scanned, format!("{:032x}", digest.hash));
        if (then.bytes, &then.hash) != (digest.bytes, &hash) {
            return Err(Error::phase(format!(
                "the input changed since it was scanned: {} bytes with the hash {} then, {} with {hash} now",
                then.bytes, then.hash, digest.bytes
            ))
            .at(then.name.clone())
            .hint("scan and resolve it again"));
        }
        let more = open.rows.docs.next.as_ref();
        match more.filter(|d| d.0.source == open.source) {
            None => {
                self.left = Some((open.doc, open.rows));
                Ok(())
            }
            Some(Brief(doc)) => Err(Error::phase(format!(
                "record {} of source {} was scanned, but is no longer there",
                doc.record, open.source
            ))
            .hint("the input changed since it was scanned; scan and resolve it again")),
        }
    }
}

/// Documents before each of so many sources, in the order of the input; last, all of them.
fn docs_before<'p>(sources: usize, parts: impl Iterator<Item = &'p PartInfo>) -> Vec<u64> {
    let mut docs = vec![0; sources + 1];
    for part in parts {
        let ends = part.sources.iter().skip(1).map(|s| s.docs);
        for (source, end) in part.sources.iter().zip(ends.chain([part.docs])) {
            docs[source.number as usize + 1] = end - source.docs;
        }
    }
    for i in 1..docs.len() {
        docs[i] += docs[i - 1];
    }
    docs
}

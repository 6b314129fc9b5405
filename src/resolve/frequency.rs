//! Frequency: a line that stands on many documents of one site is furniture of that site, unless it is a heading, a value,
//! or a text that the site is about.
//!
//! 1. `recurring` counts, for every line of a site, the documents with different texts that have it. What recurs on enough
//!    of them is *recurring*; everything else is what a document has of its own.
//! 2. `known` sets copies aside: a document is known by one of its own long lines, so a story that was posted again with
//!    small edits is known by the same one, and only the first of those that are known alike is looked at below.
//! 3. `links` counts what stands before and after each recurring line.
//! 4. `verdict` decides for each line of a site at which level it falls.
//! 5. Here, document by document, a line falls when it stands beside another that falls, or at an end of the document.
//!
//! Every step reads rows in order and leaves bits, or rows that are sorted on disk; all counts are exact and do not depend
//! on the order of documents. What is held in memory at a time are the recurring lines of one site, of which there are
//! at most as many as twenty documents of that site have lines.

mod known;
mod links;
mod recurring;
mod verdict;

use super::bits::Bits;
use super::corpus::Corpus;
use crate::error::Result;
use crate::files::container::{Reader, Writer};
use crate::files::row::{self, Brief, CutRow, Line, line};
use crate::files::sort::{Sorted, Sorter};
use crate::files::work::Rows;
use crate::resources::Resources;
use crate::rules;

/// Where resolve's cuts are, and which paragraphs go with them.
#[derive(Default)]
pub(super) struct Frequent {
    gone: Option<Bits>,
    /// Cuts before each source of each part.
    pub(super) before: Vec<Vec<u64>>,
}

impl Frequent {
    /// True for a paragraph that goes: it is neither a duplicate nor a witness.
    pub(super) fn goes(&self, ordinal: u64) -> bool {
        self.gone.as_ref().is_some_and(|gone| gone.get(ordinal))
    }
}

/// A document and where it stands.
struct Place<'a> {
    /// Its part; `None` in a reference.
    part: Option<usize>,
    /// Its number in its part, and over all parts.
    row: u32,
    doc: u64,
    /// The number of its first line over all parts.
    unit: u64,
    /// The row of its first paragraph in its part.
    para: u64,
    site: u64,
    content: u64,
    lines: &'a [Line],
}

/// Walks all documents, those of references first, then part by part. Lines that fold to nothing are there, with the key 0.
fn documents(
    corpus: &Corpus,
    resources: &Resources,
    mut visit: impl FnMut(&Place<'_>) -> Result<()>,
) -> Result<()> {
    let (mut doc_base, mut unit) = (0, 0);
    let mut lines = Vec::new();
    for volume in &corpus.references {
        let mut rows = volume.all_lines();
        for (row, doc) in volume.all_docs().enumerate() {
            let doc = doc?;
            lines.clear();
            for _ in 0..doc.lines {
                lines.push(rows.next().expect("a document has its lines")?);
            }
            visit(&Place {
                part: None,
                row: row as u32,
                doc: doc_base + row as u64,
                unit,
                para: 0,
                site: doc.site,
                content: doc.content,
                lines: &lines,
            })?;
            unit += u64::from(doc.lines);
        }
        doc_base += volume.docs;
    }
    for (part, info) in corpus.parts.iter().enumerate() {
        let number = info.info.number();
        let path = |rows| corpus.work.rows(number, rows);
        let docs = Reader::<Brief>::open(&path(Rows::Docs), corpus.fingerprint)?.rows(0);
        let mut rows = Reader::<Line>::open(&path(Rows::Lines), corpus.fingerprint)?.rows(0);
        let mut para = 0;
        for (row, doc) in docs.enumerate() {
            let doc = doc?.0;
            if row % 4096 == 0 {
                resources.check_stop()?;
            }
            lines.clear();
            for _ in 0..doc.lines {
                lines.push(rows.next().expect("a document has its lines")?);
            }
            visit(&Place {
                part: Some(part),
                row: row as u32,
                doc: doc_base + row as u64,
                unit,
                para,
                site: doc.site,
                content: doc.content,
                lines: &lines,
            })?;
            unit += u64::from(doc.lines);
            para += u64::from(doc.paras);
        }
        doc_base += info.info.docs;
    }
    Ok(())
}

/// Judges all lines of documents with a site, and writes the cuts of each part.
pub(super) fn judge(corpus: &Corpus, resources: &Resources) -> Result<Frequent> {
    let units = recurring::units(corpus)?;
    let mut verdicts = None;
    if units > 0 {
        let found = recurring::find(corpus, resources, units)?;
        let known = known::first_of_copies(corpus, resources, &found)?;
        let links = links::collect(corpus, resources, &found, &known)?;
        let mut sorter = Sorter::new(resources.sixteenths(2), corpus.work.temp());
        links::judge(links, found, &mut sorter)?;
        verdicts = Some(sorter.finish()?);
    }
    write(corpus, resources, verdicts)
}

/// Reads the verdicts back in the order of documents and writes those that hold there.
fn write(
    corpus: &Corpus,
    resources: &Resources,
    verdicts: Option<Sorted<row::Frequent>>,
) -> Result<Frequent> {
    let mut writers = Vec::new();
    for part in &corpus.parts {
        let path = corpus.work.rows(part.info.number(), Rows::Frequency);
        writers.push(Writer::<CutRow>::create(&path, corpus.fingerprint)?);
    }
    let sources = |part: usize| &corpus.parts[part].info.sources;
    let mut before: Vec<Vec<u64>> = (0..corpus.parts.len()).map(|_| Vec::new()).collect();
    let mut gone = None;
    if let Some(mut verdicts) = verdicts {
        let mut bits = Bits::new(corpus.paras);
        let mut next = verdicts.read()?;
        let mut here: Vec<Option<row::Frequent>> = Vec::new();
        let mut ordinals: Vec<_> = corpus.parts.iter().map(|p| p.ordinals()).collect();
        let level = corpus.config.boilerplate.map_or(0, |l| l as u8);
        documents(corpus, resources, |place| {
            let end = place.unit + place.lines.len() as u64;
            let Some(part) = place.part else {
                // What a reference lost is settled.
                while next.is_some_and(|n| n.unit < end) {
                    next = verdicts.read()?;
                }
                return Ok(());
            };
            let writer = &mut writers[part];
            let starts = &mut before[part];
            while sources(part)
                .get(starts.len())
                .is_some_and(|s| s.docs <= u64::from(place.row))
            {
                starts.push(writer.len());
            }
            here.clear();
            here.resize(place.lines.len(), None);
            while let Some(row) = next.filter(|n| n.unit < end) {
                here[(row.unit - place.unit) as usize] = Some(row).filter(|r| r.level <= level);
                next = verdicts.read()?;
            }
            if here.iter().all(Option::is_none) {
                return Ok(());
            }
            let mut para = place.para;
            for (i, line) in place.lines.iter().enumerate() {
                let own = para;
                para += u64::from(line.flags & line::CUT == 0);
                let Some(row) = here[i].filter(|_| stands_by_furniture(place.lines, &here, i))
                else {
                    continue;
                };
                if line.flags & line::CUT == 0 && corpus.paras > 0 {
                    bits.set(ordinals[part](own));
                }
                writer.push(&CutRow {
                    doc: place.row,
                    start: line.start,
                    end: line.end,
                    evidence: rules::FREQUENCY,
                    category: row.category,
                    level: row.level,
                    score: row.docs,
                    line: line.line,
                    text: line.key,
                })?;
            }
            Ok(())
        })?;
        gone = Some(bits);
    }
    for ordinal in corpus.references.iter().flat_map(|v| v.frequent()) {
        gone.get_or_insert_with(|| Bits::new(corpus.paras))
            .set(ordinal);
    }
    for (part, writer) in writers.into_iter().enumerate() {
        before[part].resize(sources(part).len(), writer.len());
        writer.finish()?;
    }
    Ok(Frequent { gone, before })
}

/// A line that is furniture elsewhere may be a word of the text here: alone between two lines that stay, it stays. At
/// `aggressive` that does not count.
fn stands_by_furniture(lines: &[Line], here: &[Option<row::Frequent>], at: usize) -> bool {
    if here[at].is_some_and(|row| row.level > 1) {
        return true;
    }
    let goes = |i: usize| here[i].is_some() || lines[i].flags & line::CUT != 0;
    let has_words = |&i: &usize| lines[i].key != 0;
    let before = (0..at).rev().find(has_words);
    let after = (at + 1..lines.len()).find(has_words);
    before.is_none_or(goes) || after.is_none_or(goes)
}

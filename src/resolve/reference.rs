//! References in resolve: one is read here as the paragraphs before this run's own; `keys` makes its keys anew, and
//! `writing` writes one.

mod keys;
mod writing;

use std::path::PathBuf;

use super::bits::Bits;
use crate::error::{Error, Result};
use crate::files::container::{Reader, Row};
use crate::files::paged::Paged;
use crate::files::row::{Doc, Fate, Line, Para, Text};
use crate::method::{self, Method};
use crate::reference::rows::{Dense, Gone, Why};
use crate::reference::{Description, Opened, Used};

pub(super) use writing::write;

/// A reference, opened.
pub(super) struct Volume {
    pub(super) used: Used,
    /// Ordinal of its first paragraph.
    pub(super) first: u64,
    /// Its paragraphs.
    pub(super) paras: u64,
    /// Its documents.
    pub(super) docs: u64,
    folder: PathBuf,
    fingerprint: u128,
    doc_rows: Paged<Dense<Doc>>,
    para_rows: Paged<Dense<Para>>,
    texts: Paged<Dense<Text>>,
    gone_rows: Paged<Gone>,
    /// Which of its paragraphs went, counted from its first one; the rows of `gone` are theirs.
    gone: Bits,
    /// Which of them have no text here: exact copies, and those that frequency took.
    mute: Bits,
    /// Which of them frequency took.
    frequent: Bits,
    /// How many went as near or contained.
    near: u64,
    lines: u64,
    ordinals: Ordinals,
    /// What keys are made by, and on how many threads.
    method: &'static Method,
    threads: usize,
}

/// Turns ordinals of the run that wrote a reference into ordinals of this run: for each stretch where it began and where
/// it begins here.
struct Ordinals(Vec<(u64, u64)>);

impl Ordinals {
    fn here(&self, ordinal: u64) -> u64 {
        let at = self.0.partition_point(|s| s.0 <= ordinal) - 1;
        let (there, here) = self.0[at];
        ordinal - there + here
    }
}

impl Volume {
    /// Opens a reference behind those in `before`. `memory` is what its caches may hold.
    pub(super) fn open(
        opened: &Opened,
        before: &[Volume],
        memory: u64,
        threads: usize,
    ) -> Result<Self> {
        let description = &opened.description;
        let (folder, fingerprint) = (&opened.folder, description.fingerprint());
        let first = before.last().map_or(0, |v| v.first + v.paras);
        let paras = description.paragraphs;
        let mut ordinals = Vec::new();
        let mut there = 0;
        for earlier in &description.references {
            let volume = before.iter().find(|v| v.used.id == earlier.id);
            ordinals.push((there, volume.expect("was looked for").first));
            there += earlier.paragraphs;
        }
        ordinals.push((there, first));
        let path = |name: &str| folder.join(name);
        let mut volume = Volume {
            used: opened.used(),
            first,
            paras,
            docs: description.documents,
            doc_rows: Paged::open(&path("docs"), fingerprint, memory / 8).map_err(again)?,
            para_rows: Paged::open(&path("paras"), fingerprint, memory / 4).map_err(again)?,
            texts: Paged::open(&path("texts"), fingerprint, memory / 2).map_err(again)?,
            gone_rows: Paged::open(&path("gone"), fingerprint, memory / 8).map_err(again)?,
            gone: Bits::new(paras),
            mute: Bits::new(paras),
            frequent: Bits::new(paras),
            near: 0,
            lines: description.lines,
            ordinals: Ordinals(ordinals),
            method: method::of(description.config.method),
            threads,
            folder: folder.clone(),
            fingerprint,
        };
        volume.check_counts(description)?;
        for row in volume.rows::<Gone>("gone") {
            let row = row?;
            let at = row.ordinal.checked_sub(there).filter(|&at| at < paras);
            let Some(at) = at else {
                return Err(again(
                    Error::phase("names a paragraph that the reference does not hold").at(path(
                        "gone",
                    )
                    .display()
                    .to_string()),
                ));
            };
            volume.gone.set(at);
            match row.why {
                Why::Copy => volume.mute.set(at),
                Why::Frequent => {
                    volume.mute.set(at);
                    volume.frequent.set(at);
                }
                Why::Near | Why::Contained => volume.near += 1,
                Why::Run => {}
            }
        }
        volume.gone.count();
        volume.mute.count();
        Ok(volume)
    }

    /// Whole files may have been swapped or left out.
    fn check_counts(&self, description: &Description) -> Result<()> {
        let lines = Reader::<Dense<Line>>::open(&self.folder.join("lines"), self.fingerprint);
        for (name, found, expected) in [
            ("lines", lines.map_err(again)?.len(), description.lines),
            ("docs", self.doc_rows.len(), description.documents),
            ("paras", self.para_rows.len(), description.paragraphs),
            ("texts", self.texts.len(), description.texts),
            ("gone", self.gone_rows.len(), description.gone),
        ] {
            if found != expected {
                return Err(again(
                    Error::phase(format!("holds {found} rows, expected {expected}")).at(self
                        .folder
                        .join(name)
                        .display()
                        .to_string()),
                ));
            }
        }
        Ok(())
    }

    pub(super) fn para(&self, ordinal: u64) -> Result<Para> {
        self.para_rows
            .get(ordinal - self.first)
            .map(|row| row.0)
            .map_err(again)
    }

    pub(super) fn doc(&self, para: &Para) -> Result<Doc> {
        self.doc_rows
            .get(u64::from(para.doc))
            .map(|row| row.0)
            .map_err(again)
    }

    /// The text of a paragraph, or the ordinal of the paragraph of which it is a copy.
    pub(super) fn text(&self, ordinal: u64, out: &mut String) -> Result<Option<u64>> {
        let at = ordinal - self.first;
        if self.mute.get(at) {
            let row = self.gone_row(at)?;
            return Ok((row.why == Why::Copy).then(|| self.ordinals.here(row.of)));
        }
        let row = at - self.mute.rank(at);
        let read = self.texts.with(row, |row| out.push_str(Text::of(row)));
        read.map(|()| None).map_err(again)
    }

    /// True for a paragraph that went as an exact copy, or for its frequency: it is in no bucket.
    pub(super) fn is_mute(&self, ordinal: u64) -> bool {
        self.mute.get(ordinal - self.first)
    }

    /// What a paragraph that went stands for.
    pub(super) fn went_for(&self, ordinal: u64) -> Result<Option<u64>> {
        let at = ordinal - self.first;
        match self.gone.get(at) {
            true => Ok(Some(self.ordinals.here(self.gone_row(at)?.of))),
            false => Ok(None),
        }
    }

    fn gone_row(&self, at: u64) -> Result<Gone> {
        self.gone_rows.get(self.gone.rank(at)).map_err(again)
    }

    /// The fates of those that went as near or contained, ascending.
    pub(super) fn near(&self) -> impl Iterator<Item = Result<Fate>> {
        let wanted = |row: &Gone| matches!(row.why, Why::Near | Why::Contained);
        self.rows::<Gone>("gone")
            .filter(move |row| row.as_ref().map_or(true, wanted))
            .map(|row| {
                let row = row?;
                let witness = self.ordinals.here(row.of);
                Ok(Fate {
                    ordinal: self.ordinals.here(row.ordinal),
                    place: witness,
                    witness,
                    reason: if row.why == Why::Near { 1 } else { 2 },
                    shared: row.shared,
                    size: row.size,
                    witness_size: row.witness_size,
                })
            })
    }

    /// Those that frequency took.
    pub(super) fn frequent(&self) -> impl Iterator<Item = u64> {
        let gone = (0..self.paras).filter(|&at| self.frequent.get(at));
        gone.map(|at| self.first + at)
    }

    /// How many lines are counted over their sites.
    pub(super) fn line_count(&self) -> u64 {
        self.lines
    }

    /// All documents.
    pub(super) fn all_docs(&self) -> impl Iterator<Item = Result<Doc>> + use<> {
        self.rows::<Dense<Doc>>("docs").map(|row| Ok(row?.0))
    }

    /// The lines of all documents, in order.
    pub(super) fn all_lines(&self) -> impl Iterator<Item = Result<Line>> + use<> {
        self.rows::<Dense<Line>>("lines").map(|row| Ok(row?.0))
    }

    /// How many went as near or contained.
    pub(super) fn near_count(&self) -> u64 {
        self.near
    }

    /// All paragraphs with their ordinals.
    pub(super) fn all_paras(&self) -> impl Iterator<Item = Result<(u64, Para)>> + use<> {
        (self.first..)
            .zip(self.rows::<Dense<Para>>("paras"))
            .map(|(ordinal, row)| Ok((ordinal, row?.0)))
    }

    fn rows<R: Row>(&self, name: &str) -> impl Iterator<Item = Result<R>> + use<R> {
        let (rows, error) = match Reader::<R>::open(&self.folder.join(name), self.fingerprint) {
            Ok(reader) => (Some(reader.rows(0)), None),
            Err(error) => (None, Some(Err(error))),
        };
        error
            .into_iter()
            .chain(rows.into_iter().flatten())
            .map(|row| row.map_err(again))
    }
}

/// What a user does about a damaged reference.
fn again(error: Error) -> Error {
    error.hint(
        "the reference is damaged: copy it again, or clean its input again with --write-reference",
    )
}

//! All parts of a run as one sequence of paragraphs and documents, numbered densely in input order, behind those of the
//! references.

use super::frequency::Frequent;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::container::{Reader, Row, Rows as Stream};
use crate::files::keys::Keys;
use crate::files::paged::Paged;
use crate::files::row::{Doc, Name, Para, Text};
use crate::files::sealed;
use crate::files::work::{PartInfo, Rows, ShardInfo, Work};
use crate::reference::{self, References};
use crate::resources::Resources;

use super::reference::Volume;

/// A part of a scan.
pub(super) struct Part {
    pub(super) info: PartInfo,
    doc_base: u64,
    /// For each of its sources the row of its first paragraph, and that paragraph's ordinal.
    firsts: Vec<(u64, u64)>,
    docs: Paged<Doc>,
    paras: Paged<Para>,
    texts: Paged<Text>,
}

/// The paragraphs of one source: consecutive rows of its part, and consecutive ordinals. The sources of a shard are not
/// consecutive in the input, so a part is no stretch of ordinals, but each of its sources is.
pub(super) struct Stretch {
    /// Ordinal of its first paragraph.
    pub(super) first: u64,
    /// Index of its part.
    pub(super) part: usize,
    /// Index of its source in the part.
    pub(super) source: usize,
}

/// The whole input, as scan left it.
pub(super) struct Corpus {
    pub(super) work: Work,
    pub(super) config: Config,
    pub(super) fingerprint: u128,
    pub(super) input: Vec<(String, u64)>,
    pub(super) parts: Vec<Part>,
    /// All sources in input order.
    pub(super) stretches: Vec<Stretch>,
    /// What comes before the input. Its fates are known.
    pub(super) references: Vec<Volume>,
    /// Ordinal of the first paragraph of the input itself.
    pub(super) base: u64,
    /// All paragraphs, those of the references included.
    pub(super) paras: u64,
    /// Paragraphs that go because they stand on so many documents of their site; set before duplicates are looked for.
    pub(super) frequent: Frequent,
}

impl Corpus {
    /// Opens all parts of a scan, and the references. Caches of rows and texts take a quarter of the memory.
    pub(super) fn open(
        work: &Work,
        references: &References,
        resources: &Resources,
    ) -> Result<Self> {
        let memory = resources.sixteenths(4);
        let shards = work.shards()?;
        let first: &ShardInfo = &shards[0];
        let (config, input) = (first.config.clone(), first.input.clone());
        let fingerprint = config.fingerprint();
        let mut numbers: Vec<u32> = shards
            .iter()
            .flat_map(|s| s.parts.iter().copied())
            .collect();
        numbers.sort_unstable();
        let opened = reference::open(references, &config)?;
        let share = memory / (numbers.len() + opened.len()).max(1) as u64;
        let mut references = Vec::new();
        for opened in &opened {
            references.push(Volume::open(opened, &references, share, resources.threads)?);
        }
        let base = references.last().map_or(0, |v| v.first + v.paras);
        let mut infos = Vec::new();
        for number in numbers {
            let info: PartInfo = sealed::read(&work.part(number))?;
            if info.fingerprint != format!("{fingerprint:032x}") {
                return Err(
                    Error::phase("was scanned with other options than its shard says")
                        .at(work.part(number).display().to_string()),
                );
            }
            infos.push(info);
        }
        let (stretches, paras) = stretches(&infos, base);
        let mut firsts = vec![Vec::new(); infos.len()];
        for stretch in &stretches {
            firsts[stretch.part].push((
                infos[stretch.part].sources[stretch.source].paras,
                stretch.first,
            ));
        }
        let mut docs = references.iter().map(|v| v.docs).sum();
        let parts = infos
            .into_iter()
            .zip(firsts)
            .map(|(info, firsts)| {
                let number = info.number();
                let part = Part {
                    doc_base: docs,
                    firsts,
                    docs: Paged::open(&work.rows(number, Rows::Docs), fingerprint, share / 8)?,
                    paras: Paged::open(&work.rows(number, Rows::Paras), fingerprint, share / 4)?,
                    texts: Paged::open(
                        &work.rows(number, Rows::Texts),
                        fingerprint,
                        share / 8 * 5,
                    )?,
                    info,
                };
                docs += part.info.docs;
                Ok(part)
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Corpus {
            work: work.clone(),
            config,
            fingerprint,
            input,
            parts,
            stretches,
            references,
            base,
            paras,
            frequent: Frequent::default(),
        })
    }

    /// The reference that a paragraph stands in; `None` for one of the input itself.
    fn volume(&self, ordinal: u64) -> Option<&Volume> {
        match ordinal < self.base {
            true => {
                let after = self.references.partition_point(|v| v.first <= ordinal);
                Some(&self.references[after - 1])
            }
            false => None,
        }
    }

    /// The number of the reference that a paragraph stands in, from 1; 0 for this run.
    pub(super) fn corpus_of(&self, ordinal: u64) -> u8 {
        match ordinal < self.base {
            true => self.references.partition_point(|v| v.first <= ordinal) as u8,
            false => 0,
        }
    }

    /// The witness of a paragraph of a reference that went; `None` when it stayed, or stands in no reference.
    pub(super) fn went_for(&self, ordinal: u64) -> Result<Option<u64>> {
        self.volume(ordinal)
            .map_or(Ok(None), |v| v.went_for(ordinal))
    }

    /// True for a paragraph of a reference that went as an exact copy, or for its frequency.
    pub(super) fn is_known_copy(&self, ordinal: u64) -> bool {
        self.volume(ordinal).is_some_and(|v| v.is_mute(ordinal))
    }

    /// A paragraph's part, and its row there.
    fn row_of(&self, ordinal: u64) -> (&Part, u64) {
        let stretch = &self.stretches[self.stretches.partition_point(|s| s.first <= ordinal) - 1];
        let part = &self.parts[stretch.part];
        (
            part,
            part.info.sources[stretch.source].paras + ordinal - stretch.first,
        )
    }

    /// A paragraph's row.
    pub(super) fn para(&self, ordinal: u64) -> Result<Para> {
        if let Some(volume) = self.volume(ordinal) {
            return volume.para(ordinal);
        }
        let (part, row) = self.row_of(ordinal);
        part.paras.get(row)
    }

    /// A paragraph's document: its dense number and its row.
    pub(super) fn doc_of(&self, ordinal: u64, para: &Para) -> Result<Doc> {
        match self.volume(ordinal) {
            Some(volume) => volume.doc(para),
            None => self.row_of(ordinal).0.docs.get(u64::from(para.doc)),
        }
    }

    /// What names a paragraph's document.
    pub(super) fn name_of(&self, ordinal: u64, para: &Para) -> Result<Name> {
        if let Some(volume) = self.volume(ordinal) {
            return volume.doc(para).map(Name::from);
        }
        let docs = &self.row_of(ordinal).0.docs;
        let name = docs.with(u64::from(para.doc), Name::of)?;
        name.ok_or_else(|| Error::phase(format!("document {} cannot be read", para.doc)))
    }

    /// A number that no other paragraph's document has.
    pub(super) fn doc_number(&self, ordinal: u64, para: &Para) -> u64 {
        let base = match ordinal < self.base {
            true => {
                let before = self.references.partition_point(|v| v.first <= ordinal) - 1;
                self.references[..before].iter().map(|v| v.docs).sum()
            }
            false => self.row_of(ordinal).0.doc_base,
        };
        base + u64::from(para.doc)
    }

    /// Appends a paragraph's judged text.
    pub(super) fn text(&self, ordinal: u64, out: &mut String) -> Result<()> {
        out.clear();
        let mut ordinal = ordinal;
        while let Some(volume) = self.volume(ordinal) {
            match volume.text(ordinal, out)? {
                Some(first) => ordinal = first,
                None => return Ok(()),
            }
        }
        let (part, row) = self.row_of(ordinal);
        part.texts.with(row, |row| out.push_str(Text::of(row)))
    }

    /// True when two paragraphs are stored as the same bytes. False says nothing of a paragraph of a reference.
    pub(super) fn same_bytes(&self, a: u64, b: u64) -> Result<bool> {
        if a.min(b) < self.base {
            return Ok(false);
        }
        let ((x, i), (y, j)) = (self.row_of(a), self.row_of(b));
        x.texts
            .with(i, |own| y.texts.with(j, |other| own == other))?
    }

    /// All paragraphs with their ordinals, references first, then part by part: ascending within a source only.
    pub(super) fn all_paras(&self) -> impl Iterator<Item = Result<(u64, Para)>> {
        let known = self.references.iter().flat_map(Volume::all_paras);
        known.chain(self.parts.iter().flat_map(|part| {
            let mut ordinal = part.ordinals();
            let (rows, error) = match self.rows(part, Rows::Paras) {
                Ok(rows) => (Some(rows), None),
                Err(error) => (None, Some(Err(error))),
            };
            let rows = rows.into_iter().flatten().enumerate();
            let rows = rows.map(move |(i, row)| Ok((ordinal(i as u64), row?)));
            error.into_iter().chain(rows)
        }))
    }

    /// Bytes of the keys of the input itself.
    pub(super) fn key_bytes(&self) -> Result<u64> {
        let bytes = self.parts.iter().map(|part| {
            let path = self.work.rows(part.info.number(), Rows::Posts);
            Ok(Reader::<Keys>::open(&path, self.fingerprint)?.bytes())
        });
        bytes.sum()
    }

    /// The rows of one file of a part.
    pub(super) fn rows<R: Row>(&self, part: &Part, rows: Rows) -> Result<Stream<R>> {
        let path = self.work.rows(part.info.number(), rows);
        Ok(Reader::open(&path, self.fingerprint)?.rows(0))
    }
}

impl Part {
    /// Turns rows of paragraphs, asked for in ascending order, into ordinals.
    pub(super) fn ordinals(&self) -> impl FnMut(u64) -> u64 {
        let mut at = 0;
        move |row| {
            while self.firsts.get(at + 1).is_some_and(|next| next.0 <= row) {
                at += 1;
            }
            let (first_row, first) = self.firsts[at];
            first + row - first_row
        }
    }

    /// How many documents one of its sources has.
    pub(super) fn docs_of(&self, source: usize) -> u64 {
        let end = self
            .info
            .sources
            .get(source + 1)
            .map_or(self.info.docs, |next| next.docs);
        end - self.info.sources[source].docs
    }
}

/// All sources in input order, and the number of paragraphs with the `base` before them.
fn stretches(infos: &[PartInfo], base: u64) -> (Vec<Stretch>, u64) {
    let mut sources = Vec::new();
    for (part, info) in infos.iter().enumerate() {
        for (source, this) in info.sources.iter().enumerate() {
            let end = info
                .sources
                .get(source + 1)
                .map_or(info.paras, |next| next.paras);
            sources.push((this.number, part, source, end - this.paras));
        }
    }
    sources.sort_unstable();
    let mut paras = base;
    let stretch = |(_, part, source, count): (u32, usize, usize, u64)| {
        let first = paras;
        paras += count;
        Stretch {
            first,
            part,
            source,
        }
    };
    let stretches = sources.into_iter().map(stretch).collect();
    (stretches, paras)
}

//! All parts of a run as one sequence of paragraphs and documents, numbered densely in input order.

use super::frequency::Frequent;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::container::{Reader, Row};
use crate::files::paged::Paged;
use crate::files::row::{Doc, Para, Post, Text};
use crate::files::work::{PartInfo, Rows, ShardInfo, Work, read_json};

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
    pub(super) paras: u64,
    /// Paragraphs that go because they stand on so many documents of their site; set before duplicates are looked for.
    pub(super) frequent: Frequent,
}

impl Corpus {
    /// Opens all parts of a scan. `memory` is what the caches of rows and texts may hold.
    pub(super) fn open(work: &Work, memory: u64) -> Result<Self> {
        let shards = work.shards()?;
        let first: &ShardInfo = &shards[0];
        let (config, input) = (first.config.clone(), first.input.clone());
        let fingerprint = config.fingerprint();
        let mut numbers: Vec<u32> = shards
            .iter()
            .flat_map(|s| s.parts.iter().copied())
            .collect();
        numbers.sort_unstable();
        let share = memory / numbers.len().max(1) as u64;
        let mut infos = Vec::new();
        for number in numbers {
            let info: PartInfo = read_json(&work.part(number))?;
            if info.fingerprint != format!("{fingerprint:032x}") {
                return Err(
                    Error::phase("was scanned with other options than its shard says")
                        .at(work.part(number).display().to_string()),
                );
            }
            infos.push(info);
        }
        let (stretches, paras) = stretches(&infos);
        let mut firsts = vec![Vec::new(); infos.len()];
        for stretch in &stretches {
            firsts[stretch.part].push((
                infos[stretch.part].sources[stretch.source].paras,
                stretch.first,
            ));
        }
        let mut docs = 0;
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
            paras,
            frequent: Frequent::default(),
        })
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
        let (part, row) = self.row_of(ordinal);
        part.paras.get(row)
    }

    /// A paragraph's document: its dense number and its row.
    pub(super) fn doc_of(&self, ordinal: u64, para: &Para) -> Result<Doc> {
        self.row_of(ordinal).0.docs.get(u64::from(para.doc))
    }

    /// A number that no other paragraph's document has.
    pub(super) fn doc_number(&self, ordinal: u64, para: &Para) -> u64 {
        self.row_of(ordinal).0.doc_base + u64::from(para.doc)
    }

    /// Appends a paragraph's judged text.
    pub(super) fn text(&self, ordinal: u64, out: &mut String) -> Result<()> {
        let (part, row) = self.row_of(ordinal);
        out.clear();
        part.texts.with(row, |row| out.push_str(Text::of(row)))
    }

    /// All paragraphs with their ordinals, part by part: ascending within a source only.
    pub(super) fn all_paras(&self) -> impl Iterator<Item = Result<(u64, Para)>> {
        self.parts.iter().flat_map(|part| {
            let mut ordinal = part.ordinals();
            self.rows(part, Rows::Paras)
                .enumerate()
                .map(move |(i, row)| Ok((ordinal(i as u64), row?)))
        })
    }

    /// All keys, with the ordinals of their paragraphs, in the order of [`Corpus::all_paras`].
    pub(super) fn all_posts(&self) -> impl Iterator<Item = Result<(u64, Post)>> {
        self.parts.iter().flat_map(|part| {
            let mut ordinal = part.ordinals();
            self.rows(part, Rows::Posts).map(move |row: Result<Post>| {
                let row = row?;
                Ok((ordinal(u64::from(row.para)), row))
            })
        })
    }

    /// The rows of one file of a part; when it cannot be opened, that error alone.
    fn rows<R: Row>(&self, part: &Part, rows: Rows) -> impl Iterator<Item = Result<R>> + use<R> {
        let path = self.work.rows(part.info.number(), rows);
        let (rows, error) = match Reader::<R>::open(&path, self.fingerprint) {
            Ok(reader) => (Some(reader.rows(0)), None),
            Err(error) => (None, Some(Err(error))),
        };
        error.into_iter().chain(rows.into_iter().flatten())
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

/// All sources in input order, and the number of paragraphs.
fn stretches(infos: &[PartInfo]) -> (Vec<Stretch>, u64) {
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
    let mut paras = 0;
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

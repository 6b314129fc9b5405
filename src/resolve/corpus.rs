//! All parts of a run as one sequence of paragraphs and documents, numbered densely in input order.

use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::container::Reader;
use crate::files::paged::Paged;
use crate::files::row::{Doc, Para, Post, Text};
use crate::files::work::{PartInfo, Rows, ShardInfo, Work, read_json};

/// A part with its bases.
pub(super) struct Part {
    pub(super) info: PartInfo,
    pub(super) doc_base: u64,
    pub(super) para_base: u64,
    docs: Paged<Doc>,
    paras: Paged<Para>,
    texts: Paged<Text>,
}

/// The whole input, as scan left it.
pub(super) struct Corpus {
    pub(super) work: Work,
    pub(super) config: Config,
    pub(super) fingerprint: u128,
    pub(super) input: Vec<(String, u64)>,
    pub(super) parts: Vec<Part>,
    pub(super) paras: u64,
}

impl Corpus {
    /// Opens all parts of a scan. `memory` is what the caches of rows and texts may hold.
    pub(super) fn open(work: &Work, memory: u64) -> Result<Self> {
        let shards = work.shards()?;
        let first: &ShardInfo = &shards[0];
        let (config, input) = (first.config.clone(), first.input.clone());
        let fingerprint = config.fingerprint();
        let mut numbers: Vec<u32> = shards.iter().flat_map(|s| s.parts.iter().copied()).collect();
        numbers.sort_unstable();
        let share = memory / numbers.len().max(1) as u64;
        let mut infos = Vec::new();
        for number in numbers {
            let info: PartInfo = read_json(&work.part(number))?;
            if info.fingerprint != format!("{fingerprint:032x}") {
                return Err(Error::phase("was scanned with other options than its shard says").at(work.part(number).display().to_string()));
            }
            infos.push(info);
        }
        let (mut docs, mut paras) = (0, 0);
        let parts = infos
            .into_iter()
            .map(|info| {
                let number = info.number();
                let part = Part {
                    doc_base: docs,
                    para_base: paras,
                    docs: Paged::open(&work.rows(number, Rows::Docs), fingerprint, share / 8)?,
                    paras: Paged::open(&work.rows(number, Rows::Paras), fingerprint, share / 4)?,
                    texts: Paged::open(&work.rows(number, Rows::Texts), fingerprint, share / 8 * 5)?,
                    info,
                };
                docs += part.info.docs;
                paras += part.info.paras;
                Ok(part)
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Corpus { work: work.clone(), config, fingerprint, input, parts, paras })
    }

    fn part_of(&self, ordinal: u64) -> &Part {
        &self.parts[self.parts.partition_point(|p| p.para_base <= ordinal) - 1]
    }

    /// A paragraph's row.
    pub(super) fn para(&self, ordinal: u64) -> Result<Para> {
        let part = self.part_of(ordinal);
        part.paras.get(ordinal - part.para_base)
    }

    /// A paragraph's document: its dense number and its row.
    pub(super) fn doc_of(&self, ordinal: u64, para: &Para) -> Result<Doc> {
        self.part_of(ordinal).docs.get(u64::from(para.doc))
    }

    /// The dense number of a paragraph's document.
    pub(super) fn doc_number(&self, ordinal: u64, para: &Para) -> u64 {
        self.part_of(ordinal).doc_base + u64::from(para.doc)
    }

    /// Appends a paragraph's judged text.
    pub(super) fn text(&self, ordinal: u64, out: &mut String) -> Result<()> {
        let part = self.part_of(ordinal);
        out.clear();
        part.texts.with(ordinal - part.para_base, |row| out.push_str(Text::of(row)))
    }

    /// All paragraphs in order, with their ordinals.
    pub(super) fn all_paras(&self) -> impl Iterator<Item = Result<(u64, Para)>> {
        self.parts.iter().flat_map(|part| {
            let rows = Reader::<Para>::open(&self.work.rows(part.info.number(), Rows::Paras), self.fingerprint).map(|r| r.rows(0));
            let (rows, error) = match rows {
                Ok(rows) => (Some(rows), None),
                Err(error) => (None, Some(Err(error))),
            };
            let base = part.para_base;
            error.into_iter().chain(rows.into_iter().flatten().enumerate().map(move |(i, row)| Ok((base + i as u64, row?))))
        })
    }

    /// All keys, with the ordinals of their paragraphs, part by part.
    pub(super) fn all_posts(&self) -> impl Iterator<Item = Result<(u64, Post)>> {
        self.parts.iter().flat_map(|part| {
            let rows = Reader::<Post>::open(&self.work.rows(part.info.number(), Rows::Posts), self.fingerprint).map(|r| r.rows(0));
            let (rows, error) = match rows {
                Ok(rows) => (Some(rows), None),
                Err(error) => (None, Some(Err(error))),
            };
            let base = part.para_base;
            error.into_iter().chain(rows.into_iter().flatten().map(move |row| {
                let row = row?;
                Ok((base + u64::from(row.para), row))
            }))
        })
    }
}

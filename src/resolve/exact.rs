//! Exact groups: paragraphs with equal folded forms collapse onto the first of them, before anything else is compared.

use super::bits::Bits;
use super::corpus::Corpus;
use crate::error::Result;
use crate::files::row::{Exact, Pair, flag};
use crate::files::sort::{Sorted, Sorter};
use crate::parallel;
use crate::resources::Resources;
use crate::text::fold::{Folded, Folder};

/// Copies that are verified at a time.
const BATCH: usize = 8192;

/// The copies of a corpus.
pub(super) struct Copies {
    /// Which paragraphs are copies.
    pub(super) bits: Bits,
    /// Copy and first of its kind, by copy.
    pub(super) pairs: Sorted<Pair>,
    /// Which paragraphs are captions: never witnesses.
    pub(super) captions: Bits,
}

/// Finds the copies. A paragraph under the floor never goes on its own; a caption is no witness, so it is never the first of its kind.
pub(super) fn copies(corpus: &Corpus, resources: &Resources) -> Result<Copies> {
    let mut sorter = Sorter::new(resources.sixteenths(8), corpus.work.temp());
    let mut captions = Bits::new(corpus.paras);
    for row in corpus.all_paras() {
        let (ordinal, para) = row?;
        if para.flags & flag::CAPTION != 0 {
            captions.set(ordinal);
        }
        // Of a reference only the first of a kind are asked for: its copies are known.
        if para.halves >= 2 * corpus.config.min_tokens
            && !corpus.is_known_copy(ordinal)
            && !corpus.frequent.goes(ordinal)
        {
            sorter.push(Exact {
                key: para.exact,
                caption: para.flags & flag::CAPTION,
                ordinal,
            })?;
        }
    }
    let mut sorted = sorter.finish()?;
    let mut found = Sorter::new(resources.sixteenths(3), corpus.work.temp());
    let mut first: Option<Exact> = None;
    while let Some(row) = sorted.read()? {
        match first {
            Some(f) if f.key == row.key => {
                // A caption that stands before the first witness of its kind is not later than it.
                if f.caption == 0 && row.ordinal > f.ordinal && row.ordinal >= corpus.base {
                    found.push(Pair {
                        later: row.ordinal,
                        earlier: f.ordinal,
                    })?;
                }
            }
            _ => first = Some(row),
        }
    }
    verify(corpus, resources, found.finish()?, captions)
}

/// Compares each copy with the first of its kind, on the text.
fn verify(
    corpus: &Corpus,
    resources: &Resources,
    mut found: Sorted<Pair>,
    captions: Bits,
) -> Result<Copies> {
    let mut states: Vec<Comparer> = (0..resources.threads)
        .map(|_| Comparer::default())
        .collect();
    let (mut bits, mut pairs) = (
        Bits::new(corpus.paras),
        Sorter::new(resources.sixteenths(2), corpus.work.temp()),
    );
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        batch.clear();
        while batch.len() < BATCH {
            let Some(pair) = found.read()? else { break };
            batch.push(pair);
        }
        if batch.is_empty() {
            return Ok(Copies {
                bits,
                pairs: pairs.finish()?,
                captions,
            });
        }
        resources.check_stop()?;
        let same = parallel::each(&mut states, &batch, |state, pair| {
            state.equal(corpus, pair.later, pair.earlier)
        })?;
        for (pair, _) in batch.iter().zip(same).filter(|(_, same)| *same) {
            bits.set(pair.later);
            pairs.push(*pair)?;
        }
    }
}

/// Tells whether two paragraphs are equal once folded. Equal hashes are a hint; this is the fact.
#[derive(Default)]
pub(super) struct Comparer {
    a: String,
    b: String,
    folder: Folder,
    folded_a: Folded,
    folded_b: Folded,
}

impl Comparer {
    pub(super) fn equal(&mut self, corpus: &Corpus, a: u64, b: u64) -> Result<bool> {
        // Most copies are copies to the byte, and then nobody need read them as text.
        if corpus.same_bytes(a, b)? {
            return Ok(true);
        }
        corpus.text(a, &mut self.a)?;
        corpus.text(b, &mut self.b)?;
        self.folder.fold(&self.a, &mut self.folded_a);
        self.folder.fold(&self.b, &mut self.folded_b);
        Ok(match self.folded_a.tokens.is_empty() {
            // What folds to nothing is equal only when its trimmed bytes are.
            true => self.folded_b.tokens.is_empty() && self.a.trim() == self.b.trim(),
            false => self.folded_a.text == self.folded_b.text,
        })
    }
}

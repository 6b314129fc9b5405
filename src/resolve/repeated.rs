//! Which keys stand in more than one paragraph. Most do not, and those need not be sorted to be told alone.
//!
//! The slow version counts every key. This one counts them by a part of their bits, up to two, in cells of two bits: a
//! cell with one count holds a key that no other paragraph has. Keys that share a cell count together, so some single ones
//! pass for repeated, never the other way round; they make a bucket of one, of which nothing comes. So the size of the
//! table changes what this costs and nothing else.

use super::bits::Bits;
use super::corpus::Corpus;
use crate::error::Result;
use crate::resources::Resources;

/// Cells for each paragraph, of which an average one of the web has a dozen keys: about a fifth of the single keys pass.
const CELLS: u64 = 32;
/// Cells to a machine word.
const PER_WORD: u64 = 32;

/// The counts.
pub(super) struct Repeated {
    cells: Vec<u64>,
    /// Bits of a key that are not asked.
    shift: u32,
}

impl Repeated {
    /// Counts the keys of all paragraphs that are not copies.
    pub(super) fn of(corpus: &Corpus, copies: &Bits, resources: &Resources) -> Result<Self> {
        // The keys of a reference are made anew whenever they are asked for, which costs more than sorting them.
        if !corpus.references.is_empty() {
            return Ok(Repeated::all());
        }
        let mut repeated = Repeated::new(corpus.paras, resources.sixteenths(1));
        let (mut current, mut counts) = (u64::MAX, false);
        for row in corpus.all_posts() {
            let (ordinal, post) = row?;
            if ordinal != current {
                current = ordinal;
                counts = !copies.get(ordinal) && !corpus.frequent.goes(ordinal);
            }
            if counts {
                repeated.add(post.key);
            }
        }
        Ok(repeated)
    }

    /// Of every key it says that it may be repeated.
    fn all() -> Self {
        Repeated {
            cells: vec![u64::MAX],
            shift: 64 - PER_WORD.ilog2(),
        }
    }

    fn new(paragraphs: u64, budget: u64) -> Self {
        let most = (budget / 8).max(1) * PER_WORD;
        let cells = (paragraphs * CELLS).min(most).max(PER_WORD);
        let bits = cells.ilog2();
        Repeated {
            cells: vec![0; (1usize << bits) / PER_WORD as usize],
            shift: 64 - bits,
        }
    }

    /// Word and bit of a key's cell.
    #[inline]
    fn cell(&self, key: u64) -> (usize, u32) {
        let cell = key >> self.shift;
        ((cell / PER_WORD) as usize, (cell % PER_WORD) as u32 * 2)
    }

    #[inline]
    fn add(&mut self, key: u64) {
        let (word, bit) = self.cell(key);
        let count = self.cells[word] >> bit & 3;
        self.cells[word] += u64::from(count < 2) << bit;
    }

    /// False for a key that at most one paragraph has.
    #[inline]
    pub(super) fn may_have(&self, key: u64) -> bool {
        let (word, bit) = self.cell(key);
        self.cells[word] >> bit & 2 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::mix;

    #[test]
    fn a_repeated_key_is_never_missed_and_most_single_ones_are_told() {
        for budget in [0, 1000, 1 << 20] {
            let mut repeated = Repeated::new(1000, budget);
            (0..3000).for_each(|key| repeated.add(mix(key)));
            (0..300).for_each(|key| repeated.add(mix(key)));
            (0..300).for_each(|key| repeated.add(mix(key)));
            assert!((0..300).all(|key| repeated.may_have(mix(key))));
            let passed = (300..3000).filter(|key| repeated.may_have(mix(*key)));
            let passed = passed.count();
            assert!(budget < 1 << 20 || passed < 700, "{passed}");
            assert!(repeated.cells.len() * 8 <= budget.max(8) as usize);
        }
        assert!(Repeated::all().may_have(7) && Repeated::all().may_have(u64::MAX));
    }
}

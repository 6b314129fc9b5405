//! Counts that may be too large and are never too small, in memory that does not grow with what is counted.
//!
//! Things that share a cell count together. So some that stand alone pass for repeated, never the other way round: what is
//! sorted out by these counts could not have changed the answer, however small the tables are.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// Cells to a word of [`Repeated`].
const PER_WORD: usize = 32;
/// Cells for each key: an eighth of the single ones pass.
const PER_KEY: u64 = 8;
/// Cells for each entry of a repeated key: there are about two pairs for an entry.
const PER_ENTRY: u64 = 4;

/// Tells which keys more than one paragraph has.
pub(super) struct Repeated {
    words: Vec<u64>,
    entries: u64,
}

impl Repeated {
    /// For about so many keys, in at most `budget` bytes.
    pub(super) fn new(keys: u64, budget: u64) -> Self {
        let most = (budget * 4).max(PER_WORD as u64);
        let cells = keys.saturating_mul(PER_KEY).clamp(PER_WORD as u64, most);
        // Rounded down when that is what the budget allows.
        let cells = match cells.next_power_of_two() {
            up if up <= most => up,
            up => up / 2,
        };
        Repeated {
            words: vec![0; cells as usize / PER_WORD],
            entries: 0,
        }
    }

    /// The word and the bit of a key's cell. The lowest bits of a key are not kept on disk.
    #[inline]
    fn cell(&self, key: u64) -> (usize, u32) {
        let cell = (key >> 16) as usize & (self.words.len() * PER_WORD - 1);
        (cell / PER_WORD, (cell % PER_WORD * 2) as u32)
    }

    /// Counts a key of a paragraph.
    #[inline]
    pub(super) fn add(&mut self, key: u64) {
        let (word, bit) = self.cell(key);
        let word = &mut self.words[word];
        let count = *word >> bit & 3;
        *word += u64::from(count < 2) << bit;
        // The second also lets the first in.
        self.entries += [0, 2, 1, 1][count as usize];
    }

    /// True when some paragraph has the key.
    pub(super) fn is_seen(&self, key: u64) -> bool {
        let (word, bit) = self.cell(key);
        self.words[word] >> bit & 3 != 0
    }

    /// True when more than one paragraph has the key.
    #[inline]
    pub(super) fn is_repeated(&self, key: u64) -> bool {
        let (word, bit) = self.cell(key);
        self.words[word] >> bit & 2 != 0
    }

    /// How many of the keys that were counted are repeated.
    pub(super) fn entries(&self) -> u64 {
        self.entries
    }
}

/// Tells how many keys two paragraphs share, from several threads at once.
pub(super) struct Shared {
    cells: Vec<AtomicU8>,
    alone: bool,
}

impl Shared {
    /// For the pairs of so many entries, in at most `budget` bytes.
    pub(super) fn new(entries: u64, budget: u64, threads: usize) -> Self {
        let cells = entries.saturating_mul(PER_ENTRY).clamp(64, budget.max(64));
        let cells = (cells / 2 + 1).next_power_of_two() as usize;
        Shared {
            cells: std::iter::repeat_with(AtomicU8::default)
                .take(cells)
                .collect(),
            alone: threads == 1,
        }
    }

    #[inline]
    fn cell(&self, later: u64, earlier: u64) -> &AtomicU8 {
        let hash =
            later.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ earlier.wrapping_mul(0xff51_afd7_ed55_8ccd);
        let cell = (hash ^ hash >> 32) as usize & (self.cells.len() - 1);
        &self.cells[cell]
    }

    /// Counts a key that two paragraphs share.
    #[inline]
    pub(super) fn add(&self, later: u64, earlier: u64) {
        let cell = self.cell(later, earlier);
        if self.alone {
            cell.store(cell.load(Relaxed).saturating_add(1), Relaxed);
        } else {
            let _ = cell.fetch_update(Relaxed, Relaxed, |n| n.checked_add(1));
        }
    }

    /// How many they share, at most 255.
    #[inline]
    pub(super) fn of(&self, later: u64, earlier: u64) -> u8 {
        self.cell(later, earlier).load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::mix;

    #[test]
    fn what_is_repeated_passes_and_most_else_does_not() {
        let keys: Vec<u64> = (0..20_000).map(mix).collect();
        for budget in [0, 1000, 1 << 20] {
            let mut repeated = Repeated::new(keys.len() as u64 + 2000, budget);
            assert!(repeated.words.len() * 8 <= budget.max(8) as usize);
            keys.iter()
                .chain(&keys[..2000])
                .for_each(|&k| repeated.add(k));
            assert!(keys[..2000].iter().all(|&k| repeated.is_repeated(k)));
            assert!(keys.iter().all(|&k| repeated.is_seen(k)));
            let all = keys.iter().chain(&keys[..2000]);
            let passed = all.filter(|k| repeated.is_repeated(**k)).count();
            assert_eq!(passed as u64, repeated.entries());
            assert!(budget < 1 << 20 || passed < 4000 + 18_000 / 5, "{passed}");
        }
    }

    #[test]
    fn no_count_is_too_small() {
        for (budget, threads) in [(0, 1), (1 << 20, 1), (1 << 20, 2)] {
            let shared = Shared::new(3000, budget, threads);
            let pairs = || (1..1000u64).map(|later| (later, later / 2));
            for (later, earlier) in pairs() {
                (0..later % 9).for_each(|_| shared.add(later, earlier));
            }
            let exact = pairs().filter(|&(l, e)| u64::from(shared.of(l, e)) == l % 9);
            assert!(pairs().all(|(l, e)| u64::from(shared.of(l, e)) >= l % 9));
            assert!(budget == 0 || exact.count() > 900);
            (0..300).for_each(|_| shared.add(7, 3));
            assert_eq!(shared.of(7, 3), 255);
        }
    }
}

//! Counts that may be too large and are never too small, in memory that does not grow with what is counted.
//!
//! Things that share a cell count together. So some that stand alone pass for repeated, never the other way round: what is
//! sorted out by these counts could not have changed the answer, however small the tables are.
//!
//! The slow version looks each thing up when it comes, and waits for memory every time, since a table is larger than a
//! cache and what comes next lies anywhere in it. Here things wait in the lists of a [`Dealer`], one for each stretch of
//! the table; a list that is full is worked off at once, while its stretch is near.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use crate::files::keys::DROPPED;

/// Stretches of a table.
const STRETCHES: usize = 128;
/// Bytes of all lists of a dealer: they and a stretch fit the second cache of most processors.
const LISTS: usize = 512 << 10;
/// Cells to a word of [`Repeated`].
const PER_WORD: usize = 32;
/// Cells for each key: of the single ones a tenth to a fifth pass.
const PER_KEY: u64 = 4;
/// Cells for each entry of a repeated key: there are about two pairs for an entry.
const PER_ENTRY: u64 = 4;

/// Things that wait until their stretch of a table is looked at.
pub(super) struct Dealer<T> {
    lists: Vec<Vec<T>>,
    most: usize,
}

impl<T: Copy> Dealer<T> {
    pub(super) fn new() -> Self {
        let most = LISTS / STRETCHES / size_of::<T>();
        let list = || Vec::with_capacity(most);
        Dealer {
            lists: std::iter::repeat_with(list).take(STRETCHES).collect(),
            most,
        }
    }

    /// Adds a thing that asks for this stretch. When its list is full, `work` is given all of it.
    #[inline]
    pub(super) fn push<R>(
        &mut self,
        stretch: usize,
        thing: T,
        work: impl FnOnce(&[T]) -> R,
    ) -> Option<R> {
        let list = &mut self.lists[stretch];
        list.push(thing);
        if list.len() < self.most {
            return None;
        }
        let done = work(list);
        list.clear();
        Some(done)
    }

    /// Gives what is left, list by list.
    pub(super) fn finish(&mut self, mut work: impl FnMut(&[T])) {
        for list in &mut self.lists {
            work(list);
            list.clear();
        }
    }
}

/// The cell of a key in a table of so many cells.
#[inline]
fn cell(key: u64, cells: usize) -> usize {
    // The highest bits of a key are not spread evenly, and the lowest are not kept on disk.
    (key >> DROPPED) as usize & (cells - 1)
}

/// The stretch of a cell in a table of so many cells, a power of two.
#[inline]
fn stretch(cell: usize, cells: usize) -> usize {
    (cell * STRETCHES) >> cells.trailing_zeros()
}

/// A power of two near `wanted`, not above `most` and not below the number of stretches.
fn size(wanted: u64, most: u64) -> usize {
    // The number of a cell is kept in four bytes.
    let most = most.clamp(STRETCHES as u64 * PER_WORD as u64, 1 << 32);
    let up = wanted.clamp(1, most).next_power_of_two();
    let size = if up > most { up / 2 } else { up };
    size.max(STRETCHES as u64 * PER_WORD as u64) as usize
}

/// Counts keys, to tell which of them more than one paragraph has.
pub(super) struct Counted {
    words: Vec<u64>,
    cells: usize,
    entries: u64,
}

/// Tells which keys more than one paragraph has.
pub(super) struct Repeated {
    words: Vec<u64>,
    cells: usize,
    entries: u64,
}

impl Counted {
    /// For about so many keys, in at most `budget` bytes.
    pub(super) fn new(keys: u64, budget: u64) -> Self {
        let cells = size(keys.saturating_mul(PER_KEY), budget.saturating_mul(4));
        Counted {
            words: vec![0; cells / PER_WORD],
            cells,
            entries: 0,
        }
    }

    /// The cell of a key.
    #[inline]
    pub(super) fn cell(&self, key: u64) -> usize {
        cell(key, self.cells)
    }

    /// The stretch of a cell.
    #[inline]
    pub(super) fn stretch(&self, cell: usize) -> usize {
        stretch(cell, self.cells)
    }

    /// Counts a key of a paragraph, by its cell.
    #[inline]
    pub(super) fn add(&mut self, cell: usize) {
        let word = &mut self.words[cell / PER_WORD];
        let bit = cell % PER_WORD * 2;
        let count = *word >> bit & 3;
        *word += u64::from(count < 2) << bit;
        // The second also lets the first in.
        self.entries += [0, 2, 1, 1][count as usize];
    }

    /// Counts some keys, by their cells.
    pub(super) fn add_all(&mut self, cells: &[u32]) {
        cells.iter().for_each(|&cell| self.add(cell as usize));
    }

    /// True when some paragraph has the key.
    pub(super) fn is_seen(&self, cell: usize) -> bool {
        self.words[cell / PER_WORD] >> (cell % PER_WORD * 2) & 3 != 0
    }

    /// Keeps of the counts which keys are repeated, in half the memory.
    pub(super) fn finish(self) -> Repeated {
        let gather = |word: u64| {
            // The upper bits of all cells, moved together.
            let mut bits = word >> 1 & 0x5555_5555_5555_5555;
            for (shift, mask) in [
                (1, 0x3333_3333_3333_3333),
                (2, 0x0f0f_0f0f_0f0f_0f0f),
                (4, 0x00ff_00ff_00ff_00ff),
                (8, 0x0000_ffff_0000_ffff),
                (16, 0x0000_0000_ffff_ffff),
            ] {
                bits = (bits | bits >> shift) & mask;
            }
            bits
        };
        let words = self.words.chunks_exact(2);
        Repeated {
            words: words
                .map(|two| gather(two[0]) | gather(two[1]) << 32)
                .collect(),
            cells: self.cells,
            entries: self.entries,
        }
    }
}

impl Repeated {
    #[inline]
    fn cell(&self, key: u64) -> usize {
        cell(key, self.cells)
    }

    /// True when a key belongs to this range out of `1 << ranges`, and more than one paragraph has it. The keys of a range are
    /// those of some stretch of the table, which is near when the next of them is asked about.
    #[inline]
    pub(super) fn is_repeated(&self, key: u64, range: u64, ranges: u32) -> bool {
        let cell = self.cell(key);
        ((cell as u64) << ranges) >> self.cells.trailing_zeros() == range
            && self.words[cell / 64] >> (cell % 64) & 1 != 0
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
        let cells = size(entries.saturating_mul(PER_ENTRY), budget);
        Shared {
            cells: std::iter::repeat_with(AtomicU8::default)
                .take(cells)
                .collect(),
            alone: threads == 1,
        }
    }

    /// The cell of a pair.
    #[inline]
    pub(super) fn cell(&self, later: u64, earlier: u64) -> usize {
        let hash =
            later.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ earlier.wrapping_mul(0xff51_afd7_ed55_8ccd);
        (hash ^ hash >> 32) as usize & (self.cells.len() - 1)
    }

    /// The stretch of a cell.
    #[inline]
    pub(super) fn stretch(&self, cell: usize) -> usize {
        stretch(cell, self.cells.len())
    }

    /// Counts a key that two paragraphs share, by their cell.
    #[inline]
    pub(super) fn add(&self, cell: usize) {
        let cell = &self.cells[cell];
        if self.alone {
            cell.store(cell.load(Relaxed).saturating_add(1), Relaxed);
        } else {
            let _ = cell.fetch_update(Relaxed, Relaxed, |n| n.checked_add(1));
        }
    }

    /// Counts some keys, by their cells.
    pub(super) fn add_all(&self, cells: &[u32]) {
        cells.iter().for_each(|&cell| self.add(cell as usize));
    }

    /// How many they share, at most 255.
    #[inline]
    pub(super) fn of(&self, cell: usize) -> u8 {
        self.cells[cell].load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::mix;

    #[test]
    fn what_is_repeated_passes_and_most_else_does_not() {
        let keys: Vec<u64> = (0..20_000).map(mix).collect();
        for budget in [0, 1500, 1 << 20] {
            let mut counted = Counted::new(keys.len() as u64 + 2000, budget);
            assert!(counted.words.len() * 8 <= budget.max(1024) as usize);
            let again = || keys.iter().chain(&keys[..2000]);
            let cells: Vec<usize> = again().map(|&k| counted.cell(k)).collect();
            cells.iter().for_each(|&c| counted.add(c));
            assert!(cells.iter().all(|&c| counted.is_seen(c)));
            let repeated = counted.finish();
            assert!(
                cells
                    .iter()
                    .zip(again())
                    .all(|(&c, &k)| repeated.cell(k) == c)
            );
            assert!(keys[..2000].iter().all(|&k| repeated.is_repeated(k, 0, 0)));
            for key in &keys {
                let of = (0..8).filter(|&range| repeated.is_repeated(*key, range, 3));
                assert_eq!(of.count(), usize::from(repeated.is_repeated(*key, 0, 0)));
            }
            let passed = again().filter(|&&k| repeated.is_repeated(k, 0, 0)).count();
            assert_eq!(passed as u64, repeated.entries());
            assert!(budget < 1 << 20 || passed < 4000 + 18_000 / 5, "{passed}");
        }
    }

    #[test]
    fn no_count_is_too_small() {
        for (budget, threads) in [(0, 1), (1 << 20, 1), (1 << 20, 2)] {
            let shared = Shared::new(3000, budget, threads);
            let pairs = || (1..1000u64).map(|later| (later, shared.cell(later, later / 2)));
            for (later, cell) in pairs() {
                (0..later % 9).for_each(|_| shared.add(cell));
            }
            let exact = pairs().filter(|&(l, cell)| u64::from(shared.of(cell)) == l % 9);
            assert!(pairs().all(|(l, cell)| u64::from(shared.of(cell)) >= l % 9));
            assert!(budget == 0 || exact.count() > 900);
            (0..300).for_each(|_| shared.add(7));
            assert_eq!(shared.of(7), 255);
        }
    }

    #[test]
    fn everything_is_dealt_once_and_by_its_stretch() {
        let mut dealer = Dealer::new();
        let mut got = Vec::new();
        let mut work = |cells: &[usize]| {
            assert!(
                cells
                    .windows(2)
                    .all(|w| stretch(w[0], 1 << 20) == stretch(w[1], 1 << 20))
            );
            got.extend_from_slice(cells);
        };
        let cells = (0..200_000).map(|n| mix(n) as usize & ((1 << 20) - 1));
        let mut want: Vec<usize> = cells.collect();
        for &cell in &want {
            dealer.push(stretch(cell, 1 << 20), cell, &mut work);
        }
        dealer.finish(&mut work);
        want.sort_unstable();
        got.sort_unstable();
        assert_eq!(got, want);
    }
}

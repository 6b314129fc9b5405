//! The entries of keys that more than one paragraph has, put into order part by part.
//!
//! The slow version sorts all of them at once. This one deals them by their keys into parts that fit a cache, since sorting
//! rows that lie all over memory waits for memory most of the time. The parts do not change the answer.

use std::path::Path;

use crate::error::Result;
use crate::files::row::Entry;
use crate::files::sort::{Sorted, Sorter};

/// Most parts that are filled at a time: more streams than this are slow to write to.
const PARTS: u64 = 256;
/// Least bytes of a part, so that little memory does not make many small files.
const LEAST: u64 = 1 << 20;

/// Most ranges: all keys are read for each of them, so that with more of them the work would grow as the square of the input;
/// beyond, what a range has too much is sorted on disk, an eighth of all entries at a time. Of 10 GB of text in 1 GB of memory, with 64
/// ranges reading keys took 1,000 of 2,800 CPU seconds.
const MOST: u64 = 8;

/// Collects the entries of a range of keys.
pub(super) struct Entries {
    parts: Vec<Part>,
    bits: u32,
}

/// The entries whose keys are dealt alike.
pub(super) struct Part(Sorter<Entry>);

/// How many ranges keys are cut into, as a power of two, so that so many entries fit the budget one range at a time.
pub(super) fn ranges(entries: u64, budget: u64) -> u32 {
    let bytes = entries.saturating_mul(size_of::<Entry>() as u64);
    // Ranges are not all alike, hence a quarter more.
    let passes = bytes.saturating_add(bytes / 4).div_ceil(budget.max(1));
    passes.clamp(1, MOST).next_power_of_two().trailing_zeros()
}

/// Spreads keys: of a window the least is chosen, so their own bits are not spread evenly.
#[inline]
fn spread(key: u64) -> u64 {
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Entries {
    /// Holds at most about `budget` bytes of entries in memory, the others in `folder`.
    pub(super) fn new(budget: u64, folder: &Path) -> Self {
        let bits = (budget / LEAST).clamp(1, PARTS).ilog2();
        let part = || Part(Sorter::new(budget >> bits, folder.to_owned()));
        Entries {
            parts: (0..1 << bits).map(|_| part()).collect(),
            bits,
        }
    }

    #[inline]
    pub(super) fn push(&mut self, entry: Entry) -> Result<()> {
        // In two steps, since with one part there is no bit to look at.
        let part = spread(entry.key) >> 1 >> (63 - self.bits);
        self.parts[part as usize].0.push(entry)
    }

    /// The parts.
    pub(super) fn finish(self) -> Vec<Part> {
        self.parts
    }
}

impl Part {
    /// Its bytes, when all of it is in memory.
    pub(super) fn bytes(&self) -> Option<u64> {
        let rows = self.0.len_in_memory()?;
        Some((rows * size_of::<Entry>()) as u64)
    }

    /// Puts its entries into order, when all of it is in memory; then they can be read more than once.
    pub(super) fn in_memory(&mut self) -> Option<&[Entry]> {
        let entries = self.0.in_memory()?;
        if !entries.is_sorted() {
            entries.sort_unstable();
        }
        Some(entries)
    }

    /// Its entries in order, to be read once; nothing is left in the part.
    pub(super) fn take(&mut self) -> Result<Sorted<Entry>> {
        self.0.take().finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::mix;

    #[test]
    fn entries_come_whole_and_in_order_for_any_budget() {
        let dir = tempfile::tempdir().unwrap();
        let all: Vec<Entry> = (0..30_000)
            .map(|n| Entry {
                key: mix(n % 20_000),
                member: n,
                ..Entry::default()
            })
            .collect();
        let mut want = all.clone();
        want.sort_unstable();
        for budget in [0, 200_000, 3 << 20, 1 << 30] {
            let mut entries = Entries::new(budget, dir.path());
            all.iter().for_each(|&e| entries.push(e).unwrap());
            let (mut got, mut in_memory) = (Vec::new(), 0);
            for mut part in entries.finish() {
                let mut own = part.in_memory().map(<[_]>::to_vec).unwrap_or_default();
                in_memory += usize::from(part.bytes().is_some());
                if part.bytes().is_none() {
                    let mut sorted = part.take().unwrap();
                    while let Some(entry) = sorted.read().unwrap() {
                        own.push(entry);
                    }
                }
                assert!(own.is_sorted());
                got.extend(own);
            }
            assert_eq!(in_memory > 0, budget > 1 << 20, "{budget}");
            got.sort_unstable();
            assert!(got == want, "{budget}");
        }
    }

    #[test]
    fn ranges_are_few() {
        assert_eq!(ranges(0, 1 << 20), 0);
        assert_eq!(ranges(1000, 1 << 20), 0);
        assert_eq!(ranges(1 << 20, 1 << 20), 3);
        assert_eq!(ranges(u64::MAX, 0), 3);
    }
}

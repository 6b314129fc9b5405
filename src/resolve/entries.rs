//! The entries of all keys, put into order part by part.
//!
//! The slow version sorts all of them at once. This one deals them by the first bits of their keys into parts that fit a
//! cache, since sorting rows that lie all over memory waits for memory most of the time. In a part, keys that only one
//! paragraph has are dropped before the rest is sorted: of them nothing comes, and they are most. They are told by counts
//! in cells of two bits, by a part of the key. Keys that share a cell count together, so some single ones pass for
//! repeated, never the other way round; they make a bucket of one. So neither the parts nor the cells change the answer.

use std::path::Path;

use crate::error::Result;
use crate::files::row::Entry;
use crate::files::sort::{Sorted, Sorter};

/// Most parts: more streams than this are slow to write to at once.
const PARTS: u64 = 256;
/// Least bytes of a part, so that little memory does not make many small files.
const LEAST: u64 = 1 << 20;
/// Cells for each entry of a part: an eighth of the single keys pass.
const CELLS: usize = 8;
/// Cells to a machine word.
const PER_WORD: usize = 32;

/// Collects entries.
pub(super) struct Entries {
    parts: Vec<Part>,
    bits: u32,
}

/// The entries whose keys begin alike.
pub(super) struct Part(Sorter<Entry>);

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
        let part = entry.key >> 1 >> (63 - self.bits);
        self.parts[part as usize].0.push(entry)
    }

    /// The parts, in the order of keys.
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

    /// Its entries in order, without most of those that stand alone.
    pub(super) fn sorted(mut self, counts: &mut Vec<u64>) -> Result<Sorted<Entry>> {
        if let Some(entries) = self.0.in_memory() {
            drop_single(entries, counts);
        }
        self.0.finish()
    }
}

/// Drops entries whose key no other has, or most of them. `counts` is scratch space.
fn drop_single(entries: &mut Vec<Entry>, counts: &mut Vec<u64>) {
    let cells = (entries.len() * CELLS).next_power_of_two().max(PER_WORD);
    counts.clear();
    counts.resize(cells / PER_WORD, 0);
    let cell = |entry: &Entry| {
        let cell = entry.key as usize & (cells - 1);
        (cell / PER_WORD, cell % PER_WORD * 2)
    };
    for entry in entries.iter() {
        let (word, bit) = cell(entry);
        let count = counts[word] >> bit & 3;
        counts[word] += u64::from(count < 2) << bit;
    }
    entries.retain(|entry| {
        let (word, bit) = cell(entry);
        counts[word] >> bit & 2 != 0
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::mix;

    fn entry(key: u64, order: u64) -> Entry {
        Entry {
            key,
            order,
            ..Entry::default()
        }
    }

    #[test]
    fn repeated_keys_come_whole_and_in_order_for_any_budget() {
        let dir = tempfile::tempdir().unwrap();
        let mut all: Vec<Entry> = (0..30_000).map(|n| entry(mix(n), n)).collect();
        all.extend((0..3000).map(|n| entry(mix(n), n + 30_000)));
        all.extend((0..3000).map(|n| entry(mix(n), n + 60_000)));
        let mut want: Vec<Entry> = all
            .iter()
            .copied()
            .filter(|e| e.order % 30_000 < 3000)
            .collect();
        want.sort_unstable();
        for budget in [0, 200_000, 3 << 20, 1 << 30] {
            let mut entries = Entries::new(budget, dir.path());
            all.iter().for_each(|&e| entries.push(e).unwrap());
            let (mut got, mut in_memory) = (Vec::new(), 0);
            let mut counts = vec![7];
            for part in entries.finish() {
                in_memory += usize::from(part.bytes().is_some());
                let mut sorted = part.sorted(&mut counts).unwrap();
                while let Some(entry) = sorted.read().unwrap() {
                    got.push(entry);
                }
            }
            assert!(got.is_sorted());
            assert_eq!(in_memory > 0, budget > 1 << 20, "{budget}");
            let single = got.iter().filter(|e| e.order % 30_000 >= 3000).count();
            assert!(in_memory == 0 || single < 6000, "{single}");
            got.retain(|e| e.order % 30_000 < 3000);
            assert!(got == want, "{budget}");
        }
    }
}

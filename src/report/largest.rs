//! The largest clusters and the most repeated lines: counted where the whole input is seen, named where the text is.
//!
//! Copies of a line are spread over all shards, so no shard can tell which line is repeated most, and bounded lists of
//! each shard do not add up to the right one. RESOLVE sees every copy: it counts, keeps the places of the first
//! [`top::LENGTH`] in a [`Largest`], and hands that to every shard of APPLY. The shard that passes a place adds the text
//! ([`super::Tally::cluster`], [`super::Tally::repeated_line`]). So each entry is reported by exactly one shard.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::top;

/// A paragraph of the run. Its order is the order of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Number of the source in the manifest.
    pub source: u32,
    /// Number of the record in the source.
    pub record: u32,
    /// Number of the paragraph: that of its first line.
    pub paragraph: u32,
}

/// Something that was removed several times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// Of a cluster the kept paragraph; of a boilerplate line its first copy.
    pub place: Place,
    /// Paragraphs or lines that went.
    pub removed: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// What RESOLVE found to be largest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Largest {
    /// Clusters by the place of the kept paragraph, in input order.
    pub clusters: Vec<Repeat>,
    /// Boilerplate lines by the place of the first copy, in input order.
    pub lines: Vec<Repeat>,
}

impl Largest {
    /// The clusters whose kept paragraph stands in this record.
    pub fn clusters_of(&self, source: u32, record: u32) -> &[Repeat] {
        within(&self.clusters, source, record)
    }

    /// The boilerplate lines whose first copy stands in this record.
    pub fn lines_of(&self, source: u32, record: u32) -> &[Repeat] {
        within(&self.lines, source, record)
    }
}

fn within(all: &[Repeat], source: u32, record: u32) -> &[Repeat] {
    let key = (source, record);
    let of = |r: &Repeat| (r.place.source, r.place.record);
    let start = all.partition_point(|r| of(r) < key);
    let end = all.partition_point(|r| of(r) <= key);
    &all[start..end]
}

/// Counts copies by key, exactly. Takes about 56 bytes for each distinct key; of a stream sorted by key, feed one
/// [`Repeat`] a group to [`choose`] instead, which holds no more than the list.
#[derive(Debug, Default)]
pub struct Repeats(FxHashMap<u128, Repeat>);

impl Repeats {
    /// Counts one copy. The key is a hash of the folded line, or of the place of the kept paragraph.
    pub fn add(&mut self, key: u128, place: Place, bytes: u64) {
        let repeat = Repeat {
            place,
            removed: 1,
            bytes,
        };
        self.absorb(key, repeat);
    }

    /// Adds the counts of another part of the input; the order does not matter.
    pub fn merge(&mut self, other: Repeats) {
        for (key, repeat) in other.0 {
            self.absorb(key, repeat);
        }
    }

    fn absorb(&mut self, key: u128, new: Repeat) {
        self.0
            .entry(key)
            .and_modify(|old| {
                old.place = old.place.min(new.place);
                old.removed += new.removed;
                old.bytes += new.bytes;
            })
            .or_insert(new);
    }

    /// Returns the most repeated, in input order.
    pub fn largest(self) -> Vec<Repeat> {
        choose(self.0.into_values())
    }
}

/// Chooses the first [`top::LENGTH`] by copies, then bytes, then place, and returns them in input order.
pub fn choose(repeats: impl Iterator<Item = Repeat>) -> Vec<Repeat> {
    let mut best: top::Top<Repeat> = top::Top::default();
    repeats.for_each(|r| best.push(r));
    let mut chosen: Vec<_> = best.iter().copied().collect();
    chosen.sort_by_key(|r| r.place);
    chosen
}

impl top::Ranked for Repeat {
    type Rank = (std::cmp::Reverse<u64>, std::cmp::Reverse<u64>, Place);
    fn rank(&self) -> Self::Rank {
        let down = std::cmp::Reverse;
        (down(self.removed), down(self.bytes), self.place)
    }
}

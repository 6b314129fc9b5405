//! Bounded lists that stay exact when they are added up.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// So many entries a list holds. A summary shows fewer; more than this nobody reads.
pub const LENGTH: usize = 100;

/// An entry that knows its rank. Ranks are unique, so that the list does not depend on the order of adding.
pub trait Ranked {
    /// Smaller is higher up.
    type Rank: Ord + Clone + std::fmt::Debug;
    /// Where the entry stands.
    fn rank(&self) -> Self::Rank;
}

/// The first entries by rank, [`LENGTH`] of them unless said otherwise. In JSON an array.
///
/// The first of a union are the first of the firsts: adding lists is exact, associative and commutative, as long as no
/// entry is split over two lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top<T: Ranked, const N: usize = LENGTH>(BTreeMap<T::Rank, T>);

impl<T: Ranked, const N: usize> Default for Top<T, N> {
    fn default() -> Self {
        Top(BTreeMap::new())
    }
}

impl<T: Ranked, const N: usize> Top<T, N> {
    /// Adds an entry, if it is high enough.
    pub fn push(&mut self, entry: T) {
        let rank = entry.rank();
        if self.has_room_for(&rank) {
            self.0.insert(rank, entry);
            if self.0.len() > N {
                self.0.pop_last();
            }
        }
    }

    /// True when an entry of this rank would be in the list: spares making one that would not.
    pub fn has_room_for(&self, rank: &T::Rank) -> bool {
        self.0.len() < N || self.0.last_key_value().is_some_and(|(last, _)| rank < last)
    }

    /// Adds another list.
    pub fn add(&mut self, other: &Self)
    where
        T: Clone,
    {
        for entry in other.iter() {
            self.push(entry.clone());
        }
    }

    /// The entries, first rank first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.values()
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Ranked, const N: usize> FromIterator<T> for Top<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let mut top = Top::default();
        entries.into_iter().for_each(|e| top.push(e));
        top
    }
}

impl<T: Ranked + Serialize, const N: usize> Serialize for Top<T, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, T: Ranked + Deserialize<'de>, const N: usize> Deserialize<'de> for Top<T, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<T>::deserialize(deserializer)?.into_iter().collect())
    }
}

//! Plain counters that add up.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::{NamedRecord, Top};

/// What came in, what was written, what was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// Read.
    pub r#in: u64,
    /// Written.
    pub out: u64,
    /// Removed.
    pub removed: u64,
}

impl AddAssign for Flow {
    fn add_assign(&mut self, o: Self) {
        self.r#in += o.r#in;
        self.out += o.out;
        self.removed += o.removed;
    }
}

/// Documents and their fates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Documents {
    /// Read, quarantined records aside.
    pub r#in: u64,
    /// Written.
    pub out: u64,
    /// Not written, because they were emptied and `drop-empty` is on.
    pub left_out: u64,
    /// Lost something.
    pub changed: u64,
    /// Had text and lost all of it.
    pub emptied: u64,
}

impl AddAssign for Documents {
    fn add_assign(&mut self, o: Self) {
        self.r#in += o.r#in;
        self.out += o.out;
        self.left_out += o.left_out;
        self.changed += o.changed;
        self.emptied += o.emptied;
    }
}

/// How much was removed for one reason, by one rule, of one category, or from documents of one language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Documents with at least one such cut.
    pub documents: u64,
    /// Cuts: records of the removal log.
    pub cuts: u64,
    /// Cuts that took a whole paragraph.
    pub paragraphs: u64,
    /// Bytes of text.
    pub bytes: u64,
}

impl AddAssign for Amount {
    fn add_assign(&mut self, o: Self) {
        self.documents += o.documents;
        self.cuts += o.cuts;
        self.paragraphs += o.paragraphs;
        self.bytes += o.bytes;
    }
}

/// What was removed, by name of the group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// By reason.
    pub by_reason: BTreeMap<String, Amount>,
    /// By the first evidence in the log: a rule, `frequency` or `line-model`.
    pub by_rule: BTreeMap<String, Amount>,
    /// By category of boilerplate.
    pub by_category: BTreeMap<String, Amount>,
    /// By language of the document, as [`super::language`] names it.
    pub by_language: BTreeMap<String, Amount>,
}

impl Removed {
    pub(super) fn add(&mut self, other: &Removed) {
        for (into, from) in [
            (&mut self.by_reason, &other.by_reason),
            (&mut self.by_rule, &other.by_rule),
            (&mut self.by_category, &other.by_category),
            (&mut self.by_language, &other.by_language),
        ] {
            for (name, amount) in from {
                *entry(into, name) += *amount;
            }
        }
    }
}

/// Finds or makes the entry of a name; allocates only for a new one.
pub(super) fn entry<'m, V: Default>(map: &'m mut BTreeMap<String, V>, name: &str) -> &'m mut V {
    if !map.contains_key(name) {
        map.insert(name.to_string(), V::default());
    }
    map.get_mut(name).expect("the name was just inserted")
}

/// A count, and the first of what was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// All of them.
    pub count: u64,
    /// The first, by name of the source and number of the record.
    pub first: Top<NamedRecord>,
}

impl Named {
    pub(super) fn push(&mut self, count: u64, record: impl FnOnce() -> NamedRecord) {
        self.count += count;
        self.first.push(record());
    }

    pub(super) fn add(&mut self, other: &Named) {
        self.count += other.count;
        self.first.add(&other.first);
    }
}

/// Records that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    /// All of them.
    pub count: u64,
    /// By reason.
    pub by_reason: BTreeMap<String, u64>,
    /// The first, by name of the source and number of the record.
    pub first: Top<NamedRecord>,
}

impl Quarantined {
    pub(super) fn add(&mut self, other: &Quarantined) {
        self.count += other.count;
        for (reason, count) in &other.by_reason {
            *entry(&mut self.by_reason, reason) += count;
        }
        self.first.add(&other.first);
    }
}

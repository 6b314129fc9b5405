//! The entries of the lists, and what ranks them.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::{Cause, Ranked};

/// Longest text kept of an example, in characters: enough to recognise a paragraph by.
pub(super) const EXAMPLE: usize = 240;

/// A kept paragraph and how much went for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// The document of the kept paragraph.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Its record.
    pub record: u64,
    /// The number of the kept paragraph.
    pub paragraph: u32,
    /// Paragraphs that went for it.
    pub removed: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The beginning of the kept paragraph.
    pub example: String,
}

impl Ranked for Cluster {
    type Rank = (Reverse<u64>, Reverse<u64>, String, u64, u32);
    fn rank(&self) -> Self::Rank {
        let place = (self.source.clone(), self.record, self.paragraph);
        (
            Reverse(self.removed),
            Reverse(self.bytes),
            place.0,
            place.1,
            place.2,
        )
    }
}

/// A boilerplate line and how often it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepeatedLine {
    /// The beginning of its first copy.
    pub text: String,
    /// The first evidence against its first copy.
    pub rule: String,
    /// Its category there.
    pub category: String,
    /// Copies removed, compared in folded form.
    pub removed: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The source of the first copy.
    pub source: String,
    /// Its record.
    pub record: u64,
    /// The number of its line.
    pub paragraph: u32,
}

impl Ranked for RepeatedLine {
    type Rank = (Reverse<u64>, Reverse<u64>, String, u64, u32);
    fn rank(&self) -> Self::Rank {
        let place = (self.source.clone(), self.record, self.paragraph);
        (
            Reverse(self.removed),
            Reverse(self.bytes),
            place.0,
            place.1,
            place.2,
        )
    }
}

/// A document and what it lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLoss {
    /// The document.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Its record.
    pub record: u64,
    /// Bytes of its text.
    pub bytes_in: u64,
    /// Bytes removed.
    pub bytes_removed: u64,
}

impl Ranked for DocumentLoss {
    type Rank = (Reverse<u64>, String, u64);
    fn rank(&self) -> Self::Rank {
        (
            Reverse(self.bytes_removed),
            self.source.clone(),
            self.record,
        )
    }
}

/// A source and what it lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLoss {
    /// The source.
    pub source: String,
    /// Its documents.
    pub documents: u64,
    /// Bytes of their text.
    pub bytes_in: u64,
    /// Bytes removed.
    pub bytes_removed: u64,
    /// The largest causes; only where it lost so much that it is an alarm.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
}

impl SourceLoss {
    /// The share removed, in millionths: an integer, so that ranks are the same on every machine.
    pub fn share(&self) -> u64 {
        let share = u128::from(self.bytes_removed) * 1_000_000 / u128::from(self.bytes_in.max(1));
        share as u64
    }
}

impl Ranked for SourceLoss {
    type Rank = (Reverse<u64>, Reverse<u64>, String);
    fn rank(&self) -> Self::Rank {
        (
            Reverse(self.share()),
            Reverse(self.bytes_removed),
            self.source.clone(),
        )
    }
}

/// A record, with what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedRecord {
    /// Its source.
    pub source: String,
    /// Its number.
    pub record: u64,
    /// Its id, or how it is called without one.
    pub id: String,
    /// What there is to say.
    pub note: String,
}

impl Ranked for NamedRecord {
    type Rank = (String, u64);
    fn rank(&self) -> Self::Rank {
        (self.source.clone(), self.record)
    }
}

/// The beginning of a text, on one line.
pub(super) fn example(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut out = String::new();
    let mut room = EXAMPLE;
    while let Some(word) = words.next().filter(|_| room > 0) {
        let space = usize::from(!out.is_empty());
        let length = word.chars().count() + space;
        if length > room && space == 1 {
            out.push('…');
            break;
        }
        if space == 1 {
            out.push(' ');
        }
        out.extend(word.chars().take(room));
        if length > room {
            out.push('…');
        }
        room = room.saturating_sub(length);
    }
    out
}

//! The rows that resolve puts into order on its way. They lie on disk only while it runs.

use super::{Field, RANDOM, Row, STREAMED, row};

/// A paragraph by its exact key; resolve sorts these to find copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Exact {
    /// Hash of the folded form.
    pub key: u128,
    /// 1 for a caption, so that captions come after what may be a witness.
    pub caption: u8,
    /// The paragraph.
    pub ordinal: u64,
}

/// A paragraph and another; what they are to each other is the file's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Pair {
    /// The later one in the order of leaders.
    pub later: u64,
    /// The earlier one.
    pub earlier: u64,
}

/// A paragraph in the bucket of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Entry {
    /// The key.
    pub key: u64,
    /// Part of the next key's hash.
    pub next: u32,
    /// The paragraph, by its place in the order of leaders.
    pub member: u64,
    /// Part of the template's hash.
    pub template: u32,
}

/// A paragraph that goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Fate {
    /// The paragraph.
    pub ordinal: u64,
    /// Its counterpart: for an exact copy the first of its kind, which may itself have gone.
    pub place: u64,
    /// The surviving witness.
    pub witness: u64,
    /// 0 exact, 1 near, 2 contained.
    pub reason: u8,
    /// Shared shingles.
    pub shared: u32,
    /// Distinct shingles of the paragraph.
    pub size: u32,
    /// Distinct shingles of the witness.
    pub witness_size: u32,
}

/// A removed boilerplate line; resolve sorts these to count its copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Copy {
    /// Hash of its trimmed bytes.
    pub text: u64,
    /// Number of its source.
    pub source: u32,
    /// Its record.
    pub record: u32,
    /// Number of its line.
    pub line: u32,
    /// Its bytes.
    pub bytes: u32,
}

/// A line as it stands on its site; resolve sorts these to count documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Seen {
    /// The site.
    pub site: u64,
    /// The line's key.
    pub key: u64,
    /// Hash of the document's text.
    pub content: u64,
    /// The line's number over all parts.
    pub unit: u64,
}

/// A document by what it is known by on its site; resolve sorts these to set copies aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Known {
    /// The site.
    pub site: u64,
    /// What its copies have as well.
    pub identity: u64,
    /// Hash of its text.
    pub content: u64,
    /// Its number over all parts.
    pub doc: u64,
}

/// A recurring line and what stands beside it; resolve sorts these to see how firmly lines stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Link {
    /// The site.
    pub site: u64,
    /// The line's key.
    pub key: u64,
    /// 0: what stands before it; 1: after it.
    pub side: u8,
    /// The key of the recurring line there, or 0.
    pub neighbour: u64,
    /// Bits of the line and of its place.
    pub flags: u16,
    /// Half tokens.
    pub halves: u8,
}

/// What frequency says of a line; resolve sorts these back into the order of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Frequent {
    /// The line's number over all parts.
    pub unit: u64,
    /// Lowest level at which it falls.
    pub level: u8,
    /// Category, as a number.
    pub category: u8,
    /// Documents of the site that have it.
    pub docs: u16,
}

row!(Exact, 8, STREAMED, small [], [key, caption, ordinal]);
row!(Pair, 9, STREAMED, small [], [later, earlier]);
row!(Entry, 10, STREAMED, small [], [key, next, member, template]);
row!(
    Fate,
    11,
    RANDOM,
    small [ordinal, place, witness, reason, shared, size, witness_size],
    []
);
row!(Copy, 12, STREAMED, small [], [text, source, record, line, bytes]);
row!(Seen, 14, STREAMED, small [], [site, key, content, unit]);
row!(Known, 15, STREAMED, small [], [site, identity, content, doc]);
row!(
    Link,
    16,
    STREAMED,
    small [],
    [site, key, side, neighbour, flags, halves]
);
row!(Frequent, 17, STREAMED, small [], [unit, level, category, docs]);

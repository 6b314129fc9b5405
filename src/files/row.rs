//! The rows of the phases. Plain columns, so that a dataflow engine can carry them as well.
//!
//! A *part* is what one scan writes in one go: some consecutive sources of its shard. Numbers named `doc` and `para`
//! count within a part; resolve adds the part's base to make them dense over the whole input.

use super::container::{Row, Writer};
use crate::error::Result;
use crate::text::utf8;

/// Bits of [`Para::flags`].
pub mod flag {
    /// A photo caption: never a witness.
    pub const CAPTION: u8 = 1;
    /// Folds to nothing (only punctuation); its exact key is that of its trimmed bytes.
    pub const EMPTY: u8 = 2;
    /// Begins with a quote prefix.
    pub const QUOTED: u8 = 4;
    /// Longer than what the method keeps whole: its keys are a sample.
    pub const SAMPLED: u8 = 8;
}

/// Bits of [`Line::flags`].
pub mod line {
    /// Boilerplate rules take the whole line at the level of the run; it is no paragraph.
    pub const CUT: u8 = 1;
    /// Eight words or more, and the end of a sentence.
    pub const PROSE: u8 = 2;
    /// Ends as a sentence does.
    pub const CLOSED: u8 = 4;
    /// Begins small or ends with a comma: a piece of something longer, such as verse.
    pub const PIECE: u8 = 8;
    /// Names a copyright.
    pub const LEGAL: u8 = 16;
}

/// A document, written by scan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doc {
    /// Number of its source in the manifest.
    pub source: u32,
    /// Its record in the source.
    pub record: u32,
    /// How many paragraphs it has.
    pub paras: u32,
    /// How many cuts it has, at any level.
    pub cuts: u32,
    /// Characters of its non-blank lines.
    pub chars: u32,
    /// Characters that rules and model take at the level of the run.
    pub boilerplate: u32,
    /// Hash of its site (host of the address); 0 without one.
    pub site: u64,
    /// Hash of its text, by which copies of a document count once as evidence.
    pub content: u64,
    /// A sample of its facts, see [`context`](crate::near::context).
    pub facts: Vec<u32>,
    /// How many rows of lines it has; 0 without a site.
    pub lines: u32,
    /// Its name, when the record has one.
    pub id: Option<String>,
}

/// What names a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// Number of its source in the manifest.
    pub source: u32,
    /// Its record in the source.
    pub record: u32,
    /// Its name, when the record has one.
    pub id: Option<String>,
}

impl Name {
    /// Reads it from the bytes of a [`Doc`] without the rest: every removal asks for the name of its witness.
    pub fn of(mut row: &[u8]) -> Option<Self> {
        let (source, record) = (u32::take(&mut row)?, u32::take(&mut row)?);
        // Counts of paragraphs, cuts, characters, boilerplate; site and content; facts; lines.
        let mut rest = row.get(4 * 4 + 2 * 8..)?;
        let facts = u32::take(&mut rest)? as usize;
        let mut rest = rest.get(facts.checked_mul(4)? + 4..)?;
        let id = <Option<String> as Field>::take(&mut rest)?;
        Some(Name { source, record, id })
    }
}

impl From<Doc> for Name {
    fn from(doc: Doc) -> Self {
        Name {
            source: doc.source,
            record: doc.record,
            id: doc.id,
        }
    }
}

/// A paragraph, written by scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Para {
    /// Its document.
    pub doc: u32,
    /// Number of its first line.
    pub line: u32,
    /// First byte in the document's text.
    pub start: u32,
    /// One past its last byte, line end included.
    pub end: u32,
    /// Half tokens of its folded form.
    pub halves: u32,
    /// Distinct sampled shingles.
    pub samples: u32,
    /// See [`flag`].
    pub flags: u8,
    /// Hash of the folded form.
    pub exact: u128,
    /// Hash of the folded form with facts masked.
    pub template: u64,
}

/// A paragraph or a line that rules took, of a document with a site, written by scan: what is counted over the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Line {
    /// Number of its first line.
    pub line: u32,
    /// First byte in the document's text.
    pub start: u32,
    /// One past its last byte, line end included.
    pub end: u32,
    /// Characters that would go with it: those of its lines, less what rules cut from them.
    pub chars: u32,
    /// Hash of the folded form; 0 when it folds to nothing.
    pub key: u64,
    /// Half tokens of its folded form, at most 255.
    pub halves: u8,
    /// See [`mod@line`].
    pub flags: u8,
}

/// Something boilerplate evidence found, written by scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CutRow {
    /// The document.
    pub doc: u32,
    /// First byte in the document's text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Number of the evidence: a rule's place in `rules::RULES`, or one of the reserved numbers of `rules`.
    pub evidence: u8,
    /// Category, as its place in `rules::Category::ALL`.
    pub category: u8,
    /// Lowest level at which it falls: 0 safe, 1 balanced, 2 aggressive.
    pub level: u8,
    /// Score of the evidence in thousandths; rules have 1000.
    pub score: u16,
    /// Number of its line.
    pub line: u32,
    /// Hash of its trimmed bytes, by which repeated lines are counted.
    pub text: u64,
}

/// The judged text of a paragraph, written by scan. Row number = paragraph number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub String);

/// Where a witness stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// 0: this run; n: the n-th reference.
    pub corpus: u8,
    /// Number of the source in its corpus.
    pub source: u32,
    /// Record in the source.
    pub record: u32,
    /// Number of the paragraph's first line.
    pub line: u32,
    /// First byte in that document's text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// A paragraph that goes as a duplicate, written by resolve for apply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drop {
    /// The document, counted within its part.
    pub doc: u32,
    /// Number of the paragraph's first line.
    pub line: u32,
    /// First byte in the document's text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// 0 exact, 1 near, 2 contained.
    pub reason: u8,
    /// Shared shingles.
    pub shared: u32,
    /// Distinct shingles of this paragraph.
    pub size: u32,
    /// Distinct shingles of the witness.
    pub witness_size: u32,
    /// Where the witness stands.
    pub witness: Place,
    /// The witness's document name, when its record has one.
    pub witness_id: Option<String>,
}

/// A decision about a whole document, written by resolve for apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spared {
    /// The document, counted within its part: it keeps its boilerplate, because it would lose too much.
    pub doc: u32,
}

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
    /// The paragraph, as buckets see it.
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

/// Writes the fields of a row in order and reads them back in the same order, so that the two cannot differ.
macro_rules! row {
    ($type:ty, $kind:expr, $frame:expr, [$($field:ident),+]) => {
        impl Row for $type {
            const KIND: u16 = $kind;
            const FRAME: usize = $frame;
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)+
            }
            fn take(input: &mut &[u8]) -> Option<Self> {
                $(let $field = Field::take(input)?;)+
                Some(Self { $($field),+ })
            }
        }
    };
}

/// A value with a fixed way to write it.
trait Field: Sized {
    fn put(&self, out: &mut Vec<u8>);
    fn take(input: &mut &[u8]) -> Option<Self>;
}

macro_rules! number {
    ($($type:ty),+) => {
        $(impl Field for $type {
            #[inline]
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            #[inline]
            fn take(input: &mut &[u8]) -> Option<Self> {
                let (head, tail) = input.split_first_chunk()?;
                *input = tail;
                Some(<$type>::from_le_bytes(*head))
            }
        })+
    };
}

number!(u8, u16, u32, u64, u128);

impl Field for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        out.extend_from_slice(self.as_bytes());
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        let n = u32::take(input)? as usize;
        let (head, tail) = input.split_at_checked(n)?;
        *input = tail;
        String::from_utf8(head.to_vec()).ok()
    }
}

impl Field for Option<String> {
    fn put(&self, out: &mut Vec<u8>) {
        u8::from(self.is_some()).put(out);
        if let Some(text) = self {
            text.put(out);
        }
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        match u8::take(input)? {
            0 => Some(None),
            _ => String::take(input).map(Some),
        }
    }
}

impl Field for Vec<u32> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        self.iter().for_each(|n| n.put(out));
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        let n = u32::take(input)? as usize;
        if n > input.len() / 4 {
            return None;
        }
        (0..n).map(|_| u32::take(input)).collect()
    }
}

impl Field for Place {
    fn put(&self, out: &mut Vec<u8>) {
        self.corpus.put(out);
        for n in [self.source, self.record, self.line, self.start, self.end] {
            n.put(out);
        }
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        let corpus = u8::take(input)?;
        let [source, record, line, start, end] = [(); 5].map(|()| u32::take(input));
        Some(Place {
            corpus,
            source: source?,
            record: record?,
            line: line?,
            start: start?,
            end: end?,
        })
    }
}

/// Frame of files that are read in order.
const STREAMED: usize = 256 << 10;
/// Frame of files that are also read at random: small, since one row of it is wanted.
const RANDOM: usize = 16 << 10;

row!(
    Doc,
    1,
    RANDOM,
    [
        source,
        record,
        paras,
        cuts,
        chars,
        boilerplate,
        site,
        content,
        facts,
        lines,
        id
    ]
);
row!(
    Para,
    2,
    RANDOM,
    [
        doc, line, start, end, halves, samples, flags, exact, template
    ]
);
row!(
    CutRow,
    4,
    STREAMED,
    [
        doc, start, end, evidence, category, level, score, line, text
    ]
);
row!(
    Drop,
    6,
    STREAMED,
    [
        doc,
        line,
        start,
        end,
        reason,
        shared,
        size,
        witness_size,
        witness,
        witness_id
    ]
);
row!(Spared, 7, STREAMED, [doc]);
row!(Copy, 12, STREAMED, [text, source, record, line, bytes]);
row!(Exact, 8, STREAMED, [key, caption, ordinal]);
row!(Pair, 9, STREAMED, [later, earlier]);
row!(Entry, 10, STREAMED, [key, next, member, template]);
row!(
    Fate,
    11,
    RANDOM,
    [ordinal, place, witness, reason, shared, size, witness_size]
);

row!(
    Line,
    13,
    STREAMED,
    [line, start, end, chars, key, halves, flags]
);
row!(Seen, 14, STREAMED, [site, key, content, unit]);
row!(Known, 15, STREAMED, [site, identity, content, doc]);
row!(
    Link,
    16,
    STREAMED,
    [site, key, side, neighbour, flags, halves]
);
row!(Frequent, 17, STREAMED, [unit, level, category, docs]);

impl Row for Text {
    const KIND: u16 = 5;
    const FRAME: usize = RANDOM;
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        String::take(input).map(Text)
    }
    fn skip(input: &mut &[u8]) -> Option<()> {
        let n = u32::take(input)? as usize;
        *input = input.get(n..)?;
        Some(())
    }
}

impl Writer<Text> {
    /// Appends a text without owning it.
    pub fn push_text(&mut self, text: &str) -> Result<()> {
        self.push_with(|out| {
            (text.len() as u32).put(out);
            out.extend_from_slice(text.as_bytes());
        })
    }
}

impl Text {
    /// The text in the bytes of one row.
    pub fn of(row: &[u8]) -> &str {
        utf8::valid(row.get(4..).unwrap_or_default()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_named_by_a_part_of_its_row() {
        for id in [None, Some("a é".to_owned())] {
            for facts in [vec![], vec![7, 8, 9]] {
                let doc = Doc {
                    source: 3,
                    record: 5,
                    lines: 6,
                    site: u64::MAX,
                    facts,
                    id: id.clone(),
                    ..Doc::default()
                };
                let mut bytes = Vec::new();
                doc.put(&mut bytes);
                assert_eq!(Name::of(&bytes), Some(doc.into()));
                let cut = bytes.len() - 1;
                assert_eq!(Name::of(&bytes[..cut]), None);
            }
        }
    }

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        let place = Place {
            corpus: 1,
            source: 2,
            record: 3,
            line: 4,
            start: 5,
            end: 6,
        };
        let row = Drop {
            doc: 9,
            reason: 2,
            shared: 7,
            witness: place,
            witness_id: Some("a é".into()),
            ..Drop::default()
        };
        let mut bytes = Vec::new();
        row.put(&mut bytes);
        let mut input = &bytes[..];
        assert_eq!(Drop::take(&mut input), Some(row));
        assert!(input.is_empty());
        for cut in 0..bytes.len() {
            assert_eq!(Drop::take(&mut &bytes[..cut]), None, "cut at {cut}");
        }
    }
}

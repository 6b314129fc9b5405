//! The rows that resolve leaves for apply, beside [`CutRow`](super::CutRow) for what frequency takes.

use super::{Field, Row, STREAMED, row};

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

impl Field for Place {
    fn put(&self, out: &mut Vec<u8>) {
        self.corpus.put(out);
        for n in [self.source, self.record, self.line, self.start, self.end] {
            n.put_small(out);
        }
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        let corpus = u8::take(input)?;
        let [source, record, line, start, end] = [(); 5].map(|()| u32::take_small(input));
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

row!(
    Drop,
    6,
    STREAMED,
    small [doc, line, start, end, reason, shared, size, witness_size],
    [witness, witness_id]
);
row!(Spared, 7, STREAMED, small[doc], []);

#[cfg(test)]
mod tests {
    use super::*;

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

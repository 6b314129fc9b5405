//! The rows of a reference: those of the phases in denser frames, and one of its own, what became of a paragraph that went.

use crate::files::container::{Packing, Row};
use crate::varint::{put, take};

/// A row of a phase in a file that is kept: packed harder, in frames that are still small enough for one row to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dense<R>(pub R);

impl<R: Row> Row for Dense<R> {
    const KIND: u16 = 64 + R::KIND;
    const FRAME: usize = 32 << 10;
    const PACKING: Packing = Packing::Zstd(3);

    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        R::take(input).map(Dense)
    }

    fn skip(input: &mut &[u8]) -> Option<()> {
        R::skip(input)
    }
}

/// Why a paragraph of a reference went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Equal to the first of its kind, which may itself have gone.
    Copy,
    /// Near its witness.
    Near,
    /// Contained in its witness.
    Contained,
    /// Short, and a member of a repeated run.
    Run,
    /// On so many documents of its site: it is no paragraph any more.
    Frequent,
}

/// A paragraph that went. Ordinals count all paragraphs of the run that wrote it: those of its references, then its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// Its ordinal.
    pub ordinal: u64,
    /// Why it went.
    pub why: Why,
    /// Of a copy the first of its kind, of a frequent one itself, else the witness.
    pub of: u64,
    /// Shared shingles; near and contained only.
    pub shared: u32,
    /// Distinct shingles of the paragraph.
    pub size: u32,
    /// Distinct shingles of the witness.
    pub witness_size: u32,
}

impl Row for Gone {
    const KIND: u16 = 32;
    const FRAME: usize = 16 << 10;
    const PACKING: Packing = Packing::Zstd(3);

    fn put(&self, out: &mut Vec<u8>) {
        out.push(self.why as u8);
        put(self.ordinal, out);
        // A witness stands before what goes for it.
        put(self.ordinal - self.of, out);
        if matches!(self.why, Why::Near | Why::Contained) {
            for n in [self.shared, self.size, self.witness_size] {
                put(n.into(), out);
            }
        }
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        let (&why, rest) = input.split_first()?;
        *input = rest;
        let why = *[
            Why::Copy,
            Why::Near,
            Why::Contained,
            Why::Run,
            Why::Frequent,
        ]
        .get(usize::from(why))?;
        let ordinal = take(input)?;
        let of = ordinal.checked_sub(take(input)?)?;
        let mut counts = [0; 3];
        if matches!(why, Why::Near | Why::Contained) {
            for count in &mut counts {
                *count = u32::try_from(take(input)?).ok()?;
            }
        }
        let [shared, size, witness_size] = counts;
        Some(Gone {
            ordinal,
            why,
            of,
            shared,
            size,
            witness_size,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_read_back_as_they_were_written() {
        for (why, ordinal, of, counts) in [
            (Why::Copy, 1, 0, [0; 3]),
            (Why::Near, 1 << 40, 77, [5, 300, u32::MAX]),
            (Why::Contained, 129, 128, [1, 1, 1]),
            (Why::Run, u64::MAX, 0, [0; 3]),
            (Why::Frequent, 300, 300, [0; 3]),
        ] {
            let [shared, size, witness_size] = counts;
            let row = Gone {
                ordinal,
                why,
                of,
                shared,
                size,
                witness_size,
            };
            let mut bytes = Vec::new();
            row.put(&mut bytes);
            let mut input = &bytes[..];
            assert_eq!(Gone::take(&mut input), Some(row));
            assert!(input.is_empty());
            for cut in 0..bytes.len() {
                assert_eq!(Gone::take(&mut &bytes[..cut]), None, "cut at {cut}");
            }
        }
    }
}

//! The container of a phase file: a header, frames of rows, an index, a trailer. No other file knows this layout.
//!
//! ```text
//! header   magic "DECHAFF\0" · version u16 · kind u16 · zero u32 · configuration fingerprint u128
//! frame    raw length u32 · packed length u32 · rows u32 · XXH3 of these and of the packed bytes u64 · packed bytes
//! index    per frame: offset u64 · number of its first row u64
//! trailer  offset of the index u64 · frames u64 · rows u64 · XXH3 of index and counts u64 · magic
//! ```
//!
//! Everything is little-endian. A frame is closed when its raw bytes reach the size its kind asks for, so the bytes of a
//! file depend on its rows alone, never on threads. Each kind of row says how its frames are packed; a frame that would grow
//! is kept as it is (raw length = packed length).

mod draft;
mod reader;
mod rows;
mod writer;

use super::AGAIN;
use crate::text::hash;

pub use reader::Reader;
pub use rows::Rows;
pub use writer::Writer;

const MAGIC: &[u8; 8] = b"DECHAFF\0";
/// Raised whenever a row or this layout changes its meaning. A reader takes only its own version: phase files are not
/// an archive, they are made again from the input.
pub const VERSION: u16 = 5;
const HEADER: u64 = 32;
const TRAILER: usize = 40;
const FRAME_HEAD: usize = 20;

/// How frames of a kind are packed. A frame that would grow is kept as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not at all: hashes do not get smaller.
    None,
    /// By LZ4, which unpacks several times faster than disks read.
    Lz4,
    /// By Zstandard at this level: a quarter to a third smaller than by LZ4, at two to three times the time.
    Zstd(i32),
}

/// A row that can be written and read.
pub trait Row: Sized {
    /// What the file holds; written in its header.
    const KIND: u16;
    /// Raw bytes after which a frame is closed. Files that are read in order use large frames; those read at random, small ones.
    const FRAME: usize = 256 << 10;
    /// How frames are packed.
    const PACKING: Packing = Packing::Lz4;
    /// Appends the row.
    fn put(&self, out: &mut Vec<u8>);
    /// Takes one row off the front; `None` when the bytes are no row.
    fn take(input: &mut &[u8]) -> Option<Self>;
    /// Steps over one row; `None` when the bytes are no row. Rows that hold text do it without copying.
    fn skip(input: &mut &[u8]) -> Option<()> {
        Self::take(input).map(|_| ())
    }
}

fn frame_check(head: &[u8], body: &[u8]) -> u64 {
    hash::mix(hash::bytes64(body)) ^ hash::bytes64(head)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::error::Result;

    #[derive(Debug, PartialEq)]
    struct Word(Vec<u8>);

    impl Row for Word {
        const KIND: u16 = 99;
        const FRAME: usize = 64;
        fn put(&self, out: &mut Vec<u8>) {
            out.push(self.0.len() as u8);
            out.extend_from_slice(&self.0);
        }
        fn take(input: &mut &[u8]) -> Option<Self> {
            let n = usize::from(*input.first()?);
            let word = input.get(1..1 + n)?.to_vec();
            *input = &input[1 + n..];
            Some(Word(word))
        }
    }

    fn write(path: &Path, count: usize) {
        let mut w = Writer::create(path, 7).unwrap();
        for i in 0..count {
            w.push(&Word(format!("row {i}").into_bytes())).unwrap();
        }
        assert_eq!(w.finish().unwrap(), count as u64);
    }

    #[test]
    fn rows_come_back_from_any_start() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        for count in [0, 1, 9, 200] {
            write(&path, count);
            for start in [0, 1, count / 2, count] {
                let start = start.min(count);
                let rows: Vec<_> = Reader::<Word>::open(&path, 7)
                    .unwrap()
                    .rows(start as u64)
                    .map(|r| r.unwrap().0)
                    .collect();
                let want: Vec<_> = (start..count)
                    .map(|i| format!("row {i}").into_bytes())
                    .collect();
                assert_eq!(rows, want, "{count} rows from {start}");
            }
        }
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        write(&path, 40);
        let good = std::fs::read(&path).unwrap();
        let read = |bytes: &[u8]| -> Result<Vec<Word>> {
            std::fs::write(&path, bytes).unwrap();
            Reader::<Word>::open(&path, 7)?.rows(0).collect()
        };
        let all = read(&good).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            assert!(read(&bad).is_err(), "bit flipped in byte {at}");
            assert!(read(&good[..at]).is_err(), "cut at {at}");
        }
        assert_eq!(read(&good).unwrap(), all);
    }

    #[test]
    fn a_draft_goes_on_where_it_was_marked() {
        let dir = tempfile::tempdir().unwrap();
        let [whole, path, draft] = ["whole", "x", "draft"].map(|n| dir.path().join(n));
        let push = |w: &mut Writer<Word>, rows: std::ops::Range<usize>| {
            rows.for_each(|i| w.push(&Word(format!("row {i}").into_bytes())).unwrap());
        };
        let mut w = Writer::create_kept(&whole, &dir.path().join("other"), 7).unwrap();
        push(&mut w, 0..20);
        let mark = w.mark().unwrap();
        push(&mut w, 20..50);
        w.finish().unwrap();
        // As one that was killed leaves it: with frames after the mark, the last of them torn.
        let mut bytes = std::fs::read(&whole).unwrap();
        bytes.truncate(mark as usize + 30);
        std::fs::write(&draft, &bytes).unwrap();
        let open = || Writer::<Word>::reopen(&path, &draft, 7, mark).unwrap();
        let mut w = open().unwrap();
        assert_eq!(w.len(), 20);
        push(&mut w, 20..50);
        w.finish().unwrap();
        assert_eq!(
            std::fs::read(&path).unwrap(),
            std::fs::read(&whole).unwrap()
        );
        assert!(open().is_none(), "the draft has its name");
        for at in 0..mark as usize {
            let mut bad = bytes.clone();
            bad[at] ^= 1 << (at % 8);
            std::fs::write(&draft, &bad).unwrap();
            assert!(open().is_none(), "bit flipped in byte {at}");
            std::fs::write(&draft, &bytes[..at]).unwrap();
            assert!(open().is_none(), "cut at {at}");
        }
    }

    #[test]
    fn another_configuration_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        write(&path, 3);
        let error = Reader::<Word>::open(&path, 8).err().unwrap();
        assert!(
            error.to_string().contains("another configuration"),
            "{error}"
        );
    }
}

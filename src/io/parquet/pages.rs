//! The bytes of a Parquet file, with an eye on what its pages claim to become.
//!
//! The head of a page says how many bytes it holds when it is decompressed, and the library makes room for as many before it looks at
//! the first of them: a page of a hundred bytes may ask for two gigabytes. The first three fields of a head are its kind and the
//! two sizes. They are read here as they pass by, and a claim beyond any honest page ends the file where it stands.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

/// What any page may hold, however small it is: 64 times what writers aim at.
const FREE: u64 = 64 << 20;

/// A thrift field of the compact protocol, number one more than the one before, that holds a 32-bit number.
const NEXT_I32: u8 = 0x15;

/// A file of pages.
pub(super) struct Pages {
    file: File,
    length: u64,
    /// How many times as large a page may become.
    most: u32,
    /// The footer has been read: what is read piece by piece from now on are heads of pages.
    heads: Arc<AtomicBool>,
}

impl Pages {
    /// The pages of a file; each may become `most` times as large. The second is to be set when the footer has been read.
    pub(super) fn of(file: File, length: u64, most: u32) -> (Self, Arc<AtomicBool>) {
        let heads = Arc::<AtomicBool>::default();
        let pages = Pages {
            file,
            length,
            most,
            heads: heads.clone(),
        };
        (pages, heads)
    }
}

impl Length for Pages {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Pages {
    type T = Head;

    fn get_read(&self, start: u64) -> Result<Head> {
        let watched = self.heads.load(Ordering::Relaxed);
        Ok(Head {
            bytes: self.file.get_read(start)?,
            claim: watched.then(|| Claim::new(self.most)),
        })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<bytes::Bytes> {
        let inside = start
            .checked_add(length as u64)
            .is_some_and(|end| end <= self.length);
        if !inside {
            let what = format!("{length} bytes at {start} of a file of {}", self.length);
            return Err(ParquetError::EOF(what));
        }
        self.file.get_bytes(start, length)
    }
}

/// Bytes from some place on, the first of them perhaps the head of a page.
pub(super) struct Head {
    bytes: BufReader<File>,
    claim: Option<Claim>,
}

impl Read for Head {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(bytes)?;
        if let Some(claim) = &mut self.claim
            && claim.take(&bytes[..read])?
        {
            self.claim = None;
        }
        Ok(read)
    }
}

/// The first fields of a head, as far as they have been read.
struct Claim {
    most: u64,
    /// The kind of the page and its sizes, compressed last.
    fields: [u32; 3],
    field: usize,
    /// Bits of the number in hand; `None` before its field begins.
    bits: Option<u32>,
}

impl Claim {
    fn new(most: u32) -> Self {
        Claim {
            most: most.into(),
            fields: [0; 3],
            field: 0,
            bits: None,
        }
    }

    /// Takes bytes of a head; true when all that is asked of it is known.
    fn take(&mut self, bytes: &[u8]) -> io::Result<bool> {
        for &byte in bytes {
            let Some(bits) = self.bits else {
                if byte != NEXT_I32 {
                    return Err(damaged(
                        "the head of a page does not begin with its sizes".into(),
                    ));
                }
                self.bits = Some(0);
                continue;
            };
            if bits >= 32 {
                return Err(damaged("a number of more than 32 bits".into()));
            }
            self.fields[self.field] |= u32::from(byte & 0x7f) << bits;
            self.bits = Some(bits + 7);
            if byte & 0x80 == 0 {
                self.bits = None;
                self.field += 1;
                if self.field == self.fields.len() {
                    return self.check().map(|()| true);
                }
            }
        }
        Ok(false)
    }

    fn check(&self) -> io::Result<()> {
        // Signs alternate; a negative size is the library's to refuse.
        let [_, whole, packed] = self.fields.map(|n| u64::from(n >> 1));
        if whole <= FREE || whole / self.most <= packed {
            return Ok(());
        }
        Err(damaged(format!(
            "a page of {packed} bytes says that it holds {whole}; at most {} times as many are expected (--max-expansion)",
            self.most
        )))
    }
}

fn damaged(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The head of a data page with these sizes, as the compact protocol has it, and something behind it.
    fn head(whole: u32, packed: u32) -> Vec<u8> {
        let mut out = Vec::new();
        for number in [0, whole, packed] {
            out.push(NEXT_I32);
            let mut left = u64::from(number) << 1;
            while left > 0x7f {
                out.push(left as u8 | 0x80);
                left >>= 7;
            }
            out.push(left as u8);
        }
        out.extend([0x2c, 0x15, 0x02]);
        out
    }

    fn taken(bytes: &[u8], step: usize) -> io::Result<bool> {
        let mut claim = Claim::new(200);
        for piece in bytes.chunks(step) {
            if claim.take(piece)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    #[test]
    fn a_page_may_grow_as_much_as_any_archive() {
        for step in [1, 2, 100] {
            assert!(taken(&head(1 << 20, 10), step).unwrap());
            assert!(taken(&head(64 << 20, 1), step).unwrap());
            assert!(taken(&head(1 << 30, 6 << 20), step).unwrap());
            let error = taken(&head(i32::MAX as u32, 100), step).unwrap_err();
            assert!(
                error
                    .to_string()
                    .contains("a page of 100 bytes says that it holds 2147483647"),
                "{error}"
            );
        }
        assert!(!taken(&head(1, 1)[..4], 1).unwrap());
        assert!(taken(&[0x05, 0x00], 2).is_err());
        assert!(taken(&[0x15, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 1).is_err());
    }
}

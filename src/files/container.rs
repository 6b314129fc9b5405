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
//! file depend on its rows alone, never on threads. Frames are packed by LZ4, which unpacks several times faster than
//! disks read; a frame that would grow is kept as it is (raw length = packed length).

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use lz4_flex::block::{
    CompressTable, compress_into_with_table, decompress_into, get_maximum_output_size,
};

use super::AGAIN;
use crate::error::{Error, Result};
use crate::fault;
use crate::text::hash;

const MAGIC: &[u8; 8] = b"DECHAFF\0";
/// Raised whenever a row or this layout changes its meaning. A reader takes only its own version: phase files are not
/// an archive, they are made again from the input.
pub const VERSION: u16 = 4;
const HEADER: u64 = 32;
const TRAILER: usize = 40;
const FRAME_HEAD: usize = 20;
/// Zstandard's own default.
const LEVEL: i32 = 3;

/// A row that can be written and read.
pub trait Row: Sized {
    /// What the file holds; written in its header.
    const KIND: u16;
    /// Raw bytes after which a frame is closed. Files that are read in order use large frames; those read at random, small ones.
    const FRAME: usize = 256 << 10;
    /// Packs frames by Zstandard, for files that are kept: a third smaller than by LZ4, several times slower to unpack.
    const DENSE: bool = false;
    /// Whether frames are packed at all: hashes do not get smaller.
    const PACKED: bool = true;
    /// Appends the row.
    fn put(&self, out: &mut Vec<u8>);
    /// Takes one row off the front; `None` when the bytes are no row.
    fn take(input: &mut &[u8]) -> Option<Self>;
    /// Steps over one row; `None` when the bytes are no row. Rows that hold text do it without copying.
    fn skip(input: &mut &[u8]) -> Option<()> {
        Self::take(input).map(|_| ())
    }
}

/// Writes rows under a temporary name; [`Writer::finish`] gives the file its own.
pub struct Writer<R: Row> {
    path: PathBuf,
    file: Option<BufWriter<tempfile::NamedTempFile>>,
    at: u64,
    raw: Vec<u8>,
    packed: Vec<u8>,
    table: CompressTable,
    rows: u32,
    total: u64,
    index: Vec<u8>,
    row: std::marker::PhantomData<R>,
}

impl<R: Row> Writer<R> {
    /// Begins a file. Nothing stands under `path` before [`Writer::finish`].
    pub fn create(path: &Path, fingerprint: u128) -> Result<Self> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let temp = super::temporary(folder)?;
        let mut file = BufWriter::with_capacity(1 << 20, temp);
        let mut header = Vec::with_capacity(HEADER as usize);
        header.extend_from_slice(MAGIC);
        header.extend_from_slice(&VERSION.to_le_bytes());
        header.extend_from_slice(&R::KIND.to_le_bytes());
        header.extend_from_slice(&[0; 4]);
        header.extend_from_slice(&fingerprint.to_le_bytes());
        file.write_all(&header).map_err(|e| Error::io(e, path))?;
        let row = std::marker::PhantomData;
        Ok(Writer {
            path: path.to_owned(),
            file: Some(file),
            at: HEADER,
            raw: Vec::new(),
            packed: Vec::new(),
            table: CompressTable::small(),
            rows: 0,
            total: 0,
            index: Vec::new(),
            row,
        })
    }

    /// Appends a row.
    pub fn push(&mut self, row: &R) -> Result<()> {
        self.push_with(|raw| row.put(raw))
    }

    /// Appends a row that `put` writes.
    pub(super) fn push_with(&mut self, put: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        put(&mut self.raw);
        self.rows += 1;
        if self.raw.len() >= R::FRAME {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Rows so far, kept or still in the buffer.
    pub fn len(&self) -> u64 {
        self.total + u64::from(self.rows)
    }

    /// True when no row was pushed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        self.index.extend_from_slice(&self.at.to_le_bytes());
        self.index.extend_from_slice(&self.total.to_le_bytes());
        self.pack()?;
        let body = if R::PACKED && self.packed.len() < self.raw.len() {
            &self.packed
        } else {
            &self.raw
        };
        let mut head = Vec::with_capacity(FRAME_HEAD);
        head.extend_from_slice(&(self.raw.len() as u32).to_le_bytes());
        head.extend_from_slice(&(body.len() as u32).to_le_bytes());
        head.extend_from_slice(&self.rows.to_le_bytes());
        let check = frame_check(&head, body);
        head.extend_from_slice(&check.to_le_bytes());
        let file = self.file.as_mut().expect("open until finished");
        fault::point("rows")
            .and_then(|()| file.write_all(&head))
            .and_then(|()| file.write_all(body))
            .map_err(|e| Error::io(e, &self.path))?;
        self.at += (head.len() + body.len()) as u64;
        self.total += u64::from(self.rows);
        self.rows = 0;
        self.raw.clear();
        Ok(())
    }

    fn pack(&mut self) -> Result<()> {
        if !R::PACKED {
            return Ok(());
        }
        if R::DENSE {
            let packed = zstd::bulk::compress(&self.raw, LEVEL);
            self.packed = packed.map_err(|e| Error::io(e, &self.path))?;
            return Ok(());
        }
        let most = get_maximum_output_size(self.raw.len());
        self.packed.resize(most, 0);
        let length = compress_into_with_table(&self.raw, &mut self.packed, &mut self.table);
        self.packed
            .truncate(length.expect("there is room for the most"));
        Ok(())
    }

    /// Closes the file and gives it its name. Returns the number of rows.
    pub fn finish(mut self) -> Result<u64> {
        self.flush()?;
        let mut tail = std::mem::take(&mut self.index);
        let frames = (tail.len() / 16) as u64;
        tail.extend_from_slice(&self.at.to_le_bytes());
        tail.extend_from_slice(&frames.to_le_bytes());
        tail.extend_from_slice(&self.total.to_le_bytes());
        let check = hash::bytes64(&tail);
        tail.extend_from_slice(&check.to_le_bytes());
        tail.extend_from_slice(MAGIC);
        let mut file = self.file.take().expect("open until finished");
        file.write_all(&tail)
            .map_err(|e| Error::io(e, &self.path))?;
        let temp = file
            .into_inner()
            .map_err(|e| Error::io(e.into_error(), &self.path))?;
        fault::point("rows-name").map_err(|e| Error::io(e, &self.path))?;
        temp.persist(&self.path)
            .map_err(|e| Error::io(e.error, &self.path))?;
        Ok(self.total)
    }
}

fn frame_check(head: &[u8], body: &[u8]) -> u64 {
    hash::mix(hash::bytes64(body)) ^ hash::bytes64(head)
}

/// An open phase file.
pub struct Reader<R: Row> {
    path: PathBuf,
    file: File,
    /// Offset and first row of each frame, and a last entry with the index's offset and the number of rows.
    frames: Vec<(u64, u64)>,
    row: std::marker::PhantomData<R>,
}

impl<R: Row> Reader<R> {
    /// Opens a file and checks its header, version, kind, configuration and trailer. Frames are checked as they are read.
    pub fn open(path: &Path, fingerprint: u128) -> Result<Self> {
        let mut file = File::open(path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Error::io(e, path).hint(AGAIN),
            _ => Error::io(e, path),
        })?;
        let damaged = |what: &str| {
            Error::phase(what)
                .at(path.display().to_string())
                .hint(AGAIN)
        };
        let io = |e| Error::io(e, path);
        let length = file.metadata().map_err(io)?.len();
        let mut header = [0; HEADER as usize];
        file.read_exact(&mut header)
            .map_err(|_| damaged("shorter than a phase file's header"))?;
        if &header[..8] != MAGIC {
            return Err(damaged("not a dechaff phase file"));
        }
        let (version, kind) = (
            u16::from_le_bytes([header[8], header[9]]),
            u16::from_le_bytes([header[10], header[11]]),
        );
        if version != VERSION {
            return Err(damaged(&format!(
                "phase file of version {version}, this program reads version {VERSION}"
            )));
        }
        if kind != R::KIND {
            return Err(damaged(&format!(
                "holds rows of kind {kind}, expected kind {}",
                R::KIND
            )));
        }
        if header[12..16] != [0; 4] {
            return Err(damaged("the header is damaged"));
        }
        if header[16..] != fingerprint.to_le_bytes() {
            return Err(damaged("was made with another configuration"));
        }
        if length < HEADER + TRAILER as u64 {
            return Err(damaged("truncated: the trailer is missing"));
        }
        let mut trailer = [0; TRAILER];
        file.seek(SeekFrom::Start(length - TRAILER as u64))
            .and_then(|_| file.read_exact(&mut trailer))
            .map_err(io)?;
        let word = |i: usize| {
            u64::from_le_bytes(trailer[i * 8..i * 8 + 8].try_into().expect("eight bytes"))
        };
        let (index_at, count, rows, check) = (word(0), word(1), word(2), word(3));
        let index_len = count
            .checked_mul(16)
            .filter(|n| index_at.checked_add(*n) == Some(length - TRAILER as u64));
        let (true, Some(index_len)) = (&trailer[32..] == MAGIC, index_len) else {
            return Err(damaged(
                "truncated or overwritten: the trailer does not fit the file",
            ));
        };
        let mut index = vec![0; index_len as usize];
        file.seek(SeekFrom::Start(index_at))
            .and_then(|_| file.read_exact(&mut index))
            .map_err(io)?;
        let frames_end = index.len();
        index.extend_from_slice(&trailer[..24]);
        if hash::bytes64(&index) != check {
            return Err(damaged("the index does not match its checksum"));
        }
        let mut frames: Vec<(u64, u64)> = index[..frames_end]
            .chunks_exact(16)
            .map(|c| {
                (
                    u64::from_le_bytes(c[..8].try_into().expect("eight")),
                    u64::from_le_bytes(c[8..].try_into().expect("eight")),
                )
            })
            .collect();
        frames.push((index_at, rows));
        // A checksum tells damage, not ill will: a reference may come from someone else.
        let ascend = |a: &(u64, u64), b: &(u64, u64)| a.0 <= b.0 && a.1 <= b.1;
        if frames[0] != (HEADER, 0) || !frames.is_sorted_by(ascend) {
            return Err(damaged("the index does not ascend"));
        }
        Ok(Reader {
            path: path.to_owned(),
            file,
            frames,
            row: std::marker::PhantomData,
        })
    }

    /// Number of rows.
    pub fn len(&self) -> u64 {
        self.frames.last().expect("the last entry counts").1
    }

    /// True when there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of frames.
    pub fn frames(&self) -> usize {
        self.frames.len() - 1
    }

    /// Which frame holds a row, and the number of that frame's first row.
    pub fn frame_of(&self, row: u64) -> (usize, u64) {
        let frame = self
            .frames
            .partition_point(|&(_, first)| first <= row)
            .saturating_sub(1)
            .min(self.frames().saturating_sub(1));
        (frame, self.frames[frame].1)
    }

    /// Reads and checks one frame. `raw` receives its unpacked bytes; returns how many rows they are.
    pub fn frame(&mut self, frame: usize, raw: &mut Vec<u8>) -> Result<u64> {
        let damaged = |what: &str| {
            let message = format!("frame {frame} of {}: {what}", self.frames.len() - 1);
            Error::phase(message)
                .at(self.path.display().to_string())
                .hint(AGAIN)
        };
        let (from, first) = self.frames[frame];
        let (to, next) = self.frames[frame + 1];
        let mut bytes = vec![0; (to - from) as usize];
        self.file
            .seek(SeekFrom::Start(from))
            .and_then(|_| self.file.read_exact(&mut bytes))
            .map_err(|e| Error::io(e, &self.path))?;
        if bytes.len() < FRAME_HEAD {
            return Err(damaged("shorter than its head"));
        }
        let (head, body) = bytes.split_at(FRAME_HEAD);
        let word =
            |i: usize| u32::from_le_bytes(head[i * 4..i * 4 + 4].try_into().expect("four bytes"));
        let (raw_len, packed_len, rows) = (word(0) as usize, word(1) as usize, u64::from(word(2)));
        if packed_len != body.len()
            || rows != next - first
            || frame_check(&head[..12], body).to_le_bytes() != head[12..]
        {
            return Err(damaged("does not match its checksum"));
        }
        // No byte of LZ4 stands for more than 255; Zstandard's own bound is asked by its decompressor.
        if !R::DENSE && raw_len > body.len().saturating_mul(255) {
            return Err(damaged("claims to be larger than it can be"));
        }
        raw.clear();
        if raw_len == packed_len {
            raw.extend_from_slice(body);
        } else {
            let unpacked = match R::DENSE {
                true => zstd::bulk::decompress(body, raw_len)
                    .map(|bytes| *raw = bytes)
                    .map_err(|e| e.to_string()),
                false => {
                    raw.resize(raw_len, 0);
                    decompress_into(body, raw)
                        .map(|length| raw.truncate(length))
                        .map_err(|e| e.to_string())
                }
            };
            unpacked.map_err(|what| damaged(&what))?;
        }
        Ok(rows)
    }

    /// Streams the rows from row number `start` on.
    pub fn rows(self, start: u64) -> Rows<R> {
        let (frame, first) = self.frame_of(start);
        let frame = if self.is_empty() {
            self.frames()
        } else {
            frame
        };
        Rows {
            reader: self,
            frame,
            raw: Vec::new(),
            at: 0,
            left: 0,
            skip: start - first.min(start),
        }
    }
}

/// A stream of rows.
pub struct Rows<R: Row> {
    reader: Reader<R>,
    frame: usize,
    raw: Vec<u8>,
    at: usize,
    left: u64,
    skip: u64,
}

impl<R: Row> Rows<R> {
    fn read(&mut self) -> Result<Option<R>> {
        loop {
            if self.left == 0 {
                if self.frame >= self.reader.frames() {
                    return Ok(None);
                }
                self.left = self.reader.frame(self.frame, &mut self.raw)?;
                self.frame += 1;
                self.at = 0;
                continue;
            }
            let mut input = &self.raw[self.at..];
            let before = input.len();
            let row = R::take(&mut input).ok_or_else(|| {
                Error::phase("a row cannot be read").at(self.reader.path.display().to_string())
            })?;
            self.at += before - input.len();
            self.left -= 1;
            if self.skip == 0 {
                return Ok(Some(row));
            }
            self.skip -= 1;
        }
    }
}

impl<R: Row> Iterator for Rows<R> {
    type Item = Result<R>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

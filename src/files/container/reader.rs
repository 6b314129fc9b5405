//! Reading a phase file, frame by frame.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use lz4_flex::block::decompress_into;

use super::{AGAIN, FRAME_HEAD, HEADER, MAGIC, Packing, Row, Rows, TRAILER, VERSION, frame_check};
use crate::error::{Error, Result};
use crate::text::hash;

/// An open phase file.
pub struct Reader<R: Row> {
    path: PathBuf,
    file: File,
    /// Offset and first row of each frame, and a last entry with the index's offset and the number of rows.
    frames: Vec<(u64, u64)>,
    /// The packed bytes of the frame that was read last; memory that is used again.
    packed: Vec<u8>,
    zstd: Option<zstd::bulk::Decompressor<'static>>,
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
            packed: Vec::new(),
            zstd: None,
            row: std::marker::PhantomData,
        })
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Number of rows.
    pub fn len(&self) -> u64 {
        self.frames.last().expect("the last entry counts").1
    }

    /// True when there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of all frames on disk.
    pub fn bytes(&self) -> u64 {
        self.frames.last().expect("the last entry ends them").0 - HEADER
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
        let (path, frames) = (&self.path, self.frames.len() - 1);
        let damaged = |what: &str| {
            let message = format!("frame {frame} of {frames}: {what}");
            Error::phase(message)
                .at(path.display().to_string())
                .hint(AGAIN)
        };
        let (from, first) = self.frames[frame];
        let (to, next) = self.frames[frame + 1];
        let length = (to - from) as usize;
        if self.packed.len() < length {
            self.packed.resize(length, 0);
        }
        let bytes = &mut self.packed[..length];
        self.file
            .seek(SeekFrom::Start(from))
            .and_then(|_| self.file.read_exact(bytes))
            .map_err(|e| Error::io(e, &self.path))?;
        let bytes = &*bytes;
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
        raw.clear();
        if raw_len == packed_len {
            raw.extend_from_slice(body);
            return Ok(rows);
        }
        let unpacked = match R::PACKING {
            Packing::None => return Err(damaged("is packed, and should not be")),
            // No byte of LZ4 stands for more than 255.
            Packing::Lz4 if raw_len > body.len().saturating_mul(255) => {
                return Err(damaged("claims to be larger than it can be"));
            }
            Packing::Lz4 => {
                raw.resize(raw_len, 0);
                decompress_into(body, raw).map_err(|e| e.to_string())
            }
            // Room is only asked for here, and taken as far as it is written to.
            Packing::Zstd(_) => {
                raw.reserve_exact(raw_len);
                let zstd = match &mut self.zstd {
                    Some(zstd) => zstd,
                    none => none.insert(
                        zstd::bulk::Decompressor::new().map_err(|e| Error::io(e, &self.path))?,
                    ),
                };
                zstd.decompress_to_buffer(body, raw)
                    .map_err(|e| e.to_string())
            }
        };
        let length = unpacked.map_err(|what| damaged(&what))?;
        raw.truncate(length);
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
        Rows::new(self, frame, start - first.min(start))
    }
}

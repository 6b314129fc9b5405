//! Writing a phase file.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use lz4_flex::block::{CompressTable, compress_into_with_table};

use super::draft::{self, Draft};
use super::{FRAME_HEAD, HEADER, MAGIC, Packing, Row, VERSION, frame_check};
use crate::error::{Error, Result};
use crate::fault;
use crate::text::hash;

/// Writes rows under a temporary name; [`Writer::finish`] gives the file its own.
pub struct Writer<R: Row> {
    path: PathBuf,
    file: Option<BufWriter<Draft>>,
    at: u64,
    raw: Vec<u8>,
    packed: Vec<u8>,
    lz4: CompressTable,
    zstd: Option<zstd::bulk::Compressor<'static>>,
    rows: u32,
    total: u64,
    index: Vec<u8>,
    row: std::marker::PhantomData<R>,
}

impl<R: Row> Writer<R> {
    /// Begins a file. Nothing stands under `path` before [`Writer::finish`].
    pub fn create(path: &Path, fingerprint: u128) -> Result<Self> {
        Self::begin(path, Draft::passing(path)?, fingerprint)
    }

    /// Begins a file that stays under the name `draft` when it is not finished: see [`Writer::reopen`].
    pub fn create_kept(path: &Path, draft: &Path, fingerprint: u128) -> Result<Self> {
        Self::begin(path, Draft::kept(draft)?, fingerprint)
    }

    /// Goes on with a draft after the frames that a [`Writer::mark`] told of. `None` when it does not hold them whole.
    pub fn reopen(path: &Path, draft: &Path, fingerprint: u128, mark: u64) -> Result<Option<Self>> {
        let found = draft::reopen(draft, &header::<R>(fingerprint), mark);
        let found = found.map_err(|e| Error::io(e, draft))?;
        Ok(found.map(|found| Writer {
            at: mark,
            total: found.rows,
            index: found.index,
            ..Self::over(path, found.draft)
        }))
    }

    /// Ends the frame in hand, and tells how far the draft has got: what is kept of it, whatever happens next.
    pub fn mark(&mut self) -> Result<u64> {
        self.flush()?;
        let file = self.file.as_mut().expect("open until finished");
        file.flush().map_err(|e| Error::io(e, &self.path))?;
        Ok(self.at)
    }

    fn begin(path: &Path, draft: Draft, fingerprint: u128) -> Result<Self> {
        let mut writer = Self::over(path, draft);
        let file = writer.file.as_mut().expect("just made");
        file.write_all(&header::<R>(fingerprint))
            .map_err(|e| Error::io(e, path))?;
        Ok(writer)
    }

    fn over(path: &Path, draft: Draft) -> Self {
        Writer {
            path: path.to_owned(),
            file: Some(BufWriter::with_capacity(1 << 20, draft)),
            at: HEADER,
            raw: Vec::new(),
            packed: Vec::new(),
            lz4: CompressTable::small(),
            zstd: None,
            rows: 0,
            total: 0,
            index: Vec::new(),
            row: std::marker::PhantomData,
        }
    }

    /// Appends a row.
    pub fn push(&mut self, row: &R) -> Result<()> {
        self.push_with(|raw| row.put(raw))
    }

    /// Appends a row that `put` writes.
    pub(in crate::files) fn push_with(&mut self, put: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
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
        let body = if R::PACKING != Packing::None && self.packed.len() < self.raw.len() {
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

    /// Packs the frame in hand.
    fn pack(&mut self) -> Result<()> {
        match R::PACKING {
            Packing::None => {}
            Packing::Lz4 => {
                let most = lz4_flex::block::get_maximum_output_size(self.raw.len());
                self.packed.resize(most, 0);
                let length = compress_into_with_table(&self.raw, &mut self.packed, &mut self.lz4);
                self.packed
                    .truncate(length.expect("there is room for the most"));
            }
            Packing::Zstd(level) => {
                let io = |e| Error::io(e, &self.path);
                let zstd = match &mut self.zstd {
                    Some(zstd) => zstd,
                    none => none.insert(zstd::bulk::Compressor::new(level).map_err(io)?),
                };
                let most = zstd::zstd_safe::compress_bound(self.raw.len());
                self.packed.resize(most, 0);
                let length = zstd
                    .compress_to_buffer(&self.raw, &mut self.packed[..])
                    .map_err(io)?;
                self.packed.truncate(length);
            }
        }
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
        let draft = file
            .into_inner()
            .map_err(|e| Error::io(e.into_error(), &self.path))?;
        fault::point("rows-name").map_err(|e| Error::io(e, &self.path))?;
        draft
            .persist(&self.path)
            .map_err(|e| Error::io(e, &self.path))?;
        Ok(self.total)
    }
}

/// What a file begins with.
fn header<R: Row>(fingerprint: u128) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER as usize);
    header.extend_from_slice(MAGIC);
    header.extend_from_slice(&VERSION.to_le_bytes());
    header.extend_from_slice(&R::KIND.to_le_bytes());
    header.extend_from_slice(&[0; 4]);
    header.extend_from_slice(&fingerprint.to_le_bytes());
    header
}

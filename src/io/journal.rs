//! A journal: one JSON object per line, zstd-compressed, in record order. The removal log, the quarantine and the sidecar are journals.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::compress::{Compression, Encoder};
use super::output::{self, AtomicFile, Staged};
use crate::error::{Error, Result};

/// An entry that belongs to a record.
pub trait OfRecord {
    /// The record, from 0.
    fn record(&self) -> u64;
}

/// Entries are compressed in steps of this many bytes. A journal that fits in one is compressed knowing its size, with
/// tables to match: for a folder of small files that is most of the time of writing them.
const STEP: usize = 1 << 20;

/// Level of zstd. A log may be as long as what it is about, and is hardly ever read again: this level takes half the time of
/// zstd's own default, 3, for 3 % (news groups) to 8 % (a dump) more bytes. Level 1 is hardly faster, and 20 % larger.
const LEVEL: i32 = 2;

/// Writes a journal. Nothing is on the disk under its name before it is staged and published.
pub struct Writer {
    path: PathBuf,
    always: bool,
    file: Option<Encoder<AtomicFile>>,
    buffer: Vec<u8>,
}

impl Writer {
    /// A journal that is there only when it has an entry.
    pub fn lazy(path: PathBuf) -> Self {
        Writer {
            path,
            always: false,
            file: None,
            buffer: Vec::new(),
        }
    }

    /// A journal that is there even when it is empty.
    pub fn always(path: PathBuf) -> Self {
        Writer {
            always: true,
            ..Writer::lazy(path)
        }
    }

    /// Adds an entry.
    pub fn write<T: Serialize>(&mut self, entry: &T) -> Result<()> {
        serde_json::to_writer(&mut self.buffer, entry).expect("plain data serialises into memory");
        self.buffer.push(b'\n');
        if self.buffer.len() < STEP {
            return Ok(());
        }
        self.compress(None)
    }

    /// Adds entries that are written already, each a line.
    pub(crate) fn write_lines(&mut self, lines: &[u8]) -> Result<()> {
        self.buffer.extend_from_slice(lines);
        if self.buffer.len() < STEP {
            return Ok(());
        }
        self.compress(None)
    }

    /// Compresses what is in the buffer; `size` when that is all there will be.
    fn compress(&mut self, size: Option<u64>) -> Result<()> {
        let io = |e| Error::io(e, &self.path);
        if self.file.is_none() {
            let file = AtomicFile::create(&self.path)?;
            self.file = Some(
                Compression::Zstd
                    .encoder_of(file, size, LEVEL)
                    .map_err(io)?,
            );
        }
        let file = self.file.as_mut().expect("just opened");
        file.write_all(&self.buffer).map_err(io)?;
        self.buffer.clear();
        Ok(())
    }

    /// Ends the file; without an entry, takes an older one of that name away.
    pub fn stage(mut self) -> Result<Option<Staged>> {
        if self.file.is_some() || self.always || !self.buffer.is_empty() {
            let size = self.file.is_none().then_some(self.buffer.len() as u64);
            self.compress(size)?;
        }
        let Some(encoder) = self.file else {
            return output::remove_stale(&self.path).map(|()| None);
        };
        let file = encoder.finish().map_err(|e| Error::io(e, &self.path))?;
        file.stage().map(Some)
    }
}

/// Reads a journal entry by entry.
pub struct Reader<T> {
    path: PathBuf,
    lines: Option<BufReader<Box<dyn Read + Send>>>,
    line: Vec<u8>,
    next: Option<T>,
}

impl<T: DeserializeOwned> Reader<T> {
    /// Opens a journal.
    pub fn open(path: &Path) -> Result<Self> {
        let decoder = Compression::Zstd.decoder(output::open(path)?);
        let decoder = decoder.map_err(|e| Error::io(e, path))?;
        Ok(Reader {
            lines: Some(BufReader::new(decoder)),
            ..Reader::empty(path)
        })
    }

    /// Opens a journal that is not there when it is empty.
    pub fn open_lazy(path: &Path) -> Result<Self> {
        match path.exists() {
            true => Reader::open(path),
            false => Ok(Reader::empty(path)),
        }
    }

    fn empty(path: &Path) -> Self {
        Reader {
            path: path.to_path_buf(),
            lines: None,
            line: Vec::new(),
            next: None,
        }
    }

    /// Returns the next entry.
    pub fn read(&mut self) -> Result<Option<T>> {
        if self.next.is_some() {
            return Ok(self.next.take());
        }
        let Some(lines) = &mut self.lines else {
            return Ok(None);
        };
        self.line.clear();
        let damaged = |what: String| {
            Error::phase(format!("damaged log: {what}"))
                .at(self.path.display().to_string())
                .hint("it was changed or cut after it was written")
        };
        let read = lines.read_until(b'\n', &mut self.line);
        if read.map_err(|e| damaged(e.to_string()))? == 0 {
            return Ok(None);
        }
        serde_json::from_slice(&self.line)
            .map(Some)
            .map_err(|e| damaged(e.to_string()))
    }
}

impl<T: DeserializeOwned + OfRecord> Reader<T> {
    /// Returns the next entry if it is of this record. Errs when entries of earlier records were left.
    pub fn read_of(&mut self, record: u64) -> Result<Option<T>> {
        match self.read()? {
            Some(entry) if entry.record() < record => Err(Error::phase(
                "an entry that belongs to no record, or stands out of order",
            )
            .at(self.path.display().to_string())
            .record(entry.record())),
            Some(entry) if entry.record() > record => {
                self.next = Some(entry);
                Ok(None)
            }
            other => Ok(other),
        }
    }

    /// Returns all entries of this record.
    pub fn all_of(&mut self, record: u64) -> Result<Vec<T>> {
        let mut entries = Vec::new();
        while let Some(entry) = self.read_of(record)? {
            entries.push(entry);
        }
        Ok(entries)
    }
}

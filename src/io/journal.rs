//! A journal: one JSON object per line, zstd-compressed, in record order. The removal log, the quarantine and the sidecar are journals.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::compress::{Compression, Encoder};
use super::output::{self, AtomicFile};
use crate::error::{Error, Result};

/// An entry that belongs to a record.
pub trait OfRecord {
    /// The record, from 0.
    fn record(&self) -> u64;
}

/// Writes a journal. Nothing is on the disk under its name before [`Writer::commit`].
pub struct Writer {
    path: PathBuf,
    file: Option<Encoder<AtomicFile>>,
    line: Vec<u8>,
}

impl Writer {
    /// A journal that comes to be with its first entry.
    pub fn lazy(path: PathBuf) -> Self {
        Writer {
            path,
            file: None,
            line: Vec::new(),
        }
    }

    /// A journal that is there even when it is empty.
    pub fn eager(path: PathBuf) -> Result<Self> {
        let mut writer = Writer::lazy(path);
        writer.open()?;
        Ok(writer)
    }

    fn open(&mut self) -> Result<&mut Encoder<AtomicFile>> {
        if self.file.is_none() {
            let file = AtomicFile::create(&self.path)?;
            let encoder = Compression::Zstd.encoder(file);
            self.file = Some(encoder.map_err(|e| Error::io(e, &self.path))?);
        }
        Ok(self.file.as_mut().expect("just opened"))
    }

    /// Adds an entry.
    pub fn write<T: Serialize>(&mut self, entry: &T) -> Result<()> {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        serde_json::to_writer(&mut line, entry).expect("plain data serialises into memory");
        line.push(b'\n');
        let written = self.open()?.write_all(&line);
        self.line = line;
        written.map_err(|e| Error::io(e, &self.path))
    }

    /// Gives the file its name; without an entry, takes an older one of that name away.
    pub fn commit(self) -> Result<()> {
        match self.file {
            Some(encoder) => encoder
                .finish()
                .map_err(|e| Error::io(e, &self.path))?
                .commit(),
            None => output::remove_stale(&self.path),
        }
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

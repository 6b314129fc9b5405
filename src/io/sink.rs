//! The files one source becomes: cleaned documents, removal log, quarantine, sidecar. Takes what was made of its frames, in order.
//!
//! Bytes between records go to the output where it can carry them, but wait until the next record is known: if that one
//! is left out of the output, they go to the sidecar with it. So it is always clear what they stand before.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::compress::Encoder;
use super::journal;
use super::output::{self, AtomicFile, Paths, Staged};
use super::sidecar::{Entry, Payload, What};
use super::{Cleaned, Digest, Format, Frame, Shape};
use crate::error::{Error, Result};
use crate::quarantine;
use crate::text::hash;

/// Most bytes that wait for the next record; more of them go to the sidecar at once.
const PENDING: usize = 1 << 20;

/// What came of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Length and hash of the output, decompressed.
    pub output: Digest,
    /// Records, bad ones included.
    pub records: u64,
    /// Bad records.
    pub quarantined: u64,
    /// What is wrong with the archive, where its end could not be read.
    pub damage: Option<String>,
}

enum Target {
    File(Box<Encoder<AtomicFile>>),
    Stream(Box<dyn Write + Send>),
}

struct Journals {
    removed: journal::Writer,
    quarantine: journal::Writer,
    sidecar: journal::Writer,
}

/// Writes what becomes of one source. Dropped before it is committed, it leaves nothing.
pub struct Sink {
    name: String,
    path: PathBuf,
    target: Target,
    journals: Option<Journals>,
    carries: bool,
    format: &'static Format,
    /// Fixed bytes so far: the head, the end.
    fixed: u32,
    /// A record is in the output.
    begun: bool,
    drop_empty: bool,
    pending: Vec<u8>,
    last_length: Option<Entry>,
    hash: hash::Stream,
    written: Written,
}

impl Sink {
    /// Creates the files of the source of this name in an output folder.
    pub fn create(folder: &Path, name: &str, shape: &Shape, drop_empty: bool) -> Result<Self> {
        let paths = Paths::new(folder, name);
        let format = shape.output_format;
        let encoder = format.encoder(shape.compression, &paths.output)?;
        let journals = Journals {
            removed: journal::Writer::always(paths.removed),
            quarantine: journal::Writer::lazy(paths.quarantine),
            sidecar: journal::Writer::lazy(paths.frame),
        };
        let target = Target::File(Box::new(encoder));
        let mut sink = Sink::new(name, target, Some(journals), shape, drop_empty);
        sink.path = paths.output;
        sink.head()?;
        Ok(sink)
    }

    /// Writes cleaned documents only, not compressed; everything else is lost.
    pub fn stream(writer: Box<dyn Write + Send>, shape: &Shape, drop_empty: bool) -> Result<Self> {
        let mut sink = Sink::new("", Target::Stream(writer), None, shape, drop_empty);
        sink.head()?;
        Ok(sink)
    }

    fn new(
        name: &str,
        target: Target,
        journals: Option<Journals>,
        shape: &Shape,
        drop_empty: bool,
    ) -> Self {
        Sink {
            name: name.to_owned(),
            path: PathBuf::new(),
            target,
            journals,
            carries: shape.format.name == shape.output_format.name,
            format: shape.output_format,
            fixed: 0,
            begun: false,
            drop_empty,
            pending: Vec::new(),
            last_length: None,
            hash: hash::Stream::default(),
            written: Written::default(),
        }
    }

    /// Begins an output in another format; in its own one the source has the head.
    fn head(&mut self) -> Result<()> {
        match self.format.target {
            Some(target) if !self.carries => self.put(&(target.head)()),
            _ => Ok(()),
        }
    }

    /// Takes bytes between records.
    pub fn between(&mut self, frame: &Frame) -> Result<()> {
        debug_assert_eq!(frame.record, None);
        self.flush_length()?;
        if frame.raw || !self.carries {
            self.flush_pending_to_sidecar()?;
            return self.before(&frame.bytes, frame.raw);
        }
        if frame.fixed {
            self.fixed += 1;
            // White space after the last record stays before the end. After the head it would be read as part of that.
            match self.begun && self.pending.trim_ascii().is_empty() {
                true => {
                    let pending = std::mem::take(&mut self.pending);
                    self.put(&pending)?;
                }
                false => self.flush_pending_to_sidecar()?,
            }
            return self.put(&frame.bytes);
        }
        self.pending.extend_from_slice(&frame.bytes);
        match self.pending.len() > PENDING {
            true => self.flush_pending_to_sidecar(),
            false => Ok(()),
        }
    }

    /// Takes a record, cleaned, and the lines of the removal log that tell what was removed from it.
    pub fn record(&mut self, record: u64, cleaned: &Cleaned, removals: &[u8]) -> Result<()> {
        self.flush_length()?;
        // An empty record cannot be found in the output, so it is left out of it.
        if cleaned.output.is_empty() || (self.drop_empty && cleaned.emptied) {
            self.flush_pending_to_sidecar()?;
            self.keep(&Entry::new(record, What::Record, &cleaned.output, false))?;
        } else {
            if self.format.separates && !self.begun {
                self.flush_pending_to_sidecar()?;
            }
            let pending = std::mem::take(&mut self.pending);
            self.put(&pending)?;
            self.put(&cleaned.output)?;
            self.begun = true;
            // Kept once something follows: the last record of an output is whatever is left of it.
            self.last_length = self.format.seamless.then_some(Entry {
                record,
                what: What::Length,
                payload: Payload::Length(cleaned.output.len() as u64),
            });
        }
        for entry in &cleaned.sidecar {
            self.keep(entry)?;
        }
        if let Some(journals) = &mut self.journals {
            journals.removed.write_lines(removals)?;
        }
        self.advance(record);
        Ok(())
    }

    /// Takes a bad record, or a further piece of one.
    pub fn quarantine(&mut self, frame: &Frame, fault: &super::Fault) -> Result<()> {
        self.flush_length()?;
        self.flush_pending_to_sidecar()?;
        let record = frame.record.expect("only records are quarantined");
        if let Some(journals) = &mut self.journals {
            let entry = quarantine::Entry::new(&self.name, frame, fault);
            journals.quarantine.write(&entry)?;
        }
        if frame.part == 0 {
            self.written.quarantined += 1;
        }
        if fault.reason.ends_with("-archive") {
            self.written.damage = Some(fault.detail.clone());
        }
        self.advance(record);
        Ok(())
    }

    fn advance(&mut self, record: u64) {
        self.written.records = record + 1;
    }

    fn flush_length(&mut self) -> Result<()> {
        match self.last_length.take() {
            Some(entry) => self.keep(&entry),
            None => Ok(()),
        }
    }

    fn flush_pending_to_sidecar(&mut self) -> Result<()> {
        let pending = std::mem::take(&mut self.pending);
        match pending.is_empty() {
            true => Ok(()),
            false => self.before(&pending, false),
        }
    }

    fn before(&mut self, bytes: &[u8], raw: bool) -> Result<()> {
        self.keep(&Entry::new(self.written.records, What::Before, bytes, raw))
    }

    fn keep(&mut self, entry: &Entry) -> Result<()> {
        match &mut self.journals {
            Some(journals) => journals.sidecar.write(entry),
            None => Ok(()),
        }
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.hash.update(bytes);
        self.written.output.bytes += bytes.len() as u64;
        match &mut self.target {
            Target::File(file) => file.write_all(bytes).map_err(|e| Error::io(e, &self.path)),
            Target::Stream(stream) => stream.write_all(bytes).map_err(Error::from),
        }
    }

    /// Ends the files and gives them their names, the output last.
    pub fn commit(self) -> Result<Written> {
        let (written, files) = self.finish()?;
        output::publish(files)?;
        Ok(written)
    }

    /// Ends the files. [`output::publish`] gives them their names; many small sources are best published together.
    pub fn finish(mut self) -> Result<(Written, Vec<Staged>)> {
        if self.fixed == 1 && !self.format.foot.is_empty() {
            self.flush_pending_to_sidecar()?;
            let foot = self.format.foot;
            self.put(foot)?;
            self.keep(&Entry::new(self.written.records, What::Added, foot, false))?;
        }
        let pending = std::mem::take(&mut self.pending);
        self.put(&pending)?;
        self.written.output.hash = self.hash.digest();
        let mut files = Vec::new();
        if let Some(journals) = self.journals {
            files.extend(journals.removed.stage()?);
            files.extend(journals.quarantine.stage()?);
            files.extend(journals.sidecar.stage()?);
        }
        match self.target {
            Target::File(file) => {
                let file = file.finish().map_err(|e| Error::io(e, &self.path))?;
                files.push(file.stage()?);
            }
            Target::Stream(mut stream) => stream.flush()?,
        }
        Ok((self.written, files))
    }
}

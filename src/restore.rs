//! Rebuilds the input of a run from what the run wrote, and proves it by length and hash.
//!
//! Cleaned output + removal log + quarantine + sidecar = decompressed input, byte for byte. Of a damaged archive that is
//! every byte that could be decompressed; under a limit of documents, every byte that was read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::config::InputConfig;
use crate::error::{Error, Result};
use crate::io::compress::Encoder;
use crate::io::journal;
use crate::io::output::{self, AtomicFile, Paths};
use crate::io::sidecar::{Entry as Sidecar, Payload, What};
use crate::io::{self, Cleaned, Columns, Digest, Encoding, Feed, Format, Frame, Framer};
use crate::manifest::{Entry, Manifest};
use crate::quarantine;
use crate::removal::Removal;
use crate::sample::Sample;
use crate::text::hash;

/// What was proved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Sources that came back whole.
    pub sources: u64,
    /// Their decompressed bytes.
    pub bytes: u64,
    /// Their records.
    pub records: u64,
    /// Removals put back.
    pub removals: u64,
    /// Records taken from the quarantine.
    pub quarantined: u64,
    /// Sources whose archive was damaged, so that only what could be read is proved: name and damage.
    pub damaged: Vec<(String, String)>,
}

/// Verifies an output folder against its manifest; with `out`, also writes the original inputs there, compressed as they were.
pub fn restore(folder: &Path, out: Option<&Path>) -> Result<Summary> {
    let manifest = Manifest::read(folder)?;
    if let Some(out) = out {
        refuse_existing(out, &manifest)?;
    }
    let mut summary = Summary::default();
    for entry in &manifest.sources {
        let mut rebuild = Rebuild::new(folder, out, entry, &manifest)?;
        rebuild.run(&mut summary)?;
        rebuild.prove()?;
        summary.sources += 1;
        summary.bytes += entry.bytes;
        summary.records += entry.records;
        if let Some(damage) = &entry.damage {
            summary.damaged.push((entry.name.clone(), damage.clone()));
        }
    }
    Ok(summary)
}

/// Rebuilds some records of one source, as frames: what was read before anything was removed. Those in quarantine, or beyond
/// the end, are left out.
///
/// # Errors
/// The output or a log is gone or was changed, or the run kept no removed text.
pub fn records(
    folder: &Path,
    source: &str,
    wanted: &BTreeSet<u64>,
) -> Result<BTreeMap<u64, Frame>> {
    let manifest = Manifest::read(folder)?;
    let entry = manifest.sources.iter().find(|s| s.name == source);
    let entry = entry.ok_or_else(|| {
        Error::usage(format!("no source {source:?} in this run")).at(folder.display().to_string())
    })?;
    let mut rebuild = Rebuild::new(folder, None, entry, &manifest)?;
    let mut out = BTreeMap::new();
    rebuild.head()?;
    let end = wanted
        .last()
        .map_or(0, |last| (last + 1).min(entry.records));
    let sample = Sample::of(&entry.name, &manifest.config.input);
    for record in 0..end {
        if sample.is_some_and(|s| !s.draws(record)) {
            continue;
        }
        let Some((cleaned, removals)) = rebuild.pieces(record)? else {
            continue;
        };
        if wanted.contains(&record) {
            let bytes = rebuild.join(record, &cleaned, &removals)?;
            let frame = Frame {
                record: Some(record),
                bytes,
                columns: rebuild.columns(&cleaned),
                ..Frame::default()
            };
            out.insert(record, frame);
        }
    }
    Ok(out)
}

fn refuse_existing(out: &Path, manifest: &Manifest) -> Result<()> {
    let mut paths = manifest.sources.iter().map(|s| out.join(&s.name));
    match paths.find(|p| p.exists()) {
        None => Ok(()),
        Some(found) => Err(Error::usage("already there; restore does not overwrite")
            .at(found.display().to_string())
            .hint("choose an empty folder")),
    }
}

/// The records of an output, one after the other.
enum Output {
    Framed(Box<dyn Framer>),
    /// Only their lengths tell them apart.
    Seamless(Box<Feed>),
}

struct Rebuild<'m> {
    entry: &'m Entry,
    manifest: &'m Manifest,
    paths: Paths,
    format: &'static Format,
    output_format: &'static Format,
    encoding: Option<Encoding>,
    output: Output,
    /// A frame of the output that was read before its turn.
    ahead: Option<Frame>,
    removals: journal::Reader<Removal>,
    quarantine: journal::Reader<quarantine::Entry>,
    sidecar: journal::Reader<Sidecar>,
    target: Option<Encoder<AtomicFile>>,
    hash: hash::Stream,
    bytes: u64,
    /// True when the output has more than the records, as the source has it: white space, brackets, a header row.
    carries: bool,
    /// What the header row of the source says, where the output is of another format.
    header: Option<Arc<Columns>>,
}

impl<'m> Rebuild<'m> {
    fn new(
        folder: &Path,
        out: Option<&Path>,
        entry: &'m Entry,
        manifest: &'m Manifest,
    ) -> Result<Self> {
        let paths = Paths::new(folder, &entry.name);
        let format = io::find(&entry.format)?;
        let output_format = io::find(&entry.output_format)?;
        let carries = entry.format == entry.output_format;
        // An output of another format has the names that this program gives.
        let names = match carries {
            true => manifest.config.input.clone(),
            false => InputConfig::default(),
        };
        // What this program wrote, it trusts, however well it was compressed.
        let names = InputConfig {
            max_expansion: u32::MAX,
            ..names
        };
        let file = output::open(&paths.output)?;
        let reader = match output_format.container {
            Some(container) => (container.read)(file, &paths.output, &names)?,
            None => io::compress::reader(file, &paths.output, &entry.name, None)?.1,
        };
        let feed = Feed::over_output(reader, &paths.output, &names);
        let target = out.map(|out| format.encoder(entry.compression, &out.join(&entry.name)));
        let encoding = entry.encoding.as_deref().map(Encoding::find).transpose()?;
        Ok(Rebuild {
            entry,
            manifest,
            format,
            output_format,
            encoding: encoding.flatten(),
            output: match output_format.seamless {
                true => Output::Seamless(Box::new(feed)),
                false => Output::Framed((output_format.frame)(feed)),
            },
            ahead: None,
            removals: journal::Reader::open(&paths.removed)?,
            quarantine: journal::Reader::open_lazy(&paths.quarantine)?,
            sidecar: journal::Reader::open_lazy(&paths.frame)?,
            target: target.transpose()?,
            hash: hash::Stream::default(),
            bytes: 0,
            carries,
            header: None,
            paths,
        })
    }

    fn run(&mut self, summary: &mut Summary) -> Result<()> {
        let sample = Sample::of(&self.entry.name, &self.manifest.config.input);
        self.head()?;
        for record in 0..self.entry.records {
            if sample.is_some_and(|s| !s.draws(record)) {
                continue;
            }
            let Some((cleaned, removals)) = self.pieces(record)? else {
                summary.quarantined += 1;
                continue;
            };
            summary.removals += removals.len() as u64;
            let restored = self.join(record, &cleaned, &removals)?;
            self.emit(record, &restored, false)?;
        }
        let rest = self.before(self.entry.records)?;
        // The end of the output may not be the source's.
        self.carries &= !rest.iter().any(|e| e.what == What::Added);
        if self.next_record(self.entry.records)?.is_some() {
            return Err(self.changed(
                self.entry.records,
                "a record that was not in the input".into(),
            ));
        }
        // Whatever is left in a log belongs to no record.
        self.removals.all_of(u64::MAX)?;
        self.quarantine.all_of(u64::MAX)?;
        self.sidecar.all_of(u64::MAX)?;
        Ok(())
    }

    /// What an output has before everything else; the bytes before its first record may have gone to the sidecar.
    fn head(&mut self) -> Result<()> {
        if let (true, Output::Framed(framer)) = (self.carries, &mut self.output) {
            match framer.next()? {
                Some(head) if head.fixed => self.emit(0, &head.bytes, false)?,
                other => self.ahead = other,
            }
        }
        Ok(())
    }

    /// The columns of a record of the source.
    fn columns(&self, cleaned: &Cleaned) -> Option<Arc<Columns>> {
        match self.carries {
            true => cleaned.columns.clone(),
            false => self.header.clone(),
        }
    }

    /// What is left of a record and what was removed from it; `None` when it was in the quarantine.
    fn pieces(&mut self, record: u64) -> Result<Option<(Cleaned, Vec<Removal>)>> {
        let sidecar = self.before(record)?;
        if self.bad(record)? {
            return Ok(None);
        }
        let cleaned = self.cleaned(record, sidecar)?;
        Ok(Some((cleaned, self.removals.all_of(record)?)))
    }

    /// The bytes of a record as they were read.
    fn join(&self, record: u64, cleaned: &Cleaned, removals: &[Removal]) -> Result<Vec<u8>> {
        let input = &self.manifest.config.input;
        self.format
            .restore(cleaned, removals, self.output_format, input)
            .map_err(|what| self.changed(record, what))
    }

    /// Emits what stands before a record, and returns the other entries of it.
    fn before(&mut self, record: u64) -> Result<Vec<Sidecar>> {
        let mut rest = Vec::new();
        while let Some(entry) = self.sidecar.read_of(record)? {
            match entry.what {
                What::Before => {
                    self.note_header(&entry.payload);
                    self.emit_payload(record, entry.payload)?;
                }
                _ => rest.push(entry),
            }
        }
        Ok(rest)
    }

    fn note_header(&mut self, payload: &Payload) {
        if let (None, false, Payload::Text(header)) = (&self.header, self.carries, payload) {
            let input = &self.manifest.config.input;
            self.header = (self.format.header)(header.as_bytes(), input).map(Arc::new);
        }
    }

    /// Emits a record from the quarantine, if it is there.
    fn bad(&mut self, record: u64) -> Result<bool> {
        let mut found = false;
        while let Some(entry) = self.quarantine.read_of(record)? {
            found = true;
            self.emit_payload(record, entry.payload)?;
        }
        Ok(found)
    }

    /// The cleaned record, from the sidecar or the output.
    fn cleaned(&mut self, record: u64, sidecar: Vec<Sidecar>) -> Result<Cleaned> {
        let mut cleaned = Cleaned::default();
        let mut found = None;
        for entry in sidecar {
            match entry.what {
                What::Record => {
                    let bytes = entry.payload.bytes();
                    found = Some(bytes.map_err(|what| self.changed(record, what))?.0);
                }
                What::Length => found = Some(self.exactly(record, &entry.payload)?),
                _ => cleaned.sidecar.push(entry),
            }
        }
        let found = match found {
            Some(bytes) => Some(bytes),
            None => self.next_record(record)?,
        };
        if let Output::Framed(framer) = &self.output {
            cleaned.columns = framer.columns();
        }
        cleaned.output = found
            .ok_or_else(|| self.changed(record, "the output ends before this record".into()))?;
        Ok(cleaned)
    }

    fn exactly(&mut self, record: u64, length: &Payload) -> Result<Vec<u8>> {
        if let (Output::Seamless(feed), Payload::Length(length)) = (&mut self.output, length) {
            let length = *length as usize;
            feed.fill(length)?;
            if feed.window().len() >= length {
                return Ok(feed.record(length).bytes);
            }
        }
        Err(self.changed(record, "the output ends before this record".into()))
    }

    /// The next record of the output; what stands between records is emitted.
    fn next_record(&mut self, record: u64) -> Result<Option<Vec<u8>>> {
        loop {
            let frame = match &mut self.output {
                Output::Framed(framer) => match self.ahead.take() {
                    Some(frame) => Some(frame),
                    None => framer.next()?,
                },
                Output::Seamless(feed) => {
                    while feed.more()? {}
                    let rest = feed.window().len();
                    (rest > 0).then(|| feed.record(rest))
                }
            };
            match frame {
                Some(frame) if frame.record.is_none() && !self.carries => {}
                Some(frame) if frame.record.is_none() => self.emit(record, &frame.bytes, false)?,
                Some(frame) => match frame.fault {
                    Some(fault) => return Err(self.changed(record, fault.detail)),
                    None => return Ok(Some(frame.bytes)),
                },
                None => return Ok(None),
            }
        }
    }

    fn emit_payload(&mut self, record: u64, payload: Payload) -> Result<()> {
        let (bytes, raw) = payload.bytes().map_err(|what| self.changed(record, what))?;
        self.emit(record, &bytes, raw)
    }

    fn emit(&mut self, record: u64, bytes: &[u8], raw: bool) -> Result<()> {
        let Some(encoding) = self.encoding.filter(|_| !raw) else {
            return self.put(bytes);
        };
        let encoded = std::str::from_utf8(bytes)
            .ok()
            .and_then(|text| encoding.encode(text));
        match encoded {
            Some(encoded) => self.put(&encoded),
            None => Err(self.changed(
                record,
                format!("text that cannot be written as {}", encoding.name()),
            )),
        }
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        match &mut self.target {
            Some(target) => target
                .write_all(bytes)
                .map_err(|e| Error::from(e).at(&self.entry.name)),
            None => Ok(()),
        }
    }

    /// Compares with the manifest, and gives the restored file its name.
    fn prove(self) -> Result<()> {
        let entry = self.entry;
        let output = match &self.output {
            Output::Framed(framer) => framer.finished(),
            Output::Seamless(feed) => feed.digest(),
        };
        let path = self.paths.output.display().to_string();
        let written = Digest {
            bytes: entry.output_bytes,
            hash: entry.output_hash,
        };
        if output != written {
            return Err(Error::phase("the output was changed after the run")
                .at(path)
                .hint("the input cannot be restored from it; run clean again"));
        }
        if (self.bytes, self.hash.digest()) != (entry.bytes, entry.hash) {
            return Err(Error::phase(format!(
                "restored {} bytes with hash {:032x}; expected {} bytes with hash {:032x}",
                self.bytes,
                self.hash.digest(),
                entry.bytes,
                entry.hash
            ))
            .at(path)
            .hint("its removal log, quarantine or sidecar was changed after the run"));
        }
        match self.target {
            None => Ok(()),
            Some(target) => target
                .finish()
                .map_err(|e| Error::from(e).at(&entry.name))?
                .commit(),
        }
    }

    fn changed(&self, record: u64, what: String) -> Error {
        Error::phase(what)
            .at(self.paths.output.display().to_string())
            .record(record)
            .hint("the output or one of its logs was changed after the run")
    }
}

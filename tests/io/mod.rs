//! Reading, cutting, writing and restoring: whatever is cut, cleaned output + removal log + quarantine + sidecar = input.

// A list of cuts may hold one range.
#![allow(clippy::unwrap_used, clippy::single_range_in_vec_init)]

mod bad;
mod folders;
mod formats;
mod round_trip;
#[cfg(feature = "parquet")]
mod tables;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use dechaff::config::{Config, InputConfig};
use dechaff::error::{ErrorKind, Result};
use dechaff::io::journal::Reader;
use dechaff::io::output::{self, Paths};
use dechaff::io::sink::Sink;
use dechaff::io::{self, Cleaned, Compression, Document, Frame, Source};
use dechaff::manifest::{Entry, Manifest};
use dechaff::quarantine;
use dechaff::removal::{self, Reason, Removal};
use dechaff::restore::{Summary, restore};

/// Which ranges of a text are cut: a stand-in for everything that decides.
type Cutter<'c> = &'c dyn Fn(u64, &str) -> Vec<Range<usize>>;

/// What a run left.
struct Run {
    folder: tempfile::TempDir,
    manifest: Manifest,
}

impl Run {
    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn output(&self, name: &str) -> Vec<u8> {
        read(&self.out().join(name))
    }

    fn quarantine(&self, name: &str) -> Vec<quarantine::Entry> {
        all(&Paths::new(&self.out(), name).quarantine)
    }

    fn restore(&self) -> Result<(Summary, PathBuf)> {
        let back = self.folder.path().join("back");
        restore(&self.out(), Some(&back)).map(|summary| (summary, back))
    }
}

fn all<T: serde::de::DeserializeOwned>(path: &Path) -> Vec<T> {
    let mut reader = Reader::open_lazy(path).unwrap();
    std::iter::from_fn(|| reader.read().unwrap()).collect()
}

fn read(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let compression = Compression::detect(&bytes, &name);
    let mut out = Vec::new();
    compression
        .decoder(std::io::Cursor::new(bytes))
        .unwrap()
        .read_to_end(&mut out)
        .unwrap();
    out
}

fn compress(compression: Compression, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = compression.encoder(Vec::new()).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Cleans files with this cutter, and writes the manifest.
fn run(files: &[(&str, &[u8])], config: &Config, cutter: Cutter<'_>) -> Run {
    try_run(files, config, cutter).unwrap()
}

fn try_run(files: &[(&str, &[u8])], config: &Config, cutter: Cutter<'_>) -> Result<Run> {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in");
    for (name, bytes) in files {
        let path = input.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let out = folder.path().join("out");
    let sources = io::expand(&[input.into_os_string()], None)?;
    output::check(&out, &sources, false)?;
    let entries: Result<Vec<_>> = sources
        .iter()
        .map(|s| clean(s, &out, config, cutter))
        .collect();
    let manifest = Manifest::new(config, entries?);
    manifest.write(&out)?;
    Ok(Run { folder, manifest })
}

fn clean(source: &Source, out: &Path, config: &Config, cutter: Cutter<'_>) -> Result<Entry> {
    let mut opened = io::open(source, &config.input)?;
    let mut sink = Sink::create(out, &source.name, &opened.shape, config.drop_empty)?;
    let mut cleaned = Cleaned::default();
    while let Some(frame) = opened.framer.next()? {
        let Some(record) = frame.record else {
            sink.between(&frame)?;
            continue;
        };
        let parsed = match &frame.fault {
            Some(fault) => Err(fault.clone()),
            None => (opened.shape.format.parse)(&frame, &config.input),
        };
        match parsed {
            Err(fault) => sink.quarantine(&frame, &fault)?,
            Ok(document) => {
                let text = std::str::from_utf8(&document.text).unwrap_or_default();
                let ranges = cutter(record, text);
                opened.shape.format.clean(
                    &frame,
                    &document,
                    &ranges,
                    opened.shape.output_format,
                    &mut cleaned,
                );
                let removals = log(source, &frame, &document, &ranges, &cleaned);
                sink.record(record, &cleaned, &removal::lines(&removals))?;
            }
        }
    }
    let digest = opened.framer.finished();
    Ok(Entry::new(source, &opened.shape, digest, &sink.commit()?))
}

fn log(
    source: &Source,
    frame: &Frame,
    document: &Document<'_>,
    ranges: &[Range<usize>],
    cleaned: &Cleaned,
) -> Vec<Removal> {
    let removal = |(range, raw): (&Range<usize>, &Option<String>)| Removal {
        id: document.id.as_deref().unwrap_or_default().to_owned(),
        source: source.name.clone(),
        record: frame.record.unwrap(),
        paragraph: 0,
        start: range.start as u64,
        end: range.end as u64,
        char_start: 0,
        char_end: 0,
        reason: Reason::Boilerplate,
        rule: None,
        category: None,
        level: None,
        score: None,
        evidence: Vec::new(),
        witness: None,
        text: Some(String::from_utf8(document.text[range.clone()].to_vec()).unwrap()),
        raw: raw.clone(),
    };
    ranges.iter().zip(&cleaned.raws).map(removal).collect()
}

fn nothing(_: u64, _: &str) -> Vec<Range<usize>> {
    Vec::new()
}

fn everything(_: u64, text: &str) -> Vec<Range<usize>> {
    if text.is_empty() {
        vec![]
    } else {
        vec![0..text.len()]
    }
}

/// Cuts at pseudo-random character boundaries.
fn random(seed: u64) -> impl Fn(u64, &str) -> Vec<Range<usize>> {
    move |record, text| {
        let mut state = seed ^ record.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut roll = |n: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % n
        };
        match roll(4) {
            0 => return Vec::new(),
            1 => return everything(record, text),
            _ => {}
        }
        let places: Vec<usize> = text
            .char_indices()
            .map(|(i, _)| i)
            .chain([text.len()])
            .filter(|_| roll(4) == 0)
            .collect();
        places.chunks_exact(2).map(|p| p[0]..p[1]).collect()
    }
}

fn with(change: impl FnOnce(&mut InputConfig)) -> Config {
    let mut config = Config::default();
    change(&mut config.input);
    config
}

/// Cleans, restores, and compares with the decompressed input.
fn round_trip(
    name: &str,
    input: &[u8],
    compression: Compression,
    config: &Config,
    seed: u64,
) -> Run {
    let run = run(
        &[(name, &compress(compression, input))],
        config,
        &random(seed),
    );
    let (_, back) = run.restore().unwrap();
    assert_eq!(
        read(&back.join(name)),
        input,
        "{:?}",
        String::from_utf8_lossy(input)
    );
    run
}

fn wet_record(kind: &str, id: u32, text: &[u8], crlf: bool) -> Vec<u8> {
    let end = if crlf { "\r\n" } else { "\n" };
    let length = match id % 3 {
        0 => format!("Content-Length: {}", text.len()),
        1 => format!("content-length:{}", text.len()),
        _ => format!("Content-Length: 0{}", text.len()),
    };
    let head = [
        "WARC/1.0".to_owned(),
        format!("WARC-Type: {kind}"),
        format!("WARC-Target-URI: http://example.org/{id}"),
        "WARC-Date: 2024-05-01T00:00:00Z".to_owned(),
        "Content-Type: application/http; msgtype=response".to_owned(),
        format!("WARC-Record-ID: <urn:uuid:{id}>"),
        length,
        String::new(),
        String::new(),
    ]
    .join(end);
    [head.as_bytes(), text, end.repeat(2).as_bytes()].concat()
}

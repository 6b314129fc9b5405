//! Whole folders: a run and its proof, and the proof of a folder that someone else had in hands.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use arbitrary::Unstructured;
use dechaff::beside::{ATTRIBUTES, Attributes, Beside, Exclusions};
use dechaff::config::{Config, Dedup, Guard, Keep, Level, ModelChoice, Segment};
use dechaff::io::output::Paths;
use dechaff::io::{self, Compression};
use dechaff::manifest::Manifest;
use dechaff::removal::{self, Reason, Removal};
use dechaff::resources::{Resources, Silent};
use dechaff::{clean, explain, restore};

use super::files::check_page;

fn resources() -> Resources {
    Resources {
        threads: 1,
        memory: 64 << 20,
        ..Resources::default()
    }
}

/// A folder to work in: in memory where the machine has a file system for that.
pub(super) fn temp() -> tempfile::TempDir {
    let memory = tempfile::tempdir_in("/dev/shm");
    memory
        .or_else(|_| tempfile::tempdir())
        .expect("a temporary folder")
}

/// Two sentences of a kind, furniture of pages, and what a parser may trip over.
static PIECES: &[&str] = &[
    "The ferryman keeps a list of everyone who never came back for the other half of the ticket.",
    "The ferryman keeps a long list of everyone who never came back for the other half of a ticket.",
    "On the second morning the lock keeper found nine barges waiting below the weir, all of them empty.",
    "On the second morning the lock keeper found four barges waiting below the weir, all of them empty.",
    "Subscribe to our newsletter",
    "Share this article on Facebook Twitter WhatsApp",
    "Photo: Ines Palmer/Coast Press",
    "READ ALSO: Harbour fees go up again",
    "All rights reserved. © 2019 Coast Press",
    "We use cookies to give you the best experience on our site. Accept all cookies",
    "> quoted: the weaver of the northern guild writes about her new frame and the wool it needs.",
    "村里的合作社今年春天一共种了三百五十棵苹果树，还修好了通往山谷的小路和旧桥。",
    "No.",
    "}",
    "",
    " ",
    "\r",
    "\u{feff}",
    "e\u{301}\u{301}",
    "&amp;#0;",
    "\u{202e}abc",
];

fn document(u: &mut Unstructured<'_>) -> arbitrary::Result<String> {
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=7)? {
        match u.int_in_range(0..=9)? {
            0 => text.push_str(&u.arbitrary::<&str>()?.chars().take(40).collect::<String>()),
            _ => text.push_str(u.choose(PIECES)?),
        }
        text.push_str(u.choose(&["\n", "\n", "\n\n", "\r\n", " ", ""])?);
    }
    Ok(text)
}

struct Input {
    config: Config,
    files: Vec<(String, Vec<u8>)>,
}

fn input(u: &mut Unstructured<'_>) -> arbitrary::Result<Input> {
    let mut config = Config {
        dedup: *u.choose(&[Dedup::Near, Dedup::Near, Dedup::Exact, Dedup::Off])?,
        guard: *u.choose(&[Guard::Facts, Guard::Facts, Guard::Off])?,
        keep: *u.choose(&[Keep::First, Keep::Longest])?,
        boilerplate: *u.choose(&[Some(Level::Safe), Some(Level::Aggressive), None])?,
        segment: *u.choose(&[Segment::Auto, Segment::Line, Segment::Block])?,
        drop_empty: u.arbitrary()?,
        ..Config::default()
    };
    config.input.max_record = *u.choose(&[64 << 20, 4096, 300])?;
    let mut files = Vec::new();
    for number in 0..u.int_in_range(1..=3)? {
        let kind = *u.choose(&["jsonl", "txt", "wet", "jsonl.gz", "txt.zst"])?;
        let mut bytes = Vec::new();
        for record in 0..u.int_in_range(1..=3)? {
            let text = document(u)?;
            match kind {
                "txt" | "txt.zst" => bytes.extend_from_slice(text.as_bytes()),
                "wet" => bytes.extend(format!("WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:{record}>\r\nWARC-Target-URI: http://a{record}.example/\r\nContent-Length: {}\r\n\r\n{text}\r\n\r\n", text.len()).into_bytes()),
                _ => {
                    let url = format!("http://www.site.example/{}", u.int_in_range(0..=20)?);
                    let line = match u.int_in_range(0..=9)? {
                        0 => text,
                        _ => serde_json::json!({"id": format!("d{number}-{record}"), "text": text, "url": url}).to_string(),
                    };
                    bytes.extend(line.into_bytes());
                    bytes.push(b'\n');
                }
            }
        }
        if u.ratio(1, 6)? {
            let at = u.choose_index(bytes.len().max(1))?;
            bytes.truncate(at);
        }
        if u.ratio(1, 12)? && !bytes.is_empty() {
            let at = u.choose_index(bytes.len())?;
            bytes[at] = u.arbitrary()?;
        }
        files.push((format!("{number}.{kind}"), bytes));
    }
    // To unpack the model and to set up all rules is work that such a run does not need, and `page` and `rules` are there for
    // them. Short inputs end here and go without.
    if u.ratio(15, 16)? {
        config.model = ModelChoice::None;
        let few = ["cookie-notice", "photo-credit", "read-also", "frequency"];
        config.only = few.map(str::to_owned).to_vec();
    }
    Ok(Input { config, files })
}

/// A run over a small folder, and its promises: the input comes back, what went adds up, every witness is still there.
pub fn clean(data: &[u8]) {
    let Ok(input) = input(&mut Unstructured::new(data)) else {
        return;
    };
    let folder = temp();
    let (from, out, back) = (
        folder.path().join("in"),
        folder.path().join("out"),
        folder.path().join("back"),
    );
    fs::create_dir_all(&from).expect("a folder");
    for (name, bytes) in &input.files {
        let compression = compression(name);
        fs::write(from.join(name), packed(compression, bytes)).expect("a file");
    }
    let sources = io::expand(&[from.into_os_string()], None).expect("files");
    let report = match clean::clean(&sources, &out, &input.config, &resources(), &Silent) {
        Ok(report) => report,
        // Nonsense in the place of a file may be refused, but then as an input.
        Err(error) => return assert_eq!(error.kind(), dechaff::ErrorKind::Input, "{error}"),
    };
    assert_eq!(report.bytes.r#in, report.bytes.out + report.bytes.removed);
    restore::restore(&out, Some(&back)).expect("restores");
    let mut removals: Vec<Removal> = Vec::new();
    for (name, bytes) in &input.files {
        assert_eq!(
            &unpacked(&back.join(name)),
            bytes,
            "{name} came back otherwise"
        );
        let mut log = removal::open(&Paths::new(&out, name).removed).expect("a log");
        while let Some(removal) = log.read().expect("a removal") {
            removals.push(removal);
        }
    }
    let removed: u64 = removals.iter().map(|r| r.end - r.start).sum();
    assert_eq!(removed, report.bytes.removed);
    let overlap = |a: &Removal, source: &str, record: u64, start: u64, end: u64| {
        a.source == source && a.record == record && a.start < end && start < a.end
    };
    for (i, r) in removals.iter().enumerate() {
        assert!(
            !removals[..i]
                .iter()
                .any(|o| overlap(o, &r.source, r.record, r.start, r.end)),
            "removals overlap"
        );
        assert_eq!(r.witness.is_some(), r.reason != Reason::Boilerplate);
        if let Some(w) = &r.witness {
            // A witness may have lost a part to boilerplate, but it stands.
            let gone = |o: &&Removal| {
                overlap(o, &w.source, w.record, w.start, w.end) && o.reason != Reason::Boilerplate
            };
            assert!(!removals.iter().any(|o| gone(&o)), "a witness went: {r:?}");
        }
    }
    if let Some(first) = removals.first() {
        let told = explain::explain(&out, &first.id).expect("an explanation");
        assert!(
            !told.contains(['\u{1b}', '\u{202e}', '\u{7}', '\r']),
            "a control character reached the terminal"
        );
    }
    let html = fs::read_to_string(out.join("_dechaff/report.html")).expect("a report");
    check_page(&html);
}

fn compression(name: &str) -> Compression {
    match name.rsplit_once('.') {
        Some((_, "gz")) => Compression::Gzip,
        Some((_, "zst")) => Compression::Zstd,
        _ => Compression::Plain,
    }
}

fn packed(compression: Compression, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = compression.encoder(Vec::new()).expect("memory");
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn unpacked(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).expect("a file");
    let compression = Compression::detect(&bytes, "");
    let mut out = Vec::new();
    let decoder = compression
        .decoder(std::io::Cursor::new(bytes))
        .expect("memory");
    decoder
        .take(1 << 24)
        .read_to_end(&mut out)
        .expect("a whole file");
    out
}

/// The result of a run, in which one file at a time is exchanged.
struct Fixture {
    folder: tempfile::TempDir,
    /// Every file of the result, decompressed.
    files: Vec<(PathBuf, Compression, Vec<u8>)>,
    originals: BTreeMap<String, Vec<u8>>,
}

impl Fixture {
    fn new() -> Self {
        let folder = temp();
        let from = folder.path().join("in");
        fs::create_dir_all(&from).expect("a folder");
        let line =
            |id: u32, text: &str| serde_json::json!({"id": id, "text": text}).to_string() + "\n";
        let records = [
            "\u{feff}".to_owned(),
            line(1, &format!("{}\nNo.\n", PIECES[0])),
            "{\"text\":7}\n\n".to_owned(),
            line(
                2,
                &format!("A first line.\n\n{}\n{}\n", PIECES[1], PIECES[6]),
            ),
            line(3, PIECES[9]),
        ];
        let wet = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab\r\n\r\nWARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 5\r\n\r\nhello\n\n";
        let originals = BTreeMap::from([
            ("a.jsonl".to_owned(), records.concat().into_bytes()),
            (
                "b.txt".to_owned(),
                format!("{}\n\nThat was all of it.\n{}\n", PIECES[0], PIECES[4]).into_bytes(),
            ),
            ("c.wet".to_owned(), wet.as_bytes().to_vec()),
        ]);
        for (name, bytes) in &originals {
            fs::write(from.join(name), bytes).expect("a file");
        }
        let sources = io::expand(&[from.into_os_string()], None).expect("files");
        let out = folder.path().join("out");
        clean::clean(&sources, &out, &Config::default(), &resources(), &Silent).expect("a run");
        fs::create_dir(folder.path().join("work")).expect("a folder");
        let mut files = Vec::new();
        collect(&out, &mut files);
        files.sort_by(|a, b| a.0.cmp(&b.0));
        Fixture {
            folder,
            files,
            originals,
        }
    }
}

fn collect(folder: &Path, out: &mut Vec<(PathBuf, Compression, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            collect(&path, out);
        } else if !name.starts_with("report.") {
            let bytes = unpacked(&path);
            out.push((path, compression(&name), bytes));
        }
    }
}

thread_local! {
    static FIXTURE: RefCell<Option<Fixture>> = const { RefCell::new(None) };
}

/// `restore` of a result of which one file is not what it was: it proves the input, or it errs. It writes nowhere else.
pub fn restore(data: &[u8]) {
    let Some((&[pick, mode, at, length], rest)) = data.split_first_chunk() else {
        return;
    };
    FIXTURE.with_borrow_mut(|fixture| {
        let fixture = fixture.get_or_insert_with(Fixture::new);
        let (path, compression, good) = &fixture.files[usize::from(pick) % fixture.files.len()];
        let bytes = match mode & 3 {
            0 => packed(*compression, rest),
            1 => rest.to_vec(),
            _ => {
                let at = usize::from(at) * good.len() / 256;
                let end = (at + usize::from(length & 31)).min(good.len());
                packed(*compression, &[&good[..at], rest, &good[end..]].concat())
            }
        };
        fs::write(path, bytes).expect("a file");
        let work = fixture.folder.path().join("work");
        let back = work.join("back");
        let done = restore::restore(&fixture.folder.path().join("out"), Some(&back));
        // A manifest may tell of other sources; the other files may not change what comes back.
        if done.is_ok() && !path.ends_with("manifest.json") {
            for (name, bytes) in &fixture.originals {
                assert_eq!(
                    &unpacked(&back.join(name)),
                    bytes,
                    "proved, and not the input"
                );
            }
        }
        let beside = |folder: &Path| fs::read_dir(folder).expect("a folder").count();
        assert!(
            beside(&work) <= 1 && beside(fixture.folder.path()) == 3,
            "written outside"
        );
        let _ = fs::remove_dir_all(&back);
        fs::write(path, packed(*compression, good)).expect("a file");
    });
}

/// A manifest from elsewhere: its names stay inside the folder, and what it says is what it says when written again.
pub fn manifest(data: &[u8]) {
    thread_local! {
        static PLACE: tempfile::TempDir = temp();
    }
    PLACE.with(|folder| {
        let path = io::output::manifest_path(folder.path());
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, data).expect("a file");
        let Ok(manifest) = Manifest::read(folder.path()) else {
            return;
        };
        for source in &manifest.sources {
            let name = Path::new(&source.name);
            assert!(
                name.is_relative()
                    && !source.name.is_empty()
                    && !source.name.split('/').any(|p| p == "..")
            );
        }
        fs::write(&path, manifest.to_json()).expect("a file");
        assert_eq!(
            Manifest::read(folder.path()).expect("what was written"),
            manifest
        );
    });
}

/// What other tools are told of a run: a row for each record, and the text less its spans is the text that is left.
pub fn attributes(data: &[u8]) {
    let Ok(input) = input(&mut Unstructured::new(data)) else {
        return;
    };
    let folder = temp();
    let (from, out) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir_all(&from).expect("a folder");
    for (name, bytes) in &input.files {
        fs::write(from.join(name), packed(compression(name), bytes)).expect("a file");
    }
    let sources = io::expand(&[from.into_os_string()], None).expect("files");
    let resources = Resources {
        beside: Beside {
            attributes: Some(Attributes::Dolma),
            exclusions: Some(Exclusions::Datatrove),
        },
        ..resources()
    };
    if clean::clean(&sources, &out, &input.config, &resources, &Silent).is_err() {
        return;
    }
    let manifest = Manifest::read(&out).expect("a manifest");
    for (entry, (name, bytes)) in manifest.sources.iter().zip(&input.files) {
        let home = out.join("_dechaff");
        let same = home.join("attributes").join(name);
        let path = match same.is_file() {
            true => same,
            false => home.join("attributes").join(format!("{name}.jsonl.gz")),
        };
        let rows = rows(&path);
        assert_eq!(rows.len() as u64, entry.records, "rows of {name}");
        let mut removals = Vec::new();
        let mut log = removal::open(&Paths::new(&out, name).removed).expect("a log");
        while let Some(removal) = log.read().expect("a removal") {
            removals.push(removal);
        }
        let passages = home
            .join("exclusions/passages")
            .join(format!("{name}.jsonl.gz"));
        let passages = self::rows(&passages);
        assert_eq!(passages.len(), removals.len());
        for (passage, removal) in passages.iter().zip(&removals) {
            assert_eq!(passage["text"].as_str(), removal.text.as_deref());
        }
        self::rows(
            &home
                .join("exclusions/documents")
                .join(format!("{name}.jsonl.gz")),
        );
        let lines: Vec<serde_json::Value> = (bytes.split(|&b| b == b'\n'))
            .filter_map(|line| serde_json::from_slice(line).ok())
            .collect();
        // A source of which everything could be read as this test reads it.
        if input.config.drop_empty
            || Paths::new(&out, name).quarantine.is_file()
            || lines.len() != rows.len()
            || !name.contains("jsonl")
        {
            continue;
        }
        let left = unpacked(&out.join(name));
        let left = left
            .split(|&b| b == b'\n')
            .filter_map(|l| serde_json::from_slice::<serde_json::Value>(l).ok());
        for ((line, row), left) in lines.iter().zip(&rows).zip(left) {
            assert_eq!(row["id"], line["id"]);
            let mut chars: Vec<char> = line["text"].as_str().unwrap_or_default().chars().collect();
            let spans = ATTRIBUTES
                .iter()
                .flat_map(|name| row["attributes"][name].as_array().expect("a list"));
            let mut spans: Vec<_> = spans
                .map(|s| [0, 1].map(|i| s[i].as_u64().expect("a place") as usize))
                .collect();
            spans.sort_unstable();
            for [start, end] in spans.into_iter().rev() {
                assert!(start < end);
                chars.drain(start..end);
            }
            assert_eq!(left["text"], chars.into_iter().collect::<String>());
        }
    }
}

fn rows(path: &Path) -> Vec<serde_json::Value> {
    let bytes = unpacked(path);
    let lines = bytes.split(|&b| b == b'\n').filter(|l| !l.is_empty());
    lines
        .map(|l| serde_json::from_slice(l).expect("a row"))
        .collect()
}

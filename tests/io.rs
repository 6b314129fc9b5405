//! Reading, cutting, writing and restoring: whatever is cut, cleaned output + removal log + quarantine + sidecar = input.

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
use dechaff::removal::{Reason, Removal};
use dechaff::restore::{Summary, restore};
use proptest::prelude::*;

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
    let mut sink = Sink::create(out, &source.name, &opened, config.drop_empty)?;
    let mut cleaned = Cleaned::default();
    while let Some(frame) = opened.framer.next()? {
        let Some(record) = frame.record else {
            sink.between(&frame)?;
            continue;
        };
        let parsed = match &frame.fault {
            Some(fault) => Err(fault.clone()),
            None => (opened.format.parse)(&frame, &config.input),
        };
        match parsed {
            Err(fault) => sink.quarantine(&frame, &fault)?,
            Ok(document) => {
                let text = std::str::from_utf8(&document.text).unwrap_or_default();
                let ranges = cutter(record, text);
                (opened.format.clean)(
                    &frame,
                    &document,
                    &ranges,
                    opened.output_format,
                    &mut cleaned,
                );
                let removals = log(source, &frame, &document, &ranges, &cleaned);
                sink.record(record, &cleaned, &removals)?;
            }
        }
    }
    let digest = opened.framer.finished();
    Ok(Entry::new(source, &opened, digest, &sink.commit()?))
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

fn compressions() -> impl Strategy<Value = Compression> {
    prop_oneof![
        Just(Compression::Plain),
        Just(Compression::Gzip),
        Just(Compression::Zstd)
    ]
}

/// Characters that are awkward in at least one format.
fn texts() -> impl Strategy<Value = String> {
    let awkward = prop_oneof![
        Just('a'),
        Just('b'),
        Just(' '),
        Just('\n'),
        Just('\r'),
        Just('\t'),
        Just('"'),
        Just('\\'),
        Just('/'),
        Just('\0'),
        Just('\u{1f}'),
        Just('\u{7f}'),
        Just('é'),
        Just('日'),
        Just('😀'),
        Just('\u{feff}'),
        Just('\u{2028}'),
        any::<char>(),
    ];
    prop::collection::vec(awkward, 0..24).prop_map(|c| c.into_iter().collect())
}

/// One character in a JSON string, in one of the ways it may be written.
fn written(c: char, way: u8) -> String {
    let units = |upper: bool| {
        let mut buffer = [0; 2];
        let code = |u: &u16| {
            if upper {
                format!("\\u{u:04X}")
            } else {
                format!("\\u{u:04x}")
            }
        };
        c.encode_utf16(&mut buffer)
            .iter()
            .map(code)
            .collect::<String>()
    };
    match (way % 4, c) {
        (0, _) => units(true),
        (1, _) => units(false),
        (2, '/') => "\\/".into(),
        _ => {
            let quoted = serde_json::to_string(&c).unwrap();
            quoted[1..quoted.len() - 1].to_owned()
        }
    }
}

/// A line that may be a record: other fields, odd spacing, escapes, and now and then something bad or blank.
fn json_lines() -> impl Strategy<Value = String> {
    let object = (texts(), prop::collection::vec(any::<u8>(), 24), 0..4usize, 0..3usize).prop_map(|(text, ways, space, order)| {
        let s = ["", " ", "\t ", "  "][space];
        let ways = ways.into_iter().cycle();
        let raw: String = text.chars().zip(ways).map(|(c, w)| written(c, w)).collect();
        match order {
            0 => format!("{{\"text\":{s}\"{raw}\"{s},{s}\"n\" :1.0e2,\"n\":1.00}}{s}"),
            1 => format!("{s}{{{s}\"id\":12,\"t\\u0065xt\"{s}:\"{raw}\",\"x\":{{\"text\":\"in\"}}}}"),
            _ => format!("{{\"id\":\"a\\u00e9\",\"url\":\"http:\\/\\/x\",\"y\":[1,{{}}],\"text\":\"{raw}\"}}"),
        }
    });
    let bad = prop::sample::select(vec![
        "{\"text\":1}",
        "{\"x\":\"y\"}",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":\"\\ud800\"}",
        "not json",
        "[1]",
        "{\"text\":\"a\"",
    ]);
    let blank = prop::sample::select(vec!["", " ", "\t"]);
    prop_oneof![8 => object, 1 => bad.prop_map(String::from), 1 => blank.prop_map(String::from)]
}

fn joined(lines: Vec<String>, ends: Vec<bool>, mark: bool, last: bool) -> Vec<u8> {
    let mut out = String::from(if mark { "\u{feff}" } else { "" });
    let count = lines.len();
    for (i, (line, crlf)) in lines.into_iter().zip(ends.into_iter().cycle()).enumerate() {
        out += &line;
        if i + 1 < count || last {
            out += if crlf { "\r\n" } else { "\n" };
        }
    }
    out.into_bytes()
}

fn ends() -> impl Strategy<Value = Vec<bool>> {
    prop::collection::vec(any::<bool>(), 1..8)
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
        format!("WARC-Record-ID: <urn:uuid:{id}>"),
        length,
        String::new(),
        String::new(),
    ]
    .join(end);
    [head.as_bytes(), text, end.repeat(2).as_bytes()].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn json_lines_come_back(
        lines in prop::collection::vec(json_lines(), 0..8), ends in ends(), mark: bool, last: bool,
        drop_empty: bool, compression in compressions(), seed: u64,
    ) {
        let input = joined(lines, ends, mark, last);
        let config = Config { drop_empty, ..with(|i| i.format = Some("jsonl".into())) };
        round_trip("a.jsonl", &input, compression, &config, seed);
    }

    #[test]
    fn lines_come_back(
        lines in prop::collection::vec(texts(), 0..8), ends in ends(), mark: bool, last: bool,
        drop_empty: bool, compression in compressions(), seed: u64, max in 1u64..60,
    ) {
        let input = joined(lines, ends, mark, last);
        let config = Config { drop_empty, ..with(|i| { i.format = Some("lines".into()); i.max_record = max; }) };
        round_trip("a", &input, compression, &config, seed);
    }

    #[test]
    fn text_comes_back(
        lines in prop::collection::vec(texts(), 0..8), ends in ends(), mark: bool, last: bool,
        drop_empty: bool, compression in compressions(), seed: u64, max in 1u64..60,
    ) {
        let input = joined(lines, ends, mark, last);
        let config = Config { drop_empty, ..with(|i| { i.format = Some("text".into()); i.max_record = max; }) };
        round_trip("a.txt", &input, compression, &config, seed);
    }

    #[test]
    fn bytes_of_any_kind_come_back(
        input in prop::collection::vec(prop_oneof![Just(b'\n'), Just(b'{'), any::<u8>()], 0..80), seed: u64,
        format in prop::sample::select(vec!["text", "lines", "jsonl", "wet"]), limit in prop::option::of(0u64..4), max in 1u64..60,
    ) {
        let config = with(|i| { i.format = Some(format.into()); i.limit = limit; i.max_record = max; });
        let run = run(&[("a", &compress(Compression::Zstd, &input))], &config, &random(seed));
        let (summary, back) = run.restore().unwrap();
        let restored = read(&back.join("a"));
        prop_assert!(input.starts_with(&restored));
        prop_assert_eq!(summary.bytes, restored.len() as u64);
        if limit.is_none() {
            prop_assert_eq!(restored.len(), input.len());
        }
    }

    #[test]
    fn wet_comes_back(
        records in prop::collection::vec((0..5u8, texts(), any::<bool>()), 0..6), as_wet: bool, cut in 0..40usize,
        drop_empty: bool, compression in compressions(), seed: u64, max in prop_oneof![Just(200u64), Just(100_000)],
    ) {
        let mut input = Vec::new();
        for (id, (kind, text, crlf)) in records.into_iter().enumerate() {
            match kind {
                0 => input.extend(wet_record("warcinfo", id as u32, text.as_bytes(), crlf)),
                1 => input.extend(format!("{text}\nWARC/1.\n").into_bytes()),
                _ => input.extend(wet_record("conversion", id as u32, text.as_bytes(), crlf)),
            }
        }
        input.truncate(input.len().saturating_sub(cut.saturating_sub(20)));
        let config = Config { drop_empty, ..with(|i| {
            i.format = Some("wet".into());
            i.output_format = as_wet.then(|| "wet".into());
            i.max_record = max;
        }) };
        round_trip("a.warc.wet", &input, compression, &config, seed);
    }

    #[test]
    fn other_encodings_come_back(
        lines in prop::collection::vec(texts(), 0..6), ends in ends(), last: bool, seed: u64, odd: bool,
        label in prop::sample::select(vec!["utf-16le", "utf-16be", "windows-1252", "shift_jis", "gb18030"]),
        format in prop::sample::select(vec!["text", "lines", "jsonl"]), max in 1u64..80,
    ) {
        let encoding = io::Encoding::find(label).unwrap().unwrap();
        let text = String::from_utf8(joined(lines, ends, label.starts_with("utf"), last)).unwrap();
        let encode = |c: char| match (label, c) {
            ("utf-16le", _) => c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_le_bytes()).collect(),
            ("utf-16be", _) => c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_be_bytes()).collect(),
            (_, c) if c.is_ascii() => vec![c as u8],
            _ => vec![0x93, 0xfa],
        };
        let mut input: Vec<u8> = text.chars().flat_map(encode).collect();
        if odd {
            input.push(0x93);
        }
        let config = with(|i| { i.format = Some(format.into()); i.encoding = Some(encoding.name()); i.max_record = max; });
        round_trip("a", &input, Compression::Plain, &config, seed);
    }
}

#[test]
fn unchanged_records_are_byte_identical_and_changed_ones_differ_only_in_the_text() {
    let input = "{ \"b\" : 1.0, \"text\":\"one\\n\\u0074wo\\/\\n\" , \"b\":1e400 }\r\n\n{\"text\":\"stays\",\"id\":7}";
    let cut = |record, _: &str| if record == 0 { vec![4..9] } else { vec![] };
    let run = run(&[("a.jsonl", input.as_bytes())], &Config::default(), &cut);
    let expected =
        "{ \"b\" : 1.0, \"text\":\"one\\n\" , \"b\":1e400 }\r\n\n{\"text\":\"stays\",\"id\":7}";
    assert_eq!(String::from_utf8(run.output("a.jsonl")).unwrap(), expected);
    let log: Vec<Removal> = all(&Paths::new(&run.out(), "a.jsonl").removed);
    assert_eq!(log[0].text.as_deref(), Some("two/\n"));
    assert_eq!(log[0].raw.as_deref(), Some("\\u0074wo\\/\\n"));
    run.restore().unwrap();
}

/// Bad inputs: what is written, the format, the reasons in order, and how many good records remain.
type Bad<'a> = (&'a str, &'a [u8], &'a [(u64, &'a str)], usize);

#[test]
fn bad_records_are_quarantined_and_come_back() {
    let table: &[Bad<'_>] = &[
        ("invalid.jsonl", b"{\"text\":\"a\"}\n{\"text\":\"a\"\n{\"text\":\"b\"}\n", &[(1, "invalid-json")], 2),
        ("trailing.jsonl", b"{\"text\":\"a\"} {\"text\":\"b\"}\n", &[(0, "invalid-json")], 0),
        ("control.jsonl", b"{\"text\":\"a\x01\"}\n", &[(0, "invalid-json")], 0),
        ("array.jsonl", b"{\"text\":\"a\"}\n[1]\n\"x\"\n", &[(1, "not-an-object"), (2, "not-an-object")], 1),
        ("missing.jsonl", b"{\"txt\":\"a\"}\n", &[(0, "missing-text-field")], 0),
        ("number.jsonl", b"{\"text\":1}\n{\"text\":null}\n", &[(0, "text-field-not-a-string"), (1, "text-field-not-a-string")], 0),
        ("twice.jsonl", b"{\"text\":\"a\",\"t\\u0065xt\":\"a\"}\n", &[(0, "duplicate-text-field")], 0),
        ("surrogate.jsonl", b"{\"text\":\"a\\ud83d\"}\n{\"text\":\"\\ude00\\ud83d\"}\n{\"text\":\"\\ud83d\\ude00\"}\n", &[(0, "lone-surrogate"), (1, "lone-surrogate")], 1),
        ("utf8.jsonl", b"{\"text\":\"a\xff\"}\n{\"text\":\"b\"}\n", &[(0, "invalid-utf-8")], 1),
        ("long.jsonl", b"{\"text\":\"a\"}\n{\"text\":\"0123456789012345678901234567890123456789\"}\n{\"text\":\"b\"}", &[(1, "over-long")], 2),
        ("long.txt", b"short\n012345678901234567890123456789012345678901234567890123456789\nrest\n", &[(1, "over-long")], 2),
        ("empty.jsonl", b"", &[], 0),
        ("empty.txt", b"", &[], 0),
        ("empty.gz", b"", &[], 0),
        ("utf8.txt", b"good\nb\xffd\n", &[], 1),
    ];
    let config = with(|i| i.max_record = 40);
    for (name, input, reasons, good) in table {
        let run = run(&[(name, input)], &config, &nothing);
        let found = run.quarantine(name);
        let found: Vec<_> = found
            .iter()
            .map(|q| (q.record, q.reason.as_str()))
            .collect();
        assert_eq!(found, *reasons, "{name}");
        assert_eq!(
            run.manifest.sources[0].records as usize,
            reasons.len() + good,
            "{name}"
        );
        let (summary, back) = run.restore().unwrap();
        assert_eq!(read(&back.join(name)), *input, "{name}");
        assert_eq!(summary.quarantined as usize, reasons.len(), "{name}");
    }
}

#[test]
fn an_over_long_record_is_one_record_in_pieces() {
    let long = format!("{{\"text\":\"{}\"}}\n", "é".repeat(1_300_000));
    let input = format!("{{\"text\":\"a\"}}\n{long}{{\"text\":\"b\"}}\n");
    let config = with(|i| i.max_record = 1 << 20);
    let run = run(&[("a.jsonl", input.as_bytes())], &config, &nothing);
    let pieces = run.quarantine("a.jsonl");
    assert_eq!(
        pieces.iter().map(|q| q.record).collect::<Vec<_>>(),
        [1, 1, 1]
    );
    assert!(
        pieces
            .iter()
            .all(|q| matches!(q.payload, io::sidecar::Payload::Text(_)))
    );
    let (summary, back) = run.restore().unwrap();
    assert_eq!((summary.records, summary.quarantined), (3, 1));
    assert!(read(&back.join("a.jsonl")) == input.as_bytes());
}

#[test]
fn a_damaged_archive_gives_what_comes_before_the_damage() {
    let line = |i: u32| {
        format!(
            "{{\"text\":\"line {} {}\"}}\n",
            i,
            i.wrapping_mul(2_654_435_761)
        )
    };
    let input: String = (0..40_000).map(line).collect();
    for compression in [Compression::Gzip, Compression::Zstd] {
        let whole = compress(compression, input.as_bytes());
        let cut = &whole[..whole.len() / 2];
        let mut broken = whole.clone();
        broken[whole.len() / 2..][..64].fill(0x55);
        for (bytes, exact) in [(cut, Some("truncated-archive")), (&broken, None)] {
            let run = run(&[("a.jsonl", bytes)], &Config::default(), &random(7));
            let bad = run.quarantine("a.jsonl");
            let reason = bad.last().unwrap().reason.as_str();
            assert_eq!(reason, exact.unwrap_or(reason));
            assert!(reason.ends_with("-archive"), "{compression:?}: {reason}");
            assert!(run.manifest.sources[0].records > 1_000, "{compression:?}");
            let (summary, back) = run.restore().unwrap();
            assert_eq!(summary.damaged.len(), 1);
            let back = read(&back.join("a.jsonl"));
            assert_eq!(summary.bytes, back.len() as u64);
            assert!(exact.is_none() || input.as_bytes().starts_with(&back));
        }
    }
}

#[test]
fn archives_of_several_parts_are_read_to_the_end() {
    for compression in [Compression::Gzip, Compression::Zstd] {
        let parts =
            [&b"{\"text\":\"a\"}\n{\"te"[..], b"xt\":\"b\"}\n"].map(|p| compress(compression, p));
        let run = run(
            &[("a.jsonl", &parts.concat())],
            &Config::default(),
            &everything,
        );
        assert_eq!(run.output("a.jsonl"), b"{\"text\":\"\"}\n{\"text\":\"\"}\n");
        run.restore().unwrap();
    }
}

#[test]
fn an_emptied_record_stays_unless_asked() {
    let input = b"{\"text\":\"a\"}\n{\"text\":\"\"}\n";
    let kept = run(&[("a.jsonl", input)], &Config::default(), &everything);
    assert_eq!(
        kept.output("a.jsonl"),
        b"{\"text\":\"\"}\n{\"text\":\"\"}\n"
    );
    let config = Config {
        drop_empty: true,
        ..Config::default()
    };
    let dropped = run(&[("a.jsonl", input)], &config, &everything);
    assert_eq!(
        dropped.output("a.jsonl"),
        b"{\"text\":\"\"}\n",
        "the record that had no text stays"
    );
    dropped.restore().unwrap();
    let lines = run(
        &[("a", b"a\nb\n")],
        &with(|i| i.format = Some("lines".into())),
        &everything,
    );
    assert_eq!(lines.output("a"), b"\n\n");
}

#[test]
fn wet_becomes_json_lines_or_stays_wet() {
    let records = [
        wet_record("warcinfo", 0, b"software: x", true),
        wet_record("conversion", 3, "first\nsecönd\n".as_bytes(), true),
    ];
    let input = records.concat();
    let cut = |_, _: &str| vec![0..6];
    let json = run(&[("a.warc.wet", &input)], &Config::default(), &cut);
    assert_eq!(
        String::from_utf8(json.output("a.warc.wet")).unwrap(),
        "{\"id\":\"<urn:uuid:3>\",\"url\":\"http://example.org/3\",\"date\":\"2024-05-01T00:00:00Z\",\"text\":\"secönd\\n\"}\n"
    );
    let wet = run(
        &[("a.warc.wet", &input)],
        &with(|i| i.output_format = Some("wet".into())),
        &cut,
    );
    let expected = [
        records[0].clone(),
        wet_record("conversion", 3, "secönd\n".as_bytes(), true),
    ]
    .concat();
    assert_eq!(
        String::from_utf8(wet.output("a.warc.wet")),
        String::from_utf8(expected)
    );
    for run in [json, wet] {
        let (_, back) = run.restore().unwrap();
        assert_eq!(read(&back.join("a.warc.wet")), input);
    }
}

#[test]
fn a_long_text_is_cut_at_blank_lines_and_its_output_is_whole() {
    let input = b"one\n\ntwo\nthree\n\nfour\nfive\n";
    let config = with(|i| i.max_record = 20);
    let run = run(&[("a.txt", input)], &config, &nothing);
    assert_eq!(run.manifest.sources[0].records, 2);
    assert_eq!(run.output("a.txt"), input);
    run.restore().unwrap();
    let once = self::run(&[("a.txt", input)], &Config::default(), &nothing);
    assert!(
        !once.out().join("_dechaff/frame").exists(),
        "a text of one document needs no sidecar"
    );
}

#[test]
fn formats_are_told_by_content_and_extension() {
    let wet = wet_record("conversion", 0, b"x", true);
    let table: &[(&str, &[u8], &str)] = &[
        ("a.txt", b"{\"text\":\"a\"}\n", "jsonl"),
        ("a.txt", b"{ not json\n", "text"),
        ("a", b"plain\n", "text"),
        ("a.jsonl", b"broken\n", "jsonl"),
        ("a", b"\xef\xbb\xbf{\"text\":\"a\"}", "jsonl"),
        ("a.txt", &wet, "wet"),
        ("a.ndjson", b"", "jsonl"),
    ];
    for (name, bytes, format) in table {
        for compression in [Compression::Plain, Compression::Gzip, Compression::Zstd] {
            let run = run(
                &[(name, &compress(compression, bytes))],
                &Config::default(),
                &nothing,
            );
            assert_eq!(run.manifest.sources[0].format, *format, "{name}");
            assert_eq!(run.manifest.sources[0].compression, compression, "{name}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_a_way_out() {
    let table: &[(&str, &[u8], Config, &str)] = &[
        ("a.jsonl.bz2", b"BZh91AY", Config::default(), "bzip2 data"),
        (
            "a.json",
            b"[\n{\"text\":1}]",
            Config::default(),
            "one JSON value spread over several lines",
        ),
        (
            "a.json",
            b"{\n\"text\":1}",
            Config::default(),
            "one JSON value spread over several lines",
        ),
        (
            "a.txt",
            b"x",
            with(|i| i.format = Some("csv".into())),
            "unknown format \"csv\"",
        ),
        (
            "a.txt",
            b"x",
            with(|i| i.output_format = Some("wet".into())),
            "text cannot be written as wet",
        ),
        (
            "a.txt",
            b"x",
            with(|i| i.encoding = Some("x".into())),
            "unknown encoding \"x\"",
        ),
        (
            "a.wet",
            b"WARC/1.0",
            with(|i| i.encoding = Some("latin1".into())),
            "wet is always UTF-8",
        ),
    ];
    for (name, bytes, config, message) in table {
        let error = try_run(&[(name, bytes)], config, &nothing).err().unwrap();
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn changed_results_are_found_and_named() {
    let input = b"{\"text\":\"a b c\"}\n{\"text\":\"d e f\"}\n";
    let cut = |_, _: &str| vec![2..4];
    let fresh = || run(&[("a.jsonl", input)], &Config::default(), &cut);
    let said = |run: &Run| restore(&run.out(), None).unwrap_err();

    let run = fresh();
    fs::write(run.out().join("a.jsonl"), "{\"text\":\"a c\"}\n").unwrap();
    let error = said(&run);
    assert_eq!(
        (error.kind(), error.place().record),
        (ErrorKind::Phase, Some(1)),
        "{error}"
    );

    let run = fresh();
    fs::write(
        run.out().join("a.jsonl"),
        "{\"text\":\"a c\"}\n{\"text\":\"d g\"}\n",
    )
    .unwrap();
    assert!(said(&run).to_string().contains("the output was changed"));

    let run = fresh();
    fs::write(
        run.out().join("a.jsonl"),
        "{\"text\":\"a c\"}\n{\"text\":\"\"}\n",
    )
    .unwrap();
    assert_eq!(said(&run).place().record, Some(1));

    let run = fresh();
    fs::remove_file(run.out().join("_dechaff/removed/a.jsonl.jsonl.zst")).unwrap();
    assert_eq!(said(&run).kind(), ErrorKind::Io);

    let run = fresh();
    let manifest = run.out().join("_dechaff/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace("\"min-tokens\": 8", "\"min-tokens\": 9"),
    )
    .unwrap();
    assert!(said(&run).to_string().contains("configuration was changed"));
}

#[test]
fn outputs_appear_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jsonl"), "{\"text\":\"a\"}\n").unwrap();
    let sources = io::expand(&[folder.path().join("a.jsonl").into_os_string()], None).unwrap();
    let out = folder.path().join("out");
    let opened = io::open(&sources[0], &InputConfig::default()).unwrap();
    let sink = Sink::create(&out, "a.jsonl", &opened, false).unwrap();
    drop(sink);
    let left: Vec<_> = walkdir::WalkDir::new(&out)
        .into_iter()
        .filter(|e| e.as_ref().unwrap().file_type().is_file())
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_output_folder_with_results_or_among_the_inputs_is_refused() {
    let done = run(
        &[("a.jsonl", b"{\"text\":\"a\"}\n")],
        &Config::default(),
        &nothing,
    );
    let input = done.folder.path().join("in");
    let sources = io::expand(&[input.clone().into_os_string()], None).unwrap();
    let said = |folder: &Path, overwrite| {
        output::check(folder, &sources, overwrite)
            .unwrap_err()
            .to_string()
    };
    assert!(said(&done.out(), false).contains("already there"));
    assert!(output::check(&done.out(), &sources, true).is_ok());
    assert!(said(&input.join("deep/out"), true).contains("lies in the input folder"));
    assert!(said(&input, true).contains("the output folder"));
    assert!(said(done.folder.path(), true).contains("holds the input"));
}

fn args(folder: &Path, names: &[&str]) -> Vec<OsString> {
    names
        .iter()
        .map(|n| folder.join(n).into_os_string())
        .collect()
}

#[test]
fn arguments_expand_in_a_fixed_order() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in [
        "b.txt",
        "a/z.txt",
        "a.txt",
        "a/b/c.jsonl",
        ".hidden",
        "_SUCCESS",
        "a/_dechaff/report.json",
    ] {
        fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        fs::write(root.join(name), "x").unwrap();
    }
    fs::create_dir(root.join("empty")).unwrap();
    let names = |list: &[&str]| -> Vec<String> {
        let sources = io::expand(&args(root, list), None).unwrap();
        assert!(
            sources
                .iter()
                .enumerate()
                .all(|(i, s)| s.number as usize == i)
        );
        sources.into_iter().map(|s| s.name).collect()
    };
    assert_eq!(names(&[""]), ["a.txt", "a/b/c.jsonl", "a/z.txt", "b.txt"]);
    assert_eq!(
        names(&["b.txt", ""]),
        ["b.txt", "a.txt", "a/b/c.jsonl", "a/z.txt"],
        "once, where it is first named"
    );
    assert_eq!(names(&["*.txt"]), ["a.txt", "b.txt"]);
    assert_eq!(
        names(&["**/*.{txt,jsonl}"]),
        ["a.txt", "a/b/c.jsonl", "a/z.txt", "b.txt"]
    );
    assert_eq!(
        names(&["_*", ".hidden"]),
        ["_SUCCESS", ".hidden"],
        "named, they are read"
    );
    assert_eq!(names(&["a"]), ["b/c.jsonl", "z.txt"]);
    let refused: BTreeMap<&str, &str> = [
        ("none", "no such file or folder"),
        ("empty", "a folder without a file"),
        ("*.csv", "no file matches"),
        ("[", "not a pattern"),
    ]
    .into();
    for (name, message) in refused {
        let error = io::expand(&args(root, &[name]), None)
            .unwrap_err()
            .to_string();
        assert!(error.contains(message), "{error}");
    }
    fs::write(root.join("a/b.txt"), "y").unwrap();
    let error = io::expand(&args(root, &["b.txt", "a/b.txt"]), None).unwrap_err();
    assert!(error.to_string().contains("same output path"), "{error}");
}

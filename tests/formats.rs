//! The same five pages in every format: the same is removed from each, by every way through the program, and each comes back.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use dechaff::config::{Config, InputConfig};
use dechaff::io::{self, Compression};
use dechaff::restore::restore;

use crate::cleaned::{Run, modest};

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    fs::read(folder.join(name)).unwrap()
}

/// The fixtures of this program: Parquet only where it is built with it.
fn names() -> Vec<&'static str> {
    let all = [
        "pages.json",
        "pages.csv",
        "pages.tsv",
        "pages.warc",
        "pages.parquet",
    ];
    let built = |name: &&str| !name.ends_with("parquet") || io::find("parquet").is_ok();
    all.into_iter().filter(built).collect()
}

fn one(name: &str, config: &Config) -> Run {
    Run::of(&[(name.to_owned(), fixture(name))], config)
}

/// What was removed: record, id, paragraph, text, reason.
fn removed(run: &Run) -> Vec<(u64, String, u64, Option<String>, &'static str)> {
    let all = run.removals().into_iter();
    all.map(|r| {
        (
            r.record,
            r.id,
            u64::from(r.paragraph),
            r.text,
            r.reason.name(),
        )
    })
    .collect()
}

#[test]
fn every_format_loses_the_same() {
    let config = Config::default();
    let plain = one("pages.jsonl", &config);
    let expected = removed(&plain);
    assert!(expected.len() >= 4, "{expected:?}");
    for name in names() {
        let run = one(name, &config);
        assert_eq!(removed(&run), expected, "{name}");
        assert_eq!(run.report.documents, plain.report.documents, "{name}");
        assert_eq!(run.report.bytes, plain.report.bytes, "{name}");
        let summary = restore(&run.out(), Some(&run.beside("back"))).unwrap();
        assert_eq!(summary.records, 5, "{name}");
        if !name.ends_with("parquet") {
            let back = fs::read(run.beside("back").join(name)).unwrap();
            assert!(back == fixture(name), "{name}");
        }
        let told = dechaff::explain::explain(&run.out(), "f-2").unwrap();
        assert!(
            told.contains("f-1") && told.contains("north pier"),
            "{name}: {told}"
        );
    }
}

#[test]
fn one_answer_in_every_format() {
    let files: Vec<_> = names()
        .iter()
        .map(|n| (n.to_string(), fixture(n)))
        .collect();
    let config = Config::default();
    let whole = Run::of(&files, &config).answer();
    let threads = dechaff::resources::Resources {
        threads: 4,
        ..modest()
    };
    assert!(Run::with(&files, &config, &threads).unwrap().answer() == whole);
    assert!(Run::in_shards(&files, &config, &modest(), (2, 3)).answer() == whole);
}

#[test]
fn every_format_becomes_every_other_and_comes_back() {
    let targets = ["jsonl", "csv", "tsv", "text", "parquet"];
    let plain = removed(&one("pages.jsonl", &Config::default()));
    for name in names().into_iter().chain(["pages.jsonl"]) {
        for to in targets.into_iter().filter(|to| io::find(to).is_ok()) {
            let input = InputConfig {
                output_format: Some(to.into()),
                ..InputConfig::default()
            };
            let config = Config {
                input,
                ..Config::default()
            };
            let run = one(name, &config);
            assert_eq!(removed(&run), plain, "{name} to {to}");
            restore(&run.out(), Some(&run.beside("back"))).unwrap();
            if !name.ends_with("parquet") {
                let back = fs::read(run.beside("back").join(name)).unwrap();
                assert!(back == fixture(name), "{name} to {to}");
            }
            let told = dechaff::explain::explain(&run.out(), "f-2").unwrap();
            assert!(told.contains("north pier"), "{name} to {to}: {told}");
        }
    }
}

#[test]
fn every_compression_gives_the_same_documents() {
    use std::io::{Read, Write};
    let bytes = fixture("pages.jsonl");
    let expected = one("pages.jsonl", &Config::default());
    for (compression, ending) in [
        (Compression::Gzip, "gz"),
        (Compression::Zstd, "zst"),
        (Compression::Bzip2, "bz2"),
        (Compression::Xz, "xz"),
    ] {
        let pack = |bytes: &[u8]| {
            let mut encoder = compression.encoder(Vec::new()).unwrap();
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        // Two streams, as parallel compressors write them.
        let (a, b) = bytes.split_at(bytes.len() / 2);
        let name = format!("pages.jsonl.{ending}");
        let run = Run::of(
            &[(name.clone(), [pack(a), pack(b)].concat())],
            &Config::default(),
        );
        assert_eq!(removed(&run), removed(&expected), "{name}");
        let packed = run.output(&name);
        assert_eq!(Compression::detect(&packed, &name), compression);
        let mut output = Vec::new();
        let mut decoder = compression.decoder(std::io::Cursor::new(packed)).unwrap();
        decoder.read_to_end(&mut output).unwrap();
        assert!(output == expected.output("pages.jsonl"), "{name}");
        restore(&run.out(), None).unwrap();
    }
}

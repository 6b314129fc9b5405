//! What other tools are told: attributes line up with the input and say exactly what was cut; exclusions hold what went.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Read;

use dechaff::beside::{ATTRIBUTES, Attributes, Beside, Exclusions};
use dechaff::config::{Config, Level, Rate};
use dechaff::io::{self, Compression};
use dechaff::reference::References;
use dechaff::resources::{Resources, Silent};
use dechaff::{ErrorKind, clean, resume};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

use crate::cleaned::{Run, modest};

const BOTH: Beside = Beside {
    attributes: Some(Attributes::Dolma),
    exclusions: Some(Exclusions::Datatrove),
};

fn resources(beside: Beside) -> Resources {
    Resources { beside, ..modest() }
}

fn run(files: &[(String, Vec<u8>)], config: &Config) -> Run {
    Run::with(files, config, &resources(BOTH)).unwrap()
}

/// The rows of a file below `_dechaff`.
fn rows(run: &Run, name: &str) -> Vec<Value> {
    let bytes = fs::read(run.out().join("_dechaff").join(name)).unwrap();
    lines(&bytes)
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    let compression = Compression::detect(bytes, "");
    let mut text = String::new();
    let mut decoder = compression
        .decoder(std::io::Cursor::new(bytes.to_vec()))
        .unwrap();
    decoder.read_to_string(&mut text).unwrap();
    text.lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

/// What is left of a text less all spans of a row, counted as Python counts characters.
fn left(text: &str, row: &Value) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for name in ATTRIBUTES {
        for span in row["attributes"][name].as_array().unwrap() {
            let at = |i: usize| span[i].as_u64().unwrap() as usize;
            let score = span[2].as_f64().unwrap();
            assert!(span[2].is_f64() && score > 0.0 && score <= 1.0, "{span}");
            spans.push((at(0), at(1)));
        }
    }
    spans.sort_unstable();
    assert!(
        spans.iter().all(|(start, end)| start < end),
        "an empty span"
    );
    assert!(spans.windows(2).all(|w| w[0].1 <= w[1].0), "spans overlap");
    for (start, end) in spans.into_iter().rev() {
        chars.drain(start..end);
    }
    chars.into_iter().collect()
}

/// Pieces of pages in several scripts, some of more than one unit in UTF-16, some of several characters to the eye.
static PIECES: &[&str] = &[
    "The ferryman keeps a list of everyone who never came back for the other half of the ticket.",
    "The ferryman keeps a long list of everyone who never came back for the other half of a ticket.",
    "𝒯𝒽𝑒 lock keeper 😀 wrote that the e\u{301}cole below the weir stays shut until the ninth of the month 🛶 again.",
    "村里的合作社今年春天一共种了三百五十棵苹果树，还修好了通往山谷的小路和旧桥。",
    "Паромщик хранит список всех, кто так и не вернулся за второй половиной своего билета на тот берег.",
    "Subscribe to our newsletter",
    "Photo: Ines Palmer/Coast Press 👩‍👩‍👧",
    "All rights reserved. © 2019 Coast Press",
    "We use cookies to give you the best experience on our site. Accept all cookies",
    "No.",
    "",
    "\u{feff}",
];

fn texts() -> impl Strategy<Value = Vec<String>> {
    let piece = (
        0..PIECES.len(),
        prop::sample::select(vec!["\n", "\r\n", "\n\n", "\r\n\r\n", ""]),
    );
    let text = prop::collection::vec(piece, 0..9).prop_map(|all| {
        all.iter()
            .map(|(i, end)| PIECES[*i].to_owned() + end)
            .collect()
    });
    prop::collection::vec(text, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, rng_seed: RngSeed::Fixed(20), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_less_the_text_are_what_is_left(texts in texts(), ascii: bool, drop_empty: bool) {
        let mut source = Vec::new();
        for (i, text) in texts.iter().enumerate() {
            let text = Value::from(text.as_str()).to_string();
            let escape = |c: char| match c.is_ascii() {
                true => c.to_string(),
                false => c.encode_utf16(&mut [0; 2]).iter().map(|u| format!("\\u{u:04x}")).collect(),
            };
            let text = if ascii { text.chars().map(escape).collect() } else { text };
            source.extend(format!("{{\"text\":{text},\"id\":{i}}}\n").into_bytes());
        }
        let config = Config { boilerplate: Some(Level::Aggressive), drop_empty, ..Config::default() };
        let run = run(&[("a.jsonl".into(), source)], &config);
        let attributes = rows(&run, "attributes/a.jsonl");
        prop_assert_eq!(attributes.len(), texts.len());
        let mut cleaned = lines(&run.output("a.jsonl")).into_iter().peekable();
        for (i, (row, text)) in attributes.iter().zip(&texts).enumerate() {
            prop_assert_eq!(&row["id"], &json!(i));
            let left = left(text, row);
            match cleaned.next_if(|c| c["id"] == row["id"]) {
                Some(document) => prop_assert_eq!(&document["text"], &json!(left)),
                None => prop_assert!(drop_empty && left.trim().is_empty() && left != *text),
            }
        }
        prop_assert!(cleaned.next().is_none());
        // What went is said once more, passage by passage, as in the log.
        let passages = rows(&run, "exclusions/passages/a.jsonl.jsonl.gz");
        let log = run.removals();
        prop_assert_eq!(passages.len(), log.len());
        for (passage, removal) in passages.iter().zip(&log) {
            prop_assert_eq!(&passage["text"], &json!(removal.text));
            prop_assert_eq!(&passage["id"], &json!(removal.id));
            let metadata = &passage["metadata"];
            prop_assert_eq!(&metadata["filter_reason"], &json!(removal.reason));
            prop_assert_eq!(&metadata["char_start"], &json!(removal.char_start));
            prop_assert_eq!(metadata.get("witness_id").is_some(), removal.witness.is_some());
        }
        let documents = rows(&run, "exclusions/documents/a.jsonl.jsonl.gz");
        let emptied = attributes.iter().zip(&texts).filter(|(row, text)| {
            let left = left(text, row);
            left.trim().is_empty() && left != **text
        });
        let emptied: Vec<_> = emptied.map(|(_, text)| json!(text)).collect();
        prop_assert_eq!(documents.iter().map(|d| d["text"].clone()).collect::<Vec<_>>(), emptied);
    }
}

#[test]
fn every_record_has_a_row_under_its_own_id() {
    let long = "x".repeat(3000);
    let source = format!(
        "{{\"id\":\"7\",\"text\":\"a\"}}\n\n{{\"id\":7,\"text\":\"b\"}}\nno JSON\n{{\"id\":8.50,\"text\":5}}\n{{\"text\":\"c\"}}\n{{\"id\":true,\"text\":\"d\",\"id\":\"late\"}}\n{{\"id\":\"long\",\"text\":\"{long}\"}}\n{{\"id\":{{\"a\":1}},\"text\":\"e\"}}"
    );
    let mut config = Config::default();
    config.input.max_record = 2000;
    let run = run(&[("a.jsonl".into(), source.into_bytes())], &config);
    let ids: Vec<Value> = rows(&run, "attributes/a.jsonl")
        .into_iter()
        .map(|r| r["id"].clone())
        .collect();
    // Blank lines have no row. A record that is too long has one, and its id while it is in one piece.
    let expected = json!(["7", 7, null, 8.5, null, "late", "long", {"a": 1}]);
    assert_eq!(Value::from(ids), expected);
    assert_eq!(run.report.quarantined.count, 3);
}

#[test]
fn other_formats_have_rows_in_files_of_their_own_names() {
    let fixture = |name: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
        (name.to_owned(), fs::read(folder.join(name)).unwrap())
    };
    let config = Config::default();
    let plain = rows(
        &run(&[fixture("pages.jsonl")], &config),
        "attributes/pages.jsonl",
    );
    assert!(
        plain
            .iter()
            .any(|r| r["attributes"][ATTRIBUTES[3]] != json!([]))
    );
    for name in ["pages.json", "pages.csv", "pages.tsv", "pages.parquet"] {
        if name.ends_with("parquet") && io::find("parquet").is_err() {
            continue;
        }
        let run = run(&[fixture(name)], &config);
        assert_eq!(
            rows(&run, &format!("attributes/{name}.jsonl.gz")),
            plain,
            "{name}"
        );
    }
}

#[test]
fn what_datatrove_reads_of_a_document_is_what_it_would_have_read_of_the_record() {
    let cookies = PIECES[8];
    let line = json!({"id": 3, "text": cookies, "url": "http://a.example/", "words": 3, "metadata": {"words": 1, "b": [false, 2]}});
    let config = Config {
        max_document_loss: dechaff::config::Share(10_000),
        ..Config::default()
    };
    let run = run(
        &[(
            "a.jsonl".into(),
            format!("{line}\n{{\"text\":\"\"}}\n").into_bytes(),
        )],
        &config,
    );
    let documents = rows(&run, "exclusions/documents/a.jsonl.jsonl.gz");
    let metadata = json!({"url": "http://a.example/", "words": 3, "b": [false, 2], "filter_reason": "boilerplate"});
    assert_eq!(
        documents,
        [json!({"text": cookies, "id": "3", "metadata": metadata})]
    );
}

#[test]
fn what_cannot_be_written_is_refused_and_what_is_stale_goes() {
    let files = [
        ("a.jsonl".to_owned(), b"{\"text\":\"a\"}\n".to_vec()),
        ("a.jsonl.jsonl.gz".to_owned(), Vec::new()),
    ];
    let refused = |config: &Config, files: &[(String, Vec<u8>)], beside| {
        let error = Run::with(files, config, &resources(beside)).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Usage);
        error.to_string()
    };
    assert!(refused(&Config::default(), &files, BOTH).contains("a.jsonl.jsonl.gz"));
    let mut config = Config {
        keep_removed_text: false,
        ..Config::default()
    };
    assert!(refused(&config, &files[..1], BOTH).contains("--no-removed-text"));
    config.keep_removed_text = true;
    config.input.sample = Some(Rate::parse("10%").unwrap());
    assert!(refused(&config, &files[..1], BOTH).contains("--sample"));

    let config = Config::default();
    let first = run(&files[..1], &config);
    let sources = io::expand(&[first.beside("in").into_os_string()], None).unwrap();
    let again = |beside: Beside, resume| {
        let resources = Resources {
            resume,
            ..resources(beside)
        };
        clean::clean(&sources, &first.out(), &config, &resources, &Silent).unwrap();
    };
    let none = References::default();
    let complete =
        |beside| resume::same_run(&first.out(), &sources, &config, &none, &resources(beside));
    assert!(complete(BOTH).is_ok());
    again(Beside::default(), false);
    assert!(!first.out().join("_dechaff/attributes").exists());
    assert!(!first.out().join("_dechaff/exclusions").exists());
    assert!(
        complete(BOTH)
            .unwrap_err()
            .to_string()
            .contains("attributes")
    );
    assert!(complete(Beside::default()).is_ok());
    again(BOTH, true);
    assert_eq!(rows(&first, "attributes/a.jsonl").len(), 1);
}

#[test]
fn shards_and_threads_write_the_same_rows() {
    let text = |n: usize| {
        json!({"id": n, "text": format!("{}\n{}\n", PIECES[n % 5], PIECES[n * 7 % 9])}).to_string()
            + "\n"
    };
    let file = |from: usize| {
        (
            format!("{from}.jsonl"),
            (from..from + 9).map(text).collect::<String>().into_bytes(),
        )
    };
    let files: Vec<_> = [0, 9, 18].map(file).to_vec();
    let config = Config::default();
    let one = run(&files, &config).answer();
    assert!(one.keys().any(|k| k.starts_with("_dechaff/attributes/")));
    let threads = Resources {
        threads: 3,
        ..resources(BOTH)
    };
    assert!(Run::with(&files, &config, &threads).unwrap().answer() == one);
    assert!(Run::in_shards(&files, &config, &threads, (2, 3)).answer() == one);
}

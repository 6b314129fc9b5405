//! What a Rust pipeline gets of one text, or of texts that come one by one, is what a run over files gives.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use dechaff::cleaner::Cleaner;
use dechaff::config::{Config, Dedup, Keep, Level, Method};
use dechaff::index::Index;
use dechaff::near::verdict::Kind;
use dechaff::removal::{Ratio, Reason};

use crate::cleaned::Run;

/// Some of our own pages, as JSON lines, and the texts in them.
fn pages() -> (Vec<u8>, Vec<String>) {
    let (mut lines, mut texts) = (Vec::new(), Vec::new());
    let mut add = |text: &str| {
        let line = serde_json::json!({"text": text}).to_string();
        lines.extend_from_slice(line.as_bytes());
        lines.push(b'\n');
        texts.push(text.to_owned());
    };
    for name in ["dump/news.jsonl", "dump/world.jsonl"] {
        let path = format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            if let Some(text) = value["text"].as_str() {
                add(text);
            }
        }
    }
    for (folder, glob) in [
        ("dump/pages", "txt"),
        ("safety", "txt"),
        ("dump/forum", "txt"),
    ] {
        let path = format!("{}/fixtures/{folder}", env!("CARGO_MANIFEST_DIR"));
        let files: BTreeSet<_> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == glob))
            .collect();
        for file in files {
            if let Ok(text) = std::fs::read_to_string(file) {
                add(&text);
            }
        }
    }
    assert!(texts.len() > 60, "{}", texts.len());
    (lines, texts)
}

fn texts_of(output: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(output).unwrap();
    let value = |line| serde_json::from_str::<serde_json::Value>(line).unwrap();
    text.lines()
        .map(|line| value(line)["text"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_cleaner_cuts_what_a_run_cuts() {
    let (file, texts) = pages();
    for level in Level::ALL.map(Some).into_iter().chain([None]) {
        let config = Config {
            dedup: Dedup::Off,
            boilerplate: level,
            ..Config::default()
        };
        let run = Run::of(&[("a.jsonl".into(), file.clone())], &config);
        let cleaner = Cleaner::new(&config).unwrap();
        let cleaned: Vec<_> = texts.iter().map(|t| cleaner.clean(t)).collect();
        let ours: Vec<&str> = cleaned.iter().map(|c| &*c.text).collect();
        assert_eq!(ours, texts_of(&run.output("a.jsonl")), "{level:?}");
        let protected = cleaned.iter().filter(|c| c.protected).count();
        assert_eq!(protected as u64, run.report.protected.count);
        // The log says the same of every cut.
        let mut log = run.removals().into_iter();
        for (record, cleaned) in cleaned.iter().enumerate() {
            for cut in &cleaned.cuts {
                let logged = log.next().unwrap();
                assert_eq!((logged.record, logged.paragraph), (record as u64, cut.line));
                let range = |r: &std::ops::Range<usize>| (r.start as u64, r.end as u64);
                assert_eq!((logged.start, logged.end), range(&cut.bytes));
                assert_eq!((logged.char_start, logged.char_end), range(&cut.chars));
                assert_eq!(logged.rule.as_deref(), Some(cut.rule));
                assert_eq!(logged.level, Some(cut.level));
                assert_eq!(logged.evidence, cut.evidence);
            }
        }
        assert!(log.next().is_none());
    }
}

/// Each duplicate by document and paragraph, with its witness, reason and similarity.
type Found = BTreeMap<(u64, u32), ((u64, u32), Reason, Ratio)>;

fn of_index(texts: &[String], config: &Config) -> Found {
    let mut index = Index::new(config).unwrap();
    let mut found = Found::new();
    for (document, text) in texts.iter().enumerate() {
        for d in index.add(text).unwrap() {
            let reason = match d.kind {
                Kind::Exact => Reason::ExactDuplicate,
                Kind::Near => Reason::NearDuplicate,
                Kind::Contained => Reason::Contained,
                Kind::Distinct => panic!("distinct paragraphs are no duplicates"),
            };
            let witness = (u64::from(d.witness.document), d.witness.paragraph);
            let similarity = Ratio(d.jaccard.ten_thousandths());
            found.insert(
                (document as u64, d.paragraph),
                (witness, reason, similarity),
            );
        }
    }
    assert_eq!(index.len(), texts.len());
    found
}

#[test]
fn an_index_finds_what_a_run_finds() {
    let (file, texts) = pages();
    let base = Config {
        disable: vec!["frequency".into()],
        ..Config::default()
    };
    let configs = [
        base.clone(),
        Config {
            boilerplate: None,
            ..base.clone()
        },
        Config {
            dedup: Dedup::Exact,
            ..base.clone()
        },
        Config {
            guard: dechaff::config::Guard::Off,
            ..base.clone()
        },
        Config {
            method: Method::Minhash,
            ..base.clone()
        },
        Config {
            min_tokens: 4,
            min_near_tokens: 5,
            ..base
        },
    ];
    for config in configs {
        let run = Run::of(&[("a.jsonl".into(), file.clone())], &config);
        let found = of_index(&texts, &config);
        let (mut same, mut short) = (0, 0);
        let mut logged = BTreeSet::new();
        for removal in run.removals() {
            let Some(witness) = &removal.witness else {
                continue;
            };
            let place = (removal.record, removal.paragraph);
            logged.insert(place);
            match found.get(&place) {
                Some(ours) => {
                    let theirs = (
                        (witness.record, witness.paragraph),
                        removal.reason,
                        witness.jaccard,
                    );
                    assert_eq!(*ours, theirs, "{place:?}");
                    same += 1;
                }
                // A member of a run, too short to go on its own.
                None => {
                    let words = removal
                        .text
                        .as_deref()
                        .unwrap_or_default()
                        .split_whitespace()
                        .count();
                    assert!(words <= config.min_tokens as usize, "{removal:?}");
                    short += 1;
                }
            }
        }
        assert!(found.keys().all(|place| logged.contains(place)));
        assert!(same > 10 && same > 2 * short, "{same} {short}");
    }
}

#[test]
fn an_index_refuses_what_it_cannot_promise() {
    for config in [
        Config {
            keep: Keep::Longest,
            ..Config::default()
        },
        Config {
            dedup: Dedup::Off,
            ..Config::default()
        },
    ] {
        let error = Index::new(&config).err().unwrap();
        assert_eq!(error.kind(), dechaff::ErrorKind::Config);
    }
}

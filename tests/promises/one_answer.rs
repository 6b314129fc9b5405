//! Promise 3: the same input and options give the same bytes out, for any thread count, memory budget and shard count, and
//! wherever temporary files lie. Compared is every byte written, but for the object `run` of `report.json`.

use std::collections::BTreeMap;

use dechaff::config::{Config, Guard, Keep, Segment};
use dechaff::resources::Resources;
use proptest::prelude::*;

use super::corpus::corpora;
use super::{cases, configs};
use crate::cleaned::{Run, modest, temp};

pub(super) type Answer = BTreeMap<String, Vec<u8>>;

/// Says which files differ, not with what bytes.
pub(super) fn assert_same(one: &Answer, other: &Answer, what: &str) {
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>(),
        "{what}"
    );
    for (name, bytes) in one {
        assert!(*bytes == other[name], "{what}: {name} differs");
    }
}

pub(super) fn resources(threads: usize, memory: u64) -> Resources {
    Resources {
        threads,
        memory,
        ..Resources::default()
    }
}

proptest! {
    #![proptest_config(cases(20))]

    #[test]
    fn threads_memory_and_shards_do_not_change_the_answer(corpus in corpora(), config in configs()) {
        let one = Run::of(&corpus.files, &config).answer();
        let small = Run::with(&corpus.files, &config, &resources(4, 64 << 10)).unwrap();
        assert_same(&one, &small.answer(), "4 threads, 64 KiB");
        for shards in [(1, 1), (3, 1), (4, 3)] {
            let run = Run::in_shards(&corpus.files, &config, &resources(2, 64 << 10), shards);
            assert_same(&one, &run.answer(), &format!("shards {shards:?}"));
        }
    }
}

/// A corpus that no buffer holds: more paragraphs than a batch of leaders or of copies, more rows than the smallest sorter
/// keeps, more bytes than travel to a worker at once. Every text is drawn by a fixed recipe from 600 words.
pub(super) fn large() -> Vec<(String, Vec<u8>)> {
    let word = |n: u64| {
        const SYLLABLES: [&str; 10] = ["ba", "du", "ke", "li", "mo", "na", "pe", "ro", "su", "ti"];
        let n = n % 600;
        [n / 100, n / 10 % 10, n % 10]
            .map(|i| SYLLABLES[i as usize])
            .concat()
    };
    let mix = |x: u64| dechaff::text::hash::mix(x + 1);
    let paragraph = |topic: u64, variant: u64| {
        let words = 14 + mix(topic) % 20;
        let mut words: Vec<String> = (0..words).map(|i| word(mix(topic << 8 | i))).collect();
        // Of three copies one is exact, one has another word, and one is cut short.
        match variant % 3 {
            1 => words[(variant % 14) as usize] = word(mix(variant)),
            2 => words.truncate(13),
            _ => {}
        }
        words.join(" ")
    };
    let mut files = Vec::new();
    for source in 0..5u64 {
        let mut file = String::new();
        for doc in 0..160u64 {
            let mut text = String::new();
            for place in 0..16u64 {
                let n = (source * 160 + doc) * 16 + place;
                text += &paragraph(mix(n) % 6000, mix(n * 31));
                text += if n % 5 == 0 { "\nNo.\n\n" } else { "\n" };
            }
            file += &serde_json::json!({"id": format!("{source}-{doc}"), "text": text}).to_string();
            file.push('\n');
        }
        files.push((format!("part-{source}.jsonl"), file.into_bytes()));
    }
    files
}

#[test]
fn a_corpus_larger_than_every_buffer_has_one_answer() {
    let files = large();
    // The documents are about nothing in particular, so with the guard hardly any near-duplicate goes.
    for (keep, guard) in [(Keep::First, Guard::Facts), (Keep::Longest, Guard::Off)] {
        let config = Config {
            keep,
            guard,
            segment: Segment::Line,
            ..Config::default()
        };
        let one = Run::with(&files, &config, &modest()).unwrap();
        let reasons = &one.report.removed.by_reason;
        assert!(
            guard == Guard::Facts || reasons.values().all(|a| a.cuts > 500) && reasons.len() >= 3,
            "{reasons:?}"
        );
        let one = one.answer();
        let temp = temp();
        let elsewhere = Resources {
            temp_dir: Some(temp.path().join("new")),
            ..resources(2, 64 << 10)
        };
        assert_same(
            &one,
            &Run::with(&files, &config, &elsewhere).unwrap().answer(),
            "tiny memory, another place",
        );
        let sharded = Run::in_shards(&files, &config, &resources(4, 1 << 30), (4, 3));
        assert_same(&one, &sharded.answer(), "4 shards, 3 shards, 4 threads");
    }
}

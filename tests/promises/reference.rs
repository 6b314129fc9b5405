//! A new crawl against a reference: what goes from it, and for which witness, is what one run over both inputs says. That
//! holds along a chain of crawls, and for any threads, memory and shards.

use std::collections::BTreeMap;

use dechaff::config::{Config, Dedup, Guard, Keep, Segment};
use dechaff::reference::References;
use dechaff::removal::{Reason, Removal};
use dechaff::resources::Resources;
use proptest::prelude::*;

use super::corpus::{Corpus, corpora};
use super::one_answer::{assert_same, large, resources};
use super::{cases, configs};
use crate::cleaned::{Run, modest};

type Files = Vec<(String, Vec<u8>)>;

/// Configurations that go with references.
fn fitting() -> impl Strategy<Value = Config> {
    configs().prop_map(|config| Config {
        keep: Keep::First,
        dedup: match config.dedup {
            Dedup::Off => Dedup::Near,
            dedup => dedup,
        },
        ..config
    })
}

/// The files whose source stands at `from..to`; `s3.jsonl` and `s3/000.txt` are of source 3.
fn slice(corpus: &Corpus, from: usize, to: usize) -> Files {
    let number = |name: &str| usize::from(name.as_bytes()[1] - b'0');
    let inside = |name: &str| (from..to).contains(&number(name));
    let files = corpus.files.iter().filter(|f| inside(&f.0));
    files.cloned().collect()
}

/// Cleans crawls one after the other, each against all before it.
fn chain(crawls: &[Files], config: &Config, resources: &Resources) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for crawl in crawls {
        let references = References {
            read: runs.iter().map(Run::out).collect(),
            write: true,
        };
        runs.push(Run::against(crawl, config, &references, resources).unwrap());
    }
    runs
}

fn by_source(removals: Vec<Removal>) -> BTreeMap<String, Vec<Removal>> {
    let mut out: BTreeMap<String, Vec<Removal>> = BTreeMap::new();
    for removal in removals {
        out.entry(removal.source.clone()).or_default().push(removal);
    }
    out
}

/// Proves one chain against one run over everything.
fn check(crawls: &[Files], config: &Config) {
    let all: Files = crawls.iter().flatten().cloned().collect();
    let one = Run::of(&all, config);
    let mut expected = by_source(one.removals());
    let runs = chain(crawls, config, &modest());
    let logs: Vec<Vec<Removal>> = runs.iter().map(Run::removals).collect();
    for (number, run) in runs.iter().enumerate() {
        dechaff::restore::restore(&run.out(), None).unwrap();
        let mut found = by_source(logs[number].clone());
        for (source, removals) in &mut found {
            for removal in removals.iter_mut() {
                let Some(witness) = &mut removal.witness else {
                    continue;
                };
                let home = match witness.corpus.take() {
                    None => number,
                    Some(name) => runs
                        .iter()
                        .position(|r| r.out().to_str() == Some(&name))
                        .expect("a witness names a reference"),
                };
                assert!(home <= number && runs[home].names.contains(&witness.source));
                assert!(
                    !logs[home]
                        .iter()
                        .any(|gone| gone.reason != Reason::Boilerplate
                            && (&gone.source, gone.record) == (&witness.source, witness.record)
                            && gone.paragraph == witness.paragraph),
                    "the witness of {source} {removal:?} went itself"
                );
            }
        }
        for name in &run.names {
            assert_eq!(
                found.remove(name).unwrap_or_default(),
                expected.remove(name).unwrap_or_default(),
                "{name}, crawl {number}"
            );
            assert!(run.output(name) == one.output(name), "output {name}");
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_chain_of_crawls_is_one_run(corpus in corpora(), config in fitting(), cut in 1..4usize, more in 0..3usize) {
        let crawls: Vec<Files> = [(0, cut), (cut, cut + more), (cut + more, 9)]
            .map(|(from, to)| slice(&corpus, from, to))
            .into_iter()
            .filter(|files| !files.is_empty())
            .collect();
        check(&crawls, &config);
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn threads_memory_and_shards_do_not_change_a_reference(corpus in corpora(), config in fitting(), cut in 1..4usize) {
        let (old, new) = (slice(&corpus, 0, cut), slice(&corpus, cut, 9));
        prop_assume!(!new.is_empty());
        let write = References { read: Vec::new(), write: true };
        let one = Run::against(&old, &config, &write, &modest()).unwrap();
        prop_assert!(one.answer().contains_key("_dechaff/reference/reference.json"));
        let small = resources(4, 64 << 10);
        let other = Run::against(&old, &config, &write, &small).unwrap();
        assert_same(&one.answer(), &other.answer(), "4 threads, 64 KiB");
        let sharded = Run::in_shards_against(&old, &config, &write, &small, (3, 2));
        assert_same(&one.answer(), &sharded.answer(), "shards");

        let read = References { read: vec![one.out()], write: true };
        let one = Run::against(&new, &config, &read, &modest()).unwrap();
        let other = Run::against(&new, &config, &read, &small).unwrap();
        assert_same(&one.answer(), &other.answer(), "against, 4 threads, 64 KiB");
        let sharded = Run::in_shards_against(&new, &config, &read, &small, (4, 3));
        assert_same(&one.answer(), &sharded.answer(), "against, shards");
    }
}

/// More paragraphs than a batch, full buckets, and more candidates than are verified.
#[test]
fn a_large_crawl_against_a_large_reference_is_one_run() {
    let files = large();
    for guard in [Guard::Facts, Guard::Off] {
        let config = Config {
            segment: Segment::Line,
            guard,
            ..Config::default()
        };
        check(&[files[..3].to_vec(), files[3..].to_vec()], &config);
    }
}

/// What the reference holds beside what it kept: the copy of a paragraph that went as near goes for what that one went for,
/// and short lines go with a run whose long members were themselves dropped.
#[test]
fn dropped_paragraphs_of_a_reference_still_catch_their_copies() {
    let kept = "The lock keeper at Brannock opens the upper gate for barges only when the miller has raised his flag.";
    let near = "The lock keeper at Brannock opens the upper gate for barges only when the miller has raised his red flag.";
    let long = "Nobody who crossed the moor that winter remembered the second milestone or the hut beside it.";
    let file = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    let old = vec![
        file("s0.txt", format!("{kept}\n")),
        file("s1.txt", format!("{near}\n\n{long}\nYes, once.\n")),
        file("s2.txt", format!("{long}\nYes, once.\nWhy?\n")),
    ];
    let new = vec![
        file("s3.txt", format!("{near}\n")),
        file("s4.txt", format!("{long}\nYes, once.\nWhy?\n")),
    ];
    let config = Config::default();
    check(&[old.clone(), new.clone()], &config);
    let runs = chain(&[old, new], &config, &modest());
    let removals = runs[1].removals();
    let of = |source: &str| -> Vec<(Reason, String)> {
        let of = removals.iter().filter(|r| r.source == source);
        of.map(|r| (r.reason, r.witness.clone().unwrap().source))
            .collect()
    };
    assert_eq!(of("s3.txt"), [(Reason::NearDuplicate, "s0.txt".to_owned())]);
    assert!(
        of("s4.txt").len() >= 2 && of("s4.txt").iter().all(|r| r.1 == "s1.txt"),
        "{:?}",
        of("s4.txt")
    );
}

//! A new crawl against a reference: what goes from it, and for which witness, is what one run over both inputs says. That
//! holds along a chain of crawls, and for any threads, memory and shards.

use std::collections::BTreeMap;
use std::fs;

use dechaff::config::{Config, Dedup, Guard, Keep, Segment};
use dechaff::reference::References;
use dechaff::removal::{Reason, Removal};
use dechaff::resources::Resources;
use proptest::prelude::*;

use super::corpus::{Corpus, corpora};
use super::one_answer::{assert_same, large, resources};
use super::{cases, configs};
use crate::cleaned::{Run, modest, temp};

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

/// `count` words that stand nowhere else.
fn words(name: &str, count: u8) -> String {
    let letter = |i: u8| char::from(b'a' + i);
    let words = (0..count).map(|i| format!("{name}{}{}", letter(i / 26), letter(i % 26)));
    words.collect::<Vec<_>>().join(" ")
}

/// Eighty paragraphs that went crowd the buckets in which two others could meet: they must crowd them in a reference, too.
#[test]
fn what_went_still_takes_up_room() {
    let stock = words("stock", 20);
    let mut old = format!("{} {stock}\n", words("leader", 60));
    for i in 0..80u8 {
        if i == 40 {
            old += &format!("{stock} {}\n", words("hidden", 13));
        }
        let own = words("part", 80)
            .split(' ')
            .nth(i.into())
            .unwrap()
            .to_owned();
        old += &format!("{stock} {}\n", words(&own, 7));
    }
    let new = format!("{stock} {}\n", words("late", 13));
    let config = Config {
        guard: Guard::Off,
        segment: Segment::Line,
        boilerplate: None,
        ..Config::default()
    };
    let crawls = [
        vec![("s0.txt".to_owned(), old.into_bytes())],
        vec![("s1.txt".to_owned(), new.into_bytes())],
    ];
    check(&crawls, &config);
}

/// References that know nothing of each other may stand in any order; what is stored in one still finds its place.
#[test]
fn a_stranger_among_the_references_changes_nothing() {
    let config = Config::default();
    let file = |name: &str, text: String| vec![(name.to_owned(), text.into_bytes())];
    let long = "The lock keeper at Brannock opens the upper gate for barges only when the miller has raised his flag.";
    let near = "The lock keeper at Brannock opens the upper gate for barges only when the miller has raised his red flag.";
    let runs = chain(
        &[
            file("a.txt", format!("{long}\n")),
            file("b.txt", format!("{near}\n\n{long}\n")),
        ],
        &config,
        &modest(),
    );
    let write = References {
        read: Vec::new(),
        write: true,
    };
    let text = "Nobody who crossed the moor that winter remembered the second milestone or the hut beside it.\n\nWhy?\n\nThe heron stood where the mill race leaves the pond and waited for the frost to go.\n";
    let stranger = Run::against(&file("x.txt", text.into()), &config, &write, &modest()).unwrap();
    let (a, b, x) = (runs[0].out(), runs[1].out(), stranger.out());
    let new = file("c.txt", format!("{near}\n\n{}\n\n{long}\n", text.trim()));
    for read in [[&x, &a, &b], [&a, &x, &b], [&a, &b, &x]] {
        let references = References {
            read: read.into_iter().cloned().collect(),
            write: false,
        };
        let run = Run::against(&new, &config, &references, &modest()).unwrap();
        let homes: Vec<_> = run
            .removals()
            .into_iter()
            .map(|r| r.witness.unwrap().source)
            .collect();
        assert_eq!(
            homes,
            ["a.txt", "x.txt", "x.txt", "x.txt", "a.txt"],
            "{read:?}"
        );
    }
}

/// A damaged reference is found out, whatever byte it is, and said to be one.
#[test]
fn a_damaged_reference_is_refused() {
    let config = Config::default();
    let line = "The lock keeper at Brannock opens the upper gate for barges only when the miller has raised his flag.";
    let near = line.replace("his flag", "his red flag");
    let files = |text: String| vec![("s0.txt".to_owned(), text.into_bytes())];
    let old = chain(
        &[files(format!("{line}\n\n{near}\n\n{line}\n"))],
        &config,
        &modest(),
    );
    let new = files(format!("{near}\n"));
    let read = References {
        read: vec![old[0].out()],
        write: false,
    };
    let run = || Run::against(&new, &config, &read, &modest());
    assert_eq!(run().unwrap().removals().len(), 1);
    let folder = dechaff::reference::folder(&old[0].out());
    let refused = |what: &str| {
        let error = run()
            .err()
            .unwrap_or_else(|| panic!("{what} was not noticed"));
        let said = error.to_string();
        assert!(said.contains("with --write-reference"), "{what}: {said}");
    };
    for name in dechaff::reference::FILES {
        let path = folder.join(name);
        let whole = fs::read(&path).unwrap();
        for at in (0..whole.len()).filter(|at| at % 5 == 0 && !(12..16).contains(at)) {
            let mut flipped = whole.clone();
            flipped[at] ^= 4;
            fs::write(&path, flipped).unwrap();
            refused(&format!("{name}, byte {at} flipped"));
        }
        for length in [0, 20, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, &whole[..length]).unwrap();
            refused(&format!("{name}, cut to {length}"));
        }
        fs::remove_file(&path).unwrap();
        refused(&format!("{name}, removed"));
        fs::write(&path, &whole).unwrap();
    }
    assert_eq!(run().unwrap().removals().len(), 1);
}

/// A run without `--write-reference` over the folder of one with it leaves no reference of the earlier one.
#[test]
fn an_older_reference_does_not_outlive_its_results() {
    let config = Config::default();
    let files = vec![(
        "a.txt".to_owned(),
        b"Nobody who crossed the moor.\n".to_vec(),
    )];
    let run = &chain(&[files], &config, &modest())[0];
    let sources = dechaff::io::expand(&[run.beside("in").into_os_string()], None).unwrap();
    assert!(dechaff::reference::is_there(&run.out()));
    let silent = dechaff::resources::Silent;
    dechaff::clean::clean(&sources, &run.out(), &config, &modest(), &silent).unwrap();
    assert!(!dechaff::reference::folder(&run.out()).exists());
}

/// The witness is shown from the folder of the reference, also after both were moved; without it its place is told.
#[test]
fn explain_looks_for_the_reference() {
    let temp = temp();
    let line = "Nobody who crossed the moor that winter remembered the second milestone or the hut beside it.";
    let clean = |input: &str, text: String, read: Vec<&str>| {
        let at = |name: &str| temp.path().join("here").join(name);
        fs::create_dir_all(at("in")).unwrap();
        fs::write(at("in").join(input), text).unwrap();
        let path = at("in").join(input).into_os_string();
        let sources = dechaff::io::expand(&[path], None).unwrap();
        let references = References {
            read: read.iter().map(|name| at(name)).collect(),
            write: true,
        };
        let (config, silent) = (Config::default(), dechaff::resources::Silent);
        let out = at(&format!("cleaned-{input}"));
        dechaff::clean::clean_against(&sources, &out, &config, &references, &modest(), &silent)
            .unwrap();
    };
    clean("old", format!("A first line.\n{line}\n"), Vec::new());
    clean("new", format!("{line}\n"), vec!["cleaned-old"]);
    let there = temp.path().join("there");
    fs::rename(temp.path().join("here"), &there).unwrap();
    let explain = || dechaff::explain::explain(&there.join("cleaned-new"), "new#0").unwrap();
    let found = explain();
    assert!(
        found.contains("exact duplicate of old#0, paragraph 1, in the reference "),
        "{found}"
    );
    assert_eq!(found.matches("second milestone").count(), 2, "{found}");
    // Another reference under the same name is not taken for it.
    fs::remove_dir_all(there.join("cleaned-old/_dechaff/reference")).unwrap();
    let lost = explain();
    assert!(
        lost.contains("cleaned-old, which is not found from here"),
        "{lost}"
    );
    assert_eq!(lost.matches("second milestone").count(), 1, "{lost}");
}

/// Pages of one site with a menu, a foot, and prose that no other page has.
fn pages(source: &str, numbers: std::ops::Range<u64>) -> (String, Vec<u8>) {
    let mut file = String::new();
    for n in numbers {
        let own = words("page", 26)
            .split(' ')
            .nth(n as usize)
            .unwrap()
            .to_owned();
        let prose = words(&own, 60).replacen(' ', ".\n", 1);
        let text = format!(
            "Front page\nHarbour news\nTide tables\n{prose}.\nTell the night desk what you think\nRules of the house\nQuay Street 4, Marrow Sound\n"
        );
        let page =
            serde_json::json!({"id": n, "url": format!("http://quay.example/{n}"), "text": text});
        file += &format!("{page}\n");
    }
    (source.to_owned(), file.into_bytes())
}

/// Documents of a site are counted over the references and the new crawl.
#[test]
fn a_new_page_of_a_known_site_loses_its_furniture() {
    let config = Config::default();
    let by_frequency = |removals: &[Removal]| {
        let by = |r: &&Removal| r.rule.as_deref() == Some("frequency");
        removals.iter().filter(by).count()
    };
    // With 14 pages the reference lost its own furniture; with 7, only both together have pages enough, and what is settled
    // stays settled.
    for (pages_before, lost_before) in [(14, true), (7, false)] {
        let crawls = [
            vec![pages("s0.jsonl", 0..pages_before)],
            vec![pages("s1.jsonl", pages_before..pages_before + 6)],
        ];
        let runs = chain(&crawls, &config, &modest());
        let one = by_source(Run::of(&crawls.concat(), &config).removals());
        assert_eq!(by_frequency(&runs[0].removals()) > 0, lost_before);
        assert!(by_frequency(&runs[1].removals()) >= 6);
        let same = runs[1].removals() == one["s1.jsonl"];
        assert!(same, "after {pages_before} pages");
    }
}

/// A stock sentence among the facts of its own document.
fn report(stock: &str, facts: &str) -> Vec<u8> {
    format!("{facts}\n\n{stock}\n").into_bytes()
}

/// What a document is about, and that a paragraph is a quotation, is known of a reference as well.
#[test]
fn a_reference_says_what_its_documents_are_about() {
    let facts = [
        "The notes of Ostmoor Tram are paid back on 14 May, said Harriet Bloom to Ada Moor, Joan Lister and Ned Pike.",
        "The bonds of Welling Ferry are paid back on 29 July, said Tobias Crane to Eve Marsh, Ann Holm and Tom Reed.",
    ];
    let stock = "The fee for the sale is one crown while the board and the guild share two.";
    let reworded = stock.replace("the sale", "this sale");
    let quoted = format!("> {stock}");
    for (old, second, goes) in [
        (stock, facts[1], false),
        (stock, facts[0], true),
        (&quoted, facts[1], true),
    ] {
        let crawls = [
            vec![("s0.txt".to_owned(), report(old, facts[0]))],
            vec![("s1.txt".to_owned(), report(&reworded, second))],
        ];
        let config = Config::default();
        check(&crawls, &config);
        let removals = chain(&crawls, &config, &modest())[1].removals();
        let near = |r: &Removal| r.reason == Reason::NearDuplicate;
        assert_eq!(removals.iter().any(near), goes, "{old} {second}");
    }
}

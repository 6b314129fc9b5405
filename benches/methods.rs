//! The methods side by side on text of your own: what each finds, what it costs, and what it would do as the field uses it.
//!
//! Not a timing of parts: one run of each method on `DECHAFF_CORPUS` (a file of JSON lines), in a process of its own, so
//! that processor time and peak memory are its own. Recall is held against all pairs, found here by a method that skips
//! none (the prefix filter below), not by candidates. With `DECHAFF_PAIRS` (JSON lines `{"a", "b", "label"}`; `near` and
//! `dup` are duplicates) also the decisions on labelled pairs. Without either it runs on made-up text, as a check.

#![allow(clippy::print_stdout, reason = "a table is what it is for")]

#[path = "methods/field.rs"]
mod field;
#[allow(dead_code, reason = "each bench uses its share of it")]
mod input;
#[path = "methods/truth.rs"]
mod truth;

use std::path::{Path, PathBuf};
use std::process::Command;

use dechaff::clean::clean;
use dechaff::config::{Config, Dedup, Guard, Method, Segment, Share};
use dechaff::io::expand;
use dechaff::io::output::Paths;
use dechaff::removal::{self, Reason};
use dechaff::report::Report;
use dechaff::resources::{Resources, Silent};
use input::Corpus;
use truth::{Class, Paragraphs};

/// Set in a process that is to make one run.
const CHILD: &str = "DECHAFF_METHODS_CHILD";
/// Bytes of made-up text when no other is given.
const BYTES: usize = 1 << 20;

/// The rows of the table.
const RUNS: [&str; 5] = ["exact", "simhash", "minhash", "shingle", "default"];

/// Similarity alone decides, at the thresholds of the truth; `default` is dechaff as it comes, with the facts guard.
fn config(run: &str) -> Config {
    let plain = Config {
        boilerplate: None,
        guard: Guard::Off,
        segment: Segment::Line,
        min_similarity: Share(truth::NEAR * 100),
        min_containment: Share(truth::CONTAINED * 100),
        ..Config::default()
    };
    match run {
        "exact" => Config {
            dedup: Dedup::Exact,
            ..plain
        },
        "simhash" => Config {
            method: Method::Simhash,
            ..plain
        },
        "minhash" => Config {
            method: Method::Minhash,
            ..plain
        },
        "shingle" => plain,
        _ => Config {
            boilerplate: None,
            segment: Segment::Line,
            ..Config::default()
        },
    }
}

fn main() {
    if let Ok(run) = std::env::var(CHILD) {
        return child(&run);
    }
    let folder =
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("the build folder can be written");
    let corpus = std::env::var_os("DECHAFF_CORPUS").map_or_else(
        || {
            let path = folder.path().join("made-up.jsonl");
            std::fs::write(&path, Corpus::new(4, BYTES, None).to_jsonl())
                .expect("the disk has room");
            path
        },
        PathBuf::from,
    );
    let paragraphs = Paragraphs::read(&corpus);
    let truth = paragraphs.truth();
    println!(
        "{}: {:.1} MB of text, {} lines; of those with 12 tokens or more {} pairs are similar\n",
        corpus.display(),
        paragraphs.bytes as f64 / 1e6,
        paragraphs.all.len(),
        truth.pairs
    );
    println!(
        "| run | recall exact | near | contained | went exact | near | contained | bytes | MB per CPU second | peak MiB |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for run in RUNS {
        let out = folder.path().join(run);
        let report = parent(run, &corpus, &out);
        row(run, &paragraphs, &truth, &corpus, &out, &report);
    }
    println!(
        "\nAs the field uses them, on the same lines: the sketch decides, nothing is verified.\n"
    );
    field::on_lines(&paragraphs);
    if let Some(pairs) = std::env::var_os("DECHAFF_PAIRS") {
        println!("\nOn labelled pairs:\n");
        field::on_pairs(Path::new(&pairs));
    }
}

/// Makes one run in a process of its own.
fn parent(run: &str, corpus: &Path, out: &Path) -> Report {
    let this = std::env::current_exe().expect("a program knows itself");
    let status = Command::new(this)
        .env(CHILD, run)
        .env("DECHAFF_CORPUS", corpus)
        .env("DECHAFF_OUT", out)
        .status()
        .expect("a program can start itself");
    assert!(status.success(), "{run} failed");
    let report =
        std::fs::read_to_string(out.join("_dechaff/report.json")).expect("a run has a report");
    serde_json::from_str(&report).expect("a report reads back")
}

fn child(run: &str) {
    let of = |name| std::env::var_os(name).expect("set by the parent");
    let sources = expand(&[of("DECHAFF_CORPUS")], None).expect("the corpus is there");
    let resources = Resources {
        threads: 1,
        ..Resources::default()
    };
    let out = PathBuf::from(of("DECHAFF_OUT"));
    clean(&sources, &out, &config(run), &resources, &Silent).expect("the run succeeds");
}

fn row(
    run: &str,
    paragraphs: &Paragraphs,
    truth: &truth::Truth,
    corpus: &Path,
    out: &Path,
    report: &Report,
) {
    let name = corpus.file_name().expect("a file has a name");
    let log = Paths::new(out, &name.to_string_lossy()).removed;
    let mut gone = vec![false; paragraphs.all.len()];
    let (mut counts, mut bytes) = ([0u64; 3], 0);
    let mut log = removal::open(&log).expect("a run has a log");
    while let Some(removal) = log.read().expect("a log reads back") {
        let kind = match removal.reason {
            Reason::ExactDuplicate => 0,
            Reason::NearDuplicate => 1,
            Reason::Contained => 2,
            Reason::Boilerplate => continue,
        };
        counts[kind] += 1;
        bytes += removal.end - removal.start;
        gone[paragraphs.at(removal.record as usize, removal.paragraph as usize)] = true;
    }
    let recall = truth.recall(paragraphs, &gone);
    // Whatever the method: no copy stays.
    assert_eq!(
        recall[Class::Exact as usize].1,
        recall[Class::Exact as usize].0
    );
    if run == "shingle" {
        for class in [Class::Near, Class::Contained] {
            let (found, all) = recall[class as usize];
            assert!(found * 100 >= all * 98, "{class:?}: {found} of {all}");
        }
    }
    let share = |(found, all): (u64, u64)| match all {
        0 => "-".to_owned(),
        _ => format!("{:.4}", found as f64 / all as f64),
    };
    let cpu = report.run.cpu_ms.unwrap_or(report.run.wall_ms).max(1);
    println!(
        "| {run} | {} | {} | {} | {} | {} | {} | {bytes} | {:.1} | {} |",
        share(recall[0]),
        share(recall[1]),
        share(recall[2]),
        counts[0],
        counts[1],
        counts[2],
        paragraphs.bytes as f64 / 1e3 / cpu as f64,
        report.run.peak_memory.unwrap_or(0) >> 20,
    );
}

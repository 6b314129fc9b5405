//! What a run costs, counted so that a slow or busy machine does not matter: ratios of processor time between things done
//! one after another in this process, and allocations. Limits are wide; what they catch is work that was added
//! to every paragraph, and growth that is not linear.
//!
//! A test binary of its own, because both counts are of the whole process; its tests take turns.

#![cfg(target_os = "linux")]

#[allow(dead_code, unused_imports, reason = "each user has its share of it")]
#[path = "../benches/generator/mod.rs"]
mod made_up;

use std::alloc::System;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use dechaff::config::Config;
use dechaff::files::work::Work;
use dechaff::report::{Meter, Report};
use dechaff::resources::{Resources, Silent};
use dechaff::scan::Shard;
use dechaff::text::hash::bytes64;
use dechaff::{apply, io, resolve, scan};
use made_up::Dump;
use rustix::time::{ClockId, clock_gettime};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tempfile::TempDir;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Runs of which the cheapest counts: noise only adds.
const RUNS: usize = 3;
/// Text of which a run takes some tenths of a second, unoptimised.
const BYTES: u64 = 1_500_000;
/// Twice the text may cost so many times as much. Sorting adds a little to 2; quadratic work would give 4.
const GROWTH: f64 = 2.5;

/// Processor time of a phase, as a multiple of one plain pass (below) over the same text, at most. Measured in a
/// development build, doubled: scan 183, resolve 73, apply 52.
const PHASES: [(&str, f64); 3] = [("scan", 370.0), ("resolve", 150.0), ("apply", 110.0)];
/// Allocations for each line of text, at most, by phase: the same on every machine, so with less room. Measured: 4.8, 4.3,
/// 8.4, of which a good part is fixed, of so small a text (the samples of the report among them).
const ALLOCATIONS: [f64; 3] = [6.5, 5.5, 10.0];

static TURN: Mutex<()> = Mutex::new(());

/// Waits until no other test runs. One that failed has left nothing behind that matters.
fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Processor time of this process.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// What something took.
#[derive(Debug, Clone, Copy)]
struct Cost {
    seconds: f64,
    allocations: f64,
}

fn cost<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let (region, start) = (Region::new(ALLOCATOR), now());
    let done = work();
    let seconds = (now() - start).as_secs_f64();
    let change = region.change();
    let allocations = (change.allocations + change.reallocations) as f64;
    (
        done,
        Cost {
            seconds,
            allocations,
        },
    )
}

/// The yardstick: what a filter of exact lines does. Each line is found and hashed, and looked up among those before.
fn plain(text: &str) -> usize {
    let mut seen = std::collections::HashSet::new();
    text.lines()
        .filter(|line| seen.insert(bytes64(line.as_bytes())))
        .count()
}

fn input(folder: &TempDir, name: &str, json: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, json).expect("a temporary file");
    path
}

/// One run in a fresh folder: the cost of scan, resolve and apply, and what came out.
fn run(path: &Path) -> ([Cost; 3], Report) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (work, out) = (folder.path().join("work"), folder.path().join("out"));
    let sources = io::expand(&[path.into()], None).expect("the input is there");
    let work = Work::create(&work).expect("a fresh folder");
    let (all, config) = (Shard::default(), Config::default());
    // Memory for everything: what spills depends on the machine otherwise.
    let resources = Resources {
        threads: 1,
        memory: 2 << 30,
        ..Resources::default()
    };
    let (done, scanned) = cost(|| scan::scan(&sources, all, &config, &resources, &work, &Silent));
    done.expect("the input is sound");
    let (done, resolved) = cost(|| resolve::resolve(&work, &resources, &Silent));
    done.expect("the scan is whole");
    let meter = Meter::start();
    let (report, applied) =
        cost(|| apply::apply(&sources, all, &work, &out, &resources, &Silent, &meter));
    (
        [scanned, resolved, applied],
        report.expect("all is decided"),
    )
}

/// The cheapest of some runs, phase by phase.
fn cheapest(path: &Path) -> ([Cost; 3], Report) {
    let (mut best, report) = run(path);
    for _ in 1..RUNS {
        for (best, other) in best.iter_mut().zip(run(path).0) {
            best.seconds = best.seconds.min(other.seconds);
            best.allocations = best.allocations.min(other.allocations);
        }
    }
    (best, report)
}

#[test]
fn phases_cost_so_many_plain_passes_and_allocations() {
    let _turn = turn();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut json, mut text) = (Vec::new(), String::new());
    Dump::new(1)
        .write(BYTES, &mut json)
        .expect("memory takes all");
    let mut dump = Dump::new(1);
    while (text.len() as u64) < BYTES {
        text.push_str(dump.text());
        text.push('\n');
    }
    let passes = (0..20).map(|_| cost(|| std::hint::black_box(plain(&text))).1.seconds);
    let pass = passes.fold(f64::MAX, f64::min);
    let (phases, report) = cheapest(&input(&folder, "dump.jsonl", &json));
    let lines = report.paragraphs.r#in as f64;
    let mut told = String::new();
    let mut over = false;
    for ((cost, (name, most)), allocations) in phases.iter().zip(PHASES).zip(ALLOCATIONS) {
        let (times, each) = (cost.seconds / pass, cost.allocations / lines);
        _ = writeln!(
            told,
            "{name}: {times:.0} plain passes of {most}, {each:.2} allocations a line of {allocations}"
        );
        over |= times > most || each > allocations;
    }
    assert!(!over, "dearer than it may be:\n{told}");
}

/// Holds the cost of twice the text against that of the text.
fn grows_linearly(what: &str, json: impl Fn(u64) -> Vec<u8>, removed: impl Fn(u64) -> u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let measure = |n: u64| {
        let (phases, report) = cheapest(&input(&folder, &format!("{n}.jsonl"), &json(n)));
        let least = removed(n);
        assert!(
            report.paragraphs.removed >= least,
            "{what}: {} removed",
            report.paragraphs.removed
        );
        let sum = |of: fn(&Cost) -> f64| phases.iter().map(of).sum::<f64>();
        (
            sum(|c| c.seconds),
            sum(|c| c.allocations),
            report.candidates_capped,
        )
    };
    let (one, two) = (measure(1), measure(2));
    let told =
        format!("{what}: {one:?}, twice as much: {two:?} (seconds, allocations, met the cap)");
    assert!(two.0 < GROWTH * one.0, "{told}");
    assert!(two.1 < GROWTH * one.1, "{told}");
    assert!(two.2 as f64 <= GROWTH * one.2.max(100) as f64, "{told}");
}

#[test]
fn twice_the_text_costs_twice() {
    let _turn = turn();
    let json = |n| {
        let mut json = Vec::new();
        Dump::new(1)
            .write(n * BYTES, &mut json)
            .expect("memory takes all");
        json
    };
    grows_linearly("a dump", json, |_| 1);
}

/// Documents of `lines` lines each, `n` × 100,000 in all.
fn lines(n: u64, each: u64, line: impl Fn(u64) -> String) -> Vec<u8> {
    let mut json = Vec::new();
    for document in 0..n * HOT / each {
        let text: Vec<String> = (0..each).map(|i| line(document * each + i)).collect();
        let record = serde_json::json!({
            "id": document, "url": "http://hot.example/", "text": text.join("\n"),
        });
        json.extend_from_slice(record.to_string().as_bytes());
        json.push(b'\n');
    }
    json
}

/// Hot lines.
const HOT: u64 = 10_000;

#[test]
fn copies_of_one_line_cost_twice() {
    let _turn = turn();
    let line = |_| {
        "The ferry to the outer islands was late again because of fog in the narrow sound off Brindle head.".to_owned()
    };
    grows_linearly(
        "copies of one line",
        |n| lines(n, 10, line),
        |n| n * HOT - 1,
    );
}

#[test]
fn lines_that_differ_in_a_word_cost_twice() {
    let _turn = turn();
    let vowels = ["a", "e", "i", "o", "u", "ai", "ea", "io", "ou", "ui"];
    let word = |mut n: u64| {
        let mut word = "zar".to_owned();
        for _ in 0..6 {
            word = word + vowels[(n % 10) as usize] + "k";
            n /= 10;
        }
        word
    };
    let line = |n| {
        let word = word(n);
        format!(
            "The ferry to the outer islands was late again because of {word} in the narrow sound off the old stone head near town."
        )
    };
    grows_linearly("one word changed", |n| lines(n, 10, line), |n| n * HOT / 2);
}

#[test]
fn lines_with_other_facts_cost_twice() {
    let _turn = turn();
    let line = |n| {
        format!(
            "The water at the harbour stood at {n} centimetres this morning, the office for the coast said in its daily note."
        )
    };
    grows_linearly("other facts", |n| lines(n, 10, line), |_| 0);
}

#[test]
fn a_line_on_every_document_costs_twice() {
    let _turn = turn();
    let line = |n: u64| match n % 2 {
        0 => {
            "Read the Brindle Courier every day and know what goes on in the harbour and the hills"
                .to_owned()
        }
        _ => format!("page number {n}"),
    };
    grows_linearly(
        "a line on every document",
        |n| lines(n, 2, line),
        |n| n * HOT / 4,
    );
}

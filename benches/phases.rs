//! Scan, resolve, apply, and the whole run, on about 8 MB of JSON lines on disk.
//!
//! Every phase does its whole work each time, in fresh folders: a scan would otherwise find its parts done. The decisions
//! are held against what the generator knows. `copy` is the yardstick: the same bytes read, and written durably.

#[allow(dead_code, reason = "each bench uses its share of it")]
mod input;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::sync::LazyLock;

use dechaff::config::Config;
use dechaff::files::container::{Reader, Row};
use dechaff::files::row::{Doc, Drop, Para};
use dechaff::files::work::{Rows, Work};
use dechaff::io::Source;
use dechaff::report::{Amount, Meter, Report};
use dechaff::resources::{Resources, Silent};
use dechaff::scan::Shard;
use dechaff::{apply, clean, io, resolve, scan};
use divan::Bencher;
use divan::counter::BytesCount;
use input::{Corpus, Kind};
use tempfile::TempDir;

/// Large enough for the fixed costs of a run to be under a hundredth, small enough for ten runs in some seconds.
const BYTES: usize = 8 << 20;
/// Kinds that go as duplicates, and the one that goes as boilerplate.
const COPIES: [Kind; 3] = [Kind::Exact, Kind::Edited, Kind::Truncated];

/// The input on disk, and what is known of it.
struct Input {
    corpus: Corpus,
    text: BytesCount,
    sources: Vec<Source>,
    config: Config,
    _folder: TempDir,
}

static INPUT: LazyLock<Input> = LazyLock::new(|| {
    let corpus = Corpus::new(3, BYTES, None).check();
    let folder = folder();
    let path = folder.path().join("input.jsonl");
    std::fs::write(&path, corpus.to_jsonl()).expect("the disk has room");
    Input {
        text: BytesCount::new(corpus.texts().iter().map(String::len).sum::<usize>()),
        sources: io::expand(&[path.into()], None).expect("the file is there"),
        config: Config::default(),
        corpus,
        _folder: folder,
    }
});

fn main() {
    divan::main();
}

/// A folder beside the build, so that all benches use one disk.
fn folder() -> TempDir {
    TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("the build folder can be written")
}

fn resources(threads: usize) -> Resources {
    Resources {
        threads,
        ..Resources::default()
    }
}

fn work(folder: &TempDir) -> Work {
    Work::create(folder.path()).expect("a fresh folder")
}

fn rows<R: Row>(work: &Work, rows: Rows) -> u64 {
    let path = work.rows(0, rows);
    Reader::<R>::open(&path, INPUT.config.fingerprint())
        .expect("the phase has written it")
        .len()
}

fn run_scan(work: &Work, threads: usize) {
    let done = scan::scan(
        &INPUT.sources,
        Shard::default(),
        &INPUT.config,
        &resources(threads),
        work,
        &Silent,
    );
    done.expect("the input is sound");
    assert_eq!(
        rows::<Doc>(work, Rows::Docs),
        INPUT.corpus.docs.len() as u64
    );
    let remain = INPUT.corpus.lines.len() as u64 - INPUT.corpus.count(&[Kind::Boilerplate]);
    assert_eq!(rows::<Para>(work, Rows::Paras), remain);
}

fn run_resolve(work: &Work, threads: usize) {
    resolve::resolve(work, &resources(threads), &Silent).expect("the scan is whole");
    assert_eq!(rows::<Drop>(work, Rows::Drops), INPUT.corpus.count(&COPIES));
}

fn run_apply(work: &Work, out: &Path, threads: usize) -> Report {
    let meter = Meter::start();
    let report = apply::apply(
        &INPUT.sources,
        Shard::default(),
        work,
        out,
        &resources(threads),
        &Silent,
        &meter,
    );
    report.expect("all is decided")
}

/// Holds a report against what the generator knows.
fn check(report: &Report) {
    let paragraphs = |reason: &str| {
        report
            .removed
            .by_reason
            .get(reason)
            .map_or(0, |a| a.paragraphs)
    };
    assert_eq!(
        paragraphs("boilerplate"),
        INPUT.corpus.count(&[Kind::Boilerplate])
    );
    let all: BTreeMap<_, _> = report.removed.by_reason.iter().collect();
    let copies: u64 = all
        .into_values()
        .map(|a: &Amount| a.paragraphs)
        .sum::<u64>()
        - paragraphs("boilerplate");
    assert_eq!(copies, INPUT.corpus.count(&COPIES));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn copy(bencher: Bencher<'_, '_>) {
    let from = &INPUT.sources[0].path;
    let size = from.metadata().expect("the file is there").len();
    bencher
        .counter(INPUT.text.clone())
        .with_inputs(folder)
        .bench_local_refs(|folder| {
            let to = folder.path().join("copy");
            assert_eq!(std::fs::copy(from, &to).expect("the disk has room"), size);
            File::open(&to)
                .and_then(|f| f.sync_all())
                .expect("the copy is there");
        });
}

#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn scan_phase(bencher: Bencher<'_, '_>, threads: usize) {
    run_scan(&work(&folder()), threads);
    let bencher = bencher.counter(INPUT.text.clone());
    bencher
        .with_inputs(folder)
        .bench_local_refs(|folder| run_scan(&work(folder), threads));
}

#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn resolve_phase(bencher: Bencher<'_, '_>, threads: usize) {
    let folder = folder();
    let work = work(&folder);
    run_scan(&work, threads);
    run_resolve(&work, threads);
    bencher
        .counter(INPUT.text.clone())
        .bench_local(|| run_resolve(&work, threads));
}

#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn apply_phase(bencher: Bencher<'_, '_>, threads: usize) {
    let scanned = folder();
    let work = work(&scanned);
    run_scan(&work, threads);
    run_resolve(&work, threads);
    check(&run_apply(&work, folder().path(), threads));
    let bencher = bencher.counter(INPUT.text.clone()).with_inputs(folder);
    bencher.bench_local_refs(|folder| run_apply(&work, folder.path(), threads));
}

#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn clean_run(bencher: Bencher<'_, '_>, threads: usize) {
    let run = |out: &Path| {
        clean::clean(
            &INPUT.sources,
            out,
            &INPUT.config,
            &resources(threads),
            &Silent,
        )
        .expect("the input is sound")
    };
    check(&run(folder().path()));
    let bencher = bencher.counter(INPUT.text.clone()).with_inputs(folder);
    bencher.bench_local_refs(|folder| run(folder.path()));
}

//! Scan, resolve, apply, and the whole run, on about 8 MB of JSON lines on disk.
//!
//! Every phase does its whole work each time, in fresh folders: a scan would otherwise find its parts done. The decisions
//! are held against what the generator knows, after every run: a few counts, next to nothing in time. `copy` is the
//! yardstick: the same bytes read, and written durably.

#[allow(dead_code, reason = "each bench uses its share of it")]
mod input;

use std::fs::File;
use std::path::Path;
use std::sync::LazyLock;

use dechaff::config::Config;
use dechaff::files::container::{Reader, Row};
use dechaff::files::row::{Doc, Drop, Para};
use dechaff::files::work::{Rows, Work};
use dechaff::io::Source;
use dechaff::report::{Meter, Report};
use dechaff::resources::{Resources, Silent};
use dechaff::scan::Shard;
use dechaff::{apply, clean, io, resolve, scan};
use divan::Bencher;
use divan::counter::BytesCount;
use input::{Corpus, Kind};
use tempfile::TempDir;

/// Large enough for the fixed costs of a run to be under a hundredth, small enough for ten runs in some seconds.
const BYTES: usize = 8 << 20;
/// What goes as boilerplate.
const CHAFF: [Kind; 1] = [Kind::Boilerplate];
/// What goes as a duplicate.
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
    let (all, resources) = (Shard::default(), resources(threads));
    let done = scan::scan(
        &INPUT.sources,
        all,
        &INPUT.config,
        &resources,
        work,
        &Silent,
    );
    done.expect("the input is sound");
    let lines = INPUT.corpus.lines.len() as u64;
    assert_eq!(
        rows::<Doc>(work, Rows::Docs),
        INPUT.corpus.docs.len() as u64
    );
    assert_eq!(
        rows::<Para>(work, Rows::Paras),
        lines - INPUT.corpus.count(&CHAFF)
    );
}

fn run_resolve(work: &Work, threads: usize) {
    resolve::resolve(work, &resources(threads), &Silent).expect("the scan is whole");
    assert_eq!(rows::<Drop>(work, Rows::Drops), INPUT.corpus.count(&COPIES));
}

fn run_apply(work: &Work, out: &Path, threads: usize) {
    let (all, resources, meter) = (Shard::default(), resources(threads), Meter::start());
    let done = apply::apply(&INPUT.sources, all, work, out, &resources, &Silent, &meter);
    check(&done.expect("all is decided"));
}

fn run_clean(out: &Path, threads: usize) {
    let done = clean::clean(
        &INPUT.sources,
        out,
        &INPUT.config,
        &resources(threads),
        &Silent,
    );
    check(&done.expect("the input is sound"));
}

/// Holds a report against what the generator knows.
fn check(report: &Report) {
    let chaff = report.removed.by_reason.get("boilerplate");
    let (chaff, all) = (chaff.map_or(0, |a| a.paragraphs), report.paragraphs.removed);
    let known = [INPUT.corpus.count(&CHAFF), INPUT.corpus.count(&COPIES)];
    assert_eq!([chaff, all - chaff], known);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn copy(bencher: Bencher<'_, '_>) {
    let from = &INPUT.sources[0].path;
    let size = from.metadata().expect("the file is there").len();
    time(bencher, |folder| {
        let to = folder.path().join("copy");
        assert_eq!(std::fs::copy(from, &to).expect("the disk has room"), size);
        let synced = File::open(&to).and_then(|f| f.sync_all());
        synced.expect("the copy is there");
    });
}

#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn scan_phase(bencher: Bencher<'_, '_>, threads: usize) {
    time(bencher, |folder| run_scan(&work(folder), threads));
}

#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn resolve_phase(bencher: Bencher<'_, '_>, threads: usize) {
    let folder = folder();
    let work = work(&folder);
    run_scan(&work, threads);
    time(bencher, |_| run_resolve(&work, threads));
}

#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn apply_phase(bencher: Bencher<'_, '_>, threads: usize) {
    let folder = folder();
    let work = work(&folder);
    run_scan(&work, threads);
    run_resolve(&work, threads);
    time(bencher, |out| run_apply(&work, out.path(), threads));
}

#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn clean_run(bencher: Bencher<'_, '_>, threads: usize) {
    time(bencher, |out| run_clean(out.path(), threads));
}

/// Times `job`, which checks its own answer, after one run that is not timed; each run in a fresh folder.
fn time(bencher: Bencher<'_, '_>, job: impl Fn(&TempDir)) {
    job(&folder());
    let bencher = bencher.counter(INPUT.text).with_inputs(folder);
    bencher.bench_local_refs(|folder| job(folder));
}

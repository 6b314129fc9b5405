//! Promise 5: a bad record is skipped, counted, named in the report and kept; its good neighbours come through; outputs appear
//! whole or not at all. On `fixtures/bad`, and on runs that fail in the middle.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use dechaff::config::Config;
use dechaff::io::output::Paths;
use dechaff::restore::restore;

use crate::cleaned::{Run, modest, temp};

fn bad() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad")
}

fn files(names: &[&str]) -> Vec<(String, Vec<u8>)> {
    let read = |name: &&str| (name.to_string(), fs::read(bad().join(name)).unwrap());
    names.iter().map(read).collect()
}

/// Record, reason of each bad record.
fn reasons(run: &Run, name: &str) -> Vec<(u64, String)> {
    let entries = run.quarantine(name).into_iter();
    entries.map(|e| (e.record, e.reason.to_string())).collect()
}

#[test]
fn every_bad_record_is_kept_with_its_reason() {
    let run = Run::of(&files(&["bad.jsonl"]), &Config::default());
    let want = [
        (1, "invalid-json"),
        (2, "missing-text-field"),
        (3, "text-field-not-a-string"),
        (4, "text-field-not-a-string"),
        (5, "text-field-not-a-string"),
        (6, "duplicate-text-field"),
        (7, "lone-surrogate"),
        (8, "lone-surrogate"),
        (10, "invalid-json"),
        (11, "not-an-object"),
        (12, "not-an-object"),
        (13, "invalid-utf-8"),
        (14, "invalid-json"),
        (15, "invalid-json"),
        (16, "invalid-json"),
    ];
    let want: Vec<_> = want.iter().map(|&(r, why)| (r, why.to_owned())).collect();
    let found = reasons(&run, "bad.jsonl");
    // A reader without a limit to nesting may take record 10, the two hundred arrays.
    let without_deep = |list: &[(u64, String)]| {
        list.iter()
            .filter(|r| r.0 != 10)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(without_deep(&found), without_deep(&want));
    let report = &run.report.quarantined;
    assert_eq!(report.count as usize, found.len());
    assert_eq!(report.by_reason.values().sum::<u64>(), report.count);
    assert!(
        report
            .first
            .iter()
            .any(|r| r.source == "bad.jsonl" && r.record == 1 && !r.note.is_empty())
    );
}

#[test]
fn good_records_between_bad_ones_come_through() {
    let run = Run::of(&files(&["bad.jsonl"]), &Config::default());
    let input = fs::read(bad().join("bad.jsonl")).unwrap();
    let lines: Vec<&[u8]> = input.split_inclusive(|&b| b == b'\n').collect();
    let faulty: Vec<u64> = reasons(&run, "bad.jsonl")
        .into_iter()
        .map(|r| r.0)
        .collect();
    // Line 17 is empty: no record, and passed on.
    let mut record = 0;
    let mut want = Vec::new();
    for line in lines {
        let blank = line.trim_ascii().is_empty();
        if blank || !faulty.contains(&record) {
            want.extend_from_slice(line);
        }
        record += u64::from(!blank);
    }
    let output = run.output("bad.jsonl");
    let texts = |bytes: &[u8]| -> Vec<serde_json::Value> {
        let lines = bytes
            .split(|&b| b == b'\n')
            .filter(|l| !l.trim_ascii().is_empty());
        lines
            .filter_map(|l| serde_json::from_slice(l).ok())
            .collect()
    };
    assert_eq!(texts(&output), texts(&want));
    assert!(texts(&output).len() >= 6);
    restore(&run.out(), None).unwrap();
}

#[test]
fn a_line_that_is_not_utf8_passes_and_its_neighbours_are_judged() {
    let run = Run::of(&files(&["latin1.txt"]), &Config::default());
    let input = fs::read(bad().join("latin1.txt")).unwrap();
    let mut want: Vec<&[u8]> = input.split_inclusive(|&b| b == b'\n').collect();
    want.remove(5);
    assert!(run.output("latin1.txt") == want.concat());
    assert_eq!(run.report.passed_over.count, 2);
    assert_eq!(run.report.quarantined.count, 0);
    let back = run.beside("back");
    restore(&run.out(), Some(&back)).unwrap();
    assert!(fs::read(back.join("latin1.txt")).unwrap() == input);
}

#[test]
fn a_truncated_archive_gives_the_records_before_the_damage() {
    let run = Run::of(&files(&["truncated.jsonl.gz"]), &Config::default());
    let report = &run.report;
    assert_eq!(report.documents.r#in, 25);
    assert_eq!(
        report.quarantined.by_reason.get("truncated-archive"),
        Some(&1),
        "{:?}",
        report.quarantined
    );
    let summary = restore(&run.out(), None).unwrap();
    assert_eq!(summary.damaged.len(), 1, "what cannot be proved is said");
}

#[test]
fn an_empty_file_and_prose_named_jsonl_are_no_disaster() {
    let run = Run::of(&files(&["empty.txt", "notjson.jsonl"]), &Config::default());
    assert_eq!(run.output("empty.txt"), b"");
    assert_eq!(run.report.documents.r#in, 0);
    assert_eq!(run.report.quarantined.count, 3);
    assert_eq!(
        run.report.quarantined.by_reason.get("invalid-json"),
        Some(&3)
    );
    assert_eq!(restore(&run.out(), None).unwrap().quarantined, 3);
}

/// All files and folders under a folder, by relative path.
fn tree(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder)
        .min_depth(1)
        .sort_by_file_name();
    let name = |e: walkdir::DirEntry| {
        e.path()
            .strip_prefix(folder)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    };
    entries.into_iter().map(|e| name(e.unwrap())).collect()
}

/// A source that passes every check before the run and fails while it is read: a phase file's worth of good lines, then it is gone.
fn one_good_one_gone(folder: &Path) -> (Vec<dechaff::io::Source>, PathBuf) {
    let input = folder.join("in");
    fs::create_dir_all(&input).unwrap();
    fs::write(
        input.join("a.txt"),
        "A first source that is there and stays there, whatever happens to the other.\n",
    )
    .unwrap();
    fs::write(
        input.join("b.txt"),
        "A second source that will be taken away before it is read.\n",
    )
    .unwrap();
    let sources = dechaff::io::expand(&[input.into_os_string()], None).unwrap();
    (sources, folder.join("out"))
}

#[test]
fn a_source_that_cannot_be_read_fails_the_run_and_leaves_nothing_under_a_final_name() {
    let folder = temp();
    let (sources, out) = one_good_one_gone(folder.path());
    fs::remove_file(&sources[1].path).unwrap();
    let silent = dechaff::resources::Silent;
    let error = dechaff::clean::clean(&sources, &out, &Config::default(), &modest(), &silent)
        .err()
        .unwrap();
    assert!(error.to_string().contains("b.txt"), "{error}");
    let left: Vec<_> = tree(&out).into_iter().filter(|n| n != "_dechaff").collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(restore(&out, None).is_err());
}

#[test]
fn a_source_that_changes_between_the_phases_is_refused() {
    let folder = temp();
    let (sources, out) = one_good_one_gone(folder.path());
    let silent = dechaff::resources::Silent;
    let work = dechaff::files::work::Work::create(&folder.path().join("work")).unwrap();
    let all = dechaff::scan::Shard::default();
    dechaff::scan::scan(&sources, all, &Config::default(), &modest(), &work, &silent).unwrap();
    dechaff::resolve::resolve(&work, &modest(), &silent).unwrap();
    // As long as before, so that only its bytes tell.
    let text = fs::read_to_string(&sources[1].path).unwrap();
    fs::write(&sources[1].path, text.replace("second", "2econd")).unwrap();
    let meter = dechaff::report::Meter::start();
    let error = dechaff::apply::apply(&sources, all, &work, &out, &modest(), &silent, &meter)
        .err()
        .unwrap();
    assert!(
        error.to_string().contains("b.txt") && error.to_string().contains("changed"),
        "{error}"
    );
    // The first source may be there, and then whole; the second is not; and without a manifest neither is a result.
    let left = tree(&out);
    assert!(!left.contains(&"b.txt".to_owned()), "{left:?}");
    let first = fs::read_to_string(out.join("a.txt"));
    assert!(
        first.is_err()
            || first.is_ok_and(|text| text == fs::read_to_string(&sources[0].path).unwrap())
    );
    assert!(
        !left
            .iter()
            .any(|n| n.ends_with(".part") || n.contains("manifest") || n.contains("report")),
        "{left:?}"
    );
    assert!(!Paths::new(&out, "b.txt").removed.exists());
}

#[test]
fn a_stop_leaves_no_half_written_file() {
    let folder = temp();
    let (sources, out) = one_good_one_gone(folder.path());
    let resources = modest();
    resources
        .stop
        .store(true, std::sync::atomic::Ordering::Relaxed);
    let silent = dechaff::resources::Silent;
    let error = dechaff::clean::clean(&sources, &out, &Config::default(), &resources, &silent)
        .err()
        .unwrap();
    assert_eq!(error.kind(), dechaff::ErrorKind::Interrupted);
    assert!(
        tree(&out).into_iter().all(|n| n == "_dechaff"),
        "{:?}",
        tree(&out)
    );
}

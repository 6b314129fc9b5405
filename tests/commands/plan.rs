//! What is said before a run, and runs over a part of the input.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{LINE, pages, said};
use crate::cleaned::temp;

#[test]
fn a_dry_run_writes_nothing() {
    let folder = pages();
    let at = folder.path();
    let plan = said(at, &["clean", "pages", "-o", "out", "--dry-run"], 0);
    assert!(
        plan.contains("pages/a.txt (text, 92 bytes) -> out/a.txt (text)"),
        "{plan}"
    );
    for part in [
        "read        3 sources (3 text)",
        "disk        out: ",
        "nothing was written",
    ] {
        assert!(plan.contains(part), "{part}: {plan}");
    }
    let scan = said(
        at,
        &["scan", "pages", "-w", "work", "--shard", "0/2", "--dry-run"],
        0,
    );
    assert!(scan.contains("read        2 sources"), "{scan}");
    assert!(!at.join("out").exists() && !at.join("work").exists());
}

#[test]
fn a_disk_that_is_clearly_too_small_is_noticed_before_anything_is_written() {
    let folder = temp();
    let at = folder.path();
    // Four terabytes that are not there: a hole takes no room.
    let hole = fs::File::create(at.join("huge.txt")).unwrap();
    if hole.set_len(4 << 40).is_err() {
        return; // not on this file system
    }
    for args in [
        ["clean", "huge.txt", "-o", "out"],
        ["scan", "huge.txt", "-w", "out"],
    ] {
        let refused = said(at, &args, 1);
        assert!(
            refused.contains("out: about ") && refused.contains("--no-space-check"),
            "{refused}"
        );
        assert!(!at.join("out").exists());
    }
    let plan = said(at, &["clean", "huge.txt", "-o", "out", "--dry-run"], 0);
    assert!(plan.contains("warning: out: about "), "{plan}");
}

/// A hundred documents, of which every second repeats the one before.
fn dump(at: &Path) {
    let documents: String = (0..100)
        .map(|i| format!("{{\"id\": {i}, \"text\": \"{LINE} Nr {}.\"}}\n", i / 2))
        .collect();
    fs::create_dir(at.join("dump")).unwrap();
    fs::write(at.join("dump/a.jsonl"), &documents).unwrap();
    fs::write(at.join("dump/b.jsonl"), &documents).unwrap();
}

fn ids(path: &Path) -> BTreeSet<u64> {
    let text = fs::read_to_string(path).unwrap();
    let id = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        value["id"].as_u64().unwrap()
    };
    text.lines().map(id).collect()
}

#[test]
fn a_sample_is_the_same_for_any_threads_and_shards() {
    let folder = temp();
    let at = folder.path();
    dump(at);
    let sample = ["--sample", "30%", "--seed", "7"];
    let clean =
        |out: &str, more: &[&str]| said(at, &[&["clean", "dump", "-o", out], more].concat(), 0);
    let summary = clean("one", &[&sample[..], &["--threads", "1"]].concat());
    assert!(
        summary.contains("a sample of 30 % (seed 7); nothing else is in the output"),
        "{summary}"
    );
    clean("two", &[&sample[..], &["--threads", "3"]].concat());
    for shard in ["0/2", "1/2"] {
        let scan = ["scan", "dump", "-w", "work", "--shard", shard];
        said(at, &[&scan[..], &sample].concat(), 0);
    }
    said(at, &["resolve", "-w", "work"], 0);
    for shard in ["0/2", "1/2"] {
        said(
            at,
            &[
                "apply", "dump", "-w", "work", "-o", "three", "--shard", shard,
            ],
            0,
        );
    }
    for name in ["a.jsonl", "b.jsonl"] {
        let one = fs::read(at.join("one").join(name)).unwrap();
        assert_eq!(one, fs::read(at.join("two").join(name)).unwrap());
        assert_eq!(one, fs::read(at.join("three").join(name)).unwrap());
    }
    let (a, b) = (ids(&at.join("one/a.jsonl")), ids(&at.join("one/b.jsonl")));
    assert!((15..45).contains(&a.len()) && a != b, "{a:?} {b:?}");
    // A larger one holds it, another seed draws others.
    clean("more", &["--sample", "0.6", "--seed", "7"]);
    assert!(ids(&at.join("more/a.jsonl")).is_superset(&a));
    clean("other", &["--sample", "30%"]);
    assert_ne!(ids(&at.join("other/a.jsonl")), a);
    // What was drawn can be proved, and told of.
    let proof = said(at, &["restore", "one", "-o", "back"], 0);
    assert!(proof.contains("restored 2 sources"), "{proof}");
    assert_eq!(ids(&at.join("back/a.jsonl")), a);
    // Records keep the numbers that they have in the source: here those are the ids.
    let twice = a.intersection(&b).next().unwrap();
    said(at, &["explain", "one", &format!("b.jsonl#{twice}")], 0);
}

#[test]
fn a_limit_and_a_sample_go_together_and_nonsense_is_refused() {
    let folder = temp();
    let at = folder.path();
    dump(at);
    let both = ["--limit", "20", "--sample", "50%"];
    let summary = said(
        at,
        &[&["clean", "dump", "-o", "both"], &both[..]].concat(),
        0,
    );
    assert!(
        summary.contains("the first 20 documents of each source, of them a sample of 50 %"),
        "{summary}"
    );
    let drawn = ids(&at.join("both/a.jsonl"));
    assert!(drawn.iter().all(|id| *id < 20) && (3..18).contains(&drawn.len()));
    for wrong in ["0", "1.5", "many"] {
        let refused = said(at, &["clean", "dump", "-o", "out", "--sample", wrong], 2);
        assert!(refused.contains("is not a rate"), "{refused}");
    }
}

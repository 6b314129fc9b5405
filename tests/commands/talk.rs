//! What is said on standard error: how much, and in which form.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{LINE, dechaff, pages, said};
use crate::cleaned::temp;

/// Runs, checks the status, and returns the objects that were said.
fn objects(folder: &Path, args: &[&str], status: i32) -> Vec<Value> {
    let args = [args, &["--log-format", "json"]].concat();
    let text = said(folder, &args, status);
    let object = |line: &str| -> Value {
        let object: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        for key in ["time", "level", "event", "message"] {
            assert!(object[key].is_string(), "{key}: {line}");
        }
        object
    };
    text.lines().map(object).collect()
}

#[test]
fn every_message_is_an_object_where_that_is_asked_for() {
    let folder = pages();
    let at = folder.path();
    fs::write(
        at.join("pages/bad.jsonl"),
        "{\"text\": 7}\n{\"text\": \"Fine.\"}\n",
    )
    .unwrap();
    let run = objects(at, &["clean", "pages", "-o", "out", "-vv"], 0);
    let of = |event: &str| {
        run.iter()
            .filter(|o| o["event"] == event)
            .collect::<Vec<_>>()
    };
    let summary = &of("summary")[0];
    assert_eq!(summary["documents"]["in"], 4);
    assert_eq!(summary["quarantined"], 1);
    assert_eq!(of("warning")[0]["level"], "warning");
    assert!(of("phase").iter().any(|o| o["phase"] == "apply"), "{run:?}");
    // Once while it is scanned, once while it is written.
    assert_eq!(of("source").len(), 2 * 4, "{run:?}");
    assert_eq!(of("begin")[0]["sources"], 4);

    let failed = objects(at, &["clean", "nowhere", "-o", "other"], 2);
    assert_eq!(failed[0]["level"], "error");
    assert_eq!(
        (&failed[0]["kind"], &failed[0]["file"]),
        (&"usage".into(), &"nowhere".into())
    );
    let unread = objects(at, &["clean", "--nonsense"], 2);
    assert_eq!((unread.len(), &unread[0]["level"]), (1, &"error".into()));
    assert!(objects(at, &["clean", "pages", "-o", "third", "-q"], 0).is_empty());
}

#[test]
fn more_is_said_when_that_is_asked_for() {
    let folder = pages();
    let at = folder.path();
    let plain = said(at, &["clean", "pages", "-o", "a"], 0);
    let phases = said(at, &["clean", "pages", "-o", "b", "-v"], 0);
    let sources = said(at, &["clean", "pages", "-o", "c", "-vv"], 0);
    assert!(
        !plain.contains("scan took") && phases.contains("dechaff: scan took"),
        "{phases}"
    );
    assert!(!phases.contains("b.txt: 1 records"));
    assert!(
        sources.contains("dechaff: scan: b.txt: 1 records, 125 B"),
        "{sources}"
    );
    said(at, &["clean", "pages", "-o", "d", "-v", "-q"], 2);
}

#[test]
fn a_long_run_without_a_terminal_says_a_line_now_and_then() {
    let folder = temp();
    let at = folder.path();
    // Much longer than the interval on any machine, and no two lines alike.
    let text: String = (0..40_000)
        .map(|i| format!("{LINE} {}\n", i * 7919))
        .collect();
    fs::write(at.join("long.txt"), text).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dechaff"));
    command.current_dir(at);
    command.args([
        "clean",
        "long.txt",
        "-o",
        "out",
        "--progress-every",
        "0.02",
        "--threads",
        "1",
    ]);
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    let line = text.lines().find(|l| l.starts_with("dechaff: scan: "));
    let other = text.lines().find(|l| l.starts_with("dechaff: resolve: "));
    let found = line.or(other).unwrap_or_default();
    assert!(
        found.contains(" MiB (") && found.contains("/s") || found.contains(" so far"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "nothing for a terminal: {text}");
}

#[test]
fn help_and_errors_stay_what_they_are_under_another_form() {
    let folder = temp();
    let help = dechaff(folder.path(), &["clean", "--help", "--log-format", "json"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(String::from_utf8(help.stdout).unwrap().contains("Usage:"));
}

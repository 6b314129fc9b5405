//! The command line as people meet it: what it prints and how it ends. The cases of `tests/cmd` are files (`TRYCMD=overwrite`
//! rewrites what they expect); those here need results that only a run can make.
#![allow(clippy::unwrap_used)]

mod config;
mod plan;
mod talk;

use std::fs;

use crate::cleaned::temp;
use crate::program::{dechaff, said};

#[test]
fn commands_print_and_end_as_the_cases_say() {
    let cases = trycmd::TestCases::new();
    cases.case("tests/cmd/*.trycmd").case("tests/cmd/*.toml");
    cases.env("COLUMNS", "100");
}

const LINE: &str =
    "The ferryman keeps a list of everyone who never came back for the other half of the ticket.";

/// A folder with an input `pages` of three files, of which the last two lose a paragraph.
fn pages() -> tempfile::TempDir {
    let folder = temp();
    fs::create_dir(folder.path().join("pages")).unwrap();
    let page =
        |name: &str, text: String| fs::write(folder.path().join("pages").join(name), text).unwrap();
    page("a.txt", format!("{LINE}\n"));
    page(
        "b.txt",
        format!("He reads it aloud at Christmas.\n\n{LINE}\n"),
    );
    page("c.txt", format!("{LINE}\n\nThat was the ferryman.\n"));
    folder
}

#[test]
fn restore_proves_a_run_and_tells_what_was_tampered_with() {
    let folder = pages();
    let at = folder.path();
    said(at, &["clean", "pages", "-o", "out"], 0);
    let proof = said(at, &["restore", "out", "-o", "back"], 0);
    assert!(
        proof.contains("restored 3 sources")
            && proof.contains("2 removals")
            && proof.contains("written to back"),
        "{proof}"
    );
    for name in ["a.txt", "b.txt", "c.txt"] {
        assert_eq!(
            fs::read(at.join("back").join(name)).unwrap(),
            fs::read(at.join("pages").join(name)).unwrap()
        );
    }
    // It does not write over what is there.
    let again = said(at, &["restore", "out", "-o", "back"], 2);
    assert!(again.contains("back/a.txt: already there"), "{again}");
    let output = at.join("out/b.txt");
    let text = fs::read_to_string(&output).unwrap();
    fs::write(&output, text.replace("Christmas", "Michaelma")).unwrap();
    let tampered = said(at, &["restore", "out"], 1);
    assert!(tampered.contains("b.txt"), "{tampered}");
    fs::write(&output, &text).unwrap();
    said(at, &["restore", "out"], 0);
    fs::remove_file(at.join("out/_dechaff/removed/c.txt.jsonl.zst")).unwrap();
    let missing = said(at, &["restore", "out"], 1);
    assert!(missing.contains("c.txt"), "{missing}");
}

#[test]
fn explain_names_the_witness() {
    let folder = pages();
    said(folder.path(), &["clean", "pages", "-o", "out"], 0);
    let output = dechaff(folder.path(), &["explain", "out", "b.txt#0"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(
        text.contains("exact duplicate of a.txt#0, paragraph 0") && text.contains("ferryman"),
        "{text}"
    );
}

#[test]
fn reports_of_different_runs_do_not_add_up() {
    let folder = pages();
    let at = folder.path();
    said(at, &["clean", "pages", "-o", "near"], 0);
    said(at, &["clean", "pages", "-o", "off", "--dedup", "off"], 0);
    let (near, off) = ("near/_dechaff/report.json", "off/_dechaff/report.json");
    let clash = said(at, &["report", "merge", near, off], 1);
    assert!(clash.contains("do not add up"), "{clash}");
    let twice = dechaff(at, &["report", "merge", near, near]);
    assert_eq!(twice.status.code(), Some(0));
    let sum: serde_json::Value = serde_json::from_slice(&twice.stdout).unwrap();
    assert_eq!(sum["documents"]["in"], 6);
}

#[test]
fn the_three_phases_refuse_what_does_not_fit_together() {
    let folder = pages();
    let at = folder.path();
    let nothing = said(at, &["apply", "pages", "-w", "work", "-o", "out"], 2);
    assert!(nothing.contains("not a work folder"), "{nothing}");
    said(at, &["scan", "pages", "-w", "work", "--shard", "0/2"], 0);
    let missing = said(at, &["resolve", "-w", "work"], 1);
    assert!(
        missing.contains("of 2 shards these are missing: 1"),
        "{missing}"
    );
    said(
        at,
        &[
            "scan", "pages", "-w", "work", "--shard", "1/2", "--keep", "longest",
        ],
        0,
    );
    let options = said(at, &["resolve", "-w", "work"], 1);
    assert!(options.contains("different options"), "{options}");
    said(at, &["scan", "pages", "-w", "work", "--shard", "1/2"], 0);
    let early = said(at, &["apply", "pages", "-w", "work", "-o", "out"], 1);
    assert!(early.contains("nothing is decided yet"), "{early}");
    said(at, &["resolve", "-w", "work"], 0);
    fs::write(at.join("pages/c.txt"), "Another text of another length.\n").unwrap();
    let changed = said(at, &["apply", "pages", "-w", "work", "-o", "out"], 1);
    assert!(changed.contains("c.txt of 32 bytes"), "{changed}");
    said(at, &["scan", "pages", "-w", "work", "--shard", "1/2"], 0);
    let sizes = said(at, &["resolve", "-w", "work"], 1);
    assert!(sizes.contains("saw different inputs"), "{sizes}");
}

#[test]
fn a_second_run_over_the_same_folder_needs_to_be_asked_for() {
    let folder = pages();
    let at = folder.path();
    said(at, &["clean", "pages", "-o", "out"], 0);
    let refused = said(at, &["clean", "pages", "-o", "out"], 2);
    assert!(refused.contains("--overwrite"), "{refused}");
    said(
        at,
        &[
            "clean",
            "pages",
            "-o",
            "out",
            "--overwrite",
            "--dedup",
            "off",
        ],
        0,
    );
    assert_eq!(
        fs::read(at.join("out/b.txt")).unwrap(),
        fs::read(at.join("pages/b.txt")).unwrap()
    );
    said(at, &["restore", "out"], 0);
}

#[test]
fn shards_over_an_older_result_do_not_take_its_counts() {
    let folder = pages();
    let at = folder.path();
    let phases = |work: &str, options: &[&str]| {
        for shard in ["0/2", "1/2"] {
            let scan: Vec<&str> =
                [&["scan", "pages", "-w", work, "--shard", shard], options].concat();
            said(at, &scan, 0);
        }
        said(at, &["resolve", "-w", work], 0);
        for (shard, whole) in [("0/2", false), ("1/2", true)] {
            said(
                at,
                &[
                    "apply",
                    "pages",
                    "-w",
                    work,
                    "-o",
                    "out",
                    "--shard",
                    shard,
                    "--overwrite",
                ],
                0,
            );
            assert_eq!(
                at.join("out/_dechaff/manifest.json").exists(),
                whole,
                "after shard {shard}"
            );
        }
        said(at, &["restore", "out"], 0);
    };
    phases("one", &[]);
    phases("two", &["--dedup", "off"]);
    let report = fs::read_to_string(at.join("out/_dechaff/report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["bytes"]["removed"], 0);
}

#[test]
fn bad_records_fail_a_run_only_when_that_is_asked_for() {
    let folder = temp();
    let at = folder.path();
    let bad = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/bad");
    said(at, &["clean", bad, "-o", "out"], 0);
    let strict = said(
        at,
        &["clean", bad, "-o", "out", "--overwrite", "--strict"],
        3,
    );
    assert!(strict.contains("records could not be read"), "{strict}");
    // Also under --strict the outputs are complete.
    let proof = said(at, &["restore", "out"], 0);
    assert!(
        proof.contains("truncated.jsonl.gz"),
        "what cannot be proved is said: {proof}"
    );
}

#[test]
fn an_output_that_cannot_be_written_is_said_so() {
    let folder = pages();
    let at = folder.path();
    // A file where the folder should be: also the superuser cannot write below it.
    fs::write(at.join("file"), "in the way").unwrap();
    let message = said(at, &["clean", "pages", "-o", "file/out"], 1);
    assert!(
        message.starts_with("dechaff: ") && message.contains("file"),
        "{message}"
    );
    assert_eq!(fs::read_to_string(at.join("file")).unwrap(), "in the way");
}

//! A scan that is killed inside a source goes on inside of it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use super::{Scene, ended, said};

const SCAN: [&str; 5] = ["scan", "large.jsonl", "-w", "work", "--resume"];

/// A source of many jobs: each mark stands after some 6,000 bytes.
fn large(scene: &Scene) {
    let mut text = String::new();
    for n in 0..400 {
        let line = format!(
            "Ferry {n} left pier {} at {} in the evening with {} crates of pears.",
            n % 7,
            n % 12,
            n * 31 % 97
        );
        writeln!(
            text,
            "{{\"id\": {n}, \"text\": \"{line}\\nWe use cookies.\"}}"
        )
        .unwrap();
    }
    fs::write(scene.at("large.jsonl"), text).unwrap();
}

/// Kills a scan when it has come to its n-th state file; false when it does not come there and ends well.
fn killed(scene: &Scene, number: u32) -> bool {
    let mut command = scene.dechaff(&SCAN);
    command.env("DECHAFF_FAULT", format!("kill@{number}:state-named"));
    let ended = ended(command);
    match ended.status.code() {
        Some(code) => {
            assert_eq!(code, 0, "{}", said(&ended));
            false
        }
        None => true,
    }
}

/// The phase files, by name.
fn rows(scene: &Scene) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(scene.at("work/scan")).unwrap();
    let files = files.map(|f| f.unwrap().path());
    let name = |p: &std::path::Path| p.file_name().unwrap().to_string_lossy().into_owned();
    let files = files.filter(|p| !name(p).starts_with("lock-"));
    files.map(|p| (name(&p), fs::read(&p).unwrap())).collect()
}

#[test]
fn a_source_is_not_begun_again() {
    let scene = Scene::new();
    large(&scene);
    // How many state files a scan writes: a ledger, one for each mark, one for its part and one for its shard.
    let states = (1..).find(|n| {
        let _ = fs::remove_dir_all(scene.at("work"));
        !killed(&scene, *n)
    });
    let states = states.unwrap() - 1;
    let want = rows(&scene);
    assert!(states > 8, "only {states} state files");
    assert!(
        want.keys().all(|name| !name.starts_with("draft")),
        "{:?}",
        want.keys()
    );
    for first in [2, 5, states - 2] {
        fs::remove_dir_all(scene.at("work")).unwrap();
        assert!(killed(&scene, first));
        assert!(scene.at("work/scan/draft-00000000.json").exists());
        // A run that began the source again would pass more states than are left, and be killed at the next.
        assert!(!killed(&scene, states - first + 1));
        assert_eq!(rows(&scene), want, "killed at {first} of {states}");
    }
}

#[test]
fn a_draft_that_is_damaged_is_begun_again() {
    let scene = Scene::new();
    large(&scene);
    assert!(!killed(&scene, 999));
    let want = rows(&scene);
    for name in ["json", "docs", "paras", "posts", "cuts", "texts", "lines"] {
        fs::remove_dir_all(scene.at("work")).unwrap();
        assert!(killed(&scene, 5));
        let path = scene.at(&format!("work/scan/draft-00000000.{name}"));
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        fs::write(&path, bytes).unwrap();
        assert!(!killed(&scene, 999));
        assert_eq!(rows(&scene), want, "{name}");
    }
}

#[test]
fn a_source_that_changed_before_the_mark_is_refused() {
    let scene = Scene::new();
    large(&scene);
    assert!(killed(&scene, 5));
    let path = scene.at("large.jsonl");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replacen("crates of pears", "crates of plums", 1),
    )
    .unwrap();
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(time).unwrap();
    let refused = ended(scene.dechaff(&SCAN));
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(
        said(&refused).contains("changed since it was scanned"),
        "{}",
        said(&refused)
    );
}

//! A run is resumed only as what it was: another option or another input is refused, and the message says which.

use std::fs;
use std::time::{Duration, SystemTime};

use super::{Scene, ended, said};

/// Kills a run when its scan is done and one batch of outputs has its names.
fn killed(scene: &Scene) {
    let mut command = scene.clean("out", &[]);
    command.env("DECHAFF_FAULT", "kill@1:named");
    assert_eq!(ended(command).status.code(), None);
}

/// Sets the time of the last change.
fn touch(path: &std::path::Path, seconds: u64) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    fs::File::options()
        .write(true)
        .open(path)
        .unwrap()
        .set_modified(time)
        .unwrap();
}

#[test]
fn another_option_is_refused_and_named() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    killed(&scene);
    for (option, what) in [
        (
            ["--keep", "longest"],
            "keep was \"first\" when it began, and is \"longest\" now",
        ),
        (
            ["--min-similarity", "0.6"],
            "min-similarity was 0.4 when it began, and is 0.6 now",
        ),
        (
            ["--limit", "5"],
            "limit was null when it began, and is 5 now",
        ),
        (
            ["--disable", "paywall"],
            "disable was [] when it began, and is [\"paywall\"] now",
        ),
    ] {
        let refused = ended(scene.clean("out", &[&["--resume"], &option[..]].concat()));
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(said(&refused).contains(what), "{}", said(&refused));
    }
    let refused = ended(scene.clean("out", &["--resume", "--write-reference"]));
    assert!(
        said(&refused).contains("write-reference was false"),
        "{}",
        said(&refused)
    );
    // Without a word a run that has work done is neither resumed nor thrown away.
    let silent = ended(scene.clean("out", &[]));
    assert_eq!(silent.status.code(), Some(2));
    assert!(
        said(&silent).contains("holds an unfinished run; pass --resume"),
        "{}",
        said(&silent)
    );
    scene.recovers("out", &want, "the same options");
    // A run that is complete is another one, too.
    assert_eq!(ended(scene.clean("out", &[])).status.code(), Some(0));
    let other = ended(scene.clean("out", &["--resume", "--keep", "longest"]));
    assert_eq!(other.status.code(), Some(2));
    assert!(
        said(&other).contains("keep was \"first\", and is \"longest\" now"),
        "{}",
        said(&other)
    );
    assert_eq!(
        ended(scene.clean("out", &["--resume"])).status.code(),
        Some(0)
    );
}

#[test]
fn what_cannot_change_the_answer_may_change() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    killed(&scene);
    let mut resumed = scene.dechaff(&["clean", "in", "-o", "out", "--resume", "--strict"]);
    resumed.args(["--max-removed", "90%", "--temp-dir", "temp"]);
    let resumed = ended(resumed);
    assert_eq!(resumed.status.code(), Some(3), "{}", said(&resumed));
    super::same(&scene.answer("out"), &want, "elsewhere, and strictly");
}

#[test]
fn another_input_is_refused_and_named() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    let poem = scene.at("in/pages/poem.txt");
    let text = fs::read_to_string(&poem).unwrap();
    let resume = || {
        let refused = ended(scene.clean("out", &["--resume"]));
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        said(&refused)
    };
    killed(&scene);
    // Another size, at first sight.
    fs::write(&poem, format!("{text}one line more\n")).unwrap();
    let size = format!(
        "the input pages/poem.txt has changed: it had {} bytes when the run began, and has {} now",
        text.len(),
        text.len() + 14
    );
    let message = resume();
    assert!(message.contains(&size), "{message}");
    // The same size, but other bytes: the time of the change gives it away, and the hash proves it.
    fs::write(&poem, text.to_uppercase()).unwrap();
    touch(&poem, 1_000_000_000);
    let message = resume();
    assert!(
        message.contains("poem.txt: the input has changed since it was scanned")
            && message.contains("with the hash"),
        "{message}"
    );
    // A file more, and one less.
    fs::write(&poem, &text).unwrap();
    fs::write(scene.at("in/zebra.txt"), "A zebra.\n").unwrap();
    let message = resume();
    assert!(message.contains("zebra.txt is new"), "{message}");
    fs::rename(scene.at("in/zebra.txt"), scene.at("zebra.txt")).unwrap();
    fs::rename(scene.at("in/world.jsonl"), scene.at("world.jsonl")).unwrap();
    let message = resume();
    assert!(message.contains("world.jsonl is gone"), "{message}");
    fs::rename(scene.at("world.jsonl"), scene.at("in/world.jsonl")).unwrap();
    // The same bytes with another time are the same input.
    touch(&poem, 1_000_000_001);
    scene.recovers("out", &want, "touched");
    // Results that are complete are compared byte by byte.
    assert_eq!(ended(scene.clean("out", &[])).status.code(), Some(0));
    touch(&poem, 1_000_000_002);
    assert_eq!(
        ended(scene.clean("out", &["--resume"])).status.code(),
        Some(0)
    );
    fs::write(&poem, text.to_uppercase()).unwrap();
    let message = resume();
    assert!(
        message.contains("the input pages/poem.txt has changed"),
        "{message}"
    );
}

#[test]
fn an_input_that_changes_during_the_run_is_noticed() {
    let scene = Scene::new();
    let poem = scene.at("in/pages/poem.txt");
    let text = fs::read_to_string(&poem).unwrap();
    let scan = ended(scene.dechaff(&["scan", "in", "-w", "work"]));
    assert_eq!(scan.status.code(), Some(0), "{}", said(&scan));
    assert_eq!(
        ended(scene.dechaff(&["resolve", "-w", "work"]))
            .status
            .code(),
        Some(0)
    );
    // The same size, the same time: only what is read tells.
    let time = fs::metadata(&poem).unwrap().modified().unwrap();
    fs::write(&poem, text.replace('a', "o")).unwrap();
    fs::File::options()
        .write(true)
        .open(&poem)
        .unwrap()
        .set_modified(time)
        .unwrap();
    let applied = ended(scene.dechaff(&["apply", "in", "-w", "work", "-o", "out"]));
    assert_eq!(applied.status.code(), Some(1));
    assert!(said(&applied).contains("poem.txt"), "{}", said(&applied));
    assert!(!scene.at("out/_dechaff/manifest.json").exists());
}

#[test]
fn what_stands_in_the_folder_is_not_taken_for_an_unfinished_run() {
    let scene = Scene::new();
    fs::create_dir(scene.at("out")).unwrap();
    fs::write(scene.at("out/news.jsonl"), "mine").unwrap();
    for more in [&[][..], &["--resume"]] {
        let refused = ended(scene.clean("out", more));
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(
            said(&refused).contains("out/news.jsonl: already there"),
            "{}",
            said(&refused)
        );
    }
    assert_eq!(fs::read(scene.at("out/news.jsonl")).unwrap(), b"mine");
}

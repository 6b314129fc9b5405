//! Two runs at once, signals, and pipes that close.

use std::fs;
use std::process::Stdio;

use super::{Held, Scene, ended, said, same};

#[test]
fn a_second_run_in_the_same_folder_is_refused() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    let first = Held::at(&scene, scene.clean("out", &[]), "3:rows");
    for more in [&[][..], &["--overwrite"], &["--resume"]] {
        let second = ended(scene.clean("out", more));
        assert_eq!(second.status.code(), Some(1), "{more:?}");
        let said = said(&second);
        assert!(
            said.contains("out/_dechaff: another run is at work in this folder"),
            "{said}"
        );
    }
    // Another folder is another matter.
    assert_eq!(ended(scene.clean("other", &[])).status.code(), Some(0));
    assert_eq!(first.go_on().status.code(), Some(0));
    same(&scene.answer("out"), &want, "the first is undisturbed");
    fs::remove_dir_all(scene.at("out")).unwrap();
    // A lock dies with its process.
    let mut first = Held::at(&scene, scene.clean("out", &[]), "20:rows");
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    scene.recovers("out", &want, "after the first was killed");
}

#[test]
fn shards_work_together_and_each_alone() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    let scan = |shard| scene.dechaff(&["scan", "in", "-w", "work", "--shard", shard]);
    let first = Held::at(&scene, scan("0/2"), "3:rows");
    let twice = ended(scan("0/2"));
    assert_eq!(twice.status.code(), Some(1), "{}", said(&twice));
    assert_eq!(ended(scan("1/2")).status.code(), Some(0));
    let early = ended(scene.dechaff(&["resolve", "-w", "work"]));
    assert_eq!(early.status.code(), Some(1));
    assert!(
        said(&early).contains("another run is at work"),
        "{}",
        said(&early)
    );
    assert_eq!(first.go_on().status.code(), Some(0));
    assert_eq!(
        ended(scene.dechaff(&["resolve", "-w", "work"]))
            .status
            .code(),
        Some(0)
    );
    let apply =
        |shard| scene.dechaff(&["apply", "in", "-w", "work", "-o", "out", "--shard", shard]);
    let first = Held::at(&scene, apply("0/2"), "1:name");
    assert_eq!(ended(apply("0/2")).status.code(), Some(1));
    assert_eq!(
        ended(scene.clean("out", &["--overwrite"])).status.code(),
        Some(1)
    );
    assert_eq!(ended(apply("1/2")).status.code(), Some(0));
    assert_eq!(first.go_on().status.code(), Some(0));
    let mut found = scene.answer("out");
    found.retain(|name, _| !name.starts_with("_dechaff/shards/"));
    same(&found, &want, "two at once");
}

#[test]
fn an_interrupted_run_ends_what_it_has_in_hand_and_is_resumed() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    for (signal, place) in [
        ("INT", "9:rows-name"),
        ("TERM", "9:output"),
        ("HUP", "2:rows"),
    ] {
        let run = Held::at(&scene, scene.clean("out", &[]), place);
        run.signal(signal);
        let stopped = run.go_on();
        let said = said(&stopped);
        assert_eq!(stopped.status.code(), Some(130), "{signal}: {said}");
        assert!(
            said.contains("run the same command with --resume"),
            "{said}"
        );
        // A kill leaves unnamed files behind, an interrupt none.
        for entry in walkdir::WalkDir::new(scene.at("out")) {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            assert!(!name.contains("dechaff-"), "{signal}: {name} is left");
        }
        scene.nothing_wrong("out", &want, signal);
        scene.recovers("out", &want, signal);
    }
}

#[test]
fn a_second_interrupt_stops_at_once() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    let mut run = Held::at(&scene, scene.clean("out", &[]), "12:rows-name");
    run.signal("INT");
    assert_eq!(
        run.child.try_wait().unwrap(),
        None,
        "it has something in hand"
    );
    run.signal("INT");
    assert_eq!(run.child.wait().unwrap().code(), Some(130));
    scene.recovers("out", &want, "stopped at once");
}

#[test]
fn nobody_listening_is_no_failure() {
    let scene = Scene::new();
    // Standard error is closed before anything is said.
    let mut child = scene
        .dechaff(&["clean", "in", "-o", "out"])
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    // Standard output is closed before all is written.
    let text = "The ferryman reads the list aloud at Christmas, name by name.\n".repeat(20_000);
    let mut command = scene.dechaff(&["clean", "--dedup", "off", "-q"]);
    command.stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), said(&output).as_str()),
        (Some(0), "")
    );
}

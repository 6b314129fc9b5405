//! The system refuses: a full disk, a read that fails, rights that are lost, a folder that is gone. The error names the file
//! and says what helps, nothing wrong stands under a final name, and the next run recovers.

use std::fs;

use super::{Answer, Held, Scene, ended, said};

/// Runs into an injected fault, and recovers. Returns what was said.
fn refused(scene: &Scene, want: &Answer, fault: &str) -> String {
    let mut command = scene.clean("out", &[]);
    command.env("DECHAFF_FAULT", fault);
    let ended = ended(command);
    let said = said(&ended);
    assert_eq!(ended.status.code(), Some(1), "{fault}: {said}");
    scene.nothing_wrong("out", want, fault);
    scene.recovers("out", want, fault);
    said
}

#[test]
fn a_full_disk_is_said_and_survived() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    for place in [
        "3:rows",
        "20:rows-name",
        "2:state",
        "5:state",
        "8:output",
        "30:name",
    ] {
        let said = refused(&scene, &want, &format!("full@{place}"));
        assert!(
            said.contains("No space left") && said.contains("make room"),
            "{said}"
        );
        assert!(
            said.starts_with("dechaff: out/") || said.contains("\ndechaff: out/"),
            "{said}"
        );
    }
}

#[test]
fn rights_that_are_lost_are_said_and_survived() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    for place in ["9:rows-name", "4:state-name", "12:output", "2:name"] {
        let said = refused(&scene, &want, &format!("denied@{place}"));
        assert!(
            said.contains("Permission denied") && said.contains("rights"),
            "{said}"
        );
        assert!(said.contains("out/"), "{said}");
    }
}

#[test]
fn a_read_that_fails_is_said_and_survived() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    // The same sources are read by scan and by apply.
    for place in ["2:read", "11:read", "36:read", "45:read"] {
        let said = refused(&scene, &want, &format!("io@{place}"));
        assert!(
            said.contains("Input/output error") && said.contains("in/"),
            "{said}"
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_the_system_cannot_read_is_named() {
    let scene = Scene::new();
    let ended = ended(scene.dechaff(&["clean", "/proc/self/mem", "-o", "out"]));
    assert_eq!(ended.status.code(), Some(1));
    let said = said(&ended);
    assert!(
        said.contains("/proc/self/mem: Input/output error"),
        "{said}"
    );
    assert!(
        !scene.at("out/_dechaff/run.json").exists(),
        "nothing was done, so nothing is kept"
    );
}

/// A limit of the shell on the size of files: the system itself refuses to write on, with an error of its own.
#[test]
fn a_file_that_may_not_grow_is_said_and_survived() {
    let scene = Scene::new();
    // Larger than the limit (8 blocks of 1 KiB), and not to be packed.
    let mut dice = super::Dice(7);
    let line = |_| {
        (0..12)
            .map(|_| format!("{:x} ", dice.below(u64::MAX)))
            .collect::<String>()
    };
    let large: Vec<String> = (0..400).map(line).collect();
    fs::write(scene.at("in/large.txt"), large.join("\n")).unwrap();
    let want = scene.undisturbed();
    let ended = ended(scene.limited("trap '' XFSZ; ulimit -f 8"));
    let said = said(&ended);
    assert_eq!(ended.status.code(), Some(1), "{said}");
    assert!(
        said.contains("File too large") && said.contains("out/"),
        "{said}"
    );
    scene.nothing_wrong("out", &want, "ulimit -f");
    scene.recovers("out", &want, "ulimit -f");
}

/// Resolve keeps three files of each part open.
#[test]
fn more_parts_than_files_that_may_be_open() {
    let scene = Scene::new();
    for n in 0..60 {
        let text = format!("Note {n} of the harbour master: all quiet.\n").repeat(200);
        fs::write(scene.at(&format!("in/note-{n}.txt")), text).unwrap();
    }
    let want = scene.undisturbed();
    // What the system would allow is asked for.
    let raised = ended(scene.limited("ulimit -S -n 64"));
    assert_eq!(raised.status.code(), Some(0), "{}", said(&raised));
    super::same(&scene.answer("out"), &want, "ulimit -S -n");
    fs::remove_dir_all(scene.at("out")).unwrap();
    // What it does not allow is told, and the work that was done is kept.
    let refused = ended(scene.limited("ulimit -n 64"));
    let said = said(&refused);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(
        said.contains("Too many open files") && said.contains("ulimit -n"),
        "{said}"
    );
    scene.nothing_wrong("out", &want, "ulimit -n");
    scene.recovers("out", &want, "ulimit -n");
}

#[test]
fn rights_that_are_really_lost_are_survived() {
    use std::os::unix::fs::PermissionsExt;
    let scene = Scene::new();
    // The superuser may write anywhere: for him there is nothing to lose.
    let probe = scene.at("probe");
    fs::create_dir(&probe).unwrap();
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(probe.join("x"), "").is_ok() {
        return;
    }
    let want = scene.undisturbed();
    held(&scene, "1:output", || {
        let place = scene.at("out/_dechaff/removed");
        fs::create_dir_all(&place).unwrap();
        fs::set_permissions(&place, fs::Permissions::from_mode(0o555)).unwrap();
    });
    scene.nothing_wrong("out", &want, "chmod");
    fs::set_permissions(
        scene.at("out/_dechaff/removed"),
        fs::Permissions::from_mode(0o755),
    )
    .unwrap();
    scene.recovers("out", &want, "chmod");
}

/// Holds a run at a place, does something to it, and lets it go on. Returns its exit status and what it said.
fn held(scene: &Scene, place: &str, act: impl FnOnce()) -> (Option<i32>, String) {
    let run = Held::at(scene, scene.clean("out", &[]), place);
    act();
    let output = run.go_on();
    (output.status.code(), said(&output))
}

#[test]
fn a_work_folder_that_is_gone_is_said_and_survived() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    for place in ["4:rows-name", "30:rows-name", "4:state-name", "3:output"] {
        let work = scene.at("out/_dechaff/work");
        let (status, said) = held(&scene, place, || fs::remove_dir_all(&work).unwrap());
        // Files that are open stay readable: a run that has opened all it needs may still end well.
        match status {
            Some(0) => super::same(&scene.answer("out"), &want, place),
            Some(1) => assert!(said.contains("out/_dechaff/work"), "{place}: {said}"),
            other => panic!("{place}: {other:?}: {said}"),
        }
        scene.nothing_wrong("out", &want, place);
        scene.recovers("out", &want, place);
    }
}

#[test]
fn a_folder_for_temporary_files_is_found_again_or_done_without() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    let there = || fs::read_dir(scene.at("temp")).map_or(0, |d| d.count());
    let killed = |more: &[&str]| {
        let mut command = scene.clean("out", more);
        command.env("DECHAFF_FAULT", "kill@1:output");
        assert_eq!(ended(command).status.code(), None);
    };
    // The ledger knows where it was.
    killed(&["--temp-dir", "temp"]);
    assert_eq!(there(), 1);
    let mut resumed = scene.clean("out", &["--resume"]);
    resumed.env("DECHAFF_FAULT", "kill@1:rows-name");
    assert_eq!(
        ended(resumed).status.code(),
        Some(0),
        "nothing is scanned again"
    );
    super::same(&scene.answer("out"), &want, "found again");
    assert_eq!(there(), 0, "it is cleared up");
    fs::remove_dir_all(scene.at("out")).unwrap();
    // Gone, as on a machine that was started anew.
    killed(&["--temp-dir", "temp"]);
    fs::remove_dir_all(scene.at("temp")).unwrap();
    scene.recovers("out", &want, "temp folder lost");
    // Wanted elsewhere.
    killed(&["--temp-dir", "temp"]);
    let moved = ended(scene.clean("out", &["--resume", "--temp-dir", "other"]));
    assert_eq!(moved.status.code(), Some(0), "{}", said(&moved));
    super::same(&scene.answer("out"), &want, "moved");
    assert_eq!(there(), 0);
}

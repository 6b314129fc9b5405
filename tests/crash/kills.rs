//! Kills: at places where files change hands, and at random moments. However often, the end is that of an undisturbed run.

use std::os::unix::process::ExitStatusExt;
use std::time::Duration;

use super::{Dice, Scene, ended, said, same};

/// The places of `src/fault.rs` at which a run is killed.
const PLACES: [&str; 9] = [
    "read",
    "rows",
    "rows-name",
    "state",
    "state-name",
    "state-named",
    "output",
    "name",
    "named",
];

/// Kills a run at a place. Returns false when it does not come there, and then is complete.
fn killed(scene: &Scene, out: &str, place: &str, more: &[&str]) -> bool {
    let mut command = scene.clean(out, more);
    command.env("DECHAFF_FAULT", format!("kill@{place}"));
    let ended = ended(command);
    match ended.status.code() {
        Some(0) => false,
        Some(code) => panic!("kill@{place}: exit {code}: {}", said(&ended)),
        None => true,
    }
}

#[test]
fn a_run_that_is_killed_once_at_any_place_ends_alike() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    let mut kills = 0;
    for (i, name) in PLACES.iter().enumerate() {
        for number in [1 + i, 7 + 2 * i] {
            let place = format!("{number}:{name}");
            if killed(&scene, "out", &place, &[]) {
                kills += 1;
                scene.nothing_wrong("out", &want, &place);
            }
            scene.recovers("out", &want, &place);
        }
    }
    assert!(kills >= 14, "only {kills} kills");
}

#[test]
fn a_run_that_is_killed_again_and_again_ends_alike() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    let mut kills = 0;
    // Each life gets a few steps further than the one before.
    while killed(
        &scene,
        "out",
        &format!("{}", 40 + 25 * kills),
        &["--resume"],
    ) {
        kills += 1;
        scene.nothing_wrong("out", &want, &format!("after {kills} kills"));
    }
    assert!(kills >= 3, "only {kills} kills");
    same(&scene.answer("out"), &want, "in the end");
}

#[test]
fn work_that_is_done_is_not_done_again() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    // A run makes so many row files; killed when the last decisions are sealed, it makes none of them again.
    assert!(killed(&scene, "out", "1:output", &[]));
    let mut command = scene.clean("out", &["--resume"]);
    command.env("DECHAFF_FAULT", "kill@1:rows-name");
    let resumed = ended(command);
    assert_eq!(resumed.status.code(), Some(0), "{}", said(&resumed));
    same(&scene.answer("out"), &want, "resumed after resolve");
    // Of a scan that was killed in its third part, the first two stand.
    std::fs::remove_dir_all(scene.at("out")).unwrap();
    assert!(killed(&scene, "out", "14:rows-name", &[]));
    let parts = || std::fs::read_dir(scene.at("out/_dechaff/work/scan")).unwrap();
    let times = || {
        let mut times: Vec<_> = parts()
            .map(|e| e.unwrap())
            .filter(|e| e.file_name().to_string_lossy().ends_with(".json"))
            .filter(|e| e.file_name().to_string_lossy().starts_with("part-"))
            .map(|e| (e.file_name(), e.metadata().unwrap().modified().unwrap()))
            .collect();
        times.sort();
        times
    };
    let before = times();
    assert_eq!(before.len(), 2, "{before:?}");
    assert!(killed(&scene, "out", "1:output", &["--resume"]));
    let after = times();
    assert_eq!(after[..2], before[..]);
    assert!(after.len() > 4, "{after:?}");
    scene.recovers("out", &want, "resumed in the scan");
}

#[test]
fn phases_that_are_killed_are_resumed_one_by_one() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    let scan = ["scan", "in", "-w", "work", "--shard"];
    let apply = ["apply", "in", "-w", "work", "-o", "out", "--shard"];
    let steps: Vec<(Vec<&str>, &str)> = vec![
        ([&scan[..], &["0/2"]].concat(), "9:rows-name"),
        ([&scan[..], &["1/2"]].concat(), "3:state-name"),
        (vec!["resolve", "-w", "work"], "5:rows"),
        ([&apply[..], &["1/2"]].concat(), "9:name"),
        ([&apply[..], &["0/2"]].concat(), "1:state-name"),
    ];
    for (step, place) in steps {
        let mut command = scene.dechaff(&step);
        command.env("DECHAFF_FAULT", format!("kill@{place}"));
        assert_eq!(
            ended(command).status.signal(),
            Some(6),
            "{step:?} comes to {place}"
        );
        for _ in 0..2 {
            // The second time there is nothing left to do.
            let resumed = ended(scene.dechaff(&[&step[..], &["--resume"]].concat()));
            assert_eq!(
                resumed.status.code(),
                Some(0),
                "{step:?}: {}",
                said(&resumed)
            );
        }
    }
    let mut found = scene.answer("out");
    found.retain(|name, _| !name.starts_with("_dechaff/shards/"));
    same(&found, &want, "by phases");
}

/// Kills runs by SIGKILL after a random time until so many kills are counted. Returns how many runs came to their end.
fn kill_at_random(kills: u32, dice: &mut Dice) -> u32 {
    let scene = Scene::new();
    let clock = std::time::Instant::now();
    let want = scene.undisturbed();
    // Moments are drawn from somewhat more than the time of a run, so that some runs end between kills.
    let whole = u64::try_from(clock.elapsed().as_micros()).unwrap() * 5 / 4;
    let (mut killed, mut complete) = (0, 0);
    while killed < kills {
        let mut child = scene.clean("out", &["--resume"]).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(dice.below(whole)));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        match output.status.code() {
            Some(0) => {
                complete += 1;
                same(
                    &scene.answer("out"),
                    &want,
                    &format!("after {killed} kills"),
                );
                std::fs::remove_dir_all(scene.at("out")).unwrap();
            }
            Some(code) => panic!("exit {code} after {killed} kills: {}", said(&output)),
            None => {
                killed += 1;
                if scene.at("out").exists() {
                    scene.nothing_wrong("out", &want, &format!("kill {killed}"));
                }
            }
        }
    }
    scene.recovers("out", &want, "in the end");
    complete + 1
}

#[test]
fn runs_that_are_killed_at_random_end_alike() {
    kill_at_random(8, &mut Dice(1));
}

#[test]
#[ignore = "minutes: 300 kills at random, and one at every single step"]
fn three_hundred_kills_at_random() {
    let ends = kill_at_random(300, &mut Dice(2));
    println!("300 kills, {ends} complete runs among them, all alike");
}

#[test]
#[ignore = "minutes: a kill at every single step of a run"]
fn a_kill_at_every_step() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    let mut kills = 0;
    for name in PLACES.iter().filter(|n| **n != "read") {
        let mut number = 1;
        while killed(&scene, "out", &format!("{number}:{name}"), &[]) {
            let what = format!("{number}:{name}");
            scene.nothing_wrong("out", &want, &what);
            scene.recovers("out", &want, &what);
            kills += 1;
            number += 1;
        }
        std::fs::remove_dir_all(scene.at("out")).unwrap();
    }
    println!("{kills} kills, one at each step, each recovered");
    assert!(kills > 150, "only {kills} steps");
}

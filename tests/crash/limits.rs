//! Alarms, and the limit on what may be removed.

use std::fs;

use super::{Scene, ended, said};

/// Two hundred copies of a story, and a little that stands alone.
fn copies(scene: &Scene) {
    fs::remove_dir_all(scene.at("in")).unwrap();
    fs::create_dir(scene.at("in")).unwrap();
    let story = "The ferry across the Orrin was stopped for the third time this month after a rope \
                 tore in the night, and some two hundred people who work on the other bank waited \
                 at the landing until a fisherman took the first of them over in his own boat.";
    let mut dice = super::Dice(5);
    let mut lines = String::new();
    for record in 0..400 {
        let own: Vec<String> = (0..9)
            .map(|_| format!("w{:x}", dice.below(1 << 30)))
            .collect();
        let text = format!("{story}\n{}", own.join(" "));
        lines += &serde_json::json!({"id": record, "text": text}).to_string();
        lines.push('\n');
    }
    fs::write(scene.at("in/copies.jsonl"), lines).unwrap();
}

#[test]
fn more_than_is_plausible_is_shouted() {
    let scene = Scene::new();
    copies(&scene);
    // Also to those who want to hear nothing.
    let loud = ended(scene.clean("out", &[]));
    assert_eq!(loud.status.code(), Some(0), "{}", said(&loud));
    let said = said(&loud);
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines.len() == 1 && lines[0].starts_with("dechaff: ALARM: this run removed 7"),
        "{said}"
    );
    assert!(
        lines[0].contains("where up to 70 % is plausible; causes: exact duplicate 7"),
        "{said}"
    );
    let report = fs::read_to_string(scene.at("out/_dechaff/report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let alarm = &report["alarms"][0];
    assert_eq!(
        (alarm["scope"].as_str(), alarm["limit"].as_f64()),
        (Some("run"), Some(0.7))
    );
    assert_eq!(alarm["causes"][0]["name"], "exact_duplicate");
    assert_eq!(alarm["bytes_removed"], report["bytes"]["removed"]);
    let page = fs::read_to_string(scene.at("out/_dechaff/report.html")).unwrap();
    assert!(page.contains("\"ALARM: this run removed 7"));
}

#[test]
fn a_limit_stops_before_anything_is_written() {
    let scene = Scene::new();
    copies(&scene);
    let clean = |more: &[&str]| ended(scene.clean("out", more));
    for share in ["50%", ".5", "0.5"] {
        let stopped = clean(&["--overwrite", "--max-removed", share]);
        let said = said(&stopped);
        assert_eq!(stopped.status.code(), Some(1), "{said}");
        assert!(
            said.contains("of the text would be removed, more than the 50 % of --max-removed"),
            "{said}"
        );
        assert!(
            said.contains("causes: exact duplicate 7") && said.contains("nothing was written"),
            "{said}"
        );
        let there = |name: &str| scene.at("out").join(name).exists();
        assert!(
            !there("copies.jsonl") && !there("_dechaff/removed") && !there("_dechaff/report.json")
        );
    }
    // What was found out is not lost: with a higher limit the run goes on where it stopped.
    let mut command = scene.clean("out", &["--resume", "--max-removed", "80%"]);
    command.env("DECHAFF_FAULT", "kill@1:rows-name");
    let resumed = ended(command);
    assert_eq!(resumed.status.code(), Some(0), "{}", said(&resumed));
    assert_eq!(
        ended(scene.dechaff(&["restore", "out"])).status.code(),
        Some(0)
    );
    // A result that stands is not touched by a run that is stopped.
    let before = scene.answer("out");
    assert_eq!(
        clean(&["--overwrite", "--max-removed", "1%"]).status.code(),
        Some(1)
    );
    let mut after = scene.answer("out");
    after.retain(|name, _| !name.starts_with("_dechaff/work") && name != "_dechaff/run.json");
    super::same(&after, &before, "after a run that was stopped");
}

#[test]
fn a_limit_stops_an_apply_of_its_own() {
    let scene = Scene::new();
    copies(&scene);
    assert_eq!(
        ended(scene.dechaff(&["scan", "in", "-w", "work"]))
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        ended(scene.dechaff(&["resolve", "-w", "work"]))
            .status
            .code(),
        Some(0)
    );
    let apply = ["apply", "in", "-w", "work", "-o", "out", "--max-removed"];
    let stopped = ended(scene.dechaff(&[&apply[..], &["50%"]].concat()));
    assert_eq!(stopped.status.code(), Some(1), "{}", said(&stopped));
    assert!(!scene.at("out/copies.jsonl").exists());
    let done = ended(scene.dechaff(&[&apply[..], &["1"]].concat()));
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
}

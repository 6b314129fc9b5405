//! Phase files that a disk has changed: each is flipped by one bit and cut, at many places. No run takes a damaged file for
//! a whole one: it says which file it is, or does not need it; and with `--resume` what is damaged is made again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dechaff::ErrorKind;
use dechaff::config::Config;
use dechaff::files::work::Work;
use dechaff::io::{self, Source};
use dechaff::report::Meter;
use dechaff::resources::{Resources, Silent};
use dechaff::scan::Shard;

use super::{Dice, Scene};
use crate::cleaned::modest;

struct Phases {
    scene: Scene,
    sources: Vec<Source>,
    config: Config,
    work: Work,
}

impl Phases {
    fn new() -> Self {
        let scene = Scene::new();
        let sources = io::expand(&[scene.at("in").into_os_string()], None).unwrap();
        let config = Config {
            model: dechaff::config::ModelChoice::None,
            only: vec!["cookie-notice".into(), "frequency".into()],
            ..Config::default()
        };
        let work = Work::create(&scene.at("work")).unwrap();
        Phases {
            scene,
            sources,
            config,
            work,
        }
    }

    fn resources(&self, resume: bool) -> Resources {
        Resources { resume, ..modest() }
    }

    fn scan(&self, resume: bool) -> dechaff::Result<()> {
        for number in 0..2 {
            let shard = Shard { number, of: 2 };
            let resources = self.resources(resume);
            let (sources, config) = (&self.sources, &self.config);
            dechaff::scan::scan(sources, shard, config, &resources, &self.work, &Silent)?;
        }
        Ok(())
    }

    fn resolve(&self, resume: bool) -> dechaff::Result<()> {
        dechaff::resolve::resolve(&self.work, &self.resources(resume), &Silent)
    }

    fn apply(&self, resume: bool) -> dechaff::Result<()> {
        let (out, meter) = (self.scene.at("out"), Meter::start());
        let (shard, resources) = (Shard::default(), self.resources(resume));
        dechaff::apply::apply(
            &self.sources,
            shard,
            &self.work,
            &out,
            &resources,
            &Silent,
            &meter,
        )?;
        Ok(())
    }

    /// The files of a phase, by name.
    fn files(&self, phase: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let folder = self.work.root().join(phase);
        let paths = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
        paths
            .filter(|p| p.is_file())
            .map(|p| (p.clone(), fs::read(p).unwrap()))
            .collect()
    }
}

/// One flipped bit at some places, and cuts; where nothing is, a byte more.
fn damages(bytes: &[u8], count: u64, dice: &mut Dice) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    for _ in 0..count {
        let (at, bit) = (dice.below(bytes.len() as u64) as usize, dice.below(8));
        let mut bad = bytes.to_vec();
        bad[at] ^= 1 << bit;
        out.push((format!("bit {bit} of byte {at}"), bad));
        let cut = dice.below(bytes.len() as u64) as usize;
        out.push((format!("cut to {cut} bytes"), bytes[..cut].to_vec()));
    }
    out
}

/// A failure must be about this file.
fn names(error: &dechaff::Error, path: &Path, what: &str) {
    assert!(
        matches!(error.kind(), ErrorKind::Phase | ErrorKind::Io),
        "{what}: {error}"
    );
    let place = error.place().file.clone().unwrap_or_default();
    let said = error.to_string();
    assert!(
        Path::new(&place) == path || said.contains("shard"),
        "{what}: {said}"
    );
}

/// Returns what was done.
fn every_damage_is_noticed_and_mended(count: u64) -> String {
    let phases = Phases::new();
    phases.scan(false).unwrap();
    phases.resolve(false).unwrap();
    phases.apply(false).unwrap();
    let want = phases.scene.answer("out");
    let (scanned, decided) = (phases.files("scan"), phases.files("resolve"));
    assert!(scanned.len() >= 18 && decided.len() >= 7);
    let mut dice = Dice(count);
    let (mut tried, mut refused) = (0, 0);
    for (path, good) in &scanned {
        for (damage, bad) in damages(good, count, &mut dice) {
            let what = format!("{}: {damage}", path.display());
            fs::write(path, bad).unwrap();
            // What resolve does not read (the ledger, rows that only apply reads) cannot mislead it.
            if let Err(error) = phases.resolve(false) {
                names(&error, path, &what);
                refused += 1;
            }
            phases.scan(true).expect(&what);
            let again = phases.files("scan");
            assert!(again.keys().eq(scanned.keys()), "{what}: other files");
            for (path, good) in &scanned {
                // Descriptions hold the times of inputs, which do not change here.
                assert!(
                    again[path] == *good,
                    "{what}: {} is not mended",
                    path.display()
                );
            }
            tried += 1;
        }
    }
    phases.resolve(true).unwrap();
    assert!(
        phases.files("resolve") == decided,
        "decisions about a mended scan are the same"
    );
    for (path, good) in &decided {
        for (damage, bad) in damages(good, count, &mut dice) {
            let what = format!("{}: {damage}", path.display());
            fs::write(path, bad).unwrap();
            let _ = fs::remove_dir_all(phases.scene.at("out"));
            match phases.apply(false) {
                Err(error) => {
                    names(&error, path, &what);
                    refused += 1;
                }
                Ok(()) => super::same(&phases.scene.answer("out"), &want, &what),
            }
            phases.resolve(true).expect(&what);
            assert!(phases.files("resolve") == decided, "{what}: not mended");
            tried += 1;
        }
    }
    phases.apply(true).unwrap();
    super::same(&phases.scene.answer("out"), &want, "in the end");
    assert!(
        refused * 10 > tried * 6,
        "{refused} of {tried} were refused"
    );
    format!("{tried} damages, {refused} refused at once, all mended")
}

#[test]
fn a_flipped_bit_and_a_cut_of_every_phase_file_are_noticed_and_mended() {
    every_damage_is_noticed_and_mended(1);
}

#[test]
#[ignore = "minutes: many places of every phase file"]
fn many_flipped_bits_of_every_phase_file() {
    println!("{}", every_damage_is_noticed_and_mended(25));
}

#[test]
fn a_damaged_state_of_clean_is_made_again() {
    let scene = Scene::new();
    let want = scene.undisturbed();
    let mut command = scene.clean("out", &[]);
    command.env("DECHAFF_FAULT", "kill@2:named");
    assert_eq!(super::ended(command).status.code(), None);
    // Kept aside, as it is damaged again and again.
    let state: Vec<PathBuf> = walkdir::WalkDir::new(scene.at("out/_dechaff"))
        .into_iter()
        .map(|e| e.unwrap().into_path())
        .filter(|p| p.is_file())
        .collect();
    let kept: Vec<(PathBuf, Vec<u8>)> = state
        .iter()
        .map(|p| (p.clone(), fs::read(p).unwrap()))
        .collect();
    let mut dice = Dice(3);
    let is_state = |p: &Path| {
        let name = p.to_string_lossy();
        name.ends_with(".json") || name.ends_with("drops")
    };
    let mut tried = 0;
    for (path, good) in kept.iter().filter(|k| is_state(&k.0)) {
        let whole = scene.at("whole");
        let _ = fs::remove_dir_all(&whole);
        fs::rename(scene.at("out"), &whole).unwrap();
        copy(&whole, &scene.at("out"));
        let (_, bad) = damages(good, 1, &mut dice).swap_remove(0);
        fs::write(path, bad).unwrap();
        scene.recovers("out", &want, &path.display().to_string());
        fs::rename(&whole, scene.at("out")).unwrap();
        tried += 1;
    }
    assert!(tried >= 12, "{tried} files");
}

/// Copies a folder with the times of its files.
fn copy(from: &Path, to: &Path) {
    let done = std::process::Command::new("cp")
        .arg("-a")
        .arg(from)
        .arg(to)
        .status();
    assert!(done.unwrap().success());
}

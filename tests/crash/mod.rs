//! Promise 5, against a machine that does not keep still: the program is killed, held, refused by the system and lied to by
//! its own files, as `docs/safety.md` lists it. What is compared is always every byte that an undisturbed run writes.
//!
//! Faults are injected by `DECHAFF_FAULT` (`src/fault.rs`), which a build with debug assertions obeys.
#![allow(clippy::unwrap_used)]
#![cfg(all(unix, debug_assertions))]

mod changed;
mod damage;
mod draft;
mod faults;
mod formats;
mod kills;
mod limits;
mod together;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use crate::cleaned::{temp, without_run};

/// An input of many small sources in several formats, and a place for outputs.
struct Scene {
    folder: tempfile::TempDir,
}

/// Every file that a run leaves, by path; the report less its object `run`.
type Answer = BTreeMap<String, Vec<u8>>;

impl Scene {
    /// Without any input.
    fn empty() -> Self {
        let folder = temp();
        fs::create_dir(folder.path().join("in")).unwrap();
        Scene { folder }
    }

    fn new() -> Self {
        let folder = temp();
        let dump = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/dump");
        for entry in walkdir::WalkDir::new(&dump) {
            let entry = entry.unwrap();
            let to = folder
                .path()
                .join("in")
                .join(entry.path().strip_prefix(&dump).unwrap());
            match entry.file_type().is_dir() {
                true => fs::create_dir_all(to).unwrap(),
                false => fs::copy(entry.path(), to).map(|_| ()).unwrap(),
            }
        }
        // A bad record and a line that is no text: quarantine and sidecar are among what must come out alike.
        let bad = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad");
        for name in ["bad.jsonl", "latin1.txt", "truncated.jsonl.gz"] {
            fs::copy(bad.join(name), folder.path().join("in").join(name)).unwrap();
        }
        Scene { folder }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The program with few rules, so that it starts at once, and with parts of a few kilobytes. Standard error is kept.
    fn dechaff(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dechaff"));
        command
            .current_dir(self.folder.path())
            .args(args)
            .args(["--progress", "never"])
            .env("DECHAFF_PART", "8000")
            .env("DECHAFF_JOB", "3000")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if ["clean", "scan"].contains(&args[0]) {
            command.args([
                "--model",
                "none",
                "--only",
                "cookie-notice",
                "--only",
                "frequency",
            ]);
        }
        if args[0] != "restore" {
            command.args(["--threads", "2", "--memory", "1M"]);
        }
        command
    }

    /// Cleans `in` into `out`.
    fn clean(&self, out: &str, more: &[&str]) -> Command {
        self.dechaff(&[&["clean", "in", "-o", out, "-q"], more].concat())
    }

    /// The same, to `out`, under limits that a shell sets first.
    fn limited(&self, limits: &str) -> Command {
        let plain = self.clean("out", &[]);
        let mut command = Command::new("bash");
        command
            .args(["-c", &format!("{limits}; exec \"$@\""), "bash"])
            .arg(plain.get_program())
            .args(plain.get_args())
            .current_dir(self.folder.path())
            .env("DECHAFF_PART", "8000")
            .env("DECHAFF_JOB", "3000");
        command
    }

    /// What an undisturbed run writes.
    fn undisturbed(&self) -> Answer {
        let ended = ended(self.clean("undisturbed", &[]));
        assert_eq!(ended.status.code(), Some(0), "{}", said(&ended));
        let answer = self.answer("undisturbed");
        fs::remove_dir_all(self.at("undisturbed")).unwrap();
        assert!(answer.len() > 30 && answer.keys().any(|k| k.contains("/quarantine/")));
        answer
    }

    /// Everything under an output folder, whatever its name: so a file left behind is noticed, too.
    fn answer(&self, out: &str) -> Answer {
        let root = self.at(out);
        let mut found = BTreeMap::new();
        for entry in walkdir::WalkDir::new(&root) {
            let entry = entry.unwrap();
            let name = entry
                .path()
                .strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if !entry.file_type().is_file() || name == "_dechaff/report.html" {
                continue;
            }
            let mut bytes = fs::read(entry.path()).unwrap();
            if name == "_dechaff/report.json" {
                bytes = without_run(&bytes).into_bytes();
            }
            found.insert(name, bytes);
        }
        found
    }

    /// Resumes a run until it is complete, and checks that it ends as an undisturbed one.
    fn recovers(&self, out: &str, want: &Answer, what: &str) {
        let ended = ended(self.clean(out, &["--resume"]));
        assert_eq!(ended.status.code(), Some(0), "{what}: {}", said(&ended));
        same(&self.answer(out), want, what);
        fs::remove_dir_all(self.at(out)).unwrap();
    }

    /// Under a final name there is what an undisturbed run puts there, or nothing.
    fn nothing_wrong(&self, out: &str, want: &Answer, what: &str) {
        for (name, bytes) in self.answer(out) {
            let state = [
                "_dechaff/work/",
                "_dechaff/shards/",
                "_dechaff/run.json",
                "_dechaff/lock",
            ];
            let unnamed = name.rsplit('/').next().unwrap();
            let unnamed = unnamed.starts_with("_dechaff-") || unnamed.starts_with(".dechaff-");
            if unnamed || state.iter().any(|s| name.starts_with(s)) {
                continue;
            }
            let right = want.get(&name).is_some_and(|w| *w == bytes);
            assert!(
                right,
                "{what}: {name} is not what an undisturbed run writes"
            );
        }
    }
}

fn ended(mut command: Command) -> Output {
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A run that is held at a place.
struct Held {
    child: Child,
    mark: PathBuf,
}

impl Held {
    fn at(scene: &Scene, mut command: Command, place: &str) -> Self {
        let mark = scene.at(&format!("held-{}", place.replace(':', "-")));
        command.env("DECHAFF_FAULT", format!("pause={}@{place}", mark.display()));
        let mut child = command.spawn().unwrap();
        while !mark.exists() {
            let ended = child.try_wait().unwrap();
            assert_eq!(
                ended, None,
                "the run came to its end before it came to {place}"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        Held { child, mark }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &pid])
            .status();
        assert!(sent.unwrap().success());
        // The handler runs in a thread of its own.
        std::thread::sleep(Duration::from_millis(100));
    }

    fn go_on(self) -> std::process::Output {
        fs::remove_file(&self.mark).unwrap();
        self.child.wait_with_output().unwrap()
    }
}

/// Says which files differ, not with what bytes.
fn same(found: &Answer, want: &Answer, what: &str) {
    let names = |a: &Answer| a.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(want), "{what}");
    for (name, bytes) in want {
        assert!(found[name] == *bytes, "{what}: {name} differs");
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = dechaff::text::hash::mix(self.0.wrapping_add(0x9e37_79b9_7f4a_7c15));
        self.0 % most
    }
}

//! A run of `clean` (or of its three phases) over files in a temporary folder, and what it left. Shared by the tests that
//! prove promises; it judges nothing.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dechaff::config::Config;
use dechaff::error::Result;
use dechaff::files::work::Work;
use dechaff::io::journal::Reader;
use dechaff::io::output::Paths;
use dechaff::io::{self, Source};
use dechaff::quarantine;
use dechaff::reference::References;
use dechaff::removal::Removal;
use dechaff::report::{Meter, Report};
use dechaff::resources::{Resources, Silent};
use dechaff::scan::Shard;

/// An input folder and an output folder beside it.
pub(crate) struct Run {
    folder: tempfile::TempDir,
    /// What the run reported; of shards, the sum that they wrote.
    pub(crate) report: Report,
    /// The names of the sources, in order.
    pub(crate) names: Vec<String>,
}

/// A temporary folder, in memory where the machine has a file system for that: outputs are synced to disk file by file, and
/// thousands of small runs would wait for it.
pub(crate) fn temp() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let here = match memory.is_dir() && std::env::var_os("TMPDIR").is_none() {
        true => tempfile::tempdir_in(memory),
        false => tempfile::tempdir(),
    };
    here.or_else(|_| tempfile::tempdir()).unwrap()
}

/// One thread and memory enough.
pub(crate) fn modest() -> Resources {
    Resources {
        threads: 1,
        memory: 256 << 20,
        ..Resources::default()
    }
}

/// Writes files into `<folder>/in` and expands that folder.
fn sources(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<Source>> {
    let input = folder.join("in");
    for (name, bytes) in files {
        let path = input.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    io::expand(&[input.into_os_string()], None)
}

impl Run {
    /// Cleans files in one process.
    pub(crate) fn of(files: &[(String, Vec<u8>)], config: &Config) -> Self {
        Run::with(files, config, &modest()).unwrap()
    }

    /// Cleans files in one process with these resources.
    pub(crate) fn with(
        files: &[(String, Vec<u8>)],
        config: &Config,
        resources: &Resources,
    ) -> Result<Self> {
        Run::against(files, config, &References::default(), resources)
    }

    /// Cleans files in one process against references, or leaves one.
    pub(crate) fn against(
        files: &[(String, Vec<u8>)],
        config: &Config,
        references: &References,
        resources: &Resources,
    ) -> Result<Self> {
        let folder = temp();
        let sources = sources(folder.path(), files)?;
        let out = folder.path().join("out");
        let report =
            dechaff::clean::clean_against(&sources, &out, config, references, resources, &Silent)?;
        let names = sources.into_iter().map(|s| s.name).collect();
        Ok(Run {
            folder,
            report,
            names,
        })
    }

    /// Runs the phases one by one, each shard by itself: scan over `scans` shards, apply over `applies`.
    pub(crate) fn in_shards(
        files: &[(String, Vec<u8>)],
        config: &Config,
        resources: &Resources,
        shards: (u32, u32),
    ) -> Self {
        Run::in_shards_against(files, config, &References::default(), resources, shards)
    }

    /// Runs the phases one by one against references, or leaves one.
    pub(crate) fn in_shards_against(
        files: &[(String, Vec<u8>)],
        config: &Config,
        references: &References,
        resources: &Resources,
        (scans, applies): (u32, u32),
    ) -> Self {
        let folder = temp();
        let sources = sources(folder.path(), files).unwrap();
        let out = folder.path().join("out");
        let work = Work::create(&folder.path().join("work")).unwrap();
        // Shards finish in any order.
        for number in (0..scans).rev() {
            let shard = Shard { number, of: scans };
            dechaff::scan::scan(&sources, shard, config, resources, &work, &Silent).unwrap();
        }
        dechaff::resolve::resolve_against(&work, references, resources, &Silent).unwrap();
        for number in (0..applies).rev() {
            let shard = Shard {
                number,
                of: applies,
            };
            let meter = Meter::start();
            dechaff::apply::apply(&sources, shard, &work, &out, resources, &Silent, &meter)
                .unwrap();
        }
        let text = fs::read_to_string(out.join("_dechaff/report.json")).unwrap();
        Run {
            folder,
            report: Report::parse(&text).unwrap(),
            names: sources.into_iter().map(|s| s.name).collect(),
        }
    }

    /// The folder of results.
    pub(crate) fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// A place beside it.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A cleaned file.
    pub(crate) fn output(&self, name: &str) -> Vec<u8> {
        fs::read(self.out().join(name)).unwrap()
    }

    /// The removals of all sources, in order.
    pub(crate) fn removals(&self) -> Vec<Removal> {
        let paths = self
            .names
            .iter()
            .map(|n| Paths::new(&self.out(), n).removed);
        paths.flat_map(|path| read_all(&path)).collect()
    }

    /// The quarantined records of one source.
    pub(crate) fn quarantine(&self, name: &str) -> Vec<quarantine::Entry> {
        read_all(&Paths::new(&self.out(), name).quarantine)
    }

    /// Everything that must be equal in equal runs: each file under the output folder by its path, `report.json` less its
    /// object `run`; left out are what shows `run` too (`report.html`) and what shards leave for each other.
    pub(crate) fn answer(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        for entry in walkdir::WalkDir::new(self.out()) {
            let entry = entry.unwrap();
            let name = entry.path().strip_prefix(self.out()).unwrap();
            let name = name.to_str().unwrap().to_owned();
            let passed = name == "_dechaff/report.html" || name.starts_with("_dechaff/shards");
            if entry.file_type().is_file() && !passed {
                let mut bytes = fs::read(entry.path()).unwrap();
                if name == "_dechaff/report.json" {
                    bytes = without_run(&bytes).into_bytes();
                }
                found.insert(name, bytes);
            }
        }
        found
    }
}

/// A report's text less its object `run`.
pub(crate) fn without_run(report: &[u8]) -> String {
    let mut report: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(report).unwrap();
    assert!(report.remove("run").is_some());
    serde_json::to_string_pretty(&report).unwrap() + "\n"
}

fn read_all<T: serde::de::DeserializeOwned>(path: &Path) -> Vec<T> {
    let mut reader = Reader::open_lazy(path).unwrap();
    std::iter::from_fn(|| reader.read().unwrap()).collect()
}

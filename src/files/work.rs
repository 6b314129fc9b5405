//! The folder in which the phases meet, and the small JSON files that say what is in it.
//!
//! Scan writes *parts*: some consecutive sources of a shard, each as a handful of row files and a `part-….json` that is
//! written last, so that a part is there whole or not at all. Each shard ends with `shard-I-of-N.json`. Resolve reads
//! all shards, refuses what does not fit together, and writes its decisions part by part.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::container::VERSION;
use super::lock::Lock;
use super::sealed::{self, Seal};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::io::output;
use crate::reference::Used;
use crate::report::Largest;
use crate::text::hash;

/// A work folder.
#[derive(Debug, Clone)]
pub struct Work {
    root: PathBuf,
}

/// The row files of a part.
#[derive(Debug, Clone, Copy)]
pub enum Rows {
    /// `row::Doc`
    Docs,
    /// `row::Para`
    Paras,
    /// `keys::Keys`
    Posts,
    /// `row::CutRow`
    Cuts,
    /// `row::Text`
    Texts,
    /// `row::Line`
    Lines,
    /// `row::CutRow`, written by resolve
    Frequency,
    /// `row::Drop`, written by resolve
    Drops,
    /// `row::Spared`, written by resolve
    Spared,
}

/// One source, as scan saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// Its number in the list of all sources.
    pub number: u32,
    /// Its relative path.
    pub name: String,
    /// Bytes on disk.
    pub size: u64,
    /// See [`crate::resume::Identity::changed`].
    pub changed: Option<(u64, u32)>,
    /// Bytes after decompression.
    pub bytes: u64,
    /// XXH3-128 of them, in hex.
    pub hash: String,
    /// Records, good and bad.
    pub records: u64,
    /// Documents before it in its part.
    pub docs: u64,
    /// Paragraphs before it in its part.
    pub paras: u64,
    /// Cuts before it in its part.
    pub cuts: u64,
}

/// How many rows stand before something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents.
    pub docs: u64,
    /// Paragraphs.
    pub paras: u64,
    /// Cuts.
    pub cuts: u64,
}

/// What a part holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartInfo {
    /// Version of the phase files.
    pub version: u16,
    /// Fingerprint of the configuration, in hex.
    pub fingerprint: String,
    /// Its sources, ascending.
    pub sources: Vec<SourceInfo>,
    /// Documents in all.
    pub docs: u64,
    /// Paragraphs in all.
    pub paras: u64,
    /// Its row files.
    pub files: Vec<Seal>,
}

impl PartInfo {
    /// The number by which its files are named: that of its first source.
    pub fn number(&self) -> u32 {
        self.sources.first().map_or(0, |s| s.number)
    }
}

/// What a shard of a scan read and wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardInfo {
    /// Version of the phase files.
    pub version: u16,
    /// The configuration; its fingerprint must be that of all other shards.
    pub config: Config,
    /// This shard.
    pub shard: u32,
    /// Of so many.
    pub shards: u32,
    /// Names and sizes on disk of all sources of the whole input: every shard must have seen the same list.
    pub input: Vec<(String, u64)>,
    /// Numbers of its parts.
    pub parts: Vec<u32>,
}

/// Written by resolve when it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolveInfo {
    /// Version of the phase files.
    pub version: u16,
    /// The configuration.
    pub config: Config,
    /// Hash of the descriptions of all parts, in hex: the scan that was decided about.
    pub scan: String,
    /// Names and sizes on disk of all sources.
    pub input: Vec<(String, u64)>,
    /// All parts, in order of their first source.
    pub parts: Vec<u32>,
    /// Drops before each source of each part.
    pub drops: Vec<Vec<u64>>,
    /// The references that were read, in order; a witness names one by its place here, from 1.
    #[serde(default)]
    pub references: Vec<Used>,
    /// Cuts by frequency before each source of each part.
    pub frequency: Vec<Vec<u64>>,
    /// Paragraphs with more candidates than are verified.
    pub met_limit: u64,
    /// The largest clusters and the most repeated lines.
    pub largest: Largest,
    /// The files of the decisions, and of the reference that was asked for.
    pub files: Vec<Seal>,
}

impl Work {
    /// Opens a work folder, making it when it is not there.
    pub fn create(root: &Path) -> Result<Self> {
        for folder in ["scan", "resolve", "temp"] {
            let path = root.join(folder);
            std::fs::create_dir_all(&path).map_err(|e| Error::io(e, &path))?;
        }
        Ok(Work {
            root: root.to_owned(),
        })
    }

    /// Holds a shard for this process alone, and the folder together with those who scan other shards.
    ///
    /// # Errors
    /// Another process scans this shard, or decides about the folder.
    pub fn hold_shard(&self, shard: u32, shards: u32) -> Result<[Lock; 2]> {
        // Nobody else is here: what is half-written was left by a process that is gone.
        if let Ok(_alone) = Lock::alone(&self.lock()) {
            super::sweep(&self.root.join("scan"))?;
        }
        let name = format!("lock-{shard}-of-{shards}");
        Ok([
            Lock::together(&self.lock())?,
            Lock::alone(&self.root.join("scan").join(name))?,
        ])
    }

    /// Holds the folder for this process alone, and clears away what killed processes left half-written.
    ///
    /// # Errors
    /// Another process works in it.
    pub fn hold(&self) -> Result<Lock> {
        let lock = Lock::alone(&self.lock())?;
        for folder in ["scan", "resolve"] {
            super::sweep(&self.root.join(folder))?;
        }
        let temp = self.temp();
        for entry in std::fs::read_dir(&temp).map_err(|e| Error::io(e, &temp))? {
            output::remove_stale(&entry.map_err(|e| Error::io(e, &temp))?.path())?;
        }
        Ok(lock)
    }

    /// Holds the folder together with others who read it.
    ///
    /// # Errors
    /// Another process decides about it.
    pub fn hold_together(&self) -> Result<Lock> {
        Lock::together(&self.lock())
    }

    fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What the scan of a shard was begun with; see [`crate::resume::Ledger`].
    pub fn begun(&self, shard: u32, shards: u32) -> PathBuf {
        self.root
            .join("scan")
            .join(format!("begun-{shard}-of-{shards}.json"))
    }

    /// Before a shard is scanned anew: parts of an earlier scan must not pass for parts of this one.
    pub fn forget(&self, shard: u32, shards: u32) -> Result<()> {
        output::remove_stale(&self.shard(shard, shards))?;
        let folder = self.root.join("scan");
        for entry in std::fs::read_dir(&folder).map_err(|e| Error::io(e, &folder))? {
            let path = entry.map_err(|e| Error::io(e, &folder))?.path();
            let name = path
                .file_name()
                .and_then(|n| n.to_str())
                .unwrap_or_default();
            let draft = name.strip_prefix("draft-");
            let part = name
                .strip_prefix("part-")
                .filter(|n| n.ends_with(".json"))
                .or(draft);
            let number = part
                .and_then(|n| n.split_once('.'))
                .and_then(|(n, _)| n.parse::<u32>().ok());
            if number.is_some_and(|n| n % shards == shard) {
                output::remove_stale(&path)?;
            }
        }
        Ok(())
    }

    /// A part, if it is there and every byte of it is as it was written.
    pub fn whole_part(&self, part: u32) -> Result<Option<PartInfo>> {
        let info: Option<PartInfo> = sealed::read_if_whole(&self.part(part))?;
        let folder = self.root.join("scan");
        let whole = |info: &PartInfo| {
            info.version == VERSION
                && info.files.len() == SCANNED.len()
                && info.files.iter().all(|file| file.holds(&folder))
        };
        Ok(info.filter(whole))
    }

    /// Seals the row files that scan wrote for a part.
    pub fn seal_part(&self, part: u32) -> Result<Vec<Seal>> {
        let seal = |&rows: &Rows| Seal::of(&self.rows(part, rows));
        SCANNED.iter().map(seal).collect()
    }

    /// Seals all that resolve wrote.
    pub fn seal_decisions(&self, parts: &[u32]) -> Result<Vec<Seal>> {
        let folder = self.root.join("resolve");
        let mut paths: Vec<PathBuf> = Vec::new();
        for &part in parts {
            paths.extend(DECIDED.iter().map(|&rows| self.rows(part, rows)));
        }
        if self.reference().is_dir() {
            let reference = crate::reference::FILES.iter();
            paths.extend(reference.map(|name| self.reference().join(name)));
            paths.push(self.reference().join(crate::reference::DESCRIPTION));
        }
        let seal = |path: PathBuf| {
            let mut seal = Seal::of(&path)?;
            let name = path.strip_prefix(&folder).expect("all lie in this folder");
            seal.name = name.to_string_lossy().into_owned();
            Ok(seal)
        };
        paths.into_iter().map(seal).collect()
    }

    /// Hash of the descriptions of these parts.
    pub fn scan_hash(&self, parts: &[u32]) -> Result<String> {
        let mut stream = hash::Stream::default();
        for &part in parts {
            let path = self.part(part);
            stream.update(&std::fs::read(&path).map_err(|e| Error::io(e, &path))?);
        }
        Ok(format!("{:032x}", stream.digest()))
    }

    /// True when the decisions are there, whole, and about this very scan under these references.
    pub fn is_decided(&self, references: &[Used], write_reference: bool) -> Result<bool> {
        let Some(info) = sealed::read_if_whole::<ResolveInfo>(&self.resolved())? else {
            return Ok(false);
        };
        let shards = self.shards()?;
        let mut parts: Vec<u32> = shards
            .iter()
            .flat_map(|s| s.parts.iter().copied())
            .collect();
        parts.sort_unstable();
        let folder = self.root.join("resolve");
        Ok(info.version == VERSION
            && info.config == shards[0].config
            && info.input == shards[0].input
            && info.references == references
            && self.reference().is_dir() == write_reference
            && info.scan == self.scan_hash(&parts)?
            && info.files.iter().all(|file| file.holds(&folder)))
    }

    /// Opens a work folder that a scan has written.
    pub fn open(root: &Path) -> Result<Self> {
        if !root.join("scan").is_dir() {
            return Err(Error::usage("not a work folder: it has no folder `scan`")
                .at(root.display().to_string())
                .hint("run `dechaff scan` into it first"));
        }
        Work::create(root)
    }

    /// Where runs of sorts may be written.
    pub fn temp(&self) -> PathBuf {
        self.root.join("temp")
    }

    /// The path of a part's file.
    pub fn rows(&self, part: u32, rows: Rows) -> PathBuf {
        let (folder, ending) = match rows {
            Rows::Docs => ("scan", "docs"),
            Rows::Paras => ("scan", "paras"),
            Rows::Posts => ("scan", "posts"),
            Rows::Cuts => ("scan", "cuts"),
            Rows::Texts => ("scan", "texts"),
            Rows::Lines => ("scan", "lines"),
            Rows::Frequency => ("resolve", "frequency"),
            Rows::Drops => ("resolve", "drops"),
            Rows::Spared => ("resolve", "spared"),
        };
        self.root
            .join(folder)
            .join(format!("part-{part:08}.{ending}"))
    }

    /// How far the scan of a part has got; see `scan::draft`.
    pub fn draft(&self, part: u32) -> PathBuf {
        self.root.join("scan").join(format!("draft-{part:08}.json"))
    }

    /// A row file of a part that is being scanned.
    pub fn draft_rows(&self, part: u32, rows: Rows) -> PathBuf {
        let mut draft = self.draft(part);
        draft.set_extension(self.rows(part, rows).extension().unwrap_or_default());
        draft
    }

    /// Path of a part's description.
    pub fn part(&self, part: u32) -> PathBuf {
        self.root.join("scan").join(format!("part-{part:08}.json"))
    }

    /// Path of a shard's description.
    pub fn shard(&self, shard: u32, shards: u32) -> PathBuf {
        self.root
            .join("scan")
            .join(format!("shard-{shard}-of-{shards}.json"))
    }

    /// Path of resolve's description.
    pub fn resolved(&self) -> PathBuf {
        self.root.join("resolve").join("resolve.json")
    }

    /// Where resolve leaves a reference, until apply has written the results beside which it belongs.
    pub fn reference(&self) -> PathBuf {
        self.root.join("resolve").join("reference")
    }

    /// Reads all shards of a scan. Refuses a missing shard, and shards that differ in list, sizes or configuration.
    pub fn shards(&self) -> Result<Vec<ShardInfo>> {
        let folder = self.root.join("scan");
        let mut found: Vec<ShardInfo> = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(|e| Error::io(e, &folder))? {
            let path = entry.map_err(|e| Error::io(e, &folder))?.path();
            if path
                .file_name()
                .and_then(|n| n.to_str())
                .is_some_and(|n| n.starts_with("shard-") && n.ends_with(".json"))
            {
                found.push(sealed::read(&path)?);
            }
        }
        found.sort_by_key(|s| (s.shards, s.shard));
        let wrong = |what: String| {
            Err(Error::phase(what).at(folder.display().to_string()).hint("scan every shard again, with the same inputs and options, into an empty work folder"))
        };
        let Some(first) = found.first() else {
            return wrong("no shard has finished its scan".into());
        };
        for shard in &found {
            if shard.version != VERSION {
                return wrong(format!(
                    "shard {} was written by version {} of the phase files, this is {VERSION}",
                    shard.shard, shard.version
                ));
            }
            if shard.shards != first.shards {
                return wrong(format!(
                    "shards of {} and of {} stand side by side",
                    first.shards, shard.shards
                ));
            }
            if shard.config != first.config {
                return wrong(format!(
                    "shards {} and {} were scanned with different options",
                    first.shard, shard.shard
                ));
            }
            if let Some(((a, b), (c, d))) =
                first.input.iter().zip(&shard.input).find(|(a, b)| a != b)
            {
                return wrong(format!(
                    "shards {} and {} saw different inputs: {a} of {b} bytes, {c} of {d} bytes",
                    first.shard, shard.shard
                ));
            }
            if shard.input.len() != first.input.len() {
                return wrong(format!(
                    "shards {} and {} saw {} and {} sources",
                    first.shard,
                    shard.shard,
                    first.input.len(),
                    shard.input.len()
                ));
            }
        }
        let missing: Vec<String> = (0..first.shards)
            .filter(|i| !found.iter().any(|s| s.shard == *i))
            .map(|i| i.to_string())
            .collect();
        if !missing.is_empty() {
            return wrong(format!(
                "of {} shards these are missing: {}",
                first.shards,
                missing.join(", ")
            ));
        }
        Ok(found)
    }
}

/// Reads a small JSON file.
pub fn read_json<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(e, path))?;
    serde_json::from_slice(&bytes).map_err(|e| {
        Error::phase(format!("not what this program writes here: {e}"))
            .at(path.display().to_string())
    })
}

/// The row files that scan writes.
const SCANNED: [Rows; 6] = [
    Rows::Docs,
    Rows::Paras,
    Rows::Posts,
    Rows::Cuts,
    Rows::Texts,
    Rows::Lines,
];

/// The row files that resolve writes.
const DECIDED: [Rows; 3] = [Rows::Frequency, Rows::Drops, Rows::Spared];

/// Writes a small JSON file, whole or not at all.
pub fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut temp = super::temporary(folder)?;
    let text = serde_json::to_string_pretty(value).expect("plain data serialises");
    std::io::Write::write_all(&mut temp, text.as_bytes()).map_err(|e| Error::io(e, path))?;
    temp.persist(path).map_err(|e| Error::io(e.error, path))?;
    Ok(())
}

//! The folder in which the phases meet, and the small JSON files that say what is in it.
//!
//! Scan writes *parts*: some consecutive sources of a shard, each as a handful of row files and a `part-….json` that is
//! written last, so that a part is there whole or not at all. Each shard ends with `shard-I-of-N.json`. Resolve reads
//! all shards, refuses what does not fit together, and writes its decisions part by part.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::container::VERSION;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::reference::Used;
use crate::report::Largest;

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
    /// `row::Post`
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
                .is_some_and(|n| n.starts_with("shard-"))
            {
                found.push(read_json(&path)?);
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

/// Writes a small JSON file, whole or not at all.
pub fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut temp = super::temporary(folder)?;
    let text = serde_json::to_string_pretty(value).expect("plain data serialises");
    std::io::Write::write_all(&mut temp, text.as_bytes()).map_err(|e| Error::io(e, path))?;
    temp.persist(path).map_err(|e| Error::io(e.error, path))?;
    Ok(())
}

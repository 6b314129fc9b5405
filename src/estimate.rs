//! What a run would read, write and need, told before it begins.
//!
//! Sizes on disk are known; everything else is an estimate from constants that were measured (`docs/performance.md`), on
//! the side of too much. So that a million small files cost a million calls of `stat` and no more, compressed sources
//! are not read: a few of them are begun, and the others are taken to be packed alike.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use crate::config::{Config, Dedup};
use crate::error::{Error, Result};
use crate::io::{Compression, Source, compress, output};
use crate::resources::Resources;
use crate::scan::Shard;

/// What is about to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// All phases.
    Clean,
    /// Scan alone.
    Scan,
    /// Apply alone.
    Apply,
}

/// What a job reads and needs. All sizes in bytes.
///
/// ```
/// use dechaff::config::Config;
/// use dechaff::estimate::{Estimate, Job};
/// use dechaff::resources::Resources;
/// use dechaff::scan::Shard;
///
/// let folder = tempfile::tempdir()?;
/// let page = folder.path().join("page.txt");
/// std::fs::write(&page, "The ferry sails at nine.\n")?;
/// let sources = dechaff::io::expand(&[page.into_os_string()], None)?;
/// let (config, resources) = (Config::default(), Resources::default());
/// let estimate = Estimate::new(Job::Clean, &sources, Shard::default(), &config, &resources)?;
/// assert_eq!((estimate.sources, estimate.on_disk), (1, 25));
/// let tight = estimate.rooms(&folder.path().join("out"), &resources).iter().any(|r| r.is_tight());
/// assert!(!tight);
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// Sources of the shard.
    pub sources: u64,
    /// They, as they lie on disk.
    pub on_disk: u64,
    /// They, decompressed; less what a sample leaves out.
    pub text: u64,
    /// Files that are there only while the job runs; of scan, the work folder.
    pub temporary: u64,
    /// Cleaned documents, logs and reports.
    pub output: u64,
    /// Resident memory at its peak.
    pub memory: u64,
    /// True under a limit of documents: nobody knows how much smaller everything will be.
    pub at_most: bool,
}

/// A folder that is written to, and the room there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The folder; it need not exist yet.
    pub folder: PathBuf,
    /// Bytes that are needed there.
    pub needed: u64,
    /// Bytes that are free; `None` when the system does not tell.
    pub free: Option<u64>,
}

/// Work folder and sorts, in hundredths of the text: 1.06 times a made-up dump, 1.16 times real text; text of short lines needs more.
const TEMPORARY_NEAR: u64 = 160;
/// The same without near-duplicates: .91 times real text, before the files were made smaller.
const TEMPORARY_EXACT: u64 = 100;
/// What scan alone leaves: 1.15 times real text.
const WORK_NEAR: u64 = 150;
/// A guess: the removal log is compressed and holds what goes. The output takes at most the room of the input.
const LOG: u64 = 20;
/// Rules, model, buffers, and what each thread has of them: a guess on the side of too much.
const MEMORY: u64 = 100 << 20;
const MEMORY_PER_THREAD: u64 = 20 << 20;

/// Sources that are begun to see how they are packed.
const GLANCES: usize = 8;
/// Decompressed bytes that are read of each.
const GLANCE: u64 = 4 << 20;
/// Decompressed bytes that are read of one that is small on disk.
const SMALL: u64 = 64 << 20;

impl Estimate {
    /// Estimates a job over the sources of a shard.
    ///
    /// # Errors
    /// A source whose size cannot be read. What is wrong inside sources is left to the run itself to find.
    pub fn new(
        job: Job,
        sources: &[Source],
        shard: Shard,
        config: &Config,
        resources: &Resources,
    ) -> Result<Estimate> {
        let (mut plain, mut packed, mut archives, mut count) = (0, 0, Vec::new(), 0);
        for source in sources.iter().filter(|s| shard.has(s.number)) {
            let size = std::fs::metadata(&source.path)
                .map_err(|e| Error::io(e, &source.path))?
                .len();
            count += 1;
            if Compression::strip_extension(&source.name) == source.name {
                plain += size;
            } else {
                packed += size;
                archives.push(source);
            }
        }
        let mut text = plain + unpacked(packed, &archives);
        if let Some(rate) = config.input.sample {
            text = rate.of(text);
        }
        let near = config.dedup == Dedup::Near;
        let temporary = match (job, near) {
            (Job::Apply, _) => 0,
            (Job::Scan, true) => text / 100 * WORK_NEAR,
            (Job::Clean, true) => text / 100 * TEMPORARY_NEAR,
            (_, false) => text / 100 * TEMPORARY_EXACT,
        };
        let written = (plain + packed).min(text) + text / 100 * LOG;
        // Sorts and caches grow with the text until they meet the budget.
        let planned = (text * 3).min(resources.memory);
        Ok(Estimate {
            sources: count,
            on_disk: plain + packed,
            text,
            temporary,
            output: if job == Job::Scan { 0 } else { written },
            memory: MEMORY + MEMORY_PER_THREAD * resources.threads as u64 + planned,
            at_most: config.input.limit.is_some(),
        })
    }

    /// The rooms that the job needs: one when results and temporary files share a file system, else two.
    pub fn rooms(&self, folder: &Path, resources: &Resources) -> Vec<Room> {
        let room = |folder: &Path, needed| Room {
            folder: folder.to_path_buf(),
            needed,
            free: free(folder),
        };
        match &resources.temp_dir {
            Some(temp) if !share_a_disk(folder, temp) => {
                vec![room(folder, self.output), room(temp, self.temporary)]
            }
            _ => vec![room(folder, self.output + self.temporary)],
        }
    }
}

impl Room {
    /// True when there is less room than is estimated to be needed: the run may fail.
    pub fn is_tight(&self) -> bool {
        self.free.is_some_and(|free| free < self.needed)
    }

    /// True when there is less than half of it: no input measured so far needs so much less than the estimate.
    pub fn is_too_small(&self) -> bool {
        self.free.is_some_and(|free| free < self.needed / 2)
    }
}

/// The size of archives when they are decompressed, judged by the beginnings of some.
fn unpacked(packed: u64, archives: &[&Source]) -> u64 {
    let step = archives.len().div_ceil(GLANCES).max(1);
    let (mut read, mut came) = (0, 0);
    for source in archives.iter().step_by(step) {
        // What cannot be read is the business of the run.
        if let Some((from, to)) = glance(source) {
            read += from;
            came += to;
        }
    }
    match read {
        0 => packed,
        _ => (u128::from(packed) * u128::from(came) / u128::from(read)) as u64,
    }
}

/// Bytes read on disk and what came of them, from the beginning of an archive.
fn glance(source: &Source) -> Option<(u64, u64)> {
    let file = File::open(&source.path).ok()?;
    let mut position = file.try_clone().ok()?;
    let size = file.metadata().ok()?.len();
    let (_, mut reader) = compress::reader(file, &source.path, &source.name, None).ok()?;
    let mut read = |most| std::io::copy(&mut reader.by_ref().take(most), &mut std::io::sink()).ok();
    let mut came = read(GLANCE)?;
    let mut from = position.stream_position().ok()?;
    // A small archive is in the buffer as a whole by now, and says nothing of what is still to come of it.
    if from == size {
        came += read(SMALL - GLANCE)?;
        from = position.stream_position().ok()?;
    }
    Some((from, came))
}

/// The nearest folder above that exists.
fn existing(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let found = absolute.ancestors().find(|f| f.is_dir());
    found.unwrap_or(Path::new(".")).to_path_buf()
}

fn free(folder: &Path) -> Option<u64> {
    fs4::available_space(existing(folder)).ok()
}

#[cfg(unix)]
fn share_a_disk(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |folder| std::fs::metadata(existing(folder)).map(|m| m.dev()).ok();
    device(a) == device(b)
}

#[cfg(not(unix))]
fn share_a_disk(a: &Path, b: &Path) -> bool {
    // Another drive has another prefix.
    existing(a).components().next() == existing(b).components().next()
}

/// The folder of temporary files of a `clean` into this folder, as far as it is known before the run.
pub fn temporary_folder(folder: &Path, resources: &Resources) -> PathBuf {
    match &resources.temp_dir {
        Some(temp) => temp.clone(),
        None => folder.join(output::FOLDER).join("work"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn source(path: &Path, name: &str) -> Source {
        Source {
            number: 0,
            path: path.to_path_buf(),
            name: name.into(),
            root: None,
            spool: None,
        }
    }

    #[test]
    fn an_archive_counts_as_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl.zst");
        let line = "{\"text\": \"The ferryman keeps a list of everyone.\"}\n";
        let text = line.repeat(400_000);
        let mut file = Compression::Zstd
            .encoder(File::create(&path).unwrap())
            .unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.finish().unwrap();
        let sources = [source(&path, "a.jsonl.zst")];
        let estimate = |config: &Config| {
            let resources = Resources::default();
            Estimate::new(Job::Clean, &sources, Shard::default(), config, &resources).unwrap()
        };
        let all = estimate(&Config::default());
        let size = std::fs::metadata(&path).unwrap().len();
        assert_eq!((all.sources, all.on_disk), (1, size));
        assert_eq!(all.text, text.len() as u64, "{all:?}");
        let exact = Config {
            dedup: Dedup::Exact,
            ..Config::default()
        };
        assert!(estimate(&exact).temporary < all.temporary);
        let mut some = Config::default();
        some.input.sample = crate::config::Rate::parse("10%").ok();
        assert!(estimate(&some).text <= all.text / 10);
    }

    #[test]
    fn rooms_are_told_apart_from_what_they_hold() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("not/there/yet");
        let room = |needed, free| Room {
            folder: there.clone(),
            needed,
            free,
        };
        assert!(!room(10, None).is_tight() && !room(10, Some(10)).is_tight());
        assert!(room(10, Some(9)).is_tight() && !room(10, Some(9)).is_too_small());
        assert!(room(10, Some(4)).is_too_small());
        assert!(free(&there).is_some());
        assert!(share_a_disk(&there, folder.path()));
    }
}

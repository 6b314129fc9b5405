//! What a run may use, and how it tells how far it is. Nothing here can change an answer.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::beside::Beside;
use crate::config::Share;
use crate::error::{Error, ErrorKind, Result};

/// Threads, memory, folders, what to do with an earlier run, and when to stop.
#[derive(Debug, Clone)]
pub struct Resources {
    /// Worker threads, at least 1.
    pub threads: usize,
    /// Bytes of memory to plan with.
    pub memory: u64,
    /// Where temporary files go; `None` is the work folder.
    pub temp_dir: Option<PathBuf>,
    /// Goes on with what an earlier, unfinished run left; see [`crate::resume`].
    pub resume: bool,
    /// Writes nothing when a greater share of the text than this would be removed.
    pub max_removed: Option<Share>,
    /// What is written beside the results for other tools.
    pub beside: Beside,
    /// Set from outside when the run is to stop at the next record.
    pub stop: Arc<AtomicBool>,
}

impl Default for Resources {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Resources {
            threads,
            memory: default_memory(),
            temp_dir: None,
            resume: false,
            max_removed: None,
            beside: Beside::default(),
            stop: Arc::default(),
        }
    }
}

impl Resources {
    /// Returns an error once the run was asked to stop.
    pub fn check_stop(&self) -> Result<()> {
        match self.stop.load(Ordering::Relaxed) {
            true => Err(Error::new(ErrorKind::Interrupted, "interrupted")
                .hint("run the same command with --resume to go on")),
            false => Ok(()),
        }
    }

    /// A share of the memory budget, in sixteenths.
    pub fn sixteenths(&self, share: u64) -> u64 {
        self.memory / 16 * share
    }
}

/// Half of the machine's memory, or of the container's limit when that is less (Linux; elsewhere 4 GiB).
pub fn default_memory() -> u64 {
    let read = |path: &str| std::fs::read_to_string(path).ok();
    let total = read("/proc/meminfo").and_then(|text| {
        let line = text
            .lines()
            .find(|l| l.starts_with("MemTotal:"))?
            .to_owned();
        line.split_whitespace()
            .nth(1)?
            .parse::<u64>()
            .ok()
            .map(|kib| kib << 10)
    });
    let limit = [
        "/sys/fs/cgroup/memory.max",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
    ];
    let limit = limit
        .iter()
        .filter_map(|p| read(p)?.trim().parse::<u64>().ok())
        .min();
    total.into_iter().chain(limit).min().unwrap_or(8 << 30) / 2
}

/// Reads `512M`, `1G`, `1.5GiB`, `800000`: powers of 1024.
pub fn parse_size(text: &str) -> Result<u64> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let unit = text[digits..].trim().to_ascii_uppercase();
    let scale = match unit.trim_end_matches('B').trim_end_matches('I') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => 99,
    };
    match text[..digits].parse::<f64>() {
        Ok(number) if scale < 99 && number > 0.0 => Ok((number * (1u64 << scale) as f64) as u64),
        _ => Err(Error::usage(format!(
            "{text:?} is not a size; expected a number with K, M, G or T, for example 512M"
        ))),
    }
}

/// What the work of a phase is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of input, as they lie on disk.
    Bytes,
    /// Paragraphs.
    Paragraphs,
    /// Steps of unequal length.
    Steps,
}

/// What somebody may want to know who asked to be told more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Detail<'a> {
    /// A source was read to its end.
    Source {
        /// Its name.
        name: &'a str,
        /// Records in it, bad ones included.
        records: u64,
        /// Bytes, decompressed.
        bytes: u64,
    },
}

/// Hears how far a run is. The library never prints: this is all that it says while it works.
///
/// Calls come from several threads, so what is called should be short.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use dechaff::resources::{Progress, Unit};
///
/// /// Adds up what is done, whatever the phase.
/// #[derive(Default)]
/// struct Done(AtomicU64);
///
/// impl Progress for Done {
///     fn begin(&self, _phase: &str, _unit: Unit, _total: u64) {
///         self.0.store(0, Ordering::Relaxed);
///     }
///     fn advance(&self, units: u64) {
///         self.0.fetch_add(units, Ordering::Relaxed);
///     }
/// }
/// let done = Done::default();
/// done.begin("scan", Unit::Bytes, 10);
/// done.advance(4);
/// assert_eq!(done.0.into_inner(), 4);
/// ```
pub trait Progress: Sync {
    /// A phase, or a part of one, begins; the one before has ended. `total` units of work lie before it; 0 when nobody knows.
    fn begin(&self, phase: &str, unit: Unit, total: u64);
    /// So many units are done.
    fn advance(&self, units: u64);
    /// Something happened that is of interest to few.
    fn detail(&self, _: Detail<'_>) {}
}

/// Hears nothing.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &str, _: Unit, _: u64) {}
    fn advance(&self, _: u64) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, bytes) in [
            ("1", 1),
            ("64K", 64 << 10),
            ("1.5g", 3 << 29),
            ("2GiB", 2 << 30),
            ("10 MB", 10 << 20),
        ] {
            assert_eq!(parse_size(text).unwrap(), bytes, "{text}");
        }
        for bad in ["", "M", "12Q", "-1", "0"] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
    }
}

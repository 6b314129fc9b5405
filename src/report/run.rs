//! What may differ between two runs that give the same answer: time, memory, threads, paths.

use std::time::Instant;

use serde::{Deserialize, Serialize};

/// The object `run` of the report. Merged: times add up, peaks and settings are the greatest, paths are put together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Reports in this one: 1, or the number of shards.
    pub shards: u32,
    /// Worker threads.
    pub threads: u32,
    /// The memory budget in bytes.
    pub memory: u64,
    /// Greatest resident memory in bytes; null where the system does not tell.
    pub peak_memory: Option<u64>,
    /// Greatest size of the temporary files in bytes; null where it was not measured.
    pub temporary: Option<u64>,
    /// Milliseconds from start to end.
    pub wall_ms: u64,
    /// Milliseconds of processor time; null where the system does not tell.
    pub cpu_ms: Option<u64>,
    /// Bytes of text read in a second of wall time.
    pub bytes_per_second: u64,
    /// The input arguments.
    pub inputs: Vec<String>,
    /// The output folders.
    pub outputs: Vec<String>,
}

impl Run {
    /// Works out what follows from the rest.
    pub(super) fn settle(&mut self, bytes_in: u64) {
        self.shards = self.shards.max(1);
        let per_second = u128::from(bytes_in) * 1000 / u128::from(self.wall_ms.max(1));
        self.bytes_per_second = u64::try_from(per_second).unwrap_or(u64::MAX);
    }

    pub(super) fn add(&mut self, other: &Run, bytes_in: u64) {
        self.shards += other.shards;
        self.threads = self.threads.max(other.threads);
        self.memory = self.memory.max(other.memory);
        self.peak_memory = self.peak_memory.max(other.peak_memory);
        self.temporary = self.temporary.max(other.temporary);
        self.wall_ms += other.wall_ms;
        self.cpu_ms = self.cpu_ms.zip(other.cpu_ms).map(|(a, b)| a + b);
        for (into, from) in [
            (&mut self.inputs, &other.inputs),
            (&mut self.outputs, &other.outputs),
        ] {
            into.extend(from.iter().cloned());
            into.sort();
            into.dedup();
        }
        if self.shards > 0 {
            self.settle(bytes_in);
        }
    }
}

/// Measures a run from its creation.
#[derive(Debug)]
pub struct Meter {
    start: Instant,
}

impl Default for Meter {
    fn default() -> Self {
        Meter::start()
    }
}

impl Meter {
    /// Starts the clock. Processor time and peak memory count from the start of the process.
    pub fn start() -> Self {
        Meter {
            start: Instant::now(),
        }
    }

    /// Writes times and peak memory into `run`.
    pub fn read(&self, run: &mut Run) {
        run.wall_ms = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        run.cpu_ms = cpu_ms();
        run.peak_memory = peak_memory();
    }
}

/// `VmHWM` of Linux' `/proc/self/status`, in bytes.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

/// User and system time of Linux' `/proc/self/stat` (fields 14 and 15), which counts in hundredths of a second on
/// every architecture that Rust builds for (`USER_HZ`).
fn cpu_ms() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the name of the program in brackets and may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some((user + system) * 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_meter_reads_something() {
        let mut run = Run::default();
        Meter::start().read(&mut run);
        assert!(run.peak_memory > Some(100 << 10));
        assert!(run.cpu_ms.is_some());
    }

    #[test]
    fn runs_add_up_in_any_order() {
        let run = |wall_ms: u64, peak: Option<u64>, path: &str| {
            let mut run = Run {
                wall_ms,
                peak_memory: peak,
                cpu_ms: Some(wall_ms * 2),
                outputs: vec![path.to_string()],
                ..Run::default()
            };
            run.settle(1000);
            run
        };
        let (a, b) = (run(10, Some(3), "x"), run(30, None, "w"));
        let sum = |x: &Run, y: &Run| {
            let mut sum = x.clone();
            sum.add(y, 2000);
            sum
        };
        assert_eq!(sum(&a, &b), sum(&b, &a));
        let both = sum(&a, &b);
        assert_eq!((both.shards, both.wall_ms, both.cpu_ms), (2, 40, Some(80)));
        assert_eq!((both.peak_memory, both.bytes_per_second), (Some(3), 50_000));
        assert_eq!(both.outputs, ["w", "x"]);
    }
}

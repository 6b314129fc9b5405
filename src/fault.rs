//! Places at which a test may break the program: kill it, hold it, or make the system refuse a read or a write.
//!
//! In a release build every place is an empty function. In a build with debug assertions the variable `DECHAFF_FAULT` says
//! what happens and where: `KIND@N` at the N-th place of all (from 1), `KIND@N:NAME` at the N-th of this name. Kinds:
//!
//! | kind | what happens |
//! |---|---|
//! | `kill` | the process is gone at once: no buffer is written, nothing is cleaned up |
//! | `full`, `io`, `denied` | the system says that the disk is full, that it cannot read or write, that it is not allowed |
//! | `pause=FILE` | FILE is written, and the process waits until it is gone |
//!
//! `DECHAFF_PART` sets how many bytes of input are scanned as one part, so that a small test has many parts; `DECHAFF_JOB` how many
//! bytes travel to a worker at once, and then every second job is followed by a mark.

/// A place at which something may go wrong. Errs when a test asked for it.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub(crate) fn point(_name: &str) -> std::io::Result<()> {
    Ok(())
}

/// Bytes on disk after which a part of a scan is closed.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub(crate) fn part_bytes(default: u64) -> u64 {
    default
}

/// Bytes that travel to a worker at once.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub(crate) fn job_bytes(default: usize) -> usize {
    default
}

/// Jobs between two marks.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub(crate) fn mark_jobs(default: u32) -> u32 {
    default
}

#[cfg(debug_assertions)]
pub(crate) use debug::{job_bytes, mark_jobs, part_bytes, point};

#[cfg(debug_assertions)]
mod debug {
    use std::io;
    use std::path::Path;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    /// What was asked for. The one global of the library, and only where it is tested.
    struct Plan {
        kind: String,
        number: u64,
        name: Option<String>,
        met: AtomicU64,
    }

    static PLAN: OnceLock<Option<Plan>> = OnceLock::new();

    fn read() -> Option<Plan> {
        let text = std::env::var("DECHAFF_FAULT").ok()?;
        let (kind, place) = text.rsplit_once('@')?;
        let (number, name) = match place.split_once(':') {
            Some((number, name)) => (number, Some(name.to_owned())),
            None => (place, None),
        };
        Some(Plan {
            kind: kind.to_owned(),
            number: number.parse().ok()?,
            name,
            met: AtomicU64::new(0),
        })
    }

    pub(crate) fn point(name: &str) -> io::Result<()> {
        let Some(plan) = PLAN.get_or_init(read) else {
            return Ok(());
        };
        if plan.name.as_ref().is_some_and(|n| n != name)
            || plan.met.fetch_add(1, Ordering::Relaxed) + 1 != plan.number
        {
            return Ok(());
        }
        // Numbers of POSIX, the same on every system that these tests run on.
        let system = |number| Err(io::Error::from_raw_os_error(number));
        match plan.kind.as_str() {
            "kill" => std::process::abort(),
            "full" => system(28),
            "io" => system(5),
            "denied" => system(13),
            other => {
                let file = other.strip_prefix("pause=").map(Path::new);
                if let Some(file) = file {
                    std::fs::write(file, name)?;
                    while file.exists() {
                        std::thread::sleep(Duration::from_millis(2));
                    }
                }
                Ok(())
            }
        }
    }

    pub(crate) fn part_bytes(default: u64) -> u64 {
        asked("DECHAFF_PART").unwrap_or(default)
    }

    pub(crate) fn job_bytes(default: usize) -> usize {
        asked("DECHAFF_JOB").unwrap_or(default)
    }

    pub(crate) fn mark_jobs(default: u32) -> u32 {
        asked::<usize>("DECHAFF_JOB").map_or(default, |_| 2)
    }

    fn asked<T: std::str::FromStr>(name: &str) -> Option<T> {
        std::env::var(name).ok()?.parse().ok()
    }
}

//! One run of one tool: time, memory and disk, as the system counts them.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use wait4::Wait4;

use crate::tools::{Call, Job};

/// How often the temporary files are looked at. A peak that is shorter is missed.
const LOOK: Duration = Duration::from_millis(50);

/// What a run took.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Cost {
    pub(crate) wall_seconds: f64,
    /// User and system time of the process and of the children it waited for.
    pub(crate) cpu_seconds: f64,
    /// Peak resident memory in bytes; of several processes the greatest.
    pub(crate) memory: u64,
    /// Peak of the temporary folder in bytes, looked at twenty times a second.
    pub(crate) temporary: u64,
}

/// Makes the run. Its standard error is in the file `log`, and the end of it in the error.
pub(crate) fn run(job: &Job<'_>, call: &Call) -> io::Result<Cost> {
    let log = job.folder.join("log");
    let out = if call.stdout {
        File::create(job.folder.join("out"))?.into()
    } else {
        Stdio::null()
    };
    let input = if call.stdin {
        File::open(&job.input)?.into()
    } else {
        Stdio::null()
    };
    let temp = job.folder.join("temp");
    std::fs::create_dir_all(&temp)?;
    let mut command = Command::new(&job.program);
    command.args(&call.arguments).stdin(input).stdout(out);
    command.stderr(File::create(&log)?);
    let (start, done) = (Instant::now(), AtomicBool::new(false));
    let (used, temporary) = std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut peak = 0;
            while !done.load(Ordering::Relaxed) {
                peak = peak.max(size(&temp));
                std::thread::sleep(LOOK);
            }
            peak
        });
        let used = command.spawn().and_then(Wait4::wait4);
        done.store(true, Ordering::Relaxed);
        (used, watch.join().unwrap_or(0))
    });
    let (used, wall_seconds) = (used?, start.elapsed().as_secs_f64());
    if !used.status.success() {
        let log = std::fs::read_to_string(&log).unwrap_or_default();
        let last = log.trim_end().lines().next_back().unwrap_or("").to_owned();
        return Err(io::Error::other(format!("{}: {last}", used.status)));
    }
    Ok(Cost {
        wall_seconds,
        cpu_seconds: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        memory: used.rusage.maxrss,
        temporary,
    })
}

/// Bytes of the files in a folder. What goes away while it is looked at is not counted.
fn size(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    files
        .filter_map(|f| f.metadata().ok())
        .filter(|m| m.is_file())
        .map(|m| m.len())
        .sum()
}

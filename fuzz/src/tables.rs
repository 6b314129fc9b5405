//! Parquet: files as they come, or good ones of which some bytes were exchanged.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use dechaff::config::InputConfig;
use dechaff::io::{self, Cleaned, Feed};

use super::readers::round_trip;

/// Good files: flat, and with lists, maps and every physical type.
static GOOD: &[&[u8]] = &[
    include_bytes!("../../fixtures/formats/table.parquet"),
    include_bytes!("../../fixtures/formats/pages.parquet"),
];

/// Most bytes of a stream that are looked at.
const MOST: u64 = 1 << 20;

/// The library panics over files that it did not think of; this program catches that. A fuzzer would take it for a finding.
fn silence() {
    #[cfg(fuzzing)]
    {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            std::panic::set_hook(Box::new(|info| {
                if !info
                    .location()
                    .is_some_and(|l| l.file().contains("/parquet-"))
                {
                    eprintln!("{info}");
                }
            }))
        });
    }
}

/// Whatever the file: rows, each of which comes back, or an error; never a panic, and no more memory than it may have.
pub fn parquet(data: &[u8]) {
    silence();
    let Some((&[pick, at_low, at_high, length, seed], rest)) = data.split_first_chunk() else {
        return;
    };
    let mut bytes = rest.to_vec();
    let good = pick & 3 != 0;
    if good {
        let base = GOOD[usize::from(pick >> 2 & 1)];
        let at = usize::from(u16::from_le_bytes([at_low, at_high])) % base.len();
        let end = (at + usize::from(length)).min(base.len());
        // Of as many bytes, or others in their place: then the footer's offsets are wrong.
        let rest = match pick & 3 {
            1 => &rest[..rest.len().min(end - at)],
            _ => rest,
        };
        let end = if pick & 3 == 1 { at + rest.len() } else { end };
        bytes = [&base[..at], rest, &base[end..]].concat();
    }
    let mut file = file();
    file.write_all(&bytes).expect("memory");
    file.seek(SeekFrom::Start(0)).expect("memory");
    let format = io::find("parquet").expect("a format");
    let container = format.container.expect("a container");
    let config = InputConfig::default();
    let Ok(stream) = (container.read)(file, Path::new("fuzz"), &config) else {
        return;
    };
    let feed = Feed::new(
        Box::new(stream.take(MOST)),
        Path::new("fuzz"),
        None,
        &config,
    );
    let mut framer = (format.frame)(feed);
    let output = io::find(["parquet", "jsonl"][usize::from(pick >> 3 & 1)]).expect("a format");
    let mut cleaned = Cleaned::default();
    let mut next = 0;
    while let Some(frame) = framer.next().expect("damage is a record") {
        let Some(record) = frame.record else { continue };
        if frame.part == 0 {
            assert_eq!(record, next);
            next += 1;
        }
        if frame.fault.is_some() {
            continue;
        }
        if let Ok(document) = (format.parse)(&frame, &config) {
            round_trip(
                &frame,
                &document,
                format,
                output,
                &config,
                u64::from(seed),
                &mut cleaned,
            );
        }
    }
}

/// A file without a name, in memory where the machine has a file system for that.
fn file() -> File {
    let memory = Path::new("/dev/shm");
    match memory.is_dir() {
        true => tempfile::tempfile_in(memory).expect("a file"),
        false => tempfile::tempfile().expect("a file"),
    }
}

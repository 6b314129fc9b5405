//! Archives, and what only looks like one.

use super::{Case, case, pack, put, records};

pub(super) static CASES: &[Case] = &[
    case("a truncated gzip file", "clean a.jsonl.gz -o out", |f| {
        pack(f, "a.jsonl.gz", &records(), |b| b.truncate(b.len() / 2))
    }),
    case(
        "a gzip file with a wrong byte",
        "clean a.jsonl.gz -o out",
        |f| {
            pack(f, "a.jsonl.gz", &records(), |b| {
                let n = b.len() / 2;
                b[n..n + 40].fill(0x55);
            })
        },
    ),
    case("a truncated zstd file", "clean a.jsonl.zst -o out", |f| {
        pack(f, "a.jsonl.zst", &records(), |b| b.truncate(b.len() / 2))
    }),
    case(
        "gzip's first bytes and nonsense",
        "clean a.jsonl.gz -o out",
        |f| put(f, "a.jsonl.gz", b"\x1f\x8bnonsense and more of it"),
    ),
    case("text named `.gz`", "clean a.txt.gz -o out", |f| {
        put(f, "a.txt.gz", "No archive at all.\n")
    }),
    case("a truncated bzip2 file", "clean a.jsonl.bz2 -o out", |f| {
        pack(f, "a.jsonl.bz2", &records(), |b| b.truncate(b.len() / 2))
    }),
    case("a truncated xz file", "clean a.jsonl.xz -o out", |f| {
        pack(f, "a.jsonl.xz", &records(), |b| b.truncate(b.len() / 2))
    }),
    case("zip", "clean a.zip -o out", |f| {
        put(f, "a.zip", "PK\x03\x04\x14")
    }),
    case("a decompression bomb", "clean a.txt.zst -o out", |f| {
        pack(f, "a.txt.zst", &vec![b'x'; 1 << 20], |b| *b = b.repeat(270))
    }),
    case("a decompression bomb in xz", "clean a.txt.xz -o out", |f| {
        pack(f, "a.txt.xz", &vec![b'x'; 1 << 20], |b| *b = b.repeat(270))
    }),
    case(
        "a decompression bomb in bzip2",
        "clean a.txt.bz2 -o out",
        |f| pack(f, "a.txt.bz2", &vec![b'x'; 1 << 20], |b| *b = b.repeat(270)),
    ),
];

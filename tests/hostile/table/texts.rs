//! Texts that are not what a text should be.

use super::{Case, case, put};

pub(super) static CASES: &[Case] = &[
    case("an empty file", "clean a.txt -o out", |f| {
        put(f, "a.txt", "")
    }),
    case("nothing but white space", "clean a.txt -o out", |f| {
        put(f, "a.txt", " \n\t\n\r\n")
    }),
    case("not UTF-8 (Latin-1)", "clean a.txt -o out", |f| {
        put(f, "a.txt", b"caf\xe9 au lait\nA good line.\n")
    }),
    case("UTF-16 with its mark", "clean a.txt -o out", |f| {
        put(f, "a.txt", b"\xff\xfea\0b\0\n\0")
    }),
    case("UTF-16 without its mark", "clean a.txt -o out", |f| {
        put(f, "a.txt", b"a\0b\0\n\0")
    }),
    case("a UTF-8 byte order mark", "clean a.txt -o out", |f| {
        put(f, "a.txt", "\u{feff}A good line.\n")
    }),
    case("CRLF line ends", "clean a.txt -o out", |f| {
        put(f, "a.txt", "A good line.\r\n\r\nAnother.\r\n")
    }),
    case("NUL bytes", "clean a.txt -o out", |f| {
        put(f, "a.txt", "A line\0with nothing in it.\0\n")
    }),
    case(
        "bytes that the named encoding does not have",
        "clean a.txt -o out --format lines --encoding shift_jis",
        |f| put(f, "a.txt", b"good\n\x93\n"),
    ),
    case("three million line ends", "clean a.txt -o out", |f| {
        put(f, "a.txt", "\n".repeat(3_000_000))
    }),
    case(
        "a line longer than a record may be",
        "clean a.txt -o out --max-record 1K",
        |f| put(f, "a.txt", "x".repeat(5_000)),
    ),
];

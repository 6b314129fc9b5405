//! Files and folders that cannot be read or written so.

use std::fs;

use super::{Case, case, done, pages, put};

pub(super) static CASES: &[Case] = &[
    case("a file that is not there", "clean a.txt -o out", |_| ()),
    case(
        "a pattern that fits nothing",
        "clean *.jsonl -o out",
        |_| (),
    ),
    case("a folder without a file", "clean in -o out", |f| {
        fs::create_dir(f.join("in")).unwrap()
    }),
    #[cfg(unix)]
    case("a link to nothing", "clean in -o out", |f| {
        pages(f);
        std::os::unix::fs::symlink("nowhere", f.join("in/c.txt")).unwrap();
    }),
    #[cfg(unix)]
    case("a link that loops", "clean in -o out", |f| {
        pages(f);
        std::os::unix::fs::symlink("..", f.join("in/up")).unwrap();
    }),
    #[cfg(target_os = "linux")]
    case("a name that is not UTF-8", "clean in -o out", |f| {
        use std::os::unix::ffi::OsStrExt;
        pages(f);
        fs::write(
            f.join("in")
                .join(std::ffi::OsStr::from_bytes(b"caf\xe9.txt")),
            "x",
        )
        .unwrap();
    }),
    #[cfg(unix)]
    case(
        "a name that speaks to the terminal",
        "clean a\u{1b}[2Jb.json -o out",
        |f| put(f, "a\u{1b}[2Jb.json", "{\n"),
    ),
    case(
        "the same file twice",
        "clean in/a.txt in/a.txt -o out",
        pages,
    ),
    case(
        "two files of one name",
        "clean in/a.txt more/a.txt -o out",
        |f| {
            pages(f);
            put(f, "more/a.txt", "x\n");
        },
    ),
    case("output inside the input", "clean in -o in/out", pages),
    case("output that is the input", "clean in -o in", pages),
    case("output that is a file", "clean in -o file", |f| {
        pages(f);
        put(f, "file", "x");
    }),
    case("output that holds results", "clean in -o out", done),
    case("files without an output folder", "clean in", pages),
];

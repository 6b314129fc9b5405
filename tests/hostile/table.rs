//! The table of `docs/bad-input.md`: every kind of bad input is made, given to the program, and what it says is held against
//! the table. `UPDATE=1 cargo test --locked bad_input_is_told` writes the table anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::dechaff;
use crate::cleaned::temp;

/// A kind of bad input: what it is, how it is made, what is run over it.
struct Case {
    what: &'static str,
    make: fn(&Path),
    /// Commands, separated by ` && `; what the last one says is shown.
    run: &'static str,
}

const fn case(what: &'static str, run: &'static str, make: fn(&Path)) -> Case {
    Case { what, make, run }
}

const LINE: &str =
    "The ferryman keeps a list of everyone who never came back for the other half of the ticket.";
const GOOD: &str = "{\"id\":\"good\",\"text\":\"A good record beside the bad one.\"}\n";

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn pages(folder: &Path) {
    put(folder, "in/a.txt", format!("{LINE}\n"));
    put(
        folder,
        "in/b.txt",
        format!("A line of its own.\n\n{LINE}\n"),
    );
}

/// A file packed as its name says.
fn pack(folder: &Path, name: &str, bytes: &[u8], change: impl Fn(&mut Vec<u8>)) {
    use dechaff::io::Compression;
    use std::io::Write;
    let compression = match name.ends_with("gz") {
        true => Compression::Gzip,
        false => Compression::Zstd,
    };
    let mut encoder = compression.encoder(Vec::new()).unwrap();
    encoder.write_all(bytes).unwrap();
    let mut packed = encoder.finish().unwrap();
    change(&mut packed);
    put(folder, name, packed);
}

fn records() -> Vec<u8> {
    let line = |n: u32| {
        format!(
            "{{\"text\":\"Record {n}: {:x}\"}}\n",
            n.wrapping_mul(2_654_435_761)
        )
    };
    (0..2_000).map(line).collect::<String>().into_bytes()
}

/// Changes a file that a run wrote.
fn change(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{name}: {text}");
    fs::write(path, text.replace(from, to)).unwrap();
}

fn flip(folder: &Path, name: &str) {
    let path = folder.join(name);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

/// A finished run over `pages` in `out`.
fn done(folder: &Path) {
    pages(folder);
    assert!(
        dechaff(folder, &["clean", "in", "-o", "out", "-q"])
            .status
            .success()
    );
}

static CASES: &[(&str, &[Case])] = &[
    (
        "Texts",
        &[
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
        ],
    ),
    (
        "JSON Lines",
        &[
            case("prose named `.jsonl`", "clean a.jsonl -o out", |f| {
                put(f, "a.jsonl", "Dear reader,\nthis is no JSON.\n")
            }),
            case("JSON Lines named `.txt`", "clean a.txt -o out", |f| {
                put(f, "a.txt", GOOD)
            }),
            case("an array instead of lines", "clean a.json -o out", |f| {
                put(f, "a.json", "[\n{\"text\":\"a\"},\n{\"text\":\"b\"}\n]\n")
            }),
            case("an array on one line", "clean a.jsonl -o out", |f| {
                put(f, "a.jsonl", "[{\"text\":\"a\"},{\"text\":\"b\"}]\n")
            }),
            case("an object over several lines", "clean a.json -o out", |f| {
                put(f, "a.json", "{\n  \"text\": \"a\"\n}\n")
            }),
            case("a record that is cut off", "clean a.jsonl -o out", |f| {
                put(f, "a.jsonl", format!("{GOOD}{{\"text\":\"a"))
            }),
            case("two objects on one line", "clean a.jsonl -o out", |f| {
                put(
                    f,
                    "a.jsonl",
                    format!("{GOOD}{{\"text\":\"a\"}} {{\"text\":\"b\"}}\n"),
                )
            }),
            case("no text field", "clean a.jsonl -o out", |f| {
                put(f, "a.jsonl", "{\"content\":\"a\",\"lang\":\"en\"}\n")
            }),
            case(
                "a text field that is no string",
                "clean a.jsonl -o out",
                |f| {
                    put(
                        f,
                        "a.jsonl",
                        format!("{GOOD}{{\"text\":[\"a\"]}}\n{{\"text\":null}}\n"),
                    )
                },
            ),
            case("a text field twice", "clean a.jsonl -o out", |f| {
                put(
                    f,
                    "a.jsonl",
                    format!("{GOOD}{{\"text\":\"a\",\"text\":\"b\"}}\n"),
                )
            }),
            case("a lone surrogate", "clean a.jsonl -o out", |f| {
                put(f, "a.jsonl", format!("{GOOD}{{\"text\":\"\\ud83d\"}}\n"))
            }),
            case("not UTF-8", "clean a.jsonl -o out", |f| {
                put(
                    f,
                    "a.jsonl",
                    [GOOD.as_bytes(), b"{\"text\":\"caf\xe9\"}\n"].concat(),
                )
            }),
            case(
                "a control character in a string",
                "clean a.jsonl -o out",
                |f| put(f, "a.jsonl", format!("{GOOD}{{\"text\":\"\u{1b}[2J\"}}\n")),
            ),
            case(
                "a number that no float holds",
                "clean a.jsonl -o out",
                |f| put(f, "a.jsonl", "{\"n\":1e999,\"text\":\"a\"}\n"),
            ),
            case(
                "an id that is a number, an object, or missing",
                "clean a.jsonl -o out",
                |f| {
                    put(
                        f,
                        "a.jsonl",
                        "{\"id\":7,\"text\":\"a\"}\n{\"id\":{},\"text\":\"b\"}\n{\"text\":\"c\"}\n",
                    )
                },
            ),
            case(
                "one id for two documents",
                "clean a.jsonl -o out -q && explain out x",
                |f| {
                    put(
                        f,
                        "a.jsonl",
                        format!(
                            "{{\"id\":\"x\",\"text\":\"{LINE}\"}}\n{{\"id\":\"x\",\"text\":\"{LINE}\"}}\n"
                        ),
                    )
                },
            ),
            case("arrays 100,000 deep", "clean a.jsonl -o out", |f| {
                put(
                    f,
                    "a.jsonl",
                    format!(
                        "{GOOD}{{\"text\":\"a\",\"n\":{}{}}}\n",
                        "[".repeat(100_000),
                        "]".repeat(100_000)
                    ),
                )
            }),
            case(
                "a record longer than it may be",
                "clean a.jsonl -o out --max-record 1K",
                |f| {
                    put(
                        f,
                        "a.jsonl",
                        format!("{GOOD}{{\"text\":\"{}\"}}\n", "x".repeat(5_000)),
                    )
                },
            ),
        ],
    ),
    (
        "WET",
        &[
            case("a record without a length", "clean a.wet -o out", |f| {
                put(
                    f,
                    "a.wet",
                    "WARC/1.0\r\nWARC-Type: conversion\r\n\r\nabc\r\n\r\n",
                )
            }),
            case("a file that is cut off", "clean a.wet -o out", |f| {
                put(
                    f,
                    "a.wet",
                    "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 30\r\n\r\nabc",
                )
            }),
            case("a length beyond all measure", "clean a.wet -o out", |f| {
                put(
                    f,
                    "a.wet",
                    "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 18446744073709551615\r\n\r\nabc",
                )
            }),
        ],
    ),
    (
        "Archives",
        &[
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
            case("bzip2", "clean a.txt.bz2 -o out", |f| {
                put(f, "a.txt.bz2", "BZh91AY&SY")
            }),
            case("Parquet", "clean a.parquet -o out", |f| {
                put(f, "a.parquet", "PAR1\x15\x04")
            }),
            case("zip", "clean a.zip -o out", |f| {
                put(f, "a.zip", "PK\x03\x04\x14")
            }),
            case("a decompression bomb", "clean a.txt.zst -o out", |f| {
                pack(f, "a.txt.zst", &vec![b'x'; 1 << 20], |b| *b = b.repeat(270))
            }),
        ],
    ),
    (
        "Files and folders",
        &[
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
                |f| put(f, "a\u{1b}[2Jb.json", "[\n"),
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
        ],
    ),
    (
        "Options, configuration, models",
        &[
            case("an unknown option", "clean in -o out --shuffle", pages),
            case("a misspelt option", "clean in -o out --overwrit", pages),
            case("a misspelt command", "claen in -o out", pages),
            case("a bad size", "clean in -o out --memory lots", pages),
            case("a bad share", "clean in -o out --min-similarity 7", pages),
            case(
                "a misspelt level",
                "clean in -o out --boilerplate agressive",
                pages,
            ),
            case(
                "a misspelt rule",
                "clean in -o out --disable cooky-notice",
                pages,
            ),
            case(
                "an unknown encoding",
                "clean in -o out --encoding klingon",
                pages,
            ),
            case(
                "a configuration with an unknown key",
                "clean in -o out --config c.toml",
                |f| {
                    pages(f);
                    put(f, "c.toml", "min-token = 8\n");
                },
            ),
            case(
                "a configuration with a wrong value",
                "clean in -o out --config c.toml",
                |f| {
                    pages(f);
                    put(f, "c.toml", "min-tokens = \"eight\"\n");
                },
            ),
            case(
                "a configuration that is no TOML",
                "clean in -o out --config c.toml",
                |f| {
                    pages(f);
                    put(f, "c.toml", "{\"min-tokens\": 8}\n");
                },
            ),
            case(
                "a configuration that is not there",
                "clean in -o out --config c.toml",
                pages,
            ),
            case("a model that is none", "clean in -o out --model m", |f| {
                pages(f);
                put(f, "m", "no model, but long enough to be one\n");
            }),
            case("a damaged model", "clean in -o out --model m", |f| {
                pages(f);
                fs::copy(
                    concat!(env!("CARGO_MANIFEST_DIR"), "/src/model/embedded.model"),
                    f.join("m"),
                )
                .unwrap();
                flip(f, "m");
            }),
        ],
    ),
    (
        "Results and other files of the program",
        &[
            case("a removal log with a wrong bit", "restore out", |f| {
                done(f);
                flip(f, "out/_dechaff/removed/b.txt.jsonl.zst");
            }),
            case("a removal log that is gone", "restore out", |f| {
                done(f);
                fs::remove_file(f.join("out/_dechaff/removed/b.txt.jsonl.zst")).unwrap();
            }),
            case("a cleaned file that was changed", "restore out", |f| {
                done(f);
                change(f, "out/b.txt", "its own", "her own");
            }),
            case(
                "a folder of an unfinished run",
                "restore out -o back",
                |f| {
                    done(f);
                    fs::remove_file(f.join("out/_dechaff/manifest.json")).unwrap();
                },
            ),
            case(
                "a manifest that leads outside",
                "restore out -o back",
                |f| {
                    done(f);
                    change(
                        f,
                        "out/_dechaff/manifest.json",
                        "\"b.txt\"",
                        "\"../../b.txt\"",
                    );
                },
            ),
            case(
                "a manifest that names an absolute path",
                "restore out -o back",
                |f| {
                    done(f);
                    change(
                        f,
                        "out/_dechaff/manifest.json",
                        "\"b.txt\"",
                        "\"/tmp/b.txt\"",
                    );
                },
            ),
            case("a manifest that is no JSON", "restore out", |f| {
                done(f);
                put(f, "out/_dechaff/manifest.json", "{\"version\":1");
            }),
            case("restoring over files", "restore out -o in", done),
            case("a document that is not there", "explain out nobody", done),
            case("labelled pages that are none", "evaluate gold.jsonl", |f| {
                put(f, "gold.jsonl", GOOD)
            }),
            case(
                "labelled pages with an unknown label",
                "evaluate gold.jsonl",
                |f| {
                    put(
                        f,
                        "gold.jsonl",
                        "{\"id\":\"p\",\"view\":\"main\",\"lines\":[{\"text\":\"a\",\"label\":\"good\"}]}\n",
                    )
                },
            ),
            case("a pair of one", "compare pairs.jsonl", |f| {
                put(f, "pairs.jsonl", "{\"id\":1,\"a\":\"x\"}\n")
            }),
            case("a report that is none", "report merge in/a.txt", pages),
            case(
                "phases in the wrong order",
                "apply in -w work -o out",
                pages,
            ),
            case(
                "a phase file with a wrong bit",
                "scan in -w work -q && resolve -w work",
                |f| {
                    pages(f);
                    assert!(
                        dechaff(f, &["scan", "in", "-w", "work", "--progress", "never"])
                            .status
                            .success()
                    );
                },
            ),
        ],
    ),
];

/// What a user would look at: an error whole, else the warnings, else the count of documents.
fn seen(error: &str) -> String {
    let lines: Vec<&str> = error.lines().map(str::trim_end).collect();
    if lines
        .iter()
        .any(|l| l.starts_with("dechaff: ") || l.starts_with("error: "))
    {
        return lines.join("\n");
    }
    let warnings: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|l| l.starts_with("warning: "))
        .collect();
    match warnings.is_empty() {
        false => warnings.join("\n"),
        true => lines
            .first()
            .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap_or_default(),
    }
}

/// Runs a case and returns its status and what is shown of it.
fn run(case: &Case) -> (i32, String) {
    let folder = temp();
    (case.make)(folder.path());
    let mut last = None;
    for command in case.run.split(" && ") {
        // A phase file is damaged between the phases that write and read it.
        if command.starts_with("resolve") {
            let scan = folder.path().join("work/scan");
            let files = walkdir::WalkDir::new(scan)
                .sort_by_file_name()
                .into_iter()
                .map(Result::unwrap);
            let texts = files
                .filter(|e| e.file_name().to_string_lossy().contains("texts"))
                .last()
                .unwrap();
            flip(
                texts.path().parent().unwrap(),
                &texts.file_name().to_string_lossy(),
            );
        }
        let args: Vec<&str> = command.split(' ').collect();
        last = Some(dechaff(folder.path(), &args));
    }
    let output = last.unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(!error.contains("panicked"), "{}: {error}", case.what);
    let told = match error.is_empty() {
        true => String::from_utf8(output.stdout).unwrap(),
        false => seen(&error),
    };
    assert!(
        !told.contains(['\u{1b}', '\u{7}', '\u{9b}', '\r']),
        "{}: {told:?}",
        case.what
    );
    (output.status.code().unwrap(), told)
}

fn code(text: &str) -> String {
    let escaped = html_escape::encode_text(text)
        .replace('|', "&#124;")
        .replace('`', "&#96;");
    let lines: Vec<String> = escaped
        .lines()
        .map(|l| l.replace("  ", " &nbsp;"))
        .collect();
    format!("<code>{}</code>", lines.join("<br>"))
}

#[test]
fn bad_input_is_told_as_the_table_says() {
    let mut out = String::from(include_str!("table.md"));
    let mut number = 0;
    for (title, cases) in CASES {
        write!(out, "\n## {title}\n\n| | input | `dechaff …` | status | what the user sees |\n|---|---|---|---|---|\n").unwrap();
        for case in *cases {
            number += 1;
            let (status, told) = run(case);
            let command = dechaff::text::visible::plain(case.run);
            writeln!(
                out,
                "| {number} | {} | {} | {status} | {} |",
                case.what,
                code(&command),
                code(told.trim_end())
            )
            .unwrap();
        }
    }
    assert!(number >= 30);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bad-input.md");
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(path, out).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    for (line, kept) in out.lines().zip(kept.lines()) {
        assert_eq!(
            line, kept,
            "UPDATE=1 cargo test bad_input_is_told writes docs/bad-input.md anew"
        );
    }
    assert_eq!(out.len(), kept.len());
}

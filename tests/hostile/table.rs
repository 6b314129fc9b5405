//! The table of `docs/bad-input.md`: every kind of bad input is made, given to the program, and what it says is held against
//! the table. `UPDATE=1 cargo test --locked bad_input_is_told` writes the table anew.

mod archives;
mod arrays;
mod options;
#[cfg(feature = "parquet")]
mod parquet;
mod places;
mod records;
mod results;
mod tables;
mod texts;
mod wet;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::cleaned::temp;
use crate::program::dechaff;

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
    let compression = match name.rsplit('.').next() {
        Some("gz") => Compression::Gzip,
        Some("bz2") => Compression::Bzip2,
        Some("xz") => Compression::Xz,
        _ => Compression::Zstd,
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

/// The subjects of the table, in its order.
static CASES: &[(&str, &[Case])] = &[
    ("Texts", texts::CASES),
    ("JSON Lines", records::CASES),
    ("JSON arrays", arrays::CASES),
    ("CSV and TSV", tables::CASES),
    #[cfg(feature = "parquet")]
    ("Parquet", parquet::CASES),
    ("WET and WARC", wet::CASES),
    ("Archives", archives::CASES),
    ("Files and folders", places::CASES),
    ("Options, configuration, models", options::CASES),
    ("Results and other files of the program", results::CASES),
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

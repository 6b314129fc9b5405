//! The same text in the forms that the tools read, and what is known of it.
//!
//! Made once into a folder and found there by the next run. Made by a process of its own: a parent's memory would count
//! towards the peaks of its children.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use dechaff::text::hash::bytes64;
use flate2::Compression;
use flate2::write::GzEncoder;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::generator::Dump;

/// What a tool reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Form {
    /// Lines of JSON with id, url, text.
    Jsonl,
    /// The texts, one after another.
    Text,
    /// `documents/input.jsonl.gz`: dolma reads nothing else.
    Gzip,
    /// A token a line, with `<doc>` and `<p>`: onion.
    Vertical,
}

impl Form {
    pub(crate) fn path(self, folder: &Path) -> PathBuf {
        folder.join(match self {
            Form::Jsonl => "input.jsonl",
            Form::Text => "input.txt",
            Form::Gzip => "documents/input.jsonl.gz",
            Form::Vertical => "input.vert",
        })
    }
}

/// Where a text comes from.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// A made-up dump of so many bytes.
    MadeUp(u64),
    /// Files of JSON lines, one after another.
    Files(Vec<PathBuf>),
}

/// What is known of a text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Facts {
    pub(crate) name: String,
    pub(crate) documents: u64,
    /// Bytes of text, a terminator after each document counted.
    pub(crate) text: u64,
    pub(crate) lines: u64,
    /// Lines by their content, the empty one too if there is one.
    pub(crate) distinct: u64,
    pub(crate) empty: u64,
    /// Lines with anything but white space in them.
    pub(crate) paragraphs: u64,
}

impl Facts {
    /// Lines that are not empty and equal to an earlier one.
    pub(crate) fn copies(&self) -> u64 {
        self.lines - self.empty - (self.distinct - u64::from(self.empty > 0))
    }

    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        Ok(serde_json::from_slice(&std::fs::read(
            folder.join("facts.json"),
        )?)?)
    }
}

/// Makes what is missing of a text's forms.
pub(crate) fn prepare(
    name: &str,
    origin: &Origin,
    forms: &[Form],
    folder: &Path,
) -> io::Result<()> {
    std::fs::create_dir_all(folder.join("documents"))?;
    let jsonl = Form::Jsonl.path(folder);
    whole(&jsonl, |out| match origin {
        Origin::MadeUp(bytes) => Dump::new(1).write(*bytes, out).map(|_| ()),
        Origin::Files(files) => {
            for path in files {
                io::copy(&mut File::open(path)?, out)?;
            }
            Ok(())
        }
    })?;
    if Facts::read(folder).is_err() {
        let facts = facts(name, &jsonl)?;
        std::fs::write(
            folder.join("facts.json"),
            serde_json::to_vec_pretty(&facts)?,
        )?;
    }
    for form in forms {
        whole(&form.path(folder), |out| match form {
            Form::Jsonl => Ok(()),
            Form::Text => texts(&jsonl, |text| out.write_all(text.as_bytes())),
            Form::Gzip => {
                let mut out = GzEncoder::new(out, Compression::fast());
                io::copy(&mut File::open(&jsonl)?, &mut out)?;
                out.finish().map(|_| ())
            }
            Form::Vertical => texts(&jsonl, |text| vertical(text, out)),
        })?;
    }
    Ok(())
}

/// Writes a file that is not there, under its name only when it is whole.
fn whole(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let part = path.with_extension("part");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&part)?);
    write(&mut out)?;
    out.flush()?;
    std::fs::rename(part, path)
}

/// Hands over the text of each record with a terminator.
fn texts(jsonl: &Path, mut each: impl FnMut(&str) -> io::Result<()>) -> io::Result<()> {
    #[derive(Deserialize)]
    struct Record {
        text: String,
    }
    let (mut lines, mut line) = (
        BufReader::with_capacity(1 << 20, File::open(jsonl)?),
        vec![],
    );
    while lines.read_until(b'\n', &mut line)? > 0 {
        let mut record: Record = serde_json::from_slice(&line)?;
        record.text.push('\n');
        each(&record.text)?;
        line.clear();
    }
    Ok(())
}

fn facts(name: &str, jsonl: &Path) -> io::Result<Facts> {
    let mut facts = Facts {
        name: name.to_owned(),
        ..Facts::default()
    };
    let mut seen = FxHashSet::default();
    texts(jsonl, |text| {
        facts.documents += 1;
        facts.text += text.len() as u64;
        for line in text[..text.len() - 1].split('\n') {
            facts.lines += 1;
            facts.empty += u64::from(line.is_empty());
            facts.paragraphs += u64::from(!line.trim().is_empty());
            facts.distinct += u64::from(seen.insert(bytes64(line.as_bytes())));
        }
        Ok(())
    })?;
    Ok(facts)
}

/// Words and marks a line each, lower case, as onion wants its text; each line of the text a paragraph.
fn vertical(text: &str, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"<doc>\n")?;
    let mut token = String::new();
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        out.write_all(b"<p>\n")?;
        for c in line.chars().chain([' ']) {
            let unspaced = matches!(u32::from(c), 0x3040..=0x9fff | 0xf900..=0xfaff);
            if (!c.is_alphanumeric() || unspaced) && !token.is_empty() {
                token.push('\n');
                out.write_all(token.as_bytes())?;
                token.clear();
            }
            if c.is_alphanumeric() {
                token.extend(c.to_lowercase());
            } else if !c.is_whitespace() && !matches!(c, '<' | '>') {
                writeln!(out, "{c}")?;
            }
            if unspaced && !token.is_empty() {
                token.push('\n');
                out.write_all(token.as_bytes())?;
                token.clear();
            }
        }
        out.write_all(b"</p>\n")?;
    }
    out.write_all(b"</doc>\n")
}

//! Parquet: each row a document, its text in a column of strings.
//!
//! A Parquet file is not cut where it lies: it is read as a stream of rows (`rows`), each with the values of all its columns, and
//! such a stream is written as a Parquet file. So everything else treats a table like any other source: a row is a frame, its
//! text is spliced, a bad row goes to the quarantine, and what is hashed and restored is the stream: the schema, the metadata of
//! the file and every value, but not how they were packed. The only folder that names the crate `parquet`.

mod columns;
mod pages;
mod read;
mod rows;
mod write;

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use super::compress::{Encoder, Finish};
use super::feed::PIECE;
use super::output::AtomicFile;
use super::splice;
use super::{
    Cleaned, Container, Digest, Document, Fault, Feed, Format, Frame, Framer, convert, lines,
};
use crate::config::InputConfig;
use crate::error::Result;
use crate::removal::Removal;

/// What a Parquet file begins and ends with.
const MAGIC: &[u8] = b"PAR1";

/// The format `parquet`.
pub static FORMAT: Format = Format {
    name: "parquet",
    doc: "Parquet, each row a document with the text in one column",
    extensions: &["parquet", "pq"],
    sniff: |head| head.starts_with(MAGIC),
    frame: |feed| Box::new(TableFramer::new(feed)),
    parse,
    cut,
    put_back,
    outputs: &["parquet", "jsonl", "csv", "tsv", "text"],
    target: Some(&convert::Target {
        head: rows::plain_head,
        write: rows::plain_row,
        read: |row| {
            let row = rows::Row::read(row)?;
            String::from_utf8(row.text.to_vec()).map_err(|e| e.to_string())
        },
    }),
    container: Some(&Container {
        magic: MAGIC,
        read: |file, path, config| open(file, path, config),
        write: |file: AtomicFile| {
            let writer: Box<dyn Finish<AtomicFile> + Send> = Box::new(write::Table::new(file));
            Encoder::Container(writer)
        },
    }),
    any_encoding: false,
    ..Format::PLAIN
};

fn open(file: File, path: &Path, config: &InputConfig) -> Result<Box<dyn Read + Send>> {
    Ok(Box::new(read::Table::open(file, path, config)?))
}

/// Where the framer is.
#[derive(Clone, Copy)]
enum State {
    Head,
    Rows,
    /// In a row that is too long, of which so many bytes are left.
    Long(usize),
}

struct TableFramer {
    feed: Feed,
    state: State,
}

impl TableFramer {
    fn new(feed: Feed) -> Self {
        TableFramer {
            feed,
            state: State::Head,
        }
    }

    /// Length of the next item of the stream, its own length included; `None` at the end.
    fn length(&mut self) -> Result<Option<usize>> {
        self.feed.fill(rows::PREFIX)?;
        let window = self.feed.window();
        let prefix = window.get(..rows::PREFIX);
        Ok(prefix.map(|bytes| rows::PREFIX + rows::length(bytes)))
    }

    fn long(&mut self, left: usize) -> Result<Option<Frame>> {
        self.feed.fill(left.min(PIECE))?;
        let step = left.min(PIECE).min(self.feed.window().len());
        let last = step == left || step == 0;
        self.state = match last {
            true => State::Rows,
            false => State::Long(left - step),
        };
        let fault = self.feed.over_long();
        Ok(Some(self.feed.piece(step, fault, last)))
    }
}

impl Framer for TableFramer {
    fn next(&mut self) -> Result<Option<Frame>> {
        if let State::Long(left) = self.state {
            return self.long(left);
        }
        let head = matches!(self.state, State::Head);
        if !head && self.feed.at_limit() {
            return Ok(None);
        }
        let Some(length) = self.length()? else {
            return Ok(self.feed.damaged_rest());
        };
        if !head && length > self.feed.max_record() {
            self.state = State::Long(length);
            return self.next();
        }
        self.feed.fill(length)?;
        if self.feed.window().len() < length {
            return Ok(self.feed.damaged_rest());
        }
        self.state = State::Rows;
        Ok(Some(match head {
            true => Frame {
                fixed: true,
                ..self.feed.between(length)
            },
            false => self.feed.record(length),
        }))
    }

    fn finished(&self) -> Digest {
        self.feed.digest()
    }
}

fn parse<'a>(frame: &'a Frame, config: &InputConfig) -> Result<Document<'a>, Fault> {
    let row = rows::Row::read(&frame.bytes).map_err(|what| Fault::new("damaged-archive", what))?;
    if !row.has_text {
        let detail = format!("column {:?} is null; expected a string", config.text_field);
        return Err(Fault::new("text-field-not-a-string", detail));
    }
    row.document(&frame.bytes)
}

fn cut(
    frame: &Frame,
    document: &Document<'_>,
    removed: &[Range<usize>],
    output: &Format,
    out: &mut Cleaned,
) {
    lines::cut(frame, document, removed, output, out);
    rows::set_length(&mut out.output);
}

fn put_back(
    cleaned: &Cleaned,
    removals: &[Removal],
    _: &Format,
    _: &InputConfig,
) -> Result<Vec<u8>, String> {
    let row = rows::Row::read(&cleaned.output)?;
    let mut whole = splice::put_back(&cleaned.output, row.span(), removals)?;
    rows::set_length(&mut whole);
    Ok(whole)
}

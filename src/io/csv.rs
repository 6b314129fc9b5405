//! Tables as text: comma-, semicolon- or tab-separated, quoted as RFC 4180 has it, with a header row.
//!
//! A row is a record; a quoted field may hold line ends. The header row names the columns (the same options as for JSON fields)
//! and, by the name of the text column, tells the separator. Only the text field of a changed row differs in the output. A row
//! that is quoted wrongly costs its first line: that is bad, and the next line is read as a row.

mod rows;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::encoding::mark;
use super::feed::{Names, PIECE};
use super::lines;
use super::sidecar::What;
use super::splice::{self, Quoting};
use super::{Cleaned, Digest, Document, Fault, Feed, Format, Frame, Framer, convert, faults};
use crate::config::InputConfig;
use crate::error::{Error, Result};
use crate::removal::Removal;

pub use rows::Columns;
use rows::{Field, Fields, Found, Scan, bare};

/// What parts the fields of a `csv`.
const COMMAS: &[u8] = b",;\t|";
/// What parts the fields of a `tsv`.
const TABS: &[u8] = b"\t";
/// Longest header row.
const MAX_HEADER: usize = 1 << 20;

/// The format `csv`.
pub static CSV: Format = Format {
    name: "csv",
    doc: "comma-separated values (or semicolons) with a header row, each row a document",
    extensions: &["csv"],
    frame: |feed| Box::new(RowFramer::new(feed, COMMAS)),
    target: Some(&convert::Target {
        head: || b"id,url,text\n".to_vec(),
        write: |page, out| write(page, b',', out),
        read: |row| read(row, b','),
    }),
    outputs: &["csv", "tsv", "jsonl", "parquet", "text"],
    header: |row, config| columns(row, COMMAS, config),
    parse,
    cut,
    put_back,
    quoting,
    ..Format::PLAIN
};

/// The format `tsv`.
pub static TSV: Format = Format {
    name: "tsv",
    doc: "tab-separated values with a header row, each row a document",
    extensions: &["tsv", "tab"],
    frame: |feed| Box::new(RowFramer::new(feed, TABS)),
    target: Some(&convert::Target {
        head: || b"id\turl\ttext\n".to_vec(),
        write: |page, out| write(page, b'\t', out),
        read: |row| read(row, b'\t'),
    }),
    outputs: &["tsv", "csv", "jsonl", "parquet", "text"],
    header: |row, config| columns(row, TABS, config),
    parse,
    cut,
    put_back,
    quoting,
    ..Format::PLAIN
};

struct RowFramer {
    feed: Feed,
    delimiters: &'static [u8],
    columns: Option<Arc<Columns>>,
    /// In a row that is too long.
    long: Option<Scan>,
}

impl RowFramer {
    fn new(feed: Feed, delimiters: &'static [u8]) -> Self {
        RowFramer {
            feed,
            delimiters,
            columns: None,
            long: None,
        }
    }

    /// The header row, with a byte order mark before it.
    fn head(&mut self) -> Result<Option<Frame>> {
        let refuse = |feed: &Feed, what: String, hint: &str| {
            let path = feed.path().display().to_string();
            Err(Error::input(what).at(path).hint(hint))
        };
        if self.feed.newline() != super::encoding::Newline::Byte {
            let what = "a table in UTF-16".to_owned();
            return refuse(&self.feed, what, "convert it to UTF-8 first");
        }
        self.feed.fill(MAX_HEADER)?;
        if self.feed.window().is_empty() {
            return Ok(self.feed.damaged_rest());
        }
        let mut seen: Vec<String> = Vec::new();
        for &delimiter in self.delimiters {
            let whole = self.feed.is_at_end();
            let window = self.feed.window();
            let Found::End(end) = Scan::new(mark(window)).find(window, delimiter, whole) else {
                continue;
            };
            let header = self.feed.glance(end);
            let columns = Columns::read(&header, delimiter, self.feed.names());
            match columns {
                Ok(Some(columns)) => {
                    self.columns = Some(Arc::new(columns));
                    let head = self.feed.between(end);
                    if head.raw {
                        let what = "a header row that is not in the encoding named".to_owned();
                        return refuse(&self.feed, what, "name another one with --encoding");
                    }
                    return Ok(Some(Frame {
                        fixed: true,
                        ..head
                    }));
                }
                Ok(None) => {
                    let fields = Fields::of(&header, delimiter, mark(&header)).flatten();
                    let names: Vec<String> = fields
                        .map(|f| String::from_utf8_lossy(&f.text(&header)).into_owned())
                        .collect();
                    if names.len() > seen.len() {
                        seen = names;
                    }
                }
                Err(what) => return refuse(&self.feed, what, "rename all but one of them"),
            }
        }
        if self.feed.is_damaged() {
            return Ok(self.feed.damaged_rest());
        }
        let name = &self.feed.names().text;
        if seen.is_empty() {
            return refuse(
                &self.feed,
                "does not begin with a header row".into(),
                "the first row must name the columns; or pass --format text to read it as plain text",
            );
        }
        let what = faults::missing("column", name, seen.iter().map(String::as_str));
        refuse(
            &self.feed,
            what,
            "name the column that holds the text with --text-field",
        )
    }

    fn row(&mut self, columns: &Arc<Columns>) -> Result<Option<Frame>> {
        let mut scan = Scan::new(0);
        loop {
            let whole = self.feed.is_at_end() && !self.feed.is_damaged();
            let window = self.feed.window();
            if window.is_empty() && self.feed.is_at_end() {
                return Ok(self.feed.damaged_rest());
            }
            match scan.find(window, columns.delimiter, whole) {
                Found::End(end) if bare(&window[..end]).is_empty() => {
                    return Ok(Some(self.feed.between(end)));
                }
                Found::End(end) if end <= self.feed.max_record() => {
                    return Ok(Some(Frame {
                        columns: Some(columns.clone()),
                        ..self.feed.record(end)
                    }));
                }
                Found::Wrong => return self.wrong(),
                Found::More if scan.at <= self.feed.max_record() => {
                    if !self.feed.more()? && self.feed.is_damaged() {
                        return Ok(self.feed.damaged_rest());
                    }
                }
                Found::End(_) | Found::More => {
                    self.long = Some(Scan::new(0));
                    return self.next();
                }
            }
        }
    }

    /// Gives up a line that begins no good row.
    fn wrong(&mut self) -> Result<Option<Frame>> {
        let fault = Fault::new(
            "invalid-csv",
            "a quotation mark that is not closed, or closes within a field",
        );
        let mut from = 0;
        loop {
            if let Some(end) = memchr::memchr(b'\n', &self.feed.window()[from..]) {
                return Ok(Some(self.feed.bad(from + end + 1, fault)));
            }
            from = self.feed.window().len();
            if from > self.feed.max_record() {
                self.feed.begin_long();
                return self.feed.long_piece();
            }
            if !self.feed.more()? {
                return Ok(Some(self.feed.bad(from, fault)));
            }
        }
    }

    fn long(&mut self, mut scan: Scan, delimiter: u8) -> Result<Option<Frame>> {
        self.feed.fill(PIECE + 2)?;
        let window = self.feed.window();
        let reach = window.len().min(PIECE);
        let whole = self.feed.is_at_end() && reach == window.len();
        let (length, last) = match scan.find(&window[..reach], delimiter, whole) {
            Found::End(end) => (end, true),
            Found::Wrong => {
                let rest = &window[scan.at..reach];
                let line = memchr::memchr(b'\n', rest).map_or(rest.len(), |i| i + 1);
                (scan.at + line, true)
            }
            Found::More => (scan.at, false),
        };
        scan.at -= length.min(scan.at);
        self.long = (!last).then_some(scan);
        let fault = self.feed.over_long();
        Ok(Some(self.feed.piece(length, fault, last)))
    }
}

impl Framer for RowFramer {
    fn next(&mut self) -> Result<Option<Frame>> {
        let Some(columns) = self.columns.clone() else {
            return self.head();
        };
        if let Some(scan) = self.long {
            return self.long(scan, columns.delimiter);
        }
        if let Some(piece) = self.feed.long_piece()? {
            return Ok(Some(piece));
        }
        match self.feed.at_limit() {
            true => Ok(None),
            false => self.row(&columns),
        }
    }

    fn finished(&self) -> Digest {
        self.feed.digest()
    }

    fn columns(&self) -> Option<Arc<Columns>> {
        self.columns.clone()
    }
}

/// The columns that a header row tells, where it stands in the sidecar of an output of another format.
fn columns(header: &[u8], delimiters: &[u8], config: &InputConfig) -> Option<Columns> {
    let names = Names::of(config);
    let read = |&delimiter: &u8| Columns::read(header, delimiter, &names).ok().flatten();
    delimiters.iter().find_map(read)
}

fn parse<'a>(frame: &'a Frame, _: &InputConfig) -> Result<Document<'a>, Fault> {
    let columns = frame.columns.as_deref();
    let columns = columns.ok_or_else(|| Fault::new("invalid-csv", "a row without a header"))?;
    document(&frame.bytes, columns)
}

fn document<'a>(row: &'a [u8], columns: &Columns) -> Result<Document<'a>, Fault> {
    Fault::unless_utf8(row, "record")?;
    let mut width = 0;
    let (mut text, mut id, mut url) = (None, None, None);
    for field in Fields::of(row, columns.delimiter, 0) {
        let field = field.map_err(|what| Fault::new("invalid-csv", what))?;
        if width == columns.text {
            text = Some(field);
        } else if Some(width) == columns.id {
            id = Some(field);
        } else if Some(width) == columns.url {
            url = Some(field);
        }
        width += 1;
    }
    let text = text.filter(|_| width == columns.width).ok_or_else(|| {
        let expected = columns.width;
        Fault::new(
            "invalid-csv",
            format!("a row of {width} fields; the header has {expected}"),
        )
    })?;
    let decoded = text.text(row);
    faults::too_many_lines(&decoded)?;
    let named = |field: Option<Field>| {
        let value = field?.text(row);
        let value = match value {
            Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).ok()?),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).ok()?),
        };
        (!value.is_empty()).then_some(value)
    };
    Ok(Document {
        id: named(id),
        url: named(url),
        text: decoded,
        span: text.span(),
    })
}

fn cut(
    frame: &Frame,
    document: &Document<'_>,
    removed: &[Range<usize>],
    output: &Format,
    out: &mut Cleaned,
) {
    lines::cut(frame, document, removed, output, out);
    if removed.is_empty() || document.span.quoting != Quoting::Plain {
        return;
    }
    let columns = frame.columns.as_deref().expect("parsed with its columns");
    let mut rest = Vec::new();
    splice::rest(&document.text, removed, &mut rest);
    // What is left would be read as something else: a quoted field, a line end, a blank line.
    if rest.starts_with(b"\"") || rest.ends_with(b"\r") || (rest.is_empty() && columns.width == 1) {
        convert::keep_shell(frame, document, out);
        out.output.clear();
        out.output
            .extend_from_slice(&frame.bytes[..document.span.start]);
        quote(&rest, &mut out.output);
        out.output
            .extend_from_slice(&frame.bytes[document.span.end..]);
    }
}

fn put_back(
    cleaned: &Cleaned,
    removals: &[Removal],
    _: &Format,
    _: &InputConfig,
) -> Result<Vec<u8>, String> {
    if removals.is_empty() {
        return Ok(cleaned.output.clone());
    }
    let columns = cleaned.columns.as_deref().ok_or("a row without a header")?;
    let document = document(&cleaned.output, columns).map_err(|f| f.detail)?;
    if convert::kept(cleaned, What::Head)?.is_none() {
        return splice::put_back(&cleaned.output, document.span, removals);
    }
    let text = String::from_utf8(document.text.into_owned()).map_err(|e| e.to_string())?;
    convert::join_shell(cleaned, &text, removals, quoting)
}

/// How a field is written, by what stands before it.
fn quoting(before: &[u8]) -> Quoting {
    match before.ends_with(b"\"") {
        true => Quoting::Doubled { escaped: true },
        false => Quoting::Plain,
    }
}

fn quote(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    splice::double(text, out);
    out.push(b'"');
}

/// Writes a document of another format as a row of id, address and text.
fn write(page: &convert::Page<'_>, delimiter: u8, out: &mut Vec<u8>) {
    for value in [&page.id, &page.url] {
        let value = value.as_deref().unwrap_or_default().as_bytes();
        let plain = |b: &u8| !matches!(b, b'"' | b'\r' | b'\n') && *b != delimiter;
        match value.iter().all(plain) {
            true => out.extend_from_slice(value),
            false => quote(value, out),
        }
        out.push(delimiter);
    }
    quote(page.text.as_bytes(), out);
    out.push(b'\n');
}

/// The text of such a row.
fn read(row: &[u8], delimiter: u8) -> Result<String, String> {
    let field = Fields::of(row, delimiter, 0)
        .nth(2)
        .ok_or("a row without a text")?;
    let text = field.map_err(str::to_owned)?.text(row).into_owned();
    String::from_utf8(text).map_err(|e| e.to_string())
}

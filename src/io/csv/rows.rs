//! The grammar of a table as text: where a row ends, where its fields stand, what a header row says.

use std::borrow::Cow;

use crate::io::encoding::mark;
use crate::io::feed::Names;
use crate::io::splice::{Quoting, Span};

/// What a header row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    pub(super) delimiter: u8,
    pub(super) width: usize,
    pub(super) text: usize,
    pub(super) id: Option<usize>,
    pub(super) url: Option<usize>,
}

impl Columns {
    /// Reads a header row, UTF-8. `None` where no column holds the text; an error where two do.
    pub(super) fn read(
        header: &[u8],
        delimiter: u8,
        names: &Names,
    ) -> Result<Option<Self>, String> {
        let (mut text, mut id, mut url, mut width) = (Vec::new(), None, None, 0);
        for field in Fields::of(header, delimiter, mark(header)) {
            let name = field.map_err(str::to_owned)?.text(header);
            match &*name {
                name if name == names.text.as_bytes() => text.push(width),
                name if name == names.id.as_bytes() => id = Some(width),
                name if name == names.url.as_bytes() => url = Some(width),
                _ => {}
            }
            width += 1;
        }
        match text[..] {
            [] => Ok(None),
            [text] => Ok(Some(Columns {
                delimiter,
                width,
                text,
                id,
                url,
            })),
            _ => Err(format!("{} columns named {:?}", text.len(), names.text)),
        }
    }
}

/// Where a field stands in its row, without its quotation marks.
pub(super) struct Field {
    start: usize,
    end: usize,
    quoted: bool,
    /// A quotation mark in it is written twice.
    escaped: bool,
}

impl Field {
    pub(super) fn text<'a>(&self, row: &'a [u8]) -> Cow<'a, [u8]> {
        let raw = &row[self.start..self.end];
        if !self.escaped {
            return Cow::Borrowed(raw);
        }
        let mut out = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(mark) = memchr::memchr(b'"', rest) {
            out.extend_from_slice(&rest[..=mark]);
            rest = rest.get(mark + 2..).unwrap_or_default();
        }
        out.extend_from_slice(rest);
        Cow::Owned(out)
    }

    pub(super) fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
            quoting: match self.quoted {
                true => Quoting::Doubled {
                    escaped: self.escaped,
                },
                false => Quoting::Plain,
            },
        }
    }
}

/// The fields of one row, its line end left out.
pub(super) struct Fields<'a> {
    row: &'a [u8],
    delimiter: u8,
    at: Option<usize>,
}

impl<'a> Fields<'a> {
    /// The fields from `start` on.
    pub(super) fn of(row: &'a [u8], delimiter: u8, start: usize) -> Self {
        Fields {
            row: bare(row),
            delimiter,
            at: Some(start),
        }
    }
}

/// A row without its line end.
pub(super) fn bare(row: &[u8]) -> &[u8] {
    match row.strip_suffix(b"\n") {
        Some(line) => line.strip_suffix(b"\r").unwrap_or(line),
        None => row,
    }
}

impl Iterator for Fields<'_> {
    type Item = Result<Field, &'static str>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at?;
        let rest = &self.row[start..];
        if rest.first() != Some(&b'"') {
            let length = memchr::memchr(self.delimiter, rest);
            self.at = length.map(|l| start + l + 1);
            return Some(Ok(Field {
                start,
                end: start + length.unwrap_or(rest.len()),
                quoted: false,
                escaped: false,
            }));
        }
        let start = start + 1;
        let (mut end, mut escaped) = (start, false);
        loop {
            let Some(mark) = memchr::memchr(b'"', &self.row[end..]) else {
                self.at = None;
                return Some(Err("a quotation mark is not closed"));
            };
            end += mark;
            match self.row.get(end + 1) {
                Some(b'"') => {
                    escaped = true;
                    end += 2;
                    continue;
                }
                Some(&next) if next == self.delimiter => self.at = Some(end + 2),
                None => self.at = None,
                Some(_) => {
                    self.at = None;
                    return Some(Err("a quotation mark closes within a field"));
                }
            }
            return Some(Ok(Field {
                start,
                end,
                quoted: true,
                escaped,
            }));
        }
    }
}

/// How far the end of a row has been looked for.
#[derive(Clone, Copy)]
pub(super) struct Scan {
    pub(super) at: usize,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    FieldStart,
    Plain,
    Quoted,
}

/// What was found of a row.
pub(super) enum Found {
    /// It ends here.
    End(usize),
    /// Not its end yet.
    More,
    /// It is quoted wrongly.
    Wrong,
}

impl Scan {
    pub(super) fn new(at: usize) -> Self {
        Scan {
            at,
            place: Place::FieldStart,
        }
    }

    /// Goes on through the window; `whole` when nothing comes after it.
    pub(super) fn find(&mut self, window: &[u8], delimiter: u8, whole: bool) -> Found {
        loop {
            let rest = &window[self.at.min(window.len())..];
            match self.place {
                Place::FieldStart | Place::Plain if rest.is_empty() => {
                    return if whole {
                        Found::End(window.len())
                    } else {
                        Found::More
                    };
                }
                Place::FieldStart if rest[0] == b'"' => {
                    self.at += 1;
                    self.place = Place::Quoted;
                }
                Place::FieldStart => self.place = Place::Plain,
                Place::Plain => match memchr::memchr2(delimiter, b'\n', rest) {
                    None => self.at = window.len(),
                    Some(i) if rest[i] == b'\n' => return Found::End(self.at + i + 1),
                    Some(i) => {
                        self.at += i + 1;
                        self.place = Place::FieldStart;
                    }
                },
                Place::Quoted => {
                    let Some(i) = memchr::memchr(b'"', rest) else {
                        self.at = window.len();
                        return if whole { Found::Wrong } else { Found::More };
                    };
                    self.at += i;
                    match rest.get(i + 1..).unwrap_or_default() {
                        [b'"', ..] => self.at += 2,
                        [b'\n', ..] => return Found::End(self.at + 2),
                        [b'\r', b'\n', ..] => return Found::End(self.at + 3),
                        [next, ..] if *next == delimiter => {
                            self.at += 2;
                            self.place = Place::FieldStart;
                        }
                        [] if whole => return Found::End(window.len()),
                        [] | [b'\r'] if !whole => return Found::More,
                        _ => return Found::Wrong,
                    }
                }
            }
        }
    }
}

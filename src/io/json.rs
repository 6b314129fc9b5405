//! A JSON array: its elements are records as in JSON Lines, over as many lines as they like.
//!
//! The framer finds where an element ends by its brackets and strings alone and parses nothing; an element that is no object,
//! or no JSON, is a bad record, and the next one is read. Brackets, commas and white space stand between records and are
//! carried over; a comma goes with the element that is left out, so that the output is an array.

use serde::de::IgnoredAny;

use super::feed::{PIECE, is_blank};
use super::{Digest, Fault, Feed, Format, Frame, Framer, encoding, jsonl};
use crate::error::{Error, Result};

/// Longest white space looked through at once.
const BLANK: usize = 1 << 20;

/// The format `json`.
pub static FORMAT: Format = Format {
    name: "json",
    doc: "a JSON array, each element an object with the text in one field",
    sniff: |head| begins(head) && is_of_objects(head),
    frame: |feed| Box::new(ArrayFramer::new(feed)),
    parse: jsonl::parse,
    put_back: jsonl::put_back,
    quoting: jsonl::quoting,
    outputs: &["json", "jsonl", "csv", "tsv", "parquet", "text"],
    separates: true,
    foot: b"]\n",
    any_encoding: false,
    ..Format::PLAIN
};

/// True for the beginning of an array; not where each line is one of its own.
pub(super) fn begins(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    let whole_line = || {
        let (line, rest) = head.split_at(memchr::memchr(b'\n', head).unwrap_or(head.len()));
        !rest.trim_ascii().is_empty() && serde_json::from_slice::<IgnoredAny>(line).is_ok()
    };
    head.starts_with(b"[") && !whole_line()
}

/// True where the array begins with an object, which no other text does.
fn is_of_objects(head: &[u8]) -> bool {
    let mut rest = head.trim_ascii_start();
    for expected in [&b"["[..], b"{", b"\""] {
        match rest.strip_prefix(expected) {
            Some(more) => rest = more.trim_ascii_start(),
            None => return expected == b"\"" && rest.starts_with(b"}"),
        }
    }
    true
}

/// Length of an element without the white space after it: that of JSON, to which no form feed belongs.
fn without_blank(element: &[u8]) -> usize {
    let last = element.iter().rposition(|b| !is_blank(*b));
    last.map_or(0, |last| last + 1)
}

/// How far the end of an element has been looked for.
#[derive(Default, Clone, Copy)]
struct Scan {
    at: usize,
    depth: u64,
    string: bool,
}

impl Scan {
    /// Looks for the comma or bracket after the element.
    fn end(&mut self, window: &[u8]) -> Option<usize> {
        while self.at < window.len() {
            if self.string {
                let Some(found) = memchr::memchr2(b'"', b'\\', &window[self.at..]) else {
                    self.at = window.len();
                    return None;
                };
                self.at += found;
                if window[self.at] == b'\\' {
                    if self.at + 1 >= window.len() {
                        return None;
                    }
                    self.at += 2;
                } else {
                    self.string = false;
                    self.at += 1;
                }
                continue;
            }
            match window[self.at] {
                b'"' => self.string = true,
                b'{' | b'[' => self.depth += 1,
                b',' | b']' if self.depth == 0 => return Some(self.at),
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
        }
        None
    }
}

/// Where the framer is.
#[derive(Clone, Copy)]
enum State {
    Head,
    /// Before an element.
    Value,
    /// After one.
    Separator,
    /// In one that is too long.
    Long(Scan),
    /// After the end of the array, in what does not belong there.
    Lost,
    End,
}

struct ArrayFramer {
    feed: Feed,
    state: State,
}

impl ArrayFramer {
    fn new(feed: Feed) -> Self {
        ArrayFramer {
            feed,
            state: State::Head,
        }
    }

    fn fixed(&mut self, length: usize) -> Option<Frame> {
        Some(Frame {
            fixed: true,
            ..self.feed.between(length)
        })
    }

    /// The bracket that opens the array, with a byte order mark before it.
    fn head(&mut self) -> Result<Option<Frame>> {
        self.feed.fill(4)?;
        let mark = encoding::mark(self.feed.window());
        let start = self.feed.skip_blank(mark, BLANK)?;
        match self.feed.window().get(start) {
            Some(b'[') => {
                let end = self.feed.skip_blank(start + 1, BLANK)?;
                self.state = State::Value;
                Ok(self.fixed(end))
            }
            None if self.feed.is_damaged() => Ok(self.feed.damaged_rest()),
            None if self.feed.is_at_end() => {
                self.state = State::End;
                Ok((start > 0).then(|| self.feed.between(start)))
            }
            _ => Err(
                Error::input("does not begin with [; expected a JSON array of objects")
                    .at(self.feed.path().display().to_string())
                    .hint("for one object per line, pass --format jsonl"),
            ),
        }
    }

    fn value(&mut self) -> Result<Option<Frame>> {
        let blank = self.feed.skip_blank(0, BLANK)?;
        if blank > 0 {
            return Ok(Some(self.feed.between(blank)));
        }
        let fault = match self.feed.window().first() {
            Some(b']') => return self.close(),
            Some(b',') => Fault::new("invalid-json", "an element is missing before a comma"),
            Some(_) => return self.element(),
            None if self.feed.is_damaged() => {
                self.state = State::End;
                return Ok(self.feed.damaged_rest());
            }
            None => Fault::new("invalid-json", UNCLOSED),
        };
        self.state = match self.feed.window().is_empty() {
            true => State::End,
            false => State::Separator,
        };
        Ok(Some(self.feed.bad(0, fault)))
    }

    fn element(&mut self) -> Result<Option<Frame>> {
        let mut scan = Scan::default();
        loop {
            if let Some(end) = scan.end(self.feed.window()) {
                let length = without_blank(&self.feed.window()[..end]);
                self.state = State::Separator;
                if length <= self.feed.max_record() {
                    return Ok(Some(self.feed.record(length)));
                }
                break;
            }
            if scan.at > self.feed.max_record() {
                break;
            }
            if !self.feed.more()? {
                self.state = State::End;
                if self.feed.is_damaged() {
                    return Ok(self.feed.damaged_rest());
                }
                let fault = Fault::new("invalid-json", UNCLOSED);
                return Ok(Some(self.feed.bad(self.feed.window().len(), fault)));
            }
        }
        self.state = State::Long(Scan::default());
        self.next()
    }

    fn long(&mut self, mut scan: Scan) -> Result<Option<Frame>> {
        self.feed.fill(PIECE + 2)?;
        let reach = self.feed.window().len().min(PIECE);
        let end = scan.end(&self.feed.window()[..reach]);
        let last = end.is_some() || reach < PIECE;
        let length = match end {
            Some(end) => without_blank(&self.feed.window()[..end]),
            None if last => reach,
            // Before a backslash, so that it is never parted from what it escapes; and not inside a character.
            None => self.feed.piece_end(scan.at),
        };
        self.state = match (end, last) {
            (Some(_), _) => State::Separator,
            (None, true) => State::End,
            _ => State::Long(Scan {
                at: scan.at - length,
                ..scan
            }),
        };
        let fault = self.feed.over_long();
        Ok(Some(self.feed.piece(length, fault, last)))
    }

    fn separator(&mut self) -> Result<Option<Frame>> {
        let at = self.feed.skip_blank(0, BLANK)?;
        match self.feed.window().get(at) {
            Some(b']') if at == 0 => self.close(),
            Some(b',') => {
                let end = self.feed.skip_blank(at + 1, BLANK)?;
                self.state = State::Value;
                Ok(Some(self.feed.between(end)))
            }
            Some(_) if at == 0 => self.element(),
            _ if at > 0 => Ok(Some(self.feed.between(at))),
            _ => {
                self.state = State::Value;
                self.value()
            }
        }
    }

    /// The bracket that ends the array. What follows it must be white space.
    fn close(&mut self) -> Result<Option<Frame>> {
        let end = self.feed.skip_blank(1, self.feed.max_record())?;
        if end == self.feed.window().len() && self.feed.is_at_end() && !self.feed.is_damaged() {
            self.state = State::End;
            return Ok(self.fixed(end));
        }
        self.state = State::Lost;
        self.next()
    }

    fn lost(&mut self) -> Result<Option<Frame>> {
        self.feed.fill(PIECE + 1)?;
        let reach = self.feed.window().len();
        let last = reach <= PIECE;
        let length = if last {
            reach
        } else {
            self.feed.piece_end(PIECE)
        };
        if last {
            self.state = State::End;
            if self.feed.is_damaged() {
                return Ok(self.feed.damaged_rest());
            }
        }
        let fault = Fault::new("invalid-json", "text after the end of the array");
        Ok(Some(self.feed.piece(length, fault, last)))
    }
}

const UNCLOSED: &str = "the array does not end";

impl Framer for ArrayFramer {
    fn next(&mut self) -> Result<Option<Frame>> {
        match self.state {
            State::Head => self.head(),
            State::Value | State::Separator if self.feed.at_limit() => Ok(None),
            State::Value => self.value(),
            State::Separator => self.separator(),
            State::Long(scan) => self.long(scan),
            State::Lost => self.lost(),
            State::End => Ok(None),
        }
    }

    fn finished(&self) -> Digest {
        self.feed.digest()
    }
}

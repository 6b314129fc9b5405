//! `lines`: each line is a document; also the line framer that JSON Lines shares.
//!
//! The terminator is not part of the text. A line that loses everything stays as an empty line, so that line n of the
//! output is line n of the input.

use std::ops::Range;

use super::splice::{self, Span};
use super::{Cleaned, Digest, Document, Fault, Feed, Format, Frame, Framer};
use crate::config::InputConfig;
use crate::error::Result;
use crate::removal::Removal;

/// The format `lines`.
pub static FORMAT: Format = Format {
    name: "lines",
    doc: "plain text, each line a document",
    outputs: &["lines"],
    ..Format::PLAIN
};

/// What a blank line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blank {
    /// A record like any other.
    Record,
    /// No record; it is passed on.
    Between,
}

/// Cuts a source at its line feeds.
pub(crate) struct LineFramer {
    feed: Feed,
    blank: Blank,
    started: bool,
}

impl LineFramer {
    pub(crate) fn new(feed: Feed, blank: Blank) -> Self {
        LineFramer {
            feed,
            blank,
            started: false,
        }
    }

    fn line(&mut self, length: usize) -> Result<Option<Frame>> {
        let line = &self.feed.window()[..length];
        if self.blank == Blank::Between && self.feed.newline().is_blank(line) {
            return Ok(Some(self.feed.between(length)));
        }
        if length > self.feed.max_record() {
            self.feed.begin_long();
            return self.feed.long_piece();
        }
        Ok(Some(self.feed.record(length)))
    }
}

impl Framer for LineFramer {
    fn next(&mut self) -> Result<Option<Frame>> {
        if !self.started {
            self.started = true;
            self.feed.fill(4)?;
            if let Some(mark) = self.feed.take_mark() {
                return Ok(Some(mark));
            }
        }
        if let Some(piece) = self.feed.long_piece()? {
            return Ok(Some(piece));
        }
        if self.feed.at_limit() {
            return Ok(None);
        }
        let newline = self.feed.newline();
        let mut searched = 0;
        loop {
            if let Some(end) = newline.find(self.feed.window(), searched) {
                return self.line(end);
            }
            // Even, for the encodings of two bytes; a line feed of one byte was not there anyway.
            searched = self.feed.window().len() & !1;
            if searched > self.feed.max_record() {
                self.feed.begin_long();
                return self.feed.long_piece();
            }
            if !self.feed.more()? {
                break;
            }
        }
        if self.feed.is_damaged() {
            return Ok(self.feed.damaged_rest());
        }
        match self.feed.window().len() {
            0 => Ok(None),
            length => self.line(length),
        }
    }

    fn finished(&self) -> Digest {
        self.feed.digest()
    }
}

fn span(bytes: &[u8]) -> Span {
    let bare = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let bare = match bare.len() < bytes.len() {
        true => bare.strip_suffix(b"\r").unwrap_or(bare),
        false => bare,
    };
    Span::plain(0, bare.len())
}

pub(super) fn parse<'a>(frame: &'a Frame, _: &InputConfig) -> Result<Document<'a>, Fault> {
    let span = span(&frame.bytes);
    Ok(Document {
        id: None,
        url: None,
        text: frame.bytes[..span.end].into(),
        span,
    })
}

pub(super) fn cut(
    frame: &Frame,
    document: &Document<'_>,
    removed: &[Range<usize>],
    _: &Format,
    out: &mut Cleaned,
) {
    out.clear();
    out.emptied = splice::empties(&document.text, removed);
    splice::cut(
        &frame.bytes,
        document.span,
        removed,
        &mut out.output,
        &mut out.raws,
    );
}

pub(super) fn put_back(
    cleaned: &Cleaned,
    removals: &[Removal],
    _: &Format,
    _: &InputConfig,
) -> Result<Vec<u8>, String> {
    // Offsets count from the start of the line. Its end may look like another terminator now: "a\rb\n" less "b" is "a\r\n".
    splice::put_back(
        &cleaned.output,
        Span::plain(0, cleaned.output.len()),
        removals,
    )
}

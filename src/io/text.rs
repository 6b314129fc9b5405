//! `text`: a file is one document.
//!
//! A file longer than a record may be, or of more lines than a document may have, is cut into successive documents after the
//! last blank line that fits, else after the last line end; a line that is longer still is over-long and bad. The output
//! holds no trace of these cuts, so the sidecar keeps the lengths.

use super::convert;
use super::splice::{self, Span};
use super::{Cleaned, Digest, Document, Fault, Feed, Format, Frame, Framer, MAX_LINES};
use crate::config::InputConfig;
use crate::error::Result;
use crate::removal::Removal;

/// The format `text`.
pub static FORMAT: Format = Format {
    name: "text",
    doc: "plain text, each file a document",
    extensions: &["txt", "text", "md"],
    frame: |feed| {
        Box::new(TextFramer {
            feed,
            started: false,
        })
    },
    parse,
    put_back,
    outputs: &["text", "jsonl", "csv", "tsv", "parquet"],
    target: Some(&convert::TEXT),
    seamless: true,
    ..Format::PLAIN
};

struct TextFramer {
    feed: Feed,
    started: bool,
}

impl TextFramer {
    /// Bytes that the next document may have: so many, or fewer where they hold too many lines.
    fn most(&self, most: usize) -> usize {
        let window = self.feed.window();
        let window = &window[..window.len().min(most)];
        if window.len() < MAX_LINES {
            return most;
        }
        match memchr::memchr_iter(b'\n', window).nth(MAX_LINES - 1) {
            // Even, for the encodings of two bytes.
            Some(at) => (at + 1).next_multiple_of(2).min(most),
            None => most,
        }
    }

    /// Where to cut a window that is longer than a document may be; `None` when no line ends in time.
    fn cut(&self, most: usize) -> Option<usize> {
        let newline = self.feed.newline();
        let most = &self.feed.window()[..most & !1];
        let last = newline.rfind(most)?;
        let mut end = last;
        loop {
            // `end` ends a line; the line before it ends at `start`.
            let unit = if newline == super::encoding::Newline::Byte {
                1
            } else {
                2
            };
            let start = newline.rfind(&most[..end - unit]).unwrap_or(0);
            if start == 0 {
                return Some(last);
            }
            if newline.is_blank(&most[start..end]) {
                return Some(end);
            }
            end = start;
        }
    }
}

impl Framer for TextFramer {
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
        let most = self.feed.max_record();
        self.feed.fill(most.saturating_add(1))?;
        let length = self.feed.window().len();
        let most = self.most(most);
        if length > most {
            return match self.cut(most) {
                Some(end) => Ok(Some(self.feed.record(end))),
                None => {
                    self.feed.begin_long();
                    self.feed.long_piece()
                }
            };
        }
        if self.feed.is_damaged() {
            return Ok(self.feed.damaged_rest());
        }
        Ok((length > 0).then(|| self.feed.record(length)))
    }

    fn finished(&self) -> Digest {
        self.feed.digest()
    }
}

fn span(bytes: &[u8]) -> Span {
    Span::plain(0, bytes.len())
}

fn parse<'a>(frame: &'a Frame, _: &InputConfig) -> Result<Document<'a>, Fault> {
    Ok(Document {
        id: None,
        url: None,
        text: frame.bytes.as_slice().into(),
        span: span(&frame.bytes),
    })
}

fn put_back(
    cleaned: &Cleaned,
    removals: &[Removal],
    _: &Format,
    _: &InputConfig,
) -> Result<Vec<u8>, String> {
    splice::put_back(&cleaned.output, span(&cleaned.output), removals)
}

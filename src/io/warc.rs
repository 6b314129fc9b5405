//! Cutting a WARC file into records. Conversion records are documents, and so are responses of plain text; the others stand
//! between them. A response of HTML is bad: this program cuts text and extracts none, and says so rather than pass it over.
//!
//! A record is its header, as many bytes as that says, and two line ends. Whatever is none is given up until a line
//! begins a record again.

use std::borrow::Cow;
use std::ops::Range;

use super::{Digest, Fault, Feed, Frame, Framer};
use crate::error::Result;

/// Longest header looked for; Common Crawl's have under 1 KiB.
const MAX_HEADER: usize = 64 << 10;
/// Bytes handed on at a time of what is not held as a whole.
const CHUNK: u64 = 1 << 20;
/// What ends a record.
pub(super) const END: &[u8] = b"\r\n\r\n";

/// What a header tells.
pub(super) struct Header<'a> {
    /// Its length, blank line included.
    pub(super) length: usize,
    /// Bytes of the block.
    pub(super) content: u64,
    /// Where that number stands.
    pub(super) digits: Range<usize>,
    bytes: &'a [u8],
}

impl<'a> Header<'a> {
    /// Reads the header at the start; `Ok(None)` when it is not complete yet.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Option<Self>, &'static str> {
        let magic = b"WARC/";
        if !bytes.starts_with(&magic[..bytes.len().min(magic.len())]) {
            return Err("a record that does not begin with WARC/");
        }
        let mut start = 0;
        let mut digits = None;
        for feed in memchr::memchr_iter(b'\n', bytes) {
            let line = &bytes[start..feed];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                let (digits, content): (Range<usize>, u64) =
                    digits.ok_or("a record without a valid Content-Length")?;
                return Ok(Some(Header {
                    length: feed + 1,
                    content,
                    digits,
                    bytes,
                }));
            }
            if let Some(value) = value_of(line, b"content-length") {
                let number = std::str::from_utf8(&line[value.clone()])
                    .ok()
                    .and_then(|s| s.parse().ok());
                digits = number.map(|n| (start + value.start..start + value.end, n));
            }
            start = feed + 1;
        }
        match bytes.len() < MAX_HEADER {
            true => Ok(None),
            false => Err("a header that does not end"),
        }
    }

    pub(super) fn field(&self, name: &[u8]) -> Option<Cow<'a, str>> {
        let head = &self.bytes[..self.length];
        head.split(|&b| b == b'\n').find_map(|line| {
            value_of(line, name).map(|value| String::from_utf8_lossy(&line[value]))
        })
    }

    fn kind(&self) -> Kind {
        match self.field(b"warc-type").as_deref() {
            Some("conversion") => Kind::Page,
            Some("response" | "resource") => Kind::Answer,
            _ => Kind::Other,
        }
    }

    /// Where the text begins in the record, given some of its block, or why it has none.
    pub(super) fn text(&self, record: &[u8]) -> Result<usize, NoText> {
        if self.kind() != Kind::Answer {
            return Ok(self.length);
        }
        let media = self.field(b"content-type").unwrap_or_default();
        if !media.starts_with("application/http") {
            return media_of(&media).map(|()| self.length);
        }
        let block = record.get(self.length..).unwrap_or_default();
        let end = [&b"\r\n\r\n"[..], b"\n\n"]
            .iter()
            .filter_map(|end| Some(memchr::memmem::find(block, end)? + end.len()))
            .min();
        let end =
            end.ok_or_else(|| NoText::Refused("a response whose header does not end".into()))?;
        let field = |name: &[u8]| {
            let mut lines = block[..end].split(|&b| b == b'\n');
            lines.find_map(|line| value_of(line, name).map(|v| String::from_utf8_lossy(&line[v])))
        };
        media_of(&field(b"content-type").unwrap_or_default())?;
        for name in [&b"content-encoding"[..], b"transfer-encoding"] {
            if let Some(how) = field(name).filter(|how| !how.eq_ignore_ascii_case("identity")) {
                let what = format!("a response of text/plain packed as {how}; unpack it first");
                return Err(NoText::Refused(what));
            }
        }
        Ok(self.length + end)
    }

    /// The header with another length in it.
    pub(super) fn with_content(&self, content: usize) -> Vec<u8> {
        let head = &self.bytes[..self.length];
        let number = content.to_string();
        [
            &head[..self.digits.start],
            number.as_bytes(),
            &head[self.digits.end..],
        ]
        .concat()
    }
}

/// What a record is, by its header.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    /// A page of which somebody made text.
    Page,
    /// What a server answered, or a file.
    Answer,
    Other,
}

/// Why a record holds no text.
pub(super) enum NoText {
    /// It is something else, such as a picture.
    Other,
    /// Text would have to be made of it.
    Refused(String),
}

/// Plain text is text.
fn media_of(media: &str) -> Result<(), NoText> {
    let bare = media.split(';').next().unwrap_or_default().trim();
    match bare.to_ascii_lowercase().as_str() {
        "text/plain" => Ok(()),
        html @ ("text/html" | "application/xhtml+xml") => Err(NoText::Refused(format!(
            "a response of {html}; make text of it first, with an extractor"
        ))),
        _ => Err(NoText::Other),
    }
}

/// Where the value of this field stands in a header line; field names ignore case.
fn value_of(line: &[u8], name: &[u8]) -> Option<Range<usize>> {
    let colon = name.len();
    if line.len() <= colon || line[colon] != b':' || !line[..colon].eq_ignore_ascii_case(name) {
        return None;
    }
    let end = line.trim_ascii_end().len().max(colon + 1);
    let start = end - line[colon + 1..end].trim_ascii_start().len();
    Some(start..end)
}

/// Where the framer is.
enum State {
    /// At the start of a record.
    Header,
    /// So many bytes before the end of a record that is no document.
    Between(u64),
    /// So many bytes before the end of a record that is bad for this reason.
    Bad(u64, Fault),
    /// In bytes that are no record, for this reason.
    Lost(&'static str),
}

pub(super) struct WarcFramer {
    feed: Feed,
    state: State,
}

impl WarcFramer {
    pub(super) fn new(feed: Feed) -> Self {
        WarcFramer {
            feed,
            state: State::Header,
        }
    }

    fn header(&mut self) -> Result<Option<Frame>> {
        let found = loop {
            let header = Header::read(self.feed.window());
            match header.map(|h| h.map(|h| (h.length, h.content, h.kind()))) {
                Ok(Some(found)) => break Ok(found),
                Ok(None) if self.feed.more()? => {}
                Ok(None) if self.feed.is_damaged() => return Ok(self.feed.damaged_rest()),
                Ok(None) if self.feed.window().is_empty() => return Ok(None),
                Ok(None) => break Err("a header that is cut off"),
                Err(what) => break Err(what),
            }
        };
        match found {
            Err(what) => {
                self.state = State::Lost(what);
                self.next()
            }
            Ok((length, content, kind)) => {
                let whole = (length as u64).saturating_add(content);
                if kind == Kind::Answer {
                    return self.answer(length, whole);
                }
                self.record(whole, kind == Kind::Page)
            }
        }
    }

    /// A response: a document when its body is plain text.
    fn answer(&mut self, header: usize, whole: u64) -> Result<Option<Frame>> {
        let known = usize::try_from(whole).unwrap_or(usize::MAX);
        let known = known.min(header + MAX_HEADER);
        self.feed.fill(known)?;
        let window = self.feed.window();
        let known = &window[..known.min(window.len())];
        let text = Header::read(known).ok().flatten().map(|h| h.text(known));
        match text {
            Some(Ok(_)) => self.record(whole, true),
            Some(Err(NoText::Refused(what))) => {
                self.state = State::Bad(whole, Fault::new("not-text", what));
                self.next()
            }
            _ => self.record(whole, false),
        }
    }

    fn record(&mut self, length: u64, document: bool) -> Result<Option<Frame>> {
        if !document {
            self.state = State::Between(length);
            return self.next();
        }
        let whole = usize::try_from(length)
            .ok()
            .filter(|l| *l <= self.feed.max_record());
        let Some(whole) = whole else {
            self.state = State::Bad(length, self.feed.over_long());
            return self.next();
        };
        self.feed.fill(whole + END.len())?;
        let found = self.feed.window().len();
        if found >= whole {
            let end = whole + end_length(&self.feed.window()[whole..]);
            return Ok(Some(self.feed.record(end)));
        }
        if self.feed.is_damaged() {
            return Ok(self.feed.damaged_rest());
        }
        let detail = format!("a record of {whole} bytes of which {found} are there");
        Ok(Some(
            self.feed.bad(found, Fault::new("invalid-warc", detail)),
        ))
    }

    /// Passes on a record that is no document.
    fn between(&mut self, left: u64) -> Result<Option<Frame>> {
        let step = left.min(CHUNK) as usize;
        self.feed.fill(step + END.len())?;
        let mut step = step.min(self.feed.window().len());
        self.state = match left - step as u64 {
            0 => {
                step += end_length(&self.feed.window()[step..]);
                State::Header
            }
            _ if step == 0 => State::Header,
            rest => State::Between(rest),
        };
        match step {
            0 => self.next(),
            _ => Ok(Some(self.feed.between(step))),
        }
    }

    fn bad(&mut self, left: u64, fault: Fault) -> Result<Option<Frame>> {
        let step = left.min(CHUNK) as usize;
        self.feed.fill(step + END.len())?;
        let mut step = step.min(self.feed.window().len());
        let rest = left - step as u64;
        if rest == 0 {
            step += end_length(&self.feed.window()[step..]);
        }
        let last = rest == 0 || step == 0;
        self.state = if last {
            State::Header
        } else {
            State::Bad(rest, fault.clone())
        };
        Ok(Some(self.feed.piece(step, fault, last)))
    }

    /// Gives up bytes until one begins a record again.
    fn lost(&mut self, what: &'static str) -> Result<Option<Frame>> {
        self.feed.fill(CHUNK as usize + 16)?;
        let window = self.feed.window();
        let next = memchr::memmem::find(window.get(1..).unwrap_or_default(), b"\nWARC/1.");
        let (step, last) = match next {
            Some(at) => (at + 2, true),
            None if window.len() > CHUNK as usize => (CHUNK as usize, false),
            None => (window.len(), true),
        };
        if last {
            self.state = State::Header;
        }
        let fault = Fault::new("invalid-warc", what);
        Ok(Some(self.feed.piece(step, fault, last)))
    }
}

/// Length of the two line ends after a block.
fn end_length(bytes: &[u8]) -> usize {
    [END, b"\n\n", b"\r\n", b"\n"]
        .iter()
        .find(|end| bytes.starts_with(end))
        .map_or(0, |end| end.len())
}

impl Framer for WarcFramer {
    fn next(&mut self) -> Result<Option<Frame>> {
        match self.state {
            State::Bad(left, ref fault) => {
                let fault = fault.clone();
                self.bad(left, fault)
            }
            State::Header if self.feed.at_limit() => Ok(None),
            State::Header => self.header(),
            State::Between(left) => self.between(left),
            State::Lost(what) => self.lost(what),
        }
    }

    fn finished(&self) -> Digest {
        self.feed.digest()
    }
}

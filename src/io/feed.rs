//! The buffered, hashing reader under every framer. It knows bytes, limits and damage; what a record is, it does not know.
//!
//! Bytes are hashed when they leave as part of a frame, not when they are read. So the digest covers exactly the frames
//! returned, also under a limit of documents, and `restore` can prove exactly those.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::encoding::{Encoding, MARK, Newline};
use super::{Fault, Frame};
use crate::config::InputConfig;
use crate::error::{Error, ErrorKind, Result};
use crate::fault;
use crate::text::hash;

/// Least free room before a read: large enough that system calls do not show in a profile, small enough for a cache.
const CHUNK: usize = 256 << 10;

/// Longest piece of an over-long record. Even, so that a piece of UTF-16 ends between code units.
pub(super) const PIECE: usize = 1 << 20;

/// Length and hash of a decompressed source, or of the part of it that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Digest {
    /// Bytes.
    pub bytes: u64,
    /// XXH3-128.
    pub hash: u128,
}

/// What the columns of a table are called that matter.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) text: String,
    pub(crate) id: String,
    pub(crate) url: String,
}

impl Names {
    pub(super) fn of(config: &InputConfig) -> Self {
        Names {
            text: config.text_field.clone(),
            id: config.id_field.clone(),
            url: config.url_field.clone(),
        }
    }
}

/// A source as a window of bytes that grows at its end and shrinks at its beginning.
pub struct Feed {
    reader: Box<dyn Read + Send>,
    path: PathBuf,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    damage: Option<Fault>,
    encoding: Option<Encoding>,
    max_record: usize,
    limit: u64,
    next_record: u64,
    part: u32,
    long: bool,
    marked: bool,
    names: Names,
    hash: hash::Stream,
    bytes: u64,
}

impl Feed {
    /// A feed over decompressed bytes; `path` is for messages.
    pub fn new(
        reader: Box<dyn Read + Send>,
        path: &Path,
        encoding: Option<Encoding>,
        config: &InputConfig,
    ) -> Self {
        Feed {
            reader,
            path: path.to_path_buf(),
            buffer: Vec::new(),
            start: 0,
            end: 0,
            ended: false,
            damage: None,
            encoding,
            max_record: usize::try_from(config.max_record)
                .unwrap_or(usize::MAX)
                .max(1),
            limit: config.limit.unwrap_or(u64::MAX),
            next_record: 0,
            part: 0,
            long: false,
            marked: true,
            names: Names::of(config),
            hash: hash::Stream::default(),
            bytes: 0,
        }
    }

    /// A feed over the UTF-8 output of an earlier run: no limits, and a byte order mark is text. `config` names the columns.
    pub(crate) fn over_output(
        reader: Box<dyn Read + Send>,
        path: &Path,
        config: &InputConfig,
    ) -> Self {
        let config = InputConfig {
            max_record: u64::MAX,
            limit: None,
            ..config.clone()
        };
        let mut feed = Feed::new(reader, path, None, &config);
        feed.marked = false;
        feed
    }

    /// The bytes read and not yet taken.
    pub(crate) fn window(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Reads until the window holds so many bytes or the source ends.
    pub(crate) fn fill(&mut self, length: usize) -> Result<()> {
        while self.end - self.start < length && self.more()? {}
        Ok(())
    }

    /// What is known of the beginning, as UTF-8 and without a byte order mark, to tell the format by.
    pub(crate) fn head(&self) -> Vec<u8> {
        let bytes = &self.window()[self.mark()..];
        match self.encoding {
            Some(encoding) => encoding.glance(bytes),
            None => bytes.to_vec(),
        }
    }

    /// Grows the window. Returns false at the end of the source, or of what could be decompressed of it.
    pub(crate) fn more(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.make_room();
        loop {
            match fault::point("read").and_then(|()| self.reader.read(&mut self.buffer[self.end..]))
            {
                Ok(0) => break self.ended = true,
                Ok(n) => {
                    self.end += n;
                    return Ok(true);
                }
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                // An error with a number comes from the system, one without from the decompressor.
                Err(e) if e.raw_os_error().is_some() => return Err(Error::io(e, &self.path)),
                Err(e) if e.kind() == std::io::ErrorKind::FileTooLarge => {
                    return Err(Error::new(ErrorKind::Limit, e.to_string())
                        .at(self.path.display().to_string())
                        .hint("leave this archive out, or raise --max-expansion if you trust it"));
                }
                Err(e) => {
                    self.damage = Some(damage(&e, self.bytes + (self.end - self.start) as u64));
                    break self.ended = true;
                }
            }
        }
        Ok(false)
    }

    fn make_room(&mut self) {
        if self.buffer.len() - self.end >= CHUNK {
            return;
        }
        if self.start >= self.buffer.len() / 2 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        let least = self.end + CHUNK;
        if self.buffer.len() < least {
            self.buffer.resize(least.max(self.buffer.len() * 2), 0);
        }
    }

    /// Goes past white space of JSON: returns where the next other byte stands, or the end of the window when it holds `most`
    /// bytes, or the source ends.
    pub(crate) fn skip_blank(&mut self, from: usize, most: usize) -> Result<usize> {
        let mut at = from;
        loop {
            let rest = &self.window()[at..];
            if let Some(found) = rest.iter().position(|b| !is_blank(*b)) {
                return Ok(at + found);
            }
            at = self.window().len();
            if at > most || !self.more()? {
                return Ok(at);
            }
        }
    }

    /// Where the source is, for messages.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What the columns of a table are called.
    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    /// The first `length` bytes of the window as UTF-8, for a look.
    pub(crate) fn glance(&self, length: usize) -> Vec<u8> {
        let bytes = &self.window()[..length];
        match self.encoding {
            Some(encoding) => encoding.glance(bytes),
            None => bytes.to_vec(),
        }
    }

    /// True when all of the source has been read into the window.
    pub(crate) fn is_at_end(&self) -> bool {
        self.ended
    }

    /// Bytes a record may have.
    pub(crate) fn max_record(&self) -> usize {
        self.max_record
    }

    /// True when no further record may be read.
    pub(crate) fn at_limit(&self) -> bool {
        self.next_record >= self.limit
    }

    /// How lines end in the bytes of this source.
    pub(crate) fn newline(&self) -> Newline {
        self.encoding.map_or(Newline::Byte, Encoding::newline)
    }

    /// Length of the byte order mark at the start of the source; 0 elsewhere.
    pub(crate) fn mark(&self) -> usize {
        let marks: &[&[u8]] = match self.newline() {
            _ if self.bytes > 0 || !self.marked => &[],
            Newline::Byte => &[MARK],
            Newline::Utf16Le => &[b"\xff\xfe"],
            Newline::Utf16Be => &[b"\xfe\xff"],
        };
        let found = marks.iter().find(|m| self.window().starts_with(m));
        found.map_or(0, |m| m.len())
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let bytes = self.buffer[self.start..self.start + length].to_vec();
        self.start += length;
        self.hash.update(&bytes);
        self.bytes += length as u64;
        bytes
    }

    /// Takes the byte order mark if there is one.
    pub(crate) fn take_mark(&mut self) -> Option<Frame> {
        let length = self.mark();
        (length > 0).then(|| Frame {
            bytes: self.take(length),
            raw: true,
            ..Frame::default()
        })
    }

    /// Takes bytes that belong to no record.
    pub(crate) fn between(&mut self, length: usize) -> Frame {
        let bytes = self.take(length);
        let (bytes, raw) = match self.encoding.map(|e| e.decode(&bytes)) {
            None => (bytes, false),
            Some(Ok(decoded)) => (decoded, false),
            Some(Err(_)) => (bytes, true),
        };
        Frame {
            bytes,
            raw,
            ..Frame::default()
        }
    }

    /// Takes the next record, decoded.
    pub(crate) fn record(&mut self, length: usize) -> Frame {
        let bytes = self.take(length);
        let record = Some(self.next_record);
        self.next_record += 1;
        let (bytes, raw, fault) = match self.encoding.map(|e| e.decode(&bytes)) {
            None => (bytes, false, None),
            Some(Ok(decoded)) => (decoded, false, None),
            Some(Err(fault)) => (bytes, true, Some(fault)),
        };
        Frame {
            record,
            bytes,
            raw,
            fault,
            ..Frame::default()
        }
    }

    /// Takes bytes as a bad record, whole.
    pub(crate) fn bad(&mut self, length: usize, fault: Fault) -> Frame {
        self.piece(length, fault, true)
    }

    /// Says that the record at the start of the window is over-long: [`Feed::long_piece`] takes it.
    pub(crate) fn begin_long(&mut self) {
        self.long = true;
    }

    /// Takes the next piece of the over-long record, which ends with its line; `None` when there is no such record (any more).
    pub(crate) fn long_piece(&mut self) -> Result<Option<Frame>> {
        while self.long {
            let reach = self.window().len().min(PIECE);
            let end = self.newline().find(&self.window()[..reach], 0);
            if end.is_none() && reach < PIECE && self.more()? {
                continue;
            }
            let more = end.is_none() && reach == PIECE;
            self.long = more;
            let length = if more {
                self.piece_end(PIECE)
            } else {
                end.unwrap_or(reach)
            };
            let fault = self.over_long();
            return Ok(Some(self.piece(length, fault, !more)));
        }
        Ok(None)
    }

    /// Takes a piece of a bad record, or its `last` one.
    pub(crate) fn piece(&mut self, length: usize, fault: Fault, last: bool) -> Frame {
        let frame = Frame {
            record: Some(self.next_record),
            part: self.part,
            bytes: self.take(length),
            raw: self.encoding.is_some(),
            fault: Some(fault),
            ..Frame::default()
        };
        match last {
            false => self.part += 1,
            true => {
                self.part = 0;
                self.next_record += 1;
            }
        }
        frame
    }

    /// The fault of a record that is longer than allowed.
    pub(crate) fn over_long(&self) -> Fault {
        Fault::new(
            "over-long",
            format!("longer than the {} bytes allowed", self.max_record),
        )
    }

    /// At the end of a damaged source, takes what is left as one bad record; once, and then also when nothing is left.
    pub(crate) fn damaged_rest(&mut self) -> Option<Frame> {
        let fault = self.damage.take()?;
        let length = self.window().len();
        Some(self.bad(length, fault))
    }

    /// True at the end of a source whose archive is damaged, until the damage has been told.
    pub(crate) fn is_damaged(&self) -> bool {
        self.damage.is_some()
    }

    /// Length and hash of everything taken.
    pub(crate) fn digest(&self) -> Digest {
        Digest {
            bytes: self.bytes,
            hash: self.hash.digest(),
        }
    }

    /// Where a piece of at most `most` bytes may end: not inside a character of UTF-8.
    pub(super) fn piece_end(&self, most: usize) -> usize {
        let window = self.window();
        if self.encoding.is_some() || most >= window.len() {
            return most.min(window.len());
        }
        let back = (0..4).find(|b| window[most - b] & 0xc0 != 0x80);
        most - back.unwrap_or(0)
    }
}

/// True for white space of JSON.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn damage(error: &std::io::Error, at: u64) -> Fault {
    let reason = match error.kind() {
        std::io::ErrorKind::UnexpectedEof => "truncated-archive",
        _ => "damaged-archive",
    };
    // Some decompressors know a cut only by its message.
    let reason = if error.to_string().contains("incomplete frame") {
        "truncated-archive"
    } else {
        reason
    };
    Fault::new(reason, format!("after {at} decompressed bytes: {error}"))
}

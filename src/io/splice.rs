//! Cutting ranges out of a text where it stands in its record, and putting them back.
//!
//! In plain text an offset into the text is an offset into the record. In a JSON string an escape such as `\u00e9` is six
//! bytes for two of the text. The slow way would decode the string, cut, and encode again, and would lose how the kept
//! characters were written. Here `Walk` goes along the raw string and keeps both offsets; between two backslashes they
//! advance alike, so it jumps from backslash to backslash. Kept bytes are copied as they are.

use std::ops::Range;

use crate::removal::Removal;

/// Where a text stands in the bytes of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// How its characters are written there.
    pub quoting: Quoting,
}

impl Span {
    /// A text written as it is.
    pub fn plain(start: usize, end: usize) -> Self {
        Span {
            start,
            end,
            quoting: Quoting::Plain,
        }
    }
}

/// How the characters of a text are written in its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// As they are.
    Plain,
    /// In a JSON string; `escaped` tells whether any of them is written with a backslash.
    Json {
        /// There is a backslash.
        escaped: bool,
    },
    /// In quotation marks, where one of its own is written twice; `escaped` tells whether there is any.
    Doubled {
        /// There is a quotation mark.
        escaped: bool,
    },
}

/// A place in a raw JSON string and in the text it stands for.
struct Walk<'a> {
    raw: &'a [u8],
    at: usize,
    text: usize,
    escape: Option<Escape>,
}

/// What is not written as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    Backslash,
    DoubledQuote,
}

impl Escape {
    /// Finds the next one.
    fn find(self, raw: &[u8]) -> Option<usize> {
        match self {
            Escape::Backslash => next_escape(raw),
            Escape::DoubledQuote => memchr::memchr(b'"', raw),
        }
    }

    /// Raw bytes of the one that begins here, and bytes of UTF-8 it stands for.
    fn lengths(self, raw: &[u8]) -> Option<(usize, usize)> {
        match self {
            Escape::Backslash => escape_lengths(raw),
            Escape::DoubledQuote => raw.starts_with(b"\"\"").then_some((2, 1)),
        }
    }
}

impl<'a> Walk<'a> {
    fn new(raw: &'a [u8], quoting: Quoting) -> Self {
        Walk {
            raw,
            at: 0,
            text: 0,
            escape: match quoting {
                Quoting::Json { escaped: true } => Some(Escape::Backslash),
                Quoting::Doubled { escaped: true } => Some(Escape::DoubledQuote),
                _ => None,
            },
        }
    }

    /// Goes on to this offset of the text and returns the raw offset; `None` when the text ends before it or an escape spans it.
    fn to(&mut self, target: usize) -> Option<usize> {
        while self.text < target {
            let plain = target - self.text;
            let stop = self.raw.len().min(self.at + plain);
            let next = self.escape.and_then(|escape| {
                let found = escape.find(&self.raw[self.at..stop]);
                found.map(|i| (escape, i))
            });
            match next {
                Some((escape, i)) => {
                    self.at += i;
                    let (raw, text) = escape.lengths(&self.raw[self.at..])?;
                    self.at += raw;
                    self.text += i + text;
                }
                None if stop - self.at < plain => return None,
                None => {
                    self.at = stop;
                    self.text = target;
                }
            }
        }
        (self.text == target).then_some(self.at)
    }
}

/// Raw bytes of the escape that begins here, and bytes of UTF-8 it stands for.
fn escape_lengths(raw: &[u8]) -> Option<(usize, usize)> {
    if *raw.get(1)? != b'u' {
        return Some((2, 1));
    }
    Some(match hex(raw.get(2..6)?)? {
        0..0x80 => (6, 1),
        0x80..0x800 => (6, 2),
        // The parser let no lone surrogate pass.
        0xd800..0xdc00 => (12, 4),
        _ => (6, 3),
    })
}

/// The value of a hexadecimal digit, by its byte; 16 for what is none.
static HEX: [u8; 256] = hex_digits();

const fn hex_digits() -> [u8; 256] {
    let mut table = [16; 256];
    let mut digit = 0;
    while digit < 16 {
        table[b"0123456789abcdef"[digit] as usize] = digit as u8;
        table[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        digit += 1;
    }
    table
}

/// The value of four hexadecimal digits.
#[inline]
pub(super) fn hex(digits: &[u8]) -> Option<u32> {
    let &[a, b, c, d] = digits else {
        return None;
    };
    let [a, b, c, d] = [a, b, c, d].map(|digit| u32::from(HEX[usize::from(digit)]));
    ((a | b | c | d) < 16).then_some(a << 12 | b << 8 | c << 4 | d)
}

/// Finds the next backslash. In text written in escapes it comes at once, and then a search costs more than a look.
#[inline]
pub(super) fn next_escape(raw: &[u8]) -> Option<usize> {
    match raw.first() {
        Some(b'\\') => Some(0),
        _ => memchr::memchr(b'\\', raw),
    }
}

/// Appends `record` less the `removed` ranges of the text in it, and tells for each its raw bytes where they are not canonical.
pub(super) fn cut(
    record: &[u8],
    span: Span,
    removed: &[Range<usize>],
    out: &mut Vec<u8>,
    raws: &mut Vec<Option<String>>,
) {
    let raw = &record[span.start..span.end];
    let mut walk = Walk::new(raw, span.quoting);
    let mut kept = 0;
    out.reserve(record.len());
    out.extend_from_slice(&record[..span.start]);
    for range in removed {
        let within = "removed ranges ascend and end on characters of the text";
        let start = walk.to(range.start).expect(within);
        let end = walk.to(range.end).expect(within);
        out.extend_from_slice(&raw[kept..start]);
        let gone = &raw[start..end];
        raws.push(
            match walk.escape == Some(Escape::Backslash) && !is_canonical(gone) {
                true => Some(String::from_utf8_lossy(gone).into_owned()),
                false => None,
            },
        );
        kept = end;
    }
    out.extend_from_slice(&raw[kept..]);
    out.extend_from_slice(&record[span.end..]);
}

/// Returns `record` with the removed text back in its place. The error says what in the log does not fit.
pub(super) fn put_back(record: &[u8], span: Span, removals: &[Removal]) -> Result<Vec<u8>, String> {
    let raw = &record[span.start..span.end];
    let mut walk = Walk::new(raw, span.quoting);
    let mut out = Vec::with_capacity(record.len());
    out.extend_from_slice(&record[..span.start]);
    let (mut kept, mut gone) = (0, 0);
    for removal in removals {
        let (start, end) = (removal.start as usize, removal.end as usize);
        let text = removal
            .text
            .as_deref()
            .ok_or("the log holds no removed text (it was written with --no-removed-text)")?;
        if end.checked_sub(start) != Some(text.len()) {
            return Err(format!(
                "the log removes bytes {start} to {end}, but holds {} bytes of text",
                text.len()
            ));
        }
        let at = start.checked_sub(gone).and_then(|target| walk.to(target));
        let at =
            at.ok_or_else(|| format!("a removal at byte {start} does not fit the cleaned text"))?;
        out.extend_from_slice(&raw[kept..at]);
        kept = at;
        gone += text.len();
        match (span.quoting, &removal.raw) {
            (Quoting::Json { .. }, Some(raw)) => out.extend_from_slice(raw.as_bytes()),
            (quoting, _) => write(text, quoting, &mut out),
        }
    }
    out.extend_from_slice(&raw[kept..]);
    out.extend_from_slice(&record[span.end..]);
    Ok(out)
}

/// Appends a text in the canonical way of this quoting.
pub(super) fn write(text: &str, quoting: Quoting, out: &mut Vec<u8>) {
    match quoting {
        Quoting::Plain => out.extend_from_slice(text.as_bytes()),
        Quoting::Json { .. } => quote(text, out),
        Quoting::Doubled { .. } => double(text.as_bytes(), out),
    }
}

/// Appends a text with its quotation marks written twice.
pub(super) fn double(text: &[u8], out: &mut Vec<u8>) {
    for (i, part) in text.split(|&b| b == b'"').enumerate() {
        out.extend_from_slice(if i > 0 { b"\"\"" } else { b"" });
        out.extend_from_slice(part);
    }
}

/// Appends a text less the `removed` ranges.
pub(crate) fn rest(text: &[u8], removed: &[Range<usize>], out: &mut Vec<u8>) {
    let mut kept = 0;
    for range in removed {
        out.extend_from_slice(&text[kept..range.start]);
        kept = range.end;
    }
    out.extend_from_slice(&text[kept..]);
}

/// Appends the canonical encoding of a text in a JSON string, without the quotation marks: that of `serde_json`.
pub(super) fn quote(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    serde_json::to_writer(&mut *out, text).expect("writing to memory does not fail");
    out.pop();
    out.remove(start);
}

/// True when `serde_json` would write the same bytes: control characters, the quotation mark and the backslash are
/// escaped in their shortest way, nothing else is.
fn is_canonical(raw: &[u8]) -> bool {
    let mut rest = raw;
    while let Some(i) = next_escape(rest) {
        let length = match rest[i + 1] {
            b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
            b'u' => match &rest[i + 2..i + 6] {
                [b'0', b'0', b'0', b'8' | b'9' | b'a' | b'c' | b'd'] => return false,
                [b'0', b'0', b'0' | b'1', b'0'..=b'9' | b'a'..=b'f'] => 6,
                _ => return false,
            },
            _ => return false,
        };
        rest = &rest[i + length..];
    }
    true
}

/// True when something is removed and only white space is left.
pub(super) fn empties(text: &[u8], removed: &[Range<usize>]) -> bool {
    let mut at = 0;
    for range in removed {
        if !is_white(&text[at..range.start]) {
            return false;
        }
        at = range.end;
    }
    !removed.is_empty() && is_white(&text[at..])
}

fn is_white(bytes: &[u8]) -> bool {
    let rest = bytes.trim_ascii_start();
    match rest.first() {
        None => true,
        Some(b) if b.is_ascii() => false,
        Some(_) => std::str::from_utf8(rest).is_ok_and(|s| s.trim().is_empty()),
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A JSON string as pieces: a character and how it is written.
    fn raw() -> impl Strategy<Value = Vec<(char, String)>> {
        let one = (
            prop_oneof![
                Just('"'),
                Just('\\'),
                Just('\n'),
                Just('\u{8}'),
                Just('\u{1f}'),
                Just('é'),
                Just('😀'),
                any::<char>()
            ],
            0..3u8,
        );
        let written = |(c, way): (char, u8)| {
            let mut canonical = Vec::new();
            quote(c.encode_utf8(&mut [0; 4]), &mut canonical);
            let units = |f: fn(&u16) -> String| c.encode_utf16(&mut [0; 2]).iter().map(f).collect();
            let raw = match way {
                0 => units(|u| format!("\\u{u:04x}")),
                1 => units(|u| format!("\\u{u:04X}")),
                _ => String::from_utf8_lossy(&canonical).into_owned(),
            };
            (c, raw)
        };
        prop::collection::vec(one.prop_map(written), 0..20)
    }

    proptest! {
        #[test]
        fn canonical_is_what_serde_json_writes(pieces in raw()) {
            let text: String = pieces.iter().map(|(c, _)| *c).collect();
            let raw: String = pieces.iter().map(|(_, r)| r.as_str()).collect();
            let mut canonical = Vec::new();
            quote(&text, &mut canonical);
            prop_assert_eq!(is_canonical(raw.as_bytes()), canonical == raw.as_bytes());
        }

        #[test]
        fn a_walk_meets_every_character(pieces in raw()) {
            let raw: String = pieces.iter().map(|(_, r)| r.as_str()).collect();
            let mut walk = Walk::new(raw.as_bytes(), Quoting::Json { escaped: true });
            let (mut text, mut at) = (0, 0);
            for (c, written) in &pieces {
                prop_assert_eq!(walk.to(text), Some(at));
                text += c.len_utf8();
                at += written.len();
            }
            prop_assert_eq!(walk.to(text), Some(at));
            prop_assert_eq!(walk.to(text + 1), None);
        }
    }

    #[test]
    fn nothing_but_white_space_is_empty() {
        assert!(empties("a \u{3000}\n".as_bytes(), &[0..1]));
        assert!(!empties(b" ", &[]), "nothing was removed");
        assert!(!empties("aé".as_bytes(), &[0..1]));
        assert!(!empties(b"a\xff", &[0..1]));
    }
}

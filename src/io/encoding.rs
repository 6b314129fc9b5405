//! Character encodings other than UTF-8. The only file that names `encoding_rs`.
//!
//! A frame is decoded as a whole, and encoded back at once: only what comes back byte for byte is let through, so that
//! `restore` can never fail on it. Encodings with a state that outlives a line (ISO-2022-JP) cannot be cut into lines and are refused.

use encoding_rs as rs;

use super::Fault;
use crate::error::{Error, Result};

/// A byte order mark, as UTF-8.
pub(super) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Length of the byte order mark that these bytes begin with.
pub(super) fn mark(bytes: &[u8]) -> usize {
    match bytes.starts_with(MARK) {
        true => MARK.len(),
        false => 0,
    }
}

/// An encoding that is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static rs::Encoding);

/// How a line ends in raw bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Newline {
    /// One byte 0x0A, which is no part of another character in any encoding we take.
    Byte,
    Utf16Le,
    Utf16Be,
}

impl Newline {
    /// Returns the end of the first line that ends at or after `from`; `bytes` begins on a code unit, `from` is even.
    pub(crate) fn find(self, bytes: &[u8], from: usize) -> Option<usize> {
        if self == Newline::Byte {
            return memchr::memchr(b'\n', &bytes[from..]).map(|i| from + i + 1);
        }
        memchr::memchr_iter(b'\n', &bytes[from..]).find_map(|i| self.unit_end(bytes, from + i))
    }

    /// Returns the end of the last line that ends in `bytes`.
    pub(crate) fn rfind(self, bytes: &[u8]) -> Option<usize> {
        if self == Newline::Byte {
            return memchr::memrchr(b'\n', bytes).map(|i| i + 1);
        }
        memchr::Memchr::new(b'\n', bytes)
            .rev()
            .find_map(|i| self.unit_end(bytes, i))
    }

    fn unit_end(self, bytes: &[u8], at: usize) -> Option<usize> {
        match self {
            Newline::Byte => Some(at + 1),
            Newline::Utf16Le if at.is_multiple_of(2) && bytes.get(at + 1) == Some(&0) => {
                Some(at + 2)
            }
            Newline::Utf16Be if !at.is_multiple_of(2) && bytes[at - 1] == 0 => Some(at + 1),
            _ => None,
        }
    }

    /// True when there is nothing but space, tab, carriage return and line feed (the white space of JSON).
    pub(crate) fn is_blank(self, bytes: &[u8]) -> bool {
        let blank = |c: u16| matches!(c, 9 | 10 | 13 | 32);
        match self {
            Newline::Byte => bytes.iter().all(|&b| blank(u16::from(b))),
            _ => bytes.len().is_multiple_of(2) && self.units(bytes).all(blank),
        }
    }

    fn units(self, bytes: &[u8]) -> impl Iterator<Item = u16> + '_ {
        bytes.chunks_exact(2).map(move |pair| match self {
            Newline::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
            _ => u16::from_le_bytes([pair[0], pair[1]]),
        })
    }
}

impl Encoding {
    /// Finds an encoding by one of its WHATWG labels; `None` is UTF-8.
    pub fn find(label: &str) -> Result<Option<Self>> {
        let found = rs::Encoding::for_label_no_replacement(label.as_bytes());
        match found {
            None => Err(Error::config(format!(
                "unknown encoding {label:?}; expected a WHATWG label such as windows-1252, shift_jis, gb18030, utf-16le"
            ))),
            Some(e) if e == rs::ISO_2022_JP => Err(Error::config(
                "iso-2022-jp cannot be cut into lines; convert the input to UTF-8 first",
            )),
            Some(e) if e == rs::UTF_8 => Ok(None),
            Some(e) => Ok(Some(Encoding(e))),
        }
    }

    /// Its canonical name, lower case.
    pub fn name(self) -> String {
        self.0.name().to_ascii_lowercase()
    }

    pub(crate) fn newline(self) -> Newline {
        match self.0 {
            e if e == rs::UTF_16LE => Newline::Utf16Le,
            e if e == rs::UTF_16BE => Newline::Utf16Be,
            _ => Newline::Byte,
        }
    }

    /// Decodes for a first look, whatever is wrong with the bytes.
    pub(crate) fn glance(self, bytes: &[u8]) -> Vec<u8> {
        self.0
            .decode_without_bom_handling(bytes)
            .0
            .into_owned()
            .into_bytes()
    }

    /// Decodes bytes that come back when encoded.
    pub(crate) fn decode(self, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        let fault = |what: &str| Fault::new("invalid-encoding", format!("{what} {}", self.name()));
        let text = self
            .0
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or_else(|| fault("is not"))?;
        match self.encode(&text) {
            Some(back) if back == bytes => Ok(text.into_owned().into_bytes()),
            _ => Err(fault("would not come back as it was when encoded as")),
        }
    }

    /// Encodes text; `None` when a character has no place in this encoding.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self.newline() {
            Newline::Utf16Le => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Newline::Utf16Be => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Newline::Byte => {
                let (bytes, _, unmappable) = self.0.encode(text);
                (!unmappable).then(|| bytes.into_owned())
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_come_back_is_refused() {
        let sjis = Encoding::find("shift_jis").unwrap().unwrap();
        assert_eq!(
            sjis.decode(b"\x93\xfa\x96\x7b\n").unwrap(),
            "日本\n".as_bytes()
        );
        assert!(sjis.decode(b"\x93").is_err());
        // NEC row 13 and IBM extension hold the same character twice; only one code comes back.
        assert!(sjis.decode(b"\xfa\x54").is_err() || sjis.decode(b"\x81\xca").is_err());
        assert!(Encoding::find("iso-2022-jp").is_err());
        assert!(Encoding::find("klingon").is_err());
        assert_eq!(Encoding::find("utf8").unwrap(), None);
    }

    #[test]
    fn a_line_of_utf16_ends_on_a_code_unit() {
        let le = Encoding::find("utf-16le").unwrap().unwrap();
        // U+0A00 and U+000A: only the second is a line feed.
        let bytes = [0x00, 0x0a, 0x0a, 0x00];
        assert_eq!(le.newline().find(&bytes, 0), Some(4));
        assert_eq!(le.newline().rfind(&bytes), Some(4));
        let be = Encoding::find("utf-16be").unwrap().unwrap();
        assert_eq!(be.newline().find(&[0x0a, 0x00, 0x00, 0x0a], 0), Some(4));
        let text = "a\u{1f600}\n";
        assert_eq!(
            le.decode(&le.encode(text).unwrap()).unwrap(),
            text.as_bytes()
        );
        assert!(le.decode(&[0x3d, 0xd8]).is_err(), "a lone surrogate");
    }
}

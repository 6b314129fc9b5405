//! Lines of a document: byte ranges that end in `\n` or `\r\n`, nothing else ends a line.

use std::ops::Range;

use super::utf8;

/// One line of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// First byte of the line in the document.
    pub start: usize,
    /// One past its last byte, terminator included.
    pub end: usize,
    /// The line without surrounding white space and terminator; `None` when it is not UTF-8, and then it is never judged.
    pub text: Option<&'a str>,
    /// Where `text` begins in the document.
    pub offset: usize,
}

impl Line<'_> {
    /// True when there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.text.is_some_and(str::is_empty)
    }

    /// The whole line as a range of the document, terminator included.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Splits a document into lines. Every byte belongs to exactly one line.
pub fn lines<'a>(text: &'a [u8], out: &mut Vec<Line<'a>>) {
    out.clear();
    // One check of the whole is several times faster than one per line; only where it fails are lines asked one by one.
    let whole = utf8::valid(text);
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text).map(|at| at + 1);
    for end in ends.chain((!text.is_empty()).then_some(text.len())) {
        if start < end {
            let valid = match whole {
                Some(all) => Some(&all[start..end]),
                None => utf8::valid(&text[start..end]),
            };
            out.push(line(start, end, valid));
            start = end;
        }
    }
}

fn line(start: usize, end: usize, valid: Option<&str>) -> Line<'_> {
    let head = valid.map(trim_start);
    Line {
        start,
        end,
        text: head.map(trim_end),
        offset: head.map_or(start, |h| end - h.len()),
    }
}

/// `str::trim_start`, which need not be asked where a line begins with ink.
fn trim_start(text: &str) -> &str {
    match text.as_bytes().first() {
        Some(b) if b.is_ascii_graphic() => text,
        _ => text.trim_start(),
    }
}

/// `str::trim_end`, the same way.
fn trim_end(text: &str) -> &str {
    let bare = text.strip_suffix('\n').unwrap_or(text);
    match bare.as_bytes().last() {
        Some(b) if b.is_ascii_graphic() => bare,
        _ => bare.trim_end(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_belongs_to_one_line() {
        let text = b" a \r\n\n\xff\xfe x\nlast";
        let mut out = Vec::new();
        lines(text, &mut out);
        assert_eq!(
            out.iter().map(|l| l.end - l.start).sum::<usize>(),
            text.len()
        );
        assert_eq!(
            out.iter().map(|l| l.text).collect::<Vec<_>>(),
            [Some("a"), Some(""), None, Some("last")]
        );
        assert_eq!(out[0].offset, 1);
        assert!(out[1].is_blank() && !out[2].is_blank());
    }
}

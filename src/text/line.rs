//! Lines of a document: byte ranges that end in `\n` or `\r\n`, nothing else ends a line.

use std::ops::Range;

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
    let mut start = 0;
    for at in memchr::memchr_iter(b'\n', text) {
        out.push(line(text, start, at + 1));
        start = at + 1;
    }
    if start < text.len() {
        out.push(line(text, start, text.len()));
    }
}

fn line(text: &[u8], start: usize, end: usize) -> Line<'_> {
    match std::str::from_utf8(&text[start..end]) {
        Ok(s) => {
            let head = s.trim_start();
            Line {
                start,
                end,
                text: Some(head.trim_end()),
                offset: end - head.len(),
            }
        }
        Err(_) => Line {
            start,
            end,
            text: None,
            offset: start,
        },
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

//! Paragraphs: a line, or a block of hard-wrapped lines.
//!
//! A naive first version; the interface is what other modules build on.

use std::ops::Range;

use super::line::Line;
use crate::config::Segment;

/// A paragraph: consecutive non-blank lines, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// Index of its first line; the paragraph's number.
    pub first: u32,
    /// One past its last line.
    pub last: u32,
}

/// Groups the lines that remain into paragraphs. `gone(i)` tells that line i is cut whole; `touched(i)` that a part of
/// it is cut: a block neither contains the first nor joins across the second. Blank lines and lines that are not UTF-8 belong to no paragraph.
pub fn paragraphs(
    lines: &[Line<'_>],
    segment: Segment,
    gone: &dyn Fn(usize) -> bool,
    touched: &dyn Fn(usize) -> bool,
    out: &mut Vec<Paragraph>,
) {
    let _ = (segment, touched);
    out.clear();
    for (i, line) in lines.iter().enumerate() {
        if line.text.is_some_and(|t| !t.is_empty()) && !gone(i) {
            out.push(Paragraph {
                first: i as u32,
                last: i as u32 + 1,
            });
        }
    }
}

/// Writes the text by which a paragraph is judged: its lines less their cut parts and quote prefixes, joined by one space.
/// `cuts` are ranges of the document, ascending and disjoint.
pub fn judged_text(
    lines: &[Line<'_>],
    paragraph: Paragraph,
    cuts: &[Range<usize>],
    out: &mut String,
) {
    out.clear();
    for line in &lines[paragraph.first as usize..paragraph.last as usize] {
        let text = line.text.expect("a paragraph holds text lines");
        if !out.is_empty() {
            out.push(' ');
        }
        let (start, end) = (line.offset, line.offset + text.len());
        let mut at = start;
        for cut in cuts.iter().filter(|c| c.start < end && c.end > start) {
            out.push_str(&text[at - start..cut.start.max(at) - start]);
            at = cut.end.min(end);
        }
        out.push_str(&text[at - start..]);
    }
}

//! Paragraphs: a line, or a block of hard-wrapped lines.
//!
//! Owns how lines are grouped and how a paragraph's text is put together for comparing; must not know why lines were cut
//! or what is a duplicate. Whether a margin broke the lines is `wrap`'s to say, from the `shape` of each.

mod shape;
mod wrap;

use std::ops::Range;

use super::line::Line;
use super::quote;
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
/// it is cut: no block holds the first or joins across the second, which is a paragraph by itself. Blank lines and lines
/// that are not UTF-8 belong to no paragraph.
pub fn paragraphs(
    lines: &[Line<'_>],
    segment: Segment,
    gone: &dyn Fn(usize) -> bool,
    touched: &dyn Fn(usize) -> bool,
    out: &mut Vec<Paragraph>,
) {
    out.clear();
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut last = 0..0;
    for (i, line) in lines.iter().enumerate() {
        let Some(text) = line.text.filter(|t| !t.is_empty()) else {
            continue;
        };
        if gone(i) {
            continue;
        }
        let joins = segment != Segment::Line
            && last.end == i
            && last.start < i
            && !touched(i)
            && !touched(i - 1)
            && quote::same_marks(text, lines[i - 1].text.unwrap_or(""));
        if joins {
            last.end = i + 1;
        } else {
            runs.extend((!last.is_empty()).then_some(last));
            last = i..i + 1;
        }
    }
    runs.extend((!last.is_empty()).then_some(last));
    match segment {
        Segment::Auto => wrap::unwrapped(lines, &runs, out),
        Segment::Line | Segment::Block => out.extend(runs.into_iter().map(Paragraph::from)),
    }
}

impl From<Range<usize>> for Paragraph {
    fn from(lines: Range<usize>) -> Self {
        Paragraph {
            first: lines.start as u32,
            last: lines.end as u32,
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
    let lines = &lines[paragraph.first as usize..paragraph.last as usize];
    let from = lines.first().map_or(0, |l| l.start);
    let mut cuts = &cuts[cuts.partition_point(|c| c.end <= from)..];
    for line in lines {
        let text = line.text.expect("a paragraph holds text lines");
        let (mut at, end) = (line.offset + quote::prefix(text), line.offset + text.len());
        if !out.is_empty() {
            out.push(' ');
        }
        while let Some((cut, rest)) = cuts.split_first() {
            if cut.start >= end {
                break;
            }
            out.push_str(&text[at - line.offset..cut.start.max(at) - line.offset]);
            at = cut.end.clamp(at, end);
            if cut.end > end {
                break;
            }
            cuts = rest;
        }
        out.push_str(&text[at - line.offset..]);
    }
}

#[cfg(test)]
mod tests;

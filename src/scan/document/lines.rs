//! What scan says of a line for the count over its site: what it folds to, and a few bits of its shape.

use std::ops::Range;

use super::chars;
use crate::files::row::{Line, line};
use crate::rules::Page;
use crate::rules::page::{ends_as_sentence, has_words};
use crate::text::fold::Folded;
use crate::text::hash;

/// From so many words on a sentence is prose.
const PROSE_WORDS: usize = 8;

/// The row of a paragraph or a line: `text` is its judged text, `folded` what that folds to.
pub(super) fn row(
    page: &Page<'_>,
    number: u32,
    range: Range<usize>,
    text: &str,
    folded: &Folded,
) -> Line {
    Line {
        line: number,
        start: range.start as u32,
        end: range.end as u32,
        chars: chars(page, std::slice::from_ref(&range)),
        key: match folded.tokens.is_empty() {
            true => 0,
            // The first numbers are kept for the ends of a document.
            false => hash::bytes64(folded.text.as_bytes()).max(16),
        },
        halves: u8::try_from(folded.half_tokens()).unwrap_or(u8::MAX),
        flags: shape(text.trim()),
    }
}

fn shape(text: &str) -> u8 {
    let closed = ends_as_sentence(text) && !text.ends_with([':', ';', '：']);
    let prose = closed && has_words(text, PROSE_WORDS);
    let piece = text.starts_with(char::is_lowercase) || text.ends_with([',', ';', '，', '、']);
    let legal = text.contains('©') || memchr::memmem::find(text.as_bytes(), b"opyright").is_some();
    [
        (closed, line::CLOSED),
        (prose, line::PROSE),
        (piece, line::PIECE),
        (legal, line::LEGAL),
    ]
    .into_iter()
    .fold(0, |flags, (holds, bit)| flags | (u8::from(holds) * bit))
}

/// Characters of a paragraph that rules cut already.
pub(super) fn cut_chars(page: &Page<'_>, cuts: &[Range<usize>], row: &Line) -> u32 {
    let (start, end) = (row.start as usize, row.end as usize);
    let from = cuts.partition_point(|c| c.end <= start);
    cuts[from..]
        .iter()
        .take_while(|c| c.start < end)
        .map(|c| c.start.max(start)..c.end.min(end))
        .map(|c| chars(page, std::slice::from_ref(&c)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_told_apart() {
        assert_eq!(shape("Share this"), 0);
        assert_eq!(shape("Ingredients:"), 0);
        assert_eq!(shape("Thank you."), line::CLOSED);
        assert_eq!(
            shape("The ferry to the islands leaves from the old quay."),
            line::CLOSED | line::PROSE
        );
        assert_eq!(shape("and over the hills we went,"), line::PIECE);
        assert_eq!(shape("© 2031 The Marrow Sound Post"), line::LEGAL);
    }
}

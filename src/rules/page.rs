//! The page a rule sees, and the cuts it makes.

use std::cell::Cell;
use std::ops::Range;

use super::{Category, RULES};
use crate::config::Level;
use crate::text::line::{self, Line};

/// A document as rules see it: its lines, each with its neighbours.
pub struct Page<'a> {
    lines: Vec<Line<'a>>,
    /// Words of each line, once they have been asked for.
    counts: Vec<Cell<u32>>,
    bytes: &'a [u8],
}

/// Not asked for yet.
const UNCOUNTED: u32 = u32::MAX;

impl<'a> Page<'a> {
    /// Splits a document.
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut lines = Vec::new();
        line::lines(bytes, &mut lines);
        let counts = vec![Cell::new(UNCOUNTED); lines.len()];
        Page {
            lines,
            counts,
            bytes,
        }
    }

    /// The document.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// All lines, blank ones included.
    pub fn lines(&self) -> &[Line<'a>] {
        &self.lines
    }

    /// The trimmed text of a line; empty when it is blank, not UTF-8, or not there.
    pub fn text(&self, index: usize) -> &'a str {
        self.lines.get(index).and_then(|l| l.text).unwrap_or("")
    }

    /// Number of words of a line, as [`words`] counts them: many rules ask, and the line is walked once.
    pub fn words(&self, index: usize) -> usize {
        let Some(count) = self.counts.get(index) else {
            return 0;
        };
        if count.get() == UNCOUNTED {
            count.set(words(self.text(index)) as u32);
        }
        count.get() as usize
    }

    /// The nearest non-blank line before this one.
    pub fn prev(&self, index: usize) -> Option<usize> {
        (0..index.min(self.lines.len()))
            .rev()
            .find(|&i| !self.text(i).is_empty())
    }

    /// The nearest non-blank line after this one.
    pub fn next(&self, index: usize) -> Option<usize> {
        (index + 1..self.lines.len()).find(|&i| !self.text(i).is_empty())
    }

    /// True when the nearest line before or after is as short as an item of a menu or a form, or is not there. Weak
    /// evidence that a short line is furniture, not a heading over text.
    pub fn in_list(&self, index: usize) -> bool {
        let short = |at: Option<usize>| {
            at.is_none_or(|i| {
                let text = self.text(i);
                text.len() <= 60 && self.words(i) <= 5 && !text.ends_with(['.', '。', ':'])
            })
        };
        short(self.next(index)) || short(self.prev(index))
    }

    /// True when blank lines, or the page's end, stand directly after this line.
    pub fn gap_after(&self, index: usize) -> bool {
        self.text(index + 1).is_empty()
    }

    /// How many non-blank lines stand before this one, up to `limit`.
    pub fn lines_before(&self, index: usize, limit: usize) -> usize {
        (0..index)
            .filter(|&i| !self.text(i).is_empty())
            .take(limit)
            .count()
    }

    /// How many non-blank lines stand after this one, up to `limit`.
    pub fn lines_after(&self, index: usize, limit: usize) -> usize {
        (index + 1..self.lines.len())
            .filter(|&i| !self.text(i).is_empty())
            .take(limit)
            .count()
    }

    /// How many of the next `window` non-blank lines read as prose.
    pub fn prose_after(&self, index: usize, window: usize) -> usize {
        (index + 1..self.lines.len())
            .map(|i| self.text(i))
            .filter(|t| !t.is_empty())
            .take(window)
            .filter(|t| is_prose(t))
            .count()
    }

    /// How many of the `window` non-blank lines before this one read as prose.
    pub fn prose_before(&self, index: usize, window: usize) -> usize {
        (0..index.min(self.lines.len()))
            .rev()
            .map(|i| self.text(i))
            .filter(|t| !t.is_empty())
            .take(window)
            .filter(|t| is_prose(t))
            .count()
    }
}

/// Number of words; a character of a script without spaces counts a half, rounded up.
pub fn words(text: &str) -> usize {
    if text.is_ascii() {
        let Some((first, rest)) = text.as_bytes().split_first() else {
            return 0;
        };
        // White space, then something else, begins a word. Counts of one byte let the compiler compare many at once.
        let begins = |(before, bytes): (&[u8], &[u8])| {
            let pairs = before.iter().zip(bytes);
            let begins = pairs.map(|(&a, &b)| u8::from(is_blank(a) & !is_blank(b)));
            usize::from(begins.sum::<u8>())
        };
        let before = text.as_bytes().chunks(128).zip(rest.chunks(128));
        return before.map(begins).sum::<usize>() + usize::from(!is_blank(*first));
    }
    count_to(text, usize::MAX)
}

/// True for a text of at least so many words; reads no further than it has to.
pub fn has_words(text: &str, least: usize) -> bool {
    // A word is a byte and a space, two characters of a script without spaces are more.
    text.len() + 1 >= 2 * least && count_to(text, least) >= least
}

/// Counts words until there are `enough`.
fn count_to(text: &str, enough: usize) -> usize {
    let enough = enough.saturating_mul(2);
    let (mut halves, mut inside) = (0usize, false);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && halves < enough {
        let lead = bytes[at];
        // No script without spaces is written with two bytes, and of white space two characters are.
        let (blank, length) = match lead {
            0..0x80 => (is_blank(lead), 1),
            0x80..0xe0 => (lead == 0xc2 && matches!(bytes[at + 1], 0x85 | 0xa0), 2),
            _ => {
                let c = text[at..].chars().next().expect("a character begins here");
                if is_unspaced(c) {
                    halves += 1;
                    inside = false;
                    at += c.len_utf8();
                    continue;
                }
                (c.is_whitespace(), c.len_utf8())
            }
        };
        halves += 2 * usize::from(!blank & !inside);
        inside = !blank;
        at += length;
    }
    halves.div_ceil(2)
}

/// White space of ASCII, as Unicode has it.
#[inline]
fn is_blank(byte: u8) -> bool {
    (byte.wrapping_sub(b'\t') < 5) | (byte == b' ')
}

/// True for characters of scripts that are written without spaces between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{0e00}'..='\u{0e7f}' | '\u{20000}'..='\u{3ffff}')
}

/// True when the text ends as a sentence does (closing quotes and brackets aside).
pub fn ends_as_sentence(text: &str) -> bool {
    let core = text.trim_end_matches([
        '"', '\'', '”', '’', '»', '«', ')', ']', '」', '』', ' ', '\u{a0}',
    ]);
    core.ends_with([
        '.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', ';', ':', '：',
    ])
}

/// True for a text that reads as prose: at least eight words and a sentence end.
pub fn is_prose(text: &str) -> bool {
    ends_as_sentence(text) && has_words(text, 8)
}

/// One finding of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Bytes of the document. Whole lines include their terminator.
    pub range: Range<usize>,
    /// Number of the evidence: index in [`super::RULES`], or [`super::LINE_MODEL`].
    pub rule: u8,
    /// The lowest level at which it falls.
    pub level: Level,
    /// What it is.
    pub category: Category,
    /// How sure the evidence is, in thousandths; rules are.
    pub score: u16,
}

/// Where a rule puts what it finds.
pub struct Cuts<'c> {
    rule: u8,
    out: &'c mut Vec<Cut>,
    captions: &'c mut Vec<usize>,
}

impl<'c> Cuts<'c> {
    pub(super) fn new(rule: u8, out: &'c mut Vec<Cut>, captions: &'c mut Vec<usize>) -> Self {
        Cuts {
            rule,
            out,
            captions,
        }
    }

    /// Marks a line as the caption of a picture or video. Nothing goes for that, but what stays of the line never serves as
    /// the witness of a duplicate: the article may quote a sentence of it, and then the article's sentence has to stay.
    pub fn caption(&mut self, index: usize) {
        self.captions.push(index);
    }

    /// Cuts a whole line.
    pub fn line(&mut self, page: &Page<'_>, index: usize, level: Level) {
        self.out.push(Cut {
            range: page.lines()[index].range(),
            rule: self.rule,
            level,
            category: RULES[usize::from(self.rule)].category,
            score: 1000,
        });
    }

    /// Cuts a part of a line; the range counts from the start of `page.text(index)`. White space left dangling at the
    /// line's end, or between the parts that stay, goes too. A part that is all of the line's text cuts the line.
    pub fn part(&mut self, page: &Page<'_>, index: usize, part: Range<usize>, level: Level) {
        let line = &page.lines()[index];
        let text = page.text(index);
        let start = text[..part.start].trim_end().len();
        let tail = &text[part.end..];
        let end = text.len() - tail.trim_start().len();
        if start == 0 && end == text.len() {
            return self.line(page, index, level);
        }
        // One space stays between what precedes and what follows.
        let start = if start > 0 && end < text.len() {
            part.start
        } else {
            start
        };
        self.out.push(Cut {
            range: line.offset + start..line.offset + end,
            rule: self.rule,
            level,
            category: RULES[usize::from(self.rule)].category,
            score: 1000,
        });
    }
}

/// Sorts cuts, and joins those of one rule and level that overlap.
pub(super) fn settle(_page: &Page<'_>, cuts: &mut Vec<Cut>) {
    cuts.sort_by_key(|c| (c.range.start, c.range.end, c.rule, c.level));
    cuts.dedup();
}

/// The union of all cuts that fall at `level`, as ascending disjoint ranges.
pub fn union(cuts: &[Cut], level: Level, out: &mut Vec<Range<usize>>) {
    out.clear();
    for cut in cuts.iter().filter(|c| c.level <= level) {
        match out.last_mut() {
            Some(last) if cut.range.start < last.end => last.end = last.end.max(cut.range.end),
            _ => out.push(cut.range.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The count, character by character.
    fn naive(text: &str) -> usize {
        let (mut halves, mut inside) = (0usize, false);
        for c in text.chars() {
            if is_unspaced(c) {
                halves += 1;
                inside = false;
            } else if c.is_whitespace() {
                inside = false;
            } else if !inside {
                inside = true;
                halves += 2;
            }
        }
        halves.div_ceil(2)
    }

    proptest! {
        #[test]
        fn words_are_counted_alike(text in "[a-c \t\u{85}\u{a0}éж漢かก\u{2003}\u{3000}’\u{20000}😀]{0,24}", least in 0..12usize) {
            prop_assert_eq!(words(&text), naive(&text));
            prop_assert_eq!(count_to(&text, usize::MAX), naive(&text));
            prop_assert_eq!(has_words(&text, least), naive(&text) >= least);
            let page = Page::new(text.as_bytes());
            prop_assert_eq!(page.words(0), naive(page.text(0)));
            prop_assert_eq!(page.words(9), 0);
        }
    }
}

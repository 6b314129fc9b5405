//! Two texts side by side: words that both have stand in the same rows, the others are marked `[-removed-]` and `{+kept+}`.

use std::fmt::{self, Write};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::report::plain;
use crate::rules::page::is_unspaced;

/// Width of a column. Two of them, the margin and the gap are 100 characters wide.
const COLUMN: usize = 47;

/// Most words that are compared of either text: the search for the least difference takes time of their product at worst.
const WORDS: usize = 4_000;

/// A word, or one character of a script without spaces.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    /// Whether white space stands before it.
    spaced: bool,
}

/// Writes the removed text left and the kept one right.
pub(super) fn write(out: &mut String, removed: &str, kept: &str) -> fmt::Result {
    let (left, right) = (words(removed), words(kept));
    let texts = |words: &[Word<'_>]| -> Vec<String> {
        words
            .iter()
            .take(WORDS)
            .map(|w| w.text.to_string())
            .collect()
    };
    let operations = capture_diff_slices(Algorithm::Myers, &texts(&left), &texts(&right));
    let mut rows = Rows::new(out);
    rows.heads()?;
    for operation in operations {
        match operation {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => {
                for i in 0..len {
                    rows.both(left[old_index + i], right[new_index + i])?;
                }
            }
            other => {
                let (old, new) = (other.old_range(), other.new_range());
                rows.differ(&left[old], &right[new])?;
            }
        }
    }
    rows.flush()?;
    let more = left
        .len()
        .saturating_sub(WORDS)
        .max(right.len().saturating_sub(WORDS));
    match more {
        0 => Ok(()),
        _ => writeln!(out, "  … and {more} words that were not compared"),
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    for word in text.split_whitespace() {
        let mut spaced = true;
        let mut start = 0;
        for (i, c) in word.char_indices() {
            if !is_unspaced(c) {
                continue;
            }
            let next = i + c.len_utf8();
            for text in [&word[start..i], &word[i..next]] {
                if !text.is_empty() {
                    out.push(Word { text, spaced });
                    spaced = false;
                }
            }
            start = next;
        }
        if start < word.len() {
            let text = &word[start..];
            out.push(Word { text, spaced });
        }
    }
    out
}

/// The row being filled. Both columns break together, so that equal words stay in one row.
struct Rows<'o> {
    out: &'o mut String,
    left: Cell,
    right: Cell,
}

#[derive(Default)]
struct Cell {
    text: String,
    width: usize,
}

impl Cell {
    fn fits(&self, word: &str, spaced: bool) -> bool {
        self.width == 0 || self.width + usize::from(spaced) + width(word) <= COLUMN
    }

    fn push(&mut self, word: &str, spaced: bool) {
        if spaced && self.width > 0 {
            self.text.push(' ');
            self.width += 1;
        }
        self.text.push_str(word);
        self.width += width(word);
    }
}

impl<'o> Rows<'o> {
    fn new(out: &'o mut String) -> Self {
        Rows {
            out,
            left: Cell::default(),
            right: Cell::default(),
        }
    }

    fn heads(&mut self) -> fmt::Result {
        self.left.push("removed", false);
        self.right.push("kept", false);
        self.flush()
    }

    /// Adds a word that both texts have.
    fn both(&mut self, left: Word<'_>, right: Word<'_>) -> fmt::Result {
        for part in parts(&plain(left.text)) {
            if !self.left.fits(part, left.spaced) || !self.right.fits(part, right.spaced) {
                self.flush()?;
            }
            self.left.push(part, left.spaced);
            self.right.push(part, right.spaced);
        }
        Ok(())
    }

    /// Adds words that only one of them has, marked as a stretch in each row.
    fn differ(&mut self, left: &[Word<'_>], right: &[Word<'_>]) -> fmt::Result {
        let (mut left, mut right) = (pieces(left).into_iter(), pieces(right).into_iter());
        let (mut l, mut r) = (left.next(), right.next());
        while l.is_some() || r.is_some() {
            l = fill(&mut self.left, l, &mut left, ["[-", "-]"]);
            r = fill(&mut self.right, r, &mut right, ["{+", "+}"]);
            if l.is_some() || r.is_some() {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> fmt::Result {
        let (left, right) = (
            std::mem::take(&mut self.left),
            std::mem::take(&mut self.right),
        );
        if left.width == 0 && right.width == 0 {
            return Ok(());
        }
        let gap = COLUMN.saturating_sub(left.width) + 2;
        let row = format!("  {}{:gap$}{}", left.text, "", right.text);
        writeln!(self.out, "{}", row.trim_end())
    }
}

/// A piece of a word that fits into a column, and whether a space stands before it.
type Piece = (String, bool);

fn pieces(words: &[Word<'_>]) -> Vec<Piece> {
    let mut out = Vec::new();
    for word in words {
        for (i, part) in parts(&plain(word.text)).into_iter().enumerate() {
            out.push((part.to_string(), word.spaced && i == 0));
        }
    }
    out
}

/// Fills a cell with marked pieces, and returns the first that has no room.
fn fill(
    cell: &mut Cell,
    first: Option<Piece>,
    rest: &mut impl Iterator<Item = Piece>,
    [open, close]: [&str; 2],
) -> Option<Piece> {
    let (mut next, mut marked, mut before) = (first, Cell::default(), false);
    while let Some((piece, spaced)) = next.take() {
        let empty = marked.width == 0;
        let taken = cell.width + usize::from(spaced) + marked.width + open.len() + close.len();
        if (cell.width > 0 || !empty) && taken + width(&piece) > COLUMN {
            next = Some((piece, spaced));
            break;
        }
        before = if empty { spaced } else { before };
        marked.push(&piece, spaced);
        next = rest.next();
    }
    if marked.width > 0 {
        cell.push(&format!("{open}{}{close}", marked.text), before);
    }
    next
}

/// Cuts a word that is wider than a column, marks included.
fn parts(word: &str) -> Vec<&str> {
    let (mut out, mut start, mut wide) = (Vec::new(), 0, 0);
    for (i, c) in word.char_indices() {
        let w = char_width(c);
        if wide + w > COLUMN - 4 {
            out.push(&word[start..i]);
            (start, wide) = (i, 0);
        }
        wide += w;
    }
    out.push(&word[start..]);
    out
}

fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Columns of a character on a terminal, near enough: East Asian ones take two, combining marks none.
fn char_width(c: char) -> usize {
    match c {
        '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{065f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{0e00}'..='\u{0e7f}' | '\u{ff61}'..='\u{ffdc}' => 1,
        '\u{1100}'..='\u{115f}' | '\u{ac00}'..='\u{d7a3}' | '\u{3000}'..='\u{303f}' => 2,
        '\u{ff01}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}' => 2,
        c if is_unspaced(c) => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(removed: &str, kept: &str) -> String {
        let mut out = String::new();
        write(&mut out, removed, kept).expect("a string takes it");
        out
    }

    #[test]
    fn differing_words_are_marked_and_equal_ones_stand_in_one_row() {
        let got = shown(
            "the old ferry left the quay at noon",
            "the ferry left the harbour at noon",
        );
        let want = format!(
            "  {:<49}{}\n  {:<49}{}\n",
            "removed",
            "kept",
            "the [-old-] ferry left the [-quay-] at noon",
            "the ferry left the {+harbour+} at noon"
        );
        assert_eq!(got, want);
    }

    #[test]
    fn no_row_is_wider_than_its_columns() {
        let long = "x".repeat(150);
        let text = format!(
            "{long} {} 渡轮每天四次横渡海湾，夏天车上自行车比汽车多。{long}",
            "word ".repeat(30)
        );
        for (a, b) in [
            (text.as_str(), "word"),
            ("word", text.as_str()),
            (text.as_str(), text.as_str()),
        ] {
            for row in shown(a, b).lines() {
                assert!(width(row) <= 100, "{} {row}", width(row));
            }
        }
    }

    #[test]
    fn nothing_commands_the_terminal() {
        assert!(!shown("a \u{1b}[2J b", "a \u{7} b").contains(['\u{1b}', '\u{7}']));
    }
}

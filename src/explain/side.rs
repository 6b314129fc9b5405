//! Two texts side by side: words that both have stand in the same rows, the others are marked: in plain text as `[-removed-]` and `{+kept+}`.

use std::fmt::{self, Write};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::report::plain;
use crate::rules::page::is_unspaced;

/// How words that only one text has are marked, and how wide a column is.
pub(super) struct Marks {
    /// What opens and closes words that only the removed text has.
    pub(super) removed: [String; 2],
    /// The same for those that only the kept text has.
    pub(super) kept: [String; 2],
    /// What opens and closes the heads of the columns.
    pub(super) heads: [String; 2],
    /// Columns of a terminal that a pair of marks takes.
    pub(super) width: usize,
    /// Width of a column of text.
    pub(super) column: usize,
}

impl Marks {
    /// Marks that a file keeps. Two columns, the margin and the gap are 100 characters wide.
    pub(super) fn plain() -> Self {
        let pair = |open: &str, close: &str| [open.to_owned(), close.to_owned()];
        Marks {
            removed: pair("[-", "-]"),
            kept: pair("{+", "+}"),
            heads: pair("", ""),
            width: 4,
            column: 47,
        }
    }
}

/// Most words that are compared of either text: the search for the least difference takes time of their product at worst.
const WORDS: usize = 4_000;

/// A word, or one character of a script without spaces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
}

/// Writes the removed text left and the kept one right.
pub(super) fn write(out: &mut String, removed: &str, kept: &str, marks: &Marks) -> fmt::Result {
    let (left, right) = (words(removed), words(kept));
    let mut rows = Rows::new(out, marks);
    rows.heads()?;
    for operation in compare(&left, &right) {
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
    match left_over(&left, &right) {
        0 => Ok(()),
        more => writeln!(out, "  … and {more} words that were not compared"),
    }
}

/// The least difference of the first words of two texts.
pub(super) fn compare(left: &[Word<'_>], right: &[Word<'_>]) -> Vec<DiffOp> {
    let texts = |words: &[Word<'_>]| -> Vec<String> {
        let compared = words.iter().take(WORDS);
        compared.map(|w| w.text.to_string()).collect()
    };
    capture_diff_slices(Algorithm::Myers, &texts(left), &texts(right))
}

/// How many words are not compared, because there are too many.
pub(super) fn left_over(left: &[Word<'_>], right: &[Word<'_>]) -> usize {
    left.len().max(right.len()).saturating_sub(WORDS)
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
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
    marks: &'o Marks,
    left: Cell,
    right: Cell,
}

#[derive(Default)]
struct Cell {
    text: String,
    width: usize,
}

impl Cell {
    fn fits(&self, word: &str, spaced: bool, column: usize) -> bool {
        self.width == 0 || self.width + usize::from(spaced) + width(word) <= column
    }

    fn push(&mut self, word: &str, spaced: bool) {
        self.push_as_wide(word, width(word), spaced);
    }

    fn push_as_wide(&mut self, word: &str, width: usize, spaced: bool) {
        if spaced && self.width > 0 {
            self.text.push(' ');
            self.width += 1;
        }
        self.text.push_str(word);
        self.width += width;
    }
}

impl<'o> Rows<'o> {
    fn new(out: &'o mut String, marks: &'o Marks) -> Self {
        Rows {
            out,
            marks,
            left: Cell::default(),
            right: Cell::default(),
        }
    }

    fn heads(&mut self) -> fmt::Result {
        let [open, close] = &self.marks.heads;
        for (cell, name) in [(&mut self.left, "removed"), (&mut self.right, "kept")] {
            cell.push_as_wide(&format!("{open}{name}{close}"), width(name), false);
        }
        self.flush()
    }

    /// Adds a word that both texts have.
    fn both(&mut self, left: Word<'_>, right: Word<'_>) -> fmt::Result {
        let column = self.marks.column;
        for part in parts(&plain(left.text), column - 4) {
            if !self.left.fits(part, left.spaced, column)
                || !self.right.fits(part, right.spaced, column)
            {
                self.flush()?;
            }
            self.left.push(part, left.spaced);
            self.right.push(part, right.spaced);
        }
        Ok(())
    }

    /// Adds words that only one of them has, marked as a stretch in each row.
    fn differ(&mut self, left: &[Word<'_>], right: &[Word<'_>]) -> fmt::Result {
        let marks = self.marks;
        let pieces = |words| pieces(words, marks.column - 4).into_iter();
        let (mut left, mut right) = (pieces(left), pieces(right));
        let (mut l, mut r) = (left.next(), right.next());
        while l.is_some() || r.is_some() {
            l = fill(&mut self.left, l, &mut left, &marks.removed, marks);
            r = fill(&mut self.right, r, &mut right, &marks.kept, marks);
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
        let gap = self.marks.column.saturating_sub(left.width) + 2;
        let row = format!("  {}{:gap$}{}", left.text, "", right.text);
        writeln!(self.out, "{}", row.trim_end())
    }
}

/// A piece of a word that fits into a column, and whether a space stands before it.
type Piece = (String, bool);

fn pieces(words: &[Word<'_>], most: usize) -> Vec<Piece> {
    let mut out = Vec::new();
    for word in words {
        for (i, part) in parts(&plain(word.text), most).into_iter().enumerate() {
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
    [open, close]: &[String; 2],
    marks: &Marks,
) -> Option<Piece> {
    let (mut next, mut marked, mut before) = (first, Cell::default(), false);
    while let Some((piece, spaced)) = next.take() {
        let empty = marked.width == 0;
        let taken = cell.width + usize::from(spaced) + marked.width + marks.width;
        if (cell.width > 0 || !empty) && taken + width(&piece) > marks.column {
            next = Some((piece, spaced));
            break;
        }
        before = if empty { spaced } else { before };
        marked.push(&piece, spaced);
        next = rest.next();
    }
    if marked.width > 0 {
        let wide = marked.width + marks.width;
        cell.push_as_wide(&format!("{open}{}{close}", marked.text), wide, before);
    }
    next
}

/// Cuts a word that is wider than so many columns.
pub(super) fn parts(word: &str, most: usize) -> Vec<&str> {
    let (mut out, mut start, mut wide) = (Vec::new(), 0, 0);
    for (i, c) in word.char_indices() {
        let w = char_width(c);
        if wide + w > most {
            out.push(&word[start..i]);
            (start, wide) = (i, 0);
        }
        wide += w;
    }
    out.push(&word[start..]);
    out
}

/// Columns of a text on a terminal.
pub(super) fn width(text: &str) -> usize {
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
        write(&mut out, removed, kept, &Marks::plain()).expect("a string takes it");
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

//! The form for a terminal: the document with its cuts struck through, their names in the margin, and below what spoke for each.
//!
//! Red and struck is what went, green and underlined what only the kept text has: neither is told by colour alone.

use std::collections::VecDeque;
use std::fmt::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Color, Style};

use super::facts::{self, Facts};
use super::plain::{cannot, write_text};
use super::side::{self, Marks, parts, words};
use crate::removal::{Reason, Removal};
use crate::report::plain;

const CUT: Style = Style::new()
    .fg_color(Some(Color::Ansi(AnsiColor::Red)))
    .strikethrough();
const ADDED: Style = Style::new()
    .fg_color(Some(Color::Ansi(AnsiColor::Green)))
    .underline();
const BOLD: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

/// Documents of up to so many lines are shown whole.
const WHOLE: usize = 200;
/// Of longer ones, so many lines on either side of where a cut begins or ends.
const AROUND: usize = 4;
/// Of a longer stretch within a line only its ends are shown, in bytes.
const STRETCH: usize = 4_000;
/// Wider lines are hard to read.
const WIDEST: usize = 100;

pub(super) fn write(
    out: &mut String,
    removals: &[Removal],
    explained: &[Facts],
    text: std::result::Result<&[u8], &String>,
    width: usize,
) -> fmt::Result {
    writeln!(out, "{BOLD}{}{BOLD:#}\n", facts::heading(removals))?;
    match text {
        Ok(text) => Rows::new(out, width).document(text, removals)?,
        Err(why) => writeln!(out, "  the document cannot be shown: {}", plain(why))?,
    }
    for (number, (removal, facts)) in (1..).zip(removals.iter().zip(explained)) {
        write!(out, "\n{BOLD}{number}  {}{BOLD:#}", facts.title)?;
        writeln!(out, "  {QUIET}{}{QUIET:#}", facts::place(removal))?;
        // Of an exact duplicate there is nothing to measure.
        let measured = removal.reason != Reason::ExactDuplicate;
        for line in facts.lines.iter().filter(|_| measured) {
            writeln!(out, "  {line}")?;
        }
        match (&removal.text, &facts.kept) {
            (_, Some(Err(why))) => cannot(out, why)?,
            (Some(removed), Some(Ok(kept))) if removal.reason != Reason::ExactDuplicate => {
                side::write(out, removed, kept, &marks(width))?;
            }
            (removed, _) if text.is_err() => write_text(out, '-', removed.as_deref())?,
            _ => {}
        }
    }
    Ok(())
}

fn marks(width: usize) -> Marks {
    let pair = |style: Style| [style.to_string(), format!("{style:#}")];
    Marks {
        removed: pair(CUT),
        kept: pair(ADDED),
        heads: pair(QUIET),
        width: 0,
        column: (width.saturating_sub(4) / 2).clamp(24, WIDEST),
    }
}

/// Rows of text with a margin.
struct Rows<'o> {
    out: &'o mut String,
    margin: usize,
    column: usize,
    /// Names of cuts that begin here and still have no row.
    names: VecDeque<String>,
    row: String,
    used: usize,
    struck: bool,
}

impl<'o> Rows<'o> {
    fn new(out: &'o mut String, width: usize) -> Self {
        // A narrow terminal has room for the numbers only.
        let margin = if width < 72 { 3 } else { 21 };
        Rows {
            out,
            margin,
            column: width.saturating_sub(margin + 4).clamp(24, WIDEST),
            names: VecDeque::new(),
            row: String::new(),
            used: 0,
            struck: false,
        }
    }

    fn document(&mut self, text: &[u8], removals: &[Removal]) -> fmt::Result {
        let lines = lines(text);
        let shown = shown(&lines, removals);
        let mut hidden = 0;
        let mut next = 0;
        for (line, shown) in lines.iter().zip(shown) {
            if !shown {
                hidden += 1;
                continue;
            }
            self.fold(std::mem::take(&mut hidden))?;
            self.line(text, line.clone(), removals, &mut next)?;
        }
        self.fold(hidden)
    }

    fn fold(&mut self, hidden: usize) -> fmt::Result {
        if hidden == 0 {
            return Ok(());
        }
        let lines = if hidden == 1 { "line" } else { "lines" };
        let note = format!("{QUIET}⋮ {hidden} {lines}{QUIET:#}");
        self.row.push_str(&note);
        self.flush()
    }

    /// Writes a line; `next` is the first removal that does not end before it.
    fn line(
        &mut self,
        text: &[u8],
        line: Range<usize>,
        removals: &[Removal],
        next: &mut usize,
    ) -> fmt::Result {
        while removals
            .get(*next)
            .is_some_and(|r| r.end as usize <= line.start)
        {
            *next += 1;
        }
        let (mut at, mut cut) = (line.start, *next);
        while at < line.end {
            let (start, end) = match removals.get(cut) {
                Some(r) => (r.start as usize, r.end as usize),
                None => (line.end, line.end),
            };
            if at < start.min(line.end) {
                self.stretch(&text[at..start.min(line.end)], false)?;
                at = start.min(line.end);
                continue;
            }
            if start >= line.start {
                let name = format!("{} {}", cut + 1, facts::short(&removals[cut]));
                self.names.push_back(name);
            }
            self.stretch(&text[at..end.min(line.end)], true)?;
            at = end.min(line.end);
            cut += 1;
        }
        self.flush()?;
        while !self.names.is_empty() {
            self.flush()?;
        }
        Ok(())
    }

    fn stretch(&mut self, bytes: &[u8], struck: bool) -> fmt::Result {
        let text = String::from_utf8_lossy(bytes);
        if text.len() <= STRETCH {
            return self.words(&text, struck);
        }
        let head = text.floor_char_boundary(STRETCH / 2);
        let tail = text.ceil_char_boundary(text.len() - STRETCH / 4);
        self.words(&text[..head], struck)?;
        self.words(&format!(" … {} bytes … ", tail - head), false)?;
        self.words(&text[tail..], struck)
    }

    fn words(&mut self, text: &str, struck: bool) -> fmt::Result {
        if self.used == 0 {
            let indent = text.chars().take_while(|c| matches!(c, ' ' | '\t'));
            let indent: usize = indent.map(|c| if c == '\t' { 4 } else { 1 }).sum();
            let indent = indent.min(self.column / 2);
            self.row.push_str(&" ".repeat(indent));
            self.used = indent;
        }
        for (i, word) in words(text).into_iter().enumerate() {
            let glued = i == 0 && !text.starts_with(char::is_whitespace);
            let word_plain = plain(word.text);
            for (k, part) in parts(&word_plain, self.column).into_iter().enumerate() {
                let spaced = k == 0 && word.spaced && !glued;
                self.push(part, spaced, struck)?;
            }
        }
        if text.ends_with([' ', '\t']) && self.used > 0 && self.used < self.column {
            self.row.push(' ');
            self.used += 1;
        }
        Ok(())
    }

    fn push(&mut self, part: &str, spaced: bool, struck: bool) -> fmt::Result {
        let space = usize::from(spaced && self.used > 0 && !self.row.ends_with(' '));
        let width = side::width(part);
        if self.used > 0 && self.used + space + width > self.column {
            self.flush()?;
        } else if space > 0 {
            // Between two words that went the space went too.
            if self.struck && !struck {
                self.strike(false);
            }
            self.row.push(' ');
            self.used += 1;
        }
        self.strike(struck);
        self.row.push_str(part);
        self.used += width;
        Ok(())
    }

    fn strike(&mut self, on: bool) {
        match (self.struck, on) {
            (false, true) => self.row.push_str(&CUT.to_string()),
            (true, false) => self.row.push_str(&format!("{CUT:#}")),
            _ => {}
        }
        self.struck = on;
    }

    /// Ends the row, with a name in the margin if one waits.
    fn flush(&mut self) -> fmt::Result {
        self.strike(false);
        let margin = self.margin;
        let name: String = self.names.pop_front().unwrap_or_default();
        let name = match name.split_once(' ') {
            Some((number, _)) if margin < name.chars().count() && margin < 8 => number.to_owned(),
            _ => name.chars().take(margin).collect(),
        };
        let row = format!("{name:margin$} {QUIET}│{QUIET:#} {}", self.row);
        writeln!(self.out, "{}", row.trim_end())?;
        self.row.clear();
        self.used = 0;
        Ok(())
    }
}

/// The lines of a text, terminators included.
fn lines(text: &[u8]) -> Vec<Range<usize>> {
    let mut at = 0;
    text.split_inclusive(|b| *b == b'\n')
        .map(|line| {
            let start = at;
            at += line.len();
            start..at
        })
        .collect()
}

/// Tells of each line whether it is shown: all of a short document, of a long one what stands around the edges of cuts.
fn shown(lines: &[Range<usize>], removals: &[Removal]) -> Vec<bool> {
    let mut shown = vec![lines.len() <= WHOLE; lines.len()];
    for edge in removals
        .iter()
        .flat_map(|r| [r.start, r.end.saturating_sub(1)])
    {
        let line = lines.partition_point(|l| l.end as u64 <= edge);
        let (from, to) = (line.saturating_sub(AROUND), line + AROUND + 1);
        let to = to.min(lines.len());
        shown[from.min(to)..to].fill(true);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removal(start: u64, end: u64) -> Removal {
        Removal {
            rule: Some("read-also".into()),
            ..Removal::new(Reason::Boilerplate, start..end)
        }
    }

    fn drawn(text: &str, removals: &[Removal], width: usize) -> String {
        let mut out = String::new();
        let written = Rows::new(&mut out, width).document(text.as_bytes(), removals);
        written.expect("a string takes it");
        out
    }

    /// As a terminal without styles shows it, with what is struck through in brackets.
    fn seen(text: &str) -> String {
        let text = text.replace(&CUT.to_string(), "[");
        let mut out = String::new();
        let mut rest = text.as_str();
        let mut open = false;
        while let Some(i) = rest.find(['\u{1b}', '[']) {
            out.push_str(&rest[..i]);
            rest = &rest[i..];
            if let Some(after) = rest.strip_prefix('[') {
                (open, rest) = (true, after);
                out.push('[');
                continue;
            }
            let end = rest.find('m').expect("a style ends with m");
            if open && rest[..=end] == format!("{CUT:#}") {
                out.push(']');
                open = false;
            }
            rest = &rest[end + 1..];
        }
        out + rest
    }

    #[test]
    fn cuts_are_struck_in_place_and_named_once() {
        let text = "  one two READ ALSO three\nfour\nfive six";
        let got = seen(&drawn(text, &[removal(10, 25), removal(31, 35)], 80));
        let row = |name: &str, text: &str| format!("{name:21} │ {text}\n").replace(" \n", "\n");
        let want = [
            row("1 read-also", "  one two [READ ALSO three]"),
            row("", "four"),
            row("2 read-also", "[five] six"),
        ];
        assert_eq!(got, want.concat());
    }

    #[test]
    fn no_row_is_wider_than_the_terminal_and_none_is_commanded() {
        let long = format!("{} {}", "x".repeat(300), "渡轮每天四次横渡海湾 ".repeat(20));
        let text = format!("{long}\n\u{1b}[2J\u{202e}{long}\n");
        for width in [30, 60, 80, 200] {
            let got = seen(&drawn(&text, &[removal(5, 400)], width));
            assert!(!got.contains(['\u{1b}', '\u{202e}']), "{got}");
            for row in got.lines() {
                let wide = side::width(&row.replace(['[', ']'], ""));
                assert!(wide <= width, "{wide} of {width}: {row}");
            }
        }
    }

    #[test]
    fn long_documents_are_folded_away_from_cuts() {
        let text = "line\n".repeat(1_000);
        let got = seen(&drawn(&text, &[removal(2_500, 2_505)], 80));
        assert!(
            got.contains("⋮ 496 lines") && got.contains("⋮ 495 lines"),
            "{got}"
        );
        assert_eq!(got.lines().count(), 2 * AROUND + 1 + 2);
        let whole = drawn(&"line\n".repeat(WHOLE), &[removal(0, 5)], 80);
        assert_eq!(whole.lines().count(), WHOLE);
    }
}

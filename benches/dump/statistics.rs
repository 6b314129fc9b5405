//! What a text is like: the figures by which a made-up dump is held against real corpora.
//!
//! Read as the program reads it: folded words, 3-word shingles (5 characters of Han), lines as paragraphs.

use std::fmt::Write;

use dechaff::config::{Config, Level};
use dechaff::rules::{Judge, Page, page};
use dechaff::text::fold::{Folded, Folder};
use dechaff::text::hash::bytes64;
use dechaff::text::shingle::shingles;
use rustc_hash::FxHashSet;

/// Lines are judged by the rules in the first so many bytes only: rules are slower than all else here.
const JUDGED: u64 = 8 << 20;
/// Shingles, tokens and types are told at these numbers of megabytes.
pub(crate) const MARKS: [u64; 3] = [1, 10, 100];
/// Under so many tokens a line is too short to be counted as an exact copy.
const FLOOR: usize = 8;

/// Scripts by the bytes of their letters.
pub(crate) const SCRIPTS: [&str; 5] = ["Latin", "Cyrillic", "Arabic", "Han", "other"];

#[derive(Default)]
pub(crate) struct Statistics {
    pub(crate) documents: u64,
    /// Bytes of text.
    pub(crate) bytes: u64,
    /// Length of every line that is not blank, in bytes.
    lengths: Vec<u32>,
    /// Lines of [`FLOOR`] tokens or more, and those of them that were there before.
    pub(crate) eligible: [u64; 2],
    scripts: [u64; 5],
    judged: [u64; 2],
    tokens: u64,
    types: FxHashSet<u64>,
    lines: FxHashSet<u64>,
    seen: FxHashSet<u64>,
    /// Distinct shingles, tokens and types at [`MARKS`].
    marks: Vec<[u64; 3]>,
    folder: Folder,
    folded: Folded,
    made: Vec<u64>,
    judge: Option<Judge>,
}

impl Statistics {
    pub(crate) fn add(&mut self, text: &str) {
        self.documents += 1;
        if self.bytes < JUDGED {
            self.judge_page(text);
        }
        for line in text.split('\n').filter(|l| !l.trim().is_empty()) {
            self.lengths.push(line.len() as u32);
            self.folder.fold(line, &mut self.folded);
            let tokens = &self.folded.tokens;
            self.tokens += tokens.len() as u64;
            self.types.extend(tokens.iter().map(|t| t.hash));
            if tokens.len() >= FLOOR {
                let new = self.lines.insert(bytes64(self.folded.text.as_bytes()));
                self.eligible[0] += 1;
                self.eligible[1] += u64::from(!new);
            }
            if tokens.len() >= 3 {
                shingles(&self.folded, &mut self.made);
                self.seen.extend(&self.made);
            }
        }
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            self.scripts[script(c)] += c.len_utf8() as u64;
        }
        self.bytes += text.len() as u64 + 1;
        if MARKS
            .get(self.marks.len())
            .is_some_and(|m| self.bytes >= m * 1_000_000)
        {
            let sizes = [self.seen.len() as u64, self.tokens, self.types.len() as u64];
            self.marks.push(sizes);
        }
    }

    fn judge_page(&mut self, text: &str) {
        let judge = self
            .judge
            .get_or_insert_with(|| Judge::new(&Config::default()));
        let page = Page::new(text.as_bytes());
        let (mut cuts, mut ranges) = (Vec::new(), Vec::new());
        judge.judge(&page, &mut cuts);
        page::union(&cuts, Level::Safe, &mut ranges);
        for line in page.lines() {
            let range = line.start..line.end;
            if text[range.clone()].trim().is_empty() {
                continue;
            }
            self.judged[0] += 1;
            let touched = ranges
                .iter()
                .any(|r| r.start < range.end && range.start < r.end);
            self.judged[1] += u64::from(touched);
        }
    }

    /// The length in bytes that so many hundredths of lines are under.
    pub(crate) fn quantile(&mut self, hundredths: usize) -> u32 {
        self.lengths.sort_unstable();
        let at = self.lengths.len() * hundredths / 100;
        self.lengths.get(at).copied().unwrap_or(0)
    }

    /// Distinct shingles for each megabyte at a mark.
    pub(crate) fn shingles(&self, mark: usize) -> Option<u64> {
        self.marks.get(mark).map(|m| m[0] / MARKS[mark])
    }

    /// Distinct words of a hundred words at a mark.
    pub(crate) fn types(&self, mark: usize) -> Option<f64> {
        self.marks
            .get(mark)
            .map(|m| 100.0 * m[2] as f64 / m[1] as f64)
    }

    /// Hundredths of lines that the rules touch at level `safe`.
    pub(crate) fn judged(&self) -> f64 {
        100.0 * self.judged[1] as f64 / self.judged[0].max(1) as f64
    }

    /// Hundredths of lines of [`FLOOR`] tokens or more that are equal to an earlier one.
    pub(crate) fn exact(&self) -> f64 {
        100.0 * self.eligible[1] as f64 / self.eligible[0].max(1) as f64
    }

    /// Hundredths of the bytes of letters, by [`SCRIPTS`].
    pub(crate) fn scripts(&self) -> [f64; 5] {
        let all: u64 = self.scripts.iter().sum();
        self.scripts.map(|n| 100.0 * n as f64 / all.max(1) as f64)
    }

    /// Hundredths of lines under 60 bytes.
    pub(crate) fn short(&self) -> f64 {
        let short = self.lengths.iter().filter(|&&l| l < 60).count();
        100.0 * short as f64 / self.lengths.len().max(1) as f64
    }

    /// The head of a table.
    pub(crate) fn head() -> String {
        let titles = "| text | MB | documents | lines | bytes of a line p10 / 50 / 90 / 99 | under 60 bytes % | thousand distinct \
                      shingles per MB at 1 / 10 / 100 MB | types per 100 tokens at 1 / 10 / 100 MB | exact copies % | \
                      lines that rules touch % | Latin / Cyrillic / Arabic / Han % |";
        format!("{titles}\n|{}", "---|".repeat(11))
    }

    /// A row of it.
    pub(crate) fn row(&mut self, name: &str) -> String {
        let quantiles: Vec<String> = [10, 50, 90, 99]
            .map(|q| self.quantile(q).to_string())
            .to_vec();
        let (mut new, mut types) = (Vec::new(), Vec::new());
        for mark in 0..MARKS.len() {
            let dash = || "–".to_owned();
            new.push(
                self.shingles(mark)
                    .map_or_else(dash, |n| format!("{:.0}", n as f64 / 1e3)),
            );
            types.push(self.types(mark).map_or_else(dash, |t| format!("{t:.1}")));
        }
        let scripts: Vec<String> = self.scripts()[..4]
            .iter()
            .map(|s| format!("{s:.0}"))
            .collect();
        let mut row = String::new();
        let (mb, lines) = (self.bytes as f64 / 1e6, self.lengths.len());
        _ = write!(row, "| {name} | {mb:.1} | {} | {lines} ", self.documents);
        _ = write!(row, "| {} | {:.0} ", quantiles.join(" / "), self.short());
        _ = write!(row, "| {} | {} ", new.join(" / "), types.join(" / "));
        _ = write!(row, "| {:.1} | {:.1} ", self.exact(), self.judged());
        row + &format!("| {} |", scripts.join(" / "))
    }
}

fn script(c: char) -> usize {
    match u32::from(c) {
        0x41..=0x24f | 0x1e00..=0x1eff => 0,
        0x400..=0x52f => 1,
        0x600..=0x77f => 2,
        0x3400..=0x9fff | 0xf900..=0xfaff => 3,
        _ => 4,
    }
}

/// Sizes as people write them: `100M` is 100 million bytes.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G']) {
        digits if digits.len() + 1 >= text.len() => (digits, &text[digits.len()..]),
        _ => return Err(format!("{text:?} is no size, as 100M or 1G are")),
    };
    let unit = match unit {
        "k" | "K" => 1_000,
        "m" | "M" => 1_000_000,
        "g" | "G" => 1_000_000_000,
        _ => 1,
    };
    let number: u64 = digits
        .parse()
        .map_err(|e| format!("{text:?} is no size: {e}"))?;
    Ok(number * unit)
}

//! What the rules make of one labelled page: which of its lines go. The only file of the evaluation that calls the judge.

use std::ops::Range;

use super::GoldPage;
use crate::boilerplate::{Found, Judge};
use crate::config::{Config, Level};
use crate::rules::{Cut, Page, page};

/// What the judge made of one page. Reused from page to page.
#[derive(Default)]
pub(super) struct Judged {
    text: String,
    /// Where each gold line stands in `text`.
    spans: Vec<Range<usize>>,
    /// The cuts that fall at the level asked for.
    found: Found,
    /// Characters and cut characters of each line.
    pub(super) chars: Vec<(usize, usize)>,
    /// Indexes of the lines that count as removed.
    pub(super) removed: Vec<usize>,
    /// The page would have lost more than it may.
    pub(super) protected: bool,
}

impl Judged {
    pub(super) fn judge(&mut self, judge: &Judge, config: &Config, gold: &GoldPage) {
        self.join(gold);
        self.found.clear();
        if let Some(level) = config.boilerplate {
            judge.judge(&Page::new(self.text.as_bytes()), &mut self.found);
            self.found.cuts.retain(|c| c.level <= level);
        }
        self.measure();
        let total: usize = self.chars.iter().map(|c| c.0).sum();
        let cut: usize = self.chars.iter().map(|c| c.1).sum();
        self.protected = config
            .max_document_loss
            .exceeded_by(cut as u64, total as u64);
        if self.protected {
            self.found.clear();
            self.chars.iter_mut().for_each(|c| c.1 = 0);
        }
        self.removed.clear();
        let gone = |&(_, &(chars, cut)): &(usize, &(usize, usize))| cut > 0 && 2 * cut >= chars;
        self.removed
            .extend(self.chars.iter().enumerate().filter(gone).map(|(i, _)| i));
    }

    fn join(&mut self, gold: &GoldPage) {
        self.text.clear();
        self.spans.clear();
        for (i, line) in gold.lines.iter().enumerate() {
            if i > 0 {
                self.text.push('\n');
            }
            let start = self.text.len();
            self.text.push_str(&line.text);
            self.spans.push(start..self.text.len());
        }
    }

    fn measure(&mut self) {
        let mut union = Vec::new();
        page::union(&self.found.cuts, Level::Aggressive, &mut union);
        self.chars.clear();
        let mut first = 0;
        for span in &self.spans {
            while union.get(first).is_some_and(|u| u.end <= span.start) {
                first += 1;
            }
            let cut = union[first..]
                .iter()
                .take_while(|u| u.start < span.end)
                .map(|u| {
                    self.text[u.start.max(span.start)..u.end.min(span.end)]
                        .chars()
                        .count()
                })
                .sum();
            self.chars
                .push((self.text[span.clone()].chars().count(), cut));
        }
    }

    /// The cuts that touch a line. Cuts are sorted by their start, but a long one may begin lines before.
    pub(super) fn cuts_of(&self, line: usize) -> impl Iterator<Item = &Cut> {
        let span = self.spans[line].clone();
        self.found
            .cuts
            .iter()
            .filter(move |c| c.range.start < span.end && c.range.end > span.start)
    }
}

//! The figures of an evaluation: plain counters and the ratios made of them.

use std::ops::AddAssign;

use super::{GoldLine, GoldPage, Label};

/// Lines, characters and pages of one group. Only lines labelled `keep` or `drop` and not `soft` count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pages.
    pub pages: u64,
    /// Boilerplate lines removed.
    pub dropped: u64,
    /// Boilerplate lines that stayed.
    pub missed: u64,
    /// Content lines.
    pub keep: u64,
    /// Content lines removed.
    pub lost: u64,
    /// Characters of boilerplate lines.
    pub drop_chars: u64,
    /// Characters of boilerplate lines removed.
    pub dropped_chars: u64,
    /// Characters of content lines.
    pub keep_chars: u64,
    /// Characters of content lines removed.
    pub lost_chars: u64,
    /// Pages that lost more than 1 % of their content characters.
    pub over_1_percent: u64,
    /// Pages that lost more than 10 %.
    pub over_10_percent: u64,
}

impl Counts {
    /// Counts one page. `removed` are the indexes of removed lines, ascending; `chars` the characters of each line.
    pub(super) fn of(page: &GoldPage, removed: &[usize], chars: &[(usize, usize)]) -> Self {
        let mut out = Counts {
            pages: 1,
            ..Counts::default()
        };
        for (i, line) in page.lines.iter().enumerate().filter(|(_, l)| !l.soft) {
            let (n, gone) = (chars[i].0 as u64, removed.binary_search(&i).is_ok());
            match line.label {
                Label::Drop => {
                    out.drop_chars += n;
                    out.dropped += u64::from(gone);
                    out.missed += u64::from(!gone);
                    out.dropped_chars += if gone { n } else { 0 };
                }
                Label::Keep => {
                    out.keep += 1;
                    out.keep_chars += n;
                    out.lost += u64::from(gone);
                    out.lost_chars += if gone { n } else { 0 };
                }
                Label::Skip => {}
            }
        }
        let (kept, lost) = (out.keep_chars as f64, out.lost_chars as f64);
        out.over_1_percent = u64::from(kept > 0.0 && lost > 0.01 * kept);
        out.over_10_percent = u64::from(kept > 0.0 && lost > 0.1 * kept);
        out
    }

    /// Boilerplate lines among the removed ones.
    pub fn precision(&self) -> f64 {
        ratio(self.dropped, self.dropped + self.lost)
    }

    /// Removed lines among the boilerplate ones.
    pub fn recall(&self) -> f64 {
        ratio(self.dropped, self.dropped + self.missed)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        2.0 * p * r / (p + r).max(1e-9)
    }

    /// Recall by characters.
    pub fn char_recall(&self) -> f64 {
        ratio(self.dropped_chars, self.drop_chars)
    }

    /// Percent of content characters that were removed: the figure that matters most.
    pub fn loss_percent(&self) -> f64 {
        100.0 * self.lost_chars as f64 / self.keep_chars.max(1) as f64
    }

    /// Content lines removed of a thousand.
    pub fn lost_per_1000(&self) -> f64 {
        1000.0 * self.lost as f64 / self.keep.max(1) as f64
    }
}

/// A ratio that is 0 where there is nothing to divide by.
pub(super) fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

impl AddAssign for Counts {
    fn add_assign(&mut self, o: Self) {
        self.pages += o.pages;
        self.dropped += o.dropped;
        self.missed += o.missed;
        self.keep += o.keep;
        self.lost += o.lost;
        self.drop_chars += o.drop_chars;
        self.dropped_chars += o.dropped_chars;
        self.keep_chars += o.keep_chars;
        self.lost_chars += o.lost_chars;
        self.over_1_percent += o.over_1_percent;
        self.over_10_percent += o.over_10_percent;
    }
}

/// What one rule did at one level. A line that several rules remove counts for each of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RuleCounts {
    /// Lines removed in which it took part.
    pub lines: u64,
    /// Of them boilerplate.
    pub dropped: u64,
    /// Of them boilerplate that no other rule cut.
    pub alone: u64,
    /// Of them content.
    pub lost: u64,
    /// Of them `skip` or `soft`.
    pub skipped: u64,
    /// Lines of any label that it cut but that count as kept: under half of their characters went.
    pub parts: u64,
    /// Characters of the content lines removed.
    pub lost_chars: u64,
}

impl RuleCounts {
    pub(super) fn add(&mut self, line: &GoldLine, gone: bool, alone: bool, chars: u64) {
        if !gone {
            self.parts += 1;
            return;
        }
        self.lines += 1;
        match line.label {
            _ if line.soft => self.skipped += 1,
            Label::Skip => self.skipped += 1,
            Label::Drop => {
                self.dropped += 1;
                self.alone += u64::from(alone);
            }
            Label::Keep => {
                self.lost += 1;
                self.lost_chars += chars;
            }
        }
    }
}

/// Lines of one gold category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CategoryCounts {
    /// Boilerplate lines.
    pub drop: u64,
    /// Of them removed.
    pub dropped: u64,
    /// Content lines.
    pub keep: u64,
    /// Of them removed.
    pub lost: u64,
}

impl CategoryCounts {
    pub(super) fn add(&mut self, label: Label, gone: bool) {
        let (all, removed) = match label {
            Label::Drop => (&mut self.drop, &mut self.dropped),
            Label::Keep => (&mut self.keep, &mut self.lost),
            Label::Skip => return,
        };
        *all += 1;
        *removed += u64::from(gone);
    }
}

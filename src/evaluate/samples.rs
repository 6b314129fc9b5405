//! Lines for the eyes of whoever works on a rule: content that went, boilerplate that stayed.

use std::cmp::Reverse;

use super::GoldPage;
use crate::text::hash;

/// A content line that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Its characters.
    pub chars: u64,
    /// The rules that cut it, with their levels.
    pub evidence: String,
    /// The page and view.
    pub page: String,
    /// Its index on the page.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// A boilerplate line that stayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// Decides the choice: the same lines on every run.
    hash: u64,
    /// Its gold category.
    pub category: Option<String>,
    /// The page and view.
    pub page: String,
    /// Its index on the page.
    pub line: usize,
    /// The line.
    pub text: String,
}

/// A bounded choice of both.
#[derive(Debug, Clone, Default)]
pub struct Samples {
    most_lost: usize,
    most_missed: usize,
    lost: Vec<Lost>,
    missed: Vec<Missed>,
}

impl Samples {
    pub(super) fn new(most_lost: usize, most_missed: usize) -> Self {
        Samples {
            most_lost,
            most_missed,
            ..Samples::default()
        }
    }

    pub(super) fn lost(
        &mut self,
        page: &GoldPage,
        line: usize,
        chars: u64,
        evidence: impl FnOnce() -> String,
    ) {
        if self.most_lost == 0 {
            return;
        }
        self.lost.push(Lost {
            chars,
            evidence: evidence(),
            page: format!("{} ({})", page.id, page.view),
            line,
            text: page.lines[line].text.clone(),
        });
        if self.lost.len() >= 2 * self.most_lost {
            self.trim_lost();
        }
    }

    pub(super) fn missed(&mut self, page: &GoldPage, line: usize) {
        if self.most_missed == 0 {
            return;
        }
        let name = format!("{} ({})", page.id, page.view);
        self.missed.push(Missed {
            hash: hash::bytes64(format!("{name}:{line}").as_bytes()),
            category: page.lines[line].category.clone(),
            page: name,
            line,
            text: page.lines[line].text.clone(),
        });
        if self.missed.len() >= 2 * self.most_missed {
            self.trim_missed();
        }
    }

    fn trim_lost(&mut self) {
        self.lost.sort_by_key(|l| Reverse(l.chars));
        self.lost.truncate(self.most_lost);
    }

    fn trim_missed(&mut self) {
        self.missed.sort_by_key(|m| m.hash);
        self.missed.truncate(self.most_missed);
    }

    /// The costliest content lines that went, longest first; of equal length the first in the file.
    pub fn most_lost(&self) -> Vec<Lost> {
        let mut all = self.clone();
        all.trim_lost();
        all.lost
    }

    /// A random but repeatable choice of boilerplate lines that stayed.
    pub fn some_missed(&self) -> Vec<Missed> {
        let mut all = self.clone();
        all.trim_missed();
        all.missed
    }
}

//! The line model: is this line boilerplate? A sum of integer weights, looked up in two steps.
//!
//! 1. [`line`] and [`words`]: every line by itself, its first words and its shape, as hashes into one table.
//! 2. [`context`]: the line among its neighbours and on its page, with the first sums of all of them; one byte a feature,
//!    one table of 256 weights each.
//!
//! The weights are made by [`crate::train`] from labelled pages; [`file`] is how they are stored. Being sums, verdicts explain
//! themselves: the reasons of a line are its largest terms. Everything is integer arithmetic, so that the same text is judged
//! the same on every machine.
//!
//! Cost: the words are looked up for the first [`line::TOKENS`] tokens, the second step is one addition a feature.

pub mod category;
pub mod context;
pub mod file;
pub mod line;
pub mod reasons;
pub mod words;

use rustc_hash::FxHashMap;

use crate::config::Level;
use crate::rules::{Category, Cut, LINE_MODEL, Page};
use crate::text::hash;
use context::{Context, FEATURES, Seen};

/// Parts of a logit in which the second step counts.
pub const UNIT: i32 = 256;

/// Kinds of pages by how much of them looks like boilerplate at first sight: a whole page with its menus is judged by another
/// measure than what an extractor left.
pub const KINDS: usize = 6;

/// Ends of the kinds, as the mean likelihood of a page's lines (1 to 255); whole pages have three kinds of their own.
const KIND_ENDS: [usize; 2] = [64, 136];

/// So many lines at either end of a page tell whether it is whole: it begins with a menu and ends with a footer.
const EDGE: usize = 6;
/// Least mean likelihood of both ends of a whole page.
const WHOLE: usize = 150;

/// Thresholds of a level: one for each kind of page, and the last for lines that a rule takes, on any page. A rule lowers the
/// threshold; it does not outvote everything around the line.
pub const THRESHOLDS: usize = KINDS + 1;

/// The threshold of lines that a rule takes.
pub const RULED: usize = KINDS;

/// A trained model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// What it was made from and what it can do, as JSON; not part of the judgement.
    pub card: String,
    /// Weights of the first step, in 1/32 of a logit.
    pub(crate) words: Vec<i8>,
    /// Weights of the second step.
    pub(crate) tables: Vec<[i16; 256]>,
    /// What every line begins with.
    pub(crate) bias: i32,
    /// For each level the least sums at which a line falls.
    pub(crate) least: [[i32; THRESHOLDS]; 3],
    /// Weights of the categories, slot by slot.
    pub(crate) categories: Vec<i8>,
}

/// The model's verdict on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Index of the line on the page.
    pub line: usize,
    /// The sum.
    pub sum: i32,
    /// The lowest level at which it falls.
    pub level: Option<Level>,
}

/// A page as both steps see it. Reused from page to page.
#[derive(Default)]
pub struct Sight {
    tokens: Vec<u64>,
    /// Indexes of the lines that are judged.
    pub(crate) index: Vec<usize>,
    /// Those lines.
    pub(crate) seen: Vec<Seen>,
    copies: FxHashMap<u64, u32>,
    keys: Vec<u64>,
    pub(crate) context: Context,
}

impl Sight {
    /// Takes in a page: all lines that are not blank and are text, with what the rules say of each, and a first score, which
    /// `first` makes of its tokens and shape.
    pub fn new_page(
        &mut self,
        page: &Page<'_>,
        cuts: &[Cut],
        mut first: impl FnMut(&[u64], &line::Shape) -> i32,
    ) {
        self.index.clear();
        self.seen.clear();
        self.copies.clear();
        self.keys.clear();
        let lines = page.lines();
        for (i, line) in lines.iter().enumerate() {
            let Some(text) = line.text.filter(|t| !t.is_empty()) else {
                continue;
            };
            let shape = line::read(text, &mut self.tokens);
            let gap = |i: Option<usize>| i.is_none_or(|i| page.text(i).is_empty());
            let key = hash::bytes64(text.as_bytes());
            *self.copies.entry(key).or_default() += 1;
            self.keys.push(key);
            self.index.push(i);
            self.seen.push(Seen {
                score: first(&self.tokens, &shape),
                shape,
                gap_before: gap(i.checked_sub(1)),
                gap_after: gap(Some(i + 1)),
                ..Seen::default()
            });
        }
        for (seen, key) in self.seen.iter_mut().zip(&self.keys) {
            seen.copies = self.copies[key];
        }
        self.rules(page, cuts);
    }

    /// Notes which whole lines the rules take.
    fn rules(&mut self, page: &Page<'_>, cuts: &[Cut]) {
        let lines = page.lines();
        for cut in cuts {
            let ruled = 3 - cut.level as u8;
            let mut at = self
                .index
                .partition_point(|&i| lines[i].end <= cut.range.start);
            while let Some(&i) = self
                .index
                .get(at)
                .filter(|&&i| lines[i].start < cut.range.end)
            {
                let line = &lines[i];
                if cut.range.start <= line.offset
                    && cut.range.end >= line.offset + page.text(i).len()
                {
                    self.seen[at].ruled = self.seen[at].ruled.max(ruled);
                }
                at += 1;
            }
        }
    }

    /// The kind of the page.
    pub fn kind(&self) -> usize {
        let mean = |lines: &[Seen]| {
            let sum: usize = lines
                .iter()
                .map(|s| usize::from(context::likelihood(s.score)))
                .sum();
            sum / lines.len().max(1)
        };
        let n = self.seen.len();
        let edge = n.min(EDGE);
        let whole = mean(&self.seen[..edge]) >= WHOLE && mean(&self.seen[n - edge..]) >= WHOLE;
        let all = mean(&self.seen);
        3 * usize::from(whole) + KIND_ENDS.partition_point(|&end| end < all)
    }
}

impl Model {
    /// The first step's sum for one line.
    #[inline]
    pub fn first(&self, tokens: &[u64], shape: &line::Shape) -> i32 {
        let mut sum = 0;
        words::features(tokens, shape, |_, slot, _| {
            sum += i32::from(self.words[slot as usize])
        });
        sum
    }

    /// The second step's sum.
    #[inline]
    pub(crate) fn second(&self, row: &context::Row) -> i32 {
        let mut sum = self.bias;
        for (table, &value) in self.tables.iter().zip(row) {
            sum += i32::from(table[usize::from(value)]);
        }
        sum
    }

    /// The lowest level at which a line with this sum falls on a page of this kind.
    pub(crate) fn level(&self, sum: i32, kind: usize) -> Option<Level> {
        [Level::Safe, Level::Balanced, Level::Aggressive]
            .into_iter()
            .find(|&level| sum >= self.least[level as usize][kind])
    }

    /// Judges every line of a page that is not blank, in order. `cuts` are those of the rules.
    pub fn judge(
        &self,
        page: &Page<'_>,
        cuts: &[Cut],
        sight: &mut Sight,
        mut each: impl FnMut(Verdict, &Seen),
    ) {
        sight.new_page(page, cuts, |tokens, shape| self.first(tokens, shape));
        sight.context.new_page(&sight.seen);
        let kind = sight.kind();
        for (k, seen) in sight.seen.iter().enumerate() {
            let row = sight.context.row(&sight.seen, k);
            let sum = self.second(&row);
            let level = self.level(sum, kind);
            each(
                Verdict {
                    line: sight.index[k],
                    sum,
                    level,
                },
                seen,
            );
        }
    }

    /// Adds the model's cuts to those of the rules, and lets whole lines that a rule takes fall later where everything else
    /// speaks for content. Captions, and lines of which a rule takes a part, fall from `balanced` on
    /// at the earliest: at `safe` the rest of them stays.
    pub fn cut(&self, page: &Page<'_>, captions: &[usize], sight: &mut Sight, cuts: &mut Vec<Cut>) {
        let mut found = Vec::new();
        let mut doubted = Vec::new();
        let ruled = cuts.len();
        self.judge(page, cuts, sight, |verdict, seen| {
            if let Some(level) = verdict.level {
                found.push((verdict, level));
            }
            let by_rule = self.level(verdict.sum, RULED).unwrap_or(Level::Aggressive);
            if seen.ruled > 3 - by_rule as u8 {
                doubted.push((verdict.line, by_rule));
            }
        });
        for &(line, level) in &doubted {
            let range = page.lines()[line].range();
            let at = cuts.partition_point(|c| c.range.start < range.start);
            for cut in cuts[at..]
                .iter_mut()
                .take_while(|c| c.range.start < range.end)
            {
                if cut.range.end >= range.end {
                    cut.level = cut.level.max(level);
                }
            }
        }
        let mut tokens = Vec::new();
        for (verdict, level) in found {
            let range = page.lines()[verdict.line].range();
            let in_part = |c: &Cut| {
                c.range.start < range.end
                    && c.range.end > range.start
                    && !(c.range.start <= range.start && c.range.end >= range.end)
            };
            let whole_only =
                captions.binary_search(&verdict.line).is_ok() || cuts[..ruled].iter().any(in_part);
            let shape = line::read(page.text(verdict.line), &mut tokens);
            cuts.push(Cut {
                range,
                rule: LINE_MODEL,
                level: if whole_only {
                    level.max(Level::Balanced)
                } else {
                    level
                },
                category: self.category(&tokens, &shape),
                score: thousandths(verdict.sum),
            });
        }
        cuts.sort_by_key(|c| (c.range.start, c.range.end, c.rule, c.level));
    }

    /// What kind of boilerplate a line would be.
    pub fn category(&self, tokens: &[u64], shape: &line::Shape) -> Category {
        category::of(&self.categories, tokens, shape)
    }
}

/// A sum as a likelihood in thousandths: the logistic function by straight lines between whole logits.
pub fn thousandths(sum: i32) -> u16 {
    const AT: [i32; 9] = [500, 731, 881, 953, 982, 993, 998, 999, 1000];
    let size = sum.unsigned_abs().min(8 * UNIT as u32 - 1) as i32;
    let (whole, rest) = ((size / UNIT) as usize, size % UNIT);
    let up = AT[whole] + (AT[whole + 1] - AT[whole]) * rest / UNIT;
    (if sum < 0 { 1000 - up } else { up }) as u16
}

/// True for tables of the right sizes.
pub(crate) fn fits(model: &Model) -> bool {
    model.words.len() == 1 << words::BITS
        && model.tables.len() == FEATURES
        && model.categories.len() == category::SLOTS * category::COUNT
}

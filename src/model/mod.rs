//! The line model: is this line boilerplate? A sum of integer weights, in three steps.
//!
//! 1. [`mod@line`] and [`words`]: every line by itself, its first words and its shape, as hashes into one table.
//! 2. [`context`]: the line among its neighbours and on its page, with the first sums of all of them; one byte a feature,
//!    one table of 256 weights each.
//! 3. [`around`] and [`trees`]: where that sum leaves a line open, small trees over the same bytes and over the second sums
//!    of the lines around it.
//!
//! The weights are made by [`crate::train`] from labelled pages; [`mod@file`] is how they are stored. Being sums, verdicts
//! explain themselves: the reasons of a line are its largest terms. Everything is integer arithmetic, so that the same text is
//! judged the same on every machine.
//!
//! Cost: the words are looked up for the first [`line::TOKENS`] tokens, the second step is one addition a feature, the third
//! five comparisons a tree, for one line in ten of news and for every other line of whole pages. The last short lines are not
//! read again.

pub mod around;
pub mod category;
pub mod context;
pub mod decide;
pub mod file;
pub mod line;
pub mod reasons;
pub mod trees;
pub mod words;

use rustc_hash::FxHashMap;

use crate::config::Level;
use crate::rules::{Category, Cut, LINE_MODEL, Page};
use crate::text::hash;
use crate::text::memory::{self, Memory};
use around::{Around, MORE};
use context::{Context, FEATURES, Seen};
use decide::{Case, Decided, Falls};
use trees::Tree;

/// Parts of a logit in which the second step counts.
pub const UNIT: i32 = 256;

/// Second sums that leave a line open, so that the trees are asked.
const OPEN: std::ops::Range<i32> = -5 * UNIT..6 * UNIT;

/// Kinds of pages by how much of them looks like boilerplate at first sight: a whole page with its menus is judged by another
/// measure than what an extractor left.
pub const KINDS: usize = 6;

/// Ends of the kinds, as the mean likelihood of a page's lines (1 to 255); whole pages have three kinds of their own.
const KIND_ENDS: [usize; 2] = [64, 136];

/// So many lines at either end of a page tell whether it is whole: it begins with a menu and ends with a footer.
const EDGE: usize = 6;
/// Least mean likelihood of both ends of a whole page.
const WHOLE: usize = 150;

/// Thresholds of a level: one for each kind of page, and two for lines that a rule takes, on any page. A rule lowers the
/// threshold; it does not outvote everything around the line.
pub const THRESHOLDS: usize = KINDS + 2;

/// The threshold of lines that a rule takes at `safe`; the next is that of lines that rules take later, on weaker grounds.
pub const RULED: usize = KINDS;

/// How many short lines are remembered as they were read: .4 MB of them.
const REMEMBERED: usize = 1024;

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
    /// What is added to sums that leave a line open.
    pub(crate) trees: Vec<Tree>,
    /// Weights of the categories, slot by slot.
    pub(crate) categories: Vec<i8>,
}

/// A page as both steps see it. Reused from page to page.
#[derive(Default)]
pub struct Sight {
    tokens: Vec<u64>,
    /// The last short lines, read.
    memory: Option<Memory<(line::Shape, Vec<u64>)>>,
    /// The tokens of all lines, end to end, and where those of each end.
    kept: Vec<u64>,
    ends: Vec<usize>,
    /// Indexes of the lines that are judged.
    pub(crate) index: Vec<usize>,
    /// Those lines.
    pub(crate) seen: Vec<Seen>,
    /// For each cut of the rules the first line it touches, if it takes all of it.
    covers: Vec<Option<usize>>,
    copies: FxHashMap<u64, u32>,
    keys: Vec<u64>,
    pub(crate) context: Context,
    pub(crate) around: Around,
    pub(crate) sums: Vec<i32>,
    pub(crate) finals: Vec<i32>,
    cases: Vec<Case>,
    falls: Vec<Falls>,
    decided: Vec<Decided>,
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
        self.kept.clear();
        self.ends.clear();
        self.index.clear();
        self.seen.clear();
        self.copies.clear();
        self.keys.clear();
        let lines = page.lines();
        let memory = self.memory.get_or_insert_with(|| Memory::new(REMEMBERED));
        for (i, line) in lines.iter().enumerate() {
            let Some(text) = line.text.filter(|t| !t.is_empty()) else {
                continue;
            };
            let (shape, tokens) = match memory::fits(text) {
                true => {
                    let found =
                        memory.of(text, |(shape, tokens)| *shape = line::read(text, tokens));
                    (found.0, &found.1)
                }
                false => (line::read(text, &mut self.tokens), &self.tokens),
            };
            self.kept.extend_from_slice(tokens);
            self.ends.push(self.kept.len());
            let gap = |i: Option<usize>| i.is_none_or(|i| page.text(i).is_empty());
            let key = hash::bytes64(text.as_bytes());
            *self.copies.entry(key).or_default() += 1;
            self.keys.push(key);
            self.index.push(i);
            self.seen.push(Seen {
                score: first(tokens, &shape),
                shape,
                category: 254,
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

    /// The tokens of a line.
    fn tokens(&self, k: usize) -> &[u64] {
        let from = k.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.kept[from..self.ends[k]]
    }

    /// Notes which whole lines the rules take, and for each cut the first line it touches, if it takes all of it.
    fn rules(&mut self, page: &Page<'_>, cuts: &[Cut]) {
        let lines = page.lines();
        self.covers.clear();
        for cut in cuts {
            let ruled = 3 - cut.level as u8;
            let first = self
                .index
                .partition_point(|&i| lines[i].end <= cut.range.start);
            let mut covers = None;
            for (at, &i) in self.index.iter().enumerate().skip(first) {
                let line = &lines[i];
                if line.start >= cut.range.end {
                    break;
                }
                if cut.range.start <= line.offset
                    && cut.range.end >= line.offset + page.text(i).len()
                {
                    self.seen[at].ruled = self.seen[at].ruled.max(ruled);
                    self.seen[at].category = cut.category as u8;
                    covers = covers.or((at == first).then_some(at));
                }
            }
            self.covers.push(covers);
        }
    }

    /// Writes the second step's sums.
    pub(crate) fn second_step(&mut self, tables: &[[i16; 256]], bias: i32) {
        self.context.new_page(&self.seen);
        self.sums.clear();
        for k in 0..self.seen.len() {
            let row = self.context.row(&self.seen, k);
            self.sums.push(sum(tables, bias, &row));
        }
    }

    /// Adds the trees to the second sums that leave a line open. All look at the second sums only.
    pub(crate) fn third_step(&mut self, trees: &[Tree]) {
        self.finals.clear();
        if !self.sums.iter().copied().any(open) {
            return self.finals.extend_from_slice(&self.sums);
        }
        self.around.new_page(&self.seen, &self.sums);
        let kind = self.kind();
        for k in 0..self.seen.len() {
            let mut sum = self.sums[k];
            if open(sum) {
                let row = self.row(kind, k);
                sum += trees.iter().map(|tree| tree.value(&row)).sum::<i32>();
            }
            self.finals.push(sum);
        }
    }

    /// All that the third step sees of a line that the second left open.
    pub(crate) fn row(&self, kind: usize, k: usize) -> trees::Row {
        let mut row = [0; 256];
        let (second, third) = row.split_at_mut(FEATURES);
        second.copy_from_slice(&self.context.row(&self.seen, k));
        third[..MORE].copy_from_slice(&self.around.row(&self.seen, &self.sums, kind, k));
        row
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

    /// Judges every line of a page that is not blank: writes one sum for each line of the sight. `cuts` are those of the rules.
    fn sums(&self, page: &Page<'_>, cuts: &[Cut], sight: &mut Sight) {
        sight.new_page(page, cuts, |tokens, shape| self.first(tokens, shape));
        sight.second_step(&self.tables, self.bias);
        sight.third_step(&self.trees);
    }

    /// Adds the model's cuts to those of the rules, and lets whole lines that a rule takes fall later where everything else
    /// speaks for content. See [`decide`].
    pub fn cut(&self, page: &Page<'_>, captions: &[usize], sight: &mut Sight, cuts: &mut Vec<Cut>) {
        self.sums(page, cuts, sight);
        let lines = page.lines();
        let mut next = 0;
        sight.cases.clear();
        for (k, seen) in sight.seen.iter().enumerate() {
            let line = &lines[sight.index[k]];
            while cuts.get(next).is_some_and(|c| c.range.end <= line.start) {
                next += 1;
            }
            let part = |c: &Cut| c.range.start > line.offset || c.range.end < line.end;
            let mut here = cuts[next..].iter().take_while(|c| c.range.start < line.end);
            let late = here.any(part) || captions.binary_search(&sight.index[k]).is_ok();
            let ruled = ruled_level(seen.ruled);
            sight
                .cases
                .push(Case::of(seen, sight.finals[k], ruled, late));
        }
        let kind = sight.kind();
        self.decide(&sight.cases, kind, &mut sight.falls, &mut sight.decided);
        for (cut, covers) in cuts.iter_mut().zip(&sight.covers) {
            if let Some(level) = covers.and_then(|at| sight.decided[at].by_rule) {
                cut.level = cut.level.max(level);
            }
        }
        let ruled = cuts.len();
        // What the line above was taken for, if it goes: a line whose words say little belongs to the block it stands in.
        let mut block = None;
        for (k, decided) in sight.decided.iter().enumerate() {
            let Some(level) = decided.by_model else {
                let by_rule = decided.by_rule.map(|_| sight.seen[k].category);
                block = by_rule.map(Category::of);
                continue;
            };
            let category = category::of(
                &self.categories,
                sight.tokens(k),
                &sight.seen[k].shape,
                block,
            );
            block = Some(category);
            cuts.push(Cut {
                range: lines[sight.index[k]].range(),
                rule: LINE_MODEL,
                level,
                category,
                score: thousandths(sight.finals[k]),
            });
        }
        if cuts.len() > ruled {
            cuts.sort_by_key(|c| (c.range.start, c.range.end, c.rule, c.level));
        }
    }
}

/// The level of a rule, as the second step counts it.
pub(crate) fn ruled_level(ruled: context::Ruled) -> Option<Level> {
    [
        None,
        Some(Level::Aggressive),
        Some(Level::Balanced),
        Some(Level::Safe),
    ][usize::from(ruled.min(3))]
}

/// A sum as a likelihood in thousandths: the logistic function by straight lines between whole logits.
pub fn thousandths(sum: i32) -> u16 {
    const AT: [i32; 9] = [500, 731, 881, 953, 982, 993, 998, 999, 1000];
    let size = sum.unsigned_abs().min(8 * UNIT as u32 - 1) as i32;
    let (whole, rest) = ((size / UNIT) as usize, size % UNIT);
    let up = AT[whole] + (AT[whole + 1] - AT[whole]) * rest / UNIT;
    (if sum < 0 { 1000 - up } else { up }) as u16
}

/// True for second sums that leave a line open, so that the trees are asked.
#[inline]
pub(crate) fn open(sum: i32) -> bool {
    OPEN.contains(&sum)
}

/// A sum of looked-up weights.
#[inline]
pub(crate) fn sum(tables: &[[i16; 256]], bias: i32, row: &context::Row) -> i32 {
    let terms = tables
        .iter()
        .zip(row)
        .map(|(table, &value)| i32::from(table[usize::from(value)]));
    bias + terms.sum::<i32>()
}

/// A second sum as a likelihood, 1 to 255 around 128.
pub(crate) fn likely(sum: i32) -> u8 {
    context::likelihood(sum / (UNIT / words::UNIT))
}

/// Largest bias of a model, either way. With it the sums, which [`file`] bounds by the number of trees, stay far from overflow.
const MOST_BIAS: u32 = 1 << 24;

/// True for tables of the right sizes and trees that look at bytes of the row. A model file may be someone else's.
pub(crate) fn fits(model: &Model) -> bool {
    let inside = |tree: &Tree| {
        tree.features
            .iter()
            .all(|&f| usize::from(f) < FEATURES + MORE)
    };
    model.words.len() == 1 << words::BITS
        && model.tables.len() == FEATURES
        && model.categories.len() == category::SLOTS * category::COUNT
        && model.bias.unsigned_abs() <= MOST_BIAS
        && model.trees.iter().all(inside)
}

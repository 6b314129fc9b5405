//! One slot: the tokens of one text that stand where the other text has other tokens (or none). Says what differs there.
//!
//! Numbers of equal value cancel first, then words that are spellings of each other. What is left is compared by kind: months,
//! opposites, negations, units, names, and other content.

use super::evidence::Evidence;
use super::kinds::{Kinds, abbreviates, opposed, other_outcome};
use super::lexicon::{self, Class};
use super::missing::{Place, missing_names};
use super::negation::{self, turned_round};
use super::number::{self, Number};
use super::pairing::{MAX_WORDS, Pairing};
use crate::near::align::Gap;
use crate::text::fold::{Folded, flag};

/// Most tokens by which a slot is widened to hold a whole number.
const MAX_WIDEN: usize = 3;
/// Most tokens on a side of a slot whose differences count as facts in the same place; more is another passage.
const MAX_TIGHT: usize = 12;
/// Most tokens on both sides together where a negation turns the statement round; more is said in other words.
const MAX_DENIAL: usize = 3;

/// One text of the pair and what is known of it.
pub(crate) struct Side<'t> {
    /// Its folded form.
    pub(crate) folded: &'t Folded,
    /// Whether its capitals tell names from other words.
    pub(crate) capitals: bool,
    /// Whether it is set in capitals, as headlines are: any word may be a name.
    pub(crate) headline: bool,
}

/// Most words of a passage that is one slot even when the other text goes on there: a name of a company or a place.
const MAX_SHORT: usize = 5;

/// How far a slot is from being one place in both texts.
#[derive(Clone, Copy)]
struct Far {
    /// It is long: the texts say different things there rather than the same with other facts.
    loose: bool,
    /// It is at the beginning or the end of both texts, where a header or another sentence may stand.
    edge: bool,
    /// It is at the beginning of both texts.
    start: bool,
}

/// Reads slots. Holds scratch space.
#[derive(Default)]
pub(crate) struct Reader {
    pairing: Pairing,
    numbers: [Vec<Number>; 2],
    words: [Vec<usize>; 2],
    changes: Vec<(u64, u64)>,
    all: [Vec<Number>; 2],
    all_read: [bool; 2],
}

impl Reader {
    /// Forgets the last pair.
    pub(crate) fn start(&mut self) {
        self.changes.clear();
        self.all_read = [false; 2];
    }

    /// Adds to the evidence what differs in this gap. `covered[side][token]` is true for tokens that stand elsewhere in the other
    /// text; tokens that find a spelling variant are set to true.
    pub(crate) fn read(
        &mut self,
        sides: &[Side<'_>; 2],
        gap: Gap,
        covered: &mut [Vec<bool>; 2],
        evidence: &mut Evidence,
    ) {
        self.cancel_numbers(sides, gap, covered);
        self.collect_words(gap, covered);
        let (a, b) = (self.words[0].len(), self.words[1].len());
        let spelled = a > 0 && b > 0 && a <= MAX_WORDS && b <= MAX_WORDS;
        if spelled {
            self.pairing.pair(sides, [&self.words[0], &self.words[1]]);
            self.mark_variants(covered, &mut evidence.spelled);
        }
        let loose = a.max(b) > MAX_TIGHT;
        let edge = gap.a.0 == 0 && gap.b.0 == 0
            || gap.a.1 == sides[0].folded.tokens.len() && gap.b.1 == sides[1].folded.tokens.len();
        let start = gap.a.0 == 0 && gap.b.0 == 0;
        let far = Far { loose, edge, start };
        self.count_numbers(sides, gap, covered, far, evidence);
        let (mut i, mut j) = (0, 0);
        while spelled && (i < a || j < b) {
            let (from_i, from_j) = (i, j);
            while (i < a || j < b)
                && let (0, di, dj) = self.pairing.step(i, j)
            {
                i += usize::from(di);
                j += usize::from(dj);
            }
            self.compare(sides, from_i..i, from_j..j, far, evidence);
            if i < a || j < b {
                let (_, di, dj) = self.pairing.step(i, j);
                i += usize::from(di);
                j += usize::from(dj);
            }
        }
        if !spelled {
            self.compare(sides, 0..a, 0..b, far, evidence);
        }
        evidence.unit_conflicts += u32::from(self.names_a_unit(sides, gap));
        let says = |side: usize| {
            let class = |at: &usize| lexicon::class(sides[side].folded.tokens[*at].hash);
            let grammar = |class| {
                matches!(
                    class,
                    Some(Class::Function(_) | Class::Day | Class::Negation)
                )
            };
            let mark = |at: &usize| negation::is_mark(sides[side].folded, *at);
            (self.words[side].iter())
                .any(|at| !covered[side][*at] && !grammar(class(at)) && !mark(at))
        };
        evidence.telling_gaps += u32::from(says(0) || says(1));
    }

    /// True when one text has nothing but a name here and goes on with a unit: "ten Canadian dollars" against "ten dollars".
    fn names_a_unit(&self, sides: &[Side<'_>; 2], gap: Gap) -> bool {
        let (side, end) = match (self.words[0].len(), self.words[1].len()) {
            (0, n) if n > 0 => (1, gap.b.1),
            (n, 0) if n > 0 => (0, gap.a.1),
            _ => return false,
        };
        let next = sides[side].folded.tokens.get(end);
        let kinds = Kinds::of(&sides[side], &self.words[side]);
        kinds.names == kinds.words
            && next.is_some_and(|t| matches!(lexicon::class(t.hash), Some(Class::Unit(_))))
    }

    /// Marks as covered what the spelling search paired.
    fn mark_variants(&self, covered: &mut [Vec<bool>; 2], spelled: &mut u32) {
        let (mut i, mut j) = (0, 0);
        while i < self.words[0].len() || j < self.words[1].len() {
            let (letters, di, dj) = self.pairing.step(i, j);
            let (next_i, next_j) = (i + usize::from(di), j + usize::from(dj));
            if letters > 0 {
                *spelled += u32::from(di);
                self.words[0][i..next_i]
                    .iter()
                    .for_each(|at| covered[0][*at] = true);
                self.words[1][j..next_j]
                    .iter()
                    .for_each(|at| covered[1][*at] = true);
            }
            (i, j) = (next_i, next_j);
        }
    }

    /// Reads the numbers of both sides and cancels those of equal value.
    fn cancel_numbers(&mut self, sides: &[Side<'_>; 2], gap: Gap, covered: &mut [Vec<bool>; 2]) {
        let ranges = [gap.a, gap.b];
        let (left, right) = widen(sides, gap);
        for side in 0..2 {
            let (from, to) = (ranges[side].0 - left, ranges[side].1 + right);
            self.numbers[side].clear();
            number::read(sides[side].folded, from, to, &mut self.numbers[side]);
        }
        let [a, b] = &mut self.numbers;
        a.retain(|x| match b.iter().position(|y| y.value == x.value) {
            Some(at) => {
                let y = b.remove(at);
                (x.first..x.last).for_each(|i| covered[0][i] = true);
                (y.first..y.last).for_each(|i| covered[1][i] = true);
                false
            }
            None => true,
        });
        a.retain(|x| !(x.first..x.last).all(|i| covered[0][i]));
        b.retain(|x| !(x.first..x.last).all(|i| covered[1][i]));
        if same_digits(sides, a, b) {
            for (side, list) in [(0, &*a), (1, &*b)] {
                list.iter()
                    .for_each(|x| (x.first..x.last).for_each(|i| covered[side][i] = true));
            }
            a.clear();
            b.clear();
        }
        if is_list_number(sides, gap, a, b) {
            a.remove(0);
            b.remove(0);
        }
    }

    /// Lists all numbers of both texts by value, once per pair and only when some slot has a number left.
    fn read_all(&mut self, sides: &[Side<'_>; 2]) {
        for (side, all) in self.all.iter_mut().enumerate() {
            if self.numbers[1 - side].is_empty() || self.all_read[side] {
                continue;
            }
            let folded = sides[side].folded;
            all.clear();
            number::read(folded, 0, folded.tokens.len(), all);
            all.sort_unstable_by_key(|n| n.value);
            self.all_read[side] = true;
        }
    }

    /// Counts the numbers that are left: against another number, or against nothing.
    fn count_numbers(
        &mut self,
        sides: &[Side<'_>; 2],
        gap: Gap,
        covered: &[Vec<bool>; 2],
        far: Far,
        evidence: &mut Evidence,
    ) {
        for (numbers, covered) in self.numbers.iter_mut().zip(covered) {
            numbers.retain(|n| !(n.first..n.last).all(|at| covered[at]));
        }
        self.read_all(sides);
        let [a, b] = &self.numbers;
        if !far.loose {
            let plain = |list: &[Number]| list.iter().filter(|n| !n.code).count();
            let (both, plain) = (a.len().min(b.len()), plain(a).min(plain(b)));
            evidence.number_conflicts += plain as u32;
            evidence.code_conflicts += (both - plain) as u32;
        }
        for (side, (own, other)) in [(a, b), (b, a)].into_iter().enumerate() {
            let folded = sides[side].folded;
            let all = &self.all[1 - side];
            let is_new = |n: &&Number| {
                folded.tokens[n.first].flags & flag::DIGIT != 0
                    && all.binary_search_by_key(&n.value, |n| n.value).is_err()
            };
            evidence.new_numbers[side] += own.iter().filter(is_new).count() as u32;
            let over = own.len().saturating_sub(other.len());
            let range = if side == 0 { gap.a } else { gap.b };
            if over > 0 && !far.loose && !far.edge && is_bare(folded, range, &covered[side], own) {
                evidence.bare_numbers[side] += over as u32;
            }
        }
    }

    /// Lists the tokens of both sides that are still without counterpart.
    fn collect_words(&mut self, gap: Gap, covered: &[Vec<bool>; 2]) {
        for (side, range) in [gap.a, gap.b].into_iter().enumerate() {
            self.words[side].clear();
            self.words[side].extend((range.0..range.1).filter(|at| !covered[side][*at]));
        }
    }

    /// Compares what is left in a part of the slot, by kind.
    fn compare(
        &mut self,
        sides: &[Side<'_>; 2],
        a: std::ops::Range<usize>,
        b: std::ops::Range<usize>,
        far: Far,
        evidence: &mut Evidence,
    ) {
        if a.is_empty() && b.is_empty() {
            return;
        }
        let tight = a.len() + b.len() <= MAX_DENIAL;
        let mut loose = far.loose;
        let (mut a, mut b) = (a, b);
        let ranges = [a.clone(), b.clone()];
        if loose {
            // A short passage against one that goes on: what stands beside the common words is one slot still.
            let short = a.len().min(b.len());
            if !far.start && (1..=MAX_SHORT).contains(&short) {
                a.end = a.end.min(a.start + short + 1);
                b.end = b.end.min(b.start + short + 1);
                loose = false;
            }
        }
        let kinds = [
            Kinds::of(&sides[0], &self.words[0][a]),
            Kinds::of(&sides[1], &self.words[1][b]),
        ];
        let [x, y] = &kinds;
        let denial = x.negations % 2 != y.negations % 2;
        let alone = x.content <= x.negations && y.content <= y.negations;
        evidence.denials += u32::from(tight && denial && alone);
        let turned = || {
            let word = |side: usize, at: usize| sides[side].folded.token(self.words[side][at]);
            let (i, j) = (ranges[0].start, ranges[1].start);
            ranges.iter().all(|r| r.len() == 1) && turned_round(word(0, i), word(1, j))
        };
        evidence.negation_conflicts += u32::from(tight && (denial || turned()));
        let months = x.months != 0 && y.months != 0 && x.months != y.months;
        let directions = opposed(x, y);
        let units = x.units != 0 && y.units != 0 && x.units & y.units == 0;
        let headline = sides[0].headline && sides[1].headline && x.unlisted > 0 && y.unlisted > 0;
        let names =
            headline || x.names > 0 && y.names > 0 && !(abbreviates(x, y) || abbreviates(y, x));
        if !loose {
            evidence.month_conflicts += u32::from(months);
            evidence.direction_conflicts += u32::from(directions);
            evidence.unit_conflicts += u32::from(units);
            evidence.name_conflicts += u32::from(names);
        }
        if x.content > 0 && y.content > 0 {
            evidence.replaced += 1;
            evidence.largest_replaced = evidence.largest_replaced.max(x.content.min(y.content));
            let change = (x.hash, y.hash);
            evidence.repeated_changes +=
                u32::from(!(x.unspaced || y.unspaced) && self.changes.contains(&change));
            self.changes.push(change);
        }
        evidence.outcome_conflicts += u32::from(!loose && other_outcome(x, y));
        for (side, range) in ranges.iter().enumerate() {
            let content = Kinds::of(&sides[side], &self.words[side][range.clone()]).content;
            evidence.longest_content[side] = evidence.longest_content[side].max(content);
            let empty = ranges[1 - side].is_empty();
            let place = Place {
                alone: empty,
                head: far.start && (empty || far.loose),
                tail: far.edge && !far.start && empty,
            };
            evidence.missing_names[side] +=
                missing_names(sides, side, &self.words[side][range.clone()], place);
        }
        evidence.lost_names[0] += if y.words == 0 { x.names } else { 0 };
        evidence.lost_names[1] += if x.words == 0 { y.names } else { 0 };
    }
}

/// How many equal tokens before and after the gap belong to numbers that reach into it.
fn widen(sides: &[Side<'_>; 2], gap: Gap) -> (usize, usize) {
    let folded = sides[0].folded;
    let mut left = 0;
    while left < MAX_WIDEN
        && gap.a.0 > left
        && gap.b.0 > left
        && folded.tokens[gap.a.0 - left - 1].hash == sides[1].folded.tokens[gap.b.0 - left - 1].hash
        && number::is_part(folded, gap.a.0 - left - 1)
    {
        left += 1;
    }
    let mut right = 0;
    while right < MAX_WIDEN
        && gap.a.1 + right < folded.tokens.len()
        && gap.b.1 + right < sides[1].folded.tokens.len()
        && folded.tokens[gap.a.1 + right].hash == sides[1].folded.tokens[gap.b.1 + right].hash
        && number::is_scale(folded, gap.a.1 + right)
    {
        right += 1;
    }
    (left, right)
}

/// True when this side of a gap holds numbers and nothing beside them but units and grammar.
fn is_bare(folded: &Folded, range: (usize, usize), covered: &[bool], numbers: &[Number]) -> bool {
    (range.0..range.1).all(|at| {
        covered[at]
            || numbers.iter().any(|n| (n.first..n.last).contains(&at))
            || matches!(
                lexicon::class(folded.tokens[at].hash),
                Some(Class::Unit(_) | Class::Function(_))
            )
    })
}

/// True when both lists, written without blanks, hold the same digits: a scanner put a blank into one.
fn same_digits(sides: &[Side<'_>; 2], a: &[Number], b: &[Number]) -> bool {
    let digits = |side: usize, list: &[Number]| {
        let folded = sides[side].folded;
        let mut hash: u64 = 0;
        for at in list.iter().flat_map(|n| n.first..n.last) {
            let is_figure = |c: &u8| c.is_ascii_digit() || *c == b'-';
            for c in folded.token(at).bytes().filter(is_figure) {
                hash = hash.wrapping_mul(31).wrapping_add(u64::from(c));
            }
        }
        hash
    };
    let tokens = |list: &[Number]| list.iter().map(|n| n.last - n.first).sum::<usize>();
    !a.is_empty() && tokens(a) != tokens(b) && digits(0, a) == digits(1, b) && digits(0, a) > 0
}

/// True when both texts begin with a short number: the place in two lists, no fact.
fn is_list_number(sides: &[Side<'_>; 2], gap: Gap, a: &[Number], b: &[Number]) -> bool {
    let at_start = |side: usize, list: &[Number]| {
        list.first().is_some_and(|n| {
            n.first == 0
                && n.last == 1
                && !n.code
                && sides[side].folded.token(0).len() <= 3
                && sides[side].folded.tokens[0].flags & flag::DIGIT != 0
        })
    };
    gap.a.0 == 0 && gap.b.0 == 0 && gap.a.1 == 1 && gap.b.1 == 1 && at_start(0, a) && at_start(1, b)
}

//! One slot: the tokens of one text that stand where the other text has other tokens (or none). Says what differs there.
//!
//! Numbers of equal value cancel first, then words that are spellings of each other. What is left is compared by kind: months,
//! opposites, negations, units, names, and other content.

use super::evidence::Evidence;
use super::lexicon::{self, Class};
use super::number::{self, Number};
use super::spelling::Speller;
use crate::near::align::Gap;
use crate::text::fold::{Folded, flag};

/// Most tokens on a side among which spelling variants are looked for; the search takes their product in time.
const MAX_SPELLING: usize = 24;
/// Most tokens by which a slot is widened to hold a whole number.
const MAX_WIDEN: usize = 3;
/// Most tokens on a side of a slot whose differences count as facts in the same place; more is another passage.
const MAX_TIGHT: usize = 8;
/// Most tokens on both sides together where a negation turns the statement round; more is said in other words.
const MAX_DENIAL: usize = 3;

/// One text of the pair and what is known of it.
pub(crate) struct Side<'t> {
    /// Its folded form.
    pub(crate) folded: &'t Folded,
    /// Whether its capitals tell names from other words.
    pub(crate) capitals: bool,
}

/// Reads slots. Holds scratch space.
#[derive(Default)]
pub(crate) struct Reader {
    speller: Speller,
    numbers: [Vec<Number>; 2],
    words: [Vec<usize>; 2],
    steps: Vec<(u16, u8, u8)>,
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
        let spelled = a > 0 && b > 0 && a <= MAX_SPELLING && b <= MAX_SPELLING;
        if spelled {
            self.match_spellings(sides);
            self.mark_variants(covered, evidence);
        }
        let loose = a.max(b) > MAX_TIGHT;
        let edge = gap.a.0 == 0 && gap.b.0 == 0
            || gap.a.1 == sides[0].folded.tokens.len() && gap.b.1 == sides[1].folded.tokens.len();
        self.count_numbers(sides, gap, covered, (loose, edge), evidence);
        let (mut i, mut j) = (0, 0);
        while spelled && (i < a || j < b) {
            let (from_i, from_j) = (i, j);
            while (i < a || j < b)
                && let (0, di, dj) = self.step(i, j)
            {
                i += usize::from(di);
                j += usize::from(dj);
            }
            self.compare(sides, from_i..i, from_j..j, loose, evidence);
            if i < a || j < b {
                let (_, di, dj) = self.step(i, j);
                i += usize::from(di);
                j += usize::from(dj);
            }
        }
        if !spelled {
            self.compare(sides, 0..a, 0..b, loose, evidence);
        }
    }

    /// Marks as covered what the spelling search paired.
    fn mark_variants(&mut self, covered: &mut [Vec<bool>; 2], evidence: &mut Evidence) {
        let (mut i, mut j) = (0, 0);
        while i < self.words[0].len() || j < self.words[1].len() {
            let (letters, di, dj) = self.step(i, j);
            let (next_i, next_j) = (i + usize::from(di), j + usize::from(dj));
            if letters > 0 {
                self.words[0][i..next_i]
                    .iter()
                    .for_each(|at| covered[0][*at] = true);
                self.words[1][j..next_j]
                    .iter()
                    .for_each(|at| covered[1][*at] = true);
                evidence.variants += 1;
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
            (a.remove(0), b.remove(0));
        }
    }

    /// Lists all numbers of both texts by value, once per pair and only when some slot has a number left.
    fn read_all(&mut self, sides: &[Side<'_>; 2]) {
        for side in 0..2 {
            if self.numbers[1 - side].is_empty() || self.all_read[side] {
                continue;
            }
            let (folded, all) = (sides[side].folded, &mut self.all[side]);
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
        (loose, edge): (bool, bool),
        evidence: &mut Evidence,
    ) {
        for side in 0..2 {
            let open = |n: &Number| !(n.first..n.last).all(|at| covered[side][at]);
            self.numbers[side].retain(open);
        }
        self.read_all(sides);
        let [a, b] = &self.numbers;
        let codes = |list: &[Number]| list.iter().filter(|n| n.code).count();
        let (plain_a, plain_b) = (a.len() - codes(a), b.len() - codes(b));
        let both = a.len().min(b.len());
        let plain = plain_a.min(plain_b);
        if loose {
            evidence.loose_conflicts += both as u32;
        } else {
            evidence.number_conflicts += plain as u32;
            evidence.code_conflicts += (both - plain) as u32;
        }
        for (side, (own, other)) in [(a, b), (b, a)].into_iter().enumerate() {
            let over = own.len().saturating_sub(other.len());
            if over == 0 {
                continue;
            }
            let folded = sides[side].folded;
            let digit = |n: &Number| folded.tokens[n.first].flags & flag::DIGIT != 0;
            let range = if side == 0 { gap.a } else { gap.b };
            let bare = (range.0..range.1).all(|at| {
                covered[side][at]
                    || own.iter().any(|n| (n.first..n.last).contains(&at))
                    || matches!(
                        lexicon::class(folded.tokens[at].hash),
                        Some(Class::Unit(_) | Class::Function(_))
                    )
            });
            let all = &self.all[1 - side];
            let elsewhere = |value| {
                all.binary_search_by_key(&value, |n: &Number| n.value)
                    .is_ok()
            };
            let lost = own.iter().filter(|n| !elsewhere(n.value));
            let (mut digits, mut words) = (0, 0);
            lost.for_each(|n| if digit(n) { digits += 1 } else { words += 1 });
            let digits = digits.min(over) as u32;
            let words = words.min(over) as u32;
            match (edge || loose, bare) {
                (true, _) => evidence.edge_numbers[side] += digits,
                (false, true) => evidence.bare_numbers[side] += over as u32,
                (false, false) => evidence.lost_numbers[side] += digits,
            }
            evidence.lost_number_words[side] += words;
        }
    }

    /// Lists the tokens of both sides that are still without counterpart.
    fn collect_words(&mut self, gap: Gap, covered: &[Vec<bool>; 2]) {
        for (side, range) in [gap.a, gap.b].into_iter().enumerate() {
            self.words[side].clear();
            self.words[side].extend((range.0..range.1).filter(|at| !covered[side][*at]));
        }
    }

    /// Best way to pair words of both lists as spelling variants, in order; `steps` tells for each state what to do:
    /// `(letters matched here, words of a, words of b)`; 0 letters is a skip.
    fn match_spellings(&mut self, sides: &[Side<'_>; 2]) {
        let (a, b) = (self.words[0].len(), self.words[1].len());
        let width = b + 1;
        let mut best = [[0u16; MAX_SPELLING + 1]; MAX_SPELLING + 1];
        self.steps.clear();
        self.steps.resize((a + 1) * width, (0, 0, 0));
        for i in (0..=a).rev() {
            for j in (0..=b).rev() {
                let (mut top, mut step) = (0, (0, 0, 0));
                if i < a && best[i + 1][j] >= top {
                    (top, step) = (best[i + 1][j], (0, 1, 0));
                }
                if j < b && best[i][j + 1] > top || (i == a && j < b) {
                    (top, step) = (best[i][j + 1], (0, 0, 1));
                }
                for (m, n) in [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)] {
                    if i + m > a || j + n > b {
                        continue;
                    }
                    let letters = self.variant_letters(sides, (i, m), (j, n));
                    if letters > 0 && best[i + m][j + n] + letters > top {
                        top = best[i + m][j + n] + letters;
                        step = (letters, m as u8, n as u8);
                    }
                }
                best[i][j] = top;
                self.steps[i * width + j] = step;
            }
        }
    }

    fn step(&self, i: usize, j: usize) -> (u16, u8, u8) {
        self.steps
            .get(i * (self.words[1].len() + 1) + j)
            .copied()
            .unwrap_or((1, 0, 0))
    }

    /// Letters that are paired when words `i..i + m` and `j..j + n` are one word in two spellings, else 0.
    fn variant_letters(
        &mut self,
        sides: &[Side<'_>; 2],
        (i, m): (usize, usize),
        (j, n): (usize, usize),
    ) -> u16 {
        let (a, b) = (&self.words[0][i..i + m], &self.words[1][j..j + n]);
        let in_row = |list: &[usize]| list.windows(2).all(|w| w[1] == w[0] + 1);
        if !in_row(a) || !in_row(b) {
            return 0;
        }
        let is_fact = |side: usize, at: usize| {
            !matches!(
                lexicon::class(sides[side].folded.tokens[at].hash),
                None | Some(Class::Function(_))
            )
        };
        if m == 1 && n == 1 && is_fact(0, a[0]) && is_fact(1, b[0]) {
            return same_class(sides, a[0], b[0]);
        }
        let capital =
            |side: usize, at: usize| sides[side].folded.tokens[at].flags & flag::CAPITAL != 0;
        let digit = |side: usize, at: usize| sides[side].folded.tokens[at].flags & flag::DIGIT != 0;
        if a.iter().all(|at| digit(0, *at)) && b.iter().all(|at| digit(1, *at)) {
            return 0;
        }
        let unspaced =
            |side: usize, at: usize| sides[side].folded.tokens[at].flags & flag::UNSPACED != 0;
        if unspaced(0, a[0]) || unspaced(1, b[0]) {
            return 0;
        }
        let names = capital(0, a[0]) && capital(1, b[0]);
        let mut parts = [[""; 3]; 2];
        a.iter()
            .enumerate()
            .for_each(|(k, at)| parts[0][k] = sides[0].folded.token(*at));
        b.iter()
            .enumerate()
            .for_each(|(k, at)| parts[1][k] = sides[1].folded.token(*at));
        if self.speller.same(&parts[0][..m], &parts[1][..n], names) {
            let letters = |p: &[&str]| p.iter().map(|w| w.len()).sum::<usize>();
            (letters(&parts[0][..m]) + letters(&parts[1][..n])).min(200) as u16
        } else {
            0
        }
    }

    /// Compares what is left in a part of the slot, by kind.
    fn compare(
        &mut self,
        sides: &[Side<'_>; 2],
        a: std::ops::Range<usize>,
        b: std::ops::Range<usize>,
        loose: bool,
        evidence: &mut Evidence,
    ) {
        if a.is_empty() && b.is_empty() {
            return;
        }
        let tight = a.len() + b.len() <= MAX_DENIAL;
        let kinds = [
            Kinds::of(&sides[0], &self.words[0][a]),
            Kinds::of(&sides[1], &self.words[1][b]),
        ];
        let [x, y] = &kinds;
        evidence.negation_conflicts += u32::from(tight && x.negations % 2 != y.negations % 2);
        let months = x.months != 0 && y.months != 0 && x.months != y.months;
        let directions = opposed(x, y);
        let units = x.units != 0 && y.units != 0 && x.units & y.units == 0;
        let names = x.names > 0 && y.names > 0 && !(abbreviates(x, y) || abbreviates(y, x));
        if loose {
            evidence.loose_conflicts +=
                u32::from(months) + u32::from(directions) + u32::from(units) + u32::from(names);
        } else {
            evidence.month_conflicts += u32::from(months);
            evidence.direction_conflicts += u32::from(directions);
            evidence.unit_conflicts += u32::from(units);
            evidence.name_conflicts += u32::from(names);
        }
        if x.content > 0 && y.content > 0 {
            evidence.replaced += 1;
            evidence.replaced_words[0] += x.content;
            evidence.replaced_words[1] += y.content;
            evidence.largest_replaced = evidence.largest_replaced.max(x.content.min(y.content));
            let change = (x.hash, y.hash);
            evidence.repeated_changes +=
                u32::from(!(x.unspaced || y.unspaced) && self.changes.contains(&change));
            self.changes.push(change);
        } else {
            evidence.added_words[0] += x.content;
            evidence.added_words[1] += y.content;
        }
        evidence.lost_names[0] += if y.words == 0 { x.names } else { 0 };
        evidence.lost_names[1] += if x.words == 0 { y.names } else { 0 };
        evidence.lost_months[0] += u32::from(x.months & !y.months != 0);
        evidence.lost_months[1] += u32::from(y.months & !x.months != 0);
    }
}

/// What kinds of words one side of a slot holds, as counts and bit sets.
#[derive(Default)]
struct Kinds {
    words: u32,
    content: u32,
    names: u32,
    negations: u32,
    months: u16,
    units: u64,
    hash: u64,
    unspaced: bool,
    up: u32,
    down: u32,
    initials: [char; 4],
    first: [char; 4],
}

impl Kinds {
    fn of(side: &Side<'_>, words: &[usize]) -> Self {
        let mut kinds = Kinds::default();
        for &at in words {
            kinds.words += 1;
            let token = &side.folded.tokens[at];
            kinds.unspaced |= token.flags & flag::UNSPACED != 0;
            let class = lexicon::class(token.hash);
            match class {
                Some(Class::Month(m)) => kinds.months |= 1 << m,
                Some(Class::Direction(axis, true)) => kinds.up |= 1 << axis,
                Some(Class::Direction(axis, false)) => kinds.down |= 1 << axis,
                Some(Class::Negation) => kinds.negations += 1,
                Some(Class::Unit(unit)) => kinds.units |= 1 << unit,
                _ => {}
            }
            if !matches!(class, Some(Class::Function(_) | Class::Day)) {
                kinds.content += 1;
                kinds.hash = kinds.hash.wrapping_mul(31).wrapping_add(token.hash);
            }
            let text = side.folded.token(at);
            if class.is_none() && side.capitals && token.flags & flag::CAPITAL != 0 {
                kinds.names += 1;
                let mut letters = text.chars();
                if let Some(free) = kinds.initials.iter_mut().find(|c| **c == '\0') {
                    *free = letters.next().unwrap_or('\0');
                }
                if kinds.names == 1 {
                    text.chars()
                        .zip(&mut kinds.first)
                        .for_each(|(c, to)| *to = c);
                    if text.chars().count() > 4 {
                        kinds.first = ['\0'; 4];
                    }
                }
            }
        }
        kinds
    }
}

/// True when one name on the left is the initials of the names on the right.
fn abbreviates(short: &Kinds, long: &Kinds) -> bool {
    long.names >= 2 && (short.first == long.initials || short.initials == long.initials)
}

/// True when some axis has only one side here and only the other there.
fn opposed(x: &Kinds, y: &Kinds) -> bool {
    (x.up & !x.down) & (y.down & !y.up) != 0 || (x.down & !x.up) & (y.up & !y.down) != 0
}

/// Letters paired when two listed words say the same ("pct" and "percent"), else 0.
fn same_class(sides: &[Side<'_>; 2], a: usize, b: usize) -> u16 {
    let class = |side: usize, at: usize| lexicon::class(sides[side].folded.tokens[at].hash);
    let (x, y) = (class(0, a), class(1, b));
    let equal = match (x, y) {
        (Some(Class::Direction(..)), _) => false,
        _ => x == y,
    };
    if equal { 12 } else { 0 }
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

/// True when both lists, written without blanks, hold the same digits: a scanner put a blank into one.
fn same_digits(sides: &[Side<'_>; 2], a: &[Number], b: &[Number]) -> bool {
    let digits = |side: usize, list: &[Number]| {
        let folded = sides[side].folded;
        let mut hash: u64 = 0;
        for at in list.iter().flat_map(|n| n.first..n.last) {
            for c in folded.token(at).bytes().filter(u8::is_ascii_digit) {
                hash = hash.wrapping_mul(31).wrapping_add(u64::from(c));
            }
        }
        hash
    };
    !a.is_empty() && !b.is_empty() && digits(0, a) == digits(1, b) && digits(0, a) > 0
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

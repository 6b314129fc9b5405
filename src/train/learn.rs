//! Logistic regression over looked-up weights, by stochastic gradient descent with a step of its own for each weight (Adagrad,
//! Duchi, Hazan and Singer 2011). Deterministic: the order of pages and lines comes from a fixed sequence.

use crate::error::Result;
use crate::model::context::{self, Context, FEATURES, Seen};
use crate::model::words::BITS;
use crate::model::{UNIT, category, words};

use super::cache::{Cache, Line, Pages};

/// Weights with their sums of squared gradients.
struct Weights {
    w: Vec<f32>,
    g: Vec<f32>,
    /// Sums of the weights after each of the later passes, and how many those are.
    kept: (Vec<f32>, f32),
}

/// How a table is learnt.
#[derive(Clone, Copy)]
struct Pace {
    passes: u64,
    rate: f32,
    decay: f32,
}

/// Chosen by cross-validation on the development pages: more passes fit the training sites only.
const FIRST: Pace = Pace {
    passes: 5,
    rate: 0.1,
    decay: 1e-6,
};
const SECOND: Pace = Pace {
    passes: 6,
    rate: 0.025,
    decay: 1e-5,
};
const CATEGORY: Pace = Pace {
    passes: 4,
    rate: 0.1,
    decay: 1e-5,
};

impl Weights {
    fn new(n: usize) -> Self {
        Weights {
            w: vec![0.0; n],
            g: vec![1e-6; n],
            kept: (vec![0.0; n], 0.0),
        }
    }

    fn keep(&mut self) {
        self.kept
            .0
            .iter_mut()
            .zip(&self.w)
            .for_each(|(sum, w)| *sum += w);
        self.kept.1 += 1.0;
    }

    /// Takes the mean of what was kept.
    fn settle(&mut self) {
        let n = self.kept.1.max(1.0);
        self.w
            .iter_mut()
            .zip(&self.kept.0)
            .for_each(|(w, sum)| *w = sum / n);
    }

    fn sum(&self, slots: &[u32]) -> f32 {
        slots.iter().map(|&s| self.w[s as usize]).sum()
    }

    /// One step towards `label` with this weight.
    fn learn(&mut self, slots: &[u32], label: f32, weight: f32, pace: Pace) {
        let error = (1.0 / (1.0 + (-self.sum(slots)).exp()) - label) * weight;
        self.step(slots, error, pace);
    }

    fn step(&mut self, slots: &[u32], error: f32, pace: Pace) {
        if error.abs() < 1e-4 {
            return;
        }
        for &slot in slots {
            let i = slot as usize;
            let gradient = error + pace.decay * self.w[i];
            self.g[i] += gradient * gradient;
            self.w[i] -= pace.rate * gradient / self.g[i].sqrt();
        }
    }
}

/// A fixed sequence of numbers (xorshift, Marsaglia 2003).
pub(super) struct Numbers(u64);

impl Numbers {
    /// The sequence of this number.
    pub(super) fn new(seed: u64) -> Self {
        Numbers(0x9e37_79b9_7f4a_7c15 ^ seed)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// Pages whose lines are shuffled together: neighbours on a page are alike, and steps that are alike run away.
const TOGETHER: usize = 256;

/// Calls `each` with batches of lines of the pages chosen, in a new order on every pass.
fn passes(
    cache: &Cache,
    chosen: &dyn Fn(usize) -> bool,
    passes: u64,
    mut each: impl FnMut(usize, &[Line]) -> Vec<(Vec<u32>, f32, f32)>,
    weights: &mut Weights,
    step: impl Fn(&mut Weights, &[u32], f32, f32),
) -> Result<()> {
    let mut reader = cache.reader()?;
    let mut order: Vec<usize> = (0..cache.pages.len())
        .filter(|&p| chosen(p) && cache.pages[p].weight() > 0.0)
        .collect();
    let mut lines = Vec::new();
    for pass in 0..passes {
        let mut numbers = Numbers::new(pass + 1);
        numbers.shuffle(&mut order);
        for pages in order.chunks(TOGETHER) {
            let mut batch = Vec::new();
            for &page in pages {
                reader.lines(page, &mut lines)?;
                batch.extend(each(page, &lines));
            }
            numbers.shuffle(&mut batch);
            for (slots, label, weight) in &batch {
                step(weights, slots, *label, *weight);
            }
        }
        // The mean over the later passes forgets the order of the last lines.
        if 2 * pass >= passes {
            weights.keep();
        }
    }
    weights.settle();
    Ok(())
}

/// Logits by which a line's sum falls with the logarithm of its length: what a level bounds are characters, and a long line
/// that goes wrongly costs as much as many short ones.
const LENGTH_COST: f32 = 0.5;

/// What a line of this counted length pays.
pub(super) fn length_cost(counted: u8) -> f32 {
    LENGTH_COST * (context::least_counted(counted) as f32 + 1.0).ln()
}

/// What a line counts for: content by its length, since that is what its loss costs.
pub(super) fn cost(line: &Line, page: f32) -> f32 {
    match line.label {
        ..=0 => page * (0.5 + 0.5 * (line.chars as f32 / 80.0).min(4.0)),
        _ => page,
    }
}

pub(super) fn learnt(line: &Line) -> bool {
    (line.label >= 0 || line.lean) && !line.doubtful
}

/// What the line is learnt as.
pub(super) fn label(line: &Line) -> f32 {
    f32::from(line.label.max(0))
}

/// Less for what only leans.
pub(super) fn firm(line: &Line) -> f32 {
    if line.lean { 0.25 } else { 1.0 }
}

/// The table of the first step, from the pages chosen.
pub(super) fn first(cache: &Cache, chosen: &dyn Fn(usize) -> bool) -> Result<Vec<i8>> {
    let mut weights = Weights::new(1 << BITS);
    passes(
        cache,
        chosen,
        FIRST.passes,
        |page, lines| {
            let weight = cache.pages[page].weight();
            lines
                .iter()
                .filter(|l| learnt(l))
                .map(|l| (l.slots.clone(), label(l), weight * firm(l)))
                .collect()
        },
        &mut weights,
        |weights, slots, label, weight| weights.learn(slots, label, weight, FIRST),
    )?;
    let round = |w: &f32| (w * words::UNIT as f32).round().clamp(-127.0, 127.0) as i8;
    Ok(weights.w.iter().map(round).collect())
}

/// The first step's sums of a page's lines, put where the second step looks for them.
pub(super) fn score(table: &[i8], lines: &[Line], seen: &mut Vec<Seen>) {
    seen.clear();
    seen.extend(lines.iter().map(|line| {
        Seen {
            score: line
                .slots
                .iter()
                .map(|&s| i32::from(table[s as usize]))
                .sum(),
            ..line.seen
        }
    }));
}

/// Values of a feature that share a weight in training: so many at most.
const BINS: usize = 32;

/// The tables of the second step and what every line begins with. `table_of` names the first table by which a page is
/// seen: one that has not learnt from it.
pub(super) fn second<'t>(
    cache: &Cache,
    chosen: &dyn Fn(usize) -> bool,
    table_of: &dyn Fn(usize) -> &'t [i8],
) -> Result<(Vec<[i16; 256]>, i32)> {
    let bins = bins(cache, chosen, table_of)?;
    let bias = (FEATURES * BINS) as u32;
    let mut weights = Weights::new(FEATURES * BINS + 1);
    let (mut seen, mut context) = (Vec::new(), Context::default());
    passes(
        cache,
        chosen,
        SECOND.passes,
        |page, lines| {
            let weight = cache.pages[page].weight();
            score(table_of(page), lines, &mut seen);
            context.new_page(&seen);
            let learnt = lines.iter().enumerate().filter(|(_, l)| learnt(l));
            let row = |k: usize| {
                let row = context.row(&seen, k);
                let slot =
                    |(f, &v): (usize, &u8)| (f * BINS) as u32 + u32::from(bins[f][usize::from(v)]);
                row.iter().enumerate().map(slot).chain([bias]).collect()
            };
            learnt
                .map(|(k, l)| (row(k), label(l), cost(l, weight) * firm(l)))
                .collect()
        },
        &mut weights,
        |weights, slots, label, weight| weights.learn(slots, label, weight, SECOND),
    )?;
    let round = |w: f32| (w * UNIT as f32).round().clamp(-32_000.0, 32_000.0);
    let mut tables: Vec<[i16; 256]> = (0..FEATURES)
        .map(|f| {
            std::array::from_fn(|v| round(weights.w[f * BINS + usize::from(bins[f][v])]) as i16)
        })
        .collect();
    for (v, weight) in tables[context::LENGTH].iter_mut().enumerate() {
        *weight -= round(length_cost(v as u8)) as i16;
    }
    Ok((tables, round(weights.w[bias as usize]) as i32))
}

/// For each feature the bin of each value: about equally many lines in each.
fn bins<'t>(
    cache: &Cache,
    chosen: &dyn Fn(usize) -> bool,
    table_of: &dyn Fn(usize) -> &'t [i8],
) -> Result<Vec<[u8; 256]>> {
    let mut counts = vec![[0u64; 256]; FEATURES];
    let mut reader: Pages<'_> = cache.reader()?;
    let (mut lines, mut seen, mut context) = (Vec::new(), Vec::new(), Context::default());
    for page in (0..cache.pages.len()).filter(|&p| chosen(p)) {
        reader.lines(page, &mut lines)?;
        score(table_of(page), &lines, &mut seen);
        context.new_page(&seen);
        for k in 0..seen.len() {
            for (count, value) in counts.iter_mut().zip(context.row(&seen, k)) {
                count[usize::from(value)] += 1;
            }
        }
    }
    Ok(counts.iter().map(quantiles).collect())
}

fn quantiles(counts: &[u64; 256]) -> [u8; 256] {
    // 0 is "none" in most features and never shares a bin.
    let total: u64 = counts[1..].iter().sum();
    let (mut bin, mut before) = (1u64, 0);
    let mut out = [0; 256];
    for v in 1..256 {
        let due = 1 + before * (BINS as u64 - 1) / total.max(1);
        // A value that fills a bin by itself has one of its own; the next begins another.
        if due > bin {
            bin = due.min(BINS as u64 - 1).min(bin + 1);
        }
        out[v] = bin as u8;
        before += counts[v];
    }
    out
}

/// The table of the categories.
pub(super) fn categories(cache: &Cache) -> Result<Vec<i8>> {
    let n = category::COUNT as u32;
    let mut weights = Weights::new(category::SLOTS * category::COUNT);
    passes(
        cache,
        &|_| true,
        CATEGORY.passes,
        |page, lines| {
            // What readers say counts for more than what a rule says.
            let weight = if cache.pages[page].read { 3.0 } else { 0.3 };
            let named = lines.iter().filter(|l| l.category < category::COUNT as u8);
            let slot = |s: &u32| (s >> (BITS - 12)) * n;
            named
                .map(|l| {
                    (
                        l.slots.iter().map(slot).collect(),
                        f32::from(l.category),
                        weight,
                    )
                })
                .collect()
        },
        &mut weights,
        |weights, slots, label, weight| {
            let mut shifted = slots.to_vec();
            let sums: Vec<f32> = (0..n)
                .map(|c| slots.iter().map(|s| weights.w[(s + c) as usize]).sum())
                .collect();
            let most = sums.iter().copied().fold(f32::MIN, f32::max);
            let total: f32 = sums.iter().map(|s| (s - most).exp()).sum();
            for c in 0..n {
                shifted.iter_mut().zip(slots).for_each(|(a, b)| *a = b + c);
                let hit = if c == label as u32 { 1.0 } else { 0.0 };
                let error = ((sums[c as usize] - most).exp() / total - hit) * weight;
                weights.step(&shifted, error, CATEGORY);
            }
        },
    )?;
    Ok(weights
        .w
        .iter()
        .map(|w| (w * 32.0).round().clamp(-127.0, 127.0) as i8)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_values_have_bins_of_their_own() {
        let mut counts = [0u64; 256];
        counts[0] = 10;
        counts[5] = 1000;
        counts[6] = 1;
        counts[200] = 500;
        let bins = quantiles(&counts);
        assert_eq!(bins[0], 0);
        assert!(bins[5] < bins[6] && bins[6] <= bins[200]);
        assert!(bins.iter().all(|&b| usize::from(b) < BINS) && bins[1..].is_sorted());
    }

    #[test]
    fn a_weight_learns_what_separates() {
        let mut weights = Weights::new(3);
        for _ in 0..200 {
            weights.learn(&[0, 2], 1.0, 1.0, FIRST);
            weights.learn(&[1, 2], 0.0, 1.0, FIRST);
        }
        assert!(weights.w[0] > 1.0 && weights.w[1] < -1.0 && weights.w[2].abs() < 0.5);
    }
}

//! Trees for the third step, by gradient boosting over counted bins (Friedman 2001; Chen and Guestrin 2016).
//!
//! Every tree mends what the sum of the second step and the trees before it still get wrong. A tree is grown one row of nodes
//! at a time: for each feature the gradients of the lines are added up by node and bin, in one walk down the feature's
//! column, and each node takes the split that gains most. Each tree sees half of the lines and some of the features, by a
//! fixed sequence, which keeps trees from learning single pages.

use crate::error::Result;
use crate::model::around::MORE;
use crate::model::context::{self, FEATURES};
use crate::model::trees::{DEPTH, LEAVES, NODES, Tree};
use crate::model::{Sight, UNIT, open};

use super::cache::Cache;
use super::learn::{self, Numbers};

/// How trees are grown. Chosen by cross-validation on the development pages.
const TREES: usize = 160;
/// What of a leaf's best value is taken.
const RATE: f32 = 0.12;
/// Added to the sum of a leaf's second derivatives.
const CALM: f32 = 8.0;
/// Least sum of second derivatives on either side of a split.
const LEAST: f32 = 6.0;
/// Of the features, one in so many is looked at in a tree.
const FEATURE_SHARE: usize = 3;
/// Of the lines, one in so many.
const LINE_SHARE: usize = 2;
/// Most lines that are learnt from; of more, an even sample. Bounds the memory to about 200 bytes each.
const MOST: usize = 1_200_000;
/// Bins of a feature: at most so many.
const BINS: usize = 64;

/// Lines to learn from, feature by feature.
struct Lines {
    columns: Vec<Vec<u8>>,
    /// The sum so far, in logits.
    sums: Vec<f32>,
    labels: Vec<f32>,
    weights: Vec<f32>,
}

/// The trees, from the lines of the pages chosen whose second sum leaves them open.
pub(super) fn trees<'t>(
    cache: &Cache,
    chosen: &dyn Fn(usize) -> bool,
    table_of: &dyn Fn(usize) -> &'t [i8],
    second: &(Vec<[i16; 256]>, i32),
) -> Result<Vec<Tree>> {
    let mut lines = collect(cache, chosen, table_of, second)?;
    let bounds: Vec<Vec<u8>> = lines.columns.iter().map(|c| bounds(c)).collect();
    for (column, bounds) in lines.columns.iter_mut().zip(&bounds) {
        let bin: [u8; 256] =
            std::array::from_fn(|v| bounds.partition_point(|&b| usize::from(b) < v) as u8);
        column.iter_mut().for_each(|v| *v = bin[usize::from(*v)]);
    }
    let mut numbers = Numbers::new(7);
    let mut out = Vec::with_capacity(TREES);
    for _ in 0..TREES {
        let tree = grow(&mut lines, &mut numbers);
        out.push(Tree {
            // Bins become the values they end with.
            bounds: std::array::from_fn(|i| {
                let bounds = &bounds[usize::from(tree.features[i])];
                bounds
                    .get(usize::from(tree.bounds[i]))
                    .copied()
                    .unwrap_or(255)
            }),
            ..tree
        });
    }
    Ok(out)
}

fn collect<'t>(
    cache: &Cache,
    chosen: &dyn Fn(usize) -> bool,
    table_of: &dyn Fn(usize) -> &'t [i8],
    second: &(Vec<[i16; 256]>, i32),
) -> Result<Lines> {
    let mut out = Lines {
        columns: vec![Vec::new(); FEATURES + MORE],
        sums: Vec::new(),
        labels: Vec::new(),
        weights: Vec::new(),
    };
    let mut reader = cache.reader()?;
    let (mut lines, mut sight) = (Vec::new(), Sight::default());
    let pages = || (0..cache.pages.len()).filter(|&p| chosen(p) && cache.pages[p].weight() > 0.0);
    let all: usize = pages().map(|p| cache.pages[p].index.len()).sum();
    let every = all.div_ceil(MOST).max(1);
    for page in pages().step_by(every) {
        reader.lines(page, &mut lines)?;
        learn::score(table_of(page), &lines, &mut sight.seen);
        sight.second_step(&second.0, second.1);
        sight.third_step(&[]);
        let kind = sight.kind();
        let weight = cache.pages[page].weight();
        for (k, line) in lines.iter().enumerate() {
            if !learn::learnt(line) || !open(sight.sums[k]) {
                continue;
            }
            let row = sight.row(kind, k);
            // The cost of length is no part of what a line is; it stays in the sum, and the trees do not mend it.
            let cost = learn::length_cost(row[context::LENGTH]);
            out.sums.push(sight.sums[k] as f32 / UNIT as f32 + cost);
            out.columns.iter_mut().zip(row).for_each(|(c, v)| c.push(v));
            out.labels.push(learn::label(line));
            out.weights
                .push(learn::cost(line, weight) * learn::firm(line));
        }
    }
    Ok(out)
}

/// The values at which the bins of a column end, but for the last: about equally many lines in each.
fn bounds(column: &[u8]) -> Vec<u8> {
    let mut counts = [0u32; 256];
    column.iter().for_each(|&v| counts[usize::from(v)] += 1);
    let mut out = Vec::new();
    let (mut in_bin, mut left) = (0, column.len() as u32);
    for v in 0..=255u8 {
        let count = counts[usize::from(v)];
        in_bin += count;
        let free = (BINS - 1 - out.len()) as u32;
        if free > 0 && in_bin > 0 && in_bin >= left / (free + 1) {
            out.push(v);
            left -= in_bin;
            in_bin = 0;
        }
        if left == 0 {
            break;
        }
    }
    out.pop();
    out
}

/// Sums of first and second derivatives.
type Sum = [f32; 2];

/// Grows one tree over bins, and adds it to the sums.
fn grow(lines: &mut Lines, numbers: &mut Numbers) -> Tree {
    let derivative = |i: usize| {
        let p = 1.0 / (1.0 + (-lines.sums[i]).exp());
        let w = lines.weights[i];
        [(p - lines.labels[i]) * w, p * (1.0 - p) * w]
    };
    let start = numbers.below(LINE_SHARE);
    // By runs of lines, so that a page is seen or not: neighbours are alike.
    let seen: Vec<usize> = (0..lines.sums.len())
        .filter(|i| ((i / 64 * 40_503) >> 4) % LINE_SHARE == start)
        .collect();
    let seen = if seen.len() < 1000 {
        (0..lines.sums.len()).collect()
    } else {
        seen
    };
    let sums: Vec<Sum> = seen.iter().map(|&i| derivative(i)).collect();
    let mut features: Vec<usize> = (0..lines.columns.len()).collect();
    numbers.shuffle(&mut features);
    features.truncate(features.len().div_ceil(FEATURE_SHARE));
    features.sort_unstable();
    let mut tree = Tree {
        features: [0; NODES],
        bounds: [255; NODES],
        leaves: [0; LEAVES],
    };
    let mut place = vec![0u8; seen.len()];
    let mut counted = vec![[0f32; 2]; BINS << (DEPTH - 1)];
    for depth in 0..DEPTH {
        let nodes = 1 << depth;
        let mut best = vec![(0.0f32, 0u8, 255u8); nodes];
        for &feature in &features {
            counted[..BINS * nodes].fill([0.0; 2]);
            let column = &lines.columns[feature];
            for ((&i, sum), &node) in seen.iter().zip(&sums).zip(&place) {
                let at = &mut counted[usize::from(node) * BINS + usize::from(column[i])];
                at[0] += sum[0];
                at[1] += sum[1];
            }
            for (counts, best) in counted.chunks_exact(BINS).zip(&mut best) {
                let (gain, bin) = split(counts);
                if gain > best.0 {
                    *best = (gain, feature as u8, bin);
                }
            }
        }
        for (node, (_, feature, bin)) in best.into_iter().enumerate() {
            tree.features[nodes - 1 + node] = feature;
            tree.bounds[nodes - 1 + node] = bin;
        }
        for (&i, place) in seen.iter().zip(&mut place) {
            let node = nodes - 1 + usize::from(*place);
            let right = lines.columns[usize::from(tree.features[node])][i] > tree.bounds[node];
            *place = 2 * *place + u8::from(right);
        }
    }
    let mut leaves = [[0f32; 2]; LEAVES];
    for (sum, &leaf) in sums.iter().zip(&place) {
        leaves[usize::from(leaf)][0] += sum[0];
        leaves[usize::from(leaf)][1] += sum[1];
    }
    for (leaf, [first, second]) in tree.leaves.iter_mut().zip(leaves) {
        *leaf = (-RATE * first / (second + CALM) * UNIT as f32).round() as i16;
    }
    for i in 0..lines.sums.len() {
        let mut node = 0;
        for _ in 0..DEPTH {
            let right = lines.columns[usize::from(tree.features[node])][i] > tree.bounds[node];
            node = 2 * node + 1 + usize::from(right);
        }
        lines.sums[i] += f32::from(tree.leaves[node - NODES]) / UNIT as f32;
    }
    tree
}

/// The best split of a node by one feature: what it gains, and the last bin of its first side.
fn split(counts: &[Sum]) -> (f32, u8) {
    let worth = |s: Sum| s[0] * s[0] / (s[1] + CALM);
    let all = counts
        .iter()
        .fold([0.0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
    let mut best = (0.0, 255);
    let mut left = [0.0; 2];
    for (bin, sum) in counts.iter().enumerate() {
        left = [left[0] + sum[0], left[1] + sum[1]];
        let right = [all[0] - left[0], all[1] - left[1]];
        if left[1] < LEAST || right[1] < LEAST {
            continue;
        }
        let gain = worth(left) + worth(right) - worth(all);
        if gain > best.0 {
            best = (gain, bin as u8);
        }
    }
    best
}

//! Levels: for each kind of page the sums from which on a line falls, so that rules and model together lose no more content
//! than the level allows, on every view.

use std::collections::BTreeMap;

use super::Judged;
use super::cache::Info;
use crate::model::{RULED, THRESHOLDS, UNIT, whole};

/// Content characters that may be lost at each level, in millionths: a little less than what the level promises. The guards of
/// [`crate::model::decide`], which the calibration does not count on, give some of it back.
const ALLOWED: [u64; 3] = [980, 4_950, 19_500];

/// Thresholds move in steps of so much of a logit.
const STEP: i32 = UNIT / 16;
/// The highest and the lowest threshold.
const TOP: i32 = 12 * UNIT;
const BOTTOM: i32 = -8 * UNIT;

/// No threshold but that of ruled lines goes below these: short lines of content cost few characters, so that on long clean
/// texts the shares alone would allow to take what the model itself takes for content. The sums hold the cost of length, which
/// for a line of twenty characters is one and a half logits.
const FLOOR: [i32; 3] = [0, -UNIT, -5 * UNIT / 2];

/// A line that a rule takes at `safe` is doubted only below this sum.
const DOUBTED: i32 = -4 * UNIT;

/// What falls on one view when thresholds move: content characters by kind and step, for rules and model.
struct View {
    content: u64,
    /// `lost[kind][step]`: characters of content lines whose sum lies in the step, that the rules leave at the level.
    lost: [Vec<Vec<u64>>; 3],
    boilerplate: u64,
    /// The same for characters of lines that only lean to content: they have a price, but the level's promise leaves them out.
    leaning: [Vec<Vec<u64>>; 3],
    /// The same for lines of content.
    lines: [Vec<Vec<u64>>; 3],
    /// The same for lines of boilerplate.
    gained: [Vec<Vec<u64>>; 3],
}

/// Finds the least sums of all levels and kinds: starting where nothing falls, the kinds take turns in going a step down, as
/// long as no view loses more than it may.
pub(super) fn calibrate(pages: &[Info], judged: &[Judged]) -> [[i32; THRESHOLDS]; 3] {
    let steps = ((TOP - BOTTOM) / STEP) as usize;
    let mut views: BTreeMap<&str, View> = BTreeMap::new();
    for line in judged {
        let info = &pages[line.page as usize];
        if line.label < 0 && !line.lean || !scored(info) {
            continue;
        }
        let view = views.entry(&info.view).or_insert_with(|| View {
            content: 0,
            lost: std::array::from_fn(|_| vec![vec![0; steps]; THRESHOLDS]),
            boilerplate: 0,
            leaning: std::array::from_fn(|_| vec![vec![0; steps]; THRESHOLDS]),
            lines: std::array::from_fn(|_| vec![vec![0; steps]; THRESHOLDS]),
            gained: std::array::from_fn(|_| vec![vec![0; steps]; THRESHOLDS]),
        });
        let content = line.label <= 0;
        let chars = u64::from(line.chars) * u64::from(content);
        if !line.lean {
            view.content += chars;
        }
        view.boilerplate += u64::from(!content);
        for level in 0..3u8 {
            let by = match line.taken <= level {
                true => RULED + usize::from(line.taken > 0),
                false => usize::from(line.kind),
            };
            if line.sum >= BOTTOM && (by >= RULED || level > 0 || !line.late) {
                let step = ((TOP - line.sum.min(TOP)) / STEP) as usize;
                let step = step.min(steps - 1);
                if line.lean {
                    view.leaning[usize::from(level)][by][step] += chars;
                } else {
                    view.lost[usize::from(level)][by][step] += chars;
                }
                view.gained[usize::from(level)][by][step] += u64::from(!content);
                view.lines[usize::from(level)][by][step] += u64::from(content);
            }
        }
    }
    let mut least = [[TOP; THRESHOLDS]; 3];
    for level in 0..3 {
        let views: Vec<&View> = views.values().collect();
        let down = descend(&views, level, steps);
        for kind in 0..THRESHOLDS {
            // A line in step s has a sum above TOP - (s + 1) steps.
            least[level][kind] = TOP - down[kind] as i32 * STEP + 1;
            if level > 0 {
                least[level][kind] = least[level][kind].min(least[level - 1][kind]);
            }
        }
    }
    least
}

/// Pages whose labels are good enough to promise by.
pub(super) fn scored(info: &Info) -> bool {
    info.tier.as_deref() != Some("B")
}

/// How many steps down each kind goes. A view that could lose more than it does makes its content cheaper in the next
/// round; the round that takes most boilerplate over all views counts.
fn descend(views: &[&View], level: usize, steps: usize) -> [usize; THRESHOLDS] {
    let mut prices = vec![1.0; views.len()];
    let mut best = (-1.0, [0; THRESHOLDS]);
    for _ in 0..ROUNDS {
        let (down, used) = greedy(views, &prices, level, steps);
        let taken: f64 = views.iter().map(|view| view.recall(level, &down)).sum();
        if taken > best.0 {
            best = (taken, down);
        }
        for (price, used) in prices.iter_mut().zip(used) {
            *price = (*price * (0.1 + 0.9 * used)).max(1e-3);
        }
    }
    best.1
}

/// Rounds in which the prices settle.
const ROUNDS: usize = 12;

impl View {
    /// Share of the view's boilerplate lines that fall.
    fn recall(&self, level: usize, down: &[usize; THRESHOLDS]) -> f64 {
        let taken = |(steps, &down): (&Vec<u64>, &usize)| steps[..down].iter().sum::<u64>();
        let taken: u64 = self.gained[level].iter().zip(down).map(taken).sum();
        taken as f64 / self.boilerplate.max(1) as f64
    }
}

/// One round: the step that takes most boilerplate for the price of the content it costs goes first, as long as no view
/// loses more than it may. Returns the steps, and which part of its allowance each view has used.
fn greedy(
    views: &[&View],
    prices: &[f64],
    level: usize,
    steps: usize,
) -> ([usize; THRESHOLDS], Vec<f64>) {
    let mut down = [0; THRESHOLDS];
    // Rules are given so much before anything else: they are precise by themselves, and doubted only where all speaks against.
    down[RULED] = ((TOP - DOUBTED) / STEP) as usize;
    let spent = |view: &&View| view.lost[level][RULED][..down[RULED]].iter().sum();
    let mut lost: Vec<u64> = views.iter().map(spent).collect();
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for (kind, &at) in down.iter().enumerate() {
            // As far ahead as the gain for the cost still rises: a step that takes nothing hides what lies behind it.
            let lowest = if kind >= RULED { BOTTOM } else { FLOOR[level] };
            let steps = steps.min(((TOP - lowest) / STEP) as usize);
            for to in at + 1..(at + AHEAD).min(steps) {
                let (mut cost, mut gain, mut fits) = (0.0, 0.0, true);
                for ((view, lost), price) in views.iter().zip(&lost).zip(prices) {
                    let more: u64 = view.lost[level][kind][at..to].iter().sum();
                    let taken: u64 = view.gained[level][kind][at..to].iter().sum();
                    fits &= more == 0 || (lost + more) * 1_000_000 <= ALLOWED[level] * view.content;
                    let short: u64 = view.lines[level][kind][at..to].iter().sum();
                    let leaning: u64 = view.leaning[level][kind][at..to].iter().sum();
                    // In a whole page the title stands in menus too.
                    let leaning = leaning as f64 * if whole(kind) { 0.0 } else { 0.33 };
                    let chars = more as f64 + leaning;
                    cost += price * chars / view.content.max(1) as f64;
                    if view.boilerplate > 0 {
                        cost += LINE_COST[level] * short as f64 / view.boilerplate as f64;
                    }
                    gain += taken as f64 / view.boilerplate.max(1) as f64;
                }
                let worth = gain / cost.max(1e-12);
                if fits && best.is_none_or(|b| worth > b.0) {
                    best = Some((worth, kind, to));
                }
            }
        }
        let Some((_, kind, to)) = best else {
            let used = views.iter().zip(&lost).map(|(view, &lost)| {
                lost as f64 * 1e6 / (ALLOWED[level] * view.content).max(1) as f64
            });
            return (down, used.collect());
        };
        for (view, lost) in views.iter().zip(&mut lost) {
            *lost += view.lost[level][kind][down[kind]..to].iter().sum::<u64>();
        }
        down[kind] = to;
    }
}

/// What a content line costs beside its characters, as a share of the view's boilerplate lines: short ones (headings, items)
/// weigh little in characters, but they are what a reader misses.
const LINE_COST: [f64; 3] = [0.007, 0.004, 0.0];

/// How many steps are looked ahead.
const AHEAD: usize = 9;

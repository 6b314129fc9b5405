//! Levels: for each kind of page the sums from which on a line falls, so that rules and model together lose no more content
//! than the level allows, on every view.

use std::collections::BTreeMap;

use super::Judged;
use super::cache::Info;
use crate::model::{RULED, THRESHOLDS, UNIT};

/// Content characters that may be lost at each level, in millionths. A tenth less than what the level promises, since other
/// sites will differ.
const ALLOWED: [u64; 3] = [900, 4_500, 18_000];

/// Thresholds move in steps of so much of a logit.
const STEP: i32 = UNIT / 16;
/// The highest and the lowest threshold.
const TOP: i32 = 12 * UNIT;
const BOTTOM: i32 = -8 * UNIT;

/// What falls on one view when thresholds move: content characters by kind and step, for rules and model.
struct View {
    content: u64,
    /// `lost[kind][step]`: characters of content lines whose sum lies in the step, that the rules leave at the level.
    lost: [Vec<Vec<u64>>; 3],
    boilerplate: u64,
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
        if line.label < 0 || !scored(info) {
            continue;
        }
        let view = views.entry(&info.view).or_insert_with(|| View {
            content: 0,
            lost: std::array::from_fn(|_| vec![vec![0; steps]; THRESHOLDS]),
            boilerplate: 0,
            gained: std::array::from_fn(|_| vec![vec![0; steps]; THRESHOLDS]),
        });
        let content = line.label == 0;
        let chars = u64::from(line.chars) * u64::from(content);
        view.content += chars;
        view.boilerplate += u64::from(!content);
        for level in 0..3u8 {
            let by = match line.taken <= level {
                true => RULED,
                false => usize::from(line.kind),
            };
            if line.sum >= BOTTOM && (by == RULED || level > 0 || !line.late) {
                let step = ((TOP - line.sum.min(TOP)) / STEP) as usize;
                let step = step.min(steps - 1);
                view.lost[usize::from(level)][by][step] += chars;
                view.gained[usize::from(level)][by][step] += u64::from(!content);
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

/// How many steps down each kind can go. Greedy: the step that takes most boilerplate for the content it costs goes first.
fn descend(views: &[&View], level: usize, steps: usize) -> [usize; THRESHOLDS] {
    let mut down = [0; THRESHOLDS];
    let mut lost: Vec<u64> = vec![0; views.len()];
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for kind in 0..THRESHOLDS {
            // As far ahead as the gain for the cost still rises: a step that takes nothing hides what lies behind it.
            for to in down[kind] + 1..(down[kind] + AHEAD).min(steps) {
                let (mut cost, mut gain, mut fits) = (0.0, 0.0, true);
                for (view, lost) in views.iter().zip(&lost) {
                    let more: u64 = view.lost[level][kind][down[kind]..to].iter().sum();
                    let taken: u64 = view.gained[level][kind][down[kind]..to].iter().sum();
                    fits &= more == 0 || (lost + more) * 1_000_000 <= ALLOWED[level] * view.content;
                    cost += more as f64 / view.content.max(1) as f64;
                    gain += taken as f64 / view.boilerplate.max(1) as f64;
                }
                let worth = gain / cost.max(1e-12);
                if fits && best.is_none_or(|b| worth > b.0) {
                    best = Some((worth, kind, to));
                }
            }
        }
        let Some((_, kind, to)) = best else {
            return down;
        };
        for (view, lost) in views.iter().zip(&mut lost) {
            *lost += view.lost[level][kind][down[kind]..to].iter().sum::<u64>();
        }
        down[kind] = to;
    }
}

/// How many steps are looked ahead.
const AHEAD: usize = 9;

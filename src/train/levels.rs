//! Levels: for each kind of page the sum from which on a line falls, so that rules and model together, with the guards of
//! [`crate::model::decide`], lose no more content than the level allows, on every view.
//!
//! Pages are judged one by one, so the loss is a sum over pages, and over kinds. For each kind every threshold of a grid is
//! tried on all its pages; then of all combinations of thresholds the one that takes most boilerplate, among those that keep
//! what the level promises, is found by going through them.

use std::collections::BTreeMap;

use super::Judged;
use super::cache::Info;
use crate::config::Level;
use crate::model::decide::{Case, falls};
use crate::model::{KINDS, RULED, THRESHOLDS, UNIT};

/// Content characters that may be lost at each level, in millionths of a view's: a little less than what the level promises.
const ALLOWED: [u64; 3] = [980, 4_900, 19_600];

/// Of texts that are content throughout so many lines in ten thousand may be lost: characters do not protect headlines.
const CLEAN: [u64; 3] = [1, 22, 200];

/// Least precision by lines, in thousandths, on a view. The labels call one line in ten of what extractors leave content where
/// readers do not, so this is less than what a reader finds.
const PRECISE: [u64; 3] = [950, 860, 740];

/// Thresholds move in steps of so much of a logit.
const STEP: i32 = UNIT / 8;
/// The highest threshold, and how many there are.
const TOP: i32 = 4 * UNIT;
const STEPS: usize = 60;

/// Rules are precise by themselves: what they take is doubted only below these sums, what they take at `safe` and what later.
/// At `aggressive` they are not doubted.
const DOUBTED: [i32; 2] = [-4 * UNIT, -UNIT];

/// Kinds of pages that share a threshold: what is mostly text, what is mixed, and what is mostly chaff or a whole page.
const GROUPS: [&[usize]; 3] = [&[0], &[1], &[2, 3, 4, 5]];

/// What happens on one view.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    content: u64,
    lines: u64,
    boilerplate: u64,
    lost: u64,
    lost_lines: u64,
    /// Of these, lines that no rule takes.
    lost_to_model: u64,
    gained: u64,
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.lost += other.lost;
        self.lost_lines += other.lost_lines;
        self.lost_to_model += other.lost_to_model;
        self.gained += other.gained;
    }
}

/// Finds the least sums of all levels and kinds.
pub(super) fn calibrate(pages: &[Info], judged: &[Judged]) -> [[i32; THRESHOLDS]; 3] {
    let mut least = [[TOP; THRESHOLDS]; 3];
    for level in Level::ALL {
        let at = level as usize;
        let tried = tried(pages, judged, level);
        let best = search(&tried, at);
        for (group, &step) in GROUPS.iter().zip(&best) {
            for &kind in *group {
                least[at][kind] = TOP - step as i32 * STEP;
            }
        }
        least[at][RULED..].copy_from_slice(&DOUBTED);
        if at > 0 {
            let stricter = least[at - 1];
            for (own, stricter) in least[at].iter_mut().zip(stricter).take(KINDS) {
                *own = (*own).min(stricter);
            }
        }
    }
    least
}

/// Pages whose labels are good enough to promise by.
pub(super) fn scored(info: &Info) -> bool {
    info.tier.as_deref() != Some("B")
}

/// For each view what falls in each group of kinds at each step of the threshold.
type Tried = Vec<[Vec<Counts>; GROUPS.len()]>;

fn tried(pages: &[Info], judged: &[Judged], level: Level) -> Tried {
    let mut views: BTreeMap<&str, [Vec<Counts>; GROUPS.len()]> = BTreeMap::new();
    let mut least = [0; THRESHOLDS];
    least[RULED..].copy_from_slice(&DOUBTED);
    let (mut cases, mut out): (Vec<Case>, _) = (Vec::new(), Vec::new());
    for lines in judged.chunk_by(|a, b| a.page == b.page) {
        let info = &pages[lines[0].page as usize];
        if !scored(info) {
            continue;
        }
        let kind = usize::from(lines[0].kind);
        let group = GROUPS
            .iter()
            .position(|g| g.contains(&kind))
            .expect("every kind is in a group");
        let view = views
            .entry(&info.view)
            .or_insert_with(|| std::array::from_fn(|_| vec![Counts::default(); STEPS]));
        cases.clear();
        cases.extend(lines.iter().map(|l| l.case));
        for (step, counts) in view[group].iter_mut().enumerate() {
            least[kind] = TOP - step as i32 * STEP;
            falls(&least, level, kind, &cases, &mut out);
            for (line, falls) in lines.iter().zip(&out) {
                let (goes, chars) = (u64::from(falls.any()), u64::from(line.chars));
                match line.label {
                    0 => {
                        counts.content += chars;
                        counts.lines += 1;
                        counts.lost += chars * goes;
                        counts.lost_lines += goes;
                        counts.lost_to_model += u64::from(falls.model && !falls.rule);
                    }
                    1 => {
                        counts.boilerplate += 1;
                        counts.gained += goes;
                    }
                    _ => {}
                }
            }
        }
    }
    views.into_values().collect()
}

/// The steps of the groups that take most boilerplate over all views, among those that keep the promises on each.
fn search(views: &Tried, level: usize) -> [usize; GROUPS.len()] {
    let mut best = (-1.0, [0; GROUPS.len()]);
    for first in 0..STEPS {
        for second in 0..STEPS {
            for third in 0..STEPS {
                let steps = [first, second, third];
                let worth: Option<f64> = views.iter().map(|view| worth(view, steps, level)).sum();
                if let Some(worth) = worth.filter(|&w| w > best.0) {
                    best = (worth, steps);
                }
            }
        }
    }
    best.1
}

/// The share of a view's boilerplate lines that fall, unless the view loses too much.
fn worth(
    view: &[Vec<Counts>; GROUPS.len()],
    steps: [usize; GROUPS.len()],
    level: usize,
) -> Option<f64> {
    let mut all = Counts::default();
    for (group, step) in view.iter().zip(steps) {
        all.content += group[0].content;
        all.lines += group[0].lines;
        all.boilerplate += group[0].boilerplate;
        all.add(&group[step]);
    }
    let clean = all.boilerplate == 0;
    let kept = all.lost * 1_000_000 <= ALLOWED[level] * all.content;
    let precise = match clean {
        true => all.lost_to_model * 10_000 <= CLEAN[level] * all.lines,
        false => all.gained * 1000 >= PRECISE[level] * (all.gained + all.lost_lines),
    };
    (kept && precise).then(|| all.gained as f64 / all.boilerplate.max(1) as f64)
}

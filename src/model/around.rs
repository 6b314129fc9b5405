//! The third look: a line among lines of which a first judgement is known.
//!
//! The second step judges a line by what its neighbours look like; here their *judgements* are known too, so that a block can
//! be seen as one: the title and the blurb of a teaser under "Related", the last item of a list that stays. Every feature is
//! one byte, as in [`super::context`], and no more than a difference of running sums.

use super::context::{Seen, count};
use super::line::Shape;
use super::words::{half_log, share};
use super::{UNIT, likely};

/// Neighbours whose judgement is looked at one by one.
const JUDGED: [isize; 8] = [-1, 1, -2, 2, -3, 3, -4, 4];
/// Neighbours whose shape is looked at more closely.
const CLOSE: [isize; 2] = [-1, 1];
/// Features of each of them.
const EACH: usize = 7;
/// Windows, in lines to each side.
const WINDOWS: [usize; 4] = [3, 6, 12, 30];
/// Features of each window.
const WIDE: usize = 4;
/// Features of each of the three stretches of lines that belong together.
const STRETCH: usize = 5;
/// Distances to what surely falls or stays, to what rules take, and what that is.
const NEAREST: usize = 8;
/// Features of the page.
const PAGE: usize = 8;

/// How many features the third look has.
pub const MORE: usize =
    1 + JUDGED.len() + CLOSE.len() * EACH + WINDOWS.len() * WIDE + 3 * STRETCH + NEAREST + PAGE;

/// A line's features.
pub type More = [u8; MORE];

/// From this sum on a line is taken to fall, below its negative to stay, when its neighbours are looked at.
const SURE: i32 = 2 * UNIT;

/// Up to each line: likelihoods, lines that surely fall, that surely stay, characters of the latter and of all.
type Sums = [u64; 5];

/// A page's judgements with their running sums. Reused from page to page.
#[derive(Default)]
pub struct Around {
    sums: Vec<Sums>,
    /// For each line the nearest above and below that surely falls, surely stays, or is taken by a rule.
    nearest: [Vec<[usize; 2]>; 3],
    /// For each line the stretches it belongs to, as their ends.
    stretches: [Vec<[usize; 2]>; 3],
}

/// A sum as a byte: a sixteenth of a logit a step.
#[inline]
fn logit(sum: i32) -> u8 {
    (sum * 12 / UNIT + 128).clamp(1, 255) as u8
}

/// A line as far as lists are alike: about as long, ending and beginning as the others do.
fn look(shape: &Shape) -> (u32, bool, bool) {
    (half_log(shape.words) / 3, shape.sentence, shape.digits > 0)
}

impl Around {
    /// Sums up a page; `judged` holds the second step's sums of its lines.
    pub fn new_page(&mut self, lines: &[Seen], judged: &[i32]) {
        self.sums.clear();
        let mut sum = Sums::default();
        self.sums.push(sum);
        for (line, &judged) in lines.iter().zip(judged) {
            let chars = u64::from(line.shape.chars);
            sum[0] += u64::from(likely(judged));
            sum[1] += u64::from(judged >= SURE);
            sum[2] += u64::from(judged <= -SURE);
            sum[3] += if judged < 0 { chars } else { 0 };
            sum[4] += chars;
            self.sums.push(sum);
        }
        nearest(lines.len(), &mut self.nearest[0], |k| judged[k] >= SURE);
        nearest(lines.len(), &mut self.nearest[1], |k| judged[k] <= -SURE);
        nearest(lines.len(), &mut self.nearest[2], |k| lines[k].ruled >= 2);
        let short = |line: &Seen| line.shape.words <= 6 && !line.shape.sentence;
        stretches(lines, &mut self.stretches[0], |a, b| short(a) == short(b));
        stretches(lines, &mut self.stretches[1], |a, _| !a.gap_after);
        stretches(lines, &mut self.stretches[2], |a, b| {
            look(&a.shape) == look(&b.shape)
        });
    }

    #[inline]
    fn over(&self, from: usize, to: usize) -> Sums {
        std::array::from_fn(|i| self.sums[to][i] - self.sums[from][i])
    }

    #[inline]
    fn mean(&self, from: usize, to: usize) -> u8 {
        match to - from {
            0 => 0,
            n => ((self.sums[to][0] - self.sums[from][0]) / n as u64) as u8,
        }
    }

    /// The features of line `k`.
    pub fn row(&self, lines: &[Seen], judged: &[i32], kind: usize, k: usize) -> More {
        let mut row = [0; MORE];
        let mut at = 0;
        let mut put = |value: u8| {
            row[at] = value;
            at += 1;
        };
        let part = |part: u64, whole: u64| (part * 255 / whole.max(1)).min(255) as u8;
        let n = lines.len();
        put(logit(judged[k]));
        let neighbour = |offset: isize| k.checked_add_signed(offset).filter(|&j| j < n);
        for offset in JUDGED {
            put(neighbour(offset).map_or(0, |j| logit(judged[j])));
        }
        for offset in CLOSE {
            let Some(j) = neighbour(offset) else {
                (0..EACH).for_each(|_| put(0));
                continue;
            };
            let (s, own) = (&lines[j].shape, &lines[k].shape);
            put(1 + count(u64::from(s.chars)));
            put(1 + s.last);
            put(1 + s.first);
            put(1 + share(s.titles, s.runs, 200) as u8);
            put(1 + share(s.digits, s.chars, 200) as u8);
            put(1 + half_log(s.words).abs_diff(half_log(own.words)) as u8);
            put(1 + lines[j].category);
        }
        for window in WINDOWS {
            let (from, to) = (k.saturating_sub(window), (k + 1 + window).min(n));
            put(self.mean(from, k));
            put(self.mean(k + 1, to));
            let all = self.over(from, to);
            put(count(all[1]));
            put(count(all[2]));
        }
        for stretch in &self.stretches {
            let [from, to] = stretch[k];
            let all = self.over(from, to);
            put(count((to - from) as u64));
            put(count((to - 1 - k) as u64));
            // The others of the stretch, without the line itself.
            let others = (all[0] - u64::from(likely(judged[k]))) / ((to - from) as u64 - 1).max(1);
            put(others as u8);
            put(part(all[1], (to - from) as u64));
            put(count(all[4]));
        }
        for nearest in &self.nearest {
            let [above, below] = nearest[k];
            put(distance(k, above));
            put(distance(below, k));
        }
        let [above, below] = self.nearest[2][k];
        put(lines.get(above).map_or(0, |l| 1 + l.category));
        put(lines.get(below).map_or(0, |l| 1 + l.category));
        let all = self.over(0, n);
        put(kind as u8);
        put((all[0] / n as u64) as u8);
        put(part(all[1], n as u64));
        put(part(all[2], n as u64));
        put(part(all[3], all[4]));
        put(count(all[3]));
        put(self.mean(0, k));
        put(self.mean(k + 1, n));
        debug_assert_eq!(at, MORE);
        row
    }
}

/// How far a line is below another; 0 when there is none.
#[inline]
fn distance(below: usize, above: usize) -> u8 {
    match below.max(above) {
        usize::MAX => 0,
        _ => count((below - above) as u64),
    }
}

fn nearest(n: usize, out: &mut Vec<[usize; 2]>, is: impl Fn(usize) -> bool) {
    out.clear();
    let mut last = usize::MAX;
    for k in 0..n {
        out.push([last, usize::MAX]);
        if is(k) {
            last = k;
        }
    }
    last = usize::MAX;
    for k in (0..n).rev() {
        out[k][1] = last;
        if is(k) {
            last = k;
        }
    }
}

fn stretches(lines: &[Seen], out: &mut Vec<[usize; 2]>, same: impl Fn(&Seen, &Seen) -> bool) {
    out.clear();
    for stretch in lines.chunk_by(same) {
        let from = out.len();
        out.extend(stretch.iter().map(|_| [from, from + stretch.len()]));
    }
}

/// What a feature is about, in words.
pub fn name(feature: usize) -> String {
    const EACH_NAMES: [&str; EACH] = [
        "the length",
        "the last character",
        "the first character",
        "capitalised words",
        "digits",
        "another length than",
        "the rule that takes",
    ];
    const WIDE_NAMES: [&str; WIDE] = [
        "the judgement of the lines before",
        "the judgement of the lines after",
        "lines that surely go",
        "lines that surely stay",
    ];
    const STRETCHES: [&str; 3] = ["lines as short", "lines between gaps", "lines of its look"];
    const STRETCH_NAMES: [&str; STRETCH] = [
        "the number of",
        "what is left of the",
        "the judgement of",
        "how many surely go of",
        "the length of",
    ];
    const NEAREST_NAMES: [&str; NEAREST] = [
        "the distance to what surely goes above",
        "the distance to what surely goes below",
        "the distance to what surely stays above",
        "the distance to what surely stays below",
        "the distance to what rules take above",
        "the distance to what rules take below",
        "what the rules take above it",
        "what the rules take below it",
    ];
    const PAGE_NAMES: [&str; PAGE] = [
        "the kind of the page",
        "the judgement of the page",
        "what surely goes of the page",
        "what surely stays of the page",
        "the share of text on the page",
        "the text on the page",
        "the judgement of all above it",
        "the judgement of all below it",
    ];
    let of = |offset: isize| {
        let side = if offset < 0 { "before" } else { "after" };
        format!("line {} {side}", offset.unsigned_abs())
    };
    let mut at = feature;
    // In the order of the row: each part is as long as its names.
    if at == 0 {
        return "the judgement of the second step".into();
    }
    at -= 1;
    if at < JUDGED.len() {
        return format!("the judgement of {}", of(JUDGED[at]));
    }
    at -= JUDGED.len();
    if at < CLOSE.len() * EACH {
        return format!("{} of {}", EACH_NAMES[at % EACH], of(CLOSE[at / EACH]));
    }
    at -= CLOSE.len() * EACH;
    if at < WINDOWS.len() * WIDE {
        let within = WINDOWS[at / WIDE];
        return format!("{} (within {within})", WIDE_NAMES[at % WIDE]);
    }
    at -= WINDOWS.len() * WIDE;
    if at < 3 * STRETCH {
        return format!(
            "{} {}",
            STRETCH_NAMES[at % STRETCH],
            STRETCHES[at / STRETCH]
        );
    }
    at -= 3 * STRETCH;
    match at.checked_sub(NEAREST) {
        None => NEAREST_NAMES[at].into(),
        Some(at) => PAGE_NAMES[at].into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(words: u32, gap: bool, ruled: u8) -> Seen {
        Seen {
            shape: Shape {
                words,
                chars: 6 * words,
                ..Shape::default()
            },
            gap_after: gap,
            ruled,
            ..Seen::default()
        }
    }

    proptest! {
        /// What running sums and stretches give is what counting line by line gives.
        #[test]
        fn a_row_is_what_counting_finds(
            lines in prop::collection::vec((0u32..12, any::<bool>(), 0u8..4, -9i32..9), 1..50),
        ) {
            let judged: Vec<i32> = lines.iter().map(|l| l.3 * UNIT / 2).collect();
            let lines: Vec<Seen> = lines.iter().map(|l| seen(l.0, l.1, l.2)).collect();
            let mut around = Around::default();
            around.new_page(&lines, &judged);
            let n = lines.len();
            for k in 0..n {
                let row = around.row(&lines, &judged, 4, k);
                let at = 1 + JUDGED.len() + CLOSE.len() * EACH;
                for (w, window) in WINDOWS.into_iter().enumerate() {
                    let near: Vec<usize> = (0..n).filter(|j| j.abs_diff(k) <= window).collect();
                    let mean = |of: Vec<usize>| {
                        let sum: u64 = of.iter().map(|&j| u64::from(likely(judged[j]))).sum();
                        (sum / of.len().max(1) as u64) as u8
                    };
                    let (before, after) = near.iter().partition::<Vec<_>, _>(|&&j| j < k);
                    let after = after.into_iter().filter(|&j| j > k).collect();
                    let go = near.iter().filter(|&&j| judged[j] >= SURE).count();
                    let stay = near.iter().filter(|&&j| judged[j] <= -SURE).count();
                    let found = &row[at + w * WIDE..][..WIDE];
                    let expected = [mean(before), mean(after), count(go as u64), count(stay as u64)];
                    prop_assert_eq!(found, &expected[..]);
                }
                let at = at + WINDOWS.len() * WIDE;
                let short = |j: usize| lines[j].shape.words <= 6;
                let from = (0..=k).rev().take_while(|&j| short(j) == short(k)).last().unwrap();
                let to = (k..n).take_while(|&j| short(j) == short(k)).last().unwrap();
                prop_assert_eq!(row[at], count((to - from + 1) as u64));
                prop_assert_eq!(row[at + 1], count((to - k) as u64));
                let at = at + 3 * STRETCH;
                let above = (0..k).rev().find(|&j| judged[j] >= SURE);
                let below = (k + 1..n).find(|&j| judged[j] <= -SURE);
                prop_assert_eq!(row[at], above.map_or(0, |j| count((k - j) as u64)));
                prop_assert_eq!(row[at + 3], below.map_or(0, |j| count((j - k) as u64)));
                prop_assert_eq!(row[at + NEAREST], 4);
            }
        }
    }

    #[test]
    fn every_feature_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<String> = (0..MORE).map(name).collect();
        assert_eq!(names.len(), MORE);
        assert!(name(MORE - 1).contains("below it") && name(1).contains("line 1 before"));
    }
}

//! The second look: a line among its neighbours and on its page.
//!
//! Every feature is one byte, so that a weight is one lookup in a table of 256. Nothing here is more than a sum over a
//! window: sums up to each line are kept, and a window is the difference of two of them. All integers.

use super::line::Shape;
use super::words::{UNIT, half_log, share};

/// How the rules judged a line: 0 not at all, 1 to 3 from `aggressive` to `safe`.
pub type Ruled = u8;

/// A line that is not blank, as the first look left it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// The first look's sum, in [`UNIT`]s of a logit.
    pub score: i32,
    /// Its shape.
    pub shape: Shape,
    /// What the rules say.
    pub ruled: Ruled,
    /// The category of the rule that takes it, as its place in `Category::ALL`; 254 when none does.
    pub category: u8,
    /// How often its text stands on the page.
    pub copies: u32,
    /// A blank line, or the page's edge, before it.
    pub gap_before: bool,
    /// A blank line, or the page's edge, after it.
    pub gap_after: bool,
}

/// Windows in which the neighbourhood is summed up, in lines to each side.
const WINDOWS: [usize; 4] = [2, 5, 10, 25];
/// Neighbours that are looked at one by one.
const NEIGHBOURS: [isize; 6] = [-1, 1, -2, 2, -3, 3];

/// Features of a line by itself.
const OWN: usize = 24;
/// Features of each neighbour.
const EACH: usize = 4;
/// Features of each window.
const WIDE: usize = 5;
/// Features of the page and the place on it.
const PLACE: usize = 22;

/// How many features a line has.
pub const FEATURES: usize = OWN + EACH * NEIGHBOURS.len() + WIDE * WINDOWS.len() + PLACE;

/// A line's features.
pub type Row = [u8; FEATURES];

/// The page's lines with their running sums. Reused from page to page.
#[derive(Default)]
pub struct Context {
    /// Prose lines, their characters, likely boilerplate in 1/255, lines the rules take: before each line.
    sums: Vec<[u64; 4]>,
    /// The nearest prose line before and after each line; `usize::MAX` when there is none.
    prose: Vec<[usize; 2]>,
    /// Length of the run of lines that are as short, or as long, as this one; and the place in it.
    runs: Vec<[u32; 2]>,
    chars: u64,
}

/// The logistic function at steps of a quarter from 0 to 8, in 1/255 above a half.
const LOGISTIC: [u8; 33] = [
    0, 16, 31, 46, 59, 71, 81, 90, 97, 103, 108, 112, 115, 118, 120, 121, 123, 124, 124, 125, 126,
    126, 126, 126, 127, 127, 127, 127, 127, 127, 127, 127, 127,
];

/// The likelihood of boilerplate that a sum stands for, 1 to 255 around 128.
#[inline]
pub fn likelihood(score: i32) -> u8 {
    let step = (score.unsigned_abs() as usize * 4 / UNIT as usize).min(32);
    let half = LOGISTIC[step];
    if score < 0 { 128 - half } else { 128 + half }
}

/// A sum as a byte: an eighth of a logit a step.
#[inline]
fn logit(score: i32) -> u8 {
    (score * 8 / UNIT + 128).clamp(1, 255) as u8
}

/// A count as a byte: exact to 15, then by sixths of a doubling or so.
#[inline]
pub fn count(n: u64) -> u8 {
    if n < 16 {
        return n as u8;
    }
    let whole = n.ilog2();
    let rest = (n >> (whole - 3)) & 7;
    (16 + (whole as u64 - 4) * 8 + rest).min(255) as u8
}

/// The least number that counts as this byte.
pub(crate) fn least_counted(byte: u8) -> u64 {
    match byte {
        0..16 => u64::from(byte),
        _ => {
            let (whole, rest) = ((byte - 16) / 8 + 4, (byte - 16) % 8);
            (1u64 << whole) + (u64::from(rest) << (whole - 3))
        }
    }
}

/// Place of the line's length in characters among the features.
pub(crate) const LENGTH: usize = 1;

impl Context {
    /// Takes in the lines of a page that are not blank.
    pub fn new_page(&mut self, lines: &[Seen]) {
        self.sums.clear();
        self.sums.push([0; 4]);
        self.chars = 0;
        for line in lines {
            let mut sum = *self.sums.last().expect("it begins with one");
            if line.shape.prose {
                sum[0] += 1;
                sum[1] += u64::from(line.shape.chars);
            }
            sum[2] += u64::from(likelihood(line.score));
            sum[3] += u64::from(line.ruled >= 2);
            self.chars += u64::from(line.shape.chars);
            self.sums.push(sum);
        }
        self.nearest_prose(lines);
        self.short_runs(lines);
    }

    fn nearest_prose(&mut self, lines: &[Seen]) {
        self.prose.clear();
        self.prose.resize(lines.len(), [usize::MAX; 2]);
        let (mut before, mut after) = (usize::MAX, usize::MAX);
        for (k, line) in lines.iter().enumerate() {
            self.prose[k][0] = before;
            if line.shape.prose {
                before = k;
            }
        }
        for (k, line) in lines.iter().enumerate().rev() {
            self.prose[k][1] = after;
            if line.shape.prose {
                after = k;
            }
        }
    }

    fn short_runs(&mut self, lines: &[Seen]) {
        let short = |line: &Seen| line.shape.words <= 6 && !line.shape.sentence;
        self.runs.clear();
        for run in lines.chunk_by(|a, b| short(a) == short(b)) {
            let length = run.len() as u32;
            self.runs.extend((0..length).map(|place| [length, place]));
        }
    }

    /// The sums over lines `from..to`.
    #[inline]
    fn over(&self, from: usize, to: usize) -> [u64; 4] {
        let (a, b) = (self.sums[from], self.sums[to]);
        [b[0] - a[0], b[1] - a[1], b[2] - a[2], b[3] - a[3]]
    }

    /// The mean likelihood over lines `from..to`; 0 when there are none.
    #[inline]
    fn mean(&self, from: usize, to: usize) -> u8 {
        match to - from {
            0 => 0,
            n => (self.over(from, to)[2] / n as u64) as u8,
        }
    }

    /// The features of line `k` of the page.
    pub fn row(&self, lines: &[Seen], k: usize) -> Row {
        let mut row = Fill {
            row: [0; FEATURES],
            at: 0,
        };
        own(&lines[k], &mut row);
        for offset in NEIGHBOURS {
            match k.checked_add_signed(offset).and_then(|j| lines.get(j)) {
                Some(other) => {
                    row.put(logit(other.score));
                    row.put(1 + half_log(other.shape.words) as u8);
                    row.put(1 + u8::from(other.shape.sentence));
                    row.put(1 + other.ruled);
                }
                None => row.at += EACH,
            }
        }
        let n = lines.len();
        for window in WINDOWS {
            let (from, to) = (k.saturating_sub(window), (k + 1 + window).min(n));
            row.put(self.mean(from, k));
            row.put(self.mean(k + 1, to));
            row.put(count(self.over(from, k)[0]));
            row.put(count(self.over(k + 1, to)[0]));
            row.put(count(self.over(from, to)[3]));
        }
        self.place(lines, k, &mut row);
        debug_assert_eq!(row.at, FEATURES);
        row.row
    }

    fn place(&self, lines: &[Seen], k: usize, row: &mut Fill) {
        let n = lines.len();
        let [prose, prose_chars, likely, ruled] = self.sums[n];
        let before = self.sums[k];
        let after = self.over(k + 1, n);
        let part = |part: u64, whole: u64| (part * 255 / whole.max(1)).min(255) as u8;
        row.put(count(k as u64));
        row.put(count((n - 1 - k) as u64));
        row.put(part(k as u64, n as u64));
        row.put(count(n as u64));
        row.put(count(before[0]));
        row.put(count(after[0]));
        row.put(count(prose));
        row.put(part(before[1], prose_chars));
        row.put(part(prose_chars, self.chars));
        row.put((likely / n as u64) as u8);
        row.put(self.mean(0, k));
        row.put(self.mean(k + 1, n));
        row.put(count(self.chars));
        let [last, next] = self.prose[k];
        row.put(if last == usize::MAX {
            0
        } else {
            count((k - last) as u64)
        });
        row.put(if next == usize::MAX {
            0
        } else {
            count((next - k) as u64)
        });
        let [run, place] = self.runs[k];
        row.put(count(u64::from(run)));
        row.put(count(u64::from(place)));
        row.put(count(u64::from(run - 1 - place)));
        row.put(count(u64::from(lines[k].copies)));
        row.put(u8::from(lines[k].gap_before));
        row.put(u8::from(lines[k].gap_after));
        row.put(part(ruled, n as u64));
    }
}

fn own(line: &Seen, row: &mut Fill) {
    let s = &line.shape;
    row.put(logit(line.score));
    row.put(count(u64::from(s.chars)));
    row.put(count(u64::from(s.words)));
    row.put(share(s.capitals, s.letters, 255) as u8);
    row.put(share(s.titles, s.runs, 255) as u8);
    row.put(share(s.digits, s.chars, 255) as u8);
    row.put(share(s.signs, s.chars, 255) as u8);
    row.put(u8::from(s.sentence));
    row.put(s.last);
    row.put(s.first);
    row.put(count(u64::from(s.separators)));
    for bit in 0..5 {
        row.put(s.marks >> bit & 1);
    }
    row.put(share(s.letters, s.runs * 16, 255) as u8);
    row.put(share(s.short_runs, s.runs, 255) as u8);
    row.put(u8::from(s.prose));
    row.put(s.script);
    row.put(count(u64::from(s.commas)));
    row.put(count(u64::from(s.stops)));
    row.put(line.ruled);
    // A line of one word between gaps is a heading or a button; of many, a paragraph.
    row.put(half_log(s.words) as u8 * 4 + 2 * u8::from(line.gap_before) + u8::from(line.gap_after));
}

/// A row that is being filled.
struct Fill {
    row: Row,
    at: usize,
}

impl Fill {
    #[inline]
    fn put(&mut self, value: u8) {
        self.row[self.at] = value;
        self.at += 1;
    }
}

/// What a feature of a row is about, in words.
pub fn name(feature: usize) -> String {
    const OWN_NAMES: [&str; OWN] = [
        "its own words and shape",
        "its length in characters",
        "its length in words",
        "its share of capitals",
        "its share of capitalised words",
        "its share of digits",
        "its share of signs",
        "whether it ends as a sentence",
        "its last character",
        "its first character",
        "separators in it",
        "a web address in it",
        "an at sign in it",
        "a copyright sign in it",
        "a quotation mark in it",
        "a bracket in it",
        "the length of its words",
        "its share of short words",
        "whether it is prose",
        "its script",
        "commas in it",
        "full stops in it",
        "the rules that found it",
        "its words between the gaps around it",
    ];
    const EACH_NAMES: [&str; EACH] = ["words and shape", "length", "sentence end", "rules"];
    const WIDE_NAMES: [&str; WIDE] = [
        "how the lines before look",
        "how the lines after look",
        "prose before",
        "prose after",
        "rules around",
    ];
    const PLACE_NAMES: [&str; PLACE] = [
        "lines above it",
        "lines below it",
        "its place on the page",
        "lines of the page",
        "prose above it",
        "prose below it",
        "prose on the page",
        "the share of prose above it",
        "the share of prose on the page",
        "how the page looks",
        "how the page above it looks",
        "how the page below it looks",
        "the length of the page",
        "the distance to the prose above",
        "the distance to the prose below",
        "the run of lines like it",
        "its place in that run",
        "what is left of that run",
        "its copies on the page",
        "a gap before it",
        "a gap after it",
        "rules on the page",
    ];
    if feature < OWN {
        return OWN_NAMES[feature].into();
    }
    let feature = feature - OWN;
    if feature < EACH * NEIGHBOURS.len() {
        let (offset, what) = (NEIGHBOURS[feature / EACH], EACH_NAMES[feature % EACH]);
        let side = if offset < 0 { "before" } else { "after" };
        return format!("{what} of line {} {side}", offset.unsigned_abs());
    }
    let feature = feature - EACH * NEIGHBOURS.len();
    if feature < WIDE * WINDOWS.len() {
        return format!(
            "{} (within {})",
            WIDE_NAMES[feature % WIDE],
            WINDOWS[feature / WIDE]
        );
    }
    PLACE_NAMES[feature - WIDE * WINDOWS.len()].into()
}

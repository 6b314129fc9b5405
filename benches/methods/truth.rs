//! All similar pairs of a corpus, and how many of the paragraphs that may go went.
//!
//! The slow version compares all pairs. This one skips only pairs that cannot be similar (the prefix filter of Chaudhuri,
//! Ganti, Kaushik 2006): with J ≥ 1/2 or C ≥ 4/5 at least two thirds of the smaller set are shared, so one of its rarest
//! third, and one more, is in the other set.

use std::collections::HashMap;
use std::path::Path;

use dechaff::near::verdict::Prepared;
use dechaff::text::fold::Folder;
use dechaff::text::shingle::intersection_size;

/// Least J of a near pair, in hundredths.
pub(crate) const NEAR: u32 = 50;
/// Least C of a contained one.
pub(crate) const CONTAINED: u32 = 80;
/// The floors of length, in half tokens.
const FLOOR_EXACT: u32 = 16;
const FLOOR: u32 = 24;

/// How a paragraph may be found to be superfluous.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Exact,
    Near,
    Contained,
}

/// The lines of a corpus, by text.
#[derive(Default)]
pub(crate) struct Paragraphs {
    /// For each line the text it has, as an index into `texts`.
    pub(crate) all: Vec<usize>,
    /// Each folded text once, in order of appearance.
    pub(crate) texts: Vec<Prepared>,
    /// Lines of each text.
    lines: Vec<Vec<usize>>,
    /// First line of each record.
    records: Vec<usize>,
    pub(crate) bytes: usize,
}

impl Paragraphs {
    pub(crate) fn read(path: &Path) -> Self {
        let (mut own, mut seen) = (Paragraphs::default(), HashMap::new());
        let (mut folder, mut prepared) = (Folder::default(), Prepared::default());
        for record in std::fs::read_to_string(path)
            .expect("the corpus is there")
            .lines()
        {
            let record: serde_json::Value = serde_json::from_str(record).expect("JSON lines");
            let text = record["text"].as_str().expect("a text");
            own.bytes += text.len();
            own.records.push(own.all.len());
            for line in text.split('\n') {
                prepared.fill(line, &mut folder);
                let next = own.texts.len();
                let at = *seen.entry(prepared.folded.text.clone()).or_insert(next);
                if at == next {
                    own.texts.push(prepared.clone());
                    own.lines.push(Vec::new());
                }
                own.lines[at].push(own.all.len());
                own.all.push(at);
            }
        }
        own
    }

    /// The line of a record and a place in it.
    pub(crate) fn at(&self, record: usize, line: usize) -> usize {
        self.records[record] + line
    }

    /// True when a text is long enough to be near another one.
    pub(crate) fn is_long(&self, text: usize) -> bool {
        self.texts[text].folded.half_tokens() >= FLOOR
    }

    /// Finds all similar pairs.
    pub(crate) fn truth(&self) -> Truth {
        let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
        for text in (0..self.texts.len()).filter(|&t| self.is_long(t)) {
            for &shingle in &self.texts[text].shingles {
                holders.entry(shingle).or_default().push(text);
            }
        }
        let mut truth = Truth {
            near: vec![Vec::new(); self.texts.len()],
            within: vec![Vec::new(); self.texts.len()],
            pairs: 0,
        };
        for small in (0..self.texts.len()).filter(|&t| self.is_long(t)) {
            let own = &self.texts[small].shingles;
            let mut rarest = own.clone();
            rarest.sort_by_key(|s| holders[s].len());
            rarest.truncate(own.len() - (2 * own.len()).div_ceil(3) + 1);
            let mut others: Vec<usize> = rarest.iter().flat_map(|s| &holders[s]).copied().collect();
            others.sort_unstable();
            others.dedup();
            // Of two of one size the first is the smaller.
            let larger = |o: &usize| (own.len(), small) < (self.texts[*o].shingles.len(), *o);
            for large in others.into_iter().filter(larger) {
                truth.add(small, large, own, &self.texts[large].shingles);
            }
        }
        truth
    }
}

/// The similar texts of each text.
pub(crate) struct Truth {
    /// Those with J over the threshold.
    near: Vec<Vec<usize>>,
    /// Those that contain it.
    within: Vec<Vec<usize>>,
    pub(crate) pairs: u64,
}

impl Truth {
    fn add(&mut self, small: usize, large: usize, a: &[u64], b: &[u64]) {
        let shared = intersection_size(a, b);
        if shared * 100 >= (a.len() + b.len() - shared) * NEAR as usize {
            self.near[small].push(large);
            self.near[large].push(small);
        } else if shared * 100 >= a.len() * CONTAINED as usize {
            self.within[small].push(large);
            if a.len() == b.len() {
                self.within[large].push(small);
            }
        } else {
            return;
        }
        self.pairs += 1;
    }

    /// By class: how many lines went, of those with an earlier line that stays and that they may go for.
    pub(crate) fn recall(&self, paragraphs: &Paragraphs, gone: &[bool]) -> [(u64, u64); 3] {
        let kept = |text: usize| paragraphs.lines[text].iter().copied().find(|&l| !gone[l]);
        let first: Vec<Option<usize>> = (0..paragraphs.texts.len()).map(kept).collect();
        let mut recall = [(0, 0); 3];
        for (line, &text) in paragraphs.all.iter().enumerate() {
            let earlier = |t: &usize| first[*t].is_some_and(|l| l < line);
            let halves = paragraphs.texts[text].folded.half_tokens();
            let class = if halves >= FLOOR_EXACT && earlier(&text) {
                Class::Exact
            } else if self.near[text].iter().any(earlier) {
                Class::Near
            } else if self.within[text].iter().any(earlier) {
                Class::Contained
            } else {
                continue;
            };
            let count = &mut recall[class as usize];
            count.0 += u64::from(gone[line]);
            count.1 += 1;
        }
        recall
    }
}

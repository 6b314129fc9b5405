//! What sketches decide when nothing verifies them, as tools of the field use them.
//!
//! - SimHash: Hamming distance at most 3 (Manku et al. 2007) over 3-word shingles.
//! - MinHash: over 5-word shingles, one of 14 bands of 8 rows alike (FineWeb, datatrove); or an estimated Jaccard of at least
//!   0.8 (what most tools set).

use std::collections::HashMap;
use std::path::Path;

use dechaff::config::Config;
use dechaff::method::minhash::{PERMUTATIONS, bands, signature};
use dechaff::method::simhash::{DISTANCE, distance, fingerprint};
use dechaff::near::verdict::{Comparer, Floors, Kind, Prepared, Thresholds};
use dechaff::text::fold::Folder;
use dechaff::text::hash::mix;

use super::truth::Paragraphs;

/// The 5-word shingles of a text.
fn fives(text: &Prepared) -> Vec<u64> {
    let tokens = &text.folded.tokens;
    let size = tokens.len().clamp(1, 5);
    let hash = |window: &[dechaff::text::fold::Token]| {
        window
            .iter()
            .fold(0u64, |h, t| mix(h.rotate_left(9) ^ t.hash))
    };
    let mut out: Vec<u64> = tokens.windows(size).map(hash).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Lets each text go for the first earlier kept one with a key in common, and tells how our verdict sees those pairs.
pub(crate) fn on_lines(paragraphs: &Paragraphs) {
    println!(
        "| method | texts that go | exact, near or contained in it | other facts | not similar |"
    );
    println!("|---|---|---|---|---|");
    let simhash = |text: &Prepared| {
        let print = fingerprint(&text.shingles);
        // Three wrong bits leave 13 of 16 groups of four bits, in at most four stretches: one has four groups, which is a key.
        (0..13)
            .map(|i| mix((print >> (4 * i) & 0xffff) << 8 | i))
            .collect()
    };
    let near = |a: &Prepared, b: &Prepared| {
        distance(fingerprint(&a.shingles), fingerprint(&b.shingles)) <= DISTANCE
    };
    line("SimHash, distance ≤ 3", paragraphs, &simhash, &near);
    let minhash = |text: &Prepared| bands(&signature(&fives(text))).to_vec();
    line(
        "MinHash, 14 × 8, 5-grams",
        paragraphs,
        &minhash,
        &|_, _| true,
    );
}

fn line(
    name: &str,
    paragraphs: &Paragraphs,
    keys: &dyn Fn(&Prepared) -> Vec<u64>,
    agree: &dyn Fn(&Prepared, &Prepared) -> bool,
) {
    let thresholds = Thresholds::from(&Config::default());
    let (mut comparer, mut holders) = (Comparer::default(), HashMap::<u64, Vec<usize>>::new());
    let mut counts = [0u64; 3];
    for (at, text) in paragraphs.texts.iter().enumerate() {
        if !paragraphs.is_long(at) {
            continue;
        }
        let own = keys(text);
        let mut others = own.iter().filter_map(|k| holders.get(k)).flatten();
        let witness = others
            .find(|&&o| agree(text, &paragraphs.texts[o]))
            .copied();
        let Some(witness) = witness else {
            own.into_iter()
                .for_each(|k| holders.entry(k).or_default().push(at));
            continue;
        };
        let verdict = comparer.compare(text, &paragraphs.texts[witness], &thresholds);
        counts[match verdict.kind {
            Kind::Distinct if verdict.guarded => 1,
            Kind::Distinct => 2,
            _ => 0,
        }] += 1;
    }
    let all = counts.iter().sum::<u64>();
    println!(
        "| {name} | {all} | {} | {} | {} |",
        counts[0], counts[1], counts[2]
    );
}

/// Precision, recall and F1 of each decision on labelled pairs.
pub(crate) fn on_pairs(path: &Path) {
    let mut folder = Folder::default();
    let mut prepare = |pair: &serde_json::Value, side: &str| {
        let mut prepared = Prepared::default();
        prepared.fill(pair[side].as_str().expect("a text"), &mut folder);
        prepared
    };
    let mut pairs = Vec::new();
    for pair in std::fs::read_to_string(path)
        .expect("the pairs are there")
        .lines()
    {
        let pair: serde_json::Value = serde_json::from_str(pair).expect("JSON lines");
        let alike = matches!(pair["label"].as_str(), Some("near" | "dup"));
        pairs.push((prepare(&pair, "a"), prepare(&pair, "b"), alike));
    }
    let bits =
        |a: &Prepared, b: &Prepared| distance(fingerprint(&a.shingles), fingerprint(&b.shingles));
    let signatures = |a: &Prepared, b: &Prepared| (signature(&fives(a)), signature(&fives(b)));
    let agree = |a: &Prepared, b: &Prepared| {
        let (a, b) = signatures(a, b);
        a.iter().zip(&b).filter(|(x, y)| x == y).count()
    };
    let bands_meet = |a: &Prepared, b: &Prepared| {
        let (a, b) = signatures(a, b);
        bands(&a).iter().zip(&bands(&b)).any(|(x, y)| x == y)
    };
    println!("| decision | precision | recall | F1 |\n|---|---|---|---|");
    score("exact", &pairs, |a, b| a.folded.text == b.folded.text);
    score("SimHash, distance ≤ 3", &pairs, |a, b| {
        bits(a, b) <= DISTANCE
    });
    score("SimHash, distance ≤ 10", &pairs, |a, b| bits(a, b) <= 10);
    score("MinHash, 14 × 8, 5-grams", &pairs, bands_meet);
    score("MinHash, estimated J ≥ 0.8, 5-grams", &pairs, |a, b| {
        agree(a, b) * 10 >= PERMUTATIONS * 8
    });
    let config = Config::default();
    let thresholds = Thresholds::from(&config);
    score("dechaff, verified, facts guard", &pairs, |a, b| {
        Comparer::default().compare(a, b, &thresholds).kind != Kind::Distinct
    });
    let floors = Floors::from(&config);
    score("the same with its floors of length", &pairs, |a, b| {
        let kind = Comparer::default().compare(a, b, &thresholds).kind;
        let (a, b) = (a.folded.half_tokens(), b.folded.half_tokens());
        kind != Kind::Distinct && floors.admit(kind, a, b)
    });
}

fn score(
    name: &str,
    pairs: &[(Prepared, Prepared, bool)],
    decide: impl Fn(&Prepared, &Prepared) -> bool,
) {
    let (mut right, mut wrong, mut all) = (0u32, 0u32, 0u32);
    for (a, b, alike) in pairs {
        let found = decide(a, b);
        right += u32::from(found && *alike);
        wrong += u32::from(found && !alike);
        all += u32::from(*alike);
    }
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    println!(
        "| {name} | {:.2} | {:.2} | {:.2} |",
        share(right, right + wrong),
        share(right, all),
        share(2 * right, right + wrong + all)
    );
}

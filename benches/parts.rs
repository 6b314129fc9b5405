//! The parts that see every byte (fold, shingle, rules) and every candidate (verdict), one thread, on text in memory.
//!
//! Each bench first holds the part's answer against what the generator knows. `words` is the yardstick: a plain loop over
//! the same text, by which figures of different machines and days can be put in proportion.

#[allow(dead_code, reason = "each bench uses its share of it")]
mod input;

use std::hint::black_box;
use std::sync::LazyLock;

use dechaff::config::{Config, Level};
use dechaff::near::verdict::{Comparer, Direction, Kind as Is, Prepared, Thresholds};
use dechaff::rules::{Judge, Page, page};
use dechaff::text::fold::{Folded, Folder};
use dechaff::text::shingle::{CHARS, WORDS, shingles};
use divan::Bencher;
use divan::counter::BytesCount;
use input::{Corpus, Kind, SCRIPTS, Script};

/// Enough for every cache to be too small for the text, and for a pass to take some milliseconds.
const BYTES: usize = 2 << 20;

static MIXED: LazyLock<Corpus> = LazyLock::new(|| Corpus::new(1, BYTES, None).check());

fn main() {
    divan::main();
}

/// The novel paragraphs of one script.
struct Sample {
    texts: Vec<String>,
    /// Counted by the generator, not by folding.
    tokens: usize,
    bytes: BytesCount,
}

fn sample(script: Script) -> Sample {
    let corpus = Corpus::new(2, BYTES, Some(script));
    let novel = || corpus.of_kind(Kind::Novel);
    Sample {
        texts: novel().map(|l| l.text.clone()).collect(),
        tokens: novel().map(|l| l.tokens()).sum(),
        bytes: bytes(novel().map(|l| &l.text)),
    }
}

fn bytes<'a>(texts: impl IntoIterator<Item = &'a String>) -> BytesCount {
    BytesCount::new(texts.into_iter().map(String::len).sum::<usize>())
}

#[divan::bench(args = SCRIPTS.map(|s| s.0))]
fn words(bencher: Bencher<'_, '_>, script: Script) {
    let sample = sample(script);
    let words = |text: &String| black_box(text).split_whitespace().count();
    let count = || sample.texts.iter().map(words).sum::<usize>();
    let han = script == Script::Han;
    assert_eq!(
        count(),
        if han {
            sample.texts.len()
        } else {
            sample.tokens
        }
    );
    bencher.counter(sample.bytes).bench_local(count);
}

#[divan::bench(args = SCRIPTS.map(|s| s.0))]
fn fold(bencher: Bencher<'_, '_>, script: Script) {
    let sample = sample(script);
    let (mut folder, mut folded) = (Folder::default(), Folded::default());
    let mut tokens = |text: &String| {
        folder.fold(black_box(text), &mut folded);
        folded.tokens.len()
    };
    let mut count = || sample.texts.iter().map(&mut tokens).sum::<usize>();
    assert_eq!(count(), sample.tokens);
    bencher.counter(sample.bytes).bench_local(count);
}

#[divan::bench(args = SCRIPTS.map(|s| s.0))]
fn shingle(bencher: Bencher<'_, '_>, script: Script) {
    let sample = sample(script);
    let fold = |text| {
        let mut folded = Folded::default();
        Folder::default().fold(text, &mut folded);
        folded
    };
    let folded: Vec<Folded> = sample.texts.iter().map(|t| fold(t)).collect();
    let mut out = Vec::new();
    let mut made = |folded: &Folded| {
        shingles(black_box(folded), &mut out);
        out.len()
    };
    let mut count = || folded.iter().map(&mut made).sum::<usize>();
    let length = if script == Script::Han { CHARS } else { WORDS };
    assert_eq!(count(), sample.tokens - (length - 1) * folded.len());
    bencher.counter(sample.bytes).bench_local(count);
}

/// All pages through all rules; on each, what falls at `safe` must be the lines that were put there to fall, no more.
#[divan::bench]
fn judge(bencher: Bencher<'_, '_>) {
    let (judge, texts) = (Judge::new(&Config::default()), MIXED.texts());
    let (mut cuts, mut ranges) = (Vec::new(), Vec::new());
    let mut gone = || {
        texts.iter().fold(0, |sum, text| {
            judge.judge(&Page::new(black_box(text.as_bytes())), &mut cuts);
            page::union(&cuts, Level::Safe, &mut ranges);
            sum + ranges.iter().map(|r| r.len()).sum::<usize>()
        })
    };
    assert_eq!(
        gone(),
        MIXED
            .of_kind(Kind::Boilerplate)
            .map(|l| l.text.len() + 1)
            .sum::<usize>()
    );
    bencher.counter(bytes(&texts)).bench_local(gone);
}

/// Pairs that are ready to be compared: copies with their originals, or novel paragraphs with their successors.
#[divan::bench(args = [Kind::Exact, Kind::Edited, Kind::Truncated, Kind::Novel])]
fn verdict(bencher: Bencher<'_, '_>, kind: Kind) {
    let (expected, goes) = match kind {
        Kind::Exact => (Is::Exact, Some(Direction::Either)),
        Kind::Edited => (Is::Near, Some(Direction::Either)),
        Kind::Truncated => (Is::Contained, Some(Direction::BGoes)),
        _ => (Is::Distinct, None),
    };
    let lines: Vec<_> = MIXED.of_kind(kind).collect();
    let pairs = lines.windows(2).map(|w| match kind {
        Kind::Novel => [&w[0].text, &w[1].text],
        _ => [&MIXED.lines[w[0].of].text, &w[0].text],
    });
    let size = bytes(pairs.clone().flatten());
    let mut folder = Folder::default();
    let pairs: Vec<[Prepared; 2]> = pairs
        .map(|pair| {
            pair.map(|text| {
                let mut prepared = Prepared::default();
                prepared.fill(text, &mut folder);
                prepared
            })
        })
        .collect();
    let (mut comparer, thresholds) = (Comparer::default(), Thresholds::from(&Config::default()));
    let mut agree = || {
        let judged = pairs
            .iter()
            .map(|[a, b]| comparer.compare(black_box(a), b, &thresholds));
        judged
            .filter(|v| v.kind == expected && v.direction == goes)
            .count()
    };
    assert_eq!(agree(), pairs.len());
    bencher.counter(size).bench_local(agree);
}

//! The made-up dump of the benches is what its documentation says: a figure measured on another text is another figure.

#[allow(dead_code, unused_imports, reason = "each user has its share of it")]
#[path = "../benches/generator/mod.rs"]
mod made_up;
#[allow(dead_code, reason = "each user has its share of it")]
#[path = "../benches/dump/statistics.rs"]
mod statistics;

use made_up::{COPIES, Dump, KINDS, Kind, LANGUAGES};
use serde_json::Value;
use statistics::Statistics;

fn written(seed: u64, bytes: u64) -> Vec<u8> {
    let mut out = Vec::new();
    let count = Dump::new(seed).write(bytes, &mut out);
    assert_eq!(count.expect("memory takes all"), out.len() as u64);
    out
}

#[test]
fn a_larger_dump_begins_with_a_smaller_one_of_its_seed() {
    let (small, large) = (written(1, 300_000), written(1, 900_000));
    assert!(small.len() >= 300_000 && large.len() >= 900_000);
    assert!(large.starts_with(&small));
    assert_eq!(large, written(1, 900_000));
    assert_ne!(large[..1000], written(2, 900_000)[..1000]);
}

/// Figures of benches are compared over years and machines: the bytes may change only with intent, and then all
/// figures that were measured on them are to be measured again.
#[test]
fn the_bytes_are_these() {
    let hash = dechaff::text::hash::bytes64(&written(1, 200_000));
    assert_eq!(hash, GOLDEN, "made-up dumps changed: {hash:#018x}");
}

const GOLDEN: u64 = 0x1cd5_275e_444e_8081;

#[test]
fn records_are_documents_and_the_tally_knows_them() {
    let bytes = written(3, 500_000);
    let (mut documents, mut text, mut lines) = (0, 0, 0);
    for record in bytes.split(|&b| b == b'\n').filter(|r| !r.is_empty()) {
        let record: Value = serde_json::from_slice(record).expect("a line of JSON");
        assert_eq!(record["id"], format!("d{documents}"));
        let url = record["url"].as_str().expect("an address");
        assert!(
            url.starts_with("http://www.") && url.contains(".example/"),
            "{url}"
        );
        let own = record["text"].as_str().expect("a text");
        assert!(!own.contains(['{', '}']) && !own.ends_with('\n'), "{own}");
        documents += 1;
        text += own.len() as u64;
        lines += own
            .split('\n')
            .filter(|l| !matches!(*l, "" | "--" | ">"))
            .count() as u64;
    }
    let mut dump = Dump::new(3);
    (0..documents).for_each(|_| _ = dump.text());
    assert_eq!((dump.tally.documents, dump.tally.text), (documents, text));
    assert_eq!(dump.tally.lines.iter().map(|l| l[0]).sum::<u64>(), lines);
}

#[test]
fn languages_and_copies_have_the_shares_they_are_drawn_with() {
    let mut dump = Dump::new(5);
    (0..8_000).for_each(|_| _ = dump.text());
    let tally = &dump.tally;
    for (language, count) in LANGUAGES.iter().zip(tally.languages) {
        let share = 100.0 * count as f64 / tally.documents as f64;
        let off = (share - language.share as f64).abs();
        assert!(off < 2.0, "{}: {share:.1} % of documents", language.name);
    }
    // Of articles and threads, whose paragraphs are lines. Wrapped mail has more lines than paragraphs, so kinds are held
    // against each other, not against all lines.
    let lines = |kind| tally.lines[KINDS.iter().position(|&k| k == kind).expect("a kind")][0];
    let body: u64 = COPIES.iter().map(|c| lines(c.0)).sum::<u64>() + lines(Kind::Novel);
    for (kind, rate) in COPIES {
        let (got, rate) = (lines(kind) as f64 / body as f64, rate as f64 / 1000.0);
        assert!(
            (got / rate - 1.0).abs() < 0.3,
            "{kind:?}: {got:.4}, not {rate}"
        );
    }
    for kind in [Kind::Syndicated, Kind::Quoted, Kind::Template] {
        assert!(lines(kind) > body / 200, "{kind:?}: {}", lines(kind));
    }
}

/// The row of `docs/performance.md`, with some room: it tells of 20 MB.
#[test]
fn lines_words_and_shingles_are_like_those_of_real_text() {
    let (mut dump, mut statistics) = (Dump::new(1), Statistics::default());
    while statistics.bytes < 10_000_000 {
        statistics.add(dump.text());
    }
    let quantiles = [10, 50, 90, 99].map(|q| statistics.quantile(q));
    let bounds = [(24, 33), (62, 82), (410, 550), (950, 1300)];
    for (quantile, (low, high)) in quantiles.into_iter().zip(bounds) {
        assert!((low..high).contains(&quantile), "{quantiles:?}");
    }
    let types = statistics.types(1).expect("ten megabytes");
    assert!(
        (4.5..6.0).contains(&types),
        "types per 100 tokens: {types:.1}"
    );
    let [one, ten] = [0, 1].map(|mark| statistics.shingles(mark).expect("ten megabytes"));
    // New text keeps bringing new shingles: at ten times the size nearly as many for each megabyte.
    assert!((100_000..120_000).contains(&ten), "shingles per MB: {ten}");
    assert!(
        ten * 10 > one * 9,
        "shingles per MB: {one} at 1 MB, {ten} at 10 MB"
    );
    assert!(
        (22.0..32.0).contains(&statistics.exact()),
        "{:.1} % copies",
        statistics.exact()
    );
    assert!(
        (22.0..31.0).contains(&statistics.judged()),
        "{:.1} %",
        statistics.judged()
    );
    let shares = [56.0, 20.0, 14.0, 10.0, 0.0];
    for ((share, script), expected) in statistics
        .scripts()
        .into_iter()
        .zip(statistics::SCRIPTS)
        .zip(shares)
    {
        let off: f64 = share - expected;
        assert!(off.abs() < 3.0, "{script}: {share:.1} %, not {expected}");
    }
}

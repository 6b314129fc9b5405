//! Promise 1: cleaned output + removal log = input, and the report says what they say.

use std::collections::BTreeMap;
use std::fs;

use dechaff::config::{Config, Segment};
use dechaff::removal::Removal;
use dechaff::restore::restore;
use proptest::prelude::*;

use super::corpus::{Corpus, Doc, corpora};
use super::{cases, configs};
use crate::cleaned::Run;

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn restore_gives_back_every_byte(corpus in corpora(), config in configs()) {
        let run = Run::of(&corpus.files, &config);
        let back = run.beside("back");
        let summary = restore(&run.out(), Some(&back)).unwrap();
        prop_assert_eq!(summary.records, corpus.docs.len() as u64);
        for (name, bytes) in &corpus.files {
            prop_assert_eq!(&fs::read(back.join(name)).unwrap(), bytes, "{}", name);
        }
    }

    #[test]
    fn output_and_log_add_up_to_the_text(corpus in corpora(), config in configs()) {
        let run = Run::of(&corpus.files, &config);
        let removals = run.removals();
        let mut out = 0;
        for doc in &corpus.docs {
            let mine: Vec<&Removal> = removals.iter().filter(|r| r.source == doc.source && r.record == doc.record).collect();
            let left = less(&doc.text, &mine)?;
            out += left.len();
            let written = written(&run, &corpus, doc);
            // A document of which only white space is left is left out when that is asked for; of a text file the file stays.
            let left_out = config.drop_empty && left.trim().is_empty() && written.as_deref().unwrap_or("").is_empty();
            prop_assert!(left_out || written.as_deref() == Some(&*left), "{:?} {:?}", written, left);
        }
        let bytes = run.report.bytes;
        prop_assert_eq!(bytes.r#in, corpus.docs.iter().map(|d| d.text.len() as u64).sum::<u64>());
        prop_assert_eq!(bytes.out, out as u64);
        prop_assert_eq!(bytes.r#in, bytes.out + bytes.removed);
        check_report(&run, &corpus, &config, &removals)?;
    }

    #[test]
    fn without_removed_text_only_the_texts_are_missing(corpus in corpora(), config in configs()) {
        let with = Run::of(&corpus.files, &config);
        let without = Run::of(&corpus.files, &Config { keep_removed_text: false, ..config });
        let mut removals = with.removals();
        for removal in &mut removals {
            removal.text = None;
            removal.raw = None;
        }
        prop_assert_eq!(without.removals(), removals);
        for name in &with.names {
            prop_assert_eq!(with.output(name), without.output(name));
        }
        let restored = restore(&without.out(), None);
        prop_assert!(restored.is_err() || with.removals().is_empty());
    }
}

/// The text less what the log says went; checks what each removal says of itself.
fn less(text: &str, removals: &[&Removal]) -> Result<String, TestCaseError> {
    let (mut left, mut at) = (String::new(), 0);
    for removal in removals {
        let (start, end) = (removal.start as usize, removal.end as usize);
        prop_assert!(at <= start && start < end, "ascending, disjoint, not empty");
        left.push_str(&text[at..start]);
        prop_assert_eq!(removal.text.as_deref(), Some(&text[start..end]));
        let chars = |end: usize| text[..end].chars().count() as u64;
        prop_assert_eq!(
            (removal.char_start, removal.char_end),
            (chars(start), chars(end))
        );
        let line = text[..start].matches('\n').count() as u32;
        // A block is named by its first line, even where a part of it goes from further down.
        prop_assert!(removal.paragraph <= line);
        at = end;
    }
    left.push_str(&text[at..]);
    Ok(left)
}

/// What was written of a document; `None` when it was left out.
fn written(run: &Run, corpus: &Corpus, doc: &Doc) -> Option<String> {
    let output = String::from_utf8(run.output(&doc.source)).unwrap();
    if doc.source.ends_with(".txt") {
        return Some(output);
    }
    let mut records = output
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let texts: BTreeMap<String, String> = records
        .by_ref()
        .enumerate()
        .map(|(i, r)| (key(&r, i), r["text"].as_str().unwrap().to_owned()))
        .collect();
    let (_, file) = corpus.files.iter().find(|f| f.0 == doc.source).unwrap();
    let line = file
        .split(|&b| b == b'\n')
        .nth(doc.record as usize)
        .unwrap();
    let original = serde_json::from_slice::<serde_json::Value>(line).unwrap();
    texts.get(&key(&original, usize::MAX)).cloned()
}

/// What tells the records of one source apart.
fn key(record: &serde_json::Value, fallback: usize) -> String {
    match (&record["id"], &record["url"]) {
        (serde_json::Value::Null, serde_json::Value::Null) => fallback.to_string(),
        (id, url) => format!("{id} {url}"),
    }
}

fn check_report(
    run: &Run,
    corpus: &Corpus,
    config: &Config,
    removals: &[Removal],
) -> Result<(), TestCaseError> {
    let report = &run.report;
    let (mut by_reason, mut by_rule) = (BTreeMap::new(), BTreeMap::new());
    for removal in removals {
        let reason: &mut (u64, u64) = by_reason
            .entry(removal.reason.name().to_owned())
            .or_default();
        *reason = (reason.0 + 1, reason.1 + removal.end - removal.start);
        if let Some(rule) = &removal.rule {
            let rule: &mut (u64, u64) = by_rule.entry(rule.to_string()).or_default();
            *rule = (rule.0 + 1, rule.1 + removal.end - removal.start);
        }
    }
    let sums =
        |groups: &BTreeMap<String, dechaff::report::Amount>| -> BTreeMap<String, (u64, u64)> {
            groups
                .iter()
                .map(|(name, a)| (name.clone(), (a.cuts, a.bytes)))
                .collect()
        };
    prop_assert_eq!(sums(&report.removed.by_reason), by_reason);
    prop_assert_eq!(sums(&report.removed.by_rule), by_rule);
    let changed: std::collections::BTreeSet<_> =
        removals.iter().map(|r| (&r.source, r.record)).collect();
    prop_assert_eq!(report.documents.r#in, corpus.docs.len() as u64);
    prop_assert_eq!(report.documents.changed, changed.len() as u64);
    prop_assert_eq!(
        report.documents.r#in,
        report.documents.out + report.documents.left_out
    );
    prop_assert_eq!(report.quarantined.count, 0);
    let paragraphs = report.paragraphs;
    prop_assert_eq!(paragraphs.r#in, paragraphs.out + paragraphs.removed);
    if config.segment == Segment::Line {
        let lines = corpus.docs.iter().flat_map(|d| d.text.split('\n'));
        let lines = lines.filter(|l| !l.trim().is_empty()).count();
        prop_assert_eq!(paragraphs.r#in, lines as u64);
        let whole: Vec<_> = corpus
            .docs
            .iter()
            .map(|d| {
                whole_lines(
                    &d.text,
                    removals
                        .iter()
                        .filter(|r| r.source == d.source && r.record == d.record),
                )
            })
            .collect();
        prop_assert_eq!(paragraphs.removed, whole.iter().sum::<u64>());
    }
    Ok(())
}

/// How many lines that are not blank went whole.
fn whole_lines<'r>(text: &str, removals: impl Iterator<Item = &'r Removal> + Clone) -> u64 {
    let (mut at, mut whole) = (0, 0);
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let kept = (at..end).filter(|&i| {
            !removals
                .clone()
                .any(|r| (r.start as usize) <= i && i < r.end as usize)
        });
        whole += u64::from(!line.trim().is_empty() && kept.count() == 0);
        at = end;
    }
    whole
}

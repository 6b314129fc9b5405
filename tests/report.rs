//! The report: it balances, it adds up however it is split, it keeps its schema, and nothing of the input is obeyed by a terminal or browser.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use dechaff::config::{Config, Guard};
use dechaff::report::{
    Cut, Document, LENGTH, Place, Repeat, Repeats, Report, Run, SCHEMA, Scope, Tally, language,
    merge,
};
use proptest::prelude::*;
use serde_json::Value;

const PROSE: &str = "The ferry crosses the bay four times a day, and in summer it carries more bicycles than cars to the island.\n";
const NOTICE: &str = "We use cookies to improve the ferry.\n";

fn document<'a>(source: &'a str, record: u64, id: &'a str, text: &'a [u8]) -> Document<'a> {
    Document {
        source,
        record,
        id,
        text,
        paragraphs: 3,
        bytes_out: text.len() as u64,
        written: true,
        protected: false,
        passed_over: 0,
        stretch: (record % 100) as usize,
    }
}

fn notice(start: usize) -> Cut<'static> {
    Cut {
        range: start..start + NOTICE.len(),
        paragraph: 1,
        reason: "boilerplate",
        rule: Some("cookie-notice"),
        category: Some("cookie"),
        similarity: None,
    }
}

fn duplicate(range: std::ops::Range<usize>, paragraph: u32) -> Cut<'static> {
    Cut {
        range,
        paragraph,
        reason: "exact_duplicate",
        rule: None,
        category: None,
        similarity: None,
    }
}

/// Counts document `n` of a made-up dump: some lose a notice, some a duplicate too, some are bad or protected.
fn count(tally: &mut Tally, n: u64) {
    let source = format!("part-{}.jsonl", n % 3);
    let (record, id) = (n / 3, format!("doc {n}"));
    let text = format!("{PROSE}{NOTICE}{}", PROSE.repeat(n as usize % 7 + 1));
    let mut cuts = Vec::new();
    if n.is_multiple_of(2) {
        cuts.push(notice(PROSE.len()));
    }
    if n.is_multiple_of(5) {
        cuts.push(duplicate(PROSE.len() + NOTICE.len()..text.len(), 2));
    }
    let removed: usize = cuts.iter().map(|c| c.range.len()).sum();
    let document = Document {
        bytes_out: (text.len() - removed) as u64,
        protected: n.is_multiple_of(11),
        passed_over: n % 13 / 12,
        ..document(&source, record, &id, text.as_bytes())
    };
    tally.document(&document, &cuts);
    let place = Place {
        source: (n % 3) as u32,
        record: record as u32,
        paragraph: 0,
    };
    let repeat = Repeat {
        place,
        removed: n % 17 + 1,
        bytes: 10 * (n % 17 + 1),
    };
    tally.cluster(&document, &repeat, PROSE);
    if let Some(cut) = cuts.first().filter(|c| c.rule.is_some()) {
        tally.repeated_line(&document, &repeat, cut);
    }
    if n.is_multiple_of(19) {
        tally.quarantined(
            &source,
            record + 1_000_000,
            "lone-surrogate",
            "half of a surrogate pair in field \"text\"",
        );
    }
    tally.candidates_capped(n % 4 / 3);
}

fn report_of(documents: impl Iterator<Item = u64>) -> Report {
    let mut tally = Tally::new(&Config::default());
    documents.for_each(|n| count(&mut tally, n));
    tally.finish(Run::default())
}

/// Everything but `run`.
fn answer(report: &Report) -> Report {
    Report {
        run: Run::default(),
        ..report.clone()
    }
}

#[test]
fn a_report_balances_and_says_when_it_does_not() {
    let mut report = report_of(0..400);
    report.check().unwrap();
    assert_eq!(report.sources, 3);
    assert_eq!(report.documents.r#in, 400);
    assert_eq!(report.removed.by_reason["boilerplate"].cuts, 200);
    assert_eq!(report.removed.by_rule["cookie-notice"].documents, 200);
    assert_eq!(report.removed.by_category["cookie"].paragraphs, 200);
    assert_eq!(report.removed.by_reason["exact_duplicate"].documents, 80);
    assert_eq!(report.removed.by_language["en"].documents, 240);
    report.bytes.out -= 1;
    let message = report.check().unwrap_err().to_string();
    assert!(
        message.contains("do not balance: bytes in, out and removed"),
        "{message}"
    );
}

#[test]
fn cuts_of_one_paragraph_that_touch_count_once() {
    let text = b"glued notice and the rest\nlast";
    let cut = |start, end| duplicate(start..end, 0);
    let paragraphs = |cuts: &[Cut<'_>]| {
        let mut tally = Tally::new(&Config::default());
        let removed: usize = cuts.iter().map(|c| c.range.len()).sum();
        let mut document = document("s", 0, "d", text);
        document.bytes_out -= removed as u64;
        tally.document(&document, cuts);
        let report = tally.finish(Run::default());
        report.check().unwrap();
        report.paragraphs.removed
    };
    assert_eq!(paragraphs(&[cut(0, 26)]), 1);
    assert_eq!(paragraphs(&[cut(0, 13)]), 0);
    assert_eq!(paragraphs(&[cut(0, 13), cut(13, 26)]), 1);
    assert_eq!(paragraphs(&[cut(0, 12), cut(13, 26)]), 0);
    assert_eq!(paragraphs(&[cut(0, 26), duplicate(26..30, 1)]), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// However documents are dealt to workers, and sources to shards, the sum is the report of one run.
    #[test]
    fn reports_add_up(workers in prop::collection::vec(0usize..4, 300), order in prop::bool::ANY) {
        let whole = report_of(0..300);
        let mut tallies = vec![Tally::new(&Config::default()); 4];
        for (n, worker) in workers.iter().enumerate() {
            count(&mut tallies[*worker], n as u64);
        }
        let mut sum = Tally::new(&Config::default());
        if order {
            tallies.reverse();
        }
        tallies.into_iter().for_each(|t| sum += t);
        prop_assert_eq!(&sum.finish(Run::default()), &whole);

        let mut shards: Vec<_> = (0..3).map(|s| report_of((0..300).filter(move |n| n % 3 == s))).collect();
        if order {
            shards.rotate_left(1);
        }
        let read = |r: &Report| Report::parse(&r.to_json()).unwrap();
        let left = merge([merge(shards[..2].iter().map(read)).unwrap(), shards[2].clone()]).unwrap();
        let right = merge([shards[0].clone(), merge(shards[1..].iter().map(read)).unwrap()]).unwrap();
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(answer(&left), answer(&whole));
        prop_assert_eq!(left.run.shards, 3);
    }
}

#[test]
fn lists_hold_the_greatest_and_no_more() {
    let report = report_of(0..3000);
    assert_eq!(report.clusters.len(), LENGTH);
    assert!(report.clusters.iter().all(|c| c.removed == 17));
    assert_eq!(report.quarantined.count, 3000 / 19 + 1);
    assert_eq!(report.quarantined.first.len(), LENGTH);
    let lost: Vec<_> = report
        .documents_lost_most
        .iter()
        .map(|d| d.bytes_removed)
        .collect();
    assert!(lost.is_sorted_by(|a, b| a >= b));
}

#[test]
fn repeats_do_not_depend_on_the_order() {
    let place = |n: u32| Place {
        source: n % 5,
        record: n / 5,
        paragraph: 0,
    };
    let key = |n: u32| u128::from(n % 150 * (n % 7 + 1));
    let (mut whole, mut odd, mut even) =
        (Repeats::default(), Repeats::default(), Repeats::default());
    for n in 0..2000 {
        whole.add(key(n), place(n), 3);
        if n.is_multiple_of(2) {
            &mut even
        } else {
            &mut odd
        }
        .add(key(n), place(n), 3);
    }
    odd.merge(even);
    let largest = whole.largest();
    assert_eq!(largest.len(), LENGTH);
    assert!(largest.is_sorted_by_key(|r| r.place));
    assert_eq!(odd.largest(), largest);
}

#[test]
fn other_versions_and_configurations_are_refused() {
    let other = Config {
        guard: Guard::Off,
        ..Config::default()
    };
    let mut report = report_of(0..3);
    let before = report.clone();
    let message = report.merge(&Report::new(&other)).unwrap_err().to_string();
    assert!(
        message.starts_with("reports do not add up: configuration "),
        "{message}"
    );
    assert_eq!(report, before);
    let mut newer = Report::new(&Config::default());
    newer.tool.version = "99.0.0".into();
    let message = report.merge(&newer).unwrap_err().to_string();
    assert!(message.contains("tool version 99.0.0 meets"), "{message}");
    let text = report
        .to_json()
        .replacen("\"version\": 1", "\"version\": 7", 1);
    let message = Report::parse(&text).unwrap_err().to_string();
    assert!(message.starts_with("the report has version 7"), "{message}");
    assert!(Report::parse("{}").is_err() && merge([]).is_err());
}

#[test]
fn a_report_keeps_the_published_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for report in [report_of(0..500), Report::new(&Config::default())] {
        let value: Value = serde_json::from_str(&report.to_json()).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&value)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let mut value: Value = serde_json::from_str(&report_of(0..5).to_json()).unwrap();
    value["bytes"]["lost"] = 1.into();
    assert!(!validator.is_valid(&value), "an undocumented field passes");
}

#[test]
fn every_field_of_the_schema_is_documented() {
    fn walk(value: &Value, path: &str, seen: &mut usize) {
        match value {
            Value::Object(map) => {
                for (name, field) in map
                    .get("properties")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flatten()
                {
                    let description = field["description"].as_str().unwrap_or("");
                    assert!(
                        description.ends_with('.'),
                        "{path}/{name} has no description"
                    );
                    *seen += 1;
                }
                map.iter()
                    .for_each(|(name, v)| walk(v, &format!("{path}/{name}"), seen));
            }
            Value::Array(items) => items.iter().for_each(|v| walk(v, path, seen)),
            _ => {}
        }
    }
    let mut seen = 0;
    walk(&serde_json::from_str(SCHEMA).unwrap(), "", &mut seen);
    assert!(seen >= 79, "only {seen} fields");
}

#[test]
fn the_summary_is_short_and_names_what_deserves_a_look() {
    let mut report = report_of(0..5000);
    report.run = Run {
        shards: 1,
        threads: 2,
        wall_ms: 2_500,
        bytes_per_second: 80 << 20,
        ..Run::default()
    };
    let text = report.summary(Some(Path::new("out")));
    assert!(text.lines().count() <= 20, "{text}");
    assert!(
        text.starts_with("documents            5,000   3,000 changed"),
        "{text}"
    );
    for part in [
        "  cookie-notice",
        "264 records could not be read: part-0.jsonl#1000000 (half of",
        "out/_dechaff/report.html",
        "2.5 s, 80.0 MiB/s, 2 threads",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    assert!(
        Report::new(&Config::default())
            .summary(None)
            .contains("no document was read")
    );
}

#[test]
fn a_source_that_loses_nearly_everything_is_named() {
    let text = PROSE.repeat(1000);
    let mut tally = Tally::new(&Config::default());
    let mut document = document("feed.txt", 0, "feed.txt#0", text.as_bytes());
    document.bytes_out = PROSE.len() as u64;
    document.paragraphs = 1000;
    tally.document(&document, &[duplicate(PROSE.len()..text.len(), 1)]);
    let text = tally.finish(Run::default()).summary(None);
    assert!(
        text.contains("\nALARM: feed.txt lost 99.9 % of its text, where up to 80 % is plausible; causes: exact duplicate 99.9 %"),
        "{text}"
    );
    assert!(
        text.contains("\nALARM: this run removed 99.9 % of all text"),
        "{text}"
    );
}

#[test]
fn a_rule_that_takes_too_much_is_named_and_little_text_is_no_alarm() {
    let config = Config::default();
    let report = |copies: usize| {
        let mut tally = Tally::new(&config);
        let text = format!("{NOTICE}{}", PROSE.repeat(3));
        for record in 0..copies as u64 {
            let mut document = document("pages.jsonl", record, "page", text.as_bytes());
            document.bytes_out = (text.len() - notice(0).range.len()) as u64;
            document.paragraphs = 4;
            tally.document(&document, &[notice(0)]);
        }
        tally.finish(Run::default())
    };
    let many = report(1000);
    let alarms: Vec<_> = many
        .alarms
        .iter()
        .map(|a| (a.scope, a.name.as_deref()))
        .collect();
    assert_eq!(alarms, [(Scope::Rule, Some("cookie-notice"))]);
    assert!(report(10).alarms.is_empty());
    // Shards add up to the same alarms, and the schema knows them.
    let mut sum = report(400);
    sum.merge(&report(600)).unwrap();
    assert_eq!(sum.alarms, many.alarms);
    let schema: serde_json::Value = serde_json::from_str(dechaff::report::SCHEMA).unwrap();
    let value: serde_json::Value = serde_json::from_str(&many.to_json()).unwrap();
    jsonschema::validate(&schema, &value).unwrap();
    let copies = report(1000).to_json();
    assert_eq!(Report::parse(&copies).unwrap(), many);
}

#[test]
fn the_page_is_whole_and_obeys_nothing() {
    let mut tally = Tally::new(&Config::default());
    let id = "<script>alert(1)</script>\u{1b}]0;title\u{7}";
    let text = format!("{NOTICE}rest");
    let document = Document {
        bytes_out: 4,
        protected: true,
        ..document("a&b", 0, id, text.as_bytes())
    };
    tally.document(&document, &[notice(0)]);
    tally.quarantined(id, 1, "bad", "\u{202e}\"quoted\"");
    let report = tally.finish(Run::default());
    let page = report.to_html();
    assert_eq!(
        page.matches("<script").count(),
        2,
        "the data and the script"
    );
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(!page.contains('\u{1b}') && page.contains("\\u003cscript\\u003ealert(1)"));
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(page.contains("content=\"default-src 'none'; script-src 'sha256-"));
    assert!(!page.contains("://"), "nothing is loaded from elsewhere");
    assert!(!report.summary(None).contains('\u{1b}'));
}

#[test]
fn the_language_is_that_of_the_longest_line() {
    let page = "Accueil\nConnexion\nPartager\nLa boulangère pétrit la pâte le soir, la laisse reposer toute la nuit et l'enfourne à l'aube.\nHome page\n";
    assert_eq!(language::of(page.as_bytes()), "fr");
}

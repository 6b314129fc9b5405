//! Evaluation: a small gold file whose every figure is worked out by hand.
#![allow(clippy::unwrap_used)]

use dechaff::config::{Config, Level};
use dechaff::error::ErrorKind;
use dechaff::evaluate::{By, Options, evaluate};

const NOTICE: &str = "We use cookies to improve your experience on this site.";

/// Three pages: one with a notice to drop and a menu that stays, one whose notice is labelled content, one of notices only.
fn gold() -> String {
    let page = |id: &str, view: &str, lines: &[(&str, &str, &str)]| {
        let lines: Vec<_> = lines
            .iter()
            .map(|(text, label, more)| format!(r#"{{"text":"{text}","label":"{label}"{more}}}"#))
            .collect();
        format!(
            r#"{{"id":"{id}","view":"{view}","source":"own","lang":"en","type":null,"tier":"A","lines":[{}]}}"#,
            lines.join(",")
        )
    };
    let bread = "Bread rises twice: once in the bowl, once in the tin, and never in a draught, as any baker in the valley will tell you.";
    [
        page(
            "one",
            "full",
            &[
                ("Home", "drop", r#","category":"nav""#),
                (bread, "keep", ""),
                (NOTICE, "drop", r#","category":"cookie""#),
                (NOTICE, "drop", r#","category":"cookie","soft":true"#),
                ("", "skip", ""),
            ],
        ),
        page("two", "full", &[(bread, "keep", ""), (NOTICE, "keep", "")]),
        page(
            "three",
            "main",
            &[(NOTICE, "drop", ""), (NOTICE, "skip", "")],
        ),
    ]
    .join("\n\n")
}

#[test]
fn figures_are_those_worked_out_by_hand() {
    let mut predictions = Vec::new();
    let options = Options {
        errors: 10,
        missed: 10,
        ..Options::default()
    };
    let got = evaluate(gold().as_bytes(), &options, Some(&mut predictions)).unwrap();
    let all = got.groups[&("full".to_string(), "ALL".to_string())];
    assert_eq!((all.pages, all.dropped, all.missed), (2, 1, 1));
    assert_eq!((all.keep, all.lost), (3, 1));
    let (notice, bread) = (NOTICE.len() as u64, all.keep_chars - NOTICE.len() as u64);
    assert_eq!(all.lost_chars, notice);
    assert_eq!(
        all.dropped_chars * 100 / all.drop_chars,
        notice * 100 / (notice + 4)
    );
    assert_eq!((all.precision(), all.recall(), all.f1()), (0.5, 0.5, 0.5));
    let loss = 100.0 * notice as f64 / (notice + bread) as f64;
    assert!((all.loss_percent() - loss).abs() < 1e-12);
    assert_eq!((all.over_1_percent, all.over_10_percent), (1, 1));
    assert_eq!(
        String::from_utf8(predictions).unwrap(),
        "{\"id\":\"one\",\"view\":\"full\",\"removed\":[2,3]}\n\
         {\"id\":\"two\",\"view\":\"full\",\"removed\":[1]}\n\
         {\"id\":\"three\",\"view\":\"main\",\"removed\":[]}\n"
    );
    // The page of nothing but notices would lose all of its text, so it keeps it.
    assert_eq!(got.protected, 1);

    let rule = got.rules.values().next().unwrap();
    assert_eq!((rule.lines, rule.dropped, rule.alone), (3, 1, 1));
    assert_eq!((rule.lost, rule.skipped, rule.lost_chars), (1, 1, notice));
    assert_eq!(got.categories["cookie"].dropped, 1);
    assert_eq!(got.categories["nav"].dropped, 0);
    assert_eq!(got.lost_by_category["cookie"], 1);

    let lost = got.samples.most_lost();
    assert_eq!(lost[0].evidence, "cookie-notice@safe");
    assert_eq!((lost[0].page.as_str(), lost[0].line), ("two (full)", 1));
    assert_eq!(got.samples.some_missed().len(), 2);
}

#[test]
fn views_tiers_and_levels_are_chosen() {
    let count = |options: Options| {
        let got = evaluate(gold().as_bytes(), &options, None).unwrap();
        let removed: u64 = got.groups.values().map(|c| c.dropped + c.lost).sum();
        (got.groups.values().map(|c| c.pages).sum::<u64>(), removed)
    };
    let main = Some("main".to_string());
    assert_eq!(
        count(Options {
            view: main,
            ..Options::default()
        }),
        (1, 0)
    );
    let tier = Some("B".to_string());
    assert_eq!(
        count(Options {
            tier,
            ..Options::default()
        }),
        (0, 0)
    );
    for (boilerplate, removed) in [(None, 0), (Some(Level::Safe), 2)] {
        let config = Config {
            boilerplate,
            ..Config::default()
        };
        assert_eq!(
            count(Options {
                config,
                ..Options::default()
            }),
            (3, removed)
        );
    }
}

#[test]
fn groups_add_up_and_small_ones_are_not_shown() {
    let options = Options {
        by: Some(By::Lang),
        ..Options::default()
    };
    let got = evaluate(gold().as_bytes(), &options, None).unwrap();
    let key = |g: &str| ("full".to_string(), g.to_string());
    assert_eq!(got.groups[&key("ALL")], got.groups[&key("en")]);
    let table = got.render(options.by);
    assert!(
        table.contains("full   ALL") && !table.contains("full   en"),
        "{table}"
    );
    assert!(table.contains("1 page kept whole"), "{table}");
}

#[test]
fn a_bad_line_is_named() {
    let error = evaluate("{\"id\":\"x\"}\n".as_bytes(), &Options::default(), None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert_eq!(error.place().record, Some(0));
}

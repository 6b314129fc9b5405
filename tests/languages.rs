//! Pages in eleven languages, labelled line by line: what must stay stays, and of the chaff no less goes than before.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use dechaff::config::{Config, Level};
use dechaff::evaluate::{By, Evaluation, Options, evaluate};

/// Least share of boilerplate lines that go at `safe`, in percent, by language: of whole pages, and of what an extractor
/// leaves of them. A floor stands just under the figure that was measured; it rises with the figure and never falls.
const FLOORS: [(&str, [f64; 2]); 11] = [
    ("ar", [78.0, 71.0]),
    ("de", [83.0, 88.0]),
    ("es", [78.0, 79.0]),
    ("fr", [93.0, 87.0]),
    ("it", [83.0, 94.0]),
    ("ja", [79.0, 82.0]),
    ("ko", [87.0, 90.0]),
    ("pl", [70.0, 52.0]),
    ("pt", [91.0, 89.0]),
    ("ru", [87.0, 90.0]),
    ("zh", [74.0, 74.0]),
];

/// Content lines that the line model takes at `balanced`: ends of recipes and of forum posts, and lists of ingredients.
/// Each is a fault.
const AT_BALANCED: [&str; 10] = [
    "Śruby. Dwie luźne. Dziękuję i wstyd mi.",
    "Chez nous on mettait du zeste d'orange et on oubliait toujours le sel.",
    "Reste schmecken am nächsten Tag kalt, mit einem Löffel Senf.",
    "Preparazione",
    "しょうゆ　大さじ1",
    "大根の皮　一本分",
    "材料（2人分）",
    "ごま油　少し",
    "olio",
    "作り方",
];

fn evaluated(level: Level) -> Evaluation {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/languages/pages.jsonl");
    let options = Options {
        by: Some(By::Lang),
        config: Config {
            boilerplate: Some(level),
            ..Config::default()
        },
        errors: 20,
        ..Options::default()
    };
    evaluate(std::fs::read(path).unwrap().as_slice(), &options, None).unwrap()
}

#[test]
fn no_content_goes_in_any_language() {
    for level in [Level::Safe, Level::Balanced] {
        let got = evaluated(level);
        for view in ["full", "main", "rmain"] {
            let all = &got.groups[&(view.to_string(), "ALL".to_string())];
            assert!(all.keep >= 100, "{view} holds content");
        }
        let lost: Vec<_> = got
            .samples
            .most_lost()
            .into_iter()
            .map(|l| l.text)
            .collect();
        let lost: Vec<_> = lost
            .iter()
            .filter(|t| level == Level::Safe || !AT_BALANCED.contains(&t.as_str()))
            .collect();
        assert!(lost.is_empty(), "at {}: {lost:?}", level.name());
    }
}

#[test]
fn chaff_goes_in_every_language() {
    let got = evaluated(Level::Safe);
    let mut short = Vec::new();
    for (lang, floors) in FLOORS {
        for (view, floor) in ["full", "rmain"].into_iter().zip(floors) {
            let group = &got.groups[&(view.to_string(), lang.to_string())];
            let percent = 100.0 * group.recall();
            println!("{lang} {view}: {percent:.1} %");
            if percent < floor {
                short.push(format!("{lang} {view}: {percent:.1} % of {floor} %"));
            }
        }
    }
    assert!(short.is_empty(), "{short:?}");
}

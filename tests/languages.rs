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

/// Content lines that the line model takes at `balanced`: ends of forum posts, and the lists of recipes. Each is a fault.
const AT_BALANCED: [&str; 16] = [
    "2 xícaras de fubá",
    "Avis des clients",
    "Com uma pitada de erva-doce fica igual ao da minha tia.",
    "Ingredientes",
    "Объём: 5 л",
    "ごま油　少し",
    "作り方",
    "大根の皮　一本分",
    "大米 两碗",
    "我家还要加一勺猪油渣，锅巴最先被抢光。",
    "担当：建設係（午前九時から午後四時まで）",
    "材料（2人分）",
    "用料",
    "만드는 법",
    "소금 조금",
    "재료",
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

//! Every rule keeps its own examples: what is marked goes, nothing else does, and no rule touches any counter-example.

use dechaff::config::{Config, Level};
use dechaff::rules::page::union;
use dechaff::rules::{Judge, Page, RULES};

/// Splits `a⟦b⟧c` into the text `abc` and the same text with the marks where the judge cut.
fn unmark(marked: &str) -> String {
    marked.replace(['⟦', '⟧'], "")
}

fn mark(text: &str, ranges: &[std::ops::Range<usize>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for r in ranges {
        out.push_str(&text[at..r.start]);
        out.push('⟦');
        out.push_str(&text[r.clone()]);
        out.push('⟧');
        at = r.end;
    }
    out.push_str(&text[at..]);
    out.replace("⟧⟦", "")
}

fn judged(config: &Config, text: &str, level: Level) -> (String, Vec<&'static str>) {
    let (mut cuts, mut ranges) = (Vec::new(), Vec::new());
    Judge::new(config).judge(&Page::new(text.as_bytes()), &mut cuts);
    union(&cuts, level, &mut ranges);
    let fired = cuts
        .iter()
        .filter(|c| c.level <= level)
        .map(|c| RULES[c.rule as usize].name)
        .collect();
    (mark(text, &ranges), fired)
}

#[test]
fn examples_lose_what_is_marked_and_nothing_else() {
    let mut wrong = Vec::new();
    for rule in RULES {
        // An example belongs to its rule: it must hold with this rule alone, and with all of them.
        let alone = Config {
            only: vec![rule.name.to_string()],
            ..Config::default()
        };
        for (level, example) in rule.examples {
            let text = unmark(example);
            let want = example.replace("⟧⟦", "");
            for (config, which) in [(&alone, "alone"), (&Config::default(), "with all rules")] {
                let (got, fired) = judged(config, &text, *level);
                if got != want {
                    wrong.push(format!(
                        "{} {which} ({fired:?}), at {}\nwant {want:?}\ngot  {got:?}",
                        rule.name,
                        level.name()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn no_rule_takes_anything_from_a_counter_example() {
    for rule in RULES {
        for text in rule.counter_examples {
            let (got, fired) = judged(&Config::default(), text, Level::Balanced);
            assert_eq!(
                got, *text,
                "counter-example of {} lost text to {fired:?}",
                rule.name
            );
        }
    }
}

#[test]
fn rules_are_documented_and_named_alike() {
    let mut names: Vec<_> = RULES.iter().map(|r| r.name).collect();
    for rule in RULES {
        assert!(
            rule.name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'-'),
            "{}",
            rule.name
        );
        assert_eq!(
            rule.doc.split("\n\n").count(),
            3,
            "{}: what, why, when it errs",
            rule.name
        );
        assert!(!rule.cues.is_empty(), "{} has no cue", rule.name);
        assert!(
            rule.examples.len() >= 5 && rule.counter_examples.len() >= 5,
            "{}: five examples and five counter-examples at the least",
            rule.name
        );
        for cue in rule.cues {
            assert_eq!(
                cue.to_lowercase(),
                *cue,
                "{}: cues are lower case",
                rule.name
            );
        }
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len(), "names are unique");
}

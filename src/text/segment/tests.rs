//! What is joined and what is not, on texts written for it.

use proptest::prelude::*;

use super::*;
use crate::text::line::lines;

/// The judged texts of a document's paragraphs.
fn judged(text: &str, segment: Segment, gone: &[usize], touched: &[usize]) -> Vec<String> {
    let (mut all, mut found) = (Vec::new(), Vec::new());
    lines(text.as_bytes(), &mut all);
    let (gone, touched) = (|i| gone.contains(&i), |i| touched.contains(&i));
    paragraphs(&all, segment, &gone, &touched, &mut found);
    let one = |&p: &Paragraph| {
        let mut out = String::new();
        judged_text(&all, p, &[], &mut out);
        out
    };
    found.iter().map(one).collect()
}

fn auto(text: &str) -> Vec<String> {
    judged(text, Segment::Auto, &[], &[])
}

/// Each line is its own paragraph.
fn assert_apart(text: &str) {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    assert_eq!(auto(text), lines);
}

const WRAPPED: &str = "\
The council met on the first floor of the old customs house, because the
roof of the town hall had been leaking since the storm in the second week
of March. Nobody had brought the keys to the archive, so the minutes of
the last meeting could not be read aloud.";

fn joined(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join(" ")
}

#[test]
fn hard_wrapped_prose_is_one_paragraph() {
    assert_eq!(auto(WRAPPED), [joined(WRAPPED)]);
    let two = format!("{WRAPPED}\n\n{WRAPPED}\n");
    assert_eq!(auto(&two), [joined(WRAPPED), joined(WRAPPED)]);
}

#[test]
fn line_ends_do_not_matter() {
    let unix = format!(
        "Minutes\n\n{WRAPPED}\n\n> {}\n",
        WRAPPED.replace('\n', "\n> ")
    );
    assert_eq!(auto(&unix), auto(&unix.replace('\n', "\r\n")));
}

#[test]
fn a_quote_equals_its_original() {
    let reply = format!(
        "Anna wrote:\n> {}\nI was there and saw it.",
        WRAPPED.replace('\n', "\n> ")
    );
    let expected = [
        "Anna wrote:".to_string(),
        joined(WRAPPED),
        "I was there and saw it.".to_string(),
    ];
    assert_eq!(auto(&reply), expected);
    assert_eq!(
        auto("> one line of a quote\n>> and another\n"),
        ["one line of a quote", "and another"]
    );
}

#[test]
fn a_short_last_line_ends_the_paragraph() {
    let two = format!("{WRAPPED}\n{WRAPPED}");
    assert_eq!(auto(&two), [joined(WRAPPED), joined(WRAPPED)]);
}

#[test]
fn two_lines_need_the_margin_of_the_document() {
    let short = "\
Then the treasurer opened the windows and asked whether anybody from
Eastbridge had paid.";
    assert_apart(short);
    let lower = "\
Then the treasurer opened the windows and asked whether anyone in the
room had paid for the coal.";
    assert_eq!(auto(lower), [joined(lower)]);
}

#[test]
fn a_heading_stays_apart() {
    let page = format!("The meeting of the council\n{WRAPPED}");
    assert_eq!(
        auto(&page),
        ["The meeting of the council".to_string(), joined(WRAPPED)]
    );
}

#[test]
fn lists_stay_apart() {
    assert_apart(
        "- a rope that is long enough to reach down from the window\n- a lamp with oil for at least two of the longer nights\n- bread",
    );
    assert_apart(
        "1. open the box and take out all of the parts, large and small\n2. put the small ones back where they were in the first place\n3. sit",
    );
    assert_apart(
        "Roasted parsnips with honey\nPotatoes baked in goose fat\nRed cabbage with apples and cloves, warm\nBread and butter",
    );
}

#[test]
fn verse_dialogue_and_addresses_stay_apart() {
    assert_apart(
        "The heron waits beside the weir at noon,\nAnd does not see the barges going by;\nThe miller hums a slow and crooked tune,\nAnd counts the clouds that cross a narrow sky.",
    );
    assert_apart(
        "— Where were you on the night when the mill burned down, Mr Hale?\n— At home, as I have told you and your colleague twice before.\n— Alone?",
    );
    assert_apart("Harbour Office of the Eastern Counties\n14 Lower Quay Street\nNewbridge");
}

#[test]
fn code_tables_and_signatures_stay_apart() {
    assert_apart(
        "for (let i = 0; i < count; i += 1) { total += weights[i]; }\nreturn total / count;\nconst weights = [];",
    );
    assert_apart(
        "barley    120    131    128    140    139    151    160    158\noats       80     82     79     90     91     89     95     99",
    );
    assert_eq!(
        auto(&format!(
            "{WRAPPED}\n-- \nAnna Field, keeper of keys and records"
        )),
        [
            joined(WRAPPED),
            "--".into(),
            "Anna Field, keeper of keys and records".into()
        ]
    );
}

#[test]
fn unwrapped_paragraphs_stay_apart() {
    let long = joined(WRAPPED);
    assert_apart(&format!(
        "{long}\n{long} Still, they voted.\nA short one.\n{long}"
    ));
}

#[test]
fn equal_neighbours_stay_apart() {
    assert_apart(
        "the same long line that nobody has ever read to its very end and\nthe same long line that nobody has ever read to its very end and",
    );
}

#[test]
fn unspaced_scripts_are_joined_too() {
    let wrapped = "春天来得很早河边的柳树已经绿了孩子们在桥上看着水里的鱼没有人\n想回家吃饭老人坐在门口慢慢地说着很久以前的事情那时候这里还没\n有路也没有桥人们要坐船才能到对岸去买东西每次都要走上一整天才\n能回来。";
    assert_eq!(auto(wrapped), [joined(wrapped)]);
}

#[test]
fn cuts_bound_blocks() {
    let lines: Vec<&str> = WRAPPED.lines().collect();
    let gone = judged(WRAPPED, Segment::Block, &[1], &[]);
    assert_eq!(gone, [lines[0].to_string(), lines[2..].join(" ")]);
    let touched = judged(WRAPPED, Segment::Block, &[], &[1]);
    assert_eq!(
        touched,
        [
            lines[0].to_string(),
            lines[1].to_string(),
            lines[2..].join(" ")
        ]
    );
    assert_eq!(judged(WRAPPED, Segment::Line, &[], &[]), lines);
}

#[test]
fn judged_text_leaves_out_cuts() {
    let text = "> one two three\n> four five six\n";
    let (mut all, mut out) = (Vec::new(), String::new());
    lines(text.as_bytes(), &mut all);
    let both = Paragraph { first: 0, last: 2 };
    judged_text(&all, both, &[0..6, 10..16, 23..28], &mut out);
    assert_eq!(out, "two  four six");
    judged_text(&all, both, std::slice::from_ref(&(9..23)), &mut out);
    assert_eq!(out, "one two five six");
    judged_text(
        &all,
        Paragraph { first: 1, last: 2 },
        std::slice::from_ref(&(2..6)),
        &mut out,
    );
    assert_eq!(out, "four five six");
}

/// Documents of short and long lines, quotes, blanks and odd bytes.
fn documents() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(String::new()),
        "(> ?){0,2}([a-z]{1,9} ){8,14}[a-z]{1,9}[.,:]?",
        "[A-Z]([a-z]{1,9} ){8,14}[a-z]{1,9}[.,:]?",
        "[-*|:>] [a-zа-я一二 ]{0,30}",
        "[一-十，。]{20,40}",
        "\\PC{0,20}",
    ];
    prop::collection::vec(line, 0..14).prop_map(|all| all.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_of_text_is_in_one_paragraph(
        text in documents(),
        marks in prop::collection::vec(0..6u8, 14),
        mut cuts in prop::collection::vec(0..600usize, 0..8),
    ) {
        let mut all = Vec::new();
        lines(text.as_bytes(), &mut all);
        let is = |i: usize, mark: u8| marks.get(i) == Some(&mark);
        cuts.sort_unstable();
        let at = |i: usize| text.floor_char_boundary(i);
        let cuts: Vec<Range<usize>> = cuts.chunks_exact(2).map(|c| at(c[0])..at(c[1])).collect();
        for segment in [Segment::Auto, Segment::Line, Segment::Block] {
            let (mut found, mut out) = (Vec::new(), String::new());
            paragraphs(&all, segment, &|i| is(i, 0), &|i| is(i, 1), &mut found);
            let held: Vec<usize> = found.iter().flat_map(|p| p.first as usize..p.last as usize).collect();
            let wanted: Vec<usize> = (0..all.len()).filter(|&i| !all[i].is_blank() && !is(i, 0)).collect();
            prop_assert_eq!(held, wanted);
            for p in found {
                let touched = (p.first..p.last).any(|i| is(i as usize, 1));
                prop_assert!(!touched || p.last == p.first + 1);
                judged_text(&all, p, &cuts, &mut out);
            }
        }
    }

    #[test]
    fn line_ends_do_not_matter_to_any_text(text in documents()) {
        let text = text.replace('\r', " ");
        prop_assert_eq!(auto(&text), auto(&text.replace('\n', "\r\n")));
    }
}

//! Promise 6, the part about length: a short line is not a duplicate because it is short. It goes only with a run: a
//! sequence of paragraphs that stands, one to one, somewhere else.

use std::collections::HashSet;

use dechaff::config::{Config, Keep, Segment};
use dechaff::near::verdict::Floors;
use proptest::prelude::*;

use super::corpus::{Corpus, corpora};
use super::{Judged, cases, configs};
use crate::cleaned::Run;

/// Half tokens of the shortest run: 16 tokens.
const LEAST: u32 = 32;

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_short_paragraph_goes_only_inside_a_run(corpus in corpora(), config in configs()) {
        let run = Run::of(&corpus.files, &config);
        let judged = Judged::new(&corpus, &config, run.removals());
        let floors = Floors::from(&config);
        for (&gone, removals) in &judged.gone {
            if judged.paras[gone].halves >= floors.exact {
                continue;
            }
            prop_assert_eq!(removals[0].reason.name(), "exact_duplicate");
            let others = (0..judged.paras.len()).filter(|&other| other != gone);
            let in_a_run = others.filter(|&other| alike(&judged, gone, other)).any(|other| is_run(&judged, &corpus, floors.exact, gone, other));
            prop_assert!(in_a_run, "{:?} went alone", judged.paras[gone].text);
        }
    }
}

/// True when the two have the same folded form, or the same bytes where nothing folds.
fn alike(judged: &Judged, a: usize, b: usize) -> bool {
    let (a, b) = (&judged.paras[a], &judged.paras[b]);
    a.prepared.folded.text == b.prepared.folded.text
        && (!a.prepared.folded.tokens.is_empty() || a.text.trim() == b.text.trim())
}

/// True when the paragraphs around `gone` run in step with those around `other`, far enough, with a long one that goes.
fn is_run(judged: &Judged, corpus: &Corpus, floor: u32, gone: usize, other: usize) -> bool {
    let paras = &judged.paras;
    let (home, away) = (paras[gone].doc, paras[other].doc);
    let in_step = |step: isize| {
        let (a, b) = (
            gone.checked_add_signed(step)?,
            other.checked_add_signed(step)?,
        );
        let inside = paras.get(a)?.doc == home && paras.get(b)?.doc == away;
        let went_for = judged
            .gone
            .get(&a)
            .is_some_and(|r| judged.witness(corpus, &r[0]) == b);
        (inside && (went_for || alike(judged, a, b))).then_some(a)
    };
    let after = (0..).map_while(in_step);
    let before = (1..).map_while(|step: isize| in_step(-step));
    let members: HashSet<usize> = after.chain(before).collect();
    let long = |a: &usize| paras[*a].halves >= floor && judged.gone.contains_key(a);
    members.iter().map(|&a| paras[a].halves).sum::<u32>() >= LEAST && members.iter().any(long)
}

/// Cleans texts, each a file of its own, and returns what is left of them.
fn clean(texts: &[&str], config: &Config) -> Vec<String> {
    let name = |i: usize| format!("{i}.txt");
    let files: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(i, t)| (name(i), t.as_bytes().to_vec()))
        .collect();
    let run = Run::of(&files, config);
    (0..texts.len())
        .map(|i| String::from_utf8(run.output(&name(i))).unwrap())
        .collect()
}

#[test]
fn the_second_no_of_an_interview_stays() {
    let interview = "Did you see the light on the water that night?\n\nNo.\n\nDid your brother, who had the boat then, ever speak of it to you?\n\nNo.\n\nIs there anyone left on the island who would know?\n\nNo.\n";
    assert_eq!(clean(&[interview], &Config::default()), [interview]);
}

#[test]
fn braces_and_refrains_stay() {
    let code = "while (boat.floats()) {\n  bail();\n}\nif (tide < 2) {\n  wait();\n}\n";
    let song = "Heave her up and away we go\nThe wind is fair and the tide is low\n\nHey ho\n\nThe mate is drunk and the cook is ill\nAnd nobody knows who will pay the bill\n\nHey ho\n";
    assert_eq!(clean(&[code, song], &Config::default()), [code, song]);
}

/// A post of two long paragraphs and three short lines.
const POST: &str = "My heron has not been seen since the flood, and the pond is full of frogs again.\n\nSo there.\n\nHas anybody near the lower weir met a heron with a bent leg and a bad temper lately?\n\n...\n";

#[test]
fn short_lines_go_with_the_post_that_is_repeated() {
    let quoted = format!("Look at this one:\n\n{POST}\nHe means my heron.\n");
    assert_eq!(
        clean(&[POST, &quoted], &Config::default())[1],
        "Look at this one:\n\nHe means my heron.\n"
    );
    // Said anew, outside the run, they stay.
    let said = "So there.\n\nThat was all I wanted to say about the frogs and the pond and the man who dug it.\n\n...\n";
    assert_eq!(clean(&[POST, said], &Config::default())[1], said);
}

#[test]
fn a_run_is_sixteen_tokens_long_at_least() {
    // Eight tokens go as an exact copy; with a short line that makes eleven, and the short line stays.
    let short = "Eight words are just enough to be judged.\n\nNot quite three.\n";
    assert_eq!(
        clean(&[short, short], &Config::default())[1],
        "Not quite three.\n"
    );
    let long = "Fourteen words are more than enough to be judged by anyone who cares to.\n\nNot quite three.\n";
    assert_eq!(clean(&[long, long], &Config::default())[1], "");
}

#[test]
fn floors_are_those_of_the_options() {
    let line = |words: usize| {
        (1..=words)
            .map(|i| format!("w{}x", char::from(b'a' + i as u8)))
            .collect::<Vec<_>>()
            .join(" ")
            + "\n"
    };
    for (config, floor) in [
        (Config::default(), 8),
        (
            Config {
                min_tokens: 5,
                ..Config::default()
            },
            5,
        ),
    ] {
        for words in 1..=12 {
            let text = line(words);
            let left = &clean(&[&text, &text], &config)[1];
            assert_eq!(
                left.is_empty(),
                words >= floor,
                "{words} words under a floor of {floor}"
            );
        }
    }
    // A near copy: one word in the middle of twelve is another.
    for words in 9..=16 {
        let text = line(words);
        let near = text.replacen("wc", "vc", 1);
        let left = &clean(
            &[&text, &near],
            &Config {
                guard: dechaff::config::Guard::Off,
                ..Config::default()
            },
        )[1];
        assert_eq!(left.is_empty(), words >= 12, "{words} words");
    }
    // In Chinese a character weighs half a token.
    let zh: Vec<char> = "河边的老茶馆去年冬天关了门今年春天又开".chars().collect();
    for chars in [14, 15, 16, 17] {
        let text: String = zh[..chars].iter().collect();
        assert_eq!(
            clean(&[&text, &text], &Config::default())[1].is_empty(),
            chars >= 16,
            "{chars} characters"
        );
    }
}

#[test]
fn a_document_is_a_place_and_a_run_ends_with_it() {
    // The short line stands behind the copied paragraph in one document and opens the next one in the other.
    let long = "The ferryman keeps a list of everyone who never came back for the other half of the ticket.\n";
    let (a, b) = (format!("{long}Amen.\n"), long.to_owned());
    let c =
        "Amen.\nAnd then the choir went home by the lower road because of the ice on the bridge.\n";
    let left = clean(&[&b, c, &a], &Config::default());
    assert_eq!(
        left[2], "Amen.\n",
        "its counterpart stands in another document"
    );
}

#[test]
fn a_short_line_that_is_a_witness_does_not_go_with_a_later_run() {
    // With --keep longest a witness may stand in a later document, which is walked after it was named.
    let head =
        "The heron of the lower weir has a bent leg and a bad temper and eats nothing but trout.";
    let more = "He was seen last by the miller, who threw a boot at him and missed, and who has not seen the boot since either.";
    let tail = "All boots found below the weir are to be handed to the miller before the end of the month.";
    let (a, b, c) = (
        format!("{head}\n\nSo there.\n"),
        format!("{head} {more}\n\nSo there.\n\n{tail}\n"),
        format!("So there.\n\n{tail} {more}\n"),
    );
    let config = Config {
        keep: Keep::Longest,
        ..Config::default()
    };
    let left = clean(&[&a, &b, &c], &config);
    assert_eq!(left[0], "");
    // The short line of the first went for that of the second, so this one stays, though it stands in a run as well.
    assert_eq!(left[1], format!("{head} {more}\n\nSo there.\n\n"));
    assert_eq!(left[2], c);
}

#[test]
fn a_run_does_not_go_on_from_one_document_to_the_next() {
    // The long line goes by itself, for the one document that consists of it; that document follows the one before.
    let short = "Eight words are just enough to be judged.\n\nAmen.\n";
    let long = "The ferryman keeps a list of everyone who never came back for the other half of the ticket.\n";
    let joined = format!("{short}\n{long}");
    let left = clean(&[short, long, &joined], &Config::default());
    assert_eq!(left[2], "Amen.\n\n");
}

/// A letter of three paragraphs with a short one between.
const LETTER: [&str; 4] = [
    "The heron of the lower weir was seen again on Sunday by the miller and by both of his sons, who had gone out for eels.",
    "Nobody threw a boot.",
    "He stood on the second post from the left for an hour and then flew off towards the granary without a single fish.",
    "The miller wants it to be known that the boot he threw last spring has still not been handed in by anybody.",
];

/// The same words on lines of this width.
fn wrapped(text: &str, width: usize, prefix: &str) -> String {
    let mut out = String::from(prefix);
    let mut length = 0;
    for word in text.split(' ') {
        if length > 0 && length + word.len() > width {
            out.push('\n');
            out.push_str(prefix);
            length = 0;
        }
        if length > 0 {
            out.push(' ');
        }
        length += word.len() + 1;
        out.push_str(word);
    }
    out.push('\n');
    out
}

#[test]
fn a_reply_that_quotes_a_letter_in_other_lines_keeps_its_own_words() {
    let letter: Vec<_> = LETTER.iter().map(|p| wrapped(p, 60, "")).collect();
    let quoted: Vec<_> = LETTER.iter().map(|p| wrapped(p, 44, "> > ")).collect();
    let own = [
        "Tilda wrote to us on Monday:\n",
        "I found that boot in the reeds in May, and it is drying on our fence.\n",
    ];
    let reply = format!("{}\n{}\n{}", own[0], quoted.join("\n"), own[1]);
    let config = Config {
        segment: Segment::Block,
        ..Config::default()
    };
    let left = clean(&[&letter.join("\n"), &reply], &config);
    assert_eq!(left[1], own.join("\n"));
}

#[test]
fn a_run_with_short_lines_ends_where_the_copy_ends() {
    let shorts = ["Amen.", "So it goes.", "Nobody knows."];
    let body = format!("{}\n\n{}\n\n{}\n\n", shorts[0], LETTER[0], shorts[1]);
    let (a, b) = (
        format!("{body}{}\n\nThe mill is closed on Sundays.\n", shorts[2]),
        format!(
            "{body}The ice on the upper pond will hold until the day of the fair.\n\n{}\n",
            shorts[2]
        ),
    );
    let left = clean(&[&a, &b], &Config::default());
    // What stands in both but not in step stays.
    assert_eq!(
        left[1],
        format!(
            "The ice on the upper pond will hold until the day of the fair.\n\n{}\n",
            shorts[2]
        )
    );
}

#[test]
fn a_signature_goes_and_the_post_before_it_stays() {
    let signature = "-- \nHarriet Bloom, Weavers of the Northern Guild\n14 Granary Lane, Ostmoor\nAll looms are oiled before they are sold.\n";
    let posts = [
        "The frogs are back in the pond behind the old dye works.\n",
        "Has anybody seen the key of the lower boathouse lately?\n",
    ];
    let with = posts.map(|post| format!("{post}\n{signature}"));
    let left = clean(&[&with[0], &with[1]], &Config::default());
    assert!(left[1].starts_with(posts[1]), "{}", left[1]);
    // Glued to the signature as one block, the remark holds it back.
    let glued = posts.map(|post| format!("{post}{signature}"));
    let left = clean(&[&glued[0], &glued[1]], &Config::default());
    assert!(left[1].starts_with(posts[1]), "{}", left[1]);
}

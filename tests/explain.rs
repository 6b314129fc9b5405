//! Explaining a document: every cut with what speaks for it, and the text that survives beside the one that went.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use dechaff::config::{Config, Guard, Level};
use dechaff::error::ErrorKind;
use dechaff::explain::{Form, explain, explain_as};
use dechaff::io::sink::Sink;
use dechaff::io::{self, Cleaned};
use dechaff::manifest::{Entry, Manifest};
use dechaff::removal::{self, Evidence, Ratio, Reason, Removal, Witness};
use dechaff::rules::{Category, LINE_MODEL_NAME};
use tempfile::TempDir;

const KEPT: &str = "The ferry crosses the bay four times a day, and in summer it carries more bicycles than cars.\n";
const NEAR: &str = "The old ferry crosses the bay four times a day, and in winter it carries more bicycles than cars.\n";
const NOTICE: &str = "We use cookies\u{1b}[31m to improve the ferry.\n";

/// Three documents: the first is cut before the witness it holds, the second loses two paragraphs, the third nothing.
fn texts() -> Vec<(&'static str, String)> {
    vec![
        (
            "harbour",
            format!("{NOTICE}{KEPT}Tickets are sold on board.\n"),
        ),
        ("island", format!("On the island\n{NEAR}{NOTICE}")),
        ("quiet", "Nothing goes from here.\n".to_string()),
    ]
}

fn removal(record: u64, range: std::ops::Range<usize>, reason: Reason) -> Removal {
    let (id, text) = &texts()[record as usize];
    Removal {
        id: id.to_string(),
        source: "posts.jsonl".into(),
        record,
        paragraph: text[..range.start].matches('\n').count() as u32,
        char_start: range.start as u64,
        char_end: range.end as u64,
        text: Some(text[range.clone()].to_string()),
        ..Removal::new(reason, range.start as u64..range.end as u64)
    }
}

fn notice(record: u64, start: usize) -> Removal {
    let evidence = |name: &'static str, level, score| Evidence {
        name: name.into(),
        level,
        score,
    };
    Removal {
        rule: Some("cookie-notice".into()),
        category: Some(Category::Cookie),
        level: Some(Level::Safe),
        evidence: vec![
            evidence("cookie-notice", Level::Safe, None),
            evidence("frequency", Level::Balanced, Some(14)),
        ],
        ..removal(record, start..start + NOTICE.len(), Reason::Boilerplate)
    }
}

fn near(corpus: Option<&str>) -> Removal {
    let start = "On the island\n".len();
    let witness = Witness {
        corpus: corpus.map(str::to_string),
        id: "harbour".into(),
        source: "posts.jsonl".into(),
        record: 0,
        paragraph: 1,
        start: NOTICE.len() as u64,
        end: (NOTICE.len() + KEPT.len()) as u64,
        jaccard: Ratio(6_087),
        containment: Ratio(8_235),
    };
    Removal {
        witness: Some(witness),
        ..removal(1, start..start + NEAR.len(), Reason::NearDuplicate)
    }
}

/// Writes the results of a run that made these removals.
fn run(removals: &[Removal]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("posts.jsonl"), folder.path().join("out"));
    let lines = texts().into_iter().map(|(id, text)| {
        let record = serde_json::json!({ "id": id, "text": text });
        format!("{record}\n")
    });
    fs::write(&input, lines.collect::<String>()).unwrap();
    let config = Config::default();
    let sources = io::expand(&[input.into_os_string()], None).unwrap();
    let mut opened = io::open(&sources[0], &config.input).unwrap();
    let mut sink = Sink::create(&out, &sources[0].name, &opened.shape, false).unwrap();
    let mut cleaned = Cleaned::default();
    while let Some(frame) = opened.framer.next().unwrap() {
        let Some(record) = frame.record else {
            sink.between(&frame).unwrap();
            continue;
        };
        let document = (opened.shape.format.parse)(&frame, &config.input).unwrap();
        let mut mine: Vec<_> = removals
            .iter()
            .filter(|r| r.record == record)
            .cloned()
            .collect();
        let ranges: Vec<_> = mine
            .iter()
            .map(|r| r.start as usize..r.end as usize)
            .collect();
        opened.shape.format.clean(
            &frame,
            &document,
            &ranges,
            opened.shape.output_format,
            &mut cleaned,
        );
        for (removal, raw) in mine.iter_mut().zip(&cleaned.raws) {
            removal.raw = raw.clone();
        }
        sink.record(record, &cleaned, &removal::lines(&mine))
            .unwrap();
    }
    let digest = opened.framer.finished();
    let entry = Entry::new(&sources[0], &opened.shape, digest, &sink.commit().unwrap());
    Manifest::new(&config, vec![entry]).write(&out).unwrap();
    (folder, out)
}

fn whole_run() -> (TempDir, PathBuf) {
    let end = "On the island\n".len() + NEAR.len();
    run(&[notice(0, 0), near(None), notice(1, end)])
}

const EXPECTED: &str = r"island, posts.jsonl#1: 2 cuts, 140 bytes

paragraph 1, bytes 14..112: near duplicate of harbour, posts.jsonl#0, paragraph 1
  J 0.6087 of all shingles shared, C 0.8235 of those of the shorter
  score 1.00 (the same facts from 0 on), of 2.50 for alike texts
  -0.85 by 5 places with other content, in a hundred words
  -1.15 by 5 content words both have in the largest of them, in a hundred words
  +0.50 by 10 longest run of equal words, up to 30
  removed                                          kept
  The [-old-] ferry crosses the bay four times a   The ferry crosses the bay four times a
  day, and in [-winter-] it carries more bicycles  day, and in {+summer+} it carries more bicycles
  than cars.                                       than cars.

paragraph 2, bytes 112..154: boilerplate, cookie, by cookie-notice, at level safe
  evidence: cookie-notice at safe; frequency at balanced, on 14 documents of its site
  - We use cookies\u{1b}[31m to improve the ferry.
";

#[test]
fn every_cut_is_shown_with_what_speaks_for_it() {
    let (_folder, out) = whole_run();
    assert_eq!(explain(&out, "island").unwrap(), EXPECTED);
    assert_eq!(explain(&out, "posts.jsonl#1").unwrap(), EXPECTED);
}

#[test]
fn a_pair_is_explained_by_the_options_of_its_run() {
    let (_folder, out) = whole_run();
    assert!(explain(&out, "island").unwrap().contains("score 1.00"));
    let written = Manifest::read(&out).unwrap();
    let config = Config {
        guard: Guard::Off,
        ..Config::default()
    };
    Manifest::new(&config, written.sources).write(&out).unwrap();
    let text = explain(&out, "island").unwrap();
    assert!(
        text.contains("J 0.6087") && !text.contains("score"),
        "{text}"
    );
}

#[test]
fn on_a_terminal_the_document_is_shown_with_its_cuts() {
    let (_folder, out) = whole_run();
    let text = explain_as(&out, "island", Form::Terminal { width: 90 }).unwrap();
    // Escape sequences are ours alone: each sets a style and nothing else.
    let mut sequences = text.split('\u{1b}');
    let mut plain = sequences.next().unwrap().to_owned();
    for sequence in sequences {
        let body = sequence.strip_prefix('[').unwrap();
        let end = body
            .find(|c: char| !c.is_ascii_digit() && c != ';')
            .unwrap();
        plain += body[end..].strip_prefix('m').unwrap();
    }
    for part in [
        "island, posts.jsonl#1: 2 cuts, 140 bytes\n",
        "                      │ On the island\n",
        "1 near duplicate      │ The old ferry crosses",
        "2 cookie-notice       │ We use cookies\\u{1b}[31m to improve the ferry.\n",
        "1  near duplicate of harbour, posts.jsonl#0, paragraph 1  paragraph 1, bytes 14..112\n",
        "The old ferry crosses the bay four times",
        "  evidence: cookie-notice at safe;",
    ] {
        assert!(plain.contains(part), "{part:?} is not in\n{plain}");
    }
    assert!(!plain.contains("[-"), "{plain}");
    let quiet = explain_as(&out, "posts.jsonl#2", Form::Terminal { width: 90 }).unwrap();
    assert_eq!(quiet, "posts.jsonl#2: nothing was removed\n");
}

#[test]
fn a_page_shows_the_same_and_holds_no_markup_of_the_input() {
    let (_folder, out) = whole_run();
    let page = explain_as(&out, "island", Form::Page).unwrap();
    for part in [
        "<h2 id=\"d-posts-jsonl-1\">island, posts.jsonl#1: 2 cuts, 140 bytes</h2>",
        "On the island\n</div>",
        "<a href=\"#d-posts-jsonl-1-2\">2 cookie-notice</a>",
        "cookies<span class=\"seen\">U+001B</span>[31m to improve",
        "and in <del>winter</del> it carries",
        "and in <ins>summer</ins> it carries",
    ] {
        assert!(page.contains(part), "{part:?} is not in\n{page}");
    }
    assert!(!page.contains("<script") && !page.contains("://") && !page.contains('\u{1b}'));
    let quiet = explain_as(&out, "posts.jsonl#2", Form::Page).unwrap();
    assert!(
        quiet.contains("<h1>posts.jsonl#2: nothing was removed</h1>"),
        "{quiet}"
    );
}

#[test]
fn a_model_that_was_switched_off_says_nothing() {
    let by_model = Evidence {
        name: LINE_MODEL_NAME.into(),
        level: Level::Safe,
        score: Some(900),
    };
    let end = "On the island\n".len() + NEAR.len();
    let (_folder, out) = run(&[Removal {
        evidence: vec![by_model],
        ..notice(1, end)
    }]);
    let saw = "the line model saw: ";
    assert!(explain(&out, "island").unwrap().contains(saw));
    let written = Manifest::read(&out).unwrap();
    let config = Config {
        disable: vec![LINE_MODEL_NAME.into()],
        ..Config::default()
    };
    Manifest::new(&config, written.sources).write(&out).unwrap();
    assert!(!explain(&out, "island").unwrap().contains(saw));
}

#[test]
fn a_document_that_lost_nothing_is_told_from_none_by_its_place() {
    let (_folder, out) = whole_run();
    let text = explain(&out, "posts.jsonl#2").unwrap();
    assert_eq!(text, "posts.jsonl#2: nothing was removed\n");
    for id in ["quiet", "posts.jsonl#3", "no such\u{7}"] {
        let error = explain(&out, id).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage);
        assert!(!error.to_string().contains('\u{7}'));
    }
}

#[test]
fn what_cannot_be_shown_is_said() {
    let (_folder, out) = run(&[near(Some("crawl-7"))]);
    let text = explain(&out, "island").unwrap();
    assert!(text.contains("  - The old ferry"), "{text}");
    assert!(
        text.contains("it stands in the reference crawl-7"),
        "{text}"
    );

    let (_folder, out) = whole_run();
    fs::remove_file(out.join("posts.jsonl")).unwrap();
    let text = explain(&out, "island").unwrap();
    assert!(text.contains("the kept text cannot be shown: "), "{text}");
    assert!(text.contains("posts.jsonl"), "{text}");

    let end = "On the island\n".len() + NEAR.len();
    let (_folder, out) = run(&[Removal {
        text: None,
        ..notice(1, end)
    }]);
    let text = explain(&out, "island").unwrap();
    assert!(text.contains("(the run kept no removed text)"), "{text}");
}

#[test]
fn a_folder_without_a_run_is_refused() {
    let error = explain(Path::new("no/such/folder"), "x").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Phase);
}

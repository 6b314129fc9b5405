//! Lines that recur over a site: what goes, what must not, and that the answer does not depend on how the run is cut up.
//!
//! Sites are made by a fixed recipe from a few words of our own: every page has prose that no other page has.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use dechaff::config::{Config, Dedup, Level, Segment, Share};
use dechaff::removal::{Reason, Removal};
use dechaff::resources::Resources;
use dechaff::restore::restore;
use dechaff::rules::Category;
use dechaff::text::hash;

use crate::cleaned::{Run, modest};

const WORDS: [&str; 24] = [
    "lantern", "harbour", "weaver", "orchard", "copper", "willow", "marrow", "ferry", "granite",
    "thistle", "saddle", "kettle", "pigeon", "quarry", "velvet", "meadow", "barley", "cinder",
    "anchor", "bramble", "candle", "drover", "ember", "falcon",
];
const MENU: [&str; 4] = ["Front page", "Harbour news", "Tide tables", "About us"];
const FOOT: [&str; 3] = [
    "Tell the night desk what you think",
    "Rules of the house",
    "Quay Street 4, Marrow Sound",
];

/// A number that is as good as drawn.
fn draw(seed: u64, below: u64) -> u64 {
    hash::mix(seed.wrapping_mul(0x9e37_79b9) + 1) % below
}

/// A sentence that no other seed has.
fn sentence(seed: u64) -> String {
    let word = |n: u64| WORDS[draw(seed * 16 + n, WORDS.len() as u64) as usize];
    format!(
        "The {} {} of the {} keeps {seed} sacks of {} behind the {} door.",
        word(1),
        word(2),
        word(3),
        word(4),
        word(5)
    )
}

fn prose(seed: u64) -> String {
    let sentences: Vec<String> = (0..3).map(|n| sentence(seed * 3 + n)).collect();
    sentences.join(" ")
}

fn strings(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|l| (*l).to_owned()).collect()
}

/// Pages of one site.
#[derive(Default)]
struct Pages(Vec<serde_json::Value>);

impl Pages {
    fn add(&mut self, host: Option<&str>, lines: &[String]) {
        let id = format!("p{}", self.0.len());
        let text = lines.join("\n") + "\n";
        self.0.push(match host {
            Some(host) => {
                serde_json::json!({"id": id, "url": format!("http://{host}/{id}"), "text": text})
            }
            None => serde_json::json!({"id": id, "text": text}),
        });
    }

    /// `count` pages with a title between menu and `body`, and a foot.
    fn site(host: Option<&str>, count: u64, body: impl Fn(u64) -> Vec<String>) -> Self {
        let mut pages = Pages::default();
        for n in 0..count {
            let mut lines = strings(&MENU);
            lines.push(format!("What became of the {n} sacks"));
            lines.extend(body(n));
            lines.extend(strings(&FOOT));
            pages.add(host, &lines);
        }
        pages
    }

    fn files(&self, sources: usize) -> Vec<(String, Vec<u8>)> {
        let mut files = vec![String::new(); sources];
        for (n, page) in self.0.iter().enumerate() {
            files[n % sources] += &format!("{page}\n");
        }
        let named = files.into_iter().enumerate();
        named
            .map(|(n, f)| (format!("s{n}.jsonl"), f.into_bytes()))
            .collect()
    }

    /// The lines that go by frequency alone at a level, and how often.
    fn gone(&self, level: Level) -> BTreeMap<String, usize> {
        let run = Run::of(&self.files(1), &only(level));
        let mut gone = BTreeMap::new();
        for removal in run.removals() {
            let text = removal.text.unwrap();
            *gone.entry(text.trim().to_owned()).or_default() += 1;
        }
        gone
    }
}

fn only(level: Level) -> Config {
    Config {
        only: vec!["frequency".into()],
        boilerplate: Some(level),
        dedup: Dedup::Off,
        ..Config::default()
    }
}

fn all_of(lines: &[&str], times: usize) -> BTreeMap<String, usize> {
    lines.iter().map(|l| ((*l).to_owned(), times)).collect()
}

const LEVELS: [Level; 3] = [Level::Safe, Level::Balanced, Level::Aggressive];

#[test]
fn menu_and_foot_of_a_site_go_and_headings_stay() {
    let review = |n: u64| {
        let mut lines = vec![prose(n), "Pros".into(), sentence(n + 1000), "Cons".into()];
        lines.extend([sentence(n + 2000), "Conclusion".into(), prose(n + 500)]);
        lines.extend(strings(&["Hand this page on", "By pigeon", "By ferry"]));
        lines
    };
    let pages = Pages::site(Some("post.example"), 40, review);
    // The last item of the menu stands where a heading of the text would stand.
    let share = ["Hand this page on", "By pigeon", "By ferry"];
    let want = all_of(&[&MENU[..3], &share[..], &FOOT[..]].concat(), 40);
    for level in LEVELS {
        assert_eq!(pages.gone(level), want, "{level:?}");
    }
    let run = Run::of(&pages.files(1), &only(Level::Safe));
    let removal: &Removal = &run.removals()[0];
    let rule = removal.rule.as_deref();
    assert_eq!(
        (removal.reason, rule),
        (Reason::Boilerplate, Some("frequency"))
    );
    assert_eq!(removal.category, Some(Category::Navigation));
    let (level, score) = (removal.level, removal.evidence[0].score);
    assert_eq!((level, score), (Some(Level::Safe), Some(40)));
    assert_eq!(run.report.removed.by_rule["frequency"].cuts, 360);
}

#[test]
fn small_sites_keep_everything() {
    for count in [6, 9] {
        let pages = Pages::site(Some("small.example"), count, |n| vec![prose(n)]);
        assert_eq!(pages.gone(Level::Aggressive), BTreeMap::new());
    }
    let pages = Pages::site(Some("small.example"), 10, |n| vec![prose(n)]);
    assert_eq!(pages.gone(Level::Safe).len(), 6);
}

#[test]
fn without_an_address_nothing_goes() {
    let pages = Pages::site(None, 40, |n| vec![prose(n)]);
    assert_eq!(pages.gone(Level::Aggressive), BTreeMap::new());
}

#[test]
fn the_same_line_on_two_sites_is_two_lines() {
    let mut pages = Pages::site(Some("one.example"), 7, |n| vec![prose(n)]);
    pages
        .0
        .extend(Pages::site(Some("two.example"), 7, |n| vec![prose(n + 90)]).0);
    assert_eq!(pages.gone(Level::Aggressive), BTreeMap::new());
}

#[test]
fn a_host_is_the_same_in_capitals_and_with_www() {
    let mut pages = Pages::default();
    for (host, from) in [
        ("post.example", 0),
        ("www.post.example", 30),
        ("WWW.Post.Example:80", 60),
    ] {
        pages
            .0
            .extend(Pages::site(Some(host), 5, |n| vec![prose(n + from)]).0);
    }
    assert_eq!(
        pages.gone(Level::Safe),
        all_of(&[&MENU[..3], &FOOT[..]].concat(), 15)
    );
}

#[test]
fn a_story_posted_again_with_small_edits_counts_once() {
    // Beside forty other pages, and alone.
    for others in [0, 40] {
        let mut pages = Pages::site(Some("post.example"), others, |n| vec![prose(n)]);
        for copy in 0..14 {
            let mut lines = strings(&["The bridge at Varn", "Ferrymen count their losses"]);
            lines.extend((0..6).map(|n| prose(700 + n)));
            let edited = 2 + draw(copy, 6) as usize;
            lines[edited] += &format!(" {}", sentence(9000 + copy));
            pages.add(Some("post.example"), &lines);
        }
        let gone = pages.gone(Level::Aggressive);
        let of_story = |l: &&String| !MENU.contains(&l.as_str()) && !FOOT.contains(&l.as_str());
        assert_eq!(gone.keys().find(of_story), None, "{others}");
    }
}

#[test]
fn recipes_keep_their_ingredients_and_steps() {
    const THINGS: [&str; 7] = [
        "1 teaspoon salt",
        "2 cups flour",
        "1 cup sugar",
        "3 eggs",
        "butter for the tin",
        "2 cups milk",
        "a pinch of nutmeg",
    ];
    let recipe = |n: u64| {
        let mut lines = vec![prose(n), "Ingredients".into()];
        let chosen = (0..7).filter(|t| draw(n * 7 + t, 2) == 0);
        lines.extend(chosen.map(|t| THINGS[((t * 3 + n) % 7) as usize].to_owned()));
        lines.extend(strings(&["Method", "Preheat the oven."]));
        lines.extend([
            prose(n + 300),
            "Bake until golden.".into(),
            sentence(n + 5000),
        ]);
        lines
    };
    let pages = Pages::site(Some("kitchen.example"), 40, recipe);
    for level in [Level::Safe, Level::Balanced] {
        let want = all_of(&[&MENU[..3], &FOOT[..]].concat(), 40);
        assert_eq!(pages.gone(level), want, "{level:?}");
    }
}

#[test]
fn a_value_that_alternates_with_others_stays() {
    let book = |n: u64| {
        let tongue = ["English", "English", "French"][(n % 3) as usize];
        vec![
            prose(n),
            "Language".into(),
            tongue.into(),
            "Pages".into(),
            n.to_string(),
        ]
    };
    let pages = Pages::site(Some("books.example"), 40, book);
    for level in LEVELS {
        assert!(!pages.gone(level).contains_key("English"), "{level:?}");
    }
}

#[test]
fn refrains_prayers_and_signatures_are_text() {
    let chorus = ["Oh carry me over the water,", "carry me home to the shore"];
    let song = |n: u64| {
        let verse = |k: u64| sentence(n * 10 + k).trim_end_matches('.').to_owned();
        let mut lines = Vec::new();
        for k in 0..3 {
            lines.extend([verse(2 * k), verse(2 * k + 1)]);
            lines.extend(strings(&chorus));
        }
        lines
    };
    let post = |n: u64| {
        let signature = "Anna sails the grey boat and answers on Sundays.";
        let mut lines = Vec::new();
        for k in 0..3 {
            lines.extend([
                prose(n * 3 + k),
                ["anna", "bo"][draw(n + k, 2) as usize].into(),
            ]);
            lines.push(signature.into());
        }
        lines.push(prose(n + 800));
        lines
    };
    let prayer = |n: u64| {
        let mut lines = vec![sentence(n)];
        lines.extend((0..8).map(|k| prose(4000 + k)));
        lines
    };
    let frame: BTreeSet<&str> = MENU.into_iter().chain(FOOT).collect();
    for (name, pages) in [
        ("songs", Pages::site(Some("songs.example"), 30, song)),
        ("posts", Pages::site(Some("forum.example"), 30, post)),
        ("prayers", Pages::site(Some("prayer.example"), 30, prayer)),
    ] {
        for level in LEVELS {
            let gone = pages.gone(level);
            let text = gone.keys().find(|l| !frame.contains(l.as_str()));
            assert_eq!(text, None, "{name} at {level:?}");
        }
    }
}

#[test]
fn a_word_of_the_menu_stays_where_it_stands_in_the_text() {
    let pages = Pages::site(Some("post.example"), 40, |n| {
        let mut lines = vec![prose(n)];
        if n == 5 {
            lines.extend(["Tide tables".to_owned(), prose(n + 90)]);
        }
        lines
    });
    assert_eq!(pages.gone(Level::Safe)["Tide tables"], 40);
}

#[test]
fn it_can_be_switched_off() {
    let pages = Pages::site(Some("post.example"), 40, |n| vec![prose(n)]);
    let off = [
        Config {
            disable: vec!["frequency".into()],
            ..Config::default()
        },
        Config {
            boilerplate: None,
            ..Config::default()
        },
    ];
    for config in off {
        let removals = Run::of(&pages.files(1), &config).removals();
        let by_frequency = removals
            .iter()
            .filter(|r| r.evidence.iter().any(|e| e.name == "frequency"));
        assert_eq!(by_frequency.count(), 0);
    }
}

#[test]
fn a_document_that_would_lose_too_much_keeps_it_all() {
    let mut pages = Pages::site(Some("post.example"), 40, |n| vec![prose(n)]);
    pages.add(
        Some("post.example"),
        &strings(&[&MENU[..], &["Nil, as in the years before."], &FOOT[..]].concat()),
    );
    let config = Config {
        max_document_loss: Share(5_000),
        ..only(Level::Safe)
    };
    let run = Run::of(&pages.files(1), &config);
    assert!(run.removals().iter().all(|r| r.id != "p40"));
    assert_eq!(run.removals().len(), 240);
    assert_eq!(
        Run::of(&pages.files(1), &only(Level::Safe))
            .removals()
            .len(),
        246
    );
}

#[test]
fn a_wrapped_block_goes_whole_or_not_at_all() {
    let notice = [
        "This sheet is printed every Tuesday by the friends of the harbour and may be",
        "handed on to anybody who asks for it, as long as nobody is made to pay for it",
        "in coin or in herring.",
    ];
    let pages = Pages::site(Some("sheet.example"), 30, |n| {
        let mut lines = vec![prose(n), String::new()];
        lines.extend(strings(&notice));
        // In some the second line differs: those blocks are on one page each.
        if n % 3 == 0 {
            lines[3] = notice[1].replace("nobody", &format!("no {n}"));
        }
        lines.push(String::new());
        lines
    });
    let run = Run::of(&pages.files(1), &only(Level::Balanced));
    let mut of_notice: BTreeMap<String, usize> = BTreeMap::new();
    for removal in run.removals() {
        let text = removal.text.unwrap().trim().to_owned();
        if notice.contains(&text.as_str()) {
            assert_ne!(removal.id[1..].parse::<u64>().unwrap() % 3, 0);
            *of_notice.entry(text).or_default() += 1;
        }
    }
    assert_eq!(of_notice, all_of(&notice, 20));
}

/// A mixed crawl: three sites, a story posted often, copies across sites, pages without an address.
fn mixed() -> Pages {
    let mut pages = Pages::default();
    for n in 0..240u64 {
        let host = ["one.example", "www.two.example", "three.example"][draw(n, 3) as usize];
        // What these have in common with pages that lose it has no witness there.
        let host = (n % 11 != 7).then_some(host);
        let mut lines = strings(&MENU);
        lines.push(format!("Page {n}"));
        // Some text stands on several pages, some of it edited.
        for k in 0..4 {
            let seed = draw(n * 4 + k, 400);
            let edit = if draw(n + k, 5) == 0 {
                " Or so they say."
            } else {
                ""
            };
            lines.push(prose(seed) + edit);
        }
        let notice =
            "We print what we are told and we are told that the tide waits for nobody here.";
        lines.extend(strings(&["More", notice]));
        lines.extend(strings(&FOOT));
        pages.add(host, &lines);
    }
    pages
}

#[test]
fn one_answer_that_can_be_undone_and_names_survivors() {
    let pages = mixed();
    let files = pages.files(5);
    for (dedup, level, segment) in [
        (Dedup::Near, Level::Safe, Segment::Auto),
        (Dedup::Near, Level::Balanced, Segment::Line),
        (Dedup::Exact, Level::Aggressive, Segment::Auto),
        (Dedup::Off, Level::Safe, Segment::Auto),
    ] {
        let config = Config {
            boilerplate: Some(level),
            dedup,
            segment,
            ..Config::default()
        };
        let run = Run::with(&files, &config, &modest()).unwrap();
        let removals = run.removals();
        let has = |r: &&Removal| r.rule.as_deref() == Some("frequency");
        assert!(removals.iter().filter(has).count() > 500);
        let small = Resources {
            threads: 4,
            memory: 64 << 10,
            ..Resources::default()
        };
        let other = Run::with(&files, &config, &small).unwrap();
        assert!(run.answer() == other.answer(), "4 threads, 64 KiB");
        for shards in [(1, 1), (3, 2), (4, 3)] {
            let other = Run::in_shards(&files, &config, &small, shards);
            assert!(run.answer() == other.answer(), "shards {shards:?}");
        }

        let back = run.beside("back");
        restore(&run.out(), Some(&back)).unwrap();
        for (name, bytes) in &files {
            assert_eq!(&std::fs::read(back.join(name)).unwrap(), bytes);
        }
        let bytes = &run.report.bytes;
        assert_eq!(bytes.r#in, bytes.out + bytes.removed);
        let gone: BTreeSet<_> = (removals.iter())
            .map(|r| (r.source.clone(), r.record, r.paragraph))
            .collect();
        let mut witnesses = 0;
        for witness in removals.iter().filter_map(|r| r.witness.as_ref()) {
            let place = (witness.source.clone(), witness.record, witness.paragraph);
            assert!(!gone.contains(&place), "{place:?} is a witness and went");
            witnesses += 1;
        }
        assert_eq!(witnesses > 0, dedup != Dedup::Off);
    }
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let lines = |pages: &Pages| -> BTreeSet<(String, u32)> {
        let run = Run::of(&pages.files(3), &only(Level::Balanced));
        let removals = run.removals().into_iter();
        removals.map(|r| (r.id, r.paragraph)).collect()
    };
    let mut pages = mixed();
    let want = lines(&pages);
    assert!(want.len() > 500);
    pages.0.reverse();
    assert!(lines(&pages) == want);
    pages
        .0
        .sort_by_key(|p| hash::bytes64(p["id"].as_str().unwrap().as_bytes()));
    assert!(lines(&pages) == want);
}

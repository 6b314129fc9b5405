//! From text to judgements: lines, paragraphs, the folded form, shingles, pairs, rules and the line model.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;

use dechaff::boilerplate;
use dechaff::config::{Config, Guard, Level, Segment};
use dechaff::near::verdict::{Comparer, Direction, Kind, Prepared, Thresholds};
use dechaff::rules::{self, Cut, Page, page};
use dechaff::text::fold::{Folded, Folder};
use dechaff::text::{hash, line, segment};

thread_local! {
    static RULES: rules::Judge = rules::Judge::new(&Config::default());
    static PAGES: boilerplate::Judge = boilerplate::Judge::new(&Config::default()).expect("the model in the program");
    static FOLDER: RefCell<Folder> = RefCell::default();
}

/// Every byte in one line; every line with text in one paragraph, unless it is gone; the judged text leaves the cuts out.
pub fn segment(data: &[u8]) {
    let Some((&[mode, seed], text)) = data.split_first_chunk() else {
        return;
    };
    let mut lines = Vec::new();
    line::lines(text, &mut lines);
    let mut at = 0;
    for line in &lines {
        assert_eq!(line.start, at);
        at = line.end;
        if let Some(inside) = line.text {
            assert_eq!(
                &text[line.offset..line.offset + inside.len()],
                inside.as_bytes()
            );
        }
    }
    assert_eq!(at, text.len());
    let how = [Segment::Auto, Segment::Line, Segment::Block][usize::from(mode % 3)];
    let draw = |i: usize, salt: u64| {
        hash::mix(i as u64 ^ salt << 32 ^ u64::from(seed) << 40).is_multiple_of(5)
    };
    let gone = |i: usize| mode & 0x40 != 0 && draw(i, 1);
    let touched = |i: usize| mode & 0x80 != 0 && draw(i, 2);
    let mut paragraphs = Vec::new();
    segment::paragraphs(&lines, how, &gone, &touched, &mut paragraphs);
    let mut next = 0;
    let mut out = String::new();
    for &p in &paragraphs {
        let range = p.first as usize..p.last as usize;
        assert!(
            !range.is_empty() && range.start >= next,
            "paragraphs overlap"
        );
        for i in (next..range.start).chain(range.clone()) {
            let counts = lines[i].text.is_some_and(|t| !t.is_empty()) && !gone(i);
            assert_eq!(counts, range.contains(&i), "line {i}");
        }
        next = range.end;
        let cuts: Vec<Range<usize>> = range
            .filter(|&i| touched(i))
            .flat_map(|i| part(lines[i]))
            .collect();
        segment::judged_text(&lines, p, &cuts, &mut out);
        let whole: usize = lines[p.first as usize..p.last as usize]
            .iter()
            .map(|l| l.text.map_or(0, str::len) + 1)
            .sum();
        assert!(out.len() < whole);
    }
    for (i, line) in lines.iter().enumerate().skip(next) {
        assert!(line.text.is_none_or(str::is_empty) || gone(i));
    }
}

/// The middle of a line, on characters.
fn part(line: line::Line<'_>) -> Option<Range<usize>> {
    let text = line.text?;
    let on_char = |at: usize| {
        (at..=text.len())
            .find(|&i| text.is_char_boundary(i))
            .unwrap_or(text.len())
    };
    let (start, end) = (on_char(text.len() / 3), on_char(text.len() / 3 * 2));
    (start < end).then(|| line.offset + start..line.offset + end)
}

fn fold_of(text: &str) -> Folded {
    let mut out = Folded::default();
    FOLDER.with_borrow_mut(|folder| folder.fold(text, &mut out));
    out
}

/// The fold: equal to the naive one, tokens in order and on characters, and folded text folds to itself but for a minus.
pub fn fold(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let out = fold_of(&text);
    let tokens: Vec<&str> = (0..out.tokens.len()).map(|i| out.token(i)).collect();
    assert_eq!(out.text, tokens.join(" "));
    assert!(out.tokens.is_sorted_by_key(|t| t.source));
    for (token, t) in tokens.iter().zip(&out.tokens) {
        assert_eq!(hash::token64(token.as_bytes()), t.hash);
        assert!(text.is_char_boundary(t.source as usize) && !token.is_empty());
    }
    // The naive fold is not part of the library; it is there when a fuzzer builds it.
    #[cfg(fuzzing)]
    assert_eq!(tokens, dechaff::text::fold::naive::fold(&text), "{text:?}");
    // The minus of `-$5` is a token of its own and, once it stands alone, no sign any more; all else folds to itself.
    let without_sign = |folded: &Folded| {
        let tokens = folded.text.split(' ').filter(|t| *t != "-");
        tokens.collect::<Vec<_>>().join(" ")
    };
    let again = fold_of(&out.text);
    assert_eq!(
        without_sign(&again),
        without_sign(&out),
        "folding is not idempotent for {text:?}"
    );
}

/// A pair: order does not matter, counts are those of sets, equal is equal.
pub fn compare(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (a, b) = text.split_once('\u{1}').unwrap_or((&text, ""));
    let [x, y] = [a, b].map(|text| {
        let mut out = Prepared::default();
        FOLDER.with_borrow_mut(|folder| out.fill(text, folder));
        out
    });
    let (s, t): (HashSet<_>, HashSet<_>) =
        (x.shingles.iter().collect(), y.shingles.iter().collect());
    let shared = s.intersection(&t).count() as u32;
    for guard in [Guard::Facts, Guard::Off] {
        let thresholds = Thresholds {
            guard,
            ..Thresholds::from(&Config::default())
        };
        let mut comparer = Comparer::default();
        let v = comparer.compare(&x, &y, &thresholds);
        let w = comparer.compare(&y, &x, &thresholds);
        assert_eq!(
            (v.kind, v.shared, v.guarded, v.fact, v.context),
            (w.kind, w.shared, w.guarded, w.fact, w.context)
        );
        assert_eq!((v.size_a, v.size_b), (w.size_b, w.size_a));
        let turned = v.direction.map(|d| match d {
            Direction::AGoes => Direction::BGoes,
            Direction::BGoes => Direction::AGoes,
            Direction::Either => Direction::Either,
        });
        assert_eq!(turned, w.direction);
        let equal = x.folded.text == y.folded.text;
        assert_eq!(v.kind == Kind::Exact, equal && !x.folded.tokens.is_empty());
        assert_eq!((v.size_a, v.size_b), (s.len() as u32, t.len() as u32));
        assert_eq!(
            v.shared,
            if x.folded.tokens.is_empty() {
                0
            } else {
                shared
            }
        );
        assert!(v.kind != Kind::Distinct || v.direction.is_none());
        let union = s.union(&t).count() as u32;
        assert_eq!((v.jaccard().part, v.jaccard().whole), (v.shared, union));
    }
}

/// What rules and model cut lies in the page, on characters; what falls at a level falls at the next.
pub(super) fn check_cuts(text: &[u8], cuts: &[Cut]) {
    let valid = std::str::from_utf8(text).ok();
    let mut ranges = Vec::new();
    for cut in cuts {
        assert!(
            cut.range.start < cut.range.end && cut.range.end <= text.len(),
            "{cut:?}"
        );
        let bounds = [cut.range.start, cut.range.end];
        assert!(
            valid.is_none_or(|t| bounds.iter().all(|&i| t.is_char_boundary(i))),
            "{cut:?}"
        );
        assert!(
            std::str::from_utf8(&text[cut.range.clone()]).is_ok(),
            "{cut:?}"
        );
    }
    let mut least = 0;
    for level in Level::ALL {
        page::union(cuts, level, &mut ranges);
        assert!(
            ranges.is_sorted_by(|a, b| a.end <= b.start),
            "cuts overlap at {level:?}: {ranges:?}"
        );
        let size: usize = ranges.iter().map(ExactSizeIterator::len).sum();
        assert!(size >= least && size <= text.len());
        least = size;
    }
}

/// The rules on a page; asking every rule on every line finds no less where lines are short.
pub fn rules(data: &[u8]) {
    let page = Page::new(data);
    let mut cuts = Vec::new();
    RULES.with(|judge| judge.judge(&page, &mut cuts));
    check_cuts(data, &cuts);
}

/// Rules and line model together.
pub fn page(data: &[u8]) {
    let page = Page::new(data);
    let mut found = boilerplate::Found::default();
    PAGES.with(|judge| judge.judge(&page, &mut found));
    check_cuts(data, &found.cuts);
    assert!(found.captions.is_sorted_by(|a, b| a < b));
    assert!(
        found
            .captions
            .last()
            .is_none_or(|&last| last < page.lines().len())
    );
}

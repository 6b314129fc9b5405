//! What the lines around a cut say against it: the line may be quoted, introduced as an example, a piece of a sentence
//! that runs over several lines, or the subject of a message. No rule sees that in the line alone, so it is asked of all
//! cuts at once, when every rule has spoken; of what stands around a line, only what stays counts.

use std::ops::Range;

use super::page::{Cut, Page, ends_as_sentence, union, words};
use super::{Category, RULES};
use crate::config::Level;

/// A line this long, in bytes, that does not end a sentence may have been broken by hand or by a mail program; those
/// break between 60 and 80 characters, and a menu's entries are shorter.
const WRAPPED: usize = 40;
/// A subject or title that a rule takes for a button is of so many words at most.
const SUBJECT_WORDS: usize = 3;
/// An introduction has so many words at least: `Share:` heads a bar of buttons.
const INTRODUCTION_WORDS: usize = 4;
/// What an introduction leads to, when it is prose and not a field or an address.
const INTRODUCED_WORDS: usize = 8;
/// Rules that judge a line among its neighbours themselves; their lines may begin with an arrow.
const MENUS: &[&str] = &[
    "navigation-menu",
    "related-links",
    "read-also",
    "breadcrumb",
    "tag-list",
    "pagination",
    "search-snippet",
    "banner-placeholder",
];

/// Lowers cuts that the lines around speak against from `safe` to `aggressive`. `cuts` are in document order.
pub(super) fn weigh(page: &Page<'_>, cuts: &mut [Cut]) {
    if cuts.iter().all(|c| c.level != Level::Safe) {
        return;
    }
    let mut going = Vec::new();
    union(cuts, Level::Safe, &mut going);
    let around = Around { page, going };
    for cut in cuts.iter_mut().filter(|c| c.level == Level::Safe) {
        if around.speaks_against(cut) {
            cut.level = Level::Aggressive;
        }
    }
}

/// A page and what goes of it at `safe`.
struct Around<'p> {
    page: &'p Page<'p>,
    going: Vec<Range<usize>>,
}

impl Around<'_> {
    fn speaks_against(&self, cut: &Cut) -> bool {
        let lines = self.page.lines();
        let index = lines.partition_point(|l| l.end <= cut.range.start);
        if cut.range != lines[index].range() {
            return false;
        }
        let rule = RULES[cut.rule as usize];
        if MENUS.contains(&rule.name) {
            return false;
        }
        let text = self.page.text(index);
        is_quoted(text)
            || self.continues(index, text)
            || self.is_introduced(index, rule.category)
            || self.introduces(index, text)
            || self.is_continued(index, text, rule.category)
            || self.is_subject(index, text, rule.category)
    }

    /// The nearest line before, when it stays.
    fn before(&self, index: usize) -> Option<&str> {
        self.staying(self.page.prev(index)?)
    }

    /// The nearest line after, when it stays.
    fn after(&self, index: usize) -> Option<&str> {
        self.staying(self.page.next(index)?)
    }

    fn staying(&self, index: usize) -> Option<&str> {
        let start = self.page.lines()[index].offset;
        let at = self.going.partition_point(|r| r.end <= start);
        let goes = self.going.get(at).is_some_and(|r| r.start <= start);
        (!goes).then(|| self.page.text(index))
    }

    /// The line goes on with a sentence that the line before has begun.
    fn continues(&self, index: usize, text: &str) -> bool {
        starts_small(text)
            && self
                .before(index)
                .is_some_and(|before| before.len() >= WRAPPED && ends_within(before))
    }

    /// The line before ends with a colon or breaks off: what follows is what it speaks of.
    fn is_introduced(&self, index: usize, category: Category) -> bool {
        self.before(index).is_some_and(|before| {
            let stem = before.trim_end_matches([':', '.']);
            // Comments break off at any place, but who breaks off before a notice cites it.
            let opens =
                before.ends_with(':') || before.ends_with("...") && category == Category::Legal;
            // In a heading or a label the last word is a capital too, as a rule.
            let last = stem.rsplit(' ').next().unwrap_or("");
            opens && starts_small(last) && words(stem) >= INTRODUCTION_WORDS
        })
    }

    /// The line itself introduces what follows, and that stays.
    fn introduces(&self, index: usize, text: &str) -> bool {
        text.ends_with(':')
            && words(text) >= INTRODUCTION_WORDS
            && self
                .after(index)
                .is_some_and(|after| words(after) >= INTRODUCED_WORDS)
    }

    /// The line after goes on with this one: this one ends within a phrase, or that one begins within a sentence. Forum
    /// software breaks before names, and notices are followed by addresses of any form.
    fn is_continued(&self, index: usize, text: &str, category: Category) -> bool {
        if category == Category::Forum {
            return false;
        }
        let broken =
            text.len() >= WRAPPED && !ends_as_sentence(text) && category != Category::Legal;
        self.after(index)
            .is_some_and(|after| ends_open(text) || broken && starts_small(after))
    }

    /// The first line of a message or an article, alone: its subject. What people write about is also on buttons.
    fn is_subject(&self, index: usize, text: &str, category: Category) -> bool {
        use Category::{Comments, Legal, Newsletter, Share};
        matches!(category, Comments | Legal | Newsletter | Share)
            && self.page.prev(index).is_none()
            && words(text) <= SUBJECT_WORDS
            && self.after(index).is_some()
    }
}

/// True for a line of a mail that is quoted in the answer.
fn is_quoted(text: &str) -> bool {
    text.starts_with("> ") || text.starts_with(">>")
}

/// True for a line that ends with a word or a comma, and not with a sentence or a ruler.
fn ends_within(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || c == ',')
}

fn starts_small(text: &str) -> bool {
    text.starts_with(|c: char| c.is_lowercase())
}

/// True when the line breaks off after a word that asks for another.
fn ends_open(text: &str) -> bool {
    const OPEN: &[&str] = &[
        "a", "an", "and", "at", "by", "for", "from", "in", "of", "or", "the", "to", "with",
    ];
    let last = text.rsplit(' ').next().unwrap_or("");
    words(text) >= 2 && OPEN.contains(&last)
}

//! What the lines around a cut say against it: the line may be quoted, introduced as an example, a piece of a sentence
//! that runs over several lines, or the subject of a message. No rule sees that in the line alone, so it is asked of all
//! cuts at once, when every rule has spoken; of what stands around a line, only what stays counts.

use std::cell::OnceCell;
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
/// A block of more lines is a list or a menu.
const LONGEST_BLOCK: usize = 8;
/// A line of more words, in a glossary or a poem, is rare.
const LONGEST_ENTRY: usize = 16;
/// So many blocks make a page of blocks.
const BLOCKS: usize = 4;
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

/// Lowers cuts that the lines around speak against to `aggressive`. `cuts` are in document order.
pub(super) fn weigh(page: &Page<'_>, cuts: &mut Vec<Cut>) {
    cuts.retain(|cut| !is_code(line_of(page, cut).1));
    for level in [Level::Safe, Level::Balanced] {
        if cuts.iter().all(|c| c.level != level) {
            continue;
        }
        let mut going = Vec::new();
        union(cuts, level, &mut going);
        let around = Around {
            page,
            going,
            divided: OnceCell::new(),
        };
        for cut in cuts.iter_mut().filter(|c| c.level == level) {
            if around.speaks_against(cut, level) {
                cut.level = Level::Aggressive;
            }
        }
    }
}

/// The line in which a cut begins.
fn line_of<'a>(page: &Page<'a>, cut: &Cut) -> (usize, &'a str) {
    let index = page.lines().partition_point(|l| l.end <= cut.range.start);
    (index, page.text(index))
}

/// A page and what goes of it at a level.
struct Around<'p> {
    page: &'p Page<'p>,
    going: Vec<Range<usize>>,
    /// True when blank lines set off blocks of lines, as in a glossary, in verse, in a list of names.
    divided: OnceCell<bool>,
}

impl Around<'_> {
    fn speaks_against(&self, cut: &Cut, level: Level) -> bool {
        let (index, text) = line_of(self.page, cut);
        if cut.range != self.page.lines()[index].range() {
            return false;
        }
        let rule = RULES[cut.rule as usize];
        if self.is_of_block(index, text) {
            return true;
        }
        if MENUS.contains(&rule.name) || level != Level::Safe {
            return false;
        }
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

    /// A few words in a block whose other lines all stay, on a page of such blocks: a headword over its explanation, a
    /// line of a stanza, a field of a list.
    fn is_of_block(&self, index: usize, text: &str) -> bool {
        if words(text) > SUBJECT_WORDS {
            return false;
        }
        let block = self.block(index);
        (2..=LONGEST_BLOCK).contains(&block.len())
            && block
                .clone()
                .all(|i| i == index || self.staying(i).is_some())
            && *self.divided.get_or_init(|| self.is_divided())
    }

    /// The lines around without a blank one, or some more of them than a block has.
    fn block(&self, index: usize) -> Range<usize> {
        let blank = |i: &usize| self.page.text(*i).is_empty();
        let low = index.saturating_sub(LONGEST_BLOCK);
        let high = self.page.lines().len().min(index + 1 + LONGEST_BLOCK);
        let first = (low..index).rev().find(blank).map_or(low, |i| i + 1);
        first..(index..high).find(blank).unwrap_or(high)
    }

    /// True for a page of several blocks of some lines each, and of nothing longer.
    fn is_divided(&self) -> bool {
        let (mut blocks, mut at, end) = (0, 0, self.page.lines().len());
        while at < end {
            let block = self.block(at);
            if block
                .clone()
                .any(|i| words(self.page.text(i)) > LONGEST_ENTRY)
            {
                return false;
            }
            blocks += usize::from((2..=LONGEST_BLOCK).contains(&block.len()));
            at = block.end.max(at + 1);
        }
        blocks >= BLOCKS
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

/// True for a line of a program or of its data, with a name that buttons have as well: `"share": [],`.
fn is_code(text: &str) -> bool {
    let pair = text.starts_with('"') && (text.contains("\":") || text.contains("\" :"));
    let element = text.starts_with('<') && text.ends_with('>') && text.contains("</");
    pair || element
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

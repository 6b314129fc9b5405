//! What a line is worth as an entry of a menu, by its words alone.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::menu_words::{ALONE, CHROME, LEADS, SECTION};
use super::pattern::Pattern;
use super::shape::{self, folded};

/// Menu entries are short; longer lines can only be rows.
pub(super) const LONGEST_ENTRY: usize = 60;
/// What a line is worth as a menu entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    Alone,
    Chrome,
    /// A section's name that is looked at; worth no more than any other.
    Lead,
    Section,
    Nothing,
}

pub(super) fn worth(text: &str) -> Worth {
    if text.len() > LONGEST_ENTRY || text.is_empty() || is_code(text) {
        return Worth::Nothing;
    }
    if is_month(text) {
        return Worth::Section;
    }
    if is_figures(text) {
        return Worth::Nothing;
    }
    let worth = look_up(&folded(text));
    if worth != Worth::Alone && text.ends_with([':', '.', '*']) {
        return Worth::Nothing;
    }
    worth
}

/// Looks a folded text up in all lists.
pub(super) fn look_up(folded: &str) -> Worth {
    let entry = entries().by_text.get(folded);
    entry.copied().unwrap_or(Worth::Nothing)
}

/// True when the first word of a line is the first word of an entry: nearly all prose begins otherwise, and need not be
/// folded further.
pub(super) fn begins_entry(text: &str) -> bool {
    let start = text.find(shape::is_letter).unwrap_or(text.len());
    let word = text[start..].split(shape::is_separator).next();
    word.is_some_and(|word| entries().first_words.contains(folded(word).as_str()))
}

/// The lists as tables.
struct Entries {
    by_text: FxHashMap<&'static str, Worth>,
    first_words: FxHashSet<&'static str>,
}

fn entries() -> &'static Entries {
    static ENTRIES: OnceLock<Entries> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let lists = [
            (SECTION, Worth::Section),
            (LEADS, Worth::Lead),
            (CHROME, Worth::Chrome),
            (ALONE, Worth::Alone),
        ];
        let entries = || {
            lists
                .iter()
                .flat_map(|(list, worth)| list.iter().map(|&e| (e, *worth)))
        };
        Entries {
            by_text: entries().collect(),
            first_words: entries().filter_map(|(e, _)| e.split(' ').next()).collect(),
        }
    })
}

impl Worth {
    pub(super) fn points(self) -> usize {
        match self {
            Worth::Alone | Worth::Chrome => 2,
            Worth::Lead | Worth::Section => 1,
            Worth::Nothing => 0,
        }
    }

    pub(super) fn leads(self) -> bool {
        matches!(self, Worth::Alone | Worth::Chrome | Worth::Lead)
    }
}

/// True for what looks like a row of a table: two numbers or more, or a share.
pub(super) fn is_figures(text: &str) -> bool {
    let numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty());
    text.contains('%') || numbers.count() > 1
}

/// True for a month of an archive, with or without a count: `June 2012 (4)`.
fn is_month(text: &str) -> bool {
    static MONTH: Pattern = Pattern::new(
        r"^(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь)\ (?:19|20)[0-9][0-9]|20[0-9][0-9]年[0-9]{1,2}月)(?:\s*[(（\[][0-9]+[)）\]])?$",
    );
    text.len() <= 30
        && text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, ')' | '）' | ']' | '月'))
        && MONTH.is_match(text)
}

/// True for what a menu never has: braces, quotes, paths.
pub(super) fn is_code(text: &str) -> bool {
    let marks = |b: u8| {
        matches!(
            b,
            b'{' | b'}' | b'"' | b'=' | b'\\' | b'$' | b'@' | b':' | 0xe2
        )
    };
    // A path and the euro begin with two of these bytes, and are asked for only where those are.
    text.bytes().any(marks)
        && (text.contains(['{', '}', '"', '=', '\\', '$', '€', '@']) || text.contains("://"))
}

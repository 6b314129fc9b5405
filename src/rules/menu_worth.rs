//! What a line is worth as an entry of a menu, by its words alone.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::menu_words::{ALONE, CHROME, LEADS, SECTION};
use super::pattern::Pattern;
use super::shape::folded;

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
    static TABLE: OnceLock<FxHashMap<&'static str, Worth>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let lists = [
            (SECTION, Worth::Section),
            (LEADS, Worth::Lead),
            (CHROME, Worth::Chrome),
            (ALONE, Worth::Alone),
        ];
        let entries = lists
            .iter()
            .flat_map(|(list, worth)| list.iter().map(|&e| (e, *worth)));
        entries.collect()
    });
    table.get(folded).copied().unwrap_or(Worth::Nothing)
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
    text.contains(['{', '}', '"', '=', '\\', '$', '€', '@']) || text.contains("://")
}

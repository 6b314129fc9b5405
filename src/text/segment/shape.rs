//! The shape of a line, as far as it tells whether the line was broken by a margin.
//!
//! Owns widths, first words, how lines begin and end, and what is never prose; must not know neighbours.

use crate::text::line::Line;
use crate::text::quote;

/// How a line begins, quotes and brackets aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// With a lower-case letter: in the middle of a sentence.
    Lower,
    /// With a letter of a script without case.
    Uncased,
    /// With anything else.
    Other,
}

/// How a line ends, closing quotes and brackets aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With a letter or digit.
    Plain,
    /// With a mark that ends no sentence.
    Mark,
    /// With a mark that ends a sentence.
    Sentence,
    /// With a colon: what follows is announced, not continued.
    Colon,
}

/// What a line is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// May be a part of a paragraph.
    Prose,
    /// Begins an item of a list, or a turn of a dialogue.
    Item,
    /// Code, a row of a table, a rule, a signature mark: never joined.
    Rigid,
}

/// What is known of one line beyond its width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Columns before it.
    pub(super) indent: usize,
    pub(super) start: Start,
    pub(super) end: End,
    pub(super) form: Form,
    /// It has words enough to be a line of prose.
    pub(super) is_phrase: bool,
}

/// A line of prose has this many words; below, it is a name, a link, a number.
const WORDS: usize = 4;

impl Shape {
    /// Judges a line of a document.
    pub(super) fn of(line: &Line<'_>) -> Self {
        let text = content(line);
        Shape {
            indent: line.offset - line.start,
            start: start(text),
            end: end(text),
            form: form(text),
            is_phrase: is_phrase(text),
        }
    }
}

/// A line without its quote prefix.
pub(super) fn content<'a>(line: &Line<'a>) -> &'a str {
    let text = line.text.unwrap_or("");
    &text[quote::prefix(text)..]
}

/// Columns of a line less its quote prefix; wide characters count two.
pub(super) fn width(text: &str) -> usize {
    columns(text).0
}

/// Columns that the first word of a line would need at the end of the line before.
pub(super) fn first_word(text: &str) -> usize {
    match text.chars().next() {
        Some(c) if is_wide(c) => 2,
        _ => 1 + width(text.split([' ', '\t']).next().unwrap_or("")),
    }
}

/// True for a line with words enough to be a line of prose.
pub(super) fn is_phrase(text: &str) -> bool {
    columns(text).1 > 2 * WORDS || text.split_whitespace().nth(WORDS - 1).is_some()
}

/// Columns of a text, and how many of them are of wide characters.
fn columns(text: &str) -> (usize, usize) {
    if text.is_ascii() {
        return (text.len(), 0);
    }
    let (mut all, mut wide) = (0, 0);
    for c in text.chars() {
        match c {
            // Latin, Greek and Cyrillic letters need no further question.
            '\0'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' => all += 1,
            _ if is_wide(c) => (all, wide) = (all + 2, wide + 2),
            _ if is_narrowest(c) => {}
            _ => all += 1,
        }
    }
    (all, wide)
}

/// Two columns in a terminal and in print: Han, Kana, Hangul, full-width forms (East Asian Width W and F, UAX 11).
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}' | '\u{1f900}'..='\u{1f9ff}' | '\u{20000}'..='\u{3fffd}')
}

/// No column: combining marks and format characters of the frequent scripts.
fn is_narrowest(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

fn start(text: &str) -> Start {
    let first = text.split_whitespace().next().unwrap_or("");
    match first.chars().find(|&c| !is_opening(c)) {
        Some(c) if c.is_lowercase() && is_plain_word(first) => Start::Lower,
        Some(c) if c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase() => Start::Uncased,
        _ => Start::Other,
    }
}

/// True for a word as sentences have it; an address, a link, a command's option, a file's name are in lower case too.
fn is_plain_word(word: &str) -> bool {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    core.chars()
        .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '\u{ad}'))
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '(' | '[' | '“' | '‘' | '„' | '«' | '「' | '『' | '（' | '《' | '*' | '_'
    )
}

fn end(text: &str) -> End {
    let core = text.trim_end_matches([
        '"', '\'', ')', ']', '”', '’', '»', '«', '」', '』', '）', '》', '*', '_',
    ]);
    match core.chars().next_back() {
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।') => {
            End::Sentence
        }
        Some(':' | '：') => End::Colon,
        Some(c) if c.is_alphanumeric() => End::Plain,
        _ => End::Mark,
    }
}

fn form(text: &str) -> Form {
    if is_rule(text) || is_row(text) || is_code(text) {
        Form::Rigid
    } else if is_item(text) {
        Form::Item
    } else {
        Form::Prose
    }
}

/// A line without a letter or digit: a rule, a signature mark (`--`), decoration.
fn is_rule(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Columns set with tabs, runs of spaces or bars.
fn is_row(text: &str) -> bool {
    let gaps = text.match_indices("   ").count();
    text.contains('\t') || gaps > 0 || text.matches(" | ").count() > 1 || text.starts_with('|')
}

/// A sign that only code has, or more brackets and operators than prose has.
fn is_code(text: &str) -> bool {
    const SIGNS: [&str; 9] = ["();", "){", ") {", "==", "!=", "->", "=>", "::", "&&"];
    let is_mark = |b: &u8| {
        b.is_ascii_punctuation()
            && !matches!(
                b,
                b'.' | b',' | b'!' | b'?' | b'"' | b'\'' | b'-' | b'%' | b'`'
            )
    };
    let marks = text.bytes().filter(is_mark).count();
    let tail = text.ends_with(['{', '}', '\\'])
        || text.ends_with(';') && text.contains(['=', '{', '}', '[']);
    marks > 0 && (tail || marks * 12 > text.len() || SIGNS.iter().any(|s| text.contains(s)))
}

/// A bullet, a dash, a number or a letter with a point or bracket, before a space.
fn is_item(text: &str) -> bool {
    let Some((mark, _)) = text.split_once([' ', '\u{a0}']) else {
        return false;
    };
    if mark.chars().count() == 1
        && mark.starts_with([
            '-', '*', '+', '•', '·', '–', '—', 'o', '▪', '■', '●', '○', '►', '§', '#',
        ])
    {
        return true;
    }
    let inner = mark.trim_start_matches(['(', '[']);
    let label = inner.trim_end_matches(['.', ')', ']', ':']);
    // Four digits are a year at the end of a sentence.
    let numbered = label.len() < 4
        && !label.is_empty()
        && label.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let lettered = label.len() == 1 && label.bytes().all(|b| b.is_ascii_alphabetic());
    let roman =
        label.len() < 5 && !label.is_empty() && label.bytes().all(|b| b"ivxIVX".contains(&b));
    label.len() < inner.len() && (numbered || lettered || roman) || mark == "--"
}

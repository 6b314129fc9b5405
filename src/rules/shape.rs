//! Shapes of short lines: labels, headlines, and the folded form in which a line is looked up in a word list.
//!
//! Knows nothing of any rule; what a shape means on a page is for the rules to say.

use super::page::{ends_as_sentence, has_words, is_prose, words};

/// True for what stands between words in [`folded`] text.
pub(super) fn is_separator(c: char) -> bool {
    !is_letter(c) && !is_silent(c)
}

/// Letters, digits, and the signs of vowels that belong to them.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{eff}')
}

/// Signs that are dropped without dividing a word.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{200b}'..='\u{200d}' | '\u{ad}')
}

/// Lower-case words joined by single spaces; everything that is neither letter nor digit separates.
/// A number at the end of a longer text goes too: menus count what stands behind an entry.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if is_letter(c) {
            out.extend(c.to_lowercase());
        } else if !is_silent(c) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    let core = out.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let keep = if core.is_empty() || !out[core.len()..].starts_with(' ') {
        out.trim_end().len()
    } else {
        core.len()
    };
    out.truncate(keep);
    out
}

/// The line without marks at its ends: from its first letter or digit to its last.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Looks a folded text up in a sorted list.
pub(super) fn listed(list: &[&str], folded: &str) -> bool {
    list.binary_search(&folded).is_ok()
}

/// True for a label: up to `most` words with a letter among them, short, and not a sentence.
pub(super) fn is_label(text: &str, most: usize) -> bool {
    text.len() <= 90
        && text.chars().any(char::is_alphabetic)
        && !ends_as_sentence(text)
        && !text.ends_with(',')
        && words(text) <= most
}

/// True for a line in the form of a headline: 3 to 22 words that do not end as a statement does.
/// Questions, exclamations and cut-off ends are allowed, since headlines have them.
pub(super) fn is_headline(text: &str) -> bool {
    let count = words(text);
    let stop = text
        .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']'])
        .chars()
        .next_back();
    let stated = matches!(stop, Some('.' | '。' | ':' | '：' | ';' | ',' | '،' | '।'))
        && !text.ends_with("...")
        && !text.ends_with("…");
    (3..=22).contains(&count) && text.len() <= 320 && !stated
}

/// True for a line that only text has: prose, or anything too long for a menu or a link.
pub(super) fn is_running_text(text: &str) -> bool {
    is_prose(text) || has_words(text, 25)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_words_and_drops_counts() {
        assert_eq!(folded("» About Us"), "about us");
        assert_eq!(folded("Terms & Conditions"), "terms conditions");
        assert_eq!(folded("What’s new"), "whats new");
        assert_eq!(folded("Recipes (12)"), "recipes");
        assert_eq!(folded("1984"), "1984");
        assert_eq!(folded("web2"), "web2");
        assert_eq!(folded("หน้าแรก"), "หน้าแรก");
        assert_eq!(bare("« Older posts »"), "Older posts");
    }

    #[test]
    fn shapes_tell_labels_headlines_and_text_apart() {
        assert!(is_label("Our services", 5) && !is_label("It rained all day.", 5));
        assert!(is_headline("Ferry line asks for a second pier"));
        assert!(is_headline("Will the ferry get a second pier?"));
        assert!(!is_headline("The ferry gets a second pier."));
        assert!(!is_headline("Ferry"));
        assert!(is_running_text(
            "The ferry line has asked the town for a second pier."
        ));
    }
}

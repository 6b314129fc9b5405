//! Where sentences end, and which of them only one of two texts has: a remark of five words in front of a signature that two posts
//! share is the whole of the post.

use crate::text::fold::{Folded, flag};

/// Half tokens from which a sentence says something: 4 words. "Thanks." and "See below." go with what they stand by.
const LEAST: u32 = 8;
/// One in so many words of a new sentence may have a counterpart: the small words of any two texts do.
const KNOWN: usize = 4;
/// Letters of a word after which a full stop ends a sentence; shorter ones are initials and abbreviations.
const LEAST_WORD: usize = 3;

/// Lists the tokens after which a sentence ends: where a mark of its end follows and then a blank, a closing sign or nothing.
///
/// The slow version asks every token. Most words end no sentence, so the fast one goes from mark to mark where all marks are ASCII.
pub(super) fn ends(text: &str, folded: &Folded, out: &mut Vec<u32>) {
    out.clear();
    let tokens = &folded.tokens;
    if !text.is_ascii() {
        out.extend(
            (0..tokens.len())
                .filter(|&at| is_end(text, folded, at))
                .map(|at| at as u32),
        );
        return;
    }
    let mut next = 0;
    for mark in memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()) {
        let from = next;
        while tokens.get(next).is_some_and(|t| t.source as usize <= mark) {
            next += 1;
        }
        // The last token that begins before the mark; a second mark behind it says nothing new.
        if next > from && is_end(text, folded, next - 1) {
            out.push(next as u32 - 1);
        }
    }
}

/// True when a sentence ends after this token.
fn is_end(text: &str, folded: &Folded, at: usize) -> bool {
    let tokens = &folded.tokens;
    let token = &tokens[at];
    let next = tokens.get(at + 1).map_or(text.len(), |t| t.source as usize);
    let Some(source) = text.get(token.source as usize..next) else {
        return false;
    };
    // Most words end no sentence, and show it by their bytes.
    let may_mark = |b: u8| matches!(b, b'.' | b'!' | b'?') || !b.is_ascii();
    if !source.bytes().any(may_mark) {
        return false;
    }
    let mark = source.char_indices().rev().find(|(_, c)| is_mark(*c));
    let Some((place, mark)) = mark else {
        return false;
    };
    let long = folded.token(at).chars().count() >= LEAST_WORD
        || token.flags & (flag::UNSPACED | flag::DIGIT) != 0;
    let after = source[place + mark.len_utf8()..].chars().next();
    let closes = after.is_none_or(|c| !c.is_alphanumeric() && c != '-');
    closes && (long || mark != '.')
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '…')
}

/// How many sentences have hardly a word with a counterpart. `covered` tells of each token whether it has one.
pub(super) fn new(folded: &Folded, ends: &[u32], covered: &[bool]) -> u32 {
    let (mut count, mut from) = (0, 0);
    for end in ends {
        let to = *end as usize + 1;
        let halves: u32 = folded.tokens[from..to]
            .iter()
            .map(|t| 2 - u32::from(t.flags & flag::UNSPACED != 0))
            .sum();
        let known = covered[from..to].iter().filter(|c| **c).count();
        count += u32::from(halves >= LEAST && known * KNOWN <= to - from);
        from = to;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folder;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let (mut folded, mut out) = (Folded::default(), Vec::new());
        Folder::default().fold(text, &mut folded);
        ends(text, &folded, &mut out);
        out.iter()
            .map(|at| folded.token(*at as usize).to_owned())
            .collect()
    }

    #[test]
    fn sentences_end_at_marks_and_not_at_points_in_names() {
        assert_eq!(
            words("Mr. A. Holm paid 4.50 crowns. Why? \"Ask him!\" See b.org/x.y too"),
            ["crowns", "why", "him"]
        );
        assert_eq!(words("茶还是三块钱。船钱另算！"), ["钱", "算"]);
        assert!(words("").is_empty());
    }

    proptest! {
        #[test]
        fn from_mark_to_mark_equals_every_token(text in "([a-d]{1,4}|[.!?,\"-]{1,3}|[0-9.]{1,3}|&amp;|[ ]){0,30}") {
            let (mut folded, mut out) = (Folded::default(), Vec::new());
            Folder::default().fold(&text, &mut folded);
            ends(&text, &folded, &mut out);
            let slow = (0..folded.tokens.len()).filter(|&at| is_end(&text, &folded, at));
            prop_assert_eq!(out, slow.map(|at| at as u32).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_sentence_is_new_when_hardly_a_word_of_it_is_known() {
        let text = "So why must they row? The boat is gone.";
        let (mut folded, mut out) = (Folded::default(), Vec::new());
        Folder::default().fold(text, &mut folded);
        ends(text, &folded, &mut out);
        let mut covered = [false; 9];
        assert_eq!(new(&folded, &out, &covered), 2);
        covered[8] = true;
        assert_eq!(new(&folded, &out, &covered), 2, "one in four");
        covered[7] = true;
        assert_eq!(new(&folded, &out, &covered), 1);
        covered[..2].fill(true);
        assert_eq!(new(&folded, &out, &covered), 0);
    }
}

//! Which tokens of a text belong to an address of the web. It knows where addresses begin and end, and nothing of their parts.

use memchr::memmem;

use super::fold::{Token, flag};

/// What an address begins with, or has after its scheme.
const SIGNS: [&str; 4] = ["://", "www.", "t.co/", "pic.twitter.com/"];

/// Sets [`flag::LINK`] on the tokens of `text` that stand in an address.
pub fn mark(text: &str, tokens: &mut [Token]) {
    for sign in SIGNS {
        let mut done = 0;
        for at in memmem::find_iter(text.as_bytes(), sign) {
            let scheme = text[..at]
                .bytes()
                .rev()
                .take_while(u8::is_ascii_alphabetic)
                .count();
            let from = at - scheme;
            if from < done {
                continue;
            }
            let is_end = |c: char| c.is_whitespace() || !c.is_ascii() || "<>\"()[]{}|".contains(c);
            let end = text[at..].find(is_end).map_or(text.len(), |n| at + n);
            let first = tokens.partition_point(|t| (t.source as usize) < from);
            let last = tokens.partition_point(|t| (t.source as usize) < end);
            tokens[first..last]
                .iter_mut()
                .for_each(|t| t.flags |= flag::LINK);
            done = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::{Folded, Folder};

    fn links(text: &str) -> String {
        let mut folded = Folded::default();
        Folder::default().fold(text, &mut folded);
        mark(text, &mut folded.tokens);
        let words = (0..folded.tokens.len()).filter(|i| folded.tokens[*i].flags & flag::LINK != 0);
        words.map(|i| folded.token(i)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_address_ends_with_the_word() {
        for (text, found) in [
            (
                "The loom is shown here: https://looms.example.org/a7/frames?x=9 and sold.",
                "https looms example org a7 frames x 9",
            ),
            (
                "See www.example.org, (http://example.org/1) now",
                "www example org http example org 1",
            ),
            (
                "kites t.co/9fk2 pic.twitter.com/ab1",
                "t co 9fk2 pic twitter com ab1",
            ),
            ("no address: a // b, wwww", ""),
        ] {
            assert_eq!(links(text), found, "{text}");
        }
    }
}

//! Names and months that one text would take with it: words in a slot that the other text has nowhere.

use super::kinds::is_name;
use super::lexicon::{self, Class};
use super::slot::Side;

/// Where in its text a run of words without counterpart stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The other text has nothing there.
    pub(super) alone: bool,
    /// It leads into the text: a dateline, a header, the sentence before.
    pub(super) head: bool,
    /// It closes the text, where the other ends too.
    pub(super) tail: bool,
}

/// How many of these words, by their places in the text, are names or months that the other text has nowhere.
pub(super) fn missing_names(
    sides: &[Side<'_>; 2],
    side: usize,
    words: &[usize],
    place: Place,
) -> u32 {
    let (own, other) = (&sides[side], &sides[1 - side].folded.tokens);
    let tokens = &own.folded.tokens;
    let name = |at: &usize| is_name(own, *at);
    // A credit is names and nothing else.
    if words.is_empty() || place.head || place.tail && words.iter().all(name) {
        return 0;
    }
    // One more word of a name that both have: "the Coast Guard station" and "the Coast station".
    if let &[at] = words
        && place.alone
        && at > 0
        && name(&(at - 1))
        && name(&at)
    {
        return 0;
    }
    let missing = |at: &&usize| {
        let token = &tokens[**at];
        match lexicon::class(token.hash) {
            Some(month @ Class::Month(_)) => {
                !other.iter().any(|t| lexicon::class(t.hash) == Some(month))
            }
            // A text that begins with the name has it for a mark of who speaks, on every line.
            _ => {
                name(at)
                    && token.hash != tokens[0].hash
                    && !other.iter().any(|t| t.hash == token.hash)
            }
        }
    };
    words.iter().filter(missing).count() as u32
}

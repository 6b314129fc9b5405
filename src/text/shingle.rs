//! Shingles: n-grams of folded tokens, as 64-bit hashes.

use super::fold::{Folded, flag};

/// Words in a shingle of a spaced script.
pub const WORDS: usize = 3;
/// Characters in a shingle of an unspaced script.
pub const CHARS: usize = 5;

/// Writes the shingle hashes of a folded paragraph in text order, repeats included. A paragraph shorter than one
/// shingle has one shingle: itself. An empty one has none.
///
/// The shingle that begins at token i has [`CHARS`] tokens when token i is of an unspaced script, else [`WORDS`].
pub fn shingles(folded: &Folded, out: &mut Vec<u64>) {
    out.clear();
    let tokens = &folded.tokens;
    for i in 0..tokens.len() {
        let n = if tokens[i].flags & flag::UNSPACED != 0 {
            CHARS
        } else {
            WORDS
        };
        if i + n <= tokens.len() {
            out.push(combine(tokens[i..i + n].iter().map(|t| t.hash)));
        }
    }
    if out.is_empty() && !tokens.is_empty() {
        out.push(combine(tokens.iter().map(|t| t.hash)));
    }
}

pub(crate) fn combine(hashes: impl Iterator<Item = u64>) -> u64 {
    super::hash::mix(hashes.fold(0, |acc: u64, h| {
        acc.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23) ^ h
    }))
}

//! Shingles: n-grams of folded tokens, as 64-bit hashes, and sets of them.
//!
//! Owns the length of a shingle and its hash; must not know text. The slow version: for every place, hash the tokens of
//! the shingle that begins there one after the other. The fast one multiplies each token's hash once per position it can
//! have in a shingle, so that nothing waits for the token before; the tests hold both together.

use super::fold::{Folded, Token, flag};
use super::hash::mix;

/// Words in a shingle of a spaced script.
pub const WORDS: usize = 3;
/// Characters in a shingle of an unspaced script.
pub const CHARS: usize = 5;

/// One odd multiplier per position in a shingle, so that order counts: the fraction of the golden ratio, then of the square
/// roots of 2, 3, 5 and 7, made odd.
const POSITION: [u64; CHARS] = [
    0x9e37_79b9_7f4a_7c15,
    0x6a09_e667_f3bc_c909,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
];

/// Writes the shingle hashes of a folded paragraph in text order, repeats included. A paragraph shorter than one
/// shingle has one shingle: itself. An empty one has none.
///
/// The shingle that begins at token i has [`CHARS`] tokens when token i is of an unspaced script, else [`WORDS`].
pub fn shingles(folded: &Folded, out: &mut Vec<u64>) {
    out.clear();
    let tokens = folded.tokens.as_slice();
    out.reserve(tokens.len());
    let mut rest = tokens;
    while let Some(token) = rest.first() {
        // The run of places where shingles of one length begin.
        let unspaced = token.flags & flag::UNSPACED;
        let alike = |t: &Token| t.flags & flag::UNSPACED == unspaced;
        let run = rest.iter().position(|t| !alike(t)).unwrap_or(rest.len());
        if unspaced != 0 {
            write::<CHARS>(rest, run, out);
        } else {
            write::<WORDS>(rest, run, out);
        }
        rest = &rest[run..];
    }
    if out.is_empty() && !tokens.is_empty() {
        out.push(whole(tokens));
    }
}

/// The shingles of N tokens that begin at the first `run` places.
#[inline(always)]
fn write<const N: usize>(tokens: &[Token], run: usize, out: &mut Vec<u64>) {
    let reach = tokens.len().min(run + N - 1);
    out.extend(tokens[..reach].windows(N).map(|window| {
        let mut sum = 0u64;
        for i in 0..N {
            sum = sum.wrapping_add(window[i].hash.wrapping_mul(POSITION[i]));
        }
        mix(sum)
    }));
}

/// The shingle of just these tokens, at most [`CHARS`] of them.
pub(crate) fn whole(tokens: &[Token]) -> u64 {
    let products = tokens
        .iter()
        .zip(POSITION)
        .map(|(t, p)| t.hash.wrapping_mul(p));
    mix(products.fold(0, u64::wrapping_add))
}

/// Makes a list of shingles a set: ascending, each once.
pub fn sorted_set(shingles: &mut Vec<u64>) {
    shingles.sort_unstable();
    shingles.dedup();
}

/// How many values two sets made by [`sorted_set`] share.
pub fn intersection_size(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        // Hashes are in no order a branch predictor could learn, so no branch asks for it.
        let (x, y) = (a[i], b[j]);
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    shared
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::text::fold::Folder;

    fn fold(text: &str) -> Folded {
        let mut out = Folded::default();
        Folder::default().fold(text, &mut out);
        out
    }

    /// The slow version.
    fn naive(folded: &Folded) -> Vec<u64> {
        let tokens = &folded.tokens;
        let hash = |from: usize, n: usize| {
            let mut sum = 0u64;
            for (i, token) in tokens[from..from + n].iter().enumerate() {
                sum = sum.wrapping_add(token.hash.wrapping_mul(POSITION[i]));
            }
            mix(sum)
        };
        let mut out = Vec::new();
        for i in 0..tokens.len() {
            let unspaced = tokens[i].flags & flag::UNSPACED != 0;
            let n = if unspaced { CHARS } else { WORDS };
            if i + n <= tokens.len() {
                out.push(hash(i, n));
            }
        }
        if out.is_empty() && !tokens.is_empty() {
            out.push(hash(0, tokens.len()));
        }
        out
    }

    proptest! {
        #[test]
        fn fast_equals_naive(text in "([a-d]{1,3} |[一二三]{1,7}|[ぁ-ん ]){0,12}") {
            let folded = fold(&text);
            let mut out = vec![7];
            shingles(&folded, &mut out);
            prop_assert_eq!(out, naive(&folded));
        }

        #[test]
        fn sets_equal_hash_sets(a in prop::collection::vec(0u64..40, 0..60), b in prop::collection::vec(0u64..40, 0..60)) {
            let (mut x, mut y) = (a.clone(), b.clone());
            sorted_set(&mut x);
            sorted_set(&mut y);
            let (a, b): (HashSet<u64>, HashSet<u64>) = (a.into_iter().collect(), b.into_iter().collect());
            prop_assert_eq!(x.len(), a.len());
            prop_assert_eq!(intersection_size(&x, &y), a.intersection(&b).count());
        }
    }

    #[test]
    fn lengths_follow_the_script() {
        let count = |text: &str| {
            let mut out = Vec::new();
            shingles(&fold(text), &mut out);
            out.len()
        };
        assert_eq!(count(""), 0);
        assert_eq!(count("one"), 1);
        assert_eq!(count("one two"), 1);
        assert_eq!(count("one two three four"), 2);
        assert_eq!(count("人人人人"), 1);
        assert_eq!(count("一二三四五六"), 2);
        // "go" begins words; of the characters, only the first two have four more after them.
        assert_eq!(count("go 一二三四五六"), 3);
    }

    #[test]
    fn order_counts_and_golden_values_hold() {
        let mut out = Vec::new();
        shingles(&fold("the old bridge the"), &mut out);
        assert_eq!(out, [0xb828_d038_989a_f591, 0x3796_4e4a_ead4_a330]);
        shingles(&fold("bridge old the"), &mut out);
        assert_eq!(out, [0xe695_8ddc_98d9_278b]);
    }
}

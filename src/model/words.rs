//! The first look: what a line's own words and shape say, as one sum of looked-up weights.
//!
//! Every feature is a hash that names a slot of one table. The table is small enough for the second-level cache; two
//! features that fall into one slot share its weight, which training has seen to.

use super::line::Shape;
use crate::text::hash::mix;

/// Slots of the table, as a power of two.
pub const BITS: u32 = 19;
/// Weights are in so many parts of a logit (natural logarithm of the odds).
pub const UNIT: i32 = 32;

/// What a feature looks at; keeps equal values of different kinds apart, and names them when reasons are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word or sign.
    Word = 1,
    /// Two in a row.
    Pair,
    /// The first.
    First,
    /// The last.
    Last,
    /// The first two.
    FirstTwo,
    /// The first three.
    FirstThree,
    /// The last two.
    LastTwo,
    /// The whole line, when it is short.
    Whole,
    /// Lengths, letters and signs.
    Shape,
}

/// A line of at most so many tokens is also looked up as a whole.
const WHOLE: usize = 8;

/// Calls `each` with every feature of a line: its kind, its slot, and the index of the token it begins with.
#[inline]
pub fn features(tokens: &[u64], shape: &Shape, mut each: impl FnMut(Kind, u32, usize)) {
    let mut put = |kind: Kind, salt: u64, value: u64, at: usize| {
        let hash = mix(value ^ (kind as u64 + (salt << 8)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        each(kind, (hash >> (64 - BITS)) as u32, at);
    };
    let two = |i: usize| tokens[i] ^ tokens[i + 1].rotate_left(23);
    for (i, &token) in tokens.iter().enumerate() {
        put(Kind::Word, 0, token, i);
        if i + 1 < tokens.len() {
            put(Kind::Pair, 0, two(i), i);
        }
    }
    let n = tokens.len();
    if n > 0 {
        put(Kind::First, 0, tokens[0], 0);
        put(Kind::Last, 0, tokens[n - 1], n - 1);
        if n >= 2 {
            put(Kind::FirstTwo, 0, two(0), 0);
            put(Kind::LastTwo, 0, two(n - 2), n - 2);
        }
        if n >= 3 {
            put(Kind::FirstThree, 0, two(0) ^ tokens[2].rotate_left(46), 0);
        }
        if n <= WHOLE {
            let all = tokens.iter().fold(0u64, |a, &t| mix(a ^ t));
            put(Kind::Whole, 0, all, 0);
        }
    }
    shapes(shape, |salt, value| put(Kind::Shape, salt, value, 0));
}

/// The shape, each count beside the number of words: ten capitals mean one thing in a line of two words and another in one
/// of forty.
#[inline]
fn shapes(s: &Shape, mut put: impl FnMut(u64, u64)) {
    let words = u64::from(half_log(s.words));
    let (first, last) = (u64::from(s.first), u64::from(s.last));
    let with_words = |value: u64| value << 6 | words;
    let alone = [
        u64::from(half_log(s.chars)),
        words,
        first,
        last,
        u64::from(s.marks),
        u64::from(s.commas.min(5)) << 3 | u64::from(s.stops.min(7)),
        first << 16 | last << 8 | words,
        u64::from(share(s.titles, s.runs, 4)) << 16 | last << 8 | words,
    ];
    let crossed = [
        last,
        first,
        u64::from(share(s.capitals, s.letters, 10)),
        u64::from(share(s.titles, s.runs, 8)),
        u64::from(share(s.digits, s.chars, 10)),
        u64::from(share(s.signs, s.chars, 16)),
        u64::from(s.separators.min(7)),
        u64::from(share(s.short_runs, s.runs, 8)),
        u64::from(share(s.letters, s.runs * 10, 10)),
        u64::from(s.script),
        u64::from(s.sentence),
    ];
    for (salt, value) in (1..).zip(alone) {
        put(salt, value);
    }
    for (salt, value) in (32..).zip(crossed) {
        put(salt, with_words(value));
    }
}

/// How many of the `steps` equal parts of `whole` the `part` fills.
#[inline]
pub fn share(part: u32, whole: u32, steps: u32) -> u32 {
    (u64::from(part) * u64::from(steps) / u64::from(whole.max(1))).min(u64::from(steps)) as u32
}

/// Twice the logarithm to the base 2 of n + 1, rounded down; the square root of 2 is taken as 181/128.
#[inline]
pub fn half_log(n: u32) -> u32 {
    let n = u64::from(n) + 1;
    let whole = n.ilog2();
    2 * whole + u32::from(n * 128 >= 181u64 << whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_logarithms_are_those_of_floating_point() {
        for n in 0..100_000u32 {
            let exact = (f64::from(n + 1).log2() * 2.0).floor() as u32;
            assert!(half_log(n).abs_diff(exact) <= 1 && half_log(n) <= half_log(n + 1));
        }
        assert_eq!(
            (half_log(0), half_log(1), half_log(2), half_log(3)),
            (0, 2, 3, 4)
        );
        assert_eq!(half_log(u32::MAX), 64);
    }

    #[test]
    fn order_counts_in_pairs() {
        let slots = |tokens: &[u64]| {
            let mut out = Vec::new();
            features(tokens, &Shape::default(), |k, s, _| {
                if k == Kind::Pair {
                    out.push(s);
                }
            });
            out
        };
        assert_ne!(slots(&[1, 2]), slots(&[2, 1]));
        assert_eq!(slots(&[7]), Vec::<u32>::new());
    }
}

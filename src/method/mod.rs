//! Methods: how a paragraph's shingles become the keys under which near-duplicates meet.
//!
//! A method only proposes. Paragraphs that share a key become candidates; every candidate is verified on the real text
//! by [`crate::near`], whatever the method. So methods differ in what they find and what it costs, never in what a
//! duplicate is. A method is one file and one line in [`METHODS`].

pub mod minhash;
pub mod shingle;
pub mod simhash;

use crate::config;

/// Most candidates of a paragraph that are verified, whatever the method.
pub const LIMIT: usize = 64;
/// So many paragraphs of one key meet each other; where there are more, only some do.
pub const FULL: usize = 32;

/// A key of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Key {
    /// Paragraphs with equal keys meet.
    pub key: u64,
    /// What follows in the text, by which a bucket that is too full is split; 0 when the method knows no order.
    pub next: u32,
}

/// A method.
pub struct Method {
    /// The name of `--method`.
    pub name: &'static str,
    /// What it finds and what it misses, with the source of its parameters.
    pub doc: &'static str,
    /// Writes the keys of a paragraph: its shingle hashes come in text order, repeats included.
    pub keys: fn(shingles: &[u64], out: &mut Vec<Key>),
    /// A paragraph of at most so many shingles has them all as keys; of a longer one the keys are a sample.
    pub whole: usize,
    /// A pair is verified when the two share at least one in so many of the later paragraph's keys.
    pub share: usize,
    /// The same when the later one's keys are whole and the earlier one's are a sample: what they share then shows only
    /// where the sample has it.
    pub share_of_sample: usize,
}

/// All methods, in the order of [`config::Method`].
pub static METHODS: [&Method; 3] = [&shingle::METHOD, &simhash::METHOD, &minhash::METHOD];

/// The method of a configuration.
pub fn of(method: config::Method) -> &'static Method {
    METHODS[method as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::mix;

    /// A stand-in for a paragraph: distinct pseudo-random shingles.
    pub(super) fn shingles(seed: u64, count: u64) -> Vec<u64> {
        (0..count).map(|i| mix(seed << 32 | i)).collect()
    }

    #[test]
    fn every_method_gives_equal_keys_to_equal_text_and_none_to_none() {
        for method in METHODS {
            let (mut a, mut b) = (Vec::new(), Vec::new());
            for count in [1, 2, 5, 40, 900] {
                a.clear();
                b.clear();
                (method.keys)(&shingles(7, count), &mut a);
                (method.keys)(&shingles(7, count), &mut b);
                assert_eq!(a, b, "{}", method.name);
                assert!(!a.is_empty(), "{}: {count} shingles have keys", method.name);
            }
            a.clear();
            (method.keys)(&[], &mut a);
            assert!(a.is_empty(), "{}", method.name);
        }
    }

    #[test]
    fn unrelated_text_shares_no_key() {
        for method in METHODS {
            let mut keys: Vec<u64> = Vec::new();
            for seed in 0..200 {
                let mut own = Vec::new();
                (method.keys)(&shingles(seed, 60), &mut own);
                let mut own: Vec<u64> = own.iter().map(|k| k.key).collect();
                own.sort_unstable();
                own.dedup();
                keys.extend(own);
            }
            let all = keys.len();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), all, "{}", method.name);
        }
    }

    #[test]
    fn names_are_those_of_the_configuration() {
        for method in [
            config::Method::Shingle,
            config::Method::Simhash,
            config::Method::Minhash,
        ] {
            assert_eq!(
                serde_json::to_string(&method).unwrap(),
                format!("{:?}", of(method).name)
            );
        }
    }
}

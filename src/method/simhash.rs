//! SimHash (Charikar 2002; Manku, Jain, Das Sarma 2007): 64 bits that differ little when texts differ little.
//!
//! The slow version, which the tests keep: for each bit, count the shingle hashes that have it and those that have not;
//! the fingerprint has the bit when the first are more. The fast version counts eight bits at a time: the bits of a hash
//! are spread over the eight bytes of a word (bit b of every byte lane), added up in eight words of byte counters, and
//! the counters are emptied into wide ones before they can overflow, every 255 hashes.
//!
//! The search is that of Manku et al. with ten permuted tables: the fingerprint is cut into five blocks, and each pair of
//! blocks is a key. Two fingerprints that differ in at most three bits have at least two blocks alike, so they meet. A
//! key has 25 or 26 bits: unlike four bands of 16 bits, it is shared by chance hardly ever before there are many millions
//! of paragraphs.

use super::{Key, Method};
use crate::text::hash::mix;

/// Every pair within this Hamming distance meets: the field's default for 64 bits (Manku et al.).
pub const DISTANCE: u32 = 3;
/// Blocks of the fingerprint: their lengths in bits.
const BLOCKS: [u32; 5] = [13, 13, 13, 13, 12];
/// Pairs of blocks.
const TABLES: usize = BLOCKS.len() * (BLOCKS.len() - 1) / 2;

/// See the module.
pub static METHOD: Method = Method {
    name: "simhash",
    doc: "64-bit SimHash over the shingles (Charikar 2002), ten permuted tables: finds every pair within Hamming distance 3 \
(Manku et al. 2007). Those are near copies of equal length; containment and heavier edits are missed.",
    keys,
    whole: 0,
    // One table is enough.
    share: TABLES,
    share_of_sample: TABLES,
};

fn keys(shingles: &[u64], out: &mut Vec<Key>) {
    if shingles.is_empty() {
        return;
    }
    let print = fingerprint(shingles);
    let mut start = 0;
    let blocks = BLOCKS.map(|length| {
        let block = print >> start & ((1 << length) - 1);
        start += length;
        block
    });
    for (i, a) in blocks.iter().enumerate() {
        for (j, b) in blocks.iter().enumerate().skip(i + 1) {
            // The table's number keeps equal bits of different tables apart; the key is spread so that keys sort evenly.
            let table = (i * BLOCKS.len() + j) as u64;
            out.push(Key {
                key: mix(table << 32 | a << 16 | b),
                next: 0,
            });
        }
    }
}

/// The 64-bit SimHash of these feature hashes: bit b is set when more than half of them have bit b.
pub fn fingerprint(hashes: &[u64]) -> u64 {
    const LOW: u64 = 0x0101_0101_0101_0101;
    let mut counts = [0u32; 64];
    for chunk in hashes.chunks(255) {
        // lanes[b], byte j counts hashes with bit 8 j + b.
        let mut lanes = [0u64; 8];
        for &hash in chunk {
            for (bit, lane) in lanes.iter_mut().enumerate() {
                *lane += hash >> bit & LOW;
            }
        }
        for (bit, lane) in lanes.iter().enumerate() {
            for (byte, count) in lane.to_le_bytes().iter().enumerate() {
                counts[byte * 8 + bit] += u32::from(*count);
            }
        }
    }
    let half = hashes.len() as u32;
    counts
        .iter()
        .enumerate()
        .fold(0, |print, (bit, &n)| print | u64::from(2 * n > half) << bit)
}

/// Number of bits in which two fingerprints differ.
pub fn distance(a: u64, b: u64) -> u32 {
    simhash::hamming_distance(a, b)
}

#[cfg(test)]
mod tests {
    use super::super::tests::shingles;
    use super::*;

    /// The keys of a fingerprint: one feature is its own fingerprint.
    fn tables(print: u64) -> Vec<u64> {
        let mut out = Vec::new();
        keys(&[print], &mut out);
        assert_eq!(fingerprint(&[print]), print);
        out.into_iter().map(|k| k.key).collect()
    }

    #[test]
    fn all_within_the_distance_meet() {
        let print = mix(7);
        let own = tables(print);
        assert_eq!(own.len(), TABLES);
        let meets = |other: u64| tables(other).iter().zip(&own).any(|(a, b)| a == b);
        for a in 0..64 {
            for b in 0..=a {
                for c in 0..=b {
                    let other = print ^ (1 << a | 1 << b | 1 << c);
                    assert!(distance(print, other) <= DISTANCE);
                    assert!(meets(other), "bits {a}, {b}, {c}");
                }
            }
        }
        // One bit more, in four blocks: no two blocks are left.
        assert!(!meets(print ^ (1 | 1 << 13 | 1 << 26 | 1 << 39)));
    }

    #[test]
    fn counting_in_lanes_equals_counting_bits() {
        for count in [1, 2, 3, 254, 255, 256, 511, 1000] {
            let hashes = shingles(count, count);
            let naive = (0..64).fold(0u64, |print, bit| {
                let ones = hashes.iter().filter(|h| *h >> bit & 1 == 1).count();
                print | u64::from(2 * ones > hashes.len()) << bit
            });
            assert_eq!(fingerprint(&hashes), naive, "{count} hashes");
        }
    }

    /// The crate hashes features itself, by SipHash with zero keys over `impl Hash for str`; under that hashing our
    /// counters give its answer.
    #[test]
    #[allow(deprecated)]
    fn equals_the_simhash_crate_under_its_hashing() {
        use std::hash::{Hash, Hasher};
        let text = "a paragraph about rivers and the towns that live beside rivers and fear them in spring when ice melts upstream";
        for take in 1..=text.split(' ').count() {
            let words: Vec<&str> = text.split(' ').take(take).collect();
            let hashes: Vec<u64> = words
                .iter()
                .map(|w| {
                    let mut hasher = std::hash::SipHasher::new();
                    w.hash(&mut hasher);
                    hasher.finish()
                })
                .collect();
            assert_eq!(
                fingerprint(&hashes),
                simhash::simhash_stream(words.iter().copied()),
                "{take} words"
            );
        }
        assert_eq!(
            distance(0b1011, 0b0010),
            simhash::hamming_distance(0b1011, 0b0010)
        );
    }
}

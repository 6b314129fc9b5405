//! SimHash (Charikar 2002; Manku, Jain, Das Sarma 2007): 64 bits that differ little when texts differ little.
//!
//! The slow version, which the tests keep: for each bit, count the shingle hashes that have it and those that have not;
//! the fingerprint has the bit when the first are more. The fast version counts eight bits at a time: the bits of a hash
//! are spread over the eight bytes of a word (bit b of every byte lane), added up in eight words of byte counters, and
//! the counters are emptied into wide ones before they can overflow, every 255 hashes.
//!
//! Two fingerprints within distance 3 agree in at least one of four 16-bit bands, so bands are the keys.

use super::{Key, Method};

/// Bands of the fingerprint; with four, every pair within Hamming distance 3 (the field's default, Manku et al.) meets.
pub const BANDS: u32 = 4;

/// See the module.
pub static METHOD: Method = Method {
    name: "simhash",
    doc: "64-bit SimHash over the shingles (Charikar 2002), four bands of 16 bits: finds every pair within Hamming distance 3 \
(Manku et al. 2007). Those are near copies of equal length; containment and heavier edits are missed.",
    keys,
    whole: 0,
    // One band is enough.
    share: BANDS as usize,
    share_of_sample: BANDS as usize,
};

fn keys(shingles: &[u64], out: &mut Vec<Key>) {
    if shingles.is_empty() {
        return;
    }
    let print = fingerprint(shingles);
    let bits = |band: u32| print >> (band % BANDS * 16) & 0xffff;
    out.extend((0..BANDS).map(|band| Key {
        // The band's number keeps equal bits of different bands apart; the key is spread so that keys sort evenly.
        key: crate::text::hash::mix(u64::from(band) << 16 | bits(band)),
        // A 16-bit band is shared by chance once in 65,536: splitting a full bucket by the band beside it keeps true pairs together.
        next: bits(band + 1) as u32,
    }));
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

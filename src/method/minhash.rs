//! MinHash with bands (Broder 1997; Indyk, Motwani 1998): the method that most tools of the field use.
//!
//! Each of [`BANDS`] × [`ROWS`] permutations gives the smallest value that it gives to any shingle. Two sets agree in a
//! permutation with probability J, their Jaccard similarity, so in all rows of some band with probability
//! 1 - (1 - J^rows)^bands. One permutation cut into bins would be ten times faster and is as good for whole documents;
//! but a paragraph has fewer shingles than there are bins, and values borrowed from bin to bin then bend the curve.
//!
//! A permutation is a multiply-shift hash (Dietzfelbinger 1996) of 32 bits of the shingle's hash.

use super::{Key, Method};
use crate::text::hash::mix;

/// Bands, and rows in each: 14 × 8 is what FineWeb and its tools use (datatrove's defaults), an S-curve that is steep at
/// Jaccard (1/14)^(1/8) = 0.72.
pub const BANDS: usize = 14;
/// See [`BANDS`].
pub const ROWS: usize = 8;
/// Permutations.
pub const PERMUTATIONS: usize = BANDS * ROWS;

/// See the module.
pub static METHOD: Method = Method {
    name: "minhash",
    doc: "MinHash, 112 permutations in 14 bands of 8 rows (the parameters of FineWeb): of pairs at Jaccard 0.6 a fifth meet, at 0.72 \
two thirds, at 0.8 nine of ten. Containment is missed.",
    keys,
    whole: 0,
    // One band is enough.
    share: BANDS,
    share_of_sample: BANDS,
};

fn keys(shingles: &[u64], out: &mut Vec<Key>) {
    if !shingles.is_empty() {
        let keys = bands(&signature(shingles));
        out.extend(keys.map(|key| Key { key, next: 0 }));
    }
}

/// The smallest value of each permutation.
pub fn signature(shingles: &[u64]) -> [u32; PERMUTATIONS] {
    let mut least = [u32::MAX; PERMUTATIONS];
    for &shingle in shingles {
        // Shingle hashes also order the winnowing: mixed anew, the two methods stay independent.
        let x = mix(shingle ^ 0x6d69_6e68_6173_6821) >> 32;
        for (least, (a, b)) in least.iter_mut().zip(&COEFFICIENTS) {
            *least = (*least).min((a.wrapping_mul(x).wrapping_add(*b) >> 32) as u32);
        }
    }
    least
}

/// One hash for each band; two paragraphs with one of them in common are candidates.
pub fn bands(signature: &[u32; PERMUTATIONS]) -> [u64; BANDS] {
    std::array::from_fn(|band| {
        let rows = &signature[band * ROWS..][..ROWS];
        rows.iter().fold(band as u64, |key, &row| {
            mix(key.rotate_left(21) ^ u64::from(row))
        })
    })
}

/// Factor and summand of each permutation: the sequence of SplitMix64 from 1, which is arbitrary.
static COEFFICIENTS: [(u64, u64); PERMUTATIONS] = {
    let mut out = [(0, 0); PERMUTATIONS];
    let mut i = 0;
    while i < PERMUTATIONS {
        out[i] = (split_mix(2 * i as u64 + 1), split_mix(2 * i as u64 + 2));
        i += 1;
    }
    out
};

/// The n-th value of SplitMix64 (Steele, Lea, Flood 2014).
const fn split_mix(n: u64) -> u64 {
    let mut x = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

#[cfg(test)]
mod tests {
    use super::super::tests::shingles;
    use super::*;

    /// Two sets of `count` shingles that share `shared`.
    fn pair(seed: u64, count: u64, shared: u64) -> (Vec<u64>, Vec<u64>) {
        let a = shingles(2 * seed, count);
        let mut b = a[..shared as usize].to_vec();
        b.extend(shingles(2 * seed + 1, count - shared));
        (a, b)
    }

    #[test]
    fn agreement_estimates_jaccard() {
        for shared in [400, 1000, 1600] {
            let (a, b) = pair(1, 2000, shared);
            let (a, b) = (signature(&a), signature(&b));
            let agree = a.iter().zip(&b).filter(|(x, y)| x == y).count() as f64;
            let jaccard = shared as f64 / (4000 - shared) as f64;
            // The standard deviation is at most 0.047.
            let estimate = agree / PERMUTATIONS as f64;
            assert!(
                (estimate - jaccard).abs() < 0.13,
                "{estimate} against {jaccard}"
            );
        }
    }

    #[test]
    fn pairs_of_short_paragraphs_meet_as_often_as_the_curve_says() {
        for (count, shared) in [(24, 16), (24, 20), (24, 22), (60, 52)] {
            let jaccard = f64::from(shared) / f64::from(2 * count - shared);
            let curve = 1.0 - (1.0 - jaccard.powi(ROWS as i32)).powi(BANDS as i32);
            let meets = |seed: &u64| {
                let (a, b) = pair(*seed, count as u64, shared as u64);
                let (a, b) = (bands(&signature(&a)), bands(&signature(&b)));
                a.iter().zip(&b).any(|(x, y)| x == y)
            };
            let met = (0..1000).filter(meets).count() as f64 / 1000.0;
            assert!(
                (met - curve).abs() < 0.05,
                "J {jaccard:.3}: {met} against {curve:.3}"
            );
        }
    }
}

//! MinHash with bands (Broder 1997; Indyk, Motwani 1998): the method that most tools of the field use.
//!
//! One permutation, many bins (Li, Owen, Zhang 2012): a shingle's hash picks its bin by its high bits, each bin keeps its
//! smallest hash, and an empty bin borrows from the next full one (Shrivastava, Li 2014). One pass over the shingles
//! gives all [`BANDS`] × [`ROWS`] values.

use super::{Key, Method};
use crate::text::hash::mix;

/// Bands, and rows in each: 14 × 8 is what FineWeb and its tools use (datatrove's defaults), an S-curve that is steep at
/// Jaccard (1/14)^(1/8) = 0.72.
pub const BANDS: usize = 14;
/// See [`BANDS`].
pub const ROWS: usize = 8;
const BINS: usize = BANDS * ROWS;

/// See the module.
pub static METHOD: Method = Method {
    name: "minhash",
    doc: "MinHash, 14 bands of 8 rows (the parameters of FineWeb): half of the pairs at Jaccard 0.72 meet, nearly all at 0.85, \
hardly any under 0.5. Containment is missed.",
    keys,
    whole: 0,
    // One band is enough.
    share: BANDS,
    share_of_sample: BANDS,
};

fn keys(shingles: &[u64], out: &mut Vec<Key>) {
    if shingles.is_empty() {
        return;
    }
    let bins = signature(shingles);
    for (band, rows) in bins.chunks_exact(ROWS).enumerate() {
        let key = rows
            .iter()
            .fold(band as u64, |key, &row| mix(key.rotate_left(21) ^ row));
        out.push(Key { key, next: 0 });
    }
}

fn signature(shingles: &[u64]) -> [u64; BINS] {
    let mut bins = [u64::MAX; BINS];
    for &shingle in shingles {
        // Shingle hashes also order the winnowing: mixed anew, the two methods stay independent.
        let hash = mix(shingle ^ 0x6d69_6e68_6173_6821);
        let bin = ((u128::from(hash) * BINS as u128) >> 64) as usize;
        bins[bin] = bins[bin].min(hash);
    }
    let full = bins;
    for (i, bin) in bins.iter_mut().enumerate() {
        let mut from = i;
        while full[from] == u64::MAX {
            from = (from + 1) % BINS;
        }
        // How far the value was borrowed is part of it, so that two paragraphs agree only when they agree in both.
        *bin = full[from].wrapping_add(((from + BINS - i) % BINS) as u64);
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::super::tests::shingles;
    use super::*;

    #[test]
    fn agreement_estimates_jaccard() {
        let base = shingles(1, 2000);
        for shared in [400usize, 1000, 1600] {
            let mut other = base[..shared].to_vec();
            other.extend(shingles(2, 2000 - shared as u64));
            let (a, b) = (signature(&base), signature(&other));
            let agree = a.iter().zip(&b).filter(|(x, y)| x == y).count() as f64 / BINS as f64;
            let jaccard = shared as f64 / (4000 - shared) as f64;
            assert!((agree - jaccard).abs() < 0.13, "{agree} against {jaccard}");
        }
    }
}

//! How cuts spread: over similarities, and over the input.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::removal::Ratio;

/// Bins of a histogram of similarities: each as wide as one step of the thresholds that people try.
pub const BINS: usize = 20;

/// Stretches of the input: a drift shows, and one document in a hundred is still seen.
pub const STRETCHES: usize = 100;

/// Cuts by similarity, in [`BINS`] equal bins from 0 to 1; the last one holds 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Similarities {
    /// Near duplicates by Jaccard similarity.
    pub near: [u64; BINS],
    /// Contained paragraphs by containment.
    pub contained: [u64; BINS],
}

impl Similarities {
    pub(super) fn count(&mut self, reason: &str, similarity: Ratio) {
        let bin = (similarity.0 as usize * BINS / 10_000).min(BINS - 1);
        match reason {
            "near_duplicate" => self.near[bin] += 1,
            _ => self.contained[bin] += 1,
        }
    }

    pub(super) fn add(&mut self, other: &Similarities) {
        let sum = |into: &mut [u64; BINS], from: &[u64; BINS]| {
            into.iter_mut().zip(from).for_each(|(a, b)| *a += b);
        };
        sum(&mut self.near, &other.near);
        sum(&mut self.contained, &other.contained);
    }
}

/// Bytes of text of some consecutive documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Read.
    pub r#in: u64,
    /// Removed as boilerplate.
    pub boilerplate: u64,
    /// Removed as duplicates.
    pub duplicates: u64,
}

impl AddAssign for Stretch {
    fn add_assign(&mut self, o: Self) {
        self.r#in += o.r#in;
        self.boilerplate += o.boilerplate;
        self.duplicates += o.duplicates;
    }
}

/// The stretch that a document stands in, by its number among `all` documents of the input.
pub fn stretch(number: u64, all: u64) -> usize {
    let at = u128::from(number) * STRETCHES as u128 / u128::from(all.max(1));
    (at as usize).min(STRETCHES - 1)
}

//! How alike two shingle sets are: counts, and exact integer ratios of them. It knows nothing about words or facts.
//!
//! The slow version: intersect two sets. The fast one merges two sorted lists without a branch on their order.

use std::fmt;

/// An exact ratio `part / whole`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ratio {
    /// What is shared.
    pub part: u32,
    /// What it is a share of; with 0 the ratio counts as 0.
    pub whole: u32,
}

impl Ratio {
    /// The ratio as hundredths of a percent, rounded to nearest, as every file of this program prints it.
    pub fn ten_thousandths(self) -> u32 {
        if self.whole == 0 {
            return 0;
        }
        let (part, whole) = (u64::from(self.part), u64::from(self.whole));
        ((part * 20_000 + whole) / (2 * whole)) as u32
    }
}

/// Four decimals, from integers, so that every machine prints the same digits.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.ten_thousandths();
        write!(f, "{}.{:04}", n / 10_000, n % 10_000)
    }
}

/// `|A ∩ B| / |A ∪ B|`.
pub fn jaccard(shared: u32, size_a: u32, size_b: u32) -> Ratio {
    Ratio {
        part: shared,
        whole: size_a + size_b - shared,
    }
}

/// `|A ∩ B| / min(|A|, |B|)`.
pub fn containment(shared: u32, size_a: u32, size_b: u32) -> Ratio {
    Ratio {
        part: shared,
        whole: size_a.min(size_b),
    }
}

/// Counts what two sorted lists of distinct shingles share.
pub fn shared(a: &[u64], b: &[u64]) -> u32 {
    let (mut i, mut j, mut found) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        found += u32::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn merging_counts_what_a_set_counts(
            a in proptest::collection::btree_set(0u64..60, 0..40),
            b in proptest::collection::btree_set(0u64..60, 0..40),
        ) {
            let slow = a.intersection(&b).count() as u32;
            let list = |s: &BTreeSet<u64>| s.iter().copied().collect::<Vec<_>>();
            prop_assert_eq!(shared(&list(&a), &list(&b)), slow);
        }
    }

    #[test]
    fn ratios_print_four_rounded_decimals() {
        assert_eq!(jaccard(1, 2, 2).to_string(), "0.3333");
        assert_eq!(containment(2, 3, 5).to_string(), "0.6667");
        assert_eq!(containment(0, 0, 5).to_string(), "0.0000");
        assert_eq!(jaccard(7, 7, 7).to_string(), "1.0000");
    }
}

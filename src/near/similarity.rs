//! How alike two shingle sets are: exact integer ratios of their sizes. It knows nothing about words or facts.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_print_four_rounded_decimals() {
        assert_eq!(jaccard(1, 2, 2).to_string(), "0.3333");
        assert_eq!(containment(2, 3, 5).to_string(), "0.6667");
        assert_eq!(containment(0, 0, 5).to_string(), "0.0000");
        assert_eq!(jaccard(7, 7, 7).to_string(), "1.0000");
    }
}

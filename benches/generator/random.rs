//! Chance that can be asked again: a stream of numbers for every name, the same on every machine.

/// SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    /// The stream of a name. Names that differ anywhere have streams that differ.
    pub(crate) fn of(name: [u64; 3]) -> Self {
        let mut random = Random(0);
        for part in name {
            random.0 ^= part;
            random.0 = random.bits();
        }
        random
    }

    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(limit)) >> 64) as u64
    }

    pub(crate) fn within(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from)
    }

    /// True `share` times in a thousand.
    pub(crate) fn chance(&mut self, share: u64) -> bool {
        self.below(1000) < share
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    /// A whole number from `first` on, that of rank r in proportion to about 1 / r², halves: the tail of Zipf's law
    /// with exponent 1.5, so that the number of distinct draws grows with the power 2/3 of all draws (Heaps' law).
    pub(crate) fn tail(&mut self, first: u64) -> u64 {
        let unit = 4_294_967_296.0 / (self.below(1 << 32) + 1) as f64;
        (first as f64 * unit * unit).min(1e15) as u64
    }

    /// A whole number below `limit`, that of rank r in proportion to about 1 / (r + offset): each doubling of
    /// (r + offset) holds as many draws as the one before.
    pub(crate) fn zipf(&mut self, offset: u64, limit: u64) -> u64 {
        // A doubling is drawn uniformly, then a place in it: no logarithm, whose last bit would differ between machines.
        let doublings = (64 - ((limit + offset) / offset.max(1)).leading_zeros()).max(1);
        loop {
            let start = offset.max(1) << self.below(u64::from(doublings));
            let drawn = start - offset.max(1) + self.below(start);
            if drawn < limit {
                return drawn;
            }
        }
    }
}

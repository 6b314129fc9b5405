//! A set of paragraphs, one bit each, that also tells how many members stand before a place.

/// A bit per number.
pub(super) struct Bits {
    words: Vec<u64>,
    /// Members before each block of [`BLOCK`] words; filled by [`Bits::count`].
    ranks: Vec<u64>,
}

/// Words between two counted places: 512 bits, one cache line.
const BLOCK: usize = 8;

impl Bits {
    pub(super) fn new(len: u64) -> Self {
        Bits {
            words: vec![0; len.div_ceil(64) as usize],
            ranks: Vec::new(),
        }
    }

    pub(super) fn get(&self, at: u64) -> bool {
        self.words[(at / 64) as usize] >> (at % 64) & 1 == 1
    }

    pub(super) fn set(&mut self, at: u64) {
        self.words[(at / 64) as usize] |= 1 << (at % 64);
    }

    /// Prepares [`Bits::rank`]; to be called after the last change.
    pub(super) fn count(&mut self) {
        let mut total = 0;
        let before = |block| {
            let before = total;
            total += ones(block);
            before
        };
        self.ranks = self.words.chunks(BLOCK).map(before).collect();
    }

    /// How many members are smaller than `at`.
    pub(super) fn rank(&self, at: u64) -> u64 {
        let word = (at / 64) as usize;
        let block = word / BLOCK;
        let below = self.words[word] & ((1 << (at % 64)) - 1);
        self.ranks[block] + ones(&self.words[block * BLOCK..word]) + u64::from(below.count_ones())
    }
}

fn ones(words: &[u64]) -> u64 {
    words.iter().map(|w| u64::from(w.count_ones())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_counts_what_is_before() {
        let mut bits = Bits::new(5000);
        let members: Vec<u64> = (0..5000).filter(|n| n % 7 == 3 || n % 64 == 0).collect();
        members.iter().for_each(|&m| bits.set(m));
        bits.count();
        for at in 0..5000 {
            assert_eq!(bits.get(at), members.contains(&at));
            assert_eq!(
                bits.rank(at),
                members.iter().filter(|&&m| m < at).count() as u64,
                "{at}"
            );
        }
    }
}

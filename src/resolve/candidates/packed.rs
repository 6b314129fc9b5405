//! Keys that two paragraphs share, all of them kept, eight bytes each, while there is room.
//!
//! Where they fit, every bucket is looked at once, and the pairs of one later paragraph are sorted and counted while they are
//! in the cache. Where they do not, they are counted in a table instead, and every bucket is looked at twice (`pairs`).

/// Parts that are filled at a time: each is some stretch of later paragraphs, and fits the second cache while they are few.
const PARTS: usize = 512;

/// Shared keys, by the stretch of the later paragraph.
pub(super) struct Packed {
    parts: Vec<Vec<u64>>,
    shift: u32,
}

impl Packed {
    /// For so many paragraphs; `None` when their numbers are too large.
    pub(super) fn new(paras: u64) -> Option<Self> {
        let bits = 64 - paras.max(1).leading_zeros();
        (bits <= 32).then(|| Packed {
            parts: vec![Vec::new(); PARTS],
            shift: bits.saturating_sub(PARTS.ilog2()),
        })
    }

    /// Adds a key that both have.
    #[inline]
    pub(super) fn push(&mut self, later: u64, earlier: u64) {
        self.parts[(later >> self.shift) as usize].push(later << 32 | earlier);
    }

    /// Bytes of memory.
    pub(super) fn bytes(&self) -> u64 {
        let capacity = self.parts.iter().map(Vec::capacity).sum::<usize>();
        (capacity * size_of::<u64>()) as u64
    }

    /// Gives all that was pushed, and holds nothing more.
    pub(super) fn drain(&mut self, mut pair: impl FnMut(u64, u64)) {
        for part in &mut self.parts {
            for packed in std::mem::take(part) {
                pair(packed >> 32, packed & u64::from(u32::MAX));
            }
        }
    }

    /// Joins what several threads packed, stretch by stretch.
    pub(super) fn join(hands: Vec<Packed>) -> Vec<Vec<Vec<u64>>> {
        let mut parts: Vec<Vec<Vec<u64>>> = vec![Vec::new(); PARTS];
        for hand in hands {
            for (part, own) in parts.iter_mut().zip(hand.parts) {
                part.push(own);
            }
        }
        parts
    }
}

/// Counts the keys of each pair of a stretch. `group` is given each later paragraph, ascending, with the earlier ones and how
/// many keys they share with it.
pub(super) fn count<E>(
    lists: Vec<Vec<u64>>,
    mut group: impl FnMut(u64, &mut Vec<(usize, u64)>) -> Result<(), E>,
) -> Result<(), E> {
    let mut lists = lists.into_iter();
    let mut all = lists.next().unwrap_or_default();
    lists.for_each(|list| all.extend(list));
    all.sort_unstable();
    let mut counted = Vec::new();
    for of_later in all.chunk_by(|a, b| a >> 32 == b >> 32) {
        let same = of_later.chunk_by(|a, b| a == b);
        counted.clear();
        counted.extend(same.map(|s| (s.len(), s[0] & u64::from(u32::MAX))));
        group(of_later[0] >> 32, &mut counted)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::mix;
    use std::collections::BTreeMap;

    #[test]
    fn every_key_of_every_pair_counts_once() {
        for paras in [1u64, 2, 700, 1 << 20, 1 << 32] {
            let Some(empty) = Packed::new(paras) else {
                assert!(paras > u64::from(u32::MAX));
                continue;
            };
            let mut hands = vec![empty, Packed::new(paras).unwrap()];
            let mut want: BTreeMap<(u64, u64), usize> = BTreeMap::new();
            for n in 0..3000u64 {
                let (later, earlier) = (mix(n % 900) % paras, mix(n % 70) % paras);
                hands[n as usize % 2].push(later, earlier);
                *want.entry((later, earlier)).or_default() += 1;
            }
            assert!(hands[0].bytes() >= 1500 * 8);
            let mut got = Vec::new();
            for part in Packed::join(hands) {
                let group = |later, earlier: &mut Vec<(usize, u64)>| {
                    got.extend(earlier.iter().map(|&(n, e)| ((later, e), n)));
                    Ok::<(), ()>(())
                };
                count(part, group).unwrap();
            }
            assert_eq!(got, want.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_drained_is_what_was_pushed() {
        let mut packed = Packed::new(5000).unwrap();
        (0..1000).for_each(|n| packed.push(4999 - n, n));
        let mut got = Vec::new();
        packed.drain(|later, earlier| got.push((later, earlier)));
        got.sort_unstable();
        let want: Vec<_> = (0..1000).rev().map(|n| (4999 - n, n)).collect();
        assert_eq!(got, want);
        assert_eq!(packed.bytes(), 0);
    }
}

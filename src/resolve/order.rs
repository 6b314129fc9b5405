//! The one total order of paragraphs, in which earlier ones are leaders of later ones.

use crate::config::Keep;

/// Bits for the ordinal below the length class.
const ORDINAL: u32 = 56;

/// Places in the order of leaders.
#[derive(Clone, Copy)]
pub(super) struct Order(pub(super) Keep);

impl Order {
    /// The place of a paragraph: `first` orders by input, `longest` by length class (longest first), then by input.
    pub(super) fn place(self, ordinal: u64, halves: u32) -> u64 {
        match self.0 {
            Keep::First => ordinal,
            Keep::Longest => u64::from(255 - class(halves / 2)) << ORDINAL | ordinal,
        }
    }

    /// The paragraph at a place.
    pub(super) fn ordinal(self, place: u64) -> u64 {
        place & ((1 << ORDINAL) - 1)
    }
}

/// The length class of a paragraph: how many entries of the table 1, 2, 3, 5, 8, 12, 18, 27, … are not longer than it, each
/// 1.5 times the one before and rounded up. Integers only, so that every machine agrees. Paragraphs of one class differ by
/// less than half of the shorter one's length.
fn class(tokens: u32) -> u8 {
    let (mut class, mut bound) = (0, 1u64);
    while bound <= u64::from(tokens) {
        class += 1;
        bound = (bound * 3).div_ceil(2);
    }
    class
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_classes_come_first_and_ordinals_come_back() {
        let order = Order(Keep::Longest);
        assert!(order.place(9, 2 * 100) < order.place(0, 2 * 10));
        assert!(order.place(0, 2 * 100) < order.place(1, 2 * 101));
        assert_eq!(order.ordinal(order.place(77, 31)), 77);
        assert_eq!(Order(Keep::First).place(5, 1000), 5);
        assert!(class(u32::MAX) < 255 && class(0) == 0 && class(1) == 1);
        let of = [1, 2, 3, 5, 8, 12, 18, 27, 41, 62].map(|n| (class(n - 1), class(n)));
        assert!(
            of.iter()
                .enumerate()
                .all(|(i, c)| *c == (i as u8, i as u8 + 1))
        );
        assert!((1..3000).all(|n| class(n) <= class(n + 1) && class(2 * n) > class(n)));
    }
}

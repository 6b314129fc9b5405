//! A paragraph as a bucket sees it: its place in the order of leaders, and in the lowest byte whether its keys are a sample
//! and the least number of keys that a pair of which it is the later one must share, at most [`MOST`].

use crate::resolve::order::Order;

/// Where counting ends.
pub(super) const MOST: usize = 127;

/// A paragraph at this place.
pub(super) fn new(place: u64, order: Order, least: usize, sampled: bool) -> u64 {
    let ordinal = order.ordinal(place);
    let low = least.min(MOST) as u64 | u64::from(sampled) << 7;
    place ^ ordinal | ordinal << 8 | low
}

/// Its place in the order of leaders.
pub(super) fn place(member: u64, order: Order) -> u64 {
    let ordinal = order.ordinal(member);
    member ^ ordinal | ordinal >> 8
}

/// How many keys it must share with an earlier one.
pub(super) fn least(member: u64) -> u8 {
    member as u8 & 127
}

/// Whether its keys are a sample.
pub(super) fn is_sampled(member: u64) -> bool {
    member & 128 != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Keep;

    #[test]
    fn members_stand_in_the_order_of_leaders() {
        for keep in [Keep::First, Keep::Longest] {
            let order = Order(keep);
            let mut members = Vec::new();
            for (ordinal, halves) in [(0, 30), (1, 900), (2, 30), (1 << 40, 31), (3, 2)] {
                let place = order.place(ordinal, halves);
                for (least, sampled) in [(0, true), (3, false), (127, true), (9000, false)] {
                    let member = new(place, order, least, sampled);
                    assert_eq!(super::place(member, order), place);
                    assert_eq!(usize::from(super::least(member)), least.min(MOST));
                    assert_eq!(is_sampled(member), sampled);
                }
                members.push((place, new(place, order, 7, ordinal % 2 == 0)));
            }
            members.sort_unstable();
            assert!(members.is_sorted_by_key(|m| m.1));
        }
    }
}

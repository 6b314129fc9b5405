//! Which kind of boilerplate a line is: a small table of words and shapes for each category. It decides nothing but the name.

use super::line::Shape;
use super::words::{self, BITS};
use crate::rules::Category;

/// Slots of the table.
pub const SLOTS: usize = 1 << 12;
/// How many categories there are.
pub const COUNT: usize = Category::ALL.len();

/// The slots of a line's features.
pub(crate) fn slots(tokens: &[u64], shape: &Shape, mut each: impl FnMut(usize)) {
    words::features(tokens, shape, |_, slot, _| {
        each((slot >> (BITS - 12)) as usize)
    });
}

/// The category whose weights add up to most; of equals the first.
pub(crate) fn of(weights: &[i8], tokens: &[u64], shape: &Shape) -> Category {
    let mut sums = [0i32; COUNT];
    slots(tokens, shape, |slot| {
        let row = &weights[slot * COUNT..(slot + 1) * COUNT];
        for (sum, &weight) in sums.iter_mut().zip(row) {
            *sum += i32::from(weight);
        }
    });
    let mut best = 0;
    for (i, &sum) in sums.iter().enumerate() {
        if sum > sums[best] {
            best = i;
        }
    }
    Category::ALL[best]
}

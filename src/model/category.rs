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

/// By how much the first category must lead to be named for the line's own words, in 1/32 of a logit.
const LEAD: i32 = 32;

/// The category whose weights add up to most, of equals the first; that of the block when it does not lead clearly.
pub(crate) fn of(
    weights: &[i8],
    tokens: &[u64],
    shape: &Shape,
    block: Option<Category>,
) -> Category {
    let mut sums = [0i32; COUNT];
    slots(tokens, shape, |slot| {
        // An array of known length is added up in a few instructions.
        let row: Option<&[i8; COUNT]> = weights[slot * COUNT..].first_chunk();
        for (sum, &weight) in sums.iter_mut().zip(row.expect("the table has all slots")) {
            *sum += i32::from(weight);
        }
    });
    let best = (0..COUNT).rev().max_by_key(|&i| sums[i]).unwrap_or(0);
    let lead = |other: Category| sums[best] - sums[other as usize];
    match block {
        Some(block) if lead(block) < LEAD => block,
        _ => Category::ALL[best],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_whose_words_say_little_belongs_to_its_block() {
        let (tokens, shape) = ([7, 8], Shape::default());
        let mut weights = vec![0i8; SLOTS * COUNT];
        slots(&tokens, &shape, |slot| {
            weights[slot * COUNT + Category::Share as usize] = 1;
        });
        let share = of(&weights, &tokens, &shape, None);
        assert_eq!(share, Category::Share);
        let block = Some(Category::Related);
        assert_eq!(of(&weights, &tokens, &shape, block), Category::Related);
        weights.iter_mut().for_each(|w| *w *= 100);
        assert_eq!(of(&weights, &tokens, &shape, block), Category::Share);
    }
}

//! The last short texts and what was found out about each: the same menus, buttons and notices come page after page.
//!
//! Owns where a text is kept and for how long; must not know what is found out. A text is asked for itself, never by its hash
//! alone, so that a memory never changes an answer, whatever its size.

use super::hash;

/// Texts that are remembered are no longer than this, in bytes: a menu's entry, a button, a notice of one sentence.
const LONGEST: usize = 120;

/// Texts in places that their hashes choose; the last one stays.
#[derive(Default)]
pub(crate) struct Memory<T> {
    places: Vec<(String, T)>,
    /// One less than their number, which is a power of two.
    mask: usize,
}

impl<T: Default> Memory<T> {
    /// A memory of so many places, a power of two. It takes up some [`LONGEST`] bytes and a `T` for each, once it is full.
    pub(crate) fn new(places: usize) -> Self {
        assert!(places.is_power_of_two(), "a mask chooses the place");
        Memory {
            places: std::iter::repeat_with(Default::default)
                .take(places)
                .collect(),
            mask: places - 1,
        }
    }

    /// What there is to know of a text; `find` puts it in place of what was known of another one.
    pub(crate) fn of(&mut self, text: &str, find: impl FnOnce(&mut T)) -> &T {
        let (known, found) = &mut self.places[hash::bytes64(text.as_bytes()) as usize & self.mask];
        if known != text {
            known.clear();
            find(found);
            known.push_str(text);
        }
        found
    }
}

/// True for a text that may be remembered: short, and not empty, as an unused place is.
pub(crate) fn fits(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn its_size_changes_no_answer(texts in prop::collection::vec("[a-c]{1,3}", 0..60)) {
            for places in [1, 2, 16, 1024] {
                let mut memory: Memory<Vec<u8>> = Memory::new(places);
                let mut asked = 0;
                for text in &texts {
                    let found = memory.of(text, |found| {
                        asked += 1;
                        found.clear();
                        found.extend(text.bytes().rev());
                    });
                    prop_assert!(found.iter().rev().eq(text.as_bytes()));
                }
                if places == 1024 && texts.len() > 39 {
                    prop_assert!(asked < texts.len(), "39 texts, and some came twice");
                }
            }
        }
    }

    #[test]
    fn short_texts_fit() {
        assert!(fits("a") && fits(&"a".repeat(LONGEST)));
        assert!(!fits("") && !fits(&"a".repeat(LONGEST + 1)));
    }
}

//! What is known of each paragraph once its keys were read, in two bytes: how many keys a pair of it must share, and how many of
//! its keys stand in buckets that did not give all their pairs.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use crate::method::Method;

/// Set for a paragraph whose keys are a sample.
const SAMPLED: u8 = 128;
/// Where counting ends.
pub(super) const MOST: u8 = 127;
/// So many hidden keys, or more, or nobody knows how many.
const MANY: u8 = u8::MAX;

/// Two bytes of each paragraph.
pub(super) struct Sizes {
    method: &'static Method,
    /// The number of keys; of a sample the least number that a pair must share.
    sizes: Vec<u8>,
    hidden: Vec<AtomicU8>,
}

impl Sizes {
    /// Of so many paragraphs.
    pub(super) fn new(paras: u64, method: &'static Method) -> Self {
        let mut hidden = Vec::new();
        hidden.resize_with(paras as usize, AtomicU8::default);
        Sizes {
            method,
            sizes: vec![0; paras as usize],
            hidden,
        }
    }

    /// Notes how many different keys a paragraph has.
    pub(super) fn set(&mut self, ordinal: u64, keys: u32, sampled: bool) {
        let most = u32::from(MOST);
        self.sizes[ordinal as usize] = match sampled {
            true => SAMPLED | keys.div_ceil(self.method.share as u32).min(most) as u8,
            false => keys.min(most) as u8,
        };
    }

    /// Notes that a key of the paragraph did not meet all others that have it.
    pub(super) fn hide(&self, ordinal: u64) {
        let hidden = &self.hidden[ordinal as usize];
        let _ = hidden.fetch_update(Relaxed, Relaxed, |n| n.checked_add(1));
    }

    /// Notes that the keys of the paragraph cannot be counted.
    pub(super) fn distrust(&self, ordinal: u64) {
        self.hidden[ordinal as usize].store(MANY, Relaxed);
    }

    /// How many keys of a later paragraph an earlier one must share; `None` when the paragraph has too many to tell.
    #[inline]
    pub(super) fn least(&self, later: u64, earlier: u64) -> Option<usize> {
        let size = self.sizes[later as usize];
        let number = size & !SAMPLED;
        if number == MOST {
            return None;
        }
        Some(match (size & SAMPLED != 0, self.is_sampled(earlier)) {
            (true, _) => usize::from(number),
            (false, true) => usize::from(number).div_ceil(self.method.share_of_sample),
            (false, false) => usize::from(number).div_ceil(self.method.share),
        })
    }

    /// Whether the keys of a paragraph are a sample.
    #[inline]
    pub(super) fn is_sampled(&self, ordinal: u64) -> bool {
        self.sizes[ordinal as usize] & SAMPLED != 0
    }

    /// The numbers of shingles of two paragraphs, and how many of them they have in common at most, when so many keys that both
    /// have met. `None` when the keys do not tell.
    ///
    /// Of a paragraph that is not sampled every shingle is a key. A key that both have meets, unless its bucket does not
    /// give all pairs: then it is hidden in both.
    pub(super) fn at_most(&self, a: u64, b: u64, met: usize) -> Option<([u32; 2], u32)> {
        let of = |ordinal: u64| {
            let size = self.sizes[ordinal as usize];
            let hidden = self.hidden[ordinal as usize].load(Relaxed);
            (size < MOST && hidden < MANY).then_some((u32::from(size), u32::from(hidden)))
        };
        let ((x, hidden_x), (y, hidden_y)) = (of(a)?, of(b)?);
        let shared = met as u32 + hidden_x.min(hidden_y);
        Some(([x, y], shared.min(x).min(y)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::keys::sorted_set;
    use crate::files::row::Entry;
    use crate::method::METHODS;
    use crate::resolve::candidates::buckets::{self, Meeting};
    use crate::text::hash::mix;
    use crate::text::shingle;
    use std::collections::HashMap;

    struct Heard<'s> {
        sizes: &'s Sizes,
        met: HashMap<(u64, u64), usize>,
    }

    impl Meeting for Heard<'_> {
        fn pair(&mut self, later: u64, earlier: u64) {
            *self.met.entry((later, earlier)).or_default() += 1;
        }

        fn hide(&mut self, member: u64) {
            self.sizes.hide(member);
        }
    }

    /// Paragraphs of up to 24 shingles out of few, so that most buckets are full, and of three templates or none: what was met
    /// and hidden is never less than what two of them have in common.
    #[test]
    fn what_keys_say_two_paragraphs_share_is_never_too_little() {
        for (of, templates) in [(3000, 200), (400, 200), (400, 3), (60, 200), (25, 3)] {
            let mut sizes = Sizes::new(120, METHODS[0]);
            let (mut entries, mut sets) = (Vec::new(), Vec::new());
            for member in 0..120u64 {
                let count = 1 + mix(member) % 24;
                let mut own: Vec<u64> =
                    (0..count).map(|n| mix(mix(member * 24 + n) % of)).collect();
                let mut keys = Vec::new();
                (METHODS[0].keys)(&own, &mut keys);
                sorted_set(&mut keys);
                shingle::sorted_set(&mut own);
                sizes.set(member, own.len() as u32, false);
                sets.push(own);
                entries.extend(keys.iter().map(|key| Entry {
                    key: key.key,
                    next: key.next,
                    member,
                    template: (member % templates) as u32,
                }));
            }
            entries.sort_unstable();
            let mut entries = entries.into_iter();
            let mut heard = Heard {
                sizes: &sizes,
                met: HashMap::new(),
            };
            buckets::meet(|| Ok(entries.next()), &mut heard).unwrap();
            let met = heard.met;
            let (mut exact, mut pairs) = (0, 0);
            for later in 0..120u64 {
                for earlier in 0..later {
                    let (x, y) = (&sets[later as usize], &sets[earlier as usize]);
                    let shared = shingle::intersection_size(x, y);
                    let met = met.get(&(later, earlier)).copied().unwrap_or(0);
                    assert!(met <= shared);
                    let (lengths, most) = sizes.at_most(later, earlier, met).unwrap();
                    assert_eq!(lengths, [x.len() as u32, y.len() as u32]);
                    assert!(most as usize >= shared, "{later} {earlier} of {of}");
                    exact += usize::from(most as usize == shared);
                    pairs += 1;
                }
            }
            assert!(of < 3000 || exact == pairs, "no bucket is full");
        }
    }

    #[test]
    fn what_a_pair_must_share_is_what_the_method_says() {
        for method in METHODS {
            let mut sizes = Sizes::new(2, method);
            for keys in 0..2000u32 {
                for (own, other) in [(false, false), (false, true), (true, false), (true, true)] {
                    sizes.set(0, keys, own);
                    sizes.set(1, 9, other);
                    let share = match !own && other {
                        true => method.share_of_sample,
                        false => method.share,
                    };
                    if let Some(least) = sizes.least(0, 1) {
                        let enough = |shared: usize| shared * share >= keys as usize;
                        assert!(enough(least) && (least == 0 || !enough(least - 1)));
                    } else {
                        assert!(keys >= 127);
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_said_of_samples_and_of_what_cannot_be_counted() {
        let mut sizes = Sizes::new(3, METHODS[0]);
        sizes.set(0, 20, false);
        sizes.set(1, 10, false);
        sizes.set(2, 10, true);
        assert_eq!(sizes.at_most(0, 1, 4), Some(([20, 10], 4)));
        assert_eq!(sizes.at_most(0, 2, 4), None);
        (0..3).for_each(|_| sizes.hide(0));
        assert_eq!(sizes.at_most(0, 1, 4), Some(([20, 10], 4)));
        sizes.hide(1);
        assert_eq!(sizes.at_most(1, 0, 4), Some(([10, 20], 5)));
        (0..300).for_each(|_| sizes.hide(1));
        assert_eq!(sizes.at_most(0, 1, 4), None);
        sizes.distrust(0);
        assert_eq!(sizes.at_most(0, 0, 4), None);
    }
}

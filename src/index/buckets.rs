//! Which paragraphs share a key, and how many keys they share: candidates in the order of arrival.

use rustc_hash::FxHashMap;

use crate::config::Guard;
use crate::method::{FULL, Key};

/// Beyond, the first ones and so many last ones.
const LAST: usize = 4;

/// Paragraphs by key.
#[derive(Default)]
pub(super) struct Buckets(FxHashMap<u64, Vec<Held>>);

#[derive(Clone, Copy)]
struct Held {
    number: u32,
    template: u32,
}

/// A paragraph that was met.
pub(super) struct Member {
    pub(super) number: u32,
    /// Keys that it shares.
    pub(super) shared: u32,
}

impl Buckets {
    /// Adds a paragraph under its keys. Without the guard no paragraph is a member of a template.
    pub(super) fn add(&mut self, number: u32, template: u32, keys: &[Key], guard: Guard) {
        let template = match guard {
            Guard::Facts => template,
            Guard::Off => number,
        };
        for key in keys {
            let bucket = self.0.entry(key.key).or_default();
            if bucket.len() == FULL + LAST {
                bucket.remove(FULL);
            }
            bucket.push(Held { number, template });
        }
    }

    /// The paragraphs that share a key with one that is not added yet. Of the members of one template only the first is met in a
    /// bucket, and the last if nothing stands behind it: they say the same but for facts.
    pub(super) fn meet(&self, keys: &[Key], template: u32, guard: Guard) -> Vec<Member> {
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        for key in keys {
            let Some(bucket) = self.0.get(&key.key) else {
                continue;
            };
            let mut of_template = 0;
            for (i, held) in bucket.iter().enumerate() {
                let alike = guard == Guard::Facts && held.template == template;
                if alike && i + 1 < bucket.len() {
                    of_template += 1;
                    if of_template > 1 {
                        continue;
                    }
                }
                *shared.entry(held.number).or_default() += 1;
            }
        }
        let members = shared.into_iter();
        members
            .map(|(number, shared)| Member { number, shared })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: u64) -> Key {
        Key { key, next: 0 }
    }

    #[test]
    fn those_are_met_that_share_a_key() {
        let mut buckets = Buckets::default();
        buckets.add(0, 10, &[key(1), key(2)], Guard::Facts);
        buckets.add(1, 11, &[key(2), key(3)], Guard::Facts);
        let mut met = buckets.meet(&[key(1), key(2), key(4)], 12, Guard::Facts);
        met.sort_by_key(|m| m.number);
        let met: Vec<_> = met.iter().map(|m| (m.number, m.shared)).collect();
        assert_eq!(met, [(0, 2), (1, 1)]);
    }

    #[test]
    fn of_a_template_the_first_and_the_last_are_met() {
        for (guard, expected) in [(Guard::Facts, vec![0, 9]), (Guard::Off, (0..10).collect())] {
            let mut buckets = Buckets::default();
            for number in 0..10 {
                buckets.add(number, 7, &[key(1)], guard);
            }
            let mut met: Vec<u32> = buckets
                .meet(&[key(1)], 7, guard)
                .iter()
                .map(|m| m.number)
                .collect();
            met.sort_unstable();
            assert_eq!(met, expected);
        }
    }

    #[test]
    fn a_full_bucket_stays_small() {
        let mut buckets = Buckets::default();
        for number in 0..10_000 {
            buckets.add(number, number, &[key(1)], Guard::Facts);
        }
        let met = buckets.meet(&[key(1)], u32::MAX, Guard::Facts);
        assert_eq!(met.len(), FULL + LAST);
        assert!(met.iter().any(|m| m.number == 0) && met.iter().any(|m| m.number == 9_999));
    }
}

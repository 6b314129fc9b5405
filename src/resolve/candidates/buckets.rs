//! Buckets: the paragraphs that have one key, and which pairs of them are looked at.
//!
//! A bucket of at most [`FULL`] paragraphs gives all its pairs. A fuller one is split by what follows the key in the text,
//! which is the same as looking for longer shared runs; in what is still too full each paragraph meets the first few and
//! its nearest predecessors. So a bucket costs time linear in its size and next to no memory, and a million copies of a
//! stock phrase cannot hide a pair that also shares something rarer.
//!
//! Members of one *template* (equal but for facts) are not duplicates of each other, save for list numbers and the like,
//! so a bucket pairs each of them only with the first and the one before it.

use std::collections::VecDeque;

use crate::error::Result;
use crate::files::row::Entry;
use crate::method::FULL;

/// Of a bucket that stays too full, each paragraph meets so many first ones and so many before it.
const FIRST: usize = 4;
const NEAR: usize = 4;

/// Who is told what a bucket gives.
pub(super) trait Meeting {
    /// These two have one key.
    fn pair(&mut self, later: u64, earlier: u64);

    /// This one has a key that others have with whom it does not meet.
    fn hide(&mut self, member: u64);
}

/// Gives the pairs of all buckets, as places in the order of leaders, the later one first. Entries come by key, by what follows, and by their place
/// in the order.
pub(super) fn meet(
    mut read: impl FnMut() -> Result<Option<Entry>>,
    to: &mut impl Meeting,
) -> Result<()> {
    let (mut bucket, mut full) = (Vec::with_capacity(FULL + 1), false);
    let mut part = Part::default();
    let mut key = None;
    loop {
        let entry = read()?;
        if entry.map(|e| e.key) != key {
            all(&mut bucket, to);
            part.end(to);
            (key, full) = (entry.map(|e| e.key), false);
        }
        let Some(entry) = entry else { return Ok(()) };
        if full {
            to.hide(entry.member);
            part.push(entry, to);
            continue;
        }
        bucket.push(entry);
        full = bucket.len() > FULL;
        if full {
            for entry in bucket.drain(..) {
                to.hide(entry.member);
                part.push(entry, to);
            }
        }
    }
}

/// All pairs of a few paragraphs, which are then forgotten.
fn all(few: &mut Vec<Entry>, to: &mut impl Meeting) {
    few.sort_unstable_by_key(|e| e.member);
    for (i, later) in few.iter().enumerate().skip(1) {
        let mut of_template = 0;
        for (j, earlier) in few[..i].iter().enumerate() {
            if earlier.template == later.template && j + 1 < i {
                of_template += 1;
                if of_template > 1 {
                    to.hide(later.member);
                    to.hide(earlier.member);
                    continue;
                }
            }
            to.pair(later.member, earlier.member);
        }
    }
    few.clear();
}

/// The members of a full bucket that go on alike, in order. However many there are, only some are held.
#[derive(Default)]
struct Part {
    next: u32,
    /// All of them, while they are few.
    few: Vec<Entry>,
    /// Once they are many: the first ones, each of another template, since a template's members say the same but for facts.
    firsts: Vec<Entry>,
    /// The last ones, latest first.
    recent: VecDeque<Entry>,
}

impl Part {
    fn push(&mut self, entry: Entry, to: &mut impl Meeting) {
        if entry.next != self.next {
            self.end(to);
            self.next = entry.next;
        }
        if !self.firsts.is_empty() {
            self.meet(entry, to);
            return;
        }
        self.few.push(entry);
        if self.few.len() > FULL {
            for entry in std::mem::take(&mut self.few) {
                self.meet(entry, to);
            }
        }
    }

    /// One of many.
    fn meet(&mut self, later: Entry, to: &mut impl Meeting) {
        for earlier in &self.firsts {
            to.pair(later.member, earlier.member);
        }
        for (i, earlier) in self.recent.iter().enumerate() {
            let known = self.firsts.iter().any(|f| f.member == earlier.member);
            if !known && (i == 0 || earlier.template != later.template) {
                to.pair(later.member, earlier.member);
            }
        }
        let new = |f: &Entry| f.template != later.template;
        if self.firsts.len() < FIRST && self.firsts.iter().all(new) {
            self.firsts.push(later);
        }
        self.recent.truncate(NEAR - 1);
        self.recent.push_front(later);
    }

    fn end(&mut self, to: &mut impl Meeting) {
        all(&mut self.few, to);
        self.firsts.clear();
        self.recent.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[derive(Default)]
    struct Heard {
        pairs: Vec<(u64, u64)>,
        hidden: Vec<u64>,
    }

    impl Meeting for Heard {
        fn pair(&mut self, later: u64, earlier: u64) {
            self.pairs.push((later, earlier));
        }

        fn hide(&mut self, member: u64) {
            self.hidden.push(member);
        }
    }

    /// The pairs of these entries, which are put into order first. Whom a bucket leaves out is hidden on both sides.
    fn pairs_of(mut entries: Vec<Entry>) -> Vec<(u64, u64)> {
        let mut heard = Heard::default();
        entries.sort_unstable();
        let mut left = entries.iter().copied();
        meet(|| Ok(left.next()), &mut heard).unwrap();
        let met: HashSet<(u64, u64)> = heard.pairs.iter().copied().collect();
        let hidden: HashSet<u64> = heard.hidden.iter().copied().collect();
        for later in entries.iter().take(150) {
            for earlier in entries.iter().filter(|e| e.member < later.member) {
                let both = hidden.contains(&later.member) && hidden.contains(&earlier.member);
                assert!(both || met.contains(&(later.member, earlier.member)));
            }
        }
        heard.pairs
    }

    fn bucket(size: u64, next: impl Fn(u64) -> u32, template: impl Fn(u64) -> u32) -> Vec<Entry> {
        (0..size)
            .map(|member| Entry {
                key: 1,
                member,
                next: next(member),
                template: template(member),
            })
            .collect()
    }

    #[test]
    fn a_small_bucket_gives_all_pairs_once() {
        let got = pairs_of(bucket(FULL as u64, |_| 0, |i| i as u32));
        assert_eq!(got.len(), FULL * (FULL - 1) / 2);
        assert!(got.iter().all(|(later, earlier)| earlier < later));
    }

    #[test]
    fn a_full_bucket_stays_linear() {
        for (next, template) in [(0u32, 0u32), (0, 1), (1, 0), (1, 1)] {
            let got = pairs_of(bucket(20_000, |i| i as u32 * next, |i| i as u32 * template));
            assert!(got.len() < 20_000 * (FIRST + NEAR), "{}", got.len());
            assert!(got.iter().all(|(later, earlier)| earlier < later));
        }
    }

    #[test]
    fn a_full_bucket_equals_the_definition() {
        // Parts of all sizes, templates in stretches and one by one.
        for (parts, stretch) in [(1, 1), (1, 7), (3, 1), (3, 50), (40, 2), (900, 1)] {
            let entries = bucket(3000, |i| (i % parts) as u32, |i| (i / stretch % 90) as u32);
            let mut want = Vec::new();
            for part in 0..parts as u32 {
                let own: Vec<&Entry> = entries.iter().filter(|e| e.next == part).collect();
                let mut firsts: Vec<&Entry> = Vec::new();
                for e in &own {
                    if firsts.len() < FIRST && firsts.iter().all(|f| f.template != e.template) {
                        firsts.push(e);
                    }
                }
                for (i, later) in own.iter().enumerate() {
                    let mut first_of_template = true;
                    for (j, earlier) in own[..i].iter().enumerate() {
                        let alike = earlier.template == later.template;
                        let met = if own.len() <= FULL {
                            let first = alike && std::mem::take(&mut first_of_template);
                            !alike || first || j + 1 == i
                        } else {
                            let near = j + NEAR >= i && !alike || j + 1 == i;
                            near || firsts.iter().any(|f| f.member == earlier.member)
                        };
                        if met {
                            want.push((later.member, earlier.member));
                        }
                    }
                }
            }
            let mut got = pairs_of(entries);
            got.sort_unstable();
            want.sort_unstable();
            assert!(got == want, "{parts} parts, templates of {stretch}");
        }
    }

    #[test]
    fn a_full_bucket_still_pairs_what_goes_on_alike() {
        let got = pairs_of(bucket(1000, |i| (i / 2) as u32, |i| i as u32));
        assert!((0..500).all(|i| got.contains(&(2 * i + 1, 2 * i))));
    }
}

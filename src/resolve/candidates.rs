//! Candidates: which pairs of paragraphs are worth verifying.
//!
//! The slow version compares all pairs. This one looks only at pairs that share a key of the method, and keeps for each
//! paragraph at most [`LIMIT`] earlier ones: those that share the most keys, the earlier of equals.
//!
//! 1. All keys are sorted, by what follows them in the text besides; paragraphs with the same key stand together in a
//!    *bucket*. (Most keys that only one paragraph has are left out; see `entries`.)
//! 2. A bucket of at most [`FULL`] paragraphs gives all its pairs. A fuller one is split by the key that follows in the
//!    text, which is the same as looking for longer shared runs; in what is still too full each paragraph meets the first few
//!    and its nearest predecessors. So a bucket costs time linear in its size and next to no memory, and a million copies of
//!    a stock phrase cannot hide a pair that also shares something rarer.
//! 3. Pairs are sorted by the later paragraph and counted. Those that share too few keys of it are not looked at: how few
//!    is the method's to say.
//!
//! Members of one *template* (equal but for facts) are not duplicates of each other, save for list numbers and the like,
//! so a bucket pairs each of them only with the first and the one before it.

use std::collections::VecDeque;
use std::sync::Mutex;

use super::bits::Bits;
use super::corpus::Corpus;
use super::entries::{Entries, Part as Entered};
use super::order::Order;
use crate::config::Guard;
use crate::error::{Error, Result};
use crate::files::row::{Entry, Pair, flag};
use crate::files::sort::{Sorted, Sorter};
use crate::method::{self, Method};
use crate::parallel;
use crate::resources::Resources;

/// Most candidates of a paragraph that are verified.
pub(super) const LIMIT: usize = 64;
/// Largest bucket of which all pairs are taken.
const FULL: usize = 32;
/// Of a bucket that stays too full, each paragraph meets so many first ones and so many before it.
const FIRST: usize = 4;
const NEAR: usize = 4;

/// The candidates of one paragraph.
#[derive(Debug, Clone)]
pub(super) struct Candidates {
    /// Place of the paragraph in the order of leaders.
    pub(super) later: u64,
    /// Places of earlier ones, most shared keys first.
    pub(super) earlier: Vec<u64>,
    /// True when there were more than [`LIMIT`].
    pub(super) met_limit: bool,
}

/// A stream of candidates, by later paragraph.
pub(super) struct Stream<'a> {
    corpus: &'a Corpus,
    order: Order,
    method: &'static Method,
    /// Paragraphs whose keys are a sample.
    sampled: Bits,
    pairs: Sorted<Pair>,
    pending: Option<Pair>,
    group: Vec<Pair>,
}

/// Finds all candidates among paragraphs that are not copies.
pub(super) fn find<'a>(
    corpus: &'a Corpus,
    copies: &Bits,
    resources: &Resources,
) -> Result<Stream<'a>> {
    // Without the guard facts do not matter, so no paragraph is a member of a template.
    let template = |ordinal: u64, key: u64| match corpus.config.guard {
        Guard::Facts => key as u32,
        Guard::Off => ordinal as u32,
    };
    let order = Order(corpus.config.keep);
    let mut entries = Entries::new(resources.sixteenths(6), &corpus.work.temp());
    let mut paras = corpus.all_paras();
    let mut current = Owner::default();
    let mut sampled = Bits::new(corpus.paras);
    corpus.all_posts().try_for_each(|post| {
        let post = post?;
        // Keys lie in the order of paragraphs, so that one step through the paragraphs serves them all.
        while current.left == 0 {
            let (ordinal, para) = paras.next().unwrap_or_else(|| Err(astray()))?;
            if para.samples == 0 || corpus.is_known_copy(ordinal) {
                continue;
            }
            current = Owner {
                left: para.samples,
                is_candidate: !copies.get(ordinal) && !corpus.frequent.goes(ordinal),
                order: order.place(ordinal, para.halves),
                template: template(ordinal, para.template),
            };
            if current.is_candidate && para.flags & flag::SAMPLED != 0 {
                sampled.set(ordinal);
            }
        }
        current.left -= 1;
        if !current.is_candidate {
            return Ok(());
        }
        entries.push(Entry {
            key: post.key,
            order: current.order,
            next: post.next,
            template: current.template,
        })
    })?;
    if current.left > 0 {
        return Err(astray());
    }
    let pairs = all_pairs(corpus, entries.finish(), resources)?;
    Ok(Stream {
        corpus,
        order,
        method: method::of(corpus.config.method),
        sampled,
        pairs,
        pending: None,
        group: Vec::new(),
    })
}

/// The paragraph of which keys are being read.
#[derive(Default)]
struct Owner {
    /// How many of its keys are still to come.
    left: u32,
    /// False for one that goes already.
    is_candidate: bool,
    order: u64,
    template: u32,
}

/// Files whose checksums hold and that still do not belong together.
fn astray() -> Error {
    Error::phase("the scan holds another number of keys than its paragraphs have")
        .hint("empty the work folder and scan again")
}

/// Most bytes of pairs for a byte of entries: of a bucket of 32 there are 496, of 16 bytes each, for 32 entries of 24.
const PAIRS: u64 = 11;
/// Parts that a thread takes in turn, at most.
const TURNS: usize = 4;

/// The pairs of all parts. Parts that are in memory are worked on side by side, as far as there is room for their pairs.
fn all_pairs(corpus: &Corpus, parts: Vec<Entered>, resources: &Resources) -> Result<Sorted<Pair>> {
    let mut pairs = Sorter::new(resources.sixteenths(5), corpus.work.temp());
    // What a reference's own paragraphs are to each other is known.
    let is_new = |pair: &Pair| pair.later >= corpus.base;
    let most = match resources.threads {
        1 => 1,
        threads => TURNS * threads,
    };
    let mut states = vec![Vec::new(); resources.threads];
    let mut parts = parts.into_iter().peekable();
    while let Some(first) = parts.next() {
        resources.check_stop()?;
        let need = |part: &Entered| part.bytes().map_or(u64::MAX, |bytes| bytes * PAIRS);
        let mut room = resources.sixteenths(2).saturating_sub(need(&first));
        let mut few = vec![Mutex::new(Some(first))];
        while let Some(next) = parts.next_if(|next| few.len() < most && need(next) <= room) {
            room -= need(&next);
            few.push(Mutex::new(Some(next)));
        }
        let take = |part: &Mutex<Option<Entered>>| {
            let part = part.lock().expect("nobody panics with a part").take();
            part.expect("each part is taken once")
        };
        if let [only] = &few[..] {
            let mut entries = take(only).sorted(&mut states[0])?;
            meet(|| entries.read(), &mut |later, earlier| {
                let pair = Pair { later, earlier };
                if is_new(&pair) {
                    pairs.push(pair)
                } else {
                    Ok(())
                }
            })?;
            continue;
        }
        let found = parallel::each(&mut states, &few, |counts, part| {
            let mut entries = take(part).sorted(counts)?;
            let mut found = Vec::new();
            meet(|| entries.read(), &mut |later, earlier| {
                let pair = Pair { later, earlier };
                found.extend(is_new(&pair).then_some(pair));
                Ok(())
            })?;
            Ok(found)
        })?;
        for pair in found.into_iter().flatten() {
            pairs.push(pair)?;
        }
    }
    pairs.finish()
}

/// Gives the pairs of all buckets. Entries come by key, by what follows, and by their place in the order.
fn meet(
    mut read: impl FnMut() -> Result<Option<Entry>>,
    pair: &mut impl FnMut(u64, u64) -> Result<()>,
) -> Result<()> {
    let (mut bucket, mut full) = (Vec::with_capacity(FULL + 1), false);
    let mut part = Part::default();
    let mut key = None;
    loop {
        let entry = read()?;
        if entry.map(|e| e.key) != key {
            all(&mut bucket, pair)?;
            part.end(pair)?;
            (key, full) = (entry.map(|e| e.key), false);
        }
        let Some(entry) = entry else { return Ok(()) };
        if full {
            part.push(entry, pair)?;
            continue;
        }
        bucket.push(entry);
        full = bucket.len() > FULL;
        if full {
            for entry in bucket.drain(..) {
                part.push(entry, pair)?;
            }
        }
    }
}

/// All pairs of a few paragraphs, which are then forgotten.
fn all(few: &mut Vec<Entry>, pair: &mut impl FnMut(u64, u64) -> Result<()>) -> Result<()> {
    few.sort_unstable_by_key(|e| e.order);
    for (i, later) in few.iter().enumerate().skip(1) {
        let mut of_template = 0;
        for (j, earlier) in few[..i].iter().enumerate() {
            if earlier.template == later.template && j + 1 < i {
                of_template += 1;
                if of_template > 1 {
                    continue;
                }
            }
            pair(later.order, earlier.order)?;
        }
    }
    few.clear();
    Ok(())
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
    fn push(&mut self, entry: Entry, pair: &mut impl FnMut(u64, u64) -> Result<()>) -> Result<()> {
        if entry.next != self.next {
            self.end(pair)?;
            self.next = entry.next;
        }
        if !self.firsts.is_empty() {
            return self.meet(entry, pair);
        }
        self.few.push(entry);
        if self.few.len() > FULL {
            for entry in std::mem::take(&mut self.few) {
                self.meet(entry, pair)?;
            }
        }
        Ok(())
    }

    /// One of many.
    fn meet(&mut self, later: Entry, pair: &mut impl FnMut(u64, u64) -> Result<()>) -> Result<()> {
        for earlier in &self.firsts {
            pair(later.order, earlier.order)?;
        }
        for (i, earlier) in self.recent.iter().enumerate() {
            let known = self.firsts.iter().any(|f| f.order == earlier.order);
            if !known && (i == 0 || earlier.template != later.template) {
                pair(later.order, earlier.order)?;
            }
        }
        let new = |f: &Entry| f.template != later.template;
        if self.firsts.len() < FIRST && self.firsts.iter().all(new) {
            self.firsts.push(later);
        }
        self.recent.truncate(NEAR - 1);
        self.recent.push_front(later);
        Ok(())
    }

    fn end(&mut self, pair: &mut impl FnMut(u64, u64) -> Result<()>) -> Result<()> {
        all(&mut self.few, pair)?;
        self.firsts.clear();
        self.recent.clear();
        Ok(())
    }
}

impl Stream<'_> {
    /// The next paragraph that has candidates.
    pub(super) fn next(&mut self) -> Result<Option<Candidates>> {
        loop {
            self.pairs
                .group(&mut self.pending, &mut self.group, |a, b| {
                    a.later == b.later
                })?;
            let Some(first) = self.group.first() else {
                return Ok(None);
            };
            let later = first.later;
            let ordinal = self.order.ordinal(later);
            let keys = self.corpus.para(ordinal)?.samples as usize;
            let whole = !self.sampled.get(ordinal);
            let mut counted: Vec<(usize, u64)> = self
                .group
                .chunk_by(|a, b| a == b)
                .map(|same| (same.len(), same[0].earlier))
                .collect();
            counted.retain(|&(shared, earlier)| {
                let of_sample = whole && self.sampled.get(self.order.ordinal(earlier));
                let share = match of_sample {
                    true => self.method.share_of_sample,
                    false => self.method.share,
                };
                shared * share >= keys
            });
            if counted.is_empty() {
                continue;
            }
            counted.sort_unstable_by_key(|&(shared, earlier)| (std::cmp::Reverse(shared), earlier));
            let met_limit = counted.len() > LIMIT;
            counted.truncate(LIMIT);
            return Ok(Some(Candidates {
                later,
                earlier: counted.into_iter().map(|c| c.1).collect(),
                met_limit,
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pairs of these entries, which are put into order first.
    fn pairs_of(mut entries: Vec<Entry>) -> Vec<(u64, u64)> {
        let mut out = Vec::new();
        entries.sort_unstable();
        let mut entries = entries.into_iter();
        meet(|| Ok(entries.next()), &mut |later, earlier| {
            out.push((later, earlier));
            Ok(())
        })
        .unwrap();
        out
    }

    fn bucket(size: u64, next: impl Fn(u64) -> u32, template: impl Fn(u64) -> u32) -> Vec<Entry> {
        (0..size)
            .map(|order| Entry {
                key: 1,
                order,
                next: next(order),
                template: template(order),
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
                            near || firsts.iter().any(|f| f.order == earlier.order)
                        };
                        if met {
                            want.push((later.order, earlier.order));
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

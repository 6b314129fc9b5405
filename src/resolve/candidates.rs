//! Candidates: which pairs of paragraphs are worth verifying.
//!
//! The slow version compares all pairs. This one looks only at pairs that share a key of the method, and keeps for each
//! paragraph at most [`LIMIT`] earlier ones: those that share the most keys, the earlier of equals.
//!
//! 1. All keys are sorted; paragraphs with the same key stand together in a *bucket*.
//! 2. A bucket of at most [`FULL`] paragraphs gives all its pairs. A fuller one is split by the key that follows in the
//!    text, which is the same as looking for longer shared runs; what is still too full gives each paragraph the first few
//!    and its nearest predecessors. So a bucket costs time linear in its size, and a million copies of a stock phrase
//!    cannot hide a pair that also shares something rarer.
//! 3. Pairs are sorted by the later paragraph and counted.
//!
//! Members of one *template* (equal but for facts) are not duplicates of each other, save for list numbers and the like,
//! so a bucket pairs each of them only with the first and the one before it.

use super::bits::Bits;
use super::corpus::Corpus;
use super::order::Order;
use crate::config::Guard;
use crate::error::Result;
use crate::files::row::{Entry, Pair};
use crate::files::sort::{Sorted, Sorter};
use crate::resources::Resources;

/// Most candidates of a paragraph that are verified.
pub(super) const LIMIT: usize = 64;
/// Largest bucket of which all pairs are taken.
const FULL: usize = 32;
/// Of a bucket that stays too full, each paragraph meets so many first ones and so many before it.
const FIRST: usize = 8;
const NEAR: usize = 8;
/// A paragraph goes only when at least about a quarter of its shingles stand in the witness (twelve contained tokens may
/// have eight new ones at either end). Sampling is uneven, so a sixth of its keys must agree.
const LEAST_SHARE: usize = 6;

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
    let mut entries = Sorter::new(resources.sixteenths(6), corpus.work.temp());
    let mut paras = corpus.all_paras();
    let mut current = None;
    for row in corpus.all_posts() {
        let (ordinal, post) = row?;
        // Keys lie in the order of paragraphs, so that one step through the paragraphs serves them all.
        while current.as_ref().is_none_or(|&(at, _)| at != ordinal) {
            current = paras.next().transpose()?;
        }
        if copies.get(ordinal) || corpus.frequent.goes(ordinal) {
            continue;
        }
        let (_, para) = current.as_ref().expect("every key has a paragraph");
        entries.push(Entry {
            key: post.key,
            order: order.place(ordinal, para.halves),
            next: post.next,
            template: template(ordinal, para.template),
        })?;
    }
    let mut entries = entries.finish()?;
    let mut pairs = Sorter::new(resources.sixteenths(5), corpus.work.temp());
    let (mut pending, mut bucket) = (None, Vec::new());
    loop {
        entries.group(&mut pending, &mut bucket, |a, b| a.key == b.key)?;
        if bucket.is_empty() {
            break;
        }
        // A paragraph that holds a shingle twice stands in its bucket once.
        bucket.dedup_by_key(|e| e.order);
        if bucket.len() > 1 {
            meet(&mut bucket, &mut |later, earlier| {
                pairs.push(Pair { later, earlier })
            })?;
        }
    }
    Ok(Stream {
        corpus,
        order,
        pairs: pairs.finish()?,
        pending: None,
        group: Vec::new(),
    })
}

/// Gives the pairs of a bucket, which is in the order of leaders.
fn meet(bucket: &mut [Entry], pair: &mut impl FnMut(u64, u64) -> Result<()>) -> Result<()> {
    if bucket.len() <= FULL {
        return all(bucket, pair);
    }
    some(bucket, FIRST / 2, 0, pair)?;
    bucket.sort_unstable_by_key(|e| (e.next, e.order));
    for group in bucket.chunk_by(|a, b| a.next == b.next) {
        if group.len() <= FULL {
            all(group, pair)?
        } else {
            some(group, FIRST, NEAR, pair)?
        }
    }
    Ok(())
}

fn all(group: &[Entry], pair: &mut impl FnMut(u64, u64) -> Result<()>) -> Result<()> {
    for (i, later) in group.iter().enumerate().skip(1) {
        let mut of_template = 0;
        for (j, earlier) in group[..i].iter().enumerate() {
            if earlier.template == later.template && j + 1 < i {
                of_template += 1;
                if of_template > 1 {
                    continue;
                }
            }
            pair(later.order, earlier.order)?;
        }
    }
    Ok(())
}

fn some(
    group: &[Entry],
    first: usize,
    near: usize,
    pair: &mut impl FnMut(u64, u64) -> Result<()>,
) -> Result<()> {
    // The first ones, each of another template: a template's members say the same but for facts.
    let mut firsts: Vec<&Entry> = Vec::with_capacity(first);
    for entry in group {
        if firsts.len() == first {
            break;
        }
        if firsts.iter().all(|f| f.template != entry.template) {
            firsts.push(entry);
        }
    }
    for (i, later) in group.iter().enumerate().skip(1) {
        for earlier in firsts.iter().filter(|f| f.order < later.order) {
            pair(later.order, earlier.order)?;
        }
        for (j, earlier) in group[i.saturating_sub(near)..i].iter().rev().enumerate() {
            let known = firsts.iter().any(|f| f.order == earlier.order);
            if !known && (j == 0 || earlier.template != later.template) {
                pair(later.order, earlier.order)?;
            }
        }
    }
    Ok(())
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
            let samples = self.corpus.para(self.order.ordinal(later))?.samples as usize;
            let mut counted: Vec<(usize, u64)> = self
                .group
                .chunk_by(|a, b| a == b)
                .map(|same| (same.len(), same[0].earlier))
                .collect();
            counted.retain(|c| c.0 * LEAST_SHARE >= samples);
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

    fn pairs_of(bucket: &mut [Entry]) -> Vec<(u64, u64)> {
        let mut out = Vec::new();
        meet(bucket, &mut |later, earlier| {
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
        let got = pairs_of(&mut bucket(FULL as u64, |_| 0, |i| i as u32));
        assert_eq!(got.len(), FULL * (FULL - 1) / 2);
        assert!(got.iter().all(|(later, earlier)| earlier < later));
    }

    #[test]
    fn a_full_bucket_stays_linear() {
        for (next, template) in [(0u32, 0u32), (0, 1), (1, 0), (1, 1)] {
            let mut full = bucket(20_000, |i| i as u32 * next, |i| i as u32 * template);
            let got = pairs_of(&mut full);
            assert!(
                got.len() < 20_000 * (FIRST + FIRST / 2 + NEAR),
                "{}",
                got.len()
            );
            assert!(got.iter().all(|(later, earlier)| earlier < later));
        }
    }

    #[test]
    fn a_full_bucket_still_pairs_what_goes_on_alike() {
        let got = pairs_of(&mut bucket(1000, |i| (i / 2) as u32, |i| i as u32));
        assert!((0..500).all(|i| got.contains(&(2 * i + 1, 2 * i))));
    }
}

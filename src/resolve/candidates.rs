//! Candidates: which pairs of paragraphs are worth verifying.
//!
//! The slow version compares all pairs. This one looks only at pairs that share a key of the method, and keeps for each
//! paragraph at most [`LIMIT`] earlier ones: those that share the most keys, the earlier of equals.
//!
//! 1. Most keys belong to one paragraph alone, and of them nothing comes. All keys are read once and counted in a small
//!    table, then read again, and only those that are repeated become *entries* (`cells`).
//! 2. Entries are sorted by key, and by what follows it in the text; paragraphs with the same key stand together in a
//!    *bucket* (`entries`). Where they do not fit the budget, the keys are read once for each of several ranges.
//! 3. A bucket gives pairs, all of them unless it is too full (`buckets`).
//! 4. Pairs that share too few keys of the later paragraph are not looked at: how few is the method's to say. Most pairs
//!    share one key by chance, so they are counted in a table first, and only those that may share enough are sorted by the
//!    later paragraph and counted exactly.

mod buckets;
mod cells;
mod entries;
mod member;
mod pairs;

use super::bits::Bits;
use super::corpus::Corpus;
use super::order::Order;
use crate::config::Guard;
use crate::error::{Error, Result};
use crate::files::container::{Reader, Writer};
use crate::files::keys::{Keys, View};
use crate::files::row::{Entry, Pair, Para, flag};
use crate::files::sort::{Sorted, Sorter};
use crate::files::work::Rows;
use crate::method::{self, Key, Method};
use crate::resources::Resources;

use cells::{Dealer, Repeated, Shared};
use entries::{Entries, Part as Entered};
use pairs::{Hand, Turn};

/// Most candidates of a paragraph that are verified.
pub(super) const LIMIT: usize = 64;

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
    copies: &'a Bits,
    resources: &'a Resources,
) -> Result<Stream<'a>> {
    let mut search = Search {
        corpus,
        copies,
        resources,
        order: Order(corpus.config.keep),
        method: method::of(corpus.config.method),
        sampled: Bits::new(corpus.paras),
        known: None,
    };
    let pairs = search.pairs()?;
    Ok(Stream {
        corpus,
        order: search.order,
        method: search.method,
        sampled: search.sampled,
        pairs,
        pending: None,
        group: Vec::new(),
    })
}

/// The search for pairs.
struct Search<'a> {
    corpus: &'a Corpus,
    copies: &'a Bits,
    resources: &'a Resources,
    order: Order,
    method: &'static Method,
    sampled: Bits,
    /// Entries of the references.
    known: Option<tempfile::TempPath>,
}

impl Search<'_> {
    /// All pairs that may share enough, and more.
    fn pairs(&mut self) -> Result<Sorted<Pair>> {
        let repeated = self.count()?;
        let budget = self.resources.sixteenths(4);
        let ranges = entries::ranges(repeated.entries(), budget);
        let shared = Shared::new(
            repeated.entries(),
            self.resources.sixteenths(1),
            self.resources.threads,
        );
        let mut pairs = Sorter::new(self.resources.sixteenths(4), self.corpus.work.temp());
        let mut hands: Vec<Hand> = std::iter::repeat_with(Hand::new)
            .take(self.resources.threads)
            .collect();
        let mut kept = None;
        for turn in [Turn::Count, Turn::Keep] {
            for range in 0..1 << ranges {
                let mut parts = match kept.take() {
                    Some(parts) => parts,
                    None => self.collect(&repeated, range, ranges)?,
                };
                // What is read from disk is read once.
                let again = ranges == 0 && parts.iter().all(|part| part.bytes().is_some());
                self.meet(&mut parts, turn, &mut hands, &shared, &mut pairs)?;
                kept = again.then_some(parts);
            }
            for hand in &mut hands {
                hand.finish(&shared, self.order);
                hand.found.drain(..).try_for_each(|pair| pairs.push(pair))?;
            }
        }
        pairs.finish()
    }

    /// True for a paragraph that is compared by its keys: it does not go already.
    fn is_candidate(&self, ordinal: u64) -> bool {
        !self.copies.get(ordinal) && !self.corpus.frequent.goes(ordinal)
    }

    /// Counts all keys. Of the references, what they share with the input is set aside besides.
    fn count(&mut self) -> Result<Repeated> {
        let corpus = self.corpus;
        let bytes: u64 = corpus.key_bytes()?;
        let budget = self.resources.sixteenths(2);
        let mut repeated = Repeated::new(Keys::at_most(bytes), budget);
        let mut dealer = Dealer::new();
        for part in &corpus.parts {
            let mut rows = corpus.rows::<Keys>(part, Rows::Posts)?;
            let mut ordinal = part.ordinals();
            for row in 0..part.info.paras {
                let view = view(rows.bytes()?)?;
                if view.is_empty() || !self.is_candidate(ordinal(row)) {
                    continue;
                }
                for key in view.keys() {
                    let cell = repeated.cell(key);
                    let stretch = repeated.stretch(cell);
                    dealer.push(stretch, cell as u32, |cells| repeated.add_all(cells));
                }
            }
        }
        dealer.finish(|cells| repeated.add_all(cells));
        if corpus.references.is_empty() {
            return Ok(repeated);
        }
        let path = super::temp(corpus)?;
        let mut known = Writer::<Entry>::create(&path, 0)?;
        for volume in &corpus.references {
            for row in volume.all_keys() {
                let (ordinal, para, keys) = row?;
                if !self.is_candidate(ordinal) {
                    continue;
                }
                self.note(ordinal, &para);
                // Pairs inside the references are not asked for, so a key that only they have is none here.
                for key in &keys {
                    let cell = repeated.cell(key.key);
                    if repeated.is_seen(cell) {
                        repeated.add(cell);
                        known.push(&self.entry(ordinal, &para, key))?;
                    }
                }
            }
        }
        known.finish()?;
        self.known = Some(path);
        Ok(repeated)
    }

    /// Remembers of a candidate what pairs are asked for.
    fn note(&mut self, ordinal: u64, para: &Para) {
        if para.flags & flag::SAMPLED != 0 {
            self.sampled.set(ordinal);
        }
    }

    fn entry(&self, ordinal: u64, para: &Para, key: &Key) -> Entry {
        let least = (para.samples as usize).div_ceil(self.method.share);
        Entry {
            key: key.key,
            next: key.next,
            member: member::new(
                self.order.place(ordinal, para.halves),
                self.order,
                least,
                para.flags & flag::SAMPLED != 0,
            ),
            // Without the guard facts do not matter, so no paragraph is a member of a template.
            template: match self.corpus.config.guard {
                Guard::Facts => para.template,
                Guard::Off => ordinal as u32,
            },
        }
    }

    /// The entries of a range of keys.
    fn collect(&mut self, repeated: &Repeated, range: u64, ranges: u32) -> Result<Vec<Entered>> {
        let corpus = self.corpus;
        let mut entries = Entries::new(self.resources.sixteenths(4), &corpus.work.temp());
        let mut dealer = Dealer::new();
        let mut keep = |some: &[Entry]| {
            let mut some = some.iter();
            some.try_for_each(
                |entry| match repeated.is_repeated(repeated.cell(entry.key)) {
                    true => entries.push(*entry),
                    false => Ok(()),
                },
            )
        };
        let mut deal = |entry: Entry| {
            let stretch = repeated.stretch(repeated.cell(entry.key));
            dealer.push(stretch, entry, &mut keep).unwrap_or(Ok(()))
        };
        let is_wanted = |key: u64| ranges == 0 || entries::is_in(key, range, ranges);
        if let Some(path) = &self.known {
            for entry in Reader::<Entry>::open(path, 0)?.rows(0) {
                let entry = entry?;
                if is_wanted(entry.key) {
                    deal(entry)?;
                }
            }
        }
        let mut several = Vec::new();
        for part in &corpus.parts {
            let mut rows = corpus.rows::<Keys>(part, Rows::Posts)?;
            let paras = corpus.rows::<Para>(part, Rows::Paras)?;
            let mut ordinal = part.ordinals();
            for (row, para) in paras.enumerate() {
                let (para, view) = (para?, view(rows.bytes()?)?);
                let ordinal = ordinal(row as u64);
                if view.is_empty() || !self.is_candidate(ordinal) {
                    continue;
                }
                self.note(ordinal, &para);
                let entry = self.entry(ordinal, &para, &Key::default());
                if view.repeats() {
                    view.distinct(&mut several);
                    for &Key { key, next } in several.iter().filter(|key| is_wanted(key.key)) {
                        deal(Entry { key, next, ..entry })?;
                    }
                    continue;
                }
                for (at, key) in view.keys().enumerate() {
                    if is_wanted(key) {
                        let next = view.next(at);
                        deal(Entry { key, next, ..entry })?;
                    }
                }
            }
        }
        let mut last = Ok(());
        dealer.finish(|some| {
            if last.is_ok() {
                last = keep(some);
            }
        });
        last?;
        Ok(entries.finish())
    }
}

/// The keys of a paragraph; there is a row for each.
fn view(row: Option<&[u8]>) -> Result<View<'_>> {
    let view = row.and_then(|mut row| View::take(&mut row));
    view.ok_or_else(|| {
        Error::phase("the scan holds another number of keys than its paragraphs have")
            .hint("empty the work folder and scan again")
    })
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

    #[test]
    fn what_a_sample_must_share_follows_from_what_the_whole_must() {
        for method in method::METHODS {
            assert_eq!(method.share_of_sample % method.share, 0, "{}", method.name);
            let factor = method.share_of_sample / method.share;
            for keys in 0..3000usize {
                let least = keys.div_ceil(method.share).div_ceil(factor);
                assert_eq!(least, keys.div_ceil(method.share_of_sample));
            }
        }
    }
}

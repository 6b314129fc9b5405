//! Candidates: which pairs of paragraphs are worth verifying.
//!
//! The slow version compares all pairs. This one looks only at pairs that share a key of the method, and keeps for each
//! paragraph at most [`LIMIT`](method::LIMIT) earlier ones: those that share the most keys, the earlier of equals.
//!
//! 1. Most keys belong to one paragraph alone, and of them nothing comes. All keys are read once and counted in a small
//!    table, then read again, and only those that are repeated become *entries* (`cells`).
//! 2. Entries are sorted by key, and by what follows it in the text; paragraphs with the same key stand together in a
//!    *bucket* (`entries`). Where they do not fit the budget, the keys are read once for each of several ranges.
//! 3. A bucket gives pairs, all of them unless it is too full (`buckets`).
//! 4. The keys that two paragraphs share are sorted by the later one and counted while there is room for all of them
//!    (`packed`). Most pairs share one key by chance, so where there is no room they are counted in a table first, and only
//!    those that may share enough are sorted (`pairs`).
//! 5. Pairs that share too few keys of the later paragraph are not looked at: how few is the method's to say. Nor are those of
//!    which the keys, being all that the two have, prove that they are distinct (`choice`, `sizes`).

mod buckets;
mod cells;
mod choice;
mod entries;
mod packed;
mod pairs;
mod sizes;

use std::sync::Mutex;

use super::bits::Bits;
use super::corpus::Corpus;
use super::order::Order;
use crate::config::{Guard, Keep};
use crate::error::{Error, Result};
use crate::files::container::{Reader, Writer};
use crate::files::keys::{Keys, View};
use crate::files::row::{Entry, Pair, Para, flag};
use crate::files::sort::{Sorted, Sorter};
use crate::files::work::Rows;
use crate::method::{self, Key};
use crate::near::verdict::Thresholds;
use crate::parallel;
use crate::resources::Resources;

use cells::{Counted, Dealer, Repeated, Shared};
use choice::{Choice, Chosen};
use entries::{Entries, Part as Entered};
use packed::Packed;
use pairs::{Hand, Table, Turn};
use sizes::Sizes;

/// Sixteenths of the memory that the search may take: which keys are repeated (twice as much while they are counted, and nothing else
/// is there), their entries, how many keys two paragraphs share, and pairs. Caches have four more, pairs in hand three.
const REPEATED: u64 = 2;
const ENTRIES: u64 = 3;
const SHARED: u64 = 2;
const PAIRS: u64 = 3;

/// The candidates of one paragraph.
#[derive(Debug, Clone)]
pub(super) struct Candidates {
    /// Place of the paragraph in the order of leaders.
    pub(super) later: u64,
    /// Places of earlier ones, most shared keys first.
    pub(super) earlier: Vec<u64>,
    /// True when there were more than [`LIMIT`](method::LIMIT).
    pub(super) met_limit: bool,
}

/// A stream of candidates, by later paragraph.
pub(super) struct Stream<'a>(Source<'a>);

/// Where candidates come from.
enum Source<'a> {
    /// Of pairs in order, from which is yet to be chosen.
    Pairs {
        choice: Choice<'a>,
        pairs: Sorted<Pair>,
        pending: Option<Pair>,
        group: Vec<Pair>,
    },
    /// Chosen already, stretch by stretch.
    Chosen {
        stretches: std::vec::IntoIter<Chosen>,
        stretch: Chosen,
        at: usize,
    },
}

/// Finds all candidates among paragraphs that are not copies.
pub(super) fn find<'a>(
    corpus: &'a Corpus,
    copies: &'a Bits,
    resources: &'a Resources,
) -> Result<Stream<'a>> {
    let method = method::of(corpus.config.method);
    let search = Search {
        corpus,
        copies,
        resources,
        order: Order(corpus.config.keep),
        sizes: Sizes::new(corpus.paras, method),
        known: None,
    };
    search.stream()
}

/// The search for pairs.
struct Search<'a> {
    corpus: &'a Corpus,
    copies: &'a Bits,
    resources: &'a Resources,
    order: Order,
    sizes: Sizes,
    /// Entries of the references.
    known: Option<tempfile::TempPath>,
}

impl<'a> Search<'a> {
    /// All pairs that may share enough, and more, or what is chosen of them.
    fn stream(mut self) -> Result<Stream<'a>> {
        let resources = self.resources;
        let repeated = self.count()?;
        let ranges = entries::ranges(repeated.entries(), resources.sixteenths(ENTRIES));
        let (entries, threads) = (repeated.entries(), resources.threads);
        let (room, table) = (resources.sixteenths(1), resources.sixteenths(SHARED));
        let shared: Table = Table::new(Box::new(move || Shared::new(entries, table, threads)));
        let mut pairs = Sorter::new(resources.sixteenths(PAIRS), self.corpus.work.temp());
        // A place in the order of leaders is a paragraph's number there, and so fits into fewer bytes.
        let packed = || match self.corpus.config.keep {
            Keep::First => Packed::new(self.corpus.paras),
            Keep::Longest => None,
        };
        let hand = || Hand::new(packed(), room / threads as u64);
        let mut hands: Vec<Hand> = std::iter::repeat_with(hand).take(threads).collect();
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
            if hands.iter().all(|hand| hand.packed.is_some()) {
                drop(kept);
                let hands = hands.into_iter().filter_map(|hand| hand.packed);
                return self.chosen(Packed::join(hands.collect()));
            }
            for hand in &mut hands {
                hand.unpack(&shared);
                hand.finish(&shared);
                hand.found.drain(..).try_for_each(|pair| pairs.push(pair))?;
            }
        }
        Ok(Stream(Source::Pairs {
            choice: self.choice(),
            pairs: pairs.finish()?,
            pending: None,
            group: Vec::new(),
        }))
    }

    fn choice(self) -> Choice<'a> {
        Choice {
            corpus: self.corpus,
            order: self.order,
            method: method::of(self.corpus.config.method),
            sizes: self.sizes,
            thresholds: Thresholds::from(&self.corpus.config),
        }
    }

    /// Chooses among the pairs of each stretch.
    fn chosen(self, stretches: Vec<Vec<Vec<u64>>>) -> Result<Stream<'a>> {
        let mut threads = vec![(); self.resources.threads];
        let choice = self.choice();
        let stretches: Vec<_> = stretches.into_iter().map(Mutex::new).collect();
        let chosen = parallel::each(&mut threads, &stretches, |(), stretch| {
            let lists = std::mem::take(&mut *stretch.lock().expect("nobody panics with it"));
            let mut chosen = Chosen::default();
            packed::count(lists, |later, counted| {
                let met_limit = choice.choose(later, counted)?;
                if met_limit || !counted.is_empty() {
                    chosen.push(later, counted, met_limit);
                }
                Ok::<(), Error>(())
            })?;
            Ok(chosen)
        })?;
        Ok(Stream(Source::Chosen {
            stretches: chosen.into_iter(),
            stretch: Chosen::default(),
            at: 0,
        }))
    }

    /// True for a paragraph that is compared by its keys: it does not go already.
    fn is_candidate(&self, ordinal: u64) -> bool {
        !self.copies.get(ordinal) && !self.corpus.frequent.goes(ordinal)
    }

    /// Counts all keys. Of the references, what they share with the input is set aside besides.
    fn count(&mut self) -> Result<Repeated> {
        let corpus = self.corpus;
        let bytes: u64 = corpus.key_bytes()?;
        // Nothing else is in memory yet, and what stays is half of it.
        let budget = self.resources.sixteenths(2 * REPEATED);
        let mut counted = Counted::new(Keys::at_most(bytes), budget);
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
                    let cell = counted.cell(key);
                    let stretch = counted.stretch(cell);
                    dealer.push(stretch, cell as u32, |cells| counted.add_all(cells));
                }
            }
        }
        dealer.finish(|cells| counted.add_all(cells));
        if corpus.references.is_empty() {
            return Ok(counted.finish());
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
                    let cell = counted.cell(key.key);
                    if counted.is_seen(cell) {
                        counted.add(cell);
                        known.push(&self.entry(ordinal, &para, key))?;
                    }
                }
            }
        }
        known.finish()?;
        self.known = Some(path);
        Ok(counted.finish())
    }

    /// Remembers of a candidate what pairs are asked for.
    fn note(&mut self, ordinal: u64, para: &Para) {
        let sampled = para.flags & flag::SAMPLED != 0;
        self.sizes.set(ordinal, para.samples, sampled);
    }

    fn entry(&self, ordinal: u64, para: &Para, key: &Key) -> Entry {
        Entry {
            key: key.key,
            next: key.next,
            member: self.order.place(ordinal, para.halves),
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
        let mut entries = Entries::new(self.resources.sixteenths(ENTRIES), &corpus.work.temp());
        let is_wanted = |key: u64| repeated.is_repeated(key, range, ranges);
        if let Some(path) = &self.known {
            for entry in Reader::<Entry>::open(path, 0)?.rows(0) {
                let entry = entry?;
                if is_wanted(entry.key) {
                    entries.push(entry)?;
                }
            }
        }
        let (mut several, mut wanted) = (Vec::new(), Vec::new());
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
                    if several.len() != para.samples as usize {
                        // Two of its shingles are one key.
                        self.sizes.distrust(ordinal);
                    }
                    for &Key { key, next } in several.iter().filter(|key| is_wanted(key.key)) {
                        entries.push(Entry { key, next, ..entry })?;
                    }
                    continue;
                }
                // All keys are asked about before the first is taken: the table is larger than a cache, and in a loop without
                // a branch the processor waits for many of its places at once.
                wanted.clear();
                wanted.extend(view.keys().map(is_wanted));
                for (at, (key, _)) in view.keys().zip(&wanted).enumerate().filter(|k| *k.1.1) {
                    let next = view.next(at);
                    entries.push(Entry { key, next, ..entry })?;
                }
            }
        }
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
        match &mut self.0 {
            Source::Chosen {
                stretches,
                stretch,
                at,
            } => loop {
                if let Some((later, earlier, met_limit)) = stretch.get(*at) {
                    *at += 1;
                    return Ok(Some(Candidates {
                        later,
                        earlier: earlier.collect(),
                        met_limit,
                    }));
                }
                match stretches.next() {
                    Some(next) => (*stretch, *at) = (next, 0),
                    None => return Ok(None),
                }
            },
            Source::Pairs {
                choice,
                pairs,
                pending,
                group,
            } => loop {
                pairs.group(pending, group, |a, b| a.later == b.later)?;
                let Some(first) = group.first() else {
                    return Ok(None);
                };
                let same = group.chunk_by(|a, b| a == b);
                let mut counted = same.map(|s| (s.len(), s[0].earlier)).collect();
                let met_limit = choice.choose(first.later, &mut counted)?;
                if met_limit || !counted.is_empty() {
                    return Ok(Some(Candidates {
                        later: first.later,
                        earlier: counted.into_iter().map(|c| c.1).collect(),
                        met_limit,
                    }));
                }
            },
        }
    }
}

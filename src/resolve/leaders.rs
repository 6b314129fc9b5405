//! Leaders: in the order of leaders, a paragraph goes iff it may go for an earlier one that stays.
//!
//! The slow version walks the order once and verifies, for each paragraph, its candidates one by one until one that
//! stayed agrees. That walk is serial, since whether a candidate stayed is known only when it has been walked over. This
//! version does the same in batches: all candidates before the batch have their fate, so threads verify them (and, on
//! suspicion, those inside the batch) side by side; a short serial pass then settles the batch. The answer is that of the
//! slow version, whatever the batch and the number of threads.

use super::bits::Bits;
use super::candidates::{Candidates, Stream};
use super::corpus::Corpus;
use super::order::Order;
use crate::config::Keep;
use crate::error::Result;
use crate::files::row::{Fate, flag};
use crate::files::sort::{Sorted, Sorter};
use crate::near::context;
use crate::near::verdict::{Comparer, Kind, Prepared, Thresholds, Verdict};
use crate::parallel;
use crate::resources::{Progress, Resources, Unit};
use crate::text::fold::Folder;

/// Paragraphs that are settled at a time.
const BATCH: usize = 4096;
/// Prepared paragraphs that a thread remembers at most: members of one template stand far apart and meet the same others.
const REMEMBERED: usize = 8192;

/// What went.
pub(super) struct Near {
    /// Which paragraphs went as near or contained.
    pub(super) gone: Bits,
    /// Their fates, by paragraph.
    pub(super) fates: Sorted<Fate>,
    /// How many of them stand in references.
    pub(super) known: u64,
    /// Paragraphs with more candidates than are verified.
    pub(super) met_limit: u64,
}

impl Near {
    /// Nothing went.
    pub(super) fn none(corpus: &Corpus) -> Result<Self> {
        let mut gone = Bits::new(corpus.paras);
        gone.count();
        Ok(Near {
            gone,
            fates: Sorter::new(0, corpus.work.temp()).finish()?,
            known: 0,
            met_limit: 0,
        })
    }
}

/// A candidate that the paragraph may go for, if it stays.
struct Chance {
    earlier: u64,
    verdict: Verdict,
}

/// Settles all paragraphs that have candidates. `captions` are never witnesses.
pub(super) fn settle(
    corpus: &Corpus,
    mut stream: Stream<'_>,
    captions: &Bits,
    resources: &Resources,
    progress: &dyn Progress,
) -> Result<Near> {
    let order = Order(corpus.config.keep);
    let mut gone = Bits::new(corpus.paras);
    let mut fates = Sorter::new(resources.sixteenths(2), corpus.work.temp());
    let mut known = 0;
    for volume in &corpus.references {
        known += volume.near_count();
        for fate in volume.near() {
            let fate = fate?;
            gone.set(fate.ordinal);
            fates.push(fate)?;
        }
    }
    let mut met_limit = 0;
    let mut verifiers: Vec<Verifier<'_>> = (0..resources.threads)
        .map(|_| Verifier::new(corpus, resources))
        .collect();
    let mut batch: Vec<Candidates> = Vec::with_capacity(BATCH);
    // Where in the input the walk is; under `--keep longest` it goes over the input once for every class of length.
    let mut walked = 0;
    let (phase, total) = match corpus.config.keep {
        Keep::First => ("resolve: near-duplicates", corpus.paras),
        Keep::Longest => ("resolve: near-duplicates, longest first", 0),
    };
    progress.begin(phase, Unit::Paragraphs, total);
    loop {
        batch.clear();
        while batch.len() < BATCH {
            let Some(next) = stream.next()? else { break };
            met_limit += u64::from(next.met_limit);
            batch.push(next);
        }
        let Some(first) = batch.first().map(|c| c.later) else {
            break;
        };
        resources.check_stop()?;
        if corpus.config.keep == Keep::First {
            progress.advance(first - walked);
            walked = first;
        } else {
            progress.advance(batch.len() as u64);
        }
        let known_gone = &gone;
        let chances = parallel::each(&mut verifiers, &batch, |verifier, candidates| {
            let mut chances = Vec::new();
            for &earlier in &candidates.earlier {
                let ordinal = order.ordinal(earlier);
                if captions.get(ordinal) || known_gone.get(ordinal) {
                    continue;
                }
                if let Some(verdict) = verifier.may_go(order.ordinal(candidates.later), ordinal)? {
                    chances.push(Chance {
                        earlier: ordinal,
                        verdict,
                    });
                    // Before the batch fate is known: this one stays, so no other is needed.
                    if earlier < first {
                        break;
                    }
                }
            }
            Ok(chances)
        })?;
        for (candidates, chances) in batch.iter().zip(chances) {
            if let Some(chance) = chances.into_iter().find(|c| !gone.get(c.earlier)) {
                let ordinal = order.ordinal(candidates.later);
                gone.set(ordinal);
                let Verdict {
                    kind,
                    shared,
                    size_a,
                    size_b,
                    ..
                } = chance.verdict;
                fates.push(Fate {
                    ordinal,
                    place: chance.earlier,
                    witness: chance.earlier,
                    reason: if kind == Kind::Contained { 2 } else { 1 },
                    shared,
                    size: size_a,
                    witness_size: size_b,
                })?;
            }
        }
    }
    gone.count();
    Ok(Near {
        gone,
        fates: fates.finish()?,
        known,
        met_limit,
    })
}

/// Verifies pairs on the text; one for each thread.
struct Verifier<'c> {
    corpus: &'c Corpus,
    thresholds: Thresholds,
    comparer: Comparer,
    folder: Folder,
    text: String,
    remembered: Vec<Remembered>,
    /// For the other of a pair, where both have one place in `remembered`.
    beside: Remembered,
    /// Bytes of what is remembered.
    bytes: u64,
    /// Most of them.
    room: u64,
}

#[derive(Default)]
struct Remembered {
    ordinal: Option<u64>,
    prepared: Prepared,
    /// Whether it is prepared whole, or only as far as its shingles.
    whole: bool,
}

impl Remembered {
    fn load(
        &mut self,
        corpus: &Corpus,
        ordinal: u64,
        text: &mut String,
        folder: &mut Folder,
        bytes: &mut u64,
    ) -> Result<()> {
        if self.ordinal != Some(ordinal) {
            self.ordinal = None;
            corpus.text(ordinal, text)?;
            *bytes -= self.prepared.bytes();
            self.prepared.begin(text, folder);
            *bytes += self.prepared.bytes();
            self.whole = false;
            self.ordinal = Some(ordinal);
        }
        Ok(())
    }

    fn complete(&mut self, corpus: &Corpus, text: &mut String) -> Result<()> {
        if !self.whole {
            corpus.text(self.ordinal.expect("it was loaded"), text)?;
            self.prepared.finish(text);
            self.whole = true;
        }
        Ok(())
    }
}

impl<'c> Verifier<'c> {
    fn new(corpus: &'c Corpus, resources: &Resources) -> Self {
        let remembered = (0..REMEMBERED).map(|_| Remembered::default()).collect();
        let thresholds = Thresholds::from(&corpus.config);
        Verifier {
            corpus,
            thresholds,
            comparer: Comparer::default(),
            folder: Folder::default(),
            text: String::new(),
            remembered,
            beside: Remembered::default(),
            bytes: 0,
            room: resources.sixteenths(1) / resources.threads as u64,
        }
    }

    /// The verdict when paragraph `a` may go for paragraph `b`.
    fn may_go(&mut self, a: u64, b: u64) -> Result<Option<Verdict>> {
        if self.bytes > self.room {
            self.remembered.fill_with(Remembered::default);
            self.beside = Remembered::default();
            self.bytes = 0;
        }
        let places = [a, b].map(|ordinal| ordinal as usize % REMEMBERED);
        let (own, other) = match self.remembered.get_disjoint_mut(places) {
            Ok([own, other]) => (own, other),
            Err(_) => (&mut self.remembered[places[0]], &mut self.beside),
        };
        let (corpus, bytes) = (self.corpus, &mut self.bytes);
        own.load(corpus, a, &mut self.text, &mut self.folder, bytes)?;
        other.load(corpus, b, &mut self.text, &mut self.folder, bytes)?;
        // Most candidates end here, so what only a closer look needs is not made before.
        if !self
            .comparer
            .may_be_alike(&own.prepared, &other.prepared, &self.thresholds)
        {
            return Ok(None);
        }
        own.complete(self.corpus, &mut self.text)?;
        other.complete(self.corpus, &mut self.text)?;
        let (own, other) = (&*own, &*other);
        let Some(verdict) = self
            .comparer
            .may_go(&own.prepared, &other.prepared, &self.thresholds)
        else {
            return Ok(None);
        };
        let asked = verdict.context;
        let apart = asked > 0 && documents_apart(self.corpus, own, other, asked)?;
        Ok((!apart).then_some(verdict))
    }
}

/// True when two paragraphs are not the same where they stand: their documents are about different things, and neither says that it
/// is a quotation.
fn documents_apart(corpus: &Corpus, a: &Remembered, b: &Remembered, asked: u32) -> Result<bool> {
    let of = |remembered: &Remembered| {
        let ordinal = remembered.ordinal.expect("it was loaded");
        corpus.para(ordinal).map(|para| (ordinal, para))
    };
    let ((i, p), (j, q)) = (of(a)?, of(b)?);
    let quoted = (p.flags | q.flags) & flag::QUOTED != 0;
    if quoted {
        return Ok(false);
    }
    if corpus.doc_number(i, &p) == corpus.doc_number(j, &q) {
        return Ok(context::stays_inside(asked));
    }
    let (x, y) = (corpus.doc_of(i, &p)?, corpus.doc_of(j, &q)?);
    let side = |paragraph, facts| context::Side { paragraph, facts };
    Ok(context::apart(
        side(&a.prepared, &x.facts),
        side(&b.prepared, &y.facts),
        asked,
    ))
}

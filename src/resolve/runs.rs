//! Runs: short paragraphs that go because they stand in a repeated sequence.
//!
//! A short line is not a duplicate because it is short; but when a whole post is repeated, its short lines are repeated
//! with it. A run is a maximal sequence of consecutive paragraphs of one document, matched one to one to consecutive
//! paragraphs of one other place: each pair equal, or gone for just that counterpart. With at least one long member that
//! goes and [`LEAST_HALVES`] half tokens in all, its short members go as well, each with its counterpart as witness.
//!
//! Documents are walked in input order. A short paragraph that served as a witness is pinned and never goes later, so
//! every witness survives.

use rustc_hash::FxHashMap;

use super::bits::Bits;
use super::corpus::Corpus;
use super::exact::Comparer;
use crate::error::Result;
use crate::files::row::{Fate, Para, flag};

/// Half tokens of a run: 16 tokens, twice the floor of a single paragraph.
const LEAST_HALVES: u64 = 32;
/// Comparisons a document may cost, per paragraph. A text that repeats itself lines up with itself at every distance, so that
/// all its runs together are as long as the square of it; from here on what is short stays. Pages of a crawl need one or two.
const MOST_STEPS: usize = 64;

/// Paragraphs `start..end`, each matched to the one `delta` before it (after it, if negative).
struct Run {
    start: u64,
    end: u64,
    delta: i64,
}

/// Finds runs document by document.
pub(super) struct Runs<'c> {
    corpus: &'c Corpus,
    floor: u32,
    comparer: Comparer,
    /// Short paragraphs that went, and their witnesses.
    gone: FxHashMap<u64, u64>,
    /// Short paragraphs that are witnesses.
    pinned: Bits,
    /// Comparisons left to the document.
    steps: usize,
}

impl<'c> Runs<'c> {
    pub(super) fn new(corpus: &'c Corpus) -> Self {
        let (gone, pinned) = (FxHashMap::default(), Bits::new(corpus.paras));
        Runs {
            corpus,
            floor: 2 * corpus.config.min_tokens,
            comparer: Comparer::default(),
            gone,
            pinned,
            steps: 0,
        }
    }

    /// Extends the fates of one document by those of its runs. `paras` are its paragraphs from `first` on, `fates` those that already go.
    pub(super) fn extend(
        &mut self,
        first: u64,
        paras: &[Para],
        fates: &mut Vec<Fate>,
    ) -> Result<()> {
        // Only short paragraphs can be added.
        if paras.iter().all(|p| p.halves >= self.floor) {
            return Ok(());
        }
        let anchors: Vec<(u64, u64)> = fates.iter().map(|f| (f.ordinal, f.place)).collect();
        self.steps = paras.len().saturating_mul(MOST_STEPS);
        let mut covered = (i64::MIN, 0);
        for &(anchor, place) in &anchors {
            let delta = anchor as i64 - place as i64;
            if delta == covered.0 && anchor < covered.1 {
                continue;
            }
            let run = self.grow(first, paras, &anchors, anchor, delta)?;
            covered = (delta, run.end);
            self.take(first, paras, &anchors, run, fates)?;
        }
        fates.sort_unstable_by_key(|f| f.ordinal);
        Ok(())
    }

    /// The maximal run around an anchor.
    fn grow(
        &mut self,
        first: u64,
        paras: &[Para],
        anchors: &[(u64, u64)],
        anchor: u64,
        delta: i64,
    ) -> Result<Run> {
        let place = (anchor as i64 - delta) as u64;
        let home = self.corpus.doc_number(place, &self.corpus.para(place)?);
        let mut run = Run {
            start: anchor,
            end: anchor + 1,
            delta,
        };
        while run.start > first
            && self.matches(first, paras, anchors, run.start - 1, delta, home)?
        {
            run.start -= 1;
        }
        while run.end < first + paras.len() as u64
            && self.matches(first, paras, anchors, run.end, delta, home)?
        {
            run.end += 1;
        }
        Ok(run)
    }

    /// True when a paragraph and its counterpart are equal, or it went for just this counterpart.
    fn matches(
        &mut self,
        first: u64,
        paras: &[Para],
        anchors: &[(u64, u64)],
        ordinal: u64,
        delta: i64,
        home: u64,
    ) -> Result<bool> {
        let Ok(other) = u64::try_from(ordinal as i64 - delta) else {
            return Ok(false);
        };
        let Some(left) = self.steps.checked_sub(1) else {
            return Ok(false);
        };
        self.steps = left;
        let frequent = &self.corpus.frequent;
        if other >= self.corpus.paras || frequent.goes(ordinal) || frequent.goes(other) {
            return Ok(false);
        }
        let counterpart = self.corpus.para(other)?;
        if self.corpus.doc_number(other, &counterpart) != home {
            return Ok(false);
        }
        if anchors.binary_search(&(ordinal, other)).is_ok() {
            return Ok(true);
        }
        if counterpart.exact != paras[(ordinal - first) as usize].exact {
            return Ok(false);
        }
        self.comparer.equal(self.corpus, ordinal, other)
    }

    /// Lets the short members of a run go.
    fn take(
        &mut self,
        first: u64,
        paras: &[Para],
        anchors: &[(u64, u64)],
        run: Run,
        fates: &mut Vec<Fate>,
    ) -> Result<()> {
        let halves: u64 = (run.start..run.end)
            .map(|o| u64::from(paras[(o - first) as usize].halves))
            .sum();
        if halves < LEAST_HALVES || run.end - run.start < 2 {
            return Ok(());
        }
        for ordinal in run.start..run.end {
            let para = &paras[(ordinal - first) as usize];
            let goes_already = anchors.binary_search_by_key(&ordinal, |a| a.0).is_ok()
                || self.gone.contains_key(&ordinal);
            if para.halves >= self.floor || goes_already || self.pinned.get(ordinal) {
                continue;
            }
            let place = (ordinal as i64 - run.delta) as u64;
            // A counterpart that went in an earlier run has left its own witness, which is equal and survives.
            let witness = match self.gone.get(&place) {
                Some(&witness) => witness,
                None => self.corpus.went_for(place)?.unwrap_or(place),
            };
            if witness == ordinal || self.corpus.para(witness)?.flags & flag::CAPTION != 0 {
                continue;
            }
            self.gone.insert(ordinal, witness);
            self.pinned.set(witness);
            fates.push(Fate {
                ordinal,
                place,
                witness,
                reason: 0,
                shared: 1,
                size: 1,
                witness_size: 1,
            });
        }
        Ok(())
    }
}

//! Which of the paragraphs that share keys with a later one are verified: those that share enough, at most [`LIMIT`], those that
//! share most first; less those whose keys prove already that the texts are distinct.

use super::sizes::Sizes;
use crate::error::Result;
use crate::method::{LIMIT, Method};
use crate::near::verdict::{Thresholds, may_reach, surely_short};
use crate::resolve::corpus::Corpus;
use crate::resolve::order::Order;

/// Chooses candidates.
pub(super) struct Choice<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) order: Order,
    pub(super) method: &'static Method,
    pub(super) sizes: Sizes,
    pub(super) thresholds: Thresholds,
}

impl Choice<'_> {
    /// Leaves of the earlier paragraphs, each with the number of keys that it shares, those that are to be verified, in order.
    /// Returns whether there were more than [`LIMIT`].
    pub(super) fn choose(&self, later: u64, counted: &mut Vec<(usize, u64)>) -> Result<bool> {
        let own = self.order.ordinal(later);
        let keys = match self.sizes.least(own, own) {
            None => self.corpus.para(own)?.samples as usize,
            Some(_) => 0,
        };
        counted.retain(|&(met, earlier)| {
            let earlier = self.order.ordinal(earlier);
            let share = match !self.sizes.is_sampled(own) && self.sizes.is_sampled(earlier) {
                true => self.method.share_of_sample,
                false => self.method.share,
            };
            let least = self.sizes.least(own, earlier);
            met >= least.unwrap_or_else(|| keys.div_ceil(share))
        });
        counted.sort_unstable_by_key(|&(met, earlier)| (std::cmp::Reverse(met), earlier));
        let met_limit = counted.len() > LIMIT;
        counted.truncate(LIMIT);
        let short = surely_short(self.method.whole);
        counted.retain(|&(met, earlier)| {
            let most = self.sizes.at_most(own, self.order.ordinal(earlier), met);
            most.is_none_or(|(sizes, shared)| may_reach(shared, sizes, short, &self.thresholds))
        });
        Ok(met_limit)
    }
}

/// The candidates of many paragraphs, chosen already, in little room.
#[derive(Default)]
pub(super) struct Chosen {
    /// A later paragraph, where its earlier ones end, and whether there were more than [`LIMIT`].
    later: Vec<(u32, u32, bool)>,
    earlier: Vec<u32>,
}

impl Chosen {
    /// Adds a paragraph, the numbers of which must fit four bytes.
    pub(super) fn push(&mut self, later: u64, counted: &[(usize, u64)], met_limit: bool) {
        self.earlier.extend(counted.iter().map(|c| c.1 as u32));
        let end = self.earlier.len() as u32;
        self.later.push((later as u32, end, met_limit));
    }

    /// The paragraph that was added at this place, its earlier ones, and whether there were more.
    pub(super) fn get(&self, at: usize) -> Option<(u64, impl Iterator<Item = u64>, bool)> {
        let &(later, end, met_limit) = self.later.get(at)?;
        let from = at.checked_sub(1).map_or(0, |before| self.later[before].1);
        let earlier = self.earlier[from as usize..end as usize].iter();
        Some((u64::from(later), earlier.map(|&e| u64::from(e)), met_limit))
    }
}

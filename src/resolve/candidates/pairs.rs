//! From entries to pairs. Every bucket is looked at twice: first the pairs are counted, then those are kept that may share
//! enough keys. Most share one by chance, and to put them all into order only to drop them would take most of the time.

use std::sync::Mutex;

use super::cells::{Dealer, Shared};
use super::entries::Part as Entered;
use super::{Search, buckets, member};
use crate::error::Result;
use crate::files::row::Pair;
use crate::files::sort::Sorter;
use crate::parallel;
use crate::resolve::order::Order;

/// What the pairs are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// To be counted.
    Count,
    /// To be kept, where the counts say that they share enough.
    Keep,
}

impl Search<'_> {
    /// Counts the pairs of these entries, or keeps those that may share enough.
    pub(super) fn meet(
        &self,
        parts: &mut [Entered],
        turn: Turn,
        hands: &mut [Hand],
        shared: &Shared,
        pairs: &mut Sorter<Pair>,
    ) -> Result<()> {
        // Parts in memory are worked on side by side, as far as there is room for their pairs.
        let most = match self.resources.threads {
            1 => 1,
            threads => TURNS * threads,
        };
        let mut rest = parts;
        while let Some((first, others)) = rest.split_first_mut() {
            self.resources.check_stop()?;
            let need = |part: &Entered| part.bytes().map_or(u64::MAX, |bytes| bytes * PAIRS);
            let mut room = self.resources.sixteenths(2).saturating_sub(need(first));
            let fit = others.iter().take(most - 1).take_while(|next| {
                let fits = need(next) <= room;
                room = room.saturating_sub(need(next));
                fits
            });
            let fit = fit.count();
            let (with, others) = others.split_at_mut(fit);
            rest = others;
            let few: Vec<_> = std::iter::once(first).chain(with).map(Mutex::new).collect();
            parallel::each(hands, &few, |hand, part| {
                let mut part = part.lock().expect("nobody panics with a part");
                each_pair(&mut part, &mut |later, earlier| {
                    self.look(later, earlier, turn, shared, hand);
                    Ok(())
                })
            })?;
            for pair in hands.iter_mut().flat_map(|hand| hand.found.drain(..)) {
                pairs.push(pair)?;
            }
        }
        Ok(())
    }

    /// One key that two members share.
    #[inline]
    fn look(&self, later: u64, earlier: u64, turn: Turn, shared: &Shared, hand: &mut Hand) {
        // What a reference's own paragraphs are to each other is known.
        if self.corpus.base > 0 && self.order.ordinal(later) >> 8 < self.corpus.base {
            return;
        }
        let mut least = member::least(later);
        if !member::is_sampled(later) && member::is_sampled(earlier) {
            // As `Stream::next` asks, in whole numbers.
            least = least.div_ceil((self.method.share_of_sample / self.method.share) as u8);
        }
        let cell = shared.cell(later, earlier);
        let stretch = shared.stretch(cell);
        let cell = cell as u32;
        let asked = Asked {
            later,
            earlier,
            cell,
            least,
        };
        match turn {
            _ if least <= 1 => {
                if turn == Turn::Keep {
                    hand.found.push(asked.pair(self.order));
                }
            }
            Turn::Count => hand.count(stretch, cell, shared),
            Turn::Keep => hand.ask(stretch, asked, shared, self.order),
        }
    }
}

/// A pair that is to be kept when it shares enough.
#[derive(Clone, Copy)]
struct Asked {
    later: u64,
    earlier: u64,
    cell: u32,
    least: u8,
}

impl Asked {
    fn pair(&self, order: Order) -> Pair {
        Pair {
            later: member::place(self.later, order),
            earlier: member::place(self.earlier, order),
        }
    }
}

/// What a thread has in hand.
pub(super) struct Hand {
    counted: Dealer<u32>,
    asked: Dealer<Asked>,
    pub(super) found: Vec<Pair>,
}

impl Hand {
    pub(super) fn new() -> Self {
        Hand {
            counted: Dealer::new(),
            asked: Dealer::new(),
            found: Vec::new(),
        }
    }

    #[inline]
    fn count(&mut self, stretch: usize, cell: u32, shared: &Shared) {
        self.counted.push(stretch, cell, |cells| {
            cells.iter().for_each(|&cell| shared.add(cell as usize));
        });
    }

    #[inline]
    fn ask(&mut self, stretch: usize, asked: Asked, shared: &Shared, order: Order) {
        let Hand {
            asked: dealer,
            found,
            ..
        } = self;
        dealer.push(stretch, asked, |some| {
            let enough = some
                .iter()
                .filter(|a| shared.of(a.cell as usize) >= a.least);
            found.extend(enough.map(|a| a.pair(order)));
        });
    }

    /// Works off what waits.
    pub(super) fn finish(&mut self, shared: &Shared, order: Order) {
        self.counted.finish(|cells| {
            cells.iter().for_each(|&cell| shared.add(cell as usize));
        });
        let found = &mut self.found;
        self.asked.finish(|some| {
            let enough = some
                .iter()
                .filter(|a| shared.of(a.cell as usize) >= a.least);
            found.extend(enough.map(|a| a.pair(order)));
        });
    }
}

/// Most bytes of pairs for a byte of entries: of a bucket of 32 there are 496, of 16 bytes each, for 32 entries of 24.
const PAIRS: u64 = 11;
/// Parts that a thread takes in turn, at most.
const TURNS: usize = 4;

/// Gives the pairs of a part. One that is not in memory is used up.
fn each_pair(part: &mut Entered, pair: &mut impl FnMut(u64, u64) -> Result<()>) -> Result<()> {
    if let Some(entries) = part.in_memory() {
        let mut entries = entries.iter().copied();
        return buckets::meet(|| Ok(entries.next()), pair);
    }
    let mut entries = part.take()?;
    buckets::meet(|| entries.read(), pair)
}

//! From entries to pairs.
//!
//! While there is room, all keys that two paragraphs share are kept, and every bucket is looked at once. Where there is not,
//! every bucket is looked at twice: first the pairs are counted in a table, then those are kept that may share enough keys.
//! Most share one by chance, and to put them all into order only to drop them would take most of the time.

use std::sync::{LazyLock, Mutex};

use super::buckets::Meeting;
use super::cells::{Dealer, Shared};
use super::entries::Part as Entered;
use super::packed::Packed;
use super::sizes::MOST;
use super::{Search, buckets};
use crate::error::Result;
use crate::files::row::Pair;
use crate::files::sort::Sorter;
use crate::parallel;

/// The table of counts, made when the first pair is counted.
pub(super) type Table = LazyLock<Shared, Box<dyn FnOnce() -> Shared + Send>>;

/// What the pairs are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// To be packed or counted.
    Count,
    /// To be kept, where the counts say that they share enough.
    Keep,
}

impl Search<'_> {
    /// Tells the hands of the pairs of these entries.
    pub(super) fn meet(
        &self,
        parts: &mut [Entered],
        turn: Turn,
        hands: &mut [Hand],
        shared: &Table,
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
                match (turn, &mut hand.packed) {
                    (Turn::Count, Some(packed)) => {
                        each_pair(
                            &mut part,
                            &mut Packing {
                                search: self,
                                packed,
                            },
                        )?;
                        if packed.bytes() > hand.room {
                            hand.unpack(shared);
                        }
                        Ok(())
                    }
                    (Turn::Count, None) => {
                        let counting = &mut Counting {
                            search: self,
                            shared,
                            hand,
                        };
                        each_pair(&mut part, counting)
                    }
                    (Turn::Keep, _) => each_pair(
                        &mut part,
                        &mut Keeping {
                            search: self,
                            shared,
                            hand,
                        },
                    ),
                }
            })?;
            for pair in hands.iter_mut().flat_map(|hand| hand.found.drain(..)) {
                pairs.push(pair)?;
            }
        }
        Ok(())
    }

    /// The paragraphs at two places; `None` when what they are to each other is known, as of two in references.
    #[inline]
    fn both(&self, later: u64, earlier: u64) -> Option<(u64, u64)> {
        let (later, earlier) = (self.order.ordinal(later), self.order.ordinal(earlier));
        (later >= self.corpus.base).then_some((later, earlier))
    }
}

/// Packs the pairs.
struct Packing<'a, 'b> {
    search: &'a Search<'b>,
    packed: &'a mut Packed,
}

impl Meeting for Packing<'_, '_> {
    #[inline]
    fn pair(&mut self, later: u64, earlier: u64) {
        if let Some((later, earlier)) = self.search.both(later, earlier) {
            self.packed.push(later, earlier);
        }
    }

    #[inline]
    fn hide(&mut self, member: u64) {
        self.search.sizes.hide(self.search.order.ordinal(member));
    }
}

/// Counts the pairs in a table.
struct Counting<'a, 'b> {
    search: &'a Search<'b>,
    shared: &'a Table,
    hand: &'a mut Hand,
}

impl Meeting for Counting<'_, '_> {
    #[inline]
    fn pair(&mut self, later: u64, earlier: u64) {
        if let Some((later, earlier)) = self.search.both(later, earlier) {
            self.hand.count(later, earlier, self.shared);
        }
    }

    #[inline]
    fn hide(&mut self, member: u64) {
        self.search.sizes.hide(self.search.order.ordinal(member));
    }
}

/// Keeps the pairs that may share enough.
struct Keeping<'a, 'b> {
    search: &'a Search<'b>,
    shared: &'a Table,
    hand: &'a mut Hand,
}

impl Meeting for Keeping<'_, '_> {
    #[inline]
    fn pair(&mut self, later: u64, earlier: u64) {
        let Some((x, y)) = self.search.both(later, earlier) else {
            return;
        };
        let least = self.search.sizes.least(x, y).unwrap_or(usize::from(MOST));
        let cell = self.shared.cell(x, y);
        let asked = Asked {
            pair: Pair { later, earlier },
            cell: cell as u32,
            least: least as u8,
        };
        match least {
            ..=1 => self.hand.found.push(asked.pair),
            _ => self.hand.ask(self.shared.stretch(cell), asked, self.shared),
        }
    }

    fn hide(&mut self, _: u64) {}
}

/// A pair that is to be kept when it shares enough.
#[derive(Clone, Copy)]
struct Asked {
    pair: Pair,
    cell: u32,
    least: u8,
}

/// What a thread has in hand.
pub(super) struct Hand {
    /// The pairs so far, as long as there is room for them.
    pub(super) packed: Option<Packed>,
    room: u64,
    counted: Dealer<u32>,
    asked: Dealer<Asked>,
    pub(super) found: Vec<Pair>,
}

impl Hand {
    /// Packs pairs in about so many bytes.
    pub(super) fn new(packed: Option<Packed>, room: u64) -> Self {
        Hand {
            packed,
            room,
            counted: Dealer::new(),
            asked: Dealer::new(),
            found: Vec::new(),
        }
    }

    /// Counts what was packed, which is then no more.
    pub(super) fn unpack(&mut self, shared: &Table) {
        if let Some(mut packed) = self.packed.take() {
            packed.drain(|later, earlier| self.count(later, earlier, shared));
        }
    }

    #[inline]
    fn count(&mut self, later: u64, earlier: u64, shared: &Table) {
        let cell = shared.cell(later, earlier);
        self.counted
            .push(shared.stretch(cell), cell as u32, |cells| {
                shared.add_all(cells)
            });
    }

    #[inline]
    fn ask(&mut self, stretch: usize, asked: Asked, shared: &Table) {
        let found = &mut self.found;
        self.asked
            .push(stretch, asked, |some| found.extend(enough(some, shared)));
    }

    /// Works off what waits.
    pub(super) fn finish(&mut self, shared: &Table) {
        self.counted.finish(|cells| shared.add_all(cells));
        let found = &mut self.found;
        self.asked.finish(|some| found.extend(enough(some, shared)));
    }
}

/// The pairs that may share enough.
fn enough(some: &[Asked], shared: &Table) -> impl Iterator<Item = Pair> {
    let enough = some
        .iter()
        .filter(|a| shared.of(a.cell as usize) >= a.least);
    enough.map(|a| a.pair)
}

/// Most bytes of pairs for a byte of entries: of a bucket of 32 there are 496, of 16 bytes each, for 32 entries of 24.
const PAIRS: u64 = 11;
/// Parts that a thread takes in turn, at most.
const TURNS: usize = 4;

/// Gives the pairs of a part. One that is not in memory is used up.
fn each_pair(part: &mut Entered, to: &mut impl Meeting) -> Result<()> {
    if let Some(entries) = part.in_memory() {
        let mut entries = entries.iter().copied();
        return buckets::meet(|| Ok(entries.next()), to);
    }
    let mut entries = part.take()?;
    buckets::meet(|| entries.read(), to)
}

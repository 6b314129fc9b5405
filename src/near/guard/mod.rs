//! The facts guard: whether two similar texts differ in what matters.
//!
//! It aligns the texts, looks at every slot where they differ, and counts what differs by kind. It knows nothing about candidates,
//! thresholds of similarity, or what is done with the answer.

mod dates;
mod directions;
pub mod evidence;
mod function_words;
mod kinds;
pub(crate) mod lacking;
pub(crate) mod lexicon;
mod missing;
mod negation;
mod number;
mod number_words;
mod outcomes;
mod pairing;
mod places;
pub mod score;
mod slot;
mod spelling;
mod units;

use super::align::{Aligner, Block};
use crate::text::fold::{Folded, Token, flag};
use crate::text::shingle;
pub use evidence::Evidence;
pub(crate) use lacking::Lacking;
pub use score::Fact;
use slot::{Reader, Side};

/// A block of fewer equal tokens than this, amid long differences, is a chance meeting.
const MIN_BLOCK: usize = 2;
/// A difference is long when it has more tokens than this on a side.
const LONG_GAP: usize = 6;
/// Text counts as moved, not changed, in runs of at least so many tokens: enough that no template sentence makes them by chance.
const MIN_MOVED: usize = 8;

/// Tokens that both texts must have beside addresses for these not to count; less is a list of links.
const MIN_BESIDE_LINK: usize = 8;

/// Gathers evidence. Holds scratch space, so that a pair allocates nothing.
#[derive(Default)]
pub struct Gatherer {
    aligner: Aligner,
    reader: Reader,
    covered: [Vec<bool>; 2],
}

impl Gatherer {
    /// Compares `small` with `large`, whose shingles are given sorted. `None` when `hopeless` holds of what they surely lack
    /// of each other, or `settled` of what was found up to some slot: then nobody asks for the rest.
    pub(crate) fn gather(
        &mut self,
        small: (&Folded, &[u64]),
        large: (&Folded, &[u64]),
        hopeless: impl Fn(&Lacking) -> bool,
        settled: impl Fn(&Evidence) -> bool,
    ) -> Option<Evidence> {
        let (a, b) = (&small.0.tokens, &large.0.tokens);
        let mut evidence = Evidence {
            tokens: [a.len() as u32, b.len() as u32],
            coarse: !self.aligner.align(a, b),
            ..Evidence::default()
        };
        self.aligner.tighten(a, b);
        self.aligner
            .drop_islands(MIN_BLOCK, LONG_GAP, a.len(), b.len());
        evidence.gaps = self.aligner.gaps.len() as u32;
        evidence.longest_block =
            self.aligner.blocks.iter().map(|b| b.len).max().unwrap_or(0) as u32;
        let length = |b: &Block| a[b.a..b.a + b.len].iter().map(half_tokens).sum();
        let passages = self.aligner.blocks.iter().map(length);
        evidence.longest_passage = passages.max().unwrap_or(0);
        self.mark_aligned(a.len(), b.len());
        mark_moved(a, &Shingles::of(large.1), &mut self.covered[0]);
        mark_moved(b, &Shingles::of(small.1), &mut self.covered[1]);
        self.mark_links(a, b);
        if hopeless(&Lacking::of([a, b], &self.aligner.gaps, &self.covered)) {
            return None;
        }
        let sides = [side(small.0), side(large.0)];
        self.reader.start();
        // Without an alignment there are no slots, and the pair is protected for that.
        let read = if evidence.coarse {
            0
        } else {
            self.aligner.gaps.len()
        };
        for gap in &self.aligner.gaps[..read] {
            self.reader
                .read(&sides, *gap, &mut self.covered, &mut evidence);
            if settled(&evidence) {
                return None;
            }
        }
        let matched = a.iter().zip(&self.covered[0]).filter(|(_, c)| **c);
        evidence.matched = matched.map(|(t, _)| half_tokens(t)).sum();
        for (side, covered) in self.covered.iter().enumerate() {
            evidence.covered[side] = covered.iter().filter(|c| **c).count() as u32;
            evidence.longest_run[side] = longest_run(&sides[side].folded.tokens, covered);
        }
        Some(evidence)
    }

    /// Which tokens of a side of the last pair have a counterpart.
    pub(crate) fn covered(&self, side: usize) -> &[bool] {
        &self.covered[side]
    }

    /// An address that only one text gives tells nothing new; against another address it is what its parts are.
    fn mark_links(&mut self, a: &[Token], b: &[Token]) {
        let is_link = |t: &Token| t.flags & flag::LINK != 0;
        let own =
            |tokens: &[Token]| tokens.iter().filter(|t| !is_link(t)).count() >= MIN_BESIDE_LINK;
        if !own(a) || !own(b) {
            return;
        }
        for gap in &self.aligner.gaps {
            let ranges = [gap.a.0..gap.a.1, gap.b.0..gap.b.1];
            let tokens = [&a[ranges[0].clone()], &b[ranges[1].clone()]];
            if tokens[0].iter().any(is_link) == tokens[1].iter().any(is_link) {
                continue;
            }
            for side in 0..2 {
                for (token, covered) in tokens[side]
                    .iter()
                    .zip(&mut self.covered[side][ranges[side].clone()])
                {
                    *covered |= is_link(token);
                }
            }
        }
    }

    fn mark_aligned(&mut self, len_a: usize, len_b: usize) {
        let [a, b] = &mut self.covered;
        for (covered, len) in [(&mut *a, len_a), (&mut *b, len_b)] {
            covered.clear();
            covered.resize(len, false);
        }
        for block in &self.aligner.blocks {
            a[block.a..block.a + block.len].fill(true);
            b[block.b..block.b + block.len].fill(true);
        }
    }
}

/// Marks runs of tokens that are not aligned but stand elsewhere in the other text, by its shingles.
fn mark_moved(tokens: &[Token], other: &Shingles<'_>, covered: &mut [bool]) {
    if covered.iter().filter(|c| !**c).count() < MIN_MOVED {
        return;
    }
    let mut at = 0;
    while at < tokens.len() {
        let from = at;
        let mut end = at;
        if !covered[at] {
            while at < tokens.len() {
                match shingle_at(tokens, at, other) {
                    0 => break,
                    length => end = at + length,
                }
                at += 1;
            }
        }
        at = at.max(from + 1);
        let run = &mut covered[from..end.max(from)];
        if run.iter().filter(|c| !**c).count() >= MIN_MOVED {
            run.fill(true);
        }
    }
}

/// Tokens in the shingle that begins here, if the other text has it; else 0.
fn shingle_at(tokens: &[Token], at: usize, other: &Shingles<'_>) -> usize {
    let unspaced = tokens[at].flags & flag::UNSPACED != 0;
    let length = if unspaced {
        shingle::CHARS
    } else {
        shingle::WORDS
    };
    match tokens.get(at..at + length) {
        Some(window) if other.has(shingle::whole(window)) => length,
        _ => 0,
    }
}

/// The shingles of a text, sorted, and before them a bit for what some of them have in common: most that are looked for are not
/// there.
struct Shingles<'s> {
    sorted: &'s [u64],
    filter: [u64; 64],
}

impl<'s> Shingles<'s> {
    fn of(sorted: &'s [u64]) -> Self {
        let mut filter = [0; 64];
        for shingle in sorted {
            filter[(shingle >> 6) as usize % 64] |= 1 << (shingle % 64);
        }
        Shingles { sorted, filter }
    }

    fn has(&self, shingle: u64) -> bool {
        self.filter[(shingle >> 6) as usize % 64] >> (shingle % 64) & 1 != 0
            && self.sorted.binary_search(&shingle).is_ok()
    }
}

/// Tells the names of a text from its other words.
pub(crate) struct Names<'t>(Side<'t>);

impl<'t> Names<'t> {
    /// Looks at how the text uses capitals.
    pub(crate) fn of(folded: &'t Folded) -> Self {
        Names(side(folded))
    }

    /// True for a name; in a headline, where capitals tell nothing, for any word that is in no list.
    pub(crate) fn is_name(&self, at: usize) -> bool {
        let Some(token) = self.0.folded.tokens.get(at) else {
            return false;
        };
        match self.0.headline {
            true => token.flags & flag::UNSPACED == 0 && lexicon::class(token.hash).is_none(),
            false => kinds::is_name(&self.0, at),
        }
    }

    /// True when most words have capitals.
    pub(crate) fn headline(&self) -> bool {
        self.0.headline
    }
}

/// Whether capitals tell names (not in headlines set in capitals, nor in German, nor in scripts without any), and whether
/// the text is such a headline.
fn side(folded: &Folded) -> Side<'_> {
    let words = folded
        .tokens
        .iter()
        .filter(|t| t.flags & (flag::DIGIT | flag::UNSPACED | flag::SYMBOL) == 0);
    let (mut all, mut capital) = (0, 0);
    for token in words.clone() {
        all += 1;
        capital += usize::from(token.flags & flag::CAPITAL != 0);
    }
    let headline = capital * 10 > all * 7;
    // Nouns make German texts rich in capitals; only then its words are counted.
    let few = capital * 8 < all;
    let german = |t: &&Token| lexicon::is_german(t.hash);
    Side {
        folded,
        capitals: few || !headline && words.filter(german).count() * 12 < all,
        headline,
    }
}

/// A character of an unspaced script is half a token.
fn half_tokens(token: &Token) -> u32 {
    2 - u32::from(token.flags & flag::UNSPACED != 0)
}

/// Longest run of tokens without counterpart, in half tokens.
fn longest_run(tokens: &[Token], covered: &[bool]) -> u32 {
    let (mut longest, mut run) = (0, 0);
    for (token, covered) in tokens.iter().zip(covered) {
        run = if *covered {
            0
        } else {
            run + half_tokens(token)
        };
        longest = longest.max(run);
    }
    longest
}

/// True for tokens that a template holds open: with a digit, number words and their scales, months and days.
pub(crate) fn is_mask(token: &Token) -> bool {
    token.flags & flag::DIGIT != 0 || lexicon::is_mask(token.hash)
}

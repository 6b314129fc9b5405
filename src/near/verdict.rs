//! The judgement on two paragraphs: exact, near, contained or distinct, whether facts protect them, and which of them may go.
//!
//! It judges text alone. Floors of length are the caller's business ([`Floors`]), and so is which of two paragraphs came first.

use super::context;
use super::encoded;
use super::guard::score::{protects, surely_protects};
use super::guard::{self, Evidence, Fact, Gatherer, Lacking};
use super::sentence;
use super::similarity::{self, Ratio};
use super::words::Words;
use crate::config::{Config, Guard, Share};
use crate::text::fold::{Folded, Folder, Token};
use crate::text::{hash, link, shingle};

/// A paragraph that is ready to be compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prepared {
    /// Its folded form.
    pub folded: Folded,
    /// Its shingles, sorted, each once.
    pub shingles: Vec<u64>,
    /// The tokens after which a sentence ends, ascending.
    pub ends: Vec<u32>,
    /// Mostly data written in letters (uuencode, base64), of which any two pieces are alike by chance.
    pub encoded: bool,
}

impl Prepared {
    /// Folds and shingles `text`; old content is lost, its memory is used again.
    pub fn fill(&mut self, text: &str, folder: &mut Folder) {
        self.begin(text, folder);
        self.finish(text);
    }

    /// What [`Comparer::may_be_alike`] needs of `text`, and no more.
    pub(crate) fn begin(&mut self, text: &str, folder: &mut Folder) {
        folder.fold(text, &mut self.folded);
        shingle::shingles(&self.folded, &mut self.shingles);
        shingle::sorted_set(&mut self.shingles);
        self.ends.clear();
        self.encoded = false;
    }

    /// Bytes of memory that its text, tokens and shingles have room for: nearly all that it holds.
    pub(crate) fn bytes(&self) -> u64 {
        let tokens = self.folded.tokens.capacity() * size_of::<Token>();
        let shingles = self.shingles.capacity() * size_of::<u64>();
        (self.folded.text.capacity() + tokens + shingles) as u64
    }

    /// The rest of [`Prepared::fill`], of the text that it began with.
    pub(crate) fn finish(&mut self, text: &str) {
        link::mark(text, &mut self.folded.tokens);
        self.encoded = encoded::is_encoded(text);
        sentence::ends(text, &self.folded, &mut self.ends);
    }
}

/// What a pair must reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Least Jaccard similarity of a near pair.
    pub min_similarity: Share,
    /// Least containment of a contained pair.
    pub min_containment: Share,
    /// Whether facts protect a pair.
    pub guard: Guard,
}

impl From<&Config> for Thresholds {
    fn from(config: &Config) -> Self {
        Thresholds {
            min_similarity: config.min_similarity,
            min_containment: config.min_containment,
            guard: config.guard,
        }
    }
}

/// What two paragraphs are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Equal folded form.
    Exact,
    /// Jaccard similarity over the threshold.
    Near,
    /// Containment over the threshold.
    Contained,
    /// None of these, or protected.
    Distinct,
}

/// Which of the two may go for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Only the first adds nothing.
    AGoes,
    /// Only the second adds nothing.
    BGoes,
    /// Neither adds anything.
    Either,
}

/// The judgement on a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// What they are to each other.
    pub kind: Kind,
    /// Shingles they share.
    pub shared: u32,
    /// Shingles of the first.
    pub size_a: u32,
    /// Shingles of the second.
    pub size_b: u32,
    /// Which may go; `None` when both add something.
    pub direction: Option<Direction>,
    /// Facts, in a hundred of the document that has fewer, that the documents of the two must share: the less text the pair
    /// has, the more. The pair itself is not asked for its documents; `clean` asks.
    pub context: u32,
    /// Why the guard protects the pair.
    pub fact: Option<Fact>,
    /// Alike enough, but with other facts; `kind` is then [`Kind::Distinct`].
    pub guarded: bool,
}

impl Verdict {
    /// Nothing in common.
    fn distinct(a: &Prepared, b: &Prepared) -> Self {
        Verdict::of_sizes([a, b].map(|p| p.shingles.len() as u32))
    }

    /// The same of texts with so many shingles.
    fn of_sizes([size_a, size_b]: [u32; 2]) -> Self {
        Verdict {
            kind: Kind::Distinct,
            shared: 0,
            size_a,
            size_b,
            direction: None,
            context: 0,
            fact: None,
            guarded: false,
        }
    }

    /// True when the first may go for the second.
    pub fn a_goes(&self) -> bool {
        let goes = matches!(self.direction, Some(Direction::AGoes | Direction::Either));
        self.kind != Kind::Distinct && goes
    }

    /// Shared shingles over all shingles.
    pub fn jaccard(&self) -> Ratio {
        similarity::jaccard(self.shared, self.size_a, self.size_b)
    }

    /// Shared shingles over those of the smaller side.
    pub fn containment(&self) -> Ratio {
        similarity::containment(self.shared, self.size_a, self.size_b)
    }
}

/// Two paragraphs that are alike, whatever their facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// What they are to each other.
    pub kind: Kind,
    /// Their words say so, not their shingles.
    pub weak: bool,
    /// What differs between them.
    pub evidence: Evidence,
}

/// Longest run without counterpart that may be lost, in half tokens: 8 words. A dateline, a credit, a reply header fit into it.
const MAX_NEW_RUN: u32 = 16;
/// Below the thresholds, down to this part of them, a pair is alike if its aligned words say so: scans and many small
/// edits break most shingles of a text and leave its words. A quarter keeps recall on scans with 8 % wrong characters.
const WEAK_PART: u64 = 4;
/// The same for short texts, where a template shares more with its next use than a scan with its original loses.
const SHORT_WEAK_PART: u64 = 2;
/// Content words in one place that a text of such a pair may have for itself and still go.
const MAX_WEAK_CONTENT: u32 = 3;
/// Such a pair must have no longer run without counterpart in its smaller text than this, in half tokens: 12 words.
const MAX_WEAK_RUN: u32 = 24;

/// From so many tokens a text is too long for a template to have most of its words in order; copies with a fifth of their words
/// edited have four fifths of them (.79 to .90 of 39 made ones), and news of one form, below this length, as many.
const LONG_WEAK: u32 = 30;
/// Words, in a hundred of such a text, that must have a counterpart.
const LONG_COVERED: u32 = 75;
/// The same of a shorter text, in which no content word may be replaced.
const SHORT_COVERED: u32 = 78;
/// A passage of at least so many equal tokens, and half of the text, allows one such word.
const MIN_PASSAGE: u32 = 10;
/// Words, in a hundred of a text with such a passage, that must have a counterpart.
const PASSAGE_COVERED: u32 = 75;

/// Compares prepared paragraphs. Holds scratch space, so that a pair allocates nothing.
#[derive(Default)]
pub struct Comparer {
    gatherer: Gatherer,
    words: Words,
}

impl Comparer {
    /// Judges two paragraphs. Kind, counts and guard do not depend on their order; the direction turns round with it.
    pub fn compare(&mut self, a: &Prepared, b: &Prepared, thresholds: &Thresholds) -> Verdict {
        self.judge(a, b, thresholds, false)
    }

    /// The judgement on two paragraphs of which `a` may go for `b`; `None` when it may not. The slow version is
    /// [`Comparer::compare`]; this one stops at the first slot that settles it.
    pub(crate) fn may_go(
        &mut self,
        a: &Prepared,
        b: &Prepared,
        thresholds: &Thresholds,
    ) -> Option<Verdict> {
        Some(self.judge(a, b, thresholds, true)).filter(Verdict::a_goes)
    }

    /// `going`: nothing is asked but whether `a` may go; a pair of which it may not is as good as distinct.
    fn judge(
        &mut self,
        a: &Prepared,
        b: &Prepared,
        thresholds: &Thresholds,
        going: bool,
    ) -> Verdict {
        let mut verdict = Verdict::distinct(a, b);
        if a.folded.text == b.folded.text {
            if !a.folded.tokens.is_empty() {
                verdict.kind = Kind::Exact;
                verdict.shared = verdict.size_a;
                verdict.direction = Some(Direction::Either);
            }
            return verdict;
        }
        verdict.shared = shingle::intersection_size(&a.shingles, &b.shingles) as u32;
        if thresholds.guard == Guard::Off {
            let kind = plain_kind(&verdict, thresholds);
            let kind = kind.filter(|_| self.words.agree(&a.folded, &b.folded));
            verdict.kind = kind.unwrap_or(Kind::Distinct);
            verdict.direction = kind.and_then(|kind| plain_direction(&verdict, kind));
            return verdict;
        }
        let Some(Alike {
            kind,
            weak,
            evidence,
        }) = self.find_alike(a, b, thresholds, going)
        else {
            return verdict;
        };
        verdict.fact = protects(&evidence);
        if verdict.fact.is_some() {
            verdict.guarded = true;
            return verdict;
        }
        let swapped = comes_first(b, a);
        if going && !adds_nothing(&evidence, usize::from(swapped), weak) {
            return verdict;
        }
        if !self.words.agree(&a.folded, &b.folded) {
            return verdict;
        }
        verdict.kind = kind;
        verdict.context = context::asked(kind, weak, &evidence);
        verdict.direction = direction(
            adds_nothing(&evidence, 0, weak),
            adds_nothing(&evidence, 1, weak),
            swapped,
        );
        verdict
    }

    /// False when the shingles of two paragraphs, of which each is at least begun, say already that [`Comparer::compare`]
    /// will find them distinct.
    pub(crate) fn may_be_alike(&self, a: &Prepared, b: &Prepared, thresholds: &Thresholds) -> bool {
        if a.folded.text == b.folded.text {
            return true;
        }
        let shared = shingle::intersection_size(&a.shingles, &b.shingles) as u32;
        let sizes = [a, b].map(|p| p.shingles.len() as u32);
        let tokens = a.folded.tokens.len().min(b.folded.tokens.len());
        may_reach(shared, sizes, tokens < LONG_WEAK as usize, thresholds)
    }

    /// What two paragraphs that are no copies are by their shingles, or else by their words, before the guard is asked; `None` when
    /// they are not alike.
    pub fn alike(&mut self, a: &Prepared, b: &Prepared, thresholds: &Thresholds) -> Option<Alike> {
        self.find_alike(a, b, thresholds, false)
    }

    fn find_alike(
        &mut self,
        a: &Prepared,
        b: &Prepared,
        thresholds: &Thresholds,
        going: bool,
    ) -> Option<Alike> {
        if a.encoded || b.encoded {
            return None;
        }
        let counts = Verdict {
            shared: shingle::intersection_size(&a.shingles, &b.shingles) as u32,
            ..Verdict::distinct(a, b)
        };
        let kind = plain_kind(&counts, thresholds);
        let tokens = a.folded.tokens.len().min(b.folded.tokens.len());
        if kind.is_none() && !is_weak(&counts, tokens < LONG_WEAK as usize, thresholds) {
            return None;
        }
        let weak = kind.is_none();
        let side = usize::from(comes_first(b, a));
        let hopeless = |least: &Lacking, tokens: u32| {
            weak && cannot_be_confirmed(least, tokens) || going && surely_adds(least, side, weak)
        };
        let evidence = self.gather(a, b, hopeless, |e| going && cannot_go(e, side, weak))?;
        let kind = kind.or_else(|| confirmed(&evidence, thresholds))?;
        Some(Alike {
            kind,
            weak,
            evidence,
        })
    }

    /// What differs between two paragraphs, smaller side first, whatever the order of the arguments.
    pub fn evidence(&mut self, a: &Prepared, b: &Prepared) -> Evidence {
        let evidence = self.gather(a, b, |_, _| false, |_| false);
        evidence.expect("nothing settles it before the end")
    }

    fn gather(
        &mut self,
        a: &Prepared,
        b: &Prepared,
        hopeless: impl Fn(&Lacking, u32) -> bool,
        settled: impl Fn(&Evidence) -> bool,
    ) -> Option<Evidence> {
        let (small, large) = if comes_first(b, a) { (b, a) } else { (a, b) };
        let mut evidence = self.gatherer.gather(
            (&small.folded, &small.shingles),
            (&large.folded, &large.shingles),
            |least| hopeless(least, small.folded.tokens.len() as u32),
            settled,
        )?;
        for (side, paragraph) in [small, large].into_iter().enumerate() {
            evidence.new_sentences[side] = sentence::new(
                &paragraph.folded,
                &paragraph.ends,
                self.gatherer.covered(side),
            );
        }
        Some(evidence)
    }
}

/// True when the words will not say that a pair below the thresholds is alike, whatever stands in its slots. `tokens`: those of
/// the smaller text. It asks for less than [`confirmed`] does.
fn cannot_be_confirmed(least: &Lacking, tokens: u32) -> bool {
    let covered = tokens - least.tokens[0];
    let needed = LONG_COVERED.min(SHORT_COVERED).min(PASSAGE_COVERED);
    least.run[0] > MAX_WEAK_RUN || covered * 100 < tokens * needed
}

/// True when a side adds something, whatever stands in the slots. It asks for less than [`adds_nothing`] does.
fn surely_adds(least: &Lacking, side: usize, weak: bool) -> bool {
    least.run[side] > MAX_NEW_RUN || weak && least.content[side] > MAX_WEAK_CONTENT
}

/// True when a side cannot go whatever the slots that were not read yet may say: counts only grow.
fn cannot_go(evidence: &Evidence, side: usize, weak: bool) -> bool {
    let e = evidence;
    surely_protects(e)
        || weak && e.longest_content[side] > MAX_WEAK_CONTENT
        || e.new_numbers[side] > 0
        || e.bare_numbers[side] > 0
        || e.missing_names[side] > 0
}

/// The order in which a pair is looked at, so that the answer does not depend on the order it came in: fewer tokens, then text.
fn comes_first(a: &Prepared, b: &Prepared) -> bool {
    let key = |p: &Prepared| p.folded.tokens.len();
    (key(a), &a.folded.text) < (key(b), &b.folded.text)
}

/// False when two texts that are no copies are surely distinct: they have so many different shingles, and at most `shared` of them in
/// common. `short`: the shorter one has fewer than [`LONG_WEAK`] tokens.
pub(crate) fn may_reach(
    shared: u32,
    sizes: [u32; 2],
    short: bool,
    thresholds: &Thresholds,
) -> bool {
    let counts = Verdict {
        shared,
        ..Verdict::of_sizes(sizes)
    };
    plain_kind(&counts, thresholds).is_some()
        || thresholds.guard != Guard::Off && is_weak(&counts, short, thresholds)
}

/// True when a text of at most so many shingles, repeats included, surely has fewer than [`LONG_WEAK`] tokens.
pub(crate) fn surely_short(shingles: usize) -> bool {
    shingles + shingle::CHARS <= LONG_WEAK as usize
}

/// What the shingle sets alone say.
fn plain_kind(verdict: &Verdict, thresholds: &Thresholds) -> Option<Kind> {
    let reached =
        |share: Share, ratio: Ratio| share.reached_by(ratio.part.into(), ratio.whole.into());
    if reached(thresholds.min_similarity, verdict.jaccard()) {
        Some(Kind::Near)
    } else if reached(thresholds.min_containment, verdict.containment()) {
        Some(Kind::Contained)
    } else {
        None
    }
}

/// True when the words may yet show that the pair is alike.
fn is_weak(verdict: &Verdict, short: bool, thresholds: &Thresholds) -> bool {
    let part = if short { SHORT_WEAK_PART } else { WEAK_PART };
    let reached = |share: Share, ratio: Ratio| {
        share.reached_by(u64::from(ratio.part) * part, ratio.whole.into())
    };
    reached(thresholds.min_similarity, verdict.jaccard())
        || reached(thresholds.min_containment, verdict.containment())
}

/// What the aligned words say where shingles said too little. Scans and texts that an editor went through word by word keep most
/// words in order, of a long text; a short text of a template does so too, so there hardly anything may be said otherwise.
fn confirmed(evidence: &Evidence, thresholds: &Thresholds) -> Option<Kind> {
    let e = evidence;
    let reached = |side: usize, percent: u32| e.covered[side] * 100 >= e.tokens[side] * percent;
    let plain = e.missing_names[0] == 0;
    let alike = if e.tokens[0] >= LONG_WEAK {
        reached(0, LONG_COVERED)
    } else {
        let passage = e.longest_block >= MIN_PASSAGE && e.longest_block * 2 >= e.tokens[0];
        plain
            && (e.replaced == 0 && reached(0, SHORT_COVERED)
                || e.replaced <= 1 && passage && reached(0, PASSAGE_COVERED))
    };
    if !alike || e.longest_run[0] > MAX_WEAK_RUN {
        return None;
    }
    let (part, whole) = (e.covered[1], e.tokens[1]);
    let both = thresholds
        .min_containment
        .reached_by(part.into(), whole.into());
    Some(if both { Kind::Near } else { Kind::Contained })
}

/// True when nothing is lost with this side: no long run without counterpart, and no sentence, number or name that the other side lacks.
/// Of a pair below the thresholds no clause may be lost either.
fn adds_nothing(evidence: &Evidence, side: usize, weak: bool) -> bool {
    let clause = weak && evidence.longest_content[side] > MAX_WEAK_CONTENT;
    !clause
        && evidence.longest_run[side] <= MAX_NEW_RUN
        && evidence.new_numbers[side] == 0
        && evidence.bare_numbers[side] == 0
        && evidence.missing_names[side] == 0
        && evidence.new_sentences[side] == 0
}

/// The direction, given whether the side looked at first and the other one add nothing.
fn direction(first: bool, second: bool, swapped: bool) -> Option<Direction> {
    let (a, b) = if swapped {
        (second, first)
    } else {
        (first, second)
    };
    match (a, b) {
        (true, true) => Some(Direction::Either),
        (true, false) => Some(Direction::AGoes),
        (false, true) => Some(Direction::BGoes),
        (false, false) => None,
    }
}

/// The direction when similarity alone decides: of a contained pair only the smaller goes.
fn plain_direction(verdict: &Verdict, kind: Kind) -> Option<Direction> {
    Some(match (kind, verdict.size_a.cmp(&verdict.size_b)) {
        (Kind::Contained, std::cmp::Ordering::Less) => Direction::AGoes,
        (Kind::Contained, std::cmp::Ordering::Greater) => Direction::BGoes,
        _ => Direction::Either,
    })
}

/// The least lengths at which a paragraph may go, in half tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Floors {
    /// Below it a paragraph never goes on its own.
    pub exact: u32,
    /// Below it (shorter side) a paragraph goes for an exact copy only.
    pub near: u32,
}

impl From<&Config> for Floors {
    fn from(config: &Config) -> Self {
        Floors {
            exact: config.min_tokens.saturating_mul(2),
            near: config.min_near_tokens.saturating_mul(2),
        }
    }
}

impl Floors {
    /// True when paragraphs of these lengths in half tokens are long enough for a verdict of this kind to remove one.
    pub fn admit(&self, kind: Kind, half_tokens_a: u32, half_tokens_b: u32) -> bool {
        let shorter = half_tokens_a.min(half_tokens_b);
        match kind {
            Kind::Exact => shorter >= self.exact,
            Kind::Near | Kind::Contained => shorter >= self.near.max(self.exact),
            Kind::Distinct => true,
        }
    }
}

/// The hash of a folded paragraph with its facts masked: paragraphs with one key say the same of other numbers, months or days.
pub fn template_key(folded: &Folded) -> u64 {
    let mut key = folded.tokens.len() as u64;
    for token in &folded.tokens {
        let word = if guard::is_mask(token) {
            MASK
        } else {
            token.hash
        };
        key = hash::mix(key.rotate_left(5) ^ word);
    }
    key
}

/// What stands for every fact in a template: a fixed arbitrary value.
const MASK: u64 = 0x6d61_736b_6661_6374;

#[cfg(test)]
mod tests;

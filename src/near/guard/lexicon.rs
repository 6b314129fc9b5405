//! What kind of fact a folded token is, looked up by its hash. The tables beside this file say what is in it; they are folded here,
//! so a change of the fold reaches them.
//!
//! The slow version compares a token with every listed word. The fast one asks a table of bits first, since most tokens are in no list.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{dates, directions, function_words, negation, number_words, outcomes, places, units};
use crate::text::fold::{Folded, Folder};

/// What a listed word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A number.
    Number(u64),
    /// A power of ten that multiplies the number before it.
    Scale(u8),
    /// A month, from 1.
    Month(u8),
    /// A weekday, or a day named from the day of writing.
    Day,
    /// One side of an opposition: the axis, and whether it is the first side.
    Direction(u8, bool),
    /// A negation.
    Negation,
    /// An outcome of a matter, of which only one can be.
    Outcome(u8, u8),
    /// A unit.
    Unit(u8),
    /// A place with several names.
    Place(u8),
    /// Grammar only; true for words by which German is known.
    Function(bool),
}

/// Bits of the first filter: 2^16, so that the about 2,500 words let 4 % of other tokens through.
const FILTER_BITS: u32 = 16;

/// A bit for each value that the first bits of a hash can have.
type Filter = [u64; 1 << (FILTER_BITS - 6)];

#[inline(always)]
fn passes(filter: &Filter, hash: u64) -> bool {
    let bit = hash >> (64 - FILTER_BITS);
    filter[bit as usize / 64] >> (bit % 64) & 1 != 0
}

struct Lexicon {
    filter: Box<Filter>,
    /// The same of the words that a template holds open, which are few beside the words of grammar.
    masks: Box<Filter>,
    /// The same of the words by which German is known.
    german: Box<Filter>,
    words: FxHashMap<u64, Class>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

/// Returns what the token with this hash is, if it is listed.
#[inline(always)]
pub(crate) fn class(hash: u64) -> Option<Class> {
    let lexicon = &*LEXICON;
    match passes(&lexicon.filter, hash) {
        true => lexicon.look_up(hash),
        false => None,
    }
}

/// True for number words and their scales, months and days.
#[inline(always)]
pub(super) fn is_mask(hash: u64) -> bool {
    let lexicon = &*LEXICON;
    passes(&lexicon.masks, hash) && lexicon.look_up(hash).is_some_and(Class::is_mask)
}

/// True for words by which German is known.
#[inline(always)]
pub(super) fn is_german(hash: u64) -> bool {
    let lexicon = &*LEXICON;
    passes(&lexicon.german, hash) && lexicon.look_up(hash) == Some(Class::Function(true))
}

impl Class {
    fn is_mask(self) -> bool {
        matches!(
            self,
            Class::Number(_) | Class::Scale(_) | Class::Month(_) | Class::Day
        )
    }
}

impl Lexicon {
    #[inline(never)]
    fn look_up(&self, hash: u64) -> Option<Class> {
        self.words.get(&hash).copied()
    }

    fn build() -> Self {
        let mut lexicon = Lexicon {
            filter: Box::new([0; 1 << (FILTER_BITS - 6)]),
            masks: Box::new([0; 1 << (FILTER_BITS - 6)]),
            german: Box::new([0; 1 << (FILTER_BITS - 6)]),
            words: FxHashMap::default(),
        };
        // A word in two lists keeps its first meaning: facts before grammar.
        for &(value, words) in number_words::NUMBERS {
            lexicon.add(words, Class::Number(value));
        }
        for &(power, words) in number_words::SCALES {
            lexicon.add(words, Class::Scale(power));
        }
        for &(month, words) in dates::MONTHS {
            lexicon.add(words, Class::Month(month));
        }
        lexicon.add(dates::DAYS, Class::Day);
        lexicon.add(negation::NEGATIONS, Class::Negation);
        for &(matter, outcomes) in outcomes::OUTCOMES {
            for (value, words) in outcomes.iter().enumerate() {
                lexicon.add(words, Class::Outcome(matter, value as u8));
            }
        }
        for &(axis, one, other) in directions::OPPOSITES {
            lexicon.add(one, Class::Direction(axis, true));
            lexicon.add(other, Class::Direction(axis, false));
        }
        for &(unit, words) in units::UNITS {
            lexicon.add(words, Class::Unit(unit));
        }
        for &(place, words) in places::PLACES {
            lexicon.add(words, Class::Place(place));
        }
        lexicon.add_prefixed();
        lexicon.add(function_words::GERMAN, Class::Function(true));
        lexicon.add(function_words::FUNCTION_WORDS, Class::Function(false));
        lexicon
    }

    /// Adds the Arabic words again with the particles that are written together with them: and, so, by, for, the.
    fn add_prefixed(&mut self) {
        let numbers = number_words::NUMBERS
            .iter()
            .map(|(n, w)| (*w, Class::Number(*n)));
        let directions = directions::OPPOSITES
            .iter()
            .flat_map(|&(axis, one, other)| {
                let class = |side| Class::Direction(axis, side);
                [(one, class(true)), (other, class(false))]
            });
        let negations = [(negation::NEGATIONS, Class::Negation)];
        for (words, class) in numbers.chain(directions).chain(negations) {
            let arabic = words
                .split_whitespace()
                .filter(|w| w.starts_with(|c| matches!(c, 'ا'..='ي' | 'آ'..='إ')));
            for word in arabic {
                for particle in ["و", "ف", "ب", "ل", "ال", "وال", "بال"] {
                    self.add(&format!("{particle}{word}"), class);
                }
            }
        }
    }

    /// Adds words that fold to one token; what folds to several (a compound with a hyphen) cannot be looked up and stays out.
    fn add(&mut self, words: &str, class: Class) {
        let (mut folder, mut folded) = (Folder::default(), Folded::default());
        for word in words.split_whitespace() {
            folder.fold(word, &mut folded);
            if let [token] = folded.tokens[..] {
                let bit = token.hash >> (64 - FILTER_BITS);
                self.filter[bit as usize / 64] |= 1 << (bit % 64);
                self.masks[bit as usize / 64] |= u64::from(class.is_mask()) << (bit % 64);
                self.german[bit as usize / 64] |=
                    u64::from(class == Class::Function(true)) << (bit % 64);
                self.words.entry(token.hash).or_insert(class);
            }
        }
    }
}

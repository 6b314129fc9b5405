//! What kinds of words one side of a slot holds, and whether two sides contradict each other.

use super::lexicon::{self, Class};
use super::negation;
use super::outcomes::{GRADES, SIGNS};
use super::slot::Side;
use crate::text::fold::flag;

/// What kinds of words one side of a slot holds, as counts and bit sets.
#[derive(Default)]
pub(super) struct Kinds {
    pub(super) words: u32,
    pub(super) content: u32,
    pub(super) names: u32,
    pub(super) unlisted: u32,
    pub(super) negations: u32,
    pub(super) months: u16,
    pub(super) units: u64,
    pub(super) outcomes: u64,
    pub(super) hash: u64,
    pub(super) unspaced: bool,
    pub(super) up: u32,
    pub(super) down: u32,
    pub(super) initials: [char; 4],
    pub(super) first: [char; 4],
}

impl Kinds {
    /// Counts the words of a side that stand at these places.
    pub(super) fn of(side: &Side<'_>, words: &[usize]) -> Self {
        let mut kinds = Kinds::default();
        for &at in words {
            kinds.words += 1;
            let token = &side.folded.tokens[at];
            kinds.unspaced |= token.flags & flag::UNSPACED != 0;
            let class = lexicon::class(token.hash);
            match class {
                Some(Class::Month(m)) => kinds.months |= 1 << m,
                Some(Class::Direction(axis, true)) => kinds.up |= 1 << axis,
                Some(Class::Direction(axis, false)) => kinds.down |= 1 << axis,
                Some(Class::Negation) => kinds.negations += 1,
                _ if negation::is_mark(side.folded, at) => kinds.negations += 1,
                Some(Class::Unit(unit)) => kinds.units |= 1 << unit,
                _ => {}
            }
            if !matches!(class, Some(Class::Function(_) | Class::Day)) {
                kinds.content += 1;
                kinds.hash = kinds.hash.wrapping_mul(31).wrapping_add(token.hash);
            }
            let text = side.folded.token(at);
            kinds.unlisted += u32::from(matches!(class, None | Some(Class::Place(_))));
            kinds.outcomes |= outcome(side, at, class);
            if is_name(side, at) {
                kinds.names += 1;
                let mut letters = text.chars();
                if let Some(free) = kinds.initials.iter_mut().find(|c| **c == '\0') {
                    *free = letters.next().unwrap_or('\0');
                }
                if kinds.names == 1 {
                    text.chars()
                        .zip(&mut kinds.first)
                        .for_each(|(c, to)| *to = c);
                    if text.chars().count() > 4 {
                        kinds.first = ['\0'; 4];
                    }
                }
            }
        }
        kinds
    }
}

/// True for a word with a capital that is in no list, in a text whose capitals tell names.
pub(super) fn is_name(side: &Side<'_>, at: usize) -> bool {
    let token = &side.folded.tokens[at];
    side.capitals
        && token.flags & flag::CAPITAL != 0
        && matches!(lexicon::class(token.hash), None | Some(Class::Place(_)))
}

/// Outcomes of one matter take so many bits.
const OUTCOME_BITS: u32 = 8;

/// The bit of an outcome. "A" is a grade of debt before a figure or a sign, and an article elsewhere.
fn outcome(side: &Side<'_>, at: usize, class: Option<Class>) -> u64 {
    if let Some(Class::Outcome(matter, value)) = class {
        return 1 << (u32::from(matter) * OUTCOME_BITS + u32::from(value));
    }
    let tokens = &side.folded.tokens;
    let graded = tokens[at].flags & flag::CAPITAL != 0
        && tokens.get(at + 1).is_some_and(|next| {
            next.flags & flag::DIGIT != 0
                || matches!(lexicon::class(next.hash), Some(Class::Outcome(SIGNS, _)))
        });
    match side.folded.token(at) {
        "a" if graded => 1 << (u32::from(GRADES) * OUTCOME_BITS + 6),
        "b" if graded => 1 << (u32::from(GRADES) * OUTCOME_BITS + 7),
        _ => 0,
    }
}

/// True when both name outcomes of one matter, and other ones.
pub(super) fn other_outcome(x: &Kinds, y: &Kinds) -> bool {
    (0..u64::BITS / OUTCOME_BITS).any(|matter| {
        let part = |k: &Kinds| k.outcomes >> (matter * OUTCOME_BITS) & ((1 << OUTCOME_BITS) - 1);
        part(x) != 0 && part(y) != 0 && part(x) & part(y) == 0
    })
}

/// True when one name on the left is the initials of the names on the right.
pub(super) fn abbreviates(short: &Kinds, long: &Kinds) -> bool {
    long.names >= 2 && (short.first == long.initials || short.initials == long.initials)
}

/// True when some axis has only one side here and only the other there.
pub(super) fn opposed(x: &Kinds, y: &Kinds) -> bool {
    (x.up & !x.down) & (y.down & !y.up) != 0 || (x.down & !x.up) & (y.up & !y.down) != 0
}

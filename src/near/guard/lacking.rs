//! What two texts surely lack of each other, known from their alignment before a slot is read.
//!
//! Reading a slot is dear, since its words are compared letter by letter, and most pairs that are looked at closely are no
//! duplicates. Many of them show it already by a passage that has no counterpart: a slot can give a counterpart only to the
//! parts of a number, and to a word where the other text has words of its own that are not too many. The tests hold these
//! bounds against what reading finds.

use super::lexicon::{self, Class};
use super::pairing::MAX_WORDS;
use crate::near::align::Gap;
use crate::text::fold::{Token, flag};

/// Words of one text that may be one word of the other, torn by a scanner.
const TORN: usize = 3;

/// The least that reading all slots will say of each side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Lacking {
    /// Tokens without counterpart.
    pub(crate) tokens: [u32; 2],
    /// The longest run of them, in half tokens.
    pub(crate) run: [u32; 2],
    /// The most content words in one place without counterpart.
    pub(crate) content: [u32; 2],
}

impl Lacking {
    /// Looks at the gaps of an alignment. `covered[side][token]` is true for tokens that have a counterpart already.
    pub(super) fn of(texts: [&[Token]; 2], gaps: &[Gap], covered: &[Vec<bool>; 2]) -> Self {
        let mut least = Lacking::default();
        for gap in gaps {
            let ranges = [gap.a.0..gap.a.1, gap.b.0..gap.b.1];
            let open = |side: usize| {
                let range = ranges[side].clone();
                let tokens = texts[side][range.clone()].iter();
                tokens.zip(&covered[side][range]).filter(|(_, c)| !**c)
            };
            let all = [0, 1].map(|side| open(side).count());
            // Numbers may cancel before words are counted, so a slot is too long to be read only by its other words.
            let words = |side: usize| open(side).filter(|(t, _)| !may_be_number(t)).count();
            let too_many = |side: usize| all[side] > MAX_WORDS && words(side) > MAX_WORDS;
            if all.contains(&0) || too_many(0) || too_many(1) {
                for (side, range) in ranges.iter().enumerate() {
                    least.add(
                        side,
                        &texts[side][range.clone()],
                        &covered[side][range.clone()],
                    );
                }
                continue;
            }
            for side in 0..2 {
                let torn = TORN * all[1 - side];
                if all[side] > torn {
                    least.tokens[side] += words(side).saturating_sub(torn) as u32;
                }
            }
        }
        least
    }

    /// Adds one side of a gap whose words are not compared with each other.
    fn add(&mut self, side: usize, tokens: &[Token], covered: &[bool]) {
        let (mut run, mut content) = (0, 0);
        for (token, covered) in tokens.iter().zip(covered) {
            if *covered {
                run = 0;
                continue;
            }
            let class = lexicon::class(token.hash);
            if token.flags & flag::DIGIT != 0 || class.is_some_and(is_number) {
                run = 0;
                continue;
            }
            self.tokens[side] += 1;
            run += super::half_tokens(token);
            self.run[side] = self.run[side].max(run);
            content += u32::from(!matches!(class, Some(Class::Function(_) | Class::Day)));
        }
        self.content[side] = self.content[side].max(content);
    }
}

/// True for what may be part of a number, and so find another way to write it.
fn may_be_number(token: &Token) -> bool {
    token.flags & flag::DIGIT != 0 || lexicon::class(token.hash).is_some_and(is_number)
}

fn is_number(class: Class) -> bool {
    matches!(class, Class::Number(_) | Class::Scale(_))
}

//! Equal hash, equal word: asked of every pair before one of it goes.
//!
//! Shingles and the alignment see words as 64-bit hashes. Between words that nobody chose, two of one hash are not to be
//! expected in all the text there is; but the hash has no key, and someone who wants two such words finds them in a moment
//! (the test does). So the last word belongs to the text. It is asked of pairs that passed everything else, which are few.

use crate::text::fold::Folded;

/// Compares the words of two texts. Holds scratch space.
///
/// The slow version compares every two tokens of both. The fast one looks the first token of a hash up in a table by the hash.
#[derive(Default)]
pub(super) struct Words {
    /// By hash, the number of a token of the first text, from 1; at least half of the places are free (0).
    first: Vec<u32>,
}

impl Words {
    /// True when all tokens of one hash, in either text, are the same word.
    pub(super) fn agree(&mut self, a: &Folded, b: &Folded) -> bool {
        let places = (2 * a.tokens.len() + 1).next_power_of_two();
        self.first.clear();
        self.first.resize(places, 0);
        let next = |place: usize| (place + 1) & (places - 1);
        for (i, token) in a.tokens.iter().enumerate() {
            let mut place = token.hash as usize & (places - 1);
            loop {
                match self.first[place] as usize {
                    0 => {
                        self.first[place] = i as u32 + 1;
                        break;
                    }
                    k if a.tokens[k - 1].hash != token.hash => place = next(place),
                    k if a.token(k - 1) != a.token(i) => return false,
                    _ => break,
                }
            }
        }
        b.tokens.iter().enumerate().all(|(j, token)| {
            let mut place = token.hash as usize & (places - 1);
            loop {
                match self.first[place] as usize {
                    0 => return true,
                    k if a.tokens[k - 1].hash != token.hash => place = next(place),
                    k => return a.token(k - 1) == b.token(j),
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::{Config, Guard};
    use crate::near::verdict::{Comparer, Kind, Prepared, Thresholds};
    use crate::text::fold::Folder;
    use crate::text::hash;

    /// Two words of sixteen letters and one hash. `tests/hostile/collisions.rs` shows how such are found.
    const COLLISION: (&str, &str) = ("hqdaaaaaxyjvuuot", "mxbaaaaaddaaaaaa");

    proptest! {
        /// Hashes of one bit collide all the time.
        #[test]
        fn the_table_equals_the_definition(x in "([abc]{1,2} ){0,9}", y in "([abc]{1,2} ){0,5}", bits in 0u64..16) {
            let fold = |text: &str| {
                let mut out = Folded::default();
                Folder::default().fold(text, &mut out);
                out.tokens.iter_mut().for_each(|t| t.hash &= bits);
                out
            };
            let (a, b) = (fold(&x), fold(&y));
            let same = |p: &Folded, i: usize, q: &Folded, j: usize| {
                p.tokens[i].hash != q.tokens[j].hash || p.token(i) == q.token(j)
            };
            let of = |p: &Folded| 0..p.tokens.len();
            let slow = of(&a).all(|i| of(&a).all(|j| same(&a, i, &a, j)) && of(&b).all(|j| same(&a, i, &b, j)));
            prop_assert_eq!(Words::default().agree(&a, &b), slow);
        }
    }

    #[test]
    fn words_made_to_collide_do_not_pass_for_each_other() {
        let (x, y) = COLLISION;
        assert_ne!(x, y);
        assert_eq!(hash::token64(x.as_bytes()), hash::token64(y.as_bytes()));
        let text = |word: &str| {
            let mut out = Prepared::default();
            let text = format!(
                "The board of the harbour told the {word} council in a short letter that the old bridge stays closed."
            );
            out.fill(&text, &mut Folder::default());
            out
        };
        let (a, b) = (text(x), text(y));
        assert_eq!(a.shingles, b.shingles);
        for guard in [Guard::Facts, Guard::Off] {
            let thresholds = Thresholds {
                guard,
                ..Thresholds::from(&Config::default())
            };
            let verdict = Comparer::default().compare(&a, &b, &thresholds);
            assert_eq!((verdict.kind, verdict.direction), (Kind::Distinct, None));
        }
    }
}

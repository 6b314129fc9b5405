//! Equal hash, equal word: asked of every pair before one of it goes.
//!
//! Shingles and the alignment see words as 64-bit hashes. Between words that nobody chose, two of one hash are not to be
//! expected in all the text there is; but the hash has no key, and someone who wants two such words finds them in a moment
//! (the test does). So the last word belongs to the text. It is asked of pairs that passed everything else, which are few.

use crate::text::fold::Folded;

/// Compares the words of two texts. Holds scratch space.
#[derive(Default)]
pub(super) struct Words {
    /// Hash and index of the tokens of the first text, ascending.
    known: Vec<(u64, u32)>,
}

impl Words {
    /// True when all tokens of one hash, in either text, are the same word.
    pub(super) fn agree(&mut self, a: &Folded, b: &Folded) -> bool {
        self.known.clear();
        let hashes = a.tokens.iter().zip(0u32..);
        self.known.extend(hashes.map(|(t, i)| (t.hash, i)));
        self.known.sort_unstable();
        let word = |i: u32| a.token(i as usize);
        let same = |w: &[(u64, u32)]| w[0].0 != w[1].0 || word(w[0].1) == word(w[1].1);
        self.known.windows(2).all(same)
            && (0..b.tokens.len()).all(|j| {
                let hash = b.tokens[j].hash;
                let at = self.known.partition_point(|k| k.0 < hash);
                self.known
                    .get(at)
                    .is_none_or(|k| k.0 != hash || word(k.1) == b.token(j))
            })
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, Guard};
    use crate::near::verdict::{Comparer, Kind, Prepared, Thresholds};
    use crate::text::fold::Folder;
    use crate::text::hash;

    /// Two words of sixteen letters and one hash. `tests/hostile/collisions.rs` shows how such are found.
    const COLLISION: (&str, &str) = ("hqdaaaaaxyjvuuot", "mxbaaaaaddaaaaaa");

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

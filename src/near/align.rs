//! Which tokens of two texts correspond, in order: a longest common subsequence, as blocks of equal tokens.
//!
//! The slow version is the textbook table `L[i][j]` with a walk back. The fast one keeps a row of the table as bits, 64 cells
//! to a machine word (Crochemore et al. 2001, Hyyrö 2004): a zero bit i in row j says that `L` grows at token i. Common ends
//! are cut off first. Where even the bit table would be too big there is no alignment and the caller must stay on the safe side.

use crate::text::fold::Token;

/// Most words of 64 cells the bit table may hold: 4 MiB, two texts of about 5,000 tokens that have no common ends.
/// Longer texts are rare (one paragraph in a million of a crawl) and get no alignment.
const MAX_WORDS: usize = 1 << 19;

/// Dropping a block lengthens the gap beside its neighbours, so the search is repeated, so many times at most.
const MAX_ROUNDS: usize = 4;

/// A run of equal tokens: `a[a..a + len]` is `b[b..b + len]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// First token in `a`.
    pub a: usize,
    /// First token in `b`.
    pub b: usize,
    /// Tokens in the run.
    pub len: usize,
}

/// What lies between two blocks, before the first or after the last: tokens of `a` in the place of tokens of `b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// First and one past the last token in `a`.
    pub a: (usize, usize),
    /// First and one past the last token in `b`.
    pub b: (usize, usize),
}

/// Aligns token lists. Holds scratch space, so that a pair allocates nothing.
#[derive(Default)]
pub struct Aligner {
    /// The blocks of the last alignment, in order.
    pub blocks: Vec<Block>,
    /// The gaps of the last alignment, in order; none is empty on both sides.
    pub gaps: Vec<Gap>,
    rows: Vec<u64>,
    heads: Vec<(u64, u32)>,
}

impl Aligner {
    /// Aligns `a` with `b` and returns true; or returns false and leaves one gap over both texts when they are too long.
    pub fn align(&mut self, a: &[Token], b: &[Token]) -> bool {
        self.blocks.clear();
        let head = common(a.iter(), b.iter());
        let (x, y) = (&a[head..], &b[head..]);
        let tail = common(x.iter().rev(), y.iter().rev());
        let (x, y) = (&x[..x.len() - tail], &y[..y.len() - tail]);
        self.push(0, 0, head);
        let fits = x.len().div_ceil(64) * y.len() <= MAX_WORDS;
        if fits {
            self.fill(x, y);
            self.walk_back(x, y, head);
        }
        self.push(a.len() - tail, b.len() - tail, tail);
        self.find_gaps(a.len(), b.len());
        fits
    }

    /// Drops every block that is a chance meeting: fewer than `least` tokens, between gaps that both hold more than `far` tokens
    /// on one side. Two long insertions share "of the" somewhere; that must not break them in two.
    pub fn drop_islands(&mut self, least: usize, far: usize, len_a: usize, len_b: usize) {
        let size = |g: &Gap| (g.a.1 - g.a.0).max(g.b.1 - g.b.0);
        for _ in 0..MAX_ROUNDS {
            let before = self.blocks.len();
            // Between two blocks is exactly one gap, so gaps and blocks are walked together.
            let gaps = &self.gaps;
            let mut at = 0;
            self.blocks.retain(|block| {
                let left = gaps
                    .get(at)
                    .filter(|g| g.a.1 == block.a && g.b.1 == block.b);
                at += usize::from(left.is_some());
                let long = |gap: Option<&Gap>| gap.is_some_and(|g| size(g) > far);
                block.len >= least || !(long(left) && long(gaps.get(at)))
            });
            if self.blocks.len() == before {
                return;
            }
            self.find_gaps(len_a, len_b);
        }
    }

    /// Moves blocks back where one gap is a substitution and an insertion at once: "a X c" against "a Y c d c" aligns X with "Y c d" or
    /// with Y alone, and only the second way do the two stand in one slot. The move keeps the number of equal tokens.
    pub fn tighten(&mut self, a: &[Token], b: &[Token]) {
        let mut before = (0, 0);
        for k in 0..self.blocks.len() {
            let Block { a: i, b: j, len } = self.blocks[k];
            let after = self
                .blocks
                .get(k + 1)
                .map_or((a.len(), b.len()), |n| (n.a, n.b));
            let (x, y) = (i - before.0, j - before.1);
            let tokens = &a[i..i + len];
            let same = |other: &[Token]| common(tokens.iter(), other.iter()) == len;
            // Only where the other text has nothing between this block and the next may the block move back in this one.
            if x > 0 && y > x && after.0 == i + len && same(&b[before.1 + x..][..len]) {
                self.blocks[k].b = before.1 + x;
            } else if y > 0 && x > y && after.1 == j + len && same(&a[before.0 + y..][..len]) {
                self.blocks[k].a = before.0 + y;
            }
            before = (self.blocks[k].a + len, self.blocks[k].b + len);
        }
        self.find_gaps(a.len(), b.len());
    }

    /// Fills the bit table: row j belongs to `b[j]`, bit i of it to `a[i]`.
    fn fill(&mut self, a: &[Token], b: &[Token]) {
        let words = a.len().div_ceil(64);
        self.heads.clear();
        self.heads
            .extend(a.iter().zip(0u32..).map(|(t, i)| (t.hash, i)));
        self.heads.sort_unstable();
        self.rows.clear();
        self.rows.resize(words * b.len(), 0);
        for (j, token) in b.iter().enumerate() {
            let (done, rest) = self.rows.split_at_mut(j * words);
            let row = &mut rest[..words];
            let first = self.heads.partition_point(|h| h.0 < token.hash);
            for &(_, i) in self.heads[first..].iter().take_while(|h| h.0 == token.hash) {
                row[i as usize / 64] |= 1 << (i % 64);
            }
            let mut carry = false;
            for w in 0..words {
                let old = if j == 0 {
                    u64::MAX
                } else {
                    done[(j - 1) * words + w]
                };
                let hit = old & row[w];
                let (sum, over) = old.overflowing_add(hit);
                let (sum, over2) = sum.overflowing_add(u64::from(carry));
                carry = over | over2;
                row[w] = sum | (old & !row[w]);
            }
        }
    }

    /// Walks the table from its end and writes the blocks in order.
    fn walk_back(&mut self, a: &[Token], b: &[Token], head: usize) {
        let words = a.len().div_ceil(64);
        let grows =
            |rows: &[u64], i: usize, j: usize| rows[j * words + i / 64] >> (i % 64) & 1 == 0;
        let from = self.blocks.len();
        let (mut i, mut j) = (a.len(), b.len());
        while i > 0 && j > 0 {
            if !grows(&self.rows, i - 1, j - 1) {
                i -= 1;
                continue;
            }
            j -= 1;
            if j > 0 && grows(&self.rows, i - 1, j - 1) {
                continue;
            }
            i -= 1;
            match self.blocks[from..].last_mut() {
                Some(last) if last.a == head + i + 1 && last.b == head + j + 1 => {
                    *last = Block {
                        a: head + i,
                        b: head + j,
                        len: last.len + 1,
                    };
                }
                _ => self.blocks.push(Block {
                    a: head + i,
                    b: head + j,
                    len: 1,
                }),
            }
        }
        self.blocks[from..].reverse();
    }

    /// Adds a block, joined to the last one where they touch.
    fn push(&mut self, a: usize, b: usize, len: usize) {
        if len == 0 {
            return;
        }
        match self.blocks.last_mut() {
            Some(last) if last.a + last.len == a && last.b + last.len == b => last.len += len,
            _ => self.blocks.push(Block { a, b, len }),
        }
    }

    fn find_gaps(&mut self, len_a: usize, len_b: usize) {
        self.gaps.clear();
        let (mut a, mut b) = (0, 0);
        let end = Block {
            a: len_a,
            b: len_b,
            len: 0,
        };
        for block in self.blocks.iter().chain(std::iter::once(&end)) {
            if block.a > a || block.b > b {
                self.gaps.push(Gap {
                    a: (a, block.a),
                    b: (b, block.b),
                });
            }
            (a, b) = (block.a + block.len, block.b + block.len);
        }
    }
}

fn common<'t>(a: impl Iterator<Item = &'t Token>, b: impl Iterator<Item = &'t Token>) -> usize {
    a.zip(b).take_while(|(x, y)| x.hash == y.hash).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(words: &[u8]) -> Vec<Token> {
        let token = |w: &u8| Token {
            start: 0,
            end: 0,
            source: 0,
            flags: 0,
            hash: u64::from(*w),
        };
        words.iter().map(token).collect()
    }

    fn lcs(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..a.len() {
            for j in 0..b.len() {
                table[i + 1][j + 1] = if a[i] == b[j] {
                    table[i][j] + 1
                } else {
                    table[i][j + 1].max(table[i + 1][j])
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn blocks_are_a_longest_common_subsequence(
            a in proptest::collection::vec(0u8..9, 0..150),
            b in proptest::collection::vec(0u8..9, 0..150),
        ) {
            let mut aligner = Aligner::default();
            prop_assert!(aligner.align(&tokens(&a), &tokens(&b)));
            let mut covered = (0, 0);
            for block in &aligner.blocks {
                prop_assert_eq!(&a[block.a..block.a + block.len], &b[block.b..block.b + block.len]);
                prop_assert!(block.a >= covered.0 && block.b >= covered.1);
                covered = (block.a + block.len, block.b + block.len);
            }
            let matched: usize = aligner.blocks.iter().map(|b| b.len).sum();
            prop_assert_eq!(matched, lcs(&a, &b));
            let gap_a: usize = aligner.gaps.iter().map(|g| g.a.1 - g.a.0).sum();
            let gap_b: usize = aligner.gaps.iter().map(|g| g.b.1 - g.b.0).sum();
            prop_assert_eq!((gap_a + matched, gap_b + matched), (a.len(), b.len()));
        }
    }

    #[test]
    fn a_word_in_the_middle_of_two_long_insertions_is_no_match() {
        let a = [1, 2, 3, 10, 11, 12, 50, 13, 14, 15, 4, 5, 6];
        let b = [1, 2, 3, 20, 21, 22, 50, 23, 24, 25, 4, 5, 6];
        let mut aligner = Aligner::default();
        aligner.align(&tokens(&a), &tokens(&b));
        assert_eq!(aligner.gaps.len(), 2);
        aligner.drop_islands(2, 2, a.len(), b.len());
        assert_eq!(
            aligner.gaps,
            [Gap {
                a: (3, 10),
                b: (3, 10)
            }]
        );
    }

    #[test]
    fn a_substitution_before_an_insertion_is_one_slot() {
        let a = tokens(&[1, 2, 30, 4, 5]);
        let b = tokens(&[1, 2, 31, 4, 5, 7, 8, 32, 4, 5]);
        for (x, y, gaps) in [
            (
                &a,
                &b,
                [
                    Gap {
                        a: (2, 3),
                        b: (2, 3),
                    },
                    Gap {
                        a: (5, 5),
                        b: (5, 10),
                    },
                ],
            ),
            (
                &b,
                &a,
                [
                    Gap {
                        a: (2, 3),
                        b: (2, 3),
                    },
                    Gap {
                        a: (5, 10),
                        b: (5, 5),
                    },
                ],
            ),
        ] {
            let mut aligner = Aligner::default();
            aligner.align(x, y);
            aligner.tighten(x, y);
            assert_eq!(aligner.gaps, gaps);
        }
    }

    #[test]
    fn texts_that_are_too_long_get_one_gap() {
        let a = vec![tokens(&[1])[0]; 40_000];
        let b = vec![tokens(&[2])[0]; 40_000];
        let mut aligner = Aligner::default();
        assert!(!aligner.align(&a, &b));
        assert_eq!(aligner.gaps.len(), 1);
    }
}

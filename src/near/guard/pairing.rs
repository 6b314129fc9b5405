//! Which words of a slot are spellings of each other, in order: the pairs that keep the most letters. Words that a scanner split
//! or joined pair two to one, or three to one.
//!
//! The slow version fills a table over both word lists and compares spellings in every cell. The fast one asks first whether
//! the words have letters enough in common, from a set of bits and a count for each word.

use super::lexicon::{self, Class};
use super::negation::turned_round;
use super::slot::Side;
use super::spelling::{Speller, allowed};
use crate::text::fold::flag;

/// Most words on a side; the search takes the product of both sides in time.
pub(crate) const MAX_WORDS: usize = 24;
/// How many words of one side may pair with how many of the other.
const SHAPES: [(usize, usize); 6] = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)];
/// What a pair of listed words of one meaning ("pct", "percent") counts in letters: as two words of six.
const SAME_CLASS: u16 = 12;

/// Letters kept, words of one side, words of the other. 0 letters: the words are skipped.
type Step = (u16, u8, u8);

/// What is asked of a word before its letters are.
#[derive(Clone, Copy)]
struct Outline {
    at: usize,
    letters: u32,
    set: u64,
    class: Option<Class>,
    flags: u8,
}

/// Pairs words. Holds scratch space.
#[derive(Default)]
pub(crate) struct Pairing {
    speller: Speller,
    words: [Vec<Outline>; 2],
    steps: Vec<Step>,
}

impl Pairing {
    /// Pairs the words, given by their places in the texts, at most [`MAX_WORDS`] a side.
    pub(crate) fn pair(&mut self, sides: &[Side<'_>; 2], words: [&[usize]; 2]) {
        for side in 0..2 {
            self.words[side].clear();
            let outlines = words[side].iter().map(|at| outline(&sides[side], *at));
            self.words[side].extend(outlines);
        }
        let (a, b) = (words[0].len(), words[1].len());
        let mut best = [[0u16; MAX_WORDS + 1]; MAX_WORDS + 1];
        self.steps.clear();
        self.steps.resize((a + 1) * (b + 1), (0, 0, 0));
        for i in (0..=a).rev() {
            for j in (0..=b).rev() {
                let (mut top, mut step) = (0, (0, 0, 0));
                if i < a {
                    (top, step) = (best[i + 1][j], (0, 1, 0));
                }
                if j < b && (i == a || best[i][j + 1] > top) {
                    (top, step) = (best[i][j + 1], (0, 0, 1));
                }
                for (m, n) in SHAPES {
                    if i + m > a || j + n > b {
                        continue;
                    }
                    // How much a pair counts is known before it is known whether it is one.
                    let behind = best[i + m][j + n];
                    let kept = |letters: u16| behind + letters > top;
                    let letters = self.kept(sides, (i, m), (j, n), kept);
                    if letters > 0 {
                        top = behind + letters;
                        step = (letters, m as u8, n as u8);
                    }
                }
                best[i][j] = top;
                self.steps[i * (b + 1) + j] = step;
            }
        }
    }

    /// What to do at word `i` of one side and word `j` of the other.
    pub(crate) fn step(&self, i: usize, j: usize) -> Step {
        self.steps[i * (self.words[1].len() + 1) + j]
    }

    /// Letters kept when words `i..i + m` and `j..j + n` are one word in two spellings and so many letters are wanted, else 0.
    fn kept(
        &mut self,
        sides: &[Side<'_>; 2],
        (i, m): (usize, usize),
        (j, n): (usize, usize),
        wanted: impl Fn(u16) -> bool,
    ) -> u16 {
        let (a, b) = (&self.words[0][i..i + m], &self.words[1][j..j + n]);
        let is_fact = |w: &Outline| !matches!(w.class, None | Some(Class::Function(_)));
        if m == 1 && n == 1 && is_fact(&a[0]) && is_fact(&b[0]) {
            // Words of opposed pairs are no spellings of each other, and of one side they are other words.
            let same =
                a[0].class == b[0].class && !matches!(a[0].class, Some(Class::Direction(..)));
            return if same && wanted(SAME_CLASS) {
                SAME_CLASS
            } else {
                0
            };
        }
        let names = a[0].flags & b[0].flags & flag::CAPITAL != 0;
        let Some(letters) = letters_if_one(a, b, names).filter(|n| wanted(*n)) else {
            return 0;
        };
        // "Not" is no spelling of "now", nor "wasn" of "was".
        let denies = |word: &Outline| word.class == Some(Class::Negation);
        if m == 1 && n == 1 {
            let (x, y) = (
                sides[0].folded.token(a[0].at),
                sides[1].folded.token(b[0].at),
            );
            if denies(&a[0]) != denies(&b[0]) || turned_round(x, y) {
                return 0;
            }
        }
        let (mut x, mut y) = ([""; 3], [""; 3]);
        for (k, word) in a.iter().enumerate() {
            x[k] = sides[0].folded.token(word.at);
        }
        for (k, word) in b.iter().enumerate() {
            y[k] = sides[1].folded.token(word.at);
        }
        let same = self.speller.same(&x[..m], &y[..n], names);
        if same { letters } else { 0 }
    }
}

/// The letters of words that may be spellings of each other. `None` when they surely are none: they do not stand side by side,
/// are numbers or characters of unspaced scripts, or have too few letters in common.
fn letters_if_one(a: &[Outline], b: &[Outline], names: bool) -> Option<u16> {
    let sum = |list: &[Outline]| {
        let (mut letters, mut set) = (0, 0);
        for word in list {
            letters += word.letters;
            set |= word.set;
        }
        (letters, set)
    };
    let ((la, sa), (lb, sb)) = (sum(a), sum(b));
    let longest = la.max(lb) as usize;
    let budget = if names { longest / 2 } else { allowed(longest) } as u32;
    if la.abs_diff(lb) > budget || (sa ^ sb).count_ones() > 2 * budget {
        return None;
    }
    let in_row = |list: &[Outline]| list.windows(2).all(|w| w[1].at == w[0].at + 1);
    let all = |list: &[Outline], bit: u8| list.iter().all(|w| w.flags & bit != 0);
    let any = |list: &[Outline], bit: u8| list.iter().any(|w| w.flags & bit != 0);
    let may = in_row(a)
        && in_row(b)
        && !(all(a, flag::DIGIT) && all(b, flag::DIGIT))
        && !any(a, flag::UNSPACED)
        && !any(b, flag::UNSPACED);
    may.then_some((la + lb).min(200) as u16)
}

fn outline(side: &Side<'_>, at: usize) -> Outline {
    let token = &side.folded.tokens[at];
    let (mut letters, mut set, mut last) = (0, 0, ' ');
    for c in side.folded.token(at).chars() {
        // What a scanner confuses is one letter here, and "rn" counts as "m".
        letters += u32::from(!(last == 'r' && c == 'n'));
        set |= 1u64
            << match c {
                'i' | 'j' | 'l' | '1' => 0,
                'o' | '0' => 1,
                's' | '5' => 2,
                'r' | 'n' | 'm' => 3,
                c => 4 + c as u32 % 60,
            };
        last = c;
    }
    Outline {
        at,
        letters,
        set,
        class: lexicon::class(token.hash),
        flags: token.flags,
    }
}

//! Whether two words are one word, spelt or scanned differently. Facts (numbers, months, opposites) never come here: "march" is no
//! spelling of "may", nor "decrease" of "increase".
//!
//! Two words are one when few letters differ for their length, after the usual confusions of scanners are undone; or, for words
//! with a capital, when they have the same consonants after the usual differences of transliteration.

/// Longest word in characters that is looked at; a longer one is an address or a hash.
const MAX_LETTERS: usize = 40;

/// Compares words. Holds scratch space.
#[derive(Default)]
pub(crate) struct Speller {
    a: Vec<char>,
    b: Vec<char>,
    skeleton_a: Vec<char>,
    skeleton_b: Vec<char>,
}

impl Speller {
    /// True when the words, given as parts that may have been written together, are variants of one. `names`: both have a capital.
    pub(crate) fn same(&mut self, a: &[&str], b: &[&str], names: bool) -> bool {
        let bytes = |parts: &[&str]| parts.iter().map(|p| p.len()).sum::<usize>();
        let (la, lb) = (bytes(a), bytes(b));
        if la.max(lb) > 4 * MAX_LETTERS || la.min(lb) * 2 < la.max(lb) {
            return false;
        }
        if la == lb
            && a.iter()
                .flat_map(|p| p.bytes())
                .eq(b.iter().flat_map(|p| p.bytes()))
        {
            return true;
        }
        let digits = |parts: &[&str]| parts.iter().any(|p| p.bytes().any(|c| c.is_ascii_digit()));
        // A digit is a scanner's letter only where the other text has letters; else digits are facts.
        let scanned = digits(a) != digits(b);
        letters(a, scanned, &mut self.a);
        letters(b, scanned, &mut self.b);
        let figures = |word: &[char]| {
            word.iter()
                .filter(|c| c.is_numeric())
                .fold(0u64, |h, c| h.wrapping_mul(31).wrapping_add(u64::from(*c)))
        };
        if figures(&self.a) != figures(&self.b) {
            return false;
        }
        let longest = self.a.len().max(self.b.len());
        if longest > MAX_LETTERS || self.a.is_empty() || self.b.is_empty() {
            return false;
        }
        let allowed = allowed(longest);
        let budget = if names { longest / 2 } else { allowed };
        if self.a.len().abs_diff(self.b.len()) > budget {
            return false;
        }
        let distance = distance(&self.a, &self.b, budget);
        distance <= allowed || (names && distance <= budget && self.same_consonants())
    }

    fn same_consonants(&mut self) -> bool {
        skeleton(&self.a, &mut self.skeleton_a);
        skeleton(&self.b, &mut self.skeleton_b);
        self.skeleton_a.len() >= 2 && self.skeleton_a == self.skeleton_b
    }
}

/// Levenshtein distance of two words of at most [`MAX_LETTERS`], or some number above `budget` when it is above.
fn distance(a: &[char], b: &[char], budget: usize) -> usize {
    // Equal ends cost nothing.
    let same = |(x, y): &(&char, &char)| alike(**x, **y);
    let head = a.iter().zip(b).take_while(same).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    let mut row = [0u8; MAX_LETTERS + 1];
    let row = &mut row[..=b.len()];
    row.iter_mut().zip(0..).for_each(|(cell, n)| *cell = n);
    for (i, x) in a.iter().enumerate() {
        let mut corner = i as u8;
        row[0] = corner + 1;
        let (mut left, mut least) = (row[0], row[0]);
        for (cell, y) in row[1..].iter_mut().zip(b) {
            let up = *cell;
            left = (corner + u8::from(!alike(*x, *y)))
                .min(up + 1)
                .min(left + 1);
            *cell = left;
            least = least.min(left);
            corner = up;
        }
        // No row has a smaller least number than the one before it.
        if usize::from(least) > budget {
            return usize::from(least);
        }
    }
    usize::from(row[b.len()])
}

/// Equal, or two of the thin strokes that scanners confuse.
fn alike(x: char, y: char) -> bool {
    let thin = |c| matches!(c, 'i' | 'j' | 'l');
    x == y || (thin(x) && thin(y))
}

/// Letters that may differ in a word of this length: about a quarter. Scans with 8 % of wrong characters stay below it in words
/// of six letters and more.
pub(crate) fn allowed(longest: usize) -> usize {
    match longest {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        10..=13 => 3,
        n => n / 4,
    }
}

/// Writes the letters and digits; pairs of strokes that look like one letter become it, and in a scanned word digits become letters
/// unless there are more digits than letters.
fn letters(parts: &[&str], scanned: bool, out: &mut Vec<char>) {
    out.clear();
    let all = || parts.iter().flat_map(|p| p.chars());
    let scanned = scanned
        && all().filter(|c| c.is_alphabetic()).count()
            >= all().filter(char::is_ascii_digit).count();
    for c in all().filter(|c| c.is_alphanumeric()) {
        let c = match c {
            '0' if scanned => 'o',
            '1' if scanned => 'l',
            '5' if scanned => 's',
            c => c,
        };
        match out.last_mut() {
            Some(last) if *last == 'r' && c == 'n' => *last = 'm',
            _ => out.push(c),
        }
    }
}

/// Writes the consonants of a name as a reader hears them: kh is h, gh is g, ph is f, tsch, tch, ch and ts are c, sch and sh are s,
/// k, q and g are one, v and w are one, vowels and y go, doubled letters count once.
fn skeleton(word: &[char], out: &mut Vec<char>) {
    out.clear();
    let mut i = 0;
    while i < word.len() {
        let rest = &word[i..];
        let (sound, length) = match rest {
            ['t', 's', 'c', 'h', ..] => ('c', 4),
            ['t', 'c', 'h', ..] => ('c', 3),
            ['s', 'c', 'h', ..] => ('s', 3),
            ['c', 'h', ..] | ['t', 's', ..] => ('c', 2),
            ['k', 'h', ..] => ('h', 2),
            ['g', 'h', ..] => ('k', 2),
            ['d', 'h', ..] => ('d', 2),
            ['p', 'h', ..] => ('f', 2),
            ['s', 'h', ..] => ('s', 2),
            ['k' | 'q' | 'g', ..] => ('k', 1),
            ['v' | 'w', ..] => ('v', 1),
            ['z', ..] => ('s', 1),
            ['a' | 'e' | 'i' | 'j' | 'o' | 'u' | 'y', ..] => (' ', 1),
            [c, ..] => (*c, 1),
            [] => break,
        };
        if sound != ' ' && out.last() != Some(&sound) {
            out.push(sound);
        }
        i += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn variants_of_one_word() {
        let mut speller = Speller::default();
        for (a, b) in [
            ("recognise", "recognize"),
            ("horne", "home"),
            ("techn0logy", "technology"),
            ("harbor", "harbour"),
            ("الاميركي", "الأميركي"),
            ("зелёный", "зеленый"),
        ] {
            assert!(speller.same(&[a], &[b], false), "{a} / {b}");
        }
        assert!(speller.same(&["soft", "ware"], &["software"], false));
        for (a, b) in [
            ("lukashenko", "lukashenka"),
            ("qaddafi", "gadhafi"),
            ("muhammad", "mohammed"),
            ("kiev", "kyiv"),
            ("khrushchev", "hruschtschow"),
        ] {
            assert!(speller.same(&[a], &[b], true), "{a} / {b}");
        }
    }

    fn naive(a: &[char], b: &[char]) -> usize {
        match (a, b) {
            ([], rest) | (rest, []) => rest.len(),
            ([x, p @ ..], [y, q @ ..]) => (naive(p, q) + usize::from(!alike(*x, *y)))
                .min(naive(p, b) + 1)
                .min(naive(a, q) + 1),
        }
    }

    proptest! {
        #[test]
        fn distances_are_exact_up_to_the_budget(a in "[abil]{0,7}", b in "[abil]{0,7}", budget in 0usize..8) {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let (want, got) = (naive(&a, &b), distance(&a, &b, budget));
            prop_assert!(got == want || want > budget && got > budget);
        }
    }

    #[test]
    fn other_words() {
        let mut speller = Speller::default();
        for (a, b) in [
            ("berlin", "vienna"),
            ("miller", "smith"),
            ("1987", "1986"),
            ("item5", "item6"),
            ("buy", "sell"),
            ("oats", "corn"),
        ] {
            assert!(!speller.same(&[a], &[b], true), "{a} / {b}");
        }
    }
}

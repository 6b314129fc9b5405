//! One pass over a line for the cues of all rules.
//!
//! The slow version, which the tests keep: for every cue, in each of its forms, ask whether the line contains it without
//! regard to ASCII case. There are well over a thousand.
//!
//! The fast one walks the lower-cased line once. At each place it reads eight bytes, hashes the first three to a word of 64
//! bits, and asks the bit that the fourth byte names: does any cue begin so? Nearly always none does, and the walk goes on.
//! A cue of three bytes sets the whole word, and one of two bytes is known by a table of its own, as few bytes begin such a
//! cue. Where a cue may begin, a second set is asked, for six bytes: four are no more than two letters of Cyrillic or Arabic.
//! Only then the cues with that beginning are compared, eight bytes at once, and of those only the cues of rules that have
//! none yet.
//! An Aho-Corasick automaton over the same cues is larger than the cache; without it a scan of mixed text takes 8 % less
//! time.

use regex_automata::util::pool::{Pool, PoolGuard};
use rustc_hash::FxHashMap;

use super::Rule;
use crate::text::memory::{self, Memory};

/// Cues stand near the ends of a line: boilerplate lines are short, and glued boilerplate is glued at an end. So of a line
/// longer than both windows only its first and last bytes are searched. Measured on the labelled pages: windows of 320
/// bytes find nothing more.
const WINDOW: usize = 160;

/// Bytes by which a cue is looked up: as many of these as it has.
const HEADS: [usize; 3] = [2, 3, 4];

/// Bytes by which a cue that has them is asked for once more.
const SECOND: usize = 6;

/// Bytes that are compared at once.
const WORD: usize = 8;

/// The hash of a beginning, in so many bits. Fibonacci hashing (Knuth 1973, 6.4): the high bits of a product with 2^64 over
/// the golden ratio.
#[inline]
fn slot(head: u64, bits: u32) -> usize {
    (head.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
}

/// Beginnings of cues of three bytes and more: a word for each hash of three bytes, a bit in it for the fourth. 32 KiB, of
/// which a text in one language reads a part.
struct Starts(Box<[u64; 1 << 12]>);

impl Starts {
    fn insert(&mut self, word: u64, len: usize) {
        self.0[slot(head(word, 3), 12)] |= match len {
            3 => u64::MAX,
            _ => 1 << (word >> 24 & 63),
        };
    }

    /// What is known of those with the first three bytes of `word`.
    #[inline]
    fn alike(&self, word: u64) -> u64 {
        self.0[slot(head(word, 3), 12)]
    }
}

/// A set of hashes of longer beginnings: 2^16 bits.
struct Filter(Box<[u64; 1 << 10]>);

impl Filter {
    fn insert(&mut self, head: u64) {
        let slot = slot(head, 16);
        self.0[slot >> 6] |= 1 << (slot & 63);
    }

    #[inline]
    fn may_hold(&self, head: u64) -> bool {
        let slot = slot(head, 16);
        self.0[slot >> 6] >> (slot & 63) & 1 == 1
    }
}

/// A cue in one of its forms.
struct Cue {
    /// Its first bytes, and which of the eight they are.
    word: u64,
    mask: u64,
    /// The bytes after those.
    rest: Box<[u8]>,
    /// The rules it calls.
    rules: u64,
}

/// The cues of all rules, ready to be looked for.
pub(super) struct Cues {
    /// First bytes of the cues of two.
    pairs: [bool; 256],
    /// Beginnings of the others.
    first: Starts,
    /// Longer beginnings, or the whole of shorter cues.
    second: Filter,
    /// Cues by their beginning.
    by_head: [FxHashMap<u64, Vec<Cue>>; HEADS.len()],
    scratches: Pool<Scratch, fn() -> Scratch>,
}

/// Lines in lower case, and the last short ones with the rules that have a cue in them.
pub(super) struct Scratch {
    lower: Vec<u8>,
    memory: Memory<u64>,
}

/// How many short lines are remembered.
const REMEMBERED: usize = 1024;

impl Cues {
    /// The cues of those rules that take part; rules are known by their place in the table.
    pub(super) fn new(rules: &[&Rule], active: &[bool]) -> Self {
        assert!(
            rules.len() <= 64,
            "the set of rules that fired on a line is a 64-bit word"
        );
        let mut cues = Cues {
            pairs: [false; 256],
            first: Starts(Box::new([0; 1 << 12])),
            second: Filter(Box::new([0; 1 << 10])),
            by_head: HEADS.map(|_| FxHashMap::default()),
            scratches: Pool::new(|| Scratch {
                lower: Vec::new(),
                memory: Memory::new(REMEMBERED),
            }),
        };
        for (number, rule) in rules.iter().enumerate().filter(|&(n, _)| active[n]) {
            for form in rule.cues.iter().flat_map(|cue| forms(cue)) {
                cues.insert(form.as_bytes(), 1 << number);
            }
        }
        cues
    }

    fn insert(&mut self, cue: &[u8], rule: u64) {
        assert!(
            cue.len() >= HEADS[0],
            "a cue of one byte would call its rule on every line"
        );
        assert!(!cue.contains(&0), "the end of a line is padded with zeros");
        let (start, rest) = cue.split_at(cue.len().min(WORD));
        let mut padded = [0; WORD];
        padded[..start.len()].copy_from_slice(start);
        let word = u64::from_le_bytes(padded);
        let class = HEADS.iter().rposition(|&n| n <= cue.len()).unwrap_or(0);
        let head = head(word, HEADS[class]);
        match cue.len() {
            2 => self.pairs[usize::from(cue[0])] = true,
            len => self.first.insert(word, len),
        }
        self.second.insert(match cue.len() {
            SECOND.. => self::head(word, SECOND),
            _ => head,
        });
        let alike = self.by_head[class].entry(head).or_default();
        match alike
            .iter_mut()
            .find(|c| c.word == word && *c.rest == *rest)
        {
            Some(known) => known.rules |= rule,
            None => alike.push(Cue {
                word,
                mask: u64::MAX >> (8 * (WORD - start.len())),
                rest: rest.into(),
                rules: rule,
            }),
        }
    }

    /// What a thread needs for a search; it serves these cues and no others.
    pub(super) fn scratch(&self) -> PoolGuard<'_, Scratch, fn() -> Scratch> {
        self.scratches.get()
    }

    /// Calls `found` once for each rule with a cue in this line, in table order.
    pub(super) fn each(&self, line: &str, scratch: &mut Scratch, mut found: impl FnMut(usize)) {
        let Scratch { lower, memory } = scratch;
        let bytes = line.as_bytes();
        let mut set = 0;
        if memory::fits(line) {
            set = *memory.of(line, |set| {
                *set = 0;
                self.search(bytes, lower, set);
            });
        } else if bytes.len() <= 2 * WINDOW {
            self.search(bytes, lower, &mut set);
        } else {
            self.search(&bytes[..WINDOW], lower, &mut set);
            self.search(&bytes[bytes.len() - WINDOW..], lower, &mut set);
        }
        while set != 0 {
            found(set.trailing_zeros() as usize);
            set &= set - 1;
        }
    }

    /// Adds the rules with a cue in these bytes.
    fn search(&self, bytes: &[u8], lower: &mut Vec<u8>, set: &mut u64) {
        lower.clear();
        lower.extend_from_slice(bytes);
        lower.make_ascii_lowercase();
        // A whole word can be read at every place; no cue holds a zero.
        lower.extend_from_slice(&[0; WORD - 1]);
        for (at, word) in lower.windows(WORD).enumerate() {
            let word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
            let alike = self.first.alike(word);
            let begins = alike >> (word >> 24 & 63) & 1 == 1;
            // One question for all: nearly always the answer is no.
            if begins | self.pairs[usize::from(word as u8)] {
                self.ask(begins.then_some(alike), word, &lower[at..], set);
            }
        }
    }

    /// Asks for the cues that may begin here: those of two bytes, and where `alike` is known, the longer ones.
    #[inline(never)]
    fn ask(&self, alike: Option<u64>, word: u64, bytes: &[u8], set: &mut u64) {
        if let Some(alike) = alike {
            let four = head(word, 4);
            if self.second.may_hold(head(word, SECOND)) || self.second.may_hold(four) {
                self.compare(2, four, word, bytes, set);
            }
            // A cue of three bytes has set them all.
            if alike == u64::MAX {
                self.compare(1, head(word, 3), word, bytes, set);
            }
        }
        let two = head(word, 2);
        if self.pairs[usize::from(word as u8)] && self.second.may_hold(two) {
            self.compare(0, two, word, bytes, set);
        }
    }

    fn compare(&self, class: usize, head: u64, word: u64, bytes: &[u8], set: &mut u64) {
        for cue in self.by_head[class].get(&head).into_iter().flatten() {
            if word & cue.mask == cue.word
                && cue.rules & !*set != 0
                && (cue.rest.is_empty() || bytes[WORD..].starts_with(&cue.rest))
            {
                *set |= cue.rules;
            }
        }
    }
}

/// The first bytes of a word.
#[inline]
fn head(word: u64, bytes: usize) -> u64 {
    word & (u64::MAX >> (8 * (WORD - bytes)))
}

/// Lines are compared without regard to ASCII case; other scripts get the forms in which a phrase is written.
fn forms(cue: &str) -> Vec<String> {
    let mut forms = vec![cue.to_string()];
    if !cue.is_ascii() {
        let mut chars = cue.chars();
        let title: String = chars
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(chars)
            .collect();
        forms.extend([title, cue.to_uppercase()]);
        forms
            .iter_mut()
            .for_each(|form| form.make_ascii_lowercase());
        forms.sort();
        forms.dedup();
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    fn naive(line: &str) -> Vec<usize> {
        let lower = line.to_ascii_lowercase();
        let holds = |rule: &Rule| {
            rule.cues
                .iter()
                .flat_map(|cue| forms(cue))
                .any(|form| lower.contains(&form))
        };
        (0..RULES.len()).filter(|&r| holds(RULES[r])).collect()
    }

    #[test]
    fn the_walk_finds_what_asking_for_each_cue_finds() {
        let cues = Cues::new(RULES, &[true; RULES.len()]);
        let pages = RULES.iter().flat_map(|r| {
            r.examples
                .iter()
                .map(|e| e.1)
                .chain(r.counter_examples.iter().copied())
        });
        let mut lines: Vec<String> = pages
            .flat_map(str::lines)
            .filter(|l| l.len() <= 2 * WINDOW)
            .map(str::to_owned)
            .collect();
        lines.extend(
            RULES
                .iter()
                .flat_map(|r| r.cues.iter().map(|c| c.to_string())),
        );
        lines.extend(
            RULES
                .iter()
                .flat_map(|r| r.cues.iter().map(|c| format!("x {}y", c.to_uppercase()))),
        );
        for line in &lines {
            let mut found = Vec::new();
            cues.each(line, &mut cues.scratch(), |rule| found.push(rule));
            assert_eq!(found, naive(line), "{line:?}");
        }
        assert!(lines.len() > 1000);
    }

    #[test]
    fn of_a_long_line_only_the_ends_are_searched() {
        let cues = Cues::new(RULES, &[true; RULES.len()]);
        let far = "word ".repeat(WINDOW);
        let count = |line: &str| {
            let mut found = 0;
            cues.each(line, &mut cues.scratch(), |_| found += 1);
            found
        };
        assert_eq!(count(&far), 0);
        assert_eq!(count(&format!("{far} cookie {far}")), 0);
        assert!(count(&format!("cookie {far}")) > 0 && count(&format!("{far} cookie")) > 0);
    }
}

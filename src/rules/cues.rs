//! One pass over a line for the cues of all rules.
//!
//! The slow version, which the tests keep: for every cue, in each of its forms, ask whether the line contains it without
//! regard to ASCII case. There are well over a thousand.
//!
//! The fast one walks the lower-cased line once. At each place it hashes the next four bytes (of cues shorter than that,
//! their first two) and asks a table of bits whether any cue begins so; nearly always none does, and the walk goes on.
//! Only where one may, the cues with that beginning are compared. An Aho-Corasick automaton over the same cues is larger
//! than the cache; without it a scan of mixed text takes 8 % less time.

use rustc_hash::FxHashMap;

use super::Rule;

/// Cues stand near the ends of a line: boilerplate lines are short, and glued boilerplate is glued at an end. So of a line
/// longer than both windows only its first and last bytes are searched. Measured on the labelled pages: windows of 320
/// bytes find nothing more.
const WINDOW: usize = 160;

/// Bytes by which a cue is looked up; shorter cues are looked up by [`SHORT`].
const HEAD: usize = 4;
const SHORT: usize = 2;

/// A set of hashes of beginnings: 2^16 bits, which stay in the first-level cache.
struct Filter(Vec<u64>);

impl Filter {
    fn new() -> Self {
        Filter(vec![0; 1 << 10])
    }

    #[inline]
    fn slot(head: u32) -> u16 {
        // Fibonacci hashing (Knuth 1973, 6.4): the high bits of a product with 2^32 over the golden ratio.
        (head.wrapping_mul(0x9e37_79b9) >> 16) as u16
    }

    fn insert(&mut self, head: u32) {
        let slot = Self::slot(head);
        self.0[usize::from(slot >> 6)] |= 1 << (slot & 63);
    }

    #[inline]
    fn may_hold(&self, head: u32) -> bool {
        let slot = Self::slot(head);
        self.0[usize::from(slot >> 6)] >> (slot & 63) & 1 == 1
    }
}

/// The cues of all rules, ready to be looked for.
pub(super) struct Cues {
    long: Filter,
    short: Filter,
    /// Cues by their beginning, with the rule each belongs to.
    by_head: FxHashMap<u32, Vec<(Vec<u8>, u8)>>,
    by_short: FxHashMap<u32, Vec<(Vec<u8>, u8)>>,
    rules: usize,
}

impl Cues {
    pub(super) fn new(rules: &[&Rule]) -> Self {
        assert!(
            rules.len() <= 64,
            "the set of rules that fired on a line is a 64-bit word"
        );
        let mut cues = Cues {
            long: Filter::new(),
            short: Filter::new(),
            by_head: FxHashMap::default(),
            by_short: FxHashMap::default(),
            rules: rules.len(),
        };
        for (number, rule) in rules.iter().enumerate() {
            for form in rule.cues.iter().flat_map(|cue| forms(cue)) {
                cues.insert(form.into_bytes(), number as u8);
            }
        }
        cues
    }

    fn insert(&mut self, cue: Vec<u8>, rule: u8) {
        assert!(
            cue.len() >= SHORT,
            "a cue of one byte would call its rule on every line"
        );
        let (filter, table, head) = match cue.first_chunk() {
            Some(&head) => (&mut self.long, &mut self.by_head, u32::from_le_bytes(head)),
            None => (&mut self.short, &mut self.by_short, short(&cue)),
        };
        filter.insert(head);
        table.entry(head).or_default().push((cue, rule));
    }

    /// Calls `found` once for each rule with a cue in this line, in table order. `lower` is scratch space.
    pub(super) fn each(&self, line: &str, lower: &mut Vec<u8>, mut found: impl FnMut(usize)) {
        let bytes = line.as_bytes();
        lower.clear();
        let mut set = 0;
        if bytes.len() <= 2 * WINDOW {
            lower.extend_from_slice(bytes);
            self.search(lower, &mut set);
        } else {
            for part in [&bytes[..WINDOW], &bytes[bytes.len() - WINDOW..]] {
                lower.clear();
                lower.extend_from_slice(part);
                self.search(lower, &mut set);
            }
        }
        for rule in 0..self.rules {
            if set >> rule & 1 == 1 {
                found(rule);
            }
        }
    }

    /// Adds the rules with a cue in these bytes, which are lower-cased in place.
    fn search(&self, bytes: &mut [u8], set: &mut u64) {
        bytes.make_ascii_lowercase();
        for (at, head) in bytes.windows(HEAD).enumerate() {
            let head = u32::from_le_bytes(head.try_into().expect("four bytes"));
            if self.long.may_hold(head) {
                compare(&self.by_head, head, &bytes[at..], set);
            }
            if self.short.may_hold(head & 0xffff) {
                compare(&self.by_short, head & 0xffff, &bytes[at..], set);
            }
        }
        // The last places have fewer bytes than a head, and room for short cues only.
        for at in bytes.len().saturating_sub(HEAD - 1)..bytes.len().saturating_sub(SHORT - 1) {
            compare(&self.by_short, short(&bytes[at..]), &bytes[at..], set);
        }
    }
}

fn short(bytes: &[u8]) -> u32 {
    u32::from(bytes[0]) | u32::from(bytes[1]) << 8
}

#[cold]
fn compare(table: &FxHashMap<u32, Vec<(Vec<u8>, u8)>>, head: u32, rest: &[u8], set: &mut u64) {
    for (cue, rule) in table.get(&head).into_iter().flatten() {
        if rest.starts_with(cue) {
            *set |= 1 << rule;
        }
    }
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
        let (cues, mut lower) = (Cues::new(RULES), Vec::new());
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
            cues.each(line, &mut lower, |rule| found.push(rule));
            assert_eq!(found, naive(line), "{line:?}");
        }
        assert!(lines.len() > 1000);
    }

    #[test]
    fn of_a_long_line_only_the_ends_are_searched() {
        let (cues, mut lower) = (Cues::new(RULES), Vec::new());
        let far = "word ".repeat(WINDOW);
        let mut count = |line: &str| {
            let mut found = 0;
            cues.each(line, &mut lower, |_| found += 1);
            found
        };
        assert_eq!(count(&far), 0);
        assert_eq!(count(&format!("{far} cookie {far}")), 0);
        assert!(count(&format!("cookie {far}")) > 0 && count(&format!("{far} cookie")) > 0);
    }
}

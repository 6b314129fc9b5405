//! One pass over a line for the cues of all rules.

use aho_corasick::{AhoCorasick, MatchKind};

use super::Rule;

/// Cues stand near the ends of a line: boilerplate lines are short, and glued boilerplate is glued at an end.
/// So of a line longer than both windows only its first and last bytes are searched.
const WINDOW: usize = 320;

/// The cues of all rules, compiled.
pub(super) struct Cues {
    finder: AhoCorasick,
    rule_of: Vec<u8>,
    rules: usize,
}

impl Cues {
    pub(super) fn new(rules: &[&Rule]) -> Self {
        let mut patterns: Vec<String> = Vec::new();
        let mut rule_of = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            for cue in rule.cues {
                for form in forms(cue) {
                    patterns.push(form);
                    rule_of.push(number as u8);
                }
            }
        }
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .expect("cues are short and few");
        assert!(
            rules.len() <= 64,
            "the set of rules that fired on a line is a 64-bit word"
        );
        Cues {
            finder,
            rule_of,
            rules: rules.len(),
        }
    }

    /// Calls `found` once for each rule with a cue in this line, in table order.
    pub(super) fn each(&self, line: &str, mut found: impl FnMut(usize)) {
        let bytes = line.as_bytes();
        let mut set = 0u64;
        let mut search = |part: &[u8]| {
            for m in self.finder.find_overlapping_iter(part) {
                set |= 1 << self.rule_of[m.pattern().as_usize()];
            }
        };
        if bytes.len() <= 2 * WINDOW {
            search(bytes);
        } else {
            search(&bytes[..WINDOW]);
            search(&bytes[bytes.len() - WINDOW..]);
        }
        for rule in 0..self.rules {
            if set >> rule & 1 == 1 {
                found(rule);
            }
        }
    }
}

/// The finder folds ASCII case only; other scripts get the forms in which a phrase is written.
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
        forms.sort();
        forms.dedup();
    }
    forms
}

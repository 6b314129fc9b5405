//! Patterns of rules: regular expressions that are compiled when a cue first calls for them.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

/// A regular expression over one line. Written verbose (`x`) and without regard to case (`i`): white space in the source
/// is ignored, a space to match is `\ ` or `\s`.
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern; it is compiled at its first use. The rule tests compile every one of them.
    pub const fn new(source: &'static str) -> Self {
        Pattern {
            source,
            compiled: OnceLock::new(),
        }
    }

    fn regex(&self) -> &Regex {
        self.compiled.get_or_init(|| {
            regex::RegexBuilder::new(self.source)
                .case_insensitive(true)
                .ignore_whitespace(true)
                .build()
                .expect("rule patterns compile")
        })
    }

    /// True when it matches somewhere in the text; anchor it.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_match(text)
    }

    /// Where it first matches.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.regex().find(text).map(|m| m.range())
    }

    /// Where the group named `cut` lies in the first match.
    pub fn cut(&self, text: &str) -> Option<Range<usize>> {
        // Groups ask for a slower engine than a bare match, and few lines match.
        if !self.is_match(text) {
            return None;
        }
        self.regex().captures(text)?.name("cut").map(|m| m.range())
    }
}

//! Patterns of rules: regular expressions that are compiled when a cue first calls for them.
//!
//! Nearly every answer is no, and a finite automaton gives it in one pass over the text. But the automaton of a pattern as
//! it is written is huge (`\w` has some seven hundred ranges), and it cannot tell a word boundary beside a letter outside of
//! ASCII; then a search falls back on a simulation that is a hundred times slower. So a pattern is asked in other forms first:
//!
//! 1. *plain*, for texts of ASCII and typographic signs: the pattern less all that such a text cannot hold. Word
//!    boundaries are those of ASCII there. The answer is exact, and the automaton small.
//! 2. *hull*, for other texts: the pattern without word boundaries, and with every large class widened to all characters
//!    beyond ASCII. It matches wherever the pattern does, so its no is final.
//! 3. *exact*: the pattern as it stands, asked where the hull says yes.
//!
//! Before all of them stands a memory of the last short texts and their answers: the same menus, buttons and notices come
//! page after page. It is asked for the text itself, so it never changes an answer.
//!
//! The first two are read off the syntax tree (`form`), and never hold a large class.
//!
//! The tests hold them against the regex crate's reading of the pattern.

mod form;

use std::ops::Range;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{LazyLock, Mutex, OnceLock};

use regex_automata::Input;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::meta::{self, Regex};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

use crate::text::hash;
use form::Form;

/// Signs beyond ASCII that occur in plain texts; none is part of a word. Latin-1 signs, dashes, quotation marks, bullets,
/// the euro, arrows, shapes. The test asks Unicode.
const SIGNS: &[(char, char)] = &[
    ('\u{a0}', '\u{a9}'),
    ('\u{ab}', '\u{b1}'),
    ('\u{b4}', '\u{b4}'),
    ('\u{b6}', '\u{b8}'),
    ('\u{bb}', '\u{bb}'),
    ('\u{bf}', '\u{bf}'),
    ('\u{2010}', '\u{203e}'),
    ('\u{20ac}', '\u{20ac}'),
    ('\u{2122}', '\u{2122}'),
    ('\u{2190}', '\u{21ff}'),
    ('\u{25a0}', '\u{25ff}'),
];

/// Bytes of states that an automaton may keep before it forgets them all. The customary 2 MiB are too little for some of
/// the longest patterns.
const STATES: usize = 8 << 20;

/// Makes automata without groups. A new compiler clears 400 KB before its first class beyond ASCII, and more is made anew
/// that this one has at hand: for all patterns that is a fifth of the work.
static COMPILER: LazyLock<Mutex<thompson::Compiler>> = LazyLock::new(|| {
    let mut compiler = thompson::Compiler::new();
    compiler.configure(thompson::Config::new().which_captures(WhichCaptures::None));
    Mutex::new(compiler)
});

/// A regular expression over one line. Written verbose (`x`) and without regard to case (`i`): white space in the source
/// is ignored, a space to match is `\ ` or `\s`.
pub struct Pattern {
    source: &'static str,
    plain: OnceLock<Automaton>,
    hull: OnceLock<Automaton>,
    /// The plain form with its groups.
    groups: OnceLock<Regex>,
    exact: OnceLock<Regex>,
}

/// One form, compiled when the first text asks for it: a corpus in one language needs few hulls.
struct Automaton {
    states: DFA,
    scratch: Pool<Scratch, NewScratch>,
}

/// What a thread needs for a search.
struct Scratch {
    states: Cache,
    memory: Memory,
}

type NewScratch = Box<dyn Fn() -> Scratch + Send + Sync + UnwindSafe + RefUnwindSafe>;

impl Pattern {
    /// A pattern; it is compiled at its first use. The rule tests compile every one of them.
    pub const fn new(source: &'static str) -> Self {
        Pattern {
            source,
            plain: OnceLock::new(),
            hull: OnceLock::new(),
            groups: OnceLock::new(),
            exact: OnceLock::new(),
        }
    }

    /// True when it matches somewhere in the text; anchor it.
    pub fn is_match(&self, text: &str) -> bool {
        match is_plain(text) {
            true => {
                let plain = || Automaton::new(&form::read(self.source, Form::Plain));
                self.plain.get_or_init(plain).answer(text, || true)
            }
            false => {
                let hull = || Automaton::new(&form::read(self.source, Form::Hull));
                let exact = || self.exact().is_match(text);
                self.hull.get_or_init(hull).answer(text, exact)
            }
        }
    }

    /// Where it first matches.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.finder(text)?.find(text).map(|found| found.range())
    }

    /// Where the group named `cut` lies in the first match.
    pub fn cut(&self, text: &str) -> Option<Range<usize>> {
        // Groups ask for a slower engine than a bare match, and few lines match.
        let regex = self.finder(text)?;
        let mut groups = regex.create_captures();
        regex.captures(text, &mut groups);
        groups.get_group_by_name("cut").map(|span| span.range())
    }

    /// The form that tells where a text matches; none when it does not.
    fn finder(&self, text: &str) -> Option<&Regex> {
        if !self.is_match(text) {
            return None;
        }
        let compile = || full(&form::read(self.source, Form::Plain));
        Some(match is_plain(text) {
            true => self.groups.get_or_init(compile),
            false => self.exact(),
        })
    }

    fn exact(&self) -> &Regex {
        self.exact.get_or_init(|| {
            let mut parser = ParserBuilder::new();
            parser.case_insensitive(true).ignore_whitespace(true);
            let pattern = parser.build().parse(self.source);
            full(&pattern.expect("rule patterns compile"))
        })
    }
}

impl Automaton {
    /// A search that says yes or no and never falls back: states are made when they are first reached.
    fn new(pattern: &Hir) -> Self {
        let compiler = COMPILER.lock().expect("no pattern fails to compile");
        let nfa = compiler
            .build_from_hir(pattern)
            .expect("rule patterns are of a size that compiles");
        drop(compiler);
        let config = DFA::config()
            .cache_capacity(STATES)
            .skip_cache_capacity_check(true);
        let states = DFA::builder()
            .configure(config)
            .build_from_nfa(nfa)
            .expect("no word boundary beyond ASCII is left");
        let maker = states.clone();
        let scratch = move || Scratch {
            states: maker.create_cache(),
            memory: Memory::default(),
        };
        Automaton {
            states,
            scratch: Pool::new(Box::new(scratch)),
        }
    }

    /// Whether the text is accepted, and then confirmed.
    fn answer(&self, text: &str, confirm: impl FnOnce() -> bool) -> bool {
        let mut scratch = self.scratch.get();
        let Scratch { states, memory } = &mut *scratch;
        memory.answer(text, || {
            let input = Input::new(text).earliest(true);
            let found = self.states.try_search_fwd(states, &input);
            found
                .expect("an automaton without limits does not give up")
                .is_some()
                && confirm()
        })
    }
}

/// A search that tells where it matches, and where groups lie.
fn full(pattern: &Hir) -> Regex {
    meta::Builder::new()
        .configure(meta::Config::new().hybrid_cache_capacity(STATES))
        .build_from_hir(pattern)
        .expect("rule patterns are of a size that compiles")
}

/// Texts that are remembered are no longer than this, in bytes: a menu's entry, a button, a notice of one sentence.
const REMEMBERED: usize = 120;
/// How many are, in places that their hashes choose; the last one stays.
const PLACES: usize = 256;

/// The last short texts and their answers.
#[derive(Default)]
struct Memory(Vec<(String, bool)>);

impl Memory {
    fn answer(&mut self, text: &str, ask: impl FnOnce() -> bool) -> bool {
        if text.is_empty() || text.len() > REMEMBERED {
            return ask();
        }
        if self.0.is_empty() {
            self.0.resize_with(PLACES, Default::default);
        }
        let place = hash::bytes64(text.as_bytes()) as usize % PLACES;
        let (known, answer) = &mut self.0[place];
        if known != text {
            *answer = ask();
            known.clear();
            known.push_str(text);
        }
        *answer
    }
}

/// True for a text of ASCII and [`SIGNS`].
fn is_plain(text: &str) -> bool {
    text.is_ascii()
        || text.chars().all(|c| c.is_ascii() || is_sign(c))
}

fn is_sign(c: char) -> bool {
    SIGNS
        .iter()
        .any(|&(first, last)| (first..=last).contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    /// The pattern as the regex crate reads it.
    fn naive(source: &str) -> regex::Regex {
        regex::RegexBuilder::new(source)
            .case_insensitive(true)
            .ignore_whitespace(true)
            .build()
            .unwrap()
    }

    #[test]
    fn signs_are_no_letters() {
        for &(first, last) in SIGNS {
            for c in first..=last {
                assert!(!regex_syntax::is_word_character(c), "{c:?}");
            }
        }
    }

    #[test]
    fn every_form_of_a_pattern_answers_as_the_pattern() {
        static PATTERNS: [Pattern; 8] = [
            Pattern::new(r"\b(?:share|print)\b .* \b(?:page|article)\b"),
            Pattern::new(r"^\W*(?P<cut>(?:über|share)\b[^.!?]*)\W*$"),
            Pattern::new(r"[.!?…][”’\x22')]*\s+(?P<cut>please\b.*|сообщ.*)$"),
            Pattern::new(r"^(?:\w+,?\ ){0,3}?by\ \w+ing\b"),
            Pattern::new(r"(?: © | \(c\) | ©️ ) \s? (?-i:\p{Lu})[\p{L}.'’-]*\b"),
            Pattern::new(r"^[\W_]*(?:版权|поделиться|kelvin)[\W_]*$"),
            Pattern::new(r"\p{Ll}[.!?] (?P<cut> (?-i: Reuters | AFP )) $"),
            Pattern::new(r"(?:漢+|\bé)(?P<cut>x)?"),
        ];
        let pages = RULES.iter().flat_map(|r| {
            let marked = r.examples.iter().map(|e| e.1);
            marked.chain(r.counter_examples.iter().copied())
        });
        let own = "share this page|Print: “the article”…|…!’ Please share — über|Über uns über|naïve, one by singing\u{e9} x\
            |© Äpfel|(c) Ana’s é|— ПОДЕЛИТЬСЯ —|版权|\u{212a}elvin|kelvin_|é.AFP|x.AFP|a. Сообщить|漢漢x|b éx|ſhare page";
        let regexes: Vec<regex::Regex> = PATTERNS.iter().map(|p| naive(p.source)).collect();
        let mut hits = [0; PATTERNS.len()];
        for text in pages.flat_map(str::lines).chain(own.split('|')) {
            for ((pattern, regex), hits) in PATTERNS.iter().zip(&regexes).zip(&mut hits) {
                let found = regex.find(text).map(|m| m.range());
                assert_eq!(pattern.is_match(text), found.is_some(), "{text:?}");
                assert_eq!(pattern.find(text), found, "{text:?}");
                let cut = regex.captures(text).and_then(|c| c.name("cut"));
                assert_eq!(pattern.cut(text), cut.map(|m| m.range()), "{text:?}");
                *hits += usize::from(found.is_some());
            }
        }
        assert!(hits.iter().all(|&n| n > 0), "{hits:?}");
    }
}

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
//! The first two are read off the syntax tree (`form`) and never hold a large class; their automata are made from it at once
//! (`automaton`), since every run makes some hundreds of them.
//!
//! The tests hold them against the regex crate's reading of the pattern.

mod automaton;
mod form;

use std::ops::Range;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::OnceLock;

use regex_automata::Input;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::meta::{self, Regex};
use regex_automata::nfa::thompson::NFA;
use regex_automata::util::pool::Pool;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

use crate::text::memory::{self, Memory};
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

/// A regular expression over one line. Written verbose (`x`) and without regard to case (`i`): white space in the source
/// is ignored, a space to match is `\ ` or `\s`.
pub struct Pattern {
    source: &'static str,
    memory: OnceLock<Memories>,
    plain: OnceLock<Automaton>,
    hull: OnceLock<Automaton>,
    /// The plain form with its groups.
    groups: OnceLock<Regex>,
    exact: OnceLock<Regex>,
}

/// One form, compiled when the first text asks for it: a corpus in one language needs few hulls.
struct Automaton {
    states: DFA,
    caches: Pool<Cache, NewCache>,
}

type NewCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// What each thread remembers.
type Memories = Pool<Memory<bool>, fn() -> Memory<bool>>;

impl Pattern {
    /// A pattern; it is compiled at its first use. The rule tests compile every one of them.
    pub const fn new(source: &'static str) -> Self {
        Pattern {
            source,
            memory: OnceLock::new(),
            plain: OnceLock::new(),
            hull: OnceLock::new(),
            groups: OnceLock::new(),
            exact: OnceLock::new(),
        }
    }

    /// True when it matches somewhere in the text; anchor it.
    pub fn is_match(&self, text: &str) -> bool {
        if !memory::fits(text) {
            return self.ask(text);
        }
        let pool = || Pool::new((|| Memory::new(REMEMBERED)) as fn() -> Memory<bool>);
        let mut memory = self.memory.get_or_init(pool).get();
        *memory.of(text, |answer| *answer = self.ask(text))
    }

    /// The same without a memory.
    fn ask(&self, text: &str) -> bool {
        match is_plain(text) {
            true => {
                let plain = || Automaton::new(automaton::make(self.source, Form::Plain));
                self.plain.get_or_init(plain).accepts(text)
            }
            false => {
                let hull = || Automaton::new(automaton::make(self.source, Form::Hull));
                self.hull.get_or_init(hull).accepts(text) && self.exact().is_match(text)
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
        let compile = || full(&form::read(self.source, Form::Plain), true);
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
            // It is asked about texts that go beyond ASCII, where an automaton cannot tell the boundary of a word.
            let automata = !self.source.contains(r"\b");
            full(&pattern.expect("rule patterns compile"), automata)
        })
    }
}

impl Automaton {
    /// A search that says yes or no and never falls back: states are made when they are first reached.
    fn new(nfa: NFA) -> Self {
        let config = DFA::config()
            .cache_capacity(STATES)
            .skip_cache_capacity_check(true);
        let states = DFA::builder()
            .configure(config)
            .build_from_nfa(nfa)
            .expect("no word boundary beyond ASCII is left");
        let maker = states.clone();
        Automaton {
            states,
            caches: Pool::new(Box::new(move || maker.create_cache())),
        }
    }

    fn accepts(&self, text: &str) -> bool {
        let mut cache = self.caches.get();
        let input = Input::new(text).earliest(true);
        let found = self.states.try_search_fwd(&mut cache, &input);
        let found = found.expect("an automaton without limits does not give up");
        found.is_some()
    }
}

/// A search that tells where it matches, and where groups lie; by `automata` where they can do it, forwards and backwards.
fn full(pattern: &Hir, automata: bool) -> Regex {
    let config = meta::Config::new().hybrid_cache_capacity(STATES);
    meta::Builder::new()
        .configure(config.hybrid(automata))
        .build_from_hir(pattern)
        .expect("rule patterns are of a size that compiles")
}

/// How many short texts a pattern remembers with their answers.
const REMEMBERED: usize = 256;

/// True for a text of ASCII and [`SIGNS`].
fn is_plain(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|c| c.is_ascii() || is_sign(c))
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

//! The automaton of a small form, made from the syntax tree at once.
//!
//! The slow version, which the tests keep: read the form as an expression of regex-syntax, and let regex-automata compile it.
//! Both are made for any expression and any engine; for all patterns in both forms they took some three tenths of a second,
//! which every run paid. What is wanted here says only yes or no, so that neither groups nor preferences between
//! alternatives matter, and then an automaton grows from its end: whoever makes a part knows already what comes after it.

use std::rc::Rc;

use regex_automata::nfa::thompson::{Builder, NFA, Transition};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::StateID;
use regex_syntax::ast::{AssertionKind, Ast, GroupKind, RepetitionOp};
use regex_syntax::hir::ClassUnicode;
use regex_syntax::utf8::{Utf8Range, Utf8Sequence, Utf8Sequences};
use rustc_hash::FxHashMap;

use super::form::{Form, Letter, Reader, bounds, folds, parse};

const SIZE: &str = "rule patterns are of a size that compiles";

/// The automaton of a pattern in this form: it accepts the texts in which the form matches somewhere.
pub(super) fn make(source: &str, form: Form) -> NFA {
    let mut maker = Maker {
        reader: Reader::new(form),
        states: Builder::new(),
        letters: FxHashMap::default(),
    };
    maker.states.set_utf8(true);
    maker.states.start_pattern().expect(SIZE);
    let end = Point {
        state: maker.states.add_match().expect(SIZE),
        anchored: false,
    };
    let start = maker.node(&parse(source), true, end);
    let start = start.unwrap_or_else(|| maker.passing(|m| m.states.add_fail().expect(SIZE)));
    maker.states.finish_pattern(start.state).expect(SIZE);
    let anywhere = match start.anchored {
        true => start.state,
        false => {
            let again = maker.union(&[start.state]);
            let skip = maker.range(0, 0xff, again);
            maker.states.patch(again, skip).expect(SIZE);
            again
        }
    };
    maker.states.build(start.state, anywhere).expect(SIZE)
}

/// Where a part begins.
#[derive(Clone, Copy)]
struct Point {
    state: StateID,
    /// From here on only the start of the text is accepted, so that a search need not look further.
    anchored: bool,
}

struct Maker {
    reader: Reader,
    states: Builder,
    /// Those met so far, each with whether its case does not count.
    letters: FxHashMap<(char, bool), Rc<Ways>>,
}

/// The bytes of a letter in its cases.
enum Ways {
    /// They differ in their last byte only.
    Forked(Vec<Utf8Range>, Vec<Utf8Range>),
    /// Any others, or none.
    Other(ClassUnicode),
}

impl Ways {
    fn of(members: &ClassUnicode) -> Rc<Self> {
        let sequences = sequences(members);
        let split = |s: &Utf8Sequence| {
            let (last, head) = s.as_slice().split_last().expect("a sequence has bytes");
            (head.to_vec(), *last)
        };
        let heads: Vec<_> = sequences.iter().map(split).collect();
        let alike = heads.windows(2).all(|w| w[0].0 == w[1].0);
        Rc::new(match heads.first() {
            Some((head, _)) if alike => {
                Ways::Forked(head.clone(), heads.iter().map(|h| h.1).collect())
            }
            _ => Ways::Other(members.clone()),
        })
    }
}

/// The sequences of bytes that encode the members of a class, in ascending order.
fn sequences(members: &ClassUnicode) -> Vec<Utf8Sequence> {
    let ranges = members.ranges().iter();
    let sequences = ranges.flat_map(|r| Utf8Sequences::new(r.start(), r.end()));
    sequences.collect()
}

impl Maker {
    /// Makes a node before `next`; none where it cannot match. `fold` is set where case does not count.
    fn node(&mut self, node: &Ast, fold: bool, next: Point) -> Option<Point> {
        match node {
            Ast::Empty(_) => Some(next),
            Ast::Literal(literal) => match self.reader.letter(literal.c, fold) {
                Letter::Byte(byte) => Some(self.passing(|s| s.range(byte, byte, next.state))),
                Letter::Cased(upper, lower) => Some(self.passing(|s| {
                    s.sparse(vec![
                        transition(upper, upper, next.state),
                        transition(lower, lower, next.state),
                    ])
                })),
                Letter::Other(c) => self.letter(c, fold, next),
            },
            Ast::Dot(_) | Ast::ClassPerl(_) | Ast::ClassUnicode(_) | Ast::ClassBracketed(_) => {
                let members = self.reader.members(node, fold);
                self.class(&members, next)
            }
            Ast::Assertion(look) => match (&look.kind, self.reader.form()) {
                (AssertionKind::StartLine, _) => Some(Point {
                    anchored: true,
                    ..self.look(Look::Start, next)
                }),
                (AssertionKind::EndLine, _) => Some(self.look(Look::End, next)),
                (AssertionKind::WordBoundary, Form::Hull) => Some(next),
                (AssertionKind::WordBoundary, Form::Plain) => Some(Point {
                    anchored: next.anchored,
                    ..self.look(Look::WordAscii, next)
                }),
                (other, _) => unreachable!("no pattern looks for {other:?}"),
            },
            Ast::Repetition(repetition) => {
                self.repeated(&repetition.op, &repetition.ast, fold, next)
            }
            Ast::Group(group) => {
                let fold = match &group.kind {
                    GroupKind::NonCapturing(flags) => folds(&flags.items, fold),
                    GroupKind::CaptureIndex(_) | GroupKind::CaptureName { .. } => fold,
                };
                self.node(&group.ast, fold, next)
            }
            Ast::Concat(concat) => {
                let mut parts = concat.asts.iter().rev();
                parts.try_fold(next, |next, part| self.node(part, fold, next))
            }
            Ast::Alternation(alternation) => {
                let parts = alternation.asts.iter();
                let parts: Vec<Point> = parts.filter_map(|p| self.node(p, fold, next)).collect();
                self.either(&parts)
            }
            Ast::Flags(_) => unreachable!("flags stand in groups"),
        }
    }

    fn repeated(
        &mut self,
        op: &RepetitionOp,
        node: &Ast,
        fold: bool,
        next: Point,
    ) -> Option<Point> {
        let (least, most) = bounds(&op.kind);
        let (mut start, mut made) = (next, 0);
        match most {
            Some(most) => {
                for _ in least..most {
                    let Some(once) = self.node(node, fold, start) else {
                        break;
                    };
                    start = self.either(&[once, next])?;
                }
            }
            None => {
                let again = self.union(&[next.state]);
                let point = Point {
                    state: again,
                    anchored: false,
                };
                if let Some(once) = self.node(node, fold, point) {
                    self.states.patch(again, once.state).expect(SIZE);
                    // What must come once may come again.
                    (start, made) = if least > 0 { (once, 1) } else { (point, 0) };
                }
            }
        }
        for _ in made..least {
            start = self.node(node, fold, start)?;
        }
        Some(start)
    }

    /// One of these; none where there are none.
    fn either(&mut self, parts: &[Point]) -> Option<Point> {
        match parts {
            [] => None,
            [one] => Some(*one),
            _ => {
                let states: Vec<StateID> = parts.iter().map(|p| p.state).collect();
                Some(Point {
                    state: self.union(&states),
                    anchored: parts.iter().all(|p| p.anchored),
                })
            }
        }
    }

    /// A letter that is a class of its own: the same ones come again and again.
    fn letter(&mut self, c: char, fold: bool, next: Point) -> Option<Point> {
        let reader = &self.reader;
        let ways = self.letters.entry((c, fold));
        let ways = ways.or_insert_with(|| Ways::of(&reader.cases(c, fold)));
        let ways = Rc::clone(ways);
        match &*ways {
            Ways::Forked(head, last) => Some(self.passing(|s| {
                let last = last.iter().map(|r| transition(r.start, r.end, next.state));
                let last = s.sparse(last.collect());
                let head = head.iter().rev();
                head.fold(last, |next, r| s.range(r.start, r.end, next))
            })),
            Ways::Other(members) => self.class(members, next),
        }
    }

    /// One character of a class.
    fn class(&mut self, members: &ClassUnicode, next: Point) -> Option<Point> {
        let last = members.ranges().last()?;
        if last.start() <= '\u{80}' && last.end() == char::MAX {
            return Some(self.open_class(members, next));
        }
        let sequences = sequences(members);
        let sequences: Vec<&[Utf8Range]> = sequences.iter().map(|s| s.as_slice()).collect();
        let mut ends = Vec::new();
        Some(self.passing(|s| s.bytes(&sequences, next.state, &mut ends)))
    }

    /// One character of a class that holds all beyond ASCII. Texts are UTF-8, so that the first byte of such a one tells how
    /// many follow, and nothing needs to be asked of those.
    fn open_class(&mut self, members: &ClassUnicode, next: Point) -> Point {
        let mut follow = next.state;
        let beyond = [(0xc2, 0xdf), (0xe0, 0xef), (0xf0, 0xf4)].map(|(first, last)| {
            follow = self.range(0x80, 0xbf, follow);
            transition(first, last, follow)
        });
        let ascii = members.ranges().iter().filter(|r| r.start().is_ascii());
        let ascii = ascii.map(|r| {
            let last = r.end().min('\u{7f}');
            transition(r.start() as u8, last as u8, next.state)
        });
        let all = ascii.chain(beyond).collect();
        self.passing(|s| s.sparse(all))
    }

    /// One of these sequences of bytes, which ascend. Those that begin alike share their beginning, and single ones that end
    /// alike their end, which `ends` remembers: a search goes through fewer states.
    fn bytes<'s>(
        &mut self,
        sequences: &[&'s [Utf8Range]],
        next: StateID,
        ends: &mut Vec<(&'s [Utf8Range], StateID)>,
    ) -> StateID {
        let mut firsts: Vec<Transition> = Vec::new();
        let mut apart = true;
        for alike in sequences.chunk_by(|a, b| a[0] == b[0]) {
            let Utf8Range { start, end } = alike[0][0];
            let rests: Vec<&[Utf8Range]> = alike.iter().map(|s| &s[1..]).collect();
            let then = match *rests {
                [[]] => next,
                [rest] => match ends.iter().find(|(known, _)| *known == rest) {
                    Some((_, state)) => *state,
                    None => {
                        let state = self.bytes(&rests, next, ends);
                        ends.push((rest, state));
                        state
                    }
                },
                _ => self.bytes(&rests, next, ends),
            };
            apart &= firsts.last().is_none_or(|last| last.end < start);
            firsts.push(transition(start, end, then));
        }
        match (firsts.as_slice(), apart) {
            ([one], _) => self.range(one.start, one.end, one.next),
            (_, true) => self.sparse(firsts),
            (_, false) => {
                let firsts = firsts.iter();
                let ways: Vec<StateID> =
                    firsts.map(|t| self.range(t.start, t.end, t.next)).collect();
                self.union(&ways)
            }
        }
    }

    /// The point of a state that says nothing of where it is.
    fn passing(&mut self, add: impl FnOnce(&mut Self) -> StateID) -> Point {
        Point {
            state: add(self),
            anchored: false,
        }
    }

    fn look(&mut self, look: Look, next: Point) -> Point {
        self.passing(|s| s.states.add_look(next.state, look).expect(SIZE))
    }

    fn union(&mut self, states: &[StateID]) -> StateID {
        self.states.add_union(states.to_vec()).expect(SIZE)
    }

    fn range(&mut self, first: u8, last: u8, next: StateID) -> StateID {
        self.states
            .add_range(transition(first, last, next))
            .expect(SIZE)
    }

    fn sparse(&mut self, transitions: Vec<Transition>) -> StateID {
        self.states.add_sparse(transitions).expect(SIZE)
    }
}

fn transition(start: u8, end: u8, next: StateID) -> Transition {
    Transition { start, end, next }
}

#[cfg(test)]
mod tests {
    use regex_automata::Input;
    use regex_automata::hybrid::dfa::DFA;
    use regex_automata::nfa::thompson::{Compiler, Config, WhichCaptures};

    use super::*;
    use crate::rules::pattern::form;

    fn slow(source: &str, form: Form) -> NFA {
        let config = Config::new().which_captures(WhichCaptures::None);
        let pattern = form::read(source, form);
        let mut compiler = Compiler::new();
        compiler.configure(config).build_from_hir(&pattern).unwrap()
    }

    fn accepts(nfa: &NFA) -> impl FnMut(&str) -> bool {
        let dfa = DFA::builder().build_from_nfa(nfa.clone()).unwrap();
        let mut cache = dfa.create_cache();
        move |text| {
            let input = Input::new(text).earliest(true);
            dfa.try_search_fwd(&mut cache, &input).unwrap().is_some()
        }
    }

    #[test]
    fn it_accepts_what_the_compiled_form_accepts() {
        const SOURCES: [&str; 16] = [
            r"",
            r"^",
            r"^$ | ^a+$",
            r"\b(?:ab|ba)\b .* \b[ab]c?$",
            r"^(?: [ab]{2,3} \ ){0,2} c",
            r"^ (?:a|b?)* c",
            r"(?: é | ab | 漢+ ){2,}",
            r"^(?:é|漢)(?:a|b)$",
            r"(?:^|\s) (?-i:A) b",
            r"^\W* \w{1,2} [^ab\s] \W*$",
            r"(?:^a|^b) c | ^\b c",
            r"(?:^a|b) c",
            r"(?P<cut> k s? )+ $",
            r"[\p{L}©]{3} | © \d",
            r"(?:漢|字)? ^ a",
            r"\S\s{2}",
        ];
        let letters = [
            "a", "b", "c", "A", "é", "漢", " ", "©", "k", "\u{212a}", "ſ", "1", "É",
        ];
        let mut texts = vec![String::new()];
        for at in 0.. {
            let Some(short) = texts.get(at).filter(|t| t.chars().count() < 4).cloned() else {
                break;
            };
            texts.extend(letters.iter().map(|letter| short.clone() + letter));
        }
        for source in SOURCES {
            for form in [Form::Plain, Form::Hull] {
                let (fast, slow) = (make(source, form), slow(source, form));
                let anchored = |nfa: &NFA| nfa.is_always_start_anchored();
                assert_eq!(anchored(&fast), anchored(&slow), "{source}");
                let (mut fast, mut slow) = (accepts(&fast), accepts(&slow));
                for text in &texts {
                    assert_eq!(fast(text), slow(text), "{source} in {text:?}");
                }
            }
        }
    }
}

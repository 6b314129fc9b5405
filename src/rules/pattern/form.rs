//! The two small forms of a pattern, read off its syntax tree.
//!
//! The slow version, which the tests keep as oracle, is to let the regex crate's parser write the pattern out (`\w` has some
//! seven hundred ranges, and each is folded), then to cut it down. That took most of the half second that compiling all
//! patterns cost every run. Here large classes are never written out: each stands for its ASCII members, and in the hull
//! for all characters beyond them too.

use regex_syntax::ast::{
    AssertionKind, Ast, ClassPerlKind, ClassSet, ClassSetItem, ClassUnicodeKind, Flag,
    FlagsItemKind, GroupKind, RepetitionKind, RepetitionRange, parse::ParserBuilder,
};
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, Look, Repetition};

use super::{SIGNS, is_sign};

/// What a form is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Texts of ASCII and signs: the pattern less all that such a text cannot hold.
    Plain,
    /// Any text: matches wherever the pattern does, and elsewhere too.
    Hull,
}

/// White space as Unicode has it.
const SPACES: &[(char, char)] = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{85}', '\u{85}'),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
];

const UPPER: (char, char) = ('A', 'Z');
const LOWER: (char, char) = ('a', 'z');
const FIGURES: (char, char) = ('0', '9');
/// Letters, digits and the line below of ASCII.
const WORD: &[(char, char)] = &[FIGURES, UPPER, ('_', '_'), LOWER];
const BEYOND: (char, char) = ('\u{80}', char::MAX);

/// Reads a pattern (verbose, without regard to case) in this form.
///
/// # Panics
/// On what no pattern of a rule has: flags other than `i` and `x`, operations on classes, looks other than `^`, `$`, `\b`.
pub(super) fn read(source: &str, form: Form) -> Hir {
    Reader::new(form).node(&parse(source), true)
}

/// The syntax tree of a pattern.
pub(super) fn parse(source: &str) -> Ast {
    let mut parser = ParserBuilder::new();
    let parsed = parser.ignore_whitespace(true).build().parse(source);
    parsed.expect("rule patterns compile")
}

/// A character of a pattern in a form. Nearly all of a pattern is such, so what needs no class does without.
pub(super) enum Letter {
    /// A character of ASCII without cases, or whose case counts.
    Byte(u8),
    /// A letter of ASCII in both cases.
    Cased(u8, u8),
    /// Any other, which has no members in plain texts as a rule; see [`Reader::cases`].
    Other(char),
}

/// Reads the nodes of a syntax tree in a form.
pub(super) struct Reader {
    form: Form,
    /// All characters of plain texts.
    alphabet: ClassUnicode,
    groups: u32,
}

impl Reader {
    pub(super) fn new(form: Form) -> Self {
        let ascii = [('\0', '\x7f')];
        Reader {
            form,
            alphabet: class(ascii.iter().chain(SIGNS)),
            groups: 0,
        }
    }

    pub(super) fn form(&self) -> Form {
        self.form
    }

    /// The form of a node; `fold` is set where case does not count. What cannot match goes, with all that needs it.
    fn node(&mut self, node: &Ast, fold: bool) -> Hir {
        match node {
            Ast::Empty(_) => Hir::empty(),
            Ast::Literal(literal) => match self.letter(literal.c, fold) {
                Letter::Byte(byte) => Hir::literal([byte]),
                Letter::Cased(upper, lower) => leaf(class(&[upper, lower].map(|b| {
                    let c = char::from(b);
                    (c, c)
                }))),
                Letter::Other(c) => leaf(self.cases(c, fold)),
            },
            Ast::Assertion(look) => match (&look.kind, self.form) {
                (AssertionKind::StartLine, _) => Hir::look(Look::Start),
                (AssertionKind::EndLine, _) => Hir::look(Look::End),
                (AssertionKind::WordBoundary, Form::Plain) => Hir::look(Look::WordAscii),
                (AssertionKind::WordBoundary, Form::Hull) => Hir::empty(),
                (other, _) => unreachable!("no pattern looks for {other:?}"),
            },
            Ast::Dot(_) | Ast::ClassPerl(_) | Ast::ClassUnicode(_) | Ast::ClassBracketed(_) => {
                leaf(self.members(node, fold))
            }
            Ast::Repetition(repetition) => {
                let (min, max) = bounds(&repetition.op.kind);
                let sub = self.node(&repetition.ast, fold);
                match fails(&sub) {
                    true if min == 0 => Hir::empty(),
                    true => Hir::fail(),
                    false => Hir::repetition(Repetition {
                        min,
                        max,
                        greedy: repetition.greedy,
                        sub: Box::new(sub),
                    }),
                }
            }
            Ast::Group(group) => self.group(group, fold),
            Ast::Concat(concat) => {
                let mut parts = Vec::with_capacity(concat.asts.len());
                for part in &concat.asts {
                    let part = self.node(part, fold);
                    // In plain texts most phrases of other scripts end here, at their first letter.
                    if fails(&part) {
                        return Hir::fail();
                    }
                    parts.push(part);
                }
                Hir::concat(parts)
            }
            Ast::Alternation(alternation) => {
                let mut parts = Vec::with_capacity(alternation.asts.len());
                for part in &alternation.asts {
                    parts.push(self.node(part, fold));
                }
                parts.retain(|part| !fails(part));
                Hir::alternation(parts)
            }
            Ast::Flags(_) => unreachable!("flags stand in groups"),
        }
    }

    fn group(&mut self, group: &regex_syntax::ast::Group, fold: bool) -> Hir {
        let name = match &group.kind {
            GroupKind::NonCapturing(flags) => {
                return self.node(&group.ast, folds(&flags.items, fold));
            }
            GroupKind::CaptureIndex(_) => None,
            GroupKind::CaptureName { name, .. } => Some(name.name.as_str().into()),
        };
        self.groups += 1;
        let index = self.groups;
        let sub = self.node(&group.ast, fold);
        match fails(&sub) {
            true => Hir::fail(),
            false => Hir::capture(Capture {
                index,
                name,
                sub: Box::new(sub),
            }),
        }
    }

    /// A character in this form.
    pub(super) fn letter(&self, c: char, fold: bool) -> Letter {
        match (self.form, c.is_ascii()) {
            (_, true) if !(fold && c.is_ascii_alphabetic()) => Letter::Byte(c as u8),
            (Form::Plain, true) => {
                Letter::Cased(c.to_ascii_uppercase() as u8, c.to_ascii_lowercase() as u8)
            }
            (_, false) | (Form::Hull, true) => Letter::Other(c),
        }
    }

    /// A character with its other cases, if that does not count, in this form.
    pub(super) fn cases(&self, c: char, fold: bool) -> ClassUnicode {
        // No sign has cases, and of letters beyond ASCII these two have one within.
        let within = c.is_ascii() || is_sign(c) || fold && matches!(c, 'ſ' | '\u{212a}');
        match self.form == Form::Plain && !within {
            true => ClassUnicode::empty(),
            false => self.within(one(c, fold)),
        }
    }

    /// The members of a class, or of the point, in this form.
    pub(super) fn members(&self, class: &Ast, fold: bool) -> ClassUnicode {
        self.within(match class {
            Ast::Dot(_) => self::class(&[('\0', '\t'), ('\u{b}', char::MAX)]),
            Ast::ClassPerl(perl) => self.perl(&perl.kind, perl.negated),
            Ast::ClassUnicode(unicode) => self.property(&unicode.kind, unicode.negated, fold),
            Ast::ClassBracketed(set) => self.set(&set.kind, set.negated, fold),
            other => unreachable!("{other:?} is no class"),
        })
    }

    /// What is left of a class in this form.
    fn within(&self, mut members: ClassUnicode) -> ClassUnicode {
        if self.form == Form::Plain {
            members.intersect(&self.alphabet);
        }
        members
    }

    /// The members of a large class: those in ASCII, and in the hull all beyond.
    fn large(&self, ascii: &[(char, char)]) -> ClassUnicode {
        let beyond = [BEYOND];
        class(ascii.iter().chain(match self.form {
            Form::Plain => &[][..],
            Form::Hull => &beyond,
        }))
    }

    fn perl(&self, kind: &ClassPerlKind, negated: bool) -> ClassUnicode {
        let small = match kind {
            ClassPerlKind::Word => WORD,
            ClassPerlKind::Digit => &[FIGURES],
            ClassPerlKind::Space => SPACES,
        };
        match (kind, negated, self.form) {
            (ClassPerlKind::Space, false, _) => class(small),
            (ClassPerlKind::Space, true, Form::Plain) => complement(class(small)),
            // Most of what is beyond ASCII is not white space.
            (ClassPerlKind::Space, true, Form::Hull) => complement(class(&SPACES[..2])),
            (_, false, _) => self.large(small),
            (_, true, _) => complement(class(small)),
        }
    }

    fn property(&self, kind: &ClassUnicodeKind, negated: bool, fold: bool) -> ClassUnicode {
        let name = match kind {
            ClassUnicodeKind::OneLetter(letter) => letter.to_string(),
            ClassUnicodeKind::Named(name) => name.clone(),
            ClassUnicodeKind::NamedValue { .. } => unreachable!("no pattern asks for a value"),
        };
        let ascii: &[_] = match (name.as_str(), fold) {
            ("L", _) | ("Lu" | "Ll", true) => &[UPPER, LOWER],
            ("Lu", false) => &[UPPER],
            ("Ll", false) => &[LOWER],
            ("N", _) => &[FIGURES],
            (other, _) => unreachable!("no pattern has the class {other}"),
        };
        match negated {
            true => complement(class(ascii)),
            false => self.large(ascii),
        }
    }

    fn set(&self, set: &ClassSet, negated: bool, fold: bool) -> ClassUnicode {
        let mut members = ClassUnicode::empty();
        match set {
            ClassSet::Item(item) => self.item(item, fold, &mut members),
            ClassSet::BinaryOp(_) => unreachable!("no pattern operates on classes"),
        }
        match negated {
            true => complement(members),
            false => members,
        }
    }

    fn item(&self, item: &ClassSetItem, fold: bool, out: &mut ClassUnicode) {
        match item {
            ClassSetItem::Empty(_) => {}
            ClassSetItem::Literal(literal) => out.union(&one(literal.c, fold)),
            ClassSetItem::Range(range) => {
                out.union(&folded(&[(range.start.c, range.end.c)], fold));
            }
            ClassSetItem::Perl(perl) => out.union(&self.perl(&perl.kind, perl.negated)),
            ClassSetItem::Unicode(class) => {
                out.union(&self.property(&class.kind, class.negated, fold));
            }
            ClassSetItem::Bracketed(inner) => {
                out.union(&self.set(&inner.kind, inner.negated, fold));
            }
            ClassSetItem::Union(union) => {
                for item in &union.items {
                    self.item(item, fold, out);
                }
            }
            ClassSetItem::Ascii(_) => unreachable!("no pattern has a class of POSIX"),
        }
    }
}

/// A class as an expression.
fn leaf(members: ClassUnicode) -> Hir {
    match members.ranges() {
        [] => Hir::fail(),
        [one] if one.start() == one.end() => {
            let mut buffer = [0; 4];
            Hir::literal(one.start().encode_utf8(&mut buffer).as_bytes())
        }
        _ => Hir::class(Class::Unicode(members)),
    }
}

fn class<'a>(ranges: impl IntoIterator<Item = &'a (char, char)>) -> ClassUnicode {
    let ranges = ranges.into_iter();
    ClassUnicode::new(ranges.map(|&(first, last)| ClassUnicodeRange::new(first, last)))
}

/// A character, with its other cases if that does not count. Of ASCII only `k` and `s` have one beyond.
fn one(c: char, fold: bool) -> ClassUnicode {
    match c.to_ascii_lowercase() {
        lower if fold && lower.is_ascii_lowercase() && lower != 'k' && lower != 's' => {
            let upper = lower.to_ascii_uppercase();
            class(&[(upper, upper), (lower, lower)])
        }
        _ => folded(
            &[(c, c)],
            fold && (!c.is_ascii() || c.is_ascii_alphabetic()),
        ),
    }
}

/// These characters, with their other cases if that does not count.
fn folded(ranges: &[(char, char)], fold: bool) -> ClassUnicode {
    let mut class = class(ranges);
    if fold {
        class.case_fold_simple();
    }
    class
}

fn complement(mut class: ClassUnicode) -> ClassUnicode {
    class.negate();
    class
}

fn fails(part: &Hir) -> bool {
    part.properties().minimum_len().is_none()
}

/// Whether case does not count under these flags.
pub(super) fn folds(flags: &[regex_syntax::ast::FlagsItem], outside: bool) -> bool {
    let mut negated = false;
    let mut folds = outside;
    for flag in flags {
        match flag.kind {
            FlagsItemKind::Negation => negated = true,
            FlagsItemKind::Flag(Flag::CaseInsensitive) => folds = !negated,
            FlagsItemKind::Flag(Flag::IgnoreWhitespace) => {}
            FlagsItemKind::Flag(other) => unreachable!("no pattern has the flag {other:?}"),
        }
    }
    folds
}

/// The least and the greatest number of times.
pub(super) fn bounds(kind: &RepetitionKind) -> (u32, Option<u32>) {
    match *kind {
        RepetitionKind::ZeroOrOne => (0, Some(1)),
        RepetitionKind::ZeroOrMore => (0, None),
        RepetitionKind::OneOrMore => (1, None),
        RepetitionKind::Range(RepetitionRange::Exactly(n)) => (n, Some(n)),
        RepetitionKind::Range(RepetitionRange::AtLeast(n)) => (n, None),
        RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => (min, Some(max)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_the_class_of_its_cases() {
        for form in [Form::Plain, Form::Hull] {
            let reader = Reader::new(form);
            for c in '\0'..=char::MAX {
                for fold in [false, true] {
                    let found = match reader.letter(c, fold) {
                        Letter::Byte(byte) => one(char::from(byte), false),
                        Letter::Cased(upper, lower) => {
                            let [upper, lower] = [upper, lower].map(char::from);
                            class(&[(upper, upper), (lower, lower)])
                        }
                        Letter::Other(c) => reader.cases(c, fold),
                    };
                    assert_eq!(found, reader.within(one(c, fold)), "{c:?} {fold}");
                }
            }
        }
    }
}

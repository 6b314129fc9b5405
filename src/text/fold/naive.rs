//! The fold written down as it is told: step after step over the whole text. The oracle of the fast one.

use super::chars::{self, Kind};
use super::entity;

/// The folded tokens of a text.
pub fn fold(text: &str) -> Vec<String> {
    let decoded = decode(text);
    let folded: Vec<(Kind, char)> = chars::normalised(decoded.chars())
        .map(|c| (chars::kind(c), chars::unprotected(c)))
        .filter(|&(kind, _)| kind != Kind::Drop)
        .collect();
    tokens(&folded)
}

fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut i = 0;
    while let Some(c) = text[i..].chars().next() {
        let (c, end) = entity::decode(text, i).unwrap_or((c, i + c.len_utf8()));
        out.push(c);
        i = end;
    }
    out
}

fn tokens(all: &[(Kind, char)]) -> Vec<String> {
    let kind = |i: usize| all.get(i).map_or(Kind::Separator, |&(kind, _)| kind);
    let mut out: Vec<String> = Vec::new();
    // The kind of the open token, and whether the character before lets a sign follow.
    let (mut open, mut ended, mut may_sign) = (Kind::Separator, false, true);
    for (i, &(this, c)) in all.iter().enumerate() {
        let digit_next = kind(i + 1) == Kind::Digit;
        let point_digit_next =
            all.get(i + 1).is_some_and(|n| n.1 == '.') && kind(i + 2) == Kind::Digit;
        let last = out.last().and_then(|t| t.chars().last()).unwrap_or(' ');
        let word = open == Kind::Word;
        let inner = word && (last.is_ascii_digit() || last == '-') && digit_next;
        let (joins, begins, c) = match this {
            Kind::Word | Kind::Digit => (word && !ended, Kind::Word, c),
            Kind::Unspaced => (false, Kind::Unspaced, c),
            Kind::Mark => {
                let joins = (word || open == Kind::Unspaced) && !ended;
                (joins, Kind::Separator, c)
            }
            Kind::Symbol | Kind::Currency => (false, Kind::Symbol, c),
            Kind::Raised => (open == Kind::Raised, Kind::Raised, c),
            Kind::Plus => (
                word && (ended || !last.is_ascii_digit()),
                Kind::Separator,
                c,
            ),
            Kind::Point if inner => (true, Kind::Separator, c),
            Kind::Point if c == '.' && may_sign && digit_next => (false, Kind::Word, c),
            Kind::Sign if may_sign && (digit_next || point_digit_next) => (false, Kind::Word, '-'),
            Kind::Sign if may_sign && kind(i + 1) == Kind::Currency => (false, Kind::Symbol, '-'),
            _ => (false, Kind::Separator, c),
        };
        match out.last_mut() {
            Some(token) if joins => token.push(c),
            _ => {
                open = begins;
                if begins != Kind::Separator {
                    out.push(c.to_string());
                }
            }
        }
        ended = this == Kind::Plus && joins;
        may_sign = matches!(this, Kind::Opening | Kind::Currency);
    }
    out
}

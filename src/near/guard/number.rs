//! Reads numbers from folded tokens: digits, number words, and the words that scale them, as one value.
//!
//! "1.2 mln", "1,200,000" and "1.2 million" have one value; so have "five" and "5". A token that mixes letters and digits and is
//! neither an ordinal, a decade nor a number with a unit glued to it is a code: its own hash is its value.

use super::lexicon::{self, Class};
use crate::text::fold::{Folded, flag};
use crate::text::hash;

/// A number or code in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// Millionths; a code has its hash with the top bit set, so that the two never meet.
    pub(crate) value: u128,
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) last: usize,
    /// A code: letters and digits mixed.
    pub(crate) code: bool,
}

const ONE: u128 = 1_000_000;
const CODE: u128 = 1 << 127;
/// Set in the value of a number below zero, which is only ever compared for equality.
const MINUS: u128 = 1 << 126;
/// Longer digit strings are identifiers; their hash is their value.
const MAX_DIGITS: usize = 18;

/// True when the token at `at` could be part of a number, so that a slot that begins inside one is widened to the whole.
pub(crate) fn is_part(folded: &Folded, at: usize) -> bool {
    let token = &folded.tokens[at];
    token.flags & flag::DIGIT != 0
        || matches!(
            lexicon::class(token.hash),
            Some(Class::Number(_) | Class::Scale(_))
        )
}

/// True when the token at `at` scales the number before it.
pub(crate) fn is_scale(folded: &Folded, at: usize) -> bool {
    matches!(
        lexicon::class(folded.tokens[at].hash),
        Some(Class::Scale(_))
    )
}

/// Appends the numbers among tokens `from..to`.
pub(crate) fn read(folded: &Folded, from: usize, to: usize, out: &mut Vec<Number>) {
    let mut at = from;
    while at < to {
        match start(folded, at) {
            Some(mut number) => {
                if !number.code {
                    extend(folded, to, &mut number);
                }
                at = number.last;
                out.push(number);
            }
            None => at += 1,
        }
    }
}

fn start(folded: &Folded, at: usize) -> Option<Number> {
    let token = &folded.tokens[at];
    let (value, code) = match lexicon::class(token.hash) {
        Some(Class::Number(n)) => (u128::from(n) * ONE, false),
        // "hundred" and "a million" alone; characters of unspaced scripts scale only what stands before them.
        Some(Class::Scale(power)) if token.flags & flag::UNSPACED == 0 => {
            (ONE * 10u128.pow(u32::from(power)), false)
        }
        _ if token.flags & flag::DIGIT != 0 => {
            digits(folded.token(at)).map_or((CODE | u128::from(token.hash), true), |v| (v, false))
        }
        _ => return None,
    };
    Some(Number {
        value,
        first: at,
        last: at + 1,
        code,
    })
}

/// Takes what follows into the number: scales multiply, and after a number word or a scale a smaller number word adds.
fn extend(folded: &Folded, to: usize, number: &mut Number) {
    let mut total: u128 = 0;
    let sign = number.value & MINUS;
    let mut part = number.value & !MINUS;
    let mut words = folded.tokens[number.first].flags & flag::DIGIT == 0;
    while number.last < to {
        match lexicon::class(folded.tokens[number.last].hash) {
            Some(Class::Scale(power)) => {
                part = part.saturating_mul(10u128.pow(u32::from(power)));
                if power >= 3 {
                    total = total.saturating_add(part);
                    part = 0;
                }
                words = true;
            }
            Some(Class::Number(n)) if words && fits_below(part, n) => part += u128::from(n) * ONE,
            _ => break,
        }
        number.last += 1;
    }
    number.value = (total.saturating_add(part) & !(CODE | MINUS)) | sign;
}

/// "Twenty" takes "five", "two hundred" takes "five"; "five" does not take "six".
fn fits_below(part: u128, n: u64) -> bool {
    let n = u128::from(n) * ONE;
    part == 0
        || (n > 0 && n < 10 * ONE && part.is_multiple_of(10 * ONE))
        || (n < 100 * ONE && part.is_multiple_of(100 * ONE))
}

/// The value of a token of digits, with sign, decimal point or thousands separators, and perhaps an ordinal, decade or scale suffix.
/// `None` for a code.
fn digits(text: &str) -> Option<u128> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (MINUS, rest),
        None => (0, text),
    };
    let end = text
        .char_indices()
        .find(|(_, c)| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .map_or(text.len(), |(i, _)| i);
    let (head, suffix) = text.split_at(end);
    let scale = match suffix {
        "" | "s" | "st" | "nd" | "rd" | "th" | "º" | "ª" | "er" | "ème" => 0,
        "k" => 3,
        "m" | "mn" | "mln" | "mio" => 6,
        "bn" | "bln" | "mrd" => 9,
        _ => return None,
    };
    plain(head).map(|v| sign | v.saturating_mul(10u128.pow(scale)))
}

/// Digits with separators. The last separator is a decimal point unless it stands before exactly three digits with no other kind before it.
fn plain(text: &str) -> Option<u128> {
    let is_separator = |c: char| matches!(c, '.' | ',');
    let count = text.chars().filter(|c| is_separator(*c)).count();
    let last = text.char_indices().rev().find(|(_, c)| is_separator(*c));
    let (whole, fraction) = match last {
        Some((at, c)) => {
            let after = &text[at + c.len_utf8()..];
            let same = text.chars().filter(|x| *x == c).count();
            let thousands = after.chars().count() == 3
                && !text.starts_with(c)
                && (count == 1 || same == count)
                && !text.starts_with('0');
            if thousands || same > 1 {
                (text, "")
            } else {
                (&text[..at], after)
            }
        }
        None => (text, ""),
    };
    let number = |s: &str| -> Option<(u128, usize)> {
        let mut value: u128 = 0;
        let mut length = 0;
        for d in s.bytes().filter(u8::is_ascii_digit) {
            value = value.checked_mul(10)?.checked_add(u128::from(d - b'0'))?;
            length += 1;
        }
        Some((value, length))
    };
    if text.chars().count() - count > MAX_DIGITS {
        return Some(u128::from(hash::bytes64(text.as_bytes())) << 32);
    }
    let ((whole, a), (fraction, length)) = (number(whole)?, number(fraction)?);
    if a + length == 0 {
        return None;
    }
    let fraction = match length {
        0..=6 => fraction * 10u128.pow(6 - length as u32),
        _ => fraction / 10u128.pow(length as u32 - 6),
    };
    Some(whole * ONE + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folder;

    fn values(text: &str) -> Vec<u128> {
        let (mut folded, mut out) = (Folded::default(), Vec::new());
        Folder::default().fold(text, &mut folded);
        read(&folded, 0, folded.tokens.len(), &mut out);
        out.iter().map(|n| n.value).collect()
    }

    #[test]
    fn one_value_however_it_is_written() {
        for (a, b) in [
            ("five", "5"),
            ("two million", "2 mln"),
            ("twenty five", "25"),
            ("two hundred and", "200"),
            ("fünf Millionen", "5 million"),
            ("пять тысяч", "5 thousand"),
            ("3 مليار", "3 billion"),
            ("10th", "10"),
            ("7m", "7 million"),
        ] {
            assert_eq!(values(a), values(b), "{a} / {b}");
            assert_eq!(values(a).len(), 1, "{a}");
        }
    }

    #[test]
    fn other_values_differ() {
        for (a, b) in [
            ("five", "6"),
            ("2 million", "2 billion"),
            ("first", "third"),
            ("x86", "x87"),
            ("七", "八"),
        ] {
            assert_ne!(values(a), values(b), "{a} / {b}");
        }
    }

    #[test]
    fn separators() {
        assert_eq!(plain("1,200,000"), Some(1_200_000 * ONE));
        assert_eq!(plain("1.200.000"), plain("1,200,000"));
        assert_eq!(plain("1,234.5"), Some(1_234_500_000));
        assert_eq!(plain("1.234,5"), plain("1,234.5"));
        assert_eq!(plain("2.50"), plain("2.5"));
        assert_eq!(plain("0.125"), Some(125_000));
        assert_ne!(values("it fell -3 million"), values("it fell -4 million"));
        assert_ne!(plain("1.05"), plain("10.5"));
    }
}

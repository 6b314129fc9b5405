//! HTML character references, named and numeric, as they stand in extracted text.
//!
//! Owns their syntax; the names come from html-escape's table of the HTML standard. Only references that end in `;` count.
//! A doubly escaped one (`&amp;quot;`) is decoded twice: it never was meant to be read.

use html_escape::NAMED_ENTITIES;

/// The longest name of the standard, `CounterClockwiseContourIntegral`, has 31 characters.
const LONGEST: usize = 32;

/// Decodes the reference that begins at `at`, if one does; also returns its end.
pub(super) fn decode(text: &str, at: usize) -> Option<(char, usize)> {
    if text.as_bytes()[at] != b'&' {
        return None;
    }
    let (c, end) = reference(text.as_bytes(), at + 1)?;
    match c {
        '&' => Some(reference(text.as_bytes(), end).unwrap_or((c, end))),
        _ => Some((c, end)),
    }
}

fn reference(text: &[u8], from: usize) -> Option<(char, usize)> {
    let window = &text[from..text.len().min(from + LONGEST)];
    let length = window
        .iter()
        .position(|&b| !b.is_ascii_alphanumeric() && b != b'#')?;
    if window[length] != b';' {
        return None;
    }
    let name = &window[..length];
    let c = match name {
        [b'#', b'x' | b'X', digits @ ..] => numeric(digits, 16)?,
        [b'#', digits @ ..] => numeric(digits, 10)?,
        _ => named(name)?,
    };
    Some((c, from + length + 1))
}

fn named(name: &[u8]) -> Option<char> {
    let found = NAMED_ENTITIES
        .binary_search_by(|(n, _)| (*n).cmp(name))
        .ok()?;
    NAMED_ENTITIES[found].1.chars().next()
}

fn numeric(digits: &[u8], radix: u32) -> Option<char> {
    let mut number = 0u32;
    if digits.is_empty() {
        return None;
    }
    for &d in digits {
        number = number
            .checked_mul(radix)?
            .checked_add(char::from(d).to_digit(radix)?)?;
    }
    // Old pages number the characters of Windows-1252; the HTML standard reads 128 to 159 that way.
    match number {
        0x80..=0x9f => WINDOWS_1252.chars().nth(number as usize - 0x80),
        _ => char::from_u32(number),
    }
}

/// The characters 0x80 to 0x9f of Windows-1252; those it leaves open are the replacement character here.
const WINDOWS_1252: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ";

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<char> {
        let (c, end) = decode(text, 0)?;
        (end == text.len()).then_some(c)
    }

    #[test]
    fn names_and_numbers_are_decoded() {
        assert_eq!(one("&eacute;"), Some('é'));
        assert_eq!(one("&#233;"), Some('é'));
        assert_eq!(one("&#xE9;"), Some('é'));
        assert_eq!(one("&#146;"), Some('’'));
        assert_eq!(one("&amp;"), Some('&'));
        assert_eq!(one("&amp;quot;"), Some('"'));
        assert_eq!(one("&amp;amp;"), Some('&'));
    }

    #[test]
    fn a_name_stands_for_one_character() {
        assert!(NAMED_ENTITIES.iter().all(|(_, s)| s.chars().count() == 1));
        let longest = NAMED_ENTITIES.iter().map(|(name, _)| name.len()).max();
        assert_eq!(longest, Some(LONGEST - 1), "its semicolon must fit");
    }

    #[test]
    fn what_is_no_reference_stays() {
        for text in [
            "&",
            "&;",
            "&#;",
            "&#x;",
            "& b;",
            "&nbsp",
            "&unheard;",
            "&#xd800;",
            "&#99999999999;",
        ] {
            assert_eq!(decode(text, 0), None, "{text}");
        }
    }
}

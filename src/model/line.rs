//! What the model sees of one line: its first words as hashes, and its shape as counts.
//!
//! The slow version, which the tests keep, walks the line once for each count. The fast one walks it once for all of them:
//! ASCII letters and digits eight bytes at a time, letters of two bytes (Latin, Greek, Cyrillic, Hebrew, Arabic) through a
//! table of what Unicode says of them, Han by their range, others by asking Unicode. When the tokens are complete, letters
//! are only counted. Words of a line and the counts of its shape are taken from its first [`WINDOW`] bytes only, so that a
//! paragraph of ten kilobytes costs what one of half a kilobyte does.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::rules::page::{ends_as_sentence, is_unspaced};
use crate::text::ascii::{Run, load};
use crate::text::hash::mix;

/// So many tokens of a line are looked up. On the labelled pages 24 find as much as 40.
pub const TOKENS: usize = 24;
/// So many bytes of a line are looked at, cut down to a whole character.
pub const WINDOW: usize = 512;
/// Prose for the purposes of the context: so many words and a sentence's end.
pub const PROSE_WORDS: u32 = 15;

/// Bits of [`Shape::marks`].
pub mod mark {
    /// An address of the web.
    pub const URL: u8 = 1;
    /// An at sign.
    pub const AT: u8 = 2;
    /// A copyright sign.
    pub const COPYRIGHT: u8 = 4;
    /// A quotation mark.
    pub const QUOTE: u8 = 8;
    /// An opening bracket.
    pub const BRACKET: u8 = 16;
}

/// The shape of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shape {
    /// Its length in characters, as far as a `u32` goes.
    pub chars: u32,
    /// Its words; a character of a script without spaces counts a half.
    pub words: u32,
    /// Letters in the window.
    pub letters: u32,
    /// Capitals among them.
    pub capitals: u32,
    /// Digits in the window.
    pub digits: u32,
    /// Neither letter, digit nor white space.
    pub signs: u32,
    /// Runs of letters and digits in the window.
    pub runs: u32,
    /// Runs that begin with a capital.
    pub titles: u32,
    /// Runs of at most three characters.
    pub short_runs: u32,
    /// Bars, dots and arrows as they stand between the items of a menu.
    pub separators: u32,
    /// Commas.
    pub commas: u32,
    /// Full stops.
    pub stops: u32,
    /// See [`mark`].
    pub marks: u8,
    /// Class of the first character.
    pub first: u8,
    /// Class of the last character.
    pub last: u8,
    /// Script of most letters: 0 Latin, 1 Greek or Cyrillic, 2 without spaces, 3 another, 4 no letters.
    pub script: u8,
    /// It ends as a sentence does.
    pub sentence: bool,
    /// It has at least [`PROSE_WORDS`] words and ends as a sentence does.
    pub prose: bool,
}

/// Classes of first and last characters.
fn class(c: Option<char>) -> u8 {
    let Some(c) = c else { return 0 };
    match c {
        '.' | '。' => 6,
        '!' | '?' | '！' | '？' | '؟' => 7,
        ':' | '：' => 8,
        '"' | '”' | '“' | '»' | '«' | '„' | '「' | '」' => 9,
        '(' | ')' | '[' | ']' | '（' | '）' | '【' | '】' => 10,
        '|' | '/' | '>' | '›' | '→' | '<' => 11,
        '•' | '·' | '*' | '-' | '–' | '—' => 12,
        ',' | ';' | '、' | '，' | '،' => 13,
        '…' => 14,
        '#' | '@' | '$' | '€' => 15,
        _ if c.is_uppercase() => 1,
        _ if c.is_lowercase() => 2,
        _ if c.is_numeric() => 3,
        _ if is_unspaced(c) => 4,
        _ if c.is_alphabetic() => 5,
        _ => 16,
    }
}

/// Where the next character of a token enters its hash.
#[inline]
fn step(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A character that stands alone as a token.
fn lone(c: char) -> u64 {
    mix(0x5157 ^ u64::from(u32::from(c)) << 20)
}

/// The kind of a character, as far as the counts go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lower,
    Upper,
    OtherLetter,
    Unspaced,
    Digit,
    Space,
    Sign,
}

fn kind(c: char) -> Kind {
    match c {
        'a'..='z' => Kind::Lower,
        'A'..='Z' => Kind::Upper,
        '0'..='9' => Kind::Digit,
        ' ' | '\t'..='\r' => Kind::Space,
        _ if c.is_ascii() => Kind::Sign,
        _ if is_unspaced(c) && c.is_alphanumeric() => Kind::Unspaced,
        _ if c.is_uppercase() => Kind::Upper,
        _ if c.is_lowercase() => Kind::Lower,
        _ if c.is_alphabetic() => Kind::OtherLetter,
        _ if c.is_numeric() => Kind::Digit,
        _ if c.is_whitespace() => Kind::Space,
        // A mark that sits on a letter belongs to its word.
        '\u{300}'..='\u{36f}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{dff}' => Kind::OtherLetter,
        _ => Kind::Sign,
    }
}

fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    c.to_lowercase().next().unwrap_or(c)
}

/// Kind and lower case of the characters of two bytes, the first of which is U+0080.
static TWO_BYTES: LazyLock<Vec<(Kind, char)>> =
    LazyLock::new(|| ('\u{80}'..'\u{800}').map(|c| (kind(c), lower(c))).collect());

/// What is looked for in the window. A finder is made once: making one costs as much as a search.
struct Finders {
    www: Finder<'static>,
    http: Finder<'static>,
    small_c: Finder<'static>,
    large_c: Finder<'static>,
}

static FINDERS: LazyLock<Finders> = LazyLock::new(|| Finders {
    www: Finder::new("www."),
    http: Finder::new("http"),
    small_c: Finder::new("(c)"),
    large_c: Finder::new("(C)"),
});

/// Ideographs of the main block, each a letter and a token.
const HAN: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// Reads a trimmed line: writes its first [`TOKENS`] tokens and returns its shape. Tokens are runs of letters and digits in
/// lower case with every digit as `0`, and every other visible character by itself, as is each character of a script without
/// spaces.
pub fn read(text: &str, tokens: &mut Vec<u64>) -> Shape {
    tokens.clear();
    let window = &text[..floor_char_boundary(text, WINDOW)];
    let bytes = window.as_bytes();
    let mut shape = Shape::default();
    let (mut hash, mut run, mut chars, mut at) = (0u64, 0u32, 0u32, 0);
    let mut scripts = [0u32; 4];
    let two_bytes = &**TWO_BYTES;
    // Half words, as `rules::page::words` counts them, and whether the last character was part of one.
    let (mut halves, mut inside) = (0, false);
    while at < bytes.len() {
        // Up to eight ASCII letters and digits.
        let stretch = Run::of(load(bytes, at));
        if stretch.len > 0 {
            let length = stretch.len as u32;
            if tokens.len() < TOKENS {
                let mut inked = stretch.inked();
                for _ in 0..length {
                    hash = step(hash, char::from(inked as u8));
                    inked >>= 8;
                }
            }
            let (digits, capitals) = (stretch.digits(), stretch.capitals());
            scripts[0] += length - digits;
            shape.letters += length - digits;
            shape.digits += digits;
            shape.capitals += capitals;
            shape.titles += u32::from(run == 0 && bytes[at].is_ascii_uppercase());
            halves += 2 * u32::from(!inside);
            inside = true;
            run += length;
            chars += length;
            at += stretch.len;
            if stretch.len == 8 {
                continue;
            }
        }
        // Nearly always one space follows.
        if bytes.get(at) == Some(&b' ') {
            chars += 1;
            at += 1;
            inside = false;
            end_run(&mut shape, &mut run, &mut hash, tokens);
            continue;
        }
        if at >= bytes.len() {
            break;
        }
        let lead = bytes[at];
        let (c, kind, lower) = match lead {
            0..0x80 => {
                at += 1;
                let c = char::from(lead);
                (c, kind(c), c)
            }
            0x80..0xe0 => {
                let code = u32::from(lead & 0x1f) << 6 | u32::from(bytes[at + 1] & 0x3f);
                at += 2;
                let (kind, lower) = two_bytes[code as usize - 0x80];
                (char::from_u32(code).unwrap_or_default(), kind, lower)
            }
            _ => {
                let c = window[at..].chars().next().unwrap_or_default();
                at += c.len_utf8();
                if HAN.contains(&c) {
                    chars += 1;
                    halves += 1;
                    inside = false;
                    shape.letters += 1;
                    scripts[2] += 1;
                    end_run(&mut shape, &mut run, &mut hash, tokens);
                    if tokens.len() < TOKENS {
                        tokens.push(lone(c));
                    }
                    continue;
                }
                (c, kind(c), lower(c))
            }
        };
        chars += 1;
        if lead >= 0xe0 && is_unspaced(c) {
            halves += 1;
            inside = false;
        } else {
            let begins = !inside & (kind != Kind::Space);
            halves += 2 * u32::from(begins);
            inside = kind != Kind::Space;
        }
        let part = match kind {
            Kind::Lower | Kind::Upper | Kind::OtherLetter => {
                shape.letters += 1;
                scripts[match u32::from(c) {
                    0..0x250 => 0,
                    0x370..0x530 => 1,
                    _ => 3,
                }] += 1;
                if matches!(kind, Kind::Upper) {
                    shape.capitals += 1;
                    shape.titles += u32::from(run == 0);
                }
                Some(lower)
            }
            Kind::Digit => {
                shape.digits += 1;
                Some('0')
            }
            Kind::Unspaced => {
                shape.letters += 1;
                scripts[2] += 1;
                None
            }
            Kind::Sign => {
                shape.signs += 1;
                sign(c, &mut shape);
                None
            }
            Kind::Space => None,
        };
        match part {
            Some(c) => {
                hash = step(hash, c);
                run += 1;
            }
            None => {
                end_run(&mut shape, &mut run, &mut hash, tokens);
                if !matches!(kind, Kind::Space) && tokens.len() < TOKENS {
                    tokens.push(lone(c));
                }
            }
        }
    }
    end_run(&mut shape, &mut run, &mut hash, tokens);
    shape.words = halves.div_ceil(2);
    finish(text, window, chars, scripts, &mut shape);
    shape
}

#[inline]
fn end_run(shape: &mut Shape, run: &mut u32, hash: &mut u64, tokens: &mut Vec<u64>) {
    if *run == 0 {
        return;
    }
    shape.runs += 1;
    shape.short_runs += u32::from(*run <= 3);
    if tokens.len() < TOKENS {
        tokens.push(mix(*hash));
    }
    (*run, *hash) = (0, 0);
}

fn sign(c: char, shape: &mut Shape) {
    match c {
        '|' | '·' | '•' | '»' | '›' | '/' | '>' | '–' | '—' | '*' | '‣' | '●' | '▪' | '→' =>
        {
            shape.separators += 1;
            shape.marks |= u8::from(c == '»') * mark::QUOTE;
        }
        ',' | '、' | '，' | '،' => shape.commas += 1,
        '.' | '。' => shape.stops += 1,
        '"' | '“' | '”' | '«' | '„' | '「' => shape.marks |= mark::QUOTE,
        '(' | '（' | '[' => shape.marks |= mark::BRACKET,
        '@' => shape.marks |= mark::AT,
        '©' => shape.marks |= mark::COPYRIGHT,
        _ => {}
    }
}

fn finish(text: &str, window: &str, chars: u32, scripts: [u32; 4], shape: &mut Shape) {
    shape.chars = chars;
    if window.len() < text.len() {
        // The rest is taken to be like the window.
        let scale = |n: u32| {
            (u64::from(n) * text.len() as u64 / window.len() as u64).min(u64::from(u32::MAX)) as u32
        };
        shape.words = scale(shape.words);
        shape.chars = scale(chars);
    }
    let holds = |finder: &Finder<'_>| finder.find(window.as_bytes()).is_some();
    let finders = &*FINDERS;
    let colon = || memchr::memchr(b':', window.as_bytes()).is_some();
    if shape.stops > 0 && holds(&finders.www) || colon() && holds(&finders.http) {
        shape.marks |= mark::URL;
    }
    if shape.marks & mark::BRACKET != 0 && (holds(&finders.small_c) || holds(&finders.large_c)) {
        shape.marks |= mark::COPYRIGHT;
    }
    shape.first = class(text.chars().next());
    shape.last = class(text.chars().next_back());
    let most = scripts.iter().max().copied().unwrap_or(0);
    shape.script = match most {
        0 => 4,
        _ => scripts.iter().position(|&n| n == most).unwrap_or(0) as u8,
    };
    shape.sentence = ends_as_sentence(text);
    shape.prose = shape.sentence && shape.words >= PROSE_WORDS;
}

/// The largest place at or below `at` where a character begins.
fn floor_char_boundary(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    (0..=at)
        .rev()
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::page::words;
    use proptest::prelude::*;

    /// The tokens, by splitting.
    fn naive(text: &str) -> Vec<String> {
        let mut out = vec![String::new()];
        for c in text.chars() {
            match kind(c) {
                Kind::Lower | Kind::Upper | Kind::OtherLetter => {
                    out.last_mut().unwrap().push(lower(c))
                }
                Kind::Digit => out.last_mut().unwrap().push('0'),
                Kind::Space => out.push(String::new()),
                Kind::Sign | Kind::Unspaced => {
                    out.push(format!("\0{c}"));
                    out.push(String::new());
                }
            }
        }
        out.retain(|t| !t.is_empty());
        out
    }

    fn hash(token: &str) -> u64 {
        match token.strip_prefix('\0') {
            Some(sign) => lone(sign.chars().next().unwrap()),
            None => mix(token.chars().fold(0, step)),
        }
    }

    proptest! {
        #[test]
        fn the_walk_finds_what_splitting_finds(text in "[a-zA-Z0-9 .,|»©é漢字・жШ\u{64b}\u{85}\u{a0}\u{3000}-]{0,60}") {
            let text = text.trim();
            let mut tokens = Vec::new();
            let shape = read(text, &mut tokens);
            let expected: Vec<u64> = naive(text).iter().map(|t| hash(t)).take(TOKENS).collect();
            prop_assert_eq!(&tokens, &expected);
            prop_assert_eq!(shape.chars as usize, text.chars().count());
            prop_assert_eq!(shape.words as usize, words(text));
            prop_assert_eq!(shape.capitals as usize, text.chars().filter(|c| c.is_uppercase()).count());
            let runs = naive(text).iter().filter(|t| !t.starts_with('\0')).count();
            prop_assert_eq!(shape.runs as usize, runs);
        }
    }

    #[test]
    fn every_ideograph_is_of_one_kind() {
        assert!({ HAN }.all(|c| kind(c) == Kind::Unspaced && is_unspaced(c) && lower(c) == c));
    }

    #[test]
    fn digits_and_case_do_not_count() {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        read("Posted 12 May 2021", &mut a);
        read("posted 30 MAY 1999", &mut b);
        assert_eq!(a, b);
        read("Posted 1 May 2021", &mut b);
        assert_ne!(a, b);
    }

    #[test]
    fn of_a_long_line_the_window_speaks() {
        let mut tokens = Vec::new();
        let long = "Eine lange Zeile über das Meer. ".repeat(100);
        let shape = read(long.trim(), &mut tokens);
        assert_eq!(tokens.len(), TOKENS);
        assert!((580..=620).contains(&shape.words), "{}", shape.words);
        assert!((3150..=3250).contains(&shape.chars), "{}", shape.chars);
        assert!(shape.prose && shape.runs < 120);
    }
}

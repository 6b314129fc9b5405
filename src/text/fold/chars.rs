//! What one character means to the fold, and the chain of mappings every character goes through.
//!
//! Owns the rules of the folded form at the level of characters; knows nothing of tokens, text or speed. The slow chain
//! ([`normalised`]) is the definition. The table holds its result for each character of the basic plane that can be mapped
//! by itself, so that the hot loop looks it up instead.

use std::sync::LazyLock;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::han;

/// What a folded character does to the tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// Ends a token and goes.
    Separator,
    /// The same; a minus sign or a leading decimal point may follow: white space, opening brackets and quotes.
    Opening,
    /// Goes without a trace: `soft­hyphen` is one word.
    Drop,
    /// A letter of a spaced script.
    Word,
    /// A decimal digit, by now an ASCII one.
    Digit,
    /// A character that is a token by itself.
    Unspaced,
    /// A combining mark that belongs to the token before it.
    Mark,
    /// `%` and its kin: a token by itself.
    Symbol,
    /// A currency sign: a token by itself, after which a sign may follow.
    Currency,
    /// Super- and subscript digits and signs: a run of them is a token.
    Raised,
    /// A minus directly before a number, else a separator.
    Sign,
    /// `.` or `,`: part of a number between digits, else a separator.
    Point,
    /// `+` or `#`: part of the word after a letter, else a separator.
    Plus,
    /// Begins an entity, perhaps; the `&` that an entity stands for only separates.
    Ampersand,
    /// A mark that composes with nothing, but may change places with other marks: alone, it is a `Mark`.
    Lone,
    /// Cannot be mapped by itself: it may compose with what precedes, or becomes several characters.
    Cluster,
}

/// By number; four bits always name one.
const KINDS: [Kind; 16] = [
    Kind::Separator,
    Kind::Opening,
    Kind::Drop,
    Kind::Word,
    Kind::Digit,
    Kind::Unspaced,
    Kind::Mark,
    Kind::Symbol,
    Kind::Currency,
    Kind::Raised,
    Kind::Sign,
    Kind::Point,
    Kind::Plus,
    Kind::Ampersand,
    Kind::Lone,
    Kind::Cluster,
];

/// A character's folded form in 32 bits: three bytes of UTF-8, then from bit 24 its length (2 bits), whether the source is a
/// capital (1 bit), and its kind (4 bits). What folds to four bytes is left to the slow path, as a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning(u32);

impl Meaning {
    fn new((kind, folded, capital): (Kind, char, bool)) -> Self {
        let mut utf8 = [0; 4];
        let (kind, len) = match folded.encode_utf8(&mut utf8).len() {
            4 => (Kind::Cluster, 0),
            len => (kind, len as u32),
        };
        let bytes = u32::from_le_bytes(utf8) & 0x00ff_ffff;
        Meaning(bytes | len << 24 | u32::from(capital) << 26 | (kind as u32) << 27)
    }

    /// What it does.
    #[inline(always)]
    pub(super) fn kind(self) -> Kind {
        KINDS[(self.0 >> 27) as usize & 15]
    }

    /// True when it does this; cheaper than asking what it does.
    #[inline(always)]
    pub(super) fn is(self, kind: Kind) -> bool {
        self.0 >> 27 == kind as u32
    }

    /// The folded bytes, then zeros.
    #[inline(always)]
    pub(super) fn bytes(self) -> [u8; 4] {
        (self.0 & 0x00ff_ffff).to_le_bytes()
    }

    /// How many of [`Meaning::bytes`] count.
    #[inline(always)]
    pub(super) fn len(self) -> usize {
        (self.0 >> 24) as usize & 3
    }

    /// True when the source is upper or title case.
    #[inline(always)]
    pub(super) fn is_capital(self) -> bool {
        self.0 & 1 << 26 != 0
    }
}

/// The meaning of each character of the basic plane. Built once, in some milliseconds.
pub(super) static TABLE: LazyLock<Box<[Meaning; 0x1_0000]>> = LazyLock::new(|| {
    let mut table = Box::new([Meaning::new((Kind::Separator, ' ', false)); 0x1_0000]);
    for (code, entry) in (0..=0xffff).zip(table.iter_mut()) {
        if let Some(c) = char::from_u32(code) {
            *entry = Meaning::new(match c {
                '&' => (Kind::Ampersand, c, false),
                // The three large blocks that normalisation leaves alone.
                '\u{3400}'..='\u{4dbf}' => (Kind::Unspaced, c, false),
                '\u{4e00}'..='\u{9fff}' => (Kind::Unspaced, han::simplified(c), false),
                '\u{ac00}'..='\u{d7a3}' => (Kind::Word, c, false),
                _ => meaning(c),
            });
        }
    }
    table
});

/// What a character does, its folded form, and whether it is a capital.
pub(super) fn meaning(c: char) -> (Kind, char, bool) {
    // Emoji are by far the most frequent characters beyond the basic plane, and need no judging.
    if matches!(c, '\u{1f300}'..='\u{1faff}') {
        return (Kind::Separator, c, false);
    }
    let capital = c.is_uppercase() || c.general_category() == GeneralCategory::TitlecaseLetter;
    let inert = guarded(c).nfkc().next().is_some_and(|first| {
        canonical_combining_class(first) == 0
            && is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes
    });
    let mut folded = normalised(std::iter::once(c));
    match (folded.next(), folded.next()) {
        (None, _) => (Kind::Drop, ' ', false),
        (Some(only), None) if inert => (kind(only), unprotected(only), capital),
        (Some(only), None) if only == c && is_lone(c) => (Kind::Lone, c, false),
        _ => (Kind::Cluster, ' ', capital),
    }
}

fn is_lone(c: char) -> bool {
    canonical_combining_class(c) != 0
        && kind(c) == Kind::Mark
        && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

/// The chain: drop, guard, NFKC, case fold, decompose, unify, compose. The marks that make no difference are dropped from
/// the decomposed form, where they stand apart however the source had composed them.
pub(super) fn normalised(source: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut base = ' ';
    source
        .filter(|&c| !is_dropped(c))
        .flat_map(guarded)
        .nfkc()
        .flat_map(case_folded)
        .nfd()
        .filter_map(unified)
        // ı, İ and i are one letter, ё and е are.
        .filter(move |&c| {
            let dots = matches!((base, c), ('i', '\u{307}') | ('е', '\u{308}'));
            // Marks that stand elsewhere than above do not come between a letter and its dots.
            if !dots && matches!(canonical_combining_class(c), 0 | 230) {
                base = c;
            }
            !dots
        })
        .nfc()
}

/// Full case folding: ß = ẞ = ss, ς = σ, and the dotless ı = i.
pub(super) fn case_folded(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
}

/// Format characters, variation selectors and fillers; the vowel and reading marks of Arabic and Hebrew, and the tatweel.
pub(super) fn is_dropped(c: char) -> bool {
    match c {
        '\0'..='\u{ac}' => false,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => true,
        '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => true,
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{6ed}' | '\u{890}'..='\u{8ff}' => {
            c == '\u{640}' || is_mark(c) || c.general_category() == GeneralCategory::Format
        }
        _ => c.general_category() == GeneralCategory::Format,
    }
}

fn is_mark(c: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    matches!(
        c.general_category(),
        NonspacingMark | SpacingMark | EnclosingMark
    )
}

/// Where the protected super- and subscripts wait while NFKC passes: a private plane, which the source may not use.
const PROTECTED: u32 = 0xf_0000;

/// What NFKC must not see as it is: raised digits are protected, a number made of several characters is set apart
/// (5½ is 5 1/2, not 51/2), marks of trade and the ellipsis are no letters and no points.
fn guarded(c: char) -> impl Iterator<Item = char> {
    const APART: char = '\u{1}';
    let all = match c {
        '²' | '³' | '¹' | '⁰' | '⁴'..='⁻' | '₀'..='₋' => [
            char::from_u32(PROTECTED + c as u32).expect("a private code point"),
            '\0',
            '\0',
        ],
        '™' | '℠' | '…' | '\0' | '\u{f0000}'..='\u{10ffff}' => [APART, '\0', '\0'],
        c if c > '\u{7f}' && is_number_sign(c) => [APART, c, APART],
        c => [c, '\0', '\0'],
    };
    all.into_iter().filter(|&c| c != '\0')
}

fn is_number_sign(c: char) -> bool {
    use GeneralCategory::{OtherNumber, OtherSymbol};
    match c.general_category() {
        OtherNumber => true,
        OtherSymbol => std::iter::once(c).nfkc().any(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// The letter, digit or sign that stands for this one, decomposed; nothing for what is dropped.
fn unified(c: char) -> Option<char> {
    Some(match c {
        '\0'..='\u{7f}' => c,
        _ if is_dropped(c) => return None,
        // What carries a hamza or madda above or below is bare by now; these letters have no parts.
        'ٱ' | 'ٲ' | 'ٳ' => 'ا',
        'ى' | 'ی' | 'ې' => 'ي',
        'ة' | 'ە' => 'ه',
        'ۃ' => 'ہ',
        'ک' => 'ك',
        '٪' => '%',
        '٫' => '.',
        '٬' => ',',
        '\u{4e00}'..='\u{9fff}' => han::simplified(c),
        _ if c.general_category() == GeneralCategory::DecimalNumber => ascii_digit(c),
        _ => c,
    })
}

/// The value of a decimal digit of any script: Unicode gives each script ten in a row, from 0 to 9.
fn ascii_digit(c: char) -> char {
    let is_digit = |code: u32| {
        char::from_u32(code).is_some_and(|c| c.general_category() == GeneralCategory::DecimalNumber)
    };
    let run = (1..=50)
        .take_while(|&back| is_digit(c as u32 - back))
        .count() as u32;
    char::from_digit(run % 10, 10).expect("a remainder of ten is a digit")
}

/// What a character does that has gone through the whole chain.
pub(super) fn kind(c: char) -> Kind {
    use GeneralCategory as G;
    match c {
        'a'..='z' | 'A'..='Z' => return Kind::Word,
        '0'..='9' => return Kind::Digit,
        '-' | '−' | '–' => return Kind::Sign,
        '.' | ',' => return Kind::Point,
        '+' | '#' => return Kind::Plus,
        '%' | '‰' | '‱' => return Kind::Symbol,
        '"' | '\'' | '=' | '|' | '<' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => {
            return Kind::Opening;
        }
        // Apostrophes that count as letters: all apostrophes separate.
        '\u{2b9}'..='\u{2df}' => return Kind::Separator,
        '\u{f0000}'..='\u{fffff}' => return Kind::Raised,
        _ => {}
    }
    match c.general_category() {
        G::Format => Kind::Drop,
        G::SpaceSeparator | G::LineSeparator | G::ParagraphSeparator => Kind::Opening,
        G::OpenPunctuation | G::InitialPunctuation => Kind::Opening,
        G::CurrencySymbol => Kind::Currency,
        G::DecimalNumber => Kind::Digit,
        G::NonspacingMark | G::SpacingMark | G::EnclosingMark => Kind::Mark,
        G::UppercaseLetter
        | G::LowercaseLetter
        | G::TitlecaseLetter
        | G::ModifierLetter
        | G::OtherLetter
        | G::LetterNumber
        | G::OtherNumber => {
            if is_unspaced(c) {
                Kind::Unspaced
            } else {
                Kind::Word
            }
        }
        _ => Kind::Separator,
    }
}

/// The character that [`guarded`] has protected.
pub(super) fn unprotected(c: char) -> char {
    match c as u32 {
        code @ PROTECTED..=0xf_ffff => char::from_u32(code - PROTECTED).unwrap_or(c),
        _ => c,
    }
}

/// Scripts that put no spaces between words: Han, Kana, Bopomofo, Thai, Lao, Khmer, Myanmar.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{303c}' | '\u{3041}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a9e0}'..='\u{a9fe}' | '\u{aa60}'..='\u{aa7f}'
        | '\u{f900}'..='\u{faff}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}

//! The folded form of a paragraph: what is compared, never what is written.
//!
//! Owns tokens and how text becomes them; must not know paragraphs, documents or what is done with tokens.
//!
//! The slow version, which the tests keep as an oracle (`fold/naive.rs`):
//! 1. decode HTML entities (`entity`);
//! 2. send every character through one chain (`chars`): drop format characters and the marks of Arabic and Hebrew,
//!    NFKC (super- and subscript digits excepted), full case folding, then unify what is one letter (ё = е, the forms of
//!    alef, traditional and simplified Han, the digits of all scripts);
//! 3. cut into tokens: a run of letters, marks and digits is a token; a character of an unspaced script with its marks is
//!    one; `%`, a currency sign, a run of super- or subscript digits is one. `.` or `,` between two digits belongs to the
//!    number; so do a leading decimal point and a minus after white space or an opening. `+` and `#` belong to the letter
//!    before them. All else separates, apostrophes too: don't, don’t and don t are the same two tokens.
//!
//! The fast version (`writer`) does the same in one pass: words of ASCII eight bytes at a time, other characters by
//! table, and only where a character composes with its neighbour or becomes several, that cluster through the chain.

mod chars;
mod cluster;
mod entity;
mod han;
#[cfg(any(test, fuzzing))]
pub mod naive;
mod writer;

use super::utf8;

/// Bits of [`Token::flags`].
pub mod flag {
    /// Holds a digit.
    pub const DIGIT: u8 = 1;
    /// Was written with an initial capital.
    pub const CAPITAL: u8 = 2;
    /// One character of a script without spaces (Han, Kana, Thai, …).
    pub const UNSPACED: u8 = 4;
    /// A sign that is a fact: `%`, a currency sign, super- and subscripts, the minus of `-$5`. The sign of a number is
    /// part of the number's token.
    pub const SYMBOL: u8 = 8;
    /// Stands in an address of the web. The fold does not set it; [`mark`](crate::text::link::mark) does.
    pub const LINK: u8 = 16;
}

/// One token of the folded form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte in [`Folded::text`].
    pub start: u32,
    /// One past the last byte in [`Folded::text`].
    pub end: u32,
    /// First byte of its source in the text that was folded.
    pub source: u32,
    /// See [`flag`].
    pub flags: u8,
    /// [`token64`](super::hash::token64) of its bytes.
    pub hash: u64,
}

/// The folded form: tokens, joined by one space in `text`. Two texts are exact duplicates iff their `text` is equal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// Folded tokens joined by a single space.
    pub text: String,
    /// The tokens in order.
    pub tokens: Vec<Token>,
}

impl Folded {
    /// The folded text of a token.
    pub fn token(&self, index: usize) -> &str {
        let t = &self.tokens[index];
        &self.text[t.start as usize..t.end as usize]
    }

    /// Length in half tokens: a character of an unspaced script weighs ½ in every token floor.
    pub fn half_tokens(&self) -> u32 {
        self.tokens
            .iter()
            .map(|t| if t.flags & flag::UNSPACED != 0 { 1 } else { 2 })
            .sum()
    }
}

/// Folds text. Holds scratch space, so that folding a paragraph allocates nothing.
#[derive(Default)]
pub struct Folder {
    /// What is being written, always longer than it need be.
    buffer: Vec<u8>,
    cluster: String,
    folded: String,
}

impl Folder {
    /// Folds `text`, which is shorter than 2 GiB, into `out`, whose old content is lost.
    pub fn fold(&mut self, text: &str, out: &mut Folded) {
        out.text.clear();
        out.tokens.clear();
        let end = writer::Writer::new(text, self, &mut out.tokens).run();
        let written = utf8::valid(&self.buffer[..end]);
        out.text
            .push_str(written.expect("only whole characters are written"));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::hash;

    fn check(text: &str) {
        let mut out = Folded::default();
        Folder::default().fold(text, &mut out);
        let fast: Vec<&str> = (0..out.tokens.len()).map(|i| out.token(i)).collect();
        assert_eq!(fast, naive::fold(text), "{text:?}");
        assert_eq!(out.text, fast.join(" "));
        for t in &out.tokens {
            let bytes = &out.text.as_bytes()[t.start as usize..t.end as usize];
            assert_eq!(t.hash, hash::token64(bytes), "{text:?}");
            let digit = bytes.iter().any(u8::is_ascii_digit);
            assert_eq!(t.flags & flag::DIGIT != 0, digit, "{text:?}");
            assert!(text.is_char_boundary(t.source as usize));
        }
        assert!(out.tokens.is_sorted_by_key(|t| t.source), "{text:?}");
    }

    /// Text rich in what the fast path must get right.
    fn rich() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "[a-zA-Z]{1,12}",
            2 => "[ .,'\"()+#%$&;-]{1,3}",
            2 => "[0-9]{1,4}",
            2 => "[а-яА-ЯёЁ]{1,6}",
            1 => "[ا-ي\u{640}-\u{655}]{1,5}",
            1 => "[א-ת\u{5b0}-\u{5c7}]{1,5}",
            1 => "[α-ωΑ-Ωάέήίόύώϊΐ]{1,5}",
            1 => "[क-ह\u{93c}-\u{94d}०-९]{1,5}",
            1 => "[一-龥ぁ-ヿ]{1,4}",
            1 => "[가-힣\u{1100}-\u{11ff}ㄱ-ㆎ]{1,3}",
            2 => "[ก-๛]{1,5}",
            1 => "[ခ-းက]{1,4}",
            2 => "[\u{300}-\u{345}]{1,3}",
            1 => "[！-～ｦ-ﾟ]{1,4}",
            1 => "[ßẞİıſŉǆﬁﬃ½²³⁻₂①Ⅳ™…’–—−\u{ad}\u{200b}\u{200d}\u{feff}\u{a0}\u{3000}]{1,3}",
            1 => "&(amp|eacute|shy|nbsp|#769|#x30;|#8722|frac12|amp;quot);",
            1 => any::<char>().prop_map(|c| c.to_string()),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|all| all.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_fast_fold_equals_the_naive_one(text in rich()) {
            check(&text);
        }

        #[test]
        fn canonically_equal_texts_fold_alike(text in rich()) {
            use unicode_normalization::UnicodeNormalization;
            let fold = |text: &str| {
                let mut out = Folded::default();
                Folder::default().fold(text, &mut out);
                out.text
            };
            let decomposed: String = text.nfd().collect();
            let composed: String = text.nfc().collect();
            prop_assert_eq!(fold(&decomposed), fold(&composed));
        }
    }

    #[test]
    fn every_character_folds_as_the_naive_fold_has_it() {
        for c in '\u{1}'..=char::MAX {
            check(&format!("a{c}5"));
            check(&format!("{c}"));
        }
    }
}

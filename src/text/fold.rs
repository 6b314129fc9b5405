//! The folded form of a paragraph: what is compared, never what is written.
//!
//! A naive first version; the interface is what other modules build on.

/// Bits of [`Token::flags`].
pub mod flag {
    /// Holds a digit.
    pub const DIGIT: u8 = 1;
    /// Was written with an initial capital.
    pub const CAPITAL: u8 = 2;
    /// One character of a script without spaces (Han, Kana, Thai, …).
    pub const UNSPACED: u8 = 4;
    /// A sign that is a fact (`%`, currency, `+`, sign).
    pub const SYMBOL: u8 = 8;
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
    /// XXH3 of its bytes.
    pub hash: u64,
}

/// The folded form: tokens, joined by one space in `text`.
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
pub struct Folder {}

impl Folder {
    /// Folds `text` into `out`, whose old content is lost.
    pub fn fold(&mut self, text: &str, out: &mut Folded) {
        use unicode_normalization::UnicodeNormalization;
        out.text.clear();
        out.tokens.clear();
        let mut word = String::new();
        let mut flags = 0;
        let mut source = 0;
        for (i, c) in text.char_indices() {
            if c.is_alphanumeric() {
                if word.is_empty() {
                    source = i;
                    flags = if c.is_uppercase() { flag::CAPITAL } else { 0 };
                }
                if c.is_numeric() {
                    flags |= flag::DIGIT;
                }
                word.extend(std::iter::once(c).nfkc().flat_map(char::to_lowercase));
            } else {
                push(out, &mut word, source, flags);
            }
        }
        push(out, &mut word, source, flags);
    }
}

fn push(out: &mut Folded, word: &mut String, source: usize, flags: u8) {
    if word.is_empty() {
        return;
    }
    if !out.text.is_empty() {
        out.text.push(' ');
    }
    let start = out.text.len() as u32;
    out.text.push_str(word);
    out.tokens.push(Token {
        start,
        end: out.text.len() as u32,
        source: source as u32,
        flags,
        hash: super::hash::bytes64(word.as_bytes()),
    });
    word.clear();
}

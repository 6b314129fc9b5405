//! The pass that writes tokens: eight bytes of ASCII at a time, a table for other characters, the chain for clusters.
//!
//! Owns the order in which things are tried and the rules that need a neighbour (signs, points, `+`); what a character
//! means is [`super::chars`]'s. Every path ends in the same few steps (`open`, `put`, `close`), and `fold/naive.rs` says
//! what must come out.

use super::chars::{self, Kind, Meaning, TABLE};
use super::cluster::Ahead;
use super::entity;
use super::{Folder, Token, flag};
use crate::text::ascii::{Run, first, load};
use crate::text::hash;

/// What the token being written is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Nothing,
    Word,
    Unspaced,
    Raised,
}

/// One pass over one text.
pub(super) struct Writer<'a> {
    pub(super) text: &'a str,
    table: &'static [Meaning; 0x1_0000],
    pub(super) buffer: &'a mut Vec<u8>,
    pub(super) cluster: &'a mut String,
    pub(super) folded: &'a mut String,
    tokens: &'a mut Vec<Token>,
    /// Written so far.
    pub(super) at: usize,
    pub(super) open: Open,
    /// The open token ends in `+` or `#`, and takes nothing else.
    pub(super) ended: bool,
    /// The last character lets a sign follow.
    sign_may_follow: bool,
    /// Of the open token.
    pub(super) start: usize,
    pub(super) source: usize,
    pub(super) flags: u8,
}

/// A folded character on its way to a token.
#[derive(Clone, Copy)]
pub(super) struct Glyph {
    pub(super) kind: Kind,
    pub(super) capital: bool,
    pub(super) utf8: [u8; 4],
    pub(super) len: usize,
}

/// The buffer is at least this much longer than what any plain character may yet need.
const SLACK: usize = 64;

impl<'a> Writer<'a> {
    pub(super) fn new(text: &'a str, folder: &'a mut Folder, tokens: &'a mut Vec<Token>) -> Self {
        let mut writer = Writer {
            text,
            table: &TABLE,
            buffer: &mut folder.buffer,
            cluster: &mut folder.cluster,
            folded: &mut folder.folded,
            tokens,
            at: 0,
            open: Open::Nothing,
            ended: false,
            sign_may_follow: true,
            start: 0,
            source: 0,
            flags: 0,
        };
        writer.make_room(text.len());
        writer
    }

    /// Writes all tokens; returns how many bytes they have in the buffer.
    pub(super) fn run(mut self) -> usize {
        let bytes = self.text.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            i = self.ascii_words(i);
            while i < bytes.len() {
                i = self.step(i);
                if self.open != Open::Word && bytes.get(i).is_some_and(u8::is_ascii_alphanumeric) {
                    break;
                }
            }
        }
        self.close();
        self.at.saturating_sub(1)
    }

    /// No character but a cluster needs more than twice its length: one byte may become itself and a space, two bytes
    /// three and a space.
    pub(super) fn make_room(&mut self, source: usize) {
        let needed = self.at + 2 * source + SLACK;
        if self.buffer.len() < needed {
            self.buffer.resize(needed, 0);
        }
    }

    /// Words of ASCII letters and digits between plain separators, from `i` on. Stops at anything else, with the word
    /// before it still open if it may go on.
    fn ascii_words(&mut self, mut i: usize) -> usize {
        let bytes = self.text.as_bytes();
        self.close();
        let (mut at, mut hash, mut flags) = (self.at, hash::TOKEN_SEED, 0);
        let (mut start, mut source) = (at, i);
        loop {
            let run = Run::of(load(bytes, i));
            if i == source {
                flags = if run.is_title() { flag::CAPITAL } else { 0 };
            }
            flags |= if run.digits() > 0 { flag::DIGIT } else { 0 };
            self.buffer[at..at + 8].copy_from_slice(&run.lower.to_le_bytes());
            at += run.len;
            i += run.len;
            if run.len > 0 {
                hash = hash::token_step(hash, run.lower);
            }
            if run.len == 8 {
                continue;
            }
            let kind = match bytes.get(i) {
                Some(&b) if b < 0x80 => self.table[b as usize].kind(),
                Some(_) => Kind::Cluster,
                None => Kind::Separator,
            };
            let plain = match kind {
                Kind::Separator | Kind::Opening => true,
                Kind::Sign => at > start,
                Kind::Point => at > start && !self.buffer[at - 1].is_ascii_digit(),
                _ => false,
            };
            if !plain {
                break;
            }
            if at > start {
                self.buffer[at] = b' ';
                self.tokens.push(Token {
                    start: start as u32,
                    end: at as u32,
                    source: source as u32,
                    flags,
                    hash,
                });
                at += 1;
            }
            self.sign_may_follow = kind == Kind::Opening;
            i += 1;
            (start, source, hash) = (at, i, hash::TOKEN_SEED);
            if i >= bytes.len() {
                break;
            }
        }
        self.at = at;
        if at > start {
            self.open = Open::Word;
            (self.start, self.source, self.flags) = (start, source, flags);
            self.sign_may_follow = false;
        }
        i.min(bytes.len())
    }

    /// One character, or one cluster, of any kind.
    #[inline]
    fn step(&mut self, i: usize) -> usize {
        let (glyph, next) = self.read(i);
        match glyph.kind {
            Kind::Cluster => self.cluster(i),
            Kind::Lone => self.lone(glyph, i, next),
            Kind::Word => {
                self.letter(glyph, i);
                self.letters(next)
            }
            Kind::Unspaced => {
                self.character(glyph, i);
                self.characters(glyph, i, next)
            }
            Kind::Separator | Kind::Opening => {
                self.close();
                self.sign_may_follow = glyph.kind == Kind::Opening;
                next
            }
            _ => {
                self.accept(glyph, i, "", next);
                next
            }
        }
    }

    /// More letters of two bytes (Latin, Greek, Cyrillic, Hebrew, Arabic) for the open word.
    #[inline(always)]
    fn letters(&mut self, mut i: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(&[a @ 0xc2..=0xdf, b]) = bytes.get(i..i + 2) {
            let code = usize::from(a & 0x1f) << 6 | usize::from(b & 0x3f);
            let meaning = self.table[code];
            if !meaning.is(Kind::Word) {
                break;
            }
            self.buffer[at..at + 4].copy_from_slice(&meaning.bytes());
            at += meaning.len();
            i += 2;
        }
        self.at = at;
        i
    }

    /// More characters of three bytes (Han, Kana, Thai), each a token. The last one stays open: a mark may follow.
    #[inline(always)]
    fn characters(&mut self, first: Glyph, source: usize, mut i: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut last, mut last_source, mut at) = (first, source, self.at);
        while let Some(&[a @ 0xe0..=0xef, b, c]) = bytes.get(i..i + 3) {
            let code =
                usize::from(a & 0xf) << 12 | usize::from(b & 0x3f) << 6 | usize::from(c & 0x3f);
            let meaning = self.table[code];
            if !meaning.is(Kind::Unspaced) {
                break;
            }
            let glyph = Glyph::from(meaning);
            self.buffer[at] = b' ';
            self.buffer[at + 1..at + 5].copy_from_slice(&glyph.utf8);
            let eight = u64::from(u32::from_le_bytes(last.utf8));
            self.tokens.push(Token {
                start: (at - last.len) as u32,
                end: at as u32,
                source: last_source as u32,
                flags: flag::UNSPACED,
                hash: hash::token_step(hash::TOKEN_SEED, eight),
            });
            at += 1 + glyph.len;
            (last, last_source) = (glyph, i);
            i += 3;
        }
        (self.at, self.start, self.source) = (at, at - last.len, last_source);
        i
    }

    #[inline(always)]
    fn letter(&mut self, glyph: Glyph, source: usize) {
        if self.open != Open::Word || self.ended {
            let capital = if glyph.capital { flag::CAPITAL } else { 0 };
            self.begin(Open::Word, source, capital);
        }
        self.put(glyph);
        self.sign_may_follow = false;
    }

    #[inline(always)]
    fn character(&mut self, glyph: Glyph, source: usize) {
        self.begin(Open::Unspaced, source, flag::UNSPACED);
        self.put(glyph);
        self.sign_may_follow = false;
    }

    /// Any glyph. What follows it is `rest`, folded, and after that the source from `next` on.
    pub(super) fn accept(&mut self, glyph: Glyph, source: usize, rest: &str, next: usize) {
        let may_sign = self.sign_may_follow;
        if glyph.kind != Kind::Drop {
            self.sign_may_follow = matches!(glyph.kind, Kind::Opening | Kind::Currency);
        }
        let last = match self.open {
            Open::Word => self.buffer[self.at - 1],
            _ => b' ',
        };
        match glyph.kind {
            Kind::Drop => {}
            Kind::Word => self.letter(glyph, source),
            Kind::Unspaced => self.character(glyph, source),
            Kind::Digit => {
                self.letter(glyph, source);
                self.flags |= flag::DIGIT;
            }
            Kind::Mark if matches!(self.open, Open::Word | Open::Unspaced) && !self.ended => {
                self.put(glyph);
            }
            Kind::Symbol | Kind::Currency => self.whole(glyph, source),
            Kind::Raised => {
                if self.open != Open::Raised {
                    self.begin(Open::Raised, source, flag::SYMBOL);
                }
                self.put(glyph);
            }
            Kind::Plus if self.open == Open::Word && (self.ended || !last.is_ascii_digit()) => {
                self.put(glyph);
                self.ended = true;
            }
            Kind::Point if last.is_ascii_digit() || last == b'-' => match self.ahead(rest, next) {
                Ahead::Digit => self.put(glyph),
                _ => self.close(),
            },
            Kind::Point if may_sign && glyph.utf8[0] == b'.' => {
                if self.ahead(rest, next) == Ahead::Digit {
                    self.letter(glyph, source);
                }
            }
            Kind::Sign if may_sign => {
                let minus = Glyph {
                    utf8: *b"-\0\0\0",
                    len: 1,
                    ..glyph
                };
                match self.ahead(rest, next) {
                    Ahead::Digit | Ahead::PointDigit => self.letter(minus, source),
                    Ahead::Currency => self.whole(minus, source),
                    Ahead::Other => {}
                }
            }
            _ => self.close(),
        }
    }

    fn whole(&mut self, glyph: Glyph, source: usize) {
        self.begin(Open::Raised, source, flag::SYMBOL);
        self.put(glyph);
        self.close();
    }

    #[inline(always)]
    fn begin(&mut self, open: Open, source: usize, flags: u8) {
        self.close();
        self.open = open;
        (self.start, self.source, self.flags) = (self.at, source, flags);
    }

    #[inline(always)]
    fn put(&mut self, glyph: Glyph) {
        self.buffer[self.at..self.at + 4].copy_from_slice(&glyph.utf8);
        self.at += glyph.len;
    }

    #[inline]
    fn close(&mut self) {
        if self.open != Open::Nothing {
            self.buffer[self.at] = b' ';
            self.tokens.push(Token {
                start: self.start as u32,
                end: self.at as u32,
                source: self.source as u32,
                flags: self.flags,
                hash: self.hash(),
            });
            self.at += 1;
            self.open = Open::Nothing;
            self.ended = false;
        }
    }

    /// [`hash::token64`] of the open token, eight bytes at a time; the buffer goes on after it.
    #[inline(always)]
    fn hash(&self) -> u64 {
        let (mut hash, mut at) = (hash::TOKEN_SEED, self.start);
        while at < self.at {
            let eight = load(self.buffer, at);
            hash = hash::token_step(hash, first(eight, self.at - at));
            at += 8;
        }
        hash
    }

    /// The glyph at `i` and where the next one begins.
    #[inline(always)]
    pub(super) fn read(&self, i: usize) -> (Glyph, usize) {
        let bytes = self.text.as_bytes();
        let low = |n: usize| usize::from(bytes[i + n] & 0x3f);
        let (code, len) = match bytes[i] {
            b'&' => return self.read_rare(i),
            b @ ..0x80 => (usize::from(b), 1),
            b @ ..0xe0 => (usize::from(b & 0x1f) << 6 | low(1), 2),
            b @ ..0xf0 => (usize::from(b & 0xf) << 12 | low(1) << 6 | low(2), 3),
            _ => return self.read_rare(i),
        };
        (Glyph::from(self.table[code]), i + len)
    }

    #[cold]
    fn read_rare(&self, i: usize) -> (Glyph, usize) {
        let (c, next) = self.decoded(i);
        (self.glyph(c), next)
    }

    pub(super) fn decoded(&self, i: usize) -> (char, usize) {
        entity::decode(self.text, i).unwrap_or_else(|| {
            let c = self.text[i..]
                .chars()
                .next()
                .expect("the text goes on here");
            (c, i + c.len_utf8())
        })
    }

    pub(super) fn glyph(&self, c: char) -> Glyph {
        match self.table.get(c as usize) {
            Some(&meaning) => Glyph::from(meaning),
            None => {
                let (kind, folded, capital) = chars::meaning(c);
                let mut utf8 = [0; 4];
                let len = folded.encode_utf8(&mut utf8).len();
                Glyph {
                    kind,
                    capital,
                    utf8,
                    len,
                }
            }
        }
    }
}

impl From<Meaning> for Glyph {
    #[inline(always)]
    fn from(meaning: Meaning) -> Self {
        Glyph {
            kind: meaning.kind(),
            capital: meaning.is_capital(),
            utf8: meaning.bytes(),
            len: meaning.len(),
        }
    }
}

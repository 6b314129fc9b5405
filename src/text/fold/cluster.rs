//! What needs more than one character: clusters that compose, and what follows a sign or a point.
//!
//! A character that composes with the one before it arrives after that one was written, already folded. Then the written
//! one is taken back and goes through the chain again with all that follows in its cluster. That is right because folding
//! commutes with composition: the chain ends as it began, with NFC, and its letter mappings are final.

use super::chars::{self, Kind};
use super::flag;
use super::writer::{Glyph, Open, Writer};

/// What follows a sign.
#[derive(PartialEq, Eq)]
pub(super) enum Ahead {
    Digit,
    PointDigit,
    Currency,
    Other,
}

impl Writer<'_> {
    /// A mark that only other marks could move: with none of them beside it, it is as good as any mark. (None can stand
    /// before it: what is before is no cluster, or this mark would have been gathered with it.)
    pub(super) fn lone(&mut self, mark: Glyph, i: usize, next: usize) -> usize {
        if next < self.text.len() {
            let (after, _) = self.read(next);
            if matches!(after.kind, Kind::Cluster | Kind::Lone | Kind::Drop) {
                return self.cluster(i);
            }
        }
        let kind = Kind::Mark;
        self.accept(Glyph { kind, ..mark }, i, "", next);
        next
    }

    /// The cluster that begins at `i`: the character written last, this one, and all that may compose with it.
    #[cold]
    pub(super) fn cluster(&mut self, i: usize) -> usize {
        self.cluster.clear();
        let (mut glyph, _) = self.read(i);
        let mut source = i;
        if matches!(self.open, Open::Word | Open::Unspaced) && !self.ended {
            self.take_back();
            if self.at == self.start {
                (source, glyph.capital) = (self.source, self.flags & flag::CAPITAL != 0);
                self.open = Open::Nothing;
            }
        }
        let next = self.gather(i);
        let mut folded = std::mem::take(self.folded);
        folded.clear();
        folded.extend(chars::normalised(self.cluster.chars()));
        self.make_room(folded.len() + self.text.len() - next);
        let mut rest = folded.chars();
        while let Some(c) = rest.next() {
            glyph.kind = chars::kind(c);
            glyph.utf8 = [0; 4];
            glyph.len = chars::unprotected(c).encode_utf8(&mut glyph.utf8).len();
            self.accept(glyph, source, rest.as_str(), next);
        }
        *self.folded = folded;
        next
    }

    /// Moves the character written last to the cluster.
    fn take_back(&mut self) {
        let mut from = self.at - 1;
        while self.buffer[from] & 0xc0 == 0x80 {
            from -= 1;
        }
        let last = std::str::from_utf8(&self.buffer[from..self.at]);
        self.cluster
            .push_str(last.expect("only whole characters are written"));
        self.at = from;
    }

    /// Adds the characters from `i` on that cannot be mapped by themselves; returns where they end.
    fn gather(&mut self, mut i: usize) -> usize {
        while i < self.text.len() {
            let (c, next) = self.decoded(i);
            match self.glyph(c).kind {
                Kind::Cluster | Kind::Lone => self.cluster.push(c),
                Kind::Drop => {}
                _ => return i,
            }
            i = next;
        }
        i
    }

    /// What follows: `rest`, folded, and after that the source from `next` on.
    pub(super) fn ahead(&self, rest: &str, next: usize) -> Ahead {
        let mut folded = rest.chars();
        let mut at = next;
        let mut point = false;
        loop {
            let (kind, byte) = match folded.next() {
                Some(c) => (chars::kind(c), c as u32 as u8),
                None if at < self.text.len() => {
                    let (glyph, next) = self.read(at);
                    at = next;
                    (glyph.kind, glyph.utf8[0])
                }
                None => return Ahead::Other,
            };
            match kind {
                Kind::Drop => {}
                Kind::Digit if point => return Ahead::PointDigit,
                Kind::Digit => return Ahead::Digit,
                Kind::Currency if !point => return Ahead::Currency,
                Kind::Point if !point && byte == b'.' => point = true,
                _ => return Ahead::Other,
            }
        }
    }
}

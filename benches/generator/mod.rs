//! A made-up dump of web pages: any size, the same bytes for the same seed on every machine, in constant memory.
//!
//! Real text may not be shipped, and speed on a few copied megabytes says nothing about ten gigabytes: a repeated sample
//! starves the search for candidates of new shingles. Here **document n is a function of the seed and n alone**, and so is every
//! paragraph in it. A copy is made by making its original again, so nothing is remembered, and a larger dump of a seed begins with
//! a smaller one, byte for byte. It must not know how duplicates or boilerplate are found.
//!
//! # The model
//!
//! - **Languages** by [`language::LANGUAGES`]: English, German, Spanish, French, Russian, Arabic, Chinese. Words are syllables by
//!   rank, the most frequent ones real function words; ranks follow Zipf's law with a heavier fall beyond 16,000 and
//!   have no end, so that the vocabulary grows as that of real text (`words.rs`). Stock phrases and names recur (`prose.rs`).
//! - **Sites**: document n belongs to one of about n / 8, of rank r in proportion to 1 / r. A site has one language,
//!   2 to 4 lines above and 3 to 6 below every text: phrases of our own, in the manner of such lines, and one slogan that no
//!   rule can know.
//! - **Pages** ([`PAGES`]): articles (title, by-line, paragraphs, captions, links to other pages); forum threads whose posts quote
//!   posts above them; mail, hard-wrapped, under a quoted one; lists of one sentence with other facts.
//! - **Paragraphs** ([`COPIES`]): each is new or, in thousandths, an exact copy, an edited one, one with another number (a template with
//!   other facts, not a duplicate), the first part of one, or one with more around it. Its original is a uniformly
//!   drawn paragraph of a uniformly drawn earlier document, and what that one was copied from: who has copies gets more (Yule and
//!   Simon), so cluster sizes follow a power law. One copy in [`VIRAL`] is of the first 64 documents: their clusters grow with the dump.
//! - **Syndication**: of a thousand articles, [`SYNDICATED`] are an earlier article on another site, one in five
//!   paragraphs edited.
//!
//! `docs/performance.md` sets its statistics beside those of real corpora; `tests/generator.rs` holds them there.

mod language;
mod page;
mod prose;
mod random;
mod words;

use std::io::{self, Write};

pub(crate) use language::LANGUAGES;
use page::Maker;

/// Pages of a thousand that are threads, mail, lists; the rest are articles.
pub(crate) const PAGES: [(Page, u64); 3] =
    [(Page::Thread, 200), (Page::Mail, 120), (Page::List, 60)];

/// Paragraphs of a thousand that are copies, by kind; the rest is new. Between what is reported of clean and of raw crawls,
/// not a fit to one: 3 to 14 % of documents (C4, RealNews), a third of paragraphs (CCNet).
pub(crate) const COPIES: [(Kind, u64); 5] = [
    (Kind::Exact, 120),
    (Kind::Edited, 45),
    (Kind::OtherFacts, 15),
    (Kind::Truncated, 15),
    (Kind::Grown, 15),
];
/// One copy in so many is of one of the first 64 documents.
pub(crate) const VIRAL: u64 = 30;
/// Articles of a thousand that were in the dump before, on another site.
pub(crate) const SYNDICATED: u64 = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    Article,
    Thread,
    Mail,
    List,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Novel,
    Exact,
    Edited,
    OtherFacts,
    Truncated,
    Grown,
    Syndicated,
    /// A line of an earlier post or mail, with or without a quote mark.
    Quoted,
    /// A sentence of a list.
    Template,
    /// Titles, by-lines, dates, captions, who wrote when, signatures.
    Short,
    /// Lines of a site, links to other pages.
    Boilerplate,
}

pub(crate) const KINDS: [Kind; 11] = [
    Kind::Novel,
    Kind::Exact,
    Kind::Edited,
    Kind::OtherFacts,
    Kind::Truncated,
    Kind::Grown,
    Kind::Syndicated,
    Kind::Quoted,
    Kind::Template,
    Kind::Short,
    Kind::Boilerplate,
];

/// What was made so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) documents: u64,
    /// Bytes of the texts, terminators between lines included.
    pub(crate) text: u64,
    /// Documents by [`LANGUAGES`].
    pub(crate) languages: [u64; 7],
    /// Lines and bytes by [`KINDS`]; a hard-wrapped paragraph counts as often as it has lines.
    pub(crate) lines: [[u64; 2]; 11],
}

/// The documents of a seed, one after another, without end.
pub(crate) struct Dump {
    maker: Maker,
    next: u64,
    pub(crate) tally: Tally,
}

impl Dump {
    pub(crate) fn new(seed: u64) -> Self {
        Dump {
            maker: Maker::new(seed),
            next: 0,
            tally: Tally::default(),
        }
    }

    /// The text of the next document.
    pub(crate) fn text(&mut self) -> &str {
        let document = self.maker.make(self.next, &mut self.tally);
        self.next += 1;
        self.tally.documents += 1;
        self.tally.languages[document.language] += 1;
        self.tally.text += self.maker.text.len() as u64;
        &self.maker.text
    }

    /// Appends the next document as a line of JSON.
    pub(crate) fn json(&mut self, out: &mut Vec<u8>) {
        let id = self.next;
        self.text();
        let head = format!(
            "{{\"id\":\"d{id}\",\"url\":\"http://www.{}/{id}.html\",\"text\":\"",
            self.maker.host
        );
        out.extend_from_slice(head.as_bytes());
        escape(&self.maker.text, out);
        out.extend_from_slice(b"\"}\n");
    }

    /// Writes documents as lines of JSON until `bytes` bytes are written, and returns how many were.
    pub(crate) fn write(&mut self, bytes: u64, to: &mut impl Write) -> io::Result<u64> {
        let (mut written, mut buffer) = (0, Vec::with_capacity(1 << 20));
        while written < bytes {
            buffer.clear();
            while buffer.len() < 1 << 19 && written + (buffer.len() as u64) < bytes {
                self.json(&mut buffer);
            }
            to.write_all(&buffer)?;
            written += buffer.len() as u64;
        }
        Ok(written)
    }
}

/// As JSON has it: the only characters of our text that need it are these three.
fn escape(text: &str, out: &mut Vec<u8>) {
    let mut start = 0;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if matches!(byte, b'"' | b'\\' | b'\n') {
            out.extend_from_slice(&text.as_bytes()[start..at]);
            out.push(b'\\');
            out.push(if byte == b'\n' { b'n' } else { byte });
            start = at + 1;
        }
    }
    out.extend_from_slice(&text.as_bytes()[start..]);
}

//! Sentences, paragraphs, and what becomes of a paragraph that is copied.

use super::language::{LANGUAGES, Language};
use super::random::Random;
use super::words::Vocabulary;

/// Of a thousand words of running text: numbers; names (one or two capitalised words); the start of a stock phrase.
const NUMBERS: u64 = 22;
const NAMES: u64 = 35;
const PHRASES: u64 = 60;
/// Stock phrases: of 3 to 6 words each, the most frequent in one of 6,000 places of running text.
const PHRASE_COUNT: u64 = 1 << 22;
/// Of a thousand words, those followed by a comma; of a thousand sentences, those that are direct speech, and questions.
const COMMAS: u64 = 60;
const SPEECH: u64 = 60;
const QUESTIONS: u64 = 25;
/// Sentences of a paragraph, each as likely as the next.
const SENTENCES: [u64; 16] = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 9];

/// Names of streams of chance.
const PHRASE: u64 = 0x7068;
const PERSON: u64 = 0x6e61;

/// Writes text in one language.
pub(crate) struct Writer {
    pub(crate) language: &'static Language,
    pub(crate) vocabulary: Vocabulary,
    seed: u64,
}

impl Writer {
    pub(crate) fn new(seed: u64, index: usize) -> Self {
        let language = &LANGUAGES[index];
        Writer {
            language,
            vocabulary: Vocabulary::new(language),
            seed: seed ^ (index as u64) << 56,
        }
    }

    /// A paragraph of prose.
    pub(crate) fn paragraph(&self, random: &mut Random, out: &mut String) {
        for i in 0..random.pick(&SENTENCES) {
            if i > 0 && !self.language.unspaced() {
                out.push(' ');
            }
            self.sentence(random, out);
        }
    }

    pub(crate) fn sentence(&self, random: &mut Random, out: &mut String) {
        let speech = random.chance(SPEECH);
        if speech {
            out.push_str(self.language.quotes[0]);
        }
        let words = random.within(3, 18) + random.within(2, 19);
        self.run(random, words, out);
        out.push_str(self.language.marks[if random.chance(QUESTIONS) { 2 } else { 1 }]);
        if speech {
            out.push_str(self.language.quotes[1]);
        }
    }

    /// So many words, the first with a capital, without a full stop.
    pub(crate) fn run(&self, random: &mut Random, words: u64, out: &mut String) {
        let mut made = 0;
        while made < words {
            let (before, start) = (made, out.len());
            match random.below(1000) {
                n if n < NUMBERS => made += self.number(random, out),
                n if n < NUMBERS + NAMES => made += self.name(random, out),
                n if n < NUMBERS + NAMES + PHRASES => made += self.phrase(random, out),
                _ => {
                    self.vocabulary.word(random, out);
                    made += 1;
                }
            }
            if before == 0 {
                capitalise(out, start);
            }
            if made < words {
                if random.chance(COMMAS) {
                    out.push_str(self.language.marks[0]);
                }
                self.space(out);
            }
        }
    }

    pub(crate) fn space(&self, out: &mut String) {
        if !self.language.unspaced() {
            out.push(' ');
        }
    }

    fn phrase(&self, random: &mut Random, out: &mut String) -> u64 {
        let mut own = Random::of([self.seed, PHRASE, random.zipf(16, PHRASE_COUNT)]);
        let words = own.within(3, 7);
        for i in 0..words {
            if i > 0 {
                self.space(out);
            }
            self.vocabulary.word(&mut own, out);
        }
        words
    }

    /// The name of a person or a place. The most frequent is one in some hundred names.
    pub(crate) fn name(&self, random: &mut Random, out: &mut String) -> u64 {
        let mut own = Random::of([self.seed, PERSON, random.zipf(16, 1 << 30)]);
        let words = own.within(1, 3);
        for i in 0..words {
            if i > 0 {
                self.space(out);
            }
            let start = out.len();
            self.vocabulary.content(&mut own, out);
            capitalise(out, start);
        }
        words
    }

    fn number(&self, random: &mut Random, out: &mut String) -> u64 {
        match random.below(8) {
            0 | 1 => push(out, random.within(1990, 2026)),
            2 => {
                push(out, random.within(1, 100));
                out.push('.');
                push(out, random.below(10));
                out.push('%');
            }
            3 => {
                push(out, random.within(1, 990));
                out.push_str(",000");
            }
            _ => {
                let limit = random.pick(&[10, 32, 100, 500, 5000]);
                push(out, random.within(2, limit));
            }
        }
        1
    }

    pub(crate) fn date(&self, random: &mut Random, out: &mut String) {
        let (day, month) = (random.within(1, 29), random.pick(&self.language.months));
        let year = random.within(2004, 2026);
        if self.language.unspaced() {
            push(out, year);
            out.push('年');
            out.push_str(month);
            push(out, day);
            out.push('日');
        } else {
            push(out, day);
            out.push(' ');
            out.push_str(month);
            out.push(' ');
            push(out, year);
        }
    }

    /// A line with places to fill; `site` is what names it and its year.
    pub(crate) fn fill(&self, line: &str, site: &str, random: &mut Random, out: &mut String) {
        let mut rest = line;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            match rest.as_bytes()[at + 1] {
                b'S' => out.push_str(site),
                b'Y' => push(out, 1998 + site.len() as u64 % 28),
                b'D' => self.date(random, out),
                b'N' => push(out, random.within(2, 2000)),
                _ => _ = self.name(random, out),
            }
            rest = &rest[at + 3..];
        }
        out.push_str(rest);
    }

    /// A copy with small edits: about every 20 words one is left out, or a common one put in, or a comma, or its case
    /// changes. With `facts`, one number becomes another where there is one, and nothing else.
    pub(crate) fn edited(&self, of: &str, facts: bool, random: &mut Random, out: &mut String) {
        let mut wait = random.within(4, 16);
        for unit in self.units(of) {
            let digits = unit.as_bytes()[0].is_ascii_digit();
            if facts && digits && wait < 1000 {
                wait = 1000;
                push(out, random.within(2000, 9000));
                out.push_str(unit.trim_start_matches(|c: char| c.is_ascii_digit()));
                continue;
            }
            wait = wait.saturating_sub(u64::from(!facts));
            if wait > 0 || digits || facts || unit.chars().any(char::is_uppercase) {
                out.push_str(unit);
                continue;
            }
            wait = random.within(12, 30);
            match random.below(5) {
                0 | 1 => {}
                2 | 3 => {
                    self.vocabulary.common(random, out);
                    self.space(out);
                    out.push_str(unit);
                }
                _ => {
                    let start = out.len();
                    out.push_str(unit);
                    capitalise(out, start);
                }
            }
        }
    }

    /// The first `tenths` of a paragraph.
    pub(crate) fn truncated<'t>(&self, of: &'t str, tenths: usize) -> &'t str {
        let units = self.units(of);
        let count = units.clone().count();
        let length: usize = units.take((count * tenths / 10).max(1)).map(str::len).sum();
        of[..length].trim_end()
    }

    /// What a paragraph is put together from: words with the space behind them, or characters.
    fn units<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> + Clone {
        let unspaced = self.language.unspaced();
        text.split_inclusive(move |c| unspaced || c == ' ')
    }
}

pub(crate) fn push(out: &mut String, number: u64) {
    use std::fmt::Write;
    _ = write!(out, "{number}");
}

/// Gives the first letter from `start` on its capital.
fn capitalise(out: &mut String, start: usize) {
    let Some(first) = out[start..].chars().next() else {
        return;
    };
    if first.is_ascii() {
        out[start..start + 1].make_ascii_uppercase();
        return;
    }
    if let Some(upper) = first.to_uppercase().next()
        && upper != first
        && upper.len_utf8() == first.len_utf8()
    {
        let mut bytes = [0; 4];
        out.replace_range(
            start..start + first.len_utf8(),
            upper.encode_utf8(&mut bytes),
        );
    }
}

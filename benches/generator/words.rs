//! The words of a language by rank: without end, each spelled by its rank alone.
//!
//! Ranks below [`HEAD`] are held in a table and drawn by a table: function words first, each as often as Zipf's law
//! with Mandelbrot's offset has it. The rest is spelled when drawn. So a vocabulary costs some hundred kilobytes
//! and grows with the text as a real one does.

use super::language::Language;
use super::random::Random;

/// Words in the table. Beyond them stand names, rare forms, misspellings.
const HEAD: usize = 8_000;
/// Of 1,024 words, how many are drawn from beyond the table.
const TAIL: u64 = 40;
/// Mandelbrot's offset: the most frequent word is then about a twentieth of the text.
const OFFSET: f64 = 2.7;
/// Draws are made from a table of as many places, which a word holds in proportion to its weight.
/// Small enough for the second cache, as every draw reads one of them.
const PLACES: usize = 1 << 15;
/// Han characters that words are made of: the common ideographs, leaving out every second one.
const HAN: u64 = 6_000;

pub(crate) struct Vocabulary {
    text: String,
    ends: Vec<u32>,
    /// Where in `text` the word of a place begins, in the upper 24 bits, and its length.
    places: Vec<u32>,
    function: u64,
    syllables: [Vec<&'static str>; 3],
    unspaced: bool,
}

impl Vocabulary {
    pub(crate) fn new(language: &Language) -> Self {
        let mut vocabulary = Vocabulary {
            text: String::new(),
            ends: vec![0],
            places: Vec::with_capacity(PLACES),
            function: language.function.split_whitespace().count() as u64,
            syllables: language.syllables.map(|s| s.split(' ').collect()),
            unspaced: language.unspaced(),
        };
        let mut text = String::new();
        for word in language.function.split_whitespace() {
            text.push_str(word);
            vocabulary.ends.push(text.len() as u32);
        }
        for rank in vocabulary.function..HEAD as u64 {
            vocabulary.spell(rank, &mut text);
            vocabulary.ends.push(text.len() as u32);
        }
        vocabulary.text = text;
        let all: f64 = (0..HEAD).map(weight).sum();
        let mut sum = 0.0;
        for rank in 0..HEAD {
            sum += weight(rank);
            let upto = (sum / all * PLACES as f64) as usize;
            let (start, end) = (vocabulary.ends[rank], vocabulary.ends[rank + 1]);
            let place = start << 8 | (end - start);
            vocabulary.places.resize(upto.min(PLACES), place);
        }
        // Rounding may leave the last place free.
        let first = vocabulary.places[0];
        vocabulary.places.resize(PLACES, first);
        vocabulary
    }

    /// Draws a word as text has them.
    pub(crate) fn word(&self, random: &mut Random, out: &mut String) {
        // One draw for both questions, from either end.
        let bits = random.bits();
        if bits % 1024 < TAIL {
            self.spell(random.tail(HEAD as u64), out);
        } else {
            let place = self.places[(bits >> 32) as usize % PLACES];
            let (start, length) = ((place >> 8) as usize, (place & 0xff) as usize);
            out.push_str(&self.text[start..start + length]);
        }
    }

    /// Draws one of the hundred most frequent words.
    pub(crate) fn common(&self, random: &mut Random, out: &mut String) {
        let limit = self.function.min(100);
        out.push_str(self.head(random.below(limit) as usize));
    }

    /// Draws a word that is none of the function words.
    pub(crate) fn content(&self, random: &mut Random, out: &mut String) {
        let rank = self.function + random.zipf(64, 1 << 16);
        match usize::try_from(rank) {
            Ok(rank) if rank < HEAD => out.push_str(self.head(rank)),
            _ => self.spell(rank, out),
        }
    }

    fn head(&self, rank: usize) -> &str {
        &self.text[self.ends[rank] as usize..self.ends[rank + 1] as usize]
    }

    /// The word of a rank: a closed syllable, with open ones before it the rarer it is; of Han one to four characters.
    pub(crate) fn spell(&self, rank: u64, out: &mut String) {
        if self.unspaced {
            return han(rank, out);
        }
        let [onsets, vowels, codas] = &self.syllables;
        let (o, v, c) = (onsets.len() as u64, vowels.len() as u64, codas.len() as u64);
        // Open syllables of the word, last first: a bijection between numbers and sequences.
        let (mut open, mut count) = ([0u64; 8], 0);
        let mut rest = rank / (o * v * c);
        while rest > 0 && count < open.len() {
            open[count] = (rest - 1) % (o * v);
            rest = (rest - 1) / (o * v);
            count += 1;
        }
        let last = rank % (o * v * c);
        for &syllable in open[..count].iter().rev().chain([&(last % (o * v))]) {
            out.push_str(onsets[(syllable % o) as usize]);
            out.push_str(vowels[(syllable / o) as usize]);
        }
        out.push_str(codas[(last / (o * v)) as usize]);
    }
}

/// One common character alone, or two to four of all: as in Chinese, where most words have two.
fn han(rank: u64, out: &mut String) {
    let character = |n: u64| char::from_u32(0x4e00 + 3 * (n % HAN) as u32).expect("an ideograph");
    if rank < 600 {
        out.push(character(rank));
        return;
    }
    // The first character leads: words of neighbouring ranks begin alike, and frequent ones use frequent characters.
    let (mut rest, frequent) = (rank - 600, 40 + (rank / 8).min(HAN - 40));
    out.push(character(rest % frequent));
    out.push(character(rest / frequent + rest * 7 % frequent));
    rest /= frequent * 40;
    while rest > 0 {
        out.push(character(rest));
        rest /= HAN;
    }
}

fn weight(rank: usize) -> f64 {
    1.0 / (rank as f64 + OFFSET)
}

//! What the documents of two paragraphs say about them: a stock sentence tells one thing of one company and another thing of
//! the next, and only the text around it says of which.
//!
//! Of each document a small sample of its facts is kept: names and numbers, in scripts without capitals shingles. The sample
//! holds the facts of least hash, so that two documents sample the same ones. Where both documents have facts of their own
//! and hardly share any, they are about different things, and a pair of short alike paragraphs is no duplicate.
//!
//! It knows folded paragraphs and nothing of candidates, files or what is done with the answer.

use super::guard::{self, Evidence};
use super::verdict::{Kind, Prepared};
use crate::text::fold::{Folded, flag};
use crate::text::{hash, shingle};

/// Facts sampled of a document: enough that two short ones are compared whole, and few beside the document's text.
const SAMPLE: usize = 64;
/// A document has facts of its own from so many; a title, a credit and a telephone number are fewer.
const LEAST: usize = 7;
/// From this share on, in a hundred, a single number that the documents do not share holds a pair back; below it three.
const STRICT: u32 = 55;
/// Bit of a fact that stands in several paragraphs.
const REPEATED: u32 = 1;
/// Bit of a fact that is a number.
const NUMBER: u32 = 2;

/// Half tokens of an equal passage from which no stock sentence is that long: 32 words.
const CERTAIN_PASSAGE: u32 = 64;
/// Half tokens that the texts of a near pair share from which they are one text whatever stands around it: 40 words.
const CERTAIN_NEAR: u32 = 80;
/// The same from which they most likely are: 24 words. Of 25 near pairs of newswire whose documents have little in common, the
/// nine retold reports with more outnumber what is of one form; of those with fewer, half are stock sentences.
const LIKELY: u32 = 48;
/// What is asked of the documents of a near pair that most likely is one text.
const LIKELY_SHARE: u32 = 30;
/// What is asked of those of a shorter near pair, and of a contained one.
const SHARE: u32 = 55;
/// What is asked of those of a pair that is alike by its words only.
const WEAK_SHARE: u32 = 66;
/// The same of a shorter one: of twenty such pairs of newswire five were reports of one form on other days.
const SHORT_WEAK_SHARE: u32 = 90;

/// Facts that are held at most before those are dropped that the sample cannot have.
const HELD: usize = 16 * SAMPLE;

/// The facts of a document, while its paragraphs are read.
///
/// The slow version lists all facts of the document, sorts them and takes the first. This one sorts whenever it holds
/// `HELD`, and from then on passes over every fact beyond the last one of the sample so far, which is nearly all.
#[derive(Default)]
pub struct Collector {
    /// Hash of a fact and the number of its paragraph.
    found: Vec<(u32, u32)>,
    paragraph: u32,
    /// Once the sample is full, its last fact.
    last: Option<u32>,
    shingles: Vec<u64>,
}

impl Collector {
    /// Adds the facts of the document's next paragraph. `text` is what was folded.
    pub fn add(&mut self, text: &str, folded: &Folded) {
        self.add_shingled(text, folded, None);
    }

    /// The same for a paragraph of which the shingles may be there already.
    pub fn add_shingled(&mut self, text: &str, folded: &Folded, shingles: Option<&[u64]>) {
        self.paragraph += 1;
        let cased = folded.tokens.iter().any(|t| t.flags & flag::CAPITAL != 0);
        if !cased {
            let mut own = std::mem::take(&mut self.shingles);
            let shingles = shingles.unwrap_or_else(|| {
                shingle::shingles(folded, &mut own);
                &own
            });
            shingles.iter().for_each(|s| self.find(fact(*s)));
            self.shingles = own;
        }
        // Without a capital there is no name, and no headline either.
        let names = cased.then(|| guard::Names::of(folded));
        for (at, token) in folded.tokens.iter().enumerate() {
            let length = token.end - token.start;
            let telling = match (token.flags & flag::DIGIT != 0, &names) {
                (true, _) => length > 1 && !is_year(folded.token(at)),
                (false, None) => false,
                (false, Some(names)) => {
                    length > 2
                        && names.is_name(at)
                        && (names.headline()
                            || names.is_name(at + 1)
                            || !opens(text, token.source as usize))
                }
            };
            if telling {
                let number = u32::from(token.flags & flag::DIGIT != 0) * NUMBER;
                self.find(fact(token.hash) | number);
            }
        }
    }

    #[inline]
    fn find(&mut self, fact: u32) {
        if self.last.is_some_and(|last| fact > last) {
            return;
        }
        self.found.push((fact, self.paragraph));
        if self.found.len() >= HELD {
            self.prune();
        }
    }

    /// Returns the sample and begins the next document.
    pub fn finish(&mut self) -> Vec<u32> {
        self.prune();
        let mut out: Vec<u32> = Vec::new();
        for (fact, _) in self.found.drain(..) {
            match out.last_mut() {
                Some(last) if *last & !REPEATED == fact => *last |= REPEATED,
                _ => out.push(fact),
            }
        }
        (self.paragraph, self.last) = (0, None);
        out
    }

    /// Keeps the facts of least hash, each of at most two paragraphs.
    fn prune(&mut self) {
        self.found.sort_unstable();
        self.found.dedup();
        let (mut kinds, mut times, mut last) = (0, 0, None);
        self.found.retain(|(fact, _)| {
            times = if last == Some(*fact) { times + 1 } else { 1 };
            kinds += usize::from(times == 1);
            last = Some(*fact);
            kinds <= SAMPLE && times <= 2
        });
        if kinds >= SAMPLE {
            self.last = self.found.last().map(|(fact, _)| *fact);
        }
    }
}

/// True for years of our time, which texts of all matters share.
fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

/// A fact without its bits.
fn fact(hash: u64) -> u32 {
    (hash::mix(hash) >> 32) as u32 & !(REPEATED | NUMBER)
}

/// True when what begins here opens a sentence or the text, where a capital says nothing.
fn opens(text: &str, at: usize) -> bool {
    // Nearly every name follows a word or a comma.
    let mut bytes = text.as_bytes()[..at].iter().rev();
    if let Some(b) = bytes.find(|b| **b != b' ')
        && (b.is_ascii_alphanumeric() || *b == b',')
    {
        return false;
    }
    let before = text.get(..at).unwrap_or_default().trim_end();
    let before = before.trim_end_matches(['"', '\'', '(', '[', '“', '‘', '«', '<']);
    before
        .trim_end()
        .ends_with(['.', '!', '?', ':', ';', '-', '–', '—', '>', '*'])
        || before.trim_end().is_empty()
}

/// The share of facts that the documents of such a pair must have in common. `weak`: its words are alike, not
/// its shingles.
pub(super) fn asked(kind: Kind, weak: bool, evidence: &Evidence) -> u32 {
    let e = evidence;
    let quoted = e.longest_passage >= CERTAIN_PASSAGE && e.covered[0] * 10 >= e.tokens[0] * 9;
    match (kind, e.matched) {
        _ if quoted => 0,
        (_, LIKELY..) if weak => WEAK_SHARE,
        _ if weak => SHORT_WEAK_SHARE,
        (Kind::Near, CERTAIN_NEAR..) => 0,
        (Kind::Near, LIKELY..) => LIKELY_SHARE,
        _ => SHARE,
    }
}

/// True when a pair stays though it stands in one document: what is alike by its words only says the same of two matters there, a
/// stock split and a dividend.
pub fn stays_inside(asked: u32) -> bool {
    asked >= WEAK_SHARE
}

/// One side of a pair: its paragraph and the facts of its document.
#[derive(Clone, Copy)]
pub struct Side<'d> {
    /// The paragraph.
    pub paragraph: &'d Prepared,
    /// The sample of its document.
    pub facts: &'d [u32],
}

/// True when both documents have facts of their own, beside the two paragraphs, and share fewer than `percent` in a hundred of
/// the one that has fewer. Two reports of one event share two thirds and more of their names and figures, two reports of one
/// form under a half (76 pairs of newswire, read with their documents).
pub fn apart(a: Side<'_>, b: Side<'_>, percent: u32) -> bool {
    let own = |side: Side<'_>| -> Vec<u32> {
        let p = side.paragraph;
        let mut here: Vec<u32> = p.folded.tokens.iter().map(|t| fact(t.hash)).collect();
        here.extend(p.shingles.iter().map(|s| fact(*s)));
        here.sort_unstable();
        let elsewhere =
            |f: &&u32| **f & REPEATED != 0 || here.binary_search(&(**f & !NUMBER)).is_err();
        let facts = side.facts.iter().filter(elsewhere);
        facts.map(|f| f & !REPEATED).collect()
    };
    let (mut x, mut y) = (own(a), own(b));
    // A full sample says nothing of facts beyond its last one.
    let end = |facts: &[u32]| match facts.len() {
        SAMPLE => facts[SAMPLE - 1],
        _ => u32::MAX,
    };
    let end = end(a.facts).min(end(b.facts));
    x.retain(|f| *f <= end);
    y.retain(|f| *f <= end);
    let is_number = |f: &&u32| **f & NUMBER != 0;
    let shared = || x.iter().filter(|f| y.binary_search(f).is_ok());
    let least = x.len().min(y.len());
    let numbers = x
        .iter()
        .filter(is_number)
        .count()
        .min(y.iter().filter(is_number).count());
    // Reports of one form on other days have the same names and other figures.
    let enough = if percent < STRICT { 3 } else { 1 };
    let other_numbers = percent > 0 && numbers >= enough && !shared().any(|f| is_number(&f));
    other_numbers || least >= LEAST && shared().count() * 100 < percent as usize * least
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folder;

    fn sample(paragraphs: &[&str]) -> Vec<u32> {
        let (mut collector, mut folder) = (Collector::default(), Folder::default());
        let mut folded = Folded::default();
        for text in paragraphs {
            folder.fold(text, &mut folded);
            collector.add(text, &folded);
        }
        collector.finish()
    }

    fn are_apart(a: &[&str], b: &[&str]) -> bool {
        let prepared = |text: &str| {
            let mut out = Prepared::default();
            out.fill(text, &mut Folder::default());
            out
        };
        let (p, q) = (prepared(a[0]), prepared(b[0]));
        let (x, y) = (sample(a), sample(b));
        let side = |paragraph, facts| Side { paragraph, facts };
        assert_eq!(
            apart(side(&p, &x), side(&q, &y), 55),
            apart(side(&q, &y), side(&p, &x), 55)
        );
        apart(side(&p, &x), side(&q, &y), 55)
    }

    const STOCK: &str =
        "The fee for the sale is one crown while the board and the guild share two.";

    #[test]
    fn a_stock_sentence_of_two_documents_is_not_the_same() {
        let tram = [
            STOCK,
            "The notes of Ostmoor Tram are paid back on 14 May, said Harriet Bloom to Ada Moor and Ned Pike.",
        ];
        let ferry = [
            STOCK,
            "The bonds of Welling Ferry are paid back on 29 July, said Tobias Crane to Eve Marsh and Tom Reed.",
        ];
        let retold = [
            STOCK,
            "On 14 May, the keeper Harriet Bloom said to Ada Moor and Ned Pike, Ostmoor Tram will pay back.",
        ];
        assert!(are_apart(&tram, &ferry));
        assert!(!are_apart(&tram, &retold));
    }

    #[test]
    fn a_document_without_other_facts_is_not_held_against_its_text() {
        let ferry = [
            STOCK,
            "The bonds of Welling Ferry are paid back on 29 July, said Tobias Crane to Eve Marsh and Tom Reed.",
        ];
        assert!(!are_apart(&[STOCK], &ferry));
        assert!(!are_apart(&[STOCK, "It will rain."], &ferry));
    }

    #[test]
    fn facts_of_the_pair_itself_say_nothing_unless_they_stand_elsewhere() {
        let line = "The old pier of Ostmoor is 40 paces long, and the new one at Welling has 90.";
        let a = [
            line,
            "It was measured for Harriet Bloom, Ada Moor, Ned Pike and Joan Lister.",
        ];
        let b = [
            line,
            "It was measured for Tobias Crane, Eve Marsh, Tom Reed and Ann Holm.",
        ];
        assert!(are_apart(&a, &b));
        let again = "The piers of Ostmoor, Welling and Upper Sill in Marrow County near Cape Pell in the Sand Isles, \
                     of 40 and 90 paces, were rebuilt by Lower Tamber and Great Holm.";
        assert!(!are_apart(&[a[0], a[1], again], &[b[0], b[1], again]));
    }

    #[test]
    fn a_form_with_the_same_names_and_other_figures_is_another_report() {
        let day = |count: &str| {
            format!("The Harbour Board of Ostmoor counted {count} boats at the Old Pier.")
        };
        let (a, b) = (day("112"), day("207"));
        assert!(are_apart(&[STOCK, &a], &[STOCK, &b]));
        assert!(!are_apart(&[STOCK, &a], &[STOCK, &a]));
    }

    #[test]
    fn scripts_without_capitals_are_told_apart_by_their_words() {
        let stock = "这次发行的手续费是一元，由商会和会馆平分，其余的由买家自己承担。";
        let a = [
            stock,
            "东门电车公司的债券将在五年后还清，公司的负责人昨天在茶馆里说。",
        ];
        let b = [
            stock,
            "北港的渡船明年春天要换新的发动机，船夫们已经等了很久很久了。",
        ];
        assert!(are_apart(&a, &b));
        assert!(!are_apart(&a, &a));
    }

    #[test]
    fn long_documents_are_compared_by_a_sample() {
        let facts = |from: u32| -> Vec<String> {
            (from..from + 3_000).map(|n| format!("the {n}")).collect()
        };
        let doc = |from: u32| {
            let lines = facts(from);
            let mut all = vec![STOCK];
            all.extend(lines.iter().map(String::as_str));
            sample(&all)
        };
        let mut p = Prepared::default();
        p.fill(STOCK, &mut Folder::default());
        let (x, y, z) = (doc(1_000), doc(1_300), doc(9_000));
        assert_eq!(x.len(), SAMPLE);
        let side = |facts| Side {
            paragraph: &p,
            facts,
        };
        assert!(!apart(side(&x), side(&y), 55));
        assert!(apart(side(&x), side(&z), 55));
    }
}

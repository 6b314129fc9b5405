//! Made-up web text: a stated model, any size, the same bytes for the same seed on every machine.
//!
//! Real text may not be shipped, and copies of a small sample would starve the candidate search of new shingles. So this
//! file has a vocabulary of its own and knows, for every line, what it is; benches hold the program's answer against
//! that before they time it. It must not know how duplicates or boilerplate are found.
//!
//! The model; [`Corpus::check`] holds rates, shares, the most frequent word and the newness of shingles against it:
//! - A document has 6 to 18 lines of one script: 55 % Latin, 20 % Cyrillic, 10 % Arabic, 15 % Han.
//! - A line is, in thousandths ([`RATES`]): an exact copy 80, an edited copy 60, a truncated copy 40, boilerplate 80, a
//!   short line 140, else a novel paragraph. Copies are of any earlier novel paragraph, uniformly, whatever its script.
//!   Short lines (2 to 5 words) and novel paragraphs are drawn afresh.
//! - A novel paragraph has 5 to 8 sentences of 8 to 24 words, of which 3 % are numbers (Han: of 20 to 50 characters, no
//!   numbers): longer than most on the web, so that even its truncated copy is over the floor for near-duplicates.
//! - The word of rank r is drawn in proportion to 1 / (r + 3) (Zipf's law with Mandelbrot's offset) from 50,000 words
//!   (Han: 3,000 characters). The most frequent word is 3 to 4 % of Latin text. In a corpus of some megabytes over 9 of
//!   10 shingles of a novel paragraph are met for the first time.
//! - Edits drop or insert one common word about every 24 words. They replace none: whether a replaced word is another
//!   fact is judged on labelled pairs, not here. A truncated copy is the first three eighths.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;
use std::ops::Range;

use dechaff::near::verdict::Prepared;
use dechaff::text::fold::Folder;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Novel,
    Exact,
    Edited,
    Truncated,
    Boilerplate,
    Short,
}

/// Lines of each kind in a thousand; the rest is novel. Chosen, not measured: enough of each for every phase
/// to work on.
const RATES: [(Kind, u64); 5] = [
    (Kind::Exact, 80),
    (Kind::Edited, 60),
    (Kind::Truncated, 40),
    (Kind::Boilerplate, 80),
    (Kind::Short, 140),
];

/// A script, with its share of documents in hundredths in [`SCRIPTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Han,
}

/// All scripts, and how many documents of a hundred are in each.
pub(crate) const SCRIPTS: [(Script, u64); 4] = [
    (Script::Latin, 55),
    (Script::Cyrillic, 20),
    (Script::Arabic, 10),
    (Script::Han, 15),
];

/// Onsets, vowels and codas of syllables. What would come out as
/// a word of negation or number is left out: no n- (not), no Latin m- (mil), no -s (pas). The guard rightly minds such words.
const SYLLABLES: [[&str; 3]; 3] = [
    [
        "b d f g k l z p r s t v br dr gl kr pl st tr sk",
        "a e i o u",
        "l m r k nt sh",
    ],
    [
        "б в г д з к л м п р с т ж ш бр гр др кл ст тр",
        "а е и о у",
        "л м р к нт ш",
    ],
    [
        "ب ت ج د ر س ش ع ف ق ك ط ص ح خ ز غ ث ذ ض",
        "ا و ي",
        "ب د ق ر ك س",
    ],
];

/// Lines that fall at level `safe` wherever they stand.
const BOILERPLATE: [&[&str]; 4] = [
    &[
        "We use cookies to improve your visit. By continuing to browse you agree to our use of cookies.",
        "© 2019 Brindle Vale Press Ltd. All rights reserved.",
        "Sign up for our weekly newsletter and never miss a story.",
        "Follow us on Twitter and like us on Facebook!",
    ],
    &["Все права защищены. При использовании материалов ссылка на сайт обязательна."],
    &["جميع الحقوق محفوظة © 2019"],
    &["版权所有 未经许可不得转载"],
];

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(x ^ x >> 31) * u128::from(limit)) >> 64) as u64
    }

    fn within(&mut self, range: Range<u64>) -> u64 {
        range.start + self.below(range.end - range.start)
    }
}

/// The words of a script by rank, and the summed weights up to each.
struct Vocabulary {
    words: Vec<String>,
    sums: Vec<u64>,
}

impl Vocabulary {
    fn new(script: Script) -> Self {
        let size = if script == Script::Han { 3_000 } else { 50_000 };
        let mut sum = 0;
        let weigh = |rank: u64| {
            sum += (1 << 40) / (rank + 3);
            sum
        };
        Vocabulary {
            words: (0..size).map(|rank| word(script, rank as usize)).collect(),
            sums: (0..size).map(weigh).collect(),
        }
    }

    fn draw(&self, random: &mut Random) -> &str {
        let at = random.below(*self.sums.last().expect("there are words"));
        &self.words[self.sums.partition_point(|&sum| sum <= at)]
    }
}

/// The word of a rank: a closed syllable, with open ones before it the rarer it is; in Han, every fifth character.
fn word(script: Script, rank: usize) -> String {
    let Some(parts) = SYLLABLES.get(script as usize) else {
        return char::from_u32(0x5b00 + 5 * rank as u32)
            .expect("a Han character")
            .into();
    };
    let [onsets, vowels, codas] = parts.map(|p| p.split(' ').collect::<Vec<_>>());
    let open =
        |n: usize| onsets[n % onsets.len()].to_owned() + vowels[n / onsets.len() % vowels.len()];
    let count = onsets.len() * vowels.len();
    let mut word = open(rank) + codas[rank / count % codas.len()];
    let mut rest = rank / (count * codas.len());
    while rest > 0 {
        rest -= 1;
        word.insert_str(0, &open(rest));
        rest /= count;
    }
    word
}

/// A line and what it is.
pub(crate) struct Line {
    /// Without terminator.
    pub(crate) text: String,
    pub(crate) kind: Kind,
    pub(crate) script: Script,
    /// Index of the line it was copied from; its own when it is no copy.
    pub(crate) of: usize,
}

impl Line {
    /// Folded tokens, counted without folding: words of a spaced script, characters of Han.
    pub(crate) fn tokens(&self) -> usize {
        match self.script {
            Script::Han => self.text.chars().filter(|c| c.is_alphanumeric()).count(),
            _ => self.text.split(' ').count(),
        }
    }
}

/// Documents of lines.
#[derive(Default)]
pub(crate) struct Corpus {
    pub(crate) lines: Vec<Line>,
    /// The script and the lines of each document.
    pub(crate) docs: Vec<(Script, Range<usize>)>,
}

impl Corpus {
    /// Makes a corpus of at least `bytes` bytes of text, of one script or of all.
    pub(crate) fn new(seed: u64, bytes: usize, only: Option<Script>) -> Self {
        let mut maker = Maker {
            random: Random(seed),
            vocabularies: SCRIPTS.map(|(script, _)| Vocabulary::new(script)),
            novel: Vec::new(),
            corpus: Corpus::default(),
        };
        let mut made = 0;
        while made < bytes {
            made += maker.document(only);
        }
        maker.corpus
    }

    /// The lines of one kind.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |l| l.kind == kind)
    }

    /// How many lines there are of these kinds.
    pub(crate) fn count(&self, kinds: &[Kind]) -> u64 {
        let count = |&kind| self.of_kind(kind).count() as u64;
        kinds.iter().map(count).sum()
    }

    /// The text of each document.
    pub(crate) fn texts(&self) -> Vec<String> {
        let text = |doc: &(Script, Range<usize>)| {
            let lines = self.lines[doc.1.clone()].iter();
            lines.flat_map(|l| [&*l.text, "\n"]).collect()
        };
        self.docs.iter().map(text).collect()
    }

    /// The documents as JSON lines.
    pub(crate) fn to_jsonl(&self) -> String {
        let record = |(id, text)| format!("{}\n", serde_json::json!({ "id": id, "text": text }));
        self.texts().into_iter().enumerate().map(record).collect()
    }

    /// Holds what came out against the model at the top of this file. For a corpus of all scripts.
    pub(crate) fn check(self) -> Self {
        for (kind, rate) in RATES {
            let lines = self.lines.len() as u64;
            near(kind, self.count(&[kind]), lines, rate as f64 / 1e3);
        }
        for (script, share) in SCRIPTS {
            let own = self.docs.iter().filter(|d| d.0 == script).count();
            near(
                script,
                own as u64,
                self.docs.len() as u64,
                share as f64 / 1e2,
            );
        }
        for line in self.lines.iter().filter(|l| l.kind != Kind::Novel) {
            let same = line.text == self.lines[line.of].text;
            let altered = matches!(line.kind, Kind::Edited | Kind::Truncated);
            assert_ne!(same, altered, "{:?}: {}", line.kind, line.text);
        }
        let (top, new) = (self.top_word(), self.novelty());
        assert!(
            (0.03..0.04).contains(&top),
            "the most frequent word: {top:.4}"
        );
        assert!(new > 0.9, "new among the last shingles: {new:.4}");
        self
    }

    /// The share of the most frequent word in novel Latin paragraphs.
    fn top_word(&self) -> f64 {
        let (mut words, mut all) = (HashMap::new(), 0);
        let latin = |l: &&Line| l.script == Script::Latin;
        for line in self.of_kind(Kind::Novel).filter(latin) {
            for word in line.text.split([' ', '.']).filter(|w| !w.is_empty()) {
                *words.entry(word.to_lowercase()).or_insert(0) += 1;
                all += 1;
            }
        }
        f64::from(words.into_values().max().unwrap_or(0)) / f64::from(all)
    }

    /// The share of distinct shingles in the last eighth of novel paragraphs that no earlier one had.
    fn novelty(&self) -> f64 {
        let novel: Vec<&Line> = self.of_kind(Kind::Novel).collect();
        let (early, late) = novel.split_at(novel.len() / 8 * 7);
        let set = |lines: &[&Line]| {
            let (mut folder, mut prepared) = (Folder::default(), Prepared::default());
            let mut set = HashSet::new();
            for line in lines {
                prepared.fill(&line.text, &mut folder);
                set.extend(&prepared.shingles);
            }
            set
        };
        let (early, late): (HashSet<u64>, _) = (set(early), set(late));
        late.difference(&early).count() as f64 / late.len() as f64
    }
}

/// A corpus in the making.
struct Maker {
    random: Random,
    vocabularies: [Vocabulary; 4],
    /// Indices of the novel paragraphs so far.
    novel: Vec<usize>,
    corpus: Corpus,
}

impl Maker {
    /// Adds a document and returns its bytes.
    fn document(&mut self, only: Option<Script>) -> usize {
        let drawn = pick(self.random.below(100), &SCRIPTS);
        let script = only.or(drawn).expect("shares add up to 100");
        let first = self.corpus.lines.len();
        for _ in 0..self.random.within(6..19) {
            self.line(script);
        }
        let doc = first..self.corpus.lines.len();
        self.corpus.docs.push((script, doc));
        let bytes = |line: &Line| line.text.len() + 1;
        self.corpus.lines[first..].iter().map(bytes).sum()
    }

    fn line(&mut self, script: Script) {
        let at = self.corpus.lines.len();
        let drawn = pick(self.random.below(1000), &RATES).unwrap_or(Kind::Novel);
        let (kind, of) = match drawn {
            Kind::Exact | Kind::Edited | Kind::Truncated => match self.novel.len() as u64 {
                0 => (Kind::Novel, at),
                count => (drawn, self.novel[self.random.below(count) as usize]),
            },
            kind => (kind, at),
        };
        let script = self.corpus.lines.get(of).map_or(script, |l| l.script);
        let text = match kind {
            Kind::Exact => self.corpus.lines[of].text.clone(),
            Kind::Edited => self.edited(of),
            Kind::Truncated => {
                let (space, units) = units(&self.corpus.lines[of]);
                units[..units.len() * 3 / 8].join(space)
            }
            Kind::Boilerplate => {
                let lines = BOILERPLATE[script as usize];
                lines[self.random.below(lines.len() as u64) as usize].to_owned()
            }
            Kind::Short => self.sentence(script, 2..6, 0),
            Kind::Novel => {
                self.novel.push(at);
                self.paragraph(script)
            }
        };
        let line = Line {
            text,
            kind,
            script,
            of,
        };
        self.corpus.lines.push(line);
    }

    fn paragraph(&mut self, script: Script) -> String {
        let (length, stop, space) = match script {
            Script::Han => (20..51, "。", ""),
            _ => (8..25, ".", " "),
        };
        let sentences: Vec<String> = (0..self.random.within(5..9))
            .map(|_| self.sentence(script, length.clone(), 3) + stop)
            .collect();
        sentences.join(space)
    }

    /// Words with an initial capital; of a hundred, `numbers` are numbers.
    fn sentence(&mut self, script: Script, length: Range<u64>, numbers: u64) -> String {
        let space = if script == Script::Han { "" } else { " " };
        let mut text = String::new();
        for i in 0..self.random.within(length) {
            if i > 0 {
                text.push_str(space);
            }
            let word = self.vocabularies[script as usize].draw(&mut self.random);
            if script != Script::Han && self.random.below(100) < numbers {
                text.push_str(&self.random.within(10..5000).to_string());
            } else if i == 0 {
                let mut chars = word.chars();
                text.extend(chars.next().into_iter().flat_map(char::to_uppercase));
                text.push_str(chars.as_str());
            } else {
                text.push_str(word);
            }
        }
        text
    }

    /// An edited copy of a line.
    fn edited(&mut self, of: usize) -> String {
        let line = &self.corpus.lines[of];
        let common = &self.vocabularies[line.script as usize].words[..60];
        let (space, units) = units(line);
        let mut out = Vec::with_capacity(units.len() + units.len() / 16);
        let mut wait = self.random.within(8..16);
        for unit in units {
            wait = wait.saturating_sub(1);
            // Capitals and numbers stay as they are.
            if wait > 0 || !unit.chars().all(|c| c.is_alphabetic() && !c.is_uppercase()) {
                out.push(unit);
                continue;
            }
            wait = self.random.within(16..33);
            if self.random.below(2) == 0 {
                out.extend([unit, &common[self.random.below(60) as usize]]);
            }
        }
        out.join(space)
    }
}

/// What a line is put together from, and what stands between.
fn units(line: &Line) -> (&'static str, Vec<&str>) {
    match line.script {
        Script::Han => ("", line.text.split_inclusive(|_| true).collect()),
        _ => (" ", line.text.split(' ').collect()),
    }
}

/// Holds a count against the share of `all` it was drawn with: four standard deviations, and one for the first line.
fn near(what: impl Debug, count: u64, all: u64, share: f64) {
    let (all, got) = (all as f64, count as f64 / all as f64);
    let slack = 4.0 * (share * (1.0 - share) / all).sqrt() + 1.0 / all;
    assert!(
        (got - share).abs() < slack,
        "{what:?}: {got:.4}, not {share}"
    );
}

/// The entry in whose share of the range `at` falls.
fn pick<T: Copy>(mut at: u64, table: &[(T, u64)]) -> Option<T> {
    for &(entry, share) in table {
        match at.checked_sub(share) {
            Some(rest) => at = rest,
            None => return Some(entry),
        }
    }
    None
}

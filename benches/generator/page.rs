//! Pages: what stands on which, and where a paragraph comes from.

use super::language::LANGUAGES;
use super::prose::{Writer, push};
use super::random::Random;
use super::{COPIES, KINDS, Kind, PAGES, Page, SYNDICATED, Tally, VIRAL};

/// Names of streams of chance: of a document, of a paragraph's fate, of its words, of an edit, of a site.
const DOCUMENT: u64 = 1 << 56;
const FATE: u64 = 2 << 56;
const WORDS: u64 = 3 << 56;
const EDIT: u64 = 4 << 56;
const SITE: u64 = 5 << 56;

/// New paragraphs on an article, each as likely as the next: a third of articles are stubs, few are long.
const BODY: [u64; 18] = [1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 20, 28, 45];
/// Columns at which mail is wrapped.
const COLUMNS: usize = 72;

/// What is known of a document before it is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document {
    page: Page,
    pub(crate) language: usize,
    site: u64,
    /// Paragraphs of its own, numbered from 0: what others may copy.
    paragraphs: u64,
}

/// A paragraph: its document and number in it.
type Place = (u64, u64);

pub(crate) struct Maker {
    seed: u64,
    writers: Vec<Writer>,
    /// The document made last.
    pub(crate) text: String,
    pub(crate) host: String,
    scratch: String,
    other: String,
}

impl Maker {
    pub(crate) fn new(seed: u64) -> Self {
        Maker {
            seed,
            writers: (0..LANGUAGES.len()).map(|i| Writer::new(seed, i)).collect(),
            text: String::new(),
            host: String::new(),
            scratch: String::new(),
            other: String::new(),
        }
    }

    fn random(&self, stream: u64, (document, paragraph): Place) -> Random {
        Random::of([self.seed ^ stream, document, paragraph])
    }

    fn document(&self, number: u64) -> Document {
        let mut random = self.random(DOCUMENT, (number, 0));
        let language = pick(random.below(100), &LANGUAGES.map(|l| l.share));
        let page = match pick(random.below(1000), &PAGES.map(|p| p.1)) {
            // A page is one where words are wrapped at spaces.
            at if at < PAGES.len() => match PAGES[at].0 {
                Page::Mail if LANGUAGES[language].unspaced() => Page::Thread,
                page => page,
            },
            _ => Page::Article,
        };
        Document {
            page,
            language,
            site: random.zipf(1, number / 8 + 8) * LANGUAGES.len() as u64 + language as u64,
            paragraphs: match page {
                Page::Article => random.pick(&BODY),
                Page::Thread => random.within(3, 12),
                Page::Mail => random.within(1, 6),
                Page::List => 1,
            },
        }
    }

    /// Where a paragraph comes from: itself, or the new paragraph at the end of the chain of copies.
    fn origin(&self, mut place: Place) -> (Place, Kind) {
        let mut kind = None;
        loop {
            let mut fate = self.random(FATE, place);
            let drawn = pick(fate.below(1000), &COPIES.map(|c| c.1));
            if drawn == COPIES.len() || place.0 == 0 {
                return (place, kind.unwrap_or(Kind::Novel));
            }
            // What happened to the copies on the way is not handed on: a copy of an edited copy is one of the original.
            kind.get_or_insert(COPIES[drawn].0);
            let until = if fate.below(VIRAL) == 0 {
                place.0.min(64)
            } else {
                place.0
            };
            let language = self.document(place.0).language;
            let mut source = (0, self.document(0));
            // A few tries for a document in the same language; now and then a page has a paragraph in another.
            for _ in 0..24 {
                let number = fate.below(until);
                source = (number, self.document(number));
                if source.1.language == language {
                    break;
                }
            }
            place = (source.0, fate.below(source.1.paragraphs));
        }
    }

    /// Writes the words of a new paragraph and returns the language they are in.
    fn novel(&self, place: Place, out: &mut String) -> usize {
        let language = self.document(place.0).language;
        self.writers[language].paragraph(&mut self.random(WORDS, place), out);
        language
    }

    /// Writes a paragraph as it stands on its page, on one line.
    fn paragraph(&mut self, place: Place) -> Kind {
        let (origin, kind) = self.origin(place);
        let mut edit = self.random(EDIT, place);
        self.altered(origin, kind, &mut edit);
        kind
    }

    fn altered(&mut self, origin: Place, kind: Kind, edit: &mut Random) {
        let mut original = std::mem::take(&mut self.other);
        original.clear();
        let writer = &self.writers[self.novel(origin, &mut original)];
        let out = &mut self.text;
        match kind {
            Kind::Edited | Kind::OtherFacts => {
                writer.edited(&original, kind == Kind::OtherFacts, edit, out);
            }
            Kind::Truncated => {
                let tenths = edit.within(4, 9) as usize;
                out.push_str(writer.truncated(&original, tenths));
            }
            Kind::Grown => {
                writer.sentence(edit, out);
                writer.space(out);
                out.push_str(&original);
                writer.space(out);
                writer.sentence(edit, out);
            }
            _ => out.push_str(&original),
        }
        self.other = original;
    }

    /// Makes a document.
    pub(crate) fn make(&mut self, number: u64, tally: &mut Tally) -> Document {
        let document = self.document(number);
        self.text.clear();
        let mut site = self.random(SITE, (document.site, 0));
        self.host.clear();
        // Host names are Latin, whatever the language.
        self.writers[0]
            .vocabulary
            .spell(site.within(600, 1 << 20), &mut self.host);
        push(&mut self.host, document.site);
        self.host.push_str(".example");
        let mut random = self.random(DOCUMENT, (number, 1));
        let above = site.within(2, 5);
        let below = site.within(3, 7);
        for line in 0..above {
            self.chaff(document, line, &mut random, tally);
        }
        match document.page {
            Page::Article => self.article(number, document, &mut random, tally),
            Page::Thread => self.thread(number, document, &mut random, tally),
            Page::Mail => self.mail(number, document, &mut random, tally),
            Page::List => self.list(document, &mut random, tally),
        }
        for line in above..above + below {
            self.chaff(document, line, &mut random, tally);
        }
        self.text.pop();
        document
    }

    /// Ends the line that began at `start` and counts it.
    fn end(&mut self, start: usize, kind: Kind, tally: &mut Tally) {
        self.text.push('\n');
        let lines = self.text.as_bytes()[start..]
            .iter()
            .filter(|&&b| b == b'\n')
            .count() as u64;
        let [count, bytes] = &mut tally.lines[KINDS.iter().position(|&k| k == kind).unwrap_or(0)];
        *count += lines;
        *bytes += (self.text.len() - start) as u64;
    }

    /// A line of the site: the slogan, or one of the phrases of its language, with its name.
    fn chaff(&mut self, document: Document, line: u64, random: &mut Random, tally: &mut Tally) {
        let start = self.text.len();
        let writer = &self.writers[document.language];
        let mut own = self.random(SITE, (document.site, 1));
        self.scratch.clear();
        writer.name(&mut own, &mut self.scratch);
        if line == 1 {
            let words = own.within(6, 13);
            writer.run(&mut own, words, &mut self.text);
        } else {
            let phrases = writer.language.chaff;
            // Consecutive lines of a site differ: a walk through the phrases with a stride of its own.
            let at = (own.bits() % phrases.len() as u64 + line) % phrases.len() as u64;
            writer.fill(phrases[at as usize], &self.scratch, random, &mut self.text);
        }
        self.end(start, Kind::Boilerplate, tally);
    }

    fn short(&mut self, language: usize, words: u64, random: &mut Random, tally: &mut Tally) {
        let start = self.text.len();
        self.writers[language].run(random, words, &mut self.text);
        self.end(start, Kind::Short, tally);
    }

    fn article(&mut self, number: u64, own: Document, random: &mut Random, tally: &mut Tally) {
        let source = self.syndicated(number, random);
        let language = source.map_or(own.language, |s| self.document(s).language);
        let mut title = self.random(WORDS, (source.unwrap_or(number), u64::MAX));
        let words = title.within(5, 12);
        self.short(language, words, &mut title, tally);
        let start = self.text.len();
        let writer = &self.writers[language];
        writer.name(random, &mut self.text);
        self.text.push_str(" | ");
        writer.date(random, &mut self.text);
        self.end(start, Kind::Short, tally);
        let paragraphs = self.document(source.unwrap_or(number)).paragraphs;
        for i in 0..paragraphs {
            let start = self.text.len();
            let kind = match source {
                None => self.paragraph((number, i)),
                Some(source) => {
                    let (origin, _) = self.origin((source, i));
                    let kind = if random.chance(200) {
                        Kind::Edited
                    } else {
                        Kind::Exact
                    };
                    self.altered(origin, kind, random);
                    Kind::Syndicated
                }
            };
            self.end(start, kind, tally);
            match random.below(24) {
                0 => {
                    let start = self.text.len();
                    let writer = &self.writers[own.language];
                    self.text.push_str(writer.language.also);
                    let words = random.within(5, 12);
                    writer.run(random, words, &mut self.text);
                    self.end(start, Kind::Boilerplate, tally);
                }
                1 | 2 => {
                    let words = random.within(4, 14);
                    self.short(language, words, random, tally);
                }
                _ => {}
            }
        }
    }

    /// The earlier article that this one is.
    fn syndicated(&self, number: u64, random: &mut Random) -> Option<u64> {
        if number == 0 || !random.chance(SYNDICATED) {
            return None;
        }
        let language = self.document(number).language;
        let like = |at: &u64| {
            let document = self.document(*at);
            document.page == Page::Article && document.language == language
        };
        (0..32).map(|_| random.below(number)).find(like)
    }

    /// Posts of one to three paragraphs; every second one quotes a paragraph of a post above it.
    fn thread(&mut self, number: u64, own: Document, random: &mut Random, tally: &mut Tally) {
        self.short(own.language, 6, random, tally);
        let mut next = 0;
        while next < own.paragraphs {
            let start = self.text.len();
            let writer = &self.writers[own.language];
            self.scratch.clear();
            writer.fill(writer.language.wrote, "", random, &mut self.scratch);
            self.text.push_str(&self.scratch);
            self.end(start, Kind::Short, tally);
            if next > 0 && random.chance(500) {
                let start = self.text.len();
                if random.chance(500) {
                    self.text.push_str("> ");
                }
                let quoted = random.below(next);
                self.paragraph((number, quoted));
                self.end(start, Kind::Quoted, tally);
            }
            for _ in 0..random.within(1, 4).min(own.paragraphs - next) {
                let start = self.text.len();
                let kind = self.paragraph((number, next));
                self.end(start, kind, tally);
                next += 1;
            }
        }
    }

    /// A mail: subject, the first paragraphs of an earlier mail quoted, its own, a signature; lines wrapped.
    fn mail(&mut self, number: u64, own: Document, random: &mut Random, tally: &mut Tally) {
        self.short(own.language, 5, random, tally);
        // The mail that is answered: one of the 64 before, where that is a mail in the same language.
        let earlier = number.saturating_sub(random.within(1, 65));
        let other = self.document(earlier);
        if other.page == Page::Mail && other.language == own.language && earlier < number {
            let start = self.text.len();
            let writer = &self.writers[own.language];
            writer.fill(writer.language.wrote, "", random, &mut self.text);
            self.end(start, Kind::Short, tally);
            for i in 0..other.paragraphs.min(random.within(1, 4)) {
                self.wrapped((earlier, i), "> ", Some(Kind::Quoted), tally);
                self.text.push_str(">\n");
            }
        }
        for i in 0..own.paragraphs {
            self.wrapped((number, i), "", None, tally);
            self.text.push('\n');
        }
        self.text.push_str("--\n");
        let author = random.below(4);
        let mut signature = self.random(SITE, (own.site, 2 + author));
        for _ in 0..2 {
            self.short(own.language, 4, &mut signature, tally);
        }
    }

    fn wrapped(&mut self, place: Place, prefix: &str, kind: Option<Kind>, tally: &mut Tally) {
        let start = self.text.len();
        let own = self.paragraph(place);
        let mut paragraph = std::mem::take(&mut self.scratch);
        paragraph.clear();
        paragraph.push_str(&self.text[start..]);
        self.text.truncate(start);
        self.text.push_str(prefix);
        let mut column = 0;
        for word in paragraph.split(' ') {
            // Bytes, as old mailers counted.
            if column > 0 && column + word.len() >= COLUMNS {
                self.text.push('\n');
                self.text.push_str(prefix);
                column = 0;
            }
            if column > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
            column += word.len() + 1;
        }
        self.scratch = paragraph;
        self.end(start, kind.unwrap_or(own), tally);
    }

    /// One sentence of the site's language, again and again, with other facts.
    fn list(&mut self, own: Document, random: &mut Random, tally: &mut Tally) {
        let template = self
            .random(SITE, (own.site, 9))
            .pick(LANGUAGES[own.language].templates);
        self.short(own.language, 4, random, tally);
        for _ in 0..random.within(4, 30) {
            let start = self.text.len();
            let writer = &self.writers[own.language];
            writer.fill(template, "", random, &mut self.text);
            self.end(start, Kind::Template, tally);
        }
    }
}

/// Which of the shares `at` falls in; their number when in none.
fn pick<const N: usize>(mut at: u64, shares: &[u64; N]) -> usize {
    for (index, &share) in shares.iter().enumerate() {
        match at.checked_sub(share) {
            Some(rest) => at = rest,
            None => return index,
        }
    }
    N
}

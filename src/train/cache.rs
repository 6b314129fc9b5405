//! The labelled pages, read once: features of every line in a temporary file, so that training passes over them again and
//! again in memory that does not grow with them.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::config::{Config, Level};
use crate::error::{Error, Result};
use crate::evaluate::{GoldLine, GoldPage, Label};
use crate::model::context::Seen;
use crate::model::line::Shape;
use crate::model::{Sight, words};
use crate::rules::{Category, Cut, Judge, Page, page};
use crate::text::hash;

/// Folds of the cross-validation; the pages of a site are in one.
pub(super) const FOLDS: usize = 5;

/// One line, ready to learn from.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    /// 1 boilerplate, 0 content, -1 neither counts.
    pub(super) label: i8,
    /// A line without a label that a reader would call content: it is learnt as such with less weight, and not scored.
    pub(super) lean: bool,
    /// A line whose label is not to be learnt, though it is scored.
    pub(super) doubtful: bool,
    /// The lowest level at which the rules take at least half of it, 3 when they do not.
    pub(super) taken: u8,
    /// A caption, or the rules take a part: the model takes it from `balanced` on.
    pub(super) late: bool,
    /// Characters, as they are scored.
    pub(super) chars: u32,
    /// Place in `Category::ALL`, 255 when nobody says.
    pub(super) category: u8,
    /// Slots of the first step.
    pub(super) slots: Vec<u32>,
    /// What the second step sees, but for the score.
    pub(super) seen: Seen,
}

/// What is known of a page without reading it.
#[derive(Debug, Clone)]
pub(super) struct Info {
    pub(super) id: String,
    pub(super) view: String,
    /// `None` for a page without one.
    pub(super) tier: Option<String>,
    pub(super) fold: usize,
    pub(super) lines: usize,
    /// Labelled by reading, line by line with categories.
    pub(super) read: bool,
    /// Superseded by a later page of the same name and view: scored, but not learnt from.
    pub(super) stale: bool,
    /// Indexes of its lines that are not blank; the others have no row.
    pub(super) index: Vec<u32>,
    at: u64,
    bytes: u32,
}

impl Info {
    /// How much a line of the page counts in training.
    pub(super) fn weight(&self) -> f32 {
        match (self.stale, self.read, self.tier.as_deref()) {
            (true, ..) => 0.0,
            (_, true, _) => 2.0,
            (.., Some("B")) => 0.5,
            _ => 1.0,
        }
    }
}

/// The pages.
pub(super) struct Cache {
    pub(super) pages: Vec<Info>,
    file: tempfile::NamedTempFile,
}

/// A reader of its own for every thread.
pub(super) struct Pages<'c> {
    cache: &'c Cache,
    file: File,
    bytes: Vec<u8>,
}

impl Cache {
    /// Reads gold files. Of pages with the same name and view the last is learnt from, all are scored.
    ///
    /// `content` are JSON lines with a `text` each that is content throughout; one document in [`CONTENT_SHARE`] is taken.
    pub(super) fn read(files: &[PathBuf], content: &[PathBuf], temp: &Path) -> Result<Self> {
        let file = tempfile::Builder::new()
            .prefix("dechaff-train-")
            .tempfile_in(temp)
            .map_err(|e| Error::io(e, temp))?;
        let mut out = BufWriter::with_capacity(1 << 20, file.reopen()?);
        let mut reader = GoldReader::new();
        let mut pages: Vec<Info> = Vec::new();
        let mut names: HashMap<(String, String), usize> = HashMap::new();
        let mut at = 0;
        let mut bytes = Vec::new();
        let mut add = |page: &GoldPage, out: &mut BufWriter<File>| -> Result<Info> {
            bytes.clear();
            let mut info = reader.page(page, &mut bytes);
            (info.at, info.bytes) = (at, bytes.len() as u32);
            at += bytes.len() as u64;
            out.write_all(&bytes)?;
            Ok(info)
        };
        for path in files {
            let gold = BufReader::with_capacity(
                1 << 20,
                File::open(path).map_err(|e| Error::io(e, path))?,
            );
            for (number, line) in gold.lines().enumerate() {
                let line = line.map_err(|e| Error::io(e, path))?;
                if line.trim().is_empty() {
                    continue;
                }
                let page: GoldPage = serde_json::from_str(&line).map_err(|e| {
                    Error::input(format!("not a labelled page: {e}"))
                        .at(path.display().to_string())
                        .record(number as u64)
                        .hint(crate::evaluate::FORM)
                })?;
                let info = add(&page, &mut out)?;
                if let Some(old) = names.insert((info.id.clone(), info.view.clone()), pages.len()) {
                    pages[old].stale = true;
                }
                pages.push(info);
            }
        }
        for path in content {
            for page in content_pages(path)? {
                pages.push(add(&page?, &mut out)?);
            }
        }
        out.flush()?;
        if pages.is_empty() {
            return Err(Error::input("there is no labelled page in the files given")
                .hint(r#"expected JSON lines: {"id","view","site","lines":[{"text","label":"keep|drop|skip"}]}"#));
        }
        Ok(Cache { pages, file })
    }

    pub(super) fn reader(&self) -> Result<Pages<'_>> {
        Ok(Pages {
            cache: self,
            file: self.file.reopen()?,
            bytes: Vec::new(),
        })
    }
}

/// Of documents that are content throughout, one in so many is learnt from.
const CONTENT_SHARE: u64 = 8;

/// A document of content.
#[derive(serde::Deserialize)]
struct Document {
    text: String,
}

/// The chosen documents of a file of content, as pages of a view of their own.
fn content_pages(path: &Path) -> Result<impl Iterator<Item = Result<GoldPage>>> {
    let name = path
        .file_stem()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let place = path.display().to_string();
    let file = BufReader::with_capacity(1 << 20, File::open(path).map_err(|e| Error::io(e, path))?);
    Ok(file.lines().enumerate().filter_map(move |(number, line)| {
        let wrong = |what: String| Error::input(what).at(place.clone()).record(number as u64);
        let document: Document = match line.map_err(|e| wrong(e.to_string())).and_then(|line| {
            serde_json::from_str(&line)
                .map_err(|e| wrong(format!("not a document with a text: {e}")))
        }) {
            Ok(document) => document,
            Err(error) => return Some(Err(error)),
        };
        if !hash::bytes64(document.text.as_bytes()).is_multiple_of(CONTENT_SHARE) {
            return None;
        }
        let line = |text: &str| GoldLine {
            text: text.into(),
            label: Label::Keep,
            soft: false,
            category: None,
            cls: None,
        };
        Some(Ok(GoldPage {
            id: format!("{name}#{number}"),
            view: format!("content {name}"),
            source: None,
            site: None,
            lang: None,
            kind: None,
            tier: None,
            lines: document.text.split('\n').map(line).collect(),
        }))
    }))
}

impl Pages<'_> {
    /// The lines of a page that are not blank.
    pub(super) fn lines(&mut self, page: usize, out: &mut Vec<Line>) -> Result<()> {
        let info = &self.cache.pages[page];
        self.bytes.resize(info.bytes as usize, 0);
        self.file.seek(SeekFrom::Start(info.at))?;
        self.file.read_exact(&mut self.bytes)?;
        out.clear();
        let mut input = &self.bytes[..];
        while !input.is_empty() {
            out.push(
                take(&mut input)
                    .ok_or_else(|| Error::input("the temporary file of the training changed"))?,
            );
        }
        Ok(())
    }
}

/// Turns gold pages into lines.
struct GoldReader {
    judge: Judge,
    sight: Sight,
}

impl GoldReader {
    fn new() -> Self {
        GoldReader {
            judge: Judge::new(&Config::default()),
            sight: Sight::default(),
        }
    }

    fn page(&mut self, gold: &GoldPage, out: &mut Vec<u8>) -> Info {
        let text = gold
            .lines
            .iter()
            .map(|l| l.text.as_str())
            .collect::<Vec<_>>()
            .join("\n");
        let page = Page::new(text.as_bytes());
        let (mut cuts, mut captions) = (Vec::new(), Vec::new());
        self.judge
            .judge_with_captions(&page, &mut cuts, &mut captions);
        let mut slots = Vec::new();
        self.sight.new_page(&page, &cuts, |tokens, shape| {
            let mut of_line = Vec::new();
            words::features(tokens, shape, |_, slot, _| of_line.push(slot));
            slots.push(of_line);
            0
        });
        let read = gold.lines.iter().any(|l| l.category.is_some());
        let taken = taken(&page, &cuts);
        for ((&i, seen), slots) in self.sight.index.iter().zip(&self.sight.seen).zip(slots) {
            // A gold line may hold no line end, so that lines of the page are lines of the gold.
            let line = &gold.lines[i];
            let label = match line.label {
                _ if line.soft => -1,
                Label::Keep => 0,
                Label::Drop => 1,
                Label::Skip => -1,
            };
            let (level, part) = taken[i];
            put(
                &Line {
                    label,
                    // Prose that automatic labels call boilerplate is a comment of a user more often than not, unless it
                    // is one of the notices that rules know.
                    doubtful: !read && label == 1 && seen.shape.prose && seen.ruled == 0,
                    taken: level,
                    lean: label < 0 && !line.soft && leans(line.cls.as_deref(), &seen.shape),
                    late: part || captions.binary_search(&i).is_ok(),
                    chars: line.text.chars().count() as u32,
                    category: category(line.category.as_deref(), level, &cuts, &page, i),
                    slots,
                    seen: *seen,
                },
                out,
            );
        }
        let site = gold.site.as_deref().unwrap_or(&gold.id);
        Info {
            id: gold.id.clone(),
            view: gold.view.clone(),
            tier: gold.tier.clone(),
            fold: (hash::bytes64(site.as_bytes()) % FOLDS as u64) as usize,
            lines: gold.lines.len(),
            read,
            stale: false,
            index: self.sight.index.iter().map(|&i| i as u32).collect(),
            at: 0,
            bytes: 0,
        }
    }
}

/// The labels leave open what a page's own extractor may have dropped; readers call most of it content: the title over the
/// text, tables, code, lines within the text, and what users say (but not the bare name and date over it).
fn leans(class: Option<&str>, shape: &Shape) -> bool {
    match class {
        Some("title" | "inside" | "table" | "code") => true,
        Some("comment") => shape.words >= 6 && shape.sentence,
        _ => false,
    }
}

/// For each line the lowest level at which rules take at least half of it (3: none), and whether they take a part only.
fn taken(page: &Page<'_>, cuts: &[Cut]) -> Vec<(u8, bool)> {
    let mut out = vec![(3, false); page.lines().len()];
    let mut union = Vec::new();
    for level in [Level::Aggressive, Level::Balanced, Level::Safe] {
        page::union(cuts, level, &mut union);
        for (i, line) in page.lines().iter().enumerate() {
            let (start, end) = (line.offset, line.offset + page.text(i).len());
            let cut: usize = union
                .iter()
                .map(|r| r.end.min(end).saturating_sub(r.start.max(start)))
                .sum();
            if cut > 0 && 2 * cut >= end - start {
                out[i].0 = level as u8;
            }
            out[i].1 |= cut > 0 && cut < end - start;
        }
    }
    out
}

/// The category that readers gave a line, or else the rule that takes it.
fn category(named: Option<&str>, level: u8, cuts: &[Cut], page: &Page<'_>, i: usize) -> u8 {
    let place = |c: Category| c as u8;
    if let Some(name) = named {
        return gold_category(name).map_or(255, place);
    }
    let line = page.lines()[i].range();
    let by_rule = cuts
        .iter()
        .find(|c| c.range.start <= line.start && c.range.end >= line.end);
    match by_rule {
        Some(cut) if level < 3 => place(cut.category),
        _ => 255,
    }
}

/// The categories of the gold files, which are finer than ours here and coarser there.
fn gold_category(name: &str) -> Option<Category> {
    Some(match name {
        "nav" | "navigation" => Category::Navigation,
        "related" | "read_also" => Category::Related,
        "comments_ui" | "comments" => Category::Comments,
        "share" => Category::Share,
        "newsletter" => Category::Newsletter,
        "donation" => Category::Donation,
        "cookie" => Category::Cookie,
        "legal_copyright" | "legal" => Category::Legal,
        "photo_credit" | "agency_credit" | "syndication_note" | "credit" => Category::Credit,
        "byline_date" | "author_bio" | "byline" => Category::Byline,
        "ad_promo" | "advertisement" => Category::Advertisement,
        "embed_placeholder" | "media" => Category::Media,
        "login_paywall" | "account" => Category::Account,
        "forum_chrome" | "forum" => Category::Forum,
        "other_boilerplate" | "other" => Category::Other,
        _ => return None,
    })
}

/// All numbers of a shape, in order; the only place that lists them, so that writing and reading agree.
macro_rules! shape_fields {
    ($with:ident) => {
        $with!(
            chars, words, letters, capitals, digits, signs, runs, titles, short_runs, separators,
            commas, stops
        )
    };
}

fn put(line: &Line, out: &mut Vec<u8>) {
    let (s, shape) = (&line.seen, &line.seen.shape);
    out.extend([
        line.label as u8,
        u8::from(line.doubtful) | u8::from(line.lean) << 1,
        line.taken,
        u8::from(line.late),
        line.category,
        s.ruled,
    ]);
    out.extend([
        u8::from(s.gap_before),
        u8::from(s.gap_after),
        shape.marks,
        shape.first,
        shape.last,
        shape.script,
    ]);
    out.extend([u8::from(shape.sentence), u8::from(shape.prose), s.category]);
    let mut number = |n: u32| out.extend(n.to_le_bytes());
    number(line.chars);
    number(s.copies);
    macro_rules! each {
        ($($field:ident),+) => { $(number(shape.$field);)+ };
    }
    shape_fields!(each);
    number(line.slots.len() as u32);
    line.slots.iter().for_each(|&slot| number(slot));
}

fn take(input: &mut &[u8]) -> Option<Line> {
    fn number(input: &mut &[u8]) -> Option<u32> {
        let (head, tail) = input.split_first_chunk()?;
        *input = tail;
        Some(u32::from_le_bytes(*head))
    }
    let (b, tail) = input.split_first_chunk::<15>()?;
    *input = tail;
    let mut line = Line {
        label: b[0] as i8,
        doubtful: b[1] & 1 == 1,
        lean: b[1] & 2 == 2,
        taken: b[2],
        late: b[3] == 1,
        category: b[4],
        ..Line::default()
    };
    line.chars = number(input)?;
    line.seen = Seen {
        ruled: b[5],
        category: b[14],
        gap_before: b[6] == 1,
        gap_after: b[7] == 1,
        copies: number(input)?,
        ..Seen::default()
    };
    let mut shape = Shape {
        marks: b[8],
        first: b[9],
        last: b[10],
        script: b[11],
        sentence: b[12] == 1,
        prose: b[13] == 1,
        ..Shape::default()
    };
    macro_rules! each {
        ($($field:ident),+) => { $(shape.$field = number(input)?;)+ };
    }
    shape_fields!(each);
    line.seen.shape = shape;
    let n = number(input)?;
    line.slots = (0..n).map(|_| number(input)).collect::<Option<_>>()?;
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_back_as_it_was_written() {
        let shape = Shape {
            chars: 1,
            words: 2,
            letters: 3,
            stops: 12,
            marks: 5,
            last: 9,
            prose: true,
            ..Shape::default()
        };
        let seen = Seen {
            shape,
            ruled: 2,
            copies: 7,
            gap_after: true,
            ..Seen::default()
        };
        let line = Line {
            label: -1,
            late: true,
            taken: 3,
            chars: 77,
            category: 4,
            slots: vec![5, 6],
            seen,
            ..Line::default()
        };
        let mut bytes = Vec::new();
        put(&line, &mut bytes);
        let mut input = &bytes[..];
        assert_eq!(take(&mut input), Some(line));
        assert!(input.is_empty());
        assert_eq!(take(&mut &bytes[..bytes.len() - 1]), None);
    }
}

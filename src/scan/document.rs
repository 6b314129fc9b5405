//! Scan of one document: boilerplate, paragraphs, folded form, keys. Pure: a document and the configuration go in, rows
//! come out, and no other document matters.

mod lines;

use std::ops::Range;

use crate::boilerplate::{Found, Judge};
use crate::config::{Config, Dedup};
use crate::files::keys::{Repeats, Rows};
use crate::files::row::{self, CutRow, Doc, Para, flag};
use crate::io::Document;
use crate::method::{self, Key, Method};
use crate::near::context::Collector;
use crate::near::verdict::template_key;
use crate::rules::{self, Page};
use crate::text::fold::{Folded, Folder};
use crate::text::line::Line;
use crate::text::segment::{self, Paragraph};
use crate::text::{hash, quote, shingle};

/// The rows of some documents. Numbers of documents and paragraphs count from the start of the batch.
#[derive(Default)]
pub struct Batch {
    /// The documents.
    pub docs: Vec<Doc>,
    /// Their paragraphs.
    pub paras: Vec<Para>,
    /// The judged texts of the paragraphs, end to end.
    pub texts: String,
    /// Where each of them ends in `texts`.
    pub text_ends: Vec<usize>,
    /// The keys of all paragraphs, in their order.
    pub keys: Rows,
    /// The cuts.
    pub cuts: Vec<CutRow>,
    /// The lines of documents with a site.
    pub lines: Vec<row::Line>,
}

/// Scans documents one after the other, reusing its buffers.
pub struct Scanner<'c> {
    config: &'c Config,
    judge: &'c Judge,
    /// Whether lines are counted over their sites.
    frequency: bool,
    method: &'static Method,
    folder: Folder,
    folded: Folded,
    shingles: Vec<u64>,
    keys: Vec<Key>,
    repeats: Repeats,
    found: Found,
    ranges: Vec<Range<usize>>,
    paragraphs: Vec<Paragraph>,
    text: String,
    facts: Collector,
}

impl<'c> Scanner<'c> {
    /// A scanner for one thread.
    pub fn new(config: &'c Config, judge: &'c Judge) -> Self {
        Scanner {
            config,
            judge,
            frequency: config.boilerplate.is_some() && config.uses(rules::FREQUENCY_NAME),
            method: method::of(config.method),
            folder: Folder::default(),
            folded: Folded::default(),
            shingles: Vec::new(),
            keys: Vec::new(),
            repeats: Repeats::default(),
            found: Found::default(),
            ranges: Vec::new(),
            paragraphs: Vec::new(),
            text: String::new(),
            facts: Collector::default(),
        }
    }

    /// Scans one document into the batch.
    pub fn scan(&mut self, source: u32, record: u32, document: &Document<'_>, out: &mut Batch) {
        let page = Page::new(&document.text);
        let doc = out.docs.len() as u32;
        let (paras_before, cuts_before) = (out.paras.len(), out.cuts.len());
        let lines_before = out.lines.len();
        let site = document.url.as_deref().map_or(0, site);
        let counted = self.frequency && site != 0;
        self.boilerplate(&page, doc, out);
        if self.config.dedup != Dedup::Off || counted {
            self.paragraphs(&page, doc, counted, out);
        }
        if counted {
            self.cut_lines(&page, lines_before, out);
        }
        out.docs.push(Doc {
            source,
            record,
            paras: (out.paras.len() - paras_before) as u32,
            cuts: (out.cuts.len() - cuts_before) as u32,
            chars: chars(&page, std::slice::from_ref(&(0..document.text.len()))),
            boilerplate: chars(&page, &self.ranges),
            site,
            content: hash::bytes64(&document.text),
            facts: self.facts.finish(),
            lines: (out.lines.len() - lines_before) as u32,
            id: document.id.as_deref().map(str::to_owned),
        });
    }

    fn boilerplate(&mut self, page: &Page<'_>, doc: u32, out: &mut Batch) {
        self.found.clear();
        self.ranges.clear();
        let Some(level) = self.config.boilerplate else {
            return;
        };
        self.judge.judge(page, &mut self.found);
        rules::page::union(&self.found.cuts, level, &mut self.ranges);
        let lines = page.lines();
        out.cuts.extend(self.found.cuts.iter().map(|cut| CutRow {
            doc,
            start: cut.range.start as u32,
            end: cut.range.end as u32,
            evidence: cut.rule,
            category: cut.category as u8,
            level: cut.level as u8,
            score: cut.score,
            line: lines.partition_point(|l| l.end <= cut.range.start) as u32,
            text: hash::bytes64(page.bytes()[cut.range.clone()].trim_ascii()),
        }));
    }

    fn paragraphs(&mut self, page: &Page<'_>, doc: u32, counted: bool, out: &mut Batch) {
        let lines = page.lines();
        let fate = Fate::of(page, &self.ranges);
        segment::paragraphs(
            lines,
            self.config.segment,
            &|i| fate.gone(i),
            &|i| fate.touched(i),
            &mut self.paragraphs,
        );
        let paragraphs = std::mem::take(&mut self.paragraphs);
        for &paragraph in &paragraphs {
            segment::judged_text(lines, paragraph, &self.ranges, &mut self.text);
            self.folder.fold(&self.text, &mut self.folded);
            if counted {
                let range =
                    lines[paragraph.first as usize].start..lines[paragraph.last as usize - 1].end;
                let row = lines::row(page, paragraph.first, range, &self.text, &self.folded);
                out.lines.push(row::Line {
                    chars: row.chars - lines::cut_chars(page, &self.ranges, &row),
                    ..row
                });
            }
            if self.config.dedup == Dedup::Off {
                continue;
            }
            let halves = self.folded.half_tokens();
            let samples = self.keys(halves, out);
            if self.config.dedup == Dedup::Near {
                let shingles = (samples > 0).then_some(self.shingles.as_slice());
                self.facts.add_shingled(&self.text, &self.folded, shingles);
            }
            let empty = self.folded.tokens.is_empty();
            out.paras.push(Para {
                doc,
                line: paragraph.first,
                start: lines[paragraph.first as usize].start as u32,
                end: lines[paragraph.last as usize - 1].end as u32,
                halves,
                samples,
                flags: (u8::from(empty) * flag::EMPTY)
                    | (u8::from(self.is_caption(paragraph)) * flag::CAPTION)
                    | (u8::from(samples > 0 && self.shingles.len() > self.method.whole)
                        * flag::SAMPLED)
                    | (u8::from(is_quoted(lines, paragraph)) * flag::QUOTED),
                exact: hash::bytes128(if empty {
                    self.text.trim().as_bytes()
                } else {
                    self.folded.text.as_bytes()
                }),
                template: if samples > 0 {
                    template_key(&self.folded) as u32
                } else {
                    0
                },
            });
            out.texts.push_str(&self.text);
            out.text_ends.push(out.texts.len());
        }
        self.paragraphs = paragraphs;
    }

    /// Adds the lines that rules took whole to those of the document, in order.
    fn cut_lines(&mut self, page: &Page<'_>, from: usize, out: &mut Batch) {
        let fate = Fate::of(page, &self.ranges);
        for (index, line) in page.lines().iter().enumerate() {
            if let Some(text) = line.text.filter(|t| !t.is_empty() && fate.gone(index)) {
                self.folder.fold(text, &mut self.folded);
                let row = lines::row(page, index as u32, line.range(), text, &self.folded);
                out.lines.push(row::Line {
                    chars: 0,
                    flags: row.flags | row::line::CUT,
                    ..row
                });
            }
        }
        out.lines[from..].sort_by_key(|l| l.line);
    }

    fn is_caption(&self, paragraph: Paragraph) -> bool {
        let at = self
            .found
            .captions
            .partition_point(|&line| line < paragraph.first as usize);
        self.found
            .captions
            .get(at)
            .is_some_and(|&line| line < paragraph.last as usize)
    }

    /// Writes the keys of the folded paragraph, when it is long enough to be a near-duplicate. Returns how many different
    /// ones there are: as many as another paragraph can share, also where a refrain repeats one.
    fn keys(&mut self, halves: u32, out: &mut Batch) -> u32 {
        self.keys.clear();
        if self.config.dedup == Dedup::Near && halves >= 2 * self.config.min_near_tokens {
            shingle::shingles(&self.folded, &mut self.shingles);
            (self.method.keys)(&self.shingles, &mut self.keys);
        }
        out.keys.push(&self.keys, &mut self.repeats)
    }
}

/// True when the first line of a paragraph has a quote prefix.
fn is_quoted(lines: &[Line<'_>], paragraph: Paragraph) -> bool {
    let text = lines[paragraph.first as usize].text.unwrap_or_default();
    quote::prefix(text) > 0
}

/// What the cuts leave of each line.
struct Fate(Vec<u8>);

impl Fate {
    fn of(page: &Page<'_>, cuts: &[Range<usize>]) -> Self {
        let mut fate = vec![
            0;
            if cuts.is_empty() {
                0
            } else {
                page.lines().len()
            }
        ];
        let mut next = cuts.iter().peekable();
        for (line, fate) in page.lines().iter().zip(&mut fate) {
            while next.peek().is_some_and(|c| c.end <= line.start) {
                next.next();
            }
            let Some(cut) = next.peek().filter(|c| c.start < line.end) else {
                continue;
            };
            *fate = if cut.start <= line.start && cut.end >= line.end {
                2
            } else {
                1
            };
        }
        Fate(fate)
    }

    fn gone(&self, line: usize) -> bool {
        self.0.get(line) == Some(&2)
    }

    fn touched(&self, line: usize) -> bool {
        self.0.get(line) == Some(&1)
    }
}

/// Characters of the lines' trimmed text inside these ranges.
fn chars(page: &Page<'_>, ranges: &[Range<usize>]) -> u32 {
    let mut total = 0;
    let first = ranges.first().map_or(0, |r| r.start);
    let from = page.lines().partition_point(|l| l.end <= first);
    let mut lines = page.lines()[from..].iter().peekable();
    for range in ranges {
        while let Some(line) = lines.peek().filter(|l| l.start < range.end) {
            if let Some(text) = line.text {
                let from = range.start.clamp(line.offset, line.offset + text.len()) - line.offset;
                let to = range.end.clamp(line.offset, line.offset + text.len()) - line.offset;
                total += text[from..to].chars().count();
            }
            if line.end > range.end {
                break;
            }
            lines.next();
        }
    }
    total as u32
}

/// Hash of the host of an http(s) address, lower case, without `www.`; 0 when there is none.
fn site(url: &str) -> u64 {
    let Some((scheme, rest)) = url.split_once("://") else {
        return 0;
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return 0;
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host
        .rsplit('@')
        .next()
        .unwrap_or("")
        .split(':')
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    match host.strip_prefix("www.").unwrap_or(&host) {
        "" => 0,
        host => hash::bytes64(host.as_bytes()).max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_its_host() {
        assert_eq!(
            site("http://www.Example.org/a?b"),
            site("https://example.org:8080")
        );
        assert_ne!(site("http://a.example.org"), site("http://example.org"));
        assert_eq!(
            (
                site("reuters21578:1"),
                site("ftp://example.org"),
                site("http:///x")
            ),
            (0, 0, 0)
        );
    }

    #[test]
    fn characters_are_those_of_the_cut_ranges() {
        let text = "  abc é \nxyz\n\n123";
        let page = Page::new(text.as_bytes());
        assert_eq!(
            chars(&page, std::slice::from_ref(&(0..text.len()))),
            5 + 3 + 3
        );
        assert_eq!(chars(&page, &[3..5, 10..14]), 2 + 3);
        assert_eq!(chars(&page, &[3..12, 15..17]), 4 + 2 + 2);
    }
}

//! Scores boilerplate removal on pages whose lines people have labelled.
//!
//! A gold file is JSON lines: `{"id","view","source","lang","type","tier","lines":[{"text","label","soft"?,"category"?}]}`
//! with the labels `keep`, `drop` and `skip`. Each page is judged as `clean` would judge a document made of its lines, and
//! a line counts as removed when at least half of its characters are cut. Lines labelled `skip` or marked `soft` may go
//! or stay. The file is read as a stream, one page at a time.
//!
//! What is counted stands in [`counts`], what is listed in [`samples`], how it is shown in [`table`]. Nothing here knows a rule.

pub mod counts;
pub mod samples;
pub mod table;

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::config::{Config, Level};
use crate::error::{Error, Result};
use crate::rules::{Cut, Judge, Page, RULES, page};

pub use counts::{CategoryCounts, Counts, RuleCounts};
pub use samples::{Lost, Missed, Samples};

/// By what the pages, or their lines, are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Where the page was labelled.
    Source,
    /// Its language.
    Lang,
    /// Its type: article, forum, …
    Type,
    /// The category of the labelled line: recall only, since content has none.
    Category,
}

impl By {
    /// Reads the name used on the command line.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "source" => Ok(By::Source),
            "lang" => Ok(By::Lang),
            "type" => Ok(By::Type),
            "category" => Ok(By::Category),
            _ => Err(Error::usage(format!(
                "cannot group by {name:?}; expected source, lang, type or category"
            ))),
        }
    }
}

/// What is scored, and what is shown of it.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The rules that take part, and the level at which boilerplate goes.
    pub config: Config,
    /// Only pages of this view.
    pub view: Option<String>,
    /// Only pages of this tier.
    pub tier: Option<String>,
    /// How rows are grouped below the row of all pages.
    pub by: Option<By>,
    /// How many wrongly removed lines are listed, the costliest first.
    pub errors: usize,
    /// How many of the boilerplate lines that stayed are listed, chosen by hash.
    pub missed: usize,
}

/// One line of a gold page.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldLine {
    /// The line, without its end.
    pub text: String,
    /// What became of it in the eyes of a reader.
    pub label: Label,
    /// The line may go or stay.
    #[serde(default)]
    pub soft: bool,
    /// What kind of boilerplate it is.
    #[serde(default)]
    pub category: Option<String>,
}

/// The verdict of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// Content.
    Keep,
    /// Boilerplate.
    Drop,
    /// Either.
    Skip,
}

/// A labelled page.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldPage {
    /// Its name; with the view it is unique in the file.
    pub id: String,
    /// How its text was extracted.
    pub view: String,
    /// Where it was labelled.
    #[serde(default)]
    pub source: Option<String>,
    /// Its language.
    #[serde(default)]
    pub lang: Option<String>,
    /// Its type.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// How reliable its labels are.
    #[serde(default)]
    pub tier: Option<String>,
    /// Its lines in order.
    pub lines: Vec<GoldLine>,
}

/// One line of the predictions file.
#[derive(Serialize)]
struct Prediction<'a> {
    id: &'a str,
    view: &'a str,
    removed: &'a [usize],
}

/// The figures of a gold file.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// By view and group; the group of all pages of a view is `ALL`.
    pub groups: BTreeMap<(String, String), Counts>,
    /// By rule (index in [`RULES`]) and level.
    pub rules: BTreeMap<(u8, Level), RuleCounts>,
    /// By gold category of the line.
    pub categories: BTreeMap<String, CategoryCounts>,
    /// Content lines removed, by the category of each rule that took part.
    pub lost_by_category: BTreeMap<&'static str, u64>,
    /// Pages that `max-document-loss` kept whole.
    pub protected: u64,
    /// Lines to look at.
    pub samples: Samples,
}

/// Scores a gold file. `predictions` gets one line per page scored: `{"id","view","removed":[line indexes]}`.
///
/// # Errors
/// A line that is not a gold page, named by its number, or a file that cannot be read or written.
pub fn evaluate(
    gold: impl BufRead,
    options: &Options,
    mut predictions: Option<&mut dyn Write>,
) -> Result<Evaluation> {
    let judge = Judge::new(&options.config);
    let mut out = Evaluation {
        samples: Samples::new(options.errors, options.missed),
        ..Evaluation::default()
    };
    let mut judged = Judged::default();
    for (number, line) in gold.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let page: GoldPage = serde_json::from_str(&line)
            .map_err(|e| Error::input(format!("not a labelled page: {e}")).record(number as u64))?;
        let other = |wanted: &Option<String>, found: Option<&String>| {
            wanted.as_ref().is_some_and(|w| Some(w) != found)
        };
        if other(&options.view, Some(&page.view)) || other(&options.tier, page.tier.as_ref()) {
            continue;
        }
        judged.judge(&judge, &options.config, &page);
        if let Some(file) = predictions.as_mut() {
            let prediction = Prediction {
                id: &page.id,
                view: &page.view,
                removed: &judged.removed,
            };
            serde_json::to_writer(&mut **file, &prediction).map_err(std::io::Error::from)?;
            file.write_all(b"\n")?;
        }
        out.add(&page, &judged, options.by);
    }
    Ok(out)
}

/// What the judge made of one page. Reused from page to page.
#[derive(Default)]
struct Judged {
    text: String,
    /// Where each gold line stands in `text`.
    spans: Vec<Range<usize>>,
    /// The cuts that fall at the level asked for.
    cuts: Vec<Cut>,
    /// Characters and cut characters of each line.
    chars: Vec<(usize, usize)>,
    /// Indexes of the lines that count as removed.
    removed: Vec<usize>,
    /// The page would have lost more than it may.
    protected: bool,
}

impl Judged {
    fn judge(&mut self, judge: &Judge, config: &Config, gold: &GoldPage) {
        self.join(gold);
        self.cuts.clear();
        if let Some(level) = config.boilerplate {
            judge.judge(&Page::new(self.text.as_bytes()), &mut self.cuts);
            self.cuts.retain(|c| c.level <= level);
        }
        self.measure();
        let total: usize = self.chars.iter().map(|c| c.0).sum();
        let cut: usize = self.chars.iter().map(|c| c.1).sum();
        let limit = u64::from(config.max_document_loss.0);
        self.protected = cut as u64 * 10_000 > limit * total as u64;
        if self.protected {
            self.cuts.clear();
            self.chars.iter_mut().for_each(|c| c.1 = 0);
        }
        self.removed.clear();
        let gone = |&(_, &(chars, cut)): &(usize, &(usize, usize))| cut > 0 && 2 * cut >= chars;
        self.removed
            .extend(self.chars.iter().enumerate().filter(gone).map(|(i, _)| i));
    }

    fn join(&mut self, gold: &GoldPage) {
        self.text.clear();
        self.spans.clear();
        for (i, line) in gold.lines.iter().enumerate() {
            if i > 0 {
                self.text.push('\n');
            }
            let start = self.text.len();
            self.text.push_str(&line.text);
            self.spans.push(start..self.text.len());
        }
    }

    fn measure(&mut self) {
        let mut union = Vec::new();
        page::union(&self.cuts, Level::Aggressive, &mut union);
        self.chars.clear();
        let mut first = 0;
        for span in &self.spans {
            while union.get(first).is_some_and(|u| u.end <= span.start) {
                first += 1;
            }
            let cut = union[first..]
                .iter()
                .take_while(|u| u.start < span.end)
                .map(|u| {
                    self.text[u.start.max(span.start)..u.end.min(span.end)]
                        .chars()
                        .count()
                })
                .sum();
            self.chars
                .push((self.text[span.clone()].chars().count(), cut));
        }
    }

    /// The cuts that touch a line. Cuts are sorted by their start, but a long one may begin lines before.
    fn cuts_of(&self, line: usize) -> impl Iterator<Item = &Cut> {
        let span = self.spans[line].clone();
        self.cuts
            .iter()
            .filter(move |c| c.range.start < span.end && c.range.end > span.start)
    }
}

impl Evaluation {
    fn add(&mut self, page: &GoldPage, judged: &Judged, by: Option<By>) {
        let counts = Counts::of(page, judged.removed.as_slice(), &judged.chars);
        let none = || "none".to_string();
        let group = match by {
            Some(By::Source) => Some(page.source.clone().unwrap_or_else(none)),
            Some(By::Lang) => Some(page.lang.clone().unwrap_or_else(none)),
            Some(By::Type) => Some(page.kind.clone().unwrap_or_else(none)),
            Some(By::Category) | None => None,
        };
        for name in std::iter::once("ALL".to_string()).chain(group) {
            *self.groups.entry((page.view.clone(), name)).or_default() += counts;
        }
        self.protected += u64::from(judged.protected);
        let mut removed = judged.removed.iter().peekable();
        for (i, line) in page.lines.iter().enumerate() {
            let gone = removed.next_if(|&&r| r == i).is_some();
            self.add_rules(line, judged, i, gone);
            if !line.soft && line.label != Label::Skip {
                self.add_line(page, line, judged, i, gone);
            }
        }
    }

    fn add_line(
        &mut self,
        page: &GoldPage,
        line: &GoldLine,
        judged: &Judged,
        i: usize,
        gone: bool,
    ) {
        let name = line.category.as_deref().unwrap_or(match line.label {
            Label::Drop => "uncategorised",
            _ => "content",
        });
        if !self.categories.contains_key(name) {
            self.categories
                .insert(name.to_string(), CategoryCounts::default());
        }
        if let Some(c) = self.categories.get_mut(name) {
            c.add(line.label, gone);
        }
        match (line.label, gone) {
            (Label::Keep, true) => {
                let mut categories: Vec<_> = judged.cuts_of(i).map(category).collect();
                categories.sort_unstable();
                categories.dedup();
                for c in categories {
                    *self.lost_by_category.entry(c).or_default() += 1;
                }
                let chars = judged.chars[i].0 as u64;
                self.samples
                    .lost(page, i, chars, || evidence(judged.cuts_of(i)));
            }
            (Label::Drop, false) => self.samples.missed(page, i),
            _ => {}
        }
    }

    fn add_rules(&mut self, line: &GoldLine, judged: &Judged, i: usize, gone: bool) {
        if judged.chars[i].1 == 0 {
            return;
        }
        let mut keys: Vec<_> = judged.cuts_of(i).map(|c| (c.rule, c.level)).collect();
        keys.sort_unstable();
        // Of one rule the line falls at the lowest level; the higher ones add nothing.
        keys.dedup_by_key(|k| k.0);
        let alone = keys.len() == 1;
        for key in keys {
            let chars = judged.chars[i].0 as u64;
            self.rules
                .entry(key)
                .or_default()
                .add(line, gone, alone, chars);
        }
    }
}

/// Names the rules of these cuts with their levels: `cookie-notice@safe`.
fn evidence<'c>(cuts: impl Iterator<Item = &'c Cut>) -> String {
    let mut names: Vec<_> = cuts
        .map(|c| format!("{}@{}", RULES[c.rule as usize].name, c.level.name()))
        .collect();
    names.dedup();
    names.join(" ")
}

/// The category of the rule that made this cut, as it is written in files.
fn category(cut: &Cut) -> &'static str {
    use crate::rules::Category as C;
    match RULES[cut.rule as usize].category {
        C::Navigation => "navigation",
        C::Related => "related",
        C::Comments => "comments",
        C::Share => "share",
        C::Newsletter => "newsletter",
        C::Donation => "donation",
        C::Cookie => "cookie",
        C::Legal => "legal",
        C::Credit => "credit",
        C::Byline => "byline",
        C::Advertisement => "advertisement",
        C::Media => "media",
        C::Account => "account",
        C::Forum => "forum",
        C::Other => "other",
    }
}

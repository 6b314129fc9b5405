//! Scores boilerplate removal on pages whose lines people have labelled.
//!
//! A gold file is JSON lines: `{"id","view","source","lang","type","tier","lines":[{"text","label","soft"?,"category"?}]}`
//! with the labels `keep`, `drop` and `skip`. Each page is judged as `clean` would judge a document made of its lines, and
//! a line counts as removed when at least half of its characters are cut. Lines labelled `skip` or marked `soft` may go
//! or stay. The file is read as a stream, one page at a time.
//!
//! A page as it is read is a [`GoldPage`]; what is counted stands in [`counts`], what is listed in
//! [`samples`], how it is shown in [`table`]. Nothing here knows a rule.

pub mod counts;
mod gold;
mod judged;
pub mod samples;
pub mod table;

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use serde::Serialize;

use crate::boilerplate::Judge;
use crate::config::{Config, Level};
use crate::error::{Error, Result};
use crate::rules::{self, Cut};

pub use counts::{CategoryCounts, Counts, RuleCounts};
pub(crate) use gold::FORM;
pub use gold::{GoldLine, GoldPage, Label};
use judged::Judged;
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
    /// By rule (index in [`rules::RULES`], or a reserved number) and level.
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
    let judge = Judge::new(&options.config)?;
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
        let page: GoldPage = serde_json::from_str(&line).map_err(|e| {
            Error::input(format!("not a labelled page: {e}"))
                .record(number as u64)
                .hint(gold::FORM)
        })?;
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
                let mut categories: Vec<_> = judged.cuts_of(i).map(|c| c.category.name()).collect();
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
        .map(|c| format!("{}@{}", rules::evidence_name(c.rule), c.level.name()))
        .collect();
    names.dedup();
    names.join(" ")
}

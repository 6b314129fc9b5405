//! An evaluation as tables for a terminal.

use std::fmt::{self, Display, Write};

use super::counts::ratio;
use super::{By, Evaluation};
use crate::rules;
use crate::text::visible;

/// Groups of fewer pages say nothing and are not shown.
const MIN_PAGES: u64 = 5;

/// Longest text shown of a listed line, in characters.
const SHOWN: usize = 160;

impl Evaluation {
    /// Returns the tables, one after the other.
    pub fn render(&self, by: Option<By>) -> String {
        let mut out = String::new();
        let written = self.write(&mut out, by);
        written.expect("writing to a string does not fail");
        out
    }

    fn write(&self, out: &mut String, by: Option<By>) -> fmt::Result {
        self.write_groups(out)?;
        if by == Some(By::Category) {
            self.write_categories(out)?;
        }
        self.write_rules(out)?;
        self.write_samples(out)
    }

    fn write_groups(&self, out: &mut String) -> fmt::Result {
        let mut rows: Vec<_> = self.groups.iter().collect();
        rows.sort_by_key(|((view, group), _)| (view, group != "ALL", group));
        writeln!(
            out,
            "{:6} {:16}{:>6}{:>8}{:>8}{:>7}{:>7}{:>7}{:>7}{:>8}{:>7}{:>8}{:>7}",
            "view",
            "group",
            "pages",
            "drop",
            "keep",
            "P",
            "R",
            "F1",
            "Rchar",
            "LOSS%",
            "pg>1%",
            "pg>10%",
            "lossP"
        )?;
        for ((view, group), c) in rows {
            if group != "ALL" && c.pages < MIN_PAGES {
                continue;
            }
            let share = |n: u64| 100.0 * n as f64 / c.pages.max(1) as f64;
            writeln!(
                out,
                "{:6} {:16}{:>6}{:>8}{:>8}{:>7.3}{:>7.3}{:>7.3}{:>7.3}{:>8.2}{:>7.1}{:>8.1}{:>7.1}",
                visible::plain(view),
                short(group, 15),
                c.pages,
                c.dropped + c.missed,
                c.keep,
                c.precision(),
                c.recall(),
                c.f1(),
                c.char_recall(),
                c.loss_percent(),
                share(c.over_1_percent),
                share(c.over_10_percent),
                c.lost_per_1000(),
            )?;
        }
        if self.protected > 0 {
            let pages = plural(self.protected, "page");
            writeln!(out, "{pages} kept whole by max-document-loss")?;
        }
        Ok(())
    }

    fn write_categories(&self, out: &mut String) -> fmt::Result {
        let mut rows: Vec<_> = self.categories.iter().collect();
        rows.sort_by_key(|(name, c)| (std::cmp::Reverse(c.drop), *name));
        writeln!(
            out,
            "\n{:24}{:>8}{:>8}{:>7}{:>8}{:>8}",
            "gold category", "drop", "removed", "R", "keep", "lost"
        )?;
        for (name, c) in rows {
            writeln!(
                out,
                "{:24}{:>8}{:>8}{:>7.3}{:>8}{:>8}",
                short(name, 23),
                c.drop,
                c.dropped,
                ratio(c.dropped, c.drop),
                c.keep,
                c.lost
            )?;
        }
        writeln!(out, "\n{:24}{:>8}", "rules' category", "lost")?;
        for (name, lost) in &self.lost_by_category {
            writeln!(out, "{name:24}{lost:>8}")?;
        }
        Ok(())
    }

    fn write_rules(&self, out: &mut String) -> fmt::Result {
        writeln!(
            out,
            "\n{:28}{:12}{:>8}{:>8}{:>8}{:>7}{:>7}{:>7}{:>7}{:>11}",
            "rule", "level", "lines", "drop", "alone", "keep", "skip", "parts", "P", "chars lost"
        )?;
        let mut rows: Vec<_> = self.rules.iter().collect();
        rows.sort_by_key(|(key, c)| (std::cmp::Reverse(c.lines), **key));
        for ((rule, level), c) in rows {
            writeln!(
                out,
                "{:28}{:12}{:>8}{:>8}{:>8}{:>7}{:>7}{:>7}{:>7.3}{:>11}",
                short(rules::evidence_name(*rule), 27),
                level.name(),
                c.lines,
                c.dropped,
                c.alone,
                c.lost,
                c.skipped,
                c.parts,
                ratio(c.dropped, c.dropped + c.lost),
                c.lost_chars,
            )?;
        }
        Ok(())
    }

    fn write_samples(&self, out: &mut String) -> fmt::Result {
        let lost = self.samples.most_lost();
        if !lost.is_empty() {
            writeln!(out, "\ncontent that went, costliest first")?;
        }
        for l in lost {
            writeln!(
                out,
                "  [{}] {}:{}, {} characters\n    {}",
                l.evidence,
                visible::plain(&l.page),
                l.line,
                l.chars,
                Shown(&l.text)
            )?;
        }
        let missed = self.samples.some_missed();
        if !missed.is_empty() {
            writeln!(out, "\nboilerplate that stayed, a random choice")?;
        }
        for m in missed {
            let category = visible::plain(m.category.as_deref().unwrap_or("uncategorised"));
            let (page, line) = (visible::plain(&m.page), m.line);
            writeln!(out, "  [{category}] {page}:{line}\n    {}", Shown(&m.text))?;
        }
        Ok(())
    }
}

/// The first characters of a text; what a terminal would obey is escaped.
struct Shown<'a>(&'a str);

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.0.chars().take(SHOWN).collect();
        f.write_str(&visible::plain(&shown))?;
        if self.0.chars().nth(SHOWN).is_some() {
            f.write_str("…")?;
        }
        Ok(())
    }
}

fn short(text: &str, most: usize) -> String {
    visible::plain(text).chars().take(most).collect()
}

fn plural(count: u64, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

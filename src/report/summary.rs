//! The report for a terminal: a few aligned lines, what deserves a look, and where the results are.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::path::Path;

use super::{Alarm, Amount, Report};
pub(crate) use crate::text::visible::plain;

/// How many rules are shown; the rest is in the report.
const RULES: usize = 6;

/// How many records or documents a warning names.
const NAMED: usize = 3;

/// Something the reader of a summary should know. The text names the cause and the option that helps.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// Records could not be read.
    Quarantined {
        /// How many.
        count: u64,
        /// The first of them, with the reason.
        first: Vec<String>,
    },
    /// Documents kept their boilerplate.
    Protected {
        /// How many.
        count: u64,
        /// The first of them.
        first: Vec<String>,
    },
    /// Lines were not UTF-8.
    PassedOver {
        /// How many.
        count: u64,
        /// The first documents.
        first: Vec<String>,
    },
    /// Far more went than is plausible.
    Alarm(Alarm),
    /// Paragraphs had more candidates than are verified.
    Capped {
        /// How many.
        count: u64,
    },
    /// Nothing was read.
    Empty,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Quarantined { count, first } => write!(
                f,
                "{} could not be read: {}; kept under _dechaff/quarantine (--strict makes this a failure)",
                plural(*count, "record"),
                list(first, *count)
            ),
            Warning::Protected { count, first } => write!(
                f,
                "{} would have lost nearly everything to boilerplate and kept it: {} (--max-document-loss)",
                plural(*count, "document"),
                list(first, *count)
            ),
            Warning::PassedOver { count, first } => write!(
                f,
                "{} not UTF-8, passed unchanged: {} (--encoding names another encoding)",
                plural(*count, "line"),
                list(first, first.len() as u64)
            ),
            Warning::Alarm(alarm) => write!(f, "ALARM: {alarm}"),
            Warning::Capped { count } => write!(
                f,
                "{} had more similar paragraphs than are compared; some near-duplicates of them may have stayed",
                plural(*count, "paragraph")
            ),
            Warning::Empty => f.write_str("no document was read; check the input and --format"),
        }
    }
}

impl Report {
    /// What deserves a look.
    pub fn warnings(&self) -> Vec<Warning> {
        let mut out: Vec<_> = self.alarms.iter().cloned().map(Warning::Alarm).collect();
        if self.documents.r#in == 0 {
            out.push(Warning::Empty);
        }
        let (count, q) = (self.quarantined.count, &self.quarantined);
        if count > 0 {
            let first = q.first.iter().take(NAMED);
            let first =
                first.map(|r| format!("{}#{} ({})", plain(&r.source), r.record, plain(&r.note)));
            let first = first.collect();
            out.push(Warning::Quarantined { count, first });
        }
        for (named, protected) in [(&self.protected, true), (&self.passed_over, false)] {
            let count = named.count;
            let first = named.first.iter().take(NAMED);
            let first = first.map(|r| plain(&r.id)).collect();
            match protected {
                _ if count == 0 => {}
                true => out.push(Warning::Protected { count, first }),
                false => out.push(Warning::PassedOver { count, first }),
            }
        }
        let count = self.candidates_capped;
        if count > 0 {
            out.push(Warning::Capped { count });
        }
        out
    }

    /// Returns the summary for standard error. `output` is the folder of results, if there is one.
    pub fn summary(&self, output: Option<&Path>) -> String {
        let mut out = String::new();
        let written = self.write_summary(&mut out, output);
        written.expect("writing to a string does not fail");
        out
    }

    fn write_summary(&self, out: &mut String, output: Option<&Path>) -> fmt::Result {
        let b = &self.bytes;
        row(
            out,
            "documents",
            &[&count(self.documents.r#in)],
            &self.documents_note(),
        )?;
        if let Some(note) = self.partial() {
            row(out, "read", &["only a part"], &note)?;
        }
        let removed = count(self.paragraphs.removed);
        let note = format!("{removed} removed");
        row(out, "paragraphs", &[&count(self.paragraphs.r#in)], &note)?;
        let share = percent(b.removed, b.r#in);
        let note = format!(
            "{} removed ({share}), {} left",
            size(b.removed),
            size(b.out)
        );
        row(out, "text", &[&size(b.r#in)], &note)?;
        if b.removed > 0 {
            self.write_tables(out)?;
        }
        let warnings = self.warnings();
        if !warnings.is_empty() {
            out.push('\n');
        }
        for warning in warnings {
            let kind = match warning {
                Warning::Alarm(_) => "",
                _ => "warning: ",
            };
            writeln!(out, "{kind}{warning}")?;
        }
        out.push('\n');
        if let Some(folder) = output {
            let folder = plain(&folder.display().to_string());
            writeln!(
                out,
                "cleaned text in {folder}, every cut in {folder}/_dechaff/removed"
            )?;
            writeln!(out, "the whole report in {folder}/_dechaff/report.html")?;
        }
        writeln!(out, "{}", self.run_note())
    }

    fn write_tables(&self, out: &mut String) -> fmt::Result {
        let all = self.bytes.r#in;
        writeln!(
            out,
            "\n{:<28}{:>14}{:>12}{:>9}",
            "removed", "cuts", "size", "of text"
        )?;
        let line = |out: &mut String, name: &str, a: &Amount| {
            writeln!(
                out,
                "{name:<28}{:>14}{:>12}{:>9}",
                count(a.cuts),
                size(a.bytes),
                percent(a.bytes, all)
            )
        };
        for (name, amount) in by_bytes(&self.removed.by_reason) {
            line(out, &name.replace('_', " "), amount)?;
            if name == "boilerplate" {
                let rules = by_bytes(&self.removed.by_rule);
                for (rule, amount) in rules.iter().take(RULES) {
                    line(out, &format!("  {rule}"), amount)?;
                }
                if rules.len() > RULES {
                    writeln!(out, "  … and {} more", rules.len() - RULES)?;
                }
            }
        }
        Ok(())
    }

    /// What of the input was not read, because that was asked for.
    fn partial(&self) -> Option<String> {
        let input = &self.config.input;
        let limit = input
            .limit
            .map(|n| format!("the first {} of each source", plural(n, "document")));
        let sample = input
            .sample
            .map(|rate| format!("a sample of {rate} (seed {})", input.seed));
        let parts: Vec<_> = limit.into_iter().chain(sample).collect();
        let note = format!(
            "{}; nothing else is in the output",
            parts.join(", of them ")
        );
        (!parts.is_empty()).then_some(note)
    }

    fn documents_note(&self) -> String {
        let d = &self.documents;
        let mut note = format!("{} changed", count(d.changed));
        if d.emptied > 0 {
            let fate = if d.left_out > 0 { " and left out" } else { "" };
            note += &format!(", {} emptied{fate}", count(d.emptied));
        }
        note
    }

    fn run_note(&self) -> String {
        let run = &self.run;
        let mut note = format!("{:.1} s", run.wall_ms as f64 / 1000.0);
        note += &format!(", {}/s", size(run.bytes_per_second));
        if run.threads > 0 {
            note += &format!(", {}", plural(u64::from(run.threads), "thread"));
        }
        if let Some(peak) = run.peak_memory {
            note += &format!(", {} of memory at most", size(peak));
        }
        if run.shards > 1 {
            note += &format!(", {}", plural(u64::from(run.shards), "shard"));
        }
        note
    }
}

/// The groups of a table, greatest first.
pub(super) fn by_bytes(groups: &BTreeMap<String, Amount>) -> Vec<(&String, &Amount)> {
    let mut rows: Vec<_> = groups.iter().collect();
    rows.sort_by_key(|(name, a)| (std::cmp::Reverse((a.bytes, a.cuts)), *name));
    rows
}

fn row(out: &mut String, name: &str, figures: &[&str], note: &str) -> fmt::Result {
    write!(out, "{name:<12}")?;
    for figure in figures {
        write!(out, "{figure:>14}")?;
    }
    writeln!(out, "   {note}")
}

/// `1234567` as `1,234,567`.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Bytes in binary units with three digits: `999 B`, `1.21 KiB`, `34.5 MiB`.
pub(super) fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let (mut value, mut unit) = (bytes as f64 / 1024.0, 0);
    // 999.5 would print as 1000: the next unit says it shorter.
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    let decimals = match value {
        v if v < 9.995 => 2,
        v if v < 99.95 => 1,
        _ => 0,
    };
    format!("{value:.decimals$} {}", UNITS[unit])
}

/// A share as a percentage that never rounds something to nothing or a part to all.
pub(super) fn percent(part: u64, whole: u64) -> String {
    let share = 100.0 * part as f64 / whole.max(1) as f64;
    match part {
        0 => "0 %".into(),
        _ if share < 0.1 => "<0.1 %".into(),
        _ if share > 99.9 && part < whole => ">99.9 %".into(),
        _ => format!("{share:.1} %"),
    }
}

pub(super) fn plural(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(n), if n == 1 { "" } else { "s" })
}

/// Names the first, and says when there are more.
fn list(first: &[String], all: u64) -> String {
    let more = if all > first.len() as u64 {
        ", …"
    } else {
        ""
    };
    first.join(", ") + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short_and_honest() {
        assert_eq!(
            [count(0), count(999), count(1_000), count(1_234_567)],
            ["0", "999", "1,000", "1,234,567"]
        );
        let sizes = [0, 999, 1000, 1024, 10 << 10, 1_023_488, 5 << 30, u64::MAX];
        let shown = sizes.map(size);
        assert_eq!(
            shown,
            [
                "0 B", "999 B", "0.98 KiB", "1.00 KiB", "10.0 KiB", "0.98 MiB", "5.00 GiB",
                "16.0 EiB"
            ]
        );
        assert_eq!(
            [
                percent(0, 0),
                percent(1, 9_999),
                percent(9_999, 10_000),
                percent(1, 3),
                percent(3, 3)
            ],
            ["0 %", "<0.1 %", ">99.9 %", "33.3 %", "100.0 %"]
        );
    }

    #[test]
    fn a_terminal_obeys_nothing_of_the_input() {
        assert_eq!(
            plain("a\u{1b}[31m\u{202e}b\r\n"),
            "a\\u{1b}[31m\\u{202e}b\\u{d}\\u{a}"
        );
    }
}

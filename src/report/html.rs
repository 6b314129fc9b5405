//! The report as one page: no scripts, no other files, every text of the input escaped.

use std::fmt::{self, Write};

use super::summary::{by_bytes, count, percent, plain, size};
use super::{Amount, Report, Warning};

/// How many entries of a list are shown; the rest is in `report.json`.
const SHOWN: usize = 20;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}\
h1,h2{line-height:1.2}table{border-collapse:collapse;margin:.5rem 0 1.5rem;width:100%}\
th,td{padding:.25rem .6rem;text-align:left;border-bottom:1px solid #ddd;vertical-align:top}\
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td{overflow-wrap:anywhere}\
.w{background:#fff4d6;border-left:4px solid #d99a00;padding:.4rem .8rem;margin:.4rem 0}.a{background:#fbdcd6;border-color:#c3301c;font-weight:bold}\
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}th,td{border-color:#444}.w{background:#3a2f10}.a{background:#4a1a12}}";

impl Report {
    /// Returns the text of `report.html`.
    pub fn to_html(&self) -> String {
        let mut out = String::new();
        let written = self.write_html(&mut out);
        written.expect("writing to a string does not fail");
        out
    }

    fn write_html(&self, out: &mut String) -> fmt::Result {
        let tool = format!("{} {}", self.tool.name, self.tool.version);
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}: report</title>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
            text(&tool)
        )?;
        for warning in self.warnings() {
            let class = match warning {
                Warning::Alarm(_) => "w a",
                _ => "w",
            };
            writeln!(
                out,
                "<p class=\"{class}\">{}</p>",
                text(&warning.to_string())
            )?;
        }
        self.write_totals(out)?;
        self.write_groups(out)?;
        self.write_lists(out)?;
        self.write_named(out)?;
        let config = serde_json::to_string_pretty(&self.config).expect("plain data serialises");
        write!(
            out,
            "<h2>Configuration</h2>\n<p>Fingerprint {}</p>\n<pre>{}</pre>\n</body>\n</html>\n",
            self.fingerprint,
            text(&config)
        )
    }

    fn write_totals(&self, out: &mut String) -> fmt::Result {
        let (d, p, b) = (&self.documents, &self.paragraphs, &self.bytes);
        let row = |name: &str, cells: [String; 3]| {
            let cells = cells.map(|c| (c, true));
            let mut row = vec![(name.to_string(), false)];
            row.extend(cells);
            row
        };
        let rows = vec![
            row(
                "documents",
                [count(d.r#in), count(d.out), count(d.left_out)],
            ),
            row(
                "paragraphs",
                [count(p.r#in), count(p.out), count(p.removed)],
            ),
            row("text", [size(b.r#in), size(b.out), size(b.removed)]),
        ];
        table(out, "Totals", &["", "in", "out", "removed"], rows)?;
        writeln!(
            out,
            "<p>{} documents changed, {} of them emptied; {} of the text was removed.</p>",
            count(d.changed),
            count(d.emptied),
            percent(b.removed, b.r#in)
        )
    }

    fn write_groups(&self, out: &mut String) -> fmt::Result {
        let removed = &self.removed;
        for (title, groups) in [
            ("By reason", &removed.by_reason),
            ("By rule", &removed.by_rule),
            ("By category", &removed.by_category),
            ("By language of the document", &removed.by_language),
        ] {
            let row = |(name, a): (&String, &Amount)| {
                vec![
                    (name.clone(), false),
                    (count(a.documents), true),
                    (count(a.cuts), true),
                    (count(a.paragraphs), true),
                    (size(a.bytes), true),
                    (percent(a.bytes, self.bytes.r#in), true),
                ]
            };
            let rows = by_bytes(groups).into_iter().map(row).collect();
            let heads = ["", "documents", "cuts", "paragraphs", "size", "of text"];
            table(out, title, &heads, rows)?;
        }
        Ok(())
    }

    fn write_lists(&self, out: &mut String) -> fmt::Result {
        let rows = self.clusters.iter().take(SHOWN).map(|c| {
            let place = format!("{}, paragraph {}", c.id, c.paragraph);
            vec![
                (count(c.removed), true),
                (size(c.bytes), true),
                (place, false),
                (c.example.clone(), false),
            ]
        });
        let heads = ["removed", "size", "kept in", "kept text"];
        table(out, "Largest duplicate clusters", &heads, rows.collect())?;
        let rows = self.repeated_lines.iter().take(SHOWN).map(|l| {
            vec![
                (count(l.removed), true),
                (size(l.bytes), true),
                (l.rule.clone(), false),
                (l.text.clone(), false),
            ]
        });
        let heads = ["removed", "size", "rule", "line"];
        table(out, "Most repeated boilerplate", &heads, rows.collect())?;
        let rows = self.documents_lost_most.iter().take(SHOWN).map(|d| {
            let share = percent(d.bytes_removed, d.bytes_in);
            vec![
                (size(d.bytes_removed), true),
                (share, true),
                (d.id.clone(), false),
                (d.source.clone(), false),
            ]
        });
        let heads = ["removed", "of its text", "document", "source"];
        table(out, "Documents that lost most", &heads, rows.collect())?;
        let rows = self.sources_lost_most.iter().take(SHOWN).map(|s| {
            let share = percent(s.bytes_removed, s.bytes_in);
            vec![
                (share, true),
                (size(s.bytes_removed), true),
                (count(s.documents), true),
                (s.source.clone(), false),
            ]
        });
        let heads = ["of its text", "removed", "documents", "source"];
        table(out, "Sources that lost most", &heads, rows.collect())
    }

    fn write_named(&self, out: &mut String) -> fmt::Result {
        for (title, list) in [
            ("Quarantined records", &self.quarantined.first),
            ("Documents kept whole", &self.protected.first),
            ("Lines that are not UTF-8", &self.passed_over.first),
        ] {
            let rows = list.iter().take(SHOWN).map(|r| {
                vec![
                    (r.source.clone(), false),
                    (count(r.record), true),
                    (r.id.clone(), false),
                    (r.note.clone(), false),
                ]
            });
            table(out, title, &["source", "record", "id", ""], rows.collect())?;
        }
        Ok(())
    }
}

/// Writes a table, if it has rows. A cell is a text and whether it is a figure.
fn table(
    out: &mut String,
    title: &str,
    heads: &[&str],
    rows: Vec<Vec<(String, bool)>>,
) -> fmt::Result {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    let class = |figure: bool| if figure { " class=\"n\"" } else { "" };
    write!(out, "<h2>{}</h2>\n<table>\n<tr>", text(title))?;
    for (head, (_, figure)) in heads.iter().zip(first) {
        write!(out, "<th{}>{}</th>", class(*figure), text(head))?;
    }
    out.push_str("</tr>\n");
    for row in &rows {
        out.push_str("<tr>");
        for (cell, figure) in row {
            write!(out, "<td{}>{}</td>", class(*figure), text(cell))?;
        }
        out.push_str("</tr>\n");
    }
    writeln!(out, "</table>")
}

/// Escapes a text for HTML, and shows what cannot be seen.
fn text(text: &str) -> String {
    let lines = text.split('\n').map(plain).collect::<Vec<_>>().join("\n");
    html_escape::encode_safe(&lines).into_owned()
}

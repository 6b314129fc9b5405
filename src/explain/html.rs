//! The form for a browser: the document with its cuts struck through, what spoke for each in the margin, and for duplicates both texts
//! side by side. Plain markup in the style of the report, without a script; every text of the input is escaped.

use std::fmt::{self, Write};

use similar::DiffOp;

use super::facts::{self, Facts};
use super::side::{Word, compare, left_over, words};
use crate::removal::{Reason, Removal};
use crate::report::{STYLE, STYLE_HASH, fill};

const PAGE: &str = include_str!("page.html");

/// Of a longer kept stretch only the ends are shown, in bytes: what stands far from every cut explains none.
const KEPT: usize = 20_000;
/// Of a longer cut only the beginning.
const CUT: usize = 50_000;

/// Makes a page of documents that were written.
pub(super) fn page(title: &str, body: &str) -> String {
    fill(
        PAGE,
        &[
            ("style-hash", STYLE_HASH),
            ("title", &text(title)),
            ("style", STYLE),
            ("body", body),
        ],
    )
}

pub(super) fn write(
    out: &mut String,
    removals: &[Removal],
    explained: &[Facts],
    document: std::result::Result<&[u8], &String>,
) -> fmt::Result {
    let first = &removals[0];
    let name = anchor(&format!("{}#{}", first.source, first.record));
    writeln!(out, "<section aria-labelledby=\"{name}\">")?;
    writeln!(
        out,
        "<h2 id=\"{name}\">{}</h2>",
        text(&facts::heading(removals))
    )?;
    match document {
        Ok(document) => write_document(out, document, removals, &name)?,
        Err(why) => writeln!(out, "<p>The document cannot be shown: {}</p>", text(why))?,
    }
    for (number, (removal, facts)) in (1..).zip(removals.iter().zip(explained)) {
        writeln!(
            out,
            "<h3 id=\"{name}-{number}\">{number}. {}</h3>",
            text(&facts.title)
        )?;
        writeln!(out, "<p class=\"note\">{}</p>", facts::place(removal))?;
        if removal.reason != Reason::ExactDuplicate && !facts.lines.is_empty() {
            let lines = facts.lines.iter().map(|l| format!("<li>{}</li>", text(l)));
            writeln!(
                out,
                "<ul class=\"facts\">{}</ul>",
                lines.collect::<String>()
            )?;
        }
        match (&removal.text, &facts.kept) {
            (_, Some(Err(why))) => {
                writeln!(out, "<p>The kept text cannot be shown: {}</p>", text(why))?;
            }
            (Some(removed), Some(Ok(kept))) if removal.reason != Reason::ExactDuplicate => {
                write_pair(out, removed, kept)?;
            }
            (Some(removed), _) if document.is_err() => {
                writeln!(
                    out,
                    "<p class=\"piece\" dir=\"auto\">{}</p>",
                    struck(removed, 0)
                )?;
            }
            (None, _) => writeln!(out, "<p>The run kept no removed text.</p>")?,
            _ => {}
        }
    }
    writeln!(out, "</section>")
}

/// Writes the document in rows: the margin of a row names the cuts in it. A cut within a line stays in its line.
fn write_document(
    out: &mut String,
    document: &[u8],
    removals: &[Removal],
    name: &str,
) -> fmt::Result {
    let mut row = Row::default();
    writeln!(out, "<div class=\"text\">")?;
    let mut at = 0;
    for (number, removal) in (1..).zip(removals) {
        let (start, end) = (removal.start as usize, removal.end as usize);
        let line = document[..start].iter().rposition(|b| *b == b'\n');
        let line = line.map_or(0, |i| i + 1).max(at);
        row.kept(&document[at..line]);
        if starts_line(document, line) {
            row.flush(out)?;
        }
        row.kept(&document[line..start]);
        let reason = removal.reason.name();
        write!(
            row.why,
            "<div><i class=\"{reason}\" aria-hidden=\"true\"></i><a href=\"#{name}-{number}\">{number} {}</a></div>",
            text(&facts::short(removal))
        )?;
        let cut = &document[start..end];
        let shown = String::from_utf8_lossy(&cut[..cut.len().min(CUT)]);
        row.text
            .push_str(&struck(&shown, cut.len().saturating_sub(CUT)));
        at = end;
        if starts_line(document, at) {
            row.flush(out)?;
        }
    }
    row.kept(&document[at..]);
    row.flush(out)?;
    writeln!(out, "</div>")
}

fn starts_line(document: &[u8], at: usize) -> bool {
    at == 0 || document.get(at - 1) == Some(&b'\n')
}

#[derive(Default)]
struct Row {
    why: String,
    text: String,
}

impl Row {
    fn kept(&mut self, bytes: &[u8]) {
        if bytes.len() <= KEPT {
            self.text.push_str(&text(&String::from_utf8_lossy(bytes)));
            return;
        }
        let (head, tail) = (KEPT / 2, bytes.len() - KEPT / 2);
        self.text
            .push_str(&text(&String::from_utf8_lossy(&bytes[..head])));
        self.text.push_str(&gap(tail - head));
        self.text
            .push_str(&text(&String::from_utf8_lossy(&bytes[tail..])));
    }

    fn flush(&mut self, out: &mut String) -> fmt::Result {
        let (why, text) = (
            std::mem::take(&mut self.why),
            std::mem::take(&mut self.text),
        );
        if !why.is_empty() {
            writeln!(out, "<div class=\"why\">{why}</div>")?;
        }
        if !text.is_empty() {
            writeln!(out, "<div class=\"piece\" dir=\"auto\">{text}</div>")?;
        }
        Ok(())
    }
}

fn struck(removed: &str, omitted: usize) -> String {
    let gap = if omitted > 0 {
        gap(omitted)
    } else {
        String::new()
    };
    format!(
        "<del><span class=\"unseen\">[removed: </span>{}{gap}<span class=\"unseen\">]</span></del>",
        text(removed)
    )
}

fn gap(bytes: usize) -> String {
    format!("<span class=\"gap\">… {bytes} bytes …</span>")
}

/// Writes the removed text beside the kept one, with the words that only one has marked.
fn write_pair(out: &mut String, removed: &str, kept: &str) -> fmt::Result {
    let (left, right) = (words(removed), words(kept));
    let (mut a, mut b) = (String::new(), String::new());
    for operation in compare(&left, &right) {
        let (old, new) = (&left[operation.old_range()], &right[operation.new_range()]);
        match operation {
            DiffOp::Equal { .. } => {
                put(&mut a, old, "");
                put(&mut b, new, "");
            }
            _ => {
                put(&mut a, old, "del");
                put(&mut b, new, "ins");
            }
        }
    }
    let side = |name: &str, text: &str| {
        format!("<div><h4>{name}</h4><p class=\"piece\" dir=\"auto\">{text}</p></div>")
    };
    writeln!(
        out,
        "<div class=\"pair\">{}{}</div>",
        side("Removed", &a),
        side("Kept", &b)
    )?;
    match left_over(&left, &right) {
        0 => Ok(()),
        more => writeln!(
            out,
            "<p class=\"note\">… and {more} words that were not compared</p>"
        ),
    }
}

fn put(out: &mut String, words: &[Word<'_>], tag: &str) {
    let mut inner = String::new();
    for (i, word) in words.iter().enumerate() {
        if word.spaced && !(i == 0 && out.is_empty()) {
            match i {
                0 => out.push(' '),
                _ => inner.push(' '),
            }
        }
        inner.push_str(&text(word.text));
    }
    match (inner.is_empty(), tag) {
        (true, _) => {}
        (_, "") => out.push_str(&inner),
        _ => out.push_str(&format!("<{tag}>{inner}</{tag}>")),
    }
}

/// A name for a place in the page: letters, digits and hyphens only.
fn anchor(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    format!("d-{}", name.chars().map(safe).collect::<String>())
}

/// Escapes a text of the input. What a browser would obey unseen is shown by its number, as in the report.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\r' => {}
            c if is_obeyed(c) => {
                out.push_str(&format!("<span class=\"seen\">U+{:04X}</span>", c as u32));
            }
            c => out.push(c),
        }
    }
    out
}

fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_text() {
        assert_eq!(
            text("<a href='x'>&\u{202e}\u{7}\r\n"),
            "&lt;a href=&#39;x&#39;&gt;&amp;<span class=\"seen\">U+202E</span><span class=\"seen\">U+0007</span>\n"
        );
    }

    #[test]
    fn words_that_only_one_text_has_are_marked() {
        let mut out = String::new();
        write_pair(&mut out, "the old ferry left", "the ferry <left> now")
            .expect("a string takes it");
        assert!(
            out.contains("the <del>old</del> ferry <del>left</del>"),
            "{out}"
        );
        assert!(
            out.contains("the ferry <ins>&lt;left&gt; now</ins>"),
            "{out}"
        );
    }
}

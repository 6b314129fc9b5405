//! The plain form: every cut in turn, for files and for programs that read what a terminal would show.

use std::fmt::{self, Write};

use super::facts::{self, Facts};
use super::side::{self, Marks};
use crate::removal::Removal;
use crate::report::plain;

/// Longest text shown of a cut without a witness, in characters.
const SHOWN: usize = 2_000;

pub(super) fn write(out: &mut String, removals: &[Removal], explained: &[Facts]) -> fmt::Result {
    writeln!(out, "{}", facts::heading(removals))?;
    for (removal, facts) in removals.iter().zip(explained) {
        writeln!(out, "\n{}: {}", facts::place(removal), facts.title)?;
        for line in &facts.lines {
            writeln!(out, "  {line}")?;
        }
        match (&removal.text, &facts.kept) {
            (Some(text), Some(Ok(kept))) => side::write(out, text, kept, &Marks::plain())?,
            (text, kept) => {
                write_text(out, '-', text.as_deref())?;
                match kept {
                    None => {}
                    Some(Ok(kept)) => write_text(out, '=', Some(kept))?,
                    Some(Err(why)) => cannot(out, why)?,
                }
            }
        }
    }
    Ok(())
}

pub(super) fn cannot(out: &mut String, why: &str) -> fmt::Result {
    writeln!(out, "  the kept text cannot be shown: {}", plain(why))
}

/// Writes the lines of a text, each after a mark.
pub(super) fn write_text(out: &mut String, mark: char, text: Option<&str>) -> fmt::Result {
    let Some(text) = text else {
        return writeln!(out, "  (the run kept no removed text)");
    };
    let end = text.char_indices().nth(SHOWN).map(|(i, _)| i);
    let shown = &text[..end.unwrap_or(text.len())];
    for line in shown.split('\n').map(|l| l.strip_suffix('\r').unwrap_or(l)) {
        if !line.is_empty() {
            writeln!(out, "  {mark} {}", plain(line))?;
        }
    }
    match text.len() - shown.len() {
        0 => Ok(()),
        more => writeln!(out, "  {mark} … and {more} bytes"),
    }
}

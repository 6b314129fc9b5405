//! Explains what became of one document: every cut, what speaks for it, and for a duplicate the text that survives, side by side.
//!
//! Everything is read from the folder of results; the input is not needed. The witness of a duplicate stands in the
//! *original* text of its document, so that document is rebuilt from the output and the logs, as `restore` does.
//! In every [`Form`] nothing of the input can command a terminal or a browser.

mod facts;
mod html;
mod plain;
mod reasons;
mod side;
mod terminal;
mod texts;

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{Error, Result};
use crate::io::output::Paths;
use crate::manifest::Manifest;
use crate::removal::{self, Removal};
use crate::report::plain;
use facts::Facts;
use reasons::{Reasons, by_model};
use texts::Texts;

/// How an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Plain text, one cut after the other: for files and programs.
    #[default]
    Plain,
    /// The document with its cuts in place, with the colours and strokes of ANSI escape sequences.
    Terminal {
        /// Columns of the terminal.
        width: usize,
    },
    /// The same as an HTML page that needs no other file, no script and no network.
    Page,
}

/// Returns what was removed from a document, as plain text. `id` is its id, or `<source>#<record>`; where several
/// documents have the id, all of them are shown.
///
/// # Errors
/// The folder holds no finished run, or nothing in it has this id.
pub fn explain(folder: &Path, id: &str) -> Result<String> {
    explain_as(folder, id, Form::Plain)
}

/// As [`explain`], in the form that is asked for.
///
/// # Errors
/// As [`explain`].
pub fn explain_as(folder: &Path, id: &str, form: Form) -> Result<String> {
    let manifest = Manifest::read(folder)?;
    let documents = find(folder, &manifest, id)?;
    if documents.is_empty() {
        let text = nothing(folder, &manifest, id)?;
        return Ok(match form {
            Form::Page => html::page(&text, ""),
            Form::Plain | Form::Terminal { .. } => text + "\n",
        });
    }
    let reasons = Reasons::load(&manifest.config, &documents);
    let texts = Texts::read(folder, &manifest, &documents, |key| {
        form != Form::Plain || (reasons.has_model() && documents[key].iter().any(by_model))
    });
    let mut out = String::new();
    for (key, removals) in &documents {
        let text = texts.document(key);
        let page = text.as_ref().ok().and_then(|text| reasons.of(text));
        let facts: Vec<Facts> = removals
            .iter()
            .map(|r| Facts::of(r, &manifest.config, &texts, page.as_ref()))
            .collect();
        if !out.is_empty() {
            out.push('\n');
        }
        let written = match form {
            Form::Plain => plain::write(&mut out, removals, &facts),
            Form::Terminal { width } => {
                terminal::write(&mut out, removals, &facts, text.as_deref(), width)
            }
            Form::Page => html::write(&mut out, removals, &facts, text.as_deref()),
        };
        written.expect("writing to a string does not fail");
    }
    Ok(match form {
        Form::Page => html::page(&format!("What went from {id}"), &out),
        Form::Plain | Form::Terminal { .. } => out,
    })
}

/// The removals of a document, by the name of its source and the number of its record.
type Documents = BTreeMap<(String, u64), Vec<Removal>>;

/// Looks for the removals of a document: in one log when the id names its place, else in all of them.
fn find(folder: &Path, manifest: &Manifest, id: &str) -> Result<Documents> {
    let mut found = Documents::new();
    let place = place(manifest, id);
    for source in &manifest.sources {
        if place.is_some_and(|(name, _)| name != source.name) {
            continue;
        }
        let mut log = removal::open(&Paths::new(folder, &source.name).removed)?;
        while let Some(removal) = log.read()? {
            let wanted = match place {
                Some((_, record)) => removal.record == record,
                None => removal.id == id,
            };
            if wanted {
                let key = (source.name.clone(), removal.record);
                found.entry(key).or_default().push(removal);
            }
        }
    }
    Ok(found)
}

/// Reads `<source>#<record>`, if there is such a record in the run.
fn place<'m>(manifest: &'m Manifest, id: &str) -> Option<(&'m str, u64)> {
    let (name, record) = id.rsplit_once('#')?;
    let record = record.parse().ok()?;
    let source = manifest.sources.iter().find(|s| s.name == name)?;
    (record < source.records).then_some((source.name.as_str(), record))
}

/// A record without removals can be told from one that does not exist only by its place.
fn nothing(folder: &Path, manifest: &Manifest, id: &str) -> Result<String> {
    match place(manifest, id) {
        Some((source, record)) => Ok(format!("{}#{record}: nothing was removed", plain(source))),
        None => Err(Error::usage(format!(
            "nothing was removed from a document {:?}, or there is none",
            plain(id)
        ))
        .at(folder.display().to_string())
        .hint("name it by <source>#<record>, both as in the removal log, to know which")),
    }
}

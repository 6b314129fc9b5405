//! Explains what became of one document: every cut, what speaks for it, and for a duplicate the text that survives, side by side.
//!
//! Everything is read from the folder of results; the input is not needed. The witness of a duplicate stands in the
//! *original* text of its document, so that document is rebuilt from the output and the logs, as `restore` does.
//! Plain text comes out, in which nothing of the input can command a terminal.

mod reasons;
mod side;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};
use std::path::Path;

use crate::compare::PairJudge;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::io::output::Paths;
use crate::manifest::Manifest;
use crate::reference;
use crate::removal::{self, Evidence, Ratio, Reason, Removal, Witness};
use crate::report::plain;
use crate::restore;
use crate::rules::{FREQUENCY_NAME, LINE_MODEL_NAME};
use reasons::{Pages, Reasoned};

/// Longest text shown of a cut without a witness, in characters.
const SHOWN: usize = 2_000;

/// Returns what was removed from a document, as text for a terminal. `id` is its id, or `<source>#<record>`; where several
/// documents have the id, all of them are shown.
///
/// # Errors
/// The folder holds no finished run, or nothing in it has this id.
pub fn explain(folder: &Path, id: &str) -> Result<String> {
    let manifest = Manifest::read(folder)?;
    let documents = find(folder, &manifest, id)?;
    if documents.is_empty() {
        return nothing(folder, &manifest, id);
    }
    let witnesses = Witnesses::read(folder, &manifest, documents.values().flatten());
    let pages = Pages::read(folder, &manifest, &documents);
    let mut out = String::new();
    for (key, removals) in &documents {
        if !out.is_empty() {
            out.push('\n');
        }
        let page = pages.page(key);
        write_document(&mut out, removals, &witnesses, page.as_ref())
            .expect("writing to a string does not fail");
    }
    Ok(out)
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
        Some((source, record)) => Ok(format!("{}#{record}: nothing was removed\n", plain(source))),
        None => Err(Error::usage(format!(
            "nothing was removed from a document {:?}, or there is none",
            plain(id)
        ))
        .at(folder.display().to_string())
        .hint("name it by <source>#<record>, both as in the removal log, to know which")),
    }
}

/// The name of a reference, if it is one, and that of a source in it.
type At = (Option<String>, String);

/// The texts of witnesses, by source and record, or why a source cannot be read.
struct Witnesses {
    /// The options of the run, under which a pair was judged.
    config: Config,
    texts: BTreeMap<(At, u64), Vec<u8>>,
    missing: BTreeMap<At, String>,
}

fn at(witness: &Witness) -> At {
    (witness.corpus.clone(), witness.source.clone())
}

impl Witnesses {
    fn read<'r>(
        folder: &Path,
        manifest: &Manifest,
        removals: impl Iterator<Item = &'r Removal>,
    ) -> Self {
        let mut wanted: BTreeMap<At, BTreeSet<u64>> = BTreeMap::new();
        for witness in removals.filter_map(|r| r.witness.as_ref()) {
            wanted
                .entry(at(witness))
                .or_default()
                .insert(witness.record);
        }
        let (mut texts, mut missing) = (BTreeMap::new(), BTreeMap::new());
        for (at, records) in wanted {
            let found = match &at.0 {
                None => texts_of(folder, manifest, &at.1, &records).map_err(|e| e.to_string()),
                Some(name) => texts_of_reference(folder, manifest, name, &at.1, &records),
            };
            match found {
                Ok(found) => texts.extend(found.into_iter().map(|(r, t)| ((at.clone(), r), t))),
                Err(why) => drop(missing.insert(at, why)),
            }
        }
        Witnesses {
            config: manifest.config.clone(),
            texts,
            missing,
        }
    }

    /// The text of a witness, or why it cannot be shown.
    fn text(&self, witness: &Witness) -> std::result::Result<String, String> {
        let at = at(witness);
        if let Some(why) = self.missing.get(&at) {
            return Err(why.clone());
        }
        let key = (at, witness.record);
        let text = self.texts.get(&key).and_then(|text| {
            let range = usize::try_from(witness.start).ok()?..usize::try_from(witness.end).ok()?;
            text.get(range)
        });
        match text {
            Some(text) => Ok(String::from_utf8_lossy(text).into_owned()),
            None => Err("the output was changed: its document is not there, or is shorter".into()),
        }
    }
}

/// Rebuilds the original texts of some records of a reference, if its folder is still to be found.
fn texts_of_reference(
    folder: &Path,
    manifest: &Manifest,
    name: &str,
    source: &str,
    wanted: &BTreeSet<u64>,
) -> std::result::Result<BTreeMap<u64, Vec<u8>>, String> {
    let used = manifest.references.iter().find(|r| r.name == name);
    let Some(place) = used.and_then(|r| reference::find(name, &r.id, folder)) else {
        return Err(format!(
            "it stands in the reference {name}, which is not found from here"
        ));
    };
    let texts = Manifest::read(&place).and_then(|of| texts_of(&place, &of, source, wanted));
    texts.map_err(|e| e.to_string())
}

/// Rebuilds the original texts of some records of a source.
fn texts_of(
    folder: &Path,
    manifest: &Manifest,
    source: &str,
    wanted: &BTreeSet<u64>,
) -> Result<BTreeMap<u64, Vec<u8>>> {
    let frames = restore::records(folder, source, wanted)?;
    let entry = manifest.sources.iter().find(|s| s.name == source);
    let entry = entry.expect("records were read from it");
    let format = crate::io::find(&entry.format)?;
    let mut out = BTreeMap::new();
    for (record, frame) in frames {
        let document = (format.parse)(&frame, &manifest.config.input);
        let document = document.map_err(|fault| Error::phase(fault.detail).record(record))?;
        out.insert(record, document.text.into_owned());
    }
    Ok(out)
}

fn write_document(
    out: &mut String,
    removals: &[Removal],
    witnesses: &Witnesses,
    page: Option<&Reasoned<'_>>,
) -> fmt::Result {
    let first = &removals[0];
    let bytes: u64 = removals.iter().map(|r| r.end - r.start).sum();
    let cuts = if removals.len() == 1 { "cut" } else { "cuts" };
    let place = format!("{}#{}", first.source, first.record);
    if first.id != place {
        write!(out, "{}, ", plain(&first.id))?;
    }
    writeln!(
        out,
        "{}: {} {cuts}, {bytes} bytes",
        plain(&place),
        removals.len()
    )?;
    for removal in removals {
        out.push('\n');
        write_removal(out, removal, witnesses, page)?;
    }
    Ok(())
}

fn write_removal(
    out: &mut String,
    removal: &Removal,
    witnesses: &Witnesses,
    page: Option<&Reasoned<'_>>,
) -> fmt::Result {
    let (paragraph, start, end) = (removal.paragraph, removal.start, removal.end);
    write!(out, "paragraph {paragraph}, bytes {start}..{end}: ")?;
    match &removal.witness {
        Some(witness) => write_duplicate(out, removal, witness, witnesses),
        None => write_boilerplate(out, removal, page),
    }
}

fn write_boilerplate(
    out: &mut String,
    removal: &Removal,
    page: Option<&Reasoned<'_>>,
) -> fmt::Result {
    write!(out, "{}", title(removal.reason))?;
    if let Some(category) = removal.category {
        write!(out, ", {}", category.name())?;
    }
    if let Some(rule) = &removal.rule {
        write!(out, ", by {}", plain(rule))?;
    }
    if let Some(level) = removal.level {
        write!(out, ", at level {}", level.name())?;
    }
    out.push('\n');
    if !removal.evidence.is_empty() {
        let evidence: Vec<_> = removal.evidence.iter().map(name).collect();
        writeln!(out, "  evidence: {}", evidence.join("; "))?;
    }
    if let Some(page) = page.filter(|_| removal.evidence.iter().any(|e| e.name == LINE_MODEL_NAME))
    {
        page.write(out, removal)?;
    }
    write_text(out, '-', removal.text.as_deref())
}

fn write_duplicate(
    out: &mut String,
    removal: &Removal,
    witness: &Witness,
    witnesses: &Witnesses,
) -> fmt::Result {
    let place = format!("{}#{}", witness.source, witness.record);
    let id = match witness.id == place {
        true => plain(&place),
        false => format!("{}, {}", plain(&witness.id), plain(&place)),
    };
    writeln!(
        out,
        "{} of {id}, paragraph {}{}",
        title(removal.reason),
        witness.paragraph,
        match &witness.corpus {
            Some(corpus) => format!(", in the reference {}", plain(corpus)),
            None => String::new(),
        }
    )?;
    writeln!(
        out,
        "  J {} of all shingles shared, C {} of those of the shorter",
        decimal(witness.jaccard),
        decimal(witness.containment)
    )?;
    match (&removal.text, witnesses.text(witness)) {
        (Some(text), Ok(kept)) => {
            if removal.reason != Reason::ExactDuplicate {
                for line in PairJudge::new(&witnesses.config, None).reasons(text, &kept) {
                    writeln!(out, "  {line}")?;
                }
            }
            side::write(out, text, &kept)
        }
        (text, kept) => {
            write_text(out, '-', text.as_deref())?;
            match kept {
                Ok(kept) => write_text(out, '=', Some(&kept)),
                Err(why) => writeln!(out, "  the kept text cannot be shown: {}", plain(&why)),
            }
        }
    }
}

/// Writes the lines of a text, each after a mark.
fn write_text(out: &mut String, mark: char, text: Option<&str>) -> fmt::Result {
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

fn title(reason: Reason) -> &'static str {
    match reason {
        Reason::ExactDuplicate => "exact duplicate",
        Reason::NearDuplicate => "near duplicate",
        Reason::Contained => "contained: part",
        Reason::Boilerplate => "boilerplate",
    }
}

fn name(evidence: &Evidence) -> String {
    let name = format!("{} at {}", plain(&evidence.name), evidence.level.name());
    match evidence.score {
        Some(docs) if evidence.name == FREQUENCY_NAME => {
            format!("{name}, on {docs} documents of its site")
        }
        Some(score) => format!("{name}, score {score}"),
        None => name,
    }
}

fn decimal(ratio: Ratio) -> String {
    format!("{}.{:04}", ratio.0 / 10_000, ratio.0 % 10_000)
}

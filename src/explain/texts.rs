//! The original texts that an explanation shows: of the document itself and of the witnesses. Each source is read once, and only
//! as far as the last record that is wanted from it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Documents;
use crate::error::{Error, Result};
use crate::manifest::Manifest;
use crate::reference;
use crate::removal::Witness;
use crate::restore;

/// The name of a reference, if it is one, and that of a source in it.
type At = (Option<String>, String);

/// Texts by source and record, or why a source cannot be read.
pub(super) struct Texts {
    texts: BTreeMap<(At, u64), Vec<u8>>,
    missing: BTreeMap<At, String>,
}

impl Texts {
    /// Reads what the witnesses of these documents stand in, and those documents that are wanted themselves.
    pub(super) fn read(
        folder: &Path,
        manifest: &Manifest,
        documents: &Documents,
        wanted: impl Fn(&(String, u64)) -> bool,
    ) -> Self {
        let mut records: BTreeMap<At, BTreeSet<u64>> = BTreeMap::new();
        for (source, record) in documents.keys().filter(|key| wanted(key)) {
            let at = (None, source.clone());
            records.entry(at).or_default().insert(*record);
        }
        for witness in documents
            .values()
            .flatten()
            .filter_map(|r| r.witness.as_ref())
        {
            records
                .entry(at(witness))
                .or_default()
                .insert(witness.record);
        }
        let mut read = Texts {
            texts: BTreeMap::new(),
            missing: BTreeMap::new(),
        };
        for (at, records) in records {
            let found = match &at.0 {
                None => texts_of(folder, manifest, &at.1, &records).map_err(|e| e.to_string()),
                Some(name) => texts_of_reference(folder, manifest, name, &at.1, &records),
            };
            match found {
                Ok(found) => {
                    let found = found.into_iter().map(|(r, t)| ((at.clone(), r), t));
                    read.texts.extend(found);
                }
                Err(why) => drop(read.missing.insert(at, why)),
            }
        }
        read
    }

    /// The text of a document of this run, or why it cannot be shown.
    pub(super) fn document(&self, key: &(String, u64)) -> std::result::Result<&[u8], String> {
        self.text((None, key.0.clone()), key.1)
    }

    /// The text of a witness, or why it cannot be shown.
    pub(super) fn witness(&self, witness: &Witness) -> std::result::Result<String, String> {
        let text = self.text(at(witness), witness.record)?;
        let range = usize::try_from(witness.start)
            .ok()
            .zip(usize::try_from(witness.end).ok());
        let text = range
            .and_then(|(start, end)| text.get(start..end))
            .ok_or_else(changed)?;
        Ok(String::from_utf8_lossy(text).into_owned())
    }

    fn text(&self, at: At, record: u64) -> std::result::Result<&[u8], String> {
        if let Some(why) = self.missing.get(&at) {
            return Err(why.clone());
        }
        self.texts
            .get(&(at, record))
            .map(Vec::as_slice)
            .ok_or_else(changed)
    }
}

fn changed() -> String {
    "the output was changed: its document is not there, or is shorter".into()
}

fn at(witness: &Witness) -> At {
    (witness.corpus.clone(), witness.source.clone())
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

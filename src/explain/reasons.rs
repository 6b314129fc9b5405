//! What the line model saw in a line, in words: the page is rebuilt and judged again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};
use std::path::Path;

use super::{Documents, texts_of};
use crate::manifest::Manifest;
use crate::model::Model;
use crate::removal::Removal;
use crate::report::plain;
use crate::rules::{Judge, LINE_MODEL_NAME, Page};

/// So many reasons are named.
const MOST: usize = 5;

/// The original texts of the documents, and the model of the run. Empty where the model took nothing, or cannot be loaded.
pub(super) struct Pages {
    texts: BTreeMap<(String, u64), Vec<u8>>,
    model: Option<(Model, Judge)>,
}

/// A page and what the model makes of it.
pub(super) struct Reasoned<'p> {
    page: Page<'p>,
    cuts: Vec<crate::rules::Cut>,
    model: &'p Model,
}

impl Pages {
    pub(super) fn read(folder: &Path, manifest: &Manifest, documents: &Documents) -> Self {
        let none = Pages {
            texts: BTreeMap::new(),
            model: None,
        };
        let asked = |r: &Removal| r.evidence.iter().any(|e| e.name == LINE_MODEL_NAME);
        if !documents.values().flatten().any(asked) {
            return none;
        }
        let Ok(Some(model)) = manifest.config.model.load() else {
            return none;
        };
        let mut texts = BTreeMap::new();
        for (source, record) in documents.keys() {
            let wanted = BTreeSet::from([*record]);
            for (record, text) in texts_of(folder, manifest, source, &wanted).unwrap_or_default() {
                texts.insert((source.clone(), record), text);
            }
        }
        Pages {
            texts,
            model: Some((model, Judge::new(&manifest.config))),
        }
    }

    pub(super) fn page(&self, key: &(String, u64)) -> Option<Reasoned<'_>> {
        let (model, judge) = self.model.as_ref()?;
        let page = Page::new(self.texts.get(key)?);
        let mut cuts = Vec::new();
        judge.judge(&page, &mut cuts);
        Some(Reasoned { page, cuts, model })
    }
}

impl Reasoned<'_> {
    /// Writes the strongest reasons for the first line of a removal.
    pub(super) fn write(&self, out: &mut String, removal: &Removal) -> fmt::Result {
        let reasons = self
            .model
            .reasons(&self.page, &self.cuts, removal.paragraph as usize, MOST);
        let named: Vec<String> = reasons
            .iter()
            .map(|r| {
                format!(
                    "{} ({:+}.{:02})",
                    plain(&r.what),
                    r.weight / 100,
                    r.weight % 100
                )
            })
            .collect();
        match named.is_empty() {
            true => Ok(()),
            false => writeln!(out, "  the line model saw: {}", named.join("; ")),
        }
    }
}

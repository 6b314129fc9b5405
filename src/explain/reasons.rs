//! What the line model saw in a line, in words: the page is judged again, as the run judged it.

use super::Documents;
use crate::config::Config;
use crate::model::Model;
use crate::removal::Removal;
use crate::report::plain;
use crate::rules::{Cut, Judge, LINE_MODEL_NAME, Page};

/// So many reasons are named.
const MOST: usize = 5;

/// The model of the run with its rules; empty where the model took nothing, was switched off, or cannot be loaded.
pub(super) struct Reasons(Option<(Model, Judge)>);

/// A page and what the model makes of it.
pub(super) struct Reasoned<'p> {
    page: Page<'p>,
    cuts: Vec<Cut>,
    model: &'p Model,
}

/// True when the model spoke for this removal.
pub(super) fn by_model(removal: &Removal) -> bool {
    removal.evidence.iter().any(|e| e.name == LINE_MODEL_NAME)
}

impl Reasons {
    pub(super) fn load(config: &Config, documents: &Documents) -> Self {
        let takes_part = config.boilerplate.is_some() && config.uses(LINE_MODEL_NAME);
        if !takes_part || !documents.values().flatten().any(by_model) {
            return Reasons(None);
        }
        let model = config.model.load().ok().flatten();
        Reasons(model.map(|model| (model, Judge::new(config))))
    }

    /// True when [`Reasons::of`] has something to say, and so needs the texts of documents that the model cut.
    pub(super) fn has_model(&self) -> bool {
        self.0.is_some()
    }

    pub(super) fn of<'p>(&'p self, text: &'p [u8]) -> Option<Reasoned<'p>> {
        let (model, judge) = self.0.as_ref()?;
        let page = Page::new(text);
        let mut cuts = Vec::new();
        judge.judge(&page, &mut cuts);
        Some(Reasoned { page, cuts, model })
    }
}

impl Reasoned<'_> {
    /// The strongest reasons for the first line of a removal.
    pub(super) fn line(&self, removal: &Removal) -> Option<String> {
        let line = removal.paragraph as usize;
        let reasons = self.model.reasons(&self.page, &self.cuts, line, MOST);
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
        (!named.is_empty()).then(|| format!("the line model saw: {}", named.join("; ")))
    }
}

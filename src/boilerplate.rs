//! What of a page is boilerplate: the evidence that a page carries in itself, rules first, then the line model on what they
//! leave. (How often a line stands on its site is a matter of the whole input, and decided in resolve.)

use crate::config::Config;
use crate::error::Result;
use crate::model::{Model, Sight};
use crate::rules::{self, Cut, Page};

/// What was found on a page. Reused from page to page.
#[derive(Default)]
pub struct Found {
    /// What falls at any level, in document order, each with all the evidence that fired.
    pub cuts: Vec<Cut>,
    /// Lines that are captions, ascending: what stays of them is never the witness of a duplicate.
    pub captions: Vec<usize>,
    sight: Sight,
}

impl Found {
    /// Forgets the page.
    pub fn clear(&mut self) {
        self.cuts.clear();
        self.captions.clear();
    }
}

/// Judges pages. Holds the rules and the model; cheap to share between threads.
pub struct Judge {
    rules: rules::Judge,
    model: Option<Model>,
}

impl Judge {
    /// The rules and the model that take part under this configuration.
    ///
    /// # Errors
    /// A model file that cannot be read.
    pub fn new(config: &Config) -> Result<Self> {
        let model = match config.uses(rules::LINE_MODEL_NAME) && config.boilerplate.is_some() {
            true => config.model.load()?,
            false => None,
        };
        Ok(Judge {
            rules: rules::Judge::new(config),
            model,
        })
    }

    /// The model that takes part.
    pub fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// Finds everything that falls at any level. Use [`rules::page::union`] to get the ranges that go at a level.
    pub fn judge(&self, page: &Page<'_>, found: &mut Found) {
        self.rules
            .judge_with_captions(page, &mut found.cuts, &mut found.captions);
        if let Some(model) = &self.model {
            model.cut(page, &found.captions, &mut found.sight, &mut found.cuts);
        }
    }
}

//! Boilerplate of one text at a time, for programs that have documents in hand and no dump on disk.
//!
//! A [`Cleaner`] gives what `dechaff clean --dedup off --disable frequency` gives for each document: the rules and the line
//! model see a page alone, so no state is kept. What needs other documents (how often a line stands on its site, duplicates)
//! is not here; see [`crate::index`] for duplicates, and [`crate::clean`] for whole dumps.

use std::borrow::Cow;
use std::ops::Range;

use crate::apply::plan::{Planned, Why, plan};
use crate::boilerplate::Judge;
use crate::config::{Config, Dedup, Level};
use crate::error::Result;
use crate::files::row::CutRow;
use crate::io::{Document, splice};
use crate::removal::Evidence;
use crate::rules::{self, Category, Page};
use crate::scan::{Batch, Scanner};

/// Cleans texts. Holds the rules and the model, so make one and share it: it may be used from many threads at once.
///
/// ```
/// use dechaff::cleaner::Cleaner;
/// use dechaff::config::Config;
///
/// let cleaner = Cleaner::new(&Config::default())?;
/// let page = "We use cookies to improve your experience. Accept all cookies\n\
///             The ferry sails at nine, when the tide allows it, and the ferryman keeps the other half of each ticket.\n\
///             Nobody knows what he does with them, though he has been asked more than once.\n";
/// let cleaned = cleaner.clean(page);
/// assert!(cleaned.text.starts_with("The ferry sails at nine"));
/// let cut = &cleaned.cuts[0];
/// assert_eq!((cut.rule, cut.bytes.start), ("cookie-notice", 0));
/// # Ok::<(), dechaff::Error>(())
/// ```
pub struct Cleaner {
    config: Config,
    judge: Judge,
}

/// What came of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned<'t> {
    /// What is left; borrowed when nothing went.
    pub text: Cow<'t, str>,
    /// What went, ascending and disjoint.
    pub cuts: Vec<Cut>,
    /// True when the text would have lost more than `max-document-loss` and therefore kept all.
    pub protected: bool,
}

/// A range that went, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Bytes of the text, half-open; a line that goes whole goes with its end.
    pub bytes: Range<usize>,
    /// The same in code points.
    pub chars: Range<usize>,
    /// The line it is cut from, from 0, blank lines counted.
    pub line: u32,
    /// The first rule that fired, in the order of [`rules::RULES`], or `line-model`.
    pub rule: &'static str,
    /// What kind of boilerplate it is.
    pub category: Category,
    /// The lowest level at which it goes.
    pub level: Level,
    /// All that spoke for it.
    pub evidence: Vec<Evidence>,
}

impl Cleaner {
    /// A cleaner under this configuration, of which boilerplate matters: `boilerplate`, `disable`, `only`, `model` and
    /// `max-document-loss`.
    ///
    /// # Errors
    /// A model file that cannot be read.
    pub fn new(config: &Config) -> Result<Self> {
        let config = Config {
            dedup: Dedup::Off,
            ..config.clone()
        };
        let judge = Judge::new(&config)?;
        Ok(Cleaner { config, judge })
    }

    /// Cleans one document. Its lines end in `\n` or `\r\n`.
    pub fn clean<'t>(&self, text: &'t str) -> Cleaned<'t> {
        let document = Document::of(text);
        let mut found = Batch::default();
        Scanner::new(&self.config, &self.judge).scan(0, 0, &document, &mut found);
        let doc = &found.docs[0];
        let most = self.config.max_document_loss;
        let protected = most.exceeded_by(u64::from(doc.boilerplate), u64::from(doc.chars));
        let mut planned = Vec::new();
        plan(
            &Page::new(text.as_bytes()),
            &found.cuts,
            self.config.boilerplate,
            protected,
            &[],
            &mut planned,
        );
        Cleaned {
            text: rest(text, &planned),
            cuts: cuts(text, &planned, &found.cuts),
            protected,
        }
    }
}

/// What the cuts leave.
fn rest<'t>(text: &'t str, planned: &[Planned]) -> Cow<'t, str> {
    if planned.is_empty() {
        return Cow::Borrowed(text);
    }
    let removed: Vec<Range<usize>> = planned.iter().map(|cut| cut.range.clone()).collect();
    let mut left = Vec::with_capacity(text.len());
    splice::rest(text.as_bytes(), &removed, &mut left);
    Cow::Owned(String::from_utf8(left).expect("cut on character boundaries"))
}

fn cuts(text: &str, planned: &[Planned], rows: &[CutRow]) -> Vec<Cut> {
    let (mut at, mut chars) = (0, 0);
    let mut out = Vec::with_capacity(planned.len());
    for cut in planned {
        let Why::Boilerplate(all) = &cut.why else {
            continue;
        };
        chars += text[at..cut.range.start].chars().count();
        let first = chars;
        chars += text[cut.range.clone()].chars().count();
        at = cut.range.end;
        let mut evidence = Vec::with_capacity(all.len());
        for row in all.iter().map(|&row| &rows[row]) {
            let one = Evidence::of(row);
            if !evidence.contains(&one) {
                evidence.push(one);
            }
        }
        let strongest = &rows[all[0]];
        out.push(Cut {
            bytes: cut.range.clone(),
            chars: first..chars,
            line: cut.paragraph,
            rule: rules::evidence_name(strongest.evidence),
            category: Category::of(strongest.category),
            level: evidence.iter().map(|e| e.level).min().unwrap_or_default(),
            evidence,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cleaner_is_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Cleaner>();
        shared::<Cleaned<'_>>();
    }

    #[test]
    fn cuts_and_rest_make_the_text() {
        let cleaner = Cleaner::new(&Config::default()).unwrap();
        let text = "Das Geläut begann um neun Uhr früh, und niemand im Dorf wusste, warum.\n\
                    Teilen: Facebook | Twitter | WhatsApp | E-Mail\n\
                    © 2019 Harbour Gazette. All rights reserved.\n";
        let cleaned = cleaner.clean(text);
        assert!(!cleaned.cuts.is_empty());
        let mut whole = cleaned.text.to_string();
        for cut in &cleaned.cuts {
            let gone = &text[cut.bytes.clone()];
            let by_chars: String = text
                .chars()
                .skip(cut.chars.start)
                .take(cut.chars.len())
                .collect();
            assert_eq!(by_chars, gone);
            assert_eq!(
                text[..cut.bytes.start].matches('\n').count() as u32,
                cut.line
            );
            whole.insert_str(cut.bytes.start, gone);
        }
        assert_eq!(whole, text);
    }

    #[test]
    fn a_text_that_would_lose_nearly_all_keeps_it() {
        let cleaner = Cleaner::new(&Config::default()).unwrap();
        let text = "© 2019 Harbour Gazette. All rights reserved.\n";
        let cleaned = cleaner.clean(text);
        assert!(cleaned.protected && cleaned.cuts.is_empty() && cleaned.text == text);
    }
}

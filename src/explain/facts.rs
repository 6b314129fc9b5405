//! What there is to say of one cut, whatever form it is said in. Nothing in these strings commands a terminal.

use super::reasons::{Reasoned, by_model};
use super::texts::Texts;
use crate::compare::PairJudge;
use crate::config::Config;
use crate::removal::{Evidence, Ratio, Reason, Removal, Witness};
use crate::report::plain;
use crate::rules::FREQUENCY_NAME;

/// A cut explained.
pub(super) struct Facts {
    /// What went, by what evidence, or for which text.
    pub(super) title: String,
    /// What spoke for it, one thing a line.
    pub(super) lines: Vec<String>,
    /// The text that survives, or why it cannot be shown; duplicates only.
    pub(super) kept: Option<std::result::Result<String, String>>,
}

impl Facts {
    pub(super) fn of(
        removal: &Removal,
        config: &Config,
        texts: &Texts,
        page: Option<&Reasoned<'_>>,
    ) -> Self {
        match &removal.witness {
            Some(witness) => duplicate(removal, witness, config, texts),
            None => boilerplate(removal, page),
        }
    }
}

/// The first line of an explanation: the document, and how much of it went.
pub(super) fn heading(removals: &[Removal]) -> String {
    let first = &removals[0];
    let bytes: u64 = removals.iter().map(|r| r.end - r.start).sum();
    let cuts = if removals.len() == 1 { "cut" } else { "cuts" };
    let name = name(&first.id, &first.source, first.record);
    format!("{name}: {} {cuts}, {bytes} bytes", removals.len())
}

/// Where a cut stands.
pub(super) fn place(removal: &Removal) -> String {
    let (paragraph, start, end) = (removal.paragraph, removal.start, removal.end);
    format!("paragraph {paragraph}, bytes {start}..{end}")
}

/// The cut in two words or three, for a margin.
pub(super) fn short(removal: &Removal) -> String {
    match &removal.rule {
        Some(rule) => plain(rule),
        None => match removal.reason {
            Reason::Contained => "contained".into(),
            reason => title(reason).into(),
        },
    }
}

/// The id of a document and its place, or its place alone where that is its id.
fn name(id: &str, source: &str, record: u64) -> String {
    let place = format!("{source}#{record}");
    match id == place {
        true => plain(&place),
        false => format!("{}, {}", plain(id), plain(&place)),
    }
}

fn boilerplate(removal: &Removal, page: Option<&Reasoned<'_>>) -> Facts {
    let mut title = title(removal.reason).to_owned();
    if let Some(category) = removal.category {
        title += &format!(", {}", category.name());
    }
    if let Some(rule) = &removal.rule {
        title += &format!(", by {}", plain(rule));
    }
    if let Some(level) = removal.level {
        title += &format!(", at level {}", level.name());
    }
    let mut lines = Vec::new();
    if !removal.evidence.is_empty() {
        let evidence: Vec<_> = removal.evidence.iter().map(evidence).collect();
        lines.push(format!("evidence: {}", evidence.join("; ")));
    }
    if let Some(page) = page.filter(|_| by_model(removal)) {
        lines.extend(page.line(removal));
    }
    Facts {
        title,
        lines,
        kept: None,
    }
}

fn duplicate(removal: &Removal, witness: &Witness, config: &Config, texts: &Texts) -> Facts {
    let name = name(&witness.id, &witness.source, witness.record);
    let mut title = format!(
        "{} of {name}, paragraph {}",
        title(removal.reason),
        witness.paragraph
    );
    if let Some(corpus) = &witness.corpus {
        title += &format!(", in the reference {}", plain(corpus));
    }
    let mut lines = vec![format!(
        "J {} of all shingles shared, C {} of those of the shorter",
        decimal(witness.jaccard),
        decimal(witness.containment)
    )];
    let kept = texts.witness(witness);
    if let (Some(text), Ok(kept)) = (&removal.text, &kept)
        && removal.reason != Reason::ExactDuplicate
    {
        lines.extend(PairJudge::new(config, None).reasons(text, kept));
    }
    Facts {
        title,
        lines,
        kept: Some(kept),
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

fn evidence(evidence: &Evidence) -> String {
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

//! The report of a run: what came in, what went, why, and what deserves a look.
//!
//! A [`Tally`] counts while documents are written; [`Tally::finish`] makes a [`Report`] of it. Tallies of workers and
//! reports of shards add up: the sum is the same in whatever order and grouping they are added, and equal to the report of
//! one run over everything. Lists are bounded, and exact all the same, because an entry is never split over two reports: a
//! document belongs to one shard, and the counts of clusters and repeated lines come from RESOLVE, which sees the whole
//! input (see [`Largest`]). Only [`Report::run`] may differ between runs with equal input and options.
//!
//! The published JSON Schema is [`SCHEMA`]. Nothing here reads or writes a file or prints.

mod alarm;
mod counts;
mod entries;
mod excerpts;
mod html;
pub mod language;
mod largest;
mod run;
mod spread;
mod summary;
mod tally;
mod top;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::error::{Error, Result};

pub use alarm::{Alarm, Cause, Scope};
pub use counts::{Amount, Documents, Flow, Named, Quarantined, Removed};
pub use entries::{Cluster, DocumentLoss, NamedRecord, RepeatedLine, SourceLoss};
pub use excerpts::{Chooser, EXCERPTS, Excerpt, Piece, SAMPLES, Sample, Why};
pub(crate) use html::{STYLE, STYLE_HASH, fill};
pub use largest::{Largest, Place, Repeat, Repeats, choose};
pub use run::{Meter, Run};
pub use spread::{BINS, STRETCHES, Similarities, Stretch, stretch};
pub use summary::Warning;
pub(crate) use summary::plain;
pub use tally::{Cut, Document, Tally};
pub use top::{LENGTH, Ranked, Top};

/// The JSON Schema (2020-12) of `report.json`.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// The version of the format. It rises when a field changes its meaning or goes; new fields leave it.
pub const VERSION: u32 = 1;

/// What wrote the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The contents of `report.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// [`VERSION`].
    pub version: u32,
    /// What wrote it.
    pub tool: Tool,
    /// Every setting that can change the answer.
    pub config: Config,
    /// Hash of the configuration, 32 hexadecimal digits.
    pub fingerprint: String,
    /// Sources of which at least one record was read.
    pub sources: u64,
    /// Documents.
    pub documents: Documents,
    /// Paragraphs; those of quarantined records are not among them.
    pub paragraphs: Flow,
    /// Bytes of document text.
    pub bytes: Flow,
    /// What is out of the ordinary and should be looked at; follows from the rest.
    #[serde(default)]
    pub alarms: Vec<Alarm>,
    /// What was removed, by reason, rule, category and language.
    pub removed: Removed,
    /// The kept paragraphs for which most others went.
    pub clusters: Top<Cluster>,
    /// The boilerplate lines that were removed most often.
    pub repeated_lines: Top<RepeatedLine>,
    /// The documents that lost most bytes.
    pub documents_lost_most: Top<DocumentLoss>,
    /// The sources that lost the greatest share of their bytes.
    pub sources_lost_most: Top<SourceLoss>,
    /// The text of the first of them, with what went where it stood. Empty where the log keeps no removed text.
    #[serde(default)]
    pub excerpts: Top<Excerpt, EXCERPTS>,
    /// Cuts drawn by lot, by rule, or by reason where there is no rule. Empty where the log keeps no removed text.
    #[serde(default)]
    pub samples: BTreeMap<String, Top<Sample, SAMPLES>>,
    /// Near and contained duplicates by similarity.
    #[serde(default)]
    pub similarities: Similarities,
    /// Bytes read and removed over the input: the documents in the order of the input, in [`STRETCHES`] equal stretches.
    #[serde(default)]
    pub over_input: Vec<Stretch>,
    /// Documents that kept their boilerplate because they would have lost too much.
    pub protected: Named,
    /// Records that could not be read.
    pub quarantined: Quarantined,
    /// Lines that are not UTF-8 and passed unchanged, by document.
    pub passed_over: Named,
    /// Paragraphs with more candidates than are verified.
    pub candidates_capped: u64,
    /// What may differ between equal runs.
    pub run: Run,
}

impl Report {
    /// An empty report under this configuration.
    pub fn new(config: &Config) -> Self {
        Report {
            version: VERSION,
            tool: Tool {
                name: env!("CARGO_PKG_NAME").into(),
                version: env!("CARGO_PKG_VERSION").into(),
            },
            config: config.clone(),
            fingerprint: format!("{:032x}", config.fingerprint()),
            sources: 0,
            documents: Documents::default(),
            paragraphs: Flow::default(),
            bytes: Flow::default(),
            alarms: Vec::new(),
            removed: Removed::default(),
            clusters: Top::default(),
            repeated_lines: Top::default(),
            documents_lost_most: Top::default(),
            excerpts: Top::default(),
            samples: BTreeMap::new(),
            similarities: Similarities::default(),
            over_input: vec![Stretch::default(); STRETCHES],
            sources_lost_most: Top::default(),
            protected: Named::default(),
            quarantined: Quarantined::default(),
            passed_over: Named::default(),
            candidates_capped: 0,
            run: Run::default(),
        }
    }

    /// Reads `report.json`.
    ///
    /// # Errors
    /// The text is no report, or one of another version.
    pub fn parse(text: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Head {
            version: u32,
            tool: Tool,
        }
        let head: Head = serde_json::from_str(text)
            .map_err(|e| Error::phase(format!("not a report: {e}; expected a report.json")))?;
        if head.version != VERSION {
            return Err(Error::phase(format!(
                "the report has version {} (written by {} {}), expected {VERSION}",
                head.version, head.tool.name, head.tool.version
            ))
            .hint("use the dechaff that wrote it"));
        }
        serde_json::from_str(text).map_err(|e| Error::phase(format!("damaged report: {e}")))
    }

    /// Returns the text of `report.json`: two spaces of indent, a newline at the end.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a report serialises");
        text.push('\n');
        text
    }

    /// Adds the report of another shard of the same run.
    ///
    /// # Errors
    /// The other was written by another version or under another configuration; `self` is then unchanged.
    pub fn merge(&mut self, other: &Report) -> Result<()> {
        let clash = |what: &str, a: &dyn std::fmt::Display, b: &dyn std::fmt::Display| {
            Err(
                Error::phase(format!("reports do not add up: {what} {b} meets {a}"))
                    .hint("merge only reports of shards of one run"),
            )
        };
        if self.version != other.version {
            return clash("format version", &self.version, &other.version);
        }
        if self.tool != other.tool {
            return clash("tool version", &self.tool.version, &other.tool.version);
        }
        if self.fingerprint != other.fingerprint {
            return clash("configuration", &self.fingerprint, &other.fingerprint);
        }
        self.add(other);
        self.alarms = self.find_alarms();
        Ok(())
    }

    /// Adds counts and lists; whether they belong together was checked before.
    fn add(&mut self, other: &Report) {
        self.sources += other.sources;
        self.documents += other.documents;
        self.paragraphs += other.paragraphs;
        self.bytes += other.bytes;
        self.removed.add(&other.removed);
        self.clusters.add(&other.clusters);
        self.repeated_lines.add(&other.repeated_lines);
        self.documents_lost_most.add(&other.documents_lost_most);
        self.sources_lost_most.add(&other.sources_lost_most);
        self.excerpts.add(&other.excerpts);
        for (kind, samples) in &other.samples {
            counts::entry(&mut self.samples, kind).add(samples);
        }
        self.similarities.add(&other.similarities);
        let stretches = self.over_input.iter_mut().zip(&other.over_input);
        stretches.for_each(|(into, from)| *into += *from);
        self.protected.add(&other.protected);
        self.quarantined.add(&other.quarantined);
        self.passed_over.add(&other.passed_over);
        self.candidates_capped += other.candidates_capped;
        self.run.add(&other.run, self.bytes.r#in);
    }

    /// Says how the run went, in place of what was said before.
    pub(crate) fn set_run(&mut self, mut run: Run) {
        run.settle(self.bytes.r#in);
        self.run = run;
    }

    /// Checks that nothing was lost: what came in is what went out and what was removed.
    ///
    /// # Errors
    /// Names the figures that do not add up; that is a defect of this program.
    pub fn check(&self) -> Result<()> {
        let unequal = |what: &str, a: u64, b: u64| match a == b {
            true => Ok(()),
            false => Err(Error::phase(format!(
                "the accounts do not balance: {what}: {a} against {b}"
            ))),
        };
        let sum = |f: &Flow| f.out + f.removed;
        unequal(
            "bytes in, out and removed",
            self.bytes.r#in,
            sum(&self.bytes),
        )?;
        let paragraphs = &self.paragraphs;
        unequal(
            "paragraphs in, out and removed",
            paragraphs.r#in,
            sum(paragraphs),
        )?;
        let documents = &self.documents;
        let written = documents.out + documents.left_out;
        unequal("documents in, out and left out", documents.r#in, written)?;
        for (name, group) in [
            ("reason", &self.removed.by_reason),
            ("language", &self.removed.by_language),
        ] {
            let bytes = group.values().map(|a| a.bytes).sum();
            unequal(
                &format!("bytes removed by {name}"),
                self.bytes.removed,
                bytes,
            )?;
        }
        Ok(())
    }
}

/// Adds up the reports of all shards of a run, in any order.
///
/// # Errors
/// No report was given, or they are not of one run.
pub fn merge(reports: impl IntoIterator<Item = Report>) -> Result<Report> {
    let mut reports = reports.into_iter();
    let mut sum = reports
        .next()
        .ok_or_else(|| Error::usage("no report to merge; name the report.json of each shard"))?;
    for report in reports {
        sum.merge(&report)?;
    }
    Ok(sum)
}

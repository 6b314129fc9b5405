//! Alarms: removals far beyond what is plausible, with their largest causes.
//!
//! The limits stand well above everything that was measured (default options): Reuters-21578 loses 5 % of its text, BBC news
//! 8 %, Chinese novels 8 %, 20 Newsgroups 21 %, whole web pages 21 % (29 % at the level `aggressive`), a synthetic dump
//! with 42 % of its lines boilerplate 28 %. Of these pages the greediest rule took 3.9 % (5.6 %), the line model 8.5 %
//! (14.4 %). What passes a limit is not proved wrong: it is a dump of copies, a template that a rule takes for chaff, or a
//! wrong setting. Somebody should look before anybody relies on the result.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::summary::{percent, plain};
use super::{Report, SourceLoss};
use crate::config::Share;
use crate::rules::{FREQUENCY_NAME, LINE_MODEL_NAME};

/// Most of a run that may plausibly go.
pub(super) const RUN: Share = Share(7_000);
/// Most of a source: single sources differ more than whole runs.
pub(super) const SOURCE: Share = Share(8_000);
/// Most of a run that one rule may plausibly take.
pub(super) const RULE: Share = Share(1_000);
/// Most of a run that the line model or frequency may plausibly take: they know many kinds of chaff, a rule knows one.
pub(super) const EVIDENCE: Share = Share(3_000);

/// With less text than this nothing is out of the ordinary: of a note of two lines one cut is a half.
pub(super) const LEAST: u64 = 64 << 10;

/// So many sources are named in alarms; the list of those that lost most names more.
const SOURCES: usize = 10;

/// How many causes an alarm names.
const CAUSES: usize = 3;

/// Why text went: a reason of duplicates, or the first evidence against boilerplate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// `exact_duplicate`, `near_duplicate`, `contained`, the name of a rule, `frequency` or `line-model`.
    pub name: String,
    /// Bytes of text.
    pub bytes: u64,
}

/// What lost too much, or took too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The whole run.
    Run,
    /// One source.
    Source,
    /// One rule, over the whole run.
    Rule,
}

/// A removal beyond what is plausible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// What is out of the ordinary.
    pub scope: Scope,
    /// The source or the rule; null for the run.
    pub name: Option<String>,
    /// Bytes of text that it is a share of.
    pub bytes_in: u64,
    /// Bytes of text that went.
    pub bytes_removed: u64,
    /// The share from which on this is an alarm.
    pub limit: Share,
    /// The largest causes, largest first.
    pub causes: Vec<Cause>,
}

impl fmt::Display for Alarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = percent(self.bytes_removed, self.bytes_in);
        let name = plain(self.name.as_deref().unwrap_or_default());
        match self.scope {
            Scope::Run => write!(f, "this run removed {share} of all text")?,
            Scope::Source => write!(f, "{name} lost {share} of its text")?,
            Scope::Rule => write!(f, "{name} alone removed {share} of all text")?,
        }
        write!(f, ", where up to {} is plausible", percentage(self.limit))?;
        if self.scope != Scope::Rule {
            write!(f, "; causes: {}", list(&self.causes, self.bytes_in))?;
        }
        f.write_str("; look at it before you rely on it")?;
        match self.scope {
            Scope::Run => {
                f.write_str(" (explain; --max-removed stops such a run before it writes)")
            }
            Scope::Source => f.write_str(" (explain, --boilerplate, --dedup)"),
            Scope::Rule => write!(f, " (explain, --disable {name})"),
        }
    }
}

impl Report {
    /// What is out of the ordinary: the run, then rules by name, then sources, worst first.
    pub(super) fn find_alarms(&self) -> Vec<Alarm> {
        let all = self.bytes.r#in;
        let mut alarms = Vec::new();
        if all >= LEAST && RUN.reached_by(self.bytes.removed, all) {
            alarms.push(Alarm {
                scope: Scope::Run,
                name: None,
                bytes_in: all,
                bytes_removed: self.bytes.removed,
                limit: RUN,
                causes: self.causes(),
            });
        }
        for (name, amount) in &self.removed.by_rule {
            let limit = match name.as_str() {
                LINE_MODEL_NAME | FREQUENCY_NAME => EVIDENCE,
                _ => RULE,
            };
            if all >= LEAST && limit.reached_by(amount.bytes, all) {
                alarms.push(Alarm {
                    scope: Scope::Rule,
                    name: Some(name.clone()),
                    bytes_in: all,
                    bytes_removed: amount.bytes,
                    limit,
                    causes: Vec::new(),
                });
            }
        }
        let extreme = self.sources_lost_most.iter().filter(|s| is_extreme(s));
        alarms.extend(extreme.take(SOURCES).map(|source| Alarm {
            scope: Scope::Source,
            name: Some(source.source.clone()),
            bytes_in: source.bytes_in,
            bytes_removed: source.bytes_removed,
            limit: SOURCE,
            causes: source.causes.clone(),
        }));
        alarms
    }

    /// The largest causes of the run.
    fn causes(&self) -> Vec<Cause> {
        let mut causes = BTreeMap::new();
        for (reason, amount) in &self.removed.by_reason {
            if reason != "boilerplate" {
                causes.insert(reason.clone(), amount.bytes);
            }
        }
        for (rule, amount) in &self.removed.by_rule {
            causes.insert(rule.clone(), amount.bytes);
        }
        largest(causes)
    }

    /// Says that more would be removed than `most`, and why.
    pub(crate) fn too_much(&self, most: Share) -> String {
        let (removed, all) = (self.bytes.removed, self.bytes.r#in);
        format!(
            "{} of the text would be removed, more than the {} of --max-removed; causes: {}",
            percent(removed, all),
            percentage(most),
            list(&self.causes(), all)
        )
    }
}

/// True for a source that lost too much; only such a one keeps its causes.
pub(super) fn is_extreme(source: &SourceLoss) -> bool {
    source.bytes_in >= LEAST && SOURCE.reached_by(source.bytes_removed, source.bytes_in)
}

/// The largest of some causes, largest first.
pub(super) fn largest(causes: BTreeMap<String, u64>) -> Vec<Cause> {
    let causes = causes.into_iter();
    let mut causes: Vec<Cause> = causes.map(|(name, bytes)| Cause { name, bytes }).collect();
    causes.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    causes.truncate(CAUSES);
    causes
}

fn list(causes: &[Cause], all: u64) -> String {
    let one = |c: &Cause| {
        format!(
            "{} {}",
            plain(&c.name).replace('_', " "),
            percent(c.bytes, all)
        )
    };
    causes.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// `70 %`, `12.5 %`.
fn percentage(share: Share) -> String {
    format!("{} %", f64::from(share.0) / 100.0)
}

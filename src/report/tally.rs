//! Counts what the apply phase does, one tally a worker. It sees each document once, with its cuts, and judges nothing.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::{AddAssign, Range};

use super::counts::entry;
use super::entries::example;
use super::{
    Amount, Chooser, Cluster, DocumentLoss, NamedRecord, Place, Ranked, Repeat, RepeatedLine,
    Report, Run, SourceLoss, Stretch, alarm, language,
};
use crate::config::Config;
use crate::removal::{Ratio, Removal};
use crate::rules::Category;

/// A document as it was applied.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The name of its source in the manifest.
    pub source: &'a str,
    /// Its number in the source.
    pub record: u64,
    /// Its id.
    pub id: &'a str,
    /// Its text before anything was removed.
    pub text: &'a [u8],
    /// Its paragraphs before anything was removed.
    pub paragraphs: u64,
    /// Bytes of text that were written.
    pub bytes_out: u64,
    /// Whether it was written at all (`drop-empty`).
    pub written: bool,
    /// Whether it kept boilerplate because it would have lost too much (`max-document-loss`).
    pub protected: bool,
    /// Lines that are not UTF-8 and passed unchanged.
    pub passed_over: u64,
    /// Where in the input it stands ([`super::stretch`]).
    pub stretch: usize,
}

/// One cut of a document: what a record of the removal log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut<'a> {
    /// Bytes of the document.
    pub range: Range<usize>,
    /// The number of the paragraph it belongs to.
    pub paragraph: u32,
    /// `exact_duplicate`, `near_duplicate`, `contained` or `boilerplate`.
    pub reason: &'a str,
    /// The first evidence, for boilerplate.
    pub rule: Option<&'a str>,
    /// Its category.
    pub category: Option<&'a str>,
    /// J of a near duplicate, C of a contained one.
    pub similarity: Option<Ratio>,
}

impl<'a> From<&'a Removal> for Cut<'a> {
    fn from(removal: &'a Removal) -> Self {
        Cut {
            range: removal.start as usize..removal.end as usize,
            paragraph: removal.paragraph,
            reason: removal.reason.name(),
            rule: removal.rule.as_deref(),
            category: removal.category.map(Category::name),
            similarity: removal.similarity(),
        }
    }
}

/// An amount, and the last document that was counted for it.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    amount: Amount,
    document: u64,
}

impl Group {
    fn add(&mut self, document: u64, paragraphs: u64, bytes: u64) {
        self.amount += Amount {
            documents: u64::from(self.document != document),
            cuts: 1,
            paragraphs,
            bytes,
        };
        self.document = document;
    }
}

/// A report in the making.
#[derive(Debug, Clone)]
pub struct Tally {
    report: Report,
    reasons: BTreeMap<String, Group>,
    rules: BTreeMap<String, Group>,
    categories: BTreeMap<String, Group>,
    sources: BTreeMap<String, SourceLoss>,
    /// Bytes by cause, by source.
    causes: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Tally {
    /// An empty tally.
    pub fn new(config: &Config) -> Self {
        Tally {
            report: Report::new(config),
            reasons: BTreeMap::new(),
            rules: BTreeMap::new(),
            categories: BTreeMap::new(),
            sources: BTreeMap::new(),
            causes: BTreeMap::new(),
        }
    }

    /// Counts a document with its cuts, which are ascending and disjoint.
    pub fn document(&mut self, document: &Document<'_>, cuts: &[Cut<'_>]) {
        let (bytes_in, out) = (document.text.len() as u64, document.bytes_out);
        let bytes_removed: u64 = cuts.iter().map(|c| c.range.len() as u64).sum();
        self.count_document(document, bytes_removed);
        self.report.bytes.r#in += bytes_in;
        self.report.bytes.out += out;
        self.report.bytes.removed += bytes_removed;
        self.spread(document, cuts, bytes_removed);

        let paragraphs = match cuts {
            [] => 0,
            _ => self.count_cuts(document, cuts, bytes_removed),
        };
        let flow = &mut self.report.paragraphs;
        flow.r#in += document.paragraphs;
        flow.removed += paragraphs;
        flow.out += document.paragraphs - paragraphs;

        let source = self.source(document.source);
        source.documents += 1;
        source.bytes_in += bytes_in;
        source.bytes_removed += bytes_removed;
    }

    fn spread(&mut self, document: &Document<'_>, cuts: &[Cut<'_>], bytes_removed: u64) {
        let boilerplate = cuts.iter().filter(|c| c.rule.is_some());
        let boilerplate = boilerplate.map(|c| c.range.len() as u64).sum();
        self.report.over_input[document.stretch] += Stretch {
            r#in: document.text.len() as u64,
            boilerplate,
            duplicates: bytes_removed - boilerplate,
        };
        for cut in cuts {
            if let Some(similarity) = cut.similarity {
                self.report.similarities.count(cut.reason, similarity);
            }
        }
    }

    /// Shows the document and its cuts, if they are among those that `chooser` shows. Called after [`Tally::document`].
    /// `removals` is called only when one of its cuts is shown, which is rare; it returns one removal for each cut.
    pub fn show(
        &mut self,
        chooser: &mut Chooser,
        document: &Document<'_>,
        cuts: &[Cut<'_>],
        removals: impl FnOnce() -> Vec<Removal>,
    ) {
        let removals = LazyCell::new(removals);
        chooser.excerpt(document, cuts, &removals, &mut self.report.excerpts);
        chooser.samples(document, cuts, &removals, &mut self.report.samples);
    }

    fn count_document(&mut self, document: &Document<'_>, bytes_removed: u64) {
        let counts = &mut self.report.documents;
        counts.r#in += 1;
        counts.out += u64::from(document.written);
        counts.left_out += u64::from(!document.written);
        counts.changed += u64::from(bytes_removed > 0);
        let all = bytes_removed > 0 && bytes_removed == document.text.len() as u64;
        counts.emptied += u64::from(all);
        let named = |note: String| NamedRecord {
            source: document.source.into(),
            record: document.record,
            id: document.id.into(),
            note,
        };
        if document.protected {
            let note = "would have lost too much to boilerplate";
            self.report.protected.push(1, || named(note.into()));
        }
        if document.passed_over > 0 {
            let lines = document.passed_over;
            let note = format!(
                "{lines} {} not UTF-8",
                if lines == 1 { "line" } else { "lines" }
            );
            self.report.passed_over.push(lines, || named(note));
        }
    }

    /// Counts the cuts of one document in every table, and returns how many paragraphs they took whole.
    fn count_cuts(&mut self, document: &Document<'_>, cuts: &[Cut<'_>], bytes: u64) -> u64 {
        let whole = whole(document.text, cuts);
        // More can only be seen where a block that lost a line of boilerplate goes as a duplicate too.
        let taken = (whole.iter().filter(|w| **w).count() as u64).min(document.paragraphs);
        let number = self.report.documents.r#in;
        let causes = entry(&mut self.causes, document.source);
        for (cut, &whole) in cuts.iter().zip(&whole) {
            let (bytes, paragraphs) = (cut.range.len() as u64, u64::from(whole));
            entry(&mut self.reasons, cut.reason).add(number, paragraphs, bytes);
            *entry(causes, cut.rule.unwrap_or(cut.reason)) += bytes;
            if let Some(rule) = cut.rule {
                entry(&mut self.rules, rule).add(number, paragraphs, bytes);
            }
            if let Some(category) = cut.category {
                entry(&mut self.categories, category).add(number, paragraphs, bytes);
            }
        }
        let lang = language::of(document.text);
        *entry(&mut self.report.removed.by_language, lang) += Amount {
            documents: 1,
            cuts: cuts.len() as u64,
            paragraphs: taken,
            bytes,
        };
        let loss = DocumentLoss {
            id: document.id.into(),
            source: document.source.into(),
            record: document.record,
            bytes_in: document.text.len() as u64,
            bytes_removed: bytes,
        };
        if self.report.documents_lost_most.has_room_for(&loss.rank()) {
            self.report.documents_lost_most.push(loss);
        }
        taken
    }

    fn source(&mut self, name: &str) -> &mut SourceLoss {
        if !self.sources.contains_key(name) {
            let source = SourceLoss {
                source: name.into(),
                documents: 0,
                bytes_in: 0,
                bytes_removed: 0,
                causes: Vec::new(),
            };
            self.sources.insert(name.into(), source);
        }
        self.sources
            .get_mut(name)
            .expect("the name was just inserted")
    }

    /// Counts a record that could not be read. `reason` is a short name, `note` a sentence.
    pub fn quarantined(&mut self, source: &str, record: u64, reason: &str, note: &str) {
        self.source(source);
        let quarantined = &mut self.report.quarantined;
        quarantined.count += 1;
        *entry(&mut quarantined.by_reason, reason) += 1;
        quarantined.first.push(NamedRecord {
            source: source.into(),
            record,
            id: format!("{source}#{record}"),
            note: note.into(),
        });
    }

    /// Counts paragraphs that had more candidates than are verified.
    pub fn candidates_capped(&mut self, paragraphs: u64) {
        self.report.candidates_capped += paragraphs;
    }

    /// Names a cluster that RESOLVE counted; called for the document that holds its kept paragraph.
    pub fn cluster(&mut self, document: &Document<'_>, repeat: &Repeat, text: &str) {
        let Place { paragraph, .. } = repeat.place;
        self.report.clusters.push(Cluster {
            id: document.id.into(),
            source: document.source.into(),
            record: document.record,
            paragraph,
            removed: repeat.removed,
            bytes: repeat.bytes,
            example: example(text),
        });
    }

    /// Names a line that RESOLVE counted; called for the document that holds its first copy, with the cut of that copy.
    pub fn repeated_line(&mut self, document: &Document<'_>, repeat: &Repeat, cut: &Cut<'_>) {
        self.report.repeated_lines.push(RepeatedLine {
            text: example(&String::from_utf8_lossy(&document.text[cut.range.clone()])),
            rule: cut.rule.unwrap_or_default().into(),
            category: cut.category.unwrap_or_default().into(),
            removed: repeat.removed,
            bytes: repeat.bytes,
            source: document.source.into(),
            record: document.record,
            paragraph: repeat.place.paragraph,
        });
    }

    /// Closes the accounts. A source must not be spread over several reports, only over several tallies.
    pub fn finish(mut self, mut run: Run) -> Report {
        let mut report = self.report;
        for (groups, into) in [
            (self.reasons, &mut report.removed.by_reason),
            (self.rules, &mut report.removed.by_rule),
            (self.categories, &mut report.removed.by_category),
        ] {
            into.extend(groups.into_iter().map(|(name, g)| (name, g.amount)));
        }
        report.sources = self.sources.len() as u64;
        report.sources_lost_most = self
            .sources
            .into_values()
            .filter(|s| s.bytes_in >= alarm::LEAST && s.bytes_removed > 0)
            .map(|mut source| {
                if alarm::is_extreme(&source) {
                    let causes = self.causes.remove(&source.source);
                    source.causes = alarm::largest(causes.unwrap_or_default());
                }
                source
            })
            .collect();
        report.alarms = report.find_alarms();
        run.settle(report.bytes.r#in);
        report.run = run;
        report
    }
}

impl AddAssign for Tally {
    /// Adds the tally of another worker of the same run.
    fn add_assign(&mut self, other: Self) {
        for (into, from) in [
            (&mut self.reasons, other.reasons),
            (&mut self.rules, other.rules),
            (&mut self.categories, other.categories),
        ] {
            for (name, group) in from {
                entry(into, &name).amount += group.amount;
            }
        }
        for (name, source) in other.sources {
            let into = self.source(&name);
            into.documents += source.documents;
            into.bytes_in += source.bytes_in;
            into.bytes_removed += source.bytes_removed;
        }
        for (source, causes) in other.causes {
            let into = entry(&mut self.causes, &source);
            for (cause, bytes) in causes {
                *entry(into, &cause) += bytes;
            }
        }
        self.report.add(&other.report);
    }
}

/// Tells of each cut whether it took a paragraph whole. Cuts of one paragraph that touch count together, as the first of
/// them: where a rule took the head of a line and the rest went as a duplicate, one paragraph went.
fn whole(text: &[u8], cuts: &[Cut<'_>]) -> Vec<bool> {
    let starts = |at: usize| at == 0 || text.get(at - 1) == Some(&b'\n');
    let mut out = Vec::with_capacity(cuts.len());
    let together =
        |a: &Cut<'_>, b: &Cut<'_>| a.range.end == b.range.start && a.paragraph == b.paragraph;
    for chunk in cuts.chunk_by(together) {
        let (start, end) = (chunk[0].range.start, chunk[chunk.len() - 1].range.end);
        let lines = starts(start) && (end == text.len() || starts(end));
        let blank = text[start..end].iter().all(u8::is_ascii_whitespace);
        out.push(lines && !blank);
        out.resize(out.len() + chunk.len() - 1, false);
    }
    out
}

//! Apply of records: plans each document, cleans it, writes down what went.

use std::ops::Range;

use super::plan::{Planned, Why, plan};
use super::{Fed, rows};
use crate::beside::{self, Beside, Collector, Rows};
use crate::config::{Config, Dedup};
use crate::error::{Error, Result};
use crate::files::row::{CutRow, Drop};
use crate::files::work::ResolveInfo;
use crate::io::sink::Sink;
use crate::io::{Cleaned, Digest, Document, Fault, Frame, Shape};
use crate::read::Job;
use crate::removal::line::{self, Line};
use crate::removal::{self, Evidence, Ratio, Reason};
use crate::report::{self, Chooser, Tally};
use crate::rules::{self, Category, FREQUENCY, LINE_MODEL, Page};
use crate::text::line::Line as TextLine;
use crate::text::{hash, utf8};

/// What a worker returns, in order.
pub(super) enum Outcome {
    /// A source begins.
    Begin(Shape),
    /// Some of its records, and their counts.
    Records(Vec<Applied>, Box<Tally>),
    /// It has been read to its end.
    End(Digest),
}

/// What became of a frame.
pub(super) enum Applied {
    /// Bytes between records.
    Between(Frame),
    /// A bad record, and what other tools are told of it.
    Bad(Frame, Fault, Rows),
    /// A cleaned record, its lines of the removal log, and what other tools are told of it.
    Record(u64, Cleaned, Vec<u8>, Rows),
}

impl Applied {
    pub(super) fn write(self, sink: &mut Sink, files: &mut beside::Files) -> Result<()> {
        match self {
            Applied::Between(frame) => sink.between(&frame),
            Applied::Bad(frame, fault, rows) => {
                files.write(&rows)?;
                sink.quarantine(&frame, &fault)
            }
            Applied::Record(record, cleaned, log, rows) => {
                files.write(&rows)?;
                sink.record(record, &cleaned, &log)
            }
        }
    }
}

/// Applies decisions to records, reusing its buffers.
pub(super) struct Applier<'a> {
    config: &'a Config,
    info: &'a ResolveInfo,
    chooser: Chooser,
    planned: Vec<Planned>,
    ranges: Vec<Range<usize>>,
    evidence: Vec<Evidence>,
    beside: Collector,
}

/// The decisions about one document.
struct Of<'r> {
    paras: u32,
    stretch: usize,
    cuts: &'r [CutRow],
    drops: &'r [Drop],
    spared: bool,
}

impl<'a> Applier<'a> {
    pub(super) fn new(config: &'a Config, info: &'a ResolveInfo, beside: Beside) -> Self {
        Applier {
            config,
            info,
            chooser: Chooser::new(config),
            planned: Vec::new(),
            ranges: Vec::new(),
            evidence: Vec::new(),
            beside: Collector::new(beside),
        }
    }

    pub(super) fn apply(&mut self, fed: Fed<'_>) -> Result<Outcome> {
        let Fed { job, source, rows } = fed;
        Ok(match job {
            Job::Begin { shape, .. } => Outcome::Begin(shape),
            Job::End { digest, .. } => Outcome::End(digest),
            Job::Frames { shape, frames, .. } => {
                let source = source.expect("frames belong to a source");
                let mut tally = Box::new(Tally::new(self.config));
                let mut out = Vec::with_capacity(frames.len());
                let mut walk = Walk {
                    rows: &rows,
                    doc: 0,
                    cut: 0,
                    drop: 0,
                };
                for frame in frames {
                    out.push(self.frame(
                        frame,
                        source.number,
                        &source.name,
                        &shape,
                        &mut walk,
                        &mut tally,
                    )?);
                }
                Outcome::Records(out, tally)
            }
        })
    }

    fn frame(
        &mut self,
        mut frame: Frame,
        number: u32,
        source: &str,
        shape: &Shape,
        walk: &mut Walk<'_>,
        tally: &mut Tally,
    ) -> Result<Applied> {
        let Some(record) = frame.record else {
            return Ok(Applied::Between(frame));
        };
        let fault = match frame.fault.take() {
            Some(fault) => fault,
            None => match (shape.format.parse)(&frame, &self.config.input) {
                Err(fault) => fault,
                Ok(document) => {
                    let (cleaned, log, rows) =
                        self.record(&frame, record, number, source, document, shape, walk, tally)?;
                    return Ok(Applied::Record(record, cleaned, log, rows));
                }
            },
        };
        if frame.part == 0 {
            tally.quarantined(source, record, fault.reason, &fault.detail);
        }
        let rows = self.beside.bad(&frame, shape.format, &self.config.input);
        Ok(Applied::Bad(frame, fault, rows))
    }

    #[allow(clippy::too_many_arguments)] // what a record is, and where it stands
    fn record(
        &mut self,
        frame: &Frame,
        record: u64,
        number: u32,
        source: &str,
        document: Document<'_>,
        shape: &Shape,
        walk: &mut Walk<'_>,
        tally: &mut Tally,
    ) -> Result<(Cleaned, Vec<u8>, Rows)> {
        let of = walk
            .next(record, &document)
            .map_err(|e| e.at(source).record(record))?;
        let page = Page::new(&document.text);
        plan(
            &page,
            of.cuts,
            self.config.boilerplate,
            of.spared,
            of.drops,
            &mut self.planned,
        );
        let id = document
            .id
            .as_deref()
            .map_or_else(|| format!("{source}#{record}"), str::to_owned);
        self.ranges.clear();
        self.ranges
            .extend(self.planned.iter().map(|p| p.range.clone()));
        let mut cleaned = Cleaned::default();
        shape.format.clean(
            frame,
            &document,
            &self.ranges,
            shape.output_format,
            &mut cleaned,
        );
        let valid = page.lines().iter().all(|l| l.text.is_some());
        let mut log = Vec::new();
        let cuts = self.removals(
            &id,
            source,
            record,
            &document.text,
            valid,
            &of,
            &cleaned,
            &mut log,
        );
        self.count(
            &id, source, number, record, &page, &of, &cleaned, &cuts, &log, tally,
        );
        let of = beside::Of {
            frame,
            format: shape.format,
            input: &self.config.input,
            document: &document,
            id: &id,
        };
        let rows = self.beside.document(&of, cleaned.emptied);
        Ok((cleaned, log, rows))
    }

    /// Writes the removals of a document to the log, and lists them for the report.
    #[allow(clippy::too_many_arguments)] // what a record is, and where it stands
    fn removals(
        &mut self,
        id: &str,
        source: &str,
        record: u64,
        text: &[u8],
        valid: bool,
        of: &Of<'_>,
        cleaned: &Cleaned,
        log: &mut Vec<u8>,
    ) -> Vec<report::Cut<'static>> {
        let mut cuts = Vec::with_capacity(self.planned.len());
        if self.planned.is_empty() {
            return cuts;
        }
        let count_chars = |bytes| match valid {
            true => utf8::count_chars(bytes) as u64,
            false => count_chars(bytes),
        };
        let quoted = |name| {
            let mut out = Vec::new();
            line::string(&mut out, name);
            out
        };
        let (id, source) = (quoted(id), quoted(source));
        let (mut at, mut chars) = (0, 0);
        let mut evidence = std::mem::take(&mut self.evidence);
        let mut beside = std::mem::take(&mut self.beside);
        let keep_text = self.config.keep_removed_text;
        for (i, planned) in self.planned.iter().enumerate() {
            let range = planned.range.clone();
            chars += count_chars(&text[at..range.start]);
            let char_start = chars;
            chars += count_chars(&text[range.clone()]);
            at = range.end;
            let gone = keep_text.then(|| String::from_utf8_lossy(&text[range.clone()]));
            let raw = cleaned.raws.get(i).and_then(Option::as_deref);
            evidence.clear();
            let mut line = Line {
                id: &id,
                source: &source,
                record,
                paragraph: planned.paragraph,
                start: range.start as u64,
                end: range.end as u64,
                char_start,
                char_end: chars,
                reason: Reason::Boilerplate,
                rule: None,
                category: None,
                level: None,
                score: None,
                evidence: &[],
                witness: None,
                text: gone.as_deref(),
                raw: raw.filter(|_| keep_text),
            };
            let mut named = String::new();
            match &planned.why {
                Why::Boilerplate(all) => {
                    explain_cut(&mut line, all.iter().map(|&e| &of.cuts[e]), &mut evidence);
                    line.evidence = &evidence;
                }
                Why::Duplicate(drop) => self.explain_drop(&mut line, &of.drops[*drop], &mut named),
            }
            line.write(log);
            beside.cut(&line);
            cuts.push(report::Cut {
                range,
                paragraph: line.paragraph,
                reason: line.reason.name(),
                rule: line.rule,
                category: line.category.map(Category::name),
                similarity: line.similarity(),
            });
        }
        self.evidence = evidence;
        self.beside = beside;
        cuts
    }

    /// `named` takes the name of a witness that has none of its own.
    fn explain_drop<'l>(&'l self, line: &mut Line<'l>, drop: &'l Drop, named: &'l mut String) {
        line.reason = [
            Reason::ExactDuplicate,
            Reason::NearDuplicate,
            Reason::Contained,
        ][usize::from(drop.reason.min(2))];
        let (shared, a, b) = (
            u64::from(drop.shared),
            u64::from(drop.size),
            u64::from(drop.witness_size),
        );
        let place = &drop.witness;
        let corpus = match place.corpus {
            0 => None,
            number => Some(&self.info.references[usize::from(number) - 1]),
        };
        let source = match corpus {
            None => &self.info.input[place.source as usize].0,
            Some(reference) => &reference.sources[place.source as usize],
        };
        let id = match &drop.witness_id {
            Some(id) => id,
            None => {
                *named = format!("{source}#{}", place.record);
                named
            }
        };
        line.witness = Some(line::Witness {
            corpus: corpus.map(|reference| reference.name.as_str()),
            id,
            source,
            record: place.record.into(),
            paragraph: place.line,
            start: place.start.into(),
            end: place.end.into(),
            jaccard: Ratio::of(shared, a + b - shared),
            containment: Ratio::of(shared, a.min(b)),
        });
    }

    #[allow(clippy::too_many_arguments)] // everything that the report counts of a document
    fn count(
        &mut self,
        id: &str,
        source: &str,
        number: u32,
        record: u64,
        page: &Page<'_>,
        of: &Of<'_>,
        cleaned: &Cleaned,
        cuts: &[report::Cut<'_>],
        log: &[u8],
        tally: &mut Tally,
    ) {
        let text = page.bytes();
        let removed: usize = self.ranges.iter().map(|r| r.len()).sum();
        let document = report::Document {
            source,
            record,
            id,
            text,
            paragraphs: match self.config.dedup {
                // Without a search for duplicates scan counts no paragraphs; lines are the next best thing.
                Dedup::Off => page.lines().iter().filter(|l| is_text(l)).count() as u64,
                _ => u64::from(of.paras) + self.cut_whole(page, of),
            },
            bytes_out: (text.len() - removed) as u64,
            written: !(self.config.drop_empty && cleaned.emptied),
            protected: of.spared,
            passed_over: page.lines().iter().filter(|l| l.text.is_none()).count() as u64,
            stretch: of.stretch,
        };
        tally.document(&document, cuts);
        tally.show(&mut self.chooser, &document, cuts, || {
            removal::read_lines(log)
        });
        for repeat in self.info.largest.clusters_of(number, record as u32) {
            let line = page.text(repeat.place.paragraph as usize);
            tally.cluster(&document, repeat, line);
        }
        for repeat in self.info.largest.lines_of(number, record as u32) {
            if let Some(cut) = cuts
                .iter()
                .find(|c| c.paragraph == repeat.place.paragraph && c.rule.is_some())
            {
                tally.repeated_line(&document, repeat, cut);
            }
        }
    }

    /// Lines that rules cut whole: scan made no paragraphs of them. Each counts as one, also where the document keeps them.
    fn cut_whole(&self, page: &Page<'_>, of: &Of<'_>) -> u64 {
        let Some(level) = self.config.boilerplate else {
            return 0;
        };
        let mut cuts: Vec<Range<usize>> = Vec::new();
        let by_scan = |c: &&CutRow| c.level <= level as u8 && c.evidence != FREQUENCY;
        for cut in of.cuts.iter().filter(by_scan) {
            let (start, end) = (cut.start as usize, cut.end as usize);
            match cuts.last_mut() {
                Some(last) if start < last.end => last.end = last.end.max(end),
                _ => cuts.push(start..end),
            }
        }
        let is_cut = |line: &TextLine<'_>| {
            let reaching = cuts.partition_point(|c| c.end < line.end);
            cuts.get(reaching).is_some_and(|c| c.start <= line.start)
        };
        page.lines()
            .iter()
            .filter(|l| is_text(l) && is_cut(l))
            .count() as u64
    }
}

/// True for a line that is neither blank nor of bytes that are no text.
fn is_text(line: &TextLine<'_>) -> bool {
    line.text.is_some_and(|text| !text.is_empty())
}

/// Walks the rows of a batch in step with its documents.
struct Walk<'r> {
    rows: &'r rows::Batch,
    doc: usize,
    cut: usize,
    drop: usize,
}

impl<'r> Walk<'r> {
    fn next(&mut self, record: u64, document: &Document<'_>) -> Result<Of<'r>> {
        let changed = || {
            Error::phase("the record is not the one that was scanned")
                .hint("the input changed since it was scanned; scan and resolve it again")
        };
        let doc = self.rows.docs.get(self.doc).ok_or_else(changed)?;
        if u64::from(doc.record) != record || doc.content != hash::bytes64(&document.text) {
            return Err(changed());
        }
        let number = self.rows.first + self.doc as u32;
        let cuts = run(&self.rows.cuts[self.cut..], |c| c.doc == number);
        let drops = run(&self.rows.drops[self.drop..], |d| d.doc == number);
        self.cut += cuts.len();
        self.drop += drops.len();
        self.doc += 1;
        Ok(Of {
            paras: doc.paras,
            stretch: report::stretch(self.rows.before + self.doc as u64 - 1, self.rows.all),
            cuts,
            drops,
            spared: self.rows.spared.binary_search(&number).is_ok(),
        })
    }
}

fn run<T>(rows: &[T], of: impl Fn(&T) -> bool) -> &[T] {
    &rows[..rows.iter().position(|r| !of(r)).unwrap_or(rows.len())]
}

/// Fills in what spoke for a boilerplate removal.
fn explain_cut<'c>(
    removal: &mut Line<'_>,
    cuts: impl Iterator<Item = &'c CutRow>,
    all: &mut Vec<Evidence>,
) {
    for cut in cuts {
        let evidence = Evidence::of(cut);
        let level = evidence.level;
        if removal.rule.is_none() {
            removal.rule = Some(rules::evidence_name(cut.evidence));
            removal.category = Some(Category::of(cut.category));
            removal.score = evidence.score.filter(|_| cut.evidence == LINE_MODEL);
        }
        removal.level = Some(removal.level.map_or(level, |l| l.min(level)));
        if !all.contains(&evidence) {
            all.push(evidence);
        }
    }
}

/// Code points; bytes that are no UTF-8 count one for each faulty sequence, as a decoder would replace them.
fn count_chars(bytes: &[u8]) -> u64 {
    bytes
        .utf8_chunks()
        .map(|c| c.valid().chars().count() as u64 + u64::from(!c.invalid().is_empty()))
        .sum()
}

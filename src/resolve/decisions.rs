//! Decisions: fates, extended by runs, written part by part as the rows that apply reads.

use super::corpus::Corpus;
use super::runs::Runs;
use crate::error::Result;
use crate::files::container::{Reader, Rows as RowStream, VERSION, Writer};
use crate::files::row::{Brief, Copy, CutRow, Doc, Drop, Fate, Line, Pair, Para, Place, Spared};
use crate::files::sealed;
use crate::files::sort::Sorter;
use crate::files::work::{ResolveInfo, Rows};
use crate::report::{self, Largest, Repeat};
use crate::resources::Resources;

/// Writes what resolve decided.
pub(super) struct Decisions<'c> {
    corpus: &'c Corpus,
    /// Witness and bytes of each removal, to count clusters.
    witnesses: Sorter<Pair>,
    /// The most repeated boilerplate lines.
    lines: Vec<Repeat>,
    drops: Vec<Vec<u64>>,
}

impl<'c> Decisions<'c> {
    pub(super) fn create(corpus: &'c Corpus, resources: &Resources) -> Result<Self> {
        // A decision of an earlier resolve over the same folder must not outlive its scan.
        let path = corpus.work.resolved();
        if path.is_file() {
            std::fs::remove_file(&path).map_err(|e| crate::Error::io(e, &path))?;
        }
        let witnesses = Sorter::new(resources.sixteenths(1), corpus.work.temp());
        Ok(Decisions {
            corpus,
            witnesses,
            lines: Vec::new(),
            drops: corpus
                .parts
                .iter()
                .map(|p| vec![0; p.info.sources.len()])
                .collect(),
        })
    }

    /// Spares documents that would lose too much to boilerplate, and counts the lines that the others lose.
    pub(super) fn spare(&mut self, resources: &Resources) -> Result<()> {
        let corpus = self.corpus;
        let mut copies = Sorter::new(resources.sixteenths(4), corpus.work.temp());
        for part in &corpus.parts {
            let number = part.info.number();
            let mut spared =
                Writer::create(&corpus.work.rows(number, Rows::Spared), corpus.fingerprint)?;
            let docs =
                Reader::<Brief>::open(&corpus.work.rows(number, Rows::Docs), corpus.fingerprint)?;
            let mut cuts =
                Reader::<CutRow>::open(&corpus.work.rows(number, Rows::Cuts), corpus.fingerprint)?
                    .rows(0);
            let mut frequent = FrequentCuts::open(corpus, number)?;
            for (number, doc) in docs.rows(0).enumerate() {
                let doc = doc?.0;
                let chars = frequent.of(number as u32, &doc)?;
                let loss = u64::from(doc.boilerplate) + chars;
                let most = corpus.config.max_document_loss;
                let spare = most.exceeded_by(loss, u64::from(doc.chars));
                if spare {
                    spared.push(&Spared { doc: number as u32 })?;
                }
                let mut last = 0;
                let mut all = Vec::with_capacity(doc.cuts as usize + frequent.cuts.len());
                for _ in 0..doc.cuts {
                    all.push(cuts.next().expect("a document has its cuts")?);
                }
                all.append(&mut frequent.cuts);
                all.sort_by_key(|c| c.start);
                for cut in all {
                    let falls = corpus
                        .config
                        .boilerplate
                        .is_some_and(|level| cut.level <= level as u8);
                    // What several rules cut is one removal.
                    if falls && !spare && cut.start >= last {
                        last = cut.end;
                        copies.push(Copy {
                            text: cut.text,
                            source: doc.source,
                            record: doc.record,
                            line: cut.line,
                            bytes: cut.end - cut.start,
                        })?;
                    }
                }
            }
            spared.finish()?;
            Writer::<Drop>::create(&corpus.work.rows(number, Rows::Drops), corpus.fingerprint)?
                .finish()?;
        }
        self.lines = lines(copies)?;
        Ok(())
    }

    /// Walks all documents in input order, adds runs, and writes the drops of each part. `finals` receives all fates, by paragraph.
    pub(super) fn write(
        &mut self,
        fates: &(tempfile::TempPath, u64),
        mut finals: Option<&mut Writer<Fate>>,
    ) -> Result<()> {
        let corpus = self.corpus;
        let mut fates = Reader::<Fate>::open(&fates.0, 0)?.rows(0);
        let mut next = fates.next().transpose()?;
        let mut runs = Runs::new(corpus);
        // The sources of shards take turns, so that as many parts are open as there are shards.
        let mut open: Vec<Option<Open>> = corpus.parts.iter().map(|_| None).collect();
        let (mut own, mut mine) = (Vec::new(), Vec::new());
        for stretch in &corpus.stretches {
            let mut part = match open[stretch.part].take() {
                Some(part) => part,
                None => Open::create(corpus, stretch.part)?,
            };
            self.drops[stretch.part][stretch.source] = part.drops.len();
            let mut first = stretch.first;
            for _ in 0..corpus.parts[stretch.part].docs_of(stretch.source) {
                part.document(&mut own)?;
                mine.clear();
                let end = first + own.len() as u64;
                while let Some(fate) = next.filter(|f| f.ordinal < end) {
                    mine.push(fate);
                    next = fates.next().transpose()?;
                }
                if !mine.is_empty() {
                    runs.extend(first, &own, &mut mine)?;
                    self.write_fates(first, &own, &mine, &mut part.drops)?;
                    if let Some(finals) = &mut finals {
                        mine.iter().try_for_each(|fate| finals.push(fate))?;
                    }
                }
                first = end;
            }
            if stretch.source + 1 < corpus.parts[stretch.part].info.sources.len() {
                open[stretch.part] = Some(part);
            } else {
                part.drops.finish()?;
            }
        }
        Ok(())
    }

    fn write_fates(
        &mut self,
        first: u64,
        paras: &[Para],
        fates: &[Fate],
        drops: &mut Writer<Drop>,
    ) -> Result<()> {
        for fate in fates {
            let para = &paras[(fate.ordinal - first) as usize];
            drops.push(&self.drop(para, fate)?)?;
            self.witnesses.push(Pair {
                later: fate.witness,
                earlier: u64::from(para.end - para.start),
            })?;
        }
        Ok(())
    }

    fn drop(&self, para: &Para, fate: &Fate) -> Result<Drop> {
        let witness = self.corpus.para(fate.witness)?;
        let doc = self.corpus.name_of(fate.witness, &witness)?;
        let place = Place {
            corpus: self.corpus.corpus_of(fate.witness),
            source: doc.source,
            record: doc.record,
            line: witness.line,
            start: witness.start,
            end: witness.end,
        };
        Ok(Drop {
            doc: para.doc,
            line: para.line,
            start: para.start,
            end: para.end,
            reason: fate.reason,
            shared: fate.shared,
            size: fate.size,
            witness_size: fate.witness_size,
            witness: place,
            witness_id: doc.id,
        })
    }

    /// Writes the description that makes the decisions whole.
    pub(super) fn finish(self, met_limit: u64) -> Result<()> {
        let corpus = self.corpus;
        let largest = Largest {
            clusters: clusters(corpus, self.witnesses)?,
            lines: self.lines,
        };
        let parts: Vec<u32> = corpus.parts.iter().map(|p| p.info.number()).collect();
        let info = ResolveInfo {
            version: VERSION,
            config: corpus.config.clone(),
            scan: corpus.work.scan_hash(&parts)?,
            input: corpus.input.clone(),
            files: corpus.work.seal_decisions(&parts)?,
            parts,
            drops: self.drops,
            references: corpus.references.iter().map(|v| v.used.clone()).collect(),
            frequency: corpus.frequent.before.clone(),
            met_limit,
            largest,
        };
        sealed::write(&corpus.work.resolved(), &info)
    }
}

/// The cuts of a part by frequency, document by document.
struct FrequentCuts {
    lines: RowStream<Line>,
    rows: std::iter::Peekable<RowStream<CutRow>>,
    cuts: Vec<CutRow>,
}

impl FrequentCuts {
    fn open(corpus: &Corpus, part: u32) -> Result<Self> {
        let path = |rows| corpus.work.rows(part, rows);
        let rows = Reader::open(&path(Rows::Frequency), corpus.fingerprint)?.rows(0);
        Ok(FrequentCuts {
            lines: Reader::open(&path(Rows::Lines), corpus.fingerprint)?.rows(0),
            rows: rows.peekable(),
            cuts: Vec::new(),
        })
    }

    /// Turns to a document. Returns the characters that it loses beside what rules take.
    fn of(&mut self, number: u32, doc: &Doc) -> Result<u64> {
        self.cuts.clear();
        let mine = |row: &Result<CutRow>| row.as_ref().map_or(true, |cut| cut.doc == number);
        while let Some(cut) = self.rows.next_if(mine) {
            self.cuts.push(cut?);
        }
        let mut chars = 0;
        for _ in 0..doc.lines {
            let line = self.lines.next().expect("a document has its lines")?;
            if self
                .cuts
                .binary_search_by_key(&line.start, |c| c.start)
                .is_ok()
            {
                chars += u64::from(line.chars);
            }
        }
        Ok(chars)
    }
}

/// A part that is being walked.
struct Open {
    docs: RowStream<Brief>,
    paras: RowStream<Para>,
    drops: Writer<Drop>,
}

impl Open {
    fn create(corpus: &Corpus, part: usize) -> Result<Self> {
        let number = corpus.parts[part].info.number();
        let path = |rows| corpus.work.rows(number, rows);
        Ok(Open {
            docs: Reader::open(&path(Rows::Docs), corpus.fingerprint)?.rows(0),
            paras: Reader::open(&path(Rows::Paras), corpus.fingerprint)?.rows(0),
            drops: Writer::create(&path(Rows::Drops), corpus.fingerprint)?,
        })
    }

    /// Reads the paragraphs of the next document.
    fn document(&mut self, paras: &mut Vec<Para>) -> Result<()> {
        paras.clear();
        let doc = self.docs.next().expect("a source has its documents")?.0;
        for _ in 0..doc.paras {
            paras.push(self.paras.next().expect("a document has its paragraphs")?);
        }
        Ok(())
    }
}

/// Counts the copies of removed lines.
fn lines(copies: Sorter<Copy>) -> Result<Vec<Repeat>> {
    let mut sorted = copies.finish()?;
    let (mut pending, mut group) = (None, Vec::new());
    let mut largest = Shortlist::default();
    loop {
        sorted.group(&mut pending, &mut group, |a: &Copy, b| a.text == b.text)?;
        let Some(first) = group.first() else {
            return Ok(largest.finish());
        };
        let place = report::Place {
            source: first.source,
            record: first.record,
            paragraph: first.line,
        };
        largest.push(Repeat {
            place,
            removed: group.len() as u64,
            bytes: group.iter().map(|c| u64::from(c.bytes)).sum(),
        });
    }
}

/// Counts what went for each witness.
fn clusters(corpus: &Corpus, witnesses: Sorter<Pair>) -> Result<Vec<Repeat>> {
    let mut sorted = witnesses.finish()?;
    let (mut pending, mut group) = (None, Vec::new());
    let mut largest = Shortlist::default();
    loop {
        sorted.group(&mut pending, &mut group, |a, b| a.later == b.later)?;
        let Some(first) = group.first() else {
            return Ok(largest.finish());
        };
        // The report shows what stands in this run.
        if first.later < corpus.base {
            continue;
        }
        let para = corpus.para(first.later)?;
        let doc = corpus.name_of(first.later, &para)?;
        let place = report::Place {
            source: doc.source,
            record: doc.record,
            paragraph: para.line,
        };
        largest.push(Repeat {
            place,
            removed: group.len() as u64,
            bytes: group.iter().map(|p| p.earlier).sum(),
        });
    }
}

/// Keeps the largest of many without holding them all.
#[derive(Default)]
struct Shortlist(Vec<Repeat>);

impl Shortlist {
    fn push(&mut self, repeat: Repeat) {
        self.0.push(repeat);
        if self.0.len() >= 4 * report::LENGTH {
            self.0 = report::choose(self.0.drain(..));
        }
    }

    fn finish(self) -> Vec<Repeat> {
        report::choose(self.0.into_iter())
    }
}

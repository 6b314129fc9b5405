//! References in resolve: reading one as the paragraphs before this run's own, and writing one.

use std::path::{Path, PathBuf};

use super::bits::Bits;
use super::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::files::container::{Reader, Row, Rows as Stream, Writer};
use crate::files::keys;
use crate::files::paged::Paged;
use crate::files::row::{Doc, Fate, Line, Para, Text};
use crate::files::work::Rows;
use crate::method::{self, Key, Method};
use crate::parallel;
use crate::reference::rows::{Dense, Gone, Why};
use crate::reference::{Description, Earlier, Opened, Source, Used};
use crate::text::fold::{Folded, Folder};
use crate::text::shingle;

/// Bytes of text of which keys are made at a time.
const BATCH: usize = 2 << 20;

/// A reference, opened.
pub(super) struct Volume {
    pub(super) used: Used,
    /// Ordinal of its first paragraph.
    pub(super) first: u64,
    /// Its paragraphs.
    pub(super) paras: u64,
    /// Its documents.
    pub(super) docs: u64,
    folder: PathBuf,
    fingerprint: u128,
    doc_rows: Paged<Dense<Doc>>,
    para_rows: Paged<Dense<Para>>,
    texts: Paged<Dense<Text>>,
    gone_rows: Paged<Gone>,
    /// Which of its paragraphs went, counted from its first one; the rows of `gone` are theirs.
    gone: Bits,
    /// Which of them have no text here: exact copies, and those that frequency took.
    mute: Bits,
    /// Which of them frequency took.
    frequent: Bits,
    /// How many went as near or contained.
    near: u64,
    lines: u64,
    ordinals: Ordinals,
    /// What keys are made by, and on how many threads.
    method: &'static Method,
    threads: usize,
}

/// Turns ordinals of the run that wrote a reference into ordinals of this run: for each stretch where it began and where
/// it begins here.
struct Ordinals(Vec<(u64, u64)>);

impl Ordinals {
    fn here(&self, ordinal: u64) -> u64 {
        let at = self.0.partition_point(|s| s.0 <= ordinal) - 1;
        let (there, here) = self.0[at];
        ordinal - there + here
    }
}

impl Volume {
    /// Opens a reference behind those in `before`. `memory` is what its caches may hold.
    pub(super) fn open(
        opened: &Opened,
        before: &[Volume],
        memory: u64,
        threads: usize,
    ) -> Result<Self> {
        let description = &opened.description;
        let (folder, fingerprint) = (&opened.folder, description.fingerprint());
        let first = before.last().map_or(0, |v| v.first + v.paras);
        let paras = description.paragraphs;
        let mut ordinals = Vec::new();
        let mut there = 0;
        for earlier in &description.references {
            let volume = before.iter().find(|v| v.used.id == earlier.id);
            ordinals.push((there, volume.expect("was looked for").first));
            there += earlier.paragraphs;
        }
        ordinals.push((there, first));
        let path = |name: &str| folder.join(name);
        let mut volume = Volume {
            used: opened.used(),
            first,
            paras,
            docs: description.documents,
            doc_rows: Paged::open(&path("docs"), fingerprint, memory / 8).map_err(again)?,
            para_rows: Paged::open(&path("paras"), fingerprint, memory / 4).map_err(again)?,
            texts: Paged::open(&path("texts"), fingerprint, memory / 2).map_err(again)?,
            gone_rows: Paged::open(&path("gone"), fingerprint, memory / 8).map_err(again)?,
            gone: Bits::new(paras),
            mute: Bits::new(paras),
            frequent: Bits::new(paras),
            near: 0,
            lines: description.lines,
            ordinals: Ordinals(ordinals),
            method: method::of(description.config.method),
            threads,
            folder: folder.clone(),
            fingerprint,
        };
        volume.check_counts(description)?;
        for row in volume.rows::<Gone>("gone") {
            let row = row?;
            let at = row.ordinal.checked_sub(there).filter(|&at| at < paras);
            let Some(at) = at else {
                return Err(again(
                    Error::phase("names a paragraph that the reference does not hold").at(path(
                        "gone",
                    )
                    .display()
                    .to_string()),
                ));
            };
            volume.gone.set(at);
            match row.why {
                Why::Copy => volume.mute.set(at),
                Why::Frequent => {
                    volume.mute.set(at);
                    volume.frequent.set(at);
                }
                Why::Near | Why::Contained => volume.near += 1,
                Why::Run => {}
            }
        }
        volume.gone.count();
        volume.mute.count();
        Ok(volume)
    }

    /// Whole files may have been swapped or left out.
    fn check_counts(&self, description: &Description) -> Result<()> {
        let lines = Reader::<Dense<Line>>::open(&self.folder.join("lines"), self.fingerprint);
        for (name, found, expected) in [
            ("lines", lines.map_err(again)?.len(), description.lines),
            ("docs", self.doc_rows.len(), description.documents),
            ("paras", self.para_rows.len(), description.paragraphs),
            ("texts", self.texts.len(), description.texts),
            ("gone", self.gone_rows.len(), description.gone),
        ] {
            if found != expected {
                return Err(again(
                    Error::phase(format!("holds {found} rows, expected {expected}")).at(self
                        .folder
                        .join(name)
                        .display()
                        .to_string()),
                ));
            }
        }
        Ok(())
    }

    pub(super) fn para(&self, ordinal: u64) -> Result<Para> {
        self.para_rows
            .get(ordinal - self.first)
            .map(|row| row.0)
            .map_err(again)
    }

    pub(super) fn doc(&self, para: &Para) -> Result<Doc> {
        self.doc_rows
            .get(u64::from(para.doc))
            .map(|row| row.0)
            .map_err(again)
    }

    /// The text of a paragraph, or the ordinal of the paragraph of which it is a copy.
    pub(super) fn text(&self, ordinal: u64, out: &mut String) -> Result<Option<u64>> {
        let at = ordinal - self.first;
        if self.mute.get(at) {
            let row = self.gone_row(at)?;
            return Ok((row.why == Why::Copy).then(|| self.ordinals.here(row.of)));
        }
        let row = at - self.mute.rank(at);
        let read = self.texts.with(row, |row| out.push_str(Text::of(row)));
        read.map(|()| None).map_err(again)
    }

    /// True for a paragraph that went as an exact copy, or for its frequency: it is in no bucket.
    pub(super) fn is_mute(&self, ordinal: u64) -> bool {
        self.mute.get(ordinal - self.first)
    }

    /// What a paragraph that went stands for.
    pub(super) fn went_for(&self, ordinal: u64) -> Result<Option<u64>> {
        let at = ordinal - self.first;
        match self.gone.get(at) {
            true => Ok(Some(self.ordinals.here(self.gone_row(at)?.of))),
            false => Ok(None),
        }
    }

    fn gone_row(&self, at: u64) -> Result<Gone> {
        self.gone_rows.get(self.gone.rank(at)).map_err(again)
    }

    /// The fates of those that went as near or contained, ascending.
    pub(super) fn near(&self) -> impl Iterator<Item = Result<Fate>> {
        let wanted = |row: &Gone| matches!(row.why, Why::Near | Why::Contained);
        self.rows::<Gone>("gone")
            .filter(move |row| row.as_ref().map_or(true, wanted))
            .map(|row| {
                let row = row?;
                let witness = self.ordinals.here(row.of);
                Ok(Fate {
                    ordinal: self.ordinals.here(row.ordinal),
                    place: witness,
                    witness,
                    reason: if row.why == Why::Near { 1 } else { 2 },
                    shared: row.shared,
                    size: row.size,
                    witness_size: row.witness_size,
                })
            })
    }

    /// Those that frequency took.
    pub(super) fn frequent(&self) -> impl Iterator<Item = u64> {
        let gone = (0..self.paras).filter(|&at| self.frequent.get(at));
        gone.map(|at| self.first + at)
    }

    /// How many lines are counted over their sites.
    pub(super) fn line_count(&self) -> u64 {
        self.lines
    }

    /// All documents.
    pub(super) fn all_docs(&self) -> impl Iterator<Item = Result<Doc>> + use<> {
        self.rows::<Dense<Doc>>("docs").map(|row| Ok(row?.0))
    }

    /// The lines of all documents, in order.
    pub(super) fn all_lines(&self) -> impl Iterator<Item = Result<Line>> + use<> {
        self.rows::<Dense<Line>>("lines").map(|row| Ok(row?.0))
    }

    /// How many went as near or contained.
    pub(super) fn near_count(&self) -> u64 {
        self.near
    }

    /// All paragraphs with their ordinals.
    pub(super) fn all_paras(&self) -> impl Iterator<Item = Result<(u64, Para)>> + use<> {
        (self.first..)
            .zip(self.rows::<Dense<Para>>("paras"))
            .map(|(ordinal, row)| Ok((ordinal, row?.0)))
    }

    /// The keys of all paragraphs that are not mute and have any, in their order. They are not stored but made again from the
    /// texts, batch by batch: they would take more room than all else.
    pub(super) fn all_keys(&self) -> impl Iterator<Item = Result<(u64, Para, Vec<Key>)>> {
        let mut makers: Vec<KeyMaker> = Vec::new();
        makers.resize_with(self.threads, || KeyMaker::new(self.method));
        let mut texts = self.rows::<Dense<Text>>("texts");
        let mut paras = self
            .all_paras()
            .filter(|row| row.as_ref().map_or(true, |&(at, _)| !self.is_mute(at)))
            .peekable();
        let batches = std::iter::from_fn(move || {
            paras.peek()?;
            let (mut batch, mut bytes) = (Vec::new(), 0);
            let mut read = || {
                while bytes < BATCH
                    && let Some(row) = paras.next()
                {
                    let (ordinal, para) = row?;
                    let text = texts.next().ok_or_else(|| {
                        again(Error::phase("a text is missing").at(&self.used.name))
                    })?;
                    let text = text?.0.0;
                    bytes += text.len();
                    if para.samples > 0 {
                        batch.push((ordinal, para, text));
                    }
                }
                Ok(())
            };
            let read = read();
            Some(read.and_then(|()| {
                parallel::each(&mut makers, &batch, |maker, (ordinal, para, text)| {
                    Ok((*ordinal, *para, maker.make(para.samples, text)?))
                })
            }))
        });
        batches.flat_map(|batch| {
            let (made, error) = match batch {
                Ok(made) => (made, None),
                Err(error) => (Vec::new(), Some(Err(error))),
            };
            error.into_iter().chain(made.into_iter().map(Ok))
        })
    }

    fn rows<R: Row>(&self, name: &str) -> impl Iterator<Item = Result<R>> + use<R> {
        let (rows, error) = match Reader::<R>::open(&self.folder.join(name), self.fingerprint) {
            Ok(reader) => (Some(reader.rows(0)), None),
            Err(error) => (None, Some(Err(error))),
        };
        error
            .into_iter()
            .chain(rows.into_iter().flatten())
            .map(|row| row.map_err(again))
    }
}

/// Makes the keys of stored texts; one for each thread.
struct KeyMaker {
    method: &'static Method,
    folder: Folder,
    folded: Folded,
    shingles: Vec<u64>,
    keys: Vec<Key>,
}

impl KeyMaker {
    fn new(method: &'static Method) -> Self {
        KeyMaker {
            method,
            folder: Folder::default(),
            folded: Folded::default(),
            shingles: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// The keys that scan gave this text, when it gave it `samples` different ones.
    fn make(&mut self, samples: u32, text: &str) -> Result<Vec<Key>> {
        self.folder.fold(text, &mut self.folded);
        shingle::shingles(&self.folded, &mut self.shingles);
        self.keys.clear();
        (self.method.keys)(&self.shingles, &mut self.keys);
        self.keys.sort_unstable();
        self.keys.dedup_by_key(|k| k.key);
        if self.keys.len() != samples as usize {
            return Err(again(Error::phase(format!(
                "a text of a reference has {} keys, expected {samples}",
                self.keys.len()
            ))));
        }
        let as_kept = |key: &Key| Key {
            key: keys::kept(key.key),
            next: key.next,
        };
        Ok(self.keys.iter().map(as_kept).collect())
    }
}

/// What a user does about a damaged reference.
fn again(error: Error) -> Error {
    error.hint(
        "the reference is damaged: copy it again, or clean its input again with --write-reference",
    )
}

/// The streams of a part that is being walked.
struct Part {
    docs: Stream<Doc>,
    paras: Stream<Para>,
    texts: Stream<Text>,
    lines: Stream<Line>,
}

impl Part {
    fn open(corpus: &Corpus, part: usize) -> Result<Self> {
        let number = corpus.parts[part].info.number();
        let path = |rows| corpus.work.rows(number, rows);
        let fingerprint = corpus.fingerprint;
        Ok(Part {
            docs: Reader::open(&path(Rows::Docs), fingerprint)?.rows(0),
            paras: Reader::open(&path(Rows::Paras), fingerprint)?.rows(0),
            texts: Reader::open(&path(Rows::Texts), fingerprint)?.rows(0),
            lines: Reader::open(&path(Rows::Lines), fingerprint)?.rows(0),
        })
    }
}

/// Writes the reference of this run into the work folder. `fates` are all fates, those of runs included, by paragraph.
pub(super) fn write(corpus: &Corpus, fates: &Path) -> Result<()> {
    let folder = corpus.work.reference();
    std::fs::create_dir_all(&folder).map_err(|e| Error::io(e, &folder))?;
    if u32::try_from(corpus.paras - corpus.base).is_err() {
        return Err(Error::new(
            ErrorKind::Limit,
            "more than 4,294,967,295 paragraphs in one reference",
        )
        .hint("clean the input in several runs, each against those before it"));
    }
    let mut description = describe(corpus);
    let mut writing = Writing::create(&folder, description.fingerprint())?;
    let mut fates = Reader::<Fate>::open(fates, 0)?.rows(0);
    let mut next = fates.next().transpose()?;
    let mut open: Vec<Option<Part>> = corpus.parts.iter().map(|_| None).collect();
    let mut ordinal = corpus.base;
    for stretch in &corpus.stretches {
        let mut part = match open[stretch.part].take() {
            Some(part) => part,
            None => Part::open(corpus, stretch.part)?,
        };
        for _ in 0..corpus.parts[stretch.part].docs_of(stretch.source) {
            let doc = part.docs.next().expect("a source has its documents")?;
            let paras = doc.paras;
            for _ in 0..doc.lines {
                let line = part.lines.next().expect("a document has its lines")?;
                writing.lines.push(&Dense(line))?;
            }
            writing.doc(doc)?;
            for _ in 0..paras {
                let fate = next.filter(|f| f.ordinal == ordinal);
                if fate.is_some() {
                    next = fates.next().transpose()?;
                }
                writing.para(corpus, &mut part, ordinal, fate)?;
                ordinal += 1;
            }
        }
        if stretch.source + 1 < corpus.parts[stretch.part].info.sources.len() {
            open[stretch.part] = Some(part);
        }
    }
    writing.finish(&mut description)?;
    description.write(&folder)
}

fn describe(corpus: &Corpus) -> Description {
    let earlier = corpus.references.iter().map(|v| Earlier {
        name: v.used.name.clone(),
        id: v.used.id.clone(),
        paragraphs: v.paras,
    });
    let sources = corpus.stretches.iter().map(|stretch| {
        let info = &corpus.parts[stretch.part].info.sources[stretch.source];
        Source {
            name: info.name.clone(),
            hash: info.hash.clone(),
        }
    });
    Description::new(&corpus.config, earlier.collect(), sources.collect())
}

/// The files of a reference, being written.
struct Writing {
    docs: Writer<Dense<Doc>>,
    paras: Writer<Dense<Para>>,
    texts: Writer<Dense<Text>>,
    lines: Writer<Dense<Line>>,
    gone: Writer<Gone>,
}

impl Writing {
    fn create(folder: &Path, fingerprint: u128) -> Result<Self> {
        Ok(Writing {
            docs: Writer::create(&folder.join("docs"), fingerprint)?,
            paras: Writer::create(&folder.join("paras"), fingerprint)?,
            texts: Writer::create(&folder.join("texts"), fingerprint)?,
            lines: Writer::create(&folder.join("lines"), fingerprint)?,
            gone: Writer::create(&folder.join("gone"), fingerprint)?,
        })
    }

    fn doc(&mut self, doc: Doc) -> Result<()> {
        // Its boilerplate was a matter of its own run.
        let doc = Doc {
            cuts: 0,
            chars: 0,
            boilerplate: 0,
            ..doc
        };
        self.docs.push(&Dense(doc))
    }

    /// Writes the next paragraph of a part.
    fn para(
        &mut self,
        corpus: &Corpus,
        part: &mut Part,
        ordinal: u64,
        fate: Option<Fate>,
    ) -> Result<()> {
        let para = part.paras.next().expect("a document has its paragraphs")?;
        let text = part.texts.next().expect("a paragraph has its text")?;
        self.paras.push(&Dense(Para {
            doc: self.docs.len() as u32 - 1,
            ..para
        }))?;
        let gone = match corpus.frequent.goes(ordinal) {
            true => Some(frequent(ordinal)),
            false => fate.map(|fate| gone(&fate, &para, corpus)),
        };
        if gone.is_none_or(|gone| !matches!(gone.why, Why::Copy | Why::Frequent)) {
            self.texts.push(&Dense(text))?;
        }
        match gone {
            Some(gone) => self.gone.push(&gone),
            None => Ok(()),
        }
    }

    fn finish(self, description: &mut Description) -> Result<()> {
        description.documents = self.docs.finish()?;
        description.paragraphs = self.paras.finish()?;
        description.texts = self.texts.finish()?;
        description.lines = self.lines.finish()?;
        description.gone = self.gone.finish()?;
        Ok(())
    }
}

/// What later runs must know of a fate. A short paragraph went with its run; a near one went for its counterpart itself;
/// what is left are copies.
fn gone(fate: &Fate, para: &Para, corpus: &Corpus) -> Gone {
    let (why, of) = match fate.reason {
        _ if para.halves < 2 * corpus.config.min_tokens => (Why::Run, fate.witness),
        1 if fate.place == fate.witness => (Why::Near, fate.witness),
        2 if fate.place == fate.witness => (Why::Contained, fate.witness),
        _ => (Why::Copy, fate.place),
    };
    Gone {
        ordinal: fate.ordinal,
        why,
        of,
        shared: fate.shared,
        size: fate.size,
        witness_size: fate.witness_size,
    }
}

/// What later runs must know of a paragraph that went for its frequency.
fn frequent(ordinal: u64) -> Gone {
    Gone {
        ordinal,
        why: Why::Frequent,
        of: ordinal,
        shared: 0,
        size: 0,
        witness_size: 0,
    }
}

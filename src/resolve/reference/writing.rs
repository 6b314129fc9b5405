//! Writing the reference of a run.

use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::files::container::{Reader, Rows as Stream, Writer};
use crate::files::row::{Doc, Fate, Line, Para, Text};
use crate::files::work::Rows;
use crate::reference::rows::{Dense, Gone, Why};
use crate::reference::{Description, Earlier, Source};
use crate::resolve::corpus::Corpus;

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
pub(in crate::resolve) fn write(corpus: &Corpus, fates: &Path) -> Result<()> {
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

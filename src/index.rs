//! Duplicates of documents that come one after the other, for programs that cannot wait for the end of the dump.
//!
//! An [`Index`] answers at once: may this paragraph go for one that came before it and stayed? It reads documents as `scan`
//! does (boilerplate first, then blocks, then the folded form), proposes candidates by the same keys and verifies them on the
//! text by the same judge, floors and facts of the documents as `resolve`. The order is that of arrival, so the answer is
//! that of `dechaff clean --keep first` over the same documents in the same order, except that
//!
//! * short paragraphs that `clean` takes with their neighbours (a run) stay: a run ends where the next document begins, and is
//!   a matter of two whole documents;
//! * lines that are frequent on a site stay, since that is known only at the end;
//! * a key that more than [`FULL`] paragraphs share meets the first of them and the last few, whatever comes later, where
//!   `resolve` chooses knowing all; so in large families of one template another witness may be named, and now and then a pair
//!   be found or missed that `resolve` does not find or miss (one of 327 in 1,500 documents of Reuters-21578, none of 86 in
//!   700 of BBC news).
//!
//! All text that stays is held in memory, with about as much again for keys: this is for what fits there. [`crate::clean`]
//! spills to disk.

mod buckets;
mod texts;

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::boilerplate::Judge;
use crate::config::{Config, Dedup, Keep};
use crate::error::{Error, Result};
use crate::files::row::{Para, flag};
use crate::io::Document;
use crate::method::{self, Key, LIMIT, Method};
use crate::near::context;
use crate::near::similarity::Ratio;
use crate::near::verdict::{Comparer, Kind, Thresholds, Verdict};
use crate::scan::{Batch, Scanner};

use buckets::{Buckets, Member};
use texts::Texts;

pub use crate::method::FULL;

/// Paragraphs seen so far, and which of them stayed.
///
/// ```
/// use dechaff::config::Config;
/// use dechaff::index::Index;
///
/// let mut index = Index::new(&Config::default())?;
/// let first = "The harbour master said on Monday that the barrier would close at noon, before the spring tide came in.";
/// assert!(index.add(first)?.is_empty());
/// let found = index.add(&format!("{first}\nNobody was seen on the quay after that.\n"))?;
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].paragraph, found[0].witness.document), (0, 0));
/// // Another figure is another fact: no duplicate.
/// assert!(index.add(&first.replace("noon", "three"))?.is_empty());
/// # Ok::<(), dechaff::Error>(())
/// ```
pub struct Index {
    config: Config,
    judge: Judge,
    method: &'static Method,
    thresholds: Thresholds,
    comparer: Comparer,
    batch: Batch,
    documents: Vec<Facts>,
    paras: Vec<Entry>,
    /// The first paragraph of each folded form that may be a witness.
    exact: FxHashMap<u128, u32>,
    buckets: Buckets,
    texts: Texts,
}

/// The sample of a document's facts.
type Facts = Box<[u32]>;

/// What is kept of a paragraph.
struct Entry {
    document: u32,
    line: u32,
    bytes: Range<u32>,
    flags: u8,
    /// Of one that went: for what, and why.
    gone: Option<Gone>,
}

#[derive(Clone, Copy)]
struct Gone {
    witness: u32,
    kind: Kind,
    jaccard: Ratio,
    containment: Ratio,
}

/// Where a paragraph stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The number of its document, from 0 in the order of arrival.
    pub document: u32,
    /// The number of its first line in the document, from 0, blank lines counted.
    pub paragraph: u32,
    /// Bytes of the document's text, half-open, line end included.
    pub bytes: Range<usize>,
}

/// A paragraph that may go, and the earlier one that stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The number of its first line in its document, from 0, blank lines counted.
    pub paragraph: u32,
    /// Bytes of the document's text, half-open, line end included. Boilerplate inside it was not compared.
    pub bytes: Range<usize>,
    /// Exact, near or contained.
    pub kind: Kind,
    /// The paragraph for which it may go.
    pub witness: Place,
    /// Shared shingles over all shingles.
    pub jaccard: Ratio,
    /// Shared shingles over those of the smaller side.
    pub containment: Ratio,
}

impl Index {
    /// An empty index. Of the configuration everything matters but how files are read.
    ///
    /// # Errors
    /// A model file that cannot be read; `keep = "longest"`, which nobody can promise before the last document has come.
    pub fn new(config: &Config) -> Result<Self> {
        if config.keep != Keep::First {
            return Err(
                Error::config("an index keeps what came first; keep is \"longest\"")
                    .hint("use keep = \"first\", or `clean`, which sees the whole input"),
            );
        }
        if config.dedup == Dedup::Off {
            return Err(Error::config("an index of duplicates with dedup off")
                .hint("use dedup = \"near\" or \"exact\""));
        }
        let mut config = config.clone();
        // No document has a site here; so nothing need be counted over sites.
        config.disable.push(crate::rules::FREQUENCY_NAME.into());
        Ok(Index {
            judge: Judge::new(&config)?,
            method: method::of(config.method),
            thresholds: Thresholds::from(&config),
            comparer: Comparer::default(),
            batch: Batch::default(),
            documents: Vec::new(),
            paras: Vec::new(),
            exact: FxHashMap::default(),
            buckets: Buckets::default(),
            texts: Texts::default(),
            config,
        })
    }

    /// Documents so far.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// True before the first document.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Adds a document and returns which of its paragraphs may go, in order. Those stay out of the index: no later paragraph
    /// goes for them. Earlier paragraphs of the same document are witnesses, too.
    ///
    /// # Errors
    /// More than 4,294,967,295 documents or paragraphs.
    pub fn add(&mut self, text: &str) -> Result<Vec<Duplicate>> {
        let full = |n: usize| {
            u32::try_from(n).map_err(|_| {
                Error::new(
                    crate::ErrorKind::Limit,
                    "more than 4,294,967,295 paragraphs in one index",
                )
            })
        };
        let mut batch = std::mem::take(&mut self.batch);
        self.scan(text, &mut batch);
        full(self.documents.len() + 1)?;
        full(self.paras.len() + batch.paras.len())?;
        let document = self.documents.len() as u32;
        self.documents
            .push(std::mem::take(&mut batch.docs[0].facts).into_boxed_slice());
        let mut found = Vec::new();
        let (mut start, mut keys) = (0, Vec::new());
        let paragraphs = batch.paras.iter().zip(&batch.text_ends);
        for ((para, &end), row) in paragraphs.zip(batch.keys.iter()) {
            row.distinct(&mut keys);
            if let Some(gone) = self.paragraph(document, para, &batch.texts[start..end], &keys) {
                found.push(self.tell(para, gone));
            }
            start = end;
        }
        self.batch = batch;
        Ok(found)
    }

    fn scan(&self, text: &str, batch: &mut Batch) {
        *batch = Batch::default();
        Scanner::new(&self.config, &self.judge).scan(0, 0, &Document::of(text), batch);
    }

    /// Adds a paragraph. Returns for what it goes.
    fn paragraph(&mut self, document: u32, para: &Para, text: &str, keys: &[Key]) -> Option<Gone> {
        let number = self.paras.len() as u32;
        let caption = para.flags & flag::CAPTION != 0;
        let short = para.halves < 2 * self.config.min_tokens;
        // What is too short to go on its own is nobody's witness either.
        self.texts.push(if short { "" } else { text });
        self.paras.push(Entry {
            document,
            line: para.line,
            bytes: para.start..para.end,
            flags: para.flags,
            gone: None,
        });
        if short {
            return None;
        }
        let gone = match self.copy(number, para.exact) {
            // A copy has no say any more, neither as a candidate nor as a witness.
            Some(gone) => Some(gone),
            None => {
                if !caption {
                    self.exact.entry(para.exact).or_insert(number);
                }
                let gone = self.near(number, para, keys);
                self.buckets
                    .add(number, para.template, keys, self.config.guard);
                gone
            }
        };
        self.paras[number as usize].gone = gone;
        if gone.is_some() && self.exact.get(&para.exact) != Some(&number) {
            self.texts.forget(number);
        }
        gone
    }

    /// The first of its kind, or what that went for.
    fn copy(&mut self, number: u32, key: u128) -> Option<Gone> {
        let first = *self.exact.get(&key)?;
        if !self.texts.equal(number, first) {
            return None;
        }
        let one = Ratio { part: 1, whole: 1 };
        Some(self.paras[first as usize].gone.unwrap_or(Gone {
            witness: first,
            kind: Kind::Exact,
            jaccard: one,
            containment: one,
        }))
    }

    /// The first candidate that stayed and for which the paragraph may go, best candidates first.
    fn near(&mut self, number: u32, para: &Para, keys: &[Key]) -> Option<Gone> {
        if self.config.dedup != Dedup::Near || keys.is_empty() {
            return None;
        }
        let mut met = self.buckets.meet(keys, para.template, self.config.guard);
        let sampled = |n: u32| self.paras[n as usize].flags & flag::SAMPLED != 0;
        let whole = !sampled(number);
        met.retain(|&Member { number, shared }| {
            let share = match whole && sampled(number) {
                true => self.method.share_of_sample,
                false => self.method.share,
            };
            shared as usize * share >= keys.len()
        });
        met.sort_unstable_by_key(|m| (std::cmp::Reverse(m.shared), m.number));
        met.truncate(LIMIT);
        met.into_iter().find_map(|m| {
            let earlier = &self.paras[m.number as usize];
            if earlier.gone.is_some() || earlier.flags & flag::CAPTION != 0 {
                return None;
            }
            let verdict = self.may_go(number, m.number)?;
            Some(Gone {
                witness: m.number,
                kind: verdict.kind,
                jaccard: verdict.jaccard(),
                containment: verdict.containment(),
            })
        })
    }

    /// The verdict when paragraph `a` may go for paragraph `b`.
    fn may_go(&mut self, a: u32, b: u32) -> Option<Verdict> {
        let (own, other) = self.texts.pair(a, b, |own, other| {
            self.comparer.may_be_alike(own, other, &self.thresholds)
        })?;
        let verdict = self.comparer.may_go(own, other, &self.thresholds)?;
        let (p, q) = (&self.paras[a as usize], &self.paras[b as usize]);
        if verdict.context == 0 || (p.flags | q.flags) & flag::QUOTED != 0 {
            return Some(verdict);
        }
        let apart = if p.document == q.document {
            context::stays_inside(verdict.context)
        } else {
            let facts = |e: &Entry| &*self.documents[e.document as usize];
            let side = |paragraph, facts| context::Side { paragraph, facts };
            context::apart(side(own, facts(p)), side(other, facts(q)), verdict.context)
        };
        (!apart).then_some(verdict)
    }

    fn tell(&self, para: &Para, gone: Gone) -> Duplicate {
        let bytes = |r: Range<u32>| r.start as usize..r.end as usize;
        let witness = &self.paras[gone.witness as usize];
        Duplicate {
            paragraph: para.line,
            bytes: bytes(para.start..para.end),
            kind: gone.kind,
            witness: Place {
                document: witness.document,
                paragraph: witness.line,
                bytes: bytes(witness.bytes.clone()),
            },
            jaccard: gone.jaccard,
            containment: gone.containment,
        }
    }
}

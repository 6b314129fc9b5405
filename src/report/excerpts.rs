//! Texts that a person can judge the run by: the documents that lost most, with what went where it stood, and cuts drawn by
//! lot.
//!
//! They are taken while documents are written, when text and removals are both at hand. A worker makes a text only when the
//! document or cut would be among the first of all that this worker has seen ([`Chooser`]), which after the first documents is
//! rare; the lists of all workers and shards add up like every other list of the report. The bounds: [`EXCERPTS`] documents of
//! at most [`DOCUMENT`] + [`PIECE`] bytes each, and for every rule and reason [`SAMPLES`] cuts of at most [`CUT`] + 2 ×
//! [`AROUND`] bytes.

use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Cut, Document, Ranked, Top};
use crate::config::Config;
use crate::removal::{Ratio, Reason, Removal};
use crate::text::hash;

/// Documents shown with their text: more than these nobody reads.
pub const EXCERPTS: usize = 20;
/// Cuts drawn of each kind: enough to see what a rule does, few enough to read them all.
pub const SAMPLES: usize = 10;
/// Bytes shown of a document; the piece in hand when they are used up is the last.
const DOCUMENT: usize = 8_000;
/// Bytes shown of what went in one piece.
const PIECE: usize = 3_000;
/// Bytes shown of a cut that was drawn by lot.
const CUT: usize = 1_000;
/// Bytes shown of a kept stretch on either side of a cut.
const KEPT: usize = 200;
/// Bytes shown before and after a cut that was drawn by lot.
const AROUND: usize = 120;

/// Why something went, in short: the removal log says it in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// `exact_duplicate`, `near_duplicate`, `contained` or `boilerplate`.
    pub reason: Reason,
    /// The first evidence; boilerplate only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The category; boilerplate only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Id of the document that holds the surviving text, and the reference it is in, if any; duplicates only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<String>,
    /// J of a near duplicate, C of a contained one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similarity: Option<Ratio>,
}

impl From<&Removal> for Why {
    fn from(removal: &Removal) -> Self {
        let witness = removal.witness.as_ref();
        Why {
            reason: removal.reason,
            rule: removal.rule.as_deref().map(str::to_owned),
            category: removal.category.map(|c| c.name().to_owned()),
            witness: witness.map(|w| match &w.corpus {
                None => w.id.clone(),
                Some(corpus) => format!("{} in {corpus}", w.id),
            }),
            similarity: removal.similarity(),
        }
    }
}

/// A stretch of a document that stayed or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Its text, or the beginning of it.
    pub text: String,
    /// Bytes left out after this text.
    pub omitted: u64,
    /// Why it went; `None` when it stayed.
    pub why: Option<Why>,
    /// Cuts in it: neighbours that went for the same are one piece.
    pub cuts: u32,
}

/// A document with what it lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The document.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Its record.
    pub record: u64,
    /// Bytes of its text.
    pub bytes_in: u64,
    /// Bytes removed.
    pub bytes_removed: u64,
    /// Its text, in order.
    pub pieces: Vec<Piece>,
}

impl Ranked for Excerpt {
    type Rank = (Reverse<u64>, String, u64);
    fn rank(&self) -> Self::Rank {
        let down = Reverse(self.bytes_removed);
        (down, self.source.clone(), self.record)
    }
}

/// A cut that was drawn by lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// The document.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Its record.
    pub record: u64,
    /// First byte of the cut in the document.
    pub start: u64,
    /// What stood before it.
    pub before: String,
    /// The beginning of what went.
    pub text: String,
    /// Bytes left out after this text.
    pub omitted: u64,
    /// What stood after it.
    pub after: String,
    /// Why it went.
    pub why: Why,
}

impl Ranked for Sample {
    /// The lot is a hash of the place: it does not depend on threads, shards, or the order of adding.
    type Rank = (u64, String, u64, u64);
    fn rank(&self) -> Self::Rank {
        let lot = lot(
            hash::bytes64(self.source.as_bytes()),
            self.record,
            self.start,
        );
        (lot, self.source.clone(), self.record, self.start)
    }
}

fn lot(source: u64, record: u64, start: u64) -> u64 {
    hash::mix(hash::mix(source ^ record).wrapping_add(start))
}

/// What one worker has seen: the ranks of its first documents and cuts, by which it knows at once what need not be shown.
#[derive(Debug)]
pub struct Chooser {
    wanted: bool,
    documents: BTreeSet<(Reverse<u64>, String, u64)>,
    lots: BTreeMap<String, BTreeSet<u64>>,
}

impl Chooser {
    /// Chooses nothing when the log is asked not to keep removed text.
    pub fn new(config: &Config) -> Self {
        Chooser {
            wanted: config.keep_removed_text,
            documents: BTreeSet::new(),
            lots: BTreeMap::new(),
        }
    }

    /// Takes the text of a document into the list, if it is among the first.
    pub(super) fn excerpt<F: FnOnce() -> Vec<Removal>>(
        &mut self,
        document: &Document<'_>,
        cuts: &[Cut<'_>],
        removals: &LazyCell<Vec<Removal>, F>,
        into: &mut Top<Excerpt, EXCERPTS>,
    ) {
        let removed: u64 = cuts.iter().map(|c| c.range.len() as u64).sum();
        let full = self.documents.len() == EXCERPTS;
        // Most documents lost less than the last of the list: they are not even named.
        let lost_less = |last: &(Reverse<u64>, String, u64)| full && Reverse(removed) > last.0;
        if !self.wanted || removed == 0 || self.documents.last().is_some_and(lost_less) {
            return;
        }
        let rank = (
            Reverse(removed),
            document.source.to_owned(),
            document.record,
        );
        if full && self.documents.last().is_some_and(|last| rank > *last) {
            return;
        }
        self.documents.insert(rank);
        if full {
            self.documents.pop_last();
        }
        into.push(Excerpt {
            id: document.id.into(),
            source: document.source.into(),
            record: document.record,
            bytes_in: document.text.len() as u64,
            bytes_removed: removed,
            pieces: pieces(document.text, removals),
        });
    }

    /// Takes those cuts of a document into the lists that are drawn.
    pub(super) fn samples<F: FnOnce() -> Vec<Removal>>(
        &mut self,
        document: &Document<'_>,
        cuts: &[Cut<'_>],
        removals: &LazyCell<Vec<Removal>, F>,
        into: &mut BTreeMap<String, Top<Sample, SAMPLES>>,
    ) {
        if !self.wanted || cuts.is_empty() {
            return;
        }
        let source = hash::bytes64(document.source.as_bytes());
        for (i, cut) in cuts.iter().enumerate() {
            let kind = cut.rule.unwrap_or(cut.reason);
            let start = cut.range.start as u64;
            if !self.draw(kind, lot(source, document.record, start)) {
                continue;
            }
            let (text, omitted) = head(&document.text[cut.range.clone()], CUT);
            let (before, after) = around(document.text, cut.range.clone());
            let sample = Sample {
                id: document.id.into(),
                source: document.source.into(),
                record: document.record,
                start,
                before,
                text,
                omitted,
                after,
                why: (&removals[i]).into(),
            };
            into.entry(kind.to_owned()).or_default().push(sample);
        }
    }

    /// True when a lot is among the least of its kind so far.
    fn draw(&mut self, kind: &str, lot: u64) -> bool {
        if !self.lots.contains_key(kind) {
            self.lots.insert(kind.to_owned(), BTreeSet::new());
        }
        let lots = self.lots.get_mut(kind).expect("the kind was just inserted");
        if lots.len() == SAMPLES && lots.last().is_some_and(|last| lot > *last) {
            return false;
        }
        lots.insert(lot);
        if lots.len() > SAMPLES {
            lots.pop_last();
        }
        true
    }
}

/// Cuts a document into what stayed and what went.
fn pieces(text: &[u8], removals: &[Removal]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let (mut at, mut room) = (0, DOCUMENT);
    for removal in removals {
        let (start, end) = (removal.start as usize, removal.end as usize);
        if room == 0 {
            break;
        }
        let before = kept(&text[at..start], at == 0, false, &mut out);
        let why = Why::from(removal);
        let shown = match out.last_mut() {
            Some(last) if before == 0 && last.why.as_ref() == Some(&why) => {
                last.cuts += 1;
                let left = match last.omitted {
                    0 => PIECE.saturating_sub(last.text.len()),
                    _ => 0,
                };
                let (more, omitted) = head(&text[start..end], left);
                last.text.push_str(&more);
                last.omitted += omitted;
                more.len()
            }
            _ => {
                let (text, omitted) = head(&text[start..end], PIECE);
                let shown = text.len();
                out.push(Piece {
                    text,
                    omitted,
                    why: Some(why),
                    cuts: 1,
                });
                shown
            }
        };
        room = room.saturating_sub(before + shown.max(1));
        at = end;
    }
    match room {
        0 => {
            if let Some(last) = out.last_mut().filter(|_| at < text.len()) {
                last.omitted += (text.len() - at) as u64;
            }
        }
        _ => drop(kept(&text[at..], at == 0, true, &mut out)),
    }
    out
}

/// Adds a stretch that stayed, only its ends when it is long, and returns how much of it is shown.
fn kept(text: &[u8], first: bool, last: bool, out: &mut Vec<Piece>) -> usize {
    let piece = |text: String, omitted| Piece {
        text,
        omitted,
        why: None,
        cuts: 0,
    };
    if text.is_empty() {
        return 0;
    }
    if text.len() <= 3 * KEPT {
        out.push(piece(String::from_utf8_lossy(text).into_owned(), 0));
        return text.len();
    }
    let (begin, _) = head(text, if first { 2 * KEPT } else { KEPT });
    let end = if last {
        String::new()
    } else {
        tail(text, KEPT)
    };
    let shown = begin.len() + end.len();
    out.push(piece(begin, text.len().saturating_sub(shown) as u64));
    if !end.is_empty() {
        out.push(piece(end, 0));
    }
    shown
}

/// What stands before and after a cut, with a mark where more would follow.
fn around(text: &[u8], cut: Range<usize>) -> (String, String) {
    let mut before = tail(&text[..cut.start], AROUND);
    if before.len() < cut.start {
        before.insert(0, '…');
    }
    let (mut after, omitted) = head(&text[cut.end..], AROUND);
    if omitted > 0 {
        after.push('…');
    }
    (before, after)
}

/// The beginning of a text, up to a boundary of characters, and how many bytes it leaves out.
fn head(text: &[u8], most: usize) -> (String, u64) {
    let mut end = most.min(text.len());
    while end > 0 && end < text.len() && is_inside(text[end]) {
        end -= 1;
    }
    let left = (text.len() - end) as u64;
    (String::from_utf8_lossy(&text[..end]).into_owned(), left)
}

/// The end of a text, from a boundary of characters.
fn tail(text: &[u8], most: usize) -> String {
    let mut start = text.len().saturating_sub(most);
    while start > 0 && start < text.len() && is_inside(text[start]) {
        start += 1;
    }
    String::from_utf8_lossy(&text[start..]).into_owned()
}

/// True for a byte that begins no character of UTF-8.
fn is_inside(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removal(start: usize, end: usize, rule: Option<&'static str>) -> Removal {
        let reason = match rule {
            Some(_) => Reason::Boilerplate,
            None => Reason::ExactDuplicate,
        };
        Removal {
            rule: rule.map(Into::into),
            ..Removal::new(reason, start as u64..end as u64)
        }
    }

    type Lists = (
        Top<Excerpt, EXCERPTS>,
        BTreeMap<String, Top<Sample, SAMPLES>>,
    );

    /// Shows these documents as one worker does, batch by batch.
    fn shown(config: &Config, numbers: impl Iterator<Item = u64>) -> Lists {
        let mut chooser = Chooser::new(config);
        let mut lists = Lists::default();
        for n in numbers {
            let text = "some text of a page, é\n".repeat(n as usize % 37 + 2);
            let source = format!("part-{}", n % 3);
            let document = Document {
                source: &source,
                record: n,
                id: "d",
                text: text.as_bytes(),
                paragraphs: 0,
                bytes_out: 0,
                written: true,
                protected: false,
                passed_over: 0,
                stretch: 0,
            };
            let rule = n.is_multiple_of(2).then_some("read-also");
            let removals = [removal(0, 12, rule), removal(24, text.len(), None)];
            let cuts: Vec<_> = removals.iter().map(Cut::from).collect();
            let removals = LazyCell::new(|| removals.to_vec());
            chooser.excerpt(&document, &cuts, &removals, &mut lists.0);
            chooser.samples(&document, &cuts, &removals, &mut lists.1);
        }
        lists
    }

    #[test]
    fn what_is_shown_does_not_depend_on_who_chose() {
        let config = Config::default();
        let whole = shown(&config, 0..900);
        assert_eq!(whole.0.len(), EXCERPTS);
        let sizes: Vec<_> = whole.1.iter().map(|(k, v)| (k.as_str(), v.len())).collect();
        assert_eq!(
            sizes,
            [("exact_duplicate", SAMPLES), ("read-also", SAMPLES)]
        );
        let mut sum = Lists::default();
        for worker in [2, 0, 1] {
            let part = shown(&config, (0..900).filter(|n| n / 7 % 3 == worker));
            sum.0.add(&part.0);
            for (kind, samples) in &part.1 {
                sum.1.entry(kind.clone()).or_default().add(samples);
            }
        }
        assert_eq!(sum, whole);
    }

    #[test]
    fn without_removed_text_nothing_is_shown() {
        let config = Config {
            keep_removed_text: false,
            ..Config::default()
        };
        assert_eq!(shown(&config, 0..50), Lists::default());
    }

    #[test]
    fn pieces_are_bounded_and_account_for_every_byte() {
        let text = "кто-то написал это\n".repeat(2_000);
        let cuts = |step: usize, length: usize| -> Vec<Removal> {
            let starts = (0..text.len() - length).step_by(step);
            starts.map(|s| removal(s, s + length, None)).collect()
        };
        for removals in [
            cuts(34, 34),
            cuts(340, 34),
            cuts(17_000, 6_800),
            cuts(68_000, 2),
        ] {
            let pieces = pieces(text.as_bytes(), &removals);
            let shown: usize = pieces.iter().map(|p| p.text.len()).sum();
            let omitted: u64 = pieces.iter().map(|p| p.omitted).sum();
            assert!(shown <= DOCUMENT + PIECE + 3 * KEPT, "{shown}");
            assert_eq!(shown as u64 + omitted, text.len() as u64);
            assert!(pieces.iter().all(|p| !p.text.contains('\u{fffd}')));
        }
        let small = pieces(b"one\ntwo\nthree\n", &[removal(4, 8, None)]);
        let texts: Vec<_> = small.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["one\n", "two\n", "three\n"]);
    }
}

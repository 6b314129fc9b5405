//! The removal log: one JSON object per removal, with everything that speaks for it. Field order is part of the contract.
//!
//! Only the shape and the file live here; who decides on a removal is another matter.

pub(crate) mod line;

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::config::Level;
use crate::error::Result;
use crate::files::row::CutRow;
use crate::io::journal;
use crate::rules::{self, Category};

/// Why a range went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its folded form equals that of the witness.
    ExactDuplicate,
    /// It is similar to the witness and adds nothing.
    NearDuplicate,
    /// It stands, nearly whole, in the witness.
    Contained,
    /// It is no content.
    Boilerplate,
}

impl Reason {
    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Reason::ExactDuplicate => "exact_duplicate",
            Reason::NearDuplicate => "near_duplicate",
            Reason::Contained => "contained",
            Reason::Boilerplate => "boilerplate",
        }
    }

    /// Of the two similarities of a pair, the one that it went for; an exact pair went for neither.
    pub(crate) fn measure(self, jaccard: Ratio, containment: Ratio) -> Option<Ratio> {
        match self {
            Reason::NearDuplicate => Some(jaccard),
            Reason::Contained => Some(containment),
            Reason::ExactDuplicate | Reason::Boilerplate => None,
        }
    }
}

/// A similarity in ten-thousandths, written with four decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Ratio(pub u32);

impl Ratio {
    /// `part / whole`, rounded half up; `0 / 0` is 0. Expects `part <= whole` below 2^48.
    pub fn of(part: u64, whole: u64) -> Self {
        let twice = (part * 20_000 + whole).checked_div(2 * whole);
        Ratio(twice.unwrap_or(0) as u32)
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        RawValue::from_string(number)
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Ok(Ratio((number * 10_000.0).round() as u32))
    }
}

/// One thing that spoke for a removal as boilerplate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// A rule, `frequency` or `line-model`.
    pub name: Cow<'static, str>,
    /// The lowest level at which it would remove the range.
    pub level: Level,
    /// The line model's score, or the number of documents for frequency.
    pub score: Option<i64>,
}

impl Evidence {
    /// What a cut says of itself.
    pub(crate) fn of(cut: &CutRow) -> Self {
        let counted = matches!(cut.evidence, rules::LINE_MODEL | rules::FREQUENCY);
        Evidence {
            name: Cow::Borrowed(rules::evidence_name(cut.evidence)),
            level: Level::ALL[usize::from(cut.level.min(2))],
            score: counted.then_some(i64::from(cut.score)),
        }
    }
}

/// A text that survives, of which the removed one is a duplicate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// The reference it is in; `None` is this run.
    pub corpus: Option<String>,
    /// Id of its document.
    pub id: String,
    /// Relative path of its source.
    pub source: String,
    /// Its record, from 0.
    pub record: u64,
    /// Number of its paragraph, from 0.
    pub paragraph: u32,
    /// First byte in the original text of its document.
    pub start: u64,
    /// One past its last byte.
    pub end: u64,
    /// Jaccard similarity of the shingle sets.
    pub jaccard: Ratio,
    /// Containment of the smaller shingle set in the larger.
    pub containment: Ratio,
}

/// One removed range of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// The document's id, or `<source>#<record>`.
    pub id: String,
    /// Relative path of the source.
    pub source: String,
    /// The record, from 0.
    pub record: u64,
    /// Number of the paragraph (its first line), from 0.
    pub paragraph: u32,
    /// First byte in the document's original text.
    pub start: u64,
    /// One past the last byte, line terminator included.
    pub end: u64,
    /// `start` in code points.
    pub char_start: u64,
    /// `end` in code points.
    pub char_end: u64,
    /// Why it went.
    pub reason: Reason,
    /// The first rule in table order, else `frequency`, else `line-model`; boilerplate only.
    pub rule: Option<Cow<'static, str>>,
    /// What kind of boilerplate.
    pub category: Option<Category>,
    /// The lowest level at which it goes.
    pub level: Option<Level>,
    /// The line model's score.
    pub score: Option<i64>,
    /// Everything that fired.
    pub evidence: Vec<Evidence>,
    /// What survives in its place; duplicates only.
    pub witness: Option<Witness>,
    /// The removed text; `None` when the log was asked not to keep it.
    pub text: Option<String>,
    /// How the text was written in the record, where that is not the canonical encoding (`serde_json`'s) of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub raw: Option<String>,
}

impl Removal {
    /// A removal of these bytes, without a document, a cause or a text: what is known of it is filled in.
    pub fn new(reason: Reason, range: Range<u64>) -> Self {
        Removal {
            id: String::new(),
            source: String::new(),
            record: 0,
            paragraph: 0,
            start: range.start,
            end: range.end,
            char_start: 0,
            char_end: 0,
            reason,
            rule: None,
            category: None,
            level: None,
            score: None,
            evidence: Vec::new(),
            witness: None,
            text: None,
            raw: None,
        }
    }

    /// What the pair was judged by: J of a near duplicate, C of a contained one.
    pub fn similarity(&self) -> Option<Ratio> {
        let witness = self.witness.as_ref()?;
        self.reason.measure(witness.jaccard, witness.containment)
    }
}

impl journal::OfRecord for Removal {
    fn record(&self) -> u64 {
        self.record
    }
}

/// The lines of the log that hold these removals.
pub fn lines(removals: &[Removal]) -> Vec<u8> {
    let mut out = Vec::new();
    for removal in removals {
        serde_json::to_writer(&mut out, removal).expect("plain data serialises into memory");
        out.push(b'\n');
    }
    out
}

/// The removals that these lines of the log say.
pub(crate) fn read_lines(lines: &[u8]) -> Vec<Removal> {
    serde_json::Deserializer::from_slice(lines)
        .into_iter()
        .map(|removal| removal.expect("the lines were written as removals"))
        .collect()
}

/// Reads a removal log.
pub type Reader = journal::Reader<Removal>;

/// Opens a removal log; it must exist, also when nothing was removed.
pub fn open(path: &Path) -> Result<Reader> {
    journal::Reader::open(path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_in_the_order_of_the_contract() {
        let removal = Removal {
            id: "a".into(),
            source: "x.jsonl".into(),
            record: 1,
            paragraph: 2,
            char_start: 3,
            char_end: 4,
            witness: Some(Witness {
                corpus: None,
                id: "b".into(),
                source: "y.jsonl".into(),
                record: 5,
                paragraph: 6,
                start: 7,
                end: 8,
                jaccard: Ratio::of(2, 3),
                containment: Ratio::of(4, 5),
            }),
            text: Some("t".into()),
            ..Removal::new(Reason::NearDuplicate, 3..4)
        };
        let line = serde_json::to_string(&removal).unwrap();
        assert_eq!(
            line,
            concat!(
                r#"{"id":"a","source":"x.jsonl","record":1,"paragraph":2,"start":3,"end":4,"char_start":3,"char_end":4,"#,
                r#""reason":"near_duplicate","rule":null,"category":null,"level":null,"score":null,"evidence":[],"#,
                r#""witness":{"corpus":null,"id":"b","source":"y.jsonl","record":5,"paragraph":6,"start":7,"end":8,"#,
                r#""jaccard":0.6667,"containment":0.8000},"text":"t"}"#
            )
        );
        assert_eq!(serde_json::from_str::<Removal>(&line).unwrap(), removal);
    }

    #[test]
    fn ratios_round_and_never_divide_by_zero() {
        assert_eq!(Ratio::of(0, 0), Ratio(0));
        assert_eq!(Ratio::of(1, 1), Ratio(10_000));
        assert_eq!(Ratio::of(1, 20_000), Ratio(1));
        assert_eq!(Ratio::of(1, 20_001), Ratio(0));
    }
}

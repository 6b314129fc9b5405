//! Judges pairs of paragraphs that someone else put together: the library behind `dechaff compare`.
//!
//! One JSON record in, one out. It knows the record's fields and nothing about files or options.

use std::fmt::Write;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::config::{Config, Guard};
use crate::error::{Error, Result};
use crate::near::guard::Evidence;
use crate::near::guard::score::{self, FEATURES};
use crate::near::verdict::{Comparer, Direction, Floors, Kind, Prepared, Thresholds, Verdict};
use crate::text::fold::Folder;
use crate::text::line::{self, Line};
use crate::text::segment::{self, Paragraph};

/// A pair as it is read. Other fields are ignored.
#[derive(Deserialize)]
struct Pair<'t> {
    #[serde(borrow)]
    id: Option<&'t RawValue>,
    a: Option<String>,
    b: Option<String>,
}

/// Judges records of pairs, one after the other. Holds scratch space.
///
/// ```
/// use dechaff::{compare::PairJudge, config::Config, near::verdict::Kind};
///
/// let mut judge = PairJudge::new(&Config::default(), None);
/// let a = "The ferry to the islands carried 240 passengers in May, the harbour master said on Monday.";
/// assert_eq!(judge.judge(a, &a.to_uppercase()).kind, Kind::Exact);
/// let other = judge.judge(a, &a.replace("240", "310"));
/// assert!(other.guarded && other.kind == Kind::Distinct);
/// ```
pub struct PairJudge {
    thresholds: Thresholds,
    floors: Option<Floors>,
    comparer: Comparer,
    folder: Folder,
    a: Prepared,
    b: Prepared,
    text: String,
}

impl PairJudge {
    /// Returns a judge with the thresholds of this configuration. With `floors`, pairs that `clean` would find too short to judge are
    /// distinct, as there; without, every pair is judged.
    pub fn new(config: &Config, floors: Option<Floors>) -> Self {
        PairJudge {
            thresholds: Thresholds::from(config),
            floors,
            comparer: Comparer::default(),
            folder: Folder::default(),
            a: Prepared::default(),
            b: Prepared::default(),
            text: String::new(),
        }
    }

    /// A paragraph's text as `clean` judges it: lines joined by a space, less quote prefixes.
    pub fn block(text: &str) -> String {
        let mut out = String::new();
        block(text, &mut out);
        out
    }

    /// Judges two paragraphs. Each is read as one block: its lines are joined and quote prefixes do not count.
    pub fn judge(&mut self, a: &str, b: &str) -> Verdict {
        for (text, prepared) in [(a, &mut self.a), (b, &mut self.b)] {
            block(text, &mut self.text);
            prepared.fill(&self.text, &mut self.folder);
        }
        let mut verdict = self.comparer.compare(&self.a, &self.b, &self.thresholds);
        let lengths = (self.a.folded.half_tokens(), self.b.folded.half_tokens());
        if self
            .floors
            .is_some_and(|floors| !floors.admit(verdict.kind, lengths.0, lengths.1))
        {
            verdict.kind = Kind::Distinct;
            verdict.direction = None;
        }
        verdict
    }

    /// Judges a record `{"id","a","b"}` and returns the record of its verdict, without a line end. `id` is copied as it stands.
    ///
    /// # Errors
    ///
    /// When the record is not a JSON object, or `a` or `b` is missing or no string.
    pub fn record(&mut self, record: &str) -> Result<String> {
        let pair: Pair<'_> = serde_json::from_str(record).map_err(|e| {
            Error::input(format!("not a pair: {e}"))
                .hint("every line is {\"id\": …, \"a\": \"…\", \"b\": \"…\"}")
        })?;
        let side = |name: &str, text: Option<String>| {
            text.ok_or_else(|| {
                Error::input(format!("field {name:?} is missing"))
                    .hint("every line is {\"id\": …, \"a\": \"…\", \"b\": \"…\"}")
            })
        };
        let (a, b) = (side("a", pair.a)?, side("b", pair.b)?);
        let verdict = self.judge(&a, &b);
        let mut out = print(pair.id.map_or("null", RawValue::get), &verdict);
        self.write_reasons(&verdict, &mut out);
        Ok(out)
    }
}

impl PairJudge {
    /// Adds why the pair just judged was judged so: the fact that protects it, its score and the score's features.
    fn write_reasons(&mut self, verdict: &Verdict, out: &mut String) {
        out.pop();
        let fact = verdict.fact.map(|f| format!("\"{}\"", f.name()));
        write_part(
            out,
            format_args!(",\"fact\":{}", fact.as_deref().unwrap_or("null")),
        );
        match self.evidence() {
            Some(evidence) => {
                write_part(
                    out,
                    format_args!(",\"score\":{}", hundredths(score::score(&evidence))),
                );
                for (i, feature) in FEATURES.iter().enumerate() {
                    let open = if i == 0 { ",\"features\":{" } else { "," };
                    let value = (feature.measure)(&evidence);
                    write_part(out, format_args!("{open}\"{}\":{value}", feature.name));
                }
                out.push_str("}}");
            }
            None => out.push_str(",\"score\":null,\"features\":null}"),
        }
    }

    /// What differs between the two paragraphs judged last, if that was looked at.
    fn evidence(&mut self) -> Option<Evidence> {
        if self.thresholds.guard == Guard::Off || self.a.folded.text == self.b.folded.text {
            return None;
        }
        let alike = self.comparer.alike(&self.a, &self.b, &self.thresholds)?;
        Some(alike.evidence)
    }

    /// Tells in a few lines why two paragraphs were judged as they were: the score and what it is made of. Empty when nothing but
    /// their similarity was asked.
    pub fn reasons(&mut self, a: &str, b: &str) -> Vec<String> {
        let verdict = self.judge(a, b);
        let Some(evidence) = self.evidence() else {
            return Vec::new();
        };
        let mut lines = vec![format!(
            "score {} (the same facts from 0 on), of {} for alike texts",
            hundredths(score::score(&evidence)),
            hundredths(score::BIAS)
        )];
        for feature in FEATURES {
            let value = (feature.measure)(&evidence);
            let points = i64::from(value) * feature.weight;
            if points != 0 {
                let sign = if points > 0 { "+" } else { "" };
                // What is there or is not needs no count.
                let count = match feature.weight.abs() {
                    100.. => String::new(),
                    _ => format!("{value} "),
                };
                lines.push(format!(
                    "{sign}{} by {count}{}",
                    hundredths(points),
                    feature.about
                ));
            }
        }
        if let Some(fact) = verdict.fact {
            lines.push(format!("protected by: {}", fact.name()));
        }
        lines
    }
}

/// Writing to a string does not fail.
fn write_part(out: &mut String, part: std::fmt::Arguments<'_>) {
    out.write_fmt(part)
        .expect("writing to a string does not fail");
}

/// Hundredths as a decimal number.
fn hundredths(points: i64) -> String {
    let sign = if points < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", points.abs() / 100, points.abs() % 100)
}

/// Writes a paragraph's text as `clean` judges it: lines joined by a space, less quote prefixes.
fn block(text: &str, out: &mut String) {
    let mut lines: Vec<Line<'_>> = Vec::new();
    line::lines(text.as_bytes(), &mut lines);
    let whole = Paragraph {
        first: 0,
        last: lines.len() as u32,
    };
    segment::judged_text(&lines, whole, &[], out);
}

/// The record of a verdict. Similarities are printed from integers, to four decimals.
fn print(id: &str, verdict: &Verdict) -> String {
    let kind = match verdict.kind {
        Kind::Exact => "exact",
        Kind::Near => "near",
        Kind::Contained => "contained",
        Kind::Distinct => "distinct",
    };
    let direction = match verdict.direction {
        None => "null",
        Some(Direction::AGoes) => "\"a_goes\"",
        Some(Direction::BGoes) => "\"b_goes\"",
        Some(Direction::Either) => "\"either\"",
    };
    let guard = if verdict.guarded { "\"facts\"" } else { "null" };
    format!(
        "{{\"id\":{id},\"verdict\":\"{kind}\",\"jaccard\":{},\"containment\":{},\"direction\":{direction},\"guard\":{guard}}}",
        verdict.jaccard(),
        verdict.containment(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str =
        "The parish council met on the green and agreed to plant eleven lime trees along the lane.";

    fn judge(a: &str, b: &str) -> String {
        let pair = serde_json::json!({"id": {"n": 7}, "a": a, "b": b, "more": 1});
        let mut judge = PairJudge::new(&Config::default(), None);
        judge.record(&pair.to_string()).expect("a whole record")
    }

    #[test]
    fn the_record_has_the_fields_of_the_contract_in_order() {
        assert_eq!(
            judge(LINE, &LINE.to_uppercase()),
            r#"{"id":{"n":7},"verdict":"exact","jaccard":1.0000,"containment":1.0000,"direction":"either","guard":null,"fact":null,"score":null,"features":null}"#
        );
        let other = LINE.replace("eleven", "twelve");
        let got = judge(LINE, &other);
        assert!(
            got.contains(r#""verdict":"distinct""#)
                && got.contains(r#""direction":null,"guard":"facts","fact":"number","score":"#),
            "{got}"
        );
    }

    #[test]
    fn floors_apply_only_when_asked() {
        let config = Config::default();
        let short = (
            "Terms were not disclosed today.",
            "Terms were not disclosed today!",
        );
        assert_eq!(
            PairJudge::new(&config, None).judge(short.0, short.1).kind,
            Kind::Exact
        );
        let floors = Some(Floors::from(&config));
        assert_eq!(
            PairJudge::new(&config, floors).judge(short.0, short.1).kind,
            Kind::Distinct
        );
        assert_eq!(
            PairJudge::new(&config, floors).judge(LINE, LINE).kind,
            Kind::Exact
        );
    }

    #[test]
    fn a_bad_record_says_what_is_expected() {
        let mut judge = PairJudge::new(&Config::default(), None);
        let error = judge
            .record(r#"{"id":1,"a":"x"}"#)
            .expect_err("b is missing");
        assert_eq!(
            error.to_string(),
            r#"field "b" is missing; every line is {"id": …, "a": "…", "b": "…"}"#
        );
        assert!(judge.record("[]").is_err() && judge.record("{\"a\":1}").is_err());
    }
}

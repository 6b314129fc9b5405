//! Attributes as Dolma's taggers write them and its mixer reads them.
//!
//! `{"id":…,"attributes":{"dechaff__duplicate__near":[[120,348,0.7500]],…}}`: names are `experiment__tagger__attribute`, all of
//! [`ATTRIBUTES`] stand in every row, spans are half-open, in code points of the text as it came in.
//!
//! The mixer walks documents and attributes line by line, and stops where two ids differ *as JSON values* or a row is missing. So an
//! id is copied as it is written, number or string, `null` when there is none; and a record that could not be read has a row
//! too, with its id where that can be had, and no spans. An empty span would cost the mixer the character behind it, and spans
//! that overlap leave text standing: there are none of either kind.

use std::borrow::Cow;

use super::record::{self, Fields};
use crate::config::Level;
use crate::removal::line::{self, Line};
use crate::removal::{Ratio, Reason};

/// The names of all attributes.
pub static ATTRIBUTES: [&str; 4] = [
    "dechaff__duplicate__exact",
    "dechaff__duplicate__near",
    "dechaff__duplicate__contained",
    "dechaff__boilerplate__span",
];

/// The spans of one document, by attribute.
#[derive(Default)]
pub(super) struct Spans([Vec<(u64, u64, Ratio)>; 4]);

impl Spans {
    /// Adds what a line of the removal log says.
    pub(super) fn add(&mut self, line: &Line<'_>) {
        let (attribute, score) = match line.reason {
            Reason::ExactDuplicate => (0, None),
            Reason::NearDuplicate => (1, line.similarity()),
            Reason::Contained => (2, line.similarity()),
            Reason::Boilerplate => (3, line.level.map(sure)),
        };
        if line.char_start < line.char_end {
            let score = score.unwrap_or(Ratio(10_000));
            self.0[attribute].push((line.char_start, line.char_end, score));
        }
    }

    /// Appends the row of the document and forgets its spans.
    pub(super) fn write(&mut self, id: &Id<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"id\":");
        match id {
            Id::Text(text) => line::string(out, text),
            Id::Written(fields, name) => record::copy(out, fields.get(*name).copied()),
            Id::None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"attributes\":{");
        for (i, (name, spans)) in ATTRIBUTES.iter().zip(&mut self.0).enumerate() {
            let comma = if i == 0 { "" } else { "," };
            out.extend_from_slice(format!("{comma}\"{name}\":[").as_bytes());
            for (i, (start, end, Ratio(score))) in spans.drain(..).enumerate() {
                let comma = if i == 0 { "" } else { "," };
                let (whole, rest) = (score / 10_000, score % 10_000);
                out.extend_from_slice(
                    format!("{comma}[{start},{end},{whole}.{rest:04}]").as_bytes(),
                );
            }
            out.push(b']');
        }
        out.extend_from_slice(b"}}\n");
    }
}

/// How sure a cut is by the surest level that makes it: so a mixer's `min_score` can choose a level after the run.
fn sure(level: Level) -> Ratio {
    Ratio(match level {
        Level::Safe => 10_000,
        Level::Balanced => 5_000,
        Level::Aggressive => 2_500,
    })
}

/// The id of a row.
pub(super) enum Id<'a> {
    /// A string.
    Text(Cow<'a, str>),
    /// Whatever stands in this field.
    Written(Fields<'a>, &'a str),
    /// There is none.
    None,
}

impl Id<'_> {
    /// True for an id that may have been no string: everything else is handed out as it is written.
    pub(super) fn is_doubtful(text: &str) -> bool {
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | 't' | 'f' | '{' | '['))
    }
}

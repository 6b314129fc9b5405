//! What a worker gathers of each document, and the rows that it becomes.

use std::borrow::Cow;

use super::dolma::{Id, Spans};
use super::{Beside, datatrove, record};
use crate::config::InputConfig;
use crate::io::{Document, Format, Frame};
use crate::removal::Reason;
use crate::removal::line::Line;

/// The rows of one record, each a line, for the files that are asked for.
#[derive(Default)]
pub(crate) struct Rows {
    pub(super) attributes: Vec<u8>,
    pub(super) documents: Vec<u8>,
    pub(super) passages: Vec<u8>,
}

/// A record, as it came in.
pub(crate) struct Of<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) format: &'static Format,
    pub(crate) input: &'a InputConfig,
    pub(crate) document: &'a Document<'a>,
    /// Its name in the removal log.
    pub(crate) id: &'a str,
}

/// Gathers the removals of a document, as they are written to the log.
#[derive(Default)]
pub(crate) struct Collector {
    wanted: Beside,
    spans: Spans,
    passages: Vec<u8>,
    /// Bytes that went, by reason.
    went: Vec<(Reason, u64)>,
}

impl Collector {
    pub(crate) fn new(wanted: Beside) -> Self {
        Collector {
            wanted,
            ..Collector::default()
        }
    }

    /// Takes a removal of the document in hand.
    pub(crate) fn cut(&mut self, line: &Line<'_>) {
        if self.wanted.attributes.is_some() {
            self.spans.add(line);
        }
        if self.wanted.exclusions.is_some() {
            datatrove::passage(line, &mut self.passages);
            let bytes = line.end - line.start;
            match self
                .went
                .iter_mut()
                .find(|(reason, _)| *reason == line.reason)
            {
                Some((_, sum)) => *sum += bytes,
                None => self.went.push((line.reason, bytes)),
            }
        }
    }

    /// Ends the document in hand; `emptied` when only white space is left of it.
    pub(crate) fn document(&mut self, of: &Of<'_>, emptied: bool) -> Rows {
        let mut rows = Rows::default();
        if self.wanted.attributes.is_some() {
            self.spans.write(&id(of), &mut rows.attributes);
        }
        if self.wanted.exclusions.is_some() {
            rows.passages = std::mem::take(&mut self.passages);
            // Of reasons that took as much, the one that stands first in the table.
            let most = self
                .went
                .drain(..)
                .max_by_key(|&(r, bytes)| (bytes, std::cmp::Reverse(r)));
            if let Some((reason, _)) = most.filter(|_| emptied) {
                let fields = record::fields(of.frame, of.format);
                datatrove::document(of, reason.name(), fields, &mut rows.documents);
            }
        }
        rows
    }

    /// The row of a record that could not be read: nothing of it went.
    pub(crate) fn bad(&mut self, frame: &Frame, format: &Format, input: &InputConfig) -> Rows {
        let mut rows = Rows::default();
        // A record that was too long comes in pieces.
        if self.wanted.attributes.is_some() && frame.part == 0 {
            let id = match record::fields(frame, format) {
                Some(fields) => Id::Written(fields, &input.id_field),
                None => Id::None,
            };
            self.spans.write(&id, &mut rows.attributes);
        }
        rows
    }
}

fn id<'a>(of: &'a Of<'_>) -> Id<'a> {
    match &of.document.id {
        Some(text) if !Id::is_doubtful(text) => Id::Text(Cow::Borrowed(text)),
        text => match (record::fields(of.frame, of.format), text) {
            (Some(fields), _) => Id::Written(fields, &of.input.id_field),
            (None, Some(text)) => Id::Text(Cow::Borrowed(text)),
            (None, None) => Id::None,
        },
    }
}

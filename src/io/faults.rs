//! What can be wrong with a record, and how it is told.

use super::MAX_LINES;
use crate::text::{nearest, utf8};

/// Most names listed where the one that was asked for is missing: enough to see which was meant.
const LISTED: usize = 12;

/// Why a record is quarantined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// One of [`FAULTS`].
    pub reason: &'static str,
    /// What exactly was found, for the reader of the report.
    pub detail: String,
}

/// Every reason for which a record is quarantined.
pub static FAULTS: &[&str] = &[
    "invalid-json",
    "not-an-object",
    "missing-text-field",
    "text-field-not-a-string",
    "duplicate-text-field",
    "lone-surrogate",
    "invalid-utf-8",
    "invalid-encoding",
    "invalid-warc",
    "invalid-csv",
    "not-text",
    "over-long",
    "truncated-archive",
    "damaged-archive",
];

impl Fault {
    /// A fault; `reason` is one of [`FAULTS`].
    pub fn new(reason: &'static str, detail: impl Into<String>) -> Self {
        debug_assert!(FAULTS.contains(&reason));
        Fault {
            reason,
            detail: detail.into(),
        }
    }

    /// Refuses bytes that are no UTF-8; `what` they are a part of.
    pub(super) fn unless_utf8<'a>(bytes: &'a [u8], what: &str) -> Result<&'a str, Self> {
        utf8::valid(bytes).ok_or_else(|| {
            let valid = utf8::valid_head(bytes).0.len();
            let detail = format!("not UTF-8 after {valid} bytes of the {what}");
            Fault::new("invalid-utf-8", detail)
        })
    }
}

/// The fault of a text with more than [`MAX_LINES`] lines.
pub(super) fn too_many_lines(text: &[u8]) -> Result<(), Fault> {
    if text.len() < MAX_LINES || memchr::memchr_iter(b'\n', text).count() < MAX_LINES {
        return Ok(());
    }
    let detail = format!("a text of more than the {MAX_LINES} lines allowed");
    Err(Fault::new("over-long", detail))
}

/// Says that no `kind` (field, column) has this name, which ones there are, and which of them may have been meant.
pub(super) fn missing<'a>(
    kind: &str,
    name: &str,
    names: impl Iterator<Item = &'a str> + Clone,
) -> String {
    let mut listed: Vec<&str> = names.clone().take(LISTED + 1).collect();
    if listed.len() > LISTED {
        listed[LISTED] = "…";
    }
    let listed = match listed.is_empty() {
        true => "none".to_owned(),
        false => listed.join(", "),
    };
    let meant = match nearest(name, names) {
        Some(like) => format!("; did you mean {like:?}?"),
        None => String::new(),
    };
    format!("no {kind} {name:?}; the {kind}s are: {listed}{meant}")
}

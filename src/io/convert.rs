//! Writing a document in another format than it was read in.
//!
//! The output carries what every format has: id, address and text. Everything else of the record goes to the sidecar, as the
//! bytes before its text and those after it, so that `restore` can put the record together again. Where the text itself was
//! written in a way that does not follow from the text (`\u00e9` for é), the sidecar keeps it as it was.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::sidecar::{Entry, What};
use super::splice::{self, Quoting};
use super::{Cleaned, Document, Format, Frame};
use crate::removal::Removal;

/// What a format carries of a document that was read in another one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Page<'a> {
    /// Its id, if it has one.
    #[serde(borrow, skip_serializing_if = "Option::is_none", default)]
    pub id: Option<Cow<'a, str>>,
    /// Its address, if it has one.
    #[serde(borrow, skip_serializing_if = "Option::is_none", default)]
    pub url: Option<Cow<'a, str>>,
    /// Its text.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

/// How documents of other formats are written in a format.
pub struct Target {
    /// What an output begins with.
    pub head: fn() -> Vec<u8>,
    /// Appends a document.
    pub write: fn(&Page<'_>, &mut Vec<u8>),
    /// The text of what `write` wrote; the error says what does not fit.
    pub read: fn(&[u8]) -> Result<String, String>,
}

/// JSON Lines: `{"id","url","text"}`.
pub(super) static JSONL: Target = Target {
    head: Vec::new,
    write: |page, out| {
        serde_json::to_writer(&mut *out, page).expect("writing to memory does not fail");
        out.push(b'\n');
    },
    read: |bytes| {
        let page: Page<'_> = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        Ok(page.text.into_owned())
    },
};

/// Plain text: the texts, a blank line after each.
pub(super) static TEXT: Target = Target {
    head: Vec::new,
    write: |page, out| {
        out.extend_from_slice(page.text.as_bytes());
        out.extend_from_slice(after(&page.text));
    },
    read: |bytes| String::from_utf8(bytes.to_vec()).map_err(|e| e.to_string()),
};

/// What stands after a text where only blank lines tell documents apart.
fn after(text: &str) -> &'static [u8] {
    match text.ends_with('\n') {
        true => b"\n",
        false => b"\n\n",
    }
}

/// Writes a record less ranges of its text in another format.
pub(super) fn clean(
    frame: &Frame,
    document: &Document<'_>,
    removed: &[Range<usize>],
    output: &Format,
    out: &mut Cleaned,
) {
    out.clear();
    out.emptied = splice::empties(&document.text, removed);
    // The text goes to the log as it reads, not as it was written; what was written otherwise is in the sidecar.
    out.raws.resize(removed.len(), None);
    keep_shell(frame, document, out);
    let mut text = Vec::new();
    splice::rest(&document.text, removed, &mut text);
    let page = Page {
        id: document.id.as_deref().map(Cow::Borrowed),
        url: document.url.as_deref().map(Cow::Borrowed),
        text: String::from_utf8_lossy(&text),
    };
    let target = output.target.expect("formats are only written as targets");
    (target.write)(&page, &mut out.output);
    if output.seamless {
        let record = frame.record.expect("only records are cleaned");
        let end = Entry::new(record, What::Added, after(&page.text), false);
        out.sidecar.push(end);
    }
}

/// Keeps what surrounds the text of a record, and the text itself where it is not written in the canonical way.
pub(super) fn keep_shell(frame: &Frame, document: &Document<'_>, out: &mut Cleaned) {
    let record = frame.record.expect("only records are cleaned");
    let span = document.span;
    let mut keep = |what, bytes: &[u8]| out.sidecar.push(Entry::new(record, what, bytes, false));
    keep(What::Head, &frame.bytes[..span.start]);
    keep(What::Tail, &frame.bytes[span.end..]);
    let raw = &frame.bytes[span.start..span.end];
    let canonical = std::str::from_utf8(&document.text).is_ok_and(|text| {
        let mut written = Vec::with_capacity(raw.len());
        splice::write(text, span.quoting, &mut written);
        written == raw
    });
    if !canonical {
        keep(What::Raw, raw);
    }
}

/// Rebuilds a record from its shell and its text. `quoting` tells how the text is written, by what stands before it.
pub(super) fn restore(
    cleaned: &Cleaned,
    removals: &[Removal],
    output: &Format,
    quoting: fn(&[u8]) -> Quoting,
) -> Result<Vec<u8>, String> {
    let target = output
        .target
        .ok_or("not a format that others are written as")?;
    let mut output = &cleaned.output[..];
    if let Some(end) = kept(cleaned, What::Added)? {
        output = output
            .strip_suffix(&end[..])
            .ok_or("a text that ends otherwise")?;
    }
    join_shell(cleaned, &(target.read)(output)?, removals, quoting)
}

/// Puts a record together again from its shell and what is left of its text.
pub(super) fn join_shell(
    cleaned: &Cleaned,
    text: &str,
    removals: &[Removal],
    quoting: fn(&[u8]) -> Quoting,
) -> Result<Vec<u8>, String> {
    let head = kept(cleaned, What::Head)?.ok_or("the sidecar holds no beginning of it")?;
    let tail = kept(cleaned, What::Tail)?.ok_or("the sidecar holds no end of it")?;
    if let Some(raw) = kept(cleaned, What::Raw)? {
        return Ok([head, raw, tail].concat());
    }
    let span = splice::Span::plain(0, text.len());
    let text = splice::put_back(text.as_bytes(), span, removals)?;
    let text = String::from_utf8(text).map_err(|e| e.to_string())?;
    let quoting = quoting(&head);
    let mut out = head;
    splice::write(&text, quoting, &mut out);
    out.extend_from_slice(&tail);
    Ok(out)
}

/// An entry of the sidecar.
pub(super) fn kept(cleaned: &Cleaned, what: What) -> Result<Option<Vec<u8>>, String> {
    let entry = cleaned.sidecar.iter().find(|e| e.what == what);
    entry
        .map(|e| e.payload.clone().bytes().map(|(bytes, _)| bytes))
        .transpose()
}

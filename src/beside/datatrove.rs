//! Exclusions as datatrove's exclusion writers write them: a `Document` a line, `metadata.filter_reason` says why.
//!
//! A *document* is one that lost all its text: written whole, as a filter of datatrove writes what it drops, with the metadata that
//! its `JsonlReader` would have made of the record. A *passage* is one removal: its text under the id of its document. (datatrove's
//! own filter of sentences writes the whole document once more with `>>>` and `<<<` around what went; whoever wants that has
//! the places in the attributes.)

use super::collect::Of;
use super::record::{self, Fields};
use crate::removal::line::{self, Line};

/// Appends the row of a passage, if its text is known.
pub(super) fn passage(line: &Line<'_>, out: &mut Vec<u8>) {
    let Some(text) = line.text else { return };
    begin(out, text, line.id);
    out.extend_from_slice(b"\"filter_reason\":");
    line::string(out, line.reason.name());
    out.extend_from_slice(b",\"source\":");
    out.extend_from_slice(line.source);
    let numbers = [
        ("record", line.record),
        ("paragraph", line.paragraph.into()),
        ("char_start", line.char_start),
        ("char_end", line.char_end),
    ];
    for (name, value) in numbers {
        out.extend_from_slice(format!(",\"{name}\":{value}").as_bytes());
    }
    let names = [
        ("rule", line.rule),
        ("category", line.category.map(|c| c.name())),
        ("level", line.level.map(|l| l.name())),
        ("witness_corpus", line.witness.and_then(|w| w.corpus)),
        ("witness_id", line.witness.map(|w| w.id)),
    ];
    for (name, value) in names {
        if let Some(value) = value {
            out.extend_from_slice(format!(",\"{name}\":").as_bytes());
            line::string(out, value);
        }
    }
    out.extend_from_slice(b"}}\n");
}

/// Appends the row of a document that lost all its text, `reason` most of it.
pub(super) fn document(of: &Of<'_>, reason: &str, fields: Option<Fields<'_>>, out: &mut Vec<u8>) {
    let mut id = Vec::new();
    line::string(&mut id, of.id);
    begin(out, &String::from_utf8_lossy(&of.document.text), &id);
    let mut all = Vec::new();
    match fields {
        Some(mut fields) => {
            fields.remove(&of.input.text_field);
            fields.remove(&of.input.id_field);
            if let Some(inner) = fields.remove("metadata") {
                match serde_json::from_str::<Fields<'_>>(inner.get()) {
                    // What stands beside the metadata wins, as in datatrove's reader.
                    Ok(mut nested) => {
                        nested.extend(fields);
                        fields = nested;
                    }
                    Err(_) => _ = fields.insert("metadata".into(), inner),
                }
            }
            fields.remove("filter_reason");
            for (name, value) in &fields {
                line::string(&mut all, name);
                all.push(b':');
                record::copy(&mut all, Some(value));
                all.push(b',');
            }
        }
        None => {
            if let Some(url) = &of.document.url {
                line::string(&mut all, &of.input.url_field);
                all.push(b':');
                line::string(&mut all, url);
                all.push(b',');
            }
        }
    }
    out.extend_from_slice(&all);
    out.extend_from_slice(b"\"filter_reason\":");
    line::string(out, reason);
    out.extend_from_slice(b"}}\n");
}

/// Begins a row; `id` is JSON.
fn begin(out: &mut Vec<u8>, text: &str, id: &[u8]) {
    out.extend_from_slice(b"{\"text\":");
    line::string(out, text);
    out.extend_from_slice(b",\"id\":");
    out.extend_from_slice(id);
    out.extend_from_slice(b",\"metadata\":{");
}

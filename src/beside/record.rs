//! The fields of a JSON record as they are written in it.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::io::{Format, Frame};

/// Fields by name, of equal names the last, as every tool that builds values takes them.
pub(super) type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// The fields of a record of JSON; `None` when the format is another one, or this is no object.
pub(super) fn fields<'a>(frame: &'a Frame, format: &Format) -> Option<Fields<'a>> {
    match format.name {
        "jsonl" | "json" => serde_json::from_slice(&frame.bytes).ok(),
        _ => None,
    }
}

/// Appends a field as it is written, or `null` where there is none that others could read.
pub(super) fn copy(out: &mut Vec<u8>, value: Option<&RawValue>) {
    // An escape may stand for half a character: that is JSON to a scanner, and to nobody who wants the text.
    let readable = |raw: &&RawValue| serde_json::from_str::<Value>(raw.get()).is_ok();
    let raw = value.filter(readable).map_or("null", RawValue::get);
    // In an array the field of a record may go over several lines; a row may not. JSON strings hold no line ends.
    out.extend(
        raw.bytes()
            .map(|b| if matches!(b, b'\n' | b'\r') { b' ' } else { b }),
    );
}

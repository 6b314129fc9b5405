//! The sidecar: bytes of a source that its output does not carry, without which it could not be restored.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::journal::OfRecord;

/// What an entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// Bytes that stand before the record (after the last one: before the record that would come next).
    Before,
    /// The cleaned record itself, which was left out of the output.
    Record,
    /// Bytes of the record before its text.
    Head,
    /// Bytes of the record after its text.
    Tail,
    /// Length of the cleaned record in the output.
    Length,
    /// The whole text as the record has it, where it does not follow from the text.
    Raw,
    /// What the output has after the text of this record, or (after the last one) after all, and the source does not.
    Added,
}

/// Bytes in JSON: text where they are text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Payload {
    /// UTF-8, in a source of another encoding decoded.
    Text(String),
    /// Bytes as the source has them.
    Base64(String),
    /// A number of bytes.
    Length(u64),
}

impl Payload {
    /// Wraps bytes; `raw` ones are never taken for text.
    pub fn new(bytes: &[u8], raw: bool) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) if !raw => Payload::Text(text.to_owned()),
            _ => Payload::Base64(STANDARD.encode(bytes)),
        }
    }

    /// The bytes, and whether they are raw. The error says what is wrong.
    pub fn bytes(self) -> Result<(Vec<u8>, bool), String> {
        match self {
            Payload::Text(text) => Ok((text.into_bytes(), false)),
            Payload::Base64(code) => match STANDARD.decode(code) {
                Ok(bytes) => Ok((bytes, true)),
                Err(e) => Err(format!("base64 that cannot be read: {e}")),
            },
            Payload::Length(_) => Err("a length where bytes were expected".into()),
        }
    }
}

/// One line of the sidecar: `{"record","what","text"|"base64"|"length"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The record, from 0.
    pub record: u64,
    /// What it holds.
    pub what: What,
    /// The bytes, or their number.
    #[serde(flatten)]
    pub payload: Payload,
}

impl Entry {
    /// An entry with bytes.
    pub fn new(record: u64, what: What, bytes: &[u8], raw: bool) -> Self {
        Entry {
            record,
            what,
            payload: Payload::new(bytes, raw),
        }
    }
}

impl OfRecord for Entry {
    fn record(&self) -> u64 {
        self.record
    }
}

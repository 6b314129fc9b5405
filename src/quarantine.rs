//! The quarantine: records that could not be processed, with the reason, byte for byte. Nothing is lost.

use serde::{Deserialize, Serialize};

use crate::io::journal::OfRecord;
use crate::io::sidecar::Payload;
use crate::io::{Fault, Frame};

/// One line of the quarantine: `{"source","record","reason","detail","text"|"base64"}`. An over-long record has several,
/// one after the other. `text` is UTF-8 (in a source of another encoding decoded), `base64` is as the source has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Relative path of the source.
    pub source: String,
    /// The record, from 0.
    pub record: u64,
    /// One of [`crate::io::FAULTS`].
    pub reason: String,
    /// What exactly was found.
    pub detail: String,
    /// The bytes.
    #[serde(flatten)]
    pub payload: Payload,
}

impl Entry {
    /// The entry of a bad frame.
    pub fn new(source: &str, frame: &Frame, fault: &Fault) -> Self {
        Entry {
            source: source.to_owned(),
            record: frame.record.expect("only records are quarantined"),
            reason: fault.reason.to_owned(),
            detail: fault.detail.clone(),
            payload: Payload::new(&frame.bytes, frame.raw),
        }
    }
}

impl OfRecord for Entry {
    fn record(&self) -> u64 {
        self.record
    }
}

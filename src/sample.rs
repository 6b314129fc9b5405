//! Reading only some documents: which ones, and how a source is read when the others are passed over.
//!
//! Whether a document is drawn follows from the seed, the name of its source and its number there, and from nothing else: so
//! all threads, phases and shards draw the same ones, and a larger rate under the same seed draws a superset. A record that
//! is not drawn is as good as not there. It is not judged, not counted, not in the output; the digest of the source covers
//! what was drawn, so `restore` proves exactly that.

use std::collections::VecDeque;

use crate::config::InputConfig;
use crate::error::Result;
use crate::io::{Digest, Encoding, Frame, Framer};
use crate::text::hash;

/// Bytes between records that wait until it is known whether the next record is drawn. More of them are passed over.
const WAITING: usize = 1 << 20;

/// Which records of one source are drawn.
///
/// ```
/// use dechaff::config::{InputConfig, Rate};
/// use dechaff::sample::Sample;
///
/// let config = InputConfig { sample: Some(Rate::parse("10%").unwrap()), ..InputConfig::default() };
/// let sample = Sample::of("news.jsonl", &config).unwrap();
/// let drawn = (0..10_000).filter(|&record| sample.draws(record)).count();
/// assert!((900..1100).contains(&drawn));
/// assert!(Sample::of("news.jsonl", &InputConfig::default()).is_none());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    key: u64,
    /// A record is drawn when its hash is below this.
    below: u64,
}

impl Sample {
    /// The sample of the source of this name; `None` where every record is read.
    pub fn of(name: &str, config: &InputConfig) -> Option<Sample> {
        let rate = config.sample?;
        Some(Sample {
            key: hash::bytes64(name.as_bytes()) ^ hash::mix(config.seed),
            below: rate.of_u64(),
        })
    }

    /// True when the record of this number is drawn.
    pub fn draws(&self, record: u64) -> bool {
        hash::mix(self.key.wrapping_add(hash::mix(record))) <= self.below
    }
}

/// Reads a source through its sample, if there is one.
pub(crate) fn over(
    framer: Box<dyn Framer>,
    name: &str,
    encoding: Option<Encoding>,
    config: &InputConfig,
) -> Box<dyn Framer> {
    match Sample::of(name, config) {
        None => framer,
        Some(sample) => Box::new(Sampled {
            framer,
            sample,
            encoding,
            waiting: VecDeque::new(),
            bytes: 0,
            ready: VecDeque::new(),
            hash: hash::Stream::default(),
            read: 0,
        }),
    }
}

struct Sampled {
    framer: Box<dyn Framer>,
    sample: Sample,
    encoding: Option<Encoding>,
    /// What stands before the next record, and its bytes.
    waiting: VecDeque<Frame>,
    bytes: usize,
    /// What is drawn and not handed out yet.
    ready: VecDeque<Frame>,
    hash: hash::Stream,
    read: u64,
}

impl Sampled {
    /// Adds the bytes of a frame as the source has them.
    fn digest(&mut self, frame: &Frame) {
        let encoded = match self.encoding {
            Some(encoding) if !frame.raw => std::str::from_utf8(&frame.bytes)
                .ok()
                .and_then(|text| encoding.encode(text)),
            _ => None,
        };
        let bytes = encoded.as_deref().unwrap_or(&frame.bytes);
        self.hash.update(bytes);
        self.read += bytes.len() as u64;
    }
}

impl Framer for Sampled {
    fn next(&mut self) -> Result<Option<Frame>> {
        loop {
            if let Some(frame) = self.ready.pop_front() {
                self.digest(&frame);
                return Ok(Some(frame));
            }
            let Some(frame) = self.framer.next()? else {
                return Ok(None);
            };
            match frame.record {
                None => {
                    self.bytes += frame.bytes.len().max(64);
                    self.waiting.push_back(frame);
                    if self.bytes <= WAITING {
                        continue;
                    }
                }
                Some(record) if self.sample.draws(record) => {
                    std::mem::swap(&mut self.ready, &mut self.waiting);
                    self.ready.push_back(frame);
                }
                Some(_) => {}
            }
            self.waiting.clear();
            self.bytes = 0;
        }
    }

    fn finished(&self) -> Digest {
        Digest {
            bytes: self.read,
            hash: self.hash.digest(),
        }
    }
}

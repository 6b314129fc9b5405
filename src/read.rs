//! Sources as jobs for [`crate::parallel`]: what scan and apply both read, so that both see the same records.

use crate::config::InputConfig;
use crate::error::Result;
use crate::io::{self, Digest, Frame, Framer, Shape, Source};

/// Bytes of frames that travel to a worker at once: large enough that a hand-over costs nothing, small enough to stay in cache.
const BATCH: usize = 1 << 20;

/// What the reader sends, source by source.
pub(crate) enum Job {
    /// A source begins.
    Begin { source: usize, shape: Shape },
    /// Some of its frames.
    Frames {
        source: usize,
        shape: Shape,
        frames: Vec<Frame>,
    },
    /// It has been read to its end.
    End { digest: Digest, records: u64 },
}

/// Reads sources one after the other and cuts them into jobs.
pub(crate) struct Reader<'a> {
    sources: Vec<&'a Source>,
    config: &'a InputConfig,
    at: usize,
    open: Option<(Box<dyn Framer>, Shape)>,
    records: u64,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(sources: Vec<&'a Source>, config: &'a InputConfig) -> Self {
        Reader {
            sources,
            config,
            at: 0,
            open: None,
            records: 0,
        }
    }

    pub(crate) fn next(&mut self) -> Result<Option<Job>> {
        let Some(source) = self.sources.get(self.at) else {
            return Ok(None);
        };
        let Some((framer, shape)) = &mut self.open else {
            let opened = io::open(source, self.config)?;
            let shape = opened.shape;
            self.records = 0;
            self.open = Some((opened.framer, shape));
            return Ok(Some(Job::Begin {
                source: self.at,
                shape,
            }));
        };
        let (mut frames, mut bytes) = (Vec::new(), 0);
        while bytes < BATCH {
            let Some(frame) = framer.next()? else { break };
            if let Some(record) = frame.record {
                self.records = record + 1;
            }
            // Every frame weighs something, so that a million empty lines are not one batch.
            bytes += frame.bytes.len().max(64);
            frames.push(frame);
        }
        if frames.is_empty() {
            let digest = framer.finished();
            self.open = None;
            self.at += 1;
            return Ok(Some(Job::End {
                digest,
                records: self.records,
            }));
        }
        Ok(Some(Job::Frames {
            source: self.at,
            shape: *shape,
            frames,
        }))
    }
}

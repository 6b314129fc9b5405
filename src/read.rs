//! Sources as jobs for [`crate::parallel`]: what scan and apply both read, so that both see the same records.

use std::fs::File;
use std::io::Seek;

use crate::config::InputConfig;
use crate::error::Result;
use crate::fault;
use crate::io::{self, Digest, Frame, Framer, Shape, Source};
use crate::resources::{Detail, Progress};
use crate::sample;

/// Bytes of frames that travel to a worker at once: large enough that a hand-over costs nothing, small enough to stay in cache.
const BATCH: usize = 1 << 20;

/// Jobs between two marks: some 512 MB, which are scanned in half a minute.
const MARK: u32 = 512;

/// What the reader sends, source by source.
pub(crate) enum Job {
    /// A source begins.
    Begin { source: usize, shape: Shape },
    /// Some of its frames.
    Frames {
        source: usize,
        shape: Shape,
        frames: Vec<Frame>,
        /// Length and hash of the source up to here, now and then: a scan that is stopped later need not scan that again.
        mark: Option<Digest>,
    },
    /// It has been read to its end.
    End { digest: Digest, records: u64 },
}

/// Reads sources one after the other and cuts them into jobs. It also tells how many bytes of them, as they lie on disk, have
/// been read: a few jobs for each thread more than have been worked on.
pub(crate) struct Reader<'a> {
    sources: Vec<&'a Source>,
    config: &'a InputConfig,
    at: usize,
    open: Option<(Box<dyn Framer>, Shape)>,
    records: u64,
    /// Jobs of this source so far.
    jobs: u32,
    progress: &'a dyn Progress,
    told: Told,
}

/// How much of the open source has been told.
#[derive(Default)]
struct Told {
    file: Option<File>,
    size: u64,
    bytes: u64,
}

impl Told {
    /// Bytes read since the last call. A format that seeks never goes back here, nor past the end.
    fn since(&mut self) -> u64 {
        let now = self.file.as_mut().and_then(|f| f.stream_position().ok());
        self.until(now.unwrap_or(0))
    }

    fn until(&mut self, now: u64) -> u64 {
        let new = now.min(self.size).saturating_sub(self.bytes);
        self.bytes += new;
        new
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        sources: Vec<&'a Source>,
        config: &'a InputConfig,
        progress: &'a dyn Progress,
    ) -> Self {
        Reader {
            sources,
            config,
            at: 0,
            open: None,
            records: 0,
            jobs: 0,
            progress,
            told: Told::default(),
        }
    }

    /// Leaves out so many sources, of so many bytes on disk.
    pub(crate) fn skip(&mut self, sources: usize, bytes: u64) {
        self.at += sources;
        self.progress.advance(bytes);
    }

    pub(crate) fn next(&mut self) -> Result<Option<Job>> {
        let Some(source) = self.sources.get(self.at) else {
            return Ok(None);
        };
        let Some((framer, shape)) = &mut self.open else {
            let opened = io::open(source, self.config)?;
            let shape = opened.shape;
            (self.records, self.jobs) = (0, 0);
            let size = std::fs::metadata(&source.path).map_or(0, |m| m.len());
            self.told = Told {
                file: opened.position,
                size,
                bytes: 0,
            };
            let framer = sample::over(opened.framer, &source.name, shape.encoding, self.config);
            self.open = Some((framer, shape));
            return Ok(Some(Job::Begin {
                source: self.at,
                shape,
            }));
        };
        let (mut frames, mut bytes) = (Vec::new(), 0);
        let most = fault::job_bytes(BATCH);
        while bytes < most {
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
            self.progress.advance(self.told.until(u64::MAX));
            self.progress.detail(Detail::Source {
                name: &source.name,
                records: self.records,
                bytes: digest.bytes,
            });
            self.open = None;
            self.at += 1;
            return Ok(Some(Job::End {
                digest,
                records: self.records,
            }));
        }
        self.jobs += 1;
        let marked = self.jobs.is_multiple_of(fault::mark_jobs(MARK));
        self.progress.advance(self.told.since());
        Ok(Some(Job::Frames {
            source: self.at,
            shape: *shape,
            frames,
            mark: marked.then(|| framer.finished()),
        }))
    }
}

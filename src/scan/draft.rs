//! How far the scan of a part got, so that a run that is killed inside a source of a terabyte does not begin it again.
//!
//! A part is written as drafts of its row files. At every mark of a source (`read`) their frames are ended and a [`Draft`] says
//! how long each of them is and what has been read. A run that resumes cuts the drafts to those lengths, reads the
//! source again up to the mark, which costs a small part of scanning it and proves that it is the same source, and goes on.
//! Marks depend on the input alone, so the files of a part are the same bytes wherever its scan was interrupted.

use serde::{Deserialize, Serialize};

use super::rows::Files;
use crate::config::Config;
use crate::error::Result;
use crate::files::container::VERSION;
use crate::files::sealed;
use crate::files::work::{Counts, SourceInfo, Work};
use crate::io::{Digest, Source};
use crate::read::{Job, Reader};
use crate::resources::Resources;
use crate::resume::{self, Identity};

/// What is written at a mark.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Draft {
    version: u16,
    fingerprint: String,
    /// What the sources of the part were recognised by when they were opened.
    pub(super) identities: Vec<Identity>,
    /// Those that have been scanned to their end.
    pub(super) sources: Vec<SourceInfo>,
    /// Rows before the source that is open.
    pub(super) before: Counts,
    /// Bytes of the open source up to the mark, and their hash in hex.
    bytes: u64,
    hash: String,
    /// Bytes of each row file.
    pub(super) lengths: Vec<u64>,
}

impl Draft {
    /// Marks how far a part has got.
    pub(super) fn write(
        part: u32,
        files: &mut Files,
        identities: &[Identity],
        digest: Digest,
        config: &Config,
        work: &Work,
    ) -> Result<()> {
        let draft = Draft {
            version: VERSION,
            fingerprint: format!("{:032x}", config.fingerprint()),
            identities: identities.to_vec(),
            lengths: files.mark()?,
            sources: files.sources.clone(),
            before: files.before,
            bytes: digest.bytes,
            hash: format!("{:032x}", digest.hash),
        };
        sealed::write(&work.draft(part), &draft)
    }

    /// The draft of a part of these sources, if there is one and they are as they were.
    pub(super) fn find(
        part: u32,
        identities: &[Identity],
        config: &Config,
        work: &Work,
    ) -> Result<Option<Self>> {
        let found: Option<Draft> = sealed::read_if_whole(&work.draft(part))?;
        let fingerprint = format!("{:032x}", config.fingerprint());
        let same = |(then, now): (&Identity, &Identity)| then.is(now);
        Ok(found.filter(|d| {
            d.version == VERSION
                && d.fingerprint == fingerprint
                && d.identities.len() == identities.len()
                && d.identities.iter().zip(identities).all(same)
        }))
    }

    /// Reads up to the mark.
    ///
    /// # Errors
    /// The source has other bytes there than it had.
    pub(super) fn catch_up(
        &self,
        reader: &mut Reader<'_>,
        sources: &[&Source],
        resources: &Resources,
    ) -> Result<()> {
        let done = self.sources.len();
        reader.skip(done, self.identities[..done].iter().map(|i| i.size).sum());
        let then = (self.bytes, self.hash.as_str());
        while let Some(job) = reader.next()? {
            resources.check_stop()?;
            let now = match job {
                Job::Frames {
                    mark: Some(now), ..
                } => now,
                Job::End { digest, .. } => {
                    return Err(resume::changed(sources[done], then, &digest));
                }
                _ => continue,
            };
            if now.bytes >= self.bytes {
                return match (now.bytes, format!("{:032x}", now.hash))
                    == (self.bytes, self.hash.clone())
                {
                    true => Ok(()),
                    false => Err(resume::changed(sources[done], then, &now)),
                };
            }
        }
        Ok(())
    }
}

//! Which sources of a shard are written, so that a run that was killed does not write them again.
//!
//! Sources are finished in batches: their files get their names together, then a sealed file says so, with the batch's share
//! of the report and of the manifest. A source whose files have their names but stands in no batch is written again, over
//! itself. The batches lie below a folder that is named after the decisions: those of other decisions are not seen.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::beside::Beside;
use crate::error::{Error, Result};
use crate::files::{self, sealed};
use crate::manifest;
use crate::report::Report;
use crate::resources::Resources;

/// Finished sources.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Batch {
    /// What stands of them in the manifest.
    pub(super) entries: Vec<manifest::Entry>,
    /// Their report.
    pub(super) report: Report,
    /// What was written beside them.
    #[serde(default)]
    beside: Beside,
    /// Their files.
    files: Vec<Named>,
}

/// A file under its final name.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Named {
    /// Its path in the output folder.
    path: PathBuf,
    bytes: u64,
    /// Its last change: seconds and nanoseconds since 1970.
    changed: Option<(u64, u32)>,
}

impl Named {
    fn of(home: &Path, path: PathBuf) -> std::io::Result<Self> {
        let meta = std::fs::metadata(home.join(&path))?;
        Ok(Named {
            path,
            bytes: meta.len(),
            changed: files::changed(&meta),
        })
    }

    /// True when nobody touched it.
    fn is_there(&self, home: &Path) -> bool {
        Named::of(home, self.path.clone()).is_ok_and(|now| now == *self)
    }
}

/// The batches of one shard.
pub(super) struct Done {
    /// The output folder.
    home: PathBuf,
    folder: PathBuf,
    /// What is written beside the results: batches with anything else there are no use.
    beside: Beside,
}

impl Done {
    /// Opens the batches in `folder`. Those of an earlier run are forgotten unless it is gone on with.
    pub(super) fn open(home: &Path, folder: PathBuf, resources: &Resources) -> Result<Self> {
        let done = Done {
            home: home.to_owned(),
            folder,
            beside: resources.beside,
        };
        if !resources.resume {
            done.clear()?;
        }
        let folder = &done.folder;
        std::fs::create_dir_all(folder).map_err(|e| Error::io(e, folder))?;
        files::sweep(folder)?;
        Ok(done)
    }

    /// The batches of which every file is there and untouched.
    pub(super) fn read(&self) -> Result<Vec<Batch>> {
        let io = |e| Error::io(e, &self.folder);
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(io)? {
            paths.push(entry.map_err(io)?.path());
        }
        paths.sort();
        let mut batches = Vec::new();
        for path in paths {
            let batch: Option<Batch> = sealed::read_if_whole(&path)?;
            batches.extend(batch.filter(|b| {
                b.beside == self.beside && b.files.iter().all(|f| f.is_there(&self.home))
            }));
        }
        Ok(batches)
    }

    /// Notes that sources are finished. `paths` are their files, under the output folder.
    pub(super) fn write(
        &self,
        entries: &[manifest::Entry],
        report: &Report,
        paths: Vec<PathBuf>,
    ) -> Result<()> {
        let Some(first) = entries.first() else {
            return Ok(());
        };
        let file = |path: PathBuf| {
            let inside = path.strip_prefix(&self.home).unwrap_or(&path).to_owned();
            Named::of(&self.home, inside).map_err(|e| Error::io(e, &path))
        };
        let batch = Batch {
            entries: entries.to_vec(),
            report: report.clone(),
            beside: self.beside,
            files: paths.into_iter().map(file).collect::<Result<_>>()?,
        };
        sealed::write(
            &self.folder.join(format!("{:010}.json", first.number)),
            &batch,
        )
    }

    /// Forgets all batches.
    pub(super) fn clear(&self) -> Result<()> {
        files::remove_folder(&self.folder)
    }
}

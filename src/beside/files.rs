//! The files that rows go to, of one source.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::collect::Rows;
use super::{Beside, Paths};
use crate::error::{Error, Result};
use crate::io::Shape;
use crate::io::compress::{Compression, Encoder};
use crate::io::output::{AtomicFile, Staged};

/// The files of a source that are asked for. Dropped before they are staged, they leave nothing.
pub(crate) struct Files {
    attributes: Option<File>,
    documents: Option<File>,
    passages: Option<File>,
}

impl Files {
    /// Creates them, empty: whoever pairs files finds one for each source.
    pub(crate) fn create(folder: &Path, name: &str, shape: &Shape, wanted: Beside) -> Result<Self> {
        let paths = Paths::new(folder, name);
        let [same, packed] = paths.attributes;
        // Dolma looks for the attributes of a file under its own name, and takes from that how they are compressed.
        let (path, compression) = match shape.format.name {
            "jsonl" => (same, shape.compression),
            _ => (packed, Compression::Gzip),
        };
        let exclusions = |path| {
            wanted
                .exclusions
                .map(|_| File::create(path, Compression::Gzip))
        };
        Ok(Files {
            attributes: (wanted.attributes)
                .map(|_| File::create(path, compression))
                .transpose()?,
            documents: exclusions(paths.documents).transpose()?,
            passages: exclusions(paths.passages).transpose()?,
        })
    }

    /// Takes the rows of a record.
    pub(crate) fn write(&mut self, rows: &Rows) -> Result<()> {
        for (file, rows) in [
            (&mut self.attributes, &rows.attributes),
            (&mut self.documents, &rows.documents),
            (&mut self.passages, &rows.passages),
        ] {
            if let Some(file) = file {
                file.write(rows)?;
            }
        }
        Ok(())
    }

    /// Ends the files; [`crate::io::output::publish`] gives them their names.
    pub(crate) fn stage(self) -> Result<Vec<Staged>> {
        let files = [self.attributes, self.documents, self.passages];
        files.into_iter().flatten().map(File::stage).collect()
    }
}

struct File {
    path: PathBuf,
    encoder: Encoder<AtomicFile>,
}

impl File {
    fn create(path: PathBuf, compression: Compression) -> Result<Self> {
        let file = AtomicFile::create(&path)?;
        let encoder = compression.encoder(file).map_err(|e| Error::io(e, &path))?;
        Ok(File { path, encoder })
    }

    fn write(&mut self, rows: &[u8]) -> Result<()> {
        let io = |e| Error::io(e, &self.path);
        self.encoder.write_all(rows).map_err(io)
    }

    fn stage(self) -> Result<Staged> {
        let io = |e| Error::io(e, &self.path);
        self.encoder.finish().map_err(io)?.stage()
    }
}

//! What the phases hand to each other: compressed, checksummed, versioned files of plain rows.
//!
//! [`container`] is every byte on disk; [`row`] is what a row of each kind holds, [`keys`] those of which there are most;
//! [`sort`] orders more rows than fit in memory; [`paged`] reads single rows out of order through a bounded cache; [`work`]
//! is the folder they live in; [`sealed`] is what a later run may trust of it, and [`lock`] keeps two runs apart.

pub mod container;
pub mod keys;
pub mod lock;
pub mod paged;
pub mod row;
pub mod sealed;
pub mod sort;
pub mod work;

use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::error::{Error, Result};

/// Names of files that have no name yet begin so. What is found under such a name was left by a run that was killed.
const UNFINISHED: &str = ".dechaff-";

/// What helps against a damaged file.
const AGAIN: &str = "run the phase that wrote it again; with --resume it does only what is missing";

/// Removes what killed runs left in a folder under temporary names. The caller has the folder for itself.
pub(crate) fn sweep(folder: &Path) -> Result<()> {
    let io = |e| Error::io(e, folder);
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            crate::io::output::remove_stale(&entry.path())?;
        }
    }
    Ok(())
}

/// The last change of a file: seconds and nanoseconds since 1970. `None` where the system does not tell, or tells of a time
/// before that.
pub(crate) fn changed(meta: &std::fs::Metadata) -> Option<(u64, u32)> {
    let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((since.as_secs(), since.subsec_nanos()))
}

/// Removes a folder and what is in it, if it is there.
pub(crate) fn remove_folder(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io(e, folder)),
        _ => Ok(()),
    }
}

/// A file that will get its name when it is whole. What it becomes is an ordinary file under the user's umask: other users
/// of a cluster read the phase files, and a reference is kept.
fn temporary(folder: &Path) -> Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
        .tempfile_in(folder)
        .map_err(|e| Error::io(e, folder))
}

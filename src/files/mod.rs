//! What the phases hand to each other: compressed, checksummed, versioned files of plain rows.
//!
//! [`container`] is every byte on disk; [`row`] is what a row of each kind holds; [`sort`] orders more rows than fit in
//! memory; [`paged`] reads single rows out of order through a bounded cache; [`work`] is the folder they live in.

pub mod container;
pub mod paged;
pub mod row;
pub mod sort;
pub mod work;

use std::path::Path;

use crate::error::{Error, Result};

/// A file that will get its name when it is whole. What it becomes is an ordinary file under the user's umask: other users
/// of a cluster read the phase files, and a reference is kept.
fn temporary(folder: &Path) -> Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
        .tempfile_in(folder)
        .map_err(|e| Error::io(e, folder))
}

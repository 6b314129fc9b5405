//! Locks between processes: one run at a time in an output folder, one process for each shard of a work folder.
//!
//! The lock is the operating system's, on an empty file. It ends with the process, however that ends; so nobody has to
//! judge whether a lock that is found is stale. Shards hold a folder together (shared) and their own number alone
//! (exclusive); what needs the whole folder holds it alone.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// A lock that is held until it is dropped; then its file goes, unless somebody else holds it too.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// `None` where the file system knows no locks.
    file: Option<File>,
}

impl Lock {
    /// Takes a lock for this process alone.
    ///
    /// # Errors
    /// [`ErrorKind::Busy`] when another process holds it.
    pub fn alone(path: &Path) -> Result<Self> {
        Lock::take(path, File::try_lock)
    }

    /// Takes a lock together with others who take it so.
    ///
    /// # Errors
    /// [`ErrorKind::Busy`] when another process holds it alone.
    pub fn together(path: &Path) -> Result<Self> {
        Lock::take(path, File::try_lock_shared)
    }

    fn take(
        path: &Path,
        how: impl Fn(&File) -> std::result::Result<(), TryLockError>,
    ) -> Result<Self> {
        let io = |e| Error::io(e, path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|e| Error::io(e, folder))?;
        }
        loop {
            let file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(path)
                .map_err(io)?;
            let held = match how(&file) {
                Ok(()) => Some(file),
                Err(TryLockError::WouldBlock) => return Err(busy(path)),
                // Some network file systems have no locks. To refuse them would be worse than to do without.
                Err(TryLockError::Error(_)) => None,
            };
            // Whoever held it before may have removed the file between our opening and our locking it.
            if held.as_ref().is_none_or(|file| is_at(file, path)) {
                return Ok(Lock {
                    path: path.to_owned(),
                    file: held,
                });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only who holds it alone may take the file away.
        if self.file.as_ref().is_some_and(|f| f.try_lock().is_ok()) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn busy(path: &Path) -> Error {
    let folder = path.parent().unwrap_or(path);
    Error::new(ErrorKind::Busy, "another run is at work in this folder")
        .at(folder.display().to_string())
        .hint("wait for it, stop it, or choose another folder")
}

/// True when the file that is open is the one that has this name now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let open = file.metadata().map(|m| (m.dev(), m.ino()));
    let named = std::fs::metadata(path).map(|m| (m.dev(), m.ino()));
    matches!((open, named), (Ok(a), Ok(b)) if a == b)
}

/// Elsewhere an open file cannot be removed.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_second_is_refused_and_who_comes_later_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/lock");
        let first = Lock::alone(&path).unwrap();
        for second in [Lock::alone(&path), Lock::together(&path)] {
            assert_eq!(second.unwrap_err().kind(), ErrorKind::Busy);
        }
        drop(first);
        assert!(!path.exists());
        let (one, two) = (
            Lock::together(&path).unwrap(),
            Lock::together(&path).unwrap(),
        );
        assert_eq!(Lock::alone(&path).unwrap_err().kind(), ErrorKind::Busy);
        drop(one);
        assert!(path.exists(), "the other still holds it");
        assert_eq!(Lock::alone(&path).unwrap_err().kind(), ErrorKind::Busy);
        drop(two);
        drop(Lock::alone(&path).unwrap());
        assert!(!path.exists());
    }
}

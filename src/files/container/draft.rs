//! A phase file that is not finished: gone with its writer, or kept so that a later run goes on with it.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::{FRAME_HEAD, HEADER, frame_check};
use crate::error::{Error, Result};

/// What a writer writes into.
pub(super) enum Draft {
    /// Has no name that anybody knows, and is removed where it does not get one.
    Passing(tempfile::NamedTempFile),
    /// Stays under this name.
    Kept(File, PathBuf),
}

impl Draft {
    /// Begins a draft that is gone with its writer.
    pub(super) fn passing(path: &Path) -> Result<Self> {
        let folder = path.parent().unwrap_or(Path::new("."));
        Ok(Draft::Passing(crate::files::temporary(folder)?))
    }

    /// Begins a draft that stays.
    pub(super) fn kept(draft: &Path) -> Result<Self> {
        let file = File::create(draft).map_err(|e| Error::io(e, draft))?;
        Ok(Draft::Kept(file, draft.to_owned()))
    }

    /// Gives the file its name.
    pub(super) fn persist(self, path: &Path) -> io::Result<()> {
        match self {
            Draft::Passing(temp) => temp.persist(path).map(drop).map_err(|e| e.error),
            Draft::Kept(_, draft) => std::fs::rename(draft, path),
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Draft::Passing(temp) => temp.write(bytes),
            Draft::Kept(file, _) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Draft::Passing(temp) => temp.flush(),
            Draft::Kept(file, _) => file.flush(),
        }
    }
}

/// What was found in a draft that an earlier run left.
pub(super) struct Found {
    pub(super) draft: Draft,
    /// Offset of each frame and number of its first row, as a file's index has them.
    pub(super) index: Vec<u8>,
    pub(super) rows: u64,
}

/// Opens a draft that an earlier run left, with the frames in its first `length` bytes and nothing else. `None` when they are not
/// there whole: a machine that lost its power may have written less than it said.
pub(super) fn reopen(path: &Path, header: &[u8], length: u64) -> io::Result<Option<Found>> {
    let mut file = match OpenOptions::new().read(true).write(true).open(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let Some((index, rows)) = frames(BufReader::new(&file), header, length)? else {
        return Ok(None);
    };
    file.set_len(length)?;
    file.seek(SeekFrom::Start(length))?;
    Ok(Some(Found {
        draft: Draft::Kept(file, path.to_owned()),
        index,
        rows,
    }))
}

/// Reads and checks frames; returns their index and the number of rows.
fn frames(mut file: impl Read, header: &[u8], length: u64) -> io::Result<Option<(Vec<u8>, u64)>> {
    let mut head = vec![0; HEADER as usize];
    if !take(&mut file, &mut head)? || head != header {
        return Ok(None);
    }
    head.resize(FRAME_HEAD, 0);
    let mut body = Vec::new();
    let (mut at, mut index, mut rows) = (HEADER, Vec::new(), 0u64);
    while at < length {
        if !take(&mut file, &mut head)? {
            return Ok(None);
        }
        let word = |i: usize| u32::from_le_bytes(head[i..i + 4].try_into().expect("four bytes"));
        let end = at + FRAME_HEAD as u64 + u64::from(word(4));
        if end > length {
            return Ok(None);
        }
        body.resize(word(4) as usize, 0);
        if !take(&mut file, &mut body)? {
            return Ok(None);
        }
        if frame_check(&head[..12], &body).to_le_bytes() != head[12..] {
            return Ok(None);
        }
        index.extend_from_slice(&at.to_le_bytes());
        index.extend_from_slice(&rows.to_le_bytes());
        rows += u64::from(word(8));
        at = end;
    }
    Ok(Some((index, rows)))
}

/// Fills `bytes`; false when there are fewer.
fn take(file: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}

//! What a later run may trust: small JSON files that end with their own checksum, and the length and hash of large files.
//!
//! A sealed JSON file is the text of one JSON value, then a line `xxh3-128 <32 hexadecimal digits>` with the hash of that
//! text. It is written under a temporary name, made durable, and then named; so it is there whole or not at all, and what
//! a disk did to it afterwards is noticed.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::fault;
use crate::io::output;
use crate::text::hash;

/// Stands before the hash in the last line.
const MARK: &str = "\nxxh3-128 ";

/// From this size on a file is made durable when it is sealed: writing it took longer than that takes. A smaller one that
/// a power cut tears no longer fits its seal, and is made again.
const SYNC_FROM: u64 = 1 << 20;

/// Name, length and hash of a file, by which a later run knows that it is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// Its name in its folder.
    pub name: String,
    /// Bytes.
    pub bytes: u64,
    /// XXH3-128 of them, in hex.
    pub hash: String,
}

impl Seal {
    /// Reads a file that is whole, makes it durable, and seals it.
    pub fn of(path: &Path) -> Result<Self> {
        let io = |e| Error::io(e, path);
        let file = File::open(path).map_err(io)?;
        if file.metadata().map_err(io)?.len() >= SYNC_FROM {
            file.sync_all().map_err(io)?;
        }
        let (bytes, hash) = digest(file).map_err(io)?;
        let name = path.file_name().unwrap_or_default();
        Ok(Seal {
            name: name.to_string_lossy().into_owned(),
            bytes,
            hash,
        })
    }

    /// True when the file of that name in this folder is the one that was sealed, byte for byte.
    pub fn holds(&self, folder: &Path) -> bool {
        let file = File::open(folder.join(&self.name));
        let same = |file: File| {
            file.metadata().is_ok_and(|m| m.len() == self.bytes)
                && digest(file).is_ok_and(|d| d == (self.bytes, self.hash.clone()))
        };
        file.is_ok_and(same)
    }
}

/// Length and hash of all bytes.
fn digest(mut file: File) -> std::io::Result<(u64, String)> {
    let mut stream = hash::Stream::default();
    let mut buffer = vec![0; 256 << 10];
    let mut bytes = 0;
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((bytes, hex(stream.digest()))),
            n => {
                bytes += n as u64;
                stream.update(&buffer[..n]);
            }
        }
    }
}

fn hex(hash: u128) -> String {
    format!("{hash:032x}")
}

/// Writes a small JSON file, whole or not at all, with its checksum.
pub fn write<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let io = |e| Error::io(e, path);
    let text = serde_json::to_string(value).expect("plain data serialises");
    let seal = hex(hash::bytes128(text.as_bytes()));
    let mut temp = super::temporary(folder)?;
    fault::point("state")
        .and_then(|()| writeln!(temp, "{text}{MARK}{seal}"))
        .and_then(|()| temp.as_file().sync_all())
        .and_then(|()| fault::point("state-name"))
        .map_err(io)?;
    temp.persist(path).map_err(|e| io(e.error))?;
    output::sync_folder(folder)?;
    fault::point("state-named").map_err(io)
}

/// Reads a file that [`write()`] wrote.
///
/// # Errors
/// It cannot be read, was changed, or holds something else.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(e, path))?;
    let damaged = |what: String| {
        Error::phase(what)
            .at(path.display().to_string())
            .hint(super::AGAIN)
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| damaged("damaged: not UTF-8".into()))?;
    let (text, seal) = text
        .rsplit_once(MARK)
        .ok_or_else(|| damaged("damaged: it does not end with its checksum".into()))?;
    if seal != hex(hash::bytes128(text.as_bytes())) + "\n" {
        return Err(damaged("damaged: it does not match its checksum".into()));
    }
    serde_json::from_str(text)
        .map_err(|e| damaged(format!("not what this program writes here: {e}")))
}

/// Reads such a file if it is there and whole. One that is not is as good as none: what it told of is done again.
///
/// # Errors
/// The system cannot read it, although it is there.
pub fn read_if_whole<T: DeserializeOwned>(path: &Path) -> Result<Option<T>> {
    match read(path) {
        Ok(value) => Ok(Some(value)),
        Err(e) if e.is_not_found() || e.kind() == crate::ErrorKind::Phase => Ok(None),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_and_every_cut_of_a_sealed_file_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.json");
        let value = vec![
            "pages/a.txt".to_owned(),
            "two\nlines, xxh3-128 among them".to_owned(),
        ];
        write(&path, &value).unwrap();
        assert_eq!(read::<Vec<String>>(&path).unwrap(), value);
        let good = std::fs::read(&path).unwrap();
        let refused = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            let error = read::<Vec<String>>(&path).unwrap_err();
            error.kind() == crate::ErrorKind::Phase && error.to_string().contains("x.json")
        };
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[at] ^= 1 << bit;
                assert!(refused(&bad), "bit {bit} of byte {at}");
            }
            assert!(refused(&good[..at]), "cut at {at}");
        }
    }

    #[test]
    fn a_seal_holds_for_the_same_bytes_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rows");
        let bytes = vec![7u8; 600_000];
        std::fs::write(&path, &bytes).unwrap();
        let seal = Seal::of(&path).unwrap();
        assert!(seal.holds(dir.path()));
        for at in [0, 299_999, 599_999] {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            std::fs::write(&path, &bad).unwrap();
            assert!(!seal.holds(dir.path()));
        }
        std::fs::write(&path, &bytes[1..]).unwrap();
        assert!(!seal.holds(dir.path()));
        std::fs::remove_file(&path).unwrap();
        assert!(!seal.holds(dir.path()));
    }
}

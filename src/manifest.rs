//! The manifest of a run: which sources it read, how, and what their bytes were. `restore` proves a run against it.

use std::path::{Component, Path};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::config::Config;
use crate::error::{Error, Result};
use crate::io::sink::Written;
use crate::io::{Compression, Digest, Shape, Source, output};

/// Raised whenever an older program would misread a manifest or what it describes.
pub const VERSION: u32 = 1;

/// What a run read and wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// See [`VERSION`].
    pub version: u32,
    /// Version of the program that wrote it.
    pub tool_version: String,
    /// The configuration of the run.
    pub config: Config,
    /// Its fingerprint, in hexadecimal.
    #[serde(with = "hexadecimal")]
    pub fingerprint: u128,
    /// The references that were read, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub references: Vec<Reference>,
    /// The sources in order.
    pub sources: Vec<Entry>,
}

/// A reference of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Its name in the removal log (`witness.corpus`).
    pub name: String,
    /// See [`crate::reference::Description::id`].
    pub id: String,
}

impl From<&crate::reference::Used> for Reference {
    fn from(used: &crate::reference::Used) -> Self {
        Reference {
            name: used.name.clone(),
            id: used.id.clone(),
        }
    }
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the list, from 0.
    pub number: u32,
    /// Path relative to the root of its argument.
    pub name: String,
    /// A name from [`crate::io::FORMATS`].
    pub format: String,
    /// A name from [`crate::io::FORMATS`].
    pub output_format: String,
    /// Compression of input and output.
    pub compression: Compression,
    /// Character encoding where that is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub encoding: Option<String>,
    /// Decompressed bytes; under a limit or in a damaged archive, those that were read.
    pub bytes: u64,
    /// XXH3-128 of them.
    #[serde(with = "hexadecimal")]
    pub hash: u128,
    /// Records, bad ones included.
    pub records: u64,
    /// Decompressed bytes of the output.
    pub output_bytes: u64,
    /// XXH3-128 of them.
    #[serde(with = "hexadecimal")]
    pub output_hash: u128,
    /// What is wrong with the archive, where its end could not be read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub damage: Option<String>,
}

impl Entry {
    /// The entry of a source that was read to its end and written.
    pub fn new(source: &Source, shape: &Shape, read: Digest, written: &Written) -> Self {
        Entry {
            number: source.number,
            name: source.name.clone(),
            format: shape.format.name.to_owned(),
            output_format: shape.output_format.name.to_owned(),
            compression: shape.compression,
            encoding: shape.encoding.map(|e| e.name()),
            bytes: read.bytes,
            hash: read.hash,
            records: written.records,
            output_bytes: written.output.bytes,
            output_hash: written.output.hash,
            damage: written.damage.clone(),
        }
    }
}

impl Manifest {
    /// A manifest of this version and configuration.
    pub fn new(config: &Config, sources: Vec<Entry>) -> Self {
        Manifest {
            version: VERSION,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            config: config.clone(),
            fingerprint: config.fingerprint(),
            references: Vec::new(),
            sources,
        }
    }

    /// Writes it into an output folder: the last file of a run, by which it is complete.
    pub fn write(&self, folder: &Path) -> Result<()> {
        output::write(&output::manifest_path(folder), self.to_json().as_bytes())
    }

    /// The text of the file.
    pub fn to_json(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("plain data serialises into memory");
        text.push('\n');
        text
    }

    /// Reads the manifest of an output folder.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = output::manifest_path(folder);
        let text = std::fs::read(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => {
                Error::phase("no manifest; this is no output folder, or the run did not finish")
                    .at(path.display().to_string())
            }
            _ => Error::io(e, &path),
        })?;
        let damaged = |what: String| Error::phase(what).at(path.display().to_string());
        let version = serde_json::from_slice::<serde_json::Value>(&text)
            .map_err(|e| damaged(format!("damaged manifest: {e}")))?["version"]
            .as_u64();
        if version != Some(VERSION.into()) {
            let found = version.map_or("none".to_owned(), |v| v.to_string());
            return Err(
                damaged(format!("manifest version {found}; expected {VERSION}"))
                    .hint("use the version of dechaff that wrote it"),
            );
        }
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|e| damaged(format!("damaged manifest: {e}")))?;
        if manifest.fingerprint != manifest.config.fingerprint() {
            return Err(damaged(
                "its configuration was changed after the run".into(),
            ));
        }
        // A manifest may come from elsewhere; it must not make `restore` write outside its folder.
        let inside = |name: &str| {
            let mut parts = Path::new(name).components();
            !name.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
        };
        match manifest.sources.iter().find(|s| !inside(&s.name)) {
            Some(source) => Err(damaged(format!(
                "source name {:?} does not lie in this folder",
                source.name
            ))),
            None => Ok(manifest),
        }
    }
}

/// 128-bit numbers as 32 hexadecimal digits: JSON numbers of that size are lost on most readers.
mod hexadecimal {
    use super::*;

    pub(super) fn serialize<S: Serializer>(
        number: &u128,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{number:032x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<u128, D::Error> {
        let digits = String::deserialize(deserializer)?;
        u128::from_str_radix(&digits, 16).map_err(serde::de::Error::custom)
    }
}

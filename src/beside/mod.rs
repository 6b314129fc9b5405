//! What a run writes beside its results for other tools, on request: attributes as Dolma's, exclusions as datatrove's.
//!
//! Both say again what the removal log says, in the words of a tool that is there already; nothing in this program reads them,
//! and `restore` needs neither. They lie below `_dechaff`, so that whoever reads the cleaned documents does not meet them.
//!
//! ```text
//! _dechaff/attributes/<name>                         a row for each record, cut or not; see `dolma`
//! _dechaff/exclusions/documents/<name>.jsonl.gz      documents that lost all their text; see `datatrove`
//! _dechaff/exclusions/passages/<name>.jsonl.gz       every passage that went
//! ```

mod collect;
mod datatrove;
mod dolma;
mod files;
mod record;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::remove_folder;
use crate::io::{Source, output};

pub(crate) use collect::{Collector, Of, Rows};
pub use dolma::ATTRIBUTES;
pub(crate) use files::Files;

/// What the name of a file of rows ends in, where the source is not JSON Lines itself.
const SUFFIX: &str = ".jsonl.gz";

/// In whose form attributes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Attributes {
    /// `{"id","attributes":{name:[[start,end,score],…]}}`, code points, a row for each record.
    Dolma,
}

/// In whose form exclusions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Exclusions {
    /// `{"text","id","metadata":{"filter_reason",…}}`, as its exclusion writers do.
    Datatrove,
}

/// What is asked for; by default nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Beside {
    /// Where in each document what went.
    pub attributes: Option<Attributes>,
    /// What went.
    pub exclusions: Option<Exclusions>,
}

impl Beside {
    /// True when nothing is asked for.
    pub fn is_none(self) -> bool {
        self == Beside::default()
    }

    /// Refuses what cannot be written under these options or from these sources.
    ///
    /// # Errors
    /// A usage error: rows of a sample would line up with nothing; exclusions are removed text, and that is not to be kept; two
    /// sources whose attributes would have one name.
    pub fn check(self, config: &Config, sources: &[Source]) -> Result<()> {
        if self.exclusions.is_some() && !config.keep_removed_text {
            return Err(Error::usage(
                "--exclusions writes the removed text, and --no-removed-text keeps it out",
            )
            .hint("leave one of them out"));
        }
        if self.attributes.is_none() {
            return Ok(());
        }
        if config.input.sample.is_some() {
            return Err(Error::usage(
                "--attributes has a row for every document of an input, and --sample reads only some",
            )
            .hint("leave one of them out; --limit N gives the rows of the first N documents"));
        }
        let names: HashSet<&str> = sources.iter().map(|s| s.name.as_str()).collect();
        let two = |s: &&Source| names.contains(format!("{}{SUFFIX}", s.name).as_str());
        match sources.iter().find(two) {
            None => Ok(()),
            Some(source) => Err(Error::usage(format!(
                "its attributes might have the name of those of {}{SUFFIX}",
                source.name
            ))
            .at(source.path.display().to_string())
            .hint("clean one of the two apart from the other")),
        }
    }

    /// True when what is asked for is there for all these sources.
    pub fn is_there(self, folder: &Path, sources: &[Source]) -> bool {
        sources.iter().all(|source| {
            let paths = Paths::new(folder, &source.name);
            let attributes = || paths.attributes.iter().any(|p| p.is_file());
            (self.attributes.is_none() || attributes())
                && (self.exclusions.is_none() || paths.documents.is_file())
        })
    }

    /// Removes what an earlier run left: of all sources when this one writes all of them, else of those that it writes.
    pub(crate) fn clear(self, folder: &Path, mine: &[&Source], all: bool) -> Result<()> {
        let home = folder.join(output::FOLDER);
        let (attributes, exclusions) = (home.join("attributes"), home.join("exclusions"));
        if all {
            remove_folder(&attributes)?;
            return remove_folder(&exclusions);
        }
        // To ask once is cheaper than to ask for each of a million sources.
        if !attributes.exists() && !exclusions.exists() {
            return Ok(());
        }
        for source in mine {
            let paths = Paths::new(folder, &source.name);
            for path in paths
                .attributes
                .iter()
                .chain([&paths.documents, &paths.passages])
            {
                output::remove_stale(path)?;
            }
        }
        Ok(())
    }
}

/// The files of one source.
struct Paths {
    /// The name that JSON Lines have, and that of all others.
    attributes: [PathBuf; 2],
    documents: PathBuf,
    passages: PathBuf,
}

impl Paths {
    fn new(folder: &Path, name: &str) -> Self {
        let home = folder.join(output::FOLDER);
        let packed = format!("{name}{SUFFIX}");
        Paths {
            attributes: [name, &packed].map(|n| home.join("attributes").join(n)),
            documents: home.join("exclusions/documents").join(&packed),
            passages: home.join("exclusions/passages").join(&packed),
        }
    }
}

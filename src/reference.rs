//! References: what an earlier run kept, in a form that a new run can be cleaned against.
//!
//! A run with `--write-reference` leaves the folder `_dechaff/reference` beside its results; a run with `--reference DIR`
//! then goes on where that one stopped: it decides about its own paragraphs as one run over both inputs would have, and
//! writes only its own. What a reference drops names a witness in it, by the name the user gave (`witness.corpus`).
//!
//! # What is stored
//!
//! The paragraphs that were kept are what a new one may go for, but they alone do not give the answer of one run over both
//! inputs. That answer also rests on
//!
//! - the *neighbours* of a paragraph, dropped or not: a run of lines is matched to consecutive paragraphs of the other
//!   place. So every paragraph has its row (`paras`): position, hash of the folded form, flags;
//! - the *representatives* that went as near: an exact copy of one goes for what it went for, and is compared with its
//!   text. So all texts (`texts`) are stored but those of exact copies, which are read from the first of their kind;
//! - the *buckets* of the method's keys, in which paragraphs that went as near take up room (exact copies have no part in
//!   them). The keys are made again from the texts, which takes a fraction of a scan and halves what is stored;
//! - the *fates* of dropped paragraphs (`gone`): what a copy of them goes for.
//!
//! - the *lines* of documents with a site (`lines`): how many documents of a site have a line is counted over the reference
//!   and the new input, so that a new page loses what one run over both would take. What the reference itself lost is
//!   settled: it does not lose more because of what came later.
//!
//! `docs` names the documents, `reference.json` ([`Description`]) says what all this is. The files depend on the input and
//! the options of the run that wrote them, never on threads, memory or shards. Paragraphs that boilerplate took are not in
//! them: nothing can be a copy of what nobody kept.
//!
//! # Chains
//!
//! A reference holds what its own run read, not what that run was cleaned against; the references of a run are given in
//! order, and one that was written against others is refused without them. So `A`, then `B --reference A`, then
//! `C --reference A --reference B` is one run over `A`, `B` and `C`, done on three days.

mod describe;
pub mod rows;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::config::{Config, Dedup, Keep};
use crate::error::{Error, Result};
use crate::files::work::Work;
use crate::io::output::{self, AtomicFile};

pub(crate) use describe::text_version;
pub use describe::{Description, Earlier, Source};

/// The folder below `_dechaff`.
pub const FOLDER: &str = "reference";

/// The row files of a reference.
pub const FILES: [&str; 5] = ["docs", "lines", "paras", "texts", "gone"];

/// The file that describes them.
pub(crate) const DESCRIPTION: &str = describe::FILE;

/// Most references of a run.
pub const MOST: usize = 255;

/// What a run has to do with references.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct References {
    /// Output folders of earlier runs, in the order in which their inputs come before this one.
    pub read: Vec<PathBuf>,
    /// Leaves a reference beside the results.
    pub write: bool,
}

/// A reference that a run was decided against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// Its folder as the user gave it, without a slash at the end: `witness.corpus`.
    pub name: String,
    /// See [`Description::id`].
    pub id: String,
    /// The names of its sources.
    pub sources: Vec<String>,
}

/// A reference that was found, and fits the run.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) name: String,
    /// The folder of its files.
    pub(crate) folder: PathBuf,
    pub(crate) description: Description,
}

impl Opened {
    pub(crate) fn used(&self) -> Used {
        Used {
            name: self.name.clone(),
            id: self.description.id.clone(),
            sources: self
                .description
                .sources
                .iter()
                .map(|s| s.name.clone())
                .collect(),
        }
    }
}

/// The folder of a reference's files in an output folder.
pub fn folder(output: &Path) -> PathBuf {
    output.join(output::FOLDER).join(FOLDER)
}

/// Refuses references that do not fit each other, the options, or an output folder, and reads nothing but their
/// descriptions.
///
/// # Errors
/// A usage or configuration error where the options do not fit; else what is wrong with the folder.
pub fn check(references: &References, config: &Config, output: Option<&Path>) -> Result<()> {
    let opened = open(references, config)?;
    match output {
        Some(output) => apart(output, opened.iter().map(|o| o.name.as_str())),
        None => Ok(()),
    }
}

/// The references of a run, as its manifest names them.
///
/// # Errors
/// As [`check`].
pub fn used(references: &References, config: &Config) -> Result<Vec<Used>> {
    Ok(open(references, config)?.iter().map(Opened::used).collect())
}

/// True when an output folder holds a reference.
pub fn is_there(output: &Path) -> bool {
    folder(output).join(describe::FILE).is_file()
}

/// Opens all references of a run, in order.
pub(crate) fn open(references: &References, config: &Config) -> Result<Vec<Opened>> {
    if references.write || !references.read.is_empty() {
        let option = match references.write {
            true => "--write-reference",
            false => "--reference",
        };
        if config.keep != Keep::First {
            return Err(Error::usage(format!("{option} does not go with --keep longest")).hint(
                "a longer copy in the new input would take the place of what is out of its reach; use --keep first",
            ));
        }
        if config.dedup == Dedup::Off {
            return Err(
                Error::usage(format!("{option} does not go with --dedup off"))
                    .hint("without a search for duplicates there is nothing to compare"),
            );
        }
    }
    if references.read.len() > MOST {
        return Err(Error::usage(format!(
            "{} references; at most {MOST} are read",
            references.read.len()
        )));
    }
    let mut opened: Vec<Opened> = Vec::new();
    for path in &references.read {
        let name = name(path);
        let folder = folder(path);
        let description = describe::read(path, &folder, &name)?;
        description.fits(config, &name)?;
        if let Some(same) = opened.iter().find(|o| o.description.id == description.id) {
            let what = match same.name == name {
                true => "given twice as reference".to_owned(),
                false => format!("the same reference as {}", same.name),
            };
            return Err(Error::usage(what).at(name).hint("give it once"));
        }
        for earlier in &description.references {
            if !opened.iter().any(|o| o.description.id == earlier.id) {
                return Err(Error::config(format!(
                    "was itself cleaned against the reference {}, which is not given before it",
                    earlier.name
                ))
                .at(name)
                .hint(
                    "give all references of the chain, in the order in which they were written",
                ));
            }
        }
        opened.push(Opened {
            name,
            folder,
            description,
        });
    }
    Ok(opened)
}

/// Refuses an output folder that is one of the references.
pub(crate) fn apart<'n>(output: &Path, names: impl Iterator<Item = &'n str>) -> Result<()> {
    let real = |path: &Path| path.canonicalize().ok();
    for name in names {
        if real(Path::new(name)).is_some_and(|r| Some(r) == real(output)) {
            return Err(
                Error::usage("the output folder is one of the references of the run")
                    .at(output.display().to_string())
                    .hint("choose another output folder; a reference is read, never written"),
            );
        }
    }
    Ok(())
}

/// The name of a reference: the folder as it was given, without a slash at the end.
fn name(path: &Path) -> String {
    let text = path.to_string_lossy();
    match text.trim_end_matches(['/', std::path::MAIN_SEPARATOR]) {
        "" => text.into_owned(),
        name => name.to_owned(),
    }
}

/// Removes the reference of an earlier run over an output folder.
pub(crate) fn discard(output: &Path) -> Result<()> {
    remove(&folder(output))
}

/// Before resolve decides anew: the reference of an earlier resolve over a work folder must not outlive its decisions.
pub(crate) fn begin(work: &Work) -> Result<()> {
    remove(&work.reference())
}

fn remove(folder: &Path) -> Result<()> {
    // The description first: without it the rest is no reference.
    output::remove_stale(&folder.join(describe::FILE))?;
    match folder.is_dir() {
        true => std::fs::remove_dir_all(folder).map_err(|e| Error::io(e, folder)),
        false => Ok(()),
    }
}

/// Puts the reference that resolve left in the work folder, if any, beside the results.
pub(crate) fn publish(work: &Work, output: &Path) -> Result<()> {
    let (from, to) = (work.reference(), folder(output));
    if !from.join(describe::FILE).is_file() {
        return Ok(());
    }
    std::fs::create_dir_all(&to).map_err(|e| Error::io(e, &to))?;
    for name in FILES.into_iter().chain([describe::FILE]) {
        let (from, to) = (from.join(name), to.join(name));
        output::remove_stale(&to)?;
        // The work folder lies on the same disk most of the time; its files are replaced, never changed.
        if std::fs::hard_link(&from, &to).is_ok() {
            let file = std::fs::File::open(&to).map_err(|e| Error::io(e, &to))?;
            file.sync_all().map_err(|e| Error::io(e, &to))?;
            continue;
        }
        let mut source = output::open(&from)?;
        let mut file = AtomicFile::create(&to)?;
        std::io::copy(&mut source, &mut file).map_err(|e| Error::io(e, &to))?;
        file.commit()?;
    }
    Ok(())
}

/// Looks for the output folder of a reference by its name: where the user of this program stands, then beside the folder
/// whose log names it. Only one that has this id is taken.
pub(crate) fn find(name: &str, id: &str, beside: &Path) -> Option<PathBuf> {
    let real = beside.canonicalize().ok();
    let parent = real.as_deref().and_then(Path::parent);
    let path = Path::new(name);
    let places = [
        Some(path.to_owned()),
        parent.map(|p| p.join(path)),
        parent.zip(path.file_name()).map(|(p, n)| p.join(n)),
    ];
    places.into_iter().flatten().find(|place| {
        let found = describe::read(place, &folder(place), name);
        found.is_ok_and(|description| description.id == id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_was_given_without_a_slash_at_the_end() {
        for (given, want) in [("a/b", "a/b"), ("../a/", "../a"), ("/", "/"), ("x//", "x")] {
            assert_eq!(name(Path::new(given)), want);
        }
    }
}

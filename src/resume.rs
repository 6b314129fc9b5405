//! Resuming: what a run was begun with, so that a later one goes on only with the same input and options.
//!
//! A run that was killed is gone on with by what it left whole: parts of a scan, the decisions, batches of finished
//! outputs. Each of them says what it was made of, and is checked before it is trusted. A [`Ledger`] stands before them
//! all. It is written when a run begins, and holds the options and, for each input, its name, its size and the time of its
//! last change. A run that resumes compares: another option, another list or another size is refused, with both values. An
//! input of the same size but another time is read again and compared by the hash that the scan took, so that a copy or a
//! touched file is no obstacle and a changed one is noticed.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::{self, sealed};
use crate::io::{Digest, Source, output};
use crate::manifest::{self, Manifest};
use crate::read::{Job, Reader};
use crate::reference::{self, References};
use crate::resources::{Resources, Silent};

/// Raised whenever an older program would misread a ledger.
const VERSION: u32 = 1;

/// What an input is recognised by at first sight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Its relative path.
    pub name: String,
    /// Bytes on disk.
    pub size: u64,
    /// Its last change: seconds and nanoseconds since 1970. `None` where the system does not tell.
    pub changed: Option<(u64, u32)>,
}

impl Identity {
    /// Looks at a source.
    pub fn of(source: &Source) -> Result<Self> {
        let meta = std::fs::metadata(&source.path).map_err(|e| Error::io(e, &source.path))?;
        Ok(Identity {
            name: source.name.clone(),
            size: meta.len(),
            changed: files::changed(&meta),
        })
    }

    /// Looks at all sources.
    pub fn all(sources: &[Source]) -> Result<Vec<Self>> {
        sources.iter().map(Identity::of).collect()
    }

    /// True when nothing speaks for a change.
    pub fn is(&self, other: &Identity) -> bool {
        self == other && self.changed.is_some()
    }
}

/// What a run was begun with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    version: u32,
    /// The program, by its version and by what its fold, shingles and facts make of a fixed text.
    program: String,
    config: Config,
    /// See [`Config::fingerprint`]; it also knows the content of a model.
    fingerprint: String,
    references: Vec<manifest::Reference>,
    write_reference: bool,
    input: Vec<Identity>,
    /// Where the phase files of `clean` lie, when that is not the output folder.
    work: Option<PathBuf>,
    /// Results are complete; what is left to do is to clear up.
    done: bool,
}

impl Ledger {
    /// The ledger of a run that begins now.
    pub fn new(sources: &[Source], config: &Config, references: &References) -> Result<Self> {
        let used = reference::used(references, config)?;
        Ok(Ledger {
            version: VERSION,
            program: program(config),
            config: config.clone(),
            fingerprint: format!("{:032x}", config.fingerprint()),
            references: used.iter().map(manifest::Reference::from).collect(),
            write_reference: references.write,
            input: Identity::all(sources)?,
            work: None,
            done: false,
        })
    }

    /// Says where the phase files lie.
    #[must_use]
    pub fn in_work(mut self, work: Option<PathBuf>) -> Self {
        self.work = work;
        self
    }

    /// Where the phase files lie, when that is not the output folder.
    pub fn work(&self) -> Option<&Path> {
        self.work.as_deref()
    }

    /// True when the results are complete.
    pub fn is_done(&self) -> bool {
        self.done
    }

    /// Notes that the results are complete.
    #[must_use]
    pub fn done(mut self) -> Self {
        self.done = true;
        self
    }

    /// Writes it.
    pub fn write(&self, path: &Path) -> Result<()> {
        sealed::write(path, self)
    }

    /// Reads it, if it is there and whole.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        let ledger: Option<Ledger> = sealed::read_if_whole(path)?;
        Ok(ledger.filter(|l| l.version == VERSION))
    }

    /// The inputs of the run.
    pub fn input(&self) -> &[Identity] {
        &self.input
    }

    /// Refuses to go on with this run under other options or with other inputs. `place` is the folder that holds it.
    ///
    /// # Errors
    /// A usage error that names the first option or input that differs, and both its values.
    pub fn allow(&self, now: &Ledger, place: &Path) -> Result<()> {
        let other = options(&self.config, &now.config)
            .or_else(|| self.other_program(now))
            .or_else(|| self.other_references(now))
            .or_else(|| inputs(&self.input, &now.input));
        match other {
            None => Ok(()),
            Some(what) => Err(refuse(what, place)),
        }
    }

    fn other_program(&self, now: &Ledger) -> Option<String> {
        if self.program != now.program {
            let (then, now) = (&self.program, &now.program);
            return Some(format!("it was begun by dechaff {then}, this is {now}"));
        }
        let differ = self.fingerprint != now.fingerprint;
        differ.then(|| "the line model is another one now".to_owned())
    }

    fn other_references(&self, now: &Ledger) -> Option<String> {
        if self.write_reference != now.write_reference {
            let (then, now) = (self.write_reference, now.write_reference);
            return Some(differs("write-reference", &then, &now));
        }
        let (then, now) = (names(&self.references), names(&now.references));
        (then != now).then(|| differs("reference", &format!("{then:?}"), &format!("{now:?}")))
    }
}

/// References as messages name them.
fn names(references: &[manifest::Reference]) -> Vec<String> {
    let name = |r: &manifest::Reference| format!("{} ({})", r.name, r.id);
    references.iter().map(name).collect()
}

/// The program as far as it decides: its version, and a digest of what it makes of a fixed text.
fn program(config: &Config) -> String {
    let text = reference::text_version(config);
    format!("{} ({text})", env!("CARGO_PKG_VERSION"))
}

fn refuse(what: String, place: &Path) -> Error {
    Error::usage(format!(
        "holds an unfinished run that cannot be resumed so: {what}"
    ))
    .at(place.display().to_string())
    .hint("give what the run was begun with, or begin anew with --overwrite")
}

fn differs(what: &str, then: &dyn std::fmt::Display, now: &dyn std::fmt::Display) -> String {
    format!("{what} was {then} when it began, and is {now} now")
}

/// The first option in which two configurations differ, with both values.
pub fn options(then: &Config, now: &Config) -> Option<String> {
    let value = |c: &Config| serde_json::to_value(c).expect("plain data serialises");
    difference("", &value(then), &value(now))
}

fn difference(name: &str, then: &Value, now: &Value) -> Option<String> {
    match (then, now) {
        (Value::Object(then), Value::Object(now)) => then
            .iter()
            .find_map(|(key, value)| difference(key, value, now.get(key).unwrap_or(&Value::Null))),
        _ => (then != now).then(|| differs(name, then, now)),
    }
}

/// The first input in which two lists differ: by place, name or size.
fn inputs(then: &[Identity], now: &[Identity]) -> Option<String> {
    for (then, now) in then.iter().zip(now) {
        if then.name != now.name {
            return Some(format!(
                "the inputs are others: {} stood where {} stands now",
                then.name, now.name
            ));
        }
        if then.size != now.size {
            return Some(format!(
                "the input {} has changed: it had {} bytes when the run began, and has {} now",
                then.name, then.size, now.size
            ));
        }
    }
    let (a, b) = (then.len(), now.len());
    let more = then.get(b).or(now.get(a))?;
    Some(format!(
        "there were {a} inputs when it began, and there are {b} now: {} is {}",
        more.name,
        if a > b { "gone" } else { "new" }
    ))
}

/// The error for an input that a scan has read and that is another one now.
pub(crate) fn changed(source: &Source, then: (u64, &str), now: &Digest) -> Error {
    let (bytes, hash) = then;
    Error::usage(format!(
        "the input has changed since it was scanned: it had {bytes} bytes with the hash {hash}, and has {} with {:032x} now",
        now.bytes, now.hash
    ))
    .at(source.path.display().to_string())
    .hint("put back what the run was begun with, or begin anew with --overwrite")
}

/// Reads a source to its end and returns length and hash of its decompressed bytes, as a scan takes them.
pub(crate) fn digest(source: &Source, config: &Config, resources: &Resources) -> Result<Digest> {
    let mut reader = Reader::new(vec![source], &config.input, &Silent);
    let mut digest = Digest::default();
    while let Some(job) = reader.next()? {
        resources.check_stop()?;
        if let Job::End { digest: found, .. } = job {
            digest = found;
        }
    }
    Ok(digest)
}

/// The file in an output folder that tells of a run of `clean` that is under way, or was killed.
pub fn ledger_path(folder: &Path) -> PathBuf {
    folder.join(output::FOLDER).join("run.json")
}

/// True when an output folder holds a run of `clean` that did not finish and has work done that is worth resuming.
pub fn is_unfinished(folder: &Path) -> bool {
    let Ok(Some(ledger)) = Ledger::read(&ledger_path(folder)) else {
        return false;
    };
    let work = crate::clean::work_folder(folder, ledger.work());
    let parts = std::fs::read_dir(work.join("scan")).into_iter().flatten();
    let is_part = |name: &std::ffi::OsStr| {
        let name = name.to_string_lossy();
        (name.starts_with("part-") || name.starts_with("draft-")) && name.ends_with(".json")
    };
    ledger.is_done() || parts.flatten().any(|e| is_part(&e.file_name()))
}

/// True when the results in an output folder are complete: there is a manifest, and no run is under way.
pub fn is_complete(folder: &Path) -> bool {
    let under_way = matches!(Ledger::read(&ledger_path(folder)), Ok(Some(l)) if !l.is_done());
    output::manifest_path(folder).exists() && !under_way
}

/// Makes sure that complete results are those of this run: same options, same references, same bytes in every input.
///
/// # Errors
/// A usage error that names the option or the input that differs, and both its values.
pub fn same_run(
    folder: &Path,
    sources: &[Source],
    config: &Config,
    references: &References,
    resources: &Resources,
) -> Result<()> {
    let manifest = Manifest::read(folder)?;
    let refuse = |what: String| {
        Err(
            Error::usage(format!("holds the results of another run: {what}"))
                .at(folder.display().to_string())
                .hint("choose another folder, or pass --overwrite"),
        )
    };
    let was = |what: &str, then: &str, now: &str| format!("{what} was {then}, and is {now} now");
    if let Some(what) = options(&manifest.config, config) {
        return refuse(what.replace(" when it began", ""));
    }
    if manifest.fingerprint != config.fingerprint() {
        return refuse("the line model was another one".into());
    }
    let used = reference::used(references, config)?;
    let used: Vec<_> = used.iter().map(manifest::Reference::from).collect();
    if used != manifest.references {
        let listed = |list: &[manifest::Reference]| match list.is_empty() {
            true => "none".to_owned(),
            false => names(list).join(", "),
        };
        let (then, now) = (listed(&manifest.references), listed(&used));
        return refuse(was("reference", &then, &now));
    }
    if references.write && !reference::is_there(folder) {
        return refuse("it left no reference, and --write-reference asks for one".into());
    }
    if !resources.beside.is_there(folder, sources) {
        return refuse("it left no attributes or exclusions, and they are asked for".into());
    }
    let (then, now) = (manifest.sources.len(), sources.len());
    for (entry, source) in manifest.sources.iter().zip(sources) {
        if entry.name != source.name {
            return refuse(was("an input", &entry.name, &source.name));
        }
        let found = digest(source, config, resources)?;
        if (found.bytes, found.hash) != (entry.bytes, entry.hash) {
            let (then, now) = (entry.bytes, found.bytes);
            let hashes = format!("{:032x} then, {:032x} now", entry.hash, found.hash);
            let name = &entry.name;
            return refuse(format!(
                "the input {name} has changed: {then} bytes then, {now} now; its hash {hashes}"
            ));
        }
    }
    match then == now {
        true => Ok(()),
        false => refuse(was(
            "the number of inputs",
            &then.to_string(),
            &now.to_string(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Keep, Share};

    fn identity(name: &str, size: u64) -> Identity {
        Identity {
            name: name.into(),
            size,
            changed: Some((7, 0)),
        }
    }

    #[test]
    fn what_differs_is_named_with_both_values() {
        let base = Config::default();
        let mut other = base.clone();
        assert_eq!(options(&base, &other), None);
        other.min_similarity = Share(5_500);
        assert_eq!(
            options(&base, &other).unwrap(),
            "min-similarity was 0.4 when it began, and is 0.55 now"
        );
        let other = Config {
            keep: Keep::Longest,
            ..base.clone()
        };
        assert!(
            options(&base, &other)
                .unwrap()
                .starts_with("keep was \"first\"")
        );
        let mut other = base.clone();
        other.input.limit = Some(3);
        assert!(
            options(&base, &other)
                .unwrap()
                .starts_with("limit was null")
        );

        let then = [identity("a", 1), identity("b", 2)];
        assert_eq!(inputs(&then, &then), None);
        let size = inputs(&then, &[identity("a", 1), identity("b", 3)]).unwrap();
        assert!(size.contains("b has changed: it had 2 bytes"), "{size}");
        let gone = inputs(&then, &then[..1]).unwrap();
        assert!(gone.contains("b is gone"), "{gone}");
        let new = inputs(&then[..1], &then).unwrap();
        assert!(new.contains("b is new"), "{new}");
        let name = inputs(&then, &[identity("a", 1), identity("c", 2)]).unwrap();
        assert!(name.contains("b stood where c"), "{name}");
    }
}

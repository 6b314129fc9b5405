//! The description of a reference: what it holds, by whom it was written, and whether it fits a run.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::container;
use crate::method;
use crate::near::context::Collector;
use crate::near::verdict::template_key;
use crate::text::fold::{Folded, Folder};
use crate::text::{hash, shingle};

/// Raised whenever the files of a reference change their meaning.
const VERSION: u32 = 1;

/// The file; the last one that is written.
pub(super) const FILE: &str = "reference.json";

/// What a user does about a reference that cannot be used.
const AGAIN: &str = "clean its input again with --write-reference";

/// What a reference holds: its `reference.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// Version of the files.
    pub version: u32,
    /// Version of the phase files, whose rows they hold.
    pub phase_version: u16,
    /// Version of the program that wrote it.
    pub tool_version: String,
    /// A hash of what fold, shingles, method and facts make of a fixed text: programs that disagree here cannot share hashes.
    pub text_version: String,
    /// A hash of everything that the content depends on: versions, options, hashes of the sources, ids of earlier references.
    pub id: String,
    /// The options of the run.
    pub config: Config,
    /// The references that the run was itself decided against, in order.
    pub references: Vec<Earlier>,
    /// The sources, in order.
    pub sources: Vec<Source>,
    /// Documents.
    pub documents: u64,
    /// Paragraphs, dropped ones included.
    pub paragraphs: u64,
    /// Paragraphs whose text is stored: all but exact copies and what frequency took.
    pub texts: u64,
    /// Lines of documents with a site.
    pub lines: u64,
    /// Dropped paragraphs.
    pub gone: u64,
    /// Hash of all of the above.
    #[serde(default)]
    pub check: String,
}

/// A reference that another one was written against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Its name in that run.
    pub name: String,
    /// See [`Description::id`].
    pub id: String,
    /// Its paragraphs.
    pub paragraphs: u64,
}

/// A source of the run that wrote the reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its relative path.
    pub name: String,
    /// XXH3-128 of its decompressed bytes, in hex.
    pub hash: String,
}

impl Description {
    /// Begins a description; the counts come when they are known, the check last ([`Description::write`]).
    pub(crate) fn new(config: &Config, references: Vec<Earlier>, sources: Vec<Source>) -> Self {
        let mut description = Description {
            version: VERSION,
            phase_version: container::VERSION,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            text_version: text_version(config),
            id: String::new(),
            config: config.clone(),
            references,
            sources,
            documents: 0,
            paragraphs: 0,
            texts: 0,
            lines: 0,
            gone: 0,
            check: String::new(),
        };
        // Under which name an earlier reference was given does not change what this one holds.
        let mut nameless = description.clone();
        nameless.references.iter_mut().for_each(|r| r.name.clear());
        description.id = nameless.digest();
        description
    }

    /// The id as a number, which the files carry in their headers.
    pub(crate) fn fingerprint(&self) -> u128 {
        u128::from_str_radix(&self.id, 16).unwrap_or(0)
    }

    fn digest(&self) -> String {
        let text = serde_json::to_string(self).expect("plain data serialises");
        format!("{:032x}", hash::bytes128(text.as_bytes()))
    }

    /// Writes it: the last file of a reference.
    pub(crate) fn write(mut self, folder: &Path) -> Result<()> {
        self.check.clear();
        self.check = self.digest();
        crate::files::work::write_json(&folder.join(FILE), &self)
    }

    /// Refuses options under which the two could not have been one run.
    pub(super) fn fits(&self, config: &Config, name: &str) -> Result<()> {
        let value = |config: &Config| serde_json::to_value(config).expect("plain data serialises");
        let (theirs, ours) = (value(&self.config), value(config));
        let (Value::Object(theirs), Value::Object(ours)) = (&theirs, &ours) else {
            unreachable!("a configuration is an object");
        };
        for (option, found) in theirs {
            // How records are read and written does not touch what a paragraph is compared with.
            if ["input", "drop-empty", "keep-removed-text"].contains(&option.as_str()) {
                continue;
            }
            let expected = &ours[option];
            if found != expected {
                return Err(Error::config(format!(
                    "the reference was written with {option} = {found}, this run has {option} = {expected}"
                ))
                .at(name)
                .hint(format!("give the same options, or {AGAIN} under the new ones")));
            }
        }
        let ours = text_version(config);
        if self.text_version != ours {
            return Err(Error::phase(format!(
                "the reference was written with another fold, shingle, method or fact version: found {}, expected {ours}",
                self.text_version
            ))
            .at(name)
            .hint(format!("use dechaff {}, or {AGAIN}", self.tool_version)));
        }
        Ok(())
    }
}

/// Reads the description of the reference in an output folder.
pub(super) fn read(output: &Path, folder: &Path, name: &str) -> Result<Description> {
    let path = folder.join(FILE);
    if !output.is_dir() {
        return Err(Error::input("no such folder")
            .at(name)
            .hint("--reference takes the output folder of a run with --write-reference"));
    }
    if !path.is_file() {
        return Err(Error::input(format!(
            "holds no reference: {} is not there",
            path.display()
        ))
        .at(name)
        .hint(AGAIN));
    }
    let damaged = |what: String| {
        Error::phase(what)
            .at(path.display().to_string())
            .hint(AGAIN)
    };
    let text = std::fs::read(&path).map_err(|e| Error::io(e, &path))?;
    let value: Value =
        serde_json::from_slice(&text).map_err(|e| damaged(format!("damaged: {e}")))?;
    let expected = [
        ("version", u64::from(VERSION)),
        ("phase_version", u64::from(container::VERSION)),
    ];
    for (field, expected) in expected {
        if value[field].as_u64() != Some(expected) {
            return Err(damaged(format!(
                "a reference of {field} {}; this program reads {expected}",
                value[field]
            )));
        }
    }
    let mut description: Description =
        serde_json::from_value(value).map_err(|e| damaged(format!("damaged: {e}")))?;
    let check = std::mem::take(&mut description.check);
    if description.digest() != check {
        return Err(damaged("does not match its checksum".into()));
    }
    description.check = check;
    Ok(description)
}

/// Hash of what fold, shingles, method and facts make of a fixed text in several scripts.
pub(crate) fn text_version(config: &Config) -> String {
    const PROBE: [&str; 4] = [
        "The miller&#8217;s 3 scales read 1,250.5\u{a0}kg on 4 May; \u{201c}Nobody,\u{201d} he said, \u{fb01}nds +2% odd in STRA\u{df}E 7.",
        "Cafe\u{301} na\u{ef}ve \u{ff21}\u{ff22}\u{ff23} co\u{ad}operate zero\u{200b}width rose and did not fall in the year 1999 or in 2001 either, wrote M. O'Dell.",
        "\u{6cb3}\u{8fb9}\u{7684}\u{8001}\u{8336}\u{9986}\u{53bb}\u{5e74}\u{51ac}\u{5929}\u{5173}\u{4e86}\u{95e8}\u{ff0c}\u{4eca}\u{5e74}\u{6625}\u{5929}\u{53c8}\u{5f00}\u{4e86}\u{3002}",
        "\u{639}\u{627}\u{62f} \u{628}\u{64e}\u{627}\u{626}\u{639} \u{627}\u{644}\u{643}\u{62a}\u{628} \u{625}\u{644}\u{649} \u{631}\u{643}\u{646}\u{647} \u{411}\u{435}\u{440}\u{451}\u{437}\u{430} \u{438} \u{43f}\u{430}\u{440}\u{43e}\u{43c} \u{43d}\u{435} \u{445}\u{43e}\u{434}\u{44f}\u{442} \u{432} 5 \u{447}",
    ];
    let (mut folder, mut folded) = (Folder::default(), Folded::default());
    let (mut shingles, mut keys, mut out) = (Vec::new(), Vec::new(), Vec::new());
    let mut facts = Collector::default();
    for text in PROBE {
        folder.fold(text, &mut folded);
        facts.add(text, &folded);
        shingle::shingles(&folded, &mut shingles);
        keys.clear();
        (method::of(config.method).keys)(&shingles, &mut keys);
        out.extend(hash::bytes128(folded.text.as_bytes()).to_le_bytes());
        out.extend(folded.half_tokens().to_le_bytes());
        out.extend(template_key(&folded).to_le_bytes());
        for key in &keys {
            out.extend(key.key.to_le_bytes());
            out.extend(key.next.to_le_bytes());
        }
    }
    for fact in facts.finish() {
        out.extend(fact.to_le_bytes());
    }
    format!("{:016x}", hash::bytes64(&out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Method, Segment, Share};
    use crate::error::ErrorKind;

    fn description(config: &Config) -> Description {
        let source = Source {
            name: "a.jsonl".into(),
            hash: "7".into(),
        };
        Description::new(config, Vec::new(), vec![source])
    }

    #[test]
    fn only_options_that_change_a_comparison_must_agree() {
        let base = Config::default();
        let mut reading = Config {
            drop_empty: true,
            keep_removed_text: false,
            ..base.clone()
        };
        reading.input.text_field = "body".into();
        description(&base).fits(&reading, "x").unwrap();
        let others = [
            Config {
                segment: Segment::Line,
                ..base.clone()
            },
            Config {
                min_similarity: Share(5_000),
                ..base.clone()
            },
            Config {
                method: Method::Minhash,
                ..base.clone()
            },
            Config {
                boilerplate: None,
                ..base.clone()
            },
        ];
        for (other, option) in
            others
                .into_iter()
                .zip(["segment", "min-similarity", "method", "boilerplate"])
        {
            let error = description(&base).fits(&other, "x").unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(error.message().contains(option), "{error}");
        }
    }

    #[test]
    fn another_fold_or_method_is_refused() {
        let base = Config::default();
        let mut other = description(&base);
        other.text_version = "0123456789abcdef".into();
        let error = other.fits(&base, "x").unwrap_err();
        assert!(error.message().contains("0123456789abcdef"), "{error}");
        let minhash = Config {
            method: Method::Minhash,
            ..base.clone()
        };
        assert_ne!(text_version(&base), text_version(&minhash));
    }

    #[test]
    fn a_changed_description_is_found_out() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("reference");
        std::fs::create_dir(&folder).unwrap();
        let written = description(&Config::default());
        written.clone().write(&folder).unwrap();
        let read_back = || read(dir.path(), &folder, "x");
        assert_eq!(read_back().unwrap().id, written.id);
        let path = folder.join(FILE);
        let text = std::fs::read_to_string(&path).unwrap();
        for (from, to, says) in [
            ("a.jsonl", "b.jsonl", "checksum"),
            ("\"version\": 1", "\"version\": 9", "version 9"),
            (
                "\"phase_version\": ",
                "\"phase_version\": 70",
                "phase_version 70",
            ),
            ("\"documents\": 0,", "", "damaged"),
        ] {
            assert!(text.contains(from));
            std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
            let error = read_back().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Phase);
            assert!(error.message().contains(says), "{error}");
        }
    }

    #[test]
    fn an_id_is_what_went_in_not_what_it_was_called() {
        let base = Config::default();
        let earlier = |name: &str, id: &str| Earlier {
            name: name.into(),
            id: id.into(),
            paragraphs: 3,
        };
        let id =
            |name: &str, of: &str| Description::new(&base, vec![earlier(name, of)], Vec::new()).id;
        assert_eq!(id("a", "1"), id("elsewhere/a", "1"));
        assert_ne!(id("a", "1"), id("a", "2"));
        assert_ne!(description(&base).id, id("a", "1"));
    }
}

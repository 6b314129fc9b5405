//! Everything that can change the answer of a run, as plain data.
//!
//! What cannot change it (threads, memory, folders, progress) is not here but in `clean::Resources`: the
//! fingerprint of a [`Config`] therefore says whether two phase files belong together.

mod share;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};
use crate::model::Model;
use crate::text::hash;

pub use share::{Rate, Share};

/// Which duplicates are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Dedup {
    /// Exact, near and contained.
    #[default]
    Near,
    /// Exact only.
    Exact,
    /// None.
    Off,
}

/// How candidates for a near-duplicate are found and measured. The table is `near::METHODS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Winnowed shingles, verified on the text.
    #[default]
    Shingle,
    /// 64-bit SimHash (Charikar 2002), banded search.
    Simhash,
    /// MinHash with bands (Broder 1997), the field's default.
    Minhash,
}

/// Whether differing facts protect a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Guard {
    /// A pair that differs in facts is no duplicate.
    #[default]
    Facts,
    /// Similarity alone decides.
    Off,
}

/// Which of several similar paragraphs stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// The first in input order.
    #[default]
    First,
    /// The longest, by length class; then the first.
    Longest,
}

/// How lines become paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Segment {
    /// Hard-wrapped blocks are recognised; any other line is a paragraph.
    #[default]
    Auto,
    /// Every line is a paragraph.
    Line,
    /// Every run of non-blank lines is a paragraph.
    Block,
}

/// How sure the removal of boilerplate must be. Ordered: what falls at `Safe` falls at every later level.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// At most 0.1 % of content characters may be lost.
    #[default]
    Safe,
    /// At most 0.5 %.
    Balanced,
    /// At most 2 %.
    Aggressive,
}

impl Level {
    /// All, the surest first.
    pub const ALL: [Level; 3] = [Level::Safe, Level::Balanced, Level::Aggressive];

    /// The name used in options and files.
    pub fn name(self) -> &'static str {
        match self {
            Level::Safe => "safe",
            Level::Balanced => "balanced",
            Level::Aggressive => "aggressive",
        }
    }
}

/// The JSON Schema (2020-12) of a configuration file.
pub const SCHEMA: &str = include_str!("config.schema.json");

/// Everything that can change the answer. Two runs with equal input and equal `Config` write equal bytes.
///
/// ```
/// use dechaff::config::{Config, Level, Share};
///
/// let config = Config {
///     boilerplate: Some(Level::Balanced),
///     min_similarity: Share::parse("50%")?,
///     ..Config::default()
/// };
/// assert_ne!(config.fingerprint(), Config::default().fingerprint());
/// // A file says the same by the names of the options; what it leaves out has its default.
/// let file = r#"{"boilerplate": "balanced", "min-similarity": 0.5}"#;
/// assert_eq!(serde_json::from_str::<Config>(file).unwrap(), config);
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Which duplicates are looked for.
    pub dedup: Dedup,
    /// How near-duplicates are found.
    pub method: Method,
    /// Least Jaccard similarity of a near pair.
    pub min_similarity: Share,
    /// Least containment (over the smaller side) of a contained pair.
    pub min_containment: Share,
    /// Whether facts protect a paragraph.
    pub guard: Guard,
    /// Under so many tokens a paragraph never goes on its own.
    pub min_tokens: u32,
    /// Under so many tokens (shorter side) a paragraph goes only for an exact copy.
    pub min_near_tokens: u32,
    /// Which copy stays.
    pub keep: Keep,
    /// The level at which boilerplate goes; `None`, in files `"off"`, leaves it.
    #[serde(with = "level_or_off")]
    pub boilerplate: Option<Level>,
    /// Evidence that is switched off, by name.
    pub disable: Vec<String>,
    /// If not empty, the only evidence that is used.
    pub only: Vec<String>,
    /// The line model: `embedded`, `none`, or a file made by `dechaff train`.
    pub model: ModelChoice,
    /// How lines become paragraphs.
    pub segment: Segment,
    /// A document that would lose more than this share of its characters to boilerplate keeps it all.
    pub max_document_loss: Share,
    /// Leaves emptied records out of the output.
    pub drop_empty: bool,
    /// Keeps the removed text in the log; without it `restore` cannot work.
    pub keep_removed_text: bool,
    /// How inputs are read.
    pub input: InputConfig,
}

/// How inputs are read and outputs are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InputConfig {
    /// A name from `io::FORMATS`; `None` decides by content and extension.
    pub format: Option<String>,
    /// A name from `io::FORMATS`; `None` keeps the input's own (WET becomes JSONL).
    pub output_format: Option<String>,
    /// The JSON field that holds the text.
    pub text_field: String,
    /// The JSON field that names the document.
    pub id_field: String,
    /// The JSON field that holds its address.
    pub url_field: String,
    /// Label of a character encoding (WHATWG names); `None` is UTF-8.
    pub encoding: Option<String>,
    /// Longest record in bytes; a longer one is quarantined, a longer text file is cut into documents.
    pub max_record: u64,
    /// How many times larger an archive may become when it is decompressed (counted from 256 MiB on); beyond, it is refused.
    #[serde(skip_serializing_if = "is_usual_expansion")]
    pub max_expansion: u32,
    /// Reads only the first so many documents of each source.
    pub limit: Option<u64>,
    /// Reads only this share of the documents (of those within the limit), chosen by [`crate::sample`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<Rate>,
    /// Which documents a sample holds.
    #[serde(skip_serializing_if = "is_zero")]
    pub seed: u64,
}

/// Without a sample it has no say, so only one that was chosen is part of what names a run.
fn is_zero(seed: &u64) -> bool {
    *seed == 0
}

/// Far beyond text (a dump of one template with other numbers reaches some 20), well below a bomb of gzip (1,032).
const USUAL_EXPANSION: u32 = 200;

/// It decides whether there is an answer, not which; so only an unusual one is part of what names a run.
fn is_usual_expansion(expansion: &u32) -> bool {
    *expansion == USUAL_EXPANSION
}

impl Default for InputConfig {
    fn default() -> Self {
        InputConfig {
            format: None,
            output_format: None,
            text_field: "text".into(),
            id_field: "id".into(),
            url_field: "url".into(),
            encoding: None,
            max_record: 64 << 20,
            max_expansion: USUAL_EXPANSION,
            limit: None,
            sample: None,
            seed: 0,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            dedup: Dedup::Near,
            method: Method::Shingle,
            min_similarity: Share(4_000),
            min_containment: Share(7_000),
            guard: Guard::Facts,
            min_tokens: 8,
            min_near_tokens: 12,
            keep: Keep::First,
            boilerplate: Some(Level::Safe),
            disable: Vec::new(),
            only: Vec::new(),
            model: ModelChoice::Embedded,
            segment: Segment::Auto,
            max_document_loss: Share(9_000),
            drop_empty: false,
            keep_removed_text: true,
            input: InputConfig::default(),
        }
    }
}

/// Which line model is used.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum ModelChoice {
    /// The one in the program.
    #[default]
    Embedded,
    /// None.
    None,
    /// A file; once pinned, with the hash of its content in hex.
    File(String, Option<String>),
}

/// Stands between the path of a model file and its hash where both are written as one text.
const PIN: &str = "#xxh3:";

impl From<String> for ModelChoice {
    fn from(text: String) -> Self {
        match text.as_str() {
            "embedded" => ModelChoice::Embedded,
            "none" => ModelChoice::None,
            _ => match text.rsplit_once(PIN) {
                Some((path, hash)) => ModelChoice::File(path.into(), Some(hash.into())),
                None => ModelChoice::File(text, None),
            },
        }
    }
}

impl From<ModelChoice> for String {
    fn from(model: ModelChoice) -> Self {
        match model {
            ModelChoice::Embedded => "embedded".into(),
            ModelChoice::None => "none".into(),
            ModelChoice::File(path, None) => path,
            ModelChoice::File(path, Some(hash)) => format!("{path}{PIN}{hash}"),
        }
    }
}

impl ModelChoice {
    /// Notes the content of a model file, so that every phase of a run uses the same.
    ///
    /// # Errors
    /// A file that cannot be read or is no model.
    pub fn pin(&mut self) -> Result<()> {
        if let ModelChoice::File(path, pinned) = self {
            let bytes = std::fs::read(&*path).map_err(|e| Error::io(e, path.as_ref()))?;
            Model::decode(&bytes).map_err(|e| e.at(path.clone()))?;
            *pinned = Some(format!("{:032x}", hash::bytes128(&bytes)));
        }
        Ok(())
    }

    /// Loads it.
    ///
    /// # Errors
    /// A file that cannot be read, is no model, or is another one than was pinned.
    pub fn load(&self) -> Result<Option<Model>> {
        match self {
            ModelChoice::None => Ok(None),
            ModelChoice::Embedded => Model::embedded().map(Some),
            ModelChoice::File(path, pinned) => {
                let bytes = std::fs::read(path).map_err(|e| Error::io(e, path.as_ref()))?;
                let found = format!("{:032x}", hash::bytes128(&bytes));
                if let Some(pinned) = pinned.as_ref().filter(|p| **p != found) {
                    return Err(Error::config(format!(
                        "the line model is not the one that the run began with: its hash is {found}, expected {pinned}"
                    ))
                    .at(path.clone()));
                }
                Model::decode(&bytes)
                    .map(Some)
                    .map_err(|e| e.at(path.clone()))
            }
        }
    }

    fn identity(&self) -> String {
        match self {
            ModelChoice::Embedded => Model::embedded_hash(),
            ModelChoice::None => "none".into(),
            ModelChoice::File(path, pinned) => pinned.clone().unwrap_or_else(|| path.clone()),
        }
    }
}

/// A level, or `off`.
mod level_or_off {
    use super::{Deserialize, Deserializer, Level, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Written {
        Safe,
        Balanced,
        Aggressive,
        Off,
    }

    pub(super) fn serialize<S: Serializer>(
        level: &Option<Level>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let written = match level {
            Some(Level::Safe) => Written::Safe,
            Some(Level::Balanced) => Written::Balanced,
            Some(Level::Aggressive) => Written::Aggressive,
            None => Written::Off,
        };
        written.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Level>, D::Error> {
        Ok(match Written::deserialize(deserializer)? {
            Written::Safe => Some(Level::Safe),
            Written::Balanced => Some(Level::Balanced),
            Written::Aggressive => Some(Level::Aggressive),
            Written::Off => None,
        })
    }
}

impl Config {
    /// Returns the 128-bit hash of every setting, by which phase files of one run recognise each other.
    pub fn fingerprint(&self) -> u128 {
        // A model is its content: where its file lies does not matter.
        let pinned = Config {
            model: ModelChoice::None,
            ..self.clone()
        };
        let text = serde_json::to_string(&pinned).expect("plain data serialises");
        hash::bytes128((text + &self.model.identity()).as_bytes())
    }

    /// Returns true when this evidence (a rule, `line-model`, `frequency`) takes part.
    pub fn uses(&self, evidence: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|n| n == evidence);
        !named(&self.disable) && (self.only.is_empty() || named(&self.only))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_file_says_what_the_command_line_says() {
        let text = "boilerplate = \"off\"\nmin-similarity = 0.5\nmin-containment = \"85%\"\n[input]\ntext-field = \"body\"\n";
        let config: Config = toml::from_str(text).unwrap();
        assert_eq!(
            (
                config.boilerplate,
                config.min_similarity,
                config.min_containment
            ),
            (None, Share(5_000), Share(8_500))
        );
        for config in [config, Config::default()] {
            assert_eq!(
                toml::from_str::<Config>(&toml::to_string(&config).unwrap()).unwrap(),
                config
            );
            assert_eq!(
                serde_json::from_str::<Config>(&serde_json::to_string(&config).unwrap()).unwrap(),
                config
            );
        }
        assert!(toml::from_str::<Config>("min-similarity = 1.5").is_err());
        let sample = |text: &str| toml::from_str::<Config>(text).map(|c| c.input.sample);
        for written in ["0.015", "\"1.5%\""] {
            let rate = sample(&format!("[input]\nsample = {written}")).unwrap();
            assert_eq!(rate.map(|r| r.of(1_000_000)), Some(15_000), "{written}");
        }
        assert!(sample("[input]\nsample = 0").is_err() && sample("[input]\nsample = 2").is_err());
        assert!(toml::from_str::<Config>("boilerplat = \"off\"").is_err());
    }

    #[test]
    fn every_setting_is_part_of_the_fingerprint() {
        let base = Config::default();
        let other = Config {
            min_similarity: Share(base.min_similarity.0 + 1),
            ..base.clone()
        };
        assert_ne!(base.fingerprint(), other.fingerprint());
        assert_ne!(
            base.fingerprint(),
            Config {
                boilerplate: None,
                ..base.clone()
            }
            .fingerprint()
        );
    }
}

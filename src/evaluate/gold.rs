//! Labelled pages, as they stand in a gold file.

use serde::Deserialize;

/// What a line of a gold file is, for whoever wrote another.
pub(crate) const FORM: &str = "every line is {\"id\": …, \"view\": …, \"lines\": [{\"text\": …, \"label\": \"keep|drop|skip\"}, …]}";

/// One line of a gold page.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldLine {
    /// The line, without its end.
    pub text: String,
    /// What became of it in the eyes of a reader.
    pub label: Label,
    /// The line may go or stay.
    #[serde(default)]
    pub soft: bool,
    /// Why the line is neither, where its label came from a program: `title`, `comment`, `table`, …
    #[serde(default)]
    pub cls: Option<String>,
    /// What kind of boilerplate it is.
    #[serde(default)]
    pub category: Option<String>,
}

/// The verdict of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// Content.
    Keep,
    /// Boilerplate.
    Drop,
    /// Either.
    Skip,
}

/// A labelled page.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldPage {
    /// Its name; with the view it is unique in the file.
    pub id: String,
    /// The site it comes from; pages of one site are never both learnt from and scored in cross-validation.
    #[serde(default)]
    pub site: Option<String>,
    /// How its text was extracted.
    pub view: String,
    /// Where it was labelled.
    #[serde(default)]
    pub source: Option<String>,
    /// Its language.
    #[serde(default)]
    pub lang: Option<String>,
    /// Its type.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// How reliable its labels are.
    #[serde(default)]
    pub tier: Option<String>,
    /// Its lines in order.
    pub lines: Vec<GoldLine>,
}

//! The report as one page: `report.json` inside a page that draws it. No other file, no network.
//!
//! Nothing of the input is ever markup. The report stands in the page as JSON in which no `<`, `>` or `&` is left, so that no text can end
//! the element it stands in; the script puts texts into the page as text nodes only; and the page's security policy lets
//! nothing run or load but this one script and this one style, by their hashes. What is drawn, and how, is in `html/`.

use serde::Serialize;

use super::Report;
use crate::text::visible;

const PAGE: &str = include_str!("html/page.html");

/// The style of all pages.
pub(crate) const STYLE: &str = include_str!("html/page.css");

const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("html/dom.js"),
    include_str!("html/table.js"),
    include_str!("html/plots.js"),
    include_str!("html/texts.js"),
    include_str!("html/page.js"),
    "})();\n"
);

/// SHA-256 of [`STYLE`], as a security policy names it; the test below tells the new one after a change.
pub(crate) const STYLE_HASH: &str = "sha256-2zW2e20miMt1AcKJ46ezaGhmK3HVn0Nzo+BqG6egtjI=";

/// SHA-256 of [`SCRIPT`].
const SCRIPT_HASH: &str = "sha256-LGdGH+cmR8pREpCO66B+cOibBrKUjN0Ohgn7FHjuLyY=";

/// What the script reads.
#[derive(Serialize)]
struct Data<'r> {
    report: &'r Report,
    warnings: Vec<String>,
}

impl Report {
    /// Returns the text of `report.html`.
    pub fn to_html(&self) -> String {
        let data = Data {
            report: self,
            warnings: self.warnings().iter().map(ToString::to_string).collect(),
        };
        let data = serde_json::to_string(&data).expect("a report serialises");
        let title = format!("{} {}: report", self.tool.name, self.tool.version);
        fill(
            PAGE,
            &[
                ("script-hash", SCRIPT_HASH),
                ("style-hash", STYLE_HASH),
                ("title", &html_escape::encode_safe(&title)),
                ("style", STYLE),
                ("data", &inert(&data)),
                ("script", SCRIPT),
            ],
        )
    }
}

/// Fills a template: each `{{name}}` once, and nothing that stands in what is filled in.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out =
        String::with_capacity(template.len() + values.iter().map(|v| v.1.len()).sum::<usize>());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after
            .split_once("}}")
            .expect("our templates close what they open");
        let value = values.iter().find(|v| v.0 == name);
        out.push_str(before);
        out.push_str(value.expect("our templates name only what is given").1);
        rest = after;
    }
    out + rest
}

/// JSON that a page may hold: what HTML, JavaScript, or a terminal that shows the file would obey is escaped. Outside of
/// strings JSON has none of these.
fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match matches!(c, '<' | '>' | '&') || visible::is_command(c) {
            true => c
                .encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
            false => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    fn hash(text: &str) -> String {
        format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
    }

    #[test]
    fn the_policy_names_the_script_and_the_style_that_the_page_has() {
        let found = [STYLE_HASH, SCRIPT_HASH];
        assert_eq!(
            [hash(STYLE), hash(SCRIPT)],
            found,
            "they were changed: put the left ones into this file"
        );
        assert!(!SCRIPT.contains("</") && !STYLE.contains("</"));
    }

    #[test]
    fn the_page_is_small() {
        let size = PAGE.len() + STYLE.len() + SCRIPT.len();
        assert!(size < 60_000, "{size}");
    }

    #[test]
    fn what_is_filled_in_is_not_filled() {
        let values = [("a", "{{b}}"), ("b", "2")];
        assert_eq!(fill("<{{a}}|{{b}}>", &values), "<{{b}}|2>");
    }

    #[test]
    fn json_in_a_page_says_the_same_and_ends_nothing() {
        let text = "</script><!-- &amp; \u{2028}\u{2029}\u{9b}\u{202e}\u{200b}\u{e0041} é";
        let json = inert(&serde_json::to_string(text).expect("a string"));
        assert!(!json.contains(['<', '>', '&']) && !json.contains(visible::is_command));
        assert!(json.contains("\\u200b\\udb40\\udc41"), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }
}

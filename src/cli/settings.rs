//! Options and configuration file → [`Config`]: command line over file over default.

use std::path::Path;

use dechaff::config::{Config, Level};
use dechaff::rules::{self, RULES};
use dechaff::{Error, Result};

use super::args::Settings;

/// Evidence that is no rule.
const OTHER_EVIDENCE: [&str; 2] = [rules::LINE_MODEL_NAME, rules::FREQUENCY_NAME];

/// Reads a configuration file.
pub(super) fn read(path: &Path) -> Result<Config> {
    let text = std::fs::read_to_string(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => {
            Error::config("no such configuration file").at(path.display().to_string())
        }
        _ => Error::io(e, path),
    })?;
    toml::from_str(&text).map_err(|e| {
        Error::config(e.to_string().trim_end().replace('\n', "\n  ")).at(path.display().to_string())
    })
}

/// The configuration in force.
pub(super) fn config(settings: &Settings) -> Result<Config> {
    let mut config = match &settings.config {
        Some(path) => read(path)?,
        None => Config::default(),
    };
    let s = settings;
    set(&mut config.dedup, &s.dedup);
    set(&mut config.method, &s.method);
    set(&mut config.min_similarity, &s.min_similarity);
    set(&mut config.min_containment, &s.min_containment);
    set(&mut config.guard, &s.guard);
    set(&mut config.min_tokens, &s.min_tokens);
    set(&mut config.min_near_tokens, &s.min_near_tokens);
    set(&mut config.keep, &s.keep);
    set(&mut config.segment, &s.segment);
    set(&mut config.max_document_loss, &s.max_document_loss);
    set(&mut config.input.text_field, &s.text_field);
    set(&mut config.input.id_field, &s.id_field);
    set(&mut config.input.url_field, &s.url_field);
    set(&mut config.input.max_record, &s.max_record);
    set(&mut config.input.max_expansion, &s.max_expansion);
    config.input.format = s.format.clone().or(config.input.format);
    // What is the default may also be said, over a configuration file that says otherwise.
    config.input.format.take_if(|format| format == "auto");
    config.input.output_format = s.output_format.clone().or(config.input.output_format);
    config.input.encoding = s.encoding.clone().or(config.input.encoding);
    config.input.limit = s.limit.or(config.input.limit);
    config.drop_empty |= s.drop_empty;
    config.keep_removed_text &= !s.no_removed_text;
    if let Some(level) = &s.boilerplate {
        config.boilerplate = Level::ALL.into_iter().find(|l| l.name() == level);
    }
    if !s.disable.is_empty() {
        config.disable.clone_from(&s.disable);
    }
    if !s.only.is_empty() {
        config.only.clone_from(&s.only);
    }
    if let Some(model) = &s.model {
        config.model = model.clone().into();
    }
    config.model.pin()?;
    check(&config)?;
    Ok(config)
}

fn set<T: Clone>(value: &mut T, option: &Option<T>) {
    if let Some(option) = option {
        value.clone_from(option);
    }
}

/// Refuses what cannot be meant.
pub(super) fn check(config: &Config) -> Result<()> {
    for name in config.disable.iter().chain(&config.only) {
        if !OTHER_EVIDENCE.contains(&name.as_str()) && !RULES.iter().any(|r| r.name == name) {
            let all = RULES.iter().map(|r| r.name).chain(OTHER_EVIDENCE);
            let like = all.min_by_key(|n| distance(n, name)).unwrap_or_default();
            return Err(Error::config(format!(
                "no rule or evidence is named {name:?}; did you mean {like:?}?"
            ))
            .hint("`dechaff rules` lists all names"));
        }
    }
    for format in [&config.input.format, &config.input.output_format]
        .into_iter()
        .flatten()
    {
        dechaff::io::find(format)?;
    }
    if config.min_near_tokens < config.min_tokens {
        let (near, exact) = (config.min_near_tokens, config.min_tokens);
        return Err(Error::config(format!(
            "min-near-tokens ({near}) is less than min-tokens ({exact})"
        ))
        .hint("a paragraph too short to go for an exact copy cannot go for a near one"));
    }
    if config.input.max_expansion == 0 {
        return Err(Error::config("max-expansion is 0; expected 1 or more"));
    }
    if config.input.max_record == 0 || config.input.max_record > u64::from(u32::MAX) {
        return Err(Error::config(format!(
            "max-record is {}; expected 1 to 4,294,967,295 bytes",
            config.input.max_record
        )));
    }
    Ok(())
}

/// Edit distance, for "did you mean".
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let change = before + usize::from(x != *y);
            before = row[j + 1];
            row[j + 1] = change.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

//! Options and configuration file → [`Config`]: command line over file over default.

use std::path::Path;

use dechaff::config::{Config, Level};
use dechaff::rules::{self, RULES};
use dechaff::text::nearest;
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
        let said = e.to_string();
        let error = Error::config(said.trim_end().replace('\n', "\n  "));
        let error = error.at(path.display().to_string());
        match meant(&said) {
            Some(like) => error.hint(format!("did you mean {like:?}?")),
            None => error,
        }
    })
}

/// The configuration in force.
pub(super) fn config(settings: &Settings) -> Result<Config> {
    over(settings.config.as_deref(), settings)
}

/// The configuration in force over this file.
pub(super) fn over(file: Option<&Path>, settings: &Settings) -> Result<Config> {
    let mut config = match file.or(settings.config.as_deref()) {
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
    config.input.sample = s.sample.or(config.input.sample);
    set(&mut config.input.seed, &s.seed);
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
            let meant = did_you_mean(name, all);
            return Err(
                Error::config(format!("no rule or evidence is named {name:?}{meant}"))
                    .hint("`dechaff rules` lists all names"),
            );
        }
    }
    for format in [&config.input.format, &config.input.output_format]
        .into_iter()
        .flatten()
    {
        dechaff::io::find(format).map_err(|e| {
            let names = dechaff::io::FORMATS.iter().map(|f| f.name);
            Error::config(format!("{}{}", e.message(), did_you_mean(format, names)))
        })?;
    }
    if config.min_near_tokens < config.min_tokens {
        let (near, exact) = (config.min_near_tokens, config.min_tokens);
        return Err(Error::config(format!(
            "min-near-tokens ({near}) is less than min-tokens ({exact})"
        ))
        .hint("a paragraph too short to go for an exact copy cannot go for a near one"));
    }
    if config.input.sample.is_some() && config.input.output_format.as_deref() == Some("wet") {
        return Err(Error::config("a sample cannot be written as wet").hint(
            "what stands between WET records belongs to two of them; leave --output-format out",
        ));
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

/// `; did you mean "…"?`, when something is near enough.
fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(name, known) {
        Some(like) => format!("; did you mean {like:?}?"),
        None => String::new(),
    }
}

/// What a file may have meant by a name that is not known: the parser quotes it and then all that it knows.
fn meant(message: &str) -> Option<&str> {
    let names = &message[message.find("unknown ")?..];
    let mut quoted = names.split('`').skip(1).step_by(2);
    nearest(quoted.next()?, quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_file_is_guessed_from_those_the_parser_knows() {
        let meant = |text: &str| {
            let error = toml::from_str::<Config>(text).expect_err(text).to_string();
            super::meant(&error).map(str::to_owned)
        };
        assert_eq!(meant("min-token = 8").as_deref(), Some("min-tokens"));
        assert_eq!(
            meant("[input]\ntextfield = 'x'").as_deref(),
            Some("text-field")
        );
        assert_eq!(
            meant("boilerplate = 'agressive'").as_deref(),
            Some("aggressive")
        );
        assert_eq!(meant("keep = 'zzz'"), None);
        assert_eq!(meant("min-tokens = 'eight'"), None);
    }
}

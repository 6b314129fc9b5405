//! What is said on standard error: for people as text, for machines as one JSON object a line.
//!
//! An object has `time` (UTC), `level`, `event` and `message`; what else it holds depends on the event. The text is the message
//! alone, so that both forms tell the same.

use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use dechaff::{Error, ErrorKind};
use serde_json::{Map, Value, json};

use super::args::Talk;

/// The form of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

/// How grave a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// For those who asked for more.
    Detail,
    /// How far the run is.
    Progress,
    /// What came of it.
    Info,
    /// What deserves a look.
    Warning,
    /// What is said also under `-q`.
    Notice,
    /// What one cannot do without: a removal beyond what is plausible.
    Alarm,
    /// The run failed.
    Error,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Level::Detail => "detail",
            Level::Progress => "progress",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Notice => "notice",
            Level::Alarm => "alarm",
            Level::Error => "error",
        }
    }
}

/// Says things, as loud and in the form that was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice {
    pub(crate) format: LogFormat,
    pub(crate) quiet: bool,
    /// How often `-v` was given.
    pub(crate) verbose: u8,
}

impl Voice {
    pub(crate) fn new(talk: &Talk) -> Self {
        Voice {
            format: talk.log_format,
            quiet: talk.quiet,
            verbose: talk.verbose,
        }
    }

    /// For arguments that could not be read: only their form of messages is looked for.
    pub(crate) fn guess(mut arguments: impl Iterator<Item = String>) -> Self {
        let mut format = LogFormat::Text;
        while let Some(argument) = arguments.next() {
            let value = match argument.strip_prefix("--log-format") {
                Some("") => arguments.next(),
                Some(rest) => rest.strip_prefix('=').map(str::to_owned),
                None => None,
            };
            if value.as_deref() == Some("json") {
                format = LogFormat::Json;
            }
        }
        Voice {
            format,
            quiet: false,
            verbose: 0,
        }
    }

    /// Says a line that belongs to the normal course of things.
    pub(crate) fn info(self, event: &str, message: impl AsRef<str>) {
        self.say(Level::Info, event, message.as_ref(), Value::Null);
    }

    /// Says what only those hear who asked for more.
    pub(crate) fn detail(self, event: &str, message: impl AsRef<str>, fields: Value) {
        if self.verbose > 0 {
            self.say(Level::Detail, event, message.as_ref(), fields);
        }
    }

    /// Says why the run failed.
    pub(crate) fn error(self, error: &Error) {
        let place = error.place();
        let fields = json!({
            "kind": kind(error.kind()),
            "file": place.file,
            "record": place.record,
        });
        self.say(Level::Error, "error", &error.to_string(), fields);
    }

    /// Says it, unless `-q` forbids. A result of several lines is a block, which as text goes without a name.
    pub(crate) fn say(self, level: Level, event: &str, message: &str, fields: Value) {
        if self.quiet && level < Level::Notice {
            return;
        }
        match self.format {
            LogFormat::Json => say!("{}", object(level, event, message, fields)),
            LogFormat::Text
                if matches!(level, Level::Info | Level::Notice) && message.contains('\n') =>
            {
                say!("{}", message.trim_end_matches('\n'))
            }
            LogFormat::Text if level == Level::Alarm => say!("dechaff: ALARM: {message}"),
            LogFormat::Text if level == Level::Warning => say!("dechaff: warning: {message}"),
            LogFormat::Text => say!("dechaff: {message}"),
        }
    }
}

/// What every object has comes first, so that also a person finds it.
fn object(level: Level, event: &str, message: &str, fields: Value) -> String {
    let Value::Object(fields) = fields else {
        return object(level, event, message, Value::Object(Map::new()));
    };
    let first: [(&str, Value); 4] = [
        ("time", timestamp(SystemTime::now()).into()),
        ("level", level.name().into()),
        ("event", event.into()),
        ("message", message.trim_end_matches('\n').into()),
    ];
    let all = first.iter().map(|(name, value)| (*name, value));
    let all = all.chain(fields.iter().map(|(name, value)| (name.as_str(), value)));
    let pairs: Vec<String> = all
        .map(|(name, value)| format!("{}:{value}", Value::from(name)))
        .collect();
    format!("{{{}}}", pairs.join(","))
}

fn kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Usage => "usage",
        ErrorKind::Config => "config",
        ErrorKind::Io => "io",
        ErrorKind::Input => "input",
        ErrorKind::Phase => "phase",
        ErrorKind::Limit => "limit",
        ErrorKind::Busy => "busy",
        ErrorKind::Alarm => "alarm",
        ErrorKind::Interrupted => "interrupted",
        _ => "other",
    }
}

/// `2026-03-01T12:34:56.789Z`. The days are turned into a date as in Howard Hinnant's "chrono-compatible low-level date
/// algorithms" (`civil_from_days`), for days after 1970.
fn timestamp(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (days, second) = (since.as_secs() / 86_400, since.as_secs() % 86_400);
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    let (hour, minute) = (second / 3600, second / 60 % 60);
    format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}.{:03}Z",
        second % 60,
        since.subsec_millis()
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn time_is_that_of_the_calendar() {
        // Printed by `date -u -d @… +%FT%TZ`.
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_399, "2000-02-28T23:59:59.000Z"),
            (951_782_400, "2000-02-29T00:00:00.000Z"),
            (951_868_800, "2000-03-01T00:00:00.000Z"),
            (1_767_225_599, "2025-12-31T23:59:59.000Z"),
            (4_102_444_800, "2100-01-01T00:00:00.000Z"),
            (4_107_542_400, "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(timestamp(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }

    #[test]
    fn an_object_begins_with_what_all_have() {
        let said = object(Level::Info, "x", "a \"b\"\n", json!({"a": 1, "z": null}));
        let (time, rest) = said.split_once(',').unwrap();
        assert!(time.starts_with("{\"time\":\"2"), "{time}");
        assert_eq!(
            rest,
            r#""level":"info","event":"x","message":"a \"b\"","a":1,"z":null}"#
        );
        assert!(object(Level::Info, "x", "", Value::Null).ends_with(r#""message":""}"#));
    }

    #[test]
    fn the_form_is_known_also_where_the_arguments_are_wrong() {
        let of =
            |arguments: &[&str]| Voice::guess(arguments.iter().map(|a| (*a).to_owned())).format;
        assert_eq!(
            of(&["clean", "--log-format", "json", "--nonsense"]),
            LogFormat::Json
        );
        assert_eq!(of(&["--log-format=json"]), LogFormat::Json);
        assert_eq!(of(&["--log-format", "text", "json"]), LogFormat::Text);
    }
}

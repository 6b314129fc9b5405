//! JSON Lines: each line an object, its text in one field.
//!
//! Every record is validated as JSON, but never built as a value: `serde_json` walks it and hands out the raw bytes of
//! the fields that matter. A changed record is spliced inside its text (see `splice`), all else in it stays as it was.
//! Lines of white space are no records and are passed on.

use std::borrow::Cow;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::convert;
use super::faults;
use super::lines::{Blank, LineFramer};
use super::splice::{self, Quoting, Span};
use super::{Cleaned, Document, Fault, Format, Frame};
use crate::config::InputConfig;
use crate::error::Result;
use crate::removal::Removal;

/// The format `jsonl`.
pub static FORMAT: Format = Format {
    name: "jsonl",
    doc: "JSON Lines, each line an object with the text in one field",
    extensions: &["jsonl", "ndjson", "json"],
    sniff,
    frame: |feed| Box::new(LineFramer::new(feed, Blank::Between)),
    parse,
    put_back,
    quoting,
    outputs: &["jsonl", "csv", "tsv", "parquet", "text"],
    target: Some(&convert::JSONL),
    ..Format::PLAIN
};

fn first_line(head: &[u8]) -> Option<(&[u8], bool)> {
    let start = head.iter().position(|b| !b.is_ascii_whitespace())?;
    let rest = &head[start..];
    Some(match memchr::memchr(b'\n', rest) {
        Some(end) => (&rest[..end], true),
        None => (rest, false),
    })
}

/// The first line is an object, or begins like one and is longer than what we see.
fn sniff(head: &[u8]) -> bool {
    first_line(head).is_some_and(|(line, complete)| {
        line.starts_with(b"{")
            && (serde_json::from_slice::<IgnoredAny>(line).is_ok()
                || (!complete && line[1..].trim_ascii_start().starts_with(b"\"")))
    })
}

/// True for the beginning of an object that goes on over several lines.
pub(super) fn is_one_document(head: &[u8]) -> bool {
    first_line(head).is_some_and(|(line, complete)| complete && line.trim_ascii() == b"{")
}

/// Which field a key names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Text,
    Id,
    Url,
    Other,
}

struct Names<'c>(&'c InputConfig);

impl<'de> DeserializeSeed<'de> for Names<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Names<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        Ok(match key {
            _ if key == self.0.text_field => Key::Text,
            _ if key == self.0.id_field => Key::Id,
            _ if key == self.0.url_field => Key::Url,
            _ => Key::Other,
        })
    }
}

/// The raw values of the fields that matter.
#[derive(Default)]
struct Fields<'a> {
    text: Option<&'a str>,
    texts: u32,
    id: Option<&'a str>,
    url: Option<&'a str>,
}

struct Scan<'c>(&'c InputConfig);

impl<'de> Visitor<'de> for Scan<'_> {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = map.next_key_seed(Names(self.0))? {
            if key == Key::Other {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = Some(map.next_value::<&'de RawValue>()?.get());
            match key {
                Key::Text => {
                    fields.text = value;
                    fields.texts += 1;
                }
                Key::Id => fields.id = value,
                _ => fields.url = value,
            }
        }
        Ok(fields)
    }
}

fn scan<'a>(line: &'a str, config: &InputConfig) -> Result<Fields<'a>, Fault> {
    let mut deserializer = serde_json::Deserializer::from_str(line);
    let fields = deserializer
        .deserialize_map(Scan(config))
        .and_then(|fields| deserializer.end().map(|()| fields));
    fields.map_err(|e| match e.classify() {
        serde_json::error::Category::Data => Fault::new(
            "not-an-object",
            "expected an object such as {\"text\": \"…\"}",
        ),
        // Its own "line 1" would be taken for a line of the file.
        _ => Fault::new(
            "invalid-json",
            e.to_string().replace(" at line 1 column ", " at byte "),
        ),
    })
}

pub(super) fn parse<'a>(frame: &'a Frame, config: &InputConfig) -> Result<Document<'a>, Fault> {
    document(&frame.bytes, config)
}

/// Finds the text in a line, and the fields that name it.
pub(super) fn document<'a>(line: &'a [u8], config: &InputConfig) -> Result<Document<'a>, Fault> {
    let line = Fault::unless_utf8(line, "record")?;
    let fields = scan(line, config)?;
    let name = &config.text_field;
    let raw = fields.text.ok_or_else(|| missing(line, name))?;
    if fields.texts > 1 {
        let detail = format!("field {name:?} stands there {} times", fields.texts);
        return Err(Fault::new("duplicate-text-field", detail));
    }
    let Some(raw) = unquoted(raw) else {
        let detail = format!("field {name:?} is {}; expected a string", kind(raw));
        return Err(Fault::new("text-field-not-a-string", detail));
    };
    let text = decode(raw, name)?;
    faults::too_many_lines(text.as_bytes())?;
    let start = raw.as_ptr() as usize - line.as_ptr() as usize;
    let escaped = matches!(text, Cow::Owned(_));
    Ok(Document {
        id: plain(fields.id, &config.id_field)?,
        url: plain(fields.url, &config.url_field)?,
        text: match text {
            Cow::Borrowed(s) => s.as_bytes().into(),
            Cow::Owned(s) => s.into_bytes().into(),
        },
        span: Span {
            start,
            end: start + raw.len(),
            quoting: Quoting::Json { escaped },
        },
    })
}

fn unquoted(raw: &str) -> Option<&str> {
    raw.strip_prefix('"')?.strip_suffix('"')
}

fn kind(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'n') => "null",
        Some(b't' | b'f') => "a truth value",
        Some(b'[') => "an array",
        Some(b'{') => "an object",
        _ => "a number",
    }
}

/// The value of an id or address: a string decoded, null as nothing, anything else as it is written.
fn plain<'a>(raw: Option<&'a str>, field: &str) -> Result<Option<Cow<'a, str>>, Fault> {
    match raw {
        None | Some("null") => Ok(None),
        Some(raw) => match unquoted(raw) {
            Some(string) => decode(string, field).map(Some),
            None => Ok(Some(raw.into())),
        },
    }
}

fn missing(line: &str, name: &str) -> Fault {
    let fields: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(line).unwrap_or_default();
    let names = fields.keys().map(String::as_str);
    Fault::new("missing-text-field", faults::missing("field", name, names))
}

/// Decodes the inside of a string that is known to be valid JSON. Only a lone surrogate can be wrong in it.
fn decode<'a>(raw: &'a str, field: &str) -> Result<Cow<'a, str>, Fault> {
    let bytes = raw.as_bytes();
    let Some(mut next) = memchr::memchr(b'\\', bytes) else {
        return Ok(raw.into());
    };
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    loop {
        out.push_str(&raw[at..next]);
        let (c, length) = unescape(&bytes[next..]).ok_or_else(|| {
            Fault::new(
                "lone-surrogate",
                format!(
                    "half of a character ({}) in field {field:?}",
                    &raw[next..next + 6]
                ),
            )
        })?;
        out.push(c);
        at = next + length;
        match splice::next_escape(&bytes[at..]) {
            Some(i) => next = at + i,
            None => break,
        }
    }
    out.push_str(&raw[at..]);
    Ok(out.into())
}

/// The character an escape stands for and how long the escape is; `None` for a lone surrogate.
fn unescape(raw: &[u8]) -> Option<(char, usize)> {
    let c = match raw[1] {
        b'u' => {
            let high = splice::hex(&raw[2..6])?;
            if !(0xd800..0xdc00).contains(&high) {
                return char::from_u32(high).map(|c| (c, 6));
            }
            let low = match raw.get(6..12) {
                Some([b'\\', b'u', digits @ ..]) => splice::hex(digits)?,
                _ => return None,
            };
            let low = low.checked_sub(0xdc00).filter(|l| *l < 0x400)?;
            let code = 0x10000 + ((high - 0xd800) << 10) + low;
            return char::from_u32(code).map(|c| (c, 12));
        }
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        itself => char::from(itself),
    };
    Some((c, 2))
}

/// How a text is written in a record, as far as the canonical encoding goes.
pub(super) fn quoting(_: &[u8]) -> Quoting {
    Quoting::Json { escaped: true }
}

/// Puts the removed text back into a record.
pub(super) fn put_back(
    cleaned: &Cleaned,
    removals: &[Removal],
    _: &Format,
    config: &InputConfig,
) -> Result<Vec<u8>, String> {
    if removals.is_empty() {
        return Ok(cleaned.output.clone());
    }
    let span = document(&cleaned.output, config)
        .map_err(|f| f.detail)?
        .span;
    splice::put_back(&cleaned.output, span, removals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What `serde_json` makes of a record, the slow way.
    fn naive(line: &str) -> Option<String> {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(value.as_object()?.get("text")?.as_str()?.to_owned())
    }

    proptest! {
        #[test]
        fn the_text_is_what_serde_json_reads(
            parts in prop::collection::vec(prop::sample::select(vec![
                "{", "}", "[", "]", ",", ":", " ", "\"", "\"text\"", "\"id\"", "\\n", "\\", "\\u00e9", "\\ud83d", "\\ude00", "é", "1", "-", "null",
                "\"text\":\"", "\u{1}",
            ]), 0..14),
            whole: bool,
        ) {
            let inside = parts.concat();
            let line = if whole { inside } else { format!("{{\"id\":\"x\",\"text\":\"{inside}\"}}") };
            let config = InputConfig::default();
            let found = document(line.as_bytes(), &config);
            let text = found.as_ref().ok().map(|d| String::from_utf8_lossy(&d.text).into_owned());
            let expected = naive(&line);
            match &found {
                // `serde_json::Value` takes the last of two fields, and refuses a lone surrogate wherever it stands.
                Err(fault) if fault.reason == "duplicate-text-field" => {}
                Ok(_) if expected.is_none() => prop_assert!(line.contains("\\u")),
                _ => prop_assert_eq!(text, expected, "{}", line),
            }
            if let Ok(document) = found {
                let span = document.span;
                let raw = format!("\"{}\"", &line[span.start..span.end]);
                prop_assert_eq!(serde_json::from_str::<String>(&raw).map(String::into_bytes).ok(), Some(document.text.into_owned()));
            }
        }
    }

    #[test]
    fn ids_are_copied_as_they_stand() {
        let config = InputConfig::default();
        let id = |line: &str| {
            let document = document(line.as_bytes(), &config).expect("a good record");
            document.id.map(Cow::into_owned)
        };
        assert_eq!(id(r#"{"id":"a\u00e9","text":""}"#).as_deref(), Some("aé"));
        assert_eq!(id(r#"{"id":1.50,"text":""}"#).as_deref(), Some("1.50"));
        assert_eq!(id(r#"{"id":null,"text":""}"#), None);
        assert_eq!(id(r#"{"text":""}"#), None);
    }

    #[test]
    fn a_missing_field_names_those_there_are() {
        let fault =
            document(b"{\"content\":\"a\",\"b\":1}", &InputConfig::default()).expect_err("no text");
        assert_eq!(
            fault.detail,
            "no field \"text\"; the fields are: b, content"
        );
    }
}

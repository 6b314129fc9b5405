//! The line of the removal log that a removal becomes, written without a value in between.
//!
//! The slow version makes a [`Removal`](super::Removal) and serialises it: the tests hold both together, and the log is
//! read back as that. A run writes more removals than documents, and owned names, texts and a walk over twenty fields
//! cost more than what is said.

use super::{Evidence, Ratio, Reason};
use crate::config::Level;
use crate::rules::Category;

/// A removal on its way to the log; the fields are those of [`Removal`](super::Removal).
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    /// The document's id and the source, as JSON: they are the same for all removals of a document.
    pub(crate) id: &'a [u8],
    pub(crate) source: &'a [u8],
    pub(crate) record: u64,
    pub(crate) paragraph: u32,
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) char_start: u64,
    pub(crate) char_end: u64,
    pub(crate) reason: Reason,
    pub(crate) rule: Option<&'static str>,
    pub(crate) category: Option<Category>,
    pub(crate) level: Option<Level>,
    pub(crate) score: Option<i64>,
    pub(crate) evidence: &'a [Evidence],
    pub(crate) witness: Option<Witness<'a>>,
    pub(crate) text: Option<&'a str>,
    pub(crate) raw: Option<&'a str>,
}

/// What survives in its place; the fields are those of [`Witness`](super::Witness).
#[derive(Clone, Copy)]
pub(crate) struct Witness<'a> {
    pub(crate) corpus: Option<&'a str>,
    pub(crate) id: &'a str,
    pub(crate) source: &'a str,
    pub(crate) record: u64,
    pub(crate) paragraph: u32,
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) jaccard: Ratio,
    pub(crate) containment: Ratio,
}

impl Line<'_> {
    /// What [`Removal::similarity`](super::Removal::similarity) says of it.
    pub(crate) fn similarity(&self) -> Option<Ratio> {
        let witness = self.witness.as_ref()?;
        self.reason.measure(witness.jaccard, witness.containment)
    }

    /// Appends the line, line end included.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"id\":");
        out.extend_from_slice(self.id);
        out.extend_from_slice(b",\"source\":");
        out.extend_from_slice(self.source);
        field(out, "record", self.record);
        field(out, "paragraph", self.paragraph.into());
        field(out, "start", self.start);
        field(out, "end", self.end);
        field(out, "char_start", self.char_start);
        field(out, "char_end", self.char_end);
        name(out, "reason", Some(self.reason.name()));
        name(out, "rule", self.rule);
        name(out, "category", self.category.map(Category::name));
        name(out, "level", self.level.map(Level::name));
        score(out, self.score);
        out.extend_from_slice(b",\"evidence\":[");
        for (i, evidence) in self.evidence.iter().enumerate() {
            out.extend_from_slice(if i == 0 {
                b"{\"name\":"
            } else {
                b",{\"name\":"
            });
            string(out, &evidence.name);
            name(out, "level", Some(evidence.level.name()));
            score(out, evidence.score);
            out.push(b'}');
        }
        out.extend_from_slice(b"],\"witness\":");
        match &self.witness {
            Some(witness) => witness.write(out),
            None => out.extend_from_slice(b"null"),
        }
        name(out, "text", self.text);
        if self.raw.is_some() {
            name(out, "raw", self.raw);
        }
        out.extend_from_slice(b"}\n");
    }
}

impl Witness<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"corpus\":");
        match self.corpus {
            Some(corpus) => string(out, corpus),
            None => out.extend_from_slice(b"null"),
        }
        name(out, "id", Some(self.id));
        name(out, "source", Some(self.source));
        field(out, "record", self.record);
        field(out, "paragraph", self.paragraph.into());
        field(out, "start", self.start);
        field(out, "end", self.end);
        ratio(out, "jaccard", self.jaccard);
        ratio(out, "containment", self.containment);
        out.push(b'}');
    }
}

fn key(out: &mut Vec<u8>, key: &str) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
}

fn field(out: &mut Vec<u8>, name: &str, value: u64) {
    key(out, name);
    number(out, value);
}

fn name(out: &mut Vec<u8>, name: &str, value: Option<&str>) {
    key(out, name);
    match value {
        Some(value) => string(out, value),
        None => out.extend_from_slice(b"null"),
    }
}

fn score(out: &mut Vec<u8>, score: Option<i64>) {
    key(out, "score");
    match score {
        Some(score) => {
            if score < 0 {
                out.push(b'-');
            }
            number(out, score.unsigned_abs());
        }
        None => out.extend_from_slice(b"null"),
    }
}

fn ratio(out: &mut Vec<u8>, name: &str, ratio: Ratio) {
    key(out, name);
    number(out, u64::from(ratio.0 / 10_000));
    out.push(b'.');
    let rest = ratio.0 % 10_000;
    out.extend([rest / 1000, rest / 100 % 10, rest / 10 % 10, rest % 10].map(|d| b'0' + d as u8));
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break out.extend_from_slice(&digits[at..]);
        }
    }
}

/// Appends a JSON string as `serde_json` writes it: the quotation mark, the backslash and control characters escaped in
/// their shortest way, all else as it is.
pub(crate) fn string(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(at) = first_special(rest) {
        out.extend_from_slice(&rest[..at]);
        escape(out, rest[at]);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// The first byte that must be escaped, looked for in eight bytes at a time.
fn first_special(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let special = |b: u8| b < 0x20 || b == b'"' || b == b'\\';
    // Sets the high bit of each byte that is zero, and perhaps of some behind it.
    let zero = |x: u64| x.wrapping_sub(ONES) & !x & HIGH;
    let mut eights = bytes.chunks_exact(8);
    let mut at = 0;
    for eight in &mut eights {
        let x = u64::from_le_bytes(eight.try_into().expect("eight bytes"));
        let below = x.wrapping_sub(0x20 * ONES) & !x & HIGH;
        let quotes = zero(x ^ (u64::from(b'"') * ONES)) | zero(x ^ (u64::from(b'\\') * ONES));
        let found = below | quotes;
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let tail = eights.remainder().iter().position(|&b| special(b));
    tail.map(|i| at + i)
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        0x0c => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        _ => {
            let digit = |n: u8| b"0123456789abcdef"[usize::from(n)];
            out.extend_from_slice(b"\\u00");
            return out.extend_from_slice(&[digit(byte >> 4), digit(byte & 0xf)]);
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::removal::{Removal, Witness as Owned};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn strings_are_those_of_serde_json(text in "([ -~]{0,20}|[\u{0}-\u{ff}]{0,12}|[а-я\"\\\\\n]{0,9}){0,4}") {
            let mut out = Vec::new();
            string(&mut out, &text);
            prop_assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(&text).unwrap());
        }
    }

    fn quoted(text: &str) -> Vec<u8> {
        serde_json::to_vec(text).unwrap()
    }

    #[test]
    fn lines_are_those_of_the_slow_version() {
        let witness = Owned {
            corpus: Some("jan \"a\"".into()),
            id: "b\u{1}".into(),
            source: "y.jsonl".into(),
            record: u64::from(u32::MAX),
            paragraph: 6,
            start: 0,
            end: 80,
            jaccard: Ratio(7),
            containment: Ratio(10_000),
        };
        let named = |name: &'static str, level, score| Evidence {
            name: name.into(),
            level,
            score,
        };
        let evidence = vec![
            named("a-rule", Level::Safe, None),
            named("line-model", Level::Aggressive, Some(-12)),
        ];
        for (reason, witness, text, raw) in [
            (
                Reason::NearDuplicate,
                Some(witness),
                Some("t \"é\"\n"),
                None,
            ),
            (Reason::Boilerplate, None, None, None),
            (Reason::Contained, None, Some(""), Some("\\u00e9")),
            (Reason::ExactDuplicate, None, Some("x"), None),
        ] {
            let boilerplate = reason == Reason::Boilerplate;
            let slow = Removal {
                id: "a/\u{7f}é".into(),
                source: "x y.jsonl".into(),
                record: 1,
                paragraph: 2,
                char_end: 10,
                rule: boilerplate.then(|| "a-rule".into()),
                category: boilerplate.then_some(Category::Other),
                level: boilerplate.then_some(Level::Balanced),
                score: boilerplate.then_some(99),
                evidence: if boilerplate {
                    evidence.clone()
                } else {
                    Vec::new()
                },
                witness: witness.clone(),
                text: text.map(str::to_owned),
                raw: raw.map(str::to_owned),
                ..Removal::new(reason, 3..u64::MAX)
            };
            let line = Line {
                id: &quoted(&slow.id),
                source: &quoted(&slow.source),
                record: slow.record,
                paragraph: slow.paragraph,
                start: slow.start,
                end: slow.end,
                char_start: slow.char_start,
                char_end: slow.char_end,
                reason,
                rule: boilerplate.then_some("a-rule"),
                category: slow.category,
                level: slow.level,
                score: slow.score,
                evidence: &slow.evidence,
                witness: witness.as_ref().map(|w| Witness {
                    corpus: w.corpus.as_deref(),
                    id: &w.id,
                    source: &w.source,
                    record: w.record,
                    paragraph: w.paragraph,
                    start: w.start,
                    end: w.end,
                    jaccard: w.jaccard,
                    containment: w.containment,
                }),
                text,
                raw,
            };
            let mut out = Vec::new();
            line.write(&mut out);
            let slow = serde_json::to_string(&slow).unwrap() + "\n";
            assert_eq!(String::from_utf8(out).unwrap(), slow);
        }
    }

    #[test]
    fn names_are_those_of_serde() {
        for category in Category::ALL {
            let slow = serde_json::to_value(category).unwrap();
            assert_eq!(slow, category.name());
        }
        for level in Level::ALL {
            assert_eq!(serde_json::to_value(level).unwrap(), level.name());
        }
        let reasons = [
            Reason::ExactDuplicate,
            Reason::NearDuplicate,
            Reason::Contained,
            Reason::Boilerplate,
        ];
        for reason in reasons {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
        }
    }
}

//! The readers: bytes to frames to documents, and back. What is cut from a record goes back into its place; the frames joined
//! are the source.

use std::io::{Cursor, Read, Write};
use std::ops::Range;
use std::path::Path;

use dechaff::config::InputConfig;
use dechaff::io::{self, Cleaned, Compression, Document, Encoding, Feed, Format, Frame};
use dechaff::removal::{Reason, Removal};
use dechaff::text::hash;

/// Most bytes let out of a decompressor: a fuzzer's input of a kilobyte may hold a hundred megabytes.
const MOST: u64 = 1 << 20;

/// A source that comes in pieces, as from a pipe.
struct Pieces {
    bytes: Cursor<Vec<u8>>,
    most: usize,
}

impl Read for Pieces {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let most = out.len().min(self.most);
        self.bytes.read(&mut out[..most])
    }
}

/// What the first three bytes of an input choose.
struct Choice {
    config: InputConfig,
    /// Bytes of a read.
    step: usize,
    /// What the cuts are drawn from.
    seed: u64,
    /// Which of the output formats.
    output: usize,
}

fn choice(data: &[u8]) -> Option<(Choice, &[u8])> {
    let (&[a, b, c], rest) = data.split_first_chunk()?;
    let longest = [64 << 20, 1 << 20, 1 << 20, 1 << 20, 4096, 100, 9, 1];
    let steps = [usize::MAX, usize::MAX, 4096, 1];
    let config = InputConfig {
        max_record: longest[usize::from(a & 7)],
        limit: (a & 0xc0 == 0xc0).then_some(u64::from(b >> 6)),
        ..InputConfig::default()
    };
    let choice = Choice {
        config,
        step: steps[usize::from(a >> 3 & 3)],
        seed: u64::from(c),
        output: usize::from(a >> 5 & 1),
    };
    Some((choice, rest))
}

pub fn jsonl(data: &[u8]) {
    plain("jsonl", data);
}

pub fn text(data: &[u8]) {
    plain("text", data);
}

pub fn lines(data: &[u8]) {
    plain("lines", data);
}

pub fn wet(data: &[u8]) {
    plain("wet", data);
}

pub fn json(data: &[u8]) {
    plain("json", data);
}

/// WARC records of several kinds, told by a byte each; what stands between them is as it comes.
pub fn warc(data: &[u8]) {
    static TYPES: &[&str] = &["response", "resource", "conversion", "request", "warcinfo"];
    static HEADS: &[&str] = &[
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-type:TEXT/PLAIN\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.0 404 No\nContent-Type: text/plain\n\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n",
        "",
    ];
    let Some((choice, rest)) = choice(data) else {
        return;
    };
    let mut source = Vec::new();
    for (number, part) in rest.split(|&b| b == 0xfe).enumerate() {
        let Some((&[kind, length], body)) = part.split_first_chunk() else {
            source.extend_from_slice(part);
            continue;
        };
        let head = HEADS[usize::from(kind >> 4) % HEADS.len()];
        let media = match kind & 8 {
            0 => "application/http; msgtype=response",
            _ => "text/plain",
        };
        let block = [head.as_bytes(), body].concat();
        // Most lengths are right.
        let told = match length {
            0..=7 => block.len() + usize::from(length),
            8..=15 => block.len().saturating_sub(usize::from(length)),
            _ => block.len(),
        };
        let kind = TYPES[usize::from(kind & 7) % TYPES.len()];
        source.extend(format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{number}>\r\nWARC-Target-URI: http://a.example/{number}\r\nContent-Type: {media}\r\nContent-Length: {told}\r\n\r\n").into_bytes());
        source.extend(block);
        source.extend_from_slice(b"\r\n\r\n");
    }
    let format = io::find("wet").expect("a format");
    let joined = pump(source.clone(), format, &choice, None).expect("never refused");
    let whole = choice.config.limit.is_none();
    assert!(if whole {
        joined == source
    } else {
        source.starts_with(&joined)
    });
}

/// Tables as text, with and without a header that will do.
pub fn table(data: &[u8]) {
    static HEADERS: &[&str] = &[
        "",
        "id,text\n",
        "text;url;id\r\n",
        "\u{feff}\"text\"\tid\n",
        "a|\"te\"\"xt\"|text\n",
    ];
    let Some((choice, rest)) = choice(data) else {
        return;
    };
    let Some((&pick, rest)) = rest.split_first() else {
        return;
    };
    let format = io::find(["csv", "tsv"][usize::from(pick & 1)]).expect("a format");
    let header = HEADERS[usize::from(pick >> 1) % HEADERS.len()];
    let source = [header.as_bytes(), rest].concat();
    // A table without the column is refused.
    if let Some(joined) = pump(source.clone(), format, &choice, None) {
        let whole = choice.config.limit.is_none();
        assert!(if whole {
            joined == source
        } else {
            source.starts_with(&joined)
        });
    }
}

fn plain(format: &str, data: &[u8]) {
    let Some((choice, source)) = choice(data) else {
        return;
    };
    let format = io::find(format).expect("a format");
    let Some(joined) = pump(source.to_vec(), format, &choice, None) else {
        // What does not begin as an array is none.
        assert_eq!(format.name, "json", "refused");
        return;
    };
    let whole = choice.config.limit.is_none();
    assert!(
        if whole {
            joined == source
        } else {
            source.starts_with(&joined)
        },
        "the frames are not the source"
    );
}

/// Another encoding under any format that may have one.
pub fn encoding(data: &[u8]) {
    static LABELS: &[&str] = &[
        "utf-16le",
        "utf-16be",
        "windows-1252",
        "shift_jis",
        "gb18030",
        "big5",
        "euc-kr",
        "euc-jp",
        "gbk",
        "koi8-r",
        "windows-1258",
        "macintosh",
        "x-user-defined",
        "iso-8859-8",
    ];
    let Some((choice, rest)) = choice(data) else {
        return;
    };
    let Some((&pick, source)) = rest.split_first() else {
        return;
    };
    let label = LABELS[usize::from(pick >> 2) % LABELS.len()];
    let encoding = Encoding::find(label).expect("a label").expect("not UTF-8");
    let format = ["lines", "jsonl", "text", "lines"][usize::from(pick & 3)];
    let format = io::find(format).expect("a format");
    let joined = pump(source.to_vec(), format, &choice, Some(encoding)).expect("never refused");
    let whole = choice.config.limit.is_none();
    assert!(if whole {
        joined == source
    } else {
        source.starts_with(&joined)
    });
}

/// Frames a source, cleans and restores every good record, and returns the frames joined, in the source's encoding; `None` where
/// the source is refused before its first record.
fn pump(
    source: Vec<u8>,
    format: &'static Format,
    choice: &Choice,
    encoding: Option<Encoding>,
) -> Option<Vec<u8>> {
    let reader = Pieces {
        bytes: Cursor::new(source),
        most: choice.step,
    };
    frames(Box::new(reader), format, choice, encoding)
}

fn frames(
    reader: Box<dyn Read + Send>,
    format: &'static Format,
    choice: &Choice,
    encoding: Option<Encoding>,
) -> Option<Vec<u8>> {
    let feed = Feed::new(reader, Path::new("fuzz"), encoding, &choice.config);
    let mut framer = (format.frame)(feed);
    let outputs = format.outputs;
    let output = io::find(outputs[choice.output % outputs.len()]).expect("a format");
    let mut joined = Vec::new();
    let mut next = 0;
    let mut parts = 0;
    let mut cleaned = Cleaned::default();
    loop {
        let frame = match framer.next() {
            Ok(Some(frame)) => frame,
            Ok(None) => break,
            Err(e) => {
                let refused = e.kind() == dechaff::ErrorKind::Input && next == 0;
                assert!(refused, "memory can be read: {e}");
                return None;
            }
        };
        match (encoding, frame.raw) {
            (Some(encoding), false) => {
                let text = std::str::from_utf8(&frame.bytes).expect("decoded");
                joined.extend(encoding.encode(text).expect("came from this encoding"));
            }
            _ => joined.extend_from_slice(&frame.bytes),
        }
        let Some(record) = frame.record else {
            assert!(frame.fault.is_none());
            continue;
        };
        if frame.part == 0 {
            assert_eq!(record, next);
            (next, parts) = (record + 1, 0);
        } else {
            parts += 1;
            assert_eq!((record + 1, frame.part), (next, parts));
        }
        if frame.fault.is_some() {
            continue;
        }
        if let Ok(document) = (format.parse)(&frame, &choice.config) {
            round_trip(
                &frame,
                &document,
                format,
                output,
                &choice.config,
                choice.seed,
                &mut cleaned,
            );
        }
    }
    assert!(
        framer.next().expect("memory can be read").is_none(),
        "ended, and goes on"
    );
    let digest = framer.finished();
    assert_eq!(
        (digest.bytes, digest.hash),
        (joined.len() as u64, hash::bytes128(&joined))
    );
    Some(joined)
}

pub(super) fn round_trip(
    frame: &Frame,
    document: &Document<'_>,
    format: &Format,
    output: &Format,
    config: &InputConfig,
    seed: u64,
    cleaned: &mut Cleaned,
) {
    let text = std::str::from_utf8(&document.text);
    let ranges = cuts(text.unwrap_or_default(), seed);
    format.clean(frame, document, &ranges, output, cleaned);
    if ranges.is_empty() && format.name == output.name {
        assert_eq!(cleaned.output, frame.bytes, "an unchanged record changed");
    }
    // The header row of the output tells them, which here is that of the source.
    if format.name == output.name {
        cleaned.columns = frame.columns.clone();
    }
    let removals = removals(document, &ranges, cleaned);
    let back = format.restore(cleaned, &removals, output, config);
    assert_eq!(back.as_deref(), Ok(&frame.bytes[..]), "restored otherwise");
}

/// Some ranges of a text, on its characters; by the seed none, one, all or many.
fn cuts(text: &str, seed: u64) -> Vec<Range<usize>> {
    let mut state = seed;
    let mut random = || {
        state = hash::mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15));
        state
    };
    let mut out: Vec<Range<usize>> = Vec::new();
    if seed == 0 || text.is_empty() {
        return out;
    }
    let mut at = 0;
    while at < text.len() && out.len() < 64 {
        let on_char = |at: usize| {
            (at..text.len())
                .find(|&i| text.is_char_boundary(i))
                .unwrap_or(text.len())
        };
        let start = on_char(at + random() as usize % (text.len() - at));
        let end = on_char((start + 1 + random() as usize % 9).min(text.len()));
        if start < end {
            out.push(start..end);
        }
        at = end.max(at + 1);
    }
    out
}

fn removals(document: &Document<'_>, ranges: &[Range<usize>], cleaned: &Cleaned) -> Vec<Removal> {
    let removal = |(range, raw): (&Range<usize>, &Option<String>)| Removal {
        text: Some(
            String::from_utf8(document.text[range.clone()].to_vec()).expect("on characters"),
        ),
        raw: raw.clone(),
        ..Removal::new(Reason::Boilerplate, range.start as u64..range.end as u64)
    };
    assert_eq!(ranges.len(), cleaned.raws.len());
    ranges.iter().zip(&cleaned.raws).map(removal).collect()
}

/// One JSON record, against what `serde_json` makes of it.
pub fn record(data: &[u8]) {
    let frame = Frame {
        record: Some(0),
        part: 0,
        bytes: data.to_vec(),
        raw: false,
        fault: None,
        fixed: false,
        columns: None,
    };
    let format = io::find("jsonl").expect("a format");
    let config = InputConfig::default();
    let value: Option<serde_json::Value> = serde_json::from_slice(data).ok();
    let text = value
        .as_ref()
        .and_then(|v| v.as_object()?.get("text")?.as_str());
    match (format.parse)(&frame, &config) {
        Ok(document) => {
            // `serde_json` refuses a lone surrogate wherever it stands, and numbers that no float can hold.
            if let Some(value) = &value {
                assert_eq!(Some(&*document.text), text.map(str::as_bytes), "{value}");
            }
            let seed = data.len() as u64;
            round_trip(
                &frame,
                &document,
                format,
                format,
                &config,
                seed,
                &mut Cleaned::default(),
            );
        }
        Err(fault) => {
            let own = ["duplicate-text-field", "lone-surrogate"];
            assert!(text.is_none() || own.contains(&fault.reason), "{fault:?}");
        }
    }
}

/// Archives: as they come, or made well and then damaged. What comes out is framed and accounted for, and damage is told once.
pub fn archive(data: &[u8]) {
    damaged([Compression::Gzip, Compression::Zstd], data);
}

/// The same of the slow ones.
pub fn packed(data: &[u8]) {
    damaged([Compression::Bzip2, Compression::Xz], data);
}

fn damaged(kinds: [Compression; 2], data: &[u8]) {
    let Some((mut choice, rest)) = choice(data) else {
        return;
    };
    choice.config.limit = None;
    let Some((&[mode, at, with], rest)) = rest.split_first_chunk() else {
        return;
    };
    let compression = kinds[usize::from(mode & 1)];
    let mut bytes = rest.to_vec();
    let made = mode & 2 != 0;
    if made {
        let (first, second) = rest.split_at(rest.len() / 2);
        bytes.clear();
        // Two members, as `cat a.gz b.gz` has them.
        for part in [first, second] {
            let mut encoder = compression.encoder(Vec::new()).expect("memory");
            encoder.write_all(part).expect("memory");
            bytes.extend(encoder.finish().expect("memory"));
        }
    }
    let place = usize::from(at) * bytes.len() / 256;
    match mode >> 2 & 3 {
        0 => {}
        1 => bytes.truncate(place),
        2 => bytes
            .iter_mut()
            .skip(place)
            .take(1)
            .for_each(|b| *b ^= with),
        _ => bytes.extend_from_slice(&[with; 7]),
    }
    let decoder = compression.decoder(Cursor::new(bytes)).expect("memory");
    let format =
        io::find(["lines", "jsonl", "text", "wet"][usize::from(mode >> 6)]).expect("a format");
    let joined =
        frames(Box::new(decoder.take(MOST)), format, &choice, None).expect("never refused");
    if made && mode >> 2 & 3 == 0 {
        assert!(joined == rest, "a whole archive lost something");
    }
}

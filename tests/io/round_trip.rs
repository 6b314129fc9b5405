//! Whatever is cut from whatever input: restored, it is the input.

use super::*;
use proptest::prelude::*;

fn compressions() -> impl Strategy<Value = Compression> {
    prop_oneof![
        Just(Compression::Plain),
        Just(Compression::Gzip),
        Just(Compression::Zstd),
        Just(Compression::Bzip2),
        Just(Compression::Xz),
    ]
}

/// Characters that are awkward in at least one format.
pub(super) fn texts() -> impl Strategy<Value = String> {
    let awkward = prop_oneof![
        Just('a'),
        Just('b'),
        Just(' '),
        Just('\n'),
        Just('\r'),
        Just('\t'),
        Just('"'),
        Just('\\'),
        Just('/'),
        Just('\0'),
        Just('\u{1f}'),
        Just('\u{7f}'),
        Just('é'),
        Just('日'),
        Just('😀'),
        Just('\u{feff}'),
        Just('\u{2028}'),
        any::<char>(),
    ];
    prop::collection::vec(awkward, 0..24).prop_map(|c| c.into_iter().collect())
}

/// One character in a JSON string, in one of the ways it may be written.
fn written(c: char, way: u8) -> String {
    let units = |upper: bool| {
        let mut buffer = [0; 2];
        let code = |u: &u16| {
            if upper {
                format!("\\u{u:04X}")
            } else {
                format!("\\u{u:04x}")
            }
        };
        c.encode_utf16(&mut buffer)
            .iter()
            .map(code)
            .collect::<String>()
    };
    match (way % 4, c) {
        (0, _) => units(true),
        (1, _) => units(false),
        (2, '/') => "\\/".into(),
        _ => {
            let quoted = serde_json::to_string(&c).unwrap();
            quoted[1..quoted.len() - 1].to_owned()
        }
    }
}

/// A line that may be a record: other fields, odd spacing, escapes, and now and then something bad or blank.
fn json_lines() -> impl Strategy<Value = String> {
    let object = (texts(), prop::collection::vec(any::<u8>(), 24), 0..4usize, 0..3usize).prop_map(|(text, ways, space, order)| {
        let s = ["", " ", "\t ", "  "][space];
        let ways = ways.into_iter().cycle();
        let raw: String = text.chars().zip(ways).map(|(c, w)| written(c, w)).collect();
        match order {
            0 => format!("{{\"text\":{s}\"{raw}\"{s},{s}\"n\" :1.0e2,\"n\":1.00}}{s}"),
            1 => format!("{s}{{{s}\"id\":12,\"t\\u0065xt\"{s}:\"{raw}\",\"x\":{{\"text\":\"in\"}}}}"),
            _ => format!("{{\"id\":\"a\\u00e9\",\"url\":\"http:\\/\\/x\",\"y\":[1,{{}}],\"text\":\"{raw}\"}}"),
        }
    });
    let bad = prop::sample::select(vec![
        "{\"text\":1}",
        "{\"x\":\"y\"}",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":\"\\ud800\"}",
        "not json",
        "[1]",
        "{\"text\":\"a\"",
    ]);
    let blank = prop::sample::select(vec!["", " ", "\t"]);
    prop_oneof![8 => object, 1 => bad.prop_map(String::from), 1 => blank.prop_map(String::from)]
}

/// Fields of a row, each in one of the ways it may be written, now and then a wrong one.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let field = (texts(), 0..8u8).prop_map(|(text, way)| match way {
        0..4 => format!("\"{}\"", text.replace('"', "\"\"")),
        4 => format!("\"{text}\""),
        5 => text,
        _ => text.replace(['"', '\n', '\r', ',', ';', '\t'], ""),
    });
    prop::collection::vec(field, 3)
}

fn joined(lines: Vec<String>, ends: Vec<bool>, mark: bool, last: bool) -> Vec<u8> {
    let mut out = String::from(if mark { "\u{feff}" } else { "" });
    let count = lines.len();
    for (i, (line, crlf)) in lines.into_iter().zip(ends.into_iter().cycle()).enumerate() {
        out += &line;
        if i + 1 < count || last {
            out += if crlf { "\r\n" } else { "\n" };
        }
    }
    out.into_bytes()
}

/// A response: plain text, a page, or something else.
fn response(id: u32, text: &str) -> Vec<u8> {
    let media = [
        "text/plain; charset=utf-8",
        "TEXT/plain",
        "text/html",
        "image/png",
    ][id as usize % 4];
    let block = format!("HTTP/1.1 200 OK\r\ncontent-type:{media}\r\nX: y\r\n\r\n{text}");
    wet_record("response", id, block.as_bytes(), true)
}

fn ends() -> impl Strategy<Value = Vec<bool>> {
    prop::collection::vec(any::<bool>(), 1..8)
}

/// Few enough for every run; `PROPTEST_CASES=2000` looks harder.
pub(super) fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(100)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn json_lines_come_back(
        lines in prop::collection::vec(json_lines(), 0..8), ends in ends(), mark: bool, last: bool,
        drop_empty: bool, compression in compressions(), seed: u64,
    ) {
        let input = joined(lines, ends, mark, last);
        let config = Config { drop_empty, ..with(|i| i.format = Some("jsonl".into())) };
        round_trip("a.jsonl", &input, compression, &config, seed);
    }

    #[test]
    fn lines_come_back(
        lines in prop::collection::vec(texts(), 0..8), ends in ends(), mark: bool, last: bool,
        drop_empty: bool, compression in compressions(), seed: u64, max in 1u64..60,
    ) {
        let input = joined(lines, ends, mark, last);
        let config = Config { drop_empty, ..with(|i| { i.format = Some("lines".into()); i.max_record = max; }) };
        round_trip("a", &input, compression, &config, seed);
    }

    #[test]
    fn text_comes_back(
        lines in prop::collection::vec(texts(), 0..8), ends in ends(), mark: bool, last: bool,
        drop_empty: bool, compression in compressions(), seed: u64, max in 1u64..60,
    ) {
        let input = joined(lines, ends, mark, last);
        let config = Config { drop_empty, ..with(|i| { i.format = Some("text".into()); i.max_record = max; }) };
        round_trip("a.txt", &input, compression, &config, seed);
    }

    #[test]
    fn bytes_of_any_kind_come_back(
        input in prop::collection::vec(prop_oneof![Just(b'\n'), Just(b'{'), any::<u8>()], 0..80), seed: u64,
        format in prop::sample::select(vec!["text", "lines", "jsonl", "wet"]), limit in prop::option::of(0u64..4), max in 1u64..60,
    ) {
        let config = with(|i| { i.format = Some(format.into()); i.limit = limit; i.max_record = max; });
        let run = run(&[("a", &compress(Compression::Zstd, &input))], &config, &random(seed));
        let (summary, back) = run.restore().unwrap();
        let restored = read(&back.join("a"));
        prop_assert!(input.starts_with(&restored));
        prop_assert_eq!(summary.bytes, restored.len() as u64);
        if limit.is_none() {
            prop_assert_eq!(restored.len(), input.len());
        }
    }

    #[test]
    fn wet_comes_back(
        records in prop::collection::vec((0..6u8, texts(), any::<bool>()), 0..6), as_wet: bool, cut in 0..40usize,
        drop_empty: bool, compression in compressions(), seed: u64, max in prop_oneof![Just(200u64), Just(100_000)],
    ) {
        let mut input = Vec::new();
        for (id, (kind, text, crlf)) in records.into_iter().enumerate() {
            match kind {
                0 => input.extend(wet_record("warcinfo", id as u32, text.as_bytes(), crlf)),
                1 => input.extend(format!("{text}\nWARC/1.\n").into_bytes()),
                2 => input.extend(response(id as u32, &text)),
                _ => input.extend(wet_record("conversion", id as u32, text.as_bytes(), crlf)),
            }
        }
        input.truncate(input.len().saturating_sub(cut.saturating_sub(20)));
        let config = Config { drop_empty, ..with(|i| {
            i.format = Some("wet".into());
            i.output_format = as_wet.then(|| "wet".into());
            i.max_record = max;
        }) };
        round_trip("a.warc.wet", &input, compression, &config, seed);
    }

    #[test]
    fn other_encodings_come_back(
        lines in prop::collection::vec(texts(), 0..6), ends in ends(), last: bool, seed: u64, odd: bool,
        label in prop::sample::select(vec!["utf-16le", "utf-16be", "windows-1252", "shift_jis", "gb18030"]),
        format in prop::sample::select(vec!["text", "lines", "jsonl"]), max in 1u64..80,
    ) {
        let encoding = io::Encoding::find(label).unwrap().unwrap();
        let text = String::from_utf8(joined(lines, ends, label.starts_with("utf"), last)).unwrap();
        let encode = |c: char| match (label, c) {
            ("utf-16le", _) => c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_le_bytes()).collect(),
            ("utf-16be", _) => c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_be_bytes()).collect(),
            (_, c) if c.is_ascii() => vec![c as u8],
            _ => vec![0x93, 0xfa],
        };
        let mut input: Vec<u8> = text.chars().flat_map(encode).collect();
        if odd {
            input.push(0x93);
        }
        let config = with(|i| { i.format = Some(format.into()); i.encoding = Some(encoding.name()); i.max_record = max; });
        round_trip("a", &input, Compression::Plain, &config, seed);
    }

    #[test]
    fn arrays_come_back(
        elements in prop::collection::vec((json_lines(), prop::sample::select(vec![",", " ,\n", ",\n\t", ",,"])), 0..7),
        around in prop::sample::select(vec![("[", "]"), ("\u{feff}[\n", "\n]\n"), (" [", ""), ("[", "] x"), ("[", ",]")]),
        to in prop::sample::select(vec!["json", "jsonl", "csv", "tsv", "text"]),
        drop_empty: bool, compression in compressions(), seed: u64, max in prop_oneof![Just(60u64), Just(100_000)],
    ) {
        let mut input = around.0.to_owned();
        let last = elements.len();
        for (i, (element, comma)) in elements.into_iter().enumerate() {
            input += &element;
            input += if i + 1 < last { comma } else { "" };
        }
        input += around.1;
        let config = Config { drop_empty, ..with(|i| {
            i.format = Some("json".into());
            i.output_format = Some(to.into());
            i.max_record = max;
        }) };
        let run = round_trip("a.json", input.as_bytes(), compression, &config, seed);
        if to == "json" {
            let output = run.output("a.json");
            let bare = output.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&output);
            let array: Result<Vec<serde_json::Value>, _> = serde_json::from_slice(bare);
            prop_assert!(array.is_ok(), "{} -> {}", input, String::from_utf8_lossy(bare));
        }
    }

    #[test]
    fn tables_come_back(
        rows in prop::collection::vec(rows(), 0..7), ends in ends(), mark: bool, last: bool, width in 1..4usize,
        delimiter in prop::sample::select(vec![',', ';', '\t']), to in prop::sample::select(vec!["", "jsonl", "csv", "text"]),
        drop_empty: bool, compression in compressions(), seed: u64, max in prop_oneof![Just(60u64), Just(100_000)],
    ) {
        let names = ["text", "id", "\"url\""][..width].join(&delimiter.to_string());
        let rows = rows.into_iter().map(|fields| fields[..width].join(&delimiter.to_string()));
        let input = joined([names].into_iter().chain(rows).collect(), ends, mark, last);
        let format = if delimiter == '\t' { "tsv" } else { "csv" };
        let config = Config { drop_empty, ..with(|i| {
            i.format = Some(format.into());
            i.output_format = (!to.is_empty()).then(|| to.into());
            i.max_record = max;
        }) };
        round_trip("a.csv", &input, compression, &config, seed);
    }

    #[test]
    fn what_is_written_as_another_format_comes_back(
        lines in prop::collection::vec(texts(), 0..8), ends in ends(), last: bool, bad: bool,
        (from, to) in prop::sample::select(vec![("text", "jsonl"), ("text", "csv"), ("jsonl", "csv"), ("jsonl", "text"), ("wet", "text"), ("wet", "tsv")]),
        drop_empty: bool, seed: u64, max in prop_oneof![Just(60u64), Just(100_000)],
    ) {
        let mut input = match from {
            "text" => joined(lines, ends, false, last),
            "jsonl" => joined(lines.iter().map(|t| serde_json::json!({"text": t, "n": 1}).to_string()).collect(), ends, false, last),
            _ => lines.iter().enumerate().flat_map(|(i, t)| wet_record("conversion", i as u32, t.as_bytes(), last)).collect(),
        };
        if bad && from == "text" {
            input.push(0xff);
        }
        let config = Config { drop_empty, ..with(|i| {
            i.format = Some(from.into());
            i.output_format = Some(to.into());
            i.max_record = max;
        }) };
        round_trip("a", &input, Compression::Plain, &config, seed);
    }
}

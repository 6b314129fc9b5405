//! Records of JSON Lines.

use super::{Case, GOOD, LINE, case, put};

pub(super) static CASES: &[Case] = &[
    case("prose named `.jsonl`", "clean a.jsonl -o out", |f| {
        put(f, "a.jsonl", "Dear reader,\nthis is no JSON.\n")
    }),
    case("JSON Lines named `.txt`", "clean a.txt -o out", |f| {
        put(f, "a.txt", GOOD)
    }),
    case("an object over several lines", "clean a.json -o out", |f| {
        put(f, "a.json", "{\n  \"text\": \"a\"\n}\n")
    }),
    case("a record that is cut off", "clean a.jsonl -o out", |f| {
        put(f, "a.jsonl", format!("{GOOD}{{\"text\":\"a"))
    }),
    case("two objects on one line", "clean a.jsonl -o out", |f| {
        put(
            f,
            "a.jsonl",
            format!("{GOOD}{{\"text\":\"a\"}} {{\"text\":\"b\"}}\n"),
        )
    }),
    case("no text field", "clean a.jsonl -o out", |f| {
        put(f, "a.jsonl", "{\"content\":\"a\",\"lang\":\"en\"}\n")
    }),
    case(
        "a text field that is no string",
        "clean a.jsonl -o out",
        |f| {
            put(
                f,
                "a.jsonl",
                format!("{GOOD}{{\"text\":[\"a\"]}}\n{{\"text\":null}}\n"),
            )
        },
    ),
    case("a text field twice", "clean a.jsonl -o out", |f| {
        put(
            f,
            "a.jsonl",
            format!("{GOOD}{{\"text\":\"a\",\"text\":\"b\"}}\n"),
        )
    }),
    case("a lone surrogate", "clean a.jsonl -o out", |f| {
        put(f, "a.jsonl", format!("{GOOD}{{\"text\":\"\\ud83d\"}}\n"))
    }),
    case("not UTF-8", "clean a.jsonl -o out", |f| {
        put(
            f,
            "a.jsonl",
            [GOOD.as_bytes(), b"{\"text\":\"caf\xe9\"}\n"].concat(),
        )
    }),
    case(
        "a control character in a string",
        "clean a.jsonl -o out",
        |f| put(f, "a.jsonl", format!("{GOOD}{{\"text\":\"\u{1b}[2J\"}}\n")),
    ),
    case(
        "a number that no float holds",
        "clean a.jsonl -o out",
        |f| put(f, "a.jsonl", "{\"n\":1e999,\"text\":\"a\"}\n"),
    ),
    case(
        "an id that is a number, an object, or missing",
        "clean a.jsonl -o out",
        |f| {
            put(
                f,
                "a.jsonl",
                "{\"id\":7,\"text\":\"a\"}\n{\"id\":{},\"text\":\"b\"}\n{\"text\":\"c\"}\n",
            )
        },
    ),
    case(
        "one id for two documents",
        "clean a.jsonl -o out -q && explain out x",
        |f| {
            put(
                f,
                "a.jsonl",
                format!(
                    "{{\"id\":\"x\",\"text\":\"{LINE}\"}}\n{{\"id\":\"x\",\"text\":\"{LINE}\"}}\n"
                ),
            )
        },
    ),
    case("arrays 100,000 deep", "clean a.jsonl -o out", |f| {
        put(
            f,
            "a.jsonl",
            format!(
                "{GOOD}{{\"text\":\"a\",\"n\":{}{}}}\n",
                "[".repeat(100_000),
                "]".repeat(100_000)
            ),
        )
    }),
    case(
        "a record longer than it may be",
        "clean a.jsonl -o out --max-record 1K",
        |f| {
            put(
                f,
                "a.jsonl",
                format!("{GOOD}{{\"text\":\"{}\"}}\n", "x".repeat(5_000)),
            )
        },
    ),
];

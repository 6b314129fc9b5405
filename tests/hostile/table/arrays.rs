//! JSON arrays.

use super::{Case, case, put};

pub(super) static CASES: &[Case] = &[
    case("an array on one line", "clean a.jsonl -o out", |f| {
        put(f, "a.jsonl", "[{\"text\":\"a\"},{\"text\":\"b\"}]\n")
    }),
    case("an array of strings", "clean a.json -o out", |f| {
        put(f, "a.json", "[\"a\",\n\"b\"]\n")
    }),
    case("an element that is null", "clean a.json -o out", |f| {
        put(f, "a.json", "[{\"text\":\"a\"}, null]\n")
    }),
    case("an array that is cut off", "clean a.json -o out", |f| {
        put(f, "a.json", "[{\"text\":\"a\"},\n{\"text\":\"b")
    }),
    case("text after the array", "clean a.json -o out", |f| {
        put(f, "a.json", "[{\"text\":\"a\"}]\n[{\"text\":\"b\"}]\n")
    }),
    case(
        "plain text called an array",
        "clean a.txt -o out --format json",
        |f| put(f, "a.txt", "A good line.\n"),
    ),
];

//! Options, configurations and models.

use std::fs;

use super::{Case, case, flip, pages, put};

pub(super) static CASES: &[Case] = &[
    case("an unknown option", "clean in -o out --shuffle", pages),
    case("a misspelt option", "clean in -o out --overwrit", pages),
    case("a misspelt command", "claen in -o out", pages),
    case("a bad size", "clean in -o out --memory lots", pages),
    case("a bad share", "clean in -o out --min-similarity 7", pages),
    case(
        "a misspelt level",
        "clean in -o out --boilerplate agressive",
        pages,
    ),
    case(
        "a misspelt rule",
        "clean in -o out --disable cooky-notice",
        pages,
    ),
    case(
        "an unknown encoding",
        "clean in -o out --encoding klingon",
        pages,
    ),
    case(
        "a configuration with an unknown key",
        "clean in -o out --config c.toml",
        |f| {
            pages(f);
            put(f, "c.toml", "min-token = 8\n");
        },
    ),
    case(
        "a configuration with a wrong value",
        "clean in -o out --config c.toml",
        |f| {
            pages(f);
            put(f, "c.toml", "min-tokens = \"eight\"\n");
        },
    ),
    case(
        "a configuration that is no TOML",
        "clean in -o out --config c.toml",
        |f| {
            pages(f);
            put(f, "c.toml", "{\"min-tokens\": 8}\n");
        },
    ),
    case(
        "a configuration that is not there",
        "clean in -o out --config c.toml",
        pages,
    ),
    case("a model that is none", "clean in -o out --model m", |f| {
        pages(f);
        put(f, "m", "no model, but long enough to be one\n");
    }),
    case("a damaged model", "clean in -o out --model m", |f| {
        pages(f);
        fs::copy(
            concat!(env!("CARGO_MANIFEST_DIR"), "/src/model/embedded.model"),
            f.join("m"),
        )
        .unwrap();
        flip(f, "m");
    }),
];

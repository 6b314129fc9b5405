//! Records of WET.

use super::{Case, case, put};

pub(super) static CASES: &[Case] = &[
    case("a record without a length", "clean a.wet -o out", |f| {
        put(
            f,
            "a.wet",
            "WARC/1.0\r\nWARC-Type: conversion\r\n\r\nabc\r\n\r\n",
        )
    }),
    case("a file that is cut off", "clean a.wet -o out", |f| {
        put(
            f,
            "a.wet",
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 30\r\n\r\nabc",
        )
    }),
    case("a length beyond all measure", "clean a.wet -o out", |f| {
        put(
            f,
            "a.wet",
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 18446744073709551615\r\n\r\nabc",
        )
    }),
];

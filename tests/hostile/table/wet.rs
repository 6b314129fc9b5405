//! Records of WET and WARC.

use super::{Case, case, put};

/// What a server answered, as a record of a WARC file.
fn response(media: &str, more: &str, body: &str) -> String {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n{more}\r\n{body}");
    let length = block.len();
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
    )
}

pub(super) static CASES: &[Case] = &[
    case("a response of HTML", "clean a.warc -o out", |f| {
        put(
            f,
            "a.warc",
            response(
                "text/html; charset=UTF-8",
                "",
                "<p>Bought and paid for.</p>",
            ),
        )
    }),
    case(
        "a response of plain text, packed",
        "clean a.warc -o out",
        |f| {
            put(
                f,
                "a.warc",
                response("text/plain", "Content-Encoding: gzip\r\n", "\u{1f}"),
            )
        },
    ),
    case("a picture", "clean a.warc -o out", |f| {
        put(f, "a.warc", response("image/png", "", "PNG"))
    }),
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

//! Tables as text.

use super::{Case, case, put};

pub(super) static CASES: &[Case] = &[
    case("no column with the text", "clean a.csv -o out", |f| {
        put(f, "a.csv", "id,body\n1,a\n")
    }),
    case("two columns with the text", "clean a.csv -o out", |f| {
        put(f, "a.csv", "text,text\n1,a\n")
    }),
    case("a row of another width", "clean a.csv -o out", |f| {
        put(f, "a.csv", "id,text\n1,a\n2\n3,b,c\n")
    }),
    case(
        "a quotation mark that is not closed",
        "clean a.csv -o out",
        |f| put(f, "a.csv", "id,text\n1,\"a\n2,b\n"),
    ),
    case("semicolons", "clean a.csv -o out", |f| {
        put(f, "a.csv", "id;text\r\n1;a, b\r\n")
    }),
    case("a table in Latin-1", "clean a.csv -o out", |f| {
        put(f, "a.csv", b"id,text\n1,caf\xe9\n2,b\n")
    }),
    case(
        "a table in UTF-16",
        "clean a.csv -o out --encoding utf-16le",
        |f| put(f, "a.csv", b"\xff\xfet\0e\0x\0t\0\n\0"),
    ),
    case(
        "no header row, and no content either",
        "clean a.tsv -o out",
        |f| put(f, "a.tsv", ""),
    ),
];

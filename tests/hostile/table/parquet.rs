//! Parquet.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Case, case, put};

fn fixture(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    folder.join(name)
}

pub(super) static CASES: &[Case] = &[
    case("a file that is cut off", "clean a.parquet -o out", |f| {
        put(f, "a.parquet", "PAR1\x15\x04")
    }),
    case("text named `.parquet`", "clean a.parquet -o out", |f| {
        put(f, "a.parquet", "No table at all.\n")
    }),
    case(
        "no column with the text",
        "clean a.parquet -o out --text-field body",
        |f| {
            fs::copy(fixture("table.parquet"), f.join("a.parquet")).unwrap();
        },
    ),
    case(
        "a column that holds no text",
        "clean a.parquet -o out --text-field n",
        |f| {
            fs::copy(fixture("table.parquet"), f.join("a.parquet")).unwrap();
        },
    ),
    case("a text that is null", "clean a.parquet -o out", |f| {
        fs::copy(fixture("table.parquet"), f.join("a.parquet")).unwrap();
    }),
    case(
        "a table called something else",
        "clean a.parquet -o out --format csv",
        |f| {
            fs::copy(fixture("table.parquet"), f.join("a.parquet")).unwrap();
        },
    ),
    case("a page with wrong bytes", "clean a.parquet -o out", |f| {
        let mut bytes = fs::read(fixture("table.parquet")).unwrap();
        bytes[8..40].fill(0xff);
        put(f, "a.parquet", bytes);
    }),
];

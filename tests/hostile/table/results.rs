//! What the program wrote itself, and other people changed.

use std::fs;

use super::{Case, GOOD, case, change, done, flip, pages, put};
use crate::program::dechaff;

pub(super) static CASES: &[Case] = &[
    case("a removal log with a wrong bit", "restore out", |f| {
        done(f);
        flip(f, "out/_dechaff/removed/b.txt.jsonl.zst");
    }),
    case("a removal log that is gone", "restore out", |f| {
        done(f);
        fs::remove_file(f.join("out/_dechaff/removed/b.txt.jsonl.zst")).unwrap();
    }),
    case("a cleaned file that was changed", "restore out", |f| {
        done(f);
        change(f, "out/b.txt", "its own", "her own");
    }),
    case(
        "a folder of an unfinished run",
        "restore out -o back",
        |f| {
            done(f);
            fs::remove_file(f.join("out/_dechaff/manifest.json")).unwrap();
        },
    ),
    case(
        "a manifest that leads outside",
        "restore out -o back",
        |f| {
            done(f);
            change(
                f,
                "out/_dechaff/manifest.json",
                "\"b.txt\"",
                "\"../../b.txt\"",
            );
        },
    ),
    case(
        "a manifest that names an absolute path",
        "restore out -o back",
        |f| {
            done(f);
            change(
                f,
                "out/_dechaff/manifest.json",
                "\"b.txt\"",
                "\"/tmp/b.txt\"",
            );
        },
    ),
    case("a manifest that is no JSON", "restore out", |f| {
        done(f);
        put(f, "out/_dechaff/manifest.json", "{\"version\":1");
    }),
    case("restoring over files", "restore out -o in", done),
    case("a document that is not there", "explain out nobody", done),
    case("labelled pages that are none", "evaluate gold.jsonl", |f| {
        put(f, "gold.jsonl", GOOD)
    }),
    case(
        "labelled pages with an unknown label",
        "evaluate gold.jsonl",
        |f| {
            put(
                f,
                "gold.jsonl",
                "{\"id\":\"p\",\"view\":\"main\",\"lines\":[{\"text\":\"a\",\"label\":\"good\"}]}\n",
            )
        },
    ),
    case("a pair of one", "compare pairs.jsonl", |f| {
        put(f, "pairs.jsonl", "{\"id\":1,\"a\":\"x\"}\n")
    }),
    case("a report that is none", "report merge in/a.txt", pages),
    case(
        "phases in the wrong order",
        "apply in -w work -o out",
        pages,
    ),
    case(
        "a phase file with a wrong bit",
        "scan in -w work -q && resolve -w work",
        |f| {
            pages(f);
            assert!(
                dechaff(f, &["scan", "in", "-w", "work", "--progress", "never"])
                    .status
                    .success()
            );
        },
    ),
];

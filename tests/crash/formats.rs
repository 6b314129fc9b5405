//! The same of every format and compression, and of what is written for other tools.

use std::fs;
use std::io::Write;
use std::path::Path;

use dechaff::io::{self, Compression};

use super::{Scene, ended, said, same};

const TOOLS: [&str; 4] = ["--attributes", "dolma", "--exclusions", "datatrove"];

/// The five pages in every format, some of them packed, several times over, so that parts and batches have seams.
fn scene() -> Scene {
    let scene = Scene::empty();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats");
    let put = |name: &str, bytes: &[u8]| fs::write(scene.at("in").join(name), bytes).unwrap();
    for name in [
        "pages.json",
        "pages.csv",
        "pages.tsv",
        "pages.warc",
        "pages.parquet",
        "table.parquet",
    ] {
        if name.ends_with("parquet") && io::find("parquet").is_err() {
            continue;
        }
        let bytes = fs::read(fixtures.join(name)).unwrap();
        put(name, &bytes);
        put(&format!("again-{name}"), &bytes);
    }
    let packed = [
        (Compression::Xz, "xz"),
        (Compression::Bzip2, "bz2"),
        (Compression::Gzip, "gz"),
        (Compression::Zstd, "zst"),
    ];
    for (compression, extension) in packed {
        for name in ["pages.json", "pages.csv", "pages.warc"] {
            let mut encoder = compression.encoder(Vec::new()).unwrap();
            encoder
                .write_all(&fs::read(fixtures.join(name)).unwrap())
                .unwrap();
            put(&format!("{name}.{extension}"), &encoder.finish().unwrap());
        }
    }
    // Bad records of these formats: a row too short, an array that does not end.
    put(
        "bad.csv",
        b"id,text\n1,a,b\n2,The ferry sails when the tide allows it.\n",
    );
    put(
        "bad.json",
        b"[{\"id\":1,\"text\":\"The ferry sails when the tide allows it.\"},\n{\"id\":2",
    );
    scene
}

#[test]
fn runs_over_other_formats_that_are_killed_end_alike() {
    let scene = scene();
    let undisturbed = ended(scene.clean("undisturbed", &TOOLS));
    assert_eq!(undisturbed.status.code(), Some(0), "{}", said(&undisturbed));
    let want = scene.answer("undisturbed");
    for part in [
        "/attributes/again-pages.json.jsonl.gz",
        "/exclusions/passages/pages.csv.xz.jsonl.gz",
        "/quarantine/bad.csv.jsonl.zst",
    ] {
        assert!(want.keys().any(|k| k.ends_with(part)), "{part}");
    }
    let mut kills = 0;
    for place in [
        "3:read",
        "9:rows",
        "5:rows-name",
        "2:state-name",
        "4:output",
        "30:output",
        "20:name",
        "90:name",
        "1:named",
    ] {
        let mut command = scene.clean("out", &TOOLS);
        command.env("DECHAFF_FAULT", format!("kill@{place}"));
        if ended(command).status.code().is_none() {
            kills += 1;
            scene.nothing_wrong("out", &want, place);
        }
        let resumed = ended(scene.clean("out", &[&TOOLS[..], &["--resume"]].concat()));
        assert_eq!(
            resumed.status.code(),
            Some(0),
            "{place}: {}",
            said(&resumed)
        );
        same(&scene.answer("out"), &want, place);
        fs::remove_dir_all(scene.at("out")).unwrap();
    }
    assert!(kills >= 7, "only {kills} kills");
    let restored = ended(scene.dechaff(&["restore", "undisturbed"]));
    assert_eq!(restored.status.code(), Some(0), "{}", said(&restored));
}

#[test]
fn what_is_written_for_other_tools_may_be_asked_for_in_a_later_life() {
    let scene = scene();
    assert_eq!(
        ended(scene.clean("undisturbed", &TOOLS)).status.code(),
        Some(0)
    );
    let want = scene.answer("undisturbed");
    // Killed when some outputs have their names: without rows, those are no use to a run that wants rows.
    let mut command = scene.clean("out", &[]);
    command.env("DECHAFF_FAULT", "kill@1:named");
    assert_eq!(ended(command).status.code(), None);
    let resumed = ended(scene.clean("out", &[&TOOLS[..], &["--resume"]].concat()));
    assert_eq!(resumed.status.code(), Some(0), "{}", said(&resumed));
    same(&scene.answer("out"), &want, "asked for later");
}

//! Bad records, damaged archives, changed results: told with their reason, and nothing is lost.

use super::*;

/// Bad inputs: what is written, the format, the reasons in order, and how many good records remain.
type Bad<'a> = (&'a str, &'a [u8], &'a [(u64, &'a str)], usize);

#[test]
fn bad_records_are_quarantined_and_come_back() {
    let table: &[Bad<'_>] = &[
        ("invalid.jsonl", b"{\"text\":\"a\"}\n{\"text\":\"a\"\n{\"text\":\"b\"}\n", &[(1, "invalid-json")], 2),
        ("trailing.jsonl", b"{\"text\":\"a\"} {\"text\":\"b\"}\n", &[(0, "invalid-json")], 0),
        ("control.jsonl", b"{\"text\":\"a\x01\"}\n", &[(0, "invalid-json")], 0),
        ("array.jsonl", b"{\"text\":\"a\"}\n[1]\n\"x\"\n", &[(1, "not-an-object"), (2, "not-an-object")], 1),
        ("missing.jsonl", b"{\"txt\":\"a\"}\n", &[(0, "missing-text-field")], 0),
        ("number.jsonl", b"{\"text\":1}\n{\"text\":null}\n", &[(0, "text-field-not-a-string"), (1, "text-field-not-a-string")], 0),
        ("twice.jsonl", b"{\"text\":\"a\",\"t\\u0065xt\":\"a\"}\n", &[(0, "duplicate-text-field")], 0),
        ("surrogate.jsonl", b"{\"text\":\"a\\ud83d\"}\n{\"text\":\"\\ude00\\ud83d\"}\n{\"text\":\"\\ud83d\\ude00\"}\n", &[(0, "lone-surrogate"), (1, "lone-surrogate")], 1),
        ("utf8.jsonl", b"{\"text\":\"a\xff\"}\n{\"text\":\"b\"}\n", &[(0, "invalid-utf-8")], 1),
        ("long.jsonl", b"{\"text\":\"a\"}\n{\"text\":\"0123456789012345678901234567890123456789\"}\n{\"text\":\"b\"}", &[(1, "over-long")], 2),
        ("long.txt", b"short\n012345678901234567890123456789012345678901234567890123456789\nrest\n", &[(1, "over-long")], 2),
        ("empty.jsonl", b"", &[], 0),
        ("empty.txt", b"", &[], 0),
        ("empty.gz", b"", &[], 0),
        ("utf8.txt", b"good\nb\xffd\n", &[], 1),
        ("long.json", b"[{\"text\":\"a\"}, {\"text\":\"0123456789012345678901234567890123456789\"} , {\"text\":\"b\"}]", &[(1, "over-long")], 2),
        ("long.csv", b"text\na\n\"0123456789,\n012345678901234567890123456789012345\"\nb\n", &[(1, "over-long")], 2),
        ("utf8.csv", b"text,id\n\xff,1\nb,2\n", &[(0, "invalid-utf-8")], 1),
    ];
    let config = with(|i| i.max_record = 40);
    for (name, input, reasons, good) in table {
        let run = run(&[(name, input)], &config, &nothing);
        let found = run.quarantine(name);
        let found: Vec<_> = found
            .iter()
            .map(|q| (q.record, q.reason.as_str()))
            .collect();
        assert_eq!(found, *reasons, "{name}");
        assert_eq!(
            run.manifest.sources[0].records as usize,
            reasons.len() + good,
            "{name}"
        );
        let (summary, back) = run.restore().unwrap();
        assert_eq!(read(&back.join(name)), *input, "{name}");
        assert_eq!(summary.quarantined as usize, reasons.len(), "{name}");
    }
}

#[test]
fn an_over_long_record_is_one_record_in_pieces() {
    let long = format!("{{\"text\":\"{}\"}}\n", "é".repeat(1_300_000));
    let input = format!("{{\"text\":\"a\"}}\n{long}{{\"text\":\"b\"}}\n");
    let config = with(|i| i.max_record = 1 << 20);
    let run = run(&[("a.jsonl", input.as_bytes())], &config, &nothing);
    let pieces = run.quarantine("a.jsonl");
    assert_eq!(
        pieces.iter().map(|q| q.record).collect::<Vec<_>>(),
        [1, 1, 1]
    );
    assert!(
        pieces
            .iter()
            .all(|q| matches!(q.payload, io::sidecar::Payload::Text(_)))
    );
    let (summary, back) = run.restore().unwrap();
    assert_eq!((summary.records, summary.quarantined), (3, 1));
    assert!(read(&back.join("a.jsonl")) == input.as_bytes());
}

#[test]
fn a_damaged_archive_gives_what_comes_before_the_damage() {
    let line = |i: u32| {
        format!(
            "{{\"text\":\"line {} {}\"}}\n",
            i,
            i.wrapping_mul(2_654_435_761)
        )
    };
    let input: String = (0..40_000).map(line).collect();
    for compression in &Compression::ALL[1..] {
        let compression = *compression;
        let whole = compress(compression, input.as_bytes());
        let cut = &whole[..whole.len() / 2];
        let mut broken = whole.clone();
        broken[whole.len() / 2..][..64].fill(0x55);
        for (bytes, exact) in [(cut, Some("truncated-archive")), (&broken, None)] {
            let run = run(&[("a.jsonl", bytes)], &Config::default(), &random(7));
            let bad = run.quarantine("a.jsonl");
            let reason = bad.last().unwrap().reason.as_str();
            assert_eq!(reason, exact.unwrap_or(reason));
            assert!(reason.ends_with("-archive"), "{compression:?}: {reason}");
            // Half of it is not one block of bzip2.
            let least = if compression == Compression::Bzip2 {
                0
            } else {
                1_000
            };
            assert!(run.manifest.sources[0].records > least, "{compression:?}");
            let (summary, back) = run.restore().unwrap();
            assert_eq!(summary.damaged.len(), 1);
            let back = read(&back.join("a.jsonl"));
            assert_eq!(summary.bytes, back.len() as u64);
            assert!(exact.is_none() || input.as_bytes().starts_with(&back));
        }
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_a_way_out() {
    let table: &[(&str, &[u8], Config, &str)] = &[
        ("a.jsonl.zip", b"PK\x03\x04", Config::default(), "zip data"),
        (
            "a.json",
            b"{\n\"text\":1}",
            Config::default(),
            "an object over several lines",
        ),
        (
            "a.txt",
            b"x",
            with(|i| i.format = Some("xml".into())),
            "unknown format \"xml\"",
        ),
        (
            "a.txt",
            b"x",
            with(|i| i.output_format = Some("wet".into())),
            "text cannot be written as wet",
        ),
        (
            "a.txt",
            b"x",
            with(|i| i.encoding = Some("x".into())),
            "unknown encoding \"x\"",
        ),
        (
            "a.wet",
            b"WARC/1.0",
            with(|i| i.encoding = Some("latin1".into())),
            "wet is always UTF-8",
        ),
        (
            "a.csv",
            b"id;body\n1;x\n",
            Config::default(),
            "no column \"text\"; the columns are: id, body",
        ),
        (
            "a.csv",
            b"text,text\n1,2\n",
            Config::default(),
            "2 columns named \"text\"",
        ),
        (
            "a.csv",
            b"t\0,\0",
            with(|i| {
                i.format = Some("csv".into());
                i.encoding = Some("utf-16le".into());
            }),
            "a table in UTF-16",
        ),
        (
            "a.txt",
            b"plain",
            with(|i| i.format = Some("json".into())),
            "does not begin with [",
        ),
    ];
    for (name, bytes, config, message) in table {
        let error = try_run(&[(name, bytes)], config, &nothing).err().unwrap();
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn changed_results_are_found_and_named() {
    let input = b"{\"text\":\"a b c\"}\n{\"text\":\"d e f\"}\n";
    let cut = |_, _: &str| vec![2..4];
    let fresh = || run(&[("a.jsonl", input)], &Config::default(), &cut);
    let said = |run: &Run| restore(&run.out(), None).unwrap_err();

    let run = fresh();
    fs::write(run.out().join("a.jsonl"), "{\"text\":\"a c\"}\n").unwrap();
    let error = said(&run);
    assert_eq!(
        (error.kind(), error.place().record),
        (ErrorKind::Phase, Some(1)),
        "{error}"
    );

    let run = fresh();
    fs::write(
        run.out().join("a.jsonl"),
        "{\"text\":\"a c\"}\n{\"text\":\"d g\"}\n",
    )
    .unwrap();
    assert!(said(&run).to_string().contains("the output was changed"));

    let run = fresh();
    fs::write(
        run.out().join("a.jsonl"),
        "{\"text\":\"a c\"}\n{\"text\":\"\"}\n",
    )
    .unwrap();
    assert_eq!(said(&run).place().record, Some(1));

    let run = fresh();
    fs::remove_file(run.out().join("_dechaff/removed/a.jsonl.jsonl.zst")).unwrap();
    assert_eq!(said(&run).kind(), ErrorKind::Io);

    let run = fresh();
    let manifest = run.out().join("_dechaff/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace("\"min-tokens\": 8", "\"min-tokens\": 9"),
    )
    .unwrap();
    assert!(said(&run).to_string().contains("configuration was changed"));
}

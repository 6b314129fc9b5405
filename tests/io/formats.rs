//! What the output of each format looks like, to the byte.

use super::*;

#[test]
fn unchanged_records_are_byte_identical_and_changed_ones_differ_only_in_the_text() {
    let input = "{ \"b\" : 1.0, \"text\":\"one\\n\\u0074wo\\/\\n\" , \"b\":1e400 }\r\n\n{\"text\":\"stays\",\"id\":7}";
    let cut = |record, _: &str| if record == 0 { vec![4..9] } else { vec![] };
    let run = run(&[("a.jsonl", input.as_bytes())], &Config::default(), &cut);
    let expected =
        "{ \"b\" : 1.0, \"text\":\"one\\n\" , \"b\":1e400 }\r\n\n{\"text\":\"stays\",\"id\":7}";
    assert_eq!(String::from_utf8(run.output("a.jsonl")).unwrap(), expected);
    let log: Vec<Removal> = all(&Paths::new(&run.out(), "a.jsonl").removed);
    assert_eq!(log[0].text.as_deref(), Some("two/\n"));
    assert_eq!(log[0].raw.as_deref(), Some("\\u0074wo\\/\\n"));
    run.restore().unwrap();
}

#[test]
fn archives_of_several_parts_are_read_to_the_end() {
    for compression in [Compression::Gzip, Compression::Zstd] {
        let parts =
            [&b"{\"text\":\"a\"}\n{\"te"[..], b"xt\":\"b\"}\n"].map(|p| compress(compression, p));
        let run = run(
            &[("a.jsonl", &parts.concat())],
            &Config::default(),
            &everything,
        );
        assert_eq!(run.output("a.jsonl"), b"{\"text\":\"\"}\n{\"text\":\"\"}\n");
        run.restore().unwrap();
    }
}

#[test]
fn an_emptied_record_stays_unless_asked() {
    let input = b"{\"text\":\"a\"}\n{\"text\":\"\"}\n";
    let kept = run(&[("a.jsonl", input)], &Config::default(), &everything);
    assert_eq!(
        kept.output("a.jsonl"),
        b"{\"text\":\"\"}\n{\"text\":\"\"}\n"
    );
    let config = Config {
        drop_empty: true,
        ..Config::default()
    };
    let dropped = run(&[("a.jsonl", input)], &config, &everything);
    assert_eq!(
        dropped.output("a.jsonl"),
        b"{\"text\":\"\"}\n",
        "the record that had no text stays"
    );
    dropped.restore().unwrap();
    let lines = run(
        &[("a", b"a\nb\n")],
        &with(|i| i.format = Some("lines".into())),
        &everything,
    );
    assert_eq!(lines.output("a"), b"\n\n");
}

#[test]
fn wet_becomes_json_lines_or_stays_wet() {
    let records = [
        wet_record("warcinfo", 0, b"software: x", true),
        wet_record("conversion", 3, "first\nsecönd\n".as_bytes(), true),
    ];
    let input = records.concat();
    let cut = |_, _: &str| vec![0..6];
    let json = run(&[("a.warc.wet", &input)], &Config::default(), &cut);
    assert_eq!(
        String::from_utf8(json.output("a.warc.wet")).unwrap(),
        "{\"id\":\"<urn:uuid:3>\",\"url\":\"http://example.org/3\",\"date\":\"2024-05-01T00:00:00Z\",\"text\":\"secönd\\n\"}\n"
    );
    let wet = run(
        &[("a.warc.wet", &input)],
        &with(|i| i.output_format = Some("wet".into())),
        &cut,
    );
    let expected = [
        records[0].clone(),
        wet_record("conversion", 3, "secönd\n".as_bytes(), true),
    ]
    .concat();
    assert_eq!(
        String::from_utf8(wet.output("a.warc.wet")),
        String::from_utf8(expected)
    );
    for run in [json, wet] {
        let (_, back) = run.restore().unwrap();
        assert_eq!(read(&back.join("a.warc.wet")), input);
    }
}

#[test]
fn a_long_text_is_cut_at_blank_lines_and_its_output_is_whole() {
    let input = b"one\n\ntwo\nthree\n\nfour\nfive\n";
    let config = with(|i| i.max_record = 20);
    let run = run(&[("a.txt", input)], &config, &nothing);
    assert_eq!(run.manifest.sources[0].records, 2);
    assert_eq!(run.output("a.txt"), input);
    run.restore().unwrap();
    let once = self::run(&[("a.txt", input)], &Config::default(), &nothing);
    assert!(
        !once.out().join("_dechaff/frame").exists(),
        "a text of one document needs no sidecar"
    );
}

#[test]
fn formats_are_told_by_content_and_extension() {
    let wet = wet_record("conversion", 0, b"x", true);
    let table: &[(&str, &[u8], &str)] = &[
        ("a.txt", b"{\"text\":\"a\"}\n", "jsonl"),
        ("a.txt", b"{ not json\n", "text"),
        ("a", b"plain\n", "text"),
        ("a.jsonl", b"broken\n", "jsonl"),
        ("a", b"\xef\xbb\xbf{\"text\":\"a\"}", "jsonl"),
        ("a.txt", &wet, "wet"),
        ("a.ndjson", b"", "jsonl"),
    ];
    for (name, bytes, format) in table {
        for compression in [Compression::Plain, Compression::Gzip, Compression::Zstd] {
            let run = run(
                &[(name, &compress(compression, bytes))],
                &Config::default(),
                &nothing,
            );
            assert_eq!(run.manifest.sources[0].format, *format, "{name}");
            assert_eq!(run.manifest.sources[0].compression, compression, "{name}");
        }
    }
}

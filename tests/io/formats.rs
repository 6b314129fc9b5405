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
    for compression in &Compression::ALL[1..] {
        let compression = *compression;
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
fn many_blank_lines_before_a_record_come_back() {
    let blank = " \n".repeat(700_000);
    for record in ["{\"text\":\"a\"}\n", "bad\n"] {
        let input = format!("{{\"text\":\"a\"}}\n{blank}{record}\n");
        let run = run(
            &[("a.jsonl", input.as_bytes())],
            &Config::default(),
            &nothing,
        );
        let (_, back) = run.restore().unwrap();
        assert!(read(&back.join("a.jsonl")) == input.as_bytes());
    }
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
        ("a.txt", b" [ {\"text\":\"a\"}]", "json"),
        ("a.json", b"[1]", "json"),
        ("a.txt", b"[1] a note\n", "text"),
        ("a.jsonl", b"[1]\n{\"text\":\"a\"}\n", "jsonl"),
        ("a.csv", b"id,text\n1,a\n", "csv"),
        ("a.tsv", b"id\ttext\n1\ta\n", "tsv"),
        ("a.csv", b"{\"text\":\"a\"}\n", "jsonl"),
    ];
    for (name, bytes, format) in table {
        for compression in Compression::ALL {
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

/// Cleans a file named after its format, cutting these bytes of the text of record 0, and returns the output.
fn cut_first(name: &str, input: &str, config: &Config, range: Range<usize>) -> String {
    let cut = move |record, _: &str| {
        if record == 0 {
            vec![range.clone()]
        } else {
            vec![]
        }
    };
    let run = run(&[(name, input.as_bytes())], config, &cut);
    let (_, back) = run.restore().unwrap();
    assert_eq!(read(&back.join(name)), input.as_bytes());
    String::from_utf8(run.output(name)).unwrap()
}

#[test]
fn an_array_stays_an_array_and_only_the_text_differs() {
    let input = "[\n  {\n    \"n\": 1.0,\n    \"text\": \"one\\ntwo\"\n  } ,\n\t{\"text\":\"st\\u0061ys\"}\n]\n";
    let output = cut_first("a.json", input, &Config::default(), 3..7);
    assert_eq!(output, input.replace("one\\ntwo", "one"));
}

#[test]
fn an_element_that_is_bad_takes_its_comma_along() {
    let table = [
        ("[1, {\"text\":\"a\"}]", "[{\"text\":\"a\"}]", 1),
        (
            "[{\"text\":\"a\"}, null, {\"text\":\"b\"}]",
            "[{\"text\":\"a\"}, {\"text\":\"b\"}]",
            1,
        ),
        (
            "[{\"text\":\"a\"}, {\"x\":[\"]\"]}\n]",
            "[{\"text\":\"a\"}\n]",
            1,
        ),
        (
            "[{\"text\":\"a\"},\n{\"text\":\"cut",
            "[{\"text\":\"a\"}]\n",
            1,
        ),
        ("[{\"text\":\"a\"},", "[{\"text\":\"a\"}]\n", 1),
        (
            "[{\"text\":\"a\"}] {\"text\":\"b\"}",
            "[{\"text\":\"a\"}]\n",
            1,
        ),
        // A form feed is no white space of JSON.
        (
            "[{\"text\":\"a\"}, {\"text\":\"b\"}\u{c}, {\"text\":\"c\"}]",
            "[{\"text\":\"a\"}, {\"text\":\"c\"}]",
            1,
        ),
        ("[ ]", "[ ]", 0),
        ("[true]", "[]", 1),
    ];
    for (input, expected, bad) in table {
        let run = run(
            &[("a.json", input.as_bytes())],
            &Config::default(),
            &nothing,
        );
        assert_eq!(String::from_utf8(run.output("a.json")).unwrap(), expected);
        let (summary, back) = run.restore().unwrap();
        assert_eq!(read(&back.join("a.json")), input.as_bytes());
        assert_eq!(summary.quarantined, bad, "{input}");
    }
}

#[test]
fn a_table_keeps_its_dialect_and_its_other_columns() {
    let input = "\u{feff}id;\"lang\";text\r\n7;\"e;n\";\"say \"\"one\"\"\ntwo\"\r\n\r\n8;fr;plain, with a comma";
    let output = cut_first("a.csv", input, &Config::default(), 10..13);
    assert_eq!(output, input.replace("\ntwo", "\n"));
    let output = cut_first(
        "a.csv",
        "text\nall of it\n\"b\"\n",
        &Config::default(),
        0..9,
    );
    assert_eq!(
        output, "text\n\"\"\n\"b\"\n",
        "a blank line would be no row"
    );
    let output = cut_first("a.tsv", "n\ttext\n1\tsay \"x\"\n", &Config::default(), 0..4);
    assert_eq!(output, "n\ttext\n1\t\"\"\"x\"\"\"\n");
}

#[test]
fn a_row_that_is_bad_is_kept_and_the_next_one_read() {
    let input = "id,text\n1,a\n2\n3,\"open\n4,d,e\n5,\"f\"g\n6,h\n";
    let run = run(&[("a.csv", input.as_bytes())], &Config::default(), &nothing);
    assert_eq!(run.output("a.csv"), b"id,text\n1,a\n6,h\n");
    let bad: Vec<_> = run
        .quarantine("a.csv")
        .into_iter()
        .map(|q| (q.record, q.detail))
        .collect();
    let marks = "a quotation mark that is not closed, or closes within a field";
    let fields = |n| format!("a row of {n} fields; the header has 2");
    assert_eq!(
        bad,
        [
            (1, fields(1)),
            (2, marks.into()),
            (3, fields(3)),
            (4, marks.into())
        ]
    );
    let (_, back) = run.restore().unwrap();
    assert_eq!(read(&back.join("a.csv")), input.as_bytes());
}

#[test]
fn other_formats_carry_id_address_and_text() {
    let input = "{\"n\":1,\"id\":7,\"url\":\"http://x,y\",\"text\":\"on\\u0065 \\\"two\\\"\"}\n";
    let to = |format: &str| {
        cut_first(
            "a",
            input,
            &with(|i| i.output_format = Some(format.into())),
            0..4,
        )
    };
    assert_eq!(to("csv"), "id,url,text\n7,\"http://x,y\",\"\"\"two\"\"\"\n");
    assert_eq!(to("tsv"), "id\turl\ttext\n7\thttp://x,y\t\"\"\"two\"\"\"\n");
    assert_eq!(to("text"), "\"two\"\n\n");
    let table = "id,text,more\n7,\"one two\",x\n";
    let output = cut_first(
        "a.csv",
        table,
        &with(|i| i.output_format = Some("jsonl".into())),
        0..4,
    );
    assert_eq!(output, "{\"id\":\"7\",\"text\":\"two\"}\n");
}

#[test]
fn a_response_of_plain_text_is_a_document_and_one_of_html_is_bad() {
    let answer = |id, media: &str, body: &str| {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n{body}");
        wet_record("response", id, block.as_bytes(), true)
    };
    let records = [
        wet_record("request", 0, b"GET / HTTP/1.1\r\n\r\n", true),
        answer(3, "text/plain", "first\nsecond\n"),
        answer(6, "text/html", "<p>third</p>"),
        answer(9, "image/png", "PNG"),
    ];
    let input = records.concat();
    for to in ["jsonl", "wet"] {
        let config = with(|i| i.output_format = Some(to.into()));
        let run = run(&[("a.warc", &input)], &config, &|_, _: &str| vec![0..6]);
        let bad: Vec<_> = run
            .quarantine("a.warc")
            .into_iter()
            .map(|q| (q.record, q.reason))
            .collect();
        assert_eq!(bad, [(1, "not-text".to_owned())]);
        let output = String::from_utf8(run.output("a.warc")).unwrap();
        let expected = match to {
            "wet" => [&records[0][..], &answer(3, "text/plain", "second\n"), &records[3]].concat(),
            _ => b"{\"id\":\"<urn:uuid:3>\",\"url\":\"http://example.org/3\",\"date\":\"2024-05-01T00:00:00Z\",\"text\":\"second\\n\"}\n".to_vec(),
        };
        assert_eq!(output.as_bytes(), expected, "{output}");
        let (_, back) = run.restore().unwrap();
        assert_eq!(read(&back.join("a.warc")), input);
    }
}

//! Parquet tables: whatever their columns, what is cut and what they become, the table comes back value by value.

use std::io::Seek;
use std::sync::Arc;

use parquet::basic::{Compression as Codec, GzipLevel, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;

use super::*;

/// A column of every physical type, and the three ways to nest.
const SCHEMA: &str = "message schema {
    OPTIONAL INT64 id;
    REQUIRED BOOLEAN flag;
    OPTIONAL BYTE_ARRAY text (STRING);
    OPTIONAL INT96 old;
    REQUIRED FLOAT score;
    OPTIONAL DOUBLE weight;
    OPTIONAL FIXED_LEN_BYTE_ARRAY (3) code;
    OPTIONAL group tags (LIST) { REPEATED group list { OPTIONAL BYTE_ARRAY element (STRING); } }
    OPTIONAL group meta { OPTIONAL INT32 depth; REQUIRED INT32 day (DATE); }
    OPTIONAL BYTE_ARRAY url (STRING);
}";

/// One row of it.
#[derive(Debug, Clone)]
struct Row {
    id: Option<i64>,
    text: Option<Vec<u8>>,
    tags: Option<Vec<Option<String>>>,
    url: Option<String>,
}

fn codecs() -> [Codec; 6] {
    [
        Codec::UNCOMPRESSED,
        Codec::SNAPPY,
        Codec::GZIP(GzipLevel::default()),
        Codec::BROTLI(Default::default()),
        Codec::ZSTD(ZstdLevel::default()),
        Codec::LZ4_RAW,
    ]
}

/// Writes rows, so many in a row group.
fn table(rows: &[Row], group: usize, codec: Codec) -> Vec<u8> {
    // The reader that compares takes no string that is none; this program takes the column as bytes either way.
    let strings = rows.iter().flat_map(|r| &r.text);
    let schema = match strings.clone().all(|t| std::str::from_utf8(t).is_ok()) {
        true => SCHEMA.to_owned(),
        false => SCHEMA.replace("text (STRING)", "text"),
    };
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let metadata = vec![
        KeyValue::new("huggingface".into(), "{\"info\": 1}".to_owned()),
        KeyValue::new("empty".into(), None),
    ];
    let properties = WriterProperties::builder()
        .set_compression(codec)
        .set_key_value_metadata(Some(metadata))
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for rows in rows.chunks(group.max(1)) {
        let mut group = writer.next_row_group().unwrap();
        let mut number = 0;
        while let Some(mut column) = group.next_column().unwrap() {
            write(number, rows, column.untyped());
            column.close().unwrap();
            number += 1;
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

/// Writes a column of some rows, each value told by its row.
fn write(number: usize, rows: &[Row], column: &mut ColumnWriter<'_>) {
    let some = |there: bool| i16::from(there);
    let strings = |of: fn(&Row) -> Option<Vec<u8>>| {
        let values: Vec<ByteArray> = rows.iter().filter_map(of).map(ByteArray::from).collect();
        let levels: Vec<i16> = rows.iter().map(|r| some(of(r).is_some())).collect();
        (values, levels)
    };
    let count = rows.len() as u32;
    match column {
        ColumnWriter::Int64ColumnWriter(w) => {
            let values: Vec<i64> = rows.iter().filter_map(|r| r.id).collect();
            let levels: Vec<i16> = rows.iter().map(|r| some(r.id.is_some())).collect();
            w.write_batch(&values, Some(&levels), None)
        }
        ColumnWriter::BoolColumnWriter(w) => {
            let values: Vec<bool> = (0..count).map(|i| i % 3 == 0).collect();
            w.write_batch(&values, None, None)
        }
        ColumnWriter::Int96ColumnWriter(w) => {
            let values: Vec<Int96> = (0..count).map(|i| Int96::from(vec![i, 2, 3])).collect();
            w.write_batch(&values, Some(&vec![1; rows.len()]), None)
        }
        ColumnWriter::FloatColumnWriter(w) => {
            let value = |i| if i == 1 { f32::NAN } else { -(i as f32) };
            let values: Vec<f32> = (0..count).map(value).collect();
            w.write_batch(&values, None, None)
        }
        ColumnWriter::DoubleColumnWriter(w) => w.write_batch(&[], Some(&vec![0; rows.len()]), None),
        ColumnWriter::FixedLenByteArrayColumnWriter(w) => {
            let value = |i: u32| FixedLenByteArray::from(vec![i as u8, 0xff, 0]);
            let values: Vec<_> = (0..count).map(value).collect();
            w.write_batch(&values, Some(&vec![1; rows.len()]), None)
        }
        ColumnWriter::Int32ColumnWriter(w) if number == 8 => {
            let levels: Vec<i16> = (0..rows.len() as i16).map(|i| i % 3).collect();
            let values: Vec<i32> = levels.iter().filter(|&&l| l == 2).map(|_| 7).collect();
            w.write_batch(&values, Some(&levels), None)
        }
        ColumnWriter::Int32ColumnWriter(w) => {
            let levels: Vec<i16> = (0..rows.len() as i16)
                .map(|i| i16::from(i % 3 > 0))
                .collect();
            let values: Vec<i32> = levels.iter().filter(|&&l| l == 1).map(|_| -1).collect();
            w.write_batch(&values, Some(&levels), None)
        }
        ColumnWriter::ByteArrayColumnWriter(w) if number == 7 => {
            let (mut values, mut definitions, mut repetitions) = (vec![], vec![], vec![]);
            for row in rows {
                let tags = row.tags.as_deref();
                if tags.unwrap_or_default().is_empty() {
                    definitions.push(some(tags.is_some()));
                    repetitions.push(0);
                }
                for (i, tag) in tags.unwrap_or_default().iter().enumerate() {
                    values.extend(tag.as_deref().map(ByteArray::from));
                    definitions.push(2 + some(tag.is_some()));
                    repetitions.push(some(i > 0));
                }
            }
            w.write_batch(&values, Some(&definitions), Some(&repetitions))
        }
        ColumnWriter::ByteArrayColumnWriter(w) => {
            let (values, levels) = match number {
                2 => strings(|r| r.text.clone()),
                _ => strings(|r| r.url.clone().map(String::into_bytes)),
            };
            w.write_batch(&values, Some(&levels), None)
        }
    }
    .unwrap();
}

fn open(bytes: &[u8]) -> SerializedFileReader<fs::File> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    SerializedFileReader::new(file).unwrap()
}

/// What a reader of the row interface sees of a table, and its schema, metadata and codec.
fn seen(bytes: &[u8]) -> (Vec<String>, String) {
    let reader = open(bytes);
    let metadata = reader.metadata().file_metadata();
    let about = format!(
        "{:?} {:?}",
        metadata.schema(),
        metadata.key_value_metadata()
    );
    let rows = reader.get_row_iter(None).unwrap();
    (rows.map(|row| row.unwrap().to_string()).collect(), about)
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    use super::round_trip::texts;
    let text = prop_oneof![
        8 => texts().prop_map(|t| Some(t.into_bytes())),
        1 => Just(None),
        1 => Just(Some(b"\xff".to_vec())),
    ];
    let tags = prop::option::of(prop::collection::vec(prop::option::of(texts()), 0..3));
    let row = (
        prop::option::of(any::<i64>()),
        text,
        tags,
        prop::option::of(texts()),
    );
    let row = row.prop_map(|(id, text, tags, url)| Row {
        id,
        text,
        tags,
        url,
    });
    prop::collection::vec(row, 0..12)
}

/// Cleans a table, restores it and compares values, schema and metadata.
fn comes_back(input: &[u8], config: &Config, seed: u64) -> Run {
    let run = run(&[("a.parquet", input)], config, &random(seed));
    let (_, back) = run.restore().unwrap();
    let back = fs::read(back.join("a.parquet")).unwrap();
    assert_eq!(seen(&back), seen(input));
    run
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(super::round_trip::cases()))]

    #[test]
    fn parquet_comes_back(
        rows in rows(), group in 1..6usize, codec in 0..6usize, drop_empty: bool, seed: u64,
        to in prop::sample::select(vec!["parquet", "jsonl", "csv", "text"]), max in prop_oneof![Just(80u64), Just(100_000)],
    ) {
        let input = table(&rows, group, codecs()[codec]);
        let config = Config { drop_empty, ..with(|i| { i.output_format = Some(to.into()); i.max_record = max; }) };
        let run = comes_back(&input, &config, seed);
        prop_assert_eq!(run.manifest.sources[0].records as usize, rows.len());
    }

    #[test]
    fn what_becomes_parquet_comes_back(
        texts in prop::collection::vec(super::round_trip::texts(), 0..8), from in prop::sample::select(vec!["jsonl", "text", "json"]),
        drop_empty: bool, seed: u64,
    ) {
        let object = |t: &String| serde_json::json!({"text": t, "url": "u", "n": 1}).to_string();
        let objects: Vec<String> = texts.iter().map(object).collect();
        let input = match from {
            "jsonl" => objects.join("\n"),
            "json" => format!("[{}]", objects.join(",")),
            _ => texts.concat(),
        };
        let config = Config { drop_empty, ..with(|i| {
            i.format = Some(from.into());
            i.output_format = Some("parquet".into());
        }) };
        round_trip("a", input.as_bytes(), Compression::Gzip, &config, seed);
    }

    #[test]
    fn a_damaged_table_is_no_disaster(
        at in any::<prop::sample::Index>(), byte: u8, cut in prop::option::of(any::<prop::sample::Index>()), codec in 0..6usize,
    ) {
        let mut input = table(&plain(40), 10, codecs()[codec]);
        let place = at.index(input.len());
        input[place] = byte;
        if let Some(cut) = cut {
            input.truncate(cut.index(input.len()).max(8));
        }
        // Whatever could be read comes back; a schema that lost its text column is refused.
        if let Ok(run) = try_run(&[("a", &input)], &Config::default(), &everything)
            && run.manifest.sources[0].format == "parquet" {
            run.restore().unwrap();
        }
    }
}

#[test]
fn a_page_that_claims_gigabytes_is_damage_and_costs_nothing() {
    // The head of the first page: its kind, then what it becomes; two gigabytes less one, as a zigzag number.
    let mut input = table(&plain(40), 10, Codec::SNAPPY);
    assert_eq!((input[4], input[6]), (0x15, 0x15));
    let end = 7 + input[7..].iter().position(|b| b & 0x80 == 0).unwrap() + 1;
    input.splice(7..end, [0xfe, 0xff, 0xff, 0xff, 0x0f]);
    let run = run(&[("a.parquet", &input)], &Config::default(), &everything);
    let quarantined = run.quarantine("a.parquet");
    assert_eq!(quarantined.len(), 1);
    assert_eq!(quarantined[0].reason, "damaged-archive");
    let detail = &quarantined[0].detail;
    assert!(detail.contains("says that it holds 2147483647"), "{detail}");
    assert!(detail.contains("--max-expansion"), "{detail}");
    run.restore().unwrap();
}

fn plain(count: i64) -> Vec<Row> {
    let row = |n: i64| Row {
        id: Some(n),
        text: Some(format!("The text of row {n}.\nIts second line.").into_bytes()),
        tags: Some(vec![Some("a".into()), None]),
        url: None,
    };
    (0..count).map(row).collect()
}

#[test]
fn only_the_text_differs_and_everything_else_is_kept() {
    let mut rows = plain(7);
    rows[3].text = None;
    rows[5].text = None;
    for codec in codecs() {
        let input = table(&rows, 3, codec);
        let cut = |_, text: &str| vec![0..text.find('\n').unwrap() + 1];
        let run = run(&[("a.parquet", &input)], &Config::default(), &cut);
        let output = fs::read(run.out().join("a.parquet")).unwrap();
        let (was, is) = (seen(&input), seen(&output));
        assert_eq!(is.1, was.1, "schema and metadata");
        let cleaned = |row: &String| {
            let start = row.find("The text").unwrap();
            format!(
                "{}{}",
                &row[..start],
                &row[row.find("Its second").unwrap()..]
            )
        };
        let good = [0, 1, 2, 4, 6].map(|i| cleaned(&was.0[i]));
        assert_eq!(is.0, good);
        let reasons: Vec<_> = run
            .quarantine("a.parquet")
            .into_iter()
            .map(|q| (q.record, q.reason))
            .collect();
        let expected = [3, 5].map(|record| (record, "text-field-not-a-string"));
        assert_eq!(reasons, expected.map(|(r, w)| (r, w.to_owned())));
        let codec_of = |bytes: Vec<u8>| {
            let reader = open(&bytes);
            reader.metadata().row_group(0).column(0).compression_codec()
        };
        assert_eq!(codec_of(output), codec_of(input.clone()));
        let (_, back) = run.restore().unwrap();
        assert_eq!(seen(&fs::read(back.join("a.parquet")).unwrap()), was);
    }
}

#[test]
fn a_row_group_larger_than_memory_should_be_is_written_as_several() {
    let text = "A line that is repeated until it is long.\n".repeat(40_000);
    let rows: Vec<Row> = (0..50)
        .map(|n| Row {
            text: Some(format!("{n}\n{text}").into_bytes()),
            ..plain(1)[0].clone()
        })
        .collect();
    let input = table(&rows, 50, Codec::SNAPPY);
    let run = run(&[("a.parquet", &input)], &Config::default(), &nothing);
    let output = fs::read(run.out().join("a.parquet")).unwrap();
    let reader = open(&output);
    assert_eq!(reader.metadata().num_row_groups(), 2);
    run.restore().unwrap();
}

#[test]
fn tables_that_cannot_be_read_are_refused_with_a_way_out() {
    let good = table(&plain(2), 2, Codec::SNAPPY);
    let named = |format: &str| with(|i| i.format = Some(format.into()));
    let table: &[(&str, &[u8], Config, &str)] = &[
        (
            "a.parquet",
            &good,
            with(|i| i.text_field = "body".into()),
            "no column \"body\"; the columns are: id, flag, text, old, score, weight, code, tags, meta, url",
        ),
        (
            "a.parquet",
            &good,
            with(|i| i.text_field = "score".into()),
            "column \"score\" is FLOAT; expected strings",
        ),
        (
            "a.parquet",
            &good,
            named("csv"),
            "parquet data, read as csv",
        ),
        ("a.csv", b"text\na\n", named("parquet"), "no parquet data"),
        (
            "a.parquet",
            b"{\"text\":\"a\"}\n",
            Config::default(),
            "named as parquet, but its content is not",
        ),
    ];
    for (name, bytes, config, message) in table {
        let error = try_run(&[(name, bytes)], config, &nothing).err().unwrap();
        assert!(error.to_string().contains(message), "{error}");
    }
    let cut = &good[..good.len() / 2];
    let run = run(&[("a.parquet", cut)], &Config::default(), &nothing);
    let bad = run.quarantine("a.parquet");
    assert_eq!(bad[0].reason, "damaged-archive");
    assert!(
        bad[0].detail.contains("without a footer that can be read"),
        "{}",
        bad[0].detail
    );
    assert_eq!(run.restore().unwrap().0.damaged.len(), 1);
}

//! Files that the program wrote itself and reads again: phase files, rows, logs. They may be damaged, or come from someone else.

use std::cell::RefCell;
use std::fmt::Debug;
use std::path::PathBuf;

use arbitrary::Unstructured;
use dechaff::config::InputConfig;
use dechaff::files::container::{Packing, Reader, Row, VERSION};
use dechaff::files::keys::Keys;
use dechaff::files::paged::Paged;
use dechaff::files::row;
use dechaff::io::sidecar::{self, Payload, What};
use dechaff::io::{self, Cleaned};
use dechaff::manifest::Manifest;
use dechaff::quarantine;
use dechaff::reference::rows::{Dense, Gone};
use dechaff::removal::{Reason, Removal};
use dechaff::report::Report;
use dechaff::text::hash;
use serde::Serialize;
use serde::de::DeserializeOwned;

thread_local! {
    static FILE: RefCell<(tempfile::TempDir, PathBuf)> = RefCell::new({
        let folder = super::folders::temp();
        let path = folder.path().join("x");
        (folder, path)
    });
}

/// A phase file: raw bytes, or one whose checksums are right and whose numbers may not be.
pub fn container(data: &[u8]) {
    let Some((&mode, rest)) = data.split_first() else {
        return;
    };
    let mut u = Unstructured::new(rest);
    let file = match mode & 3 {
        0 => rest.to_vec(),
        1 => forged::<row::Text>(&mut u),
        2 => forged::<row::Doc>(&mut u),
        _ => forged::<Dense<row::Doc>>(&mut u),
    };
    FILE.with_borrow(|(_, path)| {
        std::fs::write(path, file).expect("a temporary file");
        match mode & 3 {
            2 => read::<row::Doc>(path),
            3 => read::<Dense<row::Doc>>(path),
            _ => read::<row::Text>(path),
        }
    });
}

fn read<R: Row>(path: &std::path::Path) {
    let Ok(reader) = Reader::<R>::open(path, 0) else {
        return;
    };
    let rows = reader.len();
    let _ = reader
        .rows(rows / 2)
        .take(1000)
        .take_while(Result::is_ok)
        .count();
    if let Ok(paged) = Paged::<R>::open(path, 0, 1 << 20) {
        for row in [0, 1, rows / 2, rows.saturating_sub(1), rows] {
            let _ = paged.get(row);
            let _ = paged.with(row, <[u8]>::len);
        }
    }
}

/// A file of this layout with right checksums. Whatever the input does not say is as it should be.
fn forged<R: Row>(u: &mut Unstructured<'_>) -> Vec<u8> {
    let mut file = b"DECHAFF\0".to_vec();
    file.extend(VERSION.to_le_bytes());
    file.extend(R::KIND.to_le_bytes());
    file.extend([0; 20]);
    let (mut index, mut total) = (Vec::new(), 0u64);
    let odd = |u: &mut Unstructured<'_>, right: u64| match u.ratio(1, 6) {
        Ok(true) => u.arbitrary::<u64>().unwrap_or(right) >> u.int_in_range(0..=63).unwrap_or(0),
        _ => right,
    };
    while !u.is_empty() && index.len() < 6 * 16 {
        let length = u.int_in_range(0..=200).unwrap_or(0).min(u.len());
        let raw = u.bytes(length).unwrap_or_default();
        let dense = matches!(R::PACKING, Packing::Zstd(_));
        let body = match (u.ratio(1, 2).unwrap_or(false), dense) {
            (true, _) => raw.to_vec(),
            (_, true) => zstd(raw),
            (_, false) => raw.to_vec(),
        };
        let rows = u.int_in_range(0u64..=9).unwrap_or(0);
        let mut head = Vec::new();
        for n in [raw.len() as u64, body.len() as u64, rows] {
            head.extend((odd(u, n) as u32).to_le_bytes());
        }
        let check = hash::mix(hash::bytes64(&body)) ^ hash::bytes64(&head);
        let at = file.len() as u64;
        index.extend(odd(u, at).to_le_bytes());
        index.extend(odd(u, total).to_le_bytes());
        file.extend(head);
        file.extend(check.to_le_bytes());
        file.extend(body);
        total += rows;
    }
    let at = file.len() as u64;
    let frames = (index.len() / 16) as u64;
    for n in [at, frames, total] {
        index.extend(odd(u, n).to_le_bytes());
    }
    index.extend(hash::bytes64(&index).to_le_bytes());
    file.extend(index);
    file.extend(b"DECHAFF\0");
    file
}

fn zstd(raw: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = io::Compression::Zstd.encoder(Vec::new()).expect("memory");
    encoder.write_all(raw).expect("memory");
    encoder.finish().expect("memory")
}

/// The bytes of one row of each kind: a row that is read says the same when it is written and read again.
pub fn rows(data: &[u8]) {
    fn one<R: Row + PartialEq + Debug>(data: &[u8]) {
        let mut input = data;
        let skipped = R::skip(&mut input).is_some();
        let after = input.len();
        let mut input = data;
        let Some(row) = R::take(&mut input) else {
            return;
        };
        assert!(
            skipped && after == input.len(),
            "skipped otherwise than read"
        );
        let mut out = Vec::new();
        row.put(&mut out);
        let mut again = &out[..];
        assert_eq!(R::take(&mut again).as_ref(), Some(&row));
        assert!(again.is_empty());
    }
    let Some((&kind, rest)) = data.split_first() else {
        return;
    };
    match kind % 18 {
        0 => one::<row::Doc>(rest),
        1 => one::<row::Para>(rest),
        2 => one::<Keys>(rest),
        3 => one::<row::CutRow>(rest),
        4 => one::<row::Text>(rest),
        5 => one::<row::Drop>(rest),
        6 => one::<row::Spared>(rest),
        7 => one::<row::Exact>(rest),
        8 => one::<row::Pair>(rest),
        9 => one::<row::Entry>(rest),
        10 => one::<row::Fate>(rest),
        11 => one::<row::Copy>(rest),
        12 => one::<row::Line>(rest),
        13 => one::<row::Seen>(rest),
        14 => one::<row::Link>(rest),
        15 => one::<row::Frequent>(rest),
        16 => one::<Dense<row::Doc>>(rest),
        _ => one::<Gone>(rest),
    }
}

/// Lines of the logs, a manifest, a report: what is read says the same when it is written and read again.
pub fn logs(data: &[u8]) {
    fn one<T: Serialize + DeserializeOwned + PartialEq + Debug>(data: &[u8]) {
        if let Ok(value) = serde_json::from_slice::<T>(data) {
            let text = serde_json::to_vec(&value).expect("plain data");
            assert_eq!(
                serde_json::from_slice::<T>(&text).expect("what was written"),
                value
            );
        }
    }
    one::<Removal>(data);
    one::<sidecar::Entry>(data);
    one::<quarantine::Entry>(data);
    one::<Manifest>(data);
    if let Ok(report) = std::str::from_utf8(data)
        .map_err(drop)
        .and_then(|t| Report::parse(t).map_err(drop))
    {
        check_page(&report.to_html());
        let _ = report.summary(None);
    }
}

/// `report.html` holds what the input said as JSON that no browser takes for markup, and runs its own script and no other.
pub(super) fn check_page(html: &str) {
    let data = html.split_once("<script type=\"application/json\" id=\"data\">");
    let (before, rest) = data.expect("the data");
    let (data, after) = rest.split_once("</script>").expect("the end of the data");
    assert!(!data.contains(['<', '>', '&', '\u{1b}']));
    serde_json::from_str::<serde_json::Value>(data).expect("JSON");
    assert!(!before.contains("<script"));
    assert_eq!(after.matches("<script").count(), 1);
}

/// Putting removals back into an output they may not belong to.
pub fn putback(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let _ = put(&mut u);
}

fn put(u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let format = io::FORMATS[u.int_in_range(0..=3)?];
    let output =
        io::find(format.outputs[u.int_in_range(0..=format.outputs.len() - 1)?]).expect("a format");
    let mut removals = Vec::new();
    for _ in 0..u.int_in_range(0..=3)? {
        let text: String = u.arbitrary::<&str>()?.chars().take(20).collect();
        let start = u64::from(u.arbitrary::<u8>()?);
        let odd: bool = u.ratio(1, 8)?;
        let range = match odd {
            true => u.arbitrary()?..u.arbitrary()?,
            false => start..start + text.len() as u64,
        };
        removals.push(Removal {
            text: (!u.ratio(1, 20)?).then_some(text),
            raw: u.arbitrary()?,
            ..Removal::new(Reason::Boilerplate, range)
        });
    }
    let mut cleaned = Cleaned::default();
    for what in [What::Head, What::Tail] {
        if u.ratio(1, 2)? {
            let payload = match u.int_in_range(0..=2)? {
                0 => Payload::Text(u.arbitrary()?),
                1 => Payload::Base64(u.arbitrary()?),
                _ => Payload::Length(u.arbitrary()?),
            };
            cleaned.sidecar.push(sidecar::Entry {
                record: 0,
                what,
                payload,
            });
        }
    }
    cleaned.output = u.bytes(u.len())?.to_vec();
    let _ = format.restore(&cleaned, &removals, output, &InputConfig::default());
    Ok(())
}

//! What people and other programs hand over besides texts: configuration files, models, labelled pages, pairs.

use std::cell::RefCell;
use std::io::{Read, Write};

use arbitrary::Unstructured;
use dechaff::compare::PairJudge;
use dechaff::config::{Config, ModelChoice, Share};
use dechaff::evaluate::{self, GoldPage, Options};
use dechaff::io::Compression;
use dechaff::model::file::VERSION;
use dechaff::model::{Model, Sight, context, words};
use dechaff::resources::parse_size;
use dechaff::rules::Page;
use dechaff::text::hash;

use super::texts::check_cuts;

/// A configuration that is read says the same when it is written and read again.
pub fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = (parse_size(text), Share::parse(text));
    let Ok(config) = toml::from_str::<Config>(text) else {
        return;
    };
    let written = serde_json::to_string(&config).expect("plain data");
    let again: Config = serde_json::from_str(&written).expect("what was written");
    assert_eq!(again, config);
    assert_eq!(again.fingerprint(), config.fingerprint());
}

/// A model file: as it comes, with its head and checksum put right, or the one in the program with other bytes behind its tables.
pub fn model(data: &[u8]) {
    let Some((&mode, rest)) = data.split_first() else {
        return;
    };
    if mode & 3 == 3 {
        let _ = tampered(mode >> 2, &mut Unstructured::new(rest));
        return;
    }
    let mut bytes = rest.to_vec();
    if mode & 1 == 1 {
        bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(rest);
        bytes.extend(hash::bytes128(&bytes).to_le_bytes());
    }
    if let Ok(model) = Model::decode(&bytes) {
        assert_eq!(
            Model::decode(&model.encode().expect("memory")).expect("what was written"),
            model
        );
    }
}

const MAGIC: &[u8; 12] = b"dechaffmodel";

/// The model in the program: the first steps packed, and unpacked what follows them: bias, thresholds, categories, trees.
struct Parts {
    packed: Vec<u8>,
    /// The same of a first step that knows no word: it unpacks faster, and what follows it is what is tampered with.
    empty: Vec<u8>,
    tail: Vec<u8>,
}

impl Parts {
    fn new() -> Self {
        let bytes = Model::embedded().and_then(|m| m.encode());
        let bytes = bytes.expect("the model in the program");
        let card = u32::from_le_bytes(*bytes[14..].first_chunk().expect("a length")) as usize;
        let packed = std::io::Cursor::new(bytes[18 + card..bytes.len() - 16].to_vec());
        let mut raw = Vec::new();
        let mut decoder = Compression::Zstd.decoder(packed).expect("memory");
        decoder.read_to_end(&mut raw).expect("a whole model");
        let tail = raw.split_off((1 << words::BITS) + context::FEATURES * 512);
        Parts {
            packed: zstd(&raw),
            empty: zstd(&vec![0; raw.len()]),
            tail,
        }
    }
}

fn zstd(raw: &[u8]) -> Vec<u8> {
    let mut encoder = Compression::Zstd.encoder(Vec::new()).expect("memory");
    encoder.write_all(raw).expect("memory");
    encoder.finish().expect("memory")
}

/// A model that someone changed on purpose is refused, or judges a page as any model does.
fn tampered(mode: u8, u: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    thread_local! {
        static PARTS: Parts = Parts::new();
        static SIGHT: RefCell<Sight> = RefCell::default();
    }
    let bytes = PARTS.with(|parts| {
        let mut tail = parts.tail.clone();
        for _ in 0..u.int_in_range(0..=4)? {
            let length = u.int_in_range(1..=4)?;
            let at = u.int_in_range(0..=tail.len() - length)?;
            u.fill_buffer(&mut tail[at..at + length])?;
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(0u32.to_le_bytes());
        bytes.extend(match mode {
            0 => &parts.packed,
            _ => &parts.empty,
        });
        bytes.extend(zstd(&tail));
        bytes.extend(hash::bytes128(&bytes).to_le_bytes());
        Ok(bytes)
    })?;
    if let Ok(model) = Model::decode(&bytes) {
        let text = u.bytes(u.len())?;
        let mut cuts = Vec::new();
        SIGHT.with_borrow_mut(|sight| model.cut(&Page::new(text), &[], sight, &mut cuts));
        check_cuts(text, &cuts);
    }
    Ok(())
}

thread_local! {
    static OPTIONS: Options = Options {
        config: Config { model: ModelChoice::None, ..Config::default() },
        ..Options::default()
    };
    static PAIRS: RefCell<PairJudge> = RefCell::new(PairJudge::new(&Config::default(), None));
}

/// Lines of a gold file, and records of pairs.
pub fn gold(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        PAIRS.with_borrow_mut(|judge| {
            for line in text.lines() {
                if let Ok(verdict) = judge.record(line) {
                    let _: serde_json::Value =
                        serde_json::from_str(&verdict).expect("a JSON record");
                }
            }
        });
    }
    // To set up the rules takes long; most inputs are no pages.
    let first = data.split(|&b| b == b'\n').next().unwrap_or_default();
    if serde_json::from_slice::<GoldPage>(first).is_err() {
        return;
    }
    OPTIONS.with(|options| {
        let mut predictions = Vec::new();
        if let Ok(found) = evaluate::evaluate(data, options, Some(&mut predictions)) {
            let _ = found.render(None);
        }
    });
}

//! What people and other programs hand over besides texts: configuration files, models, labelled pages, pairs.

use std::cell::RefCell;

use dechaff::compare::PairJudge;
use dechaff::config::{Config, ModelChoice, Share};
use dechaff::evaluate::{self, GoldPage, Options};
use dechaff::model::Model;
use dechaff::resources::parse_size;
use dechaff::text::hash;

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

/// A model file, as it comes or with its checksum put right.
pub fn model(data: &[u8]) {
    let Some((&mode, rest)) = data.split_first() else {
        return;
    };
    let mut bytes = rest.to_vec();
    if mode & 1 == 1 {
        bytes = [b"dechaffmodel\x01\x00", rest].concat();
        bytes.extend(hash::bytes128(&bytes).to_le_bytes());
    }
    if let Ok(model) = Model::decode(&bytes) {
        assert_eq!(
            Model::decode(&model.encode().expect("memory")).expect("what was written"),
            model
        );
    }
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

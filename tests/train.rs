//! Training: the same files give the same model, for any number of threads; what it makes is read back and used.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use dechaff::model::Model;
use dechaff::resources::Silent;
use dechaff::train::train;

fn gold() -> Vec<PathBuf> {
    [
        "fixtures/quality/pages.jsonl",
        "fixtures/languages/pages.jsonl",
    ]
    .map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
    .to_vec()
}

#[test]
fn a_training_is_repeatable() {
    let temp = tempfile::tempdir().unwrap();
    let content = temp.path().join("clean.jsonl");
    let text = |n: usize| {
        format!(
            "{{\"text\":\"Chapter {n}\\n\\nThe ferry was late again, and nobody on the quay of {n} minded.\"}}\n"
        )
    };
    std::fs::write(&content, (0..40).map(text).collect::<String>()).unwrap();
    let run = |threads| {
        train(
            &gold(),
            std::slice::from_ref(&content),
            temp.path(),
            threads,
            &Silent,
        )
        .unwrap()
    };
    let (one, two) = (run(1), run(2));
    let bytes = one.model.encode().unwrap();
    assert_eq!(bytes, two.model.encode().unwrap());
    assert_eq!(Model::decode(&bytes).unwrap(), one.model);
    assert!(one.model.card.contains("cross_validated"));
    assert!(
        one.figures
            .iter()
            .any(|f| f.view == "content clean" && f.pages > 0)
    );
    // The fixtures are few, but menus are learnt from them.
    let full = |f: &&dechaff::train::Figures| {
        f.view.ends_with("full") && f.level == dechaff::config::Level::Aggressive
    };
    let full = one.figures.iter().find(full).unwrap();
    assert!(full.recall > 0.5 && full.precision > 0.9, "{full:?}");
    assert_eq!(one.predictions.len(), two.predictions.len());
}

#[test]
fn what_is_no_gold_is_named() {
    let temp = tempfile::tempdir().unwrap();
    let bad = temp.path().join("bad.jsonl");
    let error = |files: &[PathBuf]| {
        train(files, &[], temp.path(), 1, &Silent)
            .err()
            .unwrap()
            .to_string()
    };
    std::fs::write(&bad, "{\"id\":\"a\"}\n").unwrap();
    assert!(error(std::slice::from_ref(&bad)).contains("bad.jsonl"));
    std::fs::write(&bad, "\n").unwrap();
    assert!(error(std::slice::from_ref(&bad)).contains("no labelled page"));
    assert!(error(&[temp.path().join("none.jsonl")]).contains("none.jsonl"));
}

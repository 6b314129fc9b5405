//! The kept inputs of the fuzzers, run again on any toolchain: what was found once stays found. See `docs/hostile.md`.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

#[path = "../fuzz/src/lib.rs"]
#[allow(unreachable_pub, dead_code)]
mod targets;

#[test]
fn the_kept_inputs_of_every_target_pass() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in targets::TARGETS {
        let entries = fs::read_dir(corpus.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut paths: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
        paths.sort();
        assert!(paths.len() >= 3, "{name} has {} inputs", paths.len());
        for path in paths {
            let bytes = fs::read(&path).unwrap();
            let passed = std::panic::catch_unwind(|| target(&bytes));
            assert!(passed.is_ok(), "{}", path.display());
        }
    }
}

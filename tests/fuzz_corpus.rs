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

/// Numbers that look random and are the same in every run of a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = dechaff::text::hash::mix(self.0.wrapping_add(0x9e37_79b9_7f4a_7c15));
        (self.0 % most.max(1) as u64) as usize
    }
}

/// A kept input with some changes: bytes turned over, put in, taken out, said twice, or taken from another input.
fn mutated(inputs: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = inputs[dice.below(inputs.len())].clone();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + 1 + dice.below(9)).min(bytes.len());
        match dice.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < bytes.len() => bytes[at] = b"\0\n\r\",;[]{}\\\xff\x80\x7fa "[dice.below(16)],
            2 => bytes.insert(at, dice.below(256) as u8),
            3 => _ = bytes.drain(at..end.max(at)),
            4 => bytes = [&bytes[..end.max(at)], &bytes[at..]].concat(),
            _ => {
                let other = &inputs[dice.below(inputs.len())];
                let from = dice.below(other.len() + 1);
                let to = (from + dice.below(40)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
        }
    }
    bytes
}

/// Without a fuzzer: blind, but on any toolchain. `DECHAFF_FUZZ` names targets, `DECHAFF_FUZZ_SECONDS` and `DECHAFF_FUZZ_SEED` say how long
/// and from where, `DECHAFF_FUZZ_LAST` where each input is left before it is tried: the one that never ends is found there.
#[test]
#[ignore = "as long as it is given: ten seconds a target"]
fn mutations_of_the_kept_inputs_pass() {
    let set = |name: &str| std::env::var(name).ok();
    let number = |name: &str, default| set(name).map_or(default, |v| v.parse().unwrap());
    let seconds = number("DECHAFF_FUZZ_SECONDS", 10);
    let wanted = set("DECHAFF_FUZZ");
    let last = set("DECHAFF_FUZZ_LAST");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let is_wanted = |name: &str| {
        wanted
            .as_ref()
            .is_none_or(|w| w.split(',').any(|w| w == name))
    };
    for (name, target) in targets::TARGETS.iter().filter(|(name, _)| is_wanted(name)) {
        let entries = fs::read_dir(corpus.join(name)).unwrap();
        let mut paths: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
        paths.sort();
        let inputs: Vec<_> = paths.iter().map(|p| fs::read(p).unwrap()).collect();
        let mut dice = Dice(number("DECHAFF_FUZZ_SEED", 1));
        let begun = std::time::Instant::now();
        let mut executions = 0u64;
        while begun.elapsed().as_secs() < seconds {
            let bytes = mutated(&inputs, &mut dice);
            if let Some(last) = &last {
                fs::write(last, &bytes).unwrap();
            }
            if std::panic::catch_unwind(|| target(&bytes)).is_err() {
                let path = std::env::temp_dir().join(format!("dechaff-{name}-{executions}"));
                fs::write(&path, &bytes).unwrap();
                panic!("{name} after {executions} executions: {}", path.display());
            }
            executions += 1;
        }
        println!("{name}: {executions} executions in {seconds} s");
    }
}

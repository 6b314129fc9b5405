//! What each fuzz target does with its bytes. The targets of `cargo fuzz` only call these functions, each its own (a fuzzer
//! looks at every counter of its binary after every input, so what is not linked is not paid for); an ordinary test of the project
//! includes this file and replays the kept corpora, so that what was found once stays found on any toolchain.
//!
//! A target is one function and one line in [`TARGETS`]. It holds an oracle wherever there is one: what was read comes back
//! byte for byte, a fast way equals a naive one, an answer does not depend on order. Where there is none, it asks that nothing
//! panics, overflows or grows without bound.

pub mod files;
pub mod folders;
pub mod readers;
pub mod settings;
pub mod tables;
pub mod texts;

/// A target: bytes in, a panic when something is wrong.
pub type Target = fn(&[u8]);

/// All targets by name.
pub static TARGETS: &[(&str, Target)] = &[
    ("jsonl", readers::jsonl),
    ("text", readers::text),
    ("lines", readers::lines),
    ("wet", readers::wet),
    ("warc", readers::warc),
    ("json", readers::json),
    ("table", readers::table),
    ("parquet", tables::parquet),
    ("record", readers::record),
    ("encoding", readers::encoding),
    ("archive", readers::archive),
    ("packed", readers::packed),
    ("container", files::container),
    ("rows", files::rows),
    ("logs", files::logs),
    ("putback", files::putback),
    ("restore", folders::restore),
    ("manifest", folders::manifest),
    ("clean", folders::clean),
    ("attributes", folders::attributes),
    ("config", settings::config),
    ("model", settings::model),
    ("gold", settings::gold),
    ("segment", texts::segment),
    ("fold", texts::fold),
    ("compare", texts::compare),
    ("rules", texts::rules),
    ("page", texts::page),
];

//! All integration tests but those of cost, one binary: what each module proves is said at its top.

mod bad_input;
mod beside;
mod cleaned;
#[cfg(feature = "cli")]
mod commands;
#[cfg(feature = "cli")]
mod crash;
mod cross_validation;
mod docs;
mod evaluate;
mod explain;
mod fold;
mod formats;
mod frequency;
mod fuzz_corpus;
mod generator;
mod golden;
#[cfg(feature = "cli")]
mod hostile;
mod io;
mod languages;
mod library;
mod page;
#[cfg(feature = "cli")]
mod program;
mod promises;
mod report;
mod rules;
mod train;
mod verdict;

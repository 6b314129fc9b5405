//! All integration tests, one binary: what each module proves is said at its top.

mod bad_input;
mod cleaned;
#[cfg(feature = "cli")]
mod commands;
mod cross_validation;
mod evaluate;
mod explain;
mod fold;
mod frequency;
mod golden;
mod io;
mod languages;
mod page;
mod promises;
mod report;
mod rules;
mod train;
mod verdict;

//! All integration tests, one binary: what each module proves is said at its top.

mod evaluate;
mod report;
mod rules;

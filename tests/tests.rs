//! All integration tests, one binary: what each module proves is said at its top.

mod evaluate;
mod explain;
mod fold;
mod io;
mod report;
mod rules;

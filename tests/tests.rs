//! All integration tests, one binary: what each module proves is said at its top.

mod fold;
mod rules;
mod verdict;

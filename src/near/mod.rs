//! Near-duplicate paragraphs: how alike two of them are, whether they differ in facts, and which may go.

pub mod align;
pub mod context;
mod encoded;
pub mod guard;
mod sentence;
pub mod similarity;
pub mod verdict;
mod words;

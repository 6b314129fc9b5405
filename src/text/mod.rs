//! From bytes to comparable units: lines, paragraphs, the folded form, shingles. Pure functions, no I/O, no decisions.

pub(crate) mod ascii;
pub mod fold;
pub mod hash;
mod like;
pub mod line;
pub mod link;
pub(crate) mod memory;
pub mod quote;
pub mod segment;
pub mod shingle;
pub mod utf8;
pub mod visible;

pub use like::nearest;

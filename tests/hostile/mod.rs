//! Input that is wrong, and input that means ill: what the user sees, and that time and memory stay bounded.
#![allow(clippy::unwrap_used)]

mod collisions;
mod folders;
mod growth;
mod page;
mod table;

//! dechaff removes the chaff from web-text dumps: near-duplicate paragraphs and boilerplate, with a witness for every cut.

pub mod apply;
pub mod boilerplate;
pub mod clean;
pub mod compare;
pub mod config;
pub mod error;
pub mod estimate;
pub mod evaluate;
pub mod explain;
mod fault;
pub mod files;
pub mod io;
pub mod manifest;
pub mod method;
pub mod model;
pub mod near;
pub mod parallel;
pub mod quarantine;
mod read;
pub mod reference;
pub mod removal;
pub mod report;
pub mod resolve;
pub mod resources;
pub mod restore;
pub mod resume;
pub mod rules;
pub mod sample;
pub mod scan;
pub mod text;
pub mod train;

pub use error::{Error, ErrorKind, Result};

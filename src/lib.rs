//! dechaff removes the chaff from web-text dumps: near-duplicate paragraphs and boilerplate, with a witness for every cut.

pub mod config;
pub mod error;
pub mod evaluate;
pub mod explain;
pub mod io;
pub mod manifest;
pub mod quarantine;
pub mod removal;
pub mod report;
pub mod restore;
pub mod rules;
pub mod text;

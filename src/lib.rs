//! dechaff removes the chaff from web-text dumps: near-duplicate paragraphs and boilerplate, with a witness for every cut.

pub mod config;
pub mod error;
pub mod evaluate;
pub mod report;
pub mod rules;
pub mod text;

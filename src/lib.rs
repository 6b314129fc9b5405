//! dechaff removes the chaff from web-text dumps: near-duplicate paragraphs and boilerplate, with a witness for every cut.

pub mod compare;
pub mod config;
pub mod error;
pub mod near;
pub mod rules;
pub mod text;

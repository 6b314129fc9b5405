//! dechaff removes the chaff from web-text dumps: near-duplicate paragraphs and boilerplate, with a witness for every cut.
//!
//! # What to use
//!
//! | you have | use |
//! |---|---|
//! | a text, and want its boilerplate gone | [`cleaner::Cleaner`] |
//! | documents that come one after the other, and want to know duplicates at once | [`index::Index`] |
//! | two texts, and want to know what they are to each other | [`compare::PairJudge`] |
//! | files, and want them cleaned, with log and report | [`clean::clean`] |
//! | more machines than one | [`scan::scan`], [`resolve::resolve`], [`apply::apply`] |
//! | results, and want to read why something went | [`explain`], [`removal`], [`report`] |
//!
//! `examples/` holds a program for one text, for a stream and for the three phases. All of them take a [`config::Config`],
//! which is everything that can change an answer; what a run may use is in [`resources::Resources`], and how far it is it
//! tells a [`resources::Progress`]. The library never prints, ends the process or keeps state of its own; errors
//! ([`Error`]) name the place and a way out.
//!
//! ```
//! use dechaff::{clean, config::Config, io, resources::{Resources, Silent}};
//!
//! let folder = tempfile::tempdir()?;
//! let page = folder.path().join("page.txt");
//! let line = "The ferryman keeps a list of everyone who never came back for the other half of the ticket.\n";
//! std::fs::write(&page, format!("{line}\n{line}"))?;
//!
//! let sources = io::expand(&[page.into_os_string()], None)?;
//! let out = folder.path().join("out");
//! let report = clean::clean(&sources, &out, &Config::default(), &Resources::default(), &Silent)?;
//! assert_eq!(report.paragraphs.removed, 1);
//! assert_eq!(std::fs::read_to_string(out.join("page.txt"))?, format!("{line}\n"));
//! # Ok::<(), dechaff::Error>(())
//! ```
//!
//! The features: `cli` (on by default) is the command line; a library wants `default-features = false`.

pub mod apply;
pub mod beside;
pub mod boilerplate;
pub mod clean;
pub mod cleaner;
pub mod compare;
pub mod config;
pub mod error;
pub mod estimate;
pub mod evaluate;
pub mod explain;
mod fault;
pub mod files;
pub mod index;
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
mod varint;

pub use error::{Error, ErrorKind, Result};

//! Bytes to documents and back: the table of formats and the types they share.
//!
//! A source is read in three steps. [`open`] finds its compression and format; a [`Framer`] cuts the decompressed bytes
//! into [`Frame`]s (serial, cheap, hashing as it goes; the frames of a source joined are the source); `parse` finds the
//! text in one frame and `clean` writes that frame less some ranges of its text (pure, so they may run on many threads).
//! [`sink::Sink`] puts what they return into files, in order. Nothing here knows why a range is removed.
//!
//! A format is one file and one line in [`FORMATS`].

pub mod compress;
pub mod convert;
pub mod csv;
pub mod encoding;
mod faults;
pub mod feed;
pub mod input;
pub mod journal;
pub mod json;
pub mod jsonl;
pub mod lines;
mod open;
pub mod output;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod sidecar;
pub mod sink;
pub mod splice;
pub mod text;
mod warc;
pub mod wet;

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::config::InputConfig;
use crate::error::{Error, Result};
use crate::removal::Removal;

use compress::Encoder;
use output::AtomicFile;

pub use compress::Compression;
pub use csv::Columns;
pub use encoding::Encoding;
pub use faults::{FAULTS, Fault};
pub use feed::{Digest, Feed};
pub use input::{Source, expand};
pub use open::open;
pub use splice::{Quoting, Span};

/// Most lines of a document. Every line costs some 280 bytes of memory while its document is judged, so that a record of nothing
/// but line ends would cost hundreds of times its size; no page has as many.
pub const MAX_LINES: usize = 1 << 20;

/// A piece of a source. All frames of a source, joined, are its decompressed bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// The record it holds, from 0; `None` for bytes between records. An over-long record comes in several frames of one number.
    pub record: Option<u64>,
    /// 0, or which further piece of an over-long record this is.
    pub part: u32,
    /// The bytes, as UTF-8 where the source has another encoding and they could be decoded.
    pub bytes: Vec<u8>,
    /// True when `bytes` are as the source has them, not decoded: a byte order mark, or a fault in a source of another encoding.
    pub raw: bool,
    /// Set when the framer itself found the record bad; such a frame is not parsed but quarantined.
    pub fault: Option<Fault>,
    /// True for bytes between records that an output of the same format carries whatever becomes of its records: the header row
    /// of a table, the brackets around an array. The first frame of a source may be such a head, and the last one its end.
    pub fixed: bool,
    /// What the header row says of the columns of this row.
    pub columns: Option<Arc<Columns>>,
}

/// Cuts a source into frames.
pub trait Framer: Send {
    /// Returns the next frame, `None` at the end (or at the limit of documents).
    fn next(&mut self) -> Result<Option<Frame>>;
    /// Length and hash of all bytes returned so far.
    fn finished(&self) -> Digest;
    /// What the header row says, where the format has one and it has been read.
    fn columns(&self) -> Option<Arc<Columns>> {
        None
    }
}

/// The text of a record and what names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<'a> {
    /// The id as it stands; a number or a truth value as written. `None` when there is none, or null.
    pub id: Option<Cow<'a, str>>,
    /// The address, if there is one.
    pub url: Option<Cow<'a, str>>,
    /// The text. Only `text` and `lines` may hold invalid UTF-8.
    pub text: Cow<'a, [u8]>,
    /// Where the text stands in the frame.
    pub span: Span,
}

impl<'a> Document<'a> {
    /// A text that stands in no record.
    pub(crate) fn of(text: &'a str) -> Self {
        Document {
            id: None,
            url: None,
            text: Cow::Borrowed(text.as_bytes()),
            span: Span::plain(0, text.len()),
        }
    }
}

/// What [`Format::clean`] makes of a record.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The record in the output format.
    pub output: Vec<u8>,
    /// What the output does not carry and `restore` needs.
    pub sidecar: Vec<sidecar::Entry>,
    /// For each removed range its raw bytes, where they differ from the canonical encoding of its text.
    pub raws: Vec<Option<String>>,
    /// True when something was removed and nothing but white space is left.
    pub emptied: bool,
    /// The columns of `output`, where it is a row; `restore` is told them.
    pub columns: Option<Arc<Columns>>,
}

impl Cleaned {
    /// Empties it for another record.
    pub fn clear(&mut self) {
        self.output.clear();
        self.sidecar.clear();
        self.raws.clear();
        self.emptied = false;
        self.columns = None;
    }
}

/// Writes a record less ranges of its text (ascending, disjoint, on character boundaries) in this output format.
pub type Cut = fn(&Frame, &Document<'_>, &[Range<usize>], &Format, &mut Cleaned);
/// Rebuilds the bytes of a record from what was cut, in this output format. The error says what does not fit.
pub type PutBack = fn(&Cleaned, &[Removal], &Format, &InputConfig) -> Result<Vec<u8>, String>;

/// One input format.
pub struct Format {
    /// The name used in options and files.
    pub name: &'static str,
    /// One sentence for the reader of `--help`.
    pub doc: &'static str,
    /// File name extensions, without the dot.
    pub extensions: &'static [&'static str],
    /// Whether the first bytes of a source can be nothing else.
    pub sniff: fn(&[u8]) -> bool,
    /// Starts to cut a source.
    pub frame: fn(Feed) -> Box<dyn Framer>,
    /// Finds id, address and text of a record.
    pub parse: for<'a> fn(&'a Frame, &InputConfig) -> Result<Document<'a>, Fault>,
    /// How it is written as itself, or as `kin`.
    pub cut: Cut,
    /// The inverse of `cut`.
    pub put_back: PutBack,
    /// Formats it can be written as; the first is the default.
    pub outputs: &'static [&'static str],
    /// The one of them that `cut` writes beside its own; the others are written by [`convert`].
    pub kin: Option<&'static str>,
    /// How a text is written in a record, by what stands before it.
    pub quoting: fn(&[u8]) -> Quoting,
    /// What a header row says, where the format has one.
    pub header: fn(&[u8], &InputConfig) -> Option<Columns>,
    /// How documents of other formats are written in this one, where they can be.
    pub target: Option<&'static convert::Target>,
    /// True when what stands between two records separates them: it goes with whichever of them is left out of the output.
    pub separates: bool,
    /// What ends an output of this format, also where the end of the source was not found.
    pub foot: &'static [u8],
    /// Set for files that are no run of bytes under a compression.
    pub container: Option<&'static Container>,
    /// True when records cannot be told apart in the output, so that the sidecar holds their lengths.
    pub seamless: bool,
    /// False when the format says itself that it is UTF-8.
    pub any_encoding: bool,
}

/// A file that is read and written as another run of bytes than lie on the disk.
pub struct Container {
    /// What such a file begins with.
    pub magic: &'static [u8],
    /// Reads the run of bytes that frames are cut from.
    pub read: fn(File, &Path, &InputConfig) -> Result<Box<dyn Read + Send>>,
    /// Takes such a run of bytes and writes the file.
    pub write: fn(AtomicFile) -> Encoder<AtomicFile>,
}

/// All formats, strongest signature first.
pub static FORMATS: &[&Format] = &[
    &wet::FORMAT,
    #[cfg(feature = "parquet")]
    &parquet::FORMAT,
    &jsonl::FORMAT,
    &json::FORMAT,
    &csv::CSV,
    &csv::TSV,
    &lines::FORMAT,
    &text::FORMAT,
];

impl Format {
    /// What most formats have in common: plain bytes, and nothing around the records.
    const PLAIN: Format = Format {
        name: "",
        doc: "",
        extensions: &[],
        sniff: |_| false,
        frame: |feed| Box::new(lines::LineFramer::new(feed, lines::Blank::Record)),
        parse: lines::parse,
        cut: lines::cut,
        put_back: lines::put_back,
        outputs: &[],
        kin: None,
        quoting: |_| Quoting::Plain,
        header: |_, _| None,
        target: None,
        separates: false,
        foot: b"",
        container: None,
        seamless: false,
        any_encoding: true,
    };

    /// True where the format itself knows how it is written as that one.
    fn writes(&self, output: &Format) -> bool {
        output.name == self.name || self.kin == Some(output.name)
    }

    /// Writes a record less ranges of its text (ascending, disjoint, on character boundaries) in this output format.
    pub fn clean(
        &self,
        frame: &Frame,
        document: &Document<'_>,
        removed: &[Range<usize>],
        output: &Format,
        out: &mut Cleaned,
    ) {
        match self.writes(output) {
            true => (self.cut)(frame, document, removed, output, out),
            false => convert::clean(frame, document, removed, output, out),
        }
    }

    /// Rebuilds the bytes of a record from what `clean` and the log made of it.
    ///
    /// # Errors
    /// Says what of them does not fit.
    pub fn restore(
        &self,
        cleaned: &Cleaned,
        removals: &[Removal],
        output: &Format,
        config: &InputConfig,
    ) -> Result<Vec<u8>, String> {
        match self.writes(output) {
            true => (self.put_back)(cleaned, removals, output, config),
            false => convert::restore(cleaned, removals, output, self.quoting),
        }
    }

    /// Begins to write a file of this format, compressed so if it is no container.
    pub(crate) fn encoder(
        &self,
        compression: Compression,
        path: &Path,
    ) -> Result<Encoder<AtomicFile>> {
        let file = AtomicFile::create(path)?;
        match self.container {
            Some(container) => Ok((container.write)(file)),
            None => compression.encoder(file).map_err(|e| Error::io(e, path)),
        }
    }
}

/// Finds a format by name; `warc` is another one for `wet`. The error lists the names.
pub fn find(name: &str) -> Result<&'static Format> {
    let name = if name == "warc" {
        wet::FORMAT.name
    } else {
        name
    };
    FORMATS
        .iter()
        .copied()
        .find(|f| f.name == name)
        .ok_or_else(|| {
            let names: Vec<_> = FORMATS.iter().map(|f| f.name).collect();
            Error::config(format!(
                "unknown format {name:?}; expected one of {}",
                names.join(", ")
            ))
        })
}

/// A source that is ready to be read.
pub struct Opened {
    /// Cuts it into frames.
    pub framer: Box<dyn Framer>,
    /// How it is written.
    pub shape: Shape,
    /// The same open file: its position tells how far it has been read. `None` where the system gives no second handle.
    pub position: Option<File>,
}

/// How a source and its output are written.
#[derive(Clone, Copy)]
pub struct Shape {
    /// How its records are written.
    pub format: &'static Format,
    /// How the cleaned records are written.
    pub output_format: &'static Format,
    /// How it is compressed; the output is compressed alike.
    pub compression: Compression,
    /// Its character encoding when that is not UTF-8.
    pub encoding: Option<Encoding>,
}

/// The format the output of this input format has.
pub fn output_format(format: &'static Format, config: &InputConfig) -> Result<&'static Format> {
    let Some(name) = &config.output_format else {
        return find(format.outputs[0]);
    };
    let output = find(name)?;
    if format.outputs.contains(&output.name) {
        return Ok(output);
    }
    Err(Error::config(format!(
        "{} cannot be written as {}; expected {}",
        format.name,
        output.name,
        format.outputs.join(" or ")
    )))
}

//! Writing a stream of rows as a Parquet file.
//!
//! Rows wait until a row group is full, so that memory is bounded by [`GROUP`] and not by the row groups of the source.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

use super::columns::{self, Sink};
use super::rows::{self, Head, PREFIX, Row};
use crate::io::compress::Finish;

/// Bytes of values in a row group; a row that is longer is one by itself. The usual advice is 128 MiB and more for large scans,
/// 100 MB at most for hubs that show rows; a smaller one costs a little room, and is held in memory.
const GROUP: usize = 64 << 20;
/// Most rows of a row group.
const ROWS: usize = 1 << 20;

/// A Parquet file that takes a stream.
pub(super) struct Table<W: Write + Send> {
    state: State<W>,
    /// Bytes of an item that is not whole yet.
    pending: Vec<u8>,
}

enum State<W: Write + Send> {
    /// Nothing has come yet.
    Empty(W),
    /// The head has come.
    Head(W, Head),
    /// Rows have come.
    Rows(Box<Rows<W>>),
    /// An error has been returned.
    Failed,
}

struct Rows<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Box<dyn Sink>>,
    text: usize,
    bytes: usize,
    rows: usize,
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        // A full disk says so itself.
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other.to_string()),
    }
}

impl<W: Write + Send> Table<W> {
    /// A file of which nothing is written yet.
    pub(super) fn new(writer: W) -> Self {
        Table {
            state: State::Empty(writer),
            pending: Vec::new(),
        }
    }

    fn item(&mut self, item: &[u8]) -> io::Result<()> {
        let state = std::mem::replace(&mut self.state, State::Failed);
        self.state = match state {
            State::Empty(writer) => State::Head(writer, Head::read(item).map_err(failed)?),
            State::Head(writer, head) => {
                let codec = read(item)?.codec;
                let mut rows = Box::new(Rows::begin(writer, &head, codec)?);
                rows.add(item)?;
                State::Rows(rows)
            }
            State::Rows(mut rows) => {
                rows.add(item)?;
                State::Rows(rows)
            }
            State::Failed => return Err(io::Error::other("this file could not be written")),
        };
        Ok(())
    }
}

fn read(item: &[u8]) -> io::Result<Row<'_>> {
    Row::read(item).map_err(|what| io::Error::new(io::ErrorKind::InvalidData, what))
}

impl<W: Write + Send> Write for Table<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let pending = std::mem::take(&mut self.pending);
        let joined;
        let mut rest = match pending.is_empty() {
            true => bytes,
            false => {
                joined = [&pending[..], bytes].concat();
                &joined
            }
        };
        while let Some(prefix) = rest.get(..PREFIX) {
            let length = PREFIX + rows::length(prefix);
            let Some((item, after)) = rest.split_at_checked(length) else {
                break;
            };
            self.item(item)?;
            rest = after;
        }
        self.pending = rest.to_vec();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write + Send> Finish<W> for Table<W> {
    fn finish(self: Box<Self>) -> io::Result<W> {
        if !self.pending.is_empty() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a row that is cut off",
            ));
        }
        match self.state {
            // A source that was damaged from its beginning: there is no schema to write.
            State::Empty(writer) => Ok(writer),
            State::Head(writer, head) => Rows::begin(writer, &head, rows::ZSTD)?.finish(),
            State::Rows(rows) => rows.finish(),
            State::Failed => Err(io::Error::other("this file could not be written")),
        }
    }
}

impl<W: Write + Send> Rows<W> {
    fn begin(writer: W, head: &Head, codec: u8) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(compression(codec))
            .set_created_by(format!("dechaff version {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(head.metadata.clone())
            .build();
        let schema = head.schema.root_schema_ptr();
        let columns = head.schema.columns().iter().map(columns::sink);
        let columns = columns.collect::<Result<_, _>>().map_err(failed)?;
        let writer =
            SerializedFileWriter::new(writer, schema, Arc::new(properties)).map_err(failed)?;
        Ok(Rows {
            writer,
            columns,
            text: head.text,
            bytes: 0,
            rows: 0,
        })
    }

    fn add(&mut self, item: &[u8]) -> io::Result<()> {
        let row = read(item)?;
        let mut others = row.others;
        let text = row.has_text.then_some(row.text);
        let mut fits = Some(());
        for (i, column) in self.columns.iter_mut().enumerate() {
            fits = fits.and_then(|()| match i == self.text {
                true => column.take_text(text),
                false => column.take(&mut others),
            });
        }
        if fits.is_none() || !others.is_empty() {
            let what = "a row that does not fit the schema";
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        self.bytes += item.len();
        self.rows += 1;
        match self.bytes >= GROUP || self.rows >= ROWS {
            true => self.write(),
            false => Ok(()),
        }
    }

    /// Writes the rows that wait as a row group.
    fn write(&mut self) -> io::Result<()> {
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for column in &mut self.columns {
            let writer = group.next_column().map_err(failed)?;
            let writer = writer.expect("as many columns as the schema has");
            column.write(writer).map_err(failed)?;
        }
        group.close().map_err(failed)?;
        (self.bytes, self.rows) = (0, 0);
        Ok(())
    }

    fn finish(mut self) -> io::Result<W> {
        if self.rows > 0 {
            self.write()?;
        }
        self.writer.into_inner().map_err(failed)
    }
}

/// The codec of this number.
fn compression(codec: u8) -> Compression {
    match codec {
        0 => Compression::UNCOMPRESSED,
        1 => Compression::SNAPPY,
        2 => Compression::GZIP(GzipLevel::default()),
        4 => Compression::BROTLI(BrotliLevel::default()),
        7 => Compression::LZ4_RAW,
        _ => Compression::ZSTD(ZstdLevel::default()),
    }
}

//! Reading a Parquet file as a stream of rows.
//!
//! Row groups are read one after the other, some rows at a time: as many as make about a megabyte, by what the file says of
//! itself. Memory is that, and a page of every column.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::Ordering;

use parquet::basic::{Compression, Repetition, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::SchemaDescriptor;

use super::columns::{self, Source};
use super::pages::Pages;
use super::rows::{self, Head, PREFIX};
use crate::config::InputConfig;
use crate::error::{Error, Result};
use crate::io::compress::Expansion;
use crate::io::faults;

/// Bytes of values that are decoded at once, about.
const BATCH: i64 = 1 << 20;
/// Most rows that are.
const ROWS: i64 = 1024;
/// Bytes handed on at once, where that many are there.
const CHUNK: usize = 128 << 10;

/// A Parquet file as a stream.
pub(super) struct Table {
    /// The file, or why it cannot be read. There is none in the output of a source of which nothing could be read.
    open: Result<Option<Box<Open>>, String>,
    /// Bytes that are ready, and how many of them have been handed out.
    ready: Vec<u8>,
    at: usize,
    expansion: Expansion,
}

/// Which columns matter, by number among the leaves.
struct Places {
    text: usize,
    id: Option<usize>,
    url: Option<usize>,
}

struct Open {
    file: SerializedFileReader<Pages>,
    places: Places,
    codec: u8,
    /// The row group to read next.
    next: usize,
    columns: Vec<Box<dyn Source>>,
    /// Rows at a time, of this row group.
    step: usize,
    /// Rows that have been decoded and not been written to the stream.
    left: usize,
    others: Vec<u8>,
    /// The head is yet to be read.
    head: bool,
}

impl Table {
    /// Opens a file. One that is damaged is told when it is read, as with other archives.
    pub(super) fn open(file: File, path: &Path, config: &InputConfig) -> Result<Self> {
        let bytes = file.metadata().map_err(|e| Error::io(e, path))?.len();
        let broken = |e: String| format!("a Parquet file without a footer that can be read: {e}");
        let open = match bytes {
            0 => Ok(None),
            _ => {
                let (pages, heads) = Pages::of(file, bytes, config.max_expansion);
                match guarded(|| SerializedFileReader::new(pages)).map_err(broken) {
                    Err(what) => Err(what),
                    Ok(reader) => {
                        heads.store(true, Ordering::Relaxed);
                        Ok(Some(Box::new(Open::new(reader, path, config)?)))
                    }
                }
            }
        };
        Ok(Table {
            open,
            ready: Vec::new(),
            at: 0,
            expansion: Expansion::new(config.max_expansion),
        })
    }
}

/// Reads what may be damaged in ways that the library did not think of.
fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|e| match e {
            // Our own words, which the library would put its name for others before.
            ParquetError::External(ours) => ours.to_string(),
            theirs => theirs.to_string(),
        }),
        Err(_) => Err("it is damaged".into()),
    }
}

impl Read for Table {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.at == self.ready.len() {
            self.ready.clear();
            self.at = 0;
            let Table {
                open,
                ready,
                expansion,
                ..
            } = self;
            let read = match open {
                Ok(None) => Ok(()),
                Ok(Some(open)) => guarded(|| open.chunk(ready, expansion)),
                Err(what) => Err(std::mem::take(what)),
            };
            if let Err(what) = read {
                // What was made before the damage is handed on first.
                if ready.is_empty() {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, what));
                }
                self.open = Err(what);
            }
            self.expansion.out(self.ready.len())?;
        }
        let rest = &self.ready[self.at..];
        let length = rest.len().min(bytes.len());
        bytes[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        Ok(length)
    }
}

impl Places {
    fn find(schema: &SchemaDescriptor, path: &Path, config: &InputConfig) -> Result<Self> {
        // A column of the table itself, not one inside another.
        let named = |name: &str| {
            let column = |c: &parquet::schema::types::ColumnDescPtr| {
                c.path().parts() == [name] && c.max_rep_level() == 0
            };
            schema.columns().iter().position(column)
        };
        let refuse = |what: String, hint: &str| {
            Err(Error::input(what).at(path.display().to_string()).hint(hint))
        };
        let name = &config.text_field;
        let Some(text) = named(name) else {
            let fields = schema.root_schema().get_fields();
            return refuse(
                faults::missing("column", name, fields.iter().map(|f| f.name())),
                "name the column that holds the text with --text-field",
            );
        };
        let column = schema.column(text);
        let nested = column.self_type().get_basic_info().repetition() == Repetition::REPEATED;
        if column.physical_type() != Physical::BYTE_ARRAY || nested {
            return refuse(
                format!(
                    "column {name:?} is {}; expected strings",
                    column.physical_type()
                ),
                "name the column that holds the text with --text-field",
            );
        }
        Ok(Places {
            text,
            id: named(&config.id_field).filter(|&i| i != text),
            url: named(&config.url_field).filter(|&i| i != text),
        })
    }
}

impl Open {
    fn new(file: SerializedFileReader<Pages>, path: &Path, config: &InputConfig) -> Result<Self> {
        let metadata = file.metadata();
        let schema = metadata.file_metadata().schema_descr();
        let places = Places::find(schema, path, config)?;
        let group = metadata.row_groups().first();
        let codec = group.map_or(rows::ZSTD, |g| codec(g.column(places.text).compression()));
        Ok(Open {
            places,
            codec,
            next: 0,
            columns: Vec::new(),
            step: 1,
            left: 0,
            others: Vec::new(),
            head: true,
            file,
        })
    }

    /// Makes some bytes of the stream; none at its end.
    fn chunk(&mut self, out: &mut Vec<u8>, expansion: &mut Expansion) -> Result<(), ParquetError> {
        if std::mem::take(&mut self.head) {
            let file = self.file.metadata().file_metadata();
            let head = Head {
                text: self.places.text,
                schema: file.schema_descr_ptr(),
                metadata: file.key_value_metadata().cloned(),
            };
            out.extend(head.to_bytes()?);
            return Ok(());
        }
        while out.len() < CHUNK {
            if self.left > 0 {
                self.row(out)?;
                self.left -= 1;
            } else if !self.columns.is_empty() && self.fill()? {
                continue;
            } else if self.next < self.file.num_row_groups() {
                self.group(expansion)?;
            } else {
                break;
            }
        }
        Ok(())
    }

    /// Opens the next row group.
    fn group(&mut self, expansion: &mut Expansion) -> Result<(), ParquetError> {
        let group = self.file.get_row_group(self.next)?;
        let metadata = group.metadata();
        expansion.packed(u64::try_from(metadata.compressed_size()).unwrap_or_default());
        let each = metadata.total_byte_size() / metadata.num_rows().max(1);
        self.step = (BATCH / each.max(1)).clamp(1, ROWS) as usize;
        let schema = metadata.schema_descr();
        let columns = schema.columns().iter().enumerate();
        let columns =
            columns.map(|(i, column)| columns::source(group.get_column_reader(i)?, column));
        self.columns = columns.collect::<Result<_, _>>()?;
        self.next += 1;
        Ok(())
    }

    /// Decodes some rows; false at the end of the row group.
    fn fill(&mut self) -> Result<bool, ParquetError> {
        let mut rows = None;
        for column in &mut self.columns {
            let found = column.fill(self.step)?;
            if *rows.get_or_insert(found) != found {
                return Err(ParquetError::General(
                    "columns of one row group have different numbers of rows".into(),
                ));
            }
        }
        self.left = rows.unwrap_or_default();
        if self.left == 0 {
            self.columns.clear();
        }
        Ok(self.left > 0)
    }

    /// Appends a row.
    fn row(&mut self, out: &mut Vec<u8>) -> Result<(), ParquetError> {
        let Places { text, id, url } = self.places;
        let plain = |place: Option<usize>| self.columns[place?].plain();
        let (id, url) = (plain(id), plain(url));
        self.others.clear();
        for (i, column) in self.columns.iter_mut().enumerate() {
            if i != text {
                column.put(&mut self.others)?;
            }
        }
        let start = out.len();
        let mark = start + PREFIX + 1;
        let (id, url) = (id.as_deref(), url.as_deref());
        rows::begin(self.codec, false, id, url, &self.others, out);
        out[mark] = u8::from(self.columns[text].put_text(out)?);
        if u32::try_from(out.len() - start).is_err() {
            return Err(ParquetError::General("a row of more than 4 GiB".into()));
        }
        rows::set_length(&mut out[start..]);
        Ok(())
    }
}

/// The number of a codec in the format. That of Hadoop's LZ4 is given up for its successor.
fn codec(compression: Compression) -> u8 {
    match compression {
        Compression::UNCOMPRESSED => 0,
        Compression::SNAPPY => 1,
        Compression::GZIP(_) => 2,
        Compression::LZO => 3,
        Compression::BROTLI(_) => 4,
        Compression::ZSTD(_) => rows::ZSTD,
        Compression::LZ4 | Compression::LZ4_RAW => 7,
    }
}

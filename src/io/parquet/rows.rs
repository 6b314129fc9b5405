//! A table as a stream of bytes: a head, then its rows. Every item begins with the length of the rest of it.
//!
//! The head is the number of the text column and the footer of a Parquet file without row groups: the schema and the metadata
//! that writers left. A row holds the codec of its column chunk, the id and the address as text, the values of all columns but
//! the text (see `columns`), and the text last, so that it can be cut like that of any other record. Two tables are equal
//! when their streams are.

use std::borrow::Cow;
use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::file::metadata::{
    FileMetaData, KeyValue, ParquetMetaDataBuilder, ParquetMetaDataReader, ParquetMetaDataWriter,
};
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};

use crate::io::convert::Page;
use crate::io::splice::Span;
use crate::io::{Document, Fault, faults};
use crate::varint;

/// Bytes of the length before every item.
pub(super) const PREFIX: usize = 4;
/// Bytes after the footer: its length and the magic.
const FOOTER: usize = 8;

/// The number before an item.
pub(super) fn length(prefix: &[u8]) -> usize {
    let bytes = prefix.first_chunk().copied().unwrap_or_default();
    u32::from_le_bytes(bytes) as usize
}

/// Writes the length of an item that has been made, or changed.
pub(super) fn set_length(item: &mut [u8]) {
    let length = u32::try_from(item.len() - PREFIX).unwrap_or(u32::MAX);
    item[..PREFIX].copy_from_slice(&length.to_le_bytes());
}

/// What is in a head.
pub(super) struct Head {
    /// Which leaf column holds the text.
    pub(super) text: usize,
    pub(super) schema: SchemaDescPtr,
    pub(super) metadata: Option<Vec<KeyValue>>,
}

impl Head {
    /// Writes it as an item of the stream.
    pub(super) fn to_bytes(&self) -> parquet::errors::Result<Vec<u8>> {
        let metadata = self.metadata.clone().filter(|m| !m.is_empty());
        let file = FileMetaData::new(1, 0, None, metadata, self.schema.clone(), None);
        let file = ParquetMetaDataBuilder::new(file).build();
        let mut out = Vec::new();
        ParquetMetaDataWriter::new(&mut out, &file).finish()?;
        let text = u32::try_from(self.text).unwrap_or(u32::MAX);
        out.splice(..0, [[0; PREFIX], text.to_le_bytes()].concat());
        set_length(&mut out);
        Ok(out)
    }

    /// Reads the item.
    pub(super) fn read(item: &[u8]) -> parquet::errors::Result<Self> {
        let thrift = item.get(2 * PREFIX..item.len().saturating_sub(FOOTER));
        let read = ParquetMetaDataReader::decode_metadata(thrift.unwrap_or_default())?;
        let file = read.file_metadata();
        Ok(Head {
            text: length(&item[PREFIX..]),
            schema: file.schema_descr_ptr(),
            metadata: file.key_value_metadata().cloned(),
        })
    }
}

/// Takes bytes with their number before them off the front.
pub(super) fn take_bytes<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(varint::take(bytes)?).ok()?;
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

/// Appends bytes with their number before them.
pub(super) fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    varint::put(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

/// A row taken apart.
pub(super) struct Row<'a> {
    /// A compression codec, by its number in the format.
    pub(super) codec: u8,
    pub(super) has_text: bool,
    id: Option<&'a [u8]>,
    url: Option<&'a [u8]>,
    /// The values of all other columns.
    pub(super) others: &'a [u8],
    pub(super) text: &'a [u8],
    start: usize,
}

impl<'a> Row<'a> {
    /// Takes an item apart; the error says what does not fit.
    pub(super) fn read(item: &'a [u8]) -> Result<Self, String> {
        Row::parts(item).ok_or_else(|| "a row that is cut off".to_owned())
    }

    fn parts(item: &'a [u8]) -> Option<Self> {
        let mut rest = item.get(PREFIX..)?;
        let (&[codec, has_text], after) = rest.split_first_chunk()?;
        rest = after;
        let id = take_optional(&mut rest)?;
        let url = take_optional(&mut rest)?;
        let others = take_bytes(&mut rest)?;
        Some(Row {
            codec,
            has_text: has_text == 1,
            id,
            url,
            others,
            text: rest,
            start: item.len() - rest.len(),
        })
    }

    /// Where the text stands in the item.
    pub(super) fn span(&self) -> Span {
        Span::plain(self.start, self.start + self.text.len())
    }

    /// The row as a document.
    pub(super) fn document(&self, item: &'a [u8]) -> Result<Document<'a>, Fault> {
        let span = self.span();
        let text = &item[span.start..span.end];
        faults::too_many_lines(text)?;
        Fault::unless_utf8(text, "text")?;
        Ok(Document {
            id: self.id.map(String::from_utf8_lossy),
            url: self.url.map(String::from_utf8_lossy),
            text: Cow::Borrowed(text),
            span,
        })
    }
}

fn take_optional<'a>(bytes: &mut &'a [u8]) -> Option<Option<&'a [u8]>> {
    let (&there, rest) = bytes.split_first()?;
    *bytes = rest;
    match there {
        0 => Some(None),
        _ => take_bytes(bytes).map(Some),
    }
}

/// Begins a row in `out`; the text is to follow, and its length to be set.
pub(super) fn begin(
    codec: u8,
    has_text: bool,
    id: Option<&[u8]>,
    url: Option<&[u8]>,
    others: &[u8],
    out: &mut Vec<u8>,
) {
    out.extend_from_slice(&[0; PREFIX]);
    out.extend_from_slice(&[codec, u8::from(has_text)]);
    for value in [id, url] {
        out.push(u8::from(value.is_some()));
        if let Some(value) = value {
            put_bytes(value, out);
        }
    }
    put_bytes(others, out);
}

/// Zstandard, in which tables are written that were none before.
pub(super) const ZSTD: u8 = 6;

/// The head of a table that is made of documents: three columns of strings.
pub(super) fn plain_head() -> Vec<u8> {
    let column = |name: &str, repetition| {
        let column = Type::primitive_type_builder(name, Physical::BYTE_ARRAY);
        let column = column.with_repetition(repetition);
        let column = column.with_converted_type(ConvertedType::UTF8);
        column.with_logical_type(Some(LogicalType::String)).build()
    };
    let fields = [
        column("id", Repetition::OPTIONAL),
        column("url", Repetition::OPTIONAL),
        column("text", Repetition::REQUIRED),
    ];
    let schema = fields
        .into_iter()
        .map(|field| field.map(Arc::new))
        .collect::<Result<Vec<_>, _>>()
        .and_then(|fields| {
            Type::group_type_builder("schema")
                .with_fields(fields)
                .build()
        });
    let schema = SchemaDescriptor::new(Arc::new(schema.expect("a valid schema")));
    let head = Head {
        text: 2,
        schema: Arc::new(schema),
        metadata: None,
    };
    head.to_bytes().expect("a schema that was just made")
}

/// Appends a document of another format as a row of such a table.
pub(super) fn plain_row(page: &Page<'_>, out: &mut Vec<u8>) {
    let mut others = Vec::new();
    for value in [&page.id, &page.url] {
        // The level of definition, and the value where there is one.
        others.push(u8::from(value.is_some()));
        if let Some(value) = value {
            put_bytes(value.as_bytes(), &mut others);
        }
    }
    let start = out.len();
    let (id, url) = (page.id.as_deref(), page.url.as_deref());
    begin(
        ZSTD,
        true,
        id.map(str::as_bytes),
        url.map(str::as_bytes),
        &others,
        out,
    );
    out.extend_from_slice(page.text.as_bytes());
    set_length(&mut out[start..]);
}

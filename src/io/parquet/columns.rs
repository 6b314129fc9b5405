//! The values of a row, column by column, as bytes and back.
//!
//! Parquet stores nested data as leaf columns with levels of repetition and definition; a row is what begins at a repetition of
//! 0. Levels and values are carried as they are, so that lists, maps, structures and types this program has never heard of come
//! through: a column is one of eight physical types, and nothing more is looked at.

use parquet::basic::Type as Physical;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray,
    FixedLenByteArrayType, FloatType, Int32Type, Int64Type, Int96, Int96Type,
};
use parquet::errors::{ParquetError, Result};
use parquet::file::writer::SerializedColumnWriter;
use parquet::schema::types::ColumnDescPtr;

use super::rows::{put_bytes, take_bytes};
use crate::varint;

/// A value of a physical type.
pub(super) trait Cell: Sized {
    fn put(&self, out: &mut Vec<u8>);
    /// Takes a value off the front; `width` is the length of fixed ones.
    fn take(bytes: &mut &[u8], width: usize) -> Option<Self>;
    /// As text, where it can be an id.
    fn plain(&self) -> Option<Vec<u8>>;
}

fn chunk<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (&chunk, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(chunk)
}

macro_rules! number {
    ($type:ty, $plain:expr) => {
        impl Cell for $type {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            fn take(bytes: &mut &[u8], _: usize) -> Option<Self> {
                chunk(bytes).map(<$type>::from_le_bytes)
            }
            fn plain(&self) -> Option<Vec<u8>> {
                $plain.then(|| self.to_string().into_bytes())
            }
        }
    };
}

number!(i32, true);
number!(i64, true);
number!(f32, false);
number!(f64, false);

impl Cell for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn take(bytes: &mut &[u8], _: usize) -> Option<Self> {
        chunk(bytes).map(|[byte]| byte != 0)
    }

    fn plain(&self) -> Option<Vec<u8>> {
        Some(self.to_string().into_bytes())
    }
}

impl Cell for Int96 {
    fn put(&self, out: &mut Vec<u8>) {
        self.data()
            .iter()
            .for_each(|part| out.extend_from_slice(&part.to_le_bytes()));
    }

    fn take(bytes: &mut &[u8], _: usize) -> Option<Self> {
        let [a, b, c] = [chunk(bytes)?, chunk(bytes)?, chunk(bytes)?].map(u32::from_le_bytes);
        let mut value = Int96::new();
        value.set_data(a, b, c);
        Some(value)
    }

    fn plain(&self) -> Option<Vec<u8>> {
        None
    }
}

impl Cell for ByteArray {
    fn put(&self, out: &mut Vec<u8>) {
        put_bytes(self.data(), out);
    }

    fn take(bytes: &mut &[u8], _: usize) -> Option<Self> {
        take_bytes(bytes).map(|taken| ByteArray::from(taken.to_vec()))
    }

    fn plain(&self) -> Option<Vec<u8>> {
        Some(self.data().to_vec())
    }
}

impl Cell for FixedLenByteArray {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.data());
    }

    fn take(bytes: &mut &[u8], width: usize) -> Option<Self> {
        let (taken, rest) = bytes.split_at_checked(width)?;
        *bytes = rest;
        Some(FixedLenByteArray::from(taken.to_vec()))
    }

    fn plain(&self) -> Option<Vec<u8>> {
        None
    }
}

/// How deep a column nests.
#[derive(Clone, Copy)]
struct Levels {
    definition: i16,
    repetition: i16,
    width: usize,
}

impl Levels {
    fn of(column: &ColumnDescPtr) -> Result<Self> {
        let levels = Levels {
            definition: column.max_def_level(),
            repetition: column.max_rep_level(),
            width: usize::try_from(column.type_length()).unwrap_or_default(),
        };
        match levels.definition.max(levels.repetition) {
            0..=255 => Ok(levels),
            _ => Err(ParquetError::NYI("more than 255 levels".into())),
        }
    }
}

/// A column being read, some rows at a time.
pub(super) trait Source: Send {
    /// Reads the next rows, in place of the last ones. Returns how many there are.
    fn fill(&mut self, rows: usize) -> Result<usize>;
    /// Appends what the next row has in this column.
    fn put(&mut self, out: &mut Vec<u8>) -> Result<()>;
    /// The value of the next row as text, without going on; `None` for null, and for what is no text.
    fn plain(&self) -> Option<Vec<u8>>;
    /// Appends the bytes of the next row's value and goes on; false for null.
    fn put_text(&mut self, out: &mut Vec<u8>) -> Result<bool>;
}

struct Reading<T: DataType> {
    reader: ColumnReaderImpl<T>,
    levels: Levels,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    values: Vec<T::T>,
    /// Levels and values that have been handed out.
    level: usize,
    value: usize,
    count: usize,
}

/// A column to read from.
pub(super) fn source(reader: ColumnReader, column: &ColumnDescPtr) -> Result<Box<dyn Source>> {
    let levels = Levels::of(column)?;
    Ok(match reader {
        ColumnReader::BoolColumnReader(r) => Box::new(Reading::new(r, levels)),
        ColumnReader::Int32ColumnReader(r) => Box::new(Reading::new(r, levels)),
        ColumnReader::Int64ColumnReader(r) => Box::new(Reading::new(r, levels)),
        ColumnReader::Int96ColumnReader(r) => Box::new(Reading::new(r, levels)),
        ColumnReader::FloatColumnReader(r) => Box::new(Reading::new(r, levels)),
        ColumnReader::DoubleColumnReader(r) => Box::new(Reading::new(r, levels)),
        ColumnReader::ByteArrayColumnReader(r) => Box::new(Reading::new(r, levels)),
        ColumnReader::FixedLenByteArrayColumnReader(r) => Box::new(Reading::new(r, levels)),
    })
}

impl<T: DataType> Reading<T> {
    fn new(reader: ColumnReaderImpl<T>, levels: Levels) -> Self {
        Reading {
            reader,
            levels,
            definitions: Vec::new(),
            repetitions: Vec::new(),
            values: Vec::new(),
            level: 0,
            value: 0,
            count: 0,
        }
    }

    /// The level of definition at a place.
    fn definition(&self, at: usize) -> i16 {
        match self.levels.definition {
            0 => 0,
            _ => self.definitions.get(at).copied().unwrap_or_default(),
        }
    }
}

fn uneven() -> ParquetError {
    ParquetError::General("columns of one row group have different numbers of rows".into())
}

impl<T: DataType> Source for Reading<T>
where
    T::T: Cell,
{
    fn fill(&mut self, rows: usize) -> Result<usize> {
        self.definitions.clear();
        self.repetitions.clear();
        self.values.clear();
        (self.level, self.value) = (0, 0);
        let (records, _, levels) = self.reader.read_records(
            rows,
            Some(&mut self.definitions),
            Some(&mut self.repetitions),
            &mut self.values,
        )?;
        let inside = |levels: &[i16], most: i16| levels.iter().all(|l| (0..=most).contains(l));
        if !inside(&self.definitions, self.levels.definition)
            || !inside(&self.repetitions, self.levels.repetition)
        {
            // Whoever writes them counts them in a table of as many as the schema has.
            return Err(ParquetError::General(
                "levels that the schema does not have".into(),
            ));
        }
        self.count = levels;
        Ok(records)
    }

    fn put(&mut self, out: &mut Vec<u8>) -> Result<()> {
        if self.level >= self.count {
            return Err(uneven());
        }
        let start = self.level;
        let mut end = start + 1;
        if self.levels.repetition > 0 {
            let again = self.repetitions[end..self.count].iter();
            end += again.take_while(|&&r| r > 0).count();
            varint::put((end - start) as u64, out);
        }
        for at in start..end {
            if self.levels.repetition > 0 {
                out.push(self.repetitions[at] as u8);
            }
            let definition = self.definition(at);
            if self.levels.definition > 0 {
                out.push(definition as u8);
            }
            if definition == self.levels.definition {
                self.values.get(self.value).ok_or_else(uneven)?.put(out);
                self.value += 1;
            }
        }
        self.level = end;
        Ok(())
    }

    fn plain(&self) -> Option<Vec<u8>> {
        let there = self.levels.repetition == 0
            && self.level < self.count
            && self.definition(self.level) == self.levels.definition;
        there
            .then(|| self.values.get(self.value)?.plain())
            .flatten()
    }

    fn put_text(&mut self, out: &mut Vec<u8>) -> Result<bool> {
        if self.level >= self.count {
            return Err(uneven());
        }
        let text = self.plain();
        self.level += 1;
        if let Some(text) = &text {
            out.extend_from_slice(text);
            self.value += 1;
        }
        Ok(text.is_some())
    }
}

/// A column being written.
pub(super) trait Sink: Send {
    /// Takes what a row has in this column off the front; `None` when it does not fit.
    fn take(&mut self, bytes: &mut &[u8]) -> Option<()>;
    /// Takes the text of a row; `None` for null.
    fn take_text(&mut self, text: Option<&[u8]>) -> Option<()>;
    /// Writes the column chunk and is empty again.
    fn write(&mut self, writer: SerializedColumnWriter<'_>) -> Result<()>;
}

struct Writing<T: DataType> {
    levels: Levels,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    values: Vec<T::T>,
}

/// A column to write to.
pub(super) fn sink(column: &ColumnDescPtr) -> Result<Box<dyn Sink>> {
    let levels = Levels::of(column)?;
    Ok(match column.physical_type() {
        Physical::BOOLEAN => Box::new(Writing::<BoolType>::new(levels)),
        Physical::INT32 => Box::new(Writing::<Int32Type>::new(levels)),
        Physical::INT64 => Box::new(Writing::<Int64Type>::new(levels)),
        Physical::INT96 => Box::new(Writing::<Int96Type>::new(levels)),
        Physical::FLOAT => Box::new(Writing::<FloatType>::new(levels)),
        Physical::DOUBLE => Box::new(Writing::<DoubleType>::new(levels)),
        Physical::BYTE_ARRAY => Box::new(Writing::<ByteArrayType>::new(levels)),
        Physical::FIXED_LEN_BYTE_ARRAY => Box::new(Writing::<FixedLenByteArrayType>::new(levels)),
    })
}

impl<T: DataType> Writing<T> {
    fn new(levels: Levels) -> Self {
        Writing {
            levels,
            definitions: Vec::new(),
            repetitions: Vec::new(),
            values: Vec::new(),
        }
    }
}

impl<T: DataType> Sink for Writing<T>
where
    T::T: Cell,
{
    fn take(&mut self, bytes: &mut &[u8]) -> Option<()> {
        let Levels {
            definition: deepest,
            repetition,
            width,
        } = self.levels;
        let count = match repetition {
            0 => 1,
            _ => varint::take(bytes)?,
        };
        for _ in 0..count {
            if repetition > 0 {
                self.repetitions.push(chunk(bytes).map(|[b]| i16::from(b))?);
            }
            let mut definition = 0;
            if deepest > 0 {
                definition = chunk(bytes).map(|[b]| i16::from(b))?;
                self.definitions.push(definition);
            }
            if definition == deepest {
                self.values.push(T::T::take(bytes, width)?);
            }
        }
        Some(())
    }

    fn take_text(&mut self, text: Option<&[u8]>) -> Option<()> {
        let deepest = self.levels.definition;
        if deepest > 0 {
            self.definitions
                .push(if text.is_some() { deepest } else { 0 });
        }
        if let Some(text) = text {
            let mut written = Vec::with_capacity(text.len() + 10);
            put_bytes(text, &mut written);
            self.values.push(T::T::take(&mut &written[..], 0)?);
        }
        Some(())
    }

    fn write(&mut self, mut writer: SerializedColumnWriter<'_>) -> Result<()> {
        let some = |levels: i16| levels > 0;
        let definitions = some(self.levels.definition).then_some(&self.definitions[..]);
        let repetitions = some(self.levels.repetition).then_some(&self.repetitions[..]);
        let typed = writer.typed::<T>();
        typed.write_batch(&self.values, definitions, repetitions)?;
        self.definitions.clear();
        self.repetitions.clear();
        self.values.clear();
        writer.close()
    }
}

//! The rows of a phase file in order.

use std::ops::Range;

use super::{Reader, Row};
use crate::error::{Error, Result};

/// A stream of rows.
pub struct Rows<R: Row> {
    reader: Reader<R>,
    frame: usize,
    raw: Vec<u8>,
    at: usize,
    left: u64,
    skip: u64,
}

impl<R: Row> Rows<R> {
    /// Begins in a frame, behind so many of its rows.
    pub(super) fn new(reader: Reader<R>, frame: usize, skip: u64) -> Self {
        Rows {
            reader,
            frame,
            raw: Vec::new(),
            at: 0,
            left: 0,
            skip,
        }
    }

    /// Goes on to a row that is not skipped. Returns false at the end.
    fn seek(&mut self) -> Result<bool> {
        loop {
            if self.left == 0 {
                if self.frame >= self.reader.frames() {
                    return Ok(false);
                }
                self.left = self.reader.frame(self.frame, &mut self.raw)?;
                self.frame += 1;
                self.at = 0;
                continue;
            }
            if self.skip == 0 {
                return Ok(true);
            }
            self.step(|input| R::skip(input))?;
            self.skip -= 1;
        }
    }

    /// Takes the row at hand.
    fn step<T>(&mut self, take: impl FnOnce(&mut &[u8]) -> Option<T>) -> Result<(T, Range<usize>)> {
        let mut input = &self.raw[self.at..];
        let Some(row) = take(&mut input) else {
            let path = self.reader.path().display().to_string();
            return Err(Error::phase("a row cannot be read").at(path));
        };
        let range = self.at..self.raw.len() - input.len();
        self.at = range.end;
        self.left -= 1;
        Ok((row, range))
    }

    /// The bytes of the next row, for rows that are looked at where they lie.
    pub fn bytes(&mut self) -> Result<Option<&[u8]>> {
        if !self.seek()? {
            return Ok(None);
        }
        let ((), range) = self.step(|input| R::skip(input))?;
        Ok(Some(&self.raw[range]))
    }
}

impl<R: Row> Iterator for Rows<R> {
    type Item = Result<R>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.seek() {
            Ok(true) => Some(self.step(R::take).map(|(row, _)| row)),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

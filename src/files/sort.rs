//! Orders more rows than fit in memory: sorted runs on disk, merged as they are read.
//!
//! One path for small and large: rows collect in a buffer; a full buffer is sorted and written as a run; at the end the
//! runs and the last buffer are merged. What fits the budget has one run, in memory, and touches no disk. The order of
//! equal rows does not matter, since equal rows are equal bytes; so the answer does not depend on the budget.

use std::collections::BinaryHeap;
use std::path::PathBuf;

use super::container::{Reader, Row, Rows, Writer};
use crate::error::Result;

/// Collects rows and gives them back in order.
pub struct Sorter<R: Row + Ord + Copy> {
    buffer: Vec<R>,
    capacity: usize,
    folder: PathBuf,
    runs: Vec<tempfile::TempPath>,
}

impl<R: Row + Ord + Copy> Sorter<R> {
    /// A sorter that holds at most about `budget` bytes of rows, and keeps its runs in `folder`.
    pub fn new(budget: u64, folder: PathBuf) -> Self {
        let capacity = (budget as usize / size_of::<R>().max(1)).max(1024);
        Sorter {
            buffer: Vec::new(),
            capacity,
            folder,
            runs: Vec::new(),
        }
    }

    /// Adds a row.
    #[inline]
    pub fn push(&mut self, row: R) -> Result<()> {
        if self.buffer.len() == self.capacity {
            self.spill()?;
        }
        // Doubling could hold twice the budget: the last step grows to the capacity exactly.
        if self.buffer.len() == self.buffer.capacity() && self.buffer.capacity() * 2 > self.capacity
        {
            self.buffer.reserve_exact(self.capacity - self.buffer.len());
        }
        self.buffer.push(row);
        Ok(())
    }

    fn spill(&mut self) -> Result<()> {
        self.buffer.sort_unstable();
        let path = tempfile::Builder::new()
            .prefix("run-")
            .tempfile_in(&self.folder)
            .map_err(|e| crate::Error::io(e, &self.folder))?
            .into_temp_path();
        let mut writer = Writer::create(&path, 0)?;
        for row in &self.buffer {
            writer.push(row)?;
        }
        writer.finish()?;
        self.runs.push(path);
        self.buffer.clear();
        Ok(())
    }

    /// The rows, when all of them are in memory.
    pub(crate) fn in_memory(&mut self) -> Option<&mut Vec<R>> {
        self.runs.is_empty().then_some(&mut self.buffer)
    }

    /// How many rows there are, when all of them are in memory.
    pub(crate) fn len_in_memory(&self) -> Option<usize> {
        self.runs.is_empty().then_some(self.buffer.len())
    }

    /// Takes all rows out.
    pub(crate) fn take(&mut self) -> Self {
        let empty = Sorter {
            buffer: Vec::new(),
            capacity: self.capacity,
            folder: self.folder.clone(),
            runs: Vec::new(),
        };
        std::mem::replace(self, empty)
    }

    /// Sorts what is left and returns all rows in order.
    pub fn finish(mut self) -> Result<Sorted<R>> {
        self.buffer.sort_unstable();
        let runs = self
            .runs
            .iter()
            .map(|p| Ok(Reader::open(p, 0)?.rows(0)))
            .collect::<Result<Vec<Rows<R>>>>()?;
        let mut sorted = Sorted {
            memory: self.buffer.into_iter(),
            runs,
            heap: BinaryHeap::new(),
            _files: self.runs,
        };
        if !sorted.runs.is_empty() {
            for run in 0..=sorted.runs.len() {
                sorted.refill(run)?;
            }
        }
        Ok(sorted)
    }
}

/// Rows in ascending order.
pub struct Sorted<R: Row + Ord + Copy> {
    memory: std::vec::IntoIter<R>,
    runs: Vec<Rows<R>>,
    heap: BinaryHeap<std::cmp::Reverse<(R, usize)>>,
    _files: Vec<tempfile::TempPath>,
}

impl<R: Row + Ord + Copy> Sorted<R> {
    /// Puts the next row of a run on the heap; the last run is the one in memory.
    fn refill(&mut self, run: usize) -> Result<()> {
        let row = if run == self.runs.len() {
            self.memory.next()
        } else {
            self.runs[run].next().transpose()?
        };
        if let Some(row) = row {
            self.heap.push(std::cmp::Reverse((row, run)));
        }
        Ok(())
    }

    /// The next row.
    #[inline]
    pub fn read(&mut self) -> Result<Option<R>> {
        if self.runs.is_empty() {
            return Ok(self.memory.next());
        }
        let Some(std::cmp::Reverse((row, run))) = self.heap.pop() else {
            return Ok(None);
        };
        self.refill(run)?;
        Ok(Some(row))
    }

    /// Reads the next group of rows that agree with its first under `same`; empty at the end. `pending` carries the row
    /// that began the next group from call to call; start with `None`.
    pub fn group(
        &mut self,
        pending: &mut Option<R>,
        out: &mut Vec<R>,
        same: impl Fn(&R, &R) -> bool,
    ) -> Result<()> {
        out.clear();
        let first = match pending.take() {
            Some(row) => Some(row),
            None => self.read()?,
        };
        let Some(first) = first else { return Ok(()) };
        out.push(first);
        while let Some(row) = self.read()? {
            if !same(&first, &row) {
                *pending = Some(row);
                break;
            }
            out.push(row);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::row::Pair;

    #[test]
    fn the_budget_does_not_change_the_answer() {
        let rows: Vec<Pair> = (0..5000u64)
            .map(|i| Pair {
                later: i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40,
                earlier: i % 7,
            })
            .collect();
        let mut want = rows.clone();
        want.sort_unstable();
        let dir = tempfile::tempdir().unwrap();
        for budget in [0, 30_000, 1 << 30] {
            let mut sorter = Sorter::new(budget, dir.path().to_owned());
            rows.iter().for_each(|&r| sorter.push(r).unwrap());
            assert_eq!(
                sorter.runs.is_empty(),
                budget > 1 << 20,
                "a budget of {budget} spills as it should"
            );
            let mut sorted = sorter.finish().unwrap();
            let mut got = Vec::new();
            while let Some(row) = sorted.read().unwrap() {
                got.push(row);
            }
            assert_eq!(got, want);
        }
        assert_eq!(
            std::fs::read_dir(dir.path()).unwrap().count(),
            0,
            "runs are gone with their sorter"
        );
    }
}

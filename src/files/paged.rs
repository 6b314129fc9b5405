//! Single rows of a phase file, out of order, through a cache of bounded size.
//!
//! Rows that are asked for lie close together most of the time (the neighbours of a witness, the next paragraph), so
//! whole frames are cached. The cache is a clock: a frame that was used since the hand last passed gets another round.

use std::path::Path;
use std::sync::{Arc, Mutex};

use super::container::{Reader, Row};
use crate::error::{Error, Result};

/// No slot.
const NONE: u32 = u32::MAX;

/// A file read by row number.
pub struct Paged<R: Row> {
    inner: Mutex<Inner<R>>,
    rows: u64,
}

struct Inner<R: Row> {
    reader: Reader<R>,
    /// The slot of each frame; [`NONE`] for those that are not cached.
    frames: Vec<u32>,
    slots: Vec<Slot>,
    hand: usize,
    capacity: usize,
}

struct Slot {
    frame: usize,
    used: bool,
    page: Arc<Page>,
}

/// An unpacked frame: its bytes and where each row begins.
struct Page {
    raw: Vec<u8>,
    starts: Vec<u32>,
}

impl<R: Row> Paged<R> {
    /// Opens a file with a cache of about `budget` bytes.
    pub fn open(path: &Path, fingerprint: u128, budget: u64) -> Result<Self> {
        let reader = Reader::open(path, fingerprint)?;
        let rows = reader.len();
        let frames = vec![NONE; reader.frames()];
        let capacity = (budget as usize / (R::FRAME + R::FRAME / 8)).max(4);
        Ok(Paged {
            inner: Mutex::new(Inner {
                reader,
                frames,
                slots: Vec::new(),
                hand: 0,
                capacity,
            }),
            rows,
        })
    }

    /// Number of rows.
    pub fn len(&self) -> u64 {
        self.rows
    }

    /// True when there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Reads one row.
    pub fn get(&self, row: u64) -> Result<R> {
        let (page, at) = self.inner.lock().expect("no reader panics").page(row)?;
        let mut input = &page.raw[page.starts[at] as usize..];
        R::take(&mut input).ok_or_else(|| Error::phase(format!("row {row} cannot be read")))
    }

    /// Calls `read` with the bytes of one row.
    pub fn with<T>(&self, row: u64, read: impl FnOnce(&[u8]) -> T) -> Result<T> {
        let (page, at) = self.inner.lock().expect("no reader panics").page(row)?;
        let end = page
            .starts
            .get(at + 1)
            .map_or(page.raw.len(), |&e| e as usize);
        Ok(read(&page.raw[page.starts[at] as usize..end]))
    }
}

impl<R: Row> Inner<R> {
    fn page(&mut self, row: u64) -> Result<(Arc<Page>, usize)> {
        let (frame, first) = self.reader.frame_of(row);
        let at = (row - first) as usize;
        let missing = || Error::phase(format!("row {row} is not in the file"));
        let cached = self.frames.get(frame).map(|&slot| slot as usize);
        if let Some(slot) = cached.and_then(|slot| self.slots.get_mut(slot)) {
            slot.used = true;
            let page = slot.page.clone();
            return (at < page.starts.len())
                .then_some((page, at))
                .ok_or_else(missing);
        }
        let mut raw = Vec::new();
        let rows = self.reader.frame(frame, &mut raw)?;
        let mut starts = Vec::with_capacity(raw.len().min(rows as usize));
        let mut input = &raw[..];
        for _ in 0..rows {
            starts.push((raw.len() - input.len()) as u32);
            R::skip(&mut input)
                .ok_or_else(|| Error::phase(format!("a row of frame {frame} cannot be read")))?;
        }
        let page = Arc::new(Page { raw, starts });
        self.keep(frame, page.clone());
        if at >= page.starts.len() {
            return Err(missing());
        }
        Ok((page, at))
    }

    fn keep(&mut self, frame: usize, page: Arc<Page>) {
        if self.slots.len() < self.capacity {
            self.frames[frame] = self.slots.len() as u32;
            self.slots.push(Slot {
                frame,
                used: true,
                page,
            });
            return;
        }
        while std::mem::take(&mut self.slots[self.hand].used) {
            self.hand = (self.hand + 1) % self.capacity;
        }
        let slot = &mut self.slots[self.hand];
        self.frames[slot.frame] = NONE;
        self.frames[frame] = self.hand as u32;
        *slot = Slot {
            frame,
            used: true,
            page,
        };
        self.hand = (self.hand + 1) % self.capacity;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::container::Writer;
    use crate::files::row::Text;

    #[test]
    fn any_row_in_any_order_through_a_small_cache() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("text");
        let mut writer = Writer::create(&path, 0).unwrap();
        let row = |i: u64| Text(format!("paragraph {i} ").repeat(1 + i as usize % 90));
        for i in 0..3000 {
            writer.push(&row(i)).unwrap();
        }
        writer.finish().unwrap();
        let paged = Paged::<Text>::open(&path, 0, 100_000).unwrap();
        for i in (0..3000).map(|i| i * 1237 % 3000) {
            assert_eq!(paged.get(i).unwrap(), row(i));
        }
        assert!(paged.inner.lock().unwrap().slots.len() <= 5);
        assert!(paged.get(3000).is_err());
    }
}

//! The keys of a paragraph on disk: a row for each paragraph, in the order of paragraphs.
//!
//! There are so many keys that the file of them is one of the two largest, so a row says nothing twice. It holds the keys in
//! the order of the text; what follows a key there is nearly always the beginning of another key of the row, and only
//! where it is not does the row say it.
//!
//! ```text
//! head   count << 3 | repeats << 2 | how the following are told      varint
//! mask   for MARKED: which keys are what follows those before them   u32
//! keys   the first five bytes of each
//! next   for SPELT: what follows each                                u32
//! ```
//!
//! Of a key five bytes are kept. A key only proposes a pair, and a pair that shares one key by chance shares too few to be
//! looked at: in 20 GB of text one key in a thousand has such a namesake.

use super::container::{Packing, Row, Writer};
use crate::error::Result;
use crate::method::Key;
use crate::varint;

/// Bytes of a key.
const WIDTH: usize = 5;
/// Bits of a key that are dropped; the lowest.
pub const DROPPED: u32 = 64 - 8 * WIDTH as u32;

/// Nothing follows any key.
const NONE: u64 = 0;
/// Each key is followed by the next one of the row, the last by nothing.
const CHAINED: u64 = 1;
/// Each key is followed by the next one that the mask marks.
const MARKED: u64 = 2;
/// Each key says what follows it.
const SPELT: u64 = 3;

/// The keys of a paragraph, in the order of the text; a key may stand there twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys(pub Vec<Key>);

/// The same in the bytes of a row.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    keys: &'a [u8],
    next: &'a [u8],
    mask: u32,
    how: u64,
    repeats: bool,
}

impl Keys {
    /// How many keys a file of so many bytes holds, at most.
    pub fn at_most(bytes: u64) -> u64 {
        bytes / WIDTH as u64
    }
}

/// As much of a key as is kept.
pub fn kept(key: u64) -> u64 {
    key >> DROPPED << DROPPED
}

impl<'a> View<'a> {
    /// Takes a row off the front; `None` when the bytes are no row.
    pub fn take(input: &mut &'a [u8]) -> Option<Self> {
        let head = varint::take(input)?;
        let (count, repeats, how) = (head >> 3, head >> 2 & 1 == 1, head & 3);
        let count = usize::try_from(count).ok().filter(|&n| n <= input.len())?;
        let mut mask = 0;
        if how == MARKED {
            let (head, rest) = input.split_first_chunk()?;
            mask = u32::from_le_bytes(*head);
            *input = rest;
        }
        let (keys, rest) = input.split_at_checked(count * WIDTH)?;
        let spelt = if how == SPELT { count * 4 } else { 0 };
        let (next, rest) = rest.split_at_checked(spelt)?;
        *input = rest;
        if how == MARKED && count > 32 {
            return None;
        }
        Some(View {
            keys,
            next,
            mask,
            how,
            repeats,
        })
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.keys.len() / WIDTH
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether a key stands here twice.
    pub fn repeats(&self) -> bool {
        self.repeats
    }

    /// The keys, without what follows them.
    #[inline]
    pub fn keys(&self) -> impl Iterator<Item = u64> + use<'a> {
        let (keys, _) = self.keys.as_chunks::<WIDTH>();
        keys.iter().map(whole)
    }

    /// What follows a key.
    #[inline]
    pub fn next(&self, at: usize) -> u32 {
        let begin = |at: usize| match self.keys[at * WIDTH..].first_chunk() {
            Some(key) => (whole(key) >> 32) as u32,
            None => 0,
        };
        match self.how {
            CHAINED if (at + 1) * WIDTH < self.keys.len() => begin(at + 1),
            MARKED => {
                let behind = u64::from(self.mask) >> (at + 1);
                let next = at + 1 + behind.trailing_zeros() as usize;
                if behind != 0 && next < self.len() {
                    begin(next)
                } else {
                    0
                }
            }
            SPELT => {
                let next = self.next[at * 4..].first_chunk();
                u32::from_le_bytes(*next.expect("as many as keys"))
            }
            _ => 0,
        }
    }

    /// All of it, each key once, with the least of what follows it.
    pub fn distinct(&self, out: &mut Vec<Key>) {
        out.clear();
        let keys = self.keys().enumerate();
        out.extend(keys.map(|(at, key)| Key {
            key,
            next: self.next(at),
        }));
        if self.repeats {
            sorted_set(out);
        }
    }
}

/// Sorts keys and leaves each once, with the least of what follows it.
pub fn sorted_set(keys: &mut Vec<Key>) {
    keys.sort_unstable();
    keys.dedup_by_key(|k| k.key);
}

/// A key, less what is dropped of it.
fn whole(bytes: &[u8; WIDTH]) -> u64 {
    let [a, b, c, d, e] = *bytes;
    u64::from_le_bytes([0, 0, 0, a, b, c, d, e])
}

/// Appends a row.
fn put(keys: &[Key], repeats: bool, out: &mut Vec<u8>) {
    let (how, mask) = following(keys);
    let repeats = u64::from(repeats);
    varint::put((keys.len() as u64) << 3 | repeats << 2 | how, out);
    if how == MARKED {
        out.extend_from_slice(&mask.to_le_bytes());
    }
    // Eight bytes are written for each, and the next one overwrites those that are none of its own.
    let start = out.len();
    out.resize(start + keys.len() * WIDTH + (8 - WIDTH), 0);
    let mut at = start;
    for key in keys {
        out[at..at + 8].copy_from_slice(&(key.key >> DROPPED).to_le_bytes());
        at += WIDTH;
    }
    out.truncate(at);
    if how == SPELT {
        out.extend(keys.iter().flat_map(|key| key.next.to_le_bytes()));
    }
}

/// How what follows these keys is told most briefly.
fn following(keys: &[Key]) -> (u64, u32) {
    let begins = |key: &Key| (key.key >> 32) as u32;
    if keys.iter().all(|k| k.next == 0) {
        return (NONE, 0);
    }
    let last = keys.last().map_or(0, |k| k.next);
    if last == 0 && keys.windows(2).all(|w| w[0].next == begins(&w[1])) {
        return (CHAINED, 0);
    }
    if keys.len() > 32 {
        return (SPELT, 0);
    }
    // A key that the one before it is followed by is marked. Backwards, each must be followed by the first mark behind it.
    let (mut mask, mut next) = (0u32, 0);
    for at in (0..keys.len()).rev() {
        if keys[at].next != next {
            return (SPELT, 0);
        }
        if at > 0 && keys[at - 1].next == begins(&keys[at]) {
            mask |= 1 << at;
            next = begins(&keys[at]);
        }
    }
    (MARKED, mask)
}

impl Row for Keys {
    const KIND: u16 = 3;
    const PACKING: Packing = Packing::None;

    fn put(&self, out: &mut Vec<u8>) {
        let mut set = self.0.clone();
        sorted_set(&mut set);
        put(&self.0, set.len() < self.0.len(), out);
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        let view = View::take(input)?;
        let keys = view.keys().enumerate();
        let key = |(at, key)| Key {
            key,
            next: view.next(at),
        };
        Some(Keys(keys.map(key).collect()))
    }

    fn skip(input: &mut &[u8]) -> Option<()> {
        View::take(input).map(|_| ())
    }
}

/// Rows of some paragraphs, end to end: what a thread of the scan makes, and the file takes as it is.
#[derive(Debug, Default)]
pub struct Rows {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Rows {
    /// Appends the row of a paragraph. Returns how many different keys it has: as many as another one can share with it.
    pub fn push(&mut self, keys: &[Key], repeats: &mut Repeats) -> u32 {
        let distinct = repeats.distinct(keys);
        put(keys, distinct < keys.len(), &mut self.bytes);
        self.ends.push(self.bytes.len());
        distinct as u32
    }

    /// The rows, paragraph by paragraph.
    pub fn iter(&self) -> impl Iterator<Item = View<'_>> {
        let mut rest = self.bytes.as_slice();
        let rows = self.ends.iter();
        rows.map(move |_| View::take(&mut rest).expect("a row reads as it was written"))
    }
}

impl Writer<Keys> {
    /// Appends rows.
    pub fn push_rows(&mut self, rows: &Rows) -> Result<()> {
        let mut start = 0;
        for &end in &rows.ends {
            self.push_with(|out| out.extend_from_slice(&rows.bytes[start..end]))?;
            start = end;
        }
        Ok(())
    }
}

/// Counts different keys. Holds scratch space.
///
/// The slow version sorts them. Most paragraphs have few keys and none of them twice, and then no two set the same bit of
/// a table that is large against them; only when two do are they sorted.
#[derive(Debug)]
pub struct Repeats {
    table: Vec<u64>,
    sorted: Vec<u64>,
}

/// Bits of the table: 8 KiB, which stays in the nearest cache. Of 40 keys one set in 80 is sorted for nothing.
const BITS: usize = 1 << 16;

impl Default for Repeats {
    fn default() -> Self {
        Repeats {
            table: vec![0; BITS / 64],
            sorted: Vec::new(),
        }
    }
}

impl Repeats {
    fn distinct(&mut self, keys: &[Key]) -> usize {
        let bit = |key: &Key| (key.key as usize % BITS / 64, 1u64 << (key.key % 64));
        let mut met = 0;
        for key in keys {
            let (word, bit) = bit(key);
            met |= self.table[word] & bit;
            self.table[word] |= bit;
        }
        for key in keys {
            self.table[bit(key).0] = 0;
        }
        if met == 0 {
            return keys.len();
        }
        self.sorted.clear();
        self.sorted.extend(keys.iter().map(|k| k.key));
        self.sorted.sort_unstable();
        self.sorted.dedup();
        self.sorted.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::METHODS;
    use crate::text::hash::mix;

    fn shingles(seed: u64, count: u64, of: u64) -> Vec<u64> {
        (0..count)
            .map(|i| mix(seed << 32 | (mix(i) % of)))
            .collect()
    }

    /// What a reader knows of a key.
    fn read(key: &Key) -> Key {
        Key {
            key: kept(key.key),
            next: key.next,
        }
    }

    #[test]
    fn keys_of_every_method_read_back() {
        let mut repeats = Repeats::default();
        for method in METHODS {
            for (seed, of) in [(1, u64::MAX), (2, 7), (3, 1)] {
                for count in [0, 1, 2, 5, 23, 24, 25, 60, 900] {
                    let mut keys = Vec::new();
                    (method.keys)(&shingles(seed, count, of), &mut keys);
                    let mut rows = Rows::default();
                    let distinct = rows.push(&keys, &mut repeats);
                    let mut slow = keys.clone();
                    sorted_set(&mut slow);
                    assert_eq!(distinct as usize, slow.len());
                    let mut input = &rows.bytes[..];
                    let view = View::take(&mut input).unwrap();
                    assert!(input.is_empty());
                    let mut got = Vec::new();
                    view.distinct(&mut got);
                    got.sort_unstable();
                    let slow: Vec<Key> = slow.iter().map(read).collect();
                    assert_eq!(got, slow, "{}, {count} of {of}", method.name);
                    assert_eq!(view.repeats(), slow.len() < keys.len());
                    let all: Vec<Key> = keys.iter().map(read).collect();
                    assert_eq!(Keys::take(&mut &rows.bytes[..]), Some(Keys(all)));
                    for cut in 0..rows.bytes.len() {
                        assert!(
                            View::take(&mut &rows.bytes[..cut]).is_none(),
                            "cut at {cut}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn what_follows_is_hardly_ever_spelt_out() {
        let mut keys = Vec::new();
        for (count, how) in [(20, MARKED), (24, MARKED), (25, CHAINED), (300, CHAINED)] {
            for seed in 0..50 {
                keys.clear();
                (METHODS[0].keys)(&shingles(seed, count, u64::MAX), &mut keys);
                assert_eq!(following(&keys).0, how, "{count} shingles");
            }
        }
        let odd = [3, 2, 1].map(|n| Key {
            key: mix(n),
            next: n as u32,
        });
        assert_eq!(following(&odd).0, SPELT);
        let mut bytes = Vec::new();
        Keys(odd.to_vec()).put(&mut bytes);
        let back = Keys::take(&mut &bytes[..]).unwrap();
        assert_eq!(back.0, odd.iter().map(read).collect::<Vec<_>>());
    }
}

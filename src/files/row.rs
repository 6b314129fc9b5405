//! The rows of the phases. Plain columns, so that a dataflow engine can carry them as well.
//!
//! A *part* is what one scan writes in one go: some consecutive sources of its shard. Numbers named `doc` and `para`
//! count within a part; resolve adds the part's base to make them dense over the whole input.
//!
//! [`scanned`] are the rows that scan writes, [`decided`] those that resolve leaves for apply, [`sorted`] those that resolve
//! puts into order on its way. Here is how their fields become bytes: numbers that are small most of the time take as
//! many bytes as they need, hashes and the like all of theirs.

pub mod decided;
pub mod scanned;
pub mod sorted;

use super::container::Row;
use crate::varint;

pub use decided::{Drop, Place, Spared};
pub use scanned::{Brief, CutRow, Doc, Line, Name, Para, Text, flag, line};
pub use sorted::{Copy, Entry, Exact, Fate, Frequent, Known, Link, Pair, Seen};

/// Frame of files that are read in order.
const STREAMED: usize = 256 << 10;
/// Frame of files that are also read at random: small, since one row of it is wanted.
const RANDOM: usize = 16 << 10;

/// Writes the fields of a row in order and reads them back in the same order, so that the two cannot differ: those that are
/// small numbers, then the others.
macro_rules! row {
    ($type:ty, $kind:expr, $frame:expr, small [$($small:ident),*], [$($field:ident),*]) => {
        impl Row for $type {
            const KIND: u16 = $kind;
            const FRAME: usize = $frame;
            fn put(&self, out: &mut Vec<u8>) {
                $(Field::put_small(&self.$small, out);)*
                $(Field::put(&self.$field, out);)*
            }
            fn take(input: &mut &[u8]) -> Option<Self> {
                $(let $small = Field::take_small(input)?;)*
                $(let $field = Field::take(input)?;)*
                Some(Self { $($small,)* $($field),* })
            }
        }
    };
}
use row;

/// A value with a fixed way to write it.
trait Field: Sized {
    fn put(&self, out: &mut Vec<u8>);
    fn take(input: &mut &[u8]) -> Option<Self>;

    /// Writes a number in as few bytes as it needs.
    fn put_small(&self, out: &mut Vec<u8>) {
        self.put(out);
    }

    /// Reads what [`Field::put_small`] wrote.
    fn take_small(input: &mut &[u8]) -> Option<Self> {
        Self::take(input)
    }
}

macro_rules! number {
    ($($type:ty),+) => {
        $(impl Field for $type {
            #[inline]
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            #[inline]
            fn take(input: &mut &[u8]) -> Option<Self> {
                let (head, tail) = input.split_first_chunk()?;
                *input = tail;
                Some(<$type>::from_le_bytes(*head))
            }
            #[inline]
            fn put_small(&self, out: &mut Vec<u8>) {
                varint::put(u64::from(*self), out);
            }
            #[inline]
            fn take_small(input: &mut &[u8]) -> Option<Self> {
                <$type>::try_from(varint::take(input)?).ok()
            }
        })+
    };
}

number!(u8, u16, u32, u64);

impl Field for u128 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        let (head, tail) = input.split_first_chunk()?;
        *input = tail;
        Some(u128::from_le_bytes(*head))
    }
}

impl Field for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        out.extend_from_slice(self.as_bytes());
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        let n = u32::take(input)? as usize;
        let (head, tail) = input.split_at_checked(n)?;
        *input = tail;
        String::from_utf8(head.to_vec()).ok()
    }
}

impl Field for Option<String> {
    fn put(&self, out: &mut Vec<u8>) {
        u8::from(self.is_some()).put(out);
        if let Some(text) = self {
            text.put(out);
        }
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        match u8::take(input)? {
            0 => Some(None),
            _ => String::take(input).map(Some),
        }
    }
}

impl Field for Vec<u32> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        self.iter().for_each(|n| n.put(out));
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        let n = u32::take(input)? as usize;
        if n > input.len() / 4 {
            return None;
        }
        (0..n).map(|_| u32::take(input)).collect()
    }
}

//! Words of ASCII, eight bytes at a time, without a branch per byte.
//!
//! Owns the arithmetic on eight bytes in a register; must not know tokens. The slow version asks of every byte whether it is
//! a letter or digit, until one is not, and puts letters in lower case.

/// The letters and digits at the start of eight bytes, found without a branch: in each byte, adding a constant to the low
/// seven bits carries into the high bit iff they reach a bound.
pub(crate) struct Run {
    /// How many there are.
    pub(crate) len: usize,
    /// They, in lower case, then zeros.
    pub(crate) lower: u64,
    /// The high bit of each digit.
    digits: u64,
    /// The high bit of each letter that is a capital.
    capitals: u64,
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

impl Run {
    #[inline(always)]
    pub(crate) fn of(eight: u64) -> Self {
        let reaches = |bytes: u64, bound: u8| bytes + u64::from(0x80 - bound) * ONES;
        let ascii = !eight & HIGH;
        let low = eight & !HIGH;
        let lower = low | (0x20 * ONES);
        let letters = reaches(lower, b'a') & !reaches(lower, b'z' + 1) & ascii;
        let digits = reaches(low, b'0') & !reaches(low, b'9' + 1) & ascii;
        // The high bit of each byte that ends the run, and from the first of them the bits of all bytes before it.
        let stop = !(letters | digits) & HIGH;
        let before = ((stop & stop.wrapping_neg()) >> 7).wrapping_sub(1);
        Run {
            len: stop.trailing_zeros() as usize / 8,
            lower: (eight | letters >> 2) & before,
            digits: digits & before,
            capitals: letters & !(eight << 2) & before,
        }
    }

    /// True when the first of them is a capital.
    #[inline(always)]
    pub(crate) fn is_title(&self) -> bool {
        self.capitals & 0x80 != 0
    }

    /// How many of them are capitals.
    #[inline(always)]
    pub(crate) fn capitals(&self) -> u32 {
        high_bits(self.capitals)
    }

    /// How many of them are digits.
    #[inline(always)]
    pub(crate) fn digits(&self) -> u32 {
        high_bits(self.digits)
    }

    /// They, in lower case and with every digit as `0`.
    #[inline(always)]
    pub(crate) fn inked(&self) -> u64 {
        // 0x0f in each byte of a digit.
        let low = (self.digits >> 3) - (self.digits >> 7);
        self.lower & !low
    }
}

/// How many bytes have their high bit set, where no other bit is: their sum gathers in the highest byte.
#[inline(always)]
fn high_bits(bytes: u64) -> u32 {
    ((bytes >> 7).wrapping_mul(ONES) >> 56) as u32
}

/// The first `len` bytes, then zeros.
#[inline(always)]
pub(crate) fn first(eight: u64, len: usize) -> u64 {
    match len {
        0..8 => eight & !(u64::MAX << (8 * len)),
        _ => eight,
    }
}

/// Eight bytes from `i` on, zeros after the end.
#[inline(always)]
pub(crate) fn load(bytes: &[u8], i: usize) -> u64 {
    match bytes.get(i..i + 8) {
        Some(eight) => u64::from_le_bytes(eight.try_into().expect("eight bytes")),
        None => tail(bytes, i),
    }
}

fn tail(bytes: &[u8], i: usize) -> u64 {
    let rest = bytes.get(i..).unwrap_or_default();
    rest.iter()
        .rev()
        .fold(0, |eight, &b| eight << 8 | u64::from(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_what_the_slow_version_finds() {
        for a in 0..=255u8 {
            for b in [
                b'a', b'Z', b'0', b' ', b'@', b'[', b'`', b'{', b'/', b':', 0x80, 0xff,
            ] {
                let bytes = [b'x', a, b'Q', b, b'7', a, b, b'z'];
                let alike = |b: &&u8| b.is_ascii_alphanumeric();
                let slow: Vec<u8> = bytes.iter().take_while(alike).copied().collect();
                let run = Run::of(u64::from_le_bytes(bytes));
                assert_eq!(run.len, slow.len());
                assert_eq!(run.digits() > 0, slow.iter().any(u8::is_ascii_digit));
                assert_eq!(
                    run.lower.to_le_bytes()[..run.len],
                    slow.to_ascii_lowercase()
                );
                assert!(run.lower.to_le_bytes()[run.len..].iter().all(|&b| b == 0));
                let digitless: Vec<u8> = slow
                    .iter()
                    .map(|b| {
                        if b.is_ascii_digit() {
                            b'0'
                        } else {
                            b.to_ascii_lowercase()
                        }
                    })
                    .collect();
                assert_eq!(run.inked().to_le_bytes()[..run.len], digitless);
                let count = |is: fn(&u8) -> bool| slow.iter().filter(|b| is(b)).count();
                assert_eq!(run.digits() as usize, count(u8::is_ascii_digit));
                assert_eq!(run.capitals() as usize, count(u8::is_ascii_uppercase));
                let rotated = [a, b, b' ', b' ', b' ', b' ', b' ', b' '];
                let run = Run::of(u64::from_le_bytes(rotated));
                assert_eq!(run.is_title(), a.is_ascii_uppercase());
            }
        }
    }

    #[test]
    fn loads_are_padded_with_zeros() {
        assert_eq!(load(b"abcdefghi", 1).to_le_bytes(), *b"bcdefghi");
        assert_eq!(load(b"abc", 1).to_le_bytes(), *b"bc\0\0\0\0\0\0");
        assert_eq!(load(b"abc", 3), 0);
        assert_eq!(load(b"abc", 7), 0);
    }
}

//! Numbers that are small most of the time: seven bits a byte, the lowest first, the last byte below 128.

/// Appends a number.
#[inline]
pub(crate) fn put(mut n: u64, out: &mut Vec<u8>) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Takes a number off the front; `None` when the bytes end in it.
#[inline]
pub(crate) fn take(input: &mut &[u8]) -> Option<u64> {
    let mut n = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = input.split_first()?;
        *input = rest;
        n |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(n);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back() {
        let mut numbers: Vec<u64> = (0..64).flat_map(|s| [1 << s, (1 << s) - 1]).collect();
        numbers.push(u64::MAX);
        for n in numbers {
            let mut bytes = Vec::new();
            put(n, &mut bytes);
            assert_eq!(
                bytes.len(),
                (64 - (n | 1).leading_zeros() as usize).div_ceil(7)
            );
            let mut input = &bytes[..];
            assert_eq!(take(&mut input), Some(n));
            assert!(input.is_empty());
            assert_eq!(take(&mut &bytes[..bytes.len() - 1]), None);
        }
    }
}

//! The only file that names XXH3. Every hash that reaches a file goes through here; golden values in the tests pin it.

use xxhash_rust::xxh3;

/// 64-bit XXH3 of these bytes.
#[inline]
pub fn bytes64(bytes: &[u8]) -> u64 {
    xxh3::xxh3_64(bytes)
}

/// 128-bit XXH3 of these bytes.
#[inline]
pub fn bytes128(bytes: &[u8]) -> u128 {
    xxh3::xxh3_128(bytes)
}

/// An incremental 128-bit hash, for sources that are read as they come.
#[derive(Default)]
pub struct Stream(xxh3::Xxh3);

impl Stream {
    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all bytes so far.
    pub fn digest(&self) -> u128 {
        self.0.digest128()
    }
}

/// Spreads the bits of a 64-bit value (finaliser of MurmurHash3, Appleby 2008). A bijection.
#[inline]
pub fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^= x >> 33;
    x = x.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_values_hold() {
        assert_eq!(bytes64(b""), 0x2d06_8005_38d3_94c2);
        assert_eq!(bytes128(b""), 0x99aa_06d3_0147_98d8_6001_c324_468d_497f);
        let mut s = Stream::default();
        s.update(b"ab");
        s.update(b"c");
        assert_eq!(s.digest(), bytes128(b"abc"));
    }
}

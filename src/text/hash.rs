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

/// Where a token's hash begins: the first 64 bits of the fraction of pi.
pub const TOKEN_SEED: u64 = 0x243f_6a88_85a3_08d3;

/// Adds the next 8 bytes of a token, little-endian and padded with zeros, to its hash: exclusive or, multiplication to 128
/// bits by the golden ratio, and both halves folded together (the step of wyhash, Wang Yi 2019). On words of some five
/// letters, hashed as they are folded, this costs one multiplication; XXH3 costs a call and a tree of length cases.
#[inline(always)]
pub fn token_step(hash: u64, bytes: u64) -> u64 {
    let product = u128::from(hash ^ bytes) * 0x9e37_79b9_7f4a_7c15;
    product as u64 ^ (product >> 64) as u64
}

/// The 64-bit hash of a token, which holds no zero byte (so that padding is no second meaning).
pub fn token64(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(TOKEN_SEED, |hash, chunk| {
        let mut padded = [0; 8];
        padded[..chunk.len()].copy_from_slice(chunk);
        token_step(hash, u64::from_le_bytes(padded))
    })
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
        assert_eq!(token64(b""), TOKEN_SEED);
        assert_eq!(token64(b"the"), 0x6aeb_4464_ba45_635a);
        assert_eq!(token64(b"boilerplate"), 0xdd80_ae66_440d_3f9c);
    }
}

//! Whether bytes are UTF-8: the only file that names `simdutf8`.
//!
//! Every text is asked once each time it comes from a file. The standard library answers at the speed of memory for ASCII
//! only; text of two and three bytes a character costs it about a nanosecond a byte, more than folding that text.

/// The bytes as text, if they are UTF-8.
#[inline]
pub fn valid(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

/// The bytes before the first that is not UTF-8, as text, and whether only the end of a character is missing after them.
pub fn valid_head(bytes: &[u8]) -> (&str, bool) {
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => (text, true),
        Err(e) => {
            let head = valid(&bytes[..e.valid_up_to()]);
            (head.unwrap_or_default(), e.error_len().is_none())
        }
    }
}

/// Characters of bytes that are known to be UTF-8: those bytes that begin one.
#[inline]
pub fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn answers_are_those_of_the_standard_library(
            text in "([a-z]{0,70}|[а-яé茶😀]{1,40})",
            at in 0usize..200,
            byte: u8,
        ) {
            let mut bytes = text.clone().into_bytes();
            prop_assert_eq!(count_chars(&bytes), text.chars().count());
            if let Some(b) = bytes.get_mut(at) {
                *b = byte;
            }
            let slow = std::str::from_utf8(&bytes);
            prop_assert_eq!(valid(&bytes), slow.ok());
            let (head, whole) = match slow {
                Ok(text) => (text.len(), true),
                Err(e) => (e.valid_up_to(), e.error_len().is_none()),
            };
            let (got, end) = valid_head(&bytes);
            prop_assert_eq!((got.len(), end), (head, whole));
        }
    }
}

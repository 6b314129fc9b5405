//! The name that was meant.

/// Names whose edits are at most half of the longer one's letters are taken for a slip.
const NEAR: f64 = 0.5;

/// A name that begins with so many of the same letters, and with more than half of those that were written, is a beginning.
const BEGINNING: usize = 4;

/// Returns the name that is most like `name`, when one is alike at all: by its edits, else by its beginning. Of equally near
/// ones, the first.
///
/// ```
/// let fields = ["id", "body", "url"];
/// assert_eq!(dechaff::text::nearest("bdy", fields.into_iter()), Some("body"));
/// ```
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut best = (NEAR, None);
    let mut longest = (0, None);
    for other in known {
        let letters = name.chars().zip(other.chars());
        let common = letters.take_while(|(a, b)| a == b).count();
        if common >= BEGINNING && 2 * common > name.chars().count() && common > longest.0 {
            longest = (common, Some(other));
        }
        let like = strsim::normalized_damerau_levenshtein(name, other);
        if like > best.0 || (best.1.is_none() && like >= NEAR) {
            best = (like, Some(other));
        }
    }
    best.1.or(longest.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_finds_none() {
        let known = || ["text", "title", "cookie-notice"].into_iter();
        assert_eq!(nearest("txet", known()), Some("text"));
        assert_eq!(nearest("cooky-notice", known()), Some("cookie-notice"));
        assert_eq!(nearest("cookies", known()), Some("cookie-notice"));
        assert_eq!(nearest("zzzz", known()), None);
        assert_eq!(nearest("cook with gas", known()), None);
        assert_eq!(nearest("", known()), None);
    }
}

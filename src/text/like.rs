//! The name that was meant.

/// Names whose edits are at most half of the longer one's letters are taken for a slip.
const NEAR: f64 = 0.5;

/// Returns the name that is most like `name`, when one is alike at all. Of equally near ones, the first.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut best = (NEAR, None);
    for other in known {
        let like = strsim::normalized_damerau_levenshtein(name, other);
        if like > best.0 || (best.1.is_none() && like >= NEAR) {
            best = (like, Some(other));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_finds_none() {
        let known = || ["text", "title", "cookie-notice"].into_iter();
        assert_eq!(nearest("txet", known()), Some("text"));
        assert_eq!(nearest("cooky-notice", known()), Some("cookie-notice"));
        assert_eq!(nearest("zzzz", known()), None);
        assert_eq!(nearest("", known()), None);
    }
}

//! Quote prefixes: what mail and news programs put before the lines they quote.
//!
//! Owns their forms; must not know paragraphs. A prefix is any number of marks, each of them `>`, `|` or `:`, or up to four
//! letters and a `>` (the initials of who is quoted), with white space between and after them. `|` and `:` alone count only
//! before white space, and `|` only where it does not open the row of a table.

/// How many bytes of a trimmed line are quote prefix.
pub fn prefix(line: &str) -> usize {
    let bytes = line.as_bytes();
    // Nearly all lines have none, and show it by their first bytes.
    let head = &bytes[..bytes.len().min(INITIALS + 1)];
    if !head.iter().any(|b| matches!(b, b'>' | b'|' | b':')) {
        return 0;
    }
    let mut at = 0;
    while let Some(end) = mark(bytes, at) {
        at = end + spaces(&bytes[end..]);
    }
    at
}

/// True when two trimmed lines are quoted alike: `> > a` and `>> b` are.
pub fn same_marks(a: &str, b: &str) -> bool {
    let (a, b) = (&a[..prefix(a)], &b[..prefix(b)]);
    a == b || {
        let is_mark = |b: &u8| !b.is_ascii_whitespace();
        let (a, b) = (a.bytes(), b.bytes());
        a.filter(is_mark).eq(b.filter(is_mark))
    }
}

/// The mark at `at`, if one is there; returns its end.
fn mark(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    let before_space = rest.len() == 1 || rest.get(1).is_some_and(u8::is_ascii_whitespace);
    match rest.first()? {
        b'>' => Some(at + 1),
        b':' if before_space => Some(at + 1),
        b'|' if before_space && !rest[1..].contains(&b'|') => Some(at + 1),
        b if b.is_ascii_alphabetic() => {
            let letters = rest
                .iter()
                .take(INITIALS)
                .take_while(|b| b.is_ascii_alphabetic())
                .count();
            let quotes = rest.get(letters) == Some(&b'>');
            let ends = matches!(rest.get(letters + 1), None | Some(b' ' | b'\t' | b'>'));
            (quotes && ends).then_some(at + letters + 1)
        }
        _ => None,
    }
}

fn spaces(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count()
}

/// Most letters that initials have; longer words before a `>` are prompts and markup.
const INITIALS: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_end_where_the_quoted_text_begins() {
        for (line, rest) in [
            ("> quoted", "quoted"),
            (">quoted", "quoted"),
            (">> > deeper", "deeper"),
            ("JQ> initials", "initials"),
            ("> JQ> both", "both"),
            ("| barred", "barred"),
            (": coloned", "coloned"),
            (">", ""),
            ("plain", "plain"),
            ("x > y", "x > y"),
            ("| a | b |", "| a | b |"),
            (":-) smile", ":-) smile"),
            ("<b>bold</b>", "<b>bold</b>"),
            ("prompt> command", "prompt> command"),
            ("été> non", "été> non"),
        ] {
            assert_eq!(&line[prefix(line)..], rest, "{line}");
        }
    }

    #[test]
    fn depth_counts_and_spacing_does_not() {
        assert!(same_marks("> > a", ">> b"));
        assert!(same_marks("a", "b"));
        assert!(!same_marks("> a", "b"));
        assert!(!same_marks("> a", ">> b"));
        assert!(!same_marks("JQ> a", "> b"));
    }
}

//! Text of an input as it may be shown to a person: what a terminal would obey, or an eye would miss, is escaped.

/// The text with such characters written as `\u{…}`; line ends too, so that it stays one line.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_command(c) {
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
    }
    out
}

/// The same for a message of several lines, of which the line ends stay.
pub fn lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(plain).collect();
    lines.join("\n")
}

/// Control characters, and those that turn the direction of writing or cannot be seen.
pub(crate) fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped() {
        assert_eq!(
            plain("a\u{1b}[31m\u{202e}b\r\n\u{9b}é"),
            "a\\u{1b}[31m\\u{202e}b\\u{d}\\u{a}\\u{9b}é"
        );
        assert_eq!(lines("a\u{7}\nb"), "a\\u{7}\nb");
    }
}

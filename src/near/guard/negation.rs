//! What turns a statement round: words, and beginnings of words. Where only one of two otherwise equal texts has one, they say
//! opposite things.

use crate::text::fold::Folded;

/// Languages in the order en de fr es pt it ru ar zh ja. "No" is one word in four of them. English contractions fold to their
/// stem and a `t`, so the stems that exist only there are listed.
pub(super) const NEGATIONS: &str = "\
    not no never none nobody nothing neither nor without cannot can't won't don't doesn't didn't isn't aren't wasn't weren't \
    couldn't wouldn't shouldn't hasn't haven't hadn't don doesn didn isn aren wasn weren couldn wouldn shouldn hasn haven hadn \
    nicht kein keine keinen keiner keines nie niemals ohne nichts \
    pas jamais aucun aucune sans rien \
    nunca ningún ninguna nada jamás \
    não nenhum nenhuma sem \
    non mai nessun nessuna senza niente \
    не нет ни никогда без ничего \
    لا لم لن ليس ليست غير دون بدون \
    不 没 沒 未 无 無 非 别";

/// Beginnings that turn a word round.
const PREFIXES: [&str; 12] = [
    "un", "in", "im", "il", "ir", "dis", "non", "des", "miss", "не", "без", "анти",
];
/// Letters that a word must have to be turned round: "able", and no shorter.
const LEAST_STEM: usize = 4;

/// True when one word is the other with a beginning that turns it round: "likely" and "unlikely" are no spellings of one word.
pub(super) fn turned_round(x: &str, y: &str) -> bool {
    let (stem, word) = if x.len() < y.len() { (x, y) } else { (y, x) };
    let is_stem = |prefix: &&str| word.strip_prefix(*prefix) == Some(stem);
    word.ends_with(stem) && stem.chars().count() >= LEAST_STEM && PREFIXES.iter().any(is_stem)
}

/// True when this token, which no list has, is the mark of a negation: the `t` of can't and won't, whose stems are words of their
/// own, and the beginning of Japanese ない, なく and なかった after a verb, and of ません.
pub(super) fn is_mark(folded: &Folded, at: usize) -> bool {
    let next = || match at + 1 < folded.tokens.len() {
        true => folded.token(at + 1),
        false => "",
    };
    match folded.token(at) {
        "t" => at > 0 && matches!(folded.token(at - 1), "can" | "won" | "ain" | "shan"),
        "な" => matches!(next(), "い" | "く" | "か"),
        "せ" => next() == "ん",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folder;

    #[test]
    fn beginnings_turn_words_round() {
        for (a, b) in [
            ("likely", "unlikely"),
            ("impossible", "possible"),
            ("legal", "illegal"),
            ("безопасный", "опасный"),
        ] {
            assert!(turned_round(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("till", "until"),
            ("to", "into"),
            ("like", "like"),
            ("harbour", "harbor"),
        ] {
            assert!(!turned_round(a, b), "{a} {b}");
        }
    }

    #[test]
    fn marks_that_are_no_words() {
        let mut folded = Folded::default();
        let mut marks = |text: &str| {
            Folder::default().fold(text, &mut folded);
            (0..folded.tokens.len())
                .filter(|at| is_mark(&folded, *at))
                .count()
        };
        assert_eq!(marks("we can't and won't"), 2);
        assert_eq!(marks("we can do it, as in don't"), 0);
        assert_eq!(marks("続けない"), 1);
        assert_eq!(marks("続けません"), 1);
        assert_eq!(marks("続ける"), 0);
    }
}

//! The shortcuts of `clean` against the whole judgement.

use proptest::prelude::*;

use std::cell::Cell;

use super::*;

/// Words of all the kinds that the guard tells apart.
const WORDS: [&str; 36] = [
    "the",
    "of",
    "and",
    "a",
    "to",
    "in",
    "ferry",
    "harbour",
    "keeper",
    "boats",
    "winter",
    "lamp",
    "said",
    "sold",
    "rose",
    "fell",
    "not",
    "never",
    "May",
    "June",
    "Ostmoor",
    "Welling",
    "Bloom",
    "Holm",
    "five",
    "12",
    "12.5",
    "340",
    "mln",
    "tons",
    "crowns",
    "v2.1",
    "planned.",
    "approved.",
    "lanterns",
    "lantern",
];

fn text(words: &[usize]) -> String {
    let words: Vec<&str> = words.iter().map(|w| WORDS[*w]).collect();
    words.join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stopping_early_changes_no_answer(
        words in prop::collection::vec(0usize..WORDS.len(), 8..50),
        edits in prop::collection::vec((0usize..50, 0u8..3, 0usize..WORDS.len()), 0..6),
        tail in prop::collection::vec(0usize..WORDS.len(), 0..40),
        guard: bool,
    ) {
        let mut other = words.clone();
        for (at, edit, word) in edits {
            let at = at % other.len().max(1);
            match edit {
                0 => other.insert(at.min(other.len()), word),
                1 if other.len() > 1 => drop(other.remove(at)),
                _ => other[at] = word,
            }
        }
        other.extend(tail);
        let thresholds = Thresholds {
            guard: if guard { Guard::Facts } else { Guard::Off },
            ..Thresholds::from(&Config::default())
        };
        let (mut a, mut b) = (Prepared::default(), Prepared::default());
        a.fill(&text(&words), &mut Folder::default());
        b.fill(&text(&other), &mut Folder::default());
        let mut comparer = Comparer::default();
        for (a, b) in [(&a, &b), (&b, &a)] {
            let whole = comparer.compare(a, b, &thresholds);
            let fast = comparer.may_go(a, b, &thresholds);
            prop_assert_eq!(fast, Some(whole).filter(Verdict::a_goes));
            let alike = whole.kind != Kind::Distinct || whole.guarded;
            prop_assert!(!alike || comparer.may_be_alike(a, b, &thresholds));
            let sizes = [whole.size_a, whole.size_b];
            let short = a.folded.tokens.len().min(b.folded.tokens.len()) < LONG_WEAK as usize;
            for more in 0..3 {
                let reaches = may_reach((whole.shared + more).min(sizes[0]).min(sizes[1]), sizes, short, &thresholds);
                prop_assert!(!alike || reaches);
            }
            let least = Cell::new(Lacking::default());
            let note = |found: &Lacking, _| {
                least.set(*found);
                false
            };
            let evidence = comparer.gather(a, b, note, |_| false).unwrap();
            let least = least.get();
            for side in 0..2 {
                prop_assert!(least.tokens[side] <= evidence.tokens[side] - evidence.covered[side]);
                prop_assert!(least.run[side] <= evidence.longest_run[side]);
                prop_assert!(least.content[side] <= evidence.longest_content[side]);
            }
        }
    }
}

//! Hashes have no key, so that everyone gets the same answer; anyone can make texts that collide. What that buys: nothing is
//! removed for a hash alone, and a hot bucket costs what a cold one does.

use dechaff::config::Config;
use dechaff::text::hash;

use crate::cleaned::Run;

/// Two words of sixteen letters and one hash: the difference that the first eight letters leave is one between letters, so that
/// the second eight can undo it.
fn colliding_words() -> (String, String) {
    let mut seen = std::collections::HashMap::new();
    for n in 0..1_000_000u32 {
        let mut first = *b"aaaaaaaa";
        let mut rest = n;
        for byte in &mut first {
            *byte += (rest % 26) as u8;
            rest /= 26;
        }
        let state = hash::token_step(hash::TOKEN_SEED, u64::from_le_bytes(first));
        let Some((other, word)) = seen.insert(state & 0xe0e0_e0e0_e0e0_e0e0, (state, first)) else {
            continue;
        };
        let apart = (state ^ other).to_le_bytes();
        let letter = |x: &u8| (b'a'..=b'z').find(|c| (c ^ x).is_ascii_lowercase());
        if let Some(second) = apart.iter().map(letter).collect::<Option<Vec<u8>>>() {
            let undone: Vec<u8> = second.iter().zip(apart).map(|(c, x)| c ^ x).collect();
            let word_of = |a: [u8; 8], b: &[u8]| String::from_utf8([&a, b].concat()).unwrap();
            return (word_of(first, &undone), word_of(word, &second));
        }
    }
    unreachable!("a million words hold many such pairs")
}

#[test]
fn nothing_goes_because_two_words_share_a_hash() {
    let (x, y) = colliding_words();
    assert!(x != y && hash::token64(x.as_bytes()) == hash::token64(y.as_bytes()));
    let page = |word: &str| {
        format!("The board of the harbour told the {word} council in a short letter that the old bridge stays closed.\n").into_bytes()
    };
    let files = [
        ("a.txt".to_owned(), page(&x)),
        ("b.txt".to_owned(), page(&y)),
    ];
    for guard in [dechaff::config::Guard::Facts, dechaff::config::Guard::Off] {
        let config = Config {
            guard,
            ..Config::default()
        };
        let run = Run::of(&files, &config);
        assert_eq!(run.report.bytes.removed, 0, "{guard:?}");
        // The same word is the same word.
        let same = [files[0].clone(), ("b.txt".to_owned(), page(&x))];
        assert!(Run::of(&same, &config).report.bytes.removed > 0);
    }
}

#[test]
fn a_hot_bucket_drops_only_what_is_a_copy() {
    // Four hundred paragraphs share every shingle of a long passage, and each tells something of its own at length.
    let passage = "the ferry leaves the old pier at noon and comes back with the tide before the lamps are lit";
    let page = |i: u32| {
        let own: Vec<String> = (0..14u32)
            .map(|k| format!("word{}", hash::mix(u64::from(i * 16 + k)) % 100_000))
            .collect();
        format!("{passage} {}\n", own.join(" "))
    };
    let files: Vec<_> = (0..400)
        .map(|i| (format!("{i:03}.txt"), page(i).into_bytes()))
        .collect();
    let run = Run::of(&files, &Config::default());
    assert_eq!(run.report.bytes.removed, 0);
}

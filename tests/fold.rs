//! The folded form, written out by hand for every script it promises: what must be equal, what must differ, what a token is.

use dechaff::text::fold::{Folded, Folder, Token, flag};

fn fold(text: &str) -> Folded {
    let mut out = Folded::default();
    Folder::default().fold(text, &mut out);
    out
}

fn assert_folds(cases: &[(&str, &str)]) {
    for (text, folded) in cases {
        assert_eq!(fold(text).text, *folded, "{text:?}");
    }
}

fn assert_equal(cases: &[&[&str]]) {
    for case in cases {
        for other in &case[1..] {
            assert_eq!(
                fold(case[0]).text,
                fold(other).text,
                "{:?} and {other:?}",
                case[0]
            );
        }
    }
}

#[test]
fn every_script_is_cut_into_tokens() {
    assert_folds(&[
        ("The Kiosk, re-opened!", "the kiosk re opened"),
        ("Straße für Übermüdete", "strasse für übermüdete"),
        ("Всё ещё объявлено", "все еще объявлено"),
        ("أُغلِقَتِ المَدرسةُ", "اغلقت المدرسه"),
        ("בְּרֵאשִׁית בָּרָא", "בראשית ברא"),
        ("Ο δρόμος προς τη ΛΊΜΝΗΣ", "ο δρόμοσ προσ τη λίμνησ"),
        ("हिन्दी में लिखा", "हिन्दी में लिखा"),
        ("漢字で書く", "汉 字 で 书 く"),
        ("カタカナ", "カ タ カ ナ"),
        ("한국어 문장", "한국어 문장"),
        ("น้ำใส", "น้ํ า ใ ส"),
    ]);
}

#[test]
fn the_same_text_in_other_bytes_is_equal() {
    assert_equal(&[
        &[
            "caf\u{e9} cr\u{e8}me",
            "cafe\u{301} cre\u{300}me",
            "caf&eacute; cr&#232;me",
            "CAFÉ CRÈME",
        ],
        &[
            "“Don’t,” she said",
            "\"Don't\", she said",
            "&ldquo;don&#39;t&rdquo; she said",
            "don t she said",
        ],
        &[
            "AT&T office",
            "AT&amp;T office",
            "at t office",
            "AT&amp;amp;T office",
        ],
        &[
            "a wide gap",
            "a\u{a0}wide  gap",
            "a&nbsp;wide\u{3000}gap",
            "ａ　ｗｉｄｅ　ｇａｐ",
        ],
        &[
            "hyphenated",
            "hy\u{ad}phen\u{200b}ated",
            "\u{feff}hyphen&shy;ated",
        ],
        &["office of the flood", "oﬃce of the ﬂood"],
        &["GROSSE STRASSE", "große Straße", "GROẞE STRAẞE"],
        &["ещё", "еще", "ЕЩЁ", "еще\u{308}"],
        &["ıspanak İzmir", "Ispanak izmir", "ispanak i̇zmir"],
        &["الى أين", "إلى اين", "إلـــى أيْنَ"],
        &["مكتبة ۱۲۳", "مكتبه 123", "مکتبه ١٢٣"],
        &["שָׁלוֹם", "שלום", "\u{fb2a}\u{5b8}לו\u{5b9}ם"],
        &["後來這個國家", "后来这个国家"],
        &["ｶﾞｲﾄﾞ", "ガイド", "カ\u{3099}イト\u{3099}"],
        &["한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"],
        &["क़लम", "क\u{93c}लम"],
        &["5½ cups", "5 1/2 cups"],
        &["−5 °C", "-5 °C", "–5 ℃"],
        &["2019 — 2020", "2019 - 2020", "2019–2020", "2019-2020"],
    ]);
}

#[test]
fn facts_are_kept() {
    assert_folds(&[
        ("1,200.5 of 3.75, then", "1,200.5 of 3.75 then"),
        ("between 3-4 and -5 (-.5)", "between 3 4 and -5 -.5"),
        ("page 7. 8, 9", "page 7 8 9"),
        ("it grew .5% to 12.5%", "it grew .5 % to 12.5 %"),
        ("$5 €6.10 -£7", "$ 5 € 6.10 - £ 7"),
        ("C++, C# and #1 + x", "c++ c# and 1 x"),
        ("30 m² of CO₂ at 10⁻⁵", "30 m ² of co ₂ at 10 ⁻⁵"),
        ("the end...5 left", "the end 5 left"),
        ("the 1990s", "the 1990s"),
        ("v1.2.3 at 10:30", "v1.2.3 at 10 30"),
        ("naïve résumé", "naïve résumé"),
    ]);
    for (a, b) in [
        ("up 5 %", "up 5"),
        ("-5", "5"),
        ("m²", "m2"),
        ("c++", "c"),
        ("$5", "€5"),
        ("1.5", "15"),
        ("résumé", "resume"),
    ] {
        assert_ne!(fold(a).text, fold(b).text, "{a:?} and {b:?}");
    }
}

#[test]
fn tokens_know_their_source_and_flags() {
    let text = "Über 3 Städte&nbsp;am Ｍeer: 漢字 50% ΑΘΗΝΑ";
    let folded = fold(text);
    let seen: Vec<(&str, &str, u8)> = folded
        .tokens
        .iter()
        .enumerate()
        .map(|(i, t)| {
            let from = &text[t.source as usize..];
            (
                folded.token(i),
                &from[..from.chars().next().map_or(0, char::len_utf8)],
                t.flags,
            )
        })
        .collect();
    let (capital, digit, unspaced, symbol) =
        (flag::CAPITAL, flag::DIGIT, flag::UNSPACED, flag::SYMBOL);
    assert_eq!(
        seen,
        [
            ("über", "Ü", capital),
            ("3", "3", digit),
            ("städte", "S", capital),
            ("am", "a", 0),
            ("meer", "Ｍ", capital),
            ("汉", "漢", unspaced),
            ("字", "字", unspaced),
            ("50", "5", digit),
            ("%", "%", symbol),
            ("αθηνα", "Α", capital),
        ]
    );
    assert_eq!(folded.half_tokens(), 18);
}

#[test]
fn nothing_folds_to_nothing() {
    assert_folds(&[
        ("", ""),
        (" ", ""),
        ("…—!?", ""),
        ("\u{301}", ""),
        ("\u{200b}", ""),
        ("😀", ""),
    ]);
}

#[test]
fn old_content_is_lost_and_scratch_does_not_matter() {
    let mut folder = Folder::default();
    let mut out = Folded::default();
    for text in [
        "A long first text, with é and 漢字.",
        "short",
        "",
        "ﷺ and more",
    ] {
        folder.fold(text, &mut out);
        assert_eq!(out, fold(text));
    }
}

#[test]
fn golden_hashes_hold() {
    let hashes: Vec<u64> = fold("The naïve 漢 boilerplate")
        .tokens
        .iter()
        .map(|t: &Token| t.hash)
        .collect();
    assert_eq!(
        hashes,
        [
            0x6aeb_4464_ba45_635a,
            0xdccd_f9ef_df28_19e9,
            0x3247_8ca7_1031_a28f,
            0xdd80_ae66_440d_3f9c
        ]
    );
}

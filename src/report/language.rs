//! The language of a document, for the tables of the report. Nothing is decided by it.
//!
//! Detection costs more than writing a document, so only documents that lost something are looked at, and of these one
//! line: the longest among the first bytes. Menus and bylines, often in another language, are short; the longest line is prose.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::text::utf8;

/// Where the line is looked for, in bytes: most pages have begun their text by then.
const PREFIX: usize = 8 << 10;

/// How much of the line is read, in characters. From 200 the language was found right on 98 % of 8,768 labelled pages, from
/// 100 on 91 %, from 400 on 99 %.
const READ: usize = 200;

/// Under so many characters nothing is said.
const LEAST: usize = 20;

/// The least confidence that is believed: below it half of the answers are wrong on the same pages.
const CONFIDENCE: f64 = 0.5;

/// The code of an unknown language (ISO 639-2).
pub const UNKNOWN: &str = "und";

/// Names the language of a document: ISO 639-1, or 639-3 where there is no code of two letters, or [`UNKNOWN`].
pub fn of(document: &[u8]) -> &'static str {
    let prefix = &document[..document.len().min(PREFIX)];
    let longest = longest(prefix);
    let end = longest.char_indices().nth(READ).map(|(i, _)| i);
    let text = &longest[..end.unwrap_or(longest.len())];
    if text.chars().nth(LEAST).is_none() {
        return UNKNOWN;
    }
    if let Some(code) = by_common_words(text).or_else(|| by_script(text)) {
        return code;
    }
    match whatlang::detect(text) {
        Some(info) if info.confidence() >= CONFIDENCE => code(info.lang()),
        _ => UNKNOWN,
    }
}

/// The most common short words of large languages; a word may be common in several. Trigram models cost some 60 µs for such
/// a text, whatever its length, most of all in Latin script, which so many languages share. With the words first, the 8,768
/// labelled pages took a quarter of the time, and no page more was named wrongly.
#[rustfmt::skip]
const COMMON: &[(&str, &str)] = &[
    ("en", "the of and to in is that for it was with on as are be this by at from have not but you his they or an will has we which their were been would"),
    ("de", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie"),
    ("fr", "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec son aux ont cette ou mais comme nous vous leur"),
    ("es", "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando muy"),
    ("it", "di e il la che in un a per è una del con non sono da si le i della dei nel al alla ha più gli anche come ma su o lo questo delle dal"),
    ("pt", "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito nos já"),
    ("nl", "de en van het een in is dat op te zijn voor met die niet aan er om ook als bij maar door naar uit hij wordt nog werd heeft over deze worden of tot"),
    ("pl", "w i na z do się nie to że o jest od po a za jak przez dla który był ale są tym tego być ich czy oraz tylko także może ma lub już"),
    ("tr", "ve bir bu da de için ile olarak çok daha olan gibi en ne kadar sonra ama her ise var o mi değil diye olduğu göre ya"),
    ("ru", "и в не на что с по как это он к но из а у за так же от для бы его все она мы они было вы был только ещё когда после до или также если были чтобы"),
    ("uk", "і в на що з не у до за та як це він про але його від для вона так або також які було ми вони є який після при був була"),
    ("bg", "на и в да се за от е с не по като че са си до при след но той ще или това което който има бе също"),
    ("sr", "и у је да на се са за од што не су који као или из о али би до након већ само било"),
    ("mk", "и на во да се за од со е не што ги ќе како по но го ја или кои тоа беше има"),
    ("be", "і ў на не з што да як у за па гэта для ад але ён яго быў каб былі яна або"),
    ("ar", "في من على أن إلى عن مع هذا التي الذي ما لا كان هذه بعد قد كما بين ذلك أو ثم حيث خلال غير عند كل لم قال إن وقال"),
    ("fa", "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز شد شده کند وی اما یا دو پس می ها"),
    ("ur", "کے میں کی ہے اور سے کا کو اس نے پر ہیں کہ یہ بھی تھا ایک کر ہو گیا جو لیے تو ان نہیں کیا کہا"),
    ("id", "yang dan di dari untuk dengan ini pada itu dalam tidak akan juga oleh adalah ke bisa ada sebagai kata atau telah karena lebih mereka saat"),
];

/// No common word has more bytes.
const LONGEST: usize = 12;

/// So many of its words a text must have of a language.
const HITS: usize = 5;

/// So many words that another language does not have, and so many times the words that only the other has.
const MARGIN: usize = 3;

/// Names the language whose common words abound, if there is one.
fn by_common_words(text: &str) -> Option<&'static str> {
    static LANGUAGES_OF: OnceLock<FxHashMap<&str, u32>> = OnceLock::new();
    let languages_of = LANGUAGES_OF.get_or_init(|| {
        let mut map = FxHashMap::default();
        for (i, (_, words)) in COMMON.iter().enumerate() {
            for word in words.split(' ') {
                *map.entry(word).or_default() |= 1 << i;
            }
        }
        map
    });
    let words = text.split(|c| !is_letter(c));
    let words = words.filter(|w| !w.is_empty() && w.len() <= LONGEST);
    let found: Vec<u32> = words.filter_map(|w| languages_of.get(w).copied()).collect();
    let has = |languages: u32, i: usize| languages >> i & 1 == 1;
    let hits = |i: usize| found.iter().filter(|l| has(**l, i)).count();
    let best = (0..COMMON.len()).max_by_key(|i| (hits(*i), std::cmp::Reverse(*i)))?;
    // Words that two languages share speak for neither.
    let only = |a: usize, b: usize| found.iter().filter(|l| has(**l, a) && !has(**l, b)).count();
    let clear = |other: usize| only(best, other) >= MARGIN.max(MARGIN * only(other, best));
    let others = (0..COMMON.len()).filter(|i| *i != best);
    (hits(best) >= HITS && { others }.all(clear)).then_some(COMMON[best].0)
}

/// Chinese, where nearly all letters are Han and none is Kana or Hangul: no other language is written so.
fn by_script(text: &str) -> Option<&'static str> {
    let (mut letters, mut han) = (0, 0);
    for c in text.chars() {
        match c {
            '\u{3041}'..='\u{30ff}' | '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => {
                return None;
            }
            '\u{3400}'..='\u{9fff}' => (letters, han) = (letters + 1, han + 1),
            _ => letters += usize::from(is_letter(c)),
        }
    }
    (han >= LEAST && han * 10 >= letters * 9).then_some("zh")
}

/// The first of the longest lines, each up to its first byte that is not UTF-8; the end of the prefix may split a character.
fn longest(prefix: &[u8]) -> &str {
    let mut longest = "";
    let mut keep = |line| {
        if str::len(line) > longest.len() {
            longest = line;
        }
    };
    match utf8::valid_head(prefix) {
        // One check of all lines is much faster than one of each.
        (text, true) => memchr_lines(text).for_each(&mut keep),
        _ => {
            let lines = prefix.split(|&b| b == b'\n');
            lines.for_each(|line| keep(utf8::valid_head(line).0));
        }
    }
    longest
}

fn memchr_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    ends.map(move |end| {
        let line = &text[start..end];
        start = end + 1;
        line
    })
}

/// [`char::is_alphabetic`], without a search where a script has only letters.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{400}'..='\u{481}' | '\u{620}'..='\u{64a}' | '\u{4e00}'..='\u{9fff}' => true,
        _ => c.is_alphabetic(),
    }
}

/// ISO 639-1, where it has a code for the language.
#[rustfmt::skip]
fn code(lang: whatlang::Lang) -> &'static str {
    match lang.code() {
        "epo" => "eo", "eng" => "en", "rus" => "ru", "cmn" => "zh", "spa" => "es", "por" => "pt", "ita" => "it",
        "ben" => "bn", "fra" => "fr", "deu" => "de", "ukr" => "uk", "kat" => "ka", "ara" => "ar", "hin" => "hi",
        "jpn" => "ja", "heb" => "he", "yid" => "yi", "pol" => "pl", "amh" => "am", "jav" => "jv", "kor" => "ko",
        "nob" => "nb", "dan" => "da", "swe" => "sv", "fin" => "fi", "tur" => "tr", "nld" => "nl", "hun" => "hu",
        "ces" => "cs", "ell" => "el", "bul" => "bg", "bel" => "be", "mar" => "mr", "kan" => "kn", "ron" => "ro",
        "slv" => "sl", "hrv" => "hr", "srp" => "sr", "mkd" => "mk", "lit" => "lt", "lav" => "lv", "est" => "et",
        "tam" => "ta", "vie" => "vi", "urd" => "ur", "tha" => "th", "guj" => "gu", "uzb" => "uz", "pan" => "pa",
        "aze" => "az", "ind" => "id", "tel" => "te", "pes" => "fa", "mal" => "ml", "ori" => "or", "mya" => "my",
        "nep" => "ne", "sin" => "si", "khm" => "km", "tuk" => "tk", "aka" => "ak", "zul" => "zu", "sna" => "sn",
        "afr" => "af", "lat" => "la", "slk" => "sk", "cat" => "ca", "tgl" => "tl", "hye" => "hy", "cym" => "cy",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_outvotes_the_menu() {
        let page = "Home\nLogin\nNewsletter abonnieren\nDer Bäcker knetet den Teig am Abend, lässt ihn über Nacht ruhen und schiebt ihn am frühen Morgen in den Ofen.\nShare";
        assert_eq!(of(page.as_bytes()), "de");
        assert_eq!(
            of("面包师晚上揉面，让面团静置一夜，第二天清晨再放进烤炉里慢慢烘烤。".as_bytes()),
            "zh"
        );
    }

    #[test]
    fn nothing_is_said_of_little_or_broken_text() {
        assert_eq!(of(b""), UNKNOWN);
        assert_eq!(of(b"12.5\n---\n"), UNKNOWN);
        assert_eq!(of(&[0xff; 64]), UNKNOWN);
        // The end of the prefix splits a character.
        assert!(!of(format!("x{}", "é".repeat(PREFIX)).as_bytes()).is_empty());
    }

    #[test]
    fn letters_and_common_words_are_as_the_shortcuts_have_them() {
        assert!(('\0'..=char::MAX).all(|c| is_letter(c) == c.is_alphabetic()));
        let words = COMMON.iter().flat_map(|(_, words)| words.split(' '));
        assert_eq!(words.map(str::len).max(), Some(LONGEST));
    }

    #[test]
    fn the_longest_line_is_the_first_of_them_up_to_what_is_no_text() {
        assert_eq!(longest("ab\ncd\né".as_bytes()), "ab");
        assert_eq!(longest(b"ab\nabc\xff\xff\nabcd\xc3"), "abcd");
        assert_eq!(longest(b"ab\nabc\xffabcdef\nx"), "abc");
        assert_eq!(longest(b""), "");
    }

    #[test]
    fn common_words_speak_only_when_they_are_clear() {
        let english = "The ferry is late, and the captain says that it was the wind of the night.";
        assert_eq!(by_common_words(english), Some("en"));
        assert_eq!(
            by_common_words("Ferry timetable, winter season, all piers"),
            None
        );
        // Half of it is common in Spanish, half in Portuguese.
        assert_eq!(
            by_common_words("de que se por para como mais muito quando sobre entre"),
            None
        );
    }

    #[test]
    fn common_words_and_script_answer_as_trigrams_would() {
        for (text, language) in [
            (
                "Мельник сказал, что не был на реке, но и он всё ещё ждёт, когда придёт паром из города.",
                "ru",
            ),
            (
                "Мельник казав, що не був на річці, але й він також чекає, коли прийде пором із міста до села.",
                "uk",
            ),
            (
                "قال الطحان إن هذا القارب الذي عاد من الجزيرة لم يكن في الميناء بعد أن غادر كل من كان على الرصيف.",
                "ar",
            ),
            (
                "آسیابان گفت که این قایق را از جزیره به بندر برای او آورده است و با آن در رودخانه خواهد رفت.",
                "fa",
            ),
        ] {
            assert_eq!(by_common_words(text), Some(language), "{text}");
            let trigrams = whatlang::detect(text).unwrap();
            assert_eq!(code(trigrams.lang()), language, "{text}");
        }
        let chinese = "磨坊主说渡船还没有从城里回来，他要在河边等到天黑。";
        assert_eq!(by_script(chinese), Some("zh"));
        assert_eq!(
            by_script(
                "渡し船はまだ町から戻っていないと粉屋は言った。川辺で暗くなるまで待つつもりだ。"
            ),
            None
        );
    }

    #[test]
    fn every_language_has_a_code() {
        for lang in whatlang::Lang::all() {
            assert_eq!(code(*lang).len(), 2, "{lang}");
        }
    }
}

//! Data written in letters: uuencode, base64 and their kin. Pieces of such data are alike by chance (a white corner of a picture is
//! the same few letters over and over), and who cuts one piece spoils the whole.

/// Words of so many bytes are no words of a language that puts blanks between words.
const LONG: usize = 40;

/// True when more than half of the text is long words of letters mixed with digits or signs, addresses apart.
pub(super) fn is_encoded(text: &str) -> bool {
    let (mut all, mut data) = (0, 0);
    for word in text.split_ascii_whitespace() {
        all += word.len();
        data += if is_data(word) { word.len() } else { 0 };
    }
    data * 2 > all
}

fn is_data(word: &str) -> bool {
    let bytes = word.as_bytes();
    if bytes.len() < LONG || !word.is_ascii() || word.contains("://") || word.starts_with("www.") {
        return false;
    }
    let count = |is: fn(&u8) -> bool| bytes.iter().filter(|b| is(b)).count();
    let (letters, upper) = (
        count(u8::is_ascii_alphabetic),
        count(u8::is_ascii_uppercase),
    );
    // Long compounds are letters of one case; rulers and leaders are no letters.
    letters * 4 >= bytes.len() && (letters < bytes.len() || upper > 1) && upper * 8 >= letters
}

#[cfg(test)]
mod tests {
    use super::is_encoded;

    #[test]
    fn data_in_letters_is_no_text() {
        let uu = "M5V%K97)S(&]F('1H92!N;W)T:&5R;B!G=6EL9\"!M970@:6X@=&AE(&=R86YA";
        let base = "V2VhdmVycyBvZiB0aGUgbm9ydGhlcm4gZ3VpbGQgbWV0IGluIHRoZSBncmFuYXJ5";
        assert!(is_encoded(uu) && is_encoded(base));
        assert!(is_encoded(&format!("{uu} {base} and a word")));
    }

    #[test]
    fn words_and_addresses_and_rulers_are() {
        let link = "https://looms.example.org/Frames/Old/Northern/Granary/2041/index.html?page=12";
        for text in [
            "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
            "donaudampfschifffahrtselektrizitaetenhauptbetriebswerk",
            "=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=-=",
            "今年春天村里的合作社一共种了很多苹果树还修好了通往山谷的小路和旧桥今年春天村里的合作社",
            link,
        ] {
            assert!(!is_encoded(text), "{text}");
        }
        assert!(!is_encoded(""));
    }
}

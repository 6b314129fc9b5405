//! What a picture credit looks like: `Photo: Jane Doe/AFP`, `(AP Photo/Jane Doe, File)`, `© Agency`, `Foto: dpa`.
//!
//! The rules for credits on a line of their own and for credits glued to a caption share this. It knows nothing of pages.

use super::pattern::Pattern;

/// How sure it is that a text is a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// It has the shape, but a caption or a heading can have it too: `Photo: Golden Gate`.
    Likely,
    /// Nothing else is written so.
    Sure,
}

/// Words a credit consists of, counted with its label. The longest credits on news sites chain four names:
/// photographer, agency, pool, distributor.
const MAX_WORDS: usize = 14;

/// Agencies, stock libraries and the like that stand behind a photographer's name.
pub(super) static AGENCY: Pattern = Pattern::new(
    r"(?:^|[^\p{L}\p{N}]) (?:
        (?-i:AP|AFP|EPA|EPA-EFE|EFE|ANSA|DPA|dpa|APA|PA|UPI|ANP|ČTK|CTK|PAP|MTI|TASS|ТАСС|AAP|ANI|PTI|IANS|ddp|dapd|NTB|TT|SDA|ATS|SIPA|RIA|
            NASA|ESA|NOAA|USGS|AGERPRES|LUSA|BELGA|SCANPIX|УНИАН|РИА\ Новости|BTA|NPR|WENN|RTR|AFLO|CCTV|ISNA|IRNA|UNHCR)
        | afp | getty (?:\ images)? | gettyimages | reuters | (?:the\ )? associated\ press | shutterstock (?:\.com)? | istock (?:\ ?photo)? (?:\.com)? | alamy (?:\.com)?
        | unsplash (?:\.com)? | pexels (?:\.com)? | pixabay (?:\.com)? | flickr (?:\.com)? | corbis | depositphotos (?:\.com)? | dreamstime (?:\.com)? | adobe\ ?stock | stock\.adobe\.com
        | fotolia (?:\.com)? | bloomberg | xinhua | sputnik | imago (?:\ images)? | picture[\ -]alliance | keystone | rex\ features | rex\ shutterstock
        | zuma (?:\ press|\ wire)? | anadolu (?:\ agency)? | wikimedia (?:\ commons)? | wikipedia | creative\ commons | nurphoto | barcroft (?:\ media)?
        | magnum\ photos | wireimage | filmmagic | press\ association | action\ images | usa\ today\ sports | thinkstock | newscom | polaris | lightrocket
        | sopa\ images | agence\ france-presse | agência\ brasil | folhapress | kyodo | jiji | yonhap | europa\ press | cordon\ press | hans\ lucas | maxppp
        | canadian\ press | the\ conversation | handout | afp\ photo | ap\ photo | pool | file\ photo | stock\ photo | ritzau\ scanpix | lehtikuva
        | 新华社 | 中新社 | 视觉中国 | 視覺中國 | 中央社 | 共同通信 | 時事通信 | ロイター | 연합뉴스 | 뉴시스 | 뉴스1 | رويترز | أ\ ?ف\ ?ب | فرانس\ برس | الأناضول | epa
        ) (?:$|[^\p{L}\p{N}])",
);

/// The noun that says a picture is meant, and the words around it; then a colon or the like; then who made it.
static LABELLED: Pattern = Pattern::new(
    r"^(?: (?: (?:featured?|lead|header|main|cover|top|hero|file|stock|background|banner|inset|profile|thumbnail|teaser|feature|all|title|front\ page) \s+ )?
           (?: (?:photo|photograph|image|picture|pic|illustration|graphic|artwork|video|media|screenshot|screen\ ?grab|still|cover|figure|map|art|poster|drawing|cartoon)s? (?:\ and\ video)?
               \s* (?: (?:credit|courtesy|source|copyright|copyrights|provided|supplied|by|from|via)s? \s? (?:of|by|from|to|via)? )?
             | photo\ illustrations? | photography (?:\ by|\ credit)? | credits? | (?:photo|image|picture)? \s? (?:credit|courtesy)s? | caption\ credit | courtesy\ photo | copyright | getty )
         | fotos? (?:credit|nachweis|quelle|kredit|graf\p{L}*)? (?:\ (?:de|von|di|door|av|af|oben|archivo|de\ archivo|original|principal|simbólica|copyright|autorius|autor|arquivo|ilustrativa|ilustracyjne))?
         | (?:symbol|archiv|titel|beitrags)? (?:foto|bild) | bild (?:nachweis|quelle|rechte|credit|er|material)? | bildrechte\ beim\ urheber | quelle\ (?:bild|foto) | credits?\ photos? | crédits?\ (?:photos?|images?) | photos?
         | crédito s? (?:\ de\ (?:la\ )?(?:foto|imagen|imagem))? | imagen | imagem | fotografía s? | fotografia s? | fotografie | foto:? | beeld | afbeelding | kuva | fotoğraf | fot\. | zdjęci[ae] | źródło\ (?:zdjęcia|foto) (?:\ \p{L}+)?
         | фото (?:графия)? (?:\ автора)? | источник\ фото | снимка | світлина | φωτ[οό] (?:γραφ[ίι]α)? | fotó | kép | forrás | ilustra[cç](?:ión|ão|cja) | ilustrace | nuotr(?:auka|\.)? | foto\ ilustrasi | ảnh | nguồn\ ảnh
         | 图片?来源 | 圖片?來源 | 图片? | 圖片? | 题图(?:来自|来源)? | 题图 | 摄影 | 攝影 | 照片 (?:來源|来源|提供)? | 供图 | 写真 (?:提供|撮影)? | 画像 (?:提供|出典|引用元)? | 撮影 | 사진 (?:제공|출처)? | 이미지\ ?출처
         | الصورة | صورة | تصوير | مصدر\ الصورة | عکس | منبع\ عکس | צילום | תמונה | फोटो | ภาพ )
       \s* [:：=／] \s* (?P<cut>\S.*)$",
);

/// The same without a colon, where a preposition takes its place.
static BY: Pattern = Pattern::new(
    r"^(?: (?: (?:featured?|lead|header|main|cover|top|hero|file|stock|background|banner|feature|all|other|above|title|\p{L}+) \s+ )?
           (?: photo|photograph|photography|image|picture|pic|illustration|graphic|artwork|screenshot|screen\ ?grab|gif|video|clip|footage )s? \s+ (?:is\ |are\ |was\ |were\ )?
           (?: (?:taken|shot|made|provided|supplied|contributed|submitted)?\ ?by | (?:used\ )?courtesy (?:\ of|:)? | via | used\ under\ licen[sc]e\ from | credits? (?:\ to|\ goes\ to)? | copyright | © | \(c\) )
         | courtesy (?:\ of|:|\ photo) | credits?: | foto: | foto\ (?:von|de|di|door|av) | photo\ (?:de|par) | fotocredit | photographed\ by | photographs\ by | illustrated\ by | image\ copyright | image\ source,? | 图源 | 题图来自 )
       \s* (?P<cut>[\p{L}\p{N}@©\x22“\[(].*)$",
);

/// Name, separator, agency, or the other way round, and nothing else; also `AP Photo/Jane Doe, File`.
static BARE: Pattern = Pattern::new(
    r"(?: ^ (?: ap | afp | reuters | rex | epa | getty (?:\ images)? | dpa | xinhua | imago | alamy | istock | shutterstock | tass | pa ) (?:\ ?photos?|\ ?images?|\ pic|\ picture)? \s* [/|] \s* \S
        | ^ (?: ap | afp | epa ) \ photo \b
        | [/|—–] \s* (?:the\ )? (?: ap | afp | epa | reuters | getty | associated\ press | shutterstock | alamy | istock | unsplash | pexels | pixabay | flickr | corbis | bloomberg | xinhua | sputnik | tass | imago | dpa | apa | efe
              | picture\ alliance | zuma | anadolu | nurphoto | ansa | keystone | upi | aap | (?-i:PA) | rex | wireimage | filmmagic | pool | handout | wikimedia | dreamstime | fotolia | adobe\ ?stock | press\ association | usa\ today | pap | čtk | anp | тасс | риа | scanpix | folhapress | bridgeman | newscom | mti | ntb | lusa | belga ) \b
        | \b via \s+ (?: ap | afp | epa | reuters | getty | shutterstock | istock | flickr | unsplash | wikimedia | wikipedia | pixabay | pexels | imago | zuma | associated\ press | usa\ today | anp | bloomberg ) \b
        | ^ getty\ ?images (?:\.com)? $
        | ^ (?-i: \p{Lu}[\p{L}.'’-]+ (?:\ \p{Lu}[\p{L}.'’-]*){1,2} (?:\ and\ \p{Lu}[\p{L}.'’-]+ (?:\ \p{Lu}[\p{L}.'’-]*){1,2})? ),\ (?:the\ )?(?:associated\ press|getty\ images|agence\ france-presse|usa\ today\ sports) $ )",
);

/// A label that can only introduce a maker.
static EXPLICIT: Pattern = Pattern::new(
    r"^(?:\w+\ )?(?:photo|photos|image|images|picture|pictures|illustration)\ (?:credits?|courtesy|source)\ ?[:：]",
);

/// Lower-case words that stand between the names of a credit, sorted: they are searched by halving.
const SMALL: &[&str] = &[
    "a",
    "afp",
    "al",
    "alamy",
    "alliance",
    "and",
    "ap",
    "archiv",
    "archive",
    "archives",
    "archivo",
    "arquivo",
    "at",
    "auf",
    "avec",
    "bei",
    "bild",
    "bin",
    "by",
    "by-nc",
    "by-sa",
    "c",
    "cc",
    "commons",
    "cortesía",
    "courtesy",
    "da",
    "dapd",
    "das",
    "ddp",
    "de",
    "del",
    "della",
    "den",
    "der",
    "des",
    "di",
    "divulgação",
    "do",
    "dos",
    "dpa",
    "du",
    "e",
    "el",
    "en",
    "epa",
    "et",
    "file",
    "flickr",
    "for",
    "from",
    "getty",
    "handout",
    "http",
    "https",
    "i",
    "ibn",
    "image",
    "images",
    "imago",
    "in",
    "istock",
    "la",
    "le",
    "licence",
    "license",
    "licensed",
    "och",
    "of",
    "og",
    "on",
    "ots",
    "par",
    "permission",
    "pexels",
    "photo",
    "photographer",
    "photos",
    "picture",
    "picture-alliance",
    "pixabay",
    "pool",
    "privat",
    "provided",
    "red",
    "reproducción",
    "reprodução",
    "reuters",
    "screenshot",
    "shutterstock",
    "staff",
    "stock",
    "supplied",
    "sur",
    "ten",
    "ter",
    "the",
    "to",
    "ullstein",
    "und",
    "under",
    "unsplash",
    "used",
    "user",
    "van",
    "via",
    "via:",
    "von",
    "with",
    "www",
    "x",
    "xinhua",
    "y",
    "zu",
    "архив",
    "архива",
    "и",
    "из",
    "личного",
    "пресс-служба",
    "через",
];

/// Judges a text, without the sentence or brackets around it.
pub(super) fn certainty(text: &str) -> Option<Certainty> {
    let text = text.trim_matches(|c: char| {
        c.is_whitespace() || "()[]{}（）【】*_|–—-.,«»\"”“▲△◆■▼↑:：".contains(c)
    });
    // Several bars are the cells of a table.
    let cells = text.matches('|').count() > 1;
    if text.is_empty() || super::page::words(text) > MAX_WORDS || cells || text.contains('?') {
        return None;
    }
    if let Some(at) = LABELLED.cut(text).or_else(|| BY.cut(text)) {
        let rest = &text[at];
        // Users of picture sites write their names as they like: 'Image credit: oldmill99'.
        let handle = super::page::words(rest) <= 2 && EXPLICIT.is_match(text);
        if !handle && !names(rest) {
            return None;
        }
        let plain = super::page::words(rest) > 4
            && !AGENCY.is_match(rest)
            && !rest.contains(['/', '©'])
            && !rest.to_lowercase().starts_with("courtesy")
            && !BY.is_match(text);
        return if !plain {
            Some(Certainty::Sure)
        } else {
            Some(Certainty::Likely)
        };
    }
    let bare = text.trim_start_matches(['©', ' ']);
    let bare = bare.strip_prefix("(c) ").unwrap_or(bare);
    let starts = bare.starts_with(|c: char| !c.is_ascii_digit());
    if starts
        && !bare.contains(':')
        && names(bare)
        && (BARE.is_match(bare) || bare.len() < text.len() && AGENCY.is_match(bare))
    {
        return Some(Certainty::Sure);
    }
    None
}

/// True when there is nothing but names, agencies, and what stands between them.
pub(super) fn names(text: &str) -> bool {
    let mut any = false;
    for token in text.split(|c: char| c.is_whitespace() || "/|,;&+—–·•（）()[]:：".contains(c))
    {
        let token = token.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let Some(first) = token.chars().next() else {
            continue;
        };
        let capital = first.is_uppercase() || !first.is_lowercase() && first.is_alphabetic();
        let dotted = token.contains('.') || first == '@';
        let number = first.is_ascii_digit() && token.len() <= 8;
        // iStock, dpa-Zentralbild, d'Angelo
        let name = capital || dotted || token.chars().skip(1).any(char::is_uppercase);
        // What is no name has no capital anywhere.
        if !(name || number || SMALL.binary_search(&token).is_ok()) {
            return false;
        }
        any |= name || token.len() >= 3;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_sorted_and_lower_case() {
        assert!(SMALL.is_sorted() && SMALL.iter().all(|w| w.to_lowercase() == *w));
        assert!(names("Ana Petrov via AFP, пресс-служба 2031") && names("picture-alliance"));
        assert!(!names("Ana Petrov sells") && !names("a, b") && !names("12 by"));
    }

    #[test]
    fn credits_are_told_from_captions() {
        for text in [
            "Photo: Ana Petrov/AFP",
            "(AP Photo/Ana Petrov, File)",
            "Ana Petrov/BelTA/Handout via REUTERS",
            "© Ana Petrov/TASS",
            "Foto: dpa",
            "Getty Images / Ana Petrov",
            "Photo by Ana Petrov on Unsplash",
            "Crédit photo : Ana Petrov",
            "写真：共同通信",
        ] {
            assert_eq!(certainty(text), Some(Certainty::Sure), "{text}");
        }
        for text in [
            "Photo: the mill before it burnt down in the spring",
            "Reuters reported the sale on Monday",
            "Picture by picture the story unfolds",
            "and/or",
        ] {
            assert_eq!(certainty(text), None, "{text}");
        }
    }
}

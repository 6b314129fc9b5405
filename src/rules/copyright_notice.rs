//! Copyright, licence and reprint notices.

use super::credit;
use super::page::{Cuts, Page, ends_as_sentence, is_prose, words};
use super::pattern::Pattern;
use super::shape::bare;
use super::{Category, Rule};
use crate::config::Level;

/// Copyright, licence and reprint notices.
pub static RULE: Rule = Rule {
    name: "copyright-notice",
    category: Category::Legal,
    doc: "Matches the notice of who owns a page: '© 2020 Old Mill Ltd', 'Copyright … All rights reserved', its fixed wording in some thirty languages, the clause that forbids reprints, the note that a page is under a Creative Commons licence; as a line, or glued to the end of the last paragraph.

It stands under every page of a site and is about the site, not about the page's subject.

It errs on pages that quote such a notice, and on the licence page of a site itself.",
    cues: &[
        "©", "copyright", "(c)", "copyleft", "&copy;", "ⓒ", "all rights", "rights reserved", "alle rechte", "tous droits", "derechos reservados", "direitos reservados", "diritti riservati", "права защищены", "права захищен", "права запазени", "перепечатка", "копирование",
        "wszelkie prawa", "prawa zastrzeżone", "alle rechten", "hakları saklıdır", "hakkı saklıdır", "版权", "版權", "著作權", "转载", "轉載", "転載", "无断", "無断", "未经", "未經", "حقوق", "alla rättigheter", "med ensamrätt", "práva vyhrazena", "práva vyhradené", "jog fenntartva", "drepturile rezervate", "δικαιώματος", "hak cipta", "전재", "저작권", "oikeudet pidätetään", "teisės saugomos", "tiesības", "הזכויות שמורות", "सर्वाधिकार", "สงวนลิขสิทธิ์", "bản quyền", "vervielfältigung", "nachdruck", "ophavsret", "rettigheter",
        "may not be published", "may not be reproduced", "may not be used", "may not be copied", "may not be distributed", "be reproduced", "republish", "reprint", "reproduction", "unauthorized", "unauthorised", "redistribution", "permission",
        "creative commons", "cc by", "cc-by", "licensed under", "available under", "gnu free", "public domain", "registered trademark", "trademarks", "trade marks", "diese seite steht", "creative-commons", "reserved.", "urheberrecht", "republicarea", "إعادة النشر", "版 权", "版 權", "personal, non-commercial", "click for restrictions", "check for restrictions",
    ],
    check,
    examples: &[
        (Level::Safe, "The mill was sold.\n⟦© 2020 Old Mill Press Ltd. All rights reserved.⟧"),
        (Level::Safe, "The mill was sold.\n⟦Copyright 2008 by The Weekly Miller. This material may not be published, broadcast, rewritten or redistributed.⟧"),
        (Level::Safe, "The mill was sold on Friday for an unknown sum.⟦ © 2012 Old Mill Press Inc. All rights reserved.⟧"),
        (Level::Safe, "Die Mühle wurde verkauft.\n⟦Alle Rechte vorbehalten. Nachdruck nur mit Genehmigung der Redaktion.⟧"),
        (Level::Safe, "Le moulin a été vendu.\n⟦© Le Meunier - Tous droits réservés⟧"),
        (Level::Safe, "Мельница продана.\n⟦Все права защищены. При использовании материалов ссылка на сайт обязательна.⟧"),
        (Level::Safe, "磨坊卖掉了。\n⟦版权所有 未经许可不得转载⟧"),
        (Level::Safe, "بيعت الطاحونة.\n⟦جميع الحقوق محفوظة © ٢٠٢٠⟧"),
        (Level::Safe, "水車小屋は売れた。\n⟦記事・写真の無断転載を禁じます。⟧"),
        (Level::Safe, "The mill was sold.\n⟦This work is licensed under a Creative Commons Attribution 4.0 International License.⟧"),
        (Level::Safe, "⟦Copyleft: The Miller's Archive (miller.example) 2002. Permission is granted to copy this page.\n⟧The mill was sold."),
        (Level::Safe, "The water wheel was sold too.\nA Guide to Mills⟦ Copyright 1992, 1993 by Oldtown Press⟧\nThe answers in here are from readers."),
        (Level::Safe, "⟦This list is copyright 1993 by Ellen Marsh. All rights reserved. ⟧---------------- File: wheels\nA table of all the water wheels in the county and their owners."),
        (Level::Safe, "The mill was sold.\nThe old mill at dusk, seen from the weir below the ford.⟦ © Ana Petrov 2012⟧\nNobody has made an offer."),
        (Level::Balanced, "The mill was sold.\n⟦Copyright 1989 Mill Society, Oldtown, Ohio 44106-7070⟧"),
        (Level::Safe, "The mill was sold.\n⟦Reproduction in whole or in part without written permission is prohibited.⟧"),
    ],
    counter_examples: &[
        "Copyright law gives the author the right to say who may copy a book.",
        "The court found that the reprint rights had been sold twice.",
        "All rights of the tenants end with the lease, the judge said.",
        "Copyright infringement claims rose by a third in the year 2012, according to the courts.",
        "He was given permission to reprint the letter.",
        "Reprints\nI have a few copies left of the chapter on water wheels, and the post takes a week.",
        "The messages that the machine prints are:\n(c) Copyright 1989 Mill Systems Corporation All Rights Reserved\nAfter that it stops.",
        "The notice at the head of the file now reads...\n* Copyright 1989, 1990 by John Miller\nIt has no word on schools.",
        "> Copyright (c) Ellen Marsh, 1993\nSo I may not quote the list that I answer?",
        "Copyright: Copyright 1992 by E. Marsh and T. Reed, School of\nMilling at Oldtown.",
        "Der Nachdruck des Buches kostete zwölf Mark.",
        "(c) the tenant shall keep the wheel in good repair;",
        "未经许可，他把磨坊的钥匙借给了邻居。",
        "The library is licensed under the MIT licence, which lets you use it in closed programs.",
        "Permission to use, copy and change this software without fee is granted, provided that this notice stays.",
    ],
};

/// A sign or word of copyright at the start, after at most a few words.
static SIGN: Pattern = Pattern::new(
    r"^[\W_]{0,6} (?: (?: (?:all|site|web|page|entire|text|story|article|photos?|original|data|design|this|our|website|unless\ noted,?)\s )? (?:contents?|material|images?|text|page|site|article|work|design|photos?|page\ contents?)? \s? (?:is|are)? \s? )?
        (?: copyright (?:ed|s)? (?:\ notice)? \b | © | ©️ | &copy; | \(c\) | ⓒ | Ⓒ | copyleft\b )",
);

/// The sign within the first words of a short line: 'Old Mill © 2020', '2020 © Old Mill', 'Old Mill. Copyright 2008-2012.'
static INSIDE: Pattern = Pattern::new(
    r"^\(?[^(]* (?: © \s? (?:copyright)? \s? (?:(?-i:\p{Lu}|\()|\d{4}|[२०-९٠-٩۰-۹]{4}) | copyright \s (?:©|\(c\)|\d{4}|by\ ) | \(c\) \s? \d{4} | \d{4} \s? © )",
);

/// Says that all of a site is somebody's.
static STARTS: Pattern = Pattern::new(
    r"^[\W_]* (?:all\ |the\ |this\ |entire\ |original\ )* (?:(?:site|web|page|website|text|photo|art)\ )? (?:contents?|images?|text|portions|crown|site|website|design|pictures|photos|photographs|articles?|materials?|graphics|artwork)\b [^.]* (?:©|\bis\ copyright|\bare\ copyright|\bis\ copyrighted|\bare\ copyrighted|\bcopyright\ (?:©|\(c\)|\d{4}))",
);

/// The sign at the end of a short line: 'Old Mill ©'.
static ENDS: Pattern =
    Pattern::new(r"^ (?-i:\p{Lu})[^.!?]* (?:©|copyright\ ©) [\s–-]* (?:\d{4})? $");

/// Words of a long notice.
static TERMS: Pattern =
    Pattern::new(r"(?: registered | trade\ ?marks? | rights | terms | privacy | conditions )");

/// A year, in figures or as `MMXII`.
static YEAR: Pattern = Pattern::new(r"(?:\b(?:19|20)\d\d | \bMM[IVX]+\b | [٢۲२][٠-٩۰-۹०-९]{3})");

/// What owners are called.
static OWNER: Pattern = Pattern::new(
    r"(?: \b(?-i:Inc|Ltd|LLC|GmbH|AG|S\.A|SA|SL|S\.L|S\.p\.A|S\.r\.l|BV|B\.V|NV|AB|AS|A/S|Oy|PLC|plc|Corp|Limited|Company|Group|Media|Press|Publishing|Pty|Pvt|e\.V|LP|LLP|Verlag|University|Foundation|Newspapers?)\b | \.(?:com|org|net|de|fr|co|uk|ru|it|es|nl|at|ch|info|eu|edu|gov)\b )",
);

/// The fixed wording.
static RESERVED: Pattern = Pattern::new(
    r"(?: \ball\ rights?\ (?:are\ )?reserved | (?:some|no)\ rights\ reserved | alle\ rechte\ (?:vorbehalten|bei|liegen) | tous\ (?:les\ )?droits\ (?:de\ \p{L}+\ )?réservés | (?:todos\ los\ )?derechos\ reservados | (?:todos\ os\ )?direitos\ reservados | (?:tutti\ i\ )?diritti\ (?:sono\ )?riservati | riproduzione\ riservata
        | (?:все|всички|усі|всі)\ права\ (?:на\ .{3,})?(?:защищены|захищені|захищено|запазени|принадлежат|застережені) | wszelkie\ prawa\ zastrzeżone | alle\ rechten\ voorbehouden | (?:tüm|her)\ (?:hakları|hakkı)\ saklıdır | telif\ hak(?:ları|kı) .* (?:aittir|saklıdır) | alla\ rättigheter\ (?:förbehållna|reserverade) | med\ ensamrätt | alle\ rettigheter\ (?:forbeholdes|reserveret|forbeholdt) | všechna\ práva\ vyhrazena | všetky\ práva\ vyhradené
        | minden\ jog\ fenntartva | toate\ drepturile\ (?:sunt\ )?rezervate | με\ επιφύλαξη\ (?:παντός|κάθε)\ (?:νόμιμου\ )?δικαιώματος | hak\ cipta\ dilindungi | kaikki\ oikeudet\ pidätetään | visos\ teisės\ saugomos | visas\ tiesības\ (?:aizsargātas|rezervētas) | sva\ prava\ (?:pridržana|zadržana) | vse\ pravice\ pridržane | kõik\ õigused\ kaitstud
        | (?:جميع|كافة|كل)\ ?الحقوق\ محفوظة | حقوق\ (?:النشر|الطبع)\ .{0,20}محفوظة | (?:کلیه|تمامی?|همه)\ ?(?:ی\ )?حقوق\ .*(?:محفوظ|متعلق) | כל\ הזכויות\ שמורות | सर्वाधिकार\ सुरक्षित | สงวนลิขสิทธิ์ | mọi\ quyền\ được\ bảo\ lưu | bản\ quyền\ (?:thuộc|©)
        | 版\s?权\s?所\s?有 | 版\s?權\s?所\s?有 | 著作權所有 | (?:不得|禁止|严禁|嚴禁|请勿|請勿|谢绝|拒绝)\s?(?:擅自|任意|以任何形式|私自|部分|任何)?\s?(?:转载|轉載|复制|複製|转贴|摘编|摘編|盗用|抄袭|使用) | 轉載必究 | 转载必究 | 无断转载 | 無断\s?(?:転載|複製|使用|引用|掲載).{0,20}(?:禁|お断り|できません) | 転載.{0,10}禁 | 무단\ ?(?:전재|복제|배포).*금지 | 저작권자\ ?[ⓒ©(] )",
);

/// Clauses about reprints.
static CLAUSE: Pattern = Pattern::new(
    r"(?: ^.* \b (?:material|content|contents|article|story|site|website|publication|page|work|part|portion|text|images?|photos?|information|report|column|document|posts?|reproduced|it|they) \b .* (?:may|can|must|shall|should) \s (?:not|n't)? \s? (?:also\s)? be \s (?:\w+,?\s){0,2}? (?:published|reproduced|copied|republished|redistributed|distributed|duplicated|reprinted|retransmitted|broadcast|rewritten) \b .*
            (?:permission|redistributed|rewritten|consent|written|authori[sz]ation|whole|medium|prohibited|licen[sc]e|form)
        | ^[\W_]* (?:any\s|the\s|commercial\s|further\s)? (?:unauthori[sz]ed\s)? (?:reproduction|duplication|republication|redistribution|copying|re-?use|use|republishing|distribution|reprinting|retransmission) (?:,? (?:\ and|\ or|\ and/or|,|/)? \ \w+){0,8}? .* (?:without .* (?:permission|consent|authori[sz]ation) | (?:is|are)\ (?:strictly\ |expressly\ )?(?:prohibited|forbidden))
        | ^[\W_]* (?:for\ )? (?:permission|permissions) \ (?:to\ (?:reprint|republish|reproduce|use)|is\ granted\ to) .{5,} | ^ (?:to\ order|order|buy|purchase|get|request)\ (?:\w+\ ){0,3} reprints? .* | ^[\W_]* (?:reprints?|copyright)\ (?:and|&|/)\ (?:permissions?|reprints?|licensing) .{0,20} $
        | ^ (?:vervielfältigung|nachdruck|weiterverbreitung|verwendung|verwertung|(?:die\ |alle\ |alle\ anderen\ )?(?:inhalte|texte|beiträge)) .* (?:nur\ mit|genehmigung|gestattet|untersagt|verboten|urheberrechtlich\ geschützt|zustimmung) | (?:está\ |queda\ |é\ )?(?:prohibida|proibida)\ (?:su\ |a\ |la\ )?(?:reproduc\p{L}+|reproduç\p{L}+) .* | ^(?:la\ )?(?:reproduction|reproducción|riproduzione|reprodução) .* (?:interdite|prohibida|vietata|proibida|sans\ autorisation|sin\ (?:la\ )?autorización)
        | (?:при|любое)\ (?:полном\ или\ частичном\ )?(?:использовани[ие]|перепечатк[еа]|копировани[ие]|цитировани[ие]) .* (?:ссылк|обязательна|разрешени|запрещен) | (?:перепечатка|копирование|использование)\ .*(?:запрещен|только\ с|обязательн|разрешени) | kopiowanie .* zabronione | ^(?:republicarea|preluarea) .*(?:acordul|sursei) | لا\ مانع\ من .*المصدر | \bno\ reproduction\ without\b | ^[\W_]*(?:[\w.]+\ )*reprints?:?\ ?\W*(?:this\ copy.*)?$ | \bthis\ copy\ is\ for\ your\ personal | ^[\W_]*(?:for\ )?(?:reprints?|rights|syndication|permissions?)(?:\ (?:and|&)|,|/)\ ?(?:rights|permissions?|reprints?|licensing|syndication)\b [^.]* $ )",
);

/// Licences of a page, not of a program.
static LICENCE: Pattern = Pattern::new(
    r"(?: ^[\W_]* (?:(?:this|all|our|the|unless|except|where|text|user|wiki|original|site)\s (?:\S+\s){0,8})? (?:work|works|articles?|stor(?:y|ies)|posts?|posting|page|pages|sites?|website|blog|contents?|text|images?|photos?|materials?|wiki|contributions|projects|noted|stated|specified|otherwise|book|podcast|newsletter|entry|licen[sc]ed)\b .* (?:under|subject\ to)\ .{0,24}? (?:creative\ commons|\bcc[\ -](?:by|0)|gnu\ free\ documentation|attribution)
        | ^[\W_]* (?:creative\ commons\ (?:licen[sc]e|attribution|by|cc|share|lizenz|licencia)|cc[\ -]by|cc0) .* $ | (?:inhalt\p{L}*|text\p{L}*|werk|seite|bild)\ .* creative[\ -]commons[\ -]lizenz | (?:obra|texto|contenido|conteúdo|œuvre|contenu|opera|sito)\ .* creative\ commons )",
);

/// Trademarks.
static TRADEMARK: Pattern = Pattern::new(
    r"(?: ^[\W_]* (?:all|other|any|third[\ -]party|\*|note:\ all) .* (?:trade\ ?marks?|logos?|brands?|names|copyrights|property) .* (?:respective|rightful|individual)\ (?:owners?|holders?|companies) )",
);

/// A trademark note of the site itself.
static MARK: Pattern = Pattern::new(
    r"\b (?:is|are) \ (?:an?\ )? (?:either\ )? (?:registered\ )? (?:trade\ ?marks?|service\ marks?) (?:\ or\ registered\ trade\ ?marks?)? \ of\b",
);

/// Sends the reader to an agency's terms.
static RESTRICTIONS: Pattern = Pattern::new(r"(?:click|check)\ for\ restrictions");

/// A notice at the end of a paragraph.
static GLUED: Pattern = Pattern::new(
    r"[.!?”\x22’)\]»] \s* (?P<cut> [(\[]? (?:©|copyright|\(c\)|&copy;) \s? (?:©|\(c\)|copyright)? \s? (?:by\ )? (?: (?:19|20)\d\d .* | [^.]{2,} (?:19|20)\d\d .* | .{2,} all\ rights\ reserved .* ) ) $",
);

/// A line of signs that divides sections.
static RULER: Pattern = Pattern::new(r"(?:-{8}|={8}|\*{8}|_{8}|~{8})[-=*_~\\/]*");

/// A title of three words or more before a notice that names its owner: the name before is not the owner's.
static TITLED: Pattern = Pattern::new(
    r"^ (?:\S+\s+){3,12}? (?P<cut> (?:copyright|©|\(c\)) \s? (?:©|\(c\))? \s? (?:(?:19|20)\d\d[\s,–-]+)+ (?:by\s)? (?-i:\p{Lu}) .* ) $",
);

/// A notice with an address, but without terms, is of so many words.
const ADDRESSED: usize = 14;

/// The last part of a postal address.
static ADDRESS: Pattern = Pattern::new(r"\b (?-i:[A-Z])[\w.]+ ,? \s \d{5}(?:-\d{4})? \b");

/// Says whose a picture or a text is, not whose the site is.
static OTHERS: Pattern = Pattern::new(
    r"^\W*(?: (?:photos?|artworks?|images?|pictures?|artwork\ and\ photos)\b.*© | press\ release\b )",
);

/// Words of a notice that is not long. Of the content that notices cost on the development pages, two thirds lay in longer lines.
const LONG: usize = 30;

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    // Before a glued notice stands a sentence of the page; it stays.
    if let Some(at) = GLUED.cut(text)
        && owned_notice(&text[at.clone()])
        && is_prose(text[..at.start].trim_end())
        && !signed(text)
        && !CLAUSE.is_match(&text[..at.start])
        && !MARK.is_match(&text[..at.start])
    {
        return cuts.part(page, index, at, Level::Safe);
    }
    // A heading that was glued to the notice stands behind a ruler; it stays.
    if let Some(ruler) = RULER.find(text)
        && text[..ruler.start].contains(char::is_alphanumeric)
        && text[ruler.end..].contains(char::is_alphanumeric)
    {
        if whole(text[..ruler.start].trim_end()) == Some(Level::Safe) {
            cuts.part(page, index, 0..ruler.start, Level::Safe);
        }
        return;
    }
    // The one word is a title as often as a link.
    if bare(text).eq_ignore_ascii_case("reprints") && !page.in_list(index) {
        return;
    }
    if let Some(level) = whole(text) {
        if let Some(at) = under_caption(text) {
            return cuts.part(page, index, at..text.len(), level);
        }
        if !signed(text)
            && !STARTS.is_match(text)
            && !RESERVED.is_match(text)
            && let Some(at) = TITLED.cut(text)
        {
            return cuts.part(page, index, at, level);
        }
        // A long notice may tell of something else besides; an address and a heading do.
        let count = page.words(index);
        let address = count <= ADDRESSED && ADDRESS.is_match(text) && !RESERVED.is_match(text);
        let long = count > LONG || address || OTHERS.is_match(text) || MARK.is_match(text);
        cuts.line(
            page,
            index,
            if long {
                level.max(Level::Balanced)
            } else {
                level
            },
        );
    }
}

/// Words of a caption before a bare credit.
const CAPTION: usize = 10;

/// Where the notice begins that stands behind a caption: 'The mill at dusk, seen from the weir. © Ana Petrov 2012'.
fn under_caption(text: &str) -> Option<usize> {
    let at = text.find(['©', 'ⓒ'])?;
    let (head, tail) = (text[..at].trim_end(), &text[at..]);
    let told = is_prose(head) || words(head) >= CAPTION && credit::names(tail);
    let notice = [&RESERVED, &OWNER, &TERMS, &STARTS];
    let of_site = notice.iter().any(|p| p.is_match(head)) || STARTS.is_match(text);
    (told && !of_site && !signed(text)).then_some(at)
}

/// A notice that names an owner: 'Copyright 1964. Good condition.' is from a catalogue of books.
fn owned_notice(tail: &str) -> bool {
    let count = words(tail);
    count <= 40 && (RESERVED.is_match(tail) || OWNER.is_match(tail) && count <= 20)
}

/// The level at which the whole line falls as a notice.
fn whole(text: &str) -> Option<Level> {
    let count = words(text);
    if count > 110 || text.len() > 1400 {
        return None;
    }
    let head: String = text.chars().take(100).collect();
    let signed = signed(text);
    let owned = OWNER.is_match(text);
    // A sign and a year, or a sign before a short name: 'Copyright' alone needs more than a title after it.
    if signed
        && count <= 45
        && YEAR.is_match(&head)
        && (count <= 25 || RESERVED.is_match(text) || owned)
    {
        return Some(Level::Safe);
    }
    if signed && count <= 14 {
        let mark = text.contains(['©', 'ⓒ']) || text.starts_with("(c) ") && owned;
        if count <= 1 || mark && !text.starts_with("(c)") || owned && !ends_as_prose(text, count) {
            return Some(Level::Safe);
        }
    }
    if RESERVED.is_match(text) && (count <= 30 || signed || INSIDE.is_match(&head)) && count <= 90 {
        return Some(Level::Safe);
    }
    // '©Miller Newspapers Limited, registered in …' goes on for several lines of law.
    let law = || TERMS.is_match(text);
    if signed && text.starts_with('©') && OWNER.is_match(&head) && law() {
        return Some(Level::Safe);
    }
    if STARTS.is_match(text) && count <= 30 || ENDS.is_match(text) && count <= 6 {
        return Some(Level::Safe);
    }
    let sign = text.contains(['©', 'ⓒ']);
    let dated = YEAR.is_match(text);
    if INSIDE.is_match(&head)
        && count <= 24
        && (owned || sign && dated)
        && (owned && dated || !ends_as_prose(text, count))
    {
        return Some(Level::Safe);
    }
    let program = || text.to_lowercase().contains("software");
    if CLAUSE.is_match(text) && count <= 90 && !program() || LICENCE.is_match(text) && count <= 60 {
        return Some(Level::Safe);
    }
    if TRADEMARK.is_match(text) && count <= 60 && !MARK.is_match(text)
        || RESTRICTIONS.is_match(text) && count <= 30
    {
        return Some(Level::Safe);
    }
    (MARK.is_match(text) && count <= 45).then_some(Level::Balanced)
}

/// True when the line opens with the sign, and not with a sentence or title about copyright.
fn signed(text: &str) -> bool {
    const GOES_ON: &[&str] = &[
        "by",
        "protected",
        "notice",
        "reserved",
        "owned",
        "held",
        "material",
        "and",
        "is",
        "of",
        "all",
        "the",
        "information",
        "owner",
    ];
    let Some(sign) = SIGN.find(text) else {
        return false;
    };
    let rest = text[sign.end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    !word.starts_with(char::is_lowercase)
        || GOES_ON.contains(&word)
        || text.contains('©')
        || rest.starts_with("c) ")
}

/// A sentence of its own, not an abbreviation such as `Ltd.` at the end.
fn ends_as_prose(text: &str, count: usize) -> bool {
    count >= 8
        && ends_as_sentence(text)
        && !OWNER.is_match(&text[text.floor_char_boundary(text.len().saturating_sub(8))..])
}

//! The line that names where a text was taken from: 'Source: https://…', 'Via …', 'Quelle: …'.

use super::credit;
use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// The line that names where a text was taken from.
pub static RULE: Rule = Rule {
    name: "source-line",
    category: Category::Credit,
    doc: "Matches a line with a label for a source ('Source:', 'Via:', 'Quelle:', 'Fuente:', 'Источник:', '来源：', 'المصدر:') and, after it, only an address or a name; and such a label alone above a name of an agency.

The reader of the text cannot follow it, and it says nothing of the subject.

It errs on the source of a table or figure, which tells where its numbers come from; a name in the middle of a text therefore falls only at aggressive, and lists of several sources stay.",
    cues: &[
        "source", "via", "hat tip", "h/t", "quelle", "fuente", "fonte", "bron:", "bron ", "kilde", "källa", "źródło", "kaynak", "источник", "джерело", "zdroj", "forrás", "sursa", "izvor", "lähde", "πηγή", "来源", "來源", "出典", "ソース", "출처", "المصدر", "مصدر", "منبع", "nguồn", "sumber", "šaltinis", "avots", "allikas", "स्रोत", "ที่มา", "original url", "credit:", "crédito:",
    ],
    check,
    examples: &[
        (Level::Safe, "The mill was sold on Friday.\n⟦Source: https://miller.example/2020/mill-sold⟧"),
        (Level::Balanced, "The mill was sold on Friday.\n⟦Via: The Weekly Miller⟧"),
        (Level::Safe, "Die Mühle wurde am Freitag verkauft.\n⟦Quelle: ots/Mühlenverband⟧"),
        (Level::Safe, "El molino fue vendido el viernes.\n⟦Fuente: EFE⟧"),
        (Level::Safe, "Мельница продана в пятницу.\n⟦Источник: ТАСС⟧"),
        (Level::Safe, "磨坊星期五卖掉了。\n⟦来源：新华社⟧"),
        (Level::Safe, "Młyn sprzedano w piątek.\n⟦Źródło: PAP⟧"),
        (Level::Safe, "De molen is vrijdag verkocht.\n⟦Bron: ANP⟧"),
        (Level::Balanced, "The mill was sold on Friday.\n⟦[via The Weekly Miller]⟧"),
        (Level::Safe, "بيعت الطاحونة يوم الجمعة.\n⟦المصدر: رويترز⟧"),
    ],
    counter_examples: &[
        "Source: own calculation from the mill's books, 1890 to 1914, without the war years.",
        "Sources: Miller 1990; Weaver 2004; Petrov 2011.",
        "The source of the river lies a mile above the mill.",
        "Via the old bridge you reach the mill in an hour.",
        "Brandt, O.: Das Watt. Husum 1974.\nQuelle: Kirchenbuch Ostersand, Bd. 4.",
        "Quelle: Die Quelle des Baches liegt über der Mühle.",
        "open source: the program and its manual are free",
        "The table below gives the yield of the mill.\nSource: Ministry of Agriculture\nThe yield fell by a third between the wars, and it never came back to what it was before.\nThe owner then sold two of the five wheels to pay his debts.\nThe others turned on until the flood of 1953 broke the weir.",
    ],
};

/// A label and what comes after it.
static LABELLED: Pattern = Pattern::new(
    r"^[\s(\[*_–—-]* (?: (?:original\s|news\s|article\s|story\s|information\s|full\s)? (?:source|sources|source\ (?:url|link|article)|via|original\ url|hat\ tip|h/t|h/t\ to) | (?:text)?quellen? | (?:informations)?quelle | fuentes? | fontes? | fonti | bron | bronnen | kilde | källa | źródło | kaynak | источник и? | джерело | zdroj | forrás | sursa | izvor | lähde | πηγή | (?:文章|信息|新闻|新聞|资料|資料|消息|稿件)?\s?[来來]源 | 出典 | 引用元 | ソース | 情報元 | 출처 | المصدر | مصدر | منبع | nguồn | sumber | šaltinis | avots | allikas | ที่มา | स्रोत )
        \s* (?:[:：｜＝]|\s[-–]\s) \s* (?P<cut>\S.*?) [\s)\]*_.]* $",
);

/// 'via' and the like need no colon when brackets stand around the line.
static VIA: Pattern = Pattern::new(
    r"^ (?: [(\[] \s* (?:via|h/t|hat\ tip(?:\ to)?|source|from) \s | via \s | hat\ tip\ to \s | h/t \s ) (?P<cut>\S.+?) [\s)\]]* $",
);

/// The English labels.
static ENGLISH: Pattern = Pattern::new(
    r"^[\s(\[*_–—-]* (?:(?:original|news|article|story|information|full)\s)? (?:sources?|via|original|hat\ tip|h/t)\b",
);

/// An address: with a scheme, or a bare host.
static ADDRESS: Pattern = Pattern::new(
    r"^ (?: https?:// | www\. | [\w-]+ (?:\.[\w-]+)* \. (?:com|org|net|de|fr|es|it|ru|co|uk|pl|nl|br|tr|cn|jp|info|gov|edu|eu|no|se|dk|cz|ua|io|in|at|ch) (?:/\S*)? [\s,]* $ )",
);

/// The label alone; the source stands on the next line.
static BARE: Pattern = Pattern::new(
    r"^ (?: source | quelle | fuente | fonte | bron | kilde | källa | źródło | источник | 来源 | المصدر ) \s? [:：] $",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if text.len() > 400 {
        return;
    }
    if BARE.is_match(text) {
        if let Some(next) = page.next(index)
            && page.words(next) <= 4
            && credit::AGENCY.is_match(page.text(next))
        {
            cuts.line(page, index, Level::Safe);
            cuts.line(page, next, Level::Safe);
        }
        return;
    }
    let bare = VIA.cut(text);
    let Some(at) = LABELLED.cut(text).or(bare.clone()) else {
        return;
    };
    let rest = &text[at];
    let count = words(rest);
    let english = ENGLISH.is_match(text);
    if ADDRESS.is_match(rest) && count <= 12 {
        let whole = !english || bare.is_none() && rest.contains("://");
        let level = if whole { Level::Safe } else { Level::Balanced };
        return cuts.line(page, index, level);
    }
    // 'Smith 1990; Jones 2004' is a bibliography, and a digit is rarely part of a medium's name.
    if count > 7
        || rest.contains([';', '?', '!', '"', '=', '{'])
        || !credit::names(rest)
        || rest.chars().filter(char::is_ascii_digit).count() > 3
        || rest.contains(',') && rest.contains(|c: char| c.is_ascii_digit())
    {
        return;
    }
    let end = page.prose_after(index, 6) == 0 && page.lines_before(index, 1) > 0;
    let agency = credit::AGENCY.is_match(rest) && count <= 4 && !rest.contains(',');
    // 'via' opens street names, and sentences.
    if bare.is_some() && !text.starts_with(['(', '[']) {
        return;
    }
    let level = if (agency || end) && english {
        // Blogs write so what they owe to another, and their readers count it as text.
        Level::Balanced
    } else if agency || end {
        Level::Safe
    } else {
        Level::Aggressive
    };
    cuts.line(page, index, level);
}

//! Tag lists: what a page was filed under.

use super::page::{Cuts, Page, ends_as_sentence, words};
use super::pattern::Pattern;
use super::shape::bare;
use super::{Category, Rule};
use crate::config::Level;

/// Tag lists.
pub static RULE: Rule = Rule {
    name: "tag-list",
    category: Category::Navigation,
    doc: "Matches a line that names the tags, labels or categories of a page: `Tags: …`, `Filed under: …`, `Posted in …`, `Schlagwörter: …`, `Теги: …`, `标签：…`, as long as what follows is a list of names and no sentence.

Tags are links to lists of other pages. What they say of the page, its text says better.

It errs where a text lists the keywords of a paper or the categories of a contest; such words are left at the safest level.",
    cues: &[
        "tags", "tagged", "filed under", "filed in", "posted in", "posted under", "posted to", "published in", "categories", "categorised", "categorized", "category", "labels:", "topics:", "topic:", "related topics", "keywords", "more about:", "more on:", "explore more", "in this article", "read more about", "technorati", 
        "schlagwort", "schlagwörter", "stichwort", "stichworte", "kategorie", "veröffentlicht in", "themen:", "verschlagwortet", "abgelegt unter",
        "mots-clés", "mots clés", "étiquettes", "catégorie", "publié dans", "classé dans", "thèmes", "sujets :", "etiquetas", "categorías", "categoría", "publicado en", "archivado en", "temas:", "palabras clave", "más sobre:", "categorias", "publicado em", "marcadores", "assuntos", "palavras-chave", "tag:", "categorie", "argomenti", "pubblicato in", "etichette", "trefwoorden", "geplaatst in", "etykiety", "tagi", "słowa kluczowe", "kategoria", "kategorie:", "etiketler", "kategori", "etiket:", "taggar", "nyckelord", "ämnen",
        "теги", "тэги", "метки", "рубрик", "категори", "ключевые слова", "وسوم", "كلمات دلالية", "الكلمات المفتاحية", "تصنيف", "الوسوم", "التصنيف",
        "标签", "標籤", "關鍵字", "关键词", "关键字", "關鍵詞", "分类", "分類", "タグ", "カテゴリ", "キーワード", "태그", "카테고리",
    ],
    check,
    examples: &[
        (Level::Safe, "The ferry will run again from Monday.\n⟦Tags: ferry, harbour, winter timetable\n⟧"),
        (Level::Safe, "The ferry will run again from Monday.\n⟦Filed Under: Islands, Transport\n⟧"),
        (Level::Safe, "The soup keeps for three days.\n⟦Posted in Recipes, Soups | Tagged leek, potato, winter\n⟧"),
        (Level::Safe, "Die Fähre fährt ab Montag wieder.\n⟦Schlagwörter: Fähre, Hafen, Winter\n⟧"),
        (Level::Safe, "Le bac reprend lundi.\n⟦Mots-clés : bac, port, hiver\n⟧"),
        (Level::Safe, "Паром снова пойдёт с понедельника.\n⟦Теги: паром, порт, зима\n⟧"),
        (Level::Safe, "渡轮周一恢复通航。\n⟦标签：渡轮 港口 冬季\n⟧"),
        (Level::Balanced, "The ferry will run again from Monday.\n⟦Topics: Ferry, Islands, Transport\n⟧"),
    ],
    counter_examples: &[
        "Keywords: estuarine birds; counting methods; tidal flats",
        "Tags: HTML uses them in pairs, one to open and one to close an element.",
        "Categories: the prize is given for prose, for verse and for translation.",
        "Posted in Berlin since 1998, the correspondent had seen four chancellors.",
        "Tagged birds were found again as far south as the estuary, three winters later.",
        "The filed under-layer of the wood shows the marks of the plane.",
    ],
};

/// Words that begin nothing but a tag list, when a colon or names follow.
static SURE: Pattern = Pattern::new(
    r"^(?:
        (?:post\ |article\ |story\ |page\ |popular\ |entry\ )?tags? \s* [:：] \s* | (?:technorati|del\.icio\.us) \s tags? \s* [:：]? \s*
      | (?:this\ (?:entry|post|article|story)\ was\ )?(?:filed|posted|published|categori[sz]ed|tagged|labell?ed) \s (?:under|in|as|with|to) (?:\ categor(?:y|ies))? \s* [:：] \s*
      | (?:schlagw(?:ort|ö?rter|örte|orte)|stichworte?|tagged\ with|verschlagwortet\ mit|abgelegt\ unter) \s* [:：] \s*
      | (?:mots[-\ ]clés|étiquettes?|classé\ dans|publié\ dans|etiquetas?|archivado\ en|publicado\ (?:en|em)|marcadores|etichette|pubblicato\ in|trefwoorden|geplaatst\ in|etykiety|tagi|etiketler|etiket|taggar) \s* [:：] \s*
      | (?:теги|тэги|тег|метки|метка|рубрик[аи]) \s* [:：] \s* | (?:ال)?(?:وسوم|كلمات\ (?:ال)?دلالية|كلمات\ (?:ال)?مفتاحية) \s* [:：] \s*
      | (?:标签|標籤|tag|タグ|태그) \s* [:：] \s*
      ) \S.*",
);

/// The same without a colon, which is prose as well: the rest must look like names.
static BARE: Pattern = Pattern::new(
    r"^(?: (?:(?:this\ (?:entry|post|article)\ was\ )?(?:filed|posted|categori[sz]ed) \s (?:under|in)) | (?:tags|tagged|filed\ under|tagged\ (?:with|as)|veröffentlicht\ (?:in|unter)|publié\ dans|publicado\ e[nm]|geplaatst\ in) ) \s+ (?-i:\p{Lu}|\#|[a-z]+,|[a-z]+$).*",
);

/// Words that stand over lists of the text too.
static SOFT: Pattern = Pattern::new(
    r"^(?: categor(?:y|ies) | labels? | (?:related\ )?topics? | more\ about | in\ this\ article | explore\ more\ on | read\ more\ about | kategorien? | themen | catégories? | thèmes? | sujets? | categor[ií]as? | temas? | assuntos? | más\ sobre | categori[ae] | argomenti | tematy | kategori(?:a|ler)? | ämnen | категори[яи] | темы | (?:ال)?تصنيف(?:ات)? | 分类 | 分類 | カテゴリー? | 카테고리 ) \s* [:：] \s* \S.*",
);

/// A heading over tags that stand on their own lines.
static HEADING: Pattern = Pattern::new(
    r"^(?: (?:article|post|story|related|popular|all)?\ ?tags | tagged(?:\ (?:with|in|under|as))? | filed\ (?:under|in|to) | posted\ in | schlagw(?:ö|o)rter? | stichworte | mots[-\ ]clés | etiquetas | etichette | tagi | etiketler | теги | тэги | метки | الوسوم | 标签 | 標籤 | タグ | 태그 ) $",
);

/// Tag lists can be long, but no longer than this.
const MOST_WORDS: usize = 60;

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    if count <= 4 && HEADING.is_match(bare(text)) {
        return heading(page, index, cuts);
    }
    if count > MOST_WORDS || is_sentence(text) || text.contains(['{', '}', '=', '"']) {
        return;
    }
    if SURE.is_match(bare(text)) && count <= 40 {
        cuts.line(page, index, Level::Safe);
    } else if SURE.is_match(bare(text))
        || (count <= 30 && BARE.is_match(bare(text)) && is_names(text))
    {
        let level = if text.contains([',', '|', '#', '•', '·']) && BARE.is_match(bare(text)) {
            Level::Safe
        } else {
            Level::Balanced
        };
        cuts.line(page, index, level);
    } else if count <= 25 && SOFT.is_match(bare(text)) && text.matches([':', '：']).count() == 1 {
        cuts.line(page, index, Level::Balanced);
    }
}

/// True when the line ends as a statement, or has one inside.
fn is_sentence(text: &str) -> bool {
    ends_as_sentence(text) && !text.ends_with(['…', ':']) && !text.ends_with("...")
        || text.contains(". ") && words(text) > 12
}

/// True when a list of names follows rather than a clause: it is short, or commas and capitals carry it.
fn is_names(text: &str) -> bool {
    static CLAUSE: Pattern = Pattern::new(
        r"\b(?:since|was|were|is|are|has|have|had|found|who|which|when|where|will|can|would|because|but|ist|sind|wurde|war|est|sont|es|son|é|são)\b",
    );
    !CLAUSE.is_match(
        text.split_once(' ')
            .map_or("", |(_, rest)| rest.trim_start_matches("entry was ")),
    )
}

/// Tags on lines of their own: up to a dozen lines of three words at most, without figures.
fn heading(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let mut tags = Vec::new();
    let mut at = index;
    while let Some(next) = page.next(at) {
        let text = page.text(next);
        let short = page.words(next) <= 4 && text.len() <= 60 && !ends_as_sentence(text);
        if !short || tags.len() == 12 {
            break;
        }
        tags.push(next);
        at = next;
    }
    if tags.is_empty() && page.lines_after(index, 4) == 4 {
        return;
    }
    cuts.line(page, index, Level::Safe);
    // The line before text may be that text's heading.
    if page.next(at).is_some() && tags.len() < 12 {
        tags.pop();
    }
    for line in tags {
        cuts.line(page, line, Level::Balanced);
    }
}

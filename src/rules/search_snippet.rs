//! What search engines and search boxes print around results.

use super::page::{Cuts, Page};
use super::pattern::Pattern;
use super::shape::bare;
use super::{Category, Rule};
use crate::config::Level;

/// The notes of a result list.
pub static RULE: Rule = Rule {
    name: "search-snippet",
    category: Category::Navigation,
    doc: "Matches the lines a result list prints about itself: `Missing: … | Must include: …`, `About 1,230 results`, `Showing 1–10 of 200 results`, `Results for …`, `Sort by: …`, `No results found`, and their wording in other languages.

They tell how a query went, not what was found.

It errs on a report that gives its own counts in the same words, as a line by itself.",
    cues: &[
        "must include", "missing:", "results", "result", "showing", "displaying", "sort by", "sorted by", "filter by", "items per page", "per page", "did you mean", "your search", "search instead", "show all", "viewing", "cached", "similar pages", "people also ask", "people also search", "related searches", "refine", "clear all", "clear filters", "relevance", "newest first", "oldest first",
        "ergebnisse", "treffer", "sortieren", "meinten sie", "résultats", "trier par", "resultados", "ordenar por", "quizás quiso decir", "quisiste decir", "risultati", "ordina per", "resultaten", "sorteer", "wyników", "sortuj", "sonuç", "sırala", "träffar", "sortera",
        "результат", "найдено", "сортировать", "показано", "نتيجة", "نتائج", "条结果", "條結果", "个结果", "約", "约", "排序", "検索結果", "並べ替え", "件中", "검색결과", "정렬",
    ],
    check,
    examples: &[
        (Level::Safe, "It is a form of rule by two courts ...\n⟦Missing: COURTS | Must include: COURTS\n⟧"),
        (Level::Safe, "⟦About 1,230 results (0.42 seconds)\n⟧The old pier was torn down in 1962."),
        (Level::Safe, "⟦Showing 1–10 of 200 results\n⟧The old pier was torn down in 1962."),
        (Level::Safe, "⟦Sort by: Relevance\n⟧The old pier was torn down in 1962."),
        (Level::Safe, "⟦Ungefähr 1.230 Ergebnisse\n⟧Der alte Anleger wurde abgerissen."),
        (Level::Safe, "⟦Se han encontrado 45 resultados\n⟧El viejo muelle fue derribado."),
        (Level::Safe, "⟦Найдено 45 результатов\n⟧Старый причал снесли."),
        (Level::Safe, "⟦检索到约 45 条结果\n⟧老码头被拆除了。"),
    ],
    counter_examples: &[
        "Missing: one grey cat with a white paw, last seen near the lighthouse on Sunday",
        "The results of the vote will be read out at noon.",
        "About 1,230 results were sent in by hand, and each was checked twice.",
        "Results",
        "Sort by colour first, then by weight, and put the heavy ones at the bottom.",
        "Did you mean to leave the door open?",
    ],
};

static NOTE: Pattern = Pattern::new(
    r"^(?:
        missing: \s .* \| \s* must\ include: .* | missing: \s \S+(?:\ \S+){0,3} \s* \|? \s* (?:must\ include|show\ results\ with) .* | must\ include: \s .+
      | (?:about|over|around|approximately|page\ [0-9]+\ of\ (?:about)?)? \s* [0-9.,]+ \s (?:search\ )? results? (?:\ (?:for|found|in)\ .*)? (?:\s? \(? [0-9.,]+ \s seconds? \)?)?
      | (?:showing|displaying|viewing|results|items|products|now\ showing|records|entries|articles|posts|comments) \s (?:all|page)? \s? [0-9,]+ (?:\s? (?:-|–|—|to|through|of) \s? [0-9,]+){0,2} (?:\s (?:of|out\ of) \s (?:about\ |over\ )?[0-9,]+)? (?:\s (?:total)? \s? (?:search\ )? (?:results?|items?|products?|entries|records|articles|posts|comments|matches|jobs|reviews|topics|replies|questions|listings|total|threads|images))? (?:\ for\ .+)?
      | showing \s all \s [0-9,]+ \s \S+ | showing \s the \s single \s result | [0-9,]+ \s? (?:-|–) \s? [0-9,]+ \s of \s (?:over\ |about\ )? [0-9,]+ \s results (?:\ for\ .*)?
      | (?:search\ )? results \s for \s* [:“\x22‘'«].+ | no \s (?:search\ )? (?:results|matches|items|posts|products) \s (?:were\ )?found (?:\ for\ .+)? | your \s search \s (?:for|returned|did\ not) .+
      | (?:sort|order|sorted|filter) \s by \s* :? \s* (?:relevance|date|newest|oldest|price|popularity|latest|name|rating|votes|best|most\ \S+|title|default|featured|recent|top|category|type|topic)? (?:[\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]+ (?:relevance|date|newest|oldest|price|popularity|latest|name|rating|votes|best|most\ \S+|title|featured|recent|top|asc|desc|low\ to\ high|high\ to\ low|first))*
      | (?:items|results|posts) \s per \s page .* | (?:related|popular|recent|people\ also) \s search(?:es|ed\ for)? (?:\ for .*)? | people \s also \s ask | search \s instead \s for .+ | (?:cached|similar) (?:\s? [-–|·] \s? (?:cached|similar(?:\ pages)?))+ | similar \s pages
      | (?:newest|oldest|best|top|most\ \S+) \s first (?: [\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]* (?:newest|oldest|best|top|most\ \S+) \s first)*
      | (?:ungefähr|etwa|insgesamt)? \s? [0-9.]+ \s (?:suchergebnisse|ergebnisse|treffer) (?:\ (?:für|gefunden|zu)\b.*)? | sortieren \s nach .*
      | (?:environ)? \s? [0-9\ .]+ \s résultats? (?:\ (?:pour|trouvés?)\b.*)? | trier \s par .* | (?:se\ han\ encontrado|cerca\ de|aproximadamente|mostrando|foram\ encontrados|encontrados)? \s? [0-9.]+ (?:\s?[-–a]\s?[0-9.]+\s de\ [0-9.]+)? \s resultados? (?:\ (?:para|encontrados|en)\b.*)? | ordenar \s por .*
      | (?:circa)? \s? [0-9.]+ \s risultati (?:\ (?:per|trovati)\b.*)? | ordina \s per .* | [0-9.]+ \s resultaten .* | sorteer(?:en)? \s op .* | (?:znaleziono\ )? [0-9\ ]+ \s wynik(?:i|ów) .* | sortuj \s (?:według|wg|po) .*
      | (?:yaklaşık\ )? [0-9.]+ \s sonuç (?:\ bulundu)? | [0-9\ ]+ \s träffar .* | sortera \s (?:efter|på) .*
      | (?:найдено|показано|результатов:?|всего) \s* :? \s* [0-9\ ]+ \s? (?:результат(?:ов|а)?|записей|страниц)? .* | сортировать \s (?:по) .* | (?:حوالي\ )? [0-9,٠-٩]+ \s (?:نتيجة|نتائج) .* | (?:ترتيب|فرز) \s حسب .*
      | (?:检索到|檢索到|找到)?\s?(?:约|約|大约|大約)?\s?[0-9,]+\s?(?:条|條|个|個|项|項)(?:相关|相關)?(?:结果|結果).* | 排序(?:方式)?[:：].* | (?:検索結果)?\s?約?\s?[0-9,]+\s?件(?:中\s?[0-9,]+.*)? | 並べ替え.* | (?:검색결과)\s?약?\s?[0-9,]+\s?(?:건|개).*
      ) $",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if page.words(index) <= 22 && !text.ends_with([',', ';']) && NOTE.is_match(bare(text)) {
        cuts.line(page, index, Level::Safe);
    }
}

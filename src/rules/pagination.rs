//! Pagination: page numbers, next and previous.

use super::page::{Cuts, Page};
use super::pattern::Pattern;
use super::shape::bare;
use super::{Category, Rule};
use crate::config::Level;

/// Page numbers, next and previous.
pub static RULE: Rule = Rule {
    name: "pagination",
    category: Category::Navigation,
    doc: "Matches lines that lead through the pages of a list or a long article: `Page 1 of 3`, `1 2 3 … Next`, `Next page »`, `« Older posts`, `Previous`, and the names of the neighbouring posts between arrows, in some fifteen languages.

They are buttons. On a page that stands alone they lead nowhere.

It errs on a page number that an edition prints, and on a table of one row of small numbers; bare numbers therefore fall only in a row that begins at one and ends in a word, or beside another such line.",
    cues: &[
        "page ", "pages", "next", "prev", "older", "newer", "first", "last »", "last ›", "back to page", "«", "»", "←", "→", "earlier posts", "later posts",
        "seite", "nächste", "vorherige", "ältere", "neuere", "zurück", "weiter", "suivant", "précédent", "siguiente", "anterior", "próxim", "página", "pagina", "successiv", "precedente", "volgende", "vorige", "następn", "poprzedni", "starsze", "strona", "sonraki", "önceki", "sayfa", "nästa", "föregående", "neste", "forrige",
        "следующ", "предыдущ", "страница", "вперед", "вперёд", "назад", "التالي", "السابق", "صفحة", "下一页", "下一頁", "上一页", "上一頁", "下一篇", "上一篇", "次へ", "前へ", "次の", "前の", "ページ", "다음", "이전",
    ],
    check,
    examples: &[
        (Level::Safe, "The list ends with the oldest boat.\n⟦Page 1 of 3\n⟧"),
        (Level::Safe, "The list ends with the oldest boat.\n⟦1 2 3 4 … 17 Next »\n⟧"),
        (Level::Safe, "The list ends with the oldest boat.\n⟦« Older posts\n⟧"),
        (Level::Safe, "Die Liste endet mit dem ältesten Boot.\n⟦Nächste Seite »\n⟧"),
        (Level::Safe, "La liste finit par le plus vieux bateau.\n⟦Page suivante\n⟧"),
        (Level::Safe, "Список кончается самой старой лодкой.\n⟦Следующая страница\n⟧"),
        (Level::Safe, "名单以最老的船结束。\n⟦下一页\n⟧"),
        (Level::Safe, "一覧は一番古い船で終わる。\n⟦次のページ\n⟧"),
        (Level::Balanced, "The harbour was rebuilt twice after the war.\n⟦← The old pier\nThe new crane →\n⟧"),
    ],
    counter_examples: &[
        "Next page of the diary is torn, and the one after it is blank.",
        "Previous owners had painted the hull green, then black, then green again.",
        "Page 12: the map shows the channel before it was moved.",
        "1 2 3 4 5",
        "Next year",
        "« Je reviendrai », dit-il »",
    ],
};

/// Lines that are nothing but a way to another page of the list.
static SURE: Pattern = Pattern::new(
    r"^(?:
        page \s? [0-9]+ \s? (?:of|/) \s? [0-9]+ (?:\s [^a-z]* (?:next|last|first|previous|prev|»|›)? [^a-z]*)? | (?:page|pages) \s* :? \s* (?:[0-9]+ [\s,|]+){1,20} [0-9]+ [\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]* (?:next|last)? .* | pages \s? \([0-9]+\) .*
      | (?:go\ to\ |view\ |jump\ to\ |show\ )? (?:the\ )? (?:next|previous|prev|first|last) \s (?:page|post|article|story|entry|topic|thread|photo|image|slide|item|issue|chapter|month|day|results|gallery|video|[0-9]+|project|product|in\ (?:thread|topic|forum)|by\ (?:date|thread))s? (?: [\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]+ (?:next|previous|prev) \s (?:page|post|article|story|entry|topic|thread|photo|image|slide))? 
      | (?:«|‹|←|<|<<|⟵)\s*(?:prev(?:ious)?|back|older|newer|first|next|earlier|zurück|vorherige|précédent|anterior|precedente|vorige|назад|السابق) | (?:next|more|older|newer|last|weiter|suivant|siguiente|próximo|volgende|далее|التالي)\s*(?:»|›|→|>|>>|⟶)
      | (?:older|newer|earlier|later|previous|next) \s (?:posts?|entries|articles|stories|comments|news|threads|items) (?: [\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]+ (?:older|newer|earlier|later|previous|next) \s (?:posts?|entries|articles|stories|comments))? | (?:newer|older) \s post [\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]* (?:older|home|newer).*
      | (?:prev(?:ious)?|first|back) [\s0-9|/·•,.«»‹›<>←→-]* (?:next|last|up) (?:[\s0-9|/·•,.«»‹›<>←→-]* last)? | (?:next|previous) \s* [|/·•] \s* (?:previous|next) | (?:previous|next) \s (?:post|article|story)?s?: \s .+ | [0-9]+ \s (?:to|-|–) \s [0-9]+ \s of \s [0-9,]+
      | page \s suivante | page \s précédente | (?:articles|messages) \s (?:suivants|précédents|plus\ (?:anciens|récents)) | article \s (?:suivant|précédent)
      | (?:nächste|vorherige|vorige|erste|letzte) \s (?:seite|artikel|beitrag|beiträge|meldung) (?:r)? | (?:nächster|vorheriger) \s (?:artikel|beitrag) | (?:ältere|neuere) \s (?:beiträge|artikel|einträge) | seite \s [0-9]+ \s (?:von|/) \s [0-9]+ | (?:zur\ )? nächsten? \s seite
      | (?:página|entradas?|artículo|siguiente|noticia) \s (?:siguientes?|anterior(?:es)?|página|más\ (?:antiguas|recientes)) | (?:próxima|anterior) \s (?:página|postagem|notícia) | página \s [0-9]+ \s de \s [0-9]+ | postagens \s mais \s (?:antigas|recentes) | postagem \s (?:anterior|seguinte)
      | pagina \s (?:successiva|precedente|[0-9]+\ (?:di|van)\ [0-9]+) | (?:articolo|post) \s (?:successivo|precedente) | (?:volgende|vorige) \s (?:pagina|bericht|artikel) | (?:oudere|nieuwere) \s berichten | (?:następna|poprzednia) \s strona | (?:następny|poprzedni) \s (?:wpis|artykuł) | starsze \s (?:wpisy|posty) | strona \s [0-9]+ \s z \s [0-9]+
      | (?:sonraki|önceki) \s (?:sayfa|haber|yazı) | (?:nästa|föregående|neste|forrige) \s (?:sida|side|inlägg|artikel|sak)
      | (?:следующ(?:ая|ие|ий)|предыдущ(?:ая|ие|ий)) \s (?:страница|записи|статья|новость|пост|запись) | страница \s [0-9]+ \s из \s [0-9]+ | (?:الصفحة|المقال|الموضوع|الخبر) \s (?:التالي|السابق)ة?
      | [下上]一[页頁篇章] (?: \s*[:：].* )? | 第?\s*[0-9]+\s*/\s*[0-9]+\s*[页頁] | (?:次|前)の(?:ページ|記事|投稿|[0-9０-９]+件)(?:へ|を見る)? | [0-9]+\s*/\s*[0-9]+\s*ページ | (?:다음|이전)\s?(?:글|페이지|기사)
      ) $",
);

/// A row of page numbers from one on, with a word or an ellipsis in it.
static NUMBERS: Pattern = Pattern::new(
    r"^ (?:(?:page|pages|seite|página|pagina|страницы?|first|prev(?:ious)?|back|zurück|précédent|anterior|上一[页頁]|前へ) [[\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]_]*)? 1 [\s|,·•\]\[()]+ 2 (?:[\s|,·•\]\[()]+ [0-9]{1,4})* [\s|,·•.…\]\[()]* (?: (?:…|\.\.\.) .* [0-9]+ .* )? (?: (?:next|last|weiter|nächste|suivante?|siguiente|próxim[ao]|successiv[ao]|volgende|następna|sonraki|nästa|следующая|далее|вперед|التالي|下一[页頁]|次へ|다음|older|»|›|>|→) .* ) $",
);

/// Single words that are buttons only beside other furniture.
static WORD: Pattern = Pattern::new(
    r"^(?: next | prev | previous | older | newer | weiter | zurück | nächste | vorherige | suivante? | précédente? | siguiente | anterior | próxim[ao] | successiv[ao] | precedente | volgende | vorige | dalej | następn[ay] | poprzedni[a]? | sonraki | önceki | nästa | föregående | neste | forrige | вперед | вперёд | назад | далее | التالي | السابق | 次へ | 前へ | 다음 | 이전 ) $",
);

/// Titles of the neighbouring posts, between arrows.
static NEIGHBOUR: Pattern =
    Pattern::new(r"^(?: [«←‹] \s* \S.+ | \S.+ \s [»→›] | [«←‹] \s* .+ [|·] .+ [»→›] )$");

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if text.len() > 260 || text.ends_with(['.', ',', ';']) && !text.ends_with("..") {
        return;
    }
    let count = page.words(index);
    if count <= 20
        && (SURE.is_match(text) || SURE.is_match(bare(text)) || NUMBERS.is_match(bare(text)))
    {
        cuts.line(page, index, Level::Safe);
    } else if count <= 2 && WORD.is_match(bare(text)) {
        let arrow = text.contains(['«', '»', '‹', '›', '←', '→', '<', '>']);
        if arrow || beside(page, index, is_step) {
            cuts.line(page, index, Level::Safe);
        } else {
            cuts.line(page, index, Level::Balanced);
        }
    } else if (3..=30).contains(&count) && NEIGHBOUR.is_match(text) {
        let quoted = text.starts_with('«') && text.contains('»') && !text.contains(['|', '·']);
        if !quoted && (text.contains(['|', '·']) || beside(page, index, |t| faces(t, text))) {
            cuts.line(page, index, Level::Balanced);
        }
    }
}

/// True when a neighbouring line answers the question.
fn beside(page: &Page<'_>, index: usize, is: impl Fn(&str) -> bool) -> bool {
    [page.prev(index), page.next(index)]
        .into_iter()
        .flatten()
        .any(|i| page.text(i).len() <= 160 && is(page.text(i)))
}

/// True when one line points back and the other ahead.
fn faces(one: &str, other: &str) -> bool {
    let back = |t: &str| t.starts_with(['«', '←', '‹']);
    let ahead = |t: &str| t.ends_with(['»', '→', '›']);
    NEIGHBOUR.is_match(one) && (back(one) && ahead(other) || ahead(one) && back(other))
}

/// True for another button of the same bar: a word of its kind or a page number.
fn is_step(text: &str) -> bool {
    text.len() <= 40
        && (WORD.is_match(bare(text))
            || SURE.is_match(text)
            || NUMBERS.is_match(bare(text))
            || text
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '…' | '.' | '|')))
}

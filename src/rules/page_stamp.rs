//! Stamps: when a page was changed, how often it was seen, how long it takes to read, and the buttons beside them.

use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::shape::bare;
use super::{Category, Rule};
use crate::config::Level;

/// Stamps and page tools.
pub static RULE: Rule = Rule {
    name: "page-stamp",
    category: Category::Navigation,
    doc: "Matches what a site prints about the page as a page: `Last updated …`, `3 min read`, `Views: 1234`, `Posted by admin on … in …`, and the tools beside it: `Print this page`, `Back to top`, `Text size`, `Listen to this article`, `Loading…`, in some fifteen languages.

The file's age, length and visitors are not what the text says; the tools do nothing in a text.

It errs where a date of change belongs to the text, as in a law or a live report; dates and bylines without such furniture stay.",
    cues: &[
        "last updated", "last modified", "last reviewed", "last edited", "last update", "updated:", "updated on", "page updated", "page last", "modified:", "first published", "published:", "published on", "posted by", "posted on", "posted at", "posted in", "submitted by", "this entry", "this post was", "this article was", "you can follow", "you can leave", "this was written", "both comments and", "created by", "written by admin", "written by administrator", "min read", "minute read", "minutes read", "min. read", "mins read", "reading time", "read time", "time to read", "views", "hits:", "visits", "hits", "visitors", "downloads:",
        "print this", "print page", "printable", "printer", "print version", "print article", "print email", "email this", "e-mail this", "send this page", "save this page", "bookmark this", "back to top", "return to top", "top of page", "go to top", "to the top", "top ↑", "^ top", "scroll to", "text size", "font size", "increase text", "decrease text", "listen to this", "copy link", "loading", "votes", "ratings", "helpful", "rate this", "this story", "end of article", "end of story", "report this", "report a", "font size", "not displaying", "originally p", "hauptinhalt", "anhören", "fehler gefunden", "本文へ", "字号", "글자", "загрузка", "کد خبر", "шрифт", "javascript", "page not found", "this page", "jump to", "on this page", "table of contents", "story continues", "article continues", "text-only", "text only version", "select language", "view in browser", "view full size", "enlarge", "toggle", "close window", "hide caption", "article tools", "story tools", "add to favorites", "bookmark", "site design", "web design", "website design", "webmaster", "best viewed",
        "zuletzt aktualisiert", "letzte änderung", "zuletzt geändert", "aktualisiert", "min. lesezeit", "lesezeit", "minuten lesezeit", "aufrufe", "drucken", "seite drucken", "nach oben", "zum seitenanfang", "druckversion", "druckansicht", "veröffentlicht am", "stand:", "artikel vorlesen",
        "mis à jour", "dernière mise à jour", "temps de lecture", "min de lecture", "haut de page", "imprimer", "publié le", "última actualización", "actualizado", "última modificación", "min de lectura", "minutos de lectura", "tiempo de lectura", "imprimir", "volver arriba", "visitas", "última atualização", "atualizado em", "min de leitura", "minutos de leitura", "tempo de leitura", "voltar ao topo", "visualizações", "ultimo aggiornamento", "aggiornato", "min di lettura", "minuti di lettura", "tempo di lettura", "stampa", "torna su", "laatst bijgewerkt", "laatst gewijzigd", "leestijd", "terug naar boven", "ostatnia aktualizacja", "czas czytania", "min czytania", "drukuj", "do góry", "son güncelleme", "güncelleme", "okuma süresi", "dakika okuma", "yazdır", "yukarı", "senast uppdaterad", "skriv ut", "sist oppdatert", "sidst opdateret",
        "последнее обновление", "обновлено", "время чтения", "мин чтения", "мин. чтения", "просмотр", "распечатать", "версия для печати", "наверх", "آخر تحديث", "دقيقة قراءة", "وقت القراءة", "مشاهدة", "طباعة", "最后更新", "最後更新", "更新时间", "更新時間", "发布时间", "發布時間", "阅读量", "浏览次数", "瀏覽", "点击数", "点击次数", "打印", "列印", "返回顶部", "回到頂部", "最終更新", "更新日", "印刷", "閲覧数", "ページの先頭", "ページトップ", "조회수", "최종수정", "인쇄",
    ],
    check,
    examples: &[
        (Level::Safe, "The pier is open all year.\n⟦Last updated: 4 March 2019\n⟧"),
        (Level::Safe, "⟦4 min read\n⟧The pier is open all year, and in winter the walk along it is free."),
        (Level::Safe, "The pier is open all year.\n⟦Print this page\nBack to top\n⟧"),
        (Level::Safe, "The pier is open all year.\n⟦Views: 1,234\n⟧"),
        (Level::Safe, "⟦Posted by admin on March 4, 2019 in News\n⟧The pier is open all year, and in winter the walk along it is free."),
        (Level::Safe, "The pier is open all year.\n⟦This entry was posted on Monday, March 4th, 2019 at 9:12 am and is filed under News. You can follow any responses through the RSS 2.0 feed.\n⟧"),
        (Level::Safe, "Der Anleger ist ganzjährig offen.\n⟦Zuletzt aktualisiert am 4. März 2019\n⟧"),
        (Level::Safe, "La jetée est ouverte toute l'année.\n⟦Dernière mise à jour : 4 mars 2019\n⟧"),
        (Level::Safe, "⟦Время чтения: 4 мин.\n⟧Пирс открыт круглый год, зимой вход свободный."),
        (Level::Safe, "码头全年开放。\n⟦浏览次数：1234\n⟧"),
        (Level::Safe, "桟橋は一年中開いている。\n⟦最終更新：2019年3月4日\n⟧"),
    ],
    counter_examples: &[
        "> Posted on 4 March 2019 at 09:12:44 by Tom Reed In his note Tom asks for the sum, and it is nine.\nNine it is, then.",
        "Last updated by the council in 1987, the rule still speaks of telegrams.",
        "Views: the north window shows the harbour, the south one the hills.",
        "It was a four minute read, and it took him an hour.",
        "Print this page on stiff paper and fold it along the dotted line.",
        "March 4, 2019",
        "By Ellen Marsh",
        "Posted by the gate, the guard let nobody through without a paper.",
    ],
};

static SURE: Pattern = Pattern::new(
    r"^(?:
        (?:this\ |the\ )? (?:page|article|post|site|content|information|website|story|document|entry)? \s? (?:was\ |is\ )? (?:last|first|originally) \s (?:updated?|posted|modified|reviewed|edited|changed|revised|checked|published) (?:\ (?:on|at|date|by\ [^.,:;!?|]+\ on))? \s* [:·|-]? \s* (?:on\ )? (?: \S+day,?\ )? (?: [0-9] | \S+\.?\ [0-9] | today | yesterday ) .*
      | (?:updated|modified|reviewed|published|posted|created) (?:\ (?:on|at))? \s* : \s* (?: \S+day,?\ )? (?: [0-9] | \S+\.?\ [0-9] ) .* | (?:date\ )? (?:updated|modified|last\ updated|published) \s* : .* [0-9].+
      | (?:(?:estimated\ )? (?:reading|read)\ time \s* :? \s*)? (?:[~<≈]\ ?|about\ )? [0-9]{1,3} [\s-]* (?:min(?:ute)?s?\.?|sec(?:ond)?s?) [\s-]* (?:read|reading\ time|to\ read|read\ time|watch|listen|of\ reading) (?:[\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]{1,4} .*)? | (?:estimated\ )? (?:reading|read) \s time \s* :? \s* [0-9<]{1,4} .* | min \s read
      | (?:.+[\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-])? \s? [0-9]{1,3} \s min(?:ute)?s? \s read
      | (?:total\ |page\ |post\ |article\ |this\ post\ has\ been\ )? (?:views?|hits|visits|visitors|page\ ?views|downloads|reads|views?\ count|viewed) \s* :? \s* [0-9,.]+ (?:[KkMm])? (?:\s (?:times?|views?|today).*)? | [0-9,.]+[KkMm]? \s (?:total\ |page\ )? (?:views?|page\ ?views|hits|visits|visitors|reads|downloads) (?:[\s,|·•]+ .*)?
      | (?:print|e-?mail|send|save|bookmark|download|translate|cite|share|export|tweet|listen\ to|rate|like|recommend) \s (?:this|the) \s (?:page|article|story|post|entry|item|record|news|recipe|document|link|review|chapter|product|section|content|topic) (?:[\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]+ .*)? | (?:e-?mail|send) \s (?:this|it)? \s? (?:page|article|story|post)? \s? to \s a \s friend | (?:print|printer[-\ ]friendly|printable) \s? (?:version|page|article|story|view|friendly(?:\ version)?|format|pdf|recipe|email|preview|edition|this)? | printer[-\ ]friendly .* | (?:print|e-?mail|save|share|pdf|download|comments?|text|a\ a|rss|bookmark|reprints?) (?:[\s|/,·•]+ (?:print|e-?mail|save|share|pdf|download|comments?|rss|bookmark|this|page|reprints?|tweet|font|text|size|like)){1,6}
      | (?:back|return|go|jump|scroll|skip|up) \s (?:up\ )?(?:to)? \s? (?:the\ )? (?:top|page\ top|beginning|top\ of\ (?:the\ )?page|start\ of\ page|contents?|main\ content|content|navigation|search|footer|menu) (?:\ (?:of|button)\ ?.*)? | top \s of \s (?:the\ )? (?:page|article) | (?:\^|↑) \s* (?:top|back\ to\ top) | (?:top|back\ to\ top) \s* (?:↑|▲|\^)
      | (?:increase|decrease|reset|change|larger|smaller|default|normal) \s (?:text|font)\ ?(?:size)? | (?:text|font) \s size \s* :? .* | (?:copy|get) \s (?:the\ |page\ |article\ |short\ )?(?:link|url|permalink) (?:\ to\ clipboard)? | (?:link|url) \s copied .* | listen \s to \s (?:this\ )?(?:article|story|post|page).*
      | \(?[0-9,]+ \s (?:votes?|ratings?) \)? (?:\s? cast)? | (?:[0-9]{1,3} \s of \s [0-9]{1,4} (?:\s?\|)?|image\ [0-9]+\ of\ [0-9]+) | was \s this \s (?:page|article|answer|information|content|review|helpful) .* helpful .* | rate \s this \s (?:article|page|post|item|story|recipe) .* | (?:save|listen\ to) \s this \s story .* | end \s of \s (?:article|story|content) | report \s (?:this\ page|a\ problem|an\ (?:error|issue)).* | adjust \s font \s size.* | (?:this|the) \s (?:page|article|link|window|site) \s (?:opens|will\ open) \s in .* | is \s this \s email \s not \s displaying .*
      | (?:zum|direkt\ zum) \s (?:haupt)?inhalt (?:\ springen)? | (?:artikel|beitrag|text) \s (?:anhören|vorlesen) | (?:fehler\ gefunden\??).* | stand \s* : \s* [0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4} .* | 本文へ(?:移動|スキップ)? | [大中小][字體体][號号]? | 글자\ ?크기.* | (?:загрузка|идет\ загрузка) | (?:kód|کد)\ خبر .* | (?:шрифт|размер\ шрифта).*
      | (?:page\ )? loading \s* (?:comments?|content|more|results|…|\.\.\.)? \s? (?:please\ wait)? | please \s wait .* | (?:article|story) \s continues \s (?:below|after) .* | (?:text[-\ ]only|mobile|desktop|full|standard|print|accessible) \s (?:version|site) (?:\ (?:of\ this\ (?:page|site)).*)? | (?:select|choose|change) \s (?:your\ )? (?:language|edition|location|country|region|page|category|month) | view \s (?:this\ )?(?:in\ (?:your\ )?browser|full\ size|larger(?:\ image)?|full\ image|desktop\ version|mobile\ version) | click \s to \s (?:enlarge|expand|zoom|view\ larger.*) | (?:close|open|new) \s (?:this\ )?(?:window|dialog|modal|popup) | opens? \s (?:in\ )?(?:a\ )?new \s (?:window|tab) | (?:toggle|hide|show) \s (?:caption|navigation|menu|search|sidebar|table\ of\ contents|details|comments|sub-?menu) .* | (?:article|story|page) \s tools | add \s (?:this\ )?(?:page\ |site\ )?to \s (?:favou?rites|bookmarks|reading\ list|my\ .+) | bookmark \s (?:this\ page|the\ permalink|permalink).*
      | (?:zuletzt|letzte|letztmalig) \s (?:aktualisiert|geändert|bearbeitet|änderung|aktualisierung) (?:\ am)? \s* :? \s* (?:am\ )?.*[0-9].+ | (?:aktualisiert|veröffentlicht|erstellt) (?:\ am)? \s* :? .*[0-9]{1,2}\.\s?(?:[0-9]|\S+).* | (?:ca\.?\ )? [0-9]{1,3} \s min(?:\.|uten)? \s (?:lesezeit|lesen|lesedauer) | lese(?:zeit|dauer) \s* :? .*[0-9].* | (?:seite|artikel|beitrag) \s (?:drucken|teilen|merken|vorlesen|empfehlen|weiterempfehlen|versenden|speichern) | druck(?:version|ansicht|en) | (?:nach\ oben|zum\ (?:seiten)?anfang|zurück\ nach\ oben|zum\ seitenanfang) | [0-9.]+ \s aufrufe | aufrufe \s* : \s* [0-9].*
      | (?:dernière \s )? (?:mise?\ à\ jour|modification|modifié|mis\ à\ jour|publié) \s* (?:le)? \s* :? \s* (?:le\ )?.*[0-9].+ | (?:temps \s de \s lecture \s* :? .*[0-9].* | (?:lecture\ )? [0-9]{1,3} \s min(?:utes?)? \s de \s lecture | lecture \s [0-9]+ \s min.*) | (?:retour\ (?:en|vers\ le)\ )? haut (?:\ de\ (?:la\ )?page)? | imprimer (?:\ (?:la\ page|l['’]article|cette\ page))?
      | (?:última \s )? (?:actualización|modificación|actualizado|atualização|atualizado|publicado) \s* (?:el|em|en|a)? \s* :? \s* (?:el\ |em\ )?.*[0-9].+ | (?:tiempo|tempo) \s (?:de|di) \s (?:lectura|leitura|lettura) \s* :? .*[0-9].* | [0-9]{1,3} \s min(?:utos?|uti)?\.? \s (?:de|di) \s (?:lectura|leitura|lettura) | imprimir (?:\ (?:página|artículo|esta\ página))? | (?:volver|voltar|torna|subir) \s (?:arriba|al\ (?:inicio|principio)|ao\ (?:topo|início)|su|all['’]inizio|in\ alto) | (?:visitas|visualizações|visualizzazioni|lecturas|acessos) \s* :? \s* [0-9.]+
      | (?:ultimo \s )? (?:aggiornamento|aggiornato|modifica|pubblicato) \s* (?:il|al)? \s* :? \s* (?:il\ )?.*[0-9].+ | stampa (?:\ (?:la\ pagina|articolo|pagina))? | (?:laatst \s (?:bijgewerkt|gewijzigd|aangepast|geüpdatet)) \s* (?:op)? \s* :? .*[0-9].+ | leestijd \s* :? .*[0-9].* | [0-9]{1,3} \s min(?:uten)?\.? \s leestijd | (?:terug\ )? naar \s boven
      | (?:ostatnia \s (?:aktualizacja|modyfikacja)|zaktualizowano|aktualizacja) \s* :? .*[0-9].+ | (?:czas \s czytania|ten\ tekst\ przeczytasz\ w) \s* :? .*[0-9].* | [0-9]{1,3} \s min(?:ut[ya]?)?\.? \s czytania | drukuj | (?:do|na) \s gór[ęy] | (?:son \s )? güncelle(?:me|nme) (?:\ tarihi)? \s* :? .*[0-9].+ | okuma \s süresi \s* :? .*[0-9].* | [0-9]{1,3} \s (?:dk|dakika) .* \s? okuma .* | yazdır | yukarı (?:\ çık)? | (?:senast \s uppdaterad|sist\ oppdatert|sidst\ opdateret|uppdaterad|publicerad) \s* (?:den)? \s* :? .*[0-9].+ | skriv \s ut (?:\ sidan)? | lästid \s* :? .*[0-9].*
      | (?:последнее \s (?:обновление|изменение) | обновлено | дата \s (?:публикации|обновления)) \s* :? .*[0-9].+ | время \s (?:чтения|на\ чтение) \s* :? .*[0-9].* | [0-9]{1,3} \s мин(?:ут[ы]?|\.)? \s (?:чтения|на\ чтение) | (?:просмотр(?:ов|ы)|прочитано|количество\ просмотров) \s* :? \s* [0-9\ ]+ (?:\ раз)? | [0-9][0-9\ ]* \s просмотр(?:ов|а)? | (?:распечатать|версия \s для \s печати|печать|на\ печать) | (?:наверх|вверх|вернуться\ (?:наверх|к\ началу)|в\ начало)
      | (?:آخر \s تحديث|تاريخ\ النشر|تم\ التحديث) .*[0-9٠-٩].+ | [0-9٠-٩]+ \s (?:دقيقة|دقائق) (?:\ قراءة|\ للقراءة) | (?:وقت|مدة) \s القراءة .* | (?:عدد\ )?(?:المشاهدات|مشاهدة|الزيارات) \s* :? \s* [0-9٠-٩,]+ | طباعة(?:\ الصفحة)? 
      | (?:最[后後]更新|更新[时時][间間]|更新日期|[发發][布佈][时時][间間]|[发發][布佈]日期|最近更新)[:：\s].*[0-9].+ | (?:阅读量?|閱讀|浏览(?:次数|量)?|瀏覽(?:次數|量|數)?|点击(?:数|次数|率|量)?|點擊率?|人气|人氣|阅读次数)[:：\s]+[0-9,]+\s?次? | [0-9,]+\s?(?:次阅读|次浏览|人阅读|次觀看|次点击) | (?:打印|列印)(?:本[页頁]|此[页頁])? | 【?(?:打印|关闭|字体|大|中|小|返回顶部|[ 【】\[\]:：|]){3,30}】? | (?:返回|回到)(?:[页頁]面)?(?:[顶頂]部|[页頁]首)
      | (?:最終更新(?:日時?)?|更新日時?|公開日時?|投稿日時?|掲載日)[:：\s].*[0-9].+ | (?:閲覧数|アクセス数|PV)[:：\s]*[0-9,]+ | (?:この(?:ページ|記事)を)?印刷(?:する|用ページ)? | (?:この)?ページの?(?:先頭|トップ|上部)(?:へ|に)?(?:戻る)? | この記事は約?[0-9]+分で読めます.* | (?:조회수?|조회)\s*:?\s*[0-9,]+ | (?:최종\s?수정|입력|수정|등록)(?:일시?)?\s*:?\s*[0-9].+ | 인쇄(?:하기)?
      ) $",
);

/// A byline with furniture in it: a role account, a section, a count of comments or views.
static BYLINE: Pattern = Pattern::new(
    r"^(?:
        (?:posted|published|submitted|written|created|added|uploaded) \s by:? \s (?:admin(?:istrator)?|webmaster|editor|staff|super\ user|guest|root|wpadmin|site\ admin|anonymous) \b .*
      | (?:posted|published|submitted|written|filed|created) \s? (?:by:? \s .+?)? \s? (?:on|at|@|:|-|–)? \s? (?:\S+day,?\ )?(?:[0-9]{1,4}[./\-\s]\S+[./\-,\s]{1,2}[0-9]{2,4} | \S+\.?\ [0-9]{1,2}(?:st|nd|rd|th)?,?\ [0-9]{4}) .*? (?: \b(?:in|under|filed\ under|category|tagged|leave\ a|permalink|[0-9]+\ comments?|no\ comments|comments?\ \(|\|)\b? .* )
      | (?:posted|filed) \s (?:in|under) \s .+ \s (?:on|by|at) \s .+ (?:[0-9]|comment).*
      ) $",
);

/// Nobody's name.
static ROLE: Pattern = Pattern::new(
    r"^\w+ \s by:? \s (?:admin(?:istrator)?|webmaster|editor|staff|super\ user|guest|root|wpadmin|site\ admin|anonymous) \b",
);

/// The note that blog software prints under an entry, over several sentences.
static ENTRY: Pattern = Pattern::new(
    r"^(?: this \s (?:entry|post|article|item|blog\ entry) \s (?:was|is) \s (?:posted|written|filed|published|created|tagged|categorized) \s (?:by|on|in|under|at|with) \b .* (?: filed\ under | posted\ in | tagged | bookmark\ the | responses | permalink | rss\ 2\.0 | [0-9]{1,2}:[0-9][0-9] | \ (?:19|20)[0-9][0-9]) .*
      | you \s can \s (?:follow|leave|skip) \s (?:any|all|a|to) \s (?:responses?|comments?|the\ end) .* (?:rss|feed|trackback|response).*
      | this\ was\ written\ by\ .* \b(?:posted\ on|filed\ under)\b .* | bookmark \s the \s permalink .* | both \s comments \s and \s (?:pings|trackbacks) \s are \s .* ) $",
);

/// A byline with a time of day: who wrote when, and nothing else. It may head a comment.
static TIMED: Pattern = Pattern::new(
    r"^(?: (?:posted|submitted|published|written) \s by:? \s .+ \s (?:at|on|@|\|) \s .* [0-9]{1,2}:[0-9][0-9] .* ) $",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    if count <= 90 && ENTRY.is_match(text) {
        return cuts.line(page, index, Level::Safe);
    }
    if text.len() > 260 || count > 30 {
        return;
    }
    let bare = bare(text);
    if BYLINE.is_match(bare) && !text.ends_with('.') {
        // What names a person and a day is the text's own byline as well.
        let level = if ROLE.is_match(bare) {
            Level::Safe
        } else {
            Level::Balanced
        };
        cuts.line(page, index, level);
    } else if count <= 14 && SURE.is_match(bare) && !is_clause(text) {
        cuts.line(page, index, Level::Safe);
    } else if count <= 16 && TIMED.is_match(bare) && !text.ends_with('.') {
        cuts.line(page, index, Level::Balanced);
    }
}

/// True when a statement goes on behind the stamp.
fn is_clause(text: &str) -> bool {
    text.ends_with('.') && words(text) > 12 || text.ends_with([',', ';'])
}

//! "Read also" lines, and the same glued to a paragraph.

use super::page::{Cuts, Page, ends_as_sentence};
use super::pattern::Pattern;
use super::shape::bare;
use super::{Category, Rule};
use crate::config::Level;

/// "Read also" lines and "read more" buttons.
pub static RULE: Rule = Rule {
    name: "read-also",
    category: Category::Related,
    doc: "Matches a line that begins with READ ALSO, Read more:, Lesen Sie auch, Lire aussi, Читайте также, اقرأ أيضا, 延伸阅读, 関連記事 or their kin and goes on with the headline of another page; the button `Read more` alone; and both where an extractor glued them to the end of a paragraph.

It sends the reader to another page. The headline it names is not about this one.

It errs on a sentence that begins with such words as an instruction; a colon, capitals or a line of its own are therefore asked for.",
    cues: &[
        "read also", "also read", "you might also", "you may also", "also see:", "read more", "readmore", "read next", "read related", "see also:", "more:", "related:", "read:", "recommended:", "must read:", "don't miss:", "also see",
        "related article", "related story", "related stories", "related news", "related post", "continue reading", "keep reading", "read full", "read the full", "read on", "view more", "see more", "show more", "learn more", "find out more", "click here", "full story", "click to read",
        "lesen sie", "mehr zum thema", "auch interessant", "weiterlesen", "mehr dazu", "mehr lesen", "lesetipp", "mehr erfahren",
        "lire aussi", "à lire", "lire la suite", "en savoir plus", "voir aussi :",
        "lea también", "lea además", "lee también", "leer más", "te puede interesar", "le puede interesar", "ver más", "sigue leyendo", "seguir leyendo", "más información",
        "leia também", "leia mais", "veja também", "saiba mais", "ler mais", "continue lendo", "leggi anche", "leggi tutto", "leggi di più", "continua a leggere", "per approfondire",
        "lees ook", "lees meer", "lees verder", "czytaj też", "czytaj także", "czytaj więcej", "czytaj również", "zobacz też", "zobacz także", "zobacz również", "przeczytaj",
        "devamını oku", "ayrıca oku", "läs också", "läs mer", "läs även", "les også", "les mer", "læs også", "læs mere",
        "читайте", "читать", "подробнее", "смотрите также", "по теме:",
        "lue myös", "lue lisää", "citește", "citeşte", "olvas", "čtěte", "přečtěte", "prečítajte", "pročitajte", "čitajte", "прочетете", "skaitykite", "lasi arī", "διαβάστε", "xem thêm", "đọc thêm", "baca juga", "simak juga", "อ่านเพิ่มเติม", "קראו", "بیشتر بخوانید", "también puede leer", "pode interessar", "potrebbe interessarti", "до теми",
        "اقرأ", "اقرا", "إقرأ", "المزيد", "延伸阅读", "延伸閱讀", "相关阅读", "相關閱讀", "相关新闻", "相關新聞", "阅读更多", "閱讀更多", "查看更多", "阅读全文", "閱讀全文", "更多", "続きを読む", "関連記事", "あわせて読みたい", "もっと見る", "더보기", "관련기사", "더 읽기",
    ],
    check,
    examples: &[
        (Level::Safe, "The harbour stays closed until Friday, the port said.\n⟦READ ALSOFerry line asks for a second pier\n⟧Crews are still clearing the channel."),
        (Level::Safe, "The harbour stays closed until Friday, the port said.⟦ READ ALSO: Ferry line asks for a second pier⟧\nCrews are still clearing the channel."),
        (Level::Safe, "⟦Read more: Why the herring came back to the bay\n⟧The nets were full for the first time in a decade, and nobody could say why."),
        (Level::Safe, "The choir sang in the rain, and the crowd stayed until the last song…⟦ Read more »⟧"),
        (Level::Safe, "Der Hafen bleibt bis Freitag gesperrt, wie die Behörde mitteilte.\n⟦Lesen Sie auch: Fähre bekommt zweiten Anleger\n⟧"),
        (Level::Safe, "Le port reste fermé jusqu'à vendredi.\n⟦À lire aussi : Le bac aura un deuxième quai\n⟧"),
        (Level::Safe, "Порт закрыт до пятницы, сообщили в управлении.\n⟦Читайте также: Паром получит второй причал\n⟧"),
        (Level::Safe, "الميناء مغلق حتى يوم الجمعة بسبب العاصفة.\n⟦اقرأ أيضا: رصيف ثان للعبارة هذا العام\n⟧"),
        (Level::Safe, "港口将关闭到星期五。\n⟦延伸阅读：渡轮公司申请第二座码头\n⟧"),
        (Level::Safe, "港は金曜日まで閉鎖される。\n⟦関連記事：フェリー会社が第二桟橋を要望\n⟧"),
    ],
    counter_examples: &[
        "Read more books and fewer lists of books, she told her students every autumn.",
        "You should also read the first volume, which explains where the family came from.",
        "Leer más libros es el propósito que casi nadie cumple cuando llega enero.",
        "Read more slowly and you will hear the rhyme that the poet hid in the middle of the line.",
        "To learn more about the tide, they put a painted pole at the end of the pier.",
        "See also: chapter four, where the same reed is cut a second time.",
    ],
};

/// A line that begins so and ends without a statement names another page.
static LINE: Pattern = Pattern::new(
    r"^(?:
        (?-i: (?:READ\ (?:ALSO|MORE|NEXT) | ALSO\ READ) (?: \s* [:\-–—|»>]+ \s* | \s+ | ) \p{Lu} )
      | (?:read|also) \s (?:also|read|next|related|this) \s* (?:here\s*)? [:|»>–—] \s*
      | (?:you \s (?:may|might|can) \s also \s (?:like|read|enjoy|be\ interested\ in)) \s* [:|»>–—] \s*
      | (?:read|see|find|learn)\ more (?:\ (?:here|on\ this|news|stories|about\ this))? \s* [:|»>] \s*
      | (?:related|recommended|must|suggested|more) \s? (?:read(?:ing|s)?|article|story|stories|post|posts|news|coverage|content|video|link|topic)s? \s* [:|»>–] \s*
      | (?:don['’]t\ miss|in\ case\ you\ missed\ it|trending|up\ next) \s* [:|»>] \s*
      | (?:lesen\ sie\ (?:auch|dazu\ auch|hier|mehr|dazu) (?:\ (?:zum\ thema|hier))? | mehr\ (?:zum\ thema|dazu|lesen) | auch\ interessant | lesetipp | weiterlesen) \s* [:|»>–] \s*
      | (?:à\ )?(?:lire|voir)\ (?:aussi|également) \s* [:|»>–] \s* | en\ savoir\ plus \s* [:|»>] \s*
      | (?:lea|lee|leer|ver|vea)\ (?:también|además|más|tambien) \s* [:|»>–] \s* | (?:también\ )?(?:te|le)\ (?:puede|podría)\ interesar \s* [:|»>–] \s*
      | (?:leia|veja|confira|ler)\ (?:também|mais|ainda) \s* [:|»>–] \s* | saiba\ mais \s* [:|»>–] \s*
      | leggi\ anche \s* (?: [:|»>–] \s* | \s ) | (?:leggi\ di\ più|per\ approfondire) \s* [:|»>–] \s*
      | lees\ (?:ook|meer|verder) \s* [:|»>–] \s* | (?:prze)?(?:czytaj|zobacz)\ (?:też|także|również|więcej) \s* [:|»>–] \s*
      | (?:läs|les|læs)\ (?:också|även|mer|mere|også) \s* [:|»>–] \s* | (?:ayrıca\ oku|ilgili\ haber) \s* [:|»>–] \s*
      | (?:читайте|смотрите|читать)\ (?:также|ещё|еще|по\ теме|подробнее|далее) (?:\ по\ теме)? \s* [:|»>–—] \s* | (?:по\ теме|материал\ по\ теме|подробнее) \s* [:|»>–—] \s*
      | (?:lue\ (?:myös|lisää) | cite(?:ș|ş|s)te\ (?:și|şi|si) | olvass?a?(?:\ el)?\ (?:még|tovább|is) | čtěte\ (?:také|dále) | přečtěte\ si(?:\ také)? | prečítajte\ si(?:\ aj)? | (?:pročitajte|čitajte)\ (?:i|još|više) | прочетете\ (?:още|също) | taip\ pat\ skaitykite | lasi\ arī | διαβάστε\ (?:επίσης|ακόμη|και) | xem\ thêm | đọc\ thêm | baca\ juga | simak\ juga | อ่านเพิ่มเติม | קראו\ (?:גם|עוד) | بیشتر\ بخوانید | también\ puede\ leer | pode\ interessar | potrebbe\ interessarti) \s* [:|»>–—] \s*
      | (?:читайте\ також|до\ теми|читайте\ материал) \s* [:|»>–—]? \s* (?-i:[«\x22“\p{Lu}])
      | (?:اقرأ|اقرا|إقرأ)\ (?:أيضا|أيضاً|ايضا|ايضاً|المزيد|كذلك|أيضًا) \s* [:|»>.–…]+ \s*
      | (?:延伸|相关|相關|推荐|推薦)(?:阅读|閱讀) \s* [:：|»>▶►] \s* | (?:相关|相關)(?:新闻|新聞|报道|報導|文章) \s* [:：|»>▶►] \s*
      | (?:関連記事|あわせて読みたい|関連リンク|こちらもおすすめ|関連) \s* [:：|»>▶►］】] \s* | (?:관련\ ?기사) \s* [:：|»>▶►\]] \s*
      ) \S.*",
);

/// Openings with which a text speaks of its own subject on another page.
static GUIDE: Pattern = Pattern::new(
    r"^(?: >>\s | \W*(?:see|find|learn)\ more\b | \W*(?-i:Also\ [Rr]ead|Read\ (?:also|next)):\ .*[a-z] )",
);

/// Wording that asks for a stricter level: what follows may be a note of the text.
static SOFT: Pattern = Pattern::new(
    r"^(?: (?-i:MORE|RELATED|READ|Related|RECOMMENDED|Recommended|MUST\ READ|Must\ read) \s* [:|»>] \s+ | (?:also\ see) \s* [:|»>] \s+ | read\ (?:also|more) \s+ (?-i:[A-Z]) ) \S.*",
);

/// Buttons: nothing else is on the line.
static BUTTON: Pattern = Pattern::new(
    r"^(?: (?:read|see|view|show|learn|find\ out|discover|get|load) \s (?:more|it\ all|the\ rest) (?:\ (?:here|now|about\ (?:it|this)|details|info|information|stories|articles|posts|news|results|comments|reviews|on\ this\ (?:story|topic)))?
      | (?:read|see|view|get) \s (?:the\ )? (?:full|entire|whole|rest\ of\ the|complete|original) \s (?:article|story|post|review|text|report|interview|bio|list|entry|piece|profile|of\ this\ (?:article|entry|story|post)|version) (?:\ (?:here|now|on\ .+|at\ .+))?
      | (?:continue|keep|start) \s (?:on\ )?reading (?:\ (?:the|this)\ (?:article|story|main\ story|post|full\ story|rest))? | (?:read|readmore|read\ on|full\ story|full\ article|more\ info|more\ details|more\ …|click\ to\ (?:read|read\ more|expand|enlarge)|click\ here\ (?:to\ read|for)\ (?:more|the\ (?:full|rest).*)) | read\ (?:the\ )?(?:article|story|post|review|blog|now|next|case\ study)
      | (?:mehr|weiter)\ ?(?:lesen|erfahren|anzeigen|dazu) | (?:zum|den\ ganzen)\ (?:artikel|beitrag)(?:\ lesen)?
      | (?:lire|voir|afficher)\ (?:la\ suite|plus|l['’]article|tout|davantage) | en\ savoir\ plus
      | (?:leer|ver|saber|mostrar|seguir|cargar)\ (?:más|leyendo|todo|todos|mas) (?:\ noticias)? | sigue\ leyendo | más\ información
      | (?:leia|ler|saiba|ver|veja|carregar)\ (?:mais|tudo|todos) | continue\ lendo | (?:leggi|scopri|mostra|vedi|carica)\ (?:tutto|di\ più|altro|ancora|l['’]articolo) | continua\ (?:a\ leggere|la\ lettura)
      | (?:lees|toon|bekijk|laad)\ (?:meer|verder) | (?:czytaj|zobacz|pokaż|dowiedz\ się)\ (?:więcej|dalej|całość) | devamını\ oku | daha\ fazla(?:sı)?(?:\ göster)? | (?:läs|visa|les|læs|vis|se)\ (?:mer|mere|flere|fler|alla|alle)
      | (?:читать|узнать|показать|смотреть)\ (?:далее|дальше|полностью|подробнее|больше|ещё|еще|всё|все|все\ новости) | подробнее | (?:اقرأ|عرض|شاهد)\ المزيد | المزيد
      | (?:阅读|閱讀|查看|了解|加载|載入|看)(?:更多|全文|详情|詳情|原文) | 更多 | 更多>+ | 続きを(?:読む|見る) | もっと(?:見る|読む) | 一覧を見る | 詳しくはこちら | 더\ ?(?:보기|읽기)
      ) $",
);

/// The same glued to the end of a paragraph, after its last sentence.
static TAIL: Pattern = Pattern::new(
    r"(?: [.!?…。！？][”\x22’')\]]* | \.\.\. | \[[\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]*\] ) (?P<cut> \s* (?:
        [\[(]? \s* (?:read\ more|continue\ reading|keep\ reading|read\ (?:the\ )?(?:full|whole|entire)\ (?:article|story|post)|read\ on|more) \s* (?: [»›→>…\])]+ | \.\.\. )+
      | (?-i:Read\ [Mm]ore|Continue\ [Rr]eading|Read\ the\ full\ (?:story|article))
      | (?-i:READ\ (?:ALSO|MORE|NEXT)|ALSO\ READ|SEE\ ALSO) \s* [:\-–—|»]? \s* \S [^.!?]+ [?!]?
      | (?:read\ (?:also|more)|also\ read|related|lesen\ sie\ auch|lire\ aussi|à\ lire\ aussi|lea\ también|lee\ también|leia\ também|leggi\ anche|lees\ ook|czytaj\ (?:też|także)|читайте\ также) \s* [:：] \s* \S [^.!?]+ [?!]?
      | (?: weiterlesen | lire\ la\ suite | leer\ más | leia\ mais | leggi\ tutto | lees\ (?:meer|verder) | czytaj\ (?:dalej|więcej) | читать\ (?:далее|дальше|полностью) | devamını\ oku | 阅读全文 | 閱讀全文 | 続きを読む ) [\s»›→>….\])]*
      ) ) $",
);

/// Headlines of news have fewer words with their cue.
const HEADLINE_WORDS: usize = 20;
/// Longest line of its own: a cue and a long headline.
const MOST_WORDS: usize = 28;

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    let head = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if count <= 8 && BUTTON.is_match(bare(text)) {
        let level = if is_sure_button(text) {
            Level::Safe
        } else {
            Level::Balanced
        };
        return cuts.line(page, index, level);
    }
    if count <= MOST_WORDS && !text.ends_with(['.', ':', ',', ';', '。']) && !text.contains(". ") {
        if LINE.is_match(head) {
            // Shops and guides send the reader on within their own text.
            let level = if GUIDE.is_match(text) || count > HEADLINE_WORDS {
                Level::Balanced
            } else {
                Level::Safe
            };
            return cuts.line(page, index, level);
        }
        if SOFT.is_match(head) && count >= 4 {
            return cuts.line(page, index, Level::Balanced);
        }
    }
    if let Some(part) = TAIL.cut(text) {
        // A line that is only a sentence and a button is a teaser, and still loses only the button.
        if part.start > 0 && ends_as_sentence(&text[..part.start])
            || text[..part.start].ends_with(']')
        {
            cuts.part(page, index, part, Level::Safe);
        }
    }
}

/// Buttons that no heading of a text is worded like.
fn is_sure_button(text: &str) -> bool {
    static SURE: Pattern = Pattern::new(
        r"^(?: (?:read|see|view|show|load|click\ to\ (?:read|see)) \s more .* | (?:continue|keep) \s reading .* | read\ (?:the\ )?(?:full|rest|entire|whole).* | mehr\ (?:lesen|anzeigen) | weiterlesen | lire\ la\ suite | lire\ plus | en\ savoir\ plus | (?:leer|ver)\ más.* | leia\ mais | ler\ mais | leggi\ (?:tutto|di\ più) | lees\ (?:meer|verder) | czytaj\ (?:więcej|dalej) | devamını\ oku | läs\ mer | читать\ (?:далее|дальше|полностью|подробнее) | подробнее | (?:اقرأ|عرض)\ المزيد | (?:阅读|閱讀|查看)(?:更多|全文|详情) | 更多.* | 続きを(?:読む|見る) | もっと(?:見る|読む) | 더\ ?보기 ) $",
    );
    SURE.is_match(bare(text))
}

//! Headings over links to other pages, and the links under them.
//!
//! The heading is found by its wording; where its links end is the harder half. Nothing but short lines without the
//! end of a statement belongs to it, and the last of them stays when it could be the heading of the text that follows.

use super::menu_words::{ALONE, CHROME};
use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::shape::{bare, folded, is_headline, is_running_text, listed};
use super::{Category, Rule};
use crate::config::Level;

/// Headings over links to other pages, and the links.
pub static RULE: Rule = Rule {
    name: "related-links",
    category: Category::Related,
    doc: "Matches a heading such as `Related articles`, `Most read`, `More from …`, `You may also like`, in some fifteen languages, and the link lines under it: short lines, headlines mostly, up to the first line of prose or the next heading of the site.

They are offers of other pages, chosen by a program or an editor, and tell nothing about the page's own subject.

It errs where a text's own section bears such a title, and where a subheading without text follows the links directly; the line before prose therefore stays unless it is as long as a headline.",
    cues: &[
        "related", "most read", "most popular", "most viewed", "most commented", "most shared", "most emailed",
        "também pode gostar", "produits similaires", "produits associés", "productos similares", "с этим товаром",
        "most recent", "most discussed", "most watched", "most clicked", "most active", "more from", "more on", "more in", "more by",
        "more about", "more stories", "more articles", "more news", "more headlines", "more posts", "more videos", "more like this", "also like", "also enjoy",
        "also be interested", "also read", "also liked", "also viewed", "read also", "read next", "read more ",
        "up next", "up to date", "trending", "recommended", "recommendations", "editor’s", "editor's", "editors'", "editors’", "popular", "similar", "latest", "recent ",
        "top stories", "top news", "top posts", "top articles", "featured", "don't miss", "don’t miss", "around the web", "from the web", "our partners",
        "promoted stories", "you missed", "you may like", "what others", "further coverage",
        "other stories", "other articles", "other news", "other posts", "breaking news", "hot topics", "must read", "also in ", "also on ",
        "mehr zum thema", "mehr aus", "mehr von", "mehr zu", "auch interessieren", "auch interessant", "weitere artikel", "weitere meldungen", "weitere nachrichten", "weitere themen", "weitere beiträge",
        "ähnliche", "verwandte", "meistgelesen", "meist gelesen", "lesen sie", "neueste", "beliebte", "zum thema",
        "lire aussi", "même sujet", "articles similaires", "articles liés", "plus lus", "aimerez aussi", "même rubrique", "articles récents", "à découvrir", "les plus",
        "puede interesar", "podría interesar", "relacionad", "más leíd", "más noticias", "más vist", "entradas recientes", "últimas noticias", "más sobre", "más de", "lea también", "lee también",
        "leia também", "veja também", "mais lid", "mais notícias", "posts recentes", "últimas notícias", "mais sobre",
        "leggi anche", "correlat", "interessarti", "interessare", "più lett", "ultime notizie", "articoli recenti",
        "lees ook", "meer over", "gerelateerd", "meest gelezen", "recente berichten",
        "czytaj ", "przeczytaj ", "zobacz ", "powiązane", "najczęściej czytane", "najnowsze", "podobne",
        "ilgili haber", "benzer haber", "çok okunan", "ilginizi", "son haberler", "läs också", "läs mer", "mest läst", "relaterade",
        "читайте", "по теме", "похожие", "другие новости", "самое читаемое", "популярн", "последние", "смотрите также", "ещё по теме",
        "اقرأ", "ذات صلة", "الأكثر قراءة", "قد يهمك",
        "相关阅读", "相关新闻", "相关文章", "相关推荐", "延伸阅读", "推荐阅读", "热门文章", "热门新闻", "最新文章", "猜你喜欢", "相關", "延伸閱讀", "推薦閱讀", "熱門", "你可能",
        "関連", "あわせて", "おすすめ", "人気記事", "新着記事", "最新記事", "ランキング", "最近の投稿",
        "схожі", "найпопулярніше", "новини", "до теми", "топ ", "главное за", "лента новостей", "главные новости", "lue myös", "lue lisää", "luetuimmat", "aiheeseen", "suosittelemme", "tuoreimmat", "citește", "citeşte", "similare", "asemănătoare", "cele mai", "putea interesa",
        "kapcsolódó", "hasonló", "ajánlott", "legfrissebb", "legolvasottabb", "érdekelh", "související", "mohlo by", "nejčtenější", "doporučované", "čtěte", "další články", "přečtěte", "súvisiace", "prečítajte", "pročitajte", "čitajte", "najčitanije", "povezan", "možda vas",
        "прочетете", "вижте", "свързани", "най-четени", "taip pat skaitykite", "skaitomiausi", "naujausi", "susiję", "saistītie", "lasi arī", "lasītākie", "διαβάστε", "δείτε", "σχετικά", "δημοφιλή", "tin liên quan", "đọc thêm", "xem thêm", "tin mới", "bài liên quan", "baca juga", "berita terk", "artikel terkait", "terpopuler", "simak juga",
        "ที่เกี่ยวข้อง", "อ่านเพิ่มเติม", "כתבות נוספות", "אולי יעניין", "קראו גם", "עוד בנושא", "مرتبط", "پربازدید", "بیشتر بخوانید", "آخرین اخبار", "مواضيع", "ترشيحاتنا", "الأخبار", "تصفحا", "meisten gelesen", "più lette", "mais recentes", "para saber más", "lendo sobre", "in de buurt", "meer nieuws", "其他", "點閱",
        "관련기사", "관련 기사", "많이 본", "최신기사", "인기기사", "주요뉴스", "추천기사",
    ],
    check,
    examples: &[
        (
            Level::Safe,
            "The council will vote on the new tram line in the spring, the mayor said.\n\n⟦RELATED COVERAGE\n⟧\n⟦Old depot to be turned into a market hall after years of neglect\n⟧\n⟦Riders of the night bus ask for a later last departure on Fridays\n⟧\nThe line would join the harbour to the university in twelve minutes.",
        ),
        (
            Level::Safe,
            "Snow closed the pass for the third day running, the road service said.\n⟦Most read\nBridge repair to last until June\nSchool choir wins at home festival\nTwo chess players share the title\n⟧",
        ),
        (
            Level::Safe,
            "Die Brücke bleibt bis zum Herbst gesperrt, teilte die Stadt am Montag mit.\n⟦Das könnte Sie auch interessieren\nFähre fährt im Winter nur am Wochenende\nNeuer Radweg am Kanal eröffnet\n⟧",
        ),
        (
            Level::Safe,
            "El puerto reabrirá el lunes, según confirmó ayer la autoridad marítima.\n⟦Noticias relacionadas\nLa lonja estrena horario de verano\nVuelve la feria del libro al paseo\n⟧",
        ),
        (
            Level::Safe,
            "Мост закроют на ремонт до конца осени, сообщили вчера в мэрии города.\n⟦Читайте также\nВ парке открылся новый каток\nШкольный хор победил на фестивале\n⟧",
        ),
        (
            Level::Safe,
            "市政府表示，大桥将在秋天之前完成维修，恢复通车。\n⟦相关阅读\n老码头将改建为市集\n夜班公交延长至凌晨两点\n⟧",
        ),
    ],
    counter_examples: &[
        "Related work\nEarlier studies counted the birds from the shore and missed those that nest inland.",
        "See also\nKingfisher\nReed warbler\nWetland birds of the northern coast",
        "Further reading\nA. Marsh, Birds of the Estuary, 1984\nL. Dunn, The Tide Tables, 1990",
        "Popular with walkers in summer, the ridge is empty from October to March.",
        "Related fields:\nHydrology\nSoil science",
        "She asked for more on this point, and got three pages the next morning.",
        "Most popular names of the year\n1. Emma, 412 girls\n2. Noah, 398 boys",
        "Latest results\nThe second trial confirmed the first: seeds kept cold sprouted four days earlier.",
    ],
};

/// Headings that stand over nothing but links to other pages.
static CERTAIN: Pattern = Pattern::new(
    r"^(?: (?:more\ |our\ |see\ |view\ |all\ )? (?:related|recommended|suggested|promoted|sponsored|similar) \s (?:articles?|stor(?:y|ies)|posts?|news|contents?|coverage|links?|topics?|reads|reading|videos?|items|entries|headlines|pages|threads|questions|products|blog\ posts|stories\ and\ articles|galler(?:y|ies)|features?|tags|searches|discussions|media)
      | most \s (?:read|popular|viewed|commented|shared|e-?mailed|recent|discussed|watched|clicked|active|talked\ about|visited|searched) (?:\ (?:stories|articles|news|posts|videos|today|this\ week|now|in\ \S+(?:\ \S+)?|on\ \S+(?:\ \S+)?))?
      | related
      | trending \s (?:now|stories|articles|news|topics|today|videos|on\ \S+)
      | (?:you|readers|people|others|users|customers) \s (?:may|might|could|who\ \S+\ this|will)? \s? also \s (?:like|liked|enjoy|enjoyed|love|be\ interested\ in|read|viewed|bought) (?:\ this|\ these)?
      | (?:stories|articles|posts|things) \s you \s (?:may|might) \s (?:also\ )?(?:like|have\ missed)
      | (?:recommended|suggested|selected|picked|just|handpicked) \s for \s you
      | more \s (?:stories|articles|news|headlines|posts|top\ stories|like\ this|reading|videos|features|blog\ posts|on\ this\ (?:story|topic|subject)|about\ this\ topic) (?:\ (?:from|in|on|by|like|about)\ [^.,:;!?|]+)?
      | (?:read|up|what\ to\ read|read\ this|watch) \s next | next \s up | read \s also | also \s read | read \s more \s (?:articles|stories|news|posts)
      | editor(?:s|['’]s|s['’]) \s? (?:picks?|recommendations?)
      | (?:from|around|elsewhere\ on|also\ on) \s (?:around\ )? the \s web | (?:more\ |stories\ )? from \s our \s (?:partners|sponsors)
      | (?:in\ case|what|stories) \s you \s missed (?:\ it)? | don['’]?t \s miss (?:\ (?:it|this|out|these))? | must[-\ ]reads?
      | what \s others \s are \s (?:reading|saying)
      | popular \s (?:posts|stories|articles|news|now|topics|on\ [^.,:;!?|]+|in\ [^.,:;!?|]+|this\ week|today|videos|threads|searches|tags)
      | recent \s (?:posts|stories|articles|news|entries|blog\ posts|headlines|videos|threads|topics|discussions)
      | latest \s (?:posts|stories|articles|headlines|blog\ posts|videos|from\ [^.,:;!?|]+|in\ [^.,:;!?|]+)
      | top \s (?:stories|posts|articles|headlines|videos) (?:\ (?:today|this\ week|in\ [^.,:;!?|]+|from\ [^.,:;!?|]+))?
      | other \s (?:stories|articles|news|posts|top\ stories|recent\ posts)
      ) $",
);

/// Headings that are texts' own as well, or that are completed by any name.
static LIKELY: Pattern = Pattern::new(
    r"^(?: (?:more|also|latest|elsewhere) \s (?:from|on|in|by|about) \s (?:\S+\ ){0,6}\S+
      | (?:latest|top|breaking|hot|more|local|world|recent|other) \s (?:news|updates|topics|reviews)
      | featured | trending | latest | popular | recommended | editor(?:s|['’]s|s['’]) \s? choice | (?:similar|popular|featured|recent) \s \S+
      ) $",
);

/// The fixed wordings of other languages.
static FOREIGN: Pattern = Pattern::new(
    r"^(?:
        (?:mehr|weiteres|meldungen|artikel|passend|nachrichten|links|beiträge) \s zum \s thema | (?:das|dies) \s könnte \s (?:sie|dich|euch|ihnen) \s auch \s (?:interessieren|gefallen) | (?:auch|ebenfalls) \s interessant
      | weitere \s (?:artikel|meldungen|nachrichten|themen|beiträge|news|infos|videos) (?:\ (?:aus|zu|zum|von)\ .+)? | (?:ähnliche|verwandte|neueste|beliebte|aktuelle|empfohlene|meistgelesene) \s (?:artikel|beiträge|themen|meldungen|nachrichten|posts|inhalte)
      | (?:am\ )?meist(?:\ ?gelesen|\ ?kommentiert|\ ?gesehen)(?:e|en)? (?:\ artikel)? | lesen \s sie \s (?:auch|mehr|dazu\ auch|jetzt) | mehr \s (?:aus|von|zu) \s .+
      | (?:à \s)? lire \s aussi | sur \s le \s même \s (?:sujet|thème) | articles \s (?:similaires|liés|récents|connexes|associés|populaires|recommandés) | les \s (?:articles\ les\ )?plus \s (?:lus|vus|partagés|populaires|commentés) | (?:vous \s (?:aimerez|pourriez) \s (?:aussi|aimer|également\ aimer) (?:\ aussi)?) | dans \s la \s même \s rubrique | à \s découvrir (?:\ aussi)? | nos \s derniers \s articles
      | (?:también \s )? (?:te|le|les|os) \s (?:puede|podría|pueden|podrían) \s (?:también\ )?interesar | (?:quizás?\ )?(?:también \s te \s puede \s gustar) | (?:noticias|artículos|entradas|notas|contenidos?|enlaces|temas|vídeos|videos|publicaciones) \s relacionad[oa]s? | (?:lo|las|los) \s más \s (?:leíd[oa]s?|vist[oa]s?|comentad[oa]s?|popular(?:es)?|reciente) (?:\ (?:de|en)\ .+)? | más \s (?:noticias|artículos|información) (?:\ (?:de|sobre)\ .+)? | (?:entradas|artículos|publicaciones) \s (?:recientes|populares) | últimas \s noticias | le[ae] \s también
      | leia \s também | veja \s (?:também|mais) | (?:notícias|artigos|matérias|posts|conteúdos?|publicações) \s (?:relacionad[oa]s?|recentes) | (?:as|os)? \s? mais \s (?:lid[oa]s|vist[oa]s|acessad[oa]s|comentad[oa]s|populares) | mais \s notícias | últimas \s notícias
      | (?:você\ )? também \s pode \s gostar | (?:produtos|productos) \s (?:relacionados|similares) | produits \s (?:similaires|associés) | ähnliche \s produkte | с \s этим \s товаром \s (?:также\ )?покупают
      | leggi \s anche | (?:articoli|notizie|contenuti|post|prodotti) \s (?:correlat[ei]|recenti|simili|collegat[ei]|consigliat[ei]) | (?:ti \s |vi \s )? (?:potrebbe|potrebbero) \s (?:anche\ )?(?:interessar(?:ti|vi|e)|piacerti) (?:\ anche)? | (?:i|gli|le) \s (?:articoli\ )?più \s (?:lett[ie]|vist[ie]|popolari) | ultime \s notizie
      | lees \s ook | gerelateerde? \s (?:artikelen|berichten|nieuws|content) | meest \s (?:gelezen|bekeken|populair) | (?:recente|laatste|andere) \s (?:berichten|artikelen|nieuws)
      | (?:prze)?czytaj \s (?:także|też|również) | zobacz \s (?:także|też|również|więcej) | (?:powiązane|podobne|polecane|najnowsze|ostatnie) \s (?:artykuły|wpisy|tematy|wiadomości|posty) | najczęściej \s (?:czytane|komentowane) | najpopularniejsze
      | (?:ilgili|benzer|diğer|son|popüler|önerilen) \s (?:haber(?:ler)?|yazılar|içerikler|konular|videolar) | (?:en\ )?çok \s okunan(?:lar|\ haberler) | ilginizi \s çekebilir(?:ecek.*)?
      | läs \s (?:också|även) | mest \s (?:läst|lästa|läst\ just\ nu|delat) | relaterade? \s (?:artiklar|nyheter|inlägg) | senaste \s (?:nytt|nyheterna|inläggen) | les \s også | mest \s lest | læs \s også | mest \s læste
      | (?:читайте|смотрите|смотри|читать|см\.) \s (?:также|ещё|еще|по\ теме|далее) (?:\ по\ теме)? | (?:материалы|новости|статьи|ещё|еще|ссылки|другие\ материалы|читать)? \s? по \s (?:этой\ )?теме | (?:похожие|связанные|другие|последние|популярные|рекомендуемые|свежие) \s (?:статьи|материалы|записи|новости|публикации|посты|темы|видео|товары) | (?:самое|самые) \s (?:читаемое|популярное|обсуждаемое|читаемые|популярные|интересное) (?:\ новости)? | популярное (?:\ (?:сегодня|за\ неделю|на\ сайте))? | вам \s (?:может\ быть|также\ будет)? \s? (?:интересно|понравится) | читайте \s також
      | схожі \s (?:новини|матеріали|статті) | (?:найпопулярніше|популярні\ новини|останні\ новини|новини\ по\ темі|по\ темі|до\ теми) | (?:топ\ [0-9]+\ читаемых|главное\ за\ (?:день|сутки|неделю)|лента\ новостей|главные\ новости|новости\ партн[её]ров|другие\ новости.*)
      | lue \s (?:myös|lisää) | (?:luetuimmat|aiheeseen\ liittyvää|suosittelemme|tuoreimmat) | citeș?ţ?[tț][ei] \s și | (?:citește|citeşte) \s (?:și|şi) | (?:articole|știri|ştiri) \s (?:similare|asemănătoare|recente|înrudite) | (?:cele \s mai \s (?:citite|populare|noi)) | te-ar \s putea \s interesa
      | (?:kapcsolódó|hasonló|ajánlott|legfrissebb|legolvasottabb|további) \s (?:cikkek|cikkeink|hírek|bejegyzések|tartalmak) | (?:ezek\ is\ érdekelhetnek|ez\ is\ érdekelheti|olvasta\ már\??|legolvasottabb|legfrissebb)
      | související \s (?:články|články\ a\ videa|zprávy) | (?:mohlo\ by\ (?:vás|se\ vám)\ .*|nejčtenější|doporučované|čtěte\ také|čtěte\ dále|další\ články|přečtěte\ si\ také) | súvisiace \s články | (?:najčítanejšie|prečítajte\ si\ aj)
      | (?:pročitajte|čitajte) \s (?:i|još|više) | (?:najčitanije|povezane\ vijesti|povezani\ članci|najnovije\ vijesti|možda\ vas\ zanima|povezane\ vesti|pročitajte\ još)
      | (?:прочетете|вижте) \s (?:още|също) | (?:свързани|подобни|още) \s (?:новини|статии|публикации) | (?:най-четени|най-четено|последни\ новини)
      | taip \s pat \s skaitykite | (?:skaitomiausi|naujausi|susiję\ straipsniai)(?:,?\ .*)? | (?:saistītie\ raksti|lasi\ arī|lasītākie|jaunākās\ ziņas)
      | (?:διαβάστε|δείτε) \s (?:επίσης|ακόμη|και|περισσότερα) | σχετικά \s (?:άρθρα|θέματα) | (?:δημοφιλή|τελευταία\ νέα|ροή\ ειδήσεων)
      | (?:tin|bài) \s (?:liên\ quan|mới\ nhất|nổi\ bật|khác|cùng\ chuyên\ mục|đọc\ nhiều) | (?:đọc|xem) \s (?:thêm|nhiều) | baca \s (?:juga|selengkapnya) | (?:berita|artikel) \s (?:terkait|terkini|terpopuler|lainnya) | terpopuler | simak \s juga
      | (?:ข่าวที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|บทความที่เกี่ยวข้อง|อ่านเพิ่มเติม|ข่าวล่าสุด) | (?:כתבות\ נוספות|אולי\ יעניין\ אותך.*|קראו\ גם|הנקראות\ ביותר|עוד\ בנושא) | (?:اخبار|مطالب|خبرهای) \s مرتبط | (?:پربازدیدترین(?:\ ها)?|پربیننده\ ترین.*|بیشتر\ بخوانید|آخرین\ اخبار)
      | (?:مواضيع|أخبار|اخبار|مقالات) \s (?:ساخنة|أخرى|اخرى|متعلقة|مشابهة|مقترحة|مرتبطة)(?:\ (?:اخرى|أخرى))? | (?:ترشيحاتنا|آخر\ الأخبار|اخر\ الاخبار|أحدث\ الأخبار|شريط\ الأحداث|الأكثر\ تصفحاً?)
      | am \s meisten \s (?:gelesen|kommentiert) | le \s più \s lette | mais \s recentes | (?:para\ saber\ más|continue\ lendo\ sobre) | (?:in \s de \s buurt|meer \s nieuws|meer \s lezen) .*
      | 其他(?:新闻|新聞|體育新聞|相關新聞) | 【?(?:熱門|热门)(?:點閱|点阅|話題|新聞|文章)】?
      | (?:اقرأ|اقرا|إقرأ) \s (?:أيضا|أيضاً|ايضا|ايضاً|المزيد|كذلك) | (?:أخبار|مواضيع|مقالات|موضوعات|اخبار|روابط|محتوى) \s (?:ذات|ذو) \s صلة | الأكثر \s (?:قراءة|مشاهدة|تداولا|شعبية) | (?:قد|ربما) \s (?:يهمك|يعجبك) (?:\ أيضا|\ أيضاً)?
      | 相[关關](?:阅读|閱讀|新闻|新聞|文章|推荐|推薦|报道|報導|报导|链接|主题|資訊|资讯|内容|視頻|视频) | 延伸(?:阅读|閱讀) | (?:推[荐薦])(?:阅读|閱讀|文章|新闻|新聞) | (?:热门|熱門|最新|最热|编辑推荐|精选|精彩|猜你|为您)(?:文章|新闻|新聞|推荐|推薦|阅读|閱讀|話題|话题|评论|喜欢|資訊|资讯) | 你(?:可能|也许)(?:还|會|会|也)?(?:感兴趣|感興趣|喜歡|喜欢)(?:的.*)? | 更多(?:新闻|新聞|文章|精彩)(?:内容)? | (?:点击|閱讀|阅读)?排行榜?
      | 関連(?:記事|リンク|ニュース|キーワード|コンテンツ|する記事|動画|情報|トピックス)(?:一覧)? | あわせて読みたい(?:記事)? | (?:こちらも)?おすすめ(?:の)?(?:記事)? | (?:人気|新着|最新|注目|最近)の?(?:記事|投稿|ニュース)(?:一覧|ランキング)? | (?:アクセス|人気|記事)?ランキング | この記事を(?:読んだ人|見た人).*
      | 관련 \s? 기사 | (?:가장\ )?많이 \s? 본 \s? (?:뉴스|기사) | (?:최신|인기|추천|주요) \s? (?:기사|뉴스|글)
      ) $",
);

/// Longest heading: `More from the same author …` with a long name.
const LONGEST_HEADING: usize = 90;
/// Blocks of links of more than so many lines are rare; what follows is more often something else.
const LONGEST_RUN: usize = 25;
/// So many links fall with the heading at the safest level; those after need a bolder one.
const SAFE_RUN: usize = 12;

/// How far back a heading looks for text, to know whether the page has begun.
const LOOK_BACK: usize = 400;

/// What ends the links.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// The page's end, or another piece of site furniture.
    Furniture,
    /// Text, or a line that ends as a statement does.
    Text,
    /// The run was longer than any block of links.
    Length,
}

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if text.len() > LONGEST_HEADING || text.contains(". ") {
        return;
    }
    let bare = bare(text);
    let foreign = FOREIGN.is_match(bare);
    let certain = foreign || CERTAIN.is_match(bare);
    let likely =
        || page.words(index) <= 8 && !text.ends_with(['.', ',', '?', '!']) && LIKELY.is_match(bare);
    if !certain && !likely() {
        return;
    }
    let (links, stop) = links(page, index);
    if is_data(page, &links) {
        return;
    }
    let headlines = links.iter().filter(|&&l| is_headline(page.text(l))).count();
    let level = match (certain, stop, headlines) {
        (true, Stop::Furniture, _) => Level::Safe,
        (true, _, 1..) => Level::Safe,
        (false, Stop::Furniture, 3..) => Level::Safe,
        (false, _, 2..) => Level::Balanced,
        (true, ..) if links.is_empty() => return,
        _ => return,
    };
    // In English, with a colon it may be the author's own list of what else to read.
    let level = if text.ends_with([':', '：']) && !foreign {
        level.max(Level::Balanced)
    } else {
        level
    };
    cuts.line(page, index, level);
    let opens_page =
        !(index.saturating_sub(LOOK_BACK)..index).any(|i| is_running_text(page.text(i)));
    // Agencies print capitals over the links amid their text.
    let printed = foreign || !text.contains(char::is_lowercase);
    for (place, &line) in links.iter().enumerate() {
        let own = link_level(page.text(line), place, links.len(), stop);
        // In English a box amid the text is as often the author's own choice of what to read.
        let own = if stop == Stop::Text && !printed {
            own.map(|own| own.max(Level::Balanced))
        } else {
            own
        };
        // Before the first text of a page, what stands last is its title.
        let last = place + 4 >= links.len();
        let own = match stop {
            Stop::Text if opens_page => own.filter(|_| !last).map(|_| Level::Balanced),
            Stop::Furniture if opens_page && last && !ends_page(page, links.last()) => {
                own.map(|own| own.max(Level::Balanced))
            }
            _ => own,
        };
        if let Some(own) = own {
            cuts.line(page, line, level.max(own));
        }
    }
}

/// True when no text stands after the last link.
fn ends_page(page: &Page<'_>, last: Option<&usize>) -> bool {
    let from = last.map_or(0, |&i| i + 1);
    let to = page.lines().len().min(from + LOOK_BACK);
    !(from..to).any(|i| is_running_text(page.text(i)))
}

/// The lines under a heading that can be its links, and what stands after them.
fn links(page: &Page<'_>, heading: usize) -> (Vec<usize>, Stop) {
    let mut links = Vec::new();
    let mut at = heading;
    while let Some(next) = page.next(at) {
        let text = page.text(next);
        if is_furniture(text) {
            return (links, Stop::Furniture);
        }
        let statement = text.ends_with(['.', ':', ';', ',', '。', '：']) && !text.ends_with("...");
        if is_running_text(text) || page.words(next) > 22 || statement {
            return (links, Stop::Text);
        }
        if links.len() == LONGEST_RUN {
            return (links, Stop::Length);
        }
        links.push(next);
        at = next;
    }
    (links, Stop::Furniture)
}

/// True for a line that begins another part of the page's furniture.
fn is_furniture(text: &str) -> bool {
    if text.len() > LONGEST_HEADING {
        return false;
    }
    let (folded, bare) = (folded(text), bare(text));
    listed(ALONE, &folded)
        || listed(CHROME, &folded)
        || CERTAIN.is_match(bare)
        || FOREIGN.is_match(bare)
        || COMMENTS.is_match(bare)
}

/// The head of a comment section.
static COMMENTS: Pattern = Pattern::new(
    r"^(?: [0-9]* \s* (?:comments?|replies|responses|kommentare|commentaires|comentarios|comentários|commenti|комментари\S+|تعليقات|评论|コメント) [\s|/·•,:;.()\[\]\x23«»‹›<>←→&–—-]* [0-9]* | (?:leave|post|add|write) \s a \s (?:comment|reply|response) .* )$",
);

/// True for lines of fields and values, such as the requirements of a program: `Memory: 16 GB`.
fn is_data(page: &Page<'_>, links: &[usize]) -> bool {
    let fields = links
        .iter()
        .filter(|&&l| page.text(l).find(": ").is_some_and(|at| at < 24))
        .count();
    fields >= 3 && fields * 2 >= links.len()
}

/// The level of one link line, given its place in the run. Before text, the last line may be the heading of that text:
/// it falls only when it is longer than headings are (twelve words and more are rare in headings).
fn link_level(text: &str, place: usize, all: usize, stop: Stop) -> Option<Level> {
    let long = words(text);
    let from_end = all - 1 - place;
    match stop {
        Stop::Text if from_end == 0 && long < 8 => None,
        Stop::Text if from_end == 0 && long < 12 => Some(Level::Balanced),
        Stop::Text if long < 4 || place >= 6 || all > 8 && from_end < 3 => Some(Level::Balanced),
        Stop::Length if place >= 10 => None,
        _ if place >= SAFE_RUN => Some(Level::Balanced),
        _ => Some(Level::Safe),
    }
}

//! Share buttons and calls to follow the site on social networks.

use super::page::{Cuts, Page};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Share buttons and calls to follow the site on social networks.
pub static RULE: Rule = Rule {
    name: "share-follow",
    category: Category::Share,
    doc: "Matches a share button or a bar of them (\"Share on …\", \"Tweet\", \"Email this article\", \"Print\"), a heading over \
such a bar with the names of networks below it, a counter of shares, and calls to follow the site or its author on a network.

These are the controls of the page. They name no subject, and their words are the same below every article.

It errs where a page lists networks as its subject: a bare name of a network goes only next to a share button or another \
network's name. Advice to the reader to share or to follow something else (a rule, a recipe, a trail) stays.",
    cues: &[
        "share",
        "sharing",
        "tweet",
        "follow",
        "like us",
        "find us",
        "join us on",
        "connect with",
        "facebook",
        "twitter",
        "pinterest",
        "pin it",
        "linkedin",
        "instagram",
        "whatsapp",
        "telegram",
        "reddit",
        "digg",
        "del.icio.us",
        "delicious",
        "stumble",
        "technorati",
        "newsvine",
        "tumblr",
        "google+",
        "google plus",
        "email this",
        "e-mail this",
        "mail this",
        "email a friend",
        "email to a friend",
        "print this",
        "print article",
        "print page",
        "print",
        "email",
        "e-mail",
        "post was not sent",
        "email check failed",
        "followers",
        "copy link",
        "copy url",
        "bookmark",
        "addthis",
        "blogthis",
        "stay connected",
        "social media",
        "send to a friend",
        "tell a friend",
        "youtube",
        "tiktok",
        "bluesky",
        "mastodon",
        "flipboard",
        "teilen",
        "folgen",
        "folge ",
        "empfehlen",
        "drucken",
        "partager",
        "partagez",
        "suivez",
        "suivre",
        "imprimer",
        "compart",
        "síguenos",
        "siga-nos",
        "seguir",
        "siga ",
        "condivid",
        "seguici",
        "поделиться",
        "поделитесь",
        "вконтакте",
        "شارك",
        "تابعنا",
        "分享",
        "关注我们",
        "追蹤我們",
        "シェア",
        "で送る",
        "복사",
        "ツイート",
        "フォロー",
        "delen",
        "volg ons",
        "udostępnij",
        "paylaş",
        "dela ",
        "공유",
    ],
    check,
    examples: &[
        (
            Level::Safe,
            "The tram runs again from Monday.\n⟦Share this article:\nFacebook\nTwitter\nEmail\n⟧",
        ),
        (
            Level::Safe,
            "⟦Click to share on Facebook (Opens in new window) Facebook\nShare on X\nPin it\n12 shares\n⟧The tram runs again from Monday.",
        ),
        (
            Level::Safe,
            "The tram runs again from Monday.\n⟦Follow us on Twitter and like us on Facebook!\nFollow @tramwatch\nEmail this article\nPrint this page\n⟧",
        ),
        (
            Level::Safe,
            "Die Bahn fährt wieder.\n⟦Auf Facebook teilen\nArtikel drucken\nFolgen Sie uns auf Instagram\n⟧Le tram roule de nouveau.\n⟦Partager sur Facebook\nSuivez-nous sur Twitter\n⟧",
        ),
        (
            Level::Safe,
            "El tranvía vuelve a circular.\n⟦Compartir en Facebook\nSíguenos en Instagram\n⟧O bonde voltou.\n⟦Compartilhar no WhatsApp\n⟧Il tram riparte.\n⟦Condividi su Facebook\nSeguici su Telegram\n⟧",
        ),
        (
            Level::Safe,
            "Трамвай снова ходит.\n⟦Поделиться в Telegram\n⟧电车恢复运行。\n⟦分享到微信\n⟧路面電車が再開した。\n⟦Facebookでシェア\nLINEで送る\n⟧عاد الترام إلى العمل.\n⟦شارك على فيسبوك\n⟧",
        ),
        (
            Level::Balanced,
            "The tram had stood still for nine weeks while the union and the city went to court.⟦ Follow us on Facebook for more news.⟧",
        ),
    ],
    counter_examples: &[
        "E-MAIL\nwho has the address of the harbour office? I have looked everywhere.",
        "Three crates of records, most of them played once.\nPlease email to\nellen@harbour.example",
        "Share the dough between two tins and let it rise for an hour.",
        "Follow the signs to the quarry; after a mile the path turns north.",
        "Shares in the tram maker fell by a tenth on Monday.",
        "Like many of her friends she met him on Facebook.\nFind customers on Instagram\nFollow these steps to log in via Facebook.\nShare it with your family and freeze the rest.",
        "Please e-mail.\nThe samples are ready and will be sent on Friday to all who asked.",
        "Add a link\nPost a video\nSave the page",
        "Twitter has asked the court to lift the order.\nFacebook, which owns the service, would not comment.",
        "The minister tweeted that the line would open in May.",
        "We grew up together and used to share everything, she said on Facebook.",
        "Print the form, sign it and send it to the council.",
        "const toll = {\n    \"share\": [],\n    \"oars\": 2,\n};",
        "“You have a whole loaf.”\nShare?\n“Never.”",
        "Folgen der Dürre\nDer Verein will den Bauern folgen und die Ernte mit ihnen teilen.",
    ],
};

/// Buttons and headings that can be nothing else: the whole line.
static BUTTON: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:click to |please |pin it on )?(?:(?:share|tweet|pin|recommend|like|bookmark|print|e-?mail|digg)(?: (?:this|it|link|article|story|page|post|blog|entry|video|recipe|photo|to|on|via|in|with|by|using|or|and|&))+|(?:post|save|send|mail|submit|add) (?:this|it|to|on|link|article|story)(?: (?:this|it|link|article|story|page|post|blog|entry|video|recipe|photo|to|on|via|in|with|by|using|or|and|&))*) ?(?:article|story|page|post|blog post|entry|link|video|recipe|photo|item|content|resource|deal|episode|friend|a friend|friends|colleague|facebook|twitter|x|linkedin|pinterest|reddit|whatsapp|telegram|tumblr|threads|bluesky|mastodon|flipboard|pocket|e-?mail|sms|messenger|google ?\+|google plus|google|digg|delicious|del\.icio\.us|stumbleupon|friendfeed|newsvine|mixx|fark|technorati|myspace|vk|skype|line|weibo|wechat|xing|buffer|instapaper|evernote|social media|your social network|your friends|your favorites|favorites|social networks?)?\W*(?:[,/|+&:]|on|via|to|by|with|and|or|share|print|e-?mail|facebook|twitter|x|linkedin|pinterest|reddit|whatsapp|telegram|tumblr|bluesky|mastodon|friends?|copy link|a|\(?opens in (?:a )?new (?:window|tab)\)?|\s)*)
    | (?-x:(?:share|tweet|pin|like|retweet|recommend|bookmark|sharethis|addthis|share ?this|tweet this|share it|pin it|digg it|digg this|like this|share this(?: story| post| article)?:.*|stumble it!?|blogthis!?|e-?mail ?thisblogthis!?.*|share to \S+(?:share to \S+)*|email this blog ?this!?(?: share to \S+)*)[:!]?)
    | (?-x:share(?: (?:this|our|the|article|story|page|post|with|on|via|to|your|link|options|tools|by e-?mail|now|buttons?|widget|&|and|save|more|print|love|copy|tweet|e-?mail))+)
    | (?-x:(?:\d[\d.,]* ?[km]?\+?|no|one|total) (?:shares?|tweets?|retweets?|facebook (?:shares|likes)|likes?|pins?|followers?|reposts?)|(?:shares|tweets|likes|followers|retweets) ?:? ?\d[\d.,]* ?[km]?)
    | (?-x:(?:printer?[- ]friendly(?: (?:version|format|page))?|print(?:able)? (?:version|page|view|article|story|friendly|this(?: \S+)?|& share|/ ?e-?mail|e-?mail|\|? ?share)|(?:e-?mail|send) (?:article|story|page|link|this|to (?:a )?friend|a friend|this to a friend|print)(?: print)?|tell a friend|copy (?:link|url|shortlink|article link)(?: to clipboard)?|link copied!?|(?:most )?e-?mail(?:ed)? to a friend|bookmark(?: (?:this|the) (?:page|article|permalink))?|add to (?:favou?rites|bookmarks|del\.icio\.us|digg|facebook|any)))
    | (?-x:(?:please )?(?:follow|like|find|join|watch|visit|add|friend|subscribe to|connect with|see|circle|meet|catch|become a fan of) (?:us|me|him|her|them|this blog|the author|our (?:page|channel|account))(?:(?: (?:on|at|in|via|and|&|or|our|by|social|media|the|follow|like|networks?|channels?|for more|updates|here|everywhere|facebook|twitter|instagram|youtube|linkedin|pinterest|tiktok|x|threads|snapchat|google ?\+|google plus|google|tumblr|flickr|bluesky|mastodon|telegram|whatsapp|rss|vimeo|reddit|spotify|discord|flipboard|page|feed|news|channel|too|us|me|@\w+|\(?@\w+\)?|\(?opens in (?:a )?new (?:window|tab)\)?)\W*)+)?)
    | (?-x:(?:follow|like)(?-i:(?: [@#A-Z][^ ]*| the| of| &| and){1,5}) (?:on|via) (?:(?:facebook|twitter|instagram|youtube|linkedin|pinterest|tiktok|x|threads|google ?\+|google news|google plus|google|tumblr|bluesky|mastodon|telegram|whatsapp|social media|rss|snapchat|flipboard|and|&|or)\W*)+(?:here|for more)?)
    | (?-x:follow (?:on )?(?:@\S+|facebook|twitter|instagram|linkedin|x|youtube|pinterest|bluesky|feed|authors?|topics?|company|blog|discussion|now|following|me|us)(?: on (?:twitter|x|instagram|facebook))?|(?:stay|get) connected(?: with us)?|connect with (?:us|me)|(?:our )?social(?: media)? (?:links|channels|networks|icons)|(?:find|visit) us (?:on )?(?:facebook|twitter|social media|online)|facebook (?:like|share|page|icon|logo|fan page)|(?:twitter|linkedin|instagram|youtube|pinterest|tiktok|x) (?:logo|icon|page|feed|share|button))
    | (?-x:post was not sent - check your e-?mail addresses!?|e-?mail check failed, please try again|sorry, your blog cannot share posts by e-?mail|what[’']s this\??|share this story, choose your platform!?|add this (?:share|bookmark).*|sharing is (?:caring|sexy).{0,30}|spread the word|pass it on|be sociable,? share!?|send to a friend(?: print)?)
    # other languages
    | (?-x:(?:(?:artikel|beitrag|seite|jetzt|hier|link|per|via|auf|bei|über|in|diesen|diese|facebook|twitter|whatsapp|x|xing|linkedin|telegram|pinterest|e-?mail|instagram|bluesky|mail) ?)*(?:teilen|twittern|tweeten|drucken|merken|weiterleiten|weiterempfehlen|kopieren|versenden|teilen über|mailen|posten)(?: (?:sie|diesen|diese|auf|artikel|beitrag|link|facebook|twitter|whatsapp|kopieren|drucken|merken|per|e-?mail|mail))*|(?:folgen sie|folge|folgt)(?: (?:uns|mir|auf|bei|und|facebook|twitter|instagram|youtube|x|linkedin|xing|tiktok|telegram|whatsapp|google news|mastodon|bluesky|hier))+|uns folgen|link kopiert)
    | (?-x:(?:partager?|partagez|envoyer|imprimer|tweeter|épingler)(?: (?:cet|cette|ce|l[’']|le|la|article|page|sur|par|avec|à|un|ami|facebook|twitter|whatsapp|linkedin|pinterest|telegram|e-?mail|mail|x|lien|l[’']article|et))*|(?:suivez|rejoignez|retrouvez)[- ]nous(?: (?:sur|et|les|réseaux|sociaux|facebook|twitter|instagram|youtube|linkedin|x|telegram|tiktok|whatsapp|aussi)\W*)*|nous suivre(?: sur \S+)?|copier le lien)
    | (?-x:(?:compart(?:ir|e|a|ilhar|ilhe)|condivid(?:i|ere)|tuitear|tweetar|guardar|enviar|stampa|imprimir|inviare|invia)(?: (?:en|no|na|por|su|via|con|este|esta|esto|este artículo|artículo|artigo|isto|questo|questa|articolo|noticia|notícia|nota|el|a|o|l[’']articolo|facebook|twitter|whatsapp|linkedin|telegram|pinterest|x|correo|e-?mail|email|link|enlace|amigo|un))*|(?:síguenos|síguenos en|siga-nos|segue-nos|siga o|seguici|seguiteci|segui(?:mi)?|nos siga|síganos)(?: (?:en|no|na|nas|su|sui|e|y|anche|redes|sociales|sociais|social|facebook|twitter|instagram|youtube|telegram|whatsapp|linkedin|x|tiktok|google news)\W*)*|copiar (?:enlace|link)|copia link)
    | (?-x:(?:поделиться|поделитесь|рассказать|отправить|твитнуть|следите за нами|мы в|подписывайтесь на нас|присоединяйтесь к нам)(?: (?:в|во|на|с|по|ссылкой|новостью|статьей|статьёй|друзьями|друзьям|телеграм\S*|telegram|facebook|фейсбуке?|вконтакте|vk|whatsapp|twitter|твиттере?|одноклассниках?|соцсетях|социальных|сетях|viber|почте|youtube|instagram)\W*)*)
    | (?-x:(?:شارك|مشاركة|شاركها|شارك المقال|تابعنا|تابعونا)(?: (?:على|عبر|المقال|الخبر|هذا|الموضوع|فيسبوك|تويتر|واتساب|تيليجرام|تلغرام|الفيس بوك|إنستغرام|يوتيوب|مواقع|التواصل|الاجتماعي)\W*)*)
    | (?-x:(?:点击|點擊|一键|轉發|转发)?分享(?:让更多人看到|到|至|给|給|本文|文章|此文|这篇文章|链接|連結|按钮)?(?:微信|微博|朋友圈|qq空间|qq|facebook|脸书|臉書|twitter|推特|line|好友|朋友|:|：|\s)*|(?:关注|追蹤|关注一下)我们|追蹤我們|复制链接|複製連結|(?:この記事を|記事を|この記事をsnsで)?(?:facebook|twitter|x|line|はてなブックマーク|sns)?(?:で)?(?:シェア|ツイート|フォロー|つぶやく|ポスト)(?:する|しよう)?|(?:facebook|twitter|x|line)(?:で|に)(?:送る|シェア|投稿|共有)(?:する)?|リンクをコピー|페이스북(?:으로)? 공유|공유하기|카카오톡(?:으로)? 공유|트위터(?:로)? 공유|url 복사)
    | (?-x:(?:salva|salvar|guardar|enregistrer) (?:su|no|en|sur) pinterest)
    | (?-x:(?:delen|deel)(?: (?:dit|deze|via|op|artikel|pagina|facebook|twitter|whatsapp|linkedin|e-?mail|x))*|volg ons(?: (?:op|via|facebook|twitter|instagram|x|en)\W*)*|udostępnij(?: (?:na|artykuł|przez|facebooku|twitterze))*|(?:obserwuj|śledź) nas(?: na \S+)?|(?:facebook|twitter|whatsapp)[’'](?:ta|da) paylaş|paylaş|bizi takip edin|dela(?: (?:på|artikeln|via|med|facebook|twitter|e-?post|x))+|följ oss(?: på \S+)?|del (?:på|artikkel|artikel|saken)(?: \S+)?|følg os?s?(?: på \S+)?|jaa (?:facebookissa|twitterissä|artikkeli))
    )\W*$",
);

/// A bar of names: nothing but networks and tools. Alone on a line it needs a neighbour of its kind.
static NETWORKS: Pattern = Pattern::new(
    r"^\W*(?-x:(?:facebook|fb|twitter|twitter / x|x|linkedin|pinterest|reddit|whatsapp|telegram|tumblr|threads|bluesky|mastodon|flipboard|instagram|youtube|tiktok|snapchat|google ?\+|google plus|google|digg|del\.?icio\.?us|delicious|stumbleupon|friendfeed|newsvine|mixx|fark|technorati|yahoo!?(?: (?:buzz|bookmarks|my web))?|myspace|vk|вконтакте|одноклассники|skype|viber|messenger|line|weibo|wechat|xing|pocket|buffer|evernote|e-?mail|mail|print|share|tweet|link|copy link|copy|rss|more|sms|slashdot|propeller|furl|ma\.gnolia|netscape|blinklist|spurl|reddit!?|flickr|vimeo|discord|signal|bookmark|permalink|comments?|save|aim|opens in (?:a )?new (?:window|tab)|微信|微博|qq空间|はてなブックマーク|hatena|feedly|drucken|imprimer|imprimir|stampa|follow|subscribe|like)(?:[\W_]+|$))+$",
);

/// Sentences that ask to follow or to share, by their opening.
static PROMPT: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:please |and |also |you can (?:also )?|be sure to |don[’']t forget to |for (?:more|the latest|breaking) .{2,}, ?|to (?:stay|keep|get|see|read|learn) .{2,}, ?|want .{3,}\? |stay .{3,}[.!] |keep up .{3,}, ?|if you (?:like|liked|enjoy|enjoyed|found|love|loved) .{3,},? (?:please )?)?(?:(?:follow|like|find|join|connect with|circle|become a fan of|keep in touch with|friend|get in touch with) (?:us|me|our|the (?:author|team|conversation))|(?:follow|connect with) (?:him|her|them|(?-i:@?[A-Z][^ ]*(?: [A-Z&][^ ]*){0,3}|@\S+)))\b.*\b(?:on|at|via|through) .*(?:facebook|twitter|instagram|linkedin|youtube|pinterest|tiktok|google ?\+|google news|tumblr|bluesky|mastodon|telegram|whatsapp|threads|social media|@\w+)\b.*)
    | (?-x:(?:if you (?:like|liked|enjoy|enjoyed|found|love|loved) (?:this|the|my|our|it|what)\b.*|(?:please )?(?:feel free to |don[’']t forget to |be sure to |help us )?)(?:please )?share (?:(?:this|our|the) (?:article|post|story|page|video|recipe|blog)|(?:this|it) (?:on|via|to)\b)\b.*(?:friends|facebook|twitter|social|pinterest|your network|others|family|below|colleagues|buttons?).*)
    | (?-x:(?:folgen sie|folge|folgt|besuchen sie|besucht|liken sie|diskutieren sie) (?:uns|unsere[rnm]?|auch|mit uns|der|die) ?.*\b(?:auf|bei|facebook-?seite)\b.*\b(?:facebook|twitter|instagram|youtube|whatsapp|google news|telegram|linkedin|mastodon)\b.*)
    | (?-x:(?:suivez|rejoignez|retrouvez|likez)\b.*\b(?:facebook|twitter|instagram|youtube|whatsapp|google news|telegram|linkedin|réseaux sociaux)\b.*)
    | (?-x:(?:síguenos|sígueme|siga-nos|síganos|sigue a|seguici|seguiteci|segui(?: il| la| le| i)?|acompanhe(?:-nos| o| a)|curta (?:nossa|a nossa)|únete a nuestro|unisciti al nostro)\b.*\b(?:facebook|twitter|instagram|youtube|whatsapp|google (?:news|noticias)|telegram|linkedin|redes sociales|redes sociais|social|canal)\b.*)
    | (?-x:(?:читайте|подписывайтесь|следите|присоединяйтесь|подпишитесь|подписывайся)\b.*(?:telegram|телеграм|facebook|фейсбук|вконтакте|youtube|ютуб|instagram|viber|соцсет|дзен|google новост).*)
    )$",
);

/// A call to follow glued to the end of a paragraph, from its own sentence on.
static TAIL: Pattern = Pattern::new(
    r"[.!?…][”’\x22')]*\s+(?P<cut>(?-x:(?:you can )?(?:also )?(?:please )?(?:follow|like|find|join) (?:us|me) (?:on|at|via) (?:our )?(?:facebook|twitter|instagram|linkedin|youtube|pinterest|tiktok|google|tumblr|bluesky|mastodon|telegram|x\b|threads|social)[^.!?]*)[.!]?)$",
);

/// A call to follow somebody by name, anywhere in the line.
static PERSON: Pattern = Pattern::new(
    r"\b(?:follow|connect\ with)\ (?:him|her|them|@\w+|(?-i:\p{Lu}[^\ ]*)(?:\ (?-i:\p{Lu})[^\ ]*){0,3}) \ (?:here\ )?(?:on|via|at)\b",
);

/// Mottoes of share bars, which people say too.
static SLOGAN: Pattern =
    Pattern::new(r"^\W*(?:sharing\ is|be\ sociable|spread\ the\ word|pass\ it\ on)\b");

/// Names that can hardly be anything else when they stand in a list.
static FAMOUS: Pattern = Pattern::new(
    r"^\W*(?-x:facebook|twitter|x \(?(?:formerly )?twitter\)?|linkedin|pinterest|instagram|youtube|whatsapp|reddit|tumblr|tiktok|e-?mail|print|follow|followers|tweets|shares|most e-?mailed)\W*$",
);

/// A bar has at most so many buttons before and after the one at hand.
const BAR: usize = 10;

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    let asked = text.trim_end_matches(['”', '"', '»', '“', '’']);
    if count == 1 && asked.ends_with(['?', '？', '؟']) {
        return;
    }
    let prompt = count <= 40 && PROMPT.is_match(text);
    if prompt || count <= 18 && BUTTON.is_match(text) {
        // Whom to follow or tell, if not the site, may be a person the text is about, or its author.
        let level = if PERSON.is_match(text) || SLOGAN.is_match(text) {
            Level::Balanced
        } else {
            Level::Safe
        };
        cuts.line(page, index, level);
        if count <= 6 {
            bar(page, index, cuts);
        }
    } else if count <= 24 && (NETWORKS.is_match(text) || FAMOUS.is_match(text)) {
        let names = names_around(page, index);
        if count >= 4 || names >= 2 {
            cuts.line(page, index, Level::Safe);
            bar(page, index, cuts);
        } else if FAMOUS.is_match(text) && page.in_list(index) {
            cuts.line(page, index, Level::Safe);
        } else if names == 1 {
            cuts.line(page, index, Level::Balanced);
        }
    } else if let Some(part) = TAIL.cut(text) {
        cuts.part(page, index, part, Level::Balanced);
    }
}

fn is_name(page: &Page<'_>, index: usize) -> bool {
    let text = page.text(index);
    text.len() <= 80 && NETWORKS.is_match(text)
}

/// How many bare names stand directly before and after this line, up to two on each side.
fn names_around(page: &Page<'_>, index: usize) -> usize {
    let before = std::iter::successors(page.prev(index), |&i| page.prev(i));
    let after = std::iter::successors(page.next(index), |&i| page.next(i));
    before.take(2).take_while(|&i| is_name(page, i)).count()
        + after.take(2).take_while(|&i| is_name(page, i)).count()
}

/// Cuts the names before and after a line that is surely of a share bar.
fn bar(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let before = std::iter::successors(page.prev(index), |&i| page.prev(i));
    let after = std::iter::successors(page.next(index), |&i| page.next(i));
    for i in before.take(BAR).take_while(|&i| is_name(page, i)) {
        cuts.line(page, i, Level::Safe);
    }
    for i in after.take(BAR).take_while(|&i| is_name(page, i)) {
        cuts.line(page, i, Level::Safe);
    }
}

//! Advertisement and sponsor labels, affiliate notes and calls to buy.

use super::page::{Cuts, Page};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Advertisement and sponsor labels, affiliate notes and calls to buy.
pub static RULE: Rule = Rule {
    name: "advertisement-label",
    category: Category::Advertisement,
    doc: "Matches the labels of advertisements and sponsored parts, what a blocked or unloaded advertisement leaves behind, links \
for advertisers, notes on affiliate links and on how the site earns money, and the buttons of shops and campaigns: shop now, \
get started, request a demo, free shipping over some sum.

Labels and buttons name nothing that the page tells; the notes stand on every page of a site.

It errs where such a button is a step of instructions, or where advertising is the subject and a heading has the wording of a \
label: single words go only among lines as short as themselves. A review's own remark on who paid for the product goes too, \
if it has the wording of a disclosure.",
    cues: &[
        "advert",
        "adchoices",
        "banner",
        "compensated",
        "繼續",
        "继续",
        "اعلن",
        "ad choices",
        "your ad",
        "ad blocker",
        "adblock",
        "ads by",
        "our ads",
        "ad feedback",
        "interest-based ads",
        "sponsor",
        "promoted",
        "promotion",
        "partner content",
        "paid content",
        "paid post",
        "paid partnership",
        "brand studio",
        "affiliate",
        "commission",
        "media kit",
        "media pack",
        "place an ad",
        "classified",
        "shop now",
        "shop all",
        "buy now",
        "order now",
        "learn more",
        "get started",
        "sign up free",
        "free quote",
        "a quote",
        "a demo",
        "demo",
        "contact sales",
        "book now",
        "cart",
        "shipping",
        "for free",
        "try it free",
        "add to bag",
        "add to basket",
        "add to wish",
        "your cart",
        "free shipping",
        "view cart",
        "shopping",
        "checkout",
        "gift card",
        "% off",
        "off your first",
        "promo code",
        "coupon",
        "as an amazon",
        "amazon services",
        "our links",
        "links on our",
        "links in this",
        "links on this",
        "special offer",
        "today's deal",
        "limited time",
        "anzeige",
        "werbung",
        "gesponsert",
        "werben",
        "mediadaten",
        "provision",
        "publicité",
        "annonceur",
        "sponsorisé",
        "publicidad",
        "patrocinad",
        "anúncio",
        "publicidade",
        "continua após",
        "pubblicità",
        "sponsorizzat",
        "реклам",
        "партнёр",
        "партнер",
        "إعلان",
        "اعلان",
        "广告",
        "廣告",
        "赞助",
        "広告",
        "スポンサー",
        "advertentie",
        "reklam",
        "annons",
        "annonse",
        "annonce",
        "광고",
    ],
    check,
    examples: &[
        (
            Level::Safe,
            "The well was dug by hand.\n⟦Advertisement\n⟧⟦Story continues below advertisement\n⟧It is forty metres deep.\n⟦Sponsored content\nAds by Lantern\n⟧",
        ),
        (
            Level::Safe,
            "⟦We may earn a commission when you buy through links on our site.\n⟧The well was dug by hand.\n⟦This post contains affiliate links.\nAdvertise with us\n⟧",
        ),
        (
            Level::Safe,
            "The well was dug by hand.\n⟦Your cart is empty\nContinue shopping\nFree shipping on orders over $50\nShop now\n⟧",
        ),
        (
            Level::Safe,
            "⟦As an Amazon Associate I earn from qualifying purchases.\n⟧The well was dug by hand.\n⟦This advertisement has not loaded yet, but your article continues below.\nPlease disable your ad blocker to support us.\n⟧",
        ),
        (
            Level::Safe,
            "Der Brunnen ist alt.\n⟦- Anzeige -\n⟧Le puits est ancien.\n⟦Publicité\nLa suite après la publicité\n⟧El pozo es antiguo.\n⟦PUBLICIDAD\n⟧O poço é antigo.\n⟦Continua após a publicidade\n⟧",
        ),
        (
            Level::Safe,
            "Il pozzo è antico.\n⟦Contenuto sponsorizzato\n⟧Колодец старый.\n⟦На правах рекламы\n⟧井很老。\n⟦广告\n⟧その井戸は古い。\n⟦スポンサーリンク\n⟧البئر قديمة.\n⟦إعلان\n⟧",
        ),
    ],
    counter_examples: &[
        "The advertisement showed a camel in a bar, and the regulator banned it.",
        "Advertising pays for two thirds of what the paper spends.",
        "The race was sponsored by a brewery until 1987.",
        "The commission earns its authority from the treaty; it may propose laws, but others vote on them.",
        "Learn more words every day and repeat the old ones every week.",
        "Get started by mixing the flour with a pinch of salt.",
        "Werbung für Tabak ist seit 2006 verboten.",
        "When a house is sold, the agent will receive a commission of three per cent from the owner.",
        "You can complain to the commission; it will make a finding and publish it.",
        "Work on your business\nState sponsors\nUse code review to save time, and merge small changes.\nSave 20% on your energy bill by turning down the heat.",
        "Disclosure: the author owns shares of two of the partners named above.\nNote: I don't get compensated for my reviews.",
        "An affiliate of the bank bought the land in March.",
    ],
};

/// Labels and buttons that can be nothing else: the whole line.
static LABEL: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:advertisements?|advertising|ads?)\W*(?:\d+|continue reading(?: below)?(?:.{0,30})?|(?:story|article|content|post|scroll) continues? (?:below|after).{0,30}|skip (?:ad|advertisement)?.{0,20}|keep reading.{0,30}|-|—|x|close|close ad|remove ads?|hide|report (?:this )?ad|feedback|ad feedback|by google|by \S+(?: \S+)?|scroll to continue(?: with content)?)+|(?:(?:the )?(?:story|article|text|content|post|scroll) )?continues? (?:reading )?(?:below|after|reading below|reading after)(?: (?:this|the|our))? (?:advertisements?|ads?|promotion|promo|sponsor\S*)|(?:scroll (?:down )?to continue|keep scrolling).{0,30}|(?:skip|close|report|hide|remove|ad|block|no|via|google|local|featured|online|digital|classified|print|all|see|more|mobile) ?(?:this )?(?:ad|ads|advertisements?|advertising|advertisers?)(?: (?:feedback|info|choices|guide|rates))?|after (?:this )?(?:ad|advertisement).{0,20}|(?:\S+ ){0,3}banner(?: ad| here)?\W*[\])])
    | (?-x:(?:ad|sponsored|paid|partner|promoted|branded|advertiser) (?:content|links?|posts?|stories|story|results?|listings?|features?|articles?|message|partnership|promotion|recommendations|choices)(?:\W*(?:\(?\d+\)?|what[’']s this|learn more|(?:by|from|:|\|)(?: \S+){0,4}))?|(?:sponsored|promoted|paid for|ads?) by(?: \S+){0,3}|(?:our|site|event|thanks to our|meet our|platinum|gold|silver|title|official|featured|podcast|become a|about our|from our|a word from our|message from our|visit our|support our|please support our|today[’']s|site|additional) (?:sponsors?|advertisers?)(?: (?:and|&) (?:partners|sponsors|advertisers))?|brought to you by(?: \S+){0,3}:?|in (?:partnership|association) with|from (?:our|around) (?:the web|partners|sponsors)|promoted stories|recommended by (?:outbrain|taboola|\S+)|(?:ads?|links|posts|content) by \S+(?: \S+)?)
    | (?-x:(?:work|collaborate|partner) with (?:us|me)|(?:advertise|advertising|sponsorship)(?: (?:with|on|at|in|here|this|your|opportunities|info|information|enquiries|inquiries|rates|solutions|services|policy|disclosure|disclaimer|disclosures|guidelines|contacts?|requests?|department|sales|terms|faq|options|partners?|feature|features|us|me|our|site|newsletter|podcast|ads?|business|your \S+|\S+\.com|&|and))+|how to advertise|why advertise(?: with us)?|(?:your )?(?:ad|ads) (?:here|choices|preferences|settings|feedback|options|manager)|(?:place|post|submit|buy|book|put)(?: (?:an?|your|my|classified|free|a classified))* ads?(?: (?:here|now|online|in print|today|for free|notice))*|adchoices?|about (?:our|these|this|google) ads?|interest[- ]based ads?|media (?:kit|pack|information)|affiliates?(?: (?:program(?:me)?|links?|disclosure|disclaimer|login|policy|notice|area|sign ?up|disclosure policy))+|become an (?:affiliate|advertiser)|become a (?:sponsor|partner|reseller|dealer)|(?:classifieds?|classified) (?:ads?|advertising|listings|marketplace)|(?:this )?(?:ad|advertisement)(?: (?:has not|hasn[’']t)) loaded.*)
    # other languages
    | (?-x:(?:-|–)?\s?anzeigen?(?:: \S+(?: \S+){0,2})?(?: (?:aufgeben|schalten|schließen|inserieren|endet|melden|buchen))*|werbung(?: (?:schließen|buchen|schalten|deaktivieren|auf \S+))?|(?:gesponserte?r?|bezahlte?r?) (?:inhalte?|beitrag|beiträge|artikel|links?|anzeige)|werben(?: (?:sie )?(?:bei|auf|mit|im) \S+(?: \S+)?)?|werbeblocker.{0,30}|mediadaten|kleinanzeigen|nach der (?:anzeige|werbung) .{0,30}|(?:weiterlesen|artikel geht|weiter) nach der (?:anzeige|werbung).{0,20}|in den warenkorb(?: legen)?|warenkorb(?: \(?\d+\)?| ist leer)?|jetzt (?:kaufen|bestellen|buchen|shoppen|sichern|bewerben|ausprobieren|entdecken|anfragen))
    | (?-x:(?:la suite|l[’']article continue|lire la suite|suite) après (?:la |cette )?(?:publicité|pub)|publicités?|annonces?|contenus? (?:sponsorisés?|partenaires?|de marque|de nos partenaires)|(?:article |lien )?sponsorisé|annonceurs?|espace annonceurs?|faire de la publicité|ajouter au panier|(?:votre |mon |voir le )?panier(?: est vide)?|acheter(?: maintenant)?|commander|j[’']en profite|régie publicitaire)
    | (?-x:publicidad(?:e)?|anuncios?|anúncios?|(?:contenido|conteúdo|publicación|artículo) (?:patrocinado|publicitario|de marca)|patrocinad[oa](?: por .{1,30})?|(?:continua|continúa|sigue|a história continua|o artigo continua)(?: (?:lendo|leyendo))? (?:após|después de|depois|depois da|tras)(?: (?:la|a|o))? (?:publicidade?|anúncio)|anúnciate(?: aquí)?|anuncie(?: (?:aqui|conosco|no \S+))?|(?:añadir|agregar|adicionar) (?:al|ao) (?:carrito|carrinho|cesta)|comprar(?: (?:ahora|agora))?|compra ahora)
    | (?-x:pubblicità|annunci(?:o)?(?: pubblicitari[oi])?|(?:contenuto|contenuti|articolo) (?:sponsorizzat[oi]|promozional[ei]|pubblicitari[oi])|sponsorizzato|continua dopo (?:la )?pubblicità|(?:l[’']articolo )?continua a leggere dopo.{0,30}|aggiungi al carrello|acquista(?: ora)?|concessionaria(?: di)? pubblicità)
    | (?-x:реклама(?: на (?:сайте|портале|\S+)| •.{0,30})?|рекламодател(?:ям|и)|на правах рекламы|(?:партнёрский|партнерский|спонсорский) (?:материал|проект|контент)|новости (?:партнёров|партнеров|сми2)|размещение рекламы|разместить рекламу|в корзину|купить|продолжение после рекламы)
    | (?-x:إعلانات?|اعلانات?|إعلان ممول|محتوى (?:ممول|مدفوع|إعلاني)|[أا]علن معنا|برعاية|(?:广告|廣告|赞助内容|贊助內容|赞助商|推广|廣編特輯|贊助|赞助商内容|廣告合作|广告合作|广告服务|廣告刊登|广告投放)(?:内容|链接|連結|位)?|(?:請|请)?(?:繼續|继续)(?:往下)?(?:下滑|往下)?(?:閱讀|阅读).{0,6}|加入(?:购物车|購物車)|立即(?:购买|購買)|\[?(?:pr|ad|広告|スポンサーリンク|スポンサードリンク|スポンサー広告|広告掲載(?:について)?|提供|アドバタイズ)\]?|カートに(?:入れる|追加)|(?:今すぐ)?(?:購入|注文)する|광고(?: 문의| 안내)?|스폰서(?: 링크)?|장바구니(?: 담기)?)
    | (?-x:advertentie(?:s)?|adverteren(?: \S+){0,2}|gesponsorde? (?:inhoud|artikel|bericht)?|reklam(?:a|y|lar|ı)?|(?:dalsza część )?(?:artykułu |tekstu )?(?:pod|poniżej) reklam[yą]|reklama|artykuł sponsorowany|materiał partnera|reklam ver|sponsorlu (?:içerik)?|annons(?:er|era)?|annonse(?:r)?|annonces?|(?:artikeln|artikkelen|artiklen) fortsätter (?:efter|under) annonsen|in winkelwagen|lägg i varukorg(?:en)?|dodaj do koszyka|sepete ekle|mainos)
    )\W*$",
);

/// Buttons of shops and campaigns; a guide has headings of such wording, so they go for sure only among short lines.
static BUTTON: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:shop|buy|order|book|reserve|pre-?order|get it|claim|grab|redeem|save) (?:now|today|online|here|all|yours|yours now|yours today|the (?:sale|collection|look|range)|new arrivals|best sellers|by (?:brand|category|price|style)|gift cards?|tickets|direct|your copy(?: today| now)?|it now|offer|deal|coupon|your (?:spot|seat|copy|discount|table|stay))(?:\W*(?:shop now|now|today|and save.{0,15}|learn more|»|from .{0,10}\d+))*|limited[- ]time (?:offer|deal|only).{0,30}|(?:today[’']s|daily|weekly|special|hot|best|our|latest|exclusive|more|top|featured|great|see|view|my|all) (?:deals?|offers?|special offers|coupons?|bargains)(?: (?:and|&) (?:deals?|offers?|coupons?|discounts))?(?: (?:of the (?:day|week)|here|now|today))?)
    | (?-x:(?:get|request|schedule|book|see|watch|view|try|start|take|arrange|claim)(?: (?:a|your|my|our|the|an))?(?: (?:free|live|instant|personali[sz]ed|quick|product|custom|online|no-obligation|interactive|\d+[- ]minute))* (?:demo|quote|consultation|estimate|tour|proposal|callback|call back|price|pricing|appraisal|assessment|audit|free trial|strategy call|discovery call)(?: (?:now|today|here|for free))?|(?:get started (?:now|today|free|for free|here)|start (?:now|today|free|for free|here)|sign ?up (?:free|for free|now|today)|try (?:it )?(?:now|free|for free|today)|join (?:now|free|for free)|get (?:it )?now|get yours|apply now|apply today|enquire now|inquire now|call (?:us )?(?:now|today)|contact (?:sales|our sales team)|talk to (?:sales|an expert|us|our team)|speak (?:to|with) (?:an expert|sales|our team|us)|(?:let[’']s|let us) (?:talk|chat|get started)|download now|donwload|request (?:info|information|more info|access|pricing)|see (?:plans|pricing)(?: (?:and|&) pricing)?|view (?:plans|pricing|demo|offer|deal)|(?:book|schedule) (?:a|your|an) (?:call|meeting|appointment|consultation|visit|table|room|viewing|tour))(?:\W*(?:free|now|today|it[’']s free|for free|book a demo|contact sales|request a demo|get started|watch (?:the )?demo|learn more|see pricing|log in|sign in|start (?:free )?trial|no credit card required|»|→)\W*)*)
    | (?-x:(?:add|added|adding|move|save)(?: (?:item|this|it|all|successfully))? to (?:your |my |the |shopping )?(?:cart|bag|basket|wish ?list|favou?rites|compare|order|trolley|registry|list|quote)|(?:view|go to|see|my|your|shopping|update|edit|empty|review)(?: (?:your|my|shopping|full))? (?:cart|bag|basket)(?: (?:is (?:currently )?empty|\(?\d+\)?|items?|total|checkout|&|and|subtotal|\W))*|your (?:shopping )?(?:cart|bag|basket) is (?:currently )?empty.*|(?:there are |you have )?(?:no|0|\d+) items? in (?:your|the) (?:shopping )?(?:cart|bag|basket)|no products in (?:the|your) cart|(?:item|product) added to (?:your )?(?:cart|bag|basket)|(?:start|continue) shopping|(?:ready to )?get started today|(?:proceed to|go to) checkout|check ?out (?:now|securely)|(?:gift|e-gift) (?:cards?|certificates?|vouchers?)|(?:out of stock|sold out|in stock|back in stock)(?: (?:notify me|online|e-?mail me))?|quick (?:view|shop|add|buy)|(?:free|fast)(?: (?:and|&|standard|ground|uk|us|domestic|next day|2-day|two-day|express|fast|free|easy))* (?:shipping|delivery|returns?)(?: (?:and|&) (?:easy |free )?returns)? (?:on|over|for|to|within|in the|when you|above|from|worldwide)(?: (?:and|&|free|easy|on|for|over|all|orders?|returns?|within|in the|to|the|usa?|uk|u\.s\.?|worldwide|when you spend|above|from|above|exchanges|details|learn more|[$€£]?\d[\d.,]*\+?|purchases?|of|\+|more|every|spend|us|uk|qualifying|domestic|items?|shop now))*|(?:get|take|save|enjoy|up to|extra|use code|sale|now)?\W*(?:an? |up to |an extra |extra )*\d+ ?% off(?: (?:your|first|order|purchase|all|orders?|everything|sitewide|site-wide|select|with|code|on|when|you|sign|up|for|our|e-?mails?|newsletter|today|now|and|free|shipping|entire|next|the|to|plus|sale|items|code:|use|\S?[A-Z0-9]{4,12}))*)
    )\W*$",
);

/// Disclosures and placeholders, by their opening.
static NOTE: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:\S+(?: \S+){0,3} )?(?:as an amazon(?: services llc)? associate|is a participant in the amazon services|amazon associates program)\b.*)
    | (?-x:(?:disclosure|disclaimer|full disclosure|advertis(?:er|ing) disclosure|affiliate disclosure)\W+.*\b(?:affiliates?|commissions?|sponsored|paid (?:media )?partner)\b.*|(?:note|heads up|please note)\W+.*\b(?:affiliate links?|(?:earn|receive|get) (?:a |\S+ )?(?:small )?commissions?)\b.*)
    | (?-x:(?:this|our|the|some of the|some|many of the|all|certain|product|any|most of the) (?:\S+ ){0,4}?(?:posts?|articles?|pages?|sites?|shop|links?|products?|blog|website|content|guide|stor(?:y|ies)|offers?|story|listings)\b.*\b(?:affiliate(?: (?:links?|partners?|program\S*|relationships?|tags|marketing))?|contains? sponsored|is sponsored by|was sponsored by|(?:has|have) been compensated by|in partnership with|compensat(?:es?|ion|ed)|partners? (?:who|that|from which))\b.*)
    | (?-x:(?:we(?:[’']re)?|our|all|everything|every product|\S+ editors|editors|products|\S+(?: \S+){0,3} (?:editors?|experts?|team|writers?)) (?:\S+ ){0,6}?(?:independently|carefully|hand-?pick\S*) (?:\S+ ){0,4}?(?:select\S*|review\S*|choos\S*|chosen|curat\S*|research\S*|test\S*|evaluat\S*|recommend\S*|pick\S*)\b.*\b(?:commission|buy|purchase|links?|affiliate|editors|linked|earn)\b.*)
    | (?-x:\S+(?: \S+){0,3} is (?:reader-supported|supported by (?:its|our) (?:readers|audience)|reader-funded)\b.*(?:when you|if you|we may|buy|click)\b.*)
    | (?-x:(?:this )?advertisement has not loaded.*|(?:please |kindly |we noticed |it looks like |looks like |you(?:[’']re| are| appear to be)|to support|support us)\b.*\b(?:ad[- ]?block(?:er|ing)?s?|block(?:ing)? (?:our )?ads|whitelist)\b.*|(?:why am i seeing|report|hide) (?:this|these) ads?.{0,20}|(?:the )?(?:views|opinions) expressed by (?:our )?advertisers.*|\S+(?: \S+){0,2} (?:relies|depends|rely|depend) on (?:revenue from )?(?:advertising|ads)\b.*)
    | (?-x:(?:offers?|discounts?|promotion|coupon|promo code|sale)(?: \S+){0,2}? (?:valid|ends?|expires?|cannot be combined)\b.*\b(?:only|while supplies|exclusions|combined|other offers|checkout|new customers|subscribers|participating|midnight|change|until)\b.*|use (?:promo |coupon |discount )?code (?-i:[A-Z0-9]{4,}) .*(?:\boff\b|\bsave\b|checkout|discount|free).*|(?:get|save|take|enjoy|receive) .{0,20}(?:\d+ ?%|[$€£]\d+) (?:off|on) (?:your (?:first|next|order|purchase)|when you (?:sign|join|subscribe|spend|order)|all orders|orders|sitewide|everything|with code)\b.*)
    | (?-x:(?:as an? |als )?amazon-?(?:partner|associate)\b.*|(?:bei|wenn|einige|die mit|diese|der artikel|dieser|wir|links|produkte|mit)\b.*\b(?:affiliate-?links?|provision|werbelinks?|partnerlinks?|provisions-?links?)\b.*|(?:cet|ce|certains|les|nous|en tant que)\b.*\b(?:liens? (?:d[’']affiliation|affiliés?|sponsorisés?)|commission)\b.*|(?:este|esta|si|algunos|los|como)\b.*\b(?:enlaces? (?:de )?afiliad?\S*|comisión|afiliados?)\b.*|(?:questo|alcuni|in qualità|se|i link)\b.*\b(?:link di affiliazione|affiliazione|commissione)\b.*)
    )$",
);

/// The site says that it earns on what readers buy …
static EARNS: Pattern = Pattern::new(
    r"^\W*(?-x:(?:\S+(?: \S+){0,9}? )?(?:we|i|us|site|page|post|article|blog|guide|website|links?|team|publisher|\S+\.com|magazine|content|if you|when you)\b.*\b(?:may|might|can|could|will|to|we|i|sometimes|do|does|us)(?: also| sometimes| then| \S+ly)? (?:earn|receive|get|make|be paid|collect|be compensated|contain|include)\b(?: \S+){0,3}? ?\b(?:commissions?|(?:affiliate|commissionable) (?:fees?|links?)|referral fees?|a (?:small )?(?:percentage|fee|portion|cut)|compensation|share of|revenue)\b)",
);

/// … and how: without one of these words it may be about a trade that lives on commissions.
static LINKS: Pattern = Pattern::new(
    r"\b(?-x:links?|affiliates?|amazon|partners|retailers?|merchants?|(?:no|without) (?:extra|additional|any)|supports? our|our site|this site|through (?:us|our))\b",
);

/// A price cut; on a page of offers it is the text.
static PERCENT: Pattern =
    Pattern::new(r"^\W*(?-x:(?:up to |an extra |extra |save )*\d+ ?% off)\W*$");

/// Single words, which may be headings of the text: only among lines of their kind.
static WORD: Pattern = Pattern::new(
    r"^\W*(?-x:advertisements?|advertising|advertise|advertisers?|sponsored|sponsors?|sponsorship|promoted|promotions?|promo|ads?|adverts?|classifieds?|learn more|get started|free shipping|free delivery|checkout|check out|cart|my cart|basket|wish ?list|deals|coupons|offers|affiliates?|media data|купить|comprar|acheter|acquista|commander|annonces?|annons|reklama?)\W*$",
);

/// A label that stands alone in the text and still can be nothing else.
static ALONE: Pattern = Pattern::new(
    r"^\W*(?-x:advertisements?|- ?anzeige ?-|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|реклама|广告|廣告|広告|إعلان|اعلان|advertentie|광고|sponsored)\W*$",
);

/// A heading that authors set over what they own up to.
static DISCLOSURE: Pattern = Pattern::new(r"^\W*(?:full\ )?disclosure\b");

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    if count <= 3 && ALONE.is_match(text) {
        cuts.line(page, index, Level::Safe);
    } else if count <= 3 && WORD.is_match(text) {
        if page.in_list(index) {
            cuts.line(page, index, Level::Safe);
        }
    } else if count <= 16 && BUTTON.is_match(text) {
        let level = if page.in_list(index) && !PERCENT.is_match(text) {
            Level::Safe
        } else {
            Level::Balanced
        };
        cuts.line(page, index, level);
    } else if count <= 16 && LABEL.is_match(text) {
        cuts.line(page, index, Level::Safe);
    } else if count <= 70 && (NOTE.is_match(text) || EARNS.is_match(text) && LINKS.is_match(text)) {
        // A long disclosure tells something of this very article, and many readers count it as a part of it.
        let level = if count <= 14 && !DISCLOSURE.is_match(text) {
            Level::Safe
        } else {
            Level::Balanced
        };
        cuts.line(page, index, level);
    }
}

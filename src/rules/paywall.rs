//! Paywalls and calls to buy a subscription to the publication.

use super::page::{Cuts, Page};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Paywalls and calls to buy a subscription to the publication.
pub static RULE: Rule = Rule {
    name: "paywall",
    category: Category::Account,
    doc: "Matches a line that says that the rest of the page is for subscribers, counts the free articles that are left, asks the \
reader to subscribe or to start a trial in order to read on, or sells the printed or digital edition.

It is put where the text breaks off, or around it, and speaks of the publisher's wares, not of the page's subject.

It errs where the offer is the page, as on a price list, and in guides that tell how a subscription works. Reports about \
subscribers, paywalls and prices stay.",
    cues: &[
        "subscri",
        "free article",
        "free stories",
        "premium",
        "free trial",
        "trial",
        "keep reading",
        "continue reading",
        "read the full",
        "read the rest",
        "full access",
        "unlimited access",
        "digital access",
        "all access",
        "all-access",
        "members only",
        "must have registered",
        "must be registered",
        "subscriptions",
        "member-only",
        "members-only",
        "for members",
        "to unlock",
        "unlock",
        "locked",
        "free to read",
        "paywall",
        "limited time",
        "gift subscription",
        "exclusive content",
        "article is for",
        "home delivery",
        "digital edition",
        "e-edition",
        "abo ",
        "abo-",
        "abonne",
        "abonnent",
        "abonné",
        "weiterlesen",
        "artikel lesen",
        "kostenlos testen",
        "réservé",
        "offre découverte",
        "lire la suite",
        "suscriptor",
        "suscríbete",
        "suscripción",
        "seguir leyendo",
        "assinante",
        "continue lendo",
        "abbonat",
        "continua a leggere",
        "подписчик",
        "подписк",
        "للمشتركين",
        "会员",
        "會員",
        "訂戶",
        "订阅",
        "有料会員",
        "会員限定",
        "有料記事",
        "続きを読む",
        "この記事は",
        "abonnees",
        "prenumerant",
        "prenumerera",
        "abonnenter",
        "prenumerat",
    ],
    check,
    examples: &[
        (
            Level::Safe,
            "The inspectors found rust in nine of the twelve cables.\n⟦This article is for subscribers only.\nSubscribe now to continue reading.\nAlready a subscriber? Log in\n⟧",
        ),
        (
            Level::Safe,
            "The inspectors found rust in nine of the twelve cables.\n⟦You have 2 free articles left this month.\nStart your free trial\nGet unlimited digital access for $1 a week.\n⟧",
        ),
        (
            Level::Safe,
            "⟦You've reached your limit of free articles.\n⟧The inspectors found rust in nine of the twelve cables.\n⟦To read the full story, subscribe or sign in.\n⟧",
        ),
        (
            Level::Safe,
            "Die Prüfer fanden Rost.\n⟦Dieser Artikel ist nur für Abonnenten zugänglich.\nJetzt Abo abschließen und weiterlesen\n⟧Les inspecteurs ont trouvé de la rouille.\n⟦Cet article est réservé aux abonnés.\n⟧",
        ),
        (
            Level::Safe,
            "Los inspectores hallaron óxido.\n⟦Este contenido es exclusivo para suscriptores.\n⟧Os inspetores acharam ferrugem.\n⟦Conteúdo exclusivo para assinantes\n⟧Gli ispettori hanno trovato ruggine.\n⟦Questo articolo è riservato agli abbonati.\n⟧",
        ),
        (
            Level::Safe,
            "Инспекторы нашли ржавчину.\n⟦Материал доступен только подписчикам.\n⟧检查员发现了锈迹。\n⟦本文仅限会员阅读\n⟧検査官は錆を見つけた。\n⟦この記事は有料会員限定です。\n⟧وجد المفتشون صدأ.\n⟦هذا المحتوى متاح للمشتركين فقط\n⟧",
        ),
    ],
    counter_examples: &[
        "The paper lost a third of its subscribers after it had raised the price.",
        "Subscribers pay nine euros a month, and the first month is free.",
        "The trial of the former mayor begins on Monday; continue reading the file before you judge him.",
        "You need a subscription to access all the lessons of the app.\nThis plan gives you access to the content with a subscription of nine euros.",
        "Este artículo del contrato registró cambios en la ley.\nDer Verlag verlangt für den Zugang zu jedem Artikel ein Abo.",
        "Subscription is from June 11 until June 17 with closing on July 7.",
        "A free trial is a poor way to learn what customers will pay.",
        "The club is for members only, and the doorman knows them all by name.",
        "Im Abo kostet das Heft vier Euro, am Kiosk fünf.",
    ],
};

/// Buttons and labels: the whole line.
static BUTTON: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:start|begin|try|get|claim|sign up for|activate|take|request)(?: (?:your|my|a|our|the|it|\S+))?(?: (?:free|risk-free|no-risk|\d+[- ](?:day|week|month)|\d+|days?|months?|weeks?))* ?(?:free )?trial(?: (?:now|today|here|subscription|for free|offer|schedule a demo|book a demo))*|free trial|try (?:it )?(?:free|for free|now for free|\d+ (?:days?|months?|weeks?) free)(?: (?:for|now|today|\d+ \S+))*)
    | (?-x:(?:subscribers?|members?|premium|registered users?|insiders?|plus)(?: (?:and|or|subscribers?|members?))*[- ](?:only|exclusive)(?: (?:content|article|story|access|stories))?|(?:for|exclusive (?:to|for)|exclusively for|only for|just for|reserved for|available (?:only )?(?:to|for)) (?:our |paid |registered |premium |paying |\S+ )?(?:subscribers?|members)(?: only)?|(?:subscriber|premium|registered|locked|paid|member|exclusive) (?:content|article|story|exclusive)|this (?:content|article|story|page|post) is (?:locked|premium|protected|subscriber[- ]only))
    | (?-x:(?:subscribe|subscription|subscriptions?|register)(?: (?:now|today|here|to|for|read|continue|keep|reading|unlock|more|articles?|full|unlimited|digital|access|the|this|story|print|edition|tablet|magazine|offers?|options|services?|required|from|only|just|and|save|\S?\d+\S*|or|log in|login|sign in|renew|give a gift|gift|a|week|month|per|give|home delivery|newspaper|your|our|online|issue|\||customer|manage|my|info|information|center|centre|department|rates|terms))+|(?:manage|renew|give|buy|gift|print|digital|online|corporate|group|student|magazine|newspaper|get a|view|my|your|cancel|purchase|order|upgrade)(?: (?:a|an|my|your|the|print|digital|gift|online|our|magazine|newspaper))* subscriptions?(?: (?:now|today|options|offers|rates|here|services?))*|(?:give|buy|send) (?:it |this )?(?:as )?(?:a )?gift(?: \(?subscription\)?| article| subscription)?|home delivery(?: (?:subscriptions?|\S+))?|subscriber (?:services?|cent(?:er|re)|benefits|log ?in|rewards|sign in|only|area|agreement|help|exclusives?))
    | (?-x:(?:get|unlock|for|enjoy|receive|subscribe for|\d+ \S+ of)? ?(?:full|unlimited|complete|instant|all[- ]|premium|ad-free|exclusive|free)? ?(?:digital |online |unlimited )?access(?: (?:now|today|to|for|the|this|our|all|full|site|archive|article|story|everything|just|only|\S?\d+\S*|a|per|week|month|year|and|premium|content|articles))*|unlock (?:this (?:article|story|content|post)|the full|more (?:articles|stories|content)|full|all (?:articles|content)|premium|unlimited)\b.{0,20}|(?:already (?:a )?(?:subscriber|subscribed|a subscriber)|not a subscriber(?: yet)?|existing subscriber|print subscriber|current subscriber)\W*(?:(?:log ?in|sign ?in|click here|activate|subscribe|activate (?:your )?(?:account|access)|here|now|today|login|link your account|or|get access)\W*)*|see (?:my|our|all|your) (?:subscription )?(?:options|offers|plans)|view (?:subscription )?(?:options|offers|plans)|(?:compare|choose)(?: (?:your|a|our))? (?:subscription|plans?)(?: options)?|cancel any ?time|(?:keep|continue) reading (?:with|for) (?:free|just|only|a|[$€£]?\d)\b.*|limited[- ]time offer\W*.*|best (?:offer|value|deal)\W*)
    # other languages
    | (?-x:(?:jetzt|zum|zu den|ihr|mein|das|\S+ ?\+?|digital-?|e-paper|f\+|plus)? ?(?:abo|abos|abonnement|abonnements|probeabo|digitalabo|abo-?shop|abo-?service|abo-?angebote|aboshop|aboservice|abonnent(?:en)?)(?: (?:abschließen|bestellen|kündigen|testen|verwalten|verschenken|und|weiterlesen|shop|angebote|service|kaufen|jetzt|sichern|lesen|entdecken|login))*|(?:jetzt )?(?:kostenlos|gratis|\S+ monate? (?:kostenlos|gratis|lang)?) ?(?:testen|lesen|probelesen|weiterlesen)|(?:jetzt )?(?:weiterlesen|artikel freischalten|freischalten)|bereits abonnent\b.{0,30}|sie haben (?:bereits |schon )?ein abo\b.*|nur für abonnenten|exklusiv für abonnenten|(?:plus|premium)[- ]artikel)
    | (?-x:réservé (?:à nos|aux) abonnés|article réservé aux abonnés|(?:déjà|pas encore|je suis) abonné\W*.*|(?:je m[’']abonne|s[’']abonner|abonnez[- ]vous|offrir un abonnement|nos offres d[’']abonnement|voir les offres|gérer (?:mon|votre) abonnement|abonnement|abonnements)(?: (?:à partir de|pour|dès) .{1,30}| maintenant| sans engagement| numérique)?|(?:profitez de )?(?:notre |l[’'])?(?:offre|essai) (?:gratuit|découverte|spéciale)\S*.{0,20})
    | (?-x:(?:contenido |solo |exclusivo |exclusiva |sólo )+(?:para )?(?:suscriptores|socios)|ya eres suscriptor\W*.{0,30}|(?:ver|elige tu) suscripción|ofertas de suscripción|(?:conteúdo |exclusivo |só )+(?:para )?assinantes|já (?:é|sou) assinante\W*.{0,30}|assine(?: já| agora)(?: .{1,30})?|(?:contenuto |riservato |solo |esclusivo )+(?:agli |per (?:gli )?)?abbonati|sei già abbonato\W*.{0,30}|abbonati (?:ora|subito|a .{1,20}))
    | (?-x:(?:оформить|купить|продлить) подписку|только для подписчиков|по подписке|للمشتركين فقط|اشترك الآن|(?:仅限|僅限)?(?:会员|會員|訂戶|订阅用户)(?:专享|專享|专属|限定|独享|專屬|可读)(?:文章|内容|內容)?|有料(?:会員限定|記事|会員)|会員限定(?:記事)?|この記事は(?:有料)?会員限定です.{0,10}|유료 ?(?:회원|구독자) ?전용)
    | (?-x:alleen voor abonnees|(?:word|neem een|al) abonnee?\S*.{0,20}|tylko dla (?:subskrybentów|prenumeratorów)|sadece aboneler(?:e|için)?|endast för prenumeranter|för prenumeranter|bli prenumerant|for abonnenter|kun for abonnenter|bli abonnent|kjøp abonnement|køb abonnement)
    )\W*$",
);

/// Sentences of the paywall, by their opening.
static PROMPT: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:this|the (?:full|rest of (?:the|this)|complete|remainder of this)|to (?:read|continue|keep|see|view|access|finish)|you(?:[’']ve| have| need| must|[’']re)|access to|all|these|our|sorry,? this|want to|ready to)\b.*\b(?:article|story|content|post|page|reading|feature|report|archive|access|stories|section|material)s?\b.*?\b(?:(?:is|are|has been)(?: \S+){0,4}? (?:for|to|by|reserved|restricted|exclusive)(?: \S+){0,4}? (?:subscribers|members|registered users|paid)|you must (?:be|have) registered|premium content|(?:log|sign) in or subscribe)\b.*)
    | (?-x:(?:this|the full|the rest of (?:the|this)|to (?:read|continue|keep|see|view|finish)|want to|ready to|you need)\b.*\b(?:article|story|post|reading|stories|full text)\b.*\b(?:subscribe|subscription|become a (?:member|subscriber)|start (?:a|your) (?:free )?(?:trial|subscription)|requires? (?:a )?(?:registration|membership))\b.*)
    | (?-x:you(?:[’']ve| have|[’']re| can)(?: only| now| already)? (?:\S+ ){0,3}?(?:\d+|one|two|three|four|five|no|reached|read|used|viewed|hit|exceeded|run out)\b.*\b(?:free|complimentary|remaining|monthly|limit)\b.{0,20}\b(?:articles?|stories|story|views?|limit|month|reads?)\b.*)
    | (?-x:(?:please )?(?:subscribe|sign up|register|log ?in|sign ?in|become a (?:member|subscriber)|join)\b.*\b(?:to|and) (?:(?:continue|keep|finish) reading|read (?:the full|this|more|full|all|our|unlimited|every)|view the full)\b.*)
    | (?-x:(?:please )?(?:subscribe|become a subscriber)\b.*\b(?:to|and) (?:unlock|(?:get|gain|have|enjoy|receive)(?: \S+){0,4}? (?:access|unlimited|every article|all articles)|access (?:the|this|all|full|our|premium|every|exclusive)|view (?:the|this) (?:full|rest|article))\b.*)
    | (?-x:(?:subscribe|subscriptions?)\b.*(?:\b(?:for (?:just|only|as little as)|from|save|and save|now for|today for)\b.{0,30}(?:[$€£]\d|\d+ ?[%¢€]).*|\bto (?:the )?(?:print|digital|tablet|magazine|e-?edition|our premium|premium|full|daily|sunday)\b.*))
    | (?-x:(?:if you are|if you[’']re|are you)\b.{0,30}\b(?:subscriber|home delivery)\b.*\b(?:access|activate|log ?in|sign ?in|included|free|click|unlimited|subscription)\b.*|(?:already|existing|current) (?:a )?(?:print |digital |home delivery )?(?:subscriber|member)s?\b.*\b(?:log ?in|sign ?in|activate|click|access)\b.*|(?:print|digital|home delivery|seven-day|magazine) subscribers?\b.{0,30}\b(?:get|receive|have|enjoy|can|activate|include\S*)\b.{0,20}\b(?:access|activate|account|digital|online|free)\b.*)
    | (?-x:or purchase a paid subscription.{0,20}|.*\bsubscribers? (?:can|have access to|get access to|read) .{0,20}(?:this|the full|our) (?:article|story|archive|content).*|not a subscriber\?.*|this post is for (?:paid|paying) subscribers.{0,30}|(?:the )?remaining (?:content|part of this article|\d+ ?%).*(?:subscri|member|register)\S*.*)
    # other languages
    | (?-x:(?:dieser|diesen|um (?:diesen|den|weiter)|sie haben|mit (?:einem|ihrem|unserem)|weiter|lesen sie|testen sie|jetzt)\b.*\b(?:artikel|inhalt|beitrag|text|weiterlesen|lesen|zugang|zugriff|inhalte)\b.*(?:\b(?:abonnenten|abo|abonnement|digitalabo|plus-?abo|probeabo|kostenpflichtig|registrier\S*|freischalten|premium-?inhalt)\b).*)
    | (?-x:(?:cet|ce|la suite|pour lire|il vous reste|l[’']accès|lisez|vous avez|accédez|abonnez-vous|profitez)\b.*\b(?:article|contenu|lire|lecture|site|illimité)\b.*\b(?:abonn\S+|réservée?s?|accès illimité|abonnement|payant)\b.*|abonnez[- ]vous (?:pour|à partir|dès|et)\b.*)
    | (?-x:(?:este|esta|para|contenido|has|suscríbete|accede|hazte)\b.*\b(?:artículo|contenido|leyendo|leer|noticia|noticias|ilimitado|lectura)\b.*\b(?:suscriptores|suscríb\S+|suscrib\S+|hazte socio)\b.*|suscríbete para (?:seguir|continuar|leer)\b.*)
    | (?-x:(?:este|esta|para|assine|conteúdo|você|continue)\b.*\b(?:conteúdo|matéria|artigo|lendo|ler|reportagem|ilimitado)\b.*\b(?:assinantes?|assine)\b.*|(?:questo|per|il|continua|abbonati|leggi)\b.*\b(?:articolo|contenuto|leggere|lettura|notizia)\b.*\b(?:abbonat[io]\S*|abbonament\S+)\b.*)
    | (?-x:(?:этот|эта|материал|статья|чтобы|полный|доступ|дочитать|читать)\b.*(?:подписчик|подписк|подпишитесь).*|هذا (?:المحتوى|المقال).{0,30}للمشتركين.{0,30}|.{0,12}(?:本文|全文|文章|内容|內容|此文).{0,12}(?:会员|會員|订阅|訂閱|訂戶|付费).{0,8}(?:阅读|閱讀|专享|可读|可閱|查看).{0,12}|.{0,20}(?:この記事|続きを(?:読む|お読み)|残り).{0,20}(?:有料|会員|購読|ログイン).{0,30}|.{0,20}(?:기사|콘텐츠).{0,10}(?:유료|구독자|회원) ?(?:전용|만).{0,20})
    | (?-x:(?:dit artikel|deze inhoud|wil je|verder lezen)\b.*\babonnee?s?\b.*|(?:den här|denne|dette|for å|för att)\b.*\b(?:artikel\S*|artikkel\S*|lese|läsa)\b.*\b(?:prenumer\S+|abonne\S+)\b.*|(?:ten|ta|dostęp|czytaj)\b.*\b(?:artykuł|treść|dalej|treści)\b.*\b(?:subskry\S+|prenumer\S+)\b.*)
    )$",
);

/// Offers in the imperative. A comparison of services quotes such offers too.
static OFFER: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:get|enjoy|unlock|start|try|save|subscribe|access|receive|read|pay|choose)\b.*\b(?:unlimited|full|digital|complete|all[- ]|online|premium|exclusive|home delivery|newsstand|cover|ad-free|subscription)\b.*\b(?:access|content|edition|articles?|price|journalism|reading|subscription|delivery)\b.{0,30}(?:\b(?:for (?:just|only|as little|free|\S?\d)|(?:[$€£]|only|just) ?\d+|%|today|now|a (?:week|month|year|day)|per (?:week|month|year)|cancel any ?time|off|trial)(?:\b|\W).*))
    | (?-x:(?:try|enjoy|start with) .*\b(?:free|\d+ (?:days|weeks|months))\b.{0,30}\b(?:trial|subscription|digital access)\b.*)
    )$",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    if (count <= 12 && BUTTON.is_match(text)) || (count <= 50 && PROMPT.is_match(text)) {
        cuts.line(page, index, Level::Safe);
    } else if count <= 40 && OFFER.is_match(text) {
        cuts.line(page, index, Level::Balanced);
    }
}

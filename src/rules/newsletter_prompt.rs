//! Calls to subscribe to a newsletter, a mailing list or a feed.

use super::page::{Cuts, Page};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Calls to subscribe to a newsletter, a mailing list or a feed.
pub static RULE: Rule = Rule {
    name: "newsletter-prompt",
    category: Category::Newsletter,
    doc: "Matches a line that asks the reader to subscribe to the site's newsletter, mailing list, alerts or feed, and the form \
around it: the field for the address, the note on privacy and on how to unsubscribe, the thanks and the errors of the form.

It is an invitation that the site prints under everything it publishes.

It errs where a text teaches how to write such calls and quotes one on a line of its own, and where the newsletter is what the \
page is about and is offered on it. A sentence that merely speaks of a newsletter or of subscribers stays.",
    cues: &[
        "newsletter",
        "e-letter",
        "eletter",
        "mailing list",
        "maillist",
        "subscri",
        "sign up",
        "sign-up",
        "signup",
        "signing up",
        "sign me up",
        "news updates",
        "alerts",
        "inbox",
        "in-box",
        "email update",
        "email alert",
        "e-mail alert",
        "news alert",
        "email address",
        "e-mail address",
        "your email",
        "your e-mail",
        "by email",
        "by e-mail",
        "via email",
        "rss",
        "feed",
        "respect your privacy",
        "no spam",
        "spam",
        "abonnieren",
        "e-mail-adresse",
        "abonnez",
        "s'abonner",
        "s’abonner",
        "inscrivez",
        "je m'inscris",
        "lettre d",
        "infolettre",
        "suscr",
        "boletín",
        "boletines",
        "correo electrónico",
        "inscreva",
        "assine",
        "assinar",
        "boletim",
        "seu e-mail",
        "iscriviti",
        "iscrizione",
        "подпис",
        "рассылк",
        "النشرة",
        "اشترك",
        "البريد",
        "订阅",
        "訂閱",
        "电子报",
        "電子報",
        "メルマガ",
        "メールマガジン",
        "ニュースレター",
        "購読",
        "nieuwsbrief",
        "aanmelden",
        "nyhetsbrev",
        "nyhedsbrev",
        "bülten",
        "뉴스레터",
        "구독",
        "zapisz się",
    ],
    check,
    examples: &[
        (
            Level::Safe,
            "The mine closes in June.\n⟦Sign up for our weekly newsletter and never miss a story.\nEnter your email address\nWe respect your privacy. Unsubscribe at any time.\n⟧",
        ),
        (
            Level::Safe,
            "⟦Join the Harbour Watch mailing list\n⟧Nine ships lay at anchor.\n⟦Get the best of our reporting delivered straight to your inbox every Friday.\n⟧",
        ),
        (
            Level::Safe,
            "Nine ships lay at anchor.\n⟦Subscribe to our RSS feed\nThanks for signing up!\nPlease enter a valid email address\n⟧",
        ),
        (
            Level::Safe,
            "Neun Schiffe lagen vor Anker.\n⟦Jetzt unseren Newsletter abonnieren\nMelden Sie sich für unseren Newsletter an und verpassen Sie nichts mehr.\n⟧Neuf navires étaient à l'ancre.\n⟦Inscrivez-vous à notre newsletter\n⟧",
        ),
        (
            Level::Safe,
            "Nueve barcos estaban anclados.\n⟦Suscríbete a nuestro boletín\n⟧Nove navios estavam ancorados.\n⟦Assine a nossa newsletter e receba as notícias no seu e-mail.\n⟧Nove navi erano all'ancora.\n⟦Iscriviti alla newsletter\n⟧",
        ),
        (
            Level::Safe,
            "Девять судов стояли на якоре.\n⟦Подпишитесь на нашу рассылку\n⟧九艘船停泊在港口。\n⟦订阅我们的电子报\n⟧九隻の船が停泊していた。\n⟦メールマガジンに登録する\n⟧رست تسع سفن.\n⟦اشترك في النشرة البريدية\n⟧",
        ),
        (
            Level::Balanced,
            "Nine ships lay at anchor in the bay, and none of them has paid its harbour dues.⟦ Sign up for our morning newsletter here.⟧",
        ),
    ],
    counter_examples: &[
        "The newsletter was started by two teachers in 1978 and still comes out four times a year.",
        "Sign up for the evening class at the town hall; bring an apron.",
        "Gaining subscribers takes time and hard work.\nThe company signed up two million new subscribers in the spring.",
        "Click the link in your inbox, then choose a password of at least twelve characters.",
        "He subscribes to the view that prices will fall.",
        "Sie abonnierte die Zeitung, bis der Verlag den Preis verdoppelte.",
        "We send the newsletter to your inbox only after an editor has read it twice, she told the court.",
        "The messages in your inbox are sorted by date.\nYou may opt out of the pension scheme at any time.",
        "Sign up for price alerts so you know when fares drop.\nSubscribe to the newsletters of your favourite brands for coupons.\nA confirmation link will be sent directly to your inbox.",
        "Jetzt hat die Firma ihren Newsletter eingestellt.\nRecibe un correo de su hermana y sale de viaje.\nEn cliquant sur le bouton, vous ouvrez la page.",
        "To leave the list, send mail with this in the body:\nunsubscribe ships-l",
        "subscribe ships-l Ellen Marsh to listserv at the harbour office",
        "(You can subscribe to the Harbour News by sending e-mail to news@harbour.example)",
        "subscribe\nplease put me on the list, my address is below.",
        "Please subscribe me to this mailing list",
        "You want to manage multiple mailing lists\nThe mailing list was founded by a dozen astronomers.",
    ],
};

/// Buttons, headings and fields of the form: the whole line.
static BUTTON: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:\S+ )?(?:e-?mail |free |daily |weekly |monthly |our |the |your |e-?)*newsletters?(?: ?(?:sign[- ]?up|signup|subscription|subscribe|registration|archive|form|preferences|settings|anmeldung|abonnieren|bestellen))(?: \(\S+ form\))?)
    | (?-x:(?:(?:email|e-mail|rss|feed|free|daily|weekly|our|breaking|news|blog|newsletter|all|see all) )+(?:subscriptions?|sign[- ]?up|updates|alerts|notifications|subscribe|newsletters?|e-?newsletters?)|(?:get|receive) (?:e-?mail |news |our |free |the )?(?:alerts|updates|newsletters?)(?: (?:by|via|in your) (?:e-?mail|inbox))?)
    | (?-x:(?:subscribe|sign[- ]?up|signup|register|follow)(?: now| today| here| free)? (?:to|for|by|via|in|with) (?:our |the |my |this |his |your |a |an |us |free |all |latest |site |blog(?:['’]s)? |main |new )*(?:\S+ ){0,2}?(?:newsletters?|e-?newsletters?|e-?letter|e-?news|e-?zine|mailing lists?|rss|(?:rss|xml|atom|news|blog|main|site) ?feeds?|feeds?|podcast feed|e-?mail(?: (?:updates|alerts|newsletters?|lists?|notifications|list|news))?|updates|news alerts|alerts|posts|reader|comments by e-?mail|feedburner|blog via e-?mail)(?: (?:now|today|here|via e-?mail|by e-?mail|for free|from:?))*)
    | (?-x:(?:join|get|read|try) (?:our|the|my) (?:\S+ ){0,4}?(?:newsletters?|mailing list|e-?mail list|maillist|e-?newsletter|e-?news)(?: (?:now|today|here|community))?)
    | (?-x:(?:please )?(?:enter|type|your|add|provide|submit) (?:in )?(?:your |you |an )?(?:valid |best |work |business |personal |own |primary )?e-?mail(?: address)?(?: (?:here|below|\(required\)|to subscribe|to continue|address here))*|e-?mail address(?: \(?required\)?)?|your e-?mail(?: address)?|(?:please )?enter a valid e-?mail(?: address)?)
    | (?-x:(?:thank you|thanks|success)(?: so much)?[!,.]?(?: for)? (?:you(?:['’]re| are| have) )?(?:now )?(?:subscrib|sign)(?:ing|ed)(?: up)?(?: (?:to|for) our newsletter)?|you(?:['’]re| are| have)(?: been)? (?:now |already |successfully )*(?:subscribed|signed up)(?: to our newsletter)?)
    | (?-x:(?:we (?:respect|value|protect|take) your privacy(?: seriously)?\W*)?(?:no spam(?:, ever|, unsubscribe (?:at )?any ?time)?|we (?:hate|never|don[’']t|won[’']t|do not|will never) (?:send )?spam(?: (?:you|either|too))*|unsubscribe(?: at)? any ?time|you can unsubscribe(?: at)? any ?time|unsubscribe anytime with one click|100% privacy)|we respect your privacy|no thanks|delivered by feedburner|subscription options|(?:subscribe )?rss(?: (?:&|and))?(?: (?:news )?feeds?| headlines| news)?(?: subscribe)?|(?:print|home|contact) subscribe|(?:what is|what['’]s) rss|(?:entries|posts|comments|full|site) ?\(?rss\)?(?: and comments \(?rss\)?| feed)?|follow by e-?mail|(?:subscribe )?(?:by|via) (?:rss|e-?mail)|subscribe (?:rss|in a reader|via rss(?: feed)?)|syndicate this site(?: \(xml\))?|unsubscribe|subscribed|subscribe|subscribe (?:now|today|here|free|for free|for updates)|sign me up|yes,? sign me up|count me in|subscribe subscribed|news alerts by e-?mail\W*(?:click here)?|create your own rss)
    # other languages
    | (?-x:(?:jetzt |hier |kostenlos |zum |zu |unseren? |den |unser |kostenlosen )*newsletter(?:[- ]anmeldung| (?:jetzt )?(?:abonnieren|bestellen|anmelden)|archiv|-abo|s)?|(?:jetzt |kostenlos )+abonnieren|(?:deine|ihre) e-?mail(?:-?adresse)?|e-?mail-?adresse(?: eingeben)?)
    | (?-x:(?:s[’']abonner|abonnez[- ]vous|s[’']inscrire|inscrivez[- ]vous|inscription)(?: (?:gratuitement )?(?:à|aux) (?:la |notre |nos |l[’']|toutes nos )?(?:newsletters?(?: \S+)?|lettres? d[’']information|infolettre|alertes?))?|(?:nos|la|les|votre|lettre d[’']) ?(?:newsletters?|information|infolettre)|votre (?:adresse )?e-?mail|je m[’'](?:inscris|abonne))
    | (?-x:(?:suscr[ií]b(?:ete|ase|irse|irme|e)|suscripción|recibe|regístrate)(?: (?:a |al |en |gratis )*(?:nuestr[oa]s? |la |el |los )?(?:newsletters?|bolet(?:ín|ines)(?: (?:de noticias|informativo|semanal))?))?|boletín(?:es)?(?: de noticias)?|(?:tu|su|escribe tu) (?:correo(?: electrónico)?|e-?mail))
    | (?-x:(?:assine|inscreva-se|subscreva|cadastre-se|assinar|receba)(?: (?:(?:a|o|na|em|à|as|nas) )?(?:nossas? |nosso )?(?:newsletters?|boletim|boletins))?|(?:seu|o seu|digite seu) e-?mail)
    | (?-x:(?:iscriviti|abbonati|iscrizione|registrati|ricevi)(?: (?:subito |ora |gratis )?(?:alla|la|alle|le) (?:nostr[ae] )?newsletter)?|la tua e-?mail|il tuo indirizzo e-?mail)
    | (?-x:подпи(?:саться|шитесь|ска|шись)(?: на (?:нашу |наши |наш |новости|обновления|e-?mail[- ]?)?(?:рассылк[уи]|новости|обновления)?)?|ваш e-?mail)
    | (?-x:(?:اشترك|اشتركوا|سجل)(?: الآن)?(?: (?:في|معنا))?(?: (?:النشرة|نشرتنا|القائمة)(?: (?:البريدية|الإخبارية))?)?|النشرة (?:البريدية|الإخبارية)|بريدك الإلكتروني)
    | (?-x:(?:立即|免费|免費)?(?:订阅|訂閱)(?:我们的|我們的|我们|我們)?(?:电子报|電子報|新闻通讯|邮件|通讯|newsletter)?|(?:メールマガジン|メルマガ|ニュースレター)(?:に|の|を|へ)?(?:登録|購読|配信)?(?:する|はこちら|申し込み|申込|登録)?|(?:무료 )?(?:뉴스레터 ?)?구독(?:하기|신청)|뉴스레터)
    | (?-x:(?:schrijf je in|meld je aan|aanmelden|inschrijven)(?: voor (?:de|onze|het) (?:gratis )?nieuwsbrief)?|(?:de |onze )?nieuwsbrie(?:f|ven)|(?:zapisz się|zapisz się na|subskrybuj)(?: (?:do )?(?:nasz(?:ego)? )?newslettera?)?|(?:e-?)?bülten(?:e|imize)?(?: (?:abone ol|üyeliği|kaydol))?|(?:prenumerera på |tilmeld (?:dig )?|meld deg på |anmäl dig till )?(?:vårt |vores |vårt |nyheds|nyhets)+(?:bre[vf](?:et)?))
    )\W*$",
);

/// Sentences of the prompt, by their opening.
static PROMPT: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:(?:[^:.!?]{3,}: ?|don[’']t miss (?:out|a \S+|any\S*|it|the \S+)|stay (?:informed|connected|updated|up to date|up-to-date|in the (?:know|loop))|(?:want|like|love|enjoy)\S* .{3,}\?|get .{3,}[.!]|keep up to date.*|join .{3,}[.!]|be the first to know|interested in more \S+\?|(?:please )?click here to|(?:please|simply|to get .{3,},|to receive .{3,},|to stay .{3,},|for more .{3,},|if you (?:like|liked|enjoy|enjoyed|find|found|want|would like) .{3,},?(?: please| then make sure you| you can| then)?|make sure (?:you|to)|you can(?: also)?|you may also|be sure to|remember to|sign in or|not a subscriber\?|why not))\W* )?(?:please )?(?:subscribe|sign[- ]?up|signup|opt in)\b(?: \S+){0,6}? (?:to|for|by|via|in|with|and (?:get|receive)|below|here|using|now|today) ?(?:\S+ ){0,8}?(?:newsletters?|e-?newsletters?|e-?letters?|e-?zine|mailing list|e-?mail(?:s|ed)?|inbox|in-?box|rss|feeds?|alerts|updates|briefing|bulletin|digest|new posts)\b.*)
    | (?-x:(?:please )?(?:join|get on|add (?:me|yourself) to|be added to) (?:the |our |my |this )(?:\S+ ){0,6}?(?:mailing list|e-?mail list|newsletter|list-?serv|email community)\b.*)
    | (?-x:(?:get|receive|discover|enjoy|want|we(?:['’]ll| will) (?:send|deliver|email)) (?:.{2,} )?(?:to|in|into) your (?:e-?mail )?(?:inbox|in-?box|mailbox)\b[^.!?]*[.!?]?(?: (?:sign up|subscribe|click|enter|it[’']s free|unsubscribe|you can|free|no spam|join|by)\b.*)?)
    | (?-x:[^.!?]{2,} (?:delivered|sent|emailed|straight|directly|direct|right)(?: \S+){0,3}? (?:to|in|into) your (?:e-?mail )?(?:inbox|in-?box|mailbox|e-?mail)\b[^.!?]*[.!?]?(?: (?:sign up|subscribe|click|enter|it[’']s free|unsubscribe|free|no spam|join|by|you)\b.*)?)
    | (?-x:(?:get|receive) (?:.{2,} )?(?:e-?mail (?:updates|alerts|notifications)|(?:free |our |daily |weekly |monthly )+(?:e-?)?newsletters?|news alerts|every new post|notifications? of new posts|new posts)\b.*)
    | (?-x:(?:please )?(?:enter|provide|submit|type|fill in|leave) (?:in )?you(?:r)? (?:\S+ ){0,3}?(?:e-?mail|details)(?: address)? .*\b(?:subscri\S*|newsletter|sign up|receive|notif\S*|updates|alerts|mailing list|below|follow|box|weekly|daily|latest)\b.*)
    | (?-x:(?:by (?:subscribing|signing up|submitting|clicking|providing|entering|registering|joining|checking|completing|sharing|continuing))\b.*\b(?:you|i) (?:\S+ ){0,3}?(?:agree|consent|accept|acknowledge|confirm|are agreeing|opt)\S*\b.*)
    | (?-x:(?:you (?:can|may) (?:also )?(?:always )?|you are free to |to |please |click here to )?(?:unsubscribe|opt[- ]out of (?:our|these|receiving|marketing|all) (?:\S+ ){0,2}?e?-?(?:mails?|messages|communications))\b.*)
    | (?-x:we(?:['’]ll| will|['’]d)? (?:never|not|won[’']t|don[’']t|do not|respect|value|hate|promise)\b.*\b(?:spam|your (?:e-?mail|privacy|inbox))\b.*)
    | (?-x:your (?:e-?mail(?: address)?|subscription|submission)\b.*\b(?:is safe|(?:will )?(?:never|not)\b.*\b(?:shared|sold|spam|rent\S*)|will only be used|is being processed|has been (?:received|confirmed|successful)|will be used to send|safe with us)\b.*)
    | (?-x:(?:please |great! |almost (?:there|done)[!.]? |thank\S*(?: you)?(?: for \S+(?: \S+)?)?[!.]? |success[!.]? |now )+(?:check|confirm) your (?:e-?mail|inbox|in-?box|spam|subscription|address)\b.*\b(?:subscri\S*|confirm\S*|newsletter|spam)\b.*)
    | (?-x:(?:thank you|thanks) for (?:subscribing|signing up|joining (?:our|the) (?:mailing list|newsletter)|your (?:subscription|interest in our newsletter))\b.*)
    | (?-x:(?:oops|sorry, (?:there|something|we)|error!|there was an error|we encountered an (?:issue|error)|something went wrong|an error occurred)\b.*\b(?:subscri\S*|sign(?:ing)? you up|submitting)\b.*)
    | (?-x:(?:you can follow this (?:conversation|blog|discussion)|subscribe to this|subscribe to follow|receive latest|add to any feed|click here to (?:subscribe|sign up|join))\b.*)
    | (?-x:(?:newsletter:|daily newsletter:|free newsletter:|our (?:free )?(?:\S+ )?newsletter)\b.*\b(?:delivers?|delivered|brings?|sent|sign up|subscribe|breaks down)\b.*)
    | (?-x:(?:\S+ ){0,2}join(?:ing)? (?:over |more than |the )?[\d,.]+\+?(?: ?[km])?(?: \S+)?(?: other)? (?:subscribers?|readers?|followers?|insiders?)\b.*)
    # other languages
    | (?-x:(?:melden sie sich|melde dich|abonnieren sie|abonniere|bestellen sie|erhalten sie|erhalte|tragen sie sich|verpassen sie|bleiben sie|mit unserem|unser)\b.*\bnewsletter\b.*|(?:jetzt|hier|kostenlos)\b.*\bnewsletter\b.{0,20}\b(?:abonnieren|anmelden|bestellen|eintragen|sichern|registrieren|lesen)\b.*|nie mehr\b.*\babonnieren sie\b.*|(?:.* )?(?:direkt|kostenlos|täglich|bequem) in (?:ihr|dein)(?:em)? (?:e-?mail-?)?postfach\b.*|ich (?:möchte|will|bin)\b.*\bnewsletter\b.*|(?:die|sie können (?:sich|den)|eine|der) (?:abmeldung|newsletter|jederzeit)\b.*\b(?:abmeld\S*|abbestell\S*)\b.*)
    | (?-x:(?:inscrivez[- ]vous|abonnez[- ]vous|recevez|recevoir|pour recevoir|restez|s[’']inscrire)\b.*\b(?:newsletters?|lettres? d[’']information|infolettre|e-?mail|boîte mail|par mail)\b.*|en (?:vous inscrivant|cliquant|validant)\b.*\b(?:acceptez|consentez|newsletter)\b.*|vous pouvez (?:à tout moment )?vous désinscrire\b.*)
    | (?-x:(?:suscr[ií]b(?:ete|ase|irse|irme)|apúntate|recibe|recibir|regístrate|reciba|quiero recibir)\b.*\b(?:newsletter|boletín|boletines|en (?:tu|su) (?:correo|e-?mail))\b.*)
    | (?-x:(?:assine|inscreva-se|cadastre-se|receba|subscreva|fique por dentro|quer receber)\b.*\b(?:newsletter|boletim|boletins|e-?mail|notícias)\b.*)
    | (?-x:(?:iscriviti|ricevi|registrati|rimani aggiornato|resta aggiornato|vuoi ricevere)\b.*\b(?:newsletter|e-?mail|posta)\b.*)
    | (?-x:(?:подпишитесь|подпишись|подписывайтесь|получайте|оформите|хотите получать)\b.*(?:рассылк|подписк|почт|новост|канал|telegram|телеграм|e-?mail).*)
    | (?-x:(?:اشترك|اشتركوا|سجل|سجّل|احصل|للاشتراك|انضم)\b.*(?:النشرة|نشرتنا|القائمة البريدية|بريدك).*)
    | (?-x:.{0,20}(?:订阅|訂閱).{0,12}(?:电子报|電子報|新闻通讯|邮件|通讯|周刊|週報).{0,30}|.{0,30}(?:メールマガジン|メルマガ|ニュースレター).{0,12}(?:登録|購読|お届け|配信).{0,30}|.{0,30}뉴스레터.{0,12}(?:구독|신청|받아).{0,30})
    | (?-x:(?:schrijf je|meld je|ontvang|blijf)\b.*\bnieuwsbrief\b.*|(?:zapisz się|otrzymuj)\b.*\b(?:newsletter\S*|e-?mail)\b.*|(?:prenumerera|anmäl dig|få|tilmeld|meld deg|modtag|motta)\b.*\b(?:nyhetsbrev|nyhedsbrev)\S*\b.*|.*\b(?:bülten\S*)\b.{0,20}\b(?:abone|kaydol|üye)\S*\b.*)
    )$",
);

/// Advice on other people's newsletters and alerts, and instructions in which something arrives by mail.
static ADVICE: Pattern = Pattern::new(
    r"\b(?-x:their|your (?:favou?rite|bank|local|airline|council|own)|his|its|brands|(?:price|fare|job|google|flight|bank|fraud) alerts|(?:confirmation|verification|activation|download|reset) (?:link|code|e-?mail|message)|invoice|receipt|tickets? (?:will|is|are))\b",
);

/// A call glued to the end of a paragraph, from its own sentence on.
static TAIL: Pattern = Pattern::new(
    r"[.!?…][”’\x22')]*\s+(?P<cut>(?-x:(?:please |click here to |to receive [^.!?]{3,}, |for more [^.!?]{3,}, )?(?:sign[- ]?up|subscribe)\b[^.!?]*\b(?:to|for) (?:our|the|my)\b[^.!?]*\b(?:newsletters?|mailing list|e-?mail alerts|e-?mail updates|rss feed)\b[^.!?]*)[.!]?)$",
);

/// A prompt in one line, with its reasons and its small print, is no longer than this; longer lines are articles.
const PROMPT_WORDS: usize = 70;

/// A mail address, a list server, or one who asks to be put on a list.
static ADDRESS: Pattern = Pattern::new(r"(?: \w@\w | \blistserv\b | \bsubscribe\ me\b )");

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    // A command or an address is something to send mail with; the reader cannot do it without this line.
    if ADDRESS.is_match(text) {
        return;
    }
    if (count <= 14 && BUTTON.is_match(text))
        || (count <= PROMPT_WORDS && PROMPT.is_match(text) && !ADVICE.is_match(text))
    {
        cuts.line(page, index, Level::Safe);
    } else if let Some(part) = TAIL.cut(text) {
        cuts.part(page, index, part, Level::Balanced);
    }
}

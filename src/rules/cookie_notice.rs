//! Cookie and consent notices.

use super::page::{Cuts, Page};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Cookie and consent notices.
pub static RULE: Rule = Rule {
    name: "cookie-notice",
    category: Category::Cookie,
    doc: "Matches a line that says, in the voice of a site, that it uses cookies or asks for consent to them, the explanations \
and tables that consent tools print (cookie classes, purposes of the advertising industry's framework), and the buttons below \
them: accept all, manage consent, do not sell my personal information.

It is the banner of the site, laid over every page; it says nothing about the page's subject, and the same words stand on \
thousands of sites.

It errs on pages that are themselves about cookies when they speak in the first person of a site: a cookie policy, a tutorial \
that quotes a banner. Cookies as biscuits or as a subject of news stay.",
    cues: &[
        "cookie",
        "consent",
        "kakor",
        "çerez",
        "куки",
        "クッキー",
        "쿠키",
        "تعريف الارتباط",
        "ciastecz",
        "informasjonskapsler",
        "accept all",
        "reject all",
        "always active",
        "always enabled",
        "technical storage or access",
        "your privacy",
        "privacy choices",
        "privacy rights",
        "privacy overview",
        "privacy preference",
        "sell my",
        "share my",
        "not sell",
        "sensitive personal",
        "information on a device",
        "personalised",
        "personalized",
        "limited data",
        "privatsphäre",
        "einwilligung",
        "akzeptieren",
        "ablehnen",
        "accepter",
        "refuser",
        "vie privée",
        "aceptar",
        "rechazar",
        "aceitar",
        "rejeitar",
        "accetta",
        "rifiuta",
        "save & accept",
        "manage preferences",
        "manage options",
        "zustimmen",
        "tout accepter",
        "принять все",
        "全部接受",
        "接受所有",
        "同意して",
    ],
    check,
    examples: &[
        (
            Level::Safe,
            "The vote is on Friday.\n⟦We use cookies to improve your experience. By continuing to browse you agree to our use of cookies.\n⟧Turnout was low in the spring.",
        ),
        (
            Level::Safe,
            "⟦This website uses cookies so that it can remember what is in your basket.\nAccept all\nReject all\nCookie settings\n⟧The ferry to the island sails twice a day in winter.",
        ),
        (
            Level::Safe,
            "Das Museum öffnet um zehn Uhr.\n⟦Diese Website verwendet Cookies, um Ihren Besuch angenehmer zu machen.\nAlle akzeptieren\nCookie-Einstellungen\n⟧",
        ),
        (
            Level::Safe,
            "Le pont sera fermé tout l'été.\n⟦En poursuivant votre navigation, vous acceptez le dépôt de cookies destinés à mesurer l'audience.\nTout refuser\n⟧Les travaux coûtent deux millions.",
        ),
        (
            Level::Safe,
            "⟦Utilizamos cookies propias y de terceros para analizar la navegación.\n⟧La cosecha de este año fue buena.\n⟦Utilizziamo i cookie per migliorare i nostri servizi.\n⟧",
        ),
        (
            Level::Safe,
            "Мост откроют в мае.\n⟦Мы используем файлы cookie, чтобы сайт работал лучше.\n⟧橋は五月に開通する。\n⟦当サイトではクッキーを使用しています。\n⟧桥梁五月通车。\n⟦本网站使用Cookie来改善您的体验。\n⟧",
        ),
        (
            Level::Safe,
            "Rainfall was twice the usual amount.\n⟦Performance cookies are used to learn how visitors move about the website.\n_visits 2 years This cookie is set by the statistics service.\nDo Not Sell or Share My Personal Information\n⟧",
        ),
    ],
    counter_examples: &[
        "The regulator fined the shop because it used cookies without asking its visitors first.",
        "Accept all the help you can get.\nWe use butter in our cookies, never margarine.",
        "We use brown sugar in our cookies because it keeps them soft, and your guests will like it.",
        "The company says it uses cookies to improve your experience.\nUm Cookies zu löschen, öffnen Sie die Einstellungen.\nEsta empresa usa cookies de terceros.",
        "Third-party cookies are being phased out by the largest browser, three years later than planned.",
        "Chocolate chip cookies\nLet the cookies cool on a rack before you eat them.",
        "To read cookies in this framework, call the request's method of that name.",
        "Patients must give consent before the operation, and they may withdraw it at any time.",
        "Die Firma verwendet Cookies, um das Verhalten der Nutzer zu verfolgen, urteilte das Gericht.",
    ],
};

/// Buttons and headings: the whole line.
static BUTTON: Pattern = Pattern::new(
    r"^\W*(?:
    # en
      (?-x:cookies?[ -](?:settings?|preferences?|polic(?:y|ies)|notice|banner|consent(?: manager| tool)?|list|choices|declaration|statement|duration description|details|manager|management|options|disclaimer|usage|use|info(?:rmation)?|guidelines|center|centre)(?: ?accept(?: all)?)?)
    | (?-x:(?:our |the )?(?:privacy|terms|data)(?: (?:policy|notice))? ?(?:and|&|/|,) ?cookies?(?: (?:settings?|preferences?|policy|notice|statement))?)
    | (?-x:(?:manage|accept|allow|reject|decline|deny|refuse|customi[sz]e|adjust|change|disable|enable|delete|review|update|save|only|use|i accept)(?: (?:all|only|my|your|our|the|these|optional|selected|necessary|essential|non-essential|required|additional|third[- ]party)){0,3}[ -]cookies?(?: (?:settings?|preferences?|consent|choices|policy|and (?:close|continue)|only))?)
    | (?-x:(?:manage|withdraw|change|review|update|your|about|customi[sz]e)(?: (?:your|my|the))? consent(?: (?:preferences|settings|choices|options))?|consent(?: preferences| settings| manager| choices| leg\.? ?interest)?(?: management)?|cookie consent)
    | (?-x:(?:accept|reject|decline|deny|allow|agree to|disagree to) all(?: (?:and|&) (?:close|continue|visit(?: the)? site))?|(?:i )?accept(?: all)? (?:&|and) (?:close|continue)|save (?:&|and) accept|save (?:my )?(?:preferences|choices)(?: (?:&|and) \S+)?|continue without (?:accepting|consent(?:ing)?)|manage (?:preferences|options|services|vendors|my (?:choices|preferences)))
    | (?-x:(?:functional|marketing|statistics|preferences|necessary|performance|analytics|advertising|targeting|strictly necessary)? ?always (?:active|enabled|on))
    | (?-x:(?:strictly |absolutely |technically )?(?:necessary|essential|functional|functionality|performance|analytics?|analytical|statistics?|statistical|marketing|advertis(?:ing|ement)|targeting|preferences?|third[- ]party|first[- ]party|social media|tracking|unclassified|uncategori[sz]ed|required|optional|non-necessary|other)(?: (?:and|&) \S+)? cookies?(?: \(?\d+\)?| always (?:active|enabled)| \d+ partners can use this purpose)?)
    | (?-x:privacy (?:overview|preferences?(?: cent(?:er|re))?|cent(?:er|re)|settings)|your (?:ca |us |california |online )?privacy (?:choices|rights|settings|options|controls)|your privacy|(?:your )?(?:ca|california|us state|state) privacy (?:rights|notice|choices))
    | (?-x:we (?:value|care about|respect|take) (?:about )?your (?:data )?privacy(?: (?:very )?seriously)?|your privacy (?:is important|matters)(?: to us)?)
    | (?-x:(?:california )?(?:\W*)do(?: not|n[’']t) (?:sell|share|process)(?:(?: or | and |/| ?& ?)(?:sell|share|process))*(?: (?:my|your)(?: personal)? (?:info(?:rmation)?|data)(?: \(?(?:ca|california)(?: residents)?(?: only)?\)?)?)?|opt[- ]out of (?:the )?sale.*|limit (?:the )?use of my sensitive personal information.*)
    | (?-x:list of (?:partners|vendors)(?: \(vendors\))?|list of (?:iab|third[- ]party).*|view (?:preferences|vendors|partners)|\d+ partners can use this (?:purpose|feature))
    # de
    | (?-x:cookie[- ]?(?:einstellungen|richtlinien?|hinweise?|präferenzen|verwaltung|erklärung|auswahl)(?: (?:anpassen|ändern|verwalten|bearbeiten))?|(?:alle|nur notwendige|notwendige|essenzielle|nur essenzielle|optionale)?(?: cookies?)? ?(?:akzeptieren|ablehnen|zulassen|annehmen|erlauben)|(?:allen )?zustimmen(?: (?:und|&) (?:weiter|schließen))?|(?:akzeptieren|ablehnen|annehmen) (?:und|&) (?:weiter|schließen)|nur (?:notwendige|erforderliche)(?: cookies)?|(?:cookies?|consent|privacy|datenschutz|privatsphäre)[- ]?einstellungen|einwilligung(?:en)? (?:verwalten|widerrufen|ändern)|(?:cookies? (?:&|und) tracking))
    # fr
    | (?-x:tout (?:accepter|refuser)|(?:accepter|refuser|gérer|paramétrer|personnaliser)(?: (?:tous|toutes))?(?: (?:les|mes|vos|ces))? (?:cookies|préférences|choix|consentements?)|accepter (?:et|&) (?:fermer|continuer)|continuer sans accepter|paramètres (?:des |de |les )?cookies|politique (?:de|des|en matière de|relative aux|d[’']utilisation des) cookies|gestion des cookies|préférences (?:de|en matière de|des) cookies|nous respectons votre vie privée|cookies et vie privée)
    # es, pt, it
    | (?-x:(?:aceptar|rechazar|configurar|gestionar|administrar|permitir)(?: (?:todas|todo|las|mis|solo))*(?: cookies| las cookies| necesarias)?|aceptar y (?:continuar|cerrar)|(?:política|configuración|preferencias|ajustes|aviso|uso) de cookies|valoramos (?:su|tu) privacidad)
    | (?-x:(?:aceitar|rejeitar|gerir|gerenciar|recusar|permitir)(?: (?:todos|os|meus))*(?: cookies)?|(?:configurações|definições|preferências|aviso|uso) de cookies|(?:gerir|gerenciar) (?:o )?consentimento|valorizamos a sua privacidade)
    | (?-x:(?:accetta|rifiuta|gestisci)(?: (?:tutti|tutto|i|solo|e continua|e chiudi))*(?: (?:i )?cookie| (?:le )?preferenze| consensi)?|preferenze (?:sui |dei )?cookie|(?:informativa|politica) sui cookie|impostazioni (?:dei )?cookie|continua senza accettare|cookie policy e privacy|rispettiamo la tua privacy)
    # nl, pl, tr, nordic
    | (?-x:(?:alle )?cookies (?:accepteren|weigeren|toestaan|beheren)|cookie-?(?:instellingen|beleid|verklaring|voorkeuren)|(?:alles|alle) (?:accepteren|weigeren))
    | (?-x:polityka (?:plików )?cookies?|ustawienia (?:plików )?cookies?|(?:akceptuj|odrzuć|zaakceptuj) wszystkie(?: (?:pliki )?cookies?)?)
    | (?-x:çerez (?:politikası|ayarları|tercihleri|aydınlatma metni)|(?:tümünü|tüm çerezleri|çerezleri) (?:kabul et|reddet))
    | (?-x:(?:acceptera|godkänn|hantera|avvisa)(?: alla)? (?:cookies|kakor)|acceptera alla|om (?:cookies|kakor)|kakor|cookie-?(?:inställningar|indstillinger|innstillinger|policy|politik)|(?:accepter|tillad|godta|aksepter) alle(?: cookies)?|informasjonskapsler)
    # ru, ar, zh, ja, ko
    | (?-x:принять все(?: (?:файлы )?cookies?| куки)?|(?:политика|настройки|использование) (?:использования )?(?:файлов )?(?:cookies?|куки)|управление согласием)
    | (?-x:(?:قبول|رفض) (?:الكل|جميع ملفات تعريف الارتباط|ملفات تعريف الارتباط)|(?:إعدادات|سياسة) ملفات تعريف الارتباط)
    | (?-x:(?:全部|接受所有|接受全部|接受|拒绝|拒絕|管理)\s?(?:接受|拒绝|cookies?)|cookies?\s?(?:政策|设置|設定|设定|偏好|聲明|声明|使用政策))
    | (?-x:(?:すべて|全て)(?:の\s?(?:cookie|クッキー)\s?)?を?\s?(?:許可|受け入れる|同意する|拒否)(?:する)?|(?:cookie|クッキー)\s?(?:の)?(?:設定|ポリシー|の使用|について)|同意して(?:閉じる|続ける|進む))
    | (?-x:쿠키 ?(?:정책|설정)|모두 (?:허용|동의|수락|거부))
    )\W*$",
);

/// Sentences of a banner, by their opening.
static NOTICE: Pattern = Pattern::new(
    r"^\W*(?:
    # en: the site speaks
      (?-x:(?:(?:please note(?: that)?|important|notice|attention|hello|welcome|cookies)[:,!.]? )?(?:we(?:,? (?:and our|and selected|and third|at) (?:\S+ ){0,4}?| also | only | may | do | )|(?:this|our|these|the \S+(?: \S+)?) (?:web)?(?:sites?|pages?|store|shop|app|blog|services?|platform|portal|forum|websites?)(?: \S+){0,3}? |(?:\S+\.(?:com|org|net|co\.uk|de|eu|io|gov|edu) ))(?:use|uses|are using|is using|may use|utili[sz]es?|employs?|places?|sets?|stores?) (?:\S+ ){0,7}cookies\b.*\b(?:you|your|our|us|this (?:web)?site|visitors|accept|settings|personali[sz]e|traffic|experience)\b)
    | (?-x:(?:we|this (?:web)?site|our (?:web)?site|this (?:page|blog|shop|store|app)) (?:use|uses|is using|are using) (?:(?:functional|necessary|essential|tracking|browser|third[- ]party|only|some|the following|additional|session|first[- ]party|and|own) ){0,5}cookies(?: (?:only|here|on this (?:web)?site|and (?:similar|other) (?:tracking )?technolog(?:y|ies)))?[.:!]?$)
    | (?-x:(?:by|if you|when you) (?:continu|us|brows|click|clos|visit|access|scroll|navigat|proceed|stay|agree|select|press|tap|accept)\S* .*\bcookies?\b.*\b(?:you|your|our|we|us)\b)
    | (?-x:(?:to|in order to) (?:provide|give|offer|make|help|improve|ensure|enhance|remember|deliver|guarantee|bring|understand|personali[sz]e)\S* .*\b(?:we|our (?:web)?site|this (?:web)?site|us)\b.*\bcookies?\b)
    | (?-x:(?:by|if you) (?:continu|us|brows|click|clos|visit|access|scroll|navigat|proceed|stay)\S* .*\b(?:you(?:['’]re| are)? (?:agree|consent|accept|giv)\S*|agreement|consent)\b.*\bcookies?\b)
    | (?-x:cookies (?:help|allow|enable|are used|are small|let|on this|make it|must be|seem to be|are (?:currently )?(?:disabled|required|necessary)|and similar)\b.*\b(?:our|we|us|this (?:web)?site|your browser|browser)\b)
    | (?-x:(?:please )?(?:enable|allow|turn on|activate|consider enabling) cookies (?:in|on|to|for)\b.*|.*\b(?:will|may) not (?:work|function) (?:correctly|properly) when cookies are disabled)
    | (?-x:(?:you can|you may|click|read|learn|find out|see|for more|more|to (?:learn|find out|read|see|get) more|visit|view|please (?:see|read|review|visit)) .*\b(?:our|use of|which|about|these|the|manage|accept|reject|disable|block|delete) (?:\S+ ){0,3}cookies?\b.*\b(?:policy|notice|settings|preferences|here|use|using|we|our|browser|statement|cookies[.!]?$))
    # en: consent tools
    | (?-x:(?:this|the|these|any|out of these,? the|out of these) cookies? (?:is|are|has|have|may|that|set|store|will|ensure|track|collect|enable|allow|help|do)\b.*\b(?:cookies?|visitors?|(?:web)?site|websites|domain|consent|ads|advert\S*|session|user)\b)
    | (?-x:(?:strictly |absolutely )?(?:necessary|essential|functional|performance|analytics?|analytical|statistics?|marketing|advertis(?:ing|ement)|targeting|preference|other|non-necessary|uncategori[sz]ed|other uncategori[sz]ed|social media|required) cookies? (?:are|is|help|helps|allow|enable|track|should|may|collect|do|that|make|cannot|can)\b.*\b(?:(?:web)?site|visitors?|users?|categor\S+|ads|your|our)\b)
    | (?-x:\S+(?:, \S+)* (?:\d+ (?:year|month|day|hour|minute|week|second)s?|session|never|past|less than a minute)(?: \d+ \S+)* .*\b(?:(?:this|the) cookies?|cookies? (?:is|are|was)|(?:set|used|placed) by)\b)
    | (?-x:cookielawinfo\S*|viewed_cookie_policy|(?:the )?technical storage or access (?:is|that is) )
    | (?-x:to provide the best experiences?, we(?: and our partners)? use technologies)
    | (?-x:we(?:,)? and (?:our|up to|selected|certain|third|\d+).*\b(?:partners?|vendors|third part\S+)\b.*\b(?:cookies|personal data|on (?:a|your) device|identifiers)\b)
    | (?-x:(?:with your (?:consent|permission|agreement),? )(?:we|our)\b.*|we need your (?:consent|permission)\b.*\b(?:cookies|website|data)\b)
    | (?-x:(?:store and/?(?:or)? access information on a device|use limited data to select (?:advertising|content)|(?:create|use) (?:a )?(?:profiles?|personalised profiles?) (?:for|to (?:select|personalise)) (?:personali[sz]ed )?(?:advertising|content|ads)|measure (?:advertising|content|ad) performance|understand audiences through statistics|actively scan device characteristics|use precise geolocation data|select (?:basic|personali[sz]ed) (?:ads|content)|create a personali[sz]ed (?:ads|content) profile|deliver and present advertising and content|save and communicate privacy choices|personali[sz]ed (?:ads|advertising) and content, ))
    | (?-x:keeping this cookie enabled|powered by (?:gdpr|cookie|onetrust|usercentrics|complianz|termly|iubenda|consent)|gdpr cookie (?:consent|compliance)|(?:strictly )?necessary cookie should be enabled)
    | (?-x:(?:your )?(?:choices|preferences|consent|settings) (?:will|apply|applies|can be|may be)\b.*\b(?:cookies?|this (?:web)?site|consent)\b|we process your data to deliver|you may exercise your rights for specific purposes)
    # de
    | (?-x:(?:wir|diese (?:web|internet)?(?:seite|site)|unsere (?:web|internet)?(?:seite|site)|dieser? (?:website|shop|blog|homepage)|unsere (?:website|homepage)|auf (?:dieser|unserer) \S+) (?:und unsere \S+ )?(?:verwende|nutz|benutz|setz|benötig|werden)\S* .*cookies\b)
    | (?-x:(?:um|durch|mit|wenn sie|indem sie|sofern sie|für) .*\bcookies\b.*\b(?:stimmen sie|einverstanden|wir|akzeptieren sie)\b|wir (?:brauchen|benötigen) (?:ihre|deine) (?:zustimmung|einwilligung)|cookies (?:helfen|erleichtern|ermöglichen) .*\b(?:uns|dienste|wir)\b)
    # fr
    | (?-x:(?:(?:ce|notre|le) (?:site|blog|portail|journal)|nous(?: et nos \S+)?|nos (?:partenaires|sites))(?: \S+){0,4}? (?:utilis|dépos|recour|fait|font)\S* .*\bcookies\b|en (?:poursuivant|continuant|naviguant|utilisant|cliquant) .*\bcookies\b|avec votre (?:accord|consentement),? (?:nos|nous)\b.*|(?:les )?cookies nous permettent\b)
    # es, pt, it
    | (?-x:(?:(?:nosotros )?(?:utilizamos|usamos|empleamos)|(?:este|esta|nuestr[oa]|en (?:este|esta|nuestr[oa])) (?:sitio|web|página|portal|blog|tienda)\S*(?: \S+){0,3}? (?:utiliza|utilizamos|usa|usamos|emplea)) (?:\S+ ){0,5}cookies\b|(?:si|al) (?:continúa|continua|sigue|hace|navegar|continuar|usar|utilizar|pulsar|hacer)\S* .*\bcookies\b|las cookies (?:nos|de este) )
    | (?-x:(?:(?:nós )?(?:utilizamos|usamos|armazenamos)|(?:este|esta|(?:o )?nosso|(?:a )?nossa) (?:site|sítio|página|portal|blog|loja|website)(?: \S+){0,3}? (?:utiliza|usa)) (?:\S+ ){0,5}cookies\b|ao (?:continuar|navegar|usar|utilizar|clicar|acessar|aceder)\S* .*\bcookies\b)
    | (?-x:(?:(?:noi(?: e \S+ \S+)? )?(?:utilizziamo|usiamo)|(?:questo|il nostro|il|questa) (?:sito|blog|portale|pagina|negozio)(?: \S+){0,3}? (?:utilizza|usa|fa uso di|si avvale di)) (?:\S+ ){0,5}cookies?\b|(?:proseguendo|continuando|chiudendo|cliccando|scorrendo|se vuoi saperne) .*\bcookies?\b)
    # nl, pl, tr, nordic
    | (?-x:(?:deze|wij|we|onze|op deze) (?:\S+ ){0,4}?(?:gebruik|maak|plaats)\S* .*\bcookies\b|door .*\b(?:site|website|surfen|gebruiken)\b.*\bcookies\b)
    | (?-x:(?:(?:ta|nasza|nasz|ten|w naszym|na tej) (?:\S+ ){0,3})?(?:używa|używamy|korzysta|korzystamy|wykorzystuje|wykorzystujemy|stosujemy) (?:\S+ ){0,5}(?:cookies?|ciasteczek)\b)
    | (?-x:(?:bu|sitemiz|web|internet|size) .*\bçerez(?:ler|leri|lerin)?\b.*\b(?:kullan|kabul)\S*)
    | (?-x:(?:vi|denna|den här|dette|denne|vår|på) (?:\S+ ){0,4}(?:använder|bruger|bruker|benytter) (?:\S+ ){0,4}(?:cookies|kakor|informasjonskapsler)\b|genom att .*\b(?:cookies|kakor)\b)
    # ru, ar, zh, ja, ko
    | (?-x:(?:мы|этот|наш|на (?:этом|нашем)|данный|сайт|для)\b.*использу\S+ .{0,20}(?:cookies?|куки)|(?:продолжая|оставаясь|используя|нажимая) .*(?:cookies?|куки))
    | (?-x:(?:نحن )?(?:نستخدم|يستخدم|تستخدم) .*(?:ملفات تعريف الارتباط|الكوكيز|cookies)|(?:باستمرارك|بمواصلة|من خلال) .*ملفات تعريف الارتباط)
    | (?-x:.{0,12}(?:我们|我們|本网站|本網站|本站|此网站|网站|網站).{0,12}使用.{0,12}(?:cookies?|小型文字)|(?:继续|繼續)(?:使用|浏览|瀏覽).*cookies?)
    | (?-x:.{0,30}(?:cookies?|クッキー).{0,4}(?:を|の)(?:使用|利用)(?:して(?:い|お)り?ます|します|に同意))
    | (?-x:.{0,30}쿠키를 (?:사용|이용))
    )",
);

/// Words of the kitchen: those cookies are eaten.
static BISCUITS: Pattern = Pattern::new(
    r"\b(?-x:bak(?:e|es|ed|ing|ery)|dough|oven|butter|flour|sugar|chocolate|recipes?|cutters?|gingerbread|oatmeal|frosting|girl scouts?)\b",
);

/// Neighbours of the bare word in a footer.
static FOOTER: Pattern = Pattern::new(
    r"^\W*(?-x:privacy|terms|legal|imprint|impressum|datenschutz|agb|nutzungsbedingungen|accessibility|disclaimer|confidentialité|privacidad|privacidade|contact)\b",
);

/// The longest banner in one line that was seen on the development pages has some 150 words; texts about cookies that
/// open as a banner does are longer.
const NOTICE_WORDS: usize = 160;

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    let word = text.eq_ignore_ascii_case("cookies") && beside_legal(page, index);
    let button = count <= 12 && BUTTON.is_match(text);
    if word
        || button
        || (count <= NOTICE_WORDS && NOTICE.is_match(text) && !BISCUITS.is_match(text))
    {
        cuts.line(page, index, Level::Safe);
    }
}

fn beside_legal(page: &Page<'_>, index: usize) -> bool {
    let legal =
        |at: Option<usize>| at.is_some_and(|i| page.words(i) <= 4 && FOOTER.is_match(page.text(i)));
    legal(page.prev(index)) || legal(page.next(index))
}

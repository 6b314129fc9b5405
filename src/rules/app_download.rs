//! Calls to install the site's app.

use super::page::{Cuts, Page};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Calls to install the site's app.
pub static RULE: Rule = Rule {
    name: "app-download",
    category: Category::Newsletter,
    doc: "Matches a line that asks the reader to install or open the site's app, the badges of the app stores, and headings over \
them.

The app is another door to the same site; the call stands on every page, whatever the page tells.

It errs on pages about an app, where the last line of a review or of a product page is the same call; such lines lose little. \
A report about an app, or a guide to installing one, stays.",
    cues: &[
        "app store",
        "appstore",
        "google play",
        "play store",
        "our app",
        "the app",
        "download the",
        "install the",
        "news app",
        "mobile app",
        "ios app",
        "android app",
        "ipad app",
        "iphone app",
        "free app",
        "our free",
        "in app",
        "in the app",
        "app gallery",
        "unsere app",
        "laden",
        "application",
        "appli",
        "descarga",
        "descárga",
        "baixe",
        "scarica",
        "приложени",
        "تطبيق",
        "客户端",
        "下载",
        "下載",
        "アプリ",
        "uygulama",
        "aplikacj",
        "download de app",
        "ladda ner",
        "앱",
    ],
    check,
    examples: &[
        (
            Level::Safe,
            "The lake froze in December.\n⟦Download our free app for iPhone and Android\nGet it on Google Play\nDownload on the App Store\n⟧",
        ),
        (
            Level::Safe,
            "⟦Open in app\nInstall the app\n⟧The lake froze in December.",
        ),
        (
            Level::Safe,
            "The lake froze in December.\n⟦Get the latest headlines on your phone: download the Lakeside Courier app today.\n⟧",
        ),
        (
            Level::Safe,
            "Der See fror im Dezember zu.\n⟦Jetzt unsere App herunterladen\nJetzt bei Google Play\n⟧Le lac a gelé.\n⟦Téléchargez notre application\n⟧",
        ),
        (
            Level::Safe,
            "El lago se heló.\n⟦Descarga nuestra app\n⟧O lago gelou.\n⟦Baixe o nosso aplicativo\n⟧Il lago è gelato.\n⟦Scarica la nostra app\n⟧Озеро замёрзло.\n⟦Скачайте наше приложение\n⟧湖结冰了。\n⟦下载客户端\n⟧湖が凍った。\n⟦アプリをダウンロード\n⟧تجمدت البحيرة.\n⟦حمل التطبيق\n⟧",
        ),
    ],
    counter_examples: &[
        "The app was taken down from the App Store after the ministry complained.",
        "Open the app, choose Settings and switch off the notifications.",
        "To install the driver, download the package from the site of the maker.",
        "Google Play had two million apps at the end of that year.",
        "Die App ist kostenlos und läuft auch auf alten Telefonen.",
    ],
};

/// Badges and headings: the whole line.
static BADGE: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:(?:now )?available|download(?: it| now)?|get it|get|install|find it|find us|try it|(?:on )?the|download (?:from|for free)|free)?(?: ?(?:now|free|it))*(?: ?(?:on|in|at|from|via|for))?(?: the)? ?(?:(?:apple )?app ?store|google play(?: store)?|play store|app gallery|huawei appgallery|microsoft store|amazon appstore|apple store)(?: (?:and|&|or|badge|logo|button|icon|the|on|download|get it|google play(?: store)?|(?:apple )?app store))*)
    | (?-x:(?:please )?(?:download|get|install|try|use|open|launch|explore|discover|view|continue|read|listen|watch)(?: (?:it|now|more|this|story|article))?(?: (?:in|on|with|using))? (?:the|our|its|my)(?: (?:\S+ ){0,4}?)?(?: ?(?:free|new|official|mobile|news|ios|android|iphone|ipad))* ?apps?(?: (?:now|today|here|free|for (?:free|ios|android|iphone)|store|on .{2,20}|and (?:iphone|android|ios)|new))*)
    | (?-x:open (?:in|the) app|get (?:the )?app|(?:download|install|get) app|(?:our|the|free|mobile|ios|android|iphone|ipad|news|tv|desktop|get our) (?:(?:mobile|ios|android|news|iphone|ipad|free|and|&|/) ?)*apps?|apps? (?:for|on) (?:ios|android|iphone|ipad)(?: (?:and|&) \S+)?|(?:download|get) (?:for|on) (?:ios|android|iphone|windows|mac)|scan (?:the|this)? ?(?:qr[- ]code|to download).*|not now,? open in browser)
    # other languages
    | (?-x:(?:jetzt )?(?:bei|im|laden im|jetzt bei|erhältlich (?:bei|im)) (?:google play|app ?store|(?:apple )?app store)|(?:jetzt )?(?:unsere |die |zur |kostenlose |\S+-)*app(?:s)? (?:jetzt )?(?:herunterladen|installieren|laden|öffnen|downloaden)|(?:laden|holen|entdecken) sie (?:sich )?unsere (?:\S+ )?apps?(?: herunter)?|in der app (?:öffnen|lesen)|unsere apps?)
    | (?-x:télécharge[rz](?: gratuitement)? (?:notre|l[’'’]|nos|la|l)? ?(?:\S+ )?(?:applications?|applis?|apps?)(?: (?:mobile|gratuite))*|(?:disponible sur|télécharger (?:sur|dans)) (?:l[’'’])?(?:app ?store|google play)|ouvrir dans l[’']application|nos applications(?: mobiles)?)
    | (?-x:(?:descarga|descárgate|descargar|baixe|baixar|descarregue|scarica|scaricate|instala|instale)(?: (?:gratis|ya|agora|ora|subito))? (?:nuestra|la|nossa|nosso|o|a|o nosso|a nossa|nostra|la nostra|il nostro|l[’'’])? ?(?:\S+ )?(?:app|apps|aplicación|aplicativo|aplicação|applicazione)(?: (?:móvil|gratis|aquí|aqui))*|(?:disponible en|disponível (?:no|na)|consíguelo en|disponibile su) (?:el |la |o )?(?:app ?store|google play)|abrir (?:en|no) (?:la )?(?:app|aplicativo)|apri nell[’']app)
    | (?-x:(?:скачать|скачайте|установите|установить|открыть)(?: (?:бесплатно|наше|в|мобильное))* ?приложени[еи]|(?:загрузите|скачать|доступно) (?:в|из|на) (?:app ?store|google play)|мобильное приложение)
    | (?-x:(?:حمل|حمّل|تحميل|قم بتحميل|نزّل|نزل)(?: (?:الآن|مجاناً))? ?(?:التطبيق|تطبيقنا|تطبيق \S+))
    | (?-x:(?:立即|免费|点击|點擊|免費|扫码)?(?:下载|下載|打开|打開|开启)(?:我们的|我們的|手机|手機|官方|.{0,6})?(?:客户端|app|应用|應用程式|应用程序)|(?:公式|無料|ニュース|スマホ|の)?アプリ(?:を|の|で)?(?:無料)?(?:ダウンロード|インストール|開く|入手|読む|はこちら)(?:する)?|앱 ?(?:다운로드|설치|에서 (?:열기|보기))|app (?:で|を)開く)
    | (?-x:download (?:de|onze) (?:\S+ )?app|pobierz (?:naszą )?aplikację|(?:uygulamamızı|uygulamayı|mobil uygulamayı) (?:indirin?|yükle)|ladda ne[rd] (?:vår |appen)(?:app)?|(?:last ned|hent) (?:appen|vår app|vores app))
    )\W*$",
);

/// Sentences that call for the app, by their opening.
static PROMPT: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:(?:.{3,}[:,.!?] )?(?:please )?(?:download|install|get) (?:the|our)(?: \S+){0,5} apps?\b(?:.{0,6}$|.{0,10}\b(?:today|now|here|free|for free|for (?:ios|android|iphone|ipad|the latest|more|free)|from (?:the|google)|on (?:the|your|google|ios|android)|to (?:get|stay|read|receive|enjoy|continue))\b.*))
    | (?-x:(?:our|the)(?: \S+){0,4} apps? (?:is|are) (?:now )?(?:available|free) .{0,20}(?:on|for|from|in|to download)\b.*\b(?:google play|app store|android|ios|play store|download)\b.{0,30})
    | (?-x:(?:available|download\S*|get it) (?:now |free |for free )?(?:on|from|for|in) .{0,30}\b(?:app store|google play)\b.{0,20})
    | (?-x:(?:get|read|enjoy|follow|take|never miss|stay) .{3,} (?:with|on|in|using|via) (?:the|our) (?:\S+ ){0,3}app[.!]?)
    | (?-x:(?:laden sie|lade|holen sie|hol dir|jetzt) .*\bapp\b.*\b(?:herunter|download\S*|laden|google play|app store|kostenlos)\b.*|entdecken sie unsere apps.{0,30})
    | (?-x:(?:téléchargez|retrouvez) .*\b(?:appli|application|app store|google play)\b.*)
    | (?-x:(?:descarga|descárgate|baixe|scarica|instale) .*\b(?:app|aplicación|aplicativo|applicazione|google play|app store)\b.*)
    | (?-x:(?:скачайте|скачивайте|установите|читайте)\b.*(?:приложени|google play|app store).*)
    )$",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    if (count <= 14 && BADGE.is_match(text)) || (count <= 40 && PROMPT.is_match(text)) {
        // A bare name of a store may be a heading over text; a call is not.
        if text.len() > "Google Play".len() || page.in_list(index) {
            // Some sentence may tell of the app.
            let level = if count > 14 {
                Level::Balanced
            } else {
                Level::Safe
            };
            cuts.line(page, index, level);
        }
    }
}

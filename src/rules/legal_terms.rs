//! Links to terms and policies, and the disclaimers of a site.

use super::page::{Cuts, Page, is_prose, words};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Links to terms and policies, and the disclaimers of a site.
pub static RULE: Rule = Rule {
    name: "legal-terms",
    category: Category::Legal,
    doc: "Matches links to a site's terms ('Privacy Policy', 'Impressum | Datenschutz | AGB'), sentences that bind the reader to them, disclaimers of opinions and of liability, notes of registration and licences.

They are about the use of the site and stand under all its pages.

It errs on pages that are such a policy, and on texts that discuss one; a heading above prose stays.",
    cues: &[
        "privacy", "terms", "conditions", "legal", "disclaimer", "imprint", "impressum", "datenschutz", "agb", "nutzungsbedingungen", "mentions légales", "confidentialité", "cgu", "cgv", "conditions générales", "données personnelles", "aviso legal", "privacidad", "términos", "condiciones", "termos", "note legali", "termini", "condizioni",
        "конфиденциальност", "соглашение", "правовая информация", "условия использования", "prywatności", "regulamin", "gizlilik", "yasal uyarı", "kullanım koşulları", "kvkk", "privacybeleid", "privacyverklaring", "voorwaarden", "integritetspolicy", "användarvillkor", "personvern", "tietosuoja", "käyttöehdot", "persondata", "soukromí", "osobních údajů", "adatvédelm", "confidențialitate", "απορρήτου", "όροι",
        "سياسة الخصوصية", "بيان الخصوصية", "شروط", "隐私", "隱私", "条款", "條款", "声明", "聲明", "规约", "規約", "プライバシー", "個人情報", "特定商取引", "免責", "이용약관", "개인정보", "청소년보호", "do not sell", "cookie", "policy", "politika", "trademark", "copyright", "åpenhetsloven", "annonseinnst", "cookies", "user agreement", "accessibility", "ad choices", "adchoices", "california", "dmca",
        "recaptcha", "you agree", "constitutes", "signifies", "views expressed", "opinions expressed", "views and opinions", "not responsible for", "not necessarily", "purposes only", "delayed", "registered in england", "registered office", "company number", "registered number", "icp备", "icp備", "icp证", "公网安备", "许可证", "举报", "p.iva", "p. iva", "cnpj", "учредитель", "о регистрации", "ответственности", "мнение редакции", "ok to proceed", "community guidelines", "ipso", "autorizzazione", "reg. trib",
    ],
    check,
    examples: &[
        (Level::Safe, "The mill was sold.\n⟦Privacy Policy\n⟧⟦Terms of Use⟧"),
        (Level::Safe, "The mill was sold.\n⟦About Us | Contact | Privacy Policy | Terms & Conditions⟧"),
        (Level::Safe, "Die Mühle wurde verkauft.\n⟦Impressum | Datenschutz | AGB⟧"),
        (Level::Safe, "Le moulin a été vendu.\n⟦Mentions légales - Politique de confidentialité - CGU⟧"),
        (Level::Safe, "El molino fue vendido.\n⟦Aviso legal · Política de privacidad⟧"),
        (Level::Safe, "The mill was sold.\n⟦This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply.⟧"),
        (Level::Balanced, "The mill was sold.\n⟦The views expressed in this article are those of the author and do not necessarily reflect the position of the paper.⟧"),
        (Level::Safe, "The mill was sold.\n⟦Use of this site constitutes acceptance of our User Agreement and Privacy Policy.⟧"),
        (Level::Safe, "磨坊卖掉了。\n⟦京ICP备00000000号-1 京公网安备00000000000000号⟧"),
        (Level::Safe, "水車小屋は売れた。\n⟦利用規約 | プライバシーポリシー⟧"),
        (Level::Safe, "Мельница продана.\n⟦Политика конфиденциальности⟧"),
    ],
    counter_examples: &[
        "Privacy\nThe house stands alone behind the mill, and nobody can look into its garden.",
        "The privacy policy of the shop was changed twice in a year, and few customers noticed.",
        "He agreed to the terms of the sale on Friday.",
        "The judge wrote that the views expressed by the witness were his own business.",
        "Terms are sold for a year or for ten years; the miller took ten.",
        "Die AGB der Bank sind nach dem Urteil in drei Punkten unwirksam.",
        "La politique de confidentialité du magasin a changé deux fois en un an.",
        "该公司的隐私政策在一年内修改了两次。",
    ],
};

/// A line of footer links, at least one of them legal.
static LINKS: Pattern = Pattern::new(
    r"^ (?: [\W_]* (?: (?:and|und|et|y|e|our|the|unsere|see|read|view|website|site|online|web|full|global|us|uk|eu|your)\s )?
        (?: (?:(?:data|online|customer|website|site|web|global|consumer|health|children's|ccpa|gdpr|california|your|your\ us\ state|eu|hipaa|candidate|employee|applicant)\s)? privacy (?:\s?(?:&|and|/|,)\s?(?:cookies?|security|terms|legal|data\ protection|cookie)){0,2} (?:\s(?:policy|policies|notice|statement|cent(?:er|re)|settings|preferences|rights|choices|manager|options|information|request|policy\ &\ terms|hub|shield|promise|guidelines|overview|controls|rights\ notice|tools))?
          | (?:legal\s|website\s|site\s|standard\s|general\s|user\s|updated\s|advertising\s|subscription\s|subscriber\s|service\s|commercial\s)? terms (?:\s?(?:of|&|and|/|\+)\s?(?:use|services?|sale|conditions|policy|policies|privacy|rules|website\ use|business|supply|access|usage|cookies?|participation|purchase|trade|agreement))* (?:\s(?:of\s(?:use|service|sale)|apply))? | (?:user|terms|visitor|subscriber|membership|license|end\ user\ license|participation|member)\ agreement | conditions\ (?:of\ (?:use|sale|entry|carriage|service)|générales\w*(?:\ [\w'’]+){0,4})
          | (?:user\s)? cookies? (?:\s(?:policy|policies|notice|settings|preferences|statement|declaration|consent|list|information|choices|options|manager|management|use))? | manage\ (?:cookies?|consent|preferences|privacy)(?:\ (?:preferences|settings|consent|choices))? | legal (?:\s(?:notices?|information|disclaimers?|stuff|terms|statement|policies|documents|mentions|info|center|hub|notes|policy|entity|trademark\ statement))? (?:\s?(?:&|and)\s?(?:privacy|compliance|policies|accessibility))? | (?:legal\s|affiliate\s|medical\s|full\s|general\s|risk\s|earnings\s|site\s|website\s|advertis(?:er|ing)\s|email\s)? (?:disclaimers?|disclosures?|disclosure\ policy)
          | (?:web\ |digital\ |website\ )?accessibility (?:\s(?:statement|policy|notice|help|links|information|center|at\ .{2,20}))? | do\ not\ (?:sell|share)(?:\ or\ (?:share|sell))?\ (?:my\ )?(?:personal\ )?(?:information|info|data) | (?:your\ )?(?:us\ )?privacy\ choices | your\ (?:california|ad|data|cookie|privacy)\ (?:privacy\ )?(?:rights|choices|settings|preferences) | california\ (?:privacy(?:\ (?:rights|notice|policy))?|notice\w*(?:\ [\w'’]+){0,4}|consumer\ privacy.{0,10}|collection\ notice) | notice\ (?:of|at)\ (?:collection|privacy\ practices) | collection\ notice | ad\ ?choices | about\ (?:our\ )?ads | interest[\ -]based\ ads | opt[\ -]?out\w*(?:\ [\w'’]+){0,4}preferences | limit\ the\ use\ of\ my\ sensitive\w*(?:\ [\w'’]+){0,4}
          | copyright (?:\s(?:policy|notice|information|infringement|statement|&\ (?:terms|trademark).{0,20}|complaints|and\ .{3,20}))? | dmca (?:\s(?:policy|notice|copyright|takedown))? | intellectual\ property(?:\ (?:policy|rights|notice))? | trademarks? (?:\s(?:notice|policy|information))? | (?:community|editorial|comment(?:ing)?|posting|house|submission|ethics|corrections?|advertising|fact[\ -]checking|linking|moderation|ai|diversity|ownership)\ (?:guidelines|policy|policies|standards|rules|code|statement|principles|and\ funding) | acceptable\ use(?:\ policy)? | code\ of\ (?:conduct|ethics|practice) | (?:returns?|refund|shipping|cancellation|delivery|warranty|security|content|modern\ slavery|anti-slavery|slavery|environmental|vulnerability\ disclosure|responsible\ disclosure|data|gdpr|equal\ opportunity|non-?discrimination|complaints|take\ ?down|editorial|anti-spam)\ (?:policy|act\ statement|statement|procedure|act|protection|notice|&\ exchanges|and\ (?:refund|returns)\ policy) | gdpr (?:\scompliance)? | press\ code | complaints(?:\ procedure)? | whistle\ ?blow\w+
          | impressum | imprint | datenschutz (?:erklärung|hinweise?|bestimmungen|einstellungen|information(?:en)?|richtlinien?)? (?:\s(?:&|und)\s\p{L}+)? | agb s? | nutzungsbedingungen | nutzungsbasierte\ online-?werbung | barrierefreiheit (?:serklärung)? | widerruf (?:srecht|sbelehrung)? | cookie-?(?:einstellungen|richtlinie|hinweise?|manager|präferenzen|instellingen|verklaring|beleid) | privatsphäre (?:-?einstellungen)? | utiq\ verwalten | verträge\ (?:hier\ )?kündigen | mediadaten | netiquette | haftungsausschluss | jugendschutz | lieferkettengesetz | hinweisgebersystem
          | mentions\ légales | (?:politique|charte)\ (?:de|des|relative\ aux)\ (?:confidentialité|cookies|protection\w*(?:\ [\w'’]+){0,4}|vie\ privée|données.{0,20}|gestion\ des\ cookies) | cgu | cgv | conditions\ (?:générales|d['’]utilisation)(?:\ (?:d['’]utilisation|de\ vente|d['’]abonnement))?(?:\ et\ de\ vente)? | données\ personnelles | (?:gestion\ des\ |gérer\ (?:les\ |mes\ )?|préférences\ )cookies | vie\ privée | confidentialité | accessibilité(?:\ ?:\ .{3,30})? | protection\ des\ données | plan\ du\ site | infos?\ légales
          | aviso\ (?:legal|de\ privacidad) | (?:política|políticas)\ (?:de|y|e)\ (?:privacidad|privacidade|cookies|datos|protección\ de\ datos|calidad|seguridad) | términos\ (?:y\ condiciones|de\ uso|legales|de\ servicio)(?:\ de\ uso)? | condiciones\ (?:de\ (?:uso|servicio|venta|contratación)|generales|legales) | protección\ de\ datos | configura(?:r|ción\ de)\ (?:las\ )?(?:cookies|privacidad) | termos\ (?:de\ (?:uso|serviço|utilização)|e\ condições.{0,12}) | privacidade | privacidad | ficha\ técnica | estatuto\ editorial | lei\ da\ transparência | expediente
          | note?\ legali | (?:informativa\ )?(?:sulla\ )?privacy\ e\ cookie.{0,10} | informativa(?:\ (?:sulla\ |estesa\ |sui\ )?(?:privacy|cookies?))? | termini\ (?:e\ condizioni|d['’]uso|di\ (?:utilizzo|servizio)) | condizioni\ (?:d['’]uso|generali|di\ (?:utilizzo|vendita)).{0,16} | preferenze\ (?:privacy|cookie) | gestione\ cookie | cookie\ policy
          | политика\ (?:конфиденциальности|обработки\w*(?:\ [\w'’]+){0,4}|приватности) | (?:пользовательское|лицензионное)\ соглашение | правовая\ информация | (?:условия|правила)\ (?:использования|пользования|сайта|перепечатки).{0,24} | обработка\ персональных\ данных | соглашение.{0,20} | політика\ (?:конфіденційності|приватності) | угода\ користувача | (?:polityka|ustawienia)\ (?:prywatności|cookies|plików\ cookies?) | regulamin (?:\ (?:serwisu|portalu|sklepu))? | rodo | gizlilik(?:\ (?:politikası|bildirimi|sözleşmesi|ilkeleri))? | yasal\ uyarı | kullanım\ (?:koşulları|şartları) | kvkk\w*(?:\ [\w'’]+){0,4} | çerez\ politikası | künye | privacy(?:beleid|verklaring|\ statement|instellingen) | (?:algemene|gebruiks)\ ?voorwaarden | disclaimer\ en\ privacy
          | integritetspolicy | användarvillkor | om\ cookies | personuppgift\p{L}*.{0,12} | personvern(?:erklæring|-?policy|innstillinger)? | cookie-?(?:politik|erklæring|innstillinger) | privatlivspolitik | annonseinnstillinger | åpenhetsloven | tietosuoja (?:seloste|käytäntö)? | käyttöehdot | evästeet | ochrana\ (?:osobních\ údajů|soukromí) | zásady\ .{3,} | adatvédelm\p{L}*.{0,14} | felhasználási\ feltételek | (?:politica|termeni)\ .{0,6}(?:confidențialitate|condiții|cookies?).{0,12} | πολιτική\ (?:απορρήτου|cookies) | όροι\ χρήσης | privatumo\ politika | privātuma\ politika | kebijakan\ privasi | syarat\ (?:dan|&)\ ketentuan | pedoman\ media\ siber
          | سياسة\ الخصوصية | بيان\ الخصوصية | (?:شروط|أحكام)\ (?:الاستخدام|الخدمة|وأحكام).{0,12} | اتفاقية\ الاستخدام | إخلاء\ مسؤولية | حقوق\ النشر | 隐私(?:政策|条款|声明|权政策|保护) | 隱私(?:權政策|權|政策|條款|權聲明|權保護政策) | (?:使用|服务|服務|用户|會員|用戶)(?:条款|條款|协议|協議|規範) | (?:免责|法律|版权|版權|免責)(?:声明|聲明|保护) | 利用規約 | プライバシー(?:ポリシー|・?ポリシー|センター) | 個人情報(?:保護方針|の取(?:り)?扱い.{0,8}|保護.{0,8}) | 特定商取引(?:法|に関する法律)に基づく(?:表記|表示) | 免責事項 | 著作権(?:について|・リンク)? | サイトポリシー | クッキーポリシー | 이용약관 | 개인정보\ ?(?:처리방침|취급방침|보호정책) | 청소년\ ?보호\ ?정책 | 저작권\ ?(?:보호정책|정책|규약)
          | about(?:\s(?:us|this\ site|the\ site|cookies|our\ ads))? | contact(?:\s(?:us|info|form))? | contacts | home(?:\ ?page)? | faqs? | help(?:\ cent(?:er|re))? | advertis(?:e|ing)(?:\s(?:with\ us|info|here))? | careers? | jobs | site\ ?map | site\ index | feedback | rss(?:\ feeds?)? | press(?:\ room)? | newsletters? | subscribe | subscriptions? | media\ kit | support | customer\ (?:service|support|care) | archives? | staff | masthead | work\ (?:with|for)\ us | our\ story | investors?(?:\ relations)? | blog | login | log\ in | sign\ in | register | security | mobile | reprints | permissions | licensing | ethics | corrections | syndication | affiliates? | partners | sponsors? | store | shop | team | company | powered\ by\ wordpress | back\ to\ top | report\ (?:a\ bug|abuse|an\ issue) | patents | press\ releases | e-?edition
          | kontakt (?:formular)? | über\ uns | werbung | werben | presse | karriere | hilfe | startseite | sitemap | newsletter | abo (?:nnement)? | redaktion | kurumsal | yardım | üyelik | contacts? | contactez-nous | publicité | qui\ sommes-nous(?:\ \?)? | à\ propos | aide | recrutement | contacto | contacta | publicidad | quiénes\ somos | mapa\ (?:del|do)\ (?:sitio|site|web) | contato | anuncie | quem\ somos | fale\ conosco | contatti | pubblicità | chi\ siamo | redazione | lavora\ con\ noi | mappa\ del\ sito | контакты | реклама | о\ (?:нас|проекте|сайте|компании) | редакция | обратная\ связь | kontakty? | reklama | o\ nas | redakcja | iletişim | reklam | hakkımızda | over\ ons | adverteren | om\ oss | annonsera | annonse | اتصل\ بنا | من\ نحن؟? | الإعلانات | أعلن\ معنا | خريطة\ الموقع | 关于我们 | 联系我们 | 关于 | 网站地图 | 广告服务 | 加入我们 | 關於我們 | 聯絡我們 | 廣告刊登 | 会社概要 | お問い合わせ | 運営会社 | サイトマップ | ヘルプ | 広告掲載 | 회사소개 | 광고문의 | 고객센터 | 제휴문의
        ) )+ [\W_]* $",
);

/// What makes a line of footer links legal, and not plain navigation.
static LEGAL: Pattern = Pattern::new(
    r"privacy | terms | legal | disclaimer | impressum | imprint | datenschutz | agb | nutzungsbed | mentions\ l | confidentialit | cgu | cgv | conditions | données | privacidad | términos | condiciones | termos | note\ legali | termini | condizioni | конфид | соглашение | правов | услови | prywatno | regulamin | gizlilik | yasal | kullanım | kvkk
        | privacy | voorwaarden | integritet | användar | personv | personupp | tietosuoja | käyttö | osobních | soukrom | adatv | απορρ | όροι | الخصوصية | شروط | 隐私 | 隱私 | 条款 | 條款 | 声明 | 聲明 | 規約 | プライバシー | 個人情報 | 特定商 | 免責 | 약관 | 개인정보 | 청소년 | do\ not\ (?:sell|share) | cookie | agreement | accessibility | choices | california | dmca | copyright\ (?:policy|notice|information|&|and) | trademark | åpenhets | annonseinn | (?:returns?|refund|shipping|comments?|content|editorial|security|ad|warranty|cancellation|environmental|disclosure)\ policy | (?:editorial|community)\ guidelines | privatlivs | gdpr | ketentuan | barrierefrei | politika",
);

/// One word that is a link in a menu and a heading elsewhere.
static VAGUE: Pattern = Pattern::new(
    r"^[\W_]* (?: privacy | legal | terms | conditions | accessibility | cookies? | copyright | disclaimers? | disclosures? | regulamin | datenschutz | barrierefreiheit | confidentialité | privacidad | privacidade | terms\ (?:and|&)\ conditions | agb | cgu | cgv | gizlilik | security | user\ agreement | disclosure | widerruf | netiquette | trademarks? | gdpr | (?:returns?|refund|shipping|security|comment|comments|content|data|cancellation)\ policy | code\ of\ (?:conduct|ethics) | intellectual\ property | informativa | données\ personnelles | protection\ des\ données | protección\ de\ datos | 免责声明 | 免責事項 | 条款 ) [\W_]* $",
);

/// Sentences that bind the reader, or free the site.
static BINDS: Pattern = Pattern::new(
    r"(?: (?:^|[.!?*:]\s|^[\W_]+)(?:\w+,?\ ){0,3}? by\ (?:\w+\ ){0,2}? \w+ing\b .* \b(?:you|i|we)\ (?:\w+,?\ ){0,4}(?:agree|agreeing|consent|accept|acknowledge|confirm|opting)\b .* (?:terms|agreement|privacy|polic(?:y|ies)|conditions|rules)
        | ^[\W_]* (?:your\ |any\ |the\ )? (?:continued\ )? (?:use\ of|access\ to|registration\ (?:on|to)|participation\ in|usage\ of) .* (?:constitutes|signifies|indicates|(?:is|are)\ (?:also\ )?(?:subject\ to|governed\ by)|you\ agree) \b .* (?:terms|agreement|privacy|polic(?:y|ies)|conditions|rules)
        | sprawdź\ .*(?:regulamin|politykę\ prywatności) | recaptcha .* google .* (?:polic|terms|privac|polít|polit|datenschutz|условия) | (?:protected\ by|protegido\ (?:por|pelo)|protégé\ par|geschützt\ durch|chroniona\ przez) \ .{0,12} recaptcha
        | ^[\W_]* (?:please\ )? (?:read|see|review|view|refer\ to|check|consult|visit|learn\ more\ (?:about|in)|find\ out\ more\ in) \ (?:\w+\ ){0,4} (?:privacy\ (?:policy|notice|statement)|terms\ (?:of\ (?:use|service)|(?:and|&)\ conditions)|cookie\ policy|user\ agreement|disclaimer) .* $
        | ^[\W_]* (?:terms|conditions)\ (?:under\ which|and\ conditions\ apply|of\ (?:use|service)\ apply) .* | ^[\W_]*(?:the\ )?google\ privacy\ policy\ and\ terms\ of\ service\ apply
        | ^[\W_]* (?:\w+:\ )? (?:the\ |any\ |all\ |statements\ and\ )? (?:views|opinions|statements|thoughts|comments|positions) (?:,?\ (?:and|or|&|views|opinions|thoughts|and/or|conclusions|findings))* \ (?:and\ \w+\ )? (?:expressed|presented|stated|contained|published|posted|given|here|in\ this|on\ this|of\ (?:the\ )?(?:authors?|writers?|contributors?|commenters?)|belong) .* (?:not\ (?:necessarily|intended|represent|reflect|the)|are\ (?:solely\ |entirely\ |strictly\ |purely\ )?(?:those\ of|his|her|their|my|mine|the\ authors?|the\ writers?|not|personal)|author['’]s\ own|his\ or\ her\ own|belong\ solely)
        | (?:is|are)\ not\ responsible\ for\ (?:the\ )?(?:content|contents|opinions|accuracy)\ (?:of|on|in|posted|expressed)\ .*(?:external|third|other|linked|comments?|sites?) | ^[\W_]* (?:мнение\ (?:редакции|авторов?)|редакция\ не\ несет|редакция\ не\ несёт) .* (?:совпада|ответственност) | (?:مقالات|الآراء|التعليقات|المقالات)\ .*(?:تعبر|يعبر)\ عن\ (?:رأي|آراء|وجهة).* | 本文(?:仅|僅)?代表作者.{0,20} | (?:文章|言论|觀點|观点)(?:仅|僅|只)代表.*
        | ^[\W_]* (?:die\ )?(?:inhalte|meinungen|beiträge)\ .*(?:nicht\ (?:unbedingt|zwingend|notwendigerweise)\ die\ meinung) | ^[\W_]* (?:las|los|as|les)\ (?:opiniones|opiniões|opinions|propos|comentarios)\ .*(?:no\ (?:reflejan|representan|necesariamente)|não\ (?:refletem|representam)|n['’]engagent) )",
);

/// Numbers under which a site is registered.
static REGISTERED: Pattern = Pattern::new(
    r"(?: (?:沪|京|粤|浙|苏|闽|鲁|川|渝|津|湘|鄂|豫|冀|晋|辽|吉|黑|皖|赣|桂|琼|贵|云|陕|甘|青|宁|新|蒙)?\s?[|｜]?\s?ICP\s?(?:备|備|证) | 公网安备 | (?:信息网络传播视听节目|互联网新闻信息服务|增值电信业务经营|广播电视节目制作经营|网络文化经营|网络出版服务)许可证 | 违法和不良信息举报 | 不良信息举报电话 | (?:registered\ in\ (?:england|scotland|ireland|wales).*) | ^.*(?:company|registered|registration|charity)\ (?:number|no\.?|reg)\ ?:?\ ?[a-z]{0,2}\d{5,} | registered\ office\ ?(?:is|at|:|address)
        | свидетельство\ о\ регистрации\ (?:сми|средства) | зарегистрировано?\ .*(?:роскомнадзор|федеральной\ службой) | ^учредител[ьи]\b.{0,20}: | (?:reg(?:istrazione|\.)?\ (?:al\ )?trib(?:unale|\.)|testata\ (?:giornalistica\ )?registrata)\b | \bP\.?\s?IVA\b.{0,6}\d{8,} | \bCNPJ\b.{0,4}\d\d\.\d{3} )",
);

/// Notes on what the content is for: also found in articles.
static PURPOSE: Pattern = Pattern::new(
    r"(?: ^[\W_]* (?:disclaimer|the\ (?:content|contents|information|material|materials|text)|this\ (?:article|information|content|site|website|material|post|page|blog|report)|all\ (?:content|information)|content|information|nothing) \b .* (?:purposes\ only|not\ (?:intended\ (?:to|as|for)|a\ substitute|constitute|be\ (?:construed|considered|relied))|(?:professional|medical|legal|financial|investment)\ advice) | ^[\W_]* (?:quotes?|data|market\ data|stock\ quotes?|prices?|information)\ (?:is\ |are\ |may\ be\ )?delayed\ (?:by\ )?(?:at\ least\ )?\d+ )",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    if count > 90 || text.len() > 900 || text.contains(['{', '=', '<']) {
        return;
    }
    if count <= 40 && !text.contains('"') && LEGAL.is_match(text) && LINKS.is_match(text) {
        // A title, or a heading above prose, is not a link.
        let heads = page.next(index).is_some_and(|i| is_prose(page.text(i)));
        let first = page.lines_before(index, 1) == 0;
        let title = count <= 4 && (heads || first);
        if !title && (!VAGUE.is_match(text) || in_menu(page, index)) {
            cuts.line(page, index, Level::Safe);
        }
    } else if OPINIONS.is_match(text) && count <= 70 && BINDS.is_match(text) {
        cuts.line(page, index, Level::Balanced);
    } else if count <= 40 && footer(text)
        || count <= 70 && BINDS.is_match(text)
        || count <= 50 && REGISTERED.is_match(text)
    {
        cuts.line(page, index, Level::Safe);
    } else if PURPOSE.is_match(text) {
        cuts.line(page, index, Level::Balanced);
    }
}

/// A disclaimer of opinions stands under the article it is about, and some count it as a part of it.
static OPINIONS: Pattern = Pattern::new(r"\b(?:views|opinions)\b");

/// What only the footer of a site links to.
static FOOTER: Pattern = Pattern::new(
    r"(?:^|[^\p{L}\p{N}]|\p{Ll}) (?: privacy\ (?:policy|notice|statement) | terms\ (?:of\ (?:use|service)|(?:and|&)\ conditions) | cookie\ (?:policy|settings|preferences) | user\ agreement | impressum | datenschutz(?:erklärung)? | mentions\ légales | aviso\ legal | política\ de\ privacid\w+ | gizlilik | note\ legali )",
);

/// Its company.
static COMPANY: Pattern = Pattern::new(
    r"(?: about\ ?us | contact | advertis | site\ ?map | careers | \brss\b | \bhelp\b | \bfaqs?\b | subscri | newsletter | \blegal | jobs | terms | privacy | feedback | press | kontakt | agb | mediadaten | contacto | publicidad | contatti | iletişim | © )",
);

/// True for a row of links with names of its own among them: 'The Miller | Archive | Privacy Policy | Contact'.
fn footer(text: &str) -> bool {
    let Some(link) = FOOTER.find(text) else {
        return false;
    };
    let others = [&text[..link.start], &text[link.end..]];
    let small = |w: &str| w.starts_with(char::is_lowercase);
    let allowed = [
        "of",
        "and",
        "us",
        "with",
        "for",
        "the",
        "to",
        "our",
        "policy",
        "use",
        "und",
        "de",
        "a",
        "or",
        "my",
        "index",
        "guide",
        "conditions",
        "site",
        "service",
    ];
    let plain = |part: &str| {
        part.split(|c: char| !c.is_alphanumeric())
            .filter(|w| small(w))
            .all(|w| allowed.contains(&w))
    };
    let bars = text.matches(['|', '·', '•', '›', '»']).count();
    let short = text.split(['|', '·', '•', '›', '»']).all(|p| words(p) <= 5);
    !is_prose(text)
        && others.iter().any(|o| COMPANY.is_match(o))
        && (bars >= 2 && short || others.iter().all(|o| plain(o)))
}

/// True between other short lines that are no prose, or at the page's end.
fn in_menu(page: &Page<'_>, index: usize) -> bool {
    let short = |i: usize| page.words(i) <= 8 && !is_prose(page.text(i));
    page.next(index).is_none_or(short)
        && page
            .prev(index)
            .is_some_and(|i| short(i) || page.next(index).is_none())
}

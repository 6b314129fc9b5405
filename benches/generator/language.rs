//! What a language is made of: syllables, function words, and phrases of web pages, all of our own writing.

/// A language with its share of documents and what its text is put together from.
pub(crate) struct Language {
    pub(crate) name: &'static str,
    /// Documents of a hundred.
    pub(crate) share: u64,
    /// Onsets, vowels and endings of syllables, separated by spaces; none where words have no spaces between them. No onset n or (Latin) m: words of negation and
    /// number (not, mil) are for the facts guard to meet in function words alone.
    pub(crate) syllables: [&'static str; 3],
    /// The most frequent words, first first. Together about two fifths of running text.
    pub(crate) function: &'static str,
    /// Comma, full stop, question mark.
    pub(crate) marks: [&'static str; 3],
    pub(crate) quotes: [&'static str; 2],
    pub(crate) months: [&'static str; 4],
    /// Lines of a site: `{S}` its name, `{Y}` a year, `{D}` a date, `{N}` a number.
    pub(crate) chaff: &'static [&'static str],
    /// Lines that are the same sentence with other facts: `{P}` a name, `{D}` a date, `{N}` a number.
    pub(crate) templates: &'static [&'static str],
    /// What stands above a quoted post: `{P}`, `{D}`.
    pub(crate) wrote: &'static str,
    /// What stands before a link to another page.
    pub(crate) also: &'static str,
}

impl Language {
    /// True where words have no spaces between them: there a character is a word, and has no syllables.
    pub(crate) fn unspaced(&self) -> bool {
        self.syllables[0].is_empty()
    }
}

/// Comma, full stop and question mark of most alphabets.
const MARKS: [&str; 3] = [",", ".", "?"];

/// Quotation marks of several languages.
const ANGLES: [&str; 2] = ["«", "»"];

const LATIN_ONSETS: &str = "b d f g k l z p r s t v br dr gl kr pl st tr sk";

/// All languages; shares add up to 100.
pub(crate) const LANGUAGES: [Language; 7] = [
    Language {
        name: "en",
        share: 40,
        syllables: [
            LATIN_ONSETS,
            "a e i o u ea",
            "l r k nt sh ing ed er ly tion",
        ],
        function: "the of to and a in is that for it on was with as be by at from are this have not they which or an \
                   were but had his their has been one would said will there we more can who if when about all so \
                   up its than out into after over only some could other then new two first time also people year",
        marks: MARKS,
        quotes: ["\"", "\""],
        months: ["January", "April", "August", "November"],
        chaff: &[
            "Home | News | Sport | Weather | Culture | Contact",
            "© {Y} {S}. All rights reserved.",
            "We use cookies to improve your visit to {S}. By continuing to browse you agree to our use of cookies.",
            "Sign up for the {S} newsletter and never miss a story.",
            "Follow us on Facebook, Twitter and Instagram",
            "Share this article: Facebook | Twitter | Email",
            "Terms of use | Privacy policy | Contact us | Advertise with {S}",
            "Advertisement",
            "Skip to main content",
            "You must be logged in to post a comment.",
            "Subscribe to {S} for unlimited access. Already a subscriber? Log in.",
            "Last updated: {D}",
            "Download the {S} app for iOS and Android",
            "If you value our work, please consider making a donation to {S}.",
        ],
        templates: &[
            "Water level at {P} on {D}: {N} cm, {N} cm above the mean of the month.",
            "{P} closed at {N} on {D}, against {N} the day before, in light trading.",
            "The trial of {P} was put off until {D}; {N} witnesses are still to be heard by the court.",
            "{P} beat {P} {N} to {N} before a crowd of {N} at home on {D}.",
        ],
        wrote: "On {D}, {P} wrote:",
        also: "READ ALSO: ",
    },
    Language {
        name: "de",
        share: 10,
        syllables: [
            LATIN_ONSETS,
            "a e i o u ä ö ie",
            "er en ung lich keit st ch t es ig",
        ],
        function: "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden \
                   aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur \
                   oder aber vor zur bis mehr durch man sein wurde wenn",
        marks: MARKS,
        quotes: ["„", "“"],
        months: ["Januar", "April", "August", "November"],
        chaff: &[
            "Startseite | Nachrichten | Sport | Wetter | Kultur | Kontakt",
            "© {Y} {S}. Alle Rechte vorbehalten.",
            "Impressum | Datenschutz | AGB | Kontakt",
            "Diese Website verwendet Cookies. Mit der weiteren Nutzung stimmen Sie der Verwendung von Cookies zu.",
            "Abonnieren Sie den Newsletter von {S} und verpassen Sie keine Nachricht.",
            "Folgen Sie uns auf Facebook und Twitter",
            "Artikel teilen: Facebook | Twitter | E-Mail",
            "Anzeige",
            "Sie müssen angemeldet sein, um einen Kommentar zu schreiben.",
            "Zuletzt aktualisiert: {D}",
        ],
        templates: &[
            "Der Pegel bei {P} stand am {D} bei {N} cm, {N} cm über dem Mittel des Monats.",
            "{P} schloss am {D} bei {N} Punkten nach {N} Punkten am Vortag.",
            "{P} gewann am {D} mit {N} zu {N} gegen {P} vor {N} Zuschauern.",
        ],
        wrote: "Am {D} schrieb {P}:",
        also: "LESEN SIE AUCH: ",
    },
    Language {
        name: "es",
        share: 10,
        syllables: [
            LATIN_ONSETS,
            "a e i o u ia",
            "l r n os as ado ción ar es ido",
        ],
        function: "de la que el en y a los se del las por un para con una su al lo como más pero sus le ya o este sí \
                   porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo durante ha era \
                   según ser dijo fue son años dos tiene está",
        marks: MARKS,
        quotes: ANGLES,
        months: ["enero", "abril", "agosto", "noviembre"],
        chaff: &[
            "Inicio | Noticias | Deportes | Tiempo | Cultura | Contacto",
            "© {Y} {S}. Todos los derechos reservados.",
            "Utilizamos cookies para mejorar su visita a {S}. Si continúa navegando, acepta su uso.",
            "Suscríbase al boletín de {S} y reciba las noticias en su correo.",
            "Síganos en Facebook y Twitter",
            "Compartir: Facebook | Twitter | Correo",
            "Aviso legal | Política de privacidad | Contacto",
            "Publicidad",
            "Última actualización: {D}",
        ],
        templates: &[
            "El nivel del agua en {P} fue de {N} cm el {D}, {N} cm sobre la media del mes.",
            "{P} cerró el {D} en {N} puntos, frente a los {N} puntos del día anterior.",
        ],
        wrote: "El {D}, {P} escribió:",
        also: "LEA TAMBIÉN: ",
    },
    Language {
        name: "fr",
        share: 5,
        syllables: [
            LATIN_ONSETS,
            "a e i o u é ou",
            "l r n es ent eur ion age ait é",
        ],
        function: "de la le et les des en un du une que est pour qui dans a par plus pas au sur se ce il sont ont avec \
                   son cette aux ses mais comme on ou si leur y dont elle deux ces entre été sans aussi fait après \
                   peut lors tout ans depuis",
        marks: [",", ".", " ?"],
        quotes: ["« ", " »"],
        months: ["janvier", "avril", "août", "novembre"],
        chaff: &[
            "Accueil | Actualités | Sport | Météo | Culture | Contact",
            "© {Y} {S}. Tous droits réservés.",
            "Nous utilisons des cookies pour améliorer votre visite. En poursuivant, vous acceptez leur utilisation.",
            "Inscrivez-vous à la lettre d'information de {S}.",
            "Suivez-nous sur Facebook et Twitter",
            "Mentions légales | Données personnelles | Contact",
            "Publicité",
        ],
        templates: &[
            "Le niveau de l'eau à {P} était de {N} cm le {D}, {N} cm au-dessus de la moyenne du mois.",
            "{P} a fini le {D} à {N} points, contre {N} points la veille.",
        ],
        wrote: "Le {D}, {P} a écrit :",
        also: "LIRE AUSSI : ",
    },
    Language {
        name: "ru",
        share: 13,
        syllables: [
            "б в г д з к л м п р с т ж ш бр гр др кл ст тр",
            "а е и о у я",
            "л м р к ть ость ый ого ение ать",
        ],
        function: "и в не на что с по как это для из к у а от за о но он бы так все же было до мы его при или если \
                   еще уже они был может только которые также были после года над об чтобы этом можно быть во того \
                   время том где",
        marks: MARKS,
        quotes: ANGLES,
        months: ["января", "апреля", "августа", "ноября"],
        chaff: &[
            "Главная | Новости | Спорт | Погода | Культура | Контакты",
            "© {Y} {S}. Все права защищены.",
            "Все права защищены. При использовании материалов ссылка на {S} обязательна.",
            "Подпишитесь на рассылку {S} и получайте новости на почту.",
            "Мы в социальных сетях: ВКонтакте | Одноклассники | Телеграм",
            "Пользовательское соглашение | Политика конфиденциальности | Реклама",
            "Реклама",
            "Сайт использует файлы cookie. Продолжая пользоваться сайтом, вы соглашаетесь с этим.",
        ],
        templates: &[
            "Уровень воды у {P} {D} составил {N} см, на {N} см выше среднего за месяц.",
            "{P} закрылся {D} на отметке {N} против {N} днем ранее.",
        ],
        wrote: "{D} {P} писал:",
        also: "ЧИТАЙТЕ ТАКЖЕ: ",
    },
    Language {
        name: "ar",
        share: 10,
        syllables: [
            "ب ت ج د ر س ش ع ف ق ك ط ص ح خ ز غ ث ذ ض",
            "ا و ي",
            "ب د ق ر ك س ة ات ون ية",
        ],
        function: "في من على أن إلى التي عن مع هذا ما الذي كان هذه قد بين أو بعد كما كل قال خلال ذلك عند هو وقد حيث \
                   هي منذ حتى كانت إن قبل عدد يوم لها عام تم أكثر غير أي وهو",
        marks: ["،", ".", "؟"],
        quotes: ["\"", "\""],
        months: ["يناير", "أبريل", "أغسطس", "نوفمبر"],
        chaff: &[
            "الرئيسية | الأخبار | الرياضة | الطقس | الثقافة | اتصل بنا",
            "جميع الحقوق محفوظة © {Y} {S}",
            "اشترك في النشرة البريدية ليصلك جديد {S}",
            "تابعونا على فيسبوك وتويتر",
            "شارك المقال: فيسبوك | تويتر | بريد",
            "سياسة الخصوصية | شروط الاستخدام | اتصل بنا",
            "إعلان",
        ],
        templates: &[
            "بلغ منسوب المياه في {P} يوم {D} نحو {N} سم، أي أعلى بمقدار {N} سم من متوسط الشهر.",
            "أغلق {P} يوم {D} عند {N} نقطة مقابل {N} نقطة في اليوم السابق.",
        ],
        wrote: "كتب {P} في {D}:",
        also: "اقرأ أيضا: ",
    },
    Language {
        name: "zh",
        share: 12,
        syllables: ["", "", ""],
        function: "的 了 是 在 和 一 有 人 他 这 中 我 上 个 到 说 来 们 为 也 就 大 地 要 以 会 对 可 年 与 而 等 将 从 \
                   其 但 及 后 于 被 我们 他们 没有 一个 可以 已经 因为 所以 如果 时候",
        marks: ["，", "。", "？"],
        quotes: ["“", "”"],
        months: ["1月", "4月", "8月", "11月"],
        chaff: &[
            "首页 | 新闻 | 体育 | 天气 | 文化 | 联系我们",
            "版权所有 © {Y} {S} 未经许可不得转载",
            "关于我们 | 联系我们 | 隐私政策 | 网站地图",
            "扫描二维码关注{S}微信公众号",
            "分享到：微信 微博 QQ空间",
            "责任编辑：{S}",
            "广告",
        ],
        templates: &[
            "{D}，{P}水位为{N}厘米，比本月平均水位高{N}厘米，未来几天预计缓慢回落。",
            "{P}在{D}收于{N}点，前一交易日收于{N}点，成交清淡，市场等待下周公布的数据。",
        ],
        wrote: "{P} 于 {D} 写道：",
        also: "延伸阅读：",
    },
];

//! Who reported, wrote and edited a story, and which news agency it came from.

use super::credit;
use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Who reported, wrote and edited a story, and which news agency it came from.
pub static RULE: Rule = Rule {
    name: "agency-credit",
    category: Category::Credit,
    doc: "Matches the sign-off of a news story: 'Reporting by …; Editing by …', 'With reporting by …', '… contributed to this report.', 'With inputs from agencies', the name of a news agency alone on a line or in brackets, the agencies' own item numbers; as a line, in brackets at the end of the last paragraph, or as its last sentence.

It names the staff and the wires behind the text; it is printed under every story of the house and tells nothing of this one.

It errs on texts about newsrooms, when a sentence consists of names only and ends as a sign-off does.",
    cues: &[
        "reporting by", "reporting from", "editing by", "writing by", "edited by", "contributed to this", "contributed reporting", "contributed to the", "reporting and", "writing and", "inputs from", "files from", "input from", "information from", "from agencies", "agency inputs", "wire reports", "wire services", "staff and wire",
        "reuters", "(ap)", "(afp)", "afp", "(dpa", "dpa", "associated press", "agence france", "xinhua", "(pti)", "(ani)", "(ians)", "ians", "pti", "news agency", "press association", "tass", "agencia efe", "(efe)", "efe", "ansa", "adnkronos", "apa", "belga", "lusa", "ritzau", "(tt)", "ntb", "pap", "ria novosti",
        "mit material", "mit informationen", "avec afp", "avec reuters", "con información", "com informações", "com agência", "con informazioni", "по материалам", "с материалами", "тасс", "риа новости", "интерфакс", "укринформ", "bearbeitet von", "berichterstattung",
        "新华社", "新華社", "中新社", "央视新闻", "共同", "時事", "ロイター", "연합뉴스", "뉴시스", "بترا", "رويترز", "وكالات", "أ ف ب", "الأناضول", "ایسنا", "ایرنا", "reported from", "upi", "anp", "agencies",
    ],
    check,
    examples: &[
        (Level::Safe, "The mill was sold on Friday.\n⟦Reporting by Ana Petrov; Editing by John Miller and Mary Weaver⟧"),
        (Level::Safe, "The mill was sold on Friday.\n⟦Additional reporting by Ana Petrov in Kyiv; Writing by John Miller; Editing by Mary Weaver\n⟧The buyer is a family from Oldtown."),
        (Level::Safe, "The mill was sold on Friday.⟦ (Reporting by Ana Petrov; editing by John Miller)⟧"),
        (Level::Safe, "The mill was sold on Friday.\n⟦With reporting by AFP, Reuters, and dpa⟧"),
        (Level::Safe, "The mill was sold on Friday.\n⟦Associated Press writers Ana Petrov in Kyiv and John Miller in London contributed to this report.⟧"),
        (Level::Safe, "The mill was sold on Friday.⟦ The Associated Press contributed to this report.⟧"),
        (Level::Safe, "⟦RUSSIAN NEWS AGENCY TASS\n⟧The mill was sold on Friday."),
        (Level::Safe, "The mill was sold on Friday.⟦ (Reuters)⟧"),
        (Level::Safe, "Die Mühle wurde am Freitag verkauft.\n⟦dpa/AFP⟧"),
        (Level::Safe, "Le moulin a été vendu vendredi.\n⟦(avec AFP)⟧"),
        (Level::Safe, "بيعت الطاحونة يوم الجمعة.\n⟦--(بترا)⟧"),
        (Level::Balanced, "The mill was sold on Friday.\n⟦(With inputs from PTI)⟧"),
    ],
    counter_examples: &[
        "Reporting by the local paper showed that the mill had been sold twice.",
        "LONDON (Reuters) - The mill was sold on Friday.",
        "It was first told by Agence France-Presse (AFP).",
        "Many neighbours contributed to this report by sending letters and photographs of the mill.",
        "Editing by hand takes longer than most writers expect.",
        "The AP reporters in Kyiv contributed to the understanding of the war.",
        "Die dpa wurde 1949 gegründet.",
        "You seem to say that nobody looks after the many\nagencies\nthat you name, and that none of them asks for more.",
        "Reuters was founded by a German who kept pigeons.",
        "ТАСС сообщило о продаже мельницы в пятницу.",
    ],
};

/// The start of a sign-off. What follows has to be names.
static SIGN_OFF: Pattern = Pattern::new(
    r"^[\W_]* (?: (?:additional|further|more) \s (?:reporting|writing|editing|research|files|translation)s? \s (?:and \s \w+ \s)? (?:by|from)
        | with \s (?:additional \s)? (?:reporting|inputs?|files|reports?|contributions?|information|agency \s inputs?|research) \s (?:by|from)
        | (?:reporting|writing|editing) (?:,? \s (?:and|&|/) \s (?:additional \s)? (?:reporting|writing|editing|edited|compiled|translated|research))? \s by
        | (?:written|edited|compiled|translated) \s by .{3,} [;.|] \s? (?:additional \s)? (?:reporting|edited|editing|translated|written) \s by
        | (?:information|material|content|reporting) \s from | berichterstattung \s (?:von|durch) | (?:zusätzliche \s)? bearbeite[tr]  \s von ) :? \s+ \S",
);

/// Other sign-offs, whole lines.
static WHOLE: Pattern = Pattern::new(
    r"^[\W_]* (?: (?:with|from) \s (?:agency|wire|news|staff)? \s? (?:agencies|agency \s inputs?|wire \s (?:reports|services|inputs)|agency \s reports)
        | (?:with|from|combined|compiled \s from|source:) \s (?:staff \s and \s)? (?:wire|agency|news \s agency) \s (?:reports|services|dispatches)
        | (?:with|mit|avec|con|com|met|med|z|wraz \s z|par|via|by|por|von|from|source:?|by \s the|brought \s to \s you \s by) \s (?:inputs? \s from \s|material \s (?:von|der) \s (?:der \s)?|informationen \s (?:von|der) \s (?:der \s)?|información \s de \s|informações \s d[ae] \s|informazioni \s d[ai] \s|agencia \s|agência \s|l['’]agence \s|the \s)? (?:reuters|(?-i:AP|AFP|afp|dpa|PTI|ANI|IANS|EFE|ANSA|UPI|TASS|PA|APA|ANP|AAP|CNN|Belga|Lusa|LUSA|NTB|PAP) | (?:the \s)? associated \s press | agence \s france-presse | xinhua | bloomberg | press \s association | canadian \s press | europa \s press | agência \s brasil | agencias | agences | agencies | agenturen)
            (?:[\s/,&+]+ (?:and \s|et \s|und \s|y \s|e \s)? (?:the \s)? (?:reuters|(?-i:AP|AFP|afp|dpa|PTI|ANI|IANS|EFE|ANSA|UPI|TASS|PA|APA|ANP|AAP|CNN|Belga|Lusa|LUSA|NTB|PAP) | (?:the \s)? associated \s press | agence \s france-presse | xinhua | bloomberg | press \s association | canadian \s press | europa \s press | agência \s brasil | agencias | agences | agencies | agenturen))*
        | mit \s (?:material|informationen) \s (?:von|der|aus) \s [^.]{2,} | (?:mit \s)? agenturmaterial | (?:mit \s)? agenturen | agencias | agências | agences | agenzie | агентства | وكالات | (?-i:Agencies|AGENCIES)
        | (?:staff \s and \s wire \s reports?) | (?:information|material) \s from \s [^.]{2,} \s was \s used \s in \s this \s (?:report|story|article)
        | this \s (?:report|story|article) \s (?:includes?|contains?|uses?|incorporates?) \s (?:information|material|reporting|content) \s (?:from|by|provided \s by) \s .{2,}
        | (?:с \s использованием|по) \s (?:материалам|материалов) .{2,}
        ) [\W_]* $",
);

/// The agencies themselves, alone on a line or joined by slashes; `dpa` prints item numbers.
static ALONE: Pattern = Pattern::new(
    r"^ (?: [\W_]* (?: (?:the \s)? associated \s press | reuters | agence \s france-presse | (?-i:AFP|afp|dpa|DPA|PTI|IANS|EFE|ANSA|UPI|TASS|ТАСС|ANP|APA|apa|Belga|BELGA|LUSA|Lusa|SDA|sda|ATS|ats|NTB|RTR|rtr|sid|SID|Ansa|ansa|KNA|epd|dapd) | xinhua | adnkronos | (?:the \s)? press \s association | press \s trust \s of \s india | indo-asian \s news \s service
            | ria \s novosti | риа \s новости | интерфакс | укринформ | new \s china \s news \s agency | 新华社 | 新華社 | 中新社 | 共同通信 (?:社)? | 時事通信 (?:社)? | ロイター | 연합뉴스 | 뉴시스 | بترا | رويترز | أ \s ف \s ب | الأناضول | ایسنا | ایرنا | europa \s press | agência \s brasil | agencia \s efe | canadian \s press | (?:the \s)? canadian \s press | dpa-afx | dpa-infocom | dpa/tmn | dow \s jones \s newswires )
            (?: [\W_]+ | \s and \s | $ ) )+ $
        | ^[\W_]* (?:\w+ \s)? (?:state \s)? news \s agency \s (?:of \s)? (?-i:[A-Z]{2,4} \s)? (?-i:TASS|ТАСС|RIA|RIA \s Novosti|Xinhua|XINHUA|APA|IRNA|SANA|WAFA) $
        | ^ (?:©\ )? dpa (?:-\p{L}+)* ,? \s? (?: dpa:\d{6} .* )? $ | ^ AP-[A-Z]{2}-- .{3,} (?:Writethru|Ld) .* $ ",
);

/// A bracket at the end of the last paragraph, after its sentence.
static BRACKET: Pattern =
    Pattern::new(r"[.!?”\x22’»…] \s* (?P<cut> [(\[] [^()\[\]]{2,} [)\]] ) \.? $");

/// Agencies so short that they are only believed in brackets after the last sentence.
static SHORT: Pattern = Pattern::new(
    r"^[(\[] \s? (?-i: AP | PA | CP | AAP | ANI | TT | PAP | NTB | RIA | KNA | APA ) (?: [\s/,]+ (?-i: AP | AFP | PA | Reuters | dpa | TT | APA ) )* \s? [)\]]$",
);

/// `… contributed to this report`, as the last sentence.
static CONTRIBUTED: Pattern = Pattern::new(
    r"(?: contributed (?:\s reporting|\s research)? (?:\s to \s (?:this|the) \s (?:report|story|article|post|piece|guide|dispatch|review|column|list|analysis))? | reported \s from \s [^.]{2,} ) [.\s)\]]* $",
);

/// Sign-offs that tell where the text's facts are from.
static GATHERED: Pattern = Pattern::new(
    r"^[\W_]* (?: (?:information|material|content)\ from | with\ (?:additional\ )?(?:inputs?|files) | mit\ informationen\ von )",
);

/// Lower-case words of a sign-off. Any other lower-case word means the line tells something.
const SMALL: &[&str] = &[
    "additional",
    "further",
    "more",
    "with",
    "reporting",
    "writing",
    "editing",
    "edited",
    "written",
    "research",
    "compiled",
    "translated",
    "translation",
    "by",
    "from",
    "in",
    "and",
    "for",
    "the",
    "at",
    "of",
    "to",
    "this",
    "a",
    "report",
    "story",
    "article",
    "post",
    "piece",
    "guide",
    "dispatch",
    "review",
    "contributed",
    "reported",
    "also",
    "writers",
    "writer",
    "reporter",
    "reporters",
    "staff",
    "editor",
    "editors",
    "correspondent",
    "correspondents",
    "journalist",
    "journalists",
    "bureau",
    "newsroom",
    "desk",
    "agencies",
    "agency",
    "wire",
    "news",
    "services",
    "service",
    "press",
    "input",
    "inputs",
    "files",
    "information",
    "material",
    "reports",
    "dpa",
    "afp",
    "photographer",
    "producer",
    "contributor",
    "contributors",
    "column",
    "list",
    "analysis",
    "de",
    "da",
    "van",
    "von",
    "al",
    "el",
    "bin",
    "del",
    "der",
    "la",
    "le",
    "und",
    "von",
    "der",
    "bearbeitet",
    "berichterstattung",
    "researcher",
    "team",
    "freelance",
    "special",
    "colleague",
    "colleagues",
    "on",
    "&",
];

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if text.len() <= 600 && whole(text) {
        return cuts.line(page, index, line_level(text));
    }
    if text.trim_end_matches('.').ends_with([')', ']'])
        && let Some(at) = BRACKET.cut(text)
        && (whole(text[at.clone()].trim_matches(['(', ')', '[', ']', ' ']))
            || SHORT.is_match(&text[at.clone()]))
    {
        return cuts.part(page, index, at.start..text.len(), Level::Safe);
    }
    if let Some(at) = last_sentences(text).find(|&at| sign_off(&text[at..])) {
        cuts.part(page, index, at..text.len(), Level::Safe);
    }
}

/// Who contributed is part of some papers' text; what names an agency, or says who edited, is not.
fn line_level(text: &str) -> Level {
    let agency = || credit::AGENCY.is_match(text) || WHOLE.is_match(text);
    if GATHERED.is_match(text) || CONTRIBUTED.is_match(text) && !agency() {
        Level::Balanced
    } else {
        Level::Safe
    }
}

/// True for a text that is a sign-off and nothing else.
fn whole(text: &str) -> bool {
    sign_off(text) || WHOLE.is_match(text) || ALONE.is_match(text)
}

/// True for 'Reporting by …' and '… contributed to this report' with nothing but names between.
fn sign_off(text: &str) -> bool {
    words(text) <= 60
        && (SIGN_OFF.is_match(text) || CONTRIBUTED.is_match(text))
        && text
            .split_whitespace()
            .skip(1)
            .any(|w| w.chars().any(char::is_uppercase))
        && names_only(text)
}

fn names_only(text: &str) -> bool {
    text.split_whitespace()
        .filter(|t| !t.contains("://"))
        .flat_map(|t| t.split(['/', '—', '–', ';', ',', ':']))
        .map(|t| t.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|t| t.starts_with(char::is_lowercase))
        .all(|t| SMALL.contains(&t) || t.contains('.') || t.contains(char::is_uppercase))
}

/// Starts of the last sentences of a paragraph, the earliest first.
fn last_sentences(text: &str) -> impl Iterator<Item = usize> {
    let from = text.len().saturating_sub(320);
    let mut glued = false;
    text.char_indices().filter_map(move |(at, c)| {
        let start = glued && at >= from && (c.is_whitespace() || c == '—');
        glued = matches!(c, '.' | '!' | '?' | '”' | '"' | '’' | ')');
        (start && text[at..].len() > 12).then_some(at)
    })
}

//! Appeals for money.

use super::page::{Cuts, Page, ends_as_sentence};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Appeals for money.
pub static RULE: Rule = Rule {
    name: "donation-appeal",
    category: Category::Donation,
    doc: "Matches a line that asks the reader, in the imperative or in the first person of the publisher, to give money to the \
site: \"if you liked this article, please consider a donation\", \"support our journalism\", a donate button; with the lines \
into which a hard-wrapped appeal runs on, and a \"PS:\" that stands over it.

It is the same on every page of the site and has nothing to do with what the page tells.

It errs where giving is the subject and the text speaks to the reader too: the page of a charity about its own work. An appeal \
for somebody else (flood victims, in lieu of flowers) stays, and so does every report about donations.",
    cues: &[
        "donat",
        "support us",
        "support me",
        "support our",
        "support my",
        "support this",
        "support the site",
        "support independent",
        "support quality",
        "support fearless",
        "support local journalism",
        "support journalism",
        "reader-supported",
        "reader-funded",
        "listener-supported",
        "patreon",
        "patron",
        "ko-fi",
        "a coffee",
        "tip jar",
        "paypal",
        "contribut",
        "chip in",
        "give now",
        "give today",
        "ways to give",
        "our work",
        "a supporter",
        "spende",
        "unterstütz",
        "faire un don",
        "faites un don",
        "je donne",
        "je fais un don",
        "soutenez",
        "soutenir",
        "dona ",
        "donar",
        "donación",
        "apóyanos",
        "apoya ",
        "apoyar",
        "doar",
        "doação",
        "doe ",
        "apoie",
        "sostieni",
        "sostienici",
        "donazione",
        "поддерж",
        "пожертв",
        "تبرع",
        "ادعم",
        "дарение",
        "подкрепи",
        "журналистика има",
        "捐",
        "打赏",
        "赞助",
        "寄付",
        "ご支援",
        "doneer",
        "steun ",
        "wesprzyj",
        "wspieraj",
        "darowizn",
        "bağış",
        "destekle",
        "후원",
        "stöd ",
        "skänk",
    ],
    check,
    examples: &[
        (
            Level::Safe,
            "The council meets again in May.\n⟦If you found this article useful, please consider making a small donation to keep us going.\n⟧",
        ),
        (
            Level::Safe,
            "⟦Harbour Relief Fund - Make a one-time donation in support of the crews!\n⟧The storm took eleven boats.",
        ),
        (
            Level::Safe,
            "Nobody was hurt.\n\n⟦PS:\n⟧\n⟦If you enjoyed this report, please think about giving to our paper. You find the button on the right: Donate\nthen choose a sum. Every month some of you do so, and without these regular gifts we could not\nkeep the presses running. Thanks.\n⟧The mayor spoke last.",
        ),
        (
            Level::Safe,
            "The strike ended on Monday.\n⟦Support independent journalism\nDonate now\nBuy me a coffee\n⟧",
        ),
        (
            Level::Safe,
            "Der Fluss steigt weiter.\n⟦Unterstützen Sie unsere Arbeit mit einer Spende.\n⟧La rivière monte encore.\n⟦Soutenez notre rédaction : faites un don.\n⟧El río sigue subiendo.\n⟦Haz una donación\n⟧",
        ),
        (
            Level::Safe,
            "O rio continua a subir.\n⟦Apoie o nosso jornalismo.\n⟧Il fiume sale ancora.\n⟦Sostieni il nostro lavoro con una donazione.\n⟧Река поднимается.\n⟦Поддержите нашу редакцию\n⟧",
        ),
        (
            Level::Safe,
            "河水继续上涨。\n⟦立即捐款\n⟧川の水位は上がり続けている。\n⟦寄付する\n⟧ما زال النهر يرتفع.\n⟦تبرع الآن\n⟧",
        ),
        (
            Level::Balanced,
            "The bridge has been shut since March, and nobody at the council will say why.⟦ If you like what we do, please support us with a small donation.⟧",
        ),
    ],
    counter_examples: &[
        "In lieu of flowers the family asks that you make a donation to the lifeboat station.",
        "Please consider donating blood before the holidays: the stocks of group O last for two days.",
        "The party returned the donation after the newspaper had reported on it.",
        "If you find yourself inspired to go and see it, donate the price of the ticket to a library instead.",
        "Support our troops, said the banner over the bridge, and nobody took it down.",
        "If you like using the program, tell a friend.\nDonate the clothes you no longer wear.",
        "Er will Knochenmark spenden und sucht einen passenden Empfänger.",
        "You can contribute to the project by sending patches to the list.",
        "How to support me when I grieve\nYour donation of a kidney can save a life.",
    ],
};

/// Buttons: the whole line.
static BUTTON: Pattern = Pattern::new(
    r"^\W*(?:
      (?-x:please donate|donate(?: (?:now|today|here|online|monthly|via paypal|with paypal|by \S+|to (?:us|this (?:site|blog|project))))|(?:make|give|send)(?: us)? a (?:\S+ )?donation (?:now|today|here|online)|(?:please )?(?:support|donate to) (?:us|me|our (?:work|mission|journalism|reporting|newsroom|site|cause)|my work|this (?:site|blog|project|podcast|publication)|the (?:site|blog|podcast|show))(?: (?:on patreon|today|now|by donating))?)
    | (?-x:support (?:independent|fearless|quality|local|public interest|investigative|nonprofit|public|free|real|great|trusted|good|our independent|award-winning|reader-funded)(?: (?:nonprofit|independent|local|investigative|public|student))? (?:journalism|news|media|reporting|radio|writing|press))
    | (?-x:(?:give|contribute) (?:now|today|online|monthly|once)|(?:other )?ways to (?:support us|give|donate)|buy (?:me|us) (?:a|some) coffees?|(?:become|be) (?:a|our) (?:patron|sustainer|sustaining member|monthly donor|supporter|donor)(?: (?:today|now|on patreon))?|(?:support (?:us|me) on |(?:join|follow) (?:us|me|my) (?:on )?)patreon|tip jar|(?:donate|give) with \S+(?: give with \S+)?)
    | (?-x:(?:jetzt|online|hier) spenden|spenden sie(?: jetzt)?|spende(?: jetzt)?|unterstützen sie uns|(?:unterstütze|unterstützt) uns|(?:so|wie) (?:können sie|kannst du) (?:uns )?(?:spenden|unterstützen))
    | (?-x:(?:faire|je fais|faites) un don(?: maintenant)?|je donne|soutenez[- ]nous|nous soutenir|je soutiens)
    | (?-x:donar ahora|dona (?:ahora|aquí)|(?:haz|haga|hacer) una donación|apóyanos|apoya nuestro (?:trabajo|periodismo))
    | (?-x:doar agora|doe agora|(?:faça|fazer) uma doação|apoie[- ]nos|apoie o nosso (?:trabalho|jornalismo))
    | (?-x:dona (?:ora|adesso)|(?:fai|fare) una donazione|sostienici)
    | (?-x:(?:поддержать|поддержите) (?:нас|проект|редакцию|сайт|автора)|(?:сделать|сделайте) пожертвование)
    | (?-x:تبرع (?:الآن|الان)|تبرّع الآن|ادعمنا|ادعم الموقع)
    | (?-x:(?:立即|我要|在线|線上)(?:捐款|捐赠|捐贈|捐助)|支持我们|支持我們|打赏|打賞|赞助我们|贊助我們)
    | (?-x:(?:今すぐ)?寄付(?:する|のお願い|はこちら)|ご(?:支援|寄付)のお願い|サポートする)
    | (?-x:doneer(?: nu)?|steun ons|wesprzyj nas|wspieraj nas|przekaż darowiznę|bağış yap|bize destek ol|후원하기|stöd oss|skänk en gåva|ge en gåva|støt os|støtt oss)
    )\W*$",
);

/// The same without a call: a button only among its like, else perhaps a heading over text.
static WORD: Pattern = Pattern::new(
    r"^\W*(?-x:donate|donations?|make a (?:\S+ )?donation|ways to (?:give|donate)|give|contribute|spenden?|donner|dons?|donar|dona|donaciones|doar|doações|donazioni|пожертвовать|пожертвования|تبرع|تبرعات|捐款|捐贈|捐赠|寄付|후원|bağış|darowizny|doneren)\W*$",
);

/// Sentences of an appeal, by their opening.
static APPEAL: Pattern = Pattern::new(
    r"^(?:(?-x:p\.? ?s\.?[:,]? |note: )?\W*)(?:
      (?-x:(?:if|whether|since|when|did) you(?:['’]ve|['’]d| have| would| do| also)? (?:like|liked|enjoy|enjoyed|find|found|value|appreciate|appreciated|read|benefit|benefited|love|loved|use|learned|got)\b.*\b(?:this|these|our|my|it|reading|what (?:we|you|i)|the (?:site|blog|article|story|post|podcast|show|website|work|content))\b.*\b(?:(?:please|consider\S*|think about|you can|help us|help me|why not|be sure to|feel free to|making|make|send\S*|leave|with)\b.*\bdonat(?:e|ing|ions?)|contribution|contribute|chip in|support(?:ing)? (?:us|me|our|my|this|the (?:site|blog|show|work))|patreon|patron|ko-fi|tip jar|(?:buy|buying) (?:me|us) a|giving to (?:us|our|the)|paypal)\b.*)
    | (?-x:(?:if|whether) you(?:['’]d)?(?: \S+){0,3} (?:like|want|wish|able|can|believe|care|think)\b.*\b(?:support(?:ing)? (?:us|me|our (?:work|journalism|site|mission|reporting)|my work|this (?:site|blog|work|project|podcast)|the (?:site|blog|show))|patreon|ko-fi|tip jar|(?:buy|buying) (?:me|us) a|(?:donat\S*|contribut\S*)\b.*\b(?:to us|our (?:work|journalism|site|newsroom|reporting)|this (?:site|blog|website|podcast))|private donation)\b.*)
    | (?-x:please (?:help|consider|think about|support|donate|chip in)\b.*\b(?:support(?:ing)? (?:us|our|my|me|this (?:site|blog|work|project|website|community project|publication|podcast)|the (?:site|blog|show)|independent|quality)|(?:donat\S*|contribut\S*|gift|give|giving|member\S*)\b.*\b(?:us|our|this (?:site|blog|website|project|publication|podcast|page|work)|the (?:site|website|blog)|journalism)\b).*|please help\b.*\bwith (?:a|your) donation\b.*)
    | (?-x:(?:you can |to |help (?:us )?)?support (?:us|me|our|my|this (?:site|blog|website|podcast|publication|channel)|the (?:site|blog|website|podcast))\b.*\b(?:donat\S*|patreon|paypal|ko-fi|becom\S* a|contribut\S*|member|membership|subscrib\S*|coffee|via|by (?:giving|buying)|gift|monthly)\b.*)
    | (?-x:(?:help (?:us )?|we need your help to )?(?:keep|make|fund|sustain|protect|power) (?:us|our|this (?:site|blog)|the (?:site|news)|independent|all of our|\S+ free)\b.*\b(?:donat\S*|contribut\S*|gift|support|member)\b.*)
    | (?-x:your (?:\S+ )?(?:donation|support|contribution|gift|membership|generosity)s? (?:\S+ )?(?:support|help|keep|make|fund|allow|enable|will|is|are|can|means|ensure)s?\b.*\b(?:our (?:journalism|reporting|newsroom|work|site|mission|community|programming|reporters|independence)|us\b|this (?:site|website|blog|work|project)|free (?:for|to)|journalism|independent|possible|appreciated|tax[- ]deductible).*)
    | (?-x:we (?:rely|depend) (?:solely |entirely |only )?(?:on|upon) (?:\S+ ){0,4}(?:readers?|listeners?|viewers?|donors?|members|supporters|people like you)\b.*)
    | (?-x:.{3,} (?:is|are) (?:a |an )?(?:\S+ ){0,3}(?:reader|listener|viewer|member|donor|community)[- ](?:supported|funded) (?:\S+ ){0,2}?(?:publication|newsletter|site|blog|podcast|magazine|newsroom)s?\. (?:to|if|please|your|become)\b.*)
    | (?-x:(?:donate|contribute|chip in|give) (?:to|via|through|by|using|with|today|now|whatever|as little|just|here|a|\S\d+)\b.*\b(?:us|our|this (?:site|blog|project)|paypal|patreon|keep|site|credit card)\b.*)
    | (?-x:(?:join|become|be) .*\b(?:patreon|ko-fi|(?:monthly|recurring|sustaining) (?:donor|supporter|member))\b.*|buy (?:me|us) a \S+ (?:on|via|at|through|here|if)\b.*)
    | (?-x:(?:set up|make|schedule|start) (?:a|your) (?:recurring|monthly|one-time|one-off|single|tax-deductible|secure|online|generous|charitable|small) (?:donation|gift|contribution)\b.*)
    | (?-x:for (?:just |only |as little as |less than )?(?:a donation of )?\S?\d+\S*(?: \S+){0,4},? you(?: can|'ll| will)? (?:help|support|keep|receive)\b.*)
    | (?-x:(?:a |any )?donations? (?:is|are|to this (?:site|blog)|will|received|can be made)\b.*\b(?:appreciated|welcome|our|us|this (?:site|blog))\b.*)
    | (?-x:(?:wenn|falls|sofern) (?:ihnen|dir|euch|sie|du) .*\b(?:spende\S*|unterstütz\S*|paypal|steady|patreon)\b.*|(?:unterstützen sie|unterstütze|unterstützt|helfen sie|hilf) (?:uns|unsere?[nrms]?|die unabhängige|unabhängige\S*|den|diese\S*|guten?|freien?|kritischen?) ?(?:\S+ ){0,4}(?:journalis\S*|arbeit|spende|redaktion|projekt|seite|blog|recherchen?|abo|beitrag|podcast)\b.*|spenden sie (?:für|jetzt|hier|an uns)\b.*\b(?:journalismus|uns|unsere?|arbeit)\b.*|(?:ihre|deine) spende (?:hilft|ermöglicht|unterstützt|macht|sichert)\b.*\b(?:uns|unsere?[nrms]?|journalismus)\b.*)
    | (?-x:(?:soutenez|aidez|soutenir) (?:nous|notre|un|une|la presse|le journalisme|l[’']information|cette?|ce)\b.*\b(?:don|dons|journalisme|rédaction|journal|indépendante?s?|abonn\S*|média|travail|presse|site)\b.*|si (?:vous|cet|cette|notre)\b.*\b(?:faire un don|soutenir|un don|tipeee|paypal)\b.*|(?:faites|faire) un don\b.*\b(?:nous|notre|site|association|déductible)\b.*)
    | (?-x:(?:apoya|apoye|apóyanos|ayúdanos|sostén|defiende|colabora) .*\b(?:periodismo|donaci\S+|nuestro|nuestra|independiente|socio|medio)\b.*|si (?:te|le|has|quieres|crees)\b.*\b(?:donaci\S+|donar|apoy\S+|suscr\S+|patreon|paypal)\b.*|(?:tu|su) (?:donación|aporte|apoyo) (?:nos|hace|ayuda|permite)\b.*)
    | (?-x:(?:apoie|ajude|colabore|contribua) .*\b(?:jornalismo|doaç\S+|nosso|nossa|independente|site)\b.*|se (?:você|gostou|quer)\b.*\b(?:doaç\S+|doar|apoi\S+|contribu\S+)\b.*|(?:sua|a sua|tua) (?:doação|contribuição) (?:nos|ajuda|permite|é)\b.*)
    | (?-x:(?:sostieni|sostenete|aiutaci|supporta|aiuta) .*\b(?:giornalismo|donazion\S+|nostr[oa]|indipendente|sito|progetto|lavoro)\b.*|se (?:ti|vi|hai|questo|vuoi)\b.*\b(?:donazion\S+|sostien\S+|sostener\S+|paypal|5 ?x ?mille)\b.*)
    | (?-x:(?:поддержите|поддержи|помогите|подпишитесь на) .*\b(?:нас|нашу?|наш|редакци\S+|проект\S*|журналистик\S+|донат\S*|пожертвован\S+)\b.*|(?:независимата журналистика|подкрепете|подкрепи|помогнете на)\b.*\b(?:нужда от твоята помощ|ни|новините|дарение)\b.*|(?:всяко|твоето|вашето) дарение\b.*|если (?:вам|вы)\b.*\b(?:поддержите|поддержать|пожертв\S+|донат\S*)\b.*\b(?:нас|проект|автора|редакци\S+|сайт|наш\S*|канал)\b.*)
    | (?-x:(?:ادعم|ادعموا|تبرع|تبرعوا)\b.*(?:لنا|موقعنا|صحافتنا|عملنا|المستقلة|الصحافة)\b.*)
    | (?-x:(?:如果(?:您|你)|请|請|欢迎|歡迎).{0,30}(?:捐款|捐赠|捐贈|打赏|打賞|赞助|贊助)(?:我们|我們|本站|支持)?.*)
    | (?-x:.{0,30}(?:ご寄付|寄付|ご支援)(?:を|の|で).{0,20}(?:お願い|ください|募集).*)
    | (?-x:(?:steun|help) (?:ons|onze|onafhankelijke?)\b.*\b(?:journalistiek|donatie|werk|redactie)\b.*|(?:wesprzyj|wspieraj) (?:nas|nasz\S*|niezależn\S*)\b.*|(?:stöd|støtt|støt) (?:vår|vårt|oss|os|vores|fri)\b.*\b(?:journalisti[ks]\S*|arbete|arbeid|arbejde|gåva)\b.*|(?:bize|bağımsız) .*\bdestek\S*\b.*)
    )$",
);

/// A name or slogan, a dash, and the call: `Fund X - Make a donation in support of Y!`.
static SLOGAN: Pattern = Pattern::new(
    r"^(?-x:\S+(?: \S+){0,5} ?[-–—:|] )(?-x:(?:please )?(?:make a (?:\S+ )?donation|donate (?:now|today|here|to)|support (?:us|our))\b.*)$",
);

/// An appeal glued to the end of a paragraph, from its own sentence on.
static TAIL: Pattern = Pattern::new(
    r"[.!?…][”’\x22')]*\s+(?P<cut>(?-x:(?:if you(?:['’]ve| have)? (?:like|liked|enjoy|enjoyed|find|found|value|appreciate)\b|please (?:consider|help|support)\b)[^.!?]*\b(?:support(?:ing)? (?:us|our (?:work|journalism|reporting|site)|this (?:site|blog))|(?:donat\S+|contribution)[^.!?]*\b(?:us|our|this (?:site|blog|website)|we)|(?:us|our|this (?:site|blog)|we)\b[^.!?]*\bdonation|buy(?:ing)? (?:me|us) a coffee)\b[^.!?]*)[.!]?)$",
);

/// An appeal for somebody else has a beneficiary of flesh and blood.
static FOR_OTHERS: Pattern = Pattern::new(
    r"\b(?-x:blood|organs?|kidney|flowers|victims|funeral|troops|red cross|hungry|homeless|widow|survivors|blutspende|stammzell\S*)\b",
);

/// Lines into which a hard-wrapped appeal may run on.
const WRAPPED_LINES: usize = 6;

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    if count <= 10 && BUTTON.is_match(text) {
        cuts.line(page, index, Level::Safe);
    } else if count <= 4 && WORD.is_match(text) {
        let level = if page.in_list(index) {
            Level::Safe
        } else {
            Level::Balanced
        };
        cuts.line(page, index, level);
    } else if count <= 70
        && (APPEAL.is_match(text) || (count <= 16 && SLOGAN.is_match(text)))
        && !FOR_OTHERS.is_match(text)
    {
        cuts.line(page, index, Level::Safe);
        surroundings(page, index, cuts);
    } else if let Some(part) = TAIL.cut(text)
        && !FOR_OTHERS.is_match(text)
    {
        cuts.part(page, index, part, Level::Balanced);
    }
}

/// Cuts a postscript mark over the appeal, and the lines in which its sentences run on.
fn surroundings(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    if let Some(before) = page.prev(index)
        && matches!(
            page.text(before).trim_end_matches(':'),
            "PS" | "P.S." | "P.S" | "Ps" | "NB"
        )
    {
        cuts.line(page, before, Level::Safe);
    }
    let mut last = index;
    for _ in 0..WRAPPED_LINES {
        let open = page.words(last) >= 8 && !ends_as_sentence(page.text(last));
        match page.next(last) {
            Some(next) if open && page.text(next).starts_with(char::is_lowercase) => {
                cuts.line(page, next, Level::Safe);
                last = next;
            }
            _ => break,
        }
    }
}

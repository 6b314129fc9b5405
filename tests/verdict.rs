//! The judgement on a pair: what the facts guard must protect and must not, which side may go, and that order does not matter.

use dechaff::config::{Config, Guard};
use dechaff::near::verdict::{
    Comparer, Direction, Kind, Prepared, Thresholds, Verdict, template_key,
};
use dechaff::text::fold::Folder;
use proptest::prelude::*;

fn prepared(text: &str) -> Prepared {
    let mut out = Prepared::default();
    out.fill(text, &mut Folder::default());
    out
}

fn judge_with(a: &str, b: &str, guard: Guard) -> Verdict {
    let thresholds = Thresholds {
        guard,
        ..Thresholds::from(&Config::default())
    };
    Comparer::default().compare(&prepared(a), &prepared(b), &thresholds)
}

fn judge(a: &str, b: &str) -> Verdict {
    judge_with(a, b, Guard::Facts)
}

/// `a⟦x|y⟧b` stands for the two texts `axb` and `ayb`.
fn both(marked: &str) -> (String, String) {
    let (mut a, mut b) = (String::new(), String::new());
    for (i, part) in marked.split(['⟦', '⟧']).enumerate() {
        match part.split_once('|') {
            Some((x, y)) if i % 2 == 1 => {
                a.push_str(x);
                b.push_str(y);
            }
            _ => {
                a.push_str(part);
                b.push_str(part);
            }
        }
    }
    (a, b)
}

/// Pairs that tell other facts in like words.
const PROTECTED: &[&str] = &[
    // numbers, in digits and in words
    "The ferry carried ⟦412|398⟧ passengers across the sound on its first crossing of the summer season.",
    "The orchard needs ⟦four|seven⟧ more pickers before the frost reaches the lower slopes of the valley.",
    "The bridge will cost ⟦2.5|3.1⟧ million crowns, the harbour board told the council in a short letter.",
    "The lighthouse was sold for ⟦two million|two billion⟧ crowns to a family of bakers from the mainland.",
    "Die Bäckerei am Markt hat im letzten Winter ⟦fünf|neun⟧ neue Öfen gekauft und den Laden umgebaut.",
    "Le village compte désormais ⟦trois|huit⟧ boulangeries et une petite école au bord de la rivière.",
    "La cooperativa vendió ⟦veinte|sesenta⟧ toneladas de aceitunas durante la feria de la comarca vecina.",
    "No outono passado a vila plantou ⟦sete|nove⟧ carvalhos ao lado da velha estação de comboios.",
    "Il museo ha aperto ⟦quattro|otto⟧ nuove sale dedicate alla ceramica antica della regione costiera.",
    "Завод на берегу реки построил ⟦пять|девять⟧ новых лодок для рыбаков северного посёлка этой зимой.",
    "اشترت البلدية ⟦خمس|تسع⟧ حافلات جديدة لنقل الطلاب من القرى البعيدة إلى المدارس في مركز المدينة",
    "今年春天村里的合作社一共种了⟦350|420⟧棵苹果树，还修好了通往山谷的小路和旧桥。",
    "この春、村の組合は谷へ続く道のそばに⟦350|420⟧本のりんごの木を植えて、古い橋も直した。",
    // a number put in alone
    "The mill grinds ⟦|40⟧ sacks of rye every morning before the first carts arrive from the northern farms.",
    // months and days of months
    "The choir will sing in the old granary on ⟦March|October⟧ evening if the roof has been mended by then.",
    "Am Abend des ersten ⟦Mai|August⟧ spielt die Kapelle wieder auf dem kleinen Platz vor dem Rathaus.",
    "Музей откроется для посетителей в середине ⟦марта|ноября⟧ после долгого ремонта северного крыла здания.",
    // directions
    "Prices for raw wool ⟦rose|fell⟧ sharply at the spring auction, brokers in the market hall said.",
    "The dairy reported a ⟦profit|loss⟧ for the winter quarter after selling its cheese abroad again.",
    "Der Preis für Hafer ist in dieser Woche deutlich ⟦gestiegen|gefallen⟧, sagten Händler an der Börse.",
    "Цены на мёд за последнюю неделю заметно ⟦выросли|упали⟧, рассказали торговцы на городском рынке.",
    "⟦ارتفعت|انخفضت⟧ أسعار العسل في السوق القديم خلال الأسبوع الماضي كما قال التجار لمراسلنا في المدينة",
    // negation
    "The inspectors said the old dam is ⟦|not⟧ safe and that the valley below it needs no new warning signs.",
    "Der Gemeinderat hat den Plan für die Brücke ⟦|nicht⟧ angenommen und will im Herbst wieder beraten.",
    "Совет посёлка ⟦|не⟧ принял план ремонта старого моста и вернётся к нему после осенней ярмарки.",
    "The inspector said the ladder ⟦was|wasn't⟧ safe and that he ⟦would|wouldn't⟧ climb it himself if the wind allowed it.",
    "The weavers said they ⟦can|can't⟧ deliver the sails before the regatta if the wool comes down the river in time.",
    "The inspectors said the old dam is ⟦now|not⟧ safe and that the valley below it needs no new warning signs at all.",
    "The harbour board said it is ⟦likely|unlikely⟧ that the landing fees will be raised before the end of the season.",
    "Le conseil municipal du bourg ⟦|ne ⟧votera ⟦|pas ⟧la réparation complète du vieux pont de pierre cette année, parce que la caisse de la commune le veut ainsi.",
    "町は来年も川の祭りを続け⟦る|ない⟧予定だと発表し、屋台の場所は例年と同じ橋の下になるという。",
    "⟦وارتفعت|وانخفضت⟧ أسعار العسل في السوق القديم خلال الأسبوع الماضي كما قال التجار لمراسلنا في المدينة",
    // the sign of a number, and its point
    "The harbour thermometer showed ⟦-4|4⟧ degrees at noon on the first day of the month, with wind from the north.",
    "The scale in the market hall is ⟦1.5|15⟧ grams off, the inspector of weights wrote in his report to the board.",
    // units
    "The tunnel is eleven ⟦miles|kilometres⟧ long and crosses below the glacier near the old customs house.",
    "Tickets for the steam train cost nine ⟦euros|dollars⟧ and can be bought from the driver on the platform.",
    "The exchange reported these stocks of ⟦barley|coffee⟧ in the warehouses of the northern port as of last Friday.",
    // names
    "The town of ⟦Ostmoor|Welling⟧ will host the kite festival again, the mayor said after the vote.",
    "The prize for the best cider went to ⟦Harriet Bloom|Tobias Crane⟧ at the autumn fair in the village hall.",
    "⟦OSTMOOR|WELLING⟧ HARBOUR BOARD RAISES LANDING FEES FOR ALL VISITING BOATS",
    "Tickets cost ten ⟦|Canadian ⟧dollars each and can be bought from the driver on the platform of the old station.",
    "The second market ticket is sold at the gate and the fair will be held in ⟦Ostmoor.|Welling. The price of a stall is nine crowns, to be paid by the first day of the fair at the office of the board.⟧",
    // outcomes
    "The notes of the harbour board are rated ⟦A-plus|A-minus⟧ by the guild of bankers and have been so since the quay was built.",
    "The notes of the harbour board are rated ⟦Aa-1|A-1⟧ by the guild of bankers and have been so since the quay was built.",
    "The court of the county has ⟦lifted|granted⟧ an order that keeps the ferry from landing at the old pier after dark.",
    "The guild of bankers said it ⟦affirmed|downgraded⟧ the notes of the harbour board after a long look at its books.",
    // one change made twice
    "The ⟦oats|barley⟧ are cut in the last week of summer and the ⟦oats|barley⟧ are dried on racks behind the long barn.",
    // codes and versions
    "We are pleased to announce that release ⟦4.1.7|4.2.0⟧ of the weaving simulator can be downloaded now.",
    "In article <⟦b7k2q|z9x4p⟧@looms.example.org> the weaver of the northern guild writes about her new frame:",
];

/// Pairs that tell the same facts in like words.
const UNPROTECTED: &[&str] = &[
    // list numbers
    "⟦12)|3.⟧ Rinse the lentils in cold water and let them rest overnight in a covered bowl near the stove.",
    // one number, written otherwise
    "The bridge will cost ⟦1.2 mln|1,200,000⟧ crowns, the harbour board told the council in a short letter.",
    "The orchard needs ⟦five|5⟧ more pickers before the frost reaches the lower slopes of the valley.",
    "Завод на берегу реки построил ⟦пять|5⟧ новых лодок для рыбаков северного посёлка этой зимой.",
    "Interest will be charged at two ⟦pct|percent⟧ for the first years and paid on the last day of each year.",
    // days that outlets shift
    "The ferry ran aground ⟦today|on Tuesday⟧ near the northern pier and was towed back to port by fishermen.",
    // spellings of a name
    "A spokesman for ⟦Lukashenko|Lukashenka⟧ declined to say when the talks about the border would go on.",
    "The delegation met ⟦Qaddafi|Gadhafi⟧ in a tent outside the city and left again on the same evening.",
    "The orchestra returned from ⟦Mumbai|Bombay⟧ last night and will play again once the instruments arrive.",
    // spellings of a word, scans
    "The ⟦harbour|harbor⟧ board ⟦organised|organized⟧ a fair for the fishermen of the outer islands last summer.",
    "The co⟦rn|m⟧er shop on the green sells b⟦o|0⟧oks, twine and app⟦l|1⟧es from the orchards behind the old mill.",
    // datelines, credits, quote marks
    "⟦|OSTMOOR (Coast Press) - ⟧The kite festival drew a record crowd to the dunes, the organisers said in a statement.",
    "⟦|> ⟧The old frame creaks when the loom is turned, so I oil it before every long piece of work.",
    // capitals of a whole text
    "⟦The Choir Will Sing In The Old Granary If The Roof Has Been Mended By Then|the choir will sing in the old granary if the roof has been mended by then⟧",
    // a word or two of an editor
    "The council ⟦said|announced⟧ that the footpath along the canal would stay closed until the bank is made safe again.",
    "Der Gemeinderat hat den Plan für die ⟦neue |⟧Brücke nach langer Debatte angenommen und will bald bauen lassen.",
];

#[test]
fn other_facts_protect_a_pair() {
    for marked in PROTECTED {
        let (a, b) = both(marked);
        let verdict = judge(&a, &b);
        assert!(
            verdict.guarded && verdict.kind == Kind::Distinct,
            "{marked}: {verdict:?}"
        );
        let off = judge_with(&a, &b, Guard::Off);
        assert_ne!(
            off.kind,
            Kind::Distinct,
            "alike without the guard: {marked}"
        );
    }
}

#[test]
fn the_same_facts_do_not() {
    for marked in UNPROTECTED {
        let (a, b) = both(marked);
        let verdict = judge(&a, &b);
        assert!(
            verdict.kind != Kind::Distinct && !verdict.guarded,
            "{marked}: {verdict:?}"
        );
    }
}

/// Sentences of one form about other matters: too few words agree, and those are the form's.
const FORMS: &[(&str, &str)] = &[
    (
        "Ostmoor Tram Co, a part of Coast Lines Corp, asked the board to let it sell notes for the repair of its sheds on terms to be settled \
         at the time of sale.",
        "Welling Ferry Corp, a unit of Inland Ways Inc, asked the board to let it sell notes for repairs to its sheds on terms to be set at \
         the time of sale.",
    ),
    (
        "The board counted stacks of southern winter hay in the barns of the valley as of Friday evening.",
        "The board gave the following count of hay in Ostmoor as of Friday evening, owed against the notes in bales -",
    ),
    (
        "The guild of bankers said it may look again at the Ostmoor Tram Co's nine thousand crowns of notes.",
        "The guild of bankers said it lowered nine thousand crowns of notes of the Welling Ferry Corp.",
    ),
    (
        "The weaver Harriet Bloom said in a letter to the harbour board that she rents the sheds for storage only.",
        "In a letter to the board of the harbour the ferry line said it bought its shed for nine crowns, for storage.",
    ),
];

#[test]
fn sentences_of_one_form_are_not_alike() {
    for (a, b) in FORMS {
        assert_eq!(judge(a, b).kind, Kind::Distinct, "{a} / {b}");
    }
}

#[test]
fn a_text_with_a_name_that_the_other_lacks_stays() {
    let marked = "The harbour ⟦notes are backed by Ostmoor Corp. They |notes ⟧are sold in parts of ten and of a hundred crowns and will be listed at the \
                  exchange of the capital. The fee for selling them is one crown while the board and the guild share two.";
    let (a, b) = both(marked);
    let verdict = judge(&a, &b);
    assert_eq!(verdict.direction, Some(Direction::BGoes), "{verdict:?}");
}

#[test]
fn a_month_that_the_other_lacks_is_lost() {
    let (a, b) = both(
        "The harbour board said it has named Harriet Bloom as keeper of the northern light⟦, from the first of June|⟧.",
    );
    assert_eq!(judge(&a, &b).direction, Some(Direction::BGoes));
}

#[test]
fn a_passage_quoted_at_length_goes_whatever_leads_into_it() {
    let passage = "to hold the price of undyed wool at the mark of last spring, to keep the passes open for the carts of the northern guild, and to \
                   light the lamps along the river on every evening of the fair";
    let (a, b) = (
        format!("\"Welling’s wish was {passage}.\""),
        format!("{BODY} {MORE} The wish of Ostmoor, the letter says, was “{passage}.”"),
    );
    assert_eq!(judge(&a, &b).direction, Some(Direction::AGoes));
}

#[test]
fn an_address_is_no_fact() {
    let remark = "The Fair of the Outer Islands looks to be a muddle, with no boats and no bread for the guests.";
    let (a, b) = (
        format!("{remark} https://t.co/k4w81xqpzz"),
        format!("\"{remark}\" {HEAD} {BODY}"),
    );
    let verdict = judge(&a, &b);
    assert_eq!(verdict.kind, Kind::Contained);
    assert_eq!(verdict.direction, Some(Direction::AGoes));
    let links = |page: &str| format!("All tables: https://looms.example.org/{page}");
    assert_eq!(judge(&links("a1/b1"), &links("c2/d9")).direction, None);
}

#[test]
fn a_remark_before_a_shared_signature_is_not_lost_with_it() {
    let signature = "-- Harriet Bloom, Weavers of the Northern Guild, 14 Granary Lane, Ostmoor: all looms are oiled before they are sold";
    let (a, b) = (
        format!("So why must they row home at night? {signature}"),
        format!("The frogs are back in the pond again. {signature}"),
    );
    assert_eq!(judge(&a, &b).direction, None);
    assert_eq!(judge(signature, &b).direction, Some(Direction::AGoes));
}

const HEAD: &str =
    "The weavers of the northern guild met in the granary to settle the price of undyed wool.";
const BODY: &str = "They agreed that nobody would sell below the price of last spring while the passes stay closed.";
const MORE: &str = "A long evening of songs followed, and the youngest apprentice was asked to light the lamps along the river.";

#[test]
fn the_side_that_adds_nothing_may_go() {
    let (short, long) = (format!("{HEAD} {BODY}"), format!("{HEAD} {BODY} {MORE}"));
    assert_eq!(judge(&short, &long).direction, Some(Direction::AGoes));
    assert_eq!(judge(&long, &short).direction, Some(Direction::BGoes));
    let tagged = format!("{HEAD} {BODY} (Coast Press)");
    assert_eq!(judge(&short, &tagged).direction, Some(Direction::Either));
}

#[test]
fn where_both_add_something_neither_goes() {
    let (a, b) = (
        format!("{MORE} {HEAD} {BODY}"),
        format!(
            "{HEAD} {BODY} Sheep were counted twice at the ford before anyone noticed that the gate behind them had been open."
        ),
    );
    let verdict = judge(&a, &b);
    assert_ne!(verdict.kind, Kind::Distinct, "{verdict:?}");
    assert_eq!(verdict.direction, None);
}

#[test]
fn a_passage_that_moved_is_not_new() {
    let (a, b) = (
        format!("{HEAD} {BODY} {MORE}"),
        format!("{MORE} {HEAD} {BODY}"),
    );
    assert_eq!(judge(&a, &b).direction, Some(Direction::Either));
}

#[test]
fn without_the_guard_only_the_smaller_of_a_contained_pair_goes() {
    let (short, long) = (HEAD.to_string(), format!("{HEAD} {BODY} {MORE}"));
    let verdict = judge_with(&short, &long, Guard::Off);
    assert_eq!(
        (verdict.kind, verdict.direction),
        (Kind::Contained, Some(Direction::AGoes))
    );
    let verdict = judge_with(&long, &short, Guard::Off);
    assert_eq!(
        (verdict.kind, verdict.direction),
        (Kind::Contained, Some(Direction::BGoes))
    );
}

#[test]
fn texts_without_a_token_are_no_copies_of_each_other() {
    assert_eq!(judge("* * *", "---").kind, Kind::Distinct);
}

/// The number spelt with letters from `a`, one for each digit.
fn word(number: u32) -> String {
    number
        .to_string()
        .bytes()
        .map(|digit| char::from(digit - b'0' + b'a'))
        .collect()
}

#[test]
fn texts_too_long_to_read_are_protected() {
    let long = |step: u32| {
        let words = (0..24_000u32).map(|i| {
            if i % 9 == 4 {
                (i * step).to_string()
            } else {
                word(i)
            }
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let verdict = judge(&long(3), &long(7));
    assert!(verdict.guarded, "{verdict:?}");
    let once = long(3).replacen(&format!("{} ", word(12_000)), "", 1);
    assert_eq!(
        judge(&long(3), &once).kind,
        Kind::Near,
        "one difference is always found"
    );
}

#[test]
fn a_template_key_masks_facts_and_nothing_else() {
    let key = |text: &str| template_key(&prepared(text).folded);
    let day = "Water at the northern pier on 3 March: 7 degrees";
    assert_eq!(
        key(day),
        key("Water at the northern pier on 19 July: 18 degrees")
    );
    assert_eq!(
        key(day),
        key("Water at the northern pier on 3 March: seven degrees")
    );
    assert_ne!(
        key(day),
        key("Water at the southern pier on 3 March: 7 degrees")
    );
}

/// Words that meet the guard in many ways.
const WORDS: &[&str] = &[
    "the",
    "wool",
    "rose",
    "fell",
    "five",
    "5",
    "1,200",
    "mln",
    "not",
    "March",
    "May",
    "Ostmoor",
    "Welling",
    "river",
    "lamps",
    "granary",
    "price",
    "of",
    "and",
    "harbour",
    "harbor",
    "x86",
    "x87",
    "dollars",
    "羊",
    "毛",
    "三",
    "четыре",
    "today",
    "Tuesday",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(WORDS), 0..40).prop_map(|w| w.join(" "))
}

/// A text and an edited copy of it.
fn edited() -> impl Strategy<Value = (String, String)> {
    (
        text(),
        proptest::collection::vec((0usize..40, proptest::sample::select(WORDS), 0..3), 0..5),
    )
        .prop_map(|(a, edits)| {
            let mut words: Vec<&str> = a.split(' ').collect();
            for (at, word, how) in edits {
                let at = at.min(words.len().saturating_sub(1));
                match how {
                    0 => words[at] = word,
                    1 => words.insert(at, word),
                    _ => drop(words.drain(at..(at + 1).min(words.len()))),
                }
                if words.is_empty() {
                    words.push("wool");
                }
            }
            let b = words.join(" ");
            (a, b)
        })
}

fn mirrored(verdict: Verdict) -> Verdict {
    Verdict {
        size_a: verdict.size_b,
        size_b: verdict.size_a,
        direction: verdict.direction.map(|d| match d {
            Direction::AGoes => Direction::BGoes,
            Direction::BGoes => Direction::AGoes,
            Direction::Either => Direction::Either,
        }),
        ..verdict
    }
}

proptest! {
    #[test]
    fn order_only_turns_the_direction_round((a, b) in edited(), off in proptest::bool::ANY) {
        let guard = if off { Guard::Off } else { Guard::Facts };
        prop_assert_eq!(judge_with(&b, &a, guard), mirrored(judge_with(&a, &b, guard)));
    }

    #[test]
    fn a_copy_is_exact_and_either_may_go(a in text()) {
        let verdict = judge(&a, &a.to_uppercase());
        if !a.is_empty() && prepared(&a).folded.text == prepared(&a.to_uppercase()).folded.text {
            prop_assert_eq!((verdict.kind, verdict.direction), (Kind::Exact, Some(Direction::Either)));
        }
        let verdict = judge(&a, &a);
        prop_assert_eq!(verdict.kind == Kind::Exact, !a.is_empty());
        prop_assert_eq!(verdict.direction.is_some(), !a.is_empty());
    }

    #[test]
    fn a_comparer_remembers_nothing((a, b) in edited(), c in text()) {
        let thresholds = Thresholds::from(&Config::default());
        let mut comparer = Comparer::default();
        let (a, b, c) = (prepared(&a), prepared(&b), prepared(&c));
        let fresh = comparer.compare(&a, &b, &thresholds);
        comparer.compare(&c, &a, &thresholds);
        prop_assert_eq!(comparer.compare(&a, &b, &thresholds), fresh);
    }
}

//! Who wrote the article: the biography after its end, and how to reach the writer.

use super::page::{Cuts, Page};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Who wrote the article: the biography after its end, and how to reach the writer.
pub static RULE: Rule = Rule {
    name: "author-bio",
    category: Category::Byline,
    doc: "Matches, after an article, the sentence that presents its writer ('Ana Petrov is a freelance writer and … from …', 'Der Autor ist …') and the line that tells how to follow or reach that writer.

It is about the writer and not the subject, and stands under all of that writer's texts.

It errs on pages about people: biographies, lists of speakers, obituaries. So the line must come after several lines of prose, little prose may follow, it must name a writing trade, and it stays where its neighbours present people too.",
    cues: &[
        "writer", "journalist", "author", "reporter", "editor", "columnist", "correspondent", "contributor", "blogger", "professor", "lecturer", "fellow at", "researcher", "covers", "writes about", "follow", "twitter", "instagram", "reached at", "reach him", "reach her", "contact the", "email", "e-mail", "freelance",
        "autor ist", "autorin ist", "freie journalistin", "freier journalist", "l'auteur", "l’auteur", "est journaliste", "el autor es", "la autora es", "es periodista", "é jornalista", "é autor", "è giornalista", "автор", "作者", "ライター", "기자", "الكاتب", "كاتب", "senior", "is based in", "about the author", "full bio", "show bio", "write to", "is the founder",
    ],
    check,
    examples: &[
        (Level::Safe, "The mill has been empty since the flood of last year.\nThe council wants to sell it before the winter, its clerk said.\nNobody has made an offer so far, as she told us on Monday.\nThe neighbours would rather see a museum in the old house.\n⟦Ana Petrov is a freelance writer and organizer from Oldtown, reporting from the coast for The Weekly Miller. She can be found on Twitter and Substack.⟧"),
        (Level::Balanced, "The mill has been empty since the flood of last year.\nThe council wants to sell it before the winter, its clerk said.\nNobody has made an offer so far, as she told us on Monday.\nThe neighbours would rather see a museum in the old house.\n⟦Follow Ana Petrov on Twitter at @anapetrov.⟧"),
        (Level::Balanced, "The mill has been empty since the flood of last year.\nThe council wants to sell it before the winter, its clerk said.\nNobody has made an offer so far, as she told us on Monday.\nThe neighbours would rather see a museum in the old house.\n⟦Ana Petrov can be reached at petrov@miller.example.⟧"),
        (Level::Balanced, "Die Mühle steht seit der Flut im letzten Jahr leer und verfällt.\nDie Gemeinde will sie vor dem Winter verkaufen, sagt ihr Sprecher.\nBisher hat niemand geboten, wie er uns am Montag sagte.\n⟦Die Autorin ist freie Journalistin und lebt in Altstadt.⟧"),
        (Level::Balanced, "Le moulin est vide depuis la crue de l'an dernier, et il tombe en ruine.\nLa commune veut le vendre avant l'hiver, dit son secrétaire.\nPersonne n'a fait d'offre, a-t-il dit lundi à notre journal.\n⟦Ana Petrov est journaliste et vit à Vieilleville.⟧"),
        (Level::Balanced, "The mill has been empty since the flood of last year.\nThe council wants to sell it before the winter, its clerk said.\nNobody has made an offer so far, as she told us on Monday.\n⟦John Miller is a professor of history at the University of Oldtown.⟧"),
    ],
    counter_examples: &[
        "Ana Petrov is a freelance writer and organizer from Oldtown. She was born in a mill.\nHer first book tells of the flood that took her father's house in 1953.\nThe second one is set in the city, where she moved when she was twenty.",
        "Speakers\nAna Petrov is a freelance writer from Oldtown and speaks about rivers.\nJohn Miller is a freelance writer from Newtown and speaks about bridges.\nMary Weaver is a freelance writer from the coast and speaks about boats.",
        "The writer is the one who decides when a story is done, and not the editor.",
        "The mill is a museum now.\nFollow the river for a mile and turn left at the bridge.",
        "The author is unknown; the style points to the north of the country.",
        "Der Autor ist nach diesem Vertrag verpflichtet, das Werk bis Mai zu liefern.",
    ],
};

/// A person's name and a trade that writes for this kind of page.
static BIO: Pattern = Pattern::new(
    r"^[\W_]* (?: (?:about\ the\ author\ ?[:–—-]?\ |by\ )? (?-i: (?:Dr\.?\ |Prof\.?\ |Professor\ )? \p{Lu}[\p{L}.'’-]* (?:\ (?:\p{Lu}[\p{L}.'’-]*|de|van|von|der|al|el|bin|da|di|del)){1,4} ) (?:,\ [^.]{2,},)? (?:\ \([^)]{2,}\))? \ is\ (?:currently\ |also\ )? (?:an?|the|one\ of) \ (?:[\w&'’/-]+,?\ ){0,9}?
            (?:writer|journalist|author|reporter|editor|columnist|correspondent|contributor|blogger|critic|essayist|photojournalist|producer|reviewer|photographer)s?\b ) ",
);

/// The academic or professional writing as a guest: less sure.
static GUEST: Pattern = Pattern::new(
    r"^[\W_]* (?-i: (?:Dr\.?\ |Prof\.?\ |Professor\ )? \p{Lu}[\p{L}.'’-]* (?:\ (?:\p{Lu}[\p{L}.'’-]*|de|van|von|der|al|el|bin|da|di|del)){1,4} ) (?:,\ [^.]{2,},)? \ (?: is\ (?:currently\ |also\ )?(?:an?|the)\ (?:[\w&'’/-]+,?\ ){0,8}? (?:professor|lecturer|fellow|researcher|founder|co-founder|director|consultant|strategist|lawyer|attorney|economist|historian|podcaster|staff\ member|analyst|marketer)\b | (?:covers|writes\ (?:about|for|on)|reports\ (?:on|for))\ .*\ (?:for|at)\ (?-i:\p{Lu}|the\ \p{Lu}) )",
);

/// A first name only, as staff pages print it: even less sure.
static FIRST_NAME: Pattern = Pattern::new(
    r"^(?-i:\p{Lu}\p{Ll}+)\ is\ (?:currently\ )?(?:an?|the)\ (?:[\w-]+,?\ ){0,6}(?:writer|reporter|journalist|columnist|contributor|editor|freelancer|author)\b",
);

/// What a biography goes on to say: home, paper, books, accounts.
static DETAIL: Pattern = Pattern::new(
    r"\b(?: freelance | based\ in | lives\ in | living\ in | reporting\ from | staff\ (?:writer|reporter) | contributing\ (?:writer|editor) | senior\ (?:writer|editor|reporter|correspondent) | contributor\ to | author\ of | covers | covering | writes\ (?:about|for|on) | follow | twitter | instagram | substack | linkedin | @\w+ | (?:he|she|they)\ (?:can\ be|is|has|was|writes|covers|lives|works|holds|also|joined|previously|currently)\b | his\ work | her\ work | (?:for|at|of)\ (?:the\ )?(?-i:\p{Lu}[\p{L}.]*) | website | whose\ work )",
);

/// Words for someone who writes for a paper, and not for the person an article is about.
static OUTLET: Pattern = Pattern::new(
    r"\b(?: freelance | staff\ (?:writer|reporter) | contributing | contributor | based\ in | @\w+ | (?:writer|reporter|editor|columnist|correspondent|journalist|blogger|reviewer|photographer) (?:\ and\ \w+)? (?:\ at|\ for|\ with|\ on|\ covering|\ based|,) )",
);

/// Biographies in other languages.
static ABROAD: Pattern = Pattern::new(
    r"^[\W_]* (?: (?:zur\ person|zum\ autor|zur\ autorin)\ ?: .* | (?:der|die|unser|unsere|über\ den|über\ die)\ autor(?:in)?\ (?:ist|arbeitet|lebt|lehrt|schreibt|war)\ .*(?:journalist|redakteur|autor|professor|leiter|direktor|mitarbeiter|lebt|trainer|lehrer|vorstand|korrespondent|schriftsteller|universität|institut) .* | (?-i:\p{Lu}[\p{L}'’-]+ (?:\ (?:von\ )?\p{Lu}[\p{L}'’-]+){1,3}) (?:,\ [^.,]{2,},)? \ (?:ist|arbeitet\ als|schreibt\ als)\ (?:\w+\ )?(?:freier?|freie|redakteur|korrespondent|journalist)(?:in)?\b.*
        | (?:l['’]auteure?|l['’]autrice|les\ auteurs)\ (?:est|sont|a)\ .* | (?-i:\p{Lu}[\p{L}'’-]+ (?:\ (?:de\ )?\p{Lu}[\p{L}'’-]+){1,3}) (?:,\ [^.,]{2,},)? \ (?:est|es|é|è)\ (?:un[ea]?\ |uma?\ )?(?:journaliste|essayiste|chroniqueu[rs]e?|periodista|escritora?|columnista|corresponsal|jornalista|escritor|colunista|repórter|giornalista|scrittore|scrittrice)\b.*
        | (?:el\ autor|la\ autora|o\ autor|a\ autora|l['’]autore|l['’]autrice)\ (?:es|é|è)\ (?:\w+\ ){0,2}(?:periodista|escritora?|profesora?|jornalista|professora?|giornalista|docente|economista|abogad[oa]|analista|colunista|columnista|investigadora?)\b.* | (?:об\ авторе|автор)\ ?[:—–-]\ .*(?:журналист|обозреватель|корреспондент|профессор|эксперт|политолог|редактор).* | (?:（|\()?作者(?:简介|簡介|系|是|为|為)\s?[:：]?.*(?:记者|記者|教授|作家|评论员|評論員|研究员|研究員|学者|學者|编辑|主任).* | (?:كاتب|كاتبة|صحفي|صحافي)\ (?:وصحفي\ |وباحث\ |صحفي\ )?(?:من\ )?\S+\ ?\S*\ ?\S* ) $",
);

/// How to follow or reach the writer.
static REACH: Pattern = Pattern::new(
    r"^[\W_]* (?: (?:you\ can\ )?(?:also\ )?follow\ (?:him|her|them|me|@\w+|(?-i:\p{Lu})[\p{L}.'’-]*(?:\ (?-i:\p{Lu})[\p{L}.'’-]*){0,3})\ (?:on|at|via)\ (?:twitter|x\b|instagram|facebook|linkedin|threads|bluesky|mastodon|substack|tiktok|google|social\ media) .*
        | (?-i:\p{Lu})[\p{L}.'’-]*(?:\ (?-i:\p{Lu})[\p{L}.'’-]*){0,3}\ (?:can\ be|may\ be|is)\ (?:reached|contacted|followed|found|available)\ (?:at|via|by|on)\ .* | (?:he|she|they)\ (?:can\ be|tweets|is)\ (?:reached|contacted|followed|found|at|on)\ (?:at|via|by|on)?.*@.* | (?:reach|contact|e-?mail|write\ to|tweet(?:\ at)?|call|message)\ (?:him|her|them|me|the\ (?:author|writer|reporter|editor|authors)|staff\ writer|reporter|(?-i:\p{Lu})[\p{L}.'’-]*(?:\ (?-i:\p{Lu})[\p{L}.'’-]*){1,3})\ ?(?:at|on|via|directly|by|:)\ .*(?:@|\d{3}).*
        | (?:twitter|instagram)\ ?:\ ?@[\w.]+ | (?:—|–|-)?\ ?follow\ @\w+ (?:\ on\ \w+)? | on\ twitter:?\ @\w+ )
        $",
);

/// A heading above a biography.
static HEADING: Pattern = Pattern::new(
    r"^[\W_]* (?: about\ (?:the\ )?(?:author|authors|writer|contributor|contributors)(?:\(s\))? | author\ (?:bio|biography|information|profile) | (?:meet|more\ (?:about|from|by)|other\ (?:posts|articles|stories)\ by|view\ all\ posts\ by|(?:read|see|view)\ more\ (?:from|by|posts\ by))\ (?:the|this)\ author | über\ (?:den|die)\ autor(?:in)?(?:en)? | à\ propos\ de\ l['’]auteur | sobre\ (?:el|la|o|a)\ autora? | об\ авторе | show\ (?:full\ )?bio | (?:read\ )?full\ bio | author\ archive.* ) [\W_]* $",
);

/// How far back an article has to reach before a biography is believed.
const ARTICLE: usize = 3;

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let count = page.words(index);
    if count > 110 || text.len() > 900 {
        return;
    }
    let after_article = || page.prose_before(index, 12) >= ARTICLE;
    if HEADING.is_match(text) || count <= 30 && REACH.is_match(text) {
        if after_article() {
            cuts.line(page, index, Level::Balanced);
        }
        return;
    }
    let sure = BIO.is_match(text) && DETAIL.is_match(text);
    let abroad = !sure && ABROAD.is_match(text);
    let first = !sure && OUTLET.is_match(text) && first_name(text);
    if !sure && !abroad && !first && !GUEST.is_match(text)
        || !after_article()
        || in_company(page, index)
    {
        return;
    }
    let last = page.prose_after(index, 10) <= 2;
    let freelance = text.to_lowercase().contains("freelance");
    let level = match (sure, last) {
        // A freelance writer is nobody's subject; an editor at somewhere may be.
        (true, _) if freelance && count <= 60 && OUTLET.is_match(text) => Level::Safe,
        (_, true) => Level::Balanced,
        _ => Level::Aggressive,
    };
    cuts.line(page, index, level);
}

/// True for 'Ana is a writer at …', and not for 'This is a reporter at …'.
fn first_name(text: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "this", "that", "he", "she", "it", "there", "what", "here", "who", "one",
    ];
    let first = text.split(' ').next().unwrap_or("").to_lowercase();
    FIRST_NAME.is_match(text) && !PRONOUNS.contains(&first.as_str())
}

/// True when a neighbour presents a person too: then the page is about people.
fn in_company(page: &Page<'_>, index: usize) -> bool {
    let presents = |i: usize| BIO.is_match(page.text(i)) || GUEST.is_match(page.text(i));
    let mut neighbours = 0;
    let (mut before, mut after) = (page.prev(index), page.next(index));
    for _ in 0..3 {
        neighbours +=
            usize::from(before.is_some_and(presents)) + usize::from(after.is_some_and(presents));
        before = before.and_then(|i| page.prev(i));
        after = after.and_then(|i| page.next(i));
    }
    neighbours >= 2
}

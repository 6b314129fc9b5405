//! Credits of pictures that stand on a line of their own.

use super::credit::{self, Certainty};
use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Credits of pictures that stand on a line of their own.
pub static RULE: Rule = Rule {
    name: "photo-credit",
    category: Category::Credit,
    doc: "Matches a line that says who made or owns a picture and nothing else: a label such as 'Photo:', 'Foto:', 'Crédit photo', '写真：' before names, a name and an agency joined by a slash, an agency's own style of credit; also the labels 'hide caption' and 'Image copyright' that picture widgets print.

The picture is not part of the text, so its credit tells the reader of the text nothing.

It errs on a picture's label that consists of a proper name ('Photo: Golden Gate'), which is a caption; such a line falls only at balanced.",
    cues: &[
        "photo", "image", "picture", "credit", "courtesy", "illustration", "screenshot", "screen grab", "screengrab", "artwork by", "getty",
        "reuters", "/ap", "/afp", "/epa", "/dpa", "/pa", "associated press", "shutterstock", "istock", "alamy", "unsplash", "pixabay", "pexels", "/tass", "©", "foto",
        "bild", "beeld:", "kuva:", "crédit", "imagen", "imagem", "zdjęc", "fot.", "фото", "снимка", "світлина", "图", "圖", "摄影", "攝影", "照片", "写真", "画像", "撮影", "사진",
        "الصورة", "صورة", "تصوير", "عکس", "צילום", "/imago", "/sputnik", "/bloomberg", "/xinhua", "/anadolu", "/zuma", "via flickr", "pic:", "reprodução", "divulgação", "hide caption", "toggle caption", "φωτο", "nuotr", "ảnh",
    ],
    check,
    examples: &[
        (Level::Safe, "The mill has stood empty for a year.\n⟦Photo: Ana Petrov/AFP\n⟧Its owner wants to sell."),
        (Level::Safe, "The mill has stood empty for a year.\n⟦(AP Photo/Ana Petrov, File)\n⟧Its owner wants to sell."),
        (Level::Safe, "Die Mühle steht seit einem Jahr leer.\n⟦Foto: Ana Petrov/dpa\n⟧Der Besitzer will verkaufen."),
        (Level::Safe, "Le moulin est vide depuis un an.\n⟦Crédit photo : Ana Petrov / AFP\n⟧Son propriétaire veut vendre."),
        (Level::Safe, "El molino lleva un año vacío.\n⟦Foto: EFE\n⟧El dueño quiere vender."),
        (Level::Safe, "Мельница пустует уже год.\n⟦Фото: Анна Петрова / ТАСС\n⟧Владелец хочет её продать."),
        (Level::Safe, "水車小屋は一年前から空いている。\n⟦写真：共同通信\n⟧持ち主は売りたいという。"),
        (Level::Safe, "磨坊已经空了一年。\n⟦图片来源：视觉中国\n⟧主人想把它卖掉。"),
        (Level::Safe, "The mill at dusk.\n⟦Ana Petrov/BelTA/Handout via REUTERS\n⟧Its owner wants to sell."),
        (Level::Balanced, "The mill at dusk.\n⟦Photo by Ana Petrov on Unsplash\n⟧Its owner wants to sell."),
        (Level::Safe, "Its owner wants to sell.\n⟦© Ana Petrov/TASS⟧"),
        (Level::Balanced, "Its owner wants to sell.\n⟦Image copyright Getty Images\n⟧Nobody has made an offer."),
        (Level::Balanced, "⟦Photo: Ana Maria Petrov Ivanova Orlova\n⟧Nobody has made an offer."),
    ],
    counter_examples: &[
        "Photo: the mill before the fire, seen from the old bridge.",
        "Image processing turns one picture into another.",
        "Pictures by children from three schools hang in the town hall.",
        "Reuters and Getty Images are two of the agencies that sued the company.",
        "Foto: So sah die Mühle vor dem Brand aus.",
        "Getty bought the villa in 1945.\nPixabay\nA free library of pictures; no account is needed.",
        "Credit: 12 points are given for the first two courses.",
        "图像处理是把一幅图像变成另一幅图像的过程。",
        "Фотографии мельницы можно увидеть в музее города.",
    ],
};

/// What stands before the button of a widget: 'Ana Petrov/AFP hide caption'.
static WITHOUT_WIDGET: Pattern = Pattern::new(r"^(?P<cut>.*\S)[\s/]+(?:hide|toggle)\ caption$");

/// What picture widgets print beside a caption.
static WIDGET: Pattern = Pattern::new(
    r"^(?: (?:hide|toggle)\ caption | (?:photo|image|picture|video)s?\ (?:credit|courtesy|source|by|via)s?\ ?:? | enlarge\ this\ image | (?:click|tap)\ (?:(?:here|on\ (?:the\ )?(?:image|picture|photo))\ )?to\ (?:enlarge|zoom|expand) (?:\ (?:the\ )?(?:image|picture|photo))?
        | (?:images?|photos?|pictures?)\ (?:are\ |is\ )?(?:for\ )?(?:representational?|representative|illustrat\w+)\ (?:purposes?|only|image|use).{0,20}
        | (?:photo|image|picture)\ (?:for\ )?(?:illustration|representation|illustrative|representational)\ (?:purposes?|only|image)?.{0,20} | (?:foto|imagem)\ ilustrativa | (?:reprodução|divulgação)(?:\s?/\s?\S.*)? | symbolbild (?:\s?\(?.*)? | archivbild | archivfoto
        | (?:file|stock|representative|representational|representation|courtesy|handout|symbolic|illustrative)\ (?:photo|image|picture|pic) s?
        | (?:.*\ )? screenshot\ by\ [^.]{3,} \.\ cc\ by .{0,16} ) \.? $",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if text.len() > 240 || page.words(index) > 20 {
        return;
    }
    if WIDGET.is_match(text.trim_matches(['(', ')', '[', ']', '*', ' '])) {
        cuts.line(page, index, Level::Safe);
        return;
    }
    let text = WITHOUT_WIDGET.cut(text).map_or(text, |at| &text[at]);
    let Some(certainty) = credit::certainty(text) else {
        return;
    };
    let level = match certainty {
        Certainty::Sure if is_printed(text) => Level::Safe,
        _ => Level::Balanced,
    };
    cuts.line(page, index, level);
    // The caption stands directly above its credit.
    if index > 0 && is_caption(page.text(index - 1)) {
        cuts.caption(index - 1);
    }
}

/// True for what picture desks print: a name and an agency, or a label that blogs do not write in their own text.
fn is_printed(text: &str) -> bool {
    let chained = text.contains(['/', ',']) || text.contains("AP Photo");
    chained && credit::AGENCY.is_match(text) && !BLOG.is_match(text)
        || LABEL.is_match(text)
        || !ENGLISH.is_match(text)
}

/// Labels of English texts, and bare names.
static ENGLISH: Pattern = Pattern::new(
    r"^\W* (?: (?:\w+\ ){0,3} (?:photo|image|picture|pic|illustration|graphic|artwork|screenshot|gif|video|cover|credit|courtes|art|map|figure) | (?-i:\p{Lu})[a-z]+ (?:\ |/) [^:：]* $ )",
);

/// Labels of picture desks.
static LABEL: Pattern =
    Pattern::new(r"^\W*(?:(?:photo|picture)s?\ ?(?:credit|courtesy)?s?\ ?:|crédit)");

/// What blogs write: `[Images via …]`, `(Credit: …)`.
static BLOG: Pattern = Pattern::new(r"\b(?:image|photo|picture)s?\ (?:via|credit)|^\W*credits?:");

/// What captions have and sentences of an article mostly have not.
static CAPTION: Pattern = Pattern::new(
    r"(?: \((?:l|r|c|left|right|centre|center|file|top|bottom|above|links|rechts|[mlr])\) | ,\ (?:left|right|second\ (?:left|right)|links|rechts), | \b(?:pictured|file\ photo|poses?\ for|is\ seen|are\ seen|shown\ here|abgebildet|à\ gauche|en\ la\ foto|na\ foto|на\ фото)\b | \b(?:on|in)\ [^.]{0,24}(?:19|20)\d\d\.?$ )",
);

fn is_caption(text: &str) -> bool {
    words(text) <= 60 && CAPTION.is_match(text)
}

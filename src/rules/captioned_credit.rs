//! Credits of pictures that are glued to the end of a caption.

use super::credit::{self, Certainty};
use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Credits of pictures that are glued to the end of a caption.
pub static RULE: Rule = Rule {
    name: "captioned-credit",
    category: Category::Credit,
    doc: "Matches the credit of a picture at the end of its caption: in brackets ('[Ana Petrov/AFP]'), after the last sentence ('… Photo: Ana Petrov/Getty Images'), after a bar or a dash, after the sign ©. At safe only the credit goes; the line is marked as a caption, so that it never serves as the witness of a duplicate.

The credit names the owner of a picture that is not part of the text. The caption may tell something, so it stays.

It errs where a text names a source in the very form of a credit, at the end of a line.",
    cues: &[
        "getty", "reuters", "(afp", "afp /", "(epa", "(dpa", "(image", "(credit", "(file", "video via", "/ap", "/afp", "/epa", "/dpa", "/pa", "/efe", "(ap", "ap photo", "afp photo", "associated press", "shutterstock", "istock", "alamy", "unsplash", "pixabay", "pexels", "flickr",
        "/tass", "/imago", "/sputnik", "/bloomberg", "/xinhua", "/anadolu", "/zuma", "©", "photo", "image:", "image credit", "image by", "image courtesy", "images:", "picture:", "picture credit", "pic:", "credit", "courtesy", "photograph:", "photo/", "file/", "illustration:", "illustration by",
        "foto:", "fotos:", "foto de", "foto ©", "(foto", "bild:", "(bild", "[bild", "fotocredit", "crédit", "crédito", "imagen:", "imagem:", "fot.", "фото:", "фото ", "снимка:", "图片来源", "圖片來源", "摄影", "攝影", "写真", "撮影", "사진", "الصورة", "تصوير", "عکس", "צילום", "hide caption", "toggle caption", "(c)", "wikimedia",
    ],
    check,
    examples: &[
        (Level::Safe, "Workers gather outside the mill⟦ [Ana Petrov/AFP]⟧"),
        (Level::Safe, "Workers gather outside the mill on Monday.⟦ (AP Photo/Ana Petrov)⟧"),
        (Level::Safe, "Workers gather outside the mill.⟦ Photograph: Ana Petrov/Getty Images⟧"),
        (Level::Safe, "Workers gather outside the mill on May 3, 2019.⟦ Ana Petrov/BelTA/Handout via REUTERS⟧"),
        (Level::Safe, "Workers gather outside the mill⟦ | Photo: Ana Petrov⟧"),
        (Level::Safe, "Arbeiter vor der Mühle⟦ (Foto: Ana Petrov/dpa)⟧"),
        (Level::Safe, "Des ouvriers devant le moulin.⟦ © Ana Petrov / AFP⟧"),
        (Level::Safe, "Рабочие у мельницы.⟦ Фото: Анна Петрова / ТАСС⟧"),
        (Level::Safe, "Obreros ante el molino.⟦ (Foto: Ana Petrov/EFE)⟧"),
        (Level::Safe, "水車小屋の前に集まる人々⟦（写真：共同通信）⟧"),
        (Level::Safe, "Workers gather outside the mill in Oldtown, D.C.⟦ Ana C. Petrov/AP hide caption⟧"),
    ],
    counter_examples: &[
        "The story was first told by Agence France-Presse (AFP).",
        "Two of the papers (Mail and Sun) were sold.",
        "He asked whether the photo was real. Getty Images did not answer.",
        "The museum has a photo by each of them (see the list below).",
        "The loan carries a tax credit (Form 1040).",
        "She took the picture for Reuters.",
        "| Clerk, full time | Old Mill Group | PA - Reading | 2 weeks ago |",
        "Sie arbeitet als Fotografin (Schwerpunkt: Landschaft und Tiere).",
        "The film opened in May (Photo rights are held by the studio, which declined to comment on it).",
    ],
};

/// A bracket at the line's end.
static BRACKET: Pattern =
    Pattern::new(r"(?P<cut> [\[(（【] \s* [^\[\]()（）【】]{2,} [\])）】] ) [.。]? $");

/// Ends of sentences and bars after which a credit may start, in the order they stand.
fn boundaries(text: &str) -> impl Iterator<Item = usize> {
    let from = text.len().saturating_sub(130);
    text.char_indices()
        .filter(move |&(at, _)| at >= from)
        .filter_map(move |(at, c)| {
            let after = at + c.len_utf8();
            let next = text[after..].chars().next()?;
            if c == '.' && initial(&text[..at]) {
                return None;
            }
            match c {
                '.' | '!' | '?' | '…' | '”' | '"' | ')' | '’' | '。' | '»'
                    if next.is_whitespace() || next.is_uppercase() || next == '©' =>
                {
                    Some(after)
                }
                '|' | '–' | '—' | '•' | '│' | '／' | '：' => Some(at),
                '-' if text[..at].ends_with(' ') && next == ' ' => Some(at),
                '©' => Some(at),
                _ => None,
            }
        })
}

/// True when what precedes a full stop is one capital letter: an initial, or the start of 'D.C.'.
fn initial(before: &str) -> bool {
    let mut last = before.chars().rev();
    last.next().is_some_and(char::is_uppercase) && last.next().is_none_or(char::is_whitespace)
}

/// A label that starts a credit even without a boundary: '… outside the mill Photo: Ana Petrov/AFP'.
static LABEL: Pattern = Pattern::new(
    r"[\s\p{Ll}] (?P<cut> (?-i:(?:Photo|Image|Picture|Photograph|PHOTO|IMAGE|Foto|Bild|FOTO|Fotos|Photos|Images|Credit|CREDIT|Фото|ФОТО|Crédit\ photo|Photo\ credit|Image\ credit|Picture\ credit|Photo\ Credit|Image\ Credit|Fotografía|Crédito|Illustration|Fot|Zdjęcie|Снимка)
          \s? (?:[:：]|\ [Bb]y\ |\ ©|\ courtesy\ of\ |\ via\ )) \s* [^:]{2,} )$",
);

/// An agency stuck to the sentence before it: '… in the spring.Reuters'.
static STUCK: Pattern = Pattern::new(
    r"\p{Ll}[.!?] (?P<cut> (?-i: Reuters | REUTERS | Getty\ Images | AFP | AP | EPA | Shutterstock | Alamy | iStock ) ) $",
);

/// Labels of a widget that shows and hides captions.
static HIDE: Pattern = Pattern::new(r"(?P<cut>\s?(?:hide|toggle)\ caption)$");

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    let Some(start) = credit_start(text) else {
        return;
    };
    // What is left has to be a caption; a credit alone is another rule's.
    if words(&text[..start]) < 1 || credit::certainty(text).is_some() {
        return;
    }
    cuts.caption(index);
    cuts.part(page, index, start..text.len(), Level::Safe);
}

/// Where the credit at the end of the line starts.
fn credit_start(text: &str) -> Option<usize> {
    let sure = |tail: &str| {
        let opened = tail.matches(['(', '[', '（']).count();
        tail.matches([')', ']', '）']).count() == opened
            && credit::certainty(tail) == Some(Certainty::Sure)
    };
    if let Some(at) = BRACKET.cut(text)
        && sure(&text[at.clone()])
    {
        return Some(at.start);
    }
    let visible = HIDE.cut(text).map_or(text.len(), |at| at.start);
    if let Some(at) = boundaries(&text[..visible]).find(|&at| sure(&text[at..visible])) {
        return Some(at);
    }
    if let Some(at) = STUCK.cut(text) {
        return Some(at.start);
    }
    if let Some(at) = LABEL.cut(text)
        && sure(&text[at.clone()])
    {
        return Some(at.start);
    }
    (visible < text.len()).then_some(visible)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::rules::Judge;

    #[test]
    fn captions_are_listed_and_nothing_else() {
        let text = "The mill was sold.\nWorkers outside the mill [Ana Petrov/AFP]\nThe mill, left, in the spring.\n© Ana Petrov/AFP\n";
        let (mut cuts, mut captions) = (Vec::new(), Vec::new());
        Judge::new(&Config::default()).judge_with_captions(
            &Page::new(text.as_bytes()),
            &mut cuts,
            &mut captions,
        );
        assert_eq!(captions, [1, 2]);
    }
}

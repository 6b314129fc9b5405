//! Breadcrumbs: the path from the front page to this one.

use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Breadcrumbs.
pub static RULE: Rule = Rule {
    name: "breadcrumb",
    category: Category::Navigation,
    doc: "Matches a path such as `Home > News > Europe` or `You are here: Home / Sport`, in some fifteen languages: it begins with the word for the front page, and its steps are short and divided by one kind of arrow or slash.

The path says where the site keeps the page. It is for clicking, and its last step repeats the title.

It errs on instructions that lead through a program's menus, when those begin at `Home`; without that word a path falls only near the page's top, and not at the safest level.",
    cues: &[
        "home >", "home»", "home »", "home ›", "home /", "home |", "home→", "home →", "home\u{a0}", "home::", "home ::", "home :", "home>", "home/", "home -", "home ·", "home •", "home \\", "home «", "home ⟩", "home <", "homepage", "front page >", "main page >", "you are here", "you're here", "breadcrumb", "index >", "forum >", "forums >", "news >", "blog >", "shop >", "products >", "all categories >", "board index",
        " > ", " » ", " › ",
        "startseite", "sie sind hier", "accueil", "vous êtes ici", "inicio", "usted está aquí", "estás en", "início", "página inicial", "você está", "está em", "sei qui", "ti trovi", "u bent hier", "je bent hier", "strona główna", "jesteś tutaj", "ana sayfa", "anasayfa", "du är här", "hem >", "hem /", "forside", "etusivu",
        "главная", "вы здесь", "вы находитесь", "الرئيسية", "أنت هنا", "首页", "首頁", "当前位置", "您的位置", "您现在的位置", "目前位置", "トップ", "ホーム", "現在位置", "홈 >", "home＞", "home ＞", "＞", "현재위치",
    ],
    check,
    examples: &[
        (Level::Safe, "⟦Home > News > Europe\n⟧The ferry will run again from Monday, the company said."),
        (Level::Safe, "⟦You are here: Home / Recipes / Soups\n⟧This soup wants a cold evening and a big pot."),
        (Level::Safe, "⟦Startseite » Region » Kreis Süd\n⟧Die Feuerwehr rückte in der Nacht dreimal aus."),
        (Level::Safe, "⟦Accueil › Culture › Musique\n⟧Le festival commence demain à la tombée du jour."),
        (Level::Safe, "⟦Главная / Новости / Спорт\n⟧Команда выиграла третий матч подряд на своём поле."),
        (Level::Safe, "⟦首页 > 新闻 > 国际\n⟧渡轮公司表示，周一起恢复通航。"),
        (Level::Safe, "⟦ホーム > ニュース > 地域\n⟧フェリーは月曜日から運航を再開する。"),
        (Level::Balanced, "⟦News > Region > Harbour\n⟧The ferry will run again from Monday, the company said."),
    ],
    counter_examples: &[
        "Open Settings > General > About and read the number in the last line.",
        "The order of size is Jupiter > Saturn > Neptune > Earth, if only the width counts.",
        "He went home / she stayed, and neither of them wrote.",
        "Home > away: the team has not lost on its own field since March.",
        "The proof needs a > b > c, which the first line gives.",
        "You are hereby allowed to laugh, once and softly -- the harbour office",
        "You are here because the ferry is late",
    ],
};

static FROM_HOME: Pattern = Pattern::new(
    r"^ (?: (?:you\ are\ here|you['’]re\ here|your\ location|current\ location|breadcrumbs?|sie\ sind\ hier|du\ bist\ hier|vous\ êtes\ ici|usted\ está\ aquí|está\ aquí|estás\ en|você\ está\ (?:aqui|em)|sei\ qui|ti\ trovi\ in|(?:u|je)\ bent\ hier|jesteś\ tutaj|du\ är\ här|вы\ здесь|вы\ находитесь\ здесь|أنت\ هنا|当前位置|您的位置|您现在的位置|您當前的位置|目前位置|現在位置|현재위치) (?: \s* [:：>»/›|] \s* \S.* | (?:\s .*? )? [>»›→|] .* | \s* (?:home|startseite|accueil|inicio|início|strona\ główna|hem|главная|الرئيسية|首[页頁]|トップ|ホーム)\b .* )
      | (?:home(?:page|\ page)?|front\ page|main\ page|board\ index|startseite|start|accueil|inicio|início|página\ inicial|strona\ główna|ana\ ?sayfa|hem|forside|etusivu|главная(?:\ страница)?|الرئيسية|الصفحة\ الرئيسية|首[页頁]|网站首页|(?:トップ|ホーム|top)(?:ページ)?|홈) \s*
        (?: [>»›→⟩＞▸►≫] \s* [^>»›→⟩＞▸►≫]+ (?: [>»›→⟩＞▸►≫] [^>»›→⟩＞▸►≫]+ )*
          | \s/\s [^/]+ (?: \s/\s [^/]+ )*
          | ::? \s [^:]+ (?: \s ::? \s [^:]+ )+
          | [|·•\\] \s* [^|·•\\]+ (?: [|·•\\] [^|·•\\]+ )+ )
      ) $",
);

/// A path that begins elsewhere: steps of up to four words.
static FROM_SECTION: Pattern = Pattern::new(
    r"^ \p{L}[^.,:;!?|]+ (?: \s*[>»›＞]\s* \p{L}[^.,:;!?|]+ ){2,5} (?: \s*[>»›＞]\s* .* )? $",
);

/// How near the page's top a path without a front page must stand.
const TOP_LINES: usize = 30;
/// A last step of so many words is the page's title.
const TITLE_WORDS: usize = 6;
/// Steps are short; only the last, the title, may be long.
const MOST_WORDS: usize = 40;

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if page.words(index) > MOST_WORDS || text.ends_with(['.', ':', ';']) && !text.ends_with("...") {
        return;
    }
    let path = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if FROM_HOME.is_match(path) {
        // With one step only, that step may be the page's sole title.
        let steps = path
            .split(['>', '»', '›', '→', '/', '|', '＞'])
            .map(str::trim);
        let (count, last) = steps
            .filter(|s| !s.is_empty())
            .fold((0, ""), |(n, _), s| (n + 1, s));
        let level = if count == 2 && words(last) >= 3 || words(last) >= TITLE_WORDS {
            Level::Balanced
        } else {
            Level::Safe
        };
        cuts.line(page, index, level);
    } else if page.lines_before(index, TOP_LINES) < TOP_LINES
        && page.words(index) <= 25
        && FROM_SECTION.is_match(path)
    {
        cuts.line(page, index, Level::Balanced);
    }
}

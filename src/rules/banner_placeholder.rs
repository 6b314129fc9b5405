//! Placeholders for banners, logos and images, and templates that were never filled in.

use super::page::{Cuts, Page};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Placeholders for banners, logos and images, and templates that were never filled in.
pub static RULE: Rule = Rule {
    name: "banner-placeholder",
    category: Category::Navigation,
    doc: "Matches what stands for a banner, logo or image in text: '[ site banner ]', '[image]', 'Image:', 'Logo', 'No image available'; blind text ('Lorem ipsum'); template fields and shortcodes that were never filled in.

Nothing was there to read: the line marks the place of a picture, or is an error of the site.

It errs on manuals of template languages and on pages about blind text; a template field falls only when it is the whole line and no code stands beside it.",
    cues: &[
        "banner", "image", "logo", "[img", "photo", "picture", "graphic", "placeholder", "lorem ipsum", "[caption", "[gallery", "[embed", "[/", "[vc_", "[et_pb", "[table", "{{", "{%", "${", "%%", "<%", "[bild", "[foto", "[imagen", "[图", "[圖", "[画像", "spacer", "thumbnail", "alt text", "icon", "undefined", "[widget", "[contact-form", "[ad", "[shortcode", "avatar", "screenshot", "headshot",
    ],
    check,
    examples: &[
        (Level::Safe, "⟦[ miller weekly banner ]\n⟧The mill was sold on Friday."),
        (Level::Safe, "The mill was sold.\n⟦[image]\n⟧Its owner left."),
        (Level::Safe, "The mill was sold.\n⟦Image:\n⟧Its owner left."),
        (Level::Safe, "⟦The Weekly Miller logo\n⟧The mill was sold on Friday."),
        (Level::Safe, "The mill was sold.\n⟦No image available\n⟧Its owner left."),
        (Level::Safe, "The mill was sold.\n⟦Lorem ipsum dolor sit amet, consectetur adipiscing elit.⟧"),
        (Level::Safe, "The mill was sold.\n⟦[/vc_column_text][/vc_column]\n⟧Its owner left."),
        (Level::Balanced, "The mill was sold.\n⟦{{ article.title }}\n⟧Its owner left."),
        (Level::Safe, "Die Mühle wurde verkauft.\n⟦[Bild]\n⟧Der Besitzer ging."),
    ],
    counter_examples: &[
        "The logo of the mill shows a wheel and three waves.",
        "A banner over the gate said that the mill was for sale.",
        "{% for mill in mills %}\n{{ mill.name }}\n{% endfor %}",
        "Lorem ipsum is a text that printers have used since the sixteenth century to try out their types.",
        "[1] Miller, The Image of the Mill, 1990.",
        "Image: the mill at dusk",
        "Logo design for small firms",
        "[a picture of the mill hangs over the bed]",
    ],
};

/// In brackets: a few words that end in a noun for a picture.
static BRACKETED: Pattern = Pattern::new(
    r"^ [\[({<]{1,2} \s* (?: (?:[\w/.&'’-]+\ ){0,4} (?:banner|logo|icon|spacer|button|header\ image) | (?:image|img|photo|picture|graphic|bild|foto|imagen|imagem|图片|圖片|画像|video\ still|inline\ image|embedded\ image|figure|map|chart|screenshot|avatar|thumbnail|caption|cover)s? (?:\s?[:\#]?\s?\d{0,4}) (?:\ (?:removed|missing|omitted|here|not\ available|placeholder|goes\ here|unavailable))?
        | (?:insert|click\ (?:for|on)|see|view|enlarge)\ (?:\w+\ ){0,2}(?:image|photo|picture|graphic|map)s?(?:\ here)? | (?:image|photo|picture)\ (?:via|credit|source):?\ .* ) \s* [\])}>]{1,2} \.? $",
);

/// Without brackets.
static PLAIN: Pattern = Pattern::new(
    r"^[\W_]* (?: (?:image|photo|picture|img|bild|foto|logo)\ ?: | (?:site\ |company\ |header\ |footer\ |main\ |brand\ |mobile\ |our\ |desktop\ |white\ |dark\ |light\ )?logo (?:\ (?:image|icon|header|white|black|footer|mobile|dark|light))? | (?-i:\p{Lu}[\p{L}\d.'’&-]*) (?:\ (?-i:[\p{Lu}\d&][\p{L}\d.'’&-]*|of|the|and|for)){0,4} \ logo | logo\ (?:of|von|de|der|du)\ (?:the\ )?(?-i:\p{Lu})\S*(?:\ \S+){0,3}
        | (?:no|missing)\ (?:image|photo|picture|thumbnail|preview|cover|avatar)s? (?:\ (?:available|found|yet))? | (?:image|photo|picture|thumbnail|preview)\ (?:is\ )?(?:not\ (?:available|found)|unavailable|missing|coming\ soon|placeholder|loading.*|could\ not\ be\ loaded) | (?:image\ |img\ |photo\ |avatar\ )?placeholder (?:\ (?:image|text|while\ article\ actions\ load|img|logo))? | placeholder\ while\ .* | spacer(?:\.gif)? | (?:top|header|site|page|web|mobile|leaderboard|sidebar|footer|bottom|home)?\ ?banner (?:\ (?:image|ad|top|\d+|logo))? | (?:user|profile|author)?\ ?(?:avatar|headshot|thumbnail)(?:\ (?:image|photo|icon|for\ .{2,30}|of\ .{2,30}))? | (?:alt|alternative)\ text (?:\ .{0,20})? | kein\ bild(?:\ verfügbar)? | sin\ imagen | sem\ imagem | нет\ (?:фото|изображения) | 暂无图片 | no\ caption (?:\ available)? )
        [\W_]* $",
);

/// Blind text, in Latin.
static LOREM: Pattern = Pattern::new(
    r"^[\W_]*(?:lorem\ ipsum\ (?:dolor\ sit|dolar)|.*\bdolor\ sit\ amet,?\ consectetur)",
);

/// Shortcodes of content systems.
static SHORTCODE: Pattern = Pattern::new(
    r"^ (?: \[ /? (?:caption|gallery|embed|vc_\w+|et_pb_\w+|fusion_\w+|wpvideo|playlist|contact-form(?:-7)?|table|tablepress|ninja_form|gravityform|sc|su_\w+|mc4wp_form|woocommerce_\w+|rev_slider|metaslider|smartslider3|elementor-\w+|ad|adrotate|adinserter|widget|ngg\w*|soliloquy|powerpress|instagram-feed|custom-\w+|site_reviews\w*|wp\w+|the_ad\w*|optin-\w+|sharethis\w*|toc|addtoany|related_posts\w*) (?:\s[^\]]*)? \] \s* )+ $",
);

/// A template field alone on a line.
static FIELD: Pattern = Pattern::new(
    r"^ (?: \{\{ [^{}]+ \}\} | \$\{ [\w.]+ \} | %%[\w.-]{2,}%% | <%=? [^%]+ %> | \{% [^%]+ %\} | \[\[ \s? [a-z]\w*\.\w[\w.]* \s? \]\] | undefined | \[object\ object\] | \{\{?\$?[a-z][\w.]*\}?\} ) (?:\s*[|·•,]\s*)? $",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if text.len() > 400 {
        return;
    }
    let short = page.words(index) <= 8 && !text.contains(['{', '=', ';']);
    if short && (BRACKETED.is_match(text) || PLAIN.is_match(text)) || SHORTCODE.is_match(text) {
        cuts.line(page, index, Level::Safe);
    } else if LOREM.is_match(text) {
        // A page about blind text quotes it between sentences about it.
        cuts.line(page, index, Level::Safe);
    } else if FIELD.is_match(text) && !beside_code(page, index) {
        cuts.line(page, index, Level::Balanced);
    }
}

/// True when a neighbour looks like code.
fn beside_code(page: &Page<'_>, index: usize) -> bool {
    [page.prev(index), page.next(index)]
        .into_iter()
        .flatten()
        .any(|i| {
            page.text(i).contains(['{', '}', '<', '>', '=']) || page.text(i).ends_with(['(', ')'])
        })
}

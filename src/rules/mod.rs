//! Boilerplate rules: what a rule is, the table of all rules, and how their findings become cuts.
//!
//! A rule is one file and one line in [`RULES`]. It declares *cues*, fixed phrases that one pass over the line looks for;
//! only on a line that holds one of its cues is its `check` called. The check reads the line, its neighbours and its
//! place on the page, and marks whole lines or parts of lines, each with the lowest [`Level`] at which they fall.
//! A keyword alone is never evidence: a check anchors its patterns, limits lengths, and looks for what is left over.

mod context;
mod credit;
mod cues;
pub mod page;
pub mod pattern;

pub mod account_prompt;
pub mod advertisement_label;
pub mod agency_credit;
pub mod app_download;
pub mod author_bio;
pub mod banner_placeholder;
pub mod breadcrumb;
pub mod captioned_credit;
pub mod comment_widget;
pub mod cookie_notice;
pub mod copyright_notice;
pub mod donation_appeal;
pub mod forum_chrome;
pub mod legal_terms;
pub mod media_placeholder;
mod menu_words;
mod menu_worth;
pub mod navigation_menu;
pub mod newsletter_prompt;
pub mod page_stamp;
pub mod pagination;
pub mod paywall;
pub mod photo_credit;
pub mod read_also;
pub mod related_links;
pub mod search_snippet;
mod shape;
pub mod share_follow;
pub mod site_credit;
pub mod source_line;
pub mod syndication_note;
pub mod tag_list;

pub use page::{Cut, Cuts, Page};

use crate::config::{Config, Level};

/// What kind of chaff a cut removes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Category {
    /// Menus, breadcrumbs, tag lists, pagination, banners, placeholders.
    Navigation,
    /// Links to other pages: "read also", related, most popular.
    Related,
    /// The furniture of comment sections; never the comments.
    Comments,
    /// Share and follow prompts.
    Share,
    /// Newsletters, mailing lists, app downloads.
    Newsletter,
    /// Appeals for money.
    Donation,
    /// Cookie and consent notices.
    Cookie,
    /// Copyright, licence, reprint, terms.
    Legal,
    /// Photo and agency credits, sources, syndication notes.
    Credit,
    /// Bylines, dates, author biographies.
    Byline,
    /// Advertisement and sponsor labels, promotions.
    Advertisement,
    /// Video, audio and embed placeholders.
    Media,
    /// Login, registration, paywall.
    Account,
    /// The furniture of forums.
    Forum,
    /// Anything else.
    Other,
}

impl Category {
    /// All, in the order in which rows number them.
    pub const ALL: [Category; 15] = [
        Category::Navigation,
        Category::Related,
        Category::Comments,
        Category::Share,
        Category::Newsletter,
        Category::Donation,
        Category::Cookie,
        Category::Legal,
        Category::Credit,
        Category::Byline,
        Category::Advertisement,
        Category::Media,
        Category::Account,
        Category::Forum,
        Category::Other,
    ];
    /// The category of this number in a row of a cut.
    pub fn of(number: u8) -> Self {
        Self::ALL
            .get(usize::from(number))
            .copied()
            .unwrap_or(Category::Other)
    }

    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Category::Navigation => "navigation",
            Category::Related => "related",
            Category::Comments => "comments",
            Category::Share => "share",
            Category::Newsletter => "newsletter",
            Category::Donation => "donation",
            Category::Cookie => "cookie",
            Category::Legal => "legal",
            Category::Credit => "credit",
            Category::Byline => "byline",
            Category::Advertisement => "advertisement",
            Category::Media => "media",
            Category::Account => "account",
            Category::Forum => "forum",
            Category::Other => "other",
        }
    }
}

/// One boilerplate rule.
pub struct Rule {
    /// Kebab-case, names the pattern: `cookie-notice`.
    pub name: &'static str,
    /// What it removes.
    pub category: Category,
    /// Three paragraphs: what it matches, why that is boilerplate, when it errs.
    pub doc: &'static str,
    /// Lower-case phrases; `check` is called only on lines that hold one of them (compared without regard to case).
    pub cues: &'static [&'static str],
    /// Looks at line `index` of the page and marks what goes.
    pub check: fn(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>),
    /// Pages in which what goes is written between `⟦` and `⟧`. At the level named, exactly that goes.
    pub examples: &'static [(Level, &'static str)],
    /// Pages from which no rule at all takes anything, at any level below `aggressive`.
    pub counter_examples: &'static [&'static str],
}

/// All rules, in the order in which the log names them.
pub static RULES: &[&Rule] = &[
    &donation_appeal::RULE,
    &cookie_notice::RULE,
    &newsletter_prompt::RULE,
    &app_download::RULE,
    &share_follow::RULE,
    &comment_widget::RULE,
    &account_prompt::RULE,
    &paywall::RULE,
    &advertisement_label::RULE,
    &photo_credit::RULE,
    &captioned_credit::RULE,
    &agency_credit::RULE,
    &media_placeholder::RULE,
    &copyright_notice::RULE,
    &legal_terms::RULE,
    &syndication_note::RULE,
    &source_line::RULE,
    &author_bio::RULE,
    &banner_placeholder::RULE,
    &read_also::RULE,
    &related_links::RULE,
    &breadcrumb::RULE,
    &tag_list::RULE,
    &pagination::RULE,
    &search_snippet::RULE,
    &forum_chrome::RULE,
    &page_stamp::RULE,
    &site_credit::RULE,
    &navigation_menu::RULE,
];

/// Number of the line model among the evidence, and its name.
pub const LINE_MODEL: u8 = 255;
/// Number of site frequency among the evidence.
pub const FREQUENCY: u8 = 254;
/// The name of the line model.
pub const LINE_MODEL_NAME: &str = "line-model";
/// The name of site frequency.
pub const FREQUENCY_NAME: &str = "frequency";

/// The name of an evidence by its number: a rule, `frequency` or `line-model`.
pub fn evidence_name(number: u8) -> &'static str {
    match number {
        LINE_MODEL => LINE_MODEL_NAME,
        FREQUENCY => FREQUENCY_NAME,
        rule => RULES.get(usize::from(rule)).map_or("unknown", |r| r.name),
    }
}

/// Judges pages by the rules alone. Holds the compiled cues and the choice of rules; cheap to share between threads.
pub struct Judge {
    cues: cues::Cues,
}

impl Judge {
    /// Compiles the rules that take part under this configuration.
    pub fn new(config: &Config) -> Self {
        let active: Vec<bool> = RULES.iter().map(|r| config.uses(r.name)).collect();
        Judge {
            cues: cues::Cues::new(RULES, &active),
        }
    }

    /// Finds everything that falls at any level, as cuts in document order, each with all the evidence that fired.
    /// Cuts of one rule and level that touch or overlap are joined. Use [`page::union`] to get the ranges that go at a level.
    pub fn judge(&self, page: &Page<'_>, out: &mut Vec<Cut>) {
        self.judge_with_captions(page, out, &mut Vec::new());
    }

    /// As [`Judge::judge`], and lists the lines that are captions, by ascending index: what stays of such a line is never
    /// the witness of a duplicate.
    pub fn judge_with_captions(
        &self,
        page: &Page<'_>,
        out: &mut Vec<Cut>,
        captions: &mut Vec<usize>,
    ) {
        out.clear();
        captions.clear();
        let mut scratch = self.cues.scratch();
        for (index, line) in page.lines().iter().enumerate() {
            let Some(text) = line.text.filter(|t| !t.is_empty()) else {
                continue;
            };
            self.cues.each(text, &mut scratch, |rule| {
                (RULES[rule].check)(page, index, &mut Cuts::new(rule as u8, out, captions));
            });
        }
        page::settle(page, out);
        context::weigh(page, out);
        captions.sort_unstable();
        captions.dedup();
    }
}

/// Finds a rule by name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|r| r.name == name)
}

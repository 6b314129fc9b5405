//! Cookie and consent notices.

use super::page::{Cuts, Page, words};
use super::pattern::Pattern;
use super::{Category, Rule};
use crate::config::Level;

/// Cookie and consent notices.
pub static RULE: Rule = Rule {
    name: "cookie-notice",
    category: Category::Cookie,
    doc: "Matches a line that tells the reader that this site uses cookies, or asks for consent to them.

It is the banner of the site, shown over every page; it says nothing about the page's subject.

It errs on pages that are themselves about cookies, when they speak in the first person of a site.",
    cues: &["cookie"],
    check,
    examples: &[(
        Level::Safe,
        "The vote is on Friday.\n⟦We use cookies to improve your experience. By continuing to browse you agree to our use of cookies.\n⟧Turnout was low in the spring.",
    )],
    counter_examples: &["The regulator fined the shop because it used cookies without asking its visitors first."],
};

static NOTICE: Pattern = Pattern::new(
    r"^(?: (?:we|this\ (?:web)?site|our\ (?:web)?site) \s (?:use|uses|and\ our\ partners\ use) \s (?:\w+\ ){0,3} cookies \b
       )",
);

fn check(page: &Page<'_>, index: usize, cuts: &mut Cuts<'_>) {
    let text = page.text(index);
    if words(text) <= 80 && NOTICE.is_match(text) {
        cuts.line(page, index, Level::Safe);
    }
}

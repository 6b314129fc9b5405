//! Why the model said so: the largest terms of a line's sums, in words.

use super::line;
use super::words::{self, Kind};
use super::{Model, Sight, UNIT, open};
use super::{around, context};
use crate::rules::{Cut, Page};

/// A term of the sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it looks at.
    pub what: String,
    /// Its part in the sum, in hundredths of a logit; positive speaks for boilerplate.
    pub weight: i32,
}

impl Model {
    /// The strongest terms for boilerplate of one line of the page, largest first, at most `most`. The line's own words come
    /// one by one in place of their sum.
    pub fn reasons(&self, page: &Page<'_>, cuts: &[Cut], index: usize, most: usize) -> Vec<Reason> {
        let mut sight = Sight::default();
        self.sums(page, cuts, &mut sight);
        let Ok(k) = sight.index.binary_search(&index) else {
            return Vec::new();
        };
        let row = sight.context.row(&sight.seen, k);
        let mut terms = [0; context::FEATURES + around::MORE];
        for (f, (term, table)) in terms.iter_mut().zip(&self.tables).enumerate() {
            *term = i32::from(table[usize::from(row[f])]);
        }
        if open(sight.sums[k]) {
            let row = sight.row(sight.kind(), k);
            for tree in &self.trees {
                tree.terms(&row, |f, value| terms[f] += value);
            }
        }
        let reason = |(f, term): (usize, i32)| Reason {
            what: match f.checked_sub(context::FEATURES) {
                None => context::name(f),
                Some(f) => around::name(f),
            },
            weight: term * 100 / UNIT,
        };
        let mut reasons: Vec<Reason> = terms.into_iter().enumerate().map(reason).collect();
        // The first feature is the sum of the first step; its words say more than it does.
        let own = reasons.swap_remove(0).weight;
        if own > 0 {
            reasons.extend(self.words_of(page.text(index), own));
        }
        reasons.retain(|r| r.weight > 0);
        reasons.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.what.cmp(&b.what)));
        reasons.truncate(most);
        reasons
    }

    /// The terms of the first step, scaled so that those for boilerplate add up to `total`.
    fn words_of(&self, text: &str, total: i32) -> Vec<Reason> {
        let mut hashes = Vec::new();
        let shape = line::read(text, &mut hashes);
        let names = names(text);
        let mut terms = Vec::new();
        words::features(&hashes, &shape, |kind, slot, at| {
            let weight = i32::from(self.words[slot as usize]);
            if weight > 0 {
                terms.push((describe(kind, &names, at), weight));
            }
        });
        let sum: i32 = terms.iter().map(|t| t.1).sum();
        let mut merged: Vec<Reason> = Vec::new();
        for (what, weight) in terms {
            match merged.iter_mut().find(|r| r.what == what) {
                Some(same) => same.weight += weight,
                None => merged.push(Reason { what, weight }),
            }
        }
        merged
            .iter_mut()
            .for_each(|r| r.weight = r.weight * total / sum.max(1));
        merged
    }
}

/// The tokens as they are written.
fn names(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut hashes = Vec::new();
    let mut word = String::new();
    // A token ends where one more character makes one more token: asked of the tokeniser itself, so that both agree.
    for c in text.chars() {
        let mut longer = word.clone();
        longer.push(c);
        line::read(longer.trim(), &mut hashes);
        if hashes.len() > 1 || c.is_whitespace() {
            if !word.trim().is_empty() {
                out.push(word.trim().to_owned());
            }
            word = c.to_string();
        } else {
            word = longer;
        }
        if out.len() >= line::TOKENS {
            break;
        }
    }
    if !word.trim().is_empty() {
        out.push(word.trim().to_owned());
    }
    out
}

fn describe(kind: Kind, names: &[String], at: usize) -> String {
    let name = |i: usize| names.get(i).map_or("", String::as_str);
    match kind {
        Kind::Word => format!("the word {:?}", name(at)),
        Kind::Pair => format!("the words {:?}", format!("{} {}", name(at), name(at + 1))),
        Kind::First | Kind::FirstTwo | Kind::FirstThree => "how it begins".into(),
        Kind::Last | Kind::LastTwo => "how it ends".into(),
        Kind::Whole => "the line as a whole".into(),
        Kind::Shape => "its shape".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_tokens() {
        for text in [
            "Share this: A|B",
            "© 2020 Foo-bar",
            "漢字かな kana.",
            "Ünïcode",
        ] {
            let mut hashes = Vec::new();
            line::read(text, &mut hashes);
            assert_eq!(names(text).len(), hashes.len(), "{text}: {:?}", names(text));
        }
    }

    #[test]
    fn a_share_bar_has_reasons() {
        let text = "The council met on Tuesday and spoke for three hours about the price of bread in the valley.\n\nShare this article\nFacebook\nTwitter\n";
        let page = Page::new(text.as_bytes());
        let model = Model::embedded().unwrap();
        let reasons = model.reasons(&page, &[], 2, 5);
        assert!((1..=5).contains(&reasons.len()));
        assert!(reasons.windows(2).all(|w| w[0].weight >= w[1].weight));
        assert!(
            model.reasons(&page, &[], 1, 5).is_empty(),
            "a blank line is not judged"
        );
    }
}

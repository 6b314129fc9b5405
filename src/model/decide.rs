//! From sums to levels: what rules and model take together, and what a sum alone may not decide.
//!
//! Boilerplate comes in blocks. A line that would go while both its neighbours stay is a heading, a dateline or the last word
//! of a text more often than not, so it has to be surer, and so has what stands in the few lines above
//! the first prose: title, author, date. The first line of a text never goes alone. A line of figures or
//! signs (a bracket of code, a time code, a ruler between messages) says nothing by itself: it goes with both its neighbours
//! or not at all. The labels of the training pages hardly hold either case, so both are rules.

use super::context::Seen;
use super::{Model, RULED, THRESHOLDS, UNIT};
use crate::config::Level;
use crate::rules::Category;

/// How much surer a line must be that goes alone, in logits: from even odds that is five in eight.
const ALONE: i32 = UNIT / 2;

/// How much surer a line must be that stands in the head of a text: title, author and date look like chaff. (Three in four.)
const IN_HEAD: i32 = UNIT + UNIT / 4;

/// How much surer a sentence must be: a comment, the end of a recipe, a standfirst.
const SAID: i32 = UNIT;

/// Up to so many lines above the first prose are the head of a text; a menu is longer.
const HEAD: usize = 16;

/// What rules take of these kinds at `safe` is not doubted: on the labelled pages of tier A that was boilerplate in 997 lines
/// of a thousand or more, and a notice about cookies is one also where the page around it is prose.
const CERTAIN: [Category; 7] = [
    Category::Navigation,
    Category::Share,
    Category::Newsletter,
    Category::Donation,
    Category::Cookie,
    Category::Legal,
    Category::Account,
];

/// What is known of a line when its level is decided.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Case {
    /// The model's sum.
    pub(crate) sum: i32,
    /// The lowest level at which rules take the whole line.
    pub(crate) ruled: Option<Level>,
    /// It is of a kind at which rules do not err.
    pub(crate) certain: bool,
    /// A caption, or a line of which a rule takes a part: at `safe` the rest of it stays.
    pub(crate) late: bool,
    /// There is a letter in it.
    pub(crate) lettered: bool,
    /// It is prose.
    pub(crate) prose: bool,
    /// It is a sentence, if a short one.
    pub(crate) said: bool,
}

/// Words of the shortest line that counts as a sentence when it ends as one.
const SENTENCE_WORDS: u32 = 4;

impl Case {
    /// A line as it was seen, of which the sum and the rules' findings are known.
    pub(crate) fn of(seen: &Seen, sum: i32, ruled: Option<Level>, late: bool) -> Self {
        let shape = &seen.shape;
        Case {
            sum,
            ruled,
            certain: ruled == Some(Level::Safe) && CERTAIN.contains(&Category::of(seen.category)),
            late,
            lettered: shape.letters > 0,
            prose: shape.prose,
            said: shape.sentence && shape.words >= SENTENCE_WORDS,
        }
    }

    /// How far the sum is above this bound.
    fn over(&self, bound: i32) -> i32 {
        let said = if self.said { SAID } else { 0 };
        self.sum.saturating_sub(bound.saturating_add(said))
    }
}

/// What takes a line at one level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Falls {
    /// A rule's finding counts.
    pub(crate) rule: bool,
    /// The model takes it.
    pub(crate) model: bool,
}

impl Falls {
    /// True when it goes.
    pub(crate) fn any(self) -> bool {
        self.rule || self.model
    }
}

/// Decides the lines of a page of this kind at one level, whose least sums are given.
pub(crate) fn falls(
    least: &[i32; THRESHOLDS],
    level: Level,
    kind: usize,
    cases: &[Case],
    out: &mut Vec<Falls>,
) {
    let (n, bound) = (cases.len(), least[kind]);
    out.clear();
    out.extend(cases.iter().map(|case| {
        let ruled = |l: Level| {
            let bound = least[RULED + usize::from(l > Level::Safe)];
            l <= level && (level == Level::Aggressive || case.certain || case.sum >= bound)
        };
        Falls {
            rule: case.ruled.is_some_and(ruled),
            model: case.over(bound) >= 0 && !(case.late && level == Level::Safe),
        }
    }));
    let prose = cases.iter().position(|c| c.prose).unwrap_or(0);
    let menu = prose > HEAD && out[0].any();
    let mut above = false;
    for k in 0..n {
        let goes = out[k].any();
        if out[k].model {
            let below = out.get(k + 1).is_some_and(|f| f.any());
            let surer = |by: i32| cases[k].over(bound) >= by;
            let company = match cases[k].lettered {
                true => above || below || (k > 0 && surer(ALONE)),
                false => (above || k == 0) && (below || k + 1 == n) && n > 1,
            };
            let head = k < prose && !menu && !surer(IN_HEAD);
            out[k].model = company && !head;
        }
        above = goes;
    }
}

/// The lowest levels at which each evidence takes a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Decided {
    /// The lowest level at which the rule's finding counts.
    pub(crate) by_rule: Option<Level>,
    /// The lowest level at which the model takes it.
    pub(crate) by_model: Option<Level>,
}

impl Decided {
    /// True when it goes at this level.
    pub(crate) fn goes(self, level: Level) -> bool {
        [self.by_rule, self.by_model]
            .into_iter()
            .flatten()
            .any(|l| l <= level)
    }
}

impl Model {
    /// Decides the lines of a page of this kind, in order, at all levels; what falls at one falls at the next.
    pub(crate) fn decide(
        &self,
        cases: &[Case],
        kind: usize,
        scratch: &mut Vec<Falls>,
        out: &mut Vec<Decided>,
    ) {
        out.clear();
        out.resize(cases.len(), Decided::default());
        for level in Level::ALL {
            falls(&self.least[level as usize], level, kind, cases, scratch);
            for (decided, falls) in out.iter_mut().zip(scratch.iter()) {
                if falls.rule {
                    decided.by_rule.get_or_insert(level);
                }
                if falls.model {
                    decided.by_model.get_or_insert(level);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Level::{Balanced, Safe};

    fn levels(cases: &[(i32, bool)]) -> Vec<Option<Level>> {
        let mut model = Model::embedded().unwrap();
        model.least = [
            [4 * UNIT; THRESHOLDS],
            [2 * UNIT; THRESHOLDS],
            [UNIT; THRESHOLDS],
        ];
        let case = |&(sum, lettered): &(i32, bool)| Case {
            sum: sum * UNIT,
            lettered,
            ..Case::default()
        };
        let cases: Vec<Case> = cases.iter().map(case).collect();
        let mut out = Vec::new();
        model.decide(&cases, 0, &mut Vec::new(), &mut out);
        out.iter().map(|d| d.by_model).collect()
    }

    #[test]
    fn lines_go_in_company() {
        let s = Some(Safe);
        assert_eq!(levels(&[(4, true), (4, true), (0, true)]), [s, s, None]);
        assert_eq!(levels(&[(5, true), (0, true)])[0], None, "a title");
        assert_eq!(
            levels(&[(0, true), (2, true), (0, true)])[1],
            Some(Level::Aggressive)
        );
        assert_eq!(
            levels(&[(0, true), (7, true), (0, true)])[1],
            s,
            "sure enough to go alone"
        );
        assert_eq!(
            levels(&[(9, true), (0, true)])[0],
            None,
            "never the first alone"
        );
        assert_eq!(
            levels(&[(4, true), (2, true), (0, true)]),
            [Some(Balanced), Some(Balanced), None]
        );
    }

    #[test]
    fn figures_go_between_what_goes() {
        let s = Some(Safe);
        assert_eq!(levels(&[(4, true), (4, false), (4, true)]), [s; 3]);
        assert_eq!(levels(&[(4, true), (9, false), (0, true)])[1], None);
        assert_eq!(levels(&[(9, false)])[0], None);
    }

    #[test]
    fn a_rule_counts_later_where_the_page_speaks_against_it() {
        let mut model = Model::embedded().unwrap();
        model.least = [
            [4 * UNIT; THRESHOLDS],
            [2 * UNIT; THRESHOLDS],
            [UNIT; THRESHOLDS],
        ];
        let mut out = Vec::new();
        for (sum, expected) in [(5, Safe), (3, Balanced), (-9, Level::Aggressive)] {
            let case = Case {
                sum: sum * UNIT,
                ruled: Some(Safe),
                lettered: true,
                ..Case::default()
            };
            model.decide(&[case], 0, &mut Vec::new(), &mut out);
            assert_eq!(out[0].by_rule, Some(expected));
        }
        let seen = |category| Seen {
            category: category as u8,
            ..Seen::default()
        };
        for (category, expected) in [
            (Category::Cookie, Safe),
            (Category::Credit, Level::Aggressive),
        ] {
            let case = Case::of(&seen(category), -9 * UNIT, Some(Safe), false);
            model.decide(&[case], 0, &mut Vec::new(), &mut out);
            assert_eq!(out[0].by_rule, Some(expected), "{category:?}");
        }
    }
}

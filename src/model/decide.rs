//! From sums to levels: what rules and model take together, and what a sum alone may not decide.
//!
//! Boilerplate comes in blocks. A line that would go while both its neighbours stay is a heading, a dateline or the last word
//! of a text more often than not, so it has to be surer, and so has what stands in the few lines above
//! the first prose: title, author, date. The first line of a text never goes alone. A line of figures or
//! signs (a bracket of code, a time code, a ruler between messages) says nothing by itself: it goes with both its neighbours
//! or not at all. The labels of the training pages hardly hold either case, so both are rules.

use super::{Model, RULED, UNIT};
use crate::config::Level;

/// How much surer a line must be that goes alone, in logits: from even odds that is nine in ten.
const ALONE: i32 = 2 * UNIT + UNIT / 4;

/// Up to so many lines above the first prose are the head of a text; a menu is longer.
const HEAD: usize = 16;

/// What is known of a line when its level is decided.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Case {
    /// The model's sum.
    pub(crate) sum: i32,
    /// The lowest level at which rules take the whole line.
    pub(crate) ruled: Option<Level>,
    /// A caption, or a line of which a rule takes a part: at `safe` the rest of it stays.
    pub(crate) late: bool,
    /// There is a letter in it.
    pub(crate) lettered: bool,
    /// It is prose.
    pub(crate) prose: bool,
}

/// The levels of a line.
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
    /// Decides the lines of a page of this kind, in order.
    pub(crate) fn decide(&self, cases: &[Case], kind: usize, out: &mut Vec<Decided>) {
        out.clear();
        out.extend(cases.iter().map(|case| {
            Decided {
                by_rule: case.ruled.map(|l| {
                    l.max(
                        self.level(case.sum, RULED + usize::from(l > Level::Safe))
                            .unwrap_or(Level::Aggressive),
                    )
                }),
                by_model: self
                    .level(case.sum, kind)
                    .map(|l| if case.late { l.max(Level::Balanced) } else { l }),
            }
        }));
        let alone = out.clone();
        let head = cases.iter().position(|c| c.prose).unwrap_or(0);
        let goes =
            |k: Option<usize>, level| k.and_then(|k| alone.get(k)).is_some_and(|d| d.goes(level));
        for (k, decided) in out.iter_mut().enumerate() {
            let Some(first) = decided.by_model else {
                continue;
            };
            let case = &cases[k];
            decided.by_model = Level::ALL
                .into_iter()
                .filter(|&l| l >= first)
                .find(|&level| {
                    let (above, below) = (goes(k.checked_sub(1), level), goes(Some(k + 1), level));
                    let surer =
                        |by: i32| self.level(case.sum - by, kind).is_some_and(|l| l <= level);
                    let sure = k > 0 && surer(ALONE);
                    if k < head && (head <= HEAD || !alone[0].goes(level)) && !surer(ALONE) {
                        return false;
                    }
                    match case.lettered {
                        true => above || below || sure,
                        false => {
                            (above || k == 0) && (below || k + 1 == cases.len()) && cases.len() > 1
                        }
                    }
                });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::THRESHOLDS;
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
        model.decide(&cases, 0, &mut out);
        out.iter().map(|d| d.by_model).collect()
    }

    #[test]
    fn lines_go_in_company() {
        let s = Some(Safe);
        assert_eq!(levels(&[(4, true), (4, true), (0, true)]), [s, s, None]);
        assert_eq!(levels(&[(5, true), (0, true)])[0], None, "a title");
        assert_eq!(levels(&[(0, true), (2, true), (0, true)])[1], None);
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
            model.decide(&[case], 0, &mut out);
            assert_eq!(out[0].by_rule, Some(expected));
        }
    }
}

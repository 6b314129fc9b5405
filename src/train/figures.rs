//! Figures of a model on sites it has not seen: rules and model together, by view and level.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Judged;
use super::cache::Info;
use super::levels::scored;
use crate::config::Level;
use crate::model::Model;

/// What goes of one view at one level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// The view; pages labelled by reading have `read` before it, pages of tier B `B`.
    pub view: String,
    /// The level.
    pub level: Level,
    /// Pages.
    pub pages: u64,
    /// Removed lines that are boilerplate, among removed lines that are labelled.
    pub precision: f64,
    /// Boilerplate lines removed.
    pub recall: f64,
    /// Percent of content characters removed.
    pub loss_percent: f64,
    /// Percent of pages that lose more than a hundredth of their content.
    pub pages_over_1_percent: f64,
}

/// What would go of a page.
#[derive(Debug, Clone, Serialize)]
pub struct Prediction {
    /// Its name.
    pub id: String,
    /// Its view.
    pub view: String,
    /// Indexes of the lines that go at each level.
    pub removed: [Vec<usize>; 3],
}

#[derive(Default, Clone, Copy)]
struct Counts {
    pages: u64,
    over: u64,
    dropped: u64,
    missed: u64,
    lost: u64,
    content: u64,
    lost_chars: u64,
}

/// Counts, by the thresholds of this model.
pub(super) fn of(
    pages: &[Info],
    judged: &[Judged],
    model: &Model,
) -> (Vec<Figures>, Vec<Prediction>) {
    let mut groups: BTreeMap<(String, u8), Counts> = BTreeMap::new();
    let mut predictions = Vec::new();
    let (mut cases, mut falls, mut decided) = (Vec::new(), Vec::new(), Vec::new());
    for lines in judged.chunk_by(|a, b| a.page == b.page) {
        let info = &pages[lines[0].page as usize];
        let mut prediction = Prediction {
            id: info.id.clone(),
            view: info.view.clone(),
            removed: Default::default(),
        };
        let group = match (info.read, scored(info)) {
            (true, _) => format!("read {}", info.view),
            (_, false) => format!("B {}", info.view),
            _ => info.view.clone(),
        };
        cases.clear();
        cases.extend(lines.iter().map(|line| line.case));
        let kind = usize::from(lines[0].kind);
        model.decide(&cases, kind, &mut falls, &mut decided);
        for level in Level::ALL {
            let counts = groups.entry((group.clone(), level as u8)).or_default();
            let (mut content, mut lost) = (0, 0);
            for (line, decided) in lines.iter().zip(&decided) {
                let goes = decided.goes(level);
                if goes {
                    prediction.removed[level as usize]
                        .push(info.index[line.line as usize] as usize);
                }
                match (line.label, goes) {
                    (1, true) => counts.dropped += 1,
                    (1, false) => counts.missed += 1,
                    (0, _) => {
                        content += u64::from(line.chars);
                        lost += u64::from(line.chars) * u64::from(goes);
                        counts.lost += u64::from(goes);
                    }
                    _ => {}
                }
            }
            counts.pages += 1;
            counts.over += u64::from(lost * 100 > content);
            counts.content += content;
            counts.lost_chars += lost;
        }
        predictions.push(prediction);
    }
    let ratio = |a: u64, b: u64| (a as f64 / b.max(1) as f64 * 100_000.0).round() / 100_000.0;
    let figures = groups.into_iter().map(|((view, level), c)| Figures {
        view,
        level: Level::ALL[usize::from(level)],
        pages: c.pages,
        precision: ratio(c.dropped, c.dropped + c.lost),
        recall: ratio(c.dropped, c.dropped + c.missed),
        loss_percent: ratio(c.lost_chars * 100, c.content),
        pages_over_1_percent: ratio(c.over * 100, c.pages),
    });
    (figures.collect(), predictions)
}

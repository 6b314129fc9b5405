//! What a sum alone may not decide: lines that stand alone, and lines without letters.
//!
//! Boilerplate comes in blocks. A line that would go while both its neighbours stay is a heading, a dateline or the last word
//! of a text more often than not, so it has to be surer. A line of figures or signs (a bracket of code, a time code, a rule
//! between messages) says nothing by itself: it goes with both its neighbours or not at all. The labels of the training pages
//! hardly hold either case, so both are rules.

use super::UNIT;
use super::context::Seen;
use crate::config::Level;

/// How much surer a line must be that goes alone: from even odds that is nine in ten.
pub(crate) const ALONE: i32 = 2 * UNIT + UNIT / 4;

/// Raises levels. `levels` holds for each line the lowest level at which rules or model take it; `sure` says whether it would
/// also fall at a level with so much less of a sum; lines that a rule takes are left as they are.
pub(crate) fn raise(
    seen: &[Seen],
    levels: &mut [Option<Level>],
    sure: impl Fn(usize, Level, i32) -> bool,
) {
    let before = levels.to_vec();
    let goes = |k: Option<usize>, level: Level| {
        k.and_then(|k| before.get(k)).copied().flatten().is_some_and(|l| l <= level)
    };
    for (k, level) in levels.iter_mut().enumerate() {
        if seen[k].ruled > 0 {
            continue;
        }
        let Some(first) = *level else { continue };
        let lettered = seen[k].shape.letters > 0;
        *level = [Level::Safe, Level::Balanced, Level::Aggressive]
            .into_iter()
            .filter(|&l| l >= first)
            .find(|&l| {
                let (above, below) = (goes(k.checked_sub(1), l), goes(Some(k + 1), l));
                match lettered {
                    true => above || below || sure(k, l, ALONE) && k > 0,
                    false => (above || k == 0) && (below || k + 1 == seen.len()) && seen.len() > 1,
                }
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::line;
    use Level::{Balanced, Safe};

    fn levels(lines: &[(&str, Option<Level>)]) -> Vec<Option<Level>> {
        let mut tokens = Vec::new();
        let seen: Vec<Seen> = lines
            .iter()
            .map(|(text, _)| Seen { shape: line::read(text, &mut tokens), ..Seen::default() })
            .collect();
        let mut levels: Vec<_> = lines.iter().map(|l| l.1).collect();
        raise(&seen, &mut levels, |k, _, _| lines[k].0.ends_with('!'));
        levels
    }

    #[test]
    fn lines_go_in_company() {
        let s = Some(Safe);
        assert_eq!(levels(&[("Home", s), ("News", s), ("The story", None)]), [s, s, None]);
        assert_eq!(levels(&[("Title", s), ("The story", None)]), [None, None]);
        assert_eq!(levels(&[("The story", None), ("Share", s), ("It goes on", None)]), [None; 3]);
        assert_eq!(levels(&[("The story", None), ("Share!", s), ("It goes on", None)])[1], s);
        assert_eq!(levels(&[("Title!", s), ("The story", None)])[0], None, "never the first alone");
        let b = Some(Balanced);
        assert_eq!(levels(&[("Share", s), ("Print", b), ("The story", None)]), [b, b, None]);
    }

    #[test]
    fn figures_go_between_what_goes() {
        let s = Some(Safe);
        assert_eq!(levels(&[("Menu", s), ("12", s), ("Login", s)]), [s; 3]);
        assert_eq!(levels(&[("Menu", s), ("}", s), ("The story", None)])[1], None);
    }
}

//! When a recurring line falls.
//!
//! That a line recurs does not make it chaff: headings recur, and so do values ("Language: English"), stock phrases, and
//! refrains. What tells furniture apart is that it stands in a frame: the same line follows and precedes it everywhere, or
//! nothing but recurring lines stands between it and an end of the document. A heading has text under it that differs; a
//! value alternates with other values between the same two lines.

use rustc_hash::FxHashMap;

use super::links::{END, START, TEXT_HALVES};
use super::recurring::LEAST_DOCS;
use crate::files::row;
use crate::rules::Category;

/// What one level asks of a line.
struct Thresholds {
    /// Least share of the site's documents, in percent.
    share: u32,
    /// Least share of its occurrences in its place, in percent.
    place: u32,
    /// How firmly a short line must be tied to a neighbour, both ways, in percent.
    tie: u32,
}

/// On half of the documents: no section, author or series of a site has so many.
const SAFE: Thresholds = Thresholds {
    share: 50,
    place: 90,
    tie: 80,
};
/// On a fifth: the menu of a section, the footer of one kind of page.
const BALANCED: Thresholds = Thresholds {
    share: 20,
    place: 90,
    tie: 67,
};
/// On a tenth.
const AGGRESSIVE: Thresholds = Thresholds {
    share: 10,
    place: 50,
    tie: 67,
};
/// A line of so many half tokens or fewer that ends no sentence may be a heading.
const HEADING_HALVES: u8 = 16;

/// What stands on one side of a line.
#[derive(Default, Clone, Copy)]
struct Side {
    /// The recurring line that most often stands there, and how often.
    most: (u64, u32),
    /// How often any recurring line, or an end of the document, stands there.
    any: u32,
}

/// What was counted of a line.
#[derive(Default)]
pub(super) struct Stat {
    /// Documents that have it.
    pub(super) docs: u32,
    /// Its occurrences, and how many of them are of a kind.
    pub(super) seen: u32,
    pub(super) head: u32,
    pub(super) tail: u32,
    pub(super) rich: u32,
    pub(super) prose: u32,
    pub(super) closed: u32,
    pub(super) piece: u32,
    pub(super) legal: u32,
    pub(super) halves: u8,
    sides: [Side; 2],
}

impl Stat {
    /// Counts a neighbour that stands on a side `times` times.
    pub(super) fn neighbour(&mut self, side: u8, key: u64, times: u32) {
        let side = &mut self.sides[usize::from(side)];
        if key != 0 {
            side.any += times;
            if times > side.most.1 {
                side.most = (key, times);
            }
        }
    }

    fn is(&self, count: u32, percent: u32) -> bool {
        reaches(count, self.seen, percent)
    }

    /// Anything but an item, a heading or a value.
    fn is_text(&self) -> bool {
        self.halves >= TEXT_HALVES
    }

    fn is_prose(&self) -> bool {
        self.is(self.prose, 50)
    }

    fn like_heading(&self) -> bool {
        self.halves <= HEADING_HALVES && !self.is(self.closed, 50)
    }
}

fn reaches(count: u32, of: u32, percent: u32) -> bool {
    u64::from(count) * 100 >= u64::from(of) * u64::from(percent)
}

/// The recurring lines of a site.
pub(super) struct Site {
    stats: FxHashMap<u64, Stat>,
    docs: u32,
}

impl Site {
    pub(super) fn new(mut stats: FxHashMap<u64, Stat>) -> Self {
        let docs = stats.get(&START).map_or(0, |s| s.docs);
        if let Some(end) = stats.get_mut(&END) {
            end.seen = docs;
        }
        Site { stats, docs }
    }

    /// The lowest level at which a line falls, if there is one.
    pub(super) fn judge(&self, key: u64) -> Option<row::Frequent> {
        let stat = self.stats.get(&key)?;
        if u64::from(stat.docs) < LEAST_DOCS {
            return None;
        }
        let level = if self.is_safe(key, stat) {
            0
        } else if self.is_balanced(key, stat) {
            1
        } else if self.is_aggressive(key, stat) {
            2
        } else {
            return None;
        };
        Some(row::Frequent {
            unit: 0,
            level,
            category: category(stat) as u8,
            docs: u16::try_from(stat.docs).unwrap_or(u16::MAX),
        })
    }

    /// Within a frame, and text only at the ends of documents that have more to say than that.
    fn is_safe(&self, key: u64, stat: &Stat) -> bool {
        let Thresholds { share, place, tie } = SAFE;
        let fixed = |side: usize| stat.is(stat.sides[side].most.1, place);
        let head = stat.is(stat.head, place) && fixed(1);
        let tail = stat.is(stat.tail, place);
        let inside = fixed(0) && fixed(1) && !stat.is_text();
        self.is_on(stat, share)
            && (head || tail || inside)
            && (self.is_tied(key, stat, tie) || stat.is_prose())
            && (!stat.is_text() || is_aside(stat))
    }

    fn is_balanced(&self, key: u64, stat: &Stat) -> bool {
        let Thresholds { share, place, tie } = BALANCED;
        let near = |side: usize| stat.is(stat.sides[side].any, place);
        let at_end = stat.is(stat.tail, place) || stat.is(stat.head, place) && near(1);
        // Not at an end, the frame must be on both sides: above or below a fixed line may be the first words of the text.
        let inside = near(0) && near(1);
        self.is_on(stat, share)
            && (at_end || inside)
            && (stat.is_prose() || self.is_tied(key, stat, tie))
            && (!stat.is_text() || is_aside(stat))
    }

    fn is_aggressive(&self, key: u64, stat: &Stat) -> bool {
        let Thresholds { share, place, tie } = AGGRESSIVE;
        let near = |side: usize| stat.is(stat.sides[side].any, place);
        let framed = near(1) && (near(0) || stat.is_text());
        self.is_on(stat, share)
            && (framed || stat.is(stat.tail, place))
            && (stat.is_text() || self.is_tied(key, stat, tie))
            && (!stat.is_text() || is_aside(stat))
    }

    fn is_on(&self, stat: &Stat, share: u32) -> bool {
        reaches(stat.docs, self.docs, share)
    }

    /// True when the line and one of its neighbours come as a pair: most often each has the other beside it. A value that
    /// alternates with others between two fixed lines has no such neighbour.
    fn is_tied(&self, key: u64, stat: &Stat, percent: u32) -> bool {
        [0, 1].into_iter().any(|side: usize| {
            let (other, times) = stat.sides[side].most;
            let back = self.stats.get(&other).map(|o| (o, o.sides[1 - side].most));
            stat.is(times, percent)
                && back.is_some_and(|(o, most)| most.0 == key && o.is(most.1, percent))
        })
    }
}

/// Text that is not a piece of something longer, on documents with more text of their own.
fn is_aside(stat: &Stat) -> bool {
    stat.is(stat.rich, 50) && !stat.is(stat.piece, 50)
}

fn category(stat: &Stat) -> Category {
    if stat.is(stat.legal, 50) {
        return Category::Legal;
    }
    let at_end = stat.is(stat.head, 50) || stat.is(stat.tail, 50);
    match at_end && stat.like_heading() {
        true => Category::Navigation,
        false => Category::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site of 20 documents, and a line on 14 of them.
    fn site(line: Stat, others: Vec<(u64, Stat)>) -> Site {
        let start = Stat {
            docs: 20,
            seen: 20,
            ..Stat::default()
        };
        let stats = [(START, start), (END, Stat::default()), (50, line)];
        Site::new(stats.into_iter().chain(others).collect())
    }

    fn stat(docs: u32, halves: u8, before: (u64, u32), after: (u64, u32)) -> Stat {
        let mut stat = Stat {
            docs,
            seen: docs,
            rich: docs,
            halves,
            ..Stat::default()
        };
        stat.neighbour(0, before.0, before.1);
        stat.neighbour(1, after.0, after.1);
        stat
    }

    fn level(site: &Site) -> Option<u8> {
        site.judge(50).map(|verdict| verdict.level)
    }

    #[test]
    fn a_line_between_two_fixed_ones_falls() {
        let beside = || {
            vec![
                (60, stat(14, 4, (0, 14), (50, 14))),
                (70, stat(14, 4, (50, 14), (0, 14))),
            ]
        };
        let fixed = site(stat(14, 4, (60, 14), (70, 14)), beside());
        assert_eq!(level(&fixed), Some(0));
        let short = site(stat(9, 4, (60, 9), (70, 9)), beside());
        assert_eq!(level(&short), None, "nine documents are too few");
    }

    #[test]
    fn a_heading_has_text_under_it() {
        let above = vec![(60, stat(14, 4, (0, 14), (50, 14)))];
        let heading = site(stat(14, 4, (60, 14), (0, 14)), above);
        assert_eq!(level(&heading), None);
    }

    #[test]
    fn a_value_alternates_with_others() {
        let beside = vec![
            (60, stat(20, 4, (0, 20), (50, 12))),
            (70, stat(20, 4, (50, 12), (0, 20))),
        ];
        let value = site(stat(12, 2, (60, 12), (70, 12)), beside);
        assert_eq!(level(&value), None);
    }

    #[test]
    fn text_falls_only_beside_more_text_of_the_documents_own() {
        let notice = |rich: u32, piece: u32| {
            let mut notice = stat(14, 30, (0, 14), (END, 14));
            (notice.tail, notice.prose, notice.closed) = (14, 14, 14);
            (notice.rich, notice.piece) = (rich, piece);
            level(&site(notice, Vec::new()))
        };
        assert_eq!(notice(14, 0), Some(0));
        assert_eq!(notice(3, 0), None, "it is what the site is about");
        assert_eq!(notice(14, 14), None, "a piece of verse");
    }
}

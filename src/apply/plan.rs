//! The plan of one document: which bytes go, each once, and why. Judges nothing; puts together what scan and resolve decided.

use std::ops::Range;

use crate::config::Level;
use crate::files::row::{CutRow, Drop};
use crate::rules::Page;

/// Why a range goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Why {
    /// Boilerplate: the places in the document's cuts of all evidence that covers the range, strongest name first.
    Boilerplate(Vec<usize>),
    /// A duplicate: its place in the document's drops.
    Duplicate(usize),
}

/// A range that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Planned {
    /// Bytes of the document's text.
    pub range: Range<usize>,
    /// The number of its paragraph: of the line it is cut from, or of a duplicate's first line.
    pub paragraph: u32,
    /// Why.
    pub why: Why,
}

/// Plans a document. `cuts` and `drops` are its rows; `spared` keeps its boilerplate. The result is ascending and disjoint.
pub(crate) fn plan(
    page: &Page<'_>,
    cuts: &[CutRow],
    level: Option<Level>,
    spared: bool,
    drops: &[Drop],
    out: &mut Vec<Planned>,
) {
    out.clear();
    if let Some(level) = level {
        boilerplate(page, cuts, level, out);
    }
    let cut = out.len();
    for (number, drop) in drops.iter().enumerate() {
        duplicate(drop, number, cut, out);
    }
    if spared {
        // What was cut from a paragraph was not compared, so it stays also where the rest of the paragraph goes.
        out.drain(..cut);
    }
    out.sort_by_key(|p| p.range.start);
    blank_lines(page, out);
}

/// One entry for each line and stretch of equal evidence.
fn boilerplate(page: &Page<'_>, cuts: &[CutRow], level: Level, out: &mut Vec<Planned>) {
    let counts = |c: &CutRow| c.level <= level as u8;
    let mut edges: Vec<usize> = cuts
        .iter()
        .filter(|c| counts(c))
        .flat_map(|c| [c.start as usize, c.end as usize])
        .collect();
    if edges.is_empty() {
        return;
    }
    let lines = page.lines();
    let (first, last) = (
        edges.iter().min().copied().unwrap_or(0),
        edges.iter().max().copied().unwrap_or(0),
    );
    let begin = lines.partition_point(|l| l.end <= first);
    edges.extend(
        lines[begin..]
            .iter()
            .map(|l| l.start)
            .take_while(|&s| s < last),
    );
    edges.sort_unstable();
    edges.dedup();
    // The cuts that count by where they begin, and those of them that reach the range in hand.
    let mut waiting: Vec<usize> = (0..cuts.len()).filter(|&i| counts(&cuts[i])).collect();
    waiting.sort_by_key(|&i| cuts[i].start);
    let mut waiting = waiting.into_iter().peekable();
    let mut reaching: Vec<usize> = Vec::new();
    for edge in edges.windows(2) {
        let range = edge[0]..edge[1];
        reaching.retain(|&i| cuts[i].end as usize > range.start);
        while let Some(i) = waiting.next_if(|&i| (cuts[i].start as usize) < range.end) {
            reaching.push(i);
        }
        if reaching.is_empty() {
            continue;
        }
        let mut evidence = reaching.clone();
        evidence.sort_by_key(|&i| (cuts[i].evidence, i));
        let line = lines.partition_point(|l| l.end <= range.start) as u32;
        match out.last_mut() {
            Some(Planned {
                range: before,
                paragraph,
                why: Why::Boilerplate(same),
            }) if before.end == range.start && *paragraph == line && *same == evidence => {
                before.end = range.end
            }
            _ => out.push(Planned {
                range,
                paragraph: line,
                why: Why::Boilerplate(evidence),
            }),
        }
    }
}

/// What is left of a duplicate beside the boilerplate cut from it, which is in `out[..cut]`.
fn duplicate(drop: &Drop, number: usize, cut: usize, out: &mut Vec<Planned>) {
    let mut at = drop.start as usize;
    let end = drop.end as usize;
    let from = out[..cut].partition_point(|p| p.range.end <= at);
    let holes: Vec<Range<usize>> = out[from..cut]
        .iter()
        .map(|p| p.range.clone())
        .take_while(|r| r.start < end)
        .collect();
    for hole in holes.into_iter().chain(std::iter::once(end..end)) {
        if hole.start > at {
            out.push(Planned {
                range: at..hole.start,
                paragraph: drop.line,
                why: Why::Duplicate(number),
            });
        }
        at = at.max(hole.end);
    }
}

/// Blank lines directly after a removed paragraph go with it when what precedes it is blank, a cut, or the start: else
/// two blank lines would stand where one stood.
fn blank_lines(page: &Page<'_>, out: &mut [Planned]) {
    let lines = page.lines();
    let mut next = 0;
    // Whether what stands before the line in hand is blank, cut, or nothing.
    let mut open = true;
    let mut line = 0;
    while line < lines.len() {
        let range = lines[line].range();
        while next < out.len() && out[next].range.end <= range.start {
            next += 1;
        }
        let covered = covered(&out[next..], &range);
        if !covered {
            open = lines[line].is_blank();
            line += 1;
            continue;
        }
        let mut after = line + 1;
        while after < lines.len() && lines[after].is_blank() {
            after += 1;
        }
        if open && after > line + 1 {
            let last = next + out[next..].partition_point(|p| p.range.start < range.end) - 1;
            // A removal further on may begin with these blank lines already.
            let free = out.get(last + 1).map_or(usize::MAX, |p| p.range.start);
            out[last].range.end = lines[after - 1].end.min(free);
        }
        // Blank lines that stay behind this paragraph are what precedes the next one; so is the cut itself.
        open = true;
        line = after;
    }
}

/// True when the ranges together hold all of `line`.
fn covered(ranges: &[Planned], line: &Range<usize>) -> bool {
    let mut at = line.start;
    for planned in ranges {
        if planned.range.start > at {
            return false;
        }
        at = at.max(planned.range.end);
        if at >= line.end {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(start: u32, end: u32, evidence: u8, level: u8) -> CutRow {
        CutRow {
            start,
            end,
            evidence,
            level,
            ..CutRow::default()
        }
    }

    fn drop(line: u32, start: u32, end: u32) -> Drop {
        Drop {
            line,
            start,
            end,
            ..Drop::default()
        }
    }

    fn left(text: &str, cuts: &[CutRow], drops: &[Drop]) -> String {
        let mut out = Vec::new();
        plan(
            &Page::new(text.as_bytes()),
            cuts,
            Some(Level::Safe),
            false,
            drops,
            &mut out,
        );
        assert!(
            out.windows(2).all(|w| w[0].range.end <= w[1].range.start),
            "{out:?}"
        );
        let mut text = text.to_owned();
        out.iter()
            .rev()
            .for_each(|p| text.replace_range(p.range.clone(), ""));
        text
    }

    #[test]
    fn blank_lines_go_with_what_they_follow() {
        assert_eq!(left("a\n\nbb\n\nc\n", &[cut(3, 6, 0, 0)], &[]), "a\n\nc\n");
        assert_eq!(
            left("a\nbb\n\nc\n", &[cut(2, 5, 0, 0)], &[]),
            "a\n\nc\n",
            "the gap between a and c stays"
        );
        assert_eq!(
            left("bb\n\n\nc\n", &[], &[drop(0, 0, 3)]),
            "c\n",
            "at the start"
        );
        assert_eq!(
            left("a\n\nb\n\nb\n\nc", &[cut(3, 5, 0, 0)], &[drop(4, 6, 8)]),
            "a\n\nc"
        );
        assert_eq!(
            left("a\n\nb\n\n", &[], &[drop(2, 3, 5)]),
            "a\n\n",
            "at the end"
        );
    }

    #[test]
    fn a_duplicate_is_removed_around_what_is_cut_from_it() {
        let text = "some text (credit) more\nnext\n";
        let mut out = Vec::new();
        plan(
            &Page::new(text.as_bytes()),
            &[cut(10, 18, 3, 0)],
            Some(Level::Safe),
            false,
            &[drop(0, 0, 24)],
            &mut out,
        );
        let ranges: Vec<_> = out.iter().map(|p| p.range.clone()).collect();
        assert_eq!(ranges, [0..10, 10..18, 18..24]);
        plan(
            &Page::new(text.as_bytes()),
            &[cut(10, 18, 3, 0)],
            Some(Level::Safe),
            true,
            &[drop(0, 0, 24)],
            &mut out,
        );
        let ranges: Vec<_> = out.iter().map(|p| p.range.clone()).collect();
        assert_eq!(
            ranges,
            [0..10, 18..24],
            "a spared document keeps its boilerplate, also in a duplicate"
        );
    }

    #[test]
    fn evidence_is_named_line_by_line_and_levels_are_kept() {
        let text = "one\ntwo\nthree\n";
        let mut out = Vec::new();
        let cuts = [cut(0, 8, 5, 0), cut(4, 8, 2, 0), cut(8, 14, 1, 1)];
        plan(
            &Page::new(text.as_bytes()),
            &cuts,
            Some(Level::Safe),
            false,
            &[],
            &mut out,
        );
        assert_eq!(out.len(), 2);
        assert_eq!(
            out[0],
            Planned {
                range: 0..4,
                paragraph: 0,
                why: Why::Boilerplate(vec![0])
            }
        );
        assert_eq!(
            out[1],
            Planned {
                range: 4..8,
                paragraph: 1,
                why: Why::Boilerplate(vec![1, 0])
            }
        );
    }
}

//! Which lines a margin broke: the joins of hard-wrapped text (mail, old pages), and no others.
//!
//! A program that wraps text breaks a line only where the next word would pass the margin. So between two lines of one
//! paragraph, the first word of the second never fits behind the first; and that it would have fitted proves a break that
//! somebody meant: the end of a paragraph, a heading, an address, most verse and dialogue. The margin is taken to be the
//! widest line of the run. Not fitting proves nothing by itself (the widest line of any list has that), so a chain of
//! such breaks counts only when most of them also stand in the middle of a sentence; the shorter the chain, the more of
//! them, and a single break needs a long line or a margin that the document is known to have. In doubt, lines stay apart.

use std::ops::Range;

use super::Paragraph;
use super::shape::{self, End, Form, Shape, Start};
use crate::text::line::Line;

/// Margins that hard-wrapped text has, in columns. Below, lines are verse, lists and columns; above, paragraphs as web pages
/// have them. Mail and news stand at 65 to 80, converted pages at 100 to 150.
const MARGINS: std::ops::RangeInclusive<usize> = 45..=160;
/// No line of so many bytes is within the widest margin, whatever its script: four bytes a column, and one in three marks.
const LONGEST: usize = 160 * 6;
/// Widths at which mail and news break lines. A single break in the middle of a sentence counts in a line so wide; in a wider
/// one, what follows must be as wide.
const LONE_WIDTHS: Range<usize> = 60..101;
/// A run may fall short of the document's margin by this much: a long word.
const SHORTFALL: usize = 14;
/// From so many breaks, a chain that counts tells the document's margin.
const CHAIN: usize = 3;

/// Turns runs of adjacent lines into paragraphs.
pub(super) fn unwrapped(lines: &[Line<'_>], runs: &[Range<usize>], out: &mut Vec<Paragraph>) {
    let (mut widths, mut parts) = (Vec::new(), Vec::new());
    if runs.iter().any(|r| r.len() > 1) {
        widths.resize(lines.len(), usize::MAX);
    }
    for run in runs.iter().filter(|r| r.len() > 1) {
        measure(lines, run, &mut widths, &mut parts);
    }
    let proven = |p: &&Part| {
        let mut chains = p.chains.iter().filter(|c| c.len() >= CHAIN);
        chains.any(|c| is_wrapped(lines, c, false))
    };
    let margins: Vec<usize> = parts.iter().filter(proven).map(|p| p.margin).collect();
    let mut parts = parts.iter().peekable();
    for run in runs {
        let mut at = run.start;
        while let Some(part) = parts.next_if(|p| p.lines.end <= run.end) {
            at = part.write(lines, &widths, &margins, at, out);
        }
        out.extend((at..run.end).map(|i| Paragraph::from(i..i + 1)));
    }
}

/// Adjacent lines, all within the widest margin.
struct Part {
    lines: Range<usize>,
    /// The widest line of prose.
    margin: usize,
    /// The maximal chains of breaks that this margin may have made; break i is the one after line i.
    chains: Vec<Range<usize>>,
}

/// Measures a run and splits it at lines that no margin holds; keeps the parts that a margin may have wrapped.
fn measure(lines: &[Line<'_>], run: &Range<usize>, widths: &mut [usize], parts: &mut Vec<Part>) {
    let (mut start, mut margin) = (run.start, 0);
    for i in run.start..=run.end {
        let text = match lines.get(i) {
            Some(line) if i < run.end => shape::content(line),
            _ => "",
        };
        if i < run.end && text.len() <= LONGEST {
            widths[i] = shape::width(text);
            if widths[i] <= *MARGINS.end() {
                if widths[i] > margin && shape::is_phrase(text) {
                    margin = widths[i];
                }
                continue;
            }
        }
        if i > start + 1 && margin >= *MARGINS.start() {
            let chains = chains(lines, &(start..i), widths, margin);
            if !chains.is_empty() {
                parts.push(Part {
                    lines: start..i,
                    margin,
                    chains,
                });
            }
        }
        (start, margin) = (i + 1, 0);
    }
}

impl Part {
    /// Writes the paragraphs from line `at` on to the end of the last block; returns that end.
    fn write(
        &self,
        lines: &[Line<'_>],
        widths: &[usize],
        margins: &[usize],
        mut at: usize,
        out: &mut Vec<Paragraph>,
    ) -> usize {
        let reach = self.margin..=self.margin + SHORTFALL;
        let known = margins.iter().copied().filter(|m| reach.contains(m)).min();
        let wider = match known {
            Some(margin) if margin > self.margin => {
                Some(chains(lines, &self.lines, widths, margin))
            }
            _ => None,
        };
        for chain in wider.as_ref().unwrap_or(&self.chains) {
            if is_wrapped(lines, chain, known.is_some()) {
                out.extend((at..chain.start).map(|i| Paragraph::from(i..i + 1)));
                out.push(Paragraph::from(chain.start..chain.end + 1));
                at = chain.end + 1;
            }
        }
        at
    }
}

/// The maximal chains of breaks that the margin may have made.
fn chains(
    lines: &[Line<'_>],
    part: &Range<usize>,
    widths: &[usize],
    margin: usize,
) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for i in part.start..part.end - 1 {
        let next = shape::content(&lines[i + 1]);
        if widths[i] + shape::first_word(next) <= margin || !may_join(lines, i) {
            continue;
        }
        match out.last_mut() {
            Some(chain) if chain.end == i => chain.end = i + 1,
            _ => out.push(i..i + 1),
        }
    }
    out
}

/// True when line i and the one after it may be of one paragraph at all.
fn may_join(lines: &[Line<'_>], i: usize) -> bool {
    let (line, next) = (&lines[i], &lines[i + 1]);
    if line.text == next.text || !shape::is_phrase(shape::content(line)) {
        return false;
    }
    let (line, next) = (Shape::of(line), Shape::of(next));
    let hanging = line.form == Form::Item && next.indent > line.indent;
    line.form != Form::Rigid
        && next.form == Form::Prose
        && line.end != End::Colon
        && (next.indent <= line.indent || hanging)
}

/// True when enough of a chain's breaks stand in the middle of a sentence; fewer will do at a margin that the document is
/// known to have.
fn is_wrapped(lines: &[Line<'_>], chain: &Range<usize>, known: bool) -> bool {
    let (mut middle, mut cased) = (0, 0);
    for i in chain.clone() {
        let (line, next) = (Shape::of(&lines[i]), Shape::of(&lines[i + 1]));
        let lower = next.start == Start::Lower && line.end != End::Sentence;
        let uncased = next.start == Start::Uncased && line.end == End::Plain;
        middle += usize::from(lower || uncased);
        cased += usize::from(lower);
    }
    match chain.len() {
        1 => middle == 1 && (known || (cased == 1 && is_lone_break(lines, chain.start))),
        2 => (middle == 2 && !is_lower_list(lines, chain)) || (known && middle == 1),
        n => middle * 2 >= n || (known && middle > 0),
    }
}

/// True when the one break after line i is sure enough to stand by itself: a long line of prose, then a line as long, or,
/// at the margins of mail, the end of its sentence.
fn is_lone_break(lines: &[Line<'_>], i: usize) -> bool {
    let next = Shape::of(&lines[i + 1]);
    let width = |i: usize| shape::width(shape::content(&lines[i]));
    let full = width(i + 1) >= LONE_WIDTHS.start && width(i + 1) * 8 >= width(i) * 7;
    let ends = next.end == End::Sentence && LONE_WIDTHS.contains(&width(i));
    width(i) >= LONE_WIDTHS.start
        && next.is_phrase
        && (ends || (full && next.end != End::Colon))
        && !is_lower_list(lines, &(i..i + 1))
}

/// True when the first line begins in lower case too, and the last one ends no sentence: some write lists that way.
fn is_lower_list(lines: &[Line<'_>], chain: &Range<usize>) -> bool {
    let (first, last) = (&lines[chain.start], &lines[chain.end]);
    Shape::of(first).start == Start::Lower && Shape::of(last).end != End::Sentence
}

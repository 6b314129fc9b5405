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
use super::shape::{End, Form, Shape, Start};
use crate::text::line::Line;

/// Margins that hard-wrapped text has, in columns. Below, lines are verse, lists and columns; above, paragraphs as web pages
/// have them. Mail and news stand at 65 to 80, converted pages at 100 to 150.
const MARGINS: std::ops::RangeInclusive<u32> = 45..=160;
/// No line of so many bytes is within the widest margin, whatever its script: four bytes a column, and one in three marks.
const LONGEST: usize = 160 * 6;
/// A single break in the middle of a sentence counts from this width without further evidence.
const LONE_WIDTH: u32 = 60;
/// A run may fall short of the document's margin by this much: a long word.
const SHORTFALL: u32 = 14;
/// From so many breaks, a chain that counts tells the document's margin.
const CHAIN: usize = 3;

/// Turns runs of adjacent lines into paragraphs.
pub(super) fn unwrapped(lines: &[Line<'_>], runs: &[Range<usize>], out: &mut Vec<Paragraph>) {
    let (mut shapes, mut margins) = (Vec::new(), Vec::new());
    let mut parts = Vec::new();
    for run in runs.iter().filter(|r| r.len() > 1) {
        measure(lines, run, &mut shapes, &mut parts);
    }
    for part in &parts {
        find_margin(lines, part, &shapes, &mut margins);
    }
    let mut parts = parts.iter().peekable();
    for run in runs {
        let mut at = run.start;
        while let Some(part) = parts.next_if(|p| p.lines.end <= run.end) {
            out.extend((at..part.lines.start).map(|i| Paragraph::from(i..i + 1)));
            join(lines, part, &shapes, &margins, out);
            at = part.lines.end;
        }
        out.extend((at..run.end).map(|i| Paragraph::from(i..i + 1)));
    }
}

/// Adjacent lines, all within the widest margin.
struct Part {
    lines: Range<usize>,
    /// Index of the first one's shape.
    shape: usize,
    margin: u32,
}

/// Splits a run at lines that no margin holds, and measures the others.
fn measure(lines: &[Line<'_>], run: &Range<usize>, shapes: &mut Vec<Shape>, parts: &mut Vec<Part>) {
    let mut part = Part {
        lines: run.start..run.start,
        shape: shapes.len(),
        margin: 0,
    };
    for i in run.clone() {
        let text = lines[i].text.unwrap_or("");
        let shape = (text.len() <= LONGEST)
            .then(|| Shape::of(text, lines[i].offset - lines[i].start))
            .filter(|s| s.width <= *MARGINS.end());
        if let Some(shape) = shape {
            shapes.push(shape);
            part.lines.end = i + 1;
            if shape.breakable {
                part.margin = part.margin.max(shape.width);
            }
        } else {
            let next = Part {
                lines: i + 1..i + 1,
                shape: shapes.len(),
                margin: 0,
            };
            parts.push(std::mem::replace(&mut part, next));
        }
    }
    parts.push(part);
    parts.retain(|p| p.lines.len() > 1 && p.margin >= *MARGINS.start());
}

/// Notes the margin of a part whose lines are broken by it beyond doubt.
fn find_margin(lines: &[Line<'_>], part: &Part, shapes: &[Shape], margins: &mut Vec<u32>) {
    let proven = chains(lines, part, shapes, part.margin)
        .any(|chain| chain.len() >= CHAIN && is_wrapped(&chain, part, shapes, Evidence::Own));
    if proven && !margins.contains(&part.margin) {
        margins.push(part.margin);
    }
}

/// Whether the document has shown the margin elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Evidence {
    Own,
    Document,
}

fn join(
    lines: &[Line<'_>],
    part: &Part,
    shapes: &[Shape],
    margins: &[u32],
    out: &mut Vec<Paragraph>,
) {
    let known = margins
        .iter()
        .filter(|&&m| (part.margin..=part.margin + SHORTFALL).contains(&m))
        .min();
    let (margin, evidence) = match known {
        Some(&margin) => (margin, Evidence::Document),
        None => (part.margin, Evidence::Own),
    };
    let mut at = part.lines.start;
    for chain in chains(lines, part, shapes, margin) {
        if is_wrapped(&chain, part, shapes, evidence) {
            out.extend((at..chain.start).map(|i| Paragraph::from(i..i + 1)));
            out.push(Paragraph::from(chain.start..chain.end + 1));
            at = chain.end + 1;
        }
    }
    out.extend((at..part.lines.end).map(|i| Paragraph::from(i..i + 1)));
}

/// The maximal chains of breaks that the margin may have made; break i is the one after line i.
fn chains<'a>(
    lines: &'a [Line<'_>],
    part: &'a Part,
    shapes: &'a [Shape],
    margin: u32,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let last = part.lines.end - 1;
    let mut at = part.lines.start;
    let broken = move |i: usize| {
        let shape = |i: usize| &shapes[part.shape + i - part.lines.start];
        is_forced(shape(i), shape(i + 1), margin) && lines[i].text != lines[i + 1].text
    };
    std::iter::from_fn(move || {
        let start = (at..last).find(|&i| broken(i))?;
        let end = (start..last).find(|&i| !broken(i)).unwrap_or(last);
        at = end;
        Some(start..end)
    })
}

/// True when the margin may have broken between these two lines: both are prose, and the next word did not fit.
fn is_forced(line: &Shape, next: &Shape, margin: u32) -> bool {
    let hanging = line.form == Form::Item && next.indent > line.indent;
    line.form != Form::Rigid
        && next.form == Form::Prose
        && line.breakable
        && line.end != End::Colon
        && (next.indent <= line.indent || hanging)
        && line.width + next.first > margin
}

/// True when enough of a chain's breaks stand in the middle of a sentence.
fn is_wrapped(chain: &Range<usize>, part: &Part, shapes: &[Shape], evidence: Evidence) -> bool {
    let shape = |i: usize| &shapes[part.shape + i - part.lines.start];
    let inside = |i: usize| match shape(i + 1).start {
        Start::Lower => shape(i).end != End::Sentence,
        Start::Uncased => shape(i).end == End::Plain,
        Start::Other => false,
    };
    let cased = chain.clone().any(|i| shape(i + 1).start == Start::Lower);
    let middle = chain.clone().filter(|&i| inside(i)).count();
    let known = evidence == Evidence::Document;
    match chain.len() {
        1 => middle == 1 && (known || (cased && shape(chain.start).width >= LONE_WIDTH)),
        2 => middle == 2 || (known && middle == 1),
        n => middle * 2 >= n,
    }
}

//! What a document is known by, so that copies of it count once, also copies with small edits.
//!
//! A hash of the whole text sees only perfect copies. Here a document is known by one line that is its own: of its three
//! longest lines of prose that are not on most documents of the site, the one with the smallest hash. Copies agree on that
//! line unless the edit hit just it; documents that merely stand in the same frame do not. Where there is no prose, the
//! three longest lines of any kind are asked. Documents with nothing of their own are all one.

use crate::error::Result;
use crate::files::row::{Known, Line, line};
use crate::files::sort::Sorter;
use crate::resolve::bits::Bits;
use crate::resolve::corpus::Corpus;
use crate::resources::Resources;
use crate::text::hash;

use super::{documents, recurring::Recurring};

/// So many of its longest lines are asked. With one, an edit there would make a new document; with many, a notice that is
/// on a part of the site's pages could speak for all of them.
const LONGEST: usize = 3;

/// Marks the first of each set of copies, by number of the document.
pub(super) fn first_of_copies(
    corpus: &Corpus,
    resources: &Resources,
    found: &Recurring,
) -> Result<Bits> {
    let mut sorter = Sorter::new(resources.sixteenths(8), corpus.work.temp());
    let (mut own, mut framed) = (Vec::new(), Vec::new());
    let mut docs = 0;
    documents(corpus, resources, |place| {
        docs = place.doc + 1;
        if place.site == 0 {
            return Ok(());
        }
        own.clear();
        framed.clear();
        for (i, line) in place.lines.iter().enumerate() {
            if line.key != 0 && line.flags & line::CUT == 0 {
                match found.most.get(place.unit + i as u64) {
                    true => framed.push(*line),
                    false => own.push(*line),
                }
            }
        }
        // Where the prose that most documents have outweighs all the rest, the site may be the copies of one story.
        let prose = framed.iter().filter(|l| l.flags & line::PROSE != 0);
        if bytes(prose) > bytes(own.iter()) {
            own.append(&mut framed);
        }
        sorter.push(Known {
            site: place.site,
            identity: identity(&mut own),
            content: place.content,
            doc: place.doc,
        })
    })?;
    let mut sorted = sorter.finish()?;
    let mut first = Bits::new(docs);
    let mut last = None;
    while let Some(row) = sorted.read()? {
        if last.replace((row.site, row.identity)) != Some((row.site, row.identity)) {
            first.set(row.doc);
        }
    }
    Ok(first)
}

fn bytes<'a>(lines: impl Iterator<Item = &'a Line>) -> u64 {
    lines.map(|l| u64::from(l.end - l.start)).sum()
}

/// What a document is known by, of its own lines.
fn identity(own: &mut Vec<Line>) -> u64 {
    if own.iter().any(|l| l.flags & line::PROSE != 0) {
        own.retain(|l| l.flags & line::PROSE != 0);
    }
    own.sort_unstable_by_key(|l| (std::cmp::Reverse(l.halves), l.key));
    own.dedup_by_key(|l| l.key);
    let longest = own.iter().take(LONGEST);
    longest.map(|l| hash::mix(l.key)).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: &[(u64, u8, u8)]) -> Vec<Line> {
        let line = |&(key, halves, flags): &(u64, u8, u8)| Line {
            key,
            halves,
            flags,
            ..Line::default()
        };
        rows.iter().map(line).collect()
    }

    fn of(rows: &[Line]) -> u64 {
        identity(&mut rows.to_vec())
    }

    #[test]
    fn a_copy_with_another_comment_is_known_alike() {
        let prose = line::PROSE;
        let story = [(20, 60, prose), (21, 50, prose), (22, 40, prose)];
        let one = lines(&[&story[..], &[(30, 9, 0)]].concat());
        let two = lines(&[&story[..], &[(31, 80, 0), (32, 20, prose)]].concat());
        let other = lines(&[(40, 60, prose), (41, 50, prose), (22, 4, 0)]);
        assert_eq!(of(&one), of(&two));
        assert_ne!(of(&one), of(&other));
        assert_eq!(of(&[]), 0);
    }
}

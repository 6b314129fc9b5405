//! What stands beside the recurring lines of each site, over documents of which none is a copy of another.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::Result;
use crate::files::row::{self, Line, Link, line};
use crate::files::sort::{Sorted, Sorter};
use crate::resolve::bits::Bits;
use crate::resolve::corpus::Corpus;
use crate::resources::Resources;

use super::verdict::{Site, Stat};
use super::{Place, documents, recurring::Recurring};

/// Stands for the start of every document, and is a line of it as far as neighbours go.
pub(super) const START: u64 = 1;
/// Stands for its end.
pub(super) const END: u64 = 2;

/// Bits of [`Link::flags`] above those of [`line`].
pub(super) mod place {
    /// The first time that the document has the line.
    pub(crate) const FIRST: u16 = 1 << 8;
    /// Only recurring lines stand before it.
    pub(crate) const HEAD: u16 = 1 << 9;
    /// Only recurring lines stand after it.
    pub(crate) const TAIL: u16 = 1 << 10;
    /// The document has more text of its own than recurring text.
    pub(crate) const RICH: u16 = 1 << 11;
}

/// Lines of fewer half tokens are items of menus, headings and values rather than text.
pub(super) const TEXT_HALVES: u8 = 10;

/// Collects the links of all sites.
pub(super) fn collect(
    corpus: &Corpus,
    resources: &Resources,
    found: &Recurring,
    first_of_copies: &Bits,
) -> Result<Sorted<Link>> {
    let mut links = Sorter::new(resources.sixteenths(8), corpus.work.temp());
    let mut had = FxHashSet::default();
    documents(corpus, resources, |place| {
        if place.site != 0 && first_of_copies.get(place.doc) {
            had.clear();
            document(place, found, &mut had, &mut links)?;
        }
        Ok(())
    })?;
    links.finish()
}

fn document(
    place: &Place<'_>,
    found: &Recurring,
    had: &mut FxHashSet<u64>,
    links: &mut Sorter<Link>,
) -> Result<()> {
    // Rulers and the like are as good as blank lines.
    let lines: Vec<(&Line, bool)> = (place.lines.iter().enumerate())
        .filter(|(_, line)| line.key != 0)
        .map(|(i, line)| (line, found.bits.get(place.unit + i as u64)))
        .collect();
    let key = |i: usize| if lines[i].1 { lines[i].0.key } else { 0 };
    let (first, last) = match lines.len() {
        0 => (END, START),
        n => (key(0), key(n - 1)),
    };
    let link = |key, side, neighbour| Link {
        site: place.site,
        key,
        side,
        neighbour,
        ..Link::default()
    };
    links.push(Link {
        flags: place::FIRST,
        ..link(START, 1, first)
    })?;
    links.push(link(END, 0, last))?;
    let head = lines.iter().take_while(|l| l.1).count();
    let tail = lines.len() - lines.iter().rev().take_while(|l| l.1).count();
    let text = |recurs: bool| -> u64 {
        let text = |l: &&(&Line, bool)| l.1 == recurs && (!recurs || l.0.halves >= TEXT_HALVES);
        let texts = lines.iter().filter(text);
        texts.map(|l| u64::from(l.0.end - l.0.start)).sum()
    };
    let rich = text(false) > text(true);
    for (i, (line, recurs)) in lines.iter().enumerate() {
        if !recurs {
            continue;
        }
        let mut flags = u16::from(line.flags);
        for (bit, holds) in [
            (place::FIRST, had.insert(line.key)),
            (place::HEAD, i < head),
            (place::TAIL, i >= tail),
            (place::RICH, rich),
        ] {
            flags |= bit * u16::from(holds);
        }
        let before = if i == 0 { START } else { key(i - 1) };
        let after = if i + 1 == lines.len() {
            END
        } else {
            key(i + 1)
        };
        for (side, neighbour) in [(0, before), (1, after)] {
            links.push(Link {
                flags,
                halves: line.halves,
                ..link(line.key, side, neighbour)
            })?;
        }
    }
    Ok(())
}

/// Judges site by site, and gives every occurrence of a line that falls to `out`.
pub(super) fn judge(
    mut links: Sorted<Link>,
    found: Recurring,
    out: &mut Sorter<row::Frequent>,
) -> Result<()> {
    let mut rows = found.rows()?.peekable();
    let mut next = links.read()?;
    while let Some(first) = next {
        let mut stats = FxHashMap::default();
        next = fill(&mut links, first, &mut stats)?;
        let site = Site::new(stats);
        // The occurrences of a line lie together, so each line is judged once.
        let mut last = (0, None);
        while let Some(row) = rows.next_if(|r| r.as_ref().map_or(true, |r| r.site <= first.site)) {
            let row = row?;
            if row.site < first.site || !found.bits.get(row.unit) {
                continue;
            }
            if last.0 != row.key {
                last = (row.key, site.judge(row.key));
            }
            if let Some(verdict) = last.1 {
                out.push(row::Frequent {
                    unit: row.unit,
                    ..verdict
                })?;
            }
        }
    }
    Ok(())
}

/// Reads the links of one site. Returns the first of the next.
fn fill(
    links: &mut Sorted<Link>,
    first: Link,
    stats: &mut FxHashMap<u64, Stat>,
) -> Result<Option<Link>> {
    let mut next = Some(first);
    while let Some(group) = next.filter(|l| l.site == first.site) {
        let stat: &mut Stat = stats.entry(group.key).or_default();
        let mut same = 0;
        while let Some(link) = next.filter(|l| {
            (l.site, l.key, l.side, l.neighbour)
                == (group.site, group.key, group.side, group.neighbour)
        }) {
            same += 1;
            if link.side == 1 {
                stat.add(&link);
            }
            next = links.read()?;
        }
        stat.neighbour(group.side, group.neighbour, same);
    }
    Ok(next)
}

impl Stat {
    /// Counts an occurrence.
    fn add(&mut self, link: &Link) {
        let has = |bit: u16| u32::from(link.flags & bit != 0);
        self.seen += 1;
        self.docs += has(place::FIRST);
        self.head += has(place::HEAD);
        self.tail += has(place::TAIL);
        self.rich += has(place::RICH);
        self.prose += has(u16::from(line::PROSE));
        self.closed += has(u16::from(line::CLOSED));
        self.piece += has(u16::from(line::PIECE));
        self.legal += has(u16::from(line::LEGAL));
        self.halves = link.halves;
    }
}

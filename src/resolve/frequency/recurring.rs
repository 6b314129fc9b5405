//! Which lines recur: counted exactly, over documents whose texts differ.

use crate::error::Result;
use crate::files::container::{Reader, Rows as RowStream, Writer};
use crate::files::row::{Known, Line, Pair, Seen};
use crate::files::sort::{Sorted, Sorter};
use crate::files::work::Rows;
use crate::resolve::bits::Bits;
use crate::resolve::corpus::Corpus;
use crate::resources::Resources;
use crate::text::hash;

use super::documents;

/// Fewer documents are no evidence: on a site of nine pages every line of a series is on a large share of them.
pub(super) const LEAST_DOCS: u64 = 10;
/// A line on a smaller share of its site's documents is not held against anything, nor for anything: 1 in 20.
const LEAST_SHARE: u64 = 20;

/// The recurring lines.
pub(super) struct Recurring {
    /// Lines that recur, by number.
    pub(super) bits: Bits,
    /// Those that are on half of their site's documents or more.
    pub(super) most: Bits,
    /// All lines that may recur, by site and key.
    rows: tempfile::TempPath,
}

impl Recurring {
    /// All lines that may recur, by site and key; not all of them do.
    pub(super) fn rows(&self) -> Result<RowStream<Seen>> {
        Ok(Reader::open(&self.rows, 0)?.rows(0))
    }
}

/// How many lines there are.
pub(super) fn units(corpus: &Corpus) -> Result<u64> {
    let mut units = corpus.references.iter().map(|v| v.line_count()).sum();
    for part in &corpus.parts {
        let path = corpus.work.rows(part.info.number(), Rows::Lines);
        units += Reader::<Line>::open(&path, corpus.fingerprint)?.len();
    }
    Ok(units)
}

/// Finds the lines that recur.
pub(super) fn find(corpus: &Corpus, resources: &Resources, units: u64) -> Result<Recurring> {
    let counts = Counts::of(corpus, resources, units)?;
    let mut seen = Sorter::new(resources.sixteenths(8), corpus.work.temp());
    let mut texts = Sorter::new(resources.sixteenths(2), corpus.work.temp());
    documents(corpus, resources, |place| {
        if place.site == 0 {
            return Ok(());
        }
        texts.push(Known {
            site: place.site,
            content: place.content,
            ..Known::default()
        })?;
        for (i, line) in place.lines.iter().enumerate() {
            if line.key != 0 && counts.may_recur(place.site, line.key) {
                seen.push(Seen {
                    site: place.site,
                    key: line.key,
                    content: place.content,
                    unit: place.unit + i as u64,
                })?;
            }
        }
        Ok(())
    })?;
    drop(counts);
    let (rows, groups) = count(corpus, seen.finish()?, Sizes::new(texts.finish()?))?;
    let mut found = Recurring {
        bits: Bits::new(units),
        most: Bits::new(units),
        rows,
    };
    let mut groups = Reader::<Pair>::open(&groups, 0)?.rows(0);
    let (mut last, mut docs, mut site) = (None, 0, 0);
    for row in found.rows()? {
        let row = row?;
        if last.replace((row.site, row.key)) != Some((row.site, row.key)) {
            let group = groups.next().expect("every group was counted")?;
            (docs, site) = (group.later, group.earlier);
        }
        if docs >= LEAST_DOCS && docs * LEAST_SHARE >= site {
            found.bits.set(row.unit);
            if docs * 2 >= site {
                found.most.set(row.unit);
            }
        }
    }
    Ok(found)
}

/// Writes the rows down in order, and for each group its documents and those of its site.
fn count(
    corpus: &Corpus,
    mut seen: Sorted<Seen>,
    mut sizes: Sizes,
) -> Result<(tempfile::TempPath, tempfile::TempPath)> {
    let temp = || -> Result<tempfile::TempPath> {
        let folder = corpus.work.temp();
        Ok(tempfile::Builder::new()
            .prefix("lines-")
            .tempfile_in(&folder)
            .map_err(|e| crate::Error::io(e, &folder))?
            .into_temp_path())
    };
    let (rows_path, groups_path) = (temp()?, temp()?);
    let mut rows = Writer::create(&rows_path, 0)?;
    let mut groups = Writer::create(&groups_path, 0)?;
    let mut before: Option<Seen> = None;
    let mut docs = 0;
    loop {
        let row = seen.read()?;
        match (before, row) {
            (Some(b), Some(r)) if (b.site, b.key) == (r.site, r.key) => {
                docs += u64::from(b.content != r.content);
            }
            (Some(b), _) => {
                groups.push(&Pair {
                    later: docs,
                    earlier: sizes.of(b.site)?,
                })?;
                docs = 1;
            }
            (None, _) => docs = 1,
        }
        let Some(row) = row else { break };
        rows.push(&row)?;
        before = Some(row);
    }
    rows.finish()?;
    groups.finish()?;
    Ok((rows_path, groups_path))
}

/// Documents with different texts on each site, asked for in the order of sites.
struct Sizes {
    texts: Sorted<Known>,
    next: Option<Known>,
    site: u64,
    size: u64,
}

impl Sizes {
    fn new(texts: Sorted<Known>) -> Self {
        Sizes {
            texts,
            next: None,
            site: 0,
            size: 0,
        }
    }

    fn of(&mut self, site: u64) -> Result<u64> {
        while self.site < site {
            let first = match self.next.take() {
                Some(row) => Some(row),
                None => self.texts.read()?,
            };
            let Some(mut row) = first else { break };
            (self.site, self.size) = (row.site, 1);
            while let Some(next) = self.texts.read()? {
                if next.site != row.site {
                    self.next = Some(next);
                    break;
                }
                self.size += u64::from(next.content != row.content);
                row = next;
            }
        }
        Ok(self.size)
    }
}

/// Counts that are never too small: lines that share a place in the table are counted together. It spares the sort what
/// stands on the site once, and cannot change an answer, however small it is.
struct Counts(Vec<u8>);

/// Places for each line, where memory allows: one in [`LEAST_DOCS`] of the lines counted together could make one pass that
/// does not recur, and so few seldom meet among so many. More would only be more memory to wait for.
const PLACES: u64 = 4;

impl Counts {
    fn of(corpus: &Corpus, resources: &Resources, units: u64) -> Result<Self> {
        let most = resources.sixteenths(1).clamp(1 << 16, 1 << 28);
        let bytes = units.saturating_mul(PLACES).clamp(1 << 12, most);
        let mut counts = Counts(vec![0; (bytes as usize).next_power_of_two()]);
        documents(corpus, resources, |place| {
            for line in place.lines.iter().filter(|l| l.key != 0) {
                let at = counts.place(place.site, line.key);
                counts.0[at] = counts.0[at].saturating_add(1);
            }
            Ok(())
        })?;
        Ok(counts)
    }

    fn place(&self, site: u64, key: u64) -> usize {
        hash::mix(site ^ key.rotate_left(23)) as usize & (self.0.len() - 1)
    }

    fn may_recur(&self, site: u64, key: u64) -> bool {
        u64::from(self.0[self.place(site, key)]) >= LEAST_DOCS
    }
}

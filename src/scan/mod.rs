//! SCAN: sources to rows. Pure per source, so that any number of machines can scan any shards.
//!
//! Sources are read in the order of the list; their frames travel in batches to the workers, which parse and scan them
//! (`document`); the rows come back in order and are written part by part.

mod document;
mod draft;
mod kept;
mod part;
mod rows;

use crate::boilerplate::Judge;
use crate::config::Config;
use crate::error::{Error, ErrorKind, Result};
use crate::files::container::VERSION;
use crate::files::sealed;
use crate::files::work::{ShardInfo, Work};
use crate::io::{Source, output};
use crate::reference::References;
use crate::resources::{Progress, Resources, Unit};
use crate::resume::Ledger;

pub use document::{Batch, Scanner};

/// Which share of the sources a call works on: sources ≡ `number` modulo `of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 0.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

impl Default for Shard {
    fn default() -> Self {
        Shard { number: 0, of: 1 }
    }
}

impl Shard {
    /// Reads `I/N`.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || {
            Error::usage(format!(
                "{text:?} is not a shard; expected I/N with I from 0 to N-1, for example 0/4"
            ))
        };
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        match (number.parse(), of.parse()) {
            (Ok(number), Ok(of)) if number < of => Ok(Shard { number, of }),
            _ => Err(wrong()),
        }
    }

    /// True when this source belongs to the shard.
    pub fn has(self, source: u32) -> bool {
        source % self.of == self.number
    }
}

/// Bytes on disk after which a part is closed. A part is the unit of work that is not done twice after a stop.
const PART: u64 = 1 << 30;

/// Scans the sources of one shard into the work folder. `sources` is the list of the whole input.
pub fn scan(
    sources: &[Source],
    shard: Shard,
    config: &Config,
    resources: &Resources,
    work: &Work,
    progress: &dyn Progress,
) -> Result<()> {
    let _held = work.hold_shard(shard.number, shard.of)?;
    begin(sources, shard, config, resources, work)?;
    let input = listing(sources)?;
    let shard_path = work.shard(shard.number, shard.of);
    let judge = Judge::new(config)?;
    let mine: Vec<(&Source, u64)> = sources
        .iter()
        .zip(&input)
        .filter(|(s, _)| shard.has(s.number))
        .map(|(s, i)| (s, i.1))
        .collect();
    progress.begin("scan", Unit::Bytes, mine.iter().map(|m| m.1).sum());
    let mut parts = Vec::new();
    for group in groups(&mine) {
        resources.check_stop()?;
        if resources.resume && kept::is_kept(group, config, resources, work)? {
            output::remove_stale(&work.draft(group[0].0.number))?;
            progress.advance(group.iter().map(|g| g.1).sum());
            parts.push(group[0].0.number);
            continue;
        }
        parts.push(part::scan(
            group, config, resources, &judge, work, progress,
        )?);
    }
    let info = ShardInfo {
        version: VERSION,
        config: config.clone(),
        shard: shard.number,
        shards: shard.of,
        input,
        parts,
    };
    sealed::write(&shard_path, &info)
}

/// Goes on with an earlier scan of this shard if that is asked for and it can be, else begins anew.
fn begin(
    sources: &[Source],
    shard: Shard,
    config: &Config,
    resources: &Resources,
    work: &Work,
) -> Result<()> {
    let path = work.begun(shard.number, shard.of);
    let now = Ledger::new(sources, config, &References::default())?;
    let earlier = match resources.resume {
        true => Ledger::read(&path)?,
        false => None,
    };
    match earlier {
        Some(earlier) => earlier.allow(&now, work.root()),
        None => {
            work.forget(shard.number, shard.of)?;
            now.write(&path)
        }
    }
}

/// Names and sizes on disk, by which shards recognise that they saw the same input.
pub fn listing(sources: &[Source]) -> Result<Vec<(String, u64)>> {
    sources
        .iter()
        .map(|s| {
            let size = std::fs::metadata(&s.path)
                .map_err(|e| Error::io(e, &s.path))?
                .len();
            if u32::try_from(sources.len()).is_err() {
                return Err(Error::new(
                    ErrorKind::Limit,
                    "more than 4,294,967,295 sources",
                ));
            }
            Ok((s.name.clone(), size))
        })
        .collect()
}

/// Cuts the list into parts of about [`PART`] bytes.
fn groups<'a, 'b>(mine: &'b [(&'a Source, u64)]) -> impl Iterator<Item = &'b [(&'a Source, u64)]> {
    let mut rest = mine;
    let most = crate::fault::part_bytes(PART);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut bytes = 0;
        let end = rest.iter().position(|(_, size)| {
            let full = bytes > 0 && bytes + size > most;
            bytes += size;
            full
        });
        let (group, tail) = rest.split_at(end.unwrap_or(rest.len()).max(1));
        rest = tail;
        Some(group)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_written_as_two_numbers() {
        assert_eq!(Shard::parse("1/4").unwrap(), Shard { number: 1, of: 4 });
        for bad in ["4/4", "1", "a/b", "-1/2", "0/0", ""] {
            assert!(Shard::parse(bad).is_err(), "{bad}");
        }
    }
}

//! RESOLVE: rows to decisions. The only step that sees the whole input at once, and the references before it.
//!
//! frequency → document-loss guard → exact copies → candidates → leaders → runs → decisions. Data walks one way; what a step
//! needs of all paragraphs is some bits each, and of candidates two bytes; what is larger lies in sorted files, and rows and
//! texts come through bounded caches.

mod bits;
mod candidates;
mod corpus;
mod decisions;
mod exact;
mod frequency;
mod leaders;
mod order;
mod reference;
mod runs;

use crate::config::Dedup;
use crate::error::Result;
use crate::files::container::Writer;
use crate::files::paged::Paged;
use crate::files::row::{Fate, Pair};
use crate::files::work::Work;
use crate::reference::References;
use crate::resources::{Progress, Resources, Unit};

use corpus::Corpus;
use decisions::Decisions;

/// Decides what goes, for all shards in the work folder.
pub fn resolve(work: &Work, resources: &Resources, progress: &dyn Progress) -> Result<()> {
    resolve_against(work, &References::default(), resources, progress)
}

/// Decides what goes, for all shards in the work folder, as if the inputs of the references came before them.
pub fn resolve_against(
    work: &Work,
    references: &References,
    resources: &Resources,
    progress: &dyn Progress,
) -> Result<()> {
    let _held = work.hold()?;
    if resources.resume && is_decided(work, references)? {
        return Ok(());
    }
    crate::reference::begin(work)?;
    let mut corpus = Corpus::open(work, references, resources)?;
    progress.begin("resolve: frequency", Unit::Steps, 0);
    corpus.frequent = frequency::judge(&corpus, resources)?;
    let mut decisions = Decisions::create(&corpus, resources)?;
    decisions.spare(resources)?;
    if corpus.config.dedup == Dedup::Off {
        return decisions.finish(0);
    }
    progress.begin("resolve: exact copies", Unit::Steps, 0);
    let copies = exact::copies(&corpus, resources)?;
    let near = match corpus.config.dedup {
        Dedup::Near => {
            progress.begin("resolve: candidates", Unit::Steps, 0);
            let stream = candidates::find(&corpus, &copies.bits, resources)?;
            leaders::settle(&corpus, stream, &copies.captions, resources, progress)?
        }
        _ => leaders::Near::none(&corpus)?,
    };
    progress.begin("resolve: decisions", Unit::Steps, 0);
    let met_limit = near.met_limit;
    let fates = merge(&corpus, copies, near, resources)?;
    if references.write {
        let path = temp(&corpus)?;
        let mut finals = Writer::create(&path, 0)?;
        decisions.write(&fates, Some(&mut finals))?;
        finals.finish()?;
        reference::write(&corpus, &path)?;
    } else {
        decisions.write(&fates, None)?;
    }
    decisions.finish(met_limit)
}

/// True when an earlier run left these very decisions whole.
fn is_decided(work: &Work, references: &References) -> Result<bool> {
    let config = &work.shards()?[0].config;
    let used = crate::reference::used(references, config)?;
    work.is_decided(&used, references.write)
}

fn temp(corpus: &Corpus) -> Result<tempfile::TempPath> {
    let folder = corpus.work.temp();
    Ok(tempfile::Builder::new()
        .prefix("fates-")
        .tempfile_in(&folder)
        .map_err(|e| crate::Error::io(e, &folder))?
        .into_temp_path())
}

/// Joins copies and near-duplicates into one file of fates by paragraph. A copy goes for the first of its kind, or, when
/// that one went, for what it went for: the two are the same text.
fn merge(
    corpus: &Corpus,
    mut copies: exact::Copies,
    mut near: leaders::Near,
    resources: &Resources,
) -> Result<(tempfile::TempPath, u64)> {
    let near_path = temp(corpus)?;
    let mut writer = Writer::create(&near_path, 0)?;
    while let Some(fate) = near.fates.read()? {
        writer.push(&fate)?;
    }
    let near_rows = writer.finish()?;
    let lookup = Paged::<Fate>::open(&near_path, 0, resources.sixteenths(1))?;
    let all_path = temp(corpus)?;
    let mut writer = Writer::create(&all_path, 0)?;
    // Those of references serve as answers only.
    let mut next_near = near.known;
    let mut pending: Option<Pair> = copies.pairs.read()?;
    loop {
        let other = (next_near < near_rows)
            .then(|| lookup.get(next_near))
            .transpose()?;
        match (pending, other) {
            (None, None) => break,
            (Some(copy), other) if other.is_none_or(|o| copy.later < o.ordinal) => {
                let first = copy.earlier;
                writer.push(&match near.gone.get(first) {
                    true => Fate {
                        ordinal: copy.later,
                        place: first,
                        ..lookup.get(near.gone.rank(first))?
                    },
                    false => Fate {
                        ordinal: copy.later,
                        place: first,
                        witness: first,
                        reason: 0,
                        shared: 1,
                        size: 1,
                        witness_size: 1,
                    },
                })?;
                pending = copies.pairs.read()?;
            }
            (_, other) => {
                writer.push(&other.expect("one of the two is there"))?;
                next_near += 1;
            }
        }
    }
    let rows = writer.finish()?;
    Ok((all_path, rows))
}

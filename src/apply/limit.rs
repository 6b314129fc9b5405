//! The limit on what may be removed: everything is cleaned once and only counted, before the first file is written.

use super::Feeding;
use super::document::{Applier, Outcome};
use crate::beside::Beside;
use crate::error::{Error, ErrorKind, Result};
use crate::files::work::{ResolveInfo, Work};
use crate::io::Source;
use crate::parallel;
use crate::report::{Run, Tally};
use crate::resources::{Progress, Resources, Unit};

/// Refuses to go on when these sources would lose a greater share of their text than `resources.max_removed`.
///
/// # Errors
/// [`ErrorKind::Alarm`], with both shares and the largest causes.
pub(super) fn check(
    sources: &[&Source],
    info: &ResolveInfo,
    work: &Work,
    resources: &Resources,
    progress: &dyn Progress,
) -> Result<()> {
    let Some(most) = resources.max_removed else {
        return Ok(());
    };
    let config = &info.config;
    let sizes: Vec<u64> = sources
        .iter()
        .map(|s| info.input[s.number as usize].1)
        .collect();
    progress.begin("check", Unit::Bytes, sizes.iter().sum());
    let mut sum = Tally::new(config);
    let mut reader = Feeding::new(sources, config, work, info, progress)?;
    parallel::ordered(
        resources.threads,
        || {
            resources.check_stop()?;
            reader.next()
        },
        || Applier::new(config, info, Beside::default()),
        |applier, job| applier.apply(job),
        |outcome| {
            if let Outcome::Records(_, tally) = outcome {
                sum += *tally;
            }
            Ok(())
        },
    )?;
    let report = sum.finish(Run::default());
    let (removed, all) = (report.bytes.removed, report.bytes.r#in);
    // Up to the limit is allowed; ten-thousandths are compared, as everywhere.
    if removed * 10_000 <= u64::from(most.0) * all {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Alarm, report.too_much(most)).hint(
        "nothing was written; look at the causes, then change the options, or allow more with --max-removed",
    ))
}

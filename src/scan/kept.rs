//! Parts that an earlier scan left whole, and that need not be scanned again.

use crate::config::Config;
use crate::error::Result;
use crate::files::work::{SourceInfo, Work};
use crate::io::Source;
use crate::resources::Resources;
use crate::resume::{self, Identity};

/// True when the part of these sources is there, whole, made under this configuration, and made of these very inputs.
///
/// # Errors
/// An input that the part was made of has other bytes now.
pub(super) fn is_kept(
    group: &[(&Source, u64)],
    config: &Config,
    resources: &Resources,
    work: &Work,
) -> Result<bool> {
    let Some(info) = work.whole_part(group[0].0.number)? else {
        return Ok(false);
    };
    let same = |(source, (now, size)): (&SourceInfo, &(&Source, u64))| {
        (source.number, &source.name, source.size) == (now.number, &now.name, *size)
    };
    if info.fingerprint != format!("{:032x}", config.fingerprint())
        || info.sources.len() != group.len()
        || !info.sources.iter().zip(group).all(same)
    {
        return Ok(false);
    }
    for (source, (now, _)) in info.sources.iter().zip(group) {
        let then = Identity {
            name: source.name.clone(),
            size: source.size,
            changed: source.changed,
        };
        if then.is(&Identity::of(now)?) {
            continue;
        }
        // A copy, or a file that was touched, is the same input as long as its bytes are.
        let found = resume::digest(now, config, resources)?;
        if (found.bytes, &format!("{:032x}", found.hash)) != (source.bytes, &source.hash) {
            return Err(resume::changed(now, (source.bytes, &source.hash), &found));
        }
    }
    Ok(true)
}

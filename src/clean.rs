//! The whole job in one process: scan, resolve, apply.

use std::collections::HashSet;
use std::path::Path;

use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::work::Work;
use crate::io::Source;
use crate::io::output::{self, Paths};
use crate::manifest::Manifest;
use crate::reference::References;
use crate::report::{Meter, Report};
use crate::resources::{Progress, Resources};
use crate::scan::Shard;

/// Cleans `sources` into `folder` and returns the report. The caller has made sure that the folder may be written
/// ([`output::check`]). Temporary files lie in the folder, or in `resources.temp_dir`, and are gone afterwards.
///
/// # Errors
/// An input that cannot be read, a disk that is full, a stop that was asked for. Nothing half-written is left under its
/// final name; finished sources may be there, but without a manifest they are no result.
pub fn clean(
    sources: &[Source],
    folder: &Path,
    config: &Config,
    resources: &Resources,
    progress: &dyn Progress,
) -> Result<Report> {
    let none = References::default();
    clean_against(sources, folder, config, &none, resources, progress)
}

/// Cleans `sources` as if the inputs of the references came before them; see [`crate::reference`].
///
/// # Errors
/// As [`clean`]; and references that do not fit each other, the options or the folder.
pub fn clean_against(
    sources: &[Source],
    folder: &Path,
    config: &Config,
    references: &References,
    resources: &Resources,
    progress: &dyn Progress,
) -> Result<Report> {
    // Resolve asks again; a scan takes long, and what does not fit should not wait for its end.
    crate::reference::check(references, config, Some(folder))?;
    let meter = Meter::start();
    let place = workplace(folder, resources)?;
    let work = Work::create(place.path())?;
    crate::scan::scan(
        sources,
        Shard::default(),
        config,
        resources,
        &work,
        progress,
    )?;
    crate::resolve::resolve_against(&work, references, resources, progress)?;
    discard(sources, folder)?;
    crate::apply::apply(
        sources,
        Shard::default(),
        &work,
        folder,
        resources,
        progress,
        &meter,
    )
}

/// Removes what an earlier run left for sources that this one does not have; the rest is about to be replaced.
fn discard(sources: &[Source], folder: &Path) -> Result<()> {
    let Ok(old) = Manifest::read(folder) else {
        return Ok(());
    };
    let names: HashSet<&str> = sources.iter().map(|s| s.name.as_str()).collect();
    for entry in old
        .sources
        .iter()
        .filter(|e| !names.contains(e.name.as_str()))
    {
        let Paths {
            output,
            removed,
            quarantine,
            frame,
        } = Paths::new(folder, &entry.name);
        for path in [output, removed, quarantine, frame] {
            output::remove_stale(&path)?;
        }
    }
    Ok(())
}

/// Makes the folder of the phase files; it is removed when the run is over, well or not.
fn workplace(folder: &Path, resources: &Resources) -> Result<tempfile::TempDir> {
    let home = match &resources.temp_dir {
        Some(dir) => dir.clone(),
        None => folder.join(output::FOLDER),
    };
    std::fs::create_dir_all(&home).map_err(|e| Error::io(e, &home))?;
    tempfile::Builder::new()
        .prefix("_work-")
        .tempdir_in(&home)
        .map_err(|e| Error::io(e, &home))
}

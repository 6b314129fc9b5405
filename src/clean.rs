//! The whole job in one process: scan, resolve, apply.
//!
//! While it runs, `_dechaff/run.json` ([`Ledger`]) tells what it was begun with, and the phase files lie in `_dechaff/work`
//! (or, with a folder for temporary files, in one there that is named after the output folder). Both are gone when the
//! results are complete; after a kill they are what a run with [`Resources::resume`] goes on from.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::apply::LOCK;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::files;
use crate::files::lock::Lock;
use crate::files::work::Work;
use crate::io::Source;
use crate::io::output::{self, Paths};
use crate::manifest::Manifest;
use crate::reference::References;
use crate::report::{Meter, Report};
use crate::resources::{Progress, Resources};
use crate::resume::{self, Ledger};
use crate::scan::Shard;
use crate::text::hash;

/// Cleans `sources` into `folder` and returns the report. The caller has made sure that the folder may be written
/// ([`output::check`]).
///
/// # Errors
/// An input that cannot be read, a disk that is full, another run in the same folder, a stop that was asked for. Nothing
/// half-written is left under its final name; finished sources may be there, but without a manifest they are no result.
/// Where enough was done to be worth it, phase files stay for a run that resumes ([`resume::is_unfinished`]).
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
    resources.beside.check(config, sources)?;
    let meter = Meter::start();
    let _held = hold(folder)?;
    let (ledger, resume) = begin(sources, folder, config, references, resources)?;
    let resources = Resources {
        resume,
        ..resources.clone()
    };
    let work = work_folder(folder, ledger.work());
    let report = phases(
        sources, folder, config, references, &resources, &work, progress, &meter,
    );
    match &report {
        Ok(_) => {
            ledger.done().write(&resume::ledger_path(folder))?;
            clear(folder)?;
        }
        // A failure before anything was done leaves nothing behind.
        Err(_) if !resume::is_unfinished(folder) => clear(folder)?,
        Err(_) => {}
    }
    report
}

#[allow(clippy::too_many_arguments)] // the two halves of one function
fn phases(
    sources: &[Source],
    folder: &Path,
    config: &Config,
    references: &References,
    resources: &Resources,
    work: &Path,
    progress: &dyn Progress,
    meter: &Meter,
) -> Result<Report> {
    let all = Shard::default();
    let work = Work::create(work)?;
    crate::scan::scan(sources, all, config, resources, &work, progress)?;
    crate::resolve::resolve_against(&work, references, resources, progress)?;
    discard(sources, folder)?;
    crate::apply::apply_held(sources, all, &work, folder, resources, progress, meter)
}

/// Holds an output folder for this process alone.
fn hold(folder: &Path) -> Result<Lock> {
    Lock::alone(&folder.join(output::FOLDER).join(LOCK))
}

/// Goes on with an unfinished run if that is asked for and it can be, else begins anew. Returns the ledger, and whether
/// the run goes on.
fn begin(
    sources: &[Source],
    folder: &Path,
    config: &Config,
    references: &References,
    resources: &Resources,
) -> Result<(Ledger, bool)> {
    let path = resume::ledger_path(folder);
    let home = elsewhere(folder, resources)?;
    let now = Ledger::new(sources, config, references)?.in_work(home.clone());
    let earlier = match resources.resume {
        true => Ledger::read(&path)?.filter(|l| !l.is_done()),
        false => None,
    };
    files::sweep(&folder.join(output::FOLDER))?;
    if path.exists() {
        output::sweep(folder)?;
    }
    let Some(earlier) = earlier else {
        clear(folder)?;
        files::remove_folder(&work_folder(folder, home.as_deref()))?;
        now.write(&path)?;
        return Ok((now, false));
    };
    earlier.allow(&now, folder)?;
    if resources.temp_dir.is_none() || earlier.work() == home.as_deref() {
        return Ok((earlier, true));
    }
    // The phase files are wanted elsewhere: they are made again there. What is written already stays.
    clear(folder)?;
    let moved = earlier.in_work(home);
    moved.write(&path)?;
    Ok((moved, true))
}

/// The folder of the phase files of a run over an output folder, given where its ledger says that it is.
pub(crate) fn work_folder(folder: &Path, elsewhere: Option<&Path>) -> PathBuf {
    match elsewhere {
        Some(work) => work.to_owned(),
        None => folder.join(output::FOLDER).join("work"),
    }
}

/// The folder of the phase files below the folder for temporary files: named after the output folder, so that it is found again.
fn elsewhere(folder: &Path, resources: &Resources) -> Result<Option<PathBuf>> {
    let Some(temp) = &resources.temp_dir else {
        return Ok(None);
    };
    std::fs::create_dir_all(temp).map_err(|e| Error::io(e, temp))?;
    let temp = temp.canonicalize().map_err(|e| Error::io(e, temp))?;
    Ok(Some(temp.join(work_name(folder)?)))
}

fn work_name(folder: &Path) -> Result<String> {
    let folder = folder.canonicalize().map_err(|e| Error::io(e, folder))?;
    let name = hash::bytes64(folder.as_os_str().as_encoded_bytes());
    Ok(format!("_dechaff-work-{name:016x}"))
}

/// Removes what only a run under way needs: its phase files, then its ledger. The caller holds the folder.
fn clear(folder: &Path) -> Result<()> {
    let path = resume::ledger_path(folder);
    let ledger = Ledger::read(&path)?;
    // A ledger may come from anywhere. Only a folder that bears the name which this program gives is removed.
    if let Some(elsewhere) = ledger.as_ref().and_then(Ledger::work)
        && elsewhere.file_name() == Some(work_name(folder)?.as_ref())
    {
        files::remove_folder(elsewhere)?;
    }
    files::remove_folder(&work_folder(folder, None))?;
    output::remove_stale(&path)
}

/// Clears up after a run that was killed when its results were complete.
///
/// # Errors
/// Another process works in the folder, or the system refuses.
pub fn clear_up(folder: &Path) -> Result<()> {
    let _held = hold(folder)?;
    files::sweep(&folder.join(output::FOLDER))?;
    clear(folder)
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

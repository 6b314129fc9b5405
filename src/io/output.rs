//! Files that appear whole or not at all, and the questions asked before the first of them is written.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::Source;
use crate::error::{Error, Result};
use crate::fault;

/// Where everything but the cleaned documents goes. Names that begin with `_` are passed over by Spark, Hive and Hadoop readers.
pub const FOLDER: &str = "_dechaff";

/// How names of files begin and end that have no name yet: readers of dumps pass over them, and a later run knows them.
const UNFINISHED: (&str, &str) = ("_dechaff-", ".part");

/// Most bytes of the name of a file, and of a path, on Linux, macOS and their file systems.
const NAME_MAX: usize = 255;
const PATH_MAX: usize = 4095;

/// Write buffer: a few blocks of any file system.
const BUFFER: usize = 128 << 10;

/// From this size on a file is made durable by itself, as it ends: writing it took longer than that takes.
const SYNC_FROM: u64 = 1 << 20;
/// From so many small files on, flushing their file system is cheaper than flushing each (measured: 8 ms for one, 40 to 200 for five hundred).
#[cfg(target_os = "linux")]
const SYNC_ALL_FROM: usize = 8;

/// The files of one source in an output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The cleaned documents.
    pub output: PathBuf,
    /// The removal log.
    pub removed: PathBuf,
    /// Bad records.
    pub quarantine: PathBuf,
    /// What the output does not carry.
    pub frame: PathBuf,
}

impl Paths {
    /// The files of the source of this name.
    pub fn new(folder: &Path, name: &str) -> Self {
        let beside = |kind: &str, suffix: &str| {
            folder
                .join(FOLDER)
                .join(kind)
                .join(format!("{name}{suffix}"))
        };
        Paths {
            output: folder.join(name),
            removed: beside("removed", ".jsonl.zst"),
            quarantine: beside("quarantine", ".jsonl.zst"),
            frame: beside("frame", ".zst"),
        }
    }
}

/// Where the manifest is.
pub fn manifest_path(folder: &Path) -> PathBuf {
    folder.join(FOLDER).join("manifest.json")
}

/// A file under a temporary name in its own folder; [`AtomicFile::commit`] gives it its name. Dropped, it is gone.
pub struct AtomicFile {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl AtomicFile {
    /// Creates the file and the folders above it.
    pub fn create(path: &Path) -> Result<Self> {
        let io = |e| Error::io(e, path);
        let parent = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(io)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
        // A temporary file is private by default; what it becomes is an ordinary file under the user's umask.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(parent).map_err(io)?;
        Ok(AtomicFile {
            file: BufWriter::with_capacity(BUFFER, file),
            path: path.to_path_buf(),
        })
    }

    /// The name it will have.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Ends the file; [`publish`] gives it its name.
    pub fn stage(self) -> Result<Staged> {
        let AtomicFile { file, path } = self;
        let io = |e| Error::io(e, &path);
        let file = file.into_inner().map_err(|e| io(e.into_error()))?;
        let durable = file.as_file().metadata().map_err(io)?.len() >= SYNC_FROM;
        if durable {
            file.as_file().sync_all().map_err(io)?;
        }
        Ok(Staged {
            temp: file.into_temp_path(),
            path,
            durable,
        })
    }

    /// Makes the bytes durable and gives the file its name, in place of any older one.
    pub fn commit(self) -> Result<()> {
        publish(vec![self.stage()?])
    }
}

/// A finished file that waits for its name. Dropped, it is gone.
pub struct Staged {
    temp: TempPath,
    path: PathBuf,
    durable: bool,
}

impl Staged {
    /// The name it will have.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Makes files durable, then gives them their names in this order. Many small files at once cost little more than one.
pub fn publish(files: Vec<Staged>) -> Result<()> {
    sync(&files)?;
    let mut folders = BTreeSet::new();
    for file in files {
        let Staged { temp, path, .. } = file;
        fault::point("name").map_err(|e| Error::io(e, &path))?;
        temp.persist(&path).map_err(|e| Error::io(e.error, &path))?;
        folders.extend(path.parent().map(Path::to_path_buf));
    }
    folders.iter().try_for_each(|folder| sync_folder(folder))?;
    fault::point("named").map_err(Error::from)
}

/// Makes the names in a folder durable, where the system can.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    })
    .and_then(|f| f.sync_all())
    .map_err(|e| Error::io(e, folder))?;
    Ok(())
}

/// Removes what killed runs left in an output folder under temporary names. The caller has the folder for itself.
pub(crate) fn sweep(folder: &Path) -> Result<()> {
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let name = entry.file_name().to_string_lossy();
        if name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1) {
            remove_stale(entry.path())?;
        }
    }
    Ok(())
}

fn sync(files: &[Staged]) -> Result<()> {
    let open: Vec<_> = files.iter().filter(|f| !f.durable).collect();
    #[cfg(target_os = "linux")]
    if open.len() >= SYNC_ALL_FROM {
        return sync_file_systems(&open);
    }
    for staged in open {
        let file = File::open(&staged.temp).map_err(|e| Error::io(e, &staged.path))?;
        file.sync_all().map_err(|e| Error::io(e, &staged.path))?;
    }
    Ok(())
}

/// Flushes every file system that one of these files is on.
#[cfg(target_os = "linux")]
fn sync_file_systems(files: &[&Staged]) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let mut done = Vec::new();
    for staged in files {
        let io = |e| Error::io(e, &staged.path);
        let device = fs::metadata(&staged.temp).map_err(io)?.dev();
        if !done.contains(&device) {
            done.push(device);
            let file = File::open(&staged.temp).map_err(io)?;
            rustix::fs::syncfs(&file).map_err(|e| io(e.into()))?;
        }
    }
    Ok(())
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        fault::point("output")?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a whole small file, atomically.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes).map_err(|e| Error::io(e, path))?;
    file.commit()
}

/// Refuses an output folder that holds results, or lies in an input folder, or holds an input, and a source whose name is too
/// long for the names of its files.
pub fn check(folder: &Path, sources: &[Source], overwrite: bool) -> Result<()> {
    let out = resolve(folder)?;
    for source in sources {
        apart(folder, &out, source)?;
        nameable(folder, source)?;
    }
    if overwrite {
        return Ok(());
    }
    let outputs = sources.iter().map(|s| folder.join(&s.name));
    match std::iter::once(manifest_path(folder))
        .chain(outputs)
        .find(|p| p.exists())
    {
        None => Ok(()),
        Some(found) => Err(Error::usage(
            "already there; an output folder that holds results is not written to",
        )
        .at(found.display().to_string())
        .hint(
            "choose another folder, or pass --overwrite, or --resume to finish an interrupted run",
        )),
    }
}

fn apart(folder: &Path, out: &Path, source: &Source) -> Result<()> {
    let refuse = |what: String| {
        Err(Error::usage(what)
            .at(folder.display().to_string())
            .hint("choose an output folder apart from the input"))
    };
    if let Some(root) = &source.root
        && out.starts_with(resolve(root)?)
    {
        return refuse(format!(
            "the output folder lies in the input folder {}",
            root.display()
        ));
    }
    if source.spool.is_none() && resolve(&source.path)?.starts_with(out) {
        return refuse(format!(
            "the output folder holds the input {}",
            source.path.display()
        ));
    }
    Ok(())
}

/// What is written of a source has longer names than the source. A system that refuses them would do so when all is judged.
fn nameable(folder: &Path, source: &Source) -> Result<()> {
    let longest = Paths::new(folder, &source.name).quarantine;
    let name = longest.file_name().map_or(0, |n| n.len());
    let path = longest.as_os_str().len();
    let (what, length, most) = match (name > NAME_MAX, path > PATH_MAX) {
        _ if !cfg!(unix) => return Ok(()),
        (true, _) => ("name", name, NAME_MAX),
        (_, true) => ("path", path, PATH_MAX),
        _ => return Ok(()),
    };
    Err(Error::usage(format!(
        "its quarantine file would have a {what} of {length} bytes, and {most} is the most"
    ))
    .at(source.path.display().to_string())
    .hint("give the file a shorter name, or choose a shorter output folder"))
}

/// The real path of something of which the last parts need not exist yet.
fn resolve(path: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(path).map_err(|e| Error::io(e, path))?;
    let mut known = absolute.as_path();
    let mut rest = Vec::new();
    loop {
        if let Ok(real) = known.canonicalize() {
            return Ok(rest.iter().rev().fold(real, |p, name| p.join(name)));
        }
        match (known.parent(), known.components().next_back()) {
            (Some(parent), Some(Component::Normal(name))) => {
                rest.push(name.to_os_string());
                known = parent;
            }
            _ => return Ok(absolute),
        }
    }
}

/// Removes what an earlier run left under this name, if anything.
pub(crate) fn remove_stale(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Error::io(e, path)),
        _ => Ok(()),
    }
}

/// Opens a file that should be there.
pub(crate) fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|e| Error::io(e, path))
}

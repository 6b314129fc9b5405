//! Arguments to sources: files, folders, globs and standard input, numbered in a fixed order.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::GlobBuilder;
use tempfile::TempPath;
use walkdir::WalkDir;

use crate::error::{Error, ErrorKind, Result};

/// The argument that stands for standard input, and the name of its output.
const STDIN: (&str, &str) = ("-", "stdin");

/// One input.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its place in the list, from 0.
    pub number: u32,
    /// Where its bytes are.
    pub path: PathBuf,
    /// Path relative to the root of its argument, `/` between folders: the path of its output and its name in every file.
    pub name: String,
    /// The folder given as argument, if it was one.
    pub root: Option<PathBuf>,
    /// Keeps the copy of an input that can be read only once (standard input, a pipe).
    pub spool: Option<Arc<TempPath>>,
}

/// Expands arguments to sources, in the order given; folders and globs in byte order of relative path.
///
/// In folders and globs, names that begin with `.` or `_` are passed over, as Spark, Hive and Hadoop do, unless the
/// pattern itself writes that character. A file named twice is read once. Refused are: a missing path, a folder or
/// pattern without a file, two sources of one name. What can be read only once is copied into `temp_dir`.
pub fn expand(args: &[OsString], temp_dir: Option<&Path>) -> Result<Vec<Source>> {
    let mut list = List::default();
    for arg in args {
        let path = Path::new(arg);
        if arg == STDIN.0 {
            list.spool(&mut io::stdin().lock(), STDIN.1, temp_dir)?;
        } else if path.is_dir() {
            list.folder(path)?;
        } else if path.is_file() {
            let name = path.file_name().unwrap_or(arg);
            list.add(path.to_path_buf(), Path::new(name), None)?;
        } else if path.exists() {
            let mut pipe = File::open(path).map_err(|e| Error::io(e, path))?;
            let name = path.file_name().unwrap_or(arg).to_string_lossy();
            list.spool(&mut pipe, &name, temp_dir)?;
        } else {
            list.glob(path)?;
        }
    }
    list.check_folders()?;
    Ok(list.sources)
}

#[derive(Default)]
struct List {
    sources: Vec<Source>,
    seen: HashSet<PathBuf>,
    names: HashMap<String, PathBuf>,
}

impl List {
    fn add(&mut self, path: PathBuf, relative: &Path, root: Option<&Path>) -> Result<()> {
        let real = path.canonicalize().map_err(|e| Error::io(e, &path))?;
        if !self.seen.insert(real) {
            return Ok(());
        }
        let name = name(relative, &path)?;
        self.push(Source {
            number: 0,
            path,
            name,
            root: root.map(Path::to_path_buf),
            spool: None,
        })
    }

    fn push(&mut self, mut source: Source) -> Result<()> {
        if source.name.split('/').next() == Some(super::output::FOLDER) {
            return Err(Error::usage("this name is kept for reports and logs")
                .at(source.path.display().to_string())
                .hint("rename it"));
        }
        if let Some(other) = self.names.insert(source.name.clone(), source.path.clone()) {
            return Err(Error::usage(format!(
                "has the same output path {:?} as {}",
                source.name,
                other.display()
            ))
            .at(source.path.display().to_string())
            .hint("give the folder that holds both, or rename one"));
        }
        source.number = u32::try_from(self.sources.len())
            .map_err(|_| Error::new(ErrorKind::Limit, "more than 4,294,967,295 sources"))?;
        self.sources.push(source);
        Ok(())
    }

    /// Refuses a source whose output would be a file where that of another needs a folder.
    fn check_folders(&self) -> Result<()> {
        for source in &self.sources {
            let mut name = source.name.as_str();
            while let Some((folder, _)) = name.rsplit_once('/') {
                if let Some(other) = self.names.get(folder) {
                    return Err(Error::usage(format!(
                        "its output path {:?} needs a folder where the output of {} is a file",
                        source.name,
                        other.display()
                    ))
                    .at(source.path.display().to_string())
                    .hint("give the folder that holds both, or rename one"));
                }
                name = folder;
            }
        }
        Ok(())
    }

    fn spool(&mut self, from: &mut dyn Read, name: &str, temp_dir: Option<&Path>) -> Result<()> {
        let folder = temp_dir.map_or_else(std::env::temp_dir, Path::to_path_buf);
        let error = |e| Error::io(e, &folder);
        let mut file = tempfile::Builder::new()
            .prefix("dechaff-")
            .tempfile_in(&folder)
            .map_err(error)?;
        io::copy(from, &mut file).map_err(error)?;
        let spool = file.into_temp_path();
        self.push(Source {
            number: 0,
            path: spool.to_path_buf(),
            name: name.to_owned(),
            root: None,
            spool: Some(Arc::new(spool)),
        })
    }

    fn folder(&mut self, root: &Path) -> Result<()> {
        let files = walk(root, |_| false)?;
        if files.is_empty() {
            return Err(Error::input("a folder without a file to read")
                .at(root.display().to_string())
                .hint("files whose names begin with . or _ are passed over; name them one by one to read them"));
        }
        for (relative, path) in files {
            self.add(path, Path::new(&relative), Some(root))?;
        }
        Ok(())
    }

    fn glob(&mut self, pattern: &Path) -> Result<()> {
        // What was named is not there: that is a wrong call, not a bad input.
        let missing = |what: &str| Error::usage(what).at(pattern.display().to_string());
        let text = pattern.to_str().unwrap_or_default();
        if !text.contains(['*', '?', '[', '{']) {
            return Err(missing("no such file or folder"));
        }
        let fixed = text
            .split('/')
            .take_while(|part| !part.contains(['*', '?', '[', '{']));
        let fixed: Vec<_> = fixed.collect();
        let rest = text
            .split('/')
            .skip(fixed.len())
            .collect::<Vec<_>>()
            .join("/");
        let root = match fixed.as_slice() {
            [] => PathBuf::from("."),
            [""] => PathBuf::from("/"),
            parts => PathBuf::from(parts.join("/")),
        };
        let matcher = GlobBuilder::new(&rest)
            .literal_separator(true)
            .build()
            .map_err(|e| Error::usage(format!("not a pattern: {e}")).at(text))?
            .compile_matcher();
        let named: Vec<char> = rest
            .split('/')
            .filter_map(|part| part.chars().next())
            .collect();
        let mut found = false;
        if root.is_dir() {
            for (relative, path) in walk(&root, |c| named.contains(&c))? {
                if matcher.is_match(&relative) {
                    found = true;
                    self.add(path, Path::new(&relative), None)?;
                }
            }
        }
        match found {
            true => Ok(()),
            false => Err(missing("no file matches this pattern")),
        }
    }
}

/// All files under a folder with their relative paths, in byte order of these. `wanted` lets names in that begin with `.` or `_`.
fn walk(root: &Path, wanted: impl Fn(char) -> bool) -> Result<Vec<(String, PathBuf)>> {
    let shown = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let first = name.chars().next().unwrap_or('x');
        entry.depth() == 0 || !matches!(first, '.' | '_') || wanted(first)
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(root)
        .follow_links(true)
        .into_iter()
        .filter_entry(shown)
    {
        let entry = entry.map_err(|e| refused(&e, root))?;
        if fs::metadata(entry.path()).is_ok_and(|m| m.is_file()) {
            let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
            files.push((name(relative, entry.path())?, entry.path().to_path_buf()));
        }
    }
    files.sort();
    Ok(files)
}

/// What a walk met and cannot pass: a link that loops or leads nowhere, a folder that may not be read.
fn refused(error: &walkdir::Error, root: &Path) -> Error {
    let path = error.path().unwrap_or(root);
    let what = match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => {
            format!("a link that loops: it leads back to {}", ancestor.display())
        }
        (None, Some(io)) if path.is_symlink() => format!("a link that leads nowhere: {io}"),
        (None, Some(io)) => io.to_string(),
        (None, None) => error.to_string(),
    };
    Error::input(what)
        .at(path.display().to_string())
        .hint("mend or remove it, or name the files that are to be read")
}

fn name(relative: &Path, path: &Path) -> Result<String> {
    let parts = relative.iter().map(|part| part.to_str());
    match parts.collect::<Option<Vec<_>>>() {
        Some(parts) => Ok(parts.join("/")),
        None => Err(Error::input("a file name that is not UTF-8")
            .at(path.display().to_string())
            .hint("rename the file")),
    }
}

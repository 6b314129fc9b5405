//! The one error type of the library: what went wrong, where, and what to do about it.
//!
//! An error is data first. [`ErrorKind`] decides the exit status of the command line; [`Error::place`] names the file
//! and record; the hint says what the reader can do. Nothing here prints.

use std::fmt;
use std::path::Path;

use crate::text::visible;

/// What a fallible function of this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The family an error belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The command line or a call asked for something that makes no sense.
    Usage,
    /// A configuration file or option value is wrong.
    Config,
    /// The operating system refused to read or write.
    Io,
    /// An input is not what it claims to be.
    Input,
    /// A phase file, a manifest or a log is damaged, of another version, or made by another configuration.
    Phase,
    /// A fixed limit of this program was met.
    Limit,
    /// Another run holds what this one needs.
    Busy,
    /// A limit that the user set on what may be removed was passed.
    Alarm,
    /// The run was asked to stop.
    Interrupted,
}

/// Where an error happened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file, as the user would write it.
    pub file: Option<String>,
    /// The record in it, counted from 0.
    pub record: Option<u64>,
}

/// An error with its place and a way out.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    place: Place,
    hint: Option<String>,
    source: Option<std::io::Error>,
}

impl Error {
    /// Returns an error of this kind. The message is lower case, without a full stop, and says what was found and what was expected.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error {
            kind,
            message: message.into(),
            place: Place::default(),
            hint: None,
            source: None,
        }
    }

    /// Wraps a system error that happened on this file.
    pub fn io(source: std::io::Error, file: &Path) -> Self {
        let mut error =
            Error::new(ErrorKind::Io, source.to_string()).at(file.display().to_string());
        error.hint = way_out(&source).map(str::to_owned);
        error.source = Some(source);
        error
    }

    /// A usage error.
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Usage, message)
    }

    /// A configuration error.
    pub fn config(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Config, message)
    }

    /// An error in an input.
    pub fn input(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Input, message)
    }

    /// An error in a file this program wrote.
    pub fn phase(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Phase, message)
    }

    /// Names the file.
    #[must_use]
    pub fn at(mut self, file: impl Into<String>) -> Self {
        self.place.file = Some(file.into());
        self
    }

    /// Names the record, counted from 0.
    #[must_use]
    pub fn record(mut self, record: u64) -> Self {
        self.place.record = Some(record);
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The family of the error.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Where it happened.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The sentence without its place and hint.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// True when the cause is a file that is not there.
    pub fn is_not_found(&self) -> bool {
        self.source
            .as_ref()
            .is_some_and(|s| s.kind() == std::io::ErrorKind::NotFound)
    }

    /// True when the cause is a closed pipe, which is no error for a command.
    pub fn is_broken_pipe(&self) -> bool {
        self.source
            .as_ref()
            .is_some_and(|s| s.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

/// What helps against a refusal of the system, where that can be said in general.
fn way_out(error: &std::io::Error) -> Option<&'static str> {
    use std::io::ErrorKind as Kind;
    /// `EMFILE`, for which the standard library has no name; it is the same number on every Unix.
    const TOO_MANY_OPEN: i32 = 24;
    if cfg!(unix) && error.raw_os_error() == Some(TOO_MANY_OPEN) {
        return Some("let a process open more files (ulimit -n), then go on with --resume");
    }
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => {
            Some("make room, or choose another place with -o or --temp-dir")
        }
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => {
            Some("look at the rights of this file and of its folder")
        }
        _ => None,
    }
}

/// What comes from an input is shown escaped: a file name must not speak to the terminal.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.place.file {
            f.write_str(&visible::plain(file))?;
            if let Some(record) = self.place.record {
                write!(f, ":{record}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&visible::lines(&self.message))?;
        match &self.hint {
            Some(hint) => write!(f, "; {}", visible::lines(hint)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|s| s as _)
    }
}

impl From<std::io::Error> for Error {
    fn from(source: std::io::Error) -> Self {
        let mut error = Error::new(ErrorKind::Io, source.to_string());
        error.source = Some(source);
        error
    }
}

//! The program as a user runs it: in a folder, without a terminal, with nothing on standard input.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program in a folder.
pub(crate) fn dechaff(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dechaff"));
    command.current_dir(folder).args(args);
    command
        .env("COLUMNS", "100")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null());
    command.output().unwrap()
}

/// Runs the program, checks how it ended, and returns what it said on standard error.
pub(crate) fn said(folder: &Path, args: &[&str], status: i32) -> String {
    let output = dechaff(folder, args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{args:?}: {said}");
    said
}

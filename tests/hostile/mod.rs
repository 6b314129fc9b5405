//! Input that is wrong, and input that means ill: what the user sees, and that time and memory stay bounded.
#![allow(clippy::unwrap_used)]

mod collisions;
mod folders;
mod growth;
mod page;
mod table;

use std::path::Path;
use std::process::{Command, Output};

/// Runs the program in a folder.
fn dechaff(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dechaff"));
    command.current_dir(folder).args(args);
    command
        .env("COLUMNS", "100")
        .env_remove("RUST_BACKTRACE")
        .stdin(std::process::Stdio::null());
    command.output().unwrap()
}

/// Runs the program, checks how it ended, and returns what it said on standard error.
fn said(folder: &Path, args: &[&str], status: i32) -> String {
    let output = dechaff(folder, args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{args:?}: {said}");
    said
}

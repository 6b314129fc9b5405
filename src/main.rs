//! The command line: a thin shell over the library. It parses, runs, prints the error and chooses the exit status.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

mod cli;

fn main() {
    std::process::exit(cli::main());
}

//! Strips the boilerplate of one text: `cargo run --example clean_one < page.txt`.
#![allow(clippy::print_stdout, clippy::print_stderr)] // an example shows something

use std::io::Read;

use dechaff::Result;
use dechaff::cleaner::Cleaner;
use dechaff::config::{Config, Level};

fn main() -> Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let config = Config {
        boilerplate: Some(Level::Balanced),
        ..Config::default()
    };
    let cleaned = Cleaner::new(&config)?.clean(&text);
    print!("{}", cleaned.text);
    for cut in &cleaned.cuts {
        let gone = text[cut.bytes.clone()].trim_end();
        eprintln!(
            "line {}: {} ({}): {gone}",
            cut.line,
            cut.rule,
            cut.level.name()
        );
    }
    if cleaned.protected {
        eprintln!("it would have lost nearly everything, and keeps it");
    }
    Ok(())
}

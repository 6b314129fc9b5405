//! Tells duplicates in a stream of documents, one a line: `cargo run --example index < texts.txt`.
#![allow(clippy::print_stdout)] // an example shows something

use dechaff::Result;
use dechaff::config::Config;
use dechaff::index::Index;

fn main() -> Result<()> {
    let mut index = Index::new(&Config::default())?;
    for (number, line) in std::io::stdin().lines().enumerate() {
        for found in index.add(&line?)? {
            println!(
                "{number}: {:?} of {}, J {}, C {}",
                found.kind, found.witness.document, found.jaccard, found.containment
            );
        }
    }
    Ok(())
}

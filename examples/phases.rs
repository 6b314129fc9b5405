//! The three phases over two shards, as a cluster would run them: `cargo run --example phases -- INPUT... OUT`.
#![allow(clippy::print_stdout)] // an example shows something

use std::ffi::OsString;
use std::path::PathBuf;

use dechaff::config::Config;
use dechaff::files::work::Work;
use dechaff::report::Meter;
use dechaff::resources::{Resources, Silent};
use dechaff::scan::Shard;
use dechaff::{Error, Result, apply, io, resolve, scan};

fn main() -> Result<()> {
    let mut inputs: Vec<OsString> = std::env::args_os().skip(1).collect();
    let out = inputs.pop().map(PathBuf::from);
    let out = out.ok_or_else(|| Error::usage("no output folder; expected INPUT... OUT"))?;
    let (config, resources) = (Config::default(), Resources::default());

    // Every shard, wherever it runs, sees the whole list of sources.
    let sources = io::expand(&inputs, None)?;
    io::output::check(&out, &sources, false)?;
    let temporary = tempfile::tempdir()?;
    let work = Work::create(temporary.path())?;
    let shards = [0, 1].map(|number| Shard { number, of: 2 });

    for shard in shards {
        scan::scan(&sources, shard, &config, &resources, &work, &Silent)?;
    }
    resolve::resolve(&work, &resources, &Silent)?;
    for shard in shards {
        let meter = Meter::start();
        let report = apply::apply(&sources, shard, &work, &out, &resources, &Silent, &meter)?;
        println!(
            "shard {}: {} bytes of text, {} removed",
            shard.number, report.bytes.r#in, report.bytes.removed
        );
    }
    Ok(())
}

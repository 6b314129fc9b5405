//! Writes a made-up dump, or tells what a text is like.
//!
//!     cargo bench --bench dump -- --size 1G -o dump.jsonl         any size; the same bytes for the same --seed
//!     cargo bench --bench dump -- --statistics reuters.jsonl …    a row of figures for each file of JSON lines
//!
//! Without either it makes some megabytes, tells their figures and how fast they were made. The model is stated in
//! `generator/mod.rs`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

mod generator;
#[allow(dead_code, reason = "each user has its share of it")]
#[path = "dump/statistics.rs"]
mod statistics;

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use generator::{Dump, KINDS, LANGUAGES};
use statistics::{Statistics, size};

#[derive(Parser)]
struct Options {
    /// Bytes to write, such as 100M or 10G
    #[arg(long, value_parser = size, default_value = "4M")]
    size: u64,
    /// Another seed, another dump
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to; `-` is standard output
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Files of JSON lines with a field "text"; `made-up` is a dump of --size
    #[arg(long, num_args = 1..)]
    statistics: Vec<PathBuf>,
    #[arg(long, hide = true)]
    bench: bool,
    #[arg(long, hide = true)]
    test: bool,
}

fn main() -> std::io::Result<()> {
    let options = Options::parse();
    if let Some(path) = &options.output {
        return write(&options, path);
    }
    println!("{}", Statistics::head());
    let mut files = options.statistics.clone();
    if files.is_empty() {
        files.push("made-up".into());
    }
    for path in &files {
        let mut statistics = Statistics::default();
        if path.as_os_str() == "made-up" {
            let mut dump = Dump::new(options.seed);
            while statistics.bytes < options.size {
                statistics.add(dump.text());
            }
        } else {
            for record in BufReader::new(File::open(path)?).lines() {
                let record: serde_json::Value = serde_json::from_str(&record?)?;
                statistics.add(record["text"].as_str().unwrap_or(""));
            }
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        println!("{}", statistics.row(&name));
    }
    Ok(())
}

fn write(options: &Options, path: &PathBuf) -> std::io::Result<()> {
    let start = Instant::now();
    let mut dump = Dump::new(options.seed);
    let written = if path.as_os_str() == "-" {
        dump.write(options.size, &mut std::io::stdout().lock())?
    } else {
        let mut file = File::create(path)?;
        let written = dump.write(options.size, &mut file)?;
        file.flush()?;
        written
    };
    let (seconds, tally) = (start.elapsed().as_secs_f64(), &dump.tally);
    eprintln!(
        "{written} bytes, {} of text, {} documents, {:.0} MB/s",
        tally.text,
        tally.documents,
        written as f64 / 1e6 / seconds
    );
    let all = |of: usize| tally.lines.iter().map(|l| l[of]).sum::<u64>() as f64 / 100.0;
    for (kind, [lines, bytes]) in KINDS.iter().zip(tally.lines) {
        let (lines, bytes) = (lines as f64 / all(0), bytes as f64 / all(1));
        eprintln!("{kind:?}: {lines:.1} % of lines, {bytes:.1} % of bytes");
    }
    for (language, count) in LANGUAGES.iter().zip(tally.languages) {
        let share = 100.0 * count as f64 / tally.documents as f64;
        eprintln!("{}: {share:.1} % of documents", language.name);
    }
    Ok(())
}

//! The command line: a thin shell over the library.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use dechaff::config::Level;
use dechaff::error::{Error, ErrorKind, Result};
use dechaff::evaluate::{By, Options, evaluate};

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let result = match args.next().as_deref() {
        Some("evaluate") => run_evaluate(args),
        _ => Err(Error::usage("expected the subcommand evaluate")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) if e.is_broken_pipe() => ExitCode::SUCCESS,
        Err(e) => {
            let _ = writeln!(std::io::stderr(), "dechaff: {e}");
            let usage = matches!(e.kind(), ErrorKind::Usage | ErrorKind::Config);
            ExitCode::from(if usage { 2 } else { 1 })
        }
    }
}

fn run_evaluate(mut args: impl Iterator<Item = String>) -> Result<()> {
    let (mut gold, mut predictions, mut options) = (None, None, Options::default());
    while let Some(arg) = args.next() {
        if !arg.starts_with("--") {
            gold = Some(arg);
            continue;
        }
        let value = args
            .next()
            .ok_or_else(|| Error::usage(format!("{arg} needs a value")))?;
        let count = || {
            value
                .parse()
                .map_err(|_| Error::usage(format!("{arg} {value:?}: expected a number")))
        };
        match arg.as_str() {
            "--view" => options.view = Some(value),
            "--tier" => options.tier = Some(value),
            "--by" => options.by = Some(By::parse(&value)?),
            "--boilerplate" => options.config.boilerplate = level(&value)?,
            "--disable" => options.config.disable.push(value),
            "--only" => options.config.only.push(value),
            "--predictions" => predictions = Some(value),
            "--errors" => options.errors = count()?,
            "--missed" => options.missed = count()?,
            _ => return Err(Error::usage(format!("unknown option {arg}"))),
        }
    }
    let gold = gold.ok_or_else(|| Error::usage("expected a gold file"))?;
    let file = File::open(&gold).map_err(|e| Error::io(e, Path::new(&gold)))?;
    let mut sink = predictions
        .map(|p| File::create(&p).map_err(|e| Error::io(e, Path::new(&p))))
        .transpose()?
        .map(BufWriter::new);
    let result = evaluate(
        BufReader::new(file),
        &options,
        sink.as_mut().map(|s| s as &mut dyn Write),
    )
    .map_err(|e| match e.place().file {
        None => e.at(gold),
        Some(_) => e,
    })?;
    if let Some(mut sink) = sink {
        sink.flush()?;
    }
    std::io::stdout().write_all(result.render(options.by).as_bytes())?;
    Ok(())
}

fn level(name: &str) -> Result<Option<Level>> {
    match name {
        "off" => Ok(None),
        "safe" => Ok(Some(Level::Safe)),
        "balanced" => Ok(Some(Level::Balanced)),
        "aggressive" => Ok(Some(Level::Aggressive)),
        _ => Err(Error::config(format!(
            "unknown level {name:?}; expected safe, balanced, aggressive or off"
        ))),
    }
}

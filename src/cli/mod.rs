//! From arguments to an exit status.

/// Says a line on standard error. Nobody may be listening any more: that is no failure of the run.
macro_rules! say {
    ($($what:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), $($what)*);
    }};
}

mod args;
mod phases;
mod plan;
mod progress;
mod settings;
mod tools;
mod voice;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Parser;
use dechaff::text::visible;
use dechaff::{ErrorKind, Result};

use args::{Cli, Command};
use voice::{Level, LogFormat, Voice};

/// What a command may end with besides an error.
pub(crate) enum End {
    /// All is done.
    Done,
    /// Outputs are complete, but records were quarantined and `--strict` was given.
    Quarantined,
}

/// Runs the command line and returns the exit status: 0 done, 1 failed, 2 usage or configuration, 3 quarantined records
/// with `--strict`, 130 interrupted.
pub(crate) fn main() -> i32 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let voice = Voice::guess(std::env::args());
            if error.use_stderr() && voice.format == LogFormat::Json {
                let said = visible::lines(&error.render().to_string());
                voice.say(
                    Level::Error,
                    "error",
                    &said,
                    serde_json::json!({"kind": "usage"}),
                );
                return 2;
            }
            // Help and version are no errors; clap knows which stream each belongs to.
            match std::env::args_os().any(|a| speaks(&a.to_string_lossy())) {
                true => eprintln!("{}", visible::lines(&error.render().to_string())),
                false => drop(error.print()),
            }
            return if error.use_stderr() { 2 } else { 0 };
        }
    };
    // Resolve keeps three files open for each part of a scan, and a sort one for each of its runs. Where the system does not
    // allow more files than it does, the run goes as far as it can and its error says what helps.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let stop = Arc::new(AtomicBool::new(false));
    let voice = Voice::new(&cli.talk);
    listen(stop.clone(), voice);
    match run(&cli, stop) {
        Ok(End::Done) => 0,
        Ok(End::Quarantined) => 3,
        Err(error) if error.is_broken_pipe() => 0,
        Err(error) => {
            voice.error(&error);
            match error.kind() {
                ErrorKind::Usage | ErrorKind::Config => 2,
                ErrorKind::Interrupted => 130,
                _ => 1,
            }
        }
    }
}

/// True for an argument that a terminal would obey; such a one is not printed as it is.
fn speaks(argument: &str) -> bool {
    visible::plain(argument) != argument
}

/// A path as it may be shown.
pub(crate) fn shown(path: &std::path::Path) -> String {
    visible::plain(&path.display().to_string())
}

/// Asks the run to stop at the first signal, and stops the process at the second.
fn listen(stop: Arc<AtomicBool>, voice: Voice) {
    let _ = ctrlc::set_handler(move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        voice.say(
            Level::Notice,
            "stopping",
            "stopping; press again to stop at once",
            serde_json::Value::Null,
        );
    });
}

fn run(cli: &Cli, stop: Arc<AtomicBool>) -> Result<End> {
    let talk = &cli.talk;
    let voice = Voice::new(talk);
    match &cli.command {
        Command::Clean(args) => phases::clean(args, talk, stop),
        Command::Scan(args) => phases::scan(args, talk, stop),
        Command::Resolve(args) => phases::resolve(args, talk, stop),
        Command::Apply(args) => phases::apply(args, talk, stop),
        Command::Compare(args) => tools::compare(args),
        Command::Explain(args) => tools::explain(args),
        Command::Restore(args) => tools::restore(args, voice),
        Command::Evaluate(args) => tools::evaluate(args),
        Command::Train(args) => tools::train(args, talk, stop),
        Command::Rules(args) => tools::rules(args.name.as_deref()),
        Command::Report(args) => tools::report(&args.command),
        Command::Config(args) => tools::config(&args.command, voice),
        Command::Generate(args) => tools::generate(&args.what),
    }
}

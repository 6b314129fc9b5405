//! The arguments: the only file that knows clap. Doc comments are the help.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dechaff::beside::{self, Beside};
use dechaff::config::{self, Share};
use dechaff::resources::parse_size;
use dechaff::scan::Shard;

use super::voice::LogFormat;

/// Removes near-duplicate paragraphs and web boilerplate from text dumps, and says of every cut why it went.
#[derive(Debug, Parser)]
#[command(
    name = "dechaff",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 110
)]
#[command(after_help = "\
Examples:
  dechaff clean dump/ -o cleaned/            clean all files of a folder
  zcat news.jsonl.gz | dechaff clean > out.jsonl
  dechaff explain cleaned/ doc-42            what went from one document, and why
  dechaff restore cleaned/                   prove that nothing was lost")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) talk: Talk,
}

/// How much is said. Messages go to standard error only.
#[derive(Debug, Args)]
#[command(next_help_heading = "Messages")]
pub(crate) struct Talk {
    /// When to show how far the run is: a bar on a terminal, elsewhere a line now and then
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub(crate) progress: When,
    /// Seconds between two lines of progress, where there is no bar
    #[arg(long, global = true, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) progress_every: Duration,
    /// Form of all messages: text, or one JSON object a line
    #[arg(long, global = true, value_enum, value_name = "FORM", default_value_t = LogFormat::Text)]
    pub(crate) log_format: LogFormat,
    /// Say nothing but errors and alarms
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more: phases and their time (-v), every source (-vv)
    #[arg(short, long, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    pub(crate) verbose: u8,
}

/// When to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// Unless -q is given
    Auto,
    /// Also under -q
    Always,
    /// Never
    Never,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// When standard output is a terminal and NO_COLOR is not set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Clean inputs: all three phases; the default job
    Clean(Clean),
    /// Phase 1: read sources and write their rows
    Scan(Scan),
    /// Phase 2: decide what goes; the only step that sees everything
    Resolve(Resolve),
    /// Phase 3: write cleaned documents, removal log and report
    Apply(Apply),
    /// Compare pairs of texts: {"id","a","b"} in, one verdict a line out
    Compare(Compare),
    /// Show what went from one document, why, and the witness side by side
    Explain(Explain),
    /// Prove that output + log = input; with -o also write the input again
    Restore(Restore),
    /// Score boilerplate removal on labelled pages
    Evaluate(Evaluate),
    /// Train a line model from labelled pages
    Train(Train),
    /// List the boilerplate rules, or explain one
    Rules(Rules),
    /// Work with reports
    Report(Report),
    /// Show or check the configuration
    Config(ConfigCommand),
    /// Generate man pages or shell completions
    Generate(Generate),
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff clean dump/ -o cleaned/                          a folder, with a report and a log of every cut
  dechaff clean 'crawl/*.wet.gz' -o cleaned/ --dry-run     what would be read, written and needed
  dechaff clean dump/ -o cleaned/ --sample 1% --seed 7     a trial on one document in a hundred
  dechaff clean dump/ -o cleaned/ --resume                 go on after a kill
  zcat posts.jsonl.gz | dechaff clean > out.jsonl          a pipe; nothing is logged
  dechaff clean feb/ -o feb-out/ --reference jan-out/      drop what January has")]
pub(crate) struct Clean {
    /// Files, folders (read recursively), globs, or - for standard input
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<OsString>,
    /// Folder for the results
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Replace the results of an earlier run
    #[arg(long, conflicts_with = "resume")]
    pub(crate) overwrite: bool,
    /// Go on with a run that was killed or stopped: what is done and whole is not done again
    #[arg(long)]
    pub(crate) resume: bool,
    /// Stop before anything is written when more of the text than this would go, such as 50% or .5
    #[arg(long, value_name = "SHARE", value_parser = |s: &str| Share::parse(s))]
    pub(crate) max_removed: Option<Share>,
    /// Say what would be read, written and needed, and stop: nothing is written
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Exit with status 3 when records were quarantined
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) tools: Tools,
    #[command(flatten)]
    pub(crate) references: References,
    #[command(flatten)]
    pub(crate) settings: Settings,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// What is written beside the results for other tools.
#[derive(Debug, Args)]
#[command(next_help_heading = "Other tools")]
pub(crate) struct Tools {
    /// Also write where in each document what went, in this form, to _dechaff/attributes [possible values: dolma]
    ///
    /// Rows line up with the documents of the input; spans are code points of the text as it came in.
    #[arg(long, value_name = "FORM", value_parser = named::<beside::Attributes>(&["dolma"]), hide_possible_values = true)]
    pub(crate) attributes: Option<beside::Attributes>,
    /// Also write what went, in this form, to _dechaff/exclusions [possible values: datatrove]
    ///
    /// Documents that lost all their text, and every passage that went, with the reason.
    #[arg(long, value_name = "FORM", value_parser = named::<beside::Exclusions>(&["datatrove"]), hide_possible_values = true)]
    pub(crate) exclusions: Option<beside::Exclusions>,
}

impl Tools {
    pub(crate) fn wanted(&self) -> Beside {
        Beside {
            attributes: self.attributes,
            exclusions: self.exclusions,
        }
    }
}

/// What was cleaned before, and what is cleaned later.
#[derive(Debug, Args)]
#[command(next_help_heading = "References")]
pub(crate) struct References {
    /// Results of an earlier run with --write-reference: what it kept is dropped here (repeatable, in order)
    #[arg(long, value_name = "DIR")]
    pub(crate) reference: Vec<PathBuf>,
    /// Leave a reference beside the results, for later runs
    #[arg(long)]
    pub(crate) write_reference: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff scan dump/ -w work/ --shard 0/4        on the first of four machines; 1/4, 2/4, 3/4 on the others
  dechaff resolve -w work/                       once, when all shards are there
  dechaff apply dump/ -w work/ -o cleaned/ --shard 0/4")]
pub(crate) struct Scan {
    /// Files, folders (read recursively) or globs: the whole input, whatever the shard
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<OsString>,
    /// Work folder
    #[arg(short, long, value_name = "WORK")]
    pub(crate) work: PathBuf,
    /// Take only sources ≡ I modulo N
    #[arg(long, value_name = "I/N", value_parser = |s: &str| Shard::parse(s), default_value = "0/1")]
    pub(crate) shard: Shard,
    /// Keep the parts that an earlier scan of this shard left whole
    #[arg(long)]
    pub(crate) resume: bool,
    /// Say what would be read, written and needed, and stop: nothing is written
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) settings: Settings,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff resolve -w work/ --memory 64G --threads 32")]
pub(crate) struct Resolve {
    /// Work folder
    #[arg(short, long, value_name = "WORK")]
    pub(crate) work: PathBuf,
    /// Keep decisions about this very scan that are there and whole
    #[arg(long)]
    pub(crate) resume: bool,
    #[command(flatten)]
    pub(crate) references: References,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff apply dump/ -w work/ -o cleaned/ --shard 0/4
  dechaff apply dump/ -w work/ -o cleaned/ --max-removed 50%")]
pub(crate) struct Apply {
    /// The inputs that were scanned, in the same order
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<OsString>,
    /// Work folder
    #[arg(short, long, value_name = "WORK")]
    pub(crate) work: PathBuf,
    /// Folder for the results
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// Take only sources ≡ I modulo N
    #[arg(long, value_name = "I/N", value_parser = |s: &str| Shard::parse(s), default_value = "0/1")]
    pub(crate) shard: Shard,
    /// Replace the results of an earlier run
    #[arg(long, conflicts_with = "resume")]
    pub(crate) overwrite: bool,
    /// Keep the outputs that an earlier apply of these decisions left whole
    #[arg(long)]
    pub(crate) resume: bool,
    /// Write nothing when more of this shard's text than this would go, such as 50% or .5
    #[arg(long, value_name = "SHARE", value_parser = |s: &str| Share::parse(s))]
    pub(crate) max_removed: Option<Share>,
    /// Exit with status 3 when records were quarantined
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) tools: Tools,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

/// What a run may use.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct Limits {
    /// Worker threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub(crate) threads: Option<u32>,
    /// Memory budget, such as 512M or 8G [default: half of the machine's or container's memory]
    ///
    /// What sorts and caches plan with; beyond it they spill to disk. The program's own tables come on top, some 100 MiB and 20
    /// MiB a thread.
    #[arg(long, value_name = "SIZE", value_parser = |s: &str| parse_size(s))]
    pub(crate) memory: Option<u64>,
    /// Folder for temporary files [default: the results' own folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) temp_dir: Option<PathBuf>,
    /// Begin also when the disk looks too small for the results and temporary files
    #[arg(long)]
    pub(crate) no_space_check: bool,
}

/// What can change the answer. An option on the command line wins over the configuration file.
#[derive(Debug, Args, Default)]
pub(crate) struct Settings {
    /// Configuration file; an option on the command line wins over it
    #[arg(long, value_name = "dechaff.toml", help_heading = "Configuration")]
    pub(crate) config: Option<PathBuf>,

    /// Which duplicates go [default: near]
    #[arg(long, value_name = "WHICH", value_parser = named::<config::Dedup>(&["near", "exact", "off"]), help_heading = "Duplicates")]
    pub(crate) dedup: Option<config::Dedup>,
    /// How near-duplicates are found [default: shingle]
    #[arg(long, value_name = "METHOD", value_parser = named::<config::Method>(&["shingle", "simhash", "minhash"]), help_heading = "Duplicates")]
    pub(crate) method: Option<config::Method>,
    /// Least Jaccard similarity of near-duplicates [default: 0.4]
    #[arg(long, value_name = "J", value_parser = |s: &str| Share::parse(s), help_heading = "Duplicates")]
    pub(crate) min_similarity: Option<Share>,
    /// Least containment of a contained paragraph [default: 0.7]
    #[arg(long, value_name = "C", value_parser = |s: &str| Share::parse(s), help_heading = "Duplicates")]
    pub(crate) min_containment: Option<Share>,
    /// Whether other facts (numbers, dates, names, directions) protect a paragraph [default: facts]
    ///
    /// Under `facts` two paragraphs that differ in what matters are a template, not duplicates. Under `off` similarity alone
    /// decides, as in most tools.
    #[arg(long, value_name = "GUARD", value_parser = named::<config::Guard>(&["facts", "off"]), help_heading = "Duplicates")]
    pub(crate) guard: Option<config::Guard>,
    /// Paragraphs with fewer tokens never go on their own [default: 8]
    #[arg(long, value_name = "N", help_heading = "Duplicates")]
    pub(crate) min_tokens: Option<u32>,
    /// Paragraphs with fewer tokens go only for an exact copy [default: 12]
    #[arg(long, value_name = "N", help_heading = "Duplicates")]
    pub(crate) min_near_tokens: Option<u32>,
    /// Which copy stays [default: first]
    ///
    /// `first` is the first in the order of the input; `longest` the longest, by classes that are half as long again each.
    #[arg(long, value_name = "WHICH", value_parser = named::<config::Keep>(&["first", "longest"]), help_heading = "Duplicates")]
    pub(crate) keep: Option<config::Keep>,

    /// How much boilerplate goes: at most 0.1 %, 0.5 %, 2 % of content may be lost [default: safe]
    ///
    /// `safe` takes what hardly anybody would miss, `balanced` a sixth to a half more for five times the loss, `aggressive` what
    /// is more likely chaff than not; `off` leaves all. A level takes all that the ones before it take.
    #[arg(long, value_name = "LEVEL", value_parser = ["safe", "balanced", "aggressive", "off"], help_heading = "Boilerplate")]
    pub(crate) boilerplate: Option<String>,
    /// Switch off a rule, `line-model` or `frequency` (repeatable)
    #[arg(long, value_name = "NAME", help_heading = "Boilerplate")]
    pub(crate) disable: Vec<String>,
    /// Use only this rule, `line-model` or `frequency` (repeatable)
    #[arg(long, value_name = "NAME", help_heading = "Boilerplate")]
    pub(crate) only: Vec<String>,
    /// Line model: a file made by `train`, `none`, or `embedded` [default: embedded]
    #[arg(long, value_name = "FILE|none", help_heading = "Boilerplate")]
    pub(crate) model: Option<String>,
    /// A document that would lose more than this share to boilerplate keeps it all [default: 0.9]
    #[arg(long, value_name = "SHARE", value_parser = |s: &str| Share::parse(s), help_heading = "Boilerplate")]
    pub(crate) max_document_loss: Option<Share>,

    /// How lines become paragraphs [default: auto]
    ///
    /// `auto` joins hard-wrapped lines (mail, old pages) and takes any other line for a paragraph; `line` and `block` force one.
    #[arg(long, value_name = "HOW", value_parser = named::<config::Segment>(&["auto", "line", "block"]), help_heading = "Input")]
    pub(crate) segment: Option<config::Segment>,
    /// Input format: auto (by content and extension), jsonl, json, text, lines, wet (or warc), csv, tsv, parquet [default: auto]
    #[arg(long, value_name = "FORMAT", help_heading = "Input")]
    pub(crate) format: Option<String>,
    /// Field or column with the text [default: text]
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(crate) text_field: Option<String>,
    /// Field or column with the document's name [default: id]
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(crate) id_field: Option<String>,
    /// Field or column with the document's address [default: url]
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(crate) url_field: Option<String>,
    /// Character encoding of text, lines, jsonl and tables [default: utf-8]
    #[arg(long, value_name = "LABEL", help_heading = "Input")]
    pub(crate) encoding: Option<String>,
    /// Longest record; longer ones are quarantined, longer text files cut into documents [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = |s: &str| parse_size(s), help_heading = "Input")]
    pub(crate) max_record: Option<u64>,
    /// Refuse an archive that becomes more than N times as large when decompressed [default: 200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Input")]
    pub(crate) max_expansion: Option<u32>,
    /// Read only the first N documents of each source
    #[arg(long, value_name = "N", help_heading = "Input")]
    pub(crate) limit: Option<u64>,
    /// Read only this share of the documents, such as 0.01 or 1%; the others are not in the output
    ///
    /// Documents are drawn by a hash of their source and number. Under one seed a larger share holds a smaller one.
    #[arg(long, value_name = "RATE", value_parser = |s: &str| config::Rate::parse(s), help_heading = "Input")]
    pub(crate) sample: Option<config::Rate>,
    /// Which documents a sample holds: the same for any threads and shards [default: 0]
    #[arg(long, value_name = "N", help_heading = "Input")]
    pub(crate) seed: Option<u64>,

    /// Output format: jsonl, csv, tsv, parquet, text; with id, address and text [default: the input's; WET becomes jsonl]
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<String>,
    /// Leave emptied records out
    #[arg(long, help_heading = "Output")]
    pub(crate) drop_empty: bool,
    /// Keep the removed text out of the log; `restore` then cannot work
    #[arg(long, help_heading = "Output")]
    pub(crate) no_removed_text: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  echo '{\"id\":1,\"a\":\"Prices rose 3 % in May.\",\"b\":\"Prices rose 4 % in May.\"}' | dechaff compare -
  dechaff compare pairs.jsonl --guard off        similarity alone decides")]
pub(crate) struct Compare {
    /// JSONL of pairs, or - for standard input
    #[arg(value_name = "PAIRS.jsonl")]
    pub(crate) pairs: PathBuf,
    /// Apply the floors of a cleaning run
    #[arg(long)]
    pub(crate) as_clean: bool,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff explain cleaned/ doc-42                by the id of the document
  dechaff explain cleaned/ 'news.jsonl#17'       by its place: source and record, counted from 0
  dechaff explain cleaned/ doc-42 --html > cuts.html")]
pub(crate) struct Explain {
    /// Folder with results
    pub(crate) dir: PathBuf,
    /// The document: its id, or <source>#<record>
    pub(crate) id: String,
    /// When to show the document with its cuts in colour; else the cuts are listed as plain text
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
    /// Write a page for a browser to standard output
    #[arg(long)]
    pub(crate) html: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff restore cleaned/                       prove that output + log = input
  dechaff restore cleaned/ -o original/          also write the input")]
pub(crate) struct Restore {
    /// Folder with results
    pub(crate) dir: PathBuf,
    /// Write the original inputs into this folder
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff evaluate gold.jsonl --by lang
  dechaff evaluate gold.jsonl --boilerplate balanced --errors 20     content lines that would go")]
pub(crate) struct Evaluate {
    /// Labelled pages (JSONL)
    #[arg(value_name = "GOLD.jsonl")]
    pub(crate) gold: PathBuf,
    /// Only this view
    #[arg(long, value_name = "V")]
    pub(crate) view: Option<String>,
    /// Only this tier
    #[arg(long, value_name = "T")]
    pub(crate) tier: Option<String>,
    /// Also by group
    #[arg(long, value_name = "GROUP", value_parser = ["source", "lang", "type", "category"])]
    pub(crate) by: Option<String>,
    /// Write which lines were removed
    #[arg(long, value_name = "FILE")]
    pub(crate) predictions: Option<PathBuf>,
    /// List up to N content lines that were removed
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) errors: usize,
    /// List N boilerplate lines that stayed
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) missed: usize,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff train gold.jsonl -o my.model
  dechaff clean dump/ -o cleaned/ --model my.model")]
pub(crate) struct Train {
    /// Labelled pages (JSONL)
    #[arg(value_name = "GOLD.jsonl", required = true)]
    pub(crate) gold: Vec<PathBuf>,
    /// The model to write
    #[arg(short, long, value_name = "MODEL")]
    pub(crate) output: PathBuf,
    /// Documents that hold nothing but content, as JSON lines with a `text` (repeatable); one in eight is learnt from
    #[arg(long, value_name = "JSONL")]
    pub(crate) content: Vec<PathBuf>,
    /// Also write what cross-validation would remove: {"id","view","removed"} to DIR/safe.jsonl, DIR/balanced.jsonl, DIR/aggressive.jsonl
    #[arg(long, value_name = "DIR")]
    pub(crate) predictions: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff rules                                  all rules, a line each
  dechaff rules cookie-notice                    what it matches, with examples and counter-examples")]
pub(crate) struct Rules {
    /// A rule's name
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff report merge a/_dechaff/report.json b/_dechaff/report.json > sum.json
  dechaff report schema > report.schema.json")]
pub(crate) struct Report {
    #[command(subcommand)]
    pub(crate) command: ReportCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    /// Add up the reports of shards; the sum goes to standard output
    Merge {
        /// report.json files
        #[arg(value_name = "REPORT", required = true)]
        reports: Vec<PathBuf>,
    },
    /// Print the JSON Schema of report.json
    Schema,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff config show > dechaff.toml             all settings with their defaults
  dechaff config show dechaff.toml --keep longest
  dechaff config check dechaff.toml
  dechaff config schema > dechaff.schema.json    for editors: completion and checks")]
pub(crate) struct ConfigCommand {
    #[command(subcommand)]
    pub(crate) command: ConfigAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigAction {
    /// Print the configuration in force, as dechaff.toml: command line over file over default
    Show {
        /// Configuration file
        #[arg(conflicts_with = "config")]
        file: Option<PathBuf>,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Check a configuration file
    Check {
        /// Configuration file
        file: PathBuf,
    },
    /// Print the JSON Schema of dechaff.toml
    Schema,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dechaff generate completions bash > ~/.local/share/bash-completion/completions/dechaff
  dechaff generate completions zsh > ~/.zfunc/_dechaff
  dechaff generate man -o ~/.local/share/man/man1")]
pub(crate) struct Generate {
    #[command(subcommand)]
    pub(crate) what: GenerateWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GenerateWhat {
    /// The manual page, to standard output; with -o one page for every command
    Man {
        /// Folder for dechaff.1, dechaff-clean.1 and so on
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Completions for a shell, to standard output
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Reads seconds, from a hundredth to a day.
fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.01..=86_400.0).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("expected seconds, from 0.01 to 86400".into()),
    }
}

/// A parser for an enum that serde knows by these names.
fn named<T: Clone + Send + Sync + serde::de::DeserializeOwned + 'static>(
    names: &'static [&'static str],
) -> impl clap::builder::TypedValueParser<Value = T> {
    use clap::builder::TypedValueParser;
    clap::builder::PossibleValuesParser::new(names).map(|name| {
        serde_json::from_value(serde_json::Value::String(name)).expect("the names are the enum's")
    })
}

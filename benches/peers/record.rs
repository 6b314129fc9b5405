//! What is written down: every run with its command, as JSON and as tables.

use std::fmt::Write;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::inputs::Facts;
use crate::measure::Cost;

/// A dated result.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Record {
    /// UTC, as 2026-01-31.
    pub(crate) date: String,
    pub(crate) machine: Machine,
    /// The command that made it.
    pub(crate) command: String,
    pub(crate) inputs: Vec<Facts>,
    pub(crate) tools: Vec<Version>,
    pub(crate) runs: Vec<Run>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) memory: String,
    pub(crate) system: String,
    /// Of the last minute, before the first run: what else was going on.
    pub(crate) load: String,
}

/// A tool that was found, or not.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Version {
    pub(crate) tool: String,
    /// None when it is not on the path.
    pub(crate) version: Option<String>,
    pub(crate) does: String,
    pub(crate) fair: String,
}

/// A run, or the cheapest in processor time of several.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Run {
    pub(crate) input: String,
    pub(crate) tool: String,
    pub(crate) threads: usize,
    pub(crate) memory_budget: Option<String>,
    pub(crate) command: String,
    pub(crate) text: u64,
    pub(crate) cost: Option<Cost>,
    /// What it found, after the check.
    pub(crate) found: Option<u64>,
    /// Hash of the cleaned output of dechaff: equal for all threads and budgets.
    pub(crate) output: Option<String>,
    /// Why there is no figure.
    pub(crate) failure: Option<String>,
}

impl Run {
    /// Megabytes of text for each second of processor time.
    pub(crate) fn speed(&self) -> Option<f64> {
        self.cost
            .as_ref()
            .map(|c| self.text as f64 / 1e6 / c.cpu_seconds.max(1e-3))
    }

    /// Tool, threads and budget.
    pub(crate) fn label(&self) -> String {
        let mut label = self.tool.clone();
        if self.threads > 1 {
            _ = write!(label, ", {} threads", self.threads);
        }
        if let Some(memory) = &self.memory_budget {
            _ = write!(label, ", --memory {memory}");
        }
        label
    }
}

impl Machine {
    pub(crate) fn this() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let field = |path: &str, name: &str| {
            let text = read(path);
            let line = text
                .lines()
                .find(|l| l.starts_with(name))
                .unwrap_or_default();
            line.split_once(':')
                .map_or(String::new(), |(_, v)| v.trim().to_owned())
        };
        Machine {
            processor: field("/proc/cpuinfo", "model name"),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory: field("/proc/meminfo", "MemTotal"),
            system: first_line("uname", &["-srm"]).unwrap_or_default(),
            load: read("/proc/loadavg")
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned(),
        }
    }
}

/// The first line that a command prints, if it runs.
pub(crate) fn first_line(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = if output.stdout.is_empty() {
        output.stderr
    } else {
        output.stdout
    };
    Some(
        String::from_utf8_lossy(&text)
            .lines()
            .next()?
            .trim()
            .to_owned(),
    )
}

impl Record {
    pub(crate) fn markdown(&self) -> String {
        let (mut out, machine) = (String::new(), &self.machine);
        _ = writeln!(
            out,
            "# Speed and memory, {}\n\n    {}\n",
            self.date, self.command
        );
        _ = writeln!(
            out,
            "{}, {} cores, {} of memory, {}. Load average before the first run: {} (of others: it costs time, less so processor time).\n",
            machine.processor, machine.cores, machine.memory, machine.system, machine.load
        );
        for input in &self.inputs {
            self.table(input, &mut out);
        }
        self.tools(&mut out);
        out
    }

    fn table(&self, input: &Facts, out: &mut String) {
        let runs: Vec<&Run> = self.runs.iter().filter(|r| r.input == input.name).collect();
        let ceiling = runs
            .iter()
            .find(|r| r.tool == "huniq")
            .and_then(|r| Some(r.cost.as_ref()?.cpu_seconds));
        _ = writeln!(
            out,
            "## {}: {:.1} MB of text, {} documents, {} lines, {} of them distinct\n",
            input.name,
            input.text as f64 / 1e6,
            input.documents,
            input.lines,
            input.distinct
        );
        out.push_str("| tool | CPU s | MB of text per CPU second | × huniq | wall s | peak MiB | temporary / text | found |\n");
        out.push_str("|---|---|---|---|---|---|---|---|\n");
        for run in runs {
            let Some(cost) = &run.cost else {
                let failure = run.failure.as_deref().unwrap_or("");
                _ = writeln!(out, "| {} | {failure} | | | | | | |", run.label());
                continue;
            };
            let ceiling = ceiling.map_or(String::new(), |c| format!("{:.1}", cost.cpu_seconds / c));
            let share = cost.temporary as f64 / run.text as f64;
            _ = writeln!(
                out,
                "| {} | {:.2} | {:.1} | {ceiling} | {:.2} | {} | {} | {} |",
                run.label(),
                cost.cpu_seconds,
                run.speed().unwrap_or(0.0),
                cost.wall_seconds,
                cost.memory >> 20,
                if cost.temporary > 0 {
                    format!("{share:.2}")
                } else {
                    "–".into()
                },
                run.found.map_or("–".into(), |n| n.to_string())
            );
        }
        out.push('\n');
    }

    fn tools(&self, out: &mut String) {
        out.push_str("## The tools\n\n| tool | version | what it does, and counts | comparison |\n|---|---|---|---|\n");
        for tool in &self.tools {
            let version = tool.version.as_deref().unwrap_or("not found");
            _ = writeln!(
                out,
                "| {} | {version} | {} | {} |",
                tool.tool, tool.does, tool.fair
            );
        }
        out.push_str("\n## The command lines\n\n");
        for run in self.runs.iter().filter(|r| r.cost.is_some()) {
            _ = writeln!(out, "    {}", run.command);
        }
    }
}

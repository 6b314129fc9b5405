//! What a run would do, and whether there is room for it: `--dry-run`, and the look at the disk before every run.

use std::collections::BTreeMap;
use std::path::Path;

use dechaff::config::Config;
use dechaff::estimate::{Estimate, Job, Room};
use dechaff::io::{self, Source};
use dechaff::resources::Resources;
use dechaff::scan::Shard;
use dechaff::{Error, ErrorKind, Result};
use indicatif::BinaryBytes;
use serde_json::json;

use super::voice::{Level, LogFormat, Voice};
use super::{End, shown};

/// Sources that a dry run lists one by one; with `-v` it lists all.
const LISTED: usize = 20;

/// A run that is about to begin.
pub(super) struct Planned<'a> {
    pub(super) job: Job,
    pub(super) sources: &'a [Source],
    pub(super) shard: Shard,
    /// The folder of results, or of scan the work folder.
    pub(super) folder: &'a Path,
    pub(super) config: &'a Config,
    pub(super) resources: &'a Resources,
}

impl Planned<'_> {
    fn estimate(&self) -> Result<Estimate> {
        Estimate::new(
            self.job,
            self.sources,
            self.shard,
            self.config,
            self.resources,
        )
    }
}

/// Says what would be read, written and needed. Opens every source, so that what is wrong with one is found now.
pub(super) fn dry_run(run: &Planned<'_>, voice: Voice) -> Result<End> {
    let estimate = run.estimate()?;
    let mine = run.sources.iter().filter(|s| run.shard.has(s.number));
    let mut formats: BTreeMap<String, u64> = BTreeMap::new();
    let mut listed = Vec::new();
    for source in mine {
        let shape = io::open(source, &run.config.input)?.shape;
        let size = std::fs::metadata(&source.path)
            .map_err(|e| Error::io(e, &source.path))?
            .len();
        let packed = match shape.compression {
            io::Compression::Plain => String::new(),
            other => format!(" {}", format!("{other:?}").to_lowercase()),
        };
        let format = format!("{}{packed}", shape.format.name);
        let mut line = format!("{} ({format}, {size} bytes)", shown(&source.path));
        if run.job == Job::Clean {
            let to = shown(&run.folder.join(&source.name));
            line += &format!(" -> {to} ({})", shape.output_format.name);
        }
        *formats.entry(format).or_default() += 1;
        listed.push((line, source.name.clone(), size));
    }
    let rooms = estimate.rooms(run.folder, run.resources);
    if voice.format == LogFormat::Json {
        for (line, name, bytes) in &listed {
            let fields = json!({"source": name, "bytes": bytes});
            voice.say(Level::Info, "source", line, fields);
        }
    }
    let most = if voice.verbose > 0 {
        usize::MAX
    } else {
        LISTED
    };
    let mut text = String::new();
    for (line, ..) in listed.iter().take(most) {
        text += &format!("{line}\n");
    }
    if listed.len() > most {
        text += &format!("… and {} more (-v lists all)\n", listed.len() - most);
    }
    text += &table(run, &estimate, &rooms, &formats);
    let fields = json!({
        "sources": estimate.sources,
        "formats": formats,
        "bytes": estimate.on_disk,
        "text": estimate.text,
        "output": estimate.output,
        "temporary": estimate.temporary,
        "memory": estimate.memory,
        "at_most": estimate.at_most,
        "rooms": rooms.iter().map(|r| json!({"folder": r.folder, "needed": r.needed, "free": r.free})).collect::<Vec<_>>(),
    });
    // It is what was asked for, so also `-q` has it said.
    voice.say(Level::Notice, "plan", &text, fields);
    for room in rooms.iter().filter(|r| r.is_tight()) {
        voice.say(Level::Warning, "room", &tight(room), of(room));
    }
    Ok(End::Done)
}

fn table(
    run: &Planned<'_>,
    estimate: &Estimate,
    rooms: &[Room],
    formats: &BTreeMap<String, u64>,
) -> String {
    let about = if estimate.at_most { "at most" } else { "about" };
    let size = BinaryBytes;
    let kinds: Vec<_> = formats.iter().map(|(f, n)| format!("{n} {f}")).collect();
    let mut text = format!(
        "\nread        {} sources ({}), {} on disk, {about} {} of text\n",
        estimate.sources,
        kinds.join(", "),
        size(estimate.on_disk),
        size(estimate.text),
    );
    let folder = shown(run.folder);
    if estimate.output > 0 {
        let output = size(estimate.output);
        text += &format!(
            "write       {about} {output} in {folder}: cleaned documents, removal log, report\n"
        );
    }
    if estimate.temporary > 0 {
        let (temporary, what) = match run.job {
            Job::Scan => (folder, "for the next phases"),
            _ => {
                let path = dechaff::estimate::temporary_folder(run.folder, run.resources);
                (shown(&path), "while it runs")
            }
        };
        let amount = size(estimate.temporary);
        text += &format!("temporary   {about} {amount} in {temporary}, {what}\n");
    }
    for room in rooms {
        let free = match room.free {
            Some(free) => format!("{} free", size(free)),
            None => "free room is not known".into(),
        };
        let folder = shown(&room.folder);
        text += &format!(
            "disk        {folder}: {} needed, {free}\n",
            size(room.needed)
        );
    }
    text += &format!(
        "memory      {about} {} (budget {}), {} threads\nnothing was written\n",
        size(estimate.memory),
        size(run.resources.memory),
        run.resources.threads,
    );
    text
}

/// Warns when the disk may be too small, and refuses when it clearly is.
pub(super) fn check_room(run: &Planned<'_>, anyway: bool, voice: Voice) -> Result<()> {
    let estimate = run.estimate()?;
    // Under a limit the estimate is of far more than will be read.
    if estimate.at_most || anyway {
        return Ok(());
    }
    for room in estimate.rooms(run.folder, run.resources) {
        if room.is_too_small() {
            return Err(Error::new(ErrorKind::Limit, wants(&room))
                .at(shown(&room.folder))
                .hint("make room, choose another place with -o or --temp-dir, or begin anyway with --no-space-check"));
        }
        if room.is_tight() {
            voice.say(Level::Warning, "room", &tight(&room), of(&room));
        }
    }
    Ok(())
}

fn wants(room: &Room) -> String {
    let free = BinaryBytes(room.free.unwrap_or(0));
    format!(
        "about {} will be needed, and {free} are free",
        BinaryBytes(room.needed)
    )
}

fn tight(room: &Room) -> String {
    format!(
        "{}: {}; the disk may become full",
        shown(&room.folder),
        wants(room)
    )
}

fn of(room: &Room) -> serde_json::Value {
    json!({"folder": room.folder, "needed": room.needed, "free": room.free})
}

/// Says under `-v` what begins.
pub(super) fn announce(run: &Planned<'_>, voice: Voice) {
    if voice.verbose == 0 {
        return;
    }
    let fingerprint = format!("{:032x}", run.config.fingerprint());
    let message = format!(
        "{} of {} sources, {} threads, {} of memory to plan with, configuration {fingerprint}",
        run.sources
            .iter()
            .filter(|s| run.shard.has(s.number))
            .count(),
        run.sources.len(),
        run.resources.threads,
        BinaryBytes(run.resources.memory),
    );
    let fields = json!({
        "sources": run.sources.len(),
        "threads": run.resources.threads,
        "memory": run.resources.memory,
        "fingerprint": fingerprint,
    });
    voice.detail("begin", message, fields);
}

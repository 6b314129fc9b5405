//! Opening a source: its compression or container, its encoding, its format. Content decides; what the configuration says or the
//! name hints at must fit it.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use super::{
    Compression, Container, Encoding, FORMATS, Feed, Format, Opened, Shape, Source, compress, find,
    json, jsonl, output_format, text,
};
use crate::config::InputConfig;
use crate::error::{Error, Result};

/// Bytes read to tell a format: enough for the first line of most dumps, and less than any pipe or page cache minds.
const SNIFF: usize = 64 << 10;

/// Opens a source: finds compression, encoding and format. Refuses what this program cannot read.
pub fn open(source: &Source, config: &InputConfig) -> Result<Opened> {
    let mut file = File::open(&source.path).map_err(|e| Error::io(e, &source.path))?;
    let container = container(&mut file, source, config)?;
    let position = file.try_clone().ok();
    let (compression, reader) = match container {
        Some(container) => (
            Compression::Plain,
            (container.read)(file, &source.path, config)?,
        ),
        None => compress::reader(file, &source.path, &source.name, Some(config.max_expansion))?,
    };
    let encoding = config.encoding.as_deref().map(Encoding::find).transpose()?;
    let encoding = encoding.flatten();
    let mut feed = Feed::new(reader, &source.path, encoding, config);
    if container.is_none() {
        feed.fill(SNIFF)?;
    }
    if encoding.is_none() && container.is_none() {
        refuse_utf16(&feed, source)?;
    }
    let format = match (&config.format, container) {
        (Some(name), _) => find(name)?,
        (None, Some(container)) => of_container(container),
        (None, None) => choose(&feed.head(), &source.name, &source.path)?,
    };
    if encoding.is_some() && !format.any_encoding {
        return Err(Error::config(format!("{} is always UTF-8", format.name))
            .at(source.path.display().to_string())
            .hint("leave --encoding out for it"));
    }
    let output_format = output_format(format, config)?;
    Ok(Opened {
        framer: (format.frame)(feed),
        shape: Shape {
            format,
            output_format,
            compression,
            encoding,
        },
        position,
    })
}

fn of_container(container: &Container) -> &'static Format {
    let of = |f: &&&Format| f.container.is_some_and(|c| c.magic == container.magic);
    FORMATS.iter().find(of).expect("found in the table")
}

/// The container that a file is, by its first bytes. Refuses one that the configuration takes for something else, and the reverse.
fn container(
    file: &mut File,
    source: &Source,
    config: &InputConfig,
) -> Result<Option<&'static Container>> {
    let io = |e| Error::io(e, &source.path);
    let mut head = Vec::new();
    file.take(8).read_to_end(&mut head).map_err(io)?;
    file.rewind().map_err(io)?;
    let refuse = |what: String, hint: &str| {
        let path = source.path.display().to_string();
        Err(Error::input(what).at(path).hint(hint))
    };
    let wanted = config.format.as_deref().map(find).transpose()?;
    let all = FORMATS.iter().filter_map(|f| Some((*f, f.container?)));
    let found = all.clone().find(|(_, c)| head.starts_with(c.magic));
    match (wanted, found) {
        (Some(wanted), Some((format, _))) if wanted.name != format.name => refuse(
            format!("{} data, read as {}", format.name, wanted.name),
            "leave --format out",
        ),
        (_, Some((_, container))) => Ok(Some(container)),
        (Some(wanted), None) if wanted.container.is_some() => refuse(
            format!("no {} data", wanted.name),
            "leave --format out, and the content decides",
        ),
        (Some(_), None) => Ok(None),
        (None, None) => {
            let name = source.name.to_ascii_lowercase();
            let named = |e: &&str| name.strip_suffix(*e).is_some_and(|n| n.ends_with('.'));
            let mut all = all;
            match all.find(|(f, _)| f.extensions.iter().any(named)) {
                Some((format, _)) => refuse(
                    format!("named as {}, but its content is not", format.name),
                    "rename it, or name its format with --format",
                ),
                None => Ok(None),
            }
        }
    }
}

fn refuse_utf16(feed: &Feed, source: &Source) -> Result<()> {
    let label = match feed.window() {
        [0xff, 0xfe, ..] => "utf-16le",
        [0xfe, 0xff, ..] => "utf-16be",
        _ => return Ok(()),
    };
    Err(Error::input("begins with the byte order mark of UTF-16")
        .at(source.path.display().to_string())
        .hint(format!("read it with --encoding {label}")))
}

/// Content decides; the extension only where content could be anything.
fn choose(head: &[u8], name: &str, path: &Path) -> Result<&'static Format> {
    if let Some(format) = FORMATS.iter().copied().find(|f| (f.sniff)(head)) {
        return Ok(format);
    }
    let bare = Compression::strip_extension(name);
    let extension = bare.rsplit_once('.').map_or("", |(_, e)| e);
    let format = FORMATS
        .iter()
        .copied()
        .find(|f| {
            f.extensions
                .iter()
                .any(|e| e.eq_ignore_ascii_case(extension))
        })
        .unwrap_or(&text::FORMAT);
    if format.name != jsonl::FORMAT.name {
        return Ok(format);
    }
    if json::begins(head) {
        return Ok(&json::FORMAT);
    }
    if jsonl::is_one_document(head) {
        return Err(Error::input("an object over several lines; expected one JSON object per line, or an array of objects")
            .at(path.display().to_string())
            .hint("convert it with `jq -c .`, or pass --format text to read it as plain text"));
    }
    Ok(format)
}

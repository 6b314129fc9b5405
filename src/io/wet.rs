//! WET: the conversion records of a WARC file, each the text of one page; and its responses, where they are plain text.
//!
//! Other records (`warcinfo` and so on) are no documents. Written as JSON Lines, everything but the text goes to the
//! sidecar; written as WET, a changed record has another `Content-Length` and otherwise its own header, digests included.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::convert;
use super::faults;
use super::sidecar::{Entry, What};
use super::splice::{self, Span};
use super::warc::{END, Header, NoText, WarcFramer};
use super::{Cleaned, Document, Fault, Format, Frame};
use crate::config::InputConfig;
use crate::error::Result;
use crate::removal::Removal;

/// The format `wet`.
pub static FORMAT: Format = Format {
    name: "wet",
    doc: "WARC records of text (WET, or responses of text/plain), each a document; written as jsonl unless --output-format wet",
    extensions: &["wet", "warc"],
    sniff: |head| head.starts_with(b"WARC/"),
    frame: |feed| Box::new(WarcFramer::new(feed)),
    parse,
    cut,
    put_back,
    outputs: &["jsonl", "wet", "csv", "tsv", "parquet", "text"],
    kin: Some("jsonl"),
    any_encoding: false,
    ..Format::PLAIN
};

fn header(bytes: &[u8]) -> Result<Header<'_>, Fault> {
    let found = Header::read(bytes).map_err(|what| Fault::new("invalid-warc", what))?;
    found.ok_or_else(|| Fault::new("invalid-warc", "a header that is cut off"))
}

/// Where the text begins in a record.
fn text_start(header: &Header<'_>, record: &[u8]) -> Result<usize, String> {
    header.text(record).map_err(|why| match why {
        NoText::Refused(what) => what,
        NoText::Other => "a record that is no text".into(),
    })
}

fn parse<'a>(frame: &'a Frame, _: &InputConfig) -> Result<Document<'a>, Fault> {
    let header = header(&frame.bytes)?;
    let end = header.length + header.content as usize;
    let start = text_start(&header, &frame.bytes).map_err(|what| Fault::new("not-text", what))?;
    let text = frame.bytes.get(start..end);
    let text =
        text.ok_or_else(|| Fault::new("invalid-warc", "a record shorter than its Content-Length"))?;
    faults::too_many_lines(text)?;
    Fault::unless_utf8(text, "text")?;
    let url = header.field(b"warc-target-uri").map(|url| {
        let bare = url.strip_prefix('<').and_then(|u| u.strip_suffix('>'));
        bare.map(|u| Cow::Owned(u.to_owned())).unwrap_or(url)
    });
    Ok(Document {
        id: header.field(b"warc-record-id"),
        url,
        text: text.into(),
        span: Span::plain(start, end),
    })
}

/// A page as JSON.
#[derive(Serialize, Deserialize)]
struct Page<'a> {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    id: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    date: Option<Cow<'a, str>>,
    text: Cow<'a, str>,
}

fn cut(
    frame: &Frame,
    document: &Document<'_>,
    removed: &[Range<usize>],
    output: &Format,
    out: &mut Cleaned,
) {
    out.clear();
    out.emptied = splice::empties(&document.text, removed);
    let span = document.span;
    let (head, block) = frame.bytes.split_at(span.start);
    let record = frame.record.expect("only records are cleaned");
    let mut entry = |what, bytes: &[u8]| out.sidecar.push(Entry::new(record, what, bytes, false));
    let header = Header::read(head).ok().flatten().expect("parsed before");
    let mut text = Vec::new();
    splice::cut(
        block,
        Span::plain(0, span.end - span.start),
        removed,
        &mut text,
        &mut out.raws,
    );
    let tail = block.len() - (span.end - span.start);
    if output.name == FORMAT.name {
        // Of a response, what the server said comes before its text.
        let (head, answer) = head.split_at(header.length);
        let content = answer.len() + text.len() - tail;
        if header.with_content(answer.len() + span.end - span.start) != head {
            entry(What::Head, head);
        }
        out.output = match removed.is_empty() {
            true => frame.bytes.clone(),
            false => [&header.with_content(content), answer, &text].concat(),
        };
        return;
    }
    entry(What::Head, head);
    let tail = text.split_off(text.len() - tail);
    if tail != END {
        entry(What::Tail, &tail);
    }
    let page = Page {
        id: document.id.as_deref().map(Cow::Borrowed),
        url: document.url.as_deref().map(Cow::Borrowed),
        date: header.field(b"warc-date"),
        text: String::from_utf8(text)
            .expect("cut on character boundaries")
            .into(),
    };
    serde_json::to_writer(&mut out.output, &page).expect("writing to memory does not fail");
    out.output.push(b'\n');
}

fn put_back(
    cleaned: &Cleaned,
    removals: &[Removal],
    output: &Format,
    _: &InputConfig,
) -> Result<Vec<u8>, String> {
    let kept = |what| convert::kept(cleaned, what);
    if output.name == FORMAT.name {
        let header = header(&cleaned.output).map_err(|f| f.detail)?;
        let block = &cleaned.output[header.length..];
        let content = usize::try_from(header.content)
            .ok()
            .filter(|c| *c <= block.len());
        let content = content.ok_or("a record shorter than its Content-Length")?;
        let start = text_start(&header, &cleaned.output)? - header.length;
        if start > content {
            return Err("a record shorter than what comes before its text".into());
        }
        let whole = splice::put_back(block, Span::plain(start, content), removals)?;
        let original = whole.len() - (block.len() - content);
        let head = kept(What::Head)?.unwrap_or_else(|| header.with_content(original));
        return Ok([head, whole].concat());
    }
    let page: Page<'_> = serde_json::from_slice(&cleaned.output).map_err(|e| e.to_string())?;
    let text = page.text.as_bytes();
    let text = splice::put_back(text, Span::plain(0, text.len()), removals)?;
    let head = kept(What::Head)?.ok_or("the sidecar holds no header for it")?;
    let tail = kept(What::Tail)?.unwrap_or_else(|| END.to_vec());
    Ok([head, text, tail].concat())
}

//! The rows that scan writes; the keys of paragraphs are in [`keys`](crate::files::keys).

use super::{Field, RANDOM, Row, STREAMED, row};
use crate::error::Result;
use crate::files::container::{Packing, Writer};
use crate::text::utf8;

/// Bits of [`Para::flags`].
pub mod flag {
    /// A photo caption: never a witness.
    pub const CAPTION: u8 = 1;
    /// Folds to nothing (only punctuation); its exact key is that of its trimmed bytes.
    pub const EMPTY: u8 = 2;
    /// Begins with a quote prefix.
    pub const QUOTED: u8 = 4;
    /// Longer than what the method keeps whole: its keys are a sample.
    pub const SAMPLED: u8 = 8;
}

/// Bits of [`Line::flags`].
pub mod line {
    /// Boilerplate rules take the whole line at the level of the run; it is no paragraph.
    pub const CUT: u8 = 1;
    /// Eight words or more, and the end of a sentence.
    pub const PROSE: u8 = 2;
    /// Ends as a sentence does.
    pub const CLOSED: u8 = 4;
    /// Begins small or ends with a comma: a piece of something longer, such as verse.
    pub const PIECE: u8 = 8;
    /// Names a copyright.
    pub const LEGAL: u8 = 16;
}

/// A document, written by scan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doc {
    /// Number of its source in the manifest.
    pub source: u32,
    /// Its record in the source.
    pub record: u32,
    /// How many paragraphs it has.
    pub paras: u32,
    /// How many cuts it has, at any level.
    pub cuts: u32,
    /// Characters of its non-blank lines.
    pub chars: u32,
    /// Characters that rules and model take at the level of the run.
    pub boilerplate: u32,
    /// Hash of its site (host of the address); 0 without one.
    pub site: u64,
    /// Hash of its text, by which copies of a document count once as evidence.
    pub content: u64,
    /// A sample of its facts, see [`context`](crate::near::context).
    pub facts: Vec<u32>,
    /// How many rows of lines it has; 0 without a site.
    pub lines: u32,
    /// Its name, when the record has one.
    pub id: Option<String>,
}

/// What names a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// Number of its source in the manifest.
    pub source: u32,
    /// Its record in the source.
    pub record: u32,
    /// Its name, when the record has one.
    pub id: Option<String>,
}

/// A document without its facts and its name, for whoever walks over all documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brief(pub Doc);

impl Doc {
    /// Takes what stands before the facts.
    fn take_brief(input: &mut &[u8]) -> Option<Self> {
        let [source, record, paras, cuts, chars, boilerplate, lines] =
            [(); 7].map(|()| u32::take_small(input));
        let (site, content) = (u64::take(input)?, u64::take(input)?);
        Some(Doc {
            source: source?,
            record: record?,
            paras: paras?,
            cuts: cuts?,
            chars: chars?,
            boilerplate: boilerplate?,
            lines: lines?,
            site,
            content,
            ..Doc::default()
        })
    }

    /// Steps over the facts.
    fn skip_facts(input: &mut &[u8]) -> Option<()> {
        let facts = u32::take(input)? as usize;
        *input = input.get(facts.checked_mul(4)?..)?;
        Some(())
    }

    /// Steps over the name.
    fn skip_id(input: &mut &[u8]) -> Option<()> {
        if u8::take(input)? != 0 {
            let length = u32::take(input)? as usize;
            *input = input.get(length..)?;
        }
        Some(())
    }
}

impl Row for Doc {
    const KIND: u16 = 1;
    const FRAME: usize = RANDOM;

    fn put(&self, out: &mut Vec<u8>) {
        for n in [
            self.source,
            self.record,
            self.paras,
            self.cuts,
            self.chars,
            self.boilerplate,
            self.lines,
        ] {
            n.put_small(out);
        }
        self.site.put(out);
        self.content.put(out);
        self.facts.put(out);
        self.id.put(out);
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        let brief = Doc::take_brief(input)?;
        let (facts, id) = (Field::take(input)?, Field::take(input)?);
        Some(Doc { facts, id, ..brief })
    }

    fn skip(input: &mut &[u8]) -> Option<()> {
        Doc::take_brief(input)?;
        Doc::skip_facts(input)?;
        // Also here the name must be text, so that a row is skipped where it can be read and nowhere else.
        <Option<String> as Field>::take(input).map(|_| ())
    }
}

impl Row for Brief {
    const KIND: u16 = Doc::KIND;
    const FRAME: usize = RANDOM;

    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }

    fn take(input: &mut &[u8]) -> Option<Self> {
        let brief = Doc::take_brief(input)?;
        Doc::skip_facts(input)?;
        Doc::skip_id(input)?;
        Some(Brief(brief))
    }
}

impl Name {
    /// Reads it from the bytes of a [`Doc`] without the rest: every removal asks for the name of its witness.
    pub fn of(mut row: &[u8]) -> Option<Self> {
        let brief = Doc::take_brief(&mut row)?;
        Doc::skip_facts(&mut row)?;
        let id = <Option<String> as Field>::take(&mut row)?;
        Some(Name {
            source: brief.source,
            record: brief.record,
            id,
        })
    }
}

impl From<Doc> for Name {
    fn from(doc: Doc) -> Self {
        Name {
            source: doc.source,
            record: doc.record,
            id: doc.id,
        }
    }
}

/// A paragraph, written by scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Para {
    /// Its document.
    pub doc: u32,
    /// Number of its first line.
    pub line: u32,
    /// First byte in the document's text.
    pub start: u32,
    /// One past its last byte, line end included.
    pub end: u32,
    /// Half tokens of its folded form.
    pub halves: u32,
    /// Distinct sampled shingles.
    pub samples: u32,
    /// See [`flag`].
    pub flags: u8,
    /// Hash of the folded form.
    pub exact: u128,
    /// Hash of the folded form with facts masked; 0 without samples.
    pub template: u32,
}

/// A paragraph or a line that rules took, of a document with a site, written by scan: what is counted over the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Line {
    /// Number of its first line.
    pub line: u32,
    /// First byte in the document's text.
    pub start: u32,
    /// One past its last byte, line end included.
    pub end: u32,
    /// Characters that would go with it: those of its lines, less what rules cut from them.
    pub chars: u32,
    /// Hash of the folded form; 0 when it folds to nothing.
    pub key: u64,
    /// Half tokens of its folded form, at most 255.
    pub halves: u8,
    /// See [`mod@line`].
    pub flags: u8,
}

/// Something boilerplate evidence found, written by scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CutRow {
    /// The document.
    pub doc: u32,
    /// First byte in the document's text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Number of the evidence: a rule's place in `rules::RULES`, or one of the reserved numbers of `rules`.
    pub evidence: u8,
    /// Category, as its place in `rules::Category::ALL`.
    pub category: u8,
    /// Lowest level at which it falls: 0 safe, 1 balanced, 2 aggressive.
    pub level: u8,
    /// Score of the evidence in thousandths; rules have 1000.
    pub score: u16,
    /// Number of its line.
    pub line: u32,
    /// Hash of its trimmed bytes, by which repeated lines are counted.
    pub text: u64,
}

/// The judged text of a paragraph, written by scan. Row number = paragraph number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub String);

row!(
    Para,
    2,
    RANDOM,
    small [doc, line, start, end, halves, samples],
    [flags, exact, template]
);
row!(
    CutRow,
    4,
    STREAMED,
    small [doc, start, end, score, line],
    [evidence, category, level, text]
);
row!(
    Line,
    13,
    STREAMED,
    small [line, start, end, chars],
    [key, halves, flags]
);

impl Row for Text {
    const KIND: u16 = 5;
    const FRAME: usize = RANDOM;
    /// Level 1 leaves a quarter less than LZ4 would.
    const PACKING: Packing = Packing::Zstd(1);

    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }
    fn take(input: &mut &[u8]) -> Option<Self> {
        String::take(input).map(Text)
    }
    fn skip(input: &mut &[u8]) -> Option<()> {
        let n = u32::take(input)? as usize;
        *input = input.get(n..)?;
        Some(())
    }
}

impl Writer<Text> {
    /// Appends a text without owning it.
    pub fn push_text(&mut self, text: &str) -> Result<()> {
        self.push_with(|out| {
            (text.len() as u32).put(out);
            out.extend_from_slice(text.as_bytes());
        })
    }
}

impl Text {
    /// The text in the bytes of one row.
    pub fn of(row: &[u8]) -> &str {
        utf8::valid(row.get(4..).unwrap_or_default()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_named_by_a_part_of_its_row() {
        for id in [None, Some("a é".to_owned())] {
            for facts in [vec![], vec![7, 8, 9]] {
                let doc = Doc {
                    source: 3,
                    record: 5,
                    lines: 6,
                    site: u64::MAX,
                    facts,
                    id: id.clone(),
                    ..Doc::default()
                };
                let mut bytes = Vec::new();
                doc.put(&mut bytes);
                assert_eq!(Name::of(&bytes), Some(doc.into()));
                let cut = bytes.len() - 1;
                assert_eq!(Name::of(&bytes[..cut]), None);
            }
        }
    }

    #[test]
    fn a_brief_document_ends_where_the_whole_one_does() {
        for id in [None, Some("a é".to_owned())] {
            let doc = Doc {
                record: 700,
                paras: 5,
                lines: 6,
                site: 9,
                content: u64::MAX,
                facts: vec![1, 2, 3],
                id,
                ..Doc::default()
            };
            let mut bytes = Vec::new();
            doc.put(&mut bytes);
            let brief = Doc {
                facts: Vec::new(),
                id: None,
                ..doc.clone()
            };
            for cut in 0..=bytes.len() {
                let whole = cut == bytes.len();
                let mut input = &bytes[..cut];
                assert_eq!(Brief::take(&mut input), whole.then(|| Brief(brief.clone())));
                assert!(!whole || input.is_empty());
                assert_eq!(Doc::skip(&mut &bytes[..cut]), whole.then_some(()));
                assert_eq!(Doc::take(&mut &bytes[..cut]), whole.then(|| doc.clone()));
            }
        }
    }
}

//! Compression: told by magic bytes, written as it was read. The only file that names the crates that do it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::bufread::MultiBzDecoder;
use bzip2::write::BzEncoder;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use lzma_rust2::{XzOptions, XzReader, XzWriter};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// zlib's own default, and that of the `gzip` command.
const GZIP_LEVEL: u32 = 6;
/// zstd's own default.
const ZSTD_LEVEL: i32 = 3;
/// The largest window zstd knows. Some public dumps are written with `--long=31`; memory follows the frame's header, not this.
const ZSTD_WINDOW_LOG: u32 = 31;
/// That of the `bzip2` command.
const BZIP2_LEVEL: u32 = 9;
/// Preset of xz. Cleaning takes some 0.1 CPU seconds a megabyte; writing at the command's own preset, 6, takes 1.4 (newswire, in
/// Rust, one thread), at this one 0.14, for a third more bytes (30.1 % of the text instead of 22.8 %). Preset 2 takes 0.39 for 28.4 %.
const XZ_PRESET: u32 = 1;
/// Most memory that an xz stream may ask for, in KiB: its strongest preset asks for 65 MiB.
const XZ_MEMORY: u32 = 1 << 20;
/// Buffer under a decompressor: two blocks of zstd.
const BUFFER: usize = 256 << 10;

/// What any archive may hold, however small it is: it is read in half a minute.
const FREE_EXPANSION: u64 = 256 << 20;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compression {
    /// Not at all.
    Plain,
    /// One or more gzip members.
    Gzip,
    /// One or more zstd frames.
    Zstd,
    /// One or more bzip2 streams.
    Bzip2,
    /// One or more xz streams.
    Xz,
}

impl Compression {
    /// Every one of them.
    pub const ALL: [Compression; 5] = [
        Compression::Plain,
        Compression::Gzip,
        Compression::Zstd,
        Compression::Bzip2,
        Compression::Xz,
    ];
}

/// Archives and formats that would pass for text, by their first bytes.
static FOREIGN: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "zip"),
    #[cfg(not(feature = "parquet"))]
    (b"PAR1", "Parquet (which this program was built without)"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x04\x22\x4d\x18", "lz4"),
];

impl Compression {
    /// Tells by the first bytes; by the name only when there are none.
    pub fn detect(head: &[u8], name: &str) -> Self {
        let skippable =
            head.len() >= 4 && head[0] & 0xf0 == 0x50 && head[1..4] == [0x2a, 0x4d, 0x18];
        let by_name = |extension: &str| {
            head.is_empty()
                && name
                    .rsplit_once('.')
                    .is_some_and(|(_, e)| e.eq_ignore_ascii_case(extension))
        };
        if head.starts_with(b"\x1f\x8b") || by_name("gz") {
            Compression::Gzip
        } else if head.starts_with(b"\x28\xb5\x2f\xfd") || skippable || by_name("zst") {
            Compression::Zstd
        } else if matches!(head, [b'B', b'Z', b'h', b'1'..=b'9', ..]) || by_name("bz2") {
            Compression::Bzip2
        } else if head.starts_with(b"\xfd7zXZ\0") || by_name("xz") {
            Compression::Xz
        } else {
            Compression::Plain
        }
    }

    /// The name without the extension of a compression.
    pub fn strip_extension(name: &str) -> &str {
        let lower = name.to_ascii_lowercase();
        let known = [".gz", ".gzip", ".zst", ".zstd", ".bz2", ".bzip2", ".xz"];
        match known.iter().find(|e| lower.ends_with(*e)) {
            Some(e) => &name[..name.len() - e.len()],
            None => name,
        }
    }

    /// Reads decompressed bytes. An empty file is empty under every compression.
    pub fn decoder<R: Read + Send + 'static>(self, reader: R) -> io::Result<Box<dyn Read + Send>> {
        let reader = BufReader::with_capacity(BUFFER, reader);
        Ok(match self {
            Compression::Plain => Box::new(reader),
            Compression::Gzip => Box::new(MultiGzDecoder::new(reader)),
            Compression::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::with_buffer(reader)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG)?;
                Box::new(decoder)
            }
            Compression::Bzip2 => Box::new(MultiBzDecoder::new(reader)),
            Compression::Xz => Box::new(XzReader::new_mem_limit(reader, true, XZ_MEMORY)),
        })
    }

    /// Writes compressed bytes. They depend on the data only: no time, no name, no thread.
    pub fn encoder<W: Write>(self, writer: W) -> io::Result<Encoder<W>> {
        self.encoder_of(writer, None, ZSTD_LEVEL)
    }

    /// The same for bytes whose number may be known, at another level of zstd.
    pub(crate) fn encoder_of<W: Write>(
        self,
        writer: W,
        size: Option<u64>,
        zstd_level: i32,
    ) -> io::Result<Encoder<W>> {
        Ok(match self {
            Compression::Plain => Encoder::Plain(writer),
            Compression::Gzip => {
                Encoder::Gzip(GzEncoder::new(writer, flate2::Compression::new(GZIP_LEVEL)))
            }
            Compression::Zstd => {
                let mut encoder = zstd::stream::write::Encoder::new(writer, zstd_level)?;
                encoder.include_checksum(true)?;
                encoder.set_pledged_src_size(size)?;
                Encoder::Zstd(encoder)
            }
            Compression::Bzip2 => Encoder::Bzip2(Box::new(BzEncoder::new(
                writer,
                bzip2::Compression::new(BZIP2_LEVEL),
            ))),
            Compression::Xz => {
                let options = XzOptions::with_preset(XZ_PRESET);
                Encoder::Xz(Box::new(XzWriter::new(writer, options)?))
            }
        })
    }
}

/// Opens a file for reading and tells its compression. Refuses archives this program cannot read, and, while they are read,
/// those that become more than `expansion` times as large.
pub(crate) fn reader(
    mut file: File,
    path: &Path,
    name: &str,
    expansion: Option<u32>,
) -> Result<(Compression, Box<dyn Read + Send>)> {
    let io = |e| Error::io(e, path);
    let mut head = Vec::new();
    Read::by_ref(&mut file)
        .take(8)
        .read_to_end(&mut head)
        .map_err(io)?;
    file.rewind().map_err(io)?;
    if let Some((_, kind)) = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Error::input(format!(
            "{kind} data; expected plain, gzip, zstd, bzip2 or xz"
        ))
        .at(path.display().to_string())
        .hint("convert it first"));
    }
    let compression = Compression::detect(&head, name);
    // There is nothing to decompress in an empty file, whatever its name says.
    let decoding = if head.is_empty() {
        Compression::Plain
    } else {
        compression
    };
    let reader = match (decoding, expansion) {
        (Compression::Plain, _) | (_, None) => decoding.decoder(file),
        (_, Some(most)) => Bounded::over(decoding, file, most),
    };
    Ok((compression, reader.map_err(io)?))
}

/// A decompressor that gives up when more comes out than an honest archive holds.
///
/// Text compresses 2 to 4 times, a dump of one template some 20 times; gzip ends at 1,032 times, Zstandard at tens of thousands.
/// Records are bounded without this; what a bomb costs is time and disk, for which somebody else should ask first.
struct Bounded {
    decoder: Box<dyn Read + Send>,
    /// Compressed bytes read so far.
    packed: Arc<AtomicU64>,
    /// Decompressed bytes handed out so far.
    out: u64,
    most: u32,
}

impl Bounded {
    fn over(compression: Compression, file: File, most: u32) -> io::Result<Box<dyn Read + Send>> {
        let packed = Arc::<AtomicU64>::default();
        let counted = Counted(file, packed.clone());
        Ok(Box::new(Bounded {
            decoder: compression.decoder(counted)?,
            packed,
            out: 0,
            most,
        }))
    }
}

impl Read for Bounded {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(bytes)?;
        self.out += read as u64;
        within(self.packed.load(Ordering::Relaxed), self.out, self.most)?;
        Ok(read)
    }
}

/// Gives up where so many compressed bytes have become so many more.
fn within(packed: u64, out: u64, most: u32) -> io::Result<()> {
    if out <= FREE_EXPANSION || out / u64::from(most) <= packed {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::FileTooLarge,
        format!(
            "{packed} compressed bytes have become {out} so far; at most {most} times as many are expected of text"
        ),
    ))
}

/// The same account for a reader that keeps it itself.
#[cfg(feature = "parquet")]
pub(super) struct Expansion {
    packed: u64,
    out: u64,
    most: u32,
}

#[cfg(feature = "parquet")]
impl Expansion {
    pub(super) fn new(most: u32) -> Self {
        Expansion {
            packed: 0,
            out: 0,
            most,
        }
    }

    /// So many compressed bytes are about to be read.
    pub(super) fn packed(&mut self, bytes: u64) {
        self.packed += bytes;
    }

    /// So many bytes have come of them.
    pub(super) fn out(&mut self, bytes: usize) -> io::Result<()> {
        self.out += bytes as u64;
        within(self.packed, self.out, self.most)
    }
}

/// Counts what is read.
struct Counted(File, Arc<AtomicU64>);

impl Read for Counted {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(bytes)?;
        self.1.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A compressing writer; [`Encoder::finish`] ends the stream.
pub enum Encoder<W: Write> {
    /// Passes bytes on.
    Plain(W),
    /// One gzip member.
    Gzip(GzEncoder<W>),
    /// One zstd frame.
    Zstd(zstd::stream::write::Encoder<'static, W>),
    /// One bzip2 stream.
    Bzip2(Box<BzEncoder<W>>),
    /// One xz stream.
    Xz(Box<XzWriter<W>>),
    /// A file that is more than compressed bytes.
    Container(Box<dyn Finish<W> + Send>),
}

/// A writer of files that have an end of their own.
pub trait Finish<W>: Write {
    /// Ends the file and returns the writer under it.
    fn finish(self: Box<Self>) -> io::Result<W>;
}

impl<W: Write> Encoder<W> {
    /// Ends the stream and returns the writer under it.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Encoder::Plain(writer) => Ok(writer),
            Encoder::Gzip(encoder) => encoder.finish(),
            Encoder::Zstd(encoder) => encoder.finish(),
            Encoder::Bzip2(encoder) => encoder.finish(),
            Encoder::Xz(encoder) => encoder.finish(),
            Encoder::Container(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Encoder::Plain(w) => w.write(bytes),
            Encoder::Gzip(w) => w.write(bytes),
            Encoder::Zstd(w) => w.write(bytes),
            Encoder::Bzip2(w) => w.write(bytes),
            Encoder::Xz(w) => w.write(bytes),
            Encoder::Container(w) => w.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Encoder::Plain(w) => w.flush(),
            Encoder::Gzip(w) => w.flush(),
            Encoder::Zstd(w) => w.flush(),
            Encoder::Bzip2(w) => w.flush(),
            Encoder::Xz(w) => w.flush(),
            Encoder::Container(w) => w.flush(),
        }
    }
}

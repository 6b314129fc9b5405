//! Compression: told by magic bytes, written as it was read. The only file that names `flate2` and `zstd`.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// zlib's own default, and that of the `gzip` command.
const GZIP_LEVEL: u32 = 6;
/// zstd's own default.
const ZSTD_LEVEL: i32 = 3;
/// The largest window zstd knows. Some public dumps are written with `--long=31`; memory follows the frame's header, not this.
const ZSTD_WINDOW_LOG: u32 = 31;
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
}

/// Archives and formats that would pass for text, by their first bytes.
static FOREIGN: &[(&[u8], &str)] = &[
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PAR1", "parquet"),
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
        } else {
            Compression::Plain
        }
    }

    /// The name without the extension of a compression.
    pub fn strip_extension(name: &str) -> &str {
        let lower = name.to_ascii_lowercase();
        let known = [".gz", ".gzip", ".zst", ".zstd"];
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
        return Err(
            Error::input(format!("{kind} data; expected plain, gzip or zstd"))
                .at(path.display().to_string())
                .hint("convert it first"),
        );
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
        let packed = self.packed.load(Ordering::Relaxed);
        if self.out > FREE_EXPANSION && self.out / u64::from(self.most) > packed {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!(
                    "{packed} compressed bytes have become {} so far; at most {} times as many are expected of text",
                    self.out, self.most
                ),
            ));
        }
        Ok(read)
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
}

impl<W: Write> Encoder<W> {
    /// Ends the stream and returns the writer under it.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Encoder::Plain(writer) => Ok(writer),
            Encoder::Gzip(encoder) => encoder.finish(),
            Encoder::Zstd(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Encoder::Plain(w) => w.write(bytes),
            Encoder::Gzip(w) => w.write(bytes),
            Encoder::Zstd(w) => w.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Encoder::Plain(w) => w.flush(),
            Encoder::Gzip(w) => w.flush(),
            Encoder::Zstd(w) => w.flush(),
        }
    }
}

//! What form an input has: by its name, else by its first bytes.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::Path;

use wirecopy_formats::codecs::{Codec, codec_of};
use wirecopy_formats::{DELIMITED, Form, LINES};

use super::csv;
use super::error::CorpusError;
use super::file_from::read_full_at;
use super::foreign;
use super::kind::{Compression, Format};
use super::lines::BYTE_ORDER_MARK;
use super::options::ReadOptions;
use super::row;

/// Bytes that show the form: a header line, however many columns it has.
pub(super) const HEAD_BYTES: usize = 64 << 10;

/// The form that a file's name shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Named {
    /// `.jsonl`, `.ndjson`, `.jsonlines`.
    JsonLines,
    /// `.json`: JSON Lines, or one value, which is not read.
    Json,
    /// `.csv`.
    Csv,
    /// `.tsv`.
    Tsv,
    /// `.txt`, `.text`, `.md`.
    Text,
    /// No extension at all: a text where texts are expected.
    Bare,
    /// Another extension.
    Other,
}

/// Form and compression by the name of a file.
pub(super) fn by_name(path: &Path) -> (Named, Compression) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    let (stem, compression) = match name.rsplit_once('.') {
        Some((stem, "gz" | "gzip")) => (stem, Compression::Gzip),
        Some((stem, "zst" | "zstd")) => (stem, Compression::Zstd),
        Some((stem, extension)) => match by_extension(extension) {
            Some(codec) => (stem, Compression::Other(codec)),
            None => (name.as_str(), Compression::None),
        },
        None => (name.as_str(), Compression::None),
    };
    let named = match stem.rsplit_once('.') {
        Some((_, "jsonl" | "ndjson" | "jsonlines")) => Named::JsonLines,
        Some((_, "json")) => Named::Json,
        Some((_, "csv")) => Named::Csv,
        Some((_, "tsv")) => Named::Tsv,
        Some((_, "txt" | "text" | "md")) => Named::Text,
        None => Named::Bare,
        Some(_) => Named::Other,
    };
    (named, compression)
}

/// The codec of an extension in small letters.
fn by_extension(extension: &str) -> Option<Codec> {
    use Codec::{Brotli, Bzip2, Compress, Lz4, Lzip, Lzma, Xz};
    let codecs = [Brotli, Bzip2, Compress, Lz4, Lzip, Lzma, Xz];
    let is_of = |codec: &Codec| codec.extensions().contains(&extension);
    codecs.into_iter().find(is_of)
}

/// How a file is compressed, by its first bytes or else its name.
pub(super) fn compression(path: &Path) -> io::Result<Compression> {
    let mut first = [0; 16];
    let length = read_full_at(&File::open(path)?, &mut first, 0)?;
    Ok(match Compression::of(&first[..length]) {
        Compression::None => by_name(path).1,
        found => found,
    })
}

/// A file's path without what its name says of compression.
pub(super) fn decoded_name(path: &Path) -> Cow<'_, Path> {
    match by_name(path).1 {
        Compression::None => Cow::Borrowed(path),
        _ => Cow::Owned(path.with_extension("")),
    }
}

impl Compression {
    /// The compression that the first bytes show.
    pub fn of(head: &[u8]) -> Compression {
        // RFC 1952, section 2.3.1, and RFC 8878, section 3.1.1.
        match head {
            [0x1F, 0x8B, ..] => Compression::Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Compression::Zstd,
            _ => match codec_of(Path::new(""), head) {
                Some(codec) => Compression::Other(codec),
                None => Compression::None,
            },
        }
    }
}

/// The format of decoded bytes, by the name of their file and by how they begin.
pub(super) fn format(
    named: Named,
    head: &[u8],
    options: &ReadOptions,
    path: &Path,
) -> Result<Format, CorpusError> {
    let unknown = |found: &str| CorpusError::UnknownFormat {
        path: path.to_path_buf(),
        found: found.to_owned(),
    };
    let unread = |found: String| CorpusError::unread(path, found);
    let body = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    if named == Named::Text {
        return Ok(Format::TextFolder);
    }
    if let Some(foreign) = foreign::of(path, head) {
        return Err(unread(foreign.says(path)));
    }
    let first = body.trim_ascii_start().first();
    match named {
        Named::Text => Ok(Format::TextFolder),
        Named::Csv => Ok(csv_format(None, body, options)),
        Named::Tsv => Ok(csv_format(Some(b'\t'), body, options)),
        Named::JsonLines | Named::Json => Ok(Format::JsonLines),
        Named::Bare | Named::Other => {
            if matches!(first, None | Some(b'{')) {
                return Ok(Format::JsonLines);
            }
            let csv = csv_format(None, body, options);
            if csv::header_names_text(body, csv, options) {
                Ok(csv)
            } else if let Some(foreign) = foreign::by_name(path) {
                Err(unread(foreign.says(path)))
            } else if is_binary(body) {
                Err(unknown(UNKNOWN_BYTES))
            } else {
                Err(unknown(
                    "found neither JSON nor a header line that names a text field",
                ))
            }
        }
    }
}

/// What is said of bytes that are no text of any kind.
pub(super) const UNKNOWN_BYTES: &str = "found bytes that are no text";

/// Whether bytes are no text: a NUL among them, or control characters in what is not UTF-8 either.
pub(super) fn is_binary(head: &[u8]) -> bool {
    let control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t'..=b'\r' | 0x1B);
    // A character that the end of the head cuts is no fault.
    let is_text =
        std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    head.contains(&0) || (!is_text && head.iter().any(control))
}

fn csv_format(by_name: Option<u8>, body: &[u8], options: &ReadOptions) -> Format {
    let delimiter = options
        .delimiter
        .or(row::names_begin(body).1)
        .or(by_name)
        .unwrap_or_else(|| row::likely_delimiter(body));
    Format::Csv { delimiter }
}

/// Whether a file that could be read where it lies is converted all the same: its texts are HTML, or it is a table with other quotes or
/// without names. `head` is UTF-8.
pub(super) fn must_convert(
    format: Format,
    path: &Path,
    head: &[u8],
    options: &ReadOptions,
) -> bool {
    let is_table = matches!(format, Format::Csv { .. });
    options.html || is_table && wirecopy_formats::is_unusual(path, head, options.delimiter)
}

/// What converts a file that could be read where it lies.
pub(super) fn convertible(format: Format) -> &'static Form {
    match format {
        Format::Csv { .. } => &DELIMITED,
        _ => &LINES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_show_form_and_compression() {
        for (name, expected) in [
            ("a/day.JSONL", (Named::JsonLines, Compression::None)),
            ("day.json.gz", (Named::Json, Compression::Gzip)),
            ("day.ndjson.zstd", (Named::JsonLines, Compression::Zstd)),
            ("day.tsv.zst", (Named::Tsv, Compression::Zstd)),
            ("day.2023.csv", (Named::Csv, Compression::None)),
            ("page.md", (Named::Text, Compression::None)),
            ("page", (Named::Bare, Compression::None)),
            ("day.gz", (Named::Bare, Compression::Gzip)),
            (
                "day.jsonl.xz",
                (Named::JsonLines, Compression::Other(Codec::Xz)),
            ),
            (
                "day.csv.BZ2",
                (Named::Csv, Compression::Other(Codec::Bzip2)),
            ),
            ("day.pdf", (Named::Other, Compression::None)),
        ] {
            assert_eq!(by_name(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn content_decides_where_the_name_does_not() {
        let options = ReadOptions::default();
        let format = |head: &[u8]| format(Named::Other, head, &options, Path::new("x"));
        assert_eq!(format(b"\xEF\xBB\xBF {\"a\"").unwrap(), Format::JsonLines);
        assert_eq!(format(b"").unwrap(), Format::JsonLines);
        assert_eq!(
            format(b"id;text\n1;a, b\n").unwrap(),
            Format::Csv { delimiter: b';' }
        );
        let said = |head: &[u8]| format(head).unwrap_err().to_string();
        assert!(said(b"%PDF-1.4\0").contains("pdftotext"));
        assert!(said(b"\x01\0").contains("no text"));
        assert!(said(b"hello world").contains("neither JSON nor"));
    }
}

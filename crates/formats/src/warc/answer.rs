//! What a server sent: headers, and a page in one piece or in chunks, compressed or not.

use std::borrow::Cow;
use std::io::Read;

use crate::headers::Headers;
use crate::html;

/// Longest page, decompressed. Crawlers cut them at 1 MB or 5 MB.
const LONGEST: u64 = 16 << 20;

/// What a server's frame of Zstandard may look back on, as a power of two: 8 MB (RFC 9659).
const WINDOW_LOG: u32 = 23;

/// A page as it was sent.
pub(super) struct Answer<'a> {
    pub(super) body: Cow<'a, [u8]>,
    /// The encoding that its server named.
    pub(super) charset: Option<String>,
    /// What could not be read of it.
    pub(super) trouble: Option<String>,
}

impl<'a> Answer<'a> {
    /// An answer, if it is a page that was found.
    ///
    /// # Errors
    ///
    /// If it may be a page, and cannot be read.
    pub(super) fn read(block: &'a [u8]) -> Result<Option<Answer<'a>>, String> {
        let Some((headers, start)) = Headers::read(block) else {
            return Err("an answer whose headers do not end".to_owned());
        };
        // `HTTP/1.1 200 OK`, `HTTP/2 200`
        let is_found = headers.first.split_whitespace().nth(1) == Some("200");
        let kind = headers.kind("content-type");
        if !is_found || !kind.is_empty() && !super::is_page(&kind) {
            return Ok(None);
        }
        let mut body = Cow::Borrowed(&block[start..]);
        let is_chunked = |name| {
            headers
                .get(name)
                .is_some_and(|how| how.to_ascii_lowercase().contains("chunked"))
        };
        if is_chunked("transfer-encoding")
            && let Some(joined) = joined(&body)
        {
            body = Cow::Owned(joined);
        }
        let mut trouble = None;
        let how = headers.kind("content-encoding");
        for how in how.split(',').rev().map(str::trim) {
            let Some(done) = decompressed(how, &body) else {
                continue;
            };
            let (whole, bytes) = done?;
            if !whole {
                trouble = Some(format!(
                    "a page whose {how} is damaged or too long: it is read up to there"
                ));
            }
            body = Cow::Owned(bytes);
        }
        if kind.is_empty() && !html::begins_as_page(&body) {
            return Ok(None);
        }
        Ok(Some(Answer {
            body,
            charset: headers
                .parameter("content-type", "charset")
                .map(str::to_owned),
            trouble,
        }))
    }
}

/// The chunks of a body as one; nothing if it has none: archives join them, and leave the header.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let (mut joined, mut rest) = (Vec::with_capacity(body.len()), body);
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(256)]);
        let line = end.and_then(|end| std::str::from_utf8(&rest[..end]).ok());
        let digits = line.and_then(|line| line.split(';').next()).map(str::trim);
        let length = digits.and_then(|digits| usize::from_str_radix(digits, 16).ok());
        match (length, end) {
            (Some(0), _) => return Some(joined),
            (Some(length), Some(end)) => {
                let chunk = &rest[end + 1..];
                let length = length.min(chunk.len());
                joined.extend_from_slice(&chunk[..length]);
                rest = chunk[length..].trim_ascii_start();
            }
            // Crawlers cut long answers.
            _ if rest.is_empty() && !joined.is_empty() => return Some(joined),
            _ => return None,
        }
    }
}

/// Whether a body came to its end, and what it holds; nothing if it is not compressed in fact.
type Decompressed = Result<(bool, Vec<u8>), String>;

fn decompressed(how: &str, body: &[u8]) -> Option<Decompressed> {
    // Archives decompress answers, too, and leave the header.
    let is_page = html::begins_as_page(body);
    Some(match how {
        _ if is_page => return None,
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            read_all(flate2::read::MultiGzDecoder::new(body))
        }
        "deflate" => {
            let with_head = read_all(flate2::read::ZlibDecoder::new(body));
            match &with_head {
                Ok((_, bytes)) if !bytes.is_empty() => with_head,
                _ => read_all(flate2::read::DeflateDecoder::new(body)),
            }
        }
        "br" => read_all(brotli_decompressor::Decompressor::new(body, 4096)),
        "zstd" => match zstd::Decoder::with_buffer(body) {
            Ok(mut decoder) => match decoder.window_log_max(WINDOW_LOG) {
                Ok(()) => read_all(decoder),
                Err(error) => Err(error.to_string()),
            },
            Err(error) => Err(error.to_string()),
        },
        "compress" | "x-compress" | "dcb" | "dcz" => {
            Err(format!("a page compressed by {how}, which is not read"))
        }
        _ => return None,
    })
}

fn read_all(reader: impl Read) -> Decompressed {
    let mut bytes = Vec::new();
    let result = reader.take(LONGEST).read_to_end(&mut bytes);
    let is_whole = result.is_ok() && (bytes.len() as u64) < LONGEST;
    match result {
        Err(error) if bytes.is_empty() => {
            Err(format!("a page that cannot be decompressed: {error}"))
        }
        _ => Ok((is_whole, bytes)),
    }
}

//! Files that are not UTF-8: in which encoding they are, and the same as UTF-8.
//!
//! It is decided by file, over all of its bytes where they are at hand: one record in windows-1252 that happens to have no accent is no
//! UTF-8, and to reject the others would leave a corpus of those without accents.

use std::borrow::Cow;

use wirecopy_formats::encoding::{self, Charset, Hints};

use super::error::CorpusError;
use super::options::ReadOptions;
use super::spool::Spool;

fn hints(options: &ReadOptions) -> Hints<'static> {
    Hints {
        asked: options.encoding,
        ..Hints::default()
    }
}

fn is_utf8(charset: Charset) -> bool {
    charset.name() == "UTF-8"
}

/// The encoding of a file, by its first bytes, if it is one in which not even line ends are what they are in UTF-8.
pub(super) fn wide(head: &[u8], options: &ReadOptions) -> Option<Charset> {
    let is_marked = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    if !is_marked && !head.contains(&0) {
        return None;
    }
    // Half a character at the end is no fault of a head.
    let head = &head[..head.len() - head.len() % 4];
    let charset = encoding::decide(head, &hints(options)).charset;
    charset
        .name()
        .starts_with("UTF-")
        .then_some(charset)
        .filter(|charset| !is_utf8(*charset))
}

/// The encoding of some bytes; nothing where they are UTF-8, all or nearly all, but for a character that the end cuts.
pub(super) fn of(bytes: &[u8], options: &ReadOptions) -> Option<Charset> {
    if let Some(asked) = options.encoding {
        return Some(asked).filter(|charset| !is_utf8(*charset));
    }
    if simdutf8::basic::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return None;
    }
    if std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none()) {
        return None;
    }
    let charset = encoding::decide(bytes, &hints(options)).charset;
    (!is_utf8(charset)).then_some(charset)
}

/// The beginning of a file as UTF-8.
pub(super) fn head(bytes: &[u8], charset: Charset) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    let done: Result<usize, std::convert::Infallible> =
        encoding::to_utf8(bytes, charset, &mut |piece| {
            text.extend_from_slice(piece);
            Ok(())
        });
    let Ok(_) = done;
    text
}

/// Writes a file as UTF-8 into a spool. Gives how many characters were replaced, as their bytes mean nothing.
pub(super) fn spool(
    bytes: &[u8],
    charset: Charset,
    spool: &mut Spool,
) -> Result<usize, CorpusError> {
    encoding::to_utf8(bytes, charset, &mut |piece| spool.write(piece))
}

/// A text as UTF-8, and the name of its encoding if it is another one.
pub(super) fn text(bytes: Vec<u8>, options: &ReadOptions) -> (Vec<u8>, Option<&'static str>) {
    if options.encoding.is_some_and(is_utf8) {
        return (bytes, None); // what is none is said where it is read
    }
    if options.encoding.is_none()
        && simdutf8::basic::from_utf8(&bytes).is_ok()
        && !bytes.contains(&0)
    {
        return (bytes, None);
    }
    let decoded = encoding::decode(&bytes, &hints(options));
    if decoded.encoding == "UTF-8" && decoded.replaced == 0 {
        return (bytes, None);
    }
    let name = Some(decoded.encoding);
    match decoded.text {
        Cow::Owned(text) => (text.into_bytes(), name),
        Cow::Borrowed(_) => (bytes, name),
    }
}

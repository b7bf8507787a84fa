//! Bytes of a known encoding as UTF-8, in pieces or at once.

use std::borrow::Cow;
use std::convert::Infallible;

use encoding_rs::{DecoderResult, Encoding};

use super::charset::Charset;

/// Bytes of UTF-8 that are handed over at once.
const PIECE: usize = 64 << 10;

const REPLACEMENT: &str = "\u{fffd}";

/// A file as UTF-8, in pieces, without its byte order mark. Says at how many places U+FFFD stands for bytes that mean nothing.
///
/// # Errors
///
/// What the sink said.
pub fn to_utf8<E>(
    bytes: &[u8],
    charset: Charset,
    sink: &mut dyn FnMut(&[u8]) -> Result<(), E>,
) -> Result<usize, E> {
    let bytes = match bom(bytes) {
        Some((own, length)) if own == charset => &bytes[length..],
        _ => bytes,
    };
    match charset {
        Charset::Browser(encoding) if encoding == encoding_rs::UTF_8 => utf8(bytes, sink),
        Charset::Browser(encoding) => by_decoder(bytes, encoding, sink),
        Charset::Utf32Le => utf32(bytes, u32::from_le_bytes, sink),
        Charset::Utf32Be => utf32(bytes, u32::from_be_bytes, sink),
        Charset::Ibm437 | Charset::Ibm850 => {
            let characters = bytes.iter().map(|byte| charset.character(*byte));
            by_character(characters, sink)
        }
    }
}

/// A file as UTF-8 at once, and the places where bytes meant nothing.
pub(super) fn all(bytes: &[u8], charset: Charset) -> (Cow<'_, str>, usize) {
    let own = bom(bytes).filter(|(own, _)| *own == charset);
    let rest = &bytes[own.map_or(0, |(_, length)| length)..];
    if charset == Charset::UTF_8
        && let Ok(text) = std::str::from_utf8(rest)
    {
        return (Cow::Borrowed(text), 0);
    }
    let mut text = Vec::with_capacity(rest.len() + rest.len() / 8);
    let done = to_utf8::<Infallible>(bytes, charset, &mut |piece| {
        text.extend_from_slice(piece);
        Ok(())
    });
    let Ok(replaced) = done;
    let text = String::from_utf8(text).expect("pieces are UTF-8");
    (Cow::Owned(text), replaced)
}

/// The encoding that a byte order mark names, and the length of the mark.
pub(super) fn bom(bytes: &[u8]) -> Option<(Charset, usize)> {
    // The mark of UTF-32 begins as that of UTF-16 does; a text in UTF-16 does not begin with a zero.
    match bytes {
        [0xff, 0xfe, 0, 0, ..] if bytes.len().is_multiple_of(4) => Some((Charset::Utf32Le, 4)),
        [0, 0, 0xfe, 0xff, ..] => Some((Charset::Utf32Be, 4)),
        [0xef, 0xbb, 0xbf, ..] => Some((Charset::UTF_8, 3)),
        [0xff, 0xfe, ..] => Some((Charset::UTF_16LE, 2)),
        [0xfe, 0xff, ..] => Some((Charset::UTF_16BE, 2)),
        _ => None,
    }
}

/// UTF-8, bytes that are none replaced: what is good is handed over where it lies.
fn utf8<E>(bytes: &[u8], sink: &mut dyn FnMut(&[u8]) -> Result<(), E>) -> Result<usize, E> {
    let mut replaced = 0;
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_empty() {
            sink(chunk.valid().as_bytes())?;
        }
        if !chunk.invalid().is_empty() {
            replaced += 1;
            sink(REPLACEMENT.as_bytes())?;
        }
    }
    Ok(replaced)
}

fn by_decoder<E>(
    bytes: &[u8],
    encoding: &'static Encoding,
    sink: &mut dyn FnMut(&[u8]) -> Result<(), E>,
) -> Result<usize, E> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut piece = vec![0; PIECE];
    let (mut rest, mut replaced) = (bytes, 0);
    loop {
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(rest, &mut piece, true);
        rest = &rest[read..];
        sink(&piece[..written])?;
        match result {
            DecoderResult::InputEmpty => return Ok(replaced),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                replaced += 1;
                sink(REPLACEMENT.as_bytes())?;
            }
        }
    }
}

fn utf32<E>(
    bytes: &[u8],
    number: fn([u8; 4]) -> u32,
    sink: &mut dyn FnMut(&[u8]) -> Result<(), E>,
) -> Result<usize, E> {
    let characters = bytes.chunks(4).map(|four| {
        let four = <[u8; 4]>::try_from(four).ok();
        four.and_then(|four| char::from_u32(number(four)))
    });
    by_character(characters, sink)
}

fn by_character<E>(
    characters: impl Iterator<Item = Option<char>>,
    sink: &mut dyn FnMut(&[u8]) -> Result<(), E>,
) -> Result<usize, E> {
    let mut piece = String::with_capacity(PIECE + 4);
    let mut replaced = 0;
    for character in characters {
        replaced += usize::from(character.is_none());
        piece.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
        if piece.len() >= PIECE {
            sink(piece.as_bytes())?;
            piece.clear();
        }
    }
    sink(piece.as_bytes())?;
    Ok(replaced)
}

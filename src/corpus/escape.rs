//! The text of a JSON string: its escapes replaced, into a buffer that is used again.
//!
//! The string has been checked by `serde_json` before, except for one thing: an escape may still
//! be half a surrogate pair, which is no character.

use memchr::memchr;

/// Half a surrogate pair.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct LoneSurrogate;

/// The text of a JSON string with its quotes. Borrowed where there is no escape in it.
pub(super) fn unescape<'a>(raw: &'a str, buffer: &'a mut String) -> Result<&'a str, LoneSurrogate> {
    let body = raw
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(raw);
    let Some(first) = memchr(b'\\', body.as_bytes()) else {
        return Ok(body);
    };
    buffer.clear();
    buffer.reserve(body.len()); // an escape is never shorter than what it stands for
    let (mut rest, mut next) = (body, first);
    loop {
        buffer.push_str(&rest[..next]);
        rest = &rest[next..];
        // Often two stand together, as at the end of a paragraph.
        while rest.as_bytes().first() == Some(&b'\\') {
            let (character, length) = decode(rest)?;
            buffer.push(character);
            rest = &rest[length..];
        }
        match memchr(b'\\', rest.as_bytes()) {
            Some(at) => next = at,
            None => {
                buffer.push_str(rest);
                return Ok(buffer);
            }
        }
    }
}

/// The character that an escape stands for, and the escape's length.
fn decode(escape: &str) -> Result<(char, usize), LoneSurrogate> {
    let character = match escape.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => return decode_unicode(escape),
        Some(&other) => char::from(other),
        None => return Err(LoneSurrogate),
    };
    Ok((character, 2))
}

fn decode_unicode(escape: &str) -> Result<(char, usize), LoneSurrogate> {
    let first = hex(escape, 2).ok_or(LoneSurrogate)?;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, 6));
    }
    let second = if escape.as_bytes().get(6..8) == Some(b"\\u") {
        hex(escape, 8)
    } else {
        None
    };
    match second {
        Some(low @ 0xDC00..0xE000) if first < 0xDC00 => {
            let code = 0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00);
            Ok((char::from_u32(code).ok_or(LoneSurrogate)?, 12))
        }
        _ => Err(LoneSurrogate),
    }
}

/// Four hexadecimal digits at a place.
fn hex(text: &str, at: usize) -> Option<u32> {
    let digits = text.as_bytes().get(at..at + 4)?;
    let value = digits.iter().fold(0, |value, &digit| {
        // The letters stand 9 above the lower half of their codes.
        value << 4 | u32::from((digit & 0xf) + 9 * (digit >> 6))
    });
    digits.iter().all(u8::is_ascii_hexdigit).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The definition is serde_json's own string reader.
        #[test]
        fn equals_serde_json(parts in prop::collection::vec(
            prop_oneof![
                "[^\"\\\\\u{0}-\u{1f}]{0,9}",
                "\\\\[nrtbf/\"\\\\]",
                "\\\\u[0-9a-fA-F]{4}",
                "\\\\u[dD][89abAB][0-9a-f]{2}\\\\u[dD][c-fC-F][0-9a-f]{2}",
            ], 0..12))
        {
            let raw = format!("\"{}\"", parts.concat());
            let mut buffer = String::from("left over");
            let ours = unescape(&raw, &mut buffer).ok();
            prop_assert_eq!(ours.map(str::to_owned), serde_json::from_str::<String>(&raw).ok());
        }
    }

    #[test]
    fn nothing_is_copied_without_an_escape() {
        let raw = "\"plain – text\"";
        let mut buffer = String::new();
        let text = unescape(raw, &mut buffer).unwrap();
        assert_eq!(text.as_ptr(), raw[1..].as_ptr());
        assert_eq!(buffer.capacity(), 0);
    }
}

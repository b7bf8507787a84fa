//! The encoding of a file, decided over all of its bytes, and the file as UTF-8.
//!
//! What is sure comes first: a byte order mark, bytes that are UTF-8, zeros at every other place. Then what the file or its server
//! says of itself, if the bytes agree. Only then is it guessed, by what is probable in a text: [chardetng] for everything that
//! browsers read, and a count of our own for texts of DOS and of old Macs.
//!
//! A file of UTF-8 with some bytes that are none is UTF-8: to read it as windows-1252 would damage all of it.
//!
//! [chardetng]: https://docs.rs/chardetng

mod charset;
mod evidence;
mod transcode;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

pub use charset::Charset;
pub use transcode::to_utf8;

/// What is known of a file beside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// What was asked for. It is followed whatever the bytes are.
    pub asked: Option<Charset>,
    /// The name of an encoding that came with the file, as in the header of an answer. It is followed if the bytes agree.
    pub declared: Option<&'a str>,
    /// The host it came from: pages of `.ru` and `.gr` are guessed with other chances. Empty if not known.
    pub host: &'a str,
}

/// Why a file was read in an encoding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum How {
    /// All or nearly all of its bytes are UTF-8.
    Utf8,
    /// It begins with a byte order mark.
    Bom,
    /// It was asked for.
    Asked,
    /// The file or its server says so, and the bytes agree.
    Declared,
    /// By what is probable.
    Detected,
}

/// The encoding of a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Choice {
    /// Which one.
    pub charset: Charset,
    /// Why.
    pub how: How,
}

/// A file as UTF-8.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark; borrowed if the file is UTF-8.
    pub text: Cow<'a, str>,
    /// The name of the encoding, as browsers write it: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// Why this one.
    pub how: How,
    /// Places where bytes meant nothing in this encoding, and U+FFFD stands now.
    pub replaced: usize,
}

/// A file as UTF-8, at once.
pub fn decode<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Decoded<'a> {
    let choice = decide(bytes, hints);
    let (text, replaced) = transcode::all(bytes, choice.charset);
    Decoded {
        text,
        encoding: choice.charset.name(),
        how: choice.how,
        replaced,
    }
}

/// The encoding of a file, by all of its bytes.
pub fn decide(bytes: &[u8], hints: &Hints<'_>) -> Choice {
    let choice = |charset, how| Choice { charset, how };
    if let Some(charset) = hints.asked {
        return choice(charset, How::Asked);
    }
    if let Some((charset, _)) = transcode::bom(bytes) {
        return choice(charset, How::Bom);
    }
    if let Some(charset) = evidence::wide(bytes) {
        return choice(charset, How::Detected);
    }
    let utf8 = evidence::Utf8::of(bytes);
    let in_head = evidence::declared(bytes);
    let declared = [hints.declared, in_head.as_deref()];
    let mut declared = declared.into_iter().flatten().filter_map(Charset::named);
    if utf8.is_whole() {
        // Seven bits in which escapes change what the bytes mean.
        return match evidence::is_iso_2022_jp(bytes) {
            true => choice(Charset::ISO_2022_JP, How::Detected),
            false => choice(Charset::UTF_8, How::Utf8),
        };
    }
    if utf8.is_meant() {
        return choice(Charset::UTF_8, How::Utf8);
    }
    if let Some(charset) = declared.find(|charset| evidence::fits(bytes, *charset)) {
        return choice(charset, How::Declared);
    }
    choice(guess(bytes, hints.host), How::Detected)
}

/// What is most probable, for bytes that are no UTF-8.
fn guess(bytes: &[u8], host: &str) -> Charset {
    if let Some(old) = evidence::dos_or_mac(bytes) {
        return old;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let top = host.rsplit('.').next().unwrap_or_default();
    // The detector panics at what can be no end of a host's name.
    let top = (top.len() < host.len()
        && !top.is_empty()
        && top.bytes().all(|byte| byte.is_ascii_lowercase()))
    .then_some(top.as_bytes());
    let charset = Charset::from(detector.guess(top, Utf8Detection::Deny));
    match evidence::fits(bytes, charset) {
        true => charset,
        false => Charset::WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests;

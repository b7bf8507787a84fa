//! What the bytes of a file say of its encoding.

use encoding_rs::DecoderResult;

use super::charset::Charset;

/// A declaration stands within so many bytes. Browsers look at 1,024; pages that begin with a program have it later.
const HEAD: usize = 16 << 10;

/// Sequences of UTF-8 in a file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Utf8 {
    /// Characters of two bytes or more.
    good: usize,
    /// Runs of bytes that are none.
    bad: usize,
}

impl Utf8 {
    pub(super) fn of(bytes: &[u8]) -> Utf8 {
        let mut found = Utf8::default();
        let bytes = match std::str::from_utf8(bytes) {
            Ok(_) => return found,
            // The last letter of a beginning may be cut.
            Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
                &bytes[..error.valid_up_to()]
            }
            Err(_) => bytes,
        };
        for chunk in bytes.utf8_chunks() {
            found.bad += usize::from(!chunk.invalid().is_empty());
            let valid = chunk.valid().as_bytes().iter();
            // The first byte of every character beyond ASCII.
            found.good += valid.filter(|byte| **byte >= 0xc0).count();
        }
        found
    }

    pub(super) fn is_whole(self) -> bool {
        self.bad == 0
    }

    /// Whether the file is UTF-8 with some damage. Bytes of another encoding are good UTF-8 by chance only: a Latin one has hardly
    /// two letters beyond ASCII in a row, and of double bytes of Chinese, Japanese and Korean at most one in three is.
    pub(super) fn is_meant(self) -> bool {
        self.good > 2 * self.bad
    }
}

/// UTF-16 or UTF-32 without a mark: zeros stand at places of one kind only, and what the bytes mean then is text.
pub(super) fn wide(bytes: &[u8]) -> Option<Charset> {
    let looked_at = &bytes[..bytes.len().min(HEAD) & !3];
    let mut zeros = [0; 4];
    for four in looked_at.chunks_exact(4) {
        for (zeros, byte) in zeros.iter_mut().zip(four) {
            *zeros += usize::from(*byte == 0);
        }
    }
    let fours = looked_at.len() / 4;
    let [first, second, third, fourth] = zeros;
    if fours == 0 || zeros.iter().sum::<usize>() == 0 {
        return None;
    }
    // No character is above 10FFFF.
    if fourth == fours && third * 20 >= fours * 19 && first * 4 < fours {
        return Some(Charset::Utf32Le);
    }
    if first == fours && second * 20 >= fours * 19 && fourth * 4 < fours {
        return Some(Charset::Utf32Be);
    }
    // A text of single bytes with a zero here and there; wide letters have a control or worse at every other place.
    let is_control = |byte: &&u8| **byte < b' ' && !byte.is_ascii_whitespace();
    let controls = looked_at.iter().filter(is_control).count();
    if controls * 10 < looked_at.len() && Utf8::of(looked_at).is_whole() {
        return None;
    }
    let [little, big] = [Charset::UTF_16LE, Charset::UTF_16BE].map(|charset| {
        let text = super::transcode::all(looked_at, charset).0;
        (charset, usual(&text))
    });
    let (better, worse) = match little.1 >= big.1 {
        true => (little, big),
        false => (big, little),
    };
    (better.1 * 50 >= fours && better.1 > 4 * worse.1).then_some(better.0)
}

/// Characters of ASCII, and signs that stand in every text of Chinese and Japanese. None if it has controls, as no text has.
fn usual(text: &str) -> usize {
    let is_odd = |c: char| c.is_control() && !c.is_whitespace() || c == '\u{fffd}';
    // Letters of one order of bytes are never these in the other: `а` in Cyrillic would be U+3004.
    let is_usual = |c: char| matches!(c, '\n' | ' '..='~' | '\u{3001}' | '\u{3002}' | '\u{ff0c}');
    let (mut odd, mut usual, mut all) = (0, 0, 0);
    for character in text.chars() {
        odd += usize::from(is_odd(character));
        usual += usize::from(is_usual(character));
        all += 1;
    }
    match odd * 100 <= all {
        true => usual,
        false => 0,
    }
}

/// Whether bytes are Japanese in seven bits: an escape to double bytes, and one back.
pub(super) fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let has = |escape: &[u8]| memchr::memmem::find(bytes, escape).is_some();
    memchr::memchr(0x1b, bytes).is_some()
        && (has(b"\x1b$B") || has(b"\x1b$@"))
        && (has(b"\x1b(B") || has(b"\x1b(J"))
        && fits(bytes, Charset::ISO_2022_JP)
}

/// Whether bytes mean something in an encoding, all but one in a thousand of those beyond ASCII.
pub(super) fn fits(bytes: &[u8], charset: Charset) -> bool {
    // What was said to be UTF-16 in letters of one byte is not.
    if !charset.holds_ascii() && charset != Charset::ISO_2022_JP {
        return false;
    }
    let Charset::Browser(encoding) = charset else {
        return true;
    };
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let allowed = 1 + beyond / 1000;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut piece = [0; 16 << 10];
    let (mut rest, mut wrong) = (bytes, 0);
    loop {
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(rest, &mut piece, true);
        rest = &rest[read..];
        // C2 80 to C2 9F: controls, which windows-1252 gives to bytes without a character.
        let controls = memchr::memchr_iter(0xc2, &piece[..written])
            .filter(|at| matches!(piece[..written].get(at + 1), Some(0x80..=0x9f)));
        wrong += controls.count();
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => wrong += 1,
        }
        if wrong > allowed {
            return false;
        }
    }
    wrong <= allowed
}

/// The encoding that a page or an XML file names in its head.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let head = &head[start..];
    if head[0] != b'<' {
        return None;
    }
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', &head[from..]) {
        let tag = &head[from + at..];
        let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        let tag = &tag[..end];
        let begins = |name: &[u8]| {
            tag.get(..name.len())
                .is_some_and(|b| b.eq_ignore_ascii_case(name))
        };
        let name = match () {
            () if begins(b"<?xml") => value_of(tag, b"encoding"),
            () if begins(b"<meta") => value_of(tag, b"charset"),
            () => None,
        };
        if name.is_some() {
            return name;
        }
        from += at + 1;
    }
    None
}

/// What stands behind `name=`, quoted or not.
fn value_of(tag: &[u8], name: &[u8]) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = memchr::memmem::find(&lower, name)? + name.len();
    let rest = lower[at..].trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or(rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
    let name: Vec<u8> = rest.iter().copied().take_while(is_name).take(40).collect();
    String::from_utf8(name).ok().filter(|name| !name.is_empty())
}

/// DOS or an old Mac: encodings that no browser looks for, and that texts of archives have.
///
/// Each one is read with its own letters: a letter beside letters, a quotation mark before a word or behind one speak for it, a sign
/// or a capital inside a word against it. It must win by far, against windows-1252 and all that is no Latin script.
pub(super) fn dos_or_mac(bytes: &[u8]) -> Option<Charset> {
    /// More do not change the decision.
    const ENOUGH: usize = 4096;
    let candidates = [
        Charset::WINDOWS_1252,
        Charset::MACINTOSH,
        Charset::Ibm850,
        Charset::Ibm437,
    ];
    let tables = candidates.map(|charset| {
        let upper: Vec<Option<char>> = (128..=255).map(|byte| charset.character(byte)).collect();
        upper
    });
    let (mut scores, mut seen) = ([0_i64; 4], 0_i64);
    let places = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| !byte.is_ascii());
    for (at, byte) in places.take(ENOUGH) {
        let before = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .copied();
        let after = bytes.get(at + 1).copied();
        seen += 1;
        for (score, table) in scores.iter_mut().zip(&tables) {
            *score += speaks(table[usize::from(*byte - 128)], before, after);
        }
    }
    let (best, score) = (1..4)
        .map(|n| (n, scores[n]))
        .max_by_key(|(n, score)| (*score, 4 - n))?;
    // Both DOS pages have the same letters at the same places, mostly: 850 is the later one, and has more of them.
    let is_clear = score * 10 >= seen * 7 && (score - scores[0]) * 2 >= seen;
    is_clear.then_some(candidates[best])
}

/// What a character between two bytes says: 1 for, -1 or -2 against its encoding.
fn speaks(character: Option<char>, before: Option<u8>, after: Option<u8>) -> i64 {
    let is_letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
    let is_lower = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase());
    let beside = is_letter(before) || is_letter(after);
    let inside = is_letter(before) && is_letter(after);
    match character {
        None => -2,
        Some(c) if c.is_control() => -2,
        // Greek letters of page 437 are signs of formulas.
        Some(c) if c.is_lowercase() && c < '\u{250}' => i64::from(beside),
        Some(c) if c.is_uppercase() && c < '\u{250}' => match is_lower(before) {
            true => -1,
            false => i64::from(is_letter(after)),
        },
        Some('’') => i64::from(beside),
        Some('“' | '„' | '«' | '‘' | '»' | '”' | '‹' | '›') => match inside {
            true => -1,
            false => i64::from(beside || before == Some(b' ')),
        },
        Some('–' | '—' | '…' | '\u{a0}') => match inside {
            true => -1,
            false => 1,
        },
        Some(_) if inside => -2,
        Some(_) => 0,
    }
}

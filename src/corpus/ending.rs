//! How a file of JSON Lines ends: whether its last line is cut off.
//!
//! A last line without a line feed is a whole record or the beginning of one. It is cut off if an
//! object that it opens, or a string in it, is still open at the end. Nothing else of it is judged: a
//! line may hold what JSON does not allow, or bytes that are no UTF-8, and yet be whole.

use std::fs::File;
use std::io;
use std::path::Path;

use memchr::memrchr;

use super::damaged_file::Cut;
use super::error::CorpusError;
use super::file_from::read_full_at;

/// Bytes read at a time.
const CHUNK: usize = 64 << 10;

const OPEN: &str = "the last line is not whole";
const ZEROS: &str = "the file ends in zeros, as if space was reserved and never written";

/// Whether the last line of these bytes is cut off.
pub(super) fn cut_line(bytes: &[u8]) -> Option<Cut> {
    let start = memrchr(b'\n', bytes).map_or(0, |newline| newline + 1);
    let mut line = LastLine::default();
    line.feed(&bytes[start..]);
    line.cut(bytes.len() as u64)
}

/// The same of a file at a path.
pub(super) fn cut_line_at(path: &Path, length: u64) -> Result<Option<Cut>, CorpusError> {
    let failed = |error| CorpusError::io(path, "read it", error);
    let file = File::open(path).map_err(failed)?;
    cut_line_of(&file, length).map_err(failed)
}

/// The same of a file of a known length that is not mapped.
fn cut_line_of(file: &File, length: u64) -> io::Result<Option<Cut>> {
    let mut chunk = vec![0; CHUNK];
    let mut start = length;
    while start > 0 {
        let from = start.saturating_sub(CHUNK as u64);
        let part = usize::try_from(start - from).unwrap_or(CHUNK);
        let read = read_full_at(file, &mut chunk[..part], from)?;
        if let Some(newline) = memrchr(b'\n', &chunk[..read]) {
            start = from + newline as u64 + 1;
            break;
        }
        start = from;
    }
    let mut line = LastLine::default();
    while start < length {
        let part = usize::try_from(length - start).map_or(CHUNK, |left| left.min(CHUNK));
        let read = read_full_at(file, &mut chunk[..part], start)?;
        if read == 0 {
            break; // shorter than it was: that is found out elsewhere
        }
        line.feed(&chunk[..read]);
        start += read as u64;
    }
    Ok(line.cut(length))
}

/// What a line has open so far.
#[derive(Debug, Default)]
struct LastLine {
    /// Whether it starts as an object does.
    is_object: Option<bool>,
    depth: u64,
    in_string: bool,
    is_escaped: bool,
    last: Option<u8>,
}

impl LastLine {
    fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.last = Some(byte);
            if self.is_escaped {
                self.is_escaped = false;
            } else if self.in_string {
                self.is_escaped = byte == b'\\';
                self.in_string = byte != b'"';
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
            }
            let is_margin = byte.is_ascii_whitespace() || matches!(byte, 0xEF | 0xBB | 0xBF);
            if self.is_object.is_none() && !is_margin {
                self.is_object = Some(byte == b'{');
            }
        }
    }

    fn cut(&self, at: u64) -> Option<Cut> {
        let is_open = self.is_object == Some(true) && (self.in_string || self.depth > 0);
        let what = match self.last {
            Some(0) => ZEROS,
            _ if is_open => OPEN,
            _ => return None,
        };
        Some(Cut { at, what })
    }
}

/// Whether text ends in the middle of a character, and is sound before that.
pub(super) fn ends_inside_character(bytes: &[u8]) -> bool {
    // A character has at most four bytes, and only its first has the two highest bits set.
    let tail = &bytes[bytes.len().saturating_sub(3)..];
    if !tail.iter().any(|&byte| byte >= 0xC0) {
        return false;
    }
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// Mapped or not, the answer is the same.
    fn is_cut(bytes: &[u8]) -> bool {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let cut = cut_line(bytes);
        assert_eq!(cut_line_of(&file, bytes.len() as u64).unwrap(), cut);
        cut.is_some()
    }

    #[test]
    fn a_record_is_cut_anywhere_but_at_its_end() {
        let record = r#"{"id": 1, "tags": ["a", {"b\\": "\"}"}], "text": "Zürich, NaN"}"#;
        let file = format!("{{\"id\": 0}}\n{record}");
        let (bytes, start) = (file.as_bytes(), file.len() - record.len());
        for end in start + 1..bytes.len() {
            assert!(is_cut(&bytes[..end]), "at {end}");
        }
        assert!(!is_cut(&bytes[..start]) && !is_cut(bytes));
        assert!(!is_cut(format!("{file}\n").as_bytes()));
        assert!(!is_cut(format!("{file}\r").as_bytes()));
    }

    #[test]
    fn what_is_wrong_but_whole_is_not_cut() {
        for line in [
            "",
            "  ",
            "[1",
            "hello",
            r#"{"a": NaN}"#,
            r#"{"a": 1}}}"#,
            "\u{feff}{\"a\": 1}",
        ] {
            assert!(!is_cut(line.as_bytes()), "{line}");
        }
        assert!(!is_cut(b"{\"a\": \"\xff\"}"));
        assert!(is_cut("\u{feff} {\"a\": 1".as_bytes()));
        assert!(is_cut(b"{\"a\": 1}\n\0\0\0"));
    }

    #[test]
    fn a_last_line_longer_than_a_chunk_is_read_over_all_of_it() {
        let long = format!("{{}}\n{{\"text\": \"{}", "x".repeat(3 * CHUNK));
        assert!(is_cut(long.as_bytes()));
        assert!(!is_cut(format!("{long}\"}}").as_bytes()));
    }

    #[test]
    fn a_character_is_cut_only_at_the_end_of_sound_text() {
        assert!(ends_inside_character(&"caf\u{e9}".as_bytes()[..4]));
        assert!(ends_inside_character(&"x\u{1f600}".as_bytes()[..4]));
        for sound in ["", "cafe", "caf\u{e9}", "\u{1f600}"] {
            assert!(!ends_inside_character(sound.as_bytes()), "{sound}");
        }
        assert!(!ends_inside_character(b"\xff caf\xc3"), "another encoding");
        assert!(!ends_inside_character(b"caf\xff"));
    }
}

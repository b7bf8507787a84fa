//! JSON Lines: each line is handed on as it is.

use std::io::{BufRead, BufReader, Read};

use crate::encoding::decode;
use crate::form::{Form, SourceFile};
use crate::json_scan::Scan;
use crate::sink::{Failed, Loss, Sink, Stop};

/// JSON Lines. None of [`FORMS`](crate::FORMS): a reader that reads them in place does not convert them.
pub static LINES: Form = Form {
    name: "JSON Lines",
    one_document: false,
    recognise: |_, head| head.trim_ascii_start().starts_with(b"{"),
    read: read_file,
};

fn read_file(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let wide = decoded(file);
    let mut bytes: &[u8] = wide.as_deref().map_or(&file.bytes, str::as_bytes);
    read(&mut bytes, sink).or_else(|failed| failed.lost(sink))
}

/// The text of a file that is not UTF-8. Of JSON only what is wide by its own rule (RFC 4627, section 3), or was asked for.
fn decoded(file: &SourceFile<'_>) -> Option<String> {
    let head = &file.bytes[..file.bytes.len().min(WIDE)];
    let is_wide =
        head.contains(&0) || head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    if file.charset.is_none() && !is_wide {
        return None;
    }
    Some(decode(&file.bytes, &file.hints()).text.into_owned())
}

/// Bytes in which the zeros of wide characters are looked for.
const WIDE: usize = 64;

/// A line may have so many bytes: longer than any document, and short enough to be held.
const LONGEST: u64 = 256 << 20;

/// Hands over the lines: what is no object is a record that its reader rejects, as in a file of lines. A last line that is half an
/// object is lost.
pub(crate) fn read(reader: &mut dyn Read, sink: &mut dyn Sink) -> Result<(), Failed> {
    let mut reader = BufReader::with_capacity(256 << 10, reader);
    let mut line = Vec::new();
    let mut at = 0;
    loop {
        line.clear();
        let read = reader.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        let length = line.len() as u64;
        let is_whole = line.ends_with(b"\n");
        let mut object = line.trim_ascii();
        if at == 0 {
            object = object.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(object);
        }
        let start = at;
        at += length;
        match object {
            _ if length == LONGEST && !is_whole => {
                return Err(Failed::Read(std::io::Error::other(format!(
                    "a line has more than {} MiB",
                    LONGEST >> 20
                ))));
            }
            [] => {}
            _ if is_whole || Scan::new(object).end_of_value(0) == Some(object.len()) => {
                sink.record(at, object)?;
            }
            _ => sink.lost(Loss {
                at: start,
                what: "the file ends in the middle of a line".to_owned(),
                missing: None,
            })?,
        }
        if read? == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read as read_form;

    #[test]
    fn half_a_line_at_the_end_is_lost_and_a_wrong_line_is_a_record() {
        let kept = read_form(&LINES, "a.jsonl", "{\"a\": 1}\n\n{\"a\": {\"b\": 2}");
        assert_eq!(kept.records.len(), 1);
        assert!(kept.lost[0].missing.is_none(), "{:?}", kept.lost);
        let kept = read_form(&LINES, "a.jsonl", "\u{feff}{\"a\": 1}\n{\"a\": 2}");
        assert_eq!((kept.records.len(), kept.lost.len()), (2, 0));
    }
}

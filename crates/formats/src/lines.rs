//! JSON Lines: each line is handed on as it is.

use std::io::{BufRead, BufReader, Read};

use crate::encoding::decode;
use crate::form::{Form, SourceFile};
use crate::sink::{Failed, Loss, Sink, Stop};

/// JSON Lines, which whoever can read them in place does not need to convert: none of [`FORMS`](crate::FORMS).
pub static LINES: Form = Form {
    name: "JSON Lines",
    one_document: false,
    recognise: |_, head| head.trim_ascii_start().starts_with(b"{"),
    read: read_file,
};

fn read_file(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let wide = decoded(file);
    let mut bytes: &[u8] = wide.as_deref().map_or(&file.bytes, str::as_bytes);
    match read(&mut bytes, sink) {
        Err(Failed::Read(error)) => sink.lost(Loss {
            at: 0,
            what: error.to_string(),
            missing: None,
        }),
        Err(Failed::Stop) => Err(Stop),
        Ok(()) => Ok(()),
    }
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

/// Hands over the lines that are objects, and says which are not.
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
            // The whole object may be cut where the member is: whoever reads it says so.
            [b'{', .., b'}'] => sink.record(at, object)?,
            _ => sink.lost(Loss {
                at: start,
                what: format!("expected an object, found `{}`", shown(object)),
                missing: Some(length),
            })?,
        }
        if read? == 0 {
            return Ok(());
        }
    }
}

fn shown(line: &[u8]) -> String {
    String::from_utf8_lossy(line).chars().take(40).collect()
}

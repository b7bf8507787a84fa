//! Members that are JSON Lines: each line is handed on as it is.

use std::io::{BufRead, BufReader, Read};

use super::member::Failed;
use crate::sink::{Loss, Sink};

/// A line may have so many bytes: longer than any document, and short enough to be held.
const LONGEST: u64 = 256 << 20;

/// Hands over the lines that are objects, and says which are not.
pub(super) fn read(reader: &mut dyn Read, sink: &mut dyn Sink) -> Result<(), Failed> {
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

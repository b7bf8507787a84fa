//! Decoding gzip and Zstandard, all members of a file, over damage.
//!
//! A file is a row of *members* (gzip, RFC 1952) or *frames* (Zstandard, RFC 8878), each decodable
//! alone. Where one is damaged, what it gave before the damage is kept, and decoding goes on with
//! the next place that looks like the head of a member and indeed decodes.
//!
//! A file is not trusted: how much it may become, how large a window it may ask for, and how long
//! members are looked for behind damage, is bounded.

use super::allowed::{Allowed, Damage};
use std::fs::File;
use std::io::{self, BufRead};
use std::path::Path;

use super::error::CorpusError;
use super::file_from::FileFrom;
use super::kind::Compression;
use super::member::{Members, Stopped};
use super::next_member::Search;

/// Takes decoded bytes, and how far the compressed file is read.
pub(super) type Sink<'s> = &'s mut dyn FnMut(&[u8], u64) -> Result<(), CorpusError>;

/// Decodes a whole file into `sink`.
///
/// # Errors
///
/// What the sink says, a failing device, or more than is allowed. Damage is none: it is listed.
pub(super) fn decode(
    file: &File,
    path: &Path,
    compression: Compression,
    allowed: Allowed<'_>,
    sink: Sink<'_>,
) -> Result<Vec<Damage>, CorpusError> {
    let failed = |error| CorpusError::io(path, "read it", error);
    let length = file.metadata().map_err(failed)?.len();
    let most = allowed.most(length);
    let mut members = Members::new(compression, allowed.window);
    let mut search = Search::new(length);
    let mut from = FileFrom::at(file, 0);
    let (mut decoded, mut damages) = (0u64, Vec::new());
    loop {
        (allowed.go_on)()?;
        let start = from.position();
        let first = match from.fill_buf() {
            Ok(bytes) => bytes.first().copied(),
            Err(error) => return Err(failed(from.take_failure().unwrap_or(error))),
        };
        if start == 0 && first.is_none() && compression != Compression::None {
            // Even of no bytes at all a member or frame is made.
            damages.push(Damage::at_the_end(0, 0, "the file is empty"));
        }
        if first.is_none()
            || (start > 0 && first == Some(0) && from.only_zeros().map_err(failed)?)
        {
            return Ok(damages);
        }
        let mut given = |bytes: &[u8], position: u64| {
            decoded += bytes.len() as u64;
            if decoded > most && compression != Compression::None {
                let path = path.to_path_buf();
                return Err(CorpusError::TooMuchDecoded { path, length, most });
            }
            sink(bytes, position)
        };
        match members.decode(&mut from, &mut given)? {
            Stopped::AtEnd => {}
            Stopped::Failed(error) => return Err(failed(error)),
            Stopped::TooWide { at, window } => {
                return Err(CorpusError::WindowTooLarge {
                    path: path.to_path_buf(),
                    at,
                    window,
                    allowed: allowed.window,
                });
            }
            Stopped::Broken { at, error } => {
                let next = search.next(start, at, file, &mut members, allowed.go_on);
                let next = next.map_err(|stopped| stopped.into_error(failed))?;
                let ends_early = next.is_none() && error.kind() == io::ErrorKind::UnexpectedEof;
                let end = next.unwrap_or(length);
                damages.push(Damage {
                    decoded,
                    at,
                    message: describe(&error),
                    resumed: next.is_some(),
                    missing: (!ends_early).then(|| end.saturating_sub(at)),
                    file: None,
                });
                match next {
                    Some(next) => from.go_to(next),
                    None => return Ok(damages),
                }
            }
        }
    }
}

fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file ends too early".to_owned(),
        _ => error.to_string(),
    }
}

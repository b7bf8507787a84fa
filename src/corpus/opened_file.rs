//! A regular file as an input: a text that is one document, or records in a form that its name and first bytes
//! tell.

use std::path::{Path, PathBuf};

use super::error::CorpusError;
use super::file_from::read_full_at;
use super::foreign;
use super::form::{self, HEAD_BYTES, Named};
use super::head;
use super::input::{Input, Origin};
use super::kind::{Compression, Format};
use super::options::ReadOptions;
use super::text::{TextFile, Texts};

/// Whether this user may read a file that is opened later.
pub(super) fn readable(path: &Path) -> Result<(), CorpusError> {
    let access = rustix::fs::access(path, rustix::fs::Access::READ_OK);
    access.map_err(|error| CorpusError::io(path, "open it", error.into()))
}

/// A text file that was named itself.
pub(super) fn alone(path: &Path, length: u64, compression: Compression) -> Input {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let texts = Texts {
        root: path.parent().unwrap_or(Path::new("")).to_path_buf(),
        alone: true,
        files: vec![TextFile::new(PathBuf::from(name), length)],
    };
    let origin = Origin::Texts(texts);
    let mut input = Input::new(Some(path.to_path_buf()), Format::TextFolder, origin);
    input.bytes = Some(length);
    input.compression = compression;
    input
}

/// Bytes that tell a form that is not read: that of a tar archive is in its first header.
const MAGIC_BYTES: usize = 512;

/// A file of many records.
pub(super) fn records_file(
    path: &Path,
    named: Named,
    compression: Compression,
    options: &ReadOptions,
) -> Result<Input, CorpusError> {
    let (mut input, file) = Input::file(path, options)?;
    let failed = |error| CorpusError::io(path, "read it", error);
    input.compression = compression;
    let mut magic = [0; MAGIC_BYTES];
    let length = read_full_at(&file, &mut magic, 0).map_err(failed)?;
    if let Some(foreign) = foreign::of(path, &magic[..length]) {
        return Err(CorpusError::unread(path, foreign.says(path)));
    }
    input.compression = match Compression::of(&magic[..length]) {
        // A name may be wrong, where a record begins; other bytes are a damaged stream.
        Compression::None if magic[0] != b'{' => compression,
        found => found,
    };
    if input.compression != Compression::None {
        input.disk = None; // read as a stream
    }
    if input.compression != Compression::None && named == Named::JsonLines {
        // The name tells all; the first bytes are looked at when they are decoded anyway.
        return Ok(input);
    }
    input.format = match input.decoded() {
        Some(bytes) => {
            let head = &bytes[..bytes.len().min(HEAD_BYTES)];
            form::format(named, head, options, path)?
        }
        None => {
            let head = head::read(&file, path, input.compression, 1, HEAD_BYTES, options)?;
            form::format(named, &head.bytes, options, path)?
        }
    };
    Ok(input)
}

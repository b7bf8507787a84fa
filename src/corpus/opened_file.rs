//! A regular file as an input: a text that is one document, or records in a form that its name and first bytes say.

use std::fs::File;
use std::path::{Path, PathBuf};

use wirecopy_formats::Form;

use super::converted::Converted;
use super::error::CorpusError;
use super::file_from::read_full_at;
use super::folder_names::FolderNames;
use super::foreign;
use super::form::{self, HEAD_BYTES, Named};
use super::head;
use super::input::{Input, Origin};
use super::kind::{Compression, Format};
use super::options::ReadOptions;
use super::recode;
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
        metadata: None,
        folders: FolderNames::default(),
    };
    let origin = Origin::Texts(texts);
    let mut input = Input::new(Some(path.to_path_buf()), Format::TextFolder, origin);
    input.bytes = Some(length);
    input.compression = compression;
    input
}

/// The form in which a file that is named as a text is read, if it holds several documents or is none.
pub(super) fn text_form(path: &Path, compression: Compression) -> Option<&'static Form> {
    let file = File::open(path).ok()?; // who reads it says why it cannot be
    if compression != Compression::None {
        let options = ReadOptions::default();
        let head = head::read(&file, path, compression, HEAD_BYTES, HEAD_BYTES, &options).ok()?;
        return foreign::read_as(&form::decoded_name(path), &head.bytes);
    }
    let mut head = vec![0; HEAD_BYTES];
    let length = read_full_at(&file, &mut head, 0).ok()?;
    foreign::read_as(path, &head[..length])
}

/// A file of many records, converted if that must be ([`form::must_convert`]).
pub(super) fn records_file(
    path: &Path,
    named: Named,
    compression: Compression,
    options: &ReadOptions,
) -> Result<Input, CorpusError> {
    let input = in_place(path, named, compression, options)?;
    let is_table = matches!(input.format, Format::Csv { .. });
    if matches!(input.origin, Origin::Converted(_)) || !options.html && !is_table {
        return Ok(input);
    }
    let head = beginning(&input, path, options)?;
    if !form::must_convert(input.format, path, &head, options) {
        return Ok(input);
    }
    let form = form::convertible(input.format);
    let stamp = input.stamp();
    Ok(Converted::alone(path, stamp, (form, input.compression)))
}

/// The first rows of a file, as UTF-8.
fn beginning(input: &Input, path: &Path, options: &ReadOptions) -> Result<Vec<u8>, CorpusError> {
    let (bytes, is_cut) = match input.decoded() {
        Some(all) => (
            all[..all.len().min(HEAD_BYTES)].to_vec(),
            all.len() > HEAD_BYTES,
        ),
        None => {
            let failed = |error| CorpusError::io(path, "open it", error);
            let file = File::open(path).map_err(failed)?;
            let (compression, most) = (input.compression, HEAD_BYTES);
            let read = head::read(&file, path, compression, most, most, options)?;
            (read.bytes, read.cut)
        }
    };
    let (mut head, _) = recode::text(bytes, options);
    if let Some(end) = memchr::memrchr(b'\n', &head).filter(|_| is_cut) {
        head.truncate(end + 1); // what follows is half a row
    }
    Ok(head)
}

/// A file of many records, read where it lies if it can be.
fn in_place(
    path: &Path,
    named: Named,
    compression: Compression,
    options: &ReadOptions,
) -> Result<Input, CorpusError> {
    let (mut input, file) = Input::file(path, options)?;
    let failed = |error| CorpusError::io(path, "read it", error);
    let mut first = vec![0; HEAD_BYTES];
    let length = read_full_at(&file, &mut first, 0).map_err(failed)?;
    first.truncate(length);
    input.compression = match Compression::of(&first) {
        // A name may be wrong, where a record begins; other bytes are a damaged stream.
        Compression::None if first.first() != Some(&b'{') => compression,
        found => found,
    };
    if input.compression == Compression::None
        && let Some(form) = foreign::read_as(path, &first)
    {
        return Ok(Converted::alone(
            path,
            input.stamp(),
            (form, Compression::None),
        ));
    }
    if let Some(foreign) = foreign::of(path, &first) {
        return Err(CorpusError::unread(path, foreign.says(path)));
    }
    if input.compression != Compression::None {
        input.disk = None; // read as a stream
    }
    input.encoding = match input.compression {
        Compression::None => recode::wide(&first, options),
        _ => None,
    };
    if let Some(charset) = input.encoding {
        input.format = form::format(named, &recode::head(&first, charset), options, path)?;
        return Ok(input);
    }
    if input.compression != Compression::None && named == Named::JsonLines {
        // The name shows all; the first bytes are looked at when they are decoded anyway.
        return Ok(input);
    }
    input.format = match input.decoded() {
        Some(bytes) => {
            let head = &bytes[..bytes.len().min(HEAD_BYTES)];
            form::format(named, head, options, path)?
        }
        None => {
            let head = head::read(
                &file,
                path,
                input.compression,
                HEAD_BYTES,
                HEAD_BYTES,
                options,
            )?;
            if let Some(form) = foreign::read_as(&form::decoded_name(path), &head.bytes) {
                let converted = (form, input.compression);
                return Ok(Converted::alone(path, input.stamp(), converted));
            }
            form::format(named, &head.bytes, options, path)?
        }
    };
    Ok(input)
}

//! From what the user named to inputs: files, folders, pipes, records in memory.

use std::collections::HashMap;
use std::fs::Metadata;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use super::error::CorpusError;
use super::file_from::read_full_at;
use super::form::{self, HEAD_BYTES, Named};
use super::input::{Compression, Format, Input, Origin};
use super::names::unique_names;
use super::options::ReadOptions;
use super::record::Reason;
use super::text::{TextFile, Texts};
use super::walk::{Found, walk};
use super::{Source, date, head};

/// The inputs that were found, before their names are given.
#[derive(Debug)]
struct Opening<'o> {
    options: &'o ReadOptions,
    inputs: Vec<Input>,
    /// The path that each input is named after.
    names: Vec<PathBuf>,
    /// Files so far by their canonical path, with the path as given.
    seen: HashMap<PathBuf, PathBuf>,
    /// Files in folders of forms that are not read.
    others: u64,
}

/// Opens all sources. Also tells how many files in folders were passed over, for their form.
pub(super) fn open(
    sources: Vec<Source>,
    options: &ReadOptions,
) -> Result<(Vec<Input>, u64), CorpusError> {
    if let Some(format) = &options.date_format
        && !date::format_is_valid(format)
    {
        let format = format.clone();
        return Err(CorpusError::DateFormat { format });
    }
    let mut opening = Opening {
        options,
        inputs: Vec::new(),
        names: Vec::new(),
        seen: HashMap::new(),
        others: 0,
    };
    for source in sources {
        match source {
            Source::Path(path) => opening.path(&path)?,
            Source::Stdin => {
                opening.once(Path::new("/dev/stdin"), Path::new("-"))?;
                let input = Input::new(None, Format::JsonLines, Origin::Stream);
                opening.add(input, Path::new("stdin"));
            }
            Source::Records(records) => {
                let input = Input::new(None, Format::Records, Origin::Records(records));
                opening.add(input, Path::new("records"));
            }
        }
    }
    if opening.inputs.is_empty() {
        return Err(CorpusError::NoInput);
    }
    let paths: Vec<&Path> = opening.names.iter().map(PathBuf::as_path).collect();
    for (input, name) in opening.inputs.iter_mut().zip(unique_names(&paths)) {
        input.name = name;
    }
    Ok((opening.inputs, opening.others))
}

impl Opening<'_> {
    fn add(&mut self, input: Input, named_after: &Path) {
        self.inputs.push(input);
        self.names.push(named_after.to_path_buf());
    }

    /// Notes a file; an error if it is there already.
    fn once(&mut self, canonical: &Path, given: &Path) -> Result<(), CorpusError> {
        match self
            .seen
            .insert(canonical.to_path_buf(), given.to_path_buf())
        {
            None => Ok(()),
            Some(first) => Err(CorpusError::GivenTwice {
                path: given.to_path_buf(),
                first,
            }),
        }
    }

    fn path(&mut self, path: &Path) -> Result<(), CorpusError> {
        let failed = |error| CorpusError::io(path, "open it", error);
        let metadata = path.metadata().map_err(failed)?;
        if !metadata.is_file() && !metadata.is_dir() {
            // A pipe has no other name than the one given.
            self.once(path, path)?;
            let origin = Origin::Stream;
            let input = Input::new(Some(path.to_path_buf()), Format::JsonLines, origin);
            self.add(input, path);
            return Ok(());
        }
        let canonical = path.canonicalize().map_err(failed)?;
        if metadata.is_dir() {
            return self.folder(path, &canonical);
        }
        self.once(&canonical, path)?;
        let named_after = nameable(path, &canonical);
        self.file(path, &metadata, named_after)
    }

    /// Opens a regular file.
    fn file(
        &mut self,
        path: &Path,
        metadata: &Metadata,
        named_after: &Path,
    ) -> Result<(), CorpusError> {
        let (named, compression) = form::by_name(path);
        let input = match named {
            Named::Text => alone(path, metadata.len(), compression),
            _ => records_file(path, named, compression, self.options)?,
        };
        self.add(input, named_after);
        Ok(())
    }

    /// Opens all files of a folder.
    fn folder(&mut self, path: &Path, canonical: &Path) -> Result<(), CorpusError> {
        let folder = walk(path)?;
        self.others += folder.others;
        let before = self.inputs.len();
        let named_after = nameable(path, canonical);
        let mut parents = Parents::new(canonical);
        let mut files: Vec<TextFile> = Vec::new();
        for found in folder.files {
            let given = path.join(&found.relative);
            match parents.canonical(&given, &found) {
                Ok(canonical) => self.once(&canonical, &given)?,
                Err(error) => return Err(CorpusError::io(&given, "find its folder", error)),
            }
            if matches!(found.named, Named::Text | Named::Bare) {
                files.push(TextFile::new(found.relative, found.bytes));
                continue;
            }
            let (named, compression) = form::by_name(&given);
            match records_file(&given, named, compression, self.options) {
                Ok(input) => self.add(input, &named_after.join(&found.relative)),
                Err(
                    error @ (CorpusError::PermissionDenied { .. } | CorpusError::NotFound { .. }),
                ) => {
                    files.push(unreadable(path, found.relative, error.to_string()));
                }
                Err(error) => return Err(error),
            }
        }
        for (relative, message) in folder.unreadable {
            files.push(unreadable(path, relative, message));
        }
        if files.is_empty() && self.inputs.len() == before {
            let path = path.to_path_buf();
            return Err(CorpusError::EmptyFolder { path });
        }
        if !files.is_empty() {
            files.sort_by(|a, b| bytes(&a.relative).cmp(bytes(&b.relative)));
            let length = files.iter().map(|file| file.on_disk).sum();
            let root = path.to_path_buf();
            let texts = Texts {
                root: root.clone(),
                alone: false,
                files,
            };
            let mut input = Input::new(Some(root), Format::TextFolder, Origin::Texts(texts));
            input.bytes = Some(length);
            self.add(input, named_after);
        }
        Ok(())
    }
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_bytes()
}

/// A file of a folder that cannot be read: a rejection, while the others are read.
fn unreadable(root: &Path, relative: PathBuf, message: String) -> TextFile {
    let reason = Reason::Unreadable {
        path: root.join(&relative),
        message,
    };
    TextFile {
        fault: Some(Box::new((0, reason))),
        ..TextFile::new(relative, 0)
    }
}

/// A text file that was named itself.
fn alone(path: &Path, length: u64, compression: Compression) -> Input {
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

/// A file of many records.
fn records_file(
    path: &Path,
    named: Named,
    compression: Compression,
    options: &ReadOptions,
) -> Result<Input, CorpusError> {
    let (mut input, file) = Input::file(path, options)?;
    let failed = |error| CorpusError::io(path, "read it", error);
    input.compression = compression;
    let mut magic = [0; 4];
    let length = read_full_at(&file, &mut magic, 0).map_err(failed)?;
    input.compression = match form::compression(&magic[..length]) {
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
            let head = head::read(&file, input.compression, 1, HEAD_BYTES, failed)?;
            form::format(named, &head.bytes, options, path)?
        }
    };
    Ok(input)
}

/// The path to name an input after: as given, unless that leads upwards or names nothing.
fn nameable<'p>(given: &'p Path, canonical: &'p Path) -> &'p Path {
    let mut parts = given.components();
    let leads_up = given.components().any(|part| part == Component::ParentDir);
    let names = parts.any(|part| matches!(part, Component::Normal(_)));
    if names && !leads_up { given } else { canonical }
}

/// Canonical paths of the files of a folder, without asking the system for each.
struct Parents {
    root: PathBuf,
    /// The folder looked up last, below the root, and its canonical path.
    last: Option<(PathBuf, PathBuf)>,
}

impl Parents {
    fn new(root: &Path) -> Parents {
        Parents {
            root: root.to_path_buf(),
            last: None,
        }
    }

    fn canonical(&mut self, given: &Path, found: &Found) -> std::io::Result<PathBuf> {
        if found.symlink {
            return given.canonicalize();
        }
        let parent = found.relative.parent().unwrap_or(Path::new(""));
        let name = found.relative.file_name().unwrap_or_default();
        if let Some((last, canonical)) = &self.last
            && last == parent
        {
            return Ok(canonical.join(name));
        }
        // The parent may itself be reached by a link.
        let canonical = self.root.join(parent).canonicalize()?;
        let path = canonical.join(name);
        self.last = Some((parent.to_path_buf(), canonical));
        Ok(path)
    }
}

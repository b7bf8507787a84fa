//! From what the user named to inputs: files, folders, pipes, records in memory.

use std::collections::HashMap;
use std::fs::Metadata;
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::choice::{choose, why};
use super::converted::{Converted, ConvertedFile};
use super::error::CorpusError;
use super::folder_names::FolderNames;
use super::form::{self, Named};
use super::globs::Globs;
use super::input::{Input, Origin, Stamp};
use super::kind::Format;
use super::metadata;
use super::names::unique_names;
use super::opened_file::{alone, readable, records_file, text_form};
use super::options::ReadOptions;
use super::passed_over::PassedOver;
use super::rows::Rows;
use super::text::{TextFile, Texts};
use super::walk::{Found, walk};
use super::{Source, dates};
use wirecopy_formats::Form;

/// The inputs that were found, before their names are given.
#[derive(Debug)]
struct Opening<'o> {
    options: &'o ReadOptions,
    inputs: Vec<Input>,
    /// The path that each input is named after.
    names: Vec<PathBuf>,
    /// Files so far by their canonical path, with the path as given.
    seen: HashMap<PathBuf, PathBuf>,
    passed_over: PassedOver,
    /// Which patterns took a file in.
    used: Vec<bool>,
    folders: usize,
    /// Why the first of what was skipped cannot be read.
    skipped: Option<CorpusError>,
}

/// Opens all sources. Also reports what of the folders was passed over.
pub(super) fn open(
    sources: Vec<Source>,
    options: &ReadOptions,
) -> Result<(Vec<Input>, PassedOver), CorpusError> {
    dates::formats(options)?;
    let mut opening = Opening {
        options,
        inputs: Vec::new(),
        names: Vec::new(),
        seen: HashMap::new(),
        passed_over: PassedOver::default(),
        used: vec![false; options.globs.len()],
        folders: 0,
        skipped: None,
    };
    if sources.is_empty() {
        return Err(CorpusError::NoInput);
    }
    for source in sources {
        match source {
            Source::Path(path) => opening.path(&path)?,
            Source::Stdin => {
                opening.once(Path::new("/dev/stdin"), Path::new("-"))?;
                let input = Input::new(None, Format::JsonLines, Origin::Stream);
                opening.add(input, Path::new("stdin"));
            }
            Source::Records(records) => opening.rows(Arc::new(records)),
            Source::Rows(rows) => opening.rows(rows),
        }
    }
    opening.check_globs()?;
    if let (true, Some(skipped)) = (opening.inputs.is_empty(), opening.skipped) {
        return Err(skipped);
    }
    let paths: Vec<&Path> = opening.names.iter().map(PathBuf::as_path).collect();
    for (input, name) in opening.inputs.iter_mut().zip(unique_names(&paths)) {
        input.name = name;
    }
    Ok((opening.inputs, opening.passed_over))
}

impl Opening<'_> {
    fn rows(&mut self, rows: Arc<dyn Rows>) {
        let input = Input::new(None, Format::Records, Origin::Records(rows));
        self.add(input, Path::new("records"));
    }

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
        let metadata = match path.metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound && is_pattern(path) => {
                if self.options.allow_empty {
                    return Ok(());
                }
                let path = path.to_path_buf();
                return Err(CorpusError::NoMatch { path });
            }
            metadata => metadata.map_err(failed)?,
        };
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

    /// Whether every pattern had something to do.
    fn check_globs(&self) -> Result<(), CorpusError> {
        if self.options.allow_empty {
            return Ok(());
        }
        if self.folders == 0 && !self.used.is_empty() {
            return Err(CorpusError::GlobWithoutFolder);
        }
        let mut patterns = self.options.globs.iter().zip(&self.used);
        match patterns.find(|(pattern, used)| !**used && !pattern.starts_with('!')) {
            Some((pattern, _)) => Err(CorpusError::GlobFitsNothing {
                pattern: pattern.clone(),
            }),
            None => Ok(()),
        }
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
            Named::Text => readable(path).map(|()| match text_form(path, compression) {
                Some(form) => {
                    let stamp = Some(Stamp::of(metadata));
                    Converted::alone(path, stamp, (form, compression))
                }
                None => alone(path, metadata.len(), compression),
            }),
            _ => records_file(path, named, compression, self.options),
        };
        match input {
            Ok(input) => self.add(input, named_after),
            Err(error) if self.options.skip_unreadable && unread(&error).is_some() => {
                self.passed_over.data(path);
                self.skipped.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Opens all documents of a folder.
    fn folder(&mut self, path: &Path, canonical: &Path) -> Result<(), CorpusError> {
        self.folders += 1;
        let globs = Globs::new(path, &self.options.globs)?;
        let folder = walk(path, &globs, &mut self.used)?;
        let choice = choose(path, folder, globs.take(), self.options)?;
        let mut unread = choice.unread;
        let before = self.inputs.len();
        let named_after = nameable(path, canonical);
        let mut parents = Parents::new(canonical);
        let converted = choice.converted.first().map(|(found, _)| found);
        let document = choice.data.first().or(choice.texts.first()).or(converted);
        let document = document.map(|found| found.relative.clone());
        let documents = choice.data.len() + choice.texts.len() + choice.converted.len();
        for found in choice.data {
            let given = path.join(&found.relative);
            self.once(&parents.canonical(&given, &found)?, &given)?;
            let (named, compression) = form::by_name(&given);
            match records_file(&given, named, compression, self.options) {
                Ok(input) => self.add(input, &named_after.join(&found.relative)),
                Err(error) => match self::unread(&error) {
                    Some(what) => unread.push((found.relative, what)),
                    None => return Err(error),
                },
            }
        }
        self.converted(path, named_after, choice.converted, &mut parents)?;
        let mut files: Vec<TextFile> = Vec::new();
        for found in choice.texts {
            let given = path.join(&found.relative);
            self.once(&parents.canonical(&given, &found)?, &given)?;
            files.push(TextFile::new(found.relative, found.bytes));
        }
        self.unread(path, unread)?;
        if let (Some((other, found)), Some(document)) = (choice.doubtful.first(), document) {
            let error = CorpusError::Doubtful {
                folder: path.to_path_buf(),
                document,
                documents,
                other: other.clone(),
                found: found.clone(),
                others: choice.doubtful.len(),
            };
            if !self.options.skip_unreadable {
                return Err(error);
            }
            for (other, _) in &choice.doubtful {
                self.passed_over.data(&path.join(other));
            }
        }
        for paper in &choice.papers {
            self.passed_over.paper(&path.join(paper));
        }
        if !files.is_empty() {
            let length = files.iter().map(|file| file.on_disk).sum();
            let root = path.to_path_buf();
            let mut metadata = None;
            if let Some((by, described)) = choice.described {
                (metadata, files) = (Some(by), described);
            }
            if let Some(table) = &self.options.metadata {
                metadata = metadata::describe(table, &mut files, self.options)?;
                if metadata.is_none() {
                    let path = table.clone();
                    return Err(CorpusError::MetadataFitsNothing { path, folder: root });
                }
            }
            let texts = Texts {
                root: root.clone(),
                alone: false,
                folders: FolderNames::of(files.iter().map(|file| file.relative.as_path())),
                files,
                metadata,
            };
            let mut input = Input::new(Some(root), Format::TextFolder, Origin::Texts(texts));
            input.bytes = Some(length);
            self.add(input, named_after);
        }
        let none_fits = globs.take() && documents + choice.papers.len() == 0;
        let may_be_empty = none_fits || self.options.allow_empty || self.skipped.is_some();
        if self.inputs.len() == before && !may_be_empty {
            return Err(CorpusError::EmptyFolder {
                path: path.to_path_buf(),
                passed_over: choice.papers,
            });
        }
        Ok(())
    }

    /// Opens the files of a folder that are converted: large ones each as an input, small ones together, as there may be very many.
    fn converted(
        &mut self,
        root: &Path,
        named_after: &Path,
        files: Vec<(Found, &'static Form)>,
        parents: &mut Parents,
    ) -> Result<(), CorpusError> {
        /// Bytes of a file that may be one of very many: some hundred articles.
        const SMALL: u64 = 1 << 20;
        let are_several = files.len() > 1;
        let mut together = Vec::new();
        for (found, form) in files {
            let given = root.join(&found.relative);
            self.once(&parents.canonical(&given, &found)?, &given)?;
            if form.one_document || are_several && found.bytes <= SMALL {
                together.push(ConvertedFile::new(found.relative, found.bytes, form));
                continue;
            }
            let failed = |error| CorpusError::io(&given, "open it", error);
            let stamp = Some(Stamp::of(&given.metadata().map_err(failed)?));
            let compression = form::compression(&given).map_err(failed)?;
            let input = Converted::alone(&given, stamp, (form, compression));
            self.add(input, &named_after.join(&found.relative));
        }
        if !together.is_empty() {
            let converted = Converted {
                root: root.to_path_buf(),
                stamp: None,
                files: together,
            };
            self.add(converted.input(root), named_after);
        }
        Ok(())
    }

    /// Data of a folder that cannot be read: an error, unless it is to be skipped.
    fn unread(&mut self, root: &Path, files: Vec<(PathBuf, String)>) -> Result<(), CorpusError> {
        let mut files = files.into_iter();
        let Some((first, found)) = files.next() else {
            return Ok(());
        };
        let error = CorpusError::Unread {
            path: root.join(first),
            found,
            in_folder: true,
            also: files.map(|(path, _)| root.join(path)).collect(),
        };
        if !self.options.skip_unreadable {
            return Err(error);
        }
        if let CorpusError::Unread { path, also, .. } = &error {
            self.passed_over.data(path);
            also.iter().for_each(|path| self.passed_over.data(path));
        }
        self.skipped.get_or_insert(error);
        Ok(())
    }
}

/// What was found where a file cannot be read at all; nothing of other errors.
fn unread(error: &CorpusError) -> Option<String> {
    match error {
        CorpusError::Unread { found, .. } | CorpusError::UnknownFormat { found, .. } => {
            Some(found.clone())
        }
        CorpusError::PermissionDenied { .. } => {
            Some(why(&io::Error::from(io::ErrorKind::PermissionDenied)))
        }
        CorpusError::NotFound { .. } => Some("is no longer there".to_owned()),
        _ => None,
    }
}

/// Whether a path is written as a pattern for the shell, which passes it on as it is where no file
/// matches.
fn is_pattern(path: &Path) -> bool {
    let bytes = path.as_os_str().as_bytes();
    bytes.iter().any(|byte| b"*?[".contains(byte))
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

    fn canonical(&mut self, given: &Path, found: &Found) -> Result<PathBuf, CorpusError> {
        let failed = |error| CorpusError::io(given, "find its folder", error);
        if found.symlink {
            return given.canonicalize().map_err(failed);
        }
        let parent = found.relative.parent().unwrap_or(Path::new(""));
        let name = found.relative.file_name().unwrap_or_default();
        if let Some((last, canonical)) = &self.last
            && last == parent
        {
            return Ok(canonical.join(name));
        }
        // The parent may itself be reached by a link.
        let canonical = self.root.join(parent).canonicalize().map_err(failed)?;
        let path = canonical.join(name);
        self.last = Some((parent.to_path_buf(), canonical));
        Ok(path)
    }
}

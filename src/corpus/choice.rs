//! Which files of a folder are documents.
//!
//! *Data* are JSON Lines, CSV and TSV, by name or, where the name says nothing, by the first bytes. Where a folder
//! holds data, text files beside it are none; where it holds none, text files are the documents, one each. *Papers*
//! (read-me files, licences, marks, checksums, scripts, logs, JSON without a text) are never documents. What may
//! be one and is not taken (texts beside data, pages in HTML, tables without a text, names that are not known)
//! is passed over while it is little: no more files than are named one by one, and fewer bytes than the documents have. Else
//! it is not known what is meant, and that is an error. Data of a form that is not read is one always.
//!
//! Patterns decide before all of that: who takes files in by name wants those that are texts, too.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustix::fs::Access;
use wirecopy_formats::Form;

use super::converted;
use super::csv;
use super::error::CorpusError;
use super::file_from::read_full_at;
use super::foreign::{self, Foreign};
use super::form::{self, HEAD_BYTES, Named};
use super::head;
use super::json_head;
use super::kind::{Compression, Format};
use super::metadata::{self, Metadata};
use super::opened_file::text_form;
use super::options::ReadOptions;
use super::papers;
use super::passed_over::PassedOver;
use super::text::{EXPANSION, TextFile};
use super::walk::{Folder, Found};

/// The files of a folder, by kind.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// Files of records.
    pub(super) data: Vec<Found>,
    /// Files that are a document each.
    pub(super) texts: Vec<Found>,
    /// Files that are converted: of many documents, or of one each.
    pub(super) converted: Vec<(Found, &'static Form)>,
    /// What is no document.
    pub(super) papers: Vec<PathBuf>,
    /// Data that cannot be read, and what was found.
    pub(super) unread: Vec<(PathBuf, String)>,
    /// The texts as a table describes them, in their order.
    pub(super) described: Option<(Metadata, Vec<TextFile>)>,
    /// What may be documents, and is too much to be passed over; and what was found, where it is not read.
    pub(super) doubtful: Vec<(PathBuf, Option<String>)>,
}

/// What a file of a folder is, taken alone.
#[derive(Debug)]
enum Kind {
    Data,
    Text,
    /// Records, or a table, of which the first have neither a field of texts nor anything as long as one.
    NoText,
    Paper,
    /// Documents in a form that is converted.
    Form(&'static Form),
    /// JSON of another layout than lines, without a text.
    Json,
    /// A page in HTML or XML.
    Markup(&'static Foreign),
    /// A text by another name.
    OtherText,
    Unread(String),
}

/// Reports the files of a folder apart; `by_name` says that patterns took them in.
pub(super) fn choose(
    root: &Path,
    folder: Folder,
    by_name: bool,
    options: &ReadOptions,
) -> Result<Choice, CorpusError> {
    let mut choice = Choice::default();
    for (path, message) in folder.unreadable {
        match papers::is_paper(&path) {
            true => choice.papers.push(path),
            false => choice.unread.push((path, cannot_read(&message))),
        }
    }
    choice.papers.extend(folder.loops);
    let kinds: Vec<Kind> = folder
        .files
        .par_iter()
        .map(|found| kind(&root.join(&found.relative), found, options))
        .collect();
    let kinds = with_text_forms(root, &folder.files, kinds);
    let (mut papers, mut doubtful) = (Vec::new(), Vec::new());
    for (found, kind) in folder.files.into_iter().zip(kinds) {
        match kind {
            Kind::Data => choice.data.push(found),
            Kind::NoText if by_name => choice.data.push(found),
            Kind::Form(form) if !form.one_document || by_name => {
                choice.converted.push((found, form))
            }
            Kind::Text => choice.texts.push(found),
            Kind::OtherText if by_name => choice.texts.push(found),
            Kind::Unread(what) => choice.unread.push((found.relative, what)),
            Kind::Paper | Kind::Json => papers.push((found, kind)),
            _ => doubtful.push((found, kind)),
        }
    }
    let has_data = !choice.data.is_empty() || !choice.converted.is_empty();
    if !has_data && choice.texts.is_empty() {
        // Pages are documents where there is nothing else.
        for (found, kind) in std::mem::take(&mut doubtful) {
            match kind {
                Kind::Form(form) => choice.converted.push((found, form)),
                _ => doubtful.push((found, kind)),
            }
        }
    }
    if !choice.texts.is_empty() && !has_data {
        choice.describe(root, &mut doubtful, options)?;
    }
    if has_data && !by_name {
        let texts = choice.texts.drain(..);
        doubtful.extend(texts.map(|found| (found, Kind::Text)));
    }
    let converted = choice.converted.iter().map(|(found, _)| found);
    let documents = || {
        choice
            .data
            .iter()
            .chain(&choice.texts)
            .chain(converted.clone())
    };
    if documents().next().is_none() {
        choice.among_papers(root, papers, doubtful, by_name);
        return Ok(choice);
    }
    let little = doubtful.len() <= PassedOver::NAMED
        && weight(doubtful.iter().map(|(found, _)| found)) < weight(documents());
    for (found, kind) in doubtful {
        if little {
            choice.papers.push(found.relative);
            continue;
        }
        let path = root.join(&found.relative);
        let what = match kind {
            Kind::Markup(form) => Some(form.says(&path)),
            _ => None,
        };
        choice.doubtful.push((found.relative, what));
    }
    let papers = papers.into_iter().map(|(found, _)| found.relative);
    choice.papers.extend(papers);
    choice.papers.sort();
    Ok(choice)
}

/// Texts that are looked at for a form that holds several documents, before all are.
const TEXTS_LOOKED_AT: usize = 64;

/// Looks into files that are named as texts: an export of a database is no document. Where none of some from all over the folder is
/// one, none is, since texts may be many.
fn with_text_forms(root: &Path, files: &[Found], mut kinds: Vec<Kind>) -> Vec<Kind> {
    let is_text = |kind: &Kind| matches!(kind, Kind::Text);
    let texts: Vec<usize> = (0..kinds.len()).filter(|&at| is_text(&kinds[at])).collect();
    let form = |&at: &usize| {
        let path = root.join(&files[at].relative);
        let (named, compression) = form::by_name(&path);
        let form = (named == Named::Text).then(|| text_form(&path, compression));
        form.flatten().map(|form| (at, form))
    };
    let step = texts.len().div_ceil(TEXTS_LOOKED_AT).max(1);
    let some: Vec<usize> = texts.iter().copied().step_by(step).collect();
    let mut found: Vec<(usize, &'static Form)> = some.par_iter().filter_map(form).collect();
    if step > 1 && !found.is_empty() {
        found = texts.par_iter().filter_map(form).collect();
    }
    for (at, form) in found {
        kinds[at] = Kind::Form(form);
    }
    kinds
}

/// Tables that are asked whether they describe the texts of a folder.
const TABLES_ASKED: usize = 8;

impl Choice {
    /// Takes the table that describes the texts, of those that are no documents.
    fn describe(
        &mut self,
        root: &Path,
        others: &mut Vec<(Found, Kind)>,
        options: &ReadOptions,
    ) -> Result<(), CorpusError> {
        if options.metadata.is_some() {
            return Ok(()); // it is said which one
        }
        let is_table = |(_, (_, kind)): &(usize, &(Found, Kind))| matches!(kind, Kind::NoText);
        let tables = others
            .iter()
            .enumerate()
            .filter(is_table)
            .take(TABLES_ASKED);
        for (at, (found, _)) in tables {
            let files = self.texts.iter();
            let mut files: Vec<TextFile> = files
                .map(|found| TextFile::new(found.relative.clone(), found.bytes))
                .collect();
            let path = root.join(&found.relative);
            if let Some(metadata) = metadata::describe(&path, &mut files, options)? {
                self.described = Some((metadata, files));
                others.remove(at);
                return Ok(());
            }
        }
        Ok(())
    }

    /// Where there are no documents, what else there is may be meant.
    fn among_papers(
        &mut self,
        root: &Path,
        papers: Vec<(Found, Kind)>,
        doubtful: Vec<(Found, Kind)>,
        by_name: bool,
    ) {
        for (found, kind) in papers.into_iter().chain(doubtful) {
            let path = root.join(&found.relative);
            match kind {
                Kind::Json => {
                    let what = "found JSON without a text: name its field with --text-field NAME";
                    self.unread.push((found.relative, what.to_owned()));
                }
                Kind::Markup(form) => self.unread.push((found.relative, form.says(&path))),
                Kind::NoText => self.data.push(found), // which says so when it is read
                Kind::Paper if by_name && is_text_by_name(&path) => self.texts.push(found),
                _ => self.papers.push(found.relative),
            }
        }
        self.papers.sort();
    }
}

/// Bytes of files, as they are decoded, about.
fn weight<'f>(files: impl Iterator<Item = &'f Found>) -> u64 {
    let bytes = files.map(|found| match form::by_name(&found.relative).1 {
        Compression::None => found.bytes,
        _ => found.bytes.saturating_mul(EXPANSION),
    });
    bytes.sum()
}

fn is_text_by_name(path: &Path) -> bool {
    matches!(form::by_name(path).0, Named::Text | Named::Bare)
}

fn kind(path: &Path, found: &Found, options: &ReadOptions) -> Kind {
    if papers::is_half(&found.relative) {
        let what = "is half a file, by its name: wait until it is whole, or fetch it again";
        return Kind::Unread(what.to_owned());
    }
    if papers::is_paper(&found.relative) {
        return Kind::Paper;
    }
    match form::by_name(path).0 {
        Named::JsonLines | Named::Csv | Named::Tsv => match beginning(path, found, options) {
            Ok(head) if has_no_text(path, &head, options) => Kind::NoText,
            _ => Kind::Data,
        },
        // Texts may be many, and are opened only once.
        Named::Text => match rustix::fs::access(path, Access::READ_OK) {
            Ok(()) => Kind::Text,
            Err(error) => Kind::Unread(why(&error.into())),
        },
        named => match beginning(path, found, options) {
            Ok(head) => by_content(path, named, &head, options),
            Err(error) => Kind::Unread(why(&error)),
        },
    }
}

/// Bytes of a value that may be a text: more than addresses and headlines have.
const AS_LONG_AS_A_TEXT: usize = 200;

/// Whether the first records of a file of records have no text, by whatever name.
fn has_no_text(path: &Path, head: &[u8], options: &ReadOptions) -> bool {
    match form::format(form::by_name(path).0, head, options, path) {
        Ok(Format::JsonLines) => {
            json_head::is_object(head)
                && !json_head::names_text(head, options)
                && !json_head::has_long_value(head, AS_LONG_AS_A_TEXT)
        }
        Ok(csv @ Format::Csv { delimiter }) => {
            !csv::header_names_text(head, csv, options)
                && !csv::has_long_cell(head, delimiter, AS_LONG_AS_A_TEXT)
        }
        _ => false,
    }
}

/// The first bytes of a file, decoded as far as they can be.
fn beginning(path: &Path, found: &Found, options: &ReadOptions) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let length = usize::try_from(found.bytes).unwrap_or(HEAD_BYTES);
    let mut bytes = vec![0; length.clamp(1, HEAD_BYTES)];
    let read = read_full_at(&file, &mut bytes, 0)?;
    bytes.truncate(read);
    let compression = Compression::of(&bytes);
    if compression == Compression::None {
        return Ok(bytes);
    }
    let decoded = head::read(&file, path, compression, HEAD_BYTES, HEAD_BYTES, options);
    Ok(decoded.map(|head| head.bytes).unwrap_or_default())
}

/// What a file is whose name does not show it.
fn by_content(path: &Path, named: Named, head: &[u8], options: &ReadOptions) -> Kind {
    if let Some(form) = foreign::read_as(&form::decoded_name(path), head) {
        let is_json = matches!(head.trim_ascii_start().first(), Some(b'{' | b'['));
        return match is_json && !converted::head_has_text(path, head, form, options) {
            true => Kind::Json,
            false => Kind::Form(form),
        };
    }
    if let Some(foreign) = foreign::of(path, head) {
        return foreign_kind(path, foreign);
    }
    if json_head::is_object(head) {
        return match () {
            () if json_head::names_text(head, options) || named == Named::Json => Kind::Data,
            // Half a record: what is missing is said when it is read.
            () if !json_head::first_is_whole(head) => Kind::Data,
            () => Kind::OtherText,
        };
    }
    let is_compressed = form::by_name(path).1 != Compression::None;
    if head.trim_ascii().is_empty() {
        return match foreign::by_name(path) {
            Some(foreign) => foreign_kind(path, foreign),
            // An empty or damaged file of records says so when it is read.
            None if named == Named::Json || is_compressed => Kind::Data,
            None => Kind::Paper,
        };
    }
    match form::format(named, head, options, path) {
        Err(CorpusError::UnknownFormat { found, .. })
            if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") =>
        {
            Kind::Unread(found)
        }
        Ok(Format::Csv { .. }) => Kind::Data,
        Ok(_) => Kind::OtherText, // `.json` that does not begin as JSON
        Err(_) if named == Named::Json => Kind::OtherText,
        Err(_) => match foreign::by_name(path) {
            Some(foreign) => foreign_kind(path, foreign),
            None if form::is_binary(head) => Kind::Unread(form::UNKNOWN_BYTES.to_owned()),
            None if named == Named::Bare => Kind::Text,
            None => Kind::OtherText,
        },
    }
}

fn foreign_kind(path: &Path, foreign: &'static Foreign) -> Kind {
    match foreign.is_markup {
        true => Kind::Markup(foreign),
        false => Kind::Unread(foreign.says(path)),
    }
}

/// Why a file cannot be read, without its path.
pub(super) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "permission denied: make it readable for this user".to_owned()
        }
        _ => cannot_read(&error.to_string()),
    }
}

fn cannot_read(message: &str) -> String {
    format!("cannot read it: {message}")
}

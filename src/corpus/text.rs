//! Text files, a document each: the files of a folder, or one alone.
//!
//! The id is the path below the folder, the source the sub-folder that names outlets.
//!
//! Small files are many. They are read in parallel, a batch at a time, and appended in their order to one spool that all text files
//! of a corpus share, each with a newline behind it: so every file, even an empty one, has a place of its own there.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::allowed::Damage;
use super::date::{self, UNDECIDED};
use super::decode::decode;
use super::ending::ends_inside_character;
use super::error::CorpusError;
use super::folder_names::FolderNames;
use super::form;
use super::html_values;
use super::input::{Input, Origin};
use super::json::{Scratch, utf8};
use super::kind::Compression;
use super::lines::{BYTE_ORDER_MARK, is_blank};
use super::metadata::{Described, Metadata};
use super::options::ReadOptions;
use super::page::Page;
use super::record::{DateField, Reason, Record};
use super::spool::Spool;
use super::values::Values;

/// The text files of one input.
#[derive(Debug)]
pub(super) struct Texts {
    /// The folder.
    pub(super) root: PathBuf,
    /// Whether it is one file that was named itself.
    pub(super) alone: bool,
    /// Sorted by the bytes of their paths.
    pub(super) files: Vec<TextFile>,
    /// The table that describes them.
    pub(super) metadata: Option<Metadata>,
    /// Which of its folders name outlets.
    pub(super) folders: FolderNames,
}

/// One of them.
#[derive(Debug)]
pub(super) struct TextFile {
    /// The path below the folder.
    pub(super) relative: PathBuf,
    /// Bytes on disk, when the folder was listed.
    pub(super) on_disk: u64,
    /// Where it starts in the spool.
    pub(super) start: u64,
    /// Its bytes in the spool.
    pub(super) length: u32,
    /// What a table says of it.
    pub(super) described: Option<Box<Described>>,
    /// Its encoding, if that is not UTF-8.
    pub(super) encoding: Option<&'static str>,
    /// Why it is no document; with the length to report.
    pub(super) fault: Option<Box<(u64, Reason)>>,
}

/// Files read at a time, so that memory is bounded: by number, and by about how many bytes they
/// will have.
const BATCH_FILES: usize = 4096;
const BATCH_BYTES: u64 = 64 << 20;
/// How many times longer than on disk compressed text is, about.
pub(super) const EXPANSION: u64 = 4;
/// Bytes held before the rest of a batch waits for its turn: text can expand a thousandfold.
const HELD_BYTES: u64 = 2 * BATCH_BYTES;

/// What became of a file: its bytes, or why it is no document.
type FileRead = Result<(Vec<u8>, Option<&'static str>), Unread>;

/// Why a file gave no bytes.
#[derive(Debug)]
pub(super) enum Unread {
    /// It is rejected: the length to report, and the reason.
    Rejected(u64, Reason),
    /// The device failed: that is no fault of the file, and nothing can be said of what it holds.
    Failed(CorpusError),
}

impl TextFile {
    /// A file that was listed.
    pub(super) fn new(relative: PathBuf, on_disk: u64) -> TextFile {
        TextFile {
            relative,
            on_disk,
            start: 0,
            length: 0,
            described: None,
            encoding: None,
            fault: None,
        }
    }

    /// About how many bytes it will have.
    fn expected(&self) -> u64 {
        match form::by_name(&self.relative).1 {
            Compression::None => self.on_disk,
            _ => self.on_disk.saturating_mul(EXPANSION),
        }
    }

    /// Its bytes in the spool.
    pub(super) fn bytes<'s>(&self, spool: &'s [u8]) -> &'s [u8] {
        let start = usize::try_from(self.start).unwrap_or(usize::MAX);
        let end = start.saturating_add(self.length as usize);
        spool.get(start..end).unwrap_or_default()
    }
}

impl Texts {
    /// Ranges of files of about `step` bytes together.
    pub(super) fn blocks(&self, step: usize) -> Vec<Range<usize>> {
        let (mut blocks, mut start, mut bytes) = (Vec::new(), 0, 0);
        for (at, file) in self.files.iter().enumerate() {
            bytes += file.length as usize + 1;
            if bytes >= step || at + 1 == self.files.len() {
                blocks.push(start..at + 1);
                (start, bytes) = (at + 1, 0);
            }
        }
        blocks
    }

    /// Appends all files to a spool. `reach` is given how many bytes on disk are done.
    pub(super) fn gather(
        &mut self,
        spool: &mut Spool,
        options: &ReadOptions,
        cancelled: &AtomicBool,
        reach: &mut dyn FnMut(u64),
    ) -> Result<(), CorpusError> {
        let (mut from, mut done) = (0, 0);
        while from < self.files.len() {
            let mut bytes = 0u64;
            let more = self.files[from..]
                .iter()
                .take(BATCH_FILES)
                .take_while(|file| {
                    let fits = bytes < BATCH_BYTES;
                    bytes = file.expected().saturating_add(bytes);
                    fits
                });
            let batch = from..from + more.count().max(1);
            let read = self.read(batch.clone(), options, cancelled, HELD_BYTES)?;
            for (file, read) in self.files[batch.clone()].iter_mut().zip(read) {
                file.start = spool.written();
                let now = || read_file(&self.root.join(&file.relative), file, options);
                match read.unwrap_or_else(now) {
                    Ok((bytes, encoding)) => {
                        file.encoding = encoding;
                        file.length = u32::try_from(bytes.len()).expect("no longer than the limit");
                        spool.write(&bytes)?;
                    }
                    Err(Unread::Rejected(length, reason)) => {
                        file.fault = Some(Box::new((length, reason)));
                    }
                    Err(Unread::Failed(error)) => return Err(error),
                }
                spool.write(b"\n")?;
                done += file.on_disk;
            }
            reach(done);
            from = batch.end;
        }
        Ok(())
    }

    /// Reads files in parallel. Nothing for those whose turn came when about `most` bytes were
    /// held: which these are is chance.
    fn read(
        &self,
        batch: Range<usize>,
        options: &ReadOptions,
        cancelled: &AtomicBool,
        most: u64,
    ) -> Result<Vec<Option<FileRead>>, CorpusError> {
        let held = AtomicU64::new(0);
        self.files[batch]
            .par_iter()
            .map(|file| {
                if cancelled.load(Ordering::Relaxed) {
                    return Err(CorpusError::Cancelled);
                }
                if held.load(Ordering::Relaxed) >= most {
                    return Ok(None);
                }
                let read = read_file(&self.root.join(&file.relative), file, options);
                let length = read.as_ref().map_or(0, |(bytes, _)| bytes.len()) as u64;
                held.fetch_add(length, Ordering::Relaxed);
                Ok(Some(read))
            })
            .collect()
    }

    /// The file that starts at a place of the spool.
    pub(super) fn at(&self, offset: u64) -> Option<&TextFile> {
        let at = self.files.binary_search_by_key(&offset, |file| file.start);
        at.ok().map(|at| &self.files[at])
    }

    /// The path below the folder of the file that starts at a place of the spool.
    fn path(&self, offset: u64) -> Option<&Path> {
        Some(&self.at(offset)?.relative)
    }

    /// The path of a file below the folder, with `/` between its parts; bytes that are no UTF-8 as `\xff`, so
    /// that two names stay two.
    pub(super) fn id(file: &TextFile) -> String {
        let mut id = String::new();
        for part in file.relative.components() {
            if !id.is_empty() {
                id.push('/');
            }
            for chunk in part.as_os_str().as_encoded_bytes().utf8_chunks() {
                id.push_str(chunk.valid());
                let escape = |byte: &u8| format!("\\x{byte:02x}");
                id.extend(chunk.invalid().iter().map(escape));
            }
        }
        id
    }
}

impl Input {
    /// Of a folder of texts, the path below it of the one that starts at a place: in the bytes that it
    /// has, which a name need not have.
    pub(crate) fn text_path(&self, offset: u64) -> Option<&Path> {
        match &self.origin {
            Origin::Texts(texts) => texts.path(offset),
            _ => None,
        }
    }
}

/// Reads a file, and decodes it.
pub(super) fn read_file(path: &Path, listed: &TextFile, options: &ReadOptions) -> FileRead {
    if let Some(fault) = &listed.fault {
        let (length, reason) = (**fault).clone();
        return Err(Unread::Rejected(length, reason));
    }
    let limit = options.record_limit();
    let too_long = |length| Unread::Rejected(length, Reason::TooLong { limit });
    let failed = |error| CorpusError::io(path, "read it", error);
    // It could be read when it was listed.
    let file = File::open(path).map_err(|error| Unread::Failed(failed(error)))?;
    let (_, compression) = form::by_name(path);
    let mut bytes = Vec::new();
    if compression == Compression::None {
        if listed.on_disk > limit {
            return Err(too_long(listed.on_disk));
        }
        // One read for the whole and one for its end, as long as it is what was listed.
        bytes.reserve_exact(usize::try_from(listed.on_disk + 1).unwrap_or(0));
        let mut reader = file.take(limit.saturating_add(1));
        let read = reader.read_to_end(&mut bytes);
        read.map_err(|error| Unread::Failed(failed(error)))?;
        if bytes.len() as u64 > limit {
            return Err(too_long(bytes.len() as u64));
        }
        return whole(path, bytes, None, options);
    }
    let allowed = options.allowed(rayon::current_num_threads(), &|| Ok(()));
    let read = decode(&file, path, compression, allowed, &mut |more, _| {
        bytes.extend_from_slice(more);
        if bytes.len() as u64 > limit {
            return Err(CorpusError::Cancelled);
        }
        Ok(())
    });
    if bytes.len() as u64 > limit {
        return Err(too_long(bytes.len() as u64));
    }
    let damages = read.map_err(Unread::Failed)?;
    whole(path, bytes, damages.into_iter().next(), options)
}

/// Whether a text of UTF-8 ends inside a character. In another encoding its last byte may look so.
fn is_cut(bytes: &[u8]) -> bool {
    ends_inside_character(bytes)
        && std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

/// The bytes of a file if it is whole. Half a text is no document: it would be taken for an excerpt.
fn whole(path: &Path, bytes: Vec<u8>, damage: Option<Damage>, options: &ReadOptions) -> FileRead {
    let length = bytes.len() as u64;
    let damage = match damage {
        None if is_cut(&bytes) => {
            Damage::at_the_end(length, length, "the file ends inside a character")
        }
        None => match html_values::text(bytes, options) {
            Ok(read) => return Ok(read),
            Err(damage) => damage,
        },
        Some(damage) => damage,
    };
    let reason = Reason::Damaged {
        path: path.to_path_buf(),
        message: damage.message,
        at: damage.at,
        resumed: false,
        missing: damage.missing,
    };
    Err(Unread::Rejected(length, reason))
}

/// Reads a text file that was gathered.
pub(super) fn record<R>(
    (file, texts): (&TextFile, &Texts),
    raw: &[u8],
    options: &ReadOptions,
    scratch: &mut Scratch,
    use_it: impl FnOnce(&Record<'_>) -> R,
) -> Result<R, Reason> {
    let body = raw.strip_prefix(BYTE_ORDER_MARK).unwrap_or(raw);
    if is_blank(body) {
        return Err(Reason::EmptyFile);
    }
    let text = utf8(body, (raw.len() - body.len()) as u64)?;
    let page = Page::of(text, options.text_header);
    scratch.id = Texts::id(file);
    let described = file.described.as_deref();
    let of_table = |value: fn(&Described) -> &Option<String>| value(described?).as_deref();
    let values = Values {
        id: Some(&scratch.id),
        text: page.text,
        title: of_table(|it| &it.title).or(page.title),
        source: of_table(|it| &it.source)
            .or(page.source)
            .or_else(|| match described {
                None if !texts.alone => texts.folders.outlet_of(&scratch.id),
                _ => None,
            }),
        url: of_table(|it| &it.url).or(page.url),
        date: of_table(|it| &it.date).or(page.date),
    };
    // The day of a header line is always written the same way, whatever dates elsewhere look like.
    let in_path = page.date.is_none().then(|| date::in_path(&scratch.id));
    let mut record = values.record(file.start, file.length, &UNDECIDED, &mut scratch.publishers);
    if let (DateField::Absent, Some(Some(day))) = (record.date, in_path) {
        record.date = DateField::Parsed(day);
    }
    Ok(use_it(&record))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_fill_memory_waits_for_its_turn_and_is_spooled_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let file = |n: u64| {
            let relative = PathBuf::from(format!("{n}.txt"));
            std::fs::write(folder.path().join(&relative), "page ".repeat(20)).unwrap();
            TextFile::new(relative, 100)
        };
        let mut texts = Texts {
            root: folder.path().into(),
            alone: false,
            files: (0..50).map(file).collect(),
            metadata: None,
            folders: FolderNames::default(),
        };
        let (options, go_on) = (ReadOptions::default(), AtomicBool::new(false));
        let one = rayon::ThreadPoolBuilder::new().num_threads(1);
        let read = one
            .build()
            .unwrap()
            .install(|| texts.read(0..50, &options, &go_on, 250));
        assert_eq!(read.unwrap().iter().flatten().count(), 3);

        let mut spool = Spool::new(&options, "pages").unwrap();
        texts
            .gather(&mut spool, &options, &go_on, &mut |_| {})
            .unwrap();
        assert!(
            texts
                .files
                .iter()
                .map(|file| file.start)
                .eq((0..50).map(|n| n * 101))
        );
    }

    #[test]
    fn compressed_files_are_expected_to_expand() {
        let expected = |name: &str| TextFile::new(name.into(), 100).expected();
        assert_eq!((expected("a.txt"), expected("a.txt.gz")), (100, 400));
    }
}

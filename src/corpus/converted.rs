//! Files in a form that is read as JSON Lines ([`Form`]): one that was named itself, or those of a folder.
//!
//! Such a file is converted when its input is gathered: its documents go into a spool, a JSON object a line, and what could not be
//! read is a place of damage there. From then on nothing differs from JSON Lines. Small files of a folder are converted in
//! parallel, a batch at a time, and written in their order.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use rayon::prelude::*;
use wirecopy_formats::{Form, SourceFile};

use super::allowed::Damage;
use super::decode::decode;
use super::error::CorpusError;
use super::head::Head;
use super::html_values::HtmlValues;
use super::input::{Input, Origin, Stamp};
use super::json_head;
use super::kind::{Compression, Format};
use super::line_sink::{GoOn, LineSink};
use super::map::Map;
use super::options::ReadOptions;
use super::spool::Spool;

/// The files of one input that are converted.
#[derive(Debug)]
pub(super) struct Converted {
    /// The folder, or that of the file that was named itself.
    pub(super) root: PathBuf,
    /// The file as it was when it was opened, if it was named itself.
    pub(super) stamp: Option<Stamp>,
    /// Sorted by the bytes of their paths.
    pub(super) files: Vec<ConvertedFile>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct ConvertedFile {
    /// The path below the folder.
    pub(super) relative: PathBuf,
    /// Bytes on disk, when it was opened or listed.
    pub(super) on_disk: u64,
    pub(super) form: &'static Form,
    pub(super) compression: Compression,
    /// Where its lines start in the spool, and how many they are, once it is converted.
    pub(super) start: u64,
    pub(super) lines: u64,
}

/// Files of a folder up to this size are converted in memory, several at a time; a larger one goes line by line into the spool.
const SMALL: u64 = 4 << 20;
/// Small files converted at a time.
const BATCH: usize = 256;
/// Decoded bytes that are converted to look at the first documents of a compressed file.
const HEAD: usize = 8 << 20;

/// What a file became: its lines, how many they are, and what was lost between them.
type Lines = (Vec<u8>, u64, Vec<Damage>);

impl Converted {
    /// A file that was named itself, or is an input of its own.
    pub(super) fn alone(
        path: &Path,
        stamp: Option<Stamp>,
        (form, compression): (&'static Form, Compression),
    ) -> Input {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let file = ConvertedFile {
            relative: PathBuf::from(name),
            on_disk: stamp.map_or(0, |stamp| stamp.length),
            form,
            compression,
            start: 0,
            lines: 0,
        };
        Converted {
            root: path.parent().unwrap_or(Path::new("")).to_path_buf(),
            stamp,
            files: vec![file],
        }
        .input(path)
    }

    /// An input of these files, at a path.
    pub(super) fn input(self, path: &Path) -> Input {
        let on_disk = self.files.iter().map(|file| file.on_disk).sum();
        let origin = Origin::Converted(self);
        let mut input = Input::new(Some(path.to_path_buf()), Format::JsonLines, origin);
        input.bytes = Some(on_disk);
        input
    }

    /// What its files are, for people: `Parquet`, or the two or three forms that they have.
    pub(super) fn form(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for file in &self.files {
            if !names.contains(&file.form.name) {
                names.push(file.form.name);
            }
        }
        names.join(", ")
    }

    /// Whether it is one file, and not a folder of them.
    pub(super) fn is_alone(&self) -> bool {
        self.stamp.is_some()
    }

    /// Converts all files into a spool. `reach` is given the bytes on disk that are done.
    pub(super) fn gather(
        &mut self,
        spool: &mut Spool,
        (options, go_on): (&ReadOptions, GoOn<'_>),
        reach: &mut dyn FnMut(u64),
    ) -> Result<Vec<Damage>, CorpusError> {
        let (mut at, mut done, mut damages) = (0, 0, Vec::new());
        while at < self.files.len() {
            let is_small = |file: &ConvertedFile| file.on_disk <= SMALL;
            let batch = self.files[at..].iter().take(BATCH);
            let end = at + batch.take_while(|file| is_small(file)).count();
            if end <= at + 1 {
                // A large one, or one alone.
                let start = spool.written();
                let before = done;
                let file = &self.files[at];
                let reached = &mut |bytes: u64| reach(before + bytes.min(file.on_disk));
                let (lines, lost) = self.spool_file(file, spool, (options, go_on), reached)?;
                damages.extend(lost);
                let file = &mut self.files[at];
                (file.start, file.lines) = (start, lines);
                done += file.on_disk;
                at += 1;
            } else {
                let lines = self.convert(at..end, options, go_on)?;
                for (file, (lines, count, lost)) in self.files[at..end].iter_mut().zip(lines) {
                    (file.start, file.lines) = (spool.written(), count);
                    let at_start = file.start;
                    spool.write(&lines)?;
                    damages.extend(lost.into_iter().map(|damage| Damage {
                        decoded: damage.decoded + at_start,
                        ..damage
                    }));
                    done += file.on_disk;
                }
                at = end;
            }
            reach(done);
        }
        Ok(damages)
    }

    /// Converts a file, line by line.
    fn spool_file(
        &self,
        file: &ConvertedFile,
        spool: &mut Spool,
        (options, go_on): (&ReadOptions, GoOn<'_>),
        reach: &mut dyn FnMut(u64),
    ) -> Result<(u64, Vec<Damage>), CorpusError> {
        let path = self.root.join(&file.relative);
        let (bytes, cut) = bytes_of(&path, file.compression, options, go_on)?;
        let mut sink = LineSink::new(go_on).into_spool(spool).reaching(reach);
        read(file.form, &file.source(bytes, options), &mut sink, options);
        let lines = sink.lines();
        let (_, damages) = sink.finish(cut)?;
        Ok((lines, self.named(file, damages)))
    }

    /// Converts small files in parallel.
    fn convert(
        &self,
        files: Range<usize>,
        options: &ReadOptions,
        go_on: GoOn<'_>,
    ) -> Result<Vec<Lines>, CorpusError> {
        let convert = |file: &ConvertedFile| {
            go_on()?;
            let path = self.root.join(&file.relative);
            let (bytes, cut) = bytes_of(&path, file.compression, options, go_on)?;
            let mut sink = LineSink::new(go_on);
            read(file.form, &file.source(bytes, options), &mut sink, options);
            let count = sink.lines();
            let (lines, damages) = sink.finish(cut)?;
            Ok((lines, count, self.named(file, damages)))
        };
        self.files[files].par_iter().map(convert).collect()
    }

    /// Damages, with the file they are in.
    fn named(&self, file: &ConvertedFile, mut damages: Vec<Damage>) -> Vec<Damage> {
        for damage in &mut damages {
            damage.file = Some(self.root.join(&file.relative));
        }
        damages
    }

    /// The first lines, at least so many bytes of them unless there are fewer.
    pub(super) fn beginning(
        &self,
        options: &ReadOptions,
        least: usize,
    ) -> Result<Head, CorpusError> {
        let mut head = Head::default();
        for file in &self.files {
            let go_on: GoOn<'_> = &|| Ok(());
            let path = self.root.join(&file.relative);
            let (bytes, is_cut) = head_of(&path, file.compression, options)?;
            let left = least.saturating_sub(head.bytes.len());
            let mut sink = LineSink::new(go_on).at_most(left);
            self::read(file.form, &file.source(bytes, options), &mut sink, options);
            let (read, is_full) = (sink.read(), sink.is_full());
            let (lines, damages) = sink.finish(None)?;
            head.bytes.extend(lines);
            head.cut |= is_full || is_cut;
            if !head.cut {
                // What is behind the end of a beginning is not lost.
                head.damages.extend(self.named(file, damages));
            }
            head.read += if is_full && file.compression == Compression::None {
                read.min(file.on_disk)
            } else {
                file.on_disk
            };
            if head.bytes.len() >= least {
                head.cut = true; // there may be more files
                break;
            }
        }
        Ok(head)
    }

    /// The file that a place of the spool is in, and where it starts.
    pub(super) fn at(&self, offset: u64) -> Option<&ConvertedFile> {
        let behind = self.files.partition_point(|file| file.start <= offset);
        self.files.get(behind.checked_sub(1)?)
    }
}

impl ConvertedFile {
    /// A file of a folder that was listed.
    pub(super) fn new(relative: PathBuf, on_disk: u64, form: &'static Form) -> ConvertedFile {
        ConvertedFile {
            compression: super::form::by_name(&relative).1,
            relative,
            on_disk,
            form,
            start: 0,
            lines: 0,
        }
    }

    pub(super) fn source(&self, bytes: Bytes, options: &ReadOptions) -> SourceFile<'_> {
        source(&self.relative, bytes, options)
    }

    /// The path below the folder, with `/` between its parts.
    pub(super) fn name(&self) -> String {
        crate::shown::path_text(&self.relative).into_owned()
    }
}

fn source<'p>(path: &'p Path, bytes: Bytes, options: &ReadOptions) -> SourceFile<'p> {
    SourceFile {
        charset: options.encoding,
        delimiter: options.delimiter,
        ..SourceFile::new(path, bytes)
    }
}

/// Hands the documents of a file to a sink, which knows whether it stopped the reading.
fn read(form: &Form, file: &SourceFile<'_>, sink: &mut LineSink<'_>, options: &ReadOptions) {
    if options.html {
        let mut articles = HtmlValues::new(sink, options);
        let _ = (form.read)(file, &mut articles).and_then(|()| articles.finish());
    } else {
        let _ = (form.read)(file, sink);
    }
}

/// Whether one of the documents that a file begins with has a text.
pub(super) fn head_has_text(path: &Path, head: &[u8], form: &Form, options: &ReadOptions) -> bool {
    let mut sink = LineSink::new(&|| Ok(()));
    let bytes = Bytes::copy_from_slice(head);
    read(form, &source(path, bytes, options), &mut sink, options);
    let lines = sink
        .finish(None)
        .map(|(lines, _)| lines)
        .unwrap_or_default();
    // A first document that goes on behind the head may have one.
    lines.is_empty()
        || json_head::names_text(&lines, options)
        || json_head::has_long_value(&lines, 200)
}

/// All documents of a file, a line each, as far as they can be read.
pub(super) fn lines_of(path: &Path, bytes: Vec<u8>, form: &Form) -> Result<Vec<u8>, CorpusError> {
    let mut sink = LineSink::new(&|| Ok(()));
    let bytes = Bytes::from(bytes);
    let _ = (form.read)(&SourceFile::new(path, bytes), &mut sink);
    Ok(sink.finish(None)?.0)
}

/// Turns what was gathered of a stream into lines.
pub(super) fn of_stream(
    map: Map,
    (path, form): (&Path, &'static Form),
    spool: &mut Spool,
    (options, go_on): (&ReadOptions, GoOn<'_>),
) -> Result<Vec<Damage>, CorpusError> {
    let mut sink = LineSink::new(go_on).into_spool(spool);
    let source = source(path, Bytes::from_owner(map), options);
    read(form, &source, &mut sink, options);
    Ok(sink.finish(None)?.1)
}

/// All decoded bytes of a file, and where they are cut or damaged.
pub(super) fn bytes_of(
    path: &Path,
    compression: Compression,
    options: &ReadOptions,
    go_on: GoOn<'_>,
) -> Result<(Bytes, Option<Damage>), CorpusError> {
    let failed = |error| CorpusError::io(path, "open it", error);
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    if compression == Compression::None && options.mmap && length > 0 {
        // A file system without maps: it is spooled instead.
        if let Ok(map) = Map::open(&file) {
            return Ok((Bytes::from_owner(map), None));
        }
    }
    let allowed = options.allowed(rayon::current_num_threads(), go_on);
    if length <= SMALL {
        let mut bytes = Vec::new();
        let damages = decode(&file, path, compression, allowed, &mut |more, _| {
            bytes.extend_from_slice(more);
            go_on()
        })?;
        return Ok((Bytes::from(bytes), damages.into_iter().next()));
    }
    let mut spool = Spool::new(options, &path.display().to_string())?;
    let damages = decode(&file, path, compression, allowed, &mut |more, _| {
        go_on()?;
        spool.write(more)
    })?;
    let bytes = Bytes::from_owner(spool.finish()?);
    Ok((bytes, damages.into_iter().next()))
}

/// The first decoded bytes of a file, all of one that is not compressed; and whether more follow.
fn head_of(
    path: &Path,
    compression: Compression,
    options: &ReadOptions,
) -> Result<(Bytes, bool), CorpusError> {
    if compression == Compression::None {
        return Ok((bytes_of(path, compression, options, &|| Ok(()))?.0, false));
    }
    let failed = |error| CorpusError::io(path, "open it", error);
    let file = File::open(path).map_err(failed)?;
    let head = super::head::read(&file, path, compression, HEAD, HEAD, options)?;
    Ok((Bytes::from(head.bytes), head.cut))
}

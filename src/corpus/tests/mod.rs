//! The room as its callers see it: each trap of real input, read through the public face.

mod compressed;
mod csv;
mod damage;
mod folder;
mod hostile;
mod jsonl;
mod limits;
mod memory;
mod preflight;
mod streams;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::*;
use crate::date::Date;

/// A folder of input files for one test.
pub(super) struct TestDir {
    folder: tempfile::TempDir,
}

impl TestDir {
    pub(super) fn new() -> TestDir {
        TestDir {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and its folders.
    pub(super) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

/// A record as the tests look at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Seen {
    pub(super) input: usize,
    pub(super) id: Option<String>,
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) unparsed: bool,
    pub(super) publisher: Option<String>,
    pub(super) offset: u64,
    pub(super) length: u32,
}

impl Seen {
    fn of(input: usize, record: &Record<'_>) -> Seen {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Seen {
            input,
            id: own(record.id),
            text: record.text.to_owned(),
            title: own(record.title),
            source: own(record.source),
            url: own(record.url),
            date: record.date.date(),
            unparsed: matches!(record.date, DateField::Unparsed(_)),
            publisher: own(record.publisher),
            offset: record.offset,
            length: record.length,
        }
    }
}

/// Everything a scan says, in order.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Read {
    pub(super) records: Vec<Seen>,
    pub(super) rejected: Vec<(usize, Rejection)>,
}

impl Read {
    pub(super) fn texts(&self) -> Vec<&str> {
        self.records
            .iter()
            .map(|record| record.text.as_str())
            .collect()
    }

    pub(super) fn ids(&self) -> Vec<&str> {
        self.records
            .iter()
            .map(|record| record.id.as_deref().unwrap_or("-"))
            .collect()
    }

    pub(super) fn reasons(&self) -> Vec<String> {
        self.rejected
            .iter()
            .map(|(_, rejection)| rejection.reason.to_string())
            .collect()
    }
}

struct Collect(usize, Read);

impl BlockVisitor for Collect {
    fn record(&mut self, record: &Record<'_>) {
        self.1.records.push(Seen::of(self.0, record));
    }

    fn rejected(&mut self, rejection: Rejection) {
        self.1.rejected.push((self.0, rejection));
    }
}

/// Opens files to see what can be read of them, whatever is missing; [`damage`] is about that.
pub(super) fn open(paths: &[&Path], options: ReadOptions) -> Result<Corpus, CorpusError> {
    let options = ReadOptions {
        accept_damaged: true,
        allow_empty: true,
        ..options
    };
    let sources = paths
        .iter()
        .map(|path| Source::Path(path.to_path_buf()))
        .collect();
    Corpus::open(sources, options)
}

pub(super) fn scan(corpus: &mut Corpus) -> Result<Read, CorpusError> {
    let blocks = corpus.scan(
        |input| Collect(input, Read::default()),
        &AtomicBool::new(false),
        &|_| {},
    )?;
    let mut all = Read::default();
    for (input, Collect(of, block)) in blocks {
        assert_eq!(input, of);
        all.records.extend(block.records);
        all.rejected.extend(block.rejected);
    }
    Ok(all)
}

/// Scans, and reads every record again at its place, and its text alone: they must be the same.
pub(super) fn read_with(paths: &[&Path], options: ReadOptions) -> Result<Read, CorpusError> {
    let mut corpus = open(paths, options)?;
    let read = scan(&mut corpus)?;
    let mut reader = corpus.reader();
    for seen in &read.records {
        let (again, place) = reader.record(seen.input, seen.offset, seen.length, |record| {
            (Seen::of(seen.input, record), record.text_place)
        })?;
        assert_eq!(&again, seen);
        let record = (seen.offset, seen.length);
        reader.text(seen.input, record, place, |text| {
            assert_eq!(text, seen.text)
        })?;
    }
    corpus.check_unchanged()?;
    Ok(read)
}

pub(super) fn read(path: &Path) -> Read {
    read_with(&[path], ReadOptions::default()).unwrap()
}

/// A file of `fixtures/formats`.
pub(super) fn fixture(name: &str) -> PathBuf {
    let formats = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/formats");
    Path::new(formats).join(name)
}

/// The bytes of every record, as the writer of a filtered corpus gets them.
pub(super) fn raw_records(corpus: &Corpus, read: &Read) -> Vec<Vec<u8>> {
    let mut reader = corpus.reader();
    let raw = |seen: &Seen| {
        reader
            .raw(seen.input, seen.offset, seen.length)
            .map(<[u8]>::to_vec)
    };
    read.records
        .iter()
        .map(raw)
        .collect::<Result<_, _>>()
        .unwrap()
}

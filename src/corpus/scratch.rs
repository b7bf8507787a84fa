//! Scratch files: what many threads spill, to be read again by its place.
//!
//! Like a spool, a scratch file has no name: however the process ends, nothing is left behind. It
//! is written at places that are given out one after another, and mapped once it is full; the
//! system may drop its pages from memory at any time, as they are on disk.

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Corpus;
use super::error::CorpusError;
use super::map::Map;
use super::spool;

/// A scratch file while it is written.
#[derive(Debug)]
pub(crate) struct Scratch {
    file: File,
    end: AtomicU64,
    folder: PathBuf,
    /// What it holds, for messages.
    name: &'static str,
}

/// A scratch file that is read.
#[derive(Debug)]
pub(crate) struct ScratchMap(Map);

impl Corpus {
    /// An empty scratch file where this corpus has its spools.
    ///
    /// # Errors
    ///
    /// If no file can be made there.
    pub(crate) fn scratch(&self, name: &'static str) -> Result<Scratch, CorpusError> {
        let folder = spool::folder(&self.options);
        match tempfile::tempfile_in(&folder) {
            Ok(file) => Ok(Scratch {
                file,
                end: AtomicU64::new(0),
                folder,
                name,
            }),
            Err(source) => Err(CorpusError::NoSpool { folder, source }),
        }
    }
}

impl Scratch {
    /// Writes some bytes and says where they stand.
    ///
    /// # Errors
    ///
    /// If the disk is full, or fails.
    pub(crate) fn append(&self, bytes: &[u8]) -> Result<u64, CorpusError> {
        let at = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        match self.file.write_all_at(bytes, at) {
            Ok(()) => Ok(at),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// Maps what was written.
    ///
    /// # Errors
    ///
    /// If the system cannot map the file.
    pub(crate) fn finish(self) -> Result<ScratchMap, CorpusError> {
        match Map::of_scratch(&self.file) {
            Ok(map) => Ok(ScratchMap(map)),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn failed(&self, error: io::Error) -> CorpusError {
        let bytes = self.end.load(Ordering::Relaxed);
        spool::failed(error, &self.folder, self.name, bytes)
    }
}

impl Deref for ScratchMap {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{ReadOptions, Source};
    use rayon::prelude::*;

    fn scratch() -> Scratch {
        let corpus = Corpus::open(vec![Source::Records(Vec::new())], ReadOptions::default());
        corpus.unwrap().scratch("numbers").unwrap()
    }

    #[test]
    fn what_many_threads_spill_is_found_at_its_place() {
        let scratch = scratch();
        let places: Vec<u64> = (0..500u32)
            .into_par_iter()
            .map(|n| {
                scratch
                    .append(&n.to_le_bytes().repeat(n as usize % 7))
                    .unwrap()
            })
            .collect();
        let map = scratch.finish().unwrap();
        for (n, place) in (0..500u32).zip(places) {
            let expected = n.to_le_bytes().repeat(n as usize % 7);
            let place = usize::try_from(place).unwrap();
            assert_eq!(map[place..][..expected.len()], expected);
        }
        assert_eq!(map.len(), (0..500).map(|n| 4 * (n % 7)).sum::<usize>());
    }

    #[test]
    fn a_full_disk_is_reported_with_what_was_to_be_written() {
        let scratch = scratch();
        scratch.append(b"12345").unwrap();
        let full = scratch.failed(io::ErrorKind::StorageFull.into());
        assert!(matches!(full, CorpusError::DiskFull { bytes: 5, .. }));
        assert!(full.to_string().contains("numbers"), "{full}");
    }

    /// In a process of its own: how much was lost is counted for all of a process.
    #[test]
    #[ignore = "the next test runs it"]
    fn lost_alone() {
        crate::corpus::install_guard().unwrap();
        let corpus = Corpus::open(vec![Source::Records(Vec::new())], ReadOptions::default());
        let corpus = corpus.unwrap();
        let scratch = corpus.scratch("numbers").unwrap();
        scratch.append(&[1; 100_000]).unwrap();
        let file = scratch.file.try_clone().unwrap();
        let map = scratch.finish().unwrap();
        file.set_len(0).unwrap();
        corpus.check_unchanged().unwrap();
        assert_eq!(map[99_999], 0);
        drop(map);
        let said = corpus.check_unchanged().unwrap_err().to_string();
        assert!(said.contains("could not be read again"), "{said}");
        assert!(said.contains("--temp-dir"), "{said}");
    }

    #[test]
    fn what_was_spilled_and_cannot_be_read_again_is_an_error() {
        let mut tests = std::process::Command::new(std::env::current_exe().unwrap());
        tests.args(["--exact", "corpus::scratch::tests::lost_alone", "--ignored"]);
        let run = tests.output().unwrap();
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success() && said.contains("1 passed"), "{said}");
    }

    #[test]
    fn nothing_written_is_nothing_to_read() {
        assert!(scratch().finish().unwrap().is_empty());
    }
}

//! The manifest: the file that says which files are the index now.
//!
//! A preamble and a list, like a segment without sections, so that it is read and guarded in the
//! same way. Another state of the index is another manifest, put in its place by rename.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::coding::{self, LIMIT};
use super::error::{DiskError, DiskFault};
use super::file_ref::{FileKind, FileRef};
use super::new_file::NewFile;
use super::preamble::{ALIGN, PREAMBLE, Preamble, number};
use crate::hash;

/// Its name in the folder.
pub(super) const NAME: &str = "manifest";
/// The number that stands for it in the preamble.
const KIND: u32 = 1;
/// Bytes of a file's entry.
const ENTRY: u64 = 28;
/// Most commits, files and documents that are ever counted: a million a second would take more than
/// 100,000 years. A reader who adds to such a number need not fear an overflow.
pub(super) const MOST: u64 = 1 << 62;

/// A state of the index.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Manifest {
    /// How many commits there were. 0: the first build is not at its end.
    pub(super) generation: u64,
    /// The number of the next file. Numbers are given once.
    pub(super) next_file: u64,
    /// The number of the next document. Numbers are given once.
    pub(super) next_document: u64,
    /// How documents are read and filed.
    pub(super) recipe: String,
    /// The files, in the order in which they were committed.
    pub(super) files: Vec<FileRef>,
}

/// The list as it is written: the variant is its version.
#[derive(bincode::Encode, bincode::Decode)]
enum Versioned {
    V1(List),
}

#[derive(bincode::Encode, bincode::Decode)]
struct List {
    generation: u64,
    next_file: u64,
    next_document: u64,
    recipe: String,
    files: Vec<Entry>,
}

#[derive(bincode::Encode, bincode::Decode)]
struct Entry {
    kind: u32,
    number: u64,
    length: u64,
    head_xxh3: u64,
}

impl Manifest {
    /// Reads the manifest of a folder; also the checksum that distinguishes it from every other.
    ///
    /// # Errors
    ///
    /// [`DiskFault::NoIndex`] if there is none; or if it is damaged or of a newer format.
    pub(super) fn read(folder: &Path) -> Result<(Manifest, u64), DiskError> {
        let path = folder.join(NAME);
        match read_file(&path) {
            Ok(bytes) => {
                let manifest = Manifest::decode(&bytes).map_err(|fault| fault.of(path))?;
                Ok((manifest, hash::bytes(&bytes)))
            }
            Err(error) => Err(match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                    DiskFault::NoIndex.of(folder)
                }
                io::ErrorKind::IsADirectory => DiskFault::NotAFile.of(path),
                _ => DiskError::io("read", &path)(error),
            }),
        }
    }

    /// Writes it beside the manifest of the folder, flushed and ready to be placed.
    pub(super) fn stage(&self, folder: &Path) -> Result<NewFile, DiskError> {
        let mut file = NewFile::create(folder, NAME)?;
        let (preamble, list) = self.encode().map_err(|fault| fault.of(file.path()))?;
        let written = file.put(&list);
        written.map_err(DiskError::io("write", file.path()))?;
        file.complete(&preamble.encode())?;
        Ok(file)
    }

    pub(super) fn encode(&self) -> Result<(Preamble, Vec<u8>), DiskFault> {
        let entry = |file: &FileRef| Entry {
            kind: file.kind.code(),
            number: file.number,
            length: file.length,
            head_xxh3: file.head_xxh3,
        };
        let list = coding::encode(Versioned::V1(List {
            generation: self.generation,
            next_file: self.next_file,
            next_document: self.next_document,
            recipe: self.recipe.clone(),
            files: self.files.iter().map(entry).collect(),
        }))?;
        let preamble = Preamble {
            kind: KIND,
            list_offset: ALIGN,
            list_length: list.len() as u64,
            list_xxh3: hash::bytes(&list),
            sections: 0,
        };
        Ok((preamble, list))
    }

    /// Reads a whole manifest.
    ///
    /// # Errors
    ///
    /// If it is none, damaged, or names what cannot be.
    pub(super) fn decode(bytes: &[u8]) -> Result<Manifest, DiskFault> {
        let (preamble, list) = Preamble::decode(bytes)?;
        number("kind of file", 12, KIND.into(), preamble.kind.into())?;
        number("beginning of the list", 24, ALIGN, preamble.list_offset)?;
        number("count of sections", 48, 0, preamble.sections.into())?;
        let Versioned::V1(list) = coding::decode(list, ALIGN)?;
        let counts = [list.generation, list.next_file, list.next_document];
        for (place, count) in (0..).zip(counts) {
            if count > MOST {
                return Err(DiskFault::Content {
                    what: "it counts further than anybody can",
                    offset: ALIGN + 4 + place * 8,
                });
            }
        }
        // Variant, three numbers, the recipe and its length, the number of files.
        let entries = ALIGN + 4 + 3 * 8 + 8 + list.recipe.len() as u64 + 8;
        let mut files = Vec::with_capacity(list.files.len());
        for (place, entry) in (0..).zip(&list.files) {
            let offset = entries + place * ENTRY;
            let content = |what| DiskFault::Content { what, offset };
            if entry.number >= list.next_file {
                return Err(content("a file has a number that was not yet given"));
            }
            files.push(FileRef {
                kind: FileKind::of_code(entry.kind)
                    .ok_or_else(|| content("a file is no segment and no state"))?,
                number: entry.number,
                length: entry.length,
                head_xxh3: entry.head_xxh3,
            });
        }
        let mut numbers: Vec<u64> = files.iter().map(|file| file.number).collect();
        numbers.sort_unstable();
        if !numbers.is_sorted_by(|a, b| a < b) {
            let what = "two files have one number";
            return Err(DiskFault::Content {
                what,
                offset: entries,
            });
        }
        Ok(Manifest {
            generation: list.generation,
            next_file: list.next_file,
            next_document: list.next_document,
            recipe: list.recipe,
            files,
        })
    }

    /// Whether the file of this name, finished or not, belongs to this state.
    pub(super) fn names(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.name() == name)
    }
}

/// The bytes of a file that is no longer than a manifest may be, and one byte more of any other.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    // Asked before it is opened: opening a pipe would wait for a writer of it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::new();
    let most = (PREAMBLE + LIMIT + 1) as u64;
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_files() -> Manifest {
        let file = |kind, number| FileRef {
            kind,
            number,
            length: 0x0a0b,
            head_xxh3: 0x1122_3344_5566_7788,
        };
        Manifest {
            generation: 5,
            next_file: 0x0102,
            next_document: 7,
            recipe: "text=v1".to_owned(),
            files: vec![file(FileKind::Segment, 0x0101), file(FileKind::State, 0)],
        }
    }

    fn bytes(manifest: &Manifest) -> Vec<u8> {
        let (preamble, list) = manifest.encode().unwrap();
        [&preamble.encode()[..], &list].concat()
    }

    /// What the content of a list is refused for, its checksums being right.
    fn refused(change: impl FnOnce(&mut Manifest)) -> String {
        let mut manifest = two_files();
        change(&mut manifest);
        Manifest::decode(&bytes(&manifest)).unwrap_err().to_string()
    }

    /// The list byte by byte, as `docs/index-format.md` draws it.
    #[test]
    fn the_bytes_are_as_drawn() {
        let (preamble, list) = two_files().encode().unwrap();
        let mut drawn = vec![0, 0, 0, 0];
        drawn.extend([5, 0, 0, 0, 0, 0, 0, 0]);
        drawn.extend([2, 1, 0, 0, 0, 0, 0, 0]);
        drawn.extend([7, 0, 0, 0, 0, 0, 0, 0]);
        drawn.extend([7, 0, 0, 0, 0, 0, 0, 0]);
        drawn.extend(b"text=v1");
        drawn.extend([2, 0, 0, 0, 0, 0, 0, 0]);
        for (kind, number) in [(2, [1, 1]), (3, [0, 0])] {
            drawn.extend([kind, 0, 0, 0]);
            drawn.extend([number[0], number[1], 0, 0, 0, 0, 0, 0]);
            drawn.extend([0x0b, 0x0a, 0, 0, 0, 0, 0, 0]);
            drawn.extend([0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11]);
        }
        assert_eq!(list, drawn);
        let mut head = b"\x89wcx\r\n\x1a\n".to_vec();
        head.extend([1, 0, 0, 0, 1, 0, 0, 0]);
        head.extend((64 + list.len() as u64).to_le_bytes());
        head.extend(64u64.to_le_bytes());
        head.extend((list.len() as u64).to_le_bytes());
        head.extend(hash::bytes(&list).to_le_bytes());
        head.extend([0; 8]);
        head.extend(hash::bytes(&head).to_le_bytes());
        assert_eq!(preamble.encode()[..], head);
        assert_eq!(Manifest::decode(&bytes(&two_files())).unwrap(), two_files());
    }

    #[test]
    fn what_cannot_be_is_refused_although_checksums_are_right() {
        let twice = refused(|manifest| manifest.files[1].number = 0x0101);
        assert!(twice.contains("two files have one number"), "{twice}");
        let not_given = refused(|manifest| manifest.next_file = 0x0101);
        assert!(not_given.starts_with("offset 115: "), "{not_given}");
        assert!(not_given.contains("not yet given"), "{not_given}");
        for (offset, change) in [
            (
                68,
                (|manifest| manifest.generation = MOST + 1) as fn(&mut Manifest),
            ),
            (76, |manifest| manifest.next_file = u64::MAX),
            (84, |manifest| manifest.next_document = u64::MAX),
        ] {
            let further = refused(change);
            assert!(
                further.starts_with(&format!("offset {offset}: ")),
                "{further}"
            );
            assert!(further.contains("counts further"), "{further}");
        }
        let mut manifest = two_files();
        manifest.recipe = "x".repeat(LIMIT);
        assert!(matches!(manifest.encode(), Err(DiskFault::TooLong { .. })));
    }
}

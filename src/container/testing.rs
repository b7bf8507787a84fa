//! Small indexes for the tests of this room.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::{Bytes, DiskError, FileBytes, FileKind, FileRef, Segment, Snapshot, Wait, Writing};

/// A file read into memory where numbers may be read: what a map does, without a map.
struct Aligned {
    words: Vec<u64>,
    length: usize,
}

impl AsRef<[u8]> for Aligned {
    fn as_ref(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.length]
    }
}

impl FileBytes for Aligned {}

pub(super) fn aligned(bytes: &[u8]) -> Bytes {
    let mut words = vec![0u64; bytes.len().div_ceil(8)];
    bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(bytes);
    Arc::new(Aligned {
        words,
        length: bytes.len(),
    })
}

pub(super) fn map(mut file: &File) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(aligned(&bytes))
}

pub(super) fn open(bytes: &[u8]) -> Result<Segment, DiskError> {
    Segment::open(aligned(bytes), Path::new("seg"))
}

pub(super) const RECIPE: &str = "text=v1 bands=128x2";

pub(super) fn create(folder: &Path) -> Writing<'static> {
    Writing::create(folder, RECIPE, &map, Wait::No).unwrap()
}

pub(super) fn begin(folder: &Path) -> Writing<'static> {
    Writing::begin(folder, &map, Wait::No).unwrap()
}

/// Writes a file of `seed`, about four documents: numbers, bytes, nothing, in this order.
pub(super) fn write(
    writing: &Writing<'_>,
    kind: FileKind,
    seed: u64,
) -> Result<FileRef, DiskError> {
    let mut file = writing.new_file(kind)?;
    file.section(7, 8)?.put(&[seed, seed + 1, u64::MAX])?;
    let mut bytes = file.section(9, 1)?;
    let written = bytes.write_all(b"wi").and_then(|()| bytes.write_all(b"re"));
    written.map_err(DiskError::io("write", Path::new("section")))?;
    file.section(3, 4)?.put::<u32>(&[])?;
    file.finish(seed..seed + 4)
}

/// An index of one segment, about documents 0 to 3, and one state.
pub(super) fn small_index(folder: &Path) -> Snapshot {
    let writing = create(folder);
    let files = [
        write(&writing, FileKind::Segment, 0).unwrap(),
        write(&writing, FileKind::State, 0).unwrap(),
    ];
    writing.commit(&files, 4).unwrap()
}

/// The bytes of such a segment, and of the manifest that names it.
pub(super) fn small_files() -> &'static [Vec<u8>; 2] {
    static FILES: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    FILES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        small_index(folder.path());
        ["seg-0000000001", "manifest"].map(|name| fs::read(folder.path().join(name)).unwrap())
    })
}

pub(super) fn small_segment() -> Vec<u8> {
    small_files()[0].clone()
}

pub(super) fn small_manifest() -> Vec<u8> {
    small_files()[1].clone()
}

/// The names in a folder, in order; none if there is no folder.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

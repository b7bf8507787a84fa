//! What cannot be read, and what is not as it was written, is neither reported nor written again.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::testing::{begin, map, names, small_index, write};
use super::*;

fn snapshot(folder: &Path) -> Snapshot {
    Snapshot::open(folder, &map).unwrap()
}

/// Bytes that may come to be lost.
struct Losable(Bytes, Arc<AtomicBool>);

impl AsRef<[u8]> for Losable {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

impl FileBytes for Losable {
    fn is_lost(&self) -> bool {
        self.1.load(Ordering::Relaxed)
    }
}

#[test]
fn nothing_is_committed_of_what_could_not_be_read() {
    let room = tempfile::tempdir().unwrap();
    small_index(room.path());
    let before = names(room.path());
    let lost = Arc::new(AtomicBool::new(false));
    let losing =
        |file: &File| -> io::Result<Bytes> { Ok(Arc::new(Losable(map(file)?, Arc::clone(&lost)))) };
    let writing = Writing::begin(room.path(), &losing, Wait::No).unwrap();
    let before_it = writing.snapshot().clone();
    let file = write(&writing, FileKind::Segment, 4).unwrap();
    before_it.check_read().unwrap();
    lost.store(true, Ordering::Relaxed);
    let refused = writing.commit(&[file], 8).unwrap_err();
    assert!(matches!(refused.fault, DiskFault::Unreadable), "{refused}");
    assert!(refused.is_damage());
    let said = refused.to_string();
    assert!(said.contains(": the system could not read"), "{said}");
    assert_eq!(names(room.path()), before);
    assert_eq!(snapshot(room.path()).generation(), 1);
    let opened = Snapshot::open(room.path(), &losing);
    assert!(matches!(opened.unwrap_err().fault, DiskFault::Unreadable));
}

#[test]
fn a_writer_checks_every_section_before_it_uses_it_and_a_reader_if_it_is_asked_to() {
    let room = tempfile::tempdir().unwrap();
    small_index(room.path());
    let path = room.path().join("seg-0000000001");
    let mut bytes = fs::read(&path).unwrap();
    bytes[64] ^= 1;
    fs::write(&path, bytes).unwrap();
    let reading = snapshot(room.path());
    let (_, segment) = reading.files().next().unwrap();
    assert_eq!(segment.section::<u64>(7).unwrap()[0], 1);
    segment.check(9).unwrap();
    assert!(segment.check(7).unwrap_err().is_damage());
    reading.check_at_first_use();
    for _ in 0..2 {
        let said = segment.section::<u64>(7).unwrap_err().to_string();
        assert!(said.contains("offset 64: damaged section"), "{said}");
    }
    assert_eq!(segment.section::<u8>(9).unwrap(), b"wire");
    assert_eq!(segment.count::<u64>(7).unwrap(), 3);
    let writing = begin(room.path());
    let (_, segment) = writing.snapshot().files().next().unwrap();
    assert!(segment.section::<u64>(7).unwrap_err().is_damage());
    segment.section::<u8>(9).unwrap();
}

//! What becomes of a folder and its files, for writers and readers.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::thread;

use proptest::prelude::*;

use super::super::testing::{RECIPE, begin, create, map, names, open, small_index, write};
use super::*;

struct Room(tempfile::TempDir);

impl Room {
    fn new() -> Room {
        Room(tempfile::tempdir().unwrap())
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("index")
    }

    fn names(&self) -> Vec<String> {
        names(&self.folder())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    fn snapshot(&self) -> Result<Snapshot, DiskError> {
        Snapshot::open(&self.folder(), &map)
    }

    fn refused(&self) -> DiskError {
        let created = Writing::create(&self.folder(), RECIPE, &map, Wait::No);
        created.err().expect("the folder is not free")
    }
}

#[test]
fn what_was_written_is_read() {
    let room = Room::new();
    small_index(&room.folder());
    let files = ["lock", "manifest", "seg-0000000001", "state-0000000002"];
    assert_eq!(room.names(), files);
    let snapshot = room.snapshot().unwrap();
    snapshot.verify().unwrap();
    assert_eq!(snapshot.generation(), 1);
    assert_eq!(snapshot.next_document(), 4);
    assert_eq!(snapshot.recipe(), RECIPE);
    assert_eq!(snapshot.files().len(), 2);
    let (file, segment) = snapshot.files_of(FileKind::Segment).next().unwrap();
    assert_eq!(file.length(), segment.length());
    assert_eq!(segment.recipe(), RECIPE);
    assert_eq!(segment.documents(), 0..4);
    assert_eq!(segment.section::<u64>(7).unwrap(), [0, 1, u64::MAX]);
    assert_eq!(segment.section::<u8>(9).unwrap(), b"wire");
    assert!(segment.has(3) && !segment.has(4));
    assert!(segment.section::<u32>(3).unwrap().is_empty());
}

#[test]
fn an_index_is_created_only_where_nothing_is() {
    let room = Room::new();
    fs::create_dir(room.folder()).unwrap();
    fs::write(room.path("precious"), "").unwrap();
    let refused = room.refused().to_string();
    assert!(refused.contains("found `precious` in it"), "{refused}");
    assert_eq!(room.names(), ["precious"]);
    fs::rename(room.path("precious"), room.path("manifest")).unwrap();
    fs::write(room.path("manifest"), "Manifest-Version: 1.0").unwrap();
    let refused = room.refused().to_string();
    assert!(refused.contains("found `manifest` in it"), "{refused}");
    fs::rename(room.path("manifest"), room.path("seg-0000000001")).unwrap();
    let refused = room.refused().to_string();
    assert!(refused.contains("found `seg-0000000001`"), "{refused}");
    fs::remove_file(room.path("seg-0000000001")).unwrap();

    small_index(&room.folder());
    let before = room.names();
    let refused = room.refused();
    assert!(matches!(refused.fault, DiskFault::IsIndex), "{refused}");
    assert!(!refused.is_damage());
    fs::write(room.path("manifest"), b"\x89wcx\r\n\x1a\nand so on").unwrap();
    assert!(matches!(room.refused().fault, DiskFault::IsIndex));
    assert_eq!(room.names(), before);
}

#[test]
fn where_no_index_is_nothing_is_put() {
    let room = Room::new();
    let begun = Writing::begin(&room.folder(), &map, Wait::No)
        .err()
        .unwrap();
    assert!(matches!(begun.fault, DiskFault::NoIndex), "{begun}");
    assert!(!begun.is_damage());
    fs::create_dir(room.folder()).unwrap();
    Writing::begin(&room.folder(), &map, Wait::No)
        .err()
        .unwrap();
    assert!(room.names().is_empty());
    assert!(matches!(
        room.snapshot().unwrap_err().fault,
        DiskFault::NoIndex
    ));
}

#[test]
fn a_first_build_that_died_is_reported_and_may_be_repeated() {
    let room = Room::new();
    let writing = create(&room.folder());
    write(&writing, FileKind::Segment, 0).unwrap();
    let unfinished = room.snapshot().unwrap_err();
    assert!(matches!(unfinished.fault, DiskFault::Unfinished));
    assert!(matches!(room.refused().fault, DiskFault::Locked));
    drop(writing);
    assert_eq!(room.names(), ["lock", "manifest"]);
    let begun = Writing::begin(&room.folder(), &map, Wait::No)
        .err()
        .unwrap();
    assert!(matches!(begun.fault, DiskFault::Unfinished));
    fs::write(room.path("seg-0000000003.tmp"), "").unwrap();
    fs::write(room.path("manifest.tmp"), "").unwrap();
    small_index(&room.folder());
    assert_eq!(room.names().len(), 4);
}

#[test]
fn a_dropped_writer_changes_nothing() {
    let room = Room::new();
    small_index(&room.folder());
    let (names, manifest) = (room.names(), fs::read(room.path("manifest")).unwrap());
    let writing = begin(&room.folder());
    write(&writing, FileKind::Segment, 4).unwrap();
    let unfinished = writing.new_file(FileKind::Segment).unwrap();
    drop(unfinished);
    drop(writing);
    assert_eq!(room.names(), names);
    assert_eq!(fs::read(room.path("manifest")).unwrap(), manifest);
}

#[test]
fn the_second_writer_is_refused_or_sees_what_the_first_committed() {
    let room = Room::new();
    small_index(&room.folder());
    let first = begin(&room.folder());
    let refused = Writing::begin(&room.folder(), &map, Wait::No)
        .err()
        .unwrap();
    assert!(matches!(refused.fault, DiskFault::Locked), "{refused}");
    let never = AtomicBool::new(false);
    thread::scope(|scope| {
        let second = scope.spawn(|| {
            let second = Writing::begin(&room.folder(), &map, Wait::Yes(&never, &|_| {})).unwrap();
            second.snapshot().generation()
        });
        let file = write(&first, FileKind::Segment, 0).unwrap();
        first.commit(&[file], 4).unwrap();
        assert_eq!(second.join().unwrap(), 2);
    });
}

#[test]
fn a_reader_keeps_its_snapshot_while_a_writer_commits_and_cleans() {
    let room = Room::new();
    small_index(&room.folder());
    let old = room.snapshot().unwrap();
    let writing = begin(&room.folder());
    let file = write(&writing, FileKind::Segment, 100).unwrap();
    let new = writing.commit(&[file], 104).unwrap();
    assert_eq!(room.names(), ["lock", "manifest", "seg-0000000003"]);
    old.verify().unwrap();
    assert_eq!((old.generation(), new.generation()), (1, 2));
    let (_, segment) = old.files().next().unwrap();
    assert_eq!(segment.section::<u64>(7).unwrap(), [0, 1, u64::MAX]);
    let (_, segment) = new.files().next().unwrap();
    assert_eq!(segment.section::<u64>(7).unwrap(), [100, 101, u64::MAX]);
}

/// The manifest that a reader has read may be gone before it has opened the files.
#[test]
fn readers_never_fail_while_a_writer_commits() {
    let room = Room::new();
    small_index(&room.folder());
    let folder = room.folder();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for seed in 0..100 {
                let writing = begin(&folder);
                let file = write(&writing, FileKind::Segment, seed).unwrap();
                writing.commit(&[file], seed + 4).unwrap();
            }
            done.store(true, Ordering::Relaxed);
        });
        let mut last = 0;
        while !done.load(Ordering::Relaxed) {
            let snapshot = Snapshot::open(&folder, &map).unwrap();
            snapshot.verify().unwrap();
            assert!(snapshot.generation() >= last);
            last = snapshot.generation();
        }
    });
    assert_eq!(room.snapshot().unwrap().generation(), 101);
}

/// As above, at the very moment: the file goes while the reader is about to map the one before.
#[test]
fn a_file_deleted_between_manifest_and_opening_is_no_error() {
    let room = Room::new();
    small_index(&room.folder());
    let folder = room.folder();
    let committed = AtomicBool::new(false);
    let map_late = |file: &fs::File| {
        if !committed.swap(true, Ordering::Relaxed) {
            let writing = begin(&folder);
            let file = write(&writing, FileKind::Segment, 0).unwrap();
            writing.commit(&[file], 4).unwrap();
        }
        map(file)
    };
    assert_eq!(Snapshot::open(&folder, &map_late).unwrap().generation(), 2);
}

#[test]
fn the_next_writer_deletes_leftovers_of_ours_and_nothing_else() {
    let room = Room::new();
    small_index(&room.folder());
    let before = room.names();
    let leftovers = [
        "seg-0000000003",
        "seg-0000000009.tmp",
        "state-0000000004",
        "seg-0000000001.tmp",
        "manifest.tmp",
    ];
    for name in leftovers {
        fs::write(room.path(name), "left").unwrap();
    }
    for name in ["notes.tmp", "seg-1", "README"] {
        fs::write(room.path(name), "theirs").unwrap();
    }
    drop(room.snapshot().unwrap());
    assert_eq!(
        room.names().len(),
        before.len() + 8,
        "readers delete nothing"
    );
    drop(begin(&room.folder()));
    let left: Vec<String> = room
        .names()
        .into_iter()
        .filter(|name| !before.contains(name))
        .collect();
    assert_eq!(left, ["README", "notes.tmp", "seg-1"]);
}

#[test]
fn folders_called_as_our_files_are_left_and_passed_by() {
    let room = Room::new();
    small_index(&room.folder());
    for name in ["seg-0000000099", "seg-0000000003", "state-0000000004.tmp"] {
        fs::create_dir(room.path(name)).unwrap();
    }
    for first in [4, 8] {
        let writing = begin(&room.folder());
        let files = [
            write(&writing, FileKind::Segment, first).unwrap(),
            write(&writing, FileKind::State, first).unwrap(),
        ];
        writing.commit(&files, first + 4).unwrap();
        assert!(room.path("seg-0000000099").is_dir());
    }
    room.snapshot().unwrap().verify().unwrap();
}

#[test]
fn a_file_that_is_missing_or_another_is_named() {
    let room = Room::new();
    small_index(&room.folder());
    let segment = room.path("seg-0000000001");
    let whole = fs::read(&segment).unwrap();
    let said = || {
        let error = room.snapshot().unwrap_err();
        assert!(error.is_damage());
        assert_eq!(error.path, segment);
        // Nothing is cleaned up where something is wrong.
        Writing::begin(&room.folder(), &map, Wait::No)
            .err()
            .unwrap();
        error.to_string()
    };
    fs::remove_file(&segment).unwrap();
    assert!(said().contains("is missing"));
    fs::create_dir(&segment).unwrap();
    assert!(said().contains("found a folder"));
    fs::remove_dir(&segment).unwrap();
    fs::write(&segment, &whole[..100]).unwrap();
    assert!(said().contains("found 100"));
    // The same kind and length, of another index.
    let other = Room::new();
    let writing = create(&other.folder());
    write(&writing, FileKind::Segment, 50).unwrap();
    fs::copy(other.path("seg-0000000001"), &segment).unwrap();
    assert!(said().contains("not the file that the manifest names"));
    fs::write(&segment, &whole).unwrap();
    room.snapshot().unwrap();
}

#[test]
fn what_could_not_be_opened_is_not_committed() {
    let room = Room::new();
    small_index(&room.folder());
    let other = Room::new();
    let theirs = create(&other.folder());
    let foreign = write(&theirs, FileKind::Segment, 50).unwrap();
    let writing = begin(&room.folder());
    let own = write(&writing, FileKind::Segment, 4).unwrap();
    let refused = writing.commit(&[own], 7).unwrap_err().to_string();
    assert!(refused.contains("not yet given"), "{refused}");
    let refused = begin(&room.folder()).commit(&[foreign], 60).unwrap_err();
    assert!(
        matches!(refused.fault, DiskFault::OtherFile { .. }),
        "{refused}"
    );
    assert_eq!(room.snapshot().unwrap().generation(), 1);
    assert_eq!(room.names().len(), 4);
}

#[test]
#[should_panic(expected = "numbers are given once")]
fn a_document_number_is_given_once() {
    let room = Room::new();
    small_index(&room.folder());
    let _ = begin(&room.folder()).commit(&[], 3);
}

#[test]
#[should_panic(expected = "a file is named once")]
fn a_file_is_named_once() {
    let room = Room::new();
    let writing = create(&room.folder());
    let file = write(&writing, FileKind::Segment, 0).unwrap();
    let _ = writing.commit(&[file, file], 4);
}

#[test]
#[should_panic(expected = "elements are whole")]
fn a_section_ends_with_a_whole_element() {
    use std::io::Write;
    let room = Room::new();
    let writing = create(&room.folder());
    let mut file = writing.new_file(FileKind::Segment).unwrap();
    file.section(1, 4).unwrap().write_all(b"abc").unwrap();
    let _ = file.finish(0..0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Sections of any number and length, written in pieces.
    #[test]
    fn sections_come_back(
        sections in prop::collection::btree_map(
            any::<u32>(),
            prop::collection::vec(prop::collection::vec(any::<u32>(), 0..200), 0..4),
            0..6,
        ),
        recipe: String,
        first in 0..1u64 << 61,
        documents in 0..1u64 << 61,
    ) {
        let room = Room::new();
        let writing = Writing::create(&room.folder(), &recipe, &map, Wait::No).unwrap();
        let mut file = writing.new_file(FileKind::State).unwrap();
        for (&kind, pieces) in &sections {
            let mut section = file.section(kind, 4).unwrap();
            for piece in pieces {
                section.put(piece).unwrap();
            }
        }
        let file = file.finish(first..first + documents).unwrap();
        let bytes = fs::read(room.path(&file.name())).unwrap();
        prop_assert_eq!(bytes.len() as u64, file.length());
        let read = open(&bytes).unwrap();
        read.verify().unwrap();
        prop_assert_eq!(read.recipe(), &recipe);
        prop_assert_eq!(read.documents(), first..first + documents);
        prop_assert_eq!(read.sections().len(), sections.len());
        for (&kind, pieces) in &sections {
            prop_assert_eq!(read.section::<u32>(kind).unwrap(), pieces.concat());
        }
        writing.commit(&[file], first + documents).unwrap();
        let snapshot = room.snapshot().unwrap();
        prop_assert_eq!(snapshot.recipe(), &recipe);
    }
}

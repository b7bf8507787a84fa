//! Stopped at any step, an index is as before or as after, and the next writer finds it clean.

use std::path::Path;

use super::steps::failing::{Failure, Unflushed, fail_at};
use super::testing::{begin, create, map, names, small_index, write};
use super::*;

/// All that a reader sees: generation, next document, names and contents of files. `None` if there
/// is no finished index.
type State = Option<(u64, u64, Vec<(String, Vec<u64>, Vec<u8>)>)>;

fn state(folder: &Path) -> State {
    let snapshot = match Snapshot::open(folder, &map) {
        Ok(snapshot) => snapshot,
        Err(error) if matches!(error.fault, DiskFault::NoIndex | DiskFault::Unfinished) => {
            return None;
        }
        Err(error) => panic!("{error}"),
    };
    snapshot.verify().unwrap();
    let files = snapshot.files().map(|(file, segment)| {
        let numbers = segment.section::<u64>(7).unwrap().to_vec();
        (file.name(), numbers, segment.section(9).unwrap().to_vec())
    });
    Some((
        snapshot.generation(),
        snapshot.next_document(),
        files.collect(),
    ))
}

/// The first build.
fn build(folder: &Path) -> Result<(), DiskError> {
    let writing = Writing::create(folder, testing::RECIPE, &map, Wait::No)?;
    let segment = write(&writing, FileKind::Segment, 0)?;
    let state = write(&writing, FileKind::State, 0)?;
    writing.commit(&[segment, state], 4).map(drop)
}

/// Adds a segment, and puts another state in the place of the old one.
fn add(folder: &Path) -> Result<(), DiskError> {
    let writing = Writing::begin(folder, &map, Wait::No)?;
    let mut files: Vec<FileRef> = writing
        .snapshot()
        .files_of(FileKind::Segment)
        .map(|(file, _)| *file)
        .collect();
    files.push(write(&writing, FileKind::Segment, 4)?);
    files.push(write(&writing, FileKind::State, 4)?);
    writing.commit(&files, 8).map(drop)
}

/// Stops `work` at every step in every way. Gives how many places there were.
fn stop_everywhere(prepare: impl Fn(&Path), work: fn(&Path) -> Result<(), DiskError>) -> usize {
    let folders = |name| {
        let room = tempfile::tempdir().unwrap();
        let folder = room.path().join(name);
        prepare(&folder);
        (room, folder)
    };
    let (_room, folder) = folders("whole");
    let before = state(&folder);
    work(&folder).unwrap();
    let after = state(&folder);
    assert_ne!(before, after);

    // One run: what is left must be one of the two; then the next writer.
    let stop = |at, failure, lose: &dyn Fn(&mut Unflushed)| {
        let (_room, folder) = folders("stopped");
        let left_before = names(&folder);
        let (result, failed, mut unflushed) = fail_at(at, failure, || work(&folder));
        lose(&mut unflushed);
        let found = state(&folder);
        let place = format!("step {at}, {failure:?}");
        assert!(found == before || found == after, "{place}: {found:?}");
        // After a rename that failed, the name may be given or not.
        let is_done = match &result {
            Ok(()) => true,
            Err(error) => matches!(error.fault, DiskFault::NotFlushed { .. }),
        };
        if is_done && failure == Failure::Once {
            assert_eq!(found, after, "{place}: what was reported done is there");
        } else if failure == Failure::Once {
            assert_eq!(
                found, before,
                "{place}: what was reported failed is not there"
            );
        }
        if result.is_ok() {
            assert_eq!(found, after, "{place}: what was reported done is there");
        }
        if failure == Failure::Once && found == before {
            let mut left = names(&folder);
            left.retain(|name| name.ends_with(".tmp") && !left_before.contains(name));
            assert!(left.is_empty(), "{place}: {left:?}");
        }
        if found.is_none() {
            build(&folder).unwrap();
        }
        let writing = begin(&folder);
        let mut ours: Vec<String> = writing.snapshot().files().map(|(f, _)| f.name()).collect();
        ours.extend(["lock".to_owned(), "manifest".to_owned()]);
        ours.sort();
        assert_eq!(names(&folder), ours, "{place}");
        let file = write(&writing, FileKind::Segment, 8).unwrap();
        writing.commit(&[file], 12).unwrap();
        assert_eq!(state(&folder).unwrap().2.len(), 1);
        (failed, unflushed.names())
    };
    let mut places = 0;
    for at in 0.. {
        stop(at, Failure::Once, &|_| ());
        let (failed, names) = stop(at, Failure::Kill, &|_| ());
        // The power goes with it, and takes more and more of what was not flushed.
        for lost in 0..=names {
            stop(at, Failure::Kill, &|unflushed| unflushed.lose(lost));
        }
        places += 2 + names + 1;
        if !failed {
            break;
        }
    }
    places
}

#[test]
fn a_first_build_stopped_anywhere_is_none_or_whole() {
    let places = stop_everywhere(|_| (), build);
    assert!(places > 40, "{places}");
}

#[test]
fn an_addition_stopped_anywhere_is_none_or_whole() {
    let places = stop_everywhere(|folder| drop(small_index(folder)), add);
    assert!(places > 40, "{places}");
}

/// A writer that died, then one more that dies while it cleans up and builds.
#[test]
fn a_build_after_a_dead_one_stopped_anywhere_is_none_or_whole() {
    let died = |folder: &Path| {
        let writing = create(folder);
        write(&writing, FileKind::Segment, 0).unwrap();
        std::mem::forget(writing.new_file(FileKind::State).unwrap());
        let ((), died, _) = fail_at(0, Failure::Kill, || drop(writing));
        assert!(died);
    };
    let places = stop_everywhere(died, build);
    assert!(places > 40, "{places}");
}

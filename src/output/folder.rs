//! The output folder: all of a run or nothing of it.
//!
//! A run writes into a staging folder beside its destination and is renamed into place when it
//! is complete, `run.json` last, everything flushed to the disk before. Whoever finds `run.json`
//! finds a finished run. An earlier run's folder is exchanged for the new one in one step where
//! the file system can, and only then deleted.
//!
//! ```text
//! .DIR.wirecopy-lock      held while a run writes (lock.rs)
//! .DIR.wirecopy-staging   the run in the making; after an exchange, the one replaced
//! .DIR.wirecopy-old       the one replaced, for a moment, where folders cannot be exchanged
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::aside;
use super::destination::{Destination, Occupant, PROGRAM, RUN_FILE, STRAY, entries};
use super::error::OutputError;
use super::file::OutputFile;
use super::lasting::{flush_all, flush_names};
use super::lock::Lock;
use crate::unfinished::Unfinished;

/// A run's output in the making. Dropped without [`commit`](OutputFolder::commit), it leaves
/// nothing behind.
#[derive(Debug)]
#[must_use]
pub struct OutputFolder {
    pub(super) destination: Destination,
    staging: PathBuf,
    pub(super) force: bool,
    unfinished: Option<Unfinished>,
    /// The folder beside which this one is put, if it is.
    pub(super) aside_of: Option<(String, Lock)>,
    lock: Lock, // dropped last: after the staging folder is gone
}

impl OutputFolder {
    /// Claims `dir` for a run that reads `inputs`. Missing parents are created.
    ///
    /// An empty folder may be there. With `force`, so may the output of an earlier run: a folder
    /// whose `run.json` names wirecopy and lists everything that lies in it. An input `-` is
    /// standard input.
    ///
    /// # Errors
    ///
    /// If `dir` overlaps an input, holds anything else, is a mount point or the working folder,
    /// cannot be created, or belongs to a run still under way.
    pub fn create(
        dir: &Path,
        force: bool,
        inputs: &[PathBuf],
    ) -> Result<OutputFolder, OutputError> {
        let destination = Destination::resolve(dir, inputs)?;
        let parent = destination.parent();
        fs::create_dir_all(parent).map_err(OutputError::io("create the folder", parent))?;
        let lock = Lock::take(destination.beside("lock"), &destination.dir)?;
        let staging = destination.beside("staging");
        clear_leftovers(&destination, &staging)?;
        destination.check(force)?;
        fs::create_dir(&staging).map_err(OutputError::io("create the folder", &staging))?;
        Ok(OutputFolder {
            unfinished: Some(unfinished(&staging)),
            destination,
            staging,
            force,
            aside_of: None,
            lock,
        })
    }

    /// Whether [`create`](OutputFolder::create) would take `dir` as it stands now, leftovers and
    /// other runs apart. Changes nothing.
    ///
    /// # Errors
    ///
    /// As `create`.
    pub fn check(dir: &Path, force: bool, inputs: &[PathBuf]) -> Result<(), OutputError> {
        Destination::resolve(dir, inputs)?.check(force).map(drop)
    }

    /// Where the output will be.
    pub fn dir(&self) -> &Path {
        &self.destination.dir
    }

    /// The path to write the file or folder `name` to, for now.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.staging.join(name)
    }

    /// Creates the file `name`.
    ///
    /// # Errors
    ///
    /// [`OutputError::Io`] if it cannot be created.
    pub fn file(&self, name: &str) -> Result<OutputFile, OutputError> {
        OutputFile::create(self.path(name))
    }

    /// Puts the run in place: [`finish`](OutputFolder::finish) and [`place`](FinishedFolder::place).
    ///
    /// # Errors
    ///
    /// As these.
    ///
    /// # Panics
    ///
    /// If `run` is not a JSON object.
    pub fn commit(self, run: &serde_json::Value) -> Result<(), OutputError> {
        self.finish(run)?.place()
    }

    /// Completes the run beside its destination: writes `run.json` and flushes everything.
    ///
    /// `run` is a JSON object. `"program": "wirecopy"` and `"files"`, the names of everything else
    /// in the folder, are added to it: the marks by which a later `--force` knows its own.
    ///
    /// # Errors
    ///
    /// As for any file.
    ///
    /// # Panics
    ///
    /// If `run` is not a JSON object.
    pub fn finish(self, run: &serde_json::Value) -> Result<FinishedFolder, OutputError> {
        let mut run = run.as_object().expect("run.json is an object").clone();
        run.insert("program".into(), PROGRAM.into());
        run.insert("files".into(), entries(&self.staging)?.into());
        if let Some((other, _)) = &self.aside_of {
            run.insert(aside::KEY.into(), other.as_str().into());
        }
        flush_all(&self.staging, self.lock.file())?;
        write_run_file(&self.staging, &serde_json::Value::Object(run))?;
        Ok(FinishedFolder(self))
    }

    /// Renames staging to the destination. Afterwards, whatever was there is in staging or gone.
    fn place(&self, occupant: &Occupant) -> io::Result<()> {
        let dir = &self.destination.dir;
        if *occupant != Occupant::Nobody {
            fs::set_permissions(&self.staging, fs::metadata(dir)?.permissions())?;
        }
        match occupant {
            Occupant::Nobody => fs::rename(&self.staging, dir),
            Occupant::EmptyFolder => {
                let _ = fs::remove_file(dir.join(STRAY)); // mostly there is none
                fs::rename(&self.staging, dir) // fails unless the folder is empty
            }
            Occupant::Folder => exchange(&self.staging, dir)
                .or_else(|_| replace(&self.staging, dir, &self.destination.beside("old"))),
        }
    }
}

/// A run's output, complete and on disk, that has only to be renamed. Dropped before, it leaves nothing
/// behind.
#[derive(Debug)]
#[must_use]
pub struct FinishedFolder(OutputFolder);

impl FinishedFolder {
    /// Renames the folder to its destination.
    ///
    /// # Errors
    ///
    /// [`OutputError::NotPlaced`] if it could not be renamed; it is kept.
    /// [`OutputError::NotFlushed`] if it is in place, and might be lost in a power failure.
    pub fn place(self) -> Result<(), OutputError> {
        let FinishedFolder(mut folder) = self;
        // From here on the results are worth more than a clean disk.
        let listed = folder.unfinished.take();
        let place = || {
            let occupant = folder.destination.check(folder.force);
            folder.place(&occupant.map_err(io::Error::other)?)
        };
        let placed = match listed {
            Some(listed) => listed.commit(place),
            None => place(),
        };
        placed.map_err(|source| OutputError::NotPlaced {
            dir: folder.destination.dir.clone(),
            finished: folder.staging.clone(),
            source,
        })?;
        // What it replaced may be there now.
        folder.unfinished = Some(unfinished(&folder.staging));
        aside::remove(&folder);
        let parent = folder.destination.parent();
        flush_names(parent).map_err(|source| OutputError::NotFlushed {
            dir: folder.destination.dir.clone(),
            source,
        })
    }
}

/// Lists a staging folder as unfinished. What cannot be removed now is removed by the next run.
fn unfinished(staging: &Path) -> Unfinished {
    /// Other threads may still be writing: each time they have at most a file that just began.
    const TRIES: usize = 100;
    let staging = staging.to_owned();
    Unfinished::enter(move || {
        for _ in 0..TRIES {
            match fs::remove_dir_all(&staging) {
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
                _ => return,
            }
        }
    })
}

/// What [`exchange`] does, in two steps: between them there is no `dir`, only `old`.
fn replace(staging: &Path, dir: &Path, old: &Path) -> io::Result<()> {
    fs::rename(dir, old)?;
    if let Err(error) = fs::rename(staging, dir) {
        fs::rename(old, dir)?;
        return Err(error);
    }
    // A leftover that cannot be removed now is removed by the next run.
    let _ = fs::remove_dir_all(old);
    Ok(())
}

/// Clears what a dead run left. The lock is held, so no living run owns it.
fn clear_leftovers(destination: &Destination, staging: &Path) -> Result<(), OutputError> {
    let old = destination.beside("old");
    // Died between its two renames: the earlier run is still the valid one.
    if old.exists() && !destination.dir.exists() {
        fs::rename(&old, &destination.dir).map_err(OutputError::io("restore", &old))?;
    }
    for leftover in [staging, &old] {
        match fs::remove_dir_all(leftover) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(OutputError::io("clear the leftover", leftover)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes `run.json` under another name, flushes it, renames it.
fn write_run_file(staging: &Path, run: &serde_json::Value) -> Result<(), OutputError> {
    let path = staging.join(RUN_FILE);
    let unfinished = staging.join(".run.json.tmp");
    let mut text = serde_json::to_vec_pretty(run).expect("a JSON value can be written");
    text.push(b'\n');
    let mut file = OutputFile::create(&unfinished)?;
    file.put(&text)?;
    file.finish_flushed()?;
    fs::rename(&unfinished, &path)
        .and_then(|()| flush_names(staging))
        .map_err(OutputError::writing(&path, 0))
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    struct Room(tempfile::TempDir);

    impl Room {
        fn new() -> Room {
            Room(tempfile::tempdir().unwrap())
        }

        fn dir(&self) -> PathBuf {
            self.0.path().join("out")
        }

        fn claim(&self, force: bool) -> Result<OutputFolder, OutputError> {
            OutputFolder::create(&self.dir(), force, &[])
        }

        /// A whole run that writes `content`.
        fn run(&self, force: bool, content: &str) -> Result<(), OutputError> {
            let folder = self.claim(force)?;
            let mut file = folder.file("clusters.jsonl")?;
            file.put(content.as_bytes())?;
            file.finish()?;
            folder.commit(&json!({"version": "1"}))
        }

        fn content(&self) -> String {
            fs::read_to_string(self.dir().join("clusters.jsonl")).unwrap()
        }

        /// Every name beside and including the output folder.
        fn names(&self) -> Vec<String> {
            entries(self.0.path()).unwrap()
        }
    }

    #[test]
    fn a_run_appears_whole_with_its_mark() {
        let room = Room::new();
        let folder = room.claim(false).unwrap();
        folder.file("clusters.jsonl").unwrap().finish().unwrap();
        assert!(!room.dir().exists());
        folder.commit(&json!({"version": "1"})).unwrap();
        let run = fs::read(room.dir().join(RUN_FILE)).unwrap();
        let run: serde_json::Value = serde_json::from_slice(&run).unwrap();
        assert_eq!(
            run,
            json!({"program": "wirecopy", "version": "1", "files": ["clusters.jsonl"]})
        );
        assert_eq!(room.names(), ["out"]);
    }

    #[test]
    fn a_run_that_does_not_commit_leaves_nothing() {
        let room = Room::new();
        let folder = room.claim(false).unwrap();
        fs::create_dir(folder.path("kept")).unwrap();
        drop(folder);
        assert!(room.names().is_empty());
    }

    #[test]
    fn missing_parents_are_created() {
        let room = Room::new();
        let dir = room.0.path().join("a/b/out/");
        let folder = OutputFolder::create(&dir, false, &[]).unwrap();
        folder.commit(&json!({})).unwrap();
        assert!(dir.join(RUN_FILE).exists());
    }

    #[test]
    fn an_empty_folder_is_taken_and_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let room = Room::new();
        fs::create_dir(room.dir()).unwrap();
        fs::set_permissions(room.dir(), fs::Permissions::from_mode(0o750)).unwrap();
        room.run(false, "new").unwrap();
        assert_eq!(room.content(), "new");
        let mode = fs::metadata(room.dir()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o750);
    }

    #[test]
    fn an_earlier_run_is_replaced_only_with_force() {
        let room = Room::new();
        room.run(false, "first").unwrap();
        let refused = room.run(false, "second").unwrap_err();
        assert!(matches!(refused, OutputError::NotEmpty { .. }));
        assert!(refused.to_string().contains("--force"), "{refused}");
        assert_eq!(room.content(), "first");
        room.run(true, "second").unwrap();
        assert_eq!(room.content(), "second");
        assert_eq!(room.names(), ["out"]);
    }

    #[test]
    fn an_earlier_run_stays_until_the_new_one_is_complete() {
        let room = Room::new();
        room.run(false, "first").unwrap();
        let folder = room.claim(true).unwrap();
        folder.file("clusters.jsonl").unwrap().finish().unwrap();
        assert_eq!(room.content(), "first");
        drop(folder);
        assert_eq!(room.content(), "first");
        assert_eq!(room.names(), ["out"]);
    }

    #[test]
    fn a_second_run_into_one_folder_is_refused() {
        let room = Room::new();
        let first = room.claim(false).unwrap();
        let refused = room.claim(true).unwrap_err();
        assert!(matches!(refused, OutputError::Locked { .. }));
        assert!(first.path("").exists());
        drop(first);
        drop(room.claim(false).unwrap());
    }

    #[test]
    fn what_a_dead_run_left_is_cleared() {
        let room = Room::new();
        fs::create_dir_all(room.0.path().join(".out.wirecopy-staging/kept")).unwrap();
        fs::write(room.0.path().join(".out.wirecopy-lock"), "").unwrap();
        room.run(false, "new").unwrap();
        assert_eq!(room.names(), ["out"]);
    }

    #[test]
    fn a_run_that_died_between_two_renames_is_undone() {
        let room = Room::new();
        room.run(false, "first").unwrap();
        fs::rename(room.dir(), room.0.path().join(".out.wirecopy-old")).unwrap();
        assert!(room.claim(false).is_err());
        assert_eq!(room.content(), "first");
    }

    #[test]
    fn two_renames_replace_or_restore() {
        let room = Room::new();
        let path = |name| room.0.path().join(name);
        room.run(false, "first").unwrap();
        replace(&path("missing"), &path("out"), &path("old")).unwrap_err();
        assert_eq!(room.content(), "first");
        fs::create_dir(path("new")).unwrap();
        fs::write(path("new/clusters.jsonl"), "second").unwrap();
        replace(&path("new"), &path("out"), &path("old")).unwrap();
        assert_eq!(room.content(), "second");
        assert_eq!(room.names(), ["out"]);
    }

    #[test]
    fn a_file_manager_does_not_make_a_folder_foreign() {
        let room = Room::new();
        fs::create_dir(room.dir()).unwrap();
        fs::write(room.dir().join(STRAY), "").unwrap();
        room.run(false, "first").unwrap();
        fs::write(room.dir().join(STRAY), "").unwrap();
        room.run(true, "second").unwrap();
        assert_eq!(room.content(), "second");
    }

    #[test]
    fn finished_results_survive_a_destination_that_filled_meanwhile() {
        let room = Room::new();
        let folder = room.claim(true).unwrap();
        fs::create_dir(room.dir()).unwrap();
        fs::write(room.dir().join("precious"), "").unwrap();
        let refused = folder.commit(&json!({})).unwrap_err();
        assert!(matches!(refused, OutputError::NotPlaced { .. }));
        assert!(room.dir().join("precious").exists());
        let finished = room.0.path().join(".out.wirecopy-staging").join(RUN_FILE);
        assert!(finished.exists(), "{refused}");
    }
}

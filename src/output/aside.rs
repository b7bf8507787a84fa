//! Results beside those of an earlier run, which stay: `DIR.rejected` beside `DIR`.
//!
//! A run that rejected more than it was allowed is complete, but it was not allowed to take the
//! place of last night's. So it is beside it, under one name: the next such run replaces it, and a
//! run that is put in place removes it. A job that is not watched fills no disk, and the folder is
//! there as long as it is the last that was heard of `DIR`. It is known by a word in its `run.json`, and
//! no other folder of that name is touched.

use std::fs;
use std::io;
use std::path::Path;

use super::destination::{Destination, Occupant, RUN_FILE};
use super::error::OutputError;
use super::folder::OutputFolder;
use super::lock::Lock;

/// What is added to the name of the folder.
pub(super) const SUFFIX: &str = ".rejected";
/// The word in `run.json`; its value is the name of the folder beside which it stands.
pub(super) const KEY: &str = "set_aside_for";

impl OutputFolder {
    /// Whether results of an earlier run are there, which this one would replace.
    ///
    /// # Errors
    ///
    /// If what is there may not be replaced, or cannot be looked at.
    pub fn replaces(&self) -> Result<bool, OutputError> {
        Ok(self.destination.check(true)? == Occupant::Folder)
    }

    /// Claims the folder beside the destination in its place, which then stays as it is.
    ///
    /// # Errors
    ///
    /// If something else is there, or another run writes to it.
    pub fn aside(mut self) -> Result<OutputFolder, OutputError> {
        let aside = self.destination.named_with(SUFFIX);
        let lock = Lock::take(aside.beside("lock"), &aside.dir)?;
        clear(&aside)?;
        if aside.check(true)? == Occupant::Folder && !is_aside(&aside, &self.destination) {
            return Err(OutputError::Foreign {
                dir: aside.dir,
                reason: "it is a run of its own".to_owned(),
            });
        }
        self.aside_of = Some((name(&self.destination.dir), lock));
        self.destination = aside;
        self.force = true;
        Ok(self)
    }
}

/// Removes what an earlier run put beside a folder that is in place now, if that one may replace what is
/// there. What cannot be removed now stays for the next.
pub(super) fn remove(folder: &OutputFolder) {
    let destination = &folder.destination;
    if !folder.force || folder.aside_of.is_some() {
        return;
    }
    let aside = destination.named_with(SUFFIX);
    let is_whole = || matches!(aside.check(true), Ok(Occupant::Folder));
    if is_aside(&aside, destination)
        && is_whole()
        && let Ok(_lock) = Lock::take(aside.beside("lock"), &aside.dir)
        && fs::rename(&aside.dir, aside.beside("old")).is_ok()
    {
        let _ = clear(&aside);
    }
}

/// Whether a folder was put beside this destination.
fn is_aside(aside: &Destination, of: &Destination) -> bool {
    let run = fs::read(aside.dir.join(RUN_FILE)).unwrap_or_default();
    let run: serde_json::Value = serde_json::from_slice(&run).unwrap_or_default();
    run[KEY].as_str() == Some(&*name(&of.dir))
}

/// What `run.json` calls the folder: by its own name, as folders are moved together.
pub(super) fn name(dir: &Path) -> String {
    let name = dir.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Removes what was on its way out when a run died.
fn clear(aside: &Destination) -> Result<(), OutputError> {
    let old = aside.beside("old");
    match fs::remove_dir_all(&old) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(OutputError::io("clear the leftover", old)(error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::path::PathBuf;

    struct Room(tempfile::TempDir);

    impl Room {
        fn new() -> Room {
            Room(tempfile::tempdir().unwrap())
        }

        fn dir(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        /// A run that writes `content`, in place or aside.
        fn run(&self, content: &str, is_aside: bool) -> Result<(), OutputError> {
            let mut folder = OutputFolder::create(&self.dir("out"), true, &[])?;
            let mut file = folder.file("clusters.jsonl")?;
            file.put(content.as_bytes())?;
            file.finish()?;
            if is_aside {
                assert!(folder.replaces()?);
                folder = folder.aside()?;
            }
            folder.commit(&json!({}))
        }

        fn content(&self, name: &str) -> String {
            fs::read_to_string(self.dir(name).join("clusters.jsonl")).unwrap()
        }

        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(self.0.path()).unwrap();
            let mut names: Vec<String> = entries
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        }
    }

    #[test]
    fn what_is_set_aside_is_replaced_by_the_next_and_removed_by_a_run_in_place() {
        let room = Room::new();
        room.run("first", false).unwrap();
        for content in ["bad", "worse"] {
            room.run(content, true).unwrap();
            assert_eq!(room.content("out"), "first");
            assert_eq!(room.content("out.rejected"), content);
            assert_eq!(room.names(), ["out", "out.rejected"]);
        }
        room.run("good", false).unwrap();
        assert_eq!(room.content("out"), "good");
        assert_eq!(room.names(), ["out"]);
    }

    #[test]
    fn a_folder_of_that_name_that_is_something_else_stays() {
        let room = Room::new();
        room.run("first", false).unwrap();
        // A run of its own.
        let own = OutputFolder::create(&room.dir("out.rejected"), false, &[]).unwrap();
        own.commit(&json!({})).unwrap();
        let refused = room.run("bad", true).unwrap_err();
        assert!(matches!(refused, OutputError::Foreign { .. }), "{refused}");
        room.run("good", false).unwrap();
        assert!(room.dir("out.rejected").exists());
        // What was set aside, with something of the user's in it.
        fs::remove_dir_all(room.dir("out.rejected")).unwrap();
        room.run("bad", true).unwrap();
        fs::write(room.dir("out.rejected").join("notes"), "").unwrap();
        room.run("good", false).unwrap();
        assert!(room.dir("out.rejected").join("notes").exists());
        let refused = room.run("bad", true).unwrap_err();
        assert!(matches!(refused, OutputError::Foreign { .. }), "{refused}");
        assert_eq!(room.names(), ["out", "out.rejected"]);
    }

    #[test]
    fn a_first_run_replaces_nothing() {
        let room = Room::new();
        let folder = OutputFolder::create(&room.dir("out"), true, &[]).unwrap();
        assert!(!folder.replaces().unwrap());
    }
}

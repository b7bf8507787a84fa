//! What was learned, as the file `boilerplate.bin`. Its bytes are the core's ([`Learned::to_bytes`]).

use crate::learned::{HEAD, Learned, LearnedFault, check_head};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The file's name in an output folder.
pub(crate) const NAME: &str = "boilerplate.bin";

/// A file of learned boilerplate that is none, is damaged, or is for something else.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}", path.display())]
pub struct LearnedError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub fault: LearnedFileFault,
}

/// What may be wrong with a file of learned boilerplate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LearnedFileFault {
    /// It cannot be read.
    #[error("cannot read it: {0}; check the path")]
    Unreadable(io::Error),
    /// It cannot be written.
    #[error("cannot write it: {0}; name a file in a folder where you may write")]
    Unwritable(io::Error),
    /// Something else has that name.
    #[error("expected a file, found a folder, pipe or device; name the boilerplate.bin of a run")]
    NotAFile,
    /// Its bytes are not what a run wrote, or not for this version.
    #[error(transparent)]
    Content(#[from] LearnedFault),
}

impl LearnedFileFault {
    /// The error of this fault in a file.
    fn of(self, path: &Path) -> LearnedError {
        LearnedError {
            path: path.into(),
            fault: self,
        }
    }
}

/// Files of what was learned.
pub trait LearnedFile: Sized {
    /// Writes it as a file, in one step: there is the whole file or the one before.
    ///
    /// # Errors
    ///
    /// [`LearnedFileFault::Unwritable`].
    fn save(&self, path: &Path) -> Result<(), LearnedError>;

    /// Reads what [`save`](LearnedFile::save), or a run, has written.
    ///
    /// # Errors
    ///
    /// If it is no such file, is damaged, or was learned in another way than this version of
    /// wirecopy works.
    fn load(path: &Path) -> Result<Self, LearnedError>;
}

impl LearnedFile for Learned {
    fn save(&self, path: &Path) -> Result<(), LearnedError> {
        try_save(&self.to_bytes(), path)
            .map_err(|error| LearnedFileFault::Unwritable(error).of(path))
    }

    fn load(path: &Path) -> Result<Learned, LearnedError> {
        let bytes = read(path).map_err(|fault| fault.of(path))?;
        Learned::from_bytes(&bytes).map_err(|fault| LearnedFileFault::from(fault).of(path))
    }
}

fn try_save(bytes: &[u8], path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new()
        .permissions(fs::Permissions::from_mode(0o666)) // less what the umask takes
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// Reads a file, given that its head says its length.
fn read(path: &Path) -> Result<Vec<u8>, LearnedFileFault> {
    // Asked before it is opened: opening a pipe would wait for a writer of it.
    let found = fs::metadata(path).map_err(LearnedFileFault::Unreadable)?;
    if !found.is_file() {
        return Err(LearnedFileFault::NotAFile);
    }
    let mut file = File::open(path).map_err(LearnedFileFault::Unreadable)?;
    let mut bytes = Vec::new();
    let mut read = |bytes: &mut Vec<u8>, length: u64| {
        let part = (&mut file).take(length).read_to_end(bytes);
        part.map_err(LearnedFileFault::Unreadable)
    };
    read(&mut bytes, HEAD as u64)?;
    let length = check_head(&bytes, found.len())?;
    read(&mut bytes, length as u64)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boilerplate::LearnedBoilerplate;
    use crate::hash;
    use crate::learned::LOG2_WORD_CELLS;
    use crate::verify::{Stock, WordFrequencies};

    fn tiny() -> Learned {
        let mut words = WordFrequencies::new(LOG2_WORD_CELLS);
        words.observe([1, 2, 3]);
        let boilerplate = LearnedBoilerplate::from_parts(vec![7, 3], vec![11]);
        let mut learned = Learned::without_stock(boilerplate, words);
        learned.stock = Some(Stock::new(vec![5, 4]));
        learned
    }

    #[test]
    fn what_was_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.bin");
        tiny().save(&path).unwrap();
        let loaded = Learned::load(&path).unwrap();
        assert_eq!(loaded.digest(), tiny().digest());
        let file = hash::bytes(&fs::read(&path).unwrap());
        assert_eq!((loaded.file_hash(), tiny().file_hash()), (Some(file), None));
        // And again, over itself.
        loaded.save(&path).unwrap();
        assert_eq!(hash::bytes(&fs::read(&path).unwrap()), file);
    }

    #[test]
    fn what_cannot_be_read_or_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing/a.bin");
        let error = Learned::load(&missing).unwrap_err().to_string();
        assert!(error.contains("missing/a.bin: cannot read it"), "{error}");
        assert!(error.contains("check the path"), "{error}");
        let error = Learned::load(folder.path()).unwrap_err().to_string();
        assert!(error.contains("boilerplate.bin"), "{error}");
        let error = tiny().save(&missing).unwrap_err().to_string();
        assert!(error.contains("missing/a.bin: cannot write it"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_length_that_lies_is_found_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("odd.bin");
        let mut bytes = tiny().to_bytes();
        bytes[12..20].copy_from_slice(&(1u64 << 29).to_le_bytes());
        fs::write(&path, &bytes).unwrap();
        let error = Learned::load(&path).unwrap_err().to_string();
        assert!(error.starts_with(path.to_str().unwrap()), "{error}");
        assert!(error.contains("damaged: expected"), "{error}");
    }
}

//! A single file, replaced as a whole or not at all.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::error::OutputError;
use super::file::OutputFile;
use super::lasting::flush_names;
use super::lock::Lock;
use crate::unfinished::Unfinished;

/// Writes a file beside `path`, flushes it and renames it there, so that whoever reads `path` finds what was
/// there before or all of this, also after the power went. What a killed process left beside it is written over.
///
/// # Errors
///
/// If a folder is there, another process is writing it, or the file cannot be written or renamed; then nothing is left
/// beside it. [`OutputError::NotFlushed`] if it is in place, but may not be after a power cut.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    if path.is_dir() {
        return Err(OutputError::NotAFile {
            path: path.to_owned(),
        });
    }
    let beside = |purpose: &str| {
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".wirecopy-{purpose}"));
        path.with_file_name(name)
    };
    let _lock = Lock::take(beside("lock"), path)?;
    let beside = beside("part");
    let removed = beside.clone();
    let unfinished = Unfinished::enter(move || _ = fs::remove_file(removed));
    let mut file = OutputFile::create(&beside)?;
    file.put(bytes)?;
    file.finish_flushed()?;
    let renamed = unfinished.commit(|| fs::rename(&beside, path));
    renamed.map_err(|error| {
        let _ = fs::remove_file(&beside); // the first error is the one to report
        OutputError::io("write", path)(error)
    })?;
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    flush_names(folder).map_err(|source| OutputError::NotFlushed {
        dir: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("page.html");
        fs::write(&path, "before").unwrap();
        write_whole(&path, b"after").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"after");
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
        for left in [".page.html.wirecopy-part", ".page.html.wirecopy-lock"] {
            fs::write(room.path().join(left), "of a process that was killed").unwrap();
        }
        write_whole(&path, b"after").unwrap();
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
        let refused = write_whole(room.path(), b"").unwrap_err();
        assert!(refused.to_string().contains("a folder"), "{refused}");
        let gone = write_whole(&room.path().join("no/page.html"), b"");
        assert!(gone.unwrap_err().to_string().contains("page.html"));
    }
}

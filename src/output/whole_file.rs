//! A single file, replaced as a whole or not at all.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::error::OutputError;
use super::file::OutputFile;

/// Writes a file beside `path` and renames it there, so that whoever reads `path` finds what was
/// there before or all of this.
///
/// # Errors
///
/// If a folder is there, or the file cannot be written or renamed; then nothing is left beside it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    if path.is_dir() {
        return Err(OutputError::NotAFile {
            path: path.to_owned(),
        });
    }
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".wirecopy-{}", std::process::id()));
    let beside = path.with_file_name(name);
    let written = OutputFile::create(&beside).and_then(|mut file| {
        file.put(bytes)?;
        file.finish()?;
        fs::rename(&beside, path).map_err(OutputError::io("write", path))
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside); // the first error is the one to tell
    }
    written
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
        let refused = write_whole(room.path(), b"").unwrap_err();
        assert!(refused.to_string().contains("a folder"), "{refused}");
        let gone = write_whole(&room.path().join("no/page.html"), b"");
        assert!(gone.unwrap_err().to_string().contains("page.html"));
    }
}

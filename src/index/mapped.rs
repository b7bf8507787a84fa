//! The files of an index as bytes, which know whether any of them were lost.

use std::fs::File;
use std::io;
use std::sync::Arc;

use crate::container::{Bytes, FileBytes};
use crate::corpus::Map;

/// A file that only wirecopy writes, and never changes once it has its name.
pub(super) fn map_file(file: &File) -> io::Result<Bytes> {
    Ok(Arc::new(Mapped(Map::of_own(file)?)))
}

/// A file of an index.
struct Mapped(Map);

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl FileBytes for Mapped {
    fn is_lost(&self) -> bool {
        self.0.was_cut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_cut_is_lost_once_that_is_read() {
        crate::corpus::install_guard().unwrap();
        let file = tempfile::tempfile().unwrap();
        file.set_len(100_000).unwrap();
        let mapped = map_file(&file).unwrap();
        file.set_len(0).unwrap();
        assert!(!mapped.is_lost());
        assert_eq!((*mapped).as_ref()[99_999], 0);
        assert!(mapped.is_lost());
    }
}

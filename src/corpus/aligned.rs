//! A file read into memory, where numbers of any size may be: what a map is, where a file system maps none.

use std::fs::File;
use std::io;

use super::file_from::read_full_at;

/// The bytes of a file.
#[derive(Debug)]
pub(super) struct Aligned {
    words: Vec<u64>,
    length: usize,
}

impl Aligned {
    /// Reads a whole file, if it has at most so many bytes.
    pub(super) fn read(file: &File, most: u64) -> io::Result<Aligned> {
        let length = file.metadata()?.len();
        if length > most {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                format!(
                    "its file system maps no files, and {} MB are too many to be read into memory",
                    length >> 20
                ),
            ));
        }
        let too_large = || io::Error::from(io::ErrorKind::OutOfMemory);
        let length = usize::try_from(length).map_err(|_| too_large())?;
        let count = length.div_ceil(size_of::<u64>());
        let mut words: Vec<u64> = Vec::new();
        (words.try_reserve_exact(count)).map_err(|_| too_large())?;
        words.resize(count, 0);
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
        match read_full_at(file, &mut bytes[..length], 0)? {
            read if read == length => Ok(Aligned { words, length }),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_is_read_whole_or_not_at_all() {
        for length in [0_usize, 1, 8, 4097] {
            let mut file = tempfile::tempfile().unwrap();
            let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
            file.write_all(&bytes).unwrap();
            let read = Aligned::read(&file, length as u64).unwrap();
            assert_eq!(read.bytes(), bytes);
            if let Some(less) = length.checked_sub(1) {
                let refused = Aligned::read(&file, less as u64).unwrap_err().to_string();
                assert!(refused.contains("maps no files"), "{refused}");
            }
        }
    }
}

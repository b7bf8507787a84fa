//! How long compressed files say that they are, once decoded.
//!
//! The beginning of a file describes the rest only where the rest is like it; what compressed it mostly
//! wrote down how much it was. It is taken for an estimate and nothing more: of several members or
//! frames one speaks for itself, and damage speaks of anything.

use std::fs::File;
use std::path::Path;

use super::file_from::read_full_at;
use super::kind::Compression;

/// Longest header of a Zstandard frame (RFC 8878, section 3.1.1, with its magic).
const FRAME_HEADER: usize = 18;
/// Gzip's length is modulo 2^32 and of the last member, and in a file that was cut it is any four bytes:
/// it is believed up to so many times of what the beginning says.
const BELIEVED: u64 = 4;

/// The decoded length of a file of `on_disk` bytes, of which the beginning says `estimate`.
pub(super) fn length(path: &Path, compression: Compression, on_disk: u64, estimate: u64) -> u64 {
    let declared = File::open(path).ok().and_then(|file| match compression {
        Compression::None | Compression::Other(_) => None,
        Compression::Zstd => {
            let mut head = [0; FRAME_HEADER];
            let length = read_full_at(&file, &mut head, 0).ok()?;
            ::zstd::zstd_safe::get_frame_content_size(&head[..length]).ok()?
        }
        Compression::Gzip => {
            let mut tail = [0; 4];
            let at = on_disk.checked_sub(tail.len() as u64)?;
            read_full_at(&file, &mut tail, at).ok()?;
            let length = u64::from(u32::from_le_bytes(tail));
            (length <= estimate.saturating_mul(BELIEVED)).then_some(length)
        }
    });
    declared.unwrap_or(0).max(estimate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn what_a_file_says_of_itself_is_no_less_than_its_beginning_says() {
        let dir = tempfile::tempdir().unwrap();
        let text = "the ferry was late again\n".repeat(40_000);
        let file = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let length = |path: &Path, compression, estimate| {
            length(path, compression, path.metadata().unwrap().len(), estimate)
        };
        let mut encoder = ::zstd::Encoder::new(Vec::new(), 3).unwrap();
        encoder
            .set_pledged_src_size(Some(text.len() as u64))
            .unwrap();
        encoder.include_contentsize(true).unwrap();
        encoder.write_all(text.as_bytes()).unwrap();
        let zstd = file("a.zst", &encoder.finish().unwrap());
        assert_eq!(length(&zstd, Compression::Zstd, 10), 1_000_000);
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        let gzip = encoder.finish().unwrap();
        let whole = file("a.gz", &gzip);
        assert_eq!(length(&whole, Compression::Gzip, 900_000), 1_000_000);
        // Two members: the beginning says more than the last one.
        let two = file("b.gz", &[gzip.clone(), gzip.clone()].concat());
        assert_eq!(length(&two, Compression::Gzip, 2_000_000), 2_000_000);
        // Four bytes of anything.
        let cut = file("c.gz", &[&gzip[..100], &[0xff; 4]].concat());
        assert_eq!(length(&cut, Compression::Gzip, 5_000), 5_000);
    }
}

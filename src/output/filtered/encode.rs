//! Compression of a block: a gzip member or a zstd frame of its own.

use std::io::Write;

use flate2::write::GzEncoder;

use crate::corpus::Compression;

/// The level that `zstd` itself takes by default.
const ZSTD_LEVEL: i32 = 3;

/// Appends `bytes` to `out`, compressed.
pub(super) fn encode(
    compression: Compression,
    bytes: &[u8],
    out: &mut Vec<u8>,
) -> std::io::Result<()> {
    match compression {
        Compression::None | Compression::Other(_) => out.extend_from_slice(bytes),
        Compression::Gzip => {
            // No name and no time in the header: the same records give the same bytes.
            let mut encoder = GzEncoder::new(out, flate2::Compression::default());
            encoder.write_all(bytes)?;
            encoder.finish()?;
        }
        Compression::Zstd => {
            let mut encoder = zstd::Encoder::new(out, ZSTD_LEVEL)?;
            encoder.include_checksum(true)?;
            encoder.set_pledged_src_size(Some(bytes.len() as u64))?;
            encoder.write_all(bytes)?;
            encoder.finish()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn blocks_are_read_back_as_one_file() {
        let parts: [&[u8]; 3] = [b"one\n", b"", b"two\n"];
        let encoded = |compression| {
            let mut out = Vec::new();
            for part in parts {
                encode(compression, part, &mut out).unwrap();
            }
            out
        };
        let mut text = String::new();
        flate2::read::MultiGzDecoder::new(&encoded(Compression::Gzip)[..])
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text, "one\ntwo\n");
        let decoded = zstd::decode_all(&encoded(Compression::Zstd)[..]).unwrap();
        assert_eq!(decoded, b"one\ntwo\n");
    }
}

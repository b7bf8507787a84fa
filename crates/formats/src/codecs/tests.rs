//! Files that other programs wrote, whole, doubled and cut. `fixtures/README.md` says which programs.

use std::io::{ErrorKind, Read};
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;

/// Every codec, with a file of it.
const FILES: [(Codec, &str); 10] = [
    (Codec::Brotli, "plain.br"),
    (Codec::Bzip2, "plain.bz2"),
    (Codec::Compress, "plain.Z"),
    (Codec::Gzip, "plain.gz"),
    (Codec::Lz4, "plain.lz4"),
    (Codec::Lz4, "linked.lz4"),
    (Codec::Lzip, "plain.lz"),
    (Codec::Lzma, "plain.lzma"),
    (Codec::Xz, "plain.xz"),
    (Codec::Zstd, "plain.zst"),
];

fn fixture(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/codecs");
    std::fs::read(folder.join(name)).unwrap()
}

/// What is inside, up to an error.
fn inside(codec: Codec, bytes: &[u8]) -> (Vec<u8>, Option<ErrorKind>) {
    let mut into = Vec::new();
    let error = match codec.reader(Box::new(bytes)) {
        Ok(mut reader) => reader.read_to_end(&mut into).err(),
        Err(error) => Some(error),
    };
    (into, error.map(|error| error.kind()))
}

#[test]
fn files_are_recognised_and_read() {
    let plain = fixture("plain.jsonl");
    for (codec, name) in FILES {
        let bytes = fixture(name);
        assert_eq!(
            codec_of(Path::new(name), &bytes[..16]),
            Some(codec),
            "{name}"
        );
        assert_eq!(inside(codec, &bytes), (plain.clone(), None), "{name}");
    }
    for text in ["", "BZh9 text", "{\"id\":1}", "\u{1f}", "LZIP", "]"] {
        assert_eq!(codec_of(Path::new("x.jsonl"), text.as_bytes()), None);
    }
}

#[test]
fn files_one_behind_another_are_read_whole() {
    let twice = fixture("plain.jsonl").repeat(2);
    for (codec, name) in FILES {
        // Neither format has an end that another file may follow.
        if matches!(codec, Codec::Brotli | Codec::Compress | Codec::Lzma) {
            continue;
        }
        let bytes = fixture(name).repeat(2);
        assert_eq!(inside(codec, &bytes), (twice.clone(), None), "{name}");
    }
    // `pzstd` and `lz4` may put frames between that are to be skipped.
    for (codec, name) in [(Codec::Lz4, "plain.lz4"), (Codec::Zstd, "plain.zst")] {
        let skipped = [b"\x5a\x2a\x4d\x18\x03\0\0\0abc", &fixture(name)[..]].concat();
        assert_eq!(codec_of(Path::new(name), &skipped), Some(codec));
        assert_eq!(
            inside(codec, &skipped.repeat(2)),
            (twice.clone(), None),
            "{name}"
        );
    }
    // xz pads its files to four bytes.
    let padded = [fixture("plain.xz"), vec![0; 8], fixture("plain.xz")].concat();
    assert_eq!(inside(Codec::Xz, &padded), (twice, None));
}

#[test]
fn what_is_cut_ends_too_early() {
    let plain = fixture("plain.jsonl");
    for (codec, name) in FILES {
        let bytes = fixture(name);
        for length in 0..bytes.len() {
            let (read, error) = inside(codec, &bytes[..length]);
            assert!(plain.starts_with(&read), "{name}, {length}");
            // Nothing says where a `.Z` ends.
            let is_seen = codec != Codec::Compress || length < 3;
            if is_seen {
                assert_eq!(error, Some(ErrorKind::UnexpectedEof), "{name}, {length}");
            }
        }
    }
}

#[test]
fn a_second_file_that_is_cut_is_seen() {
    for (codec, name) in FILES {
        if matches!(codec, Codec::Brotli | Codec::Compress | Codec::Lzma) {
            continue;
        }
        let bytes = fixture(name).repeat(2);
        for length in bytes.len() / 2 + 1..bytes.len() {
            let (_, error) = inside(codec, &bytes[..length]);
            assert!(error.is_some(), "{name}, {length}");
        }
    }
}

proptest! {
    #[test]
    fn damage_is_an_error_or_other_bytes(
        (file, at, byte) in (0..FILES.len(), any::<prop::sample::Index>(), any::<u8>())
    ) {
        let (codec, name) = FILES[file];
        let mut bytes = fixture(name);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(reader) = codec.reader(Box::new(&bytes[..])) {
            let mut read = Vec::new();
            let _ = reader.take(1 << 24).read_to_end(&mut read);
        }
    }

    #[test]
    fn noise_is_an_error_or_bytes(file in 0..FILES.len(), noise: Vec<u8>) {
        let (codec, name) = FILES[file];
        let head = &fixture(name)[..4];
        let bytes = [head, &noise].concat();
        if let Ok(reader) = codec.reader(Box::new(&bytes[..])) {
            let _ = reader.take(1 << 24).read_to_end(&mut Vec::new());
        }
    }
}

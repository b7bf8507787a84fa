//! A record far over the limit costs its reading and nothing else.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

use proptest::prelude::*;

use super::*;

/// A good record, a line of 200 MB, a good record. The long one is a hole in the file.
fn with_a_long_line(path: &Path, head: &str, tail: &str) {
    let mut file = File::create(path).unwrap();
    file.write_all(head.as_bytes()).unwrap();
    file.seek(SeekFrom::Current(200 << 20)).unwrap();
    file.write_all(tail.as_bytes()).unwrap();
}

#[test]
fn a_line_of_200_megabytes_is_rejected_and_the_rest_is_read() {
    let dir = TestDir::new();
    let (lines, rows) = (dir.path("x.jsonl"), dir.path("x.csv"));
    with_a_long_line(&lines, "{\"text\":\"a\"}\n", "\n{\"text\":\"b\"}\n");
    with_a_long_line(&rows, "text\na\n", "\nb\n");
    let packed = dir.path("x.jsonl.zst");
    let mut from = File::open(&lines).unwrap();
    zstd::stream::copy_encode(&mut from, File::create(&packed).unwrap(), 1).unwrap();
    for mmap in [true, false] {
        for path in [&lines, &rows, &packed] {
            let options = ReadOptions {
                mmap,
                ..ReadOptions::default()
            };
            let read = read_with(&[path], options).unwrap();
            assert_eq!(read.texts(), ["a", "b"], "{}", path.display());
            assert_eq!(read.rejected.len(), 1);
            let (_, rejection) = &read.rejected[0];
            assert_eq!(rejection.length, 200 << 20);
            assert_eq!(
                rejection.reason,
                Reason::TooLong {
                    limit: ReadOptions::MAX_RECORD
                }
            );
        }
    }
}

proptest! {
    /// Any bytes under any name end in records, rejections or an error; never in a panic.
    #[test]
    fn any_bytes_under_any_name(
        name in prop::sample::select(vec![
            "x.jsonl", "x.csv", "x.tsv", "x.txt", "x", "x.gz", "x.jsonl.gz", "x.csv.zst", "x.txt.gz",
        ]),
        start in prop::sample::select(vec![
            &b""[..], b"{\"text\":\"a\"}\n", b"id,text\n1,a\n", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd",
            b"\xef\xbb\xbf", b"date 2023-06-28 x\n",
        ]),
        more in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"\n\",{}[]\r".to_vec())], 0..60),
        mmap in prop::bool::ANY,
        block_bytes in 1usize..40,
    ) {
        let dir = TestDir::new();
        let path = dir.file(name, [start, &more].concat());
        let options = ReadOptions { mmap, block_bytes, ..ReadOptions::default() };
        let answer = open(&[&path], options.clone()).and_then(|mut corpus| corpus.preflight());
        let read = read_with(&[&path], options);
        prop_assert!(answer.is_ok() || read.is_err(), "the preflight refuses what the scan reads");
        if let (Ok(answer), Ok(read)) = (answer, read) {
            // The sample of so small a file is all of it.
            prop_assert_eq!(answer.inputs[0].sample.records, read.records.len() as u64);
        }
    }
}

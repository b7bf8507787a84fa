//! A record far over the limit costs its reading and nothing else.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

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
    let desk = Desk::new();
    let (lines, rows) = (desk.path("x.jsonl"), desk.path("x.csv"));
    with_a_long_line(&lines, "{\"text\":\"a\"}\n", "\n{\"text\":\"b\"}\n");
    with_a_long_line(&rows, "text\na\n", "\nb\n");
    let packed = desk.path("x.jsonl.zst");
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

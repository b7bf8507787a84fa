//! Compressed files made to cost more than they are: time, memory and disk are bounded.

use std::time::{Duration, Instant};

use flate2::Compression as Level;
use flate2::write::GzEncoder;
use std::io::Write;

use super::*;

const RECORD: &[u8] = b"{\"text\":\"a\"}\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Level::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A frame of so many times the same byte, whose head asks for a window of 2^`log`.
fn frame(log: u8, byte: u8, blocks: u32) -> Vec<u8> {
    let block = |length: u32, last: u32| {
        let head = (length << 3 | 1 << 1 | last).to_le_bytes();
        [head[0], head[1], head[2], byte]
    };
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0, (log - 10) << 3];
    (0..blocks).for_each(|_| frame.extend(block(128 << 10, 0)));
    frame.extend(block(1, 1));
    frame
}

fn scan_one(path: &Path, options: ReadOptions) -> Result<Read, CorpusError> {
    let mut corpus = open(&[path], options)?;
    scan(&mut corpus)
}

/// Reading it takes no time to speak of: unbounded, each of these took from ten seconds to minutes.
fn read_soon(name: &str, bytes: Vec<u8>) -> Read {
    let dir = TestDir::new();
    let path = dir.file(name, bytes);
    let started = Instant::now();
    let read = scan_one(&path, ReadOptions::default()).unwrap();
    let took = started.elapsed();
    assert!(took < Duration::from_secs(8), "{name}: {took:?}");
    assert_eq!(read.records[0].text, "a");
    read
}

#[test]
fn places_that_look_like_members_cost_a_bounded_search() {
    let member = gzip(RECORD);
    let zstd = ::zstd::encode_all(RECORD, 1).unwrap();
    let name_without_end = [0x1F, 0x8B, 8, 8, 1, 1, 1, 1, 1, 1].repeat(100_000);
    let mut stored = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 0];
    stored.extend(40_000u16.to_le_bytes());
    stored.extend((!40_000u16).to_le_bytes());
    for (name, start, rest) in [
        ("a.jsonl.gz", &member, [0x1F, 0x8B, 8].repeat(700_000)),
        ("b.jsonl.gz", &member, name_without_end),
        ("c.jsonl.gz", &member, stored.repeat(60_000)),
        (
            "d.jsonl.zst",
            &zstd,
            [0x28, 0xB5, 0x2F, 0xFD].repeat(500_000),
        ),
    ] {
        let read = read_soon(name, [&start[..], &rest].concat());
        assert!(!read.rejected.is_empty(), "{name}");
    }
}

#[test]
fn members_behind_some_damage_are_found_as_before() {
    let member = gzip(RECORD);
    let junk = [0x1F, 0x8B, 8].repeat(50);
    let read = read_soon("a.jsonl.gz", [&member[..], &junk, &member].concat());
    assert_eq!(read.texts(), ["a", "a"]);
}

#[test]
fn tiny_members_and_frames_cost_little() {
    let (member, empty) = (gzip(RECORD), gzip(b""));
    read_soon("a.jsonl.gz", [empty.repeat(100_000), member].concat());
    let zstd = ::zstd::encode_all(RECORD, 1).unwrap();
    let skippable = b"\x50\x2A\x4D\x18\0\0\0\0".repeat(500_000);
    let read = read_soon("b.jsonl.zst", [&zstd[..], &skippable, &zstd].concat());
    assert_eq!((read.records.len(), read.rejected.len()), (2, 0));
    let read = read_soon("c.jsonl.zst", zstd.repeat(20_000));
    assert_eq!(read.records.len(), 20_000);
}

#[test]
fn a_frame_may_ask_for_the_window_that_memory_leaves() {
    let dir = TestDir::new();
    let read = |name: &str, log, window_memory| {
        let zstd = ::zstd::encode_all(RECORD, 1).unwrap();
        let path = dir.file(name, [&zstd[..], &frame(log, b'\n', 1)].concat());
        let options = ReadOptions {
            window_memory,
            ..ReadOptions::default()
        };
        scan_one(&path, options).map(|read| read.records.len())
    };
    assert_eq!(read("a.jsonl.zst", 27, None).unwrap(), 1);
    let refused = read("b.jsonl.zst", 28, None).unwrap_err().to_string();
    for part in [
        "b.jsonl.zst: the frame at byte",
        "256 MB",
        "may have 128",
        "--memory",
    ] {
        assert!(refused.contains(part), "{refused}");
    }
    assert!(read("c.jsonl.zst", 27, Some(100 << 20)).is_err());
    assert_eq!(read("d.jsonl.zst", 31, Some(2 << 30)).unwrap(), 1);
    assert_eq!(
        read("e.jsonl.zst", 23, Some(1)).unwrap(),
        1,
        "8 MB in any case"
    );
}

#[test]
fn what_a_file_may_become_is_bounded() {
    let dir = TestDir::new();
    // 640 MB of empty lines in 20 KB, with an honest start.
    let zstd = ::zstd::encode_all(RECORD, 1).unwrap();
    let path = dir.file(
        "x.jsonl.zst",
        [&zstd[..], &frame(20, b'\n', 5_000)].concat(),
    );
    let refused = scan_one(&path, ReadOptions::default()).unwrap_err();
    let said = refused.to_string();
    assert!(
        said.contains("x.jsonl.zst")
            && said.contains("536870912")
            && said.contains("--max-decoded"),
        "{said}"
    );
    let options = |most| ReadOptions {
        max_decoded: Some(most),
        ..ReadOptions::default()
    };
    let small = dir.file("y.jsonl.zst", &zstd);
    assert!(scan_one(&small, options(5)).is_err());
    assert_eq!(scan_one(&small, options(13)).unwrap().texts(), ["a"]);
}

#[test]
fn a_file_rewritten_with_its_time_put_back_is_another_one() {
    let dir = TestDir::new();
    let path = dir.file("day.jsonl", RECORD);
    let time = std::fs::metadata(&path).unwrap().modified().unwrap();
    let corpus = open(&[&path], ReadOptions::default()).unwrap();
    corpus.check_unchanged().unwrap();
    std::thread::sleep(Duration::from_millis(20)); // times come in steps
    let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    (&file).write_all(b"{\"text\":\"b\"}\n").unwrap();
    file.set_modified(time).unwrap();
    let said = corpus.check_unchanged().unwrap_err().to_string();
    assert!(
        said.contains("day.jsonl") && said.contains("put back"),
        "{said}"
    );
}

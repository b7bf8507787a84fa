//! gzip and Zstandard: all members, damage, truncation, and that the spool changes nothing.

use std::io::Write;

use flate2::Compression as Level;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Level::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ::zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Lines that do not compress to nothing.
fn lines(ids: std::ops::Range<u32>) -> String {
    let line = |n: u32| {
        let noise = n.wrapping_mul(2_654_435_761);
        format!(
            "{{\"id\":{n},\"text\":\"{noise:x}{:x}\"}}\n",
            noise ^ 0x5555
        )
    };
    ids.map(line).collect()
}

#[test]
fn all_members_and_frames_are_read() {
    let plain = read(&fixture("no-final-newline.jsonl"));
    assert_eq!(plain.ids(), ["f1", "f2", "f3", "f4", "f5", "f6"]);
    for name in ["members.jsonl.gz", "frames.jsonl.zst"] {
        let read = read(&fixture(name));
        assert_eq!(read, plain, "{name}");
    }
}

#[test]
fn a_truncated_file_gives_what_stands_before() {
    let read = read(&fixture("truncated.jsonl.gz"));
    assert!(read.records.len() < 6);
    let count = read.records.len();
    assert_eq!(read.ids(), ["f1", "f2", "f3", "f4", "f5", "f6"][..count]);
    let reasons = read.reasons();
    assert!(reasons[0].contains("cut off by damage"), "{reasons:?}");
    assert!(reasons[1].contains("ends too early"), "{reasons:?}");
    assert!(reasons[1].contains("at byte 505"), "{reasons:?}");
    assert_eq!(reasons.len(), 2);
}

#[test]
fn reading_goes_on_with_the_member_behind_the_damage() {
    let read = read(&fixture("damaged-member.jsonl.gz"));
    assert!(read.ids().starts_with(&["f1", "f2"]), "{:?}", read.ids());
    assert!(read.ids().ends_with(&["f5", "f6"]), "{:?}", read.ids());
    let reasons = read.reasons();
    let damage = reasons.last().unwrap();
    assert!(
        damage.contains("damaged-member.jsonl.gz: damaged at byte"),
        "{damage}"
    );
    assert!(damage.contains("went on with the next member"), "{damage}");
}

#[test]
fn damage_in_frames_and_members_of_any_size() {
    for (name, encode) in [
        ("x.jsonl.gz", gzip as fn(&[u8]) -> Vec<u8>),
        ("x.jsonl.zst", zstd),
    ] {
        let dir = TestDir::new();
        let members: Vec<Vec<u8>> = (0..4)
            .map(|n| encode(lines(n * 1_000..(n + 1) * 1_000).as_bytes()))
            .collect();
        let mut file = members.concat();
        let at = members[0].len() + members[1].len() / 2;
        file[at..at + 8].iter_mut().for_each(|byte| *byte ^= 0xFF);
        let path = dir.file(name, &file);
        for block_bytes in [1_000, 1 << 20] {
            let options = ReadOptions {
                block_bytes,
                ..ReadOptions::default()
            };
            let read = read_with(&[&path], options).unwrap();
            let ids: Vec<u32> = read.ids().iter().filter_map(|id| id.parse().ok()).collect();
            let sound = |id: &&u32| !(1_000..2_000).contains(*id);
            assert_eq!(ids.iter().filter(sound).count(), 3_000, "{name}");
            assert!(ids.is_sorted(), "{name}");
            let damages = read.rejected.iter().filter(|(_, rejection)| {
                matches!(rejection.reason, Reason::Damaged { resumed: true, .. })
            });
            assert_eq!(damages.count(), 1, "{name}");
        }
    }
}

#[test]
fn a_record_cut_by_damage_is_one_rejection() {
    let dir = TestDir::new();
    let first = gzip(b"{\"text\":\"a\"}\n{\"text\":\"cut");
    let rest = gzip(b" off\"}\n{\"text\":\"b\"}\n");
    let read_file = |bytes: &[u8]| read(&dir.file("x.jsonl.gz", bytes));
    let whole = read_file(&[&first[..], &rest].concat());
    assert_eq!(whole.texts(), ["a", "cut off", "b"], "members end anywhere");
    let mut bytes = [&first[..], &rest].concat();
    bytes[first.len() - 8] ^= 1; // the checksum of the first member
    let damaged = read_file(&bytes);
    assert_eq!(damaged.texts(), ["a", "b"]);
    let reasons: Vec<&Reason> = damaged.rejected.iter().map(|(_, r)| &r.reason).collect();
    assert_eq!(reasons[0], &Reason::CutByDamage);
    assert!(matches!(reasons[1], Reason::Damaged { resumed: true, .. }));
    assert_eq!(reasons[2], &Reason::CutByDamage);
    assert_eq!(reasons.len(), 3);
}

#[test]
fn padding_and_emptiness_are_no_damage() {
    let dir = TestDir::new();
    let member = gzip(b"{\"text\":\"a\"}\n");
    let padded = dir.file("a.jsonl.gz", [&member[..], &[0; 100_000]].concat());
    assert_eq!(
        (read(&padded).texts(), read(&padded).rejected),
        (vec!["a"], vec![])
    );
    assert_eq!(read(&dir.file("b.jsonl.gz", "")), Read::default());
    assert_eq!(read(&dir.file("c.jsonl.gz", gzip(b""))), Read::default());
    assert_eq!(read(&dir.file("d.jsonl.zst", zstd(b""))), Read::default());
}

#[test]
fn what_is_no_gzip_at_all_is_a_rejection_with_its_place() {
    let dir = TestDir::new();
    let read = read(&dir.file("x.jsonl.gz", "no gzip, and no record\n"));
    assert_eq!(read.records, []);
    assert!(read.reasons()[0].contains("nothing after it could be read"));
}

#[test]
fn content_shows_the_compression_where_the_name_does_not() {
    let dir = TestDir::new();
    for (name, bytes) in [
        ("plain.jsonl.gz", b"{\"text\":\"a\"}\n".to_vec()),
        ("other.jsonl.gz", zstd(b"{\"text\":\"a\"}\n")),
        ("a.jsonl", gzip(b"{\"text\":\"a\"}\n")),
        ("b", zstd(b"{\"text\":\"a\"}\n")),
        ("c.gz", gzip(b"id,text\n1,a\n")),
    ] {
        assert_eq!(read(&dir.file(name, bytes)).texts(), ["a"], "{name}");
    }
    let path = dir.file("e.jsonl.gz", gzip(b"[{\"text\":\"a\"}]"));
    assert_eq!(read(&path).texts(), ["a"], "an array by the name of lines");
}

#[test]
fn progress_counts_every_byte_once() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let dir = TestDir::new();
    let paths = [
        dir.file("a.jsonl.gz", gzip(lines(0..20_000).as_bytes())),
        dir.file("b.jsonl", lines(0..5_001)),
        dir.file("c.csv", "text\na\nb\n"),
        dir.file("pages/1.txt", "a page"),
    ];
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let options = ReadOptions {
        block_bytes: 1_000,
        ..ReadOptions::default()
    };
    let mut corpus = open(&paths, options).unwrap();
    let answer = AtomicU64::new(0);
    let progress = |bytes| {
        answer.fetch_add(bytes, Ordering::Relaxed);
    };
    let begin = |input| Collect(input, Read::default());
    corpus
        .scan(begin, &AtomicBool::new(false), &progress)
        .unwrap();
    let all: u64 = corpus.inputs().iter().filter_map(Input::bytes).sum();
    assert_eq!(answer.into_inner(), all);
}

#[test]
fn a_spool_has_to_go_somewhere() {
    let dir = TestDir::new();
    let path = dir.file("x.jsonl.gz", gzip(b"{\"text\":\"a\"}\n"));
    let temp_dir = Some(dir.path("missing"));
    let options = ReadOptions {
        temp_dir,
        ..ReadOptions::default()
    };
    let said = read_with(&[&path], options).unwrap_err().to_string();
    assert!(said.contains("missing"), "{said}");
    let temp_dir = Some(dir.folder().to_path_buf());
    let options = ReadOptions {
        temp_dir,
        ..ReadOptions::default()
    };
    assert_eq!(read_with(&[&path], options).unwrap().texts(), ["a"]);
    let left = std::fs::read_dir(dir.folder()).unwrap().count();
    assert_eq!(left, 1, "a spool has no name");
}

#[test]
fn decoding_stops_when_it_is_cancelled() {
    let dir = TestDir::new();
    let path = dir.file("x.jsonl.gz", gzip(b"{\"text\":\"a\"}\n"));
    let mut corpus = open(&[&path], ReadOptions::default()).unwrap();
    let begin = |input| Collect(input, Read::default());
    let stopped = corpus.scan(begin, &AtomicBool::new(true), &|_| {});
    assert!(matches!(stopped.err(), Some(CorpusError::Cancelled)));
    assert_eq!(
        scan(&mut corpus).unwrap().texts(),
        ["a"],
        "and can be tried again"
    );
}

proptest! {
    /// One wrong byte anywhere, or an end anywhere, costs no record of another member.
    #[test]
    fn damage_costs_only_the_member_it_hits(
        packed_by_zstd in prop::bool::ANY,
        place in 0.0..1.0f64,
        flip in 1u8..=255,
        cut in prop::bool::ANY,
    ) {
        let encode = if packed_by_zstd { zstd } else { gzip };
        let members: Vec<Vec<u8>> =
            (0..4).map(|n| encode(lines(n * 50..(n + 1) * 50).as_bytes())).collect();
        let mut file = members.concat();
        let at = (place * file.len() as f64).floor();
        let at = (0..file.len()).find(|&n| n as f64 >= at).unwrap_or(0);
        let (mut start, mut hit) = (0, 0);
        for (n, member) in members.iter().enumerate() {
            if (start..start + member.len()).contains(&at) {
                hit = n;
            }
            start += member.len();
        }
        if cut {
            file.truncate(at);
        } else {
            file[at] ^= flip;
        }
        let dir = TestDir::new();
        let name = if packed_by_zstd { "x.jsonl.zst" } else { "x.jsonl.gz" };
        let read = match read_with(&[&dir.file(name, file)], ReadOptions::default()) {
            // A head that asks for a window as `--long` makes it: that is said, and nothing is lost unheard.
            Err(CorpusError::WindowTooLarge { window, .. }) if packed_by_zstd && !cut => {
                prop_assert!(window <= 1 << 31);
                return Ok(());
            }
            read => read.unwrap(),
        };
        let ids: Vec<usize> = read.ids().iter().filter_map(|id| id.parse().ok()).collect();
        let sound = |id: &usize| id / 50 != hit && (!cut || id / 50 < hit);
        let expected: Vec<usize> = (0..200).filter(sound).collect();
        // The member that was hit may give lines with wrong bytes in them, before it is noticed.
        let mut rest = ids.iter();
        for id in expected {
            prop_assert!(rest.any(|got| *got == id), "{} of {:?}", id, ids);
        }
    }
}

//! What is missing: a scan fails at it or lists it, and nothing read is a failure too.

use std::io::Write;

use flate2::Compression as Level;
use flate2::write::GzEncoder;

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Level::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ::zstd::encode_all(bytes, 1).unwrap()
}

fn scan_with(paths: &[&Path], options: ReadOptions) -> Result<(Corpus, Read), CorpusError> {
    let sources = paths
        .iter()
        .map(|path| Source::Path(path.to_path_buf()))
        .collect();
    let mut corpus = Corpus::open(sources, options)?;
    let read = scan(&mut corpus)?;
    Ok((corpus, read))
}

/// Mapped or not, the same.
fn strict(path: &Path) -> Result<Read, CorpusError> {
    let read = |mmap| {
        let options = ReadOptions {
            mmap,
            ..ReadOptions::default()
        };
        scan_with(&[path], options).map(|(_, read)| read)
    };
    let mapped = read(true);
    let answer =
        |read: &Result<Read, CorpusError>| read.as_ref().map_err(ToString::to_string).err();
    assert_eq!(answer(&mapped), answer(&read(false)));
    mapped
}

/// What stops a scan of the file, and what an allowing one lists of it.
fn damage(path: &Path) -> (String, Vec<DamagedFile>) {
    let error = strict(path).unwrap_err();
    assert!(matches!(error, CorpusError::Damaged { .. }), "{error}");
    let options = ReadOptions {
        accept_damaged: true,
        allow_empty: true,
        ..ReadOptions::default()
    };
    let (corpus, _) = scan_with(&[path], options).unwrap();
    (error.to_string(), corpus.damaged().to_vec())
}

fn records(count: u32) -> String {
    let record = |n: u32| {
        let noise = n.wrapping_mul(2_654_435_761);
        format!("{{\"id\":\"{n}\",\"text\":\"page {noise:x} of Zürich\"}}\n")
    };
    (0..count).map(record).collect()
}

fn rows(count: u32) -> String {
    let row = |n: u32| format!("{n},\"page {n}\nof \"\"Zürich\"\"\",x\n");
    let rows: String = (0..count).map(row).collect();
    format!("id,text,more\n{rows}")
}

/// What a cut at any byte leaves: an error, or all that it leaves, at the end of a record.
#[test]
fn a_cut_at_any_byte_is_seen_unless_it_is_between_two_records() {
    let dir = TestDir::new();
    let (lines, table) = (records(4), rows(4));
    for (name, whole) in [("x.jsonl", &lines), ("x.csv", &table)] {
        let ends = |at: usize| {
            // A line feed more or less is no record more or less.
            let (before, after) = whole.as_bytes().split_at(at);
            let ends_line = before.ends_with(b"\n") || after.starts_with(b"\n");
            if name == "x.jsonl" {
                return ends_line;
            }
            // What is missing of a last field without quotes cannot be known.
            let in_last_field = before.ends_with(b",") && after.starts_with(b"x");
            let quotes = before.iter().filter(|&&byte| byte == b'"').count();
            quotes % 2 == 0 && (ends_line || in_last_field)
        };
        let header = whole.find('\n').filter(|_| name == "x.csv").unwrap_or(0);
        for at in header + 2..whole.len() {
            let path = dir.file(name, &whole.as_bytes()[..at]);
            match strict(&path) {
                Ok(_) => assert!(ends(at), "{name} at {at}"),
                Err(CorpusError::Damaged { .. }) => assert!(!ends(at), "{name} at {at}"),
                Err(other) => panic!("{name} at {at}: {other}"),
            }
        }
        assert!(strict(&dir.file(name, whole)).is_ok());
    }
}

#[test]
fn a_compressed_file_is_cut_at_any_byte() {
    let dir = TestDir::new();
    for (name, whole) in [
        ("x.jsonl.gz", gzip(records(4).as_bytes())),
        ("x.jsonl.zst", zstd(records(4).as_bytes())),
        ("x.csv.gz", gzip(rows(4).as_bytes())),
        ("x.csv.zst", zstd(rows(4).as_bytes())),
        ("x.txt.gz", gzip(b"one page of text")),
        ("pages/x.txt.zst", zstd(b"one page of text")),
    ] {
        for at in 0..whole.len() {
            let path = dir.file(name, &whole[..at]);
            let said = strict(&path).err().map(|error| error.to_string());
            let said = said.unwrap_or_else(|| panic!("{name} at {at}"));
            let file = path.file_name().unwrap().to_str().unwrap();
            assert!(said.contains(file), "{name} at {at}: {said}");
        }
        assert!(strict(&dir.file(name, whole)).is_ok(), "{name}");
    }
}

#[test]
fn the_error_says_where_how_much_was_read_and_the_way_out() {
    let dir = TestDir::new();
    let lines = records(3_000);
    let packed = gzip(lines.as_bytes());
    let half = packed.len() / 2;
    let (said, files) = damage(&dir.file("half.jsonl.gz", &packed[..half]));
    for part in [
        &*format!("half.jsonl.gz: cut off at byte {half} ("),
        "records were read before it",
        "fetch it again",
        "--accept-damaged",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!((files.len(), files[0].missing), (1, None));

    let plain = &lines[..lines.len() - 5];
    let (said, files) = damage(&dir.file("day.jsonl", plain));
    let place = format!("day.jsonl: cut off at byte {} ", plain.len());
    assert!(
        said.contains(&place) && said.contains("2999 records"),
        "{said}"
    );
    assert_eq!(files[0].what, "the last line is not whole");

    let (said, _) = damage(&dir.file("cut-first.jsonl.gz", gzip(plain.as_bytes())));
    assert!(said.contains("of what it decodes to"), "{said}");
}

#[test]
fn damage_in_the_middle_says_how_many_bytes_are_missing() {
    let dir = TestDir::new();
    let members: Vec<Vec<u8>> = (0..3).map(|_| gzip(records(500).as_bytes())).collect();
    let mut bytes = members.concat();
    let at = members[0].len() + members[1].len() / 2;
    bytes[at..at + 8].iter_mut().for_each(|byte| *byte ^= 0xFF);
    let path = dir.file("x.jsonl.gz", &bytes);
    let (said, files) = damage(&path);
    assert!(
        said.contains("damaged at byte") && said.contains(": 5"),
        "{said}"
    );
    let missing = files[0].missing.unwrap();
    assert!(
        missing > 0 && missing < members[1].len() as u64,
        "{missing}"
    );

    let garbage = [&members[0][..], b"no member at all"].concat();
    let (said, files) = damage(&dir.file("y.jsonl.gz", garbage));
    assert!(said.contains("500 records were read"), "{said}");
    assert!(files[0].missing.unwrap() <= 16);
    let padded = [&members[0][..], &[0; 1000]].concat();
    assert_eq!(
        strict(&dir.file("z.jsonl.gz", padded))
            .unwrap()
            .records
            .len(),
        500
    );
}

#[test]
fn all_damaged_files_are_named() {
    let dir = TestDir::new();
    let cut = &gzip(b"one page of text")[..20];
    for n in 0..8 {
        dir.file(&format!("pages/{n}.txt.gz"), cut);
    }
    dir.file("pages/whole.txt", "a page that is whole");
    let (said, files) = damage(&dir.path("pages"));
    assert!(
        said.contains("pages/0.txt.gz: cut off at byte 20"),
        "{said}"
    );
    assert!(
        said.contains("damaged as well: ") && said.contains("and 2 more"),
        "{said}"
    );
    assert_eq!(files.len(), 8);
    assert!(files.iter().all(|file| file.input == 0));
}

#[test]
fn a_text_that_ends_inside_a_character_is_cut() {
    let dir = TestDir::new();
    let text = "the café";
    let (said, _) = damage(&dir.file("x.txt", &text.as_bytes()[..text.len() - 1]));
    assert!(said.contains("ends inside a character"), "{said}");
    let other = strict(&dir.file("y.txt", b"caf\xe9 au lait")).unwrap();
    assert_eq!(other.texts(), ["café au lait"]);
}

#[test]
fn a_stray_quote_costs_a_row_and_an_open_one_is_a_cut() {
    let dir = TestDir::new();
    let stray = dir.file("x.csv", "id,text\n1,a\n2,\"b\n3,c\n4,d\n");
    assert_eq!(strict(&stray).unwrap().ids(), ["1", "3", "4"]);
    for open in [
        "id,text\n1,a\n2,\"b\n",
        "id,text\n1,a\n2,\"b\nsecond line\n",
        "id,text\n1,a\n2,\"b\n3,c\nfourth line, with, commas\n",
    ] {
        let (said, _) = damage(&dir.file("y.csv", open));
        assert!(said.contains("quote is open at the end"), "{said}");
    }
}

#[test]
fn what_reads_no_record_fails_unless_that_is_allowed() {
    let dir = TestDir::new();
    let allowing = ReadOptions {
        allow_empty: true,
        ..ReadOptions::default()
    };
    for (name, bytes) in [
        ("a.jsonl", b"".to_vec()),
        ("b.jsonl", b"\n\n \n".to_vec()),
        ("c.jsonl", b"{}\n[]\n".to_vec()),
        ("d.csv", b"id,text\n".to_vec()),
        ("e.jsonl.gz", gzip(b"")),
        ("f/1.txt", b" \n".to_vec()),
    ] {
        let path = dir.file(name, &bytes);
        let error = strict(&path).unwrap_err();
        assert!(matches!(error, CorpusError::NothingRead { .. }), "{error}");
        let said = error.to_string();
        assert!(
            said.contains(name) && said.contains("--allow-empty"),
            "{said}"
        );
        let (_, read) = scan_with(&[&path], allowing.clone()).unwrap();
        assert_eq!(read.records, []);
    }
    let said = strict(&dir.path("c.jsonl")).unwrap_err().to_string();
    assert!(
        said.contains("all were rejected, the first at byte 0: no text in any of text, content"),
        "{said}"
    );
    let (empty, full) = (dir.path("a.jsonl"), dir.file("g.jsonl", records(1)));
    let (_, read) = scan_with(&[&empty, &full], ReadOptions::default()).unwrap();
    assert_eq!(read.records.len(), 1);
}

#[test]
fn an_empty_file_is_no_gzip_but_may_be_an_empty_day() {
    let dir = TestDir::new();
    let path = dir.file("x.jsonl.gz", "");
    assert!(
        strict(&path)
            .unwrap_err()
            .to_string()
            .contains("the file is empty")
    );
    let options = ReadOptions {
        allow_empty: true,
        ..ReadOptions::default()
    };
    let (corpus, _) = scan_with(&[&path], options).unwrap();
    assert_eq!(corpus.damaged(), []);
}

#[test]
fn records_in_memory_may_be_none() {
    let mut corpus = Corpus::open(vec![Source::Records(vec![])], ReadOptions::default()).unwrap();
    assert_eq!(scan(&mut corpus).unwrap(), Read::default());
}

#[test]
fn a_pattern_without_a_match_says_so_or_is_an_empty_input() {
    let dir = TestDir::new();
    let pattern = dir.path("*.jsonl.gz");
    let said = strict(&pattern).unwrap_err().to_string();
    assert!(said.contains("*.jsonl.gz: no file matches"), "{said}");
    assert!(said.contains("--allow-empty"), "{said}");
    let options = ReadOptions {
        allow_empty: true,
        ..ReadOptions::default()
    };
    let (corpus, read) = scan_with(&[&pattern], options.clone()).unwrap();
    assert_eq!((corpus.inputs().len(), read), (0, Read::default()));
    let missing = dir.path("missing.jsonl");
    let error = scan_with(&[&missing], options).unwrap_err();
    assert!(matches!(error, CorpusError::NotFound { .. }), "{error}");
}

#[test]
fn a_look_sees_a_damaged_end_where_that_is_cheap() {
    let dir = TestDir::new();
    let lines = records(20_000); // more than a sample of a megabyte
    let look = |name: &str, bytes: &[u8]| {
        let mut corpus = {
            let path = dir.file(name, bytes);
            Corpus::open(vec![Source::Path(path)], ReadOptions::default()).unwrap()
        };
        let seen = corpus.preflight().unwrap();
        (seen.damaged().count(), corpus.refuse(&seen).is_err())
    };
    let cut = &lines.as_bytes()[..lines.len() - 5];
    assert_eq!(look("x.jsonl", lines.as_bytes()), (0, false));
    assert_eq!(look("x.jsonl", cut), (1, true));
    let small = gzip(records(10).as_bytes());
    assert_eq!(look("x.jsonl.gz", &small), (0, false));
    assert_eq!(look("x.jsonl.gz", &small[..small.len() - 5]), (1, true));
    assert_eq!(
        look("x.csv", rows(9).trim_end_matches("x\n").as_bytes()),
        (0, false)
    );
    assert_eq!(
        look("x.csv", rows(9).trim_end_matches(",x\n").as_bytes()),
        (1, true)
    );
    assert_eq!(look("x.txt.gz", &gzip(b"a page")[..12]), (1, true));
    assert_eq!(look("x.jsonl", b""), (0, true));
}

/// The memory of a process is a file that can be opened, and not read at its start.
#[cfg(target_os = "linux")]
#[test]
fn a_device_that_fails_is_no_damage_that_could_be_accepted() {
    let dir = TestDir::new();
    for name in [
        "x.jsonl",
        "x.jsonl.gz",
        "x.csv",
        "x.txt",
        "x.txt.gz",
        "pages/x.txt",
    ] {
        let path = dir.file(name, "");
        std::fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/proc/self/mem", &path).unwrap();
        let options = ReadOptions {
            accept_damaged: true,
            allow_empty: true,
            skip_unreadable: true,
            ..ReadOptions::default()
        };
        let given = if name.starts_with("pages") {
            dir.path("pages")
        } else {
            path
        };
        let error = scan_with(&[&given], options).unwrap_err();
        assert!(matches!(error, CorpusError::Io { .. }), "{name}: {error}");
    }
}

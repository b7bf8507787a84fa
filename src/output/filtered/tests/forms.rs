//! Every form of input, from its files to its filtered corpora.

use super::*;
use crate::corpus::OwnedRecord;

const CSV: &str = "\u{feff}id,text\r\n1,\"a, \"\"b\"\"\"\r\n2,\"c\r\nd\"\r\n3,e";
const TURN: [Verdict; 3] = [Kept, Removed, Kept];

/// A room whose inputs are `names`, written by `files`.
fn room(names: &[&str], files: &[(&str, &[u8])]) -> Room {
    let mut room = Room::new(&[]);
    let root = room.root.path().join("in");
    for (name, bytes) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    room.inputs = names.iter().map(|name| root.join(name)).collect();
    room
}

fn merge() -> FilteredCorpora {
    FilteredCorpora { merge: true, ..ALL }
}

#[test]
fn csv_has_its_header_once_and_its_rows_as_they_are() {
    let files = [("day.csv", CSV.as_bytes())];
    let room = room(&["day.csv"], &files);
    let written = room.write(ALL, &TURN);
    assert_eq!(
        room.read("kept/day.csv"),
        "\u{feff}id,text\r\n1,\"a, \"\"b\"\"\"\r\n3,e"
    );
    assert_eq!(
        room.read("removed/day.csv"),
        "\u{feff}id,text\r\n2,\"c\r\nd\"\r\n"
    );
    let annotated = room.read("annotated/day.csv");
    assert!(
        annotated.starts_with("\u{feff}id,text,wirecopy_id,wirecopy_verdict,"),
        "{annotated}"
    );
    assert!(annotated.contains("\r\n2,\"c\r\nd\",doc-1,removed,w,exact,0.9,,1.0\r\n"));
    assert!(annotated.ends_with("\r\n3,e,doc-2,kept,,,1.0,,1.0\r\n"));
    assert_eq!(written.kept.unwrap().records, 2);
}

#[test]
fn merged_csv_is_objects() {
    let room = room(&["day.csv"], &[("day.csv", CSV.as_bytes())]);
    room.write(merge(), &TURN);
    assert_eq!(
        room.read("kept.jsonl"),
        "{\"id\":\"1\",\"text\":\"a, \\\"b\\\"\"}\n{\"id\":\"3\",\"text\":\"e\"}\n"
    );
    assert!(
        room.read("annotated.jsonl").contains(
            "\"text\":\"c\\r\\nd\",\"wirecopy\":{\"id\":\"doc-1\",\"verdict\":\"removed\","
        )
    );
}

#[test]
fn compressed_inputs_are_compressed_again() {
    let mut gzip = Vec::new();
    encode::encode(Compression::Gzip, DAY.as_bytes(), &mut gzip).unwrap();
    let mut zstd = Vec::new();
    encode::encode(Compression::Zstd, CSV.as_bytes(), &mut zstd).unwrap();
    let files = [("day.jsonl.gz", &gzip[..]), ("day.csv.zst", &zstd[..])];
    let room = room(&["day.jsonl.gz", "day.csv.zst"], &files);
    room.write(ALL, &[Kept]);
    let read = |name| fs::read(room.root.path().join("out").join(name)).unwrap();
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(&read("kept/day.jsonl.gz")[..])
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, DAY.replace("\n\n", "\n"));
    let decoded = zstd::decode_all(&read("kept/day.csv.zst")[..]).unwrap();
    assert_eq!(decoded, CSV.as_bytes());
    let decoded = zstd::decode_all(&read("removed/day.csv.zst")[..]).unwrap();
    assert_eq!(decoded, "\u{feff}id,text\r\n".as_bytes());
}

#[test]
fn a_byte_order_mark_stays_in_front() {
    let marked = format!("\u{feff}{DAY}");
    let room = room(&["day.jsonl"], &[("day.jsonl", marked.as_bytes())]);
    room.write(ALL, &[Kept]);
    assert_eq!(room.read("kept/day.jsonl"), marked.replace("\n\n", "\n"));
}

#[test]
fn texts_stay_files() {
    let texts: [(&str, &[u8]); 3] = [
        ("pages/a/1.txt", b"date 2023-06-28 Flood\r\nThe river"),
        ("pages/a/2.txt", b"rose\n"),
        ("pages/b.txt", b"again"),
    ];
    let room = room(&["pages"], &texts);
    let written = room.write(ALL, &TURN);
    assert_eq!(room.read("kept/pages/a/1.txt").as_bytes(), texts[0].1);
    assert_eq!(room.read("removed/pages/a/2.txt").as_bytes(), texts[1].1);
    assert_eq!(room.read("kept/pages/b.txt").as_bytes(), texts[2].1);
    assert!(!room.root.path().join("out/kept/pages/a/2.txt").exists());
    assert_eq!(room.read("annotated/pages.jsonl").lines().count(), 3);
    assert_eq!(
        written.kept,
        Some(Amount {
            records: 2,
            bytes: 37
        })
    );
    room.write(merge(), &TURN);
    let kept = room.read("kept.jsonl");
    let first: serde_json::Value = serde_json::from_str(kept.lines().next().unwrap()).unwrap();
    assert_eq!(first["date"], "2023-06-28");
    assert_eq!(first["title"], "Flood");
}

#[test]
fn a_text_named_alone_stays_one_file() {
    let room = room(&["a.txt"], &[("a.txt", b"The river\n")]);
    room.write(ALL, &[Kept]);
    assert_eq!(room.read("kept/a.txt"), "The river\n");
    assert!(!room.root.path().join("out/removed/a.txt").exists());
}

#[test]
fn records_from_memory_become_json_lines() {
    let record = OwnedRecord {
        text: "The \"river\"".to_owned(),
        date: Some("2023-06-28".to_owned()),
        ..OwnedRecord::default()
    };
    let sources = vec![Source::Records(vec![record.clone(), record])];
    let mut corpus = Corpus::open(sources, ReadOptions::default()).unwrap();
    let go_on = AtomicBool::new(false);
    let blocks = corpus.scan(|_| Places::default(), &go_on, &|_| {}).unwrap();
    let records = blocks.into_iter().flat_map(|(_, places)| places.0);
    let table = Table(
        records
            .map(|(offset, length)| FilteredRecord {
                input: 0,
                offset,
                length,
                verdict: Kept,
            })
            .collect(),
        true,
    );
    let room = Room::new(&[]);
    let folder = room.folder();
    ALL.write(&folder, &corpus, &table, &go_on, &|_| {})
        .unwrap();
    assert_eq!(
        fs::read_to_string(folder.path("kept/records.jsonl")).unwrap(),
        "{\"id\":\"\",\"text\":\"The \\\"river\\\"\",\"title\":\"\",\"source\":\"\",\
         \"url\":\"\",\"date\":\"2023-06-28\"}\n"
            .repeat(2)
    );
}

#[test]
fn merged_records_carry_their_names_unless_these_are_their_ids() {
    let mut room = Room::new(&[("x.jsonl", DAY), ("y.csv", "text\n\"a b\"\n")]);
    room.ids = false;
    room.write(FilteredCorpora { merge: true, ..ALL }, &[Kept]);
    let named =
        |text: &str, at| format!("{{\"text\":\"{text}\",\"wirecopy\":{{\"id\":\"doc-{at}\"}}}}");
    let expected = ["a", "b", "c", "d", "a b"];
    let expected: Vec<String> = expected
        .iter()
        .zip(0..)
        .map(|(text, at)| named(text, at))
        .collect();
    let kept = room.read("kept.jsonl");
    assert!(kept.lines().eq(&expected), "{kept}");
    // Where inputs stay apart, records stay as they are.
    room.write(ALL, &[Kept]);
    assert_eq!(room.read("kept/x.jsonl"), DAY.replace("\n\n", "\n"));
}

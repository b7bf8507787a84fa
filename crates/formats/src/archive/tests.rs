//! Archives that Python, zip and tar wrote (`fixtures/make_archives.py`), whole and damaged.

use std::path::PathBuf;

use serde_json::json;

use super::*;
use crate::testing::{Kept, read as read_form};

fn fixture(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/archives");
    std::fs::read(folder.join(name)).unwrap()
}

fn of(name: &str, bytes: impl Into<Vec<u8>>) -> Kept {
    let bytes = bytes.into();
    let form = Form::of(Path::new(name), &bytes[..bytes.len().min(64 << 10)]);
    read_form(form.expect("a form reads it"), name, bytes)
}

fn texts(kept: &Kept) -> Vec<&str> {
    let of = |record| -> &str { serde_json::Value::as_str(record).unwrap_or("") };
    kept.records
        .iter()
        .map(|record| of(&record["text"]))
        .collect()
}

/// What `mixed.*` holds, in its order.
const MIXED: [&str; 10] = [
    "line one",
    "line two",
    "pretty",
    "Café",
    "semicolon",
    "named",
    "bz2 one",
    "xz in zip",
    "nested",
    "gz txt",
];

#[test]
fn members_are_read_each_by_its_form() {
    for name in ["mixed.zip", "mixed.tar"] {
        let kept = of(name, fixture(name));
        assert_eq!(texts(&kept), MIXED, "{name}");
        let [loss] = &kept.lost[..] else {
            panic!("{name}: {:?}", kept.lost);
        };
        assert!(
            loss.what.contains("`data/paper.pdf` is of no form"),
            "{loss:?}"
        );
        assert_eq!(
            kept.records[5],
            json!({"id": "texts/a.txt", "text": "named"})
        );
        assert_eq!(
            kept.records[3],
            json!({"id": "1", "text": "Café", "source": "The, Post"})
        );
        assert_eq!(kept.records[9]["id"], "texts/b.txt.gz");
    }
}

#[test]
fn a_paper_alone_is_a_text() {
    let kept = of("x.zip", fixture("readme.zip"));
    assert_eq!(
        kept.records,
        [json!({"id": "README.md", "text": "Only this."})]
    );
}

#[test]
fn what_is_encrypted_is_named() {
    let kept = of("x.zip", fixture("encrypted.zip"));
    assert_eq!(kept.records.len(), 0);
    assert!(
        kept.lost.len() == 1 && kept.lost[0].what.contains("encrypted"),
        "{:?}",
        kept.lost
    );
}

#[test]
fn what_is_cut_gives_what_is_whole() {
    for name in ["mixed.zip", "mixed.tar"] {
        let bytes = fixture(name);
        let mut most = 0;
        for length in (600..bytes.len()).step_by(97) {
            let kept = of(name, &bytes[..length]);
            let texts = texts(&kept);
            assert!(MIXED.starts_with(&texts), "{name}, {length}: {texts:?}");
            most = most.max(texts.len());
            // A tar ends in empty blocks, of which one is enough.
            let is_seen =
                !kept.lost.is_empty() && kept.lost.iter().any(|loss| loss.missing.is_none());
            assert!(
                is_seen || texts.len() == MIXED.len(),
                "{name}, {length}: {:?}",
                kept.lost
            );
        }
        assert!(most >= 9, "{name}: {most}");
    }
}

#[test]
fn a_damaged_member_costs_itself() {
    let mut bytes = fixture("mixed.zip");
    let at = memchr::memmem::find(&bytes, b"data/lines.jsonl").unwrap() + 16;
    bytes[at + 3] ^= 0xFF;
    let kept = of("x.zip", bytes);
    assert_eq!(texts(&kept)[texts(&kept).len() - 8..], MIXED[2..]);
    assert!(
        kept.lost
            .iter()
            .any(|loss| loss.what.contains("data/lines.jsonl")),
        "{:?}",
        kept.lost
    );
}

#[test]
fn bombs_are_stopped() {
    let kept = of("x.zip", fixture("bomb.zip"));
    assert_eq!(kept.records.len(), 0);
    let said: Vec<_> = kept.lost.iter().map(|loss| &loss.what).collect();
    assert!(
        said.iter()
            .any(|what| what.contains("more than 1032 times")),
        "{said:?}"
    );
    let kept = of("x.zip", fixture("deep.zip"));
    let said: Vec<_> = kept.lost.iter().map(|loss| &loss.what).collect();
    assert!(
        kept.records.is_empty() && said.iter().any(|what| what.contains("3 deep")),
        "{said:?}"
    );
}

#[test]
fn archives_are_distinguished_from_documents() {
    let is = |name: &str, head: &[u8]| zip::recognise(Path::new(name), head);
    assert!(is("a", b"PK\x03\x04") && is("a.zip", b"") && !is("a.docx", b"PK\x03\x04"));
    let office = [&b"PK\x03\x04"[..], &[0; 26], b"[Content_Types].xml"].concat();
    assert!(!is("a", &office));
    let tar = fixture("mixed.tar");
    assert!(
        super::tar::recognise(Path::new("a"), &tar)
            && !super::tar::recognise(Path::new("a"), b"{\"id\":1}")
    );
    let mut old = tar[..1024].to_vec();
    old[257..265].fill(0);
    assert!(
        !super::tar::recognise(Path::new("a.tgz"), &old),
        "its sum is wrong now"
    );
}

#[test]
fn damage_anywhere_never_panics() {
    let mut chance = crate::testing::Chance(3);
    for round in 0..600 {
        let name = ["mixed.zip", "mixed.tar", "encrypted.zip"][round % 3];
        let mut bytes = fixture(name);
        for _ in 0..1 + chance.below(5) {
            let at = chance.below(bytes.len());
            bytes[at] = u8::try_from(chance.below(256)).unwrap();
        }
        let form: &Form = if name == "mixed.tar" { &TAR } else { &ZIP };
        let mut kept = Kept::lenient();
        let file = SourceFile::new(Path::new(name), bytes.into());
        assert_eq!((form.read)(&file, &mut kept), Ok(()));
    }
}

#[test]
fn tables_with_separators() {
    use crate::delimited;
    let of = |name: &str, bytes: &[u8]| {
        let mut kept = Kept::default();
        let read = delimited::read(
            &SourceFile::new(Path::new(name), bytes.to_vec().into()),
            &mut kept,
        );
        assert!(read.is_ok());
        kept
    };
    let kept = of(
        "a.csv",
        b"sep=;\r\nid;text;;id\r\n1;\"a;\"\"b\n\";x;2\r\n\r\n3;;\r\n4;a;b;c;d\r\n5;caf\xe9\r\n",
    );
    assert_eq!(
        kept.records,
        [
            json!({"id": "1", "text": "a;\"b\n", "column 3": "x", "id_2": "2"}),
            json!({"id": "3"}),
            json!({"id": "5", "text": "café"})
        ]
    );
    let said: Vec<_> = kept.lost.iter().map(|loss| loss.what.as_str()).collect();
    assert!(
        said.len() == 1 && said[0].contains("expected 4 cells, found 5"),
        "{said:?}"
    );
    let wide: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain("id\ttext\nü\ta, b".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        of("a.csv", &wide).records,
        [json!({"id": "ü", "text": "a, b"})]
    );
    assert_eq!(
        of("a.csv", b"text\none\n").records,
        [json!({"text": "one"})]
    );
    assert_eq!(of("a.csv", b"").records.len(), 0);
}

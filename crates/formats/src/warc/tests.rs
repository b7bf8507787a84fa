//! Archives of our own, as crawlers write them and as they are found damaged; and one that warcio wrote.

use std::io::Write;
use std::process::Command;

use proptest::prelude::*;

use super::*;
use crate::testing::{Kept, read};

/// Two pages, a request, a picture and a text, written by warcio: `warcio.py` beside it.
const EXAMPLE: &[u8] = include_bytes!("../../fixtures/example.warc");

/// What made [`EXAMPLE`], and makes it again.
const SCRIPT: &str = include_str!("../../fixtures/warcio.py");

const SENTENCE: &str = "The coast guard held an exercise off the island on Monday, with three boats, a helicopter and eighty volunteers.";

fn page(title: &str) -> String {
    let paragraphs = format!("<p>{SENTENCE}</p>").repeat(5);
    format!(
        "<html><head><title>{title}</title></head><body><div class=article><h1>{title}</h1>{paragraphs}</div></body></html>"
    )
}

fn record(kind: &str, uri: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uri}>\r\nWARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Target-URI: {uri}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn answer(uri: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {headers}\r\n\r\n").as_bytes(), body].concat();
    record(
        "response",
        uri,
        "application/http; msgtype=response",
        &block,
    )
}

fn html(uri: &str, title: &str) -> Vec<u8> {
    answer(
        uri,
        "200 OK\r\nContent-Type: text/html; charset=utf-8",
        page(title).as_bytes(),
    )
}

fn urls(kept: &Kept) -> Vec<&str> {
    kept.records
        .iter()
        .map(|record| record["url"].as_str().unwrap())
        .collect()
}

fn titles(kept: &Kept) -> Vec<&str> {
    kept.records
        .iter()
        .map(|record| record["title"].as_str().unwrap_or_default())
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn pages_become_documents_and_the_rest_is_passed_over() {
    let archive = [
        record(
            "warcinfo",
            "a",
            "application/warc-fields",
            b"software: x\r\n",
        ),
        record(
            "request",
            "https://a.example/1",
            "application/http; msgtype=request",
            b"GET /1 HTTP/1.1\r\n\r\n",
        ),
        html("https://www.a.example/1", "One"),
        answer(
            "https://a.example/x.png",
            "200 OK\r\nContent-Type: image/png",
            b"\x89PNG",
        ),
        answer(
            "https://a.example/data",
            "200 OK\r\nContent-Type: application/json",
            b"{}",
        ),
        answer(
            "https://a.example/gone",
            "404 Not Found\r\nContent-Type: text/html",
            page("No").as_bytes(),
        ),
        answer(
            "https://a.example/moved",
            "301 Moved\r\nContent-Type: text/html\r\nLocation: /1",
            b"",
        ),
        answer(
            "https://a.example/robots.txt",
            "200 OK\r\nContent-Type: text/plain",
            b"User-agent: *",
        ),
        record(
            "revisit",
            "https://a.example/1",
            "application/http",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record(
            "metadata",
            "https://a.example/1",
            "application/warc-fields",
            b"fetchTimeMs: 1\r\n",
        ),
        record(
            "resource",
            "<https://b.example/2>",
            "text/html",
            page("Two").as_bytes(),
        ),
        answer("https://a.example/3", "200", page("Three").as_bytes()),
        answer("https://a.example/4", "200", b"no page"),
    ];
    let kept = read(&FORM, "a.warc", archive.concat());
    assert_eq!(kept.lost, []);
    assert_eq!(titles(&kept), ["One", "Two", "Three"]);
    assert_eq!(urls(&kept)[1], "https://b.example/2");
    let first = &kept.records[0];
    assert_eq!(
        (&first["source"], &first["crawl_date"]),
        (&"a.example".into(), &"2024-05-06T07:08:09Z".into())
    );
    assert!(
        first.get("date").is_none(),
        "the time of a crawl is no date"
    );
    assert_eq!(first["text"], [SENTENCE; 5].join("\n\n"));
}

#[test]
fn texts_of_common_crawl_are_documents() {
    let text = "Kopf der Seite\nDie Küstenwache übte vor der Insel.\n";
    let block = record(
        "conversion",
        "https://c.example/x",
        "text/plain",
        text.as_bytes(),
    );
    let mut block = String::from_utf8(block).unwrap();
    block = block.replace(
        "Content-Type",
        "WARC-Identified-Content-Language: deu,eng\r\nContent-Type",
    );
    let kept = read(&FORM, "a.wet", block);
    let found = &kept.records[0];
    assert_eq!(
        (&found["text"], &found["language"]),
        (&text.trim().into(), &"deu".into())
    );
    assert_eq!(
        (&found["url"], &found["source"]),
        (&"https://c.example/x".into(), &"c.example".into())
    );
}

#[test]
fn bodies_in_chunks_and_compressed_are_read() {
    let of = |title: &str, headers: &str, body: &[u8]| {
        answer(
            &format!("https://a.example/{title}"),
            &format!("200 OK\r\nContent-Type: text/html\r\n{headers}"),
            body,
        )
    };
    let chunked = |body: &[u8]| {
        let mut chunks = Vec::new();
        for chunk in body.chunks(100) {
            chunks.extend_from_slice(format!("{:x};a=b\r\n", chunk.len()).as_bytes());
            chunks.extend_from_slice(chunk);
            chunks.extend_from_slice(b"\r\n");
        }
        chunks.extend_from_slice(b"0\r\n\r\n");
        chunks
    };
    let packed = gzip(page("P").as_bytes());
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(page("P").as_bytes()).unwrap();
    let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    raw.write_all(page("P").as_bytes()).unwrap();
    let archive = [
        of(
            "1",
            "Transfer-Encoding: chunked",
            &chunked(page("P").as_bytes()),
        ),
        of(
            "2",
            "Content-Encoding: gzip\r\nTransfer-Encoding: chunked",
            &chunked(&packed),
        ),
        of("3", "Content-Encoding: deflate", &zlib.finish().unwrap()),
        of("4", "Content-Encoding: deflate", &raw.finish().unwrap()),
        of(
            "6",
            "Content-Encoding: zstd",
            &zstd::encode_all(page("P").as_bytes(), 3).unwrap(),
        ),
        // What the archive undid, and left the headers of.
        of(
            "5",
            "Content-Encoding: br\r\nTransfer-Encoding: chunked",
            page("P").as_bytes(),
        ),
    ];
    let kept = read(&FORM, "a.warc", archive.concat());
    assert_eq!(kept.lost, []);
    assert_eq!(titles(&kept), ["P"; 6]);

    let half = [
        of("1", "Content-Encoding: gzip", &packed[..packed.len() / 2]),
        of("2", "Content-Encoding: dcz", b"(\xb5/\xfd"),
        of("3", "Content-Encoding: br", &[0xff; 40]),
    ];
    let kept = read(&FORM, "a.warc", half.concat());
    assert_eq!(kept.lost.len(), 3, "{:?}", kept.lost);
    let said = &kept.lost[1].what;
    assert!(
        said.contains("https://a.example/2: a page compressed by dcz"),
        "{said}"
    );
}

#[test]
fn the_encoding_of_a_server_counts() {
    let body = encoding_rs::WINDOWS_1251
        .encode("<title>Учения</title><p>Береговая охрана провела учения у острова.")
        .0
        .into_owned();
    let archive = answer(
        "https://a.example/1",
        "200 OK\r\nContent-Type: text/html; charset=windows-1251",
        &body,
    );
    assert_eq!(titles(&read(&FORM, "a.warc", archive)), ["Учения"]);
}

#[test]
fn what_is_damaged_is_said_and_the_rest_is_read() {
    let (one, two) = (
        html("https://a.example/1", "One"),
        html("https://a.example/2", "Two"),
    );
    let with_length = |record: &[u8], length: &str| {
        let text = String::from_utf8(record.to_vec()).unwrap();
        let at = text.find("Content-Length: ").unwrap() + 16;
        let end = at + text[at..].find('\r').unwrap();
        format!("{}{length}{}", &text[..at], &text[end..]).into_bytes()
    };
    for (what, wrong) in [
        ("too short", with_length(&one, "10")),
        ("too long", with_length(&one, "2000")),
        ("longer than the file", with_length(&one, "99999999")),
        (
            "more than any file",
            with_length(&one, "99999999999999999999999"),
        ),
        ("none", with_length(&one, "")),
        ("not a number", with_length(&one, "-1")),
        ("no record", b"garbage between records\r\n\r\n".to_vec()),
        (
            "no end of headers",
            b"WARC/1.0\r\nWARC-Type: response\r\n".to_vec(),
        ),
    ] {
        let archive = [two.clone(), wrong.clone(), two.clone(), one.clone()].concat();
        let kept = read(&FORM, "a.warc", archive);
        assert_eq!(kept.lost.len(), 1, "{what}: {:?}", kept.lost);
        assert_eq!(kept.lost[0].at, two.len() as u64, "{what}");
        assert_eq!(kept.lost[0].missing, Some(wrong.len() as u64), "{what}");
        assert_eq!(titles(&kept), ["Two", "Two", "One"], "{what}");
    }
    for cut in [1, 100, 400, one.len() - 200] {
        let archive = [two.clone(), one[..cut].to_vec()].concat();
        let kept = read(&FORM, "a.warc", archive);
        assert_eq!((kept.records.len(), kept.lost.len()), (1, 1), "{cut}");
        assert_eq!(kept.lost[0].missing, None, "{cut}");
    }
}

#[test]
fn many_records_keep_their_order() {
    let archive: Vec<u8> = (0..300)
        .flat_map(|n| html(&format!("https://a.example/{n}"), &format!("Page {n}")))
        .collect();
    let kept = read(&FORM, "a.warc", archive.clone());
    let expected: Vec<String> = (0..300).map(|n| format!("Page {n}")).collect();
    assert_eq!(titles(&kept), expected);

    let mut few = Kept {
        most: Some(7),
        ..Kept::default()
    };
    let file = SourceFile::new(Path::new("a.warc"), archive.into());
    assert_eq!((FORM.read)(&file, &mut few), Err(Stop));
    assert_eq!(few.records.len(), 7);
}

#[test]
fn archives_are_recognised() {
    assert!(recognise(Path::new("x"), b"WARC/1.1\r\n"));
    assert!(!recognise(Path::new("a.warc"), b"<html>"));
    assert!((ARC.recognise)(
        Path::new("x"),
        b"filedesc://a.arc 0.0.0.0 2004"
    ));
    let kept = read(&ARC, "a.arc", "filedesc://a.arc");
    assert!(kept.lost[0].what.contains("warcio recompress"));
}

/// What [`EXAMPLE`] holds.
fn is_example(kept: &Kept) {
    assert_eq!(kept.lost, []);
    assert_eq!(
        titles(kept),
        ["Exercise off the island", "Übung vor der Insel", ""]
    );
    assert_eq!(
        urls(kept),
        [
            "https://www.bote.example/one",
            "http://zwei.example/uebung?id=2",
            "http://zwei.example/uebung?id=2"
        ]
    );
    let dates: Vec<_> = kept
        .records
        .iter()
        .map(|record| record["crawl_date"].as_str().unwrap())
        .collect();
    assert_eq!(dates, ["2024-03-04T05:06:07Z"; 3]);
    assert_eq!(kept.records[1]["date"], "2024-03-01");
    assert!(
        kept.records[1]["text"]
            .as_str()
            .unwrap()
            .starts_with("Die Küstenwache übte")
    );
    assert!(
        kept.records[2]["text"]
            .as_str()
            .unwrap()
            .contains("zweite Zeile")
    );
}

#[test]
fn an_archive_that_warcio_wrote_is_read() {
    is_example(&read(&FORM, "example.warc", EXAMPLE));
}

/// Needs Python with warcio (PyPI); is passed over without.
#[test]
fn an_archive_that_warcio_writes_now_is_read() {
    let written = Command::new("python3").args(["-c", SCRIPT, "-"]).output();
    match written {
        Ok(output) if output.status.success() => {
            is_example(&read(&FORM, "now.warc", output.stdout))
        }
        Ok(output) => println!(
            "passed over, python3 has no warcio (pip install warcio): {}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => println!("passed over, no python3: {error}"),
    }
}

proptest! {
    #[test]
    fn damaged_archives_are_borne(at in 0_usize..EXAMPLE.len(), byte in any::<u8>(), cut in 0_usize..EXAMPLE.len()) {
        let mut bytes = EXAMPLE.to_vec();
        bytes[at] = byte;
        bytes.truncate(cut.max(at));
        let kept = read(&FORM, "a.warc", bytes.clone());
        prop_assert!(kept.lost.iter().all(|loss| loss.at <= bytes.len() as u64));
    }
}

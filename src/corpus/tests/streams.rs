//! Pipes: read once, spooled, and known only by their content. Standard input goes the same way.

use std::io::Write;

use super::*;

/// Scans a pipe into which these bytes are written.
fn read_pipe(name: &str, bytes: Vec<u8>) -> Result<(Read, Format), CorpusError> {
    let dir = TestDir::new();
    let path = dir.path(name);
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    let kind = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, &path, kind, mode, 0).unwrap();
    let write_to = path.clone();
    let writer = std::thread::spawn(move || {
        std::fs::OpenOptions::new()
            .write(true)
            .open(write_to)
            .and_then(|mut pipe| pipe.write_all(&bytes))
    });
    let mut corpus = open(&[&path], ReadOptions::default())?;
    let read = scan(&mut corpus);
    writer.join().unwrap().unwrap();
    let read = read?;
    let mut reader = corpus.reader();
    for seen in &read.records {
        let text = reader.record(0, seen.offset, seen.length, |record| record.text.to_owned());
        assert_eq!(text.unwrap(), seen.text);
    }
    assert_eq!(
        scan(&mut corpus).unwrap(),
        read,
        "the spool can be scanned again"
    );
    Ok((read, corpus.inputs()[0].format()))
}

#[test]
fn content_shows_the_form_of_a_pipe() {
    let bytes = |name| std::fs::read(fixture(name)).unwrap();
    for name in [
        "bom.jsonl",
        "members.jsonl.gz",
        "frames.jsonl.zst",
        "semicolon.csv",
        "tabs.tsv",
    ] {
        let (read, _) = read_pipe("63", bytes(name)).unwrap();
        assert_eq!(read.ids(), ["f1", "f2", "f3", "f4", "f5", "f6"], "{name}");
    }
    let (read, format) = read_pipe("63", bytes("semicolon.csv")).unwrap();
    assert_eq!(format, Format::Csv { delimiter: b';' });
    assert_eq!(read.rejected, []);
}

#[test]
fn an_empty_pipe_has_no_records() {
    let (read, format) = read_pipe("63", Vec::new()).unwrap();
    assert_eq!((read, format), (Read::default(), Format::JsonLines));
}

#[test]
fn a_pipe_of_something_else_is_an_error() {
    let said = read_pipe("63", b"hello".to_vec()).unwrap_err().to_string();
    assert!(said.contains("neither JSON nor a header line"), "{said}");
    let (read, _) = read_pipe("63", b"[{\"text\":\"a\"}]".to_vec()).unwrap();
    assert_eq!(read.texts(), ["a"]);
}

#[test]
fn damage_in_a_pipe_names_it() {
    let bytes = std::fs::read(fixture("truncated.jsonl.gz")).unwrap();
    let (read, _) = read_pipe("63", bytes).unwrap();
    assert!(read.reasons().last().unwrap().contains("ends too early"));
}

#[test]
fn standard_input_can_be_named_once() {
    let said = Corpus::open(vec![Source::Stdin, Source::Stdin], ReadOptions::default());
    assert!(matches!(said.unwrap_err(), CorpusError::GivenTwice { .. }));
}

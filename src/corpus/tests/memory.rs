//! Records in memory.

use super::*;

#[test]
fn records_in_memory_are_read_like_those_of_files() {
    let record = |n: u32| OwnedRecord {
        id: Some(n.to_string()),
        text: format!("text {n}"),
        url: Some("https://www.bbc.co.uk/1".into()),
        date: Some("2023-06-28".into()),
        ..OwnedRecord::default()
    };
    let records: Vec<OwnedRecord> = (0..3_000).map(record).collect();
    let sources = vec![Source::Records(records), Source::Records(vec![])];
    let mut corpus = Corpus::open(sources, ReadOptions::default()).unwrap();
    let read = scan(&mut corpus).unwrap();
    assert_eq!(read.records.len(), 3_000);
    assert_eq!(read.records[2_999].text, "text 2999");
    assert_eq!(read.records[5].publisher.as_deref(), Some("bbc.co.uk"));
    assert!(read.records[5].date.is_some());
    assert_eq!(read.records[5].offset, 5);
    let names: Vec<&str> = corpus.inputs().iter().map(Input::name).collect();
    assert_eq!(names, ["records", "records-2"]);
    let mut reader = corpus.reader();
    let again = reader.record(0, 5, 6, |record| record.text.to_owned());
    assert_eq!(again.unwrap(), "text 5");
    assert!(matches!(
        reader.raw(0, 5, 6),
        Err(CorpusError::NoBytes { .. })
    ));
    assert!(matches!(
        reader.record(0, 3_000, 6, |_| ()),
        Err(CorpusError::Changed { .. })
    ));
}

#[test]
fn no_source_is_an_error_and_so_is_a_form_of_dates_that_is_none() {
    let said = Corpus::open(vec![], ReadOptions::default()).unwrap_err();
    assert!(matches!(said, CorpusError::NoInput), "{said}");
    let options = ReadOptions {
        date_formats: vec!["%!".into()],
        ..ReadOptions::default()
    };
    let said = Corpus::open(vec![Source::Records(vec![])], options).unwrap_err();
    assert!(matches!(said, CorpusError::DateFormat { .. }), "{said}");
}

//! CSV: quotes, delimiters, faults; equal to the `csv` crate where nothing is at fault.

use proptest::prelude::*;

use super::*;

fn read_csv(bytes: impl AsRef<[u8]>) -> Read {
    let dir = TestDir::new();
    let options = ReadOptions {
        encoding: crate::corpus::Charset::named("utf-8"),
        ..ReadOptions::default()
    };
    read_with(&[&dir.file("x.csv", bytes)], options).unwrap()
}

#[test]
fn the_fixtures_are_equal_to_the_json_lines() {
    let plain = read(&fixture("no-final-newline.jsonl"));
    let without_place = |read: &Read| {
        let strip = |seen: &Seen| Seen {
            offset: 0,
            length: 0,
            ..seen.clone()
        };
        read.records.iter().map(strip).collect::<Vec<_>>()
    };
    for name in ["quoted.csv", "semicolon.csv", "tabs.tsv"] {
        let read = read(&fixture(name));
        assert_eq!(without_place(&read), without_place(&plain), "{name}");
        assert_eq!(read.rejected, [], "{name}");
    }
}

#[test]
fn marks_line_ends_blank_lines_and_names() {
    let read = read_csv("\u{feff}\r\nbody;\" _id \";x\r\n\"a\nb\";1;\r\n\r\nc;2;y");
    assert_eq!(read.texts(), ["a\nb", "c"]);
    assert_eq!(read.ids(), ["1", "2"]);
    assert_eq!(read.rejected, []);
}

#[test]
fn raw_bytes_and_header_make_the_file_again() {
    let dir = TestDir::new();
    let file = "\u{feff}id,text\r\n1,\"a \"\"b\"\"\nc\"\r\n2,d\r\n";
    let path = dir.file("x.csv", file);
    for mmap in [true, false] {
        let options = ReadOptions {
            mmap,
            ..ReadOptions::default()
        };
        let mut corpus = open(&[&path], options).unwrap();
        let read = scan(&mut corpus).unwrap();
        let mut again = corpus.inputs()[0].header().unwrap().into_owned();
        for raw in raw_records(&corpus, &read) {
            again.extend(raw);
            again.extend(b"\r\n");
        }
        assert_eq!(String::from_utf8(again).unwrap(), file);
    }
}

#[test]
fn an_empty_file_and_a_lone_header_have_no_records() {
    assert_eq!(read_csv(""), Read::default());
    assert_eq!(read_csv("\u{feff}\n"), Read::default());
    assert_eq!(read_csv("id,text\n"), Read::default());
    assert_eq!(read_csv("id,text"), Read::default());
}

#[test]
fn a_header_without_text_is_an_error() {
    let dir = TestDir::new();
    let path = dir.file("x.csv", "id,words\n1,a\n");
    let said = read_with(&[&path], ReadOptions::default())
        .unwrap_err()
        .to_string();
    assert!(said.contains("fields found: id, words"), "{said}");
    let text_fields = vec!["words".to_owned()];
    let options = ReadOptions {
        text_fields,
        ..ReadOptions::default()
    };
    assert_eq!(read_with(&[&path], options).unwrap().texts(), ["a"]);
}

#[test]
fn faults_are_rejected_and_the_rest_is_read() {
    for (bad, reason) in [
        ("2,b,c", "the row has 3 fields, the header 2"),
        ("2", "the row has 1 fields"),
        ("2,\"never closed", "a quote is opened and never closed"),
    ] {
        let read = read_csv(format!("id,text\n1,a\n{bad}\n3,\"c\"\n4,\"d\n\"\n5,e\n"));
        assert_eq!(read.ids(), ["1", "3", "4", "5"], "{bad}");
        assert_eq!(read.reasons().len(), 1);
        assert!(read.reasons()[0].contains(reason), "{:?}", read.reasons());
        let (_, rejection) = &read.rejected[0];
        assert_eq!((rejection.offset, rejection.length), (12, bad.len() as u64));
    }
    let wrong = read_csv(b"id,text\n1,a\n2,\xff\n3,c\n");
    assert_eq!(wrong.ids(), ["1", "3"]);
    assert!(wrong.reasons()[0].contains("not UTF-8 at byte 14"));
    let wrong = read_csv(b"id,text,content\n1,\xff,\n2,,\n");
    assert_eq!((wrong.ids(), wrong.rejected.len()), (vec!["2"], 1));
}

#[test]
fn cells_that_are_not_the_text_cost_no_row() {
    let read = read_csv(b"id,title,text,other\n1,caf\xe9,a,\xff\n\xff,T,b,\n");
    assert_eq!((read.ids(), read.texts()), (vec!["1", "-"], vec!["a", "b"]));
    assert_eq!(read.records[0].title, None);
    assert_eq!(read.records[1].title.as_deref(), Some("T"));
}

#[test]
fn columns_are_tried_in_turn_in_every_row() {
    let read = read_csv("id,url,text,content\n1,u,a,b\n,v,,b\n3,,\" \",\n");
    assert_eq!(read.ids(), ["1", "v", "3"]);
    assert_eq!(read.texts(), ["a", "b", " "]);
}

#[test]
fn the_line_that_names_the_delimiter_for_excel_is_none_of_the_table() {
    for file in [
        "sep=;\nid;text\n1;a, b\n",
        "\u{feff}SEP=;\r\nid;text\r\n1;a, b\r\n",
        "sep=,\n\nid,text\n1,\"a, b\"\n",
        "sep=\t\nid\ttext\n1\ta, b\n",
    ] {
        let read = read_csv(file);
        assert_eq!(
            (read.ids(), read.texts()),
            (vec!["1"], vec!["a, b"]),
            "{file}"
        );
    }
}

#[test]
fn an_unclosed_quote_at_the_end_loses_one_line() {
    let read = read_csv("id,text\n1,a\n2,\"b\n3,c\n4,d\n");
    assert_eq!(read.ids(), ["1", "3", "4"]);
    assert!(read.reasons()[0].contains("never closed"));
}

#[test]
fn a_row_over_the_limit_is_rejected() {
    let dir = TestDir::new();
    let long = "x".repeat(5_000);
    let path = dir.file(
        "x.csv",
        format!("id,text\n1,a\n2,{long}\n3,\"{long}\"\n4,d\n"),
    );
    let options = ReadOptions {
        max_record: 4_000,
        ..ReadOptions::default()
    };
    let read = read_with(&[&path], options).unwrap();
    assert_eq!(read.ids(), ["1", "4"]);
    assert_eq!(read.rejected[0].1.reason, Reason::TooLong { limit: 4_000 });
    assert_eq!(read.rejected.len(), 2);
}

#[test]
fn the_delimiter_can_be_named() {
    let dir = TestDir::new();
    let path = dir.file("x.csv", "id,a,b,c:text\n1:x\n");
    let options = ReadOptions {
        delimiter: Some(b':'),
        ..ReadOptions::default()
    };
    assert_eq!(read_with(&[&path], options).unwrap().texts(), ["x"]);
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof!["[ab,;\"\n\r é]{0,6}", "[a-z]{0,9}"]
}

proptest! {
    /// What the `csv` crate writes is read as it was meant, wherever blocks are cut.
    #[test]
    fn what_the_csv_crate_writes_is_read(
        rows in prop::collection::vec((cell(), cell(), cell()), 0..12),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
        crlf in prop::bool::ANY,
        block_bytes in 1usize..60,
    ) {
        let mut writer = ::csv::WriterBuilder::new();
        writer.delimiter(delimiter);
        if crlf {
            writer.terminator(::csv::Terminator::CRLF);
        }
        let mut writer = writer.from_writer(Vec::new());
        writer.write_record(["title", "text", "source"]).unwrap();
        for (title, text, source) in &rows {
            writer.write_record([title, text, source]).unwrap();
        }
        let dir = TestDir::new();
        let path = dir.file("x.csv", writer.into_inner().unwrap());
        let options = ReadOptions { block_bytes, ..ReadOptions::default() };
        let read = read_with(&[&path], options).unwrap();
        prop_assert_eq!(&read.rejected, &[]);
        let got: Vec<_> = read.records.iter().map(|seen| {
            let own = |value: &Option<String>| value.clone().unwrap_or_default();
            (own(&seen.title), seen.text.clone(), own(&seen.source))
        }).collect();
        prop_assert_eq!(got, rows);
    }

    /// Any bytes: the same rows as the `csv` crate, unless a quote is at fault.
    #[test]
    fn equals_the_csv_crate(
        body in "[ab\",\n\r]{0,40}",
        block_bytes in 1usize..20,
    ) {
        let file = format!("id,text\n{body}\n");
        let dir = TestDir::new();
        let path = dir.file("x.csv", &file);
        let options = ReadOptions { block_bytes, ..ReadOptions::default() };
        let read = read_with(&[&path], options).unwrap();
        let fault = |(_, rejection): &(usize, Rejection)| rejection.reason == Reason::UnclosedQuote;
        if read.rejected.iter().any(fault) {
            return Ok(());
        }
        let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(file.as_bytes());
        let rows = reader.records().map(Result::unwrap).filter(|row| row.len() == 2);
        let expected: Vec<String> = rows.map(|row| row[1].to_owned()).collect();
        prop_assert_eq!(read.texts(), expected);
    }

    /// Any bytes at all end in records and rejections that cover what is not blank.
    #[test]
    fn any_bytes_are_read_to_the_end(
        body in prop::collection::vec(prop::sample::select(b"ab\",\n\r\xff;".to_vec()), 0..60),
        block_bytes in 1usize..20,
    ) {
        let dir = TestDir::new();
        let path = dir.file("x.csv", [&b"id,text\n"[..], &body].concat());
        let usual = ReadOptions { encoding: crate::corpus::Charset::named("utf-8"), ..ReadOptions::default() };
        let whole = read_with(&[&path], usual.clone()).unwrap();
        let options = ReadOptions { block_bytes, ..usual };
        prop_assert_eq!(&read_with(&[&path], options).unwrap(), &whole);
        let covered: u64 = whole.records.iter().map(|seen| u64::from(seen.length)).sum::<u64>()
            + whole.rejected.iter().map(|(_, rejection)| rejection.length).sum::<u64>();
        let ends = |b: &&u8| **b != b'\n' && **b != b'\r';
        let solid = body.iter().filter(ends).count() as u64;
        prop_assert!(covered >= solid, "{covered} of {solid}");
    }
}

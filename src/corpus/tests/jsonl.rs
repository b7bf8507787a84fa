//! JSON Lines: each trap, the limits, and that blocks and threads have no influence.

use proptest::prelude::*;

use super::*;

fn read_lines(bytes: impl AsRef<[u8]>) -> Read {
    let dir = TestDir::new();
    read(&dir.file("day.jsonl", bytes))
}

#[test]
fn a_record_has_its_fields() {
    let line = r#"{"id": 7, "title": "A \"B\"", "text": "caf\u00e9\n", "more": [1, {"text": 2}],
        "date": "2023-06-28", "url": "https://www.bbc.co.uk/1", "source": "BBC"}"#
        .replace('\n', "");
    let read = read_lines(&line);
    let record = &read.records[0];
    assert_eq!(record.id.as_deref(), Some("7"));
    assert_eq!(record.title.as_deref(), Some("A \"B\""));
    assert_eq!(record.text, "café\n");
    assert_eq!(record.publisher.as_deref(), Some("bbc.co.uk"));
    assert_eq!(record.date.unwrap().seconds, 1_687_910_400);
    assert_eq!((record.offset, record.length as usize), (0, line.len()));
}

#[test]
fn line_ends_and_marks_do_not_matter() {
    let read =
        read_lines("\u{feff}{\"text\":\"a\"}\r\n\r\n  \n\n{\"text\":\"b\"}\n{\"text\":\"c\"}");
    assert_eq!(read.texts(), ["a", "b", "c"]);
    assert_eq!(read.rejected, []);
    let places: Vec<(u64, u32)> = read.records.iter().map(|r| (r.offset, r.length)).collect();
    assert_eq!(places, [(3, 13), (23, 12), (36, 12)]);
}

#[test]
fn an_empty_file_has_no_records() {
    assert_eq!(read_lines(""), Read::default());
    assert_eq!(read_lines("\u{feff}"), Read::default());
    assert_eq!(read_lines("\n\n"), Read::default());
}

#[test]
fn a_bad_record_is_rejected_with_its_place_and_the_rest_goes_on() {
    for (bad, place, reason) in [
        (
            &br#"{"text": NaN}"#[..],
            0,
            "broken JSON at byte 23: NaN is no JSON",
        ),
        (br#"{"text": "x""#, 0, "broken JSON at byte"),
        (br#"{"text": "x"} {}"#, 0, "trailing characters"),
        (b"{\"text\": \"x\ty\"}", 0, "control character"),
        (
            br#"{"text": "x \ud800 y"}"#,
            0,
            "`text` has half a surrogate pair",
        ),
        (br#"{"text": "x", "text": "y"}"#, 0, "`text` stands twice"),
        (
            br#"{"id": "x", "n": 1}"#,
            0,
            "no text in any of text, content, body, maintext, article; fields found: id, n",
        ),
        (br#"{"id": "x", "text": null}"#, 0, "field `text` is null"),
        (
            br#"{"text": 12}"#,
            0,
            "`text` should be a string, found a number",
        ),
        (br#"{"text": [1]}"#, 0, "found an array"),
        (br#"["x"]"#, 0, "expected a JSON object"),
        (br#"text"#, 0, "broken JSON"),
        (
            b"{\"id\": 1, \"text\": \"\xff\"}",
            0,
            "not UTF-8 at byte 33",
        ),
        (b"{'text': 'x'}", 0, "single quotes"),
    ] {
        let good = br#"{"text": "a"}"#;
        let file = [&good[..], bad, good].join(&b'\n');
        let read = read_lines(&file);
        assert_eq!(read.texts(), ["a", "a"], "{reason}");
        let (_, rejection) = &read.rejected[0];
        assert_eq!(
            (rejection.offset, rejection.length),
            (14 + place, bad.len() as u64)
        );
        let said = rejection.reason.to_string();
        assert!(said.contains(reason), "{said:?} should say {reason:?}");
    }
}

#[test]
fn what_looks_bad_but_is_not() {
    let deep = format!(
        r#"{{"text":"deep","x":{}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let lines = [
        r#"{"text":""}"#,
        r#"{"text":"nul \u0000"}"#,
        r#"{"te\u0078t":"escaped key"}"#,
        r#"{"text":"null twice","id":null,"id":5}"#,
        r#"{"text":"pair \ud83d\ude00"}"#,
        &deep,
    ];
    let read = read_lines(lines.join("\n"));
    assert_eq!(
        read.texts(),
        ["", "nul \0", "escaped key", "null twice", "pair 😀", "deep"],
        "{:?}",
        read.rejected
    );
    assert_eq!(read.records[3].id.as_deref(), Some("5"));
}

/// Only the text decides whether there is a record.
#[test]
fn metadata_that_is_no_json_counts_as_absent() {
    let lines: [&[u8]; 8] = [
        br#"{"text":"0","id":"a","score":NaN,"more":[-Infinity,{"x":None}]}"#,
        b"{\"text\":\"1\",\"id\":\"b\",\"other\":\"caf\xe9\"}",
        b"{\"text\":\"2\",\"id\":\"c\",\"title\":\"caf\xe9\",\"source\":\"S\"}",
        br#"{"text":"3","id":"d","title":"\ud83d","headline":"other"}"#,
        br#"{"text":"4","id":"e","title":["a"],"date":{"d":1},"url":true}"#,
        br#"{"text":"5","id":"f","title":"one","title":"two","n":1e999}"#,
        b"{\"text\":\"6\",\"id\":\"caf\xe9\"}",
        b"{\"text\":\"7\",\"id\":\"g\",\"other\":\"a\tb\x01\"}",
    ];
    let file = lines.join(&b'\n');
    let dir = TestDir::new();
    let path = dir.file("day.jsonl", &file);
    let mut corpus = open(&[&path], ReadOptions::default()).unwrap();
    let read = scan(&mut corpus).unwrap();
    assert_eq!(read.rejected, []);
    assert_eq!(read.texts(), ["0", "1", "2", "3", "4", "5", "6", "7"]);
    assert_eq!(read.ids(), ["a", "b", "c", "d", "e", "f", "-", "g"]);
    let titles: Vec<Option<&str>> = read
        .records
        .iter()
        .map(|one| one.title.as_deref())
        .collect();
    let none = None;
    assert_eq!(
        titles,
        [
            none,
            none,
            none,
            Some("other"),
            none,
            Some("two"),
            none,
            none
        ]
    );
    assert_eq!(read.records[2].source.as_deref(), Some("S"));
    assert!(read.records[4].date.is_none() && !read.records[4].unparsed);
    assert_eq!(raw_records(&corpus, &read), lines, "byte for byte");
}

#[test]
fn the_names_of_a_field_are_tried_in_turn_in_every_record() {
    let lines = [
        r#"{"id":1,"text":"a","content":"b"}"#,
        r#"{"id":2,"content":"b","body":"c"}"#,
        r#"{"id":3,"text":"","body":"c"}"#,
        r#"{"id":4,"text":"  ","content":""}"#,
        r#"{"id":5,"text":null,"article":"e"}"#,
        r#"{"id":6,"text":7,"content":"b"}"#,
        r#"{"_id":"x","url":"y","article":"f","headline":"h","published":"2020-01-01"}"#,
    ];
    let whole = read_lines(lines.join("\n"));
    assert_eq!(whole.texts(), ["a", "b", "c", "  ", "e", "b", "f"]);
    assert_eq!(whole.ids(), ["1", "2", "3", "4", "5", "6", "x"]);
    assert_eq!(whole.records[6].title.as_deref(), Some("h"));
    assert!(whole.records[6].date.is_some());
    // However the records are spread over files, also far behind the sample.
    let spread: Vec<Read> = lines.iter().map(read_lines).collect();
    assert!(spread.iter().flat_map(Read::texts).eq(whole.texts()));
    let first = format!("{}\n", lines[1]).repeat(2_000);
    let late = read_lines(format!("{first}{}", lines.join("\n")));
    assert!(late.texts().ends_with(&whole.texts()));
    assert_eq!(late.rejected, []);
}

#[test]
fn a_record_over_the_limit_is_rejected() {
    let dir = TestDir::new();
    let long = format!("{{\"text\":\"{}\"}}", "x".repeat(5_000));
    let path = dir.file(
        "day.jsonl",
        format!("{{\"text\":\"a\"}}\n{long}\n{{\"text\":\"b\"}}\n"),
    );
    for block_bytes in [7, 100, 1 << 20] {
        let options = ReadOptions {
            max_record: 4_000,
            block_bytes,
            ..ReadOptions::default()
        };
        let read = read_with(&[&path], options).unwrap();
        assert_eq!(read.texts(), ["a", "b"]);
        assert_eq!(read.rejected.len(), 1);
        assert_eq!(
            (read.rejected[0].1.offset, read.rejected[0].1.length),
            (13, 5_011)
        );
        assert!(read.reasons()[0].contains("--max-record"));
    }
}

#[test]
fn nested_fields_and_own_names() {
    let dir = TestDir::new();
    let path = dir.file(
        "day.jsonl",
        r#"{"article":{"body":"a","n":1},"metadata":{"url":"http://rnd.de/x","when":"3.4.2020"}}
{"article.body":"flat","metadata":"none"}"#,
    );
    let options = ReadOptions {
        text_fields: vec!["article.body".into()],
        url_fields: vec!["metadata.url".into()],
        date_fields: vec!["metadata.when".into()],
        date_formats: vec!["%d.%m.%Y".into()],
        ..ReadOptions::default()
    };
    let read = read_with(&[&path], options).unwrap();
    assert_eq!(read.texts(), ["a", "flat"], "{:?}", read.rejected);
    assert_eq!(read.records[0].publisher.as_deref(), Some("rnd.de"));
    assert_eq!(read.records[0].date.unwrap().day(), 18_355);
}

#[test]
fn a_date_in_no_known_form_is_distinguished_from_none() {
    let read = read_lines("{\"text\":\"a\",\"date\":\"soon\"}\n{\"text\":\"b\",\"date\":\"\"}\n");
    assert!(read.records[0].unparsed && read.records[0].date.is_none());
    assert!(!read.records[1].unparsed);
}

#[test]
fn a_field_that_turns_up_after_the_sample_is_used() {
    let mut lines = "{\"text\":\"a\"}\n".repeat(1_500);
    lines.push_str("{\"text\":\"b\",\"published\":\"2020-01-01\",\"_id\":\"x\"}\n");
    let read = read_lines(lines);
    assert!(read.records[1_500].date.is_some());
    assert_eq!(read.records[1_500].id.as_deref(), Some("x"));
}

#[test]
fn threads_have_no_influence_on_the_order() {
    let dir = TestDir::new();
    let lines =
        |from: u32| (from..from + 3_000).map(|n| format!("{{\"id\":{n},\"text\":\"t\"}}\n"));
    let a = dir.file("a/x.jsonl", lines(0).collect::<String>());
    let b = dir.file("b/x.jsonl", lines(3_000).collect::<String>());
    let in_pool = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let options = ReadOptions {
            block_bytes: 500,
            ..ReadOptions::default()
        };
        pool.install(|| read_with(&[&a, &b], options).unwrap())
    };
    let one = in_pool(1);
    assert_eq!(
        one.ids(),
        (0..6_000).map(|n| n.to_string()).collect::<Vec<_>>()
    );
    assert_eq!(in_pool(3), one);
}

proptest! {
    /// Where the blocks are cut, and how the file is reached, has no influence.
    #[test]
    fn any_block_size_gives_the_same_records(
        lines in prop::collection::vec(
            prop_oneof![
                "[a-z]{0,30}".prop_map(|text| format!("{{\"text\":\"{text}\"}}")),
                Just(String::new()),
                Just("{\"text\": 1}".to_owned()),
                Just("broken".to_owned()),
            ], 0..12),
        block_bytes in 1usize..70,
        end in prop::bool::ANY,
    ) {
        let mut file = lines.join("\n");
        if end {
            file.push('\n');
        }
        let dir = TestDir::new();
        let path = dir.file("day.jsonl", file);
        let whole = read_with(&[&path], ReadOptions::default());
        for mmap in [true, false] {
            let options = ReadOptions { block_bytes, mmap, ..ReadOptions::default() };
            let cut = read_with(&[&path], options);
            match (&whole, cut) {
                (Ok(whole), Ok(cut)) => prop_assert_eq!(whole, &cut),
                (whole, cut) => prop_assert!(whole.is_err() && cut.is_err()),
            }
        }
    }
}

#[test]
fn a_cancelled_scan_stops() {
    let dir = TestDir::new();
    let path = dir.file("day.jsonl", "{\"text\":\"a\"}\n");
    let mut corpus = open(&[&path], ReadOptions::default()).unwrap();
    let begin = |input| Collect(input, Read::default());
    let stopped = corpus.scan(begin, &AtomicBool::new(true), &|_| {});
    assert!(matches!(stopped.err(), Some(CorpusError::Cancelled)));
}

#[test]
fn a_file_changed_since_it_was_opened_is_an_error() {
    let dir = TestDir::new();
    let path = dir.file("day.jsonl", "{\"text\":\"a\"}\n");
    let corpus = open(&[&path], ReadOptions::default()).unwrap();
    dir.file("day.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    let said = corpus.check_unchanged().unwrap_err().to_string();
    assert!(said.contains("length was 13 bytes, is 26"), "{said}");
}

#[test]
fn a_text_that_is_no_longer_at_its_place_is_reported_as_a_change() {
    let long = r#"{"id": "long", "text": "a text of some more words"}"#;
    let short = r#"{"id": 12, "text": "ä"}"#;
    let dir = TestDir::new();
    let path = dir.file("two.jsonl", format!("{long}\n{short}\n"));
    let mut corpus = open(&[&path], ReadOptions::default()).unwrap();
    let read = scan(&mut corpus).unwrap();
    let mut reader = corpus.reader();
    let second = (read.records[1].offset, read.records[1].length);
    // Where the first text stood; a number; half of a character.
    let texts = [&long[23..], &long[7..9], &long[20..21]];
    for text in texts {
        let place = TextPlace::of(text, long.as_bytes());
        let found = reader.text(0, second, place, str::to_owned);
        assert!(
            matches!(found, Err(CorpusError::Changed { .. })),
            "{text}: {found:?}"
        );
    }
}

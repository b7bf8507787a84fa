//! What is reported before a run, and that it changes nothing about it.

use std::io::Write;

use flate2::write::GzEncoder;

use super::*;

fn lines(count: u32) -> String {
    let line = |n: u32| {
        let date = if n.is_multiple_of(4) {
            "soon"
        } else {
            "2023-06-28"
        };
        let words = n.wrapping_mul(2_654_435_761);
        format!(
            "{{\"_id\":{n},\"body\":\"text {words:08x}\",\"published\":\"{date}\",\"source\":\"rnd.de\"}}\n"
        )
    };
    (0..count).map(line).collect()
}

fn near(estimate: Option<u64>, truth: u64) -> bool {
    estimate.is_some_and(|estimate| estimate.abs_diff(truth) * 5 <= truth)
}

#[test]
fn fields_shares_and_estimates_are_reported() {
    let dir = TestDir::new();
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(lines(50_000).as_bytes()).unwrap();
    let csv: String = lines(40_000).lines().map(|_| "1,\"a\nb\"\n").collect();
    let paths = [
        dir.file("a.jsonl", lines(50_000)),
        dir.file("b.jsonl.gz", encoder.finish().unwrap()),
        dir.file("c.csv", format!("n,text\n{csv}")),
    ];
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    for mmap in [true, false] {
        let options = ReadOptions {
            mmap,
            ..ReadOptions::default()
        };
        let mut corpus = open(&paths, options).unwrap();
        let answer = corpus.preflight().unwrap();
        for (input, records) in answer.inputs.iter().zip([50_000, 50_000, 40_000]) {
            assert!(near(input.records, records), "{mmap} {input:?}");
            assert_eq!(
                input.sample.rejected, 0,
                "{:?}",
                input.sample.first_rejection
            );
            assert_eq!(input.sample.with_text, input.sample.records);
        }
        let [plain, packed, csv] = &answer.inputs[..] else {
            panic!()
        };
        assert_eq!(plain.field(Role::Text), Some("body"));
        assert_eq!(plain.field(Role::Id), Some("_id"));
        assert_eq!(plain.field(Role::Title), None);
        assert_eq!(csv.field(Role::Text), Some("text"));
        assert!(near(plain.text_bytes, 50_000 * 13));
        assert_eq!(plain.sample.unparsed_date.as_deref(), Some("soon"));
        let quarter = plain.sample.records / 4;
        assert!(plain.sample.unparsed_dates.abs_diff(quarter) <= 1);
        assert_eq!(plain.spool_bytes, Some(0));
        assert!(near(packed.spool_bytes, lines(50_000).len() as u64));
        assert_eq!(answer.only_publisher.as_deref(), Some("rnd.de"));
        assert!(answer.complete && answer.spool_free.is_some());
        let after = scan(&mut corpus).unwrap();
        assert_eq!(
            after,
            scan(&mut open(&paths, ReadOptions::default()).unwrap()).unwrap()
        );
    }
}

#[test]
fn small_inputs_are_counted_exactly() {
    let newsroom = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/newsroom");
    let dir = TestDir::new();
    let empty = dir.file("empty.jsonl", "");
    let record = OwnedRecord {
        text: "four".into(),
        ..OwnedRecord::default()
    };
    let sources = vec![
        Source::Path(newsroom.join("newsroom.jsonl")),
        Source::Path(newsroom.join("pages")),
        Source::Path(empty),
        Source::Records(vec![record]),
        Source::Path(fixture("quoted.csv")),
        Source::Path(fixture("frames.jsonl.zst")),
    ];
    let mut corpus = Corpus::open(sources, ReadOptions::default()).unwrap();
    let answer = corpus.preflight().unwrap();
    let records: Vec<Option<u64>> = answer.inputs.iter().map(|input| input.records).collect();
    assert_eq!(records, [88, 88, 0, 1, 6, 6].map(Some));
    assert_eq!(answer.inputs[0].sample.records, 88);
    assert_eq!(answer.inputs[0].sample.with_date, 81);
    assert_eq!(answer.inputs[1].sample.with_date, 81);
    assert_eq!(answer.inputs[1].sample.with_publisher, 0);
    assert_eq!(answer.text_bytes - answer.inputs[3].text_bytes.unwrap(), {
        let read = scan(&mut corpus).unwrap();
        let of_files = read.records.iter().filter(|seen| seen.input != 3);
        of_files.map(|seen| seen.text.len() as u64).sum::<u64>()
    });
    assert_eq!(answer.only_publisher, None);
}

#[test]
fn of_standard_input_nothing_is_known_before() {
    let mut corpus = Corpus::open(vec![Source::Stdin], ReadOptions::default()).unwrap();
    let answer = corpus.preflight().unwrap();
    assert_eq!(
        (answer.inputs[0].format, answer.inputs[0].records),
        (None, None)
    );
    assert_eq!((&*answer.inputs[0].name, answer.complete), ("stdin", false));
}

#[test]
fn other_files_of_a_folder_are_named() {
    let dir = TestDir::new();
    dir.file("in/a.txt", "a");
    let picture = dir.file("in/b.jpg", "b");
    let answer = open(&[&dir.path("in")], ReadOptions::default())
        .unwrap()
        .preflight()
        .unwrap();
    assert_eq!(answer.passed_over.files, [picture.display().to_string()]);
    assert_eq!(
        (answer.passed_over.count, answer.passed_over.unreadable),
        (1, 0)
    );
}

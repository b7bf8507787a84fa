//! Folders and text files: order, header lines, names, what cannot be read.

use super::*;

#[test]
fn a_folder_of_pages_is_one_input() {
    let dir = TestDir::new();
    dir.file("pages/b.txt", "date 2023-06-28 A headline\nThe text.\n");
    dir.file("pages/a/x.md", "no header");
    dir.file("pages/a.text", "plain");
    dir.file("pages/z", "date 2023-06-29 \r\nbare name");
    dir.file("pages/.hidden/y.txt", "hidden");
    dir.file("pages/picture.jpg", "other");
    dir.file("pages/empty.txt", " \n");
    dir.file("pages/nothing.txt", "");
    let pages = dir.path("pages");
    let mut corpus = open(&[&pages], ReadOptions::default()).unwrap();
    assert_eq!(corpus.inputs().len(), 1);
    assert_eq!(corpus.inputs()[0].format(), Format::TextFolder);
    let read = scan(&mut corpus).unwrap();
    assert_eq!(
        read.ids(),
        ["a.text", "a/x.md", "b.txt", "z"],
        "in byte order"
    );
    assert_eq!(
        read.texts(),
        ["plain", "no header", "The text.\n", "bare name"]
    );
    assert_eq!(read.records[1].source.as_deref(), Some("a"));
    assert_eq!(read.records[2].title.as_deref(), Some("A headline"));
    assert_eq!(read.records[2].date.unwrap().seconds, 1_687_910_400);
    assert_eq!(read.records[2].source, None);
    assert_eq!(read.rejected.len(), 2);
    assert!(read.reasons()[0].contains("the file is empty"));
    let (name, at) = corpus.place(0, read.rejected[0].1.offset);
    assert_eq!((&*name, at), ("pages/empty.txt", 0));
    let (name, _) = corpus.place(0, read.rejected[1].1.offset);
    assert_eq!(&*name, "pages/nothing.txt");
    let raw = raw_records(&corpus, &read);
    assert_eq!(
        raw[2], b"date 2023-06-28 A headline\nThe text.\n",
        "with its header line"
    );
    assert_eq!(read_with(&[&pages], ReadOptions::default()).unwrap(), read);
}

#[test]
fn a_header_line_can_be_text() {
    let dir = TestDir::new();
    let path = dir.file("a.txt", "date 2023-06-28 x\ny");
    let options = ReadOptions {
        text_header: TextHeader::None,
        ..ReadOptions::default()
    };
    assert_eq!(
        read_with(&[&path], options).unwrap().texts(),
        ["date 2023-06-28 x\ny"]
    );
}

#[test]
fn text_files_can_be_named_alone() {
    let dir = TestDir::new();
    let a = dir.file("d/a.txt", "\u{feff}date 2023-06-28\nfirst");
    let b = dir.file("d/b.txt", "second");
    let mut corpus = open(&[&b, &a], ReadOptions::default()).unwrap();
    let read = scan(&mut corpus).unwrap();
    assert_eq!(
        (read.ids(), read.texts()),
        (vec!["b.txt", "a.txt"], vec!["second", "first"])
    );
    assert_eq!(read.records[1].source, None);
    let (name, at) = corpus.place(1, read.records[1].offset);
    assert_eq!((&*name, at), ("a.txt", 0));
    read_with(&[&b, &a], ReadOptions::default()).unwrap();
}

#[test]
fn other_files_in_a_folder_are_inputs_of_their_own() {
    let dir = TestDir::new();
    dir.file("in/b/x.jsonl", "{\"text\":\"json\"}\n");
    dir.file("in/a/x.jsonl", "{\"text\":\"json a\"}\n");
    dir.file("in/t.csv", "text\ncsv\n");
    dir.file("in/p.txt", "page");
    let read = read_with(&[&dir.path("in")], ReadOptions::default()).unwrap();
    assert_eq!(
        read.texts(),
        ["json a", "json", "csv"],
        "a text beside data is none"
    );
    // Taken in by name, it is.
    let options = ReadOptions {
        globs: vec!["*.{jsonl,csv,txt}".into()],
        ..ReadOptions::default()
    };
    let read = read_with(&[&dir.path("in")], options.clone()).unwrap();
    assert_eq!(read.texts(), ["json a", "json", "csv", "page"]);
    let corpus = open(&[&dir.path("in")], options).unwrap();
    let names: Vec<&str> = corpus.inputs().iter().map(Input::name).collect();
    assert_eq!(names, ["a/x.jsonl", "b/x.jsonl", "t.csv", "in"]);
}

#[test]
fn the_newsroom_as_pages_and_as_lines_is_one_corpus() {
    let newsroom = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/newsroom");
    let lines = read(&newsroom.join("newsroom.jsonl"));
    let pages = read(&newsroom.join("pages"));
    assert_eq!(pages.records.len(), lines.records.len());
    assert_eq!(pages.rejected, []);
    let dated = |read: &Read| {
        read.records
            .iter()
            .filter(|seen| seen.date.is_some())
            .count()
    };
    assert_eq!(dated(&pages), dated(&lines));
    let day = |seen: &Seen| seen.date.map(|date| date.day());
    for page in &pages.records {
        let id = page.id.as_deref().unwrap().trim_end_matches(".txt");
        let line = lines
            .records
            .iter()
            .find(|line| line.id.as_deref() == Some(id))
            .unwrap();
        assert_eq!(day(page).is_some(), day(line).is_some(), "{id}");
    }
}

#[test]
fn a_text_that_is_none_is_a_rejection() {
    let dir = TestDir::new();
    dir.file("in/a.txt", "a");
    dir.file("in/c.txt", b"\xff");
    dir.file("in/d.txt", "too long");
    let options = ReadOptions {
        max_record: 5,
        encoding: crate::corpus::Charset::named("utf-8"),
        ..ReadOptions::default()
    };
    let read = read_with(&[&dir.path("in")], options).unwrap();
    assert_eq!(read.texts(), ["a"]);
    let reasons = read.reasons();
    assert!(reasons[0].contains("not UTF-8 at byte 0"), "{reasons:?}");
    assert!(reasons[1].contains("longer than 5 bytes"), "{reasons:?}");
}

#[test]
fn a_link_that_leads_nowhere_is_loss_and_a_loop_is_none() {
    let dir = TestDir::new();
    dir.file("in/a.txt", "a");
    std::os::unix::fs::symlink(dir.path("in"), dir.path("in/loop")).unwrap();
    let corpus = open(&[&dir.path("in")], ReadOptions::default()).unwrap();
    assert!(corpus.passed_over().files[0].ends_with("in/loop"));
    assert!(!corpus.has_loss());
    std::os::unix::fs::symlink(dir.path("nowhere"), dir.path("in/b.txt")).unwrap();
    let said = open(&[&dir.path("in")], ReadOptions::default()).unwrap_err();
    assert!(
        said.to_string().contains("in/b.txt: cannot read it"),
        "{said}"
    );
    let options = ReadOptions {
        skip_unreadable: true,
        ..ReadOptions::default()
    };
    let mut corpus = open(&[&dir.path("in")], options).unwrap();
    assert_eq!(
        (corpus.passed_over().unreadable, corpus.has_loss()),
        (1, true)
    );
    assert_eq!(scan(&mut corpus).unwrap().texts(), ["a"]);
}

#[test]
fn links_are_followed_and_a_file_counts_once() {
    let dir = TestDir::new();
    let real = dir.file("real/a.txt", "a");
    std::fs::create_dir(dir.path("in")).unwrap();
    std::os::unix::fs::symlink(&real, dir.path("in/link.txt")).unwrap();
    let folder = dir.path("in");
    assert_eq!(read(&folder).ids(), ["link.txt"]);
    for paths in [[&*folder, &*real], [&*real, &*folder], [&*real, &*real]] {
        let said = open(&paths, ReadOptions::default()).unwrap_err();
        assert!(matches!(said, CorpusError::GivenTwice { .. }), "{said}");
    }
}

#[test]
fn an_empty_folder_is_an_error() {
    let dir = TestDir::new();
    dir.file("in/picture.jpg", "x");
    let source = || vec![Source::Path(dir.path("in"))];
    let said = Corpus::open(source(), ReadOptions::default()).unwrap_err();
    assert!(matches!(said, CorpusError::EmptyFolder { .. }), "{said}");
    let options = ReadOptions {
        allow_empty: true,
        ..ReadOptions::default()
    };
    let corpus = Corpus::open(source(), options).unwrap();
    assert_eq!((corpus.inputs().len(), corpus.passed_over().count), (0, 1));
    let said = open(&[&dir.path("missing")], ReadOptions::default()).unwrap_err();
    assert!(matches!(said, CorpusError::NotFound { .. }), "{said}");
}

#[test]
fn ten_thousand_pages_keep_their_order_on_any_number_of_threads() {
    let dir = TestDir::new();
    std::fs::create_dir(dir.path("in")).unwrap();
    for n in 0..10_000 {
        std::fs::write(dir.path(&format!("in/{n:05}.txt")), format!("page {n}")).unwrap();
    }
    let in_pool = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let options = ReadOptions {
            block_bytes: 500,
            ..ReadOptions::default()
        };
        pool.install(|| read_with(&[&dir.path("in")], options).unwrap())
    };
    let one = in_pool(1);
    assert_eq!(one.records.len(), 10_000);
    assert!(one.ids().is_sorted());
    assert_eq!(in_pool(3), one);
}

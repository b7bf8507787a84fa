//! What programs use that embed wirecopy: rows of a table that is theirs, two documents of a finished run explained,
//! and the command line as a function.

use std::ffi::OsString;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde_json::Value;
use wirecopy::{BorrowedRecord, Context, Error, Job, OwnedRecord, Recipe, Rows, Run};

use crate::cmd::{Dir, fixture};

/// A table of columns.
struct Columns {
    ids: Vec<String>,
    texts: Vec<Option<String>>,
    sources: Vec<String>,
    dates: Vec<String>,
}

impl Rows for Columns {
    fn len(&self) -> usize {
        self.ids.len()
    }

    fn row(&self, at: usize) -> BorrowedRecord<'_> {
        BorrowedRecord {
            id: Some(&self.ids[at]),
            text: self.texts[at].as_deref(),
            source: Some(&self.sources[at]),
            date: Some(&self.dates[at]),
            ..BorrowedRecord::default()
        }
    }
}

fn newsroom() -> Vec<Value> {
    let text = fs::read_to_string(fixture("newsroom/newsroom.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn columns() -> Columns {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let column = |name| newsroom().iter().map(|row| text(row, name)).collect();
    Columns {
        ids: column("id"),
        texts: newsroom()
            .iter()
            .map(|row| Some(text(row, "text")))
            .collect(),
        sources: column("source"),
        dates: column("date"),
    }
}

/// What a run found.
fn found(run: &Run) -> String {
    assert!(!run.clusters().is_empty());
    format!("{:?}\n{:?}", run.clusters(), run.pairs())
}

#[test]
fn a_table_in_memory_is_read_in_place() {
    let columns = columns();
    let filled = |value: &String| Some(value.clone()).filter(|value| !value.is_empty());
    let owned = |at: usize| OwnedRecord {
        id: filled(&columns.ids[at]),
        text: columns.texts[at].clone().unwrap(),
        source: filled(&columns.sources[at]),
        date: filled(&columns.dates[at]),
        ..OwnedRecord::default()
    };
    let owned = (0..columns.len()).map(owned).collect();
    for recipe in [Recipe::default_wire(), Recipe::default_near()] {
        let lent = Job::new(recipe.clone())
            .rows(Arc::new(self::columns()))
            .run()
            .unwrap();
        let given = Job::new(recipe.clone())
            .records(Vec::clone(&owned))
            .run()
            .unwrap();
        assert_eq!(found(&lent), found(&given));
    }
}

#[test]
fn a_row_without_a_text_is_rejected_and_an_empty_text_is_not() {
    let mut columns = columns();
    columns.texts[3] = None;
    columns.texts[4] = Some(String::new());
    let rows = columns.len() as u64;
    let job = Job::new(Recipe::default_near()).rows(Arc::new(columns));
    let run = job.run().unwrap();
    assert_eq!((run.counts().read, run.counts().rejected), (rows, 1));
}

#[test]
fn a_finished_run_explains_its_pairs() {
    for recipe in [Recipe::default_wire(), Recipe::default_near()] {
        let job = || Job::new(recipe.clone()).path(fixture("newsroom/newsroom.jsonl"));
        let run = job().run().unwrap();
        let ids: Vec<String> = run
            .documents()
            .map(|doc| run.id(doc).into_owned())
            .collect();
        let pairs = run
            .pairs()
            .into_iter()
            .take(4)
            .map(|pair| (pair.a.index(), pair.b.index()));
        let pairs: Vec<(usize, usize)> = pairs.chain([(0, ids.len() - 1)]).collect();
        for (a, b) in pairs {
            let (a, b) = (&ids[a], &ids[b]);
            let open = job().open().unwrap();
            let again = open.explain(a, b, Context::default()).unwrap();
            let found = run.explain(a, b).unwrap();
            assert_eq!(format!("{found:?}"), format!("{again:?}"), "{a} {b}");
        }
        let error = run.explain(&ids[0], "no-such-page").unwrap_err();
        assert!(matches!(error, Error::UnknownId { .. }), "{error}");
    }
}

/// The exit code of these words.
fn code(words: &[&str], is_cancelled: bool) -> u8 {
    let words = ["wirecopy"].iter().chain(words).map(OsString::from);
    wirecopy::cli::run(words, &Arc::new(AtomicBool::new(is_cancelled)))
}

#[test]
fn the_command_line_is_a_function() {
    let dir = Dir::new();
    let path = |name: &str| dir.path(name).to_str().unwrap().to_owned();
    let (input, out, index) = (fixture("newsroom/newsroom.jsonl"), path("out"), path("ix"));
    let run = |words: &[&str]| code(words, false);
    assert_eq!(run(&["cluster", &input, "-o", &out, "-q"]), 0);
    assert!(dir.path("out/clusters.jsonl").exists());
    assert_eq!(run(&["cluster", &input, "-o", &out, "-q"]), 1, "it exists");
    assert_eq!(
        run(&["cluster", &input, "-o", &path("x"), "--no-such-flag"]),
        2
    );
    let (broken, second) = (path("broken.jsonl"), path("second"));
    fs::write(&broken, "{\"text\": \"one two three four\"}\n{\n").unwrap();
    assert_eq!(run(&["cluster", &broken, "-o", &second, "-q"]), 3);
    let cancelled = ["cluster", &input, "-o", &path("third"), "-q"];
    assert_eq!(code(&cancelled, true), 130);
    assert!(!dir.path("third").exists());
    assert_eq!(run(&["index", "build", &input, "--index", &index, "-q"]), 0);
    fs::write(dir.path("ix/manifest"), "no manifest").unwrap();
    assert_eq!(run(&["index", "info", "--index", &index]), 4);
    assert_eq!(
        run(&["cluster", &input, "-o", &path("again"), "-q"]),
        0,
        "after all that"
    );
}

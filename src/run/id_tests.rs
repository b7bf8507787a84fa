//! How documents are called, whatever ids their records have.

use std::collections::HashSet;
use std::fs;

use proptest::prelude::*;

use crate::corpus::OwnedRecord;
use crate::recipe::Recipe;
use crate::run::{Job, Run};

fn run(given: &[Option<&str>]) -> Run {
    let record = |(at, id): (usize, &Option<&str>)| OwnedRecord {
        id: id.map(str::to_owned),
        text: format!("page {at}"),
        ..OwnedRecord::default()
    };
    let records = given.iter().enumerate().map(record).collect();
    Job::new(Recipe::default()).records(records).run().unwrap()
}

fn names(run: &Run) -> Vec<String> {
    let docs = run.documents();
    docs.map(|doc| run.id(doc).into_owned()).collect()
}

fn ids(given: &[Option<&str>]) -> Vec<String> {
    names(&run(given))
}

/// A run over files of these names, with these ids in each.
fn files(given: &[(&str, &[Option<&str>])]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let mut job = Job::new(Recipe::default());
    for (name, ids) in given {
        let path = folder.path().join(name);
        let lines: String = (ids.iter().enumerate())
            .map(|(at, id)| {
                let text = format!("page {at} of {name}");
                format!("{}\n", serde_json::json!({ "id": id, "text": text }))
            })
            .collect();
        fs::write(&path, lines).unwrap();
        job = job.path(path);
    }
    job.run().unwrap()
}

#[test]
fn an_own_id_that_looks_like_a_made_one_is_distinguished_from_it() {
    assert_eq!(
        ids(&[None, Some("records#1"), Some("a#1")]),
        ["records#1", "records#records#1", "a#1"]
    );
    assert_eq!(ids(&[Some("b"), Some("records#1")]), ["b", "records#1"]);
}

#[test]
fn a_repeated_id_numbers_every_record_that_has_it() {
    let run = run(&[Some("a"), Some("b"), Some("a"), None, Some("a")]);
    assert_eq!(
        names(&run),
        ["records#1", "b", "records#3", "records#4", "records#5"]
    );
    let counts = run.counts();
    assert_eq!((counts.rejected, counts.kept + counts.removed), (0, 5));
    assert_eq!((counts.repeated_ids, counts.qualified_ids), (3, 3));
    assert_eq!(counts.with_id, 4);
}

#[test]
fn an_id_of_several_inputs_is_qualified_and_numbered_where_it_is_repeated() {
    let run = files(&[
        ("a.jsonl", &[Some("7"), Some("8"), Some("7")]),
        ("b.jsonl", &[Some("7"), Some("9")]),
    ]);
    let expected = ["a.jsonl#1", "8", "a.jsonl#3", "b.jsonl#7", "9"];
    assert_eq!(names(&run), expected);
    let counts = run.counts();
    assert_eq!((counts.repeated_ids, counts.qualified_ids), (2, 3));
}

#[test]
fn an_id_of_digits_is_not_taken_for_a_number() {
    // Record 2 of `a.jsonl` has no id, and its first one the id 2, as `b.jsonl` has.
    let run = files(&[
        ("a.jsonl", &[Some("2"), None]),
        ("b.jsonl", &[Some("2"), Some("02")]),
    ]);
    assert_eq!(names(&run), ["a.jsonl##2", "a.jsonl#2", "b.jsonl#2", "02"]);
}

#[test]
fn marks_in_names_of_inputs_join_no_names() {
    let run = files(&[
        ("x", &[Some("#1"), Some("y#1"), Some("p")]),
        ("x#", &[Some("1"), Some("#1"), Some("y#1")]),
        ("x#y", &[Some("1"), Some("p")]),
    ]);
    let names = names(&run);
    let distinct: HashSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), 8, "{names:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the ids, no two documents have one name, and a unique id that is like no other name stays.
    #[test]
    fn no_two_documents_have_one_name(
        ids in proptest::collection::vec(
            proptest::collection::vec(proptest::option::of("(a|x|x#)?#{0,2}[0-4a]{1,2}"), 1..8), 3),
    ) {
        let ids: Vec<Vec<Option<&str>>> =
            ids.iter().map(|ids| ids.iter().map(Option::as_deref).collect()).collect();
        let run = files(&[("x", &ids[0]), ("x#", &ids[1]), ("a", &ids[2])]);
        let names = names(&run);
        prop_assert_eq!(names.len(), ids.concat().len());
        let distinct: HashSet<&String> = names.iter().collect();
        prop_assert_eq!(distinct.len(), names.len(), "{:?}", names);
    }
}

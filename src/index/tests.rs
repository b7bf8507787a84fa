//! Rules of an index that only odd corpora reach: very large stories, pages without a word.

use super::addition::{Addition, Batch};
use super::catalog::Catalog;
use super::compacting::merge_small;
use super::turn::begin;
use super::{AddOptions, Index, Query, renamed};
use crate::context::Context;
use crate::corpus::OwnedRecord;
use crate::error::Error;
use crate::recipe::Recipe;
use crate::run::finished::Run;
use crate::run::job::{Job, OpenJob};

/// A page of a story, whose numbered word is another one.
fn page(story: u32, changed: u32) -> OwnedRecord {
    // Without digits: figures would be facts.
    let letters = |number: u32| -> String {
        let digits = number.to_string();
        digits
            .bytes()
            .map(|digit| char::from(digit + b'a' - b'0'))
            .collect()
    };
    let word = |at: u32| match at == changed {
        true => format!("other{}x{}", letters(story), letters(changed)),
        false => format!("word{}x{}", letters(story), letters(at)),
    };
    let words: Vec<String> = (0..120).map(word).collect();
    OwnedRecord {
        id: Some(format!("{story}-{changed}")),
        text: words.join(" "),
        ..OwnedRecord::default()
    }
}

fn job(pages: Vec<OwnedRecord>) -> OpenJob {
    Job::new(Recipe::default()).records(pages).open().unwrap()
}

#[test]
fn new_copies_join_a_frozen_story() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    let first: Vec<OwnedRecord> = (0..8)
        .map(|at| page(0, 10 * at))
        .chain([page(1, 5), page(1, 15)])
        .collect();
    Index::build(&folder, job(first), Context::default()).unwrap();
    let catalog = Catalog::open(&folder).unwrap();
    let [large, small] = [0, 8].map(|at| catalog.state.cluster(at).unwrap().id);
    assert!(catalog.has_room_for(4_000_000_000).is_ok());
    let full = catalog.has_room_for(u32::MAX as usize).unwrap_err();
    assert!(full.to_string().contains("another"), "{full}");
    for frozen_from in [usize::MAX, 5] {
        let addition = Addition {
            catalog: &catalog,
            keeps: true,
            touched: Vec::new(),
            frozen_from,
            context: Context::default(),
        };
        let batch = job(vec![page(0, 95), page(1, 25), page(2, 0)]);
        let batch = Batch::read(&catalog, batch, Context::default()).unwrap();
        let mut result = addition.compute(batch).unwrap();
        // The large story has 28 pairs, the small one a single one.
        assert_eq!(result.frozen.is_empty(), frozen_from == usize::MAX);
        assert!(result.frozen.iter().all(|&at| at < 8));
        let counted = result.run.work().frozen_documents;
        assert_eq!(counted, result.frozen.len() as u64);
        let mut state = catalog.state.clone();
        renamed::name(&mut state, &mut result, catalog.documents(), 2);
        let name = |at: usize| state.cluster(at).map(|cluster| cluster.id);
        assert_eq!(name(10), Some(large));
        assert_eq!(name(11), Some(small));
        assert_eq!(name(12), None);
        assert!((0..8).all(|at| name(at) == Some(large)));
        assert!(state.changes.is_empty());
    }
}

#[test]
fn what_was_compared_once_is_not_compared_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    let compared = |run: Run| run.work().compared;
    // Stories of one length, so that all of one are compared with each other.
    let first = (0..8).map(|at| page(0, 10 * at)).chain([page(1, 5)]);
    let (_, run) = Index::build(&folder, job(first.collect()), Context::default()).unwrap();
    assert_eq!(compared(run), 28);
    let (_, run) = Index::add(&folder, job(vec![page(0, 95)]), Context::default()).unwrap();
    assert_eq!(compared(run), 8, "the new page with the others");
    let compacted = Index::compact(&folder, Context::default()).unwrap();
    for index in [Index::open(&folder).unwrap(), compacted] {
        let all = index.clusters(Context::default()).unwrap();
        assert_eq!(all.pairs().len(), 36);
        assert_eq!(compared(all), 0);
    }
    // A copy of the same text replaces a removed page: it is compared for itself.
    let twin = OwnedRecord {
        id: Some("twin".into()),
        ..page(0, 95)
    };
    Index::add(&folder, job(vec![twin]), Context::default()).unwrap();
    Index::remove(&folder, &["0-95"], Context::default()).unwrap();
    let left = Index::open(&folder).unwrap();
    let left = left.clusters(Context::default()).unwrap();
    assert_eq!(left.pairs().len(), 36);
    let compacted = Index::compact(&folder, Context::default()).unwrap();
    let compacted = compacted.clusters(Context::default()).unwrap();
    assert_eq!(compacted.pairs(), left.pairs());
}

#[test]
fn an_index_does_not_change_before_what_is_asked_for_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    Index::build(&folder, job(vec![page(0, 5)]), Context::default()).unwrap();
    let files = || {
        let mut files: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        files.sort();
        files
    };
    let before = files();
    let fails = &mut |run: &mut Run| {
        assert_eq!(run.counts().kept + run.counts().removed, 1);
        assert_eq!(Catalog::open(&folder).unwrap().documents(), 1);
        Err(Error::Cancelled)
    };
    let options = AddOptions {
        before_commit: Some(fails),
        ..AddOptions::default()
    };
    let batch = job(vec![page(0, 15)]);
    Index::add_as(&folder, batch, options, Context::default()).unwrap_err();
    assert_eq!(files(), before);
    assert_eq!(Catalog::open(&folder).unwrap().documents(), 1);
    let added = Index::add(&folder, job(vec![page(0, 15)]), Context::default()).unwrap();
    assert_eq!(added.0.info().documents, 2);
}

#[test]
fn upkeep_waits_for_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    Index::build(&folder, job(vec![page(0, 5)]), Context::default()).unwrap();
    let writing = begin(&folder, Context::default()).unwrap();
    assert!(merge_small(&folder, Context::default()).unwrap().is_none());
    drop(writing);
}

#[test]
fn a_page_without_words_takes_no_story_from_the_next_one_when_segments_are_merged() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    let wordless = |id: &str| OwnedRecord {
        id: Some(id.into()),
        text: "— …".into(),
        ..OwnedRecord::default()
    };
    let first = vec![wordless("none"), page(0, 5)];
    Index::build(&folder, job(first), Context::default()).unwrap();
    let second = vec![wordless("nothing"), page(1, 5)];
    let (merged, _) = Index::add(&folder, job(second), Context::default()).unwrap();
    assert_eq!(merged.info().segments.len(), 1);
    let compacted = Index::compact(&folder, Context::default()).unwrap();
    for index in [merged, compacted] {
        index.verify().unwrap();
        for story in 0..2 {
            let text = page(story, 95).text;
            let asked = Query {
                text: &text,
                ..Query::default()
            };
            let found = index.query(&asked).unwrap();
            let ids: Vec<&str> = found.iter().map(|copy| copy.id.as_str()).collect();
            assert_eq!(ids, [format!("{story}-5")]);
        }
    }
}

#[test]
fn a_text_of_a_story_with_very_many_carriers_is_held_against_a_bounded_number_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    let copies: Vec<OwnedRecord> = (0..110).map(|at| page(0, at)).collect();
    let (index, _) = Index::build(&folder, job(copies), Context::default()).unwrap();
    let asked = |text: &str| {
        let query = Query {
            text,
            ..Query::default()
        };
        index.query(&query).unwrap()
    };
    // Leaders and neighbours of the keys, not all.
    let bounded = 16..100;
    let found = asked(&page(0, 115).text);
    assert!(bounded.contains(&found.len()), "{}", found.len());
    // An equal text is there in any case.
    let found = asked(&page(0, 100).text);
    assert!(bounded.contains(&found.len()), "{}", found.len());
    assert_eq!(found[0].id, "0-100");
}

#[test]
fn a_key_of_very_many_documents_is_reported_across_segments() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    let of_story = |changed: std::ops::Range<u32>| changed.map(|at| page(0, at)).collect();
    let (index, _) = Index::build(&folder, job(of_story(0..20)), Context::default()).unwrap();
    let few = index.hot_keys().unwrap();
    assert_eq!((few.keys, few.documents, few.limit), (0, 0, 24));
    assert!((13..=20).contains(&few.largest), "{few:?}");
    // Smaller than the first, so the two stay segments of their own.
    let (index, _) = Index::add(&folder, job(of_story(20..36)), Context::default()).unwrap();
    assert_eq!(index.info().segments.len(), 2);
    let many = index.hot_keys().unwrap();
    assert_eq!((many.keys, many.documents), (1, many.largest));
    assert!((25..=36).contains(&many.largest), "{many:?}");
}

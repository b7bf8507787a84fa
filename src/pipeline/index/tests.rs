//! Rules of an index that only very large stories reach.

use std::sync::atomic::AtomicBool;

use super::catalog::Catalog;
use super::placing::Placing;
use super::{Index, renamed};
use crate::corpus::OwnedRecord;
use crate::pipeline::job::{Job, OpenJob};
use crate::pipeline::progress::Silent;
use crate::recipe::Recipe;

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
fn new_copies_join_a_story_that_stands() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    let go_on = AtomicBool::new(false);
    let first: Vec<OwnedRecord> = (0..8)
        .map(|at| page(0, 10 * at))
        .chain([page(1, 5), page(1, 15)])
        .collect();
    Index::build(&folder, job(first), &Silent, &go_on).unwrap();
    let catalog = Catalog::open(&folder).unwrap();
    let [large, small] = [0, 8].map(|at| catalog.state.cluster(at).unwrap().id);
    for stands in [usize::MAX, 5] {
        let placing = Placing {
            catalog: &catalog,
            refuses_known_ids: true,
            reads_credits: true,
            touched: Vec::new(),
            stands,
            progress: &Silent,
            cancelled: &go_on,
        };
        let batch = job(vec![page(0, 95), page(1, 25), page(2, 0)]);
        let mut placed = placing.place(batch.corpus, batch.job).unwrap();
        // The large story has 28 pairs, the small one a single one.
        assert_eq!(placed.standing.is_empty(), stands == usize::MAX);
        assert!(placed.standing.iter().all(|&at| at < 8));
        let mut state = catalog.state.clone();
        renamed::name(&mut state, &mut placed, catalog.documents(), 2);
        let name = |at: usize| state.cluster(at).map(|cluster| cluster.id);
        assert_eq!(name(10), Some(large));
        assert_eq!(name(11), Some(small));
        assert_eq!(name(12), None);
        assert!((0..8).all(|at| name(at) == Some(large)));
        assert!(state.changes.is_empty());
    }
}

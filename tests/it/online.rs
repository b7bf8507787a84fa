//! A window in memory gives a pair the verdict of a run.

use std::collections::BTreeSet;

use wirecopy::{DocId, Job, Online, OnlinePage, PageId, Recipe, Run};

/// The texts of the fixture, by document.
fn newsroom(recipe: Recipe) -> (Run, Vec<String>) {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/newsroom/newsroom.jsonl"
    );
    let lines = std::fs::read_to_string(path).unwrap();
    let texts = lines.lines().map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        value["text"].as_str().unwrap().to_owned()
    });
    (Job::new(recipe).path(path).run().unwrap(), texts.collect())
}

/// The pairs that a window finds when all documents come in this order.
fn found(run: &Run, texts: &[String], order: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut window = Online::new(run.recipe().clone(), run.learned().cloned()).unwrap();
    let mut numbers: Vec<usize> = Vec::new();
    let mut pairs = BTreeSet::new();
    for &at in order {
        let doc = DocId::from_index(at);
        let (PageId(number), copies) = window.push(OnlinePage {
            text: &texts[at],
            publisher: run.publisher(doc),
            date: run.date(doc),
        });
        assert_eq!(usize::try_from(number).unwrap(), numbers.len());
        numbers.push(at);
        for copy in copies {
            let other = numbers[usize::try_from(copy.page.0).unwrap()];
            pairs.insert((at.min(other), at.max(other)));
        }
    }
    pairs
}

/// The accepted pairs of a run, of every text the first document.
fn accepted(run: &Run) -> BTreeSet<(usize, usize)> {
    let pairs = run.pairs().into_iter();
    let pairs = pairs.filter(|pair| pair.accepted && pair.likeness.is_some());
    pairs.map(|pair| (pair.a.index(), pair.b.index())).collect()
}

/// The same of pairs that name every document of a text.
fn of_first(run: &Run, pairs: &BTreeSet<(usize, usize)>) -> BTreeSet<(usize, usize)> {
    let mut first: Vec<usize> = (0..run.documents().count()).collect();
    for pair in run.pairs().iter().filter(|pair| pair.likeness.is_none()) {
        let equal = (pair.a.index(), pair.b.index());
        assert!(pairs.contains(&equal), "{equal:?} have one text");
        first[equal.1] = equal.0;
    }
    let of_texts = pairs.iter().map(|&(a, b)| (first[a], first[b]));
    let of_texts = of_texts.filter(|(a, b)| a != b);
    of_texts.map(|(a, b)| (a.min(b), a.max(b))).collect()
}

fn orders(documents: usize) -> [Vec<usize>; 2] {
    [(0..documents).collect(), (0..documents).rev().collect()]
}

#[test]
fn whole_texts_are_copies_in_a_window_as_in_a_run() {
    let (run, texts) = newsroom(Recipe::default_near());
    for order in orders(texts.len()) {
        let found = found(&run, &texts, &order);
        assert_eq!(of_first(&run, &found), accepted(&run));
    }
}

#[test]
fn stories_are_copies_in_a_window_as_in_a_run() {
    let (run, texts) = newsroom(Recipe::default_wire());
    let accepted = accepted(&run);
    for order in orders(texts.len()) {
        let found = of_first(&run, &found(&run, &texts, &order));
        let only_here: Vec<_> = found.difference(&accepted).collect();
        assert!(only_here.is_empty(), "{only_here:?}");
        // A run asks for pairs that are like a third page, too.
        assert!(
            10 * found.len() >= 9 * accepted.len(),
            "{} of {}",
            found.len(),
            accepted.len()
        );
    }
}

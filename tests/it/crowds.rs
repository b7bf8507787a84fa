//! Crowded keys, and equal texts of several days: a run, an index in any order and a query find the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use wirecopy::Index;
use wirecopy::hash;
use wirecopy::lsh::CandidateCaps;
use wirecopy::{Context, Run};
use wirecopy::{Job, OwnedRecord, Recipe};

use crate::corpus::{Dice, Story, stories};

/// A recipe by which most keys of a story of forty carriers are crowded.
fn crowded(recipe: Recipe) -> Recipe {
    let caps = CandidateCaps {
        group: 6,
        leaders: 2,
    };
    recipe.with_caps(caps).unwrap()
}

fn both() -> [Recipe; 2] {
    [Recipe::default_near(), Recipe::default_wire()].map(crowded)
}

/// Stories of forty carriers, some of them equal but for capitals, of several days and outlets.
fn corpus(seed: u64) -> Vec<OwnedRecord> {
    let mut records = stories(Story {
        seed,
        stories: 4,
        copies: 40,
        edits: 0.05,
    });
    let mut dice = Dice(seed);
    for record in &mut records {
        record.source = Some(format!("outlet{}.example", dice.roll() % 7));
    }
    for at in (0..records.len()).step_by(6) {
        let mut again = records[at].clone();
        again.id = again.id.map(|id| format!("{id}-again"));
        again.date = (!dice.roll().is_multiple_of(3))
            .then(|| format!("2024-05-{:02}", 1 + dice.roll() % 28));
        again.source = Some(format!("outlet{}.example", dice.roll() % 7));
        if dice.roll().is_multiple_of(2) {
            again.text = again.text.replace("word1", "Word1");
        }
        records.push(again);
    }
    records
}

fn shuffled(records: &[OwnedRecord], turn: u64) -> Vec<OwnedRecord> {
    let mut records = records.to_vec();
    records.sort_by_cached_key(|record| {
        let id = record.id.as_deref().unwrap_or_default();
        hash::stream(turn, hash::bytes(id.as_bytes()))
    });
    records
}

/// What a run says of each member of each cluster but where it stands, by id; and of its pairs.
#[derive(Debug, Eq, PartialEq)]
struct Answer {
    clusters: BTreeMap<String, BTreeMap<String, String>>,
    pairs: BTreeSet<String>,
}

impl Answer {
    fn by(run: &Run) -> Answer {
        let id = |doc| run.id(doc).into_owned();
        let mut clusters = BTreeMap::new();
        for cluster in run.clusters() {
            let members = cluster.members.iter().map(|member| {
                let said = format!("{:?} {:?}", member.relation, member.likeness);
                (id(member.doc), said)
            });
            clusters.insert(id(cluster.representative()), members.collect());
        }
        let mut pairs = BTreeSet::new();
        for pair in run.pairs().into_iter().filter(|pair| pair.accepted) {
            let (a, b) = (id(pair.a), id(pair.b));
            let likeness = match a < b {
                true => pair.likeness,
                false => pair.likeness.map(|likeness| likeness.flipped()),
            };
            pairs.insert(format!("{} {} {likeness:?}", (&a).min(&b), (&a).max(&b)));
        }
        Answer { clusters, pairs }
    }

    #[track_caller]
    fn is(&self, other: &Answer, what: &str) {
        let ids = |answer: &Answer| -> BTreeSet<BTreeSet<String>> {
            let clusters = answer.clusters.values();
            clusters
                .map(|members| members.keys().cloned().collect())
                .collect()
        };
        assert_eq!(ids(self), ids(other), "{what}: partition");
        assert_eq!(self.clusters, other.clusters, "{what}: members");
        let only = |a: &Answer, b: &Answer| -> Vec<String> {
            a.pairs.difference(&b.pairs).take(5).cloned().collect()
        };
        assert_eq!(
            (only(self, other), only(other, self)),
            (vec![], vec![]),
            "{what}: pairs"
        );
    }
}

/// A run over all of it, in `wire` once more by what it learned.
fn batch(recipe: &Recipe, records: &[OwnedRecord]) -> (Job, Run) {
    let job = || Job::new(recipe.clone()).records(records.to_vec());
    let run = job().run().unwrap();
    match run.learned() {
        Some(learned) => {
            let learned = learned.clone();
            let run = job().learned(learned.clone()).run().unwrap();
            (Job::new(recipe.clone()).learned(learned), run)
        }
        None => (Job::new(recipe.clone()), run),
    }
}

/// An index of the first part, to which the others are added.
fn filled(folder: &Path, first: Job, recipe: &Recipe, parts: &[&[OwnedRecord]]) -> Index {
    let open = first.records(parts[0].to_vec()).for_index().open().unwrap();
    let (mut index, _) = Index::build(folder, open, Context::default()).unwrap();
    for part in &parts[1..] {
        let open = Job::new(recipe.clone())
            .records(part.to_vec())
            .open()
            .unwrap();
        (index, _) = Index::add(folder, open, Context::default()).unwrap();
    }
    index
}

/// Records in parts of many sizes, one of them a single one.
fn parts(records: &[OwnedRecord], turn: u64) -> Vec<&[OwnedRecord]> {
    let mut parts = Vec::new();
    let mut rest = records;
    for size in [20 + 30 * usize::try_from(turn).unwrap(), 1, 60, 9] {
        let (part, behind) = rest.split_at(size);
        parts.push(part);
        rest = behind;
    }
    parts.push(rest);
    parts
}

#[test]
fn a_run_is_an_index_filled_in_any_order() {
    for recipe in both() {
        for seed in 0..4 {
            let records = corpus(40 + seed);
            let (first, run) = batch(&recipe, &records);
            assert!(run.work().capped_keys > 20, "{:?}", run.work());
            let of_run = Answer::by(&run);
            assert!(of_run.clusters.values().any(|members| members.len() > 20));
            // A run may also have compared pairs for what goes and what stays, which an index does not ask.
            let folder = tempfile::tempdir().unwrap();
            let index = filled(&folder.path().join("index"), first, &recipe, &[&records]);
            let expected = Answer::by(&index.clusters(Context::default()).unwrap());
            assert_eq!(expected.clusters, of_run.clusters);
            assert!(expected.pairs.is_subset(&of_run.pairs));
            for turn in 0..3 {
                let what = format!("{} {seed} {turn}", recipe.profile().name());
                let records = shuffled(&records, turn);
                let (first, _) = batch(&recipe, &records);
                let folder = tempfile::tempdir().unwrap();
                let folder = folder.path().join("index");
                let index = filled(&folder, first, &recipe, &parts(&records, turn));
                let all = index.clusters(Context::default()).unwrap();
                Answer::by(&all).is(&expected, &what);
                let index = Index::compact(&folder, Context::default()).unwrap();
                let all = index.clusters(Context::default()).unwrap();
                Answer::by(&all).is(&expected, &format!("{what} compacted"));
            }
        }
    }
}

#[test]
fn no_row_of_a_run_depends_on_the_order_of_its_corpus() {
    for recipe in both() {
        for seed in 0..6 {
            let records = corpus(70 + seed);
            let of = |records: &[OwnedRecord]| {
                let job = Job::new(recipe.clone()).records(records.to_vec());
                Answer::by(&job.run().unwrap())
            };
            let expected = of(&records);
            for turn in 0..3 {
                let what = format!("{} {seed} {turn}", recipe.profile().name());
                of(&shuffled(&records, turn)).is(&expected, &what);
            }
        }
    }
}

#[test]
fn a_query_finds_what_adding_compares_in_an_index_filled_in_any_order() {
    for recipe in both() {
        let records = corpus(90);
        let (asked, filed) = records.split_at(12);
        let mut answers = Vec::new();
        for turn in 0..2 {
            let filed = shuffled(filed, turn);
            let (first, _) = batch(&recipe, &records);
            let folder = tempfile::tempdir().unwrap();
            let folder = folder.path().join("index");
            let index = filled(&folder, first, &recipe, &parts(&filed, turn));
            let mut found = Vec::new();
            for record in asked {
                let open = || {
                    let job = Job::new(recipe.clone()).records(vec![record.clone()]);
                    job.open().unwrap()
                };
                let all = index.query_all(open(), Context::default()).unwrap();
                let own = &all.answers[0];
                let copies: Vec<(String, String)> = (own.copies.iter())
                    .map(|copy| {
                        (
                            copy.id.clone(),
                            format!("{:?} {:?}", copy.relation, copy.likeness),
                        )
                    })
                    .collect();
                let added = index.clusters_with(open(), Context::default()).unwrap();
                let pairs = added.pairs().into_iter().filter(|pair| pair.accepted);
                let mut compared = BTreeSet::new();
                for pair in pairs {
                    let (a, b) = (added.id(pair.a).into_owned(), added.id(pair.b).into_owned());
                    compared.extend((a == own.id).then(|| b.clone()));
                    compared.extend((b == own.id).then_some(a));
                }
                let copied: BTreeSet<String> = copies.iter().map(|copy| copy.0.clone()).collect();
                assert!(compared.iter().all(|id| copied.contains(id)), "{}", own.id);
                found.push((own.id.clone(), copies));
            }
            assert!(found.iter().any(|(_, copies)| copies.len() > 8));
            answers.push(found);
        }
        assert_eq!(answers[0], answers[1]);
    }
}

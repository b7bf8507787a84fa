//! A run against brute force: every accepted pair is one, and nearly all of them are found.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::atomic::AtomicBool;

use wirecopy::clusters::Verdict;
use wirecopy::doc_id::DocId;
use wirecopy::lsh::CandidateCaps;
use wirecopy::similarity::Threshold;
use wirecopy::sketch::Banding;
use wirecopy::{Context, Run};
use wirecopy::{Job, OwnedRecord, Recipe};

use crate::corpus::{Story, stories};

/// The shingle set of a text by a definition of its own: runs of five lower-case words.
pub(crate) fn shingles(text: &str) -> HashSet<Vec<String>> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.len() < 5 {
        return HashSet::from([words]);
    }
    words.windows(5).map(<[String]>::to_vec).collect()
}

pub(crate) fn jaccard(a: &HashSet<Vec<String>>, b: &HashSet<Vec<String>>) -> f64 {
    let shared = a.intersection(b).count();
    shared as f64 / (a.len() + b.len() - shared) as f64
}

pub(crate) fn run(recipe: Recipe, records: Vec<OwnedRecord>) -> Run {
    Job::new(recipe)
        .records(records)
        .run()
        .expect("in-memory records can be read")
}

/// Accepted pairs, equal texts spelled out as all their pairs.
fn accepted(run: &Run) -> BTreeSet<(DocId, DocId)> {
    let mut equal: BTreeMap<DocId, Vec<DocId>> = BTreeMap::new();
    let pairs = run.pairs();
    for pair in pairs.iter().filter(|pair| pair.likeness.is_none()) {
        equal
            .entry(pair.a)
            .or_insert_with(|| vec![pair.a])
            .push(pair.b);
    }
    let same = |doc: DocId| equal.get(&doc).cloned().unwrap_or_else(|| vec![doc]);
    let mut all = BTreeSet::new();
    for group in equal.values() {
        for (at, &a) in group.iter().enumerate() {
            all.extend(group[at + 1..].iter().map(|&b| (a, b)));
        }
    }
    for pair in pairs
        .iter()
        .filter(|pair| pair.accepted && pair.likeness.is_some())
    {
        for a in same(pair.a) {
            all.extend(same(pair.b).into_iter().map(|b| (a.min(b), a.max(b))));
        }
    }
    all
}

#[test]
fn accepted_pairs_are_those_of_brute_force_but_for_the_stated_recall() {
    let records = stories(Story {
        seed: 7,
        stories: 220,
        copies: 6,
        edits: 0.035,
    });
    let sets: Vec<_> = records
        .iter()
        .map(|record| shingles(&record.text))
        .collect();
    let mut true_pairs = BTreeSet::new();
    for a in 0..sets.len() {
        for b in a + 1..sets.len() {
            if jaccard(&sets[a], &sets[b]) >= 0.8 {
                true_pairs.insert((DocId::from_index(a), DocId::from_index(b)));
            }
        }
    }
    assert!(
        true_pairs.len() > 500,
        "the corpus holds copies: {}",
        true_pairs.len()
    );
    let found = accepted(&run(Recipe::default_near(), records));
    let wrong: Vec<_> = found.difference(&true_pairs).collect();
    assert!(wrong.is_empty(), "precision is 1: {wrong:?}");
    let recall = found.len() as f64 / true_pairs.len() as f64;
    assert!(
        recall >= 0.95,
        "{} of {} pairs: {recall}",
        found.len(),
        true_pairs.len()
    );
}

/// 400 pairs of which each shares exactly 8 of 10 shingles. The number that becomes candidates is
/// binomial; four standard errors below the stated recall is a chance of 3 in 100,000.
#[test]
fn pairs_exactly_at_the_threshold_are_found_as_often_as_stated() {
    let pairs = 400u32;
    let word = |pair: u32, n: u32| format!("w{pair}x{n}");
    let mut records = Vec::new();
    for pair in 0..pairs {
        // Runs of five over 84 + 4 words share 80 shingles; ten more words of its own each: 10.
        let shared: Vec<String> = (0..84).map(|n| word(pair, n)).collect();
        for own in 0..2 {
            let rest: Vec<String> = (0..10).map(|n| word(pair, 1000 + 100 * own + n)).collect();
            let text = [shared.join(" "), rest.join(" ")].join(" ");
            records.push(OwnedRecord {
                text,
                ..OwnedRecord::default()
            });
        }
    }
    for recall in [0.5, 0.95] {
        let recipe = Recipe::near(Threshold::new(0.8).unwrap(), recall).unwrap();
        let stated = recipe.recall().unwrap();
        let run = run(recipe, records.clone());
        let found = run.pairs().iter().filter(|pair| pair.accepted).count() as f64;
        assert!(
            run.pairs()
                .iter()
                .all(|pair| pair.likeness.unwrap().overlap.jaccard() == 0.8)
        );
        let error = (stated * (1.0 - stated) * f64::from(pairs)).sqrt();
        let expected = stated * f64::from(pairs);
        assert!(
            (found - expected).abs() <= 4.0 * error,
            "{found} found, {expected} ± {error}"
        );
    }
}

#[test]
fn the_partition_does_not_depend_on_the_order_of_the_corpus() {
    let records = stories(Story {
        seed: 3,
        stories: 120,
        copies: 8,
        edits: 0.04,
    });
    let partition = |records: Vec<OwnedRecord>| {
        let run = run(Recipe::default_near(), records);
        let mut clusters: Vec<Vec<String>> = Vec::new();
        for cluster in run.clusters() {
            let mut ids: Vec<String> = cluster
                .members
                .iter()
                .map(|member| run.id(member.doc).into_owned())
                .collect();
            ids.sort();
            clusters.push(ids);
        }
        clusters.sort();
        clusters
    };
    let expected = partition(records.clone());
    assert!(expected.len() > 50);
    let mut reversed = records.clone();
    reversed.reverse();
    assert_eq!(partition(reversed), expected);
    let (even, odd): (Vec<_>, Vec<_>) = records
        .into_iter()
        .enumerate()
        .partition(|(n, _)| n % 2 == 0);
    let woven = odd
        .into_iter()
        .chain(even)
        .map(|(_, record)| record)
        .collect();
    assert_eq!(partition(woven), expected);
}

/// With caps that bind: same pairs of texts, same clusters, same documents removed in any order.
#[test]
fn nothing_depends_on_the_order_of_the_corpus_also_where_caps_bind() {
    let found = |records: Vec<OwnedRecord>, largest_component: usize| {
        let caps = CandidateCaps {
            group: 6,
            leaders: 2,
        };
        let recipe = Recipe::default_near().with_caps(caps).unwrap();
        let recipe = recipe.with_largest_component(largest_component).unwrap();
        let run = run(recipe, records);
        let id = |doc| run.id(doc).into_owned();
        let mut clusters: Vec<(String, Vec<String>)> = Vec::new();
        for cluster in run.clusters() {
            let mut ids: Vec<String> = cluster.members.iter().map(|m| id(m.doc)).collect();
            ids.sort();
            clusters.push((id(cluster.representative()), ids));
        }
        clusters.sort();
        let mut removed: Vec<(String, String, &str)> = Vec::new();
        for doc in run.documents() {
            if let Verdict::Removed { witness, relation } = run.verdict(doc) {
                removed.push((id(doc), id(witness), relation.name()));
            }
        }
        removed.sort();
        (clusters, removed, run.work(), run.counts())
    };
    for seed in 0..6 {
        let mut records = stories(Story {
            seed: 20 + seed,
            stories: 6,
            copies: 40,
            edits: 0.02,
        });
        // Equal texts of other bytes, the same bytes again, and texts without words.
        for at in (0..records.len()).step_by(7) {
            let text = records[at].text.to_uppercase();
            let copies = [records[at].text.clone(), text, "!".into()];
            records.extend(copies.map(|text| OwnedRecord {
                text,
                ..OwnedRecord::default()
            }));
        }
        for (at, record) in records.iter_mut().enumerate() {
            record.id = Some(format!("d{at:04}"));
        }
        for largest in [5, 20_000] {
            let expected = found(records.clone(), largest);
            assert!(expected.2.capped_keys > 0);
            for turn in 1..4u64 {
                let mut shuffled = records.clone();
                shuffled.sort_by_key(|record| {
                    let id = record.id.clone().unwrap_or_default();
                    let mix = id.bytes().fold(turn * 77, |h, b| {
                        (h ^ u64::from(b)).wrapping_mul(1_099_511_628_211)
                    });
                    (mix % 1009, id)
                });
                assert_eq!(found(shuffled, largest), expected, "seed {seed}, {largest}");
            }
        }
    }
}

#[test]
fn every_removed_document_has_a_kept_witness_that_carries_it() {
    let records = stories(Story {
        seed: 11,
        stories: 60,
        copies: 25,
        edits: 0.05,
    });
    let sets: Vec<_> = records
        .iter()
        .map(|record| shingles(&record.text))
        .collect();
    let run = run(Recipe::default_near(), records);
    let mut removed = 0;
    for doc in run.documents() {
        if let Verdict::Removed { witness, .. } = run.verdict(doc) {
            removed += 1;
            assert_eq!(run.verdict(witness), Verdict::Kept);
            let similarity = jaccard(&sets[doc.index()], &sets[witness.index()]);
            assert!(similarity >= 0.8, "{doc:?} and its witness: {similarity}");
        }
    }
    assert!(removed > 300, "{removed}");
    let counts = run.counts();
    assert_eq!(counts.kept + counts.removed + counts.rejected, counts.read);
}

/// Pairs compared only for a verdict are pairs like all others, also those below the threshold.
#[test]
fn every_compared_pair_at_the_border_is_listed() {
    let mut looked_at = 0;
    for seed in 17..77 {
        let records = stories(Story {
            seed,
            stories: 1,
            copies: 60,
            edits: 0.010,
        });
        let caps = CandidateCaps {
            group: 8,
            leaders: 1,
        };
        let texts = records.iter().map(|record| shingles(&record.text));
        let sets: Vec<_> = texts.collect();
        let recipe = Recipe::near(Threshold::new(0.9).unwrap(), 0.95).unwrap();
        let run = run(recipe.with_caps(caps).unwrap(), records);
        let all = |at: usize| sets[at + 1..].iter().map(move |other| (at, other));
        let all = (0..sets.len()).flat_map(all);
        let least = all.map(|(at, other)| jaccard(&sets[at], other));
        if least.fold(1.0, f64::min) < 0.72 {
            continue; // not all pairs are worth a row
        }
        looked_at += 1;
        let pairs = run.pairs();
        let counted = pairs.iter().filter(|pair| pair.likeness.is_some());
        assert_eq!(counted.count() as u64, run.work().compared, "seed {seed}");
    }
    assert!(looked_at > 3, "{looked_at}");
}

#[test]
fn a_million_equal_pages_would_cost_no_comparisons() {
    let page = OwnedRecord {
        text: "one page as good as another is".into(),
        ..Default::default()
    };
    let run = run(Recipe::default_near(), vec![page; 5_000]);
    assert_eq!((run.work().compared, run.work().collided), (0, 0));
    assert_eq!(run.counts().removed, 4_999);
    assert_eq!(run.clusters()[0].members.len(), 5_000);
}

#[test]
fn documents_without_words_are_copies_of_the_same_bytes_only() {
    let page = |text: &str| OwnedRecord {
        text: text.into(),
        ..Default::default()
    };
    let run = run(
        Recipe::default_near(),
        ["…", "!", "…", ""].map(page).to_vec(),
    );
    assert_eq!(run.counts().without_words, 4);
    assert_eq!(run.clusters().len(), 1);
    assert_eq!(run.clusters()[0].members.len(), 2);
}

#[test]
fn a_banding_given_by_hand_is_used() {
    let banding = Banding::new(1, 1).unwrap();
    let recipe = Recipe::default_near().with_banding(banding).unwrap();
    let records = stories(Story {
        seed: 2,
        stories: 30,
        copies: 4,
        edits: 0.3,
    });
    assert!(run(recipe, records).work().collided > 0);
}

#[test]
fn a_cancelled_run_ends_with_that_word() {
    let records = stories(Story {
        seed: 2,
        stories: 30,
        copies: 4,
        edits: 0.3,
    });
    let job = Job::new(Recipe::default_near())
        .records(records)
        .open()
        .unwrap();
    let error = job
        .run(Context::silent(&AtomicBool::new(true)))
        .unwrap_err();
    assert!(matches!(error, wirecopy::Error::Cancelled));
}

//! Runs in which a bound binds: the results stay true, and the bound is counted.

use wirecopy::clusters::Verdict;
use wirecopy::lsh::CandidateCaps;
use wirecopy::{OwnedRecord, Recipe};

use crate::corpus::{Dice, Story, edited, stories};
use crate::oracle::{jaccard, run, shingles};

/// One story with more edited carriers than a key pairs with each other: every cap binds.
#[test]
fn a_story_with_a_crowd_of_carriers_is_one_cluster_and_the_caps_are_counted() {
    let records = stories(Story {
        seed: 5,
        stories: 1,
        copies: 600,
        edits: 0.006,
    });
    let documents = records.len();
    let caps = CandidateCaps {
        group: 50,
        leaders: 4,
    };
    let run = run(Recipe::default_near().with_caps(caps).unwrap(), records);
    assert_eq!(run.clusters().len(), 1);
    assert_eq!(run.clusters()[0].members.len(), documents);
    assert!(run.work().capped_keys > 0);
    assert!(
        run.counts().kept < documents as u64 / 10,
        "{:?}",
        run.counts()
    );
}

/// 60 books of one story: 4.8 million words, more than a batch takes (4.1 million), so that the
/// component is compared in parts and its texts are read again for their clusters.
#[test]
fn a_story_larger_than_a_batch_is_one_cluster_with_true_witnesses() {
    let mut dice = Dice(13);
    let text: Vec<String> = (0..80_000)
        .map(|_| format!("word{}", dice.roll() % 5_000))
        .collect();
    let page = |_| OwnedRecord {
        text: edited(&text, 0.002, &mut dice).join(" "),
        ..OwnedRecord::default()
    };
    let records: Vec<OwnedRecord> = (0..60).map(page).collect();
    let texts: Vec<String> = records.iter().map(|record| record.text.clone()).collect();
    let run = run(Recipe::default_near(), records);
    assert_eq!(run.clusters().len(), 1);
    assert_eq!(
        (run.clusters()[0].members.len(), run.counts().kept),
        (60, 1)
    );
    let representative = run.clusters()[0].representative();
    let representative = shingles(&texts[representative.index()]);
    // Behind the representative itself, of which nothing is counted.
    for member in run.clusters()[0].members.iter().skip(1).step_by(13) {
        let own = shingles(&texts[member.doc.index()]);
        assert_eq!(
            member.likeness.overlap.jaccard(),
            jaccard(&own, &representative)
        );
        if let Verdict::Removed { witness, .. } = run.verdict(member.doc) {
            assert!(jaccard(&own, &shingles(&texts[witness.index()])) >= 0.8);
        }
    }
}

/// Pages each of which repeats most of the one before, and nothing of those further on.
fn chain(pages: usize) -> Vec<OwnedRecord> {
    let page = |at: usize| OwnedRecord {
        text: (3 * at..3 * at + 80).map(|n| format!("w{n} ")).collect(),
        ..OwnedRecord::default()
    };
    (0..pages).map(page).collect()
}

#[test]
fn a_chain_over_the_cap_is_split_and_counted() {
    let recipe = Recipe::default_near().with_largest_component(20).unwrap();
    let run = run(recipe, chain(120));
    assert_eq!(run.work().split_components, 1);
    let sizes = run.clusters().iter().map(|cluster| cluster.members.len());
    assert!(sizes.max().is_none_or(|largest| largest <= 20));
}

/// The same with letters for digits, and on no day: `wire` asks what figures and days say.
fn without_figures(record: OwnedRecord) -> OwnedRecord {
    let letter = |c: char| match c.to_digit(10) {
        Some(digit) => char::from_u32(u32::from('a') + digit).unwrap_or(c),
        None => c,
    };
    OwnedRecord {
        text: record.text.chars().map(letter).collect(),
        date: None,
        ..record
    }
}

/// However many carriers a story has: no cliff where it has more texts than a component may have.
#[test]
fn a_crowd_over_the_cap_is_one_cluster_in_both_profiles() {
    for recipe in [Recipe::default_near(), Recipe::default_wire()] {
        for largest_component in [20, 200, 20_000] {
            let records = stories(Story {
                seed: 9,
                stories: 1,
                copies: 600,
                edits: 0.006,
            });
            let records = records.into_iter().map(without_figures).collect();
            let recipe = recipe.clone().with_largest_component(largest_component);
            let run = run(recipe.unwrap(), records);
            assert_eq!(run.work().split_components, 0);
            let sizes: Vec<usize> = run.clusters().iter().map(|one| one.members.len()).collect();
            // A few were edited beyond the threshold.
            assert!(sizes.iter().any(|&size| size > 550), "{sizes:?}");
        }
    }
}

/// Two pages of the same sentences in another order: more passages than are aligned.
#[test]
fn alignments_that_are_cut_short_are_counted() {
    let sentences: Vec<String> = (0..6_000)
        .map(|at| format!("a{at} b{at} c{at} d{at} e{at}."))
        .collect();
    let page = |sentences: Vec<&String>| OwnedRecord {
        text: sentences.iter().map(|words| format!("{words} ")).collect(),
        ..OwnedRecord::default()
    };
    let turned = (0..6_000).map(|at| &sentences[at * 7 % 6_000]).collect();
    let records = vec![page(sentences.iter().collect()), page(turned)];
    let run = run(Recipe::default_wire(), records);
    assert_eq!((run.work().compared, run.work().capped_alignments), (1, 1));
}

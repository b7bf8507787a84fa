//! Recipes that a consumer of the library can make: refused with a reason, or a run that finds its copies.

use std::collections::BTreeMap;

use proptest::prelude::*;

use wirecopy::lsh::CandidateCaps;
use wirecopy::shingle::Shingling;
use wirecopy::similarity::Threshold;
use wirecopy::sketch::Banding;
use wirecopy::{Context, Index, Query};
use wirecopy::{Job, OwnedRecord, Recipe, RecipeError};

use crate::cmd::Dir;
use crate::corpus::{Story, stories};

/// What a consumer asks for, by any of the methods.
#[derive(Clone, Debug)]
struct Asked {
    near: Option<(f64, (u32, u32))>,
    threshold: f64,
    shingling: Option<(bool, u32)>,
    banding: Option<(u32, u32)>,
    seed: u64,
    caps: Option<(usize, usize)>,
    largest_component: Option<usize>,
}

/// The recipe, or the first reason why it cannot be.
fn made(asked: &Asked) -> Result<Recipe, Box<dyn std::error::Error>> {
    let threshold = Threshold::new(asked.threshold)?;
    let mut recipe = match asked.near {
        None => Recipe::wire(threshold),
        Some((recall, _)) if asked.seed.is_multiple_of(2) => Recipe::near(threshold, recall)?,
        Some((_, (bands, rows))) => {
            Recipe::near_with_banding(threshold, Banding::new(bands, rows)?)?
        }
    };
    if let Some((is_words, length)) = asked.shingling {
        let shingling = match is_words {
            true => Shingling::words(length)?,
            false => Shingling::characters(length)?,
        };
        recipe = recipe.with_shingling(shingling)?;
    }
    if let Some((bands, rows)) = asked.banding {
        recipe = recipe.with_banding(Banding::new(bands, rows)?)?;
    }
    if let Some((group, leaders)) = asked.caps {
        recipe = recipe.with_caps(CandidateCaps { group, leaders })?;
    }
    if let Some(texts) = asked.largest_component {
        recipe = recipe.with_largest_component(texts)?;
    }
    Ok(recipe.with_seed(asked.seed))
}

fn asked() -> impl Strategy<Value = Asked> {
    let cut = || (prop_oneof![0u32..40, 0u32..1_100], 0u32..9);
    let cap =
        || prop_oneof![3 => 1usize..4, 3 => 4usize..300, 1 => 0usize..2_000, 1 => Just(usize::MAX)];
    let near = prop::option::weighted(0.7, (0.01f64..1.0, cut()));
    let shingling = prop::option::weighted(0.4, (any::<bool>(), prop_oneof![1u32..12, 0u32..70]));
    let banding = prop::option::weighted(0.3, cut());
    let caps = prop::option::weighted(0.6, (cap(), cap()));
    let largest = prop::option::weighted(0.5, prop_oneof![0usize..30, Just(usize::MAX)]);
    let threshold = prop_oneof![3 => 0.05f64..1.0, 1 => 0.0..2.1];
    (
        near,
        threshold,
        shingling,
        banding,
        any::<u64>(),
        caps,
        largest,
    )
        .prop_map(
            |(near, threshold, shingling, banding, seed, caps, largest_component)| Asked {
                near,
                threshold,
                shingling,
                banding,
                seed,
                caps,
                largest_component,
            },
        )
}

/// Stories and lightly edited copies, and of every document its exact copy.
fn newsroom() -> Vec<OwnedRecord> {
    let mut records = stories(Story {
        seed: 31,
        stories: 5,
        copies: 6,
        edits: 0.03,
    });
    let copy = |record: &OwnedRecord| OwnedRecord {
        id: record.id.as_ref().map(|id| format!("{id}-copy")),
        ..record.clone()
    };
    records.extend(records.iter().map(copy).collect::<Vec<_>>());
    records
}

/// Whether every document is in the cluster of its exact copy, by the copy's id.
fn finds_copies(run: &wirecopy::Run) -> Result<(), TestCaseError> {
    let mut cluster_of = BTreeMap::new();
    for (at, cluster) in run.clusters().iter().enumerate() {
        for member in &cluster.members {
            cluster_of.insert(run.id(member.doc).into_owned(), at);
        }
    }
    for doc in run.documents() {
        let id = run.id(doc);
        let own = id.trim_end_matches("-copy");
        let found = (cluster_of.get(own), cluster_of.get(&format!("{own}-copy")));
        prop_assert!(found.0.is_some() && found.0 == found.1, "{id}: {found:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_recipe_is_refused_or_finds_exact_copies(asked in asked()) {
        let recipe = match made(&asked) {
            Ok(recipe) => recipe,
            Err(refused) => {
                prop_assert!(refused.to_string().len() > 30, "{refused}");
                return Ok(());
            }
        };
        let run = Job::new(recipe).records(newsroom()).run().unwrap();
        finds_copies(&run)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_recipe_comes_back_from_its_index_and_finds_exact_copies(asked in asked()) {
        let Ok(recipe) = made(&asked) else { return Ok(()) };
        let dir = Dir::new();
        let folder = dir.path("index");
        let records = newsroom();
        let job = |records| Job::new(recipe.clone()).records(records).open();
        Index::build(&folder, job(records[..20].to_vec()).unwrap(), Context::default()).unwrap();
        Index::add(&folder, job(records[20..].to_vec()).unwrap(), Context::default()).unwrap();
        let index = Index::open(&folder).unwrap();
        prop_assert_eq!(index.recipe(), &recipe);
        for record in &records {
            let query = Query { text: &record.text, ..Query::default() };
            let found = index.query(&query).unwrap();
            let own = record.id.as_deref().unwrap();
            // A story may have more carriers than a query lists; one that is equal is always among them.
            prop_assert!(found.iter().any(|one| one.likeness.is_none()), "{}: {:?}", own, found);
        }
    }
}

#[test]
fn what_a_consumer_gets_wrong_is_an_error_before_a_run() {
    let five = Shingling::words(5).unwrap();
    let refused = Recipe::default_wire().with_shingling(five).unwrap_err();
    assert_eq!(refused, RecipeError::WireShingling { found: five });
    let short = Banding::new(16, 2).unwrap();
    let refused = Recipe::default_wire().with_banding(short).unwrap_err();
    assert_eq!(refused, RecipeError::WireBanding { found: short });
    // The third, the profile of one recipe with what the other has, cannot be said.
    let error = wirecopy::Error::from(refused);
    assert_eq!(error.kind(), "usage");
    assert_eq!(
        error.to_string(),
        "the banding of `wire` is fixed: expected 128x2, found 16x2; leave it as it is, or take the \
         `near` profile, which cuts signatures in any way"
    );
}

//! The pairs of a run that are worth a look: next to the threshold on either side, the weakest
//! links that hold clusters together, and documents that hold several stories.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::pairing::Wanted;
use crate::cluster::UnionFind;
use crate::clusters::Cluster;
use crate::doc_id::DocId;
use crate::relation::Relation;
use crate::run::finished::Run;
use crate::run::pairs::Pair;

/// Pairs of each kind; those near the threshold on each side of it.
const EACH: usize = 10;

/// The pairs, the nearest to the threshold first, with the reason for each.
pub(super) fn doubts(
    run: &Run,
    pairs: &[Pair],
    clusters: &[&Cluster],
) -> Vec<(Wanted, &'static str)> {
    let mut doubts: Vec<(Wanted, &'static str)> = Vec::new();
    for accepted in [true, false] {
        let near = nearest(run, pairs, accepted).into_iter();
        doubts.extend(near.map(|pair| (pair, "near the threshold")));
    }
    let weakest = weakest_links(run, pairs).into_iter();
    doubts.extend(weakest.map(|pair| (pair, "weakest link of its cluster")));
    doubts.extend(
        composites(run, clusters)
            .into_iter()
            .map(|pair| (pair, "composite")),
    );
    let mut seen = HashSet::new();
    for (wanted, _) in &mut doubts {
        *wanted = wanted.turned(run);
    }
    doubts.retain(|(wanted, _)| seen.insert((wanted.a, wanted.b)));
    doubts.sort_by_key(|(wanted, _)| distance(run, *wanted));
    doubts
}

fn wanted(pair: &Pair) -> Wanted {
    Wanted {
        a: pair.a,
        b: pair.b,
        likeness: pair.likeness,
    }
}

/// How far the score is from the threshold, in millionths.
fn distance(run: &Run, wanted: Wanted) -> u64 {
    let score = wanted
        .likeness
        .map_or(f64::INFINITY, |likeness| likeness.score());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // not negative; saturates
    let millionths = ((score - run.recipe().threshold().get()).abs() * 1e6).round() as u64;
    millionths
}

/// The pairs nearest to the threshold, of different texts.
fn nearest(run: &Run, pairs: &[Pair], accepted: bool) -> Vec<Wanted> {
    let mut found: Vec<(u64, Wanted)> = pairs
        .iter()
        .filter(|pair| pair.likeness.is_some() && pair.accepted == accepted)
        .map(|pair| (distance(run, wanted(pair)), wanted(pair)))
        .collect();
    found.sort_by_key(|&(distance, Wanted { a, b, .. })| (distance, a, b));
    found.truncate(EACH);
    found.into_iter().map(|(_, wanted)| wanted).collect()
}

/// The pairs without which clusters would fall in two, the weakest first: of each cluster the
/// weakest edge of its maximum spanning tree.
fn weakest_links(run: &Run, pairs: &[Pair]) -> Vec<Wanted> {
    let mut inside: Vec<&Pair> = pairs
        .iter()
        .filter(|pair| pair.accepted && pair.same_cluster)
        .collect();
    let score = |pair: &Pair| {
        pair.likeness
            .map_or(f64::INFINITY, |likeness| likeness.score())
    };
    inside.sort_by(|x, y| {
        let order = score(y).total_cmp(&score(x));
        order.then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    let mut sets = UnionFind::new(run.documents.rows.len());
    let mut weakest: BTreeMap<DocId, &Pair> = BTreeMap::new();
    for pair in inside {
        if sets.root(pair.a) != sets.root(pair.b) {
            sets.join(pair.a, pair.b);
            if let Some(cluster) = run
                .cluster_of(pair.a)
                .filter(|cluster| cluster.members.len() > 2)
            {
                weakest.insert(cluster.representative(), pair);
            }
        }
    }
    let mut links: Vec<Wanted> = (weakest.into_values())
        .filter(|pair| pair.likeness.is_some())
        .map(wanted)
        .collect();
    links.sort_by_key(|link| (distance(run, *link), link.a, link.b));
    links.truncate(EACH);
    links
}

/// Members that hold other stories besides, those that carry least of their cluster's first.
fn composites(run: &Run, clusters: &[&Cluster]) -> Vec<Wanted> {
    let mut found = Vec::new();
    for cluster in clusters {
        let members = cluster.members.iter();
        let composite = members.filter(|member| member.relation == Some(Relation::Composite));
        found.extend(composite.map(|member| {
            let wanted = Wanted::of_member(run, cluster.representative(), member);
            (
                member.likeness.coverage().shared,
                Reverse(member.doc),
                wanted,
            )
        }));
    }
    found.sort_by_key(|&(shared, doc, _)| (shared, doc));
    found.truncate(EACH);
    found.into_iter().map(|(.., wanted)| wanted).collect()
}

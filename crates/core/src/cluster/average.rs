//! Clusters of the `wire` profile: average linkage inside a component of edges.
//!
//! Two clusters are one story if their texts are, on average over all pairs, alike. The pair of
//! clusters with the highest average is merged as long as that is at least `stop`:
//!
//! ```text
//! average(A, B) = sum of the weights of links between A and B / asked(A, B)
//! ```
//!
//! A pair that was not compared counts 0, for candidates are found where there is anything to
//! find. But of a story with thousands of carriers each is compared with a bounded number of the
//! others, and the rest would count 0 too. So a text with [`FULL`] links or more is *full*, and of the
//! pairs of two full texts no more are asked than the smaller side's share of such a number:
//!
//! ```text
//! asked(A, B) = |A| · |B| − f_A · f_B
//!             + min(f_A · f_B, max(FULL · min(f_A, f_B), links between full texts))
//! ```
//!
//! with `f` full texts in a cluster; links count among texts that hang together by edges. Up to `FULL`
//! texts a side that is `|A| · |B|`. Beyond, a full text that has half of its links with each of two
//! clusters counts for both with a half, however large they are; and wrong links between two stories of
//! thousands stay as little as they are, if they are no stronger than the right ones. (Of one text in
//! twenty that is more like a text of the other story than like its own, both become one.)
//!
//! Everything is whole numbers, and fractions are compared by cross multiplication. Ties go to
//! the pair whose first texts come first, a cluster's first text being that of smallest content
//! hash. So the clusters depend neither on the order of the texts nor on that of the links. Only
//! texts of equal hash, which are no longer distinguished by content, are ordered by their place.
//!
//! Time: O(E/stop · log² E) for E links where hashes are as good as random, also for a hub with
//! thousands of texts: see [`Linkage`]. Space: about 150 bytes a link.
//!
//! Source: R. Sokal, C. Michener, "A statistical method for evaluating systematic relationships",
//! 1958 (UPGMA); heap with lazy deletion after W. Day, H. Edelsbrunner, "Efficient algorithms for
//! agglomerative hierarchical clustering methods", 1984. Absent pairs as 0: our own measurement.

mod alike;
mod linkage;
mod offers;

use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use self::alike::first_clusters;
use self::linkage::Linkage;
use super::link::{Link, Text};
use super::pieces::pieces;
use crate::doc_id::DocId;
use crate::similarity::Threshold;

/// The average from which two clusters are one story.
///
/// Links between a full text and an excerpt weigh about half of those between copies, and a pair
/// without a link 0. From .10 to .15 real news comes out the same; on newsrooms with heavy edits
/// .10 gives ARI .886 for .868 at .15, and .20 to .30 loses more.
pub const LEAST_AVERAGE: f64 = 0.10;

/// Links from which on a text is full: half of the candidates that a document counts in `wire`, as some of
/// those are refused.
const FULL: u64 = 32;

/// The clusters of a component.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Averaged {
    /// Two texts or more each, by their places, ascending, by first text.
    pub members: Vec<Vec<DocId>>,
    /// Components that were larger than the cap and were taken apart.
    pub split: u64,
}

/// The clusters of `texts` under the compared pairs among them; `stop` is [`LEAST_AVERAGE`] unless
/// a test asks for another.
///
/// Equal texts are one text. A link of a text with itself says nothing; a pair linked twice
/// counts once, at its lower weight. `largest` is the cap,
/// [`LARGEST_COMPONENT`](super::LARGEST_COMPONENT) unless a test asks for less: a component over
/// it is first taken apart at its weakest edges, and the links between the pieces do not count. If
/// cancelled, what is handed back means nothing.
///
/// # Panics
///
/// If a link names a place that is not in `texts`.
pub fn average(
    texts: &[Text],
    links: &[Link],
    stop: Threshold,
    largest: usize,
    cancelled: &AtomicBool,
) -> Averaged {
    average_where(texts, links, stop, (largest, FULL), cancelled)
}

/// The same where a text is full from another number of links on.
fn average_where(
    texts: &[Text],
    links: &[Link],
    stop: Threshold,
    (largest, full): (usize, u64),
    cancelled: &AtomicBool,
) -> Averaged {
    // Texts are numbered by rank, so that a smaller number comes first.
    let mut places: Vec<DocId> = (0..texts.len()).map(DocId::from_index).collect();
    places.sort_unstable_by_key(|place| (texts[place.index()].rank, *place));
    let mut number = places.clone();
    for (at, place) in places.iter().enumerate() {
        number[place.index()] = DocId::from_index(at);
    }
    let mut links = renumbered(links, &number);
    let (mut piece, split) = pieces(texts.len(), &links, largest);
    links.retain(|link| piece.root(link.a) == piece.root(link.b));

    let each = (0..texts.len()).map(DocId::from_index);
    let roots: Vec<DocId> = each.map(|text| piece.root(text)).collect();
    let mut sizes = vec![0usize; texts.len()];
    roots.iter().for_each(|root| sizes[root.index()] += 1);
    let first = first_clusters(texts.len(), &links, |text| {
        sizes[roots[text.index()].index()] > largest
    });
    let mut sets = Linkage::new(&first, &links, stop, full).merged(cancelled);

    let mut by_root: Vec<(DocId, DocId)> = places
        .iter()
        .enumerate()
        .map(|(at, &place)| (sets.root(DocId::from_index(at)), place))
        .collect();
    by_root.sort_unstable();
    let clusters = by_root.chunk_by(|x, y| x.0 == y.0);
    let mut members: Vec<Vec<DocId>> = clusters
        .filter(|set| set.len() > 1)
        .map(|set| set.iter().map(|&(_, place)| place).collect())
        .collect();
    members.sort_unstable();
    Averaged { members, split }
}

/// The links by the numbers of their texts, the smaller one first, every pair once.
fn renumbered(links: &[Link], number: &[DocId]) -> Vec<Link> {
    let mut links: Vec<Link> = links
        .iter()
        .filter(|link| link.a != link.b)
        .map(|link| {
            let (a, b) = (number[link.a.index()], number[link.b.index()]);
            Link {
                a: a.min(b),
                b: a.max(b),
                weight: link.weight,
            }
        })
        .collect();
    links.par_sort_unstable_by_key(|link| (link.a, link.b, link.weight));
    links.dedup_by_key(|link| (link.a, link.b));
    links
}

#[cfg(test)]
mod tests;

//! Crowds of texts that are nearly equal, which average linkage would merge first anyhow.
//!
//! Linkage takes some 150 bytes a link, and a story with a hundred thousand carriers has five million of
//! them. In a component over the cap, texts that are nearly equal to one centre begin as one cluster, if
//! every pair among them that was compared is accepted; linkage sees what is left. Two texts that each
//! have nine tenths of a third one have at least eight tenths of it in common, so such pairs have the
//! highest averages, and no digest is nearly equal to what it holds.

use super::super::crowds::centres;
use super::super::link::{Link, Weight};
use crate::doc_id::DocId;

/// A link of this weight is one of texts that are nearly equal: an edge weighs its score times
/// (1 + coverage) / 2, and the score is 1 at most.
const NEARLY_EQUAL: f64 = 0.95;

/// Of every text the one whose cluster it begins in: its own, or that of a centre. `is_large` says of
/// which texts the components are over the cap. Texts are numbered by rank.
pub(super) fn first_clusters(
    texts: usize,
    links: &[Link],
    is_large: impl Fn(DocId) -> bool,
) -> Vec<DocId> {
    let alone: Vec<DocId> = (0..texts).map(DocId::from_index).collect();
    let nearly = Weight::accepted(NEARLY_EQUAL);
    let are_alike = |link: &&Link| link.weight >= nearly && is_large(link.a);
    let edges: Vec<(DocId, DocId)> = links
        .iter()
        .filter(are_alike)
        .map(|link| (link.a, link.b))
        .collect();
    if edges.is_empty() {
        return alone;
    }
    let centre_of = centres(texts, &edges, |text| text);
    let mut clusters: Vec<DocId> = alone
        .iter()
        .zip(&centre_of)
        .map(|(own, centre)| centre.unwrap_or(*own))
        .collect();
    for link in links.iter().filter(|link| !link.weight.is_accepted()) {
        let [a, b] = [link.a, link.b].map(|end| centre_of[end.index()]);
        if a.is_some() && a == b {
            clusters[link.a.index()] = link.a;
            clusters[link.b.index()] = link.b;
        }
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(a: u32, b: u32, weight: Weight) -> Link {
        Link {
            a: DocId::new(a),
            b: DocId::new(b),
            weight,
        }
    }

    /// In how many clusters so many texts begin.
    fn begin(texts: usize, links: &[Link], is_large: bool) -> usize {
        let clusters = first_clusters(texts, links, |_| is_large);
        let own = clusters.iter().enumerate();
        own.filter(|(at, cluster)| cluster.index() == *at).count()
    }

    #[test]
    fn nearly_equal_texts_of_a_large_component_begin_together() {
        let near = Weight::accepted(0.96);
        let mut links: Vec<Link> = (1..100).map(|other| link(0, other, near)).collect();
        assert_eq!(begin(100, &links, true), 1);
        assert_eq!(begin(100, &links, false), 100);
        // Two that were compared and refused begin on their own, as do all that are less alike.
        links.push(link(7, 8, Weight::REFUSED));
        links.push(link(8, 9, Weight::CONTRADICTED));
        assert_eq!(begin(100, &links, true), 1 + 3);
        let less: Vec<Link> = (1..100)
            .map(|other| link(0, other, Weight::accepted(0.94)))
            .collect();
        assert_eq!(begin(100, &less, true), 100);
    }
}

//! The heap of average linkage: which two clusters are merged next?
//!
//! The heap is lazy. Of every pair of clusters that may be merged it holds an offer that is *at
//! least as good* as the pair is by now; an offer that turns out too good is put back at its
//! true value. That is enough, because nearly everything makes a pair worse:
//!
//! - A merge of `from` into `into` leaves the sum of a pair `(into, other)` as it was unless
//!   `from` and `other` are linked, and the pairs asked for only become more. So new offers are needed
//!   for the neighbours of `from` alone; the smaller neighbourhood is the one that moves.
//! - One case makes a pair better: `from` has the earlier first text, which wins ties, and
//!   no more pairs are asked for with it, so that the average stays. Those are offered anew.
//!   With random hashes a cluster's first text changes O(log n) times.
//!
//! An offer with another sum than its pair has by now was followed by a newer one and is dropped.
//! How often an offer is put back is bounded by `stop`: each time, more pairs are asked for,
//! and of these it can have `sum / stop` before it is out.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};
use std::mem;

use foldhash::fast::FixedState;

use super::super::link::{Link, Weight};
use super::super::union_find::UnionFind;
use crate::doc_id::DocId;
use crate::similarity::Threshold;

/// The clusters so far. A cluster is named by one of its texts, which need not be its first.
pub(super) struct Linkage {
    clusters: Vec<Cluster>,
    offers: BinaryHeap<Offer>,
    /// In millionths.
    stop: i64,
    /// Links from which on a text is full.
    full: u64,
}

struct Cluster {
    size: u64,
    first: DocId,
    /// How many of its texts are full.
    full: u64,
    /// The clusters it has links with, both ways; empty once it is merged into another.
    ties: HashMap<DocId, Tie, FixedState>,
}

/// The links between two clusters.
#[derive(Clone, Copy, Default)]
struct Tie {
    /// Sum of the weights, in millionths.
    sum: i64,
    /// Links between full texts.
    of_full: u64,
}

/// Two clusters that may be merged, as they were when they were offered.
#[derive(Clone, Copy)]
struct Offer {
    /// The average is `sum / asked`, in millionths.
    sum: i64,
    asked: u64,
    /// The first texts of the two, the earlier one first.
    firsts: (DocId, DocId),
    names: (DocId, DocId),
}

impl Linkage {
    /// Every text alone. Texts are numbered by rank; every pair is linked once at most.
    pub(super) fn new(texts: usize, links: &[Link], stop: Threshold, full: u64) -> Linkage {
        let mut degrees = vec![0; texts];
        for link in links {
            degrees[link.a.index()] += 1;
            degrees[link.b.index()] += 1;
        }
        let alone = |(at, &degree)| Cluster::alone(DocId::from_index(at), degree >= full);
        let mut linkage = Linkage {
            clusters: degrees.iter().enumerate().map(alone).collect(),
            offers: BinaryHeap::new(),
            stop: Weight::accepted(stop.get()).millionths(), // exact: thresholds are millionths
            full,
        };
        for link in links {
            let (a, b) = (link.a.index(), link.b.index());
            let of_full = linkage.clusters[a].full * linkage.clusters[b].full;
            if of_full == 0 && link.weight == Weight::REFUSED {
                continue; // the same as no link
            }
            let tie = Tie {
                sum: link.weight.millionths(),
                of_full,
            };
            linkage.clusters[a].ties.insert(link.b, tie);
            linkage.clusters[b].ties.insert(link.a, tie);
            linkage.offer(link.a, link.b);
        }
        linkage
    }

    /// Merges what belongs together.
    pub(super) fn merged(mut self) -> UnionFind {
        let mut sets = UnionFind::new(self.clusters.len());
        while let Some(&offer) = self.offers.peek() {
            let (a, b) = offer.names;
            match self.value(a, b).filter(|now| now.sum == offer.sum) {
                // Put back where it is: a little worse, it is soon in its place.
                Some(now) if now < offer => {
                    if let Some(mut top) = self.offers.peek_mut() {
                        *top = now;
                    }
                }
                Some(_) => {
                    self.offers.pop();
                    sets.join(a, b);
                    self.merge(a, b);
                }
                // Merged, too weak by now, or offered anew.
                None => _ = self.offers.pop(),
            }
        }
        sets
    }

    fn offer(&mut self, a: DocId, b: DocId) {
        let offer = self.value(a, b);
        self.offers.extend(offer);
    }

    /// What a merge of the two would be worth now, if it may be made.
    fn value(&self, a: DocId, b: DocId) -> Option<Offer> {
        let tie = self.clusters[a.index()].ties.get(&b)?;
        let (one, other) = (&self.clusters[a.index()], &self.clusters[b.index()]);
        let asked = one.asked(other, *tie, self.full);
        let enough = i128::from(tie.sum) >= i128::from(self.stop) * i128::from(asked);
        enough.then(|| Offer {
            sum: tie.sum,
            asked,
            firsts: (one.first.min(other.first), one.first.max(other.first)),
            names: (a, b),
        })
    }

    fn merge(&mut self, a: DocId, b: DocId) {
        let ties = |name: DocId| self.clusters[name.index()].ties.len();
        let (into, from) = if ties(a) < ties(b) { (b, a) } else { (a, b) };
        let shell = Cluster::alone(from, false); // without ties nothing is merged with it
        let gone = mem::replace(&mut self.clusters[from.index()], shell);
        let stays = &mut self.clusters[into.index()];
        stays.ties.remove(&from);
        let comes_earlier = gone.first < stays.first;
        stays.absorb(&gone);

        for (&other, tie) in gone.ties.iter().filter(|(other, _)| **other != into) {
            let joint = self.clusters[into.index()].ties.entry(other).or_default();
            joint.sum += tie.sum;
            joint.of_full += tie.of_full;
            let joint = *joint;
            let ties = &mut self.clusters[other.index()].ties;
            ties.remove(&from);
            ties.insert(into, joint);
            if tie.sum != 0 {
                self.offer(into, other);
            }
        }
        if comes_earlier && gone.is_full() {
            let ties = self.clusters[into.index()].ties.keys().copied();
            let is_offered = |other: &DocId| gone.ties.get(other).is_some_and(|tie| tie.sum != 0);
            let may_ask_no_more =
                |other: &DocId| self.clusters[other.index()].is_full() && !is_offered(other);
            let others: Vec<DocId> = ties.filter(may_ask_no_more).collect();
            others.into_iter().for_each(|other| self.offer(into, other));
        }
    }
}

impl Cluster {
    fn alone(text: DocId, is_full: bool) -> Cluster {
        Cluster {
            size: 1,
            first: text,
            full: u64::from(is_full),
            ties: HashMap::default(),
        }
    }

    /// Whether all its texts are full.
    fn is_full(&self) -> bool {
        self.full == self.size
    }

    /// How many pairs of a text and one of the other cluster are asked for; never 0.
    fn asked(&self, other: &Cluster, tie: Tie, full: u64) -> u64 {
        let of_full = self.full * other.full;
        let compared = tie.of_full.max(full * self.full.min(other.full));
        self.size * other.size - of_full + of_full.min(compared)
    }

    /// Takes the members of another cluster, but not its ties.
    fn absorb(&mut self, other: &Cluster) {
        self.size += other.size;
        self.full += other.full;
        self.first = self.first.min(other.first);
    }
}

/// The better offer is the greater one; names do not count.
impl Ord for Offer {
    fn cmp(&self, other: &Offer) -> Ordering {
        let left = i128::from(self.sum) * i128::from(other.asked);
        let right = i128::from(other.sum) * i128::from(self.asked);
        let names = Reverse(self.firsts).cmp(&Reverse(other.firsts));
        left.cmp(&right).then(names)
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Offer) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Offer {
    fn eq(&self, other: &Offer) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Offer {}

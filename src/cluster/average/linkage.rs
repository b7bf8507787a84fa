//! The heap of average linkage: which two clusters are merged next?
//!
//! The heap is lazy. Of every pair of clusters that may be merged it holds an offer that is *at
//! least as good* as the pair is by now; an offer that turns out too good is put back at its
//! true value. That is enough, because nearly everything makes a pair worse:
//!
//! - A merge of `from` into `into` leaves the sum of a pair `(into, other)` as it was unless
//!   `from` and `other` are linked, and known pairs only become more. So new offers are needed
//!   for the neighbours of `from` alone; the smaller neighbourhood is the one that moves.
//! - One case makes a pair better: `from` has the earlier first text, which wins ties, and
//!   nothing is known between it and `other`, so that the average stays. Those are offered anew.
//!   With random hashes a cluster's first text changes O(log n) times.
//!
//! An offer with another sum than its pair has by now was followed by a newer one and is dropped.
//! How often an offer is put back is bounded by `stop`: each time, its pair has known pairs more,
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
}

struct Cluster {
    size: u64,
    first: DocId,
    /// (crowd, members in it), by crowd.
    crowds: Vec<(u32, u64)>,
    /// The clusters it has links with, both ways; empty once it is merged into another.
    ties: HashMap<DocId, Tie, FixedState>,
}

/// The links between two clusters.
#[derive(Clone, Copy, Default)]
struct Tie {
    /// Sum of the weights, in millionths.
    sum: i64,
    /// Links between members of one crowd.
    within_crowds: u64,
}

/// Two clusters that may be merged, as they were when they were offered.
#[derive(Clone, Copy)]
struct Offer {
    /// The average is `sum / known`, in millionths; `known > 0`.
    sum: i64,
    known: u64,
    /// The first texts of the two, the earlier one first.
    firsts: (DocId, DocId),
    names: (DocId, DocId),
}

impl Linkage {
    /// Every text alone. Texts are numbered by rank; every pair is linked once at most.
    pub(super) fn new(
        crowds: impl Iterator<Item = Option<u32>>,
        links: &[Link],
        stop: Threshold,
    ) -> Linkage {
        let alone = |(at, crowd)| Cluster::alone(DocId::from_index(at), crowd);
        let mut linkage = Linkage {
            clusters: crowds.enumerate().map(alone).collect(),
            offers: BinaryHeap::new(),
            stop: Weight::accepted(stop.get()).millionths(), // exact: thresholds are millionths
        };
        for link in links {
            let (a, b) = (link.a.index(), link.b.index());
            let within = linkage.clusters[a].is_of_crowd_of(&linkage.clusters[b]);
            if !within && link.weight == Weight::REFUSED {
                continue; // the same as no link
            }
            let tie = Tie {
                sum: link.weight.millionths(),
                within_crowds: u64::from(within),
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
        while let Some(offer) = self.offers.pop() {
            let (a, b) = offer.names;
            let Some(now) = self.value(a, b).filter(|now| now.sum == offer.sum) else {
                continue; // merged, too weak by now, or offered anew
            };
            if now < offer {
                self.offers.push(now);
            } else {
                sets.join(a, b);
                self.merge(a, b);
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
        let unknown = one.pairs_in_crowds(other) - tie.within_crowds;
        let known = one.size * other.size - unknown;
        let enough = i128::from(tie.sum) >= i128::from(self.stop) * i128::from(known);
        (known > 0 && enough).then(|| Offer {
            sum: tie.sum,
            known,
            firsts: (one.first.min(other.first), one.first.max(other.first)),
            names: (a, b),
        })
    }

    fn merge(&mut self, a: DocId, b: DocId) {
        let ties = |name: DocId| self.clusters[name.index()].ties.len();
        let (into, from) = if ties(a) < ties(b) { (b, a) } else { (a, b) };
        let shell = Cluster::alone(from, None); // without ties nothing is merged with it
        let gone = mem::replace(&mut self.clusters[from.index()], shell);
        let stays = &mut self.clusters[into.index()];
        stays.ties.remove(&from);
        let comes_earlier = gone.first < stays.first;
        stays.absorb(&gone);

        for (&other, tie) in gone.ties.iter().filter(|(other, _)| **other != into) {
            let joint = self.clusters[into.index()].ties.entry(other).or_default();
            joint.sum += tie.sum;
            joint.within_crowds += tie.within_crowds;
            let joint = *joint;
            let ties = &mut self.clusters[other.index()].ties;
            ties.remove(&from);
            ties.insert(into, joint);
            if tie.sum != 0 {
                self.offer(into, other);
            }
        }
        if comes_earlier && let Some(crowd) = gone.only_crowd() {
            let ties = self.clusters[into.index()].ties.keys().copied();
            let unknown_to_gone = |other: &DocId| {
                let only = self.clusters[other.index()].only_crowd();
                only == Some(crowd) && !gone.ties.contains_key(other)
            };
            let others: Vec<DocId> = ties.filter(unknown_to_gone).collect();
            others.into_iter().for_each(|other| self.offer(into, other));
        }
    }
}

impl Cluster {
    fn alone(text: DocId, crowd: Option<u32>) -> Cluster {
        Cluster {
            size: 1,
            first: text,
            crowds: crowd.into_iter().map(|crowd| (crowd, 1)).collect(),
            ties: HashMap::default(),
        }
    }

    /// Whether two texts that stand alone are of one crowd.
    fn is_of_crowd_of(&self, other: &Cluster) -> bool {
        self.pairs_in_crowds(other) > 0
    }

    /// The crowd that all its members are of.
    fn only_crowd(&self) -> Option<u32> {
        let only = self.crowds.first()?;
        (only.1 == self.size).then_some(only.0)
    }

    /// Pairs of a member and a member of the other that are of one crowd.
    fn pairs_in_crowds(&self, other: &Cluster) -> u64 {
        let (mut own, mut others) = (self.crowds.as_slice(), other.crowds.as_slice());
        let mut pairs = 0;
        while let (Some((x, rest)), Some((y, other_rest))) =
            (own.split_first(), others.split_first())
        {
            match x.0.cmp(&y.0) {
                Ordering::Less => own = rest,
                Ordering::Greater => others = other_rest,
                Ordering::Equal => {
                    pairs += x.1 * y.1;
                    (own, others) = (rest, other_rest);
                }
            }
        }
        pairs
    }

    /// Takes the members of another cluster, but not its ties.
    fn absorb(&mut self, other: &Cluster) {
        self.size += other.size;
        self.first = self.first.min(other.first);
        for &(crowd, members) in &other.crowds {
            match self.crowds.binary_search_by_key(&crowd, |own| own.0) {
                Ok(at) => self.crowds[at].1 += members,
                Err(at) => self.crowds.insert(at, (crowd, members)),
            }
        }
    }
}

/// The better offer is the greater one; names do not count.
impl Ord for Offer {
    fn cmp(&self, other: &Offer) -> Ordering {
        let left = i128::from(self.sum) * i128::from(other.known);
        let right = i128::from(other.sum) * i128::from(self.known);
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

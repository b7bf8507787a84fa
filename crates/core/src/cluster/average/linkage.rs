//! Average linkage: which two clusters are merged next?
//!
//! The heap of offers is lazy. Every pair of clusters that may be merged has an offer in it that is *at least as good*
//! as the pair is by now; one that turns out too good is put back at its true value. That is enough, because
//! nearly everything makes a pair worse:
//!
//! - A merge of `from` into `into` leaves the sum of a pair `(into, other)` as it was unless `from` and `other`
//!   are linked, and the pairs asked for only become more. If they are linked, there were two pairs with `other`
//!   and two offers, and the average of both is not above the better one, as a rule: that offer stands for both
//!   from now on, and nothing is offered anew. The smaller neighbourhood is the one that moves.
//! - Two cases make a pair better: fewer pairs are asked for than of the two before, as where both are full; or
//!   `from` has the earlier first text, which wins ties, and no more pairs are asked for with it. Those are
//!   offered anew. With random hashes a cluster's first text changes O(log n) times.
//!
//! So the heap has hardly more offers than there are links, where a new one at every merge would make it
//! grow with the logarithm of a story. An offer that stands for no pair any more is *void* and dropped when its turn
//! comes. How often one is put back is bounded by `stop`: each time, more pairs are asked for, and of these it can have
//! `sum / stop` before it is out.

use std::collections::HashMap;
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};

use foldhash::fast::FixedState;

use super::super::link::{Link, Weight};
use super::super::union_find::UnionFind;
use super::offers::{Offer, Offers, Value};
use crate::doc_id::DocId;
use crate::similarity::Threshold;

/// The clusters so far. A cluster is named by one of its texts, which need not be its first.
pub(super) struct Linkage {
    clusters: Vec<Cluster>,
    /// By text: the cluster it is in, or one that became part of that.
    within: Vec<DocId>,
    offers: Offers,
    /// The pair of every offer, by number, and what it is worth in the heap; nothing once it is out or void.
    made: Vec<((DocId, DocId), Option<Value>)>,
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
#[derive(Clone, Copy)]
struct Tie {
    /// Sum of the weights, in millionths.
    sum: i64,
    /// Links between full texts.
    of_full: u32,
    /// The number of the offer that is at least as good as the pair, or [`NO_OFFER`].
    offer: u32,
}

/// Of a pair that may not be merged.
const NO_OFFER: u32 = u32::MAX;

impl Linkage {
    /// Every text in its first cluster, named by one of its texts. Texts are numbered by rank; every pair is
    /// linked once at most.
    pub(super) fn new(first: &[DocId], links: &[Link], stop: Threshold, full: u64) -> Linkage {
        let texts = first.len();
        let mut degrees = vec![0u64; texts];
        for link in links {
            degrees[link.a.index()] += 1;
            degrees[link.b.index()] += 1;
        }
        let alone = |(at, &degree)| Cluster::alone(DocId::from_index(at), degree >= full);
        let mut linkage = Linkage {
            clusters: degrees.iter().enumerate().map(alone).collect(),
            within: first.to_vec(),
            offers: Offers::room_for(links.len()),
            made: Vec::new(),
            stop: Weight::accepted(stop.get()).millionths(), // exact: thresholds are millionths
            full,
        };
        if linkage.gathers() {
            linkage.tie_gathered(links, &degrees);
            return linkage;
        }
        for link in links {
            let (a, b) = (link.a.index(), link.b.index());
            let of_full = linkage.clusters[a].is_full() && linkage.clusters[b].is_full();
            if !of_full && link.weight == Weight::REFUSED {
                continue; // the same as no link
            }
            let tie = Tie {
                sum: link.weight.millionths(),
                of_full: of_full.into(),
                offer: NO_OFFER,
            };
            let tie = linkage.offered((link.a, link.b), tie);
            linkage.clusters[a].ties.insert(link.b, tie);
            linkage.clusters[b].ties.insert(link.a, tie);
        }
        linkage
    }

    /// Puts texts into their first clusters. Whether any has more than one.
    fn gathers(&mut self) -> bool {
        let mut gathers = false;
        for at in 0..self.within.len() {
            let (text, name) = (DocId::from_index(at), self.within[at]);
            if text != name {
                let own = mem::replace(&mut self.clusters[at], Cluster::alone(text, false));
                self.clusters[name.index()].absorb(&own);
                gathers = true;
            }
        }
        gathers
    }

    /// Ties first clusters, of texts with so many links each: as merging them one after the other would have.
    fn tie_gathered(&mut self, links: &[Link], degrees: &[u64]) {
        let is_full = |text: DocId| degrees[text.index()] >= self.full;
        let mut ties: HashMap<(DocId, DocId), Tie, FixedState> = HashMap::default();
        for link in links {
            let (a, b) = (self.within[link.a.index()], self.within[link.b.index()]);
            if a == b {
                continue;
            }
            let tie = ties.entry((a.min(b), a.max(b))).or_insert(Tie {
                sum: 0,
                of_full: 0,
                offer: NO_OFFER,
            });
            tie.sum += link.weight.millionths();
            tie.of_full += u32::from(is_full(link.a) && is_full(link.b));
        }
        let mut ties: Vec<((DocId, DocId), Tie)> = ties.into_iter().collect();
        ties.sort_unstable_by_key(|(names, _)| *names);
        for ((a, b), tie) in ties {
            let tie = self.offered((a, b), tie);
            self.clusters[a.index()].ties.insert(b, tie);
            self.clusters[b.index()].ties.insert(a, tie);
        }
    }

    /// Merges what belongs together, unless cancelled.
    pub(super) fn merged(mut self, cancelled: &AtomicBool) -> UnionFind {
        let mut sets = UnionFind::new(self.clusters.len());
        for (at, &name) in self.within.iter().enumerate() {
            sets.join(DocId::from_index(at), name);
        }
        while let Some(Offer { value, number }) = self.offers.pop() {
            if cancelled.load(Ordering::Relaxed) {
                break;
            }
            let (names, worth) = self.made[number as usize];
            if worth.is_none() {
                continue;
            }
            let (a, b) = (self.cluster(names.0), self.cluster(names.1));
            let tie = self.clusters[a.index()].ties.get(&b);
            match tie.and_then(|tie| self.value((a, b), tie)) {
                Some(now) if now < value => {
                    self.made[number as usize].1 = Some(now);
                    self.offers.push(Offer { value: now, number });
                }
                Some(_) => {
                    sets.join(a, b);
                    self.merge(a, b);
                }
                // Too weak by now.
                None => self.annul(number),
            }
        }
        sets
    }

    /// The cluster that a text, or what was a cluster, is in.
    fn cluster(&mut self, mut name: DocId) -> DocId {
        while self.within[name.index()] != name {
            let next = self.within[name.index()];
            self.within[name.index()] = self.within[next.index()];
            name = next;
        }
        name
    }

    /// What a merge of the two would be worth now, if it may be made.
    fn value(&self, (a, b): (DocId, DocId), tie: &Tie) -> Option<Value> {
        let (one, other) = (&self.clusters[a.index()], &self.clusters[b.index()]);
        let asked = one.asked(other, *tie, self.full);
        let enough = i128::from(tie.sum) >= i128::from(self.stop) * i128::from(asked);
        enough.then(|| Value {
            sum: tie.sum,
            asked,
            firsts: (one.first.min(other.first), one.first.max(other.first)),
        })
    }

    /// What an offer is worth in the heap.
    fn worth(&self, offer: u32) -> Option<Value> {
        self.made.get(offer as usize)?.1
    }

    /// From now on an offer stands for no pair.
    fn annul(&mut self, offer: u32) {
        if let Some((_, worth)) = self.made.get_mut(offer as usize) {
            *worth = None;
        }
    }

    /// The tie of a pair, which is offered anew unless an offer as good as the pair stands for it.
    fn offered(&mut self, names: (DocId, DocId), tie: Tie) -> Tie {
        match self.value(names, &tie) {
            Some(value) if self.worth(tie.offer) < Some(value) => {
                self.annul(tie.offer);
                let number = u32::try_from(self.made.len()).expect("fewer offers than 2^32");
                self.made.push((names, Some(value)));
                self.offers.push(Offer { value, number });
                Tie {
                    offer: number,
                    ..tie
                }
            }
            _ => tie,
        }
    }

    /// Two ties with one cluster, of two that are one now. The better offer stands for both.
    fn joint(&mut self, one: Tie, other: Tie) -> Tie {
        let (better, worse) = match self.worth(one.offer) < self.worth(other.offer) {
            true => (other.offer, one.offer),
            false => (one.offer, other.offer),
        };
        self.annul(worse);
        Tie {
            sum: one.sum + other.sum,
            of_full: one.of_full + other.of_full,
            offer: better,
        }
    }

    fn merge(&mut self, a: DocId, b: DocId) {
        let ties = |name: DocId| self.clusters[name.index()].ties.len();
        let (into, from) = if ties(a) < ties(b) { (b, a) } else { (a, b) };
        let shell = Cluster::alone(from, false); // without ties nothing is merged with it
        let gone = mem::replace(&mut self.clusters[from.index()], shell);
        self.within[from.index()] = into;
        let stays = &mut self.clusters[into.index()];
        stays.ties.remove(&from);
        let comes_earlier = gone.first < stays.first;
        stays.absorb(&gone);

        for (&other, &tie) in gone.ties.iter().filter(|(other, _)| **other != into) {
            let own = self.clusters[into.index()].ties.get(&other).copied();
            let joint = match own {
                Some(own) => self.joint(own, tie),
                None => tie,
            };
            let joint = self.offered((into, other), joint);
            self.clusters[into.index()].ties.insert(other, joint);
            let ties = &mut self.clusters[other.index()].ties;
            ties.remove(&from);
            ties.insert(into, joint);
        }
        if comes_earlier && gone.is_full() {
            let may_ask_no_more = |other: &DocId| {
                self.clusters[other.index()].is_full() && !gone.ties.contains_key(other)
            };
            let ties = self.clusters[into.index()].ties.iter();
            let ties = ties.filter(|(other, _)| may_ask_no_more(other));
            let others: Vec<(DocId, Tie)> = ties.map(|(&other, &tie)| (other, tie)).collect();
            for (other, tie) in others {
                let tie = self.offered((into, other), tie);
                self.clusters[into.index()].ties.insert(other, tie);
                self.clusters[other.index()].ties.insert(into, tie);
            }
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
        let compared = u64::from(tie.of_full).max(full * self.full.min(other.full));
        self.size * other.size - of_full + of_full.min(compared)
    }

    /// Takes the members of another cluster, but not its ties.
    fn absorb(&mut self, other: &Cluster) {
        self.size += other.size;
        self.full += other.full;
        self.first = self.first.min(other.first);
    }
}

//! Which pairs do the documents of one key give?
//!
//! All of them. A key of more documents than are all paired is *crowded*, and gives two sorts of pairs:
//!
//! - every document with each of the *leaders*, the documents of smallest rank, through which the others still
//!   hang together;
//! - in some bands *neighbours*: two documents that follow each other in a circle of all, whose order is drawn
//!   anew for each band. Copies of one story share most of their keys, and so have neighbours all over the story; what
//!   shares a phrase by chance has one or two.
//!
//! What a key gives follows from the documents under it and from nothing else. **One document more takes
//! pairs from the others and gives them none**: who leads, or is next to another, among more documents is so
//! among fewer of them, too. So documents that are added to an index may end pairs of old ones, but never ask for
//! a pair of two old ones that was not asked for before.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::doc_id::DocId;
use crate::hash;

/// Bands in which the documents of a crowded key have neighbours, at most. With their leaders, carriers of a story of
/// thousands are then compared with some 80 others, of which average linkage asks for 32.
const BANDS_WITH_NEIGHBOURS: usize = 32;

/// Names the stream of circles; any number would do.
const CIRCLE: u64 = 0x7061_7274;

/// Of how many documents a key is crowded, and what it then gives.
#[derive(Clone, Copy, Debug)]
pub struct GroupRule {
    /// Most documents that are all paired.
    pub group: usize,
    /// Leaders of a larger key.
    pub leaders: usize,
    /// Keys a document.
    pub bands: usize,
}

/// The leaders of each crowded key, by band.
pub(super) type Crowded = HashMap<(usize, u64), Vec<DocId>, FixedState>;

/// A crowded key, whose documents are numbered by `T`.
#[derive(Debug)]
pub struct Crowd<T> {
    /// Ascending.
    leaders: Vec<T>,
    /// Ascending, the smaller document first.
    neighbours: Vec<(T, T)>,
}

impl GroupRule {
    /// The crowd that some documents are under a key of a band, if they are one.
    pub fn crowd<T: Copy + Ord>(
        self,
        (band, group): (usize, &[T]),
        rank: impl Fn(T) -> u64,
    ) -> Option<Crowd<T>> {
        if group.len() <= self.group {
            return None;
        }
        let circle = self.circle((band, group), &rank);
        let mut neighbours: Vec<(T, T)> = neighbours(&circle).collect();
        neighbours.sort_unstable();
        Some(Crowd {
            leaders: leaders(group, self.leaders, &rank),
            neighbours,
        })
    }

    /// The documents under a key of a band that one more, which is none of them, is paired with. Time grows with their
    /// number alone, where [`Self::crowd`] sorts them.
    pub fn paired_with<T: Copy + Ord>(
        self,
        (band, others): (usize, &[T]),
        own: T,
        rank: impl Fn(T) -> u64,
        found: &mut Vec<T>,
    ) {
        let place = |doc: T| (rank(doc), doc);
        let before = others.iter().filter(|&&doc| place(doc) < place(own));
        if others.len() < self.group || before.count() < self.leaders {
            return found.extend_from_slice(others);
        }
        found.extend(leaders(others, self.leaders, &rank));
        let Some(seed) = self.seed_of_circle(band) else {
            return;
        };
        let angle = |doc: T| (hash::stream(seed, rank(doc)), doc);
        // Both ways round: what lies before one's own place lies behind all that is after it, and the other way.
        let from = angle(own);
        let round = others.iter().map(|&doc| angle(doc));
        let round = round.map(|other| (other < from, other));
        let (next, last) = (round.clone().min(), round.max());
        found.extend([next, last].into_iter().flatten().map(|(_, (_, doc))| doc));
    }

    /// The documents of a crowded key in the order in which they are neighbours, if they are any in this band.
    pub(super) fn circle<T: Copy + Ord>(
        self,
        (band, group): (usize, &[T]),
        rank: impl Fn(T) -> u64,
    ) -> Vec<(u64, T)> {
        let Some(seed) = self.seed_of_circle(band) else {
            return Vec::new();
        };
        let place = |&doc: &T| (hash::stream(seed, rank(doc)), doc);
        let mut circle: Vec<(u64, T)> = group.iter().map(place).collect();
        circle.sort_unstable();
        circle
    }

    /// What draws the circle of a band, if its keys have any.
    fn seed_of_circle(self, band: usize) -> Option<u64> {
        let has_one = band.is_multiple_of(self.bands.div_ceil(BANDS_WITH_NEIGHBOURS));
        has_one.then(|| hash::stream(CIRCLE, band as u64))
    }
}

/// The so many documents of smallest rank, ascending.
pub(super) fn leaders<T: Copy + Ord>(
    group: &[T],
    leaders: usize,
    rank: impl Fn(T) -> u64,
) -> Vec<T> {
    let mut by_rank = group.to_vec();
    if leaders < group.len() {
        by_rank.select_nth_unstable_by_key(leaders, |&doc| (rank(doc), doc));
        by_rank.truncate(leaders);
    }
    by_rank.sort_unstable();
    by_rank.shrink_to_fit();
    by_rank
}

/// The neighbours of a circle, each two once, the smaller one first.
pub(super) fn neighbours<T: Copy + Ord>(circle: &[(u64, T)]) -> impl Iterator<Item = (T, T)> + '_ {
    let next = circle.iter().cycle().skip(1);
    let each = circle.iter().zip(next);
    each.map(|(&(_, a), &(_, b))| (a.min(b), a.max(b)))
}

impl<T: Copy + Ord> Crowd<T> {
    /// The documents that all others are paired with, ascending.
    pub fn leaders(&self) -> &[T] {
        &self.leaders
    }

    /// Two documents that follow each other, the smaller one first, ascending.
    pub fn neighbours(&self) -> &[(T, T)] {
        &self.neighbours
    }

    /// Whether two of its documents, the smaller one first, are a pair.
    pub fn gives(&self, pair: (T, T)) -> bool {
        let leads = |doc: &T| self.leaders.binary_search(doc).is_ok();
        leads(&pair.0) || leads(&pair.1) || self.neighbours.binary_search(&pair).is_ok()
    }
}

/// The pairs that the documents of one key, in ascending order, give; those with a leader only
/// where it is crowded.
pub(super) fn pairs_of_group(
    group: &[DocId],
    leaders: Option<&Vec<DocId>>,
    mut emit: impl FnMut(DocId, DocId),
) {
    let Some(leaders) = leaders else {
        for (at, &a) in group.iter().enumerate() {
            group[at + 1..].iter().for_each(|&b| emit(a, b));
        }
        return;
    };
    for &doc in group {
        for &leader in leaders {
            // A pair of two leaders is met twice; it counts at its smaller document.
            if doc < leader || (doc > leader && leaders.binary_search(&doc).is_err()) {
                emit(doc.min(leader), doc.max(leader));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All pairs of some documents under a key.
    fn given(rule: GroupRule, band: usize, group: &[u32]) -> Vec<(u32, u32)> {
        let crowd = rule.crowd((band, group), rank);
        let mut all = Vec::new();
        for (at, &a) in group.iter().enumerate() {
            let others = group[at + 1..].iter().map(|&b| (a, b));
            all.extend(others.filter(|&pair| crowd.as_ref().is_none_or(|it| it.gives(pair))));
        }
        all
    }

    fn rank(doc: u32) -> u64 {
        hash::stream(3, u64::from(doc))
    }

    proptest! {
        #[test]
        fn a_document_more_gives_others_no_pair(
            drawn in prop::collection::btree_set(0_u32..500, 2..90),
            more in 500_u32..600,
            band in 0_usize..6,
        ) {
            let rule = GroupRule { group: 10, leaders: 3, bands: 64 };
            let mut group: Vec<u32> = drawn.into_iter().collect();
            let before = given(rule, band, &group);
            group.push(more);
            let mut after = given(rule, band, &group);
            after.retain(|&(_, b)| b != more);
            prop_assert!(after.iter().all(|pair| before.contains(pair)));
            prop_assert!(group.len() > 10 || after == before);
        }
    }

    proptest! {
        #[test]
        fn what_one_is_paired_with_is_what_the_crowd_gives(
            drawn in prop::collection::btree_set(0_u32..500, 0..60),
            own in 0_u32..500,
            band in 0_usize..6,
            leaders in 0_usize..9,
        ) {
            let rule = GroupRule { group: 10, leaders, bands: 64 };
            let mut group: Vec<u32> = drawn.into_iter().filter(|&doc| doc != own).collect();
            let mut found = Vec::new();
            rule.paired_with((band, &group), own, rank, &mut found);
            found.sort_unstable();
            found.dedup();
            group.push(own);
            group.sort_unstable();
            let of_own = given(rule, band, &group).into_iter();
            let others = of_own.filter(|&(a, b)| a == own || b == own).map(|(a, b)| a ^ b ^ own);
            let mut others: Vec<u32> = others.collect();
            others.sort_unstable();
            prop_assert_eq!(found, others);
        }
    }

    #[test]
    fn neighbours_are_others_in_each_band_that_has_any() {
        let rule = GroupRule {
            group: 10,
            leaders: 1,
            bands: 128,
        };
        let group: Vec<u32> = (0..50).collect();
        let of_band = |band| rule.crowd((band, &group), rank).unwrap();
        assert_eq!(of_band(0).neighbours().len(), 50);
        assert_ne!(of_band(0).neighbours(), of_band(4).neighbours());
        assert!(of_band(1).neighbours().is_empty());
        assert_eq!(of_band(0).leaders(), of_band(1).leaders());
    }
}

//! Which offer is the best one? Millions of them, of which most are put back a little worse before they are taken.
//!
//! One heap of all would be as large as memory is slow: an offer that is put back goes down through it again. So
//! offers are in buckets by their value in rough steps, each a small heap. The best one is in the highest bucket
//! that has any; one that is put back goes to another bucket, as a rule at its end.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::super::link::Weight;
use crate::doc_id::DocId;

/// What a merge is worth.
#[derive(Clone, Copy)]
pub(super) struct Value {
    /// The average is `sum / asked`, in millionths.
    pub(super) sum: i64,
    pub(super) asked: u64,
    /// The first texts of the two, the earlier one first.
    pub(super) firsts: (DocId, DocId),
}

/// Two clusters that may be merged, at what that was worth once.
#[derive(Clone, Copy)]
pub(super) struct Offer {
    pub(super) value: Value,
    pub(super) number: u32,
}

/// Offers that a bucket is to have, about: 32 KB of them.
const TOGETHER: usize = 1 << 10;

/// The most steps of value from 0 to the weight of a perfect link.
const MOST: usize = 1 << 12;

/// Offers, of which the best one comes first.
pub(super) struct Offers {
    buckets: Vec<BinaryHeap<Offer>>,
    /// No bucket above has any.
    highest: usize,
}

impl Offers {
    /// For about so many at a time.
    pub(super) fn room_for(offers: usize) -> Offers {
        let buckets = (offers / TOGETHER).clamp(1, MOST);
        Offers {
            buckets: vec![BinaryHeap::new(); buckets],
            highest: 0,
        }
    }

    pub(super) fn push(&mut self, offer: Offer) {
        let bucket = offer.value.bucket(self.buckets.len());
        self.buckets[bucket].push(offer);
        self.highest = self.highest.max(bucket);
    }

    /// Takes the best one out.
    pub(super) fn pop(&mut self) -> Option<Offer> {
        loop {
            let best = self.buckets[self.highest].pop();
            if best.is_some() || self.highest == 0 {
                return best;
            }
            self.highest -= 1;
        }
    }
}

impl Value {
    /// Its bucket of so many, never a lower one than that of a worse value.
    fn bucket(self, buckets: usize) -> usize {
        let one = Weight::accepted(1.0).millionths();
        // Rounding may put different values into one bucket, but never changes their order.
        #[expect(clippy::cast_precision_loss)]
        let steps = self.sum as f64 / self.asked as f64 * (buckets as f64 / one as f64);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates
        let bucket = steps as usize;
        bucket.min(buckets - 1)
    }
}

/// The better one is the greater one.
impl Ord for Value {
    fn cmp(&self, other: &Value) -> Ordering {
        let left = i128::from(self.sum) * i128::from(other.asked);
        let right = i128::from(other.sum) * i128::from(self.asked);
        let names = Reverse(self.firsts).cmp(&Reverse(other.firsts));
        left.cmp(&right).then(names)
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Value) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Value {}

impl Ord for Offer {
    fn cmp(&self, other: &Offer) -> Ordering {
        self.value.cmp(&other.value)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn offers_come_as_from_one_heap(
            buckets in 1usize..9,
            given in prop::collection::vec((0i64..3_000_000, 1u64..40, 0u32..9, 0u32..4), 0..200),
        ) {
            let (mut offers, mut heap) = (Offers::room_for(buckets * TOGETHER), BinaryHeap::new());
            for (number, (sum, asked, first, pops)) in (0..).zip(given) {
                let firsts = (DocId::new(first), DocId::new(first + 1 + number));
                let offer = Offer { value: Value { sum, asked, firsts }, number };
                offers.push(offer);
                heap.push(offer);
                for _ in 0..pops / 2 {
                    let number = |offer: Offer| offer.number;
                    prop_assert_eq!(offers.pop().map(number), heap.pop().map(number));
                }
            }
            while let Some(next) = heap.pop() {
                prop_assert_eq!(offers.pop().map(|offer| offer.number), Some(next.number));
            }
            prop_assert!(offers.pop().is_none());
        }
    }
}

//! Chance over lists: a place, an item, an order.

use crate::random::Random;

/// What [`Random`] draws from a list that need not be `Copy`.
pub(crate) trait Draw {
    /// A place in a list of `length` items, at least one and fewer than 2³².
    fn place(&mut self, length: usize) -> usize;

    /// One of the items.
    fn item<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.place(items.len())]
    }

    /// Another order, each as likely as the others.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.place(last + 1));
        }
    }
}

impl Draw for Random {
    fn place(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).expect("a list of fewer than 2³² items")) as usize
    }
}

//! Where does each shingle of a text stand for the first time?
//!
//! Open addressing with linear probing, at most a quarter full, as each slot that is taken costs a mispredicted
//! branch: a slot holds a place in the text, and the shingle is looked up there. So the table of an article is
//! 8 KB, and is cleared for the next one.

/// The first places of the shingles of one text at a time.
#[derive(Debug, Default)]
pub(crate) struct FirstPlaces {
    /// Places plus one; 0 is free.
    slots: Vec<u32>,
}

impl FirstPlaces {
    /// Begins a text of at most so many distinct shingles.
    ///
    /// # Panics
    ///
    /// If there are 2^32 or more.
    pub(super) fn begin(&mut self, shingles: usize) {
        assert!(
            u32::try_from(shingles).is_ok(),
            "a text of under 2^32 words"
        );
        self.slots.clear();
        self.slots.resize((4 * shingles).next_power_of_two(), 0);
    }

    /// The place where the shingle at this place stands for the first time, if all places before this
    /// one were asked for.
    #[inline]
    pub(super) fn of(&mut self, shingles: &[u64], at: usize) -> usize {
        let mask = self.slots.len() - 1;
        #[expect(clippy::cast_possible_truncation)] // any bits of a hash will do
        let mut slot = shingles[at] as usize & mask;
        loop {
            match self.slots[slot] as usize {
                0 => {
                    #[expect(clippy::cast_possible_truncation)] // fewer than 2^32, see `begin`
                    let place = at as u32 + 1;
                    self.slots[slot] = place;
                    return at;
                }
                place if shingles[place - 1] == shingles[at] => return place - 1,
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// Each of some hashes once, in the order of their first places: for less than a sort takes.
    pub(crate) fn distinct(&mut self, hashes: &[u64]) -> Vec<u64> {
        self.begin(hashes.len());
        let mut distinct = Vec::with_capacity(hashes.len());
        for (at, &hash) in hashes.iter().enumerate() {
            if self.of(hashes, at) == at {
                distinct.push(hash);
            }
        }
        distinct
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn first_places_are_those_of_a_plain_search(
            texts in prop::collection::vec(prop::collection::vec(0u64..90, 0..200), 1..4),
        ) {
            let mut first_places = FirstPlaces::default();
            for text in texts {
                first_places.begin(text.len());
                for at in 0..text.len() {
                    let expected = text.iter().position(|&shingle| shingle == text[at]);
                    prop_assert_eq!(Some(first_places.of(&text, at)), expected);
                }
                let is_first = |(at, shingle): &(usize, &u64)| !text[..*at].contains(shingle);
                let plain = text.iter().enumerate().filter(is_first).map(|(_, &shingle)| shingle);
                prop_assert_eq!(first_places.distinct(&text), plain.collect::<Vec<_>>());
            }
        }
    }
}

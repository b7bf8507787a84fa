//! The text that is held while others meet it: where does a shingle of theirs stand in it?
//!
//! Half of each hash lies in a small hash table, which fits the nearest cache; equal halves count if the
//! words are equal. Before the table a bit is asked, as most shingles of most pairs are not shared.

use super::story::{First, SHINGLE, Story, shingles_of, size};

/// The first places of one text's shingles. Open addressing, at most half full.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// A power of two of them.
    slots: Vec<Slot>,
    /// A bit for each hash, among sixteen or more times as many: most shingles that are not here are ruled out by
    /// it, at a branch that is hardly ever mispredicted.
    marks: Vec<u64>,
    /// Whether the shingle at a place is there for the first time.
    is_first: Vec<bool>,
    /// Whether all are.
    repeats_nothing: bool,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    at: u32,
}

impl Slot {
    const EMPTY: Slot = Slot {
        hash: 0,
        at: u32::MAX,
    };
}

impl Held {
    /// Takes a text in place of the one before.
    pub(super) fn hold(&mut self, text: &Story<'_>) {
        let slots = (2 * text.firsts.len()).next_power_of_two();
        self.slots.clear();
        self.slots.resize(slots, Slot::EMPTY);
        self.is_first.clear();
        self.is_first.resize(text.words.len(), false);
        self.repeats_nothing = text.firsts.len() == shingles_of(text.words.len());
        self.marks.clear();
        self.marks.resize(slots.div_ceil(MARKED), 0);
        let mask = slots - 1;
        for first in text.firsts {
            let (word, bit) = mark(first.hash, self.marks.len());
            self.marks[word] |= bit;
            let mut slot = first.hash as usize & mask;
            while self.slots[slot].at != u32::MAX {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = Slot {
                hash: first.hash,
                at: first.at(),
            };
            self.is_first[first.at() as usize] = true;
        }
    }

    /// The first place, in the text that is held, of a shingle of another one.
    #[inline]
    pub(super) fn place(&self, held: &Story<'_>, hash: u32, shingle: &[u32]) -> Option<u32> {
        let (word, bit) = mark(hash, self.marks.len());
        if self.marks[word] & bit == 0 {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let found = self.slots[slot];
            if found.at == u32::MAX {
                return None;
            }
            if found.hash == hash && is_same_shingle(held.shingle(found.at), shingle) {
                return Some(found.at);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// How many anchors follow each other from one on, which stands at `place` in the held text and
    /// is the first of `firsts` in the other.
    #[inline]
    pub(super) fn anchors(
        &self,
        place: u32,
        firsts: &[First],
        (held, other): (&Story<'_>, &Story<'_>),
    ) -> usize {
        let at = firsts[0].at();
        let words = agreement(&held.words[place as usize..], &other.words[at as usize..]);
        let shared = shingles_of(words).min(firsts.len());
        let first = &self.is_first[place as usize..][..shared];
        let held = match self.repeats_nothing {
            true => shared,
            false => first.iter().take_while(|&&first| first).count(),
        };
        // First places ascend: if the last one is as far away as it is down the list, none is left out.
        if firsts[held - 1].at() - at == size(held - 1) {
            return held;
        }
        let in_a_row = |(step, first): &(u32, &First)| first.at() - at == *step;
        (0..).zip(&firsts[..held]).take_while(in_a_row).count()
    }
}

/// Slots a word of marks: eight bits each.
const MARKED: usize = 8;

/// The word of a hash's mark among a power of two of them, and its bit there.
#[inline]
fn mark(hash: u32, words: usize) -> (usize, u64) {
    ((hash >> 6) as usize & (words - 1), 1 << (hash & 63))
}

/// With how many equal words two texts begin.
#[inline]
fn agreement(a: &[u32], b: &[u32]) -> usize {
    const BLOCK: usize = 8;
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK));
    let equal = BLOCK * blocks.take_while(|(a, b)| a == b).count();
    let rest = a[equal..].iter().zip(&b[equal..]);
    equal + rest.take_while(|(a, b)| a == b).count()
}

/// Whether two shingles are the same words; four of them are compared at once.
#[inline]
fn is_same_shingle(a: &[u32], b: &[u32]) -> bool {
    const ALL: usize = SHINGLE as usize;
    match (a.first_chunk::<ALL>(), b.first_chunk::<ALL>()) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

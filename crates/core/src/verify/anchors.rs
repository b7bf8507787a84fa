//! Where two texts meet: the shingles they share, and which of these can be aligned together.
//!
//! An *anchor* is a shingle of both texts, at its first place in each. Anchors that follow each
//! other word by word in both texts are one *piece*. Of the pieces, those are kept that stand in
//! the same order in both texts and hold the most anchors: a longest increasing subsequence of
//! the anchors, found among the far fewer pieces. (That is the same thing: no anchor stands
//! between two of a piece in either text, so a piece is in the subsequence whole or not at all.)
//!
//! One text is *held* while other texts meet it ([`held`](super::held)). From an anchor on the words of
//! both texts are compared as far as they agree, many at a time: the anchors behind it need no look-up.
//!
//! Time: a store a shingle of the held text, a look-up a shingle of the other that goes on no piece,
//! a fraction of a comparison a word that does, and for texts that were rearranged
//! O(pieces · log pieces). Space: 18 to 36 bytes a distinct shingle of one text.
//!
//! When it is the wrong choice: texts that repeat themselves much have few first places, and
//! their later passages are found only as far as runs reach by equal words.

use std::cmp::Reverse;

use super::held::Held;
use super::story::{SHINGLE, Story, size};

/// Pieces that are chained for one pair. A piece is one anchor or many, so this bounds the same work and reaches further into long
/// texts. Beyond it the longest pieces stay, of equal ones the earlier.
pub(super) const MOST_PIECES: usize = 4_096;

/// Anchors that follow each other in both texts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Piece {
    /// The place of the first anchor in the first text.
    pub(super) a: u32,
    /// Its place in the second text.
    pub(super) b: u32,
    /// How many anchors there are.
    pub(super) anchors: u32,
}

/// How many distinct shingles two texts share.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Shared {
    pub(super) all: u32,
    /// Of these, the ones that are not stock.
    pub(super) kept: u32,
}

/// The anchors of one pair at a time.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    held: Held,
    pieces: Vec<Piece>,
    steps: Vec<Step>,
    /// For each piece, the one before it in its best chain.
    before: Vec<Option<u32>>,
    chain: Vec<Piece>,
}

/// The lightest way to end: no chain that holds as many anchors ends earlier in the first text.
#[derive(Clone, Copy, Debug)]
struct Step {
    a: u32,
    anchors: u32,
    piece: u32,
}

impl Anchors {
    /// Holds a text, for others to meet it.
    pub(super) fn hold(&mut self, text: &Story<'_>) {
        self.held.hold(text);
    }

    /// Finds the anchors of the held text and another. Places in the held text are `a` in the
    /// pieces; or `b`, if it is the second one of the two.
    pub(super) fn find(&mut self, held: &Story<'_>, other: &Story<'_>, is_second: bool) -> Shared {
        self.pieces.clear();
        let mut shared = Shared::default();
        let mut firsts = other.firsts;
        while let [first, behind @ ..] = firsts {
            let at = first.at();
            let Some(place) = self.held.place(held, first.hash, other.shingle(at)) else {
                firsts = behind;
                continue;
            };
            let anchors = self.held.anchors(place, firsts, (held, other));
            let (own, behind) = firsts.split_at(anchors);
            firsts = behind;
            shared.all += size(anchors);
            shared.kept += size(own.iter().filter(|first| !first.is_stock()).count());
            self.pieces.push(Piece {
                a: place,
                b: at,
                anchors: size(anchors),
            });
        }
        // The shingle of a text under four words is no run of four, wherever it is found.
        if held.words.len().min(other.words.len()) < SHINGLE as usize {
            self.pieces.clear();
        }
        if is_second {
            for piece in &mut self.pieces {
                (piece.a, piece.b) = (piece.b, piece.a);
            }
            if !self.pieces.is_sorted_by_key(|piece| piece.b) {
                self.pieces.sort_unstable_by_key(|piece| piece.b);
            }
        }
        shared
    }

    /// The pieces that stand in the same order in both texts and hold the most anchors, in that
    /// order; and whether there were more than [`MOST_PIECES`] to choose from.
    pub(super) fn chain(&mut self) -> (&[Piece], bool) {
        if self.is_in_order() {
            // One order for both: all of them, and no choice to bound.
            return (&self.pieces, false);
        }
        let capped = self.pieces.len() > MOST_PIECES;
        if capped {
            self.pieces
                .select_nth_unstable_by_key(MOST_PIECES, |piece| (Reverse(piece.anchors), piece.b));
            self.pieces.truncate(MOST_PIECES);
            self.pieces.sort_unstable_by_key(|piece| piece.b);
        }
        self.choose();
        (&self.chain, capped)
    }

    /// Whether all pieces stand in one order, so that a chain has all of them.
    pub(super) fn is_in_order(&self) -> bool {
        self.pieces.is_sorted_by_key(|piece| piece.a)
    }

    /// Leaves only the pieces that the chain found last left out and that are `free`; says how many
    /// anchors they hold. After a chain of all pieces there are none.
    pub(super) fn leave(&mut self, mut free: impl FnMut(&Piece) -> bool) -> u32 {
        if self.is_in_order() {
            self.pieces.clear();
            return 0;
        }
        let mut chain = self.chain.iter().peekable();
        self.pieces
            .retain(|piece| chain.next_if(|chained| *chained == piece).is_none() && free(piece));
        self.pieces.iter().map(|piece| piece.anchors).sum()
    }

    fn choose(&mut self) {
        self.steps.clear();
        self.before.clear();
        for (number, piece) in (0..).zip(&self.pieces) {
            // Steps rise in both `a` and `anchors`.
            let at = self.steps.partition_point(|step| step.a < piece.a);
            let last = at.checked_sub(1).map(|last| self.steps[last]);
            self.before.push(last.map(|step| step.piece));
            let step = Step {
                a: piece.a,
                anchors: piece.anchors + last.map_or(0, |step| step.anchors),
                piece: number,
            };
            let beaten = self.steps[at..].partition_point(|other| other.anchors <= step.anchors);
            if beaten == 0 {
                self.steps.insert(at, step);
            } else {
                self.steps[at] = step;
                self.steps.drain(at + 1..at + beaten);
            }
        }
        self.chain.clear();
        let mut next = self.steps.last().map(|step| step.piece);
        while let Some(piece) = next {
            self.chain.push(self.pieces[piece as usize]);
            next = self.before[piece as usize];
        }
        self.chain.reverse();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::verify::stories::Stories;
    use crate::verify::testing::push;

    fn anchors_of(texts: [&[u64]; 2]) -> (Anchors, Shared) {
        let mut stories = Stories::default();
        texts.iter().for_each(|text| push(&mut stories, text));
        let mut anchors = Anchors::default();
        anchors.hold(&stories.story(1));
        let seen_from_b = anchors.find(&stories.story(1), &stories.story(0), true);
        let pieces = anchors.pieces.clone();
        anchors.hold(&stories.story(0));
        let shared = anchors.find(&stories.story(0), &stories.story(1), false);
        assert_eq!(
            (seen_from_b, &pieces),
            (shared, &anchors.pieces),
            "whichever is held"
        );
        (anchors, shared)
    }

    /// First places in both texts, by definition.
    fn plain_anchors(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
        let place = |text: &[u64], run: &[u64]| text.windows(4).position(|other| other == run);
        (0..b.len().saturating_sub(3))
            .filter(|&j| place(b, &b[j..j + 4]) == Some(j))
            .filter_map(|j| Some((place(a, &b[j..j + 4])?, j)))
            .collect()
    }

    fn longest_increasing(anchors: &[(usize, usize)]) -> usize {
        let mut best: Vec<usize> = Vec::new();
        for (i, anchor) in anchors.iter().enumerate() {
            let before = (0..i).filter(|&j| anchors[j].0 < anchor.0).map(|j| best[j]);
            best.push(1 + before.max().unwrap_or(0));
        }
        best.into_iter().max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn chained_pieces_are_a_longest_increasing_subsequence_of_the_anchors(
            base in prop::collection::vec(0u64..40, 4..60),
            cuts in prop::collection::vec((0usize..60, 0usize..30), 0..8),
        ) {
            let other: Vec<u64> = cuts
                .iter()
                .flat_map(|&(from, length)| base.iter().skip(from).take(length).copied())
                .collect();
            let (mut anchors, shared) = anchors_of([&base, &other]);
            let plain = plain_anchors(&base, &other);
            let found = size(plain.len());
            prop_assert_eq!(shared, Shared { all: found, kept: found });
            let (chain, _) = anchors.chain();
            let held: u32 = chain.iter().map(|piece| piece.anchors).sum();
            prop_assert_eq!(held as usize, longest_increasing(&plain));
            prop_assert!(chain.windows(2).all(|two| two[0].a < two[1].a && two[0].b < two[1].b));
            for piece in chain {
                for step in 0..piece.anchors {
                    let anchor = ((piece.a + step) as usize, (piece.b + step) as usize);
                    prop_assert!(plain.contains(&anchor));
                }
            }
        }
    }

    #[test]
    fn a_moved_paragraph_leaves_the_longer_part() {
        let a: Vec<u64> = (0..30).collect();
        let b: Vec<u64> = (20..30).chain(0..20).collect();
        let (mut anchors, _) = anchors_of([&a, &b]);
        let kept = Piece {
            a: 0,
            b: 10,
            anchors: 17,
        };
        assert_eq!(anchors.chain(), (&[kept][..], false));
    }

    #[test]
    fn beyond_the_cap_the_longest_pieces_stay() {
        // Blocks of four words, in reverse; the last two of `b` are one long block in order.
        let blocks = MOST_PIECES as u64 + 10;
        let a: Vec<u64> = (0..blocks * 4).collect();
        let mut b: Vec<u64> = Vec::new();
        for block in (2..blocks).rev() {
            b.extend(block * 4..block * 4 + 4);
        }
        b.extend(0..8);
        let (mut anchors, shared) = anchors_of([&a, &b]);
        assert_eq!(u64::from(shared.all), blocks - 2 + 5);
        let (chain, capped) = anchors.chain();
        assert!(capped);
        assert_eq!(chain.len(), 1);
        assert_eq!((chain[0].a, chain[0].anchors), (0, 5));
        assert_eq!(anchors.pieces.len(), MOST_PIECES);
    }

    #[test]
    fn a_long_text_with_one_change_is_not_capped() {
        let a: Vec<u64> = (0..50_000).collect();
        let mut b = a.clone();
        b[25_000] = 99_999;
        let (mut anchors, _) = anchors_of([&a, &b]);
        let (chain, capped) = anchors.chain();
        assert!(!capped);
        assert_eq!(chain.len(), 2);
    }
}

//! The figures of a compared pair as an index stores them, so that what was compared once need not be
//! compared again whenever a batch touches its story.
//!
//! They are what comparing gives, to the bit: the tables that weigh words stay as they are until
//! `rebuild-keys`, which compares all pairs anew. How many words the two stories have is in their rows.

use crate::likeness::{Aligned, Likeness, Refusal, Score};
use crate::parts::Parts;
use crate::relation::LEAD_WORDS;
use crate::similarity::Overlap;

/// The figures of a pair; `left` is its earlier document.
#[derive(Clone, Copy, Debug, Eq, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub(super) struct FigureRow {
    /// Shingles in both sets, and in each.
    shared: u32,
    left: u32,
    right: u32,
    /// Words aligned.
    words: u32,
    /// The story score, in millionths.
    score: i32,
    /// A bit for each of the 32 parts of a story that is aligned.
    parts_left: u32,
    parts_right: u32,
    /// Words aligned among the first ones.
    lead_left: u8,
    lead_right: u8,
    /// 0 where the figures are not known; 1 copies; else why they are none.
    outcome: u8,
    /// 0 if the two share a key that gives them, 1 if they were compared for something else.
    reason: u8,
}

/// Figures that cannot be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Impossible;

impl FigureRow {
    /// Of a pair that is no candidate any more, and compared only where it is asked for.
    pub(super) const LAPSED: FigureRow = FigureRow {
        reason: 1,
        ..FigureRow::UNKNOWN
    };

    /// Of a pair that has to be compared again.
    pub(super) const UNKNOWN: FigureRow = FigureRow {
        shared: 0,
        left: 0,
        right: 0,
        words: 0,
        score: 0,
        parts_left: 0,
        parts_right: 0,
        lead_left: 0,
        lead_right: 0,
        outcome: 0,
        reason: 0,
    };

    const COPIES: u8 = 1;
    const GATE: u8 = 2;
    const SCORE: u8 = 3;
    const FACTS: u8 = 4;
    /// Of two documents whose sets alone were compared (`near`): the other figures are 0.
    const SETS: u8 = 5;
    /// Of one outlet, over its passage.
    const BOILERPLATE: u8 = 6;

    /// The figures of two stories of so many words; unknown if they are others than can be stored.
    pub(super) fn of(likeness: Likeness, words: (u32, u32), share_a_key: bool) -> FigureRow {
        let row = FigureRow::stored(likeness, share_a_key);
        match row.map(|row| (row, row.likeness(words))) {
            Some((row, Ok(Some(back)))) if back == likeness => row,
            _ => FigureRow::UNKNOWN,
        }
    }

    fn stored(likeness: Likeness, share_a_key: bool) -> Option<FigureRow> {
        let sets = FigureRow {
            shared: likeness.overlap.shared,
            left: likeness.overlap.left,
            right: likeness.overlap.right,
            outcome: FigureRow::SETS,
            reason: u8::from(!share_a_key),
            ..FigureRow::UNKNOWN
        };
        let Some(aligned) = likeness.aligned else {
            return Some(sets);
        };
        Some(FigureRow {
            words: aligned.words.shared,
            score: aligned.score.millionths(),
            parts_left: aligned.parts_left.bits(),
            parts_right: aligned.parts_right.bits(),
            lead_left: u8::try_from(aligned.lead_left).ok()?,
            lead_right: u8::try_from(aligned.lead_right).ok()?,
            outcome: match aligned.refused {
                None => FigureRow::COPIES,
                Some(Refusal::Gate) => FigureRow::GATE,
                Some(Refusal::Score) => FigureRow::SCORE,
                Some(Refusal::Facts) => FigureRow::FACTS,
                Some(Refusal::Boilerplate) => FigureRow::BOILERPLATE,
            },
            ..sets
        })
    }

    /// The likeness of two stories of so many words; nothing where it is not known.
    pub(super) fn likeness(&self, words: (u32, u32)) -> Result<Option<Likeness>, Impossible> {
        if !self.is_known() {
            return Ok(None);
        }
        if self.shared > self.left.min(self.right) || self.reason > 1 {
            return Err(Impossible);
        }
        let overlap = Overlap {
            shared: self.shared,
            left: self.left,
            right: self.right,
        };
        let aligned = match self.outcome {
            FigureRow::SETS => None,
            FigureRow::COPIES => Some(self.aligned(words, None)?),
            FigureRow::GATE => Some(self.aligned(words, Some(Refusal::Gate))?),
            FigureRow::SCORE => Some(self.aligned(words, Some(Refusal::Score))?),
            FigureRow::FACTS => Some(self.aligned(words, Some(Refusal::Facts))?),
            FigureRow::BOILERPLATE => Some(self.aligned(words, Some(Refusal::Boilerplate))?),
            _ => return Err(Impossible),
        };
        Ok(Some(Likeness { overlap, aligned }))
    }

    /// How two stories of so many words were aligned.
    fn aligned(&self, words: (u32, u32), refused: Option<Refusal>) -> Result<Aligned, Impossible> {
        let (lead_left, lead_right) = (self.lead_left.into(), self.lead_right.into());
        let score = Score::from_millionths(self.score);
        let can_be = self.words <= words.0.min(words.1)
            && lead_left <= LEAD_WORDS.min(self.words)
            && lead_right <= LEAD_WORDS.min(self.words)
            && score.millionths() == self.score;
        if !can_be {
            return Err(Impossible);
        }
        Ok(Aligned {
            words: Overlap {
                shared: self.words,
                left: words.0,
                right: words.1,
            },
            lead_left,
            lead_right,
            parts_left: Parts::from_bits(self.parts_left),
            parts_right: Parts::from_bits(self.parts_right),
            score,
            refused,
        })
    }

    /// The same of two documents one of which a copy stands for: that may be of another day.
    pub(super) fn of_copies(&self) -> FigureRow {
        match self.share_a_key() {
            true => FigureRow::UNKNOWN,
            false => FigureRow::LAPSED,
        }
    }

    /// Whether the two share a key that gives them, as far as it is known.
    pub(super) fn share_a_key(&self) -> bool {
        self.reason == 0
    }

    /// Whether there are any.
    pub(super) fn is_known(&self) -> bool {
        self.outcome != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(refused: Option<Refusal>) -> Likeness {
        Likeness {
            overlap: Overlap {
                shared: 90,
                left: 100,
                right: 120,
            },
            aligned: Some(Aligned {
                words: Overlap {
                    shared: 95,
                    left: 103,
                    right: 123,
                },
                lead_left: 40,
                lead_right: 31,
                parts_left: Parts::from_bits(u32::MAX),
                parts_right: Parts::from_bits(0xFFFF),
                score: Score::new(0.91),
                refused,
            }),
        }
    }

    #[test]
    fn figures_come_back_to_the_bit() {
        for refused in [
            None,
            Some(Refusal::Gate),
            Some(Refusal::Score),
            Some(Refusal::Facts),
            Some(Refusal::Boilerplate),
        ] {
            for share_a_key in [true, false] {
                let row = FigureRow::of(likeness(refused), (103, 123), share_a_key);
                assert_eq!(row.likeness((103, 123)), Ok(Some(likeness(refused))));
                assert_eq!(row.share_a_key(), share_a_key);
            }
        }
        let sets = Likeness::of_sets(likeness(None).overlap);
        let row = FigureRow::of(sets, (103, 123), false);
        assert_eq!(row.likeness((103, 123)), Ok(Some(sets)));
        assert_eq!(size_of::<FigureRow>(), 32);
    }

    #[test]
    fn what_cannot_be_stored_is_unknown_and_what_cannot_be_is_an_error() {
        let own = likeness(None);
        assert_eq!(FigureRow::of(own, (104, 123), true), FigureRow::UNKNOWN);
        let mut more_than_fit = own;
        more_than_fit.overlap.shared = 101;
        let row = FigureRow::of(more_than_fit, (103, 123), true);
        assert_eq!(row, FigureRow::UNKNOWN);
        assert_eq!(FigureRow::UNKNOWN.likeness((1, 1)), Ok(None));
        let good = FigureRow::of(own, (103, 123), true);
        let bad = [
            FigureRow {
                shared: 101,
                ..good
            },
            FigureRow { words: 104, ..good },
            FigureRow {
                lead_left: 41,
                ..good
            },
            FigureRow {
                score: 2_000_001,
                ..good
            },
            FigureRow { outcome: 7, ..good },
            FigureRow { reason: 2, ..good },
        ];
        for row in bad {
            assert_eq!(row.likeness((103, 123)), Err(Impossible), "{row:?}");
        }
    }
}

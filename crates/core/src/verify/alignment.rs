//! What an alignment is: runs of equal words, and the gaps between them.
//!
//! How it is found is in [`super::align`].

use std::ops::Range;

use crate::parts::Parts;

/// Equal words, one after the other in both stories.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Run {
    /// The place of the first word in the first story.
    pub a: u32,
    /// Its place in the second story.
    pub b: u32,
    /// How many words there are; never 0.
    pub length: u32,
    /// Whether it was found by filling a gap and not by a shared shingle.
    pub filled: bool,
}

/// What stands between two consecutive runs; at most one side is empty.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gap {
    /// Places in the first story.
    pub a: Range<u32>,
    /// Places in the second story.
    pub b: Range<u32>,
}

/// The aligned words of two stories.
///
/// First the runs that follow each other in both stories, then, passage by passage, those that were
/// moved: within a passage runs follow each other in both stories too.
///
/// Invariant: runs do not overlap, in either story.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Alignment {
    pub(super) runs: Vec<Run>,
    /// Places among the runs where a moved passage begins, ascending.
    pub(super) moved: Vec<usize>,
    pub(super) capped: bool,
}

impl Run {
    /// Places in the first story.
    pub fn in_a(&self) -> Range<u32> {
        self.a..self.a + self.length
    }

    /// Places in the second story.
    pub fn in_b(&self) -> Range<u32> {
        self.b..self.b + self.length
    }
}

impl Gap {
    /// Words on the longer side.
    pub fn longer(&self) -> u32 {
        (self.a.end - self.a.start).max(self.b.end - self.b.start)
    }

    /// Words on the shorter side.
    pub fn shorter(&self) -> u32 {
        (self.a.end - self.a.start).min(self.b.end - self.b.start)
    }
}

impl Alignment {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.runs.clear();
        self.moved.clear();
        self.capped = false;
    }

    /// The runs: those of the common order first, then those of each moved passage.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Aligned words, the same on both sides.
    pub fn matched(&self) -> u32 {
        self.runs.iter().map(|run| run.length).sum()
    }

    /// Aligned words among the first `words` of each story.
    pub fn within(&self, words: u32) -> (u32, u32) {
        let before = |start: u32, run: &Run| run.length.min(words.saturating_sub(start));
        self.runs.iter().fold((0, 0), |(a, b), run| {
            (a + before(run.a, run), b + before(run.b, run))
        })
    }

    /// The parts of each story that are aligned, given how many words they have.
    pub fn parts(&self, words: (u32, u32)) -> (Parts, Parts) {
        (
            Parts::of(self.runs.iter().map(Run::in_a), words.0),
            Parts::of(self.runs.iter().map(Run::in_b), words.1),
        )
    }

    /// What filling left between the runs of the common order, and of each moved passage.
    pub fn gaps(&self) -> impl Iterator<Item = Gap> {
        let mut starts = self.moved.iter().peekable();
        let pairs = (1..).zip(self.runs.windows(2));
        pairs.filter_map(move |(at, two)| {
            let is_apart = starts.next_if(|start| **start == at).is_some();
            (!is_apart).then(|| Gap {
                a: two[0].a + two[0].length..two[1].a,
                b: two[0].b + two[0].length..two[1].b,
            })
        })
    }

    /// Where the passages that were moved begin among the runs.
    pub fn moved(&self) -> &[usize] {
        &self.moved
    }

    /// Whether the stories shared more pieces of text, in different orders, than are looked at.
    pub fn is_capped(&self) -> bool {
        self.capped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aligned_words_are_counted_up_to_a_place() {
        let run = |a, b, length| Run {
            a,
            b,
            length,
            filled: false,
        };
        let alignment = Alignment {
            moved: Vec::new(),
            runs: vec![run(2, 30, 10), run(20, 45, 5), run(50, 60, 9)],
            ..Alignment::default()
        };
        assert_eq!(alignment.within(40), (15, 10));
        assert_eq!(alignment.within(22), (12, 0));
        assert_eq!(alignment.within(0), (0, 0));
        assert_eq!(Alignment::default().within(40), (0, 0));
    }
}

//! The fact check: the same form with other facts is another story.
//!
//! A daily market report, a weather notice, a case count: every day's text aligns with every
//! other day's, and what differs are figures and names. A *fact* is a number, or a name (a
//! capital within a sentence, in stories where capitals are rare), in a short gap between aligned
//! words, that occurs nowhere in the other story. Two stories contradict each other when both
//! have at least two facts, more than one per 100 aligned words, and they are not of one day.
//!
//! Decided where the source leaves it open: facts per 100 words are counted on the side that has
//! fewer, so that one page's inserted details do not make a template; names count only if
//! capitals are rare in *both* stories; and a gap may be empty on one side, since filling splits
//! a replaced figure (`26.1 percent` against `percent 38.9`) into two such gaps.
//!
//! Source: `pair_decision.md`, section 2, step 9, and `real_sets.md`, "Fact check, narrowed".

use super::align::Alignment;
use super::story::{Stories, Story, WordKind, size};

/// Longest gap, in words a side, in which a fact replaces a fact. Step 9.
const LONGEST_GAP: u32 = 6;

/// Facts that both sides must have: one alone is as often a corrected figure. Step 9.
const LEAST_FACTS: u32 = 2;

/// More facts than this per 100 aligned words contradict; 1.5 measured the same. Step 9.
const FACTS_IN_100: u32 = 1;

/// From here on, in days, two pages may tell of different days: templates come once a day, a few
/// hours early or late. Step 9.
const SAME_DAY: f64 = 0.8;

/// What two stories say against each other.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facts {
    /// Places in the first story of facts that the second does not know, each fact once.
    pub a: Vec<u32>,
    /// Places in the second story of facts that the first does not know.
    pub b: Vec<u32>,
}

impl Facts {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.a.clear();
        self.b.clear();
    }

    /// Facts on the side that has fewer.
    pub fn count(&self) -> u32 {
        size(self.a.len().min(self.b.len()))
    }

    /// Whether the stories contradict each other, given how many of their words are aligned and
    /// how far apart they are dated, if both are.
    pub fn contradict(&self, matched: u32, days_apart: Option<f64>) -> bool {
        let count = self.count();
        count >= LEAST_FACTS
            && u64::from(count) * 100 > u64::from(matched) * u64::from(FACTS_IN_100)
            && days_apart.is_none_or(|days| days.abs() > SAME_DAY)
    }
}

/// Room to check in, reused from pair to pair.
#[derive(Debug, Default)]
pub(super) struct FactCheck {
    /// By word number: the mark written last.
    marks: Vec<u32>,
    mark: u32,
}

impl FactCheck {
    /// Finds the facts of two stories of a batch.
    pub(super) fn check(
        &mut self,
        stories: &Stories,
        (a, b): (&Story<'_>, &Story<'_>),
        alignment: &Alignment,
        facts: &mut Facts,
    ) {
        facts.clear();
        let names = a.names_tell && b.names_tell;
        let is_fact = |kind| kind == WordKind::Number || names && kind == WordKind::Capital;
        for gap in alignment.gaps().filter(|gap| gap.longer() <= LONGEST_GAP) {
            facts
                .a
                .extend(gap.a.filter(|&at| is_fact(a.kinds[at as usize])));
            facts
                .b
                .extend(gap.b.filter(|&at| is_fact(b.kinds[at as usize])));
        }
        let distinct = stories.distinct_words();
        self.marks.resize(self.marks.len().max(distinct), 0);
        self.keep_unknown(a, b, &mut facts.a);
        self.keep_unknown(b, a, &mut facts.b);
    }

    /// Keeps the places of words that `other` does not have, and of each word the first place.
    fn keep_unknown(&mut self, story: &Story<'_>, other: &Story<'_>, places: &mut Vec<u32>) {
        if places.is_empty() {
            return;
        }
        if self.mark == u32::MAX {
            self.marks.fill(0);
            self.mark = 0;
        }
        self.mark += 1;
        other
            .words
            .iter()
            .for_each(|&word| self.marks[word as usize] = self.mark);
        places.retain(|&at| {
            let mark = &mut self.marks[story.words[at as usize] as usize];
            std::mem::replace(mark, self.mark) != self.mark
        });
    }
}

//! The fact check: the same form with other facts is another story.
//!
//! A daily market report, a weather notice, a case count: every day's text aligns with every
//! other day's, and what differs are figures and names. A *fact* is a number, or a name (a
//! capital within a sentence, in stories where capitals are rare), in a short gap between aligned
//! words, that occurs nowhere in the other story, neither so written nor otherwise: `3.2bn` and `3,200 million`,
//! `Édouard` and `Edouard`, `ABD'nin` and `ABD` are one fact each. One person in place of another, first and last
//! name, is one fact: two pages under one story rarely have it illustrated by one photographer.
//! Two stories contradict each other when both have at least two facts, more than 1.5 words of such
//! per 100 aligned ones; on one day, when stories are corrected, at least four and more than 3.5.
//!
//! A form can be worded anew around its figures, so that gaps are long. So numbers alone are
//! counted once more in gaps of up to a paragraph: three or more that the other story does not
//! have, more than agree and more than one per 100 aligned words, contradict as well, but on one day.
//!
//! Decided where the source leaves it open: facts in 100 words are counted on the side that has
//! fewer, so that one page's inserted details do not make a template; names count only if
//! capitals are rare in *both* stories; and a gap may be empty on one side, since filling splits
//! a replaced figure (`26.1 percent` against `percent 38.9`) into two such gaps.
//!
//! Measured in `docs/measured.md`.

use std::ops::Range;

use super::alignment::{Alignment, Gap};
use super::story::{Story, WordKind, size};

/// Longest gap, in words a side, in which a fact replaces a fact.
const LONGEST_GAP: u32 = 6;

/// Facts that both sides must have: a single one may be a figure corrected.
const LEAST_FACTS: u32 = 2;

/// More words of facts than this per 100 aligned ones contradict. At 1 updates with a figure or two
/// corrected go too: undated newsrooms came out at ARI .900, at 1.5 at .917; real news was the same.
const FACTS_IN_100: f64 = 1.5;

/// Longest gap, in words a side, whose figures are held against each other: a paragraph. In a form
/// with new figures whole sentences are worded anew around them.
const FIGURE_GAP: u32 = 40;

/// Figures that both sides must have on their own for the two to be one form filled in twice ...
const LEAST_FIGURES: u32 = 3;

/// ... and per 100 aligned words, more than this. They must also outnumber the figures that agree,
/// which in copies of one report are most, and in two days' case counts few. Daily case counts of
/// one outlet, undated, went from two clusters of 14 and 18 to none of more than 5 (`german_press`).
const FIGURES_IN_100: f64 = 1.0;

/// Up to here, in days, two pages are of one day: most templates come once a day, a few hours early or
/// late.
const SAME_DAY: f64 = 0.8;

/// Facts that both sides must have on one day: an update corrects a few.
const LEAST_SAME_DAY: u32 = 4;

/// On one day, more words of facts than this per 100 aligned ones contradict: the weather of another
/// town. Of 2,358 true pairs of one day, of four newsrooms and five real sets, none has so many, of 580
/// wrong ones 258. At 2.5, where 1 and 267 have, a newsroom lost .003 of ARI.
const SAME_DAY_IN_100: f64 = 3.5;

/// Words of a person's name, first and last. More are an authority's or a company's, and those distinguish
/// forms apart: with any run of names as one fact, precision on a newsroom of many forms fell from
/// .963 to .943.
const PERSON: usize = 2;

/// What two stories say against each other.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facts {
    /// Places in the first story of facts that the second does not know, each fact once.
    pub a: Vec<u32>,
    /// Places in the second story of facts that the first does not know.
    pub b: Vec<u32>,
    /// Times that one person stands in place of another: two facts a side that count as one.
    pub people: u32,
    /// Numbers, in gaps of any sort up to a paragraph, that the other story does not know: of the
    /// side that has fewer.
    pub figures: u32,
    /// Numbers that are aligned, each once.
    pub agreed: u32,
}

impl Facts {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.a.clear();
        self.b.clear();
        self.people = 0;
        self.figures = 0;
        self.agreed = 0;
    }

    /// Facts on the side that has fewer.
    pub fn count(&self) -> u32 {
        self.words() - self.people
    }

    /// Words that are facts or a part of one, on the side that has fewer.
    fn words(&self) -> u32 {
        size(self.a.len().min(self.b.len()))
    }

    /// Whether the stories contradict each other, given how many of their words are aligned and
    /// how far apart they are dated, if both are.
    pub fn contradict(&self, matched: u32, days_apart: Option<f64>) -> bool {
        let per_cent =
            |count: u32, least: f64| f64::from(count) * 100.0 > f64::from(matched) * least;
        let replaced =
            |least: u32, in_100: f64| self.count() >= least && per_cent(self.words(), in_100);
        if days_apart.is_some_and(|days| days.abs() <= SAME_DAY) {
            return replaced(LEAST_SAME_DAY, SAME_DAY_IN_100);
        }
        let is_form = self.figures >= LEAST_FIGURES
            && self.figures > self.agreed
            && per_cent(self.figures, FIGURES_IN_100);
        is_form || replaced(LEAST_FACTS, FACTS_IN_100)
    }
}

/// From so many words on, a story is sorted to look words up in it: below, it is read through. Of
/// 300 words, reading through takes 19 ns, sorting 2.1 µs.
const MANY: usize = 100;

/// Room to check in, reused from pair to pair.
#[derive(Debug, Default)]
pub(super) struct FactCheck {
    places: Vec<u32>,
    /// Words with their places.
    found: Vec<(u32, u32)>,
    sorted: Vec<u32>,
}

fn is_number(story: &Story<'_>, at: u32) -> bool {
    story.kinds[at as usize] == WordKind::Number
}

/// Those of some places, ascending, that lie in a range.
fn within<'p>(places: &'p [u32], range: &Range<u32>) -> &'p [u32] {
    let before = |end: u32| places.partition_point(|&at| at < end);
    &places[before(range.start)..before(range.end)]
}

/// Whether the facts in a gap are one person: a first and a last name, side by side.
fn is_person(story: &Story<'_>, facts: &[u32]) -> bool {
    let is_name = |&at: &u32| story.kinds[at as usize] == WordKind::Capital;
    facts.len() == PERSON && facts[0] + 1 == facts[1] && facts.iter().all(is_name)
}

impl FactCheck {
    /// Finds the facts of two stories.
    pub(super) fn check(
        &mut self,
        (a, b): (&Story<'_>, &Story<'_>),
        alignment: &Alignment,
        facts: &mut Facts,
    ) {
        facts.clear();
        let names = a.names_tell && b.names_tell;
        let is_fact = |kind| kind == WordKind::Number || names && kind == WordKind::Capital;
        let short = || alignment.gaps().filter(|gap| gap.longer() <= LONGEST_GAP);
        for gap in short() {
            facts
                .a
                .extend(gap.a.filter(|&at| is_fact(a.kinds[at as usize])));
            facts
                .b
                .extend(gap.b.filter(|&at| is_fact(b.kinds[at as usize])));
        }
        self.keep_unknown(a, b, &mut facts.a);
        self.keep_unknown(b, a, &mut facts.b);
        let people = short()
            .filter(|gap| is_person(a, within(&facts.a, &gap.a)))
            .filter(|gap| is_person(b, within(&facts.b, &gap.b)));
        facts.people = size(people.count());
        self.count_figures((a, b), alignment, facts);
    }

    /// Counts the numbers that stand against each other, and those that agree.
    fn count_figures(
        &mut self,
        (a, b): (&Story<'_>, &Story<'_>),
        alignment: &Alignment,
        facts: &mut Facts,
    ) {
        let mut places = std::mem::take(&mut self.places);
        let mut own = |story: &Story<'_>, other: &Story<'_>, side: fn(Gap) -> Range<u32>| {
            places.clear();
            let gaps = alignment.gaps().filter(|gap| gap.longer() <= FIGURE_GAP);
            let numbers = gaps.flat_map(side).filter(|&at| is_number(story, at));
            places.extend(numbers);
            self.keep_unknown(story, other, &mut places);
            size(places.len())
        };
        facts.figures = own(a, b, |gap| gap.a).min(own(b, a, |gap| gap.b));
        self.places = places;
        self.sorted.clear();
        for run in alignment.runs() {
            let run = run.a as usize..(run.a + run.length) as usize;
            for (word, &kind) in a.words[run.clone()].iter().zip(&a.kinds[run]) {
                if kind == WordKind::Number {
                    self.sorted.push(*word);
                }
            }
        }
        self.sorted.sort_unstable();
        self.sorted.dedup();
        facts.agreed = size(self.sorted.len());
    }

    /// Keeps the places of words that `other` does not have in any spelling, and of each word the
    /// first place.
    fn keep_unknown(&mut self, story: &Story<'_>, other: &Story<'_>, places: &mut Vec<u32>) {
        if places.is_empty() {
            return;
        }
        let FactCheck { found, sorted, .. } = self;
        found.clear();
        found.extend(places.iter().map(|&at| (story.words[at as usize], at)));
        found.sort_unstable();
        found.dedup_by_key(|(word, _)| *word);
        if found.len() < MANY {
            found.retain(|(word, _)| !has(other.words, *word));
        } else {
            sorted.clear();
            sorted.extend_from_slice(other.words);
            sorted.sort_unstable();
            found.retain(|(word, _)| sorted.binary_search(word).is_err());
        }
        found.retain(|&(_, at)| {
            let at = at as usize;
            !has_alike(other, story.known_by[at], story.kinds[at])
        });
        places.clear();
        places.extend(found.iter().map(|&(_, at)| at));
        places.sort_unstable();
    }
}

/// Whether a story has the figure or name that is known by a number: among its figures or names.
fn has_alike(story: &Story<'_>, known_by: u32, sought: WordKind) -> bool {
    let is_number = sought == WordKind::Number;
    let may_be = |kind| match kind {
        WordKind::Number => is_number,
        WordKind::Capital | WordKind::SentenceStart => !is_number,
        WordKind::Lower => false,
    };
    let mut words = story.known_by.iter().zip(story.kinds);
    has(story.known_by, known_by) && words.any(|(&own, &kind)| own == known_by && may_be(kind))
}

/// Whether a word is among others: in blocks, so that many are looked at with one instruction.
fn has(words: &[u32], word: u32) -> bool {
    let among = |block: &[u32]| {
        block
            .iter()
            .fold(false, |found, &own| found | (own == word))
    };
    words.chunks(64).any(among)
}

#[cfg(test)]
mod tests;

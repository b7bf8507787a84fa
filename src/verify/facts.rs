//! The fact check: the same form with other facts is another story.
//!
//! A daily market report, a weather notice, a case count: every day's text aligns with every
//! other day's, and what differs are figures and names. A *fact* is a number, or a name (a
//! capital within a sentence, in stories where capitals are rare), in a short gap between aligned
//! words, that occurs nowhere in the other story. Two stories contradict each other when both
//! have at least two facts, more than 1.5 per 100 aligned words, and they are not of one day.
//!
//! A form can be worded anew around its figures, so that gaps are long. So numbers alone are
//! counted once more in gaps of up to a paragraph: three or more that the other story does not
//! have, more than agree and more than one per 100 aligned words, contradict as well.
//!
//! Decided where the source leaves it open: facts per 100 words are counted on the side that has
//! fewer, so that one page's inserted details do not make a template; names count only if
//! capitals are rare in *both* stories; and a gap may be empty on one side, since filling splits
//! a replaced figure (`26.1 percent` against `percent 38.9`) into two such gaps.
//!
//! Measured in `docs/method.md`.

use std::ops::Range;

use super::alignment::{Alignment, Gap};
use super::story::{Story, WordKind, size};

/// Longest gap, in words a side, in which a fact replaces a fact.
const LONGEST_GAP: u32 = 6;

/// Facts that both sides must have: a single one may be a figure corrected.
const LEAST_FACTS: u32 = 2;

/// More facts than this per 100 aligned words contradict. At 1 updates with a figure or two
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

/// From here on, in days, two pages may tell of different days: templates come once a day, a few
/// hours early or late.
const SAME_DAY: f64 = 0.8;

/// What two stories say against each other.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Facts {
    /// Places in the first story of facts that the second does not know, each fact once.
    pub a: Vec<u32>,
    /// Places in the second story of facts that the first does not know.
    pub b: Vec<u32>,
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
        self.figures = 0;
        self.agreed = 0;
    }

    /// Facts on the side that has fewer.
    pub fn count(&self) -> u32 {
        size(self.a.len().min(self.b.len()))
    }

    /// Whether the stories contradict each other, given how many of their words are aligned and
    /// how far apart they are dated, if both are.
    pub fn contradict(&self, matched: u32, days_apart: Option<f64>) -> bool {
        let per_cent =
            |count: u32, least: f64| f64::from(count) * 100.0 > f64::from(matched) * least;
        let count = self.count();
        let replaced = count >= LEAST_FACTS && per_cent(count, FACTS_IN_100);
        let is_form = self.figures >= LEAST_FIGURES
            && self.figures > self.agreed
            && per_cent(self.figures, FIGURES_IN_100);
        (replaced || is_form) && days_apart.is_none_or(|days| days.abs() > SAME_DAY)
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
        for gap in alignment.gaps().filter(|gap| gap.longer() <= LONGEST_GAP) {
            facts
                .a
                .extend(gap.a.filter(|&at| is_fact(a.kinds[at as usize])));
            facts
                .b
                .extend(gap.b.filter(|&at| is_fact(b.kinds[at as usize])));
        }
        self.keep_unknown(a, b, &mut facts.a);
        self.keep_unknown(b, a, &mut facts.b);
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
        let aligned = alignment.runs().iter().flat_map(|run| run.in_a());
        let numbers = aligned.filter(|&at| is_number(a, at));
        self.sorted.clear();
        self.sorted.extend(numbers.map(|at| a.words[at as usize]));
        self.sorted.sort_unstable();
        self.sorted.dedup();
        facts.agreed = size(self.sorted.len());
    }

    /// Keeps the places of words that `other` does not have, and of each word the first place.
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
        places.clear();
        places.extend(found.iter().map(|&(_, at)| at));
        places.sort_unstable();
    }
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
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::likeness::Refusal;
    use crate::verify::judge::Judge;
    use crate::verify::stories::Stories;
    use crate::verify::testing::push_kinds;
    use crate::verify::verdict::Rule;

    /// What a word is, by its number: some are numbers, some names.
    fn kind(word: u64) -> WordKind {
        match word % 10 {
            0 | 1 => WordKind::Number,
            2 => WordKind::Capital,
            3 => WordKind::SentenceStart,
            _ => WordKind::Lower,
        }
    }

    fn facts_of(a: &[u64], b: &[u64], kind: impl Fn(u64) -> WordKind) -> (Facts, Alignment) {
        let mut stories = Stories::default();
        for text in [a, b] {
            let kinds: Vec<WordKind> = text.iter().map(|&word| kind(word)).collect();
            push_kinds(&mut stories, text, &kinds);
        }
        let mut judge = Judge::new();
        // Twice, so that marks of an earlier pair are there.
        judge.decide_in_full(&stories, (1, 0), &Rule::WIRE, None);
        judge.decide_in_full(&stories, (0, 1), &Rule::WIRE, None);
        (judge.facts().clone(), judge.alignment().clone())
    }

    /// The words that are facts, by definition.
    fn plain(
        text: &[u64],
        other: &[u64],
        gaps: impl Iterator<Item = std::ops::Range<u32>>,
        names: bool,
    ) -> BTreeSet<u64> {
        gaps.flatten()
            .map(|at| text[at as usize])
            .filter(|&word| match kind(word) {
                WordKind::Number => true,
                WordKind::Capital => names,
                _ => false,
            })
            .filter(|word| !other.contains(word))
            .collect()
    }

    /// Whether capitals are rare, by definition.
    fn names(text: &[u64]) -> bool {
        let count = |which| text.iter().filter(|&&word| kind(word) == which).count() as f64;
        let (capital, lower) = (count(WordKind::Capital), count(WordKind::Lower));
        capital > 0.0 && capital / (capital + lower) < 0.22 || capital == 0.0 && lower > 0.0
    }

    proptest! {
        #[test]
        fn facts_are_the_words_of_the_definition(
            base in prop::collection::vec(0u64..80, 8..80),
            changes in prop::collection::vec((0usize..80, 0u64..200), 0..16),
        ) {
            let mut other = base.clone();
            for (at, word) in changes {
                let at = at % other.len();
                other[at] = word;
            }
            let (facts, alignment) = facts_of(&base, &other, kind);
            let short: Vec<_> = alignment
                .gaps()
                .filter(|gap| gap.a.len() <= 6 && gap.b.len() <= 6)
                .collect();
            let names = names(&base) && names(&other);
            let words = |text: &[u64], places: &[u32]| -> Vec<u64> {
                places.iter().map(|&at| text[at as usize]).collect()
            };
            let (of_a, of_b) = (words(&base, &facts.a), words(&other, &facts.b));
            let a = plain(&base, &other, short.iter().map(|gap| gap.a.clone()), names);
            let b = plain(&other, &base, short.iter().map(|gap| gap.b.clone()), names);
            prop_assert_eq!((of_a.len(), of_b.len()), (a.len(), b.len()), "each once");
            prop_assert_eq!(of_a.into_iter().collect::<BTreeSet<_>>(), a);
            prop_assert_eq!(of_b.into_iter().collect::<BTreeSet<_>>(), b);
        }
    }

    /// A notice of 60 words that all are 4 to 9 at the end, so in lower case.
    fn notice() -> Vec<u64> {
        (0..60).map(|at| at * 10 + 4 + at % 6).collect()
    }

    fn with(places: &[(usize, u64)]) -> Vec<u64> {
        let mut text = notice();
        places.iter().for_each(|&(at, word)| text[at] = word);
        text
    }

    fn count(a: &[(usize, u64)], b: &[(usize, u64)]) -> u32 {
        facts_of(&with(a), &with(b), kind).0.count()
    }

    #[test]
    fn a_figure_in_place_of_a_figure_is_a_fact() {
        assert_eq!(count(&[(10, 1_000)], &[(10, 2_000)]), 1);
        // The same change again is the same fact.
        let (a, b) = ([(10, 1_000), (30, 1_000)], [(10, 2_000), (30, 2_000)]);
        assert_eq!(count(&a, &b), 1);
        // A figure that the other story has elsewhere is none.
        assert_eq!(count(&[(10, 1_000)], &[(10, 2_000), (50, 1_000)]), 0);
        // Nor is a word.
        assert_eq!(count(&[(10, 1_004)], &[(10, 2_004)]), 0);
    }

    #[test]
    fn a_name_is_a_fact_where_capitals_are_rare() {
        assert_eq!(count(&[(10, 1_002)], &[(10, 2_002)]), 1);
        let (a, b) = (with(&[(10, 1_002)]), with(&[(10, 2_002)]));
        let german = |word: u64| match word % 4 {
            0 => WordKind::Capital,
            _ => kind(word),
        };
        assert_eq!(facts_of(&a, &b, german).0.count(), 0);
        assert_eq!(count(&[(10, 1_003)], &[(10, 2_003)]), 0, "sentence start");
    }

    #[test]
    fn names_need_rare_capitals_within_sentences() {
        let kinds = |capital: usize, lower: usize| {
            let mut kinds = vec![WordKind::Capital; capital];
            kinds.resize(capital + lower, WordKind::Lower);
            kinds.resize(200, WordKind::SentenceStart);
            kinds
        };
        for (capital, tell) in [(21, true), (22, false), (0, true)] {
            let mut stories = Stories::default();
            let words: Vec<u64> = (0..200).collect();
            push_kinds(&mut stories, &words, &kinds(capital, 100 - capital));
            assert_eq!(stories.story(0).names_tell, tell, "{capital} of 100");
        }
    }

    #[test]
    fn a_gap_of_seven_words_holds_no_facts() {
        for (size, facts) in [(6, 6), (7, 0)] {
            let side = |base: u64| -> Vec<(usize, u64)> {
                (0..size)
                    .map(|at| (20 + at, base + 10 * at as u64))
                    .collect()
            };
            assert_eq!(count(&side(10_000), &side(20_000)), facts);
        }
    }

    #[test]
    fn two_facts_a_side_contradict_unless_on_one_day_or_in_a_long_story() {
        let facts = |a: u32, b: u32| Facts {
            a: (0..a).collect(),
            b: (0..b).collect(),
            ..Facts::default()
        };
        assert!(facts(2, 2).contradict(133, None));
        assert!(!facts(2, 2).contradict(134, None));
        assert!(!facts(1, 9).contradict(20, None));
        assert!(facts(2, 2).contradict(50, Some(-0.81)));
        assert!(!facts(2, 2).contradict(50, Some(0.8)));
    }

    #[test]
    fn figures_that_outnumber_those_that_agree_contradict() {
        let facts = |figures: u32, agreed: u32| Facts {
            figures,
            agreed,
            ..Facts::default()
        };
        assert!(facts(3, 2).contradict(200, None));
        assert!(!facts(3, 3).contradict(200, None));
        assert!(!facts(2, 0).contradict(50, None));
        assert!(!facts(3, 2).contradict(300, None));
        assert!(!facts(3, 2).contradict(200, Some(0.5)));
    }

    #[test]
    fn the_same_form_with_other_figures_is_refused() {
        let mut stories = Stories::default();
        for figures in [[(20, 1_000), (40, 1_010)], [(20, 2_000), (40, 2_010)]] {
            let text = with(&figures);
            let kinds: Vec<WordKind> = text.iter().map(|&word| kind(word)).collect();
            push_kinds(&mut stories, &text, &kinds);
        }
        let mut judge = Judge::new();
        let next_day = judge.decide(&stories, (0, 1), &Rule::WIRE, Some(1.0));
        assert!(next_day.score > 1.0);
        assert_eq!(next_day.refused, Some(Refusal::Facts));
        assert_eq!(
            (&judge.facts().a[..], &judge.facts().b[..]),
            (&[20, 40][..], &[20, 40][..])
        );
        let same_day = judge.decide(&stories, (0, 1), &Rule::WIRE, Some(0.1));
        assert_eq!(same_day.facts, 2);
        assert!(same_day.is_copy() && !same_day.contradicted);
    }
}

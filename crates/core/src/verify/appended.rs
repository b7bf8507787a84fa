//! One passage under two stories of one outlet: a list of names, the standing end of a series.
//!
//! Boilerplate that an outlet prints too seldom to be learned can be as long as its stories and
//! joins them by the score. What distinguishes it from a copy is what stands before it. A copy of one outlet,
//! re-fetched, updated or cut, begins with its story; where both pages begin with texts of some length that have
//! nothing in common and then go on alike to the end, they are two stories over one passage.
//!
//! Measured in `docs/measured.md`.

use super::alignment::{Alignment, Run};
use super::story::Story;
use crate::relation::LEAD_WORDS;

/// Words that each story must have before the passage: those of a lead, so that two wordings of one lead are
/// not two stories.
const OWN_WORDS: u32 = LEAD_WORDS;

/// The least share of each story that stands before the passage.
const OWN_SHARE: f64 = 0.2;

/// From the passage to the end at least this share of both stories is aligned: a list may be kept up.
const ALIGNED: f64 = 0.9;

/// Beginnings are unrelated up to this share of what the shorter one's distinct words weigh. Of eight
/// labelled sets and newsrooms, pairs of two stories have .05 to .29, pages reworked by their outlet .32 and more, most .5.
const IN_COMMON: f64 = 0.30;

/// Whether two stories share a passage to their ends, under unrelated beginnings.
pub(super) fn is_appended((a, b): (&Story<'_>, &Story<'_>), alignment: &Alignment) -> bool {
    let Some((in_a, in_b)) = passage((a, b), alignment) else {
        return false;
    };
    let is_long = |own: u32, story: &Story<'_>| {
        own >= OWN_WORDS && f64::from(own) >= OWN_SHARE * f64::from(story.len())
    };
    is_long(in_a, a) && is_long(in_b, b) && in_common((a, in_a), (b, in_b)) <= IN_COMMON
}

/// Where the passage begins in both: the earliest run from which on nearly all is aligned.
fn passage((a, b): (&Story<'_>, &Story<'_>), alignment: &Alignment) -> Option<(u32, u32)> {
    let in_order = alignment.moved().first().copied();
    let runs = &alignment.runs()[..in_order.unwrap_or(alignment.runs().len())];
    let mut matched = 0;
    let mut found = None;
    for &Run {
        a: in_a,
        b: in_b,
        length,
        ..
    } in runs.iter().rev()
    {
        matched += length;
        let rest = (a.len() - in_a).max(b.len() - in_b);
        if f64::from(matched) >= ALIGNED * f64::from(rest) {
            found = Some((in_a, in_b));
        }
    }
    found
}

/// How much of the beginning with less in it stands in the other one: the share of the weight of its distinct words.
fn in_common((a, in_a): (&Story<'_>, u32), (b, in_b): (&Story<'_>, u32)) -> f64 {
    let weighed = |story: &Story<'_>, end: u32| -> Vec<(u32, u32)> {
        let mut words: Vec<(u32, u32)> = (0..end as usize)
            .map(|at| (story.words[at], story.weights[at]))
            .collect();
        words.sort_unstable();
        words.dedup_by_key(|&mut (word, _)| word);
        words
    };
    let (a, b) = (weighed(a, in_a), weighed(b, in_b));
    let weight = |words: &[(u32, u32)]| -> u64 { words.iter().map(|&(_, w)| u64::from(w)).sum() };
    let is_known = |word: u32| b.binary_search_by_key(&word, |&(word, _)| word).is_ok();
    let shared: u64 = a
        .iter()
        .filter(|&&(word, _)| is_known(word))
        .map(|&(_, weight)| u64::from(weight))
        .sum();
    let smaller = weight(&a).min(weight(&b)).max(1);
    #[expect(clippy::cast_precision_loss)] // sums of a page's weights are far below 2^52
    let share = shared as f64 / smaller as f64;
    share
}

#[cfg(test)]
mod tests {
    use crate::likeness::Refusal;
    use crate::verify::testing::push;
    use crate::verify::{Between, Decision, PairVerifier, Rule, Stories};

    fn of_one_outlet(texts: [Vec<u64>; 2], is_one_outlet: bool) -> Decision {
        let mut stories = Stories::default();
        texts.iter().for_each(|text| push(&mut stories, text));
        let between = Between {
            is_one_outlet,
            ..Between::default()
        };
        PairVerifier::new().decide(&stories, (0, 1), &Rule::WIRE, between)
    }

    /// Two texts with beginnings of so many words, of which so many are in both, over one passage.
    fn over_a_passage(beginnings: [u64; 2], in_both: u64) -> [Vec<u64>; 2] {
        let passage = 10_000..10_000 + 200;
        [(0, beginnings[0]), (5_000, beginnings[1])].map(|(first, words)| {
            // Shared words are apart, so that none of them is aligned.
            let word = |at: u64| match at.is_multiple_of(2) && at / 2 < in_both {
                true => 20_000 + at,
                false => first + at,
            };
            (0..words).map(word).chain(passage.clone()).collect()
        })
    }

    #[test]
    fn two_stories_of_one_outlet_over_its_passage_are_no_copies() {
        let refused = of_one_outlet(over_a_passage([60, 90], 0), true);
        assert!(refused.score >= Rule::WIRE.threshold);
        assert_eq!(refused.refused, Some(Refusal::Boilerplate));
        assert!(of_one_outlet(over_a_passage([60, 90], 0), false).is_copy());
    }

    #[test]
    fn a_passage_that_is_kept_up_is_a_passage() {
        let mut texts = over_a_passage([60, 60], 0);
        texts[1][160] = 7_777;
        let decision = of_one_outlet(texts, true);
        assert_eq!(decision.refused, Some(Refusal::Boilerplate));
    }

    #[test]
    fn a_cut_beginning_a_short_one_and_a_related_one_are_those_of_a_copy() {
        for beginnings in [[0, 60], [39, 60], [60, 39]] {
            assert!(of_one_outlet(over_a_passage(beginnings, 0), true).is_copy());
        }
        assert!(of_one_outlet(over_a_passage([60, 60], 19), true).is_copy());
        assert!(!of_one_outlet(over_a_passage([60, 60], 18), true).is_copy());
    }

    #[test]
    fn a_story_that_goes_on_differently_is_not_over_a_passage() {
        let mut texts = over_a_passage([60, 60], 0);
        texts[0].extend(30_000..30_040);
        texts[1].extend(40_000..40_040);
        assert_ne!(
            of_one_outlet(texts, true).refused,
            Some(Refusal::Boilerplate)
        );
    }
}

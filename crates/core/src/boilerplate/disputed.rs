//! Does a corpus bear out what was learned from another one?
//!
//! Tables that are given are believed: what they say is boilerplate is masked, were it the body of a story. Where that
//! story is on four pages or more of the corpus at hand, the pages themselves say otherwise: the passage repeats, and no
//! different stories are around it. So the corpus is learned from as if nothing were given, and pages that lose
//! half of their words to passages that are disputed so are counted. What is rarer here than that is left to
//! the tables, as a day's pages teach little.

use std::collections::HashSet;
use std::sync::atomic::AtomicBool;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::examined;
use super::grams::{GRAM, grams};
use super::learned::LearnedBoilerplate;
use super::pages::Pages;

/// How many of the pages lose half of their words or more to passages that these tables mask and the pages
/// themselves would not; nothing if cancelled meanwhile.
///
/// Time: as for [`learn`](super::learn).
pub fn disputed_pages(
    pages: &Pages,
    given: &LearnedBoilerplate,
    cancelled: &AtomicBool,
) -> Option<u64> {
    examined(pages, cancelled, |examined| {
        let open = examined.open.iter().copied().flatten();
        let open: HashSet<u64, FixedState> = open.map(|one| one.gram).collect();
        let is_disputed = |page: &usize| {
            let words = pages.words(*page).len();
            2 * disputed_words(pages, *page, given, &examined.boilerplate, &open) >= words.max(1)
        };
        (0..pages.len()).into_par_iter().filter(is_disputed).count() as u64 // usize is at most 64 bits
    })
}

/// Words of a page in grams of stories that one table masks, and the other does not.
fn disputed_words(
    pages: &Pages,
    page: usize,
    given: &LearnedBoilerplate,
    own: &LearnedBoilerplate,
    open: &HashSet<u64, FixedState>,
) -> usize {
    let (words, publisher) = (pages.words(page), pages.facts(page).publisher);
    let mut disputed = vec![false; words.len()];
    given.runs(words, publisher, |run| {
        for (at, gram) in run.clone().zip(grams(&words[run])) {
            if open.contains(&gram) {
                disputed[at..at + GRAM].fill(true);
            }
        }
    });
    own.runs(words, publisher, |run| disputed[run].fill(false));
    disputed.into_iter().filter(|&disputed| disputed).count()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{own, pages_with, word};
    use super::super::{PageWord, learn};
    use super::*;

    fn grams_of(text: &[u64]) -> Vec<u64> {
        let words: Vec<PageWord> = text.iter().map(|&number| word(number)).collect();
        grams(&words).collect()
    }

    /// Pages of one outlet each: so many with a story, others with a notice around stories of their own.
    fn pages(copies: u64) -> Pages {
        let copy = |n: u64| [own(1, 200), own(100 + n, 12)].concat();
        let other = |n: u64| [own(500 + n, 200), own(2, 40)].concat();
        let texts: Vec<Vec<u64>> = (0..copies).map(copy).chain((0..20).map(other)).collect();
        let facts: Vec<_> = (0..copies)
            .map(|n| (Some(n), None))
            .chain((0..20).map(|_| (Some(99), None)))
            .collect();
        pages_with(&texts, &facts)
    }

    #[test]
    fn a_story_that_a_given_table_masks_is_disputed_where_four_pages_have_it() {
        let go_on = AtomicBool::new(false);
        let poisoned = LearnedBoilerplate::from_parts(grams_of(&own(1, 200)), Vec::new());
        let of = |copies| disputed_pages(&pages(copies), &poisoned, &go_on).unwrap();
        // One publisher's page is not masked by others where that is most of it: what is left must be longer.
        let whole = |copies: u64| {
            let texts: Vec<Vec<u64>> = (0..copies)
                .map(|n| [own(1, 200), own(100 + n, 12)].concat())
                .collect();
            let facts = vec![(None, None); texts.len()];
            disputed_pages(&pages_with(&texts, &facts), &poisoned, &go_on).unwrap()
        };
        assert_eq!((of(6), of(3)), (0, 0), "the page keeps its story");
        assert_eq!((whole(6), whole(3)), (6, 0));
    }

    #[test]
    fn what_the_pages_would_mask_themselves_is_not_disputed() {
        let go_on = AtomicBool::new(false);
        let pages = pages(6);
        let learned = learn(&pages, &go_on).unwrap().boilerplate;
        assert!(!learned.is_empty());
        assert_eq!(disputed_pages(&pages, &learned, &go_on), Some(0));
    }
}

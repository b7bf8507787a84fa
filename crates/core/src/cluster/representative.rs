//! Which member represents a cluster?
//!
//! The earliest dated copy. Where one day holds copies with a time of day and copies without,
//! their order is unknown: the earliest timed one and all untimed ones of that day are even. Ties
//! and undated clusters go to a copy that the agency published itself, then the longest text, then
//! the smallest content hash, then the id. It is called representative, not original: the wire feed itself is usually absent.

use std::cmp::Reverse;

use super::Facts;
use crate::date::Precision;
use crate::doc_id::DocId;

/// The member the others are described against. Does not depend on the order of `members`.
///
/// # Panics
///
/// If there are no members.
pub fn representative(members: &[DocId], facts: &(impl Facts + ?Sized)) -> DocId {
    let dated = members.iter().filter_map(|&doc| facts.date(doc));
    let first_day = dated.clone().map(|date| date.day()).min();
    let first_second = dated
        .filter(|date| Some(date.day()) == first_day && date.precision == Precision::Second)
        .map(|date| date.seconds)
        .min();
    let is_first = |doc: DocId| match facts.date(doc) {
        None => first_day.is_none(),
        Some(date) if Some(date.day()) != first_day => false,
        Some(date) => date.precision == Precision::Day || Some(date.seconds) == first_second,
    };
    let mut firsts = members.iter().copied().filter(|&doc| is_first(doc));
    let start = firsts
        .next()
        .expect("a cluster has members, and one of them is the first");
    let rank = |doc: DocId| {
        let elsewhere = !facts.is_from_agency(doc);
        (elsewhere, Reverse(facts.words(doc)), facts.content(doc))
    };
    firsts.fold(start, |best, doc| {
        let better = rank(doc)
            .cmp(&rank(best))
            .then_with(|| facts.id(doc).cmp(&facts.id(best)));
        if better.is_lt() { doc } else { best }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::Page;
    use super::*;

    fn chosen(pages: &[Page]) -> u32 {
        let pages = pages.to_vec();
        let mut members: Vec<DocId> = (0..pages.len()).map(DocId::from_index).collect();
        let forward = representative(&members, &pages);
        members.reverse();
        assert_eq!(representative(&members, &pages), forward);
        forward.get()
    }

    fn page(date: Option<(i64, Option<i64>)>, words: u32, content: u64) -> Page {
        Page {
            date,
            words,
            content,
            ..Page::default()
        }
    }

    #[test]
    fn the_earliest_dated_copy_speaks() {
        let late = page(Some((10, Some(50))), 900, 1);
        let early = page(Some((10, Some(20))), 100, 2);
        let undated = page(None, 999, 3);
        assert_eq!(chosen(&[late, undated, early]), 2);
    }

    #[test]
    fn on_one_day_an_untimed_copy_ties_with_the_earliest_timed_one() {
        let timed = page(Some((10, Some(3600))), 300, 1);
        let later = page(Some((10, Some(7200))), 900, 2);
        let untimed = page(Some((10, None)), 400, 3);
        assert_eq!(chosen(&[timed, later, untimed]), 2);
    }

    #[test]
    fn a_tie_goes_to_the_copy_of_the_agency_that_published_it() {
        let from_agency = |page: Page| Page {
            from_agency: true,
            ..page
        };
        let noon = Some((10, Some(43_200)));
        let (long, agency) = (page(noon, 900, 1), from_agency(page(noon, 300, 2)));
        assert_eq!(chosen(&[long, agency]), 1);
        assert_eq!(
            chosen(&[page(None, 900, 1), from_agency(page(None, 300, 2))]),
            1
        );
        assert_eq!(chosen(&[agency, from_agency(long)]), 1);
        let earlier = page(Some((9, None)), 10, 3);
        assert_eq!(chosen(&[earlier, agency]), 0);
    }

    #[test]
    fn ties_go_to_the_longest_then_the_smallest_content_hash_then_the_id() {
        assert_eq!(chosen(&[page(None, 5, 1), page(None, 7, 9)]), 1);
        assert_eq!(chosen(&[page(None, 7, 9), page(None, 7, 2)]), 1);
        assert_eq!(chosen(&[page(None, 7, 2), page(None, 7, 2)]), 0);
    }
}

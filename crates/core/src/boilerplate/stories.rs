//! How many different stories are on these pages?
//!
//! What belongs to a site is on pages that share little else; a wire story's text is on
//! pages that share a story. So the pages a gram is on are gone through in order: a page is
//! *the same story* as one before it if the two have enough of their own text in common, whatever
//! their days; else it *leads* a new story. From four leaders on ([`distinct_of`]: more where
//! pages are many) the gram is boilerplate. Text already masked does not count as likeness.
//!
//! Enough is a share of all grams of the smaller page, or of its *rare* ones alone. A page of one
//! line is all menus and teasers until these are masked, and two edited copies of a story share a
//! small part of it; but what they share is on few pages, and the rest on many.
//!
//! Pages are compared by samples of their grams, those whose hash is a multiple of eight, of the
//! rare ones of two (FracMinHash; L. Irber et al., "Lightweight compositional analysis of
//! metagenomes with FracMinHash and minimum metagenome covers", 2022).

use rayon::prelude::*;

use super::grams::{GRAM, grams};
use super::pages::Pages;
use super::rough::RoughCounts;

/// Distinct stories from which on a gram is boilerplate; 3 and 5 came to the same on newsrooms.
const DISTINCT: usize = 4;

/// Pages from which on every doubling asks for one distinct story more. Phrases of the trade find
/// a story more with every few pages: of 1,000 wire briefs .1 % of the words were masked, of 7,100
/// 1.2 %. With this they are .5 %, and a newsroom loses no copy by it.
const DOUBLING: usize = 1_000;

/// Distinct stories from which on a gram is boilerplate, learned from so many pages: 4 of fewer than
/// 2,000, 8 of the most that are learned from.
pub(super) fn distinct_of(pages: usize) -> usize {
    DISTINCT + (pages / DOUBLING).checked_ilog2().unwrap_or(0) as usize
}

/// Two pages are one story from this share of the smaller one's grams on. Flat between .2 and .3;
/// .5 masks stories that are trimmed and edited.
const SAME_STORY: f64 = 0.30;

/// So much more must two pages of two known publishers share: what these teach is doubted on a page that it is
/// most of, so that a long paragraph of background may be learned from shorter pages. Of 100,000 pages a fifth
/// fewer pairs were compared, ARI of newsrooms the same within .003; with .20 more, heavily edited copies were lost.
const DOUBTED: f64 = 0.10;

/// Two pages of one publisher are one story, fetched again or brought up to date, from this share of the smaller
/// one's grams on: what they share less of may be the publisher's background to two stories. At .5 background
/// and menus of shells stayed (precision of two crawls of the trade press .10 and .82, with this .62 and .89).
const SAME_PAGE: f64 = 0.65;

/// One of so many grams is kept of a page.
const SAMPLED_GRAMS: u64 = 8;

/// Of pages with fewer sampled grams all are compared: three say nothing of a brief.
const FEW: usize = 4;

/// Pages up to which a gram is rare: more than carry most stories, fewer than a site has. 16 to 128
/// came to the same, but for stories of up to 60 carriers without sources.
const RARE: u8 = 64;

/// Two pages are one story from this share of the rare grams of the one with fewer on. At .30 pages
/// of one line gain two thirds as much, at .15 the same.
const SAME_RARE: f64 = 0.20;

/// One of so many rare grams is kept of a page; with one of four, edited pages
/// gained .002 less of ARI.
const SAMPLED_RARE: u64 = 2;

/// Of pages with fewer sampled rare grams, these say nothing: two would be a share.
const FEW_RARE: usize = 8;

/// Samples of the unmasked grams of every page.
#[derive(Debug)]
pub(super) struct Likenesses<'p> {
    pages: &'p Pages,
    masked: &'p [bool],
    sketches: Vec<Sketch>,
}

/// Samples of the unmasked grams of a page, each sorted, without repeats.
#[derive(Debug, Default)]
struct Sketch {
    all: Vec<u32>,
    rare: Vec<u32>,
}

impl<'p> Likenesses<'p> {
    /// Samples the grams without a word that `masked`, a value a word of all pages, marks.
    pub(super) fn of(pages: &'p Pages, masked: &'p [bool], rough: &RoughCounts) -> Likenesses<'p> {
        let pages_of = (0..pages.len()).into_par_iter();
        let sketches = pages_of.map_init(Sketch::default, |buffers, page| {
            let counts = rough.of_page(pages, page);
            let is_masked = masked[pages.range(page)].windows(GRAM);
            let Sketch { all, rare } = buffers;
            all.resize(counts.len(), 0);
            rare.resize(counts.len(), 0);
            // Every gram is written, and the next one over it if it is not kept: whether one is kept is
            // chance, and a branch on it would be mispredicted.
            let (mut in_all, mut in_rare) = (0, 0);
            let each = grams(pages.words(page)).zip(counts).zip(is_masked);
            for ((gram, &count), masked) in each {
                let is_free = !(masked[0] | masked[1] | masked[2] | masked[3]);
                all[in_all] = upper(gram);
                in_all += usize::from(is_free & (gram % SAMPLED_GRAMS == 0));
                rare[in_rare] = upper(gram);
                in_rare += usize::from(is_free & (gram % SAMPLED_RARE == 0) & (count <= RARE));
            }
            Sketch {
                all: distinct(&all[..in_all]),
                rare: distinct(&rare[..in_rare]),
            }
        });
        Likenesses {
            pages,
            masked,
            sketches: sketches.collect(),
        }
    }

    /// What comparing two pages costs, about: values looked at.
    pub(super) fn steps(&self, page: usize, other: usize) -> u64 {
        let (a, b) = (&self.sketches[page], &self.sketches[other]);
        let of_few = match a.all.len().min(b.all.len()) < FEW {
            true => self.pages.range(page).len() + self.pages.range(other).len(),
            false => 0,
        };
        let looked_at = a.rare.len() + b.rare.len() + a.all.len() + b.all.len() + of_few;
        looked_at as u64 // usize is at most 64 bits
    }

    /// Whether two pages hold one story.
    pub(super) fn is_same_story(&self, page: usize, other: usize) -> bool {
        let publisher = |page| self.pages.facts(page).publisher;
        let (same_rare, same_story) = match (publisher(page), publisher(other)) {
            (Some(one), Some(other)) if one == other => (SAME_PAGE, SAME_PAGE),
            (Some(_), Some(_)) => (SAME_RARE + DOUBTED, SAME_STORY + DOUBTED),
            _ => (SAME_RARE, SAME_STORY),
        };
        let (a, b) = (&self.sketches[page], &self.sketches[other]);
        if a.rare.len().min(b.rare.len()) >= FEW_RARE && is_enough(&a.rare, &b.rare, same_rare) {
            return true;
        }
        if a.all.len().min(b.all.len()) < FEW {
            return is_enough(&self.all_grams(page), &self.all_grams(other), same_story);
        }
        is_enough(&a.all, &b.all, same_story)
    }

    /// The unmasked grams of a page, sorted: what its sketch is a sample of.
    fn all_grams(&self, page: usize) -> Vec<u32> {
        let all = unmasked_grams(self.pages, self.masked, page).map(upper);
        distinct(&all.collect::<Vec<u32>>())
    }
}

/// The grams of a page without a masked word, in order.
fn unmasked_grams<'p>(
    pages: &'p Pages,
    masked: &'p [bool],
    page: usize,
) -> impl Iterator<Item = u64> + 'p {
    let masked = &masked[pages.range(page)];
    grams(pages.words(page))
        .zip(masked.windows(GRAM))
        .filter(|(_, masked)| !masked.contains(&true))
        .map(|(gram, _)| gram)
}

/// The grams, sorted, each once.
fn distinct(grams: &[u32]) -> Vec<u32> {
    let mut distinct = grams.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}

/// Whether two pages' grams, ascending, have such a share of the fewer ones in common.
fn is_enough(a: &[u32], b: &[u32], share: f64) -> bool {
    let smaller = a.len().min(b.len()).max(1);
    #[expect(clippy::cast_precision_loss)] // a page has fewer grams than 2^52
    let enough = share * smaller as f64;
    #[expect(clippy::cast_precision_loss)] // so has an intersection
    let shared = shared(a, b) as f64;
    shared >= enough
}

fn upper(gram: u64) -> u32 {
    (gram >> 32) as u32 // the upper half fits
}

/// How many values two ascending lists share. Which of them goes on is chance, and a branch on it would be
/// mispredicted every other time.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut of_a, mut of_b, mut shared) = (0, 0, 0);
    while let (Some(&one), Some(&other)) = (a.get(of_a), b.get(of_b)) {
        shared += usize::from(one == other);
        of_a += usize::from(one <= other);
        of_b += usize::from(other <= one);
    }
    shared
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::super::distinct::decide;
    use super::super::frequent::Frequent;
    use super::super::tests::{edited, own, pages_of, pages_with};
    use super::*;

    /// Whether so many of the pages, nothing of which is masked, hold different stories.
    fn are_distinct(pages: &Pages, sample: &[u32], stories: usize) -> bool {
        told_apart(pages, &vec![false; pages.total_words()], sample, stories)
    }

    fn told_apart(pages: &Pages, masked: &[bool], sample: &[u32], stories: usize) -> bool {
        let likenesses = Likenesses::of(
            pages,
            masked,
            &RoughCounts::of(pages, &AtomicBool::new(false)),
        );
        let one = Frequent {
            gram: 1,
            publisher: None,
            pages: 1,
            listings: 0,
            sample: sample.to_vec(),
        };
        let (set, size) = ([&one], (pages.len(), pages.total_words()));
        let decided = decide(
            vec![&set],
            &likenesses,
            size,
            |_| stories,
            &AtomicBool::new(false),
        );
        !decided.unwrap().apart.is_empty()
    }

    /// Pages with this block, each before words of its own.
    fn sharing(block: &[u64], pages: u64, own_words: u64) -> Vec<Vec<u64>> {
        (0..pages)
            .map(|page| [block, &own(100 + page, own_words)].concat())
            .collect()
    }

    #[test]
    fn pages_that_share_only_a_block_hold_different_stories() {
        let pages = pages_of(&sharing(&own(1, 50), 5, 250));
        assert!(are_distinct(&pages, &[0, 1, 2, 3], 4));
        assert!(!are_distinct(&pages, &[0, 1, 2, 3], 5), "there are four");
        assert!(are_distinct(&pages, &[0, 1, 2, 3, 4], 5));
    }

    #[test]
    fn edited_and_trimmed_copies_hold_one_story() {
        let story = own(1, 400);
        let copies: Vec<Vec<u64>> = (0..16)
            .map(|copy| {
                let kept = story.len() - 15 * usize::try_from(copy).unwrap();
                edited(&story[..kept], copy, 20)
            })
            .collect();
        let pages = pages_of(&copies);
        let all: Vec<u32> = (0..16).collect();
        assert!(!are_distinct(&pages, &all, 2));
    }

    #[test]
    fn days_do_not_make_alike_pages_different_stories() {
        let text = own(1, 300);
        let texts: Vec<Vec<u64>> = (0..5).map(|seed| edited(&text, seed, 50)).collect();
        let days = [0, 40, 80, 120, 160].map(|day| (None, Some(day)));
        assert!(!are_distinct(
            &pages_with(&texts, &days),
            &[0, 1, 2, 3, 4],
            2
        ));
    }

    /// Pages that share half of their words with each other.
    #[test]
    fn pages_of_one_publisher_are_one_story_if_they_are_nearly_one_page() {
        let texts = sharing(&own(1, 100), 4, 100);
        let are_distinct = |texts: &[Vec<u64>], publishers: [Option<u64>; 4]| {
            let facts = publishers.map(|publisher| (publisher, None));
            are_distinct(&pages_with(texts, &facts), &[0, 1, 2, 3], 4)
        };
        assert!(are_distinct(&texts, [Some(7); 4]));
        assert!(!are_distinct(&texts, [1, 2, 3, 4].map(Some)));
        assert!(!are_distinct(&texts, [None; 4]));
        let fetched_again = sharing(&own(1, 100), 4, 30);
        assert!(!are_distinct(&fetched_again, [Some(7); 4]));
    }

    #[test]
    fn masked_text_makes_no_likeness() {
        let texts = sharing(&own(1, 240), 4, 80);
        let pages = pages_of(&texts);
        assert!(!are_distinct(&pages, &[0, 1, 2, 3], 2));
        let mut masked = vec![false; pages.total_words()];
        for page in 0..pages.len() {
            let start = pages.range(page).start;
            masked[start..start + 240].fill(true);
        }
        assert!(told_apart(&pages, &masked, &[0, 1, 2, 3], 4));
    }

    /// Four copies of a story, each on the page of a site with a block of its own, and so many more
    /// pages of each site. A tenth of two copies' words are in common.
    fn copies_on_sites(others: u64) -> Vec<Vec<u64>> {
        let page = |site: u64, words: Vec<u64>| [own(site, 500), words].concat();
        let story = own(9, 70);
        let copies = (1..=4).map(|site| page(site, [&story[..], &own(100 + site, 120)].concat()));
        let others = (1..=4)
            .flat_map(|site| (0..others).map(move |n| page(site, own(1_000 * site + n, 30))));
        copies.chain(others).collect()
    }

    #[test]
    fn text_that_few_pages_have_makes_a_likeness_of_its_own() {
        let first = [0, 1, 2, 3];
        let large_sites = pages_of(&copies_on_sites(u64::from(RARE)));
        assert!(
            !are_distinct(&large_sites, &first, 2),
            "37 % of the rare grams"
        );
        let small_sites = pages_of(&copies_on_sites(u64::from(RARE) - 1));
        assert!(
            are_distinct(&small_sites, &first, 4),
            "the sites' grams are rare, too"
        );
    }

    #[test]
    fn few_rare_grams_say_nothing() {
        let blocks: Vec<Vec<u64>> = (1..=4).map(|site| own(site, 500)).collect();
        let with = |words: u64, others: u64| {
            let mut texts: Vec<Vec<u64>> = blocks
                .iter()
                .map(|block| [&block[..], &own(9, words)].concat())
                .collect();
            for other in 0..others {
                let number = usize::try_from(other).unwrap();
                texts.push([&blocks[number % 4][..], &own(1_000 + other, 30)].concat());
            }
            pages_of(&texts)
        };
        assert!(are_distinct(&with(8, 300), &[0, 1, 2, 3], 4));
        assert!(!are_distinct(&with(60, 300), &[0, 1, 2, 3], 2));
    }

    #[test]
    fn the_smaller_page_decides() {
        // A quarter of the story is all of the brief.
        let story = own(1, 800);
        let pages = pages_of(&[story.clone(), story[300..500].to_vec()]);
        assert!(!are_distinct(&pages, &[0, 1], 2));
    }

    #[test]
    fn edited_briefs_hold_one_story() {
        for seed in 0..40 {
            let brief = own(1_000 + seed, 16);
            let copies: Vec<Vec<u64>> = (0..12).map(|copy| edited(&brief, copy, 20)).collect();
            let pages = pages_of(&copies);
            let all: Vec<u32> = (0..12).collect();
            assert!(!are_distinct(&pages, &all, DISTINCT), "{seed}");
        }
    }

    #[test]
    fn shared_values_are_counted_once_each() {
        assert_eq!(shared(&[1, 3, 5, 9], &[0, 3, 4, 9, 10]), 2);
        assert_eq!(shared(&[], &[1]), 0);
        assert_eq!(shared(&[2, 3], &[]), 0);
        assert_eq!(shared(&[1, 2, 3], &[1, 2, 3]), 3);
    }
}

//! What is learned of whole corpora: sites, wire stories, forms; and that it depends on nothing else.

use proptest::prelude::*;

use super::*;

/// A page of a site: its menu, the text, its notice.
fn page(site: u64, text: Vec<u64>, day: i64) -> Page {
    Page {
        text: [own(site, 15), text, own(site + 1_000, 30)].concat(),
        publisher: site,
        day,
        is_listing: false,
    }
}

/// Pages of a site, one a day, each with a text of its own.
fn pages_of_site(site: u64, count: u64) -> Vec<Page> {
    (0..count)
        .map(|n| page(site, own(hash::pair(site, n), 300), n.cast_signed()))
        .collect()
}

/// Words of a story that may go with the boilerplate beside it: a set of grams takes one in some
/// hundreds for its own.
const EDGES: usize = 4;

/// Whether the first 15 and the last 30 words, and no others, are masked.
fn is_story_alone_left(masked: &[bool]) -> bool {
    let (page, notice) = masked.split_at(masked.len() - 30);
    let (menu, story) = page.split_at(15);
    let lost = story.iter().filter(|&&masked| masked).count();
    !menu.contains(&false) && !notice.contains(&false) && lost <= EDGES
}

#[test]
fn boilerplate_of_two_sites_is_masked_whatever_is_known_of_them() {
    let corpus = [pages_of_site(1, 12), pages_of_site(2, 12)].concat();
    for known in ALL_KNOWN {
        let boilerplate = learn_all(&corpus, known);
        for page in &corpus {
            assert!(
                is_story_alone_left(&page.mask(&boilerplate, known)),
                "{known:?}"
            );
        }
        let unseen = page(2, own(9_999, 80), 400);
        assert!(
            is_story_alone_left(&unseen.mask(&boilerplate, known)),
            "{known:?}"
        );
    }
}

#[test]
fn three_pages_of_a_site_teach_nothing_and_four_do() {
    for known in ALL_KNOWN {
        let other = pages_of_site(2, 12);
        for (count, is_masked) in [(3, false), (4, true)] {
            let corpus = [pages_of_site(1, count), other.clone()].concat();
            let masked = corpus[0].mask(&learn_all(&corpus, known), known);
            assert_eq!(is_story_alone_left(&masked), is_masked, "{known:?} {count}");
            assert_eq!(masked.contains(&true), is_masked, "{known:?} {count}");
        }
    }
}

/// Copies of one story of 200 words on as many sites, a few days apart, each with one word in
/// `rate` exchanged, each among `others` more pages of its site. Each has 12 words of its own, a headline, that
/// begin with a few words of the story where `names_it`.
fn carried(copies: u64, rate: u64, others: u64, names_it: bool) -> Vec<Page> {
    let story = own(77, 200);
    (0..copies)
        .flat_map(|site| {
            let names = if names_it { &story[20..23] } else { &[] };
            let headline = [names, &own(hash::pair(site, 5), 12)].concat();
            let text = [headline, edited(&story, site, rate)].concat();
            let day = 100 + site.cast_signed() % 3;
            [vec![page(site, text, day)], pages_of_site(site, others)].concat()
        })
        .collect()
}

/// The share of the words between menu and notice that are masked, of the carriers.
fn story_masked(corpus: &[Page], others: usize, known: Known) -> f64 {
    let boilerplate = learn_all(corpus, known);
    let masks = corpus.iter().step_by(others + 1).map(|carrier| {
        let masked = carrier.mask(&boilerplate, known);
        masked[15..masked.len() - 30].to_vec()
    });
    let masked: Vec<bool> = masks.flatten().collect();
    let count = |masked: usize| f64::from(u32::try_from(masked).unwrap());
    count(masked.iter().filter(|&&masked| masked).count()) / count(masked.len())
}

/// A share of the words that is owed to [`EDGES`] alone.
const HARDLY: f64 = 0.005;

#[test]
fn a_wire_story_with_many_edited_copies_on_different_sites_is_not_masked() {
    for copies in [6, 16, 40] {
        let corpus = carried(copies, 25, 12, true);
        for known in ALL_KNOWN {
            let masked = story_masked(&corpus, 12, known);
            assert!(
                masked < HARDLY,
                "{known:?}, {copies} copies: {masked} masked"
            );
        }
    }
}

#[test]
fn a_story_that_some_outlets_filed_again_and_again_is_masked_nowhere() {
    let story = own(77, 200);
    let carried = |site: u64, n: u64| {
        let text = [
            own(hash::pair(site, n), 12),
            edited(&story, hash::pair(site, n), 50),
        ]
        .concat();
        page(site, text, n.cast_signed())
    };
    let mut corpus: Vec<Page> = (0..20).map(|site| carried(site, 1)).collect();
    corpus.extend((100..106).flat_map(|site| (0..6).map(move |n| carried(site, n))));
    for site in (0..20).chain(100..106) {
        corpus.extend(pages_of_site(site, 24));
    }
    let known = Known {
        publishers: true,
        days: true,
    };
    let boilerplate = learn_all(&corpus, known);
    let share = |page: &Page| {
        let masked = page.mask(&boilerplate, known);
        let of_story = &masked[27..227];
        of_story.iter().filter(|&&masked| masked).count()
    };
    assert!(corpus[..56].iter().all(|page| share(page) <= EDGES));
}

/// The known limit: where nothing is said of pages, sixteen hardly edited copies whose own words
/// have nothing to do with the story look like sixteen pages with a paywall's notice.
#[test]
fn a_story_is_masked_where_sixteen_undated_pages_have_only_foreign_words_besides_it() {
    for copies in [6, 15, 16, 40] {
        let corpus = carried(copies, 400, 12, false);
        for known in ALL_KNOWN {
            let masked = story_masked(&corpus, 12, known);
            let is_limit = copies >= 16 && !known.days && !known.publishers;
            assert_eq!(
                masked > 0.5,
                is_limit,
                "{known:?}, {copies} copies: {masked}"
            );
            assert!(
                is_limit || masked < HARDLY,
                "{known:?}, {copies} copies: {masked}"
            );
        }
    }
}

/// Paywall stubs of a week and a half: two sentences of their own over a notice that weighs more.
/// No four of them are all more than three days from one another, so dates do not distinguish them.
#[test]
fn a_notice_on_pages_of_ten_days_is_masked_whatever_is_known() {
    let notice = own(5, 150);
    let stubs = (0..57u64).map(|number| Page {
        text: [&own(hash::pair(number, 9), 24)[..], &notice].concat(),
        publisher: 9,
        day: 100 + number.cast_signed() % 10,
        is_listing: false,
    });
    let corpus: Vec<Page> = stubs.chain(pages_of_site(1, 40)).collect();
    for known in ALL_KNOWN {
        let boilerplate = learn_all(&corpus, known);
        for stub in &corpus[..57] {
            let masked = stub.mask(&boilerplate, known);
            let count = |masked: &[bool]| masked.iter().filter(|&&masked| masked).count();
            assert_eq!(count(&masked[24..]), 150, "{known:?}");
            assert!(count(&masked[..24]) <= EDGES, "{known:?}");
        }
    }
}

/// The other known limit: a story's words are on more of its edited pages than its grams are. Where
/// these pages are a third of all, its headline's words count as everybody's.
#[test]
fn an_edited_story_is_masked_where_it_is_a_third_of_an_undated_corpus() {
    for (others, is_limit) in [(2, true), (12, false)] {
        let masked = story_masked(
            &carried(40, 25, others, true),
            others.try_into().unwrap(),
            NOTHING,
        );
        assert_eq!(masked > 0.5, is_limit, "{others} others: {masked}");
    }
}

/// A form with eight new figures a day, on a page of nothing else.
fn form(day: i64) -> Page {
    let mut text = own(55, 120);
    for field in 0..8 {
        let at = usize::try_from(field).unwrap() * 15 + 7;
        text[at] = hash::stream(hash::pair(field, 6), day.cast_unsigned()) % 1_000;
    }
    Page {
        text,
        publisher: 3,
        day,
        is_listing: false,
    }
}

#[test]
fn a_form_of_every_day_is_left_to_its_figures_whatever_is_known() {
    let others = [pages_of_site(1, 12), pages_of_site(2, 12)].concat();
    for known in ALL_KNOWN {
        for days in [4, 30] {
            let corpus: Vec<Page> = [(0..days).map(form).collect(), others.clone()].concat();
            let masked = corpus[3].mask(&learn_all(&corpus, known), known);
            assert!(!masked.contains(&true), "{known:?} {days}");
        }
    }
}

#[test]
fn equal_pages_count_once() {
    let one = page(1, own(8, 150), 0);
    let copies = (0..40).map(|day| Page {
        day: 10 * day,
        is_listing: false,
        publisher: day.cast_unsigned(),
        ..one.clone()
    });
    let corpus: Vec<Page> = copies.collect();
    for known in ALL_KNOWN {
        assert_eq!(sample_of(&corpus, known, SAMPLE).len(), 1);
        assert!(learn_all(&corpus, known).is_empty());
    }
}

/// Sites, carried stories, forms: some of everything.
fn newsroom() -> Vec<Page> {
    let mut all = [carried(20, 25, 6, true), carried(17, 400, 6, false)].concat();
    all.extend((0..30).map(form));
    all
}

#[test]
fn the_result_does_not_depend_on_the_number_of_threads() {
    for known in ALL_KNOWN {
        let learned = [1, 2, 3].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.unwrap().install(|| learn_all(&newsroom(), known))
        });
        assert!(!learned[0].is_empty());
        assert_eq!(learned[0], learned[1]);
        assert_eq!(learned[0], learned[2]);
    }
}

/// The newsroom's pages by place, in any order.
fn any_order() -> impl Strategy<Value = Vec<usize>> {
    Just((0..newsroom().len()).collect::<Vec<usize>>()).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn the_result_does_not_depend_on_the_order_of_pages(
        shuffled in any_order(),
        known in prop::sample::select(ALL_KNOWN.to_vec()),
    ) {
        let all = newsroom();
        let shuffled: Vec<Page> = shuffled.iter().map(|&at| all[at].clone()).collect();
        prop_assert_eq!(learn_all(&shuffled, known), learn_all(&all, known));
    }

    #[test]
    fn merged_samples_of_shards_teach_what_the_whole_does(
        shuffled in any_order(),
        known in prop::sample::select(ALL_KNOWN.to_vec()),
        shards in 1usize..6,
        limit in prop::sample::select(vec![100, SAMPLE]),
    ) {
        let all = newsroom();
        let shuffled: Vec<Page> = shuffled.iter().map(|&at| all[at].clone()).collect();
        let merged = shuffled
            .chunks(shuffled.len().div_ceil(shards))
            .map(|shard| sample_of(shard, known, limit))
            .reduce(|all, shard| all.merge(&shard, limit))
            .unwrap();
        let whole = sample_of(&all, known, limit);
        prop_assert_eq!(merged.len(), whole.len());
        let boilerplate = learned(&whole);
        prop_assert!(!boilerplate.is_empty());
        prop_assert_eq!(learned(&merged), boilerplate);
    }
}

//! What a source's pages lose does not depend on how many of them there are.

use super::*;

/// Stock sentences that the source has.
const STOCK: u64 = 2_000;

/// A page of a source: its notice on two pages of three, the menu of one of five sections, and on
/// every second page, between words of its own, a sentence of the trade's stock. A few of these
/// are common and most are rare: half of what is drawn is a quarter of the stock.
fn page(number: u64) -> Page {
    let draw = |of: u64| hash::stream(hash::pair(number, 1), of);
    let stock = || {
        let share = draw(2) >> 32; // of 2³²
        own(1 << 50 | (STOCK * ((share * share) >> 32)) >> 32, 14)
    };
    let words = |of: u64, count: u64| own(hash::pair(number, of), count);
    Page {
        text: [
            own(10 + draw(1) % 5, 12),
            words(5, 60),
            if draw(3) % 2 == 0 {
                stock()
            } else {
                words(6, 14)
            },
            words(7, 70),
            if draw(4) % 3 == 0 {
                Vec::new()
            } else {
                own(1, 30)
            },
        ]
        .concat(),
        publisher: 1,
        day: i64::try_from(number % 365).unwrap(),
        is_listing: false,
    }
}

/// The masked share of the words of so many pages, in per cent, learned from themselves.
fn masked_share(pages: u64, known: Known) -> f64 {
    let corpus: Vec<Page> = (0..pages).map(page).collect();
    let boilerplate = learn_all(&corpus, known);
    let (mut words, mut masked) = (0u32, 0u32);
    for page in &corpus {
        for is_masked in page.mask(&boilerplate, known) {
            words += 1;
            masked += u32::from(is_masked);
        }
    }
    100.0 * f64::from(masked) / f64::from(words)
}

#[test]
fn ten_times_the_pages_lose_the_same_share_within_a_point() {
    for known in ALL_KNOWN {
        let (few, many) = (masked_share(1_000, known), masked_share(10_000, known));
        assert!((many - few).abs() < 1.0, "{known:?}: {few} % and {many} %");
    }
}

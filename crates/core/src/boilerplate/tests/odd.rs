//! Corpora of odd forms: one page, no words, a very long page, one word.

use super::*;

fn corpus(texts: impl IntoIterator<Item = Vec<u64>>) -> Vec<Page> {
    let page = |(day, text)| Page {
        text,
        publisher: 1,
        day,
        is_listing: false,
    };
    (0..).zip(texts).map(page).collect()
}

#[test]
fn one_page_teaches_nothing_however_often_it_repeats_itself() {
    let repeats = own(1, 40).repeat(50);
    for known in ALL_KNOWN {
        assert!(learn_all(&corpus([repeats.clone()]), known).is_empty());
        assert!(learn_all(&[], known).is_empty());
    }
}

#[test]
fn pages_without_words_or_with_few_teach_nothing() {
    let few = (0..60).map(|n| own(n, n % 4));
    for known in ALL_KNOWN {
        assert!(learn_all(&corpus(few.clone()), known).is_empty());
    }
}

#[test]
fn a_page_of_a_hundred_thousand_words_loses_its_boilerplate_and_nothing_else() {
    let menu = own(1, 30);
    let mut texts: Vec<Vec<u64>> = (10..40)
        .map(|n| [menu.clone(), own(n, 200)].concat())
        .collect();
    texts.push([menu.clone(), own(50, 100_000)].concat());
    let all = corpus(texts);
    for known in ALL_KNOWN {
        let masked = all[30].mask(&learn_all(&all, known), known);
        let lost = masked.iter().filter(|&&masked| masked).count();
        // A set of grams takes one in some hundreds for its own: a word beside the menu may go.
        assert!((menu.len()..menu.len() + 4).contains(&lost), "{lost}");
    }
}

#[test]
fn pages_of_one_repeated_word_are_read_to_the_end() {
    let all = corpus((1..200).map(|length| vec![7; 5 * length]));
    for known in ALL_KNOWN {
        let boilerplate = learn_all(&all, known);
        let (everywhere, of_outlet) = boilerplate.len();
        assert!(everywhere <= 1 && of_outlet <= 1, "it has one gram");
    }
}

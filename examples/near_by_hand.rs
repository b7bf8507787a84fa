//! The steps of the `near` profile, put together by hand: pages come, are held against those that are there, and are forgotten.
//!
//! ```sh
//! cargo run --release --example near_by_hand
//! ```
//!
//! A text becomes words, words become shingles, shingles a MinHash signature, and the signature keys. Documents with a key in common are candidates (LSH); whether two are
//! copies is said by the exact Jaccard similarity of their shingles.
//!
//! It is for who needs another store, other hashes or other bounds. What is ready made is `wirecopy::Online`
//! (`examples/online.rs`).

#![allow(clippy::print_stdout, reason = "a program")]

use std::collections::{BTreeSet, HashMap};

use wirecopy::Recipe;
use wirecopy::sketch::Sketcher;
use wirecopy::text::Tokenizer;
use wirecopy::verify::{Marks, ShingleSets};

/// A page that is remembered.
struct Page {
    shingles: Vec<u64>,
    keys: Vec<u64>,
}

/// The pages that are remembered, by number and by key.
struct Window {
    recipe: Recipe,
    sketcher: Sketcher,
    pages: HashMap<u64, Page>,
    /// Pages by each of their keys. A key says of which band it is, so that one table is enough.
    filed: HashMap<u64, Vec<u64>>,
    next: u64,
    // Buffers, so that a page allocates little.
    tokenizer: Tokenizer,
    units: Vec<u64>,
    sets: ShingleSets,
    marks: Marks,
}

impl Window {
    fn new(recipe: Recipe) -> Window {
        Window {
            // The hash functions follow from the seed: two windows of one recipe have equal keys.
            sketcher: Sketcher::new(recipe.banding().slots(), recipe.seed()),
            recipe,
            pages: HashMap::new(),
            filed: HashMap::new(),
            next: 0,
            tokenizer: Tokenizer::new(),
            units: Vec::new(),
            sets: ShingleSets::default(),
            marks: Marks::default(),
        }
    }

    /// Remembers a page, and says by which number.
    fn push(&mut self, text: &str) -> u64 {
        let page = self.page(text);
        let number = self.next;
        self.next += 1;
        for &key in &page.keys {
            self.filed.entry(key).or_default().push(number);
        }
        self.pages.insert(number, page);
        number
    }

    /// The pages that a text is a copy of, with their similarity, the most alike first.
    ///
    /// Of the pairs exactly at the threshold `recipe.recall()` are found, of more similar ones more.
    fn matches(&mut self, text: &str) -> Vec<(u64, f64)> {
        let page = self.page(text);
        // A copy shares many keys, and is compared once. Where very many pages share one key (a notice, an empty
        // page), a run bounds how many of them it takes: see `wirecopy::lsh::CandidateCaps`.
        let filed = page.keys.iter().filter_map(|key| self.filed.get(key));
        let candidates: Vec<u64> = filed
            .flatten()
            .copied()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        self.sets.clear();
        self.sets.push(&page.shingles);
        for number in &candidates {
            self.sets.push(&self.pages[number].shingles);
        }
        let threshold = self.recipe.threshold();
        let mut found = Vec::new();
        self.sets
            .overlaps(0, 1..=candidates.len(), &mut self.marks, |at, overlap| {
                // Compared as whole numbers: no rounding decides what is a copy.
                if threshold.admits(overlap) {
                    found.push((candidates[at - 1], overlap.jaccard()));
                }
            });
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    /// Forgets a page; what is not there is forgotten already.
    fn forget(&mut self, number: u64) {
        let Some(page) = self.pages.remove(&number) else {
            return;
        };
        for key in page.keys {
            if let Some(others) = self.filed.get_mut(&key) {
                others.retain(|&other| other != number);
                if others.is_empty() {
                    self.filed.remove(&key);
                }
            }
        }
    }

    /// The shingles and keys of a text.
    fn page(&mut self, text: &str) -> Page {
        let (shingling, banding) = (self.recipe.shingling(), self.recipe.banding());
        self.units.clear();
        self.tokenizer.for_each(text, |word| {
            shingling.push_units(word.window(), word.len(), &mut self.units);
        });
        let mut shingles = Vec::new();
        shingling.shingles(&self.units, &mut shingles);
        // A text without words has no signature, and so no keys: two of them are not copies of each other.
        let mut keys = Vec::new();
        if !shingles.is_empty() {
            let mut signature = vec![0; self.sketcher.slots()];
            self.sketcher.sign(&shingles, &mut signature);
            keys.resize(banding.bands() as usize, 0);
            banding.keys(&signature, &mut keys);
        }
        Page { shingles, keys }
    }
}

const FERRY: &str = "The ferry to the island was late again on Monday, and nobody in the harbour office could say whether \
    Tuesday would be any better. Passengers waited on the pier for almost three hours, in the rain.";
const BRIDGE: &str = "The old bridge over the river will stay closed until the end of the year, the council said on Monday.";

fn main() {
    let mut window = Window::new(Recipe::default_near());
    let ferry = window.push(FERRY);
    window.push(BRIDGE);
    let edited = FERRY.replace("in the rain", "in the cold");
    for (number, jaccard) in window.matches(&edited) {
        println!("a copy of page {number}: {jaccard:.3}");
    }
    window.forget(ferry);
    println!(
        "afterwards it is one of {} pages",
        window.matches(&edited).len()
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_found_until_its_page_is_forgotten() {
        main();
        let mut window = Window::new(Recipe::default_near());
        let ferry = window.push(FERRY);
        let again = window.push(FERRY);
        window.push(BRIDGE);
        let edited = FERRY.replace("in the rain", "in the cold");
        // 26 of 31 shingles, and 3 more on either side.
        let found = window.matches(&edited);
        assert_eq!(
            found.iter().map(|one| one.0).collect::<Vec<_>>(),
            [ferry, again]
        );
        assert!(found[0].1 > 0.8 && found[0].1 < 1.0, "{found:?}");
        window.forget(ferry);
        window.forget(ferry);
        assert_eq!(window.matches(FERRY), [(again, 1.0)]);
        window.forget(again);
        assert!(window.matches(FERRY).is_empty());
        assert!(window.matches("…").is_empty());
    }

    #[test]
    fn nothing_is_left_of_pages_that_are_forgotten() {
        let mut window = Window::new(Recipe::default_near());
        let all: Vec<u64> = [FERRY, BRIDGE, FERRY, ""]
            .map(|text| window.push(text))
            .into();
        all.into_iter().for_each(|number| window.forget(number));
        assert!(window.pages.is_empty() && window.filed.is_empty());
    }
}

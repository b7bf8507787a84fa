//! How much memory a run needs, and how much there is.

use crate::boilerplate::{self, PageWord};
use crate::cluster::UnionFind;
use crate::corpus::TextPlace;
use crate::doc_id::DocId;
use crate::recipe::{Grouping, Recipe};
use crate::stages::{DocPair, largest};
use crate::store::documents::Row;

/// What a run needs however small its corpus: buffers of the threads, batches of compared texts.
const FIXED: u64 = 64 << 20;
/// An id, and a document's share of candidates, edges and clusters.
const BESIDES: u64 = 160;

/// The word counts of `wire`: two rows of 2^20 cells of 4 bytes.
const WORD_COUNTS: u64 = 8 << 20;
/// Bytes a document while candidates of `wire` are found: its rank and number, its content hash
/// and figures as they come from the mask.
const STORY: u64 = 12 + 48;
/// Bytes of a document in the tables of one band, where it shares its key.
const IN_TABLE: u64 = 4;
/// Bytes of text a word takes, with the space behind it; European languages need 5.5 to 7.
const BYTES_A_WORD: u64 = 6;
/// Bytes a word while boilerplate is learned: 4 of the page, 1 of its count, 1 of the mask and 4 of its sketch, and
/// 80 for each gram that is on many pages, at most every sixteenth.
const LEARNING: u64 = 10 + 5;
/// The rough count of grams: two to four bytes a word, up to these.
const ROUGH_COUNT: u64 = 16 << 20;
/// Bytes a word of the pages while stock is counted, at most: every shingle of the story texts, three
/// quarters of clean pages, in a table that takes 19 to 39 bytes for each. The rough counts keep
/// most out of it unless pages are long.
const STOCK: u64 = 39 * 3 / 4;

/// Bytes of a candidate while they are found: 8 of the pair, twice while bands are put together, and 3 while those
/// of full documents are counted.
pub(crate) const FOUND: u64 = 8 + 8 + 3;
/// Bytes of a candidate from then on: 64 of its figures, twice while they are put together, and what it takes
/// to join them: 32 of links, 56 of two-hop pairs, or 24 of carriers and rows. Measured on near-identical pages: 136 bytes a
/// pair in five million, 211 in one and a quarter.
const COMPARED: u64 = 2 * 64 + 32 + 56;
/// Bytes of a candidate more while average linkage joins what it is in: see [`linked`]. Measured on 19,000
/// near-identical pages: 342 with those above.
const LINKED: u64 = 150;

/// Bytes a word of the texts that are compared at a time: see [`crate::verify::Stories`].
const COMPARING: u64 = 22;
/// Bytes a word of a story text that is spilled to disk: its hash and its kind.
const PUT_ASIDE: u64 = 9;

/// Bytes a byte of text while two long texts are compared, in either profile: their words, shingles and where
/// these stand, and what a report shows of them. Measured on texts of 60 and 50 MB (15.5); ordinary ones are
/// compared many at a time, which
/// [`COMPARING`] counts.
const LONG: u64 = 16;
/// The share of the memory that decoders may look back on, all together, as its inverse: what else there is
/// while inputs are decoded is counted in [`FIXED`].
pub(crate) const DECODING: u64 = 4;

/// Bytes of a document that an index notes: 48 while it is masked, and a title; and which pairs are candidates, some
/// six a document over a million pages.
const NOTED: u64 = 48 + 80 + 6 * 8;

/// How large a corpus is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) documents: u64,
    /// Bytes of text.
    pub(crate) text: u64,
    /// Candidates, once they are known.
    pub(crate) pairs: u64,
    /// How many of them are in the components that are linked at a time.
    pub(crate) linked: u64,
    /// Bytes of the longest text, as far as that is known.
    pub(crate) longest: u64,
    /// Whether boilerplate is learned from it, and not known before.
    pub(crate) learns: bool,
    /// Whether an index keeps notes of its pages.
    pub(crate) is_noted: bool,
}

/// Bytes of memory that a run over such a corpus needs at its peak, mapped files apart.
pub(crate) fn estimate(recipe: &Recipe, size: Size) -> u64 {
    let bands = u64::from(recipe.banding().bands());
    let held = (size_of::<Row>() + size_of::<TextPlace>()) as u64 + BESIDES;
    match recipe.profile().has_stories() {
        false => {
            let held = held + 8 * bands + u64::from(recipe.banding().slots());
            let noted = if size.is_noted { NOTED } else { 0 };
            // While blocks are put together, some of a document is held twice.
            let held = size.documents * (held + held / 2 + noted);
            FIXED + held + pairs(size).saturating_add(long(size))
        }
        true => {
            // Rows are put together before there are keys, boilerplate is learned before, and keys are
            // gone before texts are compared: the largest counts.
            let gathering = size.documents * (held / 2);
            let slots = u64::from(recipe.banding().slots());
            let sketches = size.documents * ((8 + IN_TABLE) * bands + slots + STORY);
            let learning = if size.learns { learning(size) } else { 0 };
            let comparing = comparing(size).max(long(size));
            let comparing = comparing.saturating_add(pairs(size));
            let most = gathering.max(sketches).max(learning).max(comparing);
            let notes = if size.is_noted { notes(size) } else { 0 };
            FIXED + WORD_COUNTS + size.documents * held + most + notes
        }
    }
}

/// Bytes on disk of texts that are spilled, if all of every one is story.
pub(crate) fn story_bytes(recipe: &Recipe, text: u64) -> u64 {
    let units = match recipe.shingling().is_of_words() {
        true => text / BYTES_A_WORD,
        false => text,
    };
    units * PUT_ASIDE
}

/// What candidates take beyond the share of each document.
fn pairs(size: Size) -> u64 {
    let linked = size.linked.saturating_mul(LINKED);
    let all = size.pairs.saturating_mul(COMPARED).saturating_add(linked);
    all.saturating_sub(size.documents * BESIDES)
}

/// How many candidates are in the largest components that average linkage takes as they are, one a thread: of at most
/// `largest_component` texts. What is larger is a crowd around few centres, or taken apart. 0 where it does not matter.
pub(crate) fn linked(pairs: &[DocPair], documents: usize, recipe: &Recipe) -> u64 {
    if recipe.profile().character().grouping == Grouping::Components
        || pairs.len() as u64 * LINKED < FIXED / 2
    {
        return 0;
    }
    let mut sets = UnionFind::new(documents);
    pairs.iter().for_each(|&(a, b)| sets.join(a, b));
    let mut counts = vec![(0u64, 0usize); documents];
    for at in 0..documents {
        counts[sets.root(DocId::from_index(at)).index()].1 += 1;
    }
    for &(a, _) in pairs {
        counts[sets.root(a).index()].0 += 1;
    }
    let mut counts: Vec<u64> = counts
        .into_iter()
        .filter(|&(_, texts)| texts <= recipe.largest_component())
        .map(|(pairs, _)| pairs)
        .collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    counts.iter().take(rayon::current_num_threads()).sum()
}

/// What comparing takes: a batch a thread.
fn comparing(size: Size) -> u64 {
    let words = size.text / BYTES_A_WORD;
    let batch = largest(words);
    let threads = rayon::current_num_threads() as u64;
    words.min(batch.saturating_mul(threads)) * COMPARING
}

/// What comparing the longest texts takes, if each thread has a pair of them.
fn long(size: Size) -> u64 {
    let threads = rayon::current_num_threads() as u64;
    let texts = size.longest.saturating_mul(2 * threads);
    texts.min(size.text).saturating_mul(LONG)
}

/// What a run needs while it decodes: so many bytes to look back on, each thread a file at a time.
pub(crate) fn decoding(mut windows: Vec<u64>) -> u64 {
    windows.sort_unstable_by(|a, b| b.cmp(a));
    let windows: u64 = windows.iter().take(rayon::current_num_threads()).sum();
    FIXED + windows
}

/// What an index notes: of every page, and the words of those that it may learn from again.
fn notes(size: Size) -> u64 {
    let training_pages = sampled_words(size).saturating_mul(size_of::<PageWord>() as u64);
    size.documents * NOTED + training_pages
}

/// Words of the pages that are learned from.
fn sampled_words(size: Size) -> u64 {
    let sampled = size.documents.min(boilerplate::SAMPLE as u64);
    let words = size.text / BYTES_A_WORD;
    let words = u128::from(words) * u128::from(sampled) / u128::from(size.documents.max(1));
    u64::try_from(words).unwrap_or(u64::MAX)
}

/// What learning takes, from a sample that does not grow with the corpus.
fn learning(size: Size) -> u64 {
    let words = sampled_words(size);
    let sampled = size.documents.min(boilerplate::SAMPLE as u64);
    let pairs = boilerplate::bytes_of_pairs(usize::try_from(sampled).unwrap_or(usize::MAX));
    let boilerplate = words
        .saturating_mul(LEARNING)
        .saturating_add(ROUGH_COUNT.min(words.saturating_mul(4)))
        .saturating_add(pairs as u64);
    boilerplate.max(words.saturating_mul(STOCK))
}
/// Bytes of memory that this process may still take, if the system says: what the machine has
/// available, or less where a control group says so.
pub(crate) fn available() -> Option<u64> {
    let machine = std::fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix("MemAvailable:"))?;
            Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
        });
    let number =
        |path: &str| -> Option<u64> { std::fs::read_to_string(path).ok()?.trim().parse().ok() };
    let group = number("/sys/fs/cgroup/memory.max")
        .or_else(|| number("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
    match (machine, group) {
        (Some(machine), Some(group)) => Some(machine.min(group)),
        (machine, group) => machine.or(group),
    }
}

/// The most memory this process ever held in RAM, mapped files included, in bytes.
pub(crate) fn peak() -> Option<u64> {
    status("VmHWM:")
}

fn status(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A corpus of so many pages of 2.5 KB.
    fn pages(documents: u64) -> Size {
        Size {
            documents,
            text: documents * 2_500,
            pairs: 0,
            linked: 0,
            longest: 2_500,
            learns: true,
            is_noted: false,
        }
    }

    #[test]
    fn a_million_documents_fit_a_kilobyte_each() {
        let million = estimate(&Recipe::default_near(), pages(1_000_000));
        assert!(million < 1_000_000 * 1024 + FIXED, "{million}");
        assert_eq!(estimate(&Recipe::default_near(), pages(0)), FIXED);
    }

    #[test]
    fn a_million_pages_of_wire_are_given_a_little_over_two_kilobytes_each() {
        // If every page shares every key. Of generated news few do, and the peak is below two.
        let wire = Recipe::default_wire();
        let million = estimate(&wire, pages(1_000_000));
        assert!(
            million < 1_000_000 * 2140 + FIXED + WORD_COUNTS,
            "{million}"
        );
        assert_eq!(estimate(&wire, pages(0)), FIXED + WORD_COUNTS);
    }

    #[test]
    fn what_learning_takes_does_not_grow_with_the_corpus() {
        let sample = boilerplate::SAMPLE as u64;
        let [small, full, large] = [sample / 2, sample, 50 * sample].map(|n| learning(pages(n)));
        assert!(small < full && full == large, "{small} {full} {large}");
        assert!(full < 400 << 20, "{full}");
        let known = Size {
            learns: false,
            ..pages(sample)
        };
        let wire = Recipe::default_wire();
        assert!(estimate(&wire, known) < estimate(&wire, pages(sample)));
    }

    #[test]
    fn many_candidates_count_when_they_are_known() {
        for recipe in [Recipe::default_wire(), Recipe::default_near()] {
            let with = |pairs| {
                let few = pages(1_000);
                estimate(&recipe, Size { pairs, ..few })
            };
            assert_eq!(with(0), with(500), "a few are in the share of a document");
            let more = with(20_000_000) - with(10_000_000);
            assert_eq!(more, 10_000_000 * COMPARED);
        }
    }

    #[test]
    fn what_is_linked_at_a_time_is_that_of_the_largest_components_below_the_cap() {
        let threads = rayon::current_num_threads();
        let each = 300_000_usize;
        let below = |texts| {
            Recipe::default_wire()
                .with_largest_component(texts)
                .unwrap()
        };
        // As many stars as there are threads and one more, each a little larger than the one before.
        let star = |at: usize| {
            let start = at * each;
            let others = start + 1..start + each - (threads - at);
            others.map(move |other| (DocId::from_index(start), DocId::from_index(other)))
        };
        let pairs: Vec<DocPair> = (0..=threads).flat_map(star).collect();
        let sizes = (0..=threads).map(|at| (each - 1 - (threads - at)) as u64);
        let documents = each * (threads + 1);
        assert_eq!(
            linked(&pairs, documents, &below(each)),
            sizes.skip(1).sum::<u64>()
        );
        assert_eq!(linked(&pairs, documents, &below(100)), 0, "all are larger");
        assert_eq!(
            linked(&pairs[..10], documents, &below(each)),
            0,
            "too few to matter"
        );
        let few = pages(1_000);
        let with = |linked| {
            estimate(
                &Recipe::default_wire(),
                Size {
                    pairs: 9_000_000,
                    linked,
                    ..few
                },
            )
        };
        assert_eq!(with(1_000_000) - with(0), 1_000_000 * LINKED);
    }

    #[test]
    fn what_an_index_notes_is_counted() {
        let wire = Recipe::default_wire();
        let noted = |documents| {
            let is_noted = true;
            let noted = estimate(
                &wire,
                Size {
                    is_noted,
                    ..pages(documents)
                },
            );
            noted - estimate(&wire, pages(documents))
        };
        let sample = boilerplate::SAMPLE as u64;
        let words = 2_500_000 / BYTES_A_WORD;
        assert_eq!(noted(1_000), 1_000 * NOTED + 4 * words);
        assert_eq!(noted(3 * sample) - noted(2 * sample), sample * NOTED);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn linux_says_what_there_is() {
        assert!(available().unwrap() > 1 << 20);
        assert!(peak().unwrap() > 1 << 20);
    }
}

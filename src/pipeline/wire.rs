//! What the `wire` profile does between reading and finding candidates, and between finding
//! candidates and verifying them: learn, mask and sketch; then tell stock paragraphs.

use rayon::prelude::*;

use super::aligning::{AligningMethod, Compared};
use super::batches::DocPair;
use super::clustering::Clustered;
use super::comparing::Comparer;
use super::documents::Documents;
use super::error::Error;
use super::job::JobParts;
use super::judging::Judge;
use super::learning::{Learned, PageReader, Sample, distinct};
use super::linking;
use super::parting::{Parting, stop};
use super::texts::Texts;
use crate::boilerplate::Furniture;
use crate::cluster::{Link, Weight, average};
use crate::doc_id::DocId;
use crate::hash;
use crate::sketch::Sketcher;
use crate::verify::{Decision, Stock, StockCounter};

/// What is kept of a masked page, besides its keys.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StoryFacts {
    /// Words of the story text; none if it is thin.
    words: u32,
    /// Words masked.
    masked: u32,
    /// The identity of the story text, if it is not thin.
    normal: Option<u128>,
}

/// Masks every page and makes the keys of what is left.
pub(super) fn sketch(
    pages: &PageReader<'_>,
    job: &JobParts,
    furniture: &Furniture,
) -> Result<(Vec<StoryFacts>, Vec<u64>), Error> {
    let banding = job.recipe.banding;
    let sketcher =
        Sketcher::with_kernel(banding.slots(), job.recipe.seed, job.instructions.sketch());
    let bands = banding.bands() as usize;
    let documents = pages.documents.rows.len();
    let mut keys = vec![0; documents * bands];
    let mut facts = vec![StoryFacts::default(); documents];
    keys.par_chunks_mut(bands)
        .zip(&mut facts)
        .enumerate()
        .try_for_each_init(
            || (pages.buffers(), vec![0; sketcher.slots()]),
            |(buffers, signature), (at, (keys, facts))| {
                pages.go_on()?;
                pages.page(
                    DocId::from_index(at),
                    Some(furniture),
                    buffers,
                    |reading, _| {
                        let words = reading.story_length();
                        *facts = StoryFacts {
                            words: length(words),
                            masked: length(reading.words.len() - reading.story.len()),
                            normal: (words > 0).then(|| story_hash(&reading.story_words)),
                        };
                        if words > 0 {
                            sketcher.sign(&reading.shingles, signature);
                            banding.keys(signature, keys);
                        }
                    },
                )
            },
        )?;
    Ok((facts, keys))
}

fn length(words: usize) -> u32 {
    u32::try_from(words).expect("a record is shorter than 4 GB")
}

impl Documents {
    /// From now on the documents are their story texts.
    pub(super) fn take_stories(&mut self, facts: Vec<StoryFacts>, keys: Vec<u64>) {
        for (row, story) in self.rows.iter_mut().zip(facts) {
            row.words = story.words;
            row.masked = story.masked;
            row.normal = story.normal.unwrap_or(row.normal);
        }
        self.keys = keys;
    }
}

/// Pages whose shingles are held at a time.
const PART: usize = 4_096;

/// The identity of a story text: never that of a whole page.
fn story_hash(words: &[u64]) -> u128 {
    !hash::words(words)
}

/// Finds the stock paragraphs of a corpus: clusters candidates a first time, blind to stock, and
/// counts in how many of the stories of the sample each shingle stands.
pub(super) fn stock(
    pairs: &[DocPair],
    sample: &Sample,
    texts: &Texts,
    learned: &Learned,
    pages: &PageReader<'_>,
    parting: &Parting<'_>,
    comparer: &Comparer<'_, AligningMethod<'_>>,
) -> Result<Stock, Error> {
    // Equal story texts are one page, and stories are those of the sample.
    let has_story = |doc: &DocId| pages.documents.row(*doc).words > 0;
    let mut docs: Vec<DocId> = sample.docs.iter().copied().filter(has_story).collect();
    docs.iter_mut().for_each(|doc| *doc = texts.first(*doc));
    docs.sort_unstable();
    docs.dedup();
    let mut is_sampled = vec![false; pages.documents.rows.len()];
    docs.iter().for_each(|doc| is_sampled[doc.index()] = true);
    let inside = |pair: &&DocPair| is_sampled[pair.0.index()] && is_sampled[pair.1.index()];
    let pairs: Vec<DocPair> = pairs.iter().filter(inside).copied().collect();
    let mut story_of: Vec<DocId> = pages.documents.all().collect();
    for story in provisional(pairs, parting, comparer)? {
        story
            .iter()
            .for_each(|doc| story_of[doc.index()] = story[0]);
    }
    docs.sort_unstable_by_key(|doc| (story_of[doc.index()], *doc));
    let mut counter = StockCounter::new();
    let mut last = None;
    for part in docs.chunks(PART) {
        let shingles = pages.each_page(part, Some(&learned.furniture), |_, reading, _| {
            let may_be = |shingle: &&u64| sample.shingles.may_be_stock(**shingle);
            distinct(reading.shingles.iter().filter(may_be).copied().collect())
        })?;
        for (doc, shingles) in part.iter().zip(shingles) {
            let story = story_of[doc.index()];
            if last != Some(story) {
                counter.begin_story();
                last = Some(story);
            }
            counter.page(shingles);
        }
    }
    Ok(counter.finish())
}

/// The first clustering.
fn provisional(
    pairs: Vec<DocPair>,
    parting: &Parting<'_>,
    comparer: &Comparer<'_, AligningMethod<'_>>,
) -> Result<Vec<Vec<DocId>>, Error> {
    let keep = |(a, b): DocPair, Compared { decision, .. }: Compared| {
        let weight = match decision.provisional {
            low if low < Decision::PROVISIONAL => return None,
            _ if decision.contradicted => Weight::CONTRADICTED,
            measure => Weight::accepted(measure),
        };
        Some(Link { a, b, weight })
    };
    let found = comparer.each_batch(pairs, keep, |batch, links| {
        Ok(match batch.whole {
            true => (cluster(links, parting), Vec::new()),
            false => (Vec::new(), links),
        })
    })?;
    let (mut stories, mut parts) = (Vec::new(), Vec::new());
    for (whole, part) in found {
        stories.extend(whole);
        parts.extend(part);
    }
    parts.par_sort_unstable_by_key(|link: &Link| (link.a, link.b));
    stories.extend(cluster(parts, parting));
    Ok(stories)
}

/// Adds what can be told once all clusters are known: which documents hold stories of others, and
/// which agencies they name.
pub(super) fn settle(
    mut clustered: Clustered,
    judge: Judge<'_>,
    comparer: &Comparer<'_, AligningMethod<'_>>,
) -> Result<Clustered, Error> {
    clustered.links = linking::link(&mut clustered, judge, comparer)?;
    if let Some(credits) = judge.credits {
        let judged = clustered.judged.iter();
        let mut docs: Vec<DocId> = judged
            .flat_map(|judged| judged.verdicts.iter().map(|&(doc, _)| doc))
            .collect();
        docs.par_sort_unstable();
        clustered.agencies = credits.agencies(&docs)?;
    }
    Ok(clustered)
}

fn cluster(links: Vec<Link>, parting: &Parting<'_>) -> Vec<Vec<DocId>> {
    let mut docs: Vec<DocId> = links.iter().flat_map(|link| [link.a, link.b]).collect();
    docs.sort_unstable();
    docs.dedup();
    let place =
        |doc: DocId| DocId::from_index(docs.binary_search(&doc).expect("a document of a link"));
    let texts: Vec<_> = docs.iter().map(|&doc| parting.text(doc)).collect();
    let links: Vec<Link> = links
        .into_iter()
        .map(|link| Link {
            a: place(link.a),
            b: place(link.b),
            ..link
        })
        .collect();
    let found = average(&texts, &links, stop(), parting.recipe.largest_component);
    let docs_of = |set: Vec<DocId>| set.into_iter().map(|place| docs[place.index()]).collect();
    found.members.into_iter().map(docs_of).collect()
}

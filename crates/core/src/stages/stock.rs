//! Stock paragraphs: passages that stand in many stories and make none of them a copy of another (`wire`).

use rayon::prelude::*;

use super::aligning::{AligningMethod, Compared};
use super::batches::DocPair;
use super::comparing::Comparer;
use super::components::{Component, components};
use super::error::StageError;
use super::method::Why;
use super::partitioner::{Partitioner, stop};
use super::sample::{Sample, distinct, shingles_of};
use super::story_texts::HeldStories;
use super::texts::Texts;
use crate::cluster::{Link, Weight, average};
use crate::doc_id::DocId;
use crate::verify::{Decision, Stock, StockCounter};

/// Pages whose shingles are held at a time.
const PART: usize = 4_096;

/// Finds the stock paragraphs of a corpus: clusters candidates a first time, blind to stock, and
/// counts in how many of the stories of the sample each shingle stands.
///
/// # Errors
///
/// If a text cannot be read, or it was cancelled.
pub fn stock(
    pairs: &[DocPair],
    sample: &Sample,
    texts: &Texts,
    stories: &dyn HeldStories,
    partitioner: &Partitioner<'_>,
    comparer: &Comparer<'_, AligningMethod<'_>>,
) -> Result<Stock, StageError> {
    let shingling = partitioner.recipe.shingling();
    // Equal story texts are one page, and stories are those of the sample.
    let has_story = |doc: &DocId| partitioner.documents.words(*doc) > 0;
    let mut docs: Vec<DocId> = sample.docs.iter().copied().filter(has_story).collect();
    docs.iter_mut().for_each(|doc| *doc = texts.first(*doc));
    docs.sort_unstable();
    docs.dedup();
    let mut is_sampled = vec![false; partitioner.documents.total()];
    docs.iter().for_each(|doc| is_sampled[doc.index()] = true);
    let inside = |pair: &&DocPair| is_sampled[pair.0.index()] && is_sampled[pair.1.index()];
    let pairs: Vec<DocPair> = pairs.iter().filter(inside).copied().collect();
    let all = 0..partitioner.documents.total();
    let mut story_of: Vec<DocId> = all.map(DocId::from_index).collect();
    let provisional = provisional(pairs, partitioner, comparer)?;
    partitioner.context.go_on()?;
    for story in provisional {
        story
            .iter()
            .for_each(|doc| story_of[doc.index()] = story[0]);
    }
    docs.sort_unstable_by_key(|doc| (story_of[doc.index()], *doc));
    let mut counter = StockCounter::new();
    let mut last = None;
    for part in docs.chunks(PART) {
        partitioner.context.go_on()?;
        let shingles: Vec<Vec<u64>> = part
            .par_iter()
            .map(|&doc| {
                let mut shingles = shingles_of(stories.words(doc), shingling);
                shingles.retain(|&shingle| sample.shingles.may_be_stock(shingle));
                distinct(shingles)
            })
            .collect();
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
    partitioner: &Partitioner<'_>,
    comparer: &Comparer<'_, AligningMethod<'_>>,
) -> Result<Vec<Vec<DocId>>, StageError> {
    let keep = |(a, b): DocPair, Compared { decision, .. }: Compared| {
        let weight = match decision.provisional {
            low if low < Decision::PROVISIONAL => return None,
            _ if decision.contradicted => Weight::CONTRADICTED,
            measure => Weight::accepted(measure),
        };
        Some(Link { a, b, weight })
    };
    let found = comparer.each_batch(pairs, Why::Candidates, keep, |batch, links| {
        Ok(match batch.whole {
            true => (cluster(Component::of(links, ends), partitioner), Vec::new()),
            false => (Vec::new(), links),
        })
    })?;
    let (mut stories, mut parts) = (Vec::new(), Vec::new());
    for (whole, part) in found {
        stories.extend(whole);
        parts.extend(part);
    }
    let documents = partitioner.documents.total();
    let (found, _) = components(documents, parts, ends, |link| link.weight.is_accepted());
    let found = found.into_par_iter();
    stories.par_extend(found.flat_map_iter(|component| cluster(component, partitioner)));
    Ok(stories)
}

/// The documents of a link.
fn ends(link: &Link) -> DocPair {
    (link.a, link.b)
}

/// The clusters among some documents.
fn cluster(component: Component<Link>, partitioner: &Partitioner<'_>) -> Vec<Vec<DocId>> {
    let Component { docs, pairs } = component;
    let place =
        |doc: DocId| DocId::from_index(docs.binary_search(&doc).expect("a document of a link"));
    let texts: Vec<_> = docs.iter().map(|&doc| partitioner.text(doc)).collect();
    let links: Vec<Link> = pairs
        .into_iter()
        .map(|link| Link {
            a: place(link.a),
            b: place(link.b),
            ..link
        })
        .collect();
    let found = average(
        &texts,
        &links,
        stop(),
        partitioner.recipe.largest_component(),
        partitioner.context.cancelled,
    );
    let docs_of = |set: Vec<DocId>| set.into_iter().map(|place| docs[place.index()]).collect();
    found.members.into_iter().map(docs_of).collect()
}

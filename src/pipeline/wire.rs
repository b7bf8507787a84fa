//! What the `wire` profile does between reading and finding candidates, and between finding
//! candidates and verifying them: learn, mask and sketch; then tell stock paragraphs.

use rayon::prelude::*;

use super::aligning::{AligningMethod, Compared};
use super::batches::DocPair;
use super::clustering::Clustered;
use super::comparing::Comparer;
use super::components::{Component, components};
use super::documents::Documents;
use super::error::Error;
use super::index_fields::FieldCollector;
use super::job::JobParts;
use super::judging::Judge;
use super::large::Large;
use super::learning::{PageReader, Sample, distinct, shingles_of};
use super::linking;
use super::method::Why;
use super::partitioner::{Partitioner, stop};
use super::progress::Progress;
use super::story::{PageReading, story_hash};
use super::story_store::{StoryBlock, StoryStore, StoryWriter};
use super::texts::Texts;
use crate::boilerplate::LearnedBoilerplate;
use crate::cluster::{Link, Weight, average};
use crate::corpus::Corpus;
use crate::doc_id::DocId;
use crate::sketch::{Sketcher, screen};
use crate::verify::{Decision, Stock, StockCounter, WordKind};

/// What is kept of a masked page, besides its keys.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StoryFacts {
    /// Words of the story text; none if it is thin.
    pub(super) words: u32,
    /// Words of the page.
    pub(super) page_words: u32,
    /// Words masked.
    pub(super) masked: u32,
    /// Those of them that are masked by the form of their lines.
    pub(super) by_form: u32,
    /// Those of them that are masked as pages of others have them.
    pub(super) by_others: u32,
    /// The identity of the story text, or of a thin page.
    pub(super) normal: u128,
}

/// What masking a corpus gave, document by document.
pub(super) struct MaskedPages {
    facts: Vec<StoryFacts>,
    keys: Large<u64>,
    /// A byte a slot.
    screens: Large<u8>,
    /// The story texts themselves.
    pub(super) stories: StoryStore,
}

/// Pages that one thread masks at a time: their stories are some 150 KB.
const BLOCK: usize = 64;

/// Blocks that one thread takes at a time: few enough that none is left alone with a long rest.
const BLOCKS: usize = 32;

/// What is left of a page, to be spilled and filed.
pub(super) struct MaskedStory<'a> {
    pub(super) words: &'a [u64],
    pub(super) kinds: &'a [WordKind],
    pub(super) shingles: &'a [u64],
    pub(super) facts: StoryFacts,
}

/// Masks every page, spills what is left, and makes its keys; takes its fields if an index keeps them.
pub(super) fn sketch(
    pages: &PageReader<'_>,
    job: &JobParts,
    boilerplate: &LearnedBoilerplate,
    fields: Option<&FieldCollector<'_>>,
    progress: &dyn Progress,
) -> Result<MaskedPages, Error> {
    let documents = pages.documents.rows.len();
    let buffers = || pages.buffers();
    file_stories(
        pages.corpus,
        job,
        documents,
        buffers,
        |doc, buffers, file| {
            pages.go_on()?;
            progress.advance(1);
            let Some(fields) = fields else {
                return pages.text(doc, Some(boilerplate), buffers, |reading, text| {
                    file(masked(reading, text));
                });
            };
            pages.page(doc, Some(boilerplate), buffers, |reading, record| {
                file(masked(reading, record.text));
                fields.take(doc, record, reading);
            })
        },
    )
}

/// A page that was read and masked, as its story.
fn masked<'a>(reading: &'a mut PageReading, text: &str) -> MaskedStory<'a> {
    reading.find_kinds(text);
    let words = reading.story_length();
    MaskedStory {
        words: &reading.story_words,
        kinds: &reading.kinds,
        shingles: &reading.shingles,
        facts: StoryFacts {
            words: length(words),
            page_words: length(reading.words.len()),
            masked: length(reading.words.len() - reading.story.len()),
            by_form: length(reading.by_form),
            by_others: length(reading.by_others),
            normal: match words {
                0 => reading.page_hash(text),
                _ => story_hash(&reading.story_words),
            },
        },
    }
}

/// Spills the stories of so many documents, and makes their keys. `story` hands that of a document on.
pub(super) fn file_stories<B>(
    corpus: &Corpus,
    job: &JobParts,
    documents: usize,
    buffers: impl Fn() -> B + Sync + Send,
    story: impl Fn(DocId, &mut B, &mut dyn FnMut(MaskedStory<'_>)) -> Result<(), Error> + Sync + Send,
) -> Result<MaskedPages, Error> {
    let banding = job.recipe.banding();
    let sketcher = Sketcher::with_kernel(
        banding.slots(),
        job.recipe.seed(),
        job.instructions.sketch(),
    );
    let bands = banding.bands() as usize;
    let slots = banding.slots() as usize;
    let mut keys = Large::zeros(documents * bands);
    let mut screens = Large::zeros(documents * slots);
    let mut facts = vec![StoryFacts::default(); documents];
    let mut places = vec![0; documents];
    let writer = StoryWriter::new(corpus)?;
    let blocks = keys
        .par_chunks_mut(BLOCK * bands)
        .zip(screens.par_chunks_mut(BLOCK * slots))
        .zip(facts.par_chunks_mut(BLOCK))
        .zip(places.par_chunks_mut(BLOCK));
    let blocks = blocks.enumerate().with_max_len(BLOCKS);
    blocks.try_for_each_init(
        || (buffers(), StoryBlock::default(), vec![0; sketcher.slots()]),
        |(buffers, block, signature), (at, (((keys, screens), facts), places))| {
            let sketches = keys.chunks_mut(bands).zip(screens.chunks_mut(slots));
            let each = sketches.zip(facts).zip(places.iter_mut());
            for (at, (((keys, screens), facts), place)) in (at * BLOCK..).zip(each) {
                story(DocId::from_index(at), buffers, &mut |story| {
                    *place = block.push(story.words, story.kinds);
                    *facts = story.facts;
                    if story.facts.words > 0 {
                        sketcher.sign(story.shingles, signature);
                        banding.keys(signature, keys);
                        screen::bytes(signature, screens);
                    }
                })?;
            }
            let start = writer.write(block)?;
            places.iter_mut().for_each(|place| *place += start);
            Ok::<(), Error>(())
        },
    )?;
    Ok(MaskedPages {
        facts,
        keys,
        screens,
        stories: writer.finish(places)?,
    })
}

fn length(words: usize) -> u32 {
    u32::try_from(words).expect("a record is shorter than 4 GB")
}

impl Documents {
    /// From now on the documents are their story texts.
    pub(super) fn take_stories(&mut self, masked: MaskedPages) -> StoryStore {
        for (row, story) in self.rows.iter_mut().zip(masked.facts) {
            row.words = story.words;
            row.page_words = story.page_words;
            row.masked = story.masked;
            row.masked_by_form = story.by_form;
            row.masked_by_others = story.by_others;
            row.normal = story.normal;
        }
        self.keys = masked.keys;
        self.screens = masked.screens;
        masked.stories
    }
}

/// Pages whose shingles are held at a time.
const PART: usize = 4_096;

/// Finds the stock paragraphs of a corpus: clusters candidates a first time, blind to stock, and
/// counts in how many of the stories of the sample each shingle stands.
pub(super) fn stock(
    pairs: &[DocPair],
    sample: &Sample,
    texts: &Texts,
    (pages, stories): (&PageReader<'_>, &StoryStore),
    partitioner: &Partitioner<'_>,
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
    let provisional = provisional(pairs, partitioner, comparer)?;
    pages.go_on()?;
    for story in provisional {
        story
            .iter()
            .for_each(|doc| story_of[doc.index()] = story[0]);
    }
    docs.sort_unstable_by_key(|doc| (story_of[doc.index()], *doc));
    let mut counter = StockCounter::new();
    let mut last = None;
    for part in docs.chunks(PART) {
        pages.go_on()?;
        let shingles: Vec<Vec<u64>> = part
            .par_iter()
            .map(|&doc| {
                let mut shingles = shingles_of(stories.story(doc), pages.shingling);
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
) -> Result<Vec<Vec<DocId>>, Error> {
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
    let documents = partitioner.documents.rows.len();
    let (found, _) = components(documents, parts, ends, |link| link.weight.is_accepted());
    let found = found.into_par_iter();
    stories.par_extend(found.flat_map_iter(|component| cluster(component, partitioner)));
    Ok(stories)
}

/// Adds what can be told once all clusters are known: which documents hold stories of others.
pub(super) fn link(
    mut clustered: Clustered,
    judge: Judge<'_>,
    comparer: &Comparer<'_, AligningMethod<'_>>,
) -> Result<Clustered, Error> {
    clustered.links = linking::link(&mut clustered, judge, comparer)?;
    Ok(clustered)
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
        partitioner.cancelled,
    );
    let docs_of = |set: Vec<DocId>| set.into_iter().map(|place| docs[place.index()]).collect();
    found.members.into_iter().map(docs_of).collect()
}

//! What the `wire` profile does between learning and finding candidates: mask every page and sketch what is left.

use rayon::prelude::*;

use crate::boilerplate::LearnedBoilerplate;
use crate::context::Context;
use crate::corpus::Corpus;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::run::index_fields::FieldCollector;
use crate::run::pages::PageReader;
use crate::run::settings::Settings;
use crate::sketch::{Sketcher, screen};
use crate::store::documents::Documents;
use crate::store::large::Large;
use crate::store::story_store::{StoryBlock, StoryStore, StoryWriter};
use crate::story::{PageReading, story_hash};
use crate::verify::WordKind;

/// What is kept of a masked page, besides its keys.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StoryFacts {
    /// Words of the story text; none if it is thin.
    pub(crate) words: u32,
    /// Words of the page.
    pub(crate) page_words: u32,
    /// Words masked.
    pub(crate) masked: u32,
    /// Those of them that are masked by the form of their lines.
    pub(crate) by_form: u32,
    /// Those of them that are masked as pages of others have them.
    pub(crate) by_others: u32,
    /// The identity of the story text, or of a thin page.
    pub(crate) normal: u128,
}

/// What masking a corpus gave, document by document.
pub(crate) struct MaskedPages {
    facts: Vec<StoryFacts>,
    keys: Large<u64>,
    /// A byte a slot.
    screens: Large<u8>,
    /// The story texts themselves.
    pub(crate) stories: StoryStore,
}

/// Pages that one thread masks at a time: their stories are some 150 KB.
const BLOCK: usize = 64;

/// Blocks that one thread takes at a time: few enough that none is left alone with a long rest.
const BLOCKS: usize = 32;

/// What is left of a page, to be spilled and filed.
pub(crate) struct MaskedStory<'a> {
    pub(crate) words: &'a [u64],
    pub(crate) kinds: &'a [WordKind],
    pub(crate) shingles: &'a [u64],
    pub(crate) facts: StoryFacts,
}

/// Masks every page, spills what is left, and makes its keys; takes its fields if an index keeps them.
pub(crate) fn sketch(
    pages: &PageReader<'_>,
    job: &Settings,
    boilerplate: &LearnedBoilerplate,
    fields: Option<&FieldCollector<'_>>,
    context: Context<'_>,
) -> Result<MaskedPages, Error> {
    let documents = pages.documents.rows.len();
    let buffers = || pages.buffers();
    file_stories(
        pages.corpus,
        job,
        documents,
        buffers,
        |doc, buffers, file| {
            context.go_on()?;
            context.progress.advance(1);
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
pub(crate) fn file_stories<B>(
    corpus: &Corpus,
    job: &Settings,
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
    pub(crate) fn take_stories(&mut self, masked: MaskedPages) -> StoryStore {
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

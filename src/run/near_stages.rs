//! What an index of the `near` profile keeps of its documents: all that they say, and what they are called.
//!
//! A run in `near` reads every document once and forgets it; candidates are read again. For an index all
//! documents are read a second time, and the units of their texts are spilled as stories are in `wire`.

use rayon::prelude::*;

use crate::context::Context;
use crate::corpus::Corpus;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::run::index_fields::IndexFields;
use crate::run::settings::Settings;
use crate::stages::{Comparer, JaccardMethod, Stage, StoryTexts, Timing};
use crate::store::beginnings::kept_title_of_text;
use crate::store::documents::Documents;
use crate::store::story_store::{StoryBlock, StoryStore, StoryWriter};
use crate::story::TextReading;
use crate::verify::WordKind;

/// Documents whose units one thread spills at a time: some 300 KB.
const BLOCK: usize = 64;

/// A corpus on its way into an index, or to be held against one.
#[derive(Clone, Copy)]
pub(crate) struct NearStages<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) job: &'a Settings,
    pub(crate) context: Context<'a>,
    /// Whether an index keeps the fields of documents.
    pub(crate) keeps: bool,
}

impl<'a> NearStages<'a> {
    /// Compares documents, whose texts are these.
    pub(crate) fn comparer<'b>(
        self,
        documents: &'b Documents,
        stories: &'b dyn StoryTexts,
    ) -> Comparer<'b, JaccardMethod>
    where
        'a: 'b,
    {
        Comparer {
            stories,
            documents,
            method: JaccardMethod {
                shingling: self.job.recipe.shingling(),
            },
            context: self.context.stages(),
        }
    }

    /// Spills the units of all documents, and takes their fields, which are empty unless an index keeps them.
    pub(crate) fn spill(
        self,
        documents: &Documents,
        timing: &mut Timing,
    ) -> Result<(StoryStore, Vec<IndexFields>), Error> {
        timing.stage(Stage::Sketch, None, self.context.progress, || {
            self.spill_all(documents)
        })
    }

    fn spill_all(self, documents: &Documents) -> Result<(StoryStore, Vec<IndexFields>), Error> {
        let count = documents.rows.len();
        let writer = StoryWriter::new(self.corpus)?;
        let mut places = vec![0; count];
        let mut fields = vec![IndexFields::default(); count];
        let blocks = places
            .par_chunks_mut(BLOCK)
            .zip(fields.par_chunks_mut(BLOCK));
        blocks.enumerate().try_for_each_init(
            || (self.corpus.reader(), Aside::default()),
            |(reader, spill), (at, (places, fields))| {
                let each = places.iter_mut().zip(fields);
                for (doc, (place, fields)) in (at * BLOCK..).zip(each) {
                    self.context.go_on()?;
                    let row = documents.row(DocId::from_index(doc));
                    if row.rejected {
                        *place = spill.block.push(&[], &[]);
                        continue;
                    }
                    *place =
                        reader.record(row.input as usize, row.offset, row.length, |record| {
                            if self.keeps {
                                fields.title = kept_title_of_text(record);
                            }
                            spill.push(record.text, self.job)
                        })?;
                }
                let start = writer.write(&mut spill.block)?;
                places.iter_mut().for_each(|place| *place += start);
                Ok::<_, Error>(())
            },
        )?;
        Ok((writer.finish(places)?, fields))
    }
}

/// Texts that are spilled together, and the buffers for it.
#[derive(Default)]
struct Aside {
    reading: TextReading,
    kinds: Vec<WordKind>,
    block: StoryBlock,
}

impl Aside {
    /// Adds a text and says where in the block it starts. Units have no kinds: all of them count alike.
    fn push(&mut self, text: &str, job: &Settings) -> u64 {
        let Aside {
            reading,
            kinds,
            block,
        } = self;
        reading.set_kernel(job.instructions.text());
        reading.read(text, job.recipe.shingling());
        kinds.resize(reading.units.len(), WordKind::Lower);
        block.push(&reading.units, kinds)
    }
}

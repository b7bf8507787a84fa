//! The stages that only the `wire` profile has, in their order: learn, mask and sketch; then, once
//! candidates are known, find stock paragraphs.
//!
//! A run goes through them, and so does `explain`: both look at a pair with the same tables.

use std::sync::atomic::AtomicU64;

use crate::boilerplate::LearnedBoilerplate;
use crate::context::Context;
use crate::corpus::Corpus;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::learned::Learned;
use crate::run::index_fields::{FieldCollector, IndexFields};
use crate::run::pages::{self, PageReader};
use crate::run::settings::Settings;
use crate::run::wire;
use crate::stages::{
    AligningMethod, Comparer, DocPair, Partitioner, Sample, Stage, StoryTexts, Texts, Timing,
    counts, sampled, stock,
};
use crate::store::documents::Documents;
use crate::store::story_store::StoryStore;

/// A corpus on its way through these stages.
#[derive(Clone, Copy)]
pub(crate) struct WireStages<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) job: &'a Settings,
    pub(crate) context: Context<'a>,
    /// Counts alignments that a cap bound.
    pub(crate) capped: &'a AtomicU64,
    /// Which pages an index may learn from again, if one keeps their fields: those that are learned from now,
    /// if there is something to learn.
    pub(crate) training_pages: Option<&'a [DocId]>,
}

impl<'a> WireStages<'a> {
    /// Masks documents. From now on they are their story texts, which are spilled. The fields
    /// of them are handed back last.
    pub(crate) fn mask(
        self,
        boilerplate: &LearnedBoilerplate,
        documents: &mut Documents,
        timing: &mut Timing,
    ) -> Result<(StoryStore, Vec<IndexFields>), Error> {
        let pages = self.pages(documents);
        let fields = self.fields(documents);
        let total = Some(documents.rows.len() as u64);
        let masked = timing.stage(Stage::Sketch, total, self.context.progress, || {
            wire::sketch(&pages, self.job, boilerplate, fields.as_ref(), self.context)
        })?;
        let fields = fields.map_or_else(Vec::new, FieldCollector::finish);
        Ok((documents.take_stories(masked), fields))
    }

    fn fields<'b>(self, documents: &'b Documents) -> Option<FieldCollector<'b>>
    where
        'a: 'b,
    {
        let training_pages = self.training_pages?;
        Some(FieldCollector::new(
            self.corpus,
            documents,
            training_pages,
            self.context,
        ))
    }

    /// Learns from a sample of the documents, which is handed back too, unless it is known what
    /// there is to learn; then masks them.
    pub(crate) fn learn(
        self,
        known: Option<Learned>,
        documents: &mut Documents,
        timing: &mut Timing,
    ) -> Result<(Learned, Sample, StoryStore, Vec<IndexFields>), Error> {
        if let Some(known) = known {
            let (stories, fields) = self.mask(&known.boilerplate, documents, timing)?;
            return Ok((known, Sample::default(), stories, fields));
        }
        let (docs, taught) = timing.stage(Stage::Learn, None, self.context.progress, || {
            let docs = self
                .training_pages
                .map_or_else(|| sampled(documents), <[DocId]>::to_vec);
            pages::boilerplate(&self.pages(documents), &docs)
        })?;
        let (stories, fields) = self.mask(&taught.boilerplate, documents, timing)?;
        let shingling = self.job.recipe.shingling();
        let (words, shingles) = timing.stage(Stage::Learn, None, self.context.progress, || {
            counts(&docs, &stories, shingling, self.context.stages())
        })?;
        let learned = Learned::without_stock(taught.boilerplate, words);
        let sample = Sample {
            docs,
            shingles,
            unjudged: taught.unjudged,
            ..Sample::default()
        };
        Ok((learned, sample, stories, fields))
    }

    /// The same, and holds what was given against the corpus: how many pages lose their story to it.
    pub(crate) fn learn_or_check(
        self,
        known: Option<Learned>,
        documents: &mut Documents,
        timing: &mut Timing,
    ) -> Result<(Learned, Sample, StoryStore, Vec<IndexFields>), Error> {
        let is_given = known.is_some();
        let mut all = self.learn(known, documents, timing)?;
        if is_given {
            let (learned, sample) = (&all.0, &mut all.1);
            sample.disputed = timing.stage(Stage::Sketch, None, self.context.progress, || {
                let pages = self.pages(documents);
                pages::disputed_pages(&pages, &sampled(documents), &learned.boilerplate)
            })?;
        }
        Ok(all)
    }

    /// Learns which paragraphs are stock, from the sample and the candidates.
    pub(crate) fn find_stock(
        self,
        pairs: &[DocPair],
        sample: &Sample,
        (documents, texts, stories): (&Documents, &Texts, &StoryStore),
        learned: &mut Learned,
        partitioner: &Partitioner<'_>,
        timing: &mut Timing,
    ) -> Result<(), Error> {
        let total = Some(pairs.len() as u64);
        let stock = timing.stage(Stage::Verify, total, self.context.progress, || {
            let comparer = self.comparer(documents, learned, stories);
            stock(pairs, sample, texts, stories, partitioner, &comparer)
        })?;
        learned.stock = Some(stock);
        Ok(())
    }

    /// Compares documents by what was learned.
    pub(crate) fn comparer<'b>(
        self,
        documents: &'b Documents,
        learned: &'b Learned,
        stories: &'b dyn StoryTexts,
    ) -> Comparer<'b, AligningMethod<'b>>
    where
        'a: 'b,
    {
        Comparer {
            stories,
            documents,
            method: self.method(documents, learned),
            context: self.context.stages(),
        }
    }

    /// How two stories are compared.
    pub(crate) fn method<'b>(
        self,
        documents: &'b Documents,
        learned: &'b Learned,
    ) -> AligningMethod<'b>
    where
        'a: 'b,
    {
        let kernel = self.job.instructions.text();
        AligningMethod::new(&self.job.recipe, kernel, documents, learned, self.capped)
    }

    /// Reads the pages of a corpus again.
    pub(crate) fn pages<'b>(self, documents: &'b Documents) -> PageReader<'b>
    where
        'a: 'b,
    {
        PageReader {
            corpus: self.corpus,
            documents,
            shingling: self.job.recipe.shingling(),
            kernel: self.job.instructions.text(),
            context: self.context,
        }
    }
}

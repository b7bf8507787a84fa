//! AddOptions a batch to an index: which of its documents are copies of which, and of which documents
//! there are already.
//!
//! 1. The batch is read, in `wire` masked with the index's own tables, and filed under keys.
//! 2. Its candidates, among itself and in the index, are compared.
//! 3. The *neighbourhood* is what may change by that: documents of the index that the batch has a
//!    verified pair with, or two of which are no candidates any more ([`super::lapsed`]), and all that hang together with
//!    them by verified pairs that were stored.
//! 4. The neighbourhood and the batch are clustered as a run clusters a corpus, by the same code.
//!
//! Everything else in the index stays as it is, and so it is what a run over all of it would give:
//! clusters are found inside what hangs together by verified pairs. (Stories of very many carriers are
//! an exception: see [`super::neighbourhood`].)

use std::sync::atomic::AtomicU64;

use rayon::prelude::*;

use super::catalog::{Catalog, Tables};
use super::compared::{Compared, compare};
use super::comparison::{Comparison, OfStories};
use super::joined::{JoinedStories, join};
use super::lapsed::lapsed;
use super::lookup::{Pair, lookup};
use super::neighbourhood::{Neighbourhood, StoredPair, neighbourhood};
use super::pair_lookup::PairLookup;
use super::pair_table::PairTable;
use super::sample::training_pages;
use super::sought::SoughtTexts;
use crate::context::Context;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::run::counts::Work;
use crate::run::crediting::Crediting;
use crate::run::finished::Run;
use crate::run::index_fields::IndexFields;
use crate::run::job::{Job, OpenJob};
use crate::run::near_stages::NearStages;
use crate::run::order;
use crate::run::settings::Settings;
use crate::run::unchanged::reading_again;
use crate::run::wire_stages::WireStages;
use crate::stages::{
    Clustered, Credits, Finalizer, PairStats, PairTotals, Partitioner, Stage, Texts, Timing,
    cluster_with_stored_pairs,
};
use crate::store::documents::Documents;
use crate::store::story_store::StoryStore;

/// A batch and its neighbourhood, clustered.
pub(super) struct AdditionResult {
    /// Documents of the index first, then those of the batch.
    pub(super) run: Run,
    /// The positions of the former.
    pub(super) indexed: Vec<u32>,
    /// Those of them whose clusters are frozen: not partitioned again.
    pub(super) frozen: Vec<u32>,
    /// What is filed about the batch.
    pub(super) sketched: SketchedBatch,
    /// Verified candidates with a document of the batch, sorted by position: documents of the batch are
    /// numbered after those of the index.
    pub(super) edges: Vec<Compared>,
    /// Pairs of the neighbourhood that are stored, sorted.
    pub(super) stored: Vec<StoredPair>,
    /// Stored pairs that no key gives any more, sorted.
    pub(super) lapsed: Vec<Pair>,
}

/// A batch as it is filed.
pub(super) struct SketchedBatch {
    pub(super) documents: Documents,
    pub(super) texts: Texts,
    pub(super) stories: StoryStore,
    pub(super) fields: Vec<IndexFields>,
}

/// What adding found, before it is a run.
struct Outcome {
    documents: Documents,
    texts: Texts,
    own_texts: Texts,
    clustered: Clustered,
    counted: PairTotals,
    work: Work,
    indexed: Vec<u32>,
    frozen: Vec<u32>,
    stories: StoryStore,
    fields: Vec<IndexFields>,
    edges: Vec<Compared>,
    stored: Vec<StoredPair>,
    lapsed: Vec<Pair>,
}

/// How a batch is added, to be kept or only to be seen.
pub(super) struct Addition<'a> {
    pub(super) catalog: &'a Catalog,
    /// Whether credits, titles and pages to learn from are noted, to be kept.
    pub(super) keeps: bool,
    /// Documents of the index that are to be clustered again in any case.
    pub(super) touched: Vec<u32>,
    /// Stored pairs from which on a component is frozen.
    pub(super) frozen_from: usize,
    pub(super) context: Context<'a>,
}

/// A batch that was read.
pub(super) struct Batch {
    corpus: Corpus,
    job: Settings,
    pub(super) documents: Documents,
    timing: Timing,
}

impl Batch {
    /// Reads a batch as documents of an index are read.
    pub(super) fn read(
        catalog: &Catalog,
        open: OpenJob,
        context: Context<'_>,
    ) -> Result<Batch, Error> {
        let OpenJob {
            mut corpus,
            mut job,
        } = open;
        job.recipe = catalog.recipe.clone();
        job.publishers_distinguish = Some(catalog.state.publishers_distinguish);
        let mut timing = Timing::default();
        let documents = order::read_all(&mut corpus, &job, &mut timing, context)?;
        catalog.has_room_for(documents.rows.len())?;
        Ok(Batch {
            corpus,
            job,
            documents,
            timing,
        })
    }

    /// One without documents.
    pub(super) fn of_nothing(catalog: &Catalog, context: Context<'_>) -> Result<Batch, Error> {
        let open = Job::new(catalog.recipe.clone())
            .records(Vec::new())
            .open()?;
        Batch::read(catalog, open, Context::silent(context.cancelled))
    }
}

impl Addition<'_> {
    pub(super) fn compute(&self, batch: Batch) -> Result<AdditionResult, Error> {
        self.catalog.unless_lost(|| self.compute_read(batch))
    }

    fn compute_read(&self, batch: Batch) -> Result<AdditionResult, Error> {
        let Addition {
            catalog, context, ..
        } = *self;
        let Batch {
            corpus,
            job,
            documents: mut batch,
            mut timing,
        } = batch;
        let capped = AtomicU64::new(0);
        let mut outcome = reading_again(&corpus, || match catalog.learned.as_ref() {
            Some(Tables { learned, .. }) => {
                let training_pages = match self.keeps {
                    true => Some(training_pages(&batch, catalog)?),
                    false => None,
                };
                let stages = WireStages {
                    corpus: &corpus,
                    job: &job,
                    context,
                    capped: &capped,
                    training_pages: training_pages.as_deref(),
                };
                let comparison = OfStories { stages, learned };
                self.cluster(&comparison, (&corpus, &job), &mut batch, &mut timing)
            }
            None => {
                let comparison = NearStages {
                    corpus: &corpus,
                    job: &job,
                    context,
                    keeps: self.keeps,
                };
                self.cluster(&comparison, (&corpus, &job), &mut batch, &mut timing)
            }
        })?;
        outcome.work.capped_alignments = capped.into_inner();
        let Outcome {
            documents,
            texts,
            own_texts,
            clustered,
            ..
        } = outcome;
        let mut run = Run::new(
            corpus,
            job,
            documents,
            texts,
            clustered,
            outcome.work,
            timing,
        )?;
        run.learned = catalog.learned.as_ref().map(|it| it.learned.clone());
        run.counted = outcome.counted;
        Ok(AdditionResult {
            run,
            indexed: outcome.indexed,
            frozen: outcome.frozen,
            sketched: SketchedBatch {
                documents: batch,
                texts: own_texts,
                stories: outcome.stories,
                fields: outcome.fields,
            },
            edges: outcome.edges,
            stored: outcome.stored,
            lapsed: outcome.lapsed,
        })
    }

    /// Everything from masking to clusters: what reads records again.
    fn cluster<C: Comparison>(
        &self,
        comparison: &C,
        (corpus, job): (&Corpus, &Settings),
        batch: &mut Documents,
        timing: &mut Timing,
    ) -> Result<Outcome, Error> {
        let Addition {
            catalog, context, ..
        } = *self;
        let (stories, fields) = comparison.take_in(batch, timing)?;

        let (own_texts, found, sought) =
            timing.stage(Stage::Index, None, context.progress, || {
                let texts = Texts::of(batch);
                let sought = SoughtTexts::of(catalog, batch, &texts)?;
                let found = lookup(catalog, batch, &sought.texts)?;
                Ok::<_, Error>((texts, found, sought))
            })?;
        let before = catalog.documents();
        let edges = timing.stage(Stage::Verify, None, context.progress, || {
            compare(
                catalog,
                comparison,
                (batch, &stories),
                (&found, &sought.renewed),
            )
        })?;
        let (neighbourhood, lapsed) = timing.stage(Stage::Index, None, context.progress, || {
            let mut table = None;
            let mut lapsing = Vec::new();
            if !found.lost.is_empty() || sought.texts.iter().any(|text| text.is_renewed) {
                let pairs = table.insert(PairTable::of(catalog)?);
                lapsing = lapsed(catalog, pairs, (batch, &sought.texts), &found)?;
            }
            let ends = edges
                .iter()
                .map(|&(a, b, _)| (a, b))
                .chain(lapsing.iter().copied());
            let touched = ends.flat_map(|(a, b)| [a, b]);
            let touched = touched.filter(|&at| (at as usize) < before);
            let touched = touched.chain(sought.equal.iter().copied());
            let touched = touched.chain(self.touched.iter().copied());
            let around = neighbourhood(catalog, (table, &lapsing), touched, self.frozen_from)?;
            Ok::<_, Error>((around, lapsing))
        })?;
        let indexed = &neighbourhood.docs;

        let mut documents = batch.without_keys();
        let indexed_credits = join(catalog, indexed, &mut documents)?;
        let texts = Texts::of(&documents);
        documents.note_equal_texts(&texts);
        let joined = JoinedStories {
            catalog,
            indexed,
            batch: &stories,
        };
        let comparer = comparison.comparer(&documents, &joined);
        let partitioner = Partitioner::new(&documents, &job.recipe, comparer.context);
        let stats = PairStats::new(&documents, &job.recipe);
        let pairs = timing.stage(Stage::Verify, None, context.progress, || {
            let lookup = PairLookup {
                catalog,
                indexed,
                texts: &texts,
            };
            lookup.known_pairs((&edges, &neighbourhood.pairs), &partitioner, &comparer)
        })?;
        let compared = pairs.edges.par_iter();
        compared.for_each(|edge| stats.record((edge.a, edge.b), edge.likeness));
        let crediting =
            job.recipe.profile().has_stories().then(|| {
                Crediting::new(corpus, &documents, context).with_indexed(&indexed_credits)
            });
        let finalizer = Finalizer {
            documents: &documents,
            texts: &texts,
            recipe: &job.recipe,
            removal: &job.removal,
            credits: crediting.as_ref().map(|credits| credits as &dyn Credits),
            links: None,
        };
        let clustered =
            cluster_with_stored_pairs(pairs, finalizer, &partitioner, &comparer, timing)?;
        let clustered = timing.stage(Stage::Cluster, None, context.progress, || {
            comparison.link(clustered, finalizer, &comparer)
        })?;
        drop(comparer);
        let counted = stats.finish();
        let Neighbourhood {
            docs: indexed,
            frozen,
            pairs: stored,
        } = neighbourhood;
        let work = Work {
            collided: found.collided,
            capped_keys: found.capped_keys,
            frozen_documents: frozen.len() as u64,
            compared: found.pairs.len() as u64,
            ..Work::default()
        };
        Ok(Outcome {
            documents,
            texts,
            own_texts,
            clustered,
            counted,
            work,
            indexed,
            frozen,
            stories,
            fields,
            edges,
            stored,
            lapsed,
        })
    }
}

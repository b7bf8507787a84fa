//! The order of a run: read and sketch, find candidates, verify, cluster, judge.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::context::Context;
use crate::corpus::{Corpus, CorpusError};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::learned::Learned;
use crate::lsh::{Candidates, Keys, Limits, candidates};
use crate::recipe::Recipe;
use crate::run::corpus_texts::CorpusTexts;
use crate::run::counts::Work;
use crate::run::crediting::{Crediting, IndexedCredit};
use crate::run::finished::Run;
use crate::run::gauge::Gauge;
use crate::run::index_fields::IndexFields;
use crate::run::memory;
use crate::run::near_stages::NearStages;
use crate::run::rejects;
use crate::run::settings::Settings;
use crate::run::sketching::{BlockSketcher, Sketching};
use crate::run::stubs;
use crate::run::unchanged::{cause_of, reading_again, unless_rewritten};
use crate::run::wire_stages::WireStages;
use crate::stages::{
    Credits, Finalizer, PairScreen, PairStats, Partitioner, Sample, Stage, StoryTexts, Texts,
    Timing, cluster, link, sampled,
};
use crate::store::documents::{BlockTable, Documents};
use crate::store::rejections::held;
use crate::store::story_store::StoryStore;

/// Does a job on an open corpus.
pub(crate) fn run(corpus: Corpus, job: Settings, context: Context<'_>) -> Result<Run, Error> {
    run_keeping(corpus, job, context, None)
}

/// What a run has of its documents before it forgets their keys.
pub(crate) struct Sketched<'a> {
    pub(crate) documents: &'a Documents,
    pub(crate) texts: &'a Texts,
    pub(crate) stories: &'a StoryStore,
    /// By document.
    pub(crate) fields: &'a [IndexFields],
}

/// Keeps what a run forgets.
pub(crate) type Keep<'k> = &'k mut dyn FnMut(Sketched<'_>) -> Result<(), Error>;

/// Reads every record of a corpus, and refuses to go on if they are more than expected.
pub(crate) fn read_all(
    corpus: &mut Corpus,
    job: &Settings,
    timing: &mut Timing,
    context: Context<'_>,
) -> Result<Documents, Error> {
    let bytes: Option<u64> = corpus.inputs().iter().map(|input| input.bytes()).sum();
    let read = timing.stage(Stage::Read, bytes, context.progress, || {
        catch_unwind(AssertUnwindSafe(|| read(corpus, job, context)))
    });
    let documents = cause_of(corpus, unless_rewritten(corpus, read))?;
    let longest = documents.rows.iter().map(|row| u64::from(row.length)).max();
    let (rows, text) = (documents.rows.len() as u64, documents.counts.text_bytes);
    let rejected = held(&documents.rejections);
    job.check_memory((rows, text), longest.unwrap_or(0), rejected)?;
    rejects::check(corpus, job, &documents)?;
    Ok(documents)
}

/// Like [`run`], but calls `keep` with keys and stories before they are freed.
pub(crate) fn run_keeping(
    mut corpus: Corpus,
    mut job: Settings,
    context: Context<'_>,
    keep: Option<Keep<'_>>,
) -> Result<Run, Error> {
    let mut timing = Timing::default();
    let mut documents = read_all(&mut corpus, &job, &mut timing, context)?;
    context.go_on()?;
    let known = job.learned.take();
    let (mut learned, mut stories, mut fields) = (None, None, Vec::new());
    if job.recipe.profile().has_stories() {
        let capped = AtomicU64::new(0);
        let training_pages = keep.is_some().then(|| sampled(&documents));
        let wire = WireStages {
            corpus: &corpus,
            job: &job,
            context,
            capped: &capped,
            training_pages: training_pages.as_deref(),
        };
        let (tables, sample, spilled, taken) = reading_again(&corpus, || match keep {
            Some(_) => wire.learn(known, &mut documents, &mut timing),
            None => wire.learn_or_check(known, &mut documents, &mut timing),
        })?;
        learned = Some((tables, sample));
        stories = Some(spilled);
        fields = taken;
    } else if keep.is_some() {
        let near = NearStages {
            corpus: &corpus,
            job: &job,
            context,
            keeps: true,
        };
        let spilled = reading_again(&corpus, || near.spill(&documents, &mut timing))?;
        stories = Some(spilled.0);
        fields = spilled.1;
    }
    let prepared = Prepared {
        corpus,
        job,
        documents,
        learned,
        stories,
        credits: &[],
        fields,
        timing,
    };
    prepared.finish(context, keep)
}

/// Documents that are filed under their keys: all that is left is to find the copies.
pub(crate) struct Prepared<'a> {
    pub(crate) corpus: Corpus,
    pub(crate) job: Settings,
    pub(crate) documents: Documents,
    /// In `wire`.
    pub(crate) learned: Option<(Learned, Sample)>,
    /// In `wire`; in `near` if they are kept.
    pub(crate) stories: Option<StoryStore>,
    /// Of documents that are not in the corpus.
    pub(crate) credits: &'a [IndexedCredit],
    /// By document, for those who keep them.
    pub(crate) fields: Vec<IndexFields>,
    pub(crate) timing: Timing,
}

impl Prepared<'_> {
    /// Finds candidates, compares and clusters.
    pub(crate) fn finish(self, context: Context<'_>, keep: Option<Keep<'_>>) -> Result<Run, Error> {
        let Prepared {
            corpus,
            job,
            mut documents,
            mut learned,
            stories,
            credits: indexed,
            fields,
            mut timing,
        } = self;
        let capped = AtomicU64::new(0);
        let wire = WireStages {
            corpus: &corpus,
            job: &job,
            context,
            capped: &capped,
            training_pages: None,
        };
        let size = (documents.rows.len() as u64, documents.counts.text_bytes);
        let (texts, found) = timing.stage(Stage::Index, None, context.progress, || {
            let texts = Texts::of(&documents);
            documents.note_equal_texts(&texts);
            let limits = Limits {
                cancelled: context.cancelled,
                pairs: job.most_pairs(size),
            };
            let found = find(&documents, &texts, &job.recipe, limits);
            (texts, found)
        });
        context.go_on()?;
        let pairs = match found.too_many {
            true => job.most_pairs(size),
            false => found.pairs.len() as u64,
        };
        let linked = memory::linked(&found.pairs, documents.rows.len(), &job.recipe);
        if let Some(needed) = job.check_pairs(size, (pairs, linked), found.too_many)? {
            context.progress.needs(needed, pairs);
        }

        let mut candidates = Vec::new();
        if let (Some(keep), Some(stories)) = (keep, &stories) {
            candidates.clone_from(&found.pairs);
            let sketched = Sketched {
                fields: &fields,
                documents: &documents,
                texts: &texts,
                stories,
            };
            reading_again(&corpus, || keep(sketched))?;
        }
        drop(fields);
        documents.forget_sketches();

        let mut work = Work::of(&found);
        work.compared = found.pairs.len() as u64;
        let has_stories = job.recipe.profile().has_stories();
        let credits =
            has_stories.then(|| Crediting::new(&corpus, &documents, context).with_indexed(indexed));
        let stats = PairStats::new(&documents, &job.recipe);
        let finalizer = Finalizer {
            documents: &documents,
            texts: &texts,
            recipe: &job.recipe,
            removal: &job.removal,
            credits: credits.as_ref().map(|credits| credits as &dyn Credits),
            links: None,
        };
        let partitioner = Partitioner::new(&documents, &job.recipe, context.stages());
        let clustered = reading_again(&corpus, || match (&mut learned, &stories) {
            (None, _) | (_, None) => {
                let shingling = job.recipe.shingling();
                let texts = CorpusTexts {
                    corpus: &corpus,
                    documents: &documents,
                    shingling,
                };
                let near = NearStages {
                    corpus: &corpus,
                    job: &job,
                    context,
                    keeps: false,
                };
                let spilled = stories.as_ref().map(|spilled| spilled as &dyn StoryTexts);
                let comparer = near.comparer(&documents, spilled.unwrap_or(&texts));
                let clustered = cluster(
                    found.pairs,
                    finalizer,
                    &partitioner,
                    &comparer,
                    &stats,
                    &mut timing,
                )?;
                Ok::<_, Error>(clustered)
            }
            (Some((learned, sample)), Some(stories)) => {
                if learned.stock.is_none() {
                    wire.find_stock(
                        &found.pairs,
                        sample,
                        (&documents, &texts, stories),
                        learned,
                        &partitioner,
                        &mut timing,
                    )?;
                }
                let comparer = wire.comparer(&documents, learned, stories);
                let clustered = cluster(
                    found.pairs,
                    finalizer,
                    &partitioner,
                    &comparer,
                    &stats,
                    &mut timing,
                )?;
                timing.stage(Stage::Cluster, None, context.progress, || {
                    let mut linked = link(clustered, finalizer, &comparer)?;
                    linked.stubs =
                        stubs::keep(&mut linked.finalized, &documents, &corpus, context)?;
                    Ok(linked.certified(&documents, stories, &job.removal))
                })
            }
        })?;
        let counted = stats.finish();
        work.capped_alignments = capped.load(Ordering::Relaxed);
        let sample = learned.as_ref().map(|(_, sample)| sample);
        work.unjudged_page_sets = sample.map_or(0, |sample| sample.unjudged);
        work.disputed_pages = sample.map_or(0, |sample| sample.disputed);
        let mut run = Run::new(corpus, job, documents, texts, clustered, work, timing)?;
        let (learned, sample) = learned.unzip();
        run.learned = learned;
        // Giving back a file of hundreds of megabytes takes a while: that is not waited for, unless no other
        // thread is there. The one thread of a pool, where it is the caller's, may never come to it.
        if rayon::current_num_threads() > 1 {
            rayon::spawn(move || drop((sample, stories)));
        }
        run.counted = counted;
        run.candidates = candidates;
        Ok(run)
    }
}

/// Reads every record once, and keeps what the index and the tables need of it.
pub(crate) fn read(
    corpus: &mut Corpus,
    job: &Settings,
    context: Context<'_>,
) -> Result<Documents, Error> {
    let sketching = Sketching::new(&job.recipe, job.instructions);
    let gauge = Gauge::new(job);
    let begin = |_| BlockSketcher::new(&sketching, &gauge);
    let blocks = corpus.scan(begin, context.cancelled, &|bytes| {
        context.progress.advance(bytes)
    })?;
    gauge.check()?;
    let names = corpus
        .inputs()
        .iter()
        .map(|input| input.name().to_owned())
        .collect();
    let blocks: Vec<(usize, BlockTable)> = blocks
        .into_iter()
        .map(|(input, sketcher)| (input, sketcher.table))
        .collect();
    countable(
        blocks
            .iter()
            .map(|(_, block)| u64::from(block.records))
            .sum(),
    )?;
    Ok(Documents::gather(names, blocks, job.publishers_distinguish))
}

/// Refuses more records than documents can be numbered.
fn countable(records: u64) -> Result<(), CorpusError> {
    match records > u64::from(u32::MAX) {
        true => Err(CorpusError::TooManyDocuments),
        false => Ok(()),
    }
}

/// The pairs worth comparing, of texts that differ and have shingles.
pub(crate) fn find(
    documents: &Documents,
    texts: &Texts,
    recipe: &Recipe,
    limits: Limits<'_>,
) -> Candidates {
    let docs: Vec<DocId> = texts
        .firsts()
        .filter(|&doc| documents.row(doc).can_have_copies())
        .collect();
    let ranks: Vec<u64> = documents.rows.par_iter().map(|row| row.rank()).collect();
    let slots = recipe.banding().slots() as usize;
    let bytes = |doc: DocId| &documents.screens[doc.index() * slots..][..slots];
    let keys = Keys {
        keys: &documents.keys,
        bands: recipe.banding().bands() as usize,
        docs: &docs,
        ranks: &ranks,
    };
    match PairScreen::of(recipe) {
        PairScreen::Texts(screen) => {
            let screen = |a, b| screen.passes(bytes(a), bytes(b));
            candidates(&keys, recipe.caps(), screen, limits)
        }
        PairScreen::Stories(screen) => {
            let sized = |doc: DocId| (bytes(doc), documents.row(doc).words);
            let screen = |a, b| screen.passes(sized(a), sized(b));
            candidates(&keys, recipe.caps(), screen, limits)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_of_more_documents_than_numbers_is_refused() {
        assert!(countable(u64::from(u32::MAX)).is_ok());
        let refused = countable(u64::from(u32::MAX) + 1).unwrap_err();
        assert!(refused.to_string().contains("split it"), "{refused}");
    }
}

//! One document against an index, in memory and at once.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::Index;
use crate::cluster::Facts;
use crate::clusters::ClusterId;
use crate::date::Date;
use crate::doc_id::DocId;
use crate::hash;
use crate::likeness::Likeness;
use crate::pipeline::aligning::{Compared, days_between};
use crate::pipeline::error::Error;
use crate::pipeline::job::OpenJob;
use crate::pipeline::progress::{Progress, Timing};
use crate::pipeline::stages;
use crate::pipeline::story::{PageReading, story_hash};
use crate::relation::{self, Relation};
use crate::sketch::{ContainmentScreen, Sketcher, screen};
use crate::text;
use crate::verify::{Judge, Rule, Stories, StoryText};

/// A document that is looked up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its publisher, as the documents of the index have theirs.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub date: Option<Date>,
}

/// A copy of a document in an index.
#[derive(Clone, Debug)]
pub struct Match {
    /// Its id.
    pub id: String,
    /// Its cluster, if it has copies in the index.
    pub cluster: Option<ClusterId>,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// What the two share, `left` being the document that was looked up; `None` if the story texts
    /// are equal.
    pub likeness: Option<Likeness>,
    /// What the document that was looked up is to it.
    pub relation: Relation,
}

/// The copies of a document of a corpus.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The document's id.
    pub id: String,
    /// Its copies, as [`Index::query`] gives them.
    pub copies: Vec<Match>,
}

impl Index {
    /// The copies of a document, the most alike first; of equal ones those that were added first.
    /// Changes nothing, and reads some hundred small places of the index.
    ///
    /// All documents of equal story text, and of the others no more than the 64 that share most keys
    /// with it (as many candidates as the recipe of the index lets a document count). Of a key that more
    /// documents have than are all compared, those that were added first are counted.
    ///
    /// # Errors
    ///
    /// If the index is damaged.
    pub fn query(&self, query: &Query<'_>) -> Result<Vec<Match>, Error> {
        let catalog = &self.catalog;
        let recipe = &catalog.recipe;
        let mut reading = PageReading::default();
        reading.set_kernel(text::Kernel::detect());
        reading.read(query.text);
        let publisher = query.publisher.filter(|_| catalog.state.told_by_publisher);
        let publisher = publisher.map(|name| hash::bytes(name.as_bytes()));
        reading.mask(&catalog.learned.furniture, publisher, recipe.shingling);
        reading.find_kinds(query.text);
        let is_thin = reading.story_length() == 0;
        let normal = match is_thin {
            true => reading.page_hash(query.text),
            false => story_hash(&reading.story_words),
        };
        let mut found: Vec<(u32, Option<Likeness>)> = Vec::new();
        let equal = catalog.same_text(normal)?;
        if !is_thin {
            self.compare(&reading, query.date, &equal, &mut found)?;
        }
        found.sort_by_key(|(at, likeness)| {
            let score = likeness.and_then(|likeness| likeness.aligned);
            (Reverse(score.map(|aligned| aligned.score)), *at)
        });
        let equal = equal.into_iter().map(|at| (at, None));
        let content = hash::bytes(query.text.as_bytes());
        equal
            .chain(found)
            .map(|(at, likeness)| {
                let (part, row) = catalog.row(at)?;
                let cluster = catalog.state.cluster(at as usize);
                let relation = match likeness.and_then(|likeness| likeness.aligned) {
                    Some(aligned) => {
                        let dates = query.date.zip(row.date());
                        Relation::by_alignment(relation::Aligned {
                            own: aligned.words.left_coverage(),
                            other: aligned.words.right_coverage(),
                            lead: aligned.lead(),
                            later: dates.is_some_and(|(own, other)| own.is_after(other)),
                            holds_another: false,
                        })
                    }
                    None if row.content == content => Relation::Exact,
                    None => Relation::Normalized,
                };
                Ok(Match {
                    relation,
                    id: part.id(row)?.to_owned(),
                    cluster: cluster.map(|cluster| ClusterId(cluster.id)),
                    publisher: part.name(row.publisher)?.map(str::to_owned),
                    date: row.date(),
                    likeness,
                })
            })
            .collect()
    }

    /// The copies of every document of a job, in the order of the corpus. Changes nothing.
    ///
    /// # Errors
    ///
    /// If the documents or the index cannot be read, or the caller cancels.
    pub fn query_all(
        &self,
        open: OpenJob,
        progress: &dyn Progress,
        cancelled: &AtomicBool,
    ) -> Result<Vec<Answer>, Error> {
        let OpenJob {
            mut corpus,
            mut job,
        } = open;
        job.told_by_publisher = Some(self.catalog.state.told_by_publisher);
        let mut timing = Timing::default();
        let documents = stages::read_all(&mut corpus, &job, &mut timing, progress, cancelled)?;
        let docs: Vec<DocId> = documents.accepted().collect();
        stages::reading_again(&corpus, || {
            docs.par_iter()
                .map_init(
                    || corpus.reader(),
                    |reader, &doc| {
                        if cancelled.load(Ordering::Relaxed) {
                            return Err(Error::Cancelled);
                        }
                        let row = documents.row(doc);
                        let copies = reader.record(
                            row.input as usize,
                            row.offset,
                            row.length,
                            |record| {
                                self.query(&Query {
                                    text: record.text,
                                    publisher: documents.publisher(doc),
                                    date: row.date,
                                })
                            },
                        )?;
                        let id = documents.id(doc).into_owned();
                        let mut copies = copies?;
                        // Itself, if its name is its own.
                        copies.retain(|copy| copy.id != id || documents.own_id(doc).is_none());
                        Ok(Answer { id, copies })
                    },
                )
                .collect()
        })
    }

    /// Aligns a story with its candidates; of equal texts one is compared for all.
    fn compare(
        &self,
        reading: &PageReading,
        date: Option<Date>,
        equal: &[u32],
        found: &mut Vec<(u32, Option<Likeness>)>,
    ) -> Result<(), Error> {
        let catalog = &self.catalog;
        let recipe = &catalog.recipe;
        let banding = recipe.banding;
        let sketcher = Sketcher::new(banding.slots(), recipe.seed);
        let mut signature = vec![0; sketcher.slots()];
        let mut keys = vec![0; banding.bands() as usize];
        sketcher.sign(&reading.shingles, &mut signature);
        banding.keys(&signature, &mut keys);
        let mut shared: HashMap<u32, u32, FixedState> = HashMap::default();
        let mut filed = Vec::new();
        for (band, &key) in keys.iter().enumerate() {
            // Of a crowded key the documents that came first count: copies share others with them too.
            catalog.filed(band, key, recipe.caps.group, &mut filed)?;
            for &at in &filed {
                *shared.entry(at).or_default() += 1;
            }
        }
        shared.retain(|at, _| !equal.contains(at));
        let mut ranked = Vec::with_capacity(shared.len());
        let screen_of_pairs = ContainmentScreen::of_wire();
        let mut bytes = vec![0; banding.slots() as usize];
        screen::bytes(&signature, &mut bytes);
        let length =
            u32::try_from(reading.story_words.len()).expect("a story is shorter than 4 GB");
        for (at, keys) in shared {
            let (part, doc) = catalog.part(at)?;
            let row = part.row(doc)?;
            let sketch = part.screen(doc)?;
            if sketch.is_none_or(|own| screen_of_pairs.passes((&bytes, length), (own, row.words))) {
                ranked.push((Reverse(keys), row.rank(), at));
            }
        }
        ranked.sort_unstable();
        ranked.truncate(recipe.caps.per_document);

        let weights = catalog.learned.words.weights_by(&catalog.weights);
        let stock = catalog.learned.stock.as_ref();
        let mut desk = Stories::default();
        let mut lay = |story: StoryText<'_>| {
            desk.push(
                story,
                |word| weights.weight(word),
                |shingle| stock.is_some_and(|stock| stock.contains(shingle)),
            );
        };
        lay(StoryText {
            words: &reading.story_words,
            shingles: &reading.shingles,
            kinds: &reading.kinds,
        });
        let (mut words, mut kinds, mut shingles) = (Vec::new(), Vec::new(), Vec::new());
        for &(.., at) in &ranked {
            let (part, row) = catalog.row(at)?;
            part.story(row, &mut words, &mut kinds)?;
            recipe.shingling.shingles(&words, &mut shingles);
            lay(StoryText {
                words: &words,
                shingles: &shingles,
                kinds: &kinds,
            });
        }
        let rule = Rule {
            threshold: recipe.threshold.get(),
            ..Rule::WIRE
        };
        let mut judge = Judge::new();
        judge.hold(&desk, 0);
        for (other, &(.., at)) in (1..).zip(&ranked) {
            let (_, row) = catalog.row(at)?;
            let days = date.zip(row.date()).map(|(a, b)| days_between(a, b));
            let decision = judge.decide_next(&desk, other, &rule, days);
            if decision.refused.is_some() {
                continue;
            }
            let likeness = Some(Compared::of(decision, judge.alignment()).likeness());
            let same = catalog.same_text(row.normal())?;
            found.extend(same.into_iter().map(|same| (same, likeness)));
        }
        Ok(())
    }
}

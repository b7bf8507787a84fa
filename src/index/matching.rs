//! One document against an index, in memory and at once.

use rayon::prelude::*;

use super::Index;
use super::looking_up::{LookedUp, look_up};
use crate::cluster::Facts;
use crate::clusters::ClusterId;
use crate::context::Context;
use crate::corpus::DamagedFile;
use crate::date::Date;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::hash;
use crate::likeness::Likeness;
use crate::relation::Relation;
use crate::run::job::OpenJob;
use crate::run::order;
use crate::run::rejects;
use crate::run::unchanged::reading_again;
use crate::stages::{Timing, relate};

/// Bytes of an index that are always checked: some 5 ms.
const ALWAYS_CHECKED: u64 = 32 << 20;
/// Bytes that are checked for every document that is looked up: some 0.1 ms, where looking up takes about 0.5.
const CHECKED_A_DOCUMENT: u64 = 512 << 10;

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
#[non_exhaustive]
pub struct Match {
    /// Its id.
    pub id: String,
    /// Its cluster, if it has copies in the index.
    pub cluster: Option<ClusterId>,
    /// Whose page it is.
    pub publisher: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// What the two share, `left` being the document that was looked up; `None` if the texts, in `wire` the story
    /// texts, are equal.
    pub likeness: Option<Likeness>,
    /// What the document that was looked up is to it.
    pub relation: Relation,
}

/// What was found of the documents of a corpus.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answers {
    /// The copies of every document, in the order of the corpus.
    pub answers: Vec<Answer>,
    /// Records read.
    pub read: u64,
    /// Records that could not be read. What was cut by damage is not among them.
    pub rejected: u64,
    /// Files of which something is missing.
    pub damaged: Vec<DamagedFile>,
}

/// The copies of a document of a corpus.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The document's id.
    pub id: String,
    /// Its copies, as [`Index::query`] gives them.
    pub copies: Vec<Match>,
}

impl Index {
    /// The copies of a document, the most alike first; those equally alike by their ids.
    /// Changes nothing, and reads some hundred small places of the index, and of keys that more documents have than are
    /// all compared one of each of these.
    ///
    /// Nothing is held against its checksum (see [`open`](Index::open)), unless something else was asked of this
    /// index before; what the system cannot read is an error.
    ///
    /// All documents of equal text, and those of the others that a run over all of them would compare it with: of a
    /// key that more documents have than are all compared, 24 in `wire` and 200 in `near`, its leaders and neighbours. An
    /// index filled in another order gives the same answer.
    ///
    /// # Errors
    ///
    /// If the index is damaged.
    pub fn query(&self, query: &Query<'_>) -> Result<Vec<Match>, Error> {
        self.catalog.unless_lost(|| self.look_up(query))
    }

    fn look_up(&self, query: &Query<'_>) -> Result<Vec<Match>, Error> {
        let catalog = &self.catalog;
        let LookedUp { equal, mut alike } = look_up(catalog, query)?;
        alike.sort_by(|(_, x), (_, y)| y.score().total_cmp(&x.score()));
        let equal = equal.into_iter().map(|at| (at, None));
        let alike = alike.into_iter().map(|(at, likeness)| (at, Some(likeness)));
        let content = hash::bytes(query.text.as_bytes());
        let score = |found: &Match| found.likeness.map(Likeness::score);
        let mut matches: Vec<Match> = equal
            .chain(alike)
            .map(|(at, likeness)| {
                let (part, row) = catalog.row(at)?;
                let cluster = catalog.state.cluster(at as usize);
                let relation = match likeness {
                    Some(likeness) => {
                        let dates = query.date.zip(row.date());
                        let later = dates.is_some_and(|(own, other)| own.is_after(other));
                        relate(likeness, later, false)
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
            .collect::<Result<_, Error>>()?;
        for alike in matches.chunk_by_mut(|x, y| score(x) == score(y)) {
            alike.sort_unstable_by(|x, y| x.id.cmp(&y.id));
        }
        Ok(matches)
    }

    /// The copies of every document of a job. Changes nothing.
    ///
    /// Sections of the index are checked before their first use if that takes a small part of the time: if the index
    /// has at most 32 MB, and half a megabyte for each document. A larger one is relied on.
    ///
    /// # Errors
    ///
    /// If the documents or the index cannot be read, or the caller cancels.
    pub fn query_all(&self, open: OpenJob, context: Context<'_>) -> Result<Answers, Error> {
        let OpenJob {
            mut corpus,
            mut job,
        } = open;
        job.recipe = self.catalog.recipe.clone();
        job.publishers_distinguish = Some(self.catalog.state.publishers_distinguish);
        let mut timing = Timing::default();
        let documents = order::read_all(&mut corpus, &job, &mut timing, context)?;
        let docs: Vec<DocId> = documents.accepted().collect();
        let snapshot = &self.catalog.snapshot;
        let bytes: u64 = snapshot.files().map(|(file, _)| file.length()).sum();
        if bytes <= ALWAYS_CHECKED + CHECKED_A_DOCUMENT * docs.len() as u64 {
            snapshot.check_at_first_use();
        }
        let answers = reading_again(&corpus, || {
            docs.par_iter()
                .map_init(
                    || corpus.reader(),
                    |reader, &doc| {
                        context.go_on()?;
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
                        Ok(Answer {
                            id,
                            copies: copies?,
                        })
                    },
                )
                .collect::<Result<_, Error>>()
        })?;
        Ok(Answers {
            answers,
            read: documents.counts.read,
            rejected: rejects::blamed(&documents),
            damaged: corpus.damaged().to_vec(),
        })
    }
}

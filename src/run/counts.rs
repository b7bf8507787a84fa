//! How many there were of everything in a run, and how much was done.

use crate::error::Error;
use crate::lsh::Candidates;

/// How much was done, and how often a cap bound it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Work {
    /// Pairs that shared a key.
    pub collided: u64,
    /// Pairs that also passed the screen, had a copy in common, or joined a cluster's figures later,
    /// and were compared.
    pub compared: u64,
    /// Keys of so many documents that these were paired with a few leaders and neighbours only.
    pub capped_keys: u64,
    /// Components so large that they were taken apart at a raised threshold.
    pub split_components: u64,
    /// Texts with so many copies that only the 60 nearest of them were compared with each other.
    pub two_hop_capped: u64,
    /// Documents of an index in stories of so many pairs that these were not partitioned again; new copies
    /// join the clusters that such a document is in. 0 in a run without an index.
    pub frozen_documents: u64,
    /// Pairs that share so many passages in other orders that only the longest were aligned.
    pub capped_alignments: u64,
    /// Sets of pages with text in common that boilerplate was not learned from, as the bound of that work was
    /// reached.
    pub unjudged_page_sets: u64,
    /// Documents that lose half of their words or more to boilerplate that was given, though four pages or more of this
    /// corpus have these words as their story.
    pub disputed_pages: u64,
    /// Documents with a witness that stay all the same, for what their page alone has: see
    /// [`Run::page_coverages`](crate::run::Run::page_coverages).
    pub uncertified: u64,
    /// Documents with an equal of their publisher that stay all the same, as that text is under three
    /// headlines or more: an error page, a notice, a teaser.
    pub stubs: u64,
    /// Pairs of clusters of more than 4,096 documents that have no row in `pairs.jsonl`.
    pub unlisted_pairs: u64,
}

impl Work {
    pub(crate) fn of(found: &Candidates) -> Work {
        Work {
            collided: found.collided,
            capped_keys: found.capped_keys,
            ..Work::default()
        }
    }
}

/// How many there were of everything.
///
/// `kept + removed + rejected + known = read`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Records read.
    pub read: u64,
    /// Documents that stay when the corpus is deduplicated.
    pub kept: u64,
    /// Documents that go.
    pub removed: u64,
    /// Records that could not be read or, if that was asked for, whose id an index has.
    pub rejected: u64,
    /// Those of them that `rejected.jsonl` has no row of: of a megabyte of an input it lists the first thousand,
    /// and others that follow on one another as one.
    pub rejected_not_listed: u64,
    /// Records that an index has already, with the same text. 0 but where they were to be added.
    pub known: u64,
    /// Bytes of text, in UTF-8.
    pub text_bytes: u64,
    /// Documents without a word.
    pub without_words: u64,
    /// Documents with a date.
    pub dated: u64,
    /// Documents with a date that is not read; they count as undated.
    pub unparsed_dates: u64,
    /// Those of them whose date may be one of several days. Left out of `run.json` where there is none.
    #[serde(skip_serializing_if = "is_none")]
    pub ambiguous_dates: u64,
    /// Those of them whose date says only how long ago it was; likewise.
    #[serde(skip_serializing_if = "is_none")]
    pub relative_dates: u64,
    /// Documents with a publisher. One constant value for a whole corpus is no publisher.
    pub with_publisher: u64,
    /// Documents with an id of their own.
    pub with_id: u64,
    /// Documents with an id of their own that are called otherwise, as other records have it too.
    pub qualified_ids: u64,
    /// Those of them whose id is more than once in their input: each is called by its number.
    pub repeated_ids: u64,
    /// Clusters, of two documents or more.
    pub clusters: u64,
    /// Documents in clusters.
    pub clustered: u64,
    /// Documents in the largest cluster.
    pub largest_cluster: u64,
    /// Documents whose normalised text an earlier document has.
    pub equal_texts: u64,
    /// Pairs of different texts verified to be copies.
    pub accepted_pairs: u64,
}

/// Whether a count is of nothing, as it is nearly always.
#[expect(clippy::trivially_copy_pass_by_ref)] // as serde calls it
fn is_none(count: &u64) -> bool {
    *count == 0
}

impl Counts {
    /// Checks that so many kept and removed records are, with the others, those that were read.
    pub(crate) fn add_up(&self, kept: u64, removed: u64) -> Result<(), Error> {
        let Counts {
            read,
            rejected,
            known,
            ..
        } = *self;
        match kept + removed + rejected + known == read {
            true => Ok(()),
            false => Err(Error::DoesNotAddUp {
                read,
                kept,
                removed,
                rejected,
                known,
            }),
        }
    }
}

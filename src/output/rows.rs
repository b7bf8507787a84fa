//! The tables: what one row of each holds, and which columns it has.
//!
//! Every row of a table has the same columns in the same order, each of one type: text that is
//! absent is empty, a number that is not known is `null` in JSON and empty in CSV. In Parquet all
//! that is absent or unknown is null.

use super::columns::Columns;
use super::json;
use crate::clusters::ClusterId;
use crate::date::{Date, Lag};
use crate::likeness::{Likeness, Refusal};
use crate::relation::Relation;

/// A row of `clusters.jsonl`: a document of a cluster, held against its representative.
#[derive(Clone, Copy, Debug)]
pub struct ClusterRow<'a> {
    /// The document.
    pub id: &'a str,
    /// Its cluster.
    pub cluster: ClusterId,
    /// Documents in the cluster, at least 2.
    pub size: u32,
    /// Its place in the cluster; 0 is the representative.
    pub index: u32,
    /// What it is to the representative; `None` for the representative itself.
    pub relation: Option<Relation>,
    /// What it shares with the representative; `left` is this document.
    pub likeness: Likeness,
    /// Whose page it is.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub date: Option<Date>,
    /// How long after the representative.
    pub lag: Option<Lag>,
    /// The agency that its credit names.
    pub agency: Option<&'a str>,
    /// Other clusters whose story it holds too.
    pub also_in: &'a [ClusterId],
}

/// A row of `pairs.jsonl`: a verified candidate.
#[derive(Clone, Copy, Debug)]
pub struct PairRow<'a> {
    /// The document that is earlier in the corpus.
    pub a: &'a str,
    /// The document that is later.
    pub b: &'a str,
    /// Whether the threshold admits the pair.
    pub accepted: bool,
    /// Whether both are in one cluster.
    pub same_cluster: bool,
    /// What they share; `left` is `a`. Empty for texts equal by hash: their overlap was not computed.
    pub likeness: Likeness,
    /// Why it is not accepted, in `wire`.
    pub refused: Option<Refusal>,
    /// What `b` is to `a`; `None` where the pair is not accepted.
    pub relation: Option<Relation>,
}

/// Where a record of the corpus ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place<'a> {
    /// It stays.
    Kept,
    /// It goes, because a kept document carries its text.
    Removed {
        /// The kept document.
        witness: &'a str,
        /// What the removed document is to it.
        relation: Relation,
        /// Words of its page that stay in the corpus, at least, and words it has; in `near` shingles.
        page_coverage: (u32, u32),
    },
    /// It could not be read.
    Rejected,
    /// It was to be added to an index that has it already.
    Known,
}

/// What became of a record: its place, and its cluster if it has copies.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// Where it ended.
    pub place: Place<'a>,
    /// Its cluster and the number of documents in it; `None` for a document without copies.
    pub cluster: Option<(ClusterId, u32)>,
}

/// A row of `documents.jsonl`: a record of the corpus.
#[derive(Clone, Copy, Debug)]
pub struct DocumentRow<'a> {
    /// The document; `None` for a rejected record whose id is not known.
    pub id: Option<&'a str>,
    /// The input it is in.
    pub file: &'a str,
    /// Bytes before it there (before compression).
    pub offset: u64,
    /// What became of it.
    pub outcome: Outcome<'a>,
    /// Other clusters whose story it holds too.
    pub also_in: &'a [ClusterId],
}

/// A row of `rejected.jsonl`: a record that could not be read, or the first of several.
#[derive(Clone, Copy, Debug)]
pub struct RejectedRow<'a> {
    /// The input it is in.
    pub file: &'a str,
    /// Bytes before it there (before compression).
    pub offset: u64,
    /// Why it could not be read.
    pub reason: &'a str,
    /// How many the row stands for: itself, and those that follow on it and have no row of their own.
    pub records: u32,
}

/// A row that lists its columns, whatever the form it is written in.
pub(crate) trait TableRow {
    /// The columns, in their order.
    fn columns(&self, row: &mut impl Columns);

    /// The columns of any row: their names, and of what kind they are.
    fn blank(row: &mut impl Columns);
}

/// A row of `story-text.jsonl`: what is left of a document when boilerplate is masked.
#[derive(Clone, Copy, Debug)]
pub struct StoryTextRow<'a> {
    /// The document.
    pub id: &'a str,
    /// Words of the text that is left.
    pub words: u32,
    /// Words masked.
    pub masked_words: u32,
    /// What is left, with the characters of the page; a line break where something was masked.
    pub text: &'a str,
}

/// A row's forms, from one list of its columns.
macro_rules! forms {
    ($row:ident, $blank:expr) => {
        impl $row<'_> {
            /// Appends the row as a line of JSON.
            pub fn write_jsonl(&self, out: &mut Vec<u8>) {
                let mut row = json::Row::begin(out);
                self.list(&mut row);
                row.end();
            }
        }

        impl TableRow for $row<'_> {
            fn columns(&self, row: &mut impl Columns) {
                self.list(row);
            }

            fn blank(row: &mut impl Columns) {
                let blank: $row<'_> = $blank;
                blank.list(row);
            }
        }
    };
}

forms!(
    ClusterRow,
    ClusterRow {
        id: "",
        cluster: ClusterId(0),
        size: 0,
        index: 0,
        relation: None,
        likeness: Likeness::EQUAL,
        publisher: None,
        date: None,
        lag: None,
        agency: None,
        also_in: &[],
    }
);
forms!(
    PairRow,
    PairRow {
        a: "",
        b: "",
        accepted: false,
        same_cluster: false,
        likeness: Likeness::EQUAL,
        refused: None,
        relation: None,
    }
);
forms!(
    DocumentRow,
    DocumentRow {
        id: None,
        file: "",
        offset: 0,
        outcome: Outcome::BLANK,
        also_in: &[],
    }
);
forms!(
    RejectedRow,
    RejectedRow {
        file: "",
        offset: 0,
        reason: "",
        records: 1,
    }
);

forms!(
    StoryTextRow,
    StoryTextRow {
        id: "",
        words: 0,
        masked_words: 0,
        text: "",
    }
);

impl ClusterRow<'_> {
    fn list(&self, row: &mut impl Columns) {
        row.put("id", self.id);
        row.put("cluster_id", self.cluster);
        row.put("cluster_size", self.size);
        row.put("cluster_index", self.index);
        let relation = self.relation.map_or("representative", Relation::name);
        row.put("relation", relation);
        let coverage = self.likeness.coverage();
        put_score(row, self.likeness);
        row.put("coverage", (coverage.shared, u64::from(coverage.left)));
        row.put(
            "representative_coverage",
            (coverage.shared, u64::from(coverage.right)),
        );
        put_jaccard(row, self.likeness);
        row.put("publisher", self.publisher);
        row.put("date", self.date);
        let (seconds, days) = self.lag();
        row.put("lag_seconds", seconds);
        row.put("lag_days", days);
        row.put("agency", self.agency);
        row.put("also_in", self.also_in);
    }

    /// How long after the representative: in seconds, where both have a time of day, and in calendar
    /// days.
    fn lag(&self) -> (Option<i64>, Option<i64>) {
        let seconds = match self.lag {
            None => return (None, None),
            Some(Lag::Days(days)) => return (None, Some(days)),
            Some(Lag::Seconds(seconds)) => seconds,
        };
        let days = self.date.map(|date| {
            let seconds = date.seconds.saturating_sub(seconds);
            date.day() - Date { seconds, ..date }.day()
        });
        (Some(seconds), days)
    }
}

impl PairRow<'_> {
    fn list(&self, row: &mut impl Columns) {
        row.put("a", self.a);
        row.put("b", self.b);
        row.put("accepted", self.accepted);
        row.put("same_cluster", self.same_cluster);
        let coverage = self.likeness.coverage();
        put_score(row, self.likeness);
        put_jaccard(row, self.likeness);
        row.put("coverage_a", (coverage.shared, u64::from(coverage.left)));
        row.put("coverage_b", (coverage.shared, u64::from(coverage.right)));
        // Equal texts are one text, whose shingles are not counted: 0.
        row.put("shared", self.likeness.overlap.shared);
        row.put("relation", self.relation.map(Relation::name));
        row.put("refused", self.refused.map(Refusal::name));
    }
}

/// What the threshold acts on.
fn put_score(row: &mut impl Columns, likeness: Likeness) {
    match likeness.aligned {
        Some(aligned) => row.put("score", aligned.score),
        None => row.put("score", (likeness.overlap.shared, likeness.overlap.union())),
    }
}

fn put_jaccard(row: &mut impl Columns, likeness: Likeness) {
    row.put(
        "jaccard",
        (likeness.overlap.shared, likeness.overlap.union()),
    );
}

impl Outcome<'_> {
    /// Any outcome, for the names of its columns.
    pub(super) const BLANK: Outcome<'static> = Outcome {
        place: Place::Kept,
        cluster: None,
    };

    /// Adds the columns `verdict` to `weight`.
    pub(super) fn columns(&self, row: &mut impl Columns) {
        let (mut witness, mut relation) = (None, None);
        let mut coverage = match self.place {
            Place::Kept => (1, 1),
            _ => (0, 1),
        };
        let verdict = match self.place {
            Place::Kept => "kept",
            Place::Removed {
                witness: by,
                relation: is,
                page_coverage,
            } => {
                (witness, relation, coverage) = (Some(by), Some(is), page_coverage);
                "removed"
            }
            Place::Rejected => "rejected",
            Place::Known => "known",
        };
        row.put("verdict", verdict);
        row.put("duplicate_of", witness);
        row.put("relation", relation.map(Relation::name));
        row.put("page_coverage", (coverage.0, u64::from(coverage.1)));
        row.put("cluster_id", self.cluster.map(|(id, _)| id));
        let weight = match self.place {
            Place::Rejected | Place::Known => (0, 1), // so that the sum is the number of stories
            _ => (1, self.cluster.map_or(1, |(_, size)| u64::from(size))),
        };
        row.put("weight", weight);
    }
}

impl DocumentRow<'_> {
    fn list(&self, row: &mut impl Columns) {
        row.put("id", self.id);
        row.put("file", self.file);
        row.put("offset", self.offset);
        self.outcome.columns(row);
        row.put("also_in", self.also_in);
    }
}

impl RejectedRow<'_> {
    fn list(&self, row: &mut impl Columns) {
        row.put("file", self.file);
        row.put("offset", self.offset);
        row.put("reason", self.reason);
        row.put("records", self.records);
    }
}

impl StoryTextRow<'_> {
    fn list(&self, row: &mut impl Columns) {
        row.put("id", self.id);
        row.put("words", self.words);
        row.put("masked_words", self.masked_words);
        row.put("text", self.text);
    }
}

#[cfg(test)]
mod tests;

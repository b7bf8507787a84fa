//! The tables: what one row of each holds, and which columns it has.
//!
//! Every row of a table has the same columns in the same order; what is absent or unknown is
//! `null` in JSON and empty in CSV.

use super::columns::Columns;
use super::{csv, json};
use crate::clusters::ClusterId;
use crate::date::{Date, Lag};
use crate::relation::Relation;
use crate::similarity::Overlap;

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
    pub overlap: Overlap,
    /// Whose page it is.
    pub publisher: Option<&'a str>,
    /// When it was published.
    pub date: Option<Date>,
    /// How long after the representative.
    pub lag: Option<Lag>,
}

/// A row of `pairs.jsonl`: a verified candidate.
#[derive(Clone, Copy, Debug)]
pub struct PairRow<'a> {
    /// The document that stands earlier in the corpus.
    pub a: &'a str,
    /// The document that stands later.
    pub b: &'a str,
    /// Whether the threshold admits the pair.
    pub accepted: bool,
    /// Whether both are in one cluster.
    pub same_cluster: bool,
    /// What they share; `left` is `a`. [`Overlap::full`] of 0 for equal texts.
    pub overlap: Overlap,
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
    },
    /// It could not be read.
    Rejected,
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
    /// The input it stands in.
    pub file: &'a str,
    /// Bytes before it there (before compression).
    pub offset: u64,
    /// What became of it.
    pub outcome: Outcome<'a>,
}

/// A row of `rejected.jsonl`: a record that could not be read.
#[derive(Clone, Copy, Debug)]
pub struct RejectedRow<'a> {
    /// The input it stands in.
    pub file: &'a str,
    /// Bytes before it there (before compression).
    pub offset: u64,
    /// Why it could not be read.
    pub reason: &'a str,
}

/// A row's two forms, from one list of its columns.
macro_rules! forms {
    ($row:ident, $blank:expr) => {
        impl $row<'_> {
            /// Appends the row as a line of JSON.
            pub fn write_jsonl(&self, out: &mut Vec<u8>) {
                let mut row = json::Row::begin(out);
                self.columns(&mut row);
                row.end();
            }

            /// Appends the row as a line of CSV.
            pub fn write_csv(&self, out: &mut Vec<u8>) {
                self.columns(&mut csv::Row::begin(out));
                out.push(b'\n');
            }

            /// Appends the header line of the table as CSV.
            pub fn write_csv_header(out: &mut Vec<u8>) {
                let blank: $row<'_> = $blank;
                blank.columns(&mut csv::Header::of(csv::Row::begin(out), ""));
                out.push(b'\n');
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
        overlap: Overlap::full(0),
        publisher: None,
        date: None,
        lag: None,
    }
);
forms!(
    PairRow,
    PairRow {
        a: "",
        b: "",
        accepted: false,
        same_cluster: false,
        overlap: Overlap::full(0),
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
    }
);
forms!(
    RejectedRow,
    RejectedRow {
        file: "",
        offset: 0,
        reason: "",
    }
);

impl ClusterRow<'_> {
    fn columns(&self, row: &mut impl Columns) {
        row.put("id", self.id);
        row.put("cluster_id", self.cluster);
        row.put("cluster_size", self.size);
        row.put("cluster_index", self.index);
        let relation = self.relation.map_or("representative", Relation::name);
        row.put("relation", relation);
        let Overlap {
            shared,
            left,
            right,
        } = self.overlap;
        row.put("score", (shared, self.overlap.union()));
        row.put("coverage", (shared, u64::from(left)));
        row.put("representative_coverage", (shared, u64::from(right)));
        row.put("jaccard", (shared, self.overlap.union()));
        row.put("publisher", self.publisher);
        row.put("date", self.date);
        let (seconds, days) = match self.lag {
            Some(Lag::Seconds(seconds)) => (Some(seconds), None),
            Some(Lag::Days(days)) => (None, Some(days)),
            None => (None, None),
        };
        row.put("lag_seconds", seconds);
        row.put("lag_days", days);
    }
}

impl PairRow<'_> {
    fn columns(&self, row: &mut impl Columns) {
        row.put("a", self.a);
        row.put("b", self.b);
        row.put("accepted", self.accepted);
        row.put("same_cluster", self.same_cluster);
        let Overlap {
            shared,
            left,
            right,
        } = self.overlap;
        row.put("score", (shared, self.overlap.union()));
        row.put("jaccard", (shared, self.overlap.union()));
        row.put("coverage_a", (shared, u64::from(left)));
        row.put("coverage_b", (shared, u64::from(right)));
        // Equal texts are one text: nobody counted the shingles of their set.
        row.put("shared", (self.overlap.union() > 0).then_some(shared));
        row.put("relation", self.relation.map(Relation::name));
    }
}

impl Outcome<'_> {
    /// Any outcome, for the names of its columns.
    pub(super) const BLANK: Outcome<'static> = Outcome {
        place: Place::Kept,
        cluster: None,
    };

    /// Adds the columns `verdict` to `weight`.
    pub(super) fn columns(&self, row: &mut impl Columns) {
        let (verdict, witness, relation) = match self.place {
            Place::Kept => ("kept", None, None),
            Place::Removed { witness, relation } => ("removed", Some(witness), Some(relation)),
            Place::Rejected => ("rejected", None, None),
        };
        row.put("verdict", verdict);
        row.put("duplicate_of", witness);
        row.put("relation", relation.map(Relation::name));
        row.put("cluster_id", self.cluster.map(|(id, _)| id));
        let weight = match self.place {
            Place::Rejected => None,
            _ => Some((1, self.cluster.map_or(1, |(_, size)| u64::from(size)))),
        };
        row.put("weight", weight);
    }
}

impl DocumentRow<'_> {
    fn columns(&self, row: &mut impl Columns) {
        row.put("id", self.id);
        row.put("file", self.file);
        row.put("offset", self.offset);
        self.outcome.columns(row);
    }
}

impl RejectedRow<'_> {
    fn columns(&self, row: &mut impl Columns) {
        row.put("file", self.file);
        row.put("offset", self.offset);
        row.put("reason", self.reason);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Precision;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        serde_json::from_slice::<serde_json::Value>(&out).expect("a row is JSON");
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_member_and_its_representative() {
        let representative = ClusterRow {
            id: "a\"1",
            cluster: ClusterId(0x12ab),
            size: 2,
            index: 0,
            relation: None,
            overlap: Overlap::full(0),
            publisher: None,
            date: None,
            lag: None,
        };
        assert_eq!(
            written(|out| representative.write_jsonl(out)),
            concat!(
                r#"{"id":"a\"1","cluster_id":"c00000000000012ab","cluster_size":2,"cluster_index":0,"#,
                r#""relation":"representative","score":1,"coverage":1,"representative_coverage":1,"#,
                r#""jaccard":1,"publisher":null,"date":null,"lag_seconds":null,"lag_days":null}"#,
                "\n"
            )
        );
        let member = ClusterRow {
            id: "b",
            index: 1,
            relation: Some(Relation::Excerpt),
            overlap: Overlap {
                shared: 30,
                left: 40,
                right: 120,
            },
            publisher: Some("example.org"),
            date: Some(Date {
                seconds: 1_687_929_233,
                precision: Precision::Second,
            }),
            lag: Some(Lag::Seconds(-60)),
            ..representative
        };
        assert_eq!(
            written(|out| member.write_jsonl(out)),
            concat!(
                r#"{"id":"b","cluster_id":"c00000000000012ab","cluster_size":2,"cluster_index":1,"#,
                r#""relation":"excerpt","score":0.230769,"coverage":0.75,"#,
                r#""representative_coverage":0.25,"jaccard":0.230769,"publisher":"example.org","#,
                r#""date":"2023-06-28T05:13:53Z","lag_seconds":-60,"lag_days":null}"#,
                "\n"
            )
        );
    }

    #[test]
    fn a_pair() {
        let pair = PairRow {
            a: "a",
            b: "b",
            accepted: false,
            same_cluster: true,
            overlap: Overlap {
                shared: 5,
                left: 5,
                right: 6,
            },
            relation: None,
        };
        assert_eq!(
            written(|out| pair.write_jsonl(out)),
            concat!(
                r#"{"a":"a","b":"b","accepted":false,"same_cluster":true,"score":0.833333,"#,
                r#""jaccard":0.833333,"coverage_a":1,"coverage_b":0.833333,"shared":5,"#,
                r#""relation":null}"#,
                "\n"
            )
        );
    }

    #[test]
    fn documents_of_every_verdict() {
        let mut document = DocumentRow {
            id: Some("d"),
            file: "day.jsonl",
            offset: 812,
            outcome: Outcome {
                place: Place::Removed {
                    witness: "w",
                    relation: Relation::Exact,
                },
                cluster: Some((ClusterId(u64::MAX), 3)),
            },
        };
        assert_eq!(
            written(|out| document.write_jsonl(out)),
            concat!(
                r#"{"id":"d","file":"day.jsonl","offset":812,"verdict":"removed","#,
                r#""duplicate_of":"w","relation":"exact","cluster_id":"cffffffffffffffff","#,
                r#""weight":0.333333}"#,
                "\n"
            )
        );
        document.outcome = Outcome {
            place: Place::Kept,
            cluster: None,
        };
        let tail =
            r#""verdict":"kept","duplicate_of":null,"relation":null,"cluster_id":null,"weight":1}"#;
        assert!(
            written(|out| document.write_jsonl(out))
                .trim_end()
                .ends_with(tail)
        );
        document.id = None;
        document.outcome.place = Place::Rejected;
        let rejected = written(|out| document.write_jsonl(out));
        assert!(rejected.starts_with(r#"{"id":null,"#), "{rejected}");
        assert!(rejected.contains(r#""verdict":"rejected""#), "{rejected}");
        assert!(
            rejected.trim_end().ends_with(r#""weight":null}"#),
            "{rejected}"
        );
    }

    #[test]
    fn csv_has_the_columns_and_figures_of_json() {
        let pair = PairRow {
            a: "a,1",
            b: "b",
            accepted: true,
            same_cluster: false,
            overlap: Overlap {
                shared: 5,
                left: 5,
                right: 6,
            },
            relation: None,
        };
        let mut out = Vec::new();
        PairRow::write_csv_header(&mut out);
        pair.write_csv(&mut out);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "a,b,accepted,same_cluster,score,jaccard,coverage_a,coverage_b,shared,relation\n\
             \"a,1\",b,true,false,0.833333,0.833333,1,0.833333,5,\n"
        );
    }

    #[test]
    fn a_rejected_record() {
        let rejected = RejectedRow {
            file: "day.jsonl",
            offset: 3,
            reason: "expected `\"` at column 7",
        };
        assert_eq!(
            written(|out| rejected.write_jsonl(out)),
            "{\"file\":\"day.jsonl\",\"offset\":3,\"reason\":\"expected `\\\"` at column 7\"}\n"
        );
    }
}

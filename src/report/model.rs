//! `Report`: everything the page shows, as it is saved in `report.json`.
//!
//! The page is a pure function of this model and of what the reader asked for ([`super::View`]).
//! Names are stored once, in tables, and referred to by position; places in texts are counted in
//! UTF-16 code units, as browsers count.

use std::ops::Not;

use serde::{Deserialize, Serialize};

/// The format that is written, and the only one that is read.
pub const FORMAT: u32 = 1;

/// What a run found, as the page shows it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Report {
    /// [`FORMAT`].
    pub format: u32,
    /// The version of wirecopy that wrote it.
    pub version: String,
    /// The recipe, as one line.
    pub recipe: String,
    /// The recipe in plain words, a sentence each.
    pub in_words: Vec<String>,
    /// `wire` or `near`.
    pub profile: String,
    /// What the threshold acts on: `score` or `jaccard`.
    pub measure: String,
    /// Pairs of at least this are accepted.
    pub threshold: f64,
    /// The files read.
    pub inputs: Vec<String>,
    /// Where the run is, for the commands that the page names: `.` as it is saved, since where a run
    /// writes leaves no mark in what it writes; the folder as given where a page is drawn again.
    pub folder: String,
    /// What was counted.
    pub counts: Counts,
    /// Bounds that were reached: what, and how often.
    pub bounds: Vec<(String, u64)>,
    /// What was masked as boilerplate (`wire`).
    pub masked: Option<Masked>,
    /// Publishers, by number.
    pub outlets: Vec<Outlet>,
    /// Days with dated documents, ascending.
    pub days: Vec<Day>,
    /// How alike compared pairs were: bins of .05, ascending; empty ones are left out.
    pub similarities: Vec<Bin>,
    /// The S-curve of the recipe: Jaccard similarity and the chance to become a candidate.
    pub curve: Vec<(f64, f64)>,
    /// All clusters, largest first; of equal size by id.
    pub clusters: Vec<Cluster>,
    /// Documents whose text is shown, by number.
    pub texts: Vec<Text>,
    /// Pairs of these texts, aligned, by number.
    pub comparisons: Vec<Comparison>,
    /// Doubtful pairs, most doubtful first: positions among `comparisons`.
    pub doubtful: Vec<Doubt>,
    /// The random sample of compared candidates.
    pub sample: Vec<Drawn>,
    /// Clusters whose texts would not fit the budget.
    pub without_texts: u64,
    /// Whether it is about an index, which keeps no texts: what is counted is of the whole index, and
    /// only the clusters that were asked for are here.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub of_index: bool,
    /// Documents that were removed, where the run wrote a corpus without them (`dedup`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<u64>,
}

/// What was counted.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Counts {
    /// Documents read.
    pub documents: u64,
    /// Records rejected.
    pub rejected: u64,
    /// Documents too short to be compared.
    pub thin: u64,
    /// Clusters.
    pub clusters: u64,
    /// Documents in clusters.
    pub clustered: u64,
    /// Documents beyond the first of each cluster.
    pub duplicates: u64,
    /// Pairs compared.
    pub compared: u64,
    /// Pairs accepted.
    pub accepted: u64,
}

/// What was masked as boilerplate.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Masked {
    /// Words of all pages.
    pub words: u64,
    /// Words masked.
    pub masked: u64,
    /// Sources of which more than 70 % is masked: name, pages, share.
    pub doubted: Vec<(String, u64, f64)>,
}

/// A publisher as carrier of stories.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Outlet {
    /// Its name.
    pub name: String,
    /// Its documents.
    pub documents: u64,
    /// Clusters it has a document in.
    pub stories: u64,
    /// Of these, the ones that another outlet has a document in, too.
    #[serde(default)]
    pub shared: u64,
    /// Clusters in which it alone was first, by dates that are not doubted.
    pub first: u64,
    /// Median seconds behind the first dated copy, over its clusters where another outlet is known to have been first.
    pub median_lag: Option<i64>,
    /// Whether a lag is in whole days.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub lags_in_days: bool,
}

/// A day.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Day {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Documents dated so.
    pub documents: u64,
    /// Of these, the ones that are in no cluster or first in theirs.
    pub stories: u64,
}

/// Compared pairs of like similarity.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Bin {
    /// The lower end.
    pub from: f64,
    /// Pairs accepted.
    pub accepted: u64,
    /// Pairs refused.
    pub refused: u64,
}

/// A cluster.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Cluster {
    /// Its id, as in `clusters.jsonl`.
    pub id: String,
    /// Its title: that of the representative, or the opening of its text.
    pub title: String,
    /// The opening of the representative's story text, up to 200 characters.
    pub opening: String,
    /// The agency named most often.
    pub agency: Option<String>,
    /// By how many days the first dated member is before the next, where that is doubted
    /// ([`doubted_first`](crate::date::doubted_first)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubted: Option<i64>,
    /// The members: the representative first, then by date, undated ones last.
    pub members: Vec<Member>,
}

/// A document of a cluster. Figures are against the representative.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Member {
    /// Its id.
    pub id: String,
    /// Its publisher's number.
    pub outlet: Option<u32>,
    /// Its date as it is printed everywhere: RFC 3339 or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Seconds behind the first dated member; whole days where a time of day is missing.
    pub lag: Option<i64>,
    /// Whether `lag` is in whole days.
    pub lag_in_days: bool,
    /// Name of the relation; `None` for the representative.
    pub relation: Option<String>,
    /// The score.
    pub score: f64,
    /// Share of it that the representative has.
    pub coverage: f64,
    /// Share of the representative that it has.
    pub representative_coverage: f64,
    /// Words of its story text.
    pub words: u32,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The agency it names.
    pub agency: Option<String>,
    /// Ids of other clusters whose story it holds.
    pub also_in: Vec<String>,
    /// The address of its page, if it is of the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The kept document that carries it, if it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<String>,
    /// Number of its text, if that is shown.
    pub text: Option<u32>,
    /// Number of its comparison with the representative (`a`), if that is shown.
    pub comparison: Option<u32>,
}

/// A text that is shown.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Text {
    /// The document's id.
    pub id: String,
    /// Its publisher.
    pub outlet: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The address of its page, if it is of the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its text, whole or up to `cut`.
    pub text: String,
    /// UTF-16 units that were left out at the end.
    pub cut: u64,
    /// Where boilerplate was masked: pairs of begin and end, ascending.
    pub masked: Vec<(u32, u32)>,
}

/// Two texts, aligned by verification.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Comparison {
    /// Number of the first text.
    pub a: u32,
    /// Number of the second text.
    pub b: u32,
    /// Whether the pair was accepted.
    pub accepted: bool,
    /// Why not: `gate`, `score` or `facts`.
    pub refused: Option<String>,
    /// Whether both are in one cluster.
    pub same_cluster: bool,
    /// The relation of `b` to `a`, if accepted.
    pub relation: Option<String>,
    /// The score.
    pub score: f64,
    /// The parts of the score (`wire`): covered, jaccard, substituted.
    pub parts: Option<(f64, f64, f64)>,
    /// Share of `a`'s story that is in `b`.
    pub coverage_a: f64,
    /// Share of `b`'s story that is in `a`.
    pub coverage_b: f64,
    /// Aligned runs of equal words, in the order of `a`: begin and end in `a`, begin and end in `b`.
    pub runs: Vec<(u32, u32, u32, u32)>,
    /// Facts of `a` that `b` contradicts: begin and end.
    pub facts_a: Vec<(u32, u32)>,
    /// Facts of `b` that `a` contradicts: begin and end.
    pub facts_b: Vec<(u32, u32)>,
}

/// A pair to look at.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Doubt {
    /// Number of its comparison.
    pub comparison: u32,
    /// `near the threshold`, `weakest link of its cluster` or `composite`.
    pub why: String,
}

/// A pair of the random sample.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Drawn {
    /// Number of its comparison.
    pub comparison: u32,
    /// The stratum it was drawn from.
    pub stratum: String,
    /// Pairs of the stratum that it stands for: pairs in it over pairs drawn from it.
    pub weight: f64,
}

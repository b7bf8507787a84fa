//! A labelled set on disk, and how a run over it scores.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use wirecopy::clusters::Verdict;
use wirecopy::doc_id::DocId;
use wirecopy::eval::{ClusterScores, Judgement, ListedPair, PairScores, Partition};
use wirecopy::{Job, Recipe, Run};

use super::floors::Known;

/// Documents, their true clusters, and labelled pairs.
pub(crate) struct LabelledSet {
    documents: PathBuf,
    /// By id.
    truth: BTreeMap<String, String>,
    /// Two ids and a label.
    pairs: Vec<[String; 3]>,
}

/// The figures that have floors, as `wirecopy eval` gives them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    pub(crate) copy_recall: f64,
    pub(crate) strict_precision: f64,
    pub(crate) ari: f64,
    pub(crate) unharmed: f64,
}

impl LabelledSet {
    /// The set in this folder, if there is one.
    pub(crate) fn in_folder(folder: &Path) -> Option<LabelledSet> {
        let documents = folder.join("docs.jsonl");
        if !documents.is_file() {
            return None;
        }
        let truth = rows(&folder.join("truth.tsv"), ["id", "cluster"]);
        Some(LabelledSet {
            documents,
            truth: truth
                .into_iter()
                .map(|[id, cluster]| (id, cluster))
                .collect(),
            pairs: rows(&folder.join("pairs.tsv"), ["id_a", "id_b", "label"]),
        })
    }

    /// Clusters the documents, given so much, and scores the clusters.
    pub(crate) fn score(&self, known: Known) -> Score {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("docs.jsonl");
        fs::write(&input, self.answer(known)).unwrap();
        let run = Job::new(Recipe::default_wire()).path(input).run().unwrap();
        self.judge(&run)
    }

    /// The records without what is not given.
    fn answer(&self, known: Known) -> String {
        let records = fs::read_to_string(&self.documents).unwrap();
        let answer = |line: &str| {
            let mut record: Map<String, Value> = serde_json::from_str(line).unwrap();
            record.retain(|field, _| !known.hides(field));
            Value::Object(record).to_string() + "\n"
        };
        let lines = records.lines().filter(|line| !line.is_empty());
        lines.map(answer).collect()
    }

    /// A document without copies is a cluster of its own.
    fn judge(&self, run: &Run) -> Score {
        let clusters: BTreeMap<String, String> = run
            .documents()
            .filter_map(|doc| {
                Some((
                    run.id(doc).into_owned(),
                    run.cluster_of(doc)?.id.to_string(),
                ))
            })
            .collect();
        let names: Vec<(bool, &String)> = self
            .truth
            .keys()
            .map(|id| clusters.get(id).map_or((false, id), |name| (true, name)))
            .collect();
        let predicted = Partition::by_name(&names);
        let truth = Partition::by_name(&self.truth.values().collect::<Vec<_>>());
        let places: BTreeMap<&str, DocId> = (self.truth.keys().enumerate())
            .map(|(place, id)| (id.as_str(), DocId::from_index(place)))
            .collect();
        let listed: Vec<ListedPair<'_>> = self
            .pairs
            .iter()
            .filter_map(|[a, b, label]| {
                Some(ListedPair {
                    a: *places.get(a.as_str())?,
                    b: *places.get(b.as_str())?,
                    label,
                    cross_source: false,
                })
            })
            .collect();
        let Judgement::Silver(silver) = PairScores::new(&predicted, &listed, None).judgement else {
            panic!("labels of people are not scored here");
        };
        Score {
            copy_recall: silver.copy_recall,
            strict_precision: silver.strict_precision,
            ari: ClusterScores::new(&predicted, &truth).ari,
            unharmed: self.unharmed(run),
        }
    }

    fn unharmed(&self, run: &Run) -> f64 {
        let story = |doc: DocId| self.truth.get(run.id(doc).as_ref());
        let harmed = |doc: &DocId| match run.verdict(*doc) {
            Verdict::Kept => false,
            Verdict::Removed { witness, .. } => story(*doc) != story(witness),
        };
        let (all, harmed) = (
            run.documents().count(),
            run.documents().filter(harmed).count(),
        );
        #[expect(clippy::cast_precision_loss)] // counts of pages
        let share = (all - harmed) as f64 / all as f64;
        share
    }
}

/// The rows of a TSV file with this header.
fn rows<const N: usize>(path: &Path, header: [&str; N]) -> Vec<[String; N]> {
    let text = fs::read_to_string(path).unwrap();
    let fields = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let mut lines = text.lines();
    assert_eq!(fields(lines.next().unwrap()), header, "{}", path.display());
    lines
        .map(|line| fields(line).try_into().expect("a field a column"))
        .collect()
}

//! The figures as one JSON object, for machines.

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use wirecopy::eval::{
    ClusterScores, Judgement, LabelScore, PairCounts, PairScores, Shape, SilverScores,
};

use super::evaluation::{Errors, Evaluation, NamedCluster};

/// Writes the object, indented, and a line feed.
pub(super) fn write(out: &mut dyn Write, evaluation: &Evaluation<'_>) -> io::Result<()> {
    let mut object = json!({
        "docs": evaluation.documents,
        "docs_absent_from_clusters": evaluation.absent,
        "unknown_ids": evaluation.unknown.len(),
        "predicted": shape(evaluation.predicted),
    });
    if let Some((truth, scores)) = &evaluation.truth {
        object["truth"] = shape(*truth);
        object["score"] = clusters(evaluation.documents, scores);
    }
    if let Some(scores) = &evaluation.pairs {
        object["pairs"] = pairs(scores, evaluation.pairs_outside);
    }
    if let Some(found) = &evaluation.errors {
        object["errors"] = errors(found);
    }
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

fn shape(shape: Shape) -> Value {
    json!({
        "clusters": shape.clusters,
        "clusters_2plus": shape.shared_clusters,
        "docs_in_2plus": shape.documents_in_shared,
        "largest": shape.largest,
    })
}

fn clusters(documents: usize, scores: &ClusterScores) -> Value {
    json!({
        "docs": documents,
        "predicted_pairs": scores.pairs.predicted,
        "true_pairs": scores.pairs.truth,
        "true_positives": scores.pairs.both,
        "precision": scores.pairs.precision(),
        "recall": scores.pairs.recall(),
        "f1": scores.pairs.f1(),
        "ari": scores.ari,
        "worst_cluster": scores.without_worst.map(|worst| json!({
            "docs": worst.documents,
            "wrong_pairs": worst.wrong_pairs,
            "f1_without": worst.f1,
        })),
        "b3_precision": scores.b_cubed_precision,
        "b3_recall": scores.b_cubed_recall,
        "b3_f1": scores.b_cubed_f1(),
    })
}

fn label(score: LabelScore) -> Value {
    json!({ "listed": score.listed, "together": score.together, "share": score.share() })
}

fn pairs(scores: &PairScores<'_>, outside: usize) -> Value {
    let labels: Map<String, Value> = scores
        .labels
        .iter()
        .map(|(&name, &score)| (name.to_owned(), label(score)))
        .collect();
    let mut object = json!({
        "labels": labels,
        "pairs_outside_truth": outside,
        "predicted_pairs": scores.predicted,
        "listed_together": scores.listed_together,
        "unlisted": scores.unlisted(),
    });
    match scores.judgement {
        Judgement::Human(human) => {
            object["kind"] = "human".into();
            object["recall_all"] = human.reuse.recall().into();
            object["listed_precision"] = human.reuse.precision().into();
            object["listed_f1"] = human.reuse.f1().into();
        }
        Judgement::Silver(scores) => silver(scores, &mut object),
    }
    object
}

fn silver(scores: SilverScores, object: &mut Value) {
    object["kind"] = "labelled".into();
    object["copy_recall"] = scores.copy_recall.into();
    object["strict_precision"] = scores.strict_precision.into();
    object["lenient_precision"] = scores.lenient_precision.into();
    if scores.cross_source_copies.listed > 0 {
        object["cross_source_copies"] = label(scores.cross_source_copies);
    }
    if let Some(found) = scores.with_truth {
        let counts: PairCounts = found.grey_left_out;
        object["unlisted_same_truth"] = found.unlisted_true.into();
        object["grey_left_out"] = json!({
            "pairs": found.grey,
            "precision": counts.precision(),
            "recall": counts.recall(),
            "f1": counts.f1(),
        });
    }
}

fn errors(errors: &Errors<'_>) -> Value {
    let mut object = json!({});
    if let Some([merges, misses]) = &errors.clusters {
        object["false_merges"] = merges.iter().map(cluster).collect();
        object["misses"] = misses.iter().map(cluster).collect();
    }
    if let Some([missed, wrong]) = &errors.pairs {
        object["missed_pairs"] = json!(missed);
        object["wrong_pairs"] = json!(wrong);
    }
    object
}

fn cluster(cluster: &NamedCluster<'_>) -> Value {
    let parts = cluster.parts.iter().map(|&(name, documents, example)| {
        json!({ "cluster": name, "docs": documents, "example": example })
    });
    json!({
        "cluster": cluster.name,
        "docs": cluster.documents,
        "bad_pairs": cluster.bad_pairs,
        "parts": parts.collect::<Value>(),
    })
}

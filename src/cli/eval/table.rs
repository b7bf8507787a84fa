//! The figures as a table, for people.

use std::collections::HashMap;
use std::io::{self, Write};

use wirecopy::eval::{ClusterScores, Judgement, PairScores, Shape, SilverScores};

use super::evaluation::{Evaluation, NamedCluster};
use super::read::Description;

/// Most parts of a cluster that are shown.
const PARTS: usize = 6;
/// Longest title, in characters.
const TITLE: usize = 80;

/// Writes the table.
pub(super) fn write(
    out: &mut dyn Write,
    evaluation: &Evaluation<'_>,
    descriptions: &HashMap<String, Description>,
) -> io::Result<()> {
    writeln!(
        out,
        "{:>14}{:>10}{:>14}{:>12}{:>9}",
        "", "clusters", "of 2 or more", "holding", "largest"
    )?;
    shape(out, "predicted", evaluation.predicted)?;
    if let Some((truth, _)) = evaluation.truth {
        shape(out, "truth", truth)?;
    }
    writeln!(
        out,
        "{} documents scored, {} of them not in the clusters and so single",
        evaluation.documents, evaluation.absent
    )?;
    if !evaluation.unknown.is_empty() {
        writeln!(
            out,
            "{} ids of the clusters are not scored",
            evaluation.unknown.len()
        )?;
    }
    if let Some((_, scores)) = &evaluation.truth {
        clusters(out, scores)?;
    }
    if let Some(scores) = &evaluation.pairs {
        pairs(out, scores)?;
    }
    what_is_right(out, evaluation)?;
    if evaluation.pairs_outside > 0 {
        writeln!(
            out,
            "{} listed pairs name a document that is not in the truth: not scored",
            evaluation.pairs_outside
        )?;
    }
    let Some(errors) = &evaluation.errors else {
        return Ok(());
    };
    let title = |id: &str| titled(id, descriptions);
    if let Some([merges, misses]) = &errors.clusters {
        let head = "Worst false merges: predicted clusters, and the true ones inside";
        worst(out, head, merges, title)?;
        let head = "Worst misses: true clusters, and the predicted ones they are split into";
        worst(out, head, misses, title)?;
    }
    if let Some([missed, wrong]) = &errors.pairs {
        listed(out, "Listed pairs that were missed", missed, title)?;
        listed(
            out,
            "Listed pairs that were joined and should not be",
            wrong,
            title,
        )?;
    }
    Ok(())
}

/// Says of each kind of precision which pairs it takes for right: they differ by much on one clustering.
fn what_is_right(out: &mut dyn Write, evaluation: &Evaluation<'_>) -> io::Result<()> {
    let is_silver = |scores: &PairScores<'_>| matches!(scores.judgement, Judgement::Silver(_));
    let has_labels = evaluation.pairs.as_ref().is_some_and(is_silver);
    if evaluation.truth.is_some() {
        writeln!(
            out,
            "pairwise: right is a pair that one true cluster holds, whatever its label"
        )?;
    }
    match (has_labels, evaluation.pairs.is_some()) {
        (true, _) => writeln!(
            out,
            "strict: right is a pair that is labelled copy, contained or edited, whatever the true clusters"
        ),
        (false, false) => writeln!(
            out,
            "strict precision, by which pairs are judged by themselves, needs their labels: --pairs FILE"
        ),
        _ => Ok(()),
    }
}

fn shape(out: &mut dyn Write, name: &str, shape: Shape) -> io::Result<()> {
    writeln!(
        out,
        "{name:14}{:>10}{:>14}{:>12}{:>9}",
        shape.clusters, shape.shared_clusters, shape.documents_in_shared, shape.largest
    )
}

fn clusters(out: &mut dyn Write, scores: &ClusterScores) -> io::Result<()> {
    let pairs = scores.pairs;
    writeln!(
        out,
        "\n{:22}{:>10}{:>10}{:>10}",
        "", "precision", "recall", "F1"
    )?;
    figures(
        out,
        "pairwise",
        pairs.precision(),
        pairs.recall(),
        pairs.f1(),
    )?;
    let (precision, recall) = (scores.b_cubed_precision, scores.b_cubed_recall);
    figures(out, "B-cubed", precision, recall, scores.b_cubed_f1())?;
    writeln!(out, "{:22}{:30.4}", "adjusted Rand index", scores.ari)?;
    if let Some(worst) = scores.without_worst {
        writeln!(
            out,
            "{:22}{:30.4}   one cluster of {} documents holds {} wrong pairs",
            "without the worst", worst.f1, worst.documents, worst.wrong_pairs
        )?;
    }
    writeln!(
        out,
        "{} pairs are right of {} predicted, {} are true",
        pairs.both, pairs.predicted, pairs.truth
    )
}

fn figures(
    out: &mut dyn Write,
    name: &str,
    precision: f64,
    recall: f64,
    f1: f64,
) -> io::Result<()> {
    writeln!(out, "{name:22}{precision:10.4}{recall:10.4}{f1:10.4}")
}

fn pairs(out: &mut dyn Write, scores: &PairScores<'_>) -> io::Result<()> {
    writeln!(
        out,
        "\n{:22}{:>10}{:>10}{:>10}",
        "label", "listed", "together", "share"
    )?;
    for (label, score) in &scores.labels {
        let (listed, together) = (score.listed, score.together);
        writeln!(
            out,
            "{label:22}{listed:>10}{together:>10}{:10.4}",
            score.share()
        )?;
    }
    match scores.judgement {
        Judgement::Human(human) => {
            let reuse = human.reuse;
            writeln!(
                out,
                "\n{:22}{:>10}{:>10}{:>10}",
                "", "precision", "recall", "F1"
            )?;
            figures(
                out,
                "cut, light or heavy",
                reuse.precision(),
                reuse.recall(),
                reuse.f1(),
            )?;
            writeln!(
                out,
                "{} predicted pairs have no label: neither right nor wrong",
                scores.unlisted()
            )
        }
        Judgement::Silver(silver_scores) => silver(out, scores, silver_scores),
    }
}

fn silver(out: &mut dyn Write, pairs: &PairScores<'_>, scores: SilverScores) -> io::Result<()> {
    writeln!(
        out,
        "\n{:22}{:>10}{:>10}{:>10}",
        "", "precision", "recall", "F1"
    )?;
    let copies = "copy, contained, edited";
    writeln!(
        out,
        "{:22}{:10.4}   {copies}",
        "strict precision", scores.strict_precision
    )?;
    writeln!(
        out,
        "{:22}{:10.4}   {copies}, partial",
        "lenient precision", scores.lenient_precision
    )?;
    writeln!(out, "{:22}{:20.4}", "copy recall", scores.copy_recall)?;
    let cross = scores.cross_source_copies;
    if cross.listed > 0 {
        writeln!(
            out,
            "{:22}{:20.4}   {} of {} between different outlets",
            "copy recall, outlets",
            cross.share(),
            cross.together,
            cross.listed
        )?;
    }
    if let Some(found) = scores.with_truth {
        let counts = found.grey_left_out;
        figures(
            out,
            "grey left out",
            counts.precision(),
            counts.recall(),
            counts.f1(),
        )?;
        writeln!(
            out,
            "{} predicted pairs are grey: labelled as some copy, kept apart by the truth",
            found.grey
        )?;
    }
    write!(
        out,
        "{} predicted pairs are not listed and count as wrong",
        pairs.unlisted()
    )?;
    match scores.with_truth {
        Some(found) => writeln!(
            out,
            "; {} of them are in one true cluster",
            found.unlisted_true
        ),
        None => writeln!(out),
    }
}

fn worst(
    out: &mut dyn Write,
    head: &str,
    clusters: &[NamedCluster<'_>],
    title: impl Fn(&str) -> String,
) -> io::Result<()> {
    if clusters.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{head}")?;
    for cluster in clusters {
        writeln!(
            out,
            "  {}: {} documents in {} parts, {} bad pairs",
            cluster.name,
            cluster.documents,
            cluster.parts.len(),
            cluster.bad_pairs
        )?;
        for &(name, documents, example) in cluster.parts.iter().take(PARTS) {
            writeln!(
                out,
                "    {documents:>6} of {name}, such as {}",
                title(example)
            )?;
        }
        if let Some(more @ 1..) = cluster.parts.len().checked_sub(PARTS) {
            writeln!(out, "           and {more} parts more")?;
        }
    }
    Ok(())
}

fn listed(
    out: &mut dyn Write,
    head: &str,
    pairs: &[[&str; 3]],
    title: impl Fn(&str) -> String,
) -> io::Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{head}")?;
    for [a, b, label] in pairs {
        writeln!(out, "  {label:10} {}\n  {:10} {}", title(a), "", title(b))?;
    }
    Ok(())
}

fn titled(id: &str, descriptions: &HashMap<String, Description>) -> String {
    match descriptions.get(id) {
        Some(found) if !found.title.is_empty() => {
            format!(
                "{id}  {}",
                found.title.chars().take(TITLE).collect::<String>()
            )
        }
        _ => id.to_owned(),
    }
}

//! `wirecopy eval` on clusterings small enough to score by hand.

use std::fs;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::{failure, stdout, wirecopy};

/// Truth {a b c} {d e} {f}.
const TRUTH: &str = "id\tcluster\na\t1\nb\t1\nc\t1\nd\t2\ne\t2\nf\t3\n";
/// Predicted {a b} {c d}; e and f are absent, zz is in none.
const CLUSTERS: &str = "id\tcluster_id\na\tX\nb\tX\nc\tY\nd\tY\nzz\tY\n";
const PAIRS: &str = "id_a\tid_b\tlabel\na\tb\tcopy\na\tc\tcopy\nb\tc\tedited\nd\te\tcopy\n\
                     c\td\tpartial\na\tf\tlow\n";
const DOCS: &str = r#"{"id":"a","source":"p","title":"Quake  hits"}
{"id":"b","source":"p","text":"Quake hits again"}
{"id":"c","source":"q"}
{"id":"d","source":"q","title":"Rates rise"}
{"id":"e","source":"r"}
{"id":"f","source":null}
"#;

/// A folder that holds these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn all_files() -> TempDir {
    folder(&[
        ("clusters.tsv", CLUSTERS),
        ("truth.tsv", TRUTH),
        ("pairs.tsv", PAIRS),
        ("docs.jsonl", DOCS),
    ])
}

/// `wirecopy eval` with these arguments, run in a folder.
fn eval(folder: &Path, arguments: &str) -> assert_cmd::Command {
    let mut command = wirecopy(["eval"].into_iter().chain(arguments.split_whitespace()));
    command.current_dir(folder);
    command
}

fn json(folder: &Path, arguments: &str) -> Value {
    serde_json::from_str(&stdout(eval(folder, &format!("{arguments} --json")))).unwrap()
}

fn close(got: &Value, want: f64) {
    let got = got.as_f64().unwrap();
    assert!((got - want).abs() < 1e-12, "got {got}, want {want}");
}

#[test]
fn figures_are_those_worked_out_by_hand() {
    let folder = all_files();
    let figures = json(
        folder.path(),
        "clusters.tsv --truth truth.tsv --pairs pairs.tsv --docs docs.jsonl",
    );
    assert_eq!(figures["docs"], 6);
    assert_eq!(
        (
            &figures["docs_absent_from_clusters"],
            &figures["unknown_ids"]
        ),
        (&2.into(), &1.into())
    );
    assert_eq!(figures["predicted"]["clusters"], 4);
    let score = &figures["score"];
    close(&score["precision"], 1.0 / 2.0);
    close(&score["recall"], 1.0 / 4.0);
    close(&score["f1"], 1.0 / 3.0);
    close(&score["ari"], 7.0 / 37.0);
    close(&score["b3_precision"], 5.0 / 6.0);
    close(&score["b3_recall"], 11.0 / 18.0);
    close(&score["b3_f1"], 55.0 / 78.0);
    close(&score["worst_cluster"]["f1_without"], 2.0 / 5.0);
    let pairs = &figures["pairs"];
    close(&pairs["copy_recall"], 1.0 / 3.0);
    close(&pairs["strict_precision"], 1.0 / 2.0);
    close(&pairs["lenient_precision"], 1.0);
    close(&pairs["grey_left_out"]["f1"], 2.0 / 5.0);
    // ac and de; ab is within p.
    assert_eq!(pairs["cross_source_copies"]["listed"], 2);
    assert_eq!(pairs["cross_source_copies"]["together"], 0);
}

#[test]
fn human_labels_judge_listed_pairs_only() {
    let folder = folder(&[
        ("clusters.csv", "id,cluster_id\no,1\nx,1\nz,1\n"),
        (
            "pairs.tsv",
            "id_a\tid_b\tlabel\no\tx\tcut\no\ty\theavy\no\tz\tnon\n",
        ),
    ]);
    let pairs = &json(folder.path(), "clusters.csv --pairs pairs.tsv")["pairs"];
    assert_eq!(pairs["kind"], "human");
    close(&pairs["recall_all"], 0.5);
    close(&pairs["listed_precision"], 0.5);
    assert_eq!(pairs["unlisted"], 1);
    let table = stdout(eval(folder.path(), "clusters.csv --pairs pairs.tsv"));
    assert!(table.contains("neither right nor wrong"), "{table}");
}

/// {a b}, in every form that is read; c is there without a cluster.
#[test]
fn a_clustering_may_be_written_in_many_ways() {
    let truth = "id\tcluster\r\na\t1\r\nb\t1\r\nc\t2\r\n";
    for clusters in [
        "id\tcluster_id\na\t1\nb\t1\n",
        "id,cluster_id\r\na,1\r\nb,1\r\nc,\r\n",
        "cluster\tx\tid\n1\t\ta\n1\t\tb\n",
        "{\"id\":\"a\",\"cluster_id\":1}\n\n{\"id\":\"b\",\"cluster_id\":\"1\"}\n{\"id\":\"c\",\"cluster_id\":null}\n",
        "\u{feff}id,n,cluster_id\n\"a\",9,1\nb,9,1\n",
    ] {
        let folder = folder(&[
            ("c", clusters),
            ("truth.tsv", truth),
            ("clusters.jsonl", clusters),
        ]);
        assert_eq!(
            json(folder.path(), "c --truth truth.tsv")["score"]["f1"],
            1.0,
            "{clusters}"
        );
        assert_eq!(
            json(folder.path(), ". --truth truth.tsv")["score"]["f1"],
            1.0,
            "a run's folder"
        );
        let mut command = eval(folder.path(), "- --truth truth.tsv --json");
        command.write_stdin(clusters);
        assert!(
            stdout(command).contains("\"f1\": 1.0"),
            "standard input: {clusters}"
        );
    }
}

#[test]
fn an_empty_clustering_is_all_single_documents() {
    let folder = folder(&[("c", ""), ("truth.tsv", TRUTH)]);
    let figures = json(folder.path(), "c --truth truth.tsv");
    assert_eq!(
        (&figures["score"]["precision"], &figures["score"]["recall"]),
        (&1.0.into(), &0.0.into())
    );
    assert_eq!(figures["docs_absent_from_clusters"], 6);
}

#[test]
fn the_table_shows_figures_errors_and_titles() {
    let folder = all_files();
    let table = stdout(eval(
        folder.path(),
        "clusters.tsv --truth truth.tsv --pairs pairs.tsv --docs docs.jsonl --errors 3",
    ));
    for line in [
        "pairwise                  0.5000    0.2500    0.3333",
        "B-cubed                   0.8333    0.6111    0.7051",
        "copy                           3         1    0.3333",
        "  Y: 2 documents in 2 parts, 1 bad pairs",
        "         1 of 2, such as d  Rates rise",
        "  1: 3 documents in 2 parts, 2 bad pairs",
        "  copy       a  Quake hits",
    ] {
        assert!(
            table.lines().any(|found| found == line),
            "{line:?} is not in\n{table}"
        );
    }
    let errors = json(
        folder.path(),
        "clusters.tsv --truth truth.tsv --pairs pairs.tsv --errors 1",
    );
    assert_eq!(errors["errors"]["misses"].as_array().unwrap().len(), 1);
    assert_eq!(
        errors["errors"]["missed_pairs"][0],
        serde_json::json!(["a", "c", "copy"])
    );
}

#[test]
fn ids_that_are_not_scored_are_named() {
    let folder = all_files();
    let output = eval(folder.path(), "clusters.tsv --truth truth.tsv")
        .output()
        .unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("`zz`"));
}

#[test]
fn a_corpus_given_as_the_truth_is_not_printed() {
    let line = format!("{{\"text\": \"{}\"}}\n", "word ".repeat(1000));
    let folder = folder(&[("c", "id,cluster_id\na,1\n"), ("truth.tsv", &line)]);
    let error = failure(eval(folder.path(), "c --truth truth.tsv"));
    assert!(
        error.contains("expected a header") && error.len() < 300,
        "{error}"
    );
}

#[test]
fn rows_that_cannot_be_used_are_errors_with_their_place() {
    for (clusters, place, what) in [
        ("id,cluster_id\r\na,1\r\n\r\na,2\r\n", "c:4:", "`1`"),
        ("id\tcluster_id\na\t1\na\t2\n", "c:3:", "`1`"),
        ("doc,group\na,1\n", "c:1:", "`doc,group`"),
        (
            "{\"id\":\"a\",\"cluster_id\":1}\n{\"id\":\"a\"}\n",
            "c:2:",
            "`cluster_id`",
        ),
        (
            "{\"id\":\"a\",\"cluster_id\":1}\n{\"id\":\n",
            "c:2:",
            "not a JSON object as expected (column 6): EOF",
        ),
        ("{\"id\":[1],\"cluster_id\":1}\n", "c:1:", "[1]"),
        ("id,cluster_id\n\na\n", "c:3:", "too few columns"),
    ] {
        let folder = folder(&[("c", clusters), ("truth.tsv", TRUTH)]);
        let error = failure(eval(folder.path(), "c --truth truth.tsv"));
        assert!(
            error.contains(place) && error.contains(what),
            "{clusters:?} gave {error}"
        );
    }
    for (truth, place, what) in [
        ("id\tcluster\na\t1\na\t1\n", "t:3:", "twice"),
        ("id\tgroup\na\t1\n", "t:1:", "`cluster`"),
        ("id\tcluster\na\t1\n\nb\n", "t:4:", "too few columns"),
        ("id\tcluster\n", "", "nothing to score"),
    ] {
        let folder = folder(&[("c", CLUSTERS), ("t", truth)]);
        let error = failure(eval(folder.path(), "c --truth t"));
        assert!(
            error.contains(place) && error.contains(what),
            "{truth:?} gave {error}"
        );
    }
    for (pairs, place, what) in [
        (
            "id_a\tid_b\tlabel\na\tb\tcopy\nb\ta\tlow\n",
            "p:3:",
            "twice",
        ),
        ("id_a\tid_b\tlabel\na\ta\tcopy\n", "p:2:", "itself"),
        ("id_a\tid_b\na\tb\n", "p:1:", "`label`"),
    ] {
        let folder = folder(&[("c", CLUSTERS), ("p", pairs)]);
        let error = failure(eval(folder.path(), "c --pairs p"));
        assert!(
            error.contains(place) && error.contains(what),
            "{pairs:?} gave {error}"
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error_with_their_line() {
    let folder = folder(&[("truth.tsv", TRUTH)]);
    fs::write(folder.path().join("c"), b"id,cluster_id\na,1\n\xff,2\n").unwrap();
    let error = failure(eval(folder.path(), "c --truth truth.tsv"));
    assert!(error.contains("c:3:") && error.contains("UTF-8"), "{error}");
}

#[test]
fn there_must_be_something_to_score_against() {
    let folder = all_files();
    assert!(failure(eval(folder.path(), "clusters.tsv")).contains("--truth"));
    let error = failure(eval(folder.path(), "nowhere.tsv --truth truth.tsv"));
    assert!(error.contains("nowhere.tsv"), "{error}");
}

/// A reader that stops reading, such as `head`, is not a failure.
#[test]
fn a_closed_standard_output_is_success() {
    let folder = all_files();
    let mut child = Process::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(["eval", "-", "--truth", "truth.tsv"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program prints only after it has read its input to the end, which is here.
    drop(child.stdout.take());
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

//! `report.json`, `report.html` and `wirecopy report`: what is in them, when they are written, and
//! what is said when they cannot be drawn.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};
use wirecopy::report::{FILE, Report};

use crate::cmd::{Dir, fixture};

/// A finished run over the newsroom, in `out`.
fn newsroom(flags: &[&str]) -> Dir {
    let dir = Dir::new();
    run(&dir, "out", flags);
    dir
}

fn run(dir: &Dir, out: &str, flags: &[&str]) {
    let pages = fixture("newsroom/newsroom.jsonl");
    let words = ["cluster", &pages, "-o", out];
    dir.wirecopy(&[&words, flags].concat()).exits(0);
}

fn report(dir: &Dir, out: &str) -> Report {
    Report::from_json(&dir.read(&format!("{out}/{FILE}"))).unwrap()
}

#[test]
fn a_run_without_a_report_writes_all_else_as_one_with_it() {
    let dir = newsroom(&[]);
    run(&dir, "bare", &["--no-report"]);
    let (mut with, mut without) = (dir.tree("out"), dir.tree("bare"));
    assert!(with.remove("report.json").is_some() && with.remove("report.html").is_some());
    let mut about = [with.remove("run.json"), without.remove("run.json")]
        .map(|run| serde_json::from_slice::<Value>(&run.unwrap()).unwrap());
    assert_eq!(with, without);
    let no_flag = |run: &Value| {
        run["options"]
            .as_object()
            .unwrap()
            .keys()
            .all(|flag| !flag.contains("report"))
    };
    assert!(about.iter().all(no_flag), "{about:?}");
    assert_eq!(about[1].get("report"), None);
    about[0].as_object_mut().unwrap().remove("report").unwrap();
    let files = about[0]["files"].as_array_mut().unwrap();
    files.retain(|file| !file.as_str().unwrap().starts_with("report."));
    assert_eq!(about[0], about[1]);
}

#[test]
fn near_has_a_report_where_it_is_asked_for() {
    let dir = newsroom(&["--profile", "near"]);
    assert!(!dir.path("out/report.html").exists());
    run(&dir, "shown", &["--profile", "near", "--report"]);
    let report = report(&dir, "shown");
    assert_eq!(
        (report.profile.as_str(), report.measure.as_str()),
        ("near", "jaccard")
    );
    assert!(
        report.masked.is_none() && report.clusters.len() == 7,
        "{}",
        report.clusters.len()
    );
    assert!(report.texts.iter().all(|text| text.masked.is_empty()));
    for comparison in &report.comparisons {
        let [a, b] = [comparison.a, comparison.b].map(|at| utf16(&report, at));
        assert!(!comparison.runs.is_empty());
        for &(from_a, to_a, from_b, to_b) in &comparison.runs {
            let words = |text: &[u16], from: u32, to: u32| {
                let text = String::from_utf16(&text[from as usize..to as usize]).unwrap();
                let plain = |c: char| if c.is_alphanumeric() { c } else { ' ' };
                let words = text.to_lowercase().chars().map(plain).collect::<String>();
                words.split_whitespace().collect::<String>()
            };
            assert_eq!(words(&a, from_a, to_a), words(&b, from_b, to_b));
        }
    }
}

fn utf16(report: &Report, text: u32) -> Vec<u16> {
    report.texts[text as usize].text.encode_utf16().collect()
}

#[test]
fn flags_about_a_page_that_is_not_written_are_refused() {
    let dir = Dir::new();
    dir.corpus("news.jsonl", 60, 40);
    for (words, said) in [
        ("--no-report --focus x", "--no-report"),
        ("--profile near --since 2024-10-16", "add --report"),
        ("--report --no-report", "cannot be used with"),
        ("--since 16.10.2024", "YYYY-MM-DD"),
        ("--report-budget none", "bytes"),
    ] {
        let flags: Vec<&str> = words.split(' ').collect();
        let typed = [&["cluster", "news.jsonl", "-o", "out"], &flags[..]].concat();
        dir.wirecopy(&typed).exits(2).stderr_has(&[said]);
    }
}

/// What the tables say of every member.
#[test]
fn rows_are_those_of_the_tables() {
    let dir = newsroom(&[]);
    let report = report(&dir, "out");
    let rows: BTreeMap<String, Value> = dir
        .rows("out/clusters.jsonl")
        .into_iter()
        .map(|row| (row["id"].as_str().unwrap().to_owned(), row))
        .collect();
    let mut sizes = Vec::new();
    for cluster in &report.clusters {
        sizes.push(cluster.members.len());
        for (index, member) in cluster.members.iter().enumerate() {
            let row = &rows[&member.id];
            assert_eq!(
                (row["cluster_id"].as_str(), &row["cluster_index"]),
                (Some(cluster.id.as_str()), &json!(index))
            );
            for (name, figure) in [
                ("score", member.score),
                ("coverage", member.coverage),
                ("representative_coverage", member.representative_coverage),
            ] {
                assert!(
                    (row[name].as_f64().unwrap() - figure).abs() < 1.1e-6,
                    "{name} {row}"
                );
            }
            assert_eq!(row["date"], member.date.as_deref().unwrap_or_default());
            assert_eq!(row["agency"], member.agency.as_deref().unwrap_or_default());
            assert_eq!(
                row["relation"].as_str().unwrap(),
                member.relation.as_deref().unwrap_or("representative")
            );
            let outlet = member
                .outlet
                .map(|at| report.outlets[at as usize].name.as_str());
            assert_eq!(row["publisher"], outlet.unwrap_or_default());
            assert!(
                member.text.is_some(),
                "there is room for all of {}",
                member.id
            );
            assert_eq!(member.comparison.is_some(), index > 0);
        }
    }
    assert_eq!(sizes.len(), 15);
    assert!(sizes.is_sorted_by(|a, b| a >= b) && report.without_texts == 0);
    assert_eq!((report.counts.documents, report.counts.clustered), (88, 46));
    let documents: u64 = report.days.iter().map(|day| day.documents).sum();
    assert_eq!(
        documents,
        dir.json("out/run.json")["counts"]["dated"]
            .as_u64()
            .unwrap()
    );
    let first = &report.clusters[0];
    assert_eq!(
        (first.members[0].id.as_str(), first.members[0].lag),
        ("strike-mirror", Some(0))
    );
    assert!(
        first.opening.starts_with("PORT SARREL, Oct 16 (Reuters)"),
        "{}",
        first.opening
    );
    assert!(
        report
            .outlets
            .iter()
            .any(|outlet| outlet.name == "wiremirror.example" && outlet.first == 5)
    );
}

#[test]
fn pairs_to_check_are_doubtful_or_drawn() {
    let dir = newsroom(&[]);
    let report = report(&dir, "out");
    let scores: Vec<f64> = report
        .doubtful
        .iter()
        .map(|doubt| report.comparisons[doubt.comparison as usize].score)
        .collect();
    let distance = |score: &f64| (score - 0.74).abs();
    assert!(
        scores.is_sorted_by(|a, b| distance(a) <= distance(b) + 1e-9),
        "{scores:?}"
    );
    let mut whys: Vec<&str> = report
        .doubtful
        .iter()
        .map(|doubt| doubt.why.as_str())
        .collect();
    whys.sort_unstable();
    whys.dedup();
    assert_eq!(
        whys,
        [
            "composite",
            "near the threshold",
            "weakest link of its cluster"
        ]
    );
    // The weights of a stratum add up to its pairs, and those of all accepted strata to theirs.
    let accepted = report
        .sample
        .iter()
        .filter(|drawn| drawn.stratum.starts_with("accepted"));
    let weights: f64 = accepted.map(|drawn| drawn.weight).sum();
    assert!(
        (weights - report.counts.accepted as f64).abs() < 1e-3,
        "{weights}"
    );
    for drawn in &report.sample {
        let comparison = &report.comparisons[drawn.comparison as usize];
        assert_eq!(drawn.stratum.starts_with("accepted"), comparison.accepted);
        assert_ne!(comparison.a, comparison.b);
    }
    let bins = report.similarities.iter();
    assert_eq!(
        bins.map(|bin| bin.accepted).sum::<u64>(),
        report.counts.accepted
    );
}

/// The sample does not depend on the order of the corpus, but for the document that stands for
/// equal texts.
#[test]
fn the_sample_is_the_same_in_any_order() {
    let dir = newsroom(&[]);
    let pages = fs::read_to_string(fixture("newsroom/newsroom.jsonl")).unwrap();
    let mut lines: Vec<&str> = pages.lines().collect();
    lines.reverse();
    dir.write("reversed.jsonl", &(lines.join("\n") + "\n"));
    dir.wirecopy(&["cluster", "reversed.jsonl", "-o", "other"])
        .exits(0);
    let drawn = |out: &str| -> Vec<String> {
        let report = report(&dir, out);
        let mut drawn: Vec<String> = (report.sample.iter())
            .map(|drawn| {
                let score = report.comparisons[drawn.comparison as usize].score;
                format!("{} {} {score}", drawn.stratum, drawn.weight)
            })
            .collect();
        drawn.sort();
        drawn
    };
    assert_eq!(drawn("out"), drawn("other"));
}

#[test]
fn texts_keep_to_the_budget() {
    let dir = newsroom(&["--report-budget", "40K"]);
    let small = report(&dir, "out");
    let bytes: usize = small.texts.iter().map(|text| text.text.len()).sum();
    assert!(bytes < 40 << 10, "{bytes}");
    assert!(!small.texts.is_empty() && small.without_texts > 0);
    assert_eq!(small.clusters.len(), 15, "rows are always whole");
    let shown: Vec<bool> = (small.clusters.iter())
        .map(|cluster| {
            cluster
                .members
                .iter()
                .any(|member| member.comparison.is_some())
        })
        .collect();
    assert_eq!(
        small.without_texts,
        shown.iter().filter(|shown| !**shown).count() as u64
    );
}

#[test]
fn a_page_is_drawn_again_from_its_model() {
    let dir = newsroom(&[]);
    let before = dir.tree("out");
    dir.wirecopy(&["report", "out", "-o", "again.html"])
        .exits(0)
        .says("again.html");
    let again = dir.read("again.html");
    // It names the folder; in the folder itself, that is here.
    assert_eq!(again.len().abs_diff(before["report.html"].len()) % 2, 0);
    dir.wirecopy(&["report", "out"]).exits(0);
    assert_eq!(dir.read("out/report.html"), again);
    assert!(dir.names().iter().all(|name| !name.contains("wirecopy-")));
    // The folder is still one that a run may replace.
    run(&dir, "out", &["--force"]);
    assert_eq!(dir.tree("out"), before);
}

#[test]
fn a_page_is_narrowed_as_asked() {
    let dir = newsroom(&[]);
    let page = |flags: &[&str]| {
        dir.wirecopy(&[&["report", "out", "-o", "page.html"], flags].concat())
            .exits(0);
        dir.read("page.html")
    };
    // Carried by nine outlets; by one outlet in the first days.
    let (strike, stubs) = ("c137a60b4dc42233d", "stub-orchard");
    let stubs = {
        let rows = dir.rows("out/clusters.jsonl");
        let row = rows.iter().find(|row| row["id"] == stubs).unwrap();
        row["cluster_id"].as_str().unwrap().to_owned()
    };
    let holds = |page: &str| [page.contains(strike), page.contains(&stubs)];
    assert_eq!(holds(&page(&[])), [true, true]);
    assert_eq!(holds(&page(&["--min-outlets", "5"])), [true, false]);
    assert_eq!(holds(&page(&["--since", "2024-10-16"])), [true, false]);
    assert_eq!(
        holds(&page(&["--focus", "WIREMIRROR.example"])),
        [true, false]
    );
    assert_eq!(
        holds(&page(&["--focus", "www.northfieldtimes.example"])),
        [true, true]
    );
    dir.wirecopy(&["report", "out", "--focus", "nobody.example"])
        .exits(2)
        .stderr_has(&["nobody.example", "19 of them", "wiremirror.example"]);
    // A run can be narrowed at once; its model stays whole.
    run(&dir, "narrow", &["--min-outlets", "5"]);
    assert_eq!(dir.read("narrow/report.json"), dir.read("out/report.json"));
    assert_eq!(holds(&dir.read("narrow/report.html")), [true, false]);
    assert_eq!(dir.json("narrow/run.json")["report"]["min_outlets"], 5);
}

#[test]
fn what_cannot_be_drawn_is_reported_with_a_way_out() {
    let dir = newsroom(&["--no-report"]);
    let says = |words: &[&str], parts: &[&str]| {
        dir.wirecopy(words).exits(1).stderr_has(parts);
    };
    says(&["report", "nowhere"], &["nowhere", "run.json", "-o"]);
    says(&["report", "out"], &["out/report.json", "--no-report"]);
    run(&dir, "out", &["--force"]);
    let saved = dir.read("out/report.json");
    dir.write("out/report.json", &saved[..saved.len() / 2]);
    says(
        &["report", "out"],
        &["out/report.json", "damaged", "run again"],
    );
    dir.write(
        "out/report.json",
        &saved.replacen("\"format\":1", "\"format\":9", 1),
    );
    says(&["report", "out"], &["format 9", "reads format 1"]);
    fs::write(dir.path("out/report.json"), b"\xff\xfe").unwrap();
    says(&["report", "out"], &["UTF-8"]);
    dir.write("out/report.json", &saved);
    says(&["report", "out", "-o", "out"], &["found a folder"]);
    says(&["report", "out", "-o", "no/such/page.html"], &["no/such"]);
    assert!(
        fs::read_dir(dir.path("out")).unwrap().count() == 9,
        "nothing is left behind"
    );
}

//! Parts of a report: where they are written, what is said of one that shows nothing, and dates that make a wrong first copy.

use serde_json::{Value, json};
use wirecopy::report::{FILE, Report};

use crate::cmd::{Dir, fixture};

fn newsroom(flags: &[&str]) -> Dir {
    let dir = Dir::new();
    let pages = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&[&["cluster", &pages, "-o", "out"], flags].concat())
        .exits(0);
    dir
}

#[test]
fn a_part_stands_beside_the_whole_and_goes_with_its_run() {
    let dir = newsroom(&[]);
    let whole = dir.read("out/report.html");
    dir.wirecopy(&["report", "out", "--min-outlets", "5"])
        .exits(0)
        .says("out/report-min-outlets-5.html");
    dir.wirecopy(&["report", "out", "--focus", "The Deccan Ledger"])
        .exits(0)
        .says("out/report-focus-The-Deccan-Ledger.html");
    assert_eq!(dir.read("out/report.html"), whole);
    let part = dir.read("out/report-min-outlets-5.html");
    assert!(part.contains("<h1 id=\"overview-title\">2 stories in 5 outlets or more</h1>"));
    // What is ours may be replaced, what a person wrote may not.
    let pages = fixture("newsroom/newsroom.jsonl");
    let again = ["cluster", &pages, "-o", "out", "--force"];
    dir.write("out/report-notes.html", "<p>mine");
    dir.wirecopy(&again)
        .exits(1)
        .stderr_has(&["report-notes.html"]);
    std::fs::remove_file(dir.path("out/report-notes.html")).unwrap();
    dir.wirecopy(&again).exits(0);
    assert!(!dir.path("out/report-min-outlets-5.html").exists());
}

#[test]
fn an_outlet_that_is_not_there_is_reported_with_the_one_that_was_meant() {
    let meant = "did you mean \"The Deccan Ledger\"?";
    let dir = newsroom(&["--focus", "Deccan"]);
    for (typed, found) in [
        ("Deccan", true),
        ("the decan ledgr", true),
        ("nytimes.com", false),
    ] {
        let answer = dir.wirecopy(&["report", "out", "--focus", typed]).exits(2);
        assert_eq!(answer.stderr.contains(meant), found, "{}", answer.stderr);
        let pages = fixture("newsroom/newsroom.jsonl");
        let words = [
            "cluster", &pages, "-o", "again", "--force", "--focus", typed,
        ];
        let answer = dir.wirecopy(&words).exits(0);
        assert!(
            answer.stderr.contains("no outlet is called"),
            "{}",
            answer.stderr
        );
        assert_eq!(answer.stderr.contains(meant), found, "{}", answer.stderr);
        assert!(answer.stderr.contains("0 of 15 stories are in the report"));
    }
}

#[test]
fn a_part_that_shows_nothing_says_so() {
    let dir = newsroom(&[]);
    dir.wirecopy(&["report", "out", "--since", "2031-01-01", "-o", "later.html"])
        .exits(0)
        .stderr_has(&["0 of 15 stories are in the report"]);
    assert!(
        dir.read("later.html")
            .contains("No story with a document since 1 Jan 2031")
    );
    let quiet = dir.wirecopy(&["report", "out", "--since", "2024-10-01", "-o", "all.html"]);
    assert_eq!(quiet.exits(0).stderr, "");
}

/// A story of four papers, of which one is dated so, and notices of a month that no other has.
fn outlying(first: &str) -> Dir {
    let dir = Dir::new();
    let story = "Harbour pilots and tug crews at the port agreed on Wednesday to return to work after a strike of eleven days \
                 that left sixty ships waiting offshore and forced two makers of cars to cut shifts for lack of parts.";
    let papers = ["Courier", "Herald", "Ledger", "Mirror"];
    let dates = [
        first,
        "2024-10-16T08:00:00Z",
        "2024-10-16T09:00:00Z",
        "2024-10-16T10:00:00Z",
    ];
    let mut rows: Vec<Value> = (papers.iter().zip(dates))
        .map(|(paper, date)| json!({ "id": paper, "source": paper, "date": date, "title": "Strike ends", "text": story }))
        .collect();
    for n in 0..28 {
        let text = format!(
            "Parish notice {n}: the fair of hamlet {n} opens at {n} with {n} geese, and a choir of {n} sings hymn {n} there."
        );
        rows.push(json!({ "id": format!("n{n}"), "source": papers[n % 4], "date": format!("2024-10-{:02}", n + 1), "text": text }));
    }
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    dir.write("in.jsonl", &(lines.join("\n") + "\n"));
    dir
}

#[test]
fn a_date_far_before_all_others_makes_nobody_first() {
    let of = |first: &str| {
        let dir = outlying(first);
        let answer = dir.wirecopy(&["cluster", "in.jsonl", "-o", "out"]).exits(0);
        let report = Report::from_json(&dir.read(&format!("out/{FILE}"))).unwrap();
        let story = report
            .clusters
            .iter()
            .find(|story| story.title == "Strike ends")
            .unwrap();
        let firsts: Vec<&str> = (report.outlets.iter().filter(|outlet| outlet.first > 0))
            .map(|outlet| outlet.name.as_str())
            .collect();
        let late = report
            .outlets
            .iter()
            .filter(|outlet| outlet.median_lag.is_some())
            .count();
        (
            story.doubted,
            firsts.join(" "),
            late,
            answer.stderr.contains("check these dates"),
        )
    };
    assert_eq!(
        of("2024-10-16T07:00:00Z"),
        (None, "Courier".to_owned(), 3, false)
    );
    assert_eq!(
        of("2022-10-16T07:00:00Z"),
        (Some(731), String::new(), 0, true)
    );
}

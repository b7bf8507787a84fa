//! Whose page it is, where the address is that of an archive, a database or another host of many.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::cmd::Dir;

const STORY: &str = "Harbour pilots at the northern port went back to work on Wednesday after eleven days, and the first of \
    sixty waiting ships came in on the morning tide, said the harbour master, who had slept in his office since the strike began.";

/// A copy of the story on each of these pages: address and outlet.
fn corpus(dir: &Dir, pages: &[(&str, &str)]) {
    let mut rows = String::new();
    for (at, (url, source)) in pages.iter().enumerate() {
        writeln!(
            rows,
            r#"{{"id":"p{at}","url":"{url}","source":"{source}","date":"2024-03-04","text":"{STORY} It took {at} tugs."}}"#
        )
        .unwrap();
    }
    dir.write("pages.jsonl", &rows);
}

/// The publishers in the tables of a run.
fn publishers(dir: &Dir, flags: &[&str]) -> (BTreeSet<String>, String) {
    let words = [
        &[
            "cluster",
            "pages.jsonl",
            "-o",
            "out",
            "--force",
            "--no-report",
        ],
        flags,
    ]
    .concat();
    let said = dir.wirecopy(&words).exits(0).stderr;
    let rows = dir.rows("out/clusters.jsonl");
    let names = rows
        .iter()
        .map(|row| row["publisher"].as_str().unwrap_or("-").to_owned());
    (names.collect(), said)
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn outlets_are_those_behind_archives_and_databases() {
    let dir = Dir::new();
    corpus(
        &dir,
        &[
            (
                "https://web.archive.org/web/2024/https://www.courier.com/1",
                "Morning Courier",
            ),
            ("https://www.proquest.com/docview/17", "Evening Post"),
            ("https://www.google.com/amp/s/amp.tribune.co.uk/1", "x"),
            ("http://bit.ly/2xYz", "Sunday Herald"),
            ("www.gazette.com/1", "y"),
            ("https://north.wordpress.com/1", "z"),
        ],
    );
    let expected = [
        "courier.com",
        "Evening Post",
        "tribune.co.uk",
        "Sunday Herald",
        "gazette.com",
        "north.wordpress.com",
    ];
    let (found, said) = publishers(&dir, &["--profile", "near"]);
    assert_eq!(found, set(&expected));
    let line = said
        .lines()
        .find(|line| line.starts_with("outlets"))
        .unwrap();
    assert!(
        line.contains("of 6 records, 2 by the address inside"),
        "{line}"
    );
    assert!(line.contains("2 by their source"), "{line}");
}

#[test]
fn one_host_throughout_gives_way_to_several_sources_and_to_nothing_else() {
    let dir = Dir::new();
    let at = "https://papers.library.edu/view/1";
    corpus(
        &dir,
        &[
            (at, "Morning Courier"),
            (at, "www.post.com"),
            (at, "Morning Courier"),
        ],
    );
    let (found, said) = publishers(&dir, &["--profile", "near"]);
    assert_eq!(found, set(&["Morning Courier", "post.com"]));
    assert!(
        said.contains("the source, as all addresses are of library.edu"),
        "{said}"
    );

    // One source says no more than the host, and a second host says what hosts are.
    corpus(&dir, &[(at, "Morning Courier"), (at, "Morning Courier")]);
    assert_eq!(publishers(&dir, &["--profile", "near"]).0, set(&[""]));
    let other = "https://www.gazette.com/1";
    corpus(
        &dir,
        &[(at, "Morning Courier"), (at, "Post"), (other, "Gazette")],
    );
    let (found, said) = publishers(&dir, &["--profile", "near"]);
    assert_eq!(found, set(&["library.edu", "gazette.com"]));
    assert!(
        !said.lines().any(|line| line.starts_with("outlets")),
        "{said}"
    );
}

#[test]
fn however_records_are_spread_one_host_is_one() {
    let dir = Dir::new();
    let row = |id: &str, source: &str| {
        format!(
            r#"{{"id":"{id}","url":"https://papers.library.edu/{id}","source":"{source}","text":"{STORY}"}}"#
        ) + "\n"
    };
    dir.write("a.jsonl", &row("a", "Courier"))
        .write("b.jsonl", &row("b", "Post"));
    let words = [
        "cluster",
        "a.jsonl",
        "b.jsonl",
        "-o",
        "out",
        "--profile",
        "near",
    ];
    dir.wirecopy(&words).exits(0);
    let rows = dir.rows("out/clusters.jsonl");
    let names: Vec<&str> = rows
        .iter()
        .filter_map(|row| row["publisher"].as_str())
        .collect();
    assert_eq!(
        names.into_iter().collect::<BTreeSet<_>>(),
        BTreeSet::from(["Courier", "Post"])
    );
}

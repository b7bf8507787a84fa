//! The page of an index: which clusters are on it, under which names and titles, and when there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::cmd::Dir;
use crate::index::{add, begun, export, halves, lines, pages};

/// The first of the seven days that end with the newest page of the newsroom, of 25 October.
const WEEK: &str = "2024-10-19";

/// An index of the newsroom, of two batches.
fn newsroom() -> Dir {
    let dir = begun(&halves(&pages()));
    add(&dir, 1).exits(0);
    dir
}

/// A page of the index.
fn page(dir: &Dir, flags: &[&str]) -> String {
    let words = ["report", "--index", "ix", "-o", "page.html"];
    dir.wirecopy(&[&words, flags].concat())
        .exits(0)
        .says("page.html: ");
    dir.read("page.html")
}

/// A block of data of a page.
fn block(page: &str, name: &str) -> Value {
    let start = format!("id=\"{name}\">");
    let (_, after) = page.split_once(&start).unwrap();
    serde_json::from_str(after.split_once("</script>").unwrap().0).unwrap()
}

fn strings(values: &Value) -> Vec<String> {
    let values = values.as_array().unwrap().iter();
    values
        .map(|value| value.as_str().unwrap().to_owned())
        .collect()
}

/// The titles of all members, by id: those of the cluster where they are equal to it.
fn titles(page: &str) -> BTreeMap<String, Option<String>> {
    let of_clusters = strings(&block(page, "rows")["title"]);
    let members = block(page, "members");
    let clusters = members.as_array().unwrap().iter().zip(&of_clusters);
    let each = clusters.flat_map(|(members, of_cluster)| {
        members.as_array().unwrap().iter().map(|member| {
            let title = match &member[10] {
                Value::Null => None,
                Value::String(own) => Some(own.clone()),
                _ => Some(of_cluster.clone()),
            };
            (member[0].as_str().unwrap().to_owned(), title)
        })
    });
    each.collect()
}

#[test]
fn a_weekly_report_has_the_clusters_of_the_week_with_names_and_titles() {
    let dir = newsroom();
    let weekly = page(&dir, &["--since", "7d"]);
    let exported = export(&dir);
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let recent = exported
        .iter()
        .filter(|row| text(row, "date").as_str() >= WEEK);
    let recent: BTreeSet<String> = recent.map(|row| text(row, "cluster_id")).collect();
    let all: BTreeSet<String> = exported.iter().map(|row| text(row, "cluster_id")).collect();
    assert!(recent.len() > 3 && recent.len() < all.len(), "{recent:?}");
    let shown: BTreeSet<String> = strings(&block(&weekly, "rows")["id"]).into_iter().collect();
    assert_eq!(shown, recent);
    for name in all.difference(&recent) {
        assert!(!weekly.contains(name), "{name} is of earlier days");
    }
    // Every member is there, that of earlier days too, and is called as its record says.
    let titles = titles(&weekly);
    let members = exported
        .iter()
        .filter(|row| recent.contains(&text(row, "cluster_id")));
    assert_eq!(titles.len(), members.count());
    let mut compared = 0;
    for line in pages() {
        let record: Value = serde_json::from_str(&line).unwrap();
        let own = text(&record, "title");
        if let (Some(title), false) = (titles.get(&text(&record, "id")), own.is_empty()) {
            assert_eq!(title.as_deref(), Some(own.as_str()));
            compared += 1;
        }
    }
    assert!(compared > 15, "{compared}");
    let narrowed = format!("{} of {} stories of the index", recent.len(), all.len());
    assert!(weekly.contains(&narrowed), "{narrowed}");
    // The heading and the figures are of the week.
    let heading = format!(
        "{} stories with a document since 19 Oct 2024</h1>",
        recent.len()
    );
    assert!(weekly.contains(&heading), "{heading}");
    let documents: u64 = block(&weekly, "rows")["size"]
        .as_array()
        .unwrap()
        .iter()
        .map(|size| size.as_u64().unwrap())
        .sum();
    assert!(weekly.contains(&format!("<dt>documents</dt><dd>{documents}<small>")));
    assert!(!weekly.contains("Pairs compared") && !weekly.contains("data-view=\"check\""));
    // Days are counted back from the newest document: that day itself gives the same page.
    assert_eq!(page(&dir, &["--since", WEEK]), weekly);
}

#[test]
fn figures_are_those_of_a_run_over_all() {
    let dir = newsroom();
    let run = dir.wirecopy(&[
        "cluster",
        "all.jsonl",
        "-o",
        "again",
        "--boilerplate",
        "all/boilerplate.bin",
    ]);
    run.exits(0);
    let (of_run, of_index) = (dir.read("again/report.html"), page(&dir, &[]));
    // By title: names of clusters may be others, and with them their order.
    let clusters = |page: &str| -> BTreeMap<String, (Vec<Value>, Vec<Value>)> {
        let (rows, members) = (block(page, "rows"), block(page, "members"));
        let named = (0..).zip(strings(&rows["title"]));
        let cluster = |(at, title): (usize, String)| {
            let columns = ["size", "outlets", "day", "later", "relations"];
            let columns = columns.iter().map(|column| rows[column][at].clone());
            // An index has a title for documents whose record has none, and no addresses.
            let members = members[at].as_array().unwrap().iter().map(|member| {
                let mut member = member.clone();
                member[10].take();
                member[12].take();
                member[13].take();
                member
            });
            (title, (columns.collect(), members.collect()))
        };
        named.map(cluster).collect()
    };
    assert_eq!(clusters(&of_run).len(), 15);
    assert_eq!(clusters(&of_run), clusters(&of_index));
    let figures = |page: &str| {
        let from = page.find("<dl class=\"figures\">").unwrap();
        let end = page[from..].find("</dl>").unwrap();
        let own: Vec<&str> = page[from..from + end].split("<div>").skip(1).collect();
        own.iter()
            .map(|own| own.trim().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(figures(&of_run), figures(&of_index));
    let carriers = |page: &str| {
        let from = page.find("<table class=\"plain carriers\">").unwrap();
        let end = page[from..].find("</table>").unwrap();
        page[from..from + end].to_owned()
    };
    assert_eq!(carriers(&of_run), carriers(&of_index));
    let days = |page: &str| {
        let from = page.find("Documents and distinct stories a day").unwrap();
        let end = page[from..].find("</figure>").unwrap();
        page[from..from + end].to_owned()
    };
    assert_eq!(days(&of_run), days(&of_index));
}

#[test]
fn a_page_is_the_same_after_compact_and_forgets_what_was_removed() {
    let dir = newsroom();
    let before = page(&dir, &[]);
    dir.wirecopy(&["index", "compact", "--index", "ix"])
        .exits(0);
    assert_eq!(page(&dir, &[]), before);
    assert!(before.contains("Wespen legen Seilbahn lahm"));
    let gone = titles(&before).into_iter().filter_map(|(id, title)| {
        let title = title.unwrap_or_default();
        title.contains("Seilbahn").then_some(id)
    });
    let gone: Vec<String> = gone.collect();
    dir.write("gone.txt", &lines(&gone));
    for command in [
        &["index", "remove", "--ids", "gone.txt", "--index", "ix"][..],
        &["index", "compact", "--index", "ix"],
        &["index", "verify", "--index", "ix"],
    ] {
        dir.wirecopy(command).exits(0);
    }
    assert!(!page(&dir, &[]).contains("Wespen legen Seilbahn lahm"));
    let stands = |bytes: &[u8]| bytes.windows(8).any(|window| window == b"Seilbahn");
    assert!(dir.tree("ix").values().all(|bytes| !stands(bytes)));
}

#[test]
fn a_page_without_a_title_is_called_by_how_its_story_begins() {
    let dir = Dir::new();
    let words = |from: u32| -> String {
        let words = (from..from + 60).map(|at| format!("wort{at} "));
        words.collect()
    };
    let long = "Ärger ".repeat(100);
    let record = |id: &str, title: &str, text: &str| {
        let record = serde_json::json!({"id": id, "title": title, "text": text});
        format!("{record}\n")
    };
    dir.write(
        "news.jsonl",
        &[
            record("a", "", &format!("{}\n\nmore", words(0))),
            record("b", " \n ", &words(0)),
            record("c", &long, &words(500)),
            record("d", "Two\nlines", &words(500)),
        ]
        .concat(),
    );
    dir.wirecopy(&["index", "build", "news.jsonl", "--index", "ix", "-q"])
        .exits(0);
    let titles = titles(&page(&dir, &[]));
    let title = |id: &str| titles[id].clone().unwrap();
    assert_eq!(title("a"), &words(0)[..100]);
    assert_eq!(title("b"), title("a"));
    assert_eq!(title("d"), "Two lines");
    assert_eq!(title("c").chars().count(), 239);
    assert!(long.starts_with(&title("c")));
}

#[test]
fn a_page_of_an_index_is_narrowed_as_one_of_a_run() {
    let dir = newsroom();
    let shown = |flags: &[&str]| strings(&block(&page(&dir, flags), "rows")["id"]).len();
    let all = shown(&[]);
    let many = shown(&["--min-outlets", "5"]);
    let of_quay = shown(&["--focus", "quay bulletin"]);
    assert!(many > 0 && many < all && of_quay > 0 && of_quay < all);
    assert!(shown(&["--since", "2030-01-01"]) == 0);
    let small = page(&dir, &["--report-budget", "100K"]);
    assert!(small.contains("wirecopy report --index ix -o page.html --report-budget"));
    dir.wirecopy(&[
        "report", "--index", "ix", "-o", "x.html", "--focus", "nobody",
    ])
    .exits(2)
    .stderr_has(&["nobody", "no outlet of this index", "19 of them"]);
    // Of a run, days are counted back from its newest document too.
    for (since, out) in [("7d", "a.html"), (WEEK, "b.html")] {
        dir.wirecopy(&["cluster", "0.jsonl", "-o", out, "--since", since])
            .exits(0);
        let run = dir.json(&format!("{out}/run.json"));
        assert_eq!(run["report"]["since"], since);
        dir.wirecopy(&["report", out, "--since", since]).exits(0);
    }
    let drawn = ["a.html", "b.html"].map(|out| dir.read(&format!("{out}/report.html")));
    assert_eq!(drawn[0].replace("a.html", "b.html"), drawn[1]);
}

#[test]
fn a_page_that_is_dated_in_the_future_is_reported_where_days_are_counted_back_from_it() {
    let dir = newsroom();
    let warned = |dir: &Dir, since: &str| {
        let words = [
            "report",
            "--index",
            "ix",
            "-o",
            "page.html",
            "--since",
            since,
        ];
        dir.wirecopy(&words).exits(0).stderr.contains("2999-12-31")
    };
    assert!(!warned(&dir, "7d"));
    let mut page: Value = serde_json::from_str(&pages()[0]).unwrap();
    page["date"] = "2999-12-31".into();
    page["id"] = "ahead".into();
    dir.write("2.jsonl", &lines(&[page.to_string()]));
    add(&dir, 2).exits(0);
    assert!(warned(&dir, "7d"), "a window without news");
    assert!(!warned(&dir, WEEK), "the way out");
}

#[test]
fn what_cannot_be_meant_is_reported_with_a_way_out() {
    let dir = newsroom();
    let before = dir.tree("ix");
    for (words, said) in [
        ("report", "--index DIR"),
        ("report all --index ix -o x.html", "name one of them"),
        ("report --index ix", "-o FILE"),
        ("report --index ix -o ix/x.html", "name a file elsewhere"),
        ("report --index ix -o ix/manifest", "name a file elsewhere"),
        ("report --index ix -o x.html --since 7", "such as 7d"),
        ("report --index ix -o x.html --since 0d", "at least 1"),
        (
            "report --index ix -o x.html --since 16.10.2024",
            "YYYY-MM-DD",
        ),
        ("cluster 0.jsonl -o out --since week", "such as 7d"),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        dir.wirecopy(&words).exits(2).stderr_has(&[said]);
    }
    dir.wirecopy(&["report", "--index", "all", "-o", "x.html"])
        .exits(1)
        .stderr_has(&["no index here"]);
    dir.wirecopy(&["report", "--index", "ix", "-o", "no/such/x.html"])
        .exits(1)
        .stderr_has(&["no/such"]);
    assert!(!dir.path("x.html").exists());
    assert_eq!(dir.tree("ix"), before);
    // Nothing is known of days where nothing is dated.
    let undated: Vec<String> = pages()
        .iter()
        .map(|page| {
            let mut page: Value = serde_json::from_str(page).unwrap();
            page.as_object_mut().unwrap().remove("date");
            page.to_string()
        })
        .collect();
    dir.write("undated.jsonl", &lines(&undated));
    dir.wirecopy(&["index", "build", "undated.jsonl", "--index", "old", "-q"])
        .exits(0);
    let words = ["report", "--index", "old", "-o", "x.html"];
    for since in ["7d", "2024-10-19"] {
        dir.wirecopy(&[&words[..], &["--since", since]].concat())
            .exits(2)
            .stderr_has(&["no document of this index has a date"]);
    }
    dir.wirecopy(&words).exits(0);
    let manifest = fs::read(dir.path("ix/manifest")).unwrap();
    fs::write(dir.path("ix/manifest"), &manifest[1..]).unwrap();
    dir.wirecopy(&["report", "--index", "ix", "-o", "y.html"])
        .exits(4)
        .stderr_has(&["ix/manifest"]);
    assert!(!dir.path("y.html").exists());
}

//! Records whose text is HTML, in every form that records come in, and presets that name their fields.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::cmd::{Cmd, Dir};

const STORY: &str = "The ferry to the island was late again on Monday, and nobody in the harbour office could say whether \
    Tuesday would be any better. Passengers waited on the pier for almost three hours, in the rain, and some went home.";

/// A page of a site: its menu, its panel and its foot around the story.
fn page(site: &str) -> String {
    let links = |what: &str| -> String {
        let link = |n| format!("<li><a href=\"/{what}/{n}\">{site} {what} number {n}</a></li>");
        (0..12).map(link).collect()
    };
    format!(
        "<!DOCTYPE html><html><head><title>Ferry late again</title><meta property=\"article:published_time\" \
         content=\"2021-03-04T08:00:00Z\"></head><body><nav><ul>{}</ul></nav><article><h1>Ferry late again</h1>\
         <p>{STORY}</p><p>{STORY}</p></article><aside><ul>{}</ul></aside><footer>{site} is a newspaper</footer></body></html>",
        links("menu"),
        links("panel")
    )
}

#[test]
fn pages_in_records_are_copies_of_each_other_by_their_articles() {
    let dir = Dir::new();
    let record = |site: &str| json!({"id": site, "url": format!("https://{site}.example/a"), "text": page(site)});
    let records = [record("courier"), record("post")];
    let cell = |value: &Value| format!("\"{}\"", value.as_str().unwrap().replace('"', "\"\""));
    let mut csv = "id;url;text\n".to_owned();
    for record in &records {
        let cells = ["id", "url", "text"].map(|name| cell(&record[name]));
        csv += &format!("{}\n", cells.join(";"));
    }
    let jsonl: String = records.iter().map(|record| format!("{record}\n")).collect();
    dir.write("pages.jsonl", &jsonl)
        .write("pages.json", &json!(records).to_string())
        .write("pages.csv", &csv);
    for input in ["pages.jsonl", "pages.json", "pages.csv"] {
        let words = ["dedup", input, "-o", "out", "--profile", "near", "--force"];
        let said = dir.wirecopy(&words).exits(0).stderr;
        assert!(said.contains("--html reads the article"), "{said}");
        let said = dir
            .wirecopy(&[&words[..], &["--html", "--write", "kept,removed"]].concat())
            .exits(0)
            .stderr;
        assert!(!said.contains("--html reads"), "{said}");
        let run = dir.json("out/run.json");
        assert_eq!(run["counts"]["read"], 2, "{input}");
        assert_eq!(run["counts"]["removed"], 1, "{input}: {said}");
        let kept = format!("out/kept/{}.jsonl", input.trim_end_matches(".jsonl"));
        let kept = &dir.rows(&kept)[0];
        assert!(
            kept["text"].as_str().unwrap().starts_with("The ferry"),
            "{kept}"
        );
        assert!(kept["text_html"].as_str().unwrap().starts_with("<!DOCTYPE"));
        assert_eq!(kept["title"], "Ferry late again");
        let rows = dir.rows("out/clusters.jsonl");
        assert_eq!(rows[0]["date"], "2021-03-04T08:00:00Z");
    }
}

#[test]
fn pages_come_through_a_pipe_and_from_compressed_files() {
    let dir = Dir::new();
    let jsonl: String = ["courier", "post"]
        .map(|site| format!("{}\n", json!({"id": site, "body": page(site)})))
        .concat();
    let words = [
        "cluster",
        "-",
        "-o",
        "out",
        "--html",
        "--force",
        "--profile",
        "near",
    ];
    let mut child = dir
        .command(&words)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(jsonl.as_bytes())
        .unwrap();
    Cmd::of(child.wait_with_output().unwrap()).exits(0);
    assert_eq!(dir.json("out/run.json")["counts"]["clusters"], 1);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(jsonl.as_bytes()).unwrap();
    std::fs::write(dir.path("pages.jsonl.gz"), gz.finish().unwrap()).unwrap();
    let words = [
        "cluster",
        "pages.jsonl.gz",
        "-o",
        "out",
        "--html",
        "--force",
        "--profile",
        "near",
    ];
    dir.wirecopy(&words).exits(0);
    assert_eq!(dir.json("out/run.json")["counts"]["clusters"], 1);
}

#[test]
fn a_preset_names_the_fields_of_a_program() {
    let dir = Dir::new();
    let record = |n: u32| {
        json!({"id": n.to_string(), "source": format!("https://site{n}.org/a"), "source-hostname": format!("Site {n}"),
            "raw_text": "not this", "text": STORY, "date": format!("2021-03-0{n}"), "title": "Ferry"})
    };
    let jsonl: String = (1..4).map(|n| format!("{}\n", record(n))).collect();
    dir.write("pages.jsonl", &jsonl);
    let words = [
        "cluster",
        "pages.jsonl",
        "-o",
        "out",
        "--preset",
        "trafilatura",
        "--profile",
        "near",
    ];
    dir.wirecopy(&words).exits(0);
    let rows = dir.rows("out/clusters.jsonl");
    assert_eq!(rows[0]["publisher"], "site1.org");
    let words = ["cluster", "pages.jsonl", "-o", "no", "--preset", "nonesuch"];
    dir.wirecopy(&words)
        .exits(2)
        .stderr_has(&["nonesuch", "newsplease"]);
}

#[test]
fn text_files_that_are_html_are_read_by_their_articles() {
    let dir = Dir::new();
    std::fs::create_dir(dir.path("texts")).unwrap();
    for (name, menu) in [("courier", "Home"), ("post", "Start here and go on")] {
        let text = format!("<div><b>{menu}</b></div><p>{STORY}</p><p>{STORY}</p>");
        dir.write(&format!("texts/{name}.txt"), &text);
    }
    let words = ["dedup", "texts", "-o", "out", "--profile", "near", "--html"];
    let said = dir.wirecopy(&words).exits(0).stderr;
    assert!(!said.contains("--html reads"), "{said}");
    let kept = dir.read("out/kept/texts/post.txt");
    assert!(
        kept.contains("The ferry") && !kept.contains("<p>"),
        "{kept}"
    );
}

#[test]
fn a_file_of_pages_that_is_cut_is_no_success() {
    let dir = Dir::new();
    let line = json!({"id": "a", "text": page("courier")}).to_string();
    dir.write("cut.jsonl", &format!("{line}\n{}", &line[..line.len() - 1]));
    let words = [
        "cluster",
        "cut.jsonl",
        "-o",
        "out",
        "--html",
        "--profile",
        "near",
    ];
    dir.wirecopy(&words).exits(1);
    let broken = format!("{line}\nnot JSON\n{line}\n");
    dir.write("broken.jsonl", &broken);
    let words = [
        "cluster",
        "broken.jsonl",
        "-o",
        "out",
        "--html",
        "--profile",
        "near",
    ];
    dir.wirecopy(&words).exits(3);
    assert_eq!(dir.json("out/run.json")["counts"]["rejected"], 1);
}

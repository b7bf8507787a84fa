//! What a member is to its representative, which other stories it holds, and whose story it is:
//! the `wire` profile on pages written for it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::cmd::Dir;

/// So many words of a story's own, in sentences of a dozen.
fn words(story: u64, count: usize) -> Vec<String> {
    const SYLLABLES: [&str; 16] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
        "va",
    ];
    let word = |at: usize| {
        let mixed = (story * 1_000 + at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        let syllable = |place: u32| SYLLABLES[(mixed >> (4 * place)) as usize % 16];
        let end = if at % 12 == 11 { "." } else { "" };
        (0..4).map(syllable).collect::<String>() + end
    };
    (0..count).map(word).collect()
}

fn text(parts: &[&[String]]) -> String {
    parts.concat().join(" ")
}

/// A light edit: one word of forty is another one, beginning at `from`.
fn edited(words: &[String], from: usize) -> Vec<String> {
    let other = |(at, word): (usize, &String)| match at % 40 == from {
        true => format!("{}x", word.trim_end_matches('.')),
        false => word.clone(),
    };
    words.iter().enumerate().map(other).collect()
}

/// A page of an outlet of its own.
fn page(id: &str, date: &str, text: &str) -> Value {
    json!({"id": id, "source": format!("{id}.example"), "date": date, "text": text})
}

/// One page of every relation; digests; a form.
fn newsroom() -> Vec<Value> {
    let full = words(1, 240);
    let (short, more) = (words(2, 100), words(3, 160));
    let (first, lead) = (words(4, 200), words(5, 60));
    let (bridge, flood, own) = (words(6, 160), words(7, 130), words(8, 20));
    let form = |figures: [u32; 4]| {
        let words = words(9, 160);
        let mut parts = Vec::new();
        for (part, figure) in words.chunks(40).zip(figures) {
            parts.push(format!(
                "{} {figure} {}",
                part[..20].join(" "),
                part[20..].join(" ")
            ));
        }
        parts.join(" ")
    };
    let all = text(&[&full]);
    let mut pages = vec![
        page("full", "2024-01-01T08:00:00Z", &all),
        page("same", "2024-01-01T09:00:00Z", &all),
        page("shouted", "2024-01-01T09:30:00Z", &all.to_uppercase()),
        page("cut", "2024-01-01T10:00:00Z", &text(&[&full[..90]])),
        page(
            "edited",
            "2024-01-01T11:00:00Z",
            &text(&[&edited(&full, 39)]),
        ),
        page("brief", "2024-01-02T08:00:00Z", &text(&[&short])),
        page("grown", "2024-01-02T09:00:00Z", &text(&[&short, &more])),
        page("morning", "2024-01-03T08:00:00Z", &text(&[&first])),
        page(
            "evening",
            "2024-01-03T18:00:00Z",
            &text(&[&lead, &first[60..190]]),
        ),
        page("bridge", "2024-01-04T08:00:00Z", &text(&[&bridge])),
        page("flood", "2024-01-04T08:00:00Z", &text(&[&flood])),
        page(
            "digest",
            "2024-01-04T20:00:00Z",
            &text(&[&bridge[..120], &flood[..90], &own]),
        ),
        page("monday", "2024-01-08", &form([101, 202, 303, 404])),
        page("friday", "2024-01-12", &form([515, 626, 737, 848])),
    ];
    // Eight carriers each: average linkage holds two stories apart that one page in nine joins.
    for (name, story) in [("bridge", &bridge), ("flood", &flood)] {
        for copy in 1..8 {
            let date = format!("2024-01-04T{:02}:00:00Z", 8 + copy);
            let words = text(&[&edited(story, 5 * copy)]);
            pages.push(page(&format!("{name}-{copy}"), &date, &words));
        }
    }
    pages
}

fn write(dir: &Dir, pages: &[Value]) {
    let lines: Vec<String> = pages.iter().map(Value::to_string).collect();
    dir.write("in.jsonl", &lines.join("\n"));
}

/// Runs the `wire` profile on `in.jsonl`.
fn wire(dir: &Dir, command: &str, out: &str, more: &[&str]) {
    let mut line = vec![command, "in.jsonl", "-o", out, "--profile", "wire"];
    line.extend(more);
    dir.wirecopy(&line).exits(0);
}

/// The rows of a table by id.
fn by_id(dir: &Dir, table: &str) -> BTreeMap<String, Value> {
    let rows = dir.rows(table).into_iter();
    rows.map(|row| (row["id"].as_str().unwrap().to_owned(), row))
        .collect()
}

#[test]
fn every_relation_has_its_name() {
    let dir = Dir::new();
    write(&dir, &newsroom());
    wire(&dir, "cluster", "out", &[]);
    let rows = by_id(&dir, "out/clusters.jsonl");
    for (id, relation) in [
        ("full", "representative"),
        ("same", "exact"),
        ("shouted", "normalized"),
        ("cut", "excerpt"),
        ("edited", "revised"),
        ("grown", "extended"),
        ("evening", "updated"),
        ("digest", "composite"),
        ("bridge-1", "revised"),
        ("flood", "representative"),
    ] {
        assert_eq!(rows[id]["relation"], relation, "{}", rows[id]);
    }
    // A pair says what its later document is to the earlier one, the same in both tables.
    let pairs = dir.rows("out/pairs.jsonl");
    let pair = |a: &str, b: &str| {
        let mut found = pairs.iter().filter(|pair| pair["a"] == a && pair["b"] == b);
        found.next().unwrap_or_else(|| panic!("no pair {a}, {b}"))
    };
    for (a, b) in [
        ("full", "cut"),
        ("brief", "grown"),
        ("morning", "evening"),
        ("bridge", "digest"),
    ] {
        assert_eq!(pair(a, b)["relation"], rows[b]["relation"]);
        assert_eq!(pair(a, b)["score"], rows[b]["score"]);
        assert_eq!(pair(a, b)["refused"], "");
    }
    let form = pair("monday", "friday");
    assert_eq!(
        (&form["accepted"], &form["refused"]),
        (&json!(false), &json!("facts"))
    );
    assert_eq!(form["relation"], "");
}

#[test]
fn a_digest_is_linked_to_the_other_story_and_does_not_merge_the_two() {
    let dir = Dir::new();
    write(&dir, &newsroom());
    wire(&dir, "cluster", "out", &["--format", "jsonl,csv"]);
    let rows = by_id(&dir, "out/clusters.jsonl");
    let cluster = |id: &str| rows[id]["cluster_id"].as_str().unwrap();
    assert_ne!(cluster("bridge"), cluster("flood"));
    assert_eq!(cluster("digest"), cluster("bridge"));
    assert_eq!(rows["digest"]["also_in"], cluster("flood"));
    let linked = rows.values().filter(|row| row["also_in"] != "");
    assert_eq!(linked.count(), 1);
    let documents = by_id(&dir, "out/documents.jsonl");
    assert_eq!(documents["digest"]["also_in"], cluster("flood"));
    assert_eq!(documents["bridge"]["also_in"], "");
    let line = dir.read("out/clusters.csv");
    let line = line.lines().find(|line| line.starts_with("digest,"));
    assert!(line.unwrap().ends_with(&format!(",{}", cluster("flood"))));
    let stories = &dir.json("out/run.json")["stories"];
    assert_eq!(stories["composites"], 1);
    assert_eq!(
        (&stories["also_in"], &stories["dropped_links"]),
        (&json!(1), &json!(0))
    );
}

/// A digest of four stories, too short each to be a copy.
#[test]
fn a_digest_that_joins_no_story_is_linked_to_all() {
    let dir = Dir::new();
    let mut pages = Vec::new();
    let stories: Vec<Vec<String>> = (30..34).map(|story| words(story, 200)).collect();
    for (at, story) in stories.iter().enumerate() {
        for (copy, words) in [story.clone(), edited(story, 39)].iter().enumerate() {
            pages.push(page(
                &format!("s{at}-{copy}"),
                "2024-02-01",
                &text(&[words]),
            ));
        }
    }
    let parts: Vec<&[String]> = stories.iter().map(|story| &story[..80]).collect();
    pages.push(page("ticker", "2024-02-02", &text(&parts)));
    // One story alone, as short, is a likeness that fell short of a copy.
    pages.push(page(
        "teaser",
        "2024-02-02",
        &text(&[&stories[0][..70], &words(35, 250)]),
    ));
    write(&dir, &pages);
    wire(&dir, "cluster", "out", &[]);
    let documents = by_id(&dir, "out/documents.jsonl");
    let clusters: BTreeSet<&str> = (documents.values())
        .filter_map(|row| row["cluster_id"].as_str())
        .filter(|cluster| !cluster.is_empty())
        .collect();
    assert_eq!(clusters.len(), 4);
    let ticker = &documents["ticker"];
    assert_eq!(ticker["cluster_id"], "", "{ticker}");
    let also_in: Vec<&str> = ticker["also_in"].as_str().unwrap().split(' ').collect();
    assert_eq!(also_in.iter().copied().collect::<BTreeSet<_>>(), clusters);
    assert!(also_in.is_sorted());
    assert_eq!(documents["teaser"]["also_in"], "");
}

#[test]
fn the_order_of_the_corpus_and_threads_do_not_matter() {
    let dir = Dir::new();
    let mut pages = newsroom();
    write(&dir, &pages);
    wire(&dir, "dedup", "one", &["--threads", "1"]);
    wire(&dir, "dedup", "two", &["--threads", "2"]);
    let tables = [
        "clusters.jsonl",
        "pairs.jsonl",
        "documents.jsonl",
        "run.json",
    ];
    for table in tables {
        assert_eq!(
            dir.read(&format!("one/{table}")),
            dir.read(&format!("two/{table}"))
        );
    }
    pages.reverse();
    write(&dir, &pages);
    wire(&dir, "dedup", "back", &[]);
    // Members of one moment stand in the order of the corpus.
    let members = |out: &str| {
        let mut rows = by_id(&dir, &format!("{out}/clusters.jsonl"));
        let rows_mut = rows.values_mut().filter_map(Value::as_object_mut);
        rows_mut.for_each(|row| _ = row.remove("cluster_index"));
        rows
    };
    assert_eq!(members("one"), members("back"));
    let verdicts = |out: &str| -> BTreeMap<String, Value> {
        let rows = by_id(&dir, &format!("{out}/documents.jsonl")).into_iter();
        let answer = |row: Value| json!([row["verdict"], row["duplicate_of"], row["relation"]]);
        rows.map(|(id, row)| (id, answer(row))).collect()
    };
    assert_eq!(verdicts("one"), verdicts("back"));
}

#[test]
fn updates_and_composites_stay_unless_asked_for_and_every_removal_is_verified() {
    let dir = Dir::new();
    write(&dir, &newsroom());
    wire(&dir, "dedup", "out", &[]);
    let documents = by_id(&dir, "out/documents.jsonl");
    for id in ["digest", "evening", "grown", "monday", "friday"] {
        assert_eq!(documents[id]["verdict"], "kept", "{}", documents[id]);
    }
    let pairs = dir.rows("out/pairs.jsonl");
    let mut removed = 0;
    for (id, row) in documents
        .iter()
        .filter(|(_, row)| row["verdict"] == "removed")
    {
        removed += 1;
        let witness = row["duplicate_of"].as_str().unwrap();
        assert_eq!(documents[witness]["verdict"], "kept");
        if ["exact", "normalized"].contains(&row["relation"].as_str().unwrap()) {
            continue;
        }
        assert!(["excerpt", "revised"].contains(&row["relation"].as_str().unwrap()));
        let is_pair = |pair: &&Value, a: &str, b: &str| pair["a"] == a && pair["b"] == b;
        let (pair, side) = pairs
            .iter()
            .find_map(|pair| match () {
                () if is_pair(&pair, id, witness) => Some((pair, "coverage_a")),
                () if is_pair(&pair, witness, id) => Some((pair, "coverage_b")),
                () => None,
            })
            .unwrap_or_else(|| panic!("{id} was not held against {witness}"));
        assert_eq!(pair["accepted"], true);
        assert!(pair[side].as_f64().unwrap() >= 0.8, "{pair}");
    }
    // Others have a witness, and a passage of their own.
    let uncertified = dir.json("out/run.json")["work"]["uncertified"].as_u64();
    assert!(
        removed + uncertified.unwrap() >= 7,
        "{removed} {uncertified:?}"
    );
    assert!(removed >= 5, "{removed}");
    // The digest holds most of the bridge, and half of it is that.
    let half = ["--min-coverage", "0.4", "--keep", "first", "--remove"];
    let with = |out: &str, relations: &str| {
        wire(&dir, "dedup", out, &[&half[..], &[relations]].concat());
        by_id(&dir, &format!("{out}/documents.jsonl"))
    };
    let extended = with("extended", "exact,normalized,excerpt,revised,extended");
    assert_eq!(
        extended["grown"]["verdict"], "kept",
        "carried to less than 0.4"
    );
    assert_eq!(extended["digest"]["verdict"], "kept");
    assert_eq!(extended["evening"]["verdict"], "kept");
    let composite = with("composite", "composite,updated");
    assert_eq!(composite["digest"]["relation"], "composite");
    assert_eq!(composite["evening"]["relation"], "updated");
    assert_eq!(composite["evening"]["duplicate_of"], "morning");
}

#[test]
fn near_knows_no_composites_and_says_so() {
    let dir = Dir::new();
    write(&dir, &newsroom());
    let words = ["dedup", "in.jsonl", "-o", "out", "--profile", "near"];
    dir.wirecopy(&[&words[..], &["--remove", "composite"]].concat())
        .exits(2)
        .stderr_has(&["--remove composite", "--profile wire"]);
}

#[test]
fn credits_name_the_agency_and_its_own_page_speaks_first() {
    let dir = Dir::new();
    let (fire, vote) = (words(40, 200), words(41, 150));
    let (fire, vote) = (text(&[&fire]), text(&[&vote]));
    let mut pages = vec![
        page(
            "daily",
            "",
            &format!("LONDON, Jan 11 (Reuters) - {fire} and more of it here"),
        ),
        page("wire", "", &format!("LONDON, Jan 11 (Reuters) - {fire}")),
        page("plain", "", &fire),
        page("council", "2024-01-12", &vote),
        page("hall", "2024-01-13", &format!("{vote}\n(dpa)")),
        page("gazette", "2024-01-14", &format!("BERLIN (AP) - {vote}")),
    ];
    pages[1]["url"] = json!("https://www.reuters.com/world/fire");
    write(&dir, &pages);
    wire(&dir, "cluster", "out", &[]);
    let rows = by_id(&dir, "out/clusters.jsonl");
    assert_eq!(rows["wire"]["relation"], "representative");
    for (id, agency) in [
        ("wire", json!("Reuters")),
        ("daily", json!("Reuters")),
        ("plain", json!("")),
        ("council", json!("")),
        ("hall", json!("dpa")),
        ("gazette", json!("AP")),
    ] {
        assert_eq!(rows[id]["agency"], agency, "{}", rows[id]);
    }
    // The council's cluster names two agencies once each: the first by name counts.
    let stories = &dir.json("out/run.json")["stories"];
    assert_eq!(stories["credited"], 4);
    let expected = json!([{"agency": "AP", "clusters": 1}, {"agency": "Reuters", "clusters": 1}]);
    assert_eq!(stories["agencies"], expected);
}

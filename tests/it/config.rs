//! `--config`: flags kept in a file.

use crate::cmd::{Dir, fixture};

#[test]
fn flags_beat_the_configuration() {
    let dir = Dir::new();
    let toml = "profile = \"near\"\nthreshold = 0.7\nbands = 20\nrows = 5\nseed = 3\nmax-rejected = \"2%\"\n\
                text-field = [\"body\", \"text\"]\nforce = true\nno-mmap = false\noutput = \"out\"\n";
    dir.write("nightly.toml", toml);
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["cluster", &input, "--config", "nightly.toml"])
        .exits(0);
    let run = dir.json("out/run.json");
    assert!(
        run["recipe"]
            .as_str()
            .unwrap()
            .contains("threshold=0.7 bands=20x5 seed=3"),
        "{run}"
    );
    assert_eq!(
        run["options"]["text-field"],
        serde_json::json!(["body", "text"])
    );
    assert_eq!(run["max_rejected"], 0.02);

    // `force` stands in the file; the recall takes the place of the bands.
    let flags = [
        "--threshold",
        "0.9",
        "--text-field",
        "text",
        "--recall",
        "0.9",
    ];
    dir.wirecopy(&[&["cluster", &input, "--config", "nightly.toml"], &flags[..]].concat())
        .exits(0);
    let run = dir.json("out/run.json");
    assert!(
        run["recipe"].as_str().unwrap().contains("threshold=0.9"),
        "{run}"
    );
    assert!(!run["recipe"].as_str().unwrap().contains("20x5"), "{run}");
    assert_eq!(run["options"]["text-field"], serde_json::json!(["text"]));
}

#[test]
fn a_wrong_configuration_is_named_with_its_key() {
    let dir = Dir::new();
    dir.write("in.jsonl", "{\"id\": \"a\", \"text\": \"one two three\"}\n");
    let refused = |toml: &str, parts: &[&str]| {
        dir.write("c.toml", toml);
        dir.wirecopy(&["cluster", "in.jsonl", "-o", "out", "--config", "c.toml"])
            .exits(2)
            .stderr_has(&["c.toml"])
            .stderr_has(parts);
    };
    refused("treshold = 0.7", &["unknown key `treshold`", "--help"]);
    refused("config = \"d.toml\"", &["unknown key `config`"]);
    refused("force = \"yes\"", &["`force`", "true or false"]);
    refused("threshold = 7", &["--threshold", "at most 1"]);
    refused("threshold = [", &["not TOML"]);
    refused("[near]\nthreshold = 1", &["unknown key `near`"]);
    // Written for `near` when that was the default.
    dir.write("old.toml", "recall = 0.9");
    dir.wirecopy(&["cluster", "in.jsonl", "-o", "out", "--config", "old.toml"])
        .exits(2)
        .stderr_has(&["--recall", "--profile near"]);
    dir.wirecopy(&["cluster", "in.jsonl", "-o", "out", "--config", "gone.toml"])
        .exits(2)
        .stderr_has(&["gone.toml", "--config"]);
}

//! Scanned pages: wrong letters are noticed, words broken at line ends are one, and a preset finds the copies.

use std::fmt::Write as _;

use crate::cmd::Dir;

/// Draws that are the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).unwrap()
    }
}

/// So many stories of 150 invented words, the common ones again and again, each printed three times.
fn stories(count: usize) -> Vec<(usize, Vec<String>)> {
    let mut dice = Dice(5);
    let letters = b"etaoinshrdlucmwfgypbvk";
    let vocabulary: Vec<String> = (0..2_000)
        .map(|_| {
            (0..3 + dice.roll(8))
                .map(|_| char::from(letters[dice.roll(22)]))
                .collect()
        })
        .collect();
    let mut printed = Vec::new();
    for story in 0..count {
        let words: Vec<String> = (0..150)
            .map(|_| {
                let most = 1 + dice.roll(2_000);
                vocabulary[dice.roll(most)].clone()
            })
            .collect();
        printed.extend((0..3).map(|_| (story, words.clone())));
    }
    printed
}

/// The same with one letter in so many wrong, as a corpus.
fn scanned(stories: &[(usize, Vec<String>)], one_in: usize) -> String {
    let mut dice = Dice(9);
    let mut rows = String::new();
    for (at, (story, words)) in stories.iter().enumerate() {
        let text = words.join(" ");
        let text: String = text
            .chars()
            .map(|c| {
                if c != ' ' && dice.roll(one_in) == 0 {
                    'q'
                } else {
                    c
                }
            })
            .collect();
        writeln!(
            rows,
            r#"{{"id":"s{story}-{at}","source":"paper {}","text":"{text}"}}"#,
            at % 3
        )
        .unwrap();
    }
    rows
}

#[test]
fn wrong_letters_are_warned_of_and_the_preset_finds_what_words_do_not() {
    let dir = Dir::new();
    let stories = stories(40);
    dir.write("scanned.jsonl", &scanned(&stories, 40));
    dir.write("clean.jsonl", &scanned(&stories, usize::MAX));
    let run = |input: &str, out: &str, flags: &[&str]| {
        let words = ["cluster", input, "-o", out, "--no-report"];
        dir.wirecopy(&[&words, flags].concat()).exits(0).stderr
    };
    let said = run("scanned.jsonl", "words", &["--profile", "near"]);
    assert!(
        said.contains("warning") && said.contains("--preset ocr"),
        "{said}"
    );
    let said = run("clean.jsonl", "clean", &["--profile", "near"]);
    assert!(!said.contains("--preset"), "{said}");

    let said = run("scanned.jsonl", "preset", &["--preset", "ocr"]);
    assert!(!said.contains("--preset"), "it is taken already: {said}");
    let found = dir.clusters("preset");
    assert_eq!(found.len(), 40);
    for cluster in &found {
        let story = |id: &String| id.split('-').next().unwrap_or_default().to_owned();
        assert_eq!(cluster.len(), 3);
        assert!(
            cluster.iter().all(|id| story(id) == story(&cluster[0])),
            "{cluster:?}"
        );
    }
    assert!(dir.clusters("words").len() < 10);
    let recipe = dir.json("preset/run.json")["recipe"].to_string();
    assert!(
        recipe.contains("near ") && recipe.contains("char:5") && recipe.contains("threshold=0.4"),
        "{recipe}"
    );
}

#[test]
fn a_flag_beats_the_preset_on_the_line_and_in_a_file() {
    let dir = Dir::new();
    dir.write("texts.jsonl", &scanned(&stories(3), usize::MAX));
    dir.write("own.toml", "preset = \"ocr\"\nthreshold = 0.6\n");
    let recipe = |out: &str, flags: &[&str]| {
        let words = ["cluster", "texts.jsonl", "-o", out, "--no-report"];
        dir.wirecopy(&[&words, flags].concat()).exits(0);
        dir.json(&format!("{out}/run.json"))["recipe"].to_string()
    };
    let own = recipe("line", &["--preset", "ocr", "--threshold", "0.5"]);
    assert!(
        own.contains("char:5") && own.contains("threshold=0.5"),
        "{own}"
    );
    let file = recipe("file", &["--config", "own.toml"]);
    assert!(
        file.contains("char:5") && file.contains("threshold=0.6"),
        "{file}"
    );
    let words = [
        "cluster",
        "texts.jsonl",
        "-o",
        "no",
        "--preset",
        "ocr",
        "--profile",
        "wire",
    ];
    dir.wirecopy(&words)
        .exits(2)
        .stderr_has(&["--preset stands for --profile near"]);
}

#[test]
fn a_text_broken_into_other_lines_is_the_same_text() {
    let dir = Dir::new();
    let words = &stories(1)[0].1;
    let long = |word: &&String| word.len() > 5;
    let lines = |every: usize, mark: &str| {
        let mut text = String::new();
        for (at, word) in words.iter().enumerate() {
            match at % every == 0 && long(&word) {
                true => write!(text, "{}{mark}\\n{} ", &word[..3], &word[3..]).unwrap(),
                false => write!(text, "{word} ").unwrap(),
            }
        }
        text
    };
    let mut rows = String::new();
    for (id, text) in [
        ("plain", words.join(" ")),
        ("a", lines(2, "-")),
        ("b", lines(3, "\u{ac}")),
        ("c", lines(5, "\u{ad}")),
    ] {
        writeln!(rows, r#"{{"id":"{id}","text":"{text}"}}"#).unwrap();
    }
    dir.write("broken.jsonl", &rows);
    let relations = |profile: &str| -> Vec<String> {
        let words = [
            "cluster",
            "broken.jsonl",
            "-o",
            profile,
            "--profile",
            profile,
        ];
        dir.wirecopy(&words).exits(0);
        let rows = dir.rows(&format!("{profile}/clusters.jsonl"));
        let others = rows.iter().skip(1);
        others.map(|row| row["relation"].to_string()).collect()
    };
    assert_eq!(relations("near"), ["\"normalized\""; 3]);
    // Its lines make a page, too, but a word that is on two of them is one.
    assert_eq!(relations("wire").len(), 3);
}

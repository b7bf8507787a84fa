//! `wirecopy explain` on a run of the `wire` profile.

use serde_json::{Value, json};

use crate::cmd::{Dir, fixture};

const LEAD: &str = "The harbour board voted on Tuesday to close the old ferry terminal for good. \
    Crews will begin to take down the wooden piers next month, the board said in a statement.";
const BODY: &str = "Passengers are asked to use the new quay until the rail link opens in spring. \
    The terminal has served the islands for more than a century and was last repaired after the \
    great storm. Its clock will be moved to the maritime museum, where the tower is being rebuilt.";
const OTHER: &str = "Two people were rescued from a burning warehouse at the edge of the market. \
    Firefighters needed most of the night to bring the flames under control, a spokeswoman said. \
    What started the fire is not known; the owner had left the building an hour before.";
const WEATHER: &str = "The regional weather office expects light winds from the west during the \
    whole of the day. Highs will reach {} to {} degrees on the coast and in the valleys inland, \
    with a {} percent chance of showers towards the evening, the office said in its daily notice.";

fn weather(figures: [&str; 3]) -> String {
    figures.iter().fold(WEATHER.to_owned(), |text, figure| {
        text.replacen("{}", figure, 1)
    })
}

/// A folder with a finished run over these pages: id, date, text.
pub(crate) fn run_over(pages: &[(&str, &str, String)]) -> Dir {
    let dir = Dir::new();
    let lines: String = pages
        .iter()
        .map(|(id, date, text)| format!("{}\n", json!({"id": id, "date": date, "text": text})))
        .collect();
    dir.write("day.jsonl", &lines);
    let words = ["cluster", "day.jsonl", "-o", "run", "--profile", "wire"];
    dir.wirecopy(&words).exits(0);
    dir
}

/// A folder with a finished run over the pages of the fixtures.
fn fixtures() -> Dir {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    let words = ["cluster", &input, "-o", "run", "--profile", "wire"];
    dir.wirecopy(&words).exits(0);
    dir
}

/// Pages that end at every stage.
pub(crate) fn newsroom() -> Dir {
    let day = "2024-03-05T06:00:00Z";
    run_over(&[
        ("full", day, format!("Menu Home News\n{LEAD}\n{BODY}")),
        ("trim", day, format!("{}\n{LEAD}", "Weather Sport Teasers")),
        ("again", day, format!("Menu Home News\n{LEAD}\n{BODY}")),
        ("upper", day, format!("{}\n{BODY}", LEAD.to_uppercase())),
        (
            "edited",
            "2024-03-05T09:00:00Z",
            format!("{}\n{BODY}", LEAD.replace("old ferry", "ageing ferry")),
        ),
        ("fire", day, OTHER.to_owned()),
        // Some of the fire, and much else: alike enough to be found, and not to be a copy.
        (
            "background",
            day,
            format!(
                "{} {}",
                &OTHER[..OTHER.find("to bring").unwrap()],
                "Insurers said claims of this kind have doubled within five years across all \
                 coastal towns, while inspectors complain of too few hands to visit each yard, \
                 depot, mill or store before winter begins and heaters are switched on again \
                 by tenants who rarely read any rule about cables, gas bottles or paint."
            ),
        ),
        (
            "monday",
            "2024-03-04T05:00:00Z",
            weather(["11", "14", "20"]),
        ),
        (
            "tuesday",
            "2024-03-05T05:00:00Z",
            weather(["9", "12", "65"]),
        ),
        ("caption", day, "A ferry leaves the old terminal".to_owned()),
    ])
}

pub(crate) fn as_json(dir: &Dir, a: &str, b: &str) -> Value {
    let cmd = dir.wirecopy(&["explain", a, b, "--run", "run", "--json"]);
    serde_json::from_str(&cmd.exits(0).stdout).unwrap()
}

pub(crate) fn as_text(dir: &Dir, a: &str, b: &str) -> String {
    let cmd = dir.wirecopy(&["explain", a, b, "--run", "run"]);
    cmd.exits(0).stdout
}

/// Words of the passages of these kinds.
pub(crate) fn words(side: &Value, kinds: &[&str]) -> u64 {
    let passages = side["passages"].as_array().unwrap().iter();
    passages
        .filter(|passage| kinds.contains(&passage["kind"].as_str().unwrap()))
        .map(|passage| passage["words"].as_u64().unwrap())
        .sum()
}

#[track_caller]
fn close(answer: &Value, printed: &Value) {
    let (answer, printed) = (answer.as_f64().unwrap(), printed.as_f64().unwrap());
    assert!((answer - printed).abs() < 1e-6, "{answer} {printed}");
}

fn reported_pairs_are_explained_as_they_were_reported(dir: &Dir) {
    let rows = dir.rows("run/pairs.jsonl");
    assert!(rows.iter().any(|row| row["accepted"] == false));
    for row in rows {
        let (a, b) = (row["a"].as_str().unwrap(), row["b"].as_str().unwrap());
        let answer = as_json(dir, a, b);
        assert_eq!(answer["accepted"], row["accepted"], "{a} {b}");
        let relation = answer["relation"].as_str().unwrap_or_default();
        assert_eq!(row["relation"], relation, "{a} {b}");
        if row["shared"] == 0 {
            assert_eq!(answer["outcome"], "equal", "{a} {b}");
            continue;
        }
        assert_eq!(answer["shared"], row["shared"], "{a} {b}");
        assert_eq!(answer["reported"]["accepted"], row["accepted"]);
        for name in ["score", "jaccard", "coverage_a", "coverage_b"] {
            close(&answer[name], &row[name]);
        }
    }
}

#[test]
fn every_reported_pair_is_explained_as_it_was_reported() {
    reported_pairs_are_explained_as_they_were_reported(&newsroom());
    reported_pairs_are_explained_as_they_were_reported(&fixtures());
}

/// Holds what is reported of members and their representatives against the table, and counts them.
fn aligned_words_are_those_of_the_table(dir: &Dir) -> usize {
    let rows = dir.rows("run/clusters.jsonl");
    let representative = |row: &Value| {
        let of = |other: &&Value| other["cluster_id"] == row["cluster_id"];
        let all = rows.iter().filter(of);
        let mut first = all.filter(|other| other["cluster_index"] == 0);
        first.next().unwrap()["id"].as_str().unwrap().to_owned()
    };
    let mut compared = 0;
    for row in rows.iter().filter(|row| row["cluster_index"] != 0) {
        let answer = as_json(dir, row["id"].as_str().unwrap(), &representative(row));
        compared += 1;
        // What is refused at the gate was not aligned.
        if answer["outcome"] != "gate" {
            close(&answer["coverage_a"], &row["coverage"]);
            close(&answer["coverage_b"], &row["representative_coverage"]);
        }
        for side in ["a", "b"] {
            let aligned = words(&answer[side], &["aligned", "filled"]);
            assert_eq!(answer["aligned_words"], aligned, "{row}");
            let story = words(&answer[side], &["aligned", "filled", "own"]);
            assert_eq!(answer[side]["story_words"], story, "{row}");
            let masked = words(&answer[side], &["lines", "boilerplate"]);
            assert_eq!(answer[side]["words"], story + masked, "{row}");
        }
    }
    compared
}

#[test]
fn the_words_shown_are_those_that_were_aligned_and_clusters_jsonl_counts() {
    assert_eq!(aligned_words_are_those_of_the_table(&newsroom()), 4);
    assert!(aligned_words_are_those_of_the_table(&fixtures()) > 10);
}

#[test]
fn an_accepted_pair_shows_its_score_in_three_parts_and_what_was_masked() {
    let dir = newsroom();
    let answer = as_json(&dir, "full", "edited");
    assert_eq!(answer["profile"], "wire");
    assert_eq!(answer["outcome"], "accepted");
    assert_eq!(answer["relation"], "revised");
    let figure = |name: &str| answer[name].as_f64().unwrap();
    let score = figure("covered") + figure("jaccard") - 2.25 * figure("substituted");
    assert!((figure("score") - score).abs() < 1e-9);
    assert!((figure("margin") - (score - 0.74)).abs() < 1e-9);
    assert_eq!(answer["a"]["masked_by_lines"], 3);
    assert_eq!(answer["cluster_a"], answer["cluster_b"]);
    assert!(answer["gate"]["containment"].as_f64().unwrap() > 0.5);
    let first = &answer["a"]["passages"][0];
    assert_eq!(
        first,
        &json!({"kind": "lines", "stock": false, "words": 3, "text": "Menu Home News"})
    );
    let text = as_text(&dir, "full", "edited");
    for part in [
        "copies: the second is a revised version of the first\n",
        "  decided     accepted: ",
        ", threshold 0.74\n",
        " = X ",
        " − 2.25 × U ",
        "  gate        passed: ",
        "  candidate   yes: ",
        "  story       both in c",
        "\n  [-… 3 words of boilerplate …-]",
        "close the [-old-]{+ageing+} ferry terminal",
    ] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
    assert!(!text.contains('\u{1b}'));
    // Each document for itself, as often as it is asked for.
    let pages = ["explain", "full", "edited", "--run", "run", "--pages"];
    dir.wirecopy(&pages)
        .exits(0)
        .says("  lines          Menu Home News\n")
        .says("  own            [-old-]\n")
        .says("  own            {+ageing+}\n");
}

#[test]
fn a_pair_refused_by_its_facts_names_them() {
    let dir = newsroom();
    let answer = as_json(&dir, "monday", "tuesday");
    assert_eq!(answer["outcome"], "facts");
    assert_eq!(
        (&answer["accepted"], &answer["relation"]),
        (&json!(false), &Value::Null)
    );
    assert_eq!(answer["a"]["facts"], json!(["11", "14", "20"]));
    assert_eq!(answer["b"]["facts"], json!(["9", "12", "65"]));
    assert_eq!(
        (&answer["facts"], &answer["days_apart"]),
        (&json!(3), &json!(1.0))
    );
    assert!(answer["margin"].as_f64().unwrap() > 0.0);
    let text = as_text(&dir, "monday", "tuesday");
    for part in [
        "no copies\n",
        "refused by the facts: ",
        ", threshold 0.74, but the two contradict each other\n",
        "[-11-]{+9+} to [-14-]{+12+} degrees",
        "contradict: 3 on the side of fewer; of figures, in longer gaps too, 3 differ and 0 agree; ",
        "1.0 days apart; only the first says 11, 14, 20; only the second says 9, 12, 65\n",
        "none: neither has copies in this run",
    ] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

#[test]
fn a_pair_refused_by_its_score_says_how_far_it_is() {
    let dir = newsroom();
    let answer = as_json(&dir, "fire", "background");
    assert_eq!(answer["outcome"], "score", "{answer}");
    assert!(answer["margin"].as_f64().unwrap() < 0.0);
    let text = as_text(&dir, "fire", "background");
    assert!(text.contains("refused by the score: 0."), "{text}");
    assert!(text.contains(", threshold 0.74\n"), "{text}");
}

#[test]
fn a_pair_without_a_key_in_common_was_never_a_candidate() {
    let dir = newsroom();
    let answer = as_json(&dir, "full", "fire");
    assert_eq!(answer["outcome"], "no_common_key");
    assert_eq!(answer["candidate"], false);
    assert_eq!(
        (&answer["equal_bands"], &answer["found_probability"]),
        (&json!(0), &json!(0.0))
    );
    let text = as_text(&dir, "full", "fire");
    assert!(text.contains("never a candidate: no key in common; if compared, refused by the gate"));
    assert!(text.contains("  candidate   no: 0 of 128 keys in common"));
}

/// A run over two pages that share five shingles, with so many words of their own.
fn sharing_a_phrase(words: u32, names: [&str; 2]) -> Dir {
    let [a, b] = names.map(|name| {
        let phrase = "the new quay until the rail link opens".to_owned();
        (0..words).fold(phrase, |text, at| format!("{text} {name}{at}x"))
    });
    run_over(&[("a", "2024-03-05", a), ("b", "2024-03-05", b)])
}

/// Two pages that share five shingles of fifty-five may have a key in common by chance, but hardly
/// slots enough to be compared.
#[test]
fn a_pair_whose_sketches_are_unlike_was_never_a_candidate() {
    let dir = sharing_a_phrase(50, ["red", "yellow"]);
    let answer = as_json(&dir, "a", "b");
    assert_eq!(answer["outcome"], "screened", "{answer}");
    assert!(answer["equal_bands"].as_u64() > Some(0));
    assert!(answer["agreeing_slots"].as_u64() < answer["screen"].as_u64());
    assert_eq!(answer["candidate"], false);
    let text = as_text(&dir, "a", "b");
    let why = "never a candidate: the sketches are too unlike; if compared, refused by the gate";
    assert!(text.contains(why), "{text}");
    assert!(text.contains(" of 256 slots agree < "), "{text}");
}

/// Two pages that share five shingles of thirteen are found; the gate asks for six.
#[test]
fn a_pair_refused_at_the_gate_says_what_was_asked() {
    let dir = sharing_a_phrase(8, ["north", "south"]);
    let answer = as_json(&dir, "a", "b");
    assert_eq!(answer["outcome"], "gate", "{answer}");
    assert_eq!(
        (&answer["gate"]["shared"], &answer["gate"]["a"]),
        (&json!(5), &json!(13))
    );
    // Explained in full, although the run did not align them.
    assert_eq!(answer["aligned_words"], 8);
    let text = as_text(&dir, "a", "b");
    assert!(
        text.contains("refused by the gate: 5 of the smaller set’s 13 shingles in common, where 6 or half are asked"),
        "{text}"
    );
}

#[test]
fn a_thin_page_and_equal_pages_say_so() {
    let dir = newsroom();
    let answer = as_json(&dir, "full", "caption");
    assert_eq!(
        (&answer["outcome"], &answer["b"]["thin"]),
        (&json!("thin"), &json!(true))
    );
    assert!(as_text(&dir, "full", "caption").contains(
        "thin: boilerplate leaves fewer than 12 words, or a tenth of a long document, of the second"
    ));
    for (other, relation, sentence) in [
        ("again", "exact", "equal: the same text, byte for byte"),
        (
            "upper",
            "normalized",
            "equal: the same words once both are masked",
        ),
    ] {
        let answer = as_json(&dir, "full", other);
        assert_eq!(
            (&answer["outcome"], &answer["relation"]),
            (&json!("equal"), &json!(relation))
        );
        assert_eq!(
            (&answer["coverage_a"], &answer["coverage_b"]),
            (&json!(1.0), &json!(1.0))
        );
        assert!(as_text(&dir, "full", other).contains(sentence));
    }
    // One of the equal texts represents the others, by a hash of its bytes.
    let compared_as = |id: &str| {
        let answer = as_json(&dir, id, "edited");
        assert_eq!(answer["accepted"], true);
        answer["a"]["compared_as"].as_str().map(str::to_owned)
    };
    let through = ["full", "again", "upper"].map(compared_as);
    let mut others = through.iter().flatten();
    let represents = others
        .next()
        .expect("two are compared as the third")
        .clone();
    assert!(others.next() == Some(&represents) && others.next().is_none());
    let other = ["full", "again", "upper"]
        .into_iter()
        .find(|id| *id != represents);
    let pages = [
        "explain",
        other.unwrap(),
        "edited",
        "--run",
        "run",
        "--pages",
    ];
    dir.wirecopy(&pages)
        .exits(0)
        .says(&format!("Compared through {represents}, whose"));
}

#[test]
fn a_page_cannot_write_on_the_screen() {
    let dir = run_over(&[
        ("a", "2024-03-05", format!("\u{1b}[2J{LEAD}")),
        (
            "b",
            "2024-03-05",
            format!("{}\u{202e} {BODY}", LEAD.replace("old", "\u{1b}[31mold")),
        ),
    ]);
    let text = as_text(&dir, "a", "b");
    assert!(
        !text.contains('\u{1b}') && !text.contains('\u{202e}'),
        "{text}"
    );
}

#[test]
fn a_run_without_its_learned_tables_is_to_be_run_again() {
    let dir = fixtures();
    std::fs::remove_file(dir.path("run/boilerplate.bin")).unwrap();
    let refused = dir.wirecopy(&["explain", "cables", "cables-update", "--run", "run"]);
    refused
        .exits(1)
        .stderr_has(&["boilerplate.bin", "run again"]);
}

#[test]
fn a_removal_says_how_much_of_the_page_stays_and_what_it_alone_has() {
    let dir = Dir::new();
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["dedup", &input, "-o", "run"]).exits(0);
    let rows = dir.rows("run/documents.jsonl");
    let row = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap();
    let mut partly = 0;
    for removed in rows.iter().filter(|row| row["verdict"] == "removed") {
        let (id, witness) = (&removed["id"], &removed["duplicate_of"]);
        let answer = as_json(&dir, id.as_str().unwrap(), witness.as_str().unwrap());
        let removal = &answer["removals"][0];
        assert_eq!(removal["removed"], "a");
        assert_eq!(&removal["duplicate_of"], witness);
        assert_eq!(removal["page_coverage"], removed["page_coverage"]);
        let text = as_text(&dir, id.as_str().unwrap(), witness.as_str().unwrap());
        let share = removed["page_coverage"].as_f64().unwrap();
        let stays = match share < 1.0 {
            true => format!("{:.1} % of its page stays", (share * 1000.0).floor() / 10.0),
            false => "all of its page stays".to_owned(),
        };
        let line =
            format!("  removed     the first was removed, as the second carries it: {stays}\n");
        assert!(text.contains(&line), "no `{line}` in\n{text}");
        if share < 1.0 {
            partly += 1;
            assert!(text.contains("of its story are its alone: “"), "{text}");
        }
    }
    assert!(partly > 3, "{partly}");
    // Of two that stay nothing is reported.
    assert_eq!(row("cases-mon")["verdict"], "kept");
    assert!(!as_text(&dir, "cases-mon", "chess").contains("cases-mon would"));
}

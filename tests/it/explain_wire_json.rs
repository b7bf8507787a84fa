//! The object that `wirecopy explain --json` prints of a run of the `wire` profile.

use serde_json::{Value, json};

use crate::explain_wire::{as_json, newsroom, run_over, words};

#[test]
fn the_object_has_these_keys() {
    let dir = newsroom();
    let answer = as_json(&dir, "full", "trim");
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let top = "a accepted agreeing_slots aligned_words alignment_capped b bands candidate cluster_a cluster_b \
               contradicted coverage_a coverage_b covered days_apart equal_bands facts figures \
               figures_agreed found_probability gate jaccard margin outcome profile relation removals \
               reported score screen shared substituted threshold";
    assert_eq!(keys(&answer).join(" "), top);
    let side = "compared_as facts id masked_as_boilerplate masked_by_lines passages publisher \
        stock_words story_words thin title words";
    assert_eq!(keys(&answer["a"]).join(" "), side);
    assert_eq!(keys(&answer["reported"]).join(" "), "accepted same_cluster");
    assert_eq!(answer["relation"], "excerpt");
}

/// Boilerplate and stock of a corpus: what four and more stories have in common. Ten words and
/// more in a row are boilerplate, fewer are stock.
#[test]
fn boilerplate_and_stock_are_distinguished_from_the_story() {
    let stories = [
        "amber", "birch", "cedar", "dahlia", "elder", "fennel", "ginger", "hazel",
    ];
    let own = |name: &str, from: u32| -> String {
        let words = (from..from + 40).map(|at| format!("{name}{}", at * 7));
        words.collect::<Vec<_>>().join(" ")
    };
    let notice = "Follow the newsroom on every channel and never miss what matters to you and \
                  your family again. Sign up now.";
    let phrase = "the highest figure since any such records began";
    let pages: Vec<(&str, &str, String)> = stories
        .iter()
        .map(|&name| {
            let (head, body) = (own(name, 0), own(name, 90));
            let text = format!("{head}.\n{notice}\n{body} {phrase} {}.", own(name, 200));
            (name, "2024-03-05", text)
        })
        .collect();
    let dir = run_over(&pages);
    let answer = as_json(&dir, "amber", "birch");
    for side in ["a", "b"] {
        assert_eq!(answer[side]["masked_as_boilerplate"], 20);
        assert_eq!(words(&answer[side], &["boilerplate"]), 20);
        assert_eq!(answer[side]["stock_words"], 8);
        let passages = answer[side]["passages"].as_array().unwrap();
        let mut stock = passages.iter().filter(|passage| passage["stock"] == true);
        let passage = stock.next().unwrap();
        assert_eq!(
            (&passage["text"], &passage["words"]),
            (&json!(phrase), &json!(8))
        );
        assert!(stock.next().is_none());
    }
    assert_eq!(answer["gate"]["outside_stock"], true);
    assert_eq!(answer["covered"], 0.0);
    let pages = ["explain", "amber", "birch", "--run", "run", "--pages"];
    let text = dir.wirecopy(&pages).exits(0).stdout;
    assert!(
        text.contains("  boilerplate    Follow the newsroom"),
        "{text}"
    );
    assert!(
        text.contains(&format!("  aligned, stock {phrase}\n")),
        "{text}"
    );
}

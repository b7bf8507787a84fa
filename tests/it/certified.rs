//! What stays though an equal or a copy of it stays: stubs, pages under one frame, pages with a passage of their own;
//! and what is said of them.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cmd::Dir;

/// So many words that no other topic has, as sentences of ten.
fn words(topic: u64, count: u64) -> String {
    let mut text = String::new();
    for number in 0..count {
        let mut rest = (topic * 1_000 + number).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        let mut word = String::new();
        for _ in 0..7 {
            word.push(char::from(b'a' + u8::try_from(rest % 26).unwrap()));
            rest /= 26;
        }
        let end = if number % 10 == 9 { ". " } else { " " };
        write!(text, "{word}{end}").unwrap();
    }
    text
}

fn run(dir: &Dir, records: &[Value]) -> (Vec<Value>, Value, String) {
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    dir.write("in.jsonl", &lines);
    let command = ["dedup", "in.jsonl", "-o", "out", "--force", "--no-report"];
    let said = dir.wirecopy(&command).exits(0).stderr;
    (
        dir.rows("out/documents.jsonl"),
        dir.json("out/run.json"),
        said,
    )
}

fn removed(rows: &[Value]) -> usize {
    rows.iter()
        .filter(|row| row["verdict"] == "removed")
        .count()
}

#[test]
fn one_text_under_three_headlines_of_an_outlet_stays_and_is_reported() {
    let dir = Dir::new();
    let of = |headlines: u64, pages: u64| {
        let page = |number: u64| {
            let headline = format!("headline {}", number % headlines);
            json!({
                "id": format!("s{number}"), "title": headline,
                "url": format!("https://www.a.example/{number}"), "text": words(1, 40),
            })
        };
        let mut records: Vec<Value> = (0..pages).map(page).collect();
        records.push(json!({ "id": "b", "url": "https://www.b.example/", "text": words(2, 40) }));
        records
    };
    let (rows, figures, said) = run(&dir, &of(3, 5));
    assert_eq!((removed(&rows), &figures["work"]["stubs"]), (0, &json!(4)));
    assert!(said.contains("under three headlines"), "{said}");
    let (rows, figures, said) = run(&dir, &of(2, 5));
    assert_eq!((removed(&rows), &figures["work"]["stubs"]), (4, &json!(0)));
    assert!(!said.contains("headlines"), "{said}");
    // As many as there may be: each is looked for once.
    let (rows, ..) = run(&dir, &of(3, 20_000));
    assert_eq!(removed(&rows), 0);
}

#[test]
fn of_pages_under_one_frame_only_equals_go_and_the_cluster_is_reported() {
    let dir = Dir::new();
    let page = |number: u64| {
        let text = words(1, 120) + &words(10 + number % 11, 20);
        json!({ "id": format!("p{number}"), "text": text })
    };
    let (rows, figures, said) = run(&dir, &(0..12).map(page).collect::<Vec<Value>>());
    assert_eq!(removed(&rows), 1, "the twelfth equals the first");
    let cluster = figures["counts"]["largest_cluster"].as_u64().unwrap();
    assert!(
        cluster >= 8 && figures["work"]["uncertified"].as_u64() > Some(0),
        "{figures}"
    );
    assert!(
        said.contains("12 of 12 documents are taken for one story"),
        "{said}"
    );
}

#[test]
fn the_share_of_a_page_that_stays_is_reported_and_bounded() {
    let dir = Dir::new();
    let story = words(1, 200);
    let page = |id: &str, own: u64| {
        let text = format!("{story}{}", words(20 + own, own));
        json!({ "id": id, "text": text, "source": format!("{id}.example") })
    };
    let others = (0..9).map(|other| {
        json!({ "id": format!("o{other}"), "text": words(100 + other, 90), "source": "o.example" })
    });
    let mut records = vec![page("longest", 60), page("little", 10), page("much", 45)];
    records.extend(others);
    let (rows, figures, _) = run(&dir, &records);
    let row = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap();
    assert_eq!(row("longest")["page_coverage"], 1.0);
    assert_eq!(row("little")["verdict"], "removed");
    let share = row("little")["page_coverage"].as_f64().unwrap();
    assert!((share - 200.0 / 210.0).abs() < 1e-6, "{share}");
    assert_eq!(
        row("much")["verdict"],
        "kept",
        "45 of 245 words are its own"
    );
    assert_eq!(figures["work"]["uncertified"], 1);
    assert_eq!(figures["page_coverage"]["from_0.95"], 1);
    let all = figures["page_coverage"].as_object().unwrap().values();
    assert_eq!(
        all.filter_map(Value::as_u64).sum::<u64>(),
        figures["counts"]["removed"]
    );
}

#[test]
fn dates_that_say_nothing_are_doubted() {
    let dir = Dir::new();
    let day = |number: u64| format!("2024-{:02}-{:02}", 1 + number / 28 % 12, 1 + number % 28);
    let of = |lag: u64| {
        let page = |number: u64| {
            let (story, copy) = (number / 2, number % 2);
            json!({
                "id": format!("d{number}"), "source": format!("o{}.example", number % 7),
                "date": day(5 * story + copy * lag * (story * 37 % 100)), "text": words(story, 60),
            })
        };
        (0..60).map(page).collect::<Vec<Value>>()
    };
    let doubted = "do not say when a copy appeared";
    assert!(run(&dir, &of(1)).2.contains(doubted));
    assert!(!run(&dir, &of(0)).2.contains(doubted));
    let mut one_day = of(0);
    one_day
        .iter_mut()
        .for_each(|page| page["date"] = json!("2024-01-01"));
    let said = run(&dir, &one_day).2;
    assert!(said.contains("all dates are of one day"), "{said}");
}

/// A table learned where a story stands around other stories masks it wherever it is given.
#[test]
fn boilerplate_given_that_is_a_story_here_is_disputed() {
    let dir = Dir::new();
    let page = |id: String, topics: &[(u64, u64)]| {
        let text: Vec<String> = topics
            .iter()
            .map(|&(topic, count)| words(topic, count))
            .collect();
        json!({ "id": id, "text": text.join("\n") })
    };
    let under_others = (0..20).map(|n| page(format!("a{n}"), &[(100 + n, 900), (1, 200)]));
    let lines: String = under_others.map(|record| format!("{record}\n")).collect();
    dir.write("other.jsonl", &lines);
    dir.wirecopy(&["cluster", "other.jsonl", "-o", "learned", "--no-report"])
        .exits(0);
    let copies = (0..5).map(|n| page(format!("c{n}"), &[(1, 200), (300 + n, 12)]));
    let others = (0..10).map(|n| page(format!("o{n}"), &[(400 + n, 200)]));
    let lines: String = copies
        .chain(others)
        .map(|record| format!("{record}\n"))
        .collect();
    dir.write("in.jsonl", &lines);
    let command = ["cluster", "in.jsonl", "-o", "out", "--force", "--no-report"];
    let said = dir.wirecopy(&command).exits(0).stderr;
    assert_eq!(dir.clusters("out").len(), 1);
    assert!(!said.contains("given"), "{said}");
    let given = ["--boilerplate", "learned/boilerplate.bin"];
    let said = dir
        .wirecopy(&[&command[..], &given].concat())
        .exits(0)
        .stderr;
    assert_eq!(dir.json("out/run.json")["work"]["disputed_pages"], 5);
    assert!(
        said.contains("5 documents lost half of their words or more to the boilerplate given"),
        "{said}"
    );
}

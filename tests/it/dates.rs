//! Dates as exports write them: decided by the field, over all inputs, and said.

use std::fs;

use crate::cmd::Dir;

/// All documents are copies, since clusters have dates.
const TEXT: &str = "what stands in every number of the paper and nowhere else but there";

/// JSON Lines of a document for each date.
fn dated(dates: &[&str]) -> String {
    let record = |(at, date): (usize, &&str)| {
        serde_json::json!({
            "id": format!("d{at}"),
            "source": format!("paper {}", at % 3),
            "date": date,
            "text": TEXT,
        })
        .to_string()
            + "\n"
    };
    dates.iter().enumerate().map(record).collect()
}

/// The dates of the documents of a run, sorted.
fn dates_of(dir: &Dir, out: &str) -> Vec<String> {
    let rows = dir.rows(&format!("{out}/clusters.jsonl"));
    let date = |row: &serde_json::Value| match row["date"].as_str() {
        None | Some("") => "none".to_owned(),
        Some(date) => date.to_owned(),
    };
    let mut dates: Vec<String> = rows.iter().map(date).collect();
    dates.sort();
    dates
}

#[test]
fn one_value_of_another_input_decides_the_order() {
    let dir = Dir::new();
    dir.write(
        "a.jsonl",
        &dated(&["4/3/2021", "March 5, 2021 Thursday", "5/3/2021 10:30"]),
    );
    dir.write("b.jsonl", &dated(&["25/3/2021", "2021-03-26"]));
    dir.wirecopy(&["cluster", "--profile", "near", "a.jsonl", "-o", "open"])
        .exits(0)
        .stderr_has(&[
            "2 of 3 dates (such as `4/3/2021`) may be one day or another",
            "--date-format '%d/%m/%Y' or --date-format '%m/%d/%Y'",
        ]);
    assert_eq!(dates_of(&dir, "open"), ["2021-03-05", "none", "none"]);
    let run = dir.json("open/run.json");
    assert_eq!(run["dates"][0]["order"], serde_json::Value::Null);
    assert_eq!(run["counts"]["ambiguous_dates"], 2);

    dir.wirecopy(&[
        "cluster",
        "--profile",
        "near",
        "a.jsonl",
        "b.jsonl",
        "-o",
        "both",
    ])
    .exits(0);
    let expected = [
        "2021-03-04",
        "2021-03-05",
        "2021-03-05T10:30:00Z",
        "2021-03-25",
        "2021-03-26",
    ];
    assert_eq!(dates_of(&dir, "both"), expected);
    let run = dir.json("both/run.json");
    assert_eq!(run["dates"][0]["order"], "day/month");
    assert_eq!(run["dates"][0]["deciding"], 1);
    let said = dir
        .wirecopy(&[
            "cluster",
            "--profile",
            "near",
            "a.jsonl",
            "b.jsonl",
            "--dry-run",
        ])
        .exits(0);
    let said = said.stdout.clone() + &said.stderr;
    assert!(
        said.contains("`4/3/2021` is read as day/month, decided by 1 of 3 values"),
        "{said}"
    );
}

#[test]
fn given_forms_leave_the_others_on() {
    let dir = Dir::new();
    dir.write(
        "in.jsonl",
        &dated(&[
            "4/3/2021",
            "2021-03-26",
            "27.3.2021 um neun",
            "28 mars 2021",
            "3 hours ago",
            "0000-00-00",
        ]),
    );
    let words = [
        "cluster",
        "--profile",
        "near",
        "in.jsonl",
        "-o",
        "out",
        "--date-format",
        "%d.%m.%Y %H:%M",
        "--date-format",
        "%m/%d/%Y",
    ];
    dir.wirecopy(&words)
        .exits(0)
        .stderr_has(&["1 of 5 dates have an unknown form and count as none; 1 of them say only how long ago it was"]);
    assert_eq!(
        dates_of(&dir, "out"),
        [
            "2021-03-26",
            "2021-03-27",
            "2021-03-28",
            "2021-04-03",
            "none",
            "none"
        ]
    );
    assert_eq!(dir.json("out/run.json")["counts"]["relative_dates"], 1);
    dir.wirecopy(&[
        "cluster",
        "--profile",
        "near",
        "in.jsonl",
        "-o",
        "other",
        "--date-format",
        "%d/%!",
    ])
    .exits(1)
    .stderr_has(&[
        "--date-format %d/%!: not in the notation of strftime (`%!` is no part of a date)",
    ]);
}

/// A file sorted by date begins with days that are months as well: its middle is looked at, mapped, read, or packed.
#[test]
fn values_from_the_whole_of_a_long_file_decide() {
    let dir = Dir::new();
    let date = |at: usize| {
        if at < 3000 {
            format!("0{}/03/2021", 1 + at % 2)
        } else {
            format!("{}/03/2021", 13 + at % 15)
        }
    };
    let text = "words that fill a page of a newspaper ".repeat(15);
    let record = |at: usize| {
        format!(
            "{{\"id\": \"{at}\", \"date\": \"{}\", \"text\": \"{at} {text}\"}}\n",
            date(at)
        )
    };
    let lines: String = (0..4000).map(record).collect();
    dir.write("in.jsonl", &lines);
    let row = |at: usize| format!("{at},{},\"{at} {text}\n, and\nmore\"\n", date(at));
    dir.write(
        "in.csv",
        &format!("id,date,text\n{}", (0..4000).map(row).collect::<String>()),
    );
    let packed = std::process::Command::new("gzip")
        .arg("-k")
        .arg(dir.path("in.jsonl"))
        .status();
    let packed = packed.is_ok_and(|status| status.success());
    for (input, flags) in [
        ("in.jsonl", &[][..]),
        ("in.jsonl", &["--no-mmap"]),
        ("in.csv", &[]),
        ("in.jsonl.gz", &[]),
    ] {
        if input.ends_with("gz") && !packed {
            continue;
        }
        let words = [
            "cluster",
            "--profile",
            "near",
            input,
            "-o",
            "out",
            "--force",
        ];
        dir.wirecopy(&[&words, flags].concat()).exits(0);
        let run = dir.json("out/run.json");
        assert_eq!(run["dates"][0]["order"], "day/month", "{input} {flags:?}");
        assert_eq!(run["counts"]["dated"], 4000, "{input} {flags:?}");
    }
}

#[test]
fn paths_and_addresses_give_the_day_that_no_field_gives() {
    let dir = Dir::new();
    for (path, text) in [
        ("texts/courier/2021/03/04/a.txt", TEXT),
        ("texts/courier/2021-03-05_b.txt", TEXT),
        ("texts/post/20210306.txt", TEXT),
        (
            "texts/post/c.txt",
            &format!("date 2021-03-07 Title\n{TEXT}"),
        ),
        ("texts/post/d-2021.txt", TEXT),
    ] {
        let path = dir.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir.wirecopy(&["cluster", "--profile", "near", "texts", "-o", "out"])
        .exits(0);
    assert_eq!(
        dates_of(&dir, "out"),
        [
            "2021-03-04",
            "2021-03-05",
            "2021-03-06",
            "2021-03-07",
            "none"
        ]
    );
    let url = |path: &str| {
        format!("{{\"url\": \"https://site.example/{path}\", \"text\": \"{TEXT}\"}}\n")
    };
    dir.write(
        "in.jsonl",
        &(url("2021/03/04/a") + &url("2021-03-04-a") + &url("2021/mar/05/b")),
    );
    dir.wirecopy(&["cluster", "--profile", "near", "in.jsonl", "-o", "urls"])
        .exits(0);
    assert_eq!(dates_of(&dir, "urls"), ["2021-03-04", "2021-03-05", "none"]);
}

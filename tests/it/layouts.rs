//! Files as programs write them: JSON in any layout, and columns under any name.

use serde_json::{Value, json};

use crate::cmd::Dir;
use crate::folders::{folder, reads, records};

const STORY: &str = "The ferry to the island was late again on Monday, and nobody in the harbour office could say whether \
    Tuesday would be any better. Passengers waited on the pier for almost three hours, in the rain, and some went home.";

fn rows(dir: &Dir, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(dir.path(name)).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What is known of the first document.
fn first(dir: &Dir, input: &str, flags: &[&str]) -> (u64, [String; 4]) {
    let words = ["dedup", input, "-o", "out", "--profile", "near", "--force"];
    let said = dir.wirecopy(&[&words[..], flags].concat()).exits(0);
    let run = dir.json("out/run.json");
    let read = run["counts"]["read"].as_u64().unwrap();
    assert!(run["counts"]["rejected"] == 0, "{}", said.stderr);
    let text = |row: &Value, field: &str| row[field].as_str().unwrap_or("-").to_owned();
    let file = text(&rows(dir, "out/documents.jsonl")[0], "file");
    let clusters = rows(dir, "out/clusters.jsonl");
    // Copies are together, the first one first.
    let first = clusters.iter().min_by_key(|row| text(row, "date"));
    let of_first = |field| first.map_or("-".to_owned(), |row| text(row, field));
    (
        read,
        [
            of_first("id"),
            of_first("publisher"),
            of_first("date"),
            file,
        ],
    )
}

#[test]
fn json_is_read_in_any_layout() {
    let dir = Dir::new();
    let article = |id: &str, outlet: &str, date: &str| json!({"id": id, "source": outlet, "date": date, "text": format!("{STORY} {id}")});
    let both = [
        article("a", "Courier", "2021-03-04"),
        article("b", "Post", "2021-03-05"),
    ];
    let pretty = both
        .iter()
        .map(|one| serde_json::to_string_pretty(one).unwrap() + "\n");
    dir.write("array.json", &serde_json::to_string_pretty(&both).unwrap())
        .write("one_line.json", &json!(both).to_string())
        .write("values.json", &pretty.collect::<String>())
        .write(
            "wrapper.json",
            &json!({"status": "ok", "articles": both}).to_string(),
        )
        .write(
            "deep.json",
            &serde_json::to_string_pretty(&json!({"response": {"results": both}})).unwrap(),
        )
        .write("named.jsonl", &serde_json::to_string_pretty(&both).unwrap());
    for input in [
        "array.json",
        "one_line.json",
        "values.json",
        "wrapper.json",
        "deep.json",
        "named.jsonl",
    ] {
        let (read, [id, outlet, date, file]) = first(&dir, input, &["--write", "kept,removed"]);
        assert_eq!(
            (read, &*id, &*outlet, &*date),
            (2, "a", "Courier", "2021-03-04"),
            "{input}"
        );
        assert_eq!(file, input);
        let written = format!("{}.jsonl", input.trim_end_matches(".jsonl"));
        assert_eq!(
            rows(&dir, &format!("out/kept/{written}")).len(),
            1,
            "{input}"
        );
        assert_eq!(
            rows(&dir, &format!("out/removed/{written}"))[0]["text"],
            format!("{STORY} b")
        );
    }
}

#[test]
fn a_folder_of_articles_is_one_input_whose_files_are_named() {
    let article =
        |n: usize| format!("{{\n \"title\": \"Ferry {n}\",\n \"maintext\": \"{STORY} {n}\"\n}}");
    let articles: Vec<(String, String)> = (0..5)
        .map(|n| (format!("host/{n}.json"), article(n)))
        .collect();
    let mut files: Vec<(&str, &[u8])> = articles
        .iter()
        .map(|(name, text)| (&**name, text.as_bytes()))
        .collect();
    files.push(("package.json", b"{\n \"version\": 3\n}\n"));
    let dir = folder(&files);
    reads(&dir, &[], 5, &["package.json"]);
    let documents = rows(&dir, "out/documents.jsonl");
    assert_eq!(documents[3]["file"], "in/host/3.json");
    assert_eq!(documents[3]["offset"], 0);
    assert!(dir.path("out/kept/in.jsonl").exists());
}

#[test]
fn columns_are_found_by_what_they_are_called_in_many_programs() {
    let dir = Dir::new();
    let row = |outlet: &str, day: &str, end: &str| {
        format!("Late again,{outlet},{day},\"{STORY} {end}\"\n")
    };
    for (name, header, roles) in [
        (
            "nexis.csv",
            "Title,Publication,Published date,Body",
            "Morning Courier 2021-03-04",
        ),
        (
            "german.csv",
            "Titel,Zeitung,Datum,Volltext",
            "Morning Courier 2021-03-04",
        ),
        ("factiva.csv", "HD,SN,PD,TD", "Morning Courier 2021-03-04"),
        (
            "chinese.csv",
            "标题,来源,发布时间,正文",
            "Morning Courier 2021-03-04",
        ),
        (
            "upper.csv",
            "TITLE,NEWS_PAPER,PUB-DATE,FULL TEXT",
            "Morning Courier 2021-03-04",
        ),
    ] {
        dir.write(
            name,
            &format!(
                "{header}\n{}{}",
                row("Morning Courier", "2021-03-04", "a"),
                row("Evening Post", "2021-03-05", "b")
            ),
        );
        let (read, [_, outlet, date, _]) = first(&dir, name, &[]);
        assert_eq!(
            (read, format!("{outlet} {date}")),
            (2, roles.to_owned()),
            "{name}"
        );
    }
}

#[test]
fn nested_fields_and_lists_of_paragraphs_are_read() {
    let dir = Dir::new();
    let (start, end) = STORY.split_at(100);
    let records = [
        json!({"source": {"id": null, "name": "Courier"}, "publishedAt": "2021-03-04T10:00:00Z", "content": STORY}),
        json!({"_id": "x", "_source": {"outlet": "Courier", "date": "2021-03-04", "text": STORY}}),
        json!({"publisher": "Courier", "date": "2021-03-04", "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [start, end]}]}}),
        json!({"publisher": "Courier", "date": "2021-03-04", "paragraphs": [start, end]}),
    ];
    for (at, row) in records.iter().enumerate() {
        let name = format!("{at}.jsonl");
        let other = row
            .to_string()
            .replace("Courier", "Post")
            .replace("2021-03-04", "2021-03-05");
        dir.write(&name, &format!("{row}\n{other}\n"));
        let (read, [_, outlet, date, _]) = first(&dir, &name, &[]);
        assert_eq!(
            (read, &*outlet, &date[..10]),
            (2, "Courier", "2021-03-04"),
            "{row}"
        );
        let removed = rows(&dir, "out/documents.jsonl");
        assert_eq!(removed[1]["relation"], "exact", "{row}");
    }
}

#[test]
fn a_text_under_no_known_name_is_guessed_and_said() {
    let dir = Dir::new();
    dir.write(
        "in.csv",
        &format!("nr,zzz\n1,\"{STORY}\"\n2,\"{STORY} More.\"\n"),
    );
    let said = dir
        .wirecopy(&["dedup", "in.csv", "-o", "out", "--profile", "near"])
        .exits(0);
    said.stderr_has(&["warning", "`zzz` is taken for it", "--text-field"]);
    let said = dir
        .wirecopy(&[
            "dedup",
            "in.csv",
            "-o",
            "out",
            "--profile",
            "near",
            "--force",
            "--text-field",
            "ZZZ",
        ])
        .exits(0);
    assert!(!said.stderr.contains("taken for it"), "{}", said.stderr);
}

#[test]
fn what_a_converted_file_lacks_is_loss() {
    let dir = Dir::new();
    dir.write(
        "in.json",
        &format!("[{{\"text\": \"{STORY}\"}}, 17, {{\"text\": \"b\"}}]"),
    );
    let words = ["dedup", "in.json", "-o", "out", "--profile", "near"];
    dir.wirecopy(&words)
        .exits(1)
        .stderr_has(&["in.json: damaged at byte", "expected an object, found `17`"]);
    dir.wirecopy(&[&words[..], &["--accept-damaged"]].concat())
        .exits(3);
    assert_eq!(dir.json("out/run.json")["counts"]["rejected"], 1);
    let rejected = rows(&dir, "out/rejected.jsonl");
    assert!(
        rejected[0]["reason"].as_str().unwrap().contains("`17`"),
        "{}",
        rejected[0]
    );
    dir.write("bad.json", "[1, 2]")
        .write("lines.jsonl", &records("a", 2));
    dir.wirecopy(&["dedup", "bad.json", "-o", "out2"]).exits(1);
}

#[test]
fn files_in_any_encoding_are_read_and_named() {
    let german = STORY
        .replace("ferry", "Fähre")
        .replace("Passengers", "Fahrgäste");
    let table = format!("id,text,source\na,{german} Ä,Kurier\nb,{german} Ö,Blatt\n")
        .replace(", in the rain, ", " im Regen ")
        .replace("Monday, and", "Monday and");
    let latin: Vec<u8> = table
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let wide: Vec<u8> = std::iter::once(0xFEFF)
        .chain(table.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes, encoding) in [
        ("latin.csv", &latin, "windows-1252"),
        ("wide.csv", &wide, "UTF-16LE"),
    ] {
        let dir = Dir::new();
        std::fs::write(dir.path(name), bytes).unwrap();
        let (read, [_, outlet, ..]) = first(&dir, name, &["--write", "kept,removed"]);
        assert_eq!(read, 2, "{name}");
        assert!(["Kurier", "Blatt"].contains(&&*outlet), "{outlet}");
        assert_eq!(
            dir.json("out/run.json")["inputs"][0]["encodings"][encoding],
            1,
            "{name}"
        );
        assert!(
            dir.read(&format!("out/kept/{name}")).contains("Fähre"),
            "{name}"
        );
    }
    let texts = folder(&[
        ("utf8.txt", german.as_bytes()),
        (
            "latin.txt",
            &german
                .chars()
                .map(|c| u8::try_from(u32::from(c)).unwrap())
                .collect::<Vec<u8>>(),
        ),
        ("wide.txt", &wide),
    ]);
    reads(&texts, &[], 3, &[]);
    let run = texts.json("out/run.json");
    assert_eq!(
        run["inputs"][0]["encodings"],
        json!({"UTF-16LE": 1, "windows-1252": 1})
    );
    assert_eq!(run["counts"]["removed"], 1, "one text in two encodings");
    texts
        .wirecopy(&["dedup", "in", "-o", "x", "--encoding", "klingon"])
        .exits(2)
        .stderr_has(&["name of an encoding"]);
}

#[test]
fn a_table_beside_texts_describes_them() {
    let dir = folder(&[
        ("texts/000.txt", STORY.as_bytes()),
        ("texts/001.txt", format!("{STORY} More.").as_bytes()),
        ("metadata.csv", b"filename,newspaper,date,headline\n000.txt,Courier,2021-03-04,Late\n001.txt,Post,2021-03-05,Later\n"),
    ]);
    let (read, [id, outlet, date, _]) = first(&dir, "in", &[]);
    assert_eq!(
        (read, &*id, &*outlet, &*date),
        (2, "texts/000.txt", "Courier", "2021-03-04")
    );
    assert_eq!(
        dir.json("out/run.json")["inputs"][0]["metadata"]["column"],
        "filename"
    );
    // One that lies elsewhere is named, and must fit.
    std::fs::rename(dir.path("in/metadata.csv"), dir.path("other.csv")).unwrap();
    let (_, [_, outlet, ..]) = first(&dir, "in", &["--metadata", "other.csv"]);
    assert_eq!(outlet, "Courier");
    dir.write("none.csv", "a,b\n1,2\n");
    dir.wirecopy(&["dedup", "in", "-o", "x", "--metadata", "none.csv"])
        .exits(1)
        .stderr_has(&["none.csv: none of its columns"]);
}

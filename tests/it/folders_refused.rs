//! Folders and files with data that is not read: an error that names it, with the way out.

use std::fs;

use crate::cmd::Dir;
use crate::folders::{folder, put, reads, records, run};

/// Fails with these words, and leaves nothing; with `--skip-unreadable` reads so many records and calls it loss.
#[track_caller]
fn refuses(dir: &Dir, parts: &[&str], otherwise: u64) {
    run(dir, &[]).exits(1).stderr_has(parts);
    assert!(!dir.path("out").exists());
    run(dir, &["--skip-unreadable", "-q"])
        .exits(3)
        .stderr_has(&["warning: not read", parts[0]]);
    let run = dir.json("out/run.json");
    assert_eq!(run["counts"]["read"], otherwise);
    assert_eq!(
        (&run["loss"], &run["passed_over"]["files"][0]),
        (&true.into(), &parts[0].into())
    );
    fs::remove_dir_all(dir.path("out")).unwrap();
}

#[test]
fn data_of_a_form_that_is_not_read_is_an_error_with_the_command_that_converts_it() {
    for (name, bytes, command) in [
        ("a.avro", &b"Obj\x01"[..], "read_avro("),
        ("a.orc", b"ORC", "read_table("),
        ("a.7z", b"7z\xBC\xAF\x27\x1C", "7z x 'in/a.7z'"),
        ("a.epub", b"PK\x03\x04", "pandoc"),
        ("a.pdf", b"%PDF-1.7", "pdftotext"),
        ("a.sqlite", b"SQLite format 3\0", "sqlite3 -json"),
        ("a.pkl", b"\x80\x04\x95\0", "read_pickle"),
        ("a.npz", b"PK\x03\x04", "NumPy"),
        // By its bytes, whatever the name.
        ("b.jsonl", b"Obj\x01", "found Avro"),
        ("b.dat", b"\x01\x02\0\x03", "found bytes that are no text"),
        (
            "c.jsonl",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            "git lfs pull",
        ),
    ] {
        let dir = folder(&[("part-0.jsonl", records("a", 3).as_bytes()), (name, bytes)]);
        let name = format!("in/{name}");
        refuses(&dir, &[&name, command, "--skip-unreadable", "--glob '!"], 3);
    }
}

#[test]
fn all_that_cannot_be_read_is_named_at_once() {
    let dir = folder(&[
        ("a.jsonl", records("a", 3).as_bytes()),
        ("b.avro", b"Obj\x01"),
        ("c.7z", b"7z\xBC\xAF\x27\x1C"),
        ("d.pdf", b"%PDF-1.7"),
    ]);
    refuses(&dir, &["in/b.avro", "likewise in/c.7z, in/d.pdf"], 3);
    run(&dir, &["--glob", "!*.avro"])
        .exits(1)
        .stderr_has(&["in/c.7z"]);
    reads(&dir, &["--glob", "*.jsonl"], 3, &[]);
}

#[test]
fn a_folder_of_nothing_that_is_read_stays_an_error_when_it_is_skipped() {
    let dir = folder(&[
        ("README.md", b"# Ferries"),
        ("dataset_info.json", b"{\n \"splits\": {}\n}"),
        ("state.json", b"{\n \"_fingerprint\": \"a\"\n}"),
        ("data-00000-of-00001.arrow", b"\xFF\xFF\xFF\xFF\x10\x01\0\0"),
    ]);
    run(&dir, &[]).exits(1).stderr_has(&[
        "in/data-00000-of-00001.arrow: damaged at byte 0",
        "--accept-damaged",
    ]);
    run(&dir, &["--skip-unreadable"])
        .exits(1)
        .stderr_has(&["in/data-00000-of-00001.arrow"]);
}

#[test]
fn half_a_download_is_loss() {
    for half in [
        "b.jsonl.part",
        "b.jsonl.crdownload",
        "b.jsonl.aria2",
        "b.jsonl.tmp",
        "b.jsonl.filepart",
        "out/_temporary/0/part-0.jsonl",
        "b.jsonl.download/b.jsonl",
    ] {
        let dir = folder(&[
            ("a.jsonl", records("a", 3).as_bytes()),
            (half, records("b", 1).as_bytes()),
        ]);
        refuses(&dir, &[&format!("in/{half}"), "half a file"], 3);
    }
}

#[test]
fn one_article_a_json_file_is_read() {
    let article = b"{\n  \"title\": \"Late\",\n  \"maintext\": \"The ferry is late.\"\n}\n";
    let settings = b"{\n  \"version\": 3\n}\n";
    let dir = folder(&[
        ("one.json", article),
        ("two.json", article),
        ("package.json", settings),
    ]);
    reads(&dir, &[], 2, &["package.json"]);
    // An object a line is read, also if it is only one.
    let dir = folder(&[
        ("one.json", b"{\"text\": \"The ferry is late.\"}"),
        ("two.json", b"{\"text\": \"It came.\"}\n"),
    ]);
    reads(&dir, &[], 2, &[]);
}

#[test]
fn a_file_named_itself_says_what_it_is() {
    let dir = Dir::new();
    fs::write(dir.path("a.avro"), b"Obj\x01").unwrap();
    fs::write(dir.path("a.pdf"), b"%PDF-1.7").unwrap();
    dir.write("a.jsonl", &records("a", 1));
    let read = |input: &str| dir.wirecopy(&["dedup", input, "-o", "out"]).exits(1);
    read("a.avro").stderr_has(&["a.avro: found Avro", "read_avro("]);
    read("a.pdf").stderr_has(&["a.pdf: found PDF", "pdftotext 'a.pdf'"]);
    // What is read as its form, and is none, is damaged.
    for (name, bytes) in [
        ("a.parquet", &b"PAR1\x15"[..]),
        ("b.jsonl.xz", b"\xFD7zXZ\0"),
        ("c.docx", b"PK\x03\x04"),
    ] {
        fs::write(dir.path(name), bytes).unwrap();
        read(name).stderr_has(&[name, "--accept-damaged"]);
    }
    for address in ["https://example.org/news.jsonl", "s3://bucket/news.jsonl"] {
        read(address).stderr_has(&[address, "addresses are not fetched", "curl -L"]);
    }
    let words = [
        "dedup",
        "a.jsonl",
        "a.avro",
        "-o",
        "out",
        "--skip-unreadable",
    ];
    dir.wirecopy(&words)
        .exits(3)
        .stderr_has(&["warning: not read", "a.avro"]);
}

#[test]
fn an_index_says_what_it_passed_over_and_refuses_what_it_cannot_read() {
    let dir = folder(&[
        ("README.md", b"# Ferries"),
        ("a.jsonl", records("a", 3).as_bytes()),
    ]);
    let build = ["index", "build", "in", "--index", "ix", "--profile", "near"];
    dir.wirecopy(&build).exits(0).says("in/README.md");
    put(&dir, "b.avro", b"Obj\x01");
    let add = ["index", "add", "in", "--index", "ix"];
    dir.wirecopy(&add).exits(1).stderr_has(&["in/b.avro"]);
    let query = ["index", "query", "in", "--index", "ix"];
    dir.wirecopy(&query).exits(1).stderr_has(&["in/b.avro"]);
    let query = [&query[..], &["--skip-unreadable"]].concat();
    dir.wirecopy(&query).exits(3).stderr_has(&["in/b.avro"]);
}

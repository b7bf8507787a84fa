//! Folders and files with data that is not read: an error that names it, with the way out.

use std::fs;

use crate::cmd::Dir;
use crate::folders::{folder, put, reads, records, run};

/// Fails with these words, and leaves nothing; with `--skip-unreadable` reads so many records and calls it loss.
#[track_caller]
fn refuses(dir: &Dir, parts: &[&str], otherwise: u64) {
    run(dir, &[]).exits(1).tells(parts);
    assert!(!dir.path("out").exists());
    run(dir, &["--skip-unreadable", "-q"])
        .exits(3)
        .tells(&["warning: not read", parts[0]]);
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
        (
            "part-1.jsonl.xz",
            &b"\xFD7zXZ\0\0\x04"[..],
            "xz -dk 'in/part-1.jsonl.xz'",
        ),
        ("part-1.jsonl.bz2", b"BZh91AY&SY", "bzip2 -dk"),
        ("part-1.jsonl.lz4", b"\x04\x22\x4D\x18", "lz4 -d"),
        (
            "train.parquet",
            b"PAR1\x15\x04",
            "copy (from 'in/train.parquet') to 'in/train.jsonl'",
        ),
        (
            "data-0.arrow",
            b"\xFF\xFF\xFF\xFF\x10\x01\0\0",
            "read_ipc_stream('in/data-0.arrow')",
        ),
        ("table.feather", b"ARROW1\0\0", "read_ipc("),
        ("a.avro", b"Obj\x01", "read_avro("),
        ("a.zip", b"PK\x03\x04", "unzip"),
        ("a.tar.gz", b"\x1F\x8B\x08\0", "tar -xf"),
        ("a.docx", b"PK\x03\x04", "pandoc"),
        ("a.xlsx", b"PK\x03\x04", "convert-to csv"),
        ("a.pdf", b"%PDF-1.7", "pdftotext"),
        ("a.warc.gz", b"\x1F\x8B\x08\0", "web archive"),
        ("a.sqlite", b"SQLite format 3\0", "sqlite3 -json"),
        ("a.pkl", b"\x80\x04\x95\0", "read_pickle"),
        ("a.npz", b"PK\x03\x04", "NumPy"),
        // By its bytes, whatever the name.
        ("b.jsonl", b"PAR1\x15\x04", "found Parquet"),
        ("b", b"\xFD7zXZ\0\0\x04", "found xz"),
        ("b.dat", b"\x01\x02\0\x03", "found bytes that are no text"),
        (
            "c.jsonl",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            "git lfs pull",
        ),
        ("d.json", b"\xFF\xFE{\0}\0", "iconv -f UTF-16"),
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
        ("b.jsonl.xz", b"\xFD7zXZ\0"),
        ("c.jsonl.bz2", b"BZh91AY&SY"),
        ("d.parquet", b"PAR1"),
    ]);
    refuses(
        &dir,
        &["in/b.jsonl.xz", "likewise in/c.jsonl.bz2, in/d.parquet"],
        3,
    );
    run(&dir, &["--glob", "!*.xz"])
        .exits(1)
        .tells(&["in/c.jsonl.bz2"]);
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
    run(&dir, &[])
        .exits(1)
        .tells(&["in/data-00000-of-00001.arrow", "Arrow stream"]);
    run(&dir, &["--skip-unreadable"])
        .exits(1)
        .tells(&["in/data-00000-of-00001.arrow"]);
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
    fs::write(dir.path("a.parquet"), b"PAR1\x15").unwrap();
    fs::write(dir.path("a.xz"), b"\xFD7zXZ\0").unwrap();
    fs::write(dir.path("a.docx"), b"PK\x03\x04").unwrap();
    dir.write("a.html", "<!doctype html><p>x")
        .write("a.jsonl", &records("a", 1));
    let read = |input: &str| dir.wirecopy(&["dedup", input, "-o", "out"]).exits(1);
    read("a.parquet").tells(&["a.parquet: found Parquet", "duckdb -c"]);
    read("a.xz").tells(&["a.xz: found xz", "xz -dk 'a.xz'"]);
    read("a.docx").tells(&["a.docx: found a Word document", "pandoc"]);
    read("a.html").tells(&["a.html: found HTML", "trafilatura < 'a.html'"]);
    for address in ["https://example.org/news.jsonl", "s3://bucket/news.jsonl"] {
        read(address).tells(&[address, "addresses are not fetched", "curl -L"]);
    }
    let words = ["dedup", "a.jsonl", "a.xz", "-o", "out", "--skip-unreadable"];
    dir.wirecopy(&words)
        .exits(3)
        .tells(&["warning: not read", "a.xz"]);
}

#[test]
fn an_index_tells_what_it_passed_over_and_refuses_what_it_cannot_read() {
    let dir = folder(&[
        ("README.md", b"# Ferries"),
        ("a.jsonl", records("a", 3).as_bytes()),
    ]);
    let build = ["index", "build", "in", "--index", "ix", "--profile", "near"];
    dir.wirecopy(&build).exits(0).says("in/README.md");
    put(&dir, "b.jsonl.xz", b"\xFD7zXZ\0");
    let add = ["index", "add", "in", "--index", "ix"];
    dir.wirecopy(&add).exits(1).tells(&["in/b.jsonl.xz"]);
    let query = ["index", "query", "in", "--index", "ix"];
    dir.wirecopy(&query).exits(1).tells(&["in/b.jsonl.xz"]);
    let query = [&query[..], &["--skip-unreadable"]].concat();
    dir.wirecopy(&query).exits(3).tells(&["in/b.jsonl.xz"]);
}

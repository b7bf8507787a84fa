//! JSON in the layouts that people have, and JSON that is damaged.

use serde_json::{Value, json};

use super::*;
use crate::testing::{Kept, read};

fn of(text: &str) -> Kept {
    read(&FORM, "x.json", text)
}

fn ids(kept: &Kept) -> Vec<&Value> {
    kept.records.iter().map(|record| &record["id"]).collect()
}

#[test]
fn lines_are_distinguished_from_other_layouts() {
    let is = |name: &str, head: &str| recognise(Path::new(name), head.as_bytes());
    assert!(
        is("a.json", "[\n {\"a\":1}")
            && is("a", "[{")
            && is("a.json", "[]")
            && is("a.json", "[\"x\"")
    );
    assert!(is("a.json", "{\n  \"a\": 1\n}\n") && is("a.jsonl", "{\n  \"a\": {\n"));
    assert!(is("a.json", "{\"a\": 1,\n \"b\": 2}\n{\"a\": 1}"));
    assert!(is("a.json", "{\"a\": 1}"), "one line may be a wrapper");
    assert!(!is("a.jsonl", "{\"a\": 1}") && !is("a.json", "{\"a\":1}\n{\"a\":2}\n"));
    assert!(
        !is("a.json", "{\"a\":\"cut\n{\"a\":2}\n")
            && !is("a", "[Update] The ferry")
            && !is("a", "The ferry")
    );
    assert!(!is("a.rtf", "{\\rtf1"), "no JSON");
    assert!(
        is("a.jsonl", "{\"a\": 1},\n{\"a\": 2},\n"),
        "an array without brackets"
    );
    assert!(is("tweets.js", "window.YTD.tweets.part0 = [ {") && is("a", "callback({\"a\": 1});"));
    assert!(!is("a.js", "let x = 3") && !is("a", "The ferry (late) = [") && !is("a.py", "x = [1]"));
}

#[test]
fn a_value_in_a_script_is_read() {
    let text = "The ferry was late. ".repeat(20);
    let docs = json!([{"id": "a", "text": text}, {"id": "b", "text": text}]).to_string();
    for script in [
        format!("window.YTD.tweets.part0 = {docs};"),
        format!("\n_jsonp({docs});\n"),
    ] {
        let kept = of(&script);
        assert_eq!(ids(&kept), ["a", "b"]);
        assert_eq!(kept.lost, []);
    }
    let lines = format!("{},\n{},\n", json!({"id": "a"}), json!({"id": "b"}));
    assert_eq!(ids(&of(&lines)), ["a", "b"]);
}

#[test]
fn objects_over_many_lines_are_documents_each() {
    let kept = of(
        "\u{feff}{\n \"id\": \"a\",\n \"text\": \"one\\nline\"\n}\n{\"id\": \"b\",\n\"text\": \"raw\nend\"},\n{\"id\": 3, \"text\": \"\"}",
    );
    assert_eq!(ids(&kept), [&json!("a"), &json!("b"), &json!(3)]);
    assert_eq!(kept.records[0]["text"], "one\nline");
    assert_eq!(kept.records[1]["text"], "raw\nend");
    assert!(kept.lost.is_empty());
}

#[test]
fn an_array_is_its_elements() {
    let kept = of("[\n {\"id\": 1, \"tags\": [\"]\", \"}\\\"\"]},\n {\"id\": 2}\n]\n");
    assert_eq!(ids(&kept), [&json!(1), &json!(2)]);
    assert_eq!(
        of("[\"first\", \"second\\n\"]").records[1],
        json!({"text": "second\n"})
    );
    assert_eq!(
        of("[[\"id\", \"text\"], [1, \"x\"], [2, null]]").records,
        [
            json!({"id": 1, "text": "x"}),
            json!({"id": 2, "text": null})
        ]
    );
    assert!(of("[]").records.is_empty() && of("[]").lost.is_empty());
}

#[test]
fn documents_under_keys_are_found() {
    for wrapper in [
        r#"{"status": "ok", "totalResults": 2, "articles": DOCS}"#,
        r#"{"response": {"status": "ok", "pages": [1, 2], "results": DOCS}}"#,
        r#"{"took": 3, "data": {"articles": {"results": DOCS, "count": 2}}}"#,
    ] {
        let docs =
            r#"[{"id": "a", "title": "x", "url": "u"}, {"id": "b", "title": "y", "url": "v"}]"#;
        assert_eq!(
            ids(&of(&wrapper.replace("DOCS", docs))),
            [&json!("a"), &json!("b")],
            "{wrapper}"
        );
    }
    let hits = of(
        r#"{"hits": {"total": 1, "hits": [{"_id": "a", "_source": {"title": "x", "text": "y"}}]}}"#,
    );
    assert_eq!(hits.records[0]["_source"]["text"], "y");
}

#[test]
fn a_document_with_parts_is_one() {
    let fundus = r#"{"title": "x", "body": {"summary": [], "sections": [{"headline": [], "paragraphs": ["one", "two"]}]}}"#;
    assert_eq!(of(fundus).records.len(), 1);
    let long = "x".repeat(300);
    let kept = of(&format!(
        r#"{{"maintext": "{long}", "images": [{{"url": "a", "title": "b"}}]}}"#
    ));
    assert_eq!(kept.records.len(), 1);
}

#[test]
fn tables_and_objects_by_id_are_rows() {
    let split = of(r#"{"columns": ["id", "text"], "index": [0, 1], "data": [[7, "x"], [8, "y"]]}"#);
    assert_eq!(split.records[1], json!({"id": 8, "text": "y"}));
    let by_id = of(
        r#"{"a1": {"title": "x", "text": "y"}, "a2": {"title": "z", "text": "", "id": 9}, "count": 2}"#,
    );
    assert_eq!(ids(&by_id), [&json!("a1"), &json!(9)]);
}

#[test]
fn what_is_cut_or_no_object_is_said_with_its_place() {
    let kept = of("[{\"id\": 1}, {\"id\": 2}, {\"id\": 3, \"text\": \"cu");
    assert_eq!(kept.records.len(), 2);
    assert_eq!((kept.lost[0].at, kept.lost[0].missing), (23, None));
    let kept = of("{\"articles\": [{\"id\": 1, \"title\": \"x\", \"url\": \"y\"}, {\"id\": 2,");
    assert_eq!((kept.records.len(), kept.lost.len()), (1, 1));
    let kept = of("[{\"id\": 1}, 17, {\"id\": 2}]");
    assert_eq!((kept.records.len(), kept.lost[0].at), (2, 12));
    assert!(kept.lost[0].what.contains("`17`"));
}

#[test]
fn no_bytes_panic_or_hang() {
    use proptest::prelude::*;
    let part = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\\",
        ",",
        ":",
        "a",
        "\n",
        " ",
        "\"text\":",
        "1",
        "é",
        "\u{1e}",
    ]);
    proptest!(|(parts in prop::collection::vec(part, 0..60))| {
        let text = parts.concat();
        let path = Path::new("x.json");
        recognise(path, text.as_bytes());
        let mut all = Anything;
        let bytes = bytes::Bytes::from(text.into_bytes());
        let file = SourceFile::new(path, bytes);
        prop_assert_eq!((FORM.read)(&file, &mut all), Ok(()));
    });
}

/// Takes whatever comes: broken JSON is broken JSON, and never two lines.
struct Anything;

impl Sink for Anything {
    fn record(&mut self, _: u64, object: &[u8]) -> Result<(), Stop> {
        assert!(!object.contains(&b'\n'));
        Ok(())
    }

    fn lost(&mut self, _: Loss) -> Result<(), Stop> {
        Ok(())
    }
}

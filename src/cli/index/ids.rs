//! A file of ids: one a line, as it stands or as JSON.
//!
//! A line that begins with `{` is a JSON object with an `id`, as in `documents.jsonl`; one that begins with `"` is a
//! JSON string. So an id with a line break can be given, and one that begins like that. A byte order mark at the start and
//! carriage returns at the ends of lines are no part of ids.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::Value;

/// Reads ids from a file, or from standard input if it is `-`.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<String>> {
    let (name, text) = match path == Path::new("-") {
        true => {
            let mut text = String::new();
            let read = io::stdin().lock().read_to_string(&mut text);
            read.context("cannot read ids from standard input")?;
            (Cow::Borrowed("standard input"), text)
        }
        false => {
            let read = fs::read_to_string(path);
            let text =
                read.with_context(|| format!("{}: cannot read ids from it", path.display()))?;
            (path.to_string_lossy(), text)
        }
    };
    of_text(&name, &text)
}

fn of_text(name: &str, text: &str) -> anyhow::Result<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut ids = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        ids.push(match line.as_bytes()[0] {
            b'{' | b'"' => of_json(line).with_context(|| format!("{name}, line {number}"))?,
            _ => line.to_owned(),
        });
    }
    Ok(ids)
}

/// The id of a JSON string, or of an object that has one.
fn of_json(line: &str) -> anyhow::Result<String> {
    let value: Value = serde_json::from_str(line).context(
        "expected JSON, as the line begins like it: write an id that begins so as a JSON string",
    )?;
    let id = match &value {
        Value::Object(fields) => fields.get("id"),
        value => Some(value),
    };
    match id {
        Some(Value::String(id)) => Ok(id.clone()),
        Some(Value::Number(id)) => Ok(id.to_string()),
        Some(_) => bail!("expected a string as the id, found something else"),
        None => bail!(
            "expected an object with the field `id`, found none: give rows of documents.jsonl"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stand_as_they_are_or_as_json() {
        let text = "\u{feff}a\r\n\r\nb c\n\"two\\nlines\"\r\n{\"x\": 1, \"id\": \"{d\"}\n{\"id\":7}\n[e]\n";
        let ids = of_text("ids", text).unwrap();
        assert_eq!(ids, ["a", "b c", "two\nlines", "{d", "7", "[e]"]);
        let bare = of_text("ids", "\u{feff}{\"id\":\"a\"}").unwrap();
        assert_eq!(bare, ["a"]);
    }

    #[test]
    fn what_is_no_id_is_reported_with_its_line() {
        for (text, said) in [
            ("a\n{\"id\": null}", "line 2"),
            ("{\"file\": \"a\"}", "`id`"),
            ("\"a", "JSON string"),
            ("{\"id\": {}}", "something else"),
        ] {
            let error = format!("{:#}", of_text("ids", text).unwrap_err());
            assert!(error.contains(said), "{error}");
        }
    }
}

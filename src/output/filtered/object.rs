//! Records as JSON objects, and what became of them as one more field.

use super::annotation::{self, FIELD};
use crate::corpus::Record;
use crate::output::columns::Columns;
use crate::output::error::OutputError;
use crate::output::json::Row;
use crate::output::rows::Outcome;

/// Appends a text with what is known of it. `id` is the document's name in the tables.
pub(super) fn text(id: &str, record: &Record<'_>, out: &mut Vec<u8>) {
    let mut row = Row::begin(out);
    row.put("id", id);
    row.put("source", record.source);
    row.put("date", record.date.date());
    row.put("title", record.title);
    row.put("text", record.text);
    row.close();
}

/// Appends a record that was never in a file.
pub(super) fn fields(record: &Record<'_>, out: &mut Vec<u8>) {
    let mut row = Row::begin(out);
    row.put("id", record.id);
    row.put("text", record.text);
    row.put("title", record.title);
    row.put("source", record.source);
    row.put("url", record.url);
    row.put("date", record.date.date());
    row.close();
}

/// Characters of a record that an error shows.
const SHOWN: usize = 40;

/// Adds the field `wirecopy` to the JSON object that starts at `start` and ends, but for white
/// space, where `out` ends: the document's name in the tables and, if given, what became of it. Those
/// of earlier runs go.
pub(super) fn annotate(
    start: usize,
    (id, outcome): (&str, Option<&Outcome<'_>>),
    out: &mut Vec<u8>,
) -> Result<(), OutputError> {
    annotation::remove(start, out)?;
    let object = out[start..].trim_ascii();
    let Some(before) = object
        .strip_prefix(b"{")
        .and_then(|rest| rest.strip_suffix(b"}"))
    else {
        let found = String::from_utf8_lossy(object);
        let found = found.chars().take(SHOWN).collect();
        return Err(OutputError::NotAnObject { found });
    };
    let empty = before.trim_ascii().is_empty();
    let brace = start + out[start..].trim_ascii_end().len() - 1;
    let end = out.len();
    if !empty {
        out.push(b',');
    }
    out.extend_from_slice(b"\"");
    out.extend_from_slice(FIELD.as_bytes());
    out.extend_from_slice(b"\":");
    let mut row = Row::begin(out);
    row.put("id", id);
    if let Some(outcome) = outcome {
        outcome.columns(&mut row);
    }
    row.close();
    // The closing brace, and any white space after it, change places with the field.
    out[brace..].rotate_left(end - brace);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::ClusterId;
    use crate::output::rows::Place;
    use crate::relation::Relation;

    fn annotated(object: &str) -> String {
        let outcome = Outcome {
            place: Place::Removed {
                witness: "w\"1",
                relation: Relation::Exact,
                page_coverage: (9, 10),
            },
            cluster: Some((ClusterId(1), 2)),
        };
        let mut out = b"before".to_vec();
        out.extend_from_slice(object.as_bytes());
        annotate(6, ("r", Some(&outcome)), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    const FIELD: &str = concat!(
        r#""wirecopy":{"id":"r","verdict":"removed","duplicate_of":"w\"1","relation":"exact","#,
        r#""page_coverage":0.9,"cluster_id":"c0000000000000001","weight":0.5}"#
    );

    #[test]
    fn annotating_again_changes_nothing_but_our_word() {
        for object in ["{\"a\":1}", "{}", " {\"a\": {}} \r"] {
            let once = annotated(object);
            let once = once.strip_prefix("before").unwrap();
            let other = once.replace("removed", "kept");
            assert_eq!(annotated(once), format!("before{once}"));
            assert_eq!(annotated(&other), format!("before{once}"));
            let twice = once.replacen(FIELD, &format!("{FIELD},{FIELD}"), 1);
            assert_eq!(annotated(&twice), format!("before{once}"));
        }
        let mut own = b"{\"wirecopy\":[]}".to_vec();
        let refused = annotate(0, ("", None), &mut own).unwrap_err();
        assert!(matches!(refused, OutputError::OwnField { .. }), "{refused}");
    }

    #[test]
    fn the_field_is_the_last_and_nothing_else_changes() {
        for (object, want) in [
            ("{\"a\":1}", format!("before{{\"a\":1,{FIELD}}}")),
            (
                " {\"a\": {}} \r",
                format!("before {{\"a\": {{}},{FIELD}}} \r"),
            ),
            ("{}", format!("before{{{FIELD}}}")),
            ("{ }", format!("before{{ {FIELD}}}")),
            (r#"{"a":"{"}"#, format!("before{{\"a\":\"{{\",{FIELD}}}")),
        ] {
            assert_eq!(annotated(object), want);
        }
    }

    #[test]
    fn a_name_alone_may_be_added() {
        let mut out = b"{\"id\":7}".to_vec();
        annotate(0, ("a.jsonl#7", None), &mut out).unwrap();
        assert_eq!(out, b"{\"id\":7,\"wirecopy\":{\"id\":\"a.jsonl#7\"}}");
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for wrong in ["", "[1]", "{", "}", "null"] {
            let mut out = wrong.as_bytes().to_vec();
            let refused = annotate(0, ("", None), &mut out).unwrap_err();
            assert!(
                matches!(refused, OutputError::NotAnObject { .. }),
                "{refused}"
            );
        }
    }
}

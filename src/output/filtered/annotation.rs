//! What an earlier run said of a record: found again, so that this run's word replaces it.
//!
//! Annotated records come back as inputs: to be compared again, merged, added to an index. A second
//! field of one name would be read as either of the two, or refuse the file. So what has the shape
//! of an annotation is replaced, wherever it stands and however often; a field or column of that
//! name with something else in it is the user's own, and an error.

use std::ops::Range;

use memchr::memmem;

use super::FilteredCorpora;
use super::csv_row::Table;
use crate::corpus::{Beginning, Corpus, each_value};
use crate::output::error::OutputError;

/// The field of a JSON object.
pub(super) const FIELD: &str = "wirecopy";
/// What the columns of CSV are called, before their own names.
pub(super) const PREFIX: &str = "wirecopy_";
/// The columns that every annotation has had so far.
const COLUMNS: [&str; 5] = [
    "verdict",
    "duplicate_of",
    "relation",
    "cluster_id",
    "weight",
];
/// The document's name, which later ones have too, and which is alone in merged records.
const NAME: &str = "id";
/// What else later ones have.
const LATER: [&str; 2] = [NAME, "page_coverage"];

/// Characters of a value that an error shows.
const SHOWN: usize = 40;

/// Whether a value is one of ours.
fn is_annotation(raw: &str) -> bool {
    let mut keys = Vec::new();
    if raw.starts_with('{') {
        each_value(raw, &mut |key, _| keys.push(key.to_owned()));
    }
    let has = |column: &&str| keys.iter().any(|key| key == column);
    let mut others = keys.iter().filter(|key| !COLUMNS.contains(&key.as_str()));
    others.all(|key| LATER.contains(&key.as_str())) && (COLUMNS.iter().all(has) || keys == [NAME])
}

/// Where the annotations of a JSON object are in it. The error is a value of that name which is none.
fn places(object: &str) -> Result<Vec<Range<usize>>, String> {
    // A name may be written with escapes; few records hold one of an ASCII letter.
    if memmem::find(object.as_bytes(), FIELD.as_bytes()).is_none()
        && memmem::find(object.as_bytes(), b"\\u00").is_none()
    {
        return Ok(Vec::new());
    }
    let mut found = Ok(Vec::new());
    each_value(object, &mut |key, raw| {
        if key != FIELD {
            return;
        }
        if !is_annotation(raw) {
            found = Err(raw.chars().take(SHOWN).collect());
        } else if let Ok(places) = &mut found {
            // The name before it has no quote in it.
            let quote = |end: usize| memchr::memrchr(b'"', &object.as_bytes()[..end]).unwrap_or(0);
            let value = raw.as_ptr().addr() - object.as_ptr().addr();
            places.push(quote(quote(value))..value + raw.len());
        }
    });
    found
}

/// Takes the annotations out of the JSON object that starts at `start` and goes to the end.
pub(super) fn remove(start: usize, out: &mut Vec<u8>) -> Result<(), OutputError> {
    // The scan found it to be UTF-8; an input that changed since is reported as such.
    let object = str::from_utf8(&out[start..]).unwrap_or_default();
    let places = places(object).map_err(|found| own_field(FIELD, found))?;
    for place in places.into_iter().rev() {
        let (mut from, mut to) = (start + place.start, start + place.end);
        // Of the two commas beside it, one goes along.
        let before = out[start..from].trim_ascii_end();
        let behind = out[to..].trim_ascii_start();
        if before.last() == Some(&b',') {
            from = start + before.len() - 1;
        } else if behind.first() == Some(&b',') {
            to = out.len() - behind.len() + 1;
        }
        out.drain(from..to);
    }
    Ok(())
}

/// Which columns of a header are annotations. The error is the first of a user's own.
fn columns(names: &[String]) -> Result<Vec<usize>, String> {
    let is_ours = |name: &str| {
        let name = name.strip_prefix(PREFIX);
        name.is_some_and(|name| LATER.contains(&name) || COLUMNS.contains(&name))
    };
    let found: Vec<usize> = (0..names.len())
        .filter(|&at| is_ours(names[at].trim()))
        .collect();
    let has = |column: &&str| {
        let is_it = |&at: &usize| names[at].trim().strip_prefix(PREFIX) == Some(*column);
        found.iter().any(is_it)
    };
    match found.first() {
        Some(&first) if !COLUMNS.iter().all(has) => Err(names[first].clone()),
        _ => Ok(found),
    }
}

/// The same, with the error for a user's own.
pub(super) fn earlier(names: &[String]) -> Result<Vec<usize>, OutputError> {
    let own = |column: String| {
        let found = "a column of that name without the others".to_owned();
        own_field(&column, found)
    };
    columns(names).map_err(own)
}

/// The error for a field of the user's own.
pub(super) fn own_field(field: &str, found: String) -> OutputError {
    OutputError::OwnField {
        field: field.to_owned(),
        found,
    }
}

impl FilteredCorpora {
    /// Whether the records can be annotated, as far as the beginnings of the inputs show.
    ///
    /// # Errors
    ///
    /// [`OutputError::OwnField`] if one has a field or column of the name of ours that is none.
    pub fn check(&self, corpus: &Corpus) -> Result<(), OutputError> {
        if !self.annotated {
            return Ok(());
        }
        if !self.merge {
            for input in 0..corpus.inputs().len() {
                let fields = corpus.table_fields(input);
                fields.map_or(Ok(Vec::new()), |fields| earlier(&fields))?;
            }
        }
        corpus.beginnings(|beginning| match beginning {
            Beginning::Header { row, delimiter } => {
                Table::new(row, delimiter).annotations().map(drop)
            }
            // What is no text is rejected.
            Beginning::Record(record) => match str::from_utf8(record).map(places) {
                Ok(Err(found)) => Err(own_field(FIELD, found)),
                _ => Ok(()),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str =
        r#"{"verdict":"kept","duplicate_of":"","relation":null,"cluster_id":null,"weight":1}"#;

    fn without(object: &str) -> Result<String, OutputError> {
        let mut out = format!("x{object}").into_bytes();
        remove(1, &mut out)?;
        Ok(String::from_utf8(out).unwrap()[1..].to_owned())
    }

    #[test]
    fn annotations_go_wherever_they_stand() {
        for (object, want) in [
            (format!(r#"{{"a":1,"wirecopy":{OURS}}}"#), r#"{"a":1}"#),
            (format!(r#"{{"wirecopy":{OURS},"a":1}}"#), r#"{"a":1}"#),
            (
                format!(r#"{{ "wirecopy" : {OURS} , "a":1}}"#),
                r#"{  "a":1}"#,
            ),
            (format!(r#"{{"wirecopy":{OURS}}}"#), "{}"),
            (
                r#"{"a":1,"wirecopy":{"id":"day.jsonl#1"}}"#.to_owned(),
                r#"{"a":1}"#,
            ),
            (format!(r#"{{"wirecopy":{OURS},"wirecopy":{OURS}}}"#), "{}"),
            (
                format!(r#"{{"a":1 , "wirecopy":{OURS},"b":2,"wirecopy":{OURS}}}"#),
                r#"{"a":1 ,"b":2}"#,
            ),
            (
                format!(r#"{{"wirecopy":{OURS},"wirecopy":{OURS},"b":2}}"#),
                r#"{"b":2}"#,
            ),
            (format!(r#"{{"a":1,"wire\u0063opy":{OURS}}}"#), r#"{"a":1}"#),
        ] {
            assert_eq!(without(&object).unwrap(), want, "{object}");
        }
    }

    #[test]
    fn what_only_looks_alike_stays() {
        for object in [
            r#"{"text":"wirecopy"}"#.to_owned(),
            format!(r#"{{"meta":{{"wirecopy":{OURS}}}}}"#),
            r#"{"wirecopy_verdict":"kept","text":"\u0041"}"#.to_owned(),
        ] {
            assert_eq!(without(&object).unwrap(), object);
        }
    }

    #[test]
    fn a_field_of_the_users_own_is_an_error() {
        for own in [
            "true",
            r#""mine""#,
            r#"{"verdict":"kept"}"#,
            &OURS.replace("weight", "price"),
            &OURS.replace("{", r#"{"note":1,"#),
        ] {
            let object = format!(r#"{{"a":1,"wirecopy":{own}}}"#);
            assert!(places(&object).is_err(), "{object}");
        }
        assert!(places(&format!(r#"{{"wirecopy":{OURS},"wirecopy":1}}"#)).is_err());
    }

    #[test]
    fn columns_are_ours_together_or_not_at_all() {
        let names = |row: &str| row.split(',').map(str::to_owned).collect::<Vec<_>>();
        let ours = "wirecopy_verdict,wirecopy_duplicate_of,wirecopy_relation,wirecopy_cluster_id,\
                    wirecopy_weight";
        assert_eq!(
            columns(&names(&format!("text,{ours}"))),
            Ok(vec![1, 2, 3, 4, 5])
        );
        let twice = columns(&names(&format!("{ours},wirecopy_id,text,{ours}")));
        assert_eq!(twice, Ok(vec![0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11]));
        assert_eq!(columns(&names("text,wirecopy_note")), Ok(vec![]));
        let own = columns(&names("text,wirecopy_weight"));
        assert_eq!(own, Err("wirecopy_weight".to_owned()));
    }
}

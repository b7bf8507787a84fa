//! The files a clustering is held against: true clusters, labelled pairs, documents.
//!
//! A row that cannot be used is an error with its file and line: a figure over part of the rows
//! would look like a figure over all of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, anyhow, bail, ensure};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::cli::show::safe;

/// Longest header that an error quotes, in characters.
pub(super) const HEADER: usize = 80;

/// Longest text that stands for a missing title, in characters.
const TITLE: usize = 300;

/// A labelled pair of ids.
pub(super) struct PairRow {
    pub(super) a: String,
    pub(super) b: String,
    pub(super) label: String,
}

/// What is known of a document besides its id.
pub(super) struct Description {
    pub(super) title: String,
    pub(super) source: String,
}

/// The true cluster of every id.
pub(super) fn truth(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut truth = BTreeMap::new();
    for (line, [id, cluster]) in tsv(path, ["id", "cluster"])? {
        ensure!(
            !truth.contains_key(&id),
            "{}:{line}: `{id}` is there twice: a document has one true cluster",
            path.display()
        );
        truth.insert(id, cluster);
    }
    Ok(truth)
}

/// The labelled pairs, in the order of the file.
pub(super) fn pairs(path: &Path) -> anyhow::Result<Vec<PairRow>> {
    let mut seen = HashSet::new();
    let mut pairs = Vec::new();
    for (line, [a, b, label]) in tsv(path, ["id_a", "id_b", "label"])? {
        let place = path.display();
        ensure!(a != b, "{place}:{line}: `{a}` is paired with itself");
        let ordered = if a < b {
            (a.clone(), b.clone())
        } else {
            (b.clone(), a.clone())
        };
        ensure!(
            seen.insert(ordered),
            "{place}:{line}: the pair `{a}`, `{b}` is listed twice: a pair has one label"
        );
        pairs.push(PairRow { a, b, label });
    }
    Ok(pairs)
}

/// The named columns of a TSV file with a header, with the line of each row.
fn tsv<const N: usize>(
    path: &Path,
    columns: [&str; N],
) -> anyhow::Result<Vec<(usize, [String; N])>> {
    let name = path.display();
    let text = text(path)?;
    let mut lines = text.split('\n').map(|line| line.trim_end_matches('\r'));
    let header = lines
        .next()
        .unwrap_or_default()
        .trim_start_matches('\u{feff}');
    let header: Vec<&str> = header.split('\t').collect();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        *place = header
            .iter()
            .position(|&found| found == column)
            .ok_or_else(|| {
                anyhow!(
                    "{name}:1: expected a header with the tab-separated columns {}; found `{}`",
                    columns.map(|column| format!("`{column}`")).join(", "),
                    safe(&header.join("\t"), HEADER)
                )
            })?;
    }
    let mut rows = Vec::new();
    for (number, line) in (2..).zip(lines).filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let last = places.iter().copied().max().unwrap_or(0);
        ensure!(
            fields.len() > last,
            "{name}:{number}: too few columns: {}, at least {} are needed",
            fields.len(),
            last + 1
        );
        rows.push((number, places.map(|place| fields[place].to_owned())));
    }
    Ok(rows)
}

/// Titles and sources of the documents that are scored.
pub(super) fn descriptions(
    path: &Path,
    ids: &[String],
) -> anyhow::Result<HashMap<String, Description>> {
    #[derive(Deserialize)]
    struct Row<'a> {
        #[serde(borrow)]
        id: &'a RawValue,
        title: Option<Value>,
        text: Option<Value>,
        source: Option<Value>,
    }
    let name = path.display();
    let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
    let mut descriptions = HashMap::new();
    for (number, line) in (1..).zip(BufReader::new(file).lines()) {
        let line: String = line.with_context(|| format!("{name}:{number}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let row: Row<'_> = object(&line, &name.to_string(), number)?;
        let id = plain(row.id).with_context(|| format!("{name}:{number}: in `id`"))?;
        let Some(id) = id.filter(|id| ids.binary_search(id).is_ok()) else {
            continue;
        };
        let text = |value: Option<Value>| match value {
            Some(Value::String(text)) => text,
            _ => String::new(),
        };
        let title = text(row.title);
        let title = if title.is_empty() {
            text(row.text)
        } else {
            title
        };
        let title: String = title.chars().take(TITLE).collect();
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        descriptions.insert(
            id,
            Description {
                title,
                source: text(row.source),
            },
        );
    }
    Ok(descriptions)
}

/// The object on one line of a file.
pub(super) fn object<'t, T: Deserialize<'t>>(
    content: &'t str,
    name: &str,
    line: u64,
) -> anyhow::Result<T> {
    serde_json::from_str(content).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        anyhow!(
            "{name}:{line}: not a JSON object as expected (column {}): {message}",
            error.column()
        )
    })
}

/// A string, or a number as it is written; `None` for null.
pub(super) fn plain(value: &RawValue) -> anyhow::Result<Option<String>> {
    match value.get().as_bytes()[0] {
        b'"' => Ok(Some(serde_json::from_str(value.get())?)),
        b'n' => Ok(None),
        b'-' | b'0'..=b'9' => Ok(Some(value.get().to_owned())),
        _ => bail!("expected a string or a number, found {}", value.get()),
    }
}

pub(super) fn text(path: &Path) -> anyhow::Result<String> {
    let name = path.display().to_string();
    utf8(
        fs::read(path).with_context(|| format!("cannot read {name}"))?,
        &name,
    )
}

pub(super) fn utf8(bytes: Vec<u8>, name: &str) -> anyhow::Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..valid]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count();
        anyhow!("{name}:{line}: not UTF-8 at byte {valid} of the file: convert it to UTF-8 first")
    })
}

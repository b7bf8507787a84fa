//! The clustering that is evaluated: JSON Lines, TSV or CSV, distinguished by their first line.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use serde_json::value::RawValue;

use super::read::{HEADER, object, plain, text, utf8};
use crate::cli::show::safe;

/// The cluster of every id in the file of clusters. Rows without a cluster are left out.
pub(super) fn read(path: &Path) -> anyhow::Result<HashMap<String, String>> {
    let (name, text) = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        ("standard input".to_owned(), utf8(bytes, "standard input")?)
    } else {
        let path = if path.is_dir() {
            path.join("clusters.jsonl")
        } else {
            path.to_owned()
        };
        (path.display().to_string(), text(&path)?)
    };
    let text = text.trim_start_matches('\u{feff}');
    let rows = if text.trim_start().starts_with('{') {
        json_rows(text, &name)?
    } else {
        table_rows(text, &name)?
    };
    let mut clusters = HashMap::with_capacity(rows.len());
    for (line, id, cluster) in rows {
        let Some(cluster) = cluster.filter(|cluster| !cluster.is_empty()) else {
            continue;
        };
        if let Some(before) = clusters.insert(id.clone(), cluster)
            && before != clusters[&id]
        {
            bail!(
                "{name}:{line}: `{id}` is in cluster `{}`, and in `{before}` further up: a document \
                 has one cluster",
                clusters[&id]
            );
        }
    }
    Ok(clusters)
}

/// Line, id, cluster.
type ClusterRow = (u64, String, Option<String>);

fn json_rows(text: &str, name: &str) -> anyhow::Result<Vec<ClusterRow>> {
    let mut rows = Vec::new();
    for (line, content) in (1..).zip(text.split('\n')) {
        if content.trim().is_empty() {
            continue;
        }
        let fields: BTreeMap<String, &RawValue> = object(content, name, line)?;
        let cluster = fields.get("cluster_id").or_else(|| fields.get("cluster"));
        let (Some(id), Some(cluster)) = (fields.get("id"), cluster) else {
            let found: Vec<&String> = fields.keys().collect();
            bail!("{name}:{line}: expected the fields `id` and `cluster_id`, found {found:?}");
        };
        let id = plain(id).with_context(|| format!("{name}:{line}: in `id`"))?;
        let cluster = plain(cluster).with_context(|| format!("{name}:{line}: in `cluster_id`"))?;
        rows.push((
            line,
            id.ok_or_else(|| anyhow!("{name}:{line}: `id` is null"))?,
            cluster,
        ));
    }
    Ok(rows)
}

fn table_rows(text: &str, name: &str) -> anyhow::Result<Vec<ClusterRow>> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let first = text.split('\n').next().unwrap_or_default();
    let tabs = first.contains('\t');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .quoting(!tabs)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .with_context(|| format!("{name}:1"))?
        .clone();
    let column = |wanted: &str| header.iter().position(|found| found.trim() == wanted);
    let (Some(id), Some(cluster)) = (
        column("id"),
        column("cluster_id").or_else(|| column("cluster")),
    ) else {
        bail!(
            "{name}:1: expected a header with `id` and `cluster_id`, or JSON Lines; found `{}`",
            safe(&header.iter().collect::<Vec<_>>().join(","), HEADER)
        );
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.with_context(|| name.to_owned())?;
        let line = record.position().map_or(0, |start| line_of(text, start));
        let (Some(id), Some(cluster)) = (record.get(id), record.get(cluster)) else {
            bail!(
                "{name}:{line}: too few columns: {}, the header has {}",
                record.len(),
                header.len()
            );
        };
        rows.push((line, id.to_owned(), Some(cluster.to_owned())));
    }
    Ok(rows)
}

/// The line of the record that starts here. The reader's own count is before line feeds that
/// it skips: those of blank lines, and of a `\r\n` before.
fn line_of(text: &str, start: &csv::Position) -> u64 {
    let byte = usize::try_from(start.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(byte..).unwrap_or_default();
    let skipped = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    start.line() + skipped.filter(|&&byte| byte == b'\n').count() as u64
}

//! The four files of a set.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::labels;
use super::newsroom::Document;
use super::page;

/// Which fields the records have besides id, title and text.
#[derive(Clone, Copy)]
pub(crate) struct Fields {
    source: bool,
    date: bool,
    /// One source for all.
    pub(crate) constant_source: bool,
}

impl Fields {
    pub(crate) const ALL: Fields = Fields {
        source: true,
        date: true,
        constant_source: false,
    };

    /// Leaves out the fields of a list.
    pub(crate) fn leave_out(&mut self, list: &str) -> Result<(), String> {
        for name in list.split(',') {
            match name {
                "source" => self.source = false,
                "date" => self.date = false,
                _ => return Err(format!("--without takes source and date, not {name}")),
            }
        }
        Ok(())
    }
}

fn record(document: &Document, id: &str, fields: Fields) -> serde_json::Result<String> {
    let string = |text: &str| serde_json::to_string(text);
    let mut line = format!("{{\"id\": {}", string(id)?);
    if fields.source {
        let source = if fields.constant_source {
            "newsroom"
        } else {
            &document.outlet
        };
        line += &format!(", \"source\": {}", string(source)?);
    }
    if fields.date {
        line += &format!(", \"date\": {}", string(&page::timestamp(document.minute))?);
    }
    line += &format!(", \"title\": \"\", \"text\": {}}}", string(&document.text)?);
    Ok(line)
}

/// Writes all files into an existing folder; answers the number of labelled pairs.
pub(crate) fn all(documents: &[Document], fields: Fields, folder: &Path) -> io::Result<usize> {
    let open = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let (mut docs, mut truth, mut meta) =
        (open("docs.jsonl")?, open("truth.tsv")?, open("meta.tsv")?);
    let id = |number| labels::id(number, documents.len());
    let clusters = labels::clusters(documents);
    writeln!(truth, "id\tcluster")?;
    writeln!(
        meta,
        "id\tkind\tfamily\tagency\tbody_words\tpage_words\talso_in"
    )?;
    for (number, document) in documents.iter().enumerate() {
        let name = id(number);
        writeln!(docs, "{}", record(document, &name, fields)?)?;
        writeln!(truth, "{name}\t{}", clusters[&document.story])?;
        let also: Vec<&str> = document
            .carried
            .also_in
            .iter()
            .map(|other| clusters[other].as_str())
            .collect();
        writeln!(
            meta,
            "{name}\t{}\t{}\t{}\t{}\t{}\t{}",
            document.carried.kind,
            document.family,
            document.agency,
            document.body_words,
            document.text.split_whitespace().count(),
            also.join(",")
        )?;
    }
    let pairs = labels::pairs(documents);
    let mut out = open("pairs.tsv")?;
    writeln!(out, "id_a\tid_b\tlabel")?;
    for (a, b, label) in &pairs {
        writeln!(out, "{}\t{}\t{label}", id(*a), id(*b))?;
    }
    for mut file in [docs, truth, meta, out] {
        file.flush()?;
    }
    Ok(pairs.len())
}

#[cfg(test)]
mod tests {
    use super::super::newsroom;
    use super::super::variant::Variant;
    use super::*;

    fn text_of(seed: u64) -> String {
        let variant = Variant::named("base").unwrap();
        let documents = newsroom::make(200, seed, &variant, None).unwrap_or_default();
        let lines: Vec<String> = documents
            .iter()
            .map(|document| record(document, "n0", Fields::ALL).unwrap())
            .collect();
        lines.join("\n")
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        assert_eq!(text_of(7), text_of(7));
        assert_ne!(text_of(7), text_of(8));
    }
}
